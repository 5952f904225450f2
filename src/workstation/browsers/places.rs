//! Where browsers keep what matters for the card, on each system.

use std::path::{Path, PathBuf};

use super::firefox_policies::ReadPolicies;
use crate::workstation::facts::{BrowserKind, Confinement, Family};
use crate::workstation::{Observed, Unseen, person};

/// The folders from which every other place follows: those of this user on this machine, or of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Places {
    /// The system whose places they are.
    pub family: Family,
    /// The root of the file system: `/`, or the drive of Windows.
    pub root: PathBuf,
    /// The user's home folder.
    pub home: PathBuf,
    /// Settings of programs: `~/.config`, `%APPDATA%`, `~/Library/Application Support`.
    pub application_data: PathBuf,
    /// Windows' settings that do not follow the user to another machine, `%LOCALAPPDATA%`.
    pub local_data: PathBuf,
    /// Windows' folders of programs, `%ProgramFiles%` and `%ProgramFiles(x86)%`; none elsewhere.
    pub programs: Vec<PathBuf>,
    /// Whether the user is root of a Unix: p11-kit then reads nothing of the user's own.
    pub as_root: bool,
    /// What the registry of Windows says.
    pub registry: BrowserRegistry,
}

/// What the registry of Windows says of browsers: handed over by whoever reads it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct BrowserRegistry {
    /// `ProgId` of `UrlAssociations\https\UserChoice`; `None` where the user chose nothing.
    pub default_program: Observed<Option<String>>,
    /// The values of `AutoSelectCertificateForUrls`, JSON each, and the browser that they are given to.
    pub certificate_rules: Observed<Vec<(BrowserKind, String)>>,
    /// The keys of the policies of Firefox that are there, and what they say.
    pub firefox_policies: Vec<(String, ReadPolicies)>,
    /// The keys below `Mozilla\PKCS11Modules` and the manifest that each names.
    pub manifests: Vec<(String, PathBuf)>,
}

impl Places {
    /// The places of a system below this root, for the user of this home folder.
    pub fn new(family: Family, root: impl Into<PathBuf>, home: impl Into<PathBuf>) -> Self {
        let (root, home) = (root.into(), home.into());
        let application_data = match family {
            Family::Windows => home.join("AppData").join("Roaming"),
            Family::Macos => home.join("Library/Application Support"),
            _ => home.join(".config"),
        };
        let programs = match family {
            Family::Windows => ["Program Files", "Program Files (x86)"].map(|folder| root.join(folder)).into(),
            _ => Vec::new(),
        };
        let local_data = home.join("AppData").join("Local");
        let registry = BrowserRegistry::default();
        Self { family, root, home, application_data, local_data, programs, as_root: false, registry }
    }

    /// Those of whoever runs the program. The registry is left empty.
    ///
    /// ```
    /// use cpx_card::internal::workstation::browsers::Places;
    ///
    /// assert!(Places::of_this_user().is_some_and(|places| places.home.is_absolute()));
    /// ```
    pub fn of_this_user() -> Option<Self> {
        let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let home = person::home().filter(|home| home.is_absolute())?;
        let family = OURS;
        // the variable has the drive alone, `C:`, which stands for its current folder
        let mut root = std::env::var_os("SystemDrive").filter(|_| family == Family::Windows).unwrap_or_default();
        root.push(std::path::MAIN_SEPARATOR_STR);
        let mut places = Self::new(family, root, home);
        places.as_root = is_root() && person::chosen().is_none();
        match family {
            Family::Windows => {
                if person::chosen().is_none() {
                    places.application_data = folder("APPDATA").unwrap_or(places.application_data);
                    places.local_data = folder("LOCALAPPDATA").unwrap_or(places.local_data);
                }
                // a 32-bit program sees the 32-bit folder under the first name
                let known = ["ProgramW6432", "ProgramFiles", "ProgramFiles(x86)"];
                let mut programs: Vec<_> = known.into_iter().filter_map(folder).collect();
                programs.dedup();
                if !programs.is_empty() {
                    places.programs = programs;
                }
            }
            Family::Macos => {}
            _ if person::chosen().is_some() => {}
            _ => places.application_data = folder("XDG_CONFIG_HOME").unwrap_or(places.application_data),
        }
        Some(places)
    }

    pub(super) fn is_linux(&self) -> bool {
        !matches!(self.family, Family::Windows | Family::Macos)
    }

