//! The Cryptolib CPS and its parts (middleware.md sections 1 and 8).

use std::path::{Path, PathBuf};

use super::library_folders::library_folders;
use super::packages;
use crate::limits;
use crate::workstation::facts::{Cryptolib, CryptolibFile, FileUse, ModuleCopy, VersionSource, VersionTold};
use crate::workstation::trace_settings::traces;
use crate::workstation::{Machine, Observed, Unseen, adm_files, counted_folder, module_copies};

const MODULE: &str = "/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so";
const SETTINGS: &str = "/etc/opt/santesocial/CPS/cps3_pkcs11.conf";
const CACHE: &str = "/etc/opt/santesocial/CPS/cache";
const LOGS: &str = "/var/opt/santesocial/CPS/log";
const INSTALLER: &str = "/var/opt/santesocial/commun/adm";

/// Where the package puts what, and what for.
const FILES: [(&str, FileUse); 9] = [
    (MODULE, FileUse::Module),
    ("/usr/lib64/libcps3_pkcs11_lux.so", FileUse::Needed),
    (SETTINGS, FileUse::Needed),
    ("/etc/opt/santesocial/CPS/DICO-FR.GIP", FileUse::Needed),
    ("/etc/opt/santesocial/CPS/Coffre", FileUse::Needed),
    ("/usr/local/galss/libcptablux.so", FileUse::Needed),
    (CACHE, FileUse::Needed),
    (LOGS, FileUse::Optional),
    ("/opt/santesocial/CPS/bin/cpgeslux", FileUse::Optional),
];

/// Folders where software looked for the module or brought a copy of it.
const FOLDERS: [&str; 3] = ["/opt/santesocial/CPS/lib", "/usr/local/galss", "/usr/local/lib"];

/// How the names of copies begin: `libcps3_pkcs11_lux.so`, `libcps3_pkcs11.so`.
const NAME: &str = "libcps3_pkcs11";

/// The names that converters give the package on Debian, where none is published.
const DEBIAN_NAMES: [&str; 2] = ["cryptolibcps", "cryptolib-cps"];

/// The Cryptolib of this machine. Starts `rpm` where there is one. Whether the files are those of the package is another
/// question, and a longer one: see [`verify_cryptolib`](super::verify_cryptolib).
pub fn collect(machine: &Machine) -> Observed<Cryptolib> {
    let file = |(path, needed_for): (&str, FileUse)| CryptolibFile {
        path: path.to_owned(),
        needed_for,
        present: machine.has(path),
    };
    Observed::Seen(Cryptolib {
        versions: versions(machine),
        files: FILES.map(file).into(),
        copies: copies(machine),
        cache: Observed::Seen(counted_folder::access(machine, CACHE)),
        traces: Observed::Seen(traces(machine, SETTINGS, &[machine.path(LOGS)])),
        leftovers: Observed::Unseen(Unseen::NotThisSystem.into()),
        minidriver: Observed::Unseen(Unseen::NotThisSystem.into()),
        ..Cryptolib::default()
    })
}

fn versions(machine: &Machine) -> Vec<VersionTold> {
    let package = packages::version(machine, "CryptolibCPS", &DEBIAN_NAMES).ok().flatten();
    let installer = adm_files::version(machine, INSTALLER);
    let told = [(VersionSource::Package, package), (VersionSource::InstallerFile, installer)];
    told.into_iter().filter_map(|(source, version)| Some(VersionTold::new(source, version?))).collect()
}

/// Copies in the known folders and in those of the loader.
fn copies(machine: &Machine) -> Vec<ModuleCopy> {
    let mut folders: Vec<PathBuf> = FOLDERS.map(PathBuf::from).into();
    folders.extend(library_folders(machine));
    let found = folders.iter().flat_map(|folder| named(&machine.path(folder)));
    let mut places = vec![PathBuf::from(MODULE)];
    places.extend(found.map(|place| place.strip_prefix(machine.path("/")).map(Path::to_owned).unwrap_or(place)));
    module_copies::copies(machine, places, &[MODULE])
}

/// The files of a folder whose names begin as the module's.
fn named(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().take(limits::LIBRARIES).flatten();
    let named = entries.filter(|entry| entry.file_name().as_encoded_bytes().starts_with(NAME.as_bytes()));
    named.map(|entry| entry.path()).collect()
}
