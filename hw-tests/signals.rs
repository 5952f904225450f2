//! Signals at moments that a seed chooses: nobody stays behind, no file is half, the card is free, the terminal shows what
//! is typed.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use cpx_simulator::Latency;
use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use crate::support::modules::{folder, module, switch};
use crate::support::{Service, example, find_program, processes, said, skip, until};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");

/// Chooses the moments. Another one finds others.
const SEED: u64 = 20_261_121;

/// How a program is ended: at the terminal, where the whole group hears it, by another program, by a terminal that goes,
/// and by somebody who has lost patience.
const ENDINGS: [(Signal, bool); 4] =
    [(Signal::INT, true), (Signal::TERM, false), (Signal::HUP, true), (Signal::KILL, false)];

/// Moments within so many milliseconds.
struct Moments(u64);

impl Moments {
    fn next(&mut self, within: u64) -> Duration {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Duration::from_millis((self.0 >> 33) % within)
    }
}

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm").env("LC_ALL", "fr_FR.UTF-8");
    command
}

/// Starts it at the head of a group, as a shell does, and ends it after that time.
fn end_after(mut command: Command, input: &str, after: Duration, (signal, group): (Signal, bool)) -> ExitStatus {
    command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    std::thread::sleep(after);
    send(&child, signal, group);
    processes::finish(&mut child).0
}

fn send(child: &Child, signal: Signal, group: bool) {
    let pid = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    let _ = if group { kill_process_group(pid, signal) } else { kill_process(pid, signal) };
}

/// It ended before the signal, by the signal as shells expect it, or heard it and said so.
fn is_an_end(status: ExitStatus, signal: Signal) -> bool {
    status.signal() == Some(signal.as_raw()) || matches!(status.code(), Some(0..=3 | 130))
}

/// A module that hangs when the code is presented, and one that hangs when it is asked.
fn hanging() -> Option<(PathBuf, PathBuf)> {
    let certificate =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/pki/certificates/cps-medecin.auth.der");
    let (certificate, never) = (switch("CERTIFICATE", certificate.display()), folder().join("never"));
    let waits = switch("LOGIN_WAITS", never.display());
    let signs = module("signs-for-ever", &[&certificate, &waits, "-DCHANGES_PROCESS"])?;
    Some((signs, module("hangs", &["-DSLEEPS_IN_TOKEN", "-DLEAVES_CHILD", "-DCHANGES_PROCESS"])?))
}

