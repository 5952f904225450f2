//! The certificates of the card, on it and in the stores of Windows.

use super::Group;
use super::middleware::opens_by_minidriver;
use crate::certificate::{AuthorityTable, IssuerClaim, Moment, Role, Trust};
use crate::facts::Interface;
use crate::readiness::finding::{Finding, Judged, SkipReason, seen};
use crate::readiness::rules::Rules;
use crate::readiness::view::View;
use crate::workstation::Unseen;
use crate::workstation::facts::{ProviderKind, StoreLocation, StoredCertificate};
use crate::workstation::network::HostFacts;

pub(super) const CRITERIA: Group = &[
    ("auth-cert-present", present),
    ("auth-cert-validity", validity),
    ("auth-cert-chain", chain),
    ("test-card-on-production", test_card),
    ("auth-cert-in-store", in_store),
    ("auth-cert-provider-kind", provider_kind),
    ("stale-certs-in-store", stale),
    ("auth-cert-revocation", revocation),
];

/// Days before its end at which a certificate is worth a word.
const SOON: i64 = 60;
const SECONDS_A_DAY: i64 = 86_400;

fn present(view: &View<'_>) -> Judged {
    let card = view.card()?;
    let Ok(certificates) = seen(&card.certificates) else {
        let shown = seen(&view.token()?.certificates)?;
        let found = shown.iter().any(|one| one.role == Role::Authentication);
        return Ok(if found { Finding::pass() } else { Finding::fail("none") });
    };
    let has = |role: Role| certificates.iter().any(|one| one.role == role);
    if has(Role::Authentication) {
        return Ok(Finding::pass());
    }
    if card.interface == Interface::Contactless {
        return Err(SkipReason::CardNotRead);
    }
    Ok(if has(Role::Signature) {
        Finding::fail("signature-only")
    } else if card.unreadable_certificates > 0 {
        Finding::fail("unreadable")
    } else {
        Finding::fail("none")
    })
}

fn validity(view: &View<'_>) -> Judged {
    if let Some(end) = view.card()?.valid_until.filter(|end| *end < view.today()) {
        return Ok(Finding::fail("expired").with("date", &end));
    }
    let certificate = view.certificate()?;
    let now = view.now();
    let day = |seconds: i64| Moment::from_unix(seconds).date();
    let left = certificate.not_after.saturating_sub(now) / SECONDS_A_DAY;
    Ok(if certificate.not_after < now {
        Finding::fail("expired").with("date", &day(certificate.not_after))
    } else if certificate.not_before > now && view.clock_is_behind() {
        return Err(SkipReason::NotNeeded);
    } else if certificate.not_before > now {
        Finding::fail("not-yet").with("date", &day(certificate.not_before))
    } else if left < SOON {
        Finding::warn("soon").with("date", &day(certificate.not_after)).with("days", &left)
    } else {
        Finding::pass()
    })
}

fn chain(view: &View<'_>) -> Judged {
    let certificate = view.certificate()?;
    let issuer = certificate.issuer.trim();
    let claim = AuthorityTable::igc_sante().claim_of_name(issuer);
    let finding = match certificate.trust {
        Trust::Trusted | Trust::TestAuthority => return Ok(Finding::pass()),
        Trust::AuthorityAbsent => Finding::warn("authority-absent"),
        Trust::UnknownIssuer if claim == IssuerClaim::Known => Finding::fail("imitation"),
        Trust::UnknownIssuer if claim == IssuerClaim::NewName => {
            // a portal that names it knows it
            let named = |host: &HostFacts| {
                let request = host.tls.as_ref()?.certificate_request.as_ref()?;
                request.accepts(issuer).filter(|_| request.authority_count > 0)
            };
            let is_named = view.hosts().is_ok_and(|hosts| hosts.into_iter().any(|host| named(host) == Some(true)));
            if is_named {
                return Ok(Finding::pass());
            }
            Finding::warn("newer-authority")
        }
        Trust::UnknownIssuer => Finding::fail("unknown-issuer"),
        Trust::BadSignature => Finding::fail("bad-signature"),
        Trust::BrokenPath => Finding::fail("broken-path"),
    };
    Ok(finding.with("issuer", &certificate.issuer))
}

