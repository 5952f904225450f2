//! What happened between two looks at the readers.

use super::{Presence, Slot};

/// One thing that happened in one reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The reader was plugged in.
    ReaderAdded(Slot),
    /// The reader was unplugged.
    ReaderRemoved(Slot),
    /// A card was put in; the slot is as it is now.
    Inserted(Slot),
    /// The card was taken out; the slot is as it is now.
    Removed(Slot),
    /// Cards came and went too briefly to be told one by one; the slot is as it is now.
    Bounced {
        /// Where.
        slot: Slot,
        /// How many times a card was put in and taken out again, 1 to 16,383: the system counted them.
        times: u16,
    },
}

/// What happened between two looks, reader by reader: a removal always before the next insertion, also when another
/// card (or the same one) is in the reader by the time of the second look; what came and went between is counted.
pub fn events(before: &[Slot], after: &[Slot]) -> Vec<Event> {
    let mut events = Vec::new();
    for gone in before.iter().filter(|slot| !after.iter().any(|now| now.reader == slot.reader)) {
        if has_card(gone) {
            events.push(Event::Removed(gone.clone()));
        }
        events.push(Event::ReaderRemoved(gone.clone()));
    }
    for now in after {
        let then = before.iter().find(|slot| slot.reader == now.reader);
        if then.is_none() {
            events.push(Event::ReaderAdded(now.clone()));
        }
        if then.is_some_and(|then| then.is_unchanged(now)) {
            continue;
        }
        if then.is_some_and(has_card) {
            events.push(Event::Removed(now.clone()));
        }
        let times = then.map_or(0, |then| bounces(then, now));
        if times > 0 {
            events.push(Event::Bounced { slot: now.clone(), times });
        }
        if has_card(now) {
            events.push(Event::Inserted(now.clone()));
        }
    }
    events
}

fn has_card(slot: &Slot) -> bool {
    matches!(slot.presence, Presence::Card { .. } | Presence::Mute)
}

/// How many times a card came and went between two looks, beyond what the two looks show. None where the count says
/// nothing: it started anew with its service. It counts a card a moment after it shows it, so that the count may be one
/// behind: halves are left out.
fn bounces(then: &Slot, now: &Slot) -> u16 {
    let shown = u16::from(has_card(then)).saturating_add(u16::from(has_card(now)));
    match now.events.wrapping_sub(then.events).checked_sub(shown) {
        Some(unseen) if unseen <= u16::MAX / 2 => unseen / 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iso7816::Atr;

    fn card(reader: &str, in_use: bool, events: u16) -> Slot {
        let atr = Atr::new(&[0x3B, 0x00]).unwrap();
        Slot::new(reader, Presence::Card { atr, in_use, exclusive: false }, events)
    }

    fn names(before: &[Slot], after: &[Slot]) -> Vec<&'static str> {
        let name = |event: &Event| match event {
            Event::ReaderAdded(_) => "reader added",
            Event::ReaderRemoved(_) => "reader removed",
            Event::Inserted(_) => "inserted",
            Event::Removed(_) => "removed",
            Event::Bounced { times: 2, .. } => "bounced twice",
            Event::Bounced { .. } => "bounced",
        };
        events(before, after).iter().map(name).collect()
    }

    #[test]
    fn a_removal_comes_before_the_next_insertion() {
        let (empty, mute) = (Slot::new("A", Presence::Empty, 0), Slot::new("A", Presence::Mute, 1));
        assert_eq!(names(&[], &[card("A", false, 1)]), ["reader added", "inserted"]);
        assert_eq!(names(&[card("A", false, 1)], &[card("A", true, 1)]), [""; 0], "somebody uses it: no event");
        assert_eq!(names(&[card("A", false, 1)], &[card("A", false, 3)]), ["removed", "inserted"]);
        assert_eq!(names(&[card("A", false, 1)], std::slice::from_ref(&empty)), ["removed"]);
        assert_eq!(names(std::slice::from_ref(&empty), &[mute]), ["inserted"]);
        assert_eq!(
            names(&[card("A", false, 1), card("B", false, 1)], &[card("B", false, 1)]),
            ["removed", "reader removed"]
        );
        assert_eq!(names(&[empty], &[]), ["reader removed"]);
    }

    #[test]
    fn what_came_and_went_between_two_looks_is_counted() {
        let empty = |events| Slot::new("A", Presence::Empty, events);
        let card = |events| card("A", false, events);
        assert_eq!(names(&[empty(0)], &[empty(2)]), ["bounced"]);
        assert_eq!(names(&[card(1)], &[card(5)]), ["removed", "bounced", "inserted"]);
        assert_eq!(names(&[empty(65_535)], &[card(4)]), ["bounced twice", "inserted"]);
        assert_eq!(names(&[card(7)], &[empty(12)]), ["removed", "bounced twice"]);
        assert_eq!(names(&[card(7)], &[card(1)]), ["removed", "inserted"], "the service started anew");
        assert_eq!(names(&[empty(0)], &[card(2)]), ["inserted"], "a count that does not fit");
    }
}
