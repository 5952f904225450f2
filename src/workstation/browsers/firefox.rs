//! The profiles of Firefox of this user, its policies, and the manifests of modules.

use std::path::{Path, PathBuf};

use super::extensions_json::{CpsExtensions, cps_extensions};
use super::firefox_policies::{ReadPolicies, policies};
use super::module_files::ModuleFiles;
use super::named_module::NamedModule;
use super::pkcs11_manifest::{ReadManifest, manifest};
use super::places::Places;
use super::profiles_ini::{ListedProfile, profiles};
use super::{desktop_browsers, pkcs11_txt, prefs_js};
use crate::identity::Private;
use crate::limits;
use crate::workstation::bounded_file::{entries, read, read_text};
use crate::workstation::facts::{BrowserKind, Confinement, Family, FirefoxPolicies, FirefoxProfile, Manifest};
use crate::workstation::{Observed, Reason, Unseen, shown_path_in};

/// A profile, or a folder of profiles of which the list cannot be read.
pub(super) struct FoundProfile {
    pub confinement: Confinement,
    pub listed: Result<ListedProfile, Reason>,
}

/// Every profile, in the order of the places and then of the lists.
pub(super) fn found_profiles(places: &Places) -> Vec<FoundProfile> {
    let mut found = Vec::new();
    for (base, confinement) in places.firefox_folders() {
        match read(&base.join("profiles.ini"), limits::CONFIG_BYTES) {
            Ok(list) => {
                let installs = read(&base.join("installs.ini"), limits::CONFIG_BYTES).unwrap_or_default();
                let all = profiles(&list, &installs, &base);
                found.extend(all.into_iter().map(|listed| FoundProfile { confinement, listed: Ok(listed) }));
            }
            Err(reason) if reason.why == Unseen::Absent => {}
            Err(reason) => {
                let reason = places.named(reason, &base.join("profiles.ini"));
                found.push(FoundProfile { confinement, listed: Err(reason) });
            }
        }
    }
    found.truncate(limits::FIREFOX_PROFILES);
    found
}

/// The modules in the `pkcs11.txt` of a profile or of a database; none where there is no such file.
pub(super) fn modules_in(places: &Places, folder: &Path) -> Result<Vec<NamedModule>, Reason> {
    let path = folder.join("pkcs11.txt");
    or_absent(places, folder, &path, read(&path, limits::CONFIG_BYTES).map(|bytes| pkcs11_txt::modules(&bytes)))
}

/// What is known of one profile.
pub(super) fn profile(places: &Places, files: &mut ModuleFiles<'_>, found: &FoundProfile) -> FirefoxProfile {
    let mut profile = FirefoxProfile { confinement: found.confinement, ..FirefoxProfile::default() };
    let listed = match &found.listed {
        Ok(listed) => listed,
        Err(reason) => {
            profile.modules = Observed::Unseen(reason.clone());
            profile.addon = Observed::Unseen(reason.clone());
            profile.preferences = Observed::Unseen(reason.clone());
            return profile;
        }
    };
    let folder = &listed.folder;
    profile.name = Private::new(&listed.name);
    profile.is_default = listed.is_default;
    profile.modules = modules_in(places, folder).map(|modules| files.all(&modules)).into();
    let text = |name: &str| {
        let path = folder.join(name);
        or_absent(places, folder, &path, read_text(&path, limits::PROFILE_FILE_BYTES))
    };
    let extensions = text("extensions.json").and_then(|text| match text.as_str() {
        "" => Ok(CpsExtensions::default()),
        text => cps_extensions(text).map_err(|reason| places.named(reason, &folder.join("extensions.json"))),
    });
    match extensions {
        Ok(found) => {
            profile.addon = Observed::Seen(found.addon);
            profile.former_addons = found.former;
        }
        Err(reason) => profile.addon = Observed::Unseen(reason),
    }
    let preferences = text("prefs.js").and_then(|prefs| Ok(prefs_js::preferences(&prefs, &text("user.js")?)));
    profile.preferences = preferences.into();
    profile
}

/// What there is when a file is not there: nothing, as long as its folder is.
fn or_absent<T: Default>(places: &Places, folder: &Path, path: &Path, read: Result<T, Reason>) -> Result<T, Reason> {
    match read {
        Err(reason) if reason.why == Unseen::Absent && folder.is_dir() => Ok(T::default()),
        other => other.map_err(|reason| places.named(reason, path)),
    }
}

