//! The library for C, as programs in C and C++ use it and misuse it: built, linked, loaded, unloaded, and run against a real
//! PC/SC service with a virtual reader.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use crate::support::c_library::{prefix, program, static_prefix};
use crate::support::card::CountedCard;
use crate::support::leaving::Shared;
use crate::support::{Service, find_program, root, said, skip};

fn library() -> PathBuf {
    prefix().join("lib/libcpx_card.so.0")
}

fn run(program: &Path, arguments: &[&str]) -> Output {
    Command::new(program).args(arguments).env("LC_ALL", "C.UTF-8").output().unwrap()
}

const EXAMPLE: &str = "examples/c/who_is_on_the_card.c";

/// Every standard that the example promises, on a card that it puts in and takes out itself.
#[test]
fn the_example_is_c_and_cpp() {
    for (compiler, language) in
        [("gcc", &["-std=c99"][..]), ("gcc", &["-std=c11"]), ("g++", &["-std=c++17", "-x", "c++"])]
    {
        let folder = tempfile::tempdir().unwrap();
        let Some(program) = program(compiler, language, EXAMPLE, true, folder.path()) else { return };
        let masked = run(&program, &["--simulate", "cps-medecin"]);
        let told = said(&masked);
        assert!(masked.status.success(), "{told}");
        assert!(told.contains("type : CPS\n") && told.contains("*********240"), "{told}");
        assert!(told.contains("Virtual reader 00 : carte retirée"), "{told}");
        let full = said(&run(&program, &["--simulate", "cps-medecin", "--in-full"]));
        assert!(full.contains("899700366240") && !full.contains('*'), "{full}");
        let checked = said(&run(&program, &["--simulate", "cps-medecin", "--check", "/nowhere/cpx-card-modules"]));
        assert!(checked.lines().any(|line| line.contains("poste")), "{checked}");
        let none = said(&run(&program, &["--simulate", "vitale,-,muette"]));
        assert_eq!(none.lines().filter(|line| line.starts_with("Virtual reader")).count(), 3, "{none}");
    }
}

/// On PC/SC: the card in the first virtual reader, then its removal.
#[test]
fn the_example_reads_a_card_behind_pcscd() {
    let Some(service) = Service::start(&["gcc"]) else { return };
    let folder = tempfile::tempdir().unwrap();
    let Some(program) = program("gcc", &["-std=c11"], EXAMPLE, true, folder.path()) else { return };
    let card = service.insert("cps-medecin");
    let mut child = service.command(program.to_str().unwrap()).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut told = String::new();
    while !told.contains("CPX 00 01") {
        assert!(lines.read_line(&mut told).unwrap() > 0, "{told}");
    }
    assert!(told.contains("type : CPS\n") && told.contains("*********240"), "{told}");
    drop(card);
    lines.read_to_string(&mut told).unwrap();
    assert!(child.wait().unwrap().success(), "{told}");
    assert!(told.contains("CPX 00 00 : carte retirée"), "{told}");
}

/// A service that is not there is a status in words, in both languages.
#[test]
fn without_a_service_the_reason_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let Some(program) = program("gcc", &["-std=c11"], EXAMPLE, true, folder.path()) else { return };
    let output = Command::new(program).env("PCSCLITE_CSOCK_NAME", folder.path().join("nobody")).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("PC/SC"), "{}", said(&output));
}

/// What no program should do.
#[test]
fn misuse_is_a_status() {
    let folder = tempfile::tempdir().unwrap();
    let Some(program) = program("gcc", &["-std=c11"], "hw-tests/c/abuse.c", true, folder.path()) else { return };
    for case in [
        "null_everywhere",
        "freed_twice",
        "strings_without_end",
        "many_threads",
        "waits_end",
        "callback_calls_back",
        "busy_callback",
        "progress_cancels",
    ] {
        let output = run(&program, &[case]);
        assert!(output.status.success(), "{case}: {}", said(&output));
    }
}

/// A host that unloads the library: while a callback runs, while a watch goes on, a thousand times.
#[test]
fn unloading_is_survived() {
    let folder = tempfile::tempdir().unwrap();
    let Some(program) = program("gcc", &["-std=c11"], "hw-tests/c/unload.c", false, folder.path()) else { return };
    for case in ["in_callback", "while_watching", "often"] {
        let output = run(&program, &[case, library().to_str().unwrap()]);
        assert!(output.status.success(), "{case}: {}", said(&output));
    }
}

/// What the library shows and asks for: its own names only, a name for the loader, no PC/SC library at the start.
#[test]
fn the_library_keeps_to_itself() {
    let Some(nm) = find_program("nm").zip(find_program("readelf")).map(|(nm, _)| nm) else {
        return skip("binutils is not installed");
    };
    let exported = Command::new(nm).args(["-D", "--defined-only"]).arg(library()).output().unwrap();
    let exported = said(&exported);
    let names: Vec<_> = exported.lines().filter_map(|line| line.split_whitespace().nth(2)).collect();
    assert!(names.contains(&"cpx_read"), "{exported}");
    assert_eq!(names.iter().filter(|name| !name.starts_with("cpx_")).count(), 0, "{exported}");
    let header = std::fs::read_to_string(prefix().join("include/cpx_card.h")).unwrap();
    for name in names {
        assert!(header.contains(&format!("{name}(")), "{name} is not in the header");
    }
    let dynamic = said(&Command::new("readelf").args(["--dynamic", "--wide"]).arg(library()).output().unwrap());
    assert!(dynamic.contains("soname: [libcpx_card.so.0]") && dynamic.contains("NODELETE"), "{dynamic}");
    assert!(!dynamic.contains("pcsclite"), "{dynamic}");
}

