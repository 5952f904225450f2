//! Facts about the machine: one collector per subject. What they find is handed on as it is; whether it is good is for
//! others to say.
//!
//! | what | where |
//! | --- | --- |
//! | the words: plain data about every subject, seen or not and why | [`facts`], [`Observed`] |
//! | every subject, whatever the system | [`subjects`] |
//! | the systems themselves | `windows`, `linux`, `macos` |
//! | browsers, and the modules that they and others name | [`browsers`] |
//! | the network, asked for only | [`network`], `revocation_http` |
//! | authorities and revocation lists in folders, and in the system's store | [`trust_store`], [`system_store`] |
//! | GALSS, the other way to a reader | [`galss`] |
//! | means: files within a bound, headers of programs, shown paths, a machine made up for tests | [`bounded_file`], [`binary`], [`shown_path()`], [`Machine`] |

// the words
mod beside;
pub mod facts;
mod observed;

// the subjects
pub mod browsers;
pub mod galss;
mod known_processes;
#[cfg(unix)]
pub mod linux;
#[cfg(unix)]
pub mod macos;
pub mod network;
#[cfg(feature = "online")]
pub mod revocation_http;
pub mod subjects;
pub mod system_store;
pub mod trust_store;
#[cfg(not(windows))]
mod trusted_authorities;
#[cfg(any(windows, test))]
pub mod windows;

// the Cryptolib of macOS and Linux
#[cfg(unix)]
mod adm_files;
#[cfg(unix)]
mod cryptolib_package;
#[cfg(unix)]
mod trace_settings;

// means
pub mod binary;
pub mod bounded_file;
mod child;
mod counted_folder;
mod family;
mod fingerprint;
mod looking;
mod machine;
pub(crate) mod person;
#[cfg(unix)]
mod property_list;
#[cfg(test)]
#[cfg(unix)]
mod published;
#[cfg(unix)]
mod rights;
mod shown_path;

pub use beside::{Beside, beside};
pub use child::Said;
#[cfg(feature = "online")]
pub(crate) use child::run_own_program;
pub use facts::WorkstationFacts;
#[cfg_attr(not(feature = "pkcs11"), allow(unused_imports))]
pub(crate) use family::Family;
pub use known_processes::{KnownPrograms, known_programs};
pub(crate) use looking::Looking;
pub use machine::Machine;
pub use observed::{Observed, Reason, Unseen};
pub use person::{Person, look_at, look_at_signed_in};
pub use shown_path::{shown_path, shown_path_in};
