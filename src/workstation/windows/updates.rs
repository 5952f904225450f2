//! Updates and guards of Windows.

use super::registry::{Key, Registry, Value, if_it_fits, misshapen};
use crate::workstation::facts::{System, WindowsUpdates};
use crate::workstation::{Observed, Reason, Unseen};

/// The cumulative update of October 2025 of each build: the revision that it brings. Public lists of updates confirm
/// every row; builds that are not in it are not known to have had one.
const OCTOBER_2025: &str = include_str!("updates.csv");

/// Every build that came out after October 2025 has the update from its first day.
const LAST_BUILD_BEFORE: u32 = 26_200;

const SESSION_MANAGER: &str = r"SYSTEM\CurrentControlSet\Control\Session Manager";
/// Keys that are there as long as a restart is due.
const REBOOT_KEYS: [&str; 2] = [
    r"SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending",
    r"SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired",
];
/// What files of the Cryptolib and of GALSS are called.
const OURS: [&str; 5] = ["cps3", "cptab", "cpges", "galss", "santesocial"];

/// What the event log tells.
#[derive(Debug, Clone, Default)]
pub(super) struct Log {
    /// Events 624 of the last 30 days.
    pub(super) events_624: Observed<u32>,
    /// What Code Integrity blocked, one XML document for each event.
    pub(super) blocks: Observed<Vec<String>>,
}

/// Updates and guards, as the registry and the log tell.
pub(super) fn interpret(registry: &dyn Registry, system: &System, log: Log) -> Result<WindowsUpdates, Reason> {
    let pending_files = if_it_fits(pending_files(registry).map(Some))?.unwrap_or_default();
    let mut reboot_pending = !pending_files.is_empty();
    for key in REBOOT_KEYS {
        reboot_pending |= registry.exists(&Key::machine(key))?;
    }
    Ok(WindowsUpdates {
        has_october_2025: has_october_2025(system),
        events_624: log.events_624,
        reboot_pending,
        pending_files,
        smart_app_control: if_it_fits(
            registry.number(
                &Key::machine(r"SYSTEM\CurrentControlSet\Control\CI\Policy"),
                "VerifiedAndReputablePolicyState",
            ),
        )?,
        blocked_files: match log.blocks {
            Observed::Seen(events) => Observed::Seen(blocked_files(&events)),
            Observed::Unseen(reason) => Observed::Unseen(reason),
        },
    })
}

fn has_october_2025(system: &System) -> Option<bool> {
    let (build, revision) = (system.build?, system.revision?);
    if build > LAST_BUILD_BEFORE {
        return Some(true);
    }
    let mut rows = csv::Reader::from_reader(OCTOBER_2025.as_bytes());
    rows.records()
        .flatten()
        .find(|row| row.get(0).and_then(|told| told.parse().ok()) == Some(build))
        .and_then(|row| row.get(1)?.parse().ok())
        .map(|needed: u32| revision >= needed)
}

