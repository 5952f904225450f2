//! Linux, as its files, its kernel and its tools show it: one collector per subject.
//!
//! Each takes the [`Machine`](super::Machine) to look at. Children are started by [`pcscd`] (`systemctl`, `pcscd`) and
//! [`cryptolib`] (`rpm`) only.

pub mod cryptolib;
mod library_folders;
mod packages;
#[cfg(target_os = "linux")]
mod pcsc_clients;
pub mod pcscd;
pub mod processes;
pub mod session;
pub mod system;
pub mod usb;

pub use packages::verify_cryptolib;
