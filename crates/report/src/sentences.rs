//! An answer in a sentence or two, for applications that show it in their own windows.

use cpx_card::internal::facts::{CardAnswer, CardReading, Failure, ReaderContent, ReaderFacts};
use cpx_card::internal::identity::CardType;
use cpx_card::internal::readiness::{ReaderVerdict, Reservation};

use super::diagnosis_words::Words;
use super::{Subject, Texts};

/// What there is to say, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sentences {
    /// What there is.
    pub what: String,
    /// What to do, where there is something to do.
    pub remedy: Option<String>,
}

/// The verdict on a workstation in words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CheckupSentences {
    /// Whether it is ready.
    pub what: String,
    /// The one cause, where there is one.
    pub cause: Option<String>,
    /// What to do about that, where there is something to do.
    pub remedy: Option<String>,
}

/// A failure in words.
pub fn failure_sentences(failure: &Failure, texts: &Texts) -> Sentences {
    Sentences { what: texts.failure(failure), remedy: texts.remedy(failure.kind.code()) }
}

/// What is in a reader, in words: of a health-professional card the type and every reservation, never a name.
pub fn reader_sentences(reader: &ReaderFacts, verdict: &ReaderVerdict, texts: &Texts) -> Sentences {
    let card = match &reader.content {
        ReaderContent::Card(CardAnswer::Cpx(card)) => card,
        ReaderContent::Failed { failure, .. } => return failure_sentences(failure, texts),
        _ => return of_code(reader.content.code(), texts),
    };
    let said = verdict.reservations.iter().map(|one| reservation_sentence(*one, card, texts));
    let what = std::iter::once(card_title(verdict, texts)).chain(said).collect::<Vec<_>>().join(" ");
    Sentences { what, remedy: verdict.reservations.iter().find_map(|one| texts.remedy(one.code())) }
}

/// The verdict on a workstation in words.
pub fn checkup_sentences(subject: &Subject<'_>, texts: &Texts) -> CheckupSentences {
    let (diagnosis, words) = (subject.diagnosis(), Words::new(texts, subject.facts));
    let what = words.title(diagnosis);
    let unfit = || {
        let eligibility = diagnosis.portals.iter().find_map(|verdict| {
            verdict.eligibility.filter(|one| one.because.is_some() && one.because == diagnosis.unfit)
        })?;
        words.unfit(eligibility)
    };
    let (cause, remedy) = match &diagnosis.headline {
        Some(cause) => (Some(words.cause(cause)), words.remedy(cause)),
        None => unfit().map_or((None, None), |(cause, remedy)| (Some(cause), remedy)),
    };
    CheckupSentences { what, cause, remedy }
}

/// What card this is and whether there is something to say against it.
pub(super) fn card_title(verdict: &ReaderVerdict, texts: &Texts) -> String {
    let key = match (verdict.is_usable(), verdict.reservations.is_empty()) {
        (false, _) => "cpx-unusable",
        (true, true) => "cpx-in-order",
        (true, false) => "cpx-reserved",
    };
    texts.with(key, &[("type", verdict.card_type.map_or("CPx", CardType::finest_label))])
}

/// One thing to say against a card.
pub(super) fn reservation_sentence(reservation: Reservation, card: &CardReading, texts: &Texts) -> String {
    let date = match reservation {
        Reservation::NotYetValid => card.card.valid_from,
        _ => card.card.valid_until,
    };
    let date = date.map(|date| texts.date(date)).unwrap_or_default();
    let left = card.code.tries_left.unwrap_or_default().to_string();
    texts.with(reservation.code(), &[("date", &date), ("left", &left)])
}

fn of_code(code: &str, texts: &Texts) -> Sentences {
    Sentences { what: texts.text(code), remedy: texts.remedy(code) }
}
