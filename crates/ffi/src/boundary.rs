//! What comes from C and goes to it: texts with their lengths, structures with their sizes, handles. All that has to be
//! believed of a caller is here.

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::sync::{Arc, Mutex, PoisonError};

use super::status::{Answer, CpxStatus, Refusal};

/// Bytes of a text that a caller may give.
pub const CPX_MAX_TEXT: usize = 4096;

/// Where a result is to be put.
pub(super) type Out<'a, T> = Option<&'a mut MaybeUninit<T>>;

/// The last failure of a context, told by any of its handles.
#[derive(Clone, Default)]
pub(super) struct Last(Arc<Mutex<Option<Refusal>>>);

impl Last {
    pub(super) fn keep(&self, refusal: Refusal) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(refusal);
    }

    pub(super) fn get(&self) -> Option<Refusal> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// What a handle points to.
pub(super) fn given<T>(handle: Option<T>) -> Answer<T> {
    handle.ok_or_else(|| CpxStatus::Null.into())
}

/// Puts a result where the caller wants it.
pub(super) fn put<T>(out: Out<'_, T>, value: T) -> Answer<()> {
    given(out)?.write(value);
    Ok(())
}

/// Gives a value to the caller, who owns it from now on.
pub(super) fn give<T>(out: Out<'_, *mut T>, value: T) -> Answer<()> {
    given(out)?.write(Box::into_raw(Box::new(value)));
    Ok(())
}

/// Takes a value back, and the caller's handle away from it.
pub(super) fn take<T>(handle: Option<&mut *mut T>) -> Answer<Box<T>> {
    let handle = given(handle)?;
    if handle.is_null() {
        return Err(CpxStatus::Null.into());
    }
    let value = std::mem::replace(handle, std::ptr::null_mut());
    // SAFETY: `give` made this pointer from a box, and whoever had it freed has null in its place.
    Ok(unsafe { Box::from_raw(value) })
}

/// A caller's text: null stands for an empty one.
pub(super) fn text<'a>(start: *const c_char, length: usize) -> Answer<&'a str> {
    if length == 0 {
        return Ok("");
    }
    if start.is_null() {
        return Err(CpxStatus::Null.into());
    }
    if length > CPX_MAX_TEXT {
        return Err(CpxStatus::InvalidText.into());
    }
    // SAFETY: the header asks for so many readable bytes, which stay as they are during the call; not one more is read.
    let bytes = unsafe { std::slice::from_raw_parts(start.cast::<u8>(), length) };
    std::str::from_utf8(bytes).map_err(|_| CpxStatus::InvalidText.into())
}

/// Structures that begin with their own size in bytes, as the caller knows them, and hold nothing but numbers and pointers.
///
/// # Safety
/// Every pattern of bits is a value, and the first field is the size, a `usize`.
pub(super) unsafe trait Sized_: Copy {
    /// All zero.
    const NONE: Self;
}

/// A caller's options: those of an older header are shorter, their missing fields are zero. Null stands for none.
pub(super) fn options<T: Sized_>(given: *const T) -> Answer<T> {
    let mut all = T::NONE;
    if given.is_null() {
        return Ok(all);
    }
    // SAFETY: the header asks for a readable structure that begins with its size.
    let size = unsafe { given.cast::<usize>().read_unaligned() };
    if size < size_of::<usize>() || size > size_of::<T>() {
        return Err(CpxStatus::InvalidArgument.into());
    }
    // SAFETY: so many bytes are readable, as the caller says, and no more than `all` has room for; any bits will do.
    unsafe { std::ptr::copy_nonoverlapping(given.cast::<u8>(), (&raw mut all).cast::<u8>(), size) };
    Ok(all)
}

/// Copies a text and the NUL behind it into the caller's buffer, and tells how many bytes it needs.
pub(super) fn copy(words: &str, buffer: *mut c_char, size: usize, needed: Out<'_, usize>) -> Answer<()> {
    let words = super::text::Text::new(words);
    let bytes = words.with_nul();
    if let Some(needed) = needed {
        needed.write(bytes.len());
    } else if buffer.is_null() {
        return Err(CpxStatus::Null.into());
    }
    if buffer.is_null() || size < bytes.len() {
        return Err(CpxStatus::BufferTooSmall.into());
    }
    // SAFETY: the header asks for `size` writable bytes, and there are no more to write.
    unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), buffer.cast::<u8>(), bytes.len()) };
    Ok(())
}
