//! What tells a person, a card or a machine apart is planted everywhere, and looked for in every answer: as it is, in
//! other letters, backwards, in hexadecimal, base64 and UTF-16.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::process::{Command, Stdio};

use base64ct::{Base64Unpadded, Encoding as _};
use serde_json::{Value, json};

#[path = "support/changes.rs"]
mod changes;

/// The forms of plain `cpx-check`.
const FORMS: [&str; 7] = ["text", "json", "html", "line", "ndjson", "prometheus", "junit"];

fn run(arguments: &[&str]) -> Vec<u8> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_cpx-check"));
    program.args(arguments).env("LC_ALL", "fr_FR.UTF-8").env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm");
    let output = program.stdin(Stdio::null()).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.code().is_some_and(|code| code < 64), "{arguments:?} {}", String::from_utf8_lossy(&said));
    said
}

/// Every way in which a text could stand in an answer.
fn disguises(secret: &str) -> Vec<Vec<u8>> {
    let backwards: String = secret.chars().rev().collect();
    let words = [secret.to_owned(), secret.to_uppercase(), secret.to_lowercase(), backwards];
    let mut all = Vec::new();
    for word in words {
        let little: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [word.into_bytes(), little, big] {
            all.extend([hex::encode(&bytes).into_bytes(), hex::encode_upper(&bytes).into_bytes()]);
            // in base64 a text looks in one of three ways, but for its first and last characters
            for before in 0..3 {
                let encoded = Base64Unpadded::encode_string(&[vec![0; before], bytes.clone()].concat());
                all.push(encoded.as_bytes()[before + 1..encoded.len() - 1].to_vec());
            }
            all.push(bytes);
        }
    }
    all
}

/// Bytes as a text of one character each, which is searched quickly.
fn as_text(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

fn assert_hidden(secrets: &[String], answer: &[u8], what: &str) {
    let answer = as_text(answer);
    for secret in secrets {
        for disguise in disguises(secret) {
            let place = answer.find(&as_text(&disguise));
            let around = place.map(|at| answer.chars().skip(at.saturating_sub(60)).take(140).collect::<String>());
            assert!(place.is_none(), "{secret} in {what}: {around:?}");
        }
    }
}

/// Replaces every private text of some facts with a secret of its own, and gives the secrets.
fn plant(value: &mut Value, secrets: &mut Vec<String>) {
    match value {
        Value::Object(fields) if fields.len() == 1 && fields.contains_key("private") => {
            let secret = format!("Plante{:03}Zk7q", secrets.len());
            fields["private"] = secret.clone().into();
            secrets.push(secret);
        }
        Value::Object(fields) => fields.values_mut().for_each(|value| plant(value, secrets)),
        Value::Array(items) => items.iter_mut().for_each(|value| plant(value, secrets)),
        _ => {}
    }
}

#[test]
fn no_private_text_of_a_workstation_is_in_any_answer() {
    let folder = tempfile::tempdir().unwrap();
    let (user, reader) = ("Marie.Dupont-Zk7q", "Gemalto PC Twin Reader (70D7E2EE41) 00 00");
    for base in ["windows", "macos", "linux"] {
        let mut facts = changes::fixture(&format!("{base}.json"));
        let mut secrets = vec!["70D7E2EE41".to_owned(), user.to_owned(), "PC-ACCUEIL-07".to_owned()];
        plant(&mut facts, &mut secrets);
        let session = &mut facts["workstation"]["session"]["seen"];
        session["user"] = json!({"private": user});
        session["host"] = json!({"private": "PC-ACCUEIL-07"});
        facts["readers"]["Ok"][0]["name"] = reader.into();
        assert!(secrets.len() > 6, "{base} has private texts: {secrets:?}");
        // what is wrong names paths, readers and files: the user's name stands in them
        for broken in [false, true] {
            if broken {
                let cryptolib = &mut facts["workstation"]["cryptolib"]["seen"];
                let lost =
                    json!({"path": format!("C:\\Users\\{user}\\cps3.dll"), "needed_for": "needed", "present": false});
                cryptolib["files"].as_array_mut().unwrap().push(lost);
                facts["readers"]["Ok"][0]["in_use"] = true.into();
            }
            let case = folder.path().join("case.json");
            std::fs::write(&case, json!({"schema": "cpx-check.case/1", "facts": facts}).to_string()).unwrap();
            for form in FORMS {
                for more in [&[][..], &["--all"]] {
                    let arguments = ["--replay", case.to_str().unwrap(), "--format", form];
                    let answer = run(&[&arguments[..], more].concat());
                    assert_hidden(&secrets, &answer, &format!("{form} of {base}, broken: {broken}"));
                }
            }
        }
    }
}

#[test]
fn no_private_text_of_a_card_is_in_any_answer() {
    for card in ["cps-medecin", "cps-sage-femme-accents", "cpe-employe-cps4", "cda-directeur"] {
        let simulate = ["--simulate", card];
        let all: Value = serde_json::from_slice(&run(&[
            &["card", "--certificates", "--show-identity", "--format", "json"][..],
            &simulate,
        ]
        .concat()))
        .unwrap();
        let reader = &all["readers"][0];
        let places =
            ["/card/number", "/card/chip_serial", "/holder/id", "/holder/surname", "/structure/id", "/structure/name"];
        let certificates = ["/certificates/0", "/certificates/1"];
        let parts = ["serial", "holder/id", "holder/surname", "card_number"];
        let mut secrets: Vec<String> =
            places.iter().filter_map(|place| reader.pointer(place)?.as_str()).map(str::to_owned).collect();
        for (certificate, part) in certificates.iter().flat_map(|one| parts.map(|part| (one, part))) {
            secrets.extend(reader.pointer(&format!("{certificate}/{part}")).and_then(Value::as_str).map(str::to_owned));
        }
        secrets.retain(|secret| secret.chars().count() >= 6);
        assert!(secrets.len() >= 8, "{secrets:?}");
        for form in FORMS {
            let answer = run(&[&["--format", form][..], &simulate].concat());
            assert_hidden(&secrets, &answer, &format!("{form} of {card}"));
        }
        for command in [&["card", "--certificates"][..], &["token"], &["f413"]] {
            for form in ["text", "json"] {
                let answer = run(&[command, &["--format", form], &simulate].concat());
                assert_hidden(&secrets, &answer, &format!("{command:?} {form} of {card}"));
            }
        }
    }
}

/// The search itself finds what it looks for.
#[test]
fn a_disguise_is_seen_through() {
    let secret = "899700366240";
    let utf16: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hidden = [
        secret.as_bytes().to_vec(),
        b"042663007998".to_vec(),
        hex::encode(secret).into_bytes(),
        Base64Unpadded::encode_string(format!("xx{secret}y").as_bytes()).into_bytes(),
        Base64Unpadded::encode_string(&utf16).into_bytes(),
        utf16,
    ];
    for answer in hidden {
        let found = disguises(secret).iter().any(|one| answer.windows(one.len()).any(|window| window == one));
        assert!(found, "{}", String::from_utf8_lossy(&answer));
    }
}
