//! The revocation lists of the fixtures, and answers of a responder signed on the spot with the published keys.

use std::path::{Path, PathBuf};

use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};

use super::cursor::{self, encode, explicit, implicit};
use super::*;
use crate::error::ErrorKind;

fn pki() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pki")
}

pub(super) fn certificate(path: &str) -> Certificate {
    Certificate::parse(&std::fs::read(pki().join(path).with_extension("der")).unwrap()).unwrap()
}

fn leaf(name: &str) -> Certificate {
    certificate(&format!("certificates/{name}.der"))
}

fn list(name: &str) -> RevocationList {
    RevocationList::parse(&std::fs::read(pki().join("crl").join(name).with_extension("crl")).unwrap()).unwrap()
}

fn at(day: &str) -> Moment {
    Moment::from_unix(Moment::start_of(day.parse().unwrap()).unix() + 43_200)
}

const TODAY: &str = "2026-11-20";

fn by(lists: &[RevocationList], leaf_name: &str, issuer: &str, day: &str) -> Revocation {
    let issuer = certificate(&format!("authorities/{issuer}.der"));
    Revocation::by_lists(&leaf(leaf_name), Some(&issuer), lists, at(day))
}

#[test]
fn a_fresh_list_says_who_is_revoked_and_who_is_not() {
    let lists = [list("fort-personnes"), list("fort-personnes-revoked"), list("standard-personnes-revoked")];
    let revoked = by(&lists[1..], "cps-expiree.auth", "fort-personnes", TODAY);
    let Revocation::Revoked { since, reason, source } = revoked else { panic!("{revoked:?}") };
    assert_eq!((since.to_string().as_str(), reason.code()), ("2023-05-16T09:30:00Z", "key-compromise"));
    assert_eq!((source.code(), revoked.code()), ("crl", "revoked"));
    let active = by(&lists[1..], "cps-medecin.sign", "fort-personnes", TODAY);
    let Revocation::NotRevoked { as_of, .. } = active else { panic!("{active:?}") };
    assert_eq!(as_of.to_string(), "2026-11-20T06:00:00Z");
    let staff = by(&lists, "cpe-employe-cps4.sign", "standard-personnes", TODAY);
    assert!(matches!(staff, Revocation::Revoked { reason: Reason::CessationOfOperation, .. }), "{staff:?}");
}

#[test]
fn a_list_past_its_day_proves_a_revocation_and_nothing_else() {
    let unknown = |reason| Revocation::Unknown(reason);
    let stale = [list("fort-personnes-stale")];
    assert_eq!(by(&stale, "cps-medecin.auth", "fort-personnes", TODAY), unknown(UnknownReason::Stale));
    assert_eq!(by(&stale, "cps-medecin.auth", "fort-personnes", "2026-10-03").code(), "not-revoked");
    let revoked = [list("fort-personnes-revoked")];
    assert_eq!(by(&revoked, "cps-expiree.auth", "fort-personnes", "2027-06-01").code(), "revoked");
    assert_eq!(by(&revoked, "cps-medecin.auth", "fort-personnes", "2027-06-01"), unknown(UnknownReason::Stale));
    assert_eq!(by(&revoked, "cps-expiree.auth", "fort-personnes", "2026-11-01"), unknown(UnknownReason::FromTheFuture));
    // The newest list counts, whatever the order.
    let both = [list("fort-personnes-stale"), list("fort-personnes-revoked")];
    assert_eq!(by(&both, "cps-medecin.auth", "fort-personnes", TODAY).code(), "not-revoked");
    assert!(both[1].is_fresh(at(TODAY)) && !both[0].is_fresh(at(TODAY)));
}

