//! The authorities of IGC-Santé: nine of production, seven of test, by name and by key.
//!
//! The tables are `ca-list.csv` and `ca-list-test.csv` beside this file. They hold no certificate: those are found on
//! the workstation, and one that is found is the real one when the SHA-256 of its public key is in the table.

use std::sync::{Arc, OnceLock};

use super::name::{DistinguishedName, folded};
use super::oid;
use super::view::Certificate;

const PRODUCTION: &str = include_str!("ca-list.csv");
const TEST: &str = include_str!("ca-list-test.csv");

/// Whether an authority signs for real cards or for test cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Environment {
    /// Real cards.
    Production,
    /// Test cards: never to be trusted for anything else.
    Test,
}

impl Environment {
    /// The stable code: `production` or `test`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Test => "test",
        }
    }
}

/// Where an authority stands in its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthorityRole {
    /// The top: it vouches for itself.
    Root,
    /// Below a root; signs certificates of persons or organisations.
    Intermediate,
}

impl AuthorityRole {
    /// The stable code: `root` or `intermediate`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Intermediate => "intermediate",
        }
    }
}

/// One known authority. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority(Arc<Entry>);

/// What the table says of an authority; for [`AuthorityTable::new`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Its common name: `AC IGC-SANTE FORT PERSONNES`.
    pub common_name: String,
    /// The organisation in its name: `ASIP-SANTE`.
    pub organisation: String,
    /// The units in its name, in order.
    pub units: Vec<String>,
    /// For real cards or test cards.
    pub environment: Environment,
    /// Root or not.
    pub role: AuthorityRole,
    /// SHA-256 of its `SubjectPublicKeyInfo`; `None` when its certificate was never found.
    pub key_sha256: Option<[u8; 32]>,
    /// SHA-256 of its certificate; `None` when that was never found.
    pub certificate_sha256: Option<[u8; 32]>,
    /// Its key identifier; `None` when not even that is known.
    pub key_id: Option<Vec<u8>>,
    /// The file that holds its certificate in the folder of Cryptolib.
    pub file: Option<String>,
    /// The end of its validity, seconds since 1970 in UTC.
    pub not_after: Option<i64>,
}

impl Entry {
    /// An authority known by its name alone.
    pub fn new(common_name: &str, organisation: &str, environment: Environment, role: AuthorityRole) -> Self {
        Self {
            common_name: common_name.to_owned(),
            organisation: organisation.to_owned(),
            units: Vec::new(),
            environment,
            role,
            key_sha256: None,
            certificate_sha256: None,
            key_id: None,
            file: None,
            not_after: None,
        }
    }
}

impl Authority {
    /// Its common name: `AC IGC-SANTE FORT PERSONNES`.
    pub fn name(&self) -> &str {
        &self.0.common_name
    }

    /// The end of its validity, seconds since 1970 in UTC, where the table tells it.
    pub fn not_after(&self) -> Option<i64> {
        self.0.not_after
    }

    /// For real cards or test cards.
    pub fn environment(&self) -> Environment {
        self.0.environment
    }

    /// Root or not.
    pub fn role(&self) -> AuthorityRole {
        self.0.role
    }

    /// The file that holds its certificate in the folder of Cryptolib: `ACR_FORT_20130625.cer`.
    pub fn file(&self) -> Option<&str> {
        self.0.file.as_deref()
    }

    /// Its key identifier, when it is known.
    pub fn key_id(&self) -> Option<&[u8]> {
        self.0.key_id.as_deref()
    }

    /// SHA-256 of its `SubjectPublicKeyInfo`, when it is known.
    pub fn key_sha256(&self) -> Option<[u8; 32]> {
        self.0.key_sha256
    }

    /// Whether this is its name.
    fn is_named(&self, name: &DistinguishedName) -> bool {
        let same = |one: &str, two: &str| folded(one).eq(folded(two));
        let only = |oid, expected: &str| name.only(oid).is_some_and(|text| same(text, expected));
        only(oid::COMMON_NAME, &self.0.common_name)
            && only(oid::ORGANISATION, &self.0.organisation)
            && only(oid::COUNTRY, "FR")
            && name.units().count() == self.0.units.len()
            && name.units().zip(&self.0.units).all(|(unit, expected)| same(unit, expected))
            && name.attributes().count() == self.0.units.len().saturating_add(3)
    }

    fn has_common_name(&self, name: &str) -> bool {
        folded(name).eq(folded(&self.0.common_name))
    }

    /// Whether this may be its key identifier: it is, or one of the two is not known.
    fn may_have_key_id(&self, claimed: Option<&[u8]>) -> bool {
        !matches!((self.key_id(), claimed), (Some(known), Some(claimed)) if known != claimed)
    }

