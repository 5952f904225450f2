//! Whether the cards in the readers can be used, and with which reservations.

use crate::certificate::{Certificate, Moment, Revocation, Trust, Validity};
use crate::facts::Field;
use crate::facts::{
    CardAnswer, CardFacts, CardReading, CertificateFacts, CodeLevel, Evidence, Interface, ReaderContent,
};
use crate::identity::{CardType, Category, CheckVerdict, Date};

use super::certificate_verdict::{CertificatesVerdict, When, judge_card_certificates, judge_certificate};
use super::rules::Rules;

/// What there is to say about a CPx that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reservation {
    /// The last day of its validity has passed.
    Expired,
    /// It expires within the days of [`expires_soon`].
    ExpiresSoon,
    /// The first day of its validity is still to come.
    NotYetValid,
    /// It is a test card: production portals refuse it.
    TestCard,
    /// It is neither a real card nor a test card (a module, or an unpublished category).
    OtherCategory,
    /// The chip does not say which type of card it is, or says one that no table has.
    TypeUnknown,
    /// The chip does not say until when the card is valid.
    ValidityUnknown,
    /// The chip has no card number.
    NumberMissing,
    /// The chip has no identifier of the holder.
    HolderIdMissing,
    /// The card does not say how many tries of the code porteur are left.
    CodeUnknown,
    /// Wrong codes porteur were typed; more than one try is left.
    CodeLow,
    /// One try of the code porteur is left.
    CodeLastTry,
    /// The code porteur is blocked.
    CodeBlocked,
    /// The check digit of the holder's identifier is wrong.
    HolderIdCheck,
    /// The holder's identifier has not the shape of its register.
    HolderIdShape,
    /// Several CPx are in the readers: software does not know which one to take.
    SeveralCards,
    /// A certificate on the card is revoked: the card is "en opposition".
    CardRevoked,
    /// Revocation was asked for, and nothing can be said.
    RevocationUnknown,
    /// A certificate on the card is that of another card.
    OtherCardsCertificate,
    /// A certificate on the card is that of another holder.
    OtherHoldersCertificate,
    /// A certificate says something else than the chip, or than the other certificate.
    CertificateDiffers,
    /// A certificate has expired.
    CertificateExpired,
    /// A certificate begins in the future.
    CertificateNotYetValid,
    /// A certificate does not come from IGC-Santé, or was altered.
    CertificateNotTrusted,
    /// A certificate names an authority of IGC-Santé whose certificate is not on this workstation.
    CertificateNotVerified,
    /// A real card with a certificate of a test authority.
    CertificateOfTest,
    /// A certificate on the card cannot be read.
    CertificateUnreadable,
    /// The clock of this machine is the more likely culprit.
    ClockDoubt,
}

