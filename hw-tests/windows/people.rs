//! Whose settings are looked at when another account runs the program.

use std::fs;

use serde_json::Value;

use crate::program::run;
use crate::registry::Value::{Bytes, Number, Text};
use crate::wine::Wine;

const MARIE: &str = "S-1-5-21-9-9-9-1001";
const CASE: &str = r"C:\essai\cas.json";

#[test]
fn the_settings_of_a_person_who_is_signed_in_are_looked_at() {
    let Some(wine) = &mut Wine::prefix() else { return };
    let internet = format!(r"HKEY_USERS\{MARIE}\Software\Microsoft\Windows\CurrentVersion\Internet Settings");
    wine.key(&format!(r"HKEY_USERS\{MARIE}\Volatile Environment"), &[("USERNAME", Text("marie"))])
        .key(
            &format!(r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList\{MARIE}"),
            &[("ProfileImagePath", Text(r"C:\users\marie"))],
        )
        .key(&internet, &[("ProxyEnable", Number(1)), ("ProxyServer", Text("proxy.service.example:3128"))])
        .key(
            &format!(r"{internet}\Connections"),
            &[("DefaultConnectionSettings", Bytes("460000000100000001000000000000000000000000000000"))],
        )
        .file(
            r"C:\users\marie\AppData\Roaming\Mozilla\Firefox\profiles.ini",
            b"[Profile0]\nName=marie\nIsRelative=1\nPath=Profiles/marie\nDefault=1\n",
        )
        .file(r"C:\users\marie\AppData\Roaming\Mozilla\Firefox\Profiles\marie\prefs.js", b"")
        .file(CASE, b"");
    fs::remove_file(CASE).unwrap();
    let (code, said) = run(&["--user", r"HOPITAL\marie", "--record", CASE]);
    assert!(matches!(code, Some(2 | 3)), "{code:?}: {said}");
    let case: Value = serde_json::from_slice(&fs::read(CASE).unwrap()).unwrap();
    let facts = &case["facts"];
    let session = &facts["workstation"]["session"]["seen"];
    assert!(!session["looked_at"].is_null(), "{session}");
    let sources = facts["proxies"]["seen"]["system"]["seen"].as_array().unwrap();
    let user = sources.iter().find(|source| source["origin"] == "windows-user").unwrap();
    assert!(user["https"]["host"].as_str().is_some_and(|host| host.starts_with("p-")), "{user}");
    let profiles = facts["workstation"]["firefox_profiles"]["seen"].as_array().unwrap();
    assert_eq!(profiles.len(), 1, "{profiles:?}");
    assert!(!fs::read_to_string(CASE).unwrap().contains(r"users\\marie"), "the home folder is written ~");
    let (code, _) = run(&["--user", "paul"]);
    assert_eq!(code, Some(64), "nobody of this name is signed in");
}
