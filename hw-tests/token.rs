//! `cpx-check token` beside real parts: `SoftHSM` filled as a CPx is, and OpenSC on the virtual card behind a real pcscd.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::support::modules::{module, switch};
use crate::support::softhsm::SoftHsm;
use crate::support::{Service, said, skip};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");

/// Where distributions put OpenSC's PKCS#11 module.
const OPENSC: [&str; 4] = [
    "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
    "/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so",
    "/usr/lib64/opensc-pkcs11.so",
    "/usr/lib/opensc-pkcs11.so",
];

fn opensc() -> Option<&'static str> {
    let module = OPENSC.into_iter().find(|path| Path::new(path).exists());
    if module.is_none() {
        skip("opensc-pkcs11.so is not installed");
    }
    module
}

/// Asks one module, with a PC/SC of one's own.
fn ask(service: &Service, module: &str, more: &[&str]) -> Value {
    let arguments = [&["token", "--format", "json", "--module", module], more].concat();
    let output = service.run(PROGRAM, arguments);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)))
}

/// Asks `SoftHSM`, without PC/SC.
fn command(hsm: &SoftHsm, more: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(["token", "--module", hsm.module]).args(more).env("SOFTHSM2_CONF", hsm.configuration());
    command.env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm").env("LC_ALL", "fr_FR.UTF-8").stdin(Stdio::null());
    command
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(output)))
}

fn first_seen(answer: &Value) -> Value {
    let tokens = answer["tokens"].as_array().unwrap();
    tokens.iter().find(|token| token["state"] == "seen").unwrap_or_else(|| panic!("{answer:#}")).clone()
}

