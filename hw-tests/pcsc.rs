//! The program on a real PC/SC stack: pcscd, its virtual readers, and other programs that use the card meanwhile.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use cpx_card::internal::iso7816::Command as Apdu;
use cpx_simulator::{Latency, Personality, VirtualCard, embedded_names};
use serde_json::Value;

use crate::support::holder::holder;
use crate::support::{Drivers, Service, in_namespaces, skip, until};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");
const FIRST: &str = "CPX 00 00";
const SECOND: &str = "CPX 00 01";

fn service() -> Option<Service> {
    Service::start(&["opensc-tool"])
}

fn answer(service: &Service, arguments: &[&str]) -> (Value, Option<i32>) {
    let output = service.run(PROGRAM, [&["card", "--format", "json", "--at", "2026-11-20"], arguments].concat());
    let json = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", crate::support::said(&output)));
    (json, output.status.code())
}

/// The answer about one reader, its name left out.
fn reader(service: &Service, name: &str, arguments: &[&str]) -> Value {
    let (json, _) = answer(service, &[&["--reader", name], arguments].concat());
    let mut reader = json["readers"][0].clone();
    reader.as_object_mut().unwrap().remove("name");
    reader
}

#[test]
fn every_personality_is_read_as_in_process() {
    let Some(service) = service() else { return };
    for name in embedded_names() {
        let card = service.insert(name);
        let more = &["--certificates", "--show-identity"][..];
        let through_pcsc = reader(&service, FIRST, more);
        let simulated = Command::new(PROGRAM)
            .args([&["card", "--format", "json", "--at", "2026-11-20", "--simulate", name], more].concat())
            .output()
            .unwrap();
        let simulated: Value = serde_json::from_slice(&simulated.stdout).unwrap();
        let mut in_process = simulated["readers"][0].clone();
        in_process.as_object_mut().unwrap().remove("name");
        assert_eq!(through_pcsc, in_process, "{name}");
        let tries = card.look().tries_left();
        assert!(name.contains("essai") || tries.is_none_or(|left| left == 0 || left == 3), "{name}: {tries:?}");
        service.take_out(card, 0);
    }
}

#[test]
fn the_state_of_the_readers_has_its_own_answer() {
    let Some(service) = service() else { return };
    assert_eq!(answer(&service, &[]).1, Some(2));
    assert_eq!(reader(&service, FIRST, &[])["code"], "reader-empty");
    let _card = service.insert_in(0, "cps-medecin", Latency::none());
    let vitale = service.insert_in(1, "vitale", Latency::none());
    let (json, code) = answer(&service, &[]);
    assert_eq!((code, json["readers"].as_array().unwrap().len()), (Some(0), 2));
    assert_eq!(json["readers"][1]["code"], "foreign-vitale");
    drop(vitale);
    let _mute = service.insert_in(1, "muette", Latency::none());
    until("a mute card is mute", || reader(&service, SECOND, &[])["code"] == "card-mute");
    assert_eq!(reader(&service, FIRST, &[])["state"], "cpx", "one bad slot never hides another");
    let listed = service.run(PROGRAM, ["readers", "--format", "json"]);
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
    assert_eq!(listed["readers"][0]["generation"], "cps3");
    assert_eq!(listed["readers"][1]["state"], "mute");
}

#[test]
fn no_reader_and_no_service_are_two_answers() {
    let Some(mut service) = Service::start_with(Drivers::None, &["opensc-tool"]) else { return };
    let (json, code) = answer(&service, &[]);
    assert_eq!((json["code"].as_str(), code), (Some("no-reader"), Some(2)));
    service.stop();
    let (json, code) = answer(&service, &[]);
    assert_eq!((json["code"].as_str(), code), (Some("pcsc-service-stopped"), Some(3)));
}

