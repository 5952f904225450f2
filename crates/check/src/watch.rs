//! `cpx-check watch`: what happens in the readers, as it happens. A card is read once, when it is put in.

use std::sync::Arc;
use std::time::Instant;

use cpx_card::Failure;
use cpx_card::internal::collect::{Collecting, Follow, Happening, collect_slots, is_free};
use cpx_card::internal::facts::{CardFacts, Evidence, ReaderState, Slot};
use cpx_card::internal::limits;
use cpx_card::internal::readiness::judge_cards;
use cpx_card::internal::transport::Event;
use cpx_report::{Texts, Watched, card_line, sanitise, watch_json};

use super::Run;
use super::args::{Format, WatchArguments};
use super::card::{disclosure, users};
use super::exit_code::Exit;
use super::output::{self, Reader};
use super::source::{self, Chosen};

pub(super) fn run(arguments: &WatchArguments, pcsc_missing: Option<String>, texts: &Texts) -> Run {
    let chosen = source::choose(&arguments.source, pcsc_missing, std::time::Duration::ZERO, texts)?;
    Ok(Watch { arguments, texts, chosen, held: Vec::new() }.run())
}

struct Watch<'a> {
    arguments: &'a WatchArguments,
    texts: &'a Texts,
    chosen: Chosen,
    /// Cards that another program has: they are read once they are free.
    held: Vec<Held>,
}

/// A card that another program has.
struct Held {
    slot: Slot,
    since: Instant,
    /// Whether it was told that it is not given back.
    told: bool,
}

