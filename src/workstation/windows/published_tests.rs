//! The collectors held against what ANS's documents say of a workstation (`fixtures/ans/places.csv`): what they name is
//! found, and what is asked for is named.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::places::Places;
use super::registry::{Hive, Key, Registry, VIEWS, Value};
use super::registry_fake::FakeRegistry;
use super::{crypto, cryptolib, cryptolib_files as files, policies, processes, services};
use crate::workstation::Reason;
use crate::workstation::browsers::extensions_json::{EXTENSION, FORMER_EXTENSIONS};
use crate::workstation::facts::{Architecture, RegistryView};
use crate::workstation::published::{Row, rows};

/// A registry that notes what it is asked for, as the table writes it: a key, or a key and a value.
struct Noting<'a> {
    registry: &'a FakeRegistry,
    asked: RefCell<BTreeSet<String>>,
}

impl Noting<'_> {
    fn note(&self, key: &Key, value: Option<&str>) {
        let wide = key.clone().seen_by(RegistryView::Bits64);
        let value = value.map(|value| format!(":{value}")).unwrap_or_default();
        self.asked.borrow_mut().insert(format!("{wide}{value}").to_lowercase());
    }
}

impl Registry for Noting<'_> {
    fn value(&self, key: &Key, name: &str) -> Result<Option<Value>, Reason> {
        self.note(key, Some(name));
        self.registry.value(key, name)
    }

    fn names(&self, key: &Key) -> Result<Option<Vec<String>>, Reason> {
        self.note(key, None);
        self.registry.names(key)
    }

    fn subkeys(&self, key: &Key) -> Result<Option<Vec<String>>, Reason> {
        self.note(key, None);
        self.registry.subkeys(key)
    }
}

fn key(what: &str) -> Key {
    let (hive, path) = what.split_once('\\').unwrap();
    Key::of(if hive == "HKLM" { Hive::Machine } else { Hive::User }, path)
}

/// The registry of a workstation as the installer leaves it, in both views.
fn installed(rows: &[Row]) -> FakeRegistry {
    let mut registry = FakeRegistry::default();
    for row in rows.iter().filter(|row| row.is(&["value"]) && !row.what.ends_with("80000001")) {
        let (path, name) = row.what.rsplit_once(':').unwrap();
        let value = match row.note.split(';').next().unwrap() {
            "REG_DWORD" => Value::Number(1),
            "REG_BINARY" => continue,
            _ => Value::Text(match name {
                "Version" => "5.2.2".into(),
                "InstallDir" => r"C:\Program Files\santesocial\CPS".into(),
                "Image Path" => r"C:\Windows\System32\cps3_csp_w64.dll".into(),
                "Crypto Provider" => "ASIP Sante Cryptographic Provider".into(),
                _ => row.note.split("; ").nth(1).unwrap_or_default().into(),
            }),
        };
        for view in VIEWS {
            registry = registry.with(&key(path).seen_by(view), name, value.clone());
        }
    }
    // "ATR … mask …"
    for row in rows.iter().filter(|row| row.is(&["key"]) && row.note.starts_with("ATR ")) {
        let words: Vec<_> = row.note.split(' ').collect();
        for (name, word) in [("ATR", words[1]), ("ATRMask", words[3])] {
            registry = registry.with(&key(&row.what), name, Value::Bytes(hex::decode(word).unwrap()));
        }
    }
    registry
}

fn ask_everything(registry: &dyn Registry) {
    let _ = (cryptolib::versions(registry), cryptolib::install_folder(registry), cryptolib::traces_on(registry));
    let _ = (cryptolib::left_keys(registry), cryptolib::minidriver(registry));
    let _ = crypto::interpret(registry, &|_, _| true);
    let _ = policies::interpret(registry);
    let _ = services::interpret(registry, &|_| Ok(None));
    let _ = processes::ccm_autostart(registry, processes::StartupLink::Absent);
    let _ = processes::ccm_watches(registry);
}

