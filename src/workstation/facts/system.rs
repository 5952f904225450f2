//! The operating system, the session, the running programs.

use serde::{Deserialize, Serialize};

use crate::identity::Private;
use crate::workstation::{KnownPrograms, Observed};

/// The kind of operating system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Family {
    /// Windows.
    Windows,
    /// macOS.
    Macos,
    /// Linux.
    Linux,
    /// Anything else.
    #[default]
    Other,
}

/// The instruction set of a machine or of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Architecture {
    /// 32-bit x86.
    X86,
    /// 64-bit x86.
    X86_64,
    /// 64-bit Arm.
    Arm64,
    /// 32-bit Arm.
    Arm,
    /// Another one.
    Other,
}

impl Architecture {
    /// That of this program.
    pub const OURS: Self = if cfg!(target_arch = "x86_64") {
        Self::X86_64
    } else if cfg!(target_arch = "x86") {
        Self::X86
    } else if cfg!(target_arch = "aarch64") {
        Self::Arm64
    } else if cfg!(target_arch = "arm") {
        Self::Arm
    } else {
        Self::Other
    };
}

/// The operating system.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct System {
    /// Its kind.
    pub family: Family,
    /// Its name: `Windows 11 Pro`, `macOS`, `Debian GNU/Linux 12 (bookworm)`.
    pub name: String,
    /// Its version, numbers with dots: `10.0.22631`, `14.5`, `9.4`.
    pub version: String,
    /// The build of Windows, such as 22631.
    pub build: Option<u32>,
    /// The update revision of Windows within the build (UBR).
    pub revision: Option<u32>,
    /// Whether this is a server edition of Windows.
    pub server: bool,
    /// `ID` and `ID_LIKE` of Linux's os-release: `rhel`, `fedora`, `debian`…
    pub distribution: Vec<String>,
    /// The architecture of the system, where it is known.
    pub architecture: Option<Architecture>,
    /// Whether the machine is a portable one.
    pub portable: Option<bool>,
    /// When the system was started, seconds since 1970 in UTC.
    pub started: Option<i64>,
}

/// From where the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SessionKind {
    /// At the screen of the machine.
    Local,
    /// Remote desktop of Windows.
    RemoteDesktop,
    /// Citrix.
    Citrix,
    /// A remote shell.
    Ssh,
    /// Nobody's session: a service, a scheduled task.
    Service,
    /// It cannot be told.
    #[default]
    Unknown,
}

/// What the program runs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Container {
    /// A container: `docker`, `podman`, `lxc`…
    Container(String),
    /// Windows' subsystem for Linux.
    Wsl,
    /// A package of snap.
    Snap,
    /// A package of flatpak.
    Flatpak,
    /// A virtual machine: `kvm`, `vmware`…
    VirtualMachine(String),
}

/// From where and as whom the program runs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Session {
    /// From where.
    pub kind: SessionKind,
    /// Whether logind says that the session is active; `None` where nobody says.
    pub active: Option<bool>,
    /// Whether the program runs with administrator rights: elevated, or as root.
    pub elevated: bool,
    /// Whether the account is another one than that of the session at the screen: SYSTEM, sudo, a service.
    pub other_account: bool,
    /// Whose settings were looked at, where these are not those of the account: a person chosen by name, or the one who is
    /// signed in where the program runs as the system.
    pub looked_at: Option<Private>,
    /// What it runs in.
    pub container: Option<Container>,
    /// `fEnableSmartCard` of Terminal Services: whether smart cards may be redirected; `None` where nothing is set.
    pub redirection_allowed: Option<bool>,
    /// The user's name.
    pub user: Option<Private>,
    /// The machine's name.
    pub host: Option<Private>,
}

/// A running program of which the list of known ones says that it uses cards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KnownProcess {
    /// Its name in the list, such as `jFSE`.
    pub name: String,
    /// When it was started, seconds since 1970 in UTC, where that is told.
    pub started: Option<i64>,
}

impl KnownProcess {
    /// This program, started then.
    pub fn new(name: impl Into<String>, started: Option<i64>) -> Self {
        Self { name: name.into(), started }
    }
}

impl Processes {
    /// What stands in a case file for a program that is not known: its name may tell whose it is.
    pub const OTHER: &str = "other";

    /// The programs of which one may have a card: those that the system says are connected to the PC/SC service, or else those
    /// that are known to hold cards. Names of files: hostile text.
    pub fn suspects(&self) -> Vec<String> {
        let connected = self.pcsc_clients.iter().filter(|name| *name != Self::OTHER).cloned();
        let known = || self.card_users.iter().map(|program| program.name.clone()).collect();
        Some(connected.collect::<Vec<_>>()).filter(|names| !names.is_empty()).unwrap_or_else(known)
    }
}

/// Programs by their known names.
fn kinds<S: serde::Serializer>(programs: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    let known = |program: &String| KnownPrograms::name(program).unwrap_or(Processes::OTHER).to_owned();
    let kinds: std::collections::BTreeSet<String> = programs.iter().map(known).collect();
    kinds.serialize(serializer)
}

/// Running programs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Processes {
    /// Those that are known to hold cards (`workstation/processes.csv`), each once.
    pub card_users: Vec<KnownProcess>,
    /// The programs that are connected to the PC/SC service, by the names of their files (at most 64 characters each),
    /// sorted, at most [`PCSC_CLIENTS`](crate::limits::PCSC_CLIENTS), without this one. Linux only, and those of other
    /// users to root only. A case file has the names of those that are known, and [`Self::OTHER`] for each other one.
    #[serde(serialize_with = "kinds", skip_serializing_if = "Vec::is_empty")]
    pub pcsc_clients: Vec<String>,
    /// Running browsers, by the name that [`BrowserKind`](super::BrowserKind) gives them.
    pub browsers: Vec<KnownProcess>,
    /// Whether the certificate manager of the Cryptolib (`CCM.exe`) runs in this session; `None` elsewhere than on Windows.
    pub ccm: Option<bool>,
    /// Whether the certificate manager is started with the session.
    pub ccm_autostart: Observed<bool>,
    /// Whether the certificate manager watches the readers by itself (`autoDetect`); `None` where nothing is set: then the
    /// version decides, and whether it copies a certificate shows in the store only.
    pub ccm_watches: Observed<Option<bool>>,
}
