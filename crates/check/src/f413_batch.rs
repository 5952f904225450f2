//! `cpx-check f413 --batch`: one card after the other, each judged, recorded and told.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use cpx_card::Failure;
use cpx_card::internal::collect::{Follow, Happening, collect_slots, is_free};
use cpx_card::internal::facts::{CardAnswer, CardFacts, CardReading, ReaderContent, ReaderFacts, ReaderState, Slot};
use cpx_card::internal::limits;
use cpx_card::internal::readiness::{ReaderVerdict, judge_cards};
use cpx_card::internal::transport::Event;
use cpx_f413::CardAdvice;
use cpx_report::{
    BatchCount, BatchLine, Batched, Disclosure, Language, Texts, batch_json, batch_text, list_header, list_line,
    sanitise,
};

use super::args::{F413Arguments, Format};
use super::card::disclosure;
use super::ending;
use super::exit_code::Exit;
use super::f413_list::{List, Noticed, Unfit, beside};
use super::file::Unwritten;
use super::output::{self, Reader};
use super::source::{self, Chosen};
use super::watch::ends;
use super::{Refusal, Run, f413};

pub(super) fn run(arguments: &F413Arguments, path: &Path, pcsc_missing: Option<String>, texts: &Texts) -> Run {
    // a file that cannot be written is told before the first card
    let other = match texts.language() {
        Language::French => Language::English,
        Language::English => Language::French,
    };
    let headers = [list_header(texts), list_header(&Texts::new(other))];
    let list = List::open(path, &headers).map_err(|unfit| refusal(unfit, texts))?;
    let chosen = source::choose(&arguments.source, pcsc_missing, std::time::Duration::ZERO, texts)?;
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    // asked twice: at once
    ending::instead(move || !asked.swap(true, Ordering::Relaxed));
    let disclosure = disclosure(arguments.output.show_identity);
    let path = sanitise(&path.display().to_string());
    Batch { arguments, texts, chosen, list, path, disclosure, count: BatchCount::default(), held: Vec::new() }
        .run(&stop)
}

struct Batch<'a> {
    arguments: &'a F413Arguments,
    texts: &'a Texts,
    chosen: Chosen,
    list: List,
    path: String,
    disclosure: Disclosure,
    count: BatchCount,
    /// Cards that another program has, and that were told as such: they are read once they are free.
    held: Vec<Slot>,
}