/// The places of policies that are there, and what each says.
pub(super) fn found_policies(places: &Places) -> Vec<(String, Result<ReadPolicies, Reason>)> {
    let beside_programs = desktop_browsers::found(places)
        .into_iter()
        .filter(|browser| browser.kind == BrowserKind::Firefox)
        .filter_map(|browser| distribution(places, &browser.program));
    let mut files: Vec<PathBuf> = places.firefox_policy_files().into_iter().chain(beside_programs).collect();
    files.dedup();
    let mut found: Vec<_> = Vec::new();
    for file in files {
        match read_text(&file, limits::CONFIG_BYTES).and_then(|text| policies(&text)) {
            Err(reason) if reason.why == Unseen::Absent => {}
            read => found.push((places.shown(&file), read)),
        }
    }
    found.extend(super::macos::firefox_policies(places));
    found.extend(places.registry.firefox_policies.iter().map(|(key, read)| (key.clone(), Ok(read.clone()))));
    found
}

/// `policies.json` beside a program of Firefox.
fn distribution(places: &Places, program: &Path) -> Option<PathBuf> {
    let folder = program.parent()?;
    let folder = if places.family == Family::Macos { folder.parent()?.join("Resources") } else { folder.to_owned() };
    Some(folder.join("distribution").join("policies.json"))
}

/// All policies together; the first place that says something of authorities wins.
pub(super) fn all_policies(places: &Places) -> FirefoxPolicies {
    let mut files = ModuleFiles::new(&places.home);
    let mut all = FirefoxPolicies::default();
    for (place, read) in found_policies(places) {
        match read {
            Ok(read) => {
                all.modules.extend(files.all(&read.added));
                all.deleted.extend(read.deleted);
                all.enterprise_roots = all.enterprise_roots.or(read.enterprise_roots);
            }
            Err(reason) => {
                let detail = reason.detail.unwrap_or_default();
                all.problems.push(format!("{place}: {} {detail}", reason.why.code()).trim_end().to_owned());
            }
        }
        all.places.push(place);
    }
    all
}

/// A manifest: where, the name of its file, what it says.
pub(super) struct FoundManifest {
    pub place: String,
    pub name: String,
    pub read: Result<ReadManifest, Reason>,
}

/// The manifests of modules.
///
/// # Errors
/// Why a folder cannot be read, when nothing else was found.
pub(super) fn found_manifests(places: &Places) -> Result<Vec<FoundManifest>, Reason> {
    let mut files: Vec<(String, PathBuf)> = places
        .registry
        .manifests
        .iter()
        .map(|(key, file)| (format!("{key} -> {}", places.shown(file)), file.clone()))
        .collect();
    let mut problem = None;
    for folder in places.manifest_folders() {
        match entries(&folder, limits::FOLDER_ENTRIES) {
            Ok(paths) => {
                let manifests =
                    paths.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "json"));
                files.extend(manifests.map(|path| (places.shown(&path), path)));
            }
            Err(reason) if reason.why == Unseen::Absent => {}
            Err(reason) => problem = Some(places.named(reason, &folder)),
        }
    }
    if let (true, Some(reason)) = (files.is_empty(), problem) {
        return Err(reason);
    }
    files.truncate(limits::REGISTERED_MODULES);
    Ok(files.into_iter().map(|(place, file)| found_manifest(place, &file)).collect())
}

fn found_manifest(place: String, file: &Path) -> FoundManifest {
    let mut read = read_text(file, limits::CONFIG_BYTES).and_then(|text| manifest(&text));
    if let (Ok(read), Some(folder)) = (&mut read, file.parent())
        && !read.path.is_absolute()
    {
        read.path = folder.join(&read.path);
    }
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let name = read.as_ref().map_or(stem, |read| read.name.clone());
    FoundManifest { place, name, read }
}

/// A manifest as a fact.
pub(super) fn manifest_fact(files: &mut ModuleFiles<'_>, found: FoundManifest) -> Manifest {
    let allows_extension = found.read.as_ref().is_ok_and(|read| read.allows_extension);
    let module = found.read.map(|read| files.registered(&NamedModule::new(&found.name, read.path))).into();
    Manifest { place: found.place, name: found.name, module, allows_extension }
}

impl Places {
    pub(super) fn shown(&self, path: &Path) -> String {
        shown_path_in(path, Some(&self.home))
    }

    /// A reason that names what it is about.
    pub(super) fn named(&self, reason: Reason, path: &Path) -> Reason {
        let place = self.shown(path);
        reason.why.with(reason.detail.map_or_else(|| place.clone(), |detail| format!("{place}: {detail}")))
    }
}
