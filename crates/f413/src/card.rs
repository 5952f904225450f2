//! Whether the card in a reader will do for form F413, question by question.

use cpx_card::ErrorKind;
use cpx_card::internal::facts::{CardAnswer, CardReading, ReaderContent};
use cpx_card::internal::identity::{CardType, Category, Date, Distinction, TypeEvidence};

use super::lines::FormLines;
use super::tables::{CardCase, CardRule};
use super::vocabulary::{Answer, Ask, CardKind, CardState, Declared, Question, Realness};

/// Whether a card was revoked ("en opposition").
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Opposition {
    /// Nobody was asked, or nobody answered.
    #[default]
    Unchecked,
    /// Its issuer says that it was not.
    NotOpposed,
    /// It was.
    Opposed,
}

/// What is known of a card beyond what its chip says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Standing {
    /// The type of the chip, told apart further where a certificate of this card does.
    pub card_type: Option<CardType>,
    /// Whether it was revoked.
    pub opposition: Opposition,
    /// Whether its certificates are another card's, cannot be trusted, or say something else than the chip.
    pub doubtful: bool,
    /// Whether the clock of this machine is to be doubted.
    pub clock_doubted: bool,
}

impl Standing {
    /// A card of this type of which nothing more is known.
    pub fn of_type(card_type: Option<CardType>) -> Self {
        Self { card_type, ..Self::default() }
    }
}

/// What whoever asks knows about the holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Knowledge {
    /// Whether the holder is the legal representative of the structure.
    pub legal_representative: Declared,
    /// Whether a mandate is recorded.
    pub mandate: Declared,
    /// Whether the holder owns the practice.
    pub practice_owner: Declared,
}

impl Default for Knowledge {
    fn default() -> Self {
        Self::new(Declared::Unknown, Declared::Unknown, Declared::Unknown)
    }
}

impl Knowledge {
    /// What is known: legal representative, mandate, owner of the practice.
    pub const fn new(legal_representative: Declared, mandate: Declared, practice_owner: Declared) -> Self {
        Self { legal_representative, mandate, practice_owner }
    }

    const fn about(self, question: Question) -> Declared {
        match question {
            Question::Administrator => Declared::Unknown,
            Question::LegalRepresentative => self.legal_representative,
            Question::Mandatary => self.mandate,
            Question::PracticeOwner => self.practice_owner,
        }
    }
}

/// The card as the rules see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Holding {
    /// What stands in the reader.
    pub card: CardKind,
    /// Whether it is a real card.
    pub category: Realness,
    /// Whether it is active.
    pub state: CardState,
}

/// The answer to one question.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Ruling {
    /// The question.
    pub question: Question,
    /// The answer; "to verify" where no rule fits.
    pub answer: Answer,
    /// The rule that answers.
    pub rule: Option<&'static CardRule>,
    /// What to ask, and where, before relying on it.
    pub ask: Vec<Ask>,
}

/// What there is to say about the card in one reader.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CardAdvice {
    /// The card as the rules see it.
    pub holding: Holding,
    /// One ruling for each question, in the order of [`Question::ALL`].
    pub rulings: Vec<Ruling>,
    /// What goes into the form; nothing for what is no CPx.
    pub lines: Option<FormLines>,
}

impl CardAdvice {
    /// Whether the card may be of use for the form in any capacity.
    pub fn is_of_use(&self) -> bool {
        self.rulings.iter().any(|ruling| ruling.answer != Answer::No)
    }

    /// The answer to the question whether the card may be declared as a technical administrator's.
    pub fn administrator(&self) -> Answer {
        self.rulings.first().map_or(Answer::Verify, |ruling| ruling.answer)
    }
}

