//! What lasts: a thousand cards, one card that nobody touches, programs ended at every exchange, many programs at once.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use cpx_simulator::embedded_names;
use serde_json::Value;

use crate::support::card::{CountedCard, Leaves};
use crate::support::leaving::{SIGNALS, Shared};
use crate::support::watch::{Usage, Watch};
use crate::support::{Drivers, PATIENCE, Service, until};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");

/// Half of the time from one card to the next: twenty in a second.
const HALF: Duration = Duration::from_millis(25);

/// What the process may grow by, in kB, once everything was used once.
const GROWTH: usize = 512;

/// A number that a developer may set.
fn setting(name: &str, usual: u32) -> u32 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// What the lines tell, held against what can be: a card comes into an empty reader and leaves a full one.
#[derive(Debug, Default)]
struct Told {
    inside: bool,
    inserted: u64,
    bounced: u64,
    read: u64,
}

impl Told {
    fn take(&mut self, line: &Value) {
        match line["event"].as_str().unwrap() {
            "inserted" => {
                assert!(!std::mem::replace(&mut self.inside, true), "two cards in one reader: {line}");
                self.inserted += 1;
                self.read += u64::from(line["state"] == "cpx");
            }
            "removed" => assert!(std::mem::replace(&mut self.inside, false), "no card to remove: {line}"),
            "bounced" => {
                assert!(!self.inside, "the reader is full: {line}");
                self.bounced += line["times"].as_u64().unwrap();
            }
            other => panic!("{other}: {line}"),
        }
    }

    fn cards(&self) -> u64 {
        self.inserted + self.bounced
    }
}

/// Puts the card in and takes it out so many times, twenty times a second where the machine is fast enough: each time
/// it stays until the service has powered it. Then every card was told.
fn pass(service: &Service, watch: &Watch, card: &std::sync::Arc<CountedCard>, told: &mut Told, times: u32) -> Usage {
    let wanted = told.cards() + u64::from(times);
    for _ in 0..times {
        let powered = card.powered();
        let put_in = card.put_in(service.port());
        std::thread::sleep(HALF);
        until("the service powers the card", || card.powered() > powered);
        drop(put_in);
        std::thread::sleep(HALF);
        watch.lines.try_iter().for_each(|line| told.take(&line));
    }
    let deadline = Instant::now() + PATIENCE;
    while (told.cards() < wanted || told.inside) && Instant::now() < deadline {
        watch.lines.recv_timeout(HALF).iter().for_each(|line| told.take(line));
    }
    let words = std::fs::read_to_string(service.file("log")).unwrap_or_default();
    assert!(told.cards() == wanted && !told.inside, "{wanted} cards, {told:?}: {words}");
    watch.usage()
}

/// `CPX_INSERTIONS` shortens it while something is developed.
#[test]
fn a_thousand_cards_are_told_in_order_without_growing() {
    let Some(service) = Service::start_with(Drivers::Prompt, &["opensc-tool"]) else { return };
    let insertions = setting("CPX_INSERTIONS", 1000);
    let watch = Watch::start(&service, PROGRAM);
    watch.next("reader-added");
    let card = CountedCard::new("cps-medecin");
    let mut told = Told::default();
    let warm = pass(&service, &watch, &card, &mut told, (insertions / 10).max(20));
    let before = watch.usage_like(Usage { threads: warm.threads.min(2), ..warm });
    let started = Instant::now();
    pass(&service, &watch, &card, &mut told, insertions);
    let seconds = started.elapsed().as_secs_f64();
    let after = watch.usage_like(before);
    println!(
        "{insertions} insertions in {seconds:.1} s: {} told singly ({} read whole), {} as passing; {before:?}, then {after:?}",
        told.inserted, told.read, told.bounced
    );
    assert!(after.kilobytes <= before.kilobytes + GROWTH, "{before:?} {after:?}");
    assert_eq!(card.resets(), 0);
    assert_eq!(card.look().tries_left(), Some(3));
}

/// `CPX_IDLE_SECONDS` chooses how long.
#[test]
fn an_idle_card_is_sent_nothing() {
    let Some(service) = Service::start(&["opensc-tool"]) else { return };
    let watch = Watch::start(&service, PROGRAM);
    watch.next("reader-added");
    watch.next("reader-added");
    let card = CountedCard::new("cps-medecin");
    let _put_in = card.put_in(service.port());
    assert_eq!(watch.next("inserted")["state"], "cpx");
    let (commands, before) = (card.commands(), watch.usage());
    let seconds = setting("CPX_IDLE_SECONDS", 20);
    let line = watch.lines.recv_timeout(Duration::from_secs(seconds.into())).ok();
    assert_eq!(line, None);
    assert_eq!(card.commands(), commands, "commands in {seconds} s");
    let after = watch.usage_like(before);
    println!("{seconds} s: {} commands; {before:?}, then {after:?}", card.commands() - commands);
    assert!(after.kilobytes <= before.kilobytes + GROWTH, "{before:?} {after:?}");
    assert_eq!(card.resets(), 0);
}

