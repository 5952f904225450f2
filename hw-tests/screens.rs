//! The screens that people meet: the commonest situations, on a terminal of 80 and of 50 columns, in both languages.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use regex::Regex;
use serde_json::Value;

use crate::support::{find_program, skip};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");

/// What happens most often, each with the recorded workstation that shows it.
const SITUATIONS: [(&str, &str); 20] = [
    ("ready", "W-h-csp"),
    ("ready-mac", "C01-imac-telium"),
    ("code-blocked", "B17"),
    ("two-faults", "B65"),
    ("card-expired", "A-t4"),
    ("card-opposed", "B19"),
    ("test-card", "U-x-testcard-realca"),
    ("no-reader", "C04b-whfb-only"),
    ("no-card", "C27-uicc-and-empty"),
    ("card-upside-down", "B11"),
    ("bank-card", "B13"),
    ("card-held", "B15"),
    ("cryptolib-32-bits", "B25"),
    ("firefox-without-module", "B43"),
    ("other-browser-works", "N13"),
    ("tom-needs-mandate", "B21"),
    ("proxy-unreachable", "B53"),
    ("clock-wrong", "B55"),
    ("remote-desktop", "B57"),
    ("cannot-tell", "N11"),
];

/// The longest answers when all is well, and when one thing is wrong. A replayed case has two lines before them.
const READY_LINES: usize = 8;
const ONE_FAULT_LINES: usize = 16;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/workstations")
}

fn cases() -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_path(folder().join("expected.csv")).unwrap().deserialize().map(Result::unwrap).collect()
}

fn arguments(case: &BTreeMap<String, String>, language: &str) -> String {
    let file = folder().join(format!("{}.json", case["id"]));
    format!("--replay '{}' --lang {language} {}", file.display(), case["args"])
}

/// What stands on a terminal of this width (util-linux `script` makes one).
fn screen(arguments: &str, columns: usize) -> Option<String> {
    let script = find_program("script")?;
    let line = format!("stty cols {columns} rows 24; '{PROGRAM}' {arguments}");
    let mut command = Command::new(script);
    command.args(["-q", "-e", "-c", &line, "/dev/null"]).stdin(Stdio::null());
    command.env("NO_COLOR", "1").env("LC_ALL", "C.UTF-8").env("TERM", "dumb").env("TZ", "Europe/Paris");
    let output = command.output().unwrap();
    Some(crate::support::as_typed(output.stdout).replace('\r', ""))
}

/// The same in a pipe: nothing is folded.
fn unfolded(arguments: &[&str]) -> String {
    let output = Command::new(PROGRAM).args(arguments).env("LC_ALL", "C.UTF-8").output().unwrap();
    crate::support::as_typed(output.stdout)
}

#[test]
fn the_commonest_situations_have_the_approved_screens() {
    let cases = cases();
    for (name, id) in SITUATIONS {
        let case = cases.iter().find(|case| case["id"] == id).unwrap();
        let mut screens = String::new();
        for (language, columns) in [("fr", 80), ("fr", 50), ("en", 80), ("en", 50)] {
            let Some(shown) = screen(&arguments(case, language), columns) else {
                return skip("script (util-linux) is not installed");
            };
            for line in shown.lines() {
                assert!(line.chars().count() <= columns || !line.trim().contains(' '), "{id} {columns}: {line}");
            }
            let (_banner, answer) = shown.split_once("\n\n").unwrap();
            let lines = answer.trim_end().lines().count();
            assert!(columns < 80 || lines + 3 <= 24, "{id}: {lines} lines\n{answer}");
            let most = match name {
                "ready" | "ready-mac" => READY_LINES,
                "two-faults" => 24,
                _ => ONE_FAULT_LINES,
            };
            assert!(columns < 80 || lines <= most, "{id}: {lines} lines, at most {most}\n{answer}");
            screens.extend(["── ", language, ", ", &columns.to_string(), " columns\n", answer.trim_end(), "\n\n"]);
        }
        insta::with_settings!({ snapshot_path => "approved", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("screen-{name}"), screens);
        });
    }
}

