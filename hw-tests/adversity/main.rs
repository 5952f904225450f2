//! The program where everything around it fails: modules, files, disks, homes, channels.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod channels;
mod disks;
mod homes;
mod lack;
mod modules;
mod swapped;
mod tools;

use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use support::processes;

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");

/// Memory that the program may take, in kB: an unoptimised build that asks sixteen modules takes some 30 MB.
const MEMORY: u64 = 160 * 1024;

/// Some count what this process has, or which processes modules left behind: nothing else runs meanwhile.
static MEANWHILE: RwLock<()> = RwLock::new(());

fn alone() -> RwLockWriteGuard<'static, ()> {
    MEANWHILE.write().unwrap_or_else(PoisonError::into_inner)
}

/// What this process has of the system's.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Kept {
    files: usize,
    threads: usize,
    processes: usize,
}

impl Kept {
    fn now() -> Self {
        let me = std::process::id();
        Self { files: processes::open_files(me), threads: own_threads(), processes: processes::family(me).len() }
    }

    fn is_no_more_than(self, before: Self) -> bool {
        self.files <= before.files && self.threads <= before.threads && self.processes <= before.processes
    }
}

/// The threads of this process without those in which the harness has begun other tests, which wait for their turn: these
/// are named by their tests.
fn own_threads() -> usize {
    let own = std::fs::read_to_string("/proc/thread-self/comm").unwrap();
    let threads = std::fs::read_dir("/proc/self/task").unwrap();
    let names = threads.filter_map(|thread| std::fs::read_to_string(thread.ok()?.path().join("comm")).ok());
    names.filter(|name| *name == own || !name.contains("::")).count()
}

fn with_others() -> RwLockReadGuard<'static, ()> {
    MEANWHILE.read().unwrap_or_else(PoisonError::into_inner)
}

/// The program, with no PC/SC service and a French user.
fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm").env("LC_ALL", "fr_FR.UTF-8");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Does this with each, some at the same time: the program waits more than it works.
fn each<T: Send>(all: impl IntoIterator<Item = T>, work: impl Fn(T) + Sync) {
    let left = Mutex::new(all.into_iter().collect::<Vec<_>>());
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                while let Some(one) = { left.lock().unwrap_or_else(PoisonError::into_inner).pop() } {
                    work(one);
                }
            });
        }
    });
}

/// Runs it to its end, which has to come, within its memory.
fn run(command: &mut Command) -> Output {
    finish(command.spawn().unwrap())
}

fn finish(child: Child) -> Output {
    let (output, memory) = processes::output(child);
    assert!(memory < MEMORY, "{memory} kB");
    no_panic(&output);
    output
}

/// A panic, and a signal, are bugs whatever happens.
fn no_panic(output: &Output) {
    let said = support::said(output);
    assert!(output.status.code().is_some(), "{}: {said}", output.status);
    assert!(!said.contains("src/") && !said.contains("panicked"), "{said}");
}
