//! The Wine prefix of the tests: its registry, its service manager, its certificate stores. What a test puts there it
//! takes away again, and one test at a time has it. No program is started for it: on a loaded machine Wine starts one
//! in vain now and then.

#![allow(unsafe_code)]

use std::path::{Path, PathBuf};
use std::ptr::{null, null_mut};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{env, fs};

use windows_sys::Win32::Foundation::ERROR_SUCCESS;
use windows_sys::Win32::System::Registry::{
    HKEY, HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE, KEY_ALL_ACCESS, REG_BINARY, REG_DWORD, REG_SZ, RegCloseKey,
    RegCreateKeyExW, RegDeleteTreeW, RegSetValueExW,
};

static PREFIX: Mutex<()> = Mutex::new(());

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

/// The prefix, for one test.
pub(crate) struct Wine {
    _alone: MutexGuard<'static, ()>,
    keys: Vec<String>,
    files: Vec<PathBuf>,
}

impl Wine {
    /// The prefix; `None`, with the reason printed, on a real Windows: nothing is changed there.
    pub(crate) fn prefix() -> Option<Self> {
        if env::var_os("WINEPREFIX").is_none() {
            println!("skipped: this is no prefix of Wine");
            return None;
        }
        let alone = PREFIX.lock().unwrap_or_else(PoisonError::into_inner);
        Some(Self { _alone: alone, keys: Vec::new(), files: Vec::new() })
    }

    /// Puts values into a key, which is made when it is absent; the value without a name is the key's own.
    pub(crate) fn key(&mut self, key: &str, values: &[(&str, Value<'_>)]) -> &mut Self {
        let (hive, path) = hive_and_path(key);
        let (path, mut handle) = (wide(path), null_mut());
        self.keys.push(key.to_owned());
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
        self
    }

    /// Puts a file somewhere.
    pub(crate) fn file(&mut self, path: impl AsRef<Path>, bytes: &[u8]) -> &mut Self {
        fs::create_dir_all(path.as_ref().parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        self.files.push(path.as_ref().to_owned());
        self
    }
}

impl Drop for Wine {
    fn drop(&mut self) {
        for key in self.keys.iter().rev() {
            let (hive, path) = hive_and_path(key);
            // SAFETY: the path ends with NUL. A key that another test never made is no failure of this one.
            unsafe { RegDeleteTreeW(hive, wide(path).as_ptr()) };
        }
        for file in &self.files {
            let _ = fs::remove_file(file);
        }
    }
}

/// Text as Windows takes it: UTF-16 that ends with NUL.
pub(crate) fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

fn hive_and_path(key: &str) -> (HKEY, &str) {
    match key.split_once('\\') {
        Some(("HKEY_LOCAL_MACHINE", path)) => (HKEY_LOCAL_MACHINE, path),
        Some(("HKEY_CURRENT_USER", path)) => (HKEY_CURRENT_USER, path),
        _ => panic!("{key}: no key of the machine or of the user"),
    }
}
