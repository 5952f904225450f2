//! A bounded cursor over DER (X.690): borrowed slices, no recursion, and the offset of everything.
//!
//! It is not strict DER: what matters for a signature is the original bytes, which are kept, and a certificate that
//! nobody has seen yet must still be shown. Lengths that take more bytes than needed are accepted; indefinite lengths,
//! tags of several bytes (no X.509 structure has one) and lengths past the end are errors.

use crate::error::{Error, Result};

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const OID: u8 = 0x06;
pub(super) const ENUMERATED: u8 = 0x0A;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// The tag `[n]` of a primitive value, n below 31.
pub(super) const fn implicit(number: u8) -> u8 {
    0x80 | number
}

/// The tag `[n]` of a constructed value, n below 31.
pub(super) const fn explicit(number: u8) -> u8 {
    0xA0 | number
}

/// One element: its tag, its value, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) value: &'a [u8],
    /// Tag, length and value together.
    pub(super) bytes: &'a [u8],
    /// Bytes from the start of the outermost input to the tag.
    pub(super) offset: usize,
}

impl<'a> Element<'a> {
    /// A cursor over the value.
    pub(super) fn content(&self) -> Cursor<'a> {
        Cursor { rest: self.value, offset: self.value_offset() }
    }

    /// Bytes from the start of the outermost input to the value.
    pub(super) fn value_offset(&self) -> usize {
        self.offset.saturating_add(self.bytes.len().saturating_sub(self.value.len()))
    }

    /// The same element, when it has this tag.
    pub(super) fn tagged(self, tag: u8, what: &'static str) -> Result<Self> {
        if self.tag == tag { Ok(self) } else { Err(Error::malformed(what, self.offset)) }
    }

    /// The bytes of a BIT STRING that has a whole number of bytes: a key, a signature.
    pub(super) fn whole_bits(&self) -> Result<&'a [u8]> {
        match (self.tag, self.value) {
            (BIT_STRING, [0, bytes @ ..]) => Ok(bytes),
            _ => Err(Error::malformed("not a bit string of whole bytes", self.offset)),
        }
    }
}

/// What is left of the elements of one level.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    rest: &'a [u8],
    offset: usize,
}

impl<'a> Cursor<'a> {
    /// The elements in these bytes.
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, offset: 0 }
    }

    /// Whether nothing is left.
    pub(super) const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The tag of the next element, when there is one.
    pub(super) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// The next element; `missing` says what should have been there when nothing is left.
    pub(super) fn read(&mut self, missing: &'static str) -> Result<Element<'a>> {
        let (tag, after_tag) = self.rest.split_first().ok_or_else(|| Error::malformed(missing, self.offset))?;
        if tag & 0x1F == 0x1F {
            return Err(Error::malformed("a tag of several bytes", self.offset));
        }
        let at_length = self.offset.saturating_add(1);
        let (length, content) = length(after_tag).map_err(|what| Error::malformed(what, at_length))?;
        let value = content
            .get(..length)
            .ok_or_else(|| Error::malformed("a length runs past the end of the bytes", at_length))?;
        let header = self.rest.len().saturating_sub(content.len());
        let (bytes, rest) = self.rest.split_at(header.saturating_add(length).min(self.rest.len()));
        let element = Element { tag: *tag, value, bytes, offset: self.offset };
        self.offset = self.offset.saturating_add(bytes.len());
        self.rest = rest;
        Ok(element)
    }

    /// The next element, which must have this tag.
    pub(super) fn expect(&mut self, tag: u8, what: &'static str) -> Result<Element<'a>> {
        match self.peek() {
            Some(other) if other != tag => Err(Error::malformed(what, self.offset)),
            _ => self.read(what),
        }
    }

    /// Steps into the next element, which must have this tag, and of which not all need be there.
    pub(super) fn enter(&mut self, tag: u8, what: &'static str) -> Result<()> {
        let after_tag = match self.rest.split_first() {
            Some((other, after_tag)) if *other == tag => after_tag,
            _ => return Err(Error::malformed(what, self.offset)),
        };
        let (_, content) = length(after_tag).map_err(|what| Error::malformed(what, self.offset))?;
        self.offset = self.offset.saturating_add(self.rest.len().saturating_sub(content.len()));
        self.rest = content;
        Ok(())
    }

    /// The next element when it has this tag; the cursor stays where it is when it has another.
    pub(super) fn optional(&mut self, tag: u8) -> Result<Option<Element<'a>>> {
        if self.peek() == Some(tag) { self.read("an element").map(Some) } else { Ok(None) }
    }

    /// Every element that is left, an error last.
    pub(super) fn elements(mut self) -> impl Iterator<Item = Result<Element<'a>>> {
        std::iter::from_fn(move || {
            if self.is_empty() {
                return None;
            }
            let element = self.read("an element");
            if element.is_err() {
                self.rest = &[];
            }
            Some(element)
        })
    }
}

