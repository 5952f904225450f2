//! The exit codes: the convention of Nagios, Centreon and friends, extended.

use std::process::ExitCode;

use crate::readiness::Outcome;

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
        Self::from(match exit {
            Exit::Ready => 0,
            Exit::Reserved => 1,
            Exit::NotReady => 2,
            Exit::CouldNotTell => 3,
            Exit::Usage => 64,
            Exit::Internal => 70,
        })
    }
}
