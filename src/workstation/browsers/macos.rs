//! What the property lists of macOS say of browsers, text or binary: versions, the default browser, policies of management.

use std::path::Path;

use super::firefox_policies::ReadPolicies;
use super::places::Places;
use crate::workstation::facts::{BrowserKind, ClientCertificateRule};
use crate::workstation::{Observed, Reason};

#[cfg(any(target_os = "macos", test))]
mod read {
    use std::io::Cursor;
    use std::path::PathBuf;

    use plist::Value;

    use super::{BrowserKind, ClientCertificateRule, Observed, Path, Places, ReadPolicies, Reason};
    use crate::limits;
    use crate::workstation::browsers::chrome_policies::rule_of_text;
    use crate::workstation::browsers::default_browser::of_name;
    use crate::workstation::browsers::firefox_policies;
    use crate::workstation::facts::Family;
    use crate::workstation::{Unseen, bounded_file};

    fn list(path: &Path) -> Result<Value, Reason> {
        let bytes = bounded_file::read(path, limits::CONFIG_BYTES)?;
        Value::from_reader(Cursor::new(bytes)).map_err(|_| Unseen::Malformed.into())
    }

    fn entry<'a>(list: &'a Value, key: &str) -> Option<&'a Value> {
        list.as_dictionary()?.get(key)
    }

    fn text(list: &Value, key: &str) -> Option<String> {
        entry(list, key)?.as_string().map(str::to_owned)
    }

    pub(in super::super) fn bundle_version(info: &Path) -> Option<String> {
        text(&list(info).ok()?, "CFBundleShortVersionString")
    }

    /// Safari, unless the user chose another.
    pub(in super::super) fn default_browser(places: &Places) -> Observed<BrowserKind> {
        const KNOWN: [(&str, BrowserKind); 5] = [
            ("org.mozilla.firefox", BrowserKind::Firefox),
            ("com.google.chrome", BrowserKind::Chrome),
            ("com.microsoft.edgemac", BrowserKind::Edge),
            ("org.chromium.chromium", BrowserKind::Chromium),
            ("com.apple.safari", BrowserKind::Safari),
        ];
        let file = "Library/Preferences/com.apple.LaunchServices/com.apple.launchservices.secure.plist";
        let list = match list(&places.home.join(file)) {
            Ok(list) => list,
            Err(reason) if reason.why == Unseen::Absent => return Observed::Seen(BrowserKind::Safari),
            Err(reason) => return Observed::Unseen(reason),
        };
        let handlers = entry(&list, "LSHandlers").and_then(Value::as_array);
        let https = handlers
            .into_iter()
            .flatten()
            .find(|handler| text(handler, "LSHandlerURLScheme").is_some_and(|scheme| scheme == "https"));
        let chosen = https.and_then(|handler| text(handler, "LSHandlerRoleAll"));
        Observed::Seen(chosen.map_or(BrowserKind::Safari, |id| of_name(&id, &KNOWN)))
    }

    pub(in super::super) fn certificate_rules(places: &Places) -> Vec<ClientCertificateRule> {
        const DOMAINS: [(BrowserKind, &str); 3] = [
            (BrowserKind::Chrome, "com.google.Chrome.plist"),
            (BrowserKind::Edge, "com.microsoft.Edge.plist"),
            (BrowserKind::Chromium, "org.chromium.Chromium.plist"),
        ];
        let mut rules = Vec::new();
        for (browser, file) in DOMAINS {
            for path in managed(places, file) {
                let Ok(list) = list(&path) else { continue };
                let texts = entry(&list, "AutoSelectCertificateForUrls").and_then(Value::as_array);
                let texts = texts.into_iter().flatten().take(limits::CERTIFICATE_RULES);
                rules.extend(texts.map(|text| rule_of_text(browser, text.as_string().unwrap_or_default())));
            }
        }
        rules
    }

    pub(in super::super) fn firefox_policies(places: &Places) -> Vec<(String, Result<ReadPolicies, Reason>)> {
        let mut files = managed(places, "org.mozilla.firefox.plist");
        files.push(places.root.join("Library/Preferences/org.mozilla.firefox.plist"));
        let found = files.into_iter().filter_map(|path| match list(&path) {
            Err(reason) if reason.why == Unseen::Absent => None,
            Err(reason) => Some((places.shown(&path), Err(reason))),
            Ok(list) => {
                let tree = serde_json::to_value(list).unwrap_or_default();
                Some((places.shown(&path), Ok(firefox_policies::of_tree(&tree))))
            }
        });
        found.collect()
    }

    /// The preferences that management gives to all, and to this user.
    fn managed(places: &Places, file: &str) -> Vec<PathBuf> {
        if places.family != Family::Macos {
            return Vec::new();
        }
        let folder = places.root.join("Library/Managed Preferences");
        let of_user = places.home.file_name().map(|user| folder.join(user).join(file));
        std::iter::once(folder.join(file)).chain(of_user).collect()
    }
}

