//! Work on a thread of its own that is waited for no longer than it may take.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::{Observed, Unseen};

/// Something that is being looked at. A look that does not end is left behind: its thread ends with the program.
pub(crate) struct Looking<T> {
    answer: Arc<Mutex<Option<Observed<T>>>>,
    thread: Waiting,
}

impl<T: Send + 'static> Looking<T> {
    /// Looks, for at most `patience` from now.
    pub(crate) fn start(patience: Duration, look: impl FnOnce() -> Observed<T> + Send + 'static) -> Self {
        let answer = Arc::new(Mutex::new(None));
        let place = Arc::clone(&answer);
        let thread = Waiting::start(
            patience,
            Box::new(move || {
                let seen = look();
                *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
            }),
        );
        Self { answer, thread }
    }

    /// What was seen, or that it was not seen in time.
    pub(crate) fn finish(self) -> Observed<T> {
        if !self.thread.has_ended() {
            return Observed::Unseen(Unseen::TimedOut.into());
        }
        let seen = self.answer.lock().unwrap_or_else(PoisonError::into_inner).take();
        seen.unwrap_or_else(|| Observed::Unseen(Unseen::Failed.with("the look ended without answer")))
    }
}

/// The thread, whatever it looks at: compiled once, not for each subject.
struct Waiting {
    end: Receiver<()>,
    until: Option<Instant>,
}

impl Waiting {
    fn start(patience: Duration, work: Box<dyn FnOnce() + Send>) -> Self {
        let (sender, end) = mpsc::channel::<()>();
        let until = Instant::now().checked_add(patience);
        // nothing is ever sent: the end, a panic, and a thread that could not begin drop the sender
        let _ = thread::Builder::new().name("cpx-look".into()).spawn(move || {
            let _until_the_end = sender;
            work();
        });
        Self { end, until }
    }

    /// Waits for its end as long as it may take.
    fn has_ended(&self) -> bool {
        let left = self.until.map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()));
        self.end.recv_timeout(left) == Err(RecvTimeoutError::Disconnected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_that_hangs_or_breaks_is_a_fact() {
        let patience = Duration::from_millis(50);
        let hanging: Looking<()> = Looking::start(patience, || {
            loop {
                thread::park();
            }
        });
        let broken: Looking<()> = Looking::start(patience, || std::panic::resume_unwind(Box::new(())));
        let whole = Looking::start(Duration::from_mins(1), || Observed::Seen(7));
        assert_eq!(hanging.finish().unseen().map(|reason| reason.why), Some(Unseen::TimedOut));
        assert_eq!(broken.finish().unseen().map(|reason| reason.why), Some(Unseen::Failed));
        assert_eq!(whole.finish(), Observed::Seen(7));
    }
}
