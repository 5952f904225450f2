//! The swap test: whether two files are of one card, and what follows from it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::support::said;

fn program(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cpx-check"));
    command.args(arguments).env("LC_ALL", "fr_FR.UTF-8").env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm");
    command.stdin(Stdio::null()).output().unwrap()
}

fn case(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/workstations");
    format!("{folder}/{name}.json")
}

fn compared(one: &str, other: &str, further: &[&str]) -> Value {
    let output = program(&[&["--compare", one, other, "--format", "json"], further].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)))
}

#[test]
fn the_fault_follows_the_card_or_the_workstation() {
    const SAME: &[&str] = &["--same-card"];
    const OTHER: &[&str] = &["--other-card"];
    let folder = tempfile::tempdir().unwrap();
    let copy = |name: &str| {
        let to = folder.path().join(format!("{name}.json"));
        fs::copy(case(name), &to).unwrap();
        to.to_str().unwrap().to_owned()
    };
    for (one, other, card, conclusion, follows) in [
        // a stopped service, a card upside down, a blocked code, a healthy workstation of the same system
        ("B01", "H01", SAME, "workstation", Some("workstation")),
        ("B11", "H01", SAME, "workstation", Some("workstation")),
        ("B11", "H01", OTHER, "card", Some("card")),
        ("B11", "B11", SAME, "card-likely", Some("card")),
        ("B11", "B11", OTHER, "workstation-on-both", Some("workstation")),
        ("B01", "B01", SAME, "both-workstations", Some("workstation")),
        ("B01", "B01", OTHER, "workstation-on-both", Some("workstation")),
        ("B17", "B17", SAME, "card-on-both", Some("card")),
        ("B17", "B17", OTHER, "both-cards", Some("card")),
        // what the card says of itself does not change with the workstation
        ("B17", "H01", SAME, "card-changed", None),
        ("B17", "H01", OTHER, "card-itself", Some("card")),
        ("B01", "H01", OTHER, "workstation-changed", None),
        ("B01", "B11", SAME, "two-faults", None),
        ("H01", "H01", OTHER, "no-fault", None),
        ("B03", "B01", OTHER, "two-changes", None),
        ("B01", "H01", &[], "unknown-card", None),
    ] {
        // which of the two comes first says nothing
        for (first, second) in [(one, other), (other, one)] {
            let answer = compared(&case(first), &copy(second), card);
            let told = (answer["conclusion"].as_str().unwrap(), answer["follows"].as_str());
            assert_eq!(told, (conclusion, follows), "{first} {second} {card:?}: {answer:#}");
        }
        for (lang, marks) in [("fr", ["carte", "poste"]), ("en", ["card", "workstation"])] {
            let output = program(&[&["--compare", &case(one), &copy(other), "--lang", lang], card].concat());
            let told = crate::support::as_typed(&output.stdout);
            assert!(marks.iter().any(|word| told.contains(word)) && told.contains("  → "), "{told}");
            assert!(!told.contains("swap-") && !told.contains('{'), "{told}");
        }
    }
}

#[test]
fn an_answer_is_compared_like_the_case_that_it_is_of() {
    let folder = tempfile::tempdir().unwrap();
    let answers: Vec<_> = ["B01", "H01"]
        .iter()
        .map(|name| {
            let path = folder.path().join(format!("{name}.json"));
            fs::write(&path, program(&["--replay", &case(name), "--format", "json"]).stdout).unwrap();
            path.to_str().unwrap().to_owned()
        })
        .collect();
    let answer = compared(&answers[0], &answers[1], &["--same-card"]);
    assert_eq!((&answer["conclusion"], &answer["known_by"]), (&"workstation".into(), &"user".into()));
    assert_eq!(answer["files"][0]["causes"][0], "pcsc-service-running");
    assert_eq!(compared(&answers[0], &answers[1], &[])["conclusion"], "unknown-card");
    for hostile in ["{}", "[", "{\"schema\":\"cpx-check.diagnosis/2\",\"outcome\":\"x\"}"] {
        fs::write(&answers[0], hostile).unwrap();
        let output = program(&["--compare", &answers[0], &answers[1]]);
        assert_eq!(output.status.code(), Some(64), "{}", said(&output));
    }
    let output = program(&["--compare", &case("B01"), "--same-card"]);
    assert_eq!(output.status.code(), Some(64));
    assert!(said(&output).contains("deux fichiers"), "{}", said(&output));
}