#[test]
fn a_list_must_be_of_the_issuer_and_signed_by_it() {
    let lists = [list("fort-personnes")];
    let card = leaf("cps-medecin.auth");
    let unknown = |reason| Revocation::Unknown(reason);
    assert_eq!(Revocation::by_lists(&card, None, &lists, at(TODAY)), unknown(UnknownReason::IssuerAbsent));
    assert_eq!(by(&lists, "cpe-employe.auth", "standard-personnes", TODAY), unknown(UnknownReason::NoList));
    let root = certificate("authorities/racine-fort.der");
    assert_eq!(Revocation::by_lists(&card, Some(&root), &lists, at(TODAY)), unknown(UnknownReason::IssuerAbsent));

    let mut bytes = std::fs::read(pki().join("crl/fort-personnes-revoked.crl")).unwrap();
    let place = bytes.windows(13).position(|window| window == b"230516093000Z").unwrap();
    bytes[place + 1] = b'4';
    let altered = RevocationList::parse(&bytes).unwrap();
    assert_eq!(by(&[altered], "cps-expiree.auth", "fort-personnes", TODAY), unknown(UnknownReason::BadSignature));
}

#[test]
fn broken_lists_are_errors_with_offsets() {
    let bytes = std::fs::read(pki().join("crl/fort-personnes-revoked.crl")).unwrap();
    for length in 0..bytes.len() {
        let error = RevocationList::parse(&bytes[..length]).unwrap_err();
        assert!(error.kind() == ErrorKind::Malformed && error.offset().is_some_and(|offset| offset <= length));
    }
    let card = leaf("cps-expiree.auth");
    for place in 0..bytes.len() {
        let mut mutant = bytes.clone();
        mutant[place] ^= 0x1F;
        if let Ok(list) = RevocationList::parse(&mutant) {
            let _ = list.entry(&card);
        }
    }
}

/// A partial list, or one with something critical that is not known, decides nothing.
#[test]
fn a_list_says_when_the_next_is_due_and_has_a_largest_size() {
    let due = list("fort-personnes-revoked").next_update().unwrap();
    assert_eq!(due.to_string(), "2026-11-27T06:00:00Z");
    let mut bytes = vec![0; crate::limits::CRL_BYTES];
    assert_eq!(RevocationList::parse(&bytes).unwrap_err().kind(), ErrorKind::Malformed);
    bytes.push(0);
    assert_eq!(RevocationList::parse(&bytes).unwrap_err().kind(), ErrorKind::LimitReached);
}

#[test]
fn lists_of_another_kind_are_not_used() {
    let scope = |content: &[&[u8]]| encode(cursor::SEQUENCE, content);
    let users = scope(&[&[0x81, 1, 0xFF]]);
    let authorities = scope(&[&[0x82, 1, 0xFF]]);
    let indirect = scope(&[&[0x84, 1, 0xFF]]);
    let cases = [
        (0x1C, users, "not-revoked"),
        (0x1C, authorities, "unknown"),
        (0x1C, indirect, "unknown"),
        (0x1C, scope(&[]), "not-revoked"),
        // A delta list.
        (0x1B, vec![2, 1, 1], "unknown"),
    ];
    let card = leaf("cps-medecin.auth");
    let issuer = certificate("authorities/fort-personnes.der");
    for (kind, content, code) in cases {
        let extension = encode(
            cursor::SEQUENCE,
            &[&[6, 3, 0x55, 29, kind], &[1, 1, 0xFF], &encode(cursor::OCTET_STRING, &[&content])],
        );
        let body = encode(
            cursor::SEQUENCE,
            &[
                &[2, 1, 1],
                &algorithm(),
                issuer.subject().as_der(),
                &encode(cursor::UTC_TIME, &[b"261120060000Z"]),
                &encode(cursor::UTC_TIME, &[b"261121060000Z"]),
                &encode(explicit(0), &[&encode(cursor::SEQUENCE, &[&extension])]),
            ],
        );
        let list = RevocationList::parse(&signed(&body, "ca-fort-personnes", &[])).unwrap();
        let answer = Revocation::by_lists(&card, Some(&issuer), &[list], at(TODAY));
        assert_eq!(answer.code(), code, "{kind:02X} {answer:?}");
    }
}

fn algorithm() -> Vec<u8> {
    encode(cursor::SEQUENCE, &[&encode(cursor::OID, &[oid::SHA256_RSA]), &[5, 0]])
}

/// Body, algorithm, signature by this key of the fixtures, and what comes after.
pub(super) fn signed(body: &[u8], key: &str, after: &[u8]) -> Vec<u8> {
    let text = std::fs::read(pki().join("keys").join(key).with_extension("pem")).unwrap();
    let der = pem::blocks(&text).next().unwrap().unwrap().content.unwrap();
    let pair = RsaKeyPair::from_pkcs8(&der).unwrap();
    let mut signature = vec![0; pair.public().modulus_len()];
    pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), body, &mut signature).unwrap();
    encode(cursor::SEQUENCE, &[body, &algorithm(), &encode(cursor::BIT_STRING, &[&[0], &signature]), after])
}

