//! What has changed since an earlier diagnosis: nothing is stored by the program, the user keeps the earlier answer.

use std::collections::BTreeMap;

use super::evaluation::CheckResult;
use super::finding::State;

/// A check that ends otherwise than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The check.
    pub id: &'static str,
    /// How it ended before; `None` when the earlier answer does not have it.
    pub before: Option<State>,
    /// How it ends now.
    pub after: State,
}

impl Change {
    /// Whether it is better than before.
    pub fn is_better(&self) -> bool {
        self.before.is_some_and(|before| self.after < before) && self.after <= State::Warn
    }
}

/// The checks that end otherwise than in this earlier answer, in the order of the catalogue.
pub fn changes(before: &BTreeMap<String, State>, now: &[CheckResult]) -> Vec<Change> {
    let change = |result: &CheckResult| Change {
        id: result.check.id,
        before: before.get(result.check.id).copied(),
        after: result.state,
    };
    now.iter().map(change).filter(|change| change.before != Some(change.after)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_is_what_ends_well_and_did_not_before() {
        let change = |before, after| Change { id: "reader-present", before, after }.is_better();
        for after in State::ALL {
            assert!(!change(None, after) && !change(Some(after), after), "{after:?} is no change");
            assert_eq!(change(Some(State::Fail), after), after <= State::Warn, "{after:?}");
            assert!(!change(Some(State::Pass), after), "nothing is better than in order");
        }
        assert!(change(Some(State::Warn), State::Pass) && !change(Some(State::Blocked), State::Skip));
    }
}
