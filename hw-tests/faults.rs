//! Every recorded dialogue, struck by every fault at every exchange: whatever fails, what is told is the truth of one card
//! or that it cannot be told, and the card is left as it was found.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cpx_card::internal::card::{Certificates, ReadOptions, anonymous};
use cpx_card::internal::collect::{Collecting, collect};
use cpx_card::internal::facts::{CardAnswer, CardFacts, CardReading, Evidence, ReaderContent};
use cpx_card::internal::identity::{CheckVerdict, Date, Pseudonyms};
use cpx_card::internal::iso7816::{Channel, Command, Status};
use cpx_card::internal::limits;
use cpx_card::internal::readiness::{When, judge_cards};
use cpx_card::internal::transport::{Exchange, Exchanged, Readers, Recorder, Replay, Slot, Transcript};
use cpx_card::{ErrorKind, Result};
use cpx_report::{Disclosure, Language, Texts, card_json, card_text};
use cpx_simulator::{Fault, FaultKind, Personality, SimulatedReaders, VirtualCard, embedded_names};

const READER: &str = "Lecteur";

/// Whose card is put in instead: nothing on it is on any other.
const OTHER_CARD: &str = "cps-sage-femme-accents";

/// Threads: most of them wait, for a reset card or for a late answer.
const THREADS: usize = 48;

/// Bits that are flipped one by one in each answer, spread over it; primes, so that every bit of a byte has its turn.
const FLIPPED_BITS: [usize; 5] = [0, 13, 101, 499, 1201];

/// Readers over the virtual ones, which count who is inside a card.
struct Doors {
    readers: SimulatedReaders,
    inside: AtomicUsize,
    openings: AtomicUsize,
    /// The card is taken out as soon as it was read.
    taken_out: bool,
}

impl Doors {
    fn new(readers: SimulatedReaders) -> Self {
        Self { readers, inside: AtomicUsize::new(0), openings: AtomicUsize::new(0), taken_out: false }
    }
}

impl Readers for Doors {
    fn slots(&self) -> Result<Vec<Slot>> {
        self.readers.slots()
    }

    fn wait(&self, seen: &[Slot], timeout: Duration) -> Result<Vec<Slot>> {
        self.readers.wait(seen, timeout)
    }

    fn with_card(&self, reader: &str, work: &mut dyn FnMut(&mut dyn Exchange)) -> Result<()> {
        self.inside.fetch_add(1, Ordering::SeqCst);
        self.openings.fetch_add(1, Ordering::SeqCst);
        let done = self.readers.with_card(reader, work);
        self.inside.fetch_sub(1, Ordering::SeqCst);
        if self.taken_out {
            self.readers.remove(reader)?;
        }
        done
    }
}

/// One way of reading one card.
#[derive(Clone)]
struct Dialogue {
    name: &'static str,
    personality: Personality,
    options: ReadOptions,
    /// What a sound reading gives.
    sound: ReaderContent,
    exchanges: usize,
}

/// What came of a run.
struct Run {
    content: ReaderContent,
    recorded: Transcript,
    inside: usize,
    openings: usize,
}

fn run(dialogue: &Dialogue, fault: Option<Fault>) -> Run {
    let readers = SimulatedReaders::new(vec![(READER.into(), dialogue.personality.clone())]).unwrap();
    let before = readers.inspect(READER, VirtualCard::tries_left).unwrap();
    readers.break_card(READER, fault.into_iter().collect()).unwrap();
    let doors = Arc::new(Doors::new(readers));
    let recorder = Arc::new(Recorder::new(Arc::clone(&doors) as Arc<dyn Readers>));
    let source: Arc<dyn Readers> = Arc::clone(&recorder) as Arc<dyn Readers>;
    let facts = collect(&source, "", Collecting::new(dialogue.options));
    // a card that was taken away or changed cannot be asked any more
    let same_card = |card: &VirtualCard| card.personality().name() == dialogue.personality.name();
    if let Ok((true, after)) = doors.readers.inspect(READER, |card| (same_card(card), card.tries_left())) {
        assert_eq!(before, after, "{}: a try was consumed", dialogue.name);
    }
    Run {
        content: facts.readers.unwrap().remove(0).content,
        recorded: recorder.transcript("2026-11-20"),
        inside: doors.inside.load(Ordering::SeqCst),
        openings: doors.openings.load(Ordering::SeqCst),
    }
}