    /// Whether this certificate holds its key.
    ///
    /// The SHA-256 of the key decides. One test authority is known by key identifier only; all others of IGC-Santé
    /// have the SHA-1 of the key there (computed on the fourteen that are at hand), so for this one, and never for
    /// production, a key with that SHA-1 is taken for its own.
    fn holds_key(&self, certificate: &Certificate) -> bool {
        match (&self.0.key_sha256, &self.0.key_id) {
            (Some(hash), _) => *hash == certificate.public_key().sha256(),
            (None, Some(id)) => self.0.environment == Environment::Test && *id == certificate.public_key().sha1(),
            (None, None) => false,
        }
    }
}

/// What a certificate claims by the name of its issuer. Anybody may write a name: only a signature proves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IssuerClaim {
    /// A known authority, by name, and by key identifier unless one of the two gives none.
    Known,
    /// The common name of a known authority, with another key or another name around it: an imitation, or an authority
    /// that was renewed.
    OtherKey,
    /// A name like those of IGC-Santé, and none of theirs: an authority that this version may be too old to know.
    NewName,
    /// An authority of the time before IGC-Santé, ended in 2020 and January 2021.
    Former,
    /// No relation.
    Unrelated,
}

impl IssuerClaim {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::OtherKey => "other-key",
            Self::NewName => "new-name",
            Self::Former => "former",
            Self::Unrelated => "unrelated",
        }
    }
}

/// The known authorities.
#[derive(Debug, Clone)]
pub struct AuthorityTable(Vec<Authority>);

impl AuthorityTable {
    /// The authorities of IGC-Santé: the only ones that the program knows.
    pub fn igc_sante() -> &'static Self {
        static TABLE: OnceLock<AuthorityTable> = OnceLock::new();
        TABLE.get_or_init(|| {
            let production = entries(PRODUCTION, Environment::Production);
            Self::new(production.into_iter().chain(entries(TEST, Environment::Test)))
        })
    }

    /// A table of other authorities, for tests of what uses it: whoever is in it is trusted.
    pub fn new(entries: impl IntoIterator<Item = Entry>) -> Self {
        Self(entries.into_iter().map(|entry| Authority(Arc::new(entry))).collect())
    }

    /// The same with this authority.
    #[must_use]
    pub fn with(&self, entry: Entry) -> Self {
        Self(self.0.iter().cloned().chain([Authority(Arc::new(entry))]).collect())
    }

    /// Every authority, production first.
    pub fn authorities(&self) -> &[Authority] {
        &self.0
    }

    /// The authority whose certificate this is: its key and its name are in the table.
    pub fn known(&self, certificate: &Certificate) -> Option<Authority> {
        let mut named = self.0.iter().filter(|authority| authority.is_named(certificate.subject()));
        named.find(|authority| authority.holds_key(certificate)).cloned()
    }

    /// The authority whose very certificate this is, byte for byte.
    pub(super) fn itself(&self, certificate: &Certificate) -> Option<&Authority> {
        let hash = certificate.sha256();
        self.0.iter().find(|authority| authority.0.certificate_sha256 == Some(hash))
    }

    /// The authority of this name. Anybody may write a name: it proves nothing.
    pub fn by_name(&self, name: &DistinguishedName) -> Option<&Authority> {
        self.0.iter().find(|authority| authority.is_named(name))
    }

    /// Whether a certificate has the common name of an authority whose key is known, and another key.
    pub(super) fn is_impostor(&self, certificate: &Certificate) -> bool {
        let Some(name) = certificate.subject().common_name() else { return false };
        let mut named = self.0.iter().filter(|authority| authority.has_common_name(name));
        named.any(|authority| authority.key_sha256().is_some() && !authority.holds_key(certificate))
    }

    /// The authority that a certificate names as its issuer: its name is in the table, and so is the key identifier
    /// when both give one. This is a claim of the certificate: only its signature proves it.
    pub fn named_issuer(&self, certificate: &Certificate) -> Option<Authority> {
        let authority = self.by_name(certificate.issuer())?;
        authority.may_have_key_id(certificate.authority_key_id()).then(|| authority.clone())
    }

    /// What a certificate claims by the name of its issuer and by the key identifier that goes with it.
    pub fn claim(&self, certificate: &Certificate) -> IssuerClaim {
        let name = certificate.issuer();
        if self.named_issuer(certificate).is_some() {
            return IssuerClaim::Known;
        }
        let texts: Vec<_> = name.attributes().map(super::Attribute::reveal).collect();
        match name.common_name().map(|common_name| self.claim_of_name(common_name)) {
            Some(IssuerClaim::Known) => IssuerClaim::OtherKey,
            _ if is_former(name) => IssuerClaim::Former,
            _ if texts.into_iter().any(is_like_igc_sante) => IssuerClaim::NewName,
            _ => IssuerClaim::Unrelated,
        }
    }

    /// The same where only the common name of the issuer was kept: `AC IGC-SANTE FORT PERSONNES 2`. Never
    /// [`OtherKey`](IssuerClaim::OtherKey): [`Known`](IssuerClaim::Known) under a signature that does not verify is that.
    ///
    /// ```
    /// use cpx_card::internal::certificate::{AuthorityTable, IssuerClaim};
    ///
    /// let table = AuthorityTable::igc_sante();
    /// assert_eq!(table.claim_of_name("AC IGC-SANTE FORT PERSONNES"), IssuerClaim::Known);
    /// assert_eq!(table.claim_of_name("AC IGC-SANTE FORT PERSONNES 2"), IssuerClaim::NewName);
    /// assert_eq!(table.claim_of_name("GIP-CPS CLASSE-1"), IssuerClaim::Former);
    /// assert_eq!(table.claim_of_name("Another authority"), IssuerClaim::Unrelated);
    /// ```
    pub fn claim_of_name(&self, common_name: &str) -> IssuerClaim {
        if self.0.iter().any(|authority| authority.has_common_name(common_name)) {
            IssuerClaim::Known
        } else if is_name_of_former(common_name) {
            IssuerClaim::Former
        } else if is_like_igc_sante(common_name) {
            IssuerClaim::NewName
        } else {
            IssuerClaim::Unrelated
        }
    }
}

