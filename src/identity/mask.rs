//! The mask that every personal value prints through.

/// The text with its characters replaced by `*`, one for one, except the last three at most, and never more than
/// half of them: five characters show two, one character shows none.
///
/// Three characters let a person at the helpdesk recognise an identifier in front of them, and nobody else find it.
///
/// ```
/// use cpx_card::internal::identity::mask;
///
/// assert_eq!(mask("899700366240"), "*********240");
/// assert_eq!(mask("KIT"), "**T");
/// ```
pub fn mask(text: &str) -> String {
    let total = text.chars().count();
    let hidden = total.saturating_sub(shown(total));
    text.chars().enumerate().map(|(place, c)| if place < hidden { '*' } else { c }).collect()
}

/// How many of so many characters stay readable.
pub(super) fn shown(total: usize) -> usize {
    (total / 2).min(3)
}

/// Gives a type that holds a text in its first field a masked `Display`, and a `Debug` that shows no more.
macro_rules! print_masked {
    ($type:ident) => {
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&$crate::identity::mask(&self.0))
            }
        }

        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({:?})", stringify!($type), $crate::identity::mask(&self.0))
            }
        }
    };
}
pub(super) use print_masked;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn short_texts_show_at_most_half() {
        let shown = ["", "a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg"].map(mask);
        assert_eq!(shown, ["", "*", "*b", "**c", "**cd", "***de", "***def", "****efg"]);
    }

    #[test]
    fn characters_are_counted_not_bytes() {
        assert_eq!(mask("ÉLOÏSE"), "***ÏSE");
    }

    proptest! {
        #[test]
        fn never_shows_more_than_three_characters_nor_half(text in "[^*]{0,40}") {
            let masked = mask(&text);
            let shown = masked.chars().filter(|c| *c != '*').count();
            prop_assert!(shown <= 3 && shown * 2 <= text.chars().count());
            prop_assert_eq!(masked.chars().count(), text.chars().count());
            prop_assert!(text.ends_with(masked.trim_start_matches('*')));
        }
    }
}
