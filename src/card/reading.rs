//! What one card said, whole or not at all.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::identity::{CardType, Category, ChipSerial, Distinction};
use crate::iso7816::Atr;
use crate::limits;
use crate::transport::Exchange;

use super::application::Application;
use super::catalogue::{Family, Generation, Interface, Recognised, recognise};
use super::certificate::{CertificateFacts, PublicCertificate};
use super::code_state::CodeState;
use super::dialogue::{Dialogue, ExchangeCount};
use super::objects::{CardIdentification, DataObjects, Holder, KeptField};
use super::serial::SerialFile;
use super::{cps3, cps4};

/// What to read of a card beyond its identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ReadOptions {
    /// Which certificates, and how much of them: about 1,150 bytes each, more than a second each on a CPS3.
    pub certificates: Certificates,
    /// The languages of the holder.
    pub languages: bool,
    /// The state of the code porteur, by the query that consumes no try.
    pub code_state: bool,
}

/// The certificates of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Certificates {
    /// None.
    None,
    /// Of that for authentication the head: serial number, issuer and validity, which tell whether somebody else's copy is it.
    Head,
    /// That for authentication: enough to judge where the card comes from, in half the time.
    Authentication,
    /// All.
    All,
}

impl Default for ReadOptions {
    /// The identity and the state of the code porteur, no certificate.
    fn default() -> Self {
        Self { certificates: Certificates::None, languages: true, code_state: true }
    }
}

impl ReadOptions {
    /// The same with all certificates, or without any.
    #[must_use]
    pub fn with_certificates(self, certificates: bool) -> Self {
        self.with(if certificates { Certificates::All } else { Certificates::None })
    }

    /// The same with these certificates. Where no label tells which one is for authentication, all are read.
    #[must_use]
    pub fn with(self, certificates: Certificates) -> Self {
        Self { certificates, ..self }
    }

    /// The same without what only a screen about the holder shows.
    #[must_use]
    pub fn without_languages(self) -> Self {
        Self { languages: false, ..self }
    }
}

/// A CPx that was read: the one model of it, from the reading to the report, and in a case file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CardReading {
    /// Its generation, from the ATR.
    pub generation: Generation,
    /// How it was reached.
    pub interface: Interface,
    /// Its answer to reset.
    pub atr: Atr,
    /// The serial of the chip, which is not the card number.
    pub chip_serial: Option<ChipSerial>,
    /// Whether the check digit behind the chip serial is right.
    pub chip_serial_check: Option<bool>,
    /// Number, category, validity.
    pub card: CardIdentification,
    /// The type, as the chip says it (`CPS_INFO_PS` tag 80).
    pub card_type: Option<CardType>,
    /// Who holds it.
    #[serde(default)]
    pub holder: Holder,
    /// Whether the holder was left out when the card was saved: then nothing is missing on the card itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub holder_left_out: bool,
    /// The state of its code porteur.
    pub code: CodeState,
    /// Its public certificates; nothing when they were not asked for.
    pub certificates: Option<Vec<PublicCertificate>>,
    /// Fields that were kept without being understood.
    #[serde(default)]
    pub kept: Vec<KeptField>,
    /// What the reading cost.
    #[serde(default)]
    pub exchange: ExchangeCount,
}

impl CardReading {
    /// What its row of the catalogue was tried on; empty for nothing yet.
    pub fn verified_on(&self) -> &'static str {
        match recognise(&self.atr) {
            Recognised::Cpx { verified_on, .. } => verified_on,
            Recognised::Foreign { .. } => "",
        }
    }

    /// Whether it is a card for tests; `None` where the category is neither real nor test.
    pub fn is_test(&self) -> Option<bool> {
        match self.card.category? {
            Category::Real => Some(false),
            category => category.is_test().then_some(true),
        }
    }

    /// The type as the chip says it, told apart further where a certificate says the same type.
    pub fn finest_type(&self) -> Option<CardType> {
        let named = self.certificate_facts().filter_map(|one| one.content.card_type);
        self.card_type.map(|on_chip| on_chip.told_apart_by(named))
    }

    /// Whether it names a person: `Some(false)` for a service card. Only its certificates tell it from the others of its type.
    pub fn is_nominative(&self) -> Option<bool> {
        let card_type = self.finest_type()?;
        match card_type.distinction() {
            Some((Distinction::ServiceCard, _)) => Some(false),
            Some(_) => Some(true),
            None => [CardType::CPS, CardType::CPF].map(CardType::g02).contains(&card_type.g02()).then_some(true),
        }
    }

    /// What was observed of its certificates, of those that can be understood.
    pub fn certificate_facts(&self) -> impl Iterator<Item = &CertificateFacts> {
        self.certificates.iter().flatten().filter_map(|one| one.facts.as_ref())
    }
}

