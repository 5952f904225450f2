//! What was read of the cards, reader by reader.

use crate::certificate::Profile;
use crate::facts::{CardAnswer, CardFacts, CardReading, ReaderContent, ReaderFacts, ReaderState};
use crate::identity::{
    CardNumber, CardType, Category, Civility, Date, Distinction, HolderId, Language, Name, Profession, Speciality,
    StructureId, TypeEvidence,
};
use crate::readiness::{CardVerdict, ReaderVerdict, Reservation};

/// What was read of the cards, and what they are worth.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Reading {
    /// What the readers and the cards said.
    #[doc(hidden)]
    pub facts: CardFacts,
    /// What they are worth.
    #[doc(hidden)]
    pub verdict: CardVerdict,
}

impl Reading {
    /// Every reader, in the system's order.
    pub fn readers(&self) -> impl Iterator<Item = Reader<'_>> {
        let readers = self.facts.readers.iter().flatten().zip(&self.verdict.readers);
        readers.map(|(facts, verdict)| Reader { facts, verdict })
    }

    /// The first reader with a health-professional card in it.
    pub fn first_card(&self) -> Option<Reader<'_>> {
        self.readers().find(|reader| reader.state() == ReaderState::Cpx)
    }
}

/// One reader and the card in it. Whatever identifies a person prints masked; `reveal` shows it.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    facts: &'a ReaderFacts,
    verdict: &'a ReaderVerdict,
}

impl<'a> Reader<'a> {
    /// The reader's name, as the system gives it: hostile text.
    pub fn name(&self) -> &'a str {
        &self.facts.name
    }

    /// What was observed of it.
    #[doc(hidden)]
    pub fn facts(&self) -> &'a ReaderFacts {
        self.facts
    }

    /// What its card is worth.
    #[doc(hidden)]
    pub fn verdict(&self) -> &'a ReaderVerdict {
        self.verdict
    }

    /// What is in it.
    pub fn state(&self) -> ReaderState {
        self.facts.content.state()
    }

    /// The stable code of why there is no card, or `cpx-read`.
    pub fn code(&self) -> &'static str {
        self.facts.content.code()
    }

    /// Everything that the card said, where it is a health-professional card.
    #[doc(hidden)]
    pub fn card(&self) -> Option<&'a CardReading> {
        match &self.facts.content {
            ReaderContent::Card(CardAnswer::Cpx(card)) => Some(card),
            _ => None,
        }
    }

    /// The type of the card: what the chip says, whether certificates were read or not.
    pub fn card_type(&self) -> Option<CardType> {
        self.verdict.card_type.map(|card_type| CardType::from_g02(card_type.g02()))
    }

    /// What tells the card apart from others of its type, and what shows that: certificates, mostly, where they were read.
    pub fn distinction(&self) -> Option<(Distinction, TypeEvidence)> {
        self.verdict.card_type?.distinction()
    }

    /// The most exact name of the card that was shown: `CPE` rather than `CDE/CPE`.
    pub fn card_label(&self) -> Option<&'static str> {
        self.verdict.card_type.map(CardType::finest_label)
    }

    /// Whether it is a real card, or one for tests.
    pub fn category(&self) -> Option<Category> {
        self.card()?.card.category
    }

    /// The first day of its validity.
    pub fn valid_from(&self) -> Option<Date> {
        self.card()?.card.valid_from
    }

    /// The last day of its validity.
    pub fn valid_until(&self) -> Option<Date> {
        self.card()?.card.valid_until
    }

    /// How many wrong codes the card still takes before it is blocked: 0 to 15, 3 for a card in order. Asking consumes none.
    pub fn tries_left(&self) -> Option<u8> {
        self.card()?.code.tries_left
    }

    /// The number of the card.
    pub fn card_number(&self) -> Option<&'a CardNumber> {
        self.card()?.card.number.as_ref()
    }

    /// The identifier of the holder: RPPS number and its kin.
    pub fn holder_id(&self) -> Option<&'a HolderId> {
        self.card()?.holder.id.as_ref()
    }

    /// The given name of the holder.
    pub fn given_name(&self) -> Option<&'a Name> {
        self.card()?.holder.given_name.as_ref()
    }

    /// The surname of the holder, by which they practise.
    pub fn surname(&self) -> Option<&'a Name> {
        self.card()?.holder.surname.as_ref()
    }

    /// The civility of the holder.
    pub fn civility(&self) -> Option<Civility> {
        self.card()?.holder.civility.map(Civility::from_code)
    }

    /// The profession of the holder.
    pub fn profession(&self) -> Option<Profession> {
        self.card()?.holder.profession.map(Profession::from_code)
    }

    /// The profession that the holder of a CPF is in training for.
    pub fn future_profession(&self) -> Option<Profession> {
        self.card()?.holder.future_profession.map(Profession::from_code)
    }

    /// The specialities and qualifications of the holder, at most 32.
    pub fn specialities(&self) -> Vec<Speciality> {
        let all = self.card().into_iter().flat_map(|card| &card.holder.specialities);
        all.map(|code| Speciality::from_code(code)).collect()
    }

    /// The languages of the holder, at most 32.
    pub fn languages(&self) -> Vec<Language> {
        let all = self.card().into_iter().flat_map(|card| &card.holder.languages);
        all.map(|code| Language::from_code(code)).collect()
    }

    /// The identifier of the structure where the holder works, where certificates were read: they alone say it.
    pub fn structure_id(&self) -> Option<&'a StructureId> {
        self.profiles().find_map(|profile| profile.structure.as_ref())
    }

    /// The name of that structure; that of a practice names its owner.
    pub fn structure_name(&self) -> Option<&'a Name> {
        self.profiles().find_map(|profile| profile.structure_name.as_ref())
    }

    /// What the card's own certificates say, not those of another card.
    fn profiles(&self) -> impl Iterator<Item = &'a Profile> {
        let all = self.verdict.certificates.iter().flat_map(|all| &all.certificates);
        all.filter(|one| !one.is_of_another()).map(|one| &one.profile)
    }

    /// The given name and the surname of the holder, or what there is of them.
    pub fn holder_name(&self) -> Option<Name> {
        let holder = &self.card()?.holder;
        let parts: Vec<_> = [&holder.given_name, &holder.surname].into_iter().flatten().map(Name::reveal).collect();
        (!parts.is_empty()).then(|| Name::from_text(&parts.join(" ")))
    }

    /// What there is to say against the card; nothing for one in order.
    pub fn reservations(&self) -> &'a [Reservation] {
        &self.verdict.reservations
    }
}
