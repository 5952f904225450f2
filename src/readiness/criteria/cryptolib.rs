//! The Cryptolib CPS: what is installed of it, and in which state.

use std::collections::BTreeSet;

use super::Group;
use crate::readiness::finding::{Finding, Judged, SkipReason, seen};
use crate::readiness::rules::Rules;
use crate::readiness::value::Value;
use crate::readiness::view::{View, has_module, has_receipt, told};
use crate::token::Agreement;
use crate::workstation::Unseen;
use crate::workstation::facts::{
    Architecture, CryptolibFile, Family, FileUse, ModuleCopy, Signature, SignatureState, VersionSource,
};

pub(super) const CRITERIA: Group = &[
    ("cryptolib-installed", installed),
    ("cryptolib-version-readable", version_readable),
    ("cryptolib-version-min", version_min),
    ("cryptolib-files-complete", files_complete),
    ("cryptolib-signature", signature),
    ("cryptolib-bitness", bitness),
    ("cryptolib-duplicates", duplicates),
    ("cryptolib-leftovers", leftovers),
    ("cryptolib-cache-writable", cache_writable),
    ("cryptolib-traces-off", traces_off),
];

/// Bytes of traces that are worth a word.
const LARGE_LOG: u64 = 50 * 1024 * 1024;
/// Bytes of traces that are a problem, or of free space whose lack is one.
const HUGE_LOG: u64 = 1024 * 1024 * 1024;
/// Names that one sentence holds.
const NAMES: usize = 3;

fn installed(view: &View<'_>) -> Judged {
    let cryptolib = view.cryptolib()?;
    match (has_receipt(cryptolib), has_module(cryptolib)) {
        (true, true) => Ok(Finding::pass()),
        (false, true) => Ok(Finding::warn("no-receipt")),
        (true, false) => Ok(Finding::warn("no-module")),
        (false, false) if cryptolib.minidriver.seen() == Some(&true) => Err(SkipReason::NotNeeded),
        (false, false) if !cryptolib.copies.is_empty() => Ok(Finding::fail("copy-only")),
        (false, false) => Ok(Finding::fail("absent")),
    }
}

fn version_readable(view: &View<'_>) -> Judged {
    let versions: BTreeSet<_> = told(view.installed()?).collect();
    Ok(match versions.len() {
        0 => Finding::fail("none"),
        1 => Finding::pass(),
        _ => {
            let list: Vec<_> = versions.iter().map(ToString::to_string).collect();
            Finding::warn("disagree").with("list", Value::code(list.join(", ")))
        }
    })
}

fn version_min(view: &View<'_>) -> Judged {
    let version = view.cryptolib_version()?;
    let system = match view.family() {
        Some(Family::Windows) => "windows",
        Some(Family::Macos) => "macos",
        Some(Family::Linux) => "linux",
        _ => return Err(SkipReason::Unseen(Unseen::NotThisSystem)),
    };
    let rules = Rules::get();
    let floor = rules.version("cryptolib-floor", system);
    let wanted = floor.map_or_else(String::new, |floor| floor.to_string());
    let below = |floor: Option<_>| floor.is_some_and(|floor| version < floor);
    let finding = if below(rules.version("cryptolib-flaw", "")) {
        Finding::fail("flaw")
    } else if below(floor) {
        Finding::fail("too-old")
    } else {
        return Ok(Finding::pass());
    };
    Ok(finding.with("version", version).with("advised", Value::code(wanted.as_str())))
}

