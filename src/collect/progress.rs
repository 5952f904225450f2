//! What is being looked at right now, for whoever waits.

use std::sync::{Arc, Mutex, PoisonError};

use crate::card::{CardAnswer, CardReading};
use crate::facts::{ReaderContent, ReaderFacts};

/// What takes long enough to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// The card is being read.
    Card,
    /// The workstation is being looked at: system, Cryptolib, browsers.
    Workstation,
    /// PKCS#11 modules are being asked.
    Modules,
    /// The network is being tried.
    Network,
}

impl Stage {
    /// Every stage, the one that people wait for most first.
    pub const ALL: [Self; 4] = [Self::Card, Self::Network, Self::Modules, Self::Workstation];

    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Workstation => "workstation",
            Self::Modules => "modules",
            Self::Network => "network",
        }
    }
}

/// Tells on any thread what is being looked at.
#[derive(Clone, Default)]
pub struct Progress {
    tell: Option<Arc<Tell>>,
    running: Arc<Mutex<Vec<Stage>>>,
    cards: Arc<Mutex<Vec<ReaderFacts>>>,
}

/// Whoever wants to hear of a stage as it begins.
type Tell = dyn Fn(Stage) + Send + Sync;

impl std::fmt::Debug for Progress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Progress").field(&self.running()).finish()
    }
}

impl Progress {
    /// Tells this function of each stage as it begins.
    pub(crate) fn telling(tell: impl Fn(Stage) + Send + Sync + 'static) -> Self {
        Self { tell: Some(Arc::new(tell)), ..Self::default() }
    }

    /// The stages that are running, in the order of [`Stage::ALL`].
    pub fn running(&self) -> Vec<Stage> {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        Stage::ALL.into_iter().filter(|stage| running.contains(stage)).collect()
    }

    /// The cards that were read by now, but for their certificates, each in its reader. What follows may still void them.
    pub fn cards(&self) -> Vec<ReaderFacts> {
        self.cards.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Tells of the card in this reader, in place of what was told before.
    pub(super) fn tell(&self, reader: &str, card: &CardReading) {
        let content = ReaderContent::Card(CardAnswer::Cpx(Box::new(card.clone())));
        let mut cards = self.cards.lock().unwrap_or_else(PoisonError::into_inner);
        cards.retain(|told| told.name != reader);
        cards.push(ReaderFacts::new(reader, content));
    }

    /// A stage that runs as long as what comes back is kept.
    pub(crate) fn begin(&self, stage: Stage) -> Running {
        if let Some(tell) = &self.tell {
            tell(stage);
        }
        self.running.lock().unwrap_or_else(PoisonError::into_inner).push(stage);
        Running { running: Arc::clone(&self.running), stage }
    }
}

/// A stage that is running.
pub(crate) struct Running {
    running: Arc<Mutex<Vec<Stage>>>,
    stage: Stage,
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = running.iter().position(|stage| *stage == self.stage) {
            running.remove(place);
        }
    }
}
