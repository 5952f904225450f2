//! The reading of one card on a thread of its own: how long it is waited for, what is told when that is too long, and how the
//! card is left then.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crate::card::{CardAnswer, CardReading, Certificates, ReadOptions, read_telling};
use crate::error::{Error, ErrorKind, Failure, Result};
use crate::facts::ReaderContent;
use crate::iso7816::{Atr, Command};
use crate::limits;
use crate::transport::{Answer, Exchange, Presence, Protocol, Readers, Slot, Stop, Stoppable};

use super::Progress;
use super::readers::{Collecting, slots, spawn};

/// A reader of which everything is known at once, or whose card is being read.
pub(super) enum Started {
    Known(ReaderContent),
    Reading(Box<Reading>),
}

/// A card that is being read on its own thread.
pub(super) struct Reading {
    source: Arc<dyn Readers>,
    reader: String,
    atr: Atr,
    news: Receiver<News>,
    began: Instant,
    /// How long it may take until the card is open.
    opening: Duration,
    /// How long it may take in all, once the card is open.
    whole: Duration,
    /// Ends it: the card is left as soon as it answers.
    stop: Stop,
}

/// What the thread tells, with the time at which it happened.
enum News {
    /// It begins once more, and waits for its turn.
    Again(Instant),
    /// The card is open, or has answered.
    Step(Instant),
    Done(Result<CardAnswer>),
}

impl Started {
    /// Begins to read the card that is in this slot.
    pub(super) fn new(source: &Arc<dyn Readers>, slot: &Slot, how: Collecting, progress: &Progress) -> Self {
        let atr = match &slot.presence {
            Presence::Empty => return Self::Known(ReaderContent::Empty),
            Presence::Mute => return Self::Known(ReaderContent::Mute),
            Presence::Unavailable => {
                let failure = Error::new(ErrorKind::ReaderGone, "the reader is listed and has no state").into();
                return Self::Known(ReaderContent::Failed { failure, atr: None });
            }
            Presence::Card { atr, .. } => atr.clone(),
        };
        let (sender, news) = mpsc::channel();
        let stop = Stop::new();
        let readers = Stoppable::new(Arc::clone(source), [stop.clone()]);
        let (reader, progress) = (slot.reader.clone(), progress.clone());
        let started = spawn(move || {
            let answer = read_patiently(&readers, &reader, how.read, &sender, &progress);
            let _ = sender.send(News::Done(answer));
        });
        if let Err(error) = started {
            return Self::Known(ReaderContent::Failed { failure: error.into(), atr: Some(atr) });
        }
        let whole = match how.read.certificates {
            Certificates::None => limits::IDENTITY_PATIENCE,
            _ => limits::CERTIFICATES_PATIENCE,
        };
        Self::Reading(Box::new(Reading {
            source: Arc::clone(source),
            reader: slot.reader.clone(),
            atr,
            news,
            began: Instant::now(),
            opening: limits::OPEN_PATIENCE.saturating_add(how.patience),
            whole,
            stop,
        }))
    }

    /// Waits for the end of the reading, as long as it makes progress.
    pub(super) fn finish(self) -> ReaderContent {
        let reading = match self {
            Self::Known(content) => return content,
            Self::Reading(reading) => reading,
        };
        let failure = match reading.outcome() {
            Ok(answer) => return ReaderContent::Card(answer),
            Err(error) => Failure::from(error),
        };
        // whatever is still under way, nobody waits for it
        reading.stop.stop();
        match failure.kind {
            ErrorKind::NoCard => ReaderContent::Empty,
            ErrorKind::CardMute => ReaderContent::Mute,
            _ => ReaderContent::Failed { failure, atr: Some(reading.atr) },
        }
    }
}

/// How fast a card that is open answers.
struct Pace {
    opened: Instant,
    last: Instant,
    exchanges: u32,
    /// Whether the service was asked since the last answer.
    service_asked: bool,
}

impl Pace {
    fn starting(at: Instant) -> Self {
        Self { opened: at, last: at, exchanges: 0, service_asked: false }
    }

    fn answered(&mut self, at: Instant) {
        self.last = at;
        self.exchanges = self.exchanges.saturating_add(1);
        self.service_asked = false;
    }

    fn left(&self, whole: Duration) -> Duration {
        let patience = if self.service_asked { limits::EXCHANGE_PATIENCE } else { limits::SILENCE_PATIENCE };
        patience.saturating_sub(self.last.elapsed()).min(whole.saturating_sub(self.opened.elapsed()))
    }
}

