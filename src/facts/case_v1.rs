//! Case files of version 0.1, read into the model of today. They held a card twice: what was judged (`readers`) and the
//! dialogue, which was judged apart. The facts decide; where the dialogue says otherwise, that is told.

use serde::Deserialize;

use super::cards::{CardFacts, ReaderContent, ReaderFacts};
use super::case::{Case, Contradiction};
use super::observations::{Asked, Facts};
use crate::card::{
    CardAnswer, CardIdentification, CardReading, CertificateContent, CertificateFacts, CertificateProof, CodeLevel,
    CodeState, ExchangeCount, Family, Field, Generation, Interface, PublicCertificate, ReadOptions, read,
};
use crate::certificate::{Moment, Reason, Revocation, Role, Source, Trust, UnknownReason};
use crate::error::{Failure, Result};
use crate::identity::{CardNumber, CardType, Category, ChipSerial, Date, Distinction, Private, TypeEvidence};
use crate::iso7816::Atr;
use crate::token::ModuleFacts;
use crate::transport::{Readers, Transcript};
use crate::workstation::network::{NetworkFacts, ProxySettings};
use crate::workstation::{Observed, WorkstationFacts};

/// A whole file.
#[derive(Deserialize)]
pub(super) struct CaseV1 {
    facts: FactsV1,
    #[serde(default)]
    transcript: Option<String>,
}

#[derive(Deserialize)]
struct FactsV1 {
    schema: FactsVersion,
    program: String,
    today: Date,
    now: i64,
    by_clock: bool,
    asked: Asked,
    readers: std::result::Result<Vec<ReaderV1>, Failure>,
    workstation: WorkstationFacts,
    #[serde(default)]
    modules: Observed<Vec<ModuleFacts>>,
    #[serde(default)]
    proxies: Observed<ProxySettings>,
    #[serde(default)]
    network: Observed<NetworkFacts>,
}

#[derive(Deserialize)]
enum FactsVersion {
    #[serde(rename = "cpx-check.facts/1")]
    V1,
}

