//! What a recording tells somebody who knows everything that it keeps, lengths and dates included, and who has a directory
//! of 235,000 persons: of each record, at least fifty of them could be the holder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use cpx_card::internal::card::{Certificates, ReadOptions, anonymous};
use cpx_card::internal::collect::{Collecting, collect};
use cpx_card::internal::facts::CardAnswer;
use cpx_card::internal::facts::ReaderContent;
use cpx_card::internal::identity::{Date, Pseudonyms};
use cpx_card::internal::transport::{Readers, Recorder, Transcript};
use cpx_simulator::{Personality, SimulatedReaders};

const PERSONS: usize = 235_000;
const LEAST: usize = 50;
const TODAY: &str = "2026-11-20";

/// Professions of table G15 in thousandths of the holders of a CPS. No source of the handbook counts them: an assumption,
/// of the order of what the directory has, with the rarest ones in it.
const PROFESSIONS: [(u8, u64); 16] = [
    (60, 410),
    (10, 230),
    (70, 105),
    (21, 75),
    (40, 47),
    (50, 24),
    (28, 35),
    (98, 20),
    (91, 20),
    (96, 12),
    (80, 10),
    (94, 6),
    (92, 3),
    (26, 2),
    (81, 1),
    // an oculariste
    (84, 0),
];

/// A person of the directory, with everything that the chip of a card says.
#[derive(Clone)]
struct Person {
    chip: &'static str,
    card_type: &'static str,
    id: String,
    surname: String,
    given_name: String,
    civility: u8,
    profession: Option<u8>,
    future_profession: Option<u8>,
    specialities: Vec<&'static str>,
    languages: Vec<&'static str>,
    number: String,
    serial: String,
    from: Date,
    until: Date,
}

/// Numbers that are the same every time (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % end
    }

    fn place(&mut self, end: u64) -> usize {
        usize::try_from(self.below(end)).unwrap()
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + u8::try_from(self.below(10)).unwrap())).collect()
    }

    fn letters(&mut self, least: u64, most: u64) -> String {
        let count = least + self.below(most - least + 1);
        (0..count).map(|_| char::from(b'A' + u8::try_from(self.below(26)).unwrap())).collect()
    }
}

/// The number with the last digit that makes its Luhn sum right.
fn with_check_digit(number: &str) -> String {
    let sum: u32 = number
        .chars()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = digit.to_digit(10).unwrap() * if place % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    format!("{number}{}", (10 - sum % 10) % 10)
}

fn day(days_from_today: i64) -> Date {
    let today: cpx_card::internal::certificate::Moment =
        cpx_card::internal::certificate::Moment::start_of(TODAY.parse().unwrap());
    cpx_card::internal::certificate::Moment::from_unix(today.unix() + days_from_today * 86_400).date()
}

const SPECIALITIES: [&str; 6] = ["SM26", "SM54", "SCD01", "SM01", "SM36", "SM42"];
const LANGUAGES: [&str; 4] = ["fr", "de", "en", "es"];

/// Kinds of cards, registers and generations in shares that are assumptions too; the last are the smallest.
fn person(numbers: &mut Numbers) -> Person {
    // issued in the last three years: a CPS3 for three, since September 2025 a CPS4 for six. Assumptions, and that the new
    // generation came with a month: those few who would have the last cards of a generation in a month are not fifty.
    let issued = -i64::try_from(numbers.below(3 * 365 + 20)).unwrap();
    let is_cps4 = day(issued) >= "2025-09-01".parse().unwrap();
    let until = issued + if is_cps4 { 6 * 365 + 1 } else { 3 * 365 };
    let kind = numbers.below(100);
    let rpps = |numbers: &mut Numbers| format!("8{}", with_check_digit(&format!("1{}", numbers.digits(9))));
    let (card_type, id, profession, future_profession) = match kind {
        0..80 => {
            let drawn = numbers.below(1000);
            let mut sum = 0;
            let found = PROFESSIONS.iter().find(|(_, share)| {
                sum += share;
                drawn < sum
            });
            let rarest = numbers.below(5000) == 0;
            let code = if rarest { 84 } else { found.unwrap().0 };
            let is_adeli = code == 60 && !is_cps4 && numbers.below(8) == 0;
            let id = if is_adeli { format!("0{}", with_check_digit(&numbers.digits(8))) } else { rpps(numbers) };
            ("00", id, Some(code), None)
        }
        80..84 => ("01", rpps(numbers), None, Some([10, 10, 10, 21, 40, 50][numbers.place(6)])),
        84..97 => ("02", format!("3{}/{}", with_check_digit(&numbers.digits(8)), numbers.letters(1, 12)), None, None),
        _ => ("03", format!("3{}/{}", with_check_digit(&numbers.digits(8)), numbers.letters(1, 12)), None, None),
    };
    Person {
        chip: if is_cps4 { "cps4" } else { "cps3" },
        card_type,
        id,
        surname: numbers.letters(2, 27),
        given_name: numbers.letters(2, 20),
        civility: [31, 32, 33][numbers.place(3)],
        profession,
        future_profession,
        specialities: SPECIALITIES[..numbers.place(3)].to_vec(),
        languages: LANGUAGES[..=numbers.place(3)].to_vec(),
        number: numbers.digits(10),
        serial: numbers.digits(8),
        from: day(issued),
        until: day(until),
    }
}