#[test]
fn the_program_starts_without_the_pcsc_library() {
    let Some(service) = service() else { return };
    let library = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"]
        .map(|folder| format!("{folder}/libpcsclite.so.1"));
    let Some(library) = library.into_iter().find(|path| std::path::Path::new(path).exists()) else {
        return skip("libpcsclite.so.1 is not where it usually is");
    };
    let script = "mount --bind /dev/null \"$0\" && exec \"$1\" card --format json";
    let without = |script: &str| {
        let mut command = in_namespaces(service.command("unshare"), &["--mount"]);
        command.args(["sh", "-c", script, library.as_str(), PROGRAM]).output().unwrap()
    };
    let output = without(script);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((json["code"].as_str(), output.status.code()), (Some("pcsc-absent"), Some(3)));
    let said = without(&script.replace("--format json", ""));
    assert!(crate::support::said(&said).contains("apt install"), "{}", crate::support::said(&said));
}

/// What a user meets whom polkit refuses: the service agrees on a version, then answers with a refusal.
#[test]
fn a_refused_access_is_told_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("pcscd.comm");
    let listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    std::thread::spawn(move || {
        for mut line in listener.incoming().flatten() {
            let mut question = [0; 8 + 12];
            if line.read_exact(&mut question).is_ok() {
                let _ = line.write_all(&question[8..]);
            }
            if line.read_exact(&mut question).is_ok() {
                let _ = line.write_all(&[0, 0, 0, 0, 0, 0, 0, 0, 0x6A, 0x00, 0x10, 0x80]);
            }
        }
    });
    let output =
        Command::new(PROGRAM).args(["card", "--format", "json"]).env("PCSCLITE_CSOCK_NAME", &socket).output().unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((json["code"].as_str(), output.status.code()), (Some("pcsc-access-refused"), Some(3)), "{json}");
}

/// A service that accepts the line and never answers: the program does not wait for ever.
#[test]
fn a_silent_service_is_told_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("pcscd.comm");
    let listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    std::thread::spawn(move || {
        let mut open = Vec::new();
        for line in listener.incoming().flatten() {
            open.push(line);
        }
    });
    let output =
        Command::new(PROGRAM).args(["card", "--format", "json"]).env("PCSCLITE_CSOCK_NAME", &socket).output().unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((json["code"].as_str(), output.status.code()), (Some("pcsc-service-silent"), Some(3)), "{json}");
}

