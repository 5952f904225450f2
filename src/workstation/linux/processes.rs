//! Running programs that are known, as `/proc` shows them.

use std::path::Path;

use super::system::boot_time;
use crate::limits;
use crate::workstation::facts::Processes;
use crate::workstation::{KnownPrograms, Machine, Observed, Reason, Unseen, bounded_file};

/// Running programs that are known. Another user's are seen as well, unless `/proc` is mounted to hide them.
pub fn collect(machine: &Machine) -> Observed<Processes> {
    processes(machine).into()
}

fn processes(machine: &Machine) -> Result<Processes, Reason> {
    let folder = machine.path("/proc");
    let entries = std::fs::read_dir(&folder).map_err(|error| Unseen::from(&error).with("/proc"))?;
    let clock = Clock { booted: machine.text("/proc/stat").ok().as_deref().and_then(boot_time) };
    let mut running = Vec::new();
    for entry in entries.take(limits::PROCESS_ENTRIES).flatten() {
        if entry.file_name().as_encoded_bytes().iter().all(u8::is_ascii_digit) {
            let place = entry.path();
            running.extend(known_program(&place).map(|program| (program, clock.start(&place))));
        }
    }
    let mut processes = KnownPrograms::LINUX.told(running);
    #[cfg(target_os = "linux")]
    if machine.is_this() {
        processes.pcsc_clients = super::pcsc_clients::names(&folder);
    }
    processes.ccm_autostart = Observed::Unseen(Unseen::NotThisSystem.into());
    processes.ccm_watches = Observed::Unseen(Unseen::NotThisSystem.into());
    Ok(processes)
}

/// The program or the Java archive of a process, when it is known; the kernel's own have no command line.
fn known_program(process: &Path) -> Option<String> {
    let line = bounded_file::read_beginning(&process.join("cmdline"), limits::COMMAND_LINE_BYTES).ok()?;
    let line = String::from_utf8_lossy(&line);
    let mut words = line.split('\0');
    // programs that rename themselves join their arguments with spaces
    let program = words.next()?.split(" -").next()?.to_owned();
    let archives = words.filter(|word| Path::new(word).extension().is_some_and(|extension| extension == "jar"));
    std::iter::once(program.as_str()).chain(archives).find(|word| KnownPrograms::LINUX.has(word)).map(str::to_owned)
}

/// The kernel tells starts in ticks since it started itself.
struct Clock {
    booted: Option<i64>,
}

impl Clock {
    /// When a process was started, seconds since 1970 in UTC: field 22 of `stat`, counted after the name, which may hold
    /// anything (proc(5)).
    fn start(&self, process: &Path) -> Option<i64> {
        let stat = bounded_file::read_text(&process.join("stat"), limits::COMMAND_LINE_BYTES).ok()?;
        let ticks: u64 = stat.rsplit_once(')')?.1.split_whitespace().nth(19)?.parse().ok()?;
        let seconds = ticks.checked_div(rustix::param::clock_ticks_per_second())?;
        self.booted?.checked_add(i64::try_from(seconds).ok()?)
    }
}
