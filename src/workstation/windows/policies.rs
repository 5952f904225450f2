//! Policies and settings of browsers in the registry.

use super::registry::{Hive, Key, Registry, VIEWS, Value, misshapen};
use crate::workstation::facts::{BrowserKind, FirefoxPolicies, RegisteredModule};
use crate::workstation::{Observed, Reason};

/// A rule of `AutoSelectCertificateForUrls` as it stands in the registry: JSON, or what claims to be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CertificateRuleText {
    /// Which browser it is given to.
    pub browser: BrowserKind,
    /// The key and the value.
    pub place: String,
    /// The text: foreign.
    pub text: String,
}

/// What the registry says to browsers.
#[derive(Default, Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RegistryPolicies {
    /// Rules that choose certificates for the user, of Chrome and of Edge.
    pub certificate_rules: Observed<Vec<CertificateRuleText>>,
    /// The policies of Firefox given by group policy. Only path and name of a module are filled in.
    pub firefox: FirefoxPolicies,
    /// The manifests that allow an extension of Firefox to load a module: key, name and the path of the manifest.
    pub manifests: Observed<Vec<RegistryManifest>>,
}

/// A manifest of a PKCS#11 module that the registry names.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RegistryManifest {
    /// The key.
    pub place: String,
    /// Its name: `cps3`, `cps3_x86`.
    pub name: String,
    /// The path of the JSON file that it names: foreign text.
    pub path: String,
}

/// Everything that the registry says to browsers.
pub(super) fn interpret(registry: &dyn Registry) -> RegistryPolicies {
    RegistryPolicies {
        certificate_rules: certificate_rules(registry).into(),
        firefox: firefox(registry),
        manifests: manifests(registry).into(),
    }
}

fn certificate_rules(registry: &dyn Registry) -> Result<Vec<CertificateRuleText>, Reason> {
    let browsers = [
        (BrowserKind::Chrome, r"SOFTWARE\Policies\Google\Chrome"),
        (BrowserKind::Edge, r"SOFTWARE\Policies\Microsoft\Edge"),
        (BrowserKind::Chromium, r"SOFTWARE\Policies\Chromium"),
    ];
    let mut rules = Vec::new();
    for (browser, path) in browsers {
        for hive in [Hive::Machine, Hive::User] {
            let key = Key::of(hive, path).below("AutoSelectCertificateForUrls");
            for name in registry.names(&key)?.unwrap_or_default() {
                if let Some(text) = registry.text(&key, &name)? {
                    rules.push(CertificateRuleText { browser, place: format!(r"{key}\{name}"), text });
                }
            }
        }
    }
    Ok(rules)
}

/// Group policy of Firefox: of the machine before that of the user; what cannot be read is a problem of its place.
fn firefox(registry: &dyn Registry) -> FirefoxPolicies {
    let mut policies = FirefoxPolicies::default();
    for hive in [Hive::Machine, Hive::User] {
        let key = Key::of(hive, r"SOFTWARE\Policies\Mozilla\Firefox");
        match one_firefox(registry, &key, &mut policies) {
            Ok(true) => policies.places.push(key.to_string()),
            Ok(false) => {}
            Err(reason) => {
                policies.problems.push(format!("{}: {}", reason.why.code(), reason.detail.unwrap_or_default()));
            }
        }
    }
    policies
}

fn one_firefox(registry: &dyn Registry, key: &Key, policies: &mut FirefoxPolicies) -> Result<bool, Reason> {
    if !registry.exists(key)? {
        return Ok(false);
    }
    let roots = registry.number(&key.below("Certificates"), "ImportEnterpriseRoots")?.map(|import| import != 0);
    policies.enterprise_roots = policies.enterprise_roots.or(roots);
    let devices = key.below("SecurityDevices");
    // the names of modules that are taken out of every profile
    let deleted = devices.below("Delete");
    for name in registry.names(&deleted)?.unwrap_or_default() {
        policies.deleted.extend(registry.text(&deleted, &name)?);
    }
    // `Add` of today, and the names themselves as before Firefox 114
    for list in [devices.below("Add"), devices] {
        for name in registry.names(&list)?.unwrap_or_default() {
            if let Some(path) = registry.text(&list, &name)? {
                policies.modules.push(RegisteredModule::new(name, path));
            }
        }
    }
    Ok(true)
}

