//! The system, what it knows of the card, and the programs beside.

use super::Group;
use crate::readiness::calais;
use crate::readiness::ends::{has_extended_support, is_long_term};
use crate::readiness::finding::{Finding, Judged, SkipReason, seen};
use crate::readiness::rules::Rules;
use crate::readiness::value::Value;
use crate::readiness::version::Version;
use crate::readiness::view::{View, has_module, has_receipt};
use crate::workstation::facts::{Architecture, CalaisEntry, Family, ProviderKind, RegistryView, System};
use crate::workstation::{Observed, Unseen};

pub(super) const CRITERIA: Group = &[
    ("os-supported", os_supported),
    ("csp-registered", provider_registered),
    ("windows-csp-override", provider_override),
    ("minidriver-conflict", minidriver_conflict),
    ("macos-ctk-app", token_application),
    ("macos-ctk-token", token_listed),
    ("galss-config", galss),
    ("competing-processes", competing),
    ("smart-app-control", app_control),
];

fn os_supported(view: &View<'_>) -> Judged {
    let system = seen(&view.facts.workstation.system)?;
    let finding = match system.family {
        Family::Windows => windows(view, system)?,
        Family::Macos => macos(system)?,
        Family::Linux => linux(system),
        Family::Other => Finding::warn("not-listed"),
    };
    let named = !finding.reason.is_empty();
    Ok(if named {
        // that of macOS has no number in it
        let name = match system.family {
            Family::Macos => format!("{} {}", system.name, system.version),
            _ => system.name.clone(),
        };
        finding.with("name", name.as_str()).with("version", Value::code(&system.version))
    } else {
        finding
    })
}

fn windows(view: &View<'_>, system: &System) -> Judged {
    let rules = Rules::get();
    let build = system.build.ok_or(SkipReason::VersionUnknown)?;
    let known_server = rules.has("windows-server-known", &build.to_string());
    // whoever has the updates after its end pays for them (ESU)
    let is_extended = has_extended_support(system) || is_long_term(system);
    let end = rules.day("system-ends", "windows-19045");
    let ended = !is_extended && end.is_some_and(|day| day < view.facts.today);
    Ok(if rules.number("windows-floor-build", "").is_some_and(|floor| build < floor) {
        Finding::fail("too-old")
    } else if system.server {
        if known_server { Finding::pass() } else { Finding::warn("not-listed") }
    } else if rules.number("windows-11-build", "").is_some_and(|first| build < first) && ended {
        Finding::warn("support-ended")
    } else {
        Finding::pass()
    })
}

fn macos(system: &System) -> Judged {
    let rules = Rules::get();
    let major = Version::parse(&system.version).map(Version::major).ok_or(SkipReason::VersionUnknown)?;
    Ok(if rules.number("macos-floor", "").is_some_and(|floor| major < floor) {
        Finding::fail("too-old")
    } else if rules.number("macos-known", "").is_some_and(|last| major > last) {
        Finding::warn("not-listed")
    } else {
        Finding::pass()
    })
}

fn linux(system: &System) -> Finding {
    let rules = Rules::get();
    if matches!(system.architecture, Some(Architecture::X86 | Architecture::Arm)) {
        return Finding::fail("too-old");
    }
    let of_red_hat = system.distribution.iter().any(|name| name == "rhel" || name == "centos");
    let major = Version::parse(&system.version).map(Version::major);
    let is_known = rules.number("linux-floor", "rhel")..=rules.number("linux-known", "rhel");
    if of_red_hat && is_known.contains(&major) { Finding::pass() } else { Finding::warn("not-listed") }
}

/// Whether Windows opens the card by a minidriver, without the Cryptolib.
pub(super) fn minidriver_only(view: &View<'_>) -> bool {
    view.installed().is_err() && view.cryptolib().is_ok_and(|cryptolib| cryptolib.minidriver.seen() == Some(&true))
}

fn provider_registered(view: &View<'_>) -> Judged {
    view.system_store_needed()?;
    if minidriver_only(view) {
        return Err(SkipReason::NotNeeded);
    }
    let providers = seen(&seen(&view.facts.workstation.windows_crypto)?.providers)?;
    let is_long = seen(&view.facts.workstation.system)?.architecture != Some(Architecture::X86);
    let native = if is_long { RegistryView::Bits64 } else { RegistryView::Bits32 };
    let in_view = |wanted: RegistryView| providers.iter().find(|provider| provider.view == wanted);
    Ok(match (in_view(native), in_view(RegistryView::Bits32)) {
        (None, _) => Finding::fail("absent"),
        (Some(provider), _) if !provider.image_present => {
            Finding::fail("file-missing").with("path", Value::path(&provider.image))
        }
        (Some(_), None) => Finding::warn("only-64"),
        (Some(_), Some(_)) => Finding::pass(),
    })
}

