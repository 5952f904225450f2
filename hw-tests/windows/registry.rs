//! Keys put into the registry, and taken out again.

#![allow(unsafe_code)]

use std::ptr::{null, null_mut};

use windows_sys::Win32::Foundation::ERROR_SUCCESS;
use windows_sys::Win32::System::Registry::{
    HKEY, HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE, HKEY_USERS, KEY_ALL_ACCESS, REG_BINARY, REG_DWORD, REG_SZ, RRF_RT_ANY,
    RegCloseKey, RegCreateKeyExW, RegDeleteKeyValueW, RegDeleteTreeW, RegGetValueW, RegSetKeyValueW, RegSetValueExW,
};

use crate::stores::wide;

/// A value of the registry.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value<'a> {
    /// `REG_SZ`.
    Text(&'a str),
    /// `REG_SZ`, whose units need be no text and need not end.
    Units(&'a [u16]),
    /// `REG_DWORD`.
    Number(u32),
    /// `REG_BINARY`, in hexadecimal.
    Bytes(&'a str),
}

impl Value<'_> {
    fn encode(self) -> (u32, Vec<u8>) {
        let units = |units: &[u16]| units.iter().copied().flat_map(u16::to_le_bytes).collect();
        match self {
            Self::Text(text) => (REG_SZ, units(&wide(text))),
            Self::Units(text) => (REG_SZ, units(text)),
            Self::Number(number) => (REG_DWORD, number.to_le_bytes().to_vec()),
            Self::Bytes(text) => (REG_BINARY, hex::decode(text).unwrap()),
        }
    }
}

/// A key of the registry, for as long as this lives.
pub(crate) struct Key(String);

impl Key {
    /// Puts values into a key, which is made when it is absent; the value without a name is the key's own.
    pub(crate) fn put(key: &str, values: &[(&str, Value<'_>)]) -> Self {
        let (hive, path) = hive_and_path(key);
        let (path, mut handle) = (wide(path), null_mut());
        // SAFETY: path and names end with NUL, lengths are those of the slices, the handle is used while it is open.
        unsafe {
            let code =
                RegCreateKeyExW(hive, path.as_ptr(), 0, null(), 0, KEY_ALL_ACCESS, null(), &raw mut handle, null_mut());
            assert_eq!(code, ERROR_SUCCESS, "{key}");
            for (name, value) in values {
                let (kind, bytes) = value.encode();
                let length = bytes.len().try_into().unwrap();
                let code = RegSetValueExW(handle, wide(name).as_ptr(), 0, kind, bytes.as_ptr(), length);
                assert_eq!(code, ERROR_SUCCESS, "{key}: {name}");
            }
            RegCloseKey(handle);
        }
        Self(key.to_owned())
    }
}

impl Key {
    /// The key of this name, which ends with this.
    pub(crate) fn named(key: &str) -> Self {
        Self(key.to_owned())
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        let (hive, path) = hive_and_path(&self.0);
        // SAFETY: the path ends with NUL. A key that is gone already is no failure.
        unsafe { RegDeleteTreeW(hive, wide(path).as_ptr()) };
    }
}

/// A value set in a key that stays, for as long as this lives: what was there comes back.
pub(crate) struct Changed {
    key: String,
    name: String,
    before: Option<(u32, Vec<u8>)>,
}

impl Changed {
    pub(crate) fn set(key: &str, name: &str, value: Value<'_>) -> Self {
        let (hive, path) = hive_and_path(key);
        let (path, wide_name, mut bytes) = (wide(path), wide(name), vec![0_u8; 4096]);
        let (mut kind, mut length) = (0, 4096);
        // SAFETY: path and name end with NUL; the buffer has the length that is told.
        let code = unsafe {
            let (bytes, length) = (bytes.as_mut_ptr(), &raw mut length);
            RegGetValueW(hive, path.as_ptr(), wide_name.as_ptr(), RRF_RT_ANY, &raw mut kind, bytes.cast(), length)
        };
        bytes.truncate(length.try_into().unwrap());
        let changed = Self {
            key: key.to_owned(),
            name: name.to_owned(),
            before: (code == ERROR_SUCCESS).then_some((kind, bytes)),
        };
        changed.put(Some(&value.encode()));
        changed
    }

    fn put(&self, value: Option<&(u32, Vec<u8>)>) {
        let (hive, path) = hive_and_path(&self.key);
        let (path, name) = (wide(path), wide(&self.name));
        // SAFETY: path and name end with NUL; the length is that of the bytes.
        unsafe {
            match value {
                Some((kind, bytes)) => {
                    let length = bytes.len().try_into().unwrap();
                    RegSetKeyValueW(hive, path.as_ptr(), name.as_ptr(), *kind, bytes.as_ptr().cast(), length)
                }
                None => RegDeleteKeyValueW(hive, path.as_ptr(), name.as_ptr()),
            };
        }
    }
}

impl Drop for Changed {
    fn drop(&mut self) {
        self.put(self.before.as_ref());
    }
}

fn hive_and_path(key: &str) -> (HKEY, &str) {
    match key.split_once('\\') {
        Some(("HKEY_LOCAL_MACHINE", path)) => (HKEY_LOCAL_MACHINE, path),
        Some(("HKEY_CURRENT_USER", path)) => (HKEY_CURRENT_USER, path),
        Some(("HKEY_USERS", path)) => (HKEY_USERS, path),
        _ => panic!("{key}: no key of the machine or of the user"),
    }
}
