//! `cpx-check watch` as a process: its lines as they come, and what it uses of the machine.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

use serde_json::Value;

use super::{PATIENCE, Service, until};

/// The lines of `watch` as they come.
pub struct Watch {
    child: Child,
    pub lines: Receiver<Value>,
}

impl Watch {
    pub fn start(service: &Service, program: &str) -> Self {
        let arguments = ["watch", "--format", "json"];
        // one heap: how many there are else depends on how many threads happened to run at once
        let mut command = service.command(program);
        let mut child = command.args(arguments).env("MALLOC_ARENA_MAX", "1").stdout(Stdio::piped()).spawn().unwrap();
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
        let line = self.lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no {event}"));
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
        Usage { kilobytes: of("RssAnon:"), threads: of("Threads:"), descriptors }
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
    /// Memory of its own: the pages of its file come in as the parts of the program are first used.
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
