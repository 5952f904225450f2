//! Lists of cards, `cpx-check f413 --batch`: on a real PC/SC stack, across a power cut, on a full disk.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use cpx_simulator::{Latency, embedded_names};
use serde_json::Value;

use crate::support::holder::holder;
use crate::support::{InsertedCard, Service, find_program, in_namespaces, skip, until};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");
const FIRST: &str = "CPX 00 00";

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env("LC_ALL", "fr_FR.UTF-8").env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm");
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    program(arguments).output().unwrap()
}

fn expect(script: &str) -> Option<String> {
    if find_program("expect").is_none() {
        skip("expect is not installed");
        return None;
    }
    let script = format!("set timeout 20\nspawn -noecho {PROGRAM} {script}");
    let output = Command::new("expect").args(["-c", &script]).env("LC_ALL", "fr_FR.UTF-8").output().unwrap();
    assert!(output.status.success(), "{}", crate::support::said(&output));
    Some(crate::support::as_typed(&output.stdout))
}

#[test]
fn a_terminal_hears_the_bell_and_ctrl_c_gives_the_summary() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("liste.csv");
    let script = format!(
        "f413 --simulate cps-medecin --batch {}
        expect \\x07
        expect Inscrite
        send \\x03
        expect {{1 carte CPx lue}}
        expect eof
        exit [lindex [wait] 3]",
        list.display()
    );
    let Some(said) = expect(&script) else { return };
    assert!(said.contains('\u{7}') && said.contains("1 ligne inscrite"), "{said:?}");
    assert_eq!(std::fs::read_to_string(&list).unwrap().lines().count(), 2);
}

#[test]
fn a_file_that_cannot_be_written_is_told_before_the_first_card() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.csv");
    std::fs::write(&other, "nom;prénom\n").unwrap();
    // another file is refused as typed by mistake
    for (path, code) in [
        ("/nonexistent/liste.csv", 74),
        ("/dev/full", 74),
        (folder.path().to_str().unwrap(), 74),
        (other.to_str().unwrap(), 64),
    ] {
        let output = run(&["f413", "--simulate", "cps-medecin", "--batch", path]);
        assert!(
            output.status.code() == Some(code) && output.stdout.is_empty(),
            "{path}: {}",
            crate::support::said(&output)
        );
        assert!(!output.stderr.is_empty());
    }
    assert_eq!(std::fs::read_to_string(&other).unwrap(), "nom;prénom\n", "another file is left alone");
}

/// A card whose holder is called like a formula.
#[test]
fn no_card_writes_a_formula_into_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let card = folder.path().join("formule.toml");
    let original =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/cards/cps-medecin.toml")).unwrap();
    let evil = original.replace("\"DOC0036624\"", "\"=cmd|' /C calc'!A0\"").replace("\"KIT\"", "\"@A;\\\"B\"");
    let plain: String = evil.split("[certificates]").next().unwrap().to_owned();
    std::fs::write(&card, plain).unwrap();
    let list = folder.path().join("liste.csv");
    let batch =
        Batch::start(program(&[]), list.to_str().unwrap(), &["--simulate", card.to_str().unwrap(), "--show-identity"]);
    batch.next("recorded");
    let rows = rows(&list);
    assert_eq!(&rows[0][3], "'=cmd|' /C calc'!A0");
    assert_eq!(&rows[0][4], "'@A;\"B");
    assert_eq!(&rows[0][2], "'0022000011", "a leading zero stays");
}

/// The rows of a list, without its head.
fn rows(path: &Path) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_path(path).unwrap();
    reader.records().map(Result::unwrap).collect()
}

/// The lines of `f413 --batch` as they come.
struct Batch {
    child: Child,
    lines: Receiver<Value>,
}

