//! The program as its users meet it: words, JSON, exit codes, files. No reader needed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::Read;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cpx-check"));
    command.args(arguments).env("LC_ALL", "fr_FR.UTF-8").env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm");
    command.stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    program(arguments).output().unwrap()
}

fn code(arguments: &[&str]) -> Option<i32> {
    run(arguments).status.code()
}

fn text(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.stderr.is_empty(), "{}", crate::support::as_typed(&output.stderr));
    crate::support::as_typed(output.stdout)
}

fn error(arguments: &[&str]) -> String {
    crate::support::as_typed(run(arguments).stderr)
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_slice(&run(&[arguments, &["--format", "json"]].concat()).stdout).unwrap()
}

fn reader(name: &str, more: &[&str]) -> Value {
    json(&[&["card", "--simulate", name], more].concat())["readers"][0].clone()
}

/// The keys that scripts rely on, with the values of the reference card.
#[test]
fn the_json_has_the_promised_keys() {
    let answer = json(&["card", "--simulate", "cps-medecin", "--show-identity"]);
    assert_eq!(answer["schema"], "cpx-check.card/1");
    let reader = &answer["readers"][0];
    for (path, value) in [
        ("/state", Value::from("cpx")),
        ("/code", "cpx-read".into()),
        ("/card/generation", "cps3".into()),
        ("/card/interface", "contact".into()),
        ("/card/atr", "3BAC00402A001225006480000310009000".into()),
        ("/card/number", "0022000011".into()),
        ("/card/chip_serial", "22000011".into()),
        ("/card/category", "real".into()),
        ("/card/type", "CPS".into()),
        ("/card/type_code", "00".into()),
        ("/card/valid_from", "2025-09-01".into()),
        ("/card/valid_until", "2028-09-01".into()),
        ("/holder/id", "899700366240".into()),
        ("/holder/id_type", "8".into()),
        ("/holder/id_register", "RPPS".into()),
        ("/holder/id_check", "valid".into()),
        ("/holder/civility", "Monsieur".into()),
        ("/holder/surname", "DOC0036624".into()),
        ("/holder/given_name", "KIT".into()),
        ("/holder/profession/code", "10".into()),
        ("/holder/profession/label", "Médecin".into()),
        ("/holder/future_profession", Value::Null),
        ("/holder/specialities/0/code", "SM26".into()),
        ("/pin/state", "ok".into()),
        ("/pin/tries_left", 3.into()),
        ("/pin/tries_max", 3.into()),
        ("/exchange/apdus", 16.into()),
        ("/certificates", Value::Null),
    ] {
        assert_eq!(reader.pointer(path), Some(&value), "{path}");
    }
    assert!(reader["name"].is_string() && reader["exchange"]["bytes"].as_u64().unwrap() <= 600);
    let with = reader_with_certificates();
    assert_eq!(with["certificates"].as_array().unwrap().len(), 2);
    assert_eq!(with["certificates"][0]["label"], "Certificat de Signature CPS");
    assert!(with["certificates"][0]["der"].as_str().unwrap().starts_with("3082"));
}

fn reader_with_certificates() -> Value {
    reader("cps-medecin", &["--certificates", "--show-identity"])
}

