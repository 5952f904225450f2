//! A certificate as it is sent: written anew, with what tells nobody apart.
//!
//! What is kept is chosen: kind, authority, usages, codes, the month of the end. Names and numbers become the pseudonyms
//! that the rest of the file has, all of one length; the key, the serial number and the signature become zeros of the size
//! of their kind. Nobody finds the certificate again, and nothing can be verified any more.

use super::authority::{AuthorityTable, IssuerClaim};
use super::cursor::{self, encode, explicit, implicit};
use super::extension::Extension;
use super::key::KeyAlgorithm;
use super::months::Anonymity;
use super::name::{Attribute, DistinguishedName};
use super::oid;
use super::profile::{Profile, ProfileKind, SERVICE_TITLE, STAFF_TITLE, TRAINING_TITLE};
use super::view::{Certificate, Note};
use crate::identity::{Date, HolderId, Name, OTHER_PROFESSION, StructureId, codes, sent_profession};

const UTF8_STRING: u8 = 0x0C;
const PRINTABLE_STRING: u8 = 0x13;

/// Bytes of an object identifier beyond which an algorithm is no known one: the longest are those of RSASSA-PSS.
const LONGEST_ALGORITHM: usize = 96;

/// The certificate as it is sent, in DER. Of what is no certificate nothing stays: a sequence that is none either.
pub fn anonymous(bytes: &[u8], sent: &Anonymity<'_>) -> Vec<u8> {
    match Certificate::parse(bytes) {
        Ok(certificate) => Writing { certificate: &certificate, sent, profile: Profile::of(&certificate) }.whole(),
        Err(_) => encode(cursor::SEQUENCE, &[&encode(0x05, &[])]),
    }
}

struct Writing<'a> {
    certificate: &'a Certificate,
    profile: Profile,
    sent: &'a Anonymity<'a>,
}

