//! The texts of a module: fields of fixed length that should be UTF-8 padded with spaces, and often are not.

use super::super::facts::Oddity;

/// The text in a field, and what is odd about it. Ends at the first NUL, without the spaces before it; control characters
/// stay and are for the one who prints to handle.
pub(super) fn field(bytes: &[u8]) -> (String, Vec<Oddity>) {
    let mut oddities = Vec::new();
    let written = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    if written.len() < bytes.len() {
        oddities.push(Oddity::UnpaddedText);
    }
    let text = match std::str::from_utf8(written) {
        Ok(text) => text.to_owned(),
        // a name that is longer than its field ends within a character
        Err(error) if error.error_len().is_none() => {
            String::from_utf8_lossy(written.get(..error.valid_up_to()).unwrap_or_default()).into_owned()
        }
        Err(_) => {
            oddities.push(Oddity::NotUtf8);
            written.iter().copied().map(char::from).collect()
        }
    };
    let text = text.trim_end_matches(' ').to_owned();
    if text.chars().any(char::is_control) {
        oddities.push(Oddity::ControlCharacters);
    }
    (text, oddities)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_texts_are_read_and_named() {
        assert_eq!(field(b"ANS      "), ("ANS".into(), vec![]));
        assert_eq!(field(b"ANS\0\0\0"), ("ANS".into(), vec![Oddity::UnpaddedText]));
        assert_eq!(field(b"ANS\0rest  "), ("ANS".into(), vec![Oddity::UnpaddedText]));
        assert_eq!(field(b"Lecteur \xE0 puce "), ("Lecteur à puce".into(), vec![Oddity::NotUtf8]));
        assert_eq!(field("Lecteur à".as_bytes().split_last().unwrap().1), ("Lecteur".into(), vec![]));
        assert_eq!(field(b"\x1B[2Jx"), ("\u{1B}[2Jx".into(), vec![Oddity::ControlCharacters]));
        assert_eq!(field(b"        "), (String::new(), vec![]));
        assert_eq!(field(b""), (String::new(), vec![]));
    }
}
