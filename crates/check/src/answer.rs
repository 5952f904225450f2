//! The answer of a diagnosis, where it was asked for: on the standard output, or in a file that is written whole or not
//! at all.

use std::path::Path;

use super::file::{Unwritten, Whole};
use super::output;

/// Where the answer goes.
pub(super) enum Place<'a> {
    /// The standard output.
    Output,
    /// A file.
    File(Whole<'a>),
}

impl<'a> Place<'a> {
    /// This file, or the standard output; an unwritable file is told before anything is looked at.
    pub(super) fn of(file: Option<&'a Path>) -> Result<Self, Unwritten> {
        Ok(match file {
            Some(path) => Self::File(Whole::create_shared(path)?),
            None => Self::Output,
        })
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