/// Whoever reads a sentence twice looks for the difference.
#[test]
fn no_screen_says_a_sentence_twice() {
    let ends = Regex::new(r"[.!?;:→·\n]\s+").unwrap();
    let mut twice = Vec::new();
    for case in cases().iter().filter(|case| !case["args"].contains("--all")) {
        for language in ["fr", "en"] {
            let file = folder().join(format!("{}.json", case["id"]));
            let mut arguments = vec!["--replay", file.to_str().unwrap(), "--lang", language];
            arguments.extend(case["args"].split_whitespace());
            let shown = unfolded(&arguments);
            let mut seen = Vec::new();
            for sentence in ends.split(&shown).map(str::trim).filter(|one| one.chars().count() >= 25) {
                if seen.contains(&sentence) {
                    twice.push(format!("{} {language}: {sentence}", case["id"]));
                }
                seen.push(sentence);
            }
        }
    }
    assert!(twice.is_empty(), "{}", twice.join("\n"));
}

/// Two reinstallations for one broken installation are one cause.
#[test]
fn nobody_is_sent_to_install_the_cryptolib_twice() {
    let installs =
        Regex::new(r"→ (Réparez|Réinstallez|Installez|Téléchargez)[^→]*?(Cryptolib|esante\.gouv\.fr)").unwrap();
    for case in cases().iter().filter(|case| !case["args"].contains("--all")) {
        let file = folder().join(format!("{}.json", case["id"]));
        let shown = unfolded(&["--replay", file.to_str().unwrap(), "--lang", "fr"]);
        // the right on its folder can be given without
        let shown = shown.replace("Réparez la Cryptolib, ou rétablissez", "Rétablissez");
        assert!(installs.find_iter(&shown).count() <= 1, "{}: {shown}", case["id"]);
    }
}

/// What is wrong can be looked up: its id is on the screen, and every check is found by the name that screens show.
#[test]
fn every_check_can_be_looked_up_as_the_screens_name_it() {
    for case in cases() {
        let file = folder().join(format!("{}.json", case["id"]));
        let mut arguments = vec!["--replay", file.to_str().unwrap()];
        arguments.extend(case["args"].split_whitespace());
        let shown = unfolded(&arguments);
        let answer: Value = serde_json::from_str(&unfolded(&[&arguments[..], &["--format", "json"]].concat())).unwrap();
        let Some(id) = answer["headline"]["check"].as_str() else { continue };
        assert!(shown.contains(&format!("--explain {id}")), "{}: {id}\n{shown}", case["id"]);
    }
    let list: Value = serde_json::from_str(&unfolded(&["--list-checks", "--format", "json"])).unwrap();
    let ids: Vec<_> = list["checks"].as_array().unwrap().iter().map(|check| check["id"].as_str().unwrap()).collect();
    for language in ["fr", "en"] {
        let names = unfolded(&["--list-checks", "--lang", language]);
        for id in &ids {
            let line = names.lines().find_map(|line| line.trim_start().strip_prefix(&format!("{id} ")));
            let name = line.unwrap_or_else(|| panic!("{id} is not listed")).trim();
            let told = unfolded(&["--explain", name, "--lang", language]);
            assert!(told.contains(&format!("({id})")), "{name}: {told}");
        }
    }
}

/// The default answer of each command is one screen of 80 × 24.
#[test]
fn each_default_answer_is_one_screen() {
    let mut answers: Vec<String> = Vec::new();
    for personality in ["cps-medecin", "cpe-employe", "cps-bloquee", "cps-expiree"] {
        for command in ["", "card", "f413", "token"] {
            answers.push(format!("{command} --simulate {personality}"));
        }
    }
    let authentication = folder().join("../pki/certificates/cps-medecin.auth.der");
    answers.push(format!("certificate '{}'", authentication.display()));
    for arguments in answers {
        let Some(shown) = screen(&arguments, 80) else { return skip("script (util-linux) is not installed") };
        let lines = shown.trim_end().lines().count();
        assert!(lines <= 24, "{arguments}: {lines} lines\n{shown}");
    }
}
