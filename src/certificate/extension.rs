//! The extensions of a certificate: all kept raw, those that are understood decoded.

use std::fmt;

use super::cursor::{self, Cursor, Element, explicit, implicit};
use super::oid::{self, Oid};
use super::text::{latin1, text};
use super::usage::{BasicConstraints, KeyUsage};
use crate::error::{Error, ErrorKind, Result};
use crate::identity::mask;
use crate::limits;

/// One extension. `Debug` shows its type and length: some values identify a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Extension {
    oid: Oid,
    critical: bool,
    value: Vec<u8>,
}

impl Extension {
    /// The type.
    pub fn oid(&self) -> &Oid {
        &self.oid
    }

    /// Whether a reader that does not know the extension should refuse the certificate.
    pub fn is_critical(&self) -> bool {
        self.critical
    }

    /// The content of `extnValue`, as it stands in the certificate. Unmasked.
    pub fn value(&self) -> &[u8] {
        &self.value
    }

    /// The value as the private extensions of the CPx cards are written (NOS, arcs 1.2.250.1.71.1.2 and .4.2).
    pub fn private_value(&self) -> PrivateValue {
        PrivateValue::read(&self.value)
    }

    /// Whether the type is under the arcs of the private extensions of the CPx cards.
    pub fn is_private(&self) -> bool {
        const GIP_CPS: &[u8] = &[0x2A, 0x81, 0x7A, 1, 71];
        self.oid.as_der().strip_prefix(GIP_CPS).is_some_and(|rest| matches!(rest, [1 | 4, 2, ..]))
    }
}

impl fmt::Debug for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let critical = if self.critical { ", critical" } else { "" };
        write!(f, "Extension({}{critical}, {} bytes)", self.oid, self.value.len())
    }
}

/// What a private extension holds. `Debug` is masked.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PrivateValue {
    /// A code: an INTEGER, or an OCTET STRING of one byte. Published certificates have both, so readers accept both
    /// everywhere. One byte is always 0 to 255.
    Code(u64),
    /// A text: the token identifier.
    Text(String),
    /// A SEQUENCE of texts: the specialities.
    Texts(Vec<String>),
    /// Another shape; [`Extension::value`] has the bytes.
    Other,
}

impl PrivateValue {
    fn read(bytes: &[u8]) -> Self {
        let mut cursor = Cursor::new(bytes);
        match cursor.read("a value") {
            Ok(element) if cursor.is_empty() => Self::of(&element),
            _ => Self::Other,
        }
    }

    fn of(element: &Element<'_>) -> Self {
        match (element.tag, element.value) {
            (cursor::INTEGER | cursor::ENUMERATED | cursor::OCTET_STRING, [byte]) => Self::Code(u64::from(*byte)),
            (cursor::INTEGER, digits @ [0..0x80, _, ..]) if digits.len() <= 8 => {
                Self::Code(digits.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
            }
            (cursor::SEQUENCE | cursor::SET, _) => {
                let texts = element.content().elements().map(|part| text(&part.ok()?).map(|text| text.value));
                texts.take(limits::CERTIFICATE_EXTENSIONS).collect::<Option<_>>().map_or(Self::Other, Self::Texts)
            }
            _ => text(element).map_or(Self::Other, |text| Self::Text(text.value)),
        }
    }

    /// The code, when it is one of a table: 0 to 255.
    pub fn code(&self) -> Option<u8> {
        match self {
            Self::Code(code) => u8::try_from(*code).ok(),
            _ => None,
        }
    }

    /// The texts: one, or those of a SEQUENCE. Unmasked.
    pub fn reveal(&self) -> &[String] {
        match self {
            Self::Text(text) => std::slice::from_ref(text),
            Self::Texts(texts) => texts,
            Self::Code(_) | Self::Other => &[],
        }
    }
}

impl fmt::Debug for PrivateValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "Code({code})"),
            Self::Text(text) => write!(f, "Text({:?})", mask(text)),
            Self::Texts(texts) => write!(f, "Texts({})", texts.len()),
            Self::Other => f.write_str("Other"),
        }
    }
}

