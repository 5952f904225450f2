//! The session and the account that the program runs in.

#![allow(unsafe_code)]

use std::ptr::null_mut;

use windows_sys::Win32::Foundation::{CloseHandle, HANDLE};
use windows_sys::Win32::Security::{
    GetTokenInformation, IsWellKnownSid, LookupAccountSidW, TOKEN_ELEVATION, TOKEN_QUERY, TOKEN_USER, TokenElevation,
    TokenUser, WinLocalServiceSid, WinLocalSystemSid, WinNetworkServiceSid,
};
use windows_sys::Win32::System::RemoteDesktop::{
    ProcessIdToSessionId, WTS_CURRENT_SERVER_HANDLE, WTS_CURRENT_SESSION, WTS_INFO_CLASS, WTSDomainName, WTSFreeMemory,
    WTSQuerySessionInformationW, WTSUserName, WTSWinStationName,
};
use windows_sys::Win32::System::SystemInformation::{ComputerNameDnsHostname, GetComputerNameExW};
use windows_sys::Win32::System::Threading::{GetCurrentProcess, GetCurrentProcessId, OpenProcessToken};
use windows_sys::Win32::UI::WindowsAndMessaging::{GetSystemMetrics, SM_REMOTESESSION};

use super::narrow;
use crate::workstation::windows::session::Logon;

/// Units of the longest name that is read.
const NAME_UNITS: u32 = 512;

/// Our session, as far as Windows tells.
pub(in crate::workstation::windows) fn logon() -> Logon {
    let token = Token::of_this_process();
    let account = token.as_ref().and_then(Token::account);
    let session_user = told(WTSUserName).map(|user| match told(WTSDomainName) {
        Some(domain) if !domain.is_empty() && !user.is_empty() => format!(r"{domain}\{user}"),
        _ => user,
    });
    let session_name = std::env::var("SESSIONNAME").ok().or_else(|| told(WTSWinStationName)).unwrap_or_default();
    Logon {
        session: session(),
        session_name,
        // SAFETY: it reads one number.
        remote: unsafe { GetSystemMetrics(SM_REMOTESESSION) } != 0,
        elevated: token.as_ref().is_some_and(Token::is_elevated),
        service_account: account.as_ref().is_some_and(|account| account.service),
        user: account.map(|account| account.name),
        session_user,
        host: host(),
    }
}

/// The number of our session.
pub(in crate::workstation::windows) fn session() -> Option<u32> {
    // SAFETY: it has no arguments.
    session_of(unsafe { GetCurrentProcessId() })
}

/// The number of the session of a process.
pub(in crate::workstation::windows) fn session_of(process: u32) -> Option<u32> {
    let mut session = 0;
    // SAFETY: the number is written by the call.
    let told = unsafe { ProcessIdToSessionId(process, &raw mut session) };
    (told != 0).then_some(session)
}

fn told(what: WTS_INFO_CLASS) -> Option<String> {
    let (mut text, mut bytes) = (null_mut::<u16>(), 0_u32);
    // SAFETY: pointer and length are written by the call.
    let told = unsafe {
        WTSQuerySessionInformationW(WTS_CURRENT_SERVER_HANDLE, WTS_CURRENT_SESSION, what, &raw mut text, &raw mut bytes)
    };
    if told == 0 || text.is_null() {
        return None;
    }
    let units = usize::try_from(bytes.min(NAME_UNITS * 2) / 2).unwrap_or_default();
    // SAFETY: the call gave that many bytes at this place; they are freed once, after they were copied.
    unsafe {
        let name = narrow(std::slice::from_raw_parts(text, units));
        WTSFreeMemory(text.cast());
        Some(name)
    }
}

fn host() -> Option<String> {
    let mut buffer = vec![0_u16; 512];
    let mut length = NAME_UNITS;
    // SAFETY: the buffer has `length` units.
    let told = unsafe { GetComputerNameExW(ComputerNameDnsHostname, buffer.as_mut_ptr(), &raw mut length) };
    (told != 0).then(|| narrow(&buffer)).filter(|name| !name.is_empty())
}

/// The access token of this process.
struct Token(HANDLE);

/// Whose token it is.
struct Account {
    /// `DOMAIN\user`.
    name: String,
    /// Whether it is SYSTEM or one of the accounts of services.
    service: bool,
}

impl Drop for Token {
    fn drop(&mut self) {
        // SAFETY: the handle was opened by us and is closed once.
        unsafe { CloseHandle(self.0) };
    }
}

impl Token {
    fn of_this_process() -> Option<Self> {
        let mut token = null_mut();
        // SAFETY: the handle is written before it is used.
        let opened = unsafe { OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &raw mut token) };
        (opened != 0).then_some(Self(token))
    }

    fn is_elevated(&self) -> bool {
        let mut elevation = TOKEN_ELEVATION::default();
        let mut length = 0;
        let size = u32::try_from(size_of::<TOKEN_ELEVATION>()).unwrap_or_default();
        // SAFETY: the structure has the size that is told.
        let told =
            unsafe { GetTokenInformation(self.0, TokenElevation, (&raw mut elevation).cast(), size, &raw mut length) };
        told != 0 && elevation.TokenIsElevated != 0
    }

    fn account(&self) -> Option<Account> {
        // a TOKEN_USER with its SID behind it, aligned as pointers are
        let mut buffer = [0_u64; 32];
        let size = u32::try_from(size_of_val(&buffer)).unwrap_or_default();
        let mut length = 0;
        // SAFETY: the buffer has the size that is told.
        let told = unsafe { GetTokenInformation(self.0, TokenUser, buffer.as_mut_ptr().cast(), size, &raw mut length) };
        if told == 0 {
            return None;
        }
        // SAFETY: the call filled the buffer with a TOKEN_USER, whose SID lies in the same buffer.
        let sid = unsafe { (*buffer.as_ptr().cast::<TOKEN_USER>()).User.Sid };
        let (mut name, mut domain) = ([0_u16; 512], [0_u16; 512]);
        let (mut name_units, mut domain_units, mut kind) = (NAME_UNITS, NAME_UNITS, 0);
        // SAFETY: the SID is that of the buffer above; both buffers have the lengths that are told.
        let found = unsafe {
            LookupAccountSidW(
                std::ptr::null(),
                sid,
                name.as_mut_ptr(),
                &raw mut name_units,
                domain.as_mut_ptr(),
                &raw mut domain_units,
                &raw mut kind,
            )
        };
        let services = [WinLocalSystemSid, WinLocalServiceSid, WinNetworkServiceSid];
        // SAFETY: as above.
        let service = services.into_iter().any(|known| unsafe { IsWellKnownSid(sid, known) } != 0);
        (found != 0).then(|| Account { name: format!(r"{}\{}", narrow(&domain), narrow(&name)), service })
    }
}