fn provider_override(view: &View<'_>) -> Judged {
    view.system_store_needed()?;
    let updates = seen(&view.facts.workstation.updates)?;
    if updates.has_october_2025 == Some(false) {
        return Err(SkipReason::NotNeeded);
    }
    let crypto = seen(&view.facts.workstation.windows_crypto)?;
    // once Microsoft has taken it away, what it was for tells
    let is_void = Rules::get().day("capi-override-ends", "").is_some_and(|day| day <= view.facts.today);
    if *seen(&crypto.capi_override)? == Some(0) && !is_void {
        return Ok(Finding::warn("bypass"));
    }
    if updates.has_october_2025.is_none() {
        return Err(SkipReason::VersionUnknown);
    }
    let bound = view.stored().ok().flatten();
    if bound.is_some_and(|stored| stored.provider_kind == Some(ProviderKind::Ksp)) && !opens_by_minidriver(view)? {
        return Ok(Finding::fail("key-storage"));
    }
    match &updates.events_624 {
        Observed::Seen(1..) => Ok(Finding::warn("events").with("count", *updates.events_624.seen().unwrap_or(&0))),
        _ => Ok(Finding::pass()),
    }
}

/// Whether Windows has a minidriver for the card in the reader.
pub(super) fn opens_by_minidriver(view: &View<'_>) -> Result<bool, SkipReason> {
    let entries = seen(&seen(&view.facts.workstation.windows_crypto)?.cards)?;
    let (atr, _) = view.cpx_in_question()?;
    Ok(calais::matching(entries, atr).iter().any(|entry| entry.minidriver.is_some()))
}

fn minidriver_conflict(view: &View<'_>) -> Judged {
    let cryptolib = view.cryptolib()?;
    let has_cryptolib = has_receipt(cryptolib) || has_module(cryptolib);
    let entries = seen(&seen(&view.facts.workstation.windows_crypto)?.cards)?;
    let of_cps = |entry: &&CalaisEntry| Rules::get().names("card-name", &entry.name);
    let (with, without): (Vec<_>, Vec<_>) = entries.iter().filter(of_cps).partition(|entry| entry.minidriver.is_some());
    let has_minidriver = !with.is_empty() || cryptolib.minidriver.seen() == Some(&true);
    Ok(match (has_minidriver, has_cryptolib) {
        (true, false) => Finding::fail("alone"),
        (true, true) if !without.is_empty() => Finding::warn("both"),
        _ => Finding::pass(),
    })
}

fn is_cps_token(name: &str) -> bool {
    Rules::get().names("ctk-token", name)
}

fn token_application(view: &View<'_>) -> Judged {
    view.system_store_needed()?;
    let macos = seen(&view.facts.workstation.macos)?;
    match &macos.ctk_extensions {
        Observed::Seen(extensions) if extensions.iter().any(|name| is_cps_token(name)) => Ok(Finding::pass()),
        _ if !macos.ctk_application => Ok(Finding::fail("absent")),
        observed => seen(observed).map(|_| Finding::warn("never-opened")),
    }
}

fn token_listed(view: &View<'_>) -> Judged {
    view.system_store_needed()?;
    let macos = seen(&view.facts.workstation.macos)?;
    if !macos.ctk_application {
        return Err(SkipReason::NotInstalled);
    }
    view.cpx()?;
    let listed = seen(&macos.tokens)?.iter().any(|token| is_cps_token(&token.driver));
    Ok(if listed { Finding::pass() } else { Finding::fail("not-listed") })
}

fn galss(view: &View<'_>) -> Judged {
    let Some(galss) = seen(&view.facts.workstation.galss)? else { return Err(SkipReason::NotNeeded) };
    let channels = match &galss.channels {
        Observed::Unseen(reason) if reason.why == Unseen::Malformed => return Ok(Finding::fail("unreadable")),
        observed => seen(observed)?,
    };
    let readers = view.readers()?;
    let is_there = |name: &str| readers.iter().any(|reader| reader.name.contains(name.trim()));
    let absent = channels.iter().filter(|channel| !channel.serial && !is_there(&channel.reader)).count();
    let over_pcsc = channels.iter().filter(|channel| !channel.serial).count();
    Ok(match absent {
        0 => Finding::pass(),
        _ if absent == over_pcsc => Finding::fail("all-absent"),
        _ => Finding::warn("some-absent"),
    })
}

fn competing(view: &View<'_>) -> Judged {
    let Some(program) = seen(&view.facts.workstation.processes)?.card_users.first() else {
        return Ok(Finding::pass());
    };
    let finding = if view.is_held() { Finding::fail("holding") } else { Finding::warn("running") };
    Ok(finding.with("name", program.name.as_str()))
}

fn app_control(view: &View<'_>) -> Judged {
    let updates = seen(&view.facts.workstation.updates)?;
    match updates.smart_app_control {
        None => Err(SkipReason::NotNeeded),
        Some(0) => Ok(Finding::pass()),
        Some(2) => Ok(Finding::warn("evaluation")),
        Some(_) => {
            let blocked = seen(&updates.blocked_files)?.first();
            Ok(blocked.map_or_else(Finding::pass, |name| Finding::fail("blocked").with("name", name.as_str())))
        }
    }
}
