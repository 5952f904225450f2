//! The machine that is looked at: this one, or one made up below a folder.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::child::{self, Channel, Said};
use super::{Reason, Unseen, bounded_file, shown_path_in};
use crate::limits;

/// Where collectors find files, variables and tools.
///
/// ```
/// use cpx_card::internal::workstation::{Machine, linux};
///
/// let folder = tempfile::tempdir()?;
/// std::fs::create_dir(folder.path().join("etc"))?;
/// std::fs::write(folder.path().join("etc/os-release"), "ID=rhel\nVERSION_ID=\"9.4\"\n")?;
/// let machine = Machine::below(folder.path()).with_variable("SSH_TTY", "/dev/pts/0");
/// let system = linux::system::collect(&machine);
/// assert!(system.seen().is_some_and(|system| system.version == "9.4"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Machine {
    root: PathBuf,
    variables: BTreeMap<OsString, OsString>,
    /// Milliseconds that tools took which did not end in time.
    lost: Arc<AtomicU64>,
}

impl Machine {
    /// This machine, with the environment of this program.
    pub fn this() -> Self {
        Self { root: PathBuf::from("/"), variables: std::env::vars_os().collect(), lost: Arc::default() }
    }

    /// One made up of the files below a folder, with an empty environment. Its tools are those below the folder.
    pub fn below(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), variables: BTreeMap::new(), lost: Arc::default() }
    }

    #[cfg(target_os = "linux")]
    /// Whether the kernel of this machine can be asked as well.
    pub(super) fn is_this(&self) -> bool {
        self.root == Path::new("/")
    }

    /// The same with a variable in its environment.
    #[must_use]
    pub fn with_variable(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// Where an absolute path of the machine is.
    pub fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        let path = path.as_ref();
        self.root.join(path.strip_prefix("/").unwrap_or(path))
    }

    /// The path that the machine has for a place below its root, the home folder written `~`.
    pub fn shown(&self, place: &Path) -> String {
        let path = place.strip_prefix(&self.root).map_or_else(|_| place.to_owned(), |below| Path::new("/").join(below));
        shown_path_in(&path, self.home().as_deref())
    }

    /// A variable that is set and not empty, as text.
    pub fn variable(&self, name: &str) -> Option<String> {
        let value = self.variables.get(OsStr::new(name)).filter(|value| !value.is_empty())?;
        Some(value.to_string_lossy().into_owned())
    }

    /// The home folder of whoever runs the program.
    pub fn home(&self) -> Option<PathBuf> {
        self.variables.get(OsStr::new("HOME")).filter(|home| !home.is_empty()).map(PathBuf::from)
    }

    /// Whether there is a file or a folder.
    pub fn has(&self, path: impl AsRef<Path>) -> bool {
        self.path(path).exists()
    }

    /// A file of settings as text.
    ///
    /// # Errors
    /// Those of [`bounded_file::read`], with the path.
    pub fn text(&self, path: impl AsRef<Path>) -> Result<String, Reason> {
        let place = self.path(path);
        bounded_file::read_text(&place, limits::SETTINGS_BYTES).map_err(|reason| self.at(&place, reason))
    }

    /// One line of the kernel's answers, without what surrounds it; `None` where it cannot be read or is empty.
    pub fn line(&self, path: impl AsRef<Path>) -> Option<String> {
        let text = self.text(path).ok()?;
        Some(text.trim().to_owned()).filter(|line| !line.is_empty())
    }

    /// What is in a folder, sorted by name; nothing where it cannot be read.
    pub fn entries(&self, folder: impl AsRef<Path>, most: usize) -> Vec<PathBuf> {
        bounded_file::entries(&self.path(folder), most).unwrap_or_default()
    }

    /// Runs the first of these tools that is there, and gives its standard output.
    ///
    /// # Errors
    /// [`Unseen::Absent`] when none is there; [`Unseen::NoRights`], [`Unseen::TimedOut`], [`Unseen::TooLarge`],
    /// [`Unseen::Failed`] of the tool otherwise.
    pub fn run(&self, tools: &[&str], arguments: &[&str]) -> Result<Said, Reason> {
        self.run_listening(Channel::Output, tools, arguments)
    }

    /// The same with what it says on its channel for errors.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub fn run_for_errors(&self, tools: &[&str], arguments: &[&str]) -> Result<Said, Reason> {
        self.run_listening(Channel::Errors, tools, arguments)
    }

    fn run_listening(&self, channel: Channel, tools: &[&str], arguments: &[&str]) -> Result<Said, Reason> {
        let name = || tools.first().and_then(|tool| tool.rsplit('/').next()).unwrap_or_default();
        let program = tools.iter().map(|tool| self.path(tool)).find(|tool| tool.is_file());
        let program = program.ok_or_else(|| Unseen::Absent.with(name()))?;
        let began = Instant::now();
        let said = child::run(&program, arguments, self.patience(), channel);
        if said.as_ref().is_err_and(|reason| reason.why == Unseen::TimedOut) {
            let took = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
            self.lost.fetch_add(took, Ordering::Relaxed);
        }
        said
    }

    /// How long the next tool may take: several that hang take no longer together than the subject that asks them may.
    fn patience(&self) -> Duration {
        let lost = Duration::from_millis(self.lost.load(Ordering::Relaxed));
        limits::TOOLS_PATIENCE.saturating_sub(lost).clamp(limits::TOOL_SHORTEST, limits::TOOL_PATIENCE)
    }

    fn at(&self, place: &Path, reason: Reason) -> Reason {
        let shown = self.shown(place);
        let detail = reason.detail.map_or_else(|| shown.clone(), |detail| format!("{shown}: {detail}"));
        reason.why.with(detail)
    }
}
