//! Readers and cards without any PC/SC: what `--simulate` and the tests use.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::card::{Manners, VirtualCard};
use super::fault::{Fault, Script};
use super::latency::Latency;
use super::personality::Personality;
use cpx_card::internal::iso7816::{Atr, Command};
use cpx_card::internal::transport::{Answer, Exchange, Presence, Protocol, Readers, Slot};
use cpx_card::{Error, ErrorKind, Result};

/// Readers with virtual cards in them. Cards can be put in, taken out and broken while others look.
///
/// ```
/// use cpx_simulator::{Personality, SimulatedReaders};
/// use cpx_card::internal::transport::{Presence, Readers};
/// let readers = SimulatedReaders::new(vec![("Lecteur".into(), Personality::embedded("cps-medecin")?)])?
///     .with_empty_reader("Lecteur vide");
/// let slots = readers.slots()?;
/// assert!(matches!(slots[0].presence, Presence::Card { .. }));
/// assert_eq!(slots[1].presence, Presence::Empty);
/// # Ok::<(), cpx_card::Error>(())
/// ```
pub struct SimulatedReaders {
    readers: Mutex<Vec<Reader>>,
    changed: Condvar,
    interrupted: AtomicBool,
    latency: Latency,
    manners: Manners,
    keeps_log: bool,
    /// The service was stopped.
    stopped: AtomicBool,
}

struct Reader {
    name: String,
    events: u16,
    card: Option<Arc<Inserted>>,
}

/// A card in a reader.
struct Inserted {
    atr: Option<Atr>,
    /// How it went, once it is no longer there.
    lost: OnceLock<ErrorKind>,
    inside: Mutex<Inside>,
}

struct Inside {
    card: VirtualCard,
    script: Script,
}

impl SimulatedReaders {
    /// Readers of these names with these cards.
    ///
    /// # Errors
    /// As [`VirtualCard::new`].
    pub fn new(cards: Vec<(String, Personality)>) -> Result<Self> {
        let readers = cards.into_iter().map(|(name, personality)| {
            let card = inserted(VirtualCard::new(personality)?)?;
            Ok(Reader { name, events: 1, card: Some(card) })
        });
        Ok(Self {
            readers: Mutex::new(readers.collect::<Result<_>>()?),
            changed: Condvar::new(),
            interrupted: AtomicBool::new(false),
            latency: Latency::none(),
            manners: Manners::default(),
            keeps_log: false,
            stopped: AtomicBool::new(false),
        })
    }

    /// The same with one more reader, empty.
    #[must_use]
    pub fn with_empty_reader(self, name: impl Into<String>) -> Self {
        self.lock().push(Reader { name: name.into(), events: 0, card: None });
        self
    }

    /// The same with exchanges that take time.
    #[must_use]
    pub fn with_latency(mut self, latency: Latency) -> Self {
        self.latency = latency;
        self
    }

    /// The same with other manners, of the cards that are there and of those to come.
    #[must_use]
    pub fn with_manners(mut self, manners: Manners) -> Self {
        self.manners = manners;
        self.change_cards(|card| card.with_manners(manners))
    }

    /// The same with cards that remember every command, for [`SimulatedReaders::inspect`].
    #[must_use]
    pub fn with_log(mut self) -> Self {
        self.keeps_log = true;
        self.change_cards(VirtualCard::with_log)
    }

    /// Puts a card in a reader, instead of the one that may be there.
    ///
    /// # Errors
    /// [`ErrorKind::ReaderGone`] for an unknown reader, and as [`VirtualCard::new`].
    pub fn insert(&self, reader: &str, personality: Personality) -> Result<()> {
        let mut card = VirtualCard::new(personality)?.with_manners(self.manners);
        if self.keeps_log {
            card = card.with_log();
        }
        self.exchange_card(reader, Some(inserted(card)?))
    }

    /// Takes the card out of a reader; nothing happens where there is none.
    ///
    /// # Errors
    /// [`ErrorKind::ReaderGone`] for an unknown reader.
    pub fn remove(&self, reader: &str) -> Result<()> {
        self.exchange_card(reader, None)
    }

    /// Makes the card in a reader fail at chosen exchanges, counted from now; earlier faults are forgotten.
    ///
    /// # Errors
    /// [`ErrorKind::ReaderGone`] for an unknown reader, [`ErrorKind::NoCard`] for an empty one.
    pub fn break_card(&self, reader: &str, faults: Vec<Fault>) -> Result<()> {
        let card = self.card(reader)?;
        lock(&card.inside).script = Script::new(faults);
        Ok(())
    }

