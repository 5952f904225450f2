//! Facts about the machine: one collector per subject. What they find is handed on as it is; whether it is good is for
//! others to say.

pub mod binary;
pub mod bounded_file;
pub mod browsers;
pub mod facts;
pub mod network;
mod observed;
#[cfg(feature = "online")]
pub mod revocation_http;
mod shown_path;
pub mod system_store;
pub mod trust_store;

pub use facts::WorkstationFacts;
pub use observed::{Observed, Reason, Unseen};
pub use shown_path::{shown_path, shown_path_in};
