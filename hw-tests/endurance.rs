//! Watching for long: a thousand cards, and one card that nobody touches.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::card::CountedCard;
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
