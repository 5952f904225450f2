//! Every row of every table: what it answers, and the neighbouring case that it does not answer.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::order_tests::request;
use super::tables::Rules;
use super::*;

/// Rule, case that it answers, answer; then a case that differs and the rule that answers that one. A case is
/// question, card, category, state, what is declared.
const CARDS: &str = "
K1  administrator foreign unknown unknown unknown                        no        | administrator no-card unknown unknown unknown A1
K2  legal-representative unreadable unknown unknown yes                  to-verify | legal-representative no-card unknown unknown yes L1
K13 administrator too-old unknown unknown unknown                        no        | administrator unreadable unknown unknown unknown K2
A1  administrator no-card unknown unknown unknown                        no        | mandatary no-card unknown unknown unknown M1
L1  legal-representative no-card unknown unknown yes                     no        | practice-owner no-card unknown unknown yes P1
M1  mandatary no-card unknown unknown yes                                no        | mandatary cde-cpe real valid yes M3
P1  practice-owner no-card unknown unknown yes                           no        | practice-owner cps real valid yes P3
K3  administrator cps test expired unknown                               no        | administrator cps real expired unknown K6
K4  administrator cde-cpe test valid-unchecked unknown                   no        | administrator cde-cpe real valid-unchecked unknown A5
K5  administrator cps other valid unknown                                no        | administrator cps real valid unknown A4
K6  legal-representative cps real opposed yes                            no        | legal-representative cps real valid yes L6
K7  administrator cpf real expired unknown                               no        | administrator cpf real valid unknown A6
A2  administrator cde-cpe real expired unknown                           no        | administrator cde-cpe real valid unknown A5
L2  legal-representative cde real opposed yes                            no        | legal-representative cde real valid yes L4
M2  mandatary cda-cpa real expired yes                                   no        | mandatary cda-cpa real valid yes M3
P2  practice-owner cde-cpe real opposed unknown                          no        | practice-owner cps real opposed unknown K6
K8  administrator cps real not-yet-valid unknown                         no        | administrator cps real valid-unchecked unknown A4
A3  administrator service-card real valid unknown                        no        | administrator cde-cpe real valid unknown A5
K9  mandatary unnamed real valid yes                                     no        | mandatary cps real valid yes M3
K10 administrator cda-cpa real doubtful unknown                          to-verify | administrator cda-cpa real valid unknown A5
K11 administrator cps real unknown unknown                               to-verify | administrator cps real valid unknown A4
K12 administrator cps unknown valid unknown                              to-verify | administrator cps real valid unknown A4
A4  administrator cps real valid-unchecked unknown                       yes       | administrator cpf real valid-unchecked unknown A6
A5  administrator cda real valid unknown                                 yes       | administrator cda test valid unknown K4
A6  administrator cpf real valid unknown                                 to-verify | administrator cps real valid unknown A4
A7  administrator unknown-type real valid unknown                        to-verify | administrator cps real valid unknown A4
L3  legal-representative cde real valid no                               no        | legal-representative cde real valid yes L4
L4  legal-representative cda real valid yes                              yes       | legal-representative cda real valid unknown L5
L5  legal-representative cde real valid-unchecked unknown                to-verify | legal-representative cde real valid-unchecked no L3
L6  legal-representative cps real valid yes                              yes       | legal-representative cps real valid unknown L7
L7  legal-representative cps real valid-unchecked unknown                to-verify | legal-representative cps real valid-unchecked no L3
L8  legal-representative cde-cpe real valid yes                          to-verify | legal-representative cda-cpa real valid yes L9
L9  legal-representative cda-cpa real valid yes                          to-verify | legal-representative cda-cpa real valid unknown L10
L10 legal-representative cde-cpe real valid unknown                      to-verify | legal-representative cde-cpe real valid no L3
L11 legal-representative cpf real valid yes                              to-verify | legal-representative cpf real valid no L3
M3  mandatary cps real valid yes                                         yes       | mandatary cps real valid no M4
M4  mandatary cde-cpe real valid no                                      no        | mandatary cde-cpe real valid unknown M5
M5  mandatary cda-cpa real valid-unchecked unknown                       to-verify | mandatary cda-cpa real expired unknown M2
P3  practice-owner cps real valid yes                                    yes       | practice-owner cde-cpe real valid yes P7
P4  practice-owner cps real valid no                                     no        | practice-owner cps real valid unknown P5
P5  practice-owner cps real valid-unchecked unknown                      to-verify | practice-owner cps test valid-unchecked unknown K4
P6  practice-owner unknown-type real valid yes                           to-verify | practice-owner cps real valid yes P3
P7  practice-owner cpf real valid yes                                    no        | practice-owner cps real valid yes P3
";

