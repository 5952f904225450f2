//! Orders of certificates: numbers, counts, forms, signers and notes, each with the neighbouring case that has another.

use std::collections::BTreeSet;

use super::tables::Rules;
use super::*;

/// Structure, Ségur or not, contract; rule and number.
const NUMBERS: &str = "
no-patients yes none N1 siret
no-patients no siret N1 siret
hospital-service yes finess-legal N19 of-establishment
hospital-service no none N19 of-establishment
radiology-practice yes implicit N2 rpps-rank
radiology-practice no finess-site N12 finess-site
radiology-company yes implicit N17 finess-or-siret
radiology-company no siret N13 siret
liberal-practice yes none N18 finess-or-siret
liberal-practice yes finess-site N16 unknown
laboratory yes implicit N3 finess-site
laboratory yes finess-legal N3 finess-site
pharmacy no none N4 finess-site
pharmacy no finess-legal N4 finess-site
public-hospital yes none N5 finess-legal
public-hospital no none N14 finess-legal
dialysis yes finess-legal N6 finess-legal
dialysis yes siret N16 unknown
medico-social yes finess-site N7 site-then-legal
medico-social no finess-site N12 finess-site
health-centre yes none N8 finess-site
health-centre no none N14 finess-legal
health-house yes finess-site N9 finess-site
health-house yes finess-legal N21 unknown
health-house no finess-legal N11 finess-legal
private-for-profit yes none N10 finess-site
private-non-profit yes finess-site N10 finess-site
private-non-profit yes finess-legal N20 unknown
private-non-profit no finess-legal N11 finess-legal
public-hospital no finess-legal N11 finess-legal
public-hospital no siret N13 siret
public-hospital yes implicit N22 unknown
other no implicit N22 unknown
pharmacy yes implicit N4 finess-site
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
        for &contract in Contract::ALL.iter().filter(|one| **one != Contract::Unknown) {
            for &segur in Segur::ALL {
                assert!(NumberRule::of(structure, segur, contract).is_some(), "{structure:?} {contract:?}");
            }
        }
    }
}

/// Needs, the certificates as count, family, usage and name, and the copies of F413.
const CERTIFICATES: [(&str, &str, u32); 16] = [
    ("insi-auto", "1 ORG AUTH_CLI INSI-AUTO", 1),
    ("insi-manu", "1 ORG AUTH_CLI INSI-MANU", 1),
    ("insi", "1 ORG AUTH_CLI INSI-AUTO INSI-MANU", 1),
    ("insi insi-auto", "1 ORG AUTH_CLI INSI-AUTO", 1),
    ("dmp", "1 ORG AUTH_CLI; 1 ORG SIGN", 1),
    ("insi-auto dmp", "1 ORG AUTH_CLI INSI-AUTO; 1 ORG AUTH_CLI; 1 ORG SIGN", 1),
    ("psc", "1 ORG AUTH_CLI", 1),
    ("mss-mailbox", "1 ORG AUTH_CLI", 1),
    ("dmp psc mss-mailbox", "1 ORG AUTH_CLI; 1 ORG SIGN", 1),
    ("mss-operator", "1 SERVEUR SSL_SERVEUR", 1),
    ("hprim-net", "- SERVEUR SMIME, SIGN, CONF", 1),
    ("dp", "- PRO AUTH, SIGN, CONF", 1),
    ("other", "- ORG AUTH_CLI, SIGN, CONF", 1),
    ("dmp hprim-net", "1 ORG AUTH_CLI; 1 ORG SIGN; - SERVEUR SMIME, SIGN, CONF", 2),
    ("psc mss-operator dp dp", "1 ORG AUTH_CLI; 1 SERVEUR SSL_SERVEUR; - PRO AUTH, SIGN, CONF", 3),
    ("psc rpps-plus", "1 ORG AUTH_CLI", 1),
];

pub(super) fn request(structure: Structure, contract: Contract, needs: &str) -> Request {
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
                seen.extend(line.rules.iter().map(|rule| rule.citation().rule.to_owned()));
                let count = line.count.map_or("-".to_owned(), |count| count.to_string());
                let rule = line.rule;
                let said = format!("{count} {} {} {}", rule.offer.code(), rule.usage, rule.exact_name);
                said.trim().to_owned()
            })
            .collect();
        assert_eq!(said.join("; "), expected, "{needs}");
        let [declaration] = order.forms.as_slice() else { panic!("{needs}") };
        assert_eq!((declaration.form.form, declaration.copies), (Form::F413, copies), "{needs}");
    }
    let all: BTreeSet<_> = Rules::get().certificates.iter().map(|rule| rule.citation().rule.to_owned()).collect();
    assert_eq!(seen, all);
    let none = order(&request(Structure::PublicHospital, Contract::FinessLegal, "rpps-plus"));
    assert!(none.certificates.is_empty() && none.forms.is_empty() && none.lines.is_empty());
}