impl Writing<'_> {
    fn whole(&self) -> Vec<u8> {
        let one = self.certificate;
        let algorithm = self.algorithm();
        let version = encode(explicit(0), &[&integer(&[one.version().saturating_sub(1)])]);
        let serial = self.sent.pseudonyms.some_bytes("serial", one.serial().as_der(), 15);
        let (from, until) = self.sent.validity(one.not_before(), one.not_after());
        let extensions: Vec<u8> =
            one.extensions().iter().filter_map(|extension| self.extension(extension)).collect::<Vec<_>>().concat();
        let extensions = encode(explicit(3), &[&encode(cursor::SEQUENCE, &[&extensions])]);
        let body = encode(
            cursor::SEQUENCE,
            &[
                if one.version() > 1 { &version } else { &[] },
                &integer(&[&[1], &serial[..]].concat()),
                &algorithm,
                &self.issuer(),
                &encode(cursor::SEQUENCE, &[&time(from), &time(until)]),
                &self.subject(one.subject()),
                &self.key(),
                if one.extensions().is_empty() { &[] } else { &extensions },
            ],
        );
        // as many zeros as a signature has: it is not verified, and known by them
        let signature = one.signature().len().clamp(64, 1024);
        encode(
            cursor::SEQUENCE,
            &[&body, &algorithm, &encode(cursor::BIT_STRING, &[&vec![0; signature.saturating_add(1)]])],
        )
    }

    fn algorithm(&self) -> Vec<u8> {
        let der = self.certificate.algorithm_der();
        let known = self.certificate.signature_algorithm().code() != "other" && der.len() <= LONGEST_ALGORITHM;
        if known { der.to_vec() } else { encode(cursor::SEQUENCE, &[&encode(cursor::OID, &[&[0x2A, 0x03]])]) }
    }

    /// Whether the issuer is one of those whom many certificates name: an authority of IGC-Santé or before it, or one that
    /// makes certificates of cards.
    fn is_of_known_issuer(&self) -> bool {
        self.profile.kind.is_of_a_card()
            || !matches!(AuthorityTable::igc_sante().claim(self.certificate), IssuerClaim::Unrelated)
    }

    fn issuer(&self) -> Vec<u8> {
        let issuer = self.certificate.issuer();
        if self.certificate.is_self_issued() {
            self.subject(issuer)
        } else if self.is_of_known_issuer() {
            issuer.as_der().to_vec()
        } else {
            let name = self.sent.pseudonyms.name(&Name::from_text(&issuer.reveal()));
            let common_name = attribute(oid::COMMON_NAME, name.reveal());
            encode(cursor::SEQUENCE, &[&encode(cursor::SET, &[&common_name])])
        }
    }

    /// Its attributes in their order, without places and what nobody reads.
    fn subject(&self, name: &DistinguishedName) -> Vec<u8> {
        let sets = name.rdns().map(|rdn| {
            let kept: Vec<u8> = rdn.iter().filter_map(|one| self.attribute(one)).collect::<Vec<_>>().concat();
            if kept.is_empty() { kept } else { encode(cursor::SET, &[&kept]) }
        });
        encode(cursor::SEQUENCE, &[&sets.collect::<Vec<_>>().concat()])
    }

    fn attribute(&self, one: &Attribute) -> Option<Vec<u8>> {
        let (pseudonyms, text, kind) = (self.sent.pseudonyms, one.reveal(), self.profile.kind);
        let name = || pseudonyms.name(&Name::from_text(text)).reveal().to_owned();
        let value = match one.oid().as_der() {
            _ if text.is_empty() => String::new(),
            oid::COUNTRY => "FR".to_owned(),
            oid::COMMON_NAME if self.profile.holder_id.is_some() => {
                pseudonyms.holder(&HolderId::parse(text)).reveal().to_owned()
            }
            oid::GIVEN_NAME => pseudonyms.given_name(&Name::from_text(text)).reveal().to_owned(),
            oid::UNIT if kind == ProfileKind::IgcCps2ter => title(text),
            oid::UNIT if self.profile.structure.is_some() => {
                pseudonyms.structure(&StructureId::parse(text)).reveal().to_owned()
            }
            oid::COMMON_NAME | oid::SURNAME | oid::PSEUDONYM | oid::ORGANISATION | oid::UNIT => name(),
            oid::TITLE => title(text),
            _ => return None,
        };
        Some(attribute(one.oid().as_der(), &value))
    }

    /// A key of its kind and size.
    fn key(&self) -> Vec<u8> {
        let key = self.certificate.public_key();
        let algorithm = key.algorithm_der();
        let algorithm = if algorithm.len() <= LONGEST_ALGORITHM { algorithm } else { vec![0x30, 0x00] };
        let bits = match (key.algorithm(), key.bits()) {
            (KeyAlgorithm::Rsa, Some(bits @ 8..=65_536)) => {
                let mut modulus = vec![0; bits.div_ceil(8)];
                if let Some(first) = modulus.first_mut() {
                    *first = 1 << (bits.saturating_sub(1) % 8);
                }
                let positive: &[u8] = if bits.is_multiple_of(8) { &[0] } else { &[] };
                let modulus = encode(cursor::INTEGER, &[positive, &modulus]);
                encode(cursor::SEQUENCE, &[&modulus, &integer(&[1, 0, 1])])
            }
            _ => vec![0; key.bytes().len().min(1024)],
        };
        encode(cursor::SEQUENCE, &[&algorithm, &encode(cursor::BIT_STRING, &[&[0], &bits])])
    }

    /// The extension, when it is one that is kept; one that could not be read stays one.
    fn extension(&self, one: &Extension) -> Option<Vec<u8>> {
        let kind = one.oid().as_der();
        let value = match kind {
            _ if self.certificate.notes().contains(&Note::BrokenExtension(one.oid().clone())) => vec![0x30, 0x7F],
            oid::SUBJECT_KEY => {
                encode(cursor::OCTET_STRING, &[&self.sent.pseudonyms.some_bytes("key", one.value(), 20)])
            }
            oid::AUTHORITY_KEY => {
                let id = self.certificate.authority_key_id()?;
                let other = self.sent.pseudonyms.some_bytes("key", id, 20);
                let id = if self.is_of_known_issuer() && id.len() <= 32 { id } else { &other };
                encode(cursor::SEQUENCE, &[&encode(implicit(0), &[id])])
            }
            oid::TOKEN_ID => match &self.profile.card_number {
                Some(number) => {
                    let number = self.sent.pseudonyms.card_number(number);
                    encode(PRINTABLE_STRING, &[b"8025000001/", number.reveal().as_bytes()])
                }
                None => encode(PRINTABLE_STRING, &[b"X"]),
            },
            oid::PROFESSION => code(self.profile.profession.map(sent_profession)),
            oid::FUTURE_PROFESSION => code(self.profile.future_profession.map(|_| OTHER_PROFESSION)),
            oid::CARD_TYPE | oid::CATEGORY | oid::RESPONSIBILITY => code(one.private_value().code()),
            oid::KEY_USAGE | oid::BASIC_CONSTRAINTS | oid::EXTENDED_KEY_USAGE if one.value().len() <= 64 => {
                one.value().to_vec()
            }
            oid::CRL_POINTS | oid::AUTHORITY_ACCESS if self.is_of_known_issuer() => one.value().to_vec(),
            _ => return None,
        };
        let critical = encode(cursor::BOOLEAN, &[&[0xFF]]);
        let critical: &[u8] = if one.is_critical() { &critical } else { &[] };
        let parts = [&encode(cursor::OID, &[kind]), critical, &encode(cursor::OCTET_STRING, &[&value])];
        Some(encode(cursor::SEQUENCE, &parts))
    }
}

fn attribute(kind: &[u8], text: &str) -> Vec<u8> {
    encode(cursor::SEQUENCE, &[&encode(cursor::OID, &[kind]), &encode(UTF8_STRING, &[text.as_bytes()])])
}

fn integer(magnitude: &[u8]) -> Vec<u8> {
    encode(cursor::INTEGER, &[magnitude])
}

/// A code, or what is read as none.
fn code(code: Option<u8>) -> Vec<u8> {
    encode(cursor::OCTET_STRING, &[code.as_slice()])
}

fn time(date: Date) -> Vec<u8> {
    let text = format!("{:04}{:02}{:02}000000Z", date.year(), date.month(), date.day());
    match date.year() {
        1950..2050 => encode(cursor::UTC_TIME, &[text.get(2..).unwrap_or_default().as_bytes()]),
        _ => encode(cursor::GENERALIZED_TIME, &[text.as_bytes()]),
    }
}

/// The title: what tells the kind of the card, and the professions that are kept.
fn title(text: &str) -> String {
    let is_kept = |label: &str| {
        let mut kept = (0..=u8::MAX).filter(|code| sent_profession(*code) == *code && *code != OTHER_PROFESSION);
        kept.any(|code| codes::profession_label(code) == Some(label))
    };
    match text {
        SERVICE_TITLE | STAFF_TITLE => text.to_owned(),
        _ if text.ends_with(TRAINING_TITLE) => format!("Autre {TRAINING_TITLE}"),
        _ if is_kept(text) => text.to_owned(),
        _ => "Autre".to_owned(),
    }
}
