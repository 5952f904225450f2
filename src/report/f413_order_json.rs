//! What to order and which form to take, for machines: `cpx-check.f413-order/1` and `cpx-check.forms/1`.

use serde::Serialize;
use serde_json::Value;

use crate::f413::{
    CertificateLine, FormLine, FormRow, NumberAdvice, OccasionRule, Order, StructureRule, TypedNumber, rules_as_of,
};

use super::Disclosure;
use super::card_json::value;
use super::f413_json::{Cited, Disagreement, Document, cited, disagreement, documents, steps};

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "cpx-check f413 order"))]
pub(super) struct OrderReport {
    #[cfg_attr(test, schemars(extend("const" = "cpx-check.f413-order/1")))]
    schema: &'static str,
    /// Version of the program.
    tool_version: &'static str,
    /// The day of the rules, YYYY-MM-DD.
    rules_as_of: String,
    /// The number to use, for each group of needs that share it.
    numbers: Vec<Advice>,
    /// The numbers that were given.
    typed: Vec<Typed>,
    certificates: Vec<Certificates>,
    forms: Vec<Forms>,
    /// Who may sign, or null where no rule says it.
    signers: Option<Signers>,
    conflicts: Vec<Disagreement>,
    /// The documents that the rules cite.
    sources: Vec<Document>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Advice {
    needs: Vec<&'static str>,
    number: &'static str,
    reason: &'static str,
    cited: Cited,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Typed {
    kind: &'static str,
    /// Masked unless asked for, where it is a person's.
    value: String,
    /// Codes of how it was read.
    understood: Vec<&'static str>,
    /// Codes of what is odd about it.
    notes: Vec<&'static str>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Certificates {
    count: u32,
    need: &'static str,
    offer: &'static str,
    /// As the order form names it.
    usage: &'static str,
    naming: &'static str,
    /// The common name, letter for letter, or null where it is free.
    name: Option<&'static str>,
    cited: Cited,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Forms {
    form: &'static str,
    copies: u32,
    offers: Vec<&'static str>,
    /// The mail address that it goes to, or null.
    address: Option<&'static str>,
    /// Its online form, or null.
    web: Option<&'static str>,
    cited: Cited,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Signers {
    capacities: Vec<&'static str>,
    cited: Cited,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "cpx-check forms"))]
pub(super) struct FormsReport {
    #[cfg_attr(test, schemars(extend("const" = "cpx-check.forms/1")))]
    schema: &'static str,
    /// Version of the program.
    tool_version: &'static str,
    /// The day of the rules, YYYY-MM-DD.
    rules_as_of: String,
    /// Every form, in the order of their numbers.
    forms: Vec<Row>,
    occasions: Vec<Situation>,
    /// The documents that the rules cite.
    sources: Vec<Document>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Row {
    form: &'static str,
    /// The cards that it gives; empty for none.
    cards: &'static str,
    online: &'static str,
    /// The mail address that it goes to, or null.
    address: Option<&'static str>,
    conflict: Option<Disagreement>,
    cited: Cited,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Situation {
    occasion: &'static str,
    forms: Vec<&'static str>,
    /// Codes of what is to be done as well.
    also: Vec<&'static str>,
    conflict: Option<Disagreement>,
    cited: Cited,
}

/// The answer of `cpx-check f413 order`.
pub fn order_json(order: &Order, numbers: &[TypedNumber], disclosure: Disclosure) -> Value {
    value(&OrderReport {
        schema: "cpx-check.f413-order/1",
        tool_version: env!("CARGO_PKG_VERSION"),
        rules_as_of: rules_as_of().to_string(),
        numbers: order.numbers.iter().map(number).collect(),
        typed: numbers.iter().map(|number| typed(number, disclosure)).collect(),
        certificates: order.certificates.iter().map(certificates).collect(),
        forms: order.forms.iter().map(forms).collect(),
        signers: order.structure.map(signers),
        conflicts: order.conflicts.iter().copied().map(disagreement).collect(),
        sources: documents(),
    })
}

/// The answer of `cpx-check forms`.
pub fn forms_json() -> Value {
    value(&FormsReport {
        schema: "cpx-check.forms/1",
        tool_version: env!("CARGO_PKG_VERSION"),
        rules_as_of: rules_as_of().to_string(),
        forms: FormRow::all().iter().map(form).collect(),
        occasions: OccasionRule::all().iter().map(occasion).collect(),
        sources: documents(),
    })
}

fn number(advice: &NumberAdvice) -> Advice {
    Advice {
        needs: advice.needs.iter().map(|need| need.code()).collect(),
        number: advice.rule.number.code(),
        reason: &advice.rule.reason,
        cited: cited(&advice.rule.citation()),
    }
}

fn typed(number: &TypedNumber, disclosure: Disclosure) -> Typed {
    Typed {
        kind: number.kind.code(),
        value: disclosure.show(number, number.reveal()),
        understood: number.understood.iter().map(|how| how.code()).collect(),
        notes: number.notes.iter().map(|note| note.code()).collect(),
    }
}

fn certificates(line: &CertificateLine) -> Certificates {
    Certificates {
        count: line.count,
        need: line.rule.need.code(),
        offer: line.rule.offer.code(),
        usage: &line.rule.usage,
        naming: line.rule.naming.code(),
        name: given(&line.rule.exact_name),
        cited: cited(&line.rule.citation()),
    }
}

fn forms(line: &FormLine) -> Forms {
    Forms {
        form: line.form.form.code(),
        copies: line.copies,
        offers: line.offers.iter().map(|offer| offer.code()).collect(),
        address: given(&line.form.address),
        web: given(&line.form.web),
        cited: cited(&line.form.citation()),
    }
}

fn signers(rule: &StructureRule) -> Signers {
    Signers { capacities: rule.signers().iter().map(|signer| signer.code()).collect(), cited: cited(&rule.citation()) }
}

fn form(row: &'static FormRow) -> Row {
    Row {
        form: row.form.code(),
        cards: &row.cards,
        online: row.online.code(),
        address: given(&row.address),
        conflict: row.conflict.map(disagreement),
        cited: cited(&row.citation()),
    }
}

fn occasion(rule: &OccasionRule) -> Situation {
    Situation {
        occasion: rule.occasion.code(),
        forms: rule.forms().iter().map(|form| form.code()).collect(),
        also: steps(rule.also()),
        conflict: rule.conflict.map(disagreement),
        cited: cited(&rule.citation()),
    }
}

/// Empty cells of the rules say nothing.
fn given(cell: &'static str) -> Option<&'static str> {
    Some(cell).filter(|cell| !cell.is_empty())
}
