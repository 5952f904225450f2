//! ISO 7816 as data: answers to reset, the closed set of commands, status words, BER-TLV.
//!
//! Nothing here talks to a card; everything is bounded, iterative, and reports the offset of what is wrong.
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::arithmetic_side_effects))]

mod apdu;
mod atr;
mod bcd;
pub(crate) mod hex_bytes;
mod parameters;
mod status;
mod tlv;

pub use apdu::{Aid, Channel, Command, FilePath, PathBase};
pub use atr::Atr;
pub use bcd::digits;
pub(crate) use hex_bytes::HEX;
pub use parameters::file_size;
pub use status::Status;
pub(crate) use tlv::encode;
pub use tlv::{Children, Tag, Tlv, Walk, announced_length, objects, single, walk};
