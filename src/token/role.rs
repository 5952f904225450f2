//! Which certificate of a card is for what: by its label, else by its key usages; never by its identifier, of which there
//! are two schemes.

use crate::certificate::{Certificate, Profile, Role};

/// The labels of the certificates of a CPx, without the accents and apostrophes that differ between writings.
const CERTIFICATES: [(&str, Role); 3] = [
    ("Certificat d'Authentification CPS", Role::Authentication),
    ("Certificat de Signature CPS", Role::Signature),
    ("Certificat Technique CPS", Role::Technical),
];

/// What a certificate is for.
pub fn role(label: &str, der: &[u8]) -> Role {
    let label = label.trim().replace('’', "'");
    match CERTIFICATES.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(&label)) {
        Some((_, role)) => role,
        None => Certificate::parse(der).map_or(Role::Other, |certificate| Profile::of(&certificate).role),
    }
}

/// The label, when it is one that every CPx has: then it tells nothing of a person.
pub fn known_label(label: &str) -> Option<&'static str> {
    CERTIFICATES.into_iter().map(|(known, _)| known).find(|known| *known == label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_tell_the_role_and_else_the_usages_do() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pki/certificates");
        let der = |name: &str| std::fs::read(folder.join(name)).unwrap();
        let (authentication, signature) = (der("cps-medecin.auth.der"), der("cps-medecin.sign.der"));
        assert_eq!(role("Certificat d’Authentification CPS", b""), Role::Authentication);
        assert_eq!(role("Certificat Technique CPS ", &authentication), Role::Technical);
        assert_eq!(role("02", &authentication), Role::Authentication);
        assert_eq!(role("01", &signature), Role::Signature);
        assert_eq!(role("01", b"no certificate"), Role::Other);
        assert_eq!(known_label("Certificat de Signature CPS"), Some("Certificat de Signature CPS"));
        assert_eq!(known_label("Jeanne Dupont"), None);
    }
}
