//! A module as a configuration names it: nobody has looked at its file yet.

use std::path::{Path, PathBuf};

/// A name and a path, as they are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NamedModule {
    /// The name that it has there: foreign text.
    pub name: String,
    /// The path of its file, not always absolute.
    pub path: PathBuf,
}

impl NamedModule {
    /// A module of this name at this path; without a name it has that of its file.
    pub fn new(name: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        let (mut name, path) = (name.into(), path.into());
        if name.is_empty() {
            name = file_name(&path);
        }
        Self { name, path }
    }
}

/// The last part of a path, of whichever system it is.
pub(super) fn file_name(path: &Path) -> String {
    path.to_string_lossy().rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

/// A path from the bytes of a file: as they are on Unix, where paths need not be UTF-8.
pub(super) fn path_of(bytes: &[u8]) -> PathBuf {
    #[cfg(unix)]
    return PathBuf::from(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes));
    #[cfg(not(unix))]
    return PathBuf::from(String::from_utf8_lossy(bytes).into_owned());
}