    /// What `look` sees of the card in a reader.
    ///
    /// # Errors
    /// [`ErrorKind::ReaderGone`] for an unknown reader, [`ErrorKind::NoCard`] for an empty one.
    pub fn inspect<T>(&self, reader: &str, look: impl FnOnce(&VirtualCard) -> T) -> Result<T> {
        let card = self.card(reader)?;
        let inside = lock(&card.inside);
        Ok(look(&inside.card))
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Reader>> {
        lock(&self.readers)
    }

    fn change_cards(self, change: impl Fn(VirtualCard) -> VirtualCard) -> Self {
        for reader in self.lock().iter() {
            if let Some(card) = &reader.card {
                let mut inside = lock(&card.inside);
                inside.card = change(inside.card.clone());
            }
        }
        self
    }

    fn card(&self, reader: &str) -> Result<Arc<Inserted>> {
        match self.lock().iter().find(|candidate| candidate.name == reader) {
            None => Err(unknown_reader()),
            Some(Reader { card: None, .. }) => Err(Error::new(ErrorKind::NoCard, "the virtual reader is empty")),
            Some(Reader { card: Some(card), .. }) => Ok(Arc::clone(card)),
        }
    }

    /// One card out, another in.
    fn count_swap(&self, reader: &str) {
        if let Some(reader) = self.lock().iter_mut().find(|candidate| candidate.name == reader) {
            reader.events = reader.events.wrapping_add(2);
        }
        self.changed.notify_all();
    }

    /// The reader goes, with the card in it.
    fn unplug(&self, reader: &str) {
        self.lock().retain(|candidate| candidate.name != reader);
        self.changed.notify_all();
    }

    fn is_running(&self) -> Result<()> {
        if self.stopped.load(Ordering::Acquire) {
            return Err(Error::new(ErrorKind::ServiceStopped, "the virtual service was stopped"));
        }
        Ok(())
    }

    fn exchange_card(&self, reader: &str, card: Option<Arc<Inserted>>) -> Result<()> {
        let mut readers = self.lock();
        let reader = readers.iter_mut().find(|candidate| candidate.name == reader).ok_or_else(unknown_reader)?;
        let came = u16::from(card.is_some());
        let former = std::mem::replace(&mut reader.card, card);
        if let Some(former) = &former {
            let _ = former.lost.set(ErrorKind::CardRemoved);
        }
        reader.events = reader.events.wrapping_add(u16::from(former.is_some())).wrapping_add(came);
        self.changed.notify_all();
        Ok(())
    }
}

impl Readers for SimulatedReaders {
    fn slots(&self) -> Result<Vec<Slot>> {
        self.is_running()?;
        Ok(shown(&self.lock()))
    }

    fn wait(&self, seen: &[Slot], timeout: Duration) -> Result<Vec<Slot>> {
        let deadline = Instant::now().checked_add(timeout);
        let mut readers = self.lock();
        loop {
            self.is_running()?;
            let now = shown(&readers);
            let left = deadline.map_or(timeout, |deadline| deadline.saturating_duration_since(Instant::now()));
            if now != seen || left.is_zero() || self.interrupted.swap(false, Ordering::AcqRel) {
                return Ok(now);
            }
            readers = self.changed.wait_timeout(readers, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn interrupt(&self) {
        let _held = self.lock();
        self.interrupted.store(true, Ordering::Release);
        self.changed.notify_all();
    }

    fn with_card(&self, reader: &str, work: &mut dyn FnMut(&mut dyn Exchange)) -> Result<()> {
        self.is_running()?;
        let card = self.card(reader)?;
        let Some(atr) = card.atr.clone() else {
            return Err(Error::new(ErrorKind::CardMute, "the virtual card is mute"));
        };
        let protocol = lock(&card.inside).card.protocol();
        let mut open = OpenCard { readers: self, reader, card, atr, protocol };
        work(&mut open);
        Ok(())
    }
}

/// Which readers there are; never who is on a card.
impl fmt::Debug for SimulatedReaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.lock().iter().map(|reader| &reader.name)).finish()
    }
}

struct OpenCard<'a> {
    readers: &'a SimulatedReaders,
    reader: &'a str,
    card: Arc<Inserted>,
    atr: Atr,
    protocol: Protocol,
}

