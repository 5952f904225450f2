//! The two views of one card held against each other: what a module shows, and what was read through PC/SC.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;

use cpx_card::internal::card::{CardAnswer, CardReading, ReadOptions};
use cpx_card::internal::collect::{Collecting, collect};
use cpx_card::internal::facts::ReaderContent;
use cpx_card::internal::identity::Private;
use cpx_card::internal::token::{
    Agreement, Compared, Ending, ModuleAnswer, ModuleFacts, PcscReader, PcscSide, SlotFacts, SlotState,
    TokenCertificate, TokenFacts, join, role,
};
use cpx_card::internal::transport::Readers;
use cpx_card::internal::workstation::Observed;
use cpx_simulator::{Personality, SimulatedReaders};

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

/// A module that shows this token in the reader `L`.
fn module(token: TokenFacts) -> ModuleFacts {
    let mut module = ModuleFacts::new("/m.so");
    let mut answer = ModuleAnswer::new(Ending::Complete);
    answer.slots = Observed::Seen(vec![
        SlotFacts::new(1, "L", SlotState::Seen(Box::new(token))),
        SlotFacts::new(2, "elsewhere", SlotState::Empty),
    ]);
    module.answer = Observed::Seen(answer);
    module
}

fn agreement(token: &TokenFacts, card: &CardReading) -> Agreement {
    let mut modules = [module(token.clone())];
    join(&mut modules, &[PcscReader::new("L", PcscSide::Cpx, Some(card))]);
    modules[0].slots()[0].token().unwrap().agreement.clone()
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
fn slots_get_their_reader_and_what_pc_sc_says_of_it() {
    let card = card("cps-medecin");
    let mut modules = [module(token(&card))];
    join(&mut modules, &[PcscReader::new("L", PcscSide::Cpx, Some(&card))]);
    let [first, second] = modules[0].slots() else { panic!() };
    assert_eq!((first.reader.as_deref(), first.pcsc), (Some("L"), PcscSide::Cpx));
    assert_eq!(first.token().unwrap().agreement.code(), "same");
    assert_eq!((second.reader.as_deref(), second.pcsc), (None, PcscSide::Unknown));
    let json = serde_json::to_string(&modules[0]).unwrap();
    assert_eq!(serde_json::from_str::<ModuleFacts>(&json).unwrap(), modules[0]);
    assert!(json.contains(r#""private""#) && !format!("{:?}", modules[0]).contains("22000011"));
}
