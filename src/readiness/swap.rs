//! The swap test: the same card elsewhere, or another card here. Does the fault follow the card or the workstation?

use std::collections::BTreeSet;

use super::catalogue::{Catalogue, Group, Kind};
use super::diagnosis::{DiagnosisOptions, diagnose};
use super::portal_verdict::Readiness;
use crate::facts::{CardReading, Case};
use crate::workstation::facts::System;

/// Whether two files are of one card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sameness {
    /// Of the same card: in two files that were linked with one word it has the same pseudonyms.
    Same,
    /// Of two cards: both files were linked and the pseudonyms differ, or type or generation do.
    Other,
    /// It cannot be known.
    Unknown,
}

impl Sameness {
    /// The stable code, one word in lower case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Other => "other",
            Self::Unknown => "unknown",
        }
    }

    /// What two case files say themselves.
    pub fn of(one: &Case, other: &Case) -> Self {
        let (one_cards, other_cards) = (cards(one), cards(other));
        if let ([one], [other]) = (&one_cards[..], &other_cards[..])
            && (one.generation, one.card_type) != (other.generation, other.card_type)
        {
            return Self::Other;
        }
        let (one_names, other_names) = (names(&one_cards), names(&other_cards));
        if !one.linked || !other.linked || one_names.is_empty() || other_names.is_empty() {
            return Self::Unknown;
        }
        if one_names.is_disjoint(&other_names) { Self::Other } else { Self::Same }
    }
}

fn cards(case: &Case) -> Vec<&CardReading> {
    case.facts.cards.readers.iter().flatten().filter_map(|reader| reader.content.cpx()).collect()
}

fn names<'a>(cards: &[&'a CardReading]) -> BTreeSet<&'a str> {
    let numbers = cards.iter().filter_map(|card| Some(card.card.number.as_ref()?.reveal()));
    numbers.chain(cards.iter().filter_map(|card| Some(card.chip_serial.as_ref()?.reveal()))).collect()
}

/// One of the two files, as far as the test asks.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SwapSide {
    /// The answer.
    pub outcome: Readiness,
    /// The checks to be put right, the first one first. Empty where it works.
    pub causes: Vec<&'static str>,
    /// Whether the card is not one for the portals, where that and no check makes the answer.
    pub unfit: bool,
    /// The system of the workstation, where a case file tells it.
    pub system: Option<System>,
    /// Whether no CPx was read: of such a file nobody knows which card it is about. None where an answer does not tell.
    pub without_card: Option<bool>,
}

impl SwapSide {
    /// That of a case file.
    pub fn of_case(case: &Case, options: &DiagnosisOptions) -> Self {
        let diagnosis = diagnose(&case.facts, options);
        let repair = diagnosis.repair.iter().map(|cause| cause.id);
        Self {
            system: case.facts.workstation.system.seen().cloned(),
            without_card: Some(cards(case).is_empty()),
            ..Self::of_answer(diagnosis.outcome, repair.collect(), diagnosis.unfit.is_some())
        }
    }

    /// That of what a verdict said.
    pub fn of_answer(outcome: Readiness, mut causes: Vec<&'static str>, unfit: bool) -> Self {
        if outcome != Readiness::NotReady {
            causes.clear();
        }
        Self { outcome, causes, unfit, system: None, without_card: None }
    }

    /// The first check that is to be put right in both.
    pub fn common(&self, other: &Self) -> Option<&'static str> {
        self.causes.iter().copied().find(|id| other.causes.contains(id))
    }

    fn works(&self) -> bool {
        self.outcome <= Readiness::Reserved
    }

    /// Where the first cause lies: what the card says of itself is nobody else's.
    fn origin(&self) -> Origin {
        self.causes.first().map_or(Origin::Card, |id| origin(id))
    }
}

/// What the test says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SwapConclusion {
    /// Both work.
    NoFault,
    /// One of the two could not be judged.
    CannotTell,
    /// Nobody knows whether it is the same card.
    UnknownCard,
    /// Card and system of the workstation both differ.
    TwoChanges,
    /// The same card works on the other workstation.
    Workstation,
    /// Another card works here.
    Card,
    /// Another card works here, and the first says itself what it lacks.
    CardItself,
    /// Another card works here, and what failed is that this workstation is too old for the first.
    Together,
    /// The card says the same of itself on both workstations.
    CardOnBoth,
    /// The card fails alike on both workstations: most likely it is the card.
    CardLikely,
    /// Both workstations lack the same, which no card changes.
    BothWorkstations,
    /// Two cards fail alike here.
    WorkstationOnBoth,
    /// Each of the two cards says the same of itself.
    BothCards,
    /// What the card says of itself is no longer so.
    CardChanged,
    /// What failed here, and depends on no card, is no longer so.
    WorkstationChanged,
    /// Two different faults.
    TwoFaults,
}

