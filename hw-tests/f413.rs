//! Form F413 as its users meet it: every virtual card, the wording, lists of cards on a real PC/SC stack, orders.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use cpx_card::collect::{Collecting, collect};
use cpx_card::f413::{Answer, CardState, Declared, Knowledge, Opposition, Standing, judge_card};
use cpx_card::identity::CardNumber;
use cpx_card::simulator::{Latency, Personality, SimulatedReaders, embedded_names};
use cpx_card::transport::Readers;
use serde_json::Value;

use support::{InsertedCard, Service, find_program, skip, until};

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

fn text(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.stderr.is_empty(), "{}", support::said(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn json(arguments: &[&str]) -> (Value, Option<i32>) {
    let output = run(&[arguments, &["--format", "json"]].concat());
    (
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", support::said(&output))),
        output.status.code(),
    )
}

/// Each card: kind, category, state, then the rules that answer the four questions, the first with its answer.
const CARDS: [(&str, &str, i32); 33] = [
    ("banque", "foreign unknown unknown no K1 K1 K1 K1", 2),
    ("carte-inconnue", "foreign unknown unknown no K1 K1 K1 K1", 2),
    ("cda-directeur", "cda-cpa real valid-unchecked yes A5 L10 M5 P7", 0),
    ("cde-directeur", "cde-cpe real valid-unchecked yes A5 L10 M5 P7", 0),
    ("cnie", "foreign unknown unknown no K1 K1 K1 K1", 2),
    ("cpa-cps4", "cda-cpa real valid-unchecked yes A5 L10 M5 P7", 0),
    ("cpa-employe", "cda-cpa real valid-unchecked yes A5 L10 M5 P7", 0),
    ("cpe-contactless", "cde-cpe real valid-unchecked yes A5 L10 M5 P7", 0),
    ("cpe-employe", "cde-cpe real valid-unchecked yes A5 L10 M5 P7", 0),
    ("cpe-employe-cps4", "cde-cpe real valid-unchecked yes A5 L10 M5 P7", 0),
    ("cpe-la-poste", "cde-cpe real valid-unchecked yes A5 L10 M5 P7", 0),
    ("cpe-service", "service-card real valid-unchecked no A3 K9 K9 K9", 2),
    ("cpf-etudiant", "cpf real valid-unchecked to-verify A6 L11 M5 P7", 1),
    ("cpf-interne", "cpf real valid-unchecked to-verify A6 L11 M5 P7", 1),
    ("cps-bloquee", "cps real valid-unchecked yes A4 L7 M5 P5", 0),
    ("cps-bloquee-cps4", "cps real valid-unchecked yes A4 L7 M5 P5", 0),
    ("cps-corse", "cde-cpe real valid-unchecked yes A5 L10 M5 P7", 0),
    ("cps-dernier-essai", "cps real valid-unchecked yes A4 L7 M5 P5", 0),
    ("cps-deux-essais", "cps real valid-unchecked yes A4 L7 M5 P5", 0),
    ("cps-expiree", "cps real expired no K6 K6 K6 K6", 2),
    ("cps-huit-situations", "cps real valid-unchecked yes A4 L7 M5 P5", 0),
    ("cps-identifiant-invalide", "cps real valid-unchecked yes A4 L7 M5 P5", 0),
    ("cps-infirmier-adeli", "cps real valid-unchecked yes A4 L7 M5 P5", 0),
    ("cps-medecin", "cps real valid-unchecked yes A4 L7 M5 P5", 0),
    ("cps-medecin-contactless", "cps real valid-unchecked yes A4 L7 M5 P5", 0),
    ("cps-medecin-cps4", "cps real valid-unchecked yes A4 L7 M5 P5", 0),
    ("cps-pharmacien", "cps real valid-unchecked yes A4 L7 M5 P5", 0),
    ("cps-sage-femme-accents", "cps real valid-unchecked yes A4 L7 M5 P5", 0),
    ("cps-test", "cps test valid-unchecked no K4 K4 K4 K4", 2),
    ("cps-test-cps4", "cps test valid-unchecked no K4 K4 K4 K4", 2),
    ("cps2ter", "too-old unknown unknown no K13 K13 K13 K13", 2),
    ("muette", "unreadable unknown unknown to-verify K2 K2 K2 K2", 2),
    ("vitale", "foreign unknown unknown no K1 K1 K1 K1", 2),
];

#[test]
fn every_virtual_card_is_answered_by_the_rules() {
    let mut names: Vec<_> = embedded_names().collect();
    names.sort_unstable();
    let mut expected: Vec<_> = CARDS.iter().map(|(name, ..)| *name).collect();
    expected.sort_unstable();
    assert_eq!(names, expected);
    for (name, expected, code) in CARDS {
        let (answer, exit) = json(&["f413", "--simulate", name, "--show-identity"]);
        let reader = &answer["readers"][0];
        let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        let holding = ["card", "category", "state"].map(|key| word(&reader["holding"][key])).join(" ");
        let rules: Vec<_> = (0..4).map(|index| word(&reader["answers"][index]["rule"])).collect();
        let said = format!("{holding} {} {}", word(&reader["answers"][0]["answer"]), rules.join(" "));
        assert_eq!((said.as_str(), exit), (expected, Some(code)), "{name}");
        // what a card does not say is not claimed: no signer is ever answered "yes" from the card alone
        assert!((1..4).all(|index| reader["answers"][index]["answer"] != "yes"), "{name}");
        let (card, _) = json(&["card", "--simulate", name, "--show-identity"]);
        let card = &card["readers"][0];
        if card["state"] == "cpx" {
            assert_eq!(reader["lines"]["card_number"], card["card"]["number"], "{name}");
            assert_eq!(reader["lines"]["surname"], card["holder"]["surname"], "{name}");
            assert_eq!(reader["lines"]["given_name"], card["holder"]["given_name"], "{name}");
            let number = reader["lines"]["card_number"].as_str().unwrap();
            assert!(CardNumber::parse(number).is_ok() && card["holder"]["id"] != number, "{name}");
        } else {
            assert!(reader["lines"].is_null());
        }
    }
}

/// With certificates that no authority of IGC-Santé signed, as all of the simulator's: nothing is relied upon.
#[test]
fn a_certificate_that_proves_nothing_takes_the_yes_back() {
    for name in ["cps-medecin", "cpe-employe-cps4", "cpf-interne", "cps-medecin-contactless"] {
        let (answer, exit) = json(&["f413", "--simulate", name, "--certificates"]);
        let reader = &answer["readers"][0];
        assert_eq!((reader["holding"]["state"].as_str(), exit), (Some("doubtful"), Some(1)), "{name}");
        assert_eq!(reader["answers"][0]["rule"], "K10");
        assert_eq!(reader["answers"][0]["ask"], serde_json::json!(["certificates"]));
    }
    let (expired, _) = json(&["f413", "--simulate", "cps-expiree", "--certificates"]);
    assert_eq!(expired["readers"][0]["answers"][0]["rule"], "K6");
}

/// What is known beyond the chip decides as the tables say.
#[test]
fn what_is_known_beyond_the_chip_decides() {
    let today = "2026-11-20".parse().unwrap();
    let judge = |name: &str, change: fn(&mut Standing), knowledge: Knowledge| {
        let readers: Arc<dyn Readers> =
            Arc::new(SimulatedReaders::new(vec![("A".into(), Personality::embedded(name).unwrap())]).unwrap());
        let facts = collect(&readers, "", Collecting::default());
        let mut standing = Standing::default();
        change(&mut standing);
        judge_card(&facts.readers.unwrap()[0].content, standing, knowledge, today)
    };
    let nothing = Knowledge::default();
    let checked = judge("cps-medecin", |standing| standing.opposition = Opposition::NotOpposed, nothing);
    assert_eq!((checked.holding.state, checked.administrator()), (CardState::Valid, Answer::Yes));
    assert!(checked.rulings[0].ask.is_empty());
    let unchecked = judge("cps-medecin", |_| {}, nothing);
    assert_eq!(unchecked.rulings[0].ask.first().unwrap().code(), "opposition");
    let opposed = judge("cpe-employe", |standing| standing.opposition = Opposition::Opposed, nothing);
    assert_eq!((opposed.holding.state, opposed.administrator()), (CardState::Opposed, Answer::No));
    let doubted = judge("cps-medecin", |standing| standing.clock_doubted = true, nothing);
    assert_eq!((doubted.holding.state, doubted.administrator()), (CardState::Unknown, Answer::Verify));
    let (yes, no) = (Declared::Yes, Declared::No);
    for (name, knowledge, expected) in [
        ("cps-medecin", Knowledge::new(yes, yes, yes), "L6 M3 P3"),
        ("cps-medecin", Knowledge::new(no, no, no), "L3 M4 P4"),
        ("cpe-employe", Knowledge::new(yes, yes, yes), "L8 M3 P7"),
        ("cpa-employe", Knowledge::new(yes, no, yes), "L9 M4 P7"),
        ("cps-expiree", Knowledge::new(yes, yes, yes), "K6 K6 K6"),
        ("cps-test", Knowledge::new(yes, yes, yes), "K4 K4 K4"),
        ("cpe-service", Knowledge::new(yes, yes, yes), "K9 K9 K9"),
        ("vitale", Knowledge::new(yes, yes, yes), "K1 K1 K1"),
    ] {
        let advice = judge(name, |_| {}, knowledge);
        let rules: Vec<_> = advice.rulings[1..].iter().map(|ruling| ruling.rule.unwrap().citation().rule).collect();
        assert_eq!(rules.join(" "), expected, "{name}");
    }
    let (options, _) = json(&["f413", "--simulate", "cps-medecin", "--mandate", "yes", "--practice-owner", "no"]);
    assert_eq!(options["readers"][0]["answers"][2]["rule"], "M3");
    assert_eq!(options["readers"][0]["answers"][3]["rule"], "P4");
}

/// The ten most frequent answers, in both languages: approved text.
#[test]
fn the_wording_is_the_approved_one() {
    for (name, arguments) in [
        ("cps", &["f413", "--simulate", "cps-medecin"][..]),
        ("cpe", &["f413", "--simulate", "cpe-employe"]),
        ("cpa", &["f413", "--simulate", "cpa-employe", "--legal-representative", "no", "--mandate", "yes"]),
        ("cpf", &["f413", "--simulate", "cpf-interne"]),
        ("expired", &["f413", "--simulate", "cps-expiree"]),
        ("test", &["f413", "--simulate", "cps-test"]),
        ("service", &["f413", "--simulate", "cpe-service"]),
        ("vitale", &["f413", "--simulate", "vitale"]),
        (
            "order-hospital",
            &[
                "f413",
                "order",
                "--structure",
                "public-hospital",
                "--contract",
                "none",
                "--need",
                "insi-auto",
                "--need",
                "dmp",
            ],
        ),
        (
            "order-private",
            &[
                "f413",
                "order",
                "--structure",
                "private-for-profit",
                "--contract",
                "finess-site",
                "--need",
                "dmp",
                "--need",
                "hprim-net",
                "--finess-site",
                "54 OOO 269 8",
            ],
        ),
        ("forms", &["forms"]),
    ] {
        for language in ["fr", "en"] {
            let said = text(&[arguments, &["--lang", language]].concat());
            insta::with_settings!({ snapshot_path => "approved", prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(format!("f413-{name}-{language}"), said);
            });
        }
    }
}

#[test]
fn a_person_stays_masked_unless_asked_for() {
    let secrets = ["DOC0036624", "899700366240", "0022000011", "22000011"];
    for arguments in [&["f413"][..], &["f413", "--format", "json"], &["f413", "--certificates", "--format", "json"]] {
        let said = text(&[arguments, &["--simulate", "cps-medecin"]].concat());
        assert!(secrets.iter().all(|secret| !said.contains(secret)), "{said}");
    }
    let shown = text(&["f413", "--simulate", "cps-medecin", "--show-identity"]);
    assert!(shown.contains("0022000011 (10 chiffres)") && shown.contains("DOC0036624"), "{shown}");
    let refused = run(&["f413", "order", "--holder-id", "10002813839"]);
    let said = support::said(&refused);
    assert!(said.contains("il manque le 8 initial") && !said.contains("10002813839"), "{said}");
}

/// No clipboard, or one that hangs: the lines come to the terminal, whole and labelled; the answer stays masked.
#[test]
fn without_a_clipboard_the_lines_come_to_the_terminal() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let screen = silent.local_addr().unwrap().port().checked_sub(6000);
    let display = screen.map(|screen| format!("127.0.0.1:{screen}"));
    for display in [None, Some("/nonexistent:0".to_owned()), display] {
        let mut command = program(&["f413", "--simulate", "cps-medecin", "--copy"]);
        if let Some(display) = display {
            command.env("DISPLAY", display);
        }
        let output = command.output().unwrap();
        let lines = String::from_utf8(output.stderr).unwrap();
        assert!(lines.contains("N° de carte : 0022000011\nNom figurant sur la carte : DOC0036624\n"), "{lines}");
        assert!(lines.contains("Prénom figurant sur la carte : KIT\n") && !lines.contains("899700366240"), "{lines}");
        assert!(!String::from_utf8(output.stdout).unwrap().contains("DOC0036624"));
        assert_eq!(output.status.code(), Some(0));
    }
    for arguments in [
        &["--simulate", "vitale"][..],
        &["--simulate", "cps-medecin", "--simulate", "cpe-employe"],
        &["--simulate", "cps-expiree"],
    ] {
        let output = run(&[&["f413", "--copy"], arguments].concat());
        assert_eq!(output.status.code(), Some(64), "{}", support::said(&output));
    }
}

#[test]
fn orders_say_what_is_missing_and_refuse_numbers_of_other_lines() {
    let hospital = ["f413", "order", "--structure", "public-hospital", "--contract", "finess-legal", "--need", "dmp"];
    let with = |more: &[&str]| {
        let output = run(&[&hospital, more].concat());
        (support::said(&output), output.status.code())
    };
    for (arguments, missing) in [
        (&["f413", "order"][..], "--structure"),
        (&["f413", "order", "--structure", "pharmacy"], "--contract"),
        (&["f413", "order", "--structure", "pharmacy", "--contract", "implicit"], "--need"),
    ] {
        let output = run(arguments);
        let said = support::said(&output);
        assert!(output.status.code() == Some(64) && said.contains(missing) && output.stdout.is_empty(), "{said}");
    }
    for (more, code, words) in [
        (&["--finess-legal", "540002698"][..], 0, "FINESS juridique : 540002698"),
        (&["--finess-legal", "54.000.26 98"], 0, "espaces, points et tirets retirés"),
        (&["--finess-legal", "54OOO2698"], 0, "lettre O lue comme zéro"),
        (&["--finess-legal", "540002699"], 1, "Clé de contrôle fausse"),
        (&["--finess-legal", "0B0057881"], 1, "numéro de test"),
        (&["--finess-legal", "2b0000020"], 0, "Corse"),
        (&["--finess-site", "540002698"], 0, "ne sert pas"),
        (&["--finess-legal", "54000269"], 64, "8 caractères au lieu de 9"),
        (&["--siret", "187512751"], 64, "SIREN"),
        (&["--card-number", "10002813839"], 64, "un numéro RPPS (11 chiffres)"),
        (&["--card-number", "810002813839"], 64, "l'identifiant du titulaire"),
        (&["--card-number", "99213845"], 64, "celui de la puce"),
        (&["--holder-id", "10002813839"], 64, "il manque le 8 initial"),
        (&["--need", "nonsense"], 64, "insi-auto"),
        (&["--solutions", "0"], 64, "--solutions"),
        (&["--solutions", "3"], 0, "6 certificats à commander"),
    ] {
        let (said, exit) = with(more);
        assert!(exit == Some(code) && said.contains(words), "{more:?} {exit:?} {said}");
    }
    let (answer, _) = json(&[&hospital[..], &["--need", "insi-manu", "--rpps-rank", "10005531586003"]].concat());
    assert_eq!(answer["schema"], "cpx-check.f413-order/1");
    assert_eq!(answer["certificates"][0]["name"], "INSI-MANU");
    assert_eq!(answer["certificates"].as_array().unwrap().len(), 3);
    assert_eq!(answer["typed"][0]["value"], "***********003");
    assert_eq!(json(&["forms"]).0["forms"].as_array().unwrap().len(), 11);
}

fn expect(script: &str) -> Option<String> {
    if find_program("expect").is_none() {
        skip("expect is not installed");
        return None;
    }
    let script = format!("set timeout 20\nspawn -noecho {PROGRAM} {script}");
    let output = Command::new("expect").args(["-c", &script]).env("LC_ALL", "fr_FR.UTF-8").output().unwrap();
    assert!(output.status.success(), "{}", support::said(&output));
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn in_a_terminal_an_order_asks() {
    // nonsense is asked again; 11 is the structure without patients, 4 the contract on the SIRET
    let answers = "f413 order
        expect choix
        send \"nonsense\\r\"
        expect choix
        send \"11\\r\"
        expect choix
        send \"4\\r\"
        expect choix
        send \"1, 3\\r\"
        expect choix
        send \"2\\r\"
        expect SIRET
        expect choix
        send \"187512751\\r\"
        expect SIREN
        expect choix
        send \"187 512 751 00020\\r\"
        expect certificats
        expect eof
        exit [lindex [wait] 3]";
    let Some(said) = expect(answers) else { return };
    assert!(said.contains("5 certificats à commander") && said.contains("SIRET : 18751275100020"), "{said}");
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
    for path in ["/nonexistent/liste.csv", "/dev/full", folder.path().to_str().unwrap(), other.to_str().unwrap()] {
        let output = run(&["f413", "--simulate", "cps-medecin", "--batch", path]);
        assert!(output.status.code() == Some(64) && output.stdout.is_empty(), "{path}: {}", support::said(&output));
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
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/cards/cps-medecin.toml")).unwrap();
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
        refused.status.code() == Some(64) && support::said(&refused).contains("Ctrl-C"),
        "{}",
        support::said(&refused)
    );
    third.interrupt();
    assert_eq!(rows(&list).len(), 2);
}
