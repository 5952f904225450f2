//! The seam over a transcript: answers what the cards answered, to the same commands in the same order.

use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::error::{Error, ErrorKind, Result};
use crate::iso7816::{Atr, Command};

use super::{Answer, Exchange, Exchanged, Opening, Protocol, Readers, Slot, Transcript};

/// The readers and cards of a transcript.
///
/// ```
/// use cpx_card::transport::{Readers, Replay, Transcript};
/// let transcript = Transcript::parse("cpx-check transcript 1\ndate 2026-11-20\nredacted yes\nslot empty \"A\"\n")?;
/// assert_eq!(Replay::new(transcript).slots()?[0].reader, "A");
/// # Ok::<(), cpx_card::Error>(())
/// ```
#[derive(Debug)]
pub struct Replay {
    transcript: Transcript,
    /// The openings that were replayed, by their index.
    played: Mutex<Vec<usize>>,
}

impl Replay {
    /// Replays this transcript, each of its openings once.
    pub fn new(transcript: Transcript) -> Self {
        Self { transcript, played: Mutex::default() }
    }

    fn next_opening(&self, reader: &str) -> Option<&Opening> {
        let mut played = self.played.lock().unwrap_or_else(PoisonError::into_inner);
        let mut openings = self.transcript.openings.iter().enumerate();
        let (index, opening) = openings.find(|(i, opening)| opening.reader == reader && !played.contains(i))?;
        played.push(index);
        Some(opening)
    }
}

impl Readers for Replay {
    fn slots(&self) -> Result<Vec<Slot>> {
        self.transcript.slots.clone().map_err(Error::from)
    }

    fn wait(&self, _seen: &[Slot], timeout: Duration) -> Result<Vec<Slot>> {
        // nothing ever changes in a transcript
        thread::sleep(timeout);
        self.slots()
    }

    fn with_card(&self, reader: &str, work: &mut dyn FnMut(&mut dyn Exchange)) -> Result<()> {
        let Some(opening) = self.next_opening(reader) else {
            return Err(Error::new(ErrorKind::ReplayMismatch, "the transcript has no further opening of this reader"));
        };
        let (protocol, atr) = opening.outcome.clone().map_err(Error::from)?;
        work(&mut Replayed { protocol, atr, exchanges: opening.exchanges.iter(), number: 0 });
        Ok(())
    }
}

struct Replayed<'a> {
    protocol: Protocol,
    atr: Atr,
    exchanges: std::slice::Iter<'a, Exchanged>,
    number: u32,
}

impl Exchange for Replayed<'_> {
    fn atr(&self) -> &Atr {
        &self.atr
    }

    fn protocol(&self) -> Protocol {
        self.protocol
    }

    fn transmit(&mut self, command: &Command) -> Result<Answer> {
        self.number = self.number.saturating_add(1);
        match self.exchanges.next() {
            Some(recorded) if recorded.command == *command => recorded.outcome.clone().map_err(Error::from),
            Some(_) => Err(self.mismatch("another command was recorded")),
            None => Err(self.mismatch("nothing more was recorded")),
        }
    }
}

impl Replayed<'_> {
    fn mismatch(&self, what: &'static str) -> Error {
        Error::new(ErrorKind::ReplayMismatch, what).within(format_args!("exchange {}", self.number))
    }
}
