//! The Cryptolib CPS of ANS: what is installed of it.

use serde::{Deserialize, Serialize};

use super::Architecture;
use crate::workstation::Observed;

/// Who tells a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum VersionSource {
    /// The Cryptolib's own key in the registry, 64-bit view.
    Registry64,
    /// The same, 32-bit view.
    Registry32,
    /// The list of installed programs.
    Uninstall,
    /// The version resource of the module (a version of the module, not of the Cryptolib: see `module`).
    ModuleFile,
    /// The package of the system: rpm, pkg, deb.
    Package,
    /// The `.adm` files of the installer.
    InstallerFile,
}

/// A version, as one source tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VersionTold {
    /// Who.
    pub source: VersionSource,
    /// What: `5.2.2`. Foreign text.
    pub version: String,
}

impl VersionTold {
    /// This source tells this version.
    pub fn new(source: VersionSource, version: impl Into<String>) -> Self {
        Self { source, version: version.into() }
    }
}

/// What a file of the Cryptolib is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FileUse {
    /// The PKCS#11 module.
    Module,
    /// Without it the card does not work.
    #[default]
    Needed,
    /// A tool or an extension: the card works without it.
    Optional,
}

/// A file or folder that the Cryptolib installs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct CryptolibFile {
    /// Where it belongs.
    pub path: String,
    /// What for.
    pub needed_for: FileUse,
    /// Whether it is there.
    pub present: bool,
}

/// A copy of the PKCS#11 module somewhere on the machine.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ModuleCopy {
    /// Where: one path for each file, links followed.
    pub path: String,
    /// Whether this is a place where the Cryptolib itself installs.
    pub official: bool,
    /// Its version resource, where the file has one.
    pub version: Option<String>,
    /// What its header says.
    pub architectures: Vec<Architecture>,
    /// SHA-256, 64 lower-case hexadecimal digits.
    pub sha256: Option<String>,
}

/// Whether this account can use a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct FolderAccess {
    /// Where.
    pub path: String,
    /// Whether it is there.
    pub present: bool,
    /// Whether this account may write into it, as its rights say: nothing was written.
    pub writable: Option<bool>,
    /// Files of length 0 in it.
    pub empty_files: u32,
}

/// The Cryptolib's traces.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Traces {
    /// Whether they are switched on, by registry, configuration or environment.
    pub on: bool,
    /// Bytes in the folder of logs, counted up to a bound.
    pub log_bytes: u64,
    /// Whether counting stopped at the bound.
    pub log_bytes_at_least: bool,
    /// Bytes that are free on the volume of that folder.
    pub free_bytes: Option<u64>,
}

/// What a signature is worth, as the system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SignatureState {
    /// Valid, or timestamped while it was.
    Valid,
    /// Valid by its timestamp; the signer's certificate has expired since.
    SignerExpired,
    /// There is none.
    Absent,
    /// It does not fit the file, or the package's digest differs.
    Bad,
    /// It cannot be told.
    #[default]
    Unknown,
}

/// The signature of an installed file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Signature {
    /// Of which file or package.
    pub path: String,
    /// What it is worth.
    pub state: SignatureState,
    /// Whose it is, as the certificate says.
    pub signer: Option<String>,
    /// The team at Apple that the signature names, ten letters and digits; macOS only.
    pub team: Option<String>,
}

/// The Cryptolib CPS.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Cryptolib {
    /// Every version told, in the order of [`VersionSource`]; module versions are told of [`copies`](Self::copies).
    pub versions: Vec<VersionTold>,
    /// Values of its installer that are there and have another shape than it gives them: key and name.
    pub unreadable: Vec<String>,
    /// The files and folders that belong to it on this system.
    pub files: Vec<CryptolibFile>,
    /// The modules found, on this machine's known places, `PATH` and folders of libraries.
    pub copies: Vec<ModuleCopy>,
    /// Its cache folder.
    pub cache: Observed<FolderAccess>,
    /// Its traces.
    pub traces: Observed<Traces>,
    /// Signatures of its modules or its package.
    pub signatures: Observed<Vec<Signature>>,
    /// What former versions left behind: paths, registry keys, ids of extensions.
    pub leftovers: Observed<Vec<String>>,
    /// Whether the CPS minidriver or the token application is installed without the Cryptolib, by whatever means.
    pub minidriver: Observed<bool>,
}
