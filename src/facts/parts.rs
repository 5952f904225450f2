//! Known texts inside others: found in one pass, however many are known. Both come from strangers.

/// Texts to be replaced wherever they stand, whatever the case of their ASCII letters.
pub(super) struct Parts {
    /// In lower case, sorted.
    known: Vec<Part>,
    /// Whether one of them begins with these two bytes.
    beginnings: Vec<bool>,
}

struct Part {
    text: String,
    replacement: String,
    /// The place of the longest other one that it begins with.
    shorter: Option<usize>,
}

impl Parts {
    /// Bytes of the longest text that is looked for: names, numbers and fingerprints have fewer.
    const LONGEST: usize = 1024;

    /// These texts, at least two bytes each, and what stands for each.
    pub(super) fn new(known: impl IntoIterator<Item = (String, String)>) -> Self {
        let known = known.into_iter().filter(|(text, _)| (2..=Self::LONGEST).contains(&text.len()));
        let mut known: Vec<_> = known
            .map(|(text, replacement)| Part { text: text.to_ascii_lowercase(), replacement, shorter: None })
            .collect();
        known.sort_by(|one, other| one.text.cmp(&other.text));
        known.dedup_by(|later, kept| later.text == kept.text);
        let mut beginnings = vec![false; if known.is_empty() { 0 } else { 1 << 16 }];
        // those that the text at hand begins with, the longest last
        let mut open: Vec<(usize, String)> = Vec::new();
        for (place, part) in known.iter_mut().enumerate() {
            while open.pop_if(|(_, shorter)| !part.text.starts_with(shorter.as_str())).is_some() {}
            part.shorter = open.last().map(|(place, _)| *place);
            open.push((place, part.text.clone()));
            if let Some(beginning) = beginning(part.text.as_bytes()).and_then(|at| beginnings.get_mut(at)) {
                *beginning = true;
            }
        }
        Self { known, beginnings }
    }

    /// Replaces them in `text`: at each place the longest.
    pub(super) fn replace(&self, text: &mut String) {
        let lower = text.to_ascii_lowercase();
        let (mut replaced, mut copied, mut at) = (String::new(), 0, 0_usize);
        while let Some(rest) = lower.as_bytes().get(at..).filter(|rest| !rest.is_empty()) {
            if let Some(part) = self.longest(rest) {
                replaced.push_str(text.get(copied..at).unwrap_or_default());
                replaced.push_str(&part.replacement);
                at = at.saturating_add(part.text.len());
                copied = at;
            } else {
                at = at.saturating_add(1);
            }
        }
        if copied > 0 {
            replaced.push_str(text.get(copied..).unwrap_or_default());
            *text = replaced;
        }
    }

    /// The longest of them that `text`, in lower case, begins with. Whichever it is, the last one that does not sort behind
    /// the text begins with it too.
    fn longest(&self, text: &[u8]) -> Option<&Part> {
        beginning(text).filter(|at| self.beginnings.get(*at).is_some_and(|known| *known))?;
        let mut place = self.known.partition_point(|part| part.text.as_bytes() <= text).checked_sub(1);
        while let Some(part) = place.and_then(|place| self.known.get(place)) {
            if text.starts_with(part.text.as_bytes()) {
                return Some(part);
            }
            place = part.shorter;
        }
        None
    }
}

/// The number that the first two bytes make.
fn beginning(text: &[u8]) -> Option<usize> {
    text.first_chunk().map(|first| usize::from(u16::from_be_bytes(*first)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn replaced(known: &[&str], text: &str) -> String {
        let mut text = text.to_owned();
        Parts::new(known.iter().map(|known| ((*known).to_owned(), format!("<{}>", known.len())))).replace(&mut text);
        text
    }

    #[test]
    fn the_longest_at_each_place_is_replaced() {
        assert_eq!(replaced(&["ab", "abc", "abcde", "ac"], "xABCDx abcde AC a"), "x<3>Dx <5> <2> a");
        assert_eq!(replaced(&["élo", "marie"], "ÉLO élo MARIEmarie é"), "ÉLO <4> <5><5> é");
        assert_eq!(replaced(&[], "marie"), "marie");
        assert_eq!(replaced(&["marie"], ""), "");
    }

    #[test]
    fn many_texts_in_a_long_one_take_one_pass() {
        let known: Vec<_> = (0..20_000).map(|number| format!("aaaaaaaa{number:08}")).collect();
        let parts = Parts::new(known.iter().map(|known| (known.clone(), "-".to_owned())));
        let mut text = "a".repeat(1 << 20) + &known[7];
        parts.replace(&mut text);
        assert_eq!(text, "a".repeat(1 << 20) + "-");
    }

    proptest! {
        /// Looking for each text at each place, the longest first, finds the same.
        #[test]
        fn agrees_with_the_slow_way(known in prop::collection::vec("[abé]{1,4}", 0..8), text in "[aAbBé]{0,20}") {
            let mut sorted: Vec<&str> = known.iter().map(String::as_str).filter(|known| known.len() > 1).collect();
            sorted.sort_by_key(|known| std::cmp::Reverse(known.len()));
            let (mut slow, mut rest) = (String::new(), text.as_str());
            while let Some(first) = rest.chars().next() {
                let lower = rest.to_ascii_lowercase();
                let found = sorted.iter().find(|known| lower.starts_with(**known));
                let (told, length) = found.map_or((first.to_string(), first.len_utf8()), |known| (format!("<{}>", known.len()), known.len()));
                slow += &told;
                rest = &rest[length..];
            }
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            prop_assert_eq!(replaced(&known, &text), slow);
        }
    }
}
