//! Recognises a card of the CPx family and reads it, without any code, leaving it as it was.
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::arithmetic_side_effects))]

mod catalogue;
mod dialogue;

pub use catalogue::{Family, Generation, Interface, Recognised, recognise};
pub use dialogue::ExchangeCount;