#[test]
fn what_is_asked_of_the_registry_is_in_the_table_and_the_other_way_round() {
    let rows = rows("windows");
    let registry = installed(&rows);
    let noting = Noting { registry: &registry, asked: RefCell::default() };
    ask_everything(&noting);
    // traces that are on end the search: the other places are asked where they are off
    let off = FakeRegistry::default();
    let noting_off = Noting { registry: &off, asked: RefCell::default() };
    ask_everything(&noting_off);
    let asked: BTreeSet<String> = noting.asked.into_inner().union(&noting_off.asked.into_inner()).cloned().collect();
    let named: Vec<(String, bool)> = rows
        .iter()
        .filter(|row| row.is(&["key", "value", "former-key", "of-system"]))
        .map(|row| (row.what.to_lowercase(), row.is(&["of-system"])))
        .collect();
    let is_named = |asked: &str| {
        let key = asked.split(':').next().unwrap_or_default();
        named.iter().any(|(what, of_system)| {
            what == asked
                || what.split(':').next() == Some(asked)
                || *of_system && (key == what || key.starts_with(&format!(r"{what}\")))
                || what == key && !asked.contains(':')
        })
    };
    let unnamed: Vec<_> = asked.iter().filter(|asked| !is_named(asked)).collect();
    assert!(unnamed.is_empty(), "asked for, and in no document: {unnamed:#?}");
    let never: Vec<_> = rows
        .iter()
        .filter(|row| row.is(&["key", "value", "former-key"]))
        .map(|row| row.what.to_lowercase())
        .filter(|what| !asked.iter().any(|asked| asked == what || asked.starts_with(&format!("{what}:"))))
        .collect();
    assert!(never.is_empty(), "named, and never asked for: {never:#?}");
}

#[test]
fn an_installation_as_specified_is_read_whole() {
    let rows = rows("windows");
    let registry = installed(&rows);
    let told = cryptolib::versions(&registry).unwrap();
    assert!(told.unreadable.is_empty() && told.versions.iter().all(|told| told.version == "5.2.2"));
    assert_eq!(told.versions.len(), 2, "both views");
    let crypto = crypto::interpret(&registry, &|_, _| true);
    let known: Vec<_> = crypto.cards.seen().unwrap().iter().map(|card| (card.name.clone(), card.atr.clone())).collect();
    assert!(
        known.contains(&("Carte de Professionnel de Sante CPS3".into(), "3B00000000001225006480000000009000".into()))
    );
    assert_eq!(crypto.providers.seen().unwrap().len(), 2);
    let manifests = policies::interpret(&registry).manifests;
    let names: Vec<_> = manifests.seen().unwrap().iter().map(|manifest| manifest.name.as_str()).collect();
    assert_eq!(names, ["cps3", "cps3_x86"]);
    // the installed programs by the names of the specification
    for row in rows.iter().filter(|row| row.is(&["name"]) && row.what.starts_with("Composants")) {
        let program = Key::machine(r"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\{x}");
        let listed = FakeRegistry::default().with_text(&program, "DisplayName", &row.what);
        assert_eq!(cryptolib::versions(&listed).unwrap().versions[0].version, "5.2.2", "{}", row.what);
    }
    let link = rows.iter().find(|row| row.is(&["link"])).unwrap();
    assert!(processes::is_ccm_link(link.what.rsplit('\\').next().unwrap()));
    assert!(rows.iter().any(|row| row.is(&["name"]) && row.what == EXTENSION));
    let former: Vec<_> = rows.iter().filter(|row| row.is(&["former-addon"])).map(|row| row.what.as_str()).collect();
    assert_eq!(former, FORMER_EXTENSIONS);
    let rules = include_str!("../../readiness/rules.csv");
    for rule in ["cryptolib-floor", "cryptolib-flaw"] {
        let row = rows.iter().find(|row| row.note == rule).unwrap();
        assert!(rules.lines().any(|line| line.starts_with(rule) && line.contains(&row.what)), "{rule}");
    }
}

#[test]
fn each_key_that_former_versions_left_is_told_and_nothing_else() {
    for row in rows("windows").iter().filter(|row| row.is(&["former-key"])) {
        let key = key(&row.what);
        let registry = FakeRegistry::default().with_key(&key).with_key(&key.below("reste"));
        assert_eq!(cryptolib::left_keys(&registry).unwrap(), [key.to_string()]);
    }
}

fn places(root: &Path) -> Places {
    let mut places = Places::below(&root.join("Windows"), Architecture::X86_64, Architecture::X86_64);
    places.program_data = root.join("ProgramData");
    places
}

fn place(root: &Path, what: &str) -> PathBuf {
    let path = what
        .replace("%SysDir32%", r"Windows\SysWOW64")
        .replace("%SysDir%", r"Windows\System32")
        .replace("%WinDir%", "Windows")
        .replace("%SanteSocial%", r"ProgramData\santesocial")
        .replace("%InstallDir%", "CPS");
    root.join(path.replace('\\', "/"))
}

#[test]
fn each_file_of_the_documents_is_expected_and_no_other() {
    let rows = rows("windows");
    let root = tempfile::tempdir().unwrap();
    let expected = files::expected(&places(root.path()), Some(&root.path().join("CPS")));
    let mut told: Vec<_> = expected.iter().map(|file| (PathBuf::from(&file.path), file.needed_for)).collect();
    let mut named: Vec<_> = rows
        .iter()
        .filter(|row| row.is(&["file", "folder"]))
        .map(|row| (place(root.path(), &row.what), row.needed_for()))
        .collect();
    told.sort_by(|one, other| one.0.cmp(&other.0));
    named.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(told, named);
}

#[test]
fn each_file_that_former_versions_left_is_told() {
    for row in rows("windows").iter().filter(|row| row.is(&["former-file"])) {
        let root = tempfile::tempdir().unwrap();
        let file = place(root.path(), &row.what);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, "x").unwrap();
        assert_eq!(files::left_files(&places(root.path())), [file.display().to_string()]);
    }
}
