//! The example program that holds a card, as another user of it.
#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Write as _};
use std::process::{Child, ChildStdout, Stdio};

use super::{Service, example};

/// Starts it, and waits until it holds the card in this reader.
pub fn holder(service: &Service, mode: &str, what: &str) -> Holder {
    let mut child = service
        .command(example("hold_card").to_str().unwrap())
        .args([mode, what])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    assert!(line.starts_with("held"), "{line}");
    Holder { child, said }
}

pub struct Holder {
    child: Child,
    said: BufReader<ChildStdout>,
}

impl Holder {
    /// Lets it go on, and gives what it says at the end.
    pub fn release(mut self) -> String {
        let _ = self.child.stdin.take().unwrap().write_all(b"\n");
        let mut line = String::new();
        self.said.read_line(&mut line).unwrap();
        self.child.wait().unwrap();
        line
    }
}
