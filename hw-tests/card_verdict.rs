//! What is to be said of one card: cards that lack something, or that hold the certificates of others.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;

use cpx_card::internal::card::{ReadOptions, anonymous};
use cpx_card::internal::certificate::{
    AuthorityEntry, AuthorityRole, AuthorityTable, Certificate, Environment, Moment, Revocation, RevocationList,
    UnknownReason,
};
use cpx_card::internal::collect::{Collecting, collect, collect_slots};
use cpx_card::internal::facts::{CardAnswer, CardFacts, CardReading, Evidence, Generation, Presence, ReaderContent};
use cpx_card::internal::identity::{Date, Pseudonyms};
use cpx_card::internal::iso7816::Status;
use cpx_card::internal::readiness::{ReaderVerdict, When, judge_cards, keep_proofs};
use cpx_card::internal::transport::{Readers, Recorder, Replay, Transcript};
use cpx_simulator::{Fault, FaultKind, Personality, SimulatedReaders};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");

fn day() -> Date {
    "2026-11-20".parse().unwrap()
}

/// A virtual card with these values instead of its own: `table.key`.
fn card(name: &str, changes: &[(&str, &str)]) -> Personality {
    let text = std::fs::read_to_string(format!("{FIXTURES}/cards/{name}.toml")).unwrap();
    let mut table: toml::Table = text.parse().unwrap();
    for (place, value) in changes {
        let (part, key) = place.split_once('.').unwrap();
        let part = table[part].as_table_mut().unwrap();
        assert!(part.insert(key.to_owned(), (*value).into()).is_some(), "{place} is replaced");
    }
    Personality::parse(name, &table.to_string()).unwrap()
}

fn reader(card: Personality) -> Arc<dyn Readers> {
    Arc::new(SimulatedReaders::new(vec![("Lecteur".into(), card)]).unwrap())
}

fn everything() -> ReadOptions {
    ReadOptions::default().with_certificates(true)
}

fn read(card: Personality, options: ReadOptions) -> CardFacts {
    collect(&reader(card), "", Collecting::new(options))
}

/// The card that was read.
fn cpx(facts: &mut CardFacts) -> &mut CardReading {
    match &mut facts.readers.as_mut().unwrap()[0].content {
        ReaderContent::Card(CardAnswer::Cpx(card)) => card,
        other => panic!("not a CPx: {other:?}"),
    }
}

fn judged(facts: &CardFacts, evidence: &Evidence, when: When) -> ReaderVerdict {
    judge_cards(facts, evidence, when).readers.remove(0)
}

fn codes(verdict: &ReaderVerdict) -> Vec<&'static str> {
    verdict.reservations.iter().map(|one| one.code()).collect()
}

/// What is said of the chip alone.
fn of_chip(changes: &[(&str, &str)], on: &str) -> Vec<&'static str> {
    let facts = read(card("cps-medecin", changes), ReadOptions::default());
    codes(&judged(&facts, &Evidence::default(), When::on(on.parse().unwrap())))
}

/// The authorities of the virtual cards, known as those of this environment.
fn known(environment: Environment) -> Evidence {
    let read = |name: &str| {
        let der = std::fs::read(format!("{FIXTURES}/pki/authorities/{name}.der")).unwrap();
        Certificate::parse(&der).unwrap()
    };
    let authorities = ["fort-personnes", "standard-personnes"].map(read);
    let entry = |certificate: &Certificate| {
        let subject = certificate.subject();
        let (name, organisation) = (subject.common_name().unwrap(), subject.organisation().unwrap());
        let mut entry = AuthorityEntry::new(name, organisation, environment, AuthorityRole::Intermediate);
        entry.key_sha256 = Some(certificate.public_key().sha256());
        entry
    };
    Evidence {
        known: AuthorityTable::new(authorities.iter().map(entry)),
        authorities: authorities.to_vec(),
        ..Evidence::default()
    }
}

fn list(name: &str) -> RevocationList {
    RevocationList::parse(&std::fs::read(format!("{FIXTURES}/pki/crl/{name}.crl")).unwrap()).unwrap()
}

