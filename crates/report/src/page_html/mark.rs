//! The marks: a shape, a colour and always a word beside them, so that none of the three is needed to understand.

use maud::{Markup, html};

use cpx_card::internal::readiness::{Readiness, State};

/// How good something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// As it should be.
    Good,
    /// It works, and somebody should know something.
    Careful,
    /// It could not be told.
    Unknown,
    /// It does not work.
    Bad,
    /// It is not asked for here.
    Beside,
}

impl Tone {
    pub(super) fn of(readiness: Readiness) -> Self {
        match readiness {
            Readiness::Ready => Self::Good,
            Readiness::Reserved => Self::Careful,
            Readiness::CannotTell => Self::Unknown,
            Readiness::NotReady => Self::Bad,
        }
    }

    pub(super) fn of_state(state: State) -> Self {
        match state {
            State::Pass => Self::Good,
            State::Warn => Self::Careful,
            State::Skip | State::Blocked => Self::Unknown,
            State::Fail => Self::Bad,
        }
    }

    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Careful => "careful",
            Self::Unknown | Self::Beside => "unknown",
            Self::Bad => "bad",
        }
    }

    /// Lines in a circle of radius 10 around the middle of 24 by 24.
    pub(super) fn lines(self) -> &'static str {
        match self {
            Self::Good => "M7 12.5l3.5 3.5L17 8.5",
            Self::Careful => "M12 6.5v7M12 17v.5",
            Self::Unknown => "M9.2 9.2a2.9 2.9 0 1 1 4.3 2.6c-1 .6-1.5 1.1-1.5 2.2M12 17.2v.4",
            Self::Bad => "M8 8l8 8M16 8l-8 8",
            Self::Beside => "M8 12h8",
        }
    }
}

/// The mark alone: its word stands beside it.
pub(super) fn mark(tone: Tone) -> Markup {
    html! {
        svg class={ "mark " (tone.class()) } viewBox="0 0 24 24" aria-hidden="true" focusable="false" {
            circle cx="12" cy="12" r="11" {}
            path d=(tone.lines()) {}
        }
    }
}
