//! A certificate travels once: where a PKCS#11 module shows the card in the reader, its copy serves, and of the card itself only
//! the head is read. What a module says is believed as far as the card says the same.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cpx_card::internal::cards::{Observation, Observing, observe};
use cpx_card::internal::facts::CardReading;
use cpx_card::internal::readiness::When;
use cpx_card::internal::token::Agreement;
use cpx_card::internal::transport::Readers;
use cpx_simulator::{Personality, SimulatedReaders, VirtualCard};

use crate::support::modules::{folder, module, switch};
use crate::support::{root, until};

const READER: &str = "Lecteur 0";

fn certificate(name: &str) -> Vec<u8> {
    fs::read(root().join("fixtures/pki/certificates").join(name)).unwrap()
}

/// A module that shows the card `cps-medecin` with this certificate for authentication.
fn showing(name: &str, certificate: &[u8], switches: &[&str]) -> Option<PathBuf> {
    let file = folder().join(format!("{name}.der"));
    fs::write(&file, certificate).unwrap();
    module(name, &[&[switch("CERTIFICATE", file.display()).as_str()], switches].concat())
}

fn doctor() -> Arc<SimulatedReaders> {
    let card = Personality::embedded("cps-medecin").unwrap();
    Arc::new(SimulatedReaders::new(vec![(READER.into(), card)]).unwrap())
}

/// What is observed beside this module.
fn beside(module: &Path, readers: &Arc<SimulatedReaders>) -> Observation {
    let mut how = Observing { modules: vec![module.to_owned()], ..Observing::default() };
    how.asker = Some(env!("CARGO_BIN_EXE_cpx-check").into());
    how.evidence.authorities = vec![root().join("fixtures/pki/authorities")];
    let source = Arc::clone(readers) as Arc<dyn Readers>;
    observe(&source, &how, When::on("2026-11-20".parse().unwrap()))
}

fn card(observation: &Observation) -> &CardReading {
    observation.facts.cards.cpx().next().unwrap_or_else(|| panic!("{:?}", observation.facts.cards))
}

/// The certificate that is judged, and where it comes from.
fn judged(observation: &Observation) -> (&[u8], &'static str) {
    let found = card(observation).certificates.as_deref().unwrap();
    let [one] = found else { panic!("{found:?}") };
    (&one.der, one.source.code())
}

/// What the module shows, held against the card.
fn agreement(observation: &Observation) -> &Agreement {
    let modules = observation.facts.modules.seen().unwrap();
    let made = modules.iter().find(|module| module.path.contains("cargo") || module.path.contains("tmp"));
    &made.unwrap().slots()[0].token().unwrap().agreement
}

fn sent(readers: &SimulatedReaders) -> (u64, u64) {
    readers.inspect(READER, |card: &VirtualCard| (card.exchanges(), card.bytes())).unwrap()
}

#[test]
fn the_copy_of_a_module_in_good_health_serves() {
    let own = certificate("cps-medecin.auth.der");
    let Some(module) = showing("copies", &own, &[]) else { return };
    let readers = doctor();
    let observation = beside(&module, &readers);
    assert_eq!(judged(&observation), (own.as_slice(), "module"));
    assert!(agreement(&observation).is_same(), "{:?}", agreement(&observation));
    let (exchanges, bytes) = sent(&readers);
    assert!(exchanges <= 19 && bytes <= 920, "{exchanges} exchanges, {bytes} bytes");
}

#[test]
fn a_copy_that_is_outdated_or_altered_is_told_and_the_card_is_read() {
    let own = certificate("cps-medecin.auth.der");
    let altered = |place: usize| {
        let mut copy = own.clone();
        copy[place] ^= 1;
        copy
    };
    let name = own.windows(10).position(|part| part == b"DOC0036624").unwrap();
    for (what, copy) in [
        ("outdated", certificate("cps-test.auth.der")),
        ("of-another-serial", altered(20)),
        ("of-another-end", altered(140)),
        ("of-another-name", altered(name)),
        ("badly-signed", altered(own.len() - 1)),
    ] {
        let Some(module) = showing(what, &copy, &[]) else { return };
        let observation = beside(&module, &doctor());
        assert_eq!(judged(&observation), (own.as_slice(), "card"), "{what}");
        assert_eq!(agreement(&observation).code(), "outdated", "{what}");
        let verdict = &observation.verdict.readers[0].certificates.as_ref().unwrap().certificates[0];
        assert!(verdict.disagreements.is_empty(), "{what}");
        assert_ne!(verdict.trust.trust().code(), "bad-signature", "{what}: the card is not to blame");
    }
}

#[test]
fn without_a_module_in_good_health_the_card_is_read() {
    let own = certificate("cps-medecin.auth.der");
    for (what, switches) in [
        ("shows-none", &["-DEMPTY"][..]),
        ("crashes-later", &["-DSLOTS=2", "-DCRASH_SECOND_TOKEN"]),
        ("in-another-reader", &["-DREADER=\"elsewhere\""]),
    ] {
        let Some(module) = showing(what, &own, switches) else { return };
        let observation = beside(&module, &doctor());
        assert_eq!(judged(&observation), (own.as_slice(), "card"), "{what}");
    }
    let Some(none) = module("without-certificate", &[]) else { return };
    assert_eq!(judged(&beside(&none, &doctor())), (own.as_slice(), "card"));
}

/// While the module is asked another card is put in, which it shows: what is told is one card, never half of each.
#[test]
fn a_card_that_is_swapped_while_the_module_is_asked_is_noticed() {
    let other = certificate("cpe-employe.auth.der");
    let (asked, go) = (folder().join("swap-asked"), folder().join("swap-go"));
    let switches = [switch("MINE", asked.display()), switch("OTHER", go.display())];
    let Some(module) = showing("swapped", &other, &switches.each_ref().map(String::as_str)) else { return };
    let readers = doctor();
    let observation = std::thread::scope(|scope| {
        let observing = scope.spawn(|| beside(&module, &readers));
        until("the module is asked", || asked.exists());
        readers.insert(READER, Personality::embedded("cpe-employe").unwrap()).unwrap();
        fs::write(&go, "").unwrap();
        observing.join().unwrap()
    });
    let found = card(&observation);
    assert_eq!(found.card.number.as_ref().unwrap().reveal(), "2999001363");
    assert_eq!(judged(&observation), (other.as_slice(), "card"));
    assert_eq!(observation.verdict.readers[0].certificates.as_ref().unwrap().certificates[0].disagreements, []);
}
