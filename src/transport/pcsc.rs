//! The seam over PC/SC: readers and cards of this machine.
//!
//! Every card is opened with its own context, because calls on one context wait for each other; shared, never
//! exclusively; and always left with "leave card": the wrapper's own destructor would reset it for everyone.

use std::ffi::{CStr, CString};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use pcsc::{Card, Context, Disposition, Protocols, ReaderState, Scope, ShareMode, State};

use crate::error::{Error, ErrorKind, Result};
use crate::iso7816::{Atr, Command};
use crate::limits;

use super::{Answer, Exchange, Presence, Protocol, Readers, Slot};

/// The readers of this machine, through its PC/SC service. The service is asked when a method is called, not before.
#[derive(Default)]
pub struct PcscReaders {
    watched: Mutex<Option<Watched>>,
    /// The context in which a wait is going on.
    waiting: Mutex<Option<Context>>,
    interrupted: AtomicBool,
    patience: Duration,
}

/// A context and the states that were last seen through it: the service counts events from there.
struct Watched {
    context: Context,
    states: Vec<ReaderState>,
}

impl PcscReaders {
    /// The readers of this machine.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same, trying a card that another program holds exclusively for so much longer.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Does `look` with the kept context, or with a new one where there is none or the kept one died with its service.
    fn watching<T>(&self, mut look: impl FnMut(&mut Watched) -> Result<T>) -> Result<T> {
        let mut kept = lock(&self.watched);
        let had_one = kept.is_some();
        // pcsc-lite says "refused" of a line that its service closed; who was let in before is not refused now
        let went_down = |kind| matches!(kind, ErrorKind::ServiceStopped | ErrorKind::AccessRefused);
        match look(watched(&mut kept)?) {
            Err(error) if had_one && went_down(error.kind()) => {
                *kept = None;
                let again = watched(&mut kept).and_then(look);
                again.map_err(
                    |error| if went_down(error.kind()) { error.of_kind(ErrorKind::ServiceStopped) } else { error },
                )
            }
            other => other,
        }
    }
}

fn watched(kept: &mut Option<Watched>) -> Result<&mut Watched> {
    let watched = match kept.take() {
        Some(watched) => watched,
        None => Watched { context: establish()?, states: Vec::new() },
    };
    Ok(kept.insert(watched))
}

fn establish() -> Result<Context> {
    Context::establish(Scope::User).map_err(|error| {
        let error = failure("SCardEstablishContext", error);
        // a full pcscd closes the line: its clients say "no service" or "refused", depending on who is faster
        let closed = matches!(error.kind(), ErrorKind::ServiceStopped | ErrorKind::AccessRefused);
        if closed && connections() >= limits::PCSCD_CONNECTIONS { error.of_kind(ErrorKind::ServiceFull) } else { error }
    })
}

/// How many connections pcscd has, all users together: the kernel lists them by the path of its socket (proc(5)).
#[cfg(target_os = "linux")]
fn connections() -> usize {
    use std::io::{BufRead as _, BufReader, Read as _};
    const CONNECTED: &str = "03";
    let Ok(table) = std::fs::File::open("/proc/net/unix") else { return 0 };
    let lines = BufReader::new(table.take(limits::SOCKET_TABLE_BYTES)).lines().map_while(std::result::Result::ok);
    let is_of_pcscd = |line: &String| {
        let mut columns = line.split_whitespace();
        let connected = columns.nth(5) == Some(CONNECTED);
        connected && columns.nth(1).is_some_and(|path| path.ends_with("/pcscd.comm"))
    };
    lines.filter(is_of_pcscd).count()
}

/// Other systems set no such limit, or say so themselves.
#[cfg(not(target_os = "linux"))]
const fn connections() -> usize {
    0
}

