//! Kinds of certificates told from what little one says: names alone, private extensions alone, the shapes of the time
//! before IGC-Santé. None of these certificates is signed: a profile does not ask by whom.

use super::cursor::{self, encode, explicit};
use super::oid;
use super::profile::{Profile, ProfileKind, ProfileNote, Role};
use super::view::Certificate;
use crate::identity::{Distinction, TypeEvidence};

/// `UTF8String`.
const UTF8_STRING: u8 = 0x0C;

type Attributes<'a> = &'a [(&'a [u8], &'a str)];

const ELEMENTARY: Attributes<'_> = &[(oid::COMMON_NAME, "AC IGC-SANTE ELEMENTAIRE PERSONNES")];
const ORGANISATIONS: Attributes<'_> = &[(oid::COMMON_NAME, "AC IGC-SANTE ELEMENTAIRE ORGANISATIONS")];
const STRANGER: Attributes<'_> = &[(oid::COMMON_NAME, "AC FORT PERSONNES")];
/// A holder identifier that is an RPPS number of nobody, and an ADELI one.
const RPPS: &str = "899900000012";
const ADELI: &str = "0989999999";
const TRAINEE: &str = "Médecin en formation";
const STAFF: &str = "Personnel santé ou social";
const SERVICE: &str = "Carte de service santé ou social";

fn name(attributes: Attributes<'_>) -> Vec<u8> {
    let one = |(kind, text): &(&[u8], &str)| {
        let pair = [encode(cursor::OID, &[kind]), encode(UTF8_STRING, &[text.as_bytes()])].concat();
        encode(cursor::SET, &[&encode(cursor::SEQUENCE, &[&pair])])
    };
    encode(cursor::SEQUENCE, &[&attributes.iter().map(one).collect::<Vec<_>>().concat()])
}

/// A certificate of this name, by this name, with these extensions.
fn certificate(issuer: Attributes<'_>, subject: Attributes<'_>, extensions: &[(&[u8], &[u8])]) -> Certificate {
    let algorithm = encode(cursor::SEQUENCE, &[&encode(cursor::OID, &[oid::RSA])]);
    let day = encode(cursor::UTC_TIME, &[b"260101000000Z"]);
    let validity = encode(cursor::SEQUENCE, &[&day, &day]);
    let bits = encode(cursor::BIT_STRING, &[&[0]]);
    let key = encode(cursor::SEQUENCE, &[&algorithm, &bits]);
    let one = |(kind, value): &(&[u8], &[u8])| {
        encode(cursor::SEQUENCE, &[&encode(cursor::OID, &[kind]), &encode(cursor::OCTET_STRING, &[value])])
    };
    let all = encode(cursor::SEQUENCE, &[&extensions.iter().map(one).collect::<Vec<_>>().concat()]);
    let version = [0xA0, 3, 2, 1, 2];
    let fields = [&version[..], &[2, 1, 1], &algorithm, &name(issuer), &validity, &name(subject), &key];
    let body = encode(cursor::SEQUENCE, &[&fields.concat(), &encode(explicit(3), &[&all])]);
    Certificate::parse(&encode(cursor::SEQUENCE, &[&body, &algorithm, &bits])).unwrap()
}

fn profile(issuer: Attributes<'_>, subject: Attributes<'_>, extensions: &[(&[u8], &[u8])]) -> Profile {
    Profile::of(&certificate(issuer, subject, extensions))
}

/// A code as the private extensions have it.
fn code(value: u8) -> [u8; 3] {
    [cursor::INTEGER, 1, value]
}

/// A card number as the private extension has it.
fn token() -> Vec<u8> {
    encode(UTF8_STRING, &[b"8025000001/2000000123"])
}

