//! BER-TLV as cards write it (ISO 7816-4 section 5.2.2): a bounded cursor over borrowed bytes.
//!
//! Every length is checked against the bytes that are there. Lengths that take more bytes than needed are common on
//! cards: they are accepted and noted. Indefinite lengths are refused. `00` and `FF` between objects is filler.

use std::fmt;

use crate::error::{Error, ErrorKind, Result};
use crate::limits;

/// A tag of one to three bytes, as it stands on the card: `E3` is `Tag::new(0xE3)`, `BF 81 01` is `Tag::new(0xBF8101)`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tag(u32);

impl Tag {
    /// The tag with these bytes, read as one big-endian number.
    pub const fn new(bytes: u32) -> Self {
        Self(bytes)
    }

    /// Its bytes, read as one big-endian number.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// Whether its value is made of further objects (bit 6 of the first byte).
    pub const fn is_constructed(self) -> bool {
        let first = match self.0.to_be_bytes() {
            [0, 0, 0, first] | [0, 0, first, _] | [0, first, _, _] | [first, _, _, _] => first,
        };
        first & 0x20 != 0
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tag({self})")
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02X}", self.0)
    }
}

/// One object: tag and value, borrowed from the buffer.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tlv<'a> {
    /// The tag.
    pub tag: Tag,
    /// The value.
    pub value: &'a [u8],
    /// Tag, length and value together.
    pub bytes: &'a [u8],
    /// Bytes from the start of the outermost buffer to the tag.
    pub offset: usize,
    /// Whether the length took no more bytes than it needs.
    pub minimal: bool,
}

impl<'a> Tlv<'a> {
    /// The objects inside a constructed object.
    pub fn children(&self) -> Children<'a> {
        Children { rest: self.value, offset: self.value_offset(), left: limits::TLV_OBJECTS }
    }

    /// The first child with this tag, broken siblings behind it not being looked at.
    ///
    /// # Errors
    /// [`ErrorKind::Malformed`] where a child before it is broken.
    pub fn child(&self, tag: Tag) -> Result<Option<Self>> {
        for child in self.children() {
            let child = child?;
            if child.tag == tag {
                return Ok(Some(child));
            }
        }
        Ok(None)
    }

    /// Bytes from the start of the outermost buffer to the value.
    pub fn value_offset(&self) -> usize {
        self.offset.saturating_add(self.bytes.len().saturating_sub(self.value.len()))
    }
}

/// Values are a person's data as often as not: only the shape is shown.
impl fmt::Debug for Tlv<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tlv({} at {}, {} bytes)", self.tag, self.offset, self.value.len())
    }
}

/// The objects that stand side by side in `bytes`.
///
/// ```
/// use cpx_card::internal::iso7816::{Tag, objects};
/// let mut card = objects(&[0xE3, 0x03, 0x82, 0x01, 0x80, 0xFF, 0xFF]);
/// let object = card.next().unwrap()?;
/// assert_eq!(object.tag, Tag::new(0xE3));
/// assert_eq!(object.child(Tag::new(0x82))?.unwrap().value, [0x80]);
/// assert!(card.next().is_none(), "FF is filler");
/// # Ok::<(), cpx_card::Error>(())
/// ```
pub fn objects(bytes: &[u8]) -> Children<'_> {
    Children { rest: bytes, offset: 0, left: limits::TLV_OBJECTS }
}

/// The one object that `bytes` start with; what stands behind it is the caller's to judge.
///
/// # Errors
/// [`ErrorKind::Malformed`] when there is none, or a broken one.
pub fn single(bytes: &[u8]) -> Result<Tlv<'_>> {
    objects(bytes).next().unwrap_or_else(|| Err(Error::malformed("no object here", 0)))
}

/// Every object of `bytes` at every depth, parents before their children, without recursion.
pub fn walk(bytes: &[u8]) -> Walk<'_> {
    Walk { levels: vec![objects(bytes)], left: limits::TLV_OBJECTS }
}

/// The objects of one level, in order. Ends after the first error.
#[derive(Debug, Clone)]
pub struct Children<'a> {
    rest: &'a [u8],
    offset: usize,
    left: usize,
}