fn dialogues() -> Vec<Dialogue> {
    let identity = ReadOptions::default();
    let mut dialogues = Vec::new();
    for name in embedded_names() {
        for options in [identity, identity.with_certificates(true), identity.with(Certificates::Head)] {
            let personality = Personality::embedded(name).unwrap();
            let unread = Dialogue { name, personality, options, sound: ReaderContent::Empty, exchanges: 0 };
            let Run { content, recorded, .. } = run(&unread, None);
            let exchanges = recorded.openings.iter().map(|opening| opening.exchanges.len()).sum();
            dialogues.push(Dialogue { sound: content, exchanges, ..unread });
        }
    }
    dialogues
}

/// Every fault, with a name for each.
fn faults() -> Vec<(&'static str, FaultKind)> {
    let mut faults = vec![
        ("removed", FaultKind::Removed),
        ("reset", FaultKind::Reset),
        ("truncated", FaultKind::Truncated),
        ("one-byte-more", FaultKind::OneByteMore),
        ("repeated", FaultKind::Repeated),
        ("endless", FaultKind::Endless61),
        ("late", FaultKind::Late(Duration::from_millis(2))),
        ("swapped", FaultKind::AnotherCard(Box::new(Personality::embedded(OTHER_CARD).unwrap()))),
        ("unplugged", FaultKind::ReaderUnplugged),
        ("service-stopped", FaultKind::ServiceStopped),
    ];
    // an internal error, not found, not allowed, no data at all, a warning with a counter, another length
    for (sw1, sw2) in [(0x6F, 0x00), (0x6A, 0x82), (0x69, 0x85), (0x90, 0x00), (0x63, 0xC0), (0x6C, 0x05)] {
        faults.push(("status", FaultKind::Status(Status::new(sw1, sw2))));
    }
    faults.extend(FLIPPED_BITS.map(|bit| ("flipped", FaultKind::BitFlipped(bit))));
    faults
}

/// The parts of a reading: those of one object of the card share a group. A part that is not there is not listed.
fn parts(card: &CardReading) -> BTreeMap<(&'static str, &'static str), String> {
    let mut parts = BTreeMap::new();
    let mut add = |group, name, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            parts.insert((group, name), value);
        }
    };
    let (id, holder) = (&card.card, &card.holder);
    let number = |number: Option<u8>| number.map(|number| number.to_string());
    add("id-card", "number", id.number.as_ref().map(|number| number.reveal().to_owned()));
    add("id-card", "category", id.category.map(|category| format!("{category:?}")));
    add("id-card", "valid-from", id.valid_from.map(|date| date.to_string()));
    add("id-card", "valid-until", id.valid_until.map(|date| date.to_string()));
    add("info-ps", "type", card.card_type.map(|card_type| card_type.label().to_owned()));
    add("info-ps", "id", holder.id.as_ref().map(|id| id.reveal().to_owned()));
    add("info-ps", "surname", holder.surname.as_ref().map(|name| name.reveal().to_owned()));
    add("info-ps", "profession", number(holder.profession));
    add("info-ps", "future-profession", number(holder.future_profession));
    add("info-ps", "specialities", Some(holder.specialities.join(" ")));
    add("name-ps", "given-name", holder.given_name.as_ref().map(|name| name.reveal().to_owned()));
    add("name-ps", "civility", number(holder.civility));
    add("lang-ps", "languages", Some(holder.languages.join(" ")));
    add("serial", "serial", card.chip_serial.as_ref().map(|serial| serial.reveal().to_owned()));
    add("serial", "check", card.chip_serial_check.map(|check| check.to_string()));
    add("code", "left", number(card.code.tries_left));
    add("code", "verified", Some(card.code.verified).filter(|verified| *verified).map(|_| "verified".to_owned()));
    let certificates = ["first", "second", "third", "fourth"].into_iter().zip(card.certificates.iter().flatten());
    for (place, certificate) in certificates {
        add("certificates", place, Some(hex::encode(&certificate.der)));
    }
    parts
}

/// What differs from the sound reading: parts with another value, and parts that are not there any more.
struct Difference {
    changed: BTreeSet<(&'static str, &'static str)>,
    lost: BTreeSet<(&'static str, &'static str)>,
}

fn difference(sound: &CardReading, now: &CardReading) -> Difference {
    let (sound, now) = (parts(sound), parts(now));
    let changed = now.iter().filter(|(part, value)| sound.get(*part) != Some(*value)).map(|(part, _)| *part).collect();
    let lost = sound.keys().filter(|part| !now.contains_key(*part)).copied().collect();
    Difference { changed, lost }
}