#[test]
fn another_program_that_holds_the_card_is_told_and_not_disturbed() {
    let Some(service) = service() else { return };
    let _card = service.insert("cps-medecin");

    let exclusive = holder(&service, "exclusive", FIRST);
    let held = reader(&service, FIRST, &[]);
    assert_eq!((held["state"].as_str(), held["code"].as_str()), (Some("busy"), Some("card-in-use")));
    assert!(held["detail"].as_str().unwrap().contains("SCardConnect 0x8010000B"));
    let patient = service
        .command(PROGRAM)
        .args(["card", "--reader", FIRST, "--wait", "20", "--format", "json"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(1500));
    exclusive.release();
    let waited: Value = serde_json::from_slice(&patient.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(waited["readers"][0]["state"], "cpx", "{waited}");

    let transaction = holder(&service, "transaction", FIRST);
    let held = reader(&service, FIRST, &[]);
    assert_eq!((held["state"].as_str(), held["code"].as_str()), (Some("busy"), Some("card-locked")));
    let waiting = service
        .command(PROGRAM)
        .args(["card", "--reader", FIRST, "--wait", "20", "--format", "json"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(1500));
    transaction.release();
    let waited: Value = serde_json::from_slice(&waiting.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(waited["readers"][0]["state"], "cpx");

    let shared = holder(&service, "shared", FIRST);
    assert_eq!(reader(&service, FIRST, &[])["state"], "cpx");
    assert_eq!(shared.release(), "the card is as it was\n");
}

#[test]
fn eight_programs_read_the_same_card_at_once() {
    let Some(service) = service() else { return };
    let _card = service.insert("cps-medecin-cps4");
    let running: Vec<_> = (0..8)
        .map(|_| {
            let arguments = ["card", "--reader", FIRST, "--wait", "20", "--format", "json"];
            service.command(PROGRAM).args(arguments).stdout(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for child in running {
        let answer: Value = serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap();
        assert_eq!(answer["readers"][0]["state"], "cpx", "{answer}");
    }
}

#[test]
fn a_card_taken_out_while_it_is_read_leaves_nothing() {
    let Some(service) = service() else { return };
    for exchanges in [1, 5, 12] {
        let card = service.insert_in(0, "cps-medecin", Latency::new(9600, 60));
        let before = card.look().exchanges();
        let child = service
            .command(PROGRAM)
            .args(["card", "--reader", FIRST, "--format", "json"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        until("the reading is under way", || card.look().exchanges() >= before + exchanges);
        drop(card);
        let output = child.wait_with_output().unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let reader = &answer["readers"][0];
        assert_eq!(reader["code"], "card-removed", "{reader}");
        assert!(reader["holder"].is_null() && reader["card"]["number"].is_null(), "{reader}");
        until("the reader is empty", || self::reader(&service, FIRST, &[])["state"] == "empty");
    }
}

/// What a card of one's own does with a command: its answer, silence, or the end of the line.
type Behaviour = Box<dyn FnMut(usize, Vec<u8>) -> Option<Vec<u8>> + Send>;

/// A card on the line of the virtual driver that behaves as it likes from some command on.
fn odd_card(service: &Service, name: &str, mut behaviour: Behaviour) {
    let mut card = VirtualCard::new(Personality::embedded(name).unwrap()).unwrap();
    let mut line = TcpStream::connect(("127.0.0.1", service.port())).unwrap();
    line.set_nodelay(true).unwrap();
    std::thread::spawn(move || {
        let mut commands = 0;
        let mut length = [0; 2];
        while line.read_exact(&mut length).is_ok() {
            let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
            if line.read_exact(&mut message).is_err() {
                return;
            }
            let answer = match message.as_slice() {
                [4] => card.atr().unwrap().to_vec(),
                [_] => {
                    card.reset();
                    continue;
                }
                command => {
                    commands += 1;
                    match behaviour(commands, card.answer(command)) {
                        Some(answer) => answer,
                        None => return,
                    }
                }
            };
            let length = u16::try_from(answer.len()).unwrap().to_be_bytes();
            if line.write_all(&[&length[..], &answer].concat()).is_err() {
                return;
            }
        }
    });
    service.until_seen();
}

#[test]
fn a_card_that_leaves_instead_of_answering_is_removed() {
    for at in [1, 8, 16] {
        let Some(service) = service() else { return };
        odd_card(&service, "cps-medecin", Box::new(move |number, answer| (number < at).then_some(answer)));
        assert_eq!(reader(&service, FIRST, &[])["code"], "card-removed", "at {at}");
    }
}

#[test]
fn an_answer_that_is_much_too_long_is_nonsense() {
    let Some(service) = service() else { return };
    let too_long =
        |number, answer: Vec<u8>| Some(if number == 4 { [vec![0x30; 300], vec![0x90, 0]].concat() } else { answer });
    odd_card(&service, "cps-medecin", Box::new(too_long));
    assert_eq!(reader(&service, FIRST, &[])["code"], "card-nonsense");
}

/// What support needs most: the recording of a card that falls silent holds what it said, and replays to the same.
#[test]
fn a_card_that_falls_silent_is_told_recorded_and_replayed() {
    let Some(service) = service() else { return };
    let silent = |number, answer| {
        if number == 7 {
            std::thread::sleep(Duration::from_secs(30));
        }
        Some(answer)
    };
    odd_card(&service, "cps-medecin", Box::new(silent));
    let recording = service.file("silent.txt");
    let path = recording.to_str().unwrap();
    let live = reader(&service, FIRST, &["--record", path]);
    assert_eq!(live["code"], "card-silent");
    let text = std::fs::read_to_string(&recording).unwrap();
    assert_eq!(text.lines().filter(|line| line.starts_with("> ")).count(), 7, "{text}");
    assert_eq!(reader(&service, FIRST, &["--replay", path])["code"], "card-silent");
}

#[test]
fn only_the_closed_set_reaches_the_card_and_the_code_keeps_its_tries() {
    let Some(service) = service() else { return };
    let card = service.insert("cps-deux-essais");
    let recording = service.file("case.txt");
    let path = recording.to_str().unwrap();
    let live = reader(&service, FIRST, &["--certificates", "--record", path]);
    assert_eq!(live["pin"]["tries_left"], 2);
    assert_eq!(card.look().tries_left(), Some(2));
    let text = std::fs::read_to_string(&recording).unwrap();
    let sent: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("> ")).collect();
    // files that are written anew may take fewer exchanges
    let exchanges = usize::try_from(live["exchange"]["apdus"].as_u64().unwrap()).unwrap();
    assert!(sent.len() > 20 && sent.len() <= exchanges, "{text}");
    assert!(sent.iter().all(|hex| Apdu::recognise(&hex::decode(hex).unwrap()).is_some()), "{text}");
    let replayed = reader(&service, FIRST, &["--certificates", "--replay", path]);
    for key in ["code", "type", "pin", "generation", "card_category"] {
        assert_eq!(replayed[key], live[key], "{key}");
    }
}

/// The lines of `watch` as they come.
struct Watch {
    child: Child,
    lines: std::sync::mpsc::Receiver<Value>,
}

impl Watch {
    fn start(service: &Service) -> Self {
        let arguments = ["watch", "--format", "json"];
        let mut child = service.command(PROGRAM).args(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for line in said.lines().map_while(Result::ok) {
                let _ = sender.send(serde_json::from_str(&line).unwrap());
            }
        });
        Self { child, lines }
    }

    fn next(&self, event: &str) -> Value {
        let line = self.lines.recv_timeout(Duration::from_secs(15)).unwrap_or_else(|_| panic!("no {event}"));
        assert_eq!(line["event"], event, "{line}");
        line
    }

    fn nothing_for(&self, time: Duration) {
        assert_eq!(self.lines.recv_timeout(time).ok(), None);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn watching_tells_every_event_and_leaves_an_unchanged_card_alone() {
    let Some(mut service) = service() else { return };
    let watch = Watch::start(&service);
    watch.next("reader-added");
    watch.next("reader-added");
    let card = service.insert("cps-medecin");
    let inserted = watch.next("inserted");
    assert_eq!((inserted["name"].as_str(), inserted["state"].as_str()), (Some(FIRST), Some("cpx")));
    let exchanges = card.look().exchanges();
    watch.nothing_for(Duration::from_secs(3));
    assert_eq!(card.look().exchanges(), exchanges, "an unchanged card is left alone");
    drop(card);
    assert_eq!(watch.next("removed")["name"], FIRST);
    let vitale = service.insert_in(1, "vitale", Latency::none());
    assert_eq!(watch.next("inserted")["code"], "foreign-vitale");
    drop(vitale);
    watch.next("removed");
    service.stop();
    let lost = watch.next("service-lost");
    assert_eq!(lost["code"], "pcsc-service-stopped", "{lost}");
    service.restart();
    watch.next("service-back");
    let _card = service.insert("cps-medecin-cps4");
    let again = watch.next("inserted");
    assert_eq!(again["card"]["generation"], "cps4");
}

/// The same reading on a real reader and card, where `CPX_HW_READER` names the reader: nothing is written, no code is
/// presented, and what remains is a redacted recording that the card's owner can send.
#[test]
fn a_real_card_is_read() {
    let Some(name) = std::env::var_os("CPX_HW_READER") else {
        // the one test that continuous integration cannot run
        return println!("skipped: CPX_HW_READER names no reader");
    };
    let name = name.to_str().expect("a reader's name in UTF-8");
    let recording = std::env::temp_dir().join("cpx-check-recording.txt");
    let path = recording.to_str().unwrap();
    let run = |arguments: &[&str]| -> Value {
        let output = Command::new(PROGRAM).args(["card", "--format", "json"]).args(arguments).output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", crate::support::said(&output)))
    };
    let before = run(&["--reader", name]);
    assert_eq!(before["readers"][0]["state"], "cpx", "{before:#}");
    let live = run(&["--reader", name, "--certificates", "--record", path]);
    let after = run(&["--reader", name]);
    assert_eq!(before["readers"][0]["pin"], after["readers"][0]["pin"], "no try was consumed");
    assert_eq!(before["readers"][0]["card"], after["readers"][0]["card"]);
    let replayed = run(&["--reader", name, "--certificates", "--replay", path]);
    assert_eq!(replayed, live, "the recording replays to the same masked answer");
    println!("{live:#}\nredacted recording to send: {path}");
}
