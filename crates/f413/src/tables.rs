//! The rules, as data: one row each, with the documents that it rests on and the day it was compared with them.
//!
//! The tables are the CSV files in `rules/` beside this file. In a cell, `*` stands for anything, several words are
//! separated by spaces, and of several rows that fit the first one counts.

use std::sync::OnceLock;

use serde::Deserialize;

use cpx_card::internal::identity::Date;

use super::cells::{List, coded, coded_or_none, date, date_or_none, rows};
use super::fit::PurposeRule;
use super::forms::{FormRow, OccasionRule, Place, ProfileRow};
use super::journey::StepRule;
use super::notes::{LineRule, NoteRule};
use super::vocabulary::{
    Answer, Ask, Basis, CardKind, CardState, Conflict, Contract, Counted, Declared, Form, Naming, Need, Offer, Per,
    Profile, Question, Realness, Segur, Step, Structure, StructureNumber,
};
use super::words::WordRow;

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
    #[serde(deserialize_with = "coded")]
    /// What has certificates of its own under this number.
    pub per: Per,
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
    /// The usage, or those of one box, as the order form names them: `AUTH_CLI`.
    pub usage: String,
    #[serde(deserialize_with = "coded")]
    /// How it is named.
    pub naming: Naming,
    /// Its common name, letter for letter; empty where it is free.
    pub exact_name: String,
    #[serde(deserialize_with = "coded")]
    /// How many of it a need takes.
    pub counted: Counted,
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

    /// In which capacities somebody may sign: the boxes of section 3.2.
    pub fn signers(&self) -> &[Question] {
        self.signers.named()
    }

    /// The forms that come before, with the contract.
    pub fn first(&self) -> &[Form] {
        self.first.named()
    }

    /// Where it comes from.
    pub fn citation(&self) -> Citation<'_> {
        Citation { rule: &self.rule, source: &self.source, basis: Basis::Text }
    }
}

/// What the rules know of a kind of structure.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct KindRow {
    #[serde(deserialize_with = "coded")]
    /// The kind.
    pub structure: Structure,
    contracts: List<Contract>,
    #[serde(deserialize_with = "coded")]
    /// Its row in ANS's matrix of forms.
    pub profile: Profile,
    source: String,
    #[serde(deserialize_with = "date")]
    as_of: Date,
}

impl KindRow {
    /// Every kind.
    pub fn all() -> &'static [Self] {
        &Rules::get().kinds
    }

    /// The row of a kind.
    pub fn of(structure: Structure) -> Option<&'static Self> {
        Self::all().iter().find(|row| row.structure == structure)
    }

    /// The contracts that it may have today.
    pub fn contracts(&self) -> &[Contract] {
        self.contracts.named()
    }

    /// Where it comes from.
    pub fn citation(&self) -> Citation<'_> {
        Citation { rule: self.structure.code(), source: &self.source, basis: Basis::Text }
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
    #[serde(deserialize_with = "date_or_none")]
    /// Its own date, where it has one.
    pub date: Option<Date>,
}

impl Source {
    /// Every document that a rule rests on.
    pub fn all() -> &'static [Self] {
        &Rules::get().sources
    }
}

/// The date of the rules: that of the newest document with a date that they rest on.
///
/// ```
/// assert_eq!(cpx_f413::rules_as_of(), "2023-10-13".parse()?);
/// # Ok::<(), cpx_card::Error>(())
/// ```
pub fn rules_as_of() -> Date {
    Source::all().iter().filter_map(|source| source.date).max().unwrap_or(Date::EARLIEST)
}

