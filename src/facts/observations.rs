//! The one value that a diagnosis is made of, and that a case file holds.

use serde::{Deserialize, Serialize};

use super::cards::CardFacts;
use crate::identity::Date;
use crate::token::ModuleFacts;
use crate::workstation::network::{NetworkFacts, ProxySettings};
use crate::workstation::{Observed, WorkstationFacts};

/// What the user asked to be looked at, beyond what is always looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Asked {
    /// The network, and revocation at the issuer.
    pub online: bool,
    /// Revocation lists given as files.
    pub revocation_lists: bool,
}

/// Everything that was observed of a workstation and of the card in it. Serialisable: a case file holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Facts {
    /// The version of the program that observed.
    pub program: String,
    /// The day on the calendar of the machine, or the day chosen with `--at`.
    pub today: Date,
    /// The moment, seconds since 1970 in UTC, by the clock of the machine.
    pub now: i64,
    /// Whether `today` and `now` are what the clock says, which can be wrong; a chosen day never is.
    pub by_clock: bool,
    /// Whether the cards are virtual: they have a simulated module and an authority of their own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub simulated: bool,
    /// What was asked for.
    pub asked: Asked,
    /// Every reader that PC/SC lists and the card in it, or why it lists none: the raw code is in the failure.
    #[serde(rename = "readers")]
    pub cards: CardFacts,
    /// The workstation.
    pub workstation: WorkstationFacts,
    /// The PKCS#11 modules, and the cards that they show.
    #[serde(default)]
    pub modules: Observed<Vec<ModuleFacts>>,
    /// The proxies that this workstation is told to use: read without the network.
    #[serde(default)]
    pub proxies: Observed<ProxySettings>,
    /// The network, when it was asked for.
    #[serde(default)]
    pub network: Observed<NetworkFacts>,
}

impl Facts {
    /// Nothing observed yet, at this moment: no reader, and nobody looked at the rest.
    pub fn at(today: Date, now: i64) -> Self {
        Self {
            program: env!("CARGO_PKG_VERSION").into(),
            today,
            now,
            by_clock: false,
            simulated: false,
            asked: Asked::default(),
            cards: CardFacts::new(Ok(Vec::new())),
            workstation: WorkstationFacts::default(),
            modules: Observed::default(),
            proxies: Observed::default(),
            network: Observed::default(),
        }
    }
}
