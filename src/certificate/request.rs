//! Requests for certificates (PKCS#10, RFC 2986): what an applicant sends, and an authority may change.

use std::fmt;
use std::ops::Range;

use super::cursor::{self, Cursor, explicit};
use super::extension::{Standard, extensions};
use super::key::{self, PublicKey, SignatureAlgorithm, SignatureCheck};
use super::name::DistinguishedName;
use super::oid::{self, Oid};
use super::usage::KeyUsage;
use crate::error::{Error, ErrorKind, Result};
use crate::limits;

/// One request for a certificate (CSR). `Debug` is masked.
#[derive(Clone, PartialEq, Eq)]
pub struct CertificateRequest {
    der: Vec<u8>,
    body: Range<usize>,
    subject: DistinguishedName,
    key: PublicKey,
    standard: Standard,
    algorithm: SignatureAlgorithm,
    signature: Vec<u8>,
}

impl CertificateRequest {
    /// The request that these bytes begin with.
    ///
    /// # Errors
    ///
    /// [`LimitReached`](ErrorKind::LimitReached) above [`CERTIFICATE_BYTES`](limits::CERTIFICATE_BYTES), or with too many
    /// extensions or attributes; [`Malformed`](ErrorKind::Malformed), with the offset, when it is no request.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > limits::CERTIFICATE_BYTES {
            return Err(Error::new(ErrorKind::LimitReached, "a request of more than CERTIFICATE_BYTES"));
        }
        let outer = Cursor::new(bytes).expect(cursor::SEQUENCE, "a request begins with a SEQUENCE")?;
        let mut parts = outer.content();
        let body = parts.expect(cursor::SEQUENCE, "the body of a request is a SEQUENCE")?;
        let algorithm = parts.expect(cursor::SEQUENCE, "the signature algorithm is missing")?;
        let signature = parts.expect(cursor::BIT_STRING, "the signature is missing")?.whole_bits()?;
        let mut fields = body.content();
        fields.expect(cursor::INTEGER, "the version is missing")?;
        let subject = DistinguishedName::read(&mut fields, "the subject is missing")?;
        let key = PublicKey::read(&fields.expect(cursor::SEQUENCE, "the public key is missing")?)?;
        let mut requested = Vec::new();
        if let Some(attributes) = fields.optional(explicit(0))? {
            for attribute in attributes.content().elements() {
                let mut attribute = attribute?.tagged(cursor::SEQUENCE, "an attribute is a SEQUENCE")?.content();
                let kind = attribute.expect(cursor::OID, "an attribute begins with its type")?;
                let values = attribute.expect(cursor::SET, "the values of an attribute are a SET")?;
                if kind.value == oid::EXTENSION_REQUEST {
                    let list = values.content().expect(cursor::SEQUENCE, "the extensions are a SEQUENCE")?;
                    requested.extend(extensions(&list)?);
                }
            }
        }
        let (standard, _) = Standard::read(&requested);
        Ok(Self {
            der: outer.bytes.to_vec(),
            body: body.offset..body.offset.saturating_add(body.bytes.len()),
            subject,
            key,
            standard,
            algorithm: SignatureAlgorithm::read(&algorithm)?,
            signature: signature.to_vec(),
        })
    }

    /// The request as it was given, without what followed it.
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// Whom the certificate would be about; the authority may change it.
    pub fn subject(&self) -> &DistinguishedName {
        &self.subject
    }

    /// The key that the certificate would be for.
    pub fn public_key(&self) -> &PublicKey {
        &self.key
    }

    /// How the applicant signed the request.
    pub fn signature_algorithm(&self) -> &SignatureAlgorithm {
        &self.algorithm
    }

    /// The key usages that are asked for.
    pub fn key_usage(&self) -> Option<KeyUsage> {
        self.standard.key_usage
    }

    /// The extended key usages that are asked for.
    pub fn extended_key_usages(&self) -> &[Oid] {
        self.standard.extended_key_usage.as_deref().unwrap_or_default()
    }

    /// The host names that are asked for.
    pub fn dns_names(&self) -> &[String] {
        &self.standard.dns_names
    }

    /// Whether the key of the request signed it: that its sender holds the private key.
    pub fn signature(&self) -> SignatureCheck {
        let body = self.der.get(self.body.clone()).unwrap_or_default();
        key::verify(&self.key, &self.algorithm, body, &self.signature)
    }
}

impl fmt::Debug for CertificateRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CertificateRequest").field("subject", &self.subject).finish_non_exhaustive()
    }
}