impl<'a> Iterator for Children<'a> {
    type Item = Result<Tlv<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        let filler = self.rest.iter().take_while(|byte| matches!(byte, 0x00 | 0xFF)).count();
        self.advance(filler);
        if self.rest.is_empty() {
            return None;
        }
        let outcome = if self.left == 0 {
            let what = format!("more than {} objects", limits::TLV_OBJECTS);
            Err(Error::malformed(what, self.offset).of_kind(ErrorKind::LimitReached))
        } else {
            read_object(self.rest, self.offset)
        };
        match &outcome {
            Ok(object) => {
                self.advance(object.bytes.len());
                self.left = self.left.saturating_sub(1);
            }
            Err(_) => self.rest = &[],
        }
        Some(outcome)
    }
}

impl Children<'_> {
    fn advance(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
        self.offset = self.offset.saturating_add(count);
    }
}

/// The objects of every level. Ends after the first error.
#[derive(Debug, Clone)]
pub struct Walk<'a> {
    levels: Vec<Children<'a>>,
    left: usize,
}

impl<'a> Iterator for Walk<'a> {
    /// The depth (1 for the outermost) and the object.
    type Item = Result<(usize, Tlv<'a>)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let depth = self.levels.len();
            match self.levels.last_mut()?.next() {
                None => {
                    self.levels.pop();
                }
                Some(Err(error)) => {
                    self.levels.clear();
                    return Some(Err(error));
                }
                Some(Ok(object)) => {
                    let what = if self.left == 0 {
                        format!("more than {} objects", limits::TLV_OBJECTS)
                    } else if depth > limits::TLV_DEPTH {
                        format!("more than {} levels", limits::TLV_DEPTH)
                    } else {
                        self.left = self.left.saturating_sub(1);
                        if object.tag.is_constructed() {
                            self.levels.push(object.children());
                        }
                        return Some(Ok((depth, object)));
                    };
                    self.levels.clear();
                    return Some(Err(Error::malformed(what, object.offset).of_kind(ErrorKind::LimitReached)));
                }
            }
        }
    }
}

/// The bytes of one object: tag (its bytes read as one big-endian number), shortest length, value.
pub(crate) fn encode(tag: u32, value: &[u8]) -> Vec<u8> {
    let significant = |bytes: &[u8]| bytes.iter().copied().skip_while(|byte| *byte == 0).collect::<Vec<u8>>();
    let mut bytes = significant(&tag.to_be_bytes());
    let length = significant(&value.len().to_be_bytes());
    match length.as_slice() {
        [] => bytes.push(0),
        [short @ 0..0x80] => bytes.push(*short),
        long => {
            bytes.push(0x80 | u8::try_from(long.len()).unwrap_or_default());
            bytes.extend(long);
        }
    }
    bytes.extend(value);
    bytes
}

/// The length of the object that `bytes` start with, tag and length included, whether or not all of it is there: how
/// far a file is to be read.
///
/// # Errors
/// [`ErrorKind::Malformed`] when tag and length are not all there, or are none.
pub fn announced_length(bytes: &[u8]) -> Result<usize> {
    let header = read_header(bytes, 0)?;
    Ok(header.length.saturating_add(header.value))
}

fn read_object(bytes: &[u8], offset: usize) -> Result<Tlv<'_>> {
    let Header { tag, length_at, value: start, length, minimal } = read_header(bytes, offset)?;
    let end = start.saturating_add(length);
    match (bytes.get(start..end), bytes.get(..end)) {
        (Some(value), Some(bytes)) => Ok(Tlv { tag, value, bytes, offset, minimal }),
        _ => Err(Error::malformed(
            format!("the length {length} runs past the end, {} bytes are there", bytes.len().saturating_sub(start)),
            offset.saturating_add(length_at),
        )),
    }
}

/// Tag and length of an object; positions count from its first byte.
struct Header {
    tag: Tag,
    length_at: usize,
    value: usize,
    length: usize,
    minimal: bool,
}

