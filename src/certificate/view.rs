//! One certificate: everything it says, nothing yet about what that is worth.

use std::fmt;
use std::ops::Range;

use super::cursor::{self, Cursor, Element, explicit, implicit};
use super::extension::{Extension, Standard, extensions, only};
use super::key::{self, PublicKey, SignatureAlgorithm, SignatureCheck};
use super::moment::Moment;
use super::name::DistinguishedName;
use super::oid::Oid;
use super::usage::{BasicConstraints, KeyUsage};
use crate::error::{Error, ErrorKind, Result};
use crate::identity::{Name, mask};
use crate::limits;

/// One X.509 certificate (RFC 5280), with its original bytes.
///
/// ```
/// use cpx_card::internal::certificate::Certificate;
///
/// let bytes = include_bytes!("../../fixtures/pki/certificates/cps-medecin.auth.der");
/// let certificate = Certificate::parse(bytes)?;
/// assert_eq!(certificate.subject().title(), Some("Médecin"));
/// assert_eq!(certificate.not_after().to_string(), "2028-09-01T23:59:59Z");
/// assert_eq!(certificate.public_key().bits(), Some(2048));
/// # Ok::<(), cpx_card::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    trailing: usize,
    tbs: Range<usize>,
    version: u8,
    serial: Serial,
    issuer: DistinguishedName,
    subject: DistinguishedName,
    not_before: Moment,
    not_after: Moment,
    key: PublicKey,
    extensions: Vec<Extension>,
    standard: Standard,
    signature_algorithm: SignatureAlgorithm,
    signature: Vec<u8>,
    notes: Vec<Note>,
}

/// Where the head of a certificate ends, its serial number, issuer and validity: in bytes from its start. `None` where these
/// bytes, the beginning of a certificate, do not reach so far or are none.
pub(crate) fn head_end(bytes: &[u8]) -> Option<usize> {
    let of_head = || {
        let mut head = Cursor::new(bytes);
        head.enter(cursor::SEQUENCE, "a certificate")?;
        head.enter(cursor::SEQUENCE, "its body")?;
        head.optional(explicit(0))?;
        head.expect(cursor::INTEGER, "its serial number")?;
        head.expect(cursor::SEQUENCE, "its signature algorithm")?;
        head.expect(cursor::SEQUENCE, "its issuer")?;
        head.expect(cursor::SEQUENCE, "its validity")
    };
    of_head().ok().map(|validity| validity.offset.saturating_add(validity.bytes.len()))
}

