//! Which modules this workstation has: the places of the Cryptolib, what others name, what the user names.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::facts::{ModuleFacts, ModuleFile, Registrant};
use crate::limits;
use crate::workstation::facts::Architecture;
use crate::workstation::facts::RegisteredModule;
use crate::workstation::{Observed, Unseen, bounded_file, shown_path};

/// A module that somebody names.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Registration {
    /// Where, as it is written there; `~` is the home folder.
    pub path: PathBuf,
    /// Who.
    pub by: Registrant,
}

impl Registration {
    /// This one names a module at this path.
    pub fn new(path: impl Into<PathBuf>, by: Registrant) -> Self {
        Self { path: path.into(), by }
    }

    /// Whether this is where the Cryptolib puts its module, or a file that is named as its module is.
    pub fn is_cryptolib(&self) -> bool {
        self.by == Registrant::KnownPlace || RegisteredModule::new("", self.path.to_string_lossy()).is_cps()
    }
}

/// A module that was found, and the path by which it can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FoundModule {
    /// What is known of it without asking.
    pub facts: ModuleFacts,
    /// Where to load it from; none when there is nothing that this program could load.
    pub to_ask: Option<PathBuf>,
}

/// Where the Cryptolib CPS puts its module on this kind of system (release notes 5.2, contents of its packages).
pub fn known_places() -> Vec<PathBuf> {
    if cfg!(windows) {
        let root = std::env::var_os("SystemRoot").map_or_else(|| PathBuf::from(r"C:\Windows"), PathBuf::from);
        [r"System32\cps3_pkcs11_w64.dll", r"SysWOW64\cps3_pkcs11_w32.dll", r"System32\cps3_pkcs11_w32.dll"]
            .map(|name| root.join(name))
            .to_vec()
    } else if cfg!(target_os = "macos") {
        ["/usr/local/lib/libcps3_pkcs11_osx.dylib", "/usr/lib/libcps3_pkcs11_osx.dylib"].map(PathBuf::from).to_vec()
    } else {
        [
            "/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so",
            "/usr/lib64/libcps3_pkcs11_lux.so",
            "/usr/lib/libcps3_pkcs11_lux.so",
        ]
        .map(PathBuf::from)
        .to_vec()
    }
}

/// The modules behind these registrations, one for each file, and how many more there are than are looked at. A known
/// place of the Cryptolib where nothing is counts for nothing: nobody promised it.
///
/// `header` reads for which processors a file is made.
pub fn find(
    registrations: Vec<Registration>,
    header: impl Fn(&Path) -> Observed<Vec<Architecture>>,
) -> (Vec<FoundModule>, usize) {
    let mut found: Vec<Seen> = Vec::new();
    let mut left_out = 0_usize;
    for registration in registrations {
        let path = resolved(&registration.path);
        let real = fs::canonicalize(&path).ok();
        let same = |seen: &&mut Seen| match (&seen.real, &real) {
            (Some(one), Some(other)) => one == other,
            (None, None) => seen.path == path,
            _ => false,
        };
        if let Some(seen) = found.iter_mut().find(same) {
            seen.named_again(&path, registration.by);
            continue;
        }
        let file = what_is_at(&path, &header);
        if file == ModuleFile::Absent && registration.by == Registrant::KnownPlace {
            continue;
        }
        if found.len() == limits::MODULES {
            left_out = left_out.saturating_add(1);
            continue;
        }
        found.push(Seen::new(path, real, registration.by, file));
    }
    for place in 0..found.len() {
        let (before, rest) = found.split_at_mut(place);
        if let Some(seen) = rest.first_mut() {
            seen.facts.copy_of =
                before.iter().find(|other| seen.is_copy_of(other)).map(|other| other.facts.path.clone());
        }
    }
    (found.into_iter().map(Seen::into_found).collect(), left_out)
}

/// A module while others that name it are still being added.
struct Seen {
    path: PathBuf,
    /// The file itself, every link followed.
    real: Option<PathBuf>,
    facts: ModuleFacts,
}

