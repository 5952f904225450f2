//! What a helpdesk checks before form F413 ("Déclaration des administrateurs techniques") is signed: whether a card will
//! do, what goes into the form, and what to order.
//!
//! Pure: facts in, answers out. The rules are tables ([`CardRule`], [`NumberRule`], …) in `rules/` beside the sources:
//! each row names the documents that it rests on, and [`rules_as_of`] the day on which they were last compared. What a
//! card cannot tell (a mandate, a legal role) is never answered "yes" from the card: [`Answer::Verify`] says what to ask.
//!
//! ```
//! use cpx_card::f413::{Contract, Need, Request, Structure, StructureNumber, order};
//!
//! let request = Request::new(Structure::PublicHospital, Contract::None, vec![Need::InsiAuto, Need::Dmp]);
//! let order = order(&request);
//! assert_eq!(order.numbers[0].rule.number, StructureNumber::FinessLegal);
//! assert_eq!(order.certificates.iter().map(|line| line.count).sum::<u32>(), 3);
//! ```

mod card;
mod coded;
mod lines;
mod order;
mod tables;
#[cfg(test)]
mod tests;
mod typed;
mod vocabulary;

pub use card::{CardAdvice, Holding, Knowledge, Opposition, Ruling, Standing, judge_card};
pub use lines::FormLines;
pub use order::{CertificateLine, FormLine, NumberAdvice, Order, Request, order};
pub use tables::{
    CardCase, CardRule, CertificateRule, Citation, ConflictRow, FormRow, NumberRule, OccasionRule, Source,
    StructureRule, rules_as_of,
};
pub use typed::{Misread, NumberKind, TypedNote, TypedNumber, TypedProblem, Understood, read_number};
pub use vocabulary::{
    Answer, Ask, Basis, CardKind, CardState, Conflict, Contract, Declared, Form, Naming, Need, Occasion, Offer, Online,
    Question, Realness, Segur, Step, Structure, StructureNumber,
};
