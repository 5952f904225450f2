//! Fills the facts: the one place that calls the collectors, each with a deadline.

mod evidence;
mod readers;

pub use evidence::{EvidenceSources, collect_evidence};
pub use readers::{Collecting, collect, collect_slots, slots};
