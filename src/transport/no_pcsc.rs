//! The seam where there is no PC/SC library.

use std::time::Duration;

use super::{Exchange, Readers, Slot};
use crate::error::{Error, ErrorKind, Result};

/// A machine without the PC/SC library: every question has the same answer.
pub struct NoPcsc(String);

impl NoPcsc {
    /// `why`: what the loader of libraries says.
    pub fn new(why: String) -> Self {
        Self(why)
    }

    fn error<T>(&self) -> Result<T> {
        Err(Error::new(ErrorKind::PcscAbsent, self.0.clone()))
    }
}

impl Readers for NoPcsc {
    fn slots(&self) -> Result<Vec<Slot>> {
        self.error()
    }

    fn wait(&self, _seen: &[Slot], _timeout: Duration) -> Result<Vec<Slot>> {
        self.error()
    }

    fn with_card(&self, _reader: &str, _work: &mut dyn FnMut(&mut dyn Exchange)) -> Result<()> {
        self.error()
    }
}
