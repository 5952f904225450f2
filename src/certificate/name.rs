//! Distinguished names, in the order of the file.

use std::fmt;

use super::cursor::{Cursor, OID, SEQUENCE, SET};
use super::oid::{self, Oid};
use super::text::{Text, TextKind, text};
use crate::error::{Error, ErrorKind, Result};
use crate::identity::mask;
use crate::limits;

/// A subject or an issuer: relative names, each a set of attributes, all in the order of the file.
///
/// The last relative name of a holder is a set of three (given name, identifier, surname) whose order varies from card
/// to card: attributes are looked up by type, over all relative names. The name of a holder, a practice or a service
/// identifies somebody: `Debug` and `Display` are masked.
#[derive(Clone, PartialEq, Eq)]
pub struct DistinguishedName {
    der: Vec<u8>,
    rdns: Vec<Vec<Attribute>>,
}

impl DistinguishedName {
    /// The name in these bytes: a TLS server names the authorities that it accepts so.
    ///
    /// # Errors
    ///
    /// [`Malformed`](ErrorKind::Malformed), with the offset; [`LimitReached`](ErrorKind::LimitReached) when it has more than
    /// [`NAME_ATTRIBUTES`](limits::NAME_ATTRIBUTES).
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        Self::read(&mut Cursor::new(bytes), "a name is a SEQUENCE")
    }

    /// The name in an element of the certificate, which may be empty.
    pub(super) fn read(cursor: &mut Cursor<'_>, what: &'static str) -> Result<Self> {
        let whole = cursor.expect(SEQUENCE, what)?;
        let mut rdns = Vec::new();
        let mut count = 0_usize;
        for rdn in whole.content().elements() {
            let rdn = rdn?.tagged(SET, "a relative name is a SET")?;
            let mut attributes = Vec::new();
            for attribute in rdn.content().elements() {
                let attribute = attribute?.tagged(SEQUENCE, "an attribute is a SEQUENCE")?;
                count = count.saturating_add(1);
                if count > limits::NAME_ATTRIBUTES {
                    return Err(Error::new(ErrorKind::LimitReached, "a name of more attributes than NAME_ATTRIBUTES"));
                }
                let mut parts = attribute.content();
                let kind = parts.expect(OID, "an attribute begins with its type")?;
                let value = parts.read("an attribute has a value")?;
                attributes.push(Attribute {
                    oid: Oid::from_der(kind.value),
                    text: text(&value),
                    raw: value.bytes.to_vec(),
                });
            }
            rdns.push(attributes);
        }
        Ok(Self { der: whole.bytes.to_vec(), rdns })
    }

    /// The relative names, each with its attributes.
    pub fn rdns(&self) -> impl Iterator<Item = &[Attribute]> {
        self.rdns.iter().map(Vec::as_slice)
    }

    /// Every attribute, relative name after relative name.
    pub fn attributes(&self) -> impl Iterator<Item = &Attribute> {
        self.rdns.iter().flatten()
    }

    /// Whether there is no attribute.
    pub fn is_empty(&self) -> bool {
        self.attributes().next().is_none()
    }

    /// The name as it stands in the certificate.
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// The common name (CN), when there is exactly one. Unmasked.
    pub fn common_name(&self) -> Option<&str> {
        self.only(oid::COMMON_NAME)
    }

    /// The organisation (O), when there is exactly one. Unmasked.
    pub fn organisation(&self) -> Option<&str> {
        self.only(oid::ORGANISATION)
    }

    /// The units (OU), in order. Unmasked.
    pub fn units(&self) -> impl Iterator<Item = &str> {
        self.texts(oid::UNIT)
    }

    /// The title, when there is exactly one: the profession, or what the card is.
    pub fn title(&self) -> Option<&str> {
        self.only(oid::TITLE)
    }

    /// The name in full, unmasked: `C=FR, title=Médecin, GN=KIT + CN=899700366240 + SN=DOC0036624`. For people to
    /// read; a comma in a value is not told from one between relative names.
    pub fn reveal(&self) -> String {
        self.print(|attribute| attribute.reveal().to_owned())
    }

    /// Whether two names are the same: the same bytes, or the same types and texts but for the alphabet, letter case
    /// and inner spaces (RFC 5280 section 7.1, simplified).
    pub fn same_as(&self, other: &Self) -> bool {
        self.der == other.der
            || (self.rdns.len() == other.rdns.len()
                && !self.rdns.is_empty()
                && self
                    .rdns
                    .iter()
                    .zip(&other.rdns)
                    .all(|(one, two)| one.len() == two.len() && one.iter().all(|a| two.iter().any(|b| a.same_as(b)))))
    }

    /// The text of the attribute of this type, when exactly one has it.
    pub(super) fn only(&self, oid: &[u8]) -> Option<&str> {
        let mut texts = self.texts(oid);
        let first = texts.next()?;
        texts.next().is_none().then_some(first)
    }

    /// The texts of the attributes of this type.
    pub(super) fn texts(&self, oid: &[u8]) -> impl Iterator<Item = &str> {
        self.attributes().filter(move |attribute| attribute.oid.as_der() == oid).filter_map(Attribute::text)
    }

    fn print(&self, value: impl Fn(&Attribute) -> String) -> String {
        let rdn = |attributes: &Vec<Attribute>| {
            let parts = attributes.iter().map(|attribute| format!("{}={}", attribute.label(), value(attribute)));
            parts.collect::<Vec<_>>().join(" + ")
        };
        self.rdns.iter().map(rdn).collect::<Vec<_>>().join(", ")
    }
}

