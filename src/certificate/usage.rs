//! What a key may be used for.

use super::cursor::{BIT_STRING, BOOLEAN, Cursor, INTEGER, SEQUENCE};
use crate::error::{Error, Result};

/// The key usages (RFC 5280 section 4.2.1.3).
///
/// They say which certificate of a card is which, never compared for equality: notes on real cards and published test
/// certificates differ in the bits beside the telling one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyUsage(u16);

/// The names of the bits, the first of which is bit 0.
const NAMES: [&str; 9] = [
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly",
];

impl KeyUsage {
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Self> {
        let bits = cursor.expect(BIT_STRING, "the key usages are a BIT STRING")?;
        match bits.value {
            [0..=7] => Ok(Self(0)),
            [0..=7, first] => Ok(Self(u16::from_be_bytes([*first, 0]))),
            [0..=7, first, second, ..] => Ok(Self(u16::from_be_bytes([*first, *second]))),
            _ => Err(Error::malformed("a BIT STRING begins with its unused bits", bits.value_offset())),
        }
    }

    /// `digitalSignature`.
    pub const fn digital_signature(self) -> bool {
        self.bit(0)
    }

    /// `nonRepudiation`, also called `contentCommitment`: the telling bit of a signature certificate.
    pub const fn non_repudiation(self) -> bool {
        self.bit(1)
    }

    /// `keyEncipherment`.
    pub const fn key_encipherment(self) -> bool {
        self.bit(2)
    }

    /// `keyCertSign`: the key signs certificates.
    pub const fn key_cert_sign(self) -> bool {
        self.bit(5)
    }

    /// `cRLSign`: the key signs revocation lists.
    pub const fn crl_sign(self) -> bool {
        self.bit(6)
    }

    /// The names of the usages, as RFC 5280 writes them, in its order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        (0..).zip(NAMES).filter(move |(bit, _)| self.bit(*bit)).map(|(_, name)| name)
    }

    const fn bit(self, bit: u32) -> bool {
        self.0 & (0x8000_u16 >> bit) != 0
    }
}

/// Whether a certificate is that of an authority (RFC 5280 section 4.2.1.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct BasicConstraints {
    /// Whether its key may sign certificates.
    pub authority: bool,
    /// How many authorities may stand below it in a path, the one that signed the leaf not counted; `None` for any.
    pub path_length: Option<u8>,
}

impl BasicConstraints {
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Self> {
        let mut parts = cursor.expect(SEQUENCE, "the basic constraints are a SEQUENCE")?.content();
        let authority = parts.optional(BOOLEAN)?.is_some_and(|flag| flag.value != [0]);
        let path_length = match parts.optional(INTEGER)? {
            None => None,
            Some(length) => match length.value {
                [length @ 0..0x80] => Some(*length),
                _ => return Err(Error::malformed("a path length above 127", length.offset)),
            },
        };
        Ok(Self { authority, path_length })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usages(hex: &str) -> Result<Vec<&'static str>> {
        KeyUsage::read(&mut Cursor::new(&hex::decode(hex).unwrap())).map(|usage| usage.names().collect())
    }

    #[test]
    fn bits_have_their_names() {
        assert_eq!(usages("03020780").unwrap(), ["digitalSignature"]);
        assert_eq!(usages("03020640").unwrap(), ["nonRepudiation"]);
        assert_eq!(usages("03020106").unwrap(), ["keyCertSign", "cRLSign"]);
        assert_eq!(usages("0303070080").unwrap(), ["decipherOnly"]);
        assert_eq!(usages("030100").unwrap(), [""; 0]);
        assert!(usages("0300").is_err() && usages("03020880").is_err() && usages("040180").is_err());
    }

    #[test]
    fn constraints_are_read() {
        let read = |hex: &str| BasicConstraints::read(&mut Cursor::new(&hex::decode(hex).unwrap()));
        let of = |authority, path_length| BasicConstraints { authority, path_length };
        assert_eq!(read("3000").unwrap(), of(false, None));
        assert_eq!(read("30030101FF").unwrap(), of(true, None));
        assert_eq!(read("30060101FF020100").unwrap(), of(true, Some(0)));
        assert_eq!(read("3003010100").unwrap(), of(false, None));
        assert!(read("30060101FF0201FF").is_err());
    }
}