fn read_header(bytes: &[u8], offset: usize) -> Result<Header> {
    let at = |position: usize| offset.saturating_add(position);
    let mut position = 0_usize;
    let mut byte = |what: &'static str| {
        let byte = bytes.get(position).copied().ok_or_else(|| Error::malformed(what, at(position)))?;
        position = position.saturating_add(1);
        Ok::<_, Error>((position.saturating_sub(1), byte))
    };

    let (_, first) = byte("no tag")?;
    let mut tag = u32::from(first);
    if first & 0x1F == 0x1F {
        for count in 1.. {
            let (position, next) = byte("the tag is cut short")?;
            if count == limits::TLV_TAG_BYTES {
                return Err(Error::malformed("the tag is longer than three bytes", at(position)));
            }
            tag = (tag << 8) | u32::from(next);
            if next & 0x80 == 0 {
                break;
            }
        }
    }

    let (length_at, first) = byte("no length")?;
    let (length, minimal) = match first {
        0..=0x7F => (usize::from(first), true),
        0x80 => return Err(Error::malformed("indefinite length", at(length_at))),
        _ if usize::from(first & 0x7F) > limits::TLV_LENGTH_BYTES => {
            return Err(Error::malformed("a length of more than three bytes", at(length_at)));
        }
        _ => {
            let count = first & 0x7F;
            let mut length = 0_usize;
            for _ in 0..count {
                length = (length << 8) | usize::from(byte("the length is cut short")?.1);
            }
            let shortest = match length {
                0..=0x7F => 0,
                0x80..=0xFF => 1,
                0x100..=0xFFFF => 2,
                _ => 3,
            };
            (length, count == shortest)
        }
    };
    Ok(Header { tag: Tag(tag), length_at, value: position, length, minimal })
}

#[cfg(test)]
mod tests {
    use super::*;
    use der_parser::asn1_rs::FromBer;
    use proptest::prelude::*;

    fn error_at(hex: &str) -> (ErrorKind, Option<usize>) {
        let bytes = hex::decode(hex).unwrap();
        let error = walk(&bytes).find_map(std::result::Result::err).expect(hex);
        (error.kind(), error.offset())
    }

    #[test]
    fn lies_about_lengths_are_told_with_their_place() {
        for (hex, offset) in [
            ("E3", 1),
            ("E302", 1),
            ("E30280", 1),
            ("E380", 1),
            ("E381", 2),
            ("E38400000001AA", 1),
            ("E383FFFFFFAA", 1),
            ("E303810281", 3),
            ("E3038102AA", 3),
            ("1F", 1),
            ("BF81", 2),
            ("BF81818101", 3),
            ("E3048101AA82", 6),
        ] {
            assert_eq!(error_at(hex), (ErrorKind::Malformed, Some(offset)), "{hex}");
        }
    }

    #[test]
    fn a_length_with_needless_bytes_is_read_and_noted() {
        let object = single(&[0x84, 0x81, 0x03, 1, 2, 3]).unwrap();
        assert_eq!((object.value, object.minimal), (&[1, 2, 3][..], false));
        assert!(!single(&[0x84, 0x82, 0x00, 0x01, 9]).unwrap().minimal);
        assert!(!single(&[0x84, 0x83, 0x00, 0x00, 0x01, 9]).unwrap().minimal);
        assert!(single(&[0x84, 0x00]).unwrap().minimal);
        assert!(single(&[&[0x84, 0x81, 0x80][..], &[0; 128]].concat()).unwrap().minimal);
    }

    #[test]
    fn how_far_to_read_is_known_before_all_of_it_is_there() {
        for (hex, length) in [("84", None), ("8403", Some(5)), ("84820123AA", Some(0x127)), ("BF810102", Some(6))] {
            assert_eq!(announced_length(&hex::decode(hex).unwrap()).ok(), length, "{hex}");
        }
    }

    #[test]
    fn only_the_shape_is_shown() {
        let object = single(&[0xBF, 0x81, 0x01, 0x03, b'D', b'O', b'C']).unwrap();
        assert_eq!(format!("{object:?}"), "Tlv(BF8101 at 0, 3 bytes)");
        assert_eq!(format!("{:?} {}", object.tag, Tag::new(0x04)), "Tag(BF8101) 04");
    }

