//! What was observed of the readers and the cards in them, with everything that the cards said.

use serde::{Deserialize, Serialize};

use crate::card::{CardAnswer, CardReading, CertificateFacts, Generation, Recognised, recognise};
use crate::error::Failure;
use crate::iso7816::Atr;

/// What was observed of the readers and the cards in them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CardFacts {
    /// Every reader in the system's order, or why none could be listed. An empty list is a PC/SC that knows no reader.
    pub readers: Result<Vec<ReaderFacts>, Failure>,
}

impl CardFacts {
    /// The CPx that were read, in the order of their readers.
    pub fn cpx(&self) -> impl Iterator<Item = &CardReading> {
        self.readers.iter().flatten().filter_map(|reader| reader.content.cpx())
    }

    /// These readers.
    pub fn new(readers: Result<Vec<ReaderFacts>, Failure>) -> Self {
        Self { readers }
    }
}

/// What was observed of one reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReaderFacts {
    /// The reader's name, as the system gives it: untrusted text.
    pub name: String,
    /// Whether another program is connected to the card; `None` without a card, or where the system does not say.
    #[serde(default)]
    pub in_use: Option<bool>,
    /// Since when the card is in it, seconds since 1970 in UTC, where that is known: PC/SC does not tell, whoever watched
    /// does.
    #[serde(default)]
    pub card_since: Option<i64>,
    /// What is in it.
    pub content: ReaderContent,
    /// The certificates that a PKCS#11 module shows of a card that could not be read directly; empty for every other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shown: Vec<CertificateFacts>,
}

impl ReaderFacts {
    /// A reader of this name, with this in it.
    pub fn new(name: impl Into<String>, content: ReaderContent) -> Self {
        Self { name: name.into(), in_use: None, card_since: None, content, shown: Vec::new() }
    }
}

/// What is in a reader, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReaderState {
    /// No card.
    Empty,
    /// A health-professional card that was read.
    Cpx,
    /// A card of another kind.
    Foreign,
    /// A card that does not answer to reset.
    Mute,
    /// A card that another program holds.
    Busy,
    /// A card or a reader that could not be read.
    Error,
}

impl ReaderState {
    /// The stable code, one lower-case word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Cpx => "cpx",
            Self::Foreign => "foreign",
            Self::Mute => "mute",
            Self::Busy => "busy",
            Self::Error => "error",
        }
    }
}

impl ReaderContent {
    /// The CPx, where one was read.
    pub fn cpx(&self) -> Option<&CardReading> {
        match self {
            Self::Card(CardAnswer::Cpx(card)) => Some(card),
            _ => None,
        }
    }

    /// The answer to reset, where one was given.
    pub fn atr(&self) -> Option<&Atr> {
        match self {
            Self::Card(CardAnswer::Cpx(card)) => Some(&card.atr),
            Self::Card(CardAnswer::Foreign { atr, .. }) => Some(atr),
            Self::Failed { atr, .. } => atr.as_ref(),
            Self::Empty | Self::Mute => None,
        }
    }

    /// The generation of the CPx in it, read or not.
    pub fn generation(&self) -> Option<Generation> {
        match self {
            Self::Card(CardAnswer::Cpx(card)) => Some(card.generation),
            Self::Failed { atr: Some(atr), .. } => match recognise(atr) {
                Recognised::Cpx { generation, .. } => Some(generation),
                Recognised::Foreign { .. } => None,
            },
            _ => None,
        }
    }

    /// What is in the reader, in one word.
    pub fn state(&self) -> ReaderState {
        match self {
            Self::Empty => ReaderState::Empty,
            Self::Mute => ReaderState::Mute,
            Self::Card(CardAnswer::Cpx(_)) => ReaderState::Cpx,
            Self::Card(CardAnswer::Foreign { .. }) => ReaderState::Foreign,
            Self::Failed { failure, .. } => match failure.kind {
                kind if kind.is_of_another_program() => ReaderState::Busy,
                _ => ReaderState::Error,
            },
        }
    }

    /// The stable code of what was found: why there is no card, or `cpx-read`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "reader-empty",
            Self::Mute => "card-mute",
            Self::Card(CardAnswer::Cpx(_)) => "cpx-read",
            Self::Card(CardAnswer::Foreign { family, .. }) => family.code(),
            Self::Failed { failure, .. } => failure.kind.code(),
        }
    }
}

/// What is in a reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReaderContent {
    /// No card.
    Empty,
    /// A card that does not answer to reset.
    Mute,
    /// A card that was read, or is known not to be a CPx.
    Card(CardAnswer),
    /// A card or a reader that could not be read.
    Failed {
        /// Why.
        failure: Failure,
        /// What the card said before, where it said something.
        atr: Option<Atr>,
    },
}
