//! A card that is to come: what is told of a workstation for another generation than that in the reader.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;

use cpx_card::internal::card::Generation;
use cpx_card::internal::facts::Case;
use cpx_card::internal::readiness::{Diagnosis, DiagnosisOptions, Readiness, diagnose};
use serde_json::{Value, json};

use crate::support::changes::changed;

use Generation::{Cps3, Cps4};
use Readiness::{CannotTell, NotReady, Ready, Reserved};

fn awaiting(generation: Generation) -> DiagnosisOptions {
    DiagnosisOptions::default().with_awaited(Some(generation))
}

/// A workstation with a CPS3 in its reader and these changes, asked about a card of another generation.
fn with_cps3(base: &str, changes: &Value, awaited: Generation) -> Diagnosis {
    let mut all = json!({"card/generation": "cps3", "card/atr": "3BAC00402A001225006480000310009000"});
    all.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    diagnose(&changed(base, all.as_object().unwrap()), &awaiting(awaited))
}

fn version(version: &str) -> Value {
    json!([{"source": "package", "version": version}])
}

#[test]
fn each_cause_is_the_one_that_is_told() {
    let entry = |atr: &str, mask: &str| {
        json!({"name": "Carte", "atr": atr, "mask": mask, "provider": "ASIP Sante Cryptographic Provider",
            "minidriver": null, "view": "bits64"})
    };
    // by its mask the entry of the CPS3 is none of the CPS4 in circulation
    let cps3_alone = json!([entry("3B00000000001225006480000000009000", "FF00000000FFFFFFFFFFFF000000FFFFFF")]);
    let no_card = json!("empty");
    for (base, changes, awaited, outcome, cause) in [
        ("windows", json!({}), Cps4, Ready, None),
        ("macos", json!({"ws/browsers/default": "firefox"}), Cps4, Ready, None),
        ("linux", json!({}), Cps4, Ready, None),
        // the Cryptolib
        (
            "windows",
            json!({"ws/cryptolib/versions": version("5.1.16")}),
            Cps4,
            NotReady,
            Some("card-generation-supported"),
        ),
        (
            "linux",
            json!({"ws/cryptolib/versions": version("5.1.16")}),
            Cps4,
            NotReady,
            Some("card-generation-supported"),
        ),
        // it may lose the card after sleep: a remark
        ("windows", json!({"ws/cryptolib/versions": version("5.2.1")}), Cps4, Ready, None),
        ("linux", json!({"ws/cryptolib/versions": []}), Cps4, CannotTell, None),
        // Windows and its table: Firefox goes by the module
        ("windows", json!({"ws/windows_crypto/cards": cps3_alone}), Cps4, Reserved, Some("calais-atr-match")),
        (
            "windows",
            json!({"ws/windows_crypto/cards": cps3_alone, "ws/browsers/installed/1": null}),
            Cps4,
            NotReady,
            Some("calais-atr-match"),
        ),
        // nothing brings a certificate into the store, and no card shows that it comes
        (
            "windows",
            json!({"reader/content": no_card, "ws/services/certificate_propagation/start": 4, "ws/processes/ccm": false, "ws/browsers/installed/1": null}),
            Cps4,
            NotReady,
            Some("certpropsvc-startup"),
        ),
        // which CPS Gestion knows a CPS4 is published nowhere
        ("macos", json!({}), Cps4, Reserved, Some("macos-ctk-token")),
        // a browser, a reader
        (
            "linux",
            json!({"ff/modules": [], "ws/browsers/installed/1": null}),
            Cps4,
            NotReady,
            Some("firefox-module-registered"),
        ),
        ("linux", json!({"readers/Ok": [], "ws/usb_readers": []}), Cps4, NotReady, Some("reader-present")),
        // what only today's card says
        ("linux", json!({"card/code": "blocked", "card/valid_until": "2026-01-01"}), Cps4, Ready, None),
        ("linux", json!({"reader/content": no_card}), Cps4, Ready, None),
        ("windows", json!({"reader/content": no_card}), Cps4, Ready, None),
        ("windows", json!({"reader/content": "mute"}), Cps4, Ready, None),
        // the other way round
        ("linux", json!({}), Cps3, Ready, None),
        (
            "linux",
            json!({"ws/cryptolib/versions": version("5.0.3"), "card/generation": "cps4"}),
            Cps3,
            NotReady,
            Some("card-generation-supported"),
        ),
    ] {
        let told = with_cps3(base, &changes, awaited);
        let headline = told.headline.as_ref().map(|cause| cause.id);
        assert_eq!((told.outcome, headline), (outcome, cause), "{base} {changes} {awaited:?}: {:?}", told.headline);
        let awaited = told.awaited.unwrap();
        assert!(!awaited.verified_on.is_empty() && awaited.minimum.is_some(), "{awaited:?}");
        assert_eq!(told.unfit, None);
    }
}

