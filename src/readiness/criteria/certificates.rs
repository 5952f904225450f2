//! The certificates of the card, on it and in the stores of Windows.

use super::Group;
use super::middleware::opens_by_minidriver;
use crate::certificate::{AuthorityTable, IssuerClaim, Moment, Revocation, Role, Trust, Validity};
use crate::facts::{CardReading, CertificateFacts, Interface};
use crate::readiness::expires_soon;
use crate::readiness::finding::{Finding, Judged, SkipReason, seen};
use crate::readiness::rules::Rules;
use crate::readiness::value::Value;
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

fn present(view: &View<'_>) -> Judged {
    let card = view.card();
    let Ok(certificates) = view.certificates() else {
        card?;
        let shown = seen(&view.token()?.certificates)?;
        let found = shown.iter().any(|one| one.role == Role::Authentication);
        return Ok(if found { Finding::pass() } else { Finding::fail("none") });
    };
    let has = |role: Role| certificates.iter().any(|one| one.content.role == role);
    if has(Role::Authentication) {
        return Ok(if card.is_ok() { Finding::pass() } else { Finding::warn("from-module") });
    }
    let card = card?;
    if card.interface == Interface::Contactless {
        return Err(SkipReason::CardNotRead);
    }
    Ok(if has(Role::Signature) {
        Finding::fail("signature-only")
    } else if card.certificates.iter().flatten().any(|one| one.facts.is_none()) {
        Finding::fail("unreadable")
    } else {
        Finding::fail("none")
    })
}

fn validity(view: &View<'_>) -> Judged {
    if let Ok(card) = view.card()
        && let (Validity::Expired { .. }, Some(end)) = (view.card_validity(card), card.card.valid_until)
    {
        return Ok(Finding::fail("expired").with("date", end));
    }
    let certificate = &view.certificate()?.content;
    let day = |seconds: i64| Moment::from_unix(seconds).date();
    Ok(match certificate.validity(Moment::from_unix(view.now())) {
        Validity::Expired { .. } => Finding::fail("expired").with("date", day(certificate.not_after)),
        Validity::NotYetValid { .. } if view.clock_is_behind() => return Err(SkipReason::NotNeeded),
        Validity::NotYetValid { .. } => Finding::fail("not-yet").with("date", day(certificate.not_before)),
        Validity::ExpiresSoon { days } => {
            Finding::warn("soon").with("date", day(certificate.not_after)).with("days", days)
        }
        Validity::Valid { .. } => {
            let of_card = view.card().ok().and_then(|card| card.card.valid_until);
            match of_card.filter(|end| expires_soon(*end, view.today())) {
                Some(end) => {
                    let days = Moment::start_of(view.today()).days_until(Moment::start_of(end));
                    Finding::warn("soon").with("date", end).with("days", days)
                }
                None => Finding::pass(),
            }
        }
    })
}

fn chain(view: &View<'_>) -> Judged {
    let certificate = view.certificate()?;
    let issuer = certificate.content.issuer.trim();
    let claim = AuthorityTable::igc_sante().claim_of_name(issuer);
    let finding = match certificate.proof.trust {
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
    Ok(finding.with("issuer", Value::code(&certificate.content.issuer)))
}

fn test_card(view: &View<'_>) -> Judged {
    let by_chip = view.card().map(CardReading::is_test);
    let by_certificate = view.certificate().map(|certificate| certificate.proof.trust == Trust::TestAuthority);
    match (by_chip, by_certificate) {
        (Ok(Some(true)), _) | (_, Ok(true)) => Ok(Finding::fail("test-card")),
        (Ok(None), Err(_)) => Err(SkipReason::NoCertificate),
        (Err(reason), Err(_)) => Err(reason),
        _ => Ok(Finding::pass()),
    }
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
    let on_card = card.and(view.certificates().ok());
    let is_stale = |one: &&StoredCertificate| {
        let number = card.and_then(|card| card.card.number.as_ref()).zip(one.card_number.as_ref());
        let same_number = number.map(|(card, stored)| card.reveal() == stored.reveal());
        // that for signature is not always read: it ends with that for authentication, and names the same card
        let is_unread = |own: &Vec<&CertificateFacts>| {
            let ends_together = |own: &&CertificateFacts| own.content.not_after == one.not_after;
            same_number == Some(true)
                && own.iter().all(|own| own.content.role != Role::Signature)
                && own.iter().any(ends_together)
        };
        let of_another = on_card
            .as_ref()
            .is_some_and(|own| own.iter().all(|own| own.proof.fingerprint != one.fingerprint) && !is_unread(own));
        let expired = one.not_after < view.now();
        one.location == StoreLocation::CurrentUser && (expired || of_another || same_number == Some(false))
    };
    let count = stored.iter().filter(is_stale).count();
    Ok(if count == 0 { Finding::pass() } else { Finding::warn("stale").with("count", count) })
}

fn revocation(view: &View<'_>) -> Judged {
    let own = view.certificates()?.into_iter().filter(|one| !one.proof.is_of_another());
    let own: Vec<_> = own.map(|one| one.proof.revocation).collect();
    if own.is_empty() {
        return Err(SkipReason::NoCertificate);
    }
    if own.iter().any(|one| matches!(one, Revocation::Revoked { .. })) {
        return Ok(Finding::fail("revoked"));
    }
    if own.iter().all(|one| *one == Revocation::NotChecked) {
        return Err(SkipReason::Offline);
    }
    let known = own.iter().all(|one| matches!(one, Revocation::NotRevoked { .. }));
    Ok(if known { Finding::pass() } else { Finding::warn("unknown") })
}
