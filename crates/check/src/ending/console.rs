//! What Windows tells programs of a console: Ctrl-C, Ctrl-Break, the window that is closed, the session that ends.
#![allow(unsafe_code)]

use std::thread;

use windows_sys::Win32::System::Console::{
    CTRL_BREAK_EVENT, CTRL_C_EVENT, CTRL_CLOSE_EVENT, CTRL_LOGOFF_EVENT, CTRL_SHUTDOWN_EVENT, SetConsoleCtrlHandler,
};
use windows_sys::core::BOOL;

use cpx_card::internal::limits;

/// An exit code: what shells say of the signal that means the same elsewhere.
pub(crate) type Asked = i32;

/// That of Ctrl-C.
pub(crate) const INTERRUPT: Asked = 130;
/// That of a terminal that goes.
const HANG_UP: Asked = 129;
/// That of a program which is asked to end.
const TERMINATE: Asked = 143;

/// Hears the console from now on.
pub(super) fn hear() {
    // SAFETY: the function has the form that is asked for, and lives as long as the program.
    unsafe { SetConsoleCtrlHandler(Some(answer), 1) };
}

/// Runs on a thread that the system makes for it. When it comes back from an end of the window or of the session, the
/// process is ended: it waits for the program's own end.
///
/// # Safety
/// None is needed: it takes a number.
// SAFETY: it has the form that the system calls, and touches no memory but its own.
unsafe extern "system" fn answer(event: u32) -> BOOL {
    let (how, waits) = match event {
        CTRL_C_EVENT | CTRL_BREAK_EVENT => (INTERRUPT, false),
        CTRL_CLOSE_EVENT => (HANG_UP, true),
        CTRL_LOGOFF_EVENT | CTRL_SHUTDOWN_EVENT => (TERMINATE, true),
        _ => return 0,
    };
    super::asked(how);
    if waits {
        thread::sleep(limits::EXCHANGE_PATIENCE);
    }
    1
}

/// The system tells it at any time.
pub(super) struct Listening;

impl Listening {
    pub(super) fn new() -> Self {
        Self
    }
}

/// Ends the process with this code.
pub(super) fn end(code: Asked) -> ! {
    std::process::exit(code)
}
