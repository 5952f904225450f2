//! Work that somebody waits for, not longer than a deadline, and that stops when nobody waits any more.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, ErrorKind, Result};
use crate::transport::{Readers, Stop, Stoppable};

use super::Cancel;

/// Does this work on a thread of its own and waits for it. When nobody waits any more, the next answer of a card is the end
/// of it: the card is left then. `end` knows the cards that are open so late.
pub(super) fn patiently<T: Send + 'static>(
    source: &Arc<dyn Readers>,
    deadline: Duration,
    cancel: &Cancel,
    end: &Stop,
    work: impl FnOnce(&Arc<dyn Readers>) -> T + Send + 'static,
) -> Result<T> {
    let until = Instant::now().checked_add(deadline);
    let call = Stop::new();
    let done = Arc::new(Mutex::new(None));
    let stops = [call.clone(), cancel.stop().clone(), end.clone()];
    let source: Arc<dyn Readers> = Arc::new(Stoppable::new(Arc::clone(source), stops));
    let (worker_done, worker_cancel) = (Arc::clone(&done), cancel.clone());
    let worker = move || {
        let outcome = catch_unwind(AssertUnwindSafe(|| work(&source)));
        *worker_done.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome.ok());
        worker_cancel.nudge();
    };
    let named = thread::Builder::new().name("cpx-card".into());
    named.spawn(worker).map_err(|error| Error::new(ErrorKind::NoThread, "no further thread").caused_by(error))?;
    let waited = cancel.wait(until, || done.lock().unwrap_or_else(PoisonError::into_inner).take());
    if waited.is_err() {
        call.stop();
    }
    waited?.ok_or_else(|| Error::new(ErrorKind::Pcsc, "the reading met a value that it does not know"))
}