impl Exchange for OpenCard<'_> {
    fn atr(&self) -> &Atr {
        &self.atr
    }

    fn protocol(&self) -> Protocol {
        self.protocol
    }

    fn transmit(&mut self, command: &Command) -> Result<Answer> {
        self.readers.is_running()?;
        if let Some(how) = self.card.lost.get() {
            return Err(Error::new(*how, "the virtual card is no longer there"));
        }
        let command = command.encode();
        let (outcome, swapped) = {
            let mut inside = lock(&self.card.inside);
            let Inside { card, script } = &mut *inside;
            (script.exchange(card, &command), script.take_swapped())
        };
        if swapped {
            self.readers.count_swap(self.reader);
        }
        match outcome {
            Ok(answer) => {
                self.readers.latency.wait(command.len().saturating_add(answer.len()));
                Answer::from_bytes(&answer)
            }
            Err(error) => {
                match error.kind() {
                    ErrorKind::CardRemoved => self.readers.remove(self.reader)?,
                    ErrorKind::ReaderGone => {
                        let _ = self.card.lost.set(ErrorKind::ReaderGone);
                        self.readers.unplug(self.reader);
                    }
                    ErrorKind::ServiceStopped => {
                        self.readers.stopped.store(true, Ordering::Release);
                        self.readers.changed.notify_all();
                    }
                    _ => {}
                }
                Err(error)
            }
        }
    }
}

fn inserted(card: VirtualCard) -> Result<Arc<Inserted>> {
    let atr = card.atr().map(Atr::new).transpose()?;
    let inside = Mutex::new(Inside { card, script: Script::default() });
    Ok(Arc::new(Inserted { atr, lost: OnceLock::new(), inside }))
}

fn shown(readers: &[Reader]) -> Vec<Slot> {
    let slot = |reader: &Reader| {
        let presence = match reader.card.as_deref() {
            None => Presence::Empty,
            Some(Inserted { atr: None, .. }) => Presence::Mute,
            Some(Inserted { atr: Some(atr), .. }) => {
                Presence::Card { atr: atr.clone(), in_use: false, exclusive: false }
            }
        };
        Slot::new(reader.name.clone(), presence, reader.events)
    };
    readers.iter().map(slot).collect()
}