    /// The folders that may hold a `profiles.ini` of Firefox, and what keeps that Firefox away from the system.
    pub(super) fn firefox_folders(&self) -> Vec<(PathBuf, Confinement)> {
        let native = |path: PathBuf| (path, Confinement::Native);
        match self.family {
            Family::Windows => {
                // the second is that of the package of Microsoft's store
                let store = "Packages/Mozilla.Firefox_n80bbvh6b1yt2/LocalCache/Roaming/Mozilla/Firefox";
                [self.application_data.join("Mozilla").join("Firefox"), joined(&self.local_data, store)]
                    .map(native)
                    .into()
            }
            Family::Macos => vec![native(self.application_data.join("Firefox"))],
            _ => {
                let flatpak = super::flatpak::confinement(self, "org.mozilla.firefox");
                vec![
                    native(self.home.join(".mozilla/firefox")),
                    native(self.application_data.join("mozilla/firefox")),
                    (self.home.join("snap/firefox/common/.mozilla/firefox"), Confinement::Snap),
                    (self.home.join("snap/firefox/common/.config/mozilla/firefox"), Confinement::Snap),
                    (self.home.join(".var/app/org.mozilla.firefox/.mozilla/firefox"), flatpak),
                    (self.home.join(".var/app/org.mozilla.firefox/config/mozilla/firefox"), flatpak),
                ]
            }
        }
    }

    /// The files of policies of Firefox that do not stand beside its program.
    pub(super) fn firefox_policy_files(&self) -> Vec<PathBuf> {
        if !self.is_linux() {
            return Vec::new();
        }
        [
            "etc/firefox/policies/policies.json",
            "var/lib/flatpak/extension/org.mozilla.firefox.systemconfig/x86_64/stable/policies/policies.json",
        ]
        .map(|file| self.root.join(file))
        .into()
    }

    /// The folders of manifests of modules; Windows has keys of the registry.
    pub(super) fn manifest_folders(&self) -> Vec<PathBuf> {
        match self.family {
            Family::Windows => Vec::new(),
            Family::Macos => {
                let folder = "Library/Application Support/Mozilla/PKCS11Modules";
                vec![self.root.join(folder), self.home.join(folder)]
            }
            _ => vec![
                self.root.join("usr/lib/mozilla/pkcs11-modules"),
                self.root.join("usr/lib64/mozilla/pkcs11-modules"),
                self.home.join(".mozilla/pkcs11-modules"),
            ],
        }
    }

    /// The NSS databases that Chromium and its kin may read.
    ///
    /// # Errors
    /// [`Unseen::NotThisSystem`] elsewhere than on Linux.
    pub(super) fn nss_databases(&self) -> Result<Vec<PathBuf>, Unseen> {
        if !self.is_linux() {
            return Err(Unseen::NotThisSystem);
        }
        let of_home = [
            ".pki/nssdb",
            ".local/share/pki/nssdb",
            "snap/chromium/current/.pki/nssdb",
            "snap/chromium/current/.local/share/pki/nssdb",
            ".var/app/com.google.Chrome/.pki/nssdb",
            ".var/app/com.google.Chrome/data/pki/nssdb",
            ".var/app/org.chromium.Chromium/.pki/nssdb",
            ".var/app/org.chromium.Chromium/data/pki/nssdb",
            ".var/app/com.microsoft.Edge/.pki/nssdb",
            ".var/app/com.microsoft.Edge/data/pki/nssdb",
        ];
        Ok(of_home.iter().map(|path| self.home.join(path)).chain([self.root.join("etc/pki/nssdb")]).collect())
    }

    /// The folders of policies of Chrome, Chromium and Edge on Linux.
    pub(super) fn chrome_policy_folders(&self) -> Vec<(BrowserKind, PathBuf)> {
        if !self.is_linux() {
            return Vec::new();
        }
        [
            (BrowserKind::Chrome, "etc/opt/chrome/policies/managed"),
            (BrowserKind::Edge, "etc/opt/edge/policies/managed"),
            (BrowserKind::Chromium, "etc/chromium/policies/managed"),
            (BrowserKind::Chromium, "etc/chromium-browser/policies/managed"),
        ]
        .map(|(browser, folder)| (browser, self.root.join(folder)))
        .into()
    }
}

/// Whether this program runs as root: its own folder below `/proc` belongs to whom it runs as.
fn is_root() -> bool {
    #[cfg(unix)]
    return std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    #[cfg(not(unix))]
    return false;
}

const OURS: Family = if cfg!(windows) {
    Family::Windows
} else if cfg!(target_os = "macos") {
    Family::Macos
} else if cfg!(target_os = "linux") {
    Family::Linux
} else {
    Family::Other
};

/// A path written with slashes, below a folder of whichever system.
pub(super) fn joined(folder: &Path, below: &str) -> PathBuf {
    below.split('/').fold(folder.to_owned(), |path, part| path.join(part))
}
