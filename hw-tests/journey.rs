//! The way from the contract to the certificate, as its users meet it.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::process::{Command, Output, Stdio};

use cpx_card::internal::facts::{Case, Facts};
use serde_json::Value;

use crate::support::{find_program, said, skip};

const HOSPITAL: [&str; 7] =
    ["parcours", "--structure", "Hôpital public", "--contract", "EJ", "--role", "Administrateur technique"];

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cpx-check"));
    command.args(arguments).env("LC_ALL", "fr_FR.UTF-8").env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm");
    command.stdin(Stdio::null()).output().unwrap()
}

fn text(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.stderr.is_empty(), "{}", said(&output));
    crate::support::as_typed(output.stdout)
}

fn json(arguments: &[&str]) -> Value {
    let output = run(&[arguments, &["--format", "json"]].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| Value::String(said(&output)))
}

fn step<'a>(answer: &'a Value, code: &str) -> &'a Value {
    answer["steps"].as_array().unwrap().iter().find(|step| step["step"] == code).unwrap()
}

/// Four ways in both languages: approved text.
#[test]
fn the_wording_is_the_approved_one() {
    for (name, arguments) in [
        ("hospital", [&HOSPITAL[..], &["--need", "insi-auto,dmp"]].concat()),
        (
            "pharmacy",
            vec![
                "parcours",
                "--structure",
                "officine",
                "--contract",
                "implicite",
                "--role",
                "titulaire",
                "--need",
                "dmp",
            ],
        ),
        (
            "publisher",
            vec![
                "parcours",
                "--structure",
                "clinique",
                "--contract",
                "inconnu",
                "--role",
                "éditeur",
                "--need",
                "insi,psc",
            ],
        ),
        (
            "rpps-plus",
            vec!["parcours", "--structure", "EHPAD", "--contract", "aucun", "--role", "directeur", "--need", "RPPS+"],
        ),
    ] {
        for language in ["fr", "en"] {
            let said = text(&[&arguments[..], &["--without-station", "--lang", language]].concat());
            insta::with_settings!({ snapshot_path => "approved", prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(format!("journey-{name}-{language}"), said);
            });
        }
    }
}

#[test]
fn every_missing_option_is_named_at_once() {
    for (arguments, words) in [
        (&["parcours"][..], "--structure, --contract, --role, --need (4 options)"),
        (&["parcours", "--role", "mandataire", "--need", "dmp"], "--structure, --contract (2 options)"),
    ] {
        let output = run(arguments);
        assert!(output.status.code() == Some(64) && said(&output).contains(words), "{}", said(&output));
        assert!(output.stdout.is_empty());
    }
    for (more, words) in [
        (&["--done", "château"][..], "carte-representant"),
        (&["--need", "roi"], "pro-sante-connect (psc)"),
        (&["--need", "dmp", "--finess-legal", "187512751000"], "12 caractères au lieu de 9"),
        (&["--need", "dmp", "--without-station", "--simulate"], "--without-station"),
    ] {
        let output = run(&[&HOSPITAL[..], more].concat());
        assert!(output.status.code() == Some(64) && said(&output).contains(words), "{more:?} {}", said(&output));
    }
    let nowhere = ["--need", "dmp", "--without-station", "--output", "/nonexistent/x"];
    let output = run(&[&HOSPITAL[..], &nowhere].concat());
    assert!(output.status.code() == Some(74) && said(&output).contains("/nonexistent"), "{}", said(&output));
}

/// What is said to be done is behind, with what comes before it.
#[test]
fn the_next_step_follows_what_is_done() {
    let way = |done: &str| json(&[&HOSPITAL[..], &["--need", "dmp", "--without-station", "--done", done]].concat());
    for (done, next) in [
        ("contrat", "administrator-card"),
        ("Carte administrateur", "f413"),
        ("f413", "ans-mail"),
        ("accord-ans", "igc-sign-in"),
        ("CSR", "igc-withdraw"),
    ] {
        assert_eq!(way(done)["next"], next, "{done}");
    }
    let all = way("renew");
    assert_eq!(all["next"], Value::Null);
    assert!(all["steps"].as_array().unwrap().iter().all(|step| step["progress"] == "done"));
}