/// The recording that is sent of this person's card.
fn record(person: &Person, pseudonyms: &Pseudonyms) -> Transcript {
    let sample = if person.chip == "cps4" { "cps-medecin-cps4" } else { "cps-medecin" };
    let path = format!("{}/fixtures/cards/{sample}.toml", env!("CARGO_MANIFEST_DIR"));
    let mut table: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    table.remove("certificates");
    table.insert("serial".into(), person.serial.clone().into());
    let card = table["card"].as_table_mut().unwrap();
    card.insert("number".into(), person.number.clone().into());
    card.insert("type".into(), person.card_type.into());
    card.insert("valid_from".into(), person.from.to_string().into());
    card.insert("valid_until".into(), person.until.to_string().into());
    let holder = table["holder"].as_table_mut().unwrap();
    holder.insert("id".into(), person.id.clone().into());
    holder.insert("civility".into(), i64::from(person.civility).into());
    holder.insert("surname".into(), person.surname.clone().into());
    holder.insert("given_name".into(), person.given_name.clone().into());
    for (key, code) in [("profession", person.profession), ("future_profession", person.future_profession)] {
        holder.remove(key);
        if let Some(code) = code {
            holder.insert(key.into(), i64::from(code).into());
        }
    }
    let list = |items: &[&str]| toml::Value::from(items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>());
    holder.insert("specialities".into(), list(&person.specialities));
    holder.insert("languages".into(), list(&person.languages));
    let personality = Personality::parse("made-up", &table.to_string()).unwrap();
    let readers = SimulatedReaders::new(vec![("Lecteur 00".into(), personality)]).unwrap();
    let recorder = Arc::new(Recorder::new(Arc::new(readers)));
    let read = collect(&(Arc::clone(&recorder) as Arc<dyn Readers>), "", Collecting::new(ReadOptions::default()));
    assert!(read.cpx().next().is_some());
    anonymous(&recorder.transcript(TODAY), pseudonyms)
}

/// Everything that the recording tells but its pseudonyms, which nobody without the key can hold against a person: what a
/// reading of it gives, and how long each of its lines is.
fn told(transcript: &Transcript) -> String {
    let lengths: Vec<_> = transcript.to_string().lines().map(str::len).collect();
    let readers: Arc<dyn Readers> = Arc::from(transcript.clone().into_readers());
    let facts = collect(&readers, "", Collecting::new(ReadOptions::default()));
    let ReaderContent::Card(CardAnswer::Cpx(card)) = &facts.readers.as_ref().unwrap()[0].content else { panic!() };
    let id = card.holder.id.as_ref().unwrap();
    let shape = (id.type_digit(), id.register(), id.check(), id.problem(), id.note(), id.reveal().len());
    let mut value = serde_json::to_value(card).unwrap();
    for place in ["/card/number", "/chip_serial", "/holder/id", "/holder/surname", "/holder/given_name"] {
        *value.pointer_mut(place).unwrap() = serde_json::Value::Null;
    }
    format!("{value} {shape:?} {lengths:?}")
}

