//! Running programs that matter to cards.

use std::path::Path;

use super::registry::{Hive, Key, Registry, VIEWS};
use crate::workstation::facts::Processes;
use crate::workstation::{KnownPrograms, Observed, Reason};

/// The certificate manager of the Cryptolib.
const CCM: &str = "ccm.exe";

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

/// Whether anything is told of a program: the time of its start costs a call, so others are not asked.
pub(super) fn matters(known: KnownPrograms, executable: &str) -> bool {
    executable.eq_ignore_ascii_case(CCM) || known.has(executable)
}

/// The programs that matter among those that run; `session` is ours, or none where any one counts.
pub(super) fn interpret(
    known: KnownPrograms,
    running: &[Running],
    session: Option<u32>,
    autostart: Observed<bool>,
    watches: Observed<Option<bool>>,
) -> Processes {
    let mut processes = known.told(running.iter().map(|program| (program.executable.clone(), program.started)));
    let is_ours = |program: &Running| {
        program.executable.eq_ignore_ascii_case(CCM) && (program.session == session || session.is_none())
    };
    processes.ccm = Some(running.iter().any(is_ours));
    processes.ccm_autostart = autostart;
    processes.ccm_watches = watches;
    processes
}

/// What a link in a Startup folder is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StartupLink {
    /// There is none.
    Absent,
    /// It leads to a file that is there, or does not say where it leads.
    Leads,
    /// It leads to a file that is not there.
    LeadsNowhere,
}

/// Whether a file of a Startup folder is the link to the certificate manager: `Gestionnaire de certificats CPS.lnk` (annex D
/// and requirement `Inst_011`), or one that somebody named after the program.
pub(super) fn is_ccm_link(file: &str) -> bool {
    let file = file.to_lowercase();
    let is_link = Path::new(&file).extension().is_some_and(|ending| ending == "lnk");
    is_link && (file.starts_with("gestionnaire de certificats cps") || file.contains("ccm"))
}

/// Whether the certificate manager is started with the session: by a link in a Startup folder, or by the registry, as
/// former versions did.
pub(super) fn ccm_autostart(registry: &dyn Registry, link: StartupLink) -> Result<bool, Reason> {
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
    Ok(link == StartupLink::Leads)
}

/// Whether the certificate manager watches the readers by itself: `autoDetect`, which the installer writes only when it is
/// told to (annex B), so that most often nothing is set.
pub(super) fn ccm_watches(registry: &dyn Registry) -> Result<Option<bool>, Reason> {
    for hive in Hive::USER_FIRST {
        for view in VIEWS {
            let key = Key::of(hive, r"SOFTWARE\ASIP Sante\CCM").seen_by(view);
            if let Some(set) = registry.number(&key, "autoDetect")? {
                return Ok(Some(set != 0));
            }
        }
    }
    Ok(None)
}

fn starts_ccm(command: &str) -> bool {
    let command = command.to_lowercase();
    command.split(['\\', '/', '"', ' ']).any(|part| part == CCM)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::facts::KnownProcess;
    use crate::workstation::windows::registry::Value;
    use crate::workstation::windows::registry_fake::FakeRegistry;

    fn running(executable: &str, session: u32, started: i64) -> Running {
        Running { executable: executable.into(), session: Some(session), started: Some(started) }
    }

    #[test]
    fn known_programs_are_told_and_the_certificate_manager_of_our_session() {
        const KNOWN: KnownPrograms = KnownPrograms::LINUX;
        let all = [
            running("firefox", 1, 300),
            running("firefox", 1, 100),
            running("xclock", 1, 1),
            running("CCM.exe", 2, 10),
        ];
        assert_eq!(all.iter().filter(|program| matters(KNOWN, &program.executable)).count(), 3);
        let processes = interpret(KNOWN, &all, Some(1), Observed::Seen(false), Observed::default());
        assert_eq!(processes.browsers, [KnownProcess::new("firefox", Some(100))]);
        assert_eq!(processes.ccm, Some(false), "that of another session is none");
        assert_eq!(interpret(KNOWN, &all, Some(2), Observed::default(), Observed::default()).ccm, Some(true));
    }

    #[test]
    fn what_starts_with_the_session_is_found() {
        let key = |view| Key::machine(r"SOFTWARE\Microsoft\Windows\CurrentVersion\Run").seen_by(view);
        let registry = FakeRegistry::default().with(&key(VIEWS[0]), "odd", Value::Unfit);
        assert_eq!(ccm_autostart(&registry, StartupLink::Absent), Ok(false));
        assert_eq!(ccm_autostart(&registry, StartupLink::Leads), Ok(true));
        assert_eq!(ccm_autostart(&registry, StartupLink::LeadsNowhere), Ok(false));
        let other = registry.with_text(&key(VIEWS[0]), "x", r"C:\Program Files\notccm.exe");
        assert_eq!(ccm_autostart(&other, StartupLink::Absent), Ok(false));
        let command = r#""C:\Program Files\santesocial\CPS\CCM.exe" -auto"#;
        let ours = other.with_text(&key(VIEWS[1]), "CCM", command);
        assert_eq!(ccm_autostart(&ours, StartupLink::Absent), Ok(true));
        for (file, is_ours) in [
            ("Gestionnaire de certificats CPS.lnk", true),
            ("CCM.lnk", true),
            ("Gestionnaire de la carte CPS.lnk", false),
            ("ccm.txt", false),
        ] {
            assert_eq!(is_ccm_link(file), is_ours, "{file}");
        }
    }

    #[test]
    fn the_user_says_whether_the_certificate_manager_watches() {
        let key = |hive| Key::of(hive, r"SOFTWARE\ASIP Sante\CCM");
        assert_eq!(ccm_watches(&FakeRegistry::default()), Ok(None));
        let machine = FakeRegistry::default().with_number(&key(Hive::Machine), "autoDetect", 1);
        assert_eq!(ccm_watches(&machine), Ok(Some(true)));
        assert_eq!(ccm_watches(&machine.with_number(&key(Hive::User), "autoDetect", 0)), Ok(Some(false)));
        let odd = FakeRegistry::default().with_text(&key(Hive::Machine), "autoDetect", "oui");
        assert!(ccm_watches(&odd).is_err());
    }
}
