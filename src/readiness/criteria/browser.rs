//! The browsers: which, how old, what they are told, and Chromium on Linux.

use super::Group;
use crate::certificate::AuthorityTable;
use crate::readiness::finding::{Finding, Judged, SkipReason, seen};
use crate::readiness::rules::Rules;
use crate::readiness::value::Value;
use crate::readiness::version::Version;
use crate::readiness::view::{View, freest};
use crate::workstation::Unseen;
use crate::workstation::facts::{
    AutoSelect, Browser, BrowserKind, ClientCertificateRule, Confinement, Family, ProviderKind, RegisteredModule,
};
use crate::workstation::network::{HandshakeEnd, HostFacts, TlsVersion};

pub(super) const CRITERIA: Group = &[
    ("browser-supported", supported),
    ("browser-version-min", version_min),
    ("chromium-linux-nssdb", nss_database),
    ("chromium-confined", chromium_confined),
    ("browser-autoselect-policy", certificate_rules),
    ("tls13-csp-compat", tls13),
    ("browser-started-early", started_early),
];

fn is_supported(view: &View<'_>, kind: BrowserKind) -> bool {
    match kind {
        BrowserKind::Safari => view.is_on(Family::Macos),
        BrowserKind::InternetExplorer | BrowserKind::Other => false,
        _ => true,
    }
}

fn supported(view: &View<'_>) -> Judged {
    let browsers = seen(&view.facts.workstation.browsers)?;
    let is_installed = |kind: &BrowserKind| browsers.installed.iter().any(|browser| browser.kind == *kind);
    if !view.browsers.is_empty() && !view.browsers.iter().any(is_installed) {
        return Ok(Finding::fail("not-installed"));
    }
    if !browsers.installed.iter().any(|browser| is_supported(view, browser.kind)) {
        return Ok(Finding::fail("none"));
    }
    Ok(match browsers.default.seen() {
        Some(BrowserKind::InternetExplorer) => Finding::fail("internet-explorer"),
        Some(kind) if !is_supported(view, *kind) => Finding::warn("other"),
        _ => Finding::pass(),
    })
}

fn version_min(view: &View<'_>) -> Judged {
    let rules = Rules::get();
    let of_browser = |browser: &&Browser| {
        let name = browser.kind.code();
        let floor = rules.version("browser-floor", name)?;
        let version = browser.version.as_deref().and_then(Version::parse)?;
        let behind = rules.version("browser-advised", name).is_some_and(|advised| version < advised);
        let finding = if version < floor {
            Finding::fail("too-old")
        } else if behind {
            Finding::warn("behind")
        } else {
            return Some(Finding::pass());
        };
        Some(finding.with("browser", Value::code(title(browser.kind))).with("version", version.major()))
    };
    let browsers = view.installed_browsers()?;
    if browsers.is_empty() {
        return Err(SkipReason::BrowserAbsent);
    }
    browsers.iter().filter_map(of_browser).reduce(Finding::or_graver).ok_or(SkipReason::VersionUnknown)
}

/// The browser as its maker calls it.
const fn title(kind: BrowserKind) -> &'static str {
    match kind {
        BrowserKind::Firefox => "Firefox",
        BrowserKind::Chrome => "Chrome",
        BrowserKind::Edge => "Edge",
        BrowserKind::Chromium => "Chromium",
        BrowserKind::Safari => "Safari",
        _ => "Internet Explorer",
    }
}

fn nss_database(view: &View<'_>) -> Judged {
    view.chromium_family()?;
    let databases = seen(&view.facts.workstation.nss_databases)?;
    if databases.is_empty() {
        return Ok(Finding::fail("no-database"));
    }
    let mut modules: Vec<&RegisteredModule> = Vec::new();
    for database in databases {
        modules.extend(seen(&database.modules)?);
    }
    if modules.iter().any(|module| module.is_p11_kit_proxy() && view.shows_cps(module)) {
        return Ok(Finding::pass());
    }
    let registered: Vec<_> = modules.iter().filter(|module| module.is_cps()).collect();
    let official = |module: &&&&RegisteredModule| {
        let path = module.target.as_ref().unwrap_or(&module.path);
        let known = |copy: &crate::workstation::facts::ModuleCopy| {
            copy.official && (copy.path == *path || copy.sha256.is_some() && copy.sha256 == module.sha256)
        };
        view.cryptolib().is_ok_and(|cryptolib| cryptolib.copies.iter().any(known))
    };
    let present: Vec<_> = registered.iter().filter(|module| module.present).collect();
    Ok(match (present.first(), registered.first()) {
        (Some(_), _) if present.iter().any(official) => match modules.iter().find(|module| module.is_opensc()) {
            Some(opensc) => Finding::warn("opensc").with("name", opensc.name.as_str()),
            None => Finding::pass(),
        },
        (Some(module), _) => Finding::warn("other-path").with("path", Value::path(&module.path)),
        (None, Some(module)) => Finding::fail("dead-path").with("path", Value::path(&module.path)),
        (None, None) if modules.iter().any(|module| module.is_p11_kit_proxy()) => Finding::fail("proxy-without-cps"),
        (None, None) => Finding::fail("not-registered"),
    })
}

