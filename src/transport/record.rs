//! The seam with a memory: passes everything on and keeps what was said.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::error::{Error, ErrorKind, Failure, Result};
use crate::iso7816::{Atr, Command};

use super::{Answer, Exchange, Exchanged, Opening, Protocol, Readers, Slot, Transcript};

/// Readers whose exchanges are recorded, as they are: nothing is redacted here.
pub struct Recorder {
    readers: Arc<dyn Readers>,
    told: Mutex<Told>,
}

#[derive(Debug, Default)]
struct Told {
    slots: Option<std::result::Result<Vec<Slot>, Failure>>,
    openings: Vec<Opening>,
}

impl Recorder {
    /// Records what goes through `readers`.
    pub fn new(readers: Arc<dyn Readers>) -> Self {
        Self { readers, told: Mutex::default() }
    }

    /// What was said so far, on this day (`YYYY-MM-DD`).
    pub fn transcript(&self, date: impl Into<String>) -> Transcript {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        Transcript {
            date: date.into(),
            redacted: false,
            slots: told.slots.clone().unwrap_or_else(|| Ok(Vec::new())),
            openings: told.openings.clone(),
        }
    }

    fn note<T>(&self, note: impl FnOnce(&mut Vec<Opening>) -> T) -> T {
        note(&mut self.told.lock().unwrap_or_else(PoisonError::into_inner).openings)
    }

    fn first_look(&self, outcome: &std::result::Result<Vec<Slot>, Failure>) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.slots.get_or_insert_with(|| outcome.clone());
    }
}

impl Readers for Recorder {
    fn slots(&self) -> Result<Vec<Slot>> {
        let outcome = self.readers.slots().map_err(Failure::from);
        self.first_look(&outcome);
        outcome.map_err(Error::from)
    }

    fn wait(&self, seen: &[Slot], timeout: Duration) -> Result<Vec<Slot>> {
        self.readers.wait(seen, timeout)
    }

    fn interrupt(&self) {
        self.readers.interrupt();
    }

    fn with_card(&self, reader: &str, work: &mut dyn FnMut(&mut dyn Exchange)) -> Result<()> {
        // noted before it is tried, so that what never comes back is in the record too
        let waiting = Failure::from(Error::new(ErrorKind::CardLocked, "the card was not opened"));
        let place = self.note(|openings| {
            openings.push(Opening { reader: reader.to_owned(), outcome: Err(waiting), exchanges: Vec::new() });
            openings.len().saturating_sub(1)
        });
        let mut opened = false;
        let outcome = self.readers.with_card(reader, &mut |link| {
            opened = true;
            let told = Ok((link.protocol(), link.atr().clone()));
            self.note(|openings| openings.get_mut(place).map(|opening| opening.outcome = told));
            work(&mut Recording { link, recorder: self, place });
        });
        let outcome = outcome.map_err(Failure::from);
        if let (Err(failure), false) = (&outcome, opened) {
            self.note(|openings| openings.get_mut(place).map(|opening| opening.outcome = Err(failure.clone())));
        }
        outcome.map_err(Error::from)
    }
}

/// One card, whose exchanges are noted as they happen.
struct Recording<'a> {
    link: &'a mut dyn Exchange,
    recorder: &'a Recorder,
    place: usize,
}

impl Exchange for Recording<'_> {
    fn atr(&self) -> &Atr {
        self.link.atr()
    }

    fn protocol(&self) -> Protocol {
        self.link.protocol()
    }

    fn transmit(&mut self, command: &Command) -> Result<Answer> {
        // silent until it answers
        let silent = Failure::from(Error::new(ErrorKind::CardSilent, "no answer in time"));
        let place = self.place;
        self.recorder.note(|openings| {
            let exchanged = Exchanged { command: *command, outcome: Err(silent) };
            openings.get_mut(place).map(|opening| opening.exchanges.push(exchanged))
        });
        let outcome = self.link.transmit(command).map_err(Failure::from);
        self.recorder.note(|openings| {
            let exchanged = openings.get_mut(place).and_then(|opening| opening.exchanges.last_mut());
            exchanged.map(|exchanged| exchanged.outcome.clone_from(&outcome))
        });
        outcome.map_err(Error::from)
    }
}