/// One card of each generation and interface at every exchange, the others at the first, at one in the middle and at the last.
#[test]
fn every_card_is_left_as_it_was_at_every_exchange_and_signal() {
    const WHOLE: [&str; 3] = ["cps-medecin", "cps-medecin-contactless", "cps-medecin-cps4"];
    const READ: &[&str] = &["card", "--certificates", "--format", "json", "--at", "2026-11-20"];
    let Some(service) = Service::start(&["opensc-tool"]) else { return };
    let mut ended = 0;
    for name in embedded_names().filter(|name| *name != "muette") {
        let shared = Shared::new(&service, name);
        let exchanges = shared.exchanges(PROGRAM, READ);
        let mut at: Vec<_> =
            if WHOLE.contains(&name) { (1..=exchanges).collect() } else { vec![1, exchanges.div_ceil(2), exchanges] };
        at.dedup();
        for exchange in at.into_iter().filter(|_| exchanges > 0) {
            for signal in SIGNALS {
                shared.ends_by_signal(PROGRAM, READ, exchange, signal);
                ended += 1;
            }
        }
        shared.assert_left();
    }
    println!("{ended} ends, no card reset");
    assert!(ended > 300, "{ended}");
}

/// Readings that are each told what is so: the card, or that another program has it. `CPX_RUNS` shortens it.
#[test]
fn sixteen_programs_at_once_on_a_slow_card_say_nothing_wrong() {
    const PROGRAMS: u32 = 16;
    let Some(service) = Service::start(&["opensc-tool"]) else { return };
    let card = CountedCard::with("cps-medecin", Duration::from_millis(100), Leaves::Never);
    let _put_in = card.put_in(service.port());
    service.until_seen();
    let (mut read, mut busy) = (0, 0);
    for _ in 0..setting("CPX_RUNS", 208).div_ceil(PROGRAMS) {
        let running: Vec<_> = (0..PROGRAMS)
            .map(|_| {
                let arguments = ["card", "--reader", "CPX 00 00", "--format", "json", "--at", "2026-11-20"];
                service.command(PROGRAM).args(arguments).stdout(Stdio::piped()).spawn().unwrap()
            })
            .collect();
        for child in running {
            let output = child.wait_with_output().unwrap();
            let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
            match answer["readers"][0]["code"].as_str() {
                Some("cpx-read") => read += 1,
                Some("card-locked") => busy += 1,
                _ => panic!("{answer}"),
            }
        }
    }
    println!("{read} read, {busy} told that another program has the card");
    assert!(read > 0);
    assert_eq!(card.resets(), 0);
    assert_eq!(card.look().tries_left(), Some(3));
}

/// Whoever did not come first reads the card once it is free.
#[test]
fn three_watches_of_one_insertion_all_read_the_card() {
    let Some(service) = Service::start(&["opensc-tool"]) else { return };
    let watches: Vec<_> = (0..3).map(|_| Watch::start(&service, PROGRAM)).collect();
    for watch in &watches {
        watch.next("reader-added");
        watch.next("reader-added");
    }
    let mut waited = 0;
    for insertion in 0..setting("CPX_RUNS", 60).div_ceil(3) {
        // fast ones, and one so slow that the others give up for a while
        let pause = if insertion % 5 == 4 { 250 } else { 30 };
        let card = CountedCard::with("cps-medecin", Duration::from_millis(pause), Leaves::Never);
        let put_in = card.put_in(service.port());
        for watch in &watches {
            let mut line = watch.next("inserted");
            if line["state"] == "busy" {
                assert_eq!(line["code"], "card-locked", "{line}");
                waited += 1;
                line = watch.next("read");
            }
            assert_eq!(line["state"], "cpx", "{line}");
        }
        assert_eq!(card.resets(), 0);
        drop(put_in);
        for watch in &watches {
            watch.next("removed");
        }
    }
    println!("{waited} cards were read once another program gave them back");
    assert!(waited > 0);
}

/// Two seconds for each command: too slow to be read in a time that anybody waits, and not dead.
#[test]
fn a_slow_card_is_told_as_slow() {
    let start = |language: &str| {
        let arguments = ["card", "--simulate", "--apdu-ms", "2000"];
        let mut command = Command::new(PROGRAM);
        command.args(arguments).env("LC_ALL", language).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    };
    let (french, english) = (start("fr_FR.UTF-8"), start("en_GB.UTF-8"));
    let said = |child: std::process::Child| crate::support::said(&child.wait_with_output().unwrap());
    let (french, english) = (said(french), said(english));
    assert!(french.contains("La carte répond lentement (2 s par échange)"), "{french}");
    assert!(english.contains("The card answers slowly (2 s for each exchange)"), "{english}");
    for words in [french, english] {
        assert!(!words.contains("remplacer") && !words.contains("replaced"), "{words}");
    }
}
