//! The forms of ANS, where they are sent, for which occasion and which profile, and how they are found.

use serde::Deserialize;

use cpx_card::internal::identity::Date;

use super::cells::{Alternatives, List, coded, coded_or_none, date, names};
use super::tables::{Citation, Rules, Source};
use super::vocabulary::{Basis, Conflict, Form, Online, Profile, Role, Step};
use super::words::plain;

/// Where something is sent, asked or done.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct Place {
    /// Its code: the sentence is `f413-place-…`.
    pub place: String,
    /// Its mail address; empty for none.
    pub mail: String,
    /// Its web address in full; empty where there is none or no document gives it.
    pub web: String,
    /// Its telephone number; empty for none.
    pub phone: String,
    source: String,
    #[serde(deserialize_with = "date")]
    pub(super) as_of: Date,
}

impl Place {
    /// Every place.
    pub fn all() -> &'static [Self] {
        &Rules::get().places
    }

    /// The place with this code.
    pub fn of(code: &str) -> Option<&'static Self> {
        Self::all().iter().find(|place| place.place == code)
    }

    /// The places with these codes.
    pub(super) fn with_codes(codes: &[String]) -> impl Iterator<Item = &'static Self> {
        codes.iter().filter_map(|code| Self::of(code))
    }

    /// Its addresses, each in full: mail, web, telephone.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        [&self.mail, &self.web, &self.phone].into_iter().map(String::as_str).filter(|address| !address.is_empty())
    }

    /// Where it comes from.
    pub fn citation(&self) -> Citation<'_> {
        Citation { rule: &self.place, source: &self.source, basis: Basis::Text }
    }
}

/// A form.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct FormRow {
    #[serde(deserialize_with = "coded")]
    /// Its number.
    pub form: Form,
    #[serde(deserialize_with = "names")]
    /// The cards that it gives, one of them: `CDE`, `CPX-TEST`; empty for none.
    pub cards: Vec<String>,
    #[serde(deserialize_with = "coded")]
    /// Whether it could be filled online, in the year of the source that says so.
    pub online: Online,
    online_source: String,
    #[serde(deserialize_with = "names")]
    send: Vec<String>,
    /// Where the form itself is found; empty where no document says.
    pub web: String,
    #[serde(deserialize_with = "names")]
    online_place: Vec<String>,
    #[serde(deserialize_with = "names")]
    /// What goes with it on paper, as codes: the sentences are `f413-document-…`.
    pub documents: Vec<String>,
    /// How long it takes, as a code: the sentence is `f413-delay-…`; empty where no document says.
    pub delay: String,
    #[serde(deserialize_with = "coded_or_none")]
    /// Where the documents disagree about it.
    pub conflict: Option<Conflict>,
    source: String,
    #[serde(deserialize_with = "date")]
    pub(super) as_of: Date,
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

    /// Where it is sent; none where no document says.
    pub fn sent_to(&self) -> impl Iterator<Item = &'static Place> {
        Place::with_codes(&self.send)
    }

    /// Where it is filled online; none where no document gives the address.
    pub fn filled_at(&self) -> impl Iterator<Item = &'static Place> {
        Place::with_codes(&self.online_place)
    }

    /// The year for which [`FormRow::online`] is said.
    pub fn online_year(&self) -> Option<u16> {
        let source = Source::all().iter().find(|source| source.source == self.online_source)?;
        source.date.map(Date::year)
    }

    /// Where it comes from.
    pub fn citation(&self) -> Citation<'_> {
        Citation { rule: self.form.code(), source: &self.source, basis: Basis::Text }
    }
}

/// What somebody wants to know about cards and forms, and the answer.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct OccasionRule {
    rule: String,
    /// The code: the question is `f413-occasion-…`, the answer its attribute `answer`.
    pub occasion: String,
    forms: Alternatives,
    #[serde(deserialize_with = "names")]
    /// The cards that it is about.
    pub cards: Vec<String>,
    #[serde(deserialize_with = "names")]
    places: Vec<String>,
    also: List<Step>,
    role: List<Role>,
    words: String,
    #[serde(deserialize_with = "coded_or_none")]
    /// Where the documents disagree about it.
    pub conflict: Option<Conflict>,
    source: String,
    #[serde(deserialize_with = "coded")]
    basis: Basis,
    #[serde(deserialize_with = "date")]
    pub(super) as_of: Date,
}

