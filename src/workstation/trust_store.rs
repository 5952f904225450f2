//! Certificates of authorities that stand in folders of this machine: those of Cryptolib and of the system.
//!
//! Only bytes and paths are collected. That a certificate stands in one of these folders proves nothing: most of them
//! may be written to by programs or users, and Cryptolib's own is open to all on Windows and macOS.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use super::{Unseen, bounded_file};
use crate::limits;

/// What was found in some folders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrustStore {
    /// The files that may hold certificates, each once, in the order of the folders and then of their names.
    pub files: Vec<FoundFile>,
    /// The folders that are there.
    pub folders: Vec<PathBuf>,
    /// What is there and could not be read, or was passed over.
    pub problems: Vec<(PathBuf, StoreProblem)>,
    /// How many files were not looked at, because there were too many before them; those deeper in folders are not counted.
    pub not_looked_at: usize,
}

/// One file, DER or PEM: nobody has looked inside further than its beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FoundFile {
    /// Where it was found: a link, not where it leads.
    pub path: PathBuf,
    /// What is in it, at most [`CERTIFICATE_BYTES`](limits::CERTIFICATE_BYTES) or what was asked for.
    pub bytes: Vec<u8>,
}

/// Why a file or a folder was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StoreProblem {
    /// The system does not let this user read it, or it went away.
    Unreadable,
    /// It has more bytes than are read: [`CERTIFICATE_BYTES`](limits::CERTIFICATE_BYTES), or what was asked for.
    TooLarge,
    /// It lies deeper than [`STORE_DEPTH`](limits::STORE_DEPTH) folders: the folder was not opened.
    TooDeep,
    /// There are more than [`STORE_FILES`](limits::STORE_FILES) files: from here on nothing was read.
    TooMany,
}

impl StoreProblem {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::TooLarge => "too-large",
            Self::TooDeep => "too-deep",
            Self::TooMany => "too-many",
        }
    }
}

/// The folder where Cryptolib CPS keeps the nine authorities of IGC-Santé on this system.
pub fn cryptolib_folder() -> PathBuf {
    if cfg!(windows) {
        let data = std::env::var_os("ProgramData").map_or_else(|| PathBuf::from(r"C:\ProgramData"), PathBuf::from);
        data.join("santesocial").join("cps").join("coffre")
    } else if cfg!(target_os = "macos") {
        PathBuf::from("/Library/Preferences/santesocial/CPS/coffre")
    } else {
        PathBuf::from("/etc/opt/santesocial/CPS/Coffre")
    }
}

/// The folders where an administrator of a Linux puts authorities, whether or not the system's bundle has them yet; none on
/// Windows and macOS. The system's own store is read by [`system_store`](super::system_store).
pub fn system_folders() -> Vec<PathBuf> {
    if cfg!(any(windows, target_os = "macos")) {
        return Vec::new();
    }
    ["/usr/local/share/ca-certificates", "/etc/pki/ca-trust/source/anchors"].map(PathBuf::from).into()
}

/// The files that may hold certificates in these folders and the folders in them; a path may be a file as well.
///
/// Folders are read in the order given, so that the bound on their number is not used up by the system's before
/// Cryptolib's. Links are followed, each file and folder is read once: a loop of links ends.
///
/// ```
/// use cpx_card::internal::workstation::trust_store::{collect, cryptolib_folder, system_folders};
///
/// let mut folders = vec![cryptolib_folder()];
/// folders.extend(system_folders());
/// let store = collect(&folders);
/// assert!(store.files.iter().all(|file| file.bytes.len() <= 65_536));
/// ```
pub fn collect(paths: &[PathBuf]) -> TrustStore {
    collect_up_to(limits::CERTIFICATE_BYTES, paths)
}

/// The same with files of at most so many bytes: revocation lists are larger than certificates.
pub fn collect_up_to(file_bytes: usize, paths: &[PathBuf]) -> TrustStore {
    let mut files = Vec::new();
    let mut store = visit(file_bytes, paths, &mut |path, bytes| files.push(FoundFile { path, bytes }));
    store.files = files;
    store
}

