//! The library stays in memory once a program uses it: its threads may be at their last steps when a host unloads it.
//!
//! ELF libraries say so themselves (`-z nodelete`, given by `.ci/ffi` and by `[package.metadata.capi]`), macOS never unloads
//! a library with variables of threads; Windows is told.

#[cfg(windows)]
pub(super) fn keep_library() {
    use windows_sys::Win32::System::LibraryLoader::{
        GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, GET_MODULE_HANDLE_EX_FLAG_PIN, GetModuleHandleExW,
    };

    let here = keep_library as *const () as *const u16;
    let mut module = std::ptr::null_mut();
    let flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN;
    // SAFETY: with this flag the second argument is any address inside the module, and is not read.
    let _ = unsafe { GetModuleHandleExW(flags, here, &raw mut module) };
}

#[cfg(not(windows))]
pub(super) fn keep_library() {}
