//! What is in a file that people hold: certificates, requests, revocation lists, containers of keys, as DER, PEM with one or
//! several blocks anywhere in a text, base64 without PEM lines, or PKCS#7 bundles.

use super::ber::definite;
use super::crl::RevocationList;
use super::cursor::{self, Cursor, explicit};
use super::oid;
use super::pem::{self, Block};
use super::pkcs12::Pkcs12;
use super::request::CertificateRequest;
use super::view::Certificate;
use crate::error::{Error, ErrorKind, Result};
use crate::limits;

/// Labels of PEM blocks that hold one certificate.
const CERTIFICATE_LABELS: [&str; 3] = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"];
/// Labels of PEM blocks that hold a PKCS#7 bundle.
const BUNDLE_LABELS: [&str; 3] = ["PKCS7", "CMS", "PKCS #7 SIGNED DATA"];
/// Labels of PEM blocks that hold a revocation list.
const LIST_LABELS: [&str; 2] = ["X509 CRL", "CRL"];
/// Labels of PEM blocks that hold a request.
const REQUEST_LABELS: [&str; 2] = ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"];
/// What the key stores of Java begin with (JKS, JCEKS).
const JAVA_STORES: [[u8; 4]; 2] = [[0xFE, 0xED, 0xFE, 0xED], [0xCE, 0xCE, 0xCE, 0xCE]];

/// The kind of whatever does not say to be something else.
const CERTIFICATE: &str = "certificate";

/// What one part of a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// A certificate.
    Certificate(Certificate),
    /// A request for a certificate (CSR).
    Request(CertificateRequest),
    /// A revocation list (CRL).
    List(RevocationList),
    /// A container of a key and its certificates (`.p12`, `.pfx`).
    Container(Pkcs12),
    /// A private key, of which nothing is kept.
    PrivateKey,
    /// A public key alone.
    PublicKey,
    /// A key store of Java (JKS).
    JavaStore,
    /// A PEM block, or a PKCS#7 file, of another kind.
    Other,
}

impl Content {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Certificate(_) => CERTIFICATE,
            Self::Request(_) => "request",
            Self::List(_) => "revocation-list",
            Self::Container(_) => "container",
            Self::PrivateKey => "private-key",
            Self::PublicKey => "public-key",
            Self::JavaStore => "java-store",
            Self::Other => "other",
        }
    }
}

/// One part of a file.
#[derive(Debug)]
#[non_exhaustive]
pub struct Part {
    /// Bytes from the start of the file to the part.
    pub offset: usize,
    /// What it says it is, readable or not: a code of [`Content::code`].
    pub kind: &'static str,
    /// What it is, or why it cannot be read.
    pub content: Result<Content>,
}

/// The parts of a file, in its order: at least one, at most [`CERTIFICATES_IN_FILE`](limits::CERTIFICATES_IN_FILE), and an
/// error last when there are more.
///
/// A file is DER (one thing, or certificates one after the other), text with PEM blocks anywhere (a mail, also quoted),
/// base64 without PEM lines, or a PKCS#7 bundle (`.p7b`, DER or PEM). What a code protects stays closed.
///
/// ```
/// use cpx_card::internal::certificate::contents_in;
///
/// let text = b"Bonjour,\n-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n";
/// let parts = contents_in(text);
/// assert_eq!(parts[0].content.as_ref().map(|content| content.code()).ok(), Some("private-key"));
/// ```
pub fn contents_in(bytes: &[u8]) -> Vec<Part> {
    let mut parts = Parts::default();
    let text = pem::as_text(bytes);
    let bytes = text.as_deref().unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        parts.put(0, Err(Error::malformed("the file is empty", 0)));
    } else if pem::looks_like(bytes) {
        for block in pem::blocks(bytes) {
            match block {
                Ok(block) => parts.take_block(block),
                Err(error) => parts.put(error.offset().unwrap_or(0), Err(error)),
            }
            if parts.full {
                break;
            }
        }
    } else if let Some(decoded) = pem::bare_base64(bytes) {
        parts.take_der(&decoded);
        for part in &mut parts.found {
            part.content = std::mem::replace(&mut part.content, Ok(Content::Other)).map_err(|e| e.within("base64"));
        }
    } else {
        parts.take_der(bytes);
    }
    parts.found
}

