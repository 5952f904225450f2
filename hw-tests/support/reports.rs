//! Verdicts to be reported: those on the recorded workstations of `fixtures/cases`.

use cpx_card::internal::facts::Facts;
use cpx_card::internal::readiness::{Diagnosis, DiagnosisOptions, Portal, diagnose};
use serde_json::Map;

use super::changes::{changed, fixture};

/// A workstation and the verdict on it.
pub struct Sample {
    pub name: String,
    pub facts: Facts,
    pub diagnosis: Diagnosis,
}

/// The workstation of each system that is ready, then those with a frequent problem.
pub fn samples() -> Vec<Sample> {
    let ready = ["windows", "macos", "linux"].into_iter().map(|base| {
        let facts = changed(base, &Map::new());
        let diagnosis = diagnose(&facts, &DiagnosisOptions::default());
        Sample { name: base.into(), facts, diagnosis }
    });
    let problems = fixture("problems.json");
    let problems = problems.as_array().unwrap().iter().map(|problem| {
        let text = |key: &str| problem[key].as_str().unwrap();
        let facts = changed(text("base"), problem["set"].as_object().unwrap_or(&Map::new()));
        let portals = problem["portals"].as_array().into_iter().flatten();
        let portals: Vec<_> = portals.map(|portal| Portal::of(portal.as_str().unwrap()).unwrap()).collect();
        let diagnosis = diagnose(&facts, &DiagnosisOptions::default().with_portals(portals));
        Sample { name: text("problem").into(), facts, diagnosis }
    });
    ready.chain(problems).collect()
}

/// The sample whose name begins so.
pub fn sample(name: &str) -> Sample {
    samples().into_iter().find(|sample| sample.name.starts_with(name)).unwrap_or_else(|| panic!("no sample {name}"))
}
