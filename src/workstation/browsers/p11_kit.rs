//! Modules registered with p11-kit: one file each, in the folders of packages, of the administrator and of the user
//! (`pkcs11.conf(5)`). Files of the same name are one registration; the later folder's settings win.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::named_module::{NamedModule, path_of};
use super::places::Places;
use crate::limits;
use crate::workstation::bounded_file::{entries, read};
use crate::workstation::{Reason, Unseen};

/// A registration.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Registration {
    /// The file that registers it; the last one where several do.
    pub place: PathBuf,
    /// The module; a relative path where no folder of modules has such a file.
    pub module: NamedModule,
    /// Whether the proxy module, through which browsers see what is registered, leaves it out.
    pub kept_from_proxy: bool,
}

/// Names and values of a file of p11-kit: `name: value` lines, the last of a name wins.
pub fn settings(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.starts_with(b"#"));
    lines
        .filter_map(|line| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let (name, value) = line.split_at_checked(colon)?;
            let value = value.strip_prefix(b":")?.trim_ascii();
            Some((String::from_utf8_lossy(name.trim_ascii()).into_owned(), value.to_vec()))
        })
        .collect()
}

/// Every registration, by the name of its file; those that no program may use are left out.
///
/// # Errors
/// [`Unseen::NotThisSystem`] elsewhere than on Linux; why a folder cannot be read, when nothing else was found.
pub(super) fn registrations(places: &Places) -> Result<Vec<Registration>, Reason> {
    if !places.is_linux() {
        return Err(Unseen::NotThisSystem.into());
    }
    let mut files: BTreeMap<PathBuf, (PathBuf, BTreeMap<String, Vec<u8>>)> = BTreeMap::new();
    let mut problem = None;
    for folder in folders(places) {
        let found = entries(&folder, limits::FOLDER_ENTRIES).unwrap_or_else(|reason| {
            problem = Some(reason).filter(|reason| reason.why != Unseen::Absent).or_else(|| problem.take());
            Vec::new()
        });
        for path in found.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "module")) {
            let (Some(name), Ok(bytes)) = (path.file_name(), read(&path, limits::CONFIG_BYTES)) else { continue };
            if files.len() < limits::REGISTERED_MODULES || files.contains_key(Path::new(name)) {
                let (place, all) = files.entry(name.into()).or_default();
                all.extend(settings(&bytes));
                *place = path;
            }
        }
    }
    let found: Vec<_> =
        files.into_values().filter_map(|(place, settings)| registration(places, place, &settings)).collect();
    match problem {
        Some(reason) if found.is_empty() => Err(reason),
        _ => Ok(found),
    }
}

fn registration(places: &Places, place: PathBuf, settings: &BTreeMap<String, Vec<u8>>) -> Option<Registration> {
    let path = path_of(settings.get("module").filter(|path| !path.is_empty())?);
    let names = |key: &str| settings.get(key).map(|names| String::from_utf8_lossy(names).into_owned());
    let (only, but) = (names("enable-in"), names("disable-in"));
    let has_proxy = |names: &String| names.split([',', ' ', '\t']).any(|name| name == "p11-kit-proxy");
    let path = if path.is_absolute() { path } else { in_module_folders(places, path) };
    let name = place.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    only.as_ref().is_none_or(|names| !names.is_empty()).then(|| Registration {
        module: NamedModule::new(name, path),
        kept_from_proxy: match (&only, &but) {
            (Some(only), _) => !has_proxy(only),
            (None, but) => but.as_ref().is_some_and(has_proxy),
        },
        place,
    })
}

/// The folders of registrations, those that win last.
fn folders(places: &Places) -> Vec<PathBuf> {
    let globals = read(&places.root.join("etc/pkcs11/pkcs11.conf"), limits::CONFIG_BYTES).unwrap_or_default();
    let user_config = settings(&globals).remove("user-config").unwrap_or_default();
    let system = ["usr/share/p11-kit/modules", "etc/pkcs11/modules"].map(|folder| places.root.join(folder));
    let user = places.application_data.join("pkcs11/modules");
    match user_config.as_slice() {
        _ if places.as_root => system.into(),
        b"none" => system.into(),
        b"only" => vec![user],
        _ => system.into_iter().chain([user]).collect(),
    }
}

/// A relative path stands for a file in p11-kit's folder of modules, which each distribution puts elsewhere.
fn in_module_folders(places: &Places, relative: PathBuf) -> PathBuf {
    const FOLDERS: [&str; 6] = [
        "usr/lib/x86_64-linux-gnu/pkcs11",
        "usr/lib/aarch64-linux-gnu/pkcs11",
        "usr/lib/i386-linux-gnu/pkcs11",
        "usr/lib64/pkcs11",
        "usr/lib/pkcs11",
        "usr/local/lib/pkcs11",
    ];
    let candidates = FOLDERS.iter().map(|folder| places.root.join(folder).join(&relative));
    candidates.into_iter().find(|path| path.exists()).unwrap_or(relative)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn settings_are_names_and_values() {
        let found = settings(b"# comment\r\nmodule: /opt/a: b.so\r\n priority : 5 \nenable-in:\nno colon\n");
        let found: Vec<_> = found.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
        assert_eq!(found, [("enable-in", &b""[..]), ("module", b"/opt/a: b.so"), ("priority", b"5")]);
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_strange(text in "(module|:|enable-in|#|\n|\\PC){0,40}", more: Vec<u8>) {
            let _ = settings(&[text.as_bytes(), &more].concat());
        }
    }
}
