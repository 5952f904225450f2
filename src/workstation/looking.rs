//! Work on a thread of its own that is waited for no longer than it may take.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::{Observed, Unseen};

/// Something that is being looked at. A look that does not end is left behind: its thread ends with the program.
pub(crate) struct Looking<T> {
    answer: Receiver<Observed<T>>,
    until: Option<Instant>,
}

impl<T: Send + 'static> Looking<T> {
    /// Looks, for at most `patience` from now.
    pub(crate) fn start(patience: Duration, look: impl FnOnce() -> Observed<T> + Send + 'static) -> Self {
        let (sender, answer) = mpsc::channel();
        let until = Instant::now().checked_add(patience);
        // without a further thread the sender is dropped, and nobody answers
        let _ = thread::Builder::new().name("cpx-look".into()).spawn(move || {
            let _ = sender.send(look());
        });
        Self { answer, until }
    }

    /// What was seen, or that it was not seen in time.
    pub(crate) fn finish(self) -> Observed<T> {
        let left = self.until.map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()));
        match self.answer.recv_timeout(left) {
            Ok(seen) => seen,
            Err(RecvTimeoutError::Timeout) => Observed::Unseen(Unseen::TimedOut.into()),
            Err(RecvTimeoutError::Disconnected) => {
                Observed::Unseen(Unseen::Failed.with("the look ended without answer"))
            }
        }
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
