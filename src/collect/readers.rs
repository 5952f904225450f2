//! The readers and the cards in them: every reader at the same time, each on its own thread, so that a bad slot never
//! hides another and nothing foreign is waited for without a deadline.

use std::sync::Arc;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::card::ReadOptions;
use crate::error::{Error, ErrorKind, Result};
use crate::facts::{CardFacts, ReaderContent, ReaderFacts};
use crate::limits;
use crate::transport::{Presence, Readers, Slot};

use super::Progress;
use super::reading::Started;

/// What to collect, and how patiently.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Collecting {
    /// What to read of a card.
    pub read: ReadOptions,
    /// How much longer than usual to wait for a card that another program holds.
    pub patience: Duration,
}

impl Collecting {
    /// Collects with these reading options.
    pub fn new(read: ReadOptions) -> Self {
        Self { read, ..Self::default() }
    }

    /// Waits this much longer for a card that another program holds.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }
}

/// Looks at every reader whose name contains `named` (all when empty) and reads the card in it.
///
/// ```
/// use std::sync::Arc;
/// use cpx_card::internal::collect::{Collecting, collect};
/// use cpx_card::internal::facts::{CardAnswer, ReaderContent};
/// use cpx_simulator::{Personality, SimulatedReaders};
///
/// use cpx_card::internal::transport::Readers;
///
/// let card = Personality::embedded("cps-medecin")?;
/// let readers: Arc<dyn Readers> = Arc::new(SimulatedReaders::new(vec![("Lecteur".into(), card)])?);
/// let facts = collect(&readers, "", Collecting::default());
/// let content = &facts.readers.unwrap()[0].content;
/// assert!(matches!(content, ReaderContent::Card(CardAnswer::Cpx(card)) if card.card_type.unwrap().label() == "CPS"));
/// # Ok::<(), cpx_card::Error>(())
/// ```
pub fn collect(source: &Arc<dyn Readers>, named: &str, how: Collecting) -> CardFacts {
    collect_telling(source, named, how, &Progress::default())
}

/// The same for somebody who waits: each card is told as soon as all but its certificates is read.
pub(crate) fn collect_telling(
    source: &Arc<dyn Readers>,
    named: &str,
    how: Collecting,
    progress: &Progress,
) -> CardFacts {
    let slots = match slots(source) {
        Ok(slots) => slots,
        Err(error) => return CardFacts { readers: Err(error.into()) },
    };
    let asked = slots.into_iter().filter(|slot| slot.reader.contains(named)).collect();
    CardFacts { readers: Ok(read_slots(source, asked, how, progress)) }
}

/// Reads the cards of these readers once more: what is in them now takes the place of what was. Whether there were any.
pub(crate) fn collect_again(
    source: &Arc<dyn Readers>,
    cards: &mut CardFacts,
    which: impl Fn(&ReaderFacts) -> bool,
    how: Collecting,
) -> bool {
    let Ok(readers) = &mut cards.readers else { return false };
    let mut again = readers.iter_mut().filter(|reader| which(reader)).peekable();
    if again.peek().is_none() {
        return false;
    }
    match slots(source) {
        Ok(now) => {
            for reader in again {
                let slot = now.iter().find(|slot| slot.reader == reader.name).cloned();
                let slot = slot.unwrap_or_else(|| Slot::new(reader.name.as_str(), Presence::Unavailable, 0));
                *reader = collect_slots(source, vec![slot], how).pop().unwrap_or_else(|| reader.clone());
            }
        }
        Err(error) => cards.readers = Err(error.into()),
    }
    true
}

/// Reads the card in each of these readers, which were just looked at.
pub fn collect_slots(source: &Arc<dyn Readers>, slots: Vec<Slot>, how: Collecting) -> Vec<ReaderFacts> {
    read_slots(source, slots, how, &Progress::default())
}

fn read_slots(source: &Arc<dyn Readers>, slots: Vec<Slot>, how: Collecting, progress: &Progress) -> Vec<ReaderFacts> {
    let running: Vec<_> = slots.into_iter().map(|slot| (Started::new(source, &slot, how, progress), slot)).collect();
    let mut seen = Vec::new();
    let mut readers = Vec::new();
    for (started, slot) in running {
        let content = started.finish();
        readers.push(ReaderFacts { in_use: in_use(&slot), ..ReaderFacts::new(slot.reader.clone(), content) });
        seen.push(slot);
    }
    void_swapped(source, &seen, &mut readers);
    readers
}

/// Whether another program is connected to the card, where there is one.
fn in_use(slot: &Slot) -> Option<bool> {
    match slot.presence {
        Presence::Card { in_use, exclusive, .. } => Some(in_use || exclusive),
        _ => None,
    }
}

/// The readers as they are, with a deadline: a service that hangs is a service that does not answer.
///
/// # Errors
/// Those of [`Readers::slots`], and [`ErrorKind::ServiceSilent`].
pub fn slots(source: &Arc<dyn Readers>) -> Result<Vec<Slot>> {
    let (sender, receiver) = mpsc::channel();
    let source = Arc::clone(source);
    spawn(move || {
        let _ = sender.send(source.slots());
    })?;
    receiver.recv_timeout(limits::SERVICE_PATIENCE).unwrap_or_else(|_| Err(silent()))
}

/// What is told of a service that hangs.
pub(super) fn silent() -> Error {
    Error::new(ErrorKind::ServiceSilent, "the PC/SC service accepts the question and does not answer")
}

/// A card that was put in while its reader was being read voids the result: it could be of two cards, and what could not
/// be understood was said by two. That it was taken out afterwards does not matter.
fn void_swapped(source: &Arc<dyn Readers>, before: &[Slot], readers: &mut [ReaderFacts]) {
    if !readers.iter().any(|reader| is_what_a_card_said(&reader.content)) {
        return;
    }
    let Ok(after) = slots(source) else { return };
    for (slot, reader) in before.iter().zip(readers) {
        let now = after.iter().find(|now| now.reader == slot.reader);
        let another = now.is_some_and(|now| {
            let has_card = matches!(now.presence, Presence::Card { .. } | Presence::Mute);
            // out, in, and out again
            let came_and_went = now.events.wrapping_sub(slot.events) > 1;
            !slot.is_unchanged(now) && (has_card || came_and_went)
        });
        if another && is_what_a_card_said(&reader.content) {
            let failure = Error::new(ErrorKind::CardRemoved, "another card was put in during the reading").into();
            reader.content = ReaderContent::Failed { failure, atr: None };
        }
    }
}

/// A reading, or a failure that a card is blamed for.
fn is_what_a_card_said(content: &ReaderContent) -> bool {
    match content {
        ReaderContent::Card(_) => true,
        ReaderContent::Failed { failure, .. } => {
            matches!(failure.kind, ErrorKind::CardNonsense | ErrorKind::CardTooOld | ErrorKind::LimitReached)
        }
        _ => false,
    }
}

pub(super) fn spawn(work: impl FnOnce() + Send + 'static) -> Result<()> {
    let thread = thread::Builder::new().name("cpx-card".into()).spawn(work);
    thread.map(drop).map_err(|error| Error::new(ErrorKind::NoThread, "no further thread").caused_by(error))
}
