//! The answer to reset: the first bytes of a card (ISO 7816-3 section 8).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::hex_bytes;
use crate::error::{Error, Result};
use crate::limits;

/// An answer to reset of 2 to 33 bytes, kept as it came.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Atr(Vec<u8>);

impl Atr {
    /// The answer to reset with these bytes. Only the length is checked: a card with a wrong check byte is still the
    /// card that is in the reader, see [`Atr::is_well_formed`].
    ///
    /// # Errors
    /// [`crate::ErrorKind::Malformed`] for fewer than 2 or more than 33 bytes.
    pub fn new(bytes: &[u8]) -> Result<Self> {
        if (2..=limits::ATR_BYTES).contains(&bytes.len()) {
            Ok(Self(bytes.to_vec()))
        } else {
            Err(Error::malformed(format!("an ATR has 2 to 33 bytes, not {}", bytes.len()), bytes.len()))
        }
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The historical bytes: at most 15, those that are there when the ATR promises more.
    pub fn historical(&self) -> &[u8] {
        let Layout { historical, .. } = self.layout();
        self.0.get(historical..).map_or(&[], |rest| {
            let count = usize::from(self.0.get(1).copied().unwrap_or_default() & 0x0F);
            rest.get(..count).unwrap_or(rest)
        })
    }

    /// Whether its length is the announced one and its check byte, where there must be one, is right.
    pub fn is_well_formed(&self) -> bool {
        let Layout { historical, has_check_byte } = self.layout();
        let count = usize::from(self.0.get(1).copied().unwrap_or_default() & 0x0F);
        let announced = historical.saturating_add(count).saturating_add(usize::from(has_check_byte));
        let sum = self.0.iter().skip(1).fold(0, |sum, byte| sum ^ byte);
        announced == self.0.len() && (!has_check_byte || sum == 0)
    }

    /// Follows TD1, TD2 … : where the historical bytes start, and whether a protocol other than T=0 is named.
    fn layout(&self) -> Layout {
        let mut interface = self.0.get(1).copied().unwrap_or_default() >> 4;
        let mut position = 2_usize;
        let mut has_check_byte = false;
        while interface != 0 {
            let bytes = usize::try_from(interface.count_ones()).unwrap_or_default();
            position = position.saturating_add(bytes);
            if interface & 0x8 == 0 {
                break;
            }
            let Some(next) = self.0.get(position.saturating_sub(1)) else { break };
            has_check_byte |= next & 0x0F != 0;
            interface = next >> 4;
        }
        Layout { historical: position, has_check_byte }
    }
}

struct Layout {
    historical: usize,
    has_check_byte: bool,
}

impl fmt::Debug for Atr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Atr({self})")
    }
}

impl Serialize for Atr {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        hex_bytes::serialize(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Atr {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        Self::new(&hex_bytes::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// Upper-case hexadecimal without separators.
impl fmt::Display for Atr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode_upper(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn atr(hex: &str) -> Atr {
        Atr::new(&hex::decode(hex).unwrap()).unwrap()
    }

    #[test]
    fn historical_bytes_are_found() {
        for (text, historical, well_formed) in [
            ("3BAC00402A001225006480000310009000", "001225006480000310009000", true),
            ("3B9B188001001225006480040100009044", "0012250064800401000090", true),
            ("3B9B188001001225006480040100009045", "0012250064800401000090", false),
            ("3BDC18FF00001225006480000401009000", "001225006480000401009000", true),
            ("3B8F80010031B86404B0ECC1739401808290000E", "0031B86404B0ECC173940180829000", true),
            ("3B751300004309EA9000", "4309EA9000", true),
            ("3BAC00402A0012", "0012", false),
            ("3B00", "", true),
            ("3BFF", "", false),
        ] {
            assert_eq!(hex::encode_upper(atr(text).historical()), historical, "{text}");
            assert_eq!(atr(text).is_well_formed(), well_formed, "{text}");
        }
    }

    #[test]
    fn a_chain_of_interface_bytes_ends_with_the_bytes() {
        let endless = Atr::new(&[0x80; 33]).unwrap();
        assert!(!endless.is_well_formed() && endless.historical().is_empty());
        assert_eq!(Atr::new(&[0x3B]).unwrap_err().offset(), Some(1));
        assert!(Atr::new(&[0x3B; 34]).is_err());
        assert_eq!(format!("{:?}", atr("3B00")), "Atr(3B00)");
    }

    proptest! {
        #[test]
        fn any_bytes_have_an_answer(bytes in prop::collection::vec(any::<u8>(), 2..=33)) {
            let atr = Atr::new(&bytes).unwrap();
            prop_assert!(atr.historical().len() <= 15);
            prop_assert_eq!(atr.to_string().len(), bytes.len() * 2);
            let _ = atr.is_well_formed();
        }
    }
}
