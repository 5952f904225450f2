//! Browsers, and what they know of the card.

use serde::{Deserialize, Serialize};

use super::Architecture;
use crate::identity::Private;
use crate::workstation::Observed;

/// A browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum BrowserKind {
    /// Mozilla Firefox.
    Firefox,
    /// Google Chrome.
    Chrome,
    /// Microsoft Edge.
    Edge,
    /// Chromium.
    Chromium,
    /// Safari.
    Safari,
    /// Internet Explorer, or Edge in its mode.
    InternetExplorer,
    /// Another one, of the family of Chromium or Firefox or not.
    Other,
}

impl BrowserKind {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Firefox => "firefox",
            Self::Chrome => "chrome",
            Self::Edge => "edge",
            Self::Chromium => "chromium",
            Self::Safari => "safari",
            Self::InternetExplorer => "internet-explorer",
            Self::Other => "other",
        }
    }
}

/// What keeps a browser away from the rest of the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Confinement {
    /// Nothing: a package of the system, or an archive.
    #[default]
    Native,
    /// A snap.
    Snap,
    /// A flatpak that may reach PC/SC.
    FlatpakWithPcsc,
    /// A flatpak that may not.
    Flatpak,
}

/// An installed browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Browser {
    /// Which.
    pub kind: BrowserKind,
    /// Where its program is, links followed.
    pub path: String,
    /// Its version, numbers with dots.
    pub version: Option<String>,
    /// The architecture of its program; several for a universal one.
    pub architectures: Vec<Architecture>,
    /// What keeps it away from the rest of the system.
    pub confinement: Confinement,
}

impl Browser {
    /// A browser at this place.
    pub fn new(kind: BrowserKind, path: impl Into<String>) -> Self {
        let path = path.into();
        Self { kind, path, version: None, architectures: Vec::new(), confinement: Confinement::Native }
    }
}

/// A rule of `AutoSelectCertificateForUrls`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ClientCertificateRule {
    /// Which browser it is given to.
    pub browser: BrowserKind,
    /// The pattern of addresses it is for.
    pub pattern: String,
    /// What it chooses.
    pub choice: AutoSelect,
}

impl ClientCertificateRule {
    /// A rule for these addresses.
    pub fn new(browser: BrowserKind, pattern: impl Into<String>, choice: AutoSelect) -> Self {
        Self { browser, pattern: pattern.into(), choice }
    }
}

/// What a rule chooses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AutoSelect {
    /// Any certificate (`{}`).
    Any,
    /// One whose issuer has this common name.
    IssuerCn(String),
    /// One whose subject has this common name; or by other names.
    OtherNames,
    /// It cannot be understood.
    Malformed,
}

/// The browsers of the machine.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Browsers {
    /// Those that are installed.
    pub installed: Vec<Browser>,
    /// The one that opens web pages.
    pub default: Observed<BrowserKind>,
    /// The rules that choose certificates for the user.
    pub certificate_rules: Observed<Vec<ClientCertificateRule>>,
}

/// A PKCS#11 module that a browser or a registry of modules names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct RegisteredModule {
    /// Its name there: foreign text.
    pub name: String,
    /// The path, as written there, but for the home folder.
    pub path: String,
    /// Whether there is a file at that path.
    pub present: bool,
    /// The file behind its links, where it is another path.
    pub target: Option<String>,
    /// SHA-256 of the file, 64 lower-case hexadecimal digits, when its name is that of a CPS module.
    pub sha256: Option<String>,
    /// What its header says.
    pub architectures: Vec<Architecture>,
}

impl RegisteredModule {
    /// A module of this name at this path.
    pub fn new(name: impl Into<String>, path: impl Into<String>) -> Self {
        Self { name: name.into(), path: path.into(), ..Self::default() }
    }

    /// Whether its file is named as the modules of the Cryptolib are.
    pub fn is_cps(&self) -> bool {
        let file = self.path.rsplit(['/', '\\']).next().unwrap_or_default();
        file.contains("cps3_pkcs11")
    }

    /// Whether this is the proxy of p11-kit, which passes on every module registered there.
    pub fn is_p11_kit_proxy(&self) -> bool {
        let file = self.path.rsplit(['/', '\\']).next().unwrap_or_default();
        file.starts_with("p11-kit-proxy") || file.starts_with("libp11-kit")
    }

    /// Whether this is the module of `OpenSC`, which asks the same card.
    pub fn is_opensc(&self) -> bool {
        self.path.contains("opensc-pkcs11")
    }
}

/// The extension of Firefox that loads the module.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Addon {
    /// Its version.
    pub version: Option<String>,
    /// Whether it is active.
    pub active: bool,
    /// Whether the user disabled it.
    pub user_disabled: bool,
    /// Whether Firefox disabled it.
    pub app_disabled: bool,
}

/// The preferences of Firefox that matter; `None` where the profile does not set them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct FirefoxPreferences {
    /// `security.osclientcerts.autoload`: certificates of the system; on by default on Windows and macOS.
    pub os_client_certificates: Option<bool>,
    /// `security.osclientcerts.assume_rsa_pss_support`.
    pub assume_rsa_pss: Option<bool>,
    /// `security.tls.enable_post_handshake_auth`.
    pub post_handshake_auth: Option<bool>,
    /// `security.tls.version.max`: 3 is TLS 1.2, 4 is TLS 1.3.
    pub tls_version_max: Option<i64>,
    /// `security.enterprise_roots.enabled`.
    pub enterprise_roots: Option<bool>,
}

/// A profile of Firefox.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct FirefoxProfile {
    /// Its name.
    pub name: Private,
    /// Whether Firefox opens it by default.
    pub is_default: bool,
    /// What keeps the Firefox of this profile away from the rest of the system.
    pub confinement: Confinement,
    /// The modules in its `pkcs11.txt`, without Firefox's own.
    pub modules: Observed<Vec<RegisteredModule>>,
    /// The CPS extension; `None` when the profile does not have it.
    pub addon: Observed<Option<Addon>>,
    /// Its preferences.
    pub preferences: Observed<FirefoxPreferences>,
    /// Former CPS extensions that are still there, by id.
    pub former_addons: Vec<String>,
}

/// The policies of Firefox.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct FirefoxPolicies {
    /// The modules that `SecurityDevices` adds.
    pub modules: Vec<RegisteredModule>,
    /// The names of modules that `SecurityDevices` takes away.
    pub deleted: Vec<String>,
    /// `Certificates.ImportEnterpriseRoots`.
    pub enterprise_roots: Option<bool>,
    /// The places that hold policies.
    pub places: Vec<String>,
    /// Places that hold something that cannot be read, with the reason.
    pub problems: Vec<String>,
}

/// A manifest that allows an extension of Firefox to load a module.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Manifest {
    /// Where: a file, or a key of the registry and the file it names.
    pub place: String,
    /// Its name: `cps3`, `cps3_x86`.
    pub name: String,
    /// The module it names; or why it cannot be read.
    pub module: Observed<RegisteredModule>,
    /// Whether it allows the CPS extension.
    pub allows_extension: bool,
}

/// An NSS database that Chromium reads.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct NssDatabase {
    /// Its folder.
    pub path: String,
    /// The modules in its `pkcs11.txt`, without NSS's own.
    pub modules: Observed<Vec<RegisteredModule>>,
}

/// A module registered with p11-kit.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct P11KitModule {
    /// The file that registers it.
    pub place: String,
    /// The module.
    pub module: RegisteredModule,
    /// Whether the proxy of p11-kit, through which browsers see modules, leaves it out.
    pub kept_from_proxy: bool,
}