#[test]
fn a_token_like_a_cpx_is_understood() {
    let Some(hsm) = SoftHsm::like_a_cpx() else { return };
    let answer = json(&command(&hsm, &["--format", "json", "--show-identity"]).output().unwrap());
    assert_eq!(answer["schema"], "cpx-check.token/1");
    let module = &answer["modules"][0];
    assert_eq!((&module["code"], &module["end"]), (&"module-answers".into(), &"complete".into()));
    assert_eq!((&module["file"]["fits"], &module["named_by"][0]["code"]), (&true.into(), &"command-line".into()));
    assert_eq!(module["library"]["manufacturer"], "SoftHSM");
    assert!(module["steps"].as_array().unwrap().iter().all(|step| step["function"] != "C_Login"));
    let token = first_seen(&answer)["token"].clone();
    for (path, value) in [
        ("/label", Value::from("CPS3v3-0022000011")),
        ("/card_number", "0022000011".into()),
        ("/card_type", "CPS".into()),
        ("/valid_until", "2028-09-01".into()),
        ("/holder_id", "899700366240".into()),
        ("/surname", "DOC0036624".into()),
        ("/given_name", "KIT".into()),
        ("/pin", "ok".into()),
        ("/agreement/code", "not-compared".into()),
    ] {
        assert_eq!(token.pointer(path), Some(&value), "{path}");
    }
    let mut roles: Vec<_> = token["certificates"].as_array().unwrap().iter().map(|one| one["role"].as_str()).collect();
    roles.sort_unstable();
    assert_eq!(roles, [Some("authentication"), Some("signature")]);
    let mechanisms = token["mechanisms"].as_array().unwrap();
    assert!(mechanisms.contains(&"CKM_RSA_PKCS".into()) && mechanisms.contains(&"CKM_RSA_PKCS_PSS".into()));
    let objects: Vec<_> = token["objects"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    assert!(objects.len() == 3 && !objects.contains(&"CPS_DATA"), "{objects:?}");
}

#[test]
fn nothing_personal_is_shown_unless_asked_for() {
    let Some(hsm) = SoftHsm::like_a_cpx() else { return };
    let text = command(&hsm, &[]).output().unwrap();
    let json = command(&hsm, &["--format", "json"]).output().unwrap();
    // the slot beside it, which holds nothing of a card, is no reservation
    assert_eq!(text.status.code(), Some(0), "{}", said(&text));
    for output in [&text, &json] {
        let said = said(output).to_uppercase();
        for personal in ["DOC0036624", "899700366240", "0022000011", "99700366240", "30820"] {
            assert!(!said.contains(personal), "{personal}: {said}");
        }
    }
    let text = said(&text);
    for part in
        ["Le module répond.", "Certificat d'Authentification CPS", "Authentification", "*******011", "01/09/2028"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn opensc_and_pc_sc_show_the_same_card() {
    let (Some(module), Some(service)) = (opensc(), Service::start(&["opensc-tool"])) else { return };
    let empty = ask(&service, module, &[]);
    assert_eq!(empty["modules"][0]["code"], "module-answers", "{empty:#}");
    let codes: Vec<_> = empty["tokens"].as_array().unwrap().iter().map(|token| token["code"].as_str()).collect();
    assert!(!codes.is_empty() && codes.iter().all(|code| *code == Some("token-empty")), "{codes:?}");

    let card = service.insert("cps-medecin");
    let answer = ask(&service, module, &["--show-identity"]);
    let seen = first_seen(&answer);
    assert_eq!((&seen["code"], &seen["pcsc"]), (&"token-seen".into(), &"cpx".into()), "{seen:#}");
    assert_eq!(seen["reader"], seen["description"]);
    assert_eq!(seen["token"]["card_number"], "0022000011");
    assert_eq!(seen["token"]["agreement"]["code"], "same", "{seen:#}");
    let compared: Vec<_> =
        seen["token"]["agreement"]["compared"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    for what in ["card-number", "valid-until", "authentication-certificate", "signature-certificate"] {
        assert!(compared.contains(&what), "{what}: {compared:?}");
    }
    assert_eq!(card.look().tries_left(), Some(3), "no try was consumed");
    let output = service.run(PROGRAM, ["token", "--lang", "fr", "--module", module]);
    let told = said(&output);
    assert!(
        output.status.success() && told.starts_with("✓ La carte est utilisable") && told.lines().count() <= 24,
        "{told}"
    );
    assert!(!told.contains(['!', '✗']) && told.matches("le module voit la carte").count() == 1, "{told}");
    let with_a_dead_one = ["token", "--lang", "fr", "--module", module, "--module", "/nowhere.so"];
    let output = service.run(PROGRAM, with_a_dead_one);
    let told = said(&output);
    assert!(output.status.code() == Some(1) && told.starts_with("! ") && !told.contains('✗'), "{told}");
    service.take_out(card, 0);
    let output = service.run(PROGRAM, with_a_dead_one);
    let told = said(&output);
    assert!(output.status.code() == Some(2) && told.starts_with("✗ ") && !told.contains('!'), "{told}");
}

#[test]
fn pc_sc_tells_why_a_card_is_not_recognised() {
    let (Some(module), Some(service)) = (opensc(), Service::start(&["opensc-tool"])) else { return };
    for (card, code) in [("vitale", "token-foreign"), ("cps-medecin-cps4", "token-not-recognised")] {
        let inserted = service.insert(card);
        let answer = ask(&service, module, &[]);
        let token =
            &answer["tokens"].as_array().unwrap().iter().find(|token| token["pcsc"] != "empty").unwrap().clone();
        assert_eq!(token["code"], code, "{card}: {token:#}");
        service.take_out(inserted, 0);
    }
}

#[test]
fn a_module_that_remembers_another_card_is_told_so() {
    let Some(service) = Service::start(&["opensc-tool"]) else { return };
    let reader = reader_name(&service);
    let Some(stale) = module("stale", &[&switch("READER", &reader)]) else { return };
    let stale = stale.to_str().unwrap();
    let first = |answer: &Value| answer["tokens"][0].clone();
    let ghost = first(&ask(&service, stale, &[]));
    assert_eq!(ghost["code"], "token-ghost", "{ghost:#}");
    let inserted = service.insert("cps-medecin");
    let same = first(&ask(&service, stale, &[]));
    assert_eq!(
        (&same["code"], &same["token"]["agreement"]["compared"]),
        (&"token-seen".into(), &serde_json::json!(["serial"]))
    );
    service.take_out(inserted, 0);
    let _other = service.insert("cpe-employe");
    let other = first(&ask(&service, stale, &[]));
    assert_eq!(other["code"], "token-another-card", "{other:#}");
    let text = said(&service.run(PROGRAM, ["token", "--lang", "fr", "--module", stale]));
    assert!(text.contains("la Cryptolib montre une autre carte"), "{text}");
}

#[test]
fn a_module_without_readers_is_at_fault_only_where_there_is_one() {
    let Some(service) = Service::start(&["opensc-tool"]) else { return };
    let Some(blind) = module("blind", &["-DSLOTS=0"]) else { return };
    let answer = ask(&service, blind.to_str().unwrap(), &[]);
    assert_eq!(answer["modules"][0]["code"], "module-reader-unseen");
}

#[test]
fn a_module_that_was_found_in_several_places_is_one_and_a_dead_one_is_told() {
    let Some(right) = module("found", &[]) else { return };
    let link = right.with_file_name("link-to-found.so");
    std::os::unix::fs::symlink(&right, &link).unwrap();
    let copy = right.with_file_name("copy-of-found.so");
    std::fs::copy(&right, &copy).unwrap();
    let gone = right.with_file_name("never-there.so");
    let mut command = Command::new(PROGRAM);
    command.args(["token", "--format", "json"]).env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm");
    for path in [&right, &link, &copy, &gone] {
        command.arg("--module").arg(path);
    }
    let answer = json(&command.output().unwrap());
    let modules = answer["modules"].as_array().unwrap();
    assert_eq!(modules.len(), 3, "{answer:#}");
    assert_eq!(modules[0]["other_paths"].as_array().unwrap().len(), 1);
    assert_eq!(modules[1]["copy_of"], modules[0]["path"]);
    assert_eq!((&modules[2]["code"], &modules[2]["end"]), (&"module-absent".into(), &Value::Null));
    assert_eq!(answer["pcsc"]["code"], "pcsc-service-stopped");
}

#[test]
fn a_hostile_module_reaches_no_terminal_and_no_json_unclean() {
    let Some(odd) = module("hostile", &["-DODD_TEXTS", "-DPRINTS"]) else { return };
    for format in ["text", "json"] {
        let output = Command::new(PROGRAM)
            .args(["token", "--lang", "en", "--format", format, "--module"])
            .arg(&odd)
            .output()
            .unwrap();
        let text = said(&output);
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}') && !text.contains("\\u001b"), "{text:?}");
        assert!(text.contains("owned") && !text.contains("module: begin"), "{text}");
    }
}

/// The name of the first reader, as PC/SC gives it.
fn reader_name(service: &Service) -> String {
    let output = service.run(PROGRAM, ["readers", "--format", "json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    answer["readers"][0]["name"].as_str().unwrap().to_owned()
}
