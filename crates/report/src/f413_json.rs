//! The answer of `cpx-check f413` for machines, schema `cpx-check.f413/2`.

use serde::Serialize;
use serde_json::Value;

use cpx_card::internal::facts::{CardFacts, ReaderFacts};
use cpx_card::internal::identity::Name;
use cpx_card::internal::readiness::{CardVerdict, ReaderVerdict};
use cpx_f413::{
    CardAdvice, Citation, Conflict, ConflictRow, FormLines, Holding, Ruling, Source, Step, rules_as_of,
    rules_compared_on,
};

use super::card_json::{self, value};
use super::{Disclosure, sanitise};

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "cpx-check f413"))]
pub(super) struct Report {
    #[cfg_attr(test, schemars(extend("const" = "cpx-check.f413/2")))]
    schema: &'static str,
    /// Version of the program.
    tool_version: &'static str,
    /// Why no reader could be asked, or null.
    code: Option<&'static str>,
    /// What technicians want to know of it.
    detail: Option<String>,
    /// The date of the newest dated document of the rules, YYYY-MM-DD.
    rules_as_of: String,
    /// The day on which the rules were last compared with the documents, YYYY-MM-DD.
    rules_compared_on: String,
    /// Every reader that was asked, in the system's order.
    readers: Vec<Reader>,
    /// The documents that the rules cite.
    sources: Vec<Document>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Reader {
    /// Its name, as the system gives it.
    name: String,
    /// What is in it: `cpx`, `foreign`, `empty`, `mute`, `busy` or `error`.
    state: &'static str,
    /// The stable code of what was found.
    code: &'static str,
    /// What technicians want to know of a failure.
    detail: Option<String>,
    /// Stable codes of what is to be looked at.
    reservations: Vec<&'static str>,
    holding: Held,
    /// One for each question.
    answers: Vec<Told>,
    /// What is copied into the form, or null where there is no card to copy from.
    lines: Option<Lines>,
}

/// What the rules were asked about.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Held {
    card: &'static str,
    category: &'static str,
    state: &'static str,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Document {
    /// Its short name, as `cited` gives it.
    source: &'static str,
    title: &'static str,
    /// Its own date, YYYY-MM-DD, or null where it has none.
    date: Option<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Told {
    question: &'static str,
    /// `yes`, `to-verify` or `no`.
    answer: &'static str,
    reason: Option<&'static str>,
    /// Codes of what is to be asked of the holder.
    ask: Vec<&'static str>,
    /// Codes of what is to be done first.
    first: Vec<&'static str>,
    #[serde(flatten)]
    cited: Option<Cited>,
    conflict: Option<Disagreement>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Cited {
    /// The row of the rules.
    rule: String,
    /// The documents that it rests on.
    source: String,
    basis: &'static str,
}

/// Where the documents disagree.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Disagreement {
    about: &'static str,
    documents: Vec<&'static str>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Lines {
    /// Masked unless asked for, as the names are.
    card_number: Option<String>,
    surname: Option<String>,
    given_name: Option<String>,
}

/// The whole answer of `cpx-check f413`.
pub fn f413_json(facts: &CardFacts, verdict: &CardVerdict, advice: &[CardAdvice], disclosure: Disclosure) -> Value {
    let (code, detail, readers) = match &facts.readers {
        Err(failure) => (Some(failure.kind.code()), Some(sanitise(&failure.detail)), Vec::new()),
        Ok(readers) if readers.is_empty() => (Some("no-reader"), None, Vec::new()),
        Ok(readers) => {
            let judged = readers.iter().zip(&verdict.readers).zip(advice);
            let told = judged.map(|((facts, verdict), advice)| reader(facts, verdict, advice, disclosure));
            (None, None, told.collect())
        }
    };
    value(&Report {
        schema: "cpx-check.f413/2",
        tool_version: env!("CARGO_PKG_VERSION"),
        code,
        detail,
        rules_as_of: rules_as_of().to_string(),
        rules_compared_on: rules_compared_on().to_string(),
        readers,
        sources: documents(),
    })
}

/// The part of one reader.
pub(super) fn reader(
    facts: &ReaderFacts,
    verdict: &ReaderVerdict,
    advice: &CardAdvice,
    disclosure: Disclosure,
) -> Reader {
    let card_json::Reader { name, state, code, detail, reservations, .. } =
        card_json::reader(facts, verdict, disclosure);
    Reader {
        name,
        state,
        code,
        detail,
        reservations,
        holding: held(advice.holding),
        answers: advice.rulings.iter().map(told).collect(),
        lines: advice.lines.as_ref().map(|one| lines(one, disclosure)),
    }
}

fn held(holding: Holding) -> Held {
    Held { card: holding.card.code(), category: holding.category.code(), state: holding.state.code() }
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

pub(super) fn steps(steps: &[Step]) -> Vec<&'static str> {
    steps.iter().map(|step| step.code()).collect()
}

pub(super) fn cited(citation: &Citation<'_>) -> Cited {
    Cited { rule: citation.rule.to_owned(), source: citation.source.to_owned(), basis: citation.basis.code() }
}

pub(super) fn disagreement(conflict: Conflict) -> Disagreement {
    let row = ConflictRow::of(conflict);
    let documents = row.map(|row| vec![row.one.as_str(), row.other.as_str()]).unwrap_or_default();
    Disagreement { about: conflict.code(), documents }
}

pub(super) fn documents() -> Vec<Document> {
    let document = |source: &'static Source| Document {
        source: &source.source,
        title: &source.title,
        date: source.date.map(|date| date.to_string()),
    };
    Source::all().iter().map(document).collect()
}

fn lines(lines: &FormLines, disclosure: Disclosure) -> Lines {
    let name = |name: &Option<Name>| name.as_ref().map(|name| disclosure.show(name, name.reveal()));
    Lines {
        card_number: lines.card_number.as_ref().map(|number| disclosure.show(number, number.reveal())),
        surname: name(&lines.surname),
        given_name: name(&lines.given_name),
    }
}
