//! A case file: what was observed, saved so that it can be sent and judged again anywhere, without what tells a person,
//! a card or a machine apart.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::case_v1::CaseV1;
use super::observations::Facts;
use crate::error::{Error, ErrorKind, Result};
use crate::identity::Pseudonyms;
use crate::limits;

/// What the schema of every case file begins with; its version follows.
const SCHEMA: &str = "cpx-check.case/";

/// The version that is written.
const VERSION: u32 = 2;

/// What was observed.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Case {
    /// What was observed.
    pub facts: Facts,
    /// Whether it was made with [`Pseudonyms::linked`].
    pub linked: bool,
    /// Where the dialogue with the cards, which version 0.1 kept beside the facts, says something else. The facts decide.
    pub contradictions: Vec<Contradiction>,
}

/// A thing that a case file holds twice, with two values.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contradiction {
    /// The name of the reader: untrusted text.
    pub reader: String,
    /// What it is about, one of [`Contradiction::ABOUT`].
    pub about: &'static str,
}

impl Contradiction {
    /// Everything that one may be about.
    pub const ABOUT: [&str; 6] = ["card", "atr", "code", "type", "validity", "category"];

    pub(super) fn new(reader: &str, about: &'static str) -> Self {
        Self { reader: reader.to_owned(), about }
    }
}

/// A case as it was written.
#[derive(Deserialize)]
struct Saved {
    facts: Facts,
    #[serde(default)]
    linked: bool,
}

impl Case {
    /// These facts.
    pub fn new(facts: Facts) -> Self {
        Self { facts, linked: false, contradictions: Vec::new() }
    }

    /// The text of a case file, JSON, of the [anonymous](Facts::anonymous) facts, with pseudonyms of its own.
    ///
    /// # Errors
    /// As [`Pseudonyms::random`] and [`Facts::anonymous`].
    pub fn to_text(&self) -> Result<String> {
        self.to_text_with(&Pseudonyms::random()?)
    }

    /// The same with these pseudonyms.
    ///
    /// # Errors
    /// As [`Facts::anonymous`].
    pub fn to_text_with(&self, pseudonyms: &Pseudonyms) -> Result<String> {
        let facts = self.facts.anonymous_value(pseudonyms)?;
        let mut value = serde_json::json!({ "schema": format!("{SCHEMA}{VERSION}"), "facts": facts });
        if pseudonyms.is_linked() {
            value["linked"] = true.into();
        }
        Ok(format!("{value:#}\n"))
    }

    /// The case of a case file, of this version of the program or of an earlier one. It comes from someone else: untrusted.
    ///
    /// # Errors
    /// [`ErrorKind::FileTooLarge`] above [`CASE_BYTES`](limits::CASE_BYTES); [`ErrorKind::NewerVersion`] for one of a later
    /// version of the program; [`ErrorKind::Malformed`], with line and column, for what is no case file, and for one that
    /// holds a thing twice.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > limits::CASE_BYTES {
            return Err(Error::new(ErrorKind::FileTooLarge, format!("more than {} bytes", limits::CASE_BYTES)));
        }
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        let malformed = |error: serde_json::Error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            Error::malformed("this is no case file", 0).caused_by(error).within(place)
        };
        let value: Value = serde_json::from_slice(bytes).map_err(malformed)?;
        let version = value.get("schema").and_then(Value::as_str).and_then(|schema| schema.strip_prefix(SCHEMA));
        let version: Option<u32> = version.and_then(|version| version.parse().ok());
        // read from the text again: only there does an error have a place
        drop(value);
        match version {
            Some(1) => serde_json::from_slice::<CaseV1>(bytes).map_err(malformed)?.into_case(),
            Some(VERSION) => {
                serde_json::from_slice::<EachOnce>(bytes).map_err(malformed)?;
                let Saved { facts, linked } = serde_json::from_slice(bytes).map_err(malformed)?;
                has_each_reader_once(&facts)?;
                Ok(Self { linked, ..Self::new(facts) })
            }
            Some(VERSION..) => {
                let what = "this case file was made by a newer version of cpx-check: this one reads it up to version 2";
                Err(Error::new(ErrorKind::NewerVersion, what))
            }
            _ => Err(Error::malformed("this is no case file: it has not its `schema`", 0)),
        }
    }
}