#[test]
fn what_is_known_of_the_card_is_told_and_what_is_not_is_none() {
    let awaited = |base: &str, changes: Value, of| with_cps3(base, &changes, of).awaited.unwrap();
    let known = awaited("windows", json!({}), Cps4);
    assert_eq!((known.in_reader, known.rsa_pss, known.windows_knows), (Some(Cps3), Some(true), Some(true)));
    assert_eq!((known.cryptolib.as_deref(), known.minimum), (Some("5.2.6"), Some("5.2.0")));
    assert_eq!(known.verified_on, "virtual card");
    let old = awaited("linux", json!({"ws/cryptolib/versions": version("5.1.16")}), Cps4);
    assert_eq!((old.rsa_pss, old.windows_knows), (None, None));
    let without = awaited("linux", json!({"ws/cryptolib/versions": [], "reader/content": "empty"}), Cps4);
    assert_eq!((without.cryptolib, without.rsa_pss, without.in_reader), (None, None, None));
    let cps3 = awaited("linux", json!({}), Cps3);
    assert_eq!(cps3.rsa_pss, Some(false));
    assert!(cps3.verified_on.starts_with("real card"));
}

/// A portal that takes nothing but RSA-PSS refuses every CPS3, and no CPS4 for that.
#[test]
fn a_portal_that_demands_pss_is_closed_to_a_cps3_alone() {
    let request = json!({"authorities": [], "authority-count": 0, "signature-schemes": [2052]});
    let online = json!({"network": "@online", "host/tls/version": "1.3", "host/tls/certificate-request": request,
        "host/tls12-only": "no-common-version"});
    let closed = |awaited| {
        let told = with_cps3("linux", &online, awaited);
        told.check("client-cert-requested").unwrap().found.reason == "needs-cps4"
    };
    assert!(closed(Cps3) && !closed(Cps4));
}

/// On every recorded workstation: what works today with a card is ready for a card of its generation, and every other answer
/// says why.
#[test]
fn a_workstation_that_takes_a_card_today_is_ready_for_its_generation() {
    let (mut same, mut asked) = (0, 0);
    for entry in fs::read_dir(crate::support::root().join("fixtures/workstations")).unwrap() {
        let path = entry.unwrap().path();
        let Ok(case) = Case::parse(&fs::read(&path).unwrap()) else { continue };
        let today = diagnose(&case.facts, &DiagnosisOptions::default());
        for generation in [Cps3, Cps4] {
            let told = diagnose(&case.facts, &awaiting(generation));
            asked += 1;
            let is_open = told.portals.iter().any(|portal| portal.paths.iter().any(|path| !path.open.is_empty()));
            assert!(told.outcome == Ready || told.headline.is_some() || is_open, "{}", path.display());
            if told.awaited.as_ref().unwrap().in_reader == Some(generation) && today.outcome <= Reserved {
                same += 1;
                assert!(told.outcome <= Reserved, "{} {:?}", path.display(), told.headline);
            }
        }
    }
    assert!(same > 30 && asked > 150, "{same} {asked}");
}
