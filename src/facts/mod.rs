//! Everything that was observed, as plain data: nothing here is good or bad yet.

mod anonymous;
mod cards;
mod case;
mod case_v1;
mod evidence;
mod observations;
mod parts;
mod private_texts;

pub use cards::{CardFacts, ReaderContent, ReaderFacts, ReaderState};
pub use case::{Case, Contradiction};
pub use evidence::{Evidence, OnlineAnswer};
pub use observations::{Asked, Facts};
pub use private_texts::PrivateTexts;

pub use crate::card::{
    CardAnswer, CardIdentification, CardReading, CertificateContent, CertificateFacts, CertificateProof,
    CertificateSource, CodeLevel, CodeState, ExchangeCount, Family, Generation, Holder, Interface, KeptField,
    PublicCertificate, Recognised, is_listed, listed, recognise,
};
pub use crate::card::{Disagreement, Field, disagreements_between, disagreements_with_chip};
pub use crate::certificate::{AuthorityTable, Certificate, RevocationList};
pub use crate::error::{Failure, ForeignCode};
pub use crate::iso7816::Atr;
pub use crate::transport::{Presence, Slot};