#[test]
fn what_a_chip_lacks_is_said() {
    for (category, code) in [
        ("00", None),
        ("02", Some("card-other-category")),
        ("80", Some("card-test")),
        ("82", Some("card-test")),
        ("7F", Some("card-other-category")),
    ] {
        let found = of_chip(&[("card.category", category)], "2026-11-20");
        assert_eq!(found, code.into_iter().collect::<Vec<_>>(), "{category}");
    }
    for (day, expected) in [
        ("2025-08-31", vec!["card-not-yet-valid"]),
        ("2025-09-01", vec![]),
        ("2028-07-03", vec![]),
        ("2028-07-04", vec!["card-expires-soon"]),
        ("2028-09-01", vec!["card-expires-soon"]),
        ("2028-09-02", vec!["card-expired"]),
    ] {
        assert_eq!(of_chip(&[], day), expected, "{day}");
    }
    let mut facts = read(card("cps-medecin", &[]), ReadOptions::default());
    cpx(&mut facts).card.valid_from = None;
    let found = |facts: &CardFacts| codes(&judged(facts, &Evidence::default(), When::on(day())));
    assert_eq!(found(&facts), Vec::<&str>::new(), "the end is what matters");
    cpx(&mut facts).card.valid_until = None;
    assert_eq!(found(&facts), ["card-validity-unknown"]);
}

/// A category that is neither real nor a test's is kept as unknown.
#[test]
fn only_a_real_card_and_one_for_tests_are_kept_as_such() {
    for (category, is_test) in [("00", Some(false)), ("80", Some(true)), ("83", Some(true)), ("02", None)] {
        let source = reader(card("cps-medecin", &[("card.category", category)]));
        let facts = collect(&source, "", Collecting::default());
        assert_eq!(facts.cpx().next().unwrap().is_test(), is_test, "{category}");
    }
}

/// A contactless card has no code that could be asked for.
#[test]
fn a_code_that_is_not_told_is_missed_by_contact_only() {
    let mut unasked = ReadOptions::default();
    unasked.code_state = false;
    for (name, options, expected) in [
        ("cps-medecin", unasked, vec!["code-unknown"]),
        ("cps-medecin-cps4", unasked, vec!["code-unknown"]),
        ("cps-medecin", ReadOptions::default(), vec![]),
        ("cps-medecin-contactless", ReadOptions::default(), vec![]),
    ] {
        let facts = read(card(name, &[]), options);
        assert_eq!(codes(&judged(&facts, &Evidence::default(), When::on(day()))), expected, "{name}");
    }
}

/// What a wrong clock says of days is not told: the clock is.
#[test]
fn a_clock_in_doubt_takes_the_blame_for_the_days() {
    let (early, now) = ("2020-01-01".parse::<Date>().unwrap(), Moment::start_of("2020-01-01".parse().unwrap()));
    let evidence = known(Environment::Production);
    let facts = read(card("cps-dernier-essai", &[]), everything());
    assert_eq!(codes(&judged(&facts, &evidence, When::clock(early, now))), ["code-last-try", "clock-doubt"]);
    let chosen = codes(&judged(&facts, &evidence, When::on(early)));
    assert_eq!(chosen, ["card-not-yet-valid", "code-last-try", "certificate-not-yet-valid"], "a chosen day is right");
    // without certificates there is still the day of the program
    let facts = read(card("cps-medecin", &[]), ReadOptions::default());
    assert_eq!(codes(&judged(&facts, &evidence, When::clock(early, now))), ["clock-doubt"]);
    let later = Moment::start_of("2028-10-01".parse().unwrap());
    assert_eq!(codes(&judged(&facts, &evidence, When::clock(later.date(), later))), ["card-expired"]);
}

#[test]
fn a_certificate_of_a_test_authority_is_for_test_cards() {
    let evidence = known(Environment::Test);
    let found = |name| codes(&judged(&read(card(name, &[]), everything()), &evidence, When::on(day())));
    assert_eq!(found("cps-medecin"), ["certificate-of-test"]);
    assert_eq!(found("cps-test"), ["card-test"]);
}