impl SwapConclusion {
    /// Every conclusion.
    pub const ALL: [Self; 16] = [
        Self::NoFault,
        Self::CannotTell,
        Self::UnknownCard,
        Self::TwoChanges,
        Self::Workstation,
        Self::Card,
        Self::CardItself,
        Self::Together,
        Self::CardOnBoth,
        Self::CardLikely,
        Self::BothWorkstations,
        Self::WorkstationOnBoth,
        Self::BothCards,
        Self::CardChanged,
        Self::WorkstationChanged,
        Self::TwoFaults,
    ];

    /// The stable code, words in lower case with hyphens.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoFault => "no-fault",
            Self::CannotTell => "cannot-tell",
            Self::UnknownCard => "unknown-card",
            Self::TwoChanges => "two-changes",
            Self::Workstation => "workstation",
            Self::Card => "card",
            Self::CardItself => "card-itself",
            Self::Together => "together",
            Self::CardOnBoth => "card-on-both",
            Self::CardLikely => "card-likely",
            Self::BothWorkstations => "both-workstations",
            Self::WorkstationOnBoth => "workstation-on-both",
            Self::BothCards => "both-cards",
            Self::CardChanged => "card-changed",
            Self::WorkstationChanged => "workstation-changed",
            Self::TwoFaults => "two-faults",
        }
    }

    /// What the fault follows: `card`, `workstation`, `both` where it is of the two together; none where that is not known.
    pub const fn follows(self) -> Option<&'static str> {
        match self {
            Self::Card | Self::CardItself | Self::CardOnBoth | Self::CardLikely | Self::BothCards => Some("card"),
            Self::Workstation | Self::BothWorkstations | Self::WorkstationOnBoth => Some("workstation"),
            Self::Together => Some("both"),
            _ => None,
        }
    }

    /// What two files say, of one card on two workstations or of two cards on one.
    pub fn of(one: &SwapSide, other: &SwapSide, card: Sameness) -> Self {
        let sides = [one, other];
        if sides.iter().all(|side| side.works()) {
            return Self::NoFault;
        }
        if sides.iter().any(|side| side.outcome == Readiness::CannotTell) {
            return Self::CannotTell;
        }
        let is_same = match card {
            Sameness::Unknown => return Self::UnknownCard,
            Sameness::Other if differ(one, other) => return Self::TwoChanges,
            Sameness::Other => false,
            Sameness::Same => true,
        };
        match (one.works(), other.works()) {
            (false, true) => return one.alone(is_same),
            (true, false) => return other.alone(is_same),
            _ => {}
        }
        let common = one.common(other).map(origin);
        match (common.or((one.unfit && other.unfit).then_some(Origin::Card)), is_same) {
            (None, _) => Self::TwoFaults,
            (Some(Origin::Card), true) => Self::CardOnBoth,
            (Some(Origin::Card), false) => Self::BothCards,
            (Some(Origin::Workstation), true) => Self::BothWorkstations,
            (Some(Origin::Between), true) => Self::CardLikely,
            (Some(_), false) => Self::WorkstationOnBoth,
        }
    }
}

impl SwapSide {
    /// What it says that this one fails and the other works.
    fn alone(&self, is_same: bool) -> SwapConclusion {
        match (self.origin(), is_same) {
            (Origin::Card, true) => SwapConclusion::CardChanged,
            (_, true) => SwapConclusion::Workstation,
            (Origin::Card, false) => SwapConclusion::CardItself,
            (Origin::Workstation, false) => SwapConclusion::WorkstationChanged,
            _ if self.causes.first().is_some_and(|id| OF_BOTH.contains(id)) => SwapConclusion::Together,
            _ => SwapConclusion::Card,
        }
    }
}

/// What holds a card and a workstation against each other.
const OF_BOTH: [&str; 2] = ["card-generation-supported", "calais-atr-match"];

/// Whether the systems are so different that they are of two workstations.
fn differ(one: &SwapSide, other: &SwapSide) -> bool {
    let about = |system: &System| (system.family, system.name.clone(), system.build);
    one.system.as_ref().zip(other.system.as_ref()).is_some_and(|(one, other)| about(one) != about(other))
}

/// On what the outcome of a check depends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Card,
    Workstation,
    /// On the two together: what a reader, a module or a store shows of a card.
    Between,
}

fn origin(id: &str) -> Origin {
    match Catalogue::get().check(id) {
        Some(check) if check.kind == Kind::Attribute && check.group != Group::Reader => Origin::Card,
        Some(check)
            if [Group::Context, Group::Service, Group::Middleware, Group::Browser, Group::Network, Group::Trust]
                .contains(&check.group) =>
        {
            Origin::Workstation
        }
        _ => Origin::Between,
    }
}
