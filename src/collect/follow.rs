//! What happens in the readers, one thing after the other, also across a PC/SC service that goes and comes back.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::Asker;
use crate::error::Failure;
use crate::limits;
use crate::transport::{Event, Readers, Slot, events};

/// Something that happened.
pub enum Happening {
    /// Between two looks at the readers: a removal always before the next insertion.
    Events(Vec<Event>),
    /// The service does not answer any more; told once.
    Lost(Failure),
    /// It answers again.
    Back,
}

/// The readers, as they were last seen.
pub struct Follow {
    /// Never waits for a service that hangs.
    readers: Asker,
    seen: Vec<Slot>,
    slice: Duration,
    state: State,
}

/// How the last look went.
enum State {
    /// There was none yet.
    Fresh,
    Well,
    /// It failed: the next one comes after this pause.
    Lost(Duration),
}

impl Follow {
    /// Follows these readers; a wait lasts no longer than `slice`.
    pub fn new(readers: Arc<dyn Readers>, slice: Duration) -> Self {
        Self { readers: Asker::new(readers), seen: Vec::new(), slice, state: State::Fresh }
    }

    /// What happened since the last call, possibly nothing. Waits for it, at most a slice.
    #[allow(clippy::should_implement_trait)] // it never ends
    pub fn next(&mut self) -> Vec<Happening> {
        self.next_within(self.slice)
    }

    /// The same, waiting at most so long.
    pub fn next_within(&mut self, slice: Duration) -> Vec<Happening> {
        let looked = match self.state {
            State::Fresh => self.readers.slots(),
            State::Well => self.readers.wait(&self.seen, slice),
            State::Lost(pause) => {
                thread::sleep(pause.min(slice));
                self.readers.slots()
            }
        };
        match looked {
            Ok(now) => {
                let back = matches!(self.state, State::Lost(_)).then_some(Happening::Back);
                self.state = State::Well;
                let happened = events(&self.seen, &now);
                self.seen = now;
                back.into_iter().chain((!happened.is_empty()).then_some(Happening::Events(happened))).collect()
            }
            Err(error) => {
                let (pause, told) = match self.state {
                    State::Lost(pause) => (pause.saturating_mul(2).min(limits::RETRY_LONGEST), true),
                    State::Fresh | State::Well => (limits::RETRY_SHORTEST, false),
                };
                self.state = State::Lost(pause);
                (!told).then(|| Happening::Lost(error.into())).into_iter().collect()
            }
        }
    }
}
