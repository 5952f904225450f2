//! EF.SN.ICC: the serial of the chip, which is not the card number (card-protocol.md section 3).

use crate::certificate::Anonymity;
use crate::error::Result;
use crate::identity::ChipSerial;
use crate::iso7816::{FilePath, digits};

use super::files::{Extent, Files};

/// Bytes of EF.SN.ICC.
pub(super) const LENGTH: u8 = 12;

const PATH: FilePath = FilePath::known([0xD0, 0x03]);

/// What EF.SN.ICC says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SerialFile {
    pub(super) serial: ChipSerial,
    /// Whether the Luhn digit behind the serial is right. It was on the one real card that was published.
    pub(super) check_digit_is_right: bool,
}

impl SerialFile {
    /// Reads EF.SN.ICC by its path; nothing when it is absent or has another shape.
    pub(super) fn read(files: &mut Files<'_, '_>) -> Result<Option<Self>> {
        Ok(files.read(&PATH, &Extent::Object)?.and_then(|bytes| Self::parse(&bytes)))
    }

    /// `5A 0A | 80 25 00 00 01 | ss ss ss ss | Lf`: issuer prefix, eight digits, Luhn digit, filler.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(&[0x5A, 0x0A, 0x80, 0x25, 0x00, 0x00, 0x01])?;
        let text = digits(rest.get(..5)?)?;
        let (serial, check_digit) = text.split_at_checked(8)?;
        let serial = ChipSerial::parse(serial).ok()?;
        let check_digit_is_right = check_digit == serial.luhn_digit().to_string();
        Some(Self { serial, check_digit_is_right })
    }

    /// The file as it is sent: another serial, whose check digit is as right.
    pub(super) fn anonymous(&self, sent: &Anonymity<'_>) -> Vec<u8> {
        let serial = sent.pseudonyms.chip_serial(&self.serial);
        let right = serial.luhn_digit();
        let check_digit = if self.check_digit_is_right { right } else { right.saturating_add(1) % 10 };
        let digits = format!("5A0A8025000001{}{check_digit}F", serial.reveal());
        hex::decode(digits).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_serials_are_read() {
        let parse = |hex: &str| SerialFile::parse(&hex::decode(hex).unwrap());
        for (hex, serial, right) in [
            ("5A0A8025000001992138450F", "99213845", true),
            ("5A0A8025000001220000118F", "22000011", true),
            ("5A0A8025000001220000119F", "22000011", false),
        ] {
            let file = parse(hex).unwrap();
            assert_eq!((file.serial.reveal(), file.check_digit_is_right), (serial, right), "{hex}");
        }
        assert_eq!(parse("5A0A8025000002220000118F"), None, "another issuer");
        assert_eq!(parse("5A0A80250000012200A0118F"), None, "not decimal");
        assert_eq!(parse("5A0A8025000001"), None);
    }
}
