//! The closed set of commands that this library can send to a card.
//!
//! The enum is the allow list: no other bytes can be built. None of the commands writes; none carries a code porteur.

use std::fmt;

use crate::error::{Error, Result};

/// Logical channel of a command (ISO 7816-4 section 5.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Channel {
    /// Channel 0, CLA 00.
    Basic,
    /// Channel 1, CLA 01: where the ChipDoc application of a CPS4 is spoken to.
    One,
}

impl Channel {
    const fn class(self) -> u8 {
        match self {
            Self::Basic => 0x00,
            Self::One => 0x01,
        }
    }
}

/// An application identifier, 5 to 16 bytes (ISO 7816-4 section 8.2.1.2).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Aid(Short<16>);

impl Aid {
    /// The application identifier with these bytes.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Malformed`] for fewer than 5 or more than 16 bytes.
    pub fn new(bytes: &[u8]) -> Result<Self> {
        match Short::new(bytes) {
            Some(short) if bytes.len() >= 5 => Ok(Self(short)),
            _ => Err(Error::malformed("an application identifier has 5 to 16 bytes", 0)),
        }
    }

    /// The application identifier that these constant bytes spell.
    pub(crate) const fn known<const N: usize>(bytes: [u8; N]) -> Self {
        Self(Short::known(bytes))
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        self.0.bytes()
    }
}

impl fmt::Debug for Aid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Aid({})", hex::encode_upper(self.bytes()))
    }
}

/// An absolute path of file identifiers, without the master file's: 0 to 6 identifiers of two bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct FilePath(Short<12>);

impl FilePath {
    /// The master file.
    pub const MASTER: Self = Self(Short { length: 0, bytes: [0; 12] });

    /// The file at this path; a leading `3F00` is the master file and is dropped.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Malformed`] for an odd number of bytes or more than six levels.
    pub fn new(bytes: &[u8]) -> Result<Self> {
        let relative = bytes.strip_prefix(&[0x3F, 0x00]).unwrap_or(bytes);
        match Short::new(relative) {
            Some(short) if relative.len().is_multiple_of(2) => Ok(Self(short)),
            _ => Err(Error::malformed("a path has one to six identifiers of two bytes", 0)),
        }
    }

    /// The file that these constant identifiers lead to, below the master file.
    pub(crate) const fn known<const N: usize>(bytes: [u8; N]) -> Self {
        Self(Short::known(bytes))
    }

    /// The file `identifier` below this path.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Malformed`] when the path would have more than six levels.
    pub fn join(&self, identifier: u16) -> Result<Self> {
        let mut bytes = self.bytes().to_vec();
        bytes.extend_from_slice(&identifier.to_be_bytes());
        Self::new(&bytes)
    }

    /// The identifiers below the master file, two bytes each.
    pub fn bytes(&self) -> &[u8] {
        self.0.bytes()
    }
}

impl fmt::Debug for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FilePath({self})")
    }
}

impl fmt::Display for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("3F00")?;
        self.bytes().chunks(2).try_for_each(|identifier| write!(f, "/{}", hex::encode_upper(identifier)))
    }
}

/// How SELECT says where a path starts. The generations differ (card-protocol.md section 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PathBase {
    /// P1 = 09 and the path with `3F00`: what a CPS3 understands.
    WithMasterFile,
    /// P1 = 08 and the path without `3F00`: what a CPS4 understands (ISO 7816-4 table 39).
    BelowMasterFile,
}

