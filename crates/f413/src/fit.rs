//! Whether a request (CSR) or a certificate at hand is the one that a need takes.

use serde::Deserialize;

use cpx_card::internal::certificate::{Explanation, Purpose};
use cpx_card::internal::identity::Date;

use super::cells::{List, date};
use super::tables::{Citation, Rules};
use super::typed::{NumberKind, TypedNumber};
use super::vocabulary::{Basis, FitProblem, Need};

/// Which needs a certificate serves by what it is for.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct PurposeRule {
    rule: String,
    /// The code of the purpose.
    pub purpose: String,
    needs: List<Need>,
    source: String,
    #[serde(deserialize_with = "date")]
    pub(super) as_of: Date,
}

impl PurposeRule {
    /// Every row.
    pub fn all() -> &'static [Self] {
        &Rules::get().purposes
    }

    /// The needs.
    pub fn needs(&self) -> &[Need] {
        self.needs.named()
    }

    /// Where it comes from.
    pub fn citation(&self) -> Citation<'_> {
        Citation { rule: &self.rule, source: &self.source, basis: Basis::Text }
    }

    fn of(purpose: Purpose) -> Option<&'static Self> {
        Self::all().iter().find(|row| row.purpose == purpose.code())
    }
}

/// What a request or a certificate is worth for some needs.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Fit {
    /// Those of the needs that it serves, or may serve as far as it tells.
    pub serves: Vec<Need>,
    /// What keeps it from serving.
    pub problems: Vec<FitProblem>,
    /// Whether its structure was compared with a number that was typed; none where there was none to compare.
    pub same_structure: Option<bool>,
    /// The rules that say so.
    pub rules: Vec<&'static PurposeRule>,
}

impl Fit {
    /// Whether nothing speaks against it.
    pub fn is_good(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Holds what a file says of itself against the needs and the numbers of the structure that were typed.
pub fn fit(told: &Explanation, needs: &[Need], numbers: &[TypedNumber]) -> Fit {
    let rules: Vec<_> = told.purposes.iter().filter_map(|purpose| PurposeRule::of(*purpose)).collect();
    let is_insi = |need: &Need| matches!(need, Need::InsiAuto | Need::InsiManu | Need::Insi);
    let is_silent = told.purposes.is_empty();
    // a request without usages, which the platform sets, is only as far from INSi as its name
    let may_serve = |need: &Need| {
        if is_silent { told.is_request && !is_insi(need) } else { rules.iter().any(|rule| rule.needs().contains(need)) }
    };
    let serves: Vec<Need> = needs.iter().copied().filter(may_serve).collect();
    let has_insi_name = told.purposes.iter().any(|one| matches!(one, Purpose::InsiAuto | Purpose::InsiManu));
    let wants_insi_only = !needs.is_empty() && needs.iter().all(is_insi);
    let is_misnamed = told.meant_name.is_some()
        || (serves.is_empty() && (has_insi_name || (wants_insi_only && (is_silent || told.is_request))));
    let same_structure = same_structure(told, numbers);
    let problems = [
        (FitProblem::WeakKey, told.is_weak),
        (FitProblem::Name, is_misnamed),
        (FitProblem::Usage, serves.is_empty() && !is_misnamed),
        (FitProblem::Structure, same_structure == Some(false)),
    ];
    let problems = problems.into_iter().filter_map(|(problem, is)| is.then_some(problem)).collect();
    Fit { serves, problems, same_structure, rules }
}

fn same_structure(told: &Explanation, numbers: &[TypedNumber]) -> Option<bool> {
    let structure = told.structure.as_ref()?;
    let is_of_structure = |number: &&TypedNumber| !matches!(number.kind, NumberKind::CardNumber | NumberKind::HolderId);
    let mut typed = numbers.iter().filter(is_of_structure).peekable();
    typed.peek()?;
    Some(typed.any(|number| number.reveal() == structure.identifier()))
}
