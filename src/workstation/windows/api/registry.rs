//! The registry of this machine, opened for reading only, every buffer bounded before it is allocated.

#![allow(unsafe_code)]

use std::ptr::{null, null_mut};

use windows_sys::Win32::Foundation::{ERROR_FILE_NOT_FOUND, ERROR_MORE_DATA, ERROR_NO_MORE_ITEMS, ERROR_SUCCESS};
use windows_sys::Win32::System::Registry::{
    HKEY, HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE, HKEY_USERS, KEY_READ, KEY_WOW64_32KEY, KEY_WOW64_64KEY, RegCloseKey,
    RegEnumKeyExW, RegEnumValueW, RegOpenKeyExW, RegQueryValueExW,
};

use super::{failed, wide};
use crate::limits;
use crate::workstation::facts::RegistryView;
use crate::workstation::windows::registry::{Hive, Key, Registry, Value};
use crate::workstation::{Reason, Unseen, person};

/// Units of the longest name: keys have 255, values 16,383.
const NAME_UNITS: usize = 16_384;

/// The registry of this machine and of this user.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::workstation::windows) struct WindowsRegistry;

/// An open key.
struct Open(HKEY);

impl Drop for Open {
    fn drop(&mut self) {
        // SAFETY: the handle was opened by us and is closed once.
        unsafe { RegCloseKey(self.0) };
    }
}

fn open(key: &Key) -> Result<Option<Open>, Reason> {
    let of_person = person::chosen().and_then(|person| person.sid.as_deref()).filter(|_| key.hive == Hive::User);
    let hive = match key.hive {
        Hive::Machine => HKEY_LOCAL_MACHINE,
        Hive::Users => HKEY_USERS,
        Hive::User if of_person.is_some() => HKEY_USERS,
        Hive::User => HKEY_CURRENT_USER,
    };
    let view = if key.view == RegistryView::Bits32 { KEY_WOW64_32KEY } else { KEY_WOW64_64KEY };
    let path = wide(of_person.map_or_else(|| key.path.clone(), |sid| format!(r"{sid}\{}", key.path)));
    let mut handle = null_mut();
    // SAFETY: the path ends with NUL; the handle is written before it is used.
    match unsafe { RegOpenKeyExW(hive, path.as_ptr(), 0, KEY_READ | view, &raw mut handle) } {
        ERROR_SUCCESS => Ok(Some(Open(handle))),
        ERROR_FILE_NOT_FOUND => Ok(None),
        code => Err(failed("RegOpenKeyEx", code)),
    }
}

impl Registry for WindowsRegistry {
    fn value(&self, key: &Key, name: &str) -> Result<Option<Value>, Reason> {
        let Some(open) = open(key)? else { return Ok(None) };
        let name_units = wide(name);
        let (mut kind, mut length) = (0_u32, 0_u32);
        // SAFETY: the name ends with NUL; without a buffer only type and length are written.
        let code = unsafe {
            RegQueryValueExW(open.0, name_units.as_ptr(), null(), &raw mut kind, null_mut(), &raw mut length)
        };
        match code {
            ERROR_SUCCESS => {}
            ERROR_FILE_NOT_FOUND => return Ok(None),
            code => return Err(failed("RegQueryValueEx", code)),
        }
        if usize::try_from(length).map_or(true, |length| length > limits::REGISTRY_VALUE_BYTES) {
            return Err(Unseen::TooLarge.with(format!("{key}: {name}")));
        }
        let mut bytes = vec![0_u8; usize::try_from(length).unwrap_or_default()];
        // SAFETY: the buffer has `length` bytes; a value that grew meanwhile is an error, not an overrun.
        let code = unsafe {
            RegQueryValueExW(open.0, name_units.as_ptr(), null(), &raw mut kind, bytes.as_mut_ptr(), &raw mut length)
        };
        if code != ERROR_SUCCESS {
            return Err(failed("RegQueryValueEx", code));
        }
        bytes.truncate(usize::try_from(length).unwrap_or_default());
        Ok(Some(Value::decode(kind, &bytes)))
    }

    fn names(&self, key: &Key) -> Result<Option<Vec<String>>, Reason> {
        let Some(open) = open(key)? else { return Ok(None) };
        enumerate("RegEnumValue", |index, name, length| {
            // SAFETY: the buffer has `length` units; without further buffers nothing else is written.
            unsafe { RegEnumValueW(open.0, index, name, length, null(), null_mut(), null_mut(), null_mut()) }
        })
        .map(Some)
    }

    fn subkeys(&self, key: &Key) -> Result<Option<Vec<String>>, Reason> {
        let Some(open) = open(key)? else { return Ok(None) };
        enumerate("RegEnumKeyEx", |index, name, length| {
            // SAFETY: the buffer has `length` units; without further buffers nothing else is written.
            unsafe { RegEnumKeyExW(open.0, index, name, length, null(), null_mut(), null_mut(), null_mut()) }
        })
        .map(Some)
    }
}

/// The names that `next` gives; those that are no UTF-16 cannot be asked for and are passed over.
fn enumerate(function: &str, next: impl Fn(u32, *mut u16, &mut u32) -> u32) -> Result<Vec<String>, Reason> {
    let mut buffer = vec![0_u16; NAME_UNITS];
    let mut names = Vec::new();
    for index in 0..limits::REGISTRY_ENTRIES {
        let mut length = u32::try_from(buffer.len()).unwrap_or_default();
        match next(index, buffer.as_mut_ptr(), &mut length) {
            ERROR_SUCCESS => {}
            ERROR_NO_MORE_ITEMS => break,
            ERROR_MORE_DATA => continue,
            code => return Err(failed(function, code)),
        }
        let name = usize::try_from(length).ok().and_then(|length| buffer.get(..length));
        if let Some(Ok(name)) = name.map(String::from_utf16) {
            names.push(name);
        }
    }
    Ok(names)
}
