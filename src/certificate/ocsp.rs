//! Asking an OCSP responder, and reading its answer (RFC 6960). How the bytes travel is not known here.

use super::cursor::{self, Cursor, Element, encode, explicit, implicit};
use super::extension::{extensions, only};
use super::key::{self, SignatureAlgorithm};
use super::moment::Moment;
use super::oid;
use super::revocation::{Reason, Revocation, Source, UnknownReason, freshness, signature};
use super::view::{Certificate, significant};
use crate::error::{Error, Result};
use crate::limits;

/// The media type of a request.
pub const OCSP_REQUEST_TYPE: &str = "application/ocsp-request";

/// Certificates of an answer that are tried as the responder's.
const RESPONDERS: usize = 8;

/// Bytes of a nonce (RFC 9654: 32 should be used).
pub const OCSP_NONCE_BYTES: usize = 32;

/// The request for one certificate, to be sent by HTTP POST as `application/ocsp-request`; about 80 bytes, 130 with a nonce.
///
/// It names the issuer by SHA-1, which every responder understands. A responder that echoes the nonce made its answer now;
/// many ignore it: the dates of the answer tell its age then.
pub fn ocsp_request(certificate: &Certificate, issuer: &Certificate, nonce: Option<&[u8]>) -> Vec<u8> {
    let algorithm = encode(cursor::SEQUENCE, &[&encode(cursor::OID, &[oid::SHA1]), &[0x05, 0x00]]);
    let id = encode(
        cursor::SEQUENCE,
        &[
            &algorithm,
            &encode(cursor::OCTET_STRING, &[&key::sha1(issuer.subject().as_der())]),
            &encode(cursor::OCTET_STRING, &[&issuer.public_key().sha1()]),
            &encode(cursor::INTEGER, &[certificate.serial().as_der()]),
        ],
    );
    let list = encode(cursor::SEQUENCE, &[&encode(cursor::SEQUENCE, &[&id])]);
    let extensions = nonce.map(|nonce| {
        let value = encode(cursor::OCTET_STRING, &[&encode(cursor::OCTET_STRING, &[nonce])]);
        let extension = encode(cursor::SEQUENCE, &[&encode(cursor::OID, &[oid::OCSP_NONCE]), &value]);
        encode(explicit(2), &[&encode(cursor::SEQUENCE, &[&extension])])
    });
    let body = encode(cursor::SEQUENCE, &[&list, &extensions.unwrap_or_default()]);
    encode(cursor::SEQUENCE, &[&body])
}

/// The nonce in an answer; `None` where it has none. Nothing is verified.
pub fn ocsp_nonce(answer: &[u8]) -> Option<Vec<u8>> {
    let answer = Answer::read(answer).ok()?;
    let mut fields = answer.body.content();
    fields.optional(explicit(0)).ok()?;
    for _ in 0..3 {
        fields.read("a field").ok()?;
    }
    let tagged = fields.optional(explicit(1)).ok()??;
    let list = extensions(&tagged.content().expect(cursor::SEQUENCE, "the extensions").ok()?).ok()?;
    let value = only(&list, oid::OCSP_NONCE)?.value().to_vec();
    let inner = Cursor::new(&value).expect(cursor::OCTET_STRING, "a nonce").map(|nonce| nonce.value.to_vec());
    // some responders leave the second frame out
    Some(inner.unwrap_or(value))
}

impl Revocation {
    /// What the answer of a responder says of a certificate at this moment.
    ///
    /// It must be signed by the issuer, or by a responder whose certificate the issuer signed for that purpose and
    /// which is in its validity.
    pub fn by_responder(certificate: &Certificate, issuer: &Certificate, answer: &[u8], now: Moment) -> Self {
        let answer = Answer::read(answer).and_then(|answer| answer.judge(certificate, issuer, now));
        answer.unwrap_or_else(Self::Unknown)
    }
}

type Judged<T> = std::result::Result<T, UnknownReason>;

/// A basic answer, borrowed.
struct Answer<'a> {
    body: Element<'a>,
    algorithm: SignatureAlgorithm,
    signature: &'a [u8],
    certificates: Vec<Certificate>,
}

impl<'a> Answer<'a> {
    fn read(bytes: &'a [u8]) -> Judged<Self> {
        if bytes.len() > limits::OCSP_BYTES {
            return Err(UnknownReason::Malformed);
        }
        let basic = basic(bytes).map_err(|_| UnknownReason::Malformed)?;
        let Some(basic) = basic else { return Err(UnknownReason::ResponderRefused) };
        Self::read_basic(basic).map_err(|_| UnknownReason::Malformed)
    }

    fn read_basic(basic: &'a [u8]) -> Result<Self> {
        let mut parts = Cursor::new(basic).expect(cursor::SEQUENCE, "an answer is a SEQUENCE")?.content();
        let body = parts.expect(cursor::SEQUENCE, "the body of an answer is a SEQUENCE")?;
        let algorithm = parts.expect(cursor::SEQUENCE, "the signature algorithm is missing")?;
        let signature = parts.expect(cursor::BIT_STRING, "the signature is missing")?.whole_bits()?;
        let mut certificates = Vec::new();
        if let Some(tagged) = parts.optional(explicit(0))? {
            let list = tagged.content().expect(cursor::SEQUENCE, "the certificates are a SEQUENCE")?;
            for certificate in list.content().elements().take(RESPONDERS) {
                certificates.push(Certificate::parse(certificate?.bytes)?);
            }
        }
        Ok(Self { body, algorithm: SignatureAlgorithm::read(&algorithm)?, signature, certificates })
    }

