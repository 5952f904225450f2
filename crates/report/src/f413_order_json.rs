//! What to order, for machines: `cpx-check.f413-order/2`.

use serde::Serialize;
use serde_json::Value;

use cpx_f413::{
    CertificateLine, FormLine, LineRule, NoteRule, NumberAdvice, Order, Request, StructureRule, TypedNumber,
    rules_as_of, rules_compared_on,
};

use super::Disclosure;
use super::card_json::value;
use super::f413_forms_json::{Where, place};
use super::f413_json::{Cited, Disagreement, Document, cited, disagreement, documents};

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "cpx-check f413 order"))]
pub(super) struct OrderReport {
    #[cfg_attr(test, schemars(extend("const" = "cpx-check.f413-order/2")))]
    schema: &'static str,
    /// Version of the program.
    tool_version: &'static str,
    /// The date of the newest dated document of the rules, YYYY-MM-DD.
    rules_as_of: String,
    /// The day on which the rules were last compared with the documents, YYYY-MM-DD.
    rules_compared_on: String,
    structure: &'static str,
    contract: &'static str,
    /// Who asks, or null.
    role: Option<&'static str>,
    /// The number to use: one, and where the contract is not known one for each that it may be.
    numbers: Vec<Advice>,
    /// The numbers that were given.
    typed: Vec<Typed>,
    certificates: Vec<Certificates>,
    forms: Vec<Forms>,
    /// Who may sign, or null where no rule says it.
    signers: Option<Signers>,
    /// What is written into form F413; empty where none is sent.
    lines: Vec<Written>,
    /// What else is to be known.
    notes: Vec<Note>,
    /// Where the documents disagree and the answer changes with it.
    conflicts: Vec<Disagreement>,
    /// The documents that the rules cite.
    sources: Vec<Document>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Advice {
    /// With this contract.
    contract: &'static str,
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
    /// How many, or null where no document counts them.
    count: Option<u32>,
    /// How many where the sites have certificates of their own and the choice is open, or null.
    count_by_site: Option<u32>,
    /// What one of them serves for.
    needs: Vec<&'static str>,
    offer: &'static str,
    /// As the order form names it.
    usage: &'static str,
    naming: &'static str,
    /// The common name, letter for letter, one of them; empty where it is free.
    names: Vec<&'static str>,
    /// One for each need.
    cited: Vec<Cited>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Forms {
    form: &'static str,
    copies: u32,
    offers: Vec<&'static str>,
    /// Sent only with this contract, or null.
    only_with: Option<&'static str>,
    /// Where it is sent.
    send: Vec<Where>,
    /// Where it is filled online instead.
    fill_online: Vec<Where>,
    /// Codes of what goes with it on paper.
    documents: &'static [String],
    cited: Cited,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Signers {
    /// The boxes of section 3.2, one of them.
    capacities: Vec<&'static str>,
    cited: Cited,
}

/// A line of form F413.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Written {
    section: &'static str,
    line: &'static str,
    cited: Cited,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Note {
    note: &'static str,
    cited: Cited,
}

/// The answer of `cpx-check f413 order`.
pub fn order_json(request: &Request, order: &Order, numbers: &[TypedNumber], disclosure: Disclosure) -> Value {
    value(&order_report(request, order, numbers, disclosure))
}

/// The same, as a part of another answer.
pub(super) fn order_report(
    request: &Request,
    order: &Order,
    numbers: &[TypedNumber],
    disclosure: Disclosure,
) -> OrderReport {
    OrderReport {
        schema: "cpx-check.f413-order/2",
        tool_version: env!("CARGO_PKG_VERSION"),
        rules_as_of: rules_as_of().to_string(),
        rules_compared_on: rules_compared_on().to_string(),
        structure: request.structure.code(),
        contract: request.contract.code(),
        role: request.role.map(cpx_f413::Role::code),
        numbers: order.numbers.iter().map(number).collect(),
        typed: numbers.iter().map(|number| typed(number, disclosure)).collect(),
        certificates: order.certificates.iter().map(certificates).collect(),
        forms: order.forms.iter().map(forms).collect(),
        signers: order.structure.map(signers),
        lines: order.lines.iter().copied().map(line).collect(),
        notes: order.notes.iter().copied().map(note).collect(),
        conflicts: order.conflicts.iter().copied().map(disagreement).collect(),
        sources: documents(),
    }
}

fn number(advice: &NumberAdvice) -> Advice {
    Advice {
        contract: advice.contract.code(),
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
        count_by_site: line.count_by_site,
        needs: line.needs.iter().map(|need| need.code()).collect(),
        offer: line.rule.offer.code(),
        usage: &line.rule.usage,
        naming: line.rule.naming.code(),
        names: line.rule.exact_name.split_whitespace().collect(),
        cited: line.rules.iter().map(|rule| cited(&rule.citation())).collect(),
    }
}

fn forms(line: &FormLine) -> Forms {
    Forms {
        form: line.form.form.code(),
        copies: line.copies,
        offers: line.offers.iter().map(|offer| offer.code()).collect(),
        only_with: line.only_with.map(cpx_f413::Contract::code),
        send: line.form.sent_to().map(place).collect(),
        fill_online: line.form.filled_at().map(place).collect(),
        documents: &line.form.documents,
        cited: cited(&line.form.citation()),
    }
}

fn signers(rule: &StructureRule) -> Signers {
    Signers { capacities: rule.signers().iter().map(|signer| signer.code()).collect(), cited: cited(&rule.citation()) }
}

fn line(rule: &'static LineRule) -> Written {
    Written { section: &rule.section, line: &rule.line, cited: cited(&rule.citation()) }
}

fn note(rule: &'static NoteRule) -> Note {
    Note { note: &rule.note, cited: cited(&rule.citation()) }
}
