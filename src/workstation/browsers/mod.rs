//! Browsers and what they know of the card: which are installed, the modules that profiles, databases, manifests,
//! policies and p11-kit name, the rules that choose certificates.
//!
//! Nothing is started and nothing is written: these are files, and on Windows what
//! [`BrowserRegistry`] hands over.

pub mod chrome_policies;
mod default_browser;
mod desktop_browsers;
pub mod extensions_json;
mod firefox;
pub mod firefox_policies;
mod flatpak;
mod ini;
mod macos;
mod module_files;
mod named_module;
pub mod p11_kit;
pub mod pkcs11_manifest;
pub mod pkcs11_txt;
mod places;
pub mod prefs_js;
pub mod profiles_ini;
mod registrations;

pub use default_browser::of_program_id;
pub use named_module::NamedModule;
pub use places::{BrowserRegistry, Places};
pub use registrations::{RegisteredAt, registrations};

use super::bounded_file::{entries, read_text};
use super::facts::{
    Browsers, ClientCertificateRule, Family, FirefoxPolicies, FirefoxProfile, Manifest, NssDatabase, P11KitModule,
};
use super::{Observed, Reason, Unseen};
use crate::limits;
use module_files::ModuleFiles;

/// The installed browsers, the one that opens web pages, the rules that choose certificates.
///
/// ```
/// use cpx_card::internal::workstation::browsers::{Places, collect_browsers};
/// use cpx_card::internal::workstation::facts::Family;
///
/// let empty = tempfile::tempdir()?;
/// let browsers = collect_browsers(&Places::new(Family::Linux, empty.path(), empty.path().join("home")));
/// assert!(browsers.seen().is_some_and(|browsers| browsers.installed.is_empty()));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn collect_browsers(places: &Places) -> Observed<Browsers> {
    Observed::Seen(Browsers {
        installed: desktop_browsers::installed(places),
        default: default_browser::default_browser(places),
        certificate_rules: certificate_rules(places).into(),
    })
}

/// Each profile of Firefox of this user, at most [`FIREFOX_PROFILES`](limits::FIREFOX_PROFILES).
///
/// A list of profiles that cannot be read counts as one profile without a name, of which nothing is seen: the reason
/// has the path.
pub fn collect_firefox_profiles(places: &Places) -> Observed<Vec<FirefoxProfile>> {
    let mut files = ModuleFiles::new(&places.home);
    let found = firefox::found_profiles(places);
    Observed::Seen(found.iter().map(|found| firefox::profile(places, &mut files, found)).collect())
}

/// The policies of Firefox, from every place together.
pub fn collect_firefox_policies(places: &Places) -> Observed<FirefoxPolicies> {
    Observed::Seen(firefox::all_policies(places))
}

/// The manifests through which an extension of Firefox finds a module.
pub fn collect_firefox_manifests(places: &Places) -> Observed<Vec<Manifest>> {
    let mut files = ModuleFiles::new(&places.home);
    let found = firefox::found_manifests(places);
    found.map(|all| all.into_iter().map(|found| firefox::manifest_fact(&mut files, found)).collect::<Vec<_>>()).into()
}

/// The NSS databases that Chromium and its kin may read; `Unseen(NotThisSystem)` elsewhere than on Linux.
pub fn collect_nss_databases(places: &Places) -> Observed<Vec<NssDatabase>> {
    let mut files = ModuleFiles::new(&places.home);
    let databases = places.nss_databases().map(|folders| {
        let present = folders.into_iter().filter(|folder| folder.is_dir());
        present
            .map(|folder| {
                let modules = firefox::modules_in(places, &folder).map(|modules| files.all(&modules)).into();
                NssDatabase { path: places.shown(&folder), modules }
            })
            .collect::<Vec<_>>()
    });
    databases.into()
}

/// The modules registered with p11-kit; `Unseen(NotThisSystem)` elsewhere than on Linux.
pub fn collect_p11_kit(places: &Places) -> Observed<Vec<P11KitModule>> {
    let mut files = ModuleFiles::new(&places.home);
    let found = p11_kit::registrations(places).map(|all| {
        let facts = all.into_iter().map(|found| P11KitModule {
            place: places.shown(&found.place),
            module: files.registered(&found.module),
            kept_from_proxy: found.kept_from_proxy,
        });
        facts.collect::<Vec<_>>()
    });
    found.into()
}

/// The rules of every browser of the family of Chromium.
fn certificate_rules(places: &Places) -> Result<Vec<ClientCertificateRule>, Reason> {
    if places.family == Family::Windows {
        return match &places.registry.certificate_rules {
            Observed::Seen(rules) => {
                let rules = rules.iter().take(limits::CERTIFICATE_RULES);
                Ok(rules.map(|(browser, text)| chrome_policies::rule_of_text(*browser, text)).collect())
            }
            Observed::Unseen(reason) => Err(reason.clone()),
        };
    }
    let mut rules = macos::certificate_rules(places);
    let mut problem = None;
    for (browser, folder) in places.chrome_policy_folders() {
        let read = entries(&folder, limits::FOLDER_ENTRIES).map(|files| {
            for file in files.into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "json")) {
                match read_text(&file, limits::CONFIG_BYTES) {
                    Ok(text) => rules.extend(chrome_policies::rules_of_file(browser, &text)),
                    Err(reason) => problem = Some(places.named(reason, &file)),
                }
            }
        });
        if let Err(reason) = read.or_else(|reason| if reason.why == Unseen::Absent { Ok(()) } else { Err(reason) }) {
            problem = Some(places.named(reason, &folder));
        }
    }
    rules.truncate(limits::CERTIFICATE_RULES);
    match problem {
        Some(reason) if rules.is_empty() => Err(reason),
        _ => Ok(rules),
    }
}

/// Where a JSON text goes wrong, without the words around it, which may be a person's.
fn json_place(error: &serde_json::Error) -> String {
    format!("line {} column {}", error.line(), error.column())
}
