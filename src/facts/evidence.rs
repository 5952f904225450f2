//! What certificates are judged with.

use crate::certificate::{AuthorityEntry, AuthorityRole, AuthorityTable, Certificate, Environment, RevocationList};
use crate::error::Failure;

/// What certificates are judged with.
#[derive(Debug, Clone)]
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
    /// How many files of folders that the user named were not looked at: there were too many.
    pub not_looked_at: usize,
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
            not_looked_at: 0,
        }
    }
}

impl Evidence {
    /// Takes this certificate for that of a known authority: virtual cards are judged with their own.
    pub(crate) fn trust_simulated(&mut self, der: &[u8]) {
        let Ok(certificate) = Certificate::parse(der) else { return };
        let name = certificate.subject();
        let (common_name, organisation) =
            (name.common_name().unwrap_or_default(), name.organisation().unwrap_or_default());
        let (kind, role) = (Environment::Production, AuthorityRole::Intermediate);
        let mut entry = AuthorityEntry::new(common_name, organisation, kind, role);
        entry.key_sha256 = Some(certificate.public_key().sha256());
        self.known = self.known.with(entry);
        self.authorities.push(certificate);
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
