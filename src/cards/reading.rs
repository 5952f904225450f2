//! What was read of the cards, reader by reader.

use crate::facts::{CardAnswer, CardFacts, CardReading, ReaderContent, ReaderFacts, ReaderState};
use crate::identity::{CardNumber, CardType, HolderId, Name};
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

    /// The type of the card, told apart by its certificates where those were read.
    pub fn card_type(&self) -> Option<CardType> {
        self.verdict.card_type
    }

    /// The number of the card.
    pub fn card_number(&self) -> Option<&'a CardNumber> {
        self.card()?.card.number.as_ref()
    }

    /// The identifier of the holder: RPPS number and its kin.
    pub fn holder_id(&self) -> Option<&'a HolderId> {
        self.card()?.holder.id.as_ref()
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
