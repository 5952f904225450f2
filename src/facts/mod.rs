//! Everything that was observed, as plain data: nothing here is good or bad yet.

mod cards;
mod case;
mod evidence;
mod observations;
mod parts;
mod private_texts;
mod seen;

pub use cards::{CardFacts, ReaderContent, ReaderFacts, ReaderState};
pub use case::Case;
pub use evidence::{Evidence, OnlineAnswer};
pub use observations::{Asked, Facts, FactsVersion};
pub use private_texts::PrivateTexts;
pub use seen::{SeenCard, SeenCertificate, SeenContent, SeenReader};

pub use crate::card::{
    CardAnswer, CardIdentification, CardReading, CodeLevel, CodeState, ExchangeCount, Family, Generation, Holder,
    Interface, KeptField, PublicCertificate, Recognised, is_listed, recognise,
};
pub use crate::certificate::{AuthorityTable, Certificate, RevocationList};
pub use crate::error::{Failure, ForeignCode};
pub use crate::transport::{Presence, Slot};
