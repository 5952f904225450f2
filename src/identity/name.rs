//! The name of a holder, or of a practice, as the card writes it.

use super::mask::print_masked;
use super::private::saved_as_private;

/// A name in the writing of the card: capitals, accents and inner spaces are kept. Prints masked.
///
/// ```
/// use cpx_card::Name;
///
/// let name = Name::from_latin1(b"LEF\xC8VRE  \xFF\xFF");
/// assert_eq!(name.reveal(), "LEFÈVRE");
/// assert_eq!(name.to_string(), "****VRE");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Name(String);

impl Name {
    /// The name in these bytes of a card: ISO 8859-1, one byte per character (at most 27 in the objects of a CPx),
    /// without the filler at its end: spaces, `00` and `FF`.
    ///
    /// Every byte has a character, so this never fails; control characters are kept and are for the one who prints
    /// to handle. A final `ÿ` is taken for filler: no name on a card, all capitals, ends so.
    pub fn from_latin1(bytes: &[u8]) -> Self {
        let length = bytes.iter().rposition(|byte| !is_filler(*byte)).map_or(0, |last| last.saturating_add(1));
        Self(bytes.iter().take(length).copied().map(char::from).collect())
    }

    /// The name in this text, which a certificate or a PKCS#11 module has already decoded; kept as it is.
    pub fn from_text(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Whether nothing is written: a card leaves the names that it does not use empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The full name, unmasked.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Its letters and digits in capitals without accents, one space for whatever stands between: by which the chip's
    /// writing and a certificate's are held against each other.
    pub(crate) fn folded(&self) -> String {
        let letters: String = self.0.chars().flat_map(char::to_uppercase).map(base).collect();
        letters.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

print_masked!(Name);
saved_as_private!(Name);

/// The letters that a capital comes down to: those of Latin-1 and the `Œ`, which names are written with in France.
fn base(capital: char) -> String {
    let letters = match capital {
        'À'..='Å' => "A",
        'Æ' => "AE",
        'Ç' => "C",
        'È'..='Ë' => "E",
        'Ì'..='Ï' => "I",
        'Ñ' => "N",
        'Ò'..='Ö' | 'Ø' => "O",
        'Œ' => "OE",
        'Ù'..='Ü' => "U",
        'Ý' | 'Ÿ' => "Y",
        // Accents on their own, after their letter.
        '\u{300}'..='\u{36F}' => "",
        other if other.is_alphanumeric() => return other.to_string(),
        _ => " ",
    };
    letters.to_owned()
}

fn is_filler(byte: u8) -> bool {
    matches!(byte, b' ' | 0x00 | 0xFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filler_is_trimmed_at_the_end_only() {
        assert_eq!(Name::from_latin1(b" DE LA TOUR \0\xFF ").reveal(), " DE LA TOUR");
        assert_eq!(Name::from_latin1(b"KIT\xFF\xFF\xFF").reveal(), "KIT");
        assert!(Name::from_latin1(b"\xFF\xFF\xFF").is_empty());
        assert!(Name::from_latin1(b"").is_empty());
    }

    #[test]
    fn every_byte_has_a_character() {
        let bytes: Vec<u8> = (0x01..=0xFE).collect();
        assert_eq!(Name::from_latin1(&bytes).reveal().chars().count(), bytes.len());
    }

    #[test]
    fn prints_masked() {
        let name = Name::from_text("DOC0036624");
        assert_eq!(name.to_string(), "*******624");
        assert_eq!(format!("{name:?}"), "Name(\"*******624\")");
    }
}
