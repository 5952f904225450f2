//! A TLS handshake that looks, and proves nothing: it takes any server, and has no certificate to give.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use rustls::client::ResolvesClientCert;
use rustls::client::Resumption;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    AlertDescription, ClientConfig, ClientConnection, DigitallySignedStruct, PeerIncompatible, ProtocolVersion,
    SignatureScheme, SupportedProtocolVersion, sign,
};

use super::deadline::{Bounded, Deadline, milliseconds_since};
use super::http::NoHead;
use super::text::bounded;
use super::tls_facts::{CertificateRequest, Handshake, HandshakeEnd, TlsVersion};
use crate::certificate::{AuthorityTable, DistinguishedName};
use crate::limits;

/// The versions that browsers offer.
pub(super) const BOTH: &[&SupportedProtocolVersion] = &[&rustls::version::TLS13, &rustls::version::TLS12];

/// The older of them alone.
pub(super) const ONLY_TLS12: &[&SupportedProtocolVersion] = &[&rustls::version::TLS12];

/// A handshake under way, or over.
pub(super) struct Session {
    connection: ClientConnection,
    stream: Bounded,
    seen: Arc<Seen>,
    milliseconds: u64,
}

/// What the server sent that the library hands to whoever decides.
#[derive(Debug)]
struct Seen {
    provider: CryptoProvider,
    igc_sante: AuthorityTable,
    chain: Mutex<Vec<CertificateDer<'static>>>,
    request: Mutex<Option<CertificateRequest>>,
}

/// Goes through the handshake with this host, as far as the server does.
///
/// # Errors
///
/// Why there is nothing to shake hands about: the words of the library.
pub(super) fn shake(
    stream: Bounded,
    host: &str,
    versions: &[&'static SupportedProtocolVersion],
    igc_sante: &AuthorityTable,
) -> Result<(Session, Result<(), NoHead>), String> {
    let name = ServerName::try_from(host.to_owned()).map_err(|error| error.to_string())?;
    let seen = Arc::new(Seen {
        provider: ring::default_provider(),
        igc_sante: igc_sante.clone(),
        chain: Mutex::default(),
        request: Mutex::default(),
    });
    let config = ClientConfig::builder_with_provider(Arc::new(seen.provider.clone()))
        .with_protocol_versions(versions)
        .map_err(|error| error.to_string())?;
    let mut config = config
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(&seen) as Arc<dyn ServerCertVerifier>)
        .with_client_cert_resolver(Arc::clone(&seen) as Arc<dyn ResolvesClientCert>);
    config.resumption = Resumption::disabled();
    let connection = ClientConnection::new(Arc::new(config), name).map_err(|error| error.to_string())?;
    let mut session = Session { connection, stream, seen, milliseconds: 0 };
    let begun = Instant::now();
    let outcome = complete(&mut session.connection, &mut session.stream).map_err(NoHead::from);
    session.milliseconds = milliseconds_since(begun);
    Ok((session, outcome))
}

impl Session {
    /// From now on, another deadline.
    pub(super) fn until(&mut self, deadline: Deadline) {
        self.stream.until(deadline);
    }

    /// Whether the server asked for a certificate.
    pub(super) fn was_asked(&self) -> bool {
        locked(&self.seen.request).is_some()
    }

    /// The established connection, to read and write on.
    pub(super) fn stream(&mut self) -> rustls::Stream<'_, ClientConnection, Bounded> {
        rustls::Stream::new(&mut self.connection, &mut self.stream)
    }

    /// The facts so far, without what the chain is worth, and the chain. The outcome is that of the handshake, or of what was
    /// read after it: with TLS 1.3 a server tells only then that it misses a certificate.
    pub(super) fn facts(&self, outcome: &Result<(), NoHead>) -> (Handshake, Vec<CertificateDer<'static>>) {
        let version = version(&self.connection);
        let certificate_request = locked(&self.seen.request).clone();
        let end = end(outcome, certificate_request.is_some(), version.is_some());
        let facts =
            Handshake { end, milliseconds: self.milliseconds, version, certificate_request, ..Handshake::default() };
        (facts, locked(&self.seen.chain).clone())
    }
}

