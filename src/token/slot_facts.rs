//! What a module says of one slot and of the card in it.

use serde::{Deserialize, Serialize};

use super::function::Function;
use super::return_code::ReturnCode;
use crate::card::{CardReading, CertificateSource, CodeLevel, CodeState, DataObjects, Generation, PublicCertificate};
use crate::certificate::{Certificate, Profile, Role};
use crate::error::{Error, Result};
use crate::identity::Private;
use crate::workstation::Observed;

/// One slot of a module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SlotFacts {
    /// Its number in the module.
    pub id: u64,
    /// What the module calls it: the name of the reader. Hostile text, at most 64 bytes.
    pub description: String,
    /// The reader of PC/SC that it is; none when no reader, or more than one, can be it, or PC/SC was not asked.
    #[serde(default)]
    pub reader: Option<String>,
    /// What PC/SC says of that reader.
    #[serde(default)]
    pub pcsc: PcscSide,
    /// What is in it, as the module says.
    pub state: SlotState,
}

impl SlotFacts {
    /// A slot in this state that nobody has yet held against PC/SC.
    pub fn new(id: u64, description: impl Into<String>, state: SlotState) -> Self {
        Self { id, description: description.into(), reader: None, pcsc: PcscSide::Unknown, state }
    }

    /// The card, when the module sees it.
    pub fn token(&self) -> Option<&TokenFacts> {
        match &self.state {
            SlotState::Seen(token) => Some(token),
            _ => None,
        }
    }
}

/// What is in a slot, as the module says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SlotState {
    /// Nothing (`CKR_TOKEN_NOT_PRESENT`).
    Empty,
    /// A card that the module does not recognise (`CKR_TOKEN_NOT_RECOGNIZED`): a foreign one, or one whose application
    /// is silent. [`SlotFacts::pcsc`] tells which.
    NotRecognised,
    /// The module failed on this slot, and on this one only.
    Failed {
        /// The function that failed.
        function: Function,
        /// What it returned.
        code: ReturnCode,
    },
    /// The asking ended before it came to this slot, or within it.
    NotReached,
    /// A card.
    Seen(Box<TokenFacts>),
}

impl SlotState {
    /// The stable code: `empty`, `not-recognised`, `failed`, `not-reached`, `seen`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotRecognised => "not-recognised",
            Self::Failed { .. } => "failed",
            Self::NotReached => "not-reached",
            Self::Seen(_) => "seen",
        }
    }
}

/// What PC/SC says of the reader of a slot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PcscSide {
    /// It was not asked, or has no reader of this name.
    #[default]
    Unknown,
    /// The reader is empty.
    Empty,
    /// A card that does not answer to reset.
    Mute,
    /// A card that is no CPx.
    Foreign,
    /// A CPx that was read.
    Cpx,
    /// A card that has the answer to reset of a CPx, and that could not be read.
    SilentCpx,
    /// A card or a reader that could not be read.
    Failed,
}

impl PcscSide {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Empty => "empty",
            Self::Mute => "mute",
            Self::Foreign => "foreign",
            Self::Cpx => "cpx",
            Self::SilentCpx => "silent-cpx",
            Self::Failed => "failed",
        }
    }
}

/// A card as a module shows it, without any code. Its texts are hostile.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TokenFacts {
    /// Its label, which may hold a number of the card.
    pub label: Private,
    /// Who made it.
    pub manufacturer: String,
    /// Its model. It never tells the generation: the Cryptolib says `IAS ECC` of a CPS4 as well.
    pub model: String,
    /// Its serial: that of the chip on a CPx, eight digits, which is not the card number.
    pub serial: Private,
    /// Its flags.
    pub flags: TokenFlags,
    /// The shortest and the longest code that it accepts, in characters.
    pub code_length: (u32, u32),
    /// The mechanisms that it offers, by their `CKM_…` numbers.
    pub mechanisms: Observed<Vec<Mechanism>>,
    /// Its public certificates.
    pub certificates: Observed<Vec<TokenCertificate>>,
    /// Its public data objects, as they came.
    pub objects: Observed<Vec<TokenObject>>,
    /// Whether this is the card that PC/SC read in the same reader.
    pub agreement: Agreement,
    /// The state of its code porteur as PC/SC read it from the card, where it did: modules are wrong about it (that of ANS calls
    /// a CPS4 blocked whose code was presented).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_on_card: Option<CodeState>,
}

