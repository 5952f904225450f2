//! What the certificates of a card, or of a file, are worth: time, trust, revocation, and agreement with the chip.

use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

use crate::certificate::{
    Certificate, ClockDoubt, Judge, Moment, Profile, Revocation, Role, Source, Trust, TrustVerdict, UnknownReason,
    Validity,
};
use crate::facts::{
    CardReading, CertificateContent, CertificateFacts, CertificateProof, Evidence, Facts, Failure, Interface,
    PublicCertificate,
};
use crate::facts::{Disagreement, disagreements_between, disagreements_with_chip};
use crate::identity::{Date, Private};

/// What one certificate is worth.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CertificateVerdict {
    /// Its label on the card, or its file: hostile text.
    pub label: String,
    /// What it says.
    pub certificate: Certificate,
    /// What it is.
    pub profile: Profile,
    /// Where today stands in its validity.
    pub validity: Validity,
    /// Whether it is worth trusting.
    pub trust: TrustVerdict,
    /// The names of the authorities above it whose signatures were verified, its issuer first.
    pub path: Vec<String>,
    /// Whether it was revoked.
    pub revocation: Revocation,
    /// What each source said of that, where it was asked.
    pub answers: Vec<(Source, Revocation)>,
    /// Where it says something else than the chip; empty for a certificate of a file.
    pub disagreements: Vec<Disagreement>,
}

/// A certificate that cannot be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnreadableCertificate {
    /// Its label on the card, or its file: hostile text.
    pub label: String,
    /// Why.
    pub failure: Failure,
    /// Whether a redacted recording holds it without its content.
    pub redacted: bool,
}

impl CertificateVerdict {
    /// Whether it says itself that it is another card's, or another holder's.
    pub fn is_of_another(&self) -> bool {
        self.disagreements.iter().any(|one| one.field.meaning() != "differs")
    }

    /// What is kept of it with the card.
    pub(super) fn facts(&self, known: Option<&CertificateProof>) -> CertificateFacts {
        let content = CertificateContent { role: self.profile.role, ..CertificateContent::of(&self.certificate) };
        let fingerprint = || Private::new(hex::encode(digest(&SHA1_FOR_LEGACY_USE_ONLY, self.certificate.as_der())));
        let proof = known.cloned().unwrap_or_else(|| CertificateProof {
            fingerprint: fingerprint(),
            trust: self.trust.trust(),
            reason: self.trust.reason(),
            revocation: self.revocation,
            differs_in: self.disagreements.iter().map(|one| one.field).collect(),
        });
        CertificateFacts { content, proof }
    }
}

impl UnreadableCertificate {
    /// A file that holds no certificate, or none that can be read.
    pub fn new(label: String, failure: Failure) -> Self {
        Self { label, failure, redacted: false }
    }
}

/// What several certificates are worth together.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct CertificatesVerdict {
    /// One for each that can be read, in their order.
    pub certificates: Vec<CertificateVerdict>,
    /// Those that cannot.
    pub unreadable: Vec<UnreadableCertificate>,
    /// Where the first two of a card say different things.
    pub between: Vec<Disagreement>,
    /// Why the clock of the machine is the more likely culprit, if it is.
    pub clock: Option<ClockDoubt>,
}

/// When to judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct When {
    /// The day on the calendar: cards are valid by days.
    pub today: Date,
    /// The moment: certificates are valid by seconds.
    pub now: Moment,
    /// Whether it is what the clock of the machine says, which can be wrong.
    pub by_clock: bool,
}

impl When {
    /// Judges at what the clock of the machine says: its calendar's day, and the moment.
    pub const fn clock(today: Date, now: Moment) -> Self {
        Self { today, now, by_clock: true }
    }

    /// Judges at the moment of these facts.
    pub const fn of(facts: &Facts) -> Self {
        Self { today: facts.today, now: Moment::from_unix(facts.now), by_clock: facts.by_clock }
    }

    /// Why the clock is to be doubted, given when these certificates begin; a chosen day never is.
    pub fn clock_doubt(self, beginnings: impl IntoIterator<Item = Moment>) -> Option<ClockDoubt> {
        if self.by_clock { ClockDoubt::of(self.now, beginnings) } else { None }
    }

    /// Judges as of a chosen day, at its noon: lists of that morning count.
    pub fn on(day: Date) -> Self {
        const NOON: i64 = 12 * 3600;
        let now = Moment::from_unix(Moment::start_of(day).unix().saturating_add(NOON));
        Self { today: day, now, by_clock: false }
    }
}

