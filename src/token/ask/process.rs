//! A process of our own that asks a module, and what is heard of it.

use std::ffi::OsStr;
use std::io::{self, Read as _};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use super::message::{Message, Records};
use super::{SUBCOMMAND, environment};
use crate::workstation::Family;

/// Things heard that wait to be taken.
pub(super) const QUEUE: usize = 64;

/// What comes from the process that asks.
pub(super) enum Heard {
    Message(Box<Message>),
    /// So many bytes of noise by now.
    Noise(u64),
}

/// A process that asks a module. Neither it nor what the module starts outlives its owner.
pub(super) struct Process {
    family: Family,
    /// Its end tells the process that nobody listens any more.
    pub(super) input: Option<ChildStdin>,
}

impl Process {
    /// Starts it, and begins to hear what it tells.
    pub(super) fn start(program: &Path, arguments: &[&OsStr]) -> io::Result<(Self, Receiver<Heard>)> {
        let mut command = Command::new(program);
        command.arg(SUBCOMMAND).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        environment::clean(&mut command);
        if cfg!(unix) {
            command.current_dir("/");
        }
        let mut family = Family::start(&mut command)?;
        let child = family.channels();
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let heard = hear(output)?;
        Ok((Self { family, input: Some(input) }, heard))
    }

    /// How it ended, when it does within this time.
    pub(super) fn wait(&mut self, within: Duration) -> Option<ExitStatus> {
        self.family.wait(within)
    }

    /// Nobody listens any more: the module is let finish what it is at, then ends.
    pub(super) fn leave(&mut self, within: Duration) {
        self.input = None;
        self.family.wait(within);
    }

    pub(super) fn end(&mut self) {
        self.family.end();
    }
}

/// Hears what a process tells, in a thread of its own: the line may stay open after the process.
fn hear(mut output: ChildStdout) -> io::Result<Receiver<Heard>> {
    let (sender, receiver) = sync_channel(QUEUE);
    let hearing = std::thread::Builder::new().spawn(move || {
        let mut records = Records::default();
        let mut buffer = [0; 8192];
        while let Ok(read @ 1..) = output.read(&mut buffer) {
            let before = records.noise;
            let messages = records.read(buffer.get(..read).unwrap_or_default());
            let noise = (records.noise > before).then_some(Heard::Noise(records.noise));
            let heard = messages.into_iter().map(|message| Heard::Message(Box::new(message))).chain(noise);
            if !all_sent(&sender, heard) {
                break;
            }
        }
    });
    hearing.map(|_| receiver)
}

fn all_sent(sender: &SyncSender<Heard>, heard: impl Iterator<Item = Heard>) -> bool {
    heard.map(|said| sender.send(said)).all(|sent| sent.is_ok())
}

/// The signal that ended a process.
#[cfg(unix)]
pub(super) fn crash(status: ExitStatus) -> Option<u32> {
    std::os::unix::process::ExitStatusExt::signal(&status).map(i32::unsigned_abs)
}

/// The exception that ended a process: codes of this kind begin with C.
#[cfg(not(unix))]
pub(super) fn crash(status: ExitStatus) -> Option<u32> {
    status.code().map(i32::cast_unsigned).filter(|code| *code >= 0xC000_0000)
}
