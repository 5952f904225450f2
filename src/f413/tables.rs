//! The rules, as data: one row each, with the documents that it rests on and the day it was compared with them.
//!
//! The tables are the CSV files in `rules/` beside this file. In a cell, `*` stands for anything, several words are
//! separated by spaces, and of several rows that fit the first one counts.

use std::sync::OnceLock;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _};

use crate::identity::Date;

use super::coded::Coded;
use super::vocabulary::{
    Answer, Ask, Basis, CardKind, CardState, Conflict, Contract, Declared, Form, Naming, Need, Occasion, Offer, Online,
    Question, Realness, Segur, Step, Structure, StructureNumber,
};

/// Where a rule comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Citation<'a> {
    /// The rule's own name: `A4`.
    pub rule: &'a str,
    /// The documents by their short names, with sections, separated by semicolons: `F413 §2; GUIDE-HOP`.
    pub source: &'a str,
    /// Whether a document says so, or it follows from what documents say.
    pub basis: Basis,
}

/// A rule about the card in a reader.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct CardRule {
    rule: String,
    question: List<Question>,
    card: List<CardKind>,
    category: List<Realness>,
    state: List<CardState>,
    declared: List<Declared>,
    #[serde(deserialize_with = "coded")]
    /// What it answers.
    pub answer: Answer,
    /// Why, as a code: the sentence is `f413-reason-…`.
    pub reason: String,
    ask: List<Ask>,
    first: List<Step>,
    #[serde(deserialize_with = "coded_or_none")]
    /// Where the documents disagree about it.
    pub conflict: Option<Conflict>,
    source: String,
    #[serde(deserialize_with = "coded")]
    basis: Basis,
    #[serde(deserialize_with = "date")]
    as_of: Date,
}

/// What a rule about a card is asked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct CardCase {
    /// The question.
    pub question: Question,
    /// The kind of card.
    pub card: CardKind,
    /// Whether it is a real one.
    pub category: Realness,
    /// Whether it is active.
    pub state: CardState,
    /// What is known about the holder.
    pub declared: Declared,
}

impl CardRule {
    /// Every rule, the first that fits counting.
    pub fn all() -> &'static [Self] {
        &Rules::get().cards
    }

    /// The first rule that fits.
    pub(super) fn of(case: CardCase) -> Option<&'static Self> {
        Self::all().iter().find(|rule| rule.fits(case))
    }

    fn fits(&self, case: CardCase) -> bool {
        self.question.has(case.question)
            && self.card.has(case.card)
            && self.category.has(case.category)
            && self.state.has(case.state)
            && self.declared.has(case.declared)
    }

    /// What to ask, and where.
    pub fn ask(&self) -> &[Ask] {
        self.ask.named()
    }

    /// What to do first.
    pub fn first(&self) -> &[Step] {
        self.first.named()
    }

    /// Where it comes from.
    pub fn citation(&self) -> Citation<'_> {
        Citation { rule: &self.rule, source: &self.source, basis: self.basis }
    }
}

/// A rule about the number that a structure uses.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct NumberRule {
    rule: String,
    structure: List<Structure>,
    segur: List<Segur>,
    contract: List<Contract>,
    #[serde(deserialize_with = "coded")]
    /// The number to use.
    pub number: StructureNumber,
    /// Why, as a code: the sentence is `f413-number-reason-…`.
    pub reason: String,
    #[serde(deserialize_with = "coded_or_none")]
    /// Where the documents disagree about it.
    pub conflict: Option<Conflict>,
    source: String,
    #[serde(deserialize_with = "coded")]
    basis: Basis,
    #[serde(deserialize_with = "date")]
    as_of: Date,
}

impl NumberRule {
    /// Every rule, the first that fits counting.
    pub fn all() -> &'static [Self] {
        &Rules::get().numbers
    }

    /// The first rule that fits a structure with this contract, for a project of the Ségur or another.
    pub(super) fn of(structure: Structure, segur: Segur, contract: Contract) -> Option<&'static Self> {
        let fits = |rule: &&Self| rule.structure.has(structure) && rule.segur.has(segur) && rule.contract.has(contract);
        Self::all().iter().find(fits)
    }

    /// Where it comes from.
    pub fn citation(&self) -> Citation<'_> {
        Citation { rule: &self.rule, source: &self.source, basis: self.basis }
    }
}

