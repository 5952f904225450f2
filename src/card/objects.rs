//! The data objects `CPS_ID_CARD`, `CPS_INFO_PS`, `CPS_NAME_PS` and `CPS_LANG_PS` (card-protocol.md section 5).
//!
//! Tags come in any order, may be absent, doubled or unknown: the first of a known tag wins, everything else is kept
//! as raw bytes. Only a broken structure is an error.

use serde::{Deserialize, Serialize};

use crate::certificate::{Moment, Validity};
use crate::error::{Error, ErrorKind, Result};
use crate::identity::{CardNumber, CardType, Category, Date, HolderId, Name, Table, codes};
use crate::iso7816::{Tag, digits, single};
use crate::limits;

/// `CPS_ID_CARD`: what the card is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct CardIdentification {
    /// The 10 digits that form F413 asks for (tag 81).
    pub number: Option<CardNumber>,
    /// Real, test or other (tag 82, table G01).
    pub category: Option<Category>,
    /// First day of validity (tag 83: deduced from tag 84).
    pub valid_from: Option<Date>,
    /// Last day of validity (tag 84).
    pub valid_until: Option<Date>,
}

impl CardIdentification {
    /// Where this day stands in the validity of the card, both ends included; without an end it does not expire.
    pub fn validity(&self, day: Date) -> Validity {
        let start = Moment::start_of(self.valid_from.unwrap_or(Date::EARLIEST));
        let end = self.valid_until.map_or(Moment::from_unix(i64::MAX), Moment::end_of);
        Validity::within(start, end, Moment::start_of(day))
    }
}

/// Who holds the card: `CPS_INFO_PS`, `CPS_NAME_PS`, `CPS_LANG_PS`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Holder {
    /// The national identifier, type digit included (`CPS_INFO_PS` tag 81).
    pub id: Option<HolderId>,
    /// Civility, table G03 (`CPS_NAME_PS` tag 80).
    pub civility: Option<u8>,
    /// The name of exercise (`CPS_INFO_PS` tag 84).
    pub surname: Option<Name>,
    /// The given name shown behind it (`CPS_NAME_PS` tag 84).
    pub given_name: Option<Name>,
    /// Profession, table G15 (`CPS_INFO_PS` tag 82).
    pub profession: Option<u8>,
    /// The profession that the holder is trained for, table G16 (`CPS_INFO_PS` tag 83).
    pub future_profession: Option<u8>,
    /// Specialities, table R01 (`CPS_INFO_PS` tag 85), each as the card writes it.
    pub specialities: Vec<String>,
    /// Languages, table G00 (`CPS_LANG_PS`: the format is an assumption).
    pub languages: Vec<String>,
}

/// What an object holds beyond what this library understands: kept, never an error.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KeptField {
    /// The object's label.
    pub object: String,
    /// The tag, its bytes read as one big-endian number.
    pub tag: u32,
    /// The value as it came. It may be a person's data: of a saved card only its length is kept.
    #[serde(serialize_with = "length", deserialize_with = "zeros")]
    pub bytes: Vec<u8>,
    /// Why it was only kept.
    pub reason: KeptReason,
}

impl std::fmt::Debug for KeptField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeptField({} {:02X}, {} bytes, {:?})", self.object, self.tag, self.bytes.len(), self.reason)
    }
}

fn length<S: serde::Serializer>(bytes: &[u8], serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_u64(bytes.len().try_into().unwrap_or(u64::MAX))
}

fn zeros<'de, D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Vec<u8>, D::Error> {
    // no card has more in one object
    u16::deserialize(deserializer).map(|length| vec![0; usize::from(length)])
}

/// Why a field was only kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum KeptReason {
    /// Nobody published what the tag means.
    UnknownTag,
    /// The tag stands twice; the first one was read.
    Duplicate,
    /// The tag is known and its value has another shape than the published one.
    UnexpectedValue,
}

impl KeptReason {
    /// The stable code: `unknown-tag`, `duplicate`, `unexpected-value`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownTag => "unknown-tag",
            Self::Duplicate => "duplicate",
            Self::UnexpectedValue => "unexpected-value",
        }
    }
}

