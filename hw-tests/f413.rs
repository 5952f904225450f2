//! Form F413 as its users meet it: every virtual card, the wording, orders.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::net::TcpListener;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use cpx_card::internal::collect::{Collecting, collect};
use cpx_card::internal::identity::CardNumber;
use cpx_card::internal::transport::Readers;
use cpx_f413::{Answer, CardState, Declared, Knowledge, Opposition, Standing, judge_card};
use cpx_simulator::{Personality, SimulatedReaders, embedded_names};
use serde_json::Value;

use crate::support::{find_program, skip};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");

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
    assert!(output.stderr.is_empty(), "{}", crate::support::said(&output));
    crate::support::as_typed(output.stdout)
}

fn json(arguments: &[&str]) -> (Value, Option<i32>) {
    let output = run(&[arguments, &["--format", "json"]].concat());
    (
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", crate::support::said(&output))),
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
    ("cps-bloquee", "cps real valid-unchecked yes A4 L7 M5 P5", 1),
    ("cps-bloquee-cps4", "cps real valid-unchecked yes A4 L7 M5 P5", 1),
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
    let said = crate::support::said(&refused);
    // what the user has just typed is no secret from the user
    assert!(said.contains("il manque le 8 initial") && said.contains("« 10002813839 »"), "{said}");
}

/// On a terminal (util-linux `script` makes one): shown in a local session, masked over SSH, in CI and where it is asked for.
#[test]
fn the_identity_is_shown_on_the_terminal_of_a_local_session_alone() {
    let Some(script) = find_program("script") else { return skip("script (util-linux) is not installed") };
    let on_terminal = |arguments: &str, variables: &[(&str, &str)]| {
        let line = format!("stty cols 80 rows 24; '{PROGRAM}' {arguments} --simulate cps-medecin");
        let mut command = Command::new(&script);
        command.args(["-q", "-e", "-c", &line, "/dev/null"]).stdin(Stdio::null());
        for name in
            ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT", "XRDP_SESSION", "CI", "WAYLAND_DISPLAY", "XDG_SESSION_ID"]
        {
            command.env_remove(name);
        }
        command.env("DISPLAY", ":0").env("LC_ALL", "fr_FR.UTF-8").envs(variables.iter().copied());
        String::from_utf8_lossy(&command.output().unwrap().stdout).into_owned()
    };
    for command in ["card", "f413"] {
        let local = on_terminal(command, &[]);
        assert!(local.contains("DOC0036624") && local.contains("(--masked)"), "{local}");
        assert!(local.lines().count() <= 25, "one screen, and the line of the simulation\n{local}");
        let masked = [
            on_terminal(&format!("{command} --masked"), &[]),
            on_terminal(command, &[("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")]),
            on_terminal(command, &[("DISPLAY", "localhost:10.0")]),
            on_terminal(command, &[("XRDP_SESSION", "1")]),
            on_terminal(command, &[("CI", "true")]),
        ];
        for said in masked {
            assert!(said.contains("011") && !said.contains("DOC0036624") && !said.contains("(--masked)"), "{said}");
        }
    }
    let diagnosis = on_terminal("token", &[]);
    assert!(!diagnosis.contains("DOC0036624"), "{diagnosis}");
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
        let lines = crate::support::as_typed(output.stderr);
        assert!(lines.contains("N° de carte : 0022000011\nNom figurant sur la carte : DOC0036624\n"), "{lines}");
        assert!(lines.contains("Prénom figurant sur la carte : KIT\n") && !lines.contains("899700366240"), "{lines}");
        assert!(!crate::support::as_typed(output.stdout).contains("DOC0036624"));
        assert_eq!(output.status.code(), Some(0));
    }
    for arguments in [
        &["--simulate", "vitale"][..],
        &["--simulate", "cps-medecin", "--simulate", "cpe-employe"],
        &["--simulate", "cps-expiree"],
    ] {
        let output = run(&[&["f413", "--copy"], arguments].concat());
        assert_eq!(output.status.code(), Some(64), "{}", crate::support::said(&output));
    }
}

#[test]
fn orders_say_what_is_missing_and_refuse_numbers_of_other_lines() {
    let hospital = ["f413", "order", "--structure", "public-hospital", "--contract", "finess-legal", "--need", "dmp"];
    let with = |more: &[&str]| {
        let output = run(&[&hospital, more].concat());
        (crate::support::said(&output), output.status.code())
    };
    for (arguments, missing) in [
        (&["f413", "order"][..], "--structure, --contract, --need (3 options)"),
        (&["f413", "order", "--structure", "PHARMACIE"], "--contract, --need (2 options)"),
        (&["f413", "order", "--structure", "pharmacy", "--contract", "Implicite"], "Il manque --need."),
    ] {
        let output = run(arguments);
        let said = crate::support::said(&output);
        assert!(output.status.code() == Some(64) && said.contains(missing) && output.stdout.is_empty(), "{said}");
    }
    for (more, code, words) in [
        (&["--finess-legal", "540002698"][..], 0, "FINESS juridique : 540002698"),
        (&["--finess-legal", "54.000.26 98"], 0, "espaces, points et tirets retirés"),
        (&["--finess-legal", "54OOO2698"], 0, "lettre O lue comme zéro"),
        (&["--finess-legal", "540002699"], 1, "Clé de contrôle non valide"),
        (&["--finess-legal", "0B0057881"], 1, "numéro de test"),
        (&["--finess-legal", "2b0000020"], 0, "Corse"),
        (&["--finess-site", "540002698"], 0, "ne sert pas"),
        (&["--finess-legal", "54000269"], 64, "8 caractères au lieu de 9"),
        (&["--siret", "187512751"], 64, "SIREN"),
        (&["--card-number", "10002813839"], 64, "un numéro RPPS (11 chiffres)"),
        (&["--card-number", "810002813839"], 64, "l'identifiant du porteur"),
        (&["--card-number", "99213845"], 64, "le n° de la puce"),
        (&["--holder-id", "10002813839"], 64, "il manque le 8 initial"),
        (&["--need", "nonsense"], 64, "insi-auto"),
        (&["--solutions", "0"], 64, "--solutions"),
        (&["--solutions", "3"], 0, "6 certificats à commander"),
        (&["--need", "Pro Santé Connect", "--servers", "2"], 0, "4 certificats à commander"),
        (&["--need", "château"], 64, "pro-sante-connect (psc)"),
        (&["--entities", "0"], 64, "--entities"),
    ] {
        let (said, exit) = with(more);
        assert!(exit == Some(code) && said.contains(words), "{more:?} {exit:?} {said}");
    }
    let (answer, _) = json(&[&hospital[..], &["--need", "insi-manu", "--rpps-rank", "10005531586003"]].concat());
    assert_eq!(answer["schema"], "cpx-check.f413-order/2");
    assert_eq!(answer["certificates"][0]["names"], serde_json::json!(["INSI-MANU"]));
    assert_eq!(answer["rules_as_of"], "2023-10-13", "the date of the documents, not of the build");
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
    assert!(output.status.success(), "{}", crate::support::said(&output));
    Some(crate::support::as_typed(&output.stdout))
}

#[test]
fn in_a_terminal_an_order_asks() {
    // nonsense is asked again; a structure by its word, 4 is the contract on the SIRET
    let answers = "f413 order
        expect choix
        send \"nonsense\\r\"
        expect choix
        send \"Sans patients\\r\"
        expect choix
        send \"4\\r\"
        expect choix
        send \"1, Pro Santé Connect\\r\"
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
    assert!(said.contains("4 certificats à commander") && said.contains("SIRET : 18751275100020"), "{said}");
}
