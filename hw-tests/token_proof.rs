//! `cpx-check token --prove`: what it says, what it asks, what it never does, and where the code never is.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use crate::support::modules::{folder, module, switch};
use crate::support::processes::{family, is_running};
use crate::support::softhsm::{CODE, SoftHsm};
use crate::support::{Service, said, skip, until};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");

/// A code that is found wherever it should not be.
const PLANTED: &str = "73915482";

/// Runs a proof with this code on the standard input.
fn prove(command: &mut Command, code: &str) -> Output {
    let mut child = start(command, code);
    let mut output = Vec::new();
    child.stdout.take().unwrap().read_to_end(&mut output).unwrap();
    let mut error = Vec::new();
    child.stderr.take().unwrap().read_to_end(&mut error).unwrap();
    Output { status: child.wait().unwrap(), stdout: output, stderr: error }
}

fn start(command: &mut Command, code: &str) -> Child {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(code.as_bytes());
    child
}

fn on_softhsm(hsm: &SoftHsm, more: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(["token", "--format", "json", "--prove", "--pin-fd", "0", "--module", hsm.module]).args(more);
    command.env("SOFTHSM2_CONF", hsm.configuration()).env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm");
    command
}

fn on_module(module: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(["token", "--format", "json", "--prove", "--pin-fd", "0", "--module"]).arg(module).args(more);
    command.env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm");
    command
}

fn proof(output: &Output) -> (String, Option<i32>) {
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(output)));
    (answer["proof"]["code"].as_str().unwrap_or_else(|| panic!("{answer:#}")).to_owned(), output.status.code())
}

fn certificate(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/pki/certificates").join(name)
}

/// A module that shows an authentication certificate, and traces logins.
fn tracing(name: &str, more: &[&str]) -> Option<(PathBuf, PathBuf)> {
    let trace = folder().join(format!("{name}.trace"));
    let certificate = switch("CERTIFICATE", certificate("cps-medecin.auth.der").display());
    let traced = switch("LOGIN_TRACE", trace.display());
    module(name, &[&[certificate.as_str(), &traced], more].concat()).map(|module| (module, trace))
}

#[test]
fn the_right_code_proves_the_card() {
    let Some(hsm) = SoftHsm::like_a_cpx() else { return };
    let output = prove(&mut on_softhsm(&hsm, &[]), CODE);
    assert_eq!(proof(&output), ("proven".into(), Some(0)), "{}", said(&output));
    assert_eq!(proof(&prove(&mut on_softhsm(&hsm, &[]), "1234\r\nmore")), ("proven".into(), Some(0)));
    let mut command = Command::new(PROGRAM);
    command.args(["token", "--lang", "fr", "--prove", "--pin-fd", "0", "--module", hsm.module]);
    command.env("SOFTHSM2_CONF", hsm.configuration());
    let words = said(&prove(&mut command, CODE));
    assert!(words.contains("La carte a prouvé") && words.contains("n'indique pas le nombre d'essais"), "{words}");
}

#[test]
fn a_wrong_code_is_told_with_what_is_left() {
    let Some(hsm) = SoftHsm::like_a_cpx() else { return };
    let output = prove(&mut on_softhsm(&hsm, &[]), "4321");
    assert_eq!(proof(&output), ("wrong-code".into(), Some(2)), "{}", said(&output));
}

#[test]
fn what_cannot_be_a_code_is_not_presented() {
    let Some(hsm) = SoftHsm::like_a_cpx() else { return };
    assert_eq!(proof(&prove(&mut on_softhsm(&hsm, &[]), "")), ("no-code".into(), Some(64)));
    assert_eq!(proof(&prove(&mut on_softhsm(&hsm, &[]), "\n1234")), ("no-code".into(), Some(64)));
    let Some((module, trace)) = tracing("length", &[]) else { return };
    for code in ["123", "123456789", &"1".repeat(1000)] {
        assert_eq!(proof(&prove(&mut on_module(&module, &[]), code)), ("code-length".into(), Some(64)), "{code}");
    }
    assert!(!trace.exists(), "{:?}", std::fs::read_to_string(trace));
}

