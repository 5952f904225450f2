//! `cpx-check f413 order` and `cpx-check forms`: what to order, and which form for which situation.

use std::io::{IsTerminal as _, Read as _};

use crate::f413::{Contract, Need, NumberKind, Request, Structure, StructureNumber, TypedNumber, order, read_number};
use crate::limits;
use crate::report::{Texts, forms_json, forms_text, order_json, order_text, typed_problem_text};

use super::args::{Format, FormsArguments, OrderArguments};
use super::card::disclosure;
use super::exit_code::Exit;
use super::{Granted, Refusal, Run, output};

pub(super) fn run(arguments: &OrderArguments, texts: &Texts) -> Run {
    let mut numbers = Vec::new();
    for (kind, typed) in arguments.typed() {
        let read = read_number(kind, typed);
        numbers.push(read.map_err(|problem| Refusal::Sentence(typed_problem_text(kind, typed, problem, texts)))?);
    }
    let asks = std::io::stdin().is_terminal();
    let questions = Questions { texts };
    let structure = match arguments.structure {
        Some(structure) => structure,
        None if asks => questions.one("structure", "f413-ask-structure", Structure::ALL, Structure::code)?,
        None => return Err(missing("--structure", texts)),
    };
    let contract = match arguments.contract {
        Some(contract) => contract,
        None if asks => questions.one("contract", "f413-ask-contract", Contract::ALL, Contract::code)?,
        None => return Err(missing("--contract", texts)),
    };
    let was_asked = arguments.need.is_empty();
    let needs = match arguments.need.as_slice() {
        [] if asks => questions.several("need", "f413-ask-needs", Need::ALL, Need::code)?,
        [] => return Err(missing("--need", texts)),
        needs => needs.to_vec(),
    };
    let solutions = match arguments.solutions {
        Some(solutions) => solutions,
        None if was_asked && needs.contains(&Need::Dmp) => questions.solutions()?,
        None => 1,
    };
    let mut request = Request::new(structure, contract, needs).with_solutions(solutions);
    if was_asked {
        for kind in wanted(&request) {
            if !numbers.iter().any(|number| number.kind == kind) {
                numbers.extend(questions.numbers(kind)?);
            }
        }
    }
    let ranks = numbers.iter().filter(|number| number.kind == NumberKind::RppsRank).count();
    request = request.with_ranks(u32::try_from(ranks).unwrap_or(u32::MAX));
    let answer = order(&request);
    let disclosure = disclosure(arguments.output.show_identity);
    match arguments.output.format {
        Format::Json => output::json(&order_json(&answer, &numbers, disclosure)),
        Format::Text => output::text(&order_text((structure, contract), &answer, &numbers, disclosure, texts)),
    };
    let is_doubtful = |number: &TypedNumber| !number.notes.iter().all(|note| *note == crate::f413::TypedNote::Corsica);
    let is_open = answer
        .numbers
        .iter()
        .any(|advice| advice.rule.conflict.is_some() || advice.rule.number == StructureNumber::Unknown);
    Ok(if is_open || numbers.iter().any(is_doubtful) { Exit::Reserved } else { Exit::Ready })
}

pub(super) fn forms(arguments: &FormsArguments, texts: &Texts) -> Exit {
    match arguments.format {
        Format::Json => output::json(&forms_json()),
        Format::Text => output::text(&forms_text(texts)),
    };
    Exit::Ready
}

/// The numbers that an order needs.
fn wanted(request: &Request) -> Vec<NumberKind> {
    let of_number = |number| match number {
        StructureNumber::FinessLegal => vec![NumberKind::FinessLegal],
        StructureNumber::FinessSite => vec![NumberKind::FinessSite],
        StructureNumber::SiteThenLegal => vec![NumberKind::FinessSite, NumberKind::FinessLegal],
        StructureNumber::Siret => vec![NumberKind::Siret],
        StructureNumber::RppsRank => vec![NumberKind::RppsRank],
        _ => Vec::new(),
    };
    order(request).numbers.iter().flat_map(|advice| of_number(advice.rule.number)).collect()
}

