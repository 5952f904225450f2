//! The Cryptolib as the packages of macOS and Linux install it: its files, what tells its version, copies of its module,
//! whatever they are called.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::facts::{CryptolibFile, FileUse, ModuleCopy, VersionSource, VersionTold};
use super::{Machine, binary, fingerprint};
use crate::limits;

/// How the names of copies begin: `libcps3_pkcs11_lux.so`, `libcps3_pkcs11.so`.
const NAME: &str = "libcps3_pkcs11";

/// Which of these files there are.
pub(super) fn files<const COUNT: usize>(machine: &Machine, expected: [(&str, FileUse); COUNT]) -> Vec<CryptolibFile> {
    let file = |(path, needed_for): (&str, FileUse)| CryptolibFile {
        path: path.to_owned(),
        needed_for,
        present: machine.has(path),
    };
    expected.map(file).into()
}

/// What the system's list of packages and the installer's own file tell.
pub(super) fn versions(package: Option<String>, installer: Option<String>) -> Vec<VersionTold> {
    let told = [(VersionSource::Package, package), (VersionSource::InstallerFile, installer)];
    told.into_iter().filter_map(|(source, version)| Some(VersionTold::new(source, version?))).collect()
}

/// The places in a folder of the machine whose names begin as the module's.
pub(super) fn named(machine: &Machine, folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(machine.path(folder)).into_iter().flatten().take(limits::LIBRARIES).flatten();
    let names = entries.map(|entry| entry.file_name());
    let of_module = names.filter(|name| name.as_encoded_bytes().starts_with(NAME.as_bytes()));
    let mut places: Vec<PathBuf> = of_module.map(|name| folder.join(name)).collect();
    places.sort();
    places
}

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
