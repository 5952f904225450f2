//! A virtual card that counts what is done to it, comes and goes at once, and can leave at a chosen moment.
#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use cpx_simulator::{Personality, VirtualCard};

use super::until;

/// Pause between two looks whether a card that is held is let go.
const HELD_PAUSE: Duration = Duration::from_millis(5);

/// What was done to a card since it was made, also while it was in no reader.
#[derive(Default)]
pub struct Counts {
    pub powered: AtomicUsize,
    pub powered_off: AtomicUsize,
    /// Warm resets: somebody reset the card for everyone.
    pub resets: AtomicUsize,
    pub commands: AtomicUsize,
    /// READ BINARY, part of the commands.
    pub reads: AtomicUsize,
}

/// When a card leaves by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Leaves {
    Never,
    /// Instead of answering this READ BINARY.
    AtRead(usize),
    /// Instead of being powered, once `armed`.
    WhenPowered,
}

/// A card, in a reader or not.
pub struct CountedCard {
    card: Mutex<VirtualCard>,
    pub counts: Counts,
    /// What each command takes.
    pause: Duration,
    leaves: Leaves,
    pub armed: AtomicBool,
    /// The command from which on it does not answer, until it is let go.
    held_from: AtomicUsize,
}

impl CountedCard {
    pub fn new(name: &str) -> Arc<Self> {
        Self::with(name, Duration::ZERO, Leaves::Never)
    }

    pub fn with(name: &str, pause: Duration, leaves: Leaves) -> Arc<Self> {
        let card = Mutex::new(VirtualCard::new(Personality::embedded(name).unwrap()).unwrap());
        let (armed, held_from) = (AtomicBool::new(false), AtomicUsize::new(usize::MAX));
        Arc::new(Self { card, counts: Counts::default(), pause, leaves, armed, held_from })
    }

    pub fn look(&self) -> MutexGuard<'_, VirtualCard> {
        self.card.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn commands(&self) -> usize {
        self.counts.commands.load(Ordering::SeqCst)
    }

    pub fn resets(&self) -> usize {
        self.counts.resets.load(Ordering::SeqCst)
    }

    pub fn powered(&self) -> usize {
        self.counts.powered.load(Ordering::SeqCst)
    }

    /// Answers so many further commands less one: the last one waits until the card is let go.
    pub fn hold_at(&self, further: usize) {
        self.held_from.store(self.commands() + further, Ordering::SeqCst);
    }

    fn is_held(&self) -> bool {
        self.commands() >= self.held_from.load(Ordering::SeqCst)
    }

    /// Waits until a command waits for its answer.
    pub fn until_held(&self) {
        until("the card is talked to", || self.is_held());
    }

    /// The same, unless this ends first. Whether a command waits for its answer.
    pub fn is_held_before(&self, mut ended: impl FnMut() -> bool) -> bool {
        until("the card is talked to, or the talk is over", || self.is_held() || ended());
        self.is_held()
    }

    /// Answers again.
    pub fn let_go(&self) {
        self.held_from.store(usize::MAX, Ordering::SeqCst);
    }

    /// Puts it in the reader behind this port. Dropping what is returned takes it out at once.
    pub fn put_in(self: &Arc<Self>, port: u16) -> PutIn {
        let line = TcpStream::connect(("127.0.0.1", port)).unwrap();
        line.set_nodelay(true).unwrap();
        let (card, served) = (Arc::clone(self), line.try_clone().unwrap());
        PutIn { line, thread: Some(std::thread::spawn(move || card.serve(served))) }
    }

    /// Until the line ends, from either side.
    fn serve(&self, mut line: TcpStream) {
        let mut length = [0; 2];
        while line.read_exact(&mut length).is_ok() {
            let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
            if line.read_exact(&mut message).is_err() {
                break;
            }
            let Some(answer) = self.answer(&message) else { break };
            let length = u16::try_from(answer.len()).unwrap().to_be_bytes();
            if !answer.is_empty() && line.write_all(&[&length[..], &answer].concat()).is_err() {
                break;
            }
            // counted once the answer is on its way: from then on the card may leave
            if message == [4] {
                self.counts.powered.fetch_add(1, Ordering::SeqCst);
            }
        }
        let _ = line.shutdown(Shutdown::Both);
    }

    /// Nothing when the card leaves.
    fn answer(&self, message: &[u8]) -> Option<Vec<u8>> {
        let count = |counter: &AtomicUsize| counter.fetch_add(1, Ordering::SeqCst) + 1;
        match message {
            [4] => Some(self.look().atr().unwrap().to_vec()),
            [control] => {
                self.look().reset();
                match control {
                    0 => count(&self.counts.powered_off),
                    2 => count(&self.counts.resets),
                    _ => 0,
                };
                let leaves = self.leaves == Leaves::WhenPowered && self.armed.load(Ordering::SeqCst) && *control != 0;
                (!leaves).then(Vec::new)
            }
            command => {
                let number = count(&self.counts.commands);
                std::thread::sleep(self.pause);
                while number >= self.held_from.load(Ordering::SeqCst) {
                    std::thread::sleep(HELD_PAUSE);
                }
                let read = if command.get(1) == Some(&0xB0) { count(&self.counts.reads) } else { 0 };
                (read == 0 || self.leaves != Leaves::AtRead(read)).then(|| self.look().answer(command))
            }
        }
    }
}

/// A card in a reader.
pub struct PutIn {
    line: TcpStream,
    thread: Option<JoinHandle<()>>,
}

impl Drop for PutIn {
    fn drop(&mut self) {
        let _ = self.line.shutdown(Shutdown::Both);
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking(), "the card's thread");
        }
    }
}