/// The day on which a row was last compared with its documents.
///
/// ```
/// assert!(cpx_f413::rules_compared_on() >= "2026-11-30".parse()?);
/// # Ok::<(), cpx_card::Error>(())
/// ```
pub fn rules_compared_on() -> Date {
    let Rules { cards, numbers, certificates, structures, kinds, forms, occasions, conflicts, .. } = Rules::get();
    let Rules { places, profiles, notes, lines, steps, purposes, .. } = Rules::get();
    let dates = cards.iter().map(|row| row.as_of).chain(numbers.iter().map(|row| row.as_of));
    let dates = dates.chain(certificates.iter().map(|row| row.as_of)).chain(structures.iter().map(|row| row.as_of));
    let dates = dates.chain(forms.iter().map(|row| row.as_of)).chain(occasions.iter().map(|row| row.as_of));
    let dates = dates.chain(places.iter().map(|row| row.as_of)).chain(profiles.iter().map(|row| row.as_of));
    let dates = dates.chain(notes.iter().map(|row| row.as_of)).chain(lines.iter().map(|row| row.as_of));
    let dates = dates.chain(kinds.iter().map(|row| row.as_of)).chain(steps.iter().map(|row| row.as_of));
    let dates = dates.chain(purposes.iter().map(|row| row.as_of));
    dates.chain(conflicts.iter().map(|row| row.as_of)).max().unwrap_or(Date::EARLIEST)
}

/// All tables.
pub(super) struct Rules {
    pub(super) cards: Vec<CardRule>,
    pub(super) numbers: Vec<NumberRule>,
    pub(super) certificates: Vec<CertificateRule>,
    pub(super) structures: Vec<StructureRule>,
    pub(super) kinds: Vec<KindRow>,
    pub(super) forms: Vec<FormRow>,
    pub(super) occasions: Vec<OccasionRule>,
    pub(super) places: Vec<Place>,
    pub(super) profiles: Vec<ProfileRow>,
    pub(super) notes: Vec<NoteRule>,
    pub(super) lines: Vec<LineRule>,
    pub(super) steps: Vec<StepRule>,
    pub(super) purposes: Vec<PurposeRule>,
    pub(super) conflicts: Vec<ConflictRow>,
    pub(super) sources: Vec<Source>,
    pub(super) words: Vec<WordRow>,
}

impl Rules {
    pub(super) const CARDS: &str = include_str!("rules/card-rules.csv");
    pub(super) const NUMBERS: &str = include_str!("rules/number-rules.csv");
    pub(super) const CERTIFICATES: &str = include_str!("rules/certificate-rules.csv");
    pub(super) const STRUCTURES: &str = include_str!("rules/structure-rules.csv");
    pub(super) const KINDS: &str = include_str!("rules/kinds.csv");
    pub(super) const FORMS: &str = include_str!("rules/forms.csv");
    pub(super) const OCCASIONS: &str = include_str!("rules/occasions.csv");
    pub(super) const PLACES: &str = include_str!("rules/places.csv");
    pub(super) const PROFILES: &str = include_str!("rules/profiles.csv");
    pub(super) const NOTES: &str = include_str!("rules/notes.csv");
    pub(super) const LINES: &str = include_str!("rules/lines.csv");
    pub(super) const STEPS: &str = include_str!("rules/steps.csv");
    pub(super) const PURPOSES: &str = include_str!("rules/purposes.csv");
    pub(super) const CONFLICTS: &str = include_str!("rules/conflicts.csv");
    pub(super) const SOURCES: &str = include_str!("rules/sources.csv");
    pub(super) const WORDS: &str = include_str!("rules/words.csv");

    /// The tables, read when they are first asked for.
    pub(super) fn get() -> &'static Self {
        static RULES: OnceLock<Rules> = OnceLock::new();
        RULES.get_or_init(|| Self {
            cards: rows(Self::CARDS),
            numbers: rows(Self::NUMBERS),
            certificates: rows(Self::CERTIFICATES),
            structures: rows(Self::STRUCTURES),
            kinds: rows(Self::KINDS),
            forms: rows(Self::FORMS),
            occasions: rows(Self::OCCASIONS),
            places: rows(Self::PLACES),
            profiles: rows(Self::PROFILES),
            notes: rows(Self::NOTES),
            lines: rows(Self::LINES),
            steps: rows(Self::STEPS),
            purposes: rows(Self::PURPOSES),
            conflicts: rows(Self::CONFLICTS),
            sources: rows(Self::SOURCES),
            words: rows(Self::WORDS),
        })
    }
}
