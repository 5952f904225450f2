//! Who is on the card: reads every card in the readers of this machine, or a virtual one with `--simulate`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::sync::Arc;

use cpx_card::collect::{Collecting, collect};
use cpx_card::facts::{CardAnswer, ReaderContent};
use cpx_card::simulator::{Personality, SimulatedReaders};
use cpx_card::transport::{PcscReaders, Readers};

fn main() {
    if let Err(error) = run() {
        eprintln!("{error}");
    }
}

fn run() -> cpx_card::Result<()> {
    let readers: Arc<dyn Readers> = if std::env::args().any(|argument| argument == "--simulate") {
        Arc::new(SimulatedReaders::new(vec![("Lecteur".into(), Personality::embedded("cps-medecin")?)])?)
    } else {
        Arc::new(PcscReaders::new())
    };
    let facts = collect(&readers, "", Collecting::default());
    for reader in facts.readers? {
        match reader.content {
            ReaderContent::Card(CardAnswer::Cpx(card)) => {
                let label = card.card_type.map_or("CPx", |card_type| card_type.label());
                // names print masked; `reveal` gives them in full
                let name = card.holder.surname.map(|name| name.to_string()).unwrap_or_default();
                println!("{} : carte {label}, {name}", reader.name);
            }
            ReaderContent::Card(CardAnswer::Foreign { family, .. }) => println!("{} : {}", reader.name, family.code()),
            ReaderContent::Empty => println!("{} : vide", reader.name),
            ReaderContent::Mute => println!("{} : carte muette", reader.name),
            ReaderContent::Failed { failure, .. } => println!("{} : {}", reader.name, failure.kind.code()),
            _ => {}
        }
    }
    Ok(())
}
