//! Whether a card is a real one: the category, table G01.

use serde::{Deserialize, Serialize};

/// The category of a card, `CPS_ID_CARD` tag 82 or certificate extension 1.2.250.1.71.1.2.5 (one byte, table G01).
///
/// ```
/// use cpx_card::Category;
///
/// let category = Category::from_g01(0x80);
/// assert_eq!(category.code(), "test");
/// assert!(category.is_test());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "u8", into = "u8")]
#[non_exhaustive]
pub enum Category {
    /// `00`: the card of a real person or service.
    Real,
    /// `02`: a security module.
    Module,
    /// `03`: a software certificate.
    Software,
    /// `80`: a test card.
    Test,
    /// `82`: a test security module.
    TestModule,
    /// `83`: a test software certificate.
    TestSoftware,
    /// Another byte, kept as it is.
    Other(u8),
}

impl Category {
    /// The category with this byte of table G01.
    pub const fn from_g01(byte: u8) -> Self {
        match byte {
            0x00 => Self::Real,
            0x02 => Self::Module,
            0x03 => Self::Software,
            0x80 => Self::Test,
            0x82 => Self::TestModule,
            0x83 => Self::TestSoftware,
            other => Self::Other(other),
        }
    }

    /// The byte of table G01.
    pub const fn g01(self) -> u8 {
        match self {
            Self::Real => 0x00,
            Self::Module => 0x02,
            Self::Software => 0x03,
            Self::Test => 0x80,
            Self::TestModule => 0x82,
            Self::TestSoftware => 0x83,
            Self::Other(byte) => byte,
        }
    }

    /// Whether it is for tests only. An unknown category is not: nothing says so.
    pub const fn is_test(self) -> bool {
        matches!(self, Self::Test | Self::TestModule | Self::TestSoftware)
    }

    /// The stable code, in lower case words joined by dashes; `unknown` for a byte outside the table.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Real => "real",
            Self::Module => "module",
            Self::Software => "software",
            Self::Test => "test",
            Self::TestModule => "test-module",
            Self::TestSoftware => "test-software",
            Self::Other(_) => "unknown",
        }
    }
}

impl From<u8> for Category {
    fn from(byte: u8) -> Self {
        Self::from_g01(byte)
    }
}

impl From<Category> for u8 {
    fn from(category: Category) -> Self {
        category.g01()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::codes::{self, Table};

    #[test]
    fn every_byte_is_kept() {
        assert!((0..=u8::MAX).all(|byte| Category::from_g01(byte).g01() == byte));
    }

    #[test]
    fn the_known_bytes_are_those_of_the_table() {
        for byte in 0..=u8::MAX {
            let category = Category::from_g01(byte);
            let label = codes::label(Table::G01, &format!("{byte:02X}"));
            assert_eq!(category.code() != "unknown", label.is_some(), "{byte:02X}");
            assert_eq!(category.is_test(), label.is_some_and(|label| label.ends_with("TEST")), "{byte:02X}");
        }
    }
}
