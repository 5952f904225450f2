//! Signing in to a server with the certificate of a card, up to the end of the TLS handshake: nothing is asked for, and nothing else
//! is sent.
//!
//! Nothing personal leaves before the server has proved itself to the system's store. With TLS 1.2 the certificate then travels
//! in clear; with TLS 1.3 it does not.

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{ResolvesClientCert, Resumption};
use rustls::crypto::{self, CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::sign::{CertifiedKey, Signer, SigningKey};
use rustls::{
    CertificateError, ClientConfig, ClientConnection, DigitallySignedStruct, SignatureScheme, SupportedProtocolVersion,
};

use super::chain::Anchors;
use super::deadline::{Bounded, Deadline};
use super::facts::HostFacts;
use super::handshake::{self, BOTH, ONLY_TLS12, locked};
use super::host::Look;
use super::http::NoHead;
use super::observe::anchors;
use super::plan::HostPlan;
use super::proxy_settings::Proxies;
use super::sign_in_facts::{Confirmation, SignIn, SignInEnd};
use super::text::bounded;
use super::tls_facts::{ChainEnd, HandshakeEnd, TlsVersion};
use crate::certificate::{AuthorityTable, Certificate, DistinguishedName, Hash, SignatureAlgorithm};
use crate::limits;

/// What the card signs with: the way, and the message, which is not hashed yet. Nothing where there is no signature; the reason
/// is the caller's to keep. Called at most once.
pub type Signature = dyn Fn(SignatureAlgorithm, &[u8]) -> Option<Vec<u8>> + Send + Sync;

/// Whom to sign in to, and with what.
#[derive(Clone)]
#[allow(clippy::exhaustive_structs)] // made by the one who signs in
pub struct SignInPlan {
    /// The server.
    pub host: HostPlan,
    /// The proxies that it is reached through.
    pub proxies: Proxies,
    /// The authorities that count as this system's, DER each; `None`: read its store.
    pub system_store: Option<Vec<Vec<u8>>>,
    /// The certificate that is sent to it.
    pub certificate: Certificate,
    /// Whether the card signs with RSA-PSS too, which TLS 1.3 wants.
    pub pss: bool,
    /// Signs.
    pub sign: Arc<Signature>,
}

/// Signs in, as far as the handshake goes, and hangs up. Takes at most [`SIGN_IN`](limits::SIGN_IN).
pub fn sign_in(plan: &SignInPlan) -> SignIn {
    let deadline = Deadline::within(limits::SIGN_IN);
    let store = anchors(plan.system_store.clone());
    let Some(store) = deadline.or_within(limits::NETWORK_STEP).receive(&store).flatten() else {
        return at(&plan.host, SignInEnd::NoStore);
    };
    let card = Arc::new(Card {
        plan: plan.clone(),
        store,
        igc_sante: AuthorityTable::igc_sante().clone(),
        provider: ring::default_provider(),
        seen: Mutex::default(),
    });
    let first = attempt(&card, BOTH, deadline);
    if first.end == SignInEnd::NoCommonSignature && first.version == Some(TlsVersion::Tls13) && !plan.pss {
        let second = attempt(&card, ONLY_TLS12, deadline);
        return match second.end {
            // the server speaks TLS 1.3 alone: that the card cannot sign for it is the answer
            SignInEnd::Handshake(HandshakeEnd::NoCommonVersion) => first,
            _ => SignIn { without_tls13: true, ..second },
        };
    }
    first
}

fn at(host: &HostPlan, end: SignInEnd) -> SignIn {
    SignIn { end, ..SignIn::new(&host.host, host.port) }
}

/// One connection.
fn attempt(card: &Arc<Card>, versions: &[&'static SupportedProtocolVersion], deadline: Deadline) -> SignIn {
    *locked(&card.seen) = Seen::default();
    let host = &card.plan.host;
    let at = |end| at(host, end);
    let Ok(name) = ServerName::try_from(host.host.clone()) else { return at(SignInEnd::NoName) };
    let proxy = card.plan.proxies.for_host(&host.host, true);
    let mut facts = HostFacts::new(&host.host, host.port, host.purpose);
    let look = Look { host, proxy: proxy.as_ref(), igc_sante: &card.igc_sante, deadline };
    let Some(stream) = look.connect(&mut facts) else {
        let is_named = proxy.is_some() || facts.resolution.code() == "found";
        return at(if is_named { SignInEnd::NotReached } else { SignInEnd::NoAddress });
    };
    let config = ClientConfig::builder_with_provider(Arc::new(card.provider.clone())).with_protocol_versions(versions);
    let failed = |error: rustls::Error| at(SignInEnd::Handshake(HandshakeEnd::Failed(bounded(&error.to_string()))));
    let config = match config {
        Ok(config) => config,
        Err(error) => return failed(error),
    };
    let mut config = config
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(card) as Arc<dyn ServerCertVerifier>)
        .with_client_cert_resolver(Arc::new(Offer(Arc::clone(card))));
    config.resumption = Resumption::disabled();
    let mut connection = match ClientConnection::new(Arc::new(config), name) {
        Ok(connection) => connection,
        Err(error) => return failed(error),
    };
    let mut stream = Bounded::new(stream, deadline);
    let outcome = handshake::complete(&mut connection, &mut stream).map_err(NoHead::from);
    let end = card.end(&outcome, &mut connection, &mut stream);
    connection.send_close_notify();
    let _ = connection.write_tls(&mut stream);
    let signature = locked(&card.seen).signed_by.clone();
    SignIn { version: handshake::version(&connection), signature, ..at(end) }
}

/// What signs in, and what happened to it on this connection.
struct Card {
    plan: SignInPlan,
    store: Anchors,
    igc_sante: AuthorityTable,
    provider: CryptoProvider,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    untrusted: Option<ChainEnd>,
    /// Whether a certificate was asked for.
    asked: bool,
    /// Why none was given.
    nothing: Option<SignInEnd>,
    /// How the card was asked to sign.
    asked_to_sign: bool,
    signed_by: Option<SignatureAlgorithm>,
}

impl Card {
    /// What the outcome of a handshake means, and what the server says after it.
    fn end(&self, outcome: &Result<(), NoHead>, connection: &mut ClientConnection, stream: &mut Bounded) -> SignInEnd {
        let (untrusted, asked, nothing, asked_to_sign, has_signed) = {
            let seen = locked(&self.seen);
            let has_signed = seen.signed_by.is_some();
            (seen.untrusted.clone(), seen.asked, seen.nothing.clone(), seen.asked_to_sign, has_signed)
        };
        if let Some(end) = untrusted {
            return SignInEnd::ServerNotTrusted(end);
        }
        if let Some(nothing) = nothing {
            return nothing;
        }
        if asked_to_sign && !has_signed {
            return SignInEnd::NotSigned;
        }
        match outcome {
            Ok(()) if !asked => SignInEnd::NotAsked,
            Ok(()) if handshake::version(connection) == Some(TlsVersion::Tls12) => {
                SignInEnd::Accepted(Confirmation::Finished)
            }
            Ok(()) => after_tls13(connection, stream),
            Err(reason) if has_signed => refused(reason),
            Err(_) => SignInEnd::Handshake(handshake::end(outcome, false, handshake::version(connection).is_some())),
        }
    }

    /// Whether one of these authorities is that of the certificate, or one of IGC-Santé above it.
    fn is_named(&self, names: &[&[u8]]) -> bool {
        let issuer = self.plan.certificate.issuer();
        let igc_sante = self.igc_sante.by_name(issuer).is_some();
        names
            .iter()
            .filter_map(|name| DistinguishedName::parse(name).ok())
            .any(|name| name.same_as(issuer) || igc_sante && self.igc_sante.by_name(&name).is_some())
    }
}

/// Waits until a server of TLS 1.3 has said what it makes of the certificate, or has had the time to.
fn after_tls13(connection: &mut ClientConnection, stream: &mut Bounded) -> SignInEnd {
    stream.until(Deadline::within(limits::SIGN_IN_QUIET));
    loop {
        if connection.tls13_tickets_received() > 0 {
            return SignInEnd::Accepted(Confirmation::Ticket);
        }
        match connection.read_tls(stream) {
            Ok(0) => return SignInEnd::Refused(None),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::TimedOut => return SignInEnd::Accepted(Confirmation::Quiet),
            Err(_) => return SignInEnd::Refused(None),
        }
        match connection.process_new_packets() {
            Ok(state) if state.peer_has_closed() => return SignInEnd::Refused(None),
            Ok(_) => {}
            Err(error) => return refused(&NoHead::Tls(error)),
        }
    }
}

/// What a server says against a certificate, or against its signature.
fn refused(reason: &NoHead) -> SignInEnd {
    match reason {
        NoHead::Tls(rustls::Error::AlertReceived(alert)) => SignInEnd::Refused(Some(u8::from(*alert))),
        NoHead::Closed => SignInEnd::Refused(None),
        NoHead::TimedOut => SignInEnd::Handshake(HandshakeEnd::TimedOut),
        NoHead::NotHttp => SignInEnd::Handshake(HandshakeEnd::NotTls),
        NoHead::Tls(error) => SignInEnd::Handshake(HandshakeEnd::Failed(bounded(&error.to_string()))),
    }
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Card").field("host", &self.plan.host).finish_non_exhaustive()
    }
}

