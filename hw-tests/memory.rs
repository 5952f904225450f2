//! Whole runs of the program under valgrind's memcheck: nothing is read that nobody wrote, nothing is touched beyond its
//! end, nothing is lost. Where `CPX_SANITIZED` names a program built with `AddressSanitizer`, the same runs are its own.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::ffi::OsString;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use cpx_simulator::Latency;
use serde_json::Value;

use crate::support::modules::module;
use crate::support::softhsm::{CODE, SoftHsm};
use crate::support::{Service, find_program, said, skip};

/// Where distributions put OpenSC's PKCS#11 module.
const OPENSC: [&str; 4] = [
    "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
    "/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so",
    "/usr/lib64/opensc-pkcs11.so",
    "/usr/lib/opensc-pkcs11.so",
];

/// How a checked process ends where something is wrong.
const FOUND: i32 = 99;

/// Modules that hand over what is wrong, and do no wrong to the memory themselves.
const ODD: [(&str, &[&str]); 4] = [
    ("memory-odd", &["-DSLOTS=3", "-DONE_FAILS", "-DODD_TEXTS", "-DFORGES", "-DPRINTS", "-DFAILING_INTERFACE"]),
    ("memory-slots", &["-DSLOTS_WITHOUT_END"]),
    ("memory-grows", &["-DGROWS_FOR_EVER", "-DVERSION_3"]),
    ("memory-objects", &["-DOBJECTS_WITHOUT_END", "-DLENGTH_LIES"]),
];

/// The program under the eyes of a checker, and what that writes: one log for each process.
struct Checked {
    logs: tempfile::TempDir,
    sanitized: Option<OsString>,
}

impl Checked {
    fn new() -> Option<Self> {
        let sanitized = std::env::var_os("CPX_SANITIZED");
        if sanitized.is_none() && find_program("valgrind").is_none() {
            skip("valgrind is not installed");
            return None;
        }
        Some(Self { logs: tempfile::tempdir().unwrap(), sanitized })
    }

    /// The program, without PC/SC.
    fn alone(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("env");
        command.env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm").env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
        self.complete(command, arguments)
    }

    /// The program, with a PC/SC of one's own.
    fn on(&self, service: &Service, arguments: &[&str]) -> Command {
        self.complete(service.command("env"), arguments)
    }

    /// The process that asks a module, by itself: a checker takes longer than the deadlines of the one that starts it.
    fn asking(mut command: Command) -> Output {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // the end of its input would tell it that nobody listens any more
        let input = child.stdin.take();
        let output = child.wait_with_output().unwrap();
        drop(input);
        output
    }

    /// Children are left alone: what they do is looked at where they are run by themselves.
    fn complete(&self, mut env: Command, arguments: &[&str]) -> Command {
        let logs = self.logs.path().display();
        if let Some(program) = &self.sanitized {
            // what is lost is memcheck's to tell
            env.arg(format!("ASAN_OPTIONS=detect_leaks=0:exitcode={FOUND}:log_path={logs}/log")).arg(program);
        } else {
            env.args(["valgrind", "--leak-check=full", "--show-leak-kinds=definite,indirect", "--num-callers=30"]);
            env.args(["--errors-for-leak-kinds=definite,indirect", &format!("--error-exitcode={FOUND}")]);
            env.arg(concat!("--suppressions=", env!("CARGO_MANIFEST_DIR"), "/../../hw-tests/support/memcheck.supp"));
            env.args([format!("--log-file={logs}/%p"), env!("CARGO_BIN_EXE_cpx-check").to_owned()]);
        }
        env.args(arguments);
        env
    }

    /// A module that is wrong as the switches say; the sanitizer also looks at what it does itself.
    fn module(&self, name: &str, switches: &[&str]) -> Option<PathBuf> {
        let sanitize = &["-fsanitize=address", "-nodefaultlibs", "-lc"][..];
        let more = if self.sanitized.is_some() { sanitize } else { &[] };
        module(name, &[switches, more].concat())
    }

    /// A run that ends by itself and in which the checker found nothing.
    fn run(mut command: Command) -> Output {
        let output = command.output().unwrap();
        let is_clean = output.status.code().is_some_and(|code| code != FOUND);
        assert!(is_clean, "{command:?}: {}: {}", output.status, said(&output));
        output
    }

    fn json(command: Command) -> Value {
        let output = Self::run(command);
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)))
    }

    /// Nothing is wrong with the memory of any process, and at least so many ended by themselves.
    fn is_clean(&self, processes: usize) {
        let logs = self.logs();
        for log in &logs {
            assert!(log.contains("ERROR SUMMARY: 0 errors from 0 contexts"), "{log}");
        }
        // the sanitizer writes only of what is wrong
        assert!(self.sanitized.is_some() || logs.len() >= processes, "{} ended, not {processes}", logs.len());
    }

    /// What was written of processes that ended by themselves.
    fn logs(&self) -> Vec<String> {
        let logs = fs::read_dir(self.logs.path()).unwrap();
        let logs = logs.map(|log| fs::read_to_string(log.unwrap().path()).unwrap());
        logs.filter(|log| self.sanitized.is_some() || log.contains("ERROR SUMMARY")).collect()
    }
}

#[test]
fn runs_without_a_reader_are_clean() {
    let Some(checked) = Checked::new() else { return };
    let certificate = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/pki/certificates/cps-medecin.auth.der");
    let runs: [&[&str]; 7] = [
        &["simulate", "--list"],
        &["card", "--simulate", "cps-medecin", "--simulate", "vitale", "--certificates", "--format", "json"],
        &["card", "--simulate", "cps-medecin-cps4", "--certificates"],
        &["f413", "--simulate", "cpe-employe"],
        &["certificate", certificate, "--format", "json"],
        &["card", "--no-such-option"],
        &["card"],
    ];
    for arguments in runs {
        let output = Checked::run(checked.alone(arguments));
        assert!(!said(&output).is_empty(), "{arguments:?}");
    }
    checked.is_clean(runs.len());
}

