//! Recognises a card of the CPx family and reads it, without any code, leaving it as it was.
//!
//! [`read`] is the whole reading. A reader new to this room finds what the answer to reset tells in `catalogue`, the
//! words of each generation in `cps3` and `cps4`, the way from the directories to the objects in `application`, the
//! fields in `objects`, and the manners of the wire (T=0, bounds) in `dialogue` and `files`.
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::arithmetic_side_effects))]

mod agreement;
mod anonymous;
mod application;
mod catalogue;
mod certificate;
mod code_state;
mod cps3;
mod cps4;
mod dialogue;
mod files;
mod objects;
mod reading;
mod sent_dialogue;
mod serial;

pub use agreement::{Disagreement, Field, disagreements_between, disagreements_with_chip};
pub use catalogue::{Family, Generation, Interface, Recognised, is_listed, listed, recognise};
pub use certificate::{CertificateContent, CertificateFacts, CertificateProof, CertificateSource, PublicCertificate};
pub use code_state::{CodeLevel, CodeState};
pub use dialogue::ExchangeCount;
pub use objects::{CardIdentification, DataObjects, Holder, KeptField, KeptReason};
use reading::Content;
pub(crate) use reading::read_telling;
pub use reading::{CardAnswer, CardReading, Certificates, ReadOptions, read};
pub use sent_dialogue::anonymous;
