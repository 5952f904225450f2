//! The collectors of Windows, run as Windows programs under Wine with a registry, services, files and certificate
//! stores that the tests fill. Elsewhere there is nothing here.

#![cfg(windows)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod breaks;
mod browsers;
mod cryptolib;
mod people;
mod program;
mod proxies;
mod registry;
mod services;
mod stores;
mod system;
mod wine;
mod workstation;