impl OccasionRule {
    /// Every occasion.
    pub fn all() -> &'static [Self] {
        &Rules::get().occasions
    }

    /// The ways that lead there, one of them to be taken: the forms of each are all needed. None where another way
    /// than a form leads there.
    pub fn ways(&self) -> &[Vec<Form>] {
        &self.forms.0
    }

    /// Where to write or to go.
    pub fn places(&self) -> impl Iterator<Item = &'static Place> {
        Place::with_codes(&self.places)
    }

    /// Other ways.
    pub fn also(&self) -> &[Step] {
        self.also.named()
    }

    /// Whose business it is.
    pub fn roles(&self) -> &[Role] {
        self.role.named()
    }

    /// Where it comes from.
    pub fn citation(&self) -> Citation<'_> {
        Citation { rule: &self.rule, source: &self.source, basis: self.basis }
    }

    /// Whether `wanted` is its code or one of its phrases.
    fn is_named(&self, wanted: &str) -> bool {
        plain(&self.occasion) == wanted || self.words.split("; ").any(|phrase| plain(phrase) == wanted)
    }

    fn words(&self) -> String {
        let forms: Vec<_> = self.forms.0.iter().flatten().map(|form| form.code()).collect();
        let roles: Vec<_> = self.role.named().iter().map(|role| role.code()).collect();
        let words = [self.occasion.as_str(), &self.words];
        [&words[..], &forms, &roles].concat().join(" ")
    }
}

/// The forms of a profile, by ANS's matrix.
#[derive(Debug, Deserialize)]
#[non_exhaustive]
pub struct ProfileRow {
    #[serde(deserialize_with = "coded")]
    /// The profile.
    pub profile: Profile,
    forms: List<Form>,
    with_card: List<Form>,
    #[serde(deserialize_with = "names")]
    services: Vec<String>,
    source: String,
    #[serde(deserialize_with = "date")]
    pub(super) as_of: Date,
}

impl ProfileRow {
    /// Every profile.
    pub fn all() -> &'static [Self] {
        &Rules::get().profiles
    }

    /// The row of a profile.
    pub fn of(profile: Profile) -> Option<&'static Self> {
        Self::all().iter().find(|row| row.profile == profile)
    }

    /// Its forms.
    pub fn forms(&self) -> &[Form] {
        self.forms.named()
    }

    /// Those that whoever has a card may send as well.
    pub fn with_card(&self) -> &[Form] {
        self.with_card.named()
    }

    /// Its online services.
    pub fn services(&self) -> impl Iterator<Item = &'static Place> {
        Place::with_codes(&self.services)
    }

    /// Where it comes from.
    pub fn citation(&self) -> Citation<'_> {
        Citation { rule: self.profile.code(), source: &self.source, basis: Basis::Text }
    }
}

/// Forms and occasions: all of them, those of a profile, or what a search found.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct FormsAnswer {
    /// The profile that was asked about.
    pub profile: Option<&'static ProfileRow>,
    /// The forms.
    pub forms: Vec<&'static FormRow>,
    /// The occasions.
    pub occasions: Vec<&'static OccasionRule>,
}

impl FormsAnswer {
    /// Every form and every occasion.
    pub fn all() -> Self {
        Self { profile: None, forms: FormRow::all().iter().collect(), occasions: OccasionRule::all().iter().collect() }
    }

    /// The forms of a profile, and those that whoever has a card may send.
    pub fn of_profile(profile: Profile) -> Self {
        let profile = ProfileRow::of(profile);
        let has = |row: &&FormRow| {
            profile.is_some_and(|one| one.forms().contains(&row.form) || one.with_card().contains(&row.form))
        };
        Self { profile, forms: FormRow::all().iter().filter(has).collect(), occasions: Vec::new() }
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty() && self.occasions.is_empty()
    }
}

/// Words that tell nothing.
const SILENT: [&str; 24] = [
    "a", "au", "avec", "card", "carte", "cartes", "d", "de", "des", "du", "en", "et", "for", "l", "la", "le", "les",
    "of", "par", "pour", "the", "un", "une", "with",
];

/// The forms and occasions that some words are about: by number of a form, code, phrase of the table or role; else every
/// word must begin a word of the table or of `sentences`, what people read of an occasion.
pub fn find_forms(wanted: &str, sentences: impl Fn(&OccasionRule) -> String) -> FormsAnswer {
    let wanted = plain(wanted);
    let named =
        Form::ALL.iter().find(|form| plain(form.code()) == wanted || plain(form.code()).get(1..) == Some(&wanted));
    if let Some(form) = named {
        let is_used = |rule: &&OccasionRule| rule.ways().iter().flatten().any(|one| one == form);
        let occasions = OccasionRule::all().iter().filter(is_used).collect();
        return FormsAnswer { forms: FormRow::of(*form).into_iter().collect(), occasions, ..FormsAnswer::default() };
    }
    let exact: Vec<_> = OccasionRule::all().iter().filter(|rule| rule.is_named(&wanted)).collect();
    if !exact.is_empty() {
        return FormsAnswer { occasions: exact, ..FormsAnswer::default() };
    }
    let words: Vec<_> = wanted.split('-').filter(|word| !word.is_empty() && !SILENT.contains(word)).collect();
    if words.is_empty() {
        return FormsAnswer::default();
    }
    let fits = |rule: &&OccasionRule| {
        let text = plain(&format!("{} {}", rule.words(), sentences(rule)));
        words.iter().all(|word| text.split('-').any(|one| one.starts_with(word)))
    };
    FormsAnswer { occasions: OccasionRule::all().iter().filter(fits).collect(), ..FormsAnswer::default() }
}
