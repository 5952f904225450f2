//! What a certificate, or a request for one, is for and whom it names: what a guide needs to know of a file.

use super::key::{KeyAlgorithm, PublicKey, SignatureAlgorithm};
use super::name::DistinguishedName;
use super::oid::{self, Oid};
use super::profile::{Profile, ProfileKind, Role};
use super::request::CertificateRequest;
use super::usage::KeyUsage;
use super::view::Certificate;
use crate::identity::{Name, StructureId};

/// The names that the téléservice INSi accepts, to the letter (GUIDE-HOP).
const INSI_NAMES: [(&str, Purpose); 2] = [("INSI-AUTO", Purpose::InsiAuto), ("INSI-MANU", Purpose::InsiManu)];

/// Bits of an RSA key below which nothing accepts it any more.
const RSA_BITS: usize = 2048;

/// What a certificate serves (certificates to order: GUIDE-HOP, F413 section 4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Purpose {
    /// INSi in batches: an organisation's authentication with its own name.
    InsiAuto,
    /// INSi by hand.
    InsiManu,
    /// Authentication of an organisation: DMP, Pro Santé Connect, a mailbox of MSSanté.
    OrgAuthentication,
    /// Signature of an organisation: documents for the DMP.
    OrgSignature,
    /// A server: an operator of MSSanté.
    Server,
    /// Confidentiality: what others encrypt for its holder.
    Confidentiality,
    /// Authentication of a person by software.
    ProAuthentication,
    /// Signature of a person by software.
    ProSignature,
    /// Authentication with a card: portals.
    CardAuthentication,
    /// Signature with a card.
    CardSignature,
    /// An authority: signs certificates and lists.
    Authority,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 11] = [
        Self::InsiAuto,
        Self::InsiManu,
        Self::OrgAuthentication,
        Self::OrgSignature,
        Self::Server,
        Self::Confidentiality,
        Self::ProAuthentication,
        Self::ProSignature,
        Self::CardAuthentication,
        Self::CardSignature,
        Self::Authority,
    ];

    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InsiAuto => "insi-auto",
            Self::InsiManu => "insi-manu",
            Self::OrgAuthentication => "org-authentication",
            Self::OrgSignature => "org-signature",
            Self::Server => "server",
            Self::Confidentiality => "confidentiality",
            Self::ProAuthentication => "pro-authentication",
            Self::ProSignature => "pro-signature",
            Self::CardAuthentication => "card-authentication",
            Self::CardSignature => "card-signature",
            Self::Authority => "authority",
        }
    }
}

/// What a certificate, or a request for one, is for and whom it names. What identifies somebody prints masked.
///
/// ```
/// use cpx_card::internal::certificate::{Certificate, Explanation, Purpose};
///
/// let bytes = include_bytes!("../../fixtures/pki/certificates/org-software.der");
/// let told = Explanation::of(&Certificate::parse(bytes)?);
/// assert_eq!((told.is_request, told.key_bits, told.purposes.as_slice()), (false, Some(2048), &[Purpose::OrgSignature][..]));
/// # Ok::<(), cpx_card::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// Whether it is a request (CSR): the authority may still change everything but the key.
    pub is_request: bool,
    /// The common name (CN): the service, the host, or the identifier of a holder.
    pub common_name: Option<Name>,
    /// The organisation (O).
    pub organisation: Option<Name>,
    /// The structure (OU).
    pub structure: Option<StructureId>,
    /// The host names.
    pub dns_names: Vec<String>,
    /// What kind of key it is.
    pub key: KeyAlgorithm,
    /// The size of the key in bits; `None` when it is not known.
    pub key_bits: Option<usize>,
    /// How it is signed.
    pub signature_algorithm: SignatureAlgorithm,
    /// The names of the key usages, as RFC 5280 writes them; a request may ask for none.
    pub key_usage: Vec<&'static str>,
    /// The extended key usages.
    pub extended_key_usage: Vec<Oid>,
    /// What it serves; empty where that cannot be told.
    pub purposes: Vec<Purpose>,
    /// The name that INSi wants, when the common name is not that to the letter: `INSI-AUTO` for `insi-auto`.
    pub meant_name: Option<&'static str>,
    /// Whether the name tells a person apart: a holder, or the structure of one person (RPPS rang, cabinet).
    pub names_a_person: bool,
    /// Whether the key is too short, or the signature is by MD5 or SHA-1.
    pub is_weak: bool,
}

impl Explanation {
    /// What this certificate is for.
    pub fn of(certificate: &Certificate) -> Self {
        Self::of_profile(certificate, &Profile::of(certificate))
    }

    /// The same, where its profile is known already.
    pub fn of_profile(certificate: &Certificate, profile: &Profile) -> Self {
        let parts = Parts {
            subject: certificate.subject(),
            key: certificate.public_key(),
            signature: certificate.signature_algorithm(),
            usage: certificate.key_usage(),
            extended: certificate.extended_key_usages(),
            dns_names: certificate.dns_names(),
        };
        let purposes = match (profile.kind, profile.role) {
            (ProfileKind::Authority, _) => vec![Purpose::Authority],
            (ProfileKind::Other, _) => Vec::new(),
            (kind, _) if kind.is_of_an_organisation() => parts.purposes(),
            (ProfileKind::ProSoftware, Role::Signature) => vec![Purpose::ProSignature],
            (ProfileKind::ProSoftware, _) if parts.is_for_confidentiality() => vec![Purpose::Confidentiality],
            (ProfileKind::ProSoftware, _) => vec![Purpose::ProAuthentication],
            (_, Role::Signature) => vec![Purpose::CardSignature],
            (_, Role::Authentication) => vec![Purpose::CardAuthentication],
            _ => Vec::new(),
        };
        let of_an_organisation = profile.kind.is_of_an_organisation();
        let mut told = parts.told(purposes, of_an_organisation);
        told.names_a_person |= !of_an_organisation && profile.kind != ProfileKind::Authority;
        told.structure.clone_from(&profile.structure);
        told
    }