impl Certificate {
    /// The certificate that these bytes begin with. Files of cards end with filler: it is counted, not looked at.
    ///
    /// # Errors
    ///
    /// [`LimitReached`](ErrorKind::LimitReached) when there are more than
    /// [`CERTIFICATE_BYTES`](limits::CERTIFICATE_BYTES) bytes, or too many extensions or attributes;
    /// [`Malformed`](ErrorKind::Malformed), with the offset, when the frame of the certificate is broken. An extension
    /// whose content is broken is only [noted](Self::notes).
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > limits::CERTIFICATE_BYTES {
            return Err(Error::new(
                ErrorKind::LimitReached,
                format!("{} bytes are more than CERTIFICATE_BYTES ({})", bytes.len(), limits::CERTIFICATE_BYTES),
            ));
        }
        let outer = Cursor::new(bytes).expect(cursor::SEQUENCE, "a certificate begins with a SEQUENCE")?;
        let trailing = bytes.len().saturating_sub(outer.bytes.len());
        let mut parts = outer.content();
        let body = parts.expect(cursor::SEQUENCE, "the body of a certificate is a SEQUENCE")?;
        let algorithm = parts.expect(cursor::SEQUENCE, "the signature algorithm is missing")?;
        let signature = parts.expect(cursor::BIT_STRING, "the signature is missing")?.whole_bits()?;
        let fields = Body::read(&body)?;
        let (standard, broken) = Standard::read(&fields.extensions);
        let mut notes: Vec<Note> = broken.into_iter().map(Note::BrokenExtension).collect();
        notes.extend(doubles(&fields.extensions));
        if fields.inner_algorithm != algorithm.bytes {
            notes.push(Note::AlgorithmsDiffer);
        }
        let guessed = |name: &DistinguishedName| name.attributes().any(super::Attribute::guessed);
        if guessed(&fields.subject) || guessed(&fields.issuer) {
            notes.push(Note::GuessedText);
        }
        if trailing > 0 {
            notes.push(Note::TrailingBytes(trailing));
        }
        let start = body.offset;
        Ok(Self {
            der: outer.bytes.to_vec(),
            trailing,
            tbs: start..start.saturating_add(body.bytes.len()),
            version: fields.version,
            serial: fields.serial,
            issuer: fields.issuer,
            subject: fields.subject,
            not_before: fields.not_before,
            not_after: fields.not_after,
            key: fields.key,
            standard,
            extensions: fields.extensions,
            signature_algorithm: SignatureAlgorithm::read(&algorithm)?,
            signature: signature.to_vec(),
            notes,
        })
    }

    /// The certificate as it was given, without what followed it.
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// How many bytes followed the certificate: filler, on a card.
    pub fn trailing_bytes(&self) -> usize {
        self.trailing
    }

    /// The part that is signed, as it was given.
    pub fn tbs(&self) -> &[u8] {
        self.der.get(self.tbs.clone()).unwrap_or_default()
    }

    /// SHA-256 of the certificate, 32 bytes: what `sha256sum` says of its DER file.
    pub fn sha256(&self) -> [u8; 32] {
        key::sha256(&self.der)
    }

    /// The version: 1, 2 or 3; above, what the file says plus one.
    pub fn version(&self) -> u8 {
        self.version
    }

    /// The serial number, unique at one issuer. It is not the number of the card.
    pub fn serial(&self) -> &Serial {
        &self.serial
    }

    /// Who issued it, as it says.
    pub fn issuer(&self) -> &DistinguishedName {
        &self.issuer
    }

    /// Whom it is about.
    pub fn subject(&self) -> &DistinguishedName {
        &self.subject
    }

    /// The first second of its validity.
    pub fn not_before(&self) -> Moment {
        self.not_before
    }

    /// The last second of its validity.
    pub fn not_after(&self) -> Moment {
        self.not_after
    }

    /// Its public key.
    pub fn public_key(&self) -> &PublicKey {
        &self.key
    }

    /// How it is signed.
    pub fn signature_algorithm(&self) -> &SignatureAlgorithm {
        &self.signature_algorithm
    }

    /// The algorithm of the signature as it stands behind the body.
    pub(super) fn algorithm_der(&self) -> &[u8] {
        let behind = self.der.get(self.tbs.end..).unwrap_or_default();
        Cursor::new(behind).read("").map(|algorithm| algorithm.bytes).unwrap_or_default()
    }

    /// The bits of the signature.
    pub(super) fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// Its extensions, in the order of the file.
    pub fn extensions(&self) -> &[Extension] {
        &self.extensions
    }

    /// The private extensions of the CPx cards, known or not.
    pub fn private_extensions(&self) -> impl Iterator<Item = &Extension> {
        self.extensions.iter().filter(|extension| extension.is_private())
    }

    /// The key usages; `None` when it has none, which allows every use.
    pub fn key_usage(&self) -> Option<KeyUsage> {
        self.standard.key_usage
    }

    /// The extended key usages; empty when it has none, which allows every use.
    pub fn extended_key_usages(&self) -> &[Oid] {
        self.standard.extended_key_usage.as_deref().unwrap_or_default()
    }

    /// The basic constraints.
    pub fn basic_constraints(&self) -> Option<BasicConstraints> {
        self.standard.basic_constraints
    }

    /// The identifier of its key, usually 20 bytes.
    pub fn subject_key_id(&self) -> Option<&[u8]> {
        self.standard.subject_key.as_deref()
    }

    /// The identifier of the issuer's key, usually 20 bytes.
    pub fn authority_key_id(&self) -> Option<&[u8]> {
        self.standard.authority_key.as_deref()
    }

    /// The addresses of its revocation lists (`http:`, `ldap:`), in order.
    pub fn crl_addresses(&self) -> &[String] {
        &self.standard.crl_points
    }

    /// The addresses that answer for its revocation (OCSP).
    pub fn ocsp_addresses(&self) -> &[String] {
        &self.standard.ocsp
    }

    /// The addresses of the certificate of its issuer.
    pub fn issuer_addresses(&self) -> &[String] {
        &self.standard.issuers
    }

    /// The user principal name (UPN) that Windows logs on with: `30B0057881/CPET0002@carte-cps.fr`.
    pub fn user_principal(&self) -> Option<Name> {
        self.standard.user_principal.as_deref().map(Name::from_text)
    }

    /// The mail address.
    pub fn email(&self) -> Option<Name> {
        self.standard.email.as_deref().map(Name::from_text)
    }

    /// Its host names.
    pub fn dns_names(&self) -> &[String] {
        &self.standard.dns_names
    }

    /// What is odd about it, and kept it from nothing.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Whether its key may sign certificates, by its own account.
    pub fn is_authority(&self) -> bool {
        self.basic_constraints().is_some_and(|constraints| constraints.authority)
    }

    /// Whether issuer and subject are the same name: a root, or a certificate that nobody else vouches for.
    pub fn is_self_issued(&self) -> bool {
        self.issuer.same_as(&self.subject)
    }

    /// Whether the key of `issuer` made the signature of this certificate. Names and dates are not looked at.
    pub fn signed_by(&self, issuer: &Self) -> SignatureCheck {
        if self.notes.contains(&Note::AlgorithmsDiffer) {
            return SignatureCheck::Bad;
        }
        key::verify(&issuer.key, &self.signature_algorithm, self.tbs(), &self.signature)
    }

    /// Whether the key of this certificate made this signature of these bytes in this way.
    pub fn verifies(&self, algorithm: &SignatureAlgorithm, bytes: &[u8], signature: &[u8]) -> SignatureCheck {
        key::verify(&self.key, algorithm, bytes, signature)
    }

    pub(super) fn extension(&self, oid: &[u8]) -> Option<&Extension> {
        only(&self.extensions, oid)
    }

    pub(super) fn has_usage(&self, oid: &[u8]) -> bool {
        self.extended_key_usages().iter().any(|usage| usage.as_der() == oid)
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate")
            .field("subject", &self.subject)
            .field("issuer", &self.issuer)
            .field("serial", &self.serial)
            .field("not_before", &self.not_before)
            .field("not_after", &self.not_after)
            .field("notes", &self.notes)
            .finish_non_exhaustive()
    }
}

