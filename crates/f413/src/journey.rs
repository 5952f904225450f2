//! The way from the contract to the certificate: who does what, where, with what, and which step comes next.

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use cpx_card::internal::identity::Date;

use super::card::{CardAdvice, Knowledge};
use super::cells::{Alternatives, List, coded, date, names};
use super::forms::Place;
use super::order::{Order, Request, order};
use super::tables::{CardRule, Citation, Rules};
use super::vocabulary::{
    Answer, Basis, Contract, Declared, Evidence, Form, Goal, Need, Progress, Question, Role, Structure,
};
use super::words::plain;

/// A step, for some structures, contracts and roles. Of several rows with the same step, the first that fits counts.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct StepRule {
    rule: String,
    /// The code: its name is `f413-stage-…`.
    pub step: String,
    /// What it is called in French, for whoever types it.
    pub french: String,
    /// What is to be done, as a code: the sentence is `f413-do-…`, how one knows that it is done its attribute `proof`.
    pub text: String,
    structure: List<Structure>,
    contract: List<Contract>,
    role: List<Role>,
    goal: List<Goal>,
    /// Who does it, as a code: the words are `f413-who-…`.
    pub who: String,
    forms: Alternatives,
    #[serde(deserialize_with = "names")]
    places: Vec<String>,
    #[serde(deserialize_with = "names")]
    /// What goes with it, as codes: the sentences are `f413-document-…`.
    pub documents: Vec<String>,
    /// How long it takes, as a code: the sentence is `f413-delay-…`; empty where no document says.
    pub delay: String,
    #[serde(deserialize_with = "coded")]
    /// What shows that it is done.
    pub evidence: Evidence,
    /// The portal that the workstation must reach for it, by its code; empty for none.
    pub portal: String,
    #[serde(deserialize_with = "yes")]
    /// Whether one may do without it.
    pub optional: bool,
    source: String,
    #[serde(deserialize_with = "coded")]
    basis: Basis,
    #[serde(deserialize_with = "date")]
    pub(super) as_of: Date,
}

fn yes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => Err(D::Error::custom(other)),
    }
}

impl StepRule {
    /// Every row.
    pub fn all() -> &'static [Self] {
        &Rules::get().steps
    }

    /// The step that somebody names, by its code or its French word, in any case.
    pub fn named(text: &str) -> Option<&'static str> {
        let wanted = plain(text);
        let is_named = |rule: &&Self| plain(&rule.step) == wanted || plain(&rule.french) == wanted;
        Self::all().iter().find(is_named).map(|rule| rule.step.as_str())
    }

    /// The ways to do it with forms, one of them to be taken: the forms of each are all needed.
    pub fn ways(&self) -> &[Vec<Form>] {
        &self.forms.0
    }

    /// Where it is sent or done.
    pub fn places(&self) -> impl Iterator<Item = &'static Place> {
        Place::with_codes(&self.places)
    }

    /// Where it comes from.
    pub fn citation(&self) -> Citation<'_> {
        Citation { rule: &self.rule, source: &self.source, basis: self.basis }
    }

    fn fits(&self, request: &Request, goals: &[Goal]) -> bool {
        let role = request.role.is_some_and(|role| self.role.has(role));
        self.structure.has(request.structure)
            && self.contract.has(request.contract)
            && (role || self.role.is_any())
            && goals.iter().any(|goal| self.goal.has(*goal))
    }
}

/// A step of somebody's way.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Stage {
    /// What is to be done.
    pub rule: &'static StepRule,
    /// How far it is.
    pub progress: Progress,
    /// The rule about the card in the reader that says so.
    pub card: Option<&'static CardRule>,
}

/// Somebody's way.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Journey {
    /// Who asks, and what for.
    pub request: Request,
    /// What is ordered on the way.
    pub order: Order,
    /// The steps, in their order.
    pub stages: Vec<Stage>,
    /// The place of the first step in `stages` that is still to be done; none where nothing is left.
    pub next: Option<usize>,
}

