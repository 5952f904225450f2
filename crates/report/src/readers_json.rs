//! The answer of `cpx-check readers` for machines, schema `cpx-check.readers/1`.

use serde::Serialize;
use serde_json::Value;

use cpx_card::internal::facts::{Failure, Presence, Recognised, Slot, recognise};

use super::card_json::value;
use super::sanitise;

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "cpx-check readers"))]
pub(super) struct Report {
    #[cfg_attr(test, schemars(extend("const" = "cpx-check.readers/1")))]
    schema: &'static str,
    /// Version of the program.
    tool_version: &'static str,
    /// Why there is no reader, or null.
    code: Option<&'static str>,
    detail: Option<String>,
    readers: Vec<Reader>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Reader {
    /// Its name, as the system gives it.
    name: String,
    /// What is in it: `cpx`, `foreign`, `empty`, `mute` or `unavailable`.
    state: &'static str,
    /// The answer to reset, hexadecimal.
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
pub fn readers_json(looked: &Result<Vec<Slot>, Failure>) -> Value {
    let (code, detail, readers) = match looked {
        Ok(slots) if slots.is_empty() => (Some("no-reader"), None, Vec::new()),
        Ok(slots) => (None, None, slots.iter().map(reader).collect()),
        Err(failure) => (Some(failure.kind.code()), Some(sanitise(&failure.detail)), Vec::new()),
    };
    value(&Report { schema: "cpx-check.readers/1", tool_version: env!("CARGO_PKG_VERSION"), code, detail, readers })
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
