//! What was observed of signing in to a server with a card, up to the end of the TLS handshake.

use super::tls_facts::{ChainEnd, HandshakeEnd, TlsVersion};
use crate::certificate::SignatureAlgorithm;

/// What became of signing in to one server.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignIn {
    /// The server's name.
    pub host: String,
    /// Its TCP port.
    pub port: u16,
    /// The version of TLS that the server chose; `None` when it chose none.
    pub version: Option<TlsVersion>,
    /// Whether the server had chosen TLS 1.3, which this card cannot sign for, and TLS 1.2 was offered alone then.
    pub without_tls13: bool,
    /// How the card signed; `None` when it was not asked to.
    pub signature: Option<SignatureAlgorithm>,
    /// How it ended.
    pub end: SignInEnd,
}

/// How signing in ended.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignInEnd {
    /// The server accepted the certificate.
    Accepted(Confirmation),
    /// The server refused the certificate or its signature, with this alert (RFC 8446 section 6); `None` when it just hung up.
    Refused(Option<u8>),
    /// The server asked for no certificate during the handshake. It may ask later, for a certain page: that is not seen.
    NotAsked,
    /// The server names the authorities that it accepts, and that of the certificate is none of them: nothing was sent.
    OtherAuthorities,
    /// The server accepts no signature that the card can make: nothing was sent.
    NoCommonSignature,
    /// The signature was asked for, and the card did not make it.
    NotSigned,
    /// The system's store does not hold the server's certificate: nothing was sent.
    ServerNotTrusted(ChainEnd),
    /// The system's store could not be read: nothing was sent.
    NoStore,
    /// The name of the server is none.
    NoName,
    /// Its name has no address.
    NoAddress,
    /// Nothing answers there, or the proxy does not let through.
    NotReached,
    /// The handshake ended before the server knew the certificate.
    Handshake(HandshakeEnd),
}

/// How one knows that a server accepted a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Confirmation {
    /// The server finished the handshake after it had checked the signature: TLS 1.2.
    Finished,
    /// The server gave a ticket for the next time.
    Ticket,
    /// The server said nothing against it for [`SIGN_IN_QUIET`](crate::limits::SIGN_IN_QUIET).
    Quiet,
}

impl Confirmation {
    /// The stable code: `finished`, `ticket` or `quiet`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::Ticket => "ticket",
            Self::Quiet => "quiet",
        }
    }
}

impl SignInEnd {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Accepted(_) => "accepted",
            Self::Refused(_) => "refused",
            Self::NotAsked => "not-asked",
            Self::OtherAuthorities => "other-authorities",
            Self::NoCommonSignature => "no-common-signature",
            Self::NotSigned => "not-signed",
            Self::ServerNotTrusted(_) => "server-not-trusted",
            Self::NoStore => "no-store",
            Self::NoName => "no-name",
            Self::NoAddress => "no-address",
            Self::NotReached => "not-reached",
            Self::Handshake(_) => "handshake",
        }
    }

    /// Every code.
    pub const CODES: [&'static str; 12] = [
        "accepted",
        "refused",
        "not-asked",
        "other-authorities",
        "no-common-signature",
        "not-signed",
        "server-not-trusted",
        "no-store",
        "no-name",
        "no-address",
        "not-reached",
        "handshake",
    ];
}

impl SignIn {
    /// To this server, which was not reached yet.
    pub fn new(host: &str, port: u16) -> Self {
        let host = host.to_owned();
        Self { host, port, version: None, without_tls13: false, signature: None, end: SignInEnd::NotReached }
    }
}
