//! What the observer, the pages and the program tell each other.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use cpx_card::internal::limits;

use super::content::Content;

/// What the observer, the pages and the program tell each other.
pub(super) struct Hub {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    content: Arc<Content>,
    /// Which content this is.
    number: u64,
    /// Pages that are followed now.
    followed: usize,
    /// Whether any page was followed since the address was given.
    was_followed: bool,
    /// When a page was last asked for, or closed.
    heard: Instant,
    /// Whether a page asks for another look.
    again: bool,
    ended: bool,
}

/// Why nobody looks at the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unwatched {
    /// The last page was closed.
    Closed,
    /// Nobody came.
    NeverOpened,
    /// The program was asked to end.
    Ended,
}

impl Hub {
    pub(super) fn new(content: Content) -> Self {
        let state = State {
            content: Arc::new(content),
            number: 0,
            followed: 0,
            was_followed: false,
            heard: Instant::now(),
            again: false,
            ended: false,
        };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// What is shown now.
    pub(super) fn content(&self) -> Arc<Content> {
        Arc::clone(&self.lock().content)
    }

    /// Shows this from now on.
    pub(super) fn publish(&self, content: Content) {
        let mut state = self.lock();
        state.content = Arc::new(content);
        state.number = state.number.wrapping_add(1);
        drop(state);
        self.changed.notify_all();
    }

    /// What is shown now and its number, once it is another one than `seen`; `None` when nothing comes within `slice`.
    pub(super) fn next(&self, seen: Option<u64>, slice: Duration) -> Option<(u64, Arc<Content>)> {
        let is_old = |state: &mut State| seen == Some(state.number) && !state.ended;
        let waited = self.changed.wait_timeout_while(self.lock(), slice, is_old);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (seen != Some(state.number)).then(|| (state.number, Arc::clone(&state.content)))
    }

    /// A page begins to follow; `None` where there are too many.
    pub(super) fn follow(self: &Arc<Self>) -> Option<Followed> {
        let mut state = self.lock();
        if state.followed >= limits::SERVED_STREAMS || state.ended {
            return None;
        }
        state.followed += 1;
        state.was_followed = true;
        Some(Followed(Arc::clone(self)))
    }

    /// Somebody who may asks for a page: whoever loads it again is not gone.
    pub(super) fn hear(&self) {
        self.lock().heard = Instant::now();
    }

    /// A page asks for another look.
    pub(super) fn ask_again(&self) {
        self.lock().again = true;
    }

    /// Whether one was asked for since the last call.
    pub(super) fn take_again(&self) -> bool {
        std::mem::take(&mut self.lock().again)
    }

    /// Waits until nobody looks at the page any more. A new address may be given after it.
    pub(super) fn until_unwatched(&self) -> Unwatched {
        let mut state = self.lock();
        loop {
            let (patience, why) = match (state.followed, state.was_followed) {
                _ if state.ended => return Unwatched::Ended,
                (0, true) => (limits::CLOSED_GRACE, Unwatched::Closed),
                (0, false) => (limits::OPENED_PATIENCE, Unwatched::NeverOpened),
                _ => (Duration::MAX, Unwatched::Closed),
            };
            let left = patience.saturating_sub(state.heard.elapsed());
            if left.is_zero() {
                state.was_followed = false;
                state.heard = Instant::now();
                return why;
            }
            let waited = self.changed.wait_timeout(state, left.min(limits::OPENED_PATIENCE));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Ends everything. Whether it had ended before.
    pub(super) fn end(&self) -> bool {
        let before = std::mem::replace(&mut self.lock().ended, true);
        self.changed.notify_all();
        before
    }

    pub(super) fn is_ended(&self) -> bool {
        self.lock().ended
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A page that is followed, until this is dropped.
pub(super) struct Followed(Arc<Hub>);

impl Drop for Followed {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.followed = state.followed.saturating_sub(1);
        state.heard = Instant::now();
        drop(state);
        self.0.changed.notify_all();
    }
}
