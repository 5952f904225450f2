//! The programs that run.

#![allow(unsafe_code)]

use windows_sys::Win32::Foundation::{CloseHandle, FILETIME, HANDLE, INVALID_HANDLE_VALUE};
use windows_sys::Win32::System::Diagnostics::ToolHelp::{
    CreateToolhelp32Snapshot, PROCESSENTRY32W, Process32FirstW, Process32NextW, TH32CS_SNAPPROCESS,
};
use windows_sys::Win32::System::Threading::{GetProcessTimes, OpenProcess, PROCESS_QUERY_LIMITED_INFORMATION};

use super::session::session_of;
use super::{last, narrow};
use crate::limits;
use crate::workstation::windows::processes::{Running, matters};
use crate::workstation::{KnownPrograms, Reason};

struct Handle(HANDLE);

impl Drop for Handle {
    fn drop(&mut self) {
        // SAFETY: the handle was opened by us and is closed once.
        unsafe { CloseHandle(self.0) };
    }
}

/// The running programs that matter to cards.
///
/// # Errors
/// Why Windows does not list them.
pub(in crate::workstation::windows) fn running(known: KnownPrograms) -> Result<Vec<Running>, Reason> {
    // SAFETY: it has no pointers.
    let snapshot = unsafe { CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0) };
    if snapshot == INVALID_HANDLE_VALUE {
        return Err(last("CreateToolhelp32Snapshot"));
    }
    let snapshot = Handle(snapshot);
    let size = u32::try_from(size_of::<PROCESSENTRY32W>()).unwrap_or_default();
    let mut entry = PROCESSENTRY32W { dwSize: size, ..Default::default() };
    // SAFETY: the entry tells its size, as the call demands.
    let mut more = unsafe { Process32FirstW(snapshot.0, &raw mut entry) } != 0;
    let mut running = Vec::new();
    for _ in 0..limits::PROCESSES {
        if !more {
            break;
        }
        let executable = narrow(&entry.szExeFile);
        if matters(known, &executable) {
            let process = entry.th32ProcessID;
            running.push(Running { executable, session: session_of(process), started: started(process) });
        }
        // SAFETY: as above.
        more = unsafe { Process32NextW(snapshot.0, &raw mut entry) } != 0;
    }
    Ok(running)
}

fn started(process: u32) -> Option<i64> {
    // SAFETY: it has no pointers.
    let handle = unsafe { OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, process) };
    if handle.is_null() {
        return None;
    }
    let handle = Handle(handle);
    let [mut created, mut exited, mut kernel, mut user] = [FILETIME::default(); 4];
    // SAFETY: the four times are plain data that the call fills.
    let told = unsafe { GetProcessTimes(handle.0, &raw mut created, &raw mut exited, &raw mut kernel, &raw mut user) };
    (told != 0).then(|| super::seconds(created))
}