impl Batch {
    fn start(mut command: Command, list: &str, more: &[&str]) -> Self {
        let arguments = ["f413", "--format", "json", "--batch", list];
        let mut child =
            command.args(arguments).args(more).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in said.lines().map_while(Result::ok) {
                let _ = sender.send(serde_json::from_str(&line).unwrap());
            }
        });
        Self { child, lines }
    }

    fn next(&self, event: &str) -> Value {
        let line = self.lines.recv_timeout(Duration::from_secs(20)).unwrap_or_else(|_| panic!("no {event}"));
        assert_eq!(
            (line["schema"].as_str(), line["event"].as_str()),
            (Some("cpx-check.f413-batch/1"), Some(event)),
            "{line}"
        );
        line
    }

    /// Ends it without a chance to tidy up, as a power cut does.
    fn cut(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Ctrl-C.
    fn interrupt(mut self) -> Value {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        let summary = self.next("summary");
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
        summary
    }

    /// Resident kilobytes, threads and open files.
    fn holds(&self) -> (u64, usize, usize) {
        let folder = format!("/proc/{}", self.child.id());
        let status = std::fs::read_to_string(format!("{folder}/status")).unwrap();
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        let resident = resident.trim().trim_end_matches(" kB").parse().unwrap();
        let count = |name: &str| std::fs::read_dir(format!("{folder}/{name}")).unwrap().count();
        (resident, count("task"), count("fd"))
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Twenty insertions on the virtual reader: two duplicates (one across a kill -9 after the tenth), a Vitale, a card
/// taken out half-way and put in again.
#[test]
fn twenty_cards_go_on_the_list_across_a_power_cut() {
    let Some(service) = Service::start(&["opensc-tool", "kill"]) else { return };
    let list = service.file("liste.csv");
    let start = || Batch::start(service.command(PROGRAM), list.to_str().unwrap(), &["--reader", FIRST]);
    let put = |batch: &Batch, name: &str, event: &str| {
        let card = service.insert(name);
        let line = batch.next(event);
        service.take_out(card, 0);
        line
    };

    let empty = service.run(PROGRAM, ["f413", "--format", "json", "--reader", FIRST]);
    let advised: Value = serde_json::from_slice(&empty.stdout).unwrap();
    let rules: Vec<_> =
        advised["readers"][0]["answers"].as_array().unwrap().iter().map(|one| one["rule"].as_str().unwrap()).collect();
    assert_eq!((rules.join(" ").as_str(), empty.status.code()), ("A1 L1 M1 P1", Some(2)), "an empty reader");

    let batch = start();
    let before = ["cps-medecin", "cpe-employe", "cpa-employe", "cps-expiree", "cpf-interne", "cps-test", "cpe-service"];
    for (place, name) in before.iter().enumerate() {
        let line = put(&batch, name, "recorded");
        assert_eq!(line["line"], place + 2, "{name}");
        assert_eq!(rows(&list).len(), place + 1, "on the disk before it is told");
    }
    assert_eq!(put(&batch, "cpe-employe", "duplicate")["line"], 3);
    assert_eq!(put(&batch, "vitale", "not-recorded")["code"], "foreign-vitale");
    put(&batch, "cps-medecin-cps4", "recorded");
    // the tenth was told: nothing of it may be lost
    batch.cut();
    assert_eq!(rows(&list).len(), 8);

    let batch = start();
    assert_eq!(put(&batch, "cps-medecin", "duplicate")["line"], 2, "known from before the cut");
    let card = service.put_in(0, "cps-pharmacien", Latency::new(9600, 100));
    let exchanges = |card: &InsertedCard| card.look().exchanges();
    until("the reading is under way", || exchanges(&card) >= 3);
    drop(card);
    assert_eq!(batch.next("not-recorded")["code"], "card-removed");
    put(&batch, "cps-pharmacien", "recorded");
    put(&batch, "cde-directeur", "recorded");
    put(&batch, "cda-directeur", "recorded");
    let settled = batch.holds();
    for name in ["cpa-cps4", "cpe-employe-cps4", "cps-corse", "cps-infirmier-adeli", "cpe-la-poste"] {
        put(&batch, name, "recorded");
    }
    let (resident, threads, files) = batch.holds();
    assert!(resident < settled.0 + 1024, "memory is flat: {} kB, then {resident} kB", settled.0);
    assert_eq!((threads, files), (settled.1, settled.2), "threads and files are flat");
    let summary = batch.interrupt();
    for (key, count) in [("read", 9), ("recorded", 8), ("duplicates", 1), ("others", 0), ("failed", 1)] {
        assert_eq!(summary[key], count, "{summary}");
    }

    let rows = rows(&list);
    assert_eq!(rows.len(), 16);
    assert!(rows.iter().all(|row| row.len() == 17), "every line is whole");
    let keys: std::collections::BTreeSet<_> = rows.iter().map(|row| row[15].to_owned()).collect();
    assert_eq!(keys.len(), 16, "no card twice");
    let text = std::fs::read_to_string(&list).unwrap();
    for secret in ["DOC0036624", "899700366240", "0022000011", "2999001363"] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert!(text.contains("oui") || text.contains("yes"));
}

/// A card that another program has is told, and goes on the list once it is given back.
#[test]
fn a_held_card_goes_on_the_list_once_it_is_free() {
    let Some(service) = Service::start(&["opensc-tool"]) else { return };
    let list = service.file("liste.csv");
    let _card = service.insert("cps-medecin");
    let other = holder(&service, "exclusive", FIRST);
    let batch = Batch::start(service.command(PROGRAM), list.to_str().unwrap(), &["--reader", FIRST]);
    assert_eq!(batch.next("not-recorded")["code"], "card-in-use");
    other.release();
    assert_eq!(batch.next("recorded")["line"], 2);
    let summary = batch.interrupt();
    assert_eq!((&summary["recorded"], &summary["failed"]), (&1.into(), &0.into()), "{summary}");
}

/// A disk that fills up: what was told is on the list, the line that did not fit is not, and the end says so.
#[test]
fn a_full_disk_loses_nothing_that_was_told() {
    let folder = tempfile::tempdir().unwrap();
    let [disk, kept] = ["disk", "kept.csv"].map(|name| folder.path().join(name));
    std::fs::create_dir(&disk).unwrap();
    let script = "mount -t tmpfs -o size=12k none \"$0\" || exit 99; out=$1; shift; timeout 60 \"$@\"; code=$?; \
                  cp \"$0/l.csv\" \"$out\"; exit $code";
    let list = disk.join("l.csv");
    let mut command = in_namespaces(Command::new("unshare"), &["--mount"]);
    command.args(["sh", "-c", script]).args([&disk, &kept]).arg(PROGRAM);
    command.args(["f413", "--format", "json", "--batch"]).arg(&list);
    for name in embedded_names().filter(|name| name.starts_with("cp") && *name != "cps2ter") {
        command.args(["--simulate", name]);
    }
    let output = command.env("LC_ALL", "fr_FR.UTF-8").stdin(Stdio::null()).output().unwrap();
    if output.status.code() == Some(99) || find_program("unshare").is_none() {
        return skip("no small disk can be mounted");
    }
    assert_eq!(output.status.code(), Some(74), "{}", crate::support::said(&output));
    assert!(
        crate::support::as_typed(&output.stderr).contains("n'a pas pu être écrite"),
        "{}",
        crate::support::said(&output)
    );
    let told = crate::support::as_typed(&output.stdout).lines().filter(|line| line.contains("\"recorded\",")).count();
    let rows = rows(&kept);
    assert!(told >= 5 && rows.len() == told && rows.iter().all(|row| row.len() == 17), "{told} told");
    assert!(std::fs::read(&kept).unwrap().ends_with(b"\n"), "nothing of the line that did not fit");
}

/// The same card with another answer is not silently left with the former one.
#[test]
fn a_card_whose_answer_changed_is_recorded_again() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("liste.csv");
    let path = list.to_str().unwrap();
    let first = Batch::start(program(&[]), path, &["--simulate", "cps-medecin"]);
    assert_eq!(first.next("recorded")["line"], 2);
    first.interrupt();
    // its certificate proves nothing: rule K10 instead of A4
    let second = Batch::start(program(&["--lang", "en"]), path, &["--simulate", "cps-medecin", "--certificates"]);
    let line = second.next("recorded");
    assert_eq!((line["line"].as_u64(), line["before"].as_u64()), (Some(3), Some(2)));
    second.interrupt();
    let third = Batch::start(program(&[]), path, &["--simulate", "cps-medecin", "--certificates"]);
    assert_eq!(third.next("duplicate")["line"], 3);
    // a second one on the same list is refused
    let refused = run(&["f413", "--simulate", "cps-medecin", "--batch", path]);
    assert!(
        refused.status.code() == Some(64) && crate::support::said(&refused).contains("Ctrl-C"),
        "{}",
        crate::support::said(&refused)
    );
    third.interrupt();
    assert_eq!(rows(&list).len(), 2);
}
