//! The Cryptolib CPS in the registry: versions, traces, leftovers, minidriver.

use super::crypto::cards;
use super::registry::{Hive, Key, Registry, VIEWS};
use crate::workstation::facts::{RegistryView, VersionSource, VersionTold};
use crate::workstation::{Reason, Unseen};

/// Where the Cryptolib tells of itself (annex B).
const KEY: &str = r"SOFTWARE\ASIP\Cryptolib CPS";
/// Where the line 3.06 did: each version is a key of its own below it, `3.06.000` (annex D).
const FORMER_KEY: &str = r"SOFTWARE\ASIP SANTE\Cryptolib CPS";
const UNINSTALL: &str = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall";
/// What the installer calls itself in the list of programs.
const DISPLAYED: &str = "composants cryptographiques cps";

/// What the registry tells of the versions, its own key before the list of programs.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) versions: Vec<VersionTold>,
    /// Values of the Cryptolib that have another shape than its installer gives them.
    pub(super) unreadable: Vec<String>,
}

/// The versions that the registry tells.
///
/// # Errors
/// That of a key that may not be read. A value of another type, as up to version 4, where `Version` was a number, is told
/// as unreadable and hides no other.
pub(super) fn versions(registry: &dyn Registry) -> Result<Told, Reason> {
    let mut told = Told::default();
    for view in VIEWS {
        let source = if view == RegistryView::Bits64 { VersionSource::Registry64 } else { VersionSource::Registry32 };
        match registry.text(&Key::machine(KEY).seen_by(view), "Version") {
            Ok(version) => told.versions.extend(version.map(|version| VersionTold::new(source, version))),
            Err(reason) if reason.why == Unseen::NoRights => return Err(reason),
            Err(reason) => told.unreadable.extend(reason.detail),
        }
        let former = registry.subkeys(&Key::machine(FORMER_KEY).seen_by(view))?.unwrap_or_default();
        told.versions.extend(
            former.into_iter().filter(|version| is_version(version)).map(|version| VersionTold::new(source, version)),
        );
    }
    for program in programs(registry)?.into_iter().filter(|program| program.name.to_lowercase().starts_with(DISPLAYED))
    {
        let version = VersionTold::new(VersionSource::Uninstall, program.version());
        if !version.version.is_empty() && !told.versions.contains(&version) {
            told.versions.push(version);
        }
    }
    Ok(told)
}

/// The folder into which the Cryptolib was installed, as its key says.
pub(super) fn install_folder(registry: &dyn Registry) -> Option<String> {
    let folder = |view| registry.text(&Key::machine(KEY).seen_by(view), "InstallDir").ok().flatten();
    VIEWS.into_iter().filter_map(folder).find(|folder| !folder.is_empty())
}

