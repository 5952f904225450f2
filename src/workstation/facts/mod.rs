//! What is observed of the machine, as plain data: the same types on every system. Nothing here is good or bad.
//!
//! Every part is an [`Observed`]: seen, or not seen for a reason. Paths below the user's home folder are written with
//! `~` (see [`shown_path`](super::shown_path())); what tells a person or a machine apart is a
//! [`Private`](crate::identity::Private).

mod browsers;
mod cryptolib;
mod macos;
mod pcsc;
mod system;
mod windows;

pub use browsers::{
    Addon, AutoSelect, Browser, BrowserKind, Browsers, ClientCertificateRule, Confinement, FirefoxPolicies,
    FirefoxPreferences, FirefoxProfile, Manifest, NssDatabase, P11KitModule, RegisteredModule,
};
pub use cryptolib::{
    Cryptolib, CryptolibFile, FileUse, FolderAccess, ModuleCopy, Signature, SignatureState, Traces, VersionSource,
    VersionTold,
};
pub use macos::{MacToken, Macos};
pub use pcsc::{LibraryCopy, Pcscd, SocketState, UnitState, UsbReader, UsbReaders};
pub use system::{Architecture, Container, Family, KnownProcess, Processes, Session, SessionKind, System};
pub use windows::{
    CalaisEntry, CryptoProvider, GalssChannel, GalssConfig, PowerPlan, ProviderKind, ReaderDevice, RegistryView,
    Service, ServiceState, StoreLocation, StoredCertificate, WindowsCrypto, WindowsServices, WindowsUpdates,
};

use serde::{Deserialize, Serialize};

use super::Observed;

/// Everything observed of the workstation, but for cards, PKCS#11 modules and the network.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct WorkstationFacts {
    /// The operating system.
    pub system: Observed<System>,
    /// From where and as whom the program runs.
    pub session: Observed<Session>,
    /// PC/SC on Linux: library, daemon, socket, rights.
    pub pcscd: Observed<Pcscd>,
    /// The services of Windows that cards need.
    pub services: Observed<WindowsServices>,
    /// USB devices that say they are card readers.
    pub usb_readers: Observed<UsbReaders>,
    /// Reader devices as Windows knows them.
    pub reader_devices: Observed<Vec<ReaderDevice>>,
    /// Power saving of USB on Windows; on Linux it is said of each USB reader.
    pub power_plan: Observed<PowerPlan>,
    /// The Cryptolib CPS and its parts.
    pub cryptolib: Observed<Cryptolib>,
    /// GALSS, the other way to a reader.
    pub galss: Observed<Option<GalssConfig>>,
    /// Running programs that are known to use cards.
    pub processes: Observed<Processes>,
    /// What Windows knows of the card's cryptography.
    pub windows_crypto: Observed<WindowsCrypto>,
    /// Certificates of cards in the stores of Windows.
    pub stored_certificates: Observed<Vec<StoredCertificate>>,
    /// Updates and guards of Windows.
    pub updates: Observed<WindowsUpdates>,
    /// What macOS knows of cards.
    pub macos: Observed<Macos>,
    /// The browsers that are installed, and the policies given to them.
    pub browsers: Observed<Browsers>,
    /// Each profile of Firefox of this user.
    pub firefox_profiles: Observed<Vec<FirefoxProfile>>,
    /// The policies of Firefox, from every place together.
    pub firefox_policies: Observed<FirefoxPolicies>,
    /// The manifests that allow Firefox's extension to load the module.
    pub firefox_manifests: Observed<Vec<Manifest>>,
    /// The NSS databases of this user that Chromium reads.
    pub nss_databases: Observed<Vec<NssDatabase>>,
    /// The modules registered with p11-kit.
    pub p11_kit: Observed<Vec<P11KitModule>>,
    /// The SHA-1 fingerprints, 40 lower-case hexadecimal digits, of authorities of IGC-Santé and of its predecessors
    /// that the system's store holds (not those in the Cryptolib's folder).
    pub trusted_authorities: Observed<Vec<String>>,
}
