//! What the program says when the system has no more memory for it, which it cannot go on without.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::Write as _;
use std::sync::OnceLock;

use cpx_report::Texts;

use super::encoding;
use super::exit_code::Exit;

/// The system's allocator, which ends the program with a sentence where it has nothing left.
struct Last;

#[global_allocator]
static ALLOCATOR: Last = Last;

/// Made before it is needed: then nothing can be made any more.
static WORDS: OnceLock<Vec<u8>> = OnceLock::new();

/// Keeps the sentence ready.
pub(super) fn prepare(texts: &Texts) {
    let _ = WORDS.set(encoding::encoded(&format!("{}\n", texts.text("memory-lacks"))).into_owned());
}

fn given(memory: *mut u8) -> *mut u8 {
    if memory.is_null() {
        let words = WORDS.get().map_or(&b"cpx-check: no memory\n"[..], Vec::as_slice);
        let _ = std::io::stderr().write_all(words);
        std::process::exit(Exit::CouldNotTell.number().into());
    }
    memory
}

// SAFETY: everything is left to the system's allocator.
unsafe impl GlobalAlloc for Last {
    /// # Safety
    /// As the trait has it.
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as the caller promises.
        given(unsafe { System.alloc(layout) })
    }

    /// # Safety
    /// As the trait has it.
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as the caller promises.
        given(unsafe { System.alloc_zeroed(layout) })
    }

    /// # Safety
    /// As the trait has it.
    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: as the caller promises.
        given(unsafe { System.realloc(memory, layout, size) })
    }

    /// # Safety
    /// As the trait has it.
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(memory, layout) }
    }
}
