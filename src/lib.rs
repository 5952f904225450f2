//! Reads the health-professional cards of France (CPS, CPF, CPE, CDE, CPA, CDA) and says why, when it cannot.
//!
//! Without any code, without writing, leaving the card as it was. Everything that identifies a person prints masked; an
//! explicit `reveal` shows it.
//!
//! # Who is on the card?
//!
//! ```
//! use cpx_card::Cards;
//!
//! let cards = cpx_simulator::cards(&["cps-medecin"])?; // on a machine with a reader: Cards::of_this_machine()
//! for reader in cards.read()?.readers() {
//!     match reader.card_type() {
//!         Some(card_type) => println!("{}, {}", card_type.label(), reader.holder_name().unwrap()), // CPS, ***********624
//!         None => println!("{}: {}", reader.name(), reader.code()), // reader-empty, card-mute, card-in-use …
//!     }
//! }
//! # Ok::<(), cpx_card::Error>(())
//! ```
//!
//! # Tell me when a card comes or goes
//!
//! ```
//! use std::time::Duration;
//! use cpx_card::{Cards, Happening};
//!
//! let cards = cpx_simulator::cards(&["cps-medecin"])?;
//! let watch = cards.watch()?; // or: cards.watch_with(|happening| …), told on a thread of its own
//! while let Some(happening) = watch.next(Duration::from_secs(60)) {
//!     if let Happening::Inserted(reader) = happening {
//!         println!("{:?}", cards.clone().in_reader(reader).read()?.first_card().unwrap().card_type());
//!         break;
//!     }
//! }
//! # Ok::<(), cpx_card::Error>(())
//! ```
//!
//! # Is this workstation ready?
//!
//! ```no_run
//! use std::time::Duration;
//! use cpx_card::Cards;
//!
//! // the program that asks PKCS#11 modules, beside the application: without it no workstation is said to be ready
//! let host = std::env::current_exe().unwrap_or_default().with_file_name("cpx-card-modules");
//! let cards = Cards::of_this_machine().with_module_host(host).with_deadline(Duration::from_secs(30));
//! let checkup = cards.with_progress(|stage| println!("{}", stage.code())).diagnose()?;
//! println!("{}", checkup.outcome().code()); // ready, ready-with-reservation, not-ready, cannot-tell
//! if let Some(cause) = checkup.headline() {
//!     println!("{} {}", cause.id, cause.reason);
//! }
//! # Ok::<(), cpx_card::Error>(())
//! ```
//!
//! All three can be asked on any thread, and ended from another one with a [`Cancel`]. The crate `cpx-report` puts the answers
//! into JSON and into French and English sentences; `cpx-simulator` has the virtual cards of these examples.
//!
//! # Features
//!
//! A build with none of them reads cards and judges workstations. `pkcs11` asks PKCS#11 modules, `online` uses the network.
// The other crates of the workspace match on these types completely: a new variant is to be seen to everywhere.
#![allow(clippy::exhaustive_enums, clippy::exhaustive_structs)]

mod card;
mod cards;
mod certificate;
mod collect;
mod error;
mod facts;
mod identity;
mod iso7816;
mod limits;
mod pkcs15;
mod readiness;
mod token;
mod transport;
mod workstation;

/// What the other crates of this workspace, its tests and benchmarks use of the library. Not promised: it changes with any
/// version.
#[doc(hidden)]
pub mod internal {
    pub mod card {
        pub use crate::card::*;
    }
    pub mod cards {
        pub use crate::cards::*;
    }
    pub mod certificate {
        pub use crate::certificate::*;
    }
    pub mod collect {
        pub use crate::collect::*;
    }
    pub mod facts {
        pub use crate::facts::*;
    }
    pub mod identity {
        pub use crate::identity::*;
    }
    pub mod iso7816 {
        pub use crate::iso7816::*;
    }
    pub mod limits {
        pub use crate::limits::*;
    }
    pub mod pkcs15 {
        pub use crate::pkcs15::*;
    }
    pub mod readiness {
        pub use crate::readiness::*;
    }
    pub mod token {
        pub use crate::token::*;
    }
    pub mod transport {
        pub use crate::transport::*;
    }
    pub mod workstation {
        pub use crate::workstation::*;
    }
}

pub use cards::{Cancel, Cards, Checkup, Happening, Reader, ReaderName, Reading, Watch};
pub use collect::Stage;
pub use error::{Error, ErrorKind, Failure, ForeignCode, Result};
pub use facts::ReaderState;
pub use identity::{
    CardNumber, CardType, Category, CheckVerdict, Civility, Date, Distinction, HolderId, Language, Name, Profession,
    Register, Speciality, StructureId, TypeEvidence,
};
pub use iso7816::{Aid, Atr, Channel, Command, FilePath, PathBase, Status};
pub use readiness::{Cause, Portal, Readiness, Reservation};
pub use transport::{Answer, Exchange, Presence, Protocol, Readers, Slot};

/// The example of the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
