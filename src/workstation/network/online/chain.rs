//! What the authorities known here make of a chain that a server sent.

use rustls::pki_types::{CertificateDer, ServerName, TrustAnchor, UnixTime};
use webpki::{ALL_VERIFICATION_ALGS, EndEntityCert, KeyUsage};

use super::text::bounded;
use super::tls_facts::{Anchor, ChainEnd, Handshake, IgcPath, ServedCertificate};
use crate::certificate::{AuthorityTable, Certificate, DistinguishedName, Judge, Moment, Trust, TrustReason};

/// The extension with the proofs of publication of a certificate (RFC 6962 section 3.3).
const PUBLISHED: &str = "1.3.6.1.4.1.11129.2.4.2";

/// The authorities of a system's store, ready to verify with.
pub(super) struct Anchors {
    certificates: Vec<CertificateDer<'static>>,
    anchors: Vec<TrustAnchor<'static>>,
}

impl Anchors {
    /// Those of these certificates; one that cannot be read anchors nothing.
    pub(super) fn new(store: Vec<Vec<u8>>) -> Self {
        let read = store.into_iter().map(CertificateDer::from).filter_map(|certificate| {
            let anchor = webpki::anchor_from_trusted_cert(&certificate).ok()?.to_owned();
            Some((certificate, anchor))
        });
        let (certificates, anchors) = read.unzip();
        Self { certificates, anchors }
    }

    /// What this store makes of a chain, for this host, now.
    fn verify(&self, chain: &[CertificateDer<'_>], host: &str, now: UnixTime) -> (ChainEnd, Option<Anchor>) {
        match self.verified(chain, host, now) {
            Ok(anchor) => (ChainEnd::Valid, anchor),
            Err(error) => (end(&error), None),
        }
    }

    /// The authority of the store that vouches for this chain, for this host, now.
    ///
    /// # Errors
    ///
    /// Why none does.
    pub(super) fn vouch(&self, chain: &[CertificateDer<'_>], host: &str, now: UnixTime) -> Result<(), ChainEnd> {
        self.verified(chain, host, now).map(drop).map_err(|error| end(&error))
    }

    fn verified(
        &self,
        chain: &[CertificateDer<'_>],
        host: &str,
        now: UnixTime,
    ) -> Result<Option<Anchor>, webpki::Error> {
        let [leaf, others @ ..] = chain else { return Err(webpki::Error::UnknownIssuer) };
        let server = EndEntityCert::try_from(leaf)?;
        let algorithms = ALL_VERIFICATION_ALGS;
        let usage = KeyUsage::server_auth();
        let path = server.verify_for_usage(algorithms, &self.anchors, others, now, usage, None, None)?;
        let name = ServerName::try_from(host).map_err(|_| webpki::Error::MalformedDnsIdentifier)?;
        server.verify_is_valid_for_subject_name(&name)?;
        let place = self.anchors.iter().position(|anchor| anchor == path.anchor());
        let certificate = place.and_then(|place| Certificate::parse(self.certificates.get(place)?).ok());
        Ok(certificate.map(|certificate| Anchor {
            name: name_of(certificate.subject()),
            key_sha256: hex::encode(certificate.public_key().sha256()),
        }))
    }
}

fn end(error: &webpki::Error) -> ChainEnd {
    match error {
        webpki::Error::UnknownIssuer => ChainEnd::UnknownIssuer,
        webpki::Error::CertExpired { .. } => ChainEnd::Expired,
        webpki::Error::CertNotValidYet { .. } => ChainEnd::NotYetValid,
        webpki::Error::CertNotValidForName(_) => ChainEnd::OtherName,
        other => ChainEnd::Unfit(bounded(&other.to_string())),
    }
}

/// Everything that a chain is compared with.
pub(super) struct Trusted {
    /// The system's store; `None` when it could not be read.
    pub(super) system: Option<Anchors>,
    /// Certificates found on this workstation.
    pub(super) authorities: Vec<Certificate>,
    /// The authorities of IGC-Santé.
    pub(super) igc_sante: AuthorityTable,
}

impl Trusted {
    /// Adds to the facts of a handshake what the chain is, and is worth.
    pub(super) fn weigh(&self, chain: &[CertificateDer<'_>], host: &str, facts: &mut Handshake) {
        let read: Vec<_> = chain.iter().map(|der| Certificate::parse(der).ok()).collect();
        facts.chain = read.iter().zip(chain).map(|(certificate, der)| self.served(certificate.as_ref(), der)).collect();
        if chain.is_empty() {
            return;
        }
        let now = UnixTime::now();
        let verdict = self.system.as_ref().map(|system| system.verify(chain, host, now));
        (facts.system_store, facts.anchor) = verdict.map_or((None, None), |(end, anchor)| (Some(end), anchor));
        facts.igc_sante = Some(self.igc_path(read, now));
    }

    fn igc_path(&self, chain: Vec<Option<Certificate>>, now: UnixTime) -> IgcPath {
        let mut chain = chain.into_iter();
        let Some(leaf) = chain.next().flatten() else { return IgcPath::Other };
        let pool: Vec<_> = chain.flatten().chain(self.authorities.iter().cloned()).collect();
        let now = Moment::from_unix(i64::try_from(now.as_secs()).unwrap_or(i64::MAX));
        let verdict = Judge::with(&self.igc_sante).judge(&leaf, &pool, now);
        match verdict.trust() {
            Trust::Trusted => IgcPath::Signed,
            Trust::TestAuthority => IgcPath::SignedByTest,
            Trust::AuthorityAbsent => IgcPath::Named,
            Trust::BadSignature if verdict.authority().is_some() => IgcPath::Forged,
            Trust::UnknownIssuer if verdict.reason() == Some(TrustReason::LooksLikeIgcSante) => IgcPath::Forged,
            _ => IgcPath::Other,
        }
    }

    fn served(&self, certificate: Option<&Certificate>, der: &[u8]) -> ServedCertificate {
        let sha256 = hex::encode(::ring::digest::digest(&::ring::digest::SHA256, der));
        let Some(certificate) = certificate else {
            return ServedCertificate { sha256, ..ServedCertificate::default() };
        };
        let authority = self.igc_sante.known(certificate);
        ServedCertificate {
            subject: name_of(certificate.subject()),
            issuer: name_of(certificate.issuer()),
            issuer_organisation: certificate.issuer().organisation().map(bounded),
            sha256,
            key_sha256: hex::encode(certificate.public_key().sha256()),
            not_before: certificate.not_before().unix(),
            not_after: certificate.not_after().unix(),
            self_issued: certificate.is_self_issued(),
            publicly_logged: certificate.extensions().iter().any(|extension| extension.oid().to_string() == PUBLISHED),
            igc_sante: authority.map(|authority| authority.name().to_owned()),
        }
    }
}

/// The common name, or the whole name when there is none.
fn name_of(name: &DistinguishedName) -> String {
    name.common_name().map_or_else(|| bounded(&name.reveal()), bounded)
}
