//! Asks the readers again and again without ever waiting for them without a deadline.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use super::readers::{silent, spawn};
use crate::error::{Error, ErrorKind, Result};
use crate::limits;
use crate::transport::{Readers, Slot};

/// Asks on one thread of its own, one question at a time. A service that hangs holds up that thread and no other: until
/// it comes back, every question has the answer [`ErrorKind::ServiceSilent`], and no further thread is started.
pub struct Asker {
    readers: Arc<dyn Readers>,
    line: Option<Line>,
}

/// The line to the thread.
struct Line {
    questions: Sender<Question>,
    answers: Receiver<Result<Vec<Slot>>>,
    /// A question was given up: its answer is still to come, and is of then.
    owed: bool,
}

enum Question {
    Look,
    Wait(Vec<Slot>, Duration),
}

impl Asker {
    /// Asks these readers. The thread starts with the first question and ends with the asker.
    pub fn new(readers: Arc<dyn Readers>) -> Self {
        Self { readers, line: None }
    }

    /// Every reader as it is now.
    ///
    /// # Errors
    /// Those of [`Readers::slots`], and [`ErrorKind::ServiceSilent`] after [`limits::SERVICE_PATIENCE`].
    pub fn slots(&mut self) -> Result<Vec<Slot>> {
        self.ask(Question::Look, limits::SERVICE_PATIENCE)
    }

    /// Waits until something differs from `seen` or the time is up, then gives every reader as it is then.
    ///
    /// # Errors
    /// As [`Asker::slots`], the service's patience counted from the end of the wait.
    pub fn wait(&mut self, seen: &[Slot], timeout: Duration) -> Result<Vec<Slot>> {
        self.ask(Question::Wait(seen.to_vec(), timeout), timeout.saturating_add(limits::SERVICE_PATIENCE))
    }

    fn ask(&mut self, question: Question, patience: Duration) -> Result<Vec<Slot>> {
        let mut line = match self.line.take() {
            Some(line) => line,
            None => Line::open(Arc::clone(&self.readers))?,
        };
        let answer = line.ask(question, patience);
        // a thread that ended has met a value that the wrapper does not know: the next question has another
        self.line = answer.is_some().then_some(line);
        answer
            .unwrap_or_else(|| Err(Error::new(ErrorKind::Pcsc, "the PC/SC wrapper met a value that it does not know")))
    }
}

impl Line {
    fn open(readers: Arc<dyn Readers>) -> Result<Self> {
        let (questions, asked) = mpsc::channel();
        let (answer, answers) = mpsc::channel();
        spawn(move || {
            for question in asked {
                let said = match question {
                    Question::Look => readers.slots(),
                    Question::Wait(seen, timeout) => readers.wait(&seen, timeout),
                };
                if answer.send(said).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { questions, answers, owed: false })
    }

    /// The answer, or nothing when the thread is gone.
    fn ask(&mut self, question: Question, patience: Duration) -> Option<Result<Vec<Slot>>> {
        if self.owed {
            match self.answers.recv_timeout(patience) {
                Ok(_) => self.owed = false,
                Err(RecvTimeoutError::Timeout) => return Some(Err(silent())),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        self.questions.send(question).ok()?;
        match self.answers.recv_timeout(patience) {
            Ok(answer) => Some(answer),
            Err(RecvTimeoutError::Timeout) => {
                self.owed = true;
                Some(Err(silent()))
            }
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::transport::{Exchange, Presence};

    /// Readers that hang while the gate is shut, and count who asks.
    #[derive(Default)]
    struct Hanging {
        gate: Mutex<()>,
        asked: AtomicUsize,
    }

    impl Readers for Hanging {
        fn slots(&self) -> Result<Vec<Slot>> {
            let number = self.asked.fetch_add(1, Ordering::SeqCst);
            let _passed = self.gate.lock().unwrap();
            Ok(vec![Slot::new(number.to_string(), Presence::Empty, 0)])
        }

        fn wait(&self, _seen: &[Slot], _timeout: Duration) -> Result<Vec<Slot>> {
            self.slots()
        }

        fn with_card(&self, _reader: &str, _work: &mut dyn FnMut(&mut dyn Exchange)) -> Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_service_that_hangs_is_asked_once_and_told_as_silent() {
        let readers = Arc::new(Hanging::default());
        let mut asker = Asker::new(Arc::clone(&readers) as Arc<dyn Readers>);
        assert_eq!(asker.slots().unwrap()[0].reader, "0");
        let shut = readers.gate.lock().unwrap();
        for _ in 0..2 {
            assert_eq!(asker.wait(&[], Duration::ZERO).unwrap_err().kind(), ErrorKind::ServiceSilent);
        }
        assert_eq!(readers.asked.load(Ordering::SeqCst), 2, "the second question waits for the first");
        drop(shut);
        assert_eq!(asker.slots().unwrap()[0].reader, "2", "the answer of then is not the answer of now");
    }
}