fn missing(option: &str, texts: &Texts) -> Refusal {
    let remedy = texts.remedy("f413-order-option-missing").unwrap_or_default();
    let cause = texts.with("f413-order-option-missing", &[("option", option)]);
    Refusal::Sentence(format!("{cause}\n  → {remedy}"))
}

/// Asks on the terminal. Questions go to the error output: the answer stays alone on the other.
struct Questions<'a> {
    texts: &'a Texts,
}

impl Questions<'_> {
    fn one<T: Copy>(&self, words: &str, question: &str, all: &[T], code: fn(T) -> &'static str) -> Granted<T> {
        let choose = |line: &str| Self::choice(line, all);
        self.listed(words, question, all, code);
        self.until(choose)
    }

    fn several<T: Copy>(&self, words: &str, question: &str, all: &[T], code: fn(T) -> &'static str) -> Granted<Vec<T>> {
        self.listed(words, question, all, code);
        self.until(|line| {
            let chosen: Option<Vec<T>> = line
                .split([' ', ',', ';'])
                .filter(|word| !word.is_empty())
                .map(|word| Self::choice(word, all))
                .collect();
            chosen.filter(|chosen| !chosen.is_empty())
        })
    }

    fn solutions(&self) -> Granted<u32> {
        output::error(&format!("{}\n", self.texts.text("f413-ask-solutions")));
        self.until(|line| match line {
            "" => Some(1),
            line => line.parse().ok().filter(|count| (1..=limits::SOLUTIONS).contains(count)),
        })
    }

    fn numbers(&self, kind: NumberKind) -> Granted<Vec<TypedNumber>> {
        let name = self.texts.text(&format!("f413-kind-{}", kind.code()));
        output::error(&format!("{}\n", self.texts.with("f413-ask-number", &[("kind", &name)])));
        for _ in 0..limits::TYPED_TRIES {
            let line = self.line()?;
            let typed = line.split([',', ';']).map(str::trim).filter(|typed| !typed.is_empty());
            let read = typed.map(|typed| read_number(kind, typed).map_err(|problem| (typed, problem)));
            match read.collect::<Result<Vec<_>, _>>() {
                Ok(numbers) => return Ok(numbers),
                Err((typed, problem)) => {
                    output::error(&format!("{}\n", typed_problem_text(kind, typed, problem, self.texts)));
                }
            }
        }
        Err(Refusal::Sentence(self.texts.text("f413-ask-ended")))
    }

    fn listed<T: Copy>(&self, words: &str, question: &str, all: &[T], code: fn(T) -> &'static str) {
        let choices = all.iter().enumerate().map(|(place, one)| {
            let words = self.texts.text(&format!("f413-{words}-{}", code(*one)));
            format!("  {:>2}  {words}\n", place.saturating_add(1))
        });
        let said = format!("{}\n{}", self.texts.text(question), choices.collect::<String>());
        output::error(&said);
    }

    /// The one with this number, counted from 1.
    fn choice<T: Copy>(word: &str, all: &[T]) -> Option<T> {
        all.get(word.trim().parse::<usize>().ok()?.checked_sub(1)?).copied()
    }

    /// Asks again until the answer is one, a few times.
    fn until<T>(&self, understand: impl Fn(&str) -> Option<T>) -> Granted<T> {
        for _ in 0..limits::TYPED_TRIES {
            if let Some(answer) = understand(&self.line()?) {
                return Ok(answer);
            }
            output::error(&format!("{}\n", self.texts.text("f413-ask-again")));
        }
        Err(Refusal::Sentence(self.texts.text("f413-ask-ended")))
    }

    /// One line of the terminal, within a bound.
    fn line(&self) -> Granted<String> {
        output::error(&format!("{} ", self.texts.text("f413-ask-prompt")));
        let mut bytes = Vec::new();
        for byte in std::io::stdin().lock().bytes().take(usize::try_from(limits::TYPED_ANSWER).unwrap_or(usize::MAX)) {
            match byte {
                Ok(b'\n') => return Ok(String::from_utf8_lossy(&bytes).trim().to_owned()),
                Ok(byte) => bytes.push(byte),
                Err(_) => break,
            }
        }
        Err(Refusal::Sentence(self.texts.text("f413-ask-ended")))
    }
}
