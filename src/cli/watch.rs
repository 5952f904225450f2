//! `cpx-check watch`: what happens in the readers, as it happens. A card is read once, when it is put in.

use std::sync::Arc;

use crate::collect::{Collecting, Follow, Happening, collect_slots};
use crate::error::Failure;
use crate::facts::{CardFacts, Evidence, Slot};
use crate::limits;
use crate::readiness::judge_cards;
use crate::report::{Texts, Watched, card_line, sanitise, watch_json};
use crate::transport::Event;

use super::Run;
use super::args::{Format, WatchArguments};
use super::card::disclosure;
use super::exit_code::Exit;
use super::output::{self, Reader};
use super::source::{self, Chosen};

pub(super) fn run(arguments: &WatchArguments, pcsc_missing: Option<String>, texts: &Texts) -> Run {
    let chosen = source::choose(&arguments.source, pcsc_missing, std::time::Duration::ZERO, texts)?;
    Ok(Watch { arguments, texts, chosen }.run())
}

struct Watch<'a> {
    arguments: &'a WatchArguments,
    texts: &'a Texts,
    chosen: Chosen,
}

impl Watch<'_> {
    /// Until nobody reads the output any more, or Ctrl-C.
    fn run(self) -> Exit {
        if self.arguments.output.format == Format::Text {
            output::error(&format!("{}\n", self.texts.text("watch-start")));
        }
        let mut follow = Follow::new(Arc::clone(&self.chosen.to_watch), limits::WATCH_SLICE);
        loop {
            for happening in follow.next() {
                let listening = match happening {
                    Happening::Events(events) => self.tell(events),
                    Happening::Lost(failure) => self.service_is_lost(&failure),
                    Happening::Back => self.service_is_back(),
                };
                if listening == Reader::Gone {
                    return Exit::Ready;
                }
            }
        }
    }

    fn tell(&self, events: Vec<Event>) -> Reader {
        let named = self.arguments.source.reader.as_str();
        let mut listening = Reader::Listening;
        let mut inserted = Vec::new();
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
                "inserted" => inserted.push(slot),
                _ => listening = listening.worst(self.event(name, &slot)),
            }
        }
        listening.worst(self.inserted(&inserted))
    }

    fn event(&self, event: &'static str, slot: &Slot) -> Reader {
        self.line(event, Watched::Reader(&slot.reader), || self.texts.text(&format!("event-{event}")))
    }

    fn bounced(&self, slot: &Slot, times: u16) -> Reader {
        let text = || self.texts.with("event-bounced", &[("times", &times.to_string())]);
        self.line("bounced", Watched::Bounced(&slot.reader, times), text)
    }

    /// Cards that were put in at the same time are read at the same time.
    fn inserted(&self, slots: &[Slot]) -> Reader {
        if slots.is_empty() {
            return Reader::Listening;
        }
        let readers = collect_slots(&self.chosen.readers, slots.to_vec(), Collecting::default());
        let facts = CardFacts { readers: Ok(readers) };
        let verdict = judge_cards(&facts, &Evidence::default(), source::when(None, self.chosen.day));
        let disclosure = disclosure(self.arguments.output.show_identity);
        let told = facts.readers.iter().flatten().zip(&verdict.readers).map(|(reader, verdict)| {
            self.line("inserted", Watched::Card(reader, verdict), || {
                let card = card_line(reader, verdict, disclosure, self.texts);
                format!("{} : {card}", self.texts.text("event-inserted"))
            })
        });
        told.fold(Reader::Listening, Reader::worst)
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
        let time = jiff::Zoned::now();
        let disclosure = disclosure(self.arguments.output.show_identity);
        match self.arguments.output.format {
            Format::Json => output::json_line(&watch_json(time.timestamp().to_string(), event, what, disclosure)),
            Format::Text => {
                let name = match what {
                    Watched::Reader(name) | Watched::Bounced(name, _) => Some(name),
                    Watched::Card(reader, _) => Some(reader.name.as_str()),
                    _ => None,
                };
                let name = name.map(|name| format!("{} : ", sanitise(name))).unwrap_or_default();
                output::text(&format!("{}  {name}{}\n", time.strftime("%H:%M:%S"), text()))
            }
        }
    }
}
