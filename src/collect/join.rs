//! What PKCS#11 modules show of the readers, held against what PC/SC read in them.

use crate::card::{CardAnswer, Recognised, recognise};
use crate::error::ErrorKind;
use crate::facts::{CardFacts, ReaderContent, ReaderFacts};
use crate::token::{ModuleFacts, PcscReader, PcscSide, join};

/// Holds what modules show against what PC/SC read.
pub(crate) fn join_cards(modules: &mut [ModuleFacts], cards: &CardFacts) {
    let readers: Vec<_> = cards.readers.iter().flatten().map(seen).collect();
    join(modules, &readers);
}

/// What PC/SC says of a reader, for a slot of a module.
fn seen(reader: &ReaderFacts) -> PcscReader<'_> {
    let (side, card) = match &reader.content {
        ReaderContent::Empty => (PcscSide::Empty, None),
        ReaderContent::Mute => (PcscSide::Mute, None),
        ReaderContent::Card(CardAnswer::Cpx(card)) => (PcscSide::Cpx, Some(&**card)),
        ReaderContent::Card(CardAnswer::Foreign { .. }) => (PcscSide::Foreign, None),
        ReaderContent::Failed { failure, atr } => {
            let is_cpx = atr.as_ref().is_some_and(|atr| matches!(recognise(atr), Recognised::Cpx { .. }));
            // a card that another program holds is not silent
            let talks_badly = matches!(
                failure.kind,
                ErrorKind::CardSilent | ErrorKind::CardNonsense | ErrorKind::CardTooOld | ErrorKind::Communication
            );
            (if is_cpx && talks_badly { PcscSide::SilentCpx } else { PcscSide::Failed }, None)
        }
    };
    PcscReader::new(&reader.name, side, card)
}