/// A certificate that a need asks for.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct CertificateRule {
    rule: String,
    #[serde(deserialize_with = "coded")]
    /// The need.
    pub need: Need,
    #[serde(deserialize_with = "coded")]
    pub(super) segur: Segur,
    #[serde(deserialize_with = "coded")]
    /// The family.
    pub offer: Offer,
    /// The usage as the order form names it: `AUTH_CLI`.
    pub usage: String,
    #[serde(deserialize_with = "coded")]
    /// How it is named.
    pub naming: Naming,
    /// Its common name, letter for letter; empty where it is free.
    pub exact_name: String,
    #[serde(deserialize_with = "coded_or_none")]
    pub(super) conflict: Option<Conflict>,
    source: String,
    #[serde(deserialize_with = "date")]
    as_of: Date,
}

impl CertificateRule {
    /// The certificates of a need.
    pub(super) fn of(need: Need) -> impl Iterator<Item = &'static Self> {
        Rules::get().certificates.iter().filter(move |rule| rule.need == need)
    }

    /// Where it comes from.
    pub fn citation(&self) -> Citation<'_> {
        Citation { rule: &self.rule, source: &self.source, basis: Basis::Text }
    }
}

/// A rule about who signs for a structure, and what comes before.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct StructureRule {
    rule: String,
    structure: List<Structure>,
    contract: List<Contract>,
    signers: List<Question>,
    first: List<Form>,
    #[serde(deserialize_with = "coded_or_none")]
    pub(super) conflict: Option<Conflict>,
    source: String,
    #[serde(deserialize_with = "date")]
    as_of: Date,
}

impl StructureRule {
    /// The first rule that fits a structure with this contract.
    pub(super) fn of(structure: Structure, contract: Contract) -> Option<&'static Self> {
        let fits = |rule: &&Self| rule.structure.has(structure) && rule.contract.has(contract);
        Rules::get().structures.iter().find(fits)
    }

    /// In which capacities somebody may sign.
    pub fn signers(&self) -> &[Question] {
        self.signers.named()
    }

    /// The forms that come before: they hold the contract.
    pub fn first(&self) -> &[Form] {
        self.first.named()
    }

    /// Where it comes from.
    pub fn citation(&self) -> Citation<'_> {
        Citation { rule: &self.rule, source: &self.source, basis: Basis::Text }
    }
}

/// A form.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct FormRow {
    #[serde(deserialize_with = "coded")]
    /// Its number.
    pub form: Form,
    /// The cards that it gives; empty for none.
    pub cards: String,
    #[serde(deserialize_with = "coded")]
    /// Whether it could be filled online in 2022.
    pub online: Online,
    /// The mail address that it goes to; empty where no document gives one.
    pub address: String,
    /// Its online form; empty for none.
    pub web: String,
    #[serde(deserialize_with = "coded_or_none")]
    /// Where the documents disagree about it.
    pub conflict: Option<Conflict>,
    source: String,
    #[serde(deserialize_with = "date")]
    as_of: Date,
}

impl FormRow {
    /// Every form, in the order of their numbers.
    pub fn all() -> &'static [Self] {
        &Rules::get().forms
    }

    /// The row of a form.
    pub fn of(form: Form) -> Option<&'static Self> {
        Self::all().iter().find(|row| row.form == form)
    }

    /// Where it comes from.
    pub fn citation(&self) -> Citation<'_> {
        Citation { rule: self.form.code(), source: &self.source, basis: Basis::Text }
    }
}

/// Which form for which occasion.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct OccasionRule {
    rule: String,
    #[serde(deserialize_with = "coded")]
    /// The occasion.
    pub occasion: Occasion,
    forms: List<Form>,
    also: List<Step>,
    #[serde(deserialize_with = "coded_or_none")]
    /// Where the documents disagree about it.
    pub conflict: Option<Conflict>,
    source: String,
    #[serde(deserialize_with = "date")]
    as_of: Date,
}

impl OccasionRule {
    /// Every occasion.
    pub fn all() -> &'static [Self] {
        &Rules::get().occasions
    }

    /// The forms; none where another way leads there.
    pub fn forms(&self) -> &[Form] {
        self.forms.named()
    }

    /// Other ways.
    pub fn also(&self) -> &[Step] {
        self.also.named()
    }

    /// Where it comes from.
    pub fn citation(&self) -> Citation<'_> {
        Citation { rule: &self.rule, source: &self.source, basis: Basis::Text }
    }
}

/// Which documents disagree: what each says stands in the texts, `f413-conflict-…-one` and `-other`.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct ConflictRow {
    #[serde(deserialize_with = "coded")]
    /// About what.
    pub conflict: Conflict,
    /// The document that this program goes by.
    pub one: String,
    /// The document that says otherwise.
    pub other: String,
    #[serde(deserialize_with = "date")]
    as_of: Date,
}

