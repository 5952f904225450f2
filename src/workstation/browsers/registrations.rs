//! The modules that something on this workstation names, with paths that can be opened: for whoever is to load them.

use std::path::PathBuf;

use super::places::Places;
use super::{firefox, p11_kit};
use crate::identity::Private;

/// Who names a module; paths are shown, the user's home folder written `~`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RegisteredAt {
    /// A profile of Firefox, by its name.
    Firefox(Private),
    /// The folder of an NSS database.
    Nss(String),
    /// The manifest of an extension of Firefox: a file, or a key of the registry.
    Manifest(String),
    /// The place of a policy of Firefox.
    Policy(String),
    /// The file of a registration with p11-kit.
    P11Kit(String),
}

/// Every module that profiles and policies of Firefox, manifests, NSS databases and p11-kit name, in this order, with
/// its real path. No file of a module is looked at; what cannot be read is left out here, and said by the facts.
pub fn registrations(places: &Places) -> Vec<(PathBuf, RegisteredAt)> {
    let mut all = Vec::new();
    for listed in firefox::found_profiles(places).into_iter().filter_map(|found| found.listed.ok()) {
        let modules = firefox::modules_in(places, &listed.folder).unwrap_or_default();
        let name = Private::new(listed.name);
        all.extend(modules.into_iter().map(|module| (module.path, RegisteredAt::Firefox(name.clone()))));
    }
    for (place, read) in firefox::found_policies(places) {
        let added = read.map(|read| read.added).unwrap_or_default();
        all.extend(added.into_iter().map(|module| (module.path, RegisteredAt::Policy(place.clone()))));
    }
    for found in firefox::found_manifests(places).unwrap_or_default() {
        all.extend(found.read.ok().map(|read| (read.path, RegisteredAt::Manifest(found.place))));
    }
    for folder in places.nss_databases().unwrap_or_default() {
        let modules = firefox::modules_in(places, &folder).unwrap_or_default();
        let place = places.shown(&folder);
        all.extend(modules.into_iter().map(|module| (module.path, RegisteredAt::Nss(place.clone()))));
    }
    for found in p11_kit::registrations(places).unwrap_or_default() {
        all.push((found.module.path, RegisteredAt::P11Kit(places.shown(&found.place))));
    }
    all
}