impl fmt::Display for DistinguishedName {
    /// The name with every value that can identify somebody masked; country, place and title stay readable.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.print(|attribute| {
            if attribute.identifies() { mask(attribute.reveal()) } else { attribute.reveal().to_owned() }
        }))
    }
}

impl fmt::Debug for DistinguishedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DistinguishedName({self})")
    }
}

/// One attribute of a name: its type and its value.
#[derive(Clone, PartialEq, Eq)]
pub struct Attribute {
    oid: Oid,
    text: Option<Text>,
    raw: Vec<u8>,
}

impl Attribute {
    /// The type.
    pub fn oid(&self) -> &Oid {
        &self.oid
    }

    /// The short name of the type, `CN`, or its numbers.
    pub fn label(&self) -> String {
        let known = match self.oid.as_der() {
            oid::COMMON_NAME => "CN",
            oid::SURNAME => "SN",
            oid::COUNTRY => "C",
            oid::LOCALITY => "L",
            oid::STATE => "ST",
            oid::ORGANISATION => "O",
            oid::UNIT => "OU",
            oid::TITLE => "title",
            oid::GIVEN_NAME => "GN",
            oid::PSEUDONYM => "pseudonym",
            _ => return self.oid.to_string(),
        };
        known.to_owned()
    }

    /// The value as text, unmasked; empty when it is not of a type of texts.
    pub fn reveal(&self) -> &str {
        self.text().unwrap_or_default()
    }

    /// How the text is written; `None` when the value is not of a type of texts.
    pub fn kind(&self) -> Option<TextKind> {
        self.text.as_ref().map(|text| text.kind)
    }

    /// Whether the alphabet had to be guessed: a `T61String` with bytes above ASCII, or bytes that do not fit the type.
    pub fn guessed(&self) -> bool {
        self.text.as_ref().is_some_and(|text| text.guessed)
    }

    /// The value as it stands in the certificate, with its tag and length. Unmasked.
    pub fn value_der(&self) -> &[u8] {
        &self.raw
    }

    fn text(&self) -> Option<&str> {
        self.text.as_ref().map(|text| text.value.as_str())
    }

    fn identifies(&self) -> bool {
        !matches!(self.oid.as_der(), oid::COUNTRY | oid::STATE | oid::LOCALITY | oid::TITLE)
    }

    fn same_as(&self, other: &Self) -> bool {
        self.oid == other.oid
            && match (self.text(), other.text()) {
                (Some(one), Some(two)) => folded(one).eq(folded(two)),
                _ => self.raw == other.raw,
            }
    }
}

impl fmt::Debug for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Attribute({}={:?})", self.label(), mask(self.reveal()))
    }
}

/// The characters in lower case, spaces as one, none at the ends.
pub(super) fn folded(text: &str) -> impl Iterator<Item = char> {
    let words = text.split_whitespace().enumerate();
    words.flat_map(|(place, word)| {
        (place > 0).then_some(' ').into_iter().chain(word.chars().flat_map(char::to_lowercase))
    })
}

