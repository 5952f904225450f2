//! Certificates of cards in the stores of Windows, and the authorities that it trusts.

use crate::identity::Private;
use crate::workstation::facts::{ProviderKind, StoreLocation, StoredCertificate};

/// A certificate of a store, as Windows reads it.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// The common name of its issuer.
    pub(super) issuer: String,
    /// The whole name of its issuer.
    pub(super) issuer_name: String,
    /// Its whole name.
    pub(super) subject_name: String,
    /// SHA-1 of the certificate.
    pub(super) fingerprint: Vec<u8>,
    pub(super) not_after: i64,
    /// The value of the extension 1.2.250.1.71.1.2.3, DER.
    pub(super) token: Option<Vec<u8>>,
    /// The name and the type of the provider that holds the key; type 0 is a key storage provider.
    pub(super) provider: Option<(String, u32)>,
}

/// What names of the authorities of IGC-Santé and of its predecessors have in them: whoever issues them, or what they
/// are called without `IGC-SANTE`.
const AUTHORITIES: [&str; 9] = [
    "IGC-SANTE",
    "GIP-CPS",
    "ASIP-SANTE",
    "AC FORT ",
    "AC STANDARD ",
    "AC ELEMENTAIRE ",
    "AC RACINE FORT",
    "AC RACINE STANDARD",
    "AC RACINE ELEMENTAIRE",
];

fn is_of_igc(name: &str) -> bool {
    let name = name.to_uppercase();
    AUTHORITIES.iter().any(|part| name.contains(part))
}

/// Those that an authority of IGC-Santé issued.
pub(super) fn of_cards(found: Vec<Found>, location: StoreLocation) -> Vec<StoredCertificate> {
    found.into_iter().filter(|found| is_of_igc(&found.issuer_name)).map(|found| certificate(found, location)).collect()
}

/// The fingerprints of those that are authorities of IGC-Santé themselves, each once.
pub(super) fn authorities(found: &[Found]) -> Vec<String> {
    let ours = found.iter().filter(|found| is_of_igc(&found.subject_name));
    let mut fingerprints: Vec<String> = ours.map(|found| hex::encode(&found.fingerprint)).collect();
    fingerprints.sort_unstable();
    fingerprints.dedup();
    fingerprints
}

fn certificate(found: Found, location: StoreLocation) -> StoredCertificate {
    let fingerprint = Private::new(hex::encode(&found.fingerprint));
    let mut certificate = StoredCertificate::new(location, fingerprint, found.issuer, found.not_after);
    certificate.card_number = found.token.as_deref().and_then(card_number).map(Private::new);
    if let Some((name, kind)) = found.provider {
        certificate.provider = Some(name);
        certificate.provider_kind = Some(if kind == 0 { ProviderKind::Ksp } else { ProviderKind::Csp });
    }
    certificate
}

/// The number in `8025000001/NNNNNNNNNN`, one DER string of at most 127 bytes.
fn card_number(der: &[u8]) -> Option<String> {
    let [_, length, text @ ..] = der else { return None };
    if usize::from(*length) != text.len() || text.len() > 127 {
        return None;
    }
    let (_, number) = str::from_utf8(text).ok()?.rsplit_once('/')?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then(|| number.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(issuer: &str) -> Found {
        Found {
            issuer: issuer.into(),
            issuer_name: format!("C=FR, CN={issuer}"),
            fingerprint: vec![0xAB; 20],
            not_after: 1_900_000_000,
            ..Found::default()
        }
    }

    fn printable(text: &str) -> Vec<u8> {
        [&[0x13, u8::try_from(text.len()).unwrap()], text.as_bytes()].concat()
    }

    #[test]
    fn certificates_of_cards_are_told_with_card_and_provider() {
        let ours = Found {
            token: Some(printable("8025000001/2600000011")),
            provider: Some(("ASIP Sante Cryptographic Provider".into(), 1)),
            ..found("AC IGC-SANTE FORT PERSONNES")
        };
        let mut ksp = found("TEST AC IGC-SANTE FORT PERSONNES");
        ksp.provider = Some(("Microsoft Smart Card Key Storage Provider".into(), 0));
        let told = of_cards(vec![ours, ksp, found("Autorite de quelqu'un")], StoreLocation::CurrentUser);
        assert_eq!(told.len(), 2);
        assert_eq!(told[0].card_number, Some(Private::new("2600000011")));
        assert_eq!(told[0].fingerprint.reveal(), "ab".repeat(20));
        assert_eq!((told[0].provider_kind, told[1].provider_kind), (Some(ProviderKind::Csp), Some(ProviderKind::Ksp)));
    }

    #[test]
    fn odd_extensions_name_no_card() {
        for odd in
            [&[][..], &[0x13], &[0x13, 0x82, 1, 0], &printable("8025000001"), &printable("1/"), &printable("1/2x")]
        {
            assert_eq!(card_number(odd), None, "{odd:02X?}");
        }
        assert_eq!(card_number(&[0x13, 3, b'1', b'/', 0xFF]), None);
    }

    #[test]
    fn authorities_are_told_by_their_own_name() {
        let named = |subject: &str, byte| Found {
            subject_name: subject.into(),
            fingerprint: vec![byte; 20],
            ..Found::default()
        };
        let all = [
            named("AC RACINE IGC-SANTE FORT", 2),
            named("GlobalSign", 3),
            named("GIP-CPS ANONYME", 1),
            named("AC RACINE IGC-SANTE FORT", 2),
        ];
        assert_eq!(authorities(&all), ["01".repeat(20), "02".repeat(20)]);
    }
}
