//! One name for each subject, whatever the system: what the collector of this one finds, or that there is no such thing
//! here.
//!
//! Each function may take up to [`TOOL_PATIENCE`](crate::limits::TOOL_PATIENCE) for every child that it starts: they are
//! made to run side by side. None fails, none changes anything.

use std::path::Path;

use super::browsers::{Places, collect_browsers};
use super::facts::{
    Browsers, Cryptolib, GalssConfig, Macos, Pcscd, PowerPlan, Processes, ReaderDevice, Session, StoredCertificate,
    System, UsbReaders, WindowsCrypto, WindowsServices, WindowsUpdates,
};
use super::{Observed, Unseen};

/// A subject that there is not on this system.
fn not_here<T>() -> Observed<T> {
    Observed::Unseen(Unseen::NotThisSystem.into())
}

/// Functions of subjects: each system's collector, or nothing.
macro_rules! subjects {
    ($($(#[$about:meta])* $name:ident: $facts:ty { $($system:literal => $collector:expr),* })*) => {
        $(
            $(#[$about])*
            pub fn $name() -> Observed<$facts> {
                $(
                    #[cfg(target_os = $system)]
                    {
                        use super::*;
                        $collector
                    }
                )*
                #[cfg(not(any($(target_os = $system),*)))]
                not_here()
            }
        )*
    };
}

subjects! {
    /// The operating system. On macOS it starts `sysctl` and perhaps `ioreg`.
    system: System {
        "linux" => linux::system::collect(&Machine::this()),
        "macos" => macos::system(&Machine::this()),
        "windows" => windows::system()
    }

    /// From where and as whom the program runs. On macOS it starts `sysctl`.
    session: Session {
        "linux" => linux::session::collect(&Machine::this()),
        "macos" => macos::session(&Machine::this()),
        "windows" => windows::session()
    }

    /// PC/SC on Linux. It starts `pcscd --version`, `systemctl` where systemd runs, `rpm` where that is used.
    pcscd: Pcscd {
        "linux" => linux::pcscd::collect(&Machine::this())
    }

    /// The services of Windows that cards need.
    services: WindowsServices {
        "windows" => windows::services()
    }

    /// USB devices that say they are card readers. On macOS it starts `ioreg` twice.
    usb_readers: UsbReaders {
        "linux" => linux::usb::collect(&Machine::this()),
        "macos" => macos::usb_readers(&Machine::this()),
        "windows" => windows::usb_readers()
    }

    /// Reader devices as Windows knows them.
    reader_devices: Vec<ReaderDevice> {
        "windows" => windows::reader_devices()
    }

    /// Power saving of USB on Windows.
    power_plan: PowerPlan {
        "windows" => windows::power_plan()
    }

    /// The Cryptolib CPS and its parts. On Linux it starts `rpm` where that is used; on macOS `pkgutil` and `codesign`.
    cryptolib: Cryptolib {
        "linux" => linux::cryptolib::collect(&Machine::this()),
        "macos" => macos::cryptolib(&Machine::this()),
        "windows" => windows::cryptolib()
    }

    /// GALSS, the other way to a reader.
    galss: Option<GalssConfig> {
        "macos" => macos::galss(&Machine::this()),
        "windows" => windows::galss()
    }

    /// Running programs that are known to use cards. On macOS it starts `ps`.
    processes: Processes {
        "linux" => linux::processes::collect(&Machine::this()),
        "macos" => macos::processes(&Machine::this()),
        "windows" => windows::processes()
    }

    /// What Windows knows of the card's cryptography.
    windows_crypto: WindowsCrypto {
        "windows" => windows::windows_crypto()
    }

    /// Certificates of cards in the stores of Windows.
    stored_certificates: Vec<StoredCertificate> {
        "windows" => windows::stored_certificates()
    }

    /// Updates and guards of Windows.
    updates: WindowsUpdates {
        "windows" => windows::updates()
    }

    /// What macOS knows of cards. It starts five tools one after the other, of which `system_profiler` takes seconds.
    macos: Macos {
        "macos" => macos::cards(&Machine::this())
    }
}

/// The SHA-1 fingerprints of authorities of IGC-Santé and of its predecessors in the system's store.
pub fn trusted_authorities() -> Observed<Vec<String>> {
    #[cfg(windows)]
    let found = super::windows::trusted_authorities();
    #[cfg(not(windows))]
    let found = super::trusted_authorities::collect();
    found
}

/// The installed browsers and their rules, on Windows as its registry names them.
pub fn browsers(places: &Places) -> Observed<Browsers> {
    let found = collect_browsers(places);
    #[cfg(windows)]
    let found = match (found, super::windows::browsers_installed()) {
        (Observed::Seen(found), Observed::Seen(installed)) => {
            Observed::Seen(Browsers { installed, default: super::windows::default_browser(), ..found })
        }
        (found, _) => found,
    };
    found
}

/// The version that the system keeps with the file of a program or a library: Windows does.
pub fn file_version(path: &Path) -> Observed<String> {
    #[cfg(windows)]
    let version = super::windows::file_version(path).ok_or(Unseen::Absent).into();
    #[cfg(not(windows))]
    let version = {
        let _ = path;
        not_here()
    };
    version
}

/// Where browsers keep what matters, with what the registry of Windows says to them; `None` without a home folder.
pub fn places() -> Option<Places> {
    let places = Places::of_this_user();
    #[cfg(windows)]
    let places = places.map(|places| Places { registry: super::windows::browser_registry(), ..places });
    places
}
