//! What stands in the place of `verdict` in a library that only reads cards: there is no verdict, and nothing that makes one.

use cpx_card::Cards;
use cpx_report::{Disclosure, Language, Texts};

use super::checkup::{CpxReadiness, Spoken};
use super::status::{Answer, CpxStatus};
use super::text::Text;

/// There is none.
pub(super) enum Verdict {}

impl Verdict {
    pub(super) fn on(_: &Cards, _: Disclosure) -> Answer<Self> {
        Err(CpxStatus::NotBuilt.into())
    }

    pub(super) fn readiness(&self) -> CpxReadiness {
        match *self {}
    }

    pub(super) fn support_code(&self) -> &Text {
        match *self {}
    }

    pub(super) fn cause_id(&self) -> Option<&Text> {
        match *self {}
    }

    pub(super) fn json(&self) -> Text {
        match *self {}
    }

    pub(super) fn spoken(&self, _: &Texts) -> Spoken {
        match *self {}
    }
}

/// The sentences that this library needs.
pub(super) fn texts(language: Language) -> Texts {
    Texts::of_cards(language)
}

/// Certificates cannot be judged here.
pub(super) fn with_certificates(_: Cards) -> Answer<Cards> {
    Err(CpxStatus::NotBuilt.into())
}

/// Nothing here uses the network.
pub(super) fn online(_: Cards) -> Answer<Cards> {
    Err(CpxStatus::NotBuilt.into())
}
