//! `cpx-check watch` as a process: its lines as they come, and what it uses of the machine.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;

use super::{Service, until};

/// The lines of `watch` as they come.
pub struct Watch {
    child: Child,
    pub lines: Receiver<Value>,
}

impl Watch {
    pub fn start(service: &Service, program: &str) -> Self {
        let arguments = ["watch", "--format", "json"];
        let mut child = service.command(program).args(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in said.lines().map_while(Result::ok) {
                let _ = sender.send(serde_json::from_str(&line).unwrap());
            }
        });
        Self { child, lines }
    }

    /// The next line, which tells this.
    pub fn next(&self, event: &str) -> Value {
        let line = self.lines.recv_timeout(Duration::from_mins(1)).unwrap_or_else(|_| panic!("no {event}"));
        assert_eq!(line["event"], event, "{line}");
        line
    }

    /// Stops the process in its tracks, or lets it go on.
    pub fn freeze(&self, frozen: bool) {
        signal(&self.child, if frozen { "-STOP" } else { "-CONT" });
    }

    /// What it uses now.
    pub fn usage(&self) -> Usage {
        let place = format!("/proc/{}", self.child.id());
        let status = std::fs::read_to_string(format!("{place}/status")).unwrap();
        let of = |key: &str| -> usize {
            let line = status.lines().find_map(|line| line.strip_prefix(key)).unwrap();
            line.split_whitespace().next().unwrap().parse().unwrap()
        };
        let descriptors = std::fs::read_dir(format!("{place}/fd")).unwrap().count();
        Usage { kilobytes: of("VmRSS:"), threads: of("Threads:"), descriptors }
    }

    /// What it uses once its threads and descriptors are these; in vain after a while.
    pub fn usage_like(&self, before: Usage) -> Usage {
        until("threads and descriptors are as they were", || {
            let now = self.usage();
            now.threads <= before.threads && now.descriptors <= before.descriptors
        });
        self.usage()
    }
}

/// What a process uses.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    pub kilobytes: usize,
    pub threads: usize,
    pub descriptors: usize,
}

/// Sends a signal to a process of one's own.
pub fn signal(child: &Child, signal: &str) {
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
