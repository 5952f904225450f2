//! Running programs that matter to cards.

use super::registry::{Hive, Key, Registry, VIEWS};
use crate::workstation::facts::{BrowserKind, KnownProcess, Processes};
use crate::workstation::{Observed, Reason};

/// Programs that are known to hold cards: what users call them, and their executable in lower case without `.exe`.
const KNOWN: &str = include_str!("../processes.csv");

/// A running program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Running {
    /// The file name of its program.
    pub(super) executable: String,
    /// Its session.
    pub(super) session: Option<u32>,
    /// When it was started, seconds since 1970 in UTC.
    pub(super) started: Option<i64>,
}

/// Whoever is not a `Running` yet: the time of its start costs a call, so only those that matter are asked.
pub(super) fn matters(executable: &str) -> bool {
    let name = stem(executable);
    name == "ccm" || browser(&name).is_some() || known_name(&name).is_some()
}

/// The programs that matter among those that run; `session` is ours.
pub(super) fn interpret(running: &[Running], session: Option<u32>, autostart: Observed<bool>) -> Processes {
    let mut processes = Processes { ccm_autostart: autostart, ..Processes::default() };
    let mut ccm = false;
    for program in running {
        let name = stem(&program.executable);
        ccm |= name == "ccm" && program.session == session;
        if let Some(known) = known_name(&name) {
            add(&mut processes.card_users, known, program.started);
        }
        if let Some(kind) = browser(&name) {
            add(&mut processes.browsers, kind.code().to_owned(), program.started);
        }
    }
    processes.ccm = Some(ccm);
    processes
}

/// Each program once, with the start of its first process.
fn add(list: &mut Vec<KnownProcess>, name: String, started: Option<i64>) {
    match list.iter_mut().find(|known| known.name == name) {
        Some(known) => known.started = [known.started, started].into_iter().flatten().min(),
        None => list.push(KnownProcess::new(name, started)),
    }
}

fn stem(executable: &str) -> String {
    let lower = executable.to_lowercase();
    lower.strip_suffix(".exe").unwrap_or(&lower).to_owned()
}

fn known_name(stem: &str) -> Option<String> {
    let mut rows = csv::Reader::from_reader(KNOWN.as_bytes());
    let row = rows
        .records()
        .flatten()
        .find(|row| row.get(1) == Some(stem) && row.get(2).is_some_and(|systems| systems.contains('W')))?;
    row.get(0).map(str::to_owned)
}

fn browser(stem: &str) -> Option<BrowserKind> {
    match stem {
        "firefox" => Some(BrowserKind::Firefox),
        "chrome" => Some(BrowserKind::Chrome),
        "msedge" => Some(BrowserKind::Edge),
        "chromium" => Some(BrowserKind::Chromium),
        "iexplore" => Some(BrowserKind::InternetExplorer),
        _ => None,
    }
}

/// Whether the registry starts the certificate manager with the session. A link in a Startup folder is another way:
/// `in_startup_folder`.
pub(super) fn ccm_autostart(registry: &dyn Registry, in_startup_folder: bool) -> Result<bool, Reason> {
    for hive in Hive::USER_FIRST {
        for view in VIEWS {
            let key = Key::of(hive, r"SOFTWARE\Microsoft\Windows\CurrentVersion\Run").seen_by(view);
            for name in registry.names(&key)?.unwrap_or_default() {
                // an entry of another shape is not started
                if registry.text(&key, &name).unwrap_or_default().is_some_and(|command| starts_ccm(&command)) {
                    return Ok(true);
                }
            }
        }
    }
    Ok(in_startup_folder)
}

fn starts_ccm(command: &str) -> bool {
    let command = command.to_lowercase();
    command.split(['\\', '/', '"', ' ']).any(|part| part == "ccm.exe")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::windows::registry::Value;
    use crate::workstation::windows::registry_fake::FakeRegistry;

    fn running(executable: &str, session: u32, started: i64) -> Running {
        Running { executable: executable.into(), session: Some(session), started: Some(started) }
    }

    #[test]
    fn known_programs_and_browsers_are_told_once_with_their_first_start() {
        let all = [
            running("Chrome.exe", 1, 300),
            running("chrome.exe", 1, 100),
            running("Pyxvital.exe", 1, 50),
            running("notepad.exe", 1, 1),
            running("CCM.exe", 2, 10),
        ];
        assert_eq!(all.iter().filter(|program| matters(&program.executable)).count(), 4);
        let processes = interpret(&all, Some(1), Observed::Seen(false));
        assert_eq!(processes.browsers, [KnownProcess::new("chrome", Some(100))]);
        assert_eq!(processes.card_users, [KnownProcess::new("Pyxvital", Some(50))]);
        assert_eq!(processes.ccm, Some(false), "that of another session is none");
        assert_eq!(interpret(&all, Some(2), Observed::default()).ccm, Some(true));
    }

    #[test]
    fn the_list_of_programs_is_sound() {
        let mut rows = csv::Reader::from_reader(KNOWN.as_bytes());
        for row in rows.records().map(|row| row.unwrap()) {
            assert_eq!(row[1], row[1].to_lowercase());
            assert!(!row[0].is_empty() && !row[1].contains(".exe") && row[2].chars().all(|c| "WML".contains(c)));
        }
    }

    #[test]
    fn what_starts_with_the_session_is_found() {
        let key = |view| Key::machine(r"SOFTWARE\Microsoft\Windows\CurrentVersion\Run").seen_by(view);
        let registry = FakeRegistry::default().with(&key(VIEWS[0]), "odd", Value::Unfit);
        assert_eq!(ccm_autostart(&registry, false), Ok(false));
        assert_eq!(ccm_autostart(&registry, true), Ok(true));
        let other = registry.with_text(&key(VIEWS[0]), "x", r"C:\Program Files\notccm.exe");
        assert_eq!(ccm_autostart(&other, false), Ok(false));
        let command = r#""C:\Program Files\santesocial\CPS\CCM.exe" -auto"#;
        assert_eq!(ccm_autostart(&other.with_text(&key(VIEWS[1]), "CCM", command), false), Ok(true));
    }
}