impl Seen {
    fn new(path: PathBuf, real: Option<PathBuf>, by: Registrant, file: ModuleFile) -> Self {
        let real_path = real.as_ref().filter(|real| **real != path).map(|real| shown_path(real));
        let version = Observed::Unseen(if cfg!(windows) { Unseen::NotAsked } else { Unseen::NotThisSystem }.into());
        let facts = ModuleFacts { named_by: vec![by], real_path, file, version, ..ModuleFacts::new(shown_path(&path)) };
        Self { path, real, facts }
    }

    fn named_again(&mut self, path: &Path, by: Registrant) {
        if !self.facts.named_by.contains(&by) {
            self.facts.named_by.push(by);
        }
        let shown = shown_path(path);
        if path != self.path && !self.facts.other_paths.contains(&shown) {
            self.facts.other_paths.push(shown);
        }
    }

    fn is_copy_of(&self, other: &Self) -> bool {
        let length = |seen: &Self| match seen.facts.file {
            ModuleFile::File { bytes, .. } => Some(bytes),
            _ => None,
        };
        let comparable = length(self).filter(|bytes| (1..=limits::MODULE_BYTES).contains(bytes));
        comparable.is_some() && comparable == length(other) && same_bytes(&self.path, &other.path).unwrap_or(false)
    }

    fn into_found(self) -> FoundModule {
        let mut facts = self.facts;
        let to_ask = match &facts.file {
            ModuleFile::File { fits_us: Some(false), .. } => {
                facts.answer = Observed::Unseen(Unseen::NotThisSystem.with("it is made for another processor"));
                None
            }
            ModuleFile::File { .. } => Some(self.path),
            other => {
                facts.answer = Observed::Unseen(Unseen::Absent.with(other.code()));
                None
            }
        };
        FoundModule { facts, to_ask }
    }
}

/// The path with the home folder in it, or with the folder of libraries that the system would find a bare name in.
fn resolved(path: &Path) -> PathBuf {
    const FOLDERS: [&str; 6] =
        ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib", "/lib", "/usr/local/lib"];
    if let (Ok(below), Some(home)) = (path.strip_prefix("~"), std::env::home_dir()) {
        return home.join(below);
    }
    if cfg!(unix) && path.components().count() == 1 && !path.is_absolute() {
        let places = FOLDERS.map(|folder| Path::new(folder).join(path));
        if let Some(place) = places.into_iter().find(|place| place.is_file()) {
            return place;
        }
    }
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn what_is_at(path: &Path, header: impl Fn(&Path) -> Observed<Vec<Architecture>>) -> ModuleFile {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => {
            let architectures = header(path);
            let fits_us = architectures.seen().map(|made_for| made_for.contains(&Architecture::OURS));
            ModuleFile::File { bytes: metadata.len(), architectures, fits_us }
        }
        Ok(_) => ModuleFile::NotAFile,
        Err(error) if is_loop(&error) => ModuleFile::LinkLoop,
        Err(error) if is_nothing(&error) && fs::symlink_metadata(path).is_ok() => ModuleFile::DeadLink,
        Err(error) if is_nothing(&error) => ModuleFile::Absent,
        Err(_) => ModuleFile::Unreadable,
    }
}

fn is_nothing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidInput)
}

/// `ELOOP`: the system itself stops following links.
fn is_loop(error: &io::Error) -> bool {
    let number = if cfg!(target_os = "linux") { 40 } else { 62 };
    cfg!(unix) && error.raw_os_error() == Some(number)
}

