//! The answer of `cpx-check readers` for machines, schema `cpx-check.readers/1`.

use serde::Serialize;
use serde_json::Value;

use crate::facts::{Presence, Recognised, Slot, recognise};

use super::card_json::value;
use super::sanitise;

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    tool_version: &'static str,
    code: Option<&'static str>,
    readers: Vec<Reader>,
}

#[derive(Serialize)]
struct Reader {
    name: String,
    state: &'static str,
    atr: Option<String>,
    generation: Option<&'static str>,
    interface: Option<&'static str>,
    /// Whether only a dialogue with the card tells that it is a CPx: other cards have the same ATR.
    to_confirm: Option<bool>,
    family: Option<&'static str>,
    in_use: Option<bool>,
    exclusive: Option<bool>,
}

/// What PC/SC says of every reader, without any exchange with a card.
pub fn readers_json(slots: &[Slot]) -> Value {
    let code = slots.is_empty().then_some("no-reader");
    let readers = slots.iter().map(reader).collect();
    value(&Report { schema: "cpx-check.readers/1", tool_version: env!("CARGO_PKG_VERSION"), code, readers })
}

fn reader(slot: &Slot) -> Reader {
    let empty = Reader {
        name: sanitise(&slot.reader),
        state: "empty",
        atr: None,
        generation: None,
        interface: None,
        to_confirm: None,
        family: None,
        in_use: None,
        exclusive: None,
    };
    match &slot.presence {
        Presence::Empty => empty,
        Presence::Mute => Reader { state: "mute", ..empty },
        Presence::Unavailable => Reader { state: "unavailable", ..empty },
        Presence::Card { atr, in_use, exclusive } => {
            let empty =
                Reader { atr: Some(atr.to_string()), in_use: Some(*in_use), exclusive: Some(*exclusive), ..empty };
            match recognise(atr) {
                Recognised::Cpx { generation, interface, to_confirm, .. } => Reader {
                    state: "cpx",
                    generation: Some(generation.code()),
                    interface: Some(interface.code()),
                    to_confirm: Some(to_confirm),
                    ..empty
                },
                Recognised::Foreign { family, .. } => Reader { state: "foreign", family: Some(family.code()), ..empty },
            }
        }
    }
}
