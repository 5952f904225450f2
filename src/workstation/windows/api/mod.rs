//! The calls of Windows, one file for each of its interfaces: thin, read only, bounded. What they return is interpreted
//! elsewhere.

pub(super) mod console;
pub(super) mod devices;
pub(super) mod events;
pub(super) mod file_version;
pub(super) mod processes;
pub(super) mod registry;
#[cfg(feature = "online")]
pub(super) mod script_proxies;
pub(super) mod services;
pub(super) mod session;
pub(super) mod signature;
pub(super) mod stores;
pub(super) mod system;

use std::ffi::OsStr;
use std::os::windows::ffi::OsStrExt;

use windows_sys::Win32::Foundation::{
    ERROR_ACCESS_DENIED, ERROR_EVT_CHANNEL_NOT_FOUND, ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND,
    ERROR_SERVICE_DOES_NOT_EXIST, FILETIME,
};

use crate::workstation::{Reason, Unseen};

/// Text as Windows takes it, with a NUL at its end.
fn wide(text: impl AsRef<OsStr>) -> Vec<u16> {
    text.as_ref().encode_wide().chain([0]).collect()
}

/// Text as Windows gives it, up to the first NUL; what is no UTF-16 is replaced.
fn narrow(units: &[u16]) -> String {
    String::from_utf16_lossy(units.split(|unit| *unit == 0).next().unwrap_or_default())
}

/// Why a call failed, with its name and code.
fn failed(function: &str, code: u32) -> Reason {
    let why = match code {
        ERROR_ACCESS_DENIED => Unseen::NoRights,
        ERROR_FILE_NOT_FOUND | ERROR_PATH_NOT_FOUND | ERROR_SERVICE_DOES_NOT_EXIST | ERROR_EVT_CHANNEL_NOT_FOUND => {
            Unseen::Absent
        }
        _ => Unseen::Failed,
    };
    why.with(format!("{function} {code:#x}"))
}

/// The same with the code of the last call.
fn last(function: &str) -> Reason {
    let code = std::io::Error::last_os_error().raw_os_error().unwrap_or_default();
    failed(function, code.cast_unsigned())
}

/// A time of Windows (0.1 µs since 1601) in seconds since 1970.
fn seconds(time: FILETIME) -> i64 {
    const BETWEEN: i64 = 11_644_473_600;
    let ticks = (u64::from(time.dwHighDateTime) << 32) | u64::from(time.dwLowDateTime);
    i64::try_from(ticks / 10_000_000).unwrap_or(i64::MAX).saturating_sub(BETWEEN)
}
