//! What this account may do with a file or folder, asked of the system without trying it.

use std::path::Path;

use rustix::fs::{Access, AtFlags, CWD};
use rustix::io::Errno;

/// Whether this account may write: a file's contents, a folder's entries. `None` when the system does not say.
pub(super) fn writable(path: &Path) -> Option<bool> {
    match rustix::fs::accessat(CWD, path, Access::WRITE_OK, AtFlags::empty()) {
        Ok(()) => Some(true),
        Err(Errno::ACCESS | Errno::PERM | Errno::ROFS) => Some(false),
        Err(_) => None,
    }
}

/// Bytes that this account may still use on the volume of this path.
pub(super) fn free_bytes(path: &Path) -> Option<u64> {
    let volume = rustix::fs::statvfs(path).ok()?;
    volume.f_bavail.checked_mul(volume.f_frsize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_are_told_and_nothing_is_changed() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(writable(folder.path()), Some(true));
        assert_eq!(writable(&folder.path().join("absent")), None);
        assert!(free_bytes(folder.path()).is_some());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        assert_eq!(free_bytes(Path::new("/nonexistent")), None);
    }
}
