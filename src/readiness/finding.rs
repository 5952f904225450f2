//! What one check found: a state, a stable reason, and the values that its sentence names.

use super::value::Value;
use crate::workstation::{Observed, Reason, Unseen};

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// As it should be.
    Pass,
    /// It works, or may, and somebody should know something.
    Warn,
    /// It could not be looked at, or there is nothing to look at.
    Skip,
    /// A check that it builds on failed: nothing is said of this one.
    Blocked,
    /// Not as it should be.
    Fail,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Pass, Self::Warn, Self::Skip, Self::Blocked, Self::Fail];

    /// The stable code: `pass`, `warn`, `skip`, `blocked`, `fail`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Skip => "skip",
            Self::Blocked => "blocked",
            Self::Fail => "fail",
        }
    }
}

/// Why a check was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SkipReason {
    /// It could not be observed: why.
    Unseen(Unseen),
    /// The network was not asked for.
    Offline,
    /// PC/SC itself cannot be used.
    NoContext,
    /// There is no reader.
    NoReader,
    /// There is no card.
    NoCard,
    /// The card could not be read so far.
    CardNotRead,
    /// Another program holds the card.
    CardHeld,
    /// The PKCS#11 module shows no card.
    NoToken,
    /// The card gave no authentication certificate, or it is not in the store.
    NoCertificate,
    /// The Cryptolib is not installed.
    NotInstalled,
    /// Nobody tells the version.
    VersionUnknown,
    /// The browser is not installed.
    BrowserAbsent,
    /// This workstation has no use for it.
    NotNeeded,
    /// No reader is on the USB of this machine, or its USB cannot be seen.
    NoUsb,
    /// The address of the portal is not published.
    NoHost,
    /// The host was not seen to ask for a certificate.
    NotClientAuth,
    /// Browsers may go through a proxy that this program did not follow.
    ProxyNotFollowed,
    /// It is about the card in the reader, and another one is to come.
    OtherCard,
    /// Nobody can tell before the card that is to come is there.
    AwaitedCard,
    /// Nothing that is published tells.
    NotPublished,
    /// It belongs to the person at the workstation, whose settings were not looked at.
    OtherUser,
}

impl SkipReason {
    /// Every reason.
    pub const ALL: [Self; 28] = [
        Self::Unseen(Unseen::NotThisSystem),
        Self::Unseen(Unseen::NotAsked),
        Self::Unseen(Unseen::NoRights),
        Self::Unseen(Unseen::Absent),
        Self::Unseen(Unseen::TimedOut),
        Self::Unseen(Unseen::Malformed),
        Self::Unseen(Unseen::TooLarge),
        Self::Unseen(Unseen::Failed),
        Self::Offline,
        Self::NoContext,
        Self::NoReader,
        Self::NoCard,
        Self::CardNotRead,
        Self::CardHeld,
        Self::NoToken,
        Self::NoCertificate,
        Self::NotInstalled,
        Self::VersionUnknown,
        Self::BrowserAbsent,
        Self::NotNeeded,
        Self::NoUsb,
        Self::NoHost,
        Self::NotClientAuth,
        Self::ProxyNotFollowed,
        Self::OtherCard,
        Self::AwaitedCard,
        Self::NotPublished,
        Self::OtherUser,
    ];

    /// The stable code, in lower case words joined by dashes; its sentence is that of `skip-` and the code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unseen(why) => why.code(),
            Self::Offline => "offline",
            Self::NoContext => "no-context",
            Self::NoReader => "no-reader",
            Self::NoCard => "no-card",
            Self::CardNotRead => "card-not-read",
            Self::CardHeld => "card-held",
            Self::NoToken => "no-token",
            Self::NoCertificate => "no-certificate",
            Self::NotInstalled => "not-installed",
            Self::VersionUnknown => "version-unknown",
            Self::BrowserAbsent => "browser-absent",
            Self::NotNeeded => "not-needed",
            Self::NoUsb => "no-usb",
            Self::NoHost => "no-host",
            Self::NotClientAuth => "not-client-auth",
            Self::ProxyNotFollowed => "proxy-not-followed",
            Self::OtherCard => "other-card",
            Self::AwaitedCard => "awaited-card",
            Self::NotPublished => "not-published",
            Self::OtherUser => "other-user",
        }
    }

    /// Whether something that should have been seen was not: a needed check that ends so leaves the question open.
    pub const fn leaves_open(self) -> bool {
        match self {
            Self::Unseen(why) => !matches!(why, Unseen::NotThisSystem),
            Self::NoContext
            | Self::NoReader
            | Self::NoCard
            | Self::CardNotRead
            | Self::CardHeld
            | Self::NoToken
            | Self::NoCertificate
            | Self::ProxyNotFollowed
            | Self::AwaitedCard
            | Self::NotPublished => true,
            _ => false,
        }
    }
}

impl From<&Reason> for SkipReason {
    fn from(reason: &Reason) -> Self {
        Self::Unseen(reason.why)
    }
}

/// What one check found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// How it ended; never [`Blocked`](State::Blocked), which only the others decide.
    pub state: State,
    /// Why, as a stable code; empty for a pass. That of a skip is one of [`SkipReason`].
    pub reason: &'static str,
    /// What the sentence names, by the name of its placeable.
    pub values: Vec<(&'static str, Value)>,
    /// Why it was skipped.
    pub skipped: Option<SkipReason>,
}

impl Finding {
    pub(super) const fn pass() -> Self {
        Self { state: State::Pass, reason: "", values: Vec::new(), skipped: None }
    }

    pub(super) fn warn(reason: &'static str) -> Self {
        Self { state: State::Warn, reason, ..Self::pass() }
    }

    pub(super) fn fail(reason: &'static str) -> Self {
        Self { state: State::Fail, reason, ..Self::pass() }
    }

    pub(super) const fn skip(reason: SkipReason) -> Self {
        Self { state: State::Skip, reason: reason.code(), values: Vec::new(), skipped: Some(reason) }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// The graver of two: what is said of several readers, hosts or browsers together.
    pub(super) fn or_graver(self, other: Self) -> Self {
        let weight = |finding: &Self| match finding.state {
            State::Skip => 0,
            State::Pass => 1,
            State::Warn => 2,
            State::Blocked | State::Fail => 3,
        };
        if weight(&other) > weight(&self) { other } else { self }
    }
}

/// What a criterion gives: a finding, or why there is none.
pub(super) type Judged = Result<Finding, SkipReason>;

/// What was observed, or the reason to skip.
pub(super) fn seen<T>(observed: &Observed<T>) -> Result<&T, SkipReason> {
    observed.seen().ok_or_else(|| observed.unseen().map_or(SkipReason::Unseen(Unseen::NotAsked), SkipReason::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_graver_of_two_counts_and_of_equals_the_first() {
        let all = [Finding::skip(SkipReason::Offline), Finding::pass(), Finding::warn("one"), Finding::fail("one")];
        for (less, one) in all.iter().enumerate() {
            for (more, other) in all.iter().enumerate() {
                let expected = &all[less.max(more)];
                assert_eq!(one.clone().or_graver(other.clone()).state, expected.state, "{one:?} {other:?}");
            }
        }
        assert_eq!(Finding::fail("one").or_graver(Finding::fail("other")).reason, "one");
        assert_eq!(Finding::warn("one").or_graver(Finding::warn("other")).reason, "one");
    }
}
