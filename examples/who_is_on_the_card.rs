//! Who is on the card: reads every card in the readers of this machine, or a virtual one with `--simulate`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use cpx_card::{Cards, ReaderState};

fn main() {
    if let Err(error) = run() {
        eprintln!("{error}");
    }
}

fn run() -> cpx_card::Result<()> {
    let cards = if std::env::args().any(|argument| argument == "--simulate") {
        cpx_simulator::cards(&["cps-medecin"])?
    } else {
        Cards::of_this_machine()
    };
    for reader in cards.read()?.readers() {
        if reader.state() == ReaderState::Cpx {
            let label = reader.card_type().map_or("CPx", |card_type| card_type.label());
            // names print masked; `reveal` gives them in full
            let name = reader.holder_name().map(|name| name.to_string()).unwrap_or_default();
            println!("{} : carte {label}, {name}", reader.name());
        } else {
            println!("{} : {}", reader.name(), reader.code());
        }
    }
    Ok(())
}