/// The certificates in a file, in its order: at least one, at most
/// [`CERTIFICATES_IN_FILE`](limits::CERTIFICATES_IN_FILE). Other parts are passed over when there is a certificate.
///
/// # Errors
///
/// [`LimitReached`](ErrorKind::LimitReached) above [`CERTIFICATE_BYTES`](limits::CERTIFICATE_BYTES);
/// [`Malformed`](ErrorKind::Malformed) with the offset and a word on what the file is instead, where that can be told:
/// a private key, a request, a PKCS#12 file, a revocation list.
///
/// ```
/// use cpx_card::internal::certificate::certificates_in;
///
/// let file = include_bytes!("../../fixtures/pki/certificates/cps-medecin.auth.der");
/// assert_eq!(certificates_in(file)?.len(), 1);
/// let error = certificates_in(b"-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n").unwrap_err();
/// assert_eq!(error.to_string(), "no certificate in the file: a private key (offset 0)");
/// # Ok::<(), cpx_card::Error>(())
/// ```
pub fn certificates_in(bytes: &[u8]) -> Result<Vec<Certificate>> {
    if bytes.len() > limits::CERTIFICATE_BYTES {
        return Err(too_large(bytes.len()));
    }
    let mut certificates = Vec::new();
    let mut other = None;
    for Part { offset, kind, content } in contents_in(bytes) {
        match content {
            Ok(Content::Certificate(certificate)) => certificates.push(certificate),
            Err(error) if kind == CERTIFICATE => return Err(error),
            _ => {
                other.get_or_insert((described(kind), offset));
            }
        }
    }
    match (certificates.is_empty(), other) {
        (false, _) => Ok(certificates),
        (true, Some((what, offset))) => Err(Error::malformed(format!("no certificate in the file: {what}"), offset)),
        (true, None) => Err(Error::malformed("no certificate in the file", 0)),
    }
}

/// The revocation lists in a file: one in DER, or those of the PEM blocks.
///
/// # Errors
///
/// [`LimitReached`](ErrorKind::LimitReached) above [`CRL_BYTES`](limits::CRL_BYTES);
/// [`Malformed`](ErrorKind::Malformed) with the offset when there is none, or one is broken.
pub fn revocation_lists_in(bytes: &[u8]) -> Result<Vec<RevocationList>> {
    if bytes.len() > limits::CRL_BYTES || !pem::looks_like(bytes) {
        return RevocationList::parse(bytes).map(|list| vec![list]);
    }
    let mut lists = Vec::new();
    for block in pem::blocks(bytes) {
        let Block { label, offset, content } = block?;
        if LIST_LABELS.contains(&label) {
            let list = RevocationList::parse(&content?);
            lists.push(list.map_err(|error| error.within(format!("PEM block at offset {offset}")))?);
        }
        if lists.len() > limits::CERTIFICATES_IN_FILE {
            return Err(Error::new(ErrorKind::LimitReached, "more lists in a file than CERTIFICATES_IN_FILE"));
        }
    }
    if lists.is_empty() { Err(Error::malformed("no revocation list in the file", 0)) } else { Ok(lists) }
}

/// What a part of a kind is, in English, for technicians.
fn described(kind: &str) -> &'static str {
    match kind {
        "request" => "a request for a certificate",
        "revocation-list" => "a revocation list",
        "container" => "a PKCS#12 file, which a code protects",
        "private-key" => "a private key",
        "public-key" => "a public key",
        "java-store" => "a Java key store",
        _ => "a PEM block of another kind",
    }
}

fn too_large(length: usize) -> Error {
    Error::new(
        ErrorKind::LimitReached,
        format!("{length} bytes are more than CERTIFICATE_BYTES ({})", limits::CERTIFICATE_BYTES),
    )
}

/// The parts found so far.
#[derive(Default)]
struct Parts {
    found: Vec<Part>,
    full: bool,
}

impl Parts {
    fn put(&mut self, offset: usize, content: Result<Content>) {
        let kind = content.as_ref().map_or(CERTIFICATE, Content::code);
        self.put_as(kind, offset, content);
    }

    fn put_as(&mut self, kind: &'static str, offset: usize, content: Result<Content>) {
        if self.full {
            return;
        }
        self.full = self.found.len() >= limits::CERTIFICATES_IN_FILE;
        self.found.push(if self.full {
            let error = Error::new(ErrorKind::LimitReached, "more certificates in a file than CERTIFICATES_IN_FILE");
            Part { offset, kind: CERTIFICATE, content: Err(error) }
        } else {
            Part { offset, kind, content }
        });
    }

