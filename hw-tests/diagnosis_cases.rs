//! Case files: recorded on one workstation, replayed on another, without what tells a person apart; hostile ones; and
//! what has changed since.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::support::post::{HOST, PROFILE, Post, USER};
use crate::support::{Service, said};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");

/// The program on this machine as it is, without a PC/SC service.
fn elsewhere(arguments: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env("HOME", "/nonexistent").env("LC_ALL", "fr_FR.UTF-8");
    command.env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm").stdin(Stdio::null()).output().unwrap()
}

fn answer(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(output)))
}

fn fixture(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/cases").join(name);
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// A case file with these facts.
fn case(facts: &Value) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    let case = json!({"schema": "cpx-check.case/1", "facts": facts, "transcript": null});
    fs::write(file.path(), case.to_string()).unwrap();
    file
}

fn replay(file: &tempfile::NamedTempFile, arguments: &[&str]) -> Output {
    elsewhere(&[&["--replay", file.path().to_str().unwrap()], arguments].concat())
}

/// What helps to hide a text: every writing in which it could still stand in a file.
fn writings(secret: &str) -> Vec<String> {
    use base64ct::{Base64Unpadded, Encoding as _};
    let utf16: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut all =
        vec![secret.to_lowercase(), hex::encode(secret), hex::encode(secret.to_uppercase()), hex::encode(utf16)];
    // in base64, wherever it begins; the first and last characters depend on what stands beside it
    for before in 0..3 {
        let text = format!("{}{secret}", "x".repeat(before));
        let coded = Base64Unpadded::encode_string(text.as_bytes());
        all.push(coded.get(4..coded.len() - 4).unwrap_or_default().to_lowercase());
    }
    all.retain(|writing| writing.len() >= 6);
    all
}

#[test]
fn a_recorded_case_is_told_in_the_same_words_anywhere_and_names_nobody() {
    let Some(service) = Service::start(&["opensc-tool"]) else { return };
    let Some(post) = Post::ready(PROGRAM) else { return };
    let post = post.with(&service);
    let list = post.place(&format!("/home/{USER}/.mozilla/firefox/profiles.ini"));
    let named = fs::read_to_string(&list).unwrap().replace("Name=default-release", &format!("Name={USER}"));
    fs::write(list, named).unwrap();
    let _card = service.insert("cps-medecin");
    let live = post.run(&["--at", "2026-11-20", "--all", "--record", "/tmp/case.json"]);
    let live_json = post.run(&["--at", "2026-11-20", "--format", "json", "--show-identity"]);
    assert!(said(&live).contains("/tmp/case.json"), "{}", said(&live));
    let file = post.place("/tmp/case.json");
    let text = fs::read_to_string(&file).unwrap();

    let shown = answer(&live_json);
    let mut secrets: Vec<String> =
        [USER, HOST, "marie", "DOC0036624", "899700366240", "0022000011", "22000011"].map(str::to_owned).into();
    assert_eq!(shown["readers"][0]["holder"]["surname"], "DOC0036624");
    for certificate in shown["readers"][0]["certificates"].as_array().unwrap() {
        for key in ["sha1", "sha256", "serial"] {
            secrets.extend(certificate[key].as_str().map(|value| value.replace(':', "")));
        }
    }
    assert!(secrets.len() > 7, "a certificate has a serial number: {:?}", shown["readers"][0]["certificates"][0]);
    let lower = text.to_lowercase();
    for secret in &secrets {
        for writing in writings(secret) {
            assert!(!lower.contains(&writing), "{secret} as {writing}");
        }
    }

    // the same words but for the note; somewhere else, without PC/SC, and for someone else
    let path = file.to_str().unwrap();
    // the card is another one, whose holder nobody knows
    let verdict = |text: &str| -> Vec<String> {
        text.lines().filter(|line| !line.starts_with("  Carte CPS · ")).map(str::to_owned).collect()
    };
    let (_, replayed) = split_note(&elsewhere(&["--replay", path, "--all"]));
    assert_eq!(verdict(&replayed), verdict(&crate::support::as_typed(&live.stdout)));
    assert!(replayed.contains("  Carte CPS · ") && !replayed.contains("624"), "{replayed}");
    let Some(other) = Post::bare(PROGRAM) else { return };
    other
        .file("/etc/os-release", "ID=ubuntu\nVERSION_ID=24.04\n")
        .file("/.dockerenv", "")
        .file("/tmp/case.json", &text);
    let other = other.run_by(0).with_variable("HOME", "/root").with_variable("SSH_TTY", "/dev/pts/9");
    let (note, replayed) = split_note(&other.run(&["--replay", "/tmp/case.json", "--all"]));
    assert!(note.contains("20/11/2026"), "{note}");
    assert_eq!(verdict(&replayed), verdict(&crate::support::as_typed(&live.stdout)));

    let again = answer(&elsewhere(&["--replay", path, "--format", "json"]));
    for key in ["outcome", "headline", "others", "folded", "portals", "checks", "card_unfit"] {
        assert_eq!(again[key], shown[key], "{key}");
    }
    // what a replay records or shows never brings a person back
    let told = said(&elsewhere(&["--replay", path, "--all", "--format", "json", "--show-identity"])).to_lowercase();
    assert!(secrets.iter().all(|secret| !told.contains(&secret.to_lowercase())));
    assert!(
        text.contains(PROFILE.rsplit('/').next().unwrap()) || !text.contains("/home/"),
        "home folders are not told"
    );
}

