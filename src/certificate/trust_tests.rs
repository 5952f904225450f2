//! Paths that hold but for one thing: certificates of the fixtures, changed in one field and signed again with the
//! published keys.

use super::cursor::{self, Cursor, encode, explicit};
use super::revocation_tests::{certificate, signed};
use super::tests::{entry, synthetic_table};
use super::*;

/// 2026-11-20T12:00:00Z.
const NOW: Moment = Moment::from_unix(1_795_176_000);

/// Places of the fields of a certificate's body.
const SUBJECT: usize = 5;
const KEY: usize = 6;
const EXTENSIONS: usize = 7;

fn leaf() -> Certificate {
    certificate("certificates/cps-medecin.auth.der")
}

fn authority() -> Certificate {
    certificate("authorities/fort-personnes.der")
}

fn root() -> Certificate {
    certificate("authorities/racine-fort.der")
}

/// The certificate with changed fields, signed with this key.
fn forged(original: &Certificate, key: &str, change: impl FnOnce(&mut Vec<Vec<u8>>)) -> Certificate {
    let body = Cursor::new(original.as_der()).read("").unwrap().content().read("").unwrap();
    let mut fields: Vec<_> = body.content().elements().map(|field| field.unwrap().bytes.to_vec()).collect();
    change(&mut fields);
    Certificate::parse(&signed(&encode(cursor::SEQUENCE, &[&fields.concat()]), key, &[])).unwrap()
}

/// The certificate with this extension instead of its own of the kind.
fn with_extension(original: &Certificate, key: &str, kind: &[u8], value: &[u8]) -> Certificate {
    let others = original.extensions().iter().filter(|one| one.oid().as_der() != kind);
    let one = |oid: &[u8], value: &[u8]| {
        let parts = [encode(cursor::OID, &[oid]), encode(cursor::OCTET_STRING, &[value])];
        encode(cursor::SEQUENCE, &[&parts.concat()])
    };
    let mut all: Vec<_> = others.map(|other| one(other.oid().as_der(), other.value())).collect();
    all.push(one(kind, value));
    forged(original, key, |fields| {
        fields[EXTENSIONS] = encode(explicit(3), &[&encode(cursor::SEQUENCE, &[&all.concat()])]);
    })
}

/// An authority with so many others below it at most.
fn with_path_length(original: &Certificate, length: u8) -> Certificate {
    let value = encode(cursor::SEQUENCE, &[&[cursor::BOOLEAN, 1, 0xFF, cursor::INTEGER, 1, length]]);
    with_extension(original, "ca-racine-fort", oid::BASIC_CONSTRAINTS, &value)
}

/// An authority that may sign lists and no certificates.
fn without_signing(original: &Certificate) -> Certificate {
    with_extension(original, "ca-racine-fort", oid::KEY_USAGE, &[cursor::BIT_STRING, 2, 1, 2])
}

/// Name and key identifier of an authority, and another key.
fn impostor(original: &Certificate) -> Certificate {
    let key = certificate("authorities/standard-personnes.der").public_key().as_der().to_vec();
    forged(original, "ca-lookalike", |fields| fields[KEY] = key)
}

fn table(of: &[&Certificate]) -> AuthorityTable {
    AuthorityTable::new(of.iter().map(|one| entry(one, Environment::Production)))
}

type Answer = (Trust, Option<TrustReason>, Vec<usize>);

fn judge(table: &AuthorityTable, leaf: &Certificate, pool: &[Certificate], at: Moment) -> Answer {
    let verdict = Judge::with(table).judge(leaf, pool, at);
    (verdict.trust(), verdict.reason(), verdict.path().to_vec())
}

const fn broken(reason: TrustReason, path: Vec<usize>) -> Answer {
    (Trust::BrokenPath, Some(reason), path)
}

#[test]
fn an_authority_counts_from_its_first_to_its_last_second() {
    let (known, pool) = (table(&[&authority()]), [authority()]);
    let at = |seconds| judge(&known, &leaf(), &pool, Moment::from_unix(seconds));
    let (start, end) = (authority().not_before().unix(), authority().not_after().unix());
    let outside = broken(TrustReason::AuthorityOutOfValidity, vec![]);
    for (seconds, expected) in [
        (start - 1, outside.clone()),
        (start, (Trust::Trusted, None, vec![0])),
        (end, (Trust::Trusted, None, vec![0])),
        (end + 1, outside),
    ] {
        assert_eq!(at(seconds), expected, "{seconds}");
    }
}

