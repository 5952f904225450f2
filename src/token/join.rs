//! The two views of one card held against each other: what a module shows, and what PC/SC read in the same reader.

use super::facts::ModuleFacts;
use super::role::role;
use super::slot_facts::{Agreement, Compared, PcscSide, SlotState, TokenFacts};
use crate::card::CardReading;
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
            if let (SlotState::Seen(token), Some(card)) = (&mut slot.state, reader.card) {
                token.agreement = agreement(token, card);
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
    // what follows a certificate in its file is filler
    let read = Certificate::parse(&on_card.der).ok()?;
    Some(shown.as_der() == read.as_der())
}

#[cfg(test)]
#[cfg(feature = "simulator")]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::card::{CardAnswer, ReadOptions};
    use crate::collect::{Collecting, collect};
    use crate::facts::ReaderContent;
    use crate::identity::Private;
    use crate::simulator::{Personality, SimulatedReaders};
    use crate::token::{SlotFacts, TokenCertificate};
    use crate::transport::Readers;

    fn card(name: &str) -> CardReading {
        let card = Personality::embedded(name).unwrap();
        let readers: Arc<dyn Readers> = Arc::new(SimulatedReaders::new(vec![("L".into(), card)]).unwrap());
        let how = Collecting::new(ReadOptions::default().with_certificates(true));
        let content = collect(&readers, "", how).readers.unwrap().remove(0).content;
        let ReaderContent::Card(CardAnswer::Cpx(card)) = content else { panic!("{content:?}") };
        *card
    }

    /// What a module that works shows of this card.
    fn token(card: &CardReading) -> TokenFacts {
        let certificates = card.certificates.iter().flatten().map(|one| TokenCertificate {
            role: role(&one.label, &one.der),
            label: Private::new(&one.label),
            id: Private::default(),
            der: Private::new(hex::encode(&one.der)),
        });
        TokenFacts {
            serial: Private::new(card.chip_serial.as_ref().unwrap().reveal()),
            certificates: Observed::Seen(certificates.collect()),
            ..TokenFacts::default()
        }
    }

    #[test]
    fn the_same_card_another_one_and_a_former_state_are_told_apart() {
        let (doctor, staff) = (card("cps-medecin"), card("cpe-employe"));
        let compared = vec![Compared::Serial, Compared::AuthenticationCertificate, Compared::SignatureCertificate];
        assert_eq!(agreement(&token(&doctor), &doctor), Agreement::Same { compared: compared.clone() });
        assert_eq!(agreement(&token(&staff), &doctor), Agreement::AnotherCard { differs: compared });
        let former = TokenFacts { certificates: token(&staff).certificates, ..token(&doctor) };
        let differs = vec![Compared::AuthenticationCertificate, Compared::SignatureCertificate];
        assert_eq!(agreement(&former, &doctor), Agreement::Outdated { differs });
        let unknown = TokenFacts { serial: Private::new("2F1A"), ..TokenFacts::default() };
        assert_eq!(agreement(&unknown, &doctor), Agreement::CannotTell, "another writing of the serial tells nothing");
        let longer = TokenFacts { serial: Private::new("220000118F"), ..TokenFacts::default() };
        assert_eq!(agreement(&longer, &doctor), Agreement::Same { compared: vec![Compared::Serial] });
    }

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

    #[test]
    fn slots_get_their_reader_and_what_pc_sc_says_of_it() {
        let card = card("cps-medecin");
        let mut module = ModuleFacts::new("/m.so");
        let mut answer = crate::token::ModuleAnswer::new(crate::token::Ending::Complete);
        answer.slots = Observed::Seen(vec![
            SlotFacts::new(1, "L", SlotState::Seen(Box::new(token(&card)))),
            SlotFacts::new(2, "elsewhere", SlotState::Empty),
        ]);
        module.answer = Observed::Seen(answer);
        let mut modules = [module];
        join(&mut modules, &[PcscReader::new("L", PcscSide::Cpx, Some(&card))]);
        let [first, second] = modules[0].slots() else { panic!() };
        assert_eq!((first.reader.as_deref(), first.pcsc), (Some("L"), PcscSide::Cpx));
        assert_eq!(first.token().unwrap().agreement.code(), "same");
        assert_eq!((second.reader.as_deref(), second.pcsc), (None, PcscSide::Unknown));
        let json = serde_json::to_string(&modules[0]).unwrap();
        assert_eq!(serde_json::from_str::<ModuleFacts>(&json).unwrap(), modules[0]);
        assert!(json.contains(r#""private""#) && !format!("{:?}", modules[0]).contains("22000011"));
    }
}
