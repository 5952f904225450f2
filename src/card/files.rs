//! The files of one application: selects them by path and reads them to their end.

use std::ops::RangeInclusive;

use crate::certificate::head_end;
use crate::error::{Error, ErrorKind, Result};
use crate::iso7816::{Channel, Command, FilePath, PathBase, Status, announced_length, file_size};
use crate::limits;
use crate::transport::Protocol;

use super::dialogue::Dialogue;

/// The offsets that READ BINARY can say.
const ADDRESSED: RangeInclusive<u16> = 0..=0x7FFF;

/// A dialogue with the files of a card, in the words of its generation.
pub(super) struct Files<'d, 'l> {
    pub(super) dialogue: &'d mut Dialogue<'l>,
    pub(super) channel: Channel,
    pub(super) base: PathBase,
}

/// How far a file is read.
pub(super) enum Extent<'a> {
    /// One BER-TLV object; filler may stand behind it.
    Object,
    /// The same, until a reading holds the head of a certificate.
    Head,
    /// Objects side by side, until these bytes are enough or the file ends.
    Until(&'a dyn Fn(&[u8]) -> bool),
    /// Everything.
    Whole,
}

impl Extent<'_> {
    /// How many more bytes to ask for, given what was read: none when it is enough.
    fn missing(&self, bytes: &[u8]) -> usize {
        let more = usize::from(limits::READ_BYTES);
        match self {
            Self::Until(_) if bytes.is_empty() => usize::from(limits::DIRECTORY_BYTES),
            Self::Until(enough) if enough(bytes) => 0,
            Self::Until(_) | Self::Whole => more,
            Self::Head if head_end(bytes).is_some() => 0,
            Self::Object | Self::Head => {
                announced_length(bytes).map_or(more, |total| total.saturating_sub(bytes.len()).min(more))
            }
        }
    }
}

impl Files<'_, '_> {
    /// The bytes of the file at `path`, or nothing when the card says that it is not there or not for everybody.
    ///
    /// # Errors
    /// Those of the dialogue; [`ErrorKind::CardNonsense`] for a status that makes no sense here or for more bytes than
    /// were asked for. They name the file.
    pub(super) fn read(&mut self, path: &FilePath, extent: &Extent<'_>) -> Result<Option<Vec<u8>>> {
        self.select_and_read(path, extent).map_err(|error| error.within(path))
    }

    fn select_and_read(&mut self, path: &FilePath, extent: &Extent<'_>) -> Result<Option<Vec<u8>>> {
        if !self.select(path)? {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        loop {
            let asked = extent.missing(&bytes);
            let (Ok(length), Ok(offset)) = (u8::try_from(asked), u16::try_from(bytes.len())) else {
                return Err(Error::new(ErrorKind::LimitReached, "a file of more than 64 KiB"));
            };
            if length == 0 {
                return Ok(Some(bytes));
            }
            if !ADDRESSED.contains(&offset) {
                return Err(Error::new(
                    ErrorKind::LimitReached,
                    "a file that reaches behind what READ BINARY can address",
                ));
            }
            let answer = self.dialogue.send(&Command::ReadBinary { channel: self.channel, offset, length })?;
            let ended = match answer.status {
                status if status.is_ok() => answer.data.len() < asked,
                status if status.is_end_of_file() => true,
                status if status.is_wrong_offset() && (offset > 0 || self.is_empty(path)?) => true,
                status if is_withheld(status) && offset == 0 => return Ok(None),
                status => return Err(nonsense(format!("READ BINARY answers {status}"), bytes.len())),
            };
            if answer.data.len() > asked {
                return Err(nonsense(format!("{} bytes for {asked} asked", answer.data.len()), bytes.len()));
            }
            bytes.extend_from_slice(&answer.data);
            if ended {
                return Ok(Some(bytes));
            }
        }
    }

    /// Whether the card says that the file at `path` holds no byte: an offset of 0 lies behind the end of such a file.
    fn is_empty(&mut self, path: &FilePath) -> Result<bool> {
        let length = match self.dialogue.protocol() {
            Protocol::T0 => None,
            Protocol::T1 => Some(0),
        };
        let command = Command::FileParameters { channel: self.channel, path: *path, base: self.base, length };
        let answer = self.dialogue.send(&command)?;
        Ok(answer.status.is_ok() && file_size(&answer.data) == Some(0))
    }

    /// Selects the file at `path`; false when the card says that it is not there.
    pub(super) fn select(&mut self, path: &FilePath) -> Result<bool> {
        let command = Command::SelectPath { channel: self.channel, path: *path, base: self.base };
        match self.dialogue.send(&command)?.status {
            status if status.is_ok() => Ok(true),
            status if status.is_not_found() || is_withheld(status) => Ok(false),
            status => Err(nonsense(format!("SELECT answers {status}"), 0)),
        }
    }
}

/// `69 82`, `69 85`, `69 86`: the file is there, and not for a reader without a code.
fn is_withheld(status: Status) -> bool {
    matches!(status.bytes(), [0x69, 0x82 | 0x85 | 0x86])
}

fn nonsense(what: String, offset: usize) -> Error {
    Error::malformed(what, offset).of_kind(ErrorKind::CardNonsense)
}