/// One command of the closed set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Command {
    /// SELECT by application identifier, no answer data (`A4 04 0C`).
    SelectApplication {
        /// Where.
        channel: Channel,
        /// Which application.
        aid: Aid,
    },
    /// SELECT by path, no answer data (`A4 08 0C`, `A4 09 0C`).
    SelectPath {
        /// Where.
        channel: Channel,
        /// Which file.
        path: FilePath,
        /// In which words.
        base: PathBase,
    },
    /// SELECT by path, asking for its file control parameters (`A4 08 04`, `A4 09 04`): how long the file is.
    FileParameters {
        /// Where.
        channel: Channel,
        /// Which file.
        path: FilePath,
        /// In which words.
        base: PathBase,
        /// Bytes asked for, 0 standing for 256; none over T=0, where GET RESPONSE fetches them.
        length: Option<u8>,
    },
    /// READ BINARY of the selected file (`B0`).
    ReadBinary {
        /// Where.
        channel: Channel,
        /// Bytes from the start of the file, 0 to 32,767.
        offset: u16,
        /// Bytes asked for, 0 standing for 256.
        length: u8,
    },
    /// READ BINARY of a file named by its short identifier, from its start (`B0 80+sfi 00`).
    ReadShortFile {
        /// Where.
        channel: Channel,
        /// Short file identifier, 1 to 30.
        file: u8,
        /// Bytes asked for, 0 standing for 256.
        length: u8,
    },
    /// GET DATA of the security object of one code, as IAS ECC has it (`CB 3F FF`, tag list `70 BF81xx A0`): its tries.
    CodeState {
        /// Reference of the code: 1 for the code porteur, 2 for the code de déblocage.
        reference: u8,
    },
    /// VERIFY **without data** (`20 00 xx`): asks for the tries left and consumes none. It has no field for a code.
    TriesLeft {
        /// Where.
        channel: Channel,
        /// Reference of the code: 1 for the code porteur.
        reference: u8,
    },
    /// GET RESPONSE (`C0`): the rest of the answer before it.
    GetResponse {
        /// Where.
        channel: Channel,
        /// Bytes asked for, 0 standing for 256.
        length: u8,
    },
}

impl Command {
    /// The bytes to send: 4 to 23.
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::SelectApplication { channel, aid } => with_data([channel.class(), 0xA4, 0x04, 0x0C], aid.bytes()),
            Self::SelectPath { channel, path, base } => by_path(*channel, path, *base, 0x0C),
            Self::FileParameters { channel, path, base, length } => {
                let mut bytes = by_path(*channel, path, *base, 0x04);
                bytes.extend(length);
                bytes
            }
            Self::ReadBinary { channel, offset, length } => {
                let [high, low] = offset.to_be_bytes();
                vec![channel.class(), 0xB0, high & 0x7F, low, *length]
            }
            Self::ReadShortFile { channel, file, length } => {
                vec![channel.class(), 0xB0, 0x80 | (file & 0x1F), 0x00, *length]
            }
            Self::CodeState { reference } => {
                let tags = [0x4D, 0x08, 0x70, 0x06, 0xBF, 0x81, *reference, 0x02, 0xA0, 0x80];
                with_data([0x00, 0xCB, 0x3F, 0xFF], &tags)
            }
            Self::TriesLeft { channel, reference } => vec![channel.class(), 0x20, 0x00, *reference],
            Self::GetResponse { channel, length } => vec![channel.class(), 0xC0, 0x00, 0x00, *length],
        }
    }

    /// The channel it goes on: GET RESPONSE must follow on the same one.
    pub fn channel(&self) -> Channel {
        match self {
            Self::SelectApplication { channel, .. }
            | Self::SelectPath { channel, .. }
            | Self::FileParameters { channel, .. }
            | Self::ReadBinary { channel, .. }
            | Self::ReadShortFile { channel, .. }
            | Self::TriesLeft { channel, .. }
            | Self::GetResponse { channel, .. } => *channel,
            Self::CodeState { .. } => Channel::Basic,
        }
    }

    /// The same command asking for `length` bytes, after `6C xx`; nothing for a command that asks for none.
    #[must_use]
    pub fn with_length(self, length: u8) -> Option<Self> {
        match self {
            Self::FileParameters { channel, path, base, .. } => {
                Some(Self::FileParameters { channel, path, base, length: Some(length) })
            }
            Self::ReadBinary { channel, offset, .. } => Some(Self::ReadBinary { channel, offset, length }),
            Self::ReadShortFile { channel, file, .. } => Some(Self::ReadShortFile { channel, file, length }),
            Self::GetResponse { channel, .. } => Some(Self::GetResponse { channel, length }),
            Self::SelectApplication { .. }
            | Self::SelectPath { .. }
            | Self::CodeState { .. }
            | Self::TriesLeft { .. } => None,
        }
    }

    /// The command of the closed set that these bytes spell, if they spell one: what proves, in every test and in
    /// every recorded dialogue, that nothing else was sent.
    pub fn recognise(bytes: &[u8]) -> Option<Self> {
        let (&[class, instruction, p1, p2], rest) = bytes.split_first_chunk::<4>()?;
        let channel = match class {
            0x00 => Channel::Basic,
            0x01 => Channel::One,
            _ => return None,
        };
        let data = || rest.split_first().filter(|(length, data)| usize::from(**length) == data.len()).map(|(_, d)| d);
        let data_and_length = || {
            let (length, behind) = rest.split_first()?;
            match behind.split_at_checked(usize::from(*length))? {
                (data, []) => Some((data, None)),
                (data, [length]) => Some((data, Some(*length))),
                _ => None,
            }
        };
        let command = match (instruction, p1, p2, rest) {
            (0xA4, 0x04, 0x0C, _) => Self::SelectApplication { channel, aid: Aid::new(data()?).ok()? },
            (0xA4, 0x08, 0x0C, _) => {
                Self::SelectPath { channel, path: FilePath::new(data()?).ok()?, base: PathBase::BelowMasterFile }
            }
            (0xA4, 0x00, 0x0C, [0x02, 0x3F, 0x00]) => {
                Self::SelectPath { channel, path: FilePath::MASTER, base: PathBase::BelowMasterFile }
            }
            (0xA4, 0x09, 0x0C, _) => {
                Self::SelectPath { channel, path: FilePath::new(data()?).ok()?, base: PathBase::WithMasterFile }
            }
            (0xA4, 0x00 | 0x08 | 0x09, 0x04, _) => {
                let (data, length) = data_and_length()?;
                let base = if p1 == 0x09 { PathBase::WithMasterFile } else { PathBase::BelowMasterFile };
                Self::FileParameters { channel, path: FilePath::new(data).ok()?, base, length }
            }
            (0xB0, p1, 0x00, [length]) if p1 & 0xE0 == 0x80 => {
                Self::ReadShortFile { channel, file: p1 & 0x1F, length: *length }
            }
            (0xB0, p1, p2, [length]) => {
                Self::ReadBinary { channel, offset: u16::from_be_bytes([p1, p2]), length: *length }
            }
            (0xCB, ..) => Self::CodeState { reference: *bytes.get(11)? },
            (0x20, 0x00, reference, []) => Self::TriesLeft { channel, reference },
            (0xC0, 0x00, 0x00, [length]) => Self::GetResponse { channel, length: *length },
            _ => return None,
        };
        // what is in the set is spelled in one way only
        (command.encode() == bytes).then_some(command)
    }
}

