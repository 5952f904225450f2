//! The PKCS#11 view of the same card: which modules this workstation has, whether each one works, and what it sees.
//!
//! A module is foreign code, so it is asked in a process of its own ([`Asker`]). No code is presented, except by
//! [`Asker::prove`], for whoever asks for that. Events come from PC/SC: no module is ever waited for.

#[cfg(feature = "pkcs11")]
mod ask;
mod facts;
mod find;
mod function;
mod join;
#[cfg(feature = "pkcs11")]
mod proof;
mod return_code;
mod role;
mod slot_facts;

#[cfg(feature = "pkcs11")]
pub use ask::{Asker, serve_if_asked};
pub use facts::{
    Ending, LibraryInfo, LoadFailure, ModuleAnswer, ModuleFacts, ModuleFile, Oddity, Pkcs11Facts, Registrant, Step,
};
pub use find::{FoundModule, Registration, find, known_places};
pub use function::Function;
pub use join::{PcscReader, join};
#[cfg(feature = "pkcs11")]
pub use proof::{Challenge, ProofOutcome};
pub use return_code::ReturnCode;
pub use role::{known_label, role};
pub use slot_facts::{
    Agreement, Compared, Mechanism, PcscSide, SlotFacts, SlotState, TokenCertificate, TokenFacts, TokenFlags,
    TokenObject,
};
