//! PKCS#15 as data: which applications a card has, and where its directories say that objects are.
//!
//! Cards are read tolerantly: what is not understood is passed over, what is broken is an error with its offset.
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::arithmetic_side_effects))]

mod application;
mod directory;
mod object_directory;

pub use application::{Application, applications};
pub use directory::{Directory, Entry, directory};
pub use object_directory::{ObjectDirectory, object_directory};