/// The serial number of a certificate. Prints masked: it leads to the holder in the public directory.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Serial(Vec<u8>);

impl Serial {
    /// The number with these bytes of an INTEGER.
    pub(super) fn new(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }

    /// The bytes of the INTEGER, as they stand in the certificate. Unmasked.
    pub(super) fn as_der(&self) -> &[u8] {
        &self.0
    }

    /// The bytes without the zeros before them: two writings of one number are equal here.
    pub(super) fn magnitude(&self) -> &[u8] {
        significant(&self.0)
    }

    /// The number in hexadecimal capitals, without zeros before it, unmasked: `6BC2874B9334BED19414E8EB4FB317D4`. A
    /// negative number (which RFC 5280 forbids) is shown as its bytes.
    pub fn reveal(&self) -> String {
        let digits = hex::encode_upper(self.magnitude());
        if digits.is_empty() { "00".to_owned() } else { digits }
    }
}

/// The bytes after the zeros that they begin with.
pub(super) fn significant(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    bytes.get(zeros..).unwrap_or_default()
}

impl fmt::Display for Serial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&mask(&self.reveal()))
    }
}

impl fmt::Debug for Serial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Serial({self})")
    }
}

/// Something odd about a certificate that is read all the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Note {
    /// So many bytes follow it.
    TrailingBytes(usize),
    /// The content of this extension is not what it should be.
    BrokenExtension(Oid),
    /// This extension is there more than once, so it counts for nothing.
    DoubleExtension(Oid),
    /// The algorithm inside and the one outside differ: the signature counts as bad.
    AlgorithmsDiffer,
    /// A text of a name has bytes that its type does not explain: they were read as Latin-1.
    GuessedText,
}

impl Note {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TrailingBytes(_) => "trailing-bytes",
            Self::BrokenExtension(_) => "broken-extension",
            Self::DoubleExtension(_) => "double-extension",
            Self::AlgorithmsDiffer => "algorithms-differ",
            Self::GuessedText => "guessed-text",
        }
    }
}

/// Each extension that is there more than once, once.
fn doubles(extensions: &[Extension]) -> Vec<Note> {
    let mut notes = Vec::new();
    for extension in extensions {
        let note = Note::DoubleExtension(extension.oid().clone());
        if only(extensions, extension.oid().as_der()).is_none() && !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}

/// The fields of a `TBSCertificate` (RFC 5280 section 4.1).
struct Body<'a> {
    version: u8,
    serial: Serial,
    inner_algorithm: &'a [u8],
    issuer: DistinguishedName,
    not_before: Moment,
    not_after: Moment,
    subject: DistinguishedName,
    key: PublicKey,
    extensions: Vec<Extension>,
}

impl<'a> Body<'a> {
    fn read(body: &Element<'a>) -> Result<Self> {
        let mut fields = body.content();
        let version = match fields.optional(explicit(0))? {
            None => 1,
            Some(version) => match version.content().expect(cursor::INTEGER, "a version is an INTEGER")?.value {
                [number @ 0..0x80] => number.saturating_add(1),
                _ => return Err(Error::malformed("there is no such version", version.offset)),
            },
        };
        let serial = fields.expect(cursor::INTEGER, "the serial number is missing")?;
        let algorithm = fields.expect(cursor::SEQUENCE, "the algorithm is missing")?;
        let issuer = DistinguishedName::read(&mut fields, "the issuer is missing")?;
        let mut validity = fields.expect(cursor::SEQUENCE, "the validity is missing")?.content();
        let not_before = Moment::read(&validity.read("the start of the validity is missing")?)?;
        let not_after = Moment::read(&validity.read("the end of the validity is missing")?)?;
        let subject = DistinguishedName::read(&mut fields, "the subject is missing")?;
        let key = PublicKey::read(&fields.expect(cursor::SEQUENCE, "the public key is missing")?)?;
        // Unique identifiers, which nobody writes.
        fields.optional(implicit(1))?;
        fields.optional(implicit(2))?;
        let extensions = match fields.optional(explicit(3))? {
            None => Vec::new(),
            Some(tagged) => extensions(&tagged.content().expect(cursor::SEQUENCE, "the extensions are a SEQUENCE")?)?,
        };
        let inner_algorithm = algorithm.bytes;
        let serial = Serial::new(serial.value);
        Ok(Self { version, serial, inner_algorithm, issuer, not_before, not_after, subject, key, extensions })
    }
}