/// One data object of the card, by its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DataObject {
    IdCard,
    InfoPs,
    NamePs,
    LangPs,
}

/// What was understood of the data objects so far.
///
/// ```
/// use cpx_card::internal::card::DataObjects;
///
/// let mut objects = DataObjects::default();
/// objects.read("CPS_ID_CARD", &[0xE3, 0x07, 0x81, 0x05, 0x00, 0x22, 0x00, 0x00, 0x11])?;
/// assert_eq!(objects.card.number.unwrap().reveal(), "0022000011");
/// # Ok::<(), cpx_card::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DataObjects {
    /// Number, category, validity.
    pub card: CardIdentification,
    /// The type (`CPS_INFO_PS` tag 80).
    pub card_type: Option<CardType>,
    /// Who holds the card.
    pub holder: Holder,
    /// Fields that were kept without being understood.
    pub kept: Vec<KeptField>,
}

impl DataObject {
    /// In the order in which they are read.
    pub(super) const ALL: [Self; 4] = [Self::IdCard, Self::InfoPs, Self::NamePs, Self::LangPs];

    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::IdCard => "CPS_ID_CARD",
            Self::InfoPs => "CPS_INFO_PS",
            Self::NamePs => "CPS_NAME_PS",
            Self::LangPs => "CPS_LANG_PS",
        }
    }

    /// The object that has this outer tag.
    pub(super) fn of_tag(tag: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|object| object.outer() == tag)
    }

    /// The tag that proves that the file holds this object.
    const fn outer(self) -> u32 {
        match self {
            Self::IdCard => 0xE3,
            Self::InfoPs => 0xED,
            Self::NamePs => 0xE4,
            Self::LangPs => 0xE5,
        }
    }

    /// Whether the outer tag is proven. A `CPS_LANG_PS` of another shape is kept, not refused.
    const fn is_proven(self) -> bool {
        !matches!(self, Self::LangPs)
    }

    /// Reads this object into `identity`.
    ///
    /// # Errors
    /// [`ErrorKind::CardNonsense`] with the object's label and the offset of what is broken.
    pub(super) fn decode(self, bytes: &[u8], identity: &mut DataObjects) -> Result<()> {
        let nonsense = |error: Error| error.within(self.label()).of_kind(ErrorKind::CardNonsense);
        let outer = match single(bytes) {
            Ok(outer) if outer.tag == Tag::new(self.outer()) => outer,
            _ if !self.is_proven() => {
                let kept = (0, bytes.to_vec(), KeptReason::UnexpectedValue);
                identity.keep(self, kept.0, kept.1, kept.2);
                return Ok(());
            }
            Ok(outer) => {
                let what = format!("the object has tag {}, not {:02X}", outer.tag, self.outer());
                return Err(nonsense(Error::malformed(what, outer.offset)));
            }
            Err(error) => return Err(nonsense(error)),
        };
        let mut seen = Vec::new();
        for field in outer.children() {
            let field = field.map_err(nonsense)?;
            let tag = field.tag.number();
            let repeats = self != Self::LangPs && seen.contains(&tag);
            let reason = if repeats {
                Some(KeptReason::Duplicate)
            } else {
                match self.field(tag, field.value, identity) {
                    Understood::Yes => None,
                    Understood::Tag => Some(KeptReason::UnexpectedValue),
                    Understood::No => Some(KeptReason::UnknownTag),
                }
            };
            if let Some(reason) = reason {
                identity.keep(self, tag, field.value.to_vec(), reason);
            }
            seen.push(tag);
        }
        Ok(())
    }

    fn field(self, tag: u32, value: &[u8], identity: &mut DataObjects) -> Understood {
        let DataObjects { card, card_type, holder, .. } = identity;
        match (self, tag) {
            (Self::IdCard, 0x81) => set(&mut card.number, digits(value).and_then(|text| CardNumber::parse(&text).ok())),
            (Self::IdCard, 0x82) => set(&mut card.category, one_byte(value).map(Category::from_g01)),
            (Self::IdCard, 0x83) => set(&mut card.valid_from, date(value)),
            (Self::IdCard, 0x84) => set(&mut card.valid_until, date(value)),
            (Self::InfoPs, 0x80) => set(card_type, value.first().copied().map(CardType::from_g02)),
            (Self::InfoPs, 0x81) => set(&mut holder.id, name(value).map(|id| HolderId::parse(id.reveal().trim()))),
            (Self::InfoPs, 0x82) => optional(&mut holder.profession, value),
            (Self::InfoPs, 0x83) => optional(&mut holder.future_profession, value),
            (Self::InfoPs, 0x84) => set(&mut holder.surname, name(value)),
            (Self::InfoPs, 0x85) => {
                holder.specialities = specialities(Name::from_latin1(value).reveal());
                Understood::Yes
            }
            (Self::NamePs, 0x80) => optional(&mut holder.civility, value),
            (Self::NamePs, 0x84) => set(&mut holder.given_name, name(value)),
            (Self::LangPs, 0x80) => {
                let found = languages(value);
                let understood = if found.is_empty() && !value.is_empty() { Understood::Tag } else { Understood::Yes };
                holder.languages.extend(found);
                holder.languages.truncate(limits::HOLDER_CODES);
                understood
            }
            _ => Understood::No,
        }
    }
}

