//! Authenticode, verified by Windows itself: no window, no question to the network.

#![allow(unsafe_code)]

use std::path::Path;
use std::ptr::null_mut;
use std::time::{SystemTime, UNIX_EPOCH};

use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Security::WinTrust::{
    WINTRUST_ACTION_GENERIC_VERIFY_V2, WINTRUST_DATA, WINTRUST_DATA_0, WINTRUST_FILE_INFO,
    WTD_CACHE_ONLY_URL_RETRIEVAL, WTD_CHOICE_FILE, WTD_REVOCATION_CHECK_NONE, WTD_REVOKE_NONE, WTD_STATEACTION_CLOSE,
    WTD_STATEACTION_VERIFY, WTD_UI_NONE, WTHelperGetProvCertFromChain, WTHelperGetProvSignerFromChain,
    WTHelperProvDataFromStateData, WinVerifyTrust,
};

use super::stores::common_name;
use super::{seconds, wide};
use crate::workstation::facts::Signature;
use crate::workstation::shown_path;
use crate::workstation::windows::signature::state;

/// The signature of a file.
pub(in crate::workstation::windows) fn signature(path: &Path) -> Signature {
    let name = wide(path);
    let mut file = WINTRUST_FILE_INFO {
        cbStruct: size_of::<WINTRUST_FILE_INFO>().try_into().unwrap_or_default(),
        pcwszFilePath: name.as_ptr(),
        ..Default::default()
    };
    let mut question = WINTRUST_DATA {
        cbStruct: size_of::<WINTRUST_DATA>().try_into().unwrap_or_default(),
        dwUIChoice: WTD_UI_NONE,
        fdwRevocationChecks: WTD_REVOKE_NONE,
        dwUnionChoice: WTD_CHOICE_FILE,
        Anonymous: WINTRUST_DATA_0 { pFile: &raw mut file },
        dwStateAction: WTD_STATEACTION_VERIFY,
        dwProvFlags: WTD_REVOCATION_CHECK_NONE | WTD_CACHE_ONLY_URL_RETRIEVAL,
        ..Default::default()
    };
    let mut action = WINTRUST_ACTION_GENERIC_VERIFY_V2;
    // SAFETY: action and question are valid, their parts outlive both calls; the second gives back what the first made.
    let (code, signer) = unsafe {
        let code = WinVerifyTrust(null_mut(), &raw mut action, (&raw mut question).cast());
        let signer = signer(question.hWVTStateData);
        question.dwStateAction = WTD_STATEACTION_CLOSE;
        WinVerifyTrust(null_mut(), &raw mut action, (&raw mut question).cast());
        (code, signer)
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_secs());
    let expired = signer.as_ref().is_some_and(|(_, until)| u64::try_from(*until).is_ok_and(|until| until < now));
    Signature {
        path: shown_path(path),
        state: state(code.cast_unsigned(), expired),
        signer: signer.map(|(name, _)| name),
        team: None,
    }
}

/// The common name of the first signer, and the end of its certificate.
///
/// # Safety
/// The handle is that of a verification that is still open, or null.
unsafe fn signer(verified: HANDLE) -> Option<(String, i64)> {
    if verified.is_null() {
        return None;
    }
    // SAFETY: the state is open; what it leads to lives as long, and every step may be null.
    unsafe {
        let data = WTHelperProvDataFromStateData(verified);
        let signer = if data.is_null() { null_mut() } else { WTHelperGetProvSignerFromChain(data, 0, 0, 0) };
        let leaf = if signer.is_null() { null_mut() } else { WTHelperGetProvCertFromChain(signer, 0) };
        let context = leaf.as_ref()?.pCert;
        let info = context.as_ref()?.pCertInfo.as_ref()?;
        Some((common_name(context, 0), seconds(info.NotAfter)))
    }
}
