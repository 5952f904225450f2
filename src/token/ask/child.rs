//! The process that asks one module: what it does from its first line to its last.
//!
//! It has the standard output to tell on, and the standard input to know by its end that nobody listens any more.

use std::ffi::OsString;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use zeroize::Zeroizing;

use super::super::facts::Ending;
use super::super::proof::ProofRequest;
use super::dialogue::Wanted;
use super::message::Message;
use super::{PROVE, SUBCOMMAND, dialogue, proof_dialogue};
use crate::limits;

/// Asks a module, when that is what this process was started for; else nothing happens. To be called first of all by the
/// program that [`Asker::with_program`](super::Asker::with_program) names.
pub fn serve_if_asked() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    (arguments.next()? == SUBCOMMAND).then(|| serve(arguments))
}

fn serve(mut arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let (Some(what), Some(path)) = (arguments.next(), arguments.next()) else { return ExitCode::FAILURE };
    leave_no_core();
    bound_memory();
    let (Ok(mut told), Ok(mut listener)) = (own_output(), own_input()) else { return ExitCode::FAILURE };
    let mut tell = move |message: Message| {
        // one write for each record: a module that prints at the same time does not come between
        if told.write_all(&message.record()).is_err() {
            NOBODY_LISTENS.store(true, Ordering::Release);
        }
    };
    tell(Message::Hello);
    let path = Path::new(&path);
    if let Some(wanted) = Wanted::of(&what) {
        match end_with(listener) {
            Ok(()) => dialogue::ask(path, wanted, &mut tell),
            Err(error) => tell(Message::End(Ending::NotAsked { detail: error.to_string() })),
        }
    } else if what == PROVE {
        let Some((request, code)) = read_request(&mut listener) else { return ExitCode::FAILURE };
        match end_with(listener) {
            Ok(()) => proof_dialogue::prove(path, &request, &code, &mut tell),
            Err(error) => tell(Message::End(Ending::NotAsked { detail: error.to_string() })),
        }
    } else {
        tell(Message::End(Ending::NotAsked { detail: "another version of the program asks".into() }));
    }
    if is_over() {
        // whoever would do it is gone
        end_group();
    }
    ExitCode::SUCCESS
}

/// Whether the one that started this process has given up, or is gone.
static NOBODY_LISTENS: AtomicBool = AtomicBool::new(false);

/// Whether the module is asked nothing more: it is to be finalised, so that it leaves its card as it was.
pub(super) fn is_over() -> bool {
    NOBODY_LISTENS.load(Ordering::Acquire)
}

/// Ends this process when the one that started it is gone: the call that is going on may come back first, since the module may
/// be in the middle of a transaction.
fn end_with(mut listener: File) -> std::io::Result<()> {
    let ending = std::thread::Builder::new().spawn(move || {
        let mut byte = [0];
        while listener.read(&mut byte).is_ok_and(|read| read > 0) {}
        NOBODY_LISTENS.store(true, Ordering::Release);
        std::thread::sleep(limits::MODULE_LEAVE);
        end_group();
        std::process::abort();
    });
    ending.map(drop)
}

/// A request, and the code behind it: a length in two bytes (big-endian) and JSON, then a length in one byte and the code.
/// Read without a buffer of the library, which would keep the code.
fn read_request(input: &mut File) -> Option<(ProofRequest, Zeroizing<Vec<u8>>)> {
    let mut length = [0; 2];
    input.read_exact(&mut length).ok()?;
    let mut request = vec![0; usize::from(u16::from_be_bytes(length))];
    input.read_exact(&mut request).ok()?;
    let request = serde_json::from_slice(&request).ok()?;
    let mut length = [0];
    input.read_exact(&mut length).ok()?;
    let mut code = Zeroizing::new(vec![0; usize::from(length[0]).min(limits::CODE_BYTES)]);
    input.read_exact(&mut code).ok()?;
    Some((request, code))
}

/// The standard output under a number of its own: a module that closes the usual one takes nothing away.
#[cfg(unix)]
fn own_output() -> std::io::Result<File> {
    use std::os::fd::AsFd as _;
    std::io::stdout().as_fd().try_clone_to_owned().map(File::from)
}

#[cfg(unix)]
fn own_input() -> std::io::Result<File> {
    use std::os::fd::AsFd as _;
    std::io::stdin().as_fd().try_clone_to_owned().map(File::from)
}

#[cfg(windows)]
fn own_output() -> std::io::Result<File> {
    use std::os::windows::io::AsHandle as _;
    std::io::stdout().as_handle().try_clone_to_owned().map(File::from)
}

#[cfg(windows)]
fn own_input() -> std::io::Result<File> {
    use std::os::windows::io::AsHandle as _;
    std::io::stdin().as_handle().try_clone_to_owned().map(File::from)
}

/// A crash of the module leaves no picture of the memory behind, where a code may be.
#[cfg(unix)]
fn leave_no_core() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

#[cfg(not(unix))]
fn leave_no_core() {}

/// What the module has started ends with this process, where that heads a group of its own.
#[cfg(unix)]
fn end_group() {
    use rustix::process::{Signal, getpgrp, getpid, kill_current_process_group};
    if getpgrp() == getpid() {
        let _ = kill_current_process_group(Signal::KILL);
    }
}

#[cfg(not(unix))]
fn end_group() {}

/// A module that takes memory without end fails by itself, before the workstation does.
#[cfg(target_os = "linux")]
fn bound_memory() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    // what the bound counts, that of a sanitizer among it, in units of 1,024 bytes (proc_pid_status(5))
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let taken =
        status.lines().find_map(|line| line.strip_prefix("VmData:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    let Some(taken) = taken else { return };
    let bound = taken.saturating_mul(1024).saturating_add(limits::MODULE_MEMORY_BYTES);
    let maximum = getrlimit(Resource::Data).maximum;
    let bound = maximum.map_or(bound, |maximum| maximum.min(bound));
    let _ = setrlimit(Resource::Data, Rlimit { current: Some(bound), maximum });
}

#[cfg(not(target_os = "linux"))]
fn bound_memory() {}