fn facts_of(content: ReaderContent) -> CardFacts {
    let source: Arc<dyn Readers> = Arc::new(SimulatedReaders::new(vec![]).unwrap().with_empty_reader(READER));
    let mut facts = collect(&source, "", Collecting::default());
    facts.readers.as_mut().unwrap()[0].content = content;
    facts
}

/// Judged and rendered: the reservations that are told, and the masked answer.
fn judged(content: &ReaderContent, texts: &Texts) -> (BTreeSet<&'static str>, String) {
    let facts = facts_of(content.clone());
    let verdict = judge_cards(&facts, &Evidence::default(), When::on(Date::new(2026, 11, 20).unwrap()));
    let json = card_json(&facts, &verdict, Disclosure::Masked);
    assert!(json["readers"][0]["state"].is_string());
    assert!(!card_text(&facts, &verdict, Disclosure::Full, texts).is_empty());
    (verdict.readers[0].reservations.iter().map(|reservation| reservation.code()).collect(), json.to_string())
}

/// The instructions that may ever be sent, whatever the answers: SELECT, READ BINARY, GET DATA, GET RESPONSE, and a VERIFY
/// of four bytes, which has no room for a code.
fn is_harmless(command: &Command) -> bool {
    let bytes = command.encode();
    matches!(
        bytes.as_slice(),
        [0x00 | 0x01, 0xA4, ..]
            | [0x00 | 0x01, 0xB0 | 0xC0, _, _, _]
            | [0x00, 0xCB, 0x3F, 0xFF, ..]
            | [0x00 | 0x01, 0x20, 0x00, _]
    )
}

/// Whether the link was there to the end, so that a card can be left as it was found.
fn is_of_the_link(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::CardRemoved
            | ErrorKind::CardReset
            | ErrorKind::CardSilent
            | ErrorKind::ReaderGone
            | ErrorKind::ServiceStopped
    )
}

/// What holds in every run, whatever struck it.
fn check_wire(dialogue: &Dialogue, run: &Run, told: &str) {
    assert_eq!(run.inside, 0, "{told}: a transaction is still open");
    assert!(run.openings <= 2, "{told}: opened {} times", run.openings);
    let allowed = match dialogue.options.certificates {
        Certificates::None => limits::IDENTITY_EXCHANGES,
        _ => limits::READING_EXCHANGES,
    };
    for opening in &run.recorded.openings {
        // and one command that leaves the card as it was found
        assert!(opening.exchanges.len() <= usize::try_from(allowed).unwrap() + 1, "{told}: exchanges without end");
        let answers = opening.exchanges.iter().filter_map(|exchanged| exchanged.outcome.as_ref().ok());
        let bytes: usize = answers.map(|answer| answer.data.len()).sum();
        assert!(bytes <= limits::FILE_BYTES, "{told}: {bytes} bytes");
        for exchanged in &opening.exchanges {
            assert!(is_harmless(&exchanged.command), "{told}: {:?}", exchanged.command);
        }
    }
}

/// Where the dialogue selected an application or a file on the basic channel, it ends at the master file, or at a file
/// right below it; a CPS4 ends with its CPS2ter side there, which it never left.
fn check_left_as_found(run: &Run, told: &str) {
    let Some(opening) = run.recorded.openings.last() else { return };
    // an application or a file counts once the card said yes, the way back once it was sent
    let mut selected = opening.exchanges.iter().filter_map(|Exchanged { command, outcome, .. }| {
        let done = outcome.as_ref().is_ok_and(|answer| answer.status.is_ok());
        match command {
            Command::SelectPath { channel: Channel::Basic, path, .. } if done || path.bytes().len() <= 2 => {
                Some(path.bytes().len())
            }
            Command::SelectApplication { channel: Channel::Basic, aid } if done => {
                Some(if aid.bytes().ends_with(&[0x00, 0x02]) { 0 } else { 99 })
            }
            _ => None,
        }
    });
    if let Some(levels) = selected.next_back() {
        assert!(levels <= 2, "{told}: left in an application");
    }
}