/// Judges the certificates of a card, against what its chip says. None when they were not read.
pub fn judge_card_certificates(card: &CardReading, evidence: &Evidence, when: When) -> Option<CertificatesVerdict> {
    // of a saved card, the bytes may be gone or emptied, and what they said is known
    let with_bytes = card.certificates.as_ref()?.iter().filter(|one| one.facts.is_none() || one.parsed().is_some());
    let read = with_bytes.map(|PublicCertificate { label, der, facts, .. }| {
        let parsed = Certificate::parse(der).map_err(|error| UnreadableCertificate {
            label: label.clone(),
            failure: error.into(),
            redacted: evidence.redacted && has_no_signature(der),
        });
        let proof = facts.as_ref().map(|facts| &facts.proof);
        parsed.map(|certificate| judge(label.clone(), certificate, proof, evidence, when.now))
    });
    let mut verdict = CertificatesVerdict::of(read, when);
    for one in &mut verdict.certificates {
        one.disagreements = disagreements_with_chip(card, &one.certificate);
        if card.interface == Interface::Contactless && one.profile.role == Role::Authentication {
            one.profile.role = Role::Technical;
        }
    }
    if let [one, other, ..] = verdict.certificates.as_slice() {
        verdict.between = disagreements_between(&one.certificate, &other.certificate);
    }
    Some(verdict)
}

/// Judges certificates on their own.
pub fn judge_certificates(
    read: impl IntoIterator<Item = Result<(String, Certificate), UnreadableCertificate>>,
    evidence: &Evidence,
    when: When,
) -> CertificatesVerdict {
    let judge = |(label, certificate)| judge(label, certificate, None, evidence, when.now);
    CertificatesVerdict::of(read.into_iter().map(|one| one.map(judge)), when)
}

impl CertificatesVerdict {
    fn of(judged: impl Iterator<Item = Result<CertificateVerdict, UnreadableCertificate>>, when: When) -> Self {
        let mut verdict = Self::default();
        for one in judged {
            match one {
                Ok(certificate) => verdict.certificates.push(certificate),
                Err(unreadable) => verdict.unreadable.push(unreadable),
            }
        }
        verdict.clock = when.clock_doubt(verdict.certificates.iter().map(|one| one.certificate.not_before()));
        verdict
    }
}

/// Judges one certificate on its own.
pub(super) fn judge_certificate(
    label: String,
    certificate: Certificate,
    evidence: &Evidence,
    now: Moment,
) -> CertificateVerdict {
    judge(label, certificate, None, evidence, now)
}

/// What is known from before, because the certificate was saved, is not found out again.
fn judge(
    label: String,
    certificate: Certificate,
    known: Option<&CertificateProof>,
    evidence: &Evidence,
    now: Moment,
) -> CertificateVerdict {
    // a redacted certificate has no signature to verify: only its issuer's name is left to go by
    let pool =
        if evidence.redacted && has_no_signature(certificate.as_der()) { &[] } else { evidence.authorities.as_slice() };
    let judge = Judge::with(&evidence.known);
    let trust = known.map_or_else(
        || judge.judge(&certificate, pool, now),
        |known| judge.recall(&certificate, known.trust, known.reason),
    );
    let (revocation, answers) =
        known.map_or_else(|| revocation(&certificate, &trust, evidence, now), |known| (known.revocation, Vec::new()));
    let name = |place: &usize| pool.get(*place)?.subject().common_name().map(str::to_owned);
    CertificateVerdict {
        label,
        profile: Profile::of(&certificate),
        validity: Validity::of(&certificate, now),
        path: trust.path().iter().filter_map(name).collect(),
        revocation,
        answers,
        trust,
        disagreements: Vec::new(),
        certificate,
    }
}