#[test]
fn exit_codes_say_what_scripts_need() {
    for (arguments, expected) in [
        (&["card", "--simulate", "cps-medecin"][..], 0),
        (&["card", "--simulate"], 0),
        (&["card", "--simulate", "cps-expiree"], 2),
        (&["card", "--simulate", "cps-bloquee"], 2),
        (&["card", "--simulate", "cps-dernier-essai"], 1),
        (&["card", "--simulate", "cps-test"], 1),
        (&["card", "--simulate", "cps-medecin", "--simulate", "cpe-employe"], 1),
        (&["card", "--simulate", "cps-medecin", "--simulate", "vitale"], 0),
        (&["card", "--simulate", "cps-medecin", "--at", "2028-09-02"], 2),
        (&["card", "--simulate", "cps-medecin", "--at", "2028-08-07"], 1),
        (&["f413", "--simulate", "cps-medecin", "--at", "2028-08-07"], 1),
        (&["card", "--simulate", "cps-medecin", "--at", "2028-07-01"], 0),
        (&["card", "--simulate", "cps-medecin", "--simulate", "cps-expiree"], 1),
        (&["card", "--simulate", "vitale"], 2),
        (&["card", "--simulate", "muette"], 2),
        (&["card", "--simulate", "cps2ter"], 2),
        (&["card"], 3),
        (&["readers"], 3),
        (&["readers", "--simulate", "vitale"], 0),
        (&[], 2),
        (&["card", "--nonsense"], 64),
        (&["card", "--simulate", "nobody"], 64),
        (&["card", "--simulate", "cps-medecin", "--reader", "absent"], 64),
        (&["card", "--replay", "/nonexistent"], 64),
        (&["card", "--record", "/nonexistent/folder/file", "--simulate", "vitale"], 74),
        (&["decode", "CPX-10AN-ZDE8-GQ56"], 0),
        (&["decode", "CPX-10AN-ZDE8-GQ57"], 64),
        (&["decode"], 64),
        (&["--user", "personne-de-ce-nom"], 64),
        (&["simulate"], 64),
        (&["simulate", "--list"], 0),
        (&["--help"], 0),
        (&["--version"], 0),
    ] {
        assert_eq!(code(arguments), Some(expected), "{arguments:?}: {}", error(arguments));
    }
}

#[test]
fn a_dictated_support_code_is_understood_and_a_wrong_letter_is_noticed() {
    let said = text(&["decode", "cpx", "1oan", "zde8", "gq56"]);
    assert!(said.starts_with("CPX-10AN-ZDE8-GQ56 : pas prêt\n") && said.contains("Windows"), "{said}");
    assert!(said.contains("Pro Santé Connect par carte : pas prêt") && !said.contains("TOPS"), "{said}");
    assert_eq!(
        json(&["decode", "CPX-10AN-ZDE8-GQ56"])["causes"],
        serde_json::json!(["pcsc-service-startup", "test-card-on-production"])
    );
    assert!(error(&["decode", "CPX-10AN-ZDE8-GQ57"]).contains("→"));
}

/// What a helpdesk reads: approved text, both languages.
#[test]
fn the_text_is_the_approved_one() {
    for (name, arguments) in [
        ("card", &["card", "--simulate", "cps-medecin"][..]),
        ("card-english", &["card", "--simulate", "cps-medecin", "--lang", "en"]),
        ("card-identity", &["card", "--simulate", "cps-sage-femme-accents", "--show-identity"]),
        ("card-reservations", &["card", "--simulate", "cps-expiree", "--simulate", "cps-dernier-essai"]),
        ("card-service", &["card", "--simulate", "cpe-service", "--certificates"]),
        ("card-student", &["card", "--simulate", "cpf-etudiant"]),
        ("card-blocked-test", &["card", "--simulate", "cps-bloquee-cps4", "--simulate", "cps-test-cps4"]),
        ("card-contactless", &["card", "--simulate", "cps-medecin-contactless"]),
        ("card-foreign", &["card", "--simulate", "vitale", "--simulate", "carte-inconnue", "--simulate", "muette"]),
        ("card-too-old", &["card", "--simulate", "cps2ter"]),
        ("readers", &["readers", "--simulate", "cps-medecin-cps4", "--simulate", "vitale"]),
        ("help", &["card", "--help"]),
        ("help-english", &["--help", "--lang", "en"]),
    ] {
        insta::with_settings!({ snapshot_path => "approved", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, text(arguments));
        });
    }
}

/// The screen in the README is what the program prints.
#[test]
fn the_readme_shows_the_real_screen() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md")).unwrap();
    assert!(readme.contains(&text(&["card", "--simulate"])), "{}", text(&["card", "--simulate"]));
}

