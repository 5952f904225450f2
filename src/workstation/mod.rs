//! Facts about the machine: one collector per subject. What they find is handed on as it is; whether it is good is for
//! others to say.

pub mod network;
mod observed;
#[cfg(feature = "online")]
pub mod revocation_http;
pub mod system_store;
pub mod trust_store;

pub use observed::{Observed, Reason, Unseen};
