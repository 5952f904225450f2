//! The readers and the cards in them: every reader at the same time, each on its own thread, so that a bad slot never
//! hides another and nothing foreign is waited for without a deadline.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crate::card::{CardAnswer, ReadOptions, read};
use crate::error::{Error, ErrorKind, Failure, Result};
use crate::facts::{CardFacts, ReaderContent, ReaderFacts};
use crate::iso7816::{Atr, Command};
use crate::limits;
use crate::transport::{Answer, Exchange, Presence, Protocol, Readers, Slot};

/// What to collect, and how patiently.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Collecting {
    /// What to read of a card.
    pub read: ReadOptions,
    /// How much longer than usual to wait for a card that another program holds.
    pub patience: Duration,
}

impl Collecting {
    /// Collects with these reading options.
    pub fn new(read: ReadOptions) -> Self {
        Self { read, ..Self::default() }
    }

    /// Waits this much longer for a card that another program holds.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }
}

/// Looks at every reader whose name contains `named` (all when empty) and reads the card in it.
///
/// ```
/// # #[cfg(feature = "simulator")] {
/// use std::sync::Arc;
/// use cpx_card::collect::{Collecting, collect};
/// use cpx_card::facts::{CardAnswer, ReaderContent};
/// use cpx_card::simulator::{Personality, SimulatedReaders};
///
/// use cpx_card::transport::Readers;
///
/// let card = Personality::embedded("cps-medecin")?;
/// let readers: Arc<dyn Readers> = Arc::new(SimulatedReaders::new(vec![("Lecteur".into(), card)])?);
/// let facts = collect(&readers, "", Collecting::default());
/// let content = &facts.readers.unwrap()[0].content;
/// assert!(matches!(content, ReaderContent::Card(CardAnswer::Cpx(card)) if card.card_type.unwrap().label() == "CPS"));
/// # }
/// # Ok::<(), cpx_card::Error>(())
/// ```
pub fn collect(source: &Arc<dyn Readers>, named: &str, how: Collecting) -> CardFacts {
    let slots = match slots(source) {
        Ok(slots) => slots,
        Err(error) => return CardFacts { readers: Err(error.into()) },
    };
    let asked = slots.into_iter().filter(|slot| slot.reader.contains(named)).collect();
    CardFacts { readers: Ok(collect_slots(source, asked, how)) }
}

/// Reads the card in each of these readers, which were just looked at.
pub fn collect_slots(source: &Arc<dyn Readers>, slots: Vec<Slot>, how: Collecting) -> Vec<ReaderFacts> {
    let running: Vec<_> = slots.into_iter().map(|slot| (start(source, &slot, how), slot)).collect();
    let mut seen = Vec::new();
    let mut readers = Vec::new();
    for (started, slot) in running {
        let content = match started {
            Started::Known(content) => content,
            Started::Reading(reading) => reading.finish(source),
        };
        readers.push(ReaderFacts { name: slot.reader.clone(), content });
        seen.push(slot);
    }
    void_swapped(source, &seen, &mut readers);
    readers
}

/// The readers as they are, with a deadline: a service that hangs is a service that does not answer.
///
/// # Errors
/// Those of [`Readers::slots`], and [`ErrorKind::ServiceSilent`].
pub fn slots(source: &Arc<dyn Readers>) -> Result<Vec<Slot>> {
    let (sender, receiver) = mpsc::channel();
    let source = Arc::clone(source);
    spawn(move || {
        let _ = sender.send(source.slots());
    })?;
    receiver.recv_timeout(limits::SERVICE_PATIENCE).unwrap_or_else(|_| Err(silent()))
}

/// What is told of a service that hangs.
pub(super) fn silent() -> Error {
    Error::new(ErrorKind::ServiceSilent, "the PC/SC service accepts the question and does not answer")
}

/// A card that was put in while its reader was being read voids the result: it could be of two cards, and what could not
/// be understood was said by two. That it was taken out afterwards does not matter.
fn void_swapped(source: &Arc<dyn Readers>, before: &[Slot], readers: &mut [ReaderFacts]) {
    if !readers.iter().any(|reader| is_what_a_card_said(&reader.content)) {
        return;
    }
    let Ok(after) = slots(source) else { return };
    for (slot, reader) in before.iter().zip(readers) {
        let now = after.iter().find(|now| now.reader == slot.reader);
        let another = now.is_some_and(|now| {
            let has_card = matches!(now.presence, Presence::Card { .. } | Presence::Mute);
            // out, in, and out again
            let came_and_went = now.events.wrapping_sub(slot.events) > 1;
            !slot.is_unchanged(now) && (has_card || came_and_went)
        });
        if another && is_what_a_card_said(&reader.content) {
            let failure = Error::new(ErrorKind::CardRemoved, "another card was put in during the reading").into();
            reader.content = ReaderContent::Failed { failure, atr: None };
        }
    }
}

/// A reading, or a failure that a card is blamed for.
fn is_what_a_card_said(content: &ReaderContent) -> bool {
    match content {
        ReaderContent::Card(_) => true,
        ReaderContent::Failed { failure, .. } => {
            matches!(failure.kind, ErrorKind::CardNonsense | ErrorKind::CardTooOld | ErrorKind::LimitReached)
        }
        _ => false,
    }
}

enum Started {
    Known(ReaderContent),
    Reading(Reading),
}

/// A card that is being read on its own thread.
struct Reading {
    atr: Atr,
    news: Receiver<News>,
    opening: Duration,
    /// How long it may take in all, once the card is open.
    whole: Duration,
    in_use: bool,
}