/// What proven issuers say: a revocation counts whoever tells it, else the newest answer does. Without a question, and
/// without an issuer whose key is known, there is no answer.
fn revocation(
    certificate: &Certificate,
    trust: &TrustVerdict,
    evidence: &Evidence,
    now: Moment,
) -> (Revocation, Vec<(Source, Revocation)>) {
    if !evidence.lists_given && !evidence.asked_online {
        return (Revocation::NotChecked, Vec::new());
    }
    if !matches!(trust.trust(), Trust::Trusted | Trust::TestAuthority) {
        let absent = trust.trust() == Trust::AuthorityAbsent;
        let reason = if absent { UnknownReason::IssuerAbsent } else { UnknownReason::IssuerNotTrusted };
        return (Revocation::Unknown(reason), Vec::new());
    }
    let issuer = trust.path().first().and_then(|place| evidence.authorities.get(*place)).unwrap_or(certificate);
    let digest = certificate.sha256();
    let online = evidence.answers.iter().find(|answer| answer.certificate == digest);
    let responses = online.into_iter().flat_map(|answer| &answer.responses);
    let by_responders =
        responses.map(|response| (Source::Responder, Revocation::by_responder(certificate, issuer, response, now)));
    let by_lists = (Source::List, Revocation::by_lists(certificate, Some(issuer), &evidence.lists, now));
    let answers: Vec<_> =
        by_responders.chain([by_lists]).map(|(source, answer)| (source, of_its_time(answer, certificate))).collect();
    let only = || answers.iter().map(|(_, answer)| answer);
    let revoked = only().find(|answer| matches!(answer, Revocation::Revoked { .. }));
    let newest = only().filter_map(|answer| match answer {
        Revocation::NotRevoked { as_of, .. } => Some((*as_of, answer)),
        _ => None,
    });
    let newest = newest.max_by_key(|(as_of, _)| *as_of).map(|(_, answer)| answer);
    let told = match revoked.or(newest).or(only().next()) {
        Some(Revocation::Unknown(UnknownReason::NoList)) | None if evidence.asked_online => {
            let has_address = online.is_none_or(|answer| answer.has_address);
            Revocation::Unknown(if has_address { UnknownReason::Network } else { UnknownReason::NoAddress })
        }
        Some(answer) => *answer,
        None => Revocation::Unknown(UnknownReason::NoList),
    };
    (told, answers)
}

/// Issuers forget the expired: that one is not on a later list says nothing.
fn of_its_time(answer: Revocation, certificate: &Certificate) -> Revocation {
    match answer {
        Revocation::NotRevoked { as_of, .. } if as_of > certificate.not_after() => {
            Revocation::Unknown(UnknownReason::Expired)
        }
        answer => answer,
    }
}

/// A redacted recording holds certificates without their signature: what is left of it is zeros.
fn has_no_signature(der: &[u8]) -> bool {
    const SIGNATURE_END: usize = 48;
    let end = der.get(der.len().saturating_sub(SIGNATURE_END)..).unwrap_or_default();
    end.len() == SIGNATURE_END && end.iter().all(|byte| *byte == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::{AuthorityEntry, AuthorityRole, AuthorityTable, Environment, RevocationList};
    use crate::facts::OnlineAnswer;

    fn file(path: &str) -> Vec<u8> {
        std::fs::read(format!("{}/fixtures/pki/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    /// What is said of the revocation of a card's certificate, with this evidence beside its known issuer.
    fn told(change: impl FnOnce(&mut Evidence, &Certificate)) -> Revocation {
        let issuer = Certificate::parse(&file("authorities/fort-personnes.der")).unwrap();
        let subject = issuer.subject();
        let (name, organisation) = (subject.common_name().unwrap(), subject.organisation().unwrap());
        let mut entry = AuthorityEntry::new(name, organisation, Environment::Production, AuthorityRole::Intermediate);
        entry.key_sha256 = Some(issuer.public_key().sha256());
        let certificate = Certificate::parse(&file("certificates/cps-medecin.auth.der")).unwrap();
        let known = AuthorityTable::new([entry]);
        let mut evidence = Evidence { known, authorities: vec![issuer], asked_online: true, ..Evidence::default() };
        change(&mut evidence, &certificate);
        let when = When::on("2026-11-20".parse().unwrap());
        judge_certificates([Ok((String::new(), certificate))], &evidence, when).certificates[0].revocation
    }

    #[test]
    fn an_answer_counts_for_its_own_certificate_and_a_good_one_before_a_broken_one() {
        let answer = |certificate, has_address, responses| OnlineAnswer { certificate, has_address, responses };
        let unknown = Revocation::Unknown;
        assert_eq!(told(|_, _| {}), unknown(UnknownReason::Network));
        let found = told(|evidence, own| evidence.answers = vec![answer(own.sha256(), false, vec![])]);
        assert_eq!(found, unknown(UnknownReason::NoAddress));
        let found = told(|evidence, _| evidence.answers = vec![answer([0; 32], false, vec![])]);
        assert_eq!(found, unknown(UnknownReason::Network), "another certificate's");
        let noise = || vec![b"<html>".to_vec()];
        let found = told(|evidence, own| evidence.answers = vec![answer(own.sha256(), true, noise())]);
        assert_eq!(found, unknown(UnknownReason::Malformed));
        let found = told(|evidence, own| {
            evidence.answers = vec![answer(own.sha256(), true, noise())];
            evidence.lists = vec![RevocationList::parse(&file("crl/fort-personnes.crl")).unwrap()];
        });
        assert_eq!(found.code(), "not-revoked", "the list, though the responder talks nonsense");
    }
}