#[derive(Deserialize)]
struct ReaderV1 {
    name: String,
    in_use: Option<bool>,
    #[serde(default)]
    card_since: Option<i64>,
    content: ContentV1,
    #[serde(default)]
    shown: Vec<CertificateFacts>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ContentV1 {
    Empty,
    Mute,
    Cpx(Box<CardV1>),
    Foreign { family: Family, atr: Atr },
    Failed { failure: Failure, atr: Option<Atr> },
}

#[derive(Deserialize)]
struct CardV1 {
    atr: Atr,
    generation: Generation,
    interface: Interface,
    card_type: Option<u8>,
    type_label: String,
    nominative: Option<bool>,
    is_test: Option<bool>,
    valid_from: Option<Date>,
    valid_until: Option<Date>,
    number: Option<CardNumber>,
    chip_serial: Option<ChipSerial>,
    code: CodeLevel,
    tries_left: Option<u8>,
    certificates: Observed<Vec<CertificateV1>>,
    unreadable_certificates: u32,
}

#[derive(Deserialize)]
struct CertificateV1 {
    role: Role,
    fingerprint: Private,
    issuer: String,
    #[serde(default)]
    issuer_key_id: Option<String>,
    not_before: i64,
    not_after: i64,
    trust: Trust,
    revoked: Option<bool>,
    revocation_asked: bool,
    of_another: bool,
}

impl CaseV1 {
    /// The case in the model of today.
    ///
    /// # Errors
    /// Those of [`Transcript::parse`].
    pub(super) fn into_case(self) -> Result<Case> {
        let transcript = self.transcript.map(|text| Transcript::parse(&text)).transpose()?;
        let FactsV1 { schema: FactsVersion::V1, readers, now, .. } = self.facts;
        let dialogue = transcript.map(Transcript::into_readers);
        let mut contradictions = Vec::new();
        let readers = readers.map(|readers| {
            let readers = readers.into_iter().map(|reader| {
                let said = dialogue.as_ref().and_then(|dialogue| said(dialogue.as_ref(), &reader.name));
                reader.into_facts(said, now, &mut contradictions)
            });
            readers.collect()
        });
        let FactsV1 { program, today, by_clock, asked, workstation, modules, proxies, network, .. } = self.facts;
        let cards = CardFacts { readers };
        let facts = Facts {
            program,
            today,
            now,
            by_clock,
            simulated: false,
            asked,
            cards,
            workstation,
            modules,
            proxies,
            network,
        };
        Ok(Case { contradictions, ..Case::new(facts) })
    }
}

/// What the card in this reader says in the dialogue, where it was read to its end.
fn said(dialogue: &dyn Readers, reader: &str) -> Option<CardReading> {
    let mut answer = None;
    let options = ReadOptions::default().with_certificates(true);
    dialogue.with_card(reader, &mut |link| answer = read(link, options).ok()).ok()?;
    match answer {
        Some(CardAnswer::Cpx(card)) => Some(*card),
        _ => None,
    }
}

impl ReaderV1 {
    fn into_facts(self, said: Option<CardReading>, now: i64, contradictions: &mut Vec<Contradiction>) -> ReaderFacts {
        let Self { name, in_use, card_since, content, shown } = self;
        let content = match content {
            ContentV1::Cpx(card) => {
                let card = card.into_reading(said.as_ref(), now);
                let differs = said.as_ref().map(|said| Contradiction::between(&card, said)).unwrap_or_default();
                contradictions.extend(differs.into_iter().map(|about| Contradiction::new(&name, about)));
                ReaderContent::Card(CardAnswer::Cpx(Box::new(card)))
            }
            other => {
                contradictions.extend(said.map(|_| Contradiction::new(&name, "card")));
                match other {
                    ContentV1::Foreign { family, atr } => {
                        ReaderContent::Card(CardAnswer::Foreign { family, atr, exchange: ExchangeCount::default() })
                    }
                    ContentV1::Failed { failure, atr } => ReaderContent::Failed { failure, atr },
                    ContentV1::Mute => ReaderContent::Mute,
                    ContentV1::Empty | ContentV1::Cpx(_) => ReaderContent::Empty,
                }
            }
        };
        ReaderFacts { in_use, card_since, shown, ..ReaderFacts::new(name, content) }
    }
}

impl CardV1 {
    /// The facts, and from the dialogue what they do not hold.
    fn into_reading(self, said: Option<&CardReading>, now: i64) -> CardReading {
        let certificates = self.certificates(said, now);
        CardReading {
            generation: self.generation,
            interface: self.interface,
            chip_serial_check: said.and_then(|said| said.chip_serial_check),
            card: CardIdentification {
                number: self.number,
                category: match self.is_test {
                    Some(true) => Some(Category::Test),
                    Some(false) => Some(Category::Real),
                    None => said
                        .and_then(|said| said.card.category)
                        .filter(|said| !said.is_test() && *said != Category::Real),
                },
                valid_from: self.valid_from,
                valid_until: self.valid_until,
            },
            card_type: self.card_type.map(|code| card_type(code, &self.type_label, self.nominative)),
            holder_left_out: said.is_none(),
            holder: said.map(|said| said.holder.clone()).unwrap_or_default(),
            code: code_state(self.code, self.tries_left, said.map(|said| said.code).unwrap_or_default()),
            certificates,
            kept: said.map(|said| said.kept.clone()).unwrap_or_default(),
            exchange: said.map(|said| said.exchange).unwrap_or_default(),
            chip_serial: self.chip_serial,
            atr: self.atr,
        }
    }

    fn certificates(&self, said: Option<&CardReading>, now: i64) -> Option<Vec<PublicCertificate>> {
        let facts = self.certificates.seen()?;
        let bytes = said.and_then(|said| said.certificates.as_deref()).unwrap_or_default();
        let readable = bytes.iter().filter_map(|one| Some((one, CertificateContent::of(&one.parsed()?))));
        let mut readable: Vec<_> = readable.collect();
        let all = facts.iter().map(|facts| {
            let content = facts.content();
            let same = readable
                .iter()
                .position(|(_, said)| (said.not_before, said.not_after) == (content.not_before, content.not_after));
            let mut certificate =
                same.map_or_else(|| PublicCertificate::new("", Vec::new()), |place| readable.remove(place).0.clone());
            certificate.facts = Some(CertificateFacts { content, proof: facts.proof(now) });
            certificate
        });
        let broken =
            bytes.iter().filter(|one| one.parsed().is_none()).cloned().map(Some).chain(std::iter::repeat(None));
        let count = usize::try_from(self.unreadable_certificates).unwrap_or_default().min(crate::limits::CERTIFICATES);
        let broken = broken.take(count).map(|one| one.unwrap_or_else(|| PublicCertificate::new("", Vec::new())));
        Some(all.chain(broken.collect::<Vec<_>>()).collect())
    }
}

impl CertificateV1 {
    fn content(&self) -> CertificateContent {
        CertificateContent {
            role: self.role,
            issuer: self.issuer.clone(),
            issuer_key_id: self.issuer_key_id.clone(),
            not_before: self.not_before,
            not_after: self.not_after,
            card_type: None,
        }
    }