/// An answer about the certificate that the request names, with this status.
struct Answer<'a> {
    leaf: &'a Certificate,
    issuer: &'a Certificate,
    status: Vec<u8>,
    key: &'a str,
    responder: &'a Certificate,
    by_key: bool,
    after: Vec<u8>,
    /// Which certificate it is about, where that is not said as in the request.
    id: Option<Vec<u8>>,
}

impl Answer<'_> {
    fn bytes(&self) -> Vec<u8> {
        let time = |text: &[u8]| encode(cursor::GENERALIZED_TIME, &[text]);
        // The request is four SEQUENCE around the identifier of the certificate.
        let request = ocsp_request(self.leaf, self.issuer, None);
        let mut id = cursor::Cursor::new(&request).read("").unwrap();
        for _ in 0..4 {
            id = id.content().read("").unwrap();
        }
        let one = encode(
            cursor::SEQUENCE,
            &[
                self.id.as_deref().unwrap_or(id.bytes),
                &self.status,
                &time(b"20261120060000Z"),
                &encode(explicit(0), &[&time(b"20261121060000Z")]),
            ],
        );
        let responder = if self.by_key {
            encode(explicit(2), &[&encode(cursor::OCTET_STRING, &[&self.responder.public_key().sha1()])])
        } else {
            encode(explicit(1), &[self.responder.subject().as_der()])
        };
        let body =
            encode(cursor::SEQUENCE, &[&responder, &time(b"20261120060000Z"), &encode(cursor::SEQUENCE, &[&one])]);
        let basic = signed(&body, self.key, &self.after);
        let inner = encode(
            cursor::SEQUENCE,
            &[&encode(cursor::OID, &[oid::OCSP_BASIC]), &encode(cursor::OCTET_STRING, &[&basic])],
        );
        encode(cursor::SEQUENCE, &[&[10, 1, 0], &encode(explicit(0), &[&inner])])
    }
}