    fn take_block(&mut self, block: Block<'_>) {
        let Block { label, offset, content } = block;
        let within = |error: Error| error.within(format!("PEM block at offset {offset}"));
        if label.ends_with("PRIVATE KEY") {
            return self.put(offset, Ok(Content::PrivateKey));
        }
        if label.ends_with("PUBLIC KEY") {
            return self.put(offset, Ok(Content::PublicKey));
        }
        if BUNDLE_LABELS.contains(&label) {
            return match content.and_then(|bytes| bundle(&bytes).map_err(within)) {
                Ok(contents) => contents.into_iter().for_each(|content| self.put(offset, Ok(content))),
                Err(error) => self.put(offset, Err(error)),
            };
        }
        let (kind, parse): (_, Parse) = match label {
            label if CERTIFICATE_LABELS.contains(&label) => (CERTIFICATE, certificate),
            label if LIST_LABELS.contains(&label) => ("revocation-list", list),
            label if REQUEST_LABELS.contains(&label) => ("request", request),
            "PKCS12" => ("container", container),
            _ => ("other", |_| Ok(Content::Other)),
        };
        self.put_as(kind, offset, content.and_then(|bytes| parse(&bytes).map_err(within)));
    }

    fn take_der(&mut self, bytes: &[u8]) {
        match kind(bytes) {
            Ok(Kind::Certificates) => self.take_certificates(bytes),
            Ok(Kind::Bundle) => match bundle(bytes) {
                Ok(contents) => contents.into_iter().for_each(|content| self.put(0, Ok(content))),
                Err(error) => self.put(0, Err(error)),
            },
            Ok(Kind::One(kind, parse)) => self.put_as(kind, 0, parse(bytes)),
            Err(error) => self.put(0, Err(error)),
        }
    }

    /// Certificates one after the other.
    fn take_certificates(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while !self.full {
            let offset = bytes.len().saturating_sub(rest.len());
            match Certificate::parse(rest) {
                Ok(certificate) => {
                    rest = rest.get(certificate.as_der().len()..).unwrap_or_default();
                    self.put(offset, Ok(Content::Certificate(certificate)));
                }
                // What follows a certificate and is none is filler, which the certificate before has noted.
                Err(_) if offset > 0 => return,
                Err(error) => return self.put(0, Err(error)),
            }
        }
    }
}

/// Reads a part of one kind.
type Parse = fn(&[u8]) -> Result<Content>;

