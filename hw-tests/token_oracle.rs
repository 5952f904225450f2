//! What `cpx-check token` says of a module, held against what `cryptoki`, another reader of modules, is shown by the same one.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::path::Path;
use std::process::Command;

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::object::{Attribute, AttributeType, ObjectClass};
use serde_json::{Value, json};

use crate::support::softhsm::SoftHsm;
use crate::support::{Service, said, skip};

const OPENSC: &str = "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so";

/// Names the module that this very test looks into, when it runs in a process of its own: modules are found by the environment.
const MODULE: &str = "CPX_ORACLE_MODULE";

#[test]
fn cryptoki_is_shown_the_same() {
    if let Some(module) = std::env::var_os(MODULE) {
        println!("\n{}", view(Path::new(&module)));
        return;
    }
    if let Some(hsm) = SoftHsm::like_a_cpx() {
        let with = |program: &str| {
            let mut command = Command::new(program);
            command.env("SOFTHSM2_CONF", hsm.configuration()).env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm");
            command
        };
        compare(with, hsm.module, 2);
    }
    let Some(service) = Service::start(&["opensc-tool"]) else { return };
    if !Path::new(OPENSC).exists() {
        return skip("opensc-pkcs11.so is not installed");
    }
    let _card = service.insert("cps-medecin");
    compare(|program| service.command(program), OPENSC, 1);
}

/// Both views of the module, by programs that this starts.
fn compare(start: impl Fn(&str) -> Command, module: &str, least: usize) {
    let own = std::env::current_exe().unwrap();
    let name = "token_oracle::cryptoki_is_shown_the_same";
    let mut oracle = start(own.to_str().unwrap());
    let output = oracle.args(["--exact", name, "--nocapture"]).env(MODULE, module).output().unwrap();
    let line = said(&output)
        .lines()
        .find(|line| line.starts_with('{'))
        .unwrap_or_else(|| panic!("{}", said(&output)))
        .to_owned();
    let shown: Value = serde_json::from_str(&line).unwrap();

    let mut program = start(env!("CARGO_BIN_EXE_cpx-check"));
    let output = program.args(["token", "--format", "json", "--show-identity", "--module", module]).output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));
    let tokens = answer["tokens"].as_array().unwrap().iter().map(|slot| &slot["token"]);
    // where no session could be opened, as with a token that was never initialised, there is nothing to compare
    let told: Vec<_> = tokens
        .filter_map(|token| {
            let certificates =
                token["certificates"].as_array()?.iter().map(|one| one["der"].as_str().unwrap().to_lowercase());
            let mut certificates: Vec<_> = certificates.collect();
            certificates.sort();
            Some(json!({ "label": token["label"], "serial": token["serial"], "certificates": certificates }))
        })
        .collect();
    assert_eq!(shown["tokens"], Value::from(told), "{module}");
    let all = shown["tokens"].as_array().unwrap().iter().flat_map(|one| one["certificates"].as_array().unwrap());
    assert!(all.count() >= least, "{shown}");
}

/// What cryptoki is shown, one line of JSON.
fn view(module: &Path) -> Value {
    let module = Pkcs11::new(module).unwrap();
    module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).unwrap();
    let mut tokens = Vec::new();
    for slot in module.get_slots_with_initialized_token().unwrap() {
        let token = module.get_token_info(slot).unwrap();
        let session = module.open_ro_session(slot).unwrap();
        let found = session.find_objects(&[Attribute::Class(ObjectClass::CERTIFICATE)]).unwrap();
        let mut certificates = Vec::new();
        for object in found {
            for attribute in session.get_attributes(object, &[AttributeType::Value]).unwrap() {
                let Attribute::Value(der) = attribute else { continue };
                certificates.push(hex::encode(der));
            }
        }
        certificates.sort();
        tokens.push(json!({ "label": token.label(), "serial": token.serial_number(), "certificates": certificates }));
    }
    json!({ "tokens": tokens })
}
