//! The real PC/SC stack while it fails and while it is crowded: pcscd killed, frozen and full, cards that leave at the worst
//! moment, many programs, many readers.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use cpx_simulator::Latency;
use serde_json::Value;

use crate::support::card::{CountedCard, Leaves, PutIn};
use crate::support::watch::Watch;
use crate::support::{Drivers, Service, example, until};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");
const FIRST: &str = "CPX 00 00";

fn service() -> Option<Service> {
    Service::start(&["opensc-tool"])
}

/// `cpx-check card`, on its way.
fn reading(service: &Service, reader: &str) -> Child {
    let arguments = ["card", "--reader", reader, "--wait", "30", "--format", "json", "--at", "2026-11-20"];
    service.command(PROGRAM).args(arguments).stdout(Stdio::piped()).spawn().unwrap()
}

fn end(child: Child) -> Value {
    let output = child.wait_with_output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", crate::support::said(&output)))
}

/// The answer about the first reader.
fn read(service: &Service) -> Value {
    end(reading(service, FIRST))["readers"][0].clone()
}

/// Nothing of a card may be told of a reading that failed.
fn assert_nothing_kept(reader: &Value) {
    assert!(reader["holder"].is_null() && reader["card"]["number"].is_null(), "{reader}");
}

/// A card that the service has seen, and a program that waits for its answer in the middle of it.
fn midway(service: &Service) -> (Arc<CountedCard>, PutIn, Child) {
    let card = CountedCard::new("cps-medecin");
    let put_in = card.put_in(service.port());
    service.until_seen();
    card.hold_at(5);
    let child = reading(service, FIRST);
    card.until_held();
    (card, put_in, child)
}

#[test]
fn a_service_killed_during_a_reading_is_told_and_the_next_one_reads() {
    let Some(mut service) = service() else { return };
    let (card, put_in, child) = midway(&service);
    let tries = card.look().tries_left();
    service.stop();
    card.let_go();
    let reader = end(child)["readers"][0].clone();
    assert_eq!(reader["code"], "pcsc-service-stopped", "{reader}");
    assert_nothing_kept(&reader);
    drop(put_in);
    service.restart();
    let _again = card.put_in(service.port());
    service.until_seen();
    assert_eq!(read(&service)["state"], "cpx");
    assert_eq!(card.look().tries_left(), tries);
}

#[test]
fn a_service_frozen_during_a_reading_is_told_and_not_the_card() {
    let Some(service) = service() else { return };
    let (card, _put_in, child) = midway(&service);
    service.freeze(true);
    card.let_go();
    let reader = end(child)["readers"][0].clone();
    service.freeze(false);
    assert_eq!(reader["code"], "pcsc-service-silent", "{reader}");
    assert_nothing_kept(&reader);
    assert_eq!(read(&service)["state"], "cpx", "it is as usable as before");
}

#[test]
fn a_program_killed_during_its_reading_leaves_the_card_to_the_next() {
    let Some(service) = service() else { return };
    let (card, _put_in, mut child) = midway(&service);
    child.kill().unwrap();
    child.wait().unwrap();
    card.let_go();
    let reader = read(&service);
    assert_eq!(reader["state"], "cpx", "{reader}");
    assert_eq!(card.look().tries_left(), Some(3));
}

#[test]
fn a_service_frozen_while_it_is_watched_is_lost_and_back_without_a_further_thread() {
    let Some(mut service) = service() else { return };
    let watch = Watch::start(&service, PROGRAM);
    watch.next("reader-added");
    watch.next("reader-added");
    let card = CountedCard::new("cps-medecin");
    let put_in = card.put_in(service.port());
    assert_eq!(watch.next("inserted")["state"], "cpx");
    let before = watch.usage();

    service.freeze(true);
    assert_eq!(watch.next("service-lost")["code"], "pcsc-service-silent");
    // the loss is told once, and each of the questions that follow would be a thread
    assert_eq!(watch.lines.recv_timeout(Duration::from_secs(12)).ok(), None);
    let frozen = watch.usage();
    assert!(frozen.threads <= before.threads, "{before:?} {frozen:?}");
    service.freeze(false);
    watch.next("service-back");

    drop(put_in);
    watch.next("removed");
    service.freeze(true);
    watch.next("service-lost");
    service.stop();
    service.restart();
    watch.next("service-back");
    let _again = card.put_in(service.port());
    assert_eq!(watch.next("inserted")["state"], "cpx");
    watch.usage_like(before);
    assert_eq!(card.resets(), 0);
}

/// The program is stopped, not the service: between two of its looks one card leaves and another comes.
#[test]
fn a_card_that_changes_between_two_looks_is_another_card() {
    let Some(service) = service() else { return };
    let watch = Watch::start(&service, PROGRAM);
    watch.next("reader-added");
    watch.next("reader-added");
    let first = CountedCard::new("cps-medecin");
    let put_in = first.put_in(service.port());
    watch.next("inserted");
    watch.freeze(true);
    drop(put_in);
    let second = CountedCard::new("cps-medecin");
    let _put_in = second.put_in(service.port());
    until("the service sees the second card", || second.powered() > 0);
    watch.freeze(false);
    watch.next("removed");
    assert_eq!(watch.next("inserted")["state"], "cpx");
    assert!(second.commands() > 0, "the second card was read");
}

