//! `--for-card`: a card that is to come, in every form that tells which card is meant.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::support::said;

fn program(name: &str, arguments: &[&str]) -> Output {
    let case = format!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/workstations/{}.json"), name);
    let mut command = Command::new(env!("CARGO_BIN_EXE_cpx-check"));
    command.args(["--replay", &case]).args(arguments).env("LC_ALL", "fr_FR.UTF-8").stdin(Stdio::null());
    command.output().unwrap()
}

#[test]
fn every_form_says_which_card_is_meant() {
    // H17 has a CPS3 in its reader
    let text = program("H17", &["--for-card", "cps4"]);
    assert_eq!(text.status.code(), Some(0), "{}", said(&text));
    let told = crate::support::as_typed(&text.stdout);
    for words in ["✓ Ce poste est prêt pour une CPS4", "Carte du lecteur : CPS3", "virtuelle", "RSA-PSS"] {
        assert!(told.contains(words), "{told}");
    }
    assert!(!told.contains("CPX-") && !told.contains("jusqu'au"), "{told}");
    let json = |format: &str| {
        let output = program("H17", &["--for-card", "CPS4", "--format", format]);
        let text = String::from_utf8(output.stdout).unwrap();
        let first = if format == "json" { text.as_str() } else { text.lines().next().unwrap() };
        serde_json::from_str::<Value>(first).unwrap()
    };
    for format in ["json", "ndjson"] {
        let answer = json(format);
        assert_eq!(answer["outcome"], "ready");
        let card = &answer["for_card"];
        assert_eq!((&card["card"], &card["in_reader"]), (&"cps4".into(), &"cps3".into()), "{card}");
        assert_eq!((&card["rsa_pss"], &card["verified_on"]), (&true.into(), &"virtual card".into()), "{card}");
    }
    let line = String::from_utf8(program("H17", &["--for-card", "cps4", "--format", "line"]).stdout).unwrap();
    assert!(line.starts_with("OK - Ce poste est pret pour une CPS4") && line.contains(" for=cps4 "), "{line}");
    let line = String::from_utf8(program("B01", &["--for-card", "cps4", "--format", "line"]).stdout).unwrap();
    assert!(line.starts_with("CRITICAL - Ce poste n'est pas pret pour une CPS4. Le service"), "{line}");
    let english = said(&program("H17", &["--for-card", "cps3", "--lang", "en"]));
    assert!(english.contains("This workstation is ready for a CPS3"), "{english}");
    assert!(english.contains("does not sign with RSA-PSS") && !english.contains("virtual"), "{english}");
}

#[test]
fn what_cannot_be_asked_is_refused() {
    for (arguments, words) in [
        (&["--for-card", "cps4", "--format", "prometheus"][..], "« --for-card » répond"),
        (&["--for-card", "cps4", "--format", "html"], "« --for-card » répond"),
        (&["--for-card", "cps5"], "cps4"),
        (&["--for-card", "cps4", "--compare", "x.json"], "incompatibles"),
    ] {
        let output = program("H17", arguments);
        assert_eq!(output.status.code(), Some(64), "{arguments:?} {}", said(&output));
        assert!(said(&output).contains(words), "{}", said(&output));
    }
}