/// What the thread tells, with the time at which it happened.
enum News {
    Step(Instant),
    Done(Result<CardAnswer>),
}

fn start(source: &Arc<dyn Readers>, slot: &Slot, how: Collecting) -> Started {
    let (atr, in_use) = match &slot.presence {
        Presence::Empty => return Started::Known(ReaderContent::Empty),
        Presence::Mute => return Started::Known(ReaderContent::Mute),
        Presence::Unavailable => {
            let failure = Error::new(ErrorKind::ReaderGone, "the reader is listed and has no state").into();
            return Started::Known(ReaderContent::Failed { failure, atr: None });
        }
        Presence::Card { atr, in_use, .. } => (atr.clone(), *in_use),
    };
    let (sender, news) = mpsc::channel();
    let (source, reader) = (Arc::clone(source), slot.reader.clone());
    let started = spawn(move || {
        let answer = read_patiently(source.as_ref(), &reader, how.read, &sender);
        let _ = sender.send(News::Done(answer));
    });
    let alone = if in_use { limits::OPEN_PATIENCE } else { limits::OPEN_PATIENCE_ALONE };
    match started {
        Ok(()) => {
            let whole = if how.read.certificates { limits::CERTIFICATES_PATIENCE } else { limits::IDENTITY_PATIENCE };
            Started::Reading(Reading { atr, news, opening: alone.saturating_add(how.patience), whole, in_use })
        }
        Err(error) => Started::Known(ReaderContent::Failed { failure: error.into(), atr: Some(atr) }),
    }
}

impl Reading {
    /// Waits for the end of the reading, as long as it makes progress.
    fn finish(self, source: &Arc<dyn Readers>) -> ReaderContent {
        let outcome = self.outcome();
        let failure = match outcome {
            Ok(answer) => return ReaderContent::Card(answer),
            Err(error) => Failure::from(not_the_card(source, error)),
        };
        match failure.kind {
            ErrorKind::NoCard => ReaderContent::Empty,
            ErrorKind::CardMute => ReaderContent::Mute,
            _ => ReaderContent::Failed { failure, atr: Some(self.atr) },
        }
    }

    fn outcome(&self) -> Result<CardAnswer> {
        let start = Instant::now();
        let mut opened: Option<Instant> = None;
        let mut last = start;
        loop {
            let left = match opened {
                None => self.opening.saturating_sub(start.elapsed()),
                Some(opened) => {
                    let whole = self.whole.saturating_sub(opened.elapsed());
                    limits::EXCHANGE_PATIENCE.saturating_sub(last.elapsed()).min(whole)
                }
            };
            match self.news.recv_timeout(left) {
                Ok(News::Done(answer)) => return answer,
                Ok(News::Step(at)) => {
                    opened.get_or_insert(at);
                    last = at;
                    if opened.is_some_and(|opened| opened.elapsed() > self.whole) {
                        return Err(Error::new(
                            ErrorKind::CardSilent,
                            "every answer comes, and all of it takes too long",
                        ));
                    }
                }
                Err(RecvTimeoutError::Timeout) if opened.is_none() && self.in_use => {
                    return Err(Error::new(ErrorKind::CardLocked, "another program holds the card in a transaction"));
                }
                Err(RecvTimeoutError::Timeout) => {
                    return Err(Error::new(ErrorKind::CardSilent, "no answer in time"));
                }
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Error::new(ErrorKind::Pcsc, "the PC/SC wrapper met a value that it does not know"));
                }
            }
        }
    }
}

/// Nothing came in time: the card and the other programs are blamed only when the service itself answers.
fn not_the_card(source: &Arc<dyn Readers>, error: Error) -> Error {
    match error.kind() {
        ErrorKind::CardSilent | ErrorKind::CardLocked => match slots(source) {
            Err(service) if service.kind() == ErrorKind::ServiceSilent => service,
            _ => error,
        },
        _ => error,
    }
}

/// Reads the card; once more, from the beginning, when another program reset it meanwhile.
fn read_patiently(source: &dyn Readers, reader: &str, options: ReadOptions, news: &Sender<News>) -> Result<CardAnswer> {
    let first = read_once(source, reader, options, news);
    match first {
        Err(error) if error.kind() == ErrorKind::CardReset => {
            thread::sleep(limits::RESET_PAUSE);
            read_once(source, reader, options, news)
        }
        other => other,
    }
}

fn read_once(source: &dyn Readers, reader: &str, options: ReadOptions, news: &Sender<News>) -> Result<CardAnswer> {
    let mut answer = None;
    source.with_card(reader, &mut |link| {
        let _ = news.send(News::Step(Instant::now()));
        answer = Some(read(&mut Observed { link, news }, options));
    })?;
    answer.unwrap_or_else(|| Err(Error::new(ErrorKind::Pcsc, "the card was opened and not read")))
}

/// Tells of every exchange that it happened.
struct Observed<'a> {
    link: &'a mut dyn Exchange,
    news: &'a Sender<News>,
}

impl Exchange for Observed<'_> {
    fn atr(&self) -> &Atr {
        self.link.atr()
    }

    fn protocol(&self) -> Protocol {
        self.link.protocol()
    }

    fn transmit(&mut self, command: &Command) -> Result<Answer> {
        let answer = self.link.transmit(command);
        let _ = self.news.send(News::Step(Instant::now()));
        answer
    }
}

pub(super) fn spawn(work: impl FnOnce() + Send + 'static) -> Result<()> {
    let thread = thread::Builder::new().name("cpx-card".into()).spawn(work);
    thread.map(drop).map_err(|error| Error::new(ErrorKind::Pcsc, "no further thread").caused_by(error))
}