/// The extensions in this SEQUENCE, in the order of the file.
pub(super) fn extensions(list: &Element<'_>) -> Result<Vec<Extension>> {
    let mut extensions = Vec::new();
    for element in list.content().elements() {
        if extensions.len() >= limits::CERTIFICATE_EXTENSIONS {
            return Err(Error::new(ErrorKind::LimitReached, "more extensions than CERTIFICATE_EXTENSIONS"));
        }
        let mut parts = element?.tagged(cursor::SEQUENCE, "an extension is a SEQUENCE")?.content();
        let oid = parts.expect(cursor::OID, "an extension begins with its type")?;
        let critical = parts.optional(cursor::BOOLEAN)?.is_some_and(|flag| flag.value != [0]);
        let value = parts.expect(cursor::OCTET_STRING, "the value of an extension is an OCTET STRING")?;
        extensions.push(Extension { oid: Oid::from_der(oid.value), critical, value: value.value.to_vec() });
    }
    Ok(extensions)
}

/// The extension of this type, when there is exactly one: two say nothing.
pub(super) fn only<'a>(extensions: &'a [Extension], oid: &[u8]) -> Option<&'a Extension> {
    let mut found = extensions.iter().filter(|extension| extension.oid.as_der() == oid);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The extensions of RFC 5280 that this program uses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Standard {
    pub(super) key_usage: Option<KeyUsage>,
    pub(super) extended_key_usage: Option<Vec<Oid>>,
    pub(super) basic_constraints: Option<BasicConstraints>,
    pub(super) subject_key: Option<Vec<u8>>,
    pub(super) authority_key: Option<Vec<u8>>,
    pub(super) crl_points: Vec<String>,
    pub(super) ocsp: Vec<String>,
    pub(super) issuers: Vec<String>,
    pub(super) user_principal: Option<String>,
    pub(super) email: Option<String>,
    pub(super) dns_names: Vec<String>,
}

impl Standard {
    /// What the extensions say, and the types of those that could not be read.
    pub(super) fn read(extensions: &[Extension]) -> (Self, Vec<Oid>) {
        let mut standard = Self::default();
        let mut broken = Vec::new();
        for extension in extensions {
            if only(extensions, extension.oid.as_der()).is_some() && standard.take(extension).is_err() {
                broken.push(extension.oid.clone());
            }
        }
        (standard, broken)
    }

    fn take(&mut self, extension: &Extension) -> Result<()> {
        let mut outer = Cursor::new(&extension.value);
        match extension.oid.as_der() {
            oid::KEY_USAGE => self.key_usage = Some(KeyUsage::read(&mut outer)?),
            oid::BASIC_CONSTRAINTS => self.basic_constraints = Some(BasicConstraints::read(&mut outer)?),
            oid::EXTENDED_KEY_USAGE => {
                let list = outer.expect(cursor::SEQUENCE, "the extended usages are a SEQUENCE")?;
                let usages = list.content().elements().map(|usage| {
                    Ok(Oid::from_der(usage?.tagged(cursor::OID, "an extended usage is an identifier")?.value))
                });
                self.extended_key_usage = Some(usages.collect::<Result<_>>()?);
            }
            oid::SUBJECT_KEY => {
                self.subject_key = Some(outer.expect(cursor::OCTET_STRING, "a key identifier")?.value.to_vec());
            }
            oid::AUTHORITY_KEY => {
                let mut parts = outer.expect(cursor::SEQUENCE, "an authority key identifier")?.content();
                self.authority_key = parts.optional(implicit(0))?.map(|id| id.value.to_vec());
            }
            oid::CRL_POINTS => self.crl_points = crl_points(&mut outer)?,
            oid::AUTHORITY_ACCESS => self.take_access(&mut outer)?,
            oid::ALTERNATIVE_NAME => self.take_alternative_names(&mut outer)?,
            _ => {}
        }
        Ok(())
    }