const MASTER_FILE: [u8; 2] = [0x3F, 0x00];

/// SELECT by path, in the words of the card's generation.
fn by_path(channel: Channel, path: &FilePath, base: PathBase, p2: u8) -> Vec<u8> {
    let class = channel.class();
    match base {
        PathBase::BelowMasterFile if path.bytes().is_empty() => with_data([class, 0xA4, 0x00, p2], &MASTER_FILE),
        PathBase::BelowMasterFile => with_data([class, 0xA4, 0x08, p2], path.bytes()),
        PathBase::WithMasterFile => with_data([class, 0xA4, 0x09, p2], &[&MASTER_FILE, path.bytes()].concat()),
    }
}

/// Header, Lc and data. Every data field of the set has at most 16 bytes.
fn with_data(header: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u8::try_from(data.len()).unwrap_or(u8::MAX);
    [&header[..], &[length], data].concat()
}

/// At most `CAPACITY` bytes without allocation.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Short<const CAPACITY: usize> {
    length: u8,
    bytes: [u8; CAPACITY],
}

impl<const CAPACITY: usize> Short<CAPACITY> {
    fn new(bytes: &[u8]) -> Option<Self> {
        let mut short = Self { length: u8::try_from(bytes.len()).ok()?, bytes: [0; CAPACITY] };
        short.bytes.get_mut(..bytes.len())?.copy_from_slice(bytes);
        Some(short)
    }

