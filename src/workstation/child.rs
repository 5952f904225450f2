//! A tool of the system that is asked one thing: at its known places only, in a clean environment, for a bounded time
//! and a bounded answer. No shell, no search path.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::{Family, Reason, Unseen};
use crate::limits;

/// What a tool said.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Said {
    /// Whether it ended with 0.
    pub success: bool,
    /// What was listened to, at most [`TOOL_BYTES`](limits::TOOL_BYTES).
    pub output: Vec<u8>,
}

impl Said {
    /// The same as text, what is not UTF-8 replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.output).into_owned()
    }
}

/// To what of a tool is listened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Channel {
    Output,
    /// Some tools say on their channel for errors what they were asked for.
    Errors,
}

/// Runs the tool at this absolute path and waits for it, at most so long. It is killed with all that it started when it
/// is late or says too much.
///
/// # Errors
/// [`Unseen::Absent`] and [`Unseen::NoRights`] when it cannot be started, [`Unseen::TimedOut`], [`Unseen::TooLarge`],
/// [`Unseen::Failed`] otherwise.
pub(super) fn run(program: &Path, arguments: &[&str], patience: Duration, channel: Channel) -> Result<Said, Reason> {
    run_command(program, command(program, arguments, channel), patience)
}

fn run_command(program: &Path, mut command: Command, patience: Duration) -> Result<Said, Reason> {
    let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let began = Instant::now();
    let started = Family::start(&mut command);
    let mut family = started.map_err(|error| Unseen::from(&error).with(name.clone()))?;
    let outcome = listen(family.channels(), patience).and_then(|output| {
        let status = family.wait(patience.saturating_sub(began.elapsed())).ok_or(Unseen::TimedOut)?;
        Ok(Said { success: status.success(), output })
    });
    outcome.map_err(|why| why.with(name))
}

/// Runs a program of ours in a process of its own, as [`run`] runs a tool, but in the environment of this process: the
/// libraries that it starts with are found there.
///
/// # Errors
/// As [`run`]; [`Unseen::Failed`] when it did not end with 0.
#[cfg(feature = "online")]
pub(crate) fn run_own_program(program: &Path, arguments: &[&str], patience: Duration) -> Result<Said, Reason> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    end_with_us(&mut command);
    let said = run_command(program, command, patience)?;
    if said.success { Ok(said) } else { Err(Unseen::Failed.into()) }
}

fn command(program: &Path, arguments: &[&str], channel: Channel) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).env_clear().env("LC_ALL", "C").stdin(Stdio::null());
    match channel {
        Channel::Output => command.stdout(Stdio::piped()).stderr(Stdio::null()),
        Channel::Errors => command.stdout(Stdio::null()).stderr(Stdio::piped()),
    };
    // macOS finds the user's settings by `HOME`; without `SystemRoot` no program of Windows starts.
    for kept in ["HOME", "SystemRoot"] {
        if let Some(value) = std::env::var_os(kept) {
            command.env(kept, value);
        }
    }
    if cfg!(unix) {
        command.env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin").current_dir("/");
    }
    end_with_us(&mut command);
    command
}

/// A tool that hangs does not stay behind when this program is killed: it has a group of its own, which a Ctrl-C at the
/// terminal does not reach.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
fn end_with_us(command: &mut Command) {
    use rustix::process::{Signal, set_parent_process_death_signal};
    let ask = || Ok(set_parent_process_death_signal(Some(Signal::KILL))?);
    // SAFETY: between fork and exec only what is safe in a handler of signals may be called: this is one system call, which
    // allocates nothing and takes no lock
    unsafe { std::os::unix::process::CommandExt::pre_exec(command, ask) };
}

#[cfg(not(target_os = "linux"))]
fn end_with_us(_: &mut Command) {}

/// The child gets its channels and no other file that this process, or the application it is part of, has open.
#[cfg(unix)]
#[allow(unsafe_code)]
pub(super) fn inherit_no_file(command: &mut Command) {
    use rustix::io::{FdFlags, fcntl_setfd};
    use std::os::fd::{BorrowedFd, RawFd};
    /// Numbers that are looked at though nothing had them: another thread may open a file before the fork.
    const NEXT: RawFd = 1024;
    let number = |entry: std::io::Result<std::fs::DirEntry>| entry.ok()?.file_name().to_str()?.parse::<RawFd>().ok();
    let open: Vec<RawFd> = std::fs::read_dir("/dev/fd").into_iter().flatten().filter_map(number).collect();
    let close = move || {
        for number in (3..NEXT).chain(open.iter().copied().filter(|number| *number >= NEXT)) {
            // SAFETY: the number is only asked about, and given a flag where it is that of an open file
            let file = unsafe { BorrowedFd::borrow_raw(number) };
            let _ = fcntl_setfd(file, FdFlags::CLOEXEC);
        }
        Ok(())
    };
    // SAFETY: between fork and exec only what is safe in a handler of signals may be called: these are system calls, which
    // allocate nothing and take no lock
    unsafe { std::os::unix::process::CommandExt::pre_exec(command, close) };
}

