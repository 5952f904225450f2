//! Recorded workstations, healthy and broken, with the verdict that is right (`fixtures/workstations/README.md`).
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use regex::{Regex, RegexBuilder};
use serde_json::Value;

type Row = BTreeMap<String, String>;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/workstations")
}

fn rows() -> Vec<Row> {
    csv::Reader::from_path(folder().join("expected.csv")).unwrap().deserialize().map(Result::unwrap).collect()
}

fn run(row: &Row, more: &[&str]) -> String {
    let case = folder().join(format!("{}.json", row["id"]));
    let mut command = Command::new(env!("CARGO_BIN_EXE_cpx-check"));
    command.arg("--replay").arg(case).args(["--lang", "fr"]).args(row["args"].split_whitespace()).args(more);
    crate::support::as_typed(command.output().unwrap().stdout)
}

/// One space for every white space, one apostrophe: words are looked for, not typography.
fn plain(text: &str) -> String {
    text.replace('’', "'")
        .split(|c: char| c.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What is told from the verdict to the rows of portals.
fn told(text: &str) -> String {
    let portal = Regex::new(r"^\s*[✗✓!?–]\s+(IGC-Santé|RPPS|TOM|TOPS|Pro Santé|Activation|e-CPS)").unwrap();
    let is_verdict = |line: &&str| line.starts_with(['✓', '✗', '!', '?']);
    let lines: Vec<_> = text.lines().skip_while(|line| !is_verdict(line)).collect();
    lines.into_iter().take_while(|line| !portal.is_match(line)).collect::<Vec<_>>().join("\n")
}

fn finds(pattern: &str, text: &str) -> bool {
    RegexBuilder::new(pattern).case_insensitive(true).build().unwrap().is_match(text)
}

fn headline(answer: &Value) -> String {
    let check = answer["headline"]["check"].as_str().map(str::to_owned);
    check.or(answer["card_unfit"].as_str().map(|code| format!("unfit:{code}"))).unwrap_or_else(|| "-".into())
}

fn problems(row: &Row) -> Vec<String> {
    let answer: Value = serde_json::from_str(&run(row, &["--format", "json"])).unwrap();
    let text = run(row, &[]);
    let outcome = match answer["outcome"].as_str().unwrap() {
        "ready-with-reservation" => "reserved",
        outcome => outcome,
    };
    let (head, whole) = (headline(&answer), plain(&text));
    let heading = if row["args"].is_empty() { plain(&told(&text)) } else { whole.clone() };
    let mut problems = Vec::new();
    if !row["outcome"].split('|').any(|one| one == outcome) {
        problems.push(format!("outcome {outcome}, not {}", row["outcome"]));
    }
    let is_head = |wanted: &str| wanted.strip_suffix('*').map_or(wanted == head, |start| head.starts_with(start));
    let is_ready = row["headline"] == "-" && outcome == "ready";
    if !is_ready && !row["headline"].split('|').any(is_head) {
        problems.push(format!("headline {head}, not {}", row["headline"]));
    }
    if outcome == "not-ready" && head == "-" {
        problems.push("not ready without a cause".into());
    }
    for word in row["words"].split(" & ").filter(|word| !word.is_empty()) {
        let (word, place) = word.strip_prefix("all:").map_or((word, &heading), |word| (word, &whole));
        if !finds(word, place) {
            problems.push(format!("lacks «{word}»"));
        }
    }
    for word in row["forbid"].split(" & ").filter(|word| !word.is_empty() && finds(word, &whole)) {
        problems.push(format!("says «{word}»"));
    }
    problems
}

#[test]
fn every_recorded_workstation_has_the_verdict_that_is_right() {
    let rows = rows();
    assert!(rows.len() >= 88);
    let wrong = |row: &Row| {
        let problems = problems(row);
        (!problems.is_empty()).then(|| format!("{} {}: {}", row["id"], row["story"], problems.join("; ")))
    };
    let wrong: Vec<_> = rows.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}