/// A panic elsewhere leaves nothing half done here.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn unknown_reader() -> Error {
    Error::new(ErrorKind::ReaderGone, "no virtual reader of this name")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FaultKind;
    use cpx_card::internal::iso7816::{Channel, FilePath, PathBase, Status};

    const READER: &str = "Lecteur";

    fn readers() -> SimulatedReaders {
        let card = Personality::embedded("cps-medecin").unwrap();
        SimulatedReaders::new(vec![(READER.into(), card)]).unwrap().with_empty_reader("vide").with_log()
    }

    /// SELECT of the serial number, READ BINARY, READ BINARY.
    fn read(readers: &SimulatedReaders) -> Vec<Result<Answer>> {
        let channel = Channel::Basic;
        let path = FilePath::new(&[0xD0, 0x03]).unwrap();
        let select = Command::SelectPath { channel, path, base: PathBase::WithMasterFile };
        let read = Command::ReadBinary { channel, offset: 0, length: 12 };
        let mut outcome = vec![];
        let work = &mut |card: &mut dyn Exchange| {
            outcome.extend([select, read, read].map(|command| card.transmit(&command)));
        };
        readers.with_card(READER, work).unwrap();
        outcome
    }

    fn broken(kind: FaultKind) -> (SimulatedReaders, Vec<Result<Answer>>) {
        let readers = readers();
        readers.break_card(READER, vec![Fault::new(1, kind)]).unwrap();
        let outcome = read(&readers);
        (readers, outcome)
    }

    fn kinds(outcome: &[Result<Answer>]) -> Vec<Option<ErrorKind>> {
        outcome.iter().map(|result| result.as_ref().err().map(Error::kind)).collect()
    }

    #[test]
    fn commands_of_the_closed_set_are_answered() {
        let readers = readers();
        let answers: Vec<_> = read(&readers).into_iter().map(Result::unwrap).collect();
        assert_eq!((answers[0].data.len(), answers[0].status), (0, Status::OK));
        assert_eq!((answers[1].data.len(), answers[1].status), (12, Status::OK));
        let (exchanges, log) = readers.inspect(READER, |card| (card.exchanges(), card.log().to_vec())).unwrap();
        assert_eq!((exchanges, log.len()), (3, 3));
        assert!(log.iter().all(|command| Command::recognise(command).is_some()));
    }

    #[test]
    fn what_is_not_there_is_told() {
        let readers = readers();
        let kind = |reader| readers.with_card(reader, &mut |_| panic!("no card")).unwrap_err().kind();
        assert_eq!(kind("vide"), ErrorKind::NoCard);
        assert_eq!(kind("absent"), ErrorKind::ReaderGone);
        readers.insert("vide", Personality::embedded("muette").unwrap()).unwrap();
        assert_eq!(kind("vide"), ErrorKind::CardMute);
        assert_eq!(readers.slots().unwrap()[1], Slot::new("vide", Presence::Mute, 1));
    }

    #[test]
    fn coming_and_going_is_seen() {
        let readers = readers();
        let before = readers.slots().unwrap();
        assert_eq!(readers.wait(&before, Duration::ZERO).unwrap(), before);
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| readers.wait(&before, Duration::from_mins(1)).unwrap());
            readers.remove(READER).unwrap();
            let after = waiting.join().unwrap();
            assert_eq!((after[0].presence.clone(), after[0].events), (Presence::Empty, 2));
        });
        readers.insert(READER, Personality::embedded("vitale").unwrap()).unwrap();
        assert_eq!(readers.slots().unwrap()[0].events, 3);
        readers.insert(READER, Personality::embedded("vitale").unwrap()).unwrap();
        assert_eq!(readers.slots().unwrap()[0].events, 5, "one went, one came");
    }

    #[test]
    fn a_card_that_goes_in_the_middle_is_gone() {
        let (readers, outcome) = broken(FaultKind::Removed);
        assert_eq!(kinds(&outcome), [None, Some(ErrorKind::CardRemoved), Some(ErrorKind::CardRemoved)]);
        assert_eq!(readers.slots().unwrap()[0].presence, Presence::Empty);
    }

    #[test]
    fn an_unplugged_reader_and_a_stopped_service_are_gone_for_good() {
        let (readers, outcome) = broken(FaultKind::ReaderUnplugged);
        assert_eq!(kinds(&outcome), [None, Some(ErrorKind::ReaderGone), Some(ErrorKind::ReaderGone)]);
        assert_eq!(readers.slots().unwrap().len(), 1, "the empty one");
        let (readers, outcome) = broken(FaultKind::ServiceStopped);
        assert_eq!(kinds(&outcome), [None, Some(ErrorKind::ServiceStopped), Some(ErrorKind::ServiceStopped)]);
        assert_eq!(readers.slots().unwrap_err().kind(), ErrorKind::ServiceStopped);
        assert_eq!(
            readers.with_card(READER, &mut |_| panic!("stopped")).unwrap_err().kind(),
            ErrorKind::ServiceStopped
        );
    }

    #[test]
    fn a_reset_loses_what_was_selected() {
        let (_, outcome) = broken(FaultKind::Reset);
        assert_eq!(kinds(&outcome), [None, Some(ErrorKind::CardReset), None]);
        assert_eq!(outcome[2].as_ref().unwrap().status, Status::new(0x69, 0x86));
    }

    #[test]
    fn answers_are_spoiled_once() {
        let sound = read(&readers()).remove(1).unwrap();
        let second = |kind| broken(kind).1.into_iter().map(Result::unwrap).collect::<Vec<_>>();
        for (kind, length) in [(FaultKind::Truncated, 6), (FaultKind::OneByteMore, 13), (FaultKind::BitFlipped(51), 12)]
        {
            let answers = second(kind.clone());
            assert_eq!(answers[1].data.len(), length, "{kind:?}");
            assert_ne!(answers[1].data, sound.data, "{kind:?}");
            assert_eq!(answers[2], sound, "{kind:?}");
        }
        let answers = second(FaultKind::Repeated);
        assert_eq!((&answers[1], &answers[2]), (&answers[0], &sound));
        assert_eq!(second(FaultKind::Late(Duration::from_millis(1)))[1], sound);
        let status = Status::new(0x6F, 0x00);
        let answers = second(FaultKind::Status(status));
        assert_eq!((answers[1].data.len(), answers[1].status), (0, status));
    }

    #[test]
    fn another_card_or_no_end_lasts() {
        let other = Box::new(Personality::embedded("cps-test").unwrap());
        let (readers, outcome) = broken(FaultKind::AnotherCard(other));
        assert_eq!(kinds(&outcome), [None; 3]);
        assert_eq!(readers.inspect(READER, |card| card.personality().name().to_owned()).unwrap(), "cps-test");
        let (_, outcome) = broken(FaultKind::Endless61);
        assert!(outcome[1..].iter().all(|answer| answer.as_ref().unwrap().status == Status::new(0x61, 0x01)));
    }
}