impl DataObjects {
    /// Whether the object of this label is one of those that are understood.
    pub fn knows(label: &str) -> bool {
        DataObject::ALL.into_iter().any(|object| object.label() == label)
    }

    /// Whether the object of this label tells which card it is.
    pub fn identify(label: &str) -> bool {
        label == DataObject::IdCard.label()
    }

    /// Reads the object of this label into these; whether it is one of those that are understood.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::CardNonsense`] with the object's label and the offset of what is broken.
    pub fn read(&mut self, label: &str, bytes: &[u8]) -> Result<bool> {
        let known = DataObject::ALL.into_iter().find(|object| object.label() == label);
        known.map(|object| object.decode(bytes, self)).transpose().map(|read| read.is_some())
    }

    fn keep(&mut self, object: DataObject, tag: u32, bytes: Vec<u8>, reason: KeptReason) {
        self.kept.push(KeptField { object: object.label().to_owned(), tag, bytes, reason });
    }
}

/// Whether a field was understood, or only its tag, or nothing.
enum Understood {
    Yes,
    Tag,
    No,
}

fn set<T>(place: &mut Option<T>, value: Option<T>) -> Understood {
    *place = value;
    if place.is_some() { Understood::Yes } else { Understood::Tag }
}

/// A coded value that may be left empty.
fn optional(place: &mut Option<u8>, value: &[u8]) -> Understood {
    if value.is_empty() { Understood::Yes } else { set(place, one_byte(value)) }
}

fn one_byte(value: &[u8]) -> Option<u8> {
    match value {
        [byte] => Some(*byte),
        _ => None,
    }
}

fn date(value: &[u8]) -> Option<Date> {
    digits(value).and_then(|text| Date::from_digits(&text).ok())
}

fn name(value: &[u8]) -> Option<Name> {
    Some(Name::from_latin1(value)).filter(|name| !name.is_empty())
}

/// Speciality codes stand one behind the other without separator and have three to six characters. What is in no
/// table is kept whole, and what is behind as many as are [told apart](limits::HOLDER_CODES).
fn specialities(text: &str) -> Vec<String> {
    const LONGEST: usize = 6;
    let mut rest = text.trim();
    let mut found = Vec::new();
    while !rest.is_empty() {
        let longest = if found.len() < limits::HOLDER_CODES { rest.len().min(LONGEST) } else { 0 };
        let known = (3..=longest).rev().filter_map(|end| rest.split_at_checked(end));
        let (code, behind) =
            known.into_iter().find(|(code, _)| codes::label(Table::R01, code).is_some()).unwrap_or((rest, ""));
        found.push(code.to_owned());
        rest = behind.trim_start();
    }
    found
}

