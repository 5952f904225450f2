//! The Cryptolib CPS in the registry: versions, traces, leftovers, minidriver.

use super::crypto::{CALAIS, cards};
use super::registry::{Hive, Key, Registry, VIEWS};
use crate::workstation::Reason;
use crate::workstation::facts::{RegistryView, VersionSource, VersionTold};

/// Where the Cryptolib tells of itself: today, and on the line 3.06.
const KEYS: [&str; 2] = [r"SOFTWARE\ASIP\Cryptolib CPS", r"SOFTWARE\ASIP SANTE\Cryptolib CPS"];
const UNINSTALL: &str = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall";
/// What the installer calls itself in the list of programs.
const DISPLAYED: &str = "composants cryptographiques cps";

/// The versions that the registry tells, its own key before the list of programs.
pub(super) fn versions(registry: &dyn Registry) -> Result<Vec<VersionTold>, Reason> {
    let mut versions = Vec::new();
    for view in VIEWS {
        let source = if view == RegistryView::Bits64 { VersionSource::Registry64 } else { VersionSource::Registry32 };
        if let Some(version) = own(registry, view, "Version")? {
            versions.push(VersionTold::new(source, version));
        }
    }
    for program in programs(registry)?.into_iter().filter(|program| program.name.to_lowercase().starts_with(DISPLAYED))
    {
        let told = VersionTold::new(VersionSource::Uninstall, program.version());
        if !told.version.is_empty() && !versions.contains(&told) {
            versions.push(told);
        }
    }
    Ok(versions)
}

/// The folder into which the Cryptolib was installed, as its key says.
pub(super) fn install_folder(registry: &dyn Registry) -> Result<Option<String>, Reason> {
    for view in VIEWS {
        if let Some(folder) = own(registry, view, "InstallDir")?.filter(|folder| !folder.is_empty()) {
            return Ok(Some(folder));
        }
    }
    Ok(None)
}

fn own(registry: &dyn Registry, view: RegistryView, value: &str) -> Result<Option<String>, Reason> {
    for path in KEYS {
        if let Some(text) = registry.text(&Key::machine(path).seen_by(view), value)? {
            return Ok(Some(text));
        }
    }
    Ok(None)
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

/// Keys that former versions left behind.
pub(super) fn left_keys(registry: &dyn Registry) -> Result<Vec<String>, Reason> {
    let mut left = Vec::new();
    for view in VIEWS {
        let former = [
            Key::machine(r#"SOFTWARE\GIP-"CPS""#),
            Key::machine(r"SOFTWARE\GIP-CPS"),
            Key::machine(CALAIS).below(r"SmartCards\Carte non reconnue"),
        ];
        for key in former.map(|key| key.seen_by(view)) {
            if registry.exists(&key)? {
                left.push(key.to_string());
            }
        }
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
    use crate::workstation::Unseen;
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
        versions(registry).unwrap().into_iter().map(|told| (told.source, told.version)).collect()
    }

    #[test]
    fn each_source_tells_its_version() {
        let registry = FakeRegistry::default()
            .with_text(&Key::machine(KEYS[0]), "Version", "5.2.2")
            .with_text(&narrow(KEYS[1]), "Version", "3.06.1")
            .with_text(&Key::machine(KEYS[0]), "InstallDir", r"C:\Program Files\santesocial\CPS");
        let registry = program(registry, "{1}", "Composants Cryptographiques CPS v5.2.2 (x64)", None);
        let registry = program(registry, "{2}", "Composants cryptographiques CPS", Some("5.2.1"));
        let registry = program(registry, "{3}", "Cryptolib CPS de quelqu'un", Some("9.9"));
        assert_eq!(
            told(&registry),
            [
                (VersionSource::Registry64, "5.2.2".into()),
                (VersionSource::Registry32, "3.06.1".into()),
                (VersionSource::Uninstall, "5.2.2".into()),
                (VersionSource::Uninstall, "5.2.1".into()),
            ]
        );
        assert_eq!(install_folder(&registry).unwrap().as_deref(), Some(r"C:\Program Files\santesocial\CPS"));
        assert!(told(&FakeRegistry::default()).is_empty());
    }

    #[test]
    fn odd_values_of_ours_are_told_and_of_others_passed_over() {
        let ours = FakeRegistry::default().with_number(&Key::machine(KEYS[0]), "Version", 522);
        assert_eq!(versions(&ours).unwrap_err().why, Unseen::Malformed);
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
            .with_key(&narrow(r#"SOFTWARE\GIP-"CPS""#))
            .with_key(&Key::machine(CALAIS).below(r"SmartCards\Carte non reconnue"));
        assert_eq!(left_keys(&registry).unwrap().len(), 2);
        assert!(!minidriver(&registry).unwrap());
        let key = Key::machine(CALAIS).below(r"SmartCards\CPS4");
        let atr = hex::decode("3B9B188001001225006480040100009044").unwrap();
        let table = FakeRegistry::default().with(&key, "ATR", Value::Bytes(atr)).with_text(&key, "80000001", "cps.dll");
        assert!(minidriver(&table).unwrap());
        assert!(minidriver(&program(FakeRegistry::default(), "m", "Minidriver CPS 1.0", None)).unwrap());
    }
}