impl Reservation {
    /// Every reservation.
    pub const ALL: [Self; 28] = [
        Self::Expired,
        Self::ExpiresSoon,
        Self::NotYetValid,
        Self::TestCard,
        Self::OtherCategory,
        Self::TypeUnknown,
        Self::ValidityUnknown,
        Self::NumberMissing,
        Self::HolderIdMissing,
        Self::CodeUnknown,
        Self::CodeLow,
        Self::CodeLastTry,
        Self::CodeBlocked,
        Self::HolderIdCheck,
        Self::HolderIdShape,
        Self::SeveralCards,
        Self::CardRevoked,
        Self::RevocationUnknown,
        Self::OtherCardsCertificate,
        Self::OtherHoldersCertificate,
        Self::CertificateDiffers,
        Self::CertificateExpired,
        Self::CertificateNotYetValid,
        Self::CertificateNotTrusted,
        Self::CertificateNotVerified,
        Self::CertificateOfTest,
        Self::CertificateUnreadable,
        Self::ClockDoubt,
    ];

    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Expired => "card-expired",
            Self::ExpiresSoon => "card-expires-soon",
            Self::NotYetValid => "card-not-yet-valid",
            Self::TestCard => "card-test",
            Self::OtherCategory => "card-other-category",
            Self::TypeUnknown => "card-type-unknown",
            Self::ValidityUnknown => "card-validity-unknown",
            Self::NumberMissing => "card-number-missing",
            Self::HolderIdMissing => "holder-id-missing",
            Self::CodeUnknown => "code-unknown",
            Self::CodeLow => "code-low",
            Self::CodeLastTry => "code-last-try",
            Self::CodeBlocked => "code-blocked",
            Self::HolderIdCheck => "holder-id-check",
            Self::HolderIdShape => "holder-id-shape",
            Self::SeveralCards => "several-cards",
            Self::CardRevoked => "card-revoked",
            Self::RevocationUnknown => "revocation-unknown",
            Self::OtherCardsCertificate => "certificate-of-another-card",
            Self::OtherHoldersCertificate => "certificate-of-another-holder",
            Self::CertificateDiffers => "certificate-differs",
            Self::CertificateExpired => "certificate-expired",
            Self::CertificateNotYetValid => "certificate-not-yet-valid",
            Self::CertificateNotTrusted => "certificate-not-trusted",
            Self::CertificateNotVerified => "certificate-not-verified",
            Self::CertificateOfTest => "certificate-of-test",
            Self::CertificateUnreadable => "certificate-unreadable",
            Self::ClockDoubt => "clock-doubt",
        }
    }

    /// Whether no service takes a card of which this is said: it has expired, it is opposed, its code porteur is blocked.
    pub const fn forbids_use(self) -> bool {
        matches!(self, Self::Expired | Self::CardRevoked | Self::CodeBlocked)
    }
}

impl ReaderVerdict {
    /// Whether nothing that is said of the card forbids its use.
    pub fn is_usable(&self) -> bool {
        !self.reservations.iter().any(|one| one.forbids_use())
    }
}

/// Whether a card or a certificate with this last day is to be renewed now: it is still valid, for fewer days than the
/// table of rules says.
pub fn expires_soon(until: Date, today: Date) -> bool {
    let left = Moment::start_of(today).days_until(Moment::start_of(until));
    until >= today && left < i64::from(Rules::get().number("notice-days", "").unwrap_or_default())
}

/// The answer in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// A CPx was read, and there is nothing to say against it.
    Read,
    /// A CPx was read, with a reservation.
    Reserved,
    /// No usable CPx is in the readers.
    NoUsableCard,
    /// PC/SC itself cannot be used.
    CouldNotTell,
}

/// What the readers and cards are worth.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CardVerdict {
    /// The answer in one word.
    pub outcome: Outcome,
    /// What each reader's card is worth, in the order of the facts.
    pub readers: Vec<ReaderVerdict>,
}

/// What the card in one reader is worth; all empty for whatever is not a CPx.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ReaderVerdict {
    /// The reservations, the gravest not first: card, code, holder, certificates.
    pub reservations: Vec<Reservation>,
    /// The type as the chip says it, told apart further where a certificate of this card does.
    pub card_type: Option<CardType>,
    /// What its certificates are worth; none when they were not read.
    pub certificates: Option<CertificatesVerdict>,
}

/// Judges the cards as of this day, their certificates with this evidence.
pub fn judge_cards(facts: &CardFacts, evidence: &Evidence, when: When) -> CardVerdict {
    judge_with(facts, when, &|card| judge_card_certificates(card, evidence, when))
}

/// The same for cards whose certificates were not read: what verifies them is not needed.
pub fn judge_chips(facts: &CardFacts, when: When) -> CardVerdict {
    judge_with(facts, when, &|_| None)
}

/// Keeps with the cards what verifying their certificates gave: it cannot be found out again from a saved card.
pub fn keep_proofs(cards: &mut CardFacts, verdict: &CardVerdict) {
    for (reader, verdict) in cards.readers.iter_mut().flatten().zip(&verdict.readers) {
        let ReaderContent::Card(CardAnswer::Cpx(card)) = &mut reader.content else { continue };
        for one in card.certificates.iter_mut().flatten() {
            let mut judged = verdict.certificates.iter().flat_map(|all| &all.certificates);
            if let Some(judged) = judged.find(|judged| judged.certificate.as_der() == one.der) {
                one.facts = Some(judged.facts(one.facts.as_ref().map(|facts| &facts.proof)));
            }
        }
    }
}