impl TokenFacts {
    /// What the module of the Cryptolib would show of this virtual card: a CPS3 has no RSA-PSS.
    pub fn simulated(card: &CardReading) -> Self {
        let code = match card.code.level() {
            CodeLevel::Blocked => TokenFlags::USER_PIN_LOCKED,
            CodeLevel::LastTry => TokenFlags::USER_PIN_FINAL_TRY,
            CodeLevel::Low => TokenFlags::USER_PIN_COUNT_LOW,
            _ => 0,
        };
        let pss = [Mechanism::RSA_PKCS_PSS, Mechanism::SHA256_RSA_PKCS_PSS];
        let pss = pss.into_iter().filter(|_| card.generation == Generation::Cps4);
        let certificates = card.certificates.iter().flatten().filter_map(|one| {
            let role = one.facts.as_ref().map(|facts| facts.content.role);
            Some(TokenCertificate {
                role: role.or_else(|| Some(Profile::of(&one.parsed()?).role))?,
                label: Private::new(one.label.as_str()),
                id: Private::new(hex::encode(&one.id)),
                der: Private::new(hex::encode(&one.der)),
            })
        });
        Self {
            label: Private::new("CPS"),
            manufacturer: "cpx-card (simulated)".into(),
            model: "IAS ECC".into(),
            serial: card.chip_serial.as_ref().map(|serial| Private::new(serial.reveal())).unwrap_or_default(),
            flags: TokenFlags(TokenFlags::LOGIN_REQUIRED | code),
            code_length: (4, 8),
            mechanisms: Observed::Seen(
                [Mechanism::RSA_PKCS, Mechanism::SHA256_RSA_PKCS].into_iter().chain(pss).collect(),
            ),
            certificates: Observed::Seen(certificates.collect()),
            objects: Observed::Seen(Vec::new()),
            ..Self::default()
        }
    }

    /// The first certificate of this role.
    pub fn certificate(&self, role: Role) -> Option<&TokenCertificate> {
        self.certificates.seen()?.iter().find(|certificate| certificate.role == role)
    }

    /// Whether it has anything that a CPx has: a certificate of a person, or a data object of these cards.
    pub fn is_of_cpx(&self) -> bool {
        let certificate = |one: &TokenCertificate| one.role != Role::Other;
        let object = |one: &TokenObject| DataObjects::knows(one.label.trim());
        self.certificates.seen().is_some_and(|all| all.iter().any(certificate))
            || self.objects.seen().is_some_and(|all| all.iter().any(object))
    }

    /// Whether this mechanism is offered; `None` when the list could not be had.
    pub fn offers(&self, mechanism: Mechanism) -> Option<bool> {
        self.mechanisms.seen().map(|offered| offered.contains(&mechanism))
    }

    /// The state of the code porteur: as the card says it, else as flags tell it, without number of tries.
    pub fn code_level(&self) -> CodeLevel {
        self.code_by_card().unwrap_or(self.flags.code_level())
    }

    /// The state of the code porteur as the card says it, where it was read and says something.
    pub fn code_by_card(&self) -> Option<CodeLevel> {
        self.code_on_card.map(CodeState::level).filter(|level| *level != CodeLevel::Unknown)
    }

    /// What the data objects say: card number, validity, type, holder. An object that is broken is left out.
    pub fn decoded(&self) -> DataObjects {
        let mut decoded = DataObjects::default();
        for object in self.objects.seen().into_iter().flatten() {
            if let Ok(value) = object.value() {
                // a broken object says nothing: what was understood before it stays
                let _ = decoded.read(object.label.trim(), &value);
            }
        }
        decoded
    }
}

/// The flags of a token (`CKF_…`), as they came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[allow(clippy::exhaustive_structs)] // a number is a number
pub struct TokenFlags(pub u32);

impl TokenFlags {
    const LOGIN_REQUIRED: u32 = 0x4;
    const USER_PIN_COUNT_LOW: u32 = 0x1_0000;
    const USER_PIN_FINAL_TRY: u32 = 0x2_0000;
    const USER_PIN_LOCKED: u32 = 0x4_0000;
    const PROTECTED_AUTHENTICATION_PATH: u32 = 0x100;

    /// Whether private keys ask for the code. Those of the contactless side of a card do not.
    pub const fn login_required(self) -> bool {
        self.has(Self::LOGIN_REQUIRED)
    }

    /// Whether the code is typed on the reader itself.
    pub const fn code_on_reader(self) -> bool {
        self.has(Self::PROTECTED_AUTHENTICATION_PATH)
    }

    /// The state of the code: blocked, last try, low; full when no flag is set and a code is asked for.
    pub const fn code_level(self) -> CodeLevel {
        if self.has(Self::USER_PIN_LOCKED) {
            CodeLevel::Blocked
        } else if self.has(Self::USER_PIN_FINAL_TRY) {
            CodeLevel::LastTry
        } else if self.has(Self::USER_PIN_COUNT_LOW) {
            CodeLevel::Low
        } else if self.login_required() {
            CodeLevel::Full
        } else {
            CodeLevel::Unknown
        }
    }

    const fn has(self, flag: u32) -> bool {
        self.0 & flag != 0
    }
}

/// A mechanism, by its `CKM_…` number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[allow(clippy::exhaustive_structs)] // a number is a number
pub struct Mechanism(pub u32);

