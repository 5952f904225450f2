//! The verdict on whole workstations, from recorded facts of the three systems and small changes to them.
//!
//! `fixtures/cases/README.md` says how a change is written.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use cpx_card::internal::card::ReadOptions;
use cpx_card::internal::collect::{Collecting, collect};
use cpx_card::internal::facts::{self, CardAnswer, CardFacts, Evidence, Facts, ReaderContent};
use cpx_card::internal::readiness::{
    CardVerdict, Catalogue, Check, Diagnosis, DiagnosisOptions, Portal, Question, Readiness, SkipReason, State, Unfit,
    Weight, When, diagnose, judge_cards, keep_proofs,
};
use cpx_card::internal::transport::Readers;
use cpx_card::internal::workstation::facts::BrowserKind;
use cpx_report::{Language, Texts};
use cpx_simulator::{Personality, SimulatedReaders};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::support::changes::{changed, fixture, of_case};

/// A case of a check: base, expected state and reason, changes.
type Case = (String, String, Map<String, Value>);

fn check_cases() -> BTreeMap<String, Vec<Case>> {
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
        // what was asked for is no fact: a_browser_that_is_not_there_is_not_ready
        let wanted = wanted.filter(|wanted| wanted != "fail not-installed");
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
            let values: Vec<_> = found.values.iter().map(|(name, value)| (*name, value.to_string())).collect();
            let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let sentence = texts.attribute(&format!("check-{id}"), found.reason, &values).unwrap();
            assert!(!sentence.contains("{$"), "{id}: {sentence}");
        }
    }
}

/// A remedy is told of a failure, of a warning that is more than a fact, and of one that may explain a failure. Each that is
/// written for one reason is reached by a case of `checks.json`; what stops nobody is not remedied like what does.
#[test]
fn every_remedy_is_reached_and_a_warning_has_its_own() {
    let cases = check_cases();
    let explains = |check: &Check| {
        let checks = Catalogue::get().checks();
        check.kind.explains() && checks.iter().any(|below| below.depends_on.contains(&check.id))
    };
    for language in ["fr", "en"] {
        let file = crate::support::root().join(format!("crates/report/src/texts/{language}/checks.ftl"));
        let texts = fs::read_to_string(file).unwrap();
        for check in Catalogue::get().checks() {
            let own = texts.split(&format!("\ncheck-{} = ", check.id)).nth(1).unwrap();
            let own = own.lines().skip(1).take_while(|line| line.starts_with(' '));
            let written: BTreeSet<_> = own
                .filter_map(|line| line.trim().strip_prefix('.')?.split_once(" =").map(|(name, _)| name.to_owned()))
                .filter(|name| name.starts_with("remedy"))
                .collect();
            let mut reached: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
            // a browser that was asked for is no fact, and has a test of its own
            let asked = (check.id == "browser-supported").then_some("fail not-installed");
            for expected in cases[check.id].iter().map(|(_, expected, _)| expected.as_str()).chain(asked) {
                let Some((state @ ("warn" | "fail"), reason)) = expected.split_once(' ') else { continue };
                let is_fact = state == "warn" && check.weight(reason) == Weight::Fact;
                if is_fact && !explains(check) {
                    continue;
                }
                for system in &check.systems {
                    let system = format!("remedy-{system:?}").to_lowercase();
                    let names = [format!("remedy-{reason}"), system, "remedy".to_owned()];
                    let told = names.into_iter().find(|name| written.contains(name));
                    let told = told.unwrap_or_else(|| panic!("{language}, {}: no remedy for {reason}", check.id));
                    reached.entry(told).or_default().insert(if is_fact { "fact" } else { state });
                }
            }
            for name in &written {
                // of a card that is to come, for a reason of the same check
                if let Some(name) = name.strip_suffix("-awaited") {
                    let reason = name.trim_start_matches("remedy-");
                    let is_known = check.warns.iter().chain(&check.fails).any(|known| *known == reason);
                    assert!(is_known, "{language}, {}: nobody reads {name}-awaited", check.id);
                    continue;
                }
                // `--explain` tells those of a system and of none
                let of_reason = !["remedy", "remedy-windows", "remedy-macos", "remedy-linux"].contains(&name.as_str());
                assert!(!of_reason || reached.contains_key(name), "{language}, {}: nobody reads {name}", check.id);
            }
            for (name, states) in reached {
                let serves_both = states.contains("warn") && states.contains("fail");
                assert!(!serves_both, "{language}, {}: {name} serves warnings and failures", check.id);
            }
        }
    }
}