fn case(words: &[&str]) -> CardCase {
    let [question, card, category, state, declared] = words else { panic!("{words:?}") };
    CardCase {
        question: Question::from_code(question).expect(question),
        card: CardKind::from_code(card).expect(card),
        category: Realness::from_code(category).expect(category),
        state: CardState::from_code(state).expect(state),
        declared: Declared::from_code(declared).expect(declared),
    }
}

fn answered(words: &[&str]) -> &'static CardRule {
    CardRule::of(case(words)).unwrap()
}

#[test]
fn every_rule_about_cards_answers_its_case_and_not_its_neighbour() {
    let mut seen = BTreeSet::new();
    for line in CARDS.lines().filter(|line| !line.is_empty()) {
        let (hit, miss) = line.split_once('|').unwrap();
        let hit: Vec<_> = hit.split_whitespace().collect();
        let rule = answered(&hit[1..6]);
        assert_eq!((rule.citation().rule, rule.answer.code()), (hit[0], hit[6]), "{line}");
        let miss: Vec<_> = miss.split_whitespace().collect();
        let other = answered(&miss[..5]);
        assert_eq!(other.citation().rule, miss[5], "{line}");
        assert_ne!(other.citation().rule, rule.citation().rule);
        seen.insert(hit[0].to_owned());
    }
    let all: BTreeSet<_> = Rules::get().cards.iter().map(|rule| rule.citation().rule.to_owned()).collect();
    assert_eq!(seen, all, "a rule without its test, or a test without its rule");
}

