//! The verdict on one line of ASCII, at most 2,048 bytes: what collectors keep of a program's output.

use std::fmt::Write as _;

use cpx_card::internal::readiness::{Cause, Rules};

use super::Subject;

/// The line, without its end: the verdict, the support code, the causes with their reasons, each portal; behind `|` what
/// Nagios and Centreon draw. Everything is a stable code or a number, but for the version of the Cryptolib.
pub fn diagnosis_line(subject: &Subject) -> String {
    let diagnosis = &subject.diagnosis;
    let mut line = format!("cpx-check.line/1 {} {}", diagnosis.outcome.code(), subject.support_code());
    let cause = |cause: &Cause| format!("{}:{}", cause.id, cause.reason);
    let causes: Vec<_> = subject.causes().map(cause).collect();
    for (name, value) in [
        ("causes", Some(causes.join(","))),
        ("card", diagnosis.unfit.map(|unfit| unfit.code().to_owned())),
        ("cryptolib", subject.cryptolib()),
        ("program", Some(subject.program())),
        ("rules", Rules::get().date().map(|date| date.to_string())),
        ("time", Some(subject.time())),
    ] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let _ = write!(line, " {name}={value}");
        }
    }
    for verdict in &diagnosis.portals {
        let _ = write!(line, " {}={}", verdict.portal.code(), verdict.readiness.code());
    }
    line.push_str(" |");
    for (state, count) in subject.counts() {
        let _ = write!(line, " {state}={count}");
    }
    line
}
