//! The version resource of a file.

#![allow(unsafe_code)]

use std::path::Path;
use std::ptr::null_mut;

use windows_sys::Win32::Storage::FileSystem::{
    FILE_VER_GET_NEUTRAL, GetFileVersionInfoExW, GetFileVersionInfoSizeExW, VS_FIXEDFILEINFO, VerQueryValueW,
};

use super::wide;
use crate::limits;

/// The file version of a program or a library: `3.4.0.0`.
pub(in crate::workstation::windows) fn file_version(path: &Path) -> Option<String> {
    let path = wide(path);
    let mut ignored = 0;
    // SAFETY: the path ends with NUL; the number is written by the call.
    let size = unsafe { GetFileVersionInfoSizeExW(FILE_VER_GET_NEUTRAL, path.as_ptr(), &raw mut ignored) };
    if size == 0 || size > limits::VERSION_BYTES {
        return None;
    }
    // aligned for the structure that lies in it
    let mut resource = vec![0_u64; usize::try_from(size).ok()?.div_ceil(8)];
    // SAFETY: the buffer has at least `size` bytes.
    let read =
        unsafe { GetFileVersionInfoExW(FILE_VER_GET_NEUTRAL, path.as_ptr(), 0, size, resource.as_mut_ptr().cast()) };
    if read == 0 {
        return None;
    }
    let (mut at, mut length) = (null_mut(), 0);
    let root = wide(r"\");
    // SAFETY: the resource was filled above; the call gives a place inside it and its length.
    let found = unsafe { VerQueryValueW(resource.as_ptr().cast(), root.as_ptr(), &raw mut at, &raw mut length) };
    let long_enough = usize::try_from(length).is_ok_and(|length| length >= size_of::<VS_FIXEDFILEINFO>());
    if found == 0 || at.is_null() || !long_enough {
        return None;
    }
    // SAFETY: the place has the length of the structure; it need not be aligned.
    let info = unsafe { at.cast::<VS_FIXEDFILEINFO>().read_unaligned() };
    const SIGNATURE: u32 = 0xFEEF_04BD;
    let (high, low) = (info.dwFileVersionMS, info.dwFileVersionLS);
    (info.dwSignature == SIGNATURE).then(|| format!("{}.{}.{}.{}", high >> 16, high & 0xFFFF, low >> 16, low & 0xFFFF))
}
