//! The whole reading over the virtual card, in process: every personality, every manner of a card, every fault.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;

use cpx_card::internal::card::{Certificates, ReadOptions, anonymous};
use cpx_card::internal::collect::{Collecting, collect};
use cpx_card::internal::facts::{CardAnswer, CardFacts, CardReading, CodeLevel, Evidence, ReaderContent};
use cpx_card::internal::identity::{Date, Pseudonyms};
use cpx_card::internal::iso7816::{Command, Status};
use cpx_card::internal::readiness::{Outcome, When, judge_cards};
use cpx_card::internal::transport::{Readers, Recorder, Replay, Transcript};
use cpx_card::{ErrorKind, Failure};
use cpx_report::{Disclosure, card_json};
use cpx_simulator::{Fault, FaultKind, Manners, Personality, ShortRead, SimulatedReaders, embedded_names};

const READER: &str = "Lecteur";

/// The expected values, read from the personality file by another reader than the simulator's.
fn fixture(name: &str) -> toml::Table {
    let path = format!("{}/fixtures/cards/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

fn readers(name: &str) -> SimulatedReaders {
    SimulatedReaders::new(vec![(READER.into(), Personality::embedded(name).unwrap())]).unwrap()
}

fn look(readers: &Arc<SimulatedReaders>, options: ReadOptions) -> ReaderContent {
    let source: Arc<dyn Readers> = Arc::clone(readers) as Arc<dyn Readers>;
    content(collect(&source, "", Collecting::new(options)))
}

fn facts_of(content: ReaderContent) -> CardFacts {
    let source: Arc<dyn Readers> = Arc::new(SimulatedReaders::new(vec![]).unwrap().with_empty_reader(READER));
    let mut facts = collect(&source, "", Collecting::default());
    facts.readers.as_mut().unwrap()[0].content = content;
    facts
}

fn content(facts: CardFacts) -> ReaderContent {
    facts.readers.unwrap().remove(0).content
}

fn cpx(content: ReaderContent) -> CardReading {
    match content {
        ReaderContent::Card(CardAnswer::Cpx(card)) => *card,
        other => panic!("not a CPx: {other:?}"),
    }
}

fn failure(content: ReaderContent) -> Failure {
    match content {
        ReaderContent::Failed { failure, .. } => failure,
        other => panic!("not a failure: {other:?}"),
    }
}

fn is_cpx(name: &str) -> bool {
    fixture(name).contains_key("card")
}

#[test]
fn every_personality_is_read_as_its_file_says() {
    for name in embedded_names().filter(|name| is_cpx(name)) {
        let fixture = fixture(name);
        let card = cpx(look(&Arc::new(readers(name)), ReadOptions::default().with_certificates(true)));
        let text = |table: &str, key: &str| {
            fixture.get(table).and_then(|table| table.get(key)).and_then(|value| value.as_str()).map(str::to_owned)
        };
        let number = |table: &str, key: &str| {
            let value = fixture.get(table).and_then(|table| table.get(key))?.as_integer()?;
            Some(u8::try_from(value).unwrap())
        };
        let list = |key: &str| -> Vec<String> {
            let list = fixture["holder"].get(key).and_then(|list| list.as_array());
            list.into_iter().flatten().map(|value| value.as_str().unwrap().to_owned()).collect()
        };
        let chip = fixture["chip"].as_str().unwrap();
        let expected = match chip {
            "cps3" => ("cps3", "contact"),
            "cps3-contactless" => ("cps3", "contactless"),
            "cps4" => ("cps4", "contact"),
            other => panic!("{other}"),
        };
        assert_eq!((card.generation.code(), card.interface.code()), expected, "{name}");
        assert_eq!(card.card.number.as_ref().map(|n| n.reveal().to_owned()), text("card", "number"), "{name}");
        assert_eq!(
            card.chip_serial.as_ref().map(cpx_card::internal::identity::ChipSerial::reveal),
            fixture["serial"].as_str(),
            "{name}"
        );
        assert_eq!(card.chip_serial_check, Some(true), "{name}");
        assert_eq!(card.card.category.map(|c| format!("{:02X}", c.g01())), text("card", "category"), "{name}");
        assert_eq!(card.card_type.map(|t| format!("{:02X}", t.g02())), text("card", "type"), "{name}");
        assert_eq!(card.card.valid_from.map(|date| date.to_string()), text("card", "valid_from"), "{name}");
        assert_eq!(card.card.valid_until.map(|date| date.to_string()), text("card", "valid_until"), "{name}");
        assert_eq!(card.holder.id.as_ref().map(|id| id.reveal().to_owned()), text("holder", "id"), "{name}");
        assert_eq!(card.holder.civility, number("holder", "civility"), "{name}");
        assert_eq!(card.holder.surname.as_ref().map(|n| n.reveal().to_owned()), text("holder", "surname"), "{name}");
        let given_name = card.holder.given_name.as_ref().map(|n| n.reveal().to_owned());
        assert_eq!(given_name, text("holder", "given_name"), "{name}");
        assert_eq!(card.holder.profession, number("holder", "profession"), "{name}");
        assert_eq!(card.holder.future_profession, number("holder", "future_profession"), "{name}");
        assert_eq!(card.holder.specialities, list("specialities"), "{name}");
        assert_eq!(card.holder.languages, list("languages"), "{name}");
        assert_eq!(card.code.tries_left, number("pin", "left"), "{name}");

        let files = ["authentication", "signature", "technical"].map(|role| text("certificates", role));
        let mut expected: Vec<_> = files
            .into_iter()
            .flatten()
            .map(|file| std::fs::read(format!("{}/fixtures/pki/certificates/{file}", env!("CARGO_MANIFEST_DIR"))))
            .map(Result::unwrap)
            .collect();
        let mut found: Vec<_> = card.certificates.unwrap().into_iter().map(|certificate| certificate.der).collect();
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{name}");
    }
}

/// The figures that this project promises: exchanges and bytes are what costs on a CPS3.
#[test]
fn a_reading_costs_what_was_promised() {
    for name in embedded_names().filter(|name| is_cpx(name)) {
        let readers = Arc::new(readers(name));
        let identity = cpx(look(&readers, ReadOptions::default())).exchange;
        let form = cpx(look(&readers, ReadOptions::default().without_languages())).exchange;
        let head = cpx(look(&readers, ReadOptions::default().without_languages().with(Certificates::Head))).exchange;
        // contactless, the ATR is shared with other cards: one SELECT and EF.DIR more
        let allowed = if fixture(name)["chip"].as_str() == Some("cps3-contactless") { 17 } else { 16 };
        assert!(identity.apdus <= allowed, "{name}: {identity:?}");
        // the promise is for names of ten characters, which stand twice on the card; a longer name costs its letters
        let surname = fixture(name)["holder"].get("surname").and_then(|name| name.as_str()).unwrap_or_default().len();
        let letters = u32::try_from(surname.saturating_sub(10)).unwrap() * 2;
        let bytes = if allowed == 17 { 590 } else { 530 };
        assert!(identity.bytes <= bytes + letters, "{name}: {identity:?}");
        // two exchanges less without the languages; and then five more for the head of one certificate
        assert!(form.apdus == identity.apdus - 2 && form.bytes <= bytes - 26 + letters, "{name}: {form:?}");
        assert!(head.apdus <= form.apdus + 5 && head.bytes <= form.bytes + 430, "{name}: {head:?}");
        let whole = cpx(look(&readers, ReadOptions::default().with_certificates(true))).exchange;
        assert!(whole.apdus <= 32 && whole.bytes <= 4700, "{name}: {whole:?}");
        let counted = readers.inspect(READER, |card| (card.exchanges(), card.bytes())).unwrap();
        let sum = [identity, form, head, whole].iter().fold((0, 0), |sum, one| (sum.0 + one.apdus, sum.1 + one.bytes));
        assert_eq!(counted, (sum.0.into(), sum.1.into()), "{name}: the card counts the same");
    }
}

#[test]
fn only_commands_of_the_closed_set_are_sent_and_no_try_is_consumed() {
    for name in embedded_names() {
        let readers = Arc::new(readers(name).with_log());
        let before = readers.inspect(READER, cpx_simulator::VirtualCard::tries_left).unwrap();
        let _ = look(&readers, ReadOptions::default().with_certificates(true));
        let (log, after) = readers.inspect(READER, |card| (card.log().to_vec(), card.tries_left())).unwrap();
        assert_eq!(before, after, "{name}");
        for sent in log {
            assert!(Command::recognise(&sent).is_some(), "{name} was sent {}", hex::encode_upper(sent));
        }
    }
}

#[test]
fn other_cards_are_named_and_sent_nothing() {
    for (name, code) in [
        ("vitale", "foreign-vitale"),
        ("cnie", "foreign-cnie"),
        ("banque", "foreign-bank"),
        ("carte-inconnue", "foreign-unknown"),
    ] {
        let readers = Arc::new(readers(name));
        let ReaderContent::Card(CardAnswer::Foreign { family, .. }) = look(&readers, ReadOptions::default()) else {
            panic!("{name} is foreign")
        };
        assert_eq!(family.code(), code);
        assert_eq!(readers.inspect(READER, cpx_simulator::VirtualCard::exchanges).unwrap(), 0, "{name}");
    }
    assert_eq!(look(&Arc::new(readers("muette")), ReadOptions::default()), ReaderContent::Mute);
    assert_eq!(failure(look(&Arc::new(readers("cps2ter")), ReadOptions::default())).kind, ErrorKind::CardTooOld);
    let empty = SimulatedReaders::new(vec![]).unwrap().with_empty_reader(READER);
    assert_eq!(look(&Arc::new(empty), ReadOptions::default()), ReaderContent::Empty);
}

/// Which answer a real card gives to a reading behind its end is unknown: all three are understood.
#[test]
fn every_manner_of_ending_a_file_is_understood() {
    let options = ReadOptions::default().with_certificates(true);
    for name in ["cps-medecin", "cps-medecin-cps4", "cps-medecin-contactless", "cps-huit-situations"] {
        let usual = cpx(look(&Arc::new(readers(name)), options));
        for short_read in [ShortRead::Plain, ShortRead::Warning6282, ShortRead::WrongLength6C] {
            let mut manners = Manners::default();
            manners.short_read = short_read;
            let mut other = cpx(look(&Arc::new(readers(name).with_manners(manners)), options));
            other.exchange = usual.exchange;
            assert_eq!(other, usual, "{name} {short_read:?}");
        }
    }
}

/// The same card without any certificate: its directory of certificates is a file of no byte.
fn without_certificates(name: &str) -> Personality {
    let mut fixture = fixture(name);
    fixture.remove("certificates").expect("the card has certificates");
    Personality::parse(name, &fixture.to_string()).unwrap()
}

#[test]
fn a_card_without_certificates_is_read() {
    for name in ["cps-medecin", "cps-medecin-cps4", "cps-medecin-contactless"] {
        let sound = cpx(look(&Arc::new(readers(name)), ReadOptions::default()));
        let options = ReadOptions::default().with_certificates(true);
        for options in [options, options.with(Certificates::Authentication), options.with(Certificates::Head)] {
            let cards = SimulatedReaders::new(vec![(READER.into(), without_certificates(name))]).unwrap().with_log();
            let source = Arc::new(cards);
            let recorder = Arc::new(Recorder::new(Arc::clone(&source) as Arc<dyn Readers>));
            let how = Collecting::new(options);
            let live = collect(&(Arc::clone(&recorder) as Arc<dyn Readers>), "", how);
            let card = cpx(content(live.clone()));
            assert_eq!(card.certificates, Some(vec![]), "{name}");
            assert_eq!((card.card, card.holder, card.code), (sound.card.clone(), sound.holder.clone(), sound.code));
            let log = source.inspect(READER, |card| card.log().to_vec()).unwrap();
            assert!(log.iter().all(|sent| Command::recognise(sent).is_some()), "{name}");

            let text = anonymous(&recorder.transcript("2026-11-20"), &Pseudonyms::keyed(b"test")).to_string();
            let replay: Arc<dyn Readers> = Arc::new(Replay::new(Transcript::parse(&text).unwrap()));
            assert_eq!(cpx(content(collect(&replay, "", how))).certificates, Some(vec![]), "{name}: replayed");
        }
    }
}

/// `6B 00` at the start of a file that holds bytes is no end of it.
#[test]
fn a_file_that_is_there_and_not_given_is_no_empty_file() {
    let options = ReadOptions::default().with_certificates(true);
    for name in ["cps-medecin", "cps-medecin-cps4", "cps-medecin-contactless"] {
        let sound = Arc::new(readers(name).with_log());
        let _ = cpx(look(&sound, options));
        let log = sound.inspect(READER, |card| card.log().to_vec()).unwrap();
        let starts_file =
            |sent: &Vec<u8>| matches!(Command::recognise(sent), Some(Command::ReadBinary { offset: 0, .. }));
        let starts: Vec<_> = log.iter().enumerate().filter(|(_, sent)| starts_file(sent)).map(|(at, _)| at).collect();
        assert!(starts.len() > 5, "{name}");
        for at in starts {
            let readers = Arc::new(readers(name));
            let refused = FaultKind::Status(Status::new(0x6B, 0x00));
            readers.break_card(READER, vec![Fault::new(u32::try_from(at).unwrap(), refused)]).unwrap();
            assert_eq!(failure(look(&readers, options)).kind, ErrorKind::CardNonsense, "{name}, exchange {at}");
        }
    }
}

#[test]
fn the_state_of_the_code_is_what_the_card_says() {
    for (name, level) in [
        ("cps-medecin", CodeLevel::Full),
        ("cps-medecin-cps4", CodeLevel::Full),
        ("cps-deux-essais", CodeLevel::Low),
        ("cps-dernier-essai", CodeLevel::LastTry),
        ("cps-bloquee", CodeLevel::Blocked),
        ("cps-bloquee-cps4", CodeLevel::Blocked),
        ("cps-medecin-contactless", CodeLevel::Unknown),
    ] {
        assert_eq!(cpx(look(&Arc::new(readers(name)), ReadOptions::default())).code.level(), level, "{name}");
    }
}

#[test]
fn reservations_are_those_of_the_card() {
    let day = Date::new(2026, 11, 20).unwrap();
    for (name, day, outcome, codes) in [
        ("cps-medecin", day, Outcome::Read, vec![]),
        ("cps-expiree", day, Outcome::NoUsableCard, vec!["card-expired"]),
        ("cps-medecin", Date::new(2028, 7, 3).unwrap(), Outcome::Read, vec![]),
        ("cps-medecin", Date::new(2028, 9, 1).unwrap(), Outcome::Reserved, vec!["card-expires-soon"]),
        ("cps-medecin", Date::new(2028, 9, 2).unwrap(), Outcome::NoUsableCard, vec!["card-expired"]),
        ("cps-medecin", Date::new(2025, 8, 31).unwrap(), Outcome::Reserved, vec!["card-not-yet-valid"]),
        ("cps-test", day, Outcome::Reserved, vec!["card-test"]),
        ("cps-bloquee", day, Outcome::NoUsableCard, vec!["code-blocked"]),
        ("cps-dernier-essai", day, Outcome::Reserved, vec!["code-last-try"]),
        ("cps-deux-essais", day, Outcome::Reserved, vec!["code-low"]),
        ("cps-identifiant-invalide", day, Outcome::Reserved, vec!["holder-id-check"]),
        ("vitale", day, Outcome::NoUsableCard, vec![]),
        ("muette", day, Outcome::NoUsableCard, vec![]),
    ] {
        let source: Arc<dyn Readers> = Arc::new(readers(name));
        let facts = collect(&source, "", Collecting::default());
        let verdict = judge_cards(&facts, &Evidence::default(), When::on(day));
        let found: Vec<_> = verdict.readers[0].reservations.iter().map(|reservation| reservation.code()).collect();
        assert_eq!((verdict.outcome, found), (outcome, codes), "{name} on {day}");
    }
}

#[test]
fn one_bad_slot_never_hides_another() {
    let card = |name: &str| Personality::embedded(name).unwrap();
    let names = ["muette", "cps-medecin", "vitale", "cps2ter", "cpe-employe-cps4"];
    let slots = names.iter().enumerate().map(|(i, name)| (format!("Lecteur {i}"), card(name))).collect();
    let source: Arc<dyn Readers> = Arc::new(SimulatedReaders::new(slots).unwrap().with_empty_reader("Lecteur 5"));
    let facts = collect(&source, "", Collecting::default());
    let verdict = judge_cards(&facts, &Evidence::default(), When::on(Date::new(2026, 11, 20).unwrap()));
    let json = card_json(&facts, &verdict, Disclosure::Masked);
    let states: Vec<_> =
        json["readers"].as_array().unwrap().iter().map(|reader| reader["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["mute", "cpx", "foreign", "error", "cpx", "empty"]);
    assert_eq!(json["readers"][1]["reservations"][0], "several-cards");
    assert_eq!(collect(&source, "Lecteur 2", Collecting::default()).readers.unwrap().len(), 1);
}

/// Every fault at every exchange: the right kind of answer, never a panic, never part of an identity.
#[test]
fn a_fault_anywhere_never_gives_half_an_identity() {
    let options = ReadOptions::default().with_certificates(true);
    let kinds = || {
        vec![
            FaultKind::Removed,
            FaultKind::Status(Status::new(0x6F, 0x00)),
            FaultKind::Status(Status::new(0x6A, 0x82)),
            FaultKind::Truncated,
            FaultKind::OneByteMore,
            FaultKind::BitFlipped(200),
            FaultKind::Endless61,
            FaultKind::AnotherCard(Box::new(Personality::embedded("cpe-employe").unwrap())),
        ]
    };
    let mut cases = 0;
    for name in ["cps-medecin", "cps-medecin-cps4", "cps-medecin-contactless"] {
        let sound = cpx(look(&Arc::new(readers(name)), options));
        for at in 0..sound.exchange.apdus {
            for kind in kinds() {
                let readers = Arc::new(readers(name).with_log());
                let told = format!("{name}, exchange {at}, {kind:?}");
                let removed = matches!(kind, FaultKind::Removed);
                let endless = matches!(kind, FaultKind::Endless61);
                let swapped = matches!(kind, FaultKind::AnotherCard(_));
                readers.break_card(READER, vec![Fault::new(at, kind)]).unwrap();
                let content = look(&readers, options);
                cases += 1;
                match &content {
                    ReaderContent::Failed { failure, .. } if removed => {
                        assert_eq!(failure.kind, ErrorKind::CardRemoved, "{told}");
                    }
                    ReaderContent::Failed { failure, .. } => assert!(
                        matches!(
                            failure.kind,
                            ErrorKind::CardNonsense
                                | ErrorKind::LimitReached
                                | ErrorKind::CardRemoved
                                | ErrorKind::CardReset
                        ),
                        "{told}: {failure:?}"
                    ),
                    ReaderContent::Card(CardAnswer::Cpx(card)) => {
                        assert!(!removed && !endless && !swapped, "{told}");
                        // a flipped bit or a directory cut between two entries can leave a hole: it is never "all is well"
                        let whole = card.card.number.is_some() && card.holder.id.is_some() && card.card_type.is_some();
                        let facts = facts_of(content.clone());
                        let verdict =
                            judge_cards(&facts, &Evidence::default(), When::on(Date::new(2026, 11, 20).unwrap()));
                        let reservations = &verdict.readers[0].reservations;
                        let told_missing = reservations
                            .iter()
                            .any(|one| one.code().contains("missing") || one.code().contains("unknown"));
                        assert!(whole || told_missing, "{told}: {reservations:?}");
                    }
                    ReaderContent::Card(CardAnswer::Foreign { .. }) => assert!(name.ends_with("contactless"), "{told}"),
                    other => panic!("{told}: {other:?}"),
                }
                let log = readers.inspect(READER, |card| card.log().to_vec()).unwrap_or_default();
                assert!(log.iter().all(|sent| Command::recognise(sent).is_some()), "{told}");
            }
        }
    }
    assert!(cases > 500, "{cases}");
}

/// Another program resets the card: the reading starts again from nothing, once.
#[test]
fn a_reset_starts_the_reading_again() {
    for (name, at) in [("cps-medecin", 0), ("cps-medecin", 9), ("cps-medecin-cps4", 15)] {
        let sound = cpx(look(&Arc::new(readers(name)), ReadOptions::default()));
        let readers = Arc::new(readers(name));
        readers.break_card(READER, vec![Fault::new(at, FaultKind::Reset)]).unwrap();
        assert_eq!(cpx(look(&readers, ReadOptions::default())), sound, "{name} at {at}");
        readers.break_card(READER, vec![Fault::new(2, FaultKind::Reset), Fault::new(5, FaultKind::Reset)]).unwrap();
        assert_eq!(failure(look(&readers, ReadOptions::default())).kind, ErrorKind::CardReset, "{name}");
    }
}

/// A recording that is sent tells nothing of a person, and replays to the same verdict.
#[test]
fn an_anonymous_recording_replays_to_the_same_verdict() {
    let day = Date::new(2026, 11, 20).unwrap();
    let how = Collecting::new(ReadOptions::default().with_certificates(true));
    for name in embedded_names() {
        let recorder = Arc::new(Recorder::new(Arc::new(readers(name))));
        let live = collect(&(Arc::clone(&recorder) as Arc<dyn Readers>), "", how);
        let text = anonymous(&recorder.transcript("2026-11-20"), &Pseudonyms::random().unwrap()).to_string();
        let replay: Arc<dyn Readers> = Arc::new(Replay::new(Transcript::parse(&text).unwrap()));
        let replayed = collect(&replay, "", how);
        let judged = |facts: &CardFacts| {
            let verdict = judge_cards(facts, &Evidence::default(), When::on(day));
            let reader = &card_json(facts, &verdict, Disclosure::Masked)["readers"][0];
            // what is kept; of certificates what they are for and where they stand in time
            let kept = [
                "state",
                "code",
                "reservations",
                "pin",
                "card/generation",
                "card/interface",
                "card/type",
                "card/category",
                "card/type_distinction",
                "card/chip_serial_check",
                "holder/id_register",
                "holder/id_check",
                "holder/id_problem",
                "agreement",
            ];
            let certificates = reader["certificates"].as_array().into_iter().flatten();
            let certificates = certificates
                .map(|one| ["role", "kind", "type", "validity", "trust", "unreadable"].map(|part| one[part].clone()));
            let certificates: Vec<_> = certificates.collect();
            (kept.map(|place| reader.pointer(&format!("/{place}")).cloned()), certificates)
        };
        assert_eq!(judged(&live), judged(&replayed), "{name}");

        let fixture = fixture(name);
        for (table, key) in [("card", "number"), ("holder", "id"), ("holder", "surname"), ("holder", "given_name")] {
            let Some(secret) = fixture.get(table).and_then(|table| table.get(key)).and_then(|value| value.as_str())
            else {
                continue;
            };
            for form in [hex::encode_upper(secret), secret.to_owned()] {
                // a shorter one may stand in random bytes by chance
                assert!(secret.len() < 5 || !text.contains(&form), "{name}: {key} stands in the recording");
            }
        }
        if let Some(serial) = fixture.get("serial").and_then(|serial| serial.as_str()) {
            assert!(!text.contains(serial), "{name}: the serial stands in the recording");
        }
    }
}