/// Two-letter codes one behind the other, of which the [first](limits::HOLDER_CODES) are read.
fn languages(value: &[u8]) -> Vec<String> {
    let text = Name::from_latin1(value).reveal().to_ascii_lowercase();
    let letters: Vec<char> = text.chars().filter(char::is_ascii_alphabetic).collect();
    let codes = letters.chunks(2).take(limits::HOLDER_CODES).map(|pair| pair.iter().collect::<String>());
    codes.filter(|code| codes::language_label(code).is_some()).collect()
}

#[cfg(test)]
mod tests {
    use super::KeptReason::{Duplicate, UnexpectedValue, UnknownTag};
    use super::*;
    use proptest::prelude::*;

    fn decode(object: DataObject, hex: &str) -> (DataObjects, Result<()>) {
        let mut identity = DataObjects::default();
        let outcome = object.decode(&hex::decode(hex.replace(' ', "")).unwrap(), &mut identity);
        (identity, outcome)
    }

    fn read(object: DataObject, hex: &str) -> DataObjects {
        let (identity, outcome) = decode(object, hex);
        outcome.unwrap();
        identity
    }

    #[test]
    fn the_published_examples_are_understood() {
        let id = read(
            DataObject::IdCard,
            "E3 1E 80 06 80250000010F 81 05 0022000011 82 01 80 83 04 20240115 84 04 20270115",
        );
        assert_eq!(id.card.number.unwrap().reveal(), "0022000011");
        assert_eq!(id.card.category, Some(Category::Test));
        assert_eq!(id.card.valid_from, Date::new(2024, 1, 15));
        assert_eq!(id.card.valid_until, Date::new(2027, 1, 15));
        assert_eq!(id.kept.len(), 1, "tag 80 has no published meaning");

        let info = "80 02 00 00 81 0C 383939373030333636323430 82 01 0A 84 0A 444F4330303336363234 85 04 534D3236";
        let info = read(DataObject::InfoPs, &format!("ED 27 {info}"));
        assert_eq!(info.card_type, Some(CardType::CPS));
        assert_eq!(info.holder.id.unwrap().reveal(), "899700366240");
        assert_eq!(info.holder.profession, Some(10));
        assert_eq!(info.holder.surname.unwrap().reveal(), "DOC0036624");
        assert_eq!(info.holder.specialities, ["SM26"]);

        let student = "80 02 01 00 81 0C 393031323334353637383941 83 01 0A 84 0A 45545530303030303331";
        let student = read(DataObject::InfoPs, &format!("ED 21 {student}"));
        assert_eq!((student.card_type, student.holder.future_profession), (Some(CardType::CPF), Some(10)));

        let name =
            read(DataObject::NamePs, "E4 1E 80 01 1F 81 0A 444F4330303336363234 82 00 83 06 4B4954FFFFFF 84 03 4B4954");
        assert_eq!(name.holder.civility, Some(31));
        assert_eq!(name.holder.given_name.unwrap().reveal(), "KIT");
        assert_eq!(read(DataObject::LangPs, "E5 06 80 04 66724445").holder.languages, ["fr", "de"]);
    }

    #[test]
    fn odd_fields_are_kept_and_the_first_of_two_wins() {
        let id = read(DataObject::IdCard, "E3 15 84 04 20270115 84 04 20280115 81 01 FF 99 00 82 02 0000");
        assert_eq!(id.card.valid_until, Date::new(2027, 1, 15));
        assert_eq!(id.card.number, None);
        let kept: Vec<_> = id.kept.iter().map(|field| (field.tag, field.reason)).collect();
        assert_eq!(kept, [(0x84, Duplicate), (0x81, UnexpectedValue), (0x99, UnknownTag), (0x82, UnexpectedValue)]);
        assert!(!format!("{kept:?}{:?}", id.kept).contains("20280115"));
        assert_eq!(read(DataObject::IdCard, "E3 06 84 04 20271301").card.valid_until, None);
        assert_eq!(read(DataObject::LangPs, "30 02 0500").kept.len(), 1);
    }