impl Watched {
    /// Lists the readers and looks at each at once. States of readers that stayed are kept, the others start anew.
    fn look(&mut self) -> Result<Vec<Slot>> {
        self.list()?;
        if self.states.is_empty() {
            return Ok(Vec::new());
        }
        // pcscd changes the state of a reader, then its count: what changed is looked at again a moment later
        let mut before = self.seen();
        for _ in 0..limits::SETTLING_LOOKS {
            match self.context.get_status_change(Duration::ZERO, &mut self.states) {
                // a reader that left between the two calls is listed no more at the next look
                Ok(()) | Err(pcsc::Error::Timeout | pcsc::Error::UnknownReader | pcsc::Error::ReaderUnavailable) => {}
                Err(error) => return Err(failure("SCardGetStatusChange", error)),
            }
            let now = self.seen();
            if now == before {
                break;
            }
            before = now;
            thread::sleep(limits::SETTLING_PAUSE);
        }
        Ok(self.states.iter().map(slot).collect())
    }

    /// What is told of each reader: flags and count.
    fn seen(&self) -> Vec<(State, u32)> {
        self.states.iter().map(|state| (state.event_state(), state.event_count())).collect()
    }

    fn list(&mut self) -> Result<()> {
        let names = match self.context.list_readers_owned() {
            Ok(names) => names,
            Err(pcsc::Error::NoReadersAvailable) => Vec::new(),
            Err(error) => return Err(failure("SCardListReaders", error)),
        };
        self.states.retain(|state| names.iter().any(|name| name.as_c_str() == state.name()));
        for name in names {
            if !self.states.iter().any(|state| state.name() == name.as_c_str()) {
                self.states.push(ReaderState::new(name, State::UNAWARE));
            }
        }
        Ok(())
    }

    /// Waits for a change of the states as they were last seen, or of the list of readers.
    fn wait(&mut self, timeout: Duration) -> Result<()> {
        for state in &mut self.states {
            state.sync_current_state();
        }
        self.states.push(ReaderState::new(pcsc::PNP_NOTIFICATION(), State::UNAWARE));
        let outcome = self.context.get_status_change(timeout, &mut self.states);
        self.states.pop();
        match outcome {
            Ok(())
            | Err(
                pcsc::Error::Timeout
                | pcsc::Error::UnknownReader
                | pcsc::Error::ReaderUnavailable
                | pcsc::Error::Cancelled,
            ) => Ok(()),
            Err(error) => Err(failure("SCardGetStatusChange", error)),
        }
    }
}

/// A panic elsewhere leaves nothing half done here.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Readers for PcscReaders {
    fn slots(&self) -> Result<Vec<Slot>> {
        self.watching(Watched::look)
    }

    fn wait(&self, seen: &[Slot], timeout: Duration) -> Result<Vec<Slot>> {
        let end = Instant::now().checked_add(timeout);
        loop {
            let now = self.slots()?;
            let left = end.map_or(timeout, |end| end.saturating_duration_since(Instant::now()));
            let unchanged = now.len() == seen.len() && seen.iter().zip(&now).all(|(seen, now)| seen.is_unchanged(now));
            if !unchanged || left.is_zero() {
                return Ok(now);
            }
            // some services wake at once for a pseudo reader they do not know: never turn faster than this
            let started = Instant::now();
            if self.interrupted.swap(false, Ordering::AcqRel) {
                return Ok(now);
            }
            self.watching(|watched| {
                *lock(&self.waiting) = Some(watched.context.clone());
                let waited = watched.wait(left.min(limits::WATCH_SLICE));
                *lock(&self.waiting) = None;
                waited
            })?;
            thread::sleep(limits::WATCH_PAUSE.saturating_sub(started.elapsed()));
        }
    }

    fn interrupt(&self) {
        self.interrupted.store(true, Ordering::Release);
        let waiting = lock(&self.waiting).clone();
        if let Some(context) = waiting {
            // where nobody waits any more there is nothing to cancel
            let _ = context.cancel();
        }
    }

    fn with_card(&self, reader: &str, work: &mut dyn FnMut(&mut dyn Exchange)) -> Result<()> {
        let name = CString::new(reader).map_err(|_| Error::new(ErrorKind::ReaderGone, "a reader name with a NUL"))?;
        let context = establish()?;
        let mut open = OpenCard(Some(connect(&context, &name, self.patience)?));
        let Some(card) = open.0.as_mut() else { return Ok(()) };
        let transaction = match card.transaction2() {
            Ok(transaction) => transaction,
            Err((card, pcsc::Error::ResetCard)) => {
                // somebody reset the card since it was connected: nothing was said yet, so nothing is lost
                card.reconnect(ShareMode::Shared, Protocols::ANY, Disposition::LeaveCard)
                    .map_err(|error| failure("SCardReconnect", error))?;
                card.transaction().map_err(|error| failure("SCardBeginTransaction", error))?
            }
            Err((_, error)) => return Err(failure("SCardBeginTransaction", error)),
        };
        let status = transaction.status2_owned().map_err(|error| failure("SCardStatus", error))?;
        let protocol = match status.protocol2() {
            Some(pcsc::Protocol::T0) => Protocol::T0,
            _ => Protocol::T1,
        };
        let atr = Atr::new(status.atr()).map_err(|error| error.of_kind(ErrorKind::CardMute))?;
        work(&mut PcscExchange { card: &transaction, atr, protocol });
        // a program that dies in the middle of an exchange has the card reset, at times just after the next one has begun
        match transaction.status2_owned() {
            Err(error @ pcsc::Error::ResetCard) => Err(failure("SCardStatus", error)),
            _ => Ok(()),
        }
    }
}

