//! How a card is left when nobody waits for it any more: its answer is awaited, then the transaction ends.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::error::{Error, ErrorKind, Result};
use crate::iso7816::{Atr, Command};
use crate::limits;

use super::{Answer, Exchange, Protocol, Readers, Slot};

/// Ends what goes on with cards, and knows which ones are still open. Clones are the same one.
///
/// A process that ends inside a transaction has the card reset by the PC/SC service: whoever was logged in is thrown out.
///
/// ```
/// use std::sync::Arc;
/// use cpx_card::ErrorKind;
/// use cpx_simulator::{Personality, SimulatedReaders};
/// use cpx_card::internal::transport::{Readers, Stop, Stoppable};
///
/// let card = Personality::embedded("cps-medecin")?;
/// let readers = Arc::new(SimulatedReaders::new(vec![("Lecteur".into(), card)])?);
/// let stop = Stop::new();
/// let readers = Stoppable::new(readers, [stop.clone()]);
/// assert!(stop.leave(), "no card is open");
/// let refused = readers.with_card("Lecteur", &mut |_| unreachable!());
/// assert_eq!(refused.unwrap_err().kind(), ErrorKind::Cancelled);
/// # Ok::<(), cpx_card::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Stop {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    stopped: Option<Instant>,
    cards: Vec<Card>,
    next: u64,
}

/// A card that is being opened or is open.
#[derive(Debug)]
struct Card {
    number: u64,
    /// When its last exchange began; none before it is open: another program may have it.
    exchange: Option<Instant>,
}

impl Stop {
    /// Nothing is stopped yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on no card is opened and no command sent. What a card was asked before is still answered.
    pub fn stop(&self) {
        self.lock().stopped.get_or_insert_with(Instant::now);
        self.shared.changed.notify_all();
    }

    /// Whether it was stopped.
    pub fn is_stopped(&self) -> bool {
        self.lock().stopped.is_some()
    }

