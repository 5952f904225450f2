//! Firefox: its module, its extension, its preferences.

use super::Group;
use crate::readiness::finding::{Finding, Judged, SkipReason, seen};
use crate::readiness::portal::BrowserPath;
use crate::readiness::rules::Rules;
use crate::readiness::value::Value;
use crate::readiness::version::Version;
use crate::readiness::view::{View, freest};
use crate::workstation::facts::{
    Addon, Confinement, Family, FirefoxProfile, Manifest, ModuleCopy, ProviderKind, RegisteredModule,
};
use crate::workstation::{Observed, Unseen};

pub(super) const CRITERIA: Group = &[
    ("firefox-module-registered", module_registered),
    ("firefox-module-path-valid", module_path),
    ("firefox-native-manifest", manifest),
    ("firefox-webextension", extension),
    ("firefox-module-duplicate", duplicate),
    ("firefox-osclientcerts", system_certificates),
    ("firefox-confined", confined),
    ("firefox-pha", post_handshake),
];

/// `security.tls.version.max` that stops at TLS 1.2.
const TLS_12: i64 = 3;

fn knows_card(view: &View<'_>, profile: &FirefoxProfile) -> bool {
    view.firefox_modules(profile).is_ok_and(|modules| modules.into_iter().any(|module| view.shows_cps(module)))
}

fn by_policy(view: &View<'_>) -> bool {
    view.policy_modules().iter().any(RegisteredModule::is_cps)
}

fn module_registered(view: &View<'_>) -> Judged {
    view.firefox()?;
    if by_policy(view) {
        return Ok(Finding::pass());
    }
    let profile = match view.firefox_profile() {
        Err(SkipReason::NotNeeded) => return Ok(Finding::fail("never-opened")),
        profile => profile?,
    };
    seen(&profile.modules)?;
    if knows_card(view, profile) {
        return Ok(Finding::pass());
    }
    let all = seen(&view.facts.workstation.firefox_profiles)?;
    if all.iter().any(|profile| knows_card(view, profile)) {
        return Ok(Finding::fail("other-profile"));
    }
    let instead = view.path != Some(BrowserPath::FirefoxModule) && view.reads_system_certificates(profile)?;
    if instead {
        return Ok(Finding::warn("system-instead"));
    }
    let taken_out = seen(&profile.modules)?.iter().any(|module| view.shows_cps(module) && view.is_taken_out(module));
    Ok(Finding::fail(if taken_out { "taken-out" } else { "absent" }))
}

fn module_path(view: &View<'_>) -> Judged {
    let modules = view.firefox_modules(view.firefox_profile()?)?;
    let registered: Vec<_> = modules.into_iter().filter(|module| module.is_cps()).collect();
    let Some(module) = registered.iter().find(|module| module.present).or(registered.first()) else {
        return Err(SkipReason::NotNeeded);
    };
    if !module.present {
        return Ok(Finding::fail("dangling").with("path", Value::path(&module.path)));
    }
    let runs_on: Vec<_> = view.firefox()?.iter().flat_map(|browser| browser.architectures.clone()).collect();
    let fits = runs_on.is_empty()
        || module.architectures.is_empty()
        || module.architectures.iter().any(|one| runs_on.contains(one));
    if !fits {
        return Ok(Finding::fail("architecture").with("path", Value::path(&module.path)));
    }
    let copies = &view.cryptolib()?.copies;
    let official: Vec<_> = copies.iter().filter(|copy| copy.official && copy.sha256.is_some()).collect();
    let same = |copy: &&ModuleCopy| {
        copy.sha256 == module.sha256 || copy.path == module.path || Some(&copy.path) == module.target.as_ref()
    };
    let other = module.sha256.is_some() && !official.is_empty() && !official.iter().copied().any(|copy| same(&copy));
    Ok(if other { Finding::warn("other-copy").with("path", Value::path(&module.path)) } else { Finding::pass() })
}

fn manifest(view: &View<'_>) -> Judged {
    view.firefox()?;
    if by_policy(view) {
        return Err(SkipReason::NotNeeded);
    }
    let addon = view.firefox_profile().ok().and_then(|profile| profile.addon.seen());
    if addon.is_some_and(|addon| addon.as_ref().is_none_or(|addon| !addon.active)) {
        return Err(SkipReason::NotNeeded);
    }
    let manifests = seen(&view.facts.workstation.firefox_manifests)?;
    let works = |one: &Manifest| one.allows_extension && one.module.seen().is_some_and(|module| module.present);
    let Some(first) = manifests.first() else { return Ok(Finding::fail("missing")) };
    let finding = match manifests.iter().filter(|one| works(one)).count() {
        0 => match &first.module {
            Observed::Unseen(reason) if reason.why == Unseen::Malformed => Finding::fail("malformed"),
            Observed::Unseen(reason) if reason.why == Unseen::Absent => Finding::fail("missing"),
            Observed::Unseen(reason) => return Err(SkipReason::from(reason)),
            Observed::Seen(module) if !module.present => Finding::fail("dead-path"),
            Observed::Seen(_) => Finding::fail("not-allowed"),
        },
        count if count < manifests.len() => Finding::warn("one-of-several"),
        _ => return Ok(Finding::pass()),
    };
    Ok(finding.with("path", Value::path(&first.place)))
}

