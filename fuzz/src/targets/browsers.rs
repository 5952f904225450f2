//! The configuration files of browsers and of what they share. Any of them may hold anything, so every reader gets every
//! input.

use std::path::Path;

use cpx_card::internal::limits;
use cpx_card::internal::workstation::bounded_file::text_of;
use cpx_card::internal::workstation::browsers::{
    chrome_policies, extensions_json, firefox_policies, p11_kit, pkcs11_manifest, pkcs11_txt, prefs_js, profiles_ini,
};
use cpx_card::internal::workstation::facts::BrowserKind;

/// Bounded lists, and the same answer each time.
pub fn browsers(data: &[u8]) {
    let modules = pkcs11_txt::modules(data);
    assert!(modules.len() <= limits::REGISTERED_MODULES);
    assert!(modules.iter().all(|module| !module.path.as_os_str().is_empty()));

    // one file, cut in two where a line has nothing else
    let (list, installs) = halves(data);
    let profiles = profiles_ini::profiles(list, installs, Path::new("/home/user/.mozilla/firefox"));
    assert!(profiles.len() <= limits::FIREFOX_PROFILES);
    let _ = p11_kit::settings(data);

    let text = text_of(data);
    let (prefs, user) = halves(text.as_bytes());
    let (prefs, user) = (String::from_utf8_lossy(prefs), String::from_utf8_lossy(user));
    let found = prefs_js::preferences(&prefs, &user);
    assert_eq!(prefs_js::preferences("", &format!("{prefs}\n{user}")), found, "a later line wins, whatever its file");

    let rules = chrome_policies::rules_of_file(BrowserKind::Chrome, &text);
    assert!(rules.len() <= limits::CERTIFICATE_RULES);
    let _ = chrome_policies::rule_of_text(BrowserKind::Edge, &text);
    let _ = extensions_json::cps_extensions(&text);
    let _ = firefox_policies::policies(&text);
    let _ = pkcs11_manifest::manifest(&text);
}

/// What stands before and behind the first line that is `%`.
fn halves(data: &[u8]) -> (&[u8], &[u8]) {
    let place = data.windows(3).position(|part| part == b"\n%\n");
    place.map_or((data, &[]), |place| (&data[..=place], &data[place + 3..]))
}
