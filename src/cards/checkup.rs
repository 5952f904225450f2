//! The answer to "is this workstation ready?".

use super::observe::Observation;
use crate::readiness::{Cause, Diagnosis, Readiness};

/// What was observed of a workstation, and the verdict on it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Checkup {
    /// What was observed.
    #[doc(hidden)]
    pub observation: Observation,
    /// The verdict.
    #[doc(hidden)]
    pub diagnosis: Diagnosis,
}

impl Checkup {
    /// The answer in one word.
    pub fn outcome(&self) -> Readiness {
        self.diagnosis.outcome
    }

    /// Whether the portals can be entered, perhaps with a reservation.
    pub fn is_ready(&self) -> bool {
        matches!(self.outcome(), Readiness::Ready | Readiness::Reserved)
    }

    /// The one cause to be told, where there is one.
    pub fn headline(&self) -> Option<&Cause> {
        self.diagnosis.headline.as_ref()
    }
}
