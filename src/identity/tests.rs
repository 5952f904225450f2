//! The published identifiers, one by one, and what holds for every text.

use std::io::Write as _;
use std::path::Path;

use proptest::prelude::*;

use super::*;

const VECTORS: &str = include_str!("../../fixtures/identifier-vectors.csv");

/// What the two kinds of identifier answer, side by side.
#[derive(Debug, PartialEq)]
struct Answers {
    type_digit: Option<char>,
    register: Register,
    check: CheckVerdict,
    problem: Option<IdProblem>,
    note: Option<IdNote>,
}

fn holder_answers(text: &str) -> Answers {
    let id = HolderId::parse(text);
    Answers {
        type_digit: id.type_digit(),
        register: id.register(),
        check: id.check(),
        problem: id.problem(),
        note: id.note(),
    }
}

fn structure_answers(text: &str) -> Answers {
    let id = StructureId::parse(text);
    Answers {
        type_digit: id.type_digit(),
        register: id.register(),
        check: id.check(),
        problem: id.problem(),
        note: id.note(),
    }
}

/// The structure that a member of its staff names.
fn holder_as_structure(holder: &HolderId) -> StructureId {
    let digit = match holder.register() {
        Register::AdeliPractice => "0",
        Register::Finess => "1",
        Register::Siren => "2",
        Register::Siret => "3",
        Register::RppsPractice => "4",
        _ => "",
    };
    StructureId::parse(&format!("{digit}{}", holder.identifier()))
}

/// The pseudonym is judged like the original.
fn assert_pseudonym_fits(text: &str) {
    let pseudonyms = Pseudonyms::keyed(b"key");
    let holder = pseudonyms.holder(&HolderId::parse(text));
    let structure = pseudonyms.structure(&StructureId::parse(text));
    assert_eq!(holder_answers(holder.reveal()), holder_answers(text), "{text:?} {:?}", holder.reveal());
    assert_eq!(structure_answers(structure.reveal()), structure_answers(text), "{text:?} {:?}", structure.reveal());
}

#[test]
fn every_published_identifier_is_judged_as_published() {
    let mut reader = csv::Reader::from_reader(VECTORS.as_bytes());
    let mut rows = 0;
    for record in reader.records().map(Result::unwrap) {
        rows += 1;
        let (kind, value, typed, valid) = (&record[0], &record[1], &record[2], &record[3] == "yes");
        if kind == "CARD" {
            assert_eq!(CardNumber::parse(value).is_ok(), valid, "{value}");
            assert_eq!(CardNumber::from_token_id(typed).is_ok(), valid, "{typed}");
            continue;
        }
        let answers = match kind {
            "RPPS" | "ADELI" | "PS_IdNat" => holder_answers(typed),
            "FINESS" | "SIREN" | "SIRET" | "CAB-RPPS" => structure_answers(typed),
            other => panic!("no rule for the vectors of kind {other}"),
        };
        assert_eq!(answers.problem.is_none(), valid, "{typed} {answers:?}");
        let register = if kind == "CAB-RPPS" { "CABINET-RPPS" } else { kind };
        assert!(kind == "PS_IdNat" || answers.register.code() == register, "{typed} {answers:?}");
        assert!(!record[4].starts_with("Luhn") || answers.check != CheckVerdict::None, "{typed} {answers:?}");
        assert_pseudonym_fits(typed);
    }
    assert_eq!(rows, 65);
}

#[test]
fn the_check_digit_of_a_structure_is_that_of_its_staff() {
    let mut reader = csv::Reader::from_reader(VECTORS.as_bytes());
    let mut compared = 0;
    for record in reader.records().map(Result::unwrap) {
        let digit = match &record[0] {
            "FINESS" => '3',
            "SIREN" => '4',
            "SIRET" => '5',
            "CAB-RPPS" => '6',
            _ => continue,
        };
        let holder = HolderId::parse(&format!("{digit}{}/CPET0001", &record[1]));
        let structure = StructureId::parse(&record[2]);
        assert_eq!((holder.register(), holder.check()), (structure.register(), structure.check()), "{}", &record[1]);
        assert_eq!((holder.problem(), holder.note()), (structure.problem(), structure.note()), "{}", &record[1]);
        assert_eq!(holder.agrees_with(&structure), Some(true), "{}", &record[1]);
        compared += 1;
    }
    assert!(compared > 20);
}

