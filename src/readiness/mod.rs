//! Judges what was observed. Pure: the same facts on the same day give the same verdict, on any system.

mod card_verdict;
mod certificate_verdict;
mod token_verdict;

pub use card_verdict::{CardVerdict, Outcome, ReaderVerdict, Reservation, judge_cards};
pub use certificate_verdict::{
    CertificateVerdict, CertificatesVerdict, UnreadableCertificate, When, judge_card_certificates, judge_certificates,
};
pub use token_verdict::{
    ModuleFinding, ModuleVerdict, SlotFinding, SlotVerdict, TokenReservation, TokensVerdict, judge_tokens,
};
