//! The seam between what speaks to cards and what carries the words: two small traits and their implementations.

mod events;
mod no_pcsc;
mod pcsc;
mod record;
mod recorded_card;
mod replay;
mod stop;
mod transcript;

use std::time::Duration;

use crate::error::Result;
use crate::iso7816::{Atr, Command, Status};

pub use self::pcsc::PcscReaders;
pub use events::{Event, events};
pub use no_pcsc::NoPcsc;
pub use record::Recorder;
pub(crate) use recorded_card::{RecordedCard, Step};
pub use replay::Replay;
pub use stop::{Stop, Stoppable};
pub use transcript::{Exchanged, Opening, Transcript};

/// The protocol that reader and card agreed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Protocol {
    /// T=0, by character.
    T0,
    /// T=1, by block; contactless cards are shown this way as well.
    T1,
}

/// What PC/SC knows of one reader without any exchange with the card in it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Slot {
    /// The reader's name, as the system gives it: hostile text.
    pub reader: String,
    /// What is in it.
    pub presence: Presence,
    /// How many cards came and went, modulo 65,536, as the system counts; two looks with another count are two cards.
    pub events: u16,
}

impl Slot {
    /// A reader of this name, in this state.
    pub fn new(reader: impl Into<String>, presence: Presence, events: u16) -> Self {
        Self { reader: reader.into(), presence, events }
    }

    /// Whether nothing was put in or taken out between two looks. Who uses the card does not count.
    pub fn is_unchanged(&self, later: &Self) -> bool {
        self.reader == later.reader
            && self.events == later.events
            && match (&self.presence, &later.presence) {
                (Presence::Card { atr: before, .. }, Presence::Card { atr: after, .. }) => before == after,
                (before, after) => before == after,
            }
    }
}

/// What is in a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presence {
    /// No card.
    Empty,
    /// A card that does not answer to reset: the wrong way round, dirty, dead.
    Mute,
    /// A card that answered.
    Card {
        /// Its answer to reset.
        atr: Atr,
        /// Other programs are connected to it.
        in_use: bool,
        /// One of them holds it exclusively.
        exclusive: bool,
    },
    /// The reader is listed and its state cannot be had (unplugged since).
    Unavailable,
}

/// Something that lists and watches readers, and opens the card in one.
pub trait Readers: Send + Sync {
    /// Every reader as it is now, in the system's order. No exchange with any card.
    ///
    /// # Errors
    /// One of the PC/SC kinds: library absent, service stopped, access refused. A system without a reader gives an
    /// empty list, not an error.
    fn slots(&self) -> Result<Vec<Slot>>;

    /// Waits until something differs from `seen` or the time is up, then gives every reader as it is then.
    ///
    /// # Errors
    /// As [`Readers::slots`].
    fn wait(&self, seen: &[Slot], timeout: Duration) -> Result<Vec<Slot>>;

    /// Ends a [`Readers::wait`] that is going on in another thread: it gives the readers as they are then. One that begins
    /// a moment later may not notice.
    fn interrupt(&self) {}

    /// Opens the card in `reader` in one transaction, does `work`, and leaves the card as it was, whatever happens.
    ///
    /// # Errors
    /// What prevented the transaction; what happens inside is `work`'s own.
    fn with_card(&self, reader: &str, work: &mut dyn FnMut(&mut dyn Exchange)) -> Result<()>;
}

/// Something that exchanges commands with one card, in a transaction.
pub trait Exchange {
    /// The card's answer to reset.
    fn atr(&self) -> &Atr;

    /// The protocol in use.
    fn protocol(&self) -> Protocol;

    /// Sends one command, gives the card's answer as it came: no GET RESPONSE, no second try.
    ///
    /// # Errors
    /// Card removed or reset, reader gone, communication. An error status of the card is an answer, not an error.
    fn transmit(&mut self, command: &Command) -> Result<Answer>;
}

/// One answer of the card: exactly the bytes that arrived.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// What stands before the status word: 0 to 256 bytes on the cards this library knows.
    pub data: Vec<u8>,
    /// The status word.
    pub status: Status,
}

impl Answer {
    /// The answer with this data and status.
    pub fn new(data: Vec<u8>, status: Status) -> Self {
        Self { data, status }
    }

    /// Splits what a card sent into data and status word.
    ///
    /// # Errors
    /// [`crate::ErrorKind::CardNonsense`] for fewer than two bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        match bytes.split_last_chunk::<2>() {
            Some((data, [sw1, sw2])) => Ok(Self::new(data.to_vec(), Status::new(*sw1, *sw2))),
            None => Err(crate::Error::malformed("an answer without a status word", bytes.len())
                .of_kind(crate::ErrorKind::CardNonsense)),
        }
    }
}

/// Values are a person's data as often as not: only the shape is shown.
impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Answer({} bytes, {})", self.data.len(), self.status)
    }
}