fn chromium_confined(view: &View<'_>) -> Judged {
    Ok(match freest(&view.chromium_family()?) {
        Confinement::Native => Finding::pass(),
        Confinement::FlatpakWithPcsc => Finding::warn("flatpak"),
        Confinement::Snap => Finding::fail("snap"),
        Confinement::Flatpak => Finding::fail("flatpak-closed"),
    })
}

fn certificate_rules(view: &View<'_>) -> Judged {
    let rules = seen(&seen(&view.facts.workstation.browsers)?.certificate_rules)?;
    let wanted = |rule: &&ClientCertificateRule| view.browsers.is_empty() || view.browsers.contains(&rule.browser);
    let matching: Vec<_> = rules.iter().filter(wanted).filter(|rule| concerns_portals(&rule.pattern)).collect();
    let judge = |rule: &ClientCertificateRule| match &rule.choice {
        AutoSelect::IssuerCn(issuer) if is_card_issuer(view, issuer) => Finding::pass(),
        AutoSelect::IssuerCn(issuer) => Finding::fail("other-certificate").with("issuer", Value::code(issuer)),
        AutoSelect::Malformed => Finding::warn("malformed"),
        AutoSelect::Any | AutoSelect::OtherNames => Finding::warn("chosen-without-asking"),
    };
    matching.into_iter().map(judge).reduce(Finding::or_graver).ok_or(SkipReason::NotNeeded)
}

/// A pattern that is for every site, or for those of ANS.
fn concerns_portals(pattern: &str) -> bool {
    let place = pattern.split("://").last().unwrap_or_default();
    let host = place.split('/').next().unwrap_or_default().trim_start_matches("[*.]").trim_start_matches("*.");
    host.is_empty() || host == "*" || Rules::get().names("portal-address", host) || "esante.gouv.fr".ends_with(host)
}

fn is_card_issuer(view: &View<'_>, issuer: &str) -> bool {
    match view.certificate() {
        Ok(certificate) => certificate.content.issuer.eq_ignore_ascii_case(issuer),
        Err(_) => AuthorityTable::igc_sante().authorities().iter().any(|one| one.name().eq_ignore_ascii_case(issuer)),
    }
}

fn tls13(view: &View<'_>) -> Judged {
    view.system_store_needed()?;
    let hosts = view.hosts()?;
    let stored = view.stored()?.ok_or(SkipReason::NoCertificate)?;
    if stored.provider_kind != Some(ProviderKind::Csp) {
        return Ok(Finding::pass());
    }
    let of_host = |host: &&HostFacts| {
        let handshake = host.tls.as_ref()?;
        let request = handshake.certificate_request.as_ref()?;
        let needs_pss = handshake.version == Some(TlsVersion::Tls13) && !request.takes_rsa_pkcs1();
        let falls_back = host.tls12_only.as_ref().is_some_and(HandshakeEnd::is_established);
        Some(match (needs_pss, falls_back) {
            (false, _) => Finding::pass(),
            (true, true) => Finding::warn("prefers-tls-13").with("host", Value::host(&host.host)),
            (true, false) => Finding::fail("tls-13-only").with("host", Value::host(&host.host)),
        })
    };
    hosts.iter().filter_map(of_host).reduce(Finding::or_graver).ok_or(SkipReason::NotClientAuth)
}

fn started_early(view: &View<'_>) -> Judged {
    let running = &seen(&view.facts.workstation.processes)?.browsers;
    if running.is_empty() {
        return Err(SkipReason::BrowserAbsent);
    }
    let with_card = |reader: &crate::facts::ReaderFacts| reader.content.cpx().is_some();
    let reader = view.readers()?.into_iter().find(|reader| with_card(reader)).ok_or(SkipReason::NoCard)?;
    let inserted = reader.card_since.ok_or(SkipReason::Unseen(Unseen::Absent))?;
    let early = running.iter().find(|browser| browser.started.is_some_and(|started| started < inserted));
    Ok(early.map_or_else(Finding::pass, |browser| Finding::warn("before-the-card").with("name", browser.name.as_str())))
}