/// What DER is by its first tags.
enum Kind {
    Certificates,
    Bundle,
    One(&'static str, Parse),
}

fn certificate(bytes: &[u8]) -> Result<Content> {
    Certificate::parse(bytes).map(Content::Certificate)
}

fn list(bytes: &[u8]) -> Result<Content> {
    RevocationList::parse(bytes).map(Content::List)
}

fn request(bytes: &[u8]) -> Result<Content> {
    CertificateRequest::parse(bytes).map(Content::Request)
}

fn container(bytes: &[u8]) -> Result<Content> {
    Pkcs12::parse(bytes).map(Content::Container)
}

fn kind(bytes: &[u8]) -> Result<Kind> {
    if JAVA_STORES.iter().any(|magic| bytes.starts_with(magic)) {
        return Ok(Kind::One("java-store", |_| Ok(Content::JavaStore)));
    }
    // Containers and bundles with indefinite lengths.
    let whole = if bytes.starts_with(&[cursor::SEQUENCE, 0x80]) && bytes.len() <= limits::CERTIFICATE_BYTES {
        definite(bytes).ok()
    } else {
        None
    };
    let bytes = whole.as_deref().unwrap_or(bytes);
    let first = Cursor::new(bytes).expect(cursor::SEQUENCE, "no certificate: neither DER nor PEM")?;
    let mut parts = first.content();
    match parts.peek() {
        Some(cursor::OID) => return Ok(Kind::Bundle),
        Some(cursor::INTEGER) if parts.read("a version")?.value == [3] => return Ok(Kind::One("container", container)),
        Some(cursor::INTEGER) => return Ok(Kind::One("private-key", |_| Ok(Content::PrivateKey))),
        _ => {}
    }
    let body = parts.expect(cursor::SEQUENCE, "no certificate: neither DER nor PEM");
    let Ok(body) = body else { return Ok(Kind::Certificates) };
    match parts.peek() {
        Some(cursor::OCTET_STRING) => return Ok(Kind::One("private-key", |_| Ok(Content::PrivateKey))),
        Some(cursor::BIT_STRING) => return Ok(Kind::One("public-key", |_| Ok(Content::PublicKey))),
        _ => {}
    }
    let tags: Vec<u8> = body.content().elements().take(4).map_while(Result::ok).map(|element| element.tag).collect();
    Ok(match tags.as_slice() {
        // version, issuer, key and attributes
        [cursor::INTEGER, cursor::SEQUENCE, cursor::SEQUENCE] => Kind::One("request", request),
        [cursor::INTEGER, cursor::SEQUENCE, cursor::SEQUENCE, fourth] if *fourth == explicit(0) => {
            Kind::One("request", request)
        }
        [_, cursor::SEQUENCE, cursor::UTC_TIME | cursor::GENERALIZED_TIME, ..]
        | [_, _, cursor::SEQUENCE, cursor::UTC_TIME | cursor::GENERALIZED_TIME] => Kind::One("revocation-list", list),
        _ if bytes.len() > limits::CERTIFICATE_BYTES => return Err(too_large(bytes.len())),
        _ => Kind::Certificates,
    })
}

/// The certificates and lists of a `SignedData` (RFC 5652 section 5.1), whose signatures are not looked at: there are none.
fn bundle(bytes: &[u8]) -> Result<Vec<Content>> {
    if bytes.len() > limits::CERTIFICATE_BYTES {
        return Err(too_large(bytes.len()));
    }
    let whole = if bytes.get(1) == Some(&0x80) { Some(definite(bytes)?) } else { None };
    let bytes = whole.as_deref().unwrap_or(bytes);
    let mut outer = Cursor::new(bytes).expect(cursor::SEQUENCE, "a bundle begins with a SEQUENCE")?.content();
    let kind = outer.expect(cursor::OID, "a bundle begins with its kind")?;
    if kind.value != oid::SIGNED_DATA {
        return Err(Error::malformed("a PKCS#7 file of another kind than a bundle of certificates", kind.offset));
    }
    let tagged = outer.expect(explicit(0), "the bundle is empty")?;
    let mut fields = tagged.content().expect(cursor::SEQUENCE, "the bundle is a SEQUENCE")?.content();
    fields.expect(cursor::INTEGER, "the version of the bundle is missing")?;
    fields.expect(cursor::SET, "the hash algorithms of the bundle are missing")?;
    fields.expect(cursor::SEQUENCE, "the content of the bundle is missing")?;
    let mut contents = Vec::new();
    let (certificates, lists) = (fields.optional(explicit(0))?, fields.optional(explicit(1))?);
    for (list, is_certificates) in [(certificates, true), (lists, false)] {
        let Some(list) = list else { continue };
        for element in list.content().elements() {
            let element = element?;
            let moved = |error: Error| error.moved(element.offset);
            // Other kinds of certificates (attribute certificates) have a tag of their own.
            match (element.tag, is_certificates) {
                (cursor::SEQUENCE, true) => {
                    contents.push(Content::Certificate(Certificate::parse(element.bytes).map_err(moved)?));
                }
                (cursor::SEQUENCE, false) => {
                    contents.push(Content::List(RevocationList::parse(element.bytes).map_err(moved)?));
                }
                _ => {}
            }
            // one more is enough to tell that there are too many
            if contents.len() > limits::CERTIFICATES_IN_FILE {
                return Ok(contents);
            }
        }
    }
    if contents.is_empty() {
        return Err(Error::malformed("no certificate in the bundle", 0));
    }
    Ok(contents)
}

#[cfg(test)]
mod tests {
    use base64ct::{Base64, Encoding};

    use super::super::cursor::encode;
    use super::*;

    fn der(name: &str) -> Vec<u8> {
        std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pki").join(name)).unwrap()
    }

    fn auth() -> Vec<u8> {
        der("certificates/cps-medecin.auth.der")
    }

    fn pem(label: &str, der: &[u8]) -> String {
        let text = Base64::encode_string(der);
        let lines: Vec<&str> = text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
        format!("-----BEGIN {label}-----\r\n{}\r\n-----END {label}-----\r\n", lines.join("\r\n"))
    }

    fn p7b(certificates: &[Vec<u8>]) -> Vec<u8> {
        let signed = encode(
            cursor::SEQUENCE,
            &[
                &[2, 1, 1],
                &[0x31, 0],
                &encode(cursor::SEQUENCE, &[&encode(cursor::OID, &[&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 1]])]),
                &encode(explicit(0), &[&certificates.concat()]),
                &[0x31, 0],
            ],
        );
        encode(cursor::SEQUENCE, &[&encode(cursor::OID, &[oid::SIGNED_DATA]), &encode(explicit(0), &[&signed])])
    }

