//! The card is left as it was, whatever ends the program: another program that is connected to it sees no reset.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::process::Stdio;
use std::time::Duration;

use rustix::process::Signal;
use serde_json::Value;

use crate::support::leaving::{SIGNALS, Shared};
use crate::support::{Service, processes, until};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");
const CARD: &[&str] = &["card", "--format", "json", "--at", "2026-11-20"];

fn service() -> Option<Service> {
    Service::start(&["opensc-tool"])
}

/// Every exchange of one card; `full/endurance.rs` has the other cards.
#[test]
fn at_every_exchange_the_card_answers_first_and_nobody_is_thrown_out() {
    let Some(service) = service() else { return };
    let shared = Shared::new(&service, "cps-medecin");
    let exchanges = shared.exchanges(PROGRAM, CARD);
    assert!(exchanges > 10, "{exchanges}");
    for exchange in 1..=exchanges {
        for signal in SIGNALS {
            shared.ends_by_signal(PROGRAM, CARD, exchange, signal);
        }
    }
    shared.assert_left();
}

#[test]
fn every_command_that_reads_a_card_leaves_it() {
    let Some(service) = service() else { return };
    let shared = Shared::new(&service, "cps-medecin-cps4");
    let commands: [&[&str]; 6] =
        [&[], &["card", "--certificates"], &["token"], &["watch"], &["f413"], &["card", "--record", "/dev/null"]];
    for (arguments, signal) in commands.into_iter().zip(SIGNALS.into_iter().cycle()) {
        if arguments.contains(&"/dev/null") {
            let recording = service.file("recording.txt");
            let path = recording.to_str().unwrap();
            shared.ends_by_signal(PROGRAM, &["card", "--record", path], 7, signal);
            assert!(!recording.exists(), "what a card that was left said is no recording");
        } else {
            shared.ends_by_signal(PROGRAM, arguments, 7, signal);
        }
    }
    shared.assert_left();
}

/// These end by themselves when they are asked to: with what they have to say.
#[test]
fn a_page_and_a_list_come_to_their_own_end_and_leave_the_card() {
    let Some(service) = service() else { return };
    let shared = Shared::new(&service, "cps-medecin");
    let list = service.file("list.csv");
    let commands: [&[&str]; 2] = [&["serve", "--no-open"], &["f413", "--batch", list.to_str().unwrap()]];
    for arguments in commands {
        let mut command = service.command(PROGRAM);
        command.args(arguments);
        let mut child = shared.started_and_held(command, 7);
        let pid = rustix::process::Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
        rustix::process::kill_process(pid, Signal::TERM).unwrap();
        std::thread::sleep(Duration::from_millis(100));
        shared.card.let_go();
        let status = processes::finish(&mut child).0;
        assert!(status.code() <= Some(3) && status.code().is_some(), "{arguments:?}: {status}");
    }
    shared.assert_left();
}

/// A program that has come to its end waits for the card as well: its deadline was over.
#[test]
fn an_answer_that_takes_seconds_is_awaited_and_read() {
    let Some(service) = service() else { return };
    let shared = Shared::new(&service, "cps-medecin");
    shared.card.hold_at(5);
    let mut command = service.command(PROGRAM);
    let child = command.args(CARD).stdout(Stdio::piped()).spawn().unwrap();
    shared.card.until_held();
    std::thread::sleep(Duration::from_secs(7));
    shared.card.let_go();
    let answer: Value = serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(answer["readers"][0]["state"], "cpx", "{answer}");
    shared.assert_left();
}

/// What is ignored stays ignored: `nohup`.
#[test]
fn a_signal_that_is_to_be_ignored_is_ignored() {
    let Some(service) = service() else { return };
    let shared = Shared::new(&service, "cps-medecin");
    let mut command = service.command("sh");
    command.args(["-c", "trap '' HUP; exec \"$0\" card --format json", PROGRAM]);
    let mut child = shared.started_and_held(command, 5);
    let pid = rustix::process::Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    rustix::process::kill_process(pid, Signal::HUP).unwrap();
    std::thread::sleep(Duration::from_millis(100));
    shared.card.let_go();
    assert!(processes::finish(&mut child).0.code().is_some(), "it has come to its own end");
    shared.assert_left();
}

/// What nobody can promise for, so that it is known.
#[test]
fn a_program_that_is_killed_has_the_card_reset() {
    let Some(service) = service() else { return };
    let mut shared = Shared::new(&service, "cps-medecin");
    let mut command = service.command(PROGRAM);
    command.args(CARD);
    let mut child = shared.started_and_held(command, 5);
    child.kill().unwrap();
    child.wait().unwrap();
    shared.card.let_go();
    until("the service resets the card", || shared.card.resets() > 0 || shared.card.powered() > 1);
    assert_ne!(shared.other_saw(), "the card is as it was\n");
}
