//! The texts of names and extensions, in the five alphabets that certificates use.

use super::cursor::Element;

/// How a text was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TextKind {
    /// `UTF8String`.
    Utf8,
    /// `PrintableString`: a part of ASCII.
    Printable,
    /// `T61String` (`TeletexString`), which certificates before IGC-Santé fill with Latin-1.
    T61,
    /// `BMPString`: two bytes per character.
    Bmp,
    /// `IA5String`: ASCII.
    Ia5,
    /// `UniversalString`: four bytes per character.
    Universal,
    /// `NumericString` or `VisibleString`.
    Ascii,
}

impl TextKind {
    /// The name of the ASN.1 type: `UTF8String`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF8String",
            Self::Printable => "PrintableString",
            Self::T61 => "T61String",
            Self::Bmp => "BMPString",
            Self::Ia5 => "IA5String",
            Self::Universal => "UniversalString",
            Self::Ascii => "VisibleString",
        }
    }
}

/// A text, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) value: String,
    pub(super) kind: TextKind,
    /// The bytes were not what the type promises, or the type does not say: they were read as Latin-1 (or, in two- and
    /// four-byte alphabets, with replacement characters).
    pub(super) guessed: bool,
}

/// The text in an element; `None` when its type is not one of texts.
pub(super) fn text(element: &Element<'_>) -> Option<Text> {
    let kind = match element.tag {
        0x0C => TextKind::Utf8,
        0x12 | 0x1A => TextKind::Ascii,
        0x13 => TextKind::Printable,
        0x14 => TextKind::T61,
        0x16 => TextKind::Ia5,
        0x1C => TextKind::Universal,
        0x1E => TextKind::Bmp,
        _ => return None,
    };
    let (value, guessed) = match kind {
        TextKind::Utf8 => match std::str::from_utf8(element.value) {
            Ok(text) => (text.to_owned(), false),
            Err(_) => (latin1(element.value), true),
        },
        TextKind::Bmp => two_bytes(element.value),
        TextKind::Universal => four_bytes(element.value),
        // T61 has alphabets of its own above ASCII; nobody writes them.
        _ => (latin1(element.value), !element.value.is_ascii()),
    };
    Some(Text { value, kind, guessed })
}

/// One character per byte.
pub(super) fn latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

fn two_bytes(bytes: &[u8]) -> (String, bool) {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().copied().map(u16::from_be_bytes);
    let mut damaged = !rest.is_empty();
    let text = char::decode_utf16(units)
        .map(|unit| {
            unit.unwrap_or_else(|_| {
                damaged = true;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    (text, damaged)
}

fn four_bytes(bytes: &[u8]) -> (String, bool) {
    let (quads, rest) = bytes.as_chunks::<4>();
    let characters: Vec<Option<char>> = quads.iter().map(|quad| char::from_u32(u32::from_be_bytes(*quad))).collect();
    let damaged = !rest.is_empty() || characters.contains(&None);
    (characters.into_iter().map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(), damaged)
}

#[cfg(test)]
mod tests {
    use super::super::cursor::{Cursor, encode};
    use super::*;

    fn read(tag: u8, value: &[u8]) -> Option<(String, bool)> {
        let bytes = encode(tag, &[value]);
        text(&Cursor::new(&bytes).read("").unwrap()).map(|text| (text.value, text.guessed))
    }

    #[test]
    fn every_alphabet_is_read() {
        let some = |text: &str, guessed| Some((text.to_owned(), guessed));
        assert_eq!(read(0x0C, "RENÉ".as_bytes()), some("RENÉ", false));
        assert_eq!(read(0x13, b"FR"), some("FR", false));
        assert_eq!(read(0x14, b"REN\xC9"), some("RENÉ", true));
        assert_eq!(read(0x14, b"RENE"), some("RENE", false));
        assert_eq!(read(0x16, b"a@b.invalid"), some("a@b.invalid", false));
        assert_eq!(read(0x1E, &[0, b'R', 0, 0xC9]), some("RÉ", false));
        assert_eq!(read(0x1E, &[0xD8, 0x3D, 0xDE, 0x00]), some("\u{1F600}", false));
        assert_eq!(read(0x1C, &[0, 0, 0, b'R']), some("R", false));
        assert_eq!(read(0x04, b"bytes"), None);
    }

    #[test]
    fn what_does_not_fit_is_read_all_the_same_and_noted() {
        assert_eq!(read(0x0C, b"REN\xC9"), Some(("RENÉ".to_owned(), true)));
        assert_eq!(read(0x13, b"REN\xC9"), Some(("RENÉ".to_owned(), true)));
        assert_eq!(read(0x1E, &[0, b'R', 0]), Some(("R".to_owned(), true)));
        assert_eq!(read(0x1E, &[0xD8, 0x3D]), Some(("\u{FFFD}".to_owned(), true)));
        assert_eq!(read(0x1C, &[0xFF, 0, 0, 0]), Some(("\u{FFFD}".to_owned(), true)));
    }
}