    fn count(bytes: &[u8]) -> usize {
        certificates_in(bytes).unwrap_or_else(|error| panic!("{error}")).len()
    }

    #[test]
    fn every_kind_of_file_is_read() {
        let (one, two) = (auth(), der("authorities/racine-fort.der"));
        assert_eq!(count(&one), 1);
        assert_eq!(count(&[one.clone(), two.clone()].concat()), 2);
        assert_eq!(count(&[one.clone(), vec![0xFF; 20]].concat()), 1);
        assert_eq!(count(pem("CERTIFICATE", &one).as_bytes()), 1);
        let text =
            format!("Bag Attributes\n  x: y\n{}\nsubject=\n{}", pem("CERTIFICATE", &one), pem("CERTIFICATE", &two));
        assert_eq!(count(text.as_bytes()), 2);
        assert_eq!(count(format!("{}{}", pem("PRIVATE KEY", &[1]), pem("CERTIFICATE", &one)).as_bytes()), 1);
        assert_eq!(count(&p7b(&[one.clone(), two.clone()])), 2);
        assert_eq!(count(pem("PKCS7", &p7b(&[one.clone(), two])).as_bytes()), 2);
        assert_eq!(count(format!("\u{FEFF}{}", pem("CERTIFICATE", &one)).as_bytes()), 1);
        assert_eq!(count(Base64::encode_string(&one).as_bytes()), 1);
    }

    #[test]
    fn what_is_no_certificate_is_named() {
        let key = pem("RSA PRIVATE KEY", &[0x30, 0]);
        let cases: [(&[u8], &str); 9] = [
            (b"", "the file is empty (offset 0)"),
            (b" \n ", "the file is empty (offset 0)"),
            (b"Bonjour", "no certificate: neither DER nor PEM (offset 0)"),
            (key.as_bytes(), "no certificate in the file: a private key (offset 0)"),
            (&der("crl/fort-personnes.crl"), "no certificate in the file: a revocation list (offset 0)"),
            (&[0x30, 3, 2, 1, 3], "no certificate in the file: a PKCS#12 file, which a code protects (offset 0)"),
            (&p7b(&[]), "no certificate in the bundle (offset 0)"),
            (b"-----BEGIN CERTIFICATE-----\nMIIB", "a PEM block without its end (offset 0)"),
            (
                b"x\n-----BEGIN CERTIFICATE-----\nMI*B\n-----END CERTIFICATE-----\n",
                "a character that is not of base64 (offset 32)",
            ),
        ];
        for (bytes, message) in cases {
            assert_eq!(certificates_in(bytes).unwrap_err().to_string(), message);
        }
        let large = vec![b' '; limits::CERTIFICATE_BYTES + 1];
        assert_eq!(certificates_in(&large).unwrap_err().kind(), ErrorKind::LimitReached);
        assert_eq!(certificates_in(&large[1..]).unwrap_err().to_string(), "the file is empty (offset 0)");
    }

    #[test]
    fn every_other_block_is_named_and_the_first_one_is_told() {
        let cases = [
            ("ENCRYPTED PRIVATE KEY", "a private key"),
            ("RSA PUBLIC KEY", "a public key"),
            ("CERTIFICATE REQUEST", "a request for a certificate"),
            ("NEW CERTIFICATE REQUEST", "a request for a certificate"),
            ("X509 CRL", "a revocation list"),
            ("CRL", "a revocation list"),
            ("PKCS12", "a PKCS#12 file, which a code protects"),
            ("DH PARAMETERS", "a PEM block of another kind"),
        ];
        for (label, what) in cases {
            let text = format!("\n{}{}", pem(label, &[1, 2, 3]), pem("OTHER", &[1, 2, 3]));
            let error = certificates_in(text.as_bytes()).unwrap_err();
            assert_eq!(error.to_string(), format!("no certificate in the file: {what} (offset 1)"));
        }
        for label in ["X509 CERTIFICATE", "TRUSTED CERTIFICATE"] {
            assert_eq!(count(pem(label, &auth()).as_bytes()), 1, "{label}");
        }
        for label in ["CMS", "PKCS #7 SIGNED DATA"] {
            assert_eq!(count(pem(label, &p7b(&[auth()])).as_bytes()), 1, "{label}");
        }
    }