/// Goes through a handshake as far as the server does.
pub(super) fn complete(connection: &mut ClientConnection, stream: &mut Bounded) -> io::Result<()> {
    while connection.is_handshaking() {
        connection.complete_io(stream)?;
    }
    // The last flight of ours.
    while connection.wants_write() {
        connection.write_tls(stream)?;
    }
    Ok(())
}

/// The version that the server chose, once it has.
pub(super) fn version(connection: &ClientConnection) -> Option<TlsVersion> {
    match connection.protocol_version()? {
        ProtocolVersion::TLSv1_2 => Some(TlsVersion::Tls12),
        ProtocolVersion::TLSv1_3 => Some(TlsVersion::Tls13),
        _ => None,
    }
}

/// What an outcome means, given whether the server asked for a certificate, and whether its hello came.
pub(super) fn end(outcome: &Result<(), NoHead>, asked: bool, hello: bool) -> HandshakeEnd {
    let Err(reason) = outcome else { return HandshakeEnd::Completed };
    match reason {
        NoHead::TimedOut => HandshakeEnd::TimedOut,
        NoHead::Closed if asked => HandshakeEnd::CertificateMissing(None),
        NoHead::Closed => HandshakeEnd::Closed,
        NoHead::NotHttp => HandshakeEnd::NotTls,
        NoHead::Tls(error) => match error {
            rustls::Error::AlertReceived(alert) if asked => HandshakeEnd::CertificateMissing(Some(u8::from(*alert))),
            rustls::Error::AlertReceived(AlertDescription::ProtocolVersion)
            | rustls::Error::PeerIncompatible(
                PeerIncompatible::ServerDoesNotSupportTls12Or13
                | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
            ) => HandshakeEnd::NoCommonVersion,
            rustls::Error::AlertReceived(alert) => HandshakeEnd::Alert(u8::from(*alert)),
            rustls::Error::PeerIncompatible(PeerIncompatible::NoCertificateRequestSignatureSchemesInCommon) => {
                HandshakeEnd::NoCommonSignature
            }
            rustls::Error::InvalidMessage(_) if !hello => HandshakeEnd::NotTls,
            other => HandshakeEnd::Failed(bounded(&other.to_string())),
        },
    }
}

impl ServerCertVerifier for Seen {
    /// Takes any: what a chain is worth is found out afterwards, and nothing secret is sent.
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let all = std::iter::once(end_entity).chain(intermediates).take(limits::SERVED_CERTIFICATES);
        *locked(&self.chain) = all.map(|certificate| certificate.clone().into_owned()).collect();
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let _ = (message, certificate, signed);
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let _ = (message, certificate, signed);
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

impl ResolvesClientCert for Seen {
    /// Keeps what the server asks for, and has nothing.
    fn resolve(&self, names: &[&[u8]], schemes: &[SignatureScheme]) -> Option<Arc<sign::CertifiedKey>> {
        let read: Vec<_> = names.iter().map(|name| DistinguishedName::parse(name).ok()).collect();
        let mut igc_sante: Vec<String> = Vec::new();
        for authority in read.iter().flatten().filter_map(|name| self.igc_sante.by_name(name)) {
            if !igc_sante.iter().any(|known| known == authority.name()) {
                igc_sante.push(authority.name().to_owned());
            }
        }
        let kept = read.iter().take(limits::ACCEPTED_AUTHORITIES);
        let text =
            |name: &Option<DistinguishedName>| name.as_ref().map(|name| bounded(&name.reveal())).unwrap_or_default();
        let authorities = kept.map(text).collect();
        *locked(&self.request) = Some(CertificateRequest {
            authorities,
            authority_count: u32::try_from(names.len()).unwrap_or(u32::MAX),
            igc_sante,
            signature_schemes: schemes.iter().map(|scheme| u16::from(*scheme)).collect(),
        });
        None
    }

    fn has_certs(&self) -> bool {
        true
    }
}

/// What a lock holds, also when another thread ended badly with it.
pub(super) fn locked<T>(lock: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
