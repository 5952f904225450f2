//! What readiness needs to know of readers and cards, as it is saved: no name, and numbers only to be compared.

use serde::{Deserialize, Serialize};

use crate::card::{CodeLevel, Family, Generation, Interface};
use crate::certificate::{Role, Trust};
use crate::error::Failure;
use crate::identity::{Date, Private};
use crate::workstation::Observed;

/// A reader, and what is in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SeenReader {
    /// The reader's name, as the system gives it: hostile text.
    pub name: String,
    /// Whether another program is connected to the card; `None` without a card, or where the system does not say.
    pub in_use: Option<bool>,
    /// Since when the card is in it, seconds since 1970 in UTC, where that is known: PC/SC does not tell, whoever watched
    /// does.
    #[serde(default)]
    pub card_since: Option<i64>,
    /// What is in it.
    pub content: SeenContent,
}

impl SeenReader {
    /// A reader of this name with this in it.
    pub fn new(name: impl Into<String>, content: SeenContent) -> Self {
        Self { name: name.into(), in_use: None, card_since: None, content }
    }
}

/// What is in a reader.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SeenContent {
    /// No card.
    Empty,
    /// A card that does not answer to reset.
    Mute,
    /// A CPx that was read.
    Cpx(Box<SeenCard>),
    /// Another card.
    Foreign {
        /// Which kind.
        family: Family,
        /// Its answer to reset, upper-case hexadecimal without spaces.
        atr: String,
    },
    /// A card or a reader that could not be read.
    Failed {
        /// Why: [`ErrorKind`](crate::ErrorKind) tells a card in use from one that talks nonsense.
        failure: Failure,
        /// The card's answer to reset, where it gave one: upper-case hexadecimal without spaces.
        atr: Option<String>,
        /// Its generation, where its answer to reset is that of a CPx.
        generation: Option<Generation>,
    },
}

/// A CPx that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SeenCard {
    /// Its answer to reset, upper-case hexadecimal without spaces.
    pub atr: String,
    /// Whether the catalogue has exactly this answer to reset.
    pub exact_atr: bool,
    /// Its generation.
    pub generation: Generation,
    /// How it was reached.
    pub interface: Interface,
    /// Its type as code of table G02: 0 CPS, 1 CPF, 2 CDE/CPE, 3 CDA/CPA.
    pub card_type: Option<u8>,
    /// The type as it is told to people, told apart as far as the card's certificates do: `CPS`, `CDE`, `CDE/CPE`…
    pub type_label: String,
    /// Whether it names a person: `Some(false)` for a service card.
    pub nominative: Option<bool>,
    /// Whether it is a card for tests; `None` where the category is neither real nor test.
    pub is_test: Option<bool>,
    /// First day of validity.
    pub valid_from: Option<Date>,
    /// Last day of validity.
    pub valid_until: Option<Date>,
    /// The card number.
    pub number: Option<Private>,
    /// The serial of the chip, which PKCS#11 shows as the token's.
    pub chip_serial: Option<Private>,
    /// The state of the code porteur.
    pub code: CodeLevel,
    /// Tries left, 0 to 15.
    pub tries_left: Option<u8>,
    /// Its certificates; not asked for where they were not read.
    pub certificates: Observed<Vec<SeenCertificate>>,
    /// Certificates on the card that cannot be understood.
    pub unreadable_certificates: u32,
}

/// A certificate of a card.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SeenCertificate {
    /// What it is for.
    pub role: Role,
    /// SHA-1 of the certificate, 40 lower-case hexadecimal digits.
    pub fingerprint: Private,
    /// The common name of its issuer.
    pub issuer: String,
    /// The key identifier that it gives of its issuer, lower-case hexadecimal digits: with the name, and
    /// [`trust`](Self::trust), what a later table of authorities judges anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer_key_id: Option<String>,
    /// The beginning of its validity, seconds since 1970 in UTC.
    pub not_before: i64,
    /// The end of its validity, seconds since 1970 in UTC.
    pub not_after: i64,
    /// What verifying its path gave.
    pub trust: Trust,
    /// Whether it was revoked: `None` where nobody asked, or nobody knew (then [`revocation_asked`](Self::revocation_asked) tells which).
    pub revoked: Option<bool>,
    /// Whether revocation was asked about.
    pub revocation_asked: bool,
    /// Whether it says that it is another card's, or another holder's.
    pub of_another: bool,
}
