//! Reads the health-professional cards of France (CPS, CPF, CPE, CDE, CPA, CDA) and says why, when it cannot.
//!
//! Without any code, without writing, leaving the card as it was. Everything that identifies a person prints masked; an
//! explicit `reveal` shows it.
//!
//! # Who is on the card?
//!
//! ```
//! # #[cfg(feature = "simulator")] {
//! use cpx_card::Cards;
//!
//! let cards = Cards::simulated(&["cps-medecin"])?; // on a machine with a reader: Cards::of_this_machine()
//! for reader in cards.read()?.readers() {
//!     match reader.card_type() {
//!         Some(card_type) => println!("{}, {}", card_type.label(), reader.holder_name().unwrap()), // CPS, ***********624
//!         None => println!("{}: {}", reader.name(), reader.code()), // reader-empty, card-mute, card-in-use …
//!     }
//! }
//! # }
//! # Ok::<(), cpx_card::Error>(())
//! ```
//!
//! # Tell me when a card comes or goes
//!
//! ```
//! # #[cfg(feature = "simulator")] {
//! use std::time::Duration;
//! use cpx_card::{Cards, Happening};
//!
//! let cards = Cards::simulated(&["cps-medecin"])?;
//! let watch = cards.watch()?; // or: cards.watch_with(|happening| …), told on a thread of its own
//! while let Some(happening) = watch.next(Duration::from_secs(60)) {
//!     if let Happening::Inserted(reader) = happening {
//!         println!("{:?}", cards.clone().in_reader(reader).read()?.first_card().unwrap().card_type());
//!         break;
//!     }
//! }
//! # }
//! # Ok::<(), cpx_card::Error>(())
//! ```
//!
//! # Is this workstation ready?
//!
//! ```no_run
//! use std::time::Duration;
//! use cpx_card::Cards;
//!
//! let checkup = Cards::of_this_machine().with_deadline(Duration::from_secs(30)).diagnose()?;
//! println!("{}", checkup.outcome().code()); // ready, ready-with-reservation, not-ready, cannot-tell
//! if let Some(cause) = checkup.headline() {
//!     println!("{} {}", cause.id, cause.reason);
//! }
//! # Ok::<(), cpx_card::Error>(())
//! ```
//!
//! All three can be asked on any thread, and ended from another one with a [`Cancel`]. [`report`] puts the answers into JSON
//! and, with the feature `texts`, into French and English sentences.
//!
//! # Features
//!
//! A build with none of them reads cards and judges workstations. `pkcs11` asks PKCS#11 modules, `online` uses the network,
//! `simulator` has virtual cards, `texts` the sentences, and `cli` is the program, with all of these. `ffi` is the library for C,
//! which reads cards, and `ffi-diagnosis` has it judge workstations too.
//!
//! # The rooms
//!
//! What [`cards`] offers is made of these. Data flow one way: what is *collected* ([`collect`], [`card`], [`token`],
//! [`workstation`], through the seam of [`transport`]) is a fact ([`facts`]); facts are *judged* without touching the world
//! ([`readiness`], [`f413`]); verdicts are *rendered* ([`report`]). [`diagnosis`] is all of it for one workstation.
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

#[doc(inline)]
pub use cards::{Cancel, Cards, Checkup, Happening, Reader, Reading, Watch};
pub use error::{Error, ErrorKind, Failure, Result};

/// The example of the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