    #[test]
    fn filler_stands_only_between_objects() {
        let bytes = [0x00, 0xFF, 0x81, 0x01, 0x00, 0xFF, 0x00, 0x82, 0x00, 0xFF];
        let found: Vec<_> = objects(&bytes).map(|object| object.unwrap()).map(|o| (o.tag.number(), o.offset)).collect();
        assert_eq!(found, [(0x81, 2), (0x82, 7)]);
        assert!(single(&[]).is_err() && single(&[0xFF, 0xFF]).is_err());
    }

    #[test]
    fn offsets_count_from_the_outermost_buffer() {
        let bytes = [0xE3, 0x07, 0x81, 0x01, 0x05, 0xA0, 0x02, 0x82, 0x00];
        let found: Vec<_> =
            walk(&bytes).map(|found| found.unwrap()).map(|(d, o)| (d, o.tag.number(), o.offset)).collect();
        assert_eq!(found, [(1, 0xE3, 0), (2, 0x81, 2), (2, 0xA0, 5), (3, 0x82, 7)]);
    }

    #[test]
    fn depth_and_number_of_objects_are_bounded() {
        let nested = [0x30, 0x7F].repeat(8000);
        assert!(walk(&nested).any(|object| object.is_err()));
        let mut deep = vec![];
        for _ in 0..17 {
            let length = u8::try_from(deep.len()).unwrap();
            deep = [&[0x30, length], &deep[..]].concat();
        }
        assert_eq!(walk(&deep).flatten().count(), 16);
        assert_eq!(walk(&deep).last().unwrap().unwrap_err().kind(), ErrorKind::LimitReached);
        let wide = [0x81, 0x00].repeat(limits::TLV_OBJECTS + 1);
        assert_eq!(objects(&wide).flatten().count(), limits::TLV_OBJECTS);
        assert_eq!(objects(&wide).last().unwrap().unwrap_err().kind(), ErrorKind::LimitReached);
    }

    proptest! {
        #[test]
        fn nothing_is_read_outside_the_input(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut consumed = 0;
            for object in objects(&bytes) {
                let Ok(object) = object else { break };
                prop_assert!(object.offset >= consumed);
                prop_assert!(bytes[consumed..object.offset].iter().all(|byte| matches!(byte, 0x00 | 0xFF)));
                consumed = object.offset + object.bytes.len();
                prop_assert_eq!(object.bytes, &bytes[object.offset..consumed]);
                prop_assert!(object.bytes.ends_with(object.value));
            }
            prop_assert!(consumed <= bytes.len());
            prop_assert!(walk(&bytes).count() <= limits::TLV_OBJECTS + 1);
        }

        /// The crate that builds TLVs is the oracle on what it writes itself, and der-parser on values.
        #[test]
        fn agrees_with_two_other_readers(
            tag in prop::sample::select(vec!["80", "84", "5A", "9F38", "BF8101", "E3", "61"]),
            value in prop::collection::vec(any::<u8>(), 0..400),
        ) {
            prop_assume!(value.len() != 127); // the builder writes a length of two bytes there and says one
            let built = iso7816_tlv::ber::Tlv::new(
                iso7816_tlv::ber::Tag::try_from(tag).unwrap(),
                iso7816_tlv::ber::Value::Primitive(value.clone()),
            );
            let Ok(built) = built else { return Ok(()) }; // it refuses a primitive value under a constructed tag
            let bytes = built.to_vec();
            let ours = single(&bytes).unwrap();
            prop_assert_eq!(ours.tag.number(), u32::from_str_radix(tag, 16).unwrap());
            prop_assert_eq!(ours.value, &value[..]);
            prop_assert!(ours.minimal);
            let (rest, theirs) = der_parser::asn1_rs::Any::from_ber(&bytes).unwrap();
            prop_assert!(rest.is_empty());
            prop_assert_eq!(ours.value, theirs.data);
        }
    }
}
