//! Files that the user names: read whole, within a bound, and only where they are files.

use std::fs::File;
use std::io::Read as _;
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
