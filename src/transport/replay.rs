//! The seam over a transcript: answers what the cards answered.

use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::error::{Error, ErrorKind, Result};
use crate::iso7816::{Atr, Command};

use super::{Answer, Exchange, Exchanged, Opening, Protocol, Readers, RecordedCard, Slot, Transcript};

/// The readers and cards of a transcript.
///
/// ```
/// use cpx_card::internal::transport::{Readers, Replay, Transcript};
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
        opening.replay(work)
    }
}

impl Opening {
    /// Does `work` with a card that answers as this one did.
    ///
    /// # Errors
    /// Why the card could not be opened.
    pub fn replay(&self, work: &mut dyn FnMut(&mut dyn Exchange)) -> Result<()> {
        let (protocol, atr) = self.outcome.clone().map_err(Error::from)?;
        let card = RecordedCard::of(self)?;
        work(&mut Replayed { protocol, atr, exchanges: self.exchanges.iter(), asked: None, card, in_order: true });
        Ok(())
    }
}

/// Answers word for word as long as the commands are those that were recorded; from there on by what was recorded of the
/// files: another version of the program reads them in another order, or in other pieces.
struct Replayed<'a> {
    protocol: Protocol,
    atr: Atr,
    exchanges: std::slice::Iter<'a, Exchanged>,
    /// The last command that reads no file.
    asked: Option<Command>,
    card: RecordedCard,
    in_order: bool,
}

impl Exchange for Replayed<'_> {
    fn atr(&self) -> &Atr {
        &self.atr
    }

    fn protocol(&self) -> Protocol {
        self.protocol
    }

    fn transmit(&mut self, command: &Command) -> Result<Answer> {
        if self.in_order {
            if let Some(recorded) = self.exchanges.next().filter(|recorded| recorded.command == *command) {
                if !matches!(command, Command::ReadBinary { .. } | Command::GetResponse { .. }) {
                    self.asked = Some(*command);
                }
                return recorded.outcome.clone().map_err(Error::from);
            }
            self.in_order = false;
            if let Some(asked) = self.asked {
                let _ = self.card.transmit(&asked);
            }
        }
        self.card.transmit(command)
    }
}
