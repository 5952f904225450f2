//! Programs that end while a card thinks, and a second connection that sees whether the card was reset.
#![allow(clippy::unwrap_used)]

use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use super::card::{CountedCard, PutIn};
use super::holder::{Holder, holder};
use super::{Service, processes, until};

/// What ends a program that may still do something about it.
pub const SIGNALS: [Signal; 3] = [Signal::INT, Signal::TERM, Signal::HUP];

/// How long a signal is given to be heard.
const HEARD: Duration = Duration::from_millis(60);

/// A card in the first reader, and another program that is connected to it.
pub struct Shared<'a> {
    pub service: &'a Service,
    pub card: Arc<CountedCard>,
    name: String,
    other: Option<Holder>,
    put_in: Option<PutIn>,
}

impl<'a> Shared<'a> {
    pub fn new(service: &'a Service, name: &str) -> Self {
        let card = CountedCard::new(name);
        let put_in = service.put_in_until_seen(|| card.put_in(service.port()));
        let other = holder(service, "shared", "CPX 00 00");
        Self { service, card, name: name.to_owned(), other: Some(other), put_in: Some(put_in) }
    }

    /// How many commands this sends to the card.
    pub fn exchanges(&self, program: &str, arguments: &[&str]) -> usize {
        let before = self.card.commands();
        self.service.run(program, arguments);
        self.card.commands() - before
    }

    /// Starts the program, and waits until its command of this number waits for its answer.
    pub fn started_and_held(&self, mut command: Command, exchange: usize) -> Child {
        self.card.hold_at(exchange);
        command.process_group(0).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().unwrap();
        self.card.until_held();
        child
    }

    /// Ends the program by this signal while it waits for the answer of this number: it awaits the answer, sends nothing more
    /// and ends.
    pub fn ended_at(&self, program: &str, arguments: &[&str], exchange: usize, signal: Signal) -> ExitStatus {
        let told = format!("{}, {arguments:?}, exchange {exchange}, {signal:?}", self.name);
        let before = self.card.commands();
        let mut command = self.service.command(program);
        command.args(arguments);
        let mut child = self.started_and_held(command, exchange);
        kill_process(Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap(), signal).unwrap();
        std::thread::sleep(HEARD);
        assert_eq!(child.try_wait().unwrap(), None, "{told}: it ended before the card answered");
        self.card.let_go();
        let status = processes::finish(&mut child).0;
        assert_eq!(self.card.commands() - before, exchange, "{told}: it was sent more");
        status
    }

    /// The same, and the program ends by the signal.
    pub fn ends_by_signal(&self, program: &str, arguments: &[&str], exchange: usize, signal: Signal) {
        let status = self.ended_at(program, arguments, exchange, signal);
        assert_eq!(status.signal(), Some(signal.as_raw()), "{}, {arguments:?}: {status}", self.name);
    }

    /// What the other program saw of all that.
    pub fn other_saw(&mut self) -> String {
        self.other.take().unwrap().release()
    }

    /// Nobody reset the card.
    pub fn assert_left(mut self) {
        assert_eq!(self.other_saw(), "the card is as it was\n", "{}", self.name);
        assert_eq!(self.card.resets(), 0, "{}", self.name);
        self.take_out();
    }

    /// Takes the card out, and waits until the service has seen that.
    pub fn take_out(mut self) {
        drop(self.put_in.take());
        let service = self.service;
        until("the reader is empty", || {
            let listed = service.run("opensc-tool", ["--list-readers"]);
            !String::from_utf8_lossy(&listed.stdout).contains("Yes")
        });
    }
}