/// Keeps with the readers the certificates that modules show of cards that could not be read, judged.
pub fn keep_shown(cards: &mut CardFacts, shown: Vec<(String, Certificate)>, evidence: &Evidence, when: When) {
    for (name, certificate) in shown {
        let judged = judge_certificate(String::new(), certificate, evidence, when.now).facts(None);
        if let Some(reader) = cards.readers.iter_mut().flatten().find(|reader| reader.name == name) {
            reader.shown.push(judged);
        }
    }
}

/// Judges the certificates of a card, where they were read.
type OfCertificates<'a> = &'a dyn Fn(&CardReading) -> Option<CertificatesVerdict>;

fn judge_with(facts: &CardFacts, when: When, certificates: OfCertificates<'_>) -> CardVerdict {
    let Ok(readers) = &facts.readers else {
        return CardVerdict { outcome: Outcome::CouldNotTell, readers: Vec::new() };
    };
    let cards: Vec<_> = readers.iter().map(|reader| reader.content.cpx()).collect();
    let several = cards.iter().flatten().count() > 1;
    let verdict = |card: Option<&CardReading>| {
        card.map_or_else(ReaderVerdict::default, |card| of_card(card, certificates(card), when, several))
    };
    let readers: Vec<_> = cards.iter().copied().map(verdict).collect();
    let outcome = if !cards.iter().zip(&readers).any(|(card, verdict)| card.is_some() && verdict.is_usable()) {
        Outcome::NoUsableCard
    } else if readers.iter().all(|reader| reader.reservations.is_empty()) {
        Outcome::Read
    } else {
        Outcome::Reserved
    };
    CardVerdict { outcome, readers }
}

fn of_card(card: &CardReading, certificates: Option<CertificatesVerdict>, when: When, several: bool) -> ReaderVerdict {
    let known = certificate_facts(card, certificates.as_ref());
    let mut reservations = of_chip(card, when.today);
    reservations.extend(several.then_some(Reservation::SeveralCards));
    reservations.extend(of_certificates(card, &known, certificates.as_ref(), when.now));
    let beginnings = known.iter().map(|one| Moment::from_unix(one.content.not_before));
    if when.clock_doubt(beginnings).is_some() {
        // what a wrong clock says of days is not worth telling
        use Reservation::{CertificateExpired, CertificateNotYetValid, Expired, ExpiresSoon, NotYetValid};
        reservations.retain(|one| {
            !matches!(one, Expired | ExpiresSoon | NotYetValid | CertificateExpired | CertificateNotYetValid)
        });
        reservations.push(Reservation::ClockDoubt);
    }
    let named = known.iter().filter_map(|one| one.content.card_type);
    let card_type = card.card_type.map(|on_chip| on_chip.told_apart_by(named));
    ReaderVerdict { reservations, card_type, certificates }
}

/// What is known of the certificates: judged now, or saved without their bytes.
fn certificate_facts(card: &CardReading, certificates: Option<&CertificatesVerdict>) -> Vec<CertificateFacts> {
    let proof = |der: &[u8]| {
        let same = card.certificates.iter().flatten().find(|one| one.der == der)?;
        same.facts.as_ref().map(|facts| &facts.proof)
    };
    let judged = certificates.into_iter().flat_map(|all| &all.certificates);
    let judged = judged.map(|one| one.facts(proof(one.certificate.as_der())));
    let saved = card.certificates.iter().flatten().filter(|one| one.parsed().is_none());
    judged.chain(saved.filter_map(|one| one.facts.clone())).collect()
}