#[test]
fn without_private_extensions_the_names_tell_and_it_is_said() {
    let person = [(oid::SURNAME, "ESSAI"), (oid::GIVEN_NAME, "ANNE")];
    let with = |more: Attributes<'static>| [&person[..], more].concat();
    let cases = [
        (ORGANISATIONS, vec![(oid::COMMON_NAME, "mss.chu.example")], Some(ProfileKind::OrgSoftware)),
        (ELEMENTARY, with(&[(oid::COMMON_NAME, RPPS)]), Some(ProfileKind::ProSoftware)),
        (ELEMENTARY, vec![(oid::SURNAME, "ESSAI")], Some(ProfileKind::ProSoftware)),
        (ELEMENTARY, vec![(oid::GIVEN_NAME, "ANNE")], Some(ProfileKind::ProSoftware)),
        // a person below the organisations, and nobody below the persons, are what else they look like
        (ORGANISATIONS, with(&[(oid::COMMON_NAME, RPPS)]), Some(ProfileKind::CpsRpps)),
        (ORGANISATIONS, with(&[(oid::COMMON_NAME, ADELI)]), Some(ProfileKind::CpsAdeli)),
        (ORGANISATIONS, with(&[(oid::TITLE, STAFF)]), Some(ProfileKind::CdeCpe)),
        (ORGANISATIONS, with(&[(oid::TITLE, TRAINEE)]), Some(ProfileKind::Cpf)),
        (ORGANISATIONS, with(&[(oid::TITLE, SERVICE)]), Some(ProfileKind::ServiceCard)),
        (ELEMENTARY, vec![(oid::PSEUDONYM, "ACCUEIL")], Some(ProfileKind::ServiceCard)),
        (ELEMENTARY, vec![(oid::TITLE, SERVICE)], Some(ProfileKind::ServiceCard)),
        (ELEMENTARY, vec![(oid::COMMON_NAME, RPPS)], None),
        (ORGANISATIONS, with(&[(oid::COMMON_NAME, RPPS), (oid::UNIT, "318751275100020")]), None),
        (ORGANISATIONS, with(&[(oid::COMMON_NAME, "Anne Essai")]), None),
        // somebody else's authority says nothing of a card
        (STRANGER, with(&[(oid::COMMON_NAME, RPPS)]), None),
        (STRANGER, vec![(oid::TITLE, SERVICE)], None),
    ];
    for (issuer, subject, kind) in cases {
        let profile = profile(issuer, &subject, &[]);
        assert_eq!(profile.kind, kind.unwrap_or(ProfileKind::Other), "{issuer:?} {subject:?}");
        assert_eq!(profile.notes.contains(&ProfileNote::KindFromName), kind.is_some(), "{issuer:?} {subject:?}");
    }
}

#[test]
fn a_card_number_or_a_category_makes_a_card_of_a_name() {
    let subject = [(oid::COMMON_NAME, RPPS), (oid::SURNAME, "ESSAI")];
    let token = token();
    for extension in [(oid::TOKEN_ID, &token[..]), (oid::CATEGORY, &code(0))] {
        let profile = profile(STRANGER, &subject, &[extension]);
        assert_eq!(profile.kind, ProfileKind::CpsRpps);
        assert_eq!(profile.notes, [ProfileNote::KindFromName]);
    }
    // one that stands on a card is no software certificate
    assert_eq!(profile(ELEMENTARY, &subject, &[(oid::TOKEN_ID, &token)]).kind, ProfileKind::CpsRpps);
}

#[test]
fn private_extensions_tell_before_names_do() {
    let person = [(oid::COMMON_NAME, "Anne Essai"), (oid::SURNAME, "ESSAI")];
    let post = [(oid::COMMON_NAME, "3318751275/ACCUEIL"), (oid::PSEUDONYM, "ACCUEIL")];
    let kind = |subject: Attributes<'_>, extension: (&[u8], &[u8])| profile(ELEMENTARY, subject, &[extension]).kind;
    let card_type = |value: u8| profile(ELEMENTARY, &person, &[(oid::CARD_TYPE, &code(value))]).kind;
    assert_eq!(
        [0, 1, 2, 3].map(card_type),
        [ProfileKind::Cps, ProfileKind::Cpf, ProfileKind::CdeCpe, ProfileKind::CdaCpa]
    );
    assert_eq!(card_type(4), ProfileKind::Other);
    assert_eq!(kind(&post, (oid::CARD_TYPE, &code(2))), ProfileKind::ServiceCard);
    let odd = profile(ELEMENTARY, &person, &[(oid::CARD_TYPE, &code(200)), (oid::CATEGORY, &code(200))]);
    assert_eq!(odd.notes, [ProfileNote::UnknownCardType, ProfileNote::UnknownCategory]);
    let shapeless = profile(ELEMENTARY, &person, &[(oid::CARD_TYPE, &[4, 2, 0, 0]), (oid::TOKEN_ID, b"\x0C\x02NO")]);
    assert_eq!(shapeless.notes[..2], [ProfileNote::OddExtension, ProfileNote::OddCardNumber]);
}