/// Structure, contract, (solutions, servers, entities, sites), needs; the counts of the certificates, those by site,
/// and the copies of F413.
#[test]
fn counts_follow_instances_entities_and_sites() {
    for (structure, contract, (solutions, servers, entities, sites), needs, counts, by_site, copies) in [
        ("public-hospital", "finess-legal", (1, 1, 1, 0), "insi-auto dmp", "1 1 1", "- - -", 1),
        ("public-hospital", "finess-legal", (2, 1, 1, 9), "insi-auto dmp", "2 2 2", "- - -", 1),
        ("public-hospital", "finess-legal", (2, 3, 1, 0), "psc", "6", "-", 1),
        ("public-hospital", "finess-legal", (1, 1, 4, 9), "dmp psc", "4 4", "- -", 4),
        ("public-hospital", "finess-site", (1, 1, 1, 3), "dmp", "1 1", "3 3", 1),
        ("private-for-profit", "none", (1, 1, 1, 3), "dmp", "3 3", "- -", 3),
        ("private-for-profit", "finess-site", (2, 1, 2, 5), "psc", "10", "-", 5),
        ("laboratory", "implicit", (1, 1, 1, 7), "dmp", "1 1", "- -", 1),
        ("health-centre", "none", (1, 2, 1, 2), "mss-operator hprim-net", "4 -", "- -", 2),
    ] {
        let (structure, contract) = (Structure::from_code(structure).unwrap(), Contract::from_code(contract).unwrap());
        let order = order(
            &request(structure, contract, needs).with_solutions(solutions, servers).with_entities(entities, sites),
        );
        let said = |of: fn(&CertificateLine) -> Option<u32>| {
            let counts = order.certificates.iter().map(|line| of(line).map_or("-".to_owned(), |n| n.to_string()));
            counts.collect::<Vec<_>>().join(" ")
        };
        let told = (said(|line| line.count), said(|line| line.count_by_site));
        assert_eq!((told.0.as_str(), told.1.as_str()), (counts, by_site), "{structure:?} {needs}");
        assert_eq!(order.forms.last().unwrap().copies, copies, "{structure:?} {needs}");
    }
}

