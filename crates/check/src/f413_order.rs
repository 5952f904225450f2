//! `cpx-check f413 order` and `cpx-check forms`: what to order, and which form for which situation.

use cpx_f413::{Basis, FormsAnswer, StructureNumber, find_forms, order};
use cpx_report::{Texts, forms_json, forms_text, occasion_words, order_json, order_text, sanitise};

use super::args::{Format, FormsArguments, OrderArguments};
use super::card::disclosure;
use super::exit_code::Exit;
use super::plan::{Plan, Wants};
use super::{Refusal, Run, output};

pub(super) fn run(arguments: &OrderArguments, texts: &Texts) -> Run {
    let plan = Plan::of(&arguments.plan, Wants::Order, texts)?;
    let answer = order(&plan.request);
    let disclosure = disclosure(arguments.output.show_identity);
    match arguments.output.format {
        Format::Json => output::json(&order_json(&plan.request, &answer, &plan.numbers, disclosure)),
        Format::Text => output::text(&order_text(&plan.request, &answer, &plan.numbers, disclosure, texts)),
    };
    let is_open = answer.numbers.len() != 1 || !answer.conflicts.is_empty();
    let is_asked = answer.numbers.iter().any(|advice| {
        advice.rule.number == StructureNumber::Unknown || advice.rule.citation().basis == Basis::Inferred
    });
    Ok(if is_open || is_asked || plan.has_doubtful_number() { Exit::Reserved } else { Exit::Ready })
}

pub(super) fn forms(arguments: &FormsArguments, texts: &Texts) -> Run {
    let wanted = arguments.words.join(" ");
    let answer = match arguments.profile {
        Some(profile) => FormsAnswer::of_profile(profile),
        None if arguments.words.is_empty() => FormsAnswer::all(),
        None => find_forms(&wanted, occasion_words),
    };
    if answer.is_empty() {
        return Err(Refusal::Sentence(texts.with("f413-forms-nothing", &[("words", &sanitise(&wanted))])));
    }
    match arguments.format {
        Format::Json => output::json(&forms_json(&answer)),
        Format::Text => output::text(&forms_text(&answer, texts)),
    };
    Ok(Exit::Ready)
}