#[test]
fn a_responder_is_believed_when_the_issuer_vouches_for_it() {
    let (card, issuer) = (leaf("cps-medecin.auth"), certificate("authorities/fort-personnes.der"));
    let other = certificate("authorities/standard-personnes.der");
    let good = implicit(0);
    let answer = |status: Vec<u8>| Answer {
        leaf: &card,
        issuer: &issuer,
        status,
        key: "ca-fort-personnes",
        responder: &issuer,
        by_key: false,
        after: Vec::new(),
        id: None,
    };
    let judge = |answer: &Answer<'_>, day| Revocation::by_responder(&card, &issuer, &answer.bytes(), at(day));
    let unknown = |reason| Revocation::Unknown(reason);

    let says_good = answer(vec![good, 0]);
    let Revocation::NotRevoked { as_of, source } = judge(&says_good, TODAY) else { panic!() };
    assert_eq!((as_of.to_string().as_str(), source.code()), ("2026-11-20T06:00:00Z", "ocsp"));
    assert_eq!(judge(&Answer { by_key: true, ..answer(vec![good, 0]) }, TODAY).code(), "not-revoked");
    assert_eq!(judge(&says_good, "2026-11-25"), unknown(UnknownReason::Stale));
    assert_eq!(judge(&says_good, "2026-11-18"), unknown(UnknownReason::FromTheFuture));

    let revoked = encode(
        explicit(1),
        &[&encode(cursor::GENERALIZED_TIME, &[b"20260914140000Z"]), &encode(explicit(0), &[&[10, 1, 4]])],
    );
    let Revocation::Revoked { since, reason, .. } = judge(&answer(revoked), TODAY) else { panic!() };
    assert_eq!((since.to_string().as_str(), reason), ("2026-09-14T14:00:00Z", Reason::Superseded));
    assert_eq!(judge(&answer(vec![implicit(2), 0]), TODAY), unknown(UnknownReason::ResponderUnknowing));

    // Signed by another authority, under its own name or under that of the issuer.
    let wrong_key = Answer { key: "ca-standard-personnes", ..answer(vec![good, 0]) };
    assert_eq!(judge(&wrong_key, TODAY), unknown(UnknownReason::BadSignature));
    let wrong_responder = Answer { key: "ca-standard-personnes", responder: &other, ..answer(vec![good, 0]) };
    assert_eq!(judge(&wrong_responder, TODAY), unknown(UnknownReason::BadSignature));
    // A certificate that the issuer signed for something else does not make a responder.
    let colleague = leaf("cps-expiree.sign");
    let list = encode(explicit(0), &[&encode(cursor::SEQUENCE, &[colleague.as_der()])]);
    let by_card = Answer { key: "signature", responder: &colleague, after: list, ..answer(vec![good, 0]) };
    assert_eq!(judge(&by_card, TODAY), unknown(UnknownReason::BadSignature));

    // A responder may name the issuer by another hash; name and key both count.
    let key = issuer.public_key();
    let id = |hash: &[u8], name: &[u8], key: &[u8]| {
        let octets = |bytes: &[u8]| encode(cursor::OCTET_STRING, &[bytes]);
        let algorithm = encode(cursor::SEQUENCE, &[&encode(cursor::OID, &[hash])]);
        let serial = encode(cursor::INTEGER, &[card.serial().as_der()]);
        Some(encode(cursor::SEQUENCE, &[&algorithm, &octets(name), &octets(key), &serial]))
    };
    let name = issuer.subject().as_der();
    let (sha1, sha256) = (key::sha1, key::sha256);
    for (id, code) in [
        (id(oid::SHA256, &sha256(name), &key.key_sha256()), "not-revoked"),
        (id(oid::SHA256, &[0; 32], &key.key_sha256()), "unknown"),
        (id(oid::SHA256, &sha256(name), &[0; 32]), "unknown"),
        (id(oid::SHA1, &sha1(name), &key.sha1()), "not-revoked"),
        (id(oid::SHA1, &[0; 20], &key.sha1()), "unknown"),
        (id(oid::SHA1, &sha1(name), &[0; 20]), "unknown"),
        (id(oid::SHA512, &sha1(name), &key.sha1()), "unknown"),
    ] {
        assert_eq!(judge(&Answer { id, ..answer(vec![good, 0]) }, TODAY).code(), code);
    }

    // Asked about one certificate, answered about another.
    let twin = leaf("cps-medecin.sign");
    let answer = Revocation::by_responder(&twin, &issuer, &says_good.bytes(), at(TODAY));
    assert_eq!(answer, unknown(UnknownReason::OtherCertificate));
}

#[test]
fn a_responder_with_a_certificate_for_that_purpose_is_believed() {
    let (card, issuer) = (leaf("cps-medecin.auth"), certificate("authorities/fort-personnes.der"));
    let responder = |purpose: &[u8]| {
        // The signature certificate of the card, with another name and purpose.
        let usage = encode(cursor::SEQUENCE, &[&encode(cursor::OID, &[purpose])]);
        let extension = encode(
            cursor::SEQUENCE,
            &[&encode(cursor::OID, &[oid::EXTENDED_KEY_USAGE]), &encode(cursor::OCTET_STRING, &[&usage])],
        );
        let day = |text: &[u8]| encode(cursor::UTC_TIME, &[text]);
        let body = encode(
            cursor::SEQUENCE,
            &[
                &encode(explicit(0), &[&[2, 1, 2]]),
                &[2, 1, 7],
                &algorithm(),
                issuer.subject().as_der(),
                &encode(cursor::SEQUENCE, &[&day(b"260101000000Z"), &day(b"271231000000Z")]),
                leaf("org-software").subject().as_der(),
                leaf("cps-medecin.sign").public_key().as_der(),
                &encode(explicit(3), &[&encode(cursor::SEQUENCE, &[&extension])]),
            ],
        );
        Certificate::parse(&signed(&body, "ca-fort-personnes", &[])).unwrap()
    };
    for (purpose, code) in [(oid::OCSP_SIGNING, "not-revoked"), (oid::SERVER_AUTH, "unknown")] {
        let responder = responder(purpose);
        let list = encode(explicit(0), &[&encode(cursor::SEQUENCE, &[responder.as_der()])]);
        let answer = Answer {
            leaf: &card,
            issuer: &issuer,
            status: vec![implicit(0), 0],
            key: "signature",
            responder: &responder,
            by_key: true,
            after: list,
            id: None,
        };
        assert_eq!(Revocation::by_responder(&card, &issuer, &answer.bytes(), at(TODAY)).code(), code);
        assert_eq!(Revocation::by_responder(&card, &issuer, &answer.bytes(), at("2028-01-02")).code(), "unknown");
    }
}