/// Neither the masked answer nor the redacted recording of a broken dialogue tells more of a person than those of a sound
/// one; and the recording replays to the same failure.
fn check_redacted(dialogue: &Dialogue, fault: &str, run: Run, masked: &str, told: &str) {
    let ReaderContent::Card(CardAnswer::Cpx(sound)) = &dialogue.sound else { return };
    let Run { content, recorded, .. } = run;
    let text = anonymous(&recorded, &Pseudonyms::keyed(b"test")).to_string();
    let transcript = Transcript::parse(&text).unwrap_or_else(|error| panic!("{told}: {error}"));
    let secrets = parts(sound).into_iter().filter(|((_, name), value)| {
        matches!(*name, "number" | "id" | "surname" | "given-name" | "serial") && value.len() >= 6
    });
    for ((_, name), secret) in secrets {
        for form in [secret.clone(), hex::encode_upper(&secret)] {
            assert!(!text.contains(&form), "{told}: {name} stands in the recording");
            assert!(!masked.contains(&form), "{told}: {name} stands in the masked answer");
        }
    }
    // what a recording does not hold: how late an answer was, how many cards came, half a certificate. A reset one would be
    // waited for.
    if !matches!(fault, "swapped" | "too-late" | "reset") && dialogue.options.certificates != Certificates::Head {
        let replay: Arc<dyn Readers> = Arc::new(Replay::new(transcript));
        let replayed = collect(&replay, "", Collecting::new(dialogue.options)).readers.unwrap().remove(0).content;
        assert_eq!(failed(&replayed), failed(&content), "{told}: the recording replays to something else");
    }
}

fn failed(content: &ReaderContent) -> Option<ErrorKind> {
    match content {
        ReaderContent::Failed { failure, .. } => Some(failure.kind),
        _ => None,
    }
}

/// The right answer for the fault: a stable code, or a reading that is whole, or one that says what it lacks.
fn check_answer(dialogue: &Dialogue, fault: &str, run: &Run, reservations: &BTreeSet<&str>, told: &str) -> bool {
    let allowed: &[ErrorKind] = match fault {
        "removed" | "swapped" => &[ErrorKind::CardRemoved],
        "unplugged" => &[ErrorKind::ReaderGone],
        "service-stopped" => &[ErrorKind::ServiceStopped],
        "too-late" => &[ErrorKind::CardSilent],
        "endless" => &[ErrorKind::LimitReached],
        "reset" | "late" => {
            assert_eq!(run.content, dialogue.sound, "{told}");
            return true;
        }
        _ => &[ErrorKind::CardNonsense, ErrorKind::LimitReached],
    };
    if let Some(kind) = failed(&run.content) {
        let old = dialogue.sound != run.content && dialogue.name == "cps2ter" && kind == ErrorKind::CardTooOld;
        assert!(allowed.contains(&kind) || old || run.content == dialogue.sound, "{told}: {kind:?}");
        if !is_of_the_link(kind) {
            check_left_as_found(run, told);
        }
        return true;
    }
    check_left_as_found(run, told);
    assert!(
        !matches!(fault, "removed" | "swapped" | "unplugged" | "service-stopped" | "too-late" | "endless"),
        "{told}: read all the same"
    );
    let (ReaderContent::Card(CardAnswer::Cpx(sound)), ReaderContent::Card(CardAnswer::Cpx(now))) =
        (&dialogue.sound, &run.content)
    else {
        // an ATR that many cards share: refusing the application is how another card says so
        let is_refusal = dialogue.name.contains("contactless")
            && matches!(&run.content, ReaderContent::Card(CardAnswer::Foreign { exchange, .. }) if exchange.apdus <= 2);
        assert!(is_refusal, "{told}: {:?}", run.content);
        return true;
    };
    let Difference { changed, lost } = difference(sound, now);
    let groups: BTreeSet<_> = changed.iter().map(|(group, _)| *group).collect();
    assert!(groups.len() <= 1, "{told}: parts of several objects are wrong: {changed:?}");
    let says = |code: &str| reservations.contains(code);
    // what identifies is never silently absent
    for (part, code) in [
        (("id-card", "number"), "card-number-missing"),
        (("id-card", "valid-until"), "card-validity-unknown"),
        (("info-ps", "id"), "holder-id-missing"),
        (("info-ps", "type"), "card-type-unknown"),
        (("code", "left"), "code-unknown"),
    ] {
        let verified = part == ("code", "left") && now.code.verified;
        assert!(!lost.contains(&part) || verified || says(code), "{told}: {part:?} is lost and nobody says so");
    }
    // a value can only be wrong where bits are, or where a status is the whole answer
    let is_code = groups.iter().all(|group| *group == "code" || *group == "certificates");
    assert!(fault == "flipped" || is_code, "{told}: {changed:?}");
    if changed.contains(&("info-ps", "id")) {
        let id = |card: &CardReading| card.holder.id.clone().unwrap();
        let (sound, now) = (id(sound), id(now));
        // nothing protects the register, the number in a structure and what has no check digit but the certificates
        let same_register = sound.type_digit() == now.type_digit() && sound.check() != CheckVerdict::None;
        let is_protected = same_register && sound.identifier() != now.identifier();
        let is_told = says("holder-id-check") || says("holder-id-shape");
        let by_certificates = reservations.iter().any(|code| code.starts_with("certificate-of-another"));
        assert!(
            !(is_protected || dialogue.options.certificates == Certificates::All) || is_told || by_certificates,
            "{told}: {} for {}: {reservations:?}",
            now.reveal(),
            sound.reveal()
        );
    }
    if changed.contains(&("serial", "serial")) {
        assert_eq!(now.chip_serial_check, Some(false), "{told}");
    }
    if groups.contains("certificates") {
        assert!(reservations.iter().any(|code| code.starts_with("certificate-")), "{told}: {reservations:?}");
    }
    changed.is_empty() && lost.is_empty()
}

