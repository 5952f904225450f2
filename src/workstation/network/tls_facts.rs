//! What was observed of a TLS handshake, up to where a client certificate would be sent.

use serde::{Deserialize, Serialize};

/// One handshake. No certificate was sent: the server that asked got an empty list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Handshake {
    /// How it ended.
    pub end: HandshakeEnd,
    /// Milliseconds until then.
    #[serde(default)]
    pub milliseconds: u64,
    /// The version that the server chose; `None` when no `ServerHello` came.
    #[serde(default)]
    pub version: Option<TlsVersion>,
    /// What the server asked for to know the client; `None` when it did not ask during the handshake. It may still ask
    /// afterwards, for a certain page: that is not seen.
    #[serde(default)]
    pub certificate_request: Option<CertificateRequest>,
    /// The certificates that the server sent, its own first, at most
    /// [`SERVED_CERTIFICATES`](crate::limits::SERVED_CERTIFICATES); empty when none came.
    #[serde(default)]
    pub chain: Vec<ServedCertificate>,
    /// What this system's store of authorities makes of that chain, by this workstation's clock; `None` without a chain,
    /// or when the store could not be read. An authority that the server forgot to send is not fetched.
    #[serde(default)]
    pub system_store: Option<ChainEnd>,
    /// The authority of the system's store at the end of the chain, where the store [holds](ChainEnd::Valid) it.
    #[serde(default)]
    pub anchor: Option<Anchor>,
    /// What the authorities of IGC-Santé make of that chain; `None` without a chain.
    #[serde(default)]
    pub igc_sante: Option<IgcPath>,
}

/// How a handshake ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum HandshakeEnd {
    /// To the end, and the server went on talking without a certificate of ours.
    Completed,
    /// The server asked for a certificate, got none, and hung up or sent an alert: what a host does that only a card
    /// opens. All is well up to there. The number of the alert (RFC 8446 section 6); `None` when it just hung up.
    CertificateMissing(Option<u8>),
    /// The server sent this fatal alert (RFC 8446 section 6) at another moment: 40 is `handshake_failure`, also sent by a
    /// server whose ciphers are all older than forward secrecy and authenticated encryption.
    Alert(u8),
    /// The server speaks no version that was offered (its alert 70, or an older version in its answer): nothing from TLS
    /// 1.2 on, or only TLS 1.3 where 1.2 alone was offered.
    NoCommonVersion,
    /// The server chose TLS 1.3 and asks for a certificate, with signatures that TLS 1.3 does not allow; what else it asked
    /// for was not seen.
    NoCommonSignature,
    /// What came is not TLS: the page of a filter, another service.
    NotTls,
    /// The server, or something on the way, hung up.
    Closed,
    /// It was not over in time.
    #[default]
    TimedOut,
    /// It failed otherwise: the words of the TLS library.
    Failed(String),
}

impl HandshakeEnd {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::CertificateMissing(_) => "certificate-missing",
            Self::Alert(_) => "alert",
            Self::NoCommonVersion => "no-common-version",
            Self::NoCommonSignature => "no-common-signature",
            Self::NotTls => "not-tls",
            Self::Closed => "closed",
            Self::TimedOut => "timed-out",
            Self::Failed(_) => "failed",
        }
    }

    /// Whether the secure connection stands, with or without a page behind it.
    pub const fn is_established(&self) -> bool {
        matches!(self, Self::Completed | Self::CertificateMissing(_))
    }
}

/// A version of TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum TlsVersion {
    /// TLS 1.2 (RFC 5246).
    #[serde(rename = "1.2")]
    Tls12,
    /// TLS 1.3 (RFC 8446).
    #[serde(rename = "1.3")]
    Tls13,
}

/// What a server wants a client certificate to be (`CertificateRequest`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct CertificateRequest {
    /// The names of the authorities that it accepts, as [`DistinguishedName::reveal`] writes them, the first
    /// [`ACCEPTED_AUTHORITIES`](crate::limits::ACCEPTED_AUTHORITIES). Empty: any.
    ///
    /// [`DistinguishedName::reveal`]: crate::certificate::DistinguishedName::reveal
    #[serde(default)]
    pub authorities: Vec<String>,
    /// How many names it sent.
    #[serde(default)]
    pub authority_count: u32,
    /// The common names of the authorities of IGC-Santé among all that it sent, as the table of authorities writes them:
    /// `AC IGC-SANTE FORT PERSONNES`. By name alone: a name has no key.
    #[serde(default)]
    pub igc_sante: Vec<String>,
    /// The signatures that it takes from the client, by number (RFC 8446 section 4.2.3), in its order. With TLS 1.3 those
    /// that TLS 1.3 does not allow are not seen, the ones for older cards (RFC 9963) included.
    #[serde(default)]
    pub signature_schemes: Vec<u16>,
}

