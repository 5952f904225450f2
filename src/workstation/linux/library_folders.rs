//! The folders in which the system's loader looks for libraries, as ld.so(8) tells them.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::limits;
use crate::workstation::facts::Architecture;
use crate::workstation::{Machine, binary};

/// The folders that the loader knows by itself, and those that distributions add.
const KNOWN: [&str; 12] = [
    "/usr/local/lib",
    "/usr/local/lib64",
    "/lib64",
    "/usr/lib64",
    "/lib/x86_64-linux-gnu",
    "/usr/lib/x86_64-linux-gnu",
    "/lib/aarch64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/usr/local/lib/x86_64-linux-gnu",
    "/usr/local/lib/aarch64-linux-gnu",
    "/lib",
    "/usr/lib",
];

/// The folders in the order of the loader, as paths of the machine: `LD_LIBRARY_PATH`, those configured, the known ones.
pub(super) fn library_folders(machine: &Machine) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = Vec::new();
    if let Some(path) = machine.variable("LD_LIBRARY_PATH") {
        folders.extend(path.split([':', ';']).filter(|folder| folder.starts_with('/')).map(PathBuf::from));
    }
    let mut files = machine.entries("/etc/ld.so.conf.d", limits::LIBRARY_FOLDERS);
    files.retain(|file| file.extension().is_some_and(|extension| extension == "conf"));
    files.push(machine.path("/etc/ld.so.conf"));
    for file in files {
        let text = crate::workstation::bounded_file::read_text(&file, limits::SETTINGS_BYTES).unwrap_or_default();
        folders.extend(text.lines().map(str::trim).filter(|line| line.starts_with('/')).map(PathBuf::from));
    }
    folders.extend(KNOWN.map(PathBuf::from));
    folders.truncate(limits::LIBRARY_FOLDERS);
    folders
}

/// The files of this name in these folders, links followed, each once, in their order; those of another architecture
/// than this program's are left out unless they cannot be told.
pub(super) fn find(machine: &Machine, folders: &[PathBuf], name: &str) -> Vec<PathBuf> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for folder in folders {
        let Ok(place) = machine.path(folder).join(name).canonicalize() else { continue };
        let of = binary::architectures(&place);
        let fits = of.seen().is_none_or(|all| all.contains(&Architecture::OURS));
        if place.is_file() && fits && seen.insert(place.clone()) {
            found.push(place);
        }
    }
    found
}
