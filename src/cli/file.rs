//! Files that the user names: read whole, within a bound, and only where they are files; written whole or not at all.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::Path;

use crate::error::{Error, ErrorKind, Result};

/// The bytes of a file, at most `longest`. A device or a pipe could have no end.
pub(super) fn read(path: &Path, longest: usize) -> Result<Vec<u8>> {
    let unreadable = |error| Error::new(ErrorKind::File, "the file cannot be read").caused_by(error);
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(Error::new(ErrorKind::File, "this is not a file"));
    }
    let bound = u64::try_from(longest).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(bound).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() > longest {
        return Err(Error::new(ErrorKind::FileTooLarge, format!("more than {longest} bytes")));
    }
    Ok(bytes)
}

/// A file that is written whole or not at all.
pub(super) struct Whole<'a> {
    path: &'a Path,
    file: tempfile::NamedTempFile,
}

impl<'a> Whole<'a> {
    /// A file that can be written: an unwritable one is told before anything else is done.
    pub(super) fn create(path: &'a Path) -> Result<Self> {
        Self::create_with(path, &tempfile::Builder::new())
    }

    /// The same for a file that others are to read, as far as the user's mask allows it.
    pub(super) fn create_shared(path: &'a Path) -> Result<Self> {
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        Self::create_with(path, &builder)
    }

    fn create_with(path: &'a Path, builder: &tempfile::Builder<'_, '_>) -> Result<Self> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(Error::new(ErrorKind::File, "there is something else than a file").within(path.display()));
        }
        let file = builder.tempfile_in(folder).map_err(|error| unwritable(path, error))?;
        Ok(Self { path, file })
    }

    /// Writes these bytes in place of what the file held.
    pub(super) fn write(self, bytes: &[u8]) -> Result<()> {
        let Self { path, mut file } = self;
        file.write_all(bytes).map_err(|error| unwritable(path, error))?;
        // behind a link stands the file that is meant
        let path = &std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        file.persist(path).map_err(|error| unwritable(path, error.error))?;
        Ok(())
    }
}

fn unwritable(path: &Path, error: std::io::Error) -> Error {
    Error::new(ErrorKind::File, "the file cannot be written").caused_by(error).within(path.display())
}