impl CertificateRequest {
    /// Whether the server accepts certificates of this authority, named by its common name, as far as its list says; `None`
    /// when the list is longer than what was kept of it, and that does not name it. An authority of IGC-Santé is always
    /// found.
    ///
    /// ```
    /// use cpx_card::internal::workstation::network::CertificateRequest;
    ///
    /// let mut request = CertificateRequest::default();
    /// assert_eq!(request.accepts("AC IGC-SANTE FORT PERSONNES"), Some(true));
    /// request.authorities = vec!["C=FR, O=ESSAI, CN=AC ESSAI".into()];
    /// request.authority_count = 1;
    /// assert_eq!(request.accepts("AC IGC-SANTE FORT PERSONNES"), Some(false));
    /// assert_eq!(request.accepts("AC ESSAI"), Some(true));
    /// ```
    pub fn accepts(&self, common_name: &str) -> Option<bool> {
        let is_it = |text: &str| text.trim().eq_ignore_ascii_case(common_name.trim());
        let named = |name: &String| {
            let parts = name.split(", ").flat_map(|part| part.split(" + "));
            parts.filter_map(|part| part.strip_prefix("CN=")).any(is_it)
        };
        if self.authority_count == 0 && self.authorities.is_empty() {
            return Some(true);
        }
        if self.igc_sante.iter().any(|name| is_it(name)) || self.authorities.iter().any(named) {
            return Some(true);
        }
        let whole = usize::try_from(self.authority_count).is_ok_and(|count| count <= self.authorities.len());
        whole.then_some(false)
    }

    /// Whether a signature by RSA with the padding of PKCS#1 v1.5 will do, the only one that a key behind a Windows CSP
    /// makes: `rsa_pkcs1_sha256`, `_sha384`, `_sha512` or the older `_sha1`.
    pub fn takes_rsa_pkcs1(&self) -> bool {
        self.signature_schemes.iter().any(|scheme| matches!(scheme, 0x0201 | 0x0401 | 0x0501 | 0x0601))
    }

    /// Whether a signature by RSA with the padding PSS will do, the only one of RSA in TLS 1.3.
    pub fn takes_rsa_pss(&self) -> bool {
        self.signature_schemes.iter().any(|scheme| matches!(scheme, 0x0804..=0x0806 | 0x0809..=0x080B))
    }
}

/// One certificate that a server sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct ServedCertificate {
    /// The common name of whom it is about, or the whole name when it has none; empty when the certificate could not be
    /// read.
    pub subject: String,
    /// The common name of who signed it, or the whole name: of this network where something inspects the connection.
    pub issuer: String,
    /// The organisation of who signed it.
    #[serde(default)]
    pub issuer_organisation: Option<String>,
    /// SHA-256 of the certificate, 64 hexadecimal digits in lower case.
    pub sha256: String,
    /// SHA-256 of its public key (`SubjectPublicKeyInfo`), likewise; empty when the certificate could not be read.
    #[serde(default)]
    pub key_sha256: String,
    /// The start of its validity, in seconds since 1970.
    #[serde(default)]
    pub not_before: i64,
    /// The end of its validity, in seconds since 1970.
    #[serde(default)]
    pub not_after: i64,
    /// Whether its signer has the same name as itself: a root.
    #[serde(default)]
    pub self_issued: bool,
    /// Whether it carries proofs of publication (RFC 6962), which browsers ask of public authorities; the authority of an
    /// inspecting proxy, an antivirus or an organisation writes none.
    #[serde(default)]
    pub publicly_logged: bool,
    /// The name of the authority of IGC-Santé whose key it holds.
    #[serde(default)]
    pub igc_sante: Option<String>,
}

/// What a store of authorities makes of a chain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ChainEnd {
    /// It leads to an authority of the store, for this host, today.
    Valid,
    /// It leads to no authority of the store.
    #[default]
    UnknownIssuer,
    /// A certificate of it is past its end.
    Expired,
    /// A certificate of it has not begun.
    NotYetValid,
    /// It is not for this host.
    OtherName,
    /// It is not one of a server, or not well made: the words of the library.
    Unfit(String),
}

impl ChainEnd {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::UnknownIssuer => "unknown-issuer",
            Self::Expired => "expired",
            Self::NotYetValid => "not-yet-valid",
            Self::OtherName => "other-name",
            Self::Unfit(_) => "unfit",
        }
    }
}

/// The authority of the system's store that a chain ends at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Anchor {
    /// Its common name, or its whole name: of this network where something inspects the connection.
    pub name: String,
    /// SHA-256 of its public key, 64 hexadecimal digits in lower case: two hosts with the same have the same authority.
    pub key_sha256: String,
}

/// What the authorities of IGC-Santé make of a chain. Host name and dates of the server's own certificate are not looked
/// at here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum IgcPath {
    /// An authority of production of IGC-Santé signed it, every signature verified.
    Signed,
    /// A test authority of IGC-Santé signed it.
    SignedByTest,
    /// It names an authority of IGC-Santé that neither the server sent nor this workstation has: not verified.
    Named,
    /// It looks like one of IGC-Santé, and is not: another key, a wrong signature.
    Forged,
    /// It is of another authority.
    #[default]
    Other,
}