/// A whole workstation with one problem, and what is to be said of it.
#[derive(serde::Deserialize)]
struct Problem {
    /// Its number in the list of frequent problems, or a word.
    #[serde(rename = "problem")]
    title: String,
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

/// What to do: for this reason, else on this system, else at all.
fn remedy(texts: &Texts, id: &str, reason: &str, system: &str) -> String {
    let names = [format!("remedy-{reason}"), format!("remedy-{system}"), "remedy".to_owned()];
    names.iter().find_map(|name| texts.attribute(&format!("check-{id}"), name, &[])).unwrap()
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
            wrong.push(format!("{}: {said:?}, not {expected:?}", problem.title));
        }
        let system = facts.workstation.system.seen().map_or("", |system| match system.family {
            cpx_card::internal::workstation::facts::Family::Windows => "windows",
            cpx_card::internal::workstation::facts::Family::Macos => "macos",
            _ => "linux",
        });
        let told = match (&diagnosis.headline, diagnosis.unfit) {
            (Some(cause), _) => {
                let values: Vec<_> = cause.values.iter().map(|(name, value)| (*name, value.to_string())).collect();
                let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let sentence = texts.attribute(&format!("check-{}", cause.id), cause.reason, &values).unwrap();
                format!("{sentence} {}", remedy(&texts, cause.id, cause.reason, system))
            }
            (None, Some(unfit)) => {
                let key = format!("fit-{}", unfit.code());
                format!("{} {}", texts.text(&key), texts.attribute(&key, "remedy", &[]).unwrap())
            }
            (None, None) => String::new(),
        };
        let silent: Vec<_> = problem.says.iter().filter(|part| !told.contains(part.as_str())).collect();
        if !silent.is_empty() || (problem.says.is_empty() && problem.headline.is_some()) {
            wrong.push(format!("{}: “{told}” lacks {silent:?}", problem.title));
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
    let by_radio = json!({"card/interface": "contactless", "card/code": "unknown", "cert/role": "technical", "card/certificates/1": null});
    let by_radio = ready("linux", &by_radio);
    assert_eq!((by_radio.outcome, by_radio.headline.unwrap().id), (Readiness::NotReady, "reader-contactless-only"));
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
        (tom.id, tom.reason, tom.values[0].1.to_string()),
        ("tcp-portals", "timeout", "tom.eservices.esante.gouv.fr".to_owned())
    );
    let options = DiagnosisOptions::default().with_portals(vec![Portal::Tom]);
    let changes = json!({"network": "@online", "network/hosts/1/ipv4/end": "timed-out"});
    let asked = diagnose(&changed("linux", changes.as_object().unwrap()), &options);
    assert_eq!((asked.outcome, asked.headline.unwrap().id), (Readiness::NotReady, "tcp-portals"));
}

