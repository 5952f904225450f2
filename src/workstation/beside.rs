//! Work that goes on beside other work, on a thread where one can be had.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, Scope, ScopedJoinHandle};

type Work<'scope, T> = Box<dyn FnOnce() -> T + Send + 'scope>;

/// Work that was begun. Where the system has no further thread it is done when it is waited for.
pub struct Beside<'scope, T> {
    work: Arc<Mutex<Option<Work<'scope, T>>>>,
    thread: Option<ScopedJoinHandle<'scope, Option<T>>>,
}

/// Begins this work.
pub fn beside<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> Beside<'scope, T> {
    let work: Arc<Mutex<Option<Work<'scope, T>>>> = Arc::new(Mutex::new(Some(Box::new(work))));
    let taken = Arc::clone(&work);
    Beside { work, thread: Builder::new().spawn_scoped(scope, move || take(&taken).map(|work| work())).ok() }
}

fn take<'scope, T>(work: &Mutex<Option<Work<'scope, T>>>) -> Option<Work<'scope, T>> {
    work.lock().unwrap_or_else(PoisonError::into_inner).take()
}

impl<T> Beside<'_, T> {
    /// Whether it goes on while its owner does something else.
    pub fn has_thread(&self) -> bool {
        self.thread.is_some()
    }

    /// What came of it; nothing when it ended badly.
    pub fn finish(self) -> Option<T> {
        match self.thread {
            Some(thread) => thread.join().ok().flatten(),
            None => take(&self.work).map(|work| work()),
        }
    }
}
