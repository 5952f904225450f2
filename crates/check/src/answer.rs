//! The answer of a command, where it was asked for: on the standard output, or in a file that is written whole or not at all.

use std::path::Path;

use super::file::{Unwritten, Whole};
use super::output;

/// Who may read the file of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    /// Whoever ran the program: it may tell who somebody is, masked or not.
    Owner,
    /// Whoever the user's mask allows: it is anonymous.
    Everybody,
}

/// Where the answer goes.
pub(super) enum Place<'a> {
    /// The standard output.
    Output,
    /// A file.
    File(Whole<'a>),
}

impl<'a> Place<'a> {
    /// This file, or the standard output; an unwritable file is told before anything is looked at.
    pub(super) fn of(file: Option<&'a Path>, readers: For) -> Result<Self, Unwritten> {
        Ok(match file {
            Some(path) if readers == For::Everybody => Self::File(Whole::create_shared(path)?),
            Some(path) => Self::File(Whole::create(path)?),
            None => Self::Output,
        })
    }

    /// Whether it is the standard output.
    pub(super) fn is_output(&self) -> bool {
        matches!(self, Self::Output)
    }

    /// Puts the answer there; what is not for people is always in UTF-8, and so are files. Styles are for terminals: no file has them.
    pub(super) fn put(self, answer: &str, is_for_people: bool) -> Result<(), Unwritten> {
        match self {
            Self::Output => {
                if is_for_people {
                    output::text(answer)
                } else {
                    output::exactly(answer)
                };
                Ok(())
            }
            Self::File(file) => file.write(anstream::adapter::strip_str(answer).to_string().as_bytes()),
        }
    }
}