/// What stands in a reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CardAnswer {
    /// A CPx, read.
    Cpx(Box<CardReading>),
    /// Another card. It was sent nothing, or one SELECT where only that tells.
    Foreign {
        /// Which kind.
        family: Family,
        /// Its answer to reset.
        atr: Atr,
        /// What finding out cost.
        #[serde(default)]
        exchange: ExchangeCount,
    },
}

/// What the files of one generation gave, before any certificate.
pub(super) struct Content {
    pub(super) identity: DataObjects,
    pub(super) serial: Option<SerialFile>,
    pub(super) code: CodeState,
    pub(super) application: Application,
    /// How certificates are read of this generation.
    pub(super) certificates: fn(&mut Dialogue<'_>, &Application, Certificates) -> Result<Vec<PublicCertificate>>,
}

/// Says what card is at the other end of `link`, and reads it when it is a CPx: without any code, with commands that
/// write nothing, and leaving it as it was.
///
/// # Errors
/// Those of the transport as they came, so that a card taken out is "removed" and never half an identity;
/// [`ErrorKind::CardNonsense`], with file and offset, for a CPx whose content cannot be; [`ErrorKind::CardTooOld`] for
/// one of a generation without readable application; [`ErrorKind::LimitReached`] for one without end.
pub fn read(link: &mut dyn Exchange, options: ReadOptions) -> Result<CardAnswer> {
    read_telling(link, options, &mut |_| {})
}

/// The same, which tells of a CPx as soon as all but its certificates is read.
///
/// # Errors
/// As [`read`]: what was told before is void then.
pub(crate) fn read_telling(
    link: &mut dyn Exchange,
    options: ReadOptions,
    tell: &mut dyn FnMut(&CardReading),
) -> Result<CardAnswer> {
    let atr = link.atr().clone();
    let (generation, interface, to_confirm) = match recognise(&atr) {
        Recognised::Cpx { generation, interface, to_confirm, .. } => (generation, interface, to_confirm),
        Recognised::Foreign { family, .. } => {
            return Ok(CardAnswer::Foreign { family, atr, exchange: ExchangeCount::default() });
        }
    };
    let identity_only = options.certificates == Certificates::None;
    let allowed = if identity_only { limits::IDENTITY_EXCHANGES } else { limits::READING_EXCHANGES };
    let mut dialogue = Dialogue::new(link, allowed);
    let content = match (interface, generation) {
        (Interface::Contactless, _) => cps3::contactless(&mut dialogue, options)?,
        (Interface::Contact, Generation::Cps3 | Generation::Older) => cps3::contact(&mut dialogue, options)?,
        (Interface::Contact, Generation::Cps4) => cps4::contact(&mut dialogue, options)?,
        (Interface::Contact, Generation::Unknown) => match cps4::contact(&mut dialogue, options)? {
            Some(content) => Some(content),
            None => cps3::contact(&mut dialogue, options)?,
        },
    };
    let Some(content) = content else {
        let exchange = dialogue.count();
        return match generation {
            _ if to_confirm => Ok(CardAnswer::Foreign { family: Family::Unknown, atr, exchange }),
            Generation::Older => {
                Err(Error::new(ErrorKind::CardTooOld, "no application that can be read without a code"))
            }
            _ => Err(Error::new(ErrorKind::CardNonsense, "the card has the ATR of a CPx and none of its applications")),
        };
    };
    let DataObjects { card, card_type, holder, kept } = content.identity;
    let chip_serial_check = content.serial.as_ref().map(|serial| serial.check_digit_is_right);
    let mut reading = CardReading {
        generation,
        interface,
        atr,
        chip_serial: content.serial.map(|serial| serial.serial),
        chip_serial_check,
        card,
        card_type,
        holder,
        holder_left_out: false,
        code: content.code,
        certificates: None,
        kept,
        exchange: dialogue.count(),
    };
    tell(&reading);
    if !identity_only {
        reading.certificates = Some((content.certificates)(&mut dialogue, &content.application, options.certificates)?);
        reading.exchange = dialogue.count();
    }
    Ok(CardAnswer::Cpx(Box::new(reading)))
}