/// The same for whoever takes each file as it is read and keeps of it what matters: [`files`](TrustStore::files) stays empty.
pub(crate) fn visit(file_bytes: usize, paths: &[PathBuf], on_file: &mut dyn FnMut(PathBuf, Vec<u8>)) -> TrustStore {
    let mut collector = Collector { store: TrustStore::default(), seen: BTreeSet::new(), file_bytes, read: 0, on_file };
    for path in paths {
        collector.walk(path);
    }
    collector.store
}

struct Collector<'a> {
    store: TrustStore,
    /// Where files and folders really are.
    seen: BTreeSet<PathBuf>,
    /// Bytes of a file that is read.
    file_bytes: usize,
    /// How many files were read.
    read: usize,
    on_file: &'a mut dyn FnMut(PathBuf, Vec<u8>),
}

impl Collector<'_> {
    fn walk(&mut self, path: &Path) {
        let Ok(metadata) = fs::metadata(path) else {
            // A folder that is not there is no problem; one that hides behind another's permissions is.
            if fs::symlink_metadata(path).is_ok() || fs::metadata(path).is_err_and(|e| !is_absent(&e)) {
                self.problem(path, StoreProblem::Unreadable);
            }
            return;
        };
        let mut open = vec![(path.to_owned(), metadata, 0_usize)];
        // Depth first; what is read first is pushed last.
        while let Some((path, metadata, depth)) = open.pop() {
            if self.read >= limits::STORE_FILES {
                self.problem(&path, StoreProblem::TooMany);
                let left =
                    open.iter().map(|(_, data, _)| data).chain([&metadata]).filter(|data| data.is_file()).count();
                self.store.not_looked_at = self.store.not_looked_at.saturating_add(left);
                return;
            }
            if !fs::canonicalize(&path).is_ok_and(|real| self.seen.insert(real)) {
                continue;
            }
            if metadata.is_dir() {
                if depth >= limits::STORE_DEPTH {
                    self.problem(&path, StoreProblem::TooDeep);
                } else {
                    open.extend(
                        self.folder(&path).into_iter().map(|(path, data)| (path, data, depth.saturating_add(1))),
                    );
                }
            } else if metadata.is_file() {
                self.file(path, &metadata);
            }
        }
    }

    /// What is in a folder, the last name first.
    fn folder(&mut self, path: &Path) -> Vec<(PathBuf, Metadata)> {
        let Ok(mut entries) = fs::read_dir(path) else {
            self.problem(path, StoreProblem::Unreadable);
            return Vec::new();
        };
        self.store.folders.push(path.to_owned());
        let mut found = Vec::new();
        for entry in entries.by_ref().take(limits::STORE_ENTRIES) {
            let Ok(path) = entry.map(|entry| entry.path()) else { continue };
            match fs::metadata(&path) {
                Ok(metadata) => found.push((path, metadata)),
                Err(_) => self.problem(&path, StoreProblem::Unreadable),
            }
        }
        // a folder without end is not counted to its end
        let left = entries.take(limits::STORE_ENTRIES.saturating_mul(16)).count();
        if left > 0 {
            self.problem(path, StoreProblem::TooMany);
            self.store.not_looked_at = self.store.not_looked_at.saturating_add(left);
        }
        found.sort_by(|(one, _), (other, _)| other.cmp(one));
        found
    }

    fn file(&mut self, path: PathBuf, metadata: &Metadata) {
        let bound = u64::try_from(self.file_bytes).unwrap_or(u64::MAX);
        if metadata.len() > bound {
            self.problem(&path, StoreProblem::TooLarge);
            return;
        }
        // A file may grow while it is read.
        match bounded_file::read(&path, self.file_bytes) {
            Ok(bytes) => {
                self.read = self.read.saturating_add(1);
                if may_hold_certificates(&bytes) {
                    (self.on_file)(path, bytes);
                }
            }
            Err(reason) if reason.why == Unseen::TooLarge => self.problem(&path, StoreProblem::TooLarge),
            Err(_) => self.problem(&path, StoreProblem::Unreadable),
        }
    }

    fn problem(&mut self, path: &Path, problem: StoreProblem) {
        if self.store.problems.len() < limits::STORE_FILES {
            self.store.problems.push((path.to_owned(), problem));
        }
    }
}

