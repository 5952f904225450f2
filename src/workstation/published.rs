//! The table of what ANS's documents say is on a workstation, and the collectors of macOS and Linux held against it. Those
//! of Windows are held in `windows::published_tests`.

use std::path::Path;

use super::facts::FileUse;
use super::{Machine, linux, macos};

/// A row of `fixtures/ans/places.csv`.
pub(super) struct Row {
    pub(super) kind: String,
    pub(super) what: String,
    pub(super) note: String,
}

/// The rows of a system.
pub(super) fn rows(system: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(include_str!("../../fixtures/ans/places.csv").as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    assert!(rows.iter().all(|row| !row[4].is_empty()), "every row says where it is from");
    let of_system = rows.iter().filter(|row| &row[0] == system);
    let rows: Vec<Row> =
        of_system.map(|row| Row { kind: row[1].into(), what: row[2].into(), note: row[3].into() }).collect();
    assert!(!rows.is_empty());
    rows
}

impl Row {
    pub(super) fn is(&self, kinds: &[&str]) -> bool {
        kinds.contains(&self.kind.as_str())
    }

    /// Whether it is the note in which the installer writes the version.
    fn is_note(&self) -> bool {
        Path::new(&self.what).extension().is_some_and(|ending| ending == "adm")
    }

    pub(super) fn needed_for(&self) -> FileUse {
        match self.note.split(';').next().unwrap_or_default() {
            "module" => FileUse::Module,
            "needed" => FileUse::Needed,
            _ => FileUse::Optional,
        }
    }
}

/// A machine that has what these rows name.
fn made(rows: &[Row], kinds: &[&str]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for row in rows.iter().filter(|row| row.is(kinds)) {
        let place = root.path().join(row.what.trim_start_matches('/'));
        if row.kind == "folder" {
            std::fs::create_dir_all(place).unwrap();
            continue;
        }
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        let contents = if row.is_note() { row.note.split(' ').next().unwrap_or_default() } else { "x" };
        std::fs::write(place, format!("{contents}\nINSTALLEUR_CRYPTOLIB_CPS_64B")).unwrap();
    }
    root
}

#[test]
fn macos_and_linux_find_what_the_packages_install_and_expect_nothing_else() {
    for system in ["macos", "linux"] {
        let rows = rows(system);
        let root = made(&rows, &["file", "folder"]);
        let machine = Machine::below(root.path());
        let found = if system == "macos" { macos::cryptolib(&machine) } else { linux::cryptolib::collect(&machine) };
        let found = found.seen().unwrap();
        let mut expected: Vec<_> = rows
            .iter()
            .filter(|row| row.is(&["file", "folder"]) && !row.is_note())
            .map(|row| (row.what.as_str(), row.needed_for(), true))
            .collect();
        let mut told: Vec<_> =
            found.files.iter().map(|file| (file.path.as_str(), file.needed_for, file.present)).collect();
        expected.sort_by_key(|(path, ..)| *path);
        told.sort_by_key(|(path, ..)| *path);
        assert_eq!(told, expected, "{system}");
        // the version stands in the note of the installer, as its own script writes it
        let newest = rows.iter().find(|row| row.is(&["version"]) && row.note == "cryptolib-floor").unwrap();
        assert!(found.versions.iter().any(|told| told.version == newest.what), "{system}: {:?}", found.versions);
        assert!(found.leftovers.seen().is_none_or(Vec::is_empty), "{system}");
        assert_eq!(found.copies.iter().filter(|copy| copy.official).count(), 1, "{system}");
    }
}

#[test]
fn macos_tells_what_former_versions_left() {
    let rows = rows("macos");
    let root = made(&rows, &["former-file"]);
    let found = macos::cryptolib(&Machine::below(root.path()));
    let mut expected: Vec<_> = rows.iter().filter(|row| row.is(&["former-file"])).map(|row| row.what.clone()).collect();
    let mut told = found.seen().unwrap().leftovers.seen().unwrap().clone();
    expected.sort();
    told.sort();
    assert_eq!(told, expected);
}
