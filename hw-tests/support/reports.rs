//! Verdicts to be reported: real ones, on the facts of a virtual card in a workstation that is made up.
#![allow(dead_code, unreachable_pub)] // each test target uses its part

use std::sync::Arc;

use cpx_card::card::ReadOptions;
use cpx_card::collect::{Collecting, collect};
use cpx_card::facts::{Evidence, Facts};
use cpx_card::identity::Private;
use cpx_card::readiness::{Diagnosis, DiagnosisOptions, When, diagnose, judge_cards, seen_readers};
use cpx_card::simulator::{Personality, SimulatedReaders};
use cpx_card::transport::Readers;
use cpx_card::workstation::Observed;
use cpx_card::workstation::facts::{
    Browser, BrowserKind, Browsers, Cryptolib, Family, Session, System, VersionSource, VersionTold,
};

/// What no report may show: the user, the machine, the serial of the reader.
pub const PRIVATE: [&str; 3] = ["marie.dupont", "PC-ACCUEIL-07", "70D7E2EE"];

/// The reader of every made-up workstation.
pub const READER: &str = "Gemalto PC Twin Reader (70D7E2EE) 00 00";

/// A workstation of this kind with this virtual card in its reader; without one it has no reader either.
pub fn workstation(family: Family, card: Option<&str>) -> Facts {
    let day = "2026-11-20".parse().unwrap();
    let mut facts = Facts::at(day, 1_795_186_800);
    if let Some(name) = card {
        facts.readers = Ok(seen(name));
    }
    let mut system = System::default();
    system.family = family;
    system.name = format!("{family:?} 11 Pro");
    system.version = "10.0.22631".into();
    facts.workstation.system = Observed::Seen(system);
    let mut session = Session::default();
    session.user = Some(Private::new(PRIVATE[0]));
    session.host = Some(Private::new(PRIVATE[1]));
    facts.workstation.session = Observed::Seen(session);
    let mut browsers = Browsers::default();
    for kind in [BrowserKind::Firefox, BrowserKind::Chrome] {
        let mut browser = Browser::new(kind, format!("/usr/bin/{}", kind.code()));
        browser.version = Some("145.0".into());
        browsers.installed.push(browser);
    }
    facts.workstation.browsers = Observed::Seen(browsers);
    let mut cryptolib = Cryptolib::default();
    cryptolib.versions.push(VersionTold::new(VersionSource::Package, "5.2.2"));
    facts.workstation.cryptolib = Observed::Seen(cryptolib);
    facts
}

/// The verdict on these facts, on every portal.
pub fn verdict(facts: &Facts) -> Diagnosis {
    diagnose(facts, &DiagnosisOptions::default())
}

fn seen(card: &str) -> Vec<cpx_card::facts::SeenReader> {
    let card = Personality::embedded(card).unwrap();
    let day = card.reference_date().parse().unwrap();
    let readers: Arc<dyn Readers> = Arc::new(SimulatedReaders::new(vec![(READER.into(), card)]).unwrap());
    let facts = collect(&readers, "", Collecting::new(ReadOptions::default().with_certificates(true)));
    let verdict = judge_cards(&facts, &Evidence::default(), When::on(day));
    seen_readers(&facts, &readers.slots().unwrap(), &verdict).unwrap()
}