/// Connects shared, in whichever protocol the card offers. A card in exclusive use is tried again for a moment: other
/// programs take it for a few exchanges when it is put in.
fn connect(context: &Context, reader: &CStr, patience: Duration) -> Result<Card> {
    let end = Instant::now().checked_add(limits::IN_USE_PATIENCE.saturating_add(patience));
    loop {
        match context.connect(reader, ShareMode::Shared, Protocols::ANY) {
            Ok(card) => return Ok(card),
            Err(pcsc::Error::SharingViolation) if end.is_some_and(|end| Instant::now() < end) => {
                thread::sleep(limits::IN_USE_PAUSE);
            }
            Err(error) => return Err(unless_empty(context, reader, failure("SCardConnect", error))),
        }
    }
}

/// A card that is pulled out while it is powered fails as a defective one does; the service notices a moment later that
/// the reader is empty.
fn unless_empty(context: &Context, reader: &CStr, broken: Error) -> Error {
    let end = Instant::now().checked_add(limits::REMOVAL_PATIENCE);
    let may_be_gone = matches!(broken.kind(), ErrorKind::Communication | ErrorKind::CardMute);
    while may_be_gone && end.is_some_and(|end| Instant::now() < end) {
        let mut states = [ReaderState::new(reader, State::UNAWARE)];
        let looked = context.get_status_change(Duration::ZERO, &mut states);
        if looked.is_ok() && states.iter().any(|state| state.event_state().contains(State::EMPTY)) {
            return broken.of_kind(ErrorKind::CardRemoved);
        }
        thread::sleep(limits::REMOVAL_PAUSE);
    }
    broken
}

/// A connected card that is left as it is, whatever happens.
struct OpenCard(Option<Card>);

impl Drop for OpenCard {
    fn drop(&mut self) {
        if let Some(Err((card, _))) = self.0.take().map(|card| card.disconnect(Disposition::LeaveCard)) {
            // its destructor would try again with a reset
            std::mem::forget(card);
        }
    }
}

/// One card inside a transaction.
struct PcscExchange<'a> {
    card: &'a Card,
    atr: Atr,
    protocol: Protocol,
}