    fn take_access(&mut self, outer: &mut Cursor<'_>) -> Result<()> {
        for access in outer.expect(cursor::SEQUENCE, "the access descriptions are a SEQUENCE")?.content().elements() {
            let mut parts = access?.tagged(cursor::SEQUENCE, "an access description")?.content();
            let method = parts.expect(cursor::OID, "an access method")?;
            let Some(address) = uri(&parts.read("an access location")?) else { continue };
            match method.value {
                oid::ACCESS_OCSP => self.ocsp.push(address),
                oid::ACCESS_ISSUERS => self.issuers.push(address),
                _ => {}
            }
        }
        Ok(())
    }

    /// The first of each kind, as a card's certificate has one; of host names, all.
    fn take_alternative_names(&mut self, outer: &mut Cursor<'_>) -> Result<()> {
        for name in outer.expect(cursor::SEQUENCE, "the alternative names are a SEQUENCE")?.content().elements() {
            let name = name?;
            if name.tag == implicit(1) {
                self.email.get_or_insert_with(|| latin1(name.value));
            } else if name.tag == implicit(2) {
                self.dns_names.push(latin1(name.value));
            } else if name.tag == explicit(0) {
                let mut parts = name.content();
                let kind = parts.expect(cursor::OID, "another name begins with its type")?;
                let mut value = parts.expect(explicit(0), "another name has a value")?.content();
                if kind.value == oid::USER_PRINCIPAL {
                    let value = text(&value.read("a user principal name")?).map(|text| text.value);
                    self.user_principal = self.user_principal.take().or(value);
                }
            }
        }
        Ok(())
    }
}

/// The addresses of the lists, without those that only take reasons apart or name an issuer.
fn crl_points(outer: &mut Cursor<'_>) -> Result<Vec<String>> {
    let mut addresses = Vec::new();
    for point in outer.expect(cursor::SEQUENCE, "the distribution points are a SEQUENCE")?.content().elements() {
        let mut parts = point?.tagged(cursor::SEQUENCE, "a distribution point is a SEQUENCE")?.content();
        let Some(point_name) = parts.optional(explicit(0))? else { continue };
        let Some(full_name) = point_name.content().optional(explicit(0))? else { continue };
        for name in full_name.content().elements() {
            addresses.extend(uri(&name?));
        }
    }
    Ok(addresses)
}

/// The address, when a general name is one.
fn uri(name: &Element<'_>) -> Option<String> {
    (name.tag == implicit(6)).then(|| latin1(name.value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(hex: &str) -> PrivateValue {
        PrivateValue::read(&hex::decode(hex).unwrap())
    }

    #[test]
    fn codes_are_read_in_either_writing() {
        for (hex, code) in [("020102", 2), ("040102", 2), ("040180", 0x80), ("02020080", 0x80), ("020180", 0x80)] {
            assert_eq!(value(hex).code(), Some(code), "{hex}");
        }
        assert_eq!(value("02020100"), PrivateValue::Code(256));
        assert_eq!(value("02020100").code(), None);
    }

    #[test]
    fn texts_are_read_alone_and_in_a_sequence() {
        assert_eq!(value("13024142").reveal(), ["AB"]);
        assert_eq!(value("30060C04534D3336").reveal(), ["SM36"]);
        assert_eq!(value("3000"), PrivateValue::Texts(Vec::new()));
    }

    #[test]
    fn another_shape_is_not_an_error() {
        for hex in [
            "",
            "02",
            "0200",
            "04020102",
            "0202FF00",
            "020100020100",
            "3003020101",
            "A000",
            "050001",
            "0209010203040506070809",
        ] {
            assert_eq!(value(hex), PrivateValue::Other, "{hex}");
        }
    }

    #[test]
    fn nothing_personal_is_printed() {
        let token = PrivateValue::Text("8025000001/2600301752".to_owned());
        assert_eq!(format!("{token:?}"), "Text(\"******************752\")");
    }
}
