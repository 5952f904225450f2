//! What people type for a word of the rules: its code, or what it is called in French or English, in any case.

use serde::Deserialize;

use super::coded::Coded;
use super::tables::Rules;

/// What else a word is called.
#[derive(Debug, Deserialize)]
pub(super) struct WordRow {
    pub(super) set: String,
    pub(super) code: String,
    /// The French word for it, as the help names it.
    pub(super) french: String,
    /// Other words, separated by spaces.
    pub(super) also: String,
}

/// A closed set of words that people type.
pub trait Typed: Coded {
    /// The name of the set in the table of words.
    const SET: &'static str;

    /// The one that `text` names: by its code or another word for it, whatever the case, the accents and what stands
    /// between its parts.
    ///
    /// ```
    /// use cpx_f413::{Structure, Typed};
    ///
    /// assert_eq!(Structure::of_typed("Hôpital public"), Some(Structure::PublicHospital));
    /// assert_eq!(Structure::of_typed("PUBLIC-HOSPITAL"), Some(Structure::PublicHospital));
    /// assert_eq!(Structure::of_typed("château"), None);
    /// ```
    fn of_typed(text: &str) -> Option<Self> {
        let typed = plain(text);
        let is_typed = |word: &str| plain(word) == typed;
        let by_code = Self::codes().find(|code| is_typed(code));
        let rows = || Rules::get().words.iter().filter(|row| row.set == Self::SET);
        let by_word = || rows().find(|row| is_typed(&row.french) || row.also.split_whitespace().any(is_typed));
        Self::of_code(by_code.or_else(|| by_word().map(|row| row.code.as_str()))?)
    }

    /// The French word for a code; the code itself where the table has none.
    fn in_french(code: &str) -> &str {
        let row = Rules::get().words.iter().find(|row| row.set == Self::SET && row.code == code);
        row.map_or(code, |row| row.french.as_str())
    }
}

/// Small letters without accents, one dash for whatever stands between them.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        match character {
            'à' | 'â' | 'ä' => plain.push('a'),
            'ç' => plain.push('c'),
            'è' | 'é' | 'ê' | 'ë' => plain.push('e'),
            'î' | 'ï' => plain.push('i'),
            'ô' | 'ö' => plain.push('o'),
            'ù' | 'û' | 'ü' => plain.push('u'),
            'œ' => plain.push_str("oe"),
            letter if letter.is_alphanumeric() => plain.push(letter),
            // combining accents, as some systems type them
            '\u{300}'..='\u{36F}' => {}
            _ if plain.ends_with('-') || plain.is_empty() => {}
            _ => plain.push('-'),
        }
    }
    plain.truncate(plain.trim_end_matches('-').len());
    plain
}

/// The sets that people type words of.
macro_rules! typed {
    ($($name:ident = $set:literal,)+) => {$(
        impl Typed for super::vocabulary::$name {
            const SET: &'static str = $set;
        }
    )+};
}

typed! {
    Structure = "structure",
    Contract = "contract",
    Need = "need",
    Role = "role",
    Declared = "declared",
    Profile = "profile",
}