#[test]
fn an_unknown_title_is_noted_and_none_is_not() {
    let notes = |subject: Attributes<'_>| profile(ELEMENTARY, subject, &[(oid::CARD_TYPE, &code(2))]).notes;
    assert_eq!(notes(&[(oid::SURNAME, "ESSAI")]), []);
    assert_eq!(notes(&[(oid::SURNAME, "ESSAI"), (oid::TITLE, STAFF)]), []);
    assert_eq!(notes(&[(oid::SURNAME, "ESSAI"), (oid::TITLE, "Directrice")]), [ProfileNote::UnknownTitle]);
}

#[test]
fn the_level_of_responsibility_tells_heads_apart() {
    let told = |card_type: u8, level: u8, title: &str| {
        let subject = [(oid::SURNAME, "ESSAI"), (oid::TITLE, title)];
        let extensions = [(oid::CARD_TYPE, &code(card_type)[..]), (oid::RESPONSIBILITY, &code(level))];
        profile(ELEMENTARY, &subject, &extensions).card_type.unwrap().distinction()
    };
    assert_eq!(told(2, 1, "Directrice"), Some((Distinction::Cde, TypeEvidence::CertificateExtension)));
    assert_eq!(told(3, 1, "Directrice"), Some((Distinction::Cda, TypeEvidence::CertificateExtension)));
    assert_eq!(told(2, 2, STAFF), Some((Distinction::Cpe, TypeEvidence::CertificateTitle)));
    assert_eq!(told(2, 1, SERVICE), Some((Distinction::ServiceCard, TypeEvidence::CertificateTitle)));
    for (card_type, level, title) in [(2, 2, "Directrice"), (3, 2, STAFF), (0, 1, STAFF), (1, 1, STAFF)] {
        assert_eq!(told(card_type, level, title), None, "{card_type} {level} {title}");
    }
}

#[test]
fn before_igc_sante_the_unit_is_the_profession() {
    let subject =
        [(oid::COMMON_NAME, RPPS), (oid::UNIT, "Médecin"), (oid::ORGANISATION, "CABINET"), (oid::STATE, "Paris (75)")];
    for issuer in [
        &[(oid::COMMON_NAME, "GIP-CPS CLASSE-1")][..],
        &[(oid::COMMON_NAME, "TEST CLASSE-1")],
        &[(oid::UNIT, "AC-CLASSE-4-TEST"), (oid::ORGANISATION, "GIP-CPS-TEST")],
    ] {
        let profile = profile(issuer, &subject, &[(oid::CARD_TYPE, &code(0))]);
        assert_eq!((profile.kind, profile.title.as_deref()), (ProfileKind::IgcCps2ter, Some("Médecin")), "{issuer:?}");
        assert_eq!((&profile.structure, &profile.structure_name, &profile.department), (&None, &None, &None));
        assert!(profile.holder_id.is_some() && profile.service.is_none());
    }
    let title = [&subject[..], &[(oid::TITLE, "Pharmacien")]].concat();
    let with_title = profile(&[(oid::COMMON_NAME, "TEST CLASSE-1")], &title, &[]);
    assert_eq!(with_title.title.as_deref(), Some("Pharmacien"));
    for issuer in ["CLASSE-", "CLASSE-A", "CLASSE 1", "AC CLASSEMENT-1"] {
        let profile = profile(&[(oid::COMMON_NAME, issuer)], &subject, &[(oid::CARD_TYPE, &code(0))]);
        assert_eq!((profile.kind, profile.title), (ProfileKind::CpsRpps, None), "{issuer}");
        assert!(profile.structure.is_some() && profile.structure_name.is_some());
        assert_eq!(profile.department.map(|place| (place.name, place.code)), Some(("Paris".into(), "75".into())));
    }
}