/// The note that a replay begins with, and what follows it.
fn split_note(output: &Output) -> (String, String) {
    let told = crate::support::as_typed(&output.stdout);
    let (note, rest) = told.split_once("\n\n").unwrap_or_else(|| panic!("{}", said(output)));
    (note.to_owned(), rest.to_owned())
}

#[test]
fn hostile_case_files_are_refused_with_their_place() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let whole = json!({"schema": "cpx-check.case/1", "facts": fixture("linux.json"), "transcript": null});
    let whole = format!("{whole:#}");
    let bomb = format!("{{\"schema\":\"cpx-check.case/1\",\"facts\":{}", "[".repeat(1_000_000));
    let wrong = whole.replacen("\"readers\": {", "\"readers\": \"none\", \"x\": {", 1);
    let mixed = whole.replacen("\"today\": \"2026-11-21\"", "\"today\": [1]", 1);
    for (what, content, place) in [
        ("truncated", whole[..whole.len() / 2].to_owned(), "line "),
        ("newer", whole.replacen("case/1", "case/3", 1), "plus récente"),
        ("newer still", whole.replacen("case/1", "case/1000000", 1), "plus récente"),
        ("newer facts", whole.replacen("facts/1", "facts/2", 1), "line "),
        ("depth bomb", bomb, "column"),
        ("9 MB", " ".repeat(9 << 20), "8388608"),
        ("wrong type", wrong, "line "),
        ("another wrong type", mixed, "line "),
        ("html", "<!DOCTYPE html><script>alert(1)</script>".to_owned(), "line 1, column 1"),
        ("nothing", String::new(), "line 1"),
        ("a list", "[]".to_owned(), "schema"),
    ] {
        fs::write(file.path(), content).unwrap();
        for arguments in [&[][..], &["--all", "--format", "json"]] {
            let output = replay(&file, arguments);
            let told = crate::support::as_typed(&output.stderr);
            assert_eq!((output.status.code(), output.stdout.len()), (Some(64), 0), "{what}: {told}");
            assert!(told.contains(place) && told.len() < 1000, "{what}: {told}");
        }
    }
    for place in ["/dev/zero", "/"] {
        assert_eq!(elsewhere(&["--replay", place]).status.code(), Some(64), "{place}");
    }
}

#[test]
fn what_a_case_file_says_moves_no_terminal() {
    let evil = "\u{1b}]0;owned\u{7}\u{202E}retceL\u{2066}<script>alert(1)</script>\n\u{9b}31m";
    let mut facts = fixture("linux.json");
    facts["readers"]["Ok"][0]["name"] = evil.into();
    facts["readers"]["Ok"][0]["content"]["cpx"]["type_label"] = evil.into();
    facts["readers"]["Ok"][0]["content"]["cpx"]["certificates"]["seen"][0]["issuer"] = evil.into();
    facts["readers"]["Ok"][0]["content"]["cpx"]["certificates"]["seen"][0]["trust"] = "unknown-issuer".into();
    facts["workstation"]["system"]["seen"]["name"] = evil.into();
    facts["workstation"]["system"]["seen"]["version"] = evil.into();
    facts["program"] = evil.into();
    let file = case(&facts);
    for arguments in [&["--all"][..], &["--all", "--lang", "en"], &["--format", "json"]] {
        let output = replay(&file, arguments);
        let told = said(&output);
        assert!(output.status.code().is_some_and(|code| code <= 3), "{told}");
        let moves =
            |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        assert!(!told.contains(moves), "{arguments:?}: {told:?}");
    }
}

#[test]
fn exit_codes_say_what_scripts_need() {
    let base = fixture("linux.json");
    let told = |change: &dyn Fn(&mut Value)| {
        let mut facts = base.clone();
        change(&mut facts);
        let output = replay(&case(&facts), &["--format", "json"]);
        (output.status.code(), answer(&output)["outcome"].as_str().unwrap().to_owned())
    };
    assert_eq!(told(&|_| {}), (Some(0), "ready".into()));
    let last_try = |facts: &mut Value| facts["readers"]["Ok"][0]["content"]["cpx"]["code"] = "last-try".into();
    assert_eq!(told(&last_try), (Some(1), "ready-with-reservation".into()));
    let blocked = |facts: &mut Value| facts["readers"]["Ok"][0]["content"]["cpx"]["code"] = "blocked".into();
    assert_eq!(told(&blocked), (Some(2), "not-ready".into()));
    let unseen = |facts: &mut Value| facts["workstation"]["cryptolib"] = json!({"unseen": {"why": "no-rights"}});
    assert_eq!(told(&unseen), (Some(3), "cannot-tell".into()));
}

