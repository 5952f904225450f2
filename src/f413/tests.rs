//! Every row of every table: what it answers, and the neighbouring case that it does not answer.

use std::collections::BTreeSet;

use proptest::prelude::*;

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

/// Structure, Ségur or not, contract; rule and number.
const NUMBERS: &str = "
no-patients yes none N1 siret
no-patients no siret N1 siret
radiology-practice yes implicit N2 rpps-rank
radiology-practice no finess-site N12 finess-site
laboratory yes implicit N3 finess-site
laboratory yes finess-legal N16 unknown
pharmacy no none N4 finess-site
pharmacy no finess-legal N11 finess-legal
public-hospital yes none N5 finess-legal
public-hospital no none N14 finess-legal
dialysis yes finess-legal N6 finess-legal
dialysis yes siret N16 unknown
medico-social yes finess-site N7 site-then-legal
medico-social no finess-site N12 finess-site
health-centre yes none N8 finess-site
health-centre no none N14 finess-legal
health-house yes finess-site N9 finess-site
health-house yes finess-legal N16 unknown
private-for-profit yes none N10 finess-site
private-non-profit yes finess-site N10 finess-site
private-non-profit yes finess-legal N16 unknown
public-hospital no finess-legal N11 finess-legal
public-hospital no siret N13 siret
other no none N14 finess-legal
other yes none N15 finess-legal
other yes finess-site N16 unknown
";

#[test]
fn every_rule_about_numbers_answers_its_case_and_not_its_neighbour() {
    let mut seen = BTreeSet::new();
    for line in NUMBERS.lines().filter(|line| !line.is_empty()) {
        let words: Vec<_> = line.split_whitespace().collect();
        let structure = Structure::from_code(words[0]).expect(line);
        let rule =
            NumberRule::of(structure, Segur::from_code(words[1]).unwrap(), Contract::from_code(words[2]).unwrap());
        let rule = rule.expect(line);
        assert_eq!((rule.citation().rule, rule.number.code()), (words[3], words[4]), "{line}");
        seen.insert(words[3].to_owned());
    }
    let all: BTreeSet<_> = Rules::get().numbers.iter().map(|rule| rule.citation().rule.to_owned()).collect();
    assert_eq!(seen, all);
    for &structure in Structure::ALL {
        for &contract in Contract::ALL {
            for &segur in Segur::ALL {
                assert!(NumberRule::of(structure, segur, contract).is_some(), "{structure:?} {contract:?}");
            }
        }
    }
}

/// Needs, the certificates as family, usage and name, and the copies of F413.
const CERTIFICATES: [(&str, &str, u32); 11] = [
    ("insi-auto", "ORG AUTH_CLI INSI-AUTO", 1),
    ("insi-manu", "ORG AUTH_CLI INSI-MANU", 1),
    ("dmp", "ORG AUTH_CLI; ORG SIGN", 1),
    ("insi-auto dmp", "ORG AUTH_CLI INSI-AUTO; ORG AUTH_CLI; ORG SIGN", 1),
    ("psc", "ORG AUTH_CLI", 1),
    ("mss-mailbox", "ORG AUTH_CLI", 1),
    ("mss-operator", "SERVEUR SSL_SERVEUR", 1),
    ("hprim-net", "SERVEUR SMIME; SERVEUR SIGN; SERVEUR CONF", 1),
    ("dp", "PRO AUTH; PRO SIGN; PRO CONF", 1),
    ("dmp hprim-net", "ORG AUTH_CLI; ORG SIGN; SERVEUR SMIME; SERVEUR SIGN; SERVEUR CONF", 2),
    ("psc mss-operator dp dp", "ORG AUTH_CLI; SERVEUR SSL_SERVEUR; PRO AUTH; PRO SIGN; PRO CONF", 3),
];

fn request(structure: Structure, contract: Contract, needs: &str) -> Request {
    Request::new(structure, contract, needs.split_whitespace().map(|need| Need::from_code(need).unwrap()).collect())
}

#[test]
fn every_need_has_its_certificates_and_one_form_for_each_family() {
    let mut seen = BTreeSet::new();
    for (needs, expected, copies) in CERTIFICATES {
        let order = order(&request(Structure::PublicHospital, Contract::FinessLegal, needs));
        let said: Vec<_> = order
            .certificates
            .iter()
            .map(|line| {
                seen.insert(line.rule.citation().rule.to_owned());
                assert_eq!(line.count, 1);
                format!("{} {} {}", line.rule.offer.code(), line.rule.usage, line.rule.exact_name).trim().to_owned()
            })
            .collect();
        assert_eq!(said.join("; "), expected, "{needs}");
        let [declaration] = order.forms.as_slice() else { panic!("{needs}") };
        assert_eq!((declaration.form.form, declaration.copies), (Form::F413, copies), "{needs}");
    }
    let all: BTreeSet<_> = Rules::get().certificates.iter().map(|rule| rule.citation().rule.to_owned()).collect();
    assert_eq!(seen, all);
    let exact = Rules::get().certificates.iter().filter(|rule| rule.naming == Naming::Exact);
    assert!(exact.clone().count() == 2 && exact.into_iter().all(|rule| rule.exact_name.starts_with("INSI-")));
    let two = order(&request(Structure::PublicHospital, Contract::FinessLegal, "dmp insi-auto").with_solutions(2));
    assert_eq!(two.certificates.iter().map(|line| line.count).sum::<u32>(), 5, "one set for each solution of the DMP");
    assert!(
        order(&request(Structure::Other, Contract::None, "")).forms.iter().all(|line| line.form.form != Form::F413)
    );
}

