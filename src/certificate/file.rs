//! Certificates and revocation lists in files as people have them: DER, PEM with one or several, PKCS#7 bundles.

use super::crl::RevocationList;
use super::cursor::{self, Cursor, explicit};
use super::oid;
use super::pem::{self, Block};
use super::view::Certificate;
use crate::error::{Error, ErrorKind, Result};
use crate::limits;

/// Labels of PEM blocks that hold one certificate.
const CERTIFICATE_LABELS: [&str; 3] = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"];
/// Labels of PEM blocks that hold a PKCS#7 bundle.
const BUNDLE_LABELS: [&str; 3] = ["PKCS7", "CMS", "PKCS #7 SIGNED DATA"];
/// The label of PEM blocks that hold a revocation list.
const LIST_LABELS: [&str; 2] = ["X509 CRL", "CRL"];

/// The certificates in a file, in its order: at least one, at most
/// [`CERTIFICATES_IN_FILE`](limits::CERTIFICATES_IN_FILE).
///
/// The file is DER (one certificate, or several one after the other), PEM (other blocks are passed over when there is
/// a certificate), base64 without PEM lines, or a PKCS#7 bundle of certificates (`.p7b`, DER or PEM).
///
/// # Errors
///
/// [`LimitReached`](ErrorKind::LimitReached) above [`CERTIFICATE_BYTES`](limits::CERTIFICATE_BYTES);
/// [`Malformed`](ErrorKind::Malformed) with the offset and a word on what the file is instead, where that can be told:
/// a private key, a request, a PKCS#12 file, a revocation list.
///
/// ```
/// use cpx_card::certificate::certificates_in;
///
/// let file = include_bytes!("../../fixtures/pki/certificates/cps-medecin.auth.der");
/// assert_eq!(certificates_in(file)?.len(), 1);
/// let error = certificates_in(b"-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n").unwrap_err();
/// assert_eq!(error.to_string(), "no certificate in the file: a private key (offset 0)");
/// # Ok::<(), cpx_card::Error>(())
/// ```
pub fn certificates_in(bytes: &[u8]) -> Result<Vec<Certificate>> {
    if bytes.len() > limits::CERTIFICATE_BYTES {
        return Err(Error::new(
            ErrorKind::LimitReached,
            format!("{} bytes are more than CERTIFICATE_BYTES ({})", bytes.len(), limits::CERTIFICATE_BYTES),
        ));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::malformed("the file is empty", 0));
    }
    if !pem::looks_like(bytes) {
        return match pem::bare_base64(bytes) {
            Some(decoded) => certificates_in_der(&decoded).map_err(|error| error.within("base64")),
            None => certificates_in_der(bytes),
        };
    }
    let mut certificates = Vec::new();
    let mut other: Option<(&'static str, usize)> = None;
    for block in pem::blocks(bytes) {
        let Block { label, offset, content } = block?;
        let place = format!("PEM block at offset {offset}");
        if CERTIFICATE_LABELS.contains(&label) {
            certificates.push(Certificate::parse(&content?).map_err(|error| error.within(place))?);
        } else if BUNDLE_LABELS.contains(&label) {
            certificates.extend(bundle(&content?).map_err(|error| error.within(place))?);
        } else {
            other.get_or_insert((described(label), offset));
        }
        enough(&certificates)?;
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

fn enough(certificates: &[Certificate]) -> Result<()> {
    if certificates.len() > limits::CERTIFICATES_IN_FILE {
        return Err(Error::new(ErrorKind::LimitReached, "more certificates in a file than CERTIFICATES_IN_FILE"));
    }
    Ok(())
}

fn certificates_in_der(bytes: &[u8]) -> Result<Vec<Certificate>> {
    let first = Cursor::new(bytes).expect(cursor::SEQUENCE, "no certificate: neither DER nor PEM")?;
    match first.content().peek() {
        Some(cursor::OID) => return bundle(bytes),
        Some(cursor::INTEGER) if first.content().read("a version")?.value == [3] => {
            return Err(Error::malformed("no certificate in the file: a PKCS#12 file, which a code protects", 0));
        }
        Some(cursor::INTEGER) => {
            return Err(Error::malformed("no certificate in the file: a private key", 0));
        }
        _ => {}
    }
    let mut certificates: Vec<Certificate> = Vec::new();
    let mut rest = bytes;
    loop {
        let offset = bytes.len().saturating_sub(rest.len());
        match Certificate::parse(rest) {
            Ok(certificate) => {
                rest = rest.get(certificate.as_der().len()..).unwrap_or_default();
                certificates.push(certificate);
            }
            // What follows a certificate and is none is filler, which the certificate before has noted.
            Err(_) if !certificates.is_empty() => return Ok(certificates),
            Err(_) if RevocationList::parse(bytes).is_ok() => {
                return Err(Error::malformed("no certificate in the file: a revocation list", 0));
            }
            Err(error) => return Err(error.moved(offset)),
        }
        enough(&certificates)?;
    }
}

/// The certificates of a `SignedData` (RFC 5652 section 5.1), whose signatures are not looked at: there are none.
fn bundle(bytes: &[u8]) -> Result<Vec<Certificate>> {
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
    let mut certificates = Vec::new();
    if let Some(list) = fields.optional(explicit(0))? {
        for element in list.content().elements() {
            let element = element?;
            // Other kinds of certificates (attribute certificates) have a tag of their own.
            if element.tag == cursor::SEQUENCE {
                certificates.push(Certificate::parse(element.bytes).map_err(|error| error.moved(element.offset))?);
            }
            enough(&certificates)?;
        }
    }
    if certificates.is_empty() {
        return Err(Error::malformed("no certificate in the bundle", 0));
    }
    Ok(certificates)
}

/// What a PEM block of this label is.
fn described(label: &str) -> &'static str {
    match label {
        label if label.ends_with("PRIVATE KEY") => "a private key",
        label if label.ends_with("PUBLIC KEY") => "a public key",
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => "a request for a certificate",
        "X509 CRL" | "CRL" => "a revocation list",
        "PKCS12" => "a PKCS#12 file",
        _ => "a PEM block of another kind",
    }
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
            ("PKCS12", "a PKCS#12 file"),
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
