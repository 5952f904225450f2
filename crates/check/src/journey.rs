//! `cpx-check parcours`: the way from the contract to the certificate, which step comes next, and what it takes.

use cpx_card::internal::readiness::{Diagnosis, diagnose};
use cpx_f413::{CardAdvice, Journey, StepRule, StructureNumber};
use cpx_report::{Disclosure, Subject, Texts, journey_html, journey_json, journey_text, sanitise};

use super::answer::{For, Place};
use super::args::{JourneyArguments, JourneyFormat};
use super::card::disclosure;
use super::diagnosis::{Seen, options};
use super::exit_code::Exit;
use super::f413::advise;
use super::plan::{Plan, Wants};
use super::{Granted, Refusal, Run, fit_check};

pub(super) fn run(arguments: &JourneyArguments, pcsc_missing: Option<String>, texts: &Texts) -> Run {
    if let Some(file) = &arguments.check {
        return fit_check::run(arguments, file, texts);
    }
    let done = arguments.done.iter().map(|typed| step(typed, texts)).collect::<Granted<Vec<_>>>()?;
    let plan = Plan::of(&arguments.plan, Wants::OrderAndRole, texts)?;
    let place = Place::of(arguments.output.as_deref(), For::Owner)?;
    let planned = Journey::of(plan.request.clone(), None, &done);
    let looked = look(arguments, &planned, pcsc_missing, texts)?;
    let advice = looked.as_ref().and_then(|looked| looked.advice.as_ref());
    let journey = Journey::of(plan.request.clone(), advice, &done);

    let disclosure = disclosure(arguments.show_identity);
    let subject = looked.as_ref().map(|looked| Subject::new(&looked.seen.facts, &looked.diagnosis, disclosure));
    let answer = answer(arguments.format, &journey, &plan, subject.as_ref(), disclosure, texts);
    place.put(&answer, arguments.format == JourneyFormat::Text)?;
    let order = &journey.order;
    let is_asked = order.numbers.iter().any(|advice| advice.rule.number == StructureNumber::Unknown);
    let is_open = order.numbers.len() != 1 || is_asked || !order.conflicts.is_empty();
    Ok(if is_open || plan.has_doubtful_number() { Exit::Reserved } else { Exit::Ready })
}

fn answer(
    format: JourneyFormat,
    journey: &Journey,
    plan: &Plan,
    subject: Option<&Subject>,
    disclosure: Disclosure,
    texts: &Texts,
) -> String {
    match format {
        JourneyFormat::Text => journey_text(journey, &plan.numbers, subject, disclosure, texts),
        JourneyFormat::Json => {
            format!("{:#}\n", journey_json(journey, &plan.numbers, subject, disclosure, texts))
        }
        JourneyFormat::Html => journey_html(journey, subject, texts),
    }
}

/// The step that somebody says to be done.
fn step(typed: &str, texts: &Texts) -> Granted<&'static str> {
    StepRule::named(typed).ok_or_else(|| {
        let mut known: Vec<&str> = Vec::new();
        for rule in StepRule::all() {
            if !known.contains(&rule.french.as_str()) {
                known.push(&rule.french);
            }
        }
        let values = [("name", sanitise(typed)), ("known", known.join(", "))];
        let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
        Refusal::Sentence(texts.with("f413-step-unknown", &values))
    })
}

/// What was seen of card and workstation.
struct Looked {
    seen: Seen,
    diagnosis: Diagnosis,
    /// About the one CPx in the readers; none where there are several.
    advice: Option<CardAdvice>,
}

fn look(
    arguments: &JourneyArguments,
    planned: &Journey,
    pcsc_missing: Option<String>,
    texts: &Texts,
) -> Granted<Option<Looked>> {
    if arguments.without_station {
        return Ok(None);
    }
    let portals = planned.portals();
    let diagnosis = arguments.diagnosis(&portals);
    let options = options(&diagnosis.portal, &[], texts)?;
    let seen = match &arguments.replay_case {
        Some(case) => Seen::in_case(case, texts)?,
        None => Seen::here(&diagnosis, &options, pcsc_missing, texts)?,
    };
    let knowledge = Journey::knowledge(planned.request.role);
    let readers = seen.facts.cards.readers.iter().flatten().zip(&seen.verdict.readers);
    let advice = readers.map(|(reader, verdict)| advise(reader, verdict, knowledge, seen.facts.today));
    let mut cards = advice.filter(|advice| advice.lines.is_some());
    let advice = match (cards.next(), cards.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    };
    let diagnosis = diagnose(&seen.facts, &options);
    Ok(Some(Looked { seen, diagnosis, advice }))
}