/// The pkg-config file leads to the header and to the library, from wherever it was installed.
#[test]
fn pkg_config_finds_it() {
    if find_program("pkg-config").is_none() {
        return skip("pkg-config is not installed");
    }
    let asked = |arguments: &[&str]| {
        let mut command = Command::new("pkg-config");
        command.env("PKG_CONFIG_PATH", prefix().join("lib/pkgconfig")).args(arguments).arg("cpx_card");
        said(&command.output().unwrap())
    };
    assert_eq!(asked(&["--modversion"]).trim(), env!("CARGO_PKG_VERSION"));
    let flags = asked(&["--cflags", "--libs"]);
    assert!(flags.contains(&format!("-I{}", prefix().join("include").display())), "{flags}");
    assert!(flags.contains("-lcpx_card") && !flags.contains("pcsclite"), "{flags}");
    assert!(asked(&["--libs", "--static"]).contains("-lpcsclite"));
}

/// Links a program with the static library as its pkg-config file says. None where a tool for that is missing.
fn static_program(source: &str, folder: &Path) -> Option<PathBuf> {
    if let Some(missing) = ["gcc", "pkg-config"].into_iter().find(|tool| find_program(tool).is_none()) {
        skip(&format!("{missing} is not installed"));
        return None;
    }
    let mut asked = Command::new("pkg-config");
    asked.env("PKG_CONFIG_PATH", static_prefix().join("lib/pkgconfig"));
    let flags = asked.args(["--static", "--cflags", "--libs", "cpx_card"]).output().unwrap();
    assert!(flags.status.success(), "{}", said(&flags));
    let program = folder.join("program");
    let mut building = Command::new("gcc");
    building.args(["-std=c11", "-Wall", "-Wextra", "-Werror", "-o"]).arg(&program).arg(root().join(source));
    let built = building.args(said(&flags).split_whitespace()).output().unwrap();
    assert!(built.status.success(), "{}", said(&built));
    Some(program)
}

/// The static library asks the PC/SC library of whoever links it, and reads a card.
#[test]
fn the_example_is_linked_statically() {
    let folder = tempfile::tempdir().unwrap();
    let Some(program) = static_program(EXAMPLE, folder.path()) else { return };
    let output = run(&program, &["--simulate", "cps-medecin"]);
    let told = said(&output);
    assert!(output.status.success(), "{told}");
    assert!(told.contains("type : CPS\n") && told.contains("*********240"), "{told}");
    assert!(told.contains("Virtual reader 00 : carte retirée"), "{told}");
    if find_program("readelf").is_none() {
        return skip("binutils is not installed");
    }
    let dynamic = said(&Command::new("readelf").args(["--dynamic", "--wide"]).arg(&program).output().unwrap());
    assert!(dynamic.contains("[libpcsclite.so.1]") && !dynamic.contains("libcpx_card"), "{dynamic}");
}

/// A host that ends while a card still thinks leaves it as it was, when it does what the header asks; where it does not, the
/// service resets the card: what `SECURITY.md` does not promise.
#[test]
fn a_host_that_frees_or_cancels_leaves_the_card() {
    let Some(service) = Service::start(&["gcc", "opensc-tool"]) else { return };
    let folder = tempfile::tempdir().unwrap();
    let Some(program) = program("gcc", &["-std=c11"], "hw-tests/c/leaving.c", true, folder.path()) else { return };
    for (how, is_left) in [("frees", true), ("cancels", true), ("exits", false)] {
        for exchange in [1, 5, 12] {
            let mut shared = Shared::new(&service, "cps-medecin");
            let mut child = held_host(&service, &shared.card, &program, how, exchange);
            if how == "cancels" {
                child.stdin.take().unwrap().write_all(b"now\n").unwrap();
            }
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
            let said = lines.next().unwrap().unwrap();
            assert!(["freeing", "cancelling", "exiting"].contains(&said.as_str()), "{said}");
            std::thread::sleep(Duration::from_millis(100));
            assert_eq!(
                child.try_wait().unwrap().is_none(),
                is_left,
                "{how}, exchange {exchange}: it awaits the answer"
            );
            shared.card.let_go();
            assert!(child.wait().unwrap().success(), "{how}, exchange {exchange}");
            if is_left {
                shared.assert_left();
            } else {
                assert_ne!(shared.other_saw(), "the card is as it was\n", "exchange {exchange}");
                shared.take_out();
            }
        }
    }
}

/// Deadlines of a host, milliseconds. On a machine that is busy the first may pass before the card was asked so often.
const DEADLINES: [&str; 3] = ["700", "7000", "50000"];

/// The host that ends in this way, while the answer of this number is waited for.
fn held_host(service: &Service, card: &CountedCard, program: &Path, how: &str, exchange: usize) -> Child {
    for deadline in DEADLINES {
        card.hold_at(exchange);
        let mut command = service.command(program.to_str().unwrap());
        command.arg(how).args((how != "cancels").then_some(deadline)).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        if card.is_held_before(|| child.try_wait().unwrap().is_some()) {
            return child;
        }
    }
    panic!("{how}, exchange {exchange}: the card is not talked to");
}

/// A library that was built to read cards and nothing else says so of the rest.
#[test]
fn what_was_not_built_is_a_status() {
    let folder = tempfile::tempdir().unwrap();
    let Some(program) = static_program("hw-tests/c/reading_only.c", folder.path()) else { return };
    let output = run(&program, &[]);
    assert!(output.status.success(), "{}", said(&output));
}
