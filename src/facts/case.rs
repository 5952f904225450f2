//! A case file: what was observed, saved so that it can be sent and judged again anywhere, without what tells a person,
//! a card or a machine apart.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::observations::Facts;
use super::parts::Parts;
use crate::card::redact;
use crate::error::{Error, ErrorKind, Result};
use crate::limits;
use crate::transport::Transcript;

/// Version of the form of a case file.
const SCHEMA: &str = "cpx-check.case/1";

/// What was observed, and what the cards said meanwhile.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Case {
    /// What was observed.
    pub facts: Facts,
    /// The dialogue with the cards, where there was one.
    pub transcript: Option<Transcript>,
}

/// A case as it is written.
#[derive(Serialize, Deserialize)]
struct Saved {
    schema: String,
    facts: Facts,
    #[serde(default)]
    transcript: Option<String>,
}

impl Case {
    /// These facts, and this dialogue.
    pub fn new(facts: Facts, transcript: Option<Transcript>) -> Self {
        Self { facts, transcript }
    }

    /// The text of a case file, JSON. Every [`Private`](crate::identity::Private) becomes a pseudonym, the same one
    /// wherever it stands; the same texts go from every other place too, and so do serials in the names of readers. The
    /// dialogue is [redacted](crate::card::redact).
    ///
    /// # Errors
    /// [`ErrorKind::Malformed`] for facts that JSON cannot hold: none that a collector makes.
    pub fn to_text(&self) -> Result<String> {
        let transcript = self.transcript.clone().map(|transcript| redact(transcript).to_string());
        let saved = Saved { schema: SCHEMA.into(), facts: self.facts.clone(), transcript };
        let unsaved = |error| Error::malformed("these facts cannot be written as JSON", 0).caused_by(error);
        let mut value = serde_json::to_value(&saved).map_err(unsaved)?;
        let pseudonyms = Pseudonyms::of(&value);
        let transcript = value.get_mut(TRANSCRIPT).map(Value::take);
        pseudonyms.replace(&mut value);
        if let (Some(Value::String(text)), Some(place)) = (transcript, value.get_mut(TRANSCRIPT)) {
            *place = pseudonyms.replaced_around_dialogue(&text).into();
        }
        Ok(format!("{value:#}\n"))
    }

    /// The case of a case file. It comes from someone else: hostile text.
    ///
    /// # Errors
    /// [`ErrorKind::FileTooLarge`] above [`CASE_BYTES`](limits::CASE_BYTES); [`ErrorKind::Malformed`], with line and
    /// column, for what is no case file, and for one of a later version of the program.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > limits::CASE_BYTES {
            return Err(Error::new(ErrorKind::FileTooLarge, format!("more than {} bytes", limits::CASE_BYTES)));
        }
        let malformed = |error: serde_json::Error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            Error::malformed("this is no case file", 0).caused_by(error).within(place)
        };
        let value: Value = serde_json::from_slice(bytes).map_err(malformed)?;
        match value.get("schema").and_then(Value::as_str) {
            Some(SCHEMA) => {}
            Some(later) if later.starts_with("cpx-check.case/") => {
                let what = "this case file was written by a later version of the program";
                return Err(Error::malformed(what, 0));
            }
            _ => return Err(Error::malformed("this is no case file: it has not its `schema`", 0)),
        }
        // read from the text again: only there does an error have a place
        drop(value);
        let Saved { facts, transcript, .. } = serde_json::from_slice(bytes).map_err(malformed)?;
        let transcript = transcript.map(|text| Transcript::parse(&text)).transpose()?;
        Ok(Self { facts, transcript })
    }
}

/// What stands for every private text of one case.
struct Pseudonyms {
    /// Each private text and what stands for it.
    known: BTreeMap<String, String>,
    /// The same, inside other texts.
    parts: Parts,
}

impl Pseudonyms {
    fn of(value: &Value) -> Self {
        Self::new(Self::found(value))
    }

    fn new(known: BTreeMap<String, String>) -> Self {
        let parts = known.iter().filter(|(text, _)| text.chars().count() >= SHORTEST_PART);
        let parts = Parts::new(parts.map(|(text, pseudonym)| (text.clone(), pseudonym.clone())));
        Self { known, parts }
    }

    /// Every private text, numbered.
    fn found(value: &Value) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        walk(value, &mut |value| {
            if let Some(private) = private(value) {
                let next = found.len().saturating_add(1);
                found.entry(private.to_owned()).or_insert_with(|| format!("p-{next}"));
            } else if let Value::String(text) = value {
                for serial in serials(text) {
                    let next = found.len().saturating_add(1);
                    found.entry(serial.to_owned()).or_insert_with(|| format!("p-{next}"));
                }
            }
        });
        found
    }

    fn replace(&self, value: &mut Value) {
        let mut waiting = vec![value];
        while let Some(value) = waiting.pop() {
            if let Some(text) = private(value) {
                let pseudonym = self.known.get(text).map_or(Value::Null, |pseudonym| pseudonym.clone().into());
                if let Some(place) = value.get_mut(PRIVATE) {
                    *place = pseudonym;
                }
                continue;
            }
            match value {
                Value::String(text) => self.parts.replace(text),
                Value::Array(items) => waiting.extend(items),
                Value::Object(fields) => waiting.extend(fields.values_mut()),
                Value::Null | Value::Bool(_) | Value::Number(_) => {}
            }
        }
    }

    /// A transcript with pseudonyms in the names of readers. The dialogue is redacted by its own rules: digits of a
    /// private text that happen to stand in an answer are bytes of something else.
    fn replaced_around_dialogue(&self, transcript: &str) -> String {
        let replaced = transcript.lines().map(|line| {
            let mut line = line.to_owned();
            if !line.starts_with(['<', '>']) {
                self.parts.replace(&mut line);
            }
            line + "\n"
        });
        replaced.collect()
    }
}

