//! Reads the health-professional cards of France (CPS, CPF, CPE, CDE, CPA, CDA) and says why, when it cannot.

pub mod card;
pub mod error;
pub mod identity;
pub mod iso7816;
pub mod limits;
pub mod pkcs15;
pub mod transport;

pub use error::{Error, ErrorKind, Failure, Result};