fn of_chip(card: &CardReading, today: Date) -> Vec<Reservation> {
    let validity = match card.card.validity(today) {
        Validity::Expired { .. } => Some(Reservation::Expired),
        Validity::NotYetValid { .. } => Some(Reservation::NotYetValid),
        _ if card.card.valid_until.is_some_and(|until| expires_soon(until, today)) => Some(Reservation::ExpiresSoon),
        _ => card.card.valid_until.is_none().then_some(Reservation::ValidityUnknown),
    };
    let category = match card.card.category {
        Some(Category::Real) => None,
        Some(category) if category.is_test() => Some(Reservation::TestCard),
        Some(_) | None => Some(Reservation::OtherCategory),
    };
    let card_type = (!card.card_type.is_some_and(CardType::is_known)).then_some(Reservation::TypeUnknown);
    let number = card.card.number.is_none().then_some(Reservation::NumberMissing);
    let code = match card.code.level() {
        CodeLevel::Low => Some(Reservation::CodeLow),
        CodeLevel::LastTry => Some(Reservation::CodeLastTry),
        CodeLevel::Blocked => Some(Reservation::CodeBlocked),
        CodeLevel::Unknown if card.interface == Interface::Contact => Some(Reservation::CodeUnknown),
        CodeLevel::Full | CodeLevel::Unknown => None,
    };
    let holder_id = match card.holder.id.as_ref().map(|id| (id.check(), id.problem())) {
        None => (!card.holder_left_out).then_some(Reservation::HolderIdMissing),
        Some((CheckVerdict::Invalid, _)) => Some(Reservation::HolderIdCheck),
        Some((_, problem)) => problem.map(|_| Reservation::HolderIdShape),
    };
    [card_type, validity, category, number, code, holder_id].into_iter().flatten().collect()
}

/// Each reservation once, however many certificates give cause for it.
fn of_certificates(
    card: &CardReading,
    known: &[CertificateFacts],
    verdict: Option<&CertificatesVerdict>,
    now: Moment,
) -> Vec<Reservation> {
    let is_test = card.is_test() == Some(true);
    let mut found: Vec<_> = known.iter().flat_map(|one| of_certificate(one, is_test, now)).collect();
    if let Some(verdict) = verdict {
        found.extend(verdict.between.iter().map(|_| Reservation::CertificateDiffers));
        found.extend(verdict.unreadable.iter().filter(|one| !one.redacted).map(|_| Reservation::CertificateUnreadable));
    }
    Reservation::ALL.into_iter().filter(|one| found.contains(one)).collect()
}

fn of_certificate(one: &CertificateFacts, is_test: bool, now: Moment) -> Vec<Reservation> {
    let CertificateFacts { content, proof } = one;
    let time = match content.validity(now) {
        Validity::Expired { .. } => Some(Reservation::CertificateExpired),
        Validity::NotYetValid { .. } => Some(Reservation::CertificateNotYetValid),
        Validity::Valid { .. } | Validity::ExpiresSoon { .. } => None,
    };
    let trust = match proof.trust {
        Trust::UnknownIssuer | Trust::BadSignature | Trust::BrokenPath => Some(Reservation::CertificateNotTrusted),
        Trust::TestAuthority if !is_test => Some(Reservation::CertificateOfTest),
        Trust::AuthorityAbsent => Some(Reservation::CertificateNotVerified),
        Trust::Trusted | Trust::TestAuthority => None,
    };
    let revocation = match proof.revocation {
        // the opposition of another card is not this card's
        _ if proof.is_of_another() => None,
        Revocation::Revoked { .. } => Some(Reservation::CardRevoked),
        Revocation::Unknown(_) => Some(Reservation::RevocationUnknown),
        Revocation::NotRevoked { .. } | Revocation::NotChecked => None,
    };
    let agreement = proof.differs_in.iter().map(|field| match field {
        Field::CardNumber => Reservation::OtherCardsCertificate,
        Field::HolderId => Reservation::OtherHoldersCertificate,
        _ => Reservation::CertificateDiffers,
    });
    [revocation, time, trust].into_iter().flatten().chain(agreement).collect()
}
