//! `cpx-check simulate`: puts a virtual card into the virtual reader, where any PC/SC program sees it.

use std::net::Ipv4Addr;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use cpx_card::ErrorKind;
use cpx_report::{Texts, sanitise, simulations_json};
use cpx_simulator::{Personality, VirtualCard, embedded_names, serve};

use super::args::{Format, SimulateArguments};
use super::exit_code::Exit;
use super::{Run, output, source};

pub(super) fn run(arguments: &SimulateArguments, texts: &Texts) -> Run {
    match &arguments.name {
        None => list(arguments.format, texts),
        Some(name) => put_in(source::personality(name, texts)?, arguments, texts),
    }
}

fn list(format: Format, texts: &Texts) -> Run {
    let mut cards = Vec::new();
    for name in embedded_names() {
        cards.push(Personality::embedded(name)?);
    }
    match format {
        Format::Json => {
            output::json(&simulations_json(cards.iter().map(|card| (card.name(), card.summary()))));
        }
        Format::Text => {
            let lines: Vec<_> = cards.iter().map(|card| format!("  {:26} {}", card.name(), card.summary())).collect();
            output::text(&format!("{}\n{}\n", texts.text("simulate-list"), lines.join("\n")));
        }
    }
    Ok(Exit::Ready)
}

fn put_in(card: Personality, arguments: &SimulateArguments, texts: &Texts) -> Run {
    let port = arguments.port.to_string();
    let name = sanitise(card.name());
    output::text(&format!("{}\n", texts.with("simulate-serving", &[("name", &name), ("port", &port)])));
    let card = Mutex::new(VirtualCard::new(card)?);
    // Ctrl-C ends the process, and with it the connection: the driver then shows an empty reader
    let stop = AtomicBool::new(false);
    let address = (Ipv4Addr::LOCALHOST, arguments.port);
    match serve(address, &card, source::latency(arguments.speed), &stop) {
        Ok(()) => Ok(Exit::Ready),
        Err(error) if error.kind() == ErrorKind::ServiceStopped => {
            let remedy = texts.remedy("simulate-no-driver").map(|remedy| format!("  → {remedy}\n")).unwrap_or_default();
            output::error(&format!("{}\n{remedy}", texts.with("simulate-no-driver", &[("port", &port)])));
            Ok(Exit::NotReady)
        }
        Err(error) => Err(error.into()),
    }
}