impl Batch<'_> {
    /// Until Ctrl-C, until nobody reads the output any more, or until a line cannot be written.
    fn run(mut self, stop: &AtomicBool) -> Run {
        self.begin();
        let mut follow = Follow::new(Arc::clone(&self.chosen.to_watch), limits::LIST_SLICE);
        while !stop.load(Ordering::Relaxed) {
            let happened = if self.held.is_empty() { follow.next() } else { follow.next_within(limits::HELD_PAUSE) };
            match self.tell_all(happened) {
                Ok(Reader::Listening) => {}
                Ok(Reader::Gone) => return Ok(Exit::Ready),
                Err(error) => {
                    self.summary();
                    let remedy = self.texts.remedy("f413-batch-lost").map(|remedy| format!("\n  → {remedy}"));
                    let lost = self.texts.text("f413-batch-lost");
                    output::error(&format!("{lost}{}\n", remedy.unwrap_or_default()));
                    return Err(Unwritten(error).into());
                }
            }
        }
        self.summary();
        Ok(Exit::Ready)
    }

    /// What happened, then the cards that another program has given back.
    fn tell_all(&mut self, happened: Vec<Happening>) -> cpx_card::Result<Reader> {
        let mut listening = Reader::Listening;
        for happening in happened {
            listening = listening.worst(match happening {
                Happening::Events(events) => self.events(events)?,
                Happening::Lost(failure) => self.service(Some(&failure)),
                Happening::Back => self.service(None),
            });
        }
        let (free, held) =
            std::mem::take(&mut self.held).into_iter().partition(|slot| is_free(&self.chosen.readers, &slot.reader));
        self.held = held;
        Ok(listening.worst(self.cards(free, true)?))
    }

    fn begin(&self) {
        let say = |sentence: String| output::error(&format!("{sentence}\n"));
        for noticed in &self.list.noticed {
            say(match noticed {
                Noticed::Healed => self.texts.text("f413-batch-healed"),
                Noticed::KeyMissing => {
                    let key = beside(Path::new(&self.path)).display().to_string();
                    self.texts.with("f413-batch-no-key", &[("path", &sanitise(&key))])
                }
            });
        }
        if self.arguments.output.format == Format::Text {
            say(self.texts.with("f413-batch-start", &[("path", &self.path), ("zone", &self.texts.now().zone)]));
            let written = if self.disclosure == Disclosure::Full { "f413-batch-in-full" } else { "f413-batch-masked" };
            say(self.texts.text(written));
        }
    }

    fn events(&mut self, events: Vec<Event>) -> cpx_card::Result<Reader> {
        let named = self.arguments.source.reader.as_str();
        let (gone, held): (Vec<_>, _) =
            std::mem::take(&mut self.held).into_iter().partition(|slot| events.iter().any(|event| ends(event, slot)));
        self.held = held;
        self.given_up(&gone);
        let inserted = events.into_iter().filter_map(|event| match event {
            Event::Inserted(slot) if slot.reader.contains(named) => Some(slot),
            _ => None,
        });
        self.cards(inserted.collect(), false)
    }

    /// Cards that were put in at the same time, or are given back, are read at the same time.
    fn cards(&mut self, slots: Vec<Slot>, again: bool) -> cpx_card::Result<Reader> {
        let mut listening = Reader::Listening;
        if slots.is_empty() {
            return Ok(listening);
        }
        let cards = slots.clone();
        let readers = collect_slots(&self.chosen.readers, slots, f413::collecting(self.arguments));
        let facts = CardFacts { readers: Ok(readers) };
        let when = source::when(None, self.chosen.day);
        let evidence = f413::evidence(self.arguments, &facts, when.now);
        let verdict = judge_cards(&facts, &evidence, when);
        for (reader, verdict) in facts.readers.iter().flatten().zip(&verdict.readers) {
            if reader.content.state() == ReaderState::Busy {
                self.held.extend(cards.iter().find(|slot| slot.reader == reader.name).cloned());
                if again {
                    continue;
                }
            }
            let advice = f413::advise(reader, verdict, f413::knowledge(self.arguments), when.today);
            let line = match &reader.content {
                ReaderContent::Card(CardAnswer::Cpx(card)) => self.record(card, &advice)?,
                ReaderContent::Card(CardAnswer::Foreign { family, .. }) => {
                    self.count.others = self.count.others.saturating_add(1);
                    BatchLine::NotRecorded { code: family.code() }
                }
                ReaderContent::Empty => self.failed("card-removed"),
                ReaderContent::Mute => self.failed("card-mute"),
                // counted at its end, when it was never given back
                ReaderContent::Failed { failure, .. } if reader.content.state() == ReaderState::Busy => {
                    BatchLine::NotRecorded { code: failure.kind.code() }
                }
                ReaderContent::Failed { failure, .. } => self.failed(failure.kind.code()),
            };
            listening = listening.worst(self.tell(reader, verdict, &advice, &line));
        }
        Ok(listening)
    }

    fn failed(&mut self, code: &'static str) -> BatchLine {
        self.count.failed = self.count.failed.saturating_add(1);
        BatchLine::NotRecorded { code }
    }

    /// Cards that were never given back.
    fn given_up(&mut self, cards: &[Slot]) {
        self.count.failed = self.count.failed.saturating_add(u64::try_from(cards.len()).unwrap_or(u64::MAX));
    }

    /// Puts a card on the list, unless it stands there with the same answer.
    fn record(&mut self, card: &CardReading, advice: &CardAdvice) -> cpx_card::Result<BatchLine> {
        self.count.read = self.count.read.saturating_add(1);
        let key = number_of(card, advice).map(|number| self.list.pseudonym(&number)).unwrap_or_default();
        let rule = advice.rulings.first().and_then(|ruling| ruling.rule).map(|rule| rule.citation().rule);
        let before = self.list.known(&key).cloned();
        if let Some(known) = before.as_ref().filter(|known| Some(known.rule.as_str()) == rule) {
            self.count.duplicates = self.count.duplicates.saturating_add(1);
            return Ok(BatchLine::Duplicate { line: known.line });
        }
        let time = jiff::Zoned::now().strftime("%Y-%m-%d %H:%M:%S").to_string();
        let cells = list_line(card, advice, (&time, &key), self.disclosure, self.texts);
        let line = self.list.append(&cells)?;
        self.count.recorded = self.count.recorded.saturating_add(1);
        Ok(BatchLine::Recorded { line, before: before.map(|known| known.line) })
    }

    /// One line, after the card is on the list, and the bell.
    fn tell(&self, reader: &ReaderFacts, verdict: &ReaderVerdict, advice: &CardAdvice, line: &BatchLine) -> Reader {
        output::bell();
        match self.arguments.output.format {
            Format::Text => {
                let said = batch_text(reader, advice, line, self.disclosure, self.texts);
                output::text(&format!("{}  {said}\n", self.texts.now().time))
            }
            Format::Json => self.json(Batched::Card(reader, verdict, advice, *line)),
        }
    }

    /// The service is lost, for this reason, or back.
    fn service(&self, lost: Option<&Failure>) -> Reader {
        let event = if lost.is_some() { "event-service-lost" } else { "event-service-back" };
        match self.arguments.output.format {
            Format::Text => {
                let cause = lost.map(|failure| self.texts.text(failure.kind.code())).unwrap_or_default();
                output::text(&format!("{}\n", self.texts.with(event, &[("cause", &cause)])))
            }
            Format::Json => self.json(lost.map_or(Batched::Back, Batched::Lost)),
        }
    }

    fn summary(&mut self) {
        let held = std::mem::take(&mut self.held);
        self.given_up(&held);
        let BatchCount { read, recorded, duplicates, others, failed } = &self.count;
        match self.arguments.output.format {
            Format::Text => {
                let counted = [
                    ("read", read),
                    ("recorded", recorded),
                    ("duplicates", duplicates),
                    ("others", others),
                    ("failed", failed),
                ];
                let values: Vec<_> = counted.iter().map(|(name, count)| (*name, count.to_string())).collect();
                let values = values.iter().map(|(name, count)| (*name, count.as_str()));
                let values: Vec<_> = values.chain([("path", self.path.as_str())]).collect();
                output::text(&format!("{}\n", self.texts.with("f413-batch-summary", &values)))
            }
            Format::Json => self.json(Batched::Summary(self.count)),
        };
    }

    fn json(&self, happened: Batched) -> Reader {
        output::json_line(&batch_json(jiff::Timestamp::now().to_string(), happened, self.disclosure))
    }
}

/// What tells this card from others: its number, else the serial of its chip.
fn number_of(card: &CardReading, advice: &CardAdvice) -> Option<String> {
    let number = advice.lines.as_ref().and_then(|lines| lines.card_number.as_ref());
    let serial = || card.chip_serial.as_ref().map(|serial| format!("chip {}", serial.reveal()));
    number.map(|number| number.reveal().to_owned()).or_else(serial)
}

fn refusal(unfit: Unfit, texts: &Texts) -> Refusal {
    match unfit {
        Unfit::File(error) => error.into(),
        Unfit::Unwritten(error) => error.into(),
        Unfit::Other => Refusal::code("f413-list-other", texts),
        Unfit::InUse => Refusal::code("f413-list-in-use", texts),
        Unfit::TooLarge => Refusal::code("f413-list-too-large", texts),
    }
}