/// A list of the fixtures' authority with these entries, good from the 20th to the 21st of November 2026.
fn list_of(entries: &[u8], extensions: &[u8]) -> RevocationList {
    let body = encode(
        cursor::SEQUENCE,
        &[
            &[2, 1, 1],
            &algorithm(),
            certificate("authorities/fort-personnes.der").subject().as_der(),
            &encode(cursor::UTC_TIME, &[b"261120060000Z"]),
            &encode(cursor::UTC_TIME, &[b"261121060000Z"]),
            &encode(cursor::SEQUENCE, &[entries]),
            extensions,
        ],
    );
    RevocationList::parse(&signed(&body, "ca-fort-personnes", &[])).unwrap()
}

/// A suspension can end: only a list of today says that it has not.
#[test]
fn a_suspension_counts_while_the_list_is_fresh() {
    let card = leaf("cps-medecin.auth");
    let entry = |reason: u8| {
        let value = encode(cursor::OCTET_STRING, &[&[cursor::ENUMERATED, 1, reason]]);
        let extension = encode(cursor::SEQUENCE, &[&encode(cursor::OID, &[oid::REASON]), &value]);
        let serial = encode(cursor::INTEGER, &[card.serial().as_der()]);
        let day = encode(cursor::UTC_TIME, &[b"261119060000Z"]);
        encode(cursor::SEQUENCE, &[&serial, &day, &encode(cursor::SEQUENCE, &[&extension])])
    };
    let (held, superseded) = (list_of(&entry(6), &[]), list_of(&entry(4), &[]));
    for (list, day, code) in [
        (&held, TODAY, "revoked"),
        (&held, "2026-12-20", "unknown"),
        (&superseded, TODAY, "revoked"),
        (&superseded, "2026-12-20", "revoked"),
    ] {
        let answer = by(std::slice::from_ref(list), "cps-medecin.auth", "fort-personnes", day);
        assert_eq!(answer.code(), code, "{day} {answer:?}");
    }
}

/// Two clocks may differ by five minutes, and by no second more.
#[test]
fn an_answer_counts_for_its_days_and_five_minutes() {
    let (this, next) = (Moment::from_unix(1_795_000_000), Moment::from_unix(1_795_086_400));
    let at = |next, seconds| revocation::freshness(this, next, Moment::from_unix(seconds));
    assert_eq!(at(Some(next), 1_795_000_000 - 300), Ok(()));
    assert_eq!(at(Some(next), 1_795_000_000 - 301), Err(UnknownReason::FromTheFuture));
    assert_eq!(at(Some(next), 1_795_086_400 + 300), Ok(()));
    assert_eq!(at(Some(next), 1_795_086_400 + 301), Err(UnknownReason::Stale));
    assert_eq!(at(None, 1_795_000_000 + 864_300), Ok(()));
    assert_eq!(at(None, 1_795_000_000 + 864_301), Err(UnknownReason::Stale));
}

#[test]
fn refusals_and_noise_are_no_answers() {
    let (card, issuer) = (leaf("cps-medecin.auth"), certificate("authorities/fort-personnes.der"));
    let judge = |bytes: &[u8]| Revocation::by_responder(&card, &issuer, bytes, at(TODAY));
    // tryLater
    assert_eq!(judge(&[0x30, 3, 10, 1, 3]), Revocation::Unknown(UnknownReason::ResponderRefused));
    for noise in [&b""[..], b"<html>", &[0x30, 0], &[0x30, 3, 10, 1, 0]] {
        assert_eq!(judge(noise), Revocation::Unknown(UnknownReason::Malformed), "{noise:02X?}");
    }
}