#[test]
fn without_a_service_the_cause_and_the_remedy_are_told() {
    let answer = json(&["card"]);
    assert_eq!(answer["code"], "pcsc-service-stopped");
    assert_eq!(answer["readers"], Value::Array(vec![]));
    let told = text(&["card"]);
    assert!(told.contains("service PC/SC") && told.contains("→") && told.contains("0x8010001D"), "{told}");
}

#[test]
fn a_person_stays_masked_unless_asked_for() {
    for arguments in [&["card"][..], &["card", "--format", "json"], &["card", "--certificates", "--format", "json"]] {
        let said = text(&[arguments, &["--simulate", "cps-medecin"]].concat());
        for secret in ["DOC0036624", "899700366240", "0022000011", "22000011"] {
            assert!(!said.contains(secret), "{secret} in {arguments:?}");
            assert!(!said.to_uppercase().contains(&hex::encode_upper(secret)), "{secret} in {arguments:?}");
        }
        assert!(said.contains("*624") && said.contains("*240") && said.contains("*011"), "{said}");
    }
}

#[test]
fn a_recording_replays_to_the_same_verdict() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("case.txt");
    let path = file.to_str().unwrap();
    for name in ["cps-medecin", "cpe-employe-cps4", "cps-expiree", "vitale", "muette", "cps2ter"] {
        for more in [&[][..], &["--certificates"]] {
            let live = run(&[&["card", "--simulate", name, "--format", "json", "--record", path], more].concat());
            // what was recorded is shown, without being asked for again
            let replayed = run(&["card", "--replay", path, "--format", "json"]);
            let told = |output: &Output| {
                let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
                let reader = &answer["readers"][0];
                let certificates = reader["certificates"].as_array().map(Vec::len);
                (["state", "code", "reservations", "pin"].map(|part| reader[part].clone()), certificates)
            };
            assert_eq!(told(&live), told(&replayed), "{name}");
            assert_eq!(live.status.code(), replayed.status.code(), "{name}");
        }
    }
    run(&["card", "--simulate", "cps-medecin", "--record", path]);
    assert!(!std::fs::read_to_string(&file).unwrap().contains(&hex::encode_upper("DOC0036624")));
    run(&["card", "--simulate", "cps-medecin", "--record", path, "--record-identity"]);
    assert!(std::fs::read_to_string(&file).unwrap().contains(&hex::encode_upper("DOC0036624")));
    assert_eq!(json(&["card", "--replay", path, "--show-identity"])["readers"][0]["holder"]["given_name"], "KIT");
    // a recording of version 0.1, with the ends of names and numbers
    let old = format!("{}/../../fixtures/cases/transcript-1.txt", env!("CARGO_MANIFEST_DIR"));
    let old = json(&["card", "--replay", &old]);
    assert_eq!(old["readers"][0]["holder"]["id"], "*********240");
    assert_eq!(old["readers"][0]["certificates"].as_array().map(Vec::len), Some(2));
    // other options than the recording's: said so, not guessed
    assert_eq!(json(&["card", "--replay", path, "--certificates"])["readers"][0]["code"], "replay-mismatch");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
}

#[test]
fn bad_files_are_refused_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bad");
    let path = file.to_str().unwrap();
    for (content, place) in [
        (&b"\xFF\xFE"[..], "offset 0"),
        (b"hello", "line 1"),
        (
            b"cpx-check transcript 1\ndate 2026-11-20\nredacted yes\nopen T=0 3B00 \"A\"\n> 0020000104313233FF\n",
            "line 5",
        ),
    ] {
        std::fs::write(&file, content).unwrap();
        let said = error(&["card", "--replay", path]);
        assert!(said.contains(place) && said.contains("bad"), "{said}");
    }
    let personality = folder.path().join("bad.toml");
    for content in ["chip = \"cps5\"", "chip = ", "nonsense = 1", "\u{0}"] {
        std::fs::write(&personality, content).unwrap();
        let output = run(&["card", "--simulate", personality.to_str().unwrap()]);
        let said = crate::support::as_typed(&output.stderr);
        assert_eq!(output.status.code(), Some(64), "{said}");
        assert!(said.contains("bad.toml") && said.contains("offset"), "{said}");
    }
    assert_eq!(code(&["card", "--replay", folder.path().to_str().unwrap()]), Some(64));
    assert_eq!(code(&["card", "--simulate", "/dev/zero.toml"]), Some(64));
}

