//! The verdict on a workstation, and what reading certificates is for: in a library that does more than read cards.

use cpx_card::internal::readiness::Readiness;
use cpx_card::{Cards, Checkup};
use cpx_report::{CheckupSentences, Disclosure, Language, Subject, Texts, checkup_answer, checkup_sentences};

use super::checkup::{CpxReadiness, Spoken};
use super::status::Answer;
use super::text::Text;

/// The verdict on a workstation.
pub(super) struct Verdict {
    checkup: Checkup,
    disclosure: Disclosure,
    support_code: Text,
    cause_id: Option<Text>,
}

impl Verdict {
    /// Looks, and judges.
    pub(super) fn on(cards: &Cards, disclosure: Disclosure) -> Answer<Self> {
        let checkup = cards.diagnose()?;
        let support_code = Text::new(&subject(&checkup, disclosure).support_code().to_string());
        let cause_id = checkup.headline().map(|cause| Text::new(cause.id));
        Ok(Self { checkup, disclosure, support_code, cause_id })
    }

    pub(super) fn readiness(&self) -> CpxReadiness {
        match self.checkup.outcome() {
            Readiness::Ready => CpxReadiness::Ready,
            Readiness::Reserved => CpxReadiness::Reserved,
            Readiness::NotReady => CpxReadiness::NotReady,
            Readiness::CannotTell => CpxReadiness::CannotTell,
        }
    }

    pub(super) fn support_code(&self) -> &Text {
        &self.support_code
    }

    pub(super) fn cause_id(&self) -> Option<&Text> {
        self.cause_id.as_ref()
    }

    pub(super) fn json(&self) -> Text {
        let seen = &self.checkup.observation;
        Text::new(&checkup_answer(&subject(&self.checkup, self.disclosure), &seen.verdict))
    }

    pub(super) fn spoken(&self, texts: &Texts) -> Spoken {
        let CheckupSentences { what, cause, remedy, .. } =
            checkup_sentences(&subject(&self.checkup, self.disclosure), texts);
        let text = |words: Option<String>| words.as_deref().map(Text::new);
        Spoken { sentence: Text::new(&what), cause: text(cause), remedy: text(remedy) }
    }
}

fn subject(checkup: &Checkup, disclosure: Disclosure) -> Subject<'_> {
    Subject::new(&checkup.observation.facts, &checkup.diagnosis, disclosure)
}

/// The sentences that this library needs.
pub(super) fn texts(language: Language) -> Texts {
    Texts::new(language)
}

/// The same with certificates.
#[allow(clippy::unnecessary_wraps)] // as where they cannot be judged
pub(super) fn with_certificates(cards: Cards) -> Answer<Cards> {
    Ok(cards.with_certificates())
}

/// The same with the network.
#[cfg(feature = "online")]
#[allow(clippy::unnecessary_wraps)] // as without the network
pub(super) fn online(cards: Cards) -> Answer<Cards> {
    Ok(cards.online())
}

#[cfg(not(feature = "online"))]
pub(super) fn online(_: Cards) -> Answer<Cards> {
    Err(super::CpxStatus::NotBuilt.into())
}