#[test]
fn problems_say_which() {
    let cases = [
        ("10002813839", "leading-8-missing"),
        ("99700075122", "leading-8-missing"),
        ("81000281383", "length"),
        ("810003461033", "check-digit"),
        ("81000281383O", "characters"),
        ("8１0002813839", "characters"),
        ("00B60875100", "length"),
        ("00b6087510", "characters"),
        ("09C6087510", "characters"),
        ("712345678", "unknown-type"),
        ("", "unknown-type"),
        ("ABC", "unknown-type"),
        ("/", "unknown-type"),
        ("518751275100020A1000000017", "register-number"),
        ("30B0057881", "register-number"),
        ("30B0057881/", "register-number"),
        ("810002813839/1", "register-number"),
        ("9", "length"),
    ];
    for (text, code) in cases {
        assert_eq!(HolderId::parse(text).problem().map(IdProblem::code), Some(code), "{text}");
    }
    assert_eq!(StructureId::parse("10B0057881/1").problem(), Some(IdProblem::RegisterNumber));
    assert_eq!(StructureId::parse("7").problem(), Some(IdProblem::UnknownType));
    // A structure is never a bare RPPS number.
    assert_eq!(StructureId::parse("10002813839").problem(), Some(IdProblem::Length));
}

#[test]
fn a_bare_rpps_number_is_one_only_when_it_is_valid() {
    let bare = HolderId::parse("10002813839");
    assert_eq!((bare.type_digit(), bare.register(), bare.check()), (None, Register::Rpps, CheckVerdict::Valid));
    assert_eq!(bare.identifier(), "10002813839");
    let mistyped = HolderId::parse("10002813838");
    assert_eq!((mistyped.type_digit(), mistyped.register()), (Some('1'), Register::AdeliPractice));
    // Eleven digits with a Luhn sum of 0 too, and a beginning that the directory does not give out.
    for other in ["30750712181", "98000000012", "81000281386"] {
        assert_eq!(HolderId::parse(other).type_digit(), other.chars().next(), "{other}");
    }
}

#[test]
fn each_scheme_has_its_own_type_digits() {
    let codes = |register: fn(&str) -> Register| (0..10).map(|digit| register(&digit.to_string()).code()).collect();
    let holders: Vec<_> = codes(|text| HolderId::parse(text).register());
    let expected = "ADELI CABINET-ADELI DRASS FINESS SIREN SIRET CABINET-RPPS UNKNOWN RPPS ETUDIANT";
    assert_eq!(holders.join(" "), expected);
    let structures: Vec<_> = codes(|text| StructureId::parse(text).register());
    let expected = "CABINET-ADELI FINESS SIREN SIRET CABINET-RPPS FINESS FINESS UNKNOWN UNKNOWN UNKNOWN";
    assert_eq!(structures.join(" "), expected);
}

#[test]
fn notes_are_not_problems() {
    let test = HolderId::parse("00B6087510");
    assert_eq!((test.note().map(IdNote::code), test.problem()), (Some("test-department"), None));
    let student = HolderId::parse("90123456789A");
    assert_eq!((student.note().map(IdNote::code), student.problem()), (Some("withdrawn-type"), None));
    assert_eq!(student.check(), CheckVerdict::None);
    assert_eq!(StructureId::parse("5540002698").note(), Some(IdNote::WithdrawnType));
    assert_eq!(StructureId::parse("12B0000020").note(), None);
    // A SIREN has no department.
    assert_eq!(HolderId::parse("40B0057881/1").note(), None);
}

#[test]
fn agreement_needs_the_same_register() {
    let holder = HolderId::parse("4187512751/17");
    assert_eq!(holder.agrees_with(&StructureId::parse("2187512751")), Some(true));
    assert_eq!(holder.agrees_with(&StructureId::parse("2732829320")), Some(false));
    assert_eq!(holder.agrees_with(&StructureId::parse("1187512751")), None);
    assert_eq!(HolderId::parse("7187512751").agrees_with(&StructureId::parse("7187512751")), None);
}