/// Whether two files of one length have the same bytes, as far as they are read.
fn same_bytes(one: &Path, other: &Path) -> io::Result<bool> {
    let (Some(one), Some(mut other)) = (bounded_file::open_regular(one)?, bounded_file::open_regular(other)?) else {
        return Ok(false);
    };
    // it may have grown since its length was looked at
    let mut one = one.take(limits::MODULE_BYTES);
    let (mut left, mut right) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    loop {
        let read = one.read(&mut left)?;
        let same = other.read_exact(right.get_mut(..read).unwrap_or_default());
        if same.is_err() || left.get(..read) != right.get(..read) {
            return Ok(false);
        }
        if read == 0 {
            return Ok(true);
        }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn ours(_: &Path) -> Observed<Vec<Architecture>> {
        Observed::Seen(vec![Architecture::OURS])
    }

    fn named(paths: &[&Path]) -> (Vec<FoundModule>, usize) {
        find(paths.iter().map(|path| Registration::new(*path, Registrant::CommandLine)).collect(), ours)
    }

    #[test]
    fn one_file_is_one_module_whoever_names_it_and_however() {
        let folder = tempfile::tempdir().unwrap();
        let (module, link, copy) = (folder.path().join("m.so"), folder.path().join("l.so"), folder.path().join("c.so"));
        fs::write(&module, "the bytes of a module").unwrap();
        fs::copy(&module, &copy).unwrap();
        symlink(&module, &link).unwrap();
        let p11_kit = Registrant::P11Kit { file: "/usr/share/p11-kit/modules/cps.module".into() };
        let (found, left_out) = find(
            vec![
                Registration::new(&link, Registrant::KnownPlace),
                Registration::new(&module, p11_kit.clone()),
                Registration::new(&module, p11_kit.clone()),
                Registration::new(&copy, Registrant::CommandLine),
            ],
            ours,
        );
        assert_eq!((found.len(), left_out), (2, 0));
        let facts = &found[0].facts;
        assert_eq!(facts.named_by, [Registrant::KnownPlace, p11_kit]);
        assert_eq!(facts.path, shown_path(&link));
        assert_eq!(facts.real_path.as_ref(), Some(&shown_path(&fs::canonicalize(&module).unwrap())));
        assert_eq!(facts.other_paths, [shown_path(&module)]);
        assert_eq!(found[0].to_ask.as_ref(), Some(&link));
        assert_eq!(found[1].facts.copy_of.as_ref(), Some(&facts.path));
        assert_eq!(facts.copy_of, None);
    }

    #[test]
    fn dead_paths_loops_and_folders_are_told_and_not_asked() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        symlink("nowhere", path("dead.so")).unwrap();
        symlink("round.so", path("about.so")).unwrap();
        symlink("about.so", path("round.so")).unwrap();
        let paths = [path("gone.so"), path("dead.so"), path("round.so"), folder.path().to_owned(), path("dead.so/x")];
        let (found, _) = named(&paths.each_ref().map(PathBuf::as_path));
        let codes: Vec<_> = found.iter().map(|module| module.facts.file.code()).collect();
        assert_eq!(codes, ["absent", "dead-link", "link-loop", "not-a-file", "absent"]);
        assert!(found.iter().all(|module| module.to_ask.is_none() && module.facts.answer.unseen().is_some()));
        let known = find(vec![Registration::new(path("gone.so"), Registrant::KnownPlace)], ours);
        assert_eq!(known, (vec![], 0), "nobody promised that it is there");
    }

    #[test]
    fn what_is_made_for_another_processor_is_not_asked() {
        let folder = tempfile::tempdir().unwrap();
        let module = folder.path().join("m.so");
        fs::write(&module, "x").unwrap();
        let other = if Architecture::OURS == Architecture::X86 { Architecture::Arm } else { Architecture::X86 };
        let registration = || vec![Registration::new(&module, Registrant::CommandLine)];
        let (found, _) = find(registration(), |_| Observed::Seen(vec![other]));
        assert!(found[0].to_ask.is_none());
        let both = find(registration(), |_| Observed::Seen(vec![other, Architecture::OURS])).0;
        let neither = find(registration(), |_| Observed::Unseen(Unseen::Malformed.into())).0;
        assert!(both[0].to_ask.is_some() && neither[0].to_ask.is_some(), "the loader says what a text file is");
    }

    #[test]
    fn there_is_a_bound() {
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<_> = (0..limits::MODULES + 3).map(|number| folder.path().join(format!("{number}.so"))).collect();
        let (found, left_out) = named(&paths.iter().map(PathBuf::as_path).collect::<Vec<_>>());
        assert_eq!((found.len(), left_out), (limits::MODULES, 3));
    }
}
