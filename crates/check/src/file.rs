//! Files that the user names: read whole, within a bound, and only where they are files; written whole or not at all.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use cpx_card::internal::workstation::bounded_file;
use cpx_card::{Error, ErrorKind};

use super::ending;

/// The bytes of a file, at most `longest`. A device or a pipe could have no end.
pub(super) fn read(path: &Path, longest: usize) -> Result<Vec<u8>, Error> {
    let unreadable = |error| Error::new(ErrorKind::File, "the file cannot be read").caused_by(error);
    let opened = bounded_file::open_regular(path).map_err(unreadable)?;
    let file = opened.ok_or_else(|| Error::new(ErrorKind::File, "this is not a file"))?;
    let bound = u64::try_from(longest).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    file.take(bound).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > longest {
        return Err(Error::new(ErrorKind::FileTooLarge, format!("more than {longest} bytes")));
    }
    Ok(bytes)
}

/// Why a file that the user named cannot be written: full, not allowed, no file.
#[derive(Debug)]
pub(super) struct Unwritten(pub(super) Error);

/// A file that is written whole or not at all.
pub(super) struct Whole<'a> {
    path: &'a Path,
    target: PathBuf,
    draft: Draft,
}

impl<'a> Whole<'a> {
    /// A file that can be written: an unwritable one is told before anything else is done.
    pub(super) fn create(path: &'a Path) -> Result<Self, Unwritten> {
        Self::create_with(path, 0o600)
    }

    /// The same for a file that others are to read, as far as the user's mask allows it.
    pub(super) fn create_shared(path: &'a Path) -> Result<Self, Unwritten> {
        Self::create_with(path, 0o666)
    }

    fn create_with(path: &'a Path, mode: u32) -> Result<Self, Unwritten> {
        is_writable_place(path)?;
        // behind a link stands the file that is meant
        let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let draft = Draft::in_folder(folder_of(&target), mode).map_err(|error| unwritable(path, error))?;
        Ok(Self { path, target, draft })
    }

    /// Writes these bytes in place of what the file held.
    pub(super) fn write(self, bytes: &[u8]) -> Result<(), Unwritten> {
        ending::hold();
        let Self { path, target, mut draft } = self;
        let written = draft.write(bytes).and_then(|()| draft.publish(&target));
        written.map_err(|error| unwritable(path, error))
    }
}

/// Whether a file can be there: a pipe or a device could keep whoever opens it waiting.
pub(super) fn is_writable_place(path: &Path) -> Result<(), Unwritten> {
    if std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        let error = Error::new(ErrorKind::File, "there is something else than a file");
        return Err(Unwritten(error.within(path.display())));
    }
    Ok(())
}

/// Opens a file that grows, or makes it, for its owner alone: also one that was made with other rights. A file system that
/// knows no rights keeps none.
pub(super) fn personal(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    options.create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    let file = options.open(path)?;
    #[cfg(unix)]
    let _ = file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600));
    Ok(file)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What is written before it has its name.
enum Draft {
    /// Without any name: nothing is left of it when the program is killed.
    #[cfg(target_os = "linux")]
    Nameless(File),
    /// With another name, where the file system knows no files without.
    Named(tempfile::NamedTempFile),
}

impl Draft {
    fn in_folder(folder: &Path, mode: u32) -> io::Result<Self> {
        #[cfg(target_os = "linux")]
        if let Ok(file) = nameless(folder, mode) {
            return Ok(Self::Nameless(file));
        }
        named(folder, mode).map(Self::Named)
    }

    /// On the disk when this returns: network drives say only then that there was no room.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            #[cfg(target_os = "linux")]
            Self::Nameless(file) => file.write_all(bytes).and_then(|()| file.sync_data()),
            Self::Named(file) => file.write_all(bytes).and_then(|()| file.as_file().sync_data()),
        }
    }

    fn publish(self, target: &Path) -> io::Result<()> {
        match self {
            #[cfg(target_os = "linux")]
            Self::Nameless(file) => name(&file, target),
            Self::Named(file) => file.persist(target).map(drop).map_err(|error| error.error),
        }
    }
}

#[cfg(unix)]
fn named(folder: &Path, mode: u32) -> io::Result<tempfile::NamedTempFile> {
    let rights = std::os::unix::fs::PermissionsExt::from_mode(mode);
    tempfile::Builder::new().permissions(rights).tempfile_in(folder)
}

#[cfg(not(unix))]
fn named(folder: &Path, _mode: u32) -> io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new().tempfile_in(folder)
}

#[cfg(target_os = "linux")]
fn nameless(folder: &Path, mode: u32) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let flags = rustix::fs::OFlags::TMPFILE.bits().cast_signed();
    let file = File::options().write(true).custom_flags(flags).mode(mode).open(folder)?;
    // the way to its name, in a namespace without /proc too
    std::fs::metadata(way_to(&file))?;
    Ok(file)
}

#[cfg(target_os = "linux")]
fn way_to(file: &File) -> PathBuf {
    format!("/proc/self/fd/{}", std::os::fd::AsRawFd::as_raw_fd(file)).into()
}

/// Gives a file without name its name, at once where there was none. What is there can be replaced by a file with a name
/// only: that one exists between two calls of the system.
#[cfg(target_os = "linux")]
fn name(file: &File, target: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    let link = |path: &Path| linkat(CWD, way_to(file), CWD, path, AtFlags::SYMLINK_FOLLOW);
    if target.symlink_metadata().is_err() && link(target).is_ok() {
        return Ok(());
    }
    let linked = tempfile::Builder::new().make_in(folder_of(target), |path| Ok(link(path)?))?;
    linked.persist(target).map_err(|error| error.error)
}

pub(super) fn unwritable(path: &Path, error: io::Error) -> Unwritten {
    Unwritten(Error::new(ErrorKind::File, "the file cannot be written").caused_by(error).within(path.display()))
}