#[test]
fn two_files_that_fail_alike_are_told_by_what_they_share() {
    let folder = tempfile::tempdir().unwrap();
    let answer = |name: &str, causes: &[&str]| {
        let repair: Vec<_> = causes.iter().map(|check| serde_json::json!({ "check": check })).collect();
        let answer = serde_json::json!({ "schema": "cpx-check.diagnosis/2", "outcome": "not-ready", "repair": repair });
        let path = folder.path().join(name);
        fs::write(&path, answer.to_string()).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let one = answer("one.json", &["pin-state", "chromium-linux-nssdb"]);
    let other = answer("other.json", &["chromium-linux-nssdb"]);
    for (first, second) in [(&one, &other), (&other, &one)] {
        let output = program(&["--compare", first, second, "--other-card"]);
        let told = crate::support::as_typed(&output.stdout);
        assert!(told.contains("contrôle en échec : Carte connue de Chrome sous Linux"), "{told}");
        assert!(told.contains("one.json : Code porteur, Carte connue"), "{told}");
    }
}

#[test]
fn what_cannot_be_known_or_done_is_told_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let linked = recorded(folder.path(), "a.json", "cps-medecin", &["--link", "tilleul"]);
    let linked = linked.to_str().unwrap();
    // nothing was read of the card where the service does not run: no word would say which it is
    let output = program(&["--compare", &case("B01"), linked]);
    let told = crate::support::as_typed(&output.stdout);
    assert!(told.contains("aucune carte n'a pu être lue") && told.contains("B01.json"), "{told}");
    let answer = compared(&case("B01"), linked, &[]);
    assert_eq!((&answer["conclusion"], &answer["files"][0]["card_read"]), (&"unknown-card".into(), &false.into()));
    let output = program(&["--compare", linked, linked]);
    assert_eq!((output.status.code(), said(&output).contains("deux fois le même")), (Some(64), true));
    let other = case("B01");
    for (further, words) in [
        (["--format", "line"], "en JSON"),
        (["--record", "/nonexistent/x.json"], "ne regarde que ces fichiers"),
        (["--replay", linked], "ne regarde que ces fichiers"),
    ] {
        let output = program(&[&["--compare", linked, &other][..], &further].concat());
        assert_eq!(output.status.code(), Some(64), "{further:?}");
        assert!(said(&output).contains(words), "{}", said(&output));
    }
    let unread = folder.path().join("unread.json");
    let output = program(&["--record", unread.to_str().unwrap(), "--link", "tilleul"]);
    assert!(said(&output).contains("Aucune carte n'a pu être lue"), "{}", said(&output));
    let short = program(&["--simulate", "cps-medecin", "--record", "/nonexistent/x.json", "--link", "  a  "]);
    assert_eq!(short.status.code(), Some(64));
    assert!(said(&short).contains("six caractères"), "{}", said(&short));
}

fn recorded(folder: &Path, name: &str, card: &str, further: &[&str]) -> PathBuf {
    let path = folder.join(name);
    let record = ["--simulate", card, "--at", "2026-11-20", "--record", path.to_str().unwrap()];
    let output = program(&[&record, further].concat());
    assert!(path.exists(), "{}", said(&output));
    path
}

#[test]
fn linked_files_know_their_card_and_name_nobody() {
    const WORD: &str = "tilleul-sous-la-pluie";
    let folder = tempfile::tempdir().unwrap();
    let of = |name: &str, card: &str, further: &[&str]| recorded(folder.path(), name, card, further);
    let link = ["--link", WORD];
    let (one, again) = (of("a", "cps-medecin", &link), of("b", "cps-medecin", &link));
    let (blocked, plain) = (of("c", "cps-bloquee", &link), of("d", "cps-medecin", &[]));
    let other_plain = of("f", "cps-medecin", &[]);
    let other_kind = of("e", "cpe-employe", &[]);
    for (one, other, card) in [
        (&one, &again, "same"),
        // of one type and generation: told apart by what stands for their numbers
        (&one, &blocked, "other"),
        (&one, &plain, "unknown"),
        (&plain, &other_plain, "unknown"),
        (&plain, &other_kind, "other"),
    ] {
        let [one, other] = [one, other].map(|path| path.to_str().unwrap());
        let answer = compared(one, other, &[]);
        assert_eq!(answer["card"], card, "{one} {other}");
        assert_eq!(answer["known_by"], if card == "unknown" { Value::Null } else { "files".into() });
    }
    // what links is the card alone: another person, workstation or certificate has a new pseudonym each time
    let [one, again, plain] = [one, again, plain].map(|path| fs::read_to_string(path).unwrap());
    let answer =
        program(&["card", "--simulate", "cps-medecin", "--format", "json", "--show-identity", "--certificates"]);
    let shown: Value = serde_json::from_slice(&answer.stdout).unwrap();
    let card = &shown["readers"][0];
    let mut secrets = vec![WORD.to_owned(), card["holder"]["surname"].as_str().unwrap().to_owned()];
    for certificate in card["certificates"].as_array().unwrap() {
        secrets.push(certificate["serial"].as_str().unwrap().replace(':', "").to_lowercase());
    }
    for key in ["number", "chip_serial"] {
        secrets.extend(card["card"][key].as_str().or(card[key].as_str()).map(str::to_owned));
    }
    assert!(secrets.len() > 3, "{secrets:?}");
    for text in [&one, &again] {
        let lower = text.to_lowercase();
        assert!(secrets.iter().all(|secret| !lower.contains(&secret.to_lowercase())), "{secrets:?}");
    }
    let facts = |text: &str| serde_json::from_str::<Value>(text).unwrap()["facts"].clone();
    let cpx = |text: &str| facts(text)["readers"]["Ok"][0]["content"]["card"]["cpx"].clone();
    let (one_card, again_card) = (cpx(&one), cpx(&again));
    assert!(one_card["card"]["number"]["private"].is_string(), "{one_card}");
    assert_eq!(one_card["card"]["number"], again_card["card"]["number"]);
    assert_ne!(one_card["card"]["number"], cpx(&plain)["card"]["number"]);
    assert_ne!(one_card["holder"], again_card["holder"]);
    assert!(one.contains("\"linked\": true") && !plain.contains("\"linked\""));
}
