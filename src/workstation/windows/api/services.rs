//! Whether services run, asked with the least rights that allow the question.

#![allow(unsafe_code)]

use std::ptr::null;

use windows_sys::Win32::System::Services::{
    CloseServiceHandle, OpenSCManagerW, OpenServiceW, QueryServiceStatus, SC_HANDLE, SC_MANAGER_CONNECT,
    SERVICE_QUERY_STATUS, SERVICE_STATUS,
};

use super::{last, wide};
use crate::workstation::facts::ServiceState;
use crate::workstation::windows::services::service_state;
use crate::workstation::{Reason, Unseen};

/// The service manager of this machine.
pub(in crate::workstation::windows) struct ServiceManager(Handle);

struct Handle(SC_HANDLE);

impl Drop for Handle {
    fn drop(&mut self) {
        // SAFETY: the handle was opened by us and is closed once.
        unsafe { CloseServiceHandle(self.0) };
    }
}

impl ServiceManager {
    /// # Errors
    /// Why it does not answer.
    pub(in crate::workstation::windows) fn connect() -> Result<Self, Reason> {
        // SAFETY: no machine and no database mean those that are active here.
        let manager = unsafe { OpenSCManagerW(null(), null(), SC_MANAGER_CONNECT) };
        if manager.is_null() { Err(last("OpenSCManager")) } else { Ok(Self(Handle(manager))) }
    }

    /// Whether the service of this name runs; `None` where there is none.
    ///
    /// # Errors
    /// Why that cannot be told.
    pub(in crate::workstation::windows) fn state(&self, name: &str) -> Result<Option<ServiceState>, Reason> {
        let name = wide(name);
        // SAFETY: the name ends with NUL.
        let service = unsafe { OpenServiceW(self.0.0, name.as_ptr(), SERVICE_QUERY_STATUS) };
        if service.is_null() {
            let reason = last("OpenService");
            return if reason.why == Unseen::Absent { Ok(None) } else { Err(reason) };
        }
        let service = Handle(service);
        let mut status = SERVICE_STATUS::default();
        // SAFETY: the structure is plain data that the call fills.
        if unsafe { QueryServiceStatus(service.0, &raw mut status) } == 0 {
            return Err(last("QueryServiceStatus"));
        }
        Ok(Some(service_state(status.dwCurrentState)))
    }
}
