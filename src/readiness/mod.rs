//! Judges what was observed. Pure: the same facts on the same day give the same verdict, on any system.

mod awaited;
mod calais;
mod card_verdict;
mod catalogue;
mod cause;
mod certificate_verdict;
mod change;
mod criteria;
mod diagnosis;
mod eligibility;
mod ends;
mod evaluation;
mod file_verdict;
mod finding;
mod portal;
mod portal_verdict;
mod repair;
mod rules;
mod set;
mod swap;
mod token_verdict;
mod value;
mod version;
mod view;

pub use awaited::Awaited;
pub use card_verdict::{
    CardVerdict, Outcome, ReaderVerdict, Reservation, expires_soon, judge_cards, judge_chips, keep_proofs, keep_shown,
};
pub use catalogue::{Catalogue, Check, Group, Kind, Severity, Weight};
pub use cause::Cause;
pub use certificate_verdict::{
    CertificateVerdict, CertificatesVerdict, UnreadableCertificate, When, judge_card_certificates, judge_certificates,
};
pub use change::{Change, changes};
pub use diagnosis::{BrowserLine, Diagnosis, DiagnosisOptions, diagnose};
pub use eligibility::{Eligibility, Fit, Question, Unfit};
pub use ends::{End, ends};
pub use evaluation::CheckResult;
pub use file_verdict::{
    ADVICE, CONCLUSIONS, ContainerVerdict, FilePart, FileWeight, FilesVerdict, ListIssuer, ListVerdict, ReadPart,
    RequestFinding, RequestVerdict, advice, conclusion, judge_files,
};
pub use finding::{Finding, SkipReason, State};
pub use portal::{BrowserPath, Portal};
pub use portal_verdict::{OpenCheck, PathVerdict, PortalVerdict, Readiness};
pub use rules::Rules;
pub use swap::{Sameness, SwapConclusion, SwapSide};
pub use token_verdict::{
    ModuleFinding, ModuleVerdict, SlotFinding, SlotVerdict, TokenReservation, TokensVerdict, is_for_32_bits,
    judge_tokens,
};
pub use value::Value;
