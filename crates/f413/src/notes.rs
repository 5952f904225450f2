//! What goes with an order: what is worth knowing about it, and every line of form F413 that somebody writes.

use serde::Deserialize;

use cpx_card::internal::identity::Date;

use super::cells::{List, coded, date};
use super::order::Request;
use super::tables::{Citation, Rules};
use super::vocabulary::{Basis, Condition, Need, Structure};

/// Something to know about an order.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct NoteRule {
    rule: String,
    /// Its code: the sentence is `f413-order-note-…`.
    pub note: String,
    structure: List<Structure>,
    need: List<Need>,
    #[serde(deserialize_with = "coded")]
    when: Condition,
    source: String,
    #[serde(deserialize_with = "coded")]
    basis: Basis,
    #[serde(deserialize_with = "date")]
    pub(super) as_of: Date,
}

impl NoteRule {
    /// Every note.
    pub fn all() -> &'static [Self] {
        &Rules::get().notes
    }

    /// The notes of a request of which these conditions hold.
    pub(super) fn of(request: &Request, holds: &[Condition]) -> Vec<&'static Self> {
        let is_needed = |note: &&Self| request.needs.iter().any(|need| note.need.has(*need));
        let fits = |note: &&Self| note.structure.has(request.structure) && holds.contains(&note.when);
        Self::all().iter().filter(is_needed).filter(fits).collect()
    }

    /// Where it comes from.
    pub fn citation(&self) -> Citation<'_> {
        Citation { rule: &self.rule, source: &self.source, basis: self.basis }
    }
}

/// A line of form F413 that somebody writes.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct LineRule {
    rule: String,
    /// Its code: the sentence is `f413-write-…`.
    pub line: String,
    /// The section of the form: `3.2`.
    pub section: String,
    /// The box of section 4.3 that it belongs to; `*` for every order.
    #[serde(rename = "box")]
    pub(super) of_box: String,
    source: String,
    #[serde(deserialize_with = "date")]
    pub(super) as_of: Date,
}

impl LineRule {
    /// Every line, in the order of the form.
    pub fn all() -> &'static [Self] {
        &Rules::get().lines
    }

    /// Where it comes from.
    pub fn citation(&self) -> Citation<'_> {
        Citation { rule: &self.rule, source: &self.source, basis: Basis::Text }
    }
}
