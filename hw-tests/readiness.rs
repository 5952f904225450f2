//! The verdict on whole workstations, from recorded facts of the three systems and small changes to them.
//!
//! `fixtures/cases/README.md` says how a change is written.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use cpx_card::facts::Facts;
use cpx_card::readiness::{Catalogue, Diagnosis, DiagnosisOptions, Portal, Readiness, SkipReason, State, diagnose};
use cpx_card::report::{Language, Texts};
use cpx_card::workstation::facts::BrowserKind;
use serde_json::{Map, Value, json};

#[path = "support/changes.rs"]
mod changes;

use changes::{changed, fixture};

/// The cases of each check: base, expected state and reason, changes.
fn check_cases() -> BTreeMap<String, Vec<(String, String, Map<String, Value>)>> {
    let cases: BTreeMap<String, Vec<Vec<Value>>> = serde_json::from_value(fixture("checks.json")).unwrap();
    let case = |case: Vec<Value>| {
        let text = |place: usize| case[place].as_str().unwrap().to_owned();
        let changes = case.get(2).map(|changes| changes.as_object().unwrap().clone()).unwrap_or_default();
        (text(0), text(1), changes)
    };
    cases.into_iter().map(|(id, cases)| (id, cases.into_iter().map(case).collect())).collect()
}