/// The certificates of another card say nothing of this one: neither that it is this holder's, nor its opposition.
#[test]
fn the_certificates_of_another_card_are_named_and_count_for_nothing_else() {
    let mut evidence = known(Environment::Production);
    evidence.asked_online = true;
    let both = |file: &str| {
        let files = ["auth", "sign"].map(|role| format!("{file}.{role}.der"));
        let changes = [("certificates.authentication", &*files[0]), ("certificates.signature", &*files[1])];
        codes(&judged(&read(card("cps-medecin", &changes), everything()), &evidence, When::on(day())))
    };
    assert_eq!(both("cps-medecin"), ["revocation-unknown"]);
    let anothers = both("cps-sage-femme-accents");
    assert!(anothers.starts_with(&["certificate-of-another-card", "certificate-of-another-holder"]), "{anothers:?}");
    assert!(!anothers.contains(&"revocation-unknown"), "{anothers:?}");
    // the same holder's, from before the card was renewed: the card alone differs
    let changes = [("card.number", "0022000029")];
    let renewed = codes(&judged(&read(card("cps-medecin", &changes), everything()), &evidence, When::on(day())));
    assert_eq!(renewed, ["certificate-of-another-card"]);
    // a name that is written otherwise makes nobody another person
    let changes = [("holder.surname", "DOC")];
    let renamed = codes(&judged(&read(card("cps-medecin", &changes), everything()), &evidence, When::on(day())));
    assert_eq!(renamed, ["revocation-unknown", "certificate-differs"]);
}

/// In a redacted recording a certificate without content is no broken certificate; elsewhere it is.
#[test]
fn only_redaction_excuses_a_certificate_without_content() {
    let recorder = Arc::new(Recorder::new(reader(card("cps-medecin", &[]))));
    let how = Collecting::new(everything());
    let _ = collect(&(Arc::clone(&recorder) as Arc<dyn Readers>), "", how);
    let text = anonymous(&recorder.transcript("2026-11-20"), &Pseudonyms::keyed(b"test")).to_string();
    let replay: Arc<dyn Readers> = Arc::new(Replay::new(Transcript::parse(&text).unwrap()));
    let mut facts = collect(&replay, "", how);
    let mut evidence = known(Environment::Production);
    evidence.redacted = true;
    // there is no signature to verify: the issuer's name is what is left
    assert_eq!(codes(&judged(&facts, &evidence, When::on(day()))), ["certificate-not-verified"]);
    let verdict = judged(&facts, &evidence, When::on(day())).certificates.unwrap();
    assert!(verdict.certificates.iter().all(|one| one.path.is_empty()));
    evidence.redacted = false;
    assert_eq!(codes(&judged(&facts, &evidence, When::on(day()))), ["certificate-not-trusted"]);

    // whole certificates beside a redacted dialogue are judged as they are
    let whole = read(card("cps-medecin", &[]), everything());
    evidence.redacted = true;
    assert_eq!(codes(&judged(&whole, &evidence, When::on(day()))), Vec::<&str>::new());

    for certificate in cpx(&mut facts).certificates.as_mut().unwrap() {
        certificate.der = [&[0x30, 0x81, 0x80][..], &[0; 128]].concat();
    }
    for (redacted, expected) in [(true, vec![]), (false, vec!["certificate-unreadable"])] {
        evidence.redacted = redacted;
        assert_eq!(codes(&judged(&facts, &evidence, When::on(day()))), expected, "redacted: {redacted}");
    }
    // too short to have had a signature: broken, whoever recorded it
    for certificate in cpx(&mut facts).certificates.as_mut().unwrap() {
        certificate.der = vec![0; 47];
    }
    evidence.redacted = true;
    assert_eq!(codes(&judged(&facts, &evidence, When::on(day()))), ["certificate-unreadable"]);
}