#[test]
fn runs_on_a_card_behind_pc_sc_are_clean() {
    let (Some(checked), Some(service)) = (Checked::new(), Service::start(&["opensc-tool"])) else { return };
    Checked::run(checked.on(&service, &["card"]));
    // the card that is read is served by the program, under the same eyes
    let port = service.port().to_string();
    let mut virtual_card = checked.on(&service, &["simulate", "cps-medecin", "--port", &port]);
    let mut virtual_card = virtual_card.stdout(Stdio::piped()).spawn().unwrap();
    // under a checker it takes a while to begin
    let mut serving = String::new();
    BufReader::new(virtual_card.stdout.take().unwrap()).read_line(&mut serving).unwrap();
    service.until_seen();
    let day = ["--at", "2026-11-20"];
    let card = [&["card", "--certificates", "--show-identity", "--format", "json"], &day[..]].concat();
    let answer = Checked::json(checked.on(&service, &card));
    assert_eq!(answer["readers"][0]["card"]["type"], "CPS", "{answer:#}");
    let answer = Checked::json(checked.on(&service, &[&["f413", "--format", "json"], &day[..]].concat()));
    assert_eq!(answer["schema"], "cpx-check.f413/2", "{answer:#}");
    let answer = Checked::json(checked.on(&service, &[&["--format", "json"], &day[..]].concat()));
    assert!(answer["checks"].is_array(), "{answer:#}");
    interrupt(&virtual_card);
    virtual_card.wait().unwrap();
    checked.is_clean(5);
}

#[test]
fn watching_is_clean() {
    let (Some(checked), Some(service)) = (Checked::new(), Service::start(&["opensc-tool"])) else { return };
    let mut watch = checked.on(&service, &["watch", "--format", "json"]);
    let mut watch = watch.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(watch.stdout.take().unwrap()).lines().map(|line| line.unwrap());
    let mut until = |event: &str| assert!(lines.any(|line| line.contains(event)), "no {event}");
    until("reader-added");
    until("reader-added");
    for (reader, name) in [(0, "cps-medecin"), (1, "vitale"), (0, "cps-medecin-cps4")] {
        let card = service.insert_in(reader, name, Latency::none());
        until("inserted");
        service.take_out(card, reader);
        until("removed");
    }
    interrupt(&watch);
    assert_ne!(watch.wait().unwrap().code(), Some(FOUND));
    checked.is_clean(1);
}

#[test]
fn asking_a_module_and_a_proof_are_clean() {
    let (Some(checked), Some(hsm)) = (Checked::new(), SoftHsm::like_a_cpx()) else { return };
    let with_token = |mut command: Command| {
        command.env("SOFTHSM2_CONF", hsm.configuration());
        command
    };
    let asking = with_token(checked.alone(&["__ask-module", "ask", hsm.module]));
    assert!(said(&Checked::asking(asking)).contains("complete"));
    let token = ["token", "--format", "json", "--module", hsm.module];
    let answer = Checked::json(with_token(checked.alone(&token)));
    assert_eq!(answer["modules"][0]["end"], "complete", "{answer:#}");
    let mut prove = with_token(checked.alone(&[&token[..], &["--prove", "--pin-fd", "0"]].concat()));
    prove.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut prove = prove.spawn().unwrap();
    prove.stdin.take().unwrap().write_all(CODE.as_bytes()).unwrap();
    let answer: Value = serde_json::from_slice(&prove.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(answer["proof"]["code"], "proven", "{answer:#}");
    checked.is_clean(3);
}

#[test]
fn asking_opensc_about_the_virtual_card_is_clean() {
    let Some(module) = OPENSC.into_iter().find(|path| Path::new(path).exists()) else {
        return skip("opensc-pkcs11.so is not installed");
    };
    let (Some(checked), Some(service)) = (Checked::new(), Service::start(&["opensc-tool"])) else { return };
    let _card = service.insert("cps-medecin");
    let asked = Checked::asking(checked.on(&service, &["__ask-module", "ask", module]));
    assert!(said(&asked).contains("CARTE CPX VIRT") && said(&asked).contains("complete"), "{}", said(&asked));
    checked.is_clean(1);
}

#[test]
fn what_odd_modules_hand_over_is_clean() {
    let Some(checked) = Checked::new() else { return };
    for (name, switches) in ODD {
        let Some(module) = checked.module(name, switches) else { return };
        let asked = Checked::asking(checked.alone(&["__ask-module", "ask", module.to_str().unwrap()]));
        assert!(asked.status.success() && said(&asked).contains("\"end\""), "{name}: {}", said(&asked));
    }
    checked.is_clean(ODD.len());
}

/// The checker sees what a module does in the asking process: what is clean above could have been told otherwise.
#[test]
fn a_module_that_writes_beyond_its_room_is_seen() {
    let Some(checked) = Checked::new() else { return };
    let Some(module) = checked.module("memory-beyond", &["-DWRITES_BEYOND"]) else { return };
    let asked = Checked::asking(checked.alone(&["__ask-module", "ask", module.to_str().unwrap()]));
    assert_eq!(asked.status.code(), Some(FOUND), "{}", said(&asked));
    let logs = checked.logs().concat();
    assert!(logs.contains("Invalid write of size 1") || logs.contains("heap-buffer-overflow"), "{logs}");
}

/// Ends a program as Ctrl-C does.
fn interrupt(program: &Child) {
    let sent = Command::new("kill").args(["-INT", &program.id().to_string()]).status().unwrap();
    assert!(sent.success());
}