/// Whatever the structure, the contract and the needs.
#[test]
fn no_order_has_two_numbers_too_many_certificates_or_nobody_to_sign() {
    for &structure in Structure::ALL {
        for &contract in Contract::ALL {
            for needs in 1_u32..1 << Need::ALL.len() {
                // all pairs and the whole, and not each of the thousands between
                if needs.count_ones() > 2 && needs.count_ones() < u32::try_from(Need::ALL.len()).unwrap() {
                    continue;
                }
                let needs = Need::ALL.iter().enumerate().filter(|(bit, _)| needs & (1 << bit) != 0);
                let needs: Vec<_> = needs.map(|(_, need)| *need).collect();
                let base = Request::new(structure, contract, needs.clone());
                for request in [
                    base.clone(),
                    base.clone().with_solutions(2, 3).with_entities(2, 5),
                    base.with_role(Some(Role::Publisher)).with_ranks(9),
                ] {
                    let order = order(&request);
                    let case = format!("{structure:?} {contract:?} {needs:?}");
                    assert!(!order.numbers.is_empty(), "{case}");
                    assert!(order.numbers.len() == 1 || contract == Contract::Unknown, "{case}");
                    let contracts: BTreeSet<_> = order.numbers.iter().map(|advice| advice.contract).collect();
                    assert_eq!(contracts.len(), order.numbers.len(), "two numbers with one contract: {case}");
                    let scopes = request.entities.max(request.sites);
                    let instances = request.solutions * request.servers * scopes;
                    let authentication = order.certificates.iter().filter(|line| line.rule.usage == "AUTH_CLI");
                    let names: BTreeSet<_> = authentication.clone().map(|line| &line.rule.exact_name).collect();
                    let count: u32 = authentication.filter_map(|line| line.count).sum();
                    assert!(
                        usize::try_from(count).unwrap() <= names.len() * usize::try_from(instances).unwrap(),
                        "{case}"
                    );
                    assert!(order.structure.is_some_and(|rule| !rule.signers().is_empty()), "{case}");
                    let f413 = order.forms.iter().find(|line| line.form.form == Form::F413);
                    let takes = needs.iter().any(|need| *need != Need::RppsPlus);
                    assert_eq!(f413.is_some(), takes, "{case}");
                    if let Some(line) = f413 {
                        assert!(line.form.sent_to().flat_map(Place::addresses).next().is_some(), "{case}");
                        assert!(order.lines.iter().any(|line| line.line == "structure-number"), "{case}");
                        assert!(
                            order.lines.iter().any(|line| line.line.starts_with("box-") && line.section == "4.3"),
                            "{case}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn who_signs_and_which_form_comes_first() {
    let mut seen = BTreeSet::new();
    for (structure, contract, rule, signers, first) in [
        (Structure::NoPatients, Contract::None, "S1", "legal-representative mandatary", "F102 F413"),
        (Structure::NoPatients, Contract::Siret, "S2", "legal-representative mandatary", "F413"),
        (Structure::NoPatients, Contract::Unknown, "S2", "legal-representative mandatary", "F102 F413"),
        (Structure::RadiologyPractice, Contract::Implicit, "S3", "practice-owner mandatary", "F413"),
        (Structure::RadiologyPractice, Contract::FinessSite, "S6", "legal-representative mandatary", "F413"),
        (Structure::Pharmacy, Contract::None, "S4", "legal-representative mandatary", "F413"),
        (Structure::LiberalPractice, Contract::Unknown, "S4", "legal-representative mandatary", "F413"),
        (Structure::Laboratory, Contract::FinessLegal, "S6", "legal-representative mandatary", "F413"),
        (Structure::HospitalService, Contract::None, "S7", "legal-representative mandatary", "F413"),
        (Structure::PublicHospital, Contract::None, "S5", "legal-representative mandatary", "F101 F413"),
        (Structure::PublicHospital, Contract::Unknown, "S6", "legal-representative mandatary", "F101 F413"),
        (Structure::PublicHospital, Contract::FinessSite, "S6", "legal-representative mandatary", "F413"),
    ] {
        let order = order(&request(structure, contract, "psc"));
        let found = order.structure.unwrap();
        let said: Vec<_> = found.signers().iter().map(|signer| signer.code()).collect();
        let forms: Vec<_> = order.forms.iter().map(|line| line.form.form.code()).collect();
        assert_eq!((found.citation().rule, said.join(" ").as_str(), forms.join(" ").as_str()), (rule, signers, first));
        let conditional = order.forms.iter().filter(|line| line.only_with == Some(Contract::None)).count();
        assert_eq!(conditional, usize::from(contract == Contract::Unknown && forms.len() > 1), "{structure:?}");
        seen.insert(rule.to_owned());
    }
    let all: BTreeSet<_> = Rules::get().structures.iter().map(|rule| rule.citation().rule.to_owned()).collect();
    assert_eq!(seen, all);
}

#[test]
fn an_unknown_contract_has_an_advice_for_each_possibility() {
    let numbers = |structure| {
        let order = order(&request(structure, Contract::Unknown, "dmp"));
        let advice = order.numbers.iter().map(|one| (one.contract.code(), one.rule.number.code()));
        advice.collect::<Vec<_>>()
    };
    let hospital = [("none", "finess-legal"), ("finess-legal", "finess-legal"), ("finess-site", "site-then-legal")];
    assert_eq!(numbers(Structure::PublicHospital), hospital);
    assert_eq!(numbers(Structure::Pharmacy), [("implicit", "finess-site")]);
    assert_eq!(numbers(Structure::NoPatients), [("none", "siret"), ("siret", "siret")]);
    assert!(Structure::ALL.iter().all(|structure| KindRow::of(*structure).is_some()));
}

/// Each note with a request that has it, and one that does not.
#[test]
fn every_note_comes_where_it_belongs() {
    let hospital = |needs| request(Structure::PublicHospital, Contract::FinessLegal, needs);
    let clinic = |needs| request(Structure::PrivateForProfit, Contract::FinessSite, needs);
    let publisher = |needs| request(Structure::NoPatients, Contract::Siret, needs);
    let mut seen = BTreeSet::new();
    for (note, with, without) in [
        ("no-pooling", hospital("dmp").with_entities(2, 0), hospital("dmp")),
        ("each-site", clinic("psc"), hospital("psc")),
        ("no-copy", hospital("psc").with_solutions(1, 2), hospital("psc")),
        ("shared-org", hospital("psc"), hospital("insi-auto")),
        ("metadata-legal", hospital("dmp"), clinic("dmp")),
        ("metadata-site", clinic("dmp"), hospital("dmp")),
        ("measure-periods", hospital("dmp"), hospital("psc")),
        ("psc-providers", hospital("psc"), hospital("dmp")),
        ("mss-operators", hospital("mss-operator"), hospital("mss-mailbox")),
        ("usages-no-count", hospital("dp"), hospital("dmp")),
        ("other-service", hospital("other"), hospital("dmp")),
        ("rpps-plus", hospital("rpps-plus"), hospital("dmp")),
        ("direct-access", request(Structure::HospitalService, Contract::Unknown, "dmp"), hospital("dmp")),
        ("for-client", hospital("dmp").with_role(Some(Role::Publisher)), hospital("dmp")),
        ("publisher-card", hospital("dmp").with_role(Some(Role::Publisher)), hospital("dmp")),
        ("is-there-a-client", publisher("dmp"), publisher("psc")),
        ("insi-mode", hospital("insi"), hospital("insi-auto")),
    ] {
        let has = |request: &Request| order(request).notes.iter().any(|one| one.note == note);
        assert!(has(&with) && !has(&without), "{note}");
        seen.insert(note);
    }
    assert_eq!(seen, NoteRule::all().iter().map(|note| note.note.as_str()).collect());
}

/// Each line of the form with a need that has it, and what another need has not.
#[test]
fn every_line_of_the_form_is_told_where_its_box_is() {
    let lines = |needs| {
        let order = order(&request(Structure::PublicHospital, Contract::FinessLegal, needs));
        order.lines.iter().map(|line| line.line.as_str()).collect::<BTreeSet<_>>()
    };
    for (line, with, without) in [
        ("box-org", "dmp", "dp"),
        ("box-ssl", "mss-operator", "hprim-net"),
        ("box-smime", "hprim-net", "mss-operator"),
        ("box-pro", "dp", "dmp"),
    ] {
        assert!(lines(with).contains(line) && !lines(without).contains(line), "{line}");
    }
    let all = lines("dmp mss-operator hprim-net dp");
    assert_eq!(all, LineRule::all().iter().map(|line| line.line.as_str()).collect());
    for line in ["signer", "administrators", "usage", "publisher", "solution", "box-capacity", "online-siret"] {
        assert!(lines("psc").contains(line), "{line}");
    }
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
fn one_contract_has_one_number_and_the_segur_decides() {
    use StructureNumber::{FinessLegal, FinessSite, SiteThenLegal};
    let number = |structure, contract, needs| {
        let order = order(&request(structure, contract, needs));
        let [advice] = order.numbers.as_slice() else { panic!("{needs}") };
        advice.rule.number
    };
    for (structure, contract, needs, expected) in [
        (Structure::PublicHospital, Contract::FinessLegal, "psc hprim-net", FinessLegal),
        (Structure::PublicHospital, Contract::FinessSite, "psc hprim-net", SiteThenLegal),
        (Structure::PublicHospital, Contract::FinessSite, "hprim-net", FinessSite),
        (Structure::HealthCentre, Contract::None, "mss-mailbox other", FinessSite),
        (Structure::HealthCentre, Contract::None, "other", FinessLegal),
    ] {
        assert_eq!(number(structure, contract, needs), expected, "{structure:?} {needs}");
    }
}

#[test]
fn conflicts_of_the_documents_come_only_where_the_answer_changes_with_them() {
    let conflicts = |structure, contract| order(&request(structure, contract, "dmp")).conflicts;
    assert_eq!(conflicts(Structure::PrivateForProfit, Contract::None), [Conflict::PrivateHospital]);
    assert_eq!(conflicts(Structure::HealthCentre, Contract::None), [Conflict::MultiSite]);
    let one_site = order(&request(Structure::HealthCentre, Contract::None, "dmp").with_entities(1, 1));
    assert!(one_site.conflicts.is_empty());
    for structure in [Structure::PublicHospital, Structure::NoPatients, Structure::Pharmacy] {
        assert!(conflicts(structure, Contract::None).is_empty(), "{structure:?}");
    }
}