    fn proof(&self, now: i64) -> CertificateProof {
        // when was not kept: at the latest when the case was recorded
        let (at, source) = (Moment::from_unix(now), Source::Responder);
        let revocation = match (self.revoked, self.revocation_asked) {
            (Some(true), _) => Revocation::Revoked { since: at, reason: Reason::Unspecified, source },
            (Some(false), _) => Revocation::NotRevoked { as_of: at, source },
            (None, true) => Revocation::Unknown(UnknownReason::Network),
            (None, false) => Revocation::NotChecked,
        };
        let differs_in = if self.of_another { vec![Field::CardNumber] } else { Vec::new() };
        CertificateProof {
            fingerprint: self.fingerprint.clone(),
            trust: self.trust,
            reason: None,
            revocation,
            differs_in,
        }
    }
}

/// The type that was told apart when the case was recorded.
fn card_type(code: u8, label: &str, nominative: Option<bool>) -> CardType {
    let on_chip = CardType::from_g02(code);
    let distinction = match (label, nominative) {
        (_, Some(false)) => Some((Distinction::ServiceCard, TypeEvidence::CertificateTitle)),
        ("CDE", _) => Some((Distinction::Cde, TypeEvidence::CertificateExtension)),
        ("CDA", _) => Some((Distinction::Cda, TypeEvidence::CertificateExtension)),
        ("CPA", _) => Some((Distinction::Cpa, TypeEvidence::CertificateTitle)),
        ("CPE", _) => Some((Distinction::Cpe, TypeEvidence::CertificateExtension)),
        (_, Some(true)) if code == 2 => Some((Distinction::Cpe, TypeEvidence::CertificateTitle)),
        _ => None,
    };
    distinction.and_then(|(what, how)| on_chip.told_apart(what, how)).unwrap_or(on_chip)
}

/// The level and the tries stood side by side; where they contradict each other, the graver counts.
fn code_state(level: CodeLevel, tries_left: Option<u8>, said: CodeState) -> CodeState {
    let tries_left = match (level, tries_left) {
        (CodeLevel::Blocked, _) | (_, Some(0)) => Some(0),
        (CodeLevel::Unknown, _) => None,
        (CodeLevel::LastTry, left) => Some(left.unwrap_or(1).min(1)),
        (CodeLevel::Low, None) => Some(2),
        (_, left) => left,
    };
    let tries_max = match (level, tries_left) {
        (CodeLevel::Full, Some(left @ 2..)) => Some(left),
        (CodeLevel::Low, Some(left @ 3..)) => Some(left.saturating_add(1)),
        _ => said.tries_max,
    };
    CodeState { tries_left, tries_max, verified: level == CodeLevel::Full && tries_left.is_none() }
}

impl Contradiction {
    /// In what the dialogue says something else of a card than the facts.
    fn between(facts: &CardReading, said: &CardReading) -> Vec<&'static str> {
        let code = |card: &CardReading| (card.code.level(), card.code.tries_left);
        let validity = |card: &CardReading| (card.card.valid_from, card.card.valid_until);
        let differs = [
            ("atr", facts.atr != said.atr || facts.interface != said.interface),
            ("code", code(facts) != code(said)),
            ("type", facts.card_type.map(CardType::g02) != said.card_type.map(CardType::g02)),
            ("validity", validity(facts) != validity(said)),
            ("category", facts.is_test() != said.is_test()),
        ];
        differs.into_iter().filter_map(|(about, differs)| differs.then_some(about)).collect()
    }
}
