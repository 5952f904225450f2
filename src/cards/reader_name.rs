//! The name of one reader, and its card alone.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::error::Result;
use crate::transport::{Exchange, Readers, Slot};

/// The name of a reader, as the system gives it: any text, of any length. It names this reader and no other whose name only
/// begins with it or contains it.
///
/// Prints without control characters; [`ReaderName::as_str`] is the text itself. Bytes that are no UTF-8 stand as `U+FFFD`.
///
/// ```
/// use cpx_card::{ErrorKind, ReaderName};
///
/// let cards = cpx_simulator::cards(&["cps-medecin", "cpe-employe-cps4"])?;
/// let second: ReaderName = "Virtual reader 01".into();
/// assert_eq!(cards.clone().in_reader(second).read()?.readers().count(), 1);
/// let error = cards.in_reader("Virtual reader").read().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::ReaderGone);
/// # Ok::<(), cpx_card::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReaderName(String);

impl ReaderName {
    /// The text itself: hostile.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ReaderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: String = self.0.chars().map(|one| if one.is_control() { '\u{FFFD}' } else { one }).collect();
        f.write_str(&shown)
    }
}

impl AsRef<str> for ReaderName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<String> for ReaderName {
    fn from(name: String) -> Self {
        Self(name)
    }
}

impl From<&str> for ReaderName {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

impl From<&Self> for ReaderName {
    fn from(name: &Self) -> Self {
        name.clone()
    }
}

/// The one reader of this name among these.
pub(super) struct Only {
    pub(super) readers: Arc<dyn Readers>,
    pub(super) name: ReaderName,
}

impl Only {
    /// The reader of this name, all where none is named.
    pub(super) fn of(readers: &Arc<dyn Readers>, name: Option<&ReaderName>) -> Arc<dyn Readers> {
        match name {
            Some(name) => Arc::new(Self { readers: Arc::clone(readers), name: name.clone() }),
            None => Arc::clone(readers),
        }
    }
}

impl Readers for Only {
    fn slots(&self) -> Result<Vec<Slot>> {
        let mut slots = self.readers.slots()?;
        slots.retain(|slot| slot.reader == self.name.0);
        Ok(slots)
    }

    /// What happens in another reader ends the wait: nothing differs here then.
    fn wait(&self, seen: &[Slot], timeout: Duration) -> Result<Vec<Slot>> {
        let mut known = self.readers.slots()?;
        known.retain(|slot| slot.reader != self.name.0);
        known.extend_from_slice(seen);
        let mut slots = self.readers.wait(&known, timeout)?;
        slots.retain(|slot| slot.reader == self.name.0);
        Ok(slots)
    }

    fn interrupt(&self) {
        self.readers.interrupt();
    }

    fn with_card(&self, reader: &str, work: &mut dyn FnMut(&mut dyn Exchange)) -> Result<()> {
        self.readers.with_card(reader, work)
    }
}
