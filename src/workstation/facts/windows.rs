//! What Windows knows of cards: services, devices, providers, certificates, updates.

use serde::{Deserialize, Serialize};

use crate::identity::Private;
use crate::workstation::Observed;

/// Which of its two faces the registry showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum RegistryView {
    /// That of 64-bit programs.
    Bits64,
    /// That of 32-bit programs (`WOW6432Node`).
    Bits32,
}

/// Whether a service runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ServiceState {
    /// It runs.
    Running,
    /// It is stopped.
    Stopped,
    /// It is starting or stopping, or paused.
    Pending,
}

/// A service of Windows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Service {
    /// Whether it exists.
    pub present: bool,
    /// `Start`: 2 automatic, 3 manual, 4 disabled.
    pub start: Option<u32>,
    /// Whether it runs.
    pub state: Option<ServiceState>,
}

/// The services of Windows that cards need.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct WindowsServices {
    /// `SCardSvr`, PC/SC itself.
    pub smart_card: Observed<Service>,
    /// `ScDeviceEnum`, which tells of arriving cards.
    pub device_enumeration: Observed<Service>,
    /// `CertPropSvc`, which copies the card's certificates into the user's store.
    pub certificate_propagation: Observed<Service>,
    /// The policy `CertPropEnabled`; `None` where it is not set.
    pub propagation_policy: Option<bool>,
}

/// A reader device as Windows knows it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ReaderDevice {
    /// What Windows calls it: hostile text.
    pub name: String,
    /// The problem code of the device manager; 0 is none.
    pub problem: u32,
    /// Who made the driver.
    pub driver_provider: Option<String>,
    /// The day of the driver, `YYYY-MM-DD`.
    pub driver_date: Option<String>,
}

/// Power saving of USB on Windows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct PowerPlan {
    /// Whether USB selective suspend is on for the power source in use.
    pub usb_selective_suspend: bool,
    /// Losses of the card in the system's log during the last 24 hours.
    pub card_losses: Option<u32>,
}

/// An entry of Windows' table of known cards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CalaisEntry {
    /// Its name.
    pub name: String,
    /// The ATR, upper-case hexadecimal without spaces, at most 66 digits.
    pub atr: String,
    /// The mask of the ATR, of the same length; empty where there is none.
    pub mask: String,
    /// The CSP it names.
    pub provider: Option<String>,
    /// The minidriver it names (value `80000001`).
    pub minidriver: Option<String>,
    /// Where it stands.
    pub view: RegistryView,
}

impl CalaisEntry {
    /// An entry of this name for this ATR.
    pub fn new(name: impl Into<String>, atr: impl Into<String>, mask: impl Into<String>, view: RegistryView) -> Self {
        Self { name: name.into(), atr: atr.into(), mask: mask.into(), provider: None, minidriver: None, view }
    }
}

/// A registered cryptographic service provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CryptoProvider {
    /// Its name.
    pub name: String,
    /// `Image Path`.
    pub image: String,
    /// Whether that file exists.
    pub image_present: bool,
    /// `Type`: 1 for the provider of the Cryptolib.
    pub kind: u32,
    /// Where it is registered.
    pub view: RegistryView,
}

impl CryptoProvider {
    /// A provider of this name and image.
    pub fn new(
        name: impl Into<String>,
        image: impl Into<String>,
        image_present: bool,
        kind: u32,
        view: RegistryView,
    ) -> Self {
        Self { name: name.into(), image: image.into(), image_present, kind, view }
    }
}

/// What Windows knows of the card's cryptography.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct WindowsCrypto {
    /// The table of known cards: every entry, up to a bound.
    pub cards: Observed<Vec<CalaisEntry>>,
    /// The registered providers of CPS cards, in both views.
    pub providers: Observed<Vec<CryptoProvider>>,
    /// `DisableCapiOverrideForRSA`; `None` where it is not set.
    pub capi_override: Observed<Option<u32>>,
}

/// What kind of provider holds a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ProviderKind {
    /// A cryptographic service provider (CAPI; provider type 1 or 24).
    Csp,
    /// A key storage provider (CNG; provider type 0).
    Ksp,
}

/// Whose store a certificate is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum StoreLocation {
    /// `CurrentUser\My`.
    CurrentUser,
    /// `LocalMachine\My`.
    LocalMachine,
}

/// A certificate in a store of Windows whose issuer is an authority of IGC-Santé or of its predecessors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StoredCertificate {
    /// Where.
    pub location: StoreLocation,
    /// SHA-1 of the certificate, 40 lower-case hexadecimal digits.
    pub fingerprint: Private,
    /// The common name of the issuer.
    pub issuer: String,
    /// The end of its validity, seconds since 1970 in UTC.
    pub not_after: i64,
    /// The card number that it names (extension 1.2.250.1.71.1.2.3).
    pub card_number: Option<Private>,
    /// The name of the provider that holds its key.
    pub provider: Option<String>,
    /// What kind that is.
    pub provider_kind: Option<ProviderKind>,
}

impl StoredCertificate {
    /// A certificate with this fingerprint, of this issuer, until then.
    pub fn new(location: StoreLocation, fingerprint: Private, issuer: impl Into<String>, not_after: i64) -> Self {
        let issuer = issuer.into();
        Self { location, fingerprint, issuer, not_after, card_number: None, provider: None, provider_kind: None }
    }
}

/// Updates and guards of Windows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct WindowsUpdates {
    /// Whether the cumulative update of October 2025 (CVE-2024-30098) or a later one is installed, as build and
    /// revision tell; `None` where they do not.
    pub has_october_2025: Option<bool>,
    /// Events 624 of the source Smart Card Service during the last 30 days.
    pub events_624: Observed<u32>,
    /// Whether a restart is pending.
    pub reboot_pending: bool,
    /// Files of the Cryptolib or of GALSS that wait for the restart.
    pub pending_files: Vec<String>,
    /// `VerifiedAndReputablePolicyState` of Smart App Control: 0 off, 1 on, 2 evaluation.
    pub smart_app_control: Option<u32>,
    /// CPS or reader libraries that Smart App Control blocked, by file name.
    pub blocked_files: Observed<Vec<String>>,
}

/// A channel of GALSS.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct GalssChannel {
    /// The name of the reader, as `galss.ini` gives it.
    pub reader: String,
    /// Whether it goes over a serial line or the reader's own mode rather than PC/SC.
    pub serial: bool,
}

/// GALSS, the other way to a reader (billing software; portals do not use it).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct GalssConfig {
    /// The path of `galss.ini`.
    pub path: String,
    /// Its channels; or why they cannot be told.
    pub channels: Observed<Vec<GalssChannel>>,
}
