//! What an application gets from the three calls, with nothing but the library's face.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cpx_card::{Cancel, CardType, Cards, Category, ErrorKind, Happening, Profession, ReaderName, Readiness, Stage};
use cpx_simulator::{AUTHORITIES, Personality, SimulatedReaders};

/// One card whose reader's name is within the other's, and the other way round.
fn alike() -> Cards {
    let named = |reader: &str, card| (reader.to_owned(), Personality::embedded(card).unwrap());
    let cards =
        vec![named("Gemalto 0", "cpe-employe-cps4"), named("Gemalto 00", "cps-medecin"), named("mal", "cps-medecin")];
    Cards::of(Arc::new(SimulatedReaders::new(cards).unwrap()))
}

#[test]
fn a_reader_is_taken_by_its_whole_name() {
    for (name, card_type) in [("Gemalto 0", CardType::CDE_CPE), ("Gemalto 00", CardType::CPS), ("mal", CardType::CPS)] {
        let reading = alike().in_reader(name).read().unwrap();
        let found: Vec<_> = reading.readers().map(|reader| (reader.name().to_owned(), reader.card_type())).collect();
        assert_eq!(found, [(name.to_owned(), Some(card_type))]);
    }
}

/// The documented way to read a card that was put in reads that card.
#[test]
fn an_insertion_leads_to_its_own_reader() {
    let cards = alike();
    let watch = cards.watch().unwrap();
    let mut read = Vec::new();
    while read.len() < 3 {
        let Some(happening) = watch.next(Duration::from_mins(1)) else { panic!("only {read:?}") };
        let Happening::Inserted(reader) = happening else { continue };
        let reading = cards.clone().in_reader(&reader).read().unwrap();
        assert_eq!(reading.readers().map(|one| one.name()).collect::<Vec<_>>(), [reader.as_str()]);
        read.push(reader);
    }
    let watch = cards.in_reader("Gemalto 0").watch().unwrap();
    assert_eq!(watch.next(Duration::from_mins(1)), Some(Happening::ReaderAdded("Gemalto 0".into())));
    assert_eq!(watch.next(Duration::from_mins(1)), Some(Happening::Inserted("Gemalto 0".into())));
}

#[test]
fn an_unknown_reader_is_an_error() {
    let long = "R".repeat(4096);
    let not_utf8 = String::from_utf8_lossy(b"Gemalto \xFF").into_owned();
    for name in ["", "Gemalto", "Gemalto 0\0", "Gemalto 0\n", long.as_str(), not_utf8.as_str()] {
        let error = alike().in_reader(name).read().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ReaderGone, "{name:?}");
        assert_eq!(error.to_string(), "no reader has this name");
        let error = alike().in_reader(name).diagnose().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ReaderGone, "{name:?}");
        assert!(!ReaderName::from(name).to_string().contains(char::is_control));
    }
}

/// What a name is matched against does not depend on how much was read; what certificates add has a place of its own.
#[test]
fn reading_certificates_changes_no_match() {
    let cards = cpx_simulator::cards(&["cpe-employe-cps4", "cps-medecin"]).unwrap();
    let [plain, whole] = [cards.clone(), cards.with_certificates()].map(|cards| cards.read().unwrap());
    for (plain, whole) in plain.readers().zip(whole.readers()) {
        assert_eq!(plain.card_type(), whole.card_type());
    }
    let whole: Vec<_> = whole.readers().collect();
    assert!(matches!(whole[0].card_type(), Some(CardType::CDE_CPE)));
    assert!(plain.readers().all(|reader| reader.structure_id().is_none()));
    assert!(whole.iter().any(|reader| reader.structure_id().is_some()));
}

#[test]
fn what_software_asks_after_the_name_is_typed() {
    let reading = cpx_simulator::cards(&["cps-medecin"]).unwrap().read().unwrap();
    let reader = reading.first_card().unwrap();
    assert_eq!(reader.profession(), Some(Profession::MEDECIN));
    assert_eq!(reader.category(), Some(Category::Real));
    assert_eq!(reader.civility().and_then(cpx_card::Civility::label), Some("Monsieur"));
    assert_eq!((reader.tries_left(), reader.languages()[0].label()), (Some(3), Some("français")));
    assert_eq!(reader.specialities()[0].code(), "SM26");
    assert_eq!(reader.valid_until().unwrap().to_string(), "2028-09-01");
    let names = [reader.given_name(), reader.surname()].map(|name| name.unwrap().reveal());
    assert_eq!(names.join(" "), reader.holder_name().unwrap().reveal());
    // what tells a person apart is masked wherever it is printed
    let printed = format!("{reading:?} {reader:?}");
    let private = [names[0], names[1], reader.holder_id().unwrap().reveal(), reader.card_number().unwrap().reveal()];
    for text in private {
        assert!(!printed.contains(text), "{text}");
    }
}

/// A card whose authority is known is in order, with its certificates as without them.
#[test]
fn a_genuine_card_has_no_reservation_with_its_certificates() {
    let cards = cpx_simulator::cards(&["cps-medecin"]).unwrap().with_certificates();
    assert!(cards.read().unwrap().first_card().unwrap().reservations().is_empty());
    let folder = tempfile::tempdir().unwrap();
    for (number, authority) in AUTHORITIES.iter().enumerate() {
        std::fs::write(folder.path().join(format!("{number}.cer")), authority).unwrap();
    }
    // an authority that was only given is looked at and not believed
    let given = alike().with_certificates().with_authorities([folder.path().to_owned()]);
    let reading = given.in_reader("Gemalto 00").read().unwrap();
    let codes: Vec<_> =
        reading.readers().flat_map(|one| one.reservations().to_vec()).map(cpx_card::Reservation::code).collect();
    assert!(codes.contains(&"certificate-not-trusted"), "{codes:?}");
}

#[test]
fn a_cancel_and_a_deadline_end_a_wait_for_what_happens_next() {
    let cancel = Cancel::new();
    let empty = Cards::of(Arc::new(SimulatedReaders::new(Vec::new()).unwrap()));
    let watch = empty.clone().with_cancel(&cancel).watch().unwrap();
    let waiting = std::thread::spawn(move || watch.next(Duration::from_hours(1)));
    cancel.cancel();
    assert_eq!(waiting.join().unwrap(), None);
    let watch = empty.with_deadline(Duration::from_millis(10)).watch().unwrap();
    assert_eq!(watch.next(Duration::from_hours(1)), None);
}

#[test]
fn progress_is_told_and_may_cancel() {
    let told = Arc::new(AtomicUsize::new(0));
    let cards = cpx_simulator::cards(&["cps-medecin"]).unwrap();
    let count = Arc::clone(&told);
    let checkup = cards
        .clone()
        .with_progress(move |_| {
            count.fetch_add(1, Ordering::SeqCst);
        })
        .diagnose()
        .unwrap();
    assert!(checkup.outcome() != Readiness::CannotTell || checkup.headline().is_some());
    assert!(told.load(Ordering::SeqCst) >= 2);
    let cancel = Cancel::new();
    let ending = cancel.clone();
    let cards = cards.with_cancel(&cancel).with_progress(move |stage| {
        if stage == Stage::Card {
            ending.cancel();
        }
    });
    assert_eq!(cards.diagnose().unwrap_err().kind(), ErrorKind::Cancelled);
}