#[test]
fn at_any_moment_nobody_stays_behind_and_no_file_is_half() {
    let Some((signs, hangs)) = hanging() else { return };
    let (signs, hangs) = (signs.to_str().unwrap(), hangs.to_str().unwrap());
    let out = tempfile::tempdir().unwrap();
    let file = |name: &str| out.path().join(name).to_str().unwrap().to_owned();
    let (answer, case, transcript, list) = (file("answer"), file("case"), file("transcript"), file("list.csv"));
    let whole = run(&["--simulate", "--format", "json", "--output", &answer, "--record", &case]);
    assert!(whole.status.code() < Some(64), "{}", said(&whole));
    run(&["card", "--simulate", "--record", &transcript]);
    let usual: Vec<_> = [&answer, &case, &transcript].map(|path| std::fs::read(path).unwrap()).into();
    // the answers differ in nothing but times: what ends as they do, and reads as JSON where it is some, is whole
    let is_whole = |bytes: &[u8]| {
        let is_read = bytes.first() != Some(&b'{') || serde_json::from_slice::<serde_json::Value>(bytes).is_ok();
        bytes.len() > 100 && is_read && usual.iter().any(|one| bytes.last() == one.last())
    };

    let commands: [(&[&str], u64); 8] = [
        (&["--simulate", "--format", "json", "--output", &answer, "--record", &case], 700),
        (&["--simulate", "--module", hangs, "--output", &answer], 700),
        (&["card", "--simulate", "--record", &transcript], 60),
        (&["card", "--simulate", "--baud", "9600", "--apdu-ms", "10", "--record", &transcript], 1500),
        (&["token", "--module", hangs], 400),
        (&["token", "--prove", "--pin-fd", "0", "--module", signs], 600),
        (&["watch", "--simulate"], 300),
        (&["f413", "--simulate", "--batch", &list], 300),
    ];
    let mut moments = Moments(SEED);
    for (number, (arguments, within)) in commands.into_iter().enumerate() {
        for ending in ENDINGS {
            // over what was there before, or over nothing
            if moments.next(2).is_zero() {
                for path in [&answer, &case, &transcript] {
                    let _ = std::fs::remove_file(path);
                }
            }
            let after = moments.next(within);
            let status = end_after(program(arguments), "1234\n", after, ending);
            let told = format!("seed {SEED}, command {number}, {:?} after {after:?}: {status}", ending.0);
            assert!(is_an_end(status, ending.0), "{told}");
            let left: Vec<_> = std::fs::read_dir(out.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            for name in &left {
                let name = name.to_str().unwrap();
                let known = ["answer", "case", "transcript", "list.csv", "list.csv.key"].contains(&name);
                assert!(known, "{told}: {name} is left");
                let bytes = std::fs::read(out.path().join(name)).unwrap();
                let fits = name.starts_with("list") || is_whole(&bytes);
                assert!(fits, "{told}: {name} is half: {}", String::from_utf8_lossy(&bytes));
            }
            let text = folder().to_str().unwrap();
            until(&format!("nobody is left: {told}"), || processes::running_with(text).is_empty());
        }
    }
    // whatever happened to it, the list is continued
    let mut command = program(&["f413", "--simulate", "--batch", &list]);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    send(&child, Signal::TERM, false);
    assert_eq!(processes::finish(&mut child).0.code(), Some(0), "its end is a summary");
    assert!(std::fs::read_to_string(&list).unwrap().lines().count() >= 2);
}

fn run(arguments: &[&str]) -> std::process::Output {
    program(arguments).stdin(Stdio::null()).output().unwrap()
}

#[test]
fn the_card_is_free_at_once_for_another_program() {
    const MODULE: &str = "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so";
    let Some(service) = Service::start(&["opensc-tool"]) else { return };
    if !Path::new(MODULE).exists() {
        return skip("opensc-pkcs11.so is not installed");
    }
    let card = service.insert_in(0, "cps-medecin", Latency::new(9600, 5));
    let list = service.file("list.csv");
    let commands: [(&[&str], u64); 5] = [
        (&["card", "--certificates"], 1500),
        (&["--module", MODULE], 1500),
        (&["watch"], 900),
        (&["f413", "--batch", list.to_str().unwrap()], 900),
        (&["token", "--prove", "--pin-fd", "0", "--module", MODULE], 2500),
    ];
    let mut moments = Moments(SEED);
    for (arguments, within) in commands {
        for ending in [ENDINGS[0], ENDINGS[1], ENDINGS[3]] {
            let after = moments.next(within);
            let mut command = service.command(PROGRAM);
            command.args(arguments);
            let status = end_after(command, "1234\n", after, ending);
            let told = format!("seed {SEED}, {arguments:?}, {:?} after {after:?}: {status}", ending.0);
            assert!(is_an_end(status, ending.0), "{told}");
            until(&format!("the card is free: {told}"), || takes_exclusively(&service));
        }
    }
    assert_eq!(card.look().tries_left(), Some(3));
    let whole = service.run(PROGRAM, ["card", "--at", "2026-11-20"]);
    assert_eq!(whole.status.code(), Some(0), "{}", said(&whole));
}

fn takes_exclusively(service: &Service) -> bool {
    let mut holder = service.command(example("hold_card").to_str().unwrap());
    holder.args(["exclusive", "CPX 00 00"]).output().unwrap().status.success()
}

#[test]
fn a_virtual_card_leaves_its_reader_with_the_program() {
    let Some(service) = Service::start(&["opensc-tool"]) else { return };
    let port = service.port().to_string();
    let mut moments = Moments(SEED);
    for ending in ENDINGS {
        let mut command = service.command(PROGRAM);
        command.args(["simulate", "cps-medecin", "--port", &port]).process_group(0).stdout(Stdio::null());
        let mut child = command.spawn().unwrap();
        service.until_seen();
        std::thread::sleep(moments.next(100));
        send(&child, ending.0, ending.1);
        let status = processes::finish(&mut child).0;
        assert!(is_an_end(status, ending.0), "{status}");
        until("the reader is empty", || {
            let listed = service.run("opensc-tool", ["--list-readers"]);
            !String::from_utf8_lossy(&listed.stdout).contains("Yes")
        });
    }
}

/// The program in a terminal, at the question for the code; then what the terminal is like.
fn at_the_question(then: &str, module: &Path) -> Option<Command> {
    if find_program("expect").is_none() {
        skip("expect is not installed");
        return None;
    }
    let script = format!(
        "set timeout 60
        spawn -noecho sh -c {{\"$0\" token --prove --module \"$1\"; echo \"code=$?\"; stty -a; echo the\"\"end}} {PROGRAM} {}
        expect {{Code porteur}} {{}} timeout {{exit 9}}
        {then}
        expect theend {{}} timeout {{exit 8}}
        exit 0",
        module.display()
    );
    let mut command = Command::new("expect");
    command.args(["-c", &script]).env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm").env("LC_ALL", "fr_FR.UTF-8");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Some(command)
}

#[test]
fn the_terminal_shows_again_what_is_typed_however_the_question_ended() {
    let certificate =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/pki/certificates/cps-medecin.auth.der");
    let Some(module) = module("asks", &[&switch("CERTIFICATE", certificate.display())]) else { return };
    let shows = |output: &std::process::Output, code: &str| {
        let words = said(output);
        assert!(output.status.success() && words.contains(code), "{words}");
        let settings: Vec<&str> = words.split_whitespace().collect();
        for setting in ["echo", "icanon", "isig"] {
            assert!(settings.contains(&setting), "{setting}: {words}");
        }
    };
    // Ctrl-C, Ctrl-D, nothing, and a part of a code before Ctrl-C
    for (typed, code) in [("\\x03", "code=130"), ("\\x04", "code=64"), ("\\r", "code=64"), ("12\\x03", "code=130")] {
        let Some(mut command) = at_the_question(&format!("after 100; send {typed}"), &module) else { return };
        shows(&command.output().unwrap(), code);
    }
    for (signal, code) in [(Signal::INT, "code=130"), (Signal::TERM, "code=143"), (Signal::HUP, "code=129")] {
        let Some(mut command) = at_the_question("", &module) else { return };
        let child = command.spawn().unwrap();
        let asks = || {
            let is_program = |pid: &u32| {
                let name = std::fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
                name.trim() == "cpx-check" && is_silent(*pid)
            };
            processes::running_with(module.to_str().unwrap()).into_iter().find(is_program)
        };
        let mut found = None;
        until("the code is asked for", || {
            found = asks();
            found.is_some()
        });
        kill_process(Pid::from_raw(i32::try_from(found.unwrap()).unwrap()).unwrap(), signal).unwrap();
        shows(&processes::output(child).0, code);
    }
}

/// Whether the terminal of this process does not show what is typed.
fn is_silent(pid: u32) -> bool {
    use rustix::termios::{LocalModes, tcgetattr};
    let Ok(terminal) = std::fs::File::open(format!("/proc/{pid}/fd/0")) else { return false };
    tcgetattr(&terminal).is_ok_and(|settings| !settings.local_modes.contains(LocalModes::ECHO))
}