fn extension(view: &View<'_>) -> Judged {
    view.firefox()?;
    if by_policy(view) {
        return Err(SkipReason::NotNeeded);
    }
    let profile = view.firefox_profile()?;
    let loaded = knows_card(view, profile);
    let Some(addon) = seen(&profile.addon)? else {
        let of_another = |profile: &FirefoxProfile| profile.addon.seen().is_some_and(Option::is_some);
        let elsewhere = seen(&view.facts.workstation.firefox_profiles)?.iter().any(of_another);
        return match (loaded, elsewhere) {
            (true, _) => Err(SkipReason::NotNeeded),
            (false, true) => Ok(Finding::warn("not-in-this-profile")),
            (false, false) => Ok(Finding::warn("absent")),
        };
    };
    if !addon.active {
        return Ok(if loaded { Finding::warn("disabled-module-loaded") } else { Finding::fail("disabled") });
    }
    let version = |addon: &Addon| addon.version.as_deref().and_then(Version::parse);
    let old = version(addon).filter(|one| Rules::get().version("addon-version", "").is_some_and(|floor| *one < floor));
    Ok(old.map_or_else(Finding::pass, |version| Finding::warn("old").with("version", version)))
}

/// Whether the system itself shows the card's certificate to browsers.
fn system_shows_card(view: &View<'_>) -> bool {
    let by_token = view.facts.workstation.macos.seen().and_then(|macos| macos.tokens.seen());
    let listed =
        by_token.is_some_and(|tokens| tokens.iter().any(|token| Rules::get().names("ctk-token", &token.driver)));
    listed || view.stored().is_ok_and(|stored| stored.is_some())
}

fn duplicate(view: &View<'_>) -> Judged {
    let profile = view.firefox_profile()?;
    let modules = view.firefox_modules(profile)?;
    if let Some(opensc) = modules.iter().find(|module| module.is_opensc()) {
        return Ok(Finding::warn("opensc").with("name", opensc.name.as_str()));
    }
    let mut files: Vec<_> = modules
        .iter()
        .filter(|module| view.shows_cps(module))
        .map(|module| module.target.as_ref().unwrap_or(&module.path))
        .collect();
    files.sort();
    files.dedup();
    let by_system = view.reads_system_certificates(profile)? && system_shows_card(view);
    match files.len() + usize::from(by_system) {
        0 => Err(SkipReason::NotNeeded),
        1 => Ok(Finding::pass()),
        2 => Ok(Finding::warn("twice")),
        count => Ok(Finding::fail("many").with("count", count)),
    }
}

fn system_certificates(view: &View<'_>) -> Judged {
    let profile = view.firefox_profile()?;
    let preferences = seen(&profile.preferences)?;
    let has_module = view.firefox_modules(profile)?.iter().any(|module| view.shows_cps(module));
    let reads = preferences.os_client_certificates.unwrap_or(true);
    let with_csp = || {
        let kind = view.stored().ok().flatten().and_then(|stored| stored.provider_kind);
        view.is_on(Family::Windows) && kind == Some(ProviderKind::Csp)
    };
    Ok(match (reads, has_module) {
        (false, false) => Finding::warn("off-without-module"),
        (true, false) if preferences.assume_rsa_pss == Some(true) && with_csp() => Finding::fail("assumes-pss"),
        _ => Finding::pass(),
    })
}

fn confined(view: &View<'_>) -> Judged {
    Ok(match freest(&view.firefox()?) {
        Confinement::Native => Finding::pass(),
        Confinement::FlatpakWithPcsc => Finding::warn("flatpak"),
        Confinement::Snap => Finding::fail("snap"),
        Confinement::Flatpak => Finding::fail("flatpak-closed"),
    })
}

fn post_handshake(view: &View<'_>) -> Judged {
    let preferences = seen(&view.firefox_profile()?.preferences)?;
    let capped = preferences.tls_version_max.is_some_and(|version| version <= TLS_12);
    Ok(if capped { Finding::warn("tls-12-only") } else { Finding::pass() })
}
