//! The seam with a memory: passes everything on and keeps what was said.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::error::{Error, Failure, Result};
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

    fn with_card(&self, reader: &str, work: &mut dyn FnMut(&mut dyn Exchange)) -> Result<()> {
        let mut opened = None;
        let outcome = self.readers.with_card(reader, &mut |link| {
            let mut recording = Recording { link, exchanges: Vec::new() };
            work(&mut recording);
            let exchanges = recording.exchanges;
            opened = Some((recording.link.protocol(), recording.link.atr().clone(), exchanges));
        });
        let outcome = outcome.map_err(Failure::from);
        let (outcome_told, exchanges) = match (opened, &outcome) {
            (Some((protocol, atr, exchanges)), _) => (Ok((protocol, atr)), exchanges),
            (None, Err(failure)) => (Err(failure.clone()), Vec::new()),
            (None, Ok(())) => return Ok(()),
        };
        let opening = Opening { reader: reader.to_owned(), outcome: outcome_told, exchanges };
        self.told.lock().unwrap_or_else(PoisonError::into_inner).openings.push(opening);
        outcome.map_err(Error::from)
    }
}

struct Recording<'a> {
    link: &'a mut dyn Exchange,
    exchanges: Vec<Exchanged>,
}

impl Exchange for Recording<'_> {
    fn atr(&self) -> &Atr {
        self.link.atr()
    }

    fn protocol(&self) -> Protocol {
        self.link.protocol()
    }

    fn transmit(&mut self, command: &Command) -> Result<Answer> {
        let outcome = self.link.transmit(command).map_err(Failure::from);
        self.exchanges.push(Exchanged { command: *command, outcome: outcome.clone() });
        outcome.map_err(Error::from)
    }
}
