//! What the program answers is what the committed schemas promise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use jsonschema::Validator;
use serde_json::Value;

const SCHEMAS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/schema");

/// A support code of the first version.
const SUPPORT_CODE: &str = "CPX-10AN-ZDE8-GQ56";

/// The committed schemas, by the value of the key `schema`.
fn schemas() -> BTreeMap<String, Validator> {
    let mut schemas = BTreeMap::new();
    for entry in std::fs::read_dir(SCHEMAS).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let schema: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
            let version = schema.pointer("/properties/schema/const").unwrap().as_str().unwrap();
            schemas.insert(version.to_owned(), jsonschema::draft202012::new(&schema).unwrap());
        }
    }
    schemas
}

/// Every answer that this test asks the program for.
fn answers() -> Vec<Value> {
    let mut answers = Vec::new();
    let list = answer(&["simulate", "--list", "--format", "json"]);
    let names: Vec<_> = list["cards"].as_array().unwrap().iter().map(|card| card["name"].clone()).collect();
    for name in names.iter().map(|name| name.as_str().unwrap()) {
        let card = ["card", "--format", "json", "--simulate", name];
        answers.push(answer(&card));
        answers.push(answer(&[&card[..], &["--certificates", "--show-identity"]].concat()));
    }
    let readers = ["readers", "--format", "json", "--simulate", "cps-medecin", "--simulate"];
    for more in ["vitale", "muette", "cps-medecin-contactless"] {
        answers.push(answer(&[&readers[..], &[more]].concat()));
    }
    // no service: the cause is the answer
    answers.extend([answer(&["readers", "--format", "json"]), answer(&["card", "--format", "json"])]);
    for folder in ["certificates", "authorities"] {
        for entry in std::fs::read_dir(format!("{SCHEMAS}/../pki/{folder}")).unwrap() {
            let path = entry.unwrap().path();
            let path = path.to_str().unwrap();
            answers.push(answer(&["certificate", "--format", "json", "--show-identity", path, "/nonexistent"]));
        }
    }
    answers.push(answer(&["--list-checks", "--format", "json"]));
    answers.push(answer(&["token", "--format", "json", "--simulate", "cps-medecin"]));
    for name in ["cps-medecin", "cpe-employe-cps4", "vitale"] {
        answers.push(answer(&["--format", "json", "--simulate", name]));
        answers.push(answer(&["f413", "--format", "json", "--simulate", name]));
    }
    let case = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/workstations/H01.json");
    let other = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/workstations/H03.json");
    answers.push(answer(&["--compare", case, other, "--same-card", "--format", "json"]));
    for format in ["json", "ndjson"] {
        let said = program(&["--replay", case, "--for-card", "cps4", "--format", format]).output().unwrap().stdout;
        let first = if format == "json" { &said[..] } else { said.split(|byte| *byte == b'\n').next().unwrap() };
        answers.push(serde_json::from_slice(first).unwrap());
    }
    answers.push(answer(&["decode", "--format", "json", SUPPORT_CODE]));
    let lines = program(&["--format", "ndjson", "--simulate", "cps-medecin"]).output().unwrap().stdout;
    answers.extend(lines.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()));
    answers.extend(watched());
    answers.extend(batched());
    for arguments in [&["forms"][..], &["forms", "mandataire"], &["forms", "--profile", "liberal"]] {
        answers.push(answer(&[arguments, &["--format", "json"]].concat()));
    }
    let order = ["f413", "order", "--format", "json", "--structure", "public-hospital", "--contract", "siret"];
    for numbers in [&["--finess-legal", "54OOO2698"][..], &["--rpps-rank", "10005531586003"]] {
        answers.push(answer(&[&order[..], &["--need", "insi-manu", "--need", "dmp"], numbers].concat()));
    }
    let unknown = ["--contract", "unknown", "--need", "hprim-net", "--role", "publisher", "--sites", "3"];
    answers.push(answer(&[&order[..order.len() - 2], &unknown].concat()));
    let way = ["parcours", "--format", "json", "--contract", "siret", "--role", "editeur", "--structure", "autre"];
    let certificate = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/pki/certificates/org-software.der");
    answers.push(answer(&["parcours", "--check", certificate, "--need", "dmp", "--format", "json"]));
    for rest in [&["--need", "psc", "--without-station"][..], &["--need", "rpps-plus", "--simulate", "cpe-employe"]] {
        answers.push(answer(&[&way[..], rest].concat()));
    }
    answers.push(list);
    answers
}

