//! Reads the health-professional cards of France (CPS, CPF, CPE, CDE, CPA, CDA) and says why, when it cannot.

pub mod error;
pub mod limits;

pub use error::{Error, ErrorKind, Result};