/// Handles of Windows are inherited where who opened them said so; the standard library cannot refuse them.
#[cfg(not(unix))]
pub(super) fn inherit_no_file(_: &mut Command) {}

/// All that the child says. Whoever inherited its output may hold it open for ever: then this ends, and the thread that
/// reads ends with the family.
fn listen(child: &mut Child, patience: Duration) -> Result<Vec<u8>, Unseen> {
    let output = child.stdout.take().map(|pipe| Box::new(pipe) as Box<dyn Read + Send>);
    let errors = || child.stderr.take().map(|pipe| Box::new(pipe) as Box<dyn Read + Send>);
    let listened = output.or_else(errors).ok_or(Unseen::Failed)?;
    let (sender, receiver) = mpsc::sync_channel(1);
    let bound = u64::try_from(limits::TOOL_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let hear = move || {
        let mut bytes = Vec::new();
        let read = listened.take(bound).read_to_end(&mut bytes);
        let _ = sender.send(read.map(|_| bytes));
    };
    std::thread::Builder::new().name("tool".into()).spawn(hear).map_err(|_| Unseen::Failed)?;
    let bytes = match receiver.recv_timeout(patience) {
        Ok(read) => read.map_err(|_| Unseen::Failed)?,
        Err(_) => return Err(Unseen::TimedOut),
    };
    if bytes.len() > limits::TOOL_BYTES { Err(Unseen::TooLarge) } else { Ok(bytes) }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const SHELL: &str = "/bin/sh";

    fn asked(script: &str, milliseconds: u64) -> Result<Said, Reason> {
        run(Path::new(SHELL), &["-c", script], Duration::from_millis(milliseconds), Channel::Output)
    }

    #[test]
    fn what_it_says_is_heard_and_how_it_ended() {
        let said = asked("echo $LC_ALL; pwd; exit 3", 5000).unwrap();
        assert_eq!((said.success, said.text().as_str()), (false, "C\n/\n"));
        assert!(asked("true", 5000).unwrap().success);
        let errors = run(Path::new(SHELL), &["-c", "echo a; echo b >&2"], Duration::from_secs(5), Channel::Errors);
        assert_eq!(errors.unwrap().text(), "b\n");
    }

    #[test]
    fn no_file_of_the_application_is_passed_on() {
        use std::os::fd::AsRawFd as _;
        // as files of languages whose libraries do not think of it
        let file = rustix::io::dup(std::fs::File::open("/dev/null").unwrap()).unwrap();
        let number = file.as_raw_fd();
        let script = format!("test -e /dev/fd/{number} && echo open || echo closed");
        let mut usual = Command::new(SHELL);
        let usual = usual.args(["-c", &script]).output().unwrap().stdout;
        assert_eq!(String::from_utf8_lossy(&usual), "open\n", "it would be");
        assert_eq!(asked(&script, 5000).unwrap().text(), "closed\n");
    }

    #[test]
    fn the_environment_is_clean() {
        let said = asked("env", 5000).unwrap().text();
        let names: Vec<&str> = said.lines().filter_map(|line| line.split_once('=')).map(|(name, _)| name).collect();
        assert!(
            names.iter().all(|name| ["HOME", "LC_ALL", "PATH", "PWD", "OLDPWD", "SHLVL", "_"].contains(name)),
            "{names:?}"
        );
    }

    #[test]
    fn a_tool_that_hangs_or_leaves_a_hanging_one_behind_is_given_up() {
        assert_eq!(asked("exec sleep 60", 50).unwrap_err(), Unseen::TimedOut.with("sh"));
        assert_eq!(asked("sleep 3 & exit 0", 50).unwrap_err().why, Unseen::TimedOut);
        assert_eq!(asked("exec >&-; exec sleep 60", 50).unwrap_err().why, Unseen::TimedOut);
    }

    #[test]
    fn a_tool_that_talks_without_end_is_stopped() {
        assert_eq!(asked("exec cat /dev/zero", 20_000).unwrap_err().why, Unseen::TooLarge);
    }

    #[test]
    fn a_tool_that_is_not_there_is_absent() {
        let absent = run(Path::new("/nonexistent/tool"), &[], Duration::from_secs(1), Channel::Output).unwrap_err();
        assert_eq!(absent, Unseen::Absent.with("tool"));
        assert_eq!(
            run(Path::new("/etc/passwd"), &[], Duration::from_secs(1), Channel::Output).unwrap_err().why,
            Unseen::NoRights
        );
    }
}
