//! The answers for machines as text, for applications that pass them on.

use cpx_card::internal::facts::CardFacts;
use cpx_card::internal::readiness::CardVerdict;

use super::card_json::card_json;
use super::diagnosis_json::{diagnosis_json, diagnosis_parts};
use super::{Disclosure, Subject};

/// What the readers and the cards said and are worth, as JSON: schema `cpx-check.card/1`.
///
/// ```
/// use cpx_report::{Disclosure, card_answer};
///
/// let reading = cpx_simulator::cards(&["cps-medecin"])?.read()?;
/// let answer = card_answer(&reading.facts, &reading.verdict, Disclosure::Masked);
/// assert!(answer.starts_with(r#"{"schema":"cpx-check.card/1""#));
/// # Ok::<(), cpx_card::Error>(())
/// ```
pub fn card_answer(facts: &CardFacts, verdict: &CardVerdict, disclosure: Disclosure) -> String {
    card_json(facts, verdict, disclosure).to_string()
}

/// The verdict on a workstation, with these cards in its readers, as JSON: schema `cpx-check.diagnosis/2`.
pub fn checkup_answer(subject: &Subject<'_>, verdict: &CardVerdict) -> String {
    let parts = diagnosis_parts(subject.facts, verdict, subject.disclosure);
    diagnosis_json(subject.facts, subject.diagnosis(), None, subject.parts(parts)).to_string()
}
