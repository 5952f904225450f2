//! Who names a module, from what was observed of the workstation.

use super::facts::Registrant;
use super::find::{Registration, known_places};
use crate::workstation::WorkstationFacts;
use crate::workstation::facts::RegisteredModule;

/// The places of the Cryptolib, then whatever the workstation's browsers and registries name.
pub fn registrations(workstation: &WorkstationFacts) -> Vec<Registration> {
    let mut all: Vec<_> =
        known_places().into_iter().map(|path| Registration::new(path, Registrant::KnownPlace)).collect();
    let mut name = |module: &RegisteredModule, by: Registrant| all.push(Registration::new(&module.path, by));
    for registered in workstation.p11_kit.seen().into_iter().flatten() {
        name(&registered.module, Registrant::P11Kit { file: registered.place.clone() });
    }
    for profile in workstation.firefox_profiles.seen().into_iter().flatten() {
        for module in profile.modules.seen().into_iter().flatten() {
            name(module, Registrant::Firefox { profile: profile.name.clone() });
        }
    }
    for database in workstation.nss_databases.seen().into_iter().flatten() {
        for module in database.modules.seen().into_iter().flatten() {
            name(module, Registrant::Nss { database: database.path.clone() });
        }
    }
    for manifest in workstation.firefox_manifests.seen().into_iter().flatten() {
        if let Some(module) = manifest.module.seen() {
            name(module, Registrant::Manifest { file: manifest.place.clone() });
        }
    }
    if let Some(policies) = workstation.firefox_policies.seen() {
        for module in &policies.modules {
            name(module, Registrant::Policy { file: policies.places.join(", ") });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Private;
    use crate::workstation::Observed;
    use crate::workstation::facts::{FirefoxPolicies, FirefoxProfile, Manifest, NssDatabase, P11KitModule};

    #[test]
    fn everybody_who_names_a_module_is_named() {
        let module = |path: &str| RegisteredModule::new("CPS", path);
        let workstation = WorkstationFacts {
            p11_kit: Observed::Seen(vec![P11KitModule {
                place: "cps.module".into(),
                module: module("/a"),
                ..P11KitModule::default()
            }]),
            firefox_profiles: Observed::Seen(vec![FirefoxProfile {
                name: Private::new("default"),
                modules: Observed::Seen(vec![module("/b")]),
                ..FirefoxProfile::default()
            }]),
            nss_databases: Observed::Seen(vec![NssDatabase {
                path: "~/.pki/nssdb".into(),
                modules: Observed::Seen(vec![module("/c")]),
            }]),
            firefox_manifests: Observed::Seen(vec![Manifest {
                place: "cps3.json".into(),
                module: Observed::Seen(module("/d")),
                ..Manifest::default()
            }]),
            firefox_policies: Observed::Seen(FirefoxPolicies {
                modules: vec![module("/e")],
                places: vec!["policies.json".into()],
                ..FirefoxPolicies::default()
            }),
            ..WorkstationFacts::default()
        };
        let all = registrations(&workstation);
        let places = known_places().len();
        assert!(places >= 2 && all[..places].iter().all(|one| one.by == Registrant::KnownPlace));
        let named: Vec<_> = all[places..].iter().map(|one| (one.path.to_str().unwrap(), one.by.code())).collect();
        assert_eq!(named, [("/a", "p11-kit"), ("/b", "firefox"), ("/c", "nss"), ("/d", "manifest"), ("/e", "policy")]);
        assert_eq!(registrations(&WorkstationFacts::default()).len(), places);
    }
}