impl Watch<'_> {
    /// Until nobody reads the output any more, or Ctrl-C.
    fn run(mut self) -> Exit {
        if self.arguments.output.format == Format::Text {
            output::error(&format!("{}\n", self.texts.with("watch-start", &[("zone", &self.texts.now().zone)])));
        }
        let mut follow = Follow::new(Arc::clone(&self.chosen.to_watch), limits::WATCH_SLICE);
        loop {
            let happened = if self.held.is_empty() { follow.next() } else { follow.next_within(limits::HELD_PAUSE) };
            for happening in happened {
                let listening = match happening {
                    Happening::Events(events) => self.tell(events),
                    Happening::Lost(failure) => self.service_is_lost(&failure),
                    Happening::Back => self.service_is_back(),
                };
                if listening == Reader::Gone {
                    return Exit::Ready;
                }
            }
            if self.look_at_held() == Reader::Gone {
                return Exit::Ready;
            }
        }
    }

    /// Reads the cards that are free now.
    fn look_at_held(&mut self) -> Reader {
        let mut listening = Reader::Listening;
        let (free, held): (Vec<_>, Vec<_>) = std::mem::take(&mut self.held)
            .into_iter()
            .partition(|held| is_free(&self.chosen.readers, &held.slot.reader));
        self.held = held;
        let mut kept = Vec::new();
        for held in &mut self.held {
            if !held.told && held.since.elapsed() >= limits::KEPT_PATIENCE {
                held.told = true;
                kept.push(held.slot.reader.clone());
            }
        }
        for reader in kept {
            let text = || self.texts.text("card-kept");
            listening = listening.worst(self.line("kept", Watched::Kept(&reader), text));
        }
        listening.worst(self.read("read", free))
    }

    fn tell(&mut self, events: Vec<Event>) -> Reader {
        let named = self.arguments.source.reader.as_str();
        let mut listening = Reader::Listening;
        let mut inserted = Vec::new();
        self.held.retain(|held| !events.iter().any(|event| ends(event, &held.slot)));
        for event in events {
            let (name, slot) = match event {
                Event::ReaderAdded(slot) => ("reader-added", slot),
                Event::ReaderRemoved(slot) => ("reader-removed", slot),
                Event::Removed(slot) => ("removed", slot),
                Event::Inserted(slot) => ("inserted", slot),
                Event::Bounced { slot, times } => {
                    if slot.reader.contains(named) {
                        listening = listening.worst(self.bounced(&slot, times));
                    }
                    continue;
                }
            };
            match name {
                _ if !slot.reader.contains(named) => {}
                "inserted" => inserted.push(Held { slot, since: Instant::now(), told: false }),
                _ => listening = listening.worst(self.event(name, &slot)),
            }
        }
        listening.worst(self.read("inserted", inserted))
    }

    fn event(&self, event: &'static str, slot: &Slot) -> Reader {
        self.line(event, Watched::Reader(&slot.reader), || self.texts.text(&format!("event-{event}")))
    }

    fn bounced(&self, slot: &Slot, times: u16) -> Reader {
        let text = || self.texts.with("event-bounced", &[("times", &times.to_string())]);
        self.line("bounced", Watched::Bounced(&slot.reader, times), text)
    }

    /// Cards that were put in at the same time, or are free, are read at the same time.
    fn read(&mut self, event: &'static str, cards: Vec<Held>) -> Reader {
        let mut listening = Reader::Listening;
        if cards.is_empty() {
            return listening;
        }
        let slots = cards.iter().map(|card| card.slot.clone()).collect();
        let readers = collect_slots(&self.chosen.readers, slots, Collecting::default());
        let facts = CardFacts { readers: Ok(readers) };
        let verdict = judge_cards(&facts, &Evidence::default(), source::when(None, self.chosen.day));
        let disclosure = disclosure(self.arguments.output.show_identity);
        // only while the line is new: later another program may have it
        let users = users(&facts, self.texts).map(|users| format!(" {users}")).unwrap_or_default();
        for ((reader, verdict), card) in facts.readers.iter().flatten().zip(&verdict.readers).zip(cards) {
            let is_held = reader.content.state() == ReaderState::Busy;
            // what was told of it before still holds, or its removal is told next
            let says_nothing = is_held || ["reader-empty", "card-removed"].contains(&reader.content.code());
            if !(event == "read" && says_nothing) {
                let line = self.line(event, Watched::Card(reader, verdict), || {
                    let card = card_line(reader, verdict, disclosure, self.texts);
                    let users = if is_held { users.as_str() } else { "" };
                    self.texts.of(&self.texts.text(&format!("event-{event}")), &format!("{card}{users}"))
                });
                listening = listening.worst(line);
            }
            if is_held {
                self.held.push(card);
            }
        }
        listening
    }

    fn service_is_lost(&self, failure: &Failure) -> Reader {
        let cause = self.texts.text(failure.kind.code());
        let text = || self.texts.with("event-service-lost", &[("cause", &cause)]);
        self.line("service-lost", Watched::Lost(failure), text)
    }

    fn service_is_back(&self) -> Reader {
        self.line("service-back", Watched::Back, || self.texts.text("event-service-back"))
    }

    fn line(&self, event: &'static str, what: Watched, text: impl FnOnce() -> String) -> Reader {
        let disclosure = disclosure(self.arguments.output.show_identity);
        match self.arguments.output.format {
            Format::Json => output::json_line(&watch_json(jiff::Timestamp::now().to_string(), event, what, disclosure)),
            Format::Text => {
                let name = match what {
                    Watched::Reader(name) | Watched::Bounced(name, _) | Watched::Kept(name) => Some(name),
                    Watched::Card(reader, _) => Some(reader.name.as_str()),
                    _ => None,
                };
                let said = match name {
                    Some(name) => self.texts.of(&sanitise(name), &text()),
                    None => text(),
                };
                output::text(&format!("{}  {said}\n", self.texts.now().time))
            }
        }
    }
}

/// Whether the card in this slot is gone with this.
pub(super) fn ends(event: &Event, slot: &Slot) -> bool {
    let (Event::Removed(now) | Event::ReaderRemoved(now) | Event::Inserted(now)) = event else { return false };
    now.reader == slot.reader
}
