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

/// The synthetic authorities that signed the certificates of the virtual cards, DER: what a production authority is to a
/// real card. No real card comes from them.
pub const AUTHORITIES: [&[u8]; 3] = embedded::AUTHORITIES;
pub use vpcd::{DEFAULT_PORT, serve};

use std::sync::Arc;

use cpx_card::{Cards, Result};

/// Virtual cards, each in a reader of its own, judged on the day that they are made for. `cpx-check simulate --list` tells
/// their names.
///
/// ```
/// let reading = cpx_simulator::cards(&["cps-medecin"])?.read()?;
/// assert_eq!(reading.readers().next().unwrap().name(), "Virtual reader 00");
/// # Ok::<(), cpx_card::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::Malformed`](cpx_card::ErrorKind::Malformed) for an unknown name.
pub fn cards(names: &[&str]) -> Result<Cards> {
    let cards = names.iter().enumerate().map(|(index, name)| {
        let card = Personality::embedded(name)?;
        Ok((format!("Virtual reader {index:02}"), card))
    });
    let readers = cards.collect::<Result<Vec<_>>>()?;
    let day = readers.first().and_then(|(_, card)| card.reference_date().parse().ok());
    let cards = Cards::of(Arc::new(SimulatedReaders::new(readers)?)).simulated_by(AUTHORITIES.map(<[u8]>::to_vec));
    Ok(match day {
        Some(day) => cards.judged_on(day),
        None => cards,
    })
}