    fn judge(&self, certificate: &Certificate, issuer: &Certificate, now: Moment) -> Judged<Revocation> {
        let mut fields = self.body.content();
        let malformed = |_: Error| UnknownReason::Malformed;
        fields.optional(explicit(0)).map_err(malformed)?;
        let responder = fields.read("the responder is missing").map_err(malformed)?;
        fields.expect(cursor::GENERALIZED_TIME, "the date is missing").map_err(malformed)?;
        let responses = fields.expect(cursor::SEQUENCE, "the answers are missing").map_err(malformed)?;
        self.verify(&responder, issuer, now)?;
        for response in responses.content().elements() {
            let response = response.map_err(malformed)?;
            let mut parts = response.content();
            let id = parts.expect(cursor::SEQUENCE, "an answer begins with what it is about").map_err(malformed)?;
            if is_about(&id, certificate, issuer).map_err(malformed)? {
                return status(&mut parts, now).map_err(malformed)?;
            }
        }
        Err(UnknownReason::OtherCertificate)
    }

    /// Whether the answer is signed by the issuer or by one that it named.
    fn verify(&self, responder: &Element<'_>, issuer: &Certificate, now: Moment) -> Judged<()> {
        let is_responder = |candidate: &Certificate| responder_is(responder, candidate).unwrap_or(false);
        let named = |candidate: &&Certificate| {
            let directly = candidate.public_key() == issuer.public_key();
            let delegated = candidate.has_usage(oid::OCSP_SIGNING)
                && candidate.issuer().same_as(issuer.subject())
                && candidate.not_before() <= now
                && now <= candidate.not_after()
                && signature(candidate.signed_by(issuer)).is_ok();
            directly || delegated
        };
        let signer = std::iter::once(issuer).chain(&self.certificates).find(|one| is_responder(one) && named(one));
        let signer = signer.ok_or(UnknownReason::BadSignature)?;
        signature(key::verify(signer.public_key(), &self.algorithm, self.body.bytes, self.signature))
    }
}

/// The basic answer inside an answer; `None` when the responder refused.
fn basic(bytes: &[u8]) -> Result<Option<&[u8]>> {
    let mut parts = Cursor::new(bytes).expect(cursor::SEQUENCE, "an answer is a SEQUENCE")?.content();
    let status = parts.expect(cursor::ENUMERATED, "an answer begins with its status")?;
    if status.value != [0] {
        return Ok(None);
    }
    let tagged = parts.expect(explicit(0), "the answer is missing")?;
    let mut inner = tagged.content().expect(cursor::SEQUENCE, "the answer is a SEQUENCE")?.content();
    let kind = inner.expect(cursor::OID, "the answer begins with its kind")?;
    if kind.value != oid::OCSP_BASIC {
        return Err(Error::malformed("an answer of an unknown kind", kind.offset));
    }
    Ok(Some(inner.expect(cursor::OCTET_STRING, "the answer is an OCTET STRING")?.value))
}

/// Whether a responder names itself by the subject or the key of this certificate.
fn responder_is(responder: &Element<'_>, candidate: &Certificate) -> Result<bool> {
    let inner = responder.content().read("the responder is empty")?;
    Ok(if responder.tag == explicit(1) {
        inner.bytes == candidate.subject().as_der()
    } else {
        responder.tag == explicit(2) && inner.value == candidate.public_key().sha1()
    })
}

/// Whether an answer is about this certificate of this issuer.
fn is_about(id: &Element<'_>, certificate: &Certificate, issuer: &Certificate) -> Result<bool> {
    let mut parts = id.content();
    let algorithm = parts.expect(cursor::SEQUENCE, "the hash algorithm is missing")?;
    let hash = algorithm.content().expect(cursor::OID, "an algorithm begins with its identifier")?.value;
    let name = parts.expect(cursor::OCTET_STRING, "the name of the issuer is missing")?.value;
    let key = parts.expect(cursor::OCTET_STRING, "the key of the issuer is missing")?.value;
    let serial = parts.expect(cursor::INTEGER, "the serial number is missing")?.value;
    let subject = issuer.subject().as_der();
    let same_issuer = match hash {
        oid::SHA1 => name == key::sha1(subject) && key == issuer.public_key().sha1(),
        oid::SHA256 => name == key::sha256(subject) && key == issuer.public_key().key_sha256(),
        _ => false,
    };
    Ok(same_issuer && significant(serial) == certificate.serial().magnitude())
}

/// The status of one certificate, and until when it counts.
fn status(parts: &mut Cursor<'_>, now: Moment) -> Result<Judged<Revocation>> {
    let status = parts.read("the status is missing")?;
    let this = Moment::read(&parts.expect(cursor::GENERALIZED_TIME, "the date of the status is missing")?)?;
    let next = match parts.optional(explicit(0))? {
        None => None,
        Some(tagged) => Some(Moment::read(&tagged.content().read("the next date is missing")?)?),
    };
    if let Err(reason) = freshness(this, next, now) {
        return Ok(Err(reason));
    }
    let source = Source::Responder;
    Ok(if status.tag == implicit(0) {
        Ok(Revocation::NotRevoked { as_of: this, source })
    } else if status.tag == explicit(1) {
        let mut revoked = status.content();
        let since = Moment::read(&revoked.read("the date of revocation is missing")?)?;
        let number = match revoked.optional(explicit(0))? {
            None => 0,
            Some(tagged) => tagged.content().read("a reason")?.value.first().copied().unwrap_or(0),
        };
        Ok(Revocation::Revoked { since, reason: Reason::from_number(number), source })
    } else {
        Err(UnknownReason::ResponderUnknowing)
    })
}
