//! What tells a person, a card or a machine apart is planted everywhere, and looked for in every answer: as it is, in
//! other letters, backwards, in hexadecimal, base64 and UTF-16.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::process::{Command, Stdio};

use base64ct::{Base64Unpadded, Encoding as _};
use cpx_card::internal::facts::Case;
use serde_json::{Value, json};

use crate::support::changes::fixture;

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
            all.extend(writings(bytes));
        }
    }
    all
}

/// Every way in which bytes could be written.
fn writings(bytes: Vec<u8>) -> Vec<Vec<u8>> {
    let mut all = vec![hex::encode(&bytes).into_bytes(), hex::encode_upper(&bytes).into_bytes()];
    // in base64 a text looks in one of three ways, but for its first and last characters
    for before in 0..3 {
        let encoded = Base64Unpadded::encode_string(&[vec![0; before], bytes.clone()].concat());
        all.push(encoded.as_bytes()[before + 1..encoded.len() - 1].to_vec());
    }
    all.push(bytes);
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

/// The same for pieces of what only one certificate has: its key and its signature.
fn assert_no_certificate(certificates: &[Vec<u8>], answer: &[u8], what: &str) {
    let answer = as_text(answer);
    for certificate in certificates {
        // the signature is at the end, and the modulus of the key begins in the middle of the others
        let end = certificate.len();
        for piece in [end - 250..end - 230, end - 24..end - 4] {
            for writing in writings(certificate[piece.clone()].to_vec()) {
                assert!(!answer.contains(&as_text(&writing)), "bytes {piece:?} of a certificate in {what}");
            }
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
        let mut facts = fixture(&format!("{base}.json"));
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
            let text = json!({"schema": "cpx-check.case/1", "facts": facts}).to_string();
            std::fs::write(&case, &text).unwrap();
            // a case is written without them, whoever made the one that was read
            let sent = Case::parse(text.as_bytes()).unwrap().to_text().unwrap();
            assert_hidden(&secrets, sent.as_bytes(), &format!("case of {base}, broken: {broken}"));
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

/// What tells this card and its holder apart, as its full answer shows it, and its certificates.
fn secrets_of(card: &str) -> (Vec<String>, Vec<Vec<u8>>) {
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
    assert!(secrets.len() >= 6, "{secrets:?}");
    let folder = format!("{}/../../fixtures/pki/certificates", env!("CARGO_MANIFEST_DIR"));
    let files = ["auth", "sign", "tech"].map(|role| std::fs::read(format!("{folder}/{card}.{role}.der")));
    let certificates: Vec<Vec<u8>> = files.into_iter().flatten().collect();
    assert!(!certificates.is_empty(), "{card}");
    (secrets, certificates)
}

#[test]
fn no_private_text_of_a_card_is_in_any_answer() {
    for card in ["cps-medecin", "cps-sage-femme-accents", "cpe-employe-cps4", "cda-directeur"] {
        let simulate = ["--simulate", card];
        let (secrets, certificates) = secrets_of(card);
        for form in FORMS {
            let answer = run(&[&["--format", form][..], &simulate].concat());
            assert_hidden(&secrets, &answer, &format!("{form} of {card}"));
            assert_no_certificate(&certificates, &answer, &format!("{form} of {card}"));
        }
        for command in [&["card", "--certificates"][..], &["token"], &["f413"]] {
            for form in ["text", "json"] {
                let answer = run(&[command, &["--format", form], &simulate].concat());
                assert_hidden(&secrets, &answer, &format!("{command:?} {form} of {card}"));
            }
        }
    }
}

/// What somebody sends to a helpdesk: recordings of cards, cases, and the code that is read aloud. And what the program
/// makes of them again.
#[test]
fn no_private_text_is_in_what_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for card in ["cps-medecin", "cps-sage-femme-accents", "cpe-employe-cps4", "cps-medecin-contactless"] {
        let simulate = ["--simulate", card];
        let (secrets, certificates) = secrets_of(card);
        let (transcript, case) = (path("card.txt"), path("case.json"));
        let mut told = vec![
            run(&[&["card", "--certificates", "--record", &transcript][..], &simulate].concat()),
            run(&[&["--record", &case, "--format", "json"][..], &simulate].concat()),
        ];
        for file in [&transcript, &case] {
            let sent = std::fs::read(file).unwrap();
            assert!(sent.len() > 500, "{card}: {file} has {} bytes", sent.len());
            told.push(sent);
        }
        for format in ["text", "json"] {
            let full = ["--show-identity", "--format", format];
            told.push(run(&[&["card", "--certificates", "--replay", &transcript][..], &full].concat()));
            told.push(run(&[&["--all", "--replay", &case][..], &["--format", format]].concat()));
            told.push(run(&[&["--compare", &case, "--format", format][..], &simulate].concat()));
            told.push(run(&[&["readers", "--format", format][..], &simulate].concat()));
        }
        let page = path("page.html");
        told.push(run(&[&["--format", "html", "--all", "--output", &page][..], &simulate].concat()));
        told.push(std::fs::read(&page).unwrap());
        // the support code stands in the text
        let text = String::from_utf8(run(&simulate)).unwrap();
        let code = text.split(|c: char| c.is_whitespace() || c == '.').find(|word| word.starts_with("CPX-")).unwrap();
        for format in ["text", "json"] {
            told.push(run(&["decode", code, "--format", format]));
        }
        told.push(text.into_bytes());
        for (number, answer) in told.iter().enumerate() {
            assert_hidden(&secrets, answer, &format!("answer {number} about {card}"));
            assert_no_certificate(&certificates, answer, &format!("answer {number} about {card}"));
        }
    }
}

/// Certificates in files are masked as those on a card are.
#[test]
fn no_private_text_of_a_certificate_file_is_in_any_answer() {
    for name in ["cps-medecin", "cps-sage-femme-accents", "cpe-employe", "cda-directeur"] {
        let (secrets, certificates) = secrets_of(name);
        for role in ["auth", "sign"] {
            let file = format!("{}/../../fixtures/pki/certificates/{name}.{role}.der", env!("CARGO_MANIFEST_DIR"));
            for format in ["text", "json"] {
                let answer = run(&["certificate", &file, "--format", format]);
                assert_hidden(&secrets, &answer, &format!("{format} of {file}"));
                assert_no_certificate(&certificates, &answer, &format!("{format} of {file}"));
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

#[test]
fn what_is_sent_is_the_same_for_two_persons_of_one_kind() {
    for form in ["line", "ndjson", "prometheus", "junit"] {
        let of = |card| run(&["--simulate", card, "--format", form]);
        let [one, other] = ["cps-medecin", "cps-huit-situations"].map(of);
        assert_eq!(String::from_utf8_lossy(&one), String::from_utf8_lossy(&other), "{form}");
    }
}
