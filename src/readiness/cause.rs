//! One cause, reservation or remark, as it is told.

use super::catalogue::{Catalogue, Severity, Weight};
use super::evaluation::Evaluation;
use super::finding::State;
use super::portal_verdict::OpenCheck;
use super::value::Value;

/// One cause.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cause {
    /// The id of the check; its sentences are those of `check-` and the id.
    pub id: &'static str,
    /// [`Fail`](State::Fail) for a cause, [`Warn`](State::Warn) for what stops nobody, [`Skip`](State::Skip) for a question
    /// that stays open.
    #[doc(hidden)]
    pub state: State,
    /// Why, as the check says: an attribute of its sentences; for an open question the reason to skip.
    pub reason: &'static str,
    /// What the sentence names, by the name of its placeable.
    #[doc(hidden)]
    pub values: Vec<(&'static str, Value)>,
    /// The gravest of its own severity and of what would have failed by itself below it.
    #[doc(hidden)]
    pub severity: Severity,
    /// The checks that are blocked by it, directly or not.
    #[doc(hidden)]
    pub blocks: Vec<&'static str>,
    /// The check that passed although this one failed: its failure stops nobody.
    #[doc(hidden)]
    pub works_anyway: Option<&'static str>,
}

impl Cause {
    /// What it means where it stops nobody.
    #[doc(hidden)]
    pub fn weight(&self) -> Weight {
        Catalogue::get().check(self.id).map_or(Weight::Remark, |check| check.weight(self.reason))
    }

    /// A question that stays open.
    pub(super) fn of_open(open: &OpenCheck) -> Option<Self> {
        let severity = Catalogue::get().check(open.id)?.severity;
        let (id, reason, state) = (open.id, open.reason.code(), State::Skip);
        Some(Self { id, state, reason, values: Vec::new(), severity, blocks: Vec::new(), works_anyway: None })
    }

    /// The check at this place, as it ended.
    pub(super) fn of(evaluation: &Evaluation, place: usize) -> Option<Self> {
        let result = evaluation.result(place)?;
        let below: Vec<_> = evaluation.explained_from(place).collect();
        // a check that only could not be asked makes nothing graver
        let would_fail = below.iter().filter(|one| one.found.state == State::Fail).map(|one| one.check.severity);
        Some(Self {
            id: result.check.id,
            state: result.state,
            reason: result.found.reason,
            values: result.found.values.clone(),
            severity: would_fail.fold(result.check.severity, Severity::max),
            blocks: below.iter().map(|one| one.check.id).collect(),
            works_anyway: result.works_anyway,
        })
    }
}
