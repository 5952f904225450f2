//! How one thread tells another to stop waiting.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::error::{Error, ErrorKind, Result};
use crate::transport::Stop;

/// Ends the calls that were given it, from any thread. Clones are the same one.
///
/// ```
/// use cpx_card::{Cancel, Cards, ErrorKind};
///
/// let cancel = Cancel::new();
/// let cards = cpx_simulator::cards(&["cps-medecin"])?.with_cancel(&cancel);
/// std::thread::spawn(move || cancel.cancel()).join().unwrap();
/// assert_eq!(cards.read().unwrap_err().kind(), ErrorKind::Cancelled);
/// # Ok::<(), cpx_card::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Cancel {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    cancelled: Mutex<bool>,
    changed: Condvar,
    /// The cards of the calls that were given this.
    cards: Stop,
}

impl Cancel {
    /// Nothing is cancelled yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends every call that was given this, and every one to come. Waits until the cards are left as they were, at most
    /// [`EXCHANGE_PATIENCE`](crate::limits::EXCHANGE_PATIENCE): a card is not left before it has answered. Whether all of them were
    /// left.
    pub fn cancel(&self) -> bool {
        *self.lock() = true;
        self.shared.changed.notify_all();
        self.shared.cards.leave()
    }

    /// What ends the dialogue with the cards of these calls.
    pub(super) fn stop(&self) -> &Stop {
        &self.shared.cards
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        *self.lock()
    }

    /// Waits until `look` finds something; it is asked again after every [`Cancel::nudge`].
    pub(super) fn wait<T>(&self, end: Option<Instant>, mut look: impl FnMut() -> Option<T>) -> Result<T> {
        let mut cancelled = self.lock();
        loop {
            if *cancelled {
                return Err(Error::new(ErrorKind::Cancelled, "the caller cancelled it"));
            }
            if let Some(found) = look() {
                return Ok(found);
            }
            let left = end.map(|end| end.saturating_duration_since(Instant::now()));
            cancelled = match left {
                Some(left) if left.is_zero() => {
                    return Err(Error::new(ErrorKind::DeadlinePassed, "the caller's deadline passed"));
                }
                Some(left) => {
                    self.shared.changed.wait_timeout(cancelled, left).unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.shared.changed.wait(cancelled).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    /// Makes whoever waits look again.
    pub(super) fn nudge(&self) {
        drop(self.lock());
        self.shared.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, bool> {
        self.shared.cancelled.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
