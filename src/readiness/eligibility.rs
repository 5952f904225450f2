//! Whether the card is one for the portal: its role rules (portals.md section 1), and what no card tells.

use super::portal::Portal;
use crate::certificate::Validity;
use crate::facts::CardReading;
use crate::identity::{CardType, Distinction};

/// Whether the card is one for the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Fit {
    /// It is.
    Suitable,
    /// It may be: somebody has to be asked.
    Perhaps,
    /// It is not.
    Refused,
}

impl Fit {
    /// The stable code: `suitable`, `perhaps`, `refused`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Suitable => "suitable",
            Self::Perhaps => "perhaps",
            Self::Refused => "refused",
        }
    }
}

/// Why a card is not, or not surely, one for a portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unfit {
    /// The last day of its validity has passed.
    Expired,
    /// The first day of its validity is still to come.
    NotYetValid,
    /// It names nobody.
    ServiceCard,
    /// It is for tests: only for test certificates.
    TestCard,
    /// It is the card of a structure's staff: that portal is TOM.
    UseTom,
    /// It is the card of a professional: TOM opens for it when the structure declared it, and the liberal ones have TOPS.
    UseTops,
    /// It is the card of a structure's staff: TOM opens for the director, and for those who were declared mandataires.
    MandateNeeded,
    /// It is the card of a professional in training.
    InTraining,
    /// It does not say which type it is.
    TypeUnknown,
}

impl Unfit {
    /// Every reason.
    pub const ALL: [Self; 9] = [
        Self::Expired,
        Self::NotYetValid,
        Self::ServiceCard,
        Self::TestCard,
        Self::UseTom,
        Self::UseTops,
        Self::MandateNeeded,
        Self::InTraining,
        Self::TypeUnknown,
    ];

    /// The stable code, in lower case words joined by dashes; its sentence is that of `fit-` and the code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Expired => "card-expired",
            Self::NotYetValid => "card-not-yet-valid",
            Self::ServiceCard => "service-card",
            Self::TestCard => "test-card",
            Self::UseTom => "use-tom",
            Self::UseTops => "use-tops",
            Self::MandateNeeded => "mandate-needed",
            Self::InTraining => "in-training",
            Self::TypeUnknown => "type-unknown",
        }
    }
}

/// What the card cannot tell, and whom to ask: its sentence is that of `ask-` and the code, whom to ask is its remedy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Question {
    /// Whether the holder is habilitated (F413, or mesHabilitations) for the offer and the structure.
    Habilitation,
    /// Whether the holder is a legal representative, a mandataire, or designated to register professionals.
    Designation,
    /// Whether the card is a director's, or was declared a mandataire's.
    Mandate,
    /// Whether the holder is the liberal holder of the practice.
    Practice,
    /// Whether the service that is entered gives this person rights.
    ServiceRights,
    /// Whether the holder is in Annuaire Santé with the right contact data.
    Directory,
}

impl Question {
    /// Every question.
    pub const ALL: [Self; 6] =
        [Self::Habilitation, Self::Designation, Self::Mandate, Self::Practice, Self::ServiceRights, Self::Directory];

    /// The stable code, one word in lower case or words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Habilitation => "habilitation",
            Self::Designation => "designation",
            Self::Mandate => "mandate",
            Self::Practice => "practice",
            Self::ServiceRights => "service-rights",
            Self::Directory => "directory",
        }
    }
}

/// Whether the card is one for the portal, why not, and what to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Eligibility {
    /// The answer.
    pub fit: Fit,
    /// Why it is not plainly suitable.
    pub because: Option<Unfit>,
    /// What the card cannot tell.
    pub ask: Option<Question>,
}

/// Codes of table G02.
const CPS: u8 = 0;
const CPF: u8 = 1;
const STAFF: [u8; 2] = [2, 3];

/// Whether this card, of this validity, is one for this portal.
pub(super) fn eligibility(card: &CardReading, portal: Portal, validity: Validity) -> Eligibility {
    let ask = question(card, portal);
    let refused = refusal(card, portal, validity);
    let doubted = doubt(card, portal);
    let fit = match (refused, doubted) {
        (Some(_), _) => Fit::Refused,
        (None, Some(_)) => Fit::Perhaps,
        (None, None) => Fit::Suitable,
    };
    Eligibility { fit, because: refused.or(doubted), ask: if refused.is_some() { None } else { ask } }
}

fn refusal(card: &CardReading, portal: Portal, validity: Validity) -> Option<Unfit> {
    match validity {
        Validity::Expired { .. } => return Some(Unfit::Expired),
        Validity::NotYetValid { .. } => return Some(Unfit::NotYetValid),
        Validity::Valid { .. } | Validity::ExpiresSoon { .. } => {}
    }
    let is_staff = card.card_type.is_some_and(|one| STAFF.contains(&one.g02()));
    match portal {
        Portal::IgcSante if card.is_test() == Some(true) => None,
        _ if card.is_test() == Some(true) => Some(Unfit::TestCard),
        Portal::Tops if is_staff => Some(Unfit::UseTom),
        // F413 and Pro Santé Connect, through which the others are entered, want a person
        Portal::Tom | Portal::Tops => None,
        _ if card.is_nominative() == Some(false) => Some(Unfit::ServiceCard),
        _ => None,
    }
}

fn doubt(card: &CardReading, portal: Portal) -> Option<Unfit> {
    match (portal, card.card_type.map(CardType::g02)) {
        (_, None | Some(4..)) => Some(Unfit::TypeUnknown),
        (Portal::IgcSante, _) if card.is_test() == Some(true) => Some(Unfit::TestCard),
        (Portal::Tom, Some(CPS)) => Some(Unfit::UseTops),
        (Portal::Tom, Some(code)) if STAFF.contains(&code) && !is_director(card) => Some(Unfit::MandateNeeded),
        (Portal::Tom | Portal::Tops, Some(CPF)) => Some(Unfit::InTraining),
        _ => None,
    }
}

fn is_director(card: &CardReading) -> bool {
    let distinction = card.finest_type().and_then(CardType::distinction);
    matches!(distinction, Some((Distinction::Cde | Distinction::Cda, _)))
}

fn question(card: &CardReading, portal: Portal) -> Option<Question> {
    match portal {
        Portal::IgcSante => Some(Question::Habilitation),
        Portal::RppsPlus => Some(Question::Designation),
        Portal::Tom if is_director(card) => None,
        Portal::Tom => Some(Question::Mandate),
        Portal::Tops => Some(Question::Practice),
        Portal::ProSanteConnect => Some(Question::ServiceRights),
        Portal::ECps => Some(Question::Directory),
    }
}