/// The files of ours that are replaced or deleted at the next start: the list has pairs, of which the first is the file.
fn pending_files(registry: &dyn Registry) -> Result<Vec<String>, Reason> {
    let key = Key::machine(SESSION_MANAGER);
    let name = "PendingFileRenameOperations";
    let operations = match registry.value(&key, name) {
        Ok(None) => return Ok(Vec::new()),
        Ok(Some(Value::Texts(operations))) => operations,
        Ok(Some(_)) => return Err(misshapen(&key, name)),
        // others may have filled it without end; ours are then not told
        Err(reason) if reason.why == Unseen::TooLarge => return Ok(Vec::new()),
        Err(reason) => return Err(reason),
    };
    let mut found: Vec<String> = operations.iter().map(|path| file_name(path)).filter(|file| is_ours(file)).collect();
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// The libraries of ours or of readers that Code Integrity names in its events.
fn blocked_files(events: &[String]) -> Vec<String> {
    let mut found: Vec<String> = events
        .iter()
        .filter_map(|event| blocked_file(event))
        .filter(|file| is_ours(file) || is_of_readers(file))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The file that an event is about: the first of its data that has a path.
fn blocked_file(event: &str) -> Option<String> {
    let data = event.split("<Data ").skip(1).filter_map(|rest| rest.split_once('>')?.1.split_once("</Data>"));
    data.map(|(text, _)| text).find(|text| text.contains('\\')).map(file_name)
}

fn file_name(path: &str) -> String {
    path.rsplit('\\').next().unwrap_or_default().to_lowercase()
}

fn is_ours(file: &str) -> bool {
    OURS.iter().any(|part| file.contains(part))
}

fn is_of_readers(file: &str) -> bool {
    ["ccid", "scard", "smartcard", "pcsc"].iter().any(|part| file.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::windows::registry_fake::FakeRegistry;

    fn windows(build: u32, revision: u32) -> System {
        System { build: Some(build), revision: Some(revision), ..System::default() }
    }

    fn seen(registry: &FakeRegistry) -> WindowsUpdates {
        interpret(registry, &windows(22631, 6060), Log::default()).unwrap()
    }

    #[test]
    fn the_update_of_october_2025_is_told_by_build_and_revision() {
        let told = |build, revision| has_october_2025(&windows(build, revision));
        assert_eq!([told(22631, 6059), told(22631, 6060), told(26100, 7171)], [Some(false), Some(true), Some(true)]);
        assert_eq!([told(19045, 5000), told(28000, 1)], [Some(false), Some(true)]);
        assert_eq!([told(22000, 3260), told(10240, 1)], [None, None], "no update of that month is known");
        assert_eq!(has_october_2025(&System { build: Some(22631), ..System::default() }), None);
    }

    #[test]
    fn every_row_of_the_table_is_a_number() {
        let mut rows = csv::Reader::from_reader(OCTOBER_2025.as_bytes());
        let builds: Vec<(u32, u32)> = rows
            .records()
            .map(|row| row.unwrap())
            .map(|row| (row[0].parse().unwrap(), row[1].parse().unwrap()))
            .collect();
        assert_eq!(builds.len(), 9);
        assert!(builds.is_sorted());
    }

    #[test]
    fn a_restart_is_due_when_windows_says_so_or_a_file_of_ours_waits() {
        assert!(!seen(&FakeRegistry::default()).reboot_pending);
        assert!(seen(&FakeRegistry::default().with_key(&Key::machine(REBOOT_KEYS[0]))).reboot_pending);
        let list = |parts: &[&str]| Value::Texts(parts.iter().map(|part| (*part).to_owned()).collect());
        let with =
            |value| FakeRegistry::default().with(&Key::machine(SESSION_MANAGER), "PendingFileRenameOperations", value);
        let others = seen(&with(list(&[r"\??\C:\Windows\Temp\x.tmp", ""])));
        assert!(!others.reboot_pending && others.pending_files.is_empty(), "other programs always leave some");
        let ours = seen(&with(list(&[
            r"\??\C:\Windows\System32\CPS3_pkcs11_w64.dll",
            "",
            r"\??\C:\Windows\galss.new",
            r"!\??\C:\Windows\galss.ini",
        ])));
        assert!(ours.reboot_pending);
        assert_eq!(ours.pending_files, ["cps3_pkcs11_w64.dll", "galss.ini", "galss.new"]);
        let odd = interpret(&with(Value::Number(1)), &windows(1, 1), Log::default());
        assert_eq!(odd.map(|updates| updates.reboot_pending), Ok(false), "it hides nothing beside it");
    }

    #[test]
    fn blocked_libraries_of_cards_are_named() {
        let event = |file: &str| {
            format!(
                "<Event><EventData><Data Name='FileNameLength'>9</Data><Data Name='File Name'>{file}</Data></EventData></Event>"
            )
        };
        let log = Log {
            blocks: Observed::Seen(vec![
                event(r"\Device\HarddiskVolume3\Windows\System32\cps3_pkcs11_w64.dll"),
                event(r"\Device\HarddiskVolume3\Games\game.dll"),
                "<Event><Data ".into(),
                String::new(),
            ]),
            ..Log::default()
        };
        let updates = interpret(&FakeRegistry::default(), &windows(1, 1), log).unwrap();
        assert_eq!(updates.blocked_files, Observed::Seen(vec!["cps3_pkcs11_w64.dll".into()]));
    }
}
