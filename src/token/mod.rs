//! The PKCS#11 view of the same card: which modules this workstation has, whether each one works, and what it sees.

mod facts;
mod function;
mod slot_facts;

pub use facts::{
    Ending, LibraryInfo, LoadFailure, ModuleAnswer, ModuleFacts, ModuleFile, Oddity, Pkcs11Facts, Registrant, Step,
};
pub use function::{Function, ReturnCode};
pub use slot_facts::{
    Agreement, Compared, Mechanism, PcscSide, SlotFacts, SlotState, TokenCertificate, TokenFacts, TokenFlags,
    TokenObject,
};