#[cfg(test)]
mod tests {
    use super::super::cursor::encode;
    use super::*;

    fn attribute(oid: &[u8], tag: u8, value: &str) -> Vec<u8> {
        encode(SEQUENCE, &[&encode(OID, &[oid]), &encode(tag, &[value.as_bytes()])])
    }

    fn name(rdns: &[&[Vec<u8>]]) -> Vec<u8> {
        let sets: Vec<Vec<u8>> = rdns.iter().map(|rdn| encode(SET, &[&rdn.concat()])).collect();
        encode(SEQUENCE, &[&sets.concat()])
    }

    fn read(der: &[u8]) -> Result<DistinguishedName> {
        DistinguishedName::read(&mut Cursor::new(der), "a name")
    }

    #[test]
    fn the_order_of_a_set_is_that_of_the_file() {
        let (cn, sn, gn) = (
            attribute(oid::COMMON_NAME, 0x0C, "899700366240"),
            attribute(oid::SURNAME, 0x0C, "DOC0036624"),
            attribute(oid::GIVEN_NAME, 0x0C, "KIT"),
        );
        for order in [[&cn, &sn, &gn], [&sn, &gn, &cn], [&gn, &cn, &sn]] {
            let der = name(&[&[attribute(oid::COUNTRY, 0x13, "FR")], &order.map(Clone::clone)]);
            let read = read(&der).unwrap();
            assert_eq!(read.common_name(), Some("899700366240"));
            assert_eq!(read.rdns().map(<[_]>::len).collect::<Vec<_>>(), [1, 3]);
            assert_eq!(read.as_der(), der);
            let shown: Vec<_> = read.attributes().skip(1).map(Attribute::value_der).collect();
            assert!(shown.iter().zip(order).all(|(value, attribute)| attribute.ends_with(value)));
        }
    }

    #[test]
    fn a_name_given_twice_is_none() {
        let double = [attribute(oid::COMMON_NAME, 0x0C, "A"), attribute(oid::COMMON_NAME, 0x0C, "B")];
        assert_eq!(read(&name(&[&double])).unwrap().common_name(), None);
    }

    #[test]
    fn print_is_masked_and_reveal_is_not() {
        let der = name(&[
            &[attribute(oid::STATE, 0x0C, "Paris (75)")],
            &[attribute(oid::COMMON_NAME, 0x0C, "30B0057881/CPET0002"), attribute(&[0x55, 4, 5], 0x13, "123456")],
        ]);
        let read = read(&der).unwrap();
        assert_eq!(read.to_string(), "ST=Paris (75), CN=****************002 + 2.5.4.5=***456");
        assert_eq!(read.reveal(), "ST=Paris (75), CN=30B0057881/CPET0002 + 2.5.4.5=123456");
        assert!(!format!("{read:?}{:?}", read.attributes().last()).contains("30B0057881"));
    }

    #[test]
    fn names_are_the_same_in_another_alphabet_and_order_of_a_set() {
        let one =
            name(&[&[attribute(oid::ORGANISATION, 0x0C, "ASIP-SANTE"), attribute(oid::COMMON_NAME, 0x0C, "AC  A")]]);
        let two =
            name(&[&[attribute(oid::COMMON_NAME, 0x13, "ac a"), attribute(oid::ORGANISATION, 0x13, "ASIP-SANTE")]]);
        let other =
            name(&[&[attribute(oid::COMMON_NAME, 0x13, "ac b"), attribute(oid::ORGANISATION, 0x13, "ASIP-SANTE")]]);
        assert!(read(&one).unwrap().same_as(&read(&two).unwrap()));
        assert!(!read(&one).unwrap().same_as(&read(&other).unwrap()));
        // An empty name is the name of nobody in particular.
        let empty = read(&name(&[])).unwrap();
        assert!(empty.is_empty() && empty.same_as(&empty.clone()) && !empty.same_as(&read(&name(&[&[]])).unwrap()));
    }

    #[test]
    fn too_many_attributes_are_refused() {
        let one = attribute(oid::UNIT, 0x0C, "");
        let many = vec![one; limits::NAME_ATTRIBUTES + 1];
        assert_eq!(read(&name(&[&many])).unwrap_err().kind(), ErrorKind::LimitReached);
        assert!(read(&name(&[&many[1..]])).is_ok());
    }
}
