//! The two numbers of a card that are often taken for one another: the card number and the serial of its chip.

use super::check_digit::luhn_completion;
use super::mask::print_masked;
use super::private::saved_as_private;
use crate::error::{Error, Result};

/// What every number of a CPx card begins with where it is written in full: the issuer.
const ISSUER: &str = "8025000001";

/// The card number, ten decimal digits: the number that form F413 asks for.
///
/// It is in `CPS_ID_CARD` tag 81 and in the certificate extension 1.2.250.1.71.1.2.3. It has no check digit, and its
/// leading zeros count. Prints masked.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CardNumber(String);

impl CardNumber {
    /// The card number in these ten digits.
    ///
    /// # Errors
    ///
    /// [`Malformed`](crate::ErrorKind::Malformed) when there are fewer or more, or something else than a digit.
    ///
    /// ```
    /// use cpx_card::CardNumber;
    ///
    /// assert_eq!(CardNumber::parse("0022000011")?.reveal(), "0022000011");
    /// assert!(CardNumber::parse("28006362348").is_err());
    /// # Ok::<(), cpx_card::Error>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self> {
        digits(text, 10, "a card number is ten decimal digits").map(Self)
    }

    /// The card number in a token identifier, the form of the certificate extension 1.2.250.1.71.1.2.3:
    /// `8025000001/2600301752` (MOS, `Certificat.tokenId`).
    ///
    /// # Errors
    ///
    /// [`Malformed`](crate::ErrorKind::Malformed) when the issuer is not that of the CPx cards, or what follows the
    /// slash is not a card number.
    pub fn from_token_id(text: &str) -> Result<Self> {
        let number = text.strip_prefix(ISSUER).and_then(|rest| rest.strip_prefix('/'));
        Self::parse(number.ok_or_else(|| Error::malformed("a token identifier begins with 8025000001/", 0))?)
    }

    /// The ten digits, unmasked.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

print_masked!(CardNumber);
saved_as_private!(CardNumber);

/// The serial of the chip, eight decimal digits: what EF.SN.ICC (3F00/D003) holds between the issuer and a check
/// digit, and what PKCS#11 shows as the serial of the token. It is not the [`CardNumber`]. Prints masked.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ChipSerial(String);

impl ChipSerial {
    /// The serial in these eight digits.
    ///
    /// # Errors
    ///
    /// [`Malformed`](crate::ErrorKind::Malformed) when there are fewer or more, or something else than a digit.
    pub fn parse(text: &str) -> Result<Self> {
        digits(text, 8, "a chip serial is eight decimal digits").map(Self)
    }

    /// The check digit that follows the serial in EF.SN.ICC, 0 to 9: Luhn over issuer `8025000001`, serial and digit.
    ///
    /// ```
    /// use cpx_card::internal::identity::ChipSerial;
    ///
    /// // A real card published in OpenSC #2275.
    /// assert_eq!(ChipSerial::parse("99213845")?.luhn_digit(), 0);
    /// # Ok::<(), cpx_card::Error>(())
    /// ```
    pub fn luhn_digit(&self) -> u8 {
        luhn_completion(ISSUER.chars().chain(self.0.chars()))
    }

    /// The eight digits, unmasked.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

print_masked!(ChipSerial);
saved_as_private!(ChipSerial);

/// The text, when it is exactly so many decimal digits.
fn digits(text: &str, count: usize, rule: &'static str) -> Result<String> {
    if let Some(offset) = text.find(|c: char| !c.is_ascii_digit()) {
        return Err(Error::malformed(rule, offset));
    }
    if text.len() != count {
        return Err(Error::malformed(rule, text.len().min(count)));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_zeros_and_large_numbers_are_kept() {
        for number in ["0000000000", "0022000011", "3100603746"] {
            assert_eq!(CardNumber::parse(number).unwrap().reveal(), number);
        }
    }

    #[test]
    fn errors_say_where_and_hold_no_digit() {
        let error = CardNumber::parse("28006362348").unwrap_err();
        assert_eq!(error.offset(), Some(10));
        assert!(!error.to_string().contains("2800"));
        assert_eq!(CardNumber::parse("2600E01752").unwrap_err().offset(), Some(4));
        assert_eq!(CardNumber::parse("２600301752").unwrap_err().offset(), Some(0));
        assert_eq!(ChipSerial::parse("").unwrap_err().offset(), Some(0));
    }

    #[test]
    fn a_token_identifier_names_its_issuer() {
        assert_eq!(CardNumber::from_token_id("8025000001/2600301752").unwrap().reveal(), "2600301752");
        for wrong in ["2600301752", "80250000012600301752", "8025000002/2600301752", "8025000001/28006362348"] {
            assert!(CardNumber::from_token_id(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn prints_masked() {
        let number = CardNumber::parse("2600301752").unwrap();
        assert_eq!(format!("{number} {number:?}"), "*******752 CardNumber(\"*******752\")");
        let serial = ChipSerial::parse("99213845").unwrap();
        assert_eq!(format!("{serial} {serial:?}"), "*****845 ChipSerial(\"*****845\")");
    }

    #[test]
    fn the_luhn_digit_moves_with_the_serial() {
        assert_eq!(ChipSerial::parse("99213846").unwrap().luhn_digit(), 8);
        assert_eq!(ChipSerial::parse("99213835").unwrap().luhn_digit(), 1);
    }
}
