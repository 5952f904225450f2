//! Files and folders of the machine, read within a bound: whoever wrote them may have meant harm, or lost count.
//!
//! Links are followed as far as the system follows them (a loop of links fails there). Pipes, devices and sockets are
//! never opened: they could keep a reader waiting without end.

use std::fs::{self, File};
use std::io::{Error, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use super::{Reason, Unseen};

/// Opens a regular file.
///
/// # Errors
/// [`Unseen::Absent`], [`Unseen::NoRights`], [`Unseen::Malformed`] for what is no regular file, [`Unseen::Failed`]
/// otherwise (a loop of links).
pub fn open(path: &Path) -> Result<File, Reason> {
    let opened = open_regular(path).map_err(|error| reason(&error))?;
    opened.ok_or_else(|| Unseen::Malformed.with("not a regular file"))
}

/// Opens a regular file; `None` when there is something else, even if that has taken the file's place just now.
///
/// # Errors
/// Those of the system.
pub fn open_regular(path: &Path) -> std::io::Result<Option<File>> {
    if !fs::metadata(path)?.is_file() {
        return Ok(None);
    }
    let mut options = File::options();
    options.read(true);
    // a pipe that came in the meantime would be waited for before it could be looked at
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        rustix::fs::OFlags::NONBLOCK.union(rustix::fs::OFlags::NOCTTY).bits().cast_signed(),
    );
    let file = options.open(path)?;
    Ok(file.metadata()?.is_file().then_some(file))
}

/// The bytes of a file, at most `longest` of them.
///
/// # Errors
/// Those of [`open`]; [`Unseen::TooLarge`] when there are more bytes.
pub fn read(path: &Path, longest: usize) -> Result<Vec<u8>, Reason> {
    let bytes = read_beginning(path, longest.saturating_add(1))?;
    if bytes.len() > longest {
        return Err(Unseen::TooLarge.with(format!("more than {longest} bytes")));
    }
    Ok(bytes)
}

/// The first bytes of a file, at most `longest` of them; the file may have more.
///
/// # Errors
/// Those of [`open`].
pub fn read_beginning(path: &Path, longest: usize) -> Result<Vec<u8>, Reason> {
    let bound = u64::try_from(longest).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    open(path)?.take(bound).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    Ok(bytes)
}

/// A file as text: see [`text_of`].
///
/// # Errors
/// Those of [`read`].
pub fn read_text(path: &Path, longest: usize) -> Result<String, Reason> {
    read(path, longest).map(|bytes| text_of(&bytes))
}

/// Bytes as text: UTF-8, or UTF-16 where a byte order mark says so. What cannot be decoded becomes U+FFFD; the mark
/// itself is left out.
///
/// ```
/// use cpx_card::internal::workstation::bounded_file::text_of;
///
/// assert_eq!(text_of(b"\xEF\xBB\xBFa=b"), "a=b");
/// assert_eq!(text_of(b"\xFF\xFEa\0=\0"), "a=");
/// assert_eq!(text_of(b"caf\xE9"), "caf\u{FFFD}");
/// ```
pub fn text_of(bytes: &[u8]) -> String {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// What is in a folder, sorted by name: at most `most` entries, any of them when there are more.
///
/// # Errors
/// [`Unseen::Absent`], [`Unseen::NoRights`], [`Unseen::Malformed`] for what is no folder, [`Unseen::Failed`] otherwise.
pub fn entries(folder: &Path, most: usize) -> Result<Vec<PathBuf>, Reason> {
    let entries = fs::read_dir(folder).map_err(|error| reason(&error))?;
    let mut paths: Vec<PathBuf> = entries.take(most).filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    Ok(paths)
}

/// Why something about a file could not be observed. The system's number is kept, its words are not: they follow the
/// language of the machine.
pub fn reason(error: &Error) -> Reason {
    match error.kind() {
        ErrorKind::NotADirectory => Unseen::Absent.into(),
        ErrorKind::IsADirectory => Unseen::Malformed.with("not a regular file"),
        _ => {
            let why = Unseen::from(error);
            match error.raw_os_error().filter(|_| why == Unseen::Failed) {
                Some(number) => why.with(format!("system error {number}")),
                None => why.into(),
            }
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    char::decode_utf16(units).map(|decoded| decoded.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_bound_and_no_further() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, b"12345").unwrap();

        assert_eq!(read(&path, 5).unwrap(), b"12345");
        assert_eq!(read(&path, 4).unwrap_err().why, Unseen::TooLarge);
        assert_eq!(read_beginning(&path, 2).unwrap(), b"12");
    }

    #[test]
    fn what_is_no_file_is_said_to_be_none() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), b"").unwrap();

        assert_eq!(read(folder.path(), 9).unwrap_err().why, Unseen::Malformed);
        assert_eq!(read(&folder.path().join("nothing"), 9).unwrap_err().why, Unseen::Absent);
        assert_eq!(read(&folder.path().join("file").join("below"), 9).unwrap_err().why, Unseen::Absent);
        assert_eq!(entries(folder.path(), 9).unwrap(), [folder.path().join("file")]);
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_and_a_pipe_end_the_reading() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&link, &link).unwrap();
        assert_eq!(read(&link, 9).unwrap_err().why, Unseen::Failed);

        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert_eq!(read(&pipe, 9).unwrap_err().why, Unseen::Malformed);
    }
}
