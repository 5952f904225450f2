//! The X.509 view of a card: what its certificates say, whether they agree with the chip, whether they are worth
//! trusting.
//!
//! Pure: bytes in, values out. Finding authority certificates on a machine and fetching lists over the network are
//! the business of `workstation`.
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::arithmetic_side_effects))]

mod anonymous;
mod authority;
mod ber;
mod crl;
mod cursor;
mod explanation;
mod extension;
mod file;
mod key;
#[cfg(test)]
mod key_tests;
mod moment;
mod months;
mod name;
mod ocsp;
mod oid;
mod pem;
mod pkcs12;
mod profile;
#[cfg(test)]
mod profile_tests;
mod request;
mod revocation;
#[cfg(test)]
mod revocation_tests;
#[cfg(test)]
mod tests;
mod text;
mod time;
mod trust;
#[cfg(test)]
mod trust_tests;
mod usage;
mod view;

pub use anonymous::anonymous;
pub use authority::{Authority, AuthorityRole, AuthorityTable, Entry as AuthorityEntry, Environment, IssuerClaim};
pub use crl::{RevocationList, RevokedEntry};
pub use explanation::{Explanation, Purpose};
pub use extension::{Extension, PrivateValue};
pub use file::{Content, Part, certificates_in, contents_in, revocation_lists_in};
pub use key::{Hash, KeyAlgorithm, PublicKey, SignatureAlgorithm, SignatureCheck};
pub use moment::Moment;
pub use months::Anonymity;
pub use name::{Attribute, DistinguishedName};
pub use ocsp::{OCSP_NONCE_BYTES, OCSP_REQUEST_TYPE, ocsp_nonce, ocsp_request};
pub use oid::Oid;
pub use pkcs12::{Cipher, Opened, Pkcs12, Protection, Unopened};
pub use profile::{Department, Profile, ProfileKind, ProfileNote, Role};
pub use request::CertificateRequest;
pub use revocation::{Reason, Revocation, Source, UnknownReason};
pub use text::TextKind;
pub use time::{ClockDoubt, NOTICE_DAYS, PROGRAM_DATE, Validity};
pub use trust::{Judge, Trust, TrustReason, TrustVerdict, issuer_of};
pub use usage::{BasicConstraints, KeyUsage};
pub(crate) use view::head_end;
pub use view::{Certificate, Note, Serial};
