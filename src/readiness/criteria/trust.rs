//! The authorities that the workstation trusts.

use super::Group;
use super::network::intercepted;
use crate::readiness::finding::{Finding, Judged, SkipReason, seen};
use crate::readiness::rules::Rules;
use crate::readiness::value::Value;
use crate::readiness::view::View;
use crate::workstation::facts::Family;
use crate::workstation::network::{ChainEnd, HostFacts, IgcPath};

pub(super) const CRITERIA: Group = &[
    ("igc-roots-present", roots_present),
    ("portal-chain-trusted", chain_trusted),
    ("old-igc-roots", old_roots),
    ("firefox-enterprise-roots", enterprise_roots),
];

fn is_of_igc(host: &HostFacts) -> bool {
    let path = host.tls.as_ref().and_then(|handshake| handshake.igc_sante);
    matches!(path, Some(IgcPath::Signed | IgcPath::Named))
}

fn roots_present(view: &View<'_>) -> Judged {
    let trusted = seen(&view.facts.workstation.trusted_authorities)?;
    let lacks = |rule: &'static str| {
        Rules::get().values(rule, "").any(|root| !trusted.iter().any(|one| one.eq_ignore_ascii_case(root)))
    };
    if lacks("igc-root") {
        // the package for Windows installs them: there they are missed without the network too
        let needed = view.is_on(Family::Windows) || view.hosts()?.into_iter().any(is_of_igc);
        return if needed { Ok(Finding::fail("missing")) } else { Err(SkipReason::NotNeeded) };
    }
    Ok(if lacks("igc-intermediate") { Finding::warn("intermediate") } else { Finding::pass() })
}

fn chain_trusted(view: &View<'_>) -> Judged {
    view.worst_host(|host| {
        let handshake = host.tls.as_ref().ok_or(SkipReason::NoHost)?;
        let end = handshake.system_store.as_ref().ok_or(SkipReason::NoHost)?;
        let finding = match end {
            ChainEnd::Valid => return Ok(Finding::pass()),
            ChainEnd::UnknownIssuer if is_of_igc(host) => Finding::fail("igc-only"),
            ChainEnd::Expired | ChainEnd::NotYetValid => Finding::fail("out-of-time"),
            ChainEnd::OtherName => Finding::fail("other-name"),
            ChainEnd::UnknownIssuer | ChainEnd::Unfit(_) => Finding::fail("untrusted"),
        };
        Ok(finding.with("host", Value::host(&host.host)))
    })
}

fn old_roots(view: &View<'_>) -> Judged {
    let trusted = seen(&view.facts.workstation.trusted_authorities)?;
    let is_current = |one: &str| ["igc-root", "igc-intermediate"].iter().any(|rule| Rules::get().has(rule, one));
    let count = trusted.iter().filter(|one| !is_current(one)).count();
    Ok(if count == 0 { Finding::pass() } else { Finding::warn("found").with("count", count) })
}

fn enterprise_roots(view: &View<'_>) -> Judged {
    let profile = view.firefox_profile()?;
    let policy = view.facts.workstation.firefox_policies.seen().and_then(|policies| policies.enterprise_roots);
    let on = policy.or(seen(&profile.preferences)?.enterprise_roots).unwrap_or(true);
    if on {
        return Ok(Finding::pass());
    }
    let inspected = view.hosts()?.into_iter().any(|host| intercepted(view, host).is_some());
    Ok(if inspected { Finding::warn("off-with-inspection") } else { Finding::pass() })
}