/// The newest answer of a proven issuer counts, as long as the certificate had not expired.
#[test]
fn the_newest_list_counts_and_a_missing_one_is_named() {
    let list =
        |name: &str| RevocationList::parse(&std::fs::read(format!("{FIXTURES}/pki/crl/{name}.crl")).unwrap()).unwrap();
    let facts = read(card("cps-medecin", &[]), everything());
    let told = |evidence: &Evidence, when: When| {
        let verdict = judged(&facts, evidence, when).certificates.unwrap();
        verdict.certificates[0].revocation
    };
    let mut evidence = known(Environment::Production);
    let when = When::on(day());
    assert_eq!(told(&evidence, when), Revocation::NotChecked);
    evidence.lists_given = true;
    assert_eq!(told(&evidence, when), Revocation::Unknown(UnknownReason::NoList));
    evidence.asked_online = true;
    assert_eq!(told(&evidence, when), Revocation::Unknown(UnknownReason::Network));
    evidence.lists = vec![list("fort-personnes")];
    assert!(matches!(told(&evidence, when), Revocation::NotRevoked { .. }));
}

/// What is kept of one card, with this evidence and these changes to what was read.
fn kept(name: &str, evidence: &Evidence, change: impl FnOnce(&mut CardReading)) -> CardReading {
    let source = reader(card(name, &[]));
    let mut facts = collect(&source, "", Collecting::new(everything()));
    change(cpx(&mut facts));
    let verdict = judge_cards(&facts, evidence, When::on(day()));
    keep_proofs(&mut facts, &verdict);
    cpx(&mut facts).clone()
}

#[test]
fn what_lists_say_is_kept_with_the_card() {
    let revoked = |name: &str, lists: &[&str]| {
        let mut evidence = known(Environment::Production);
        evidence.lists_given = !lists.is_empty();
        evidence.lists = lists.iter().map(|name| list(name)).collect();
        let card = kept(name, &evidence, |_| {});
        let proof = card.certificate_facts().next().unwrap().proof.clone();
        assert!(!proof.is_of_another(), "{name}");
        proof.revocation.code()
    };
    assert_eq!(revoked("cps-medecin", &[]), "not-checked");
    assert_eq!(revoked("cps-medecin", &["fort-personnes"]), "not-revoked");
    assert_eq!(revoked("cps-expiree", &["fort-personnes-revoked"]), "revoked");
    assert_eq!(revoked("cps-medecin", &["standard-personnes"]), "unknown");
}

/// A certificate that cannot be read is kept without anything that is known of it.
#[test]
fn certificates_that_cannot_be_read_are_kept_as_such() {
    let empty = |card: &mut CardReading| {
        for certificate in card.certificates.as_mut().unwrap() {
            certificate.der = [&[0x30, 0x81, 0x80][..], &[0; 128]].concat();
        }
    };
    let unreadable = |card: CardReading| card.certificates.unwrap().iter().filter(|one| one.facts.is_none()).count();
    assert_eq!(unreadable(kept("cps-medecin", &Evidence::default(), |_| {})), 0);
    assert_eq!(unreadable(kept("cps-medecin", &Evidence::default(), empty)), 2);
}

/// Whether somebody uses the card is kept, and which card would not be read.
#[test]
fn a_reader_in_use_and_a_card_that_fails_are_kept_as_such() {
    for (used, locked, expected) in
        [(false, false, false), (true, false, true), (false, true, true), (true, true, true)]
    {
        let readers = SimulatedReaders::new(vec![("Lecteur".into(), card("cps-medecin", &[]))]).unwrap();
        readers.break_card("Lecteur", vec![Fault::new(1, FaultKind::Status(Status::new(0x6F, 0x00)))]).unwrap();
        let source: Arc<dyn Readers> = Arc::new(readers);
        let mut slots = source.slots().unwrap();
        let Presence::Card { in_use, exclusive, .. } = &mut slots[0].presence else { panic!("a card is there") };
        (*in_use, *exclusive) = (used, locked);
        let seen = collect_slots(&source, slots, Collecting::default()).remove(0);
        assert_eq!(seen.in_use, Some(expected));
        assert!(matches!(seen.content, ReaderContent::Failed { .. }), "{:?}", seen.content);
        assert_eq!(seen.content.generation(), Some(Generation::Cps3));
    }
}
