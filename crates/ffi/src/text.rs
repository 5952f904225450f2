//! Texts that a handle owns: UTF-8, with a NUL behind them that their length does not count.

use std::ffi::c_char;

use super::boundary::{Out, given};
use super::status::Answer;

/// A text that C can read as long as its owner lives.
#[derive(Debug, Clone)]
pub(super) struct Text(Vec<u8>);

impl Text {
    /// This text; a NUL inside becomes `U+FFFD`.
    pub(super) fn new(text: &str) -> Self {
        let mut bytes = text.replace('\0', "\u{FFFD}").into_bytes();
        bytes.push(0);
        Self(bytes)
    }

    pub(super) fn with_nul(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn start(&self) -> *const c_char {
        self.0.as_ptr().cast()
    }

    /// How many bytes stand before the NUL.
    pub(super) fn length(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    /// Shows it to the caller, who may do without the length.
    pub(super) fn show(&self, text: Out<'_, *const c_char>, length: Out<'_, usize>) -> Answer<()> {
        given(text)?.write(self.start());
        if let Some(length) = length {
            length.write(self.length());
        }
        Ok(())
    }
}