fn is_version(name: &str) -> bool {
    name.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether traces are switched on: the user's value wins, of either view and of either part.
pub(super) fn traces_on(registry: &dyn Registry) -> Result<bool, Reason> {
    for part in ["PKCS11", "CSP"] {
        for view in VIEWS {
            for hive in Hive::USER_FIRST {
                let key = Key::of(hive, format!(r"Software\ASIP Sante\{part}")).seen_by(view);
                match registry.number(&key, "Traces")? {
                    Some(0) => break,
                    Some(_) => return Ok(true),
                    None => {}
                }
            }
        }
    }
    Ok(false)
}

/// Keys of the machine that only former versions made (annexes D to H), in either view. `GIP-"CPS"\GALSS` alone may be that
/// of a GALSS in use.
const FORMER_KEYS: [&str; 5] = [
    FORMER_KEY,
    r"SOFTWARE\GIP-CPS",
    r"SOFTWARE\Microsoft\Cryptography\Calais\SmartCards\Carte CPS",
    r"SOFTWARE\Microsoft\Cryptography\Calais\SmartCards\Carte non reconnue",
    r"SOFTWARE\Microsoft\Cryptography\Defaults\Provider\cps_csp_w32",
];
const GIP: &str = r#"SOFTWARE\GIP-"CPS""#;

/// Keys that former versions left behind.
pub(super) fn left_keys(registry: &dyn Registry) -> Result<Vec<String>, Reason> {
    let mut left = Vec::new();
    for view in VIEWS {
        for key in FORMER_KEYS.map(|path| Key::machine(path).seen_by(view)) {
            if registry.exists(&key)? {
                left.push(key.to_string());
            }
        }
        let gip = Key::machine(GIP).seen_by(view);
        let below = registry.subkeys(&gip)?;
        if below.is_some_and(|below| below.iter().any(|key| !key.eq_ignore_ascii_case("GALSS"))) {
            left.push(gip.to_string());
        }
    }
    let of_user = Key::of(Hive::User, r"Software\GIP-CPS");
    if registry.exists(&of_user)? {
        left.push(of_user.to_string());
    }
    Ok(left)
}

/// Whether the CPS minidriver is installed: a table entry for a CPx with a minidriver, or a program of that name.
pub(super) fn minidriver(registry: &dyn Registry) -> Result<bool, Reason> {
    /// Common to the historical bytes of every CPx (pcsc.md section 5).
    const CPX: &str = "1225006480";
    let in_table = cards(registry)?.iter().any(|card| card.minidriver.is_some() && card.atr.contains(CPX));
    let is_minidriver = |name: &str| name.contains("minidriver") && name.contains("cps");
    Ok(in_table || programs(registry)?.iter().any(|program| is_minidriver(&program.name.to_lowercase())))
}

/// A program in the list of installed ones.
struct Program {
    name: String,
    told: Option<String>,
}

impl Program {
    /// `DisplayVersion`; or what follows the `v` of `Composants Cryptographiques CPS v5.2.2 (x64)`.
    fn version(&self) -> String {
        if let Some(told) = &self.told {
            return told.clone();
        }
        let is_version = |word: &&str| word.starts_with(|first: char| first.is_ascii_digit());
        self.name
            .split_whitespace()
            .map(|word| word.trim_start_matches('v'))
            .find(is_version)
            .unwrap_or_default()
            .into()
    }
}

/// The installed programs that have a name. One entry that is odd belongs to somebody else: it is passed over.
fn programs(registry: &dyn Registry) -> Result<Vec<Program>, Reason> {
    let mut programs = Vec::new();
    for view in VIEWS {
        let list = Key::machine(UNINSTALL).seen_by(view);
        for entry in registry.subkeys(&list)?.unwrap_or_default() {
            let key = list.below(&entry);
            if let Ok(Some(name)) = registry.text(&key, "DisplayName") {
                programs.push(Program { name, told: registry.text(&key, "DisplayVersion").unwrap_or_default() });
            }
        }
    }
    Ok(programs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::windows::crypto::CALAIS;
    use crate::workstation::windows::registry::Value;
    use crate::workstation::windows::registry_fake::FakeRegistry;

    fn narrow(path: &str) -> Key {
        Key::machine(path).seen_by(RegistryView::Bits32)
    }

    fn program(registry: FakeRegistry, id: &str, name: &str, version: Option<&str>) -> FakeRegistry {
        let key = Key::machine(UNINSTALL).below(id);
        let registry = registry.with_text(&key, "DisplayName", name);
        match version {
            Some(version) => registry.with_text(&key, "DisplayVersion", version),
            None => registry,
        }
    }

    fn told(registry: &FakeRegistry) -> Vec<(VersionSource, String)> {
        versions(registry).unwrap().versions.into_iter().map(|told| (told.source, told.version)).collect()
    }

    #[test]
    fn each_source_tells_its_version() {
        let registry = FakeRegistry::default()
            .with_text(&Key::machine(KEY), "Version", "5.2.2")
            .with_key(&narrow(FORMER_KEY))
            .with_key(&narrow(FORMER_KEY).below("3.06.000"))
            .with_key(&narrow(FORMER_KEY).below("Install"))
            .with_text(&Key::machine(KEY), "InstallDir", r"C:\Program Files\santesocial\CPS");
        let registry = program(registry, "{1}", "Composants Cryptographiques CPS v5.2.2 (x64)", None);
        let registry = program(registry, "{2}", "Composants cryptographiques CPS", Some("5.2.1"));
        let registry = program(registry, "{3}", "Cryptolib CPS de quelqu'un", Some("9.9"));
        assert_eq!(
            told(&registry),
            [
                (VersionSource::Registry64, "5.2.2".into()),
                (VersionSource::Registry32, "3.06.000".into()),
                (VersionSource::Uninstall, "5.2.2".into()),
                (VersionSource::Uninstall, "5.2.1".into()),
            ]
        );
        assert_eq!(install_folder(&registry).as_deref(), Some(r"C:\Program Files\santesocial\CPS"));
        assert!(told(&FakeRegistry::default()).is_empty());
    }

    #[test]
    fn odd_values_of_ours_are_told_and_of_others_passed_over() {
        let ours = FakeRegistry::default().with_number(&Key::machine(KEY), "Version", 0x0004_0000);
        let ours = versions(&program(ours, "{4}", "Composants Cryptographiques CPS v4.0.0", None)).unwrap();
        assert_eq!(ours.unreadable, [r"HKLM\SOFTWARE\ASIP\Cryptolib CPS: Version"]);
        assert_eq!(ours.versions, [VersionTold::new(VersionSource::Uninstall, "4.0.0")], "the others are told");
        let forbidden = FakeRegistry::default().with_key(&Key::machine(KEY)).forbidding(&Key::machine(KEY));
        assert_eq!(versions(&forbidden).unwrap_err().why, Unseen::NoRights);
        let others = FakeRegistry::default().with(&Key::machine(UNINSTALL).below("x"), "DisplayName", Value::Unfit);
        assert!(told(&others).is_empty());
        let nothing = program(FakeRegistry::default(), "x", "Composants Cryptographiques CPS", None);
        assert!(told(&nothing).is_empty(), "no version is none");
    }

    #[test]
    fn the_users_traces_win() {
        let of = |hive, part: &str| Key::of(hive, format!(r"Software\ASIP Sante\{part}"));
        let machine = FakeRegistry::default().with_number(&of(Hive::Machine, "PKCS11"), "Traces", 1);
        assert!(traces_on(&machine).unwrap());
        let off = machine.with_number(&of(Hive::User, "PKCS11"), "Traces", 0);
        assert!(!traces_on(&off).unwrap());
        let csp = off.with_number(&of(Hive::User, "CSP").seen_by(RegistryView::Bits32), "Traces", 0x50);
        assert!(traces_on(&csp).unwrap(), "the part for 32-bit programs");
        assert!(!traces_on(&FakeRegistry::default()).unwrap());
    }

    #[test]
    fn leftovers_and_the_minidriver_are_found() {
        let registry = FakeRegistry::default()
            .with_key(&narrow(GIP))
            .with_key(&narrow(GIP).below("GALSS"))
            .with_key(&Key::machine(CALAIS).below(r"SmartCards\Carte non reconnue"));
        assert_eq!(left_keys(&registry).unwrap().len(), 1, "the key of GALSS is in use");
        assert_eq!(left_keys(&registry.with_key(&narrow(GIP).below("CCM"))).unwrap().len(), 2);
        let registry = FakeRegistry::default();
        assert!(!minidriver(&registry).unwrap());
        let key = Key::machine(CALAIS).below(r"SmartCards\CPS4");
        let atr = hex::decode("3B9B188001001225006480040100009044").unwrap();
        let table = FakeRegistry::default().with(&key, "ATR", Value::Bytes(atr)).with_text(&key, "80000001", "cps.dll");
        assert!(minidriver(&table).unwrap());
        assert!(minidriver(&program(FakeRegistry::default(), "m", "Minidriver CPS 1.0", None)).unwrap());
    }
}