#[test]
fn an_authority_signs_certificates_and_says_how_many_may_be_below_it() {
    let known = table(&[&root()]);
    let on = |above: Certificate| judge(&known, &authority(), &[above], NOW);
    assert_eq!(on(root()), (Trust::Trusted, None, vec![0]));
    assert_eq!(on(with_path_length(&root(), 1)), (Trust::Trusted, None, vec![0]));
    assert_eq!(on(with_path_length(&root(), 5)), (Trust::Trusted, None, vec![0]));
    assert_eq!(on(with_path_length(&root(), 0)), broken(TrustReason::PathLength, vec![]));
    assert_eq!(on(without_signing(&root())), broken(TrustReason::NotAnAuthority, vec![]));
    // one that is none, though its key may sign
    let nobody = with_extension(&root(), "ca-racine-fort", oid::BASIC_CONSTRAINTS, &[cursor::SEQUENCE, 0]);
    assert_eq!(on(nobody), broken(TrustReason::NotAnAuthority, vec![]));
    // the path up to the break is told
    let below = judge(&known, &leaf(), &[authority(), without_signing(&root())], NOW);
    assert_eq!(below, broken(TrustReason::NotAnAuthority, vec![0]));
}

/// What is behind a known authority is only followed where it holds.
#[test]
fn a_path_is_followed_to_its_root_past_whatever_is_none() {
    let known = table(&[&authority(), &root()]);
    let renamed = forged(&root(), "ca-racine-fort", |fields| fields[SUBJECT] = leaf().subject().as_der().to_vec());
    let decoys = [impostor(&root()), renamed, without_signing(&root()), certificate("authorities/racine-standard.der")];
    for decoy in decoys {
        let name = decoy.subject().to_string();
        let pool = [authority(), decoy, root()];
        let verdict = Judge::with(&known).judge(&leaf(), &pool, NOW);
        assert_eq!((verdict.path(), verdict.reaches_root()), (&[0, 2][..], true), "{name}");
        let verdict = Judge::with(&known).judge(&leaf(), &pool[..2], NOW);
        assert_eq!(
            (verdict.trust(), verdict.path(), verdict.reaches_root()),
            (Trust::Trusted, &[0][..], false),
            "{name}"
        );
    }
    let verdict = Judge::with(&known).judge(&leaf(), &[authority(), with_path_length(&root(), 3)], NOW);
    assert!(verdict.reaches_root());
}

#[test]
fn a_root_with_another_signature_is_named_and_not_believed() {
    let mut bytes = root().as_der().to_vec();
    *bytes.last_mut().unwrap() ^= 1;
    let verdict = Judge::with(&synthetic_table()).judge(&Certificate::parse(&bytes).unwrap(), &[], NOW);
    assert_eq!((verdict.trust(), verdict.authority().unwrap().name()), (Trust::BadSignature, "AC RACINE FORT"));
    assert!(!verdict.reaches_root());
}

/// Whoever has the name of an authority, and not its key, is told as such wherever it stands.
#[test]
fn an_impostor_is_recognised_at_the_bottom_on_the_way_and_above() {
    let known = table(&[&authority()]);
    let lookalike = |path| (Trust::UnknownIssuer, Some(TrustReason::LooksLikeIgcSante), path);
    assert_eq!(judge(&known, &impostor(&authority()), &[root()], NOW), lookalike(vec![]));
    let mut wrong = entry(&authority(), Environment::Production);
    wrong.key_sha256 = Some([0; 32]);
    assert_eq!(judge(&AuthorityTable::new([wrong]), &leaf(), &[authority(), root()], NOW), lookalike(vec![0]));
    // above an authority that is not in the table, somebody with the name of its root
    let pool = [authority(), impostor(&root())];
    let verdict = Judge::with(&table(&[&root()])).judge(&leaf(), &pool, NOW);
    assert_eq!((verdict.trust(), verdict.path()), (Trust::BadSignature, &[0][..]));
    assert_eq!(verdict.authority().unwrap().name(), "AC RACINE FORT");
    // directly above the certificate it is as if nobody were there
    let verdict = Judge::with(&known).judge(&leaf(), &[impostor(&authority())], NOW);
    assert_eq!((verdict.trust(), verdict.path()), (Trust::AuthorityAbsent, &[][..]));
    assert_eq!(verdict.authority().unwrap().name(), "AC FORT PERSONNES");
}

