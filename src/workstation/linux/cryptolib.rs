//! The Cryptolib CPS and its parts (middleware.md sections 1 and 8).

use std::path::PathBuf;

use super::library_folders::library_folders;
use super::packages;
use crate::workstation::facts::{Cryptolib, FileUse, ModuleCopy, VersionTold};
use crate::workstation::trace_settings::traces;
use crate::workstation::{Machine, Observed, Unseen, adm_files, counted_folder, cryptolib_package};

const MODULE: &str = "/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so";
const SETTINGS: &str = "/etc/opt/santesocial/CPS/cps3_pkcs11.conf";
const CACHE: &str = "/etc/opt/santesocial/CPS/cache";
const LOGS: &str = "/var/opt/santesocial/CPS/log";
const INSTALLER: &str = "/var/opt/santesocial/commun/adm";

/// Where the package puts what, and what for. The module was seen to work without all that is optional here.
const FILES: [(&str, FileUse); 9] = [
    (MODULE, FileUse::Module),
    ("/usr/lib64/libcps3_pkcs11_lux.so", FileUse::Needed),
    (SETTINGS, FileUse::Optional),
    ("/etc/opt/santesocial/CPS/DICO-FR.GIP", FileUse::Optional),
    ("/etc/opt/santesocial/CPS/Coffre", FileUse::Optional),
    ("/usr/local/galss/libcptablux.so", FileUse::Optional),
    (CACHE, FileUse::Optional),
    (LOGS, FileUse::Optional),
    ("/opt/santesocial/CPS/bin/cpgeslux", FileUse::Optional),
];

/// Folders where software looked for the module or brought a copy of it.
const FOLDERS: [&str; 3] = ["/opt/santesocial/CPS/lib", "/usr/local/galss", "/usr/local/lib"];

/// The names that converters give the package on Debian, where none is published.
const DEBIAN_NAMES: [&str; 2] = ["cryptolibcps", "cryptolib-cps"];

/// The Cryptolib of this machine. Starts `rpm` where there is one. Whether the files are those of the package is another
/// question, and a longer one: see [`verify_cryptolib`](super::verify_cryptolib).
pub fn collect(machine: &Machine) -> Observed<Cryptolib> {
    Observed::Seen(Cryptolib {
        versions: versions(machine),
        files: cryptolib_package::files(machine, FILES),
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
    cryptolib_package::versions(package, installer)
}

/// Copies in the known folders and in those of the loader.
fn copies(machine: &Machine) -> Vec<ModuleCopy> {
    let mut folders: Vec<PathBuf> = FOLDERS.map(PathBuf::from).into();
    folders.extend(library_folders(machine));
    let found = folders.iter().flat_map(|folder| cryptolib_package::named(machine, folder));
    cryptolib_package::copies(machine, std::iter::once(PathBuf::from(MODULE)).chain(found), &[MODULE])
}
