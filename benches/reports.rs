//! What it takes to judge a workstation and to write the verdict in each form: milliseconds and bytes.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::time::Instant;

use cpx_card::internal::facts::{Case, Evidence};
use cpx_card::internal::readiness::{DiagnosisOptions, When, diagnose, judge_cards};
use cpx_report::{
    Detail, Disclosure, Language, Subject, Texts, diagnosis_json, diagnosis_junit, diagnosis_line, diagnosis_ndjson,
    diagnosis_parts, diagnosis_prometheus, diagnosis_text, page_html,
};
use serde_json::json;

/// One form of a verdict.
type Form<'a> = &'a dyn Fn(&Subject) -> String;

/// Writings of one form.
const ROUNDS: u32 = 100;

fn main() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/cases/windows.json");
    let facts: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let case = json!({"schema": "cpx-check.case/1", "facts": facts}).to_string();
    let facts = Case::parse(case.as_bytes()).unwrap().facts;
    let diagnosis = diagnose(&facts, &DiagnosisOptions::default());
    let texts = Texts::new(Language::French);
    let verdict = judge_cards(&facts.cards, &Evidence::default(), When::of(&facts));
    let forms: [(&str, Form); 8] = [
        ("judging", &|_| format!("{:?}", diagnose(&facts, &DiagnosisOptions::default()).outcome)),
        ("text", &|subject| diagnosis_text(&facts, subject.diagnosis(), &[], Detail::Every, &texts)),
        ("json", &|subject| {
            let parts = diagnosis_parts(&facts, &verdict, Disclosure::Masked);
            format!("{:#}", diagnosis_json(&facts, subject.diagnosis(), None, subject.parts(parts)))
        }),
        ("html", &|subject| page_html(subject, &texts)),
        ("line", &|subject| diagnosis_line(subject, &texts)),
        ("ndjson", &|subject| diagnosis_ndjson(subject)),
        ("prometheus", &|subject| diagnosis_prometheus(subject)),
        ("junit", &|subject| diagnosis_junit(subject, &texts)),
    ];
    for (name, write) in forms {
        let started = Instant::now();
        let mut bytes = 0;
        for _ in 0..ROUNDS {
            bytes = write(&Subject::new(&facts, &diagnosis, Disclosure::Masked)).len();
        }
        let milliseconds = started.elapsed().as_secs_f64() * 1000.0 / f64::from(ROUNDS);
        println!("{name:12} {milliseconds:6.2} ms {bytes:8} bytes");
    }
}
