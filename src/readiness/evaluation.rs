//! Every check, one after another: what failed below a failure is only blocked, and each failure has one root.

use std::collections::{BTreeSet, VecDeque};

use super::catalogue::{Catalogue, Check, Severity};
use super::finding::{Finding, SkipReason, State};
use super::view::View;
use crate::workstation::Unseen;

/// How one check ended.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CheckResult {
    /// Which.
    pub check: &'static Check,
    /// How it ended: [`Blocked`](State::Blocked) below a failure, else what was found.
    pub state: State,
    /// What its own criterion found, blocked or not.
    pub found: Finding,
    /// The nearest failure that it builds on, where it is blocked.
    pub blocked_by: Option<&'static str>,
}

/// The result of every check, in the order of the catalogue.
#[derive(Debug, Clone)]
pub(super) struct Evaluation {
    pub(super) results: Vec<CheckResult>,
}

impl Evaluation {
    /// Asks every check.
    pub(super) fn of(view: &View<'_>) -> Self {
        Self::from_findings(|check| {
            let made_here = view.family().is_none_or(|family| check.systems.contains(&family));
            let judged =
                if made_here { (check.criterion)(view) } else { Err(SkipReason::Unseen(Unseen::NotThisSystem)) };
            judged.unwrap_or_else(Finding::skip)
        })
    }

    /// The same from whatever is found: the catalogue's order holds that a check is asked after those it builds on.
    pub(super) fn from_findings(find: impl Fn(&'static Check) -> Finding) -> Self {
        let catalogue = Catalogue::get();
        let mut evaluation = Self { results: Vec::with_capacity(catalogue.checks().len()) };
        for check in catalogue.checks() {
            let found = find(check);
            let below = |id: &&str| {
                let earlier = evaluation.result(id).map(|result| result.state);
                matches!(earlier, Some(State::Fail | State::Blocked))
            };
            // what is not there to be looked at is not blocked either
            let nothing_there = found.skipped == Some(SkipReason::Unseen(Unseen::NotThisSystem));
            let is_blocked = !nothing_there && check.depends_on.iter().any(below);
            let blocked_by = if is_blocked { evaluation.nearest_failure(check) } else { None };
            let state = if is_blocked { State::Blocked } else { found.state };
            evaluation.results.push(CheckResult { check, state, found, blocked_by });
        }
        evaluation
    }

    pub(super) fn result(&self, id: &str) -> Option<&CheckResult> {
        self.results.get(Catalogue::get().place(id)?)
    }

    /// The failure above a check that takes the fewest steps; of several, the one that is told first.
    fn nearest_failure(&self, check: &Check) -> Option<&'static str> {
        let mut level: Vec<&'static str> = check.depends_on.clone();
        let mut known: BTreeSet<&str> = BTreeSet::new();
        while !level.is_empty() {
            let failing = level.iter().filter_map(|id| self.result(id)).filter(|result| result.state == State::Fail);
            if let Some(nearest) = failing.min_by_key(|result| rank(result.check, result.check.severity)) {
                return Some(nearest.check.id);
            }
            let above: Vec<_> = level.iter().filter_map(|id| self.result(id)).collect();
            level = above.iter().flat_map(|result| result.check.depends_on.iter().copied()).collect();
            level.retain(|id| known.insert(id));
        }
        None
    }

    /// Every check that builds on this one, directly or not.
    pub(super) fn below(&self, id: &'static str) -> Vec<&CheckResult> {
        let mut found: BTreeSet<usize> = BTreeSet::new();
        let mut waiting = VecDeque::from([id]);
        while let Some(id) = waiting.pop_front() {
            for (place, result) in self.results.iter().enumerate() {
                if result.check.depends_on.contains(&id) && found.insert(place) {
                    waiting.push_back(result.check.id);
                }
            }
        }
        found.into_iter().filter_map(|place| self.results.get(place)).collect()
    }
}

/// What is told first: the gravest, then what explains the others, then the order of the catalogue.
pub(super) fn rank(check: &Check, severity: Severity) -> impl Ord + use<> {
    let place = Catalogue::get().place(check.id);
    (std::cmp::Reverse(severity), check.group, place)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::readiness::cause::causes;

    fn failing(ids: &BTreeSet<usize>) -> Evaluation {
        let is_failing = |check: &Check| Catalogue::get().place(check.id).is_some_and(|place| ids.contains(&place));
        Evaluation::from_findings(|check| if is_failing(check) { Finding::fail("any") } else { Finding::pass() })
    }

    fn ancestors(id: &str) -> BTreeSet<&'static str> {
        let mut found = BTreeSet::new();
        let mut waiting = Catalogue::get().check(id).unwrap().depends_on.clone();
        while let Some(id) = waiting.pop() {
            if found.insert(id) {
                waiting.extend(&Catalogue::get().check(id).unwrap().depends_on);
            }
        }
        found
    }

    proptest! {
        #[test]
        fn whatever_fails_has_roots_without_failing_ancestors(ids in prop::collection::btree_set(0_usize..100, 0..30)) {
            let evaluation = failing(&ids);
            let failed: BTreeSet<_> =
                evaluation.results.iter().filter(|one| one.state == State::Fail).map(|one| one.check.id).collect();
            for result in &evaluation.results {
                let above = ancestors(result.check.id);
                let below_failure = above.iter().any(|id| failed.contains(id));
                prop_assert_eq!(result.state == State::Blocked, below_failure);
                prop_assert_eq!(result.blocked_by.is_some(), below_failure);
                prop_assert!(result.blocked_by.is_none_or(|id| failed.contains(id) && above.contains(id)));
            }
            let told = causes(&evaluation, &[], None);
            for cause in &told {
                prop_assert!(failed.contains(cause.id));
                prop_assert!(ancestors(cause.id).is_disjoint(&failed));
            }
            let with_a_word = failed.iter().filter(|id| {
                let cause = told.iter().any(|cause| cause.id == **id);
                cause || Catalogue::get().check(id).unwrap().severity == Severity::Info
            });
            prop_assert_eq!(with_a_word.count(), failed.len(), "no failure is passed over");
            prop_assert!(told.is_sorted_by_key(|cause| std::cmp::Reverse(cause.severity)));
            let again: Vec<_> = causes(&failing(&ids), &[], None).iter().map(|cause| cause.id).collect();
            prop_assert_eq!(told.iter().map(|cause| cause.id).collect::<Vec<_>>(), again);
        }
    }
}
