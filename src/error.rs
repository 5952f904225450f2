//! The one error type of the library.
//!
//! An [`Error`] keeps a stable [`ErrorKind`], the place (which file, which structure), the offset where bytes were
//! wrong, and for foreign failures the function and its number. It never holds bytes of a card.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// What a function of this library returns.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong, for programs. The code of [`ErrorKind::code`] is stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ErrorKind {
    /// The PC/SC library is not on this machine.
    PcscAbsent,
    /// The PC/SC service does not answer.
    ServiceStopped,
    /// The PC/SC service accepts a call and does not come back from it.
    ServiceSilent,
    /// The PC/SC service has as many connections as it takes: other programs hold them.
    ServiceFull,
    /// The PC/SC service refuses this user.
    AccessRefused,
    /// PC/SC lists no reader.
    NoReader,
    /// The reader was unplugged, or its name is not known.
    ReaderGone,
    /// The reader is empty.
    NoCard,
    /// A card is in the reader and does not answer to reset.
    CardMute,
    /// Another program holds the card exclusively.
    CardInUse,
    /// Another program has the card at the moment.
    CardLocked,
    /// Another program has the card, and has had it for [`KEPT_PATIENCE`](crate::limits::KEPT_PATIENCE).
    CardKept,
    /// The card was taken out during the dialogue.
    CardRemoved,
    /// Another program reset the card during the dialogue, more than once.
    CardReset,
    /// Reader and card do not understand each other.
    Communication,
    /// The card does not answer a command in time.
    CardSilent,
    /// The card answers every command, so slowly that the reading takes too long.
    CardSlow,
    /// The card recognised as a CPx answers what a CPx cannot answer.
    CardNonsense,
    /// A CPx of a generation that holds no readable application any more.
    CardTooOld,
    /// Bytes or text that cannot be what they should be; the offset says where.
    Malformed,
    /// A bound of this library was reached: so many readers, bytes, certificates are not looked at.
    LimitReached,
    /// The caller cancelled it.
    Cancelled,
    /// The caller's deadline passed.
    DeadlinePassed,
    /// The transcript does not hold what was asked.
    ReplayMismatch,
    /// A file could not be read or written.
    File,
    /// A file is larger than such a file can be.
    FileTooLarge,
    /// A file that a newer version of this program made.
    NewerVersion,
    /// The system gives this program no further thread.
    NoThread,
    /// A PC/SC failure that has no name of its own here; the number tells.
    Pcsc,
}

impl ErrorKind {
    /// Every kind.
    pub const ALL: [Self; 29] = [
        Self::PcscAbsent,
        Self::ServiceStopped,
        Self::ServiceSilent,
        Self::ServiceFull,
        Self::AccessRefused,
        Self::NoReader,
        Self::ReaderGone,
        Self::NoCard,
        Self::CardMute,
        Self::CardInUse,
        Self::CardLocked,
        Self::CardKept,
        Self::CardRemoved,
        Self::CardReset,
        Self::Communication,
        Self::CardSilent,
        Self::CardSlow,
        Self::CardNonsense,
        Self::CardTooOld,
        Self::Malformed,
        Self::LimitReached,
        Self::Cancelled,
        Self::DeadlinePassed,
        Self::ReplayMismatch,
        Self::File,
        Self::FileTooLarge,
        Self::NewerVersion,
        Self::NoThread,
        Self::Pcsc,
    ];

    /// Whether another program has the card.
    pub const fn is_of_another_program(self) -> bool {
        matches!(self, Self::CardInUse | Self::CardLocked | Self::CardKept)
    }

    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PcscAbsent => "pcsc-absent",
            Self::ServiceStopped => "pcsc-service-stopped",
            Self::ServiceSilent => "pcsc-service-silent",
            Self::ServiceFull => "pcsc-service-full",
            Self::AccessRefused => "pcsc-access-refused",
            Self::NoReader => "no-reader",
            Self::ReaderGone => "reader-gone",
            Self::NoCard => "reader-empty",
            Self::CardMute => "card-mute",
            Self::CardInUse => "card-in-use",
            Self::CardLocked => "card-locked",
            Self::CardKept => "card-kept",
            Self::CardRemoved => "card-removed",
            Self::CardReset => "card-reset",
            Self::Communication => "card-communication",
            Self::CardSilent => "card-silent",
            Self::CardSlow => "card-slow",
            Self::CardNonsense => "card-nonsense",
            Self::CardTooOld => "card-too-old",
            Self::Malformed => "malformed",
            Self::LimitReached => "limit-reached",
            Self::Cancelled => "cancelled",
            Self::DeadlinePassed => "deadline-passed",
            Self::ReplayMismatch => "replay-mismatch",
            Self::File => "file",
            Self::FileTooLarge => "file-too-large",
            Self::NewerVersion => "newer-version",
            Self::NoThread => "no-thread",
            Self::Pcsc => "pcsc-error",
        }
    }
}

/// A failure of a foreign function: which one, and its number as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct ForeignCode {
    /// The function, by its published name: `SCardTransmit`.
    pub function: &'static str,
    /// Its number: `0x80100069`.
    pub code: u32,
}

impl ForeignCode {
    /// The functions of PC/SC whose failures can be saved: their names are part of the answer.
    const SAVED: [&'static str; 9] = [
        "SCardEstablishContext",
        "SCardListReaders",
        "SCardGetStatusChange",
        "SCardConnect",
        "SCardReconnect",
        "SCardBeginTransaction",
        "SCardStatus",
        "SCardTransmit",
        "SCardDisconnect",
    ];

