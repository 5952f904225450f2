//! Form F413 for machines: `cpx-check.f413/1` and what the orders and forms say.

use serde::Serialize;
use serde_json::{Value, json};

use crate::f413::{
    CardAdvice, Citation, Conflict, ConflictRow, FormLines, FormRow, OccasionRule, Order, Ruling, Source, Step,
    TypedNumber, rules_as_of,
};
use crate::facts::{CardFacts, ReaderFacts};
use crate::identity::Name;
use crate::readiness::{CardVerdict, ReaderVerdict};

use super::card_json::value;
use super::{Disclosure, reader_json, sanitise};

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "cpx-check f413"))]
pub(super) struct Report {
    #[cfg_attr(test, schemars(extend("const" = "cpx-check.f413/1")))]
    schema: &'static str,
    tool_version: &'static str,
    /// Why no reader could be asked, or null.
    code: Option<&'static str>,
    detail: Option<String>,
    rules_as_of: String,
    readers: Vec<Value>,
    sources: Vec<Document>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Document {
    source: &'static str,
    title: &'static str,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Told {
    question: &'static str,
    answer: &'static str,
    reason: Option<&'static str>,
    ask: Vec<&'static str>,
    first: Vec<&'static str>,
    #[serde(flatten)]
    cited: Option<Cited>,
    conflict: Option<Disagreement>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Cited {
    rule: String,
    source: String,
    basis: &'static str,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Disagreement {
    about: &'static str,
    documents: Vec<&'static str>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Lines {
    card_number: Option<String>,
    surname: Option<String>,
    given_name: Option<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Number {
    kind: &'static str,
    value: String,
    understood: Vec<&'static str>,
    notes: Vec<&'static str>,
}

/// The whole answer of `cpx-check f413`.
pub fn f413_json(facts: &CardFacts, verdict: &CardVerdict, advice: &[CardAdvice], disclosure: Disclosure) -> Value {
    let (code, detail, readers) = match &facts.readers {
        Err(failure) => (Some(failure.kind.code()), Some(sanitise(&failure.detail)), Vec::new()),
        Ok(readers) if readers.is_empty() => (Some("no-reader"), None, Vec::new()),
        Ok(readers) => {
            let judged = readers.iter().zip(&verdict.readers).zip(advice);
            let told = judged.map(|((reader, verdict), advice)| advice_json(reader, verdict, advice, disclosure));
            (None, None, told.collect())
        }
    };
    value(&Report {
        schema: "cpx-check.f413/1",
        tool_version: env!("CARGO_PKG_VERSION"),
        code,
        detail,
        rules_as_of: rules_as_of().to_string(),
        readers,
        sources: documents(),
    })
}

/// The part of one reader: what `cpx-check f413 --batch` tells of a card.
pub fn advice_json(
    reader: &ReaderFacts,
    verdict: &ReaderVerdict,
    advice: &CardAdvice,
    disclosure: Disclosure,
) -> Value {
    let whole = reader_json(reader, verdict, disclosure);
    let of_reader = |key: &str| whole.get(key).cloned().unwrap_or_default();
    json!({
        "name": of_reader("name"),
        "state": of_reader("state"),
        "code": of_reader("code"),
        "detail": of_reader("detail"),
        "reservations": of_reader("reservations"),
        "holding": {
            "card": advice.holding.card.code(),
            "category": advice.holding.category.code(),
            "state": advice.holding.state.code(),
        },
        "answers": advice.rulings.iter().map(|ruling| value(&told(ruling))).collect::<Vec<_>>(),
        "lines": advice.lines.as_ref().map(|one| value(&lines(one, disclosure))),
    })
}

/// The answer of `cpx-check f413 order`.
pub fn order_json(order: &Order, numbers: &[TypedNumber], disclosure: Disclosure) -> Value {
    let needs = |needs: &[crate::f413::Need]| needs.iter().map(|need| need.code()).collect::<Vec<_>>();
    json!({
        "schema": "cpx-check.f413-order/1",
        "tool_version": env!("CARGO_PKG_VERSION"),
        "rules_as_of": rules_as_of().to_string(),
        "numbers": order.numbers.iter().map(|advice| json!({
            "needs": needs(&advice.needs),
            "number": advice.rule.number.code(),
            "reason": advice.rule.reason,
            "cited": value(&cited(&advice.rule.citation())),
        })).collect::<Vec<_>>(),
        "typed": numbers.iter().map(|number| value(&typed(number, disclosure))).collect::<Vec<_>>(),
        "certificates": order.certificates.iter().map(|line| json!({
            "count": line.count,
            "need": line.rule.need.code(),
            "offer": line.rule.offer.code(),
            "usage": line.rule.usage,
            "naming": line.rule.naming.code(),
            "name": Some(&line.rule.exact_name).filter(|name| !name.is_empty()),
            "cited": value(&cited(&line.rule.citation())),
        })).collect::<Vec<_>>(),
        "forms": order.forms.iter().map(|line| json!({
            "form": line.form.form.code(),
            "copies": line.copies,
            "offers": line.offers.iter().map(|offer| offer.code()).collect::<Vec<_>>(),
            "address": Some(&line.form.address).filter(|address| !address.is_empty()),
            "web": Some(&line.form.web).filter(|web| !web.is_empty()),
            "cited": value(&cited(&line.form.citation())),
        })).collect::<Vec<_>>(),
        "signers": order.structure.map(|rule| json!({
            "capacities": rule.signers().iter().map(|signer| signer.code()).collect::<Vec<_>>(),
            "cited": value(&cited(&rule.citation())),
        })),
        "conflicts": order.conflicts.iter().map(|one| value(&disagreement(*one))).collect::<Vec<_>>(),
        "sources": value(&documents()),
    })
}

/// The answer of `cpx-check forms`.
pub fn forms_json() -> Value {
    let conflict = |conflict: Option<Conflict>| conflict.map(|one| value(&disagreement(one)));
    json!({
        "schema": "cpx-check.forms/1",
        "tool_version": env!("CARGO_PKG_VERSION"),
        "rules_as_of": rules_as_of().to_string(),
        "forms": FormRow::all().iter().map(|row| json!({
            "form": row.form.code(),
            "cards": row.cards,
            "online": row.online.code(),
            "address": Some(&row.address).filter(|address| !address.is_empty()),
            "conflict": conflict(row.conflict),
            "cited": value(&cited(&row.citation())),
        })).collect::<Vec<_>>(),
        "occasions": OccasionRule::all().iter().map(|rule| json!({
            "occasion": rule.occasion.code(),
            "forms": rule.forms().iter().map(|form| form.code()).collect::<Vec<_>>(),
            "also": steps(rule.also()),
            "conflict": conflict(rule.conflict),
            "cited": value(&cited(&rule.citation())),
        })).collect::<Vec<_>>(),
        "sources": value(&documents()),
    })
}

fn told(ruling: &Ruling) -> Told {
    let rule = ruling.rule;
    Told {
        question: ruling.question.code(),
        answer: ruling.answer.code(),
        reason: rule.map(|rule| rule.reason.as_str()),
        ask: ruling.ask.iter().map(|ask| ask.code()).collect(),
        first: rule.map(|rule| steps(rule.first())).unwrap_or_default(),
        cited: rule.map(|rule| cited(&rule.citation())),
        conflict: rule.and_then(|rule| rule.conflict).map(disagreement),
    }
}

fn steps(steps: &[Step]) -> Vec<&'static str> {
    steps.iter().map(|step| step.code()).collect()
}

fn cited(citation: &Citation<'_>) -> Cited {
    Cited { rule: citation.rule.to_owned(), source: citation.source.to_owned(), basis: citation.basis.code() }
}

fn disagreement(conflict: Conflict) -> Disagreement {
    let row = ConflictRow::of(conflict);
    let documents = row.map(|row| vec![row.one.as_str(), row.other.as_str()]).unwrap_or_default();
    Disagreement { about: conflict.code(), documents }
}

fn documents() -> Vec<Document> {
    Source::all().iter().map(|source| Document { source: &source.source, title: &source.title }).collect()
}

fn lines(lines: &FormLines, disclosure: Disclosure) -> Lines {
    let name = |name: &Option<Name>| name.as_ref().map(|name| disclosure.show(name, name.reveal()));
    Lines {
        card_number: lines.card_number.as_ref().map(|number| disclosure.show(number, number.reveal())),
        surname: name(&lines.surname),
        given_name: name(&lines.given_name),
    }
}

fn typed(number: &TypedNumber, disclosure: Disclosure) -> Number {
    Number {
        kind: number.kind.code(),
        value: disclosure.show(number, number.reveal()),
        understood: number.understood.iter().map(|how| how.code()).collect(),
        notes: number.notes.iter().map(|note| note.code()).collect(),
    }
}
