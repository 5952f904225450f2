//! `cpx-check watch`: what happens in the readers, as it happens. A card is read once, when it is put in.

use std::thread;

use crate::collect::{Collecting, collect_slots, slots};
use crate::error::{Failure, Result};
use crate::facts::{CardFacts, Evidence, Slot};
use crate::limits;
use crate::readiness::judge_cards;
use crate::report::{Happening, Texts, card_line, sanitise, watch_json};
use crate::transport::{Event, events};

use super::Run;
use super::args::{Format, WatchArguments};
use super::card::disclosure;
use super::exit_code::Exit;
use super::output::{self, Reader};
use super::source::{self, Chosen};

pub(super) fn run(arguments: &WatchArguments, pcsc_missing: Option<String>, texts: &Texts) -> Run {
    let chosen = source::choose(&arguments.source, pcsc_missing, std::time::Duration::ZERO, texts)?;
    Ok(Watch { arguments, texts, chosen, lost: false }.run())
}

struct Watch<'a> {
    arguments: &'a WatchArguments,
    texts: &'a Texts,
    chosen: Chosen,
    /// Whether the last look failed.
    lost: bool,
}

impl Watch<'_> {
    /// Until nobody reads the output any more, or Ctrl-C.
    fn run(mut self) -> Exit {
        if self.arguments.output.format == Format::Text {
            output::error(&format!("{}\n", self.texts.text("watch-start")));
        }
        let mut seen = Vec::new();
        let mut pause = limits::RETRY_SHORTEST;
        let mut looked = slots(&self.chosen.readers);
        loop {
            let listening = match looked {
                Ok(now) => {
                    pause = limits::RETRY_SHORTEST;
                    let listening = self.service_is_back().worst(self.tell(&seen, &now));
                    seen = now;
                    listening
                }
                Err(error) => {
                    let listening = self.service_is_lost(&error.into());
                    thread::sleep(pause);
                    pause = pause.saturating_mul(2).min(limits::RETRY_LONGEST);
                    listening
                }
            };
            if listening == Reader::Gone {
                return Exit::Ready;
            }
            looked = self.next(&seen);
        }
    }

    fn next(&self, seen: &[Slot]) -> Result<Vec<Slot>> {
        if self.lost { slots(&self.chosen.readers) } else { self.chosen.readers.wait(seen, limits::WATCH_SLICE) }
    }

    fn tell(&self, seen: &[Slot], now: &[Slot]) -> Reader {
        let named = self.arguments.source.reader.as_str();
        let mut listening = Reader::Listening;
        let mut inserted = Vec::new();
        for event in events(seen, now) {
            let (name, slot) = match event {
                Event::ReaderAdded(slot) => ("reader-added", slot),
                Event::ReaderRemoved(slot) => ("reader-removed", slot),
                Event::Removed(slot) => ("removed", slot),
                Event::Inserted(slot) => ("inserted", slot),
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
        self.line(event, Happening::Reader(&slot.reader), || self.texts.text(&format!("event-{event}")))
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
            self.line("inserted", Happening::Card(reader, verdict), || {
                let card = card_line(reader, verdict, disclosure, self.texts);
                format!("{} : {card}", self.texts.text("event-inserted"))
            })
        });
        told.fold(Reader::Listening, Reader::worst)
    }

    fn service_is_lost(&mut self, failure: &Failure) -> Reader {
        if std::mem::replace(&mut self.lost, true) {
            return Reader::Listening;
        }
        let cause = self.texts.text(failure.kind.code());
        let text = || self.texts.with("event-service-lost", &[("cause", &cause)]);
        self.line("service-lost", Happening::Lost(failure), text)
    }

    fn service_is_back(&mut self) -> Reader {
        if !std::mem::replace(&mut self.lost, false) {
            return Reader::Listening;
        }
        self.line("service-back", Happening::Back, || self.texts.text("event-service-back"))
    }

    fn line(&self, event: &'static str, what: Happening, text: impl FnOnce() -> String) -> Reader {
        let time = jiff::Zoned::now();
        let disclosure = disclosure(self.arguments.output.show_identity);
        match self.arguments.output.format {
            Format::Json => output::json_line(&watch_json(time.timestamp().to_string(), event, what, disclosure)),
            Format::Text => {
                let name = match what {
                    Happening::Reader(name) => Some(name),
                    Happening::Card(reader, _) => Some(reader.name.as_str()),
                    _ => None,
                };
                let name = name.map(|name| format!("{} : ", sanitise(name))).unwrap_or_default();
                output::text(&format!("{}  {name}{}\n", time.strftime("%H:%M:%S"), text()))
            }
        }
    }
}
