//! The files of the Cryptolib CPS: what belongs where, copies of its module, its folders.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};

use super::places::{Places, is_local};
use crate::limits;
use crate::workstation::facts::{CryptolibFile, FileUse, ModuleCopy};
use crate::workstation::{binary, fingerprint, shown_path};

/// What the file of the module is called, before its width.
const MODULE: &str = "cps3_pkcs11";

/// The files and folders that belong to the Cryptolib on this machine (middleware.md section 1).
pub(super) fn expected(places: &Places, install_folder: Option<&Path>) -> Vec<CryptolibFile> {
    let mut files = Vec::new();
    let mut add = |path: PathBuf, needed_for: FileUse| {
        files.push(CryptolibFile { path: shown_path(&path), needed_for, present: path.exists() });
    };
    let widths: Vec<(&Path, &str)> = match &places.system_32 {
        Some(narrow) => vec![(&places.system, "w64"), (narrow, "w32")],
        None => vec![(&places.system, "w32")],
    };
    for (folder, width) in &widths {
        add(folder.join(format!("{MODULE}_{width}.dll")), FileUse::Module);
        add(folder.join(format!("cps3_csp_{width}.dll")), FileUse::Needed);
    }
    // ANS's documents disagree on the first: the folder of Windows (release notes) or that of its libraries (annex A)
    for (folder, width) in &widths {
        let name = format!("cptab{width}.dll");
        add(either(&places.windows.join(&name), &folder.join(&name)), FileUse::Optional);
    }
    let dictionary = places.windows.join("DICO-FR.GIP");
    add(either(&dictionary, &places.cryptolib_data().join("coffre").join("DICO-FR.GIP")), FileUse::Optional);
    if let Some(folder) = install_folder {
        add(folder.join("CCM.exe"), FileUse::Optional);
    }
    for folder in ["coffre", "log", "cache"] {
        add(places.cryptolib_data().join(folder), FileUse::Optional);
    }
    files
}

/// The second place where only there is something, else the first.
fn either(first: &Path, second: &Path) -> PathBuf {
    if !first.exists() && second.exists() { second.to_owned() } else { first.to_owned() }
}

/// The modules that the Cryptolib itself installed.
pub(super) fn official_modules(places: &Places) -> Vec<PathBuf> {
    official_folders(places).into_iter().flat_map(modules_in).collect()
}

fn official_folders(places: &Places) -> Vec<&Path> {
    [Some(&places.system), places.system_32.as_ref()].into_iter().flatten().map(PathBuf::as_path).collect()
}

/// Libraries that only former versions installed (annexes D to G), in the folder of Windows or in those of its libraries.
const FORMER_LIBRARIES: [&str; 7] = [
    "cps_csp_w32.dll",
    "cps_csp_pcsc_w32.dll",
    "cps_pkcs11_w32.dll",
    "cps_pkcs11_pcsc_w32.dll",
    "cpsw32.dll",
    "sscasw32.dll",
    "jnicpsw32.dll",
];

/// Files that former versions left behind.
pub(super) fn left_files(places: &Places) -> Vec<String> {
    let folders = official_folders(places).into_iter().chain([places.windows.as_path()]);
    let files = folders.flat_map(|folder| FORMER_LIBRARIES.map(|name| folder.join(name)));
    files.filter(|file| file.exists()).map(|file| shown_path(&file)).collect()
}

/// Every copy of the module: where the Cryptolib installs it, on `PATH`, and in the folders of programs.
pub(super) fn copies(places: &Places, version: impl Fn(&Path) -> Option<String>) -> Vec<ModuleCopy> {
    let official = official_folders(places);
    let mut found = official_modules(places);
    for folder in places.path.iter().take(limits::PATH_FOLDERS).filter(|folder| is_local(folder)) {
        found.extend(modules_in(folder));
    }
    found.extend(modules_below(&places.programs));
    let mut copies: Vec<(PathBuf, ModuleCopy)> = Vec::new();
    for path in found {
        // one path for each file, whatever links and spellings lead to it
        let same = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        if copies.len() == limits::MODULE_COPIES || copies.iter().any(|(known, _)| *known == same) {
            continue;
        }
        let copy = ModuleCopy {
            official: path.parent().is_some_and(|parent| official.contains(&parent)),
            version: version(&path),
            architectures: binary::architectures(&path).seen().cloned().unwrap_or_default(),
            sha256: fingerprint::sha256(&path),
            path: shown_path(&path),
        };
        copies.push((same, copy));
    }
    copies.into_iter().map(|(_, copy)| copy).collect()
}

/// The two modules that may be in a folder with thousands of files: asked for by name.
fn modules_in(folder: &Path) -> Vec<PathBuf> {
    let files = ["w64", "w32"].map(|width| folder.join(format!("{MODULE}_{width}.dll")));
    files.into_iter().filter(|file| file.is_file()).collect()
}

