//! Which form for which occasion, for machines: `cpx-check.forms/2`.

use serde::Serialize;
use serde_json::Value;

use cpx_f413::{FormRow, FormsAnswer, OccasionRule, Place, ProfileRow, rules_as_of, rules_compared_on};

use super::card_json::value;
use super::f413_json::{Cited, Disagreement, Document, cited, disagreement, documents, steps};

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "cpx-check forms"))]
pub(super) struct Report {
    #[cfg_attr(test, schemars(extend("const" = "cpx-check.forms/2")))]
    schema: &'static str,
    /// Version of the program.
    tool_version: &'static str,
    /// The date of the newest dated document of the rules, YYYY-MM-DD.
    rules_as_of: String,
    /// The day on which the rules were last compared with the documents, YYYY-MM-DD.
    rules_compared_on: String,
    /// The profile that was asked about, or null.
    profile: Option<Matrix>,
    /// The forms that are told, in the order of their numbers.
    forms: Vec<Row>,
    occasions: Vec<Situation>,
    /// The documents that the rules cite.
    sources: Vec<Document>,
}

/// A row of ANS's matrix of forms and profiles.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Matrix {
    profile: &'static str,
    forms: Vec<&'static str>,
    /// Those that whoever has a card may send as well.
    with_card: Vec<&'static str>,
    services: Vec<Where>,
    cited: Cited,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Row {
    form: &'static str,
    /// The cards that it gives, one of them; empty for none.
    cards: &'static [String],
    /// Whether it can be filled online, in the year that follows.
    online: &'static str,
    online_year: Option<u16>,
    /// Where it is sent; empty where no document says.
    send: Vec<Where>,
    /// Where it is filled online; empty where no document says.
    fill_online: Vec<Where>,
    /// Where the form itself is found, or null.
    web: Option<&'static str>,
    /// Codes of what goes with it on paper.
    documents: &'static [String],
    /// Code of how long it takes, or null.
    delay: Option<&'static str>,
    conflict: Option<Disagreement>,
    cited: Cited,
}

/// Where to write or to go.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Where {
    place: &'static str,
    mail: Option<&'static str>,
    web: Option<&'static str>,
    phone: Option<&'static str>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Situation {
    occasion: &'static str,
    /// The ways that lead there, one of them to be taken; all the forms of a way are needed.
    ways: Vec<Vec<&'static str>>,
    /// The cards that it is about.
    cards: &'static [String],
    places: Vec<Where>,
    /// Codes of what may be done instead.
    also: Vec<&'static str>,
    /// Whose business it is.
    roles: Vec<&'static str>,
    conflict: Option<Disagreement>,
    cited: Cited,
}

/// The answer of `cpx-check forms`.
pub fn forms_json(answer: &FormsAnswer) -> Value {
    value(&Report {
        schema: "cpx-check.forms/2",
        tool_version: env!("CARGO_PKG_VERSION"),
        rules_as_of: rules_as_of().to_string(),
        rules_compared_on: rules_compared_on().to_string(),
        profile: answer.profile.map(matrix),
        forms: answer.forms.iter().copied().map(form).collect(),
        occasions: answer.occasions.iter().copied().map(occasion).collect(),
        sources: documents(),
    })
}

fn matrix(row: &'static ProfileRow) -> Matrix {
    let codes = |forms: &[cpx_f413::Form]| forms.iter().map(|form| form.code()).collect();
    Matrix {
        profile: row.profile.code(),
        forms: codes(row.forms()),
        with_card: codes(row.with_card()),
        services: row.services().map(place).collect(),
        cited: cited(&row.citation()),
    }
}

fn form(row: &'static FormRow) -> Row {
    Row {
        form: row.form.code(),
        cards: &row.cards,
        online: row.online.code(),
        online_year: row.online_year(),
        send: row.sent_to().map(place).collect(),
        fill_online: row.filled_at().map(place).collect(),
        web: given(&row.web),
        documents: &row.documents,
        delay: given(&row.delay),
        conflict: row.conflict.map(disagreement),
        cited: cited(&row.citation()),
    }
}

pub(super) fn place(place: &'static Place) -> Where {
    Where { place: &place.place, mail: given(&place.mail), web: given(&place.web), phone: given(&place.phone) }
}

fn occasion(rule: &'static OccasionRule) -> Situation {
    Situation {
        occasion: &rule.occasion,
        ways: rule.ways().iter().map(|way| way.iter().map(|form| form.code()).collect()).collect(),
        cards: &rule.cards,
        places: rule.places().map(place).collect(),
        also: steps(rule.also()),
        roles: rule.roles().iter().map(|role| role.code()).collect(),
        conflict: rule.conflict.map(disagreement),
        cited: cited(&rule.citation()),
    }
}

/// Empty cells of the rules say nothing.
pub(super) fn given(cell: &'static str) -> Option<&'static str> {
    Some(cell).filter(|cell| !cell.is_empty())
}
