//! What happens in the readers, told as it happens.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle, ThreadId};
use std::time::{Duration, Instant};

use crate::collect::{self, Follow};
use crate::error::{Error, ErrorKind, Failure, Result};
use crate::limits;
use crate::transport::{Event, Readers};

use super::{Cancel, ReaderName};

/// Something that happened. A removal is always told before the next insertion. A reader is told by
/// its exact name, with which it can be selected ([`Cards::in_reader`](super::Cards::in_reader)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// A reader was plugged in.
    ReaderAdded(ReaderName),
    /// A reader was unplugged.
    ReaderRemoved(ReaderName),
    /// A card was put into this reader.
    Inserted(ReaderName),
    /// The card was taken out of this reader.
    Removed(ReaderName),
    /// The PC/SC service does not answer any more. The watch goes on.
    ServiceLost(Failure),
    /// It answers again.
    ServiceBack,
    /// Cards came and went in this reader too briefly to be told one by one.
    Bounced {
        /// Where.
        reader: ReaderName,
        /// How many times a card was put in and taken out again, 1 to 16,383.
        times: u16,
    },
}

/// A watch over the readers. It ends when it is dropped, or by [`Watch::stop`].
///
/// Begin it before a card is read whose removal matters: what was taken out before the watch began was never there for it.
///
/// ```
/// use std::time::Duration;
/// use cpx_card::Happening;
///
/// let watch = cpx_simulator::cards(&["cps-medecin"])?.watch()?;
/// let happened = || watch.next(Duration::from_secs(10));
/// assert!(matches!(happened(), Some(Happening::ReaderAdded(_))));
/// assert!(matches!(happened(), Some(Happening::Inserted(_))));
/// # Ok::<(), cpx_card::Error>(())
/// ```
pub struct Watch {
    shared: Arc<Shared>,
    source: Arc<dyn Readers>,
    /// The thread of the watch, then the one that ends its waits.
    threads: Mutex<Vec<JoinHandle<()>>>,
    id: ThreadId,
    waiting: Waiting,
}

/// What ends a wait for the next happening.
pub(super) struct Waiting {
    pub(super) cancel: Cancel,
    pub(super) deadline: Option<Duration>,
}

/// Who is told on the thread of the watch.
pub(super) type Tell = Box<dyn FnMut(Happening) + Send>;

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    stopping: AtomicBool,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Happening>,
    ended: bool,
}

impl Watch {
    pub(super) fn start(
        source: Arc<dyn Readers>,
        reader: Option<ReaderName>,
        waiting: Waiting,
        tell: Option<Tell>,
    ) -> Result<Self> {
        let shared = Arc::new(Shared::default());
        let follow = Follow::new(Arc::clone(&source), limits::STOPPABLE_SLICE);
        let on_thread = Ended(Arc::clone(&shared));
        let named_thread = thread::Builder::new().name("cpx-card-watch".into());
        let run = move || on_thread.0.run(follow, reader.as_ref(), tell);
        let thread = named_thread
            .spawn(run)
            .map_err(|error| Error::new(ErrorKind::NoThread, "no further thread").caused_by(error))?;
        let id = thread.thread().id();
        Ok(Self { shared, source, threads: Mutex::new(vec![thread]), id, waiting })
    }

    /// What happened next. Waits for it at most this long, and no longer than the deadline of the [`Cards`](super::Cards) it was
    /// made of; nothing when the time is up, the watch was stopped or its [`Cancel`] was cancelled. A watch that tells a
    /// function has nothing here.
    pub fn next(&self, timeout: Duration) -> Option<Happening> {
        let timeout = self.waiting.deadline.map_or(timeout, |deadline| timeout.min(deadline));
        let end = Instant::now().checked_add(timeout);
        let mut state = self.shared.lock();
        loop {
            if let Some(happening) = state.waiting.pop_front() {
                self.shared.changed.notify_all();
                return Some(happening);
            }
            let left = end.map_or(timeout, |end| end.saturating_duration_since(Instant::now()));
            if left.is_zero() || state.ended || self.shared.is_stopping() || self.waiting.cancel.is_cancelled() {
                return None;
            }
            // nothing else wakes it when it is cancelled
            state = self.shared.wait(state, left.min(limits::CANCEL_SLICE));
        }
    }

