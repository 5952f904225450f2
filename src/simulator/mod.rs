//! A CPx card in software: file system, codes, keys and faults, answering in process or behind the virtual PC/SC
//! driver.
//!
//! Everything in it comes from published traces of one real CPS3, from the ANS source, or is marked as an assumption.
#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod card;
mod codes;
mod command;
mod contents;
mod directory;
mod embedded;
mod fault;
mod files;
mod hash;
mod in_process;
mod keys;
mod latency;
mod personality;
mod personality_file;
mod security;
mod tlv;
mod vpcd;

pub use card::{Manners, ShortRead, VirtualCard};
pub use fault::{Fault, FaultKind};
pub use in_process::SimulatedReaders;
pub use latency::Latency;
pub use personality::{Chip, Personality, embedded_names};
pub use vpcd::{DEFAULT_PORT, serve};
