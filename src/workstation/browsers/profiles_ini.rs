//! `profiles.ini` and `installs.ini` of Firefox: which profiles there are, and which one each installation opens.

use std::path::{Path, PathBuf};

use super::ini::{self, Section};
use super::named_module::path_of;
use crate::limits;

/// A profile as `profiles.ini` names it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListedProfile {
    /// Its name: chosen by the user.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// Whether an installation of Firefox opens it by default; where no installation names one, what the list says.
    pub is_default: bool,
}

/// The profiles of a `profiles.ini` that stands in `base`, with what `installs.ini` says (empty where there is none), in
/// order; at most [`FIREFOX_PROFILES`](limits::FIREFOX_PROFILES).
pub fn profiles(profiles_ini: &[u8], installs_ini: &[u8], base: &Path) -> Vec<ListedProfile> {
    let sections = ini::sections(profiles_ini);
    let installs = ini::sections(installs_ini);
    // Firefox 67 and later keep a profile for each installation; installs.ini repeats what profiles.ini says
    let opened: Vec<PathBuf> = sections
        .iter()
        .filter(|section| section.name.starts_with("Install"))
        .chain(&installs)
        .filter_map(|section| section.value("Default"))
        .map(|path| base.join(path_of(path)))
        .collect();
    let mut profiles: Vec<_> = sections
        .iter()
        .filter(|section| is_profile(section))
        .filter_map(|section| listed(section, base))
        .take(limits::FIREFOX_PROFILES)
        .collect();
    if profiles.iter().any(|profile| opened.contains(&profile.folder)) {
        for profile in &mut profiles {
            profile.is_default = opened.contains(&profile.folder);
        }
    } else if let [only] = profiles.as_mut_slice() {
        only.is_default = true;
    }
    profiles
}

fn is_profile(section: &Section) -> bool {
    let number = section.name.strip_prefix("Profile");
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn listed(section: &Section, base: &Path) -> Option<ListedProfile> {
    let path = path_of(section.value("Path").filter(|path| !path.is_empty())?);
    let is_relative = section.value("IsRelative") != Some(b"0");
    Some(ListedProfile {
        name: section.text("Name").unwrap_or_default(),
        folder: if is_relative { base.join(path) } else { path },
        is_default: section.value("Default") == Some(b"1"),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TWO: &str = "[Install4F96D1932A9F858E]\nDefault=Profiles/b.default-release\nLocked=1\n\n\
        [Profile1]\nName=default\nIsRelative=1\nPath=Profiles/a.default\nDefault=1\n\n\
        [Profile0]\nName=default-release\nIsRelative=1\nPath=Profiles/b.default-release\n\n\
        [General]\nStartWithLastProfile=1\nVersion=2\n";

    fn defaults(profiles: &[ListedProfile]) -> Vec<(&str, bool)> {
        profiles.iter().map(|profile| (profile.name.as_str(), profile.is_default)).collect()
    }

    #[test]
    fn the_profile_of_an_installation_is_the_default() {
        let profiles = profiles(TWO.as_bytes(), b"", Path::new("/base"));
        assert_eq!(defaults(&profiles), [("default", false), ("default-release", true)]);
        assert_eq!(profiles.first().map(|p| p.folder.clone()), Some("/base/Profiles/a.default".into()));
    }

    #[test]
    fn installs_ini_alone_tells_as_well() {
        let without = TWO.replace("[Install", "[Other");
        let installs = b"[4F96D1932A9F858E]\r\nDefault=Profiles/b.default-release\r\nLocked=1\r\n";
        let found = profiles(without.as_bytes(), installs, Path::new("/base"));
        assert_eq!(defaults(&found), [("default", false), ("default-release", true)]);
        let found = profiles(without.as_bytes(), b"", Path::new("/base"));
        assert_eq!(defaults(&found), [("default", true), ("default-release", false)]);
    }

    #[test]
    fn absolute_paths_and_a_single_profile() {
        let text = b"\xEF\xBB\xBF[Profile0]\r\nName=\xE9t\xE9\r\nIsRelative=0\r\nPath=/data/caf\xC3\xA9\r\n";
        let profiles = profiles(text, b"", Path::new("/base"));
        assert_eq!(defaults(&profiles), [("\u{FFFD}t\u{FFFD}", true)]);
        assert_eq!(profiles.first().map(|p| p.folder.clone()), Some("/data/café".into()));
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_strange(text in "(\\[Profile0\\]|\\[Install\\]|Path=|Default=|\n|\\PC){0,40}", more: Vec<u8>) {
            let _ = profiles(&[text.as_bytes(), &more].concat(), &more, Path::new("/"));
        }
    }
}