fn files_complete(view: &View<'_>) -> Judged {
    let files = &view.installed()?.files;
    if files.is_empty() {
        return Err(SkipReason::Unseen(Unseen::Absent));
    }
    // the 64-bit package alone: whether a browser misses the other is for another check
    let is_for_32_bits = |file: &CryptolibFile| file.path.to_ascii_lowercase().ends_with("w32.dll");
    let of_module = |file: &&CryptolibFile| file.needed_for == FileUse::Module;
    let without_32_bits = files.iter().filter(of_module).all(|file| file.present != is_for_32_bits(file));
    // the module makes its cache itself, which another check is about
    let cache = view.installed()?.cache.seen().map(|cache| cache.path.as_str());
    let missing = |optional: bool| {
        let is_cache = move |file: &CryptolibFile| Some(file.path.as_str()) == cache;
        let wanted = move |file: &&CryptolibFile| {
            let left_out = is_cache(file) || without_32_bits && is_for_32_bits(file);
            !file.present && !left_out && (file.needed_for == FileUse::Optional) == optional
        };
        files.iter().filter(wanted).map(|file| file.path.as_str()).collect::<Vec<_>>()
    };
    let (needed, optional) = (missing(false), missing(true));
    Ok(match (needed.is_empty(), optional.is_empty()) {
        (false, _) => Finding::fail("missing").with("list", listed(&needed)),
        (true, false) => Finding::warn("optional").with("list", listed(&optional)),
        (true, true) => Finding::pass(),
    })
}

/// The first names, and how many are left out.
fn listed(names: &[&str]) -> Value {
    let shown = names.iter().take(NAMES).copied().collect::<Vec<_>>().join(", ");
    Value::Path(match names.len().saturating_sub(NAMES) {
        0 => shown,
        more => format!("{shown} (+{more})"),
    })
}

fn signature(view: &View<'_>) -> Judged {
    let signatures = seen(&view.installed()?.signatures)?;
    let of = |state: SignatureState| signatures.iter().find(|signature| signature.state == state);
    if let Some(bad) = of(SignatureState::Bad) {
        return Ok(Finding::fail("bad").with("path", Value::path(&bad.path)));
    }
    if let Some(unsigned) = of(SignatureState::Absent) {
        return Ok(Finding::fail("unsigned").with("path", Value::path(&unsigned.path)));
    }
    let is_foreign = |one: &&Signature| one.state == SignatureState::Valid && is_of_another(one);
    if let Some(foreign) = signatures.iter().find(is_foreign) {
        return Ok(Finding::fail("other-signer").with("path", Value::path(&foreign.path)));
    }
    if of(SignatureState::SignerExpired).is_some() {
        return Ok(Finding::warn("signer-expired"));
    }
    let all_valid = !signatures.is_empty() && of(SignatureState::Unknown).is_none();
    if all_valid { Ok(Finding::pass()) } else { Err(SkipReason::Unseen(Unseen::Failed)) }
}

/// Whether a signature names who signed, and that is not ANS.
fn is_of_another(signature: &Signature) -> bool {
    let team = signature.team.as_ref().map(|team| !Rules::get().has("signer-team", team));
    let name = || signature.signer.as_ref().is_some_and(|signer| !Rules::get().names("signer", signer));
    team.unwrap_or_else(name)
}

fn bitness(view: &View<'_>) -> Judged {
    let system = seen(&view.facts.workstation.system)?;
    let copies = &view.installed()?.copies;
    let has = |wanted: Architecture| copies.iter().any(|copy| copy.official && copy.architectures.contains(&wanted));
    // a file that is gone makes no other package of it
    let package = view.installed()?.versions.iter().any(|told| told.source == VersionSource::Registry64);
    let (long, short) = (has(Architecture::X86_64) || package, has(Architecture::X86));
    if system.architecture != Some(Architecture::X86_64) || (!long && !short) {
        return Err(SkipReason::NotNeeded);
    }
    let needs = |wanted: Architecture| {
        view.installed_browsers().is_ok_and(|all| all.iter().any(|browser| browser.architectures == [wanted]))
    };
    Ok(match (long, short) {
        (true, true) => Finding::pass(),
        (false, _) if needs(Architecture::X86_64) => Finding::fail("browser-64"),
        (_, false) if needs(Architecture::X86) => Finding::fail("browser-32"),
        (false, _) => Finding::warn("only-32"),
        (true, false) => Finding::warn("only-64"),
    })
}

