//! Work that somebody waits for, not longer than a deadline, and that stops when nobody waits any more.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, ErrorKind, Result};
use crate::iso7816::{Atr, Command};
use crate::transport::{Answer, Exchange, Protocol, Readers, Slot};

use super::Cancel;

/// Does this work on a thread of its own and waits for it. When nobody waits any more, the next exchange with a card is
/// the end of it.
pub(super) fn patiently<T: Send + 'static>(
    source: &Arc<dyn Readers>,
    deadline: Duration,
    cancel: &Cancel,
    work: impl FnOnce(&Arc<dyn Readers>) -> T + Send + 'static,
) -> Result<T> {
    let end = Instant::now().checked_add(deadline);
    let given_up = Arc::new(AtomicBool::new(false));
    let done = Arc::new(Mutex::new(None));
    let source: Arc<dyn Readers> = Arc::new(Stoppable { source: Arc::clone(source), given_up: Arc::clone(&given_up) });
    let (worker_done, worker_cancel) = (Arc::clone(&done), cancel.clone());
    let worker = move || {
        let outcome = catch_unwind(AssertUnwindSafe(|| work(&source)));
        *worker_done.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome.ok());
        worker_cancel.nudge();
    };
    let named = thread::Builder::new().name("cpx-card".into());
    named.spawn(worker).map_err(|error| Error::new(ErrorKind::Pcsc, "no further thread").caused_by(error))?;
    let waited = cancel.wait(end, || done.lock().unwrap_or_else(PoisonError::into_inner).take());
    given_up.store(waited.is_err(), Ordering::Release);
    waited?.ok_or_else(|| Error::new(ErrorKind::Pcsc, "the reading met a value that it does not know"))
}

/// Readers whose cards are left alone from one exchange to the next.
struct Stoppable {
    source: Arc<dyn Readers>,
    given_up: Arc<AtomicBool>,
}

impl Stoppable {
    fn go_on(&self) -> Result<()> {
        if self.given_up.load(Ordering::Acquire) {
            return Err(Error::new(ErrorKind::Cancelled, "nobody waits for it any more"));
        }
        Ok(())
    }
}

impl Readers for Stoppable {
    fn slots(&self) -> Result<Vec<Slot>> {
        self.go_on()?;
        self.source.slots()
    }

    fn wait(&self, seen: &[Slot], timeout: Duration) -> Result<Vec<Slot>> {
        self.source.wait(seen, timeout)
    }

    fn interrupt(&self) {
        self.source.interrupt();
    }

    fn with_card(&self, reader: &str, work: &mut dyn FnMut(&mut dyn Exchange)) -> Result<()> {
        self.go_on()?;
        self.source.with_card(reader, &mut |link| work(&mut StoppableLink { link, readers: self }))
    }
}

struct StoppableLink<'a> {
    link: &'a mut dyn Exchange,
    readers: &'a Stoppable,
}

impl Exchange for StoppableLink<'_> {
    fn atr(&self) -> &Atr {
        self.link.atr()
    }

    fn protocol(&self) -> Protocol {
        self.link.protocol()
    }

    fn transmit(&mut self, command: &Command) -> Result<Answer> {
        self.readers.go_on()?;
        self.link.transmit(command)
    }
}