    /// What the certificate that is asked for would be for.
    pub fn of_request(request: &CertificateRequest) -> Self {
        let parts = Parts {
            subject: request.subject(),
            key: request.public_key(),
            signature: request.signature_algorithm(),
            usage: request.key_usage(),
            extended: request.extended_key_usages(),
            dns_names: request.dns_names(),
        };
        let purposes = parts.purposes();
        Self { is_request: true, ..parts.told(purposes, true) }
    }
}

/// What certificates and requests have in common.
struct Parts<'a> {
    subject: &'a DistinguishedName,
    key: &'a PublicKey,
    signature: &'a SignatureAlgorithm,
    usage: Option<KeyUsage>,
    extended: &'a [Oid],
    dns_names: &'a [String],
}

impl Parts<'_> {
    fn has(&self, usage: &[u8]) -> bool {
        self.extended.iter().any(|one| one.as_der() == usage)
    }

    fn is_for_confidentiality(&self) -> bool {
        self.usage.is_some_and(|usage| usage.key_encipherment() && !usage.digital_signature())
    }

    /// What an organisation's certificate serves. Without usages, as in most requests, only a name of INSi tells.
    fn purposes(&self) -> Vec<Purpose> {
        let insi = INSI_NAMES.into_iter().find(|(name, _)| self.subject.common_name() == Some(name));
        if self.usage.is_some_and(KeyUsage::non_repudiation) {
            vec![Purpose::OrgSignature]
        } else if self.is_for_confidentiality() {
            vec![Purpose::Confidentiality]
        } else if self.has(oid::SERVER_AUTH) {
            vec![Purpose::Server]
        } else if let Some((_, purpose)) = insi {
            vec![purpose]
        } else if self.has(oid::CLIENT_AUTH) || self.usage.is_some_and(KeyUsage::digital_signature) {
            vec![Purpose::OrgAuthentication]
        } else {
            Vec::new()
        }
    }

    fn told(&self, purposes: Vec<Purpose>, of_an_organisation: bool) -> Explanation {
        let named = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(Name::from_text);
        let common_name = self.subject.common_name();
        let structure = self.subject.only(oid::UNIT).map(StructureId::parse);
        let of_a_person = self.subject.texts(oid::SURNAME).next().is_some()
            || self.subject.texts(oid::GIVEN_NAME).next().is_some()
            || common_name.is_some_and(|name| name.contains('@'))
            || structure.as_ref().is_some_and(|one| one.register().code().starts_with("CABINET"))
            || self.subject.organisation().is_some_and(is_a_practice);
        Explanation {
            is_request: false,
            common_name: named(common_name),
            organisation: named(self.subject.organisation()),
            structure,
            dns_names: self.dns_names.to_vec(),
            key: self.key.algorithm().clone(),
            key_bits: self.key.bits(),
            signature_algorithm: self.signature.clone(),
            key_usage: self.usage.into_iter().flat_map(KeyUsage::names).collect(),
            extended_key_usage: self.extended.to_vec(),
            purposes,
            meant_name: common_name.filter(|_| of_an_organisation).and_then(meant_name),
            names_a_person: of_a_person,
            is_weak: self.signature.is_weak() || is_short(self.key),
        }
    }
}

fn is_short(key: &PublicKey) -> bool {
    *key.algorithm() == KeyAlgorithm::Rsa && key.bits().is_none_or(|bits| bits < RSA_BITS)
}

/// The name of INSi that is meant by one that is nearly it.
fn meant_name(name: &str) -> Option<&'static str> {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    let meant =
        |wanted: &str| letters.starts_with(&wanted.replace('-', "")) && letters.len() < wanted.len().saturating_add(6);
    let found = INSI_NAMES.into_iter().map(|(wanted, _)| wanted).find(|wanted| meant(wanted));
    found.filter(|wanted| *wanted != name)
}

/// Whether the name of an organisation is that of one person's practice.
fn is_a_practice(name: &str) -> bool {
    let name = name.to_lowercase();
    name.split(|c: char| !c.is_alphanumeric()).any(|word| ["cabinet", "dr", "docteur"].contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_insi_are_taken_to_the_letter() {
        for name in ["INSI-AUTO", "INSI-MANU", "MON-LOGICIEL", "INSI", "INSITU", "", "INSI-AUTOMOBILES DE FRANCE"] {
            assert_eq!(meant_name(name), None, "{name}");
        }
        for name in ["insi-auto", "INSI_AUTO", "INSI AUTO", "INSIAUTO", "Insi-Auto", " INSI-AUTO", "INSI-AUTO1"] {
            assert_eq!(meant_name(name), Some("INSI-AUTO"), "{name}");
        }
        assert_eq!(meant_name("INSI-MANUEL"), Some("INSI-MANU"));
    }

    #[test]
    fn a_practice_is_a_person() {
        assert!(is_a_practice("CABINET DU DR ESSAI") && is_a_practice("Dr. Essai") && !is_a_practice("CH DREUX"));
    }

    #[test]
    fn the_codes_are_told_apart() {
        let codes: std::collections::BTreeSet<_> = Purpose::ALL.iter().map(|purpose| purpose.code()).collect();
        assert_eq!(codes.len(), Purpose::ALL.len());
    }
}
