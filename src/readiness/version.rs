//! Versions as programs tell them: numbers with dots.

use std::fmt;

/// A version; a shorter one is filled with zeros. What follows the numbers is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Version([u32; 4]);

impl Version {
    /// The version at the start of a text: `5.2.2`, `5.2.2-1`, `v5.2`. `None` without a number.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches(['v', 'V']);
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let mut numbers = [0; 4];
        let parts = text.get(..end)?.split('.').filter(|part| !part.is_empty());
        let mut any = false;
        for (place, part) in numbers.iter_mut().zip(parts) {
            *place = part.parse().ok()?;
            any = true;
        }
        any.then_some(Self(numbers))
    }

    /// Its first number.
    pub(super) const fn major(self) -> u32 {
        let [major, ..] = self.0;
        major
    }

    /// The same without the fourth number, which installers add.
    pub(super) const fn to_three(self) -> Self {
        let [major, minor, patch, _] = self.0;
        Self([major, minor, patch, 0])
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch, _] = self.0;
        write!(f, "{major}.{minor}.{patch}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_numbers_in_order() {
        let of = |text| Version::parse(text);
        assert!(of("5.2.10") > of("5.2.9") && of("5.2") == of("5.2.0.0") && of("v5.2.2-1") == of("5.2.2"));
        assert_eq!(of("128.0esr").unwrap().major(), 128);
        assert_eq!(of("5.2.2.17").unwrap().to_three().to_string(), "5.2.2");
        for odd in ["", "abc", "..", "99999999999"] {
            assert_eq!(of(odd), None, "{odd}");
        }
    }
}