    #[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::cast_possible_truncation)] // at compile time
    const fn known<const N: usize>(bytes: [u8; N]) -> Self {
        let mut short = Self { length: N as u8, bytes: [0; CAPACITY] };
        let mut i = 0;
        while i < N {
            short.bytes[i] = bytes[i];
            i += 1;
        }
        short
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(command: Command) -> String {
        let bytes = command.encode();
        assert_eq!(Command::recognise(&bytes), Some(command), "every command of the set is recognised");
        hex::encode_upper(bytes)
    }

    #[test]
    fn commands_are_those_of_the_protocol() {
        let (channel, one) = (Channel::Basic, Channel::One);
        let serial = FilePath::new(&[0x3F, 0x00, 0xD0, 0x03]).unwrap();
        let select = |channel, path, base| sent(Command::SelectPath { channel, path, base });
        assert_eq!(select(channel, serial, PathBase::WithMasterFile), "00A4090C043F00D003");
        assert_eq!(select(one, serial, PathBase::BelowMasterFile), "01A4080C02D003");
        assert_eq!(select(channel, FilePath::MASTER, PathBase::WithMasterFile), "00A4090C023F00");
        assert_eq!(select(one, FilePath::MASTER, PathBase::BelowMasterFile), "01A4000C023F00");
        let ask = |channel, base, length| sent(Command::FileParameters { channel, path: serial, base, length });
        assert_eq!(ask(channel, PathBase::WithMasterFile, None), "00A40904043F00D003");
        assert_eq!(ask(channel, PathBase::WithMasterFile, Some(0)), "00A40904043F00D00300");
        assert_eq!(ask(one, PathBase::BelowMasterFile, Some(0)), "01A4080402D00300");
        let (path, base) = (FilePath::MASTER, PathBase::BelowMasterFile);
        assert_eq!(sent(Command::FileParameters { channel, path, base, length: None }), "00A40004023F00");
        let aid = Aid::new(&hex::decode("8025000001FF0100").unwrap()).unwrap();
        assert_eq!(sent(Command::SelectApplication { channel: one, aid }), "01A4040C088025000001FF0100");
        assert_eq!(sent(Command::ReadBinary { channel, offset: 0x1E7, length: 0xE7 }), "00B001E7E7");
        assert_eq!(sent(Command::ReadShortFile { channel, file: 0x1C, length: 12 }), "00B09C000C");
        assert_eq!(sent(Command::CodeState { reference: 1 }), "00CB3FFF0A4D087006BF810102A080");
        assert_eq!(sent(Command::TriesLeft { channel: one, reference: 1 }), "01200001");
        assert_eq!(sent(Command::GetResponse { channel: one, length: 0x18 }), "01C0000018");
    }

    #[test]
    fn whatever_else_is_not_in_the_set() {
        for other in [
            "0020000104313233FF",         // VERIFY with a code
            "002000010831323334FFFFFFFF", // the same, padded
            "0024000108",                 // CHANGE REFERENCE DATA
            "002C000108",                 // RESET RETRY COUNTER
            "00D6000001FF",               // UPDATE BINARY
            "00DC000001FF",               // UPDATE RECORD
            "00DA010001FF",               // PUT DATA
            "000E0000",                   // ERASE BINARY
            "002A9E9A00",                 // PSO: COMPUTE DIGITAL SIGNATURE
            "00CB3FFF0A4D087006BF810102A08000",
            "00A4000C023F01",
            "00A4090002D003",
            "00A4000402D003",
            "00A40904043F00D0030000",
            "00A40804043F00",
            "02B0000010",
            "00B0000001FF",
            "00B0800110", // an offset beyond 32,767, which would name a short file
            "00B0FF0010",
            "00B0",
            "",
        ] {
            assert_eq!(Command::recognise(&hex::decode(other).unwrap()), None, "{other}");
        }
    }

    #[test]
    fn paths_are_bounded() {
        assert!(FilePath::new(&[0x3F, 0x00, 0x50]).is_err());
        assert!(FilePath::new(&[0; 14]).is_err());
        let path = FilePath::new(&[0x00, 0x01]).unwrap().join(0x5031).unwrap();
        assert_eq!(path.to_string(), "3F00/0001/5031");
        assert_eq!(FilePath::new(&[0; 12]).unwrap().join(1).unwrap_err().offset(), Some(0));
        assert!(Aid::new(&[1, 2, 3, 4]).is_err() && Aid::new(&[0; 17]).is_err());
    }

    #[test]
    fn constants_are_what_they_spell() {
        let aid = Aid::known([0xE8, 0x28, 0xBD, 0x08, 0x0F]);
        assert_eq!((aid, format!("{aid:?}")), (Aid::new(aid.bytes()).unwrap(), "Aid(E828BD080F)".into()));
        let path = FilePath::known([0xD0, 0x03]);
        assert_eq!((path.bytes(), format!("{path:?}")), (&[0xD0, 0x03][..], "FilePath(3F00/D003)".into()));
    }
}
