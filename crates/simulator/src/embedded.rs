//! What is built in: the personalities, certificates and keys of `fixtures/`.

macro_rules! card {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../fixtures/cards/", $name, ".toml")))
    };
}

macro_rules! certificate {
    ($file:literal) => {
        ($file, include_bytes!(concat!("../../../fixtures/pki/certificates/", $file)))
    };
}

macro_rules! key {
    ($file:literal) => {
        ($file, include_str!(concat!("../../../fixtures/pki/keys/", $file)))
    };
}

/// The synthetic authorities that signed the certificates of the virtual cards, DER. No real card comes from them.
pub(super) const AUTHORITIES: [&[u8]; 3] = [
    include_bytes!("../../../fixtures/pki/authorities/fort-personnes.der"),
    include_bytes!("../../../fixtures/pki/authorities/standard-personnes.der"),
    include_bytes!("../../../fixtures/pki/authorities/elementaire-personnes.der"),
];

/// Name and text of each personality, in alphabetical order.
pub(super) const CARDS: &[(&str, &str)] = &[
    card!("banque"),
    card!("carte-inconnue"),
    card!("cda-directeur"),
    card!("cde-directeur"),
    card!("cnie"),
    card!("cpa-cps4"),
    card!("cpa-employe"),
    card!("cpe-contactless"),
    card!("cpe-employe"),
    card!("cpe-employe-cps4"),
    card!("cpe-la-poste"),
    card!("cpe-service"),
    card!("cpf-etudiant"),
    card!("cpf-interne"),
    card!("cps-bloquee"),
    card!("cps-bloquee-cps4"),
    card!("cps-corse"),
    card!("cps-dernier-essai"),
    card!("cps-deux-essais"),
    card!("cps-expiree"),
    card!("cps-huit-situations"),
    card!("cps-identifiant-invalide"),
    card!("cps-infirmier-adeli"),
    card!("cps-medecin"),
    card!("cps-medecin-contactless"),
    card!("cps-medecin-cps4"),
    card!("cps-pharmacien"),
    card!("cps-sage-femme-accents"),
    card!("cps-test"),
    card!("cps-test-cps4"),
    card!("cps2ter"),
    card!("muette"),
    card!("vitale"),
];

/// Name and DER of each certificate that a personality names, in alphabetical order.
const CERTIFICATES: &[(&str, &[u8])] = &[
    certificate!("cda-directeur.auth.der"),
    certificate!("cda-directeur.sign.der"),
    certificate!("cde-directeur.auth.der"),
    certificate!("cde-directeur.sign.der"),
    certificate!("cpa-cps4.auth.der"),
    certificate!("cpa-cps4.sign.der"),
    certificate!("cpa-employe.auth.der"),
    certificate!("cpa-employe.sign.der"),
    certificate!("cpe-contactless.tech.der"),
    certificate!("cpe-employe-cps4.auth.der"),
    certificate!("cpe-employe-cps4.sign.der"),
    certificate!("cpe-employe.auth.der"),
    certificate!("cpe-employe.sign.der"),
    certificate!("cpe-la-poste.auth.der"),
    certificate!("cpe-la-poste.sign.der"),
    certificate!("cpe-service.auth.der"),
    certificate!("cpe-service.sign.der"),
    certificate!("cpf-etudiant.auth.der"),
    certificate!("cpf-etudiant.sign.der"),
    certificate!("cpf-interne.auth.der"),
    certificate!("cpf-interne.sign.der"),
    certificate!("cps-bloquee-cps4.auth.der"),
    certificate!("cps-bloquee-cps4.sign.der"),
    certificate!("cps-bloquee.auth.der"),
    certificate!("cps-bloquee.sign.der"),
    certificate!("cps-corse.auth.der"),
    certificate!("cps-corse.sign.der"),
    certificate!("cps-dernier-essai.auth.der"),
    certificate!("cps-dernier-essai.sign.der"),
    certificate!("cps-deux-essais.auth.der"),
    certificate!("cps-deux-essais.sign.der"),
    certificate!("cps-expiree.auth.der"),
    certificate!("cps-expiree.sign.der"),
    certificate!("cps-huit-situations.auth.der"),
    certificate!("cps-huit-situations.sign.der"),
    certificate!("cps-identifiant-invalide.auth.der"),
    certificate!("cps-identifiant-invalide.sign.der"),
    certificate!("cps-infirmier-adeli.auth.der"),
    certificate!("cps-infirmier-adeli.sign.der"),
    certificate!("cps-medecin-contactless.tech.der"),
    certificate!("cps-medecin-cps4.auth.der"),
    certificate!("cps-medecin-cps4.sign.der"),
    certificate!("cps-medecin.auth.der"),
    certificate!("cps-medecin.sign.der"),
    certificate!("cps-pharmacien.auth.der"),
    certificate!("cps-pharmacien.sign.der"),
    certificate!("cps-sage-femme-accents.auth.der"),
    certificate!("cps-sage-femme-accents.sign.der"),
    certificate!("cps-test-cps4.auth.der"),
    certificate!("cps-test-cps4.sign.der"),
    certificate!("cps-test.auth.der"),
    certificate!("cps-test.sign.der"),
];

/// Name and PEM of the private keys, which all cards share.
const KEYS: &[(&str, &str)] = &[key!("authentication.pem"), key!("signature.pem"), key!("technical.pem")];

/// The text of a personality.
pub(super) fn card(name: &str) -> Option<&'static str> {
    find(CARDS, name)
}

/// A certificate by its file's name.
pub(super) fn certificate(file: &str) -> Option<&'static [u8]> {
    find(CERTIFICATES, file)
}

/// A private key by its file's name.
pub(super) fn key(file: &str) -> Option<&'static str> {
    find(KEYS, file)
}

fn find<T: Copy>(table: &[(&str, T)], name: &str) -> Option<T> {
    table.iter().find(|(known, _)| *known == name).map(|(_, content)| *content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Personality;

    fn folder(below: &str, extension: &str) -> Vec<String> {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(below);
        let mut names: Vec<_> = std::fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(extension))
            .collect();
        names.sort();
        names
    }

    #[test]
    fn every_personality_of_the_folder_is_built_in_and_can_be_read() {
        let mut names: Vec<_> = CARDS.iter().map(|(name, _)| format!("{name}.toml")).collect();
        names.sort();
        assert_eq!(names, folder("cards", ".toml"));
        for (name, text) in CARDS {
            let personality = Personality::parse(name, text).unwrap();
            assert!(!personality.summary().is_empty(), "{name}");
            assert_eq!(personality.reference_date(), "2026-11-20", "{name}");
        }
    }

    #[test]
    fn every_certificate_that_a_personality_names_is_built_in_and_no_other() {
        let here = folder("pki/certificates", ".der");
        for (file, _) in CERTIFICATES {
            assert!(here.iter().any(|name| name == file), "{file}");
            assert!(CARDS.iter().any(|(_, text)| text.contains(file)), "{file} is named by no personality");
        }
        assert!(CERTIFICATES.is_sorted_by_key(|(file, _)| *file) && CARDS.is_sorted_by_key(|(name, _)| *name));
    }
}