#[test]
fn one_try_left_is_kept_unless_it_is_given_up() {
    let wrong = "-DLOGIN_CODE=0xA0";
    let Some((last, trace)) = tracing("last-try", &["-DFLAGS=0x30000UL", wrong]) else { return };
    let refused = prove(&mut on_module(&last, &[]), "1234");
    assert_eq!(proof(&refused), ("last-try".into(), Some(64)), "{}", said(&refused));
    assert!(!trace.exists() && said(&refused).contains("un seul essai"), "{}", said(&refused));
    let allowed = prove(&mut on_module(&last, &["--last-try"]), "1234");
    assert_eq!(proof(&allowed), ("wrong-code".into(), Some(2)), "{}", said(&allowed));
    assert_eq!(std::fs::read_to_string(&trace).unwrap(), "login\n", "once");

    let (blocked, trace) = tracing("blocked", &["-DFLAGS=0x40000UL"]).unwrap();
    assert_eq!(proof(&prove(&mut on_module(&blocked, &["--last-try"]), "1234")).0, "blocked");
    assert!(!trace.exists());
}

#[test]
fn every_other_failure_is_told() {
    for (name, switches, code) in [
        ("locked-now", &["-DLOGIN_CODE=0xA4"][..], "blocked"),
        ("device-fails", &["-DLOGIN_CODE=0x30"], "failed"),
        ("no-key", &[], "no-key"),
        ("crashes-in-login", &["-DLOGIN_CRASHES"], "broken"),
        ("two-readers", &["-DSLOTS=2"], "several-cards"),
        ("no-card", &["-DEMPTY"], "no-card"),
        ("on-reader", &["-DFLAGS=0x100UL"], "code-on-reader"),
    ] {
        let Some((module, _)) = tracing(name, switches) else { return };
        let output = prove(&mut on_module(&module, &[]), "1234");
        assert_eq!(proof(&output).0, code, "{name}: {}", said(&output));
    }
    let none = module("no-certificate", &[]).unwrap();
    assert_eq!(proof(&prove(&mut on_module(&none, &[]), "1234")).0, "no-certificate");
    let (module, _) = tracing("no-line", &[]).unwrap();
    let mut without = Command::new(PROGRAM);
    without.args(["token", "--format", "json", "--prove", "--pin-fd", "999", "--module"]).arg(module);
    assert_eq!(proof(&without.stdin(Stdio::null()).output().unwrap()), ("no-terminal".into(), Some(64)));
}

#[test]
fn the_code_is_never_an_argument() {
    for arguments in [&["token", "--pin", "1234"][..], &["token", "--pin-fd", "0"], &["token", "--last-try"]] {
        let output = Command::new(PROGRAM).args(arguments).stdin(Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(64), "{arguments:?}");
    }
}

#[test]
fn the_virtual_card_counts_the_tries_and_signs() {
    const OPENSC: &str = "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so";
    let Some(service) = Service::start(&["opensc-tool"]) else { return };
    if !Path::new(OPENSC).exists() {
        return skip("opensc-pkcs11.so is not installed");
    }
    let card = service.insert("cps-medecin");
    let run = |more: &[&str], code: &str| {
        let mut command = service.command(PROGRAM);
        command.args(["token", "--lang", "fr", "--format", "json", "--prove", "--pin-fd", "0", "--module", OPENSC]);
        prove(command.args(more), code)
    };
    let proven = run(&[], "1234");
    assert_eq!(proof(&proven), ("proven".into(), Some(0)), "{}", said(&proven));
    assert!(said(&proven).contains("il reste 3 essais"), "{}", said(&proven));
    assert_eq!(card.look().tries_left(), Some(3));
    for left in [2, 1] {
        let wrong = run(&[], "4321");
        assert_eq!(
            (proof(&wrong).0.as_str(), card.look().tries_left()),
            ("wrong-code", Some(left)),
            "{}",
            said(&wrong)
        );
    }
    let kept = run(&[], "1234");
    assert_eq!((proof(&kept), card.look().tries_left()), (("last-try".into(), Some(64)), Some(1)), "{}", said(&kept));
    assert!(said(&kept).contains("il reste 1 essai"), "{}", said(&kept));
    let given_up = run(&["--last-try"], "4321");
    assert!(["blocked", "wrong-code"].contains(&proof(&given_up).0.as_str()), "{}", said(&given_up));
    assert_eq!(card.look().tries_left(), Some(0));
    assert_eq!(proof(&run(&["--last-try"], "1234")).0, "blocked");
}