#[test]
fn a_browser_that_does_not_work_does_not_spoil_another() {
    let mixed = ready("windows", &json!({"ws/stored_certificates": [], "ws/processes/ccm": false}));
    // a fleet must not read "nothing to correct" above a default browser that does not work
    let headline = mixed.headline.as_ref().map(|cause| cause.id);
    assert_eq!((mixed.outcome, headline), (Readiness::Reserved, Some("auth-cert-in-store")));
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
fn each_portal_has_its_cards() {
    // the table of roles (portals.md section 1): the card, then the answer of each portal, and what is to be asked
    let cases = [
        (json!({}), ["suitable", "suitable", "perhaps use-tops", "suitable", "suitable", "suitable"]),
        (
            json!({"card/card_type": 1}),
            ["suitable", "suitable", "perhaps in-training", "perhaps in-training", "suitable", "suitable"],
        ),
        (
            json!({"card/card_type": 2}),
            ["suitable", "suitable", "perhaps mandate-needed", "refused use-tom", "suitable", "suitable"],
        ),
        (
            json!({"card/card_type": 3, "card/type_label": "CDA"}),
            ["suitable", "suitable", "suitable", "refused use-tom", "suitable", "suitable"],
        ),
        (
            json!({"card/card_type": 2, "card/nominative": false}),
            [
                "refused service-card",
                "refused service-card",
                "perhaps mandate-needed",
                "refused use-tom",
                "refused service-card",
                "refused service-card",
            ],
        ),
        (json!({"card/card_type": null}), ["perhaps type-unknown"; 6]),
        (
            json!({"card/valid_from": "2026-11-21", "card/valid_until": "2026-11-21"}),
            ["suitable", "suitable", "perhaps use-tops", "suitable", "suitable", "suitable"],
        ),
        (json!({"card/valid_until": "2026-11-20"}), ["refused card-expired"; 6]),
        (json!({"card/valid_from": "2026-11-22"}), ["refused card-not-yet-valid"; 6]),
        (
            json!({"card/is_test": true}),
            [
                "perhaps test-card",
                "refused test-card",
                "refused test-card",
                "refused test-card",
                "refused test-card",
                "refused test-card",
            ],
        ),
    ];
    for (changes, expected) in cases {
        let diagnosis = ready("linux", &changes);
        let answers: Vec<_> = diagnosis
            .portals
            .iter()
            .map(|verdict| {
                let answer = verdict.eligibility.unwrap();
                let because = answer.because.map_or(String::new(), |why| format!(" {}", why.code()));
                format!("{}{because}", answer.fit.code())
            })
            .collect();
        assert_eq!(answers, expected, "{changes}");
    }
    let asked = |changes: &Value| {
        let diagnosis = ready("linux", changes);
        diagnosis
            .portals
            .iter()
            .map(|verdict| verdict.eligibility.unwrap().ask.map_or("", Question::code))
            .collect::<Vec<_>>()
    };
    let all = ["habilitation", "designation", "mandate", "practice", "service-rights", "directory"];
    assert_eq!(asked(&json!({})), all);
    let director = json!({"card/card_type": 2, "card/type_label": "CDE"});
    assert_eq!(asked(&director), ["habilitation", "designation", "", "", "service-rights", "directory"]);
    assert!(
        ready("linux", &json!({"reader/content": "empty"})).portals.iter().all(|verdict| verdict.eligibility.is_none())
    );
}

#[test]
fn a_portal_that_the_card_is_not_for_counts_only_when_it_is_asked_for() {
    let staff = json!({"card/card_type": 2, "card/type_label": "CDE/CPE"});
    let all = ready("linux", &staff);
    assert_eq!((all.outcome, all.unfit), (Readiness::Ready, None));
    assert_eq!(all.portal(Portal::Tops).unwrap().readiness, Readiness::NotReady);
    let options = DiagnosisOptions::default().with_portals(vec![Portal::IgcSante, Portal::Tops]);
    let asked = diagnose(&changed("linux", staff.as_object().unwrap()), &options);
    assert_eq!((asked.outcome, asked.unfit, asked.headline), (Readiness::NotReady, Some(Unfit::UseTom), None));
}

/// Sentences name megabytes, minutes and seconds; a check that passes names nothing.
#[test]
fn values_are_in_the_unit_of_their_sentence() {
    let value = |base: &str, id: &str, changes: Value| {
        let found = ready(base, &changes).check(id).unwrap().found.clone();
        found.values.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>()
    };
    let traces = json!({"ws/cryptolib/traces/on": true, "ws/cryptolib/traces/log_bytes": 99_000_000});
    assert_eq!(value("windows", "cryptolib-traces-off", traces), ["megabytes=94"]);
    let ahead = json!({"network": "@online", "network/hosts/2/http/clock-ahead-seconds": 660, "network/hosts/3/http/clock-ahead-seconds": 660});
    assert_eq!(value("linux", "clock-skew", ahead), ["minutes=11", "clock=ahead"]);
    assert_eq!(value("linux", "pkcs11-module-loads", json!({"module/answer/total_ms": 4200})), ["seconds=4"]);
    let old = value("windows", "os-supported", json!({"ws/system/build": 7601}));
    assert_eq!(old, ["name=Windows 11 Professionnel", "version=10.0.22631"]);
    assert!(value("windows", "os-supported", json!({})).is_empty());
}

/// Firefox reads the certificates of the system beside its own module, where it is told to and there are some.
#[test]
fn firefox_has_a_second_way_where_it_reads_the_system() {
    let ways = |base: &str, changes: &Value| {
        let diagnosis = ready(base, changes);
        let portal = diagnosis.portal(Portal::IgcSante).unwrap();
        let of_firefox = portal.paths.iter().filter(|path| path.browser == BrowserKind::Firefox);
        of_firefox.map(|path| path.path.code()).collect::<BTreeSet<_>>()
    };
    let both = BTreeSet::from(["firefox-module", "system-certificates"]);
    let own = BTreeSet::from(["firefox-module"]);
    for (base, preference, expected) in [
        ("windows", Value::Null, &both),
        ("windows", true.into(), &both),
        ("windows", false.into(), &own),
        ("linux", Value::Null, &own),
        ("linux", true.into(), &own),
    ] {
        let changes = json!({"ff/preferences/os_client_certificates": preference});
        assert_eq!(&ways(base, &changes), expected, "{base} {preference}");
    }
}

/// Without a browser there is still what no browser would change, portal by portal.
#[test]
fn without_a_browser_each_portal_has_the_causes_that_no_browser_changes() {
    let none = ready(
        "linux",
        &json!({"ws/browsers/installed": [], "network": "@online", "network/hosts/1/ipv4/end": "timed-out"}),
    );
    let told = |portal| none.portal(portal).unwrap().causes.iter().any(|cause| cause.id == "tcp-portals");
    assert!(told(Portal::Tom) && !told(Portal::IgcSante), "only its own host is a portal's trouble");
    let workstation = |changes: Value| ready("linux", &changes).portal(Portal::IgcSante).unwrap().workstation;
    assert_eq!(workstation(json!({"ws/browsers": "?failed"})), Readiness::CannotTell);
    let blocked = json!({"ws/browsers": "?failed", "card/code": "blocked", "card/tries_left": 0});
    assert_eq!(workstation(blocked), Readiness::NotReady, "no browser opens a blocked card");
}

/// A trifle does not explain why the answer is no, where the card does.
#[test]
fn a_card_that_is_not_for_the_portal_is_told_before_a_trifle() {
    let options = DiagnosisOptions::default().with_browsers(vec![BrowserKind::Safari]);
    let traces = json!({"ws/cryptolib/traces/on": true, "ws/cryptolib/traces/log_bytes": 2_000_000_000_u64});
    let mut changes = traces.as_object().unwrap().clone();
    changes.insert("card/valid_until".into(), "2026-11-20".into());
    let expired = diagnose(&changed("windows", &changes), &options);
    assert_eq!((expired.outcome, expired.headline.unwrap().id), (Readiness::NotReady, "auth-cert-validity"));
    let tops = DiagnosisOptions::default().with_portals(vec![Portal::Tops]);
    let refused = diagnose(&changed("windows", traces.as_object().unwrap()), &tops);
    assert_eq!((refused.outcome, refused.unfit), (Readiness::NotReady, Some(Unfit::UseTom)));
    assert!(refused.headline.is_none(), "{:?}", refused.headline);
}

/// Of two CPx the one on contacts is judged: the other one has no code.
#[test]
fn the_card_on_contacts_is_judged_before_one_by_radio() {
    let mut facts = fixture("linux.json");
    let readers = facts["readers"]["Ok"].as_array_mut().unwrap();
    let mut by_radio = readers[0].clone();
    by_radio["name"] = "Sans contact".into();
    by_radio["content"]["cpx"]["interface"] = "contactless".into();
    by_radio["content"]["cpx"]["is_test"] = true.into();
    readers.insert(0, by_radio);
    let facts = of_case(&facts).unwrap();
    let diagnosis = diagnose(&facts, &DiagnosisOptions::default());
    assert_eq!(diagnosis.portal(Portal::IgcSante).unwrap().eligibility.unwrap().because, None);
}

#[test]
fn a_browser_that_is_not_there_is_not_ready() {
    let options = DiagnosisOptions::default().with_browsers(vec![BrowserKind::Safari]);
    let diagnosis = diagnose(&changed("windows", &Map::new()), &options);
    assert_eq!(diagnosis.outcome, Readiness::NotReady);
    let headline = diagnosis.headline.as_ref().unwrap();
    assert_eq!((headline.id, headline.reason), ("browser-supported", "not-installed"));
    assert!(diagnosis.portals.iter().all(|verdict| verdict.paths.is_empty() && verdict.working().is_none()));
}

#[test]
fn a_card_that_was_saved_is_the_card_that_was_read() {
    let cases = [
        ("cps-medecin", "CPS", Some(true), Some(false)),
        ("cps-medecin-cps4", "CPS", Some(true), Some(false)),
        ("cps-medecin-contactless", "CPS", Some(true), Some(false)),
        ("cpe-service", "CPE", Some(false), Some(false)),
        ("cps-test", "CPS", Some(true), Some(true)),
    ];
    for (name, label, nominative, is_test) in cases {
        let card = Personality::embedded(name).unwrap();
        let readers = SimulatedReaders::new(vec![("Lecteur".to_owned(), card)]).unwrap().with_empty_reader("Vide");
        let readers: Arc<dyn Readers> = Arc::new(readers);
        let options = ReadOptions::default().with_certificates(true);
        let mut cards = collect(&readers, "", Collecting::new(options));
        let when = When::on("2026-11-21".parse().unwrap());
        let verdict = judge_cards(&cards, &Evidence::default(), when);
        keep_proofs(&mut cards, &verdict);
        let card = cards.cpx().next().unwrap().clone();
        let finest = card.finest_type().unwrap();
        assert_eq!(
            (finest.finest_label(), card.is_nominative(), card.is_test()),
            (label, nominative, is_test),
            "{name}"
        );
        // of what is not understood only the length is kept
        for reader in cards.readers.as_mut().unwrap() {
            if let ReaderContent::Card(CardAnswer::Cpx(card)) = &mut reader.content {
                card.kept.iter_mut().for_each(|kept| kept.bytes.fill(0));
            }
        }
        let again: CardFacts = serde_json::from_str(&serde_json::to_string(&cards).unwrap()).unwrap();
        assert_eq!(again.readers, cards.readers, "{name}");

        // without what tells a person apart it is another card, of which the same is said
        let mut facts = Facts::at(when.today, when.now.unix());
        facts.cards = cards;
        let text = facts::Case::new(facts).to_text().unwrap();
        let kept = facts::Case::parse(text.as_bytes()).unwrap().facts.cards;
        let said = |verdict: CardVerdict| {
            verdict.readers.into_iter().map(|one| (one.reservations, one.card_type)).collect::<Vec<_>>()
        };
        assert_eq!(said(judge_cards(&kept, &Evidence::default(), when)), said(verdict), "{name}");
        let kept = kept.cpx().next().unwrap();
        assert_eq!(kept.code, card.code, "{name}");
        let ends = [kept.card.valid_until, card.card.valid_until];
        assert!(ends[0].is_none_or(|end| end.day() == 1) && ends.map(|end| end.is_some()) == [ends[1].is_some(); 2]);
        let names = |card: &facts::CardReading| [card.holder.surname.clone(), card.holder.given_name.clone()];
        for (one, other) in names(kept).into_iter().zip(names(&card)) {
            assert_eq!(one.is_some(), other.is_some(), "{name}");
            let (Some(one), Some(other)) = (one, other) else { continue };
            assert_eq!(one.reveal().len(), 14, "{name}");
            assert!(other.reveal().len() < 4 || !text.contains(other.reveal()), "{name}: a name is kept");
        }
        assert!(!text.contains(card.card.number.as_ref().unwrap().reveal()), "{name}");
    }
    let stopped = changed("linux", json!({"readers": "!pcsc-absent"}).as_object().unwrap());
    assert!(stopped.cards.readers.is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever goes wrong together: one headline that nothing explains, and the same one every time.
    #[test]
    fn any_mixture_of_problems_has_one_headline(base in 0_usize..3, picked in prop::collection::vec(any::<prop::sample::Index>(), 0..12)) {
        let base = ["windows", "macos", "linux"][base];
        let every: Vec<_> = check_cases().into_values().flatten().filter(|(on, _, _)| on == base).collect();
        let mut all = Map::new();
        for place in picked {
            // one that cannot stand beside the others is left out
            let more = all.clone().into_iter().chain(place.get(&every).2.clone()).collect();
            if std::panic::catch_unwind(|| changed(base, &more)).is_ok() {
                all = more;
            }
        }
        let facts = changed(base, &all);
        let diagnosis = diagnose(&facts, &DiagnosisOptions::default());
        let again = diagnose(&facts, &DiagnosisOptions::default());
        prop_assert_eq!(format!("{diagnosis:?}"), format!("{again:?}"));
        prop_assert!(diagnosis.others.len() <= 2);
        for cause in diagnosis.headline.iter().chain(&diagnosis.others).chain(&diagnosis.folded) {
            prop_assert!(matches!(cause.state, State::Fail | State::Warn | State::Skip));
        }
        for result in &diagnosis.checks {
            let failing = |id: &&str| diagnosis.check(id).is_some_and(|one| matches!(one.state, State::Fail | State::Blocked));
            let below = result.check.depends_on.iter().any(failing);
            // nothing explains away what the card itself says, to the module too
            let of_card = ["auth-cert-revocation", "auth-cert-validity", "test-card-on-production", "pin-state"];
            let may_fail = !below || of_card.contains(&result.check.id);
            prop_assert!(result.state != State::Fail || may_fail, "{} fails below a failure", result.check.id);
        }
        let explained = diagnosis.headline.is_some() || diagnosis.unfit.is_some();
        let is_told = matches!(diagnosis.outcome, Readiness::Reserved | Readiness::NotReady);
        prop_assert!(explained || !is_told, "no word about {:?}", diagnosis.outcome);
        prop_assert!(diagnosis.outcome != Readiness::Ready || !explained, "{:?}", diagnosis.headline);
    }
}

#[test]
fn fixtures_name_nobody() {
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(!text.contains("/home/") || text.contains("/home/x/"), "a home folder");
    }
}
