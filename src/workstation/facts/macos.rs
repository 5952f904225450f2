//! What macOS knows of cards.

use serde::{Deserialize, Serialize};

use crate::workstation::Observed;

/// A token that `CryptoTokenKit` lists.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct MacToken {
    /// The driver, the part of the name before the instance: `fr.asip.esante.CPSToken`.
    pub driver: String,
}

impl MacToken {
    /// A token of this driver.
    pub fn new(driver: impl Into<String>) -> Self {
        Self { driver: driver.into() }
    }
}

/// What macOS knows of cards.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Macos {
    /// Whether the application CPS Gestion of the App Store is in a folder of applications.
    pub ctk_application: bool,
    /// The token extensions that are registered, by bundle identifier.
    pub ctk_extensions: Observed<Vec<String>>,
    /// The tokens that are listed now.
    pub tokens: Observed<Vec<MacToken>>,
    /// `useIFDCCID`: whether the former CCID driver is in force; `None` where it is not set.
    pub former_ccid_driver: Option<bool>,
    /// Third-party driver bundles of readers.
    pub driver_bundles: Vec<String>,
    /// The readers that `system_profiler` lists.
    pub readers: Observed<Vec<String>>,
    /// Whether Rosetta is installed; `None` on Intel.
    pub rosetta: Option<bool>,
}
