//! The text of a personality, as TOML.

use serde::Deserialize;
use toml::Spanned;

use super::personality::{Activity, Card, Chip, Code, Credential, Holder, Material, Personality};
use cpx_card::{Error, Result};

/// Practice situations on one card: files `D120` to `D12F`.
const ACTIVITIES: usize = 16;

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    summary: String,
    reference_date: Spanned<String>,
    chip: Chip,
    atr: Option<Spanned<String>>,
    serial: Option<Spanned<String>>,
    card: Option<CardTable>,
    holder: Option<HolderTable>,
    #[serde(default)]
    activity: Vec<ActivityTable>,
    pin: Option<CodeTable>,
    puk: Option<CodeTable>,
    #[serde(default)]
    certificates: CertificatesTable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CardTable {
    number: Spanned<String>,
    category: Spanned<String>,
    r#type: Spanned<String>,
    valid_from: Spanned<String>,
    valid_until: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolderTable {
    id: Option<Spanned<String>>,
    civility: Option<u8>,
    surname: Option<Spanned<String>>,
    given_name: Option<Spanned<String>>,
    #[serde(default)]
    given_names: Vec<Spanned<String>>,
    profession: Option<u8>,
    future_profession: Option<u8>,
    #[serde(default)]
    specialities: Vec<Spanned<String>>,
    #[serde(default)]
    languages: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActivityTable {
    mode: u8,
    name: Spanned<String>,
    structure: Spanned<String>,
    sector: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeTable {
    code: Spanned<String>,
    max: Spanned<u8>,
    left: Spanned<u8>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct CertificatesTable {
    authentication: Option<Spanned<String>>,
    signature: Option<Spanned<String>>,
    technical: Option<Spanned<String>>,
}

impl File {
    /// The personality of this name; `find` gives certificates and keys by the name of their file.
    ///
    /// # Errors
    /// [`cpx_card::ErrorKind::Malformed`] with the byte offset of a value that cannot be.
    pub(super) fn into_personality(
        self,
        name: &str,
        find: &dyn Fn(Material, &str) -> Option<Vec<u8>>,
    ) -> Result<Personality> {
        date(&self.reference_date)?;
        if self.activity.len() > ACTIVITIES {
            return Err(Error::malformed(format!("a card has at most {ACTIVITIES} practice situations"), 0));
        }
        let credential = |file: Option<&Spanned<String>>, key: &str| file.map(|file| credential(file, key, find));
        Ok(Personality {
            name: name.to_owned(),
            summary: self.summary,
            reference_date: self.reference_date.into_inner(),
            chip: self.chip,
            atr: self.atr.as_ref().map(atr).transpose()?,
            serial: self.serial.as_ref().map(|serial| digits(serial, 8)).transpose()?,
            authentication: credential(self.certificates.authentication.as_ref(), "authentication.pem").transpose()?,
            signature: credential(self.certificates.signature.as_ref(), "signature.pem").transpose()?,
            technical: credential(self.certificates.technical.as_ref(), "technical.pem").transpose()?,
            card: self.card.as_ref().map(CardTable::values).transpose()?,
            holder: self.holder.as_ref().map(HolderTable::values).transpose()?,
            activities: self.activity.iter().map(ActivityTable::values).collect::<Result<_>>()?,
            pin: self.pin.as_ref().map(CodeTable::values).transpose()?,
            puk: self.puk.as_ref().map(CodeTable::values).transpose()?,
        })
    }
}

impl CardTable {
    fn values(&self) -> Result<Card> {
        Ok(Card {
            number: digits(&self.number, 10)?,
            category: byte(&self.category)?,
            kind: byte(&self.r#type)?,
            valid_from: date(&self.valid_from)?,
            valid_until: date(&self.valid_until)?,
        })
    }
}

impl HolderTable {
    fn values(&self) -> Result<Holder> {
        Ok(Holder {
            id: self.id.as_ref().map(latin1).transpose()?,
            civility: self.civility,
            surname: self.surname.as_ref().map(latin1).transpose()?,
            given_name: self.given_name.as_ref().map(latin1).transpose()?,
            given_names: self.given_names.iter().map(latin1).collect::<Result<_>>()?,
            profession: self.profession,
            future_profession: self.future_profession,
            specialities: self.specialities.iter().map(latin1).collect::<Result<_>>()?,
            languages: self.languages.iter().map(latin1).collect::<Result<_>>()?,
        })
    }
}

impl ActivityTable {
    fn values(&self) -> Result<Activity> {
        Ok(Activity {
            mode: self.mode,
            name: latin1(&self.name)?,
            structure: latin1(&self.structure)?,
            sector: latin1(&self.sector)?,
        })
    }
}

impl CodeTable {
    fn values(&self) -> Result<Code> {
        let value = self.code.get_ref();
        if !(4..=8).contains(&value.len()) || !value.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(wrong(&self.code, "a code has four to eight digits"));
        }
        let (maximum, left) = (*self.max.get_ref(), *self.left.get_ref());
        if !(1..=15).contains(&maximum) {
            return Err(wrong(&self.max, "a code has 1 to 15 tries"));
        }
        if left > maximum {
            return Err(wrong(&self.left, "more tries are left than there are"));
        }
        Ok(Code { value: value.clone().into_bytes(), maximum, left })
    }
}

fn credential(
    file: &Spanned<String>,
    key: &str,
    find: &dyn Fn(Material, &str) -> Option<Vec<u8>>,
) -> Result<Credential> {
    let name = file.get_ref();
    if name.contains(['/', '\\']) {
        return Err(wrong(file, "a certificate is named without a folder"));
    }
    let certificate = find(Material::Certificate, name).ok_or_else(|| wrong(file, "no such certificate"))?;
    let key = find(Material::Key, key).and_then(|pem| String::from_utf8(pem).ok());
    Ok(Credential { certificate, key: key.ok_or_else(|| wrong(file, "its key is not there"))? })
}

fn atr(text: &Spanned<String>) -> Result<Vec<u8>> {
    match hex::decode(text.get_ref()) {
        Ok(bytes) if matches!(bytes.len(), 0 | 2..=33) => Ok(bytes),
        _ => Err(wrong(text, "an answer to reset is hexadecimal, 2 to 33 bytes, or empty")),
    }
}

fn byte(text: &Spanned<String>) -> Result<u8> {
    match hex::decode(text.get_ref()).as_deref() {
        Ok([byte]) => Ok(*byte),
        _ => Err(wrong(text, "two hexadecimal digits are expected")),
    }
}

/// Packed decimal digits.
fn digits(text: &Spanned<String>, count: usize) -> Result<Vec<u8>> {
    let digits = text.get_ref();
    if digits.len() != count || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong(text, format!("{count} decimal digits are expected")));
    }
    hex::decode(digits).map_err(|_| wrong(text, "an even number of digits is expected"))
}

/// `YYYY-MM-DD` as YYYYMMDD in packed digits. Only the shape is checked: a card may hold a day that never was.
fn date(text: &Spanned<String>) -> Result<Vec<u8>> {
    let refused = || wrong(text, "a date is written YYYY-MM-DD");
    let date = text.get_ref();
    let shape = |(place, byte): (usize, u8)| if matches!(place, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    if date.len() != 10 || !date.bytes().enumerate().all(shape) {
        return Err(refused());
    }
    hex::decode(date.replace('-', "")).map_err(|_| refused())
}

fn latin1(text: &Spanned<String>) -> Result<Vec<u8>> {
    let bytes = text.get_ref().chars().map(|c| u8::try_from(u32::from(c))).collect::<std::result::Result<Vec<_>, _>>();
    bytes.map_err(|_| wrong(text, "a text on the card is Latin-1"))
}

fn wrong<T>(value: &Spanned<T>, what: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::malformed(what, value.span().start)
}
