//! Foreign calls with a deadline: whatever hangs is left behind on its thread.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::workstation::{Observed, Unseen};

/// What `look` returns, if it does so in time.
pub(super) fn within<T: Send + 'static>(
    patience: Duration,
    look: impl FnOnce() -> Observed<T> + Send + 'static,
) -> Observed<T> {
    let (sender, receiver) = mpsc::channel();
    let started = thread::Builder::new().name("cpx-windows".into()).spawn(move || {
        let _ = sender.send(look());
    });
    if let Err(error) = started {
        return Observed::Unseen(Unseen::Failed.with(format!("no further thread: {error}")));
    }
    receiver.recv_timeout(patience).unwrap_or_else(|error| {
        Observed::Unseen(match error {
            RecvTimeoutError::Timeout => Unseen::TimedOut.into(),
            RecvTimeoutError::Disconnected => Unseen::Failed.into(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_is_not_waited_for() {
        assert_eq!(within(Duration::from_mins(1), || Observed::Seen(7)), Observed::Seen(7));
        let (keep, forever) = mpsc::channel::<()>();
        let hanging = within(Duration::from_millis(10), move || {
            let _ = forever.recv();
            Observed::Seen(7)
        });
        assert_eq!(hanging.unseen().map(|reason| reason.why), Some(Unseen::TimedOut));
        drop(keep);
        let broken = within(Duration::from_mins(1), || -> Observed<u8> { std::panic::resume_unwind(Box::new(())) });
        assert_eq!(broken.unseen().map(|reason| reason.why), Some(Unseen::Failed));
    }
}
