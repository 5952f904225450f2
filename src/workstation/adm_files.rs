//! The `.adm` files in which installers of French health software note what they installed. 155 is that of the
//! Cryptolib's installer (middleware.md section 1).

use super::{Machine, bounded_file};

/// Bytes of such a file that are read.
const BYTES: usize = 4 * 1024;

/// The version that the installer of the Cryptolib noted in this folder, without leading zeros: `5.2.2`.
///
/// ANS's packages of macOS 5.2.1 and Linux 5.2.2 write six digits on the first line, two for each part, and a label on the
/// second: `050201`, `INSTALLEUR_CRYPTOLIB_CPS_64B`. The digits alone are an older form. A version with dots is read too.
pub(super) fn version(machine: &Machine, folder: &str) -> Option<String> {
    let places = [format!("{folder}/155.adm"), format!("{folder}/produits/155.adm")];
    let bytes = places.iter().find_map(|place| bounded_file::read_beginning(&machine.path(place), BYTES).ok())?;
    version_in(&bounded_file::text_of(&bytes))
}

fn version_in(text: &str) -> Option<String> {
    six_digits(text.lines().next()?.trim()).or_else(|| with_dots(text))
}

fn six_digits(line: &str) -> Option<String> {
    if line.len() != 6 || !line.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize| line.get(from..from.saturating_add(2))?.parse::<u8>().ok();
    Some(format!("{}.{}.{}", part(0)?, part(2)?, part(4)?))
}

fn with_dots(text: &str) -> Option<String> {
    let mut words = text.split(|character: char| !character.is_ascii_digit() && character != '.');
    words.find_map(|word| {
        let parts: Option<Vec<u16>> = word.split('.').map(|part| part.parse().ok()).collect();
        let parts = parts.filter(|parts| parts.len() == 3)?;
        Some(parts.iter().map(u16::to_string).collect::<Vec<_>>().join("."))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_found_without_leading_zeros() {
        assert_eq!(version_in("050201\nINSTALLEUR_CRYPTOLIB_CPS_64B").as_deref(), Some("5.2.1"));
        assert_eq!(version_in("051008").as_deref(), Some("5.10.8"), "the older form has no label");
        assert_eq!(version_in("155;Cryptolib CPS;05.02.02;20240821").as_deref(), Some("5.2.2"));
        assert_eq!(version_in("Version=5.2.1\r\n").as_deref(), Some("5.2.1"));
        for none in ["", "155", "0502010", "05020x\nx", "5.2", "1.2.3.4", "..", "99999.1.1"] {
            assert_eq!(version_in(none), None, "{none}");
        }
    }
}