#[test]
fn pseudonyms_agree_where_the_originals_did() {
    let pseudonyms = Pseudonyms::random().unwrap();
    for (holder, structure) in [
        ("30B0057881/CPET0002", "10B0057881"),
        ("518751275100020/A1000000017", "318751275100020"),
        ("699700735741008/1", "499700735741008"),
        ("30B0057881/CPET0002", "10B0307377"),
    ] {
        let (holder, structure) = (HolderId::parse(holder), StructureId::parse(structure));
        let agreed = holder.agrees_with(&structure);
        assert!(agreed.is_some());
        let sent = pseudonyms.holder(&holder).agrees_with(&pseudonyms.structure(&structure));
        assert_eq!(sent, agreed, "{holder:?}");
    }
}

#[test]
fn pseudonyms_are_stable_under_one_key_alone_and_of_one_length() {
    let id = HolderId::parse("810002813839");
    let [one, same, other] = [&b"1"[..], b"1", b"2"].map(|key| Pseudonyms::keyed(key).holder(&id));
    assert!(one == same && one != other && one != id);
    let pseudonyms = Pseudonyms::random().unwrap();
    let names = ["LE", "LEFÈVRE DE LA TOUR-D'AUVERGNE", "Ng"].map(|name| pseudonyms.name(&Name::from_text(name)));
    assert!(names.iter().all(|name| name.reveal().len() == 14), "{:?}", names.map(|name| name.reveal().to_owned()));
    let staff = ["30B0057881/1", "30B0057881/CPET0002-BIS"].map(|id| pseudonyms.holder(&HolderId::parse(id)));
    assert_eq!(staff[0].reveal().len(), staff[1].reveal().len());
    assert_eq!(pseudonyms.name(&Name::from_text("Élodie")), pseudonyms.name(&Name::from_text("ELODIE")));
    let given = ["JEAN-PAUL", "Jean"].map(|name| pseudonyms.given_name(&Name::from_text(name)));
    assert_eq!(given[0], given[1]);
}

#[test]
fn odd_texts_have_fitting_pseudonyms() {
    let texts = ["", "8", "02B", "2B", "1/", "/////", "9/", "10000000000", "1000000000X", "1234567890B", "99999999999"];
    texts.into_iter().for_each(assert_pseudonym_fits);
}

/// Identifiers of every type and nearly the right shape, with neither 0 nor X, which pseudonyms are made of.
fn near_identifiers() -> impl Strategy<Value = String> {
    let digit = prop_oneof![Just(String::new()), "[0-9]"];
    let identifier = prop_oneof!["[1-9]{8,15}", "(0B|2A|2B|9C)[1-9]{7}", "(0B|2A)[1-9]{9}", "1[1-9]{10}", "99[1-9]{9}"];
    let number = prop_oneof![Just(String::new()), "/[A-W1-9]{4,9}"];
    (digit, identifier, number).prop_map(|(digit, identifier, number)| digit + &identifier + &number)
}

proptest! {
    #[test]
    fn no_text_makes_anything_panic(text in any::<String>()) {
        let _ = (CardNumber::parse(&text), CardNumber::from_token_id(&text), ChipSerial::parse(&text));
        let _ = (codes::speciality_label(&text), codes::language_label(&text));
        assert_pseudonym_fits(&text);
        let (holder, structure) = (HolderId::parse(&text), StructureId::parse(&text));
        prop_assert_eq!((holder.reveal(), structure.reveal()), (text.as_str(), text.as_str()));
        prop_assert_eq!(holder.agrees_with(&holder_as_structure(&holder)), holder.register().is_of_structures().then_some(true));
        prop_assert_eq!(format!("{holder:?}{structure}"), format!("HolderId({:?}){}", mask(&text), mask(&text)));
    }

    #[test]
    fn pseudonyms_of_short_odd_texts_fit(text in "[0-9]{0,2}[0129AB/Xé]{0,14}") {
        assert_pseudonym_fits(&text);
    }

    #[test]
    fn pseudonyms_of_near_identifiers_fit(text in near_identifiers()) {
        assert_pseudonym_fits(&text);
    }
}

#[test]
fn the_copies_are_those_of_the_handbook() {
    let handbook = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/domain");
    if !handbook.is_dir() {
        writeln!(std::io::stderr(), "skipped: the handbook is not at {}", handbook.display()).unwrap();
        return;
    }
    let copies = [("identifier-vectors.csv", VECTORS), ("codes.csv", include_str!("codes.csv"))];
    for (file, copy) in copies {
        assert!(std::fs::read_to_string(handbook.join(file)).unwrap() == copy, "{file} has changed");
    }
}
