//! What the registry says to browsers, in the words of the collectors of browsers.

use std::path::PathBuf;

use super::policies::RegistryPolicies;
use crate::workstation::Observed;
use crate::workstation::browsers::firefox_policies::ReadPolicies;
use crate::workstation::browsers::{BrowserRegistry, NamedModule};

/// The registry's part of what browsers are told.
pub(super) fn browser_registry(policies: RegistryPolicies) -> BrowserRegistry {
    let RegistryPolicies { certificate_rules, firefox, manifests, .. } = policies;
    let certificate_rules = match certificate_rules {
        Observed::Seen(rules) => Observed::Seen(rules.into_iter().map(|rule| (rule.browser, rule.text)).collect()),
        Observed::Unseen(reason) => Observed::Unseen(reason),
    };
    let read = ReadPolicies {
        added: firefox.modules.iter().map(|module| NamedModule::new(&module.name, &module.path)).collect(),
        deleted: firefox.deleted,
        enterprise_roots: firefox.enterprise_roots,
    };
    let manifests = manifests.seen().into_iter().flatten();
    BrowserRegistry {
        certificate_rules,
        firefox_policies: firefox.places.first().map(|key| (key.clone(), read)).into_iter().collect(),
        manifests: manifests.map(|one| (one.place.clone(), PathBuf::from(&one.path))).collect(),
        ..BrowserRegistry::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::facts::{BrowserKind, FirefoxPolicies, RegisteredModule};
    use crate::workstation::windows::policies::{CertificateRuleText, RegistryManifest};

    #[test]
    fn nothing_of_the_registry_is_lost_on_the_way() {
        let key = r"HKLM\SOFTWARE\Policies\Mozilla\Firefox";
        let mut policies = RegistryPolicies::default();
        let rule = CertificateRuleText { browser: BrowserKind::Edge, place: key.into(), text: "{}".into() };
        policies.certificate_rules = Observed::Seen(vec![rule]);
        policies.firefox = FirefoxPolicies {
            modules: vec![RegisteredModule::new("CPS", r"C:\cps.dll")],
            enterprise_roots: Some(true),
            places: vec![key.into()],
            ..FirefoxPolicies::default()
        };
        let manifest = RegistryManifest { place: key.into(), name: "cps3".into(), path: r"C:\cps3.json".into() };
        policies.manifests = Observed::Seen(vec![manifest]);
        let registry = browser_registry(policies);
        assert_eq!(registry.certificate_rules.seen(), Some(&vec![(BrowserKind::Edge, "{}".to_owned())]));
        let [(place, read)] = registry.firefox_policies.as_slice() else { panic!("not one place") };
        assert_eq!((place.as_str(), read.added.len(), read.enterprise_roots), (key, 1, Some(true)));
        assert_eq!(registry.manifests, [(key.to_owned(), PathBuf::from(r"C:\cps3.json"))]);
    }
}
