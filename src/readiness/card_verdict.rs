//! Whether the cards in the readers can be used, and with which reservations.

use crate::facts::{CardAnswer, CardReading, CodeLevel, Facts, ReaderContent};
use crate::identity::{Category, CheckVerdict, Date};

/// What there is to say about a CPx that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reservation {
    /// The last day of its validity has passed.
    Expired,
    /// The first day of its validity is still to come.
    NotYetValid,
    /// It is a test card: production portals refuse it.
    TestCard,
    /// It is neither a real card nor a test card (a module, or an unpublished category).
    OtherCategory,
    /// Wrong codes porteur were typed; more than one try is left.
    CodeLow,
    /// One try of the code porteur is left.
    CodeLastTry,
    /// The code porteur is blocked.
    CodeBlocked,
    /// The check digit of the holder's identifier is wrong.
    HolderIdCheck,
    /// Several CPx are in the readers: software does not know which one to take.
    SeveralCards,
}

impl Reservation {
    /// Every reservation.
    pub const ALL: [Self; 9] = [
        Self::Expired,
        Self::NotYetValid,
        Self::TestCard,
        Self::OtherCategory,
        Self::CodeLow,
        Self::CodeLastTry,
        Self::CodeBlocked,
        Self::HolderIdCheck,
        Self::SeveralCards,
    ];

    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Expired => "card-expired",
            Self::NotYetValid => "card-not-yet-valid",
            Self::TestCard => "card-test",
            Self::OtherCategory => "card-other-category",
            Self::CodeLow => "code-low",
            Self::CodeLastTry => "code-last-try",
            Self::CodeBlocked => "code-blocked",
            Self::HolderIdCheck => "holder-id-check",
            Self::SeveralCards => "several-cards",
        }
    }
}

/// The answer in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// A CPx was read, and there is nothing to say against it.
    Read,
    /// A CPx was read, with a reservation.
    Reserved,
    /// No usable CPx is in the readers.
    NoUsableCard,
    /// PC/SC itself cannot be used.
    CouldNotTell,
}

/// What the readers and cards are worth.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CardVerdict {
    /// The answer in one word.
    pub outcome: Outcome,
    /// The reservations about each reader's card, in the order of the facts; empty for whatever is not a CPx.
    pub reservations: Vec<Vec<Reservation>>,
}

/// Judges the cards as of `today`.
pub fn judge_cards(facts: &Facts, today: Date) -> CardVerdict {
    let Ok(readers) = &facts.readers else {
        return CardVerdict { outcome: Outcome::CouldNotTell, reservations: Vec::new() };
    };
    let cards: Vec<_> = readers
        .iter()
        .map(|reader| match &reader.content {
            ReaderContent::Card(CardAnswer::Cpx(card)) => Some(card.as_ref()),
            _ => None,
        })
        .collect();
    let several = cards.iter().flatten().count() > 1;
    let reservations: Vec<Vec<_>> =
        cards.iter().map(|card| card.map_or_else(Vec::new, |card| of_card(card, today, several))).collect();
    let outcome = if cards.iter().all(Option::is_none) {
        Outcome::NoUsableCard
    } else if reservations.iter().all(Vec::is_empty) {
        Outcome::Read
    } else {
        Outcome::Reserved
    };
    CardVerdict { outcome, reservations }
}

fn of_card(card: &CardReading, today: Date, several: bool) -> Vec<Reservation> {
    let validity = match (card.card.valid_from, card.card.valid_until) {
        (_, Some(until)) if until < today => Some(Reservation::Expired),
        (Some(from), _) if from > today => Some(Reservation::NotYetValid),
        _ => None,
    };
    let category = match card.card.category {
        None | Some(Category::Real) => None,
        Some(category) if category.is_test() => Some(Reservation::TestCard),
        Some(_) => Some(Reservation::OtherCategory),
    };
    let code = match card.code.level() {
        CodeLevel::Low => Some(Reservation::CodeLow),
        CodeLevel::LastTry => Some(Reservation::CodeLastTry),
        CodeLevel::Blocked => Some(Reservation::CodeBlocked),
        CodeLevel::Full | CodeLevel::Unknown => None,
    };
    let check = card.holder.id.as_ref().map(crate::identity::HolderId::check);
    let holder_id = (check == Some(CheckVerdict::Invalid)).then_some(Reservation::HolderIdCheck);
    let several = several.then_some(Reservation::SeveralCards);
    [validity, category, code, holder_id, several].into_iter().flatten().collect()
}
