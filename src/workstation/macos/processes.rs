//! Running programs that are known, as `ps` shows them.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::limits;
use crate::workstation::facts::Processes;
use crate::workstation::{KnownPrograms, Machine, Observed, Unseen};

const PS: [&str; 1] = ["/bin/ps"];

/// Running programs that are known. Starts `ps`.
pub fn collect(machine: &Machine) -> Observed<Processes> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok();
    let now = now.and_then(|now| i64::try_from(now.as_secs()).ok());
    let said = machine.run(&PS, &["-axo", "etime=,comm="]);
    said.map(|said| processes(&said.text(), now)).into()
}

/// From lines of the time since the start and the program's path, which may have spaces.
fn processes(said: &str, now: Option<i64>) -> Processes {
    let running = said.lines().take(limits::PROCESS_ENTRIES).filter_map(|line| {
        let (elapsed, program) = line.trim().split_once(' ')?;
        let started = now.zip(seconds(elapsed)).and_then(|(now, elapsed)| now.checked_sub(elapsed));
        Some((program.trim().to_owned(), started))
    });
    let mut processes = KnownPrograms::MACOS.told(running);
    processes.ccm_autostart = Observed::Unseen(Unseen::NotThisSystem.into());
    processes.ccm_watches = Observed::Unseen(Unseen::NotThisSystem.into());
    processes
}

/// `[[days-]hours:]minutes:seconds`.
fn seconds(elapsed: &str) -> Option<i64> {
    let (days, clock) = elapsed.split_once('-').unwrap_or(("0", elapsed));
    let mut seconds = 0_i64;
    for part in clock.split(':') {
        seconds = seconds.checked_mul(60)?.checked_add(part.parse::<u32>().ok()?.into())?;
    }
    days.parse::<i64>().ok()?.checked_mul(86_400)?.checked_add(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_are_reckoned_from_the_time_since_them() {
        let said = "   02-03:04:05 /Applications/Google Chrome.app/Contents/MacOS/Google Chrome\n\
                    00:10 /Applications/JuxtaLink.app/Contents/MacOS/JuxtaLink\n      01:00 /sbin/launchd\nnonsense\n";
        let told = processes(said, Some(1_000_000));
        assert_eq!(told.browsers.len(), 1);
        assert_eq!((told.browsers[0].name.as_str(), told.browsers[0].started), ("chrome", Some(1_000_000 - 183_845)));
        assert_eq!((told.card_users[0].name.as_str(), told.card_users[0].started), ("JuxtaLink", Some(999_990)));
        assert_eq!(told.ccm, None);
    }

    #[test]
    fn broken_times_are_not_known() {
        for broken in ["", "x", "1:y", "-", "99999999999999999999-0:0", "1-2-3"] {
            assert_eq!(seconds(broken), None, "{broken}");
        }
        assert_eq!(seconds("59:59"), Some(3599));
    }
}