fn in_parallel<T: Sync, W>(cases: &[T], worker: impl Fn() -> W + Sync, work: impl Fn(&mut W, &T) + Sync) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..THREADS.min(cases.len()) {
            scope.spawn(|| {
                let mut worker = worker();
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::SeqCst)) {
                    work(&mut worker, case);
                }
            });
        }
    });
}

#[test]
fn every_fault_at_every_exchange_of_every_dialogue() {
    let dialogues = dialogues();
    let faults = faults();
    let mut cases = Vec::new();
    for dialogue in &dialogues {
        for at in 0..dialogue.exchanges {
            cases.extend(faults.iter().map(|(name, kind)| (dialogue, u32::try_from(at).unwrap(), *name, kind.clone())));
        }
    }
    // an answer behind the deadline takes as long as the deadline: one for each dialogue, all at once
    for dialogue in dialogues.iter().filter(|dialogue| dialogue.exchanges > 0) {
        let late = FaultKind::Late(limits::EXCHANGE_PATIENCE + Duration::from_millis(500));
        cases.push((dialogue, u32::try_from(dialogue.exchanges / 2).unwrap(), "too-late", late));
    }
    let problems = Mutex::new(Vec::new());
    let texts = || Texts::new(Language::French);
    in_parallel(&cases, texts, |texts, (dialogue, at, name, kind)| {
        let how = format!(", certificates {:?}", dialogue.options.certificates);
        let told = format!("{}{how}, exchange {at}, {name} {kind:?}", dialogue.name);
        let checked = std::panic::catch_unwind(AssertUnwindSafe(|| {
            let run = run(dialogue, Some(Fault::new(*at, kind.clone())));
            let (reservations, masked) = judged(&run.content, texts);
            if *name != "too-late" {
                check_wire(dialogue, &run, &told);
            }
            check_answer(dialogue, name, &run, &reservations, &told);
            check_redacted(dialogue, name, run, &masked, &told);
        }));

        if checked.is_err() {
            problems.lock().unwrap().push(told);
        }
    });
    let problems = problems.into_inner().unwrap();
    let exchanges: usize = dialogues.iter().map(|dialogue| dialogue.exchanges).sum();
    let line = format!(
        "faults: {} dialogues, {exchanges} exchanges, {} faults: {} cases, {} wrong",
        dialogues.len(),
        faults.len() + 1,
        cases.len(),
        problems.len()
    );
    // seen also where the harness keeps what a sound test prints
    writeln!(std::io::stderr(), "{line}").unwrap();
    assert!(problems.is_empty(), "{} of {}: {problems:#?}", problems.len(), cases.len());
    assert!(cases.len() > 10_000);
}

/// The card that was read may be taken out at once; one that was exchanged before is not the card that was read.
#[test]
fn a_card_taken_out_after_its_reading_was_read_and_an_exchanged_one_was_not() {
    let personality = || Personality::embedded("cps-medecin").unwrap();
    let other = FaultKind::AnotherCard(Box::new(Personality::embedded(OTHER_CARD).unwrap()));
    for (at, expected) in
        [(None, None), (Some(15), Some(ErrorKind::CardRemoved)), (Some(3), Some(ErrorKind::CardRemoved))]
    {
        let readers = SimulatedReaders::new(vec![(READER.into(), personality())]).unwrap();
        readers.break_card(READER, at.map(|at| Fault::new(at, other.clone())).into_iter().collect()).unwrap();
        let source: Arc<dyn Readers> = Arc::new(Doors { taken_out: true, ..Doors::new(readers) });
        let content = collect(&source, "", Collecting::default()).readers.unwrap().remove(0).content;
        assert_eq!(failed(&content), expected, "exchanged at {at:?}: {content:?}");
    }
}
