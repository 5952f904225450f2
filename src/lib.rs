//! Reads the health-professional cards of France (CPS, CPF, CPE, CDE, CPA, CDA) and says why, when it cannot.

pub mod card;
pub mod certificate;
#[cfg(feature = "cli")]
pub mod cli;
pub mod collect;
pub mod error;
pub mod facts;
pub mod identity;
pub mod iso7816;
pub mod limits;
pub mod pkcs15;
pub mod readiness;
pub mod report;
#[cfg(feature = "simulator")]
pub mod simulator;
pub mod transport;
pub mod workstation;

pub use error::{Error, ErrorKind, Failure, Result};