fn manifests(registry: &dyn Registry) -> Result<Vec<RegistryManifest>, Reason> {
    let mut manifests: Vec<RegistryManifest> = Vec::new();
    for hive in [Hive::Machine, Hive::User] {
        for view in VIEWS {
            let list = Key::of(hive, r"SOFTWARE\Mozilla\PKCS11Modules").seen_by(view);
            for name in registry.subkeys(&list)?.unwrap_or_default() {
                let key = list.below(&name);
                let path = match registry.value(&key, "")? {
                    Some(Value::Text(path)) => path,
                    Some(_) => return Err(misshapen(&key, "(default)")),
                    None => String::new(),
                };
                // one key that both views show is one manifest
                if !manifests.iter().any(|known| known.name == name && known.path == path) {
                    manifests.push(RegistryManifest { place: key.to_string(), name, path });
                }
            }
        }
    }
    Ok(manifests)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::Unseen;
    use crate::workstation::facts::RegistryView;
    use crate::workstation::windows::registry_fake::FakeRegistry;

    #[test]
    fn rules_of_both_hives_are_handed_on_as_text() {
        let chrome = Key::machine(r"SOFTWARE\Policies\Google\Chrome\AutoSelectCertificateForUrls");
        let edge = Key::of(Hive::User, r"SOFTWARE\Policies\Microsoft\Edge\AutoSelectCertificateForUrls");
        let registry = FakeRegistry::default().with_text(&chrome, "1", "{}").with_text(&edge, "1", "no JSON");
        let policies = interpret(&registry);
        let rules = policies.certificate_rules.seen().unwrap();
        assert_eq!(rules.len(), 2);
        assert_eq!((rules[0].browser, rules[0].text.as_str()), (BrowserKind::Chrome, "{}"));
        assert_eq!(rules[1].place, r"HKCU\SOFTWARE\Policies\Microsoft\Edge\AutoSelectCertificateForUrls\1");
        let odd = interpret(&registry.with_number(&chrome, "2", 2));
        assert_eq!(odd.certificate_rules.unseen().unwrap().why, Unseen::Malformed);
    }

    #[test]
    fn firefox_gets_modules_and_roots_in_the_old_form_and_the_new() {
        let key = Key::machine(r"SOFTWARE\Policies\Mozilla\Firefox");
        let user = Key::of(Hive::User, r"SOFTWARE\Policies\Mozilla\Firefox");
        let registry = FakeRegistry::default()
            .with_text(&key.below(r"SecurityDevices\Add"), "CPS", r"C:\Windows\System32\cps3_pkcs11_w64.dll")
            .with_text(&key.below("SecurityDevices"), "Ancien", r"C:\ancien.dll")
            .with_text(&key.below(r"SecurityDevices\Delete"), "1", "Module de sécurité CPS")
            .with_number(&user.below("Certificates"), "ImportEnterpriseRoots", 1);
        let firefox = interpret(&registry).firefox;
        let names: Vec<_> = firefox.modules.iter().map(|module| module.name.as_str()).collect();
        assert_eq!((names, firefox.enterprise_roots), (vec!["CPS", "Ancien"], Some(true)));
        assert_eq!(firefox.places.len(), 2);
        assert_eq!(firefox.deleted, ["Module de sécurité CPS"]);
        let odd = interpret(&registry.with_text(&key.below("Certificates"), "ImportEnterpriseRoots", "true")).firefox;
        assert_eq!(odd.problems.len(), 1);
        assert_eq!(odd.enterprise_roots, Some(true), "the user's place is still read");
    }

    #[test]
    fn manifests_are_found_in_both_views_and_told_once() {
        let at = |name: &str, view| Key::machine(format!(r"SOFTWARE\Mozilla\PKCS11Modules\{name}")).seen_by(view);
        let registry = FakeRegistry::default()
            .with_text(&at("cps3", RegistryView::Bits64), "", r"C:\cps3.json")
            .with_text(&at("cps3", RegistryView::Bits32), "", r"C:\cps3.json")
            .with_text(&at("cps3_x86", RegistryView::Bits32), "", r"C:\cps3_x86.json");
        let policies = interpret(&registry);
        let told: Vec<_> = policies.manifests.seen().unwrap().iter().map(|found| found.place.as_str()).collect();
        assert_eq!(
            told,
            [
                r"HKLM\SOFTWARE\Mozilla\PKCS11Modules\cps3",
                r"HKLM\SOFTWARE\Mozilla\PKCS11Modules\cps3_x86 (32-bit view)"
            ]
        );
    }
}
