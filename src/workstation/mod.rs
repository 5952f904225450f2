//! Facts about the machine: one collector per subject. What they find is handed on as it is; whether it is good is for
//! others to say.

#[cfg(unix)]
mod adm_files;
pub mod binary;
pub mod bounded_file;
pub mod browsers;
mod child;
#[cfg(unix)]
mod counted_folder;
pub mod facts;
pub mod galss;
mod known_processes;
#[cfg(unix)]
pub mod linux;
mod machine;
#[cfg(unix)]
pub mod macos;
#[cfg(unix)]
mod module_copies;
pub mod network;
mod observed;
#[cfg(unix)]
mod property_list;
#[cfg(feature = "online")]
pub mod revocation_http;
#[cfg(unix)]
mod rights;
mod shown_path;
pub mod subjects;
pub mod system_store;
#[cfg(unix)]
mod trace_settings;
pub mod trust_store;
mod trusted_authorities;
#[cfg(any(windows, test))]
pub mod windows;

pub use child::Said;
pub use facts::WorkstationFacts;
pub use known_processes::{KnownPrograms, known_programs};
pub use machine::Machine;
pub use observed::{Observed, Reason, Unseen};
pub use shown_path::{shown_path, shown_path_in};
