//! The answer of `cpx-check readers` for people.

use std::fmt::Write as _;

use cpx_card::internal::facts::{Presence, Recognised, Slot, recognise};

use super::{Texts, sanitise};

/// One line for each reader, with what its card is as far as the answer to reset tells.
pub fn readers_text(slots: &[Slot], texts: &Texts) -> String {
    let mut text = texts.with("readers-title", &[("count", &slots.len().to_string())]);
    text.push('\n');
    for slot in slots {
        let _ = writeln!(text, "  {}", texts.of(&sanitise(&slot.reader), &slot_text(slot, texts)));
    }
    text
}

/// What is in one reader, as far as the answer to reset tells.
fn slot_text(slot: &Slot, texts: &Texts) -> String {
    let (atr, in_use, exclusive) = match &slot.presence {
        Presence::Empty => return texts.text("slot-empty"),
        Presence::Mute => return texts.text("slot-mute"),
        Presence::Unavailable => return texts.text("slot-unavailable"),
        Presence::Card { atr, in_use, exclusive } => (atr, *in_use, *exclusive),
    };
    let card = match recognise(atr) {
        Recognised::Cpx { to_confirm: true, .. } => texts.text("slot-maybe-cpx"),
        Recognised::Cpx { generation, interface, .. } => {
            let generation = texts.text(&format!("generation-{}", generation.code()));
            let interface = texts.text(&format!("interface-{}", interface.code()));
            texts.with("slot-cpx", &[("generation", &generation), ("interface", &interface)])
        }
        Recognised::Foreign { family, .. } => texts.text(family.code()),
    };
    let used = match (exclusive, in_use) {
        (true, _) => format!(", {}", texts.text("slot-exclusive")),
        (false, true) => format!(", {}", texts.text("slot-in-use")),
        (false, false) => String::new(),
    };
    format!("{card}{used}")
}
