//! Services put before the service manager, and taken away again.

#![allow(unsafe_code)]

use std::ptr::{null, null_mut};

use windows_sys::Win32::System::Services::{
    CloseServiceHandle, CreateServiceW, DeleteService, OpenSCManagerW, SC_HANDLE, SC_MANAGER_ALL_ACCESS,
    SERVICE_ALL_ACCESS, SERVICE_ERROR_NORMAL, SERVICE_WIN32_OWN_PROCESS,
};

use crate::stores::wide;

/// A service that does not run, for as long as this lives.
pub(crate) struct Service {
    manager: SC_HANDLE,
    service: SC_HANDLE,
}

impl Service {
    /// `start`: 2 by itself, 3 on demand, 4 never.
    pub(crate) fn create(name: &str, start: u32) -> Self {
        let (name, path) = (wide(name), wide(r"C:\windows\system32\svchost.exe"));
        // SAFETY: names end with NUL; handles are checked, and closed when this ends.
        unsafe {
            let manager = OpenSCManagerW(null(), null(), SC_MANAGER_ALL_ACCESS);
            assert!(!manager.is_null(), "{}", std::io::Error::last_os_error());
            let service = CreateServiceW(
                manager,
                name.as_ptr(),
                name.as_ptr(),
                SERVICE_ALL_ACCESS,
                SERVICE_WIN32_OWN_PROCESS,
                start,
                SERVICE_ERROR_NORMAL,
                path.as_ptr(),
                null(),
                null_mut(),
                null(),
                null(),
                null(),
            );
            assert!(!service.is_null(), "{}", std::io::Error::last_os_error());
            Self { manager, service }
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // SAFETY: both handles are open.
        unsafe {
            DeleteService(self.service);
            CloseServiceHandle(self.service);
            CloseServiceHandle(self.manager);
        }
    }
}
