//! The exit codes: the convention of Nagios, Centreon and friends, extended.

use std::process::ExitCode;

use cpx_card::internal::readiness::Outcome;

/// What the program says to the one that started it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// A CPx was read.
    Ready,
    /// A CPx was read, with a reservation.
    Reserved,
    /// No usable CPx.
    NotReady,
    /// PC/SC itself cannot be used.
    CouldNotTell,
    /// The command line is wrong, or a file that it names.
    Usage,
    /// The program failed.
    Internal,
    /// The answer, or a file, could not be written: `EX_IOERR`.
    Unwritten,
}

impl Exit {
    /// Every one, the smallest number first.
    #[cfg(test)]
    pub(super) const ALL: [Self; 7] =
        [Self::Ready, Self::Reserved, Self::NotReady, Self::CouldNotTell, Self::Usage, Self::Internal, Self::Unwritten];

    /// The number that the system gives back.
    pub(super) fn number(self) -> u8 {
        match self {
            Self::Ready => 0,
            Self::Reserved => 1,
            Self::NotReady => 2,
            Self::CouldNotTell => 3,
            Self::Usage => 64,
            Self::Internal => 70,
            Self::Unwritten => 74,
        }
    }

    /// The key of its sentence.
    #[cfg(test)]
    pub(super) fn sentence(self) -> &'static str {
        match self {
            Self::Ready => "exit-ready",
            Self::Reserved => "exit-reserved",
            Self::NotReady => "exit-not-ready",
            Self::CouldNotTell => "exit-could-not-tell",
            Self::Usage => "exit-usage",
            Self::Internal => "exit-internal",
            Self::Unwritten => "exit-unwritten",
        }
    }
}

impl From<Outcome> for Exit {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Read => Self::Ready,
            Outcome::Reserved => Self::Reserved,
            Outcome::NoUsableCard => Self::NotReady,
            Outcome::CouldNotTell => Self::CouldNotTell,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.number())
    }
}