/// The card is the asker's: it proves nothing about another's, and a card that will not do is said with the rule.
#[test]
fn the_card_in_the_reader_marks_the_step_of_its_holder() {
    let way = |role: &str, card: &str| {
        let arguments = [&HOSPITAL[..5], &["--role", role, "--need", "dmp", "--simulate", card]].concat();
        json(&arguments)
    };
    let expired = way("administrateur", "cps-expiree");
    assert_eq!(step(&expired, "administrator-card")["progress"], "card-will-not-do");
    assert_eq!(step(&expired, "administrator-card")["card_rule"]["rule"], "K6");
    assert_eq!(expired["next"], "administrator-card");
    let test = way("administrateur", "cps-test");
    assert_eq!(step(&test, "administrator-card")["card_rule"]["rule"], "K4");
    let signer = way("directeur", "cps-expiree");
    assert_eq!(step(&signer, "representative-card")["progress"], "card-will-not-do");
    assert_eq!(step(&signer, "administrator-card")["progress"], "to-do", "the card is the director's");
    let other = way("administrateur", "vitale");
    assert_eq!(step(&other, "administrator-card")["progress"], "to-do");
    for answer in [&expired, &test, &signer, &other] {
        assert!(!answer.to_string().contains("DOC0036624"), "no name");
        assert_eq!(step(answer, "ans-mail")["progress"], "ans-only");
    }
}

/// A request or a certificate fits its need, or not and why; of a file with a private key nothing more is read.
#[test]
fn a_file_at_hand_is_held_against_the_need() {
    if find_program("openssl").is_none() {
        skip("openssl is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let request = |name: &str, bits: &str, cn: &str, usage: &[&str]| {
        let subject = format!("/C=FR/O=CH ESSAI/OU=1540002698/CN={cn}");
        let (key, csr) = (path(&format!("{name}.key")), path(&format!("{name}.csr")));
        let key_size = format!("rsa:{bits}");
        let arguments =
            ["req", "-new", "-newkey", &key_size, "-nodes", "-keyout", &key, "-subj", &subject, "-out", &csr];
        let made = Command::new("openssl").args(arguments).args(usage).output().unwrap();
        assert!(made.status.success(), "{}", said(&made));
        csr
    };
    let insi = request("insi", "2048", "INSI-AUTO", &[]);
    let nearly = request("nearly", "2048", "Insi auto", &[]);
    let free = request("free", "2048", "PROXY DMP", &[]);
    let weak = request("weak", "1024", "PROXY DMP", &[]);
    let sign = request("sign", "2048", "PROXY DMP", &["-addext", "keyUsage=nonRepudiation"]);
    for (file, more, problems, same, code) in [
        (&insi, &["--need", "insi"][..], &[][..], Value::Null, 0),
        (&insi, &["--need", "insi-auto", "--finess-legal", "54 000 26 98"], &[], Value::Bool(true), 0),
        (&insi, &["--need", "insi-auto", "--finess-site", "540001286"], &["structure"], Value::Bool(false), 2),
        (&insi, &["--need", "insi-manu"], &["name"], Value::Null, 2),
        (&insi, &["--need", "dmp"], &["name"], Value::Null, 2),
        (&nearly, &["--need", "insi-auto"], &["name"], Value::Null, 2),
        (&free, &["--need", "DMP"], &[], Value::Null, 0),
        (&free, &["--need", "insi"], &["name"], Value::Null, 2),
        (&weak, &["--need", "dmp"], &["weak-key"], Value::Null, 2),
        (&sign, &["--need", "dmp"], &[], Value::Null, 0),
        (&sign, &["--need", "psc"], &["usage"], Value::Null, 2),
    ] {
        let output = run(&[&["parcours", "--check", file], more, &["--format", "json"]].concat());
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));
        let found = &answer["files"][0];
        assert_eq!(found["problems"], serde_json::json!(problems), "{file} {more:?}");
        assert_eq!((&found["same_structure"], &found["kind"]), (&same, &"request".into()), "{file} {more:?}");
        assert_eq!(
            (found["fits"].as_bool(), output.status.code()),
            (Some(problems.is_empty()), Some(code)),
            "{more:?}"
        );
    }
    let text = run(&["parcours", "--check", &free, "--need", "dmp"]);
    assert!(said(&text).contains("convient (DMP)"), "{}", said(&text));
    let both = path("both.pem");
    let parts = [std::fs::read(&insi).unwrap(), std::fs::read(path("insi.key")).unwrap()];
    std::fs::write(&both, parts.concat()).unwrap();
    for file in [both, path("insi.key")] {
        let refused = run(&["parcours", "--check", &file]);
        assert!(refused.stdout.is_empty() && refused.status.code() == Some(2), "{}", said(&refused));
        assert!(said(&refused).contains("Ne l'envoyez jamais") && !said(&refused).contains("ESSAI"));
    }
    for (arguments, words) in [
        (&["parcours", "--check", &insi][..], "Il manque --need."),
        (&["parcours", "--check", "/nonexistent", "--need", "dmp"], "rien à comparer"),
    ] {
        let output = run(arguments);
        assert!(output.status.code() != Some(0) && said(&output).contains(words), "{}", said(&output));
    }
}