impl Reading {
    fn outcome(&self) -> Result<CardAnswer> {
        let mut pace: Option<Pace> = None;
        let (mut began, mut opening, mut nobody_has_it) = (self.began, self.opening, false);
        loop {
            let left = match &pace {
                None => opening.saturating_sub(began.elapsed()),
                Some(pace) => pace.left(self.whole),
            };
            match (self.news.recv_timeout(left), &mut pace) {
                (Ok(News::Done(answer)), _) => return answer,
                (Ok(News::Again(at)), _) => {
                    pace = None;
                    (began, opening) = (at, self.opening);
                }
                (Ok(News::Step(at)), None) => pace = Some(Pace::starting(at)),
                (Ok(News::Step(at)), Some(pace)) => pace.answered(at),
                (Err(RecvTimeoutError::Disconnected), _) => {
                    return Err(Error::new(ErrorKind::Pcsc, "the PC/SC wrapper met a value that it does not know"));
                }
                (Err(RecvTimeoutError::Timeout), None) => {
                    self.look_again(began)?;
                    if nobody_has_it {
                        return Err(Error::new(ErrorKind::CardSilent, "no answer in time"));
                    }
                    // whoever had it has just gone, or it takes long to power
                    nobody_has_it = true;
                    opening = opening.saturating_add(limits::OPEN_PATIENCE);
                }
                (Err(RecvTimeoutError::Timeout), Some(pace)) => {
                    // the card is blamed only when the service itself answers
                    self.service()?;
                    if pace.service_asked || pace.opened.elapsed() >= self.whole {
                        return self.too_long(pace);
                    }
                    pace.service_asked = true;
                }
            }
        }
    }

    fn service(&self) -> Result<Vec<Slot>> {
        match slots(&self.source) {
            Err(error) if error.kind() == ErrorKind::ServiceSilent => Err(error),
            // other failures are met by the reading itself
            other => Ok(other.unwrap_or_default()),
        }
    }

    /// The card was not opened in time: what is in the reader now, and who has it?
    fn look_again(&self, began: Instant) -> Result<()> {
        let slots = self.service()?;
        let Some(now) = slots.iter().find(|now| now.reader == self.reader) else { return Ok(()) };
        let kind = match &now.presence {
            Presence::Empty => ErrorKind::NoCard,
            Presence::Mute => ErrorKind::CardMute,
            Presence::Unavailable => ErrorKind::ReaderGone,
            // another one is connected, or this reading is and waits for its turn: another one has it either way
            Presence::Card { in_use: true, .. } | Presence::Card { exclusive: true, .. } => {
                return Err(if began.elapsed() >= limits::KEPT_PATIENCE {
                    Error::new(ErrorKind::CardKept, "another program has the card and does not give it back")
                } else {
                    held()
                });
            }
            Presence::Card { .. } => return Ok(()),
        };
        Err(Error::new(kind, kind.code()))
    }

    /// The card is left as soon as it answers. One that does is slow, one that does not is silent.
    fn too_long(&self, pace: &Pace) -> Result<CardAnswer> {
        let is_left = self.stop.leave();
        let mut exchanges = pace.exchanges;
        for news in self.news.try_iter() {
            match news {
                News::Again(_) => {}
                News::Step(_) => exchanges = exchanges.saturating_add(1),
                News::Done(Err(error)) if error.kind() == ErrorKind::Cancelled => {}
                // it was the last answer, or it says why there was none
                News::Done(answer) => return answer,
            }
        }
        if !is_left || exchanges == 0 {
            return Err(Error::new(ErrorKind::CardSilent, "no answer in time"));
        }
        Err(Error::slow(pace.opened.elapsed() / exchanges))
    }
}

/// Whether no other program has the card in this reader: waits for that, at most [`OPEN_PATIENCE`](limits::OPEN_PATIENCE). The
/// card is opened, sent nothing and left. What prevents that otherwise is for a reading to tell.
pub fn is_free(source: &Arc<dyn Readers>, reader: &str) -> bool {
    let stop = Stop::new();
    let readers = Stoppable::new(Arc::clone(source), [stop.clone()]);
    let (sender, opened) = mpsc::channel();
    let reader = reader.to_owned();
    let started = spawn(move || drop(sender.send(readers.with_card(&reader, &mut |_| {}))));
    let outcome = started.and_then(|()| opened.recv_timeout(limits::OPEN_PATIENCE).unwrap_or_else(|_| Err(held())));
    stop.stop();
    !outcome.is_err_and(|error| error.kind().is_of_another_program())
}

fn held() -> Error {
    Error::new(ErrorKind::CardLocked, "another program has the card")
}

/// Reads the card; once more, from the beginning, when another program reset it meanwhile.
fn read_patiently(
    source: &dyn Readers,
    reader: &str,
    options: ReadOptions,
    news: &Sender<News>,
    progress: &Progress,
) -> Result<CardAnswer> {
    let read = || read_once(source, reader, options, news, progress);
    match read() {
        Err(error) if error.kind() == ErrorKind::CardReset => {
            thread::sleep(limits::RESET_PAUSE);
            let _ = news.send(News::Again(Instant::now()));
            read()
        }
        other => other,
    }
}

fn read_once(
    source: &dyn Readers,
    reader: &str,
    options: ReadOptions,
    news: &Sender<News>,
    progress: &Progress,
) -> Result<CardAnswer> {
    let mut answer = None;
    source.with_card(reader, &mut |link| {
        let _ = news.send(News::Step(Instant::now()));
        let mut tell = |card: &CardReading| progress.tell(reader, card);
        answer = Some(read_telling(&mut Observed { link, news }, options, &mut tell));
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
