//! Who orders and what for: from the options, and from whoever sits at the terminal.

use std::io::IsTerminal as _;

use cpx_f413::{
    Contract, Need, NumberKind, Request, Role, Structure, StructureNumber, TypedNote, TypedNumber, order, read_number,
};
use cpx_report::{Texts, typed_problem_text};

use super::args::PlanArguments;
use super::questions::Questions;
use super::{Granted, Refusal};

/// What is ordered, and the numbers that were given.
pub(super) struct Plan {
    pub(super) request: Request,
    pub(super) numbers: Vec<TypedNumber>,
}

/// Whether the role is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wants {
    Order,
    OrderAndRole,
}

impl Plan {
    /// Takes the options, and asks in a terminal for what is left out.
    pub(super) fn of(arguments: &PlanArguments, wants: Wants, texts: &Texts) -> Granted<Self> {
        let mut numbers = numbers(arguments, texts)?;
        if !std::io::stdin().is_terminal() {
            nothing_missing(arguments, wants, texts)?;
        }
        let questions = Questions { texts };
        let structure = arguments.structure.map_or_else(|| questions.one::<Structure>("f413-ask-structure"), Ok)?;
        let contract = arguments.contract.map_or_else(|| questions.one::<Contract>("f413-ask-contract"), Ok)?;
        let role = match arguments.role {
            None if wants == Wants::OrderAndRole => Some(questions.one::<Role>("f413-ask-role")?),
            role => role,
        };
        let was_asked = arguments.need.is_empty();
        let needs = if was_asked { questions.several::<Need>("f413-ask-needs")? } else { arguments.need.clone() };
        let takes_certificates = needs.iter().any(|need| *need != Need::RppsPlus);
        let solutions = match arguments.solutions {
            None if was_asked && takes_certificates => questions.count("f413-ask-solutions")?,
            solutions => solutions.unwrap_or(1),
        };
        let request = Request::new(structure, contract, needs)
            .with_role(role)
            .with_solutions(solutions, arguments.servers.unwrap_or(1))
            .with_entities(arguments.entities.unwrap_or(1), arguments.sites.unwrap_or(0));
        if was_asked && takes_certificates {
            for kind in wanted(&request) {
                if !numbers.iter().any(|number| number.kind == kind) {
                    numbers.extend(questions.numbers(kind)?);
                }
            }
        }
        let ranks = numbers.iter().filter(|number| number.kind == NumberKind::RppsRank).count();
        Ok(Self { request: request.with_ranks(u32::try_from(ranks).unwrap_or(u32::MAX)), numbers })
    }

    /// Whether a number that was given is to be looked at again.
    pub(super) fn has_doubtful_number(&self) -> bool {
        let is_fine = |note: &TypedNote| *note == TypedNote::Corsica;
        !self.numbers.iter().all(|number| number.notes.iter().all(is_fine))
    }
}

/// The numbers that were typed, or why one is refused.
pub(super) fn numbers(arguments: &PlanArguments, texts: &Texts) -> Granted<Vec<TypedNumber>> {
    let read = |(kind, typed)| {
        read_number(kind, typed).map_err(|problem| Refusal::Sentence(typed_problem_text(kind, typed, problem, texts)))
    };
    arguments.typed().into_iter().map(read).collect()
}

/// Refuses with what is missing, and how to give it.
pub(super) fn missing(options: &[&str], texts: &Texts) -> Refusal {
    let key = "f413-order-option-missing";
    let count = options.len().to_string();
    let cause = texts.with(key, &[("option", &options.join(", ")), ("count", &count)]);
    let remedy = texts.remedy(key).unwrap_or_default();
    Refusal::Sentence(format!("{cause}\n  → {remedy}"))
}

/// Nobody can be asked: every option that is missing is named at once.
fn nothing_missing(arguments: &PlanArguments, wants: Wants, texts: &Texts) -> Granted<()> {
    let absent = [
        ("--structure", arguments.structure.is_none()),
        ("--contract", arguments.contract.is_none()),
        ("--role", arguments.role.is_none() && wants == Wants::OrderAndRole),
        ("--need", arguments.need.is_empty()),
    ];
    let absent: Vec<_> = absent.into_iter().filter_map(|(option, is)| is.then_some(option)).collect();
    if absent.is_empty() { Ok(()) } else { Err(missing(&absent, texts)) }
}

/// The numbers that an order needs.
fn wanted(request: &Request) -> Vec<NumberKind> {
    let of_number = |number| match number {
        StructureNumber::FinessLegal => vec![NumberKind::FinessLegal],
        StructureNumber::FinessSite => vec![NumberKind::FinessSite],
        StructureNumber::SiteThenLegal => vec![NumberKind::FinessSite, NumberKind::FinessLegal],
        StructureNumber::Siret => vec![NumberKind::Siret],
        StructureNumber::RppsRank => vec![NumberKind::RppsRank],
        StructureNumber::FinessOrSiret => vec![NumberKind::FinessSite, NumberKind::Siret],
        _ => Vec::new(),
    };
    let mut wanted: Vec<NumberKind> = Vec::new();
    for kind in order(request).numbers.iter().flat_map(|advice| of_number(advice.rule.number)) {
        if !wanted.contains(&kind) {
            wanted.push(kind);
        }
    }
    wanted
}
