//! Copies of the Cryptolib's PKCS#11 module: which file is which, whatever it is called.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::facts::ModuleCopy;
use super::{Machine, binary, fingerprint};
use crate::limits;

/// The files at these places, links followed, each once, in their order. A place is a path of the machine; the official
/// ones are those where the Cryptolib itself installs.
pub(super) fn copies(
    machine: &Machine,
    places: impl IntoIterator<Item = PathBuf>,
    official: &[&str],
) -> Vec<ModuleCopy> {
    let official: Vec<PathBuf> = official.iter().filter_map(|place| machine.path(place).canonicalize().ok()).collect();
    let mut seen = BTreeSet::new();
    let files = places.into_iter().filter_map(|place| machine.path(place).canonicalize().ok());
    files
        .filter(|file| file.is_file() && seen.insert(file.clone()))
        .take(limits::MODULE_COPIES)
        .map(|file| copy(machine, &file, official.contains(&file)))
        .collect()
}

/// The version resource is a thing of Windows: there is none here.
fn copy(machine: &Machine, file: &Path, official: bool) -> ModuleCopy {
    ModuleCopy {
        path: machine.shown(file),
        official,
        version: None,
        architectures: binary::architectures(file).seen().cloned().unwrap_or_default(),
        sha256: fingerprint::sha256(file),
    }
}