#[test]
fn every_record_fits_fifty_persons_of_a_directory() {
    let mut numbers = Numbers(24);
    let directory: Vec<_> = (0..PERSONS).map(|_| person(&mut numbers)).collect();
    assert!(directory.iter().filter(|one| one.profession == Some(84)).count() > 0, "the rarest profession is there");
    // what is said to be kept, which is what the attacker goes by
    let kept = |one: &Person| {
        let frequent = |code: u8| [10, 21, 40, 50, 60, 70].contains(&code);
        let profession = one.profession.map(|code| if frequent(code) { code } else { 99 });
        (one.chip, one.card_type, one.id.chars().next(), profession, one.until.year(), one.until.month())
    };
    let mut groups = BTreeMap::<_, Vec<&Person>>::new();
    for one in &directory {
        groups.entry(kept(one)).or_default().push(one);
    }
    // of each group those who differ the most are recorded: if what they tell is the same, so it is for those between
    let pseudonyms = Pseudonyms::random().unwrap();
    let mut fitting = BTreeMap::<String, usize>::new();
    let mut records = 0;
    for persons in groups.values() {
        let mut chosen = Vec::new();
        let by_length = |one: &&&Person| one.surname.len() + one.given_name.len() + one.id.len();
        let places = [
            persons.iter().min_by_key(by_length),
            persons.iter().max_by_key(by_length),
            persons.iter().min_by_key(|one| one.until),
            persons.iter().max_by_key(|one| one.until),
        ];
        for one in places.into_iter().flatten() {
            records += 1;
            let said = told(&record(one, &pseudonyms));
            if !chosen.contains(&said) {
                chosen.push(said);
            }
        }
        // a month that is cut by a state is told as two, the one before a day and the other from there on
        let mut persons = persons.clone();
        persons.sort_by_key(|one| one.until);
        let first = told(&record(persons[0], &pseudonyms));
        let is_like_first = |one: &&Person| told(&record(one, &pseudonyms)) == first;
        let cut = if chosen.len() == 1 { persons.len() } else { persons.partition_point(is_like_first) };
        assert!(chosen.len() <= 2, "{:?}", kept(persons[0]));
        for said in chosen {
            let count = if said == first { cut } else { persons.len() - cut };
            *fitting.entry(said).or_default() += count;
        }
    }
    let (least, sum) = (fitting.values().min().unwrap(), fitting.values().sum::<usize>());
    assert_eq!(sum, PERSONS);
    let rarest = fitting.iter().min_by_key(|(_, count)| **count).unwrap();
    assert!(*least >= LEAST, "{records} records, {} kinds, the rarest fits {least}: {}", fitting.len(), rarest.0);
}

/// What is sent of this card with its certificates: a line is a command or what the card answered.
fn record_with_certificates(card: &str) -> Vec<String> {
    let personality = Personality::embedded(card).unwrap();
    let readers = SimulatedReaders::new(vec![("Lecteur 00".into(), personality)]).unwrap();
    let recorder = Arc::new(Recorder::new(Arc::new(readers)));
    let options = ReadOptions::default().with(Certificates::All);
    let read = collect(&(Arc::clone(&recorder) as Arc<dyn Readers>), "", Collecting::new(options));
    assert!(read.cpx().next().is_some(), "{card}");
    let sent = anonymous(&recorder.transcript(TODAY), &Pseudonyms::random().unwrap());
    sent.to_string().lines().map(str::to_owned).collect()
}

/// The characters in which two records differ; nothing when they are of different lengths.
fn differing(one: &[String], other: &[String]) -> Option<BTreeSet<(usize, usize)>> {
    let mut places = BTreeSet::new();
    for (number, (one, other)) in one.iter().zip(other).enumerate() {
        let unlike = one.bytes().zip(other.bytes()).enumerate().filter(|(_, (one, other))| one != other);
        places.extend(unlike.map(|(place, _)| (number, place)));
        if one.len() != other.len() {
            return None;
        }
    }
    (one.len() == other.len()).then_some(places)
}

#[test]
fn what_differs_between_two_persons_differs_between_two_keys() {
    // a digit of a pseudonym is the same under this many keys once in 10^40
    const KEYS: usize = 40;
    let doctor = record_with_certificates("cps-medecin");
    let other_keys = (0..KEYS).map(|_| differing(&doctor, &record_with_certificates("cps-medecin")).unwrap());
    let of_keys: BTreeSet<_> = other_keys.flatten().collect();
    // the one has a situation and a speciality, the other eight situations
    let of_persons = differing(&doctor, &record_with_certificates("cps-huit-situations")).expect("one length");
    let leaks: Vec<_> = of_persons.difference(&of_keys).map(|(line, place)| (*place, &doctor[*line])).collect();
    assert!(leaks.is_empty(), "{leaks:#?}");
    // that this attack finds something: another profession, which is kept
    let midwife = differing(&doctor, &record_with_certificates("cps-sage-femme-accents"));
    assert!(midwife.is_none_or(|places| !places.is_subset(&of_keys)));
}