fn program(arguments: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_cpx-check"));
    program.args(arguments).env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm").stdin(Stdio::null());
    program
}

fn answer(arguments: &[&str]) -> Value {
    serde_json::from_slice(&program(arguments).output().unwrap().stdout).unwrap()
}

/// The first events of a reader with a card, and of a service that is not there.
fn watched() -> Vec<Value> {
    let watch = ["watch", "--format", "json"];
    let simulated = [&watch[..], &["--simulate", "cps-medecin", "--simulate", "vitale"]].concat();
    let mut events = Vec::new();
    for (arguments, count) in [(&watch[..], 1), (&simulated, 4)] {
        let mut child = program(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        events.extend(lines.take(count).map(|line| serde_json::from_str(&line.unwrap()).unwrap()));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    events
}

/// A list of three cards and one without a service, each with its summary where Ctrl-C can be sent.
fn batched() -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.csv");
    let batch = ["f413", "--format", "json", "--batch", list.to_str().unwrap()];
    let simulated =
        [&batch[..], &["--simulate", "cps-medecin", "--simulate", "vitale", "--simulate", "muette"]].concat();
    let mut said = Vec::new();
    for (arguments, count) in [(&batch[..], 1), (&simulated, 3)] {
        let mut child = program(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        said.extend(lines.by_ref().take(count).map(Result::unwrap));
        if cfg!(unix) {
            assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
        } else {
            child.kill().unwrap();
        }
        said.extend(lines.map(Result::unwrap));
        child.wait().unwrap();
    }
    said.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_answer_is_what_its_schema_promises() {
    let schemas = schemas();
    let mut answered = BTreeSet::new();
    for answer in answers() {
        let name = answer["schema"].as_str().unwrap();
        let schema = schemas.get(name).unwrap_or_else(|| panic!("{name} has no schema"));
        let errors: Vec<_> =
            schema.iter_errors(&answer).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?} in {answer:#}");
        answered.insert(name.to_owned());
    }
    assert_eq!(answered.into_iter().collect::<Vec<_>>(), schemas.into_keys().collect::<Vec<_>>());
}

/// Every key of every answer is described: what is not in the schema is not promised.
#[test]
fn no_key_is_outside_the_schema_and_none_is_missing() {
    let card: Value = serde_json::from_slice(&std::fs::read(format!("{SCHEMAS}/card-1.json")).unwrap()).unwrap();
    let answer = answer(&["card", "--format", "json", "--simulate", "cps-medecin", "--certificates"]);
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    let part = |name: &str| keys(&card["$defs"][name]["properties"]);
    assert_eq!(keys(&answer), keys(&card["properties"]));
    let reader = &answer["readers"][0];
    assert_eq!(keys(reader), part("Reader"));
    for (name, value) in [("Card", &reader["card"]), ("Pin", &reader["pin"]), ("Agreement", &reader["agreement"])] {
        assert_eq!(keys(value), part(name));
    }
    let schemas = schemas();
    for key in keys(&answer) {
        let mut broken = answer.clone();
        broken.as_object_mut().unwrap().remove(&key);
        assert!(!schemas["cpx-check.card/1"].is_valid(&broken), "{key} is promised");
    }
    let mut broken = answer.clone();
    broken["readers"][0]["reservations"] = Value::Null;
    assert!(!schemas["cpx-check.card/1"].is_valid(&broken), "a list is a list");
}

/// Each event of a list promises its own keys.
#[test]
fn a_line_of_a_list_keeps_the_promise_of_its_event() {
    let schema = &schemas()["cpx-check.f413-batch/1"];
    for line in batched() {
        for key in line.as_object().unwrap().keys() {
            let mut broken = line.clone();
            broken.as_object_mut().unwrap().remove(key);
            assert!(!schema.is_valid(&broken), "{key} of {line}");
        }
    }
}