/// Modules up to three folders deep below these, nearest first, as long as entries are left to look at.
fn modules_below(folders: &[PathBuf]) -> Vec<PathBuf> {
    const DEPTH: u32 = 3;
    let mut waiting: VecDeque<(PathBuf, u32)> = folders.iter().map(|folder| (folder.clone(), 0)).collect();
    let (mut found, mut left) = (Vec::new(), limits::PROGRAM_ENTRIES);
    while let Some((folder, depth)) = waiting.pop_front() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let Some(rest) = left.checked_sub(1) else { return found };
            left = rest;
            // of the entry itself: junctions are not followed
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() && depth < DEPTH {
                waiting.push_back((entry.path(), depth.saturating_add(1)));
            } else if kind.is_file() && is_module(&entry.file_name().to_string_lossy()) {
                found.push(entry.path());
            }
        }
    }
    found
}

fn is_module(name: &str) -> bool {
    let name = name.to_lowercase();
    name.starts_with(MODULE) && name.rsplit('.').next() == Some("dll")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::facts::Architecture;

    struct Machine {
        folder: tempfile::TempDir,
        places: Places,
    }

    fn machine() -> Machine {
        let folder = tempfile::tempdir().unwrap();
        let windows = folder.path().join("Windows");
        let mut places = Places::below(&windows, Architecture::X86_64, Architecture::X86_64);
        places.program_data = folder.path().join("ProgramData");
        places.programs = vec![folder.path().join("Program Files")];
        places.path = vec![places.system.clone(), folder.path().join("tools"), "relative".into()];
        Machine { folder, places }
    }

    impl Machine {
        fn file(&self, path: &str, bytes: &[u8]) -> &Self {
            let path = self.folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
            self
        }
    }

    fn name(path: &str) -> &str {
        path.rsplit(['/', '\\']).next().unwrap()
    }

    #[test]
    fn what_belongs_to_it_is_told_present_or_not() {
        let machine = machine();
        machine
            .file("Windows/System32/cps3_pkcs11_w64.dll", b"MZ")
            .file("Windows/SysWOW64/cps3_pkcs11_w32.dll", b"MZ")
            .file("ProgramData/santesocial/cps/coffre/DICO-FR.GIP", b"x")
            .file("Windows/SysWOW64/cptabw32.dll", b"MZ")
            .file("ProgramData/santesocial/cps/cache/x", b"x");
        let files = expected(&machine.places, Some(&machine.folder.path().join("CPS")));
        let present: Vec<_> =
            files.iter().filter(|file| file.present).map(|file| (name(&file.path), file.needed_for)).collect();
        assert_eq!(
            present,
            [
                ("cps3_pkcs11_w64.dll", FileUse::Module),
                ("cps3_pkcs11_w32.dll", FileUse::Module),
                ("cptabw32.dll", FileUse::Optional),
                ("DICO-FR.GIP", FileUse::Optional),
                ("coffre", FileUse::Optional),
                ("cache", FileUse::Optional)
            ]
        );
        assert_eq!(files.len(), 11);
        assert_eq!(expected(&machine.places, None).iter().filter(|file| file.path.contains("DICO")).count(), 1);
    }

    #[test]
    fn copies_are_found_each_once() {
        let machine = machine();
        machine
            .file("Windows/System32/cps3_pkcs11_w64.dll", b"MZ")
            .file("tools/cps3_pkcs11_w32.dll", b"other")
            .file("Program Files/Logiciel/bin/CPS3_PKCS11_old.dll", b"old")
            .file("Program Files/a/b/c/d/e/cps3_pkcs11_w64.dll", b"too deep")
            .file("Program Files/Logiciel/cps3_pkcs11.txt", b"no library");
        let copies = copies(&machine.places, |path| path.ends_with("cps3_pkcs11_w64.dll").then(|| "3.4.0.0".into()));
        let told: Vec<_> = copies.iter().map(|copy| (name(&copy.path), copy.official)).collect();
        assert_eq!(
            told,
            [("cps3_pkcs11_w64.dll", true), ("cps3_pkcs11_w32.dll", false), ("CPS3_PKCS11_old.dll", false)]
        );
        assert_eq!((copies[0].version.as_deref(), copies[1].version.as_deref()), (Some("3.4.0.0"), None));
        // printf old | sha256sum
        let old = "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4";
        assert_eq!(copies[2].sha256.as_deref(), Some(old));
    }

    #[test]
    fn leftovers_are_told() {
        let machine = machine();
        assert!(left_files(&machine.places).is_empty());
        machine.file("Windows/SysWOW64/cps_csp_w32.dll", b"x");
        assert_eq!(left_files(&machine.places).len(), 1);
    }
}