    #[test]
    fn what_der_is_instead_of_a_certificate_is_told() {
        let attributes = encode(explicit(1), &[&[5, 0]]);
        let cases: [(Vec<u8>, &str); 4] = [
            (vec![0x30, 3, 2, 1, 0], "no certificate in the file: a private key (offset 0)"),
            (vec![0x30, 4, 2, 2, 3, 0], "no certificate in the file: a private key (offset 0)"),
            (
                encode(cursor::SEQUENCE, &[&encode(cursor::OID, &[oid::RSA])]),
                "a PKCS#7 file of another kind than a bundle of certificates (offset 2)",
            ),
            (p7b(std::slice::from_ref(&attributes)), "no certificate in the bundle (offset 0)"),
        ];
        for (bytes, message) in cases {
            assert_eq!(certificates_in(&bytes).unwrap_err().to_string(), message);
        }
        assert_eq!(count(&p7b(&[attributes, auth()])), 1, "an attribute certificate is passed over");
        let error = certificates_in(&p7b(&[auth()[..900].to_vec()])).unwrap_err();
        assert!(error.offset().is_some_and(|offset| offset > 40), "{error}");
        let broken = certificates_in(&smallest()[..20]).unwrap_err().to_string();
        assert!(!broken.contains("revocation list"), "{broken}");
        let broken = [smallest(), vec![cursor::SEQUENCE, 0]].concat();
        assert_eq!(count(&broken), 1, "what follows and is none is filler");
    }

    #[test]
    fn errors_inside_a_block_say_which_block() {
        let one = auth();
        let text = format!("{}{}", pem("CERTIFICATE", &one), pem("CERTIFICATE", &one[..900]));
        let error = certificates_in(text.as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with("PEM block at offset 1") && error.contains("(offset 1)"), "{error}");
    }

    #[test]
    fn too_many_certificates_are_refused() {
        let many = |count| certificates_in(&vec![smallest(); count].concat());
        assert_eq!(many(limits::CERTIFICATES_IN_FILE).unwrap().len(), limits::CERTIFICATES_IN_FILE);
        for error in [
            many(limits::CERTIFICATES_IN_FILE + 1).unwrap_err(),
            certificates_in(&p7b(&vec![smallest(); limits::CERTIFICATES_IN_FILE + 1])).unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::LimitReached);
            assert!(error.to_string().contains("CERTIFICATES_IN_FILE"));
        }
    }

    /// A certificate of nobody, by nobody, with an empty key.
    fn smallest() -> Vec<u8> {
        let algorithm = encode(cursor::SEQUENCE, &[&encode(cursor::OID, &[oid::RSA])]);
        let empty = encode(cursor::SEQUENCE, &[]);
        let day = encode(cursor::UTC_TIME, &[b"260101000000Z"]);
        let validity = encode(cursor::SEQUENCE, &[&day, &day]);
        let bits = encode(cursor::BIT_STRING, &[&[0]]);
        let key = encode(cursor::SEQUENCE, &[&algorithm, &bits]);
        let body = encode(cursor::SEQUENCE, &[&[2, 1, 1], &algorithm, &empty, &validity, &empty, &key]);
        encode(cursor::SEQUENCE, &[&body, &algorithm, &bits])
    }

    #[test]
    fn lists_are_read_in_both_writings() {
        let list = der("crl/fort-personnes-revoked.crl");
        assert_eq!(revocation_lists_in(&list).unwrap().len(), 1);
        let text = format!("{}{}", pem("X509 CRL", &list), pem("X509 CRL", &der("crl/racine-fort.crl")));
        assert_eq!(revocation_lists_in(text.as_bytes()).unwrap().len(), 2);
        assert!(revocation_lists_in(pem("CERTIFICATE", &auth()).as_bytes()).is_err());
        assert!(revocation_lists_in(&auth()).is_err());
        let nothing = revocation_lists_in(pem("CERTIFICATE", &auth()).as_bytes()).unwrap_err();
        assert_eq!(nothing.to_string(), "no revocation list in the file (offset 0)");
        let one = |count: usize| revocation_lists_in(pem("CRL", &list).repeat(count).as_bytes());
        assert_eq!(one(limits::CERTIFICATES_IN_FILE).unwrap().len(), limits::CERTIFICATES_IN_FILE);
        assert_eq!(one(limits::CERTIFICATES_IN_FILE + 1).unwrap_err().kind(), ErrorKind::LimitReached);
        let broken = revocation_lists_in(format!("x\n{}", pem("CRL", &list[..60])).as_bytes()).unwrap_err().to_string();
        assert!(broken.starts_with("PEM block at offset 2"), "{broken}");
    }
}
