//! PEM blocks (RFC 7468), as loosely as mail and editors leave them: any line length and ending, text around them.

use base64ct::{Base64, Base64Unpadded, Encoding};

use crate::error::{Error, Result};

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const DASHES: &[u8] = b"-----";

/// One block.
pub(super) struct Block<'a> {
    /// What it says it holds: `CERTIFICATE`.
    pub(super) label: &'a str,
    /// Bytes from the start of the file to its first line.
    pub(super) offset: usize,
    /// What it holds, or where its base64 is wrong.
    pub(super) content: Result<Vec<u8>>,
}

/// A text of Windows in UTF-16, as UTF-8; `None` for every other file.
pub(super) fn as_text(bytes: &[u8]) -> Option<Vec<u8>> {
    let (rest, is_little) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (rest, true),
        [0xFE, 0xFF, rest @ ..] => (rest, false),
        _ => return None,
    };
    let pair = if is_little { u16::from_le_bytes } else { u16::from_be_bytes };
    let (units, _) = rest.as_chunks::<2>();
    let units = units.iter().map(|unit| pair(*unit));
    let text: String = char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect();
    Some(text.into_bytes())
}

/// Whether there is a PEM block.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    find(bytes, BEGIN).is_some()
}

/// The blocks, in order; an error, last, when one has no end.
pub(super) fn blocks(bytes: &[u8]) -> impl Iterator<Item = Result<Block<'_>>> {
    let mut from = 0_usize;
    std::iter::from_fn(move || {
        let offset = from.saturating_add(find(bytes.get(from..)?, BEGIN)?);
        let block = block(bytes, offset);
        from = block.as_ref().map_or(bytes.len(), |(_, end)| *end);
        Some(block.map(|(block, _)| block))
    })
}

/// What text without PEM lines decodes to, when it is base64 and nothing else, and begins like DER.
pub(super) fn bare_base64(bytes: &[u8]) -> Option<Vec<u8>> {
    bytes.trim_ascii_start().starts_with(b"MI").then(|| decode(bytes, 0).ok()).flatten()
}

/// The block that begins at `offset`, and where it ends.
fn block(bytes: &[u8], offset: usize) -> Result<(Block<'_>, usize)> {
    let no_end = || Error::malformed("a PEM block without its end", offset);
    let label_at = offset.saturating_add(BEGIN.len());
    let after = bytes.get(label_at..).ok_or_else(no_end)?;
    let label_length = find(after, DASHES).ok_or_else(no_end)?;
    let label = after.get(..label_length).and_then(|label| std::str::from_utf8(label).ok()).unwrap_or("");
    let text_at = label_at.saturating_add(label_length).saturating_add(DASHES.len());
    let text = bytes.get(text_at..).ok_or_else(no_end)?;
    let length = find(text, END).ok_or_else(no_end)?;
    let content = decode(text.get(..length).unwrap_or_default(), text_at);
    let end = text_at.saturating_add(length).saturating_add(END.len());
    Ok((Block { label, offset, content }, end))
}

/// The bytes in a base64 text with white space in it; `at` is where it stands in the file. Mails quote lines with `>` and
/// write `=3D` for `=`.
fn decode(text: &[u8], at: usize) -> Result<Vec<u8>> {
    let mut letters = String::with_capacity(text.len());
    let (mut begins, mut quoted_equals) = (true, 0_u8);
    for (place, byte) in text.iter().enumerate() {
        match byte {
            b'3' if letters.ends_with('=') && text.get(place.saturating_add(1)) == Some(&b'D') => quoted_equals = 1,
            b'D' if quoted_equals == 1 => quoted_equals = 0,
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' | b'=' => letters.push(char::from(*byte)),
            b'>' if begins => continue,
            byte if byte.is_ascii_whitespace() => {
                begins |= *byte == b'\n';
                continue;
            }
            _ => return Err(Error::malformed("a character that is not of base64", at.saturating_add(place))),
        }
        begins = false;
    }
    let decoded = Base64::decode_vec(&letters).or_else(|_| Base64Unpadded::decode_vec(letters.trim_end_matches('=')));
    decoded.map_err(|_| Error::malformed("base64 that does not end as it should", at))
}

/// Where a word begins. Every dash is looked at, and not every byte: most files have none.
fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let first = word.first()?;
    let mut from = 0_usize;
    loop {
        let rest = bytes.get(from..)?;
        let place = rest.iter().position(|byte| byte == first)?;
        if rest.get(place..)?.starts_with(word) {
            return Some(from.saturating_add(place));
        }
        from = from.saturating_add(place).saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Told<T> = std::result::Result<T, String>;
    type Read<'a> = (&'a str, usize, Told<Vec<u8>>);

    /// Label, offset and content (or why there is none) of each block, up to what has no end.
    fn read(text: &[u8]) -> Vec<Told<Read<'_>>> {
        let mut told = Vec::new();
        for block in blocks(text) {
            let parts =
                block.map(|Block { label, offset, content }| (label, offset, content.map_err(|e| e.to_string())));
            told.push(parts.map_err(|error| error.to_string()));
        }
        told
    }

    #[test]
    fn blocks_are_found_among_text_with_their_places() {
        let text =
            b"--- -----BEGIN A-----\r\nAAEC\r\n-----END A-----\nx ----- y\n-----BEGIN B C-----AA-----END B C-----";
        assert_eq!(read(text), [Ok(("A", 4, Ok(vec![0, 1, 2]))), Ok(("B C", 55, Ok(vec![0])))]);
        assert!(looks_like(text) && !looks_like(b"-----END A-----") && !looks_like(b"-----BEGIN"));
        assert!(read(b"nothing ----- here").is_empty() && read(b"").is_empty());
    }

    fn wrong_end(at: usize) -> String {
        format!("base64 that does not end as it should (offset {at})")
    }

    #[test]
    fn a_block_that_never_ends_is_the_last() {
        let no_end = || Err("a PEM block without its end (offset 2)".to_owned());
        for text in
            ["\n\n-----BEGIN ", "\n\n-----BEGIN A", "\n\n-----BEGIN A-----", "\n\n-----BEGIN A-----AAEC-----END"]
        {
            assert_eq!(read(text.as_bytes()), [no_end()], "{text}");
        }
    }

    #[test]
    fn base64_is_taken_with_and_without_its_padding_and_with_any_white_space() {
        for text in ["AA==", "AA", "A\tA\r\n=\n=", " AA =="] {
            assert_eq!(decode(text.as_bytes(), 0).unwrap(), [0], "{text}");
        }
        assert_eq!(decode(b"+/09azAZ", 0).unwrap(), [0xFB, 0xFD, 0x3D, 0x6B, 0x30, 0x19]);
        for (text, place) in [("AA-A", 9), ("_AAA", 7), ("AAA\u{e9}", 10), ("AAA,", 10)] {
            let error = decode(text.as_bytes(), 7).unwrap_err().to_string();
            assert_eq!(error, format!("a character that is not of base64 (offset {place})"), "{text}");
        }
        assert_eq!(decode(b"AAAAA", 7).unwrap_err().to_string(), wrong_end(7));
    }

    #[test]
    fn base64_without_lines_is_taken_when_it_begins_like_der() {
        assert_eq!(bare_base64(b" \nMIIB\n"), Some(vec![0x30, 0x82, 0x01]));
        assert_eq!(bare_base64(b"AAEC"), None);
        assert_eq!(bare_base64(b"MI*B"), None);
    }
}