#[test]
fn attributes_that_are_there_twice_are_noted_and_not_used() {
    for kind in [oid::COMMON_NAME, oid::SURNAME, oid::GIVEN_NAME, oid::TITLE, oid::ORGANISATION, oid::PSEUDONYM] {
        let profile = profile(STRANGER, &[(kind, "UN"), (kind, "DEUX")], &[(oid::CARD_TYPE, &code(1))]);
        assert_eq!(profile.notes, [ProfileNote::DoubleAttribute]);
        let used = [&profile.surname, &profile.given_name, &profile.structure_name, &profile.pseudonym];
        assert!(used.iter().all(|name| name.is_none()) && profile.title.is_none() && profile.holder_id.is_none());
    }
    assert_eq!(profile(STRANGER, &[(oid::SURNAME, "")], &[(oid::CARD_TYPE, &code(1))]).surname, None);
}

#[test]
fn a_department_is_a_name_and_a_number() {
    let place = |kind, text| {
        let department = profile(ELEMENTARY, &[(kind, text)], &[(oid::CARD_TYPE, &code(2))]).department.unwrap();
        (department.name, department.code)
    };
    let expected = |name: &str, code: &str| (name.to_owned(), code.to_owned());
    assert_eq!(place(oid::STATE, "Corse-du-Sud (2A) "), expected("Corse-du-Sud", "2A"));
    assert_eq!(place(oid::LOCALITY, "La Réunion ( 974 )"), expected("La Réunion", "974"));
    assert_eq!(place(oid::STATE, " Paris "), expected("Paris", ""));
    assert_eq!(place(oid::STATE, "Paris 75)"), expected("Paris 75)", ""));
}

#[test]
fn the_role_is_what_the_key_may_do() {
    let server = encode(cursor::SEQUENCE, &[&encode(cursor::OID, &[oid::SERVER_AUTH])]);
    let role =
        |extensions: &[(&[u8], &[u8])]| profile(ORGANISATIONS, &[(oid::COMMON_NAME, "x.example")], extensions).role;
    let (signs, proves) = (&[cursor::BIT_STRING, 2, 6, 0x40][..], &[cursor::BIT_STRING, 2, 7, 0x80][..]);
    let authority = [cursor::SEQUENCE, 3, cursor::BOOLEAN, 1, 0xFF];
    assert_eq!(role(&[]), Role::Authentication);
    assert_eq!(role(&[(oid::KEY_USAGE, proves)]), Role::Authentication);
    assert_eq!(role(&[(oid::KEY_USAGE, signs), (oid::EXTENDED_KEY_USAGE, &server)]), Role::Signature);
    assert_eq!(role(&[(oid::KEY_USAGE, proves), (oid::EXTENDED_KEY_USAGE, &server)]), Role::Technical);
    assert_eq!(role(&[(oid::BASIC_CONSTRAINTS, &authority), (oid::KEY_USAGE, signs)]), Role::Other);
    let authority = profile(STRANGER, &[(oid::UNIT, "0002 187512751")], &[(oid::BASIC_CONSTRAINTS, &authority)]);
    assert_eq!((authority.kind, authority.structure), (ProfileKind::Authority, None));
}

/// `C=FR, O=GIP-CPS, OU=GIP-CPS ANONYME`: signs lists only, and another authority signed it.
#[test]
fn an_authority_that_only_signs_lists_is_no_authentication() {
    let name = |unit| [(oid::ORGANISATION, "GIP-CPS"), (oid::UNIT, unit)];
    let usage = [cursor::BIT_STRING, 2, 1, 2];
    let profile = profile(&name("GIP-CPS"), &name("GIP-CPS ANONYME"), &[(oid::KEY_USAGE, &usage)]);
    assert_eq!((profile.kind, profile.role, profile.title), (ProfileKind::Authority, Role::Other, None));
}