fn duplicates(view: &View<'_>) -> Judged {
    let copies = &view.installed()?.copies;
    let official: Vec<_> = copies.iter().filter(|copy| copy.official).collect();
    let others: Vec<_> = copies.iter().filter(|copy| !copy.official).collect();
    let same = |copy: &&&ModuleCopy| {
        let equal = |one: &&ModuleCopy| {
            let bytes = one.sha256.is_some() && one.sha256 == copy.sha256;
            bytes || one.version.is_some() && one.version == copy.version
        };
        official.iter().copied().any(|one| equal(&one))
    };
    let strange: Vec<_> = others.iter().filter(|copy| !same(copy)).map(|copy| copy.path.as_str()).collect();
    let names: Vec<_> = others.iter().map(|copy| copy.path.as_str()).collect();
    Ok(match (strange.is_empty(), names.is_empty()) {
        (false, _) => Finding::fail("other-version").with("list", listed(&strange)),
        (true, false) => Finding::warn("same-version").with("list", listed(&names)),
        (true, true) => Finding::pass(),
    })
}

fn leftovers(view: &View<'_>) -> Judged {
    let found: Vec<_> = seen(&view.cryptolib()?.leftovers)?.iter().map(String::as_str).collect();
    Ok(if found.is_empty() { Finding::pass() } else { Finding::warn("found").with("list", listed(&found)) })
}

fn cache_writable(view: &View<'_>) -> Judged {
    let cache = seen(&view.installed()?.cache)?;
    let is_other =
        |agreement: &Agreement| matches!(agreement, Agreement::Outdated { .. } | Agreement::AnotherCard { .. });
    let outdated = view.cpx().is_ok() && view.token().is_ok_and(|token| is_other(&token.agreement));
    Ok(match cache.writable {
        // the package for macOS does not make it, the module does
        _ if !cache.present && view.is_on(Family::Macos) => Finding::pass(),
        _ if !cache.present => Finding::fail("missing").with("path", Value::path(&cache.path)),
        Some(false) => Finding::fail("read-only").with("path", Value::path(&cache.path)),
        _ if outdated => Finding::fail("stale").with("path", Value::path(&cache.path)),
        _ if cache.empty_files > 0 => Finding::warn("empty-files").with("path", Value::path(&cache.path)),
        Some(true) => Finding::pass(),
        None => return Err(SkipReason::Unseen(Unseen::Failed)),
    })
}

fn traces_off(view: &View<'_>) -> Judged {
    let traces = seen(&view.installed()?.traces)?;
    let full = traces.log_bytes > HUGE_LOG || traces.free_bytes.is_some_and(|free| free < HUGE_LOG);
    let finding = match traces.on {
        true if full => Finding::fail("on-and-full"),
        true => Finding::warn("on"),
        false if traces.log_bytes >= LARGE_LOG => Finding::warn("log-left"),
        false => return Ok(Finding::pass()),
    };
    Ok(finding.with("megabytes", traces.log_bytes / (1024 * 1024)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_that_names_another_publisher_is_somebody_elses() {
        let signed = |signer: Option<&str>, team: Option<&str>| {
            let mut signature = Signature::default();
            (signature.signer, signature.team) = (signer.map(str::to_owned), team.map(str::to_owned));
            is_of_another(&signature)
        };
        assert!(!signed(Some("AGENCE DU NUMERIQUE EN SANTE GIP"), None));
        assert!(!signed(Some("ASIP SANTE"), None));
        assert!(signed(Some("Somebody Ltd"), None));
        assert!(!signed(None, None), "nobody is named");
        assert!(!signed(Some("Developer ID Application: quelqu'un (Y8WQ8FQ7KH)"), Some("Y8WQ8FQ7KH")));
        assert!(signed(Some("Developer ID Application: ASIP (ABCDE12345)"), Some("ABCDE12345")));
    }
}