impl Exchange for PcscExchange<'_> {
    fn atr(&self) -> &Atr {
        &self.atr
    }

    fn protocol(&self) -> Protocol {
        self.protocol
    }

    fn transmit(&mut self, command: &Command) -> Result<Answer> {
        // room for more than any answer asked for, so that too long a one is seen as such
        let mut buffer = [0; 1024];
        match self.card.transmit(&command.encode(), &mut buffer) {
            Ok(answer) if answer.len() >= 2 => Answer::from_bytes(answer),
            Ok(answer) => {
                // a card pulled out while it answered, on some readers
                let broken = self.explained(Error::new(ErrorKind::Communication, "an answer without a status word"));
                if broken.kind() == ErrorKind::Communication { Answer::from_bytes(answer) } else { Err(broken) }
            }
            Err(pcsc::Error::InsufficientBuffer) => {
                Err(Error::new(ErrorKind::CardNonsense, "an answer much longer than any that was asked for"))
            }
            Err(error) => Err(self.explained(failure("SCardTransmit", error))),
        }
    }
}

impl PcscExchange<'_> {
    /// A card that is pulled out breaks the exchange first; the service notices a moment later that it is gone.
    fn explained(&self, broken: Error) -> Error {
        let end = Instant::now().checked_add(limits::REMOVAL_PATIENCE);
        while broken.kind() == ErrorKind::Communication && end.is_some_and(|end| Instant::now() < end) {
            match self.card.status2_len().map_err(|error| failure("SCardStatus", error)) {
                Ok(_) => thread::sleep(limits::REMOVAL_PAUSE),
                Err(error) if error.kind() == ErrorKind::NoCard => return error.of_kind(ErrorKind::CardRemoved),
                // asking for the state touches no card: the line that broke is the one to the service
                Err(error) if error.kind() == ErrorKind::Communication => {
                    return error.of_kind(ErrorKind::ServiceStopped);
                }
                Err(error) => return error,
            }
        }
        broken
    }
}

fn slot(state: &ReaderState) -> Slot {
    let flags = state.event_state();
    let presence = if flags.intersects(State::UNKNOWN | State::UNAVAILABLE | State::IGNORE) {
        Presence::Unavailable
    } else if flags.contains(State::PRESENT) {
        match Atr::new(state.atr()) {
            Ok(atr) if !flags.contains(State::MUTE) => Presence::Card {
                atr,
                in_use: flags.contains(State::INUSE),
                exclusive: flags.contains(State::EXCLUSIVE),
            },
            _ => Presence::Mute,
        }
    } else {
        Presence::Empty
    };
    let events = u16::try_from(state.event_count() & 0xFFFF).unwrap_or_default();
    Slot::new(state.name().to_string_lossy(), presence, events)
}

/// Calls that involve no card.
const SERVICE_CALLS: [&str; 3] = ["SCardEstablishContext", "SCardListReaders", "SCardGetStatusChange"];

/// Keeps the function and the number; the kind says which of our cases it is.
fn failure(function: &'static str, error: pcsc::Error) -> Error {
    use pcsc::Error as E;
    let kind = match error {
        // what pcsc-lite says of a card that it cannot power up
        E::NotTransacted if function == "SCardConnect" => ErrorKind::CardMute,
        // the card was powered anew since it was connected, as pcscd does for a program that ends in a transaction
        E::ProtoMismatch if function == "SCardTransmit" => ErrorKind::CardReset,
        // the line to the service broke, not the one to a card
        E::CommError if SERVICE_CALLS.contains(&function) => ErrorKind::ServiceStopped,
        E::NoService | E::ServiceStopped | E::ServerTooBusy | E::InvalidHandle | E::Shutdown => {
            ErrorKind::ServiceStopped
        }
        E::SecurityViolation | E::NoAccess => ErrorKind::AccessRefused,
        E::NoReadersAvailable => ErrorKind::NoReader,
        E::UnknownReader | E::ReaderUnavailable => ErrorKind::ReaderGone,
        E::NoSmartcard => ErrorKind::NoCard,
        E::UnresponsiveCard | E::UnpoweredCard => ErrorKind::CardMute,
        E::SharingViolation => ErrorKind::CardInUse,
        E::RemovedCard => ErrorKind::CardRemoved,
        E::ResetCard => ErrorKind::CardReset,
        E::ProtoMismatch | E::CommError | E::CommDataLost | E::NotTransacted => ErrorKind::Communication,
        _ => ErrorKind::Pcsc,
    };
    Error::foreign(kind, function, error as u32)
}