fn test_card(view: &View<'_>) -> Judged {
    let card = view.card()?;
    let by_certificate = view.certificate().is_ok_and(|certificate| certificate.trust == Trust::TestAuthority);
    if card.is_test == Some(true) || by_certificate {
        return Ok(Finding::fail("test-card"));
    }
    if card.is_test.is_none() && view.certificate().is_err() {
        return Err(SkipReason::NoCertificate);
    }
    Ok(Finding::pass())
}

fn in_store(view: &View<'_>) -> Judged {
    view.system_store_needed()?;
    Ok(match view.stored()?.map(|stored| stored.location) {
        Some(StoreLocation::CurrentUser) => Finding::pass(),
        Some(StoreLocation::LocalMachine) => Finding::warn("machine-only"),
        None => Finding::fail("absent"),
    })
}

fn provider_kind(view: &View<'_>) -> Judged {
    view.system_store_needed()?;
    let stored = view.stored()?.ok_or(SkipReason::NoCertificate)?;
    let name = stored.provider.as_deref().unwrap_or_default();
    let finding = match stored.provider_kind.ok_or(SkipReason::Unseen(Unseen::Absent))? {
        ProviderKind::Ksp if opens_by_minidriver(view)? => return Ok(Finding::pass()),
        ProviderKind::Ksp => Finding::fail("key-storage"),
        ProviderKind::Csp if !is_registered(view, stored)? => Finding::fail("unknown-provider"),
        // whether that is enough is for the server to say: asked online, another check tells
        ProviderKind::Csp if view.network().is_ok() => return Ok(Finding::pass()),
        ProviderKind::Csp => Finding::warn("no-tls-13"),
    };
    Ok(finding.with("name", name))
}

fn is_registered(view: &View<'_>, stored: &StoredCertificate) -> Result<bool, SkipReason> {
    let providers = seen(&seen(&view.facts.workstation.windows_crypto)?.providers)?;
    let of_smart_cards = |name: &String| Rules::get().has("smart-card-ksp", name);
    let named = |name: &String| providers.iter().any(|provider| provider.name == *name) || of_smart_cards(name);
    Ok(stored.provider.as_ref().is_some_and(named))
}

fn stale(view: &View<'_>) -> Judged {
    let stored = seen(&view.facts.workstation.stored_certificates)?;
    let card = view.card().ok();
    let on_card = card.and_then(|card| card.certificates.seen());
    let is_stale = |one: &&StoredCertificate| {
        let expired = one.not_after < view.now();
        let of_another = on_card.is_some_and(|all| all.iter().all(|own| own.fingerprint != one.fingerprint));
        let other_number = card.and_then(|card| card.number.as_ref()).zip(one.card_number.as_ref());
        one.location == StoreLocation::CurrentUser
            && (expired || of_another || other_number.is_some_and(|(card, stored)| card != stored))
    };
    let count = stored.iter().filter(is_stale).count();
    Ok(if count == 0 { Finding::pass() } else { Finding::warn("stale").with("count", &count) })
}

fn revocation(view: &View<'_>) -> Judged {
    let certificates = seen(&view.card()?.certificates)?;
    let own: Vec<_> = certificates.iter().filter(|one| !one.of_another).collect();
    if own.is_empty() {
        return Err(SkipReason::NoCertificate);
    }
    if own.iter().any(|one| one.revoked == Some(true)) {
        return Ok(Finding::fail("revoked"));
    }
    if !own.iter().any(|one| one.revocation_asked) {
        return Err(SkipReason::Offline);
    }
    Ok(if own.iter().any(|one| one.revoked.is_none()) { Finding::warn("unknown") } else { Finding::pass() })
}