fn is_like_igc_sante(text: &str) -> bool {
    let text: String = folded(text).collect();
    text.contains("igc-sante") || text.contains("asip-sante")
}

/// Whether a name is that of an authority of the time before IGC-Santé: `O=GIP-CPS, OU=GIP-CPS PROFESSIONNEL,
/// CN=GIP-CPS CLASSE-1`, `O=GIP-CPS, OU=GIP-CPS ANONYME`, `O=TEST, OU=TEST PROFESSIONNEL, CN=TEST CLASSE-1`,
/// `OU=AC-CLASSE-4-TEST, O=GIP-CPS-TEST`.
pub(super) fn is_former(name: &DistinguishedName) -> bool {
    let texts = name.texts(oid::COMMON_NAME).chain(name.texts(oid::UNIT)).chain(name.texts(oid::ORGANISATION));
    texts.into_iter().any(is_name_of_former)
}

fn is_name_of_former(text: &str) -> bool {
    let is_class = text.split_once("CLASSE-").is_some_and(|(_, after)| after.starts_with(|c: char| c.is_ascii_digit()));
    is_class || text == "GIP-CPS" || text.starts_with("GIP-CPS ") || text.starts_with("GIP-CPS-")
}

/// A hash of 32 bytes, in hexadecimal.
fn hash(text: &str) -> Option<[u8; 32]> {
    hex::decode(text).ok()?.try_into().ok()
}

/// A date as OpenSSL prints it, `Jun 24 00:00:00 2033 GMT`, in seconds since 1970.
fn seconds(text: &str) -> Option<i64> {
    let moment = jiff::civil::DateTime::strptime("%b %d %H:%M:%S %Y GMT", text).ok()?;
    Some(moment.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second())
}

/// The authorities in a table: `subject_cn,…,role,…` with the columns found by their names.
fn entries(csv: &str, environment: Environment) -> Vec<Entry> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    let place = |column: &str| header.iter().position(|name| name == column);
    let columns = ["subject_cn", "role", "sha256_der", "sha256_spki", "ski", "coffre_file", "not_after"].map(place);
    // The files are part of the program: a test holds that no row is lost here.
    let rows = reader.records().filter_map(Result::ok);
    rows.filter_map(|row| {
        let [name, role, whole, key, key_id, file, end] =
            columns.map(|column| column.and_then(|column| row.get(column)).filter(|text| !text.is_empty()));
        let role = if role? == "root" { AuthorityRole::Root } else { AuthorityRole::Intermediate };
        let unit = match environment {
            Environment::Production => "IGC-SANTE",
            Environment::Test => "IGC-SANTE TEST",
        };
        Some(Entry {
            units: vec!["0002 187512751".to_owned(), unit.to_owned()],
            key_sha256: key.and_then(hash),
            certificate_sha256: whole.and_then(hash),
            key_id: key_id.and_then(|id| hex::decode(id).ok()),
            file: file.map(str::to_owned),
            not_after: end.and_then(seconds),
            ..Entry::new(name?, "ASIP-SANTE", environment, role)
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_nine_authorities_of_production_and_seven_of_test() {
        let table = AuthorityTable::igc_sante().authorities();
        let count =
            |environment, role| table.iter().filter(|a| a.environment() == environment && a.role() == role).count();
        assert_eq!(count(Environment::Production, AuthorityRole::Root), 3);
        assert_eq!(count(Environment::Production, AuthorityRole::Intermediate), 6);
        assert_eq!(count(Environment::Test, AuthorityRole::Root), 3);
        assert_eq!(count(Environment::Test, AuthorityRole::Intermediate), 4);
        for authority in table {
            let production = authority.environment() == Environment::Production;
            assert_eq!(authority.name().starts_with("TEST "), !production);
            assert!(!production || (authority.key_sha256().is_some() && authority.file().is_some()));
        }
        assert_eq!(table.iter().filter(|authority| authority.key_sha256().is_some()).count(), 14);
        assert_eq!(table.iter().filter(|authority| authority.key_id().is_some()).count(), 15);
    }
}
