//! What a helpdesk checks before form F413 ("Déclaration des administrateurs techniques") is signed: whether a card will
//! do, what goes into the form, and what to order.
//!
//! Pure: facts in, answers out. The rules are tables ([`CardRule`], [`NumberRule`], …) in `rules/` beside the sources:
//! each row names the documents that it rests on, [`rules_as_of`] is the date of the newest of them, and
//! [`rules_compared_on`] the day on which the rows were last compared with them. What a
//! card cannot tell (a mandate, a legal role) is never answered "yes" from the card: [`Answer::Verify`] says what to ask.
//!
//! ```
//! use cpx_f413::{Contract, Need, Request, Structure, StructureNumber, order};
//!
//! let request = Request::new(Structure::PublicHospital, Contract::None, vec![Need::InsiAuto, Need::Dmp]);
//! let order = order(&request);
//! assert_eq!(order.numbers[0].rule.number, StructureNumber::FinessLegal);
//! assert_eq!(order.certificates.iter().filter_map(|line| line.count).sum::<u32>(), 3);
//! ```
// The program matches on these types completely: a new variant is to be seen to everywhere.
#![allow(clippy::exhaustive_enums, clippy::exhaustive_structs)]

mod card;
mod cells;
mod coded;
mod fit;
mod forms;
mod journey;
mod lines;
mod notes;
mod order;
#[cfg(test)]
mod order_tests;
mod tables;
#[cfg(test)]
mod tests;
mod typed;
mod vocabulary;
mod words;

pub use card::{CardAdvice, Holding, Knowledge, Opposition, Ruling, Standing, judge_card};
pub use coded::Coded;
pub use fit::{Fit, PurposeRule, fit};
pub use forms::{FormRow, FormsAnswer, OccasionRule, Place, ProfileRow, find_forms};
pub use journey::{Journey, Stage, StepRule};
pub use lines::FormLines;
pub use notes::{LineRule, NoteRule};
pub use order::{CertificateLine, FormLine, NumberAdvice, Order, Request, order};
pub use tables::{
    CardCase, CardRule, CertificateRule, Citation, ConflictRow, KindRow, NumberRule, Source, StructureRule,
    rules_as_of, rules_compared_on,
};
pub use typed::{Misread, NumberKind, TypedNote, TypedNumber, TypedProblem, Understood, read_number};
pub use vocabulary::{
    Answer, Ask, Basis, CardKind, CardState, Condition, Conflict, Contract, Counted, Declared, Evidence, FitProblem,
    Form, Goal, Naming, Need, Offer, Online, Per, Profile, Progress, Question, Realness, Role, Segur, Step, Structure,
    StructureNumber,
};
pub use words::{Typed, plain};