    /// Stops, and waits until every card is left: at most [`EXCHANGE_PATIENCE`](limits::EXCHANGE_PATIENCE) from the last command on,
    /// and [`TURN_PATIENCE`](limits::TURN_PATIENCE) for a card that another program has. Whether all of them were left.
    pub fn leave(&self) -> bool {
        self.stop();
        let mut state = self.lock();
        loop {
            if state.cards.is_empty() {
                return true;
            }
            let stopped = state.stopped.unwrap_or_else(Instant::now);
            let left = state.cards.iter().map(|card| card.patience_left(stopped)).max().unwrap_or_default();
            if left.is_zero() {
                return false;
            }
            state = self.shared.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// A card is being opened, until what comes back is dropped.
    fn enter(&self) -> Result<Entered> {
        let mut state = self.lock();
        if state.stopped.is_some() {
            return Err(stopped());
        }
        let number = state.next;
        state.next = number.wrapping_add(1);
        state.cards.push(Card { number, exchange: None });
        Ok(Entered { stop: self.clone(), number })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Card {
    fn patience_left(&self, stopped: Instant) -> Duration {
        match self.exchange {
            None => limits::TURN_PATIENCE.saturating_sub(stopped.elapsed()),
            Some(began) => limits::EXCHANGE_PATIENCE.saturating_sub(began.elapsed()),
        }
    }
}

fn stopped() -> Error {
    Error::new(ErrorKind::Cancelled, "nobody waits for it any more")
}

/// A card that is being opened or is open, until this is dropped.
struct Entered {
    stop: Stop,
    number: u64,
}

impl Entered {
    /// The card is about to be sent a command, unless that was stopped.
    fn go_on(&self) -> Result<()> {
        let mut state = self.stop.lock();
        if let Some(card) = state.cards.iter_mut().find(|card| card.number == self.number) {
            card.exchange = Some(Instant::now());
        }
        if state.stopped.is_some() { Err(stopped()) } else { Ok(()) }
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        self.stop.lock().cards.retain(|card| card.number != self.number);
        self.stop.shared.changed.notify_all();
    }
}

/// Readers whose cards are left as they are as soon as one of these is stopped.
pub struct Stoppable {
    readers: Arc<dyn Readers>,
    stops: Vec<Stop>,
}

impl Stoppable {
    /// The same readers, until one of these is stopped.
    pub fn new(readers: Arc<dyn Readers>, stops: impl Into<Vec<Stop>>) -> Self {
        Self { readers, stops: stops.into() }
    }

    fn is_stopped(&self) -> bool {
        self.stops.iter().any(Stop::is_stopped)
    }
}

impl Readers for Stoppable {
    fn slots(&self) -> Result<Vec<Slot>> {
        if self.is_stopped() { Err(stopped()) } else { self.readers.slots() }
    }

    fn wait(&self, seen: &[Slot], timeout: Duration) -> Result<Vec<Slot>> {
        if self.is_stopped() { Err(stopped()) } else { self.readers.wait(seen, timeout) }
    }

    fn interrupt(&self) {
        self.readers.interrupt();
    }

    fn with_card(&self, reader: &str, work: &mut dyn FnMut(&mut dyn Exchange)) -> Result<()> {
        // until the transaction has ended
        let entered = self.stops.iter().map(Stop::enter).collect::<Result<Vec<_>>>()?;
        let mut refused = None;
        self.readers.with_card(reader, &mut |link| match go_on(&entered) {
            Ok(()) => work(&mut StoppableLink { link, entered: &entered }),
            Err(error) => refused = Some(error),
        })?;
        refused.map_or(Ok(()), Err)
    }
}

fn go_on(entered: &[Entered]) -> Result<()> {
    entered.iter().try_for_each(Entered::go_on)
}

/// A card that is sent nothing any more once that was stopped.
struct StoppableLink<'a> {
    link: &'a mut dyn Exchange,
    entered: &'a [Entered],
}

impl Exchange for StoppableLink<'_> {
    fn atr(&self) -> &Atr {
        self.link.atr()
    }

    fn protocol(&self) -> Protocol {
        self.link.protocol()
    }

    fn transmit(&mut self, command: &Command) -> Result<Answer> {
        go_on(self.entered)?;
        self.link.transmit(command)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;

    use super::*;
    use crate::transport::Presence;

    /// A card that says when it is asked, and whose answers come when they are given.
    struct Slow(Mutex<(mpsc::Sender<()>, mpsc::Receiver<()>)>);

    impl Readers for Slow {
        fn slots(&self) -> Result<Vec<Slot>> {
            Ok(vec![Slot::new("A", Presence::Empty, 0)])
        }

        fn wait(&self, _seen: &[Slot], _timeout: Duration) -> Result<Vec<Slot>> {
            self.slots()
        }

        fn with_card(&self, _reader: &str, work: &mut dyn FnMut(&mut dyn Exchange)) -> Result<()> {
            let line = self.0.lock().unwrap();
            work(&mut SlowLink { atr: Atr::new(&[0x3B, 0x00]).unwrap(), line: &line });
            Ok(())
        }
    }

    struct SlowLink<'a> {
        atr: Atr,
        line: &'a (mpsc::Sender<()>, mpsc::Receiver<()>),
    }

    impl Exchange for SlowLink<'_> {
        fn atr(&self) -> &Atr {
            &self.atr
        }

        fn protocol(&self) -> Protocol {
            Protocol::T0
        }

        fn transmit(&mut self, _command: &Command) -> Result<Answer> {
            self.line.0.send(()).unwrap();
            self.line.1.recv().unwrap();
            Answer::from_bytes(&[0x90, 0x00])
        }
    }

    #[test]
    fn leaving_awaits_the_answer_and_nothing_further_is_sent() {
        let (answer, answers) = mpsc::channel();
        let (stop, other) = (Stop::new(), Stop::new());
        let (asks, asked) = mpsc::channel();
        let readers = Stoppable::new(Arc::new(Slow(Mutex::new((asks, answers)))), [stop.clone(), other.clone()]);
        let reading = thread::spawn(move || {
            let mut outcomes = Vec::new();
            let command = Command::recognise(&[0x00, 0xB0, 0x00, 0x00, 0xE7]).unwrap();
            let opened = readers.with_card("A", &mut |link| {
                assert_eq!((link.atr().bytes().len(), link.protocol()), (2, Protocol::T0));
                for _ in 0..2 {
                    outcomes.push(link.transmit(&command).is_ok());
                }
            });
            assert_eq!(readers.slots().unwrap_err().kind(), ErrorKind::Cancelled);
            assert_eq!(readers.wait(&[], Duration::ZERO).unwrap_err().kind(), ErrorKind::Cancelled);
            (opened.is_ok(), outcomes)
        });
        asked.recv().unwrap();
        let leaving = {
            let stop = stop.clone();
            thread::spawn(move || stop.leave())
        };
        while !stop.is_stopped() {
            thread::yield_now();
        }
        assert!(!leaving.is_finished(), "the card has not answered");
        answer.send(()).unwrap();
        assert!(leaving.join().unwrap());
        assert_eq!(reading.join().unwrap(), (true, vec![true, false]));
        assert!(!other.is_stopped() && other.leave(), "no card is open");
    }
}