#[cfg(any(target_os = "macos", test))]
pub(super) use read::{bundle_version, certificate_rules, default_browser, firefox_policies};

/// No other system has property lists.
#[cfg(not(any(target_os = "macos", test)))]
mod none {
    use super::{BrowserKind, ClientCertificateRule, Observed, Path, Places, ReadPolicies, Reason};
    use crate::workstation::Unseen;

    pub(in super::super) fn bundle_version(_info: &Path) -> Option<String> {
        None
    }

    pub(in super::super) fn default_browser(_places: &Places) -> Observed<BrowserKind> {
        Observed::Unseen(Unseen::NotThisSystem.into())
    }

    pub(in super::super) fn certificate_rules(_places: &Places) -> Vec<ClientCertificateRule> {
        Vec::new()
    }

    pub(in super::super) fn firefox_policies(_places: &Places) -> Vec<(String, Result<ReadPolicies, Reason>)> {
        Vec::new()
    }
}

#[cfg(not(any(target_os = "macos", test)))]
pub(super) use none::{bundle_version, certificate_rules, default_browser, firefox_policies};

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;

    use plist::{Dictionary, Value};

    use super::*;
    use crate::workstation::Unseen;
    use crate::workstation::browsers::{collect_browsers, collect_firefox_policies};
    use crate::workstation::facts::{AutoSelect, Family};

    fn dictionary(entries: &[(&str, Value)]) -> Value {
        Value::Dictionary(entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect::<Dictionary>())
    }

    fn write(path: &Path, list: &Value, is_binary: bool) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if is_binary { list.to_file_binary(path).unwrap() } else { list.to_file_xml(path).unwrap() }
    }

    #[test]
    fn a_mac_tells_its_browsers_its_choice_and_its_policies() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::new(Family::Macos, folder.path(), folder.path().join("Users/marie"));
        let firefox = places.root.join("Applications/Firefox.app/Contents");
        fs::create_dir_all(firefox.join("MacOS")).unwrap();
        fs::write(firefox.join("MacOS/firefox"), b"\xCF\xFA\xED\xFE\x0C\0\0\x01").unwrap();
        let version = dictionary(&[("CFBundleShortVersionString", "145.0".into())]);
        write(&firefox.join("Info.plist"), &version, false);

        let before = collect_browsers(&places);
        assert_eq!(before.seen().unwrap().default, Observed::Seen(BrowserKind::Safari));
        assert_eq!(before.seen().unwrap().installed[0].version.as_deref(), Some("145.0"));

        let handler =
            dictionary(&[("LSHandlerURLScheme", "https".into()), ("LSHandlerRoleAll", "org.mozilla.firefox".into())]);
        let choice = "Library/Preferences/com.apple.LaunchServices/com.apple.launchservices.secure.plist";
        write(&places.home.join(choice), &dictionary(&[("LSHandlers", Value::Array(vec![handler]))]), true);
        let rule = r#"{"pattern":"*","filter":{}}"#;
        let rules = dictionary(&[("AutoSelectCertificateForUrls", Value::Array(vec![rule.into()]))]);
        write(&places.root.join("Library/Managed Preferences/marie/com.google.Chrome.plist"), &rules, true);
        let after = collect_browsers(&places);
        assert_eq!(after.seen().unwrap().default, Observed::Seen(BrowserKind::Firefox));
        assert_eq!(after.seen().unwrap().certificate_rules.seen().unwrap()[0].choice, AutoSelect::Any);

        let devices = dictionary(&[("Add", dictionary(&[("CPS", "/usr/local/lib/libcps3_pkcs11_osx.dylib".into())]))]);
        let policies = dictionary(&[("SecurityDevices", devices)]);
        write(&places.root.join("Library/Preferences/org.mozilla.firefox.plist"), &policies, false);
        assert!(collect_firefox_policies(&places).seen().unwrap().modules[0].is_cps());
    }

    #[test]
    fn a_broken_choice_is_said_to_be_broken() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::new(Family::Macos, folder.path(), folder.path());
        let file = "Library/Preferences/com.apple.LaunchServices/com.apple.launchservices.secure.plist";
        fs::create_dir_all(places.home.join(file).parent().unwrap()).unwrap();
        fs::write(places.home.join(file), b"bplist00\xFF\xFF").unwrap();
        assert_eq!(default_browser(&places).unseen().unwrap().why, Unseen::Malformed);
    }
}