#[test]
fn what_changed_since_an_answer_or_a_case_is_told() {
    let before = case(&fixture("linux.json"));
    let mut facts = fixture("linux.json");
    facts["readers"]["Ok"][0]["content"]["cpx"]["code"] = "blocked".into();
    let after = case(&facts);
    let earlier = tempfile::NamedTempFile::new().unwrap();
    fs::write(earlier.path(), replay(&before, &["--format", "json"]).stdout).unwrap();
    for old in [&before, &earlier] {
        let path = old.path().to_str().unwrap();
        let told = said(&replay(&after, &["--compare", path]));
        assert!(told.contains("Code porteur : bon → en échec"), "{told}");
        let changes = answer(&replay(&after, &["--compare", path, "--format", "json"]))["changes"].clone();
        let code = json!({"check": "pin-state", "before": "pass", "after": "fail"});
        assert!(changes.as_array().unwrap().contains(&code), "{changes}");
        let told = said(&replay(&before, &["--compare", path]));
        assert!(told.contains("Rien n'a changé depuis la réponse précédente."), "{told}");
        assert_eq!(answer(&replay(&before, &["--compare", path, "--format", "json"]))["changes"], json!([]));
    }
    for (content, sentence) in
        [("{}", "cpx-check --format json"), ("[", "line 1"), ("{\"schema\":\"cpx-check.diagnosis/2\"}", "no checks")]
    {
        fs::write(earlier.path(), content).unwrap();
        let output = replay(&after, &["--compare", earlier.path().to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(64));
        assert!(said(&output).contains(sentence), "{}", said(&output));
    }
}

/// What a helpdesk reads: approved text, both languages.
#[test]
fn the_text_is_the_approved_one() {
    let mut facts = fixture("linux.json");
    facts["readers"]["Ok"][0]["content"]["cpx"]["code"] = "blocked".into();
    facts["readers"]["Ok"][0]["content"]["cpx"]["tries_left"] = 0.into();
    let file = case(&facts);
    for (name, arguments) in [
        ("diagnosis-not-ready-fr", &[][..]),
        ("diagnosis-not-ready-en", &["--lang", "en"]),
        ("diagnosis-all-fr", &["--all"]),
        ("diagnosis-all-en", &["--all", "--lang", "en"]),
    ] {
        let output = replay(&file, arguments);
        assert!(output.stderr.is_empty(), "{}", said(&output));
        insta::with_settings!({ snapshot_path => "approved", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, crate::support::as_typed(output.stdout));
        });
    }
}

/// Version 0.1 kept a card twice: the dialogue, and what was judged. The facts decide everywhere, and it is told.
#[test]
fn where_an_old_case_contradicts_itself_the_facts_decide_in_every_form() {
    let card = std::env::temp_dir().join(format!("cpx-old-case-{}.txt", std::process::id()));
    let path = card.to_str().unwrap();
    let recorded = elsewhere(&["card", "--simulate", "cps-medecin-cps4", "--certificates", "--record", path]);
    let dialogue = fs::read_to_string(&card).unwrap_or_else(|_| panic!("{}", said(&recorded)));
    fs::remove_file(&card).unwrap();
    let reader = dialogue.lines().find_map(|line| line.strip_prefix("slot card ")?.split('"').nth(1)).unwrap();
    let mut facts = fixture("windows.json");
    facts["readers"]["Ok"][0]["name"] = reader.into();
    facts["readers"]["Ok"][0]["content"]["cpx"]["tries_left"] = 0.into();
    let file = tempfile::NamedTempFile::new().unwrap();
    let whole = json!({"schema": "cpx-check.case/1", "facts": facts, "transcript": dialogue});
    fs::write(file.path(), whole.to_string()).unwrap();
    let shown = answer(&replay(&file, &["--format", "json"]));
    assert_eq!(shown["readers"][0]["pin"]["state"], "blocked");
    assert_eq!(shown["headline"]["check"], "pin-state");
    let contradictions = shown["contradictions"].as_array().unwrap();
    assert!(contradictions.contains(&json!({"reader": reader, "about": "code"})), "{contradictions:?}");
    let told = said(&replay(&file, &[]));
    assert!(told.contains("se contredisent (son code porteur)") && told.contains("bloqué"), "{told}");
    assert!(said(&replay(&file, &["--format", "html"])).contains("bloqué"));
}