#[test]
fn every_check_says_of_each_case_what_it_should() {
    let mut wrong = Vec::new();
    for (id, cases) in check_cases() {
        for (base, expected, changes) in cases {
            let facts = changed(&base, &changes);
            let diagnosis = diagnose(&facts, &DiagnosisOptions::default());
            let found = &diagnosis.check(&id).unwrap_or_else(|| panic!("no check {id}")).found;
            let said = format!("{} {}", found.state.code(), found.reason);
            if said.trim() != expected {
                wrong.push(format!("{id} on {base} with {changes:?}: {said}, not {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_check_has_a_case_of_each_way_to_end() {
    let cases = check_cases();
    let mut missing = Vec::new();
    for check in Catalogue::get().checks() {
        let said: BTreeSet<_> = cases.get(check.id).into_iter().flatten().map(|(_, said, _)| said.as_str()).collect();
        let warns = check.warns.iter().map(|reason| format!("warn {reason}"));
        let fails = check.fails.iter().map(|reason| format!("fail {reason}"));
        let wanted = warns.chain(fails).chain(["pass".to_owned()]);
        missing
            .extend(wanted.filter(|wanted| !said.contains(wanted.as_str())).map(|one| format!("{}: {one}", check.id)));
        for said in said.iter().filter(|said| said.starts_with("skip ")) {
            let reason = said.trim_start_matches("skip ");
            assert!(SkipReason::ALL.iter().any(|one| one.code() == reason), "{}: {said}", check.id);
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn reasons_are_those_of_the_catalogue_and_their_sentences_name_every_value() {
    let texts = Texts::new(Language::French);
    for (id, cases) in check_cases() {
        let check = Catalogue::get().check(&id).unwrap();
        for (base, _, changes) in cases {
            let diagnosis = diagnose(&changed(&base, &changes), &DiagnosisOptions::default());
            let found = &diagnosis.check(&id).unwrap().found;
            let known = match found.state {
                State::Warn => &check.warns,
                State::Fail => &check.fails,
                _ => continue,
            };
            assert!(known.contains(&found.reason), "{id}: {} is not in the table", found.reason);
            let values: Vec<_> = found.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let sentence = texts.part(&format!("check-{id}"), found.reason, &values).unwrap();
            assert!(!sentence.contains("{$"), "{id}: {sentence}");
        }
    }
}

/// A whole workstation with one problem, and what is to be said of it.
#[derive(serde::Deserialize)]
struct Problem {
    /// Its number in the list of frequent problems, or a word.
    problem: String,
    base: String,
    #[serde(default)]
    set: Map<String, Value>,
    #[serde(default)]
    portals: Vec<String>,
    #[serde(default)]
    browsers: Vec<BrowserKind>,
    outcome: String,
    /// The check and the reason; none where the card is to blame, or nothing.
    headline: Option<String>,
    /// A part of the French sentence and of the remedy.
    #[serde(default)]
    says: Vec<String>,
    unfit: Option<String>,
    /// The browser that works, over the first portal.
    works: Option<String>,
}

fn diagnosis(problem: &Problem) -> (Facts, Diagnosis) {
    let portals: Vec<_> = problem.portals.iter().map(|code| Portal::of(code).unwrap()).collect();
    let options = DiagnosisOptions::default().with_portals(portals).with_browsers(problem.browsers.clone());
    let facts = changed(&problem.base, &problem.set);
    let diagnosis = diagnose(&facts, &options);
    (facts, diagnosis)
}

#[test]
fn frequent_problems_have_their_cause_and_their_remedy() {
    let problems: Vec<Problem> = serde_json::from_value(fixture("problems.json")).unwrap();
    assert!(problems.len() >= 30);
    let texts = Texts::new(Language::French);
    let mut wrong = Vec::new();
    for problem in &problems {
        let (facts, diagnosis) = diagnosis(problem);
        let headline = diagnosis.headline.as_ref().map(|cause| format!("{} {}", cause.id, cause.reason));
        let works = diagnosis.portals[0].working().map(|path| path.browser.code().to_owned());
        let unfit = diagnosis.unfit.map(|unfit| unfit.code().to_owned());
        let said = (diagnosis.outcome.code(), &headline, &unfit, &works);
        let expected = (problem.outcome.as_str(), &problem.headline, &problem.unfit, &problem.works);
        if said != expected {
            wrong.push(format!("{}: {said:?}, not {expected:?}", problem.problem));
        }
        let system = facts.workstation.system.seen().map_or("", |system| match system.family {
            cpx_card::workstation::facts::Family::Windows => "windows",
            cpx_card::workstation::facts::Family::Macos => "macos",
            _ => "linux",
        });
        let words = match (&diagnosis.headline, diagnosis.unfit) {
            (Some(cause), _) => {
                let values: Vec<_> = cause.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let sentence = texts.part(&format!("check-{}", cause.id), cause.reason, &values).unwrap();
                format!("{sentence} {}", texts.check_remedy(cause.id, cause.reason, system).unwrap())
            }
            (None, Some(unfit)) => {
                let key = format!("fit-{}", unfit.code());
                format!("{} {}", texts.text(&key), texts.part(&key, "remedy", &[]).unwrap())
            }
            (None, None) => String::new(),
        };
        let silent: Vec<_> = problem.says.iter().filter(|part| !words.contains(part.as_str())).collect();
        if !silent.is_empty() || (problem.says.is_empty() && problem.headline.is_some()) {
            wrong.push(format!("{}: “{words}” lacks {silent:?}", problem.problem));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn ready(base: &str, changes: &Value) -> Diagnosis {
    diagnose(&changed(base, changes.as_object().unwrap()), &DiagnosisOptions::default())
}

#[test]
fn a_verdict_offline_is_about_the_workstation_alone() {
    for base in ["windows", "macos", "linux"] {
        let offline = ready(base, &json!({}));
        assert_eq!(offline.outcome, Readiness::Ready, "{base}: {:#?}", offline.headline);
        assert!(offline.headline.is_none() && offline.others.is_empty() && offline.folded.is_empty(), "{base}");
        assert!(offline.portals.iter().all(|portal| !portal.network_tested()));
        let online = ready(base, &json!({"network": "@online", "ws/trusted_authorities": "@roots"}));
        let igc = online.portal(Portal::IgcSante).unwrap();
        assert_eq!((igc.workstation, igc.network_tested()), (Readiness::Ready, true), "{base}: {igc:#?}");
        assert!(!online.portal(Portal::RppsPlus).unwrap().network_tested(), "its host is not published");
    }
}

#[test]
fn what_cannot_be_seen_is_neither_ready_nor_broken() {
    for part in ["modules", "ws/cryptolib", "ws/browsers", "card/certificates"] {
        let changes = json!({part: "?no-rights", "modules": "?no-rights"});
        let diagnosis = ready("linux", &changes);
        assert_eq!(diagnosis.outcome, Readiness::CannotTell, "{part}: {:?}", diagnosis.headline);
        assert!(diagnosis.headline.is_none());
    }
    let nothing = ready("linux", &json!({"ws/firefox_profiles": "?timed-out", "ws/nss_databases": "?timed-out"}));
    let open: BTreeSet<_> = nothing.portals[0].paths.iter().flat_map(|path| &path.open).map(|one| one.id).collect();
    assert!(open.contains("firefox-module-registered") && open.contains("chromium-linux-nssdb"), "{open:?}");
}

#[test]
fn one_host_that_is_down_is_the_trouble_of_its_portal() {
    let down = ready(
        "linux",
        &json!({"network": "@online", "network/hosts/1/ipv4/end": "timed-out", "ws/trusted_authorities": "@roots"}),
    );
    assert_eq!(down.portal(Portal::Tom).unwrap().workstation, Readiness::NotReady);
    assert_eq!(down.portal(Portal::IgcSante).unwrap().workstation, Readiness::Ready);
    let tom = &down.portal(Portal::Tom).unwrap().causes[0];
    assert_eq!(
        (tom.id, tom.reason, tom.values[0].1.as_str()),
        ("tcp-portals", "timeout", "tom.eservices.esante.gouv.fr")
    );
    let options = DiagnosisOptions::default().with_portals(vec![Portal::Tom]);
    let changes = json!({"network": "@online", "network/hosts/1/ipv4/end": "timed-out"});
    let asked = diagnose(&changed("linux", changes.as_object().unwrap()), &options);
    assert_eq!((asked.outcome, asked.headline.unwrap().id), (Readiness::NotReady, "tcp-portals"));
}

#[test]
fn a_browser_that_does_not_work_does_not_spoil_another() {
    let mixed = ready("windows", &json!({"ws/stored_certificates": [], "ws/processes/ccm": false}));
    assert_eq!(mixed.outcome, Readiness::Ready, "{:?}", mixed.headline);
    let igc = mixed.portal(Portal::IgcSante).unwrap();
    assert_eq!(igc.working().unwrap().browser, BrowserKind::Firefox);
    let edge = igc.paths.iter().find(|path| path.browser == BrowserKind::Edge).unwrap();
    assert_eq!((edge.readiness, edge.causes[0].id), (Readiness::NotReady, "auth-cert-in-store"));
}

#[test]
fn one_cause_is_told_and_what_follows_from_it_is_blocked() {
    let stopped = ready(
        "linux",
        &json!({"readers": "!service-stopped:8010001D", "ws/pcscd/socket/present": false, "modules": []}),
    );
    let headline = stopped.headline.as_ref().unwrap();
    assert_eq!((headline.id, headline.reason), ("pcscd-socket-present", "missing"));
    assert!(stopped.others.is_empty() && stopped.folded.is_empty(), "{:?}", stopped.others);
    for (id, nearest) in [("pcsc-context", "pcscd-socket-present"), ("card-present", "pcscd-socket-present")] {
        let result = stopped.check(id).unwrap();
        assert_eq!((result.state, result.blocked_by), (State::Blocked, Some(nearest)), "{id}");
    }
    assert!(headline.blocks.contains(&"auth-cert-validity"));
}

#[test]
fn the_same_facts_give_the_same_verdict_saved_or_not() {
    for base in ["windows", "macos", "linux"] {
        let facts = changed(base, &Map::new());
        let again: Facts = serde_json::from_str(&serde_json::to_string(&facts).unwrap()).unwrap();
        assert_eq!(facts, again);
        let verdicts = [facts, again].map(|facts| format!("{:?}", diagnose(&facts, &DiagnosisOptions::default())));
        assert_eq!(verdicts[0], verdicts[1]);
    }
}

#[test]
fn facts_with_holes_everywhere_have_a_verdict() {
    // every part of the facts unseen in turn: nothing fails that was not seen to fail
    for base in ["windows", "macos", "linux"] {
        let whole = fixture(&format!("{base}.json"));
        let before = ready(base, &json!({}));
        for part in whole["workstation"].as_object().unwrap().keys() {
            let changes = json!({format!("ws/{part}"): "?failed"});
            let diagnosis = ready(base, &changes);
            for (was, is) in before.checks.iter().zip(&diagnosis.checks) {
                assert!(
                    is.found.state != State::Fail || was.found.state == State::Fail,
                    "{base} {part}: {}",
                    is.check.id
                );
            }
        }
    }
}

#[test]
fn fixtures_name_nobody() {
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(!text.contains("/home/") || text.contains("/home/x/"), "a home folder");
    }
}