impl ConflictRow {
    /// The documents of a conflict.
    pub fn of(conflict: Conflict) -> Option<&'static Self> {
        Rules::get().conflicts.iter().find(|row| row.conflict == conflict)
    }
}

/// A document.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct Source {
    /// Its short name.
    pub source: String,
    /// Its title, in French.
    pub title: String,
}

impl Source {
    /// Every document that a rule rests on.
    pub fn all() -> &'static [Self] {
        &Rules::get().sources
    }
}

/// The day on which the rules were last compared with their sources: the latest of all rows.
///
/// ```
/// assert!(cpx_card::f413::rules_as_of() >= "2026-11-21".parse()?);
/// # Ok::<(), cpx_card::Error>(())
/// ```
pub fn rules_as_of() -> Date {
    let Rules { cards, numbers, certificates, structures, forms, occasions, conflicts, .. } = Rules::get();
    let dates = cards.iter().map(|row| row.as_of).chain(numbers.iter().map(|row| row.as_of));
    let dates = dates.chain(certificates.iter().map(|row| row.as_of)).chain(structures.iter().map(|row| row.as_of));
    let dates = dates.chain(forms.iter().map(|row| row.as_of)).chain(occasions.iter().map(|row| row.as_of));
    dates.chain(conflicts.iter().map(|row| row.as_of)).max().unwrap_or(Date::EARLIEST)
}

/// All tables.
pub(super) struct Rules {
    pub(super) cards: Vec<CardRule>,
    pub(super) numbers: Vec<NumberRule>,
    pub(super) certificates: Vec<CertificateRule>,
    pub(super) structures: Vec<StructureRule>,
    pub(super) forms: Vec<FormRow>,
    pub(super) occasions: Vec<OccasionRule>,
    pub(super) conflicts: Vec<ConflictRow>,
    pub(super) sources: Vec<Source>,
}

impl Rules {
    pub(super) const CARDS: &str = include_str!("rules/card-rules.csv");
    pub(super) const NUMBERS: &str = include_str!("rules/number-rules.csv");
    pub(super) const CERTIFICATES: &str = include_str!("rules/certificate-rules.csv");
    pub(super) const STRUCTURES: &str = include_str!("rules/structure-rules.csv");
    pub(super) const FORMS: &str = include_str!("rules/forms.csv");
    pub(super) const OCCASIONS: &str = include_str!("rules/occasions.csv");
    pub(super) const CONFLICTS: &str = include_str!("rules/conflicts.csv");
    pub(super) const SOURCES: &str = include_str!("rules/sources.csv");

    /// The tables, read when they are first asked for.
    pub(super) fn get() -> &'static Self {
        static RULES: OnceLock<Rules> = OnceLock::new();
        RULES.get_or_init(|| Self {
            cards: rows(Self::CARDS),
            numbers: rows(Self::NUMBERS),
            certificates: rows(Self::CERTIFICATES),
            structures: rows(Self::STRUCTURES),
            forms: rows(Self::FORMS),
            occasions: rows(Self::OCCASIONS),
            conflicts: rows(Self::CONFLICTS),
            sources: rows(Self::SOURCES),
        })
    }
}

/// The tables are part of the library: a test holds that every line is a row.
fn rows<T: DeserializeOwned>(table: &str) -> Vec<T> {
    csv::Reader::from_reader(table.as_bytes()).deserialize().flatten().collect()
}

/// The words in a cell, or any.
#[derive(Debug)]
struct List<T> {
    any: bool,
    named: Vec<T>,
}

impl<T: Copy + PartialEq> List<T> {
    fn has(&self, one: T) -> bool {
        self.any || self.named.contains(&one)
    }

    fn named(&self) -> &[T] {
        &self.named
    }
}

impl<'de, T: Coded> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "*" {
            return Ok(Self { any: true, named: Vec::new() });
        }
        let named = text.split_whitespace().map(|code| T::of_code(code).ok_or_else(|| D::Error::custom(code)));
        Ok(Self { any: false, named: named.collect::<Result<_, _>>()? })
    }
}

fn coded<'de, T: Coded, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let text = String::deserialize(deserializer)?;
    T::of_code(&text).ok_or_else(|| D::Error::custom(text))
}

fn coded_or_none<'de, T: Coded, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() { Ok(None) } else { T::of_code(&text).map(Some).ok_or_else(|| D::Error::custom(text)) }
}

fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}
