//! What holds of every verdict: over generated changes of the recorded workstations, and over the handed ones with another
//! card in them.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::PathBuf;

use cpx_card::internal::facts::{CardAnswer, CardReading, Case, Facts, ReaderContent};
use cpx_card::internal::identity::{Category, Date};
use cpx_card::internal::readiness::{
    BrowserPath, Catalogue, Cause, Diagnosis, DiagnosisOptions, Kind, Readiness, State, Weight, diagnose,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::support::changes::{changed, fixture};

const BASES: [&str; 3] = ["windows", "macos", "linux"];

fn judged(facts: &Facts) -> Diagnosis {
    diagnose(facts, &DiagnosisOptions::default())
}

fn with(base: &str, changes: &Value) -> Diagnosis {
    judged(&changed(base, changes.as_object().unwrap()))
}

/// As the system, nothing that belongs to the person at the workstation is told as good.
#[test]
fn what_belongs_to_another_person_is_never_good() {
    for base in BASES {
        let told = with(base, &json!({"ws/session/other_account": true, "ws/session/kind": "service"}));
        assert_eq!((told.outcome, told.headline.unwrap().id), (Readiness::CannotTell, "user-context"), "{base}");
        let mut personal = 0;
        for one in &told.checks {
            if one.check.kind != Kind::Probe && one.check.depends_on.contains(&"user-context") {
                personal += 1;
                assert!(one.state != State::Pass, "{base} {}", one.check.id);
            }
        }
        assert!(personal > 5, "{base}");
        // one who was looked at is
        let looked_at = json!({"ws/session/other_account": true, "ws/session/looked_at": {"private": "p-1"}});
        assert!(with(base, &looked_at).outcome <= Readiness::Reserved, "{base}");
    }
}

/// A system that is newer than the tables is told with its number.
#[test]
fn a_newer_system_is_named_with_its_version() {
    let told = with("macos", &json!({"ws/system/version": "26.1"}));
    let found = &told.check("os-supported").unwrap().found;
    assert_eq!((found.reason, found.values[0].1.to_string().as_str()), ("not-listed", "macOS 26.1"));
}

/// What is usual on a workstation that works, and no word is worth.
fn usual() -> Vec<(&'static str, Value)> {
    let empty = |name: &str| json!({"name": name, "in_use": null, "content": "empty"});
    let foreign = |name: &str, family: &str, atr: &str| json!({"name": name, "in_use": true, "content": {"foreign": {"family": family, "atr": atr}}});
    let held = json!({"name": "Yubico YubiKey OTP+FIDO+CCID 01 00", "in_use": null, "content": {"failed": {
        "failure": {"kind": "card-in-use", "detail": "", "foreign": {"function": "SCardConnect", "code": 0x8010_000B_u32}},
        "atr": null, "generation": null}}});
    let galss = json!({"path": "galss.ini", "channels": {"seen": [{"reader": "Vital'Act 0", "serial": false}]}});
    vec![
        ("as it is", json!({})),
        ("a second reader", json!({"readers/Ok/+": empty("Lecteur B")})),
        (
            "Vitale in the second slot",
            json!({"readers/Ok/+": foreign("Vital'Act 1", "vitale", "3B751300004309EA9000")}),
        ),
        ("Windows Hello", json!({"readers/Ok/+": foreign("Windows Hello for Business 1", "unknown", "3B8D01")})),
        ("a SIM reader", json!({"readers/Ok/+": empty("Microsoft UICC ISO Reader 0")})),
        ("a security key that is held", json!({"readers/Ok/+": held})),
        ("a SAM slot", json!({"readers/Ok/+": foreign("ACS ACR1281 1S Dual Reader SAM 0", "unknown", "3B00")})),
        ("a bank card beside", json!({"readers/Ok/+": foreign("Lecteur B", "bank", "3F6525002C09699000")})),
        ("GALSS beside PC/SC", json!({"ws/galss": {"seen": galss}})),
        ("a programme that uses the card", json!({"ws/processes/card_users": [{"name": "jFSE", "started": null}]})),
        ("a card that others use too", json!({"reader/in_use": true})),
        ("an elevated technician", json!({"ws/session/elevated": true})),
        ("a newer Cryptolib", json!({"ws/cryptolib/versions": [{"source": "package", "version": "6.0.0"}]})),
        (
            "a restart that waits",
            json!({"ws/updates": {"seen": {"has_october_2025": true, "events_624": {"seen": 0},
            "reboot_pending": true, "pending_files": [], "smart_app_control": 2, "blocked_files": {"seen": []}}}}),
        ),
        ("leftovers", json!({"ws/cryptolib/leftovers": {"seen": ["C:\\Windows\\cps_pkcs11_w32.dll"]}})),
        (
            "another copy of the module",
            json!({"ws/cryptolib/copies/+": {"path": "/opt/metier/cps3_pkcs11", "official": false,
            "version": "5.0.1", "architectures": ["x86-64"], "sha256": "cc"}}),
        ),
        (
            "empty files in the cache",
            json!({"ws/cryptolib/cache": {"seen": {"path": "cache", "present": true, "writable": true, "empty_files": 3}}}),
        ),
        (
            "no cache",
            json!({"ws/cryptolib/cache": {"seen": {"path": "cache", "present": false, "writable": null, "empty_files": 0}}}),
        ),
        (
            "a cache that is closed",
            json!({"ws/cryptolib/cache": {"seen": {"path": "cache", "present": true, "writable": false, "empty_files": 0}}}),
        ),
        ("a module that was copied by hand", json!({"ws/cryptolib/versions/0/source": "module-file"})),
        ("no RSA-PSS, as a CPS3", json!({"card/generation": "cps3", "token/mechanisms": {"seen": [1, 6, 64]}})),
        ("former authorities", json!({"ws/trusted_authorities/+": "0000000000000000000000000000000000000000"})),
        (
            "a reader that wakes slowly",
            json!({"ws/power_plan": {"seen": {"usb_selective_suspend": true, "card_losses": 0}}}),
        ),
        (
            "an older driver",
            json!({"ws/reader_devices": {"seen": [{"name": "L", "problem": 0, "driver_provider": "Gemalto",
            "driver_date": "2010-01-01"}]}}),
        ),
        ("a card of a newer model", json!({"card/exact_atr": false})),
        (
            "old traces",
            json!({"ws/cryptolib/traces": {"seen": {"on": false, "log_bytes": 90_000_000, "log_bytes_at_least": false,
            "free_bytes": 90_000_000_000_u64}}}),
        ),
        ("CCM not running", json!({"ws/processes/ccm": false})),
        (
            "CCM instead of Windows",
            json!({"ws/services": {"seen": {
            "smart_card": {"seen": {"present": true, "start": 3, "state": "running"}},
            "device_enumeration": {"seen": {"present": true, "start": 3, "state": "running"}},
            "certificate_propagation": {"seen": {"present": true, "start": 4, "state": "stopped"}},
            "propagation_policy": null}}, "ws/processes/ccm": true}),
        ),
        ("the network in order", json!({"network": "@online", "ws/trusted_authorities": "@roots"})),
    ]
}

#[test]
fn a_healthy_workstation_is_silent() {
    let mut told = Vec::new();
    let (mut tried, mut remarks) = (0, Vec::new());
    for base in BASES {
        for (name, changes) in usual() {
            let Ok(diagnosis) = std::panic::catch_unwind(|| with(base, &changes)) else { continue };
            tried += 1;
            let others = diagnosis.others.iter().chain(&diagnosis.folded).map(|cause| (cause.id, cause.reason));
            remarks.extend(others.clone().map(|one| (base, name, one)));
            if diagnosis.outcome != Readiness::Ready || others.count() > 0 {
                told.push(format!(
                    "{base}, {name}: {:?} {:?} {:?}",
                    diagnosis.outcome, diagnosis.headline, diagnosis.others
                ));
            }
        }
    }
    assert!(tried >= 40, "{tried}");
    assert!(told.is_empty(), "{}", told.join("\n"));
}

fn recorded() -> Vec<(String, Facts)> {
    let folder = crate::support::root().join("fixtures/workstations");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let name = |file: &PathBuf| file.file_stem().unwrap().to_string_lossy().into_owned();
    files.iter().map(|file| (name(file), Case::parse(&fs::read(file).unwrap()).unwrap().facts)).collect()
}

/// The same facts with this in every CPx that was read; none where none was.
fn with_card(facts: &Facts, change: impl Fn(&mut CardReading)) -> Option<Facts> {
    let mut facts = facts.clone();
    let mut read = false;
    for reader in facts.cards.readers.as_mut().ok()? {
        if let ReaderContent::Card(CardAnswer::Cpx(card)) = &mut reader.content {
            change(card);
            read = true;
        }
    }
    read.then_some(facts)
}

/// What the card says is told before any fault of the workstation.
#[test]
fn every_fault_on_top_of_a_card_that_is_no_good_tells_the_card_first() {
    let mut tried = 0;
    for (name, facts) in recorded() {
        let is_test = with_card(&facts, |card| card.card.category = Some(Category::Test));
        let blocked = with_card(&facts, |card| card.code.tries_left = Some(0));
        let expired = with_card(&facts, |card| {
            card.card.valid_until = Date::new(2020, 1, 31);
            card.code.tries_left = Some(0);
        });
        let (Some(is_test), Some(blocked), Some(expired)) = (is_test, blocked, expired) else { continue };
        tried += 1;
        let head = |facts: &Facts| {
            let diagnosis = judged(facts);
            (diagnosis.outcome, diagnosis.headline.map(|cause| cause.id))
        };
        let own = head(&facts).1;
        let graver = |order: &[&str]| own.filter(|id| order.contains(id));
        let revoked = ["auth-cert-revocation"];
        let ended = ["auth-cert-revocation", "auth-cert-validity"];
        let ranked = ["auth-cert-revocation", "auth-cert-validity", "test-card-on-production"];
        assert_eq!(head(&expired), (Readiness::NotReady, graver(&revoked).or(Some("auth-cert-validity"))), "{name}");
        let expected = graver(&ended).or(Some("test-card-on-production"));
        assert_eq!(head(&is_test), (Readiness::NotReady, expected), "{name}");
        assert_eq!(head(&blocked), (Readiness::NotReady, graver(&ranked).or(Some("pin-state"))), "{name}");
    }
    assert!(tried > 60, "{tried}");
}

/// Another program that holds the card for good hides nothing: the module shows its certificates, and they are judged.
#[test]
fn a_card_that_another_program_holds_is_judged_by_what_the_module_shows() {
    let held = json!("!card-in-use:8010000B cps4");
    let shown = |not_after: i64, trust: &str| {
        json!([{"content": {"role": "authentication", "issuer": "AC IGC-SANTE FORT PERSONNES", "not_before": 1_767_571_200,
        "not_after": not_after}, "proof": {"fingerprint": {"private": "0123456789abcdef0123456789abcdef01234567"},
        "trust": trust, "revocation": "not-checked"}}])
    };
    for base in BASES {
        let judged = |shown: Value| with(base, &json!({"reader/content": held, "reader/shown": shown}));
        let good = judged(shown(1_956_441_600, "trusted"));
        assert_eq!((good.outcome, &good.headline), (Readiness::Ready, &None), "{base}");
        assert_eq!(good.check("auth-cert-present").unwrap().found.reason, "from-module", "{base}");
        let headline = |shown: Value| judged(shown).headline.map(|cause| cause.id);
        assert_eq!(headline(shown(1_700_000_000, "trusted")), Some("auth-cert-validity"), "{base}");
        assert_eq!(headline(shown(1_956_441_600, "test-authority")), Some("test-card-on-production"), "{base}");
        // the module may call a CPS4 blocked that is not: who holds the card hides its own word
        let blocked = json!({"reader/content": "!card-in-use:8010000B cps4", "token/flags": 0x0004_0405,
            "reader/shown": shown(1_956_441_600, "trusted")});
        assert_eq!(with(base, &blocked).outcome, Readiness::CannotTell, "{base}");
        let nothing = judged(json!([]));
        assert_eq!(nothing.check("card-responds").unwrap().found.reason, "card-held", "{base}");
    }
}

/// What holds of every verdict.
fn hold(diagnosis: &Diagnosis) -> Result<(), TestCaseError> {
    for result in &diagnosis.checks {
        let passed = result.found.state == State::Pass;
        prop_assert!(!passed || result.state == State::Pass, "{} passed and is {:?}", result.check.id, result.state);
        let stands = result.state == State::Fail && result.check.kind.explains();
        prop_assert!(!stands || result.works_anyway.is_none(), "{}", result.check.id);
        prop_assert_eq!(result.blocked_by.is_some(), result.state == State::Blocked);
    }
    let says_why = diagnosis.headline.is_some() || diagnosis.unfit.is_some();
    match diagnosis.outcome {
        Readiness::Ready => prop_assert!(!says_why && diagnosis.repair.is_empty()),
        Readiness::Reserved | Readiness::NotReady => prop_assert!(says_why, "{:?}", diagnosis.outcome),
        Readiness::CannotTell => {}
    }
    for portal in &diagnosis.portals {
        for path in &portal.paths {
            let severe = |cause: &&Cause| cause.state == State::Fail;
            let none = path.causes.iter().find(severe).is_none();
            prop_assert!(path.readiness != Readiness::NotReady || !none, "{:?} {:?}", path.browser, path.path);
        }
        let works = portal.working().is_some();
        prop_assert!(
            !works
                || portal.workstation <= Readiness::Reserved
                || portal.workstation == Readiness::CannotTell
                || portal.paths.iter().any(|path| path.is_default && path.readiness > Readiness::Reserved)
        );
    }
    let probes_pass = diagnosis.checks.iter().all(|one| {
        // what waits for a failed check was not seen to work
        let is_fine = matches!(one.found.state, State::Pass | State::Warn)
            || one.state != State::Blocked && one.found.skipped.is_some_and(|why| !why.leaves_open());
        one.check.kind.explains() || is_fine
    });
    let is_asked_here = diagnosis.checks.iter().all(|one| one.check.weight(one.found.reason) != Weight::Open);
    let has_way = diagnosis.portals.iter().all(|portal| !portal.paths.is_empty());
    if probes_pass && is_asked_here && has_way && diagnosis.unfit.is_none() {
        let broken = diagnosis.checks.iter().filter(|one| one.state == State::Fail).map(|one| one.check.id);
        prop_assert!(diagnosis.outcome != Readiness::NotReady, "{:?}", broken.collect::<Vec<_>>());
    }
    Ok(())
}

/// Of two faults the one that makes the headline is taken back: it is no headline any more, and nothing is worse than before.
#[test]
fn repairing_the_headline_makes_nothing_worse() {
    let mut tried = 0;
    for base in BASES {
        let every = all_changes(base);
        for (place, one) in every.iter().enumerate() {
            // a second fault beside it, so that there is a plan
            let other = every.get((place * 7 + 3) % every.len()).cloned().unwrap_or_default();
            let both: Map<_, _> = other.clone().into_iter().chain(one.clone()).collect();
            let judge = |changes: &Map<String, Value>| {
                let made = std::panic::catch_unwind(|| changed(base, changes)).ok()?;
                Some(judged(&made))
            };
            let (Some(first), Some(alone), Some(rest)) = (judge(&both), judge(one), judge(&other)) else { continue };
            // the one change that makes the headline is taken back
            let Some(headline) = first.headline.as_ref().filter(|cause| cause.state == State::Fail) else { continue };
            let fails = |diagnosis: &Diagnosis, id: &str| diagnosis.check(id).unwrap().found.state == State::Fail;
            let (by_one, by_other) = (fails(&alone, headline.id), fails(&rest, headline.id));
            let repaired = match (by_one, by_other) {
                (true, false) => rest,
                (false, true) => alone,
                _ => continue,
            };
            tried += 1;
            hold(&repaired).unwrap_or_else(|error| panic!("{base} {both:?}: {error}"));
            // it may still be an open question there
            let is_same = |cause: &Cause| cause.id == headline.id && cause.state == State::Fail;
            assert!(!repaired.headline.as_ref().is_some_and(is_same), "{base} {both:?}: {}", headline.id);
            let (before, after) = (first.outcome, repaired.outcome);
            assert!(after <= before || after == Readiness::CannotTell, "{base} {both:?}: {before:?}, then {after:?}");
        }
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn the_recorded_workstations_hold_as_well() {
    for (name, facts) in recorded() {
        hold(&judged(&facts)).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

/// The changes of the cases of all checks on one base.
fn all_changes(base: &str) -> Vec<Map<String, Value>> {
    let cases = fixture("checks.json");
    let rows = cases.as_object().unwrap().values().flat_map(|rows| rows.as_array().unwrap());
    rows.filter(|row| row[0] == base).filter_map(|row| row[2].as_object().cloned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_mixture_of_faults_holds(base in 0_usize..3, picked in prop::collection::vec(any::<prop::sample::Index>(), 1..9)) {
        let base = BASES[base];
        let every = all_changes(base);
        let mut all = Map::new();
        for place in picked {
            let more: Map<_, _> = all.clone().into_iter().chain(place.get(&every).clone()).collect();
            if std::panic::catch_unwind(|| changed(base, &more)).is_ok() {
                all = more;
            }
        }
        hold(&judged(&changed(base, &all))).map_err(|error| TestCaseError::fail(format!("{base} {all:?}: {error}")))?;
    }
}

#[test]
fn the_catalogue_says_what_each_check_is_evidence_of() {
    for check in Catalogue::get().checks() {
        let by: Vec<_> = check.exonerated_by().collect();
        assert!(check.kind.explains() || by.is_empty(), "{}", check.id);
        assert!(by.iter().all(|one| matches!(one.kind, Kind::Probe | Kind::Link)), "{}", check.id);
        assert!(!check.needed || check.kind != Kind::Context, "{}", check.id);
    }
    assert!(BrowserPath::ALL.len() > 1);
}

/// Seen beside ANS's module: what lies on the machine and is only unusual was told before the cache that lies.
#[test]
fn a_module_that_shows_an_old_state_of_the_card_convicts_its_cache_alone() {
    let differs = json!({"differs": ["authentication-certificate"]});
    for base in ["windows", "linux"] {
        for shown in ["outdated", "another-card"] {
            let unknown = json!({"ws/cryptolib/versions": [], "token/agreement": {shown: differs}});
            let found = with(base, &unknown);
            let causes: Vec<_> = found.headline.iter().chain(&found.repair).map(|cause| cause.id).collect();
            assert!(!causes.contains(&"cryptolib-version-readable"), "{base}, {shown}: {causes:?}");
            let about = ["cryptolib-cache-writable", "pkcs11-token-recognised"];
            assert!(causes.first().is_some_and(|first| about.contains(first)), "{base}, {shown}: {causes:?}");
        }
    }
}

/// A version that is not found explains no failure: it says nothing of the module that crashes.
#[test]
fn a_version_that_is_not_found_is_never_the_cause() {
    let crash = json!({"crashed": {"function": "C_Initialize", "signal": 11}});
    for base in ["windows", "linux"] {
        let found = with(base, &json!({"ws/cryptolib/versions": [], "module/answer/end": crash}));
        let headline = found.headline.map(|cause| cause.id);
        assert_eq!(headline, Some("pkcs11-module-loads"), "{base}");
    }
}
