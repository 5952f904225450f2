//! The verdict for continuous integration and image validation: `JUnit` XML. A check that fails is a failure; one that was
//! not made or is blocked is skipped; a warning passes, and says so in its output.

use std::fmt::Write as _;

use maud::Escaper;

use cpx_card::internal::readiness::{CheckResult, Group, State};

use super::diagnosis_words::Words;
use super::{Subject, Texts};

/// The document.
pub fn diagnosis_junit(subject: &Subject, texts: &Texts) -> String {
    let checks: Vec<_> = subject.checks().collect();
    let mut page = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(page, "<testsuites name=\"cpx-check\"{}>", totals(&checks));
    for group in Group::ALL {
        let checks: Vec<_> = checks.iter().filter(|one| one.check.group == group).copied().collect();
        if checks.is_empty() {
            continue;
        }
        let (name, time) = (group.code(), subject.time());
        let _ = writeln!(page, "  <testsuite name=\"{name}\"{} timestamp=\"{time}\">", totals(&checks));
        for one in checks {
            page.push_str(&case(one, subject, texts));
        }
        page.push_str("  </testsuite>\n");
    }
    page.push_str("</testsuites>\n");
    page
}

fn totals(checks: &[&CheckResult]) -> String {
    let count = |states: &[State]| checks.iter().filter(|one| states.contains(&one.state)).count();
    let (failures, skipped) = (count(&[State::Fail]), count(&[State::Skip, State::Blocked]));
    format!(" tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\" time=\"0\"", checks.len())
}

fn case(one: &CheckResult, subject: &Subject, texts: &Texts) -> String {
    let (id, group, reason) = (one.check.id, one.check.group.code(), one.found.reason);
    let words = Words::new(texts, subject.facts);
    let sentence = || xml(&words.ending(one).unwrap_or_default());
    let remedy = || xml(&words.check_remedy(one).unwrap_or_default());
    let content = match (one.state, one.blocked_by) {
        (State::Pass, _) => String::new(),
        (State::Fail, _) => {
            format!("<failure type=\"{reason}\" message=\"{}\">{}</failure>", sentence(), remedy())
        }
        (State::Warn, _) => format!("<system-out>warn {reason}: {} {}</system-out>", sentence(), remedy()),
        (_, Some(by)) => format!("<skipped message=\"blocked by {by}\"/>"),
        _ => format!("<skipped message=\"{reason}\"/>"),
    };
    format!("    <testcase classname=\"cpx-check.{group}\" name=\"{id}\" time=\"0\">{content}</testcase>\n")
}

/// Text in XML. What XML cannot hold at all was taken out when it was sanitised.
fn xml(text: &str) -> String {
    let mut escaped = String::new();
    let _ = Escaper::new(&mut escaped).write_str(text);
    escaped
}