/// What some editors put before a text in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// PC/SC names every reader once.
fn has_each_reader_once(facts: &Facts) -> Result<()> {
    let mut names = BTreeSet::new();
    let twice = facts.cards.readers.iter().flatten().find(|reader| !names.insert(&reader.name));
    twice.map_or(Ok(()), |reader| {
        Err(Error::malformed(format!("this case file holds the reader {:?} twice", reader.name), 0))
    })
}

/// JSON in which no object has a key twice.
struct EachOnce;

impl<'de> Deserialize<'de> for EachOnce {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

/// Values that hold no keys.
macro_rules! plain {
    ($($method:ident($value:ty))*) => {
        $(fn $method<E>(self, _: $value) -> std::result::Result<Self, E> {
            Ok(Self)
        })*
    };
}

impl<'de> Visitor<'de> for EachOnce {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    plain! { visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_f64(f64) visit_str(&str) }

    fn visit_unit<E>(self) -> std::result::Result<Self, E> {
        Ok(Self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> std::result::Result<Self, A::Error> {
        while items.next_element::<Self>()?.is_some() {}
        Ok(Self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> std::result::Result<Self, A::Error> {
        let mut keys = BTreeSet::new();
        while let Some(key) = fields.next_key::<String>()? {
            if keys.contains(&key) {
                return Err(serde::de::Error::custom(format_args!("`{key}` stands twice in one object")));
            }
            keys.insert(key);
            fields.next_value::<Self>()?;
        }
        Ok(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::private_texts::Found;
    use crate::facts::{CardAnswer, ReaderContent, ReaderFacts};
    use crate::identity::{Date, Private};
    use crate::workstation::facts::{FirefoxProfile, Session, StoreLocation, StoredCertificate};
    use crate::workstation::{Observed, Unseen};

    const PLANTED: [&str; 4] =
        ["marie.dupont", "PC-ACCUEIL-07", "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567", "70D7E2EE"];

    fn facts() -> Facts {
        let [user, host, fingerprint, _] = PLANTED;
        let mut facts = Facts::at(Date::from_digits("20261121").unwrap(), 1_795_000_000);
        let name = "Gemalto PC Twin Reader (70D7E2EE) 00 00";
        facts.cards.readers = Ok(vec![ReaderFacts::new(name, ReaderContent::Empty)]);
        let session = Session { user: Some(Private::new(user)), host: Some(Private::new(host)), ..Session::default() };
        facts.workstation.session = Observed::Seen(session);
        facts.workstation.updates =
            Observed::Unseen(Unseen::NoRights.with("C:\\Users\\MARIE.DUPONT\\x on pc-accueil-07"));
        let profile = FirefoxProfile { name: Private::new(user), ..FirefoxProfile::default() };
        facts.workstation.firefox_profiles = Observed::Seen(vec![profile]);
        let stored =
            |fingerprint| StoredCertificate::new(StoreLocation::CurrentUser, fingerprint, "AC FORT PERSONNES", 0);
        let certificates = vec![stored(Private::new(fingerprint)), stored(Private::new("another"))];
        facts.workstation.stored_certificates = Observed::Seen(certificates);
        facts
    }

    #[test]
    fn a_case_holds_nothing_private_and_equal_texts_stay_equal() {
        let text = Case::new(facts()).to_text().unwrap();
        for planted in PLANTED {
            assert!(!text.to_lowercase().contains(&planted.to_lowercase()), "{planted} in {text}");
        }
        let facts = Case::parse(text.as_bytes()).unwrap().facts;
        let (user, profiles) = (facts.workstation.session.seen(), facts.workstation.firefox_profiles.seen());
        assert_eq!(user.and_then(|session| session.user.clone()), profiles.map(|profiles| profiles[0].name.clone()));
        let stored = facts.workstation.stored_certificates.seen().unwrap();
        assert_ne!(stored[0].fingerprint, stored[1].fingerprint);
        assert!(facts.cards.readers.unwrap()[0].name.starts_with("Gemalto PC Twin Reader (p-"));
    }

    /// Whoever shows a verdict hides what whoever saves the case hides.
    #[test]
    fn what_is_private_in_a_case_is_private_in_a_report() {
        for planted in PLANTED {
            assert!(Found::of(&facts()).contains(planted), "{planted}");
        }
        let recorded = [
            include_bytes!("../../fixtures/cases/linux.json").as_slice(),
            include_bytes!("../../fixtures/cases/macos.json"),
            include_bytes!("../../fixtures/cases/windows.json"),
        ];
        let recorded = recorded.map(|facts| {
            let facts = String::from_utf8_lossy(facts);
            let case = format!("{{\"schema\": \"cpx-check.case/1\", \"facts\": {facts}}}");
            Case::parse(case.as_bytes()).unwrap().facts
        });
        for facts in recorded.iter().chain([&facts()]) {
            let found = super::super::anonymous::found(&serde_json::to_value(facts).unwrap());
            assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), Found::of(facts));
        }
    }

    #[test]
    fn digits_of_a_private_text_in_bytes_stay_hexadecimal() {
        let mut facts = facts();
        let session = Session { user: Some(Private::new("9000")), ..Session::default() };
        facts.workstation.session = Observed::Seen(session);
        let atr = crate::iso7816::Atr::new(&[0x3B, 0x02, 0x90, 0x00]).unwrap();
        let foreign = CardAnswer::Foreign {
            family: crate::card::Family::Unknown,
            atr,
            exchange: crate::card::ExchangeCount::default(),
        };
        facts.cards.readers = Ok(vec![ReaderFacts::new("CPX 9000", ReaderContent::Card(foreign))]);
        let text = Case::new(facts.clone()).to_text().unwrap();
        assert!(text.contains("3B029000") && !text.contains("CPX 9000"), "{text}");
        let again = Case::parse(text.as_bytes()).unwrap().facts.cards.readers.unwrap();
        assert_eq!(again[0].content, facts.cards.readers.unwrap()[0].content);
    }

    #[test]
    fn a_thing_that_stands_twice_is_refused_and_a_byte_order_mark_is_not() {
        let text = Case::new(facts()).to_text().unwrap();
        assert!(Case::parse(&[BYTE_ORDER_MARK, text.as_bytes()].concat()).is_ok());
        let told = |text: &str| Case::parse(text.as_bytes()).unwrap_err().to_string();
        let key = text.replacen("\"readers\":", "\"readers\": {\"Ok\": []}, \"readers\":", 1);
        assert!(told(&key).contains("`readers` stands twice") && told(&key).contains("line "), "{}", told(&key));
        let deep = text.replacen("\"name\":", "\"name\": \"x\", \"name\":", 1);
        assert!(told(&deep).contains("`name` stands twice"), "{}", told(&deep));
        let mut twice = facts();
        let reader = ReaderFacts::new("A", ReaderContent::Empty);
        twice.cards.readers = Ok(vec![reader.clone(), reader]);
        assert!(told(&Case::new(twice).to_text().unwrap()).contains("reader \"A\" twice"));
    }

    #[test]
    fn a_case_from_someone_else_is_refused_with_the_reason() {
        let told = |bytes: &[u8]| Case::parse(bytes).unwrap_err().to_string();
        let text = Case::new(facts()).to_text().unwrap();
        assert!(told(text.replace("case/2", "case/3").as_bytes()).contains("newer version"));
        assert!(told(b"{}").contains("schema"));
        assert!(told(&text.as_bytes()[..text.len() / 2]).contains("line "));
        assert!(told("[".repeat(100_000).as_bytes()).contains("recursion"));
        assert!(told(&vec![b' '; limits::CASE_BYTES + 1]).contains("more than"));
        let wrong = text.replace("\"readers\": {", "\"readers\": 7, \"x\": {");
        assert!(told(wrong.as_bytes()).contains("column"), "{}", told(wrong.as_bytes()));
    }
}