/// Where nobody is known, the answer is that of the path that comes furthest.
#[test]
fn strangers_are_told_apart_and_the_best_answer_counts() {
    let nobody = AuthorityTable::new([]);
    let unknown = |reason, path| (Trust::UnknownIssuer, Some(reason), path);
    assert_eq!(judge(&nobody, &leaf(), &[], NOW), unknown(TrustReason::IssuerAbsent, vec![]));
    assert_eq!(judge(&nobody, &root(), &[], NOW), unknown(TrustReason::SelfSigned, vec![]));
    assert_eq!(judge(&nobody, &leaf(), &[authority()], NOW), broken(TrustReason::IssuerAbsent, vec![0]));
    assert_eq!(judge(&nobody, &leaf(), &[authority(), root()], NOW), unknown(TrustReason::UnknownRoot, vec![0, 1]));
    let bad = [impostor(&authority())];
    assert_eq!(judge(&nobody, &leaf(), &bad, NOW), (Trust::BadSignature, None, vec![]));
    let [bad] = bad;
    let pool = [bad.clone(), authority(), root()];
    assert_eq!(judge(&nobody, &leaf(), &pool, NOW), unknown(TrustReason::UnknownRoot, vec![1, 2]));
    let late = Moment::from_unix(authority().not_after().unix() + 1);
    assert_eq!(judge(&nobody, &leaf(), &[bad, authority()], late), broken(TrustReason::AuthorityOutOfValidity, vec![]));
    let former = certificate("certificates/cps2ter.der");
    let verdict = Judge::igc_sante().judge(&former, &[], NOW);
    assert_eq!(verdict.reason(), Some(TrustReason::FormerAuthority));
}

/// The same name and key, and an identifier that says another key: not the issuer.
#[test]
fn an_issuer_has_the_key_identifier_that_the_certificate_names() {
    let other = with_extension(&authority(), "ca-racine-fort", oid::SUBJECT_KEY, &[cursor::OCTET_STRING, 2, 1, 2]);
    assert!(issuer_of(&leaf(), &[other]).is_none());
    assert!(issuer_of(&leaf(), &[authority()]).is_some());
}

#[test]
fn a_short_key_below_a_known_authority_is_weak() {
    let known = table(&[&authority()]);
    let with_key = |bytes: usize| {
        let modulus = [&[0][..], &vec![0xC5; bytes]].concat();
        let key = [encode(cursor::INTEGER, &[&modulus]), encode(cursor::INTEGER, &[&[1, 0, 1]])].concat();
        let key = encode(cursor::SEQUENCE, &[&key]);
        let kind = encode(cursor::SEQUENCE, &[&encode(cursor::OID, &[oid::RSA]), &[5, 0]]);
        let info = encode(cursor::SEQUENCE, &[&kind, &encode(cursor::BIT_STRING, &[&[0], &key])]);
        forged(&leaf(), "ca-fort-personnes", |fields| fields[KEY] = info)
    };
    for (bytes, weak) in [(128, true), (255, true), (256, false), (384, false)] {
        let verdict = Judge::with(&known).judge(&with_key(bytes), &[authority()], NOW);
        assert_eq!((verdict.trust(), verdict.is_weak()), (Trust::Trusted, weak), "{bytes} bytes");
    }
}

/// A list counts where the issuer's key may sign lists.
#[test]
fn a_list_is_signed_by_a_key_that_may_sign_lists() {
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/pki/crl/fort-personnes.crl")).unwrap();
    let lists = [RevocationList::parse(&bytes).unwrap()];
    let by = |issuer: &Certificate| Revocation::by_lists(&leaf(), Some(issuer), &lists, NOW);
    assert_eq!(by(&authority()).code(), "not-revoked");
    let certificates_only =
        with_extension(&authority(), "ca-racine-fort", oid::KEY_USAGE, &[cursor::BIT_STRING, 2, 2, 4]);
    assert_eq!(by(&certificates_only), Revocation::Unknown(UnknownReason::BadSignature));
}