/// Answers every question about what stands in a reader, as of this day.
///
/// ```
/// use cpx_f413::{Answer, Knowledge, Standing, judge_card};
/// use cpx_card::internal::facts::ReaderContent;
///
/// let today = "2026-11-21".parse()?;
/// let advice = judge_card(&ReaderContent::Empty, Standing::default(), Knowledge::default(), today);
/// assert_eq!(advice.administrator(), Answer::No);
/// assert_eq!(advice.rulings[0].rule.unwrap().citation().source, "F413 §2; F413 §4.1; GUIDE-HOP");
/// # Ok::<(), cpx_card::Error>(())
/// ```
pub fn judge_card(content: &ReaderContent, standing: Standing, knowledge: Knowledge, today: Date) -> CardAdvice {
    let (holding, lines) = match content {
        ReaderContent::Card(CardAnswer::Cpx(card)) => {
            let lines = FormLines::of(card);
            (of_cpx(card, &lines, standing, today), Some(lines))
        }
        ReaderContent::Card(CardAnswer::Foreign { .. }) => (without_cpx(CardKind::Foreign), None),
        ReaderContent::Empty => (without_cpx(CardKind::NoCard), None),
        ReaderContent::Failed { failure, .. } if failure.kind == ErrorKind::CardTooOld => {
            (without_cpx(CardKind::TooOld), None)
        }
        ReaderContent::Mute | ReaderContent::Failed { .. } => (without_cpx(CardKind::Unreadable), None),
    };
    let rulings = Question::ALL.iter().map(|question| ruling(*question, holding, knowledge)).collect();
    CardAdvice { holding, rulings, lines }
}

fn ruling(question: Question, holding: Holding, knowledge: Knowledge) -> Ruling {
    let Holding { card, category, state } = holding;
    let rule = CardRule::of(CardCase { question, card, category, state, declared: knowledge.about(question) });
    let answer = rule.map_or(Answer::Verify, |rule| rule.answer);
    let mut ask = rule.map(CardRule::ask).unwrap_or_default().to_vec();
    // no card says of itself that it was revoked
    if state == CardState::Unchecked && answer != Answer::No {
        ask.push(Ask::Opposition);
    }
    Ruling { question, answer, rule, ask }
}

fn without_cpx(card: CardKind) -> Holding {
    Holding { card, category: Realness::Unknown, state: CardState::Unknown }
}

fn of_cpx(card: &CardReading, lines: &FormLines, standing: Standing, today: Date) -> Holding {
    let category = match card.card.category {
        Some(Category::Real) => Realness::Real,
        Some(category) if category.is_test() => Realness::Test,
        Some(_) => Realness::Other,
        None => Realness::Unknown,
    };
    let kind = kind(standing.card_type.or(card.card_type));
    let kind = match kind {
        CardKind::CdeCpe if !lines.is_named() => CardKind::Service,
        CardKind::Cps | CardKind::Cpf | CardKind::Cde | CardKind::Cda | CardKind::CdaCpa if !lines.is_named() => {
            CardKind::Unnamed
        }
        kind => kind,
    };
    Holding { card: kind, category, state: state(card, standing, today) }
}

/// A named member of staff is only probable from a certificate: such a card stays "CDE or CPE".
fn kind(card_type: Option<CardType>) -> CardKind {
    let Some(card_type) = card_type else { return CardKind::Unknown };
    match (card_type.g02(), card_type.distinction()) {
        (0, _) => CardKind::Cps,
        (1, _) => CardKind::Cpf,
        (2, Some((Distinction::ServiceCard, _))) => CardKind::Service,
        (2, Some((Distinction::Cde, TypeEvidence::ChipObject | TypeEvidence::CertificateExtension))) => CardKind::Cde,
        (2, _) => CardKind::CdeCpe,
        (3, Some((Distinction::Cda, TypeEvidence::ChipObject | TypeEvidence::CertificateExtension))) => CardKind::Cda,
        (3, _) => CardKind::CdaCpa,
        _ => CardKind::Unknown,
    }
}

fn state(card: &CardReading, standing: Standing, today: Date) -> CardState {
    if standing.opposition == Opposition::Opposed {
        return CardState::Opposed;
    }
    if standing.clock_doubted {
        return CardState::Unknown;
    }
    match (card.card.valid_from, card.card.valid_until) {
        (_, Some(until)) if until < today => CardState::Expired,
        (Some(from), _) if from > today => CardState::NotYetValid,
        _ if standing.doubtful => CardState::Doubtful,
        (_, None) => CardState::Unknown,
        _ if standing.opposition == Opposition::NotOpposed => CardState::Valid,
        _ => CardState::Unchecked,
    }
}
