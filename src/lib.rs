//! Reads the health-professional cards of France (CPS, CPF, CPE, CDE, CPA, CDA) and says why, when it cannot.
//!
//! Without any code, without writing, leaving the card as it was. Everything that identifies a person prints masked; an
//! explicit `reveal` shows it.
//!
//! # Who is on the card?
//!
//! ```
//! # #[cfg(feature = "simulator")] {
//! use std::sync::Arc;
//! use cpx_card::collect::{Collecting, collect};
//! use cpx_card::facts::{CardAnswer, ReaderContent};
//! use cpx_card::simulator::{Personality, SimulatedReaders};
//! use cpx_card::transport::Readers;
//!
//! // on a machine with a reader: Arc::new(cpx_card::transport::PcscReaders::new())
//! let card = Personality::embedded("cps-medecin")?;
//! let readers: Arc<dyn Readers> = Arc::new(SimulatedReaders::new(vec![("Lecteur".into(), card)])?);
//! for reader in collect(&readers, "", Collecting::default()).readers? {
//!     if let ReaderContent::Card(CardAnswer::Cpx(card)) = reader.content {
//!         assert_eq!(card.holder.surname.unwrap().to_string(), "*******624");
//!     }
//! }
//! # }
//! # Ok::<(), cpx_card::Error>(())
//! ```
//!
//! # Tell me when a card comes or goes
//!
//! ```no_run
//! use std::time::Duration;
//! use cpx_card::transport::{PcscReaders, Readers, events};
//!
//! let readers = PcscReaders::new();
//! let before = readers.slots()?;
//! let after = readers.wait(&before, Duration::from_secs(60))?;
//! for event in events(&before, &after) {
//!     println!("{event:?}");
//! }
//! # Ok::<(), cpx_card::Error>(())
//! ```
//!
//! # The rooms
//!
//! Data flow one way: what is *collected* ([`collect`], [`card`], [`token`], [`workstation`], through the seam of
//! [`transport`]) is a fact ([`facts`]); facts are *judged* without touching the world ([`readiness`], [`f413`]); verdicts
//! are *rendered* ([`report`]). [`diagnosis`] is all of it for one workstation.
//! [`iso7816`], [`pkcs15`], [`identity`] and [`certificate`] are pure: bytes and text in, values out.

pub mod card;
pub mod cards;
pub mod certificate;
#[cfg(feature = "cli")]
pub mod cli;
pub mod collect;
pub mod diagnosis;
pub mod error;
pub mod f413;
pub mod facts;
#[cfg(feature = "ffi")]
pub mod ffi;
#[cfg(all(test, feature = "cli"))]
mod generated;
#[cfg(all(test, feature = "cli"))]
#[path = "ffi/header_tests.rs"]
mod header_tests;
pub mod identity;
pub mod iso7816;
pub mod limits;
pub mod pkcs15;
pub mod readiness;
pub mod report;
#[cfg(feature = "simulator")]
pub mod simulator;
pub mod token;
pub mod transport;
pub mod workstation;

pub use cards::{Cancel, Cards, Checkup, Happening, Reader, Reading, Watch};
pub use error::{Error, ErrorKind, Failure, Result};

/// The example of the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
