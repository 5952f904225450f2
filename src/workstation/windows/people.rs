//! The people whose settings the registry of Windows holds: those who are signed in.

use std::path::PathBuf;

use super::registry::{Hive, Key, Registry};
use crate::workstation::{Person, Reason, Unseen};

const PROFILES: &str = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList";

/// Everyone whose part of the registry is loaded, with the home folder that the list of profiles names. Accounts of the
/// system and of services have none of the two kinds of identifier that people have (`S-1-5-21-…`, of Entra `S-1-12-1-…`).
///
/// # Errors
/// That of the registry.
pub(super) fn signed_in(registry: &dyn Registry) -> Result<Vec<Person>, Reason> {
    let loaded = registry.subkeys(&Key::of(Hive::Users, ""))?.unwrap_or_default();
    let of_people = loaded.into_iter().filter(|sid| is_of_person(sid));
    Ok(of_people.filter_map(|sid| person_of(registry, sid)).collect())
}

fn is_of_person(sid: &str) -> bool {
    let lower = sid.to_ascii_lowercase();
    (lower.starts_with("s-1-5-21-") || lower.starts_with("s-1-12-1-")) && !lower.ends_with("_classes")
}

fn person_of(registry: &dyn Registry, sid: String) -> Option<Person> {
    let profile = Key::machine(PROFILES).below(&sid);
    let home = registry.text(&profile, "ProfileImagePath").ok().flatten().filter(|home| home.contains('\\'))?;
    // there as long as somebody is signed in
    let session = Key::of(Hive::Users, sid.clone()).below("Volatile Environment");
    let named = registry.text(&session, "USERNAME").ok().flatten().filter(|name| !name.is_empty());
    let name = named.unwrap_or_else(|| home.rsplit('\\').next().unwrap_or_default().to_owned());
    Some(Person::new(name, PathBuf::from(home), Some(sid)))
}

/// The person of this name, of this folder of profiles, or of this identifier.
///
/// # Errors
/// [`Unseen::Absent`] where nobody signed in is called so.
pub(super) fn named(people: Vec<Person>, name: &str) -> Result<Person, Reason> {
    let bare = name.rsplit('\\').next().unwrap_or_default().to_lowercase();
    let is_called = |person: &Person| {
        let folder = person.home.display().to_string();
        let folder = folder.rsplit('\\').next().unwrap_or_default().to_lowercase();
        person.name.to_lowercase() == bare
            || folder == bare
            || person.sid.as_ref().is_some_and(|sid| sid.to_lowercase() == bare)
    };
    people.into_iter().find(is_called).ok_or_else(|| Unseen::Absent.with("nobody of this name is signed in"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::windows::registry_fake::FakeRegistry;

    const MARIE: &str = "S-1-5-21-1-2-3-1001";

    fn registry() -> FakeRegistry {
        let user = |sid: &str| Key::of(Hive::Users, sid);
        let profile = |sid: &str| Key::machine(PROFILES).below(sid);
        FakeRegistry::default()
            .with_text(&user(MARIE).below("Volatile Environment"), "USERNAME", "marie")
            .with_text(&profile(MARIE), "ProfileImagePath", r"C:\Users\marie.HOPITAL")
            .with_key(&user(&format!("{MARIE}_Classes")))
            .with_key(&user("S-1-5-18"))
            .with_text(&profile("S-1-5-18"), "ProfileImagePath", r"C:\Windows\system32\config\systemprofile")
            .with_key(&user("S-1-5-21-1-2-3-1002"))
            // one who is not signed in
            .with_text(&profile("S-1-5-21-1-2-3-1003"), "ProfileImagePath", r"C:\Users\paul")
    }

    #[test]
    fn only_people_whose_settings_are_loaded_are_told() {
        let people = signed_in(&registry()).unwrap();
        assert_eq!(people, [Person::new("marie", r"C:\Users\marie.HOPITAL", Some(MARIE.into()))]);
        for name in ["Marie", r"HOPITAL\marie", "marie.hopital", MARIE] {
            assert!(named(people.clone(), name).is_ok(), "{name}");
        }
        for none in ["paul", "systemprofile", ""] {
            assert_eq!(named(people.clone(), none).unwrap_err().why, Unseen::Absent, "{none}");
        }
        assert_eq!(signed_in(&FakeRegistry::default()), Ok(Vec::new()));
    }
}