/// A module that calls the code blocked, as that of ANS does of a CPS4 whose code was presented: the card itself knows better.
#[test]
fn what_the_card_says_of_its_code_goes_before_what_a_module_says() {
    let Some(service) = Service::start(&["opensc-tool"]) else { return };
    let reader = switch("READER", "CPX 00 00");
    let locked = [reader.as_str(), "-DFLAGS=0x40000UL"];
    let Some((module, trace)) = tracing("says-blocked", &locked) else { return };
    let (refusing, refused) =
        tracing("says-blocked-and-refuses", &[&locked[..], &["-DLOGIN_CODE=0xA4"]].concat()).unwrap();
    let _card = service.insert("cps-medecin");
    let run = |module: &Path, more: &[&str]| {
        let mut command = service.command(PROGRAM);
        command.args(["token", "--lang", "fr", "--module"]).arg(module).args(more);
        command
    };
    let told = said(&run(&module, &[]).output().unwrap());
    assert!(told.contains("utilisable, d'après la carte ; bloqué, d'après le module, qui se trompe"), "{told}");
    assert!(!told.contains("Le code porteur est bloqué"), "{told}");
    let answer: Value = serde_json::from_slice(&run(&module, &["--format", "json"]).output().unwrap().stdout).unwrap();
    let slot = &answer["tokens"][0];
    assert_eq!((&slot["token"]["pin"], &slot["token"]["pin_by"]), (&"ok".into(), &"card".into()), "{slot:#}");
    assert!(!slot["reservations"].to_string().contains("blocked"), "{slot:#}");

    let asked = ["--format", "json", "--prove", "--pin-fd", "0"];
    let tried = prove(&mut run(&module, &asked), "1234");
    assert!(said(&tried).contains("il reste 3 essais"), "{}", said(&tried));
    assert_ne!(proof(&tried).0, "blocked");
    assert_eq!(std::fs::read_to_string(&trace).unwrap(), "login\n");
    assert_eq!(proof(&prove(&mut run(&refusing, &asked), "1234")), ("blocked-by-module".into(), Some(2)));
    assert_eq!(std::fs::read_to_string(&refused).unwrap(), "login\n");
    // where nobody read the card, the module's word is what there is
    let alone = said(
        &Command::new(PROGRAM)
            .args(["token", "--lang", "fr", "--module"])
            .arg(&module)
            .env("PCSCLITE_CSOCK_NAME", "/nonexistent")
            .output()
            .unwrap(),
    );
    assert!(alone.contains("bloqué, d'après le module") && alone.contains("Le code porteur est bloqué"), "{alone}");
}

#[test]
fn the_code_is_in_no_output_and_on_no_process() {
    let go = folder().join("go");
    let waits = switch("LOGIN_WAITS", go.display());
    let Some((slow, trace)) = tracing("slow-login", &[&waits, "-DPRINTS"]) else { return };
    let mut child = start(&mut on_module(&slow, &[]), PLANTED);
    until("the code is being presented", || trace.exists());
    let processes = family(child.id());
    assert!(processes.len() >= 2, "the program and the process that asks the module: {processes:?}");
    for process in &processes {
        for what in ["cmdline", "environ"] {
            let file = format!("/proc/{process}/{what}");
            match std::fs::read(&file) {
                Ok(content) => assert!(!holds(&content, PLANTED), "{file}"),
                // the process that asks may not be looked into, not even by its own user
                Err(error) => assert_eq!(error.kind(), ErrorKind::PermissionDenied, "{file}"),
            }
        }
    }
    std::fs::write(&go, "").unwrap();
    let mut said = Vec::new();
    child.stdout.take().unwrap().read_to_end(&mut said).unwrap();
    child.stderr.take().unwrap().read_to_end(&mut said).unwrap();
    child.wait().unwrap();
    let hex = hex::encode(PLANTED);
    assert!(!said.is_empty() && !holds(&said, PLANTED) && !holds(&said, &hex) && !holds(&said, "NzM5MTU0ODI"));
    assert_eq!(std::fs::read_to_string(trace).unwrap(), "login\n");
}

#[test]
fn the_process_that_asks_ends_with_the_one_that_started_it() {
    let go = folder().join("never-goes");
    let waits = switch("LOGIN_WAITS", go.display());
    let Some((slow, trace)) = tracing("orphan", &[&waits]) else { return };
    let mut child = start(&mut on_module(&slow, &[]), PLANTED);
    until("the code is being presented", || trace.exists());
    let asking: Vec<_> = family(child.id()).into_iter().filter(|process| *process != child.id()).collect();
    assert!(!asking.is_empty());
    child.kill().unwrap();
    child.wait().unwrap();
    until("nobody is left", || asking.iter().all(|process| !is_running(*process)));
}

fn holds(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|window| window == part.as_bytes())
}
