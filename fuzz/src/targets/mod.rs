//! What is fuzzed: a function for each target, which panics where something promised does not hold.
//!
//! They know nothing of the fuzzer: an ordinary test of the library replays the corpora through the same functions.

mod application;
mod binary;
mod browsers;
mod case;
mod certificate;
mod data_objects;
pub mod detect;
mod elements;
mod rendered;
mod revocation;
mod settings;
mod transcript;
mod typed;

/// A function that takes any bytes.
pub type Target = fn(&[u8]);

/// Every target, by name.
pub const ALL: [(&str, Target); 17] = [
    ("tlv", elements::tlv),
    ("atr", elements::atr),
    ("apdu", elements::apdu),
    ("pkcs15", application::pkcs15),
    ("data_objects", data_objects::data_objects),
    ("certificate", certificate::certificate),
    ("request", certificate::request),
    ("container", certificate::container),
    ("crl", revocation::list),
    ("ocsp", revocation::responder),
    ("transcript", transcript::transcript),
    ("case", case::case),
    ("browsers", browsers::browsers),
    ("settings", settings::settings),
    ("binary", binary::binary),
    ("typed", typed::typed),
    ("detect", detect::detect),
];
