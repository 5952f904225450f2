//! A certificate of the card: its bytes, and what was observed of it, which is saved with the card.

use serde::{Deserialize, Serialize};

use crate::certificate::{Certificate, Moment, Profile, Revocation, Role, Trust, TrustReason, Validity};
use crate::identity::{CardType, Private};
use crate::iso7816::hex_bytes;

use super::agreement::Field;

/// A certificate that anybody can read from the card.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Saved", into = "Saved")]
#[non_exhaustive]
pub struct PublicCertificate {
    /// Its label on the card: untrusted text.
    pub label: String,
    /// Its identifier on the card (`CKA_ID`), 0 to 255 bytes. Never tells its role.
    pub id: Vec<u8>,
    /// The outermost DER object of the file, as it stands on the card. Empty where an earlier version saved the card.
    pub der: Vec<u8>,
    /// Bytes in the file behind it: filler on most cards.
    pub trailing: usize,
    /// Where its bytes come from.
    pub source: CertificateSource,
    /// What was observed of it; nothing before it was verified, and nothing of one that cannot be understood.
    pub facts: Option<CertificateFacts>,
}

impl PublicCertificate {
    /// A certificate with these bytes, not verified yet.
    pub fn new(label: impl Into<String>, der: Vec<u8>) -> Self {
        let source = CertificateSource::Card;
        Self { label: label.into(), id: Vec::new(), der, trailing: 0, source, facts: None }
    }

    /// What its bytes say, where they can be understood.
    pub fn parsed(&self) -> Option<Certificate> {
        Certificate::parse(&self.der).ok()
    }
}

impl std::fmt::Debug for PublicCertificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PublicCertificate({:?}, {} bytes, {:?})", self.label, self.der.len(), self.facts)
    }
}

/// Where the bytes of a certificate come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CertificateSource {
    /// From the card, which was read directly.
    #[default]
    Card,
    /// From the card as well, the beginning only: serial number, issuer and validity at least.
    Head,
    /// From a PKCS#11 module.
    Module,
}

impl CertificateSource {
    /// The stable code: `card`, `head`, `module`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Head => "head",
            Self::Module => "module",
        }
    }

    #[allow(clippy::trivially_copy_pass_by_ref)] // serde passes it so
    fn is_card(&self) -> bool {
        *self == Self::Card
    }
}

/// What was observed of a certificate of a card: what it says, and what verifying it gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CertificateFacts {
    /// What it says of itself.
    pub content: CertificateContent,
    /// What verifying it gave.
    pub proof: CertificateProof,
}

/// What a certificate says of itself, as far as readiness asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CertificateContent {
    /// What it is for.
    pub role: Role,
    /// The common name of its issuer: untrusted text.
    pub issuer: String,
    /// The key identifier that it gives of its issuer, lower-case hexadecimal digits: with the name, what a later table of
    /// authorities judges anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer_key_id: Option<String>,
    /// The beginning of its validity, seconds since 1970 in UTC.
    pub not_before: i64,
    /// The end of its validity, seconds since 1970 in UTC.
    pub not_after: i64,
    /// The type of card that it names.
    #[serde(default)]
    pub card_type: Option<CardType>,
}

impl CertificateContent {
    /// What this certificate says.
    pub fn of(certificate: &Certificate) -> Self {
        let (profile, issuer) = (Profile::of(certificate), certificate.issuer());
        Self {
            role: profile.role,
            issuer: issuer.common_name().map_or_else(|| issuer.reveal(), str::to_owned),
            issuer_key_id: certificate.authority_key_id().map(hex::encode),
            not_before: certificate.not_before().unix(),
            not_after: certificate.not_after().unix(),
            card_type: profile.card_type,
        }
    }

    /// Where this moment stands in its validity.
    pub fn validity(&self, now: Moment) -> Validity {
        Validity::within(Moment::from_unix(self.not_before), Moment::from_unix(self.not_after), now)
    }
}

/// What verifying a certificate gave: kept, because nobody can verify one whose signature was taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CertificateProof {
    /// SHA-1 of the certificate, 40 lower-case hexadecimal digits, by which stores name it: compared, never shown.
    pub fingerprint: Private,
    /// What verifying its path gave.
    pub trust: Trust,
    /// Why it is not trusted, where that says more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<TrustReason>,
    /// Whether it was revoked.
    pub revocation: Revocation,
    /// Where it says something else than the chip.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differs_in: Vec<Field>,
}

impl CertificateProof {
    /// Whether it says itself that it is another card's, or another holder's.
    pub fn is_of_another(&self) -> bool {
        self.differs_in.iter().any(|field| matches!(field, Field::CardNumber | Field::HolderId))
    }
}

/// The saved form: what the bytes say is not said twice.
#[derive(Serialize, Deserialize)]
struct Saved {
    label: String,
    #[serde(default, with = "hex_bytes")]
    id: Vec<u8>,
    #[serde(default, with = "hex_bytes", skip_serializing_if = "Vec::is_empty")]
    der: Vec<u8>,
    #[serde(default)]
    trailing: u32,
    #[serde(default, skip_serializing_if = "CertificateSource::is_card")]
    source: CertificateSource,
    #[serde(default)]
    content: Option<CertificateContent>,
    #[serde(default)]
    proof: Option<CertificateProof>,
}

impl From<PublicCertificate> for Saved {
    fn from(PublicCertificate { label, id, der, trailing, source, facts }: PublicCertificate) -> Self {
        let trailing = u32::try_from(trailing).unwrap_or(u32::MAX);
        let (content, proof) = facts.map(|facts| (facts.content, facts.proof)).unzip();
        let by_bytes = Certificate::parse(&der).ok().map(|one| CertificateContent::of(&one));
        let content = content.filter(|content| by_bytes.as_ref() != Some(content));
        Self { label, id, der, trailing, source, content, proof }
    }
}

impl From<Saved> for PublicCertificate {
    fn from(Saved { label, id, der, trailing, source, content, proof }: Saved) -> Self {
        let content = content.or_else(|| Certificate::parse(&der).ok().map(|one| CertificateContent::of(&one)));
        let facts = content.zip(proof).map(|(content, proof)| CertificateFacts { content, proof });
        Self { label, id, der, trailing: usize::try_from(trailing).unwrap_or_default(), source, facts }
    }
}
