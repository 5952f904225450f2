//! The causes of a verdict: the failures that no other failure explains, then the warnings, the gravest first.

use super::catalogue::Severity;
use super::evaluation::{CheckResult, Evaluation, rank};
use super::finding::State;
use super::portal::{BrowserPath, Portal};

/// One cause.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cause {
    /// The id of the check; its sentences are those of `check-` and the id.
    pub id: &'static str,
    /// [`Fail`](State::Fail), or [`Warn`](State::Warn) for a reservation.
    pub state: State,
    /// Why, as the check says: an attribute of its sentences.
    pub reason: &'static str,
    /// What the sentence names; foreign text, to be sanitised.
    pub values: Vec<(&'static str, String)>,
    /// The gravest of its own severity and of what would have failed by itself below it.
    pub severity: Severity,
    /// The checks that are blocked by it, directly or not.
    pub blocks: Vec<&'static str>,
}

/// The root causes within these portals and this path, the gravest first; failures that only inform are left out.
pub(super) fn causes(evaluation: &Evaluation, portals: &[Portal], path: Option<BrowserPath>) -> Vec<Cause> {
    told(evaluation, portals, path, State::Fail)
}

/// The warnings within these portals and this path, the gravest first.
pub(super) fn reservations(evaluation: &Evaluation, portals: &[Portal], path: Option<BrowserPath>) -> Vec<Cause> {
    told(evaluation, portals, path, State::Warn)
}

fn told(evaluation: &Evaluation, portals: &[Portal], path: Option<BrowserPath>, state: State) -> Vec<Cause> {
    let concerns = |result: &&CheckResult| result.check.concerns(portals, path);
    let results = evaluation.results.iter().filter(concerns).filter(|result| result.state == state);
    let cause = |result: &CheckResult| {
        let below = evaluation.below(result.check.id);
        let blocked: Vec<_> = below.into_iter().filter(|one| one.state == State::Blocked).filter(concerns).collect();
        // a check that only could not be asked makes nothing graver
        let would_fail = blocked.iter().filter(|one| one.found.state == State::Fail).map(|one| one.check.severity);
        let severity = match state {
            State::Fail => would_fail.fold(result.check.severity, Severity::max),
            _ => result.check.severity,
        };
        let cause = Cause {
            id: result.check.id,
            state,
            reason: result.found.reason,
            values: result.found.values.clone(),
            severity,
            blocks: if state == State::Fail { blocked.iter().map(|one| one.check.id).collect() } else { Vec::new() },
        };
        (rank(result.check, severity), cause)
    };
    let mut causes: Vec<_> = results.map(cause).filter(|(_, cause)| cause.severity > Severity::Info).collect();
    causes.sort_by(|(one, _), (other, _)| one.cmp(other));
    causes.into_iter().map(|(_, cause)| cause).collect()
}
