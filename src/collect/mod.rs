//! Fills the facts: the one place that calls the collectors, each with a deadline.

mod asker;
mod evidence;
mod follow;
mod join;
#[cfg(feature = "pkcs11")]
mod modules;
mod progress;
mod readers;
mod reading;
mod workstation;

pub(crate) use crate::card::Certificates;
pub use asker::Asker;
pub use evidence::{EvidenceSources, collect_evidence};
pub use follow::{Follow, Happening};
pub(crate) use join::join_cards;
#[cfg(feature = "pkcs11")]
pub(crate) use modules::complete_heads;
#[cfg(feature = "pkcs11")]
pub use modules::{AskedModules, collect_modules, registered_modules, simulated_module};
pub use progress::{Progress, Stage};
pub use readers::{Collecting, collect, collect_slots, slots};
pub(crate) use readers::{collect_again, collect_telling};
pub use reading::is_free;
pub use workstation::{card_users, collect_workstation};
pub(crate) use workstation::{collect_near_cards, collect_surroundings, surround};
