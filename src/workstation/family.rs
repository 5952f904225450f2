//! A process and what it starts in its turn: a family that ends together.

use std::io;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use crate::limits;

/// First pause between two looks whether a process has ended.
const PAUSE: Duration = Duration::from_micros(200);

/// A child process. Nothing of it outlives its owner but what has left the family on purpose, as services do.
#[derive(Debug)]
pub(crate) struct Family {
    child: Child,
    status: Option<ExitStatus>,
}

impl Family {
    /// Starts a process, which inherits no open file but its channels. On Unix it heads a process group of its own, where its
    /// children find themselves as well.
    pub(crate) fn start(command: &mut Command) -> io::Result<Self> {
        super::child::inherit_no_file(command);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        Ok(Self { child: command.spawn()?, status: None })
    }

    /// Its channels, to be taken.
    pub(crate) fn channels(&mut self) -> &mut Child {
        &mut self.child
    }

    /// How its head ended, when it does within this time. Whoever is left of the family then ends too.
    pub(crate) fn wait(&mut self, within: Duration) -> Option<ExitStatus> {
        let began = Instant::now();
        let mut pause = PAUSE;
        loop {
            if self.status.is_none() && has_ended(&mut self.child) {
                // before the head is forgotten: until then its number is nobody else's
                kill_group(&self.child);
                self.status = self.child.try_wait().ok().flatten();
            }
            if self.status.is_some() || began.elapsed() >= within {
                return self.status;
            }
            std::thread::sleep(pause);
            pause = pause.saturating_mul(2).min(limits::CHILD_PAUSE);
        }
    }

    /// Ends the whole family, whatever it does. One that the system itself does not let go is not waited for.
    pub(crate) fn end(&mut self) {
        if self.wait(Duration::ZERO).is_none() {
            kill_group(&self.child);
            let _ = self.child.kill();
            self.wait(limits::CHILD_END);
        }
    }
}

impl Drop for Family {
    fn drop(&mut self) {
        self.end();
    }
}

/// Looks without forgetting it.
#[cfg(unix)]
fn has_ended(child: &mut Child) -> bool {
    use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};
    let how = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    let number = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    number.is_some_and(|number| !matches!(waitid(WaitId::Pid(number), how), Ok(None)))
}

#[cfg(not(unix))]
fn has_ended(child: &mut Child) -> bool {
    !matches!(child.try_wait(), Ok(None))
}

#[cfg(unix)]
fn kill_group(child: &Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        let _ = kill_process_group(group, Signal::KILL);
    }
}

#[cfg(not(unix))]
fn kill_group(_: &Child) {}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Read as _;
    use std::process::Stdio;

    use super::*;

    const LONG: Duration = Duration::from_secs(20);

    fn shell(script: &str) -> Family {
        Family::start(Command::new("/bin/sh").args(["-c", script]).stdout(Stdio::piped())).unwrap()
    }

    /// The end of the output comes when nobody holds it any more.
    fn output(family: &mut Family) -> String {
        let mut said = String::new();
        family.channels().stdout.take().unwrap().read_to_string(&mut said).unwrap();
        said
    }

    #[test]
    fn who_is_left_when_the_head_ends_ends_too() {
        let mut family = shell("sleep 600 & echo started");
        assert!(family.wait(LONG).unwrap().success());
        assert_eq!(output(&mut family), "started\n");
    }

    #[test]
    fn the_whole_family_ends_with_its_owner_even_when_it_heeds_no_signal() {
        let mut family = shell("trap '' TERM HUP INT; sleep 600 & sleep 600");
        assert_eq!(family.wait(Duration::from_millis(20)), None);
        let mut pipe = family.channels().stdout.take().unwrap();
        drop(family);
        assert_eq!(pipe.read(&mut [0]).unwrap(), 0);
    }

    #[test]
    fn how_it_ended_is_told_again() {
        let mut family = shell("exit 3");
        for _ in 0..2 {
            assert_eq!(family.wait(LONG).unwrap().code(), Some(3));
        }
        family.end();
    }
}