/// The length that these bytes begin with, and what follows it.
fn length(bytes: &[u8]) -> std::result::Result<(usize, &[u8]), &'static str> {
    const CUT: &str = "the bytes end within a length";
    match bytes.split_first().ok_or(CUT)? {
        (0x80, _) => Err("an indefinite length, which DER does not have"),
        (short @ 0..0x80, rest) => Ok((usize::from(*short), rest)),
        (long, rest) => {
            let count = usize::from(long & 0x7F);
            if count > 4 {
                return Err("a length of more than four bytes");
            }
            let (digits, rest) = rest.split_at_checked(count).ok_or(CUT)?;
            let length = digits.iter().fold(0_u32, |length, digit| length << 8 | u32::from(*digit));
            usize::try_from(length).map(|length| (length, rest)).map_err(|_| "a length past any memory")
        }
    }
}

/// The bytes of one element: tag, shortest length, the parts one after the other.
pub(super) fn encode(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let value: Vec<u8> = parts.concat();
    let length = value.len().to_be_bytes();
    let significant: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
    let mut bytes = vec![tag];
    match (value.len(), u8::try_from(significant.len())) {
        (0..0x80, _) => bytes.push(significant.first().copied().unwrap_or(0)),
        (_, count) => {
            bytes.push(0x80 | count.unwrap_or(0));
            bytes.extend(significant);
        }
    }
    bytes.extend(value);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(hex: &str) -> Result<(u8, usize, usize)> {
        let bytes = hex::decode(hex).unwrap();
        let element = Cursor::new(&bytes).read("an element")?;
        assert_eq!(element.value_offset() + element.value.len(), element.bytes.len());
        Ok((element.tag, element.value.len(), element.bytes.len()))
    }

    #[test]
    fn lengths_of_every_form_are_read() {
        assert_eq!(read("0400").unwrap(), (0x04, 0, 2));
        assert_eq!(read("04020102FF").unwrap(), (0x04, 2, 4));
        // More bytes than needed.
        assert_eq!(read("0481020102").unwrap(), (0x04, 2, 5));
        assert_eq!(read("0484000000020102").unwrap(), (0x04, 2, 8));
    }

    #[test]
    fn lies_about_lengths_are_errors_with_their_offset() {
        let cases = [
            ("", 0),
            ("04", 1),
            ("0401", 1),
            ("0480", 1),
            ("0481", 1),
            ("048200", 1),
            ("0485", 1),
            ("0484FFFFFFFF", 1),
            ("04FF", 1),
            ("1F0100", 0),
        ];
        for (hex, offset) in cases {
            assert_eq!(read(hex).unwrap_err().offset(), Some(offset), "{hex}");
        }
    }

    #[test]
    fn offsets_are_those_of_the_outermost_input() {
        let bytes = hex::decode("30093007020101020102FF").unwrap();
        let inner = Cursor::new(&bytes).read("").unwrap().content().read("").unwrap();
        let places: Vec<_> = inner.content().elements().map(|element| element.map(|e| e.offset)).collect();
        assert_eq!(places.len(), 3);
        assert_eq!((*places[0].as_ref().unwrap(), *places[1].as_ref().unwrap()), (4, 7));
        assert_eq!(places[2].as_ref().unwrap_err().offset(), Some(10));
    }

    #[test]
    fn what_is_encoded_is_read_back() {
        for length in [0_usize, 1, 127, 128, 255, 256, 65_535, 65_536] {
            let value = vec![0x5A; length];
            let bytes = encode(OCTET_STRING, &[&value]);
            let element = Cursor::new(&bytes).read("").unwrap();
            assert_eq!((element.tag, element.value, element.bytes.len()), (OCTET_STRING, &value[..], bytes.len()));
        }
        assert_eq!(encode(SEQUENCE, &[&[1], &[2, 3]]), [0x30, 3, 1, 2, 3]);
    }
}
