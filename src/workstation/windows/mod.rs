//! Windows: its registry, services, devices, stores and files, asked read only and without administrator rights.
//!
//! One file for each subject says what the answers mean and is tested on any system; `api` has the calls themselves.

#[cfg(windows)]
mod api;
mod browser_registry;
mod browsers;
#[cfg(windows)]
mod collectors;
mod crypto;
mod cryptolib;
mod cryptolib_files;
mod devices;
mod people;
mod places;
mod policies;
mod power;
mod processes;
mod proxies;
#[cfg(test)]
#[cfg(unix)]
mod published_tests;
mod registry;
#[cfg(test)]
mod registry_fake;
mod services;
mod session;
mod shell_link;
mod signature;
mod stored;
mod system;
mod updates;

#[cfg(windows)]
pub use api::console::{console_code_page, console_is_ours_alone};
#[cfg(all(windows, feature = "online"))]
pub use api::script_proxies::{ScriptAnswer, proxies_of_script};
#[cfg(windows)]
pub use collectors::{
    browser_registry, browsers_installed, cryptolib, default_browser, file_version, galss, person, power_plan,
    processes, proxies, reader_devices, registry_policies, services, session, signed_in_for_service,
    stored_certificates, system, trusted_authorities, updates, usb_readers, windows_crypto,
};
pub use policies::{CertificateRuleText, RegistryManifest, RegistryPolicies};