    /// The number of a function of PC/SC, read back from where it was saved; `None` for any other function.
    pub fn named(function: &str, code: u32) -> Option<Self> {
        let function = Self::SAVED.into_iter().find(|known| *known == function)?;
        Some(Self { function, code })
    }
}

impl<'de> Deserialize<'de> for ForeignCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Saved {
            function: String,
            code: u32,
        }
        let Saved { function, code } = Saved::deserialize(deserializer)?;
        Self::named(&function, code).ok_or_else(|| serde::de::Error::custom("this is no function of PC/SC"))
    }
}

impl fmt::Display for ForeignCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} 0x{:08X}", self.function, self.code)
    }
}

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
pub struct Error {
    kind: ErrorKind,
    what: Cow<'static, str>,
    place: Option<String>,
    offset: Option<usize>,
    foreign: Option<ForeignCode>,
    exchange_ms: Option<u32>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error of this kind; `what` is one English clause without bytes of the card.
    pub fn new(kind: ErrorKind, what: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, what: what.into(), place: None, offset: None, foreign: None, exchange_ms: None, source: None }
    }

    /// Bytes or text that are not what they should be, `offset` bytes after the start of the input.
    pub fn malformed(what: impl Into<Cow<'static, str>>, offset: usize) -> Self {
        Self { offset: Some(offset), ..Self::new(ErrorKind::Malformed, what) }
    }

    /// A foreign function failed with this number.
    pub fn foreign(kind: ErrorKind, function: &'static str, code: u32) -> Self {
        Self { foreign: Some(ForeignCode { function, code }), ..Self::new(kind, kind.code()) }
    }

    /// A card that takes so long for each command, on average.
    #[doc(hidden)]
    pub fn slow(exchange: std::time::Duration) -> Self {
        let milliseconds = u32::try_from(exchange.as_millis()).unwrap_or(u32::MAX);
        let what = format!("{milliseconds} ms for each exchange");
        Self { exchange_ms: Some(milliseconds), ..Self::new(ErrorKind::CardSlow, what) }
    }

    /// The same error, said to have happened in `place`: a file of the card, a line of a transcript. Places nest,
    /// the outermost first.
    #[must_use]
    pub fn within(mut self, place: impl fmt::Display) -> Self {
        self.place = Some(match self.place.take() {
            Some(inner) => format!("{place}: {inner}"),
            None => place.to_string(),
        });
        self
    }

    /// The same error, its offset counted from `start` bytes earlier: the error of a part, told of the whole.
    #[must_use]
    #[doc(hidden)]
    pub fn moved(mut self, start: usize) -> Self {
        self.offset = self.offset.map(|offset| offset.saturating_add(start));
        self
    }

    /// The same error with another kind: a parse error on a card becomes "this card answers nonsense".
    #[must_use]
    #[doc(hidden)]
    pub fn of_kind(mut self, kind: ErrorKind) -> Self {
        self.kind = kind;
        self
    }

    /// The same error with its cause.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What went wrong, for programs.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Where the input was wrong: bytes after its start.
    pub fn offset(&self) -> Option<usize> {
        self.offset
    }

    /// The foreign function that failed, and its number.
    pub fn foreign_code(&self) -> Option<ForeignCode> {
        self.foreign
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.what)?;
        if let Some(offset) = self.offset {
            write!(f, " (offset {offset})")?;
        }
        if let Some(foreign) = &self.foreign {
            write!(f, " [{foreign}]")?;
        }
        if let Some(source) = &self.source {
            write!(f, ": {source}")?;
        }
        Ok(())
    }
}

/// A failure as a fact: what an [`Error`] says, without its cause, to be kept, compared and shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Failure {
    /// What went wrong, for programs.
    pub kind: ErrorKind,
    /// The same for technicians, in English, without bytes of the card.
    pub detail: String,
    /// The foreign function that failed, and its number.
    pub foreign: Option<ForeignCode>,
    /// Of a card that answers too slowly, what it takes for each command, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange_ms: Option<u32>,
}

impl Failure {
    /// Of a card that answers too slowly, what it takes for each command, in whole seconds, 1 at least.
    #[doc(hidden)]
    pub fn exchange_seconds(&self) -> u32 {
        (self.exchange_ms.unwrap_or_default().saturating_add(500) / 1000).max(1)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for Failure {}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let detail = error.to_string();
        Self { kind: error.kind, detail, foreign: error.foreign, exchange_ms: error.exchange_ms }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure.foreign {
            Some(foreign) => Self::foreign(failure.kind, foreign.function, foreign.code),
            None => Self { exchange_ms: failure.exchange_ms, ..Self::new(failure.kind, failure.detail) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_where_what_and_which_number() {
        let parse = Error::malformed("no length", 1).moved(16).within("CPS_INFO_PS").within("card");
        assert_eq!(parse.to_string(), "card: CPS_INFO_PS: no length (offset 17)");
        let removed = Error::foreign(ErrorKind::CardRemoved, "SCardTransmit", 0x8010_0069);
        assert_eq!(removed.to_string(), "card-removed [SCardTransmit 0x80100069]");
        let failure = Failure::from(removed);
        assert_eq!(Failure::from(Error::from(failure.clone())), failure);
    }

    #[test]
    fn codes_are_distinct() {
        let codes: std::collections::HashSet<_> = ErrorKind::ALL.iter().map(|kind| kind.code()).collect();
        assert_eq!(codes.len(), ErrorKind::ALL.len());
    }
}