/// What the workstation lacks stands at the step that needs it.
#[test]
fn the_workstation_is_told_where_a_step_needs_it() {
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("case.json");
    let facts = Facts::at("2026-11-30".parse().unwrap(), 1_796_000_000);
    std::fs::write(&case, Case::new(facts).to_text().unwrap()).unwrap();
    let answer = json(&[&HOSPITAL[..], &["--need", "dmp,rpps-plus", "--replay", case.to_str().unwrap()]].concat());
    for (code, portal) in [("igc-sign-in", "igc-sante"), ("rpps-sign-in", "rpps-plus")] {
        let workstation = &step(&answer, code)["workstation"];
        assert_eq!(
            (&workstation["portal"], &workstation["readiness"]),
            (&portal.into(), &"not-ready".into()),
            "{code}"
        );
        assert!(workstation["cause"].is_string(), "{code}");
    }
    assert!(step(&answer, "f413")["workstation"].is_null());
    let alone = json(&[&HOSPITAL[..], &["--need", "dmp", "--without-station"]].concat());
    assert!(step(&alone, "igc-sign-in")["workstation"].is_null());
}

/// One file to print: a box to tick for each step, every address in full, nothing from outside.
#[test]
fn the_page_has_a_box_for_each_step() {
    let arguments = [&HOSPITAL[..], &["--need", "insi-auto,dmp", "--without-station"]].concat();
    let steps = json(&arguments)["steps"].as_array().unwrap().len();
    for language in ["fr", "en"] {
        let page = text(&[&arguments[..], &["--format", "html", "--lang", language]].concat());
        assert_eq!(page.matches("type=\"checkbox\"").count(), steps);
        assert!(page.contains(&format!("<html lang=\"{language}\"")) && page.contains("default-src 'none'"));
        for address in [
            "https://pfc.eservices.esante.gouv.fr/",
            "mailto:monserviceclient.certificats@esante.gouv.fr",
            "https://www.demarches-simplifiees.fr/commencer/f413",
            "INSI-AUTO",
        ] {
            assert!(page.contains(address), "{address}");
        }
        assert!(!page.contains("<script") && !page.contains("src=") && !page.contains("f413-"), "{page}");
    }
    let file = tempfile::tempdir().unwrap();
    let path = file.path().join("parcours.html");
    let written = run(&[&arguments[..], &["--format", "html", "--output", path.to_str().unwrap()]].concat());
    assert!(written.stdout.is_empty() && std::fs::read_to_string(&path).unwrap().contains("</html>"));
}