/// The field of a case that holds the dialogue.
const TRANSCRIPT: &str = "transcript";

/// Characters below which a private text is not looked for inside other texts: it would be found everywhere.
pub(super) const SHORTEST_PART: usize = 4;

/// The key under which [`Private`](crate::identity::Private) is serialised.
pub(super) const PRIVATE: &str = "private";

/// The text of a serialised private text.
fn private(value: &Value) -> Option<&str> {
    match value {
        Value::Object(fields) if fields.len() == 1 => fields.get(PRIVATE)?.as_str(),
        _ => None,
    }
}

/// Serials of devices in a text, as the names of readers have them: one word of at least six letters and digits in
/// parentheses or brackets, three of them digits.
pub(super) fn serials(text: &str) -> impl Iterator<Item = &str> {
    const LENGTH: usize = 6;
    const DIGITS: usize = 3;
    let parts = text.split(['(', '[']).skip(1).filter_map(|rest| rest.split([')', ']']).next());
    parts.filter(|part| {
        part.len() >= LENGTH
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && part.chars().filter(char::is_ascii_digit).count() >= DIGITS
    })
}

fn walk<'a>(value: &'a Value, visit: &mut impl FnMut(&'a Value)) {
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        visit(value);
        match value {
            _ if private(value).is_some() => {}
            Value::Array(items) => waiting.extend(items.iter().rev()),
            Value::Object(fields) => waiting.extend(fields.values()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::facts::private_texts::Found;
    use crate::facts::{SeenContent, SeenReader};
    use crate::identity::{Date, Private};
    use crate::workstation::facts::{FirefoxProfile, Session, StoreLocation, StoredCertificate};
    use crate::workstation::{Observed, Unseen};

    const PLANTED: [&str; 4] =
        ["marie.dupont", "PC-ACCUEIL-07", "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567", "70D7E2EE"];

    fn facts() -> Facts {
        let [user, host, fingerprint, _] = PLANTED;
        let mut facts = Facts::at(Date::from_digits("20261121").unwrap(), 1_795_000_000);
        let name = "Gemalto PC Twin Reader (70D7E2EE) 00 00";
        facts.readers = Ok(vec![SeenReader::new(name, SeenContent::Empty)]);
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
        let text = Case::new(facts(), None).to_text().unwrap();
        for planted in PLANTED {
            assert!(!text.to_lowercase().contains(&planted.to_lowercase()), "{planted} in {text}");
        }
        let facts = Case::parse(text.as_bytes()).unwrap().facts;
        let (user, profiles) = (facts.workstation.session.seen(), facts.workstation.firefox_profiles.seen());
        assert_eq!(user.and_then(|session| session.user.clone()), profiles.map(|profiles| profiles[0].name.clone()));
        let stored = facts.workstation.stored_certificates.seen().unwrap();
        assert_ne!(stored[0].fingerprint, stored[1].fingerprint);
        assert!(facts.readers.unwrap()[0].name.starts_with("Gemalto PC Twin Reader (p-"));
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
        let recorded = recorded.map(|case| serde_json::from_slice::<Facts>(case).unwrap());
        for facts in recorded.iter().chain([&facts()]) {
            let found = Pseudonyms::found(&serde_json::to_value(facts).unwrap());
            assert_eq!(found.into_keys().collect::<BTreeSet<_>>(), Found::of(facts));
        }
    }

    #[test]
    fn a_case_that_was_saved_is_the_same_case_when_it_is_saved_again() {
        let text = Case::new(facts(), None).to_text().unwrap();
        let again = Case::parse(text.as_bytes()).unwrap();
        assert_eq!(Case::parse(again.to_text().unwrap().as_bytes()).unwrap().facts.readers, again.facts.readers);
    }

    #[test]
    fn digits_of_a_private_text_in_an_answer_of_the_card_stay_hexadecimal() {
        let mut facts = facts();
        let session = Session { user: Some(Private::new("9000")), ..Session::default() };
        facts.workstation.session = Observed::Seen(session);
        let reader = "CPX 9000";
        let dialogue = format!(
            "cpx-check transcript 1\ndate 2026-11-21\nredacted no\nslot card 3B00 \"{reader}\"\nopen T=0 3B00 \"{reader}\"\n\
            > 00A4090C063F0000015031\n< 9000\n"
        );
        let text = Case::new(facts, Some(Transcript::parse(&dialogue).unwrap())).to_text().unwrap();
        assert!(text.contains("< 9000") && !text.contains(reader), "{text}");
        assert!(Case::parse(text.as_bytes()).unwrap().transcript.is_some());
    }

    #[test]
    fn a_case_from_someone_else_is_refused_with_the_reason() {
        let told = |bytes: &[u8]| Case::parse(bytes).unwrap_err().to_string();
        let text = Case::new(facts(), None).to_text().unwrap();
        assert!(told(text.replace("case/1", "case/2").as_bytes()).contains("later version"));
        assert!(told(b"{}").contains("schema"));
        assert!(told(&text.as_bytes()[..text.len() / 2]).contains("line "));
        assert!(told("[".repeat(100_000).as_bytes()).contains("recursion"));
        assert!(told(&vec![b' '; limits::CASE_BYTES + 1]).contains("more than"));
        let wrong = text.replace("\"readers\": {", "\"readers\": 7, \"x\": {");
        assert!(told(wrong.as_bytes()).contains("column"), "{}", told(wrong.as_bytes()));
        let transcript = text.replace("\"transcript\": null", "\"transcript\": \"cpx-check transcript 9\"");
        assert!(!told(transcript.as_bytes()).is_empty());
    }
}
