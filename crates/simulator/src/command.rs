//! A command as the virtual card reads it, and its answer (ISO 7816-3 section 12, short lengths only).

use cpx_card::internal::iso7816::Status;

/// A command with its data and the length of the answer that it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Apdu {
    pub(super) class: u8,
    pub(super) instruction: u8,
    pub(super) p1: u8,
    pub(super) p2: u8,
    pub(super) data: Vec<u8>,
    /// Bytes asked for, 1 to 256; nothing when the command asks for none.
    pub(super) expected: Option<usize>,
}

impl Apdu {
    /// The command that these bytes spell.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Status> {
        let (&[class, instruction, p1, p2], rest) = bytes.split_first_chunk::<4>().ok_or(sw::WRONG_LENGTH)?;
        let (data, expected) = match rest {
            [] => (vec![], None),
            [le] => (vec![], Some(length(*le))),
            [lc, rest @ ..] if *lc != 0 && rest.len() == usize::from(*lc) => (rest.to_vec(), None),
            [lc, rest @ .., le] if *lc != 0 && rest.len() == usize::from(*lc) => (rest.to_vec(), Some(length(*le))),
            _ => return Err(sw::WRONG_LENGTH),
        };
        Ok(Self { class, instruction, p1, p2, data, expected })
    }

    /// P1 and P2 as one number.
    pub(super) fn parameters(&self) -> u16 {
        u16::from_be_bytes([self.p1, self.p2])
    }
}

fn length(byte: u8) -> usize {
    if byte == 0 { 256 } else { usize::from(byte) }
}

/// What the card answers: data and status word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) data: Vec<u8>,
    pub(super) status: Status,
}

impl Reply {
    /// `90 00` with these data.
    pub(super) fn data(data: impl Into<Vec<u8>>) -> Self {
        Self { data: data.into(), status: Status::OK }
    }

    /// A status word alone.
    pub(super) fn status(status: Status) -> Self {
        Self { data: vec![], status }
    }

    /// What goes over the line.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        let mut bytes = self.data;
        bytes.extend(self.status.bytes());
        bytes
    }
}

impl From<Status> for Reply {
    fn from(status: Status) -> Self {
        Self::status(status)
    }
}

/// The status words of the virtual card (ISO 7816-4 table 6).
pub(super) mod sw {
    use cpx_card::internal::iso7816::Status;

    pub(crate) const WRONG_LENGTH: Status = Status::new(0x67, 0x00);
    pub(crate) const NOT_ALLOWED_BY_SECURITY: Status = Status::new(0x69, 0x82);
    pub(crate) const BLOCKED: Status = Status::new(0x69, 0x83);
    pub(crate) const CONDITIONS: Status = Status::new(0x69, 0x85);
    pub(crate) const NO_FILE_SELECTED: Status = Status::new(0x69, 0x86);
    pub(crate) const WRONG_DATA: Status = Status::new(0x6A, 0x80);
    pub(crate) const FILE_NOT_FOUND: Status = Status::new(0x6A, 0x82);
    pub(crate) const WRONG_PARAMETERS: Status = Status::new(0x6A, 0x86);
    pub(crate) const DATA_NOT_FOUND: Status = Status::new(0x6A, 0x88);
    pub(crate) const WRONG_OFFSET: Status = Status::new(0x6B, 0x00);
    pub(crate) const UNKNOWN_INSTRUCTION: Status = Status::new(0x6D, 0x00);
    pub(crate) const UNKNOWN_CLASS: Status = Status::new(0x6E, 0x00);
    pub(crate) const NO_DIAGNOSIS: Status = Status::new(0x6F, 0x00);
    pub(crate) const END_OF_FILE: Status = Status::new(0x62, 0x82);

    /// `63 Cx`: tries left, at most 15.
    pub(crate) fn tries_left(tries: u8) -> Status {
        Status::new(0x63, 0xC0 | tries.min(0x0F))
    }

    /// `61 xx`: bytes waiting, 0 for 256 or more.
    pub(crate) fn bytes_waiting(count: usize) -> Status {
        Status::new(0x61, u8::try_from(count).unwrap_or(0))
    }

    /// `6C xx`: the right length, 0 for 256.
    pub(crate) fn right_length(count: usize) -> Status {
        Status::new(0x6C, u8::try_from(count).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_cases_are_told_apart() {
        let parse = |hex: &str| Apdu::parse(&hex::decode(hex).unwrap()).map(|apdu| (apdu.data, apdu.expected));
        assert_eq!(parse("00200001"), Ok((vec![], None)));
        assert_eq!(parse("00B0000000"), Ok((vec![], Some(256))));
        assert_eq!(parse("00A4090C023F00"), Ok((vec![0x3F, 0x00], None)));
        assert_eq!(parse("00A40900023F00E7"), Ok((vec![0x3F, 0x00], Some(0xE7))));
        for broken in ["", "00", "00B000", "00A4090C033F00", "00A4090C013F0000", "00A4090C0000", "00B00000000100"] {
            assert_eq!(parse(broken), Err(sw::WRONG_LENGTH), "{broken}");
        }
    }
}