    /// Ends the watch and waits, at most so long, until nothing is told any more. Whether it came to an end: a function that
    /// is being told may take longer, and on the thread of the watch itself nobody can wait for it. Can be asked again.
    pub fn stop(&self, patience: Duration) -> bool {
        if self.shared.stop() {
            self.interrupt();
        }
        if self.is_own_thread() {
            return false;
        }
        let end = Instant::now().checked_add(patience);
        let mut state = self.shared.lock();
        while !state.ended {
            let left = end.map_or(patience, |end| end.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return false;
            }
            state = self.shared.wait(state, left);
        }
        drop(state);
        // both are at their very end
        for thread in self.lock_threads().drain(..) {
            let _ = thread.join();
        }
        true
    }

    /// Ends the waits of the watch until it has ended. A service that hangs does not come back from being interrupted either,
    /// so that is done on a thread for which nobody waits then.
    fn interrupt(&self) {
        let (source, shared) = (Arc::clone(&self.source), Arc::clone(&self.shared));
        let interrupt = move || {
            while !shared.lock().ended {
                source.interrupt();
                let state = shared.lock();
                if !state.ended {
                    drop(shared.wait(state, limits::STOP_PAUSE));
                }
            }
        };
        let thread = thread::Builder::new().name("cpx-card-stop".into()).spawn(interrupt);
        self.lock_threads().extend(thread);
    }

    fn lock_threads(&self) -> MutexGuard<'_, Vec<JoinHandle<()>>> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this is the thread on which a function is told.
    #[doc(hidden)]
    pub fn is_own_thread(&self) -> bool {
        thread::current().id() == self.id
    }
}

/// Nothing is told any more when this is over, unless a function that is being told takes longer than
/// [`STOP_PATIENCE`](limits::STOP_PATIENCE).
impl Drop for Watch {
    fn drop(&mut self) {
        self.stop(limits::STOP_PATIENCE);
    }
}

impl Shared {
    fn run(&self, mut follow: Follow, named: Option<&ReaderName>, mut tell: Option<Tell>) {
        while !self.is_stopping() {
            for happening in follow.next().into_iter().flat_map(happenings) {
                if !happening.is_in(named) {
                    continue;
                }
                match &mut tell {
                    _ if self.is_stopping() => return,
                    Some(tell) => tell(happening),
                    None => self.push(happening),
                }
            }
        }
    }

    /// Where nobody asks, no further look is taken: what happens meanwhile is told as far as it still matters.
    fn push(&self, happening: Happening) {
        let mut state = self.lock();
        while state.waiting.len() >= limits::EVENTS_WAITING && !self.is_stopping() {
            state = self.wait(state, limits::WATCH_SLICE);
        }
        state.waiting.push_back(happening);
        self.changed.notify_all();
    }

    /// Whether this is the first time.
    fn stop(&self) -> bool {
        let _held = self.lock();
        self.changed.notify_all();
        !self.stopping.swap(true, Ordering::AcqRel)
    }

    fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>, timeout: Duration) -> MutexGuard<'a, State> {
        self.changed.wait_timeout(state, timeout).unwrap_or_else(PoisonError::into_inner).0
    }
}

/// Says at the end of the thread that it has ended, also where a function that was told panicked.
struct Ended(Arc<Shared>);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.lock().ended = true;
        self.0.changed.notify_all();
    }
}

impl Happening {
    fn is_in(&self, named: Option<&ReaderName>) -> bool {
        match self {
            Self::ReaderAdded(reader)
            | Self::ReaderRemoved(reader)
            | Self::Inserted(reader)
            | Self::Removed(reader)
            | Self::Bounced { reader, .. } => named.is_none_or(|named| named == reader),
            Self::ServiceLost(_) | Self::ServiceBack => true,
        }
    }
}

fn happenings(happening: collect::Happening) -> Vec<Happening> {
    match happening {
        collect::Happening::Events(events) => events.into_iter().map(of_event).collect(),
        collect::Happening::Lost(failure) => vec![Happening::ServiceLost(failure)],
        collect::Happening::Back => vec![Happening::ServiceBack],
    }
}

fn of_event(event: Event) -> Happening {
    match event {
        Event::ReaderAdded(slot) => Happening::ReaderAdded(slot.reader.into()),
        Event::ReaderRemoved(slot) => Happening::ReaderRemoved(slot.reader.into()),
        Event::Inserted(slot) => Happening::Inserted(slot.reader.into()),
        Event::Removed(slot) => Happening::Removed(slot.reader.into()),
        Event::Bounced { slot, times } => Happening::Bounced { reader: slot.reader.into(), times },
    }
}