#[test]
fn who_signs_and_which_form_comes_first() {
    let mut seen = BTreeSet::new();
    for (structure, contract, rule, signers, first) in [
        (Structure::NoPatients, Contract::None, "S1", "legal-representative mandatary", "F102 F413"),
        (Structure::NoPatients, Contract::Siret, "S2", "legal-representative mandatary", "F413"),
        (Structure::RadiologyPractice, Contract::Implicit, "S3", "practice-owner", "F413"),
        (Structure::RadiologyPractice, Contract::FinessSite, "S6", "legal-representative mandatary", "F413"),
        (Structure::Pharmacy, Contract::None, "S4", "practice-owner legal-representative mandatary", "F413"),
        (Structure::Laboratory, Contract::FinessLegal, "S6", "legal-representative mandatary", "F413"),
        (Structure::PublicHospital, Contract::None, "S5", "legal-representative mandatary", "F101 F413"),
        (Structure::PublicHospital, Contract::FinessSite, "S6", "legal-representative mandatary", "F413"),
    ] {
        let order = order(&request(structure, contract, "psc"));
        let found = order.structure.unwrap();
        let said: Vec<_> = found.signers().iter().map(|signer| signer.code()).collect();
        let forms: Vec<_> = order.forms.iter().map(|line| line.form.form.code()).collect();
        assert_eq!((found.citation().rule, said.join(" ").as_str(), forms.join(" ").as_str()), (rule, signers, first));
        seen.insert(rule.to_owned());
    }
    let all: BTreeSet<_> = Rules::get().structures.iter().map(|rule| rule.citation().rule.to_owned()).collect();
    assert_eq!(seen, all);
}

#[test]
fn ranks_beyond_four_need_a_further_copy() {
    let request = request(Structure::RadiologyPractice, Contract::Implicit, "dmp");
    for (ranks, copies) in [(0, 1), (1, 1), (4, 1), (5, 2), (9, 3)] {
        let order = order(&request.clone().with_ranks(ranks));
        assert_eq!(order.numbers[0].rule.number, StructureNumber::RppsRank);
        assert_eq!(order.forms[0].copies, copies, "{ranks}");
    }
}

#[test]
fn numbers_are_told_apart_for_the_segur_only_where_they_differ() {
    let numbers = |contract| {
        let order = order(&request(Structure::PublicHospital, contract, "psc dmp"));
        order.numbers.iter().map(|advice| (advice.needs.clone(), advice.rule.number)).collect::<Vec<_>>()
    };
    assert_eq!(numbers(Contract::FinessLegal), [(vec![Need::Dmp, Need::Psc], StructureNumber::FinessLegal)]);
    assert_eq!(
        numbers(Contract::FinessSite),
        [(vec![Need::Dmp], StructureNumber::SiteThenLegal), (vec![Need::Psc], StructureNumber::FinessSite)]
    );
}

#[test]
fn conflicts_of_the_documents_come_with_the_answer_that_rests_on_them() {
    let conflicts = |structure, contract| order(&request(structure, contract, "dmp")).conflicts;
    assert!(conflicts(Structure::PrivateForProfit, Contract::None).contains(&Conflict::PrivateHospital));
    assert!(!conflicts(Structure::PublicHospital, Contract::None).contains(&Conflict::PrivateHospital));
    assert!(conflicts(Structure::HealthCentre, Contract::None).contains(&Conflict::MultiSite));
    assert!(!conflicts(Structure::HealthCentre, Contract::FinessSite).contains(&Conflict::MultiSite));
    assert!(conflicts(Structure::NoPatients, Contract::None).contains(&Conflict::F102Card));
    assert!(!conflicts(Structure::NoPatients, Contract::Siret).contains(&Conflict::F102Card));
    for structure in Structure::ALL {
        assert!(conflicts(*structure, Contract::None).contains(&Conflict::Address));
    }
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
        (Rules::OCCASIONS, Occasion::ALL.len().min(rules.occasions.len())),
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
        .collect();
    let mut names = BTreeSet::new();
    let mut cited = BTreeSet::new();
    for citation in citations {
        assert!(names.insert(citation.rule), "{} stands twice", citation.rule);
        assert!(!citation.source.is_empty(), "{}", citation.rule);
        for source in citation.source.split("; ") {
            cited.insert(source.split(' ').next().unwrap());
        }
    }
    for conflict in &rules.conflicts {
        cited.extend([&conflict.one, &conflict.other].map(|said| said.split(' ').next().unwrap()));
    }
    let listed: BTreeSet<_> = Source::all().iter().map(|source| source.source.as_str()).collect();
    assert_eq!(cited, listed, "cited and not listed, or listed and not cited");
    assert!(Form::ALL.iter().all(|form| FormRow::of(*form).is_some()));
    assert!(Conflict::ALL.iter().all(|conflict| ConflictRow::of(*conflict).is_some()));
    assert!(Occasion::ALL.iter().all(|one| OccasionRule::all().iter().any(|rule| rule.occasion == *one)));
}

#[test]
fn the_published_numbers_are_accepted_and_the_others_doubted_or_refused() {
    let vectors = include_str!("../../fixtures/identifier-vectors.csv");
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
