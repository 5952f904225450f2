//! The answer of `cpx-check card` for machines, schema `cpx-check.card/1`.

use serde::Serialize;
use serde_json::Value;

use cpx_card::internal::facts::{
    CardAnswer, CardFacts, CardReading, ExchangeCount, ReaderContent, ReaderFacts, Recognised, recognise,
};
use cpx_card::internal::identity::{CardType, HolderId, Table, codes};
use cpx_card::internal::readiness::{CardVerdict, ReaderVerdict};

use super::certificate_json::{Agreement, Certificate, Structure, agreement, certificates, structure};
use super::{Disclosure, sanitise};

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "cpx-check card"))]
pub(super) struct Report {
    #[cfg_attr(test, schemars(extend("const" = "cpx-check.card/1")))]
    schema: &'static str,
    /// Version of the program.
    tool_version: &'static str,
    /// Why no reader could be asked, or null.
    code: Option<&'static str>,
    /// What technicians want to know of it.
    detail: Option<String>,
    /// Every reader that was asked, in the system's order.
    readers: Vec<Reader>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Reader {
    /// Its name, as the system gives it.
    pub(super) name: String,
    /// What is in it: `cpx`, `foreign`, `empty`, `mute`, `busy` or `error`.
    pub(super) state: &'static str,
    /// The stable code of what was found.
    pub(super) code: &'static str,
    /// What technicians want to know of a failure.
    pub(super) detail: Option<String>,
    /// Stable codes of what is to be looked at.
    pub(super) reservations: Vec<&'static str>,
    card: Option<Card>,
    holder: Option<Holder>,
    pin: Option<Pin>,
    /// The structure of the holder, as the certificates say it.
    structure: Option<Structure>,
    /// Null where they were not asked for.
    certificates: Option<Vec<Certificate>>,
    /// Whether chip and certificates say the same.
    agreement: Option<Agreement>,
    /// What the card says beyond what is known, or against what is expected.
    kept: Vec<Kept>,
    exchange: Option<Exchange>,
}

#[derive(Serialize, Default)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Card {
    /// `cps3`, `cps4`, `older` or `unknown`.
    generation: Option<&'static str>,
    interface: Option<&'static str>,
    /// The answer to reset, hexadecimal.
    atr: Option<String>,
    /// What this row of the catalogue was tried on: `real card`, `virtual card` or nothing.
    verified_on: Option<&'static str>,
    /// What other card this is, in words.
    family: Option<&'static str>,
    /// The number that form F413 asks for; masked unless asked for.
    number: Option<String>,
    /// Masked unless asked for.
    chip_serial: Option<String>,
    chip_serial_check: Option<&'static str>,
    category: Option<&'static str>,
    r#type: Option<&'static str>,
    /// Code of table G02, hexadecimal.
    type_code: Option<String>,
    /// What the type was read from.
    type_basis: Option<&'static str>,
    type_distinction: Option<&'static str>,
    type_distinction_basis: Option<&'static str>,
    /// First day, YYYY-MM-DD.
    valid_from: Option<String>,
    /// Last day, YYYY-MM-DD.
    valid_until: Option<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Holder {
    /// The holder's identifier; masked unless asked for.
    id: Option<String>,
    id_type: Option<char>,
    id_register: Option<&'static str>,
    id_check: Option<&'static str>,
    id_problem: Option<&'static str>,
    civility: Option<String>,
    surname: Option<String>,
    given_name: Option<String>,
    profession: Option<Coded>,
    future_profession: Option<Coded>,
    specialities: Vec<Coded>,
    /// Read by `card` only: empty elsewhere.
    languages: Vec<Coded>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Coded {
    pub(super) code: String,
    pub(super) label: Option<&'static str>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Pin {
    /// `ok`, `low`, `last-try`, `blocked` or `unknown`.
    state: &'static str,
    tries_left: Option<u8>,
    tries_max: Option<u8>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Kept {
    object: String,
    tag: String,
    bytes: usize,
    reason: &'static str,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Exchange {
    apdus: u32,
    bytes: u32,
}

impl From<ExchangeCount> for Exchange {
    fn from(count: ExchangeCount) -> Self {
        Self { apdus: count.apdus, bytes: count.bytes }
    }
}

/// The whole answer.
pub fn card_json(facts: &CardFacts, verdict: &CardVerdict, disclosure: Disclosure) -> Value {
    let (code, detail, readers) = match &facts.readers {
        Err(failure) => (Some(failure.kind.code()), Some(sanitise(&failure.detail)), Vec::new()),
        Ok(readers) if readers.is_empty() => (Some("no-reader"), None, Vec::new()),
        Ok(readers) => {
            let readers = readers.iter().zip(&verdict.readers);
            (None, None, readers.map(|(reader, verdict)| self::reader(reader, verdict, disclosure)).collect())
        }
    };
    let tool_version = env!("CARGO_PKG_VERSION");
    value(&Report { schema: "cpx-check.card/1", tool_version, code, detail, readers })
}

/// These types have string keys only, which is all that could fail.
pub(super) fn value(report: &impl Serialize) -> Value {
    serde_json::to_value(report).unwrap_or_default()
}

pub(super) fn reader(facts: &ReaderFacts, verdict: &ReaderVerdict, disclosure: Disclosure) -> Reader {
    let empty = Reader {
        name: sanitise(&facts.name),
        state: facts.content.state().code(),
        code: facts.content.code(),
        detail: None,
        reservations: verdict.reservations.iter().map(|reservation| reservation.code()).collect(),
        card: None,
        holder: None,
        pin: None,
        structure: None,
        certificates: None,
        agreement: None,
        kept: Vec::new(),
        exchange: None,
    };
    match &facts.content {
        ReaderContent::Empty | ReaderContent::Mute => empty,
        ReaderContent::Failed { failure, atr } => Reader {
            detail: Some(sanitise(&failure.detail)),
            card: atr.as_ref().map(|atr| Card { atr: Some(atr.to_string()), ..Card::default() }),
            ..empty
        },
        ReaderContent::Card(CardAnswer::Foreign { atr, exchange, .. }) => Reader {
            card: Some(Card {
                atr: Some(atr.to_string()),
                family: match recognise(atr) {
                    Recognised::Foreign { label, .. } => Some(label).filter(|label| !label.is_empty()),
                    Recognised::Cpx { .. } => None,
                },
                ..Card::default()
            }),
            exchange: Some((*exchange).into()),
            ..empty
        },
        ReaderContent::Card(CardAnswer::Cpx(card)) => Reader {
            card: Some(self::card(card, verdict, disclosure)),
            holder: Some(holder(card, disclosure)),
            pin: Some(Pin {
                state: card.code.level().code(),
                tries_left: card.code.tries_left,
                tries_max: card.code.tries_max,
            }),
            structure: verdict.certificates.as_ref().and_then(|all| structure(all, disclosure)),
            certificates: verdict.certificates.as_ref().map(|all| certificates(card, all, disclosure)),
            agreement: verdict.certificates.as_ref().map(agreement),
            kept: card
                .kept
                .iter()
                .map(|kept| Kept {
                    object: kept.object.clone(),
                    tag: format!("{:02X}", kept.tag),
                    bytes: kept.bytes.len(),
                    reason: kept.reason.code(),
                })
                .collect(),
            exchange: Some(card.exchange.into()),
            ..empty
        },
    }
}

fn card(card: &CardReading, verdict: &ReaderVerdict, disclosure: Disclosure) -> Card {
    let distinction = verdict.card_type.and_then(CardType::distinction);
    Card {
        generation: Some(card.generation.code()),
        interface: Some(card.interface.code()),
        atr: Some(card.atr.to_string()),
        verified_on: Some(card.verified_on()),
        family: None,
        number: card.card.number.as_ref().map(|number| disclosure.show(number, number.reveal())),
        chip_serial: card.chip_serial.as_ref().map(|serial| disclosure.show(serial, serial.reveal())),
        chip_serial_check: card.chip_serial_check.map(|right| if right { "valid" } else { "invalid" }),
        category: card.card.category.map(cpx_card::internal::identity::Category::code),
        r#type: verdict.card_type.map(CardType::finest_label),
        type_code: card.card_type.map(|card_type| format!("{:02X}", card_type.g02())),
        type_basis: card.card_type.map(|_| cpx_card::internal::identity::TypeEvidence::ChipObject.code()),
        type_distinction: distinction.map(|(what, _)| what.code()),
        type_distinction_basis: distinction.map(|(_, how)| how.code()),
        valid_from: card.card.valid_from.map(|date| date.to_string()),
        valid_until: card.card.valid_until.map(|date| date.to_string()),
    }
}

fn holder(card: &CardReading, disclosure: Disclosure) -> Holder {
    let holder = &card.holder;
    let id = holder.id.as_ref();
    let name = |name: &cpx_card::internal::identity::Name| disclosure.show(name, name.reveal());
    let decimal = |code: u8, label| Coded { code: format!("{code:02}"), label };
    Holder {
        id: id.map(|id| disclosure.show(id, id.reveal())),
        id_type: id.and_then(HolderId::type_digit),
        id_register: id.map(|id| id.register().code()),
        id_check: id.map(|id| id.check().code()),
        id_problem: id.and_then(HolderId::problem).map(cpx_card::internal::identity::IdProblem::code),
        civility: holder
            .civility
            .map(|code| codes::civility_label(code).map_or_else(|| code.to_string(), str::to_owned)),
        surname: holder.surname.as_ref().map(name),
        given_name: holder.given_name.as_ref().map(name),
        profession: holder.profession.map(|code| decimal(code, codes::profession_label(code))),
        future_profession: holder.future_profession.map(|code| decimal(code, codes::future_profession_label(code))),
        specialities: holder
            .specialities
            .iter()
            .map(|code| Coded { code: sanitise(code), label: codes::label(Table::R01, code) })
            .collect(),
        languages: holder
            .languages
            .iter()
            .map(|code| Coded { code: sanitise(code), label: codes::language_label(code) })
            .collect(),
    }
}