#[test]
fn a_card_that_leaves_while_it_is_connected_is_not_a_defective_one() {
    let Some(service) = service() else { return };
    let card = CountedCard::with("cps-medecin", Duration::ZERO, Leaves::WhenPowered);
    let _put_in = card.put_in(service.port());
    service.until_seen();
    until("the service powers the unused card off", || card.counts.powered_off.load(Ordering::SeqCst) > 0);
    card.armed.store(true, Ordering::SeqCst);
    let reader = read(&service);
    let code = reader["code"].as_str().unwrap();
    assert!(["card-removed", "reader-empty"].contains(&code), "{reader}");
    assert_nothing_kept(&reader);
}

#[test]
fn a_card_that_leaves_during_any_read_binary_leaves_nothing() {
    let Some(service) = service() else { return };
    for number in [1, 2, 4] {
        let card = CountedCard::with("cps-medecin", Duration::ZERO, Leaves::AtRead(number));
        let put_in = card.put_in(service.port());
        service.until_seen();
        let reader = read(&service);
        assert_eq!(reader["code"], "card-removed", "READ BINARY {number}: {reader}");
        assert_nothing_kept(&reader);
        drop(put_in);
        until("the reader is empty", || read(&service)["state"] == "empty");
    }
}

#[test]
fn programs_that_read_at_once_all_succeed_and_none_resets_the_card() {
    let Some(service) = service() else { return };
    for name in ["cps-medecin", "cps-medecin-cps4"] {
        let card = CountedCard::new(name);
        let put_in = card.put_in(service.port());
        service.until_seen();
        let tries = card.look().tries_left();
        let alone = read(&service);
        for programs in [2, 8] {
            let running: Vec<_> = (0..programs).map(|_| reading(&service, FIRST)).collect();
            for child in running {
                assert_eq!(end(child)["readers"][0], alone, "{programs} programs");
            }
        }
        assert_eq!(card.resets(), 0, "{name}");
        assert_eq!(card.look().tries_left(), tries);
        drop(put_in);
        until("the reader is empty", || read(&service)["state"] == "empty");
    }
}

#[test]
fn sixteen_readers_are_read_at_once_each_under_its_name() {
    let Some(service) = Service::start_with(Drivers::Sixteen, &["opensc-tool"]) else { return };
    let look = || {
        let output = service.run(PROGRAM, ["card", "--format", "json", "--at", "2026-11-20"]);
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        answer["readers"].as_array().cloned().unwrap_or_default()
    };
    until("all readers are there", || look().len() == 16);
    let placed = [(0, "cps-medecin"), (3, "cps-medecin-cps4"), (8, "vitale"), (15, "cps-medecin")];
    let _cards: Vec<_> = placed.map(|(reader, name)| service.put_in(reader, name, Latency::none())).into();
    let told =
        || look().iter().filter(|reader| ["cpx", "foreign"].iter().any(|state| reader["state"] == *state)).count();
    until("all cards are read", || told() == placed.len());
    let readers = look();
    assert_eq!(readers.len(), 16);
    for (index, reader) in readers.iter().enumerate() {
        // two of each driver, one after the other
        assert_eq!(reader["name"], format!("CPX {} 00 {:02X}", index / 2, index % 2));
        let name = placed.iter().find(|(place, _)| usize::from(*place) == index).map(|(_, name)| *name);
        let (key, wanted) = match name {
            None => ("state", "empty"),
            Some("vitale") => ("code", "foreign-vitale"),
            Some(_) => ("state", "cpx"),
        };
        assert_eq!(reader[key], wanted, "{reader}");
    }
    assert_eq!(readers[3]["card"]["generation"], "cps4");
}

#[test]
fn a_service_full_of_connections_is_told_as_full() {
    let Some(service) = service() else { return };
    let mut holder = service
        .command(example("hold_card").to_str().unwrap())
        .args(["contexts", "250"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(holder.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let held: usize = line.trim().strip_prefix("held: ").unwrap().parse().unwrap();
    assert!(held < 250, "the service takes {held}");
    for language in ["fr_FR.UTF-8", "C.UTF-8"] {
        let output =
            service.command(PROGRAM).args(["card", "--format", "json"]).env("LC_ALL", language).output().unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((answer["code"].as_str(), output.status.code()), (Some("pcsc-service-full"), Some(3)), "{answer}");
    }
    let told = crate::support::said(&service.run(PROGRAM, ["card"]));
    assert!(!told.contains("polkit") && !told.contains("systemctl start "), "{told}");
    drop(holder.stdin.take());
    holder.wait().unwrap();
    until("it takes connections again", || read(&service)["code"] == "reader-empty");
}
