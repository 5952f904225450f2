//! How every call ends, and the languages of sentences.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

use cpx_card::{Error, ErrorKind, Failure};
use cpx_report::{Language, Texts, failure_sentences};

use super::boundary::Last;
use super::verdict;

/// How a call ended. The numbers are stable; others may be added.
#[repr(i32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CpxStatus {
    /// All is well.
    Ok = 0,
    /// There is nothing to tell: the card has no such value, or nothing happened in time.
    Nothing = 1,
    /// A pointer that must not be null is null; a handle was already freed.
    Null = 2,
    /// A text is not UTF-8, is longer than CPX_MAX_TEXT, or names nothing that is known.
    InvalidText = 3,
    /// The struct_size of a structure, or a flag, a language or another number, is not one of this version.
    InvalidArgument = 4,
    /// There is no reader of this index.
    OutOfRange = 5,
    /// The buffer is too small; the needed size is told.
    BufferTooSmall = 6,
    /// The call would wait for the callback in which it is made.
    InCallback = 7,
    /// Somebody else is at it: a callback that runs does not come to its end, another thread asks the same watch. The handle
    /// stays valid; try again.
    Busy = 8,
    /// cpx_cancel ended the call.
    Cancelled = 9,
    /// The deadline passed.
    TimedOut = 10,
    /// The PC/SC service cannot be used; cpx_last_reason says why.
    NoService = 11,
    /// This library was built without it.
    NotBuilt = 12,
    /// An error of this library; the call did nothing.
    Internal = 13,
}

impl CpxStatus {
    /// Every status.
    pub(super) const ALL: [Self; 14] = [
        Self::Ok,
        Self::Nothing,
        Self::Null,
        Self::InvalidText,
        Self::InvalidArgument,
        Self::OutOfRange,
        Self::BufferTooSmall,
        Self::InCallback,
        Self::Busy,
        Self::Cancelled,
        Self::TimedOut,
        Self::NoService,
        Self::NotBuilt,
        Self::Internal,
    ];

    fn key(self) -> &'static str {
        match self {
            Self::Ok => "status-ok",
            Self::Nothing => "status-nothing",
            Self::Null => "status-null",
            Self::InvalidText => "status-invalid-text",
            Self::InvalidArgument => "status-invalid-argument",
            Self::OutOfRange => "status-out-of-range",
            Self::BufferTooSmall => "status-buffer-too-small",
            Self::InCallback => "status-in-callback",
            Self::Busy => "status-busy",
            Self::Cancelled => "status-cancelled",
            Self::TimedOut => "status-timed-out",
            Self::NoService => "status-no-service",
            Self::NotBuilt => "status-not-built",
            Self::Internal => "status-internal",
        }
    }

    /// The status of this number.
    pub(super) fn of(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|status| *status as i32 == number)
    }

    /// The status in words.
    pub(super) fn sentence(self, texts: &Texts) -> String {
        texts.text(self.key())
    }
}

/// The language of sentences.
#[repr(i32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CpxLanguage {
    /// French.
    French = 0,
    /// English.
    English = 1,
}

fn language(number: i32) -> Answer<Language> {
    if number == CpxLanguage::French as i32 {
        Ok(Language::French)
    } else if number == CpxLanguage::English as i32 {
        Ok(Language::English)
    } else {
        Err(CpxStatus::InvalidArgument.into())
    }
}

/// What is made once for each language, when it is first asked for.
pub(super) struct InLanguages<T> {
    french: OnceLock<T>,
    english: OnceLock<T>,
}

impl<T> InLanguages<T> {
    pub(super) const fn new() -> Self {
        Self { french: OnceLock::new(), english: OnceLock::new() }
    }

    /// That of the language of this number.
    pub(super) fn get(&self, number: i32, make: impl FnOnce(Language) -> T) -> Answer<&T> {
        let language = language(number)?;
        let kept = if language == Language::English { &self.english } else { &self.french };
        Ok(kept.get_or_init(|| make(language)))
    }
}

/// The sentences, for a context and all that is made with it: reading them takes longer than saying one.
#[derive(Clone)]
pub(super) struct Voice(Arc<InLanguages<Texts>>);

impl Voice {
    pub(super) fn new() -> Self {
        Self(Arc::new(InLanguages::new()))
    }

    /// The sentences in the language of this number.
    pub(super) fn texts(&self, language: i32) -> Answer<&Texts> {
        self.0.get(language, verdict::texts)
    }
}

/// The status of this number in the language of that one, for whoever has no context.
pub(super) fn status_sentence(status: i32, language: i32) -> Answer<String> {
    let status = CpxStatus::of(status).ok_or(CpxStatus::InvalidArgument)?;
    Ok(status.sentence(&Texts::of_statuses(self::language(language)?)))
}

/// What a call gives inside.
pub(super) type Answer<T> = Result<T, Refusal>;

/// Why a call gives nothing.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    pub(super) status: CpxStatus,
    pub(super) failure: Option<Failure>,
}

impl From<CpxStatus> for Refusal {
    fn from(status: CpxStatus) -> Self {
        Self { status, failure: None }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let failure = Failure::from(error);
        let status = match failure.kind {
            ErrorKind::Cancelled => CpxStatus::Cancelled,
            ErrorKind::DeadlinePassed => CpxStatus::TimedOut,
            ErrorKind::PcscAbsent | ErrorKind::ServiceStopped | ErrorKind::ServiceSilent | ErrorKind::AccessRefused => {
                CpxStatus::NoService
            }
            ErrorKind::Pcsc if failure.foreign.is_some() => CpxStatus::NoService,
            ErrorKind::ReaderGone => CpxStatus::OutOfRange,
            _ => CpxStatus::Internal,
        };
        Self { status, failure: Some(failure) }
    }
}

impl Refusal {
    /// The stable code, where there is one beyond the status.
    pub(super) fn reason(&self) -> &'static str {
        self.failure.as_ref().map_or("", |failure| failure.kind.code())
    }

    /// What happened and what to do, in words.
    pub(super) fn words(&self, texts: &Texts) -> String {
        let Some(failure) = &self.failure else { return self.status.sentence(texts) };
        let sentences = failure_sentences(failure, texts);
        std::iter::once(sentences.what).chain(sentences.remedy).collect::<Vec<_>>().join(" ")
    }
}

/// Does what an exported function is for. Whatever goes wrong, a panic included, becomes a status, and is kept as the last
/// failure of the context.
pub(super) fn guarded(last: Option<&Last>, work: impl FnOnce() -> Answer<()>) -> CpxStatus {
    let outcome = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(CpxStatus::Internal.into()));
    match outcome {
        Ok(()) => CpxStatus::Ok,
        Err(refusal) => {
            let status = refusal.status;
            if let Some(last) = last.filter(|_| status != CpxStatus::Nothing) {
                last.keep(refusal);
            }
            status
        }
    }
}