    #[test]
    fn what_is_kept_says_why_in_a_word() {
        let codes = [UnknownTag, Duplicate, UnexpectedValue].map(KeptReason::code);
        assert_eq!(codes, ["unknown-tag", "duplicate", "unexpected-value"]);
        assert_eq!(read(DataObject::LangPs, "E5 02 8000").kept, [], "no language is none too many");
        let odd = read(DataObject::LangPs, "E5 04 80023131");
        assert_eq!((odd.holder.languages.len(), odd.kept[0].reason), (0, UnexpectedValue));
        assert_eq!(read(DataObject::LangPs, "E5 04 80026672").holder.languages, ["fr"]);
    }

    #[test]
    fn objects_go_by_their_labels() {
        let card = hex::decode("E306840420270115").unwrap();
        let mut objects = DataObjects::default();
        assert!(DataObjects::knows("CPS_ID_CARD") && !DataObjects::knows("CPS_ACTIVITY_01_PS"));
        assert!(!objects.read("CPS_ACTIVITY_01_PS", &card).unwrap() && objects.card.valid_until.is_none());
        assert!(objects.read("CPS_ID_CARD", &card).unwrap());
        assert_eq!(objects.card.valid_until, Date::new(2027, 1, 15));
        assert!(objects.read("CPS_INFO_PS", &card).is_err(), "another object");
    }

    #[test]
    fn broken_structures_name_their_object_and_offset() {
        for (object, hex, offset) in [
            (DataObject::IdCard, "E4 00", 0),
            (DataObject::IdCard, "E3 1E 80", 1),
            (DataObject::InfoPs, "ED 05 80 02 00 00 81", 7),
            (DataObject::NamePs, "E4 02 80 05", 3),
            (DataObject::NamePs, "", 0),
        ] {
            let error = decode(object, hex).1.expect_err(hex);
            assert_eq!((error.kind(), error.offset()), (ErrorKind::CardNonsense, Some(offset)), "{hex}: {error}");
            assert!(error.to_string().starts_with(object.label()));
        }
    }

    #[test]
    fn specialities_without_separator_are_taken_apart() {
        for (text, codes) in [
            ("SM26", vec!["SM26"]),
            ("SM26SM54", vec!["SM26", "SM54"]),
            ("SCD01C05", vec!["SCD01", "C05"]),
            ("DSM201", vec!["DSM201"]),
            ("ÉTÉ", vec!["ÉTÉ"]),
            ("SM26????", vec!["SM26", "????"]),
            ("  ", vec![]),
        ] {
            assert_eq!(specialities(text), codes, "{text}");
        }
    }

    #[test]
    fn more_codes_than_a_holder_has_are_not_told_apart() {
        let many = "SM26".repeat(10_000);
        let found = specialities(&many);
        let (rest, apart) = found.split_last().unwrap();
        assert_eq!((apart.len(), rest.len()), (limits::HOLDER_CODES, many.len() - 4 * limits::HOLDER_CODES));
        assert_eq!(found.concat(), many);
        assert_eq!(languages("frde".repeat(10_000).as_bytes()).len(), limits::HOLDER_CODES);
        // the field may be repeated as well
        let fields = format!("E5 81 A0 {}", "80 02 6672".repeat(40));
        assert_eq!(read(DataObject::LangPs, &fields).holder.languages.len(), limits::HOLDER_CODES);
    }

    proptest! {
        #[test]
        fn any_bytes_have_an_answer(mut bytes in prop::collection::vec(any::<u8>(), 2..150), which in 0..4_usize) {
            let object = DataObject::ALL[which];
            let mut identity = DataObjects::default();
            let _ = object.decode(&bytes, &mut identity);
            bytes[0] = u8::try_from(object.outer()).unwrap();
            bytes[1] = u8::try_from(bytes.len() - 2).unwrap().min(0x7F);
            let _ = object.decode(&bytes, &mut identity);
        }
    }
}