fn is_absent(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}

/// Whether a file begins as DER does, or has a PEM block.
fn may_hold_certificates(bytes: &[u8]) -> bool {
    const BEGIN: &[u8] = b"-----BEGIN ";
    bytes.first() == Some(&0x30) || bytes.windows(BEGIN.len()).any(|window| window == BEGIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(store: &TrustStore) -> Vec<String> {
        store.files.iter().map(|file| file.path.file_name().unwrap().to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn files_are_found_in_order_and_others_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("b/inner")).unwrap();
        fs::write(at("c.cer"), [0x30, 0]).unwrap();
        fs::write(at("a.pem"), "text\n-----BEGIN CERTIFICATE-----\n").unwrap();
        fs::write(at("b/inner/d.crt"), [0x30, 1, 2]).unwrap();
        fs::write(at("readme.txt"), "nothing").unwrap();
        fs::write(at("empty"), "").unwrap();
        fs::write(at("large.cer"), vec![0x30; limits::CERTIFICATE_BYTES + 1]).unwrap();
        let store = collect(&[folder.path().to_owned(), at("c.cer"), at("absent")]);
        assert_eq!(names(&store), ["a.pem", "d.crt", "c.cer"]);
        assert_eq!(store.problems, [(at("large.cer"), StoreProblem::TooLarge)]);
        assert_eq!(store.folders.len(), 3);
        let one = collect(&[at("c.cer")]);
        assert_eq!((names(&one), one.files[0].bytes.as_slice()), (vec!["c.cer".to_owned()], &[0x30, 0][..]));
    }

    #[test]
    fn folders_are_not_followed_without_end() {
        let folder = tempfile::tempdir().unwrap();
        let mut deep = folder.path().to_owned();
        for _ in 0..=limits::STORE_DEPTH {
            deep.push("x");
        }
        fs::create_dir_all(&deep).unwrap();
        fs::write(deep.join("hidden.cer"), [0x30, 0]).unwrap();
        let store = collect(&[folder.path().to_owned()]);
        assert!(store.files.is_empty());
        assert_eq!(store.problems.iter().map(|(_, problem)| problem.code()).collect::<Vec<_>>(), ["too-deep"]);
    }

    #[test]
    fn the_number_of_files_is_bounded() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..=limits::STORE_FILES {
            fs::write(folder.path().join(format!("{number:04}.cer")), [0x30, 0]).unwrap();
        }
        let store = collect(&[folder.path().to_owned()]);
        assert_eq!((store.files.len(), store.not_looked_at), (limits::STORE_FILES, 1));
        assert_eq!(store.problems.last().map(|(_, problem)| *problem), Some(StoreProblem::TooMany));
    }

    #[cfg(unix)]
    #[test]
    fn loops_of_links_end_and_links_to_one_file_are_one() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("real.cer"), [0x30, 0]).unwrap();
        symlink(at("real.cer"), at("again.cer")).unwrap();
        symlink(folder.path(), at("loop")).unwrap();
        symlink(at("self"), at("self")).unwrap();
        symlink(at("nowhere"), at("dangling")).unwrap();
        let store = collect(&[folder.path().to_owned()]);
        assert_eq!(names(&store), ["again.cer"]);
        let mut problems: Vec<_> =
            store.problems.iter().map(|(path, problem)| (path.clone(), problem.code())).collect();
        problems.sort();
        assert_eq!(problems, [(at("dangling"), "unreadable"), (at("self"), "unreadable")]);
    }
}
