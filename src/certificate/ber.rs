//! From BER to definite lengths (X.690 section 8.1.3.6): containers of Firefox and of Java have indefinite ones.

use super::cursor::{OCTET_STRING, encode};
use crate::error::{Error, ErrorKind, Result};

/// An OCTET STRING in parts.
const OCTET_STRING_IN_PARTS: u8 = OCTET_STRING | CONSTRUCTED;
const CONSTRUCTED: u8 = 0x20;
/// Elements in elements. Containers have about ten.
const DEPTH: usize = 24;

/// An element that is not complete yet.
struct Open {
    tag: u8,
    offset: usize,
    /// Where it ends; `None` when two zeros end it.
    end: Option<usize>,
    content: Vec<u8>,
}

/// The first element in these bytes with definite, shortest lengths throughout, and OCTET STRINGs in one part.
///
/// # Errors
///
/// [`Malformed`](ErrorKind::Malformed) with the offset; [`LimitReached`](ErrorKind::LimitReached) when it is nested too deep.
pub(super) fn definite(bytes: &[u8]) -> Result<Vec<u8>> {
    let cut = |at: usize| Error::malformed("the bytes end within an element", at);
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0_usize;
    loop {
        let mut done = None;
        match open.last() {
            Some(Open { end: Some(end), .. }) if at >= *end => done = open.pop(),
            Some(Open { end: None, .. }) if bytes.get(at..).is_some_and(|rest| rest.starts_with(&[0, 0])) => {
                at = at.saturating_add(2);
                done = open.pop();
            }
            _ => {}
        }
        if let Some(done) = done {
            let tag = if done.tag == OCTET_STRING_IN_PARTS { OCTET_STRING } else { done.tag };
            let Some(parent) = open.last_mut() else { return Ok(encode(tag, &[&done.content])) };
            put(parent, tag, &done.content);
            continue;
        }
        let header = at;
        let tag = *bytes.get(at).ok_or_else(|| cut(header))?;
        if tag & 0x1F == 0x1F {
            return Err(Error::malformed("a tag of several bytes", header));
        }
        let (length, after) = length(bytes, at.saturating_add(1)).ok_or_else(|| cut(header))?;
        let bound = open.iter().rev().find_map(|one| one.end).unwrap_or(bytes.len());
        let end = length.map(|length| after.saturating_add(length));
        if end.is_some_and(|end| end > bound) {
            return Err(Error::malformed("a length runs past the end of the bytes", header));
        }
        at = after;
        match (tag & CONSTRUCTED != 0, end) {
            (true, end) if open.len() < DEPTH => open.push(Open { tag, offset: header, end, content: Vec::new() }),
            (true, _) => return Err(Error::new(ErrorKind::LimitReached, "elements are nested too deep")),
            (false, None) => return Err(Error::malformed("an indefinite length of a simple value", header)),
            (false, Some(end)) => {
                let value = bytes.get(after..end).ok_or_else(|| cut(header))?;
                at = end;
                match open.last_mut() {
                    Some(parent) => put(parent, tag, value),
                    None => return Ok(encode(tag, &[value])),
                }
            }
        }
        if let Some(Open { offset, end: Some(end), .. }) = open.last()
            && at > *end
        {
            return Err(Error::malformed("an element runs past the one around it", *offset));
        }
    }
}

/// Adds an element to the one around it; the parts of an OCTET STRING lose their frames.
fn put(parent: &mut Open, tag: u8, value: &[u8]) {
    if parent.tag == OCTET_STRING_IN_PARTS && tag == OCTET_STRING {
        parent.content.extend_from_slice(value);
    } else {
        parent.content.extend(encode(tag, &[value]));
    }
}

/// The length that stands here, `None` inside when it is indefinite, and where the value begins.
fn length(bytes: &[u8], at: usize) -> Option<(Option<usize>, usize)> {
    let after = at.checked_add(1)?;
    match *bytes.get(at)? {
        0x80 => Some((None, after)),
        short @ 0..0x80 => Some((Some(usize::from(short)), after)),
        long => {
            let count = usize::from(long & 0x7F);
            let end = after.checked_add(count).filter(|_| count <= 4)?;
            let digits = bytes.get(after..end)?;
            let length = digits.iter().fold(0_u32, |length, digit| length << 8 | u32::from(*digit));
            Some((Some(usize::try_from(length).ok()?), end))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(hex: &str) -> Result<String> {
        definite(&hex::decode(hex).unwrap()).map(hex::encode)
    }

    #[test]
    fn indefinite_lengths_become_definite() {
        assert_eq!(to("30800201050000").unwrap(), "3003020105");
        assert_eq!(to("3080308002010500000000").unwrap(), "30053003020105");
        assert_eq!(to("2480040201020401030000").unwrap(), "0403010203");

        assert_eq!(to("308103020105").unwrap(), "3003020105");
        assert_eq!(to("0401FF00").unwrap(), "0401ff");
    }

    #[test]
    fn what_has_no_end_is_an_error() {
        for hex in ["", "30", "3080", "308002", "30800201", "0480", "1F0100", "30030204", "3085000000000100"] {
            assert!(to(hex).is_err(), "{hex}");
        }
        assert_eq!(definite(&[0x30, 0x80].repeat(1000)).unwrap_err().kind(), ErrorKind::LimitReached);
    }
}
