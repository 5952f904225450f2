//! PC/SC on Linux, and readers on the USB of any system.

use serde::{Deserialize, Serialize};

use crate::workstation::Observed;

/// A copy of the PC/SC library.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct LibraryCopy {
    /// Where.
    pub path: String,
    /// The version in the name of the file behind its links, such as `1.0.0`, or of its package.
    pub version: Option<String>,
}

/// The socket of pcscd.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct SocketState {
    /// Whether there is a socket at the usual place, `/run/pcscd/pcscd.comm`.
    pub present: bool,
    /// Where `PCSCLITE_CSOCK_NAME` points to, when it is set and not the usual place.
    pub redirected: Option<String>,
    /// Whether this account may write to the socket.
    pub writable: Option<bool>,
}

/// A unit of systemd.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct UnitState {
    /// What `systemctl is-enabled` says: `enabled`, `disabled`, `masked`, `static`…
    pub enabled: String,
    /// What `systemctl is-active` says: `active`, `inactive`, `failed`…
    pub active: String,
}

/// PC/SC on Linux.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Pcscd {
    /// The copies of `libpcsclite.so.1` that the loader can find; empty when there is none.
    pub libraries: Vec<LibraryCopy>,
    /// The copies that snaps and flatpaks bring for themselves: the loader finds them only inside.
    pub confined_libraries: Vec<LibraryCopy>,
    /// The socket.
    pub socket: SocketState,
    /// The unit `pcscd.socket`.
    pub unit: Observed<UnitState>,
    /// What `pcscd --version` says of its version, such as `1.9.9`.
    pub daemon_version: Observed<Option<String>>,
    /// Whether polkit has a policy for PC/SC.
    pub polkit_policy: bool,
    /// Whether a driver bundle for CCID readers is installed.
    pub ccid_driver: bool,
}

/// A USB device with an interface of class 0B (card reader).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct UsbReader {
    /// USB vendor.
    pub vendor: u16,
    /// USB product.
    pub product: u16,
    /// What it calls itself: hostile text.
    pub name: String,
    /// The driver of the system that claimed the interface (`usbfs`, `pn533_usb`), where there is one.
    pub driver: Option<String>,
    /// Whether the CCID driver's list has it; `None` where there is no list.
    pub listed: Option<bool>,
    /// Whether the system may suspend it.
    pub may_suspend: Option<bool>,
}

/// Readers on the USB.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct UsbReaders {
    /// Those with an interface of class 0B.
    pub readers: Vec<UsbReader>,
    /// Whether there is any USB device but hubs and controllers at all.
    pub any_device: bool,
    /// Modules of the kernel that are loaded and known to take readers: `pn533_usb`.
    pub competing_drivers: Vec<String>,
}