impl ServerCertVerifier for Card {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let sent = std::iter::once(end_entity).chain(intermediates).take(limits::SERVED_CERTIFICATES);
        let chain: Vec<_> = sent.cloned().collect();
        match self.store.vouch(&chain, &self.plan.host.host, now) {
            Ok(()) => Ok(ServerCertVerified::assertion()),
            Err(end) => {
                locked(&self.seen).untrusted = Some(end);
                Err(rustls::Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
            }
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        crypto::verify_tls12_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        crypto::verify_tls13_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// The certificate of the card, for servers that ask for one like it.
#[derive(Debug)]
struct Offer(Arc<Card>);

impl ResolvesClientCert for Offer {
    fn resolve(&self, names: &[&[u8]], schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        let card = &self.0;
        let scheme = SCHEMES.into_iter().find(|(scheme, algorithm)| {
            let needs_pss = matches!(algorithm, SignatureAlgorithm::RsaPss(_));
            schemes.contains(scheme) && (card.plan.pss || !needs_pss)
        });
        let mut seen = locked(&card.seen);
        seen.asked = true;
        if !names.is_empty() && !card.is_named(names) {
            seen.nothing = Some(SignInEnd::OtherAuthorities);
            return None;
        }
        let Some((scheme, algorithm)) = scheme else {
            seen.nothing = Some(SignInEnd::NoCommonSignature);
            return None;
        };
        let certificate = CertificateDer::from(card.plan.certificate.as_der().to_vec());
        let key = Key { card: Arc::clone(card), scheme, algorithm };
        Some(Arc::new(CertifiedKey::new(vec![certificate], Arc::new(key))))
    }

    fn has_certs(&self) -> bool {
        true
    }
}

/// What a card signs with, the best first (RFC 8446 section 4.2.3).
const SCHEMES: [(SignatureScheme, SignatureAlgorithm); 6] = [
    (SignatureScheme::RSA_PSS_SHA256, SignatureAlgorithm::RsaPss(Hash::Sha256)),
    (SignatureScheme::RSA_PSS_SHA384, SignatureAlgorithm::RsaPss(Hash::Sha384)),
    (SignatureScheme::RSA_PSS_SHA512, SignatureAlgorithm::RsaPss(Hash::Sha512)),
    (SignatureScheme::RSA_PKCS1_SHA256, SignatureAlgorithm::Rsa(Hash::Sha256)),
    (SignatureScheme::RSA_PKCS1_SHA384, SignatureAlgorithm::Rsa(Hash::Sha384)),
    (SignatureScheme::RSA_PKCS1_SHA512, SignatureAlgorithm::Rsa(Hash::Sha512)),
];

/// The key of the card, and the way in which it is to sign.
#[derive(Debug, Clone)]
struct Key {
    card: Arc<Card>,
    scheme: SignatureScheme,
    algorithm: SignatureAlgorithm,
}

impl SigningKey for Key {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        offered.contains(&self.scheme).then(|| Box::new(self.clone()) as Box<dyn Signer>)
    }

    fn algorithm(&self) -> rustls::SignatureAlgorithm {
        rustls::SignatureAlgorithm::RSA
    }
}

impl Signer for Key {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rustls::Error> {
        let is_first = !std::mem::replace(&mut locked(&self.card.seen).asked_to_sign, true);
        // one code, one signature
        let signature = is_first.then(|| (self.card.plan.sign)(self.algorithm.clone(), message)).flatten();
        let signature = signature.ok_or_else(|| rustls::Error::General("the card did not sign".into()))?;
        locked(&self.card.seen).signed_by = Some(self.algorithm.clone());
        Ok(signature)
    }

    fn scheme(&self) -> SignatureScheme {
        self.scheme
    }
}
