//! The console of this process.

#![allow(unsafe_code)]

use windows_sys::Win32::System::Console::{GetConsoleOutputCP, GetConsoleProcessList};

/// The code page in which the console shows bytes: 850, 1252, 65001; `None` without a console.
pub fn console_code_page() -> Option<u32> {
    // SAFETY: it has no arguments.
    Some(unsafe { GetConsoleOutputCP() }).filter(|page| *page != 0)
}

/// Whether the console was opened for this process alone, as by a double-click: no shell waits in it.
pub fn console_is_ours_alone() -> bool {
    let mut processes = [0_u32; 2];
    // SAFETY: the list has two places, as the call is told.
    unsafe { GetConsoleProcessList(processes.as_mut_ptr(), 2) == 1 }
}
