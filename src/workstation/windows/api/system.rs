//! The machine itself: architecture, battery, time since its start, folders.

#![allow(unsafe_code)]

use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use windows_sys::Win32::Storage::FileSystem::GetDiskFreeSpaceExW;
use windows_sys::Win32::System::Power::{GetSystemPowerStatus, SYSTEM_POWER_STATUS};
use windows_sys::Win32::System::SystemInformation::{GetSystemWindowsDirectoryW, GetTickCount64};
use windows_sys::Win32::System::Threading::{GetCurrentProcess, IsWow64Process2};

use super::wide;
use crate::workstation::binary::of_windows;
use crate::workstation::facts::Architecture;

/// The architecture of the machine, whatever this program was built for.
pub(in crate::workstation::windows) fn native_architecture() -> Option<Architecture> {
    let (mut ours, mut native) = (0, 0);
    // SAFETY: both numbers are written by the call; the handle of ourselves needs no closing.
    let told = unsafe { IsWow64Process2(GetCurrentProcess(), &raw mut ours, &raw mut native) };
    (told != 0).then(|| of_windows(native))
}

/// The battery flag, and whether the machine runs on battery.
pub(in crate::workstation::windows) fn power() -> Option<(u8, bool)> {
    let mut status = SYSTEM_POWER_STATUS::default();
    // SAFETY: the structure is plain data that the call fills.
    let told = unsafe { GetSystemPowerStatus(&raw mut status) };
    (told != 0).then_some((status.BatteryFlag, status.ACLineStatus == 0))
}

/// When the system was started, seconds since 1970 in UTC.
pub(in crate::workstation::windows) fn started() -> Option<i64> {
    // SAFETY: it has no arguments and cannot fail.
    let running = Duration::from_millis(unsafe { GetTickCount64() });
    let started = SystemTime::now().checked_sub(running)?.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(started.as_secs()).ok()
}

/// `C:\Windows`, also in a session of Terminal Services.
pub(in crate::workstation::windows) fn windows_folder() -> PathBuf {
    let mut buffer = [0_u16; 260];
    // SAFETY: the buffer has the length that is told.
    let length = unsafe { GetSystemWindowsDirectoryW(buffer.as_mut_ptr(), 260) };
    let folder =
        usize::try_from(length).ok().and_then(|length| buffer.get(..length)).filter(|folder| !folder.is_empty());
    folder.map_or_else(|| PathBuf::from(r"C:\Windows"), |folder| String::from_utf16_lossy(folder).into())
}

/// Bytes that this user may still write on the volume of `folder`.
pub(in crate::workstation::windows) fn free_bytes(folder: &std::path::Path) -> Option<u64> {
    let path = wide(folder);
    let mut free = 0;
    // SAFETY: the path ends with NUL; the number is written by the call, the others are not asked for.
    let told = unsafe { GetDiskFreeSpaceExW(path.as_ptr(), &raw mut free, std::ptr::null_mut(), std::ptr::null_mut()) };
    (told != 0).then_some(free)
}
