//! What was observed, or why it could not be: a fact either way, never a guess.

use serde::{Deserialize, Serialize};

/// Something that was looked at.
///
/// ```
/// use cpx_card::internal::workstation::{Observed, Unseen};
///
/// let version: Observed<String> = Observed::Unseen(Unseen::NoRights.into());
/// assert_eq!(serde_json::to_string(&version)?, r#"{"unseen":{"why":"no-rights"}}"#);
/// assert!(version.seen().is_none());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Observed<T> {
    /// What there is. A thing that is known to be absent is seen as absent: an empty list, `None`, `false`.
    Seen(T),
    /// It could not be observed.
    Unseen(Reason),
}

/// Why something could not be observed, with what a technician wants to know of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reason {
    /// Why.
    pub why: Unseen,
    /// More, in English, without a person's data: a path, a key, a foreign code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// Why something could not be observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Unseen {
    /// There is no such thing on this kind of system.
    NotThisSystem,
    /// The user did not ask for it.
    NotAsked,
    /// This account may not look.
    NoRights,
    /// What would tell is not there: a tool, a folder.
    Absent,
    /// It did not answer in time.
    TimedOut,
    /// What is there has not the shape that it should have.
    Malformed,
    /// What is there is larger than anything of its kind.
    TooLarge,
    /// Looking failed otherwise.
    Failed,
}

impl Unseen {
    /// Every reason.
    pub const ALL: [Self; 8] = [
        Self::NotThisSystem,
        Self::NotAsked,
        Self::NoRights,
        Self::Absent,
        Self::TimedOut,
        Self::Malformed,
        Self::TooLarge,
        Self::Failed,
    ];

    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotThisSystem => "not-this-system",
            Self::NotAsked => "not-asked",
            Self::NoRights => "no-rights",
            Self::Absent => "absent",
            Self::TimedOut => "timed-out",
            Self::Malformed => "malformed",
            Self::TooLarge => "too-large",
            Self::Failed => "failed",
        }
    }

    /// This, with more about it in English.
    pub fn with(self, detail: impl Into<String>) -> Reason {
        Reason { why: self, detail: Some(detail.into()) }
    }
}

impl From<Unseen> for Reason {
    fn from(why: Unseen) -> Self {
        Self { why, detail: None }
    }
}

impl From<&std::io::Error> for Unseen {
    fn from(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::Absent,
            std::io::ErrorKind::PermissionDenied => Self::NoRights,
            std::io::ErrorKind::TimedOut => Self::TimedOut,
            std::io::ErrorKind::InvalidData => Self::Malformed,
            _ => Self::Failed,
        }
    }
}

impl<T> Observed<T> {
    /// What there is, where it was seen.
    pub fn seen(&self) -> Option<&T> {
        match self {
            Self::Seen(what) => Some(what),
            Self::Unseen(_) => None,
        }
    }

    /// The value, to be changed.
    pub(crate) fn seen_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Seen(what) => Some(what),
            Self::Unseen(_) => None,
        }
    }

    /// Why it was not seen.
    pub fn unseen(&self) -> Option<&Reason> {
        match self {
            Self::Seen(_) => None,
            Self::Unseen(reason) => Some(reason),
        }
    }
}

impl<T> Default for Observed<T> {
    /// Nobody looked.
    fn default() -> Self {
        Self::Unseen(Unseen::NotAsked.into())
    }
}

impl<T, R: Into<Reason>> From<Result<T, R>> for Observed<T> {
    fn from(outcome: Result<T, R>) -> Self {
        match outcome {
            Ok(what) => Self::Seen(what),
            Err(reason) => Self::Unseen(reason.into()),
        }
    }
}