/// What no card can tell is never answered "yes" from the card, whatever the card.
#[test]
fn every_case_has_a_rule_and_none_claims_what_the_card_cannot_tell() {
    for &question in Question::ALL {
        for &card in CardKind::ALL {
            for &category in Realness::ALL {
                for &state in CardState::ALL {
                    for &declared in Declared::ALL {
                        let case = CardCase { question, card, category, state, declared };
                        let rule = CardRule::of(case).unwrap_or_else(|| panic!("{case:?}"));
                        let is_active = matches!(state, CardState::Valid | CardState::Unchecked);
                        if rule.answer == Answer::Yes {
                            assert!(is_active && category == Realness::Real, "{case:?}");
                            assert!(question == Question::Administrator || declared == Declared::Yes, "{case:?}");
                            assert!(!matches!(card, CardKind::Service | CardKind::Unnamed | CardKind::Foreign));
                            assert!(!matches!(card, CardKind::NoCard | CardKind::Unreadable | CardKind::TooOld));
                        }
                        // "no" says what to do first, "to verify" what to ask or to do
                        match rule.answer {
                            Answer::Yes => {}
                            Answer::No => assert!(!rule.first().is_empty(), "{case:?}"),
                            Answer::Verify => {
                                assert!(!rule.ask().is_empty() || !rule.first().is_empty(), "{case:?}");
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Each step with a way that has this row of it, and one that has another row of the same step, or none.
#[test]
fn every_row_of_the_steps_is_taken_by_its_case_and_not_by_its_neighbour() {
    let hospital = ("public-hospital", "finess-legal", "administrator", "dmp");
    let pharmacy = ("pharmacy", "implicit", "practice-owner", "dmp");
    let publisher = ("public-hospital", "finess-legal", "publisher", "psc");
    let company = ("no-patients", "none", "legal-representative", "psc");
    let registers = ("medico-social", "none", "legal-representative", "rpps-plus");
    let mandatary = ("dialysis", "unknown", "mandatary", "other");
    let both = ("health-house", "none", "legal-representative", "insi rpps-plus");
    let mut seen = BTreeSet::new();
    for (rule, with, without) in [
        ("J1", pharmacy, hospital),
        ("J2", mandatary, hospital),
        ("J3", company, registers),
        ("J4", registers, company),
        ("J5", hospital, company),
        ("J6", pharmacy, hospital),
        ("J7", company, hospital),
        ("J8", hospital, company),
        ("J9", mandatary, hospital),
        ("J10", hospital, mandatary),
        ("J11", publisher, hospital),
        ("J12", pharmacy, hospital),
        ("J13", hospital, pharmacy),
        ("J14", publisher, hospital),
        ("J15", hospital, publisher),
        ("J16", hospital, registers),
        ("J17", both, registers),
        ("J18", hospital, registers),
        ("J19", hospital, registers),
        ("J20", hospital, registers),
        ("J21", hospital, registers),
        ("J22", hospital, registers),
        ("J23", hospital, registers),
        ("J24", hospital, registers),
        ("J25", hospital, registers),
        ("J26", hospital, registers),
        ("J27", registers, hospital),
        ("J28", registers, hospital),
        ("J29", both, hospital),
        ("J30", registers, hospital),
    ] {
        let has = |(structure, contract, role, needs): (&str, &str, &str, &str)| {
            let (structure, contract) =
                (Structure::from_code(structure).unwrap(), Contract::from_code(contract).unwrap());
            let request = request(structure, contract, needs).with_role(Role::from_code(role));
            let journey = Journey::of(request, None, &[]);
            journey.stages.iter().any(|stage| stage.rule.citation().rule == rule)
        };
        assert!(has(with) && !has(without), "{rule}");
        seen.insert(rule);
    }
    assert_eq!(seen, StepRule::all().iter().map(|rule| rule.citation().rule).collect());
}

/// Whoever asks, for whatever: the steps are in order, each once, with somebody who does it and somewhere to go.
#[test]
fn every_way_leads_on() {
    for &structure in Structure::ALL {
        for &contract in Contract::ALL {
            for &role in Role::ALL {
                for needs in Need::ALL.iter().map(|need| vec![*need]).chain([Need::ALL.to_vec()]) {
                    let case = format!("{structure:?} {contract:?} {role:?} {needs:?}");
                    let request = Request::new(structure, contract, needs.clone()).with_role(Some(role));
                    let journey = Journey::of(request.clone(), None, &[]);
                    let steps: Vec<_> = journey.stages.iter().map(|stage| stage.rule.step.as_str()).collect();
                    assert_eq!(steps.iter().collect::<BTreeSet<_>>().len(), steps.len(), "{case}");
                    assert_eq!(steps[..2], ["contract", "representative-card"], "{case}");
                    let orders = needs.iter().any(|need| *need != Need::RppsPlus);
                    assert_eq!(steps.contains(&"f413") && steps.contains(&"renew"), orders, "{case}");
                    assert_eq!(steps.contains(&"rpps-sign-in"), needs.contains(&Need::RppsPlus), "{case}");
                    let addresses =
                        journey.stages.iter().flat_map(|stage| stage.rule.places()).flat_map(Place::addresses);
                    assert!(addresses.count() > 2 && journey.next.is_some(), "{case}");
                    // what is said to be done is behind, and the next step is the one after it
                    let last = steps.len() - 1;
                    let done = Journey::of(request, None, &[steps[last - 1]]);
                    assert!(done.stages[..last].iter().all(|stage| stage.progress == Progress::Done), "{case}");
                    assert_eq!(done.next, Some(last), "{case}");
                }
            }
        }
    }
}

#[test]
fn steps_are_named_in_french_and_english() {
    for rule in StepRule::all() {
        for name in [&rule.step, &rule.french] {
            assert_eq!(StepRule::named(&name.to_uppercase()), Some(rule.step.as_str()), "{name}");
        }
    }
    assert_eq!(StepRule::named("château"), None);
}

#[test]
fn forms_are_found_by_number_code_phrase_role_and_word() {
    let found = |words: &str| {
        let answer = find_forms(words, |_| String::new());
        answer.occasions.iter().map(|rule| rule.occasion.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(found("Carte PERDUE"), ["loss"]);
    assert_eq!(found("code-lost"), ["code-lost"]);
    assert_eq!(found("télésurveillance"), ["telemonitoring"]);
    assert!(found("mandatary").contains(&"mandatary-with-card"));
    assert!(found("opti").contains(&"appliances"));
    assert!(found("château").is_empty() && found("").is_empty() && found("la carte").is_empty());
    let form = find_forms("f504", |_| String::new());
    assert_eq!((form.forms.len(), form.occasions.len()), (1, 1));
    assert_eq!(find_forms("301", |_| String::new()).forms[0].form, Form::F301);
    assert!(!find_forms("zebra", |_| "a zebra".to_owned()).is_empty());
}

/// "+" and "or": all the forms of a way, one of the ways.
#[test]
fn ways_are_told_apart() {
    let ways = |occasion: &str| {
        let rule = OccasionRule::all().iter().find(|rule| rule.occasion == occasion).unwrap();
        let ways = rule.ways().iter().map(|way| way.iter().map(|form| form.code()).collect::<Vec<_>>().join("+"));
        ways.collect::<Vec<_>>().join("|")
    };
    assert_eq!(ways("address"), "F504|F501");
    assert_eq!(ways("president-not-director"), "F101+F301|F101");
    assert_eq!(ways("representative-with-cps"), "");
}

/// The matrix of the WEBINAR ("vision globale").
#[test]
fn every_profile_has_the_forms_of_the_matrix() {
    for (profile, forms, service) in [
        ("liberal", "F414", Some("tops")),
        ("hospital", "F101 F102 F201 F202 F301 F414", Some("tom")),
        ("medico-social", "F101 F102 F201 F301 F414", Some("tom")),
        ("other", "F101 F102 F301 F414", None),
        ("industry", "F101 F102 F301 F414", None),
    ] {
        let row = ProfileRow::of(Profile::from_code(profile).unwrap()).unwrap();
        let said: Vec<_> = row.forms().iter().map(|form| form.code()).collect();
        assert_eq!(said.join(" "), forms, "{profile}");
        assert_eq!(row.services().next().map(|place| place.place.as_str()), service, "{profile}");
    }
}

#[test]
fn words_are_understood_in_french_and_english_in_any_case() {
    fn holds<T: Typed + PartialEq + std::fmt::Debug>() {
        let rows: Vec<_> = Rules::get().words.iter().filter(|row| row.set == T::SET).collect();
        let mut seen: std::collections::BTreeMap<String, String> =
            T::codes().map(|code| (plain(code), code.into())).collect();
        for row in &rows {
            let words = row.also.split_whitespace().chain([row.french.as_str(), row.code.as_str()]);
            for word in words {
                let typed = T::of_typed(&word.to_uppercase().replace('-', " "));
                assert_eq!(typed, T::of_code(&row.code), "{} {word}", T::SET);
                let before = seen.insert(plain(word), row.code.clone());
                assert!(before.is_none_or(|code| code == row.code), "{word} means two things");
            }
        }
        assert!(T::codes().all(|code| rows.iter().any(|row| row.code == code)), "{}", T::SET);
        assert_eq!(T::of_typed(""), None);
    }
    holds::<Structure>();
    holds::<Contract>();
    holds::<Need>();
    holds::<Role>();
    holds::<Declared>();
    holds::<Profile>();
}

#[test]
fn every_line_of_every_table_is_a_row_and_cites_documents_that_are_listed() {
    let rules = Rules::get();
    for (table, read) in [
        (Rules::CARDS, rules.cards.len()),
        (Rules::NUMBERS, rules.numbers.len()),
        (Rules::CERTIFICATES, rules.certificates.len()),
        (Rules::STRUCTURES, rules.structures.len()),
        (Rules::FORMS, Form::ALL.len().min(rules.forms.len())),
        (Rules::OCCASIONS, rules.occasions.len()),
        (Rules::KINDS, rules.kinds.len()),
        (Rules::PLACES, rules.places.len()),
        (Rules::PROFILES, rules.profiles.len()),
        (Rules::NOTES, rules.notes.len()),
        (Rules::LINES, rules.lines.len()),
        (Rules::WORDS, rules.words.len()),
        (Rules::STEPS, rules.steps.len()),
        (Rules::PURPOSES, rules.purposes.len()),
        (Rules::CONFLICTS, Conflict::ALL.len().min(rules.conflicts.len())),
        (Rules::SOURCES, rules.sources.len()),
    ] {
        assert_eq!(table.lines().count() - 1, read, "{}", table.lines().next().unwrap());
    }
    let citations: Vec<_> = rules
        .cards
        .iter()
        .map(CardRule::citation)
        .chain(rules.numbers.iter().map(NumberRule::citation))
        .chain(rules.certificates.iter().map(CertificateRule::citation))
        .chain(rules.structures.iter().map(StructureRule::citation))
        .chain(rules.forms.iter().map(FormRow::citation))
        .chain(rules.occasions.iter().map(OccasionRule::citation))
        .chain(rules.notes.iter().map(NoteRule::citation))
        .chain(rules.lines.iter().map(LineRule::citation))
        .chain(rules.places.iter().map(Place::citation))
        .chain(rules.steps.iter().map(StepRule::citation))
        .chain(rules.purposes.iter().map(PurposeRule::citation))
        .collect();
    let others: Vec<_> =
        rules.kinds.iter().map(KindRow::citation).chain(rules.profiles.iter().map(ProfileRow::citation)).collect();
    let mut names = BTreeSet::new();
    let mut cited = BTreeSet::new();
    for citation in citations {
        assert!(names.insert(citation.rule), "{} stands twice", citation.rule);
        assert!(!citation.source.is_empty(), "{}", citation.rule);
        for source in citation.source.split("; ") {
            cited.insert(source.split(' ').next().unwrap());
        }
    }
    for source in others.iter().flat_map(|citation| citation.source.split("; ")) {
        cited.insert(source.split(' ').next().unwrap());
    }
    for conflict in &rules.conflicts {
        cited.extend([&conflict.one, &conflict.other].map(|said| said.split(' ').next().unwrap()));
    }
    let listed: BTreeSet<_> = Source::all().iter().map(|source| source.source.as_str()).collect();
    assert_eq!(cited, listed, "cited and not listed, or listed and not cited");
    assert!(Form::ALL.iter().all(|form| FormRow::of(*form).is_some()));
    assert!(Conflict::ALL.iter().all(|conflict| ConflictRow::of(*conflict).is_some()));
    // every place that is named is a place
    let cells = |text: &str, column: usize| -> Vec<String> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        reader
            .records()
            .flat_map(|row| row.unwrap()[column].split_whitespace().map(str::to_owned).collect::<Vec<_>>())
            .collect()
    };
    let places =
        [(Rules::OCCASIONS, 4), (Rules::FORMS, 4), (Rules::FORMS, 6), (Rules::PROFILES, 3), (Rules::STEPS, 10)];
    for place in places.into_iter().flat_map(|(table, column)| cells(table, column)) {
        assert!(Place::of(&place).is_some(), "{place}");
    }
}

#[test]
fn the_published_numbers_are_accepted_and_the_others_doubted_or_refused() {
    let vectors = include_str!("../../../fixtures/identifier-vectors.csv");
    let mut counted = 0;
    for record in csv::Reader::from_reader(vectors.as_bytes()).records() {
        let record = record.unwrap();
        let kind = match &record[0] {
            "FINESS" => NumberKind::FinessSite,
            "SIRET" => NumberKind::Siret,
            "CAB-RPPS" => NumberKind::RppsRank,
            "CARD" => NumberKind::CardNumber,
            "PS_IdNat" => NumberKind::HolderId,
            _ => continue,
        };
        counted += 1;
        let read = read_number(kind, &record[1]);
        let accepted = read.as_ref().is_ok_and(|number| !number.notes.contains(&TypedNote::CheckDigit));
        assert_eq!(accepted, &record[3] == "yes", "{record:?} {read:?}");
        // with its type digit, as certificates write it
        if kind != NumberKind::CardNumber && accepted {
            assert_eq!(read_number(kind, &record[2]).unwrap().reveal(), read.unwrap().reveal(), "{record:?}");
        }
    }
    assert!(counted > 30);
}

#[test]
fn what_is_safe_is_understood_and_said() {
    use Understood::{Issuer, LetterO, LowerCase, Separators, TypeDigit};
    for (kind, typed, value, understood) in [
        (NumberKind::FinessLegal, " 540002698 ", "540002698", &[][..]),
        (NumberKind::FinessLegal, "54 000 26 98", "540002698", &[Separators]),
        (NumberKind::FinessLegal, "54.000.269-8", "540002698", &[Separators]),
        (NumberKind::FinessLegal, "54OOO2698", "540002698", &[LetterO]),
        (NumberKind::FinessSite, "2b0000020", "2B0000020", &[LowerCase]),
        (NumberKind::FinessSite, "2B 0OO 002o", "2B0000020", &[Separators, LetterO]),
        (NumberKind::FinessSite, "10B0057881", "0B0057881", &[TypeDigit]),
        (NumberKind::Siret, "187 512 751 00020", "18751275100020", &[Separators]),
        (NumberKind::Siret, "318751275100020", "18751275100020", &[TypeDigit]),
        (NumberKind::RppsRank, "410005531586003", "10005531586003", &[TypeDigit]),
        (NumberKind::CardNumber, "26 00 30 17 52", "2600301752", &[Separators]),
        (NumberKind::CardNumber, "8025000001/2600301752", "2600301752", &[Issuer]),
        (NumberKind::CardNumber, "26OO3O1752", "2600301752", &[LetterO]),
        (NumberKind::HolderId, "8 10002813839", "810002813839", &[Separators]),
        (NumberKind::HolderId, "81OOO2813839", "810002813839", &[LetterO]),
        (NumberKind::HolderId, "30b0057881/CPET0002", "30B0057881/CPET0002", &[LowerCase]),
        (NumberKind::HolderId, "30B0057881/CPETO002", "30B0057881/CPETO002", &[]),
    ] {
        let number = read_number(kind, typed).unwrap_or_else(|problem| panic!("{typed}: {problem:?}"));
        assert_eq!((number.reveal(), number.understood.as_slice()), (value, understood), "{typed}");
        assert!(!number.notes.contains(&TypedNote::CheckDigit), "{typed}");
        assert!(!kind.is_personal() || !format!("{number} {number:?}").contains(value), "{typed} prints masked");
    }
}

#[test]
fn what_is_not_safe_is_refused_with_the_reason() {
    use TypedProblem::{Characters, Empty, LeadingEightMissing, Length, Other, Shape};
    for (kind, typed, problem) in [
        (NumberKind::HolderId, "10002813839", LeadingEightMissing),
        (NumberKind::HolderId, "10 00 28 13 83 9", LeadingEightMissing),
        (NumberKind::HolderId, "2600301752", Other(Misread::CardNumber)),
        (NumberKind::HolderId, "8100028138", Other(Misread::CardNumber)),
        (NumberKind::HolderId, "81000281383", Length { typed: 11, expected: 12 }),
        (NumberKind::HolderId, "30B0057881", Shape),
        (NumberKind::HolderId, "712345678", Shape),
        (NumberKind::CardNumber, "10002813839", Other(Misread::Rpps)),
        (NumberKind::CardNumber, "810002813839", Other(Misread::HolderId)),
        (NumberKind::CardNumber, "99213845", Other(Misread::ChipSerial)),
        (NumberKind::CardNumber, "260030175", Other(Misread::Finess)),
        (NumberKind::CardNumber, "2600E01752", Characters),
        (NumberKind::CardNumber, "２600301752", Characters),
        (NumberKind::CardNumber, " . ", Empty),
        (NumberKind::Siret, "187512751", Other(Misread::Siren)),
        (NumberKind::Siret, "1875127510002", Length { typed: 13, expected: 14 }),
        (NumberKind::RppsRank, "10005531586", Other(Misread::Rpps)),
        (NumberKind::FinessSite, "18751275100020", Other(Misread::Fourteen)),
        (NumberKind::FinessSite, "5400C2698", Characters),
        (NumberKind::FinessLegal, "2400241472", Other(Misread::CardNumber)),
        (NumberKind::FinessLegal, "", Empty),
    ] {
        assert_eq!(read_number(kind, typed).unwrap_err(), problem, "{typed}");
    }
    let long = "1".repeat(10_000);
    assert!(matches!(read_number(NumberKind::Siret, &long), Err(Length { typed: 10_000, .. })));
}

#[test]
fn what_is_worth_knowing_of_a_number_is_noted() {
    for (kind, typed, notes) in [
        (NumberKind::FinessSite, "540002698", &[][..]),
        (NumberKind::FinessSite, "540002699", &[TypedNote::CheckDigit]),
        (NumberKind::FinessSite, "0B0057881", &[TypedNote::TestNumber]),
        (NumberKind::FinessSite, "2A0000014", &[TypedNote::Corsica]),
        (NumberKind::FinessSite, "2B0000020", &[TypedNote::Corsica]),
        (NumberKind::FinessSite, "2B0000021", &[TypedNote::CheckDigit, TypedNote::Corsica]),
        (NumberKind::RppsRank, "99700735741008", &[TypedNote::TestNumber]),
        (NumberKind::Siret, "35600000049837", &[]),
        (NumberKind::Siret, "73282932000075", &[TypedNote::CheckDigit]),
        (NumberKind::HolderId, "899700366240", &[TypedNote::TestNumber]),
        (NumberKind::HolderId, "810003461033", &[TypedNote::CheckDigit]),
    ] {
        assert_eq!(read_number(kind, typed).unwrap().notes, notes, "{typed}");
    }
}

proptest! {
    #[test]
    fn no_typing_makes_it_panic(text in any::<String>(), digits in "[0-9OoABab ./-]{0,24}") {
        for &kind in NumberKind::ALL {
            for text in [&text, &digits] {
                if let Ok(number) = read_number(kind, text) {
                    let again = read_number(kind, number.reveal()).unwrap();
                    prop_assert_eq!(again.reveal(), number.reveal());
                    prop_assert!(again.understood.is_empty());
                }
            }
        }
    }
}
