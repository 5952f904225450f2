//! The X.509 view of a card: what its certificates say, whether they agree with the chip, whether they are worth
//! trusting.
//!
//! Pure: bytes in, values out. Finding authority certificates on a machine and fetching lists over the network are
//! the business of `workstation`.
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::arithmetic_side_effects))]

mod authority;
mod cursor;
mod extension;
mod key;
mod moment;
mod name;
mod oid;
mod profile;
#[cfg(test)]
mod tests;
mod text;
mod trust;
mod usage;
mod view;

pub use authority::{Authority, AuthorityRole, AuthorityTable, Entry as AuthorityEntry, Environment};
pub use extension::{Extension, PrivateValue};
pub use key::{Hash, KeyAlgorithm, PublicKey, SignatureAlgorithm, SignatureCheck};
pub use moment::Moment;
pub use name::{Attribute, DistinguishedName};
pub use oid::Oid;
pub use profile::{Department, Profile, ProfileKind, ProfileNote, Role};
pub use text::TextKind;
pub use trust::{Judge, Trust, TrustReason, TrustVerdict, issuer_of};
pub use usage::{BasicConstraints, KeyUsage};
pub use view::{Certificate, Note, Serial};