#[test]
fn what_is_no_file_is_refused_and_a_lost_answer_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    assert_eq!(code(&["card", "--replay", "/dev/zero"]), Some(64));
    std::os::unix::fs::symlink("/dev/zero", at("zero.toml")).unwrap();
    assert_eq!(code(&["card", "--simulate", &at("zero.toml")]), Some(64));
    assert!(Command::new("mkfifo").arg(at("fifo")).status().unwrap().success());
    assert_eq!(code(&["card", "--simulate", "vitale", "--record", &at("fifo")]), Some(74));
    // a recording through a link lands where the link leads
    std::fs::write(at("case.txt"), "").unwrap();
    std::os::unix::fs::symlink(at("case.txt"), at("link.txt")).unwrap();
    run(&["card", "--simulate", "vitale", "--record", &at("link.txt")]);
    assert!(std::fs::symlink_metadata(at("link.txt")).unwrap().is_symlink());
    assert!(std::fs::read_to_string(at("case.txt")).unwrap().starts_with("cpx-check transcript 2"));
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let status = program(&["card", "--simulate", "vitale"]).stdout(full).status().unwrap();
    assert_eq!(status.code(), Some(74));
}

#[test]
fn no_reader_at_all_is_told_before_a_name_that_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("none.txt");
    std::fs::write(&file, "cpx-check transcript 1\ndate 2026-11-20\nredacted no\n").unwrap();
    let answer = json(&["card", "--replay", file.to_str().unwrap(), "--reader", "absent"]);
    assert_eq!(answer["code"], "no-reader");
    assert!(error(&["card", "--simulate", "vitale", "--reader", "absent"]).contains("cpx-check readers"));
}

#[test]
fn languages_follow_the_system_and_the_option() {
    let said = |language: &str, arguments: &[&str]| {
        let output = program(arguments).env("LC_ALL", language).output().unwrap();
        crate::support::as_typed(output.stdout)
    };
    let card = ["card", "--simulate", "vitale"];
    assert!(said("fr_FR.UTF-8", &card).contains("Lecteur"));
    assert!(said("en_GB.UTF-8", &card).contains("Reader"));
    assert!(said("de_DE.UTF-8", &card).contains("Lecteur"));
    assert!(said("C", &card).contains("Lecteur"));
    assert!(said("en_GB.UTF-8", &["card", "--simulate", "vitale", "--lang", "fr"]).contains("Lecteur"));
}

#[test]
fn colours_are_for_terminals_only() {
    assert!(!text(&["card", "--simulate", "vitale"]).contains('\u{1b}'));
}

