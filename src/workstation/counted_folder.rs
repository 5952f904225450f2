//! A folder of logs or of a cache: what this account may do with it, and how much is in it, counted up to a bound.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

#[cfg(unix)]
use super::{Machine, facts::FolderAccess, rights};
use crate::limits;

/// How much is in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct CountedFolder {
    /// Bytes of its files.
    pub(super) bytes: u64,
    /// How many of them have none.
    pub(super) empty_files: u32,
    /// Whether there is more than was counted.
    pub(super) at_least: bool,
}

/// Counts the files in a folder and in the folders in it. Links are not followed; nothing is opened but folders.
pub(super) fn count(folder: &Path) -> CountedFolder {
    let mut counted = CountedFolder::default();
    let mut left = limits::COUNTED_ENTRIES;
    let mut open = vec![(folder.to_owned(), 0_usize)];
    while let Some((folder, depth)) = open.pop() {
        for (path, metadata) in entries(&folder, left.saturating_add(1)) {
            if left == 0 {
                counted.at_least = true;
                return counted;
            }
            left = left.saturating_sub(1);
            if metadata.is_file() {
                counted.bytes = counted.bytes.saturating_add(metadata.len());
                counted.empty_files = counted.empty_files.saturating_add(u32::from(metadata.len() == 0));
            } else if metadata.is_dir() && depth < limits::COUNTED_DEPTH {
                open.push((path, depth.saturating_add(1)));
            } else {
                counted.at_least |= metadata.is_dir();
            }
        }
    }
    counted
}

/// What this account may do with a folder of the machine; nothing is written.
#[cfg(unix)]
pub(super) fn access(machine: &Machine, folder: &str) -> FolderAccess {
    let place = machine.path(folder);
    let present = place.is_dir();
    FolderAccess {
        path: machine.shown(&place),
        present,
        writable: rights::writable(&place).filter(|_| present),
        empty_files: count(&place).empty_files,
    }
}

fn entries(folder: &Path, most: usize) -> impl Iterator<Item = (PathBuf, Metadata)> {
    let entries = fs::read_dir(folder).into_iter().flatten().take(most).flatten();
    entries.filter_map(|entry| Some((entry.path(), entry.metadata().ok()?)))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_counted_without_following_links() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("inner")).unwrap();
        fs::write(at("inner/a.log"), [0; 30]).unwrap();
        fs::write(at("b.log"), [0; 12]).unwrap();
        fs::write(at("inner/empty"), []).unwrap();
        fs::File::create(at("sparse.log")).unwrap().set_len(1 << 40).unwrap();
        std::os::unix::fs::symlink(folder.path(), at("loop")).unwrap();
        assert_eq!(count(folder.path()), CountedFolder { bytes: (1 << 40) + 42, empty_files: 1, at_least: false });
        assert_eq!(count(&at("absent")), CountedFolder::default());
    }

    #[test]
    fn counting_stops_at_its_bounds() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..=limits::COUNTED_ENTRIES {
            fs::write(folder.path().join(number.to_string()), [0]).unwrap();
        }
        let bytes = u64::try_from(limits::COUNTED_ENTRIES).unwrap();
        assert_eq!(count(folder.path()), CountedFolder { bytes, empty_files: 0, at_least: true });

        let deep = tempfile::tempdir().unwrap();
        let mut path = deep.path().to_owned();
        for _ in 0..=limits::COUNTED_DEPTH {
            path.push("x");
        }
        fs::create_dir_all(&path).unwrap();
        assert!(count(deep.path()).at_least);
    }

    #[test]
    fn access_is_told_and_empty_files_counted() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("cache")).unwrap();
        fs::write(folder.path().join("cache/0123_D001"), []).unwrap();
        fs::write(folder.path().join("cache/0123_D002"), [1]).unwrap();
        let machine = Machine::below(folder.path());
        let told = access(&machine, "/cache");
        assert_eq!(
            (told.path.as_str(), told.present, told.writable, told.empty_files),
            ("/cache", true, Some(true), 1)
        );
        let absent = access(&machine, "/absent");
        assert_eq!((absent.present, absent.writable), (false, None));
    }
}