impl Journey {
    /// The way of a request. `advice` is about the card in the reader, `done` has the codes of steps that whoever asks
    /// says to be done, with those before them.
    pub fn of(request: Request, advice: Option<&CardAdvice>, done: &[&str]) -> Self {
        let goals = goals(&request);
        let mut stages: Vec<Stage> = Vec::new();
        for rule in StepRule::all().iter().filter(|rule| rule.fits(&request, &goals)) {
            if stages.iter().all(|stage| stage.rule.step != rule.step) {
                stages.push(Stage { rule, progress: Progress::ToDo, card: None });
            }
        }
        let last_done = stages.iter().rposition(|stage| done.contains(&stage.rule.step.as_str()));
        for (place, stage) in stages.iter_mut().enumerate() {
            if last_done.is_some_and(|last| place <= last) {
                stage.progress = Progress::Done;
            } else {
                (stage.progress, stage.card) = progress(stage.rule, &request, advice);
            }
        }
        let is_left = |stage: &Stage| {
            !stage.rule.optional
                && matches!(stage.progress, Progress::ToDo | Progress::CardWillNotDo | Progress::AnsOnly)
        };
        let next = stages.iter().position(is_left);
        Self { order: order(&request), request, stages, next }
    }

    /// What the options of a role tell about a card's holder.
    pub fn knowledge(role: Option<Role>) -> Knowledge {
        let is = |wanted: Role| if role == Some(wanted) { Declared::Yes } else { Declared::Unknown };
        Knowledge::new(is(Role::LegalRepresentative), Declared::Unknown, is(Role::PracticeOwner))
    }

    /// The portals that the steps need, by their codes, each once.
    pub fn portals(&self) -> Vec<&'static str> {
        let mut portals: Vec<&'static str> = Vec::new();
        for portal in self.stages.iter().map(|stage| stage.rule.portal.as_str()).filter(|code| !code.is_empty()) {
            if !portals.contains(&portal) {
                portals.push(portal);
            }
        }
        portals
    }
}

fn goals(request: &Request) -> Vec<Goal> {
    let registers = request.needs.contains(&Need::RppsPlus);
    let orders = request.needs.iter().any(|need| *need != Need::RppsPlus);
    [(Goal::Certificates, orders), (Goal::Registration, registers)]
        .into_iter()
        .filter_map(|(goal, is)| is.then_some(goal))
        .collect()
}

/// How far a step is, by what is known without asking anybody.
fn progress(rule: &StepRule, request: &Request, advice: Option<&CardAdvice>) -> (Progress, Option<&'static CardRule>) {
    let question = match rule.evidence {
        Evidence::Given => return (Progress::NotNeeded, None),
        Evidence::Ans => return (Progress::AnsOnly, None),
        Evidence::Person => return (Progress::ToDo, None),
        Evidence::Signer => signer_question(request),
        Evidence::Mandatary => (request.role == Some(Role::Mandatary)).then_some(Question::Mandatary),
        Evidence::Administrator => {
            let has = matches!(request.role, Some(Role::Administrator | Role::Publisher));
            has.then_some(Question::Administrator)
        }
    };
    // the card in the reader is the asker's, and tells nothing about another's
    let ruling = advice
        .filter(|advice| advice.lines.is_some())
        .zip(question)
        .and_then(|(advice, question)| advice.rulings.iter().find(|ruling| ruling.question == question));
    let signed = !matches!(request.contract, Contract::None | Contract::Unknown);
    match ruling {
        Some(ruling) => {
            let progress = match ruling.answer {
                Answer::Yes => Progress::ProvedByCard,
                Answer::Verify => Progress::ToVerify,
                Answer::No => Progress::CardWillNotDo,
            };
            (progress, ruling.rule)
        }
        // with the contract came the card of who signed it
        None if rule.evidence == Evidence::Signer && signed => (Progress::ToVerify, None),
        None => (Progress::ToDo, None),
    }
}

fn signer_question(request: &Request) -> Option<Question> {
    match request.role? {
        Role::PracticeOwner if request.structure == Structure::RadiologyPractice => Some(Question::PracticeOwner),
        // the owner of a pharmacy or another practice is its legal representative
        Role::LegalRepresentative | Role::PracticeOwner => Some(Question::LegalRepresentative),
        Role::Mandatary | Role::Administrator | Role::Publisher => None,
    }
}
