//! Everything that was observed, as plain data: nothing here is good or bad yet.

pub use crate::card::{
    CardAnswer, CardIdentification, CardReading, CodeLevel, CodeState, ExchangeCount, Family, Generation, Holder,
    Interface, KeptField, PublicCertificate, Recognised, recognise,
};
pub use crate::certificate::{AuthorityTable, Certificate, RevocationList};
pub use crate::error::Failure;
pub use crate::transport::{Presence, Slot};

/// What was observed of the readers and the cards in them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CardFacts {
    /// Every reader in the system's order, or why none could be listed. An empty list is a PC/SC that knows no reader.
    pub readers: Result<Vec<ReaderFacts>, Failure>,
}

/// What was observed of one reader.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReaderFacts {
    /// The reader's name, as the system gives it: hostile text.
    pub name: String,
    /// What is in it.
    pub content: ReaderContent,
}

/// What is in a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReaderContent {
    /// No card.
    Empty,
    /// A card that does not answer to reset.
    Mute,
    /// A card that was read, or is known not to be a CPx.
    Card(CardAnswer),
    /// A card or a reader that could not be read.
    Failed {
        /// Why.
        failure: Failure,
        /// What the card said before, where it said something.
        atr: Option<crate::iso7816::Atr>,
    },
}

/// What certificates are judged with.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Evidence {
    /// The authorities whose keys are known: those of IGC-Santé, and others only in tests.
    pub known: AuthorityTable,
    /// Whether the certificates come from a redacted recording, which holds them without key and signature.
    pub redacted: bool,
    /// Certificates of authorities, and of others, found on this workstation. Where one stands proves nothing.
    pub authorities: Vec<Certificate>,
    /// Whether revocation lists were given as files.
    pub lists_given: bool,
    /// Revocation lists, given or fetched. Nothing is verified yet.
    pub lists: Vec<RevocationList>,
    /// Whether the issuers were asked over the network.
    pub asked_online: bool,
    /// What the network gave, one for each certificate that was asked about.
    pub answers: Vec<OnlineAnswer>,
    /// Files that the user named and that could not be read.
    pub problems: Vec<Failure>,
}

impl Default for Evidence {
    /// Nothing but the table of IGC-Santé.
    fn default() -> Self {
        Self {
            known: AuthorityTable::igc_sante().clone(),
            redacted: false,
            authorities: Vec::new(),
            lists_given: false,
            lists: Vec::new(),
            asked_online: false,
            answers: Vec::new(),
            problems: Vec::new(),
        }
    }
}

/// What the network gave about one certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OnlineAnswer {
    /// The SHA-256 of the certificate.
    pub certificate: [u8; 32],
    /// Whether the certificate says where to ask.
    pub has_address: bool,
    /// The responders' answers, as they came: nothing is verified yet.
    pub responses: Vec<Vec<u8>>,
}
