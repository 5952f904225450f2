//! The two views of one card held against each other: what a module shows, and what PC/SC read in the same reader.

use super::facts::ModuleFacts;
use super::role::role;
use super::slot_facts::{Agreement, Compared, PcscSide, SlotState, TokenFacts};
use crate::card::{CardReading, CertificateSource};
use crate::certificate::{Certificate, Role};
use crate::identity::ChipSerial;
use crate::workstation::Observed;

/// What PC/SC says of one reader.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct PcscReader<'a> {
    /// Its name.
    pub name: &'a str,
    /// What is in it.
    pub side: PcscSide,
    /// The card in it, when it was read.
    pub card: Option<&'a CardReading>,
}

impl<'a> PcscReader<'a> {
    /// A reader with this in it, and with this card when it is one that was read.
    pub fn new(name: &'a str, side: PcscSide, card: Option<&'a CardReading>) -> Self {
        Self { name, side, card }
    }
}

/// Bytes of the field in which a module names a slot: longer names of readers are cut.
const DESCRIPTION: usize = 64;

/// Finds the reader of every slot by its name, and says whether both show the same card.
pub fn join(modules: &mut [ModuleFacts], readers: &[PcscReader<'_>]) {
    for module in modules {
        let Observed::Seen(answer) = &mut module.answer else { continue };
        let Observed::Seen(slots) = &mut answer.slots else { continue };
        for slot in slots {
            let Some(reader) = reader_of(&slot.description, readers) else { continue };
            slot.reader = Some(reader.name.to_owned());
            slot.pcsc = reader.side;
            if let SlotState::Seen(token) = &mut slot.state {
                token.agreement = reader.card.map_or(Agreement::NotCompared, |card| agreement(token, card));
                let is_another = matches!(token.agreement, Agreement::AnotherCard { .. });
                token.code_on_card = reader.card.filter(|_| !is_another).map(|card| card.code);
            }
        }
    }
}

/// The one reader that a slot can be.
fn reader_of<'a, 'b>(description: &str, readers: &'a [PcscReader<'b>]) -> Option<&'a PcscReader<'b>> {
    let description = description.trim_end();
    let mut fitting = readers.iter().filter(|reader| {
        let cut = reader.name.len() > DESCRIPTION;
        let end = reader.name.floor_char_boundary(DESCRIPTION);
        let name = if cut { reader.name.get(..end).unwrap_or_default() } else { reader.name };
        !description.is_empty() && name.trim_end() == description
    });
    fitting.next().filter(|_| fitting.next().is_none())
}

/// Whether a module and PC/SC show the same card in the same state.
fn agreement(token: &TokenFacts, card: &CardReading) -> Agreement {
    let decoded = token.decoded();
    let mut compared = Vec::new();
    let mut differs = Vec::new();
    let mut compare = |what: Compared, same: Option<bool>| match same {
        Some(true) => compared.push(what),
        Some(false) => differs.push(what),
        None => {}
    };
    compare(Compared::Serial, card.chip_serial.as_ref().and_then(|serial| same_serial(token.serial.reveal(), serial)));
    compare(Compared::CardNumber, both(decoded.card.number.as_ref(), card.card.number.as_ref()));
    compare(Compared::ValidUntil, both(decoded.card.valid_until.as_ref(), card.card.valid_until.as_ref()));
    for (role, what) in [
        (Role::Authentication, Compared::AuthenticationCertificate),
        (Role::Signature, Compared::SignatureCertificate),
        (Role::Technical, Compared::TechnicalCertificate),
    ] {
        compare(what, same_certificate(token, card, role));
    }
    let tells_cards_apart = |what: &Compared| matches!(what, Compared::Serial | Compared::CardNumber);
    match (differs.is_empty(), compared.is_empty()) {
        (true, true) => Agreement::CannotTell,
        (true, false) => Agreement::Same { compared },
        // the same chip, as far as it could be told, in another state
        (false, _) if compared.iter().any(tells_cards_apart) && !differs.iter().any(tells_cards_apart) => {
            Agreement::Outdated { differs }
        }
        (false, _) => Agreement::AnotherCard { differs },
    }
}

/// The Cryptolib shows the eight digits. Another middleware may show more of the file around them, which is the same, or
/// something else, which tells nothing.
fn same_serial(shown: &str, serial: &ChipSerial) -> Option<bool> {
    match ChipSerial::parse(shown.trim()) {
        Ok(shown) => Some(shown == *serial),
        Err(_) => shown.contains(serial.reveal()).then_some(true),
    }
}

fn both<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> Option<bool> {
    Some(one? == other?)
}

fn same_certificate(token: &TokenFacts, card: &CardReading, wanted: Role) -> Option<bool> {
    let on_card = card.certificates.as_ref()?.iter().find(|one| role(&one.label, &one.der) == wanted)?;
    let shown = token.certificate(wanted)?.parse().ok()?;
    if on_card.source == CertificateSource::Head {
        return Some(shown.as_der().starts_with(&on_card.der));
    }
    // what follows a certificate in its file is filler
    let read = Certificate::parse(&on_card.der).ok()?;
    Some(shown.as_der() == read.as_der())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_the_one_reader_with_its_name() {
        let long = "Lecteur de cartes à puce très précisément nommé par son fabricant 00";
        let cut = &long[..long.floor_char_boundary(DESCRIPTION)];
        let readers = [("A 00", PcscSide::Empty), ("A 01", PcscSide::Mute), (long, PcscSide::Cpx)]
            .map(|(name, side)| PcscReader::new(name, side, None));
        let name = |description: &str| reader_of(description, &readers).map(|reader| reader.name);
        assert_eq!(name("A 01"), Some("A 01"));
        assert_eq!((name("A 0"), name(""), name("a 01")), (None, None, None));
        assert_eq!(name(cut), Some(long));
        let twice = ["00", "01"].map(|end| format!("{}{end}", "x".repeat(70)));
        let twice = twice.each_ref().map(|name| PcscReader::new(name, PcscSide::Empty, None));
        assert!(reader_of(&"x".repeat(64), &twice).is_none(), "it could be either");
    }
}