#[test]
fn a_reader_that_goes_away_ends_the_program_quietly() {
    let mut child = program(&["simulate", "--list"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(child.wait().unwrap().code().is_some() && said.is_empty(), "{said}");
}

#[test]
fn a_slow_card_is_slow() {
    let started = std::time::Instant::now();
    run(&["card", "--simulate", "cps-medecin", "--apdu-ms", "20"]);
    assert!(started.elapsed() >= std::time::Duration::from_millis(16 * 20), "the latency model is applied");
}

/// Windows' own tools read redirected text in the code page of the console.
#[test]
fn text_is_written_in_the_code_page_that_is_asked_for_and_json_is_not() {
    let bytes = |arguments: &[&str]| program(arguments).output().unwrap().stdout;
    let card = ["card", "--simulate", "cps-medecin", "--lang", "fr"];
    for (encoding, medecin) in [("850", &b"M\x82decin"[..]), ("1252", b"M\xE9decin"), ("utf-8", "Médecin".as_bytes())]
    {
        let said = bytes(&[&card[..], &["--encoding", encoding]].concat());
        assert!(said.windows(medecin.len()).any(|part| part == medecin), "{encoding}");
    }
    let json = bytes(&[&card[..], &["--format", "json", "--encoding", "850"]].concat());
    assert!(serde_json::from_slice::<Value>(&json).is_ok());
    let page = bytes(&["--simulate", "cps-medecin", "--format", "html", "--encoding", "850"]);
    assert!(String::from_utf8(page).is_ok());
}

/// What is typed by hand: names as the screens show them, any case, French words, lists, and what was meant by a typo.
#[test]
fn what_people_type_is_understood() {
    for name in ["pin-state", "PIN-STATE", "Code porteur", "code  PORTEUR"] {
        assert!(text(&["--explain", name]).starts_with("Code porteur (pin-state)\n"), "{name}");
    }
    for (typed, meant) in [
        (&["crad"][..], "Vouliez-vous dire « card » ?"),
        (&["--onlin"], "Vouliez-vous dire « --online » ?"),
        (&["card", "--format", "jso"], "Vouliez-vous dire « json » ?"),
        (&["--explain", "pin-stat"], "Vouliez-vous dire « pin-state : Code porteur » ?"),
        (&["--explain", "code porteu"], "Vouliez-vous dire « pin-state : Code porteur » ?"),
    ] {
        let told = error(typed);
        assert!(told.contains(meant) && code(typed) == Some(64), "{typed:?}: {told}");
    }
    assert!(!error(&["--explain", "xyz"]).contains("Vouliez-vous"));
    let both = run(&["card", "--format", "JSON", "--simulate", "cps-medecin,cpe-service"]);
    let both: Value = serde_json::from_slice(&both.stdout).unwrap();
    assert_eq!(both["readers"].as_array().unwrap().len(), 2);
    let case = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/workstations/");
    let case = std::fs::read_dir(case).unwrap().map(|entry| entry.unwrap().path());
    let case = case.filter(|path| path.extension().is_some_and(|kind| kind == "json")).min().unwrap();
    let named = |portals: &str, browser: &str| {
        let answer =
            run(&["--replay", case.to_str().unwrap(), "--format", "json", "--portal", portals, "--browser", browser]);
        let answer: Value = serde_json::from_slice(&answer.stdout).unwrap();
        answer["portals"].as_array().unwrap().iter().map(|portal| portal["portal"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(named("Pro Santé Connect,RPPS+", "FIREFOX"), named("psc,rpps-plus", "firefox"));
    let order = |structure: &str| {
        text(&["f413", "order", "--structure", structure, "--contract", "aucun", "--need", "INSi,dmp"])
    };
    assert_eq!(order("Hôpital public"), order("public-hospital"));
}

/// The help begins with examples and tells apart what is for every day, for the helpdesk and for trials.
#[test]
fn the_help_is_in_groups() {
    let help = text(&["--help"]);
    let headings = [
        "Exemples :",
        "Utilisation :",
        "Commandes courantes :",
        "Commandes pour l'assistance :",
        "Commandes pour les essais :",
        "Options courantes :",
        "Pour l'assistance :",
        "Pour les essais :",
    ];
    let places: Vec<_> = headings.iter().map(|heading| help.find(&format!("\n{heading}\n"))).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} {help}");
    assert_eq!(text(&["help"]), help);
    assert_eq!(text(&["help", "card"]), text(&["card", "--help"]));
    assert_eq!(text(&["help", "f413", "order"]), text(&["f413", "order", "--help"]));
    // every command stands in a group
    let listed = |name: &str| help.contains(&format!("\n  {name} "));
    for name in
        ["card", "certificate", "token", "readers", "watch", "serve", "decode", "f413", "forms", "parcours", "simulate"]
    {
        assert!(listed(name), "{name}");
    }
}
