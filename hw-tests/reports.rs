//! Reports for machines: their form, their bounds, and what they never say.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use cpx_card::readiness::{Catalogue, Diagnosis};
use cpx_card::report::{
    Disclosure, Language, Subject, SupportCode, Texts, diagnosis_junit, diagnosis_line, diagnosis_ndjson,
    diagnosis_prometheus,
};
use serde_json::Value;

#[path = "support/reports.rs"]
mod reports;
mod support;

use reports::{Sample, sample, samples};
use support::{find_program, said, skip};

fn french() -> Texts {
    Texts::new(Language::French)
}

#[test]
fn the_line_is_one_line_of_ascii_that_begins_with_the_verdict() {
    for Sample { facts, diagnosis, .. } in samples() {
        let subject = Subject::new(&facts, &diagnosis, Disclosure::Masked);
        let line = diagnosis_line(&subject);
        assert!(line.is_ascii() && line.len() <= 2048 && !line.contains(char::is_control), "{line}");
        let words: Vec<_> = line.split(' ').collect();
        assert_eq!(words[..2], ["cpx-check.line/1", diagnosis.outcome.code()], "{line}");
        assert_eq!(words[2].parse::<SupportCode>().unwrap(), subject.support_code());
        let headline = diagnosis.headline.as_ref().map(|cause| format!("causes={}:", cause.id));
        assert!(headline.is_none_or(|headline| words[3].starts_with(&headline)), "{line}");
        for verdict in &diagnosis.portals {
            let told = format!("{}={}", verdict.portal.code(), verdict.readiness.code());
            assert!(words.contains(&told.as_str()), "{told} in {line}");
        }
    }
}

#[test]
fn the_longest_line_still_fits() {
    let longest = |texts: Vec<&str>| texts.iter().map(|text| text.len()).max().unwrap();
    let checks = Catalogue::get().checks();
    let cause = longest(checks.iter().map(|check| check.id).collect())
        + longest(checks.iter().flat_map(|check| check.warns.iter().chain(&check.fails)).copied().collect());
    let Sample { facts, diagnosis, .. } = sample("windows");
    let line = diagnosis_line(&Subject::new(&facts, &diagnosis, Disclosure::Masked));
    assert!(line.len() + 3 * (cause + 2) + 200 < 2048, "{}", line.len());
}

#[test]
fn ndjson_lines_follow_their_schema_and_add_up() {
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/schema/ndjson-1.json");
    let schema: Value = serde_json::from_slice(&std::fs::read(schema).unwrap()).unwrap();
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    for Sample { facts, diagnosis, .. } in samples() {
        let subject = Subject::new(&facts, &diagnosis, Disclosure::Masked);
        let text = diagnosis_ndjson(&subject);
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for line in &lines {
            let errors: Vec<_> = schema.iter_errors(line).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{errors:?} in {line}");
        }
        let summary = &lines[0];
        assert_eq!(summary["line"], "summary");
        assert_eq!(summary["support_code"], subject.support_code().to_string());
        for state in ["fail", "warn"] {
            let of_state = lines[1..].iter().filter(|line| line["state"] == state).count();
            assert_eq!(summary["counts"][state], of_state, "{state}");
        }
    }
}

#[test]
fn junit_is_read_by_an_xml_parser_and_counts_right() {
    let Some(python) = find_program("python3") else { return skip("python3 is not installed") };
    let script = "
import sys, xml.etree.ElementTree as tree
for page in sys.argv[1:]:
    root = tree.fromstring(page.encode())
    cases = root.findall('.//testcase')
    for outer in [root, *root.findall('testsuite')]:
        inner = outer.findall('.//testcase')
        assert int(outer.get('tests')) == len(inner)
        assert int(outer.get('failures')) == len(outer.findall('.//failure'))
        assert int(outer.get('skipped')) == len(outer.findall('.//skipped'))
    names = [(case.get('classname'), case.get('name')) for case in cases]
    assert len(set(names)) == len(names)
    assert all(len(case) <= 1 for case in cases)
    print(root.get('failures'))
";
    let samples = samples();
    let pages = samples
        .iter()
        .map(|one| diagnosis_junit(&Subject::new(&one.facts, &one.diagnosis, Disclosure::Masked), &french()));
    let output = Command::new(python).arg("-c").arg(script).args(pages).stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let failures: Vec<usize> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| line.parse().unwrap()).collect();
    let failed = |diagnosis: &Diagnosis| diagnosis.checks.iter().filter(|one| one.state.code() == "fail").count();
    assert_eq!(failures, samples.iter().map(|sample| failed(&sample.diagnosis)).collect::<Vec<_>>());
}

#[test]
fn prometheus_has_one_family_after_another_and_few_series() {
    for Sample { facts, diagnosis, .. } in samples() {
        let page = diagnosis_prometheus(&Subject::new(&facts, &diagnosis, Disclosure::Masked));
        assert!(page.ends_with('\n') && page.len() < 16 * 1024);
        let series: Vec<_> = page.lines().filter(|line| !line.starts_with('#')).collect();
        let names: BTreeSet<_> = series.iter().map(|line| line.rsplit_once(' ').unwrap().0).collect();
        assert_eq!(names.len(), series.len(), "no series twice");
        assert!(series.len() < 160, "{}", series.len());
        let outcome = format!("\ncpx_check_outcome {}\n", diagnosis.outcome.exit_code());
        assert!(
            page.contains(&outcome) && page.contains(&format!("\ncpx_check_run_timestamp_seconds {}\n", facts.now))
        );
    }
}