impl Mechanism {
    /// `CKM_RSA_PKCS`: what the authentication key of a CPx signs with.
    pub const RSA_PKCS: Self = Self(0x1);
    /// `CKM_RSA_PKCS_PSS`: TLS 1.3, with a hash made by the program.
    pub const RSA_PKCS_PSS: Self = Self(0xD);
    /// `CKM_SHA256_RSA_PKCS`.
    pub const SHA256_RSA_PKCS: Self = Self(0x40);
    /// `CKM_SHA256_RSA_PKCS_PSS`.
    pub const SHA256_RSA_PKCS_PSS: Self = Self(0x43);

    /// Its published name, where it is one of those that matter for a CPx.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::RSA_PKCS => Some("CKM_RSA_PKCS"),
            Self::RSA_PKCS_PSS => Some("CKM_RSA_PKCS_PSS"),
            Self::SHA256_RSA_PKCS => Some("CKM_SHA256_RSA_PKCS"),
            Self::SHA256_RSA_PKCS_PSS => Some("CKM_SHA256_RSA_PKCS_PSS"),
            _ => None,
        }
    }
}

/// A certificate that a module shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenCertificate {
    /// What it is for, by its label or by the key usages in it; never by its identifier.
    pub role: Role,
    /// Its label: a published one on a CPx, maybe a name elsewhere.
    pub label: Private,
    /// Its identifier (`CKA_ID`) in hexadecimal digits: only recorded.
    pub id: Private,
    /// Its DER bytes in hexadecimal digits.
    pub der: Private,
}

impl TokenCertificate {
    /// The certificate itself.
    ///
    /// # Errors
    ///
    /// Those of [`Certificate::parse`]; [`Malformed`](crate::ErrorKind::Malformed) when there are no hexadecimal digits.
    pub fn parse(&self) -> Result<Certificate> {
        Certificate::parse(&bytes(&self.der)?)
    }

    /// The certificate as one of a card, which says that it comes from a module.
    ///
    /// # Errors
    ///
    /// As [`TokenCertificate::parse`].
    pub fn as_of_card(&self) -> Result<PublicCertificate> {
        let der = self.parse()?.as_der().to_vec();
        let (id, source) = (bytes(&self.id).unwrap_or_default(), CertificateSource::Module);
        Ok(PublicCertificate { id, source, ..PublicCertificate::new(self.label.reveal(), der) })
    }
}

/// A data object that a module shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TokenObject {
    /// Its label: `CPS_ID_CARD`.
    pub label: String,
    /// Its value in hexadecimal digits.
    pub value: Private,
}

impl TokenObject {
    /// The bytes of its value.
    ///
    /// # Errors
    ///
    /// [`Malformed`](crate::ErrorKind::Malformed) when there are no hexadecimal digits.
    pub fn value(&self) -> Result<Vec<u8>> {
        bytes(&self.value)
    }
}

fn bytes(digits: &Private) -> Result<Vec<u8>> {
    hex::decode(digits.reveal()).map_err(|_| Error::malformed("these are not pairs of hexadecimal digits", 0))
}

/// Whether the card that a module shows is the one that PC/SC read in the same reader.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Agreement {
    /// There was nothing to compare with: PC/SC read no CPx in this reader.
    #[default]
    NotCompared,
    /// Nothing that both say can be compared.
    CannotTell,
    /// Everything that was compared is the same.
    Same {
        /// What was compared.
        compared: Vec<Compared>,
    },
    /// The same chip, in another state: the module shows what it remembers (a stale cache).
    Outdated {
        /// What differs.
        differs: Vec<Compared>,
    },
    /// The module shows another card.
    AnotherCard {
        /// What differs.
        differs: Vec<Compared>,
    },
}

impl Agreement {
    /// Whether something was compared, and is the same.
    pub const fn is_same(&self) -> bool {
        matches!(self, Self::Same { .. })
    }

    /// The stable code: `not-compared`, `cannot-tell`, `same`, `outdated`, `another-card`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotCompared => "not-compared",
            Self::CannotTell => "cannot-tell",
            Self::Same { .. } => "same",
            Self::Outdated { .. } => "outdated",
            Self::AnotherCard { .. } => "another-card",
        }
    }
}

/// What is compared between the two views of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Compared {
    /// The serial of the chip.
    Serial,
    /// The card number.
    CardNumber,
    /// The last day of validity.
    ValidUntil,
    /// The bytes of the authentication certificate.
    AuthenticationCertificate,
    /// The bytes of the signature certificate.
    SignatureCertificate,
    /// The bytes of the technical certificate, on the contactless side.
    TechnicalCertificate,
}

impl Compared {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Serial => "serial",
            Self::CardNumber => "card-number",
            Self::ValidUntil => "valid-until",
            Self::AuthenticationCertificate => "authentication-certificate",
            Self::SignatureCertificate => "signature-certificate",
            Self::TechnicalCertificate => "technical-certificate",
        }
    }
}
