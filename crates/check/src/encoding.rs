//! The code page of text for people: consoles and tools of Windows often know no UTF-8. What programs read (JSON, NDJSON,
//! HTML, CSV, JUnit, files) is always UTF-8.

use std::borrow::Cow;
use std::io::IsTerminal as _;
use std::sync::OnceLock;

use clap::ValueEnum;

/// A code page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Encoding {
    /// UTF-8.
    #[value(name = "utf-8")]
    Utf8,
    /// The consoles of Western Windows.
    #[value(name = "850")]
    Cp850,
    /// The windows of Western Windows.
    #[value(name = "1252")]
    Cp1252,
}

/// What the bytes from 0x80 mean (Unicode consortium, `CP850.TXT`).
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

/// What the bytes from 0x80 to 0x9F mean (`CP1252.TXT`); five mean nothing. Those from 0xA0 are the same in Unicode.
const CP1252: &str = "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ";

static CHOSEN: OnceLock<Encoding> = OnceLock::new();

/// Chooses the code page of this process, once.
pub(super) fn choose(encoding: Option<Encoding>) {
    let _ = CHOSEN.set(encoding.unwrap_or_else(of_console));
}

/// Where text is redirected, what the console says: that is how what reads it will take it. A console itself takes any text.
fn of_console() -> Encoding {
    #[cfg(windows)]
    if !std::io::stdout().is_terminal() {
        return match cpx_card::internal::workstation::windows::console_code_page() {
            Some(850) => Encoding::Cp850,
            Some(1252) => Encoding::Cp1252,
            _ => Encoding::Utf8,
        };
    }
    let _ = std::io::stdout().is_terminal();
    Encoding::Utf8
}

/// Whether text is written in UTF-8.
pub(super) fn is_utf8() -> bool {
    CHOSEN.get().is_none_or(|encoding| *encoding == Encoding::Utf8)
}

/// The text in the code page that was chosen.
pub(super) fn encoded(text: &str) -> Cow<'_, [u8]> {
    CHOSEN.get().map_or(Cow::Borrowed(text.as_bytes()), |encoding| encoding.encode(text))
}

impl Encoding {
    fn encode(self, text: &str) -> Cow<'_, [u8]> {
        if self == Self::Utf8 || text.is_ascii() {
            return Cow::Borrowed(text.as_bytes());
        }
        let mut bytes = Vec::with_capacity(text.len());
        for character in text.chars() {
            match self.byte(character) {
                Some(byte) => bytes.push(byte),
                None => {
                    for character in instead(character).chars() {
                        bytes.push(self.byte(character).unwrap_or(b'?'));
                    }
                }
            }
        }
        Cow::Owned(bytes)
    }

    fn byte(self, character: char) -> Option<u8> {
        if character.is_ascii() {
            return u8::try_from(character).ok();
        }
        let above = |table: &str| {
            let at = table.chars().position(|known| known == character && known != '\u{FFFD}')?;
            u8::try_from(at.checked_add(0x80)?).ok()
        };
        match self {
            Self::Utf8 => None,
            Self::Cp850 => above(CP850),
            Self::Cp1252 if ('\u{A0}'..='\u{FF}').contains(&character) => u8::try_from(character).ok(),
            Self::Cp1252 => above(CP1252),
        }
    }
}

/// What stands for a character that the code page lacks: what one would type.
fn instead(character: char) -> &'static str {
    match character {
        '→' => "->",
        '←' => "<-",
        '✓' => "OK",
        '✗' => "X",
        '•' | '–' | '—' | '‑' => "-",
        '’' | '‘' => "'",
        '“' | '”' => "\"",
        '…' => "...",
        'œ' => "oe",
        'Œ' => "OE",
        '€' => "EUR",
        'Ÿ' => "Y",
        '\u{A0}' | '\u{202F}' | '\u{2009}' => " ",
        '²' => "2",
        _ => "?",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `printf 'é à ç « œ → ✓ … É' | iconv -t CP850` gives the bytes of the first four; the others it refuses.
    #[test]
    fn french_is_written_as_consoles_read_it() {
        assert_eq!(CP850.chars().count(), 128);
        assert_eq!(CP1252.chars().count(), 32);
        assert_eq!(&*Encoding::Cp850.encode("é à ç « É"), b"\x82 \x85 \x87 \xAE \x90");
        assert_eq!(&*Encoding::Cp1252.encode("é à œ € …"), b"\xE9 \xE0 \x9C \x80 \x85");
        assert_eq!(&*Encoding::Cp850.encode("cœur → ✓ ✗ l’État…"), b"coeur -> OK X l'\x90tat...");
        assert_eq!(&*Encoding::Utf8.encode("é✓"), "é✓".as_bytes());
        assert_eq!(&*Encoding::Cp1252.encode("名前"), b"??");
    }
}
