//! Cards as they are kept in saved facts: without names, and with what their certificates are worth.

use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

use super::card_verdict::{CardVerdict, ReaderVerdict};
use super::certificate_verdict::CertificateVerdict;
use crate::certificate::Revocation;
use crate::facts::{
    CardAnswer, CardFacts, CardReading, Failure, Presence, ReaderContent, ReaderFacts, Recognised, SeenCard,
    SeenCertificate, SeenContent, SeenReader, Slot, is_listed, recognise,
};
use crate::identity::{CardType, Category, Distinction, Private};
use crate::workstation::{Observed, Unseen};

/// What a card is kept as: the readers of these facts, with who uses them as these slots say, and with this verdict on
/// their cards.
///
/// # Errors
///
/// The failure for which no reader could be listed.
pub fn seen_readers(facts: &CardFacts, slots: &[Slot], verdict: &CardVerdict) -> Result<Vec<SeenReader>, Failure> {
    let readers = facts.readers.as_ref().map_err(Clone::clone)?;
    let nothing = ReaderVerdict::default();
    let seen = |(place, reader): (usize, &ReaderFacts)| {
        let verdict = verdict.readers.get(place).unwrap_or(&nothing);
        let mut seen = SeenReader::new(reader.name.clone(), content(&reader.content, verdict));
        seen.in_use = slots.iter().find(|slot| slot.reader == reader.name).and_then(in_use);
        seen
    };
    Ok(readers.iter().enumerate().map(seen).collect())
}

/// The SHA-1 of a certificate, 40 lower-case hexadecimal digits, by which stores name it: compared, never shown.
pub fn fingerprint(der: &[u8]) -> Private {
    Private::new(hex::encode(digest(&SHA1_FOR_LEGACY_USE_ONLY, der)))
}

fn in_use(slot: &Slot) -> Option<bool> {
    match slot.presence {
        Presence::Card { in_use, exclusive, .. } => Some(in_use || exclusive),
        _ => None,
    }
}

fn content(content: &ReaderContent, verdict: &ReaderVerdict) -> SeenContent {
    match content {
        ReaderContent::Empty => SeenContent::Empty,
        ReaderContent::Mute => SeenContent::Mute,
        ReaderContent::Card(CardAnswer::Cpx(card)) => SeenContent::Cpx(Box::new(seen_card(card, verdict))),
        ReaderContent::Card(CardAnswer::Foreign { family, atr, .. }) => {
            SeenContent::Foreign { family: *family, atr: atr.to_string() }
        }
        ReaderContent::Failed { failure, atr } => SeenContent::Failed {
            failure: failure.clone(),
            atr: atr.as_ref().map(ToString::to_string),
            generation: atr.as_ref().and_then(|atr| match recognise(atr) {
                Recognised::Cpx { generation, .. } => Some(generation),
                Recognised::Foreign { .. } => None,
            }),
        },
    }
}

fn seen_card(card: &CardReading, verdict: &ReaderVerdict) -> SeenCard {
    let card_type = verdict.card_type.or(card.card_type);
    let certificates = verdict.certificates.as_ref();
    let unreadable = certificates.map_or(0, |all| all.unreadable.iter().filter(|one| !one.redacted).count());
    SeenCard {
        atr: card.atr.to_string(),
        exact_atr: is_listed(&card.atr),
        generation: card.generation,
        interface: card.interface,
        card_type: card_type.map(CardType::g02),
        type_label: card_type.map_or("CPx", |one| one.finest_label()).to_owned(),
        nominative: nominative(card_type),
        is_test: match card.card.category {
            Some(Category::Real) => Some(false),
            Some(category) if category.is_test() => Some(true),
            _ => None,
        },
        valid_from: card.card.valid_from,
        valid_until: card.card.valid_until,
        number: card.card.number.as_ref().map(|number| Private::new(number.reveal())),
        chip_serial: card.chip_serial.as_ref().map(|serial| Private::new(serial.reveal())),
        code: card.code.level(),
        tries_left: card.code.tries_left,
        certificates: match certificates {
            Some(all) => Observed::Seen(all.certificates.iter().map(seen_certificate).collect()),
            None => Observed::Unseen(Unseen::NotAsked.into()),
        },
        unreadable_certificates: u32::try_from(unreadable).unwrap_or(u32::MAX),
    }
}

/// Only its certificates tell a service card from the others of its type.
fn nominative(card_type: Option<CardType>) -> Option<bool> {
    match card_type?.distinction() {
        Some((Distinction::ServiceCard, _)) => Some(false),
        Some(_) => Some(true),
        None => [CardType::CPS, CardType::CPF].map(CardType::g02).contains(&card_type?.g02()).then_some(true),
    }
}

fn seen_certificate(one: &CertificateVerdict) -> SeenCertificate {
    let issuer = one.certificate.issuer();
    SeenCertificate {
        role: one.profile.role,
        fingerprint: fingerprint(one.certificate.as_der()),
        issuer: issuer.common_name().map_or_else(|| issuer.reveal(), str::to_owned),
        issuer_key_id: one.certificate.authority_key_id().map(hex::encode),
        not_before: one.certificate.not_before().unix(),
        not_after: one.certificate.not_after().unix(),
        trust: one.trust.trust(),
        revoked: match one.revocation {
            Revocation::Revoked { .. } => Some(true),
            Revocation::NotRevoked { .. } => Some(false),
            _ => None,
        },
        revocation_asked: one.revocation != Revocation::NotChecked,
        of_another: one.is_of_another(),
    }
}
