//! The proxy that a script chooses, as Windows finds and runs it.

#![allow(unsafe_code)]

use std::ptr::null;

use windows_sys::Win32::Foundation::{GetLastError, GlobalFree};
use windows_sys::Win32::Networking::WinHttp::{
    ERROR_WINHTTP_AUTODETECTION_FAILED, WINHTTP_ACCESS_TYPE_NO_PROXY, WINHTTP_AUTO_DETECT_TYPE_DHCP,
    WINHTTP_AUTO_DETECT_TYPE_DNS_A, WINHTTP_AUTOPROXY_AUTO_DETECT, WINHTTP_AUTOPROXY_CONFIG_URL,
    WINHTTP_AUTOPROXY_OPTIONS, WINHTTP_PROXY_INFO, WinHttpCloseHandle, WinHttpGetProxyForUrl, WinHttpOpen,
};

use super::{narrow, wide};
use crate::limits;

/// What Windows says of one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScriptAnswer {
    /// These proxies, separated by semicolons.
    Proxies(String),
    /// It is reached directly.
    Direct,
    /// The network offers no script, and none is set.
    NoScript,
    /// The call and its code.
    Failed(String),
}

/// Asks Windows. It may take as long as it likes: to be called in a process that somebody ends.
pub fn proxies_of_script(url: &str, auto_detect: bool, script: Option<&str>) -> ScriptAnswer {
    let address = script.map(wide);
    // the network first, then the script that is set, as browsers do
    if auto_detect {
        let found = ask(url, None);
        if found != ScriptAnswer::NoScript {
            return found;
        }
    }
    address.map_or(ScriptAnswer::NoScript, |address| ask(url, Some(&address)))
}

fn ask(url: &str, script: Option<&[u16]>) -> ScriptAnswer {
    let (agent, url) = (wide("cpx-check"), wide(url));
    // SAFETY: the agent ends with NUL; no proxy is named.
    let session = unsafe { WinHttpOpen(agent.as_ptr(), WINHTTP_ACCESS_TYPE_NO_PROXY, null(), null(), 0) };
    if session.is_null() {
        return failed("WinHttpOpen");
    }
    let mut options = WINHTTP_AUTOPROXY_OPTIONS { fAutoLogonIfChallenged: 1, ..Default::default() };
    match script {
        Some(script) => {
            options.dwFlags = WINHTTP_AUTOPROXY_CONFIG_URL;
            options.lpszAutoConfigUrl = script.as_ptr();
        }
        None => {
            options.dwFlags = WINHTTP_AUTOPROXY_AUTO_DETECT;
            options.dwAutoDetectFlags = WINHTTP_AUTO_DETECT_TYPE_DHCP | WINHTTP_AUTO_DETECT_TYPE_DNS_A;
        }
    }
    let mut info = WINHTTP_PROXY_INFO::default();
    // SAFETY: session, texts and structures are valid until the call is back, which fills the last one.
    let told = unsafe { WinHttpGetProxyForUrl(session, url.as_ptr(), &raw mut options, &raw mut info) };
    let answer = if told == 0 {
        // SAFETY: it reads one number.
        match unsafe { GetLastError() } {
            ERROR_WINHTTP_AUTODETECTION_FAILED if script.is_none() => ScriptAnswer::NoScript,
            code => ScriptAnswer::Failed(format!("WinHttpGetProxyForUrl {code:#x}")),
        }
    } else if info.lpszProxy.is_null() || info.dwAccessType == WINHTTP_ACCESS_TYPE_NO_PROXY {
        ScriptAnswer::Direct
    } else {
        // SAFETY: the call gave a text that ends with NUL; it is read up to there, or up to a bound.
        ScriptAnswer::Proxies(unsafe { text(info.lpszProxy) })
    };
    // SAFETY: both texts are those of the call, freed once; the session is ours.
    unsafe {
        for text in [info.lpszProxy, info.lpszProxyBypass] {
            if !text.is_null() {
                GlobalFree(text.cast());
            }
        }
        WinHttpCloseHandle(session);
    }
    answer
}

fn failed(function: &str) -> ScriptAnswer {
    // SAFETY: it reads one number.
    let code = unsafe { GetLastError() };
    ScriptAnswer::Failed(format!("{function} {code:#x}"))
}

/// A text of Windows.
///
/// # Safety
/// It ends with NUL.
unsafe fn text(start: *const u16) -> String {
    let mut units = Vec::new();
    for at in 0..limits::NETWORK_TEXT {
        // SAFETY: that of the caller; nothing behind the NUL is read.
        let unit = unsafe { *start.add(at) };
        if unit == 0 {
            break;
        }
        units.push(unit);
    }
    narrow(&units)
}
