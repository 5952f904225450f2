//! Plain `cpx-check` as its users meet it, on workstations made up of files, with a real pcscd and virtual cards.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::format_push_string)]

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Child, Stdio};

use serde_json::Value;

use cpx_simulator::Latency;

use crate::support::post::{HOST, MODULE, PROFILE, Post, USER};
use crate::support::{Drivers, Service, example, in_namespaces, said, skip, until};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");

/// The day of the virtual cards.
const DAY: [&str; 2] = ["--at", "2026-11-20"];

fn service() -> Option<Service> {
    Service::start(&["opensc-tool"])
}

fn text(post: &Post, arguments: &[&str]) -> String {
    said(&post.run(&[&DAY[..], arguments].concat()))
}

fn json(post: &Post, arguments: &[&str]) -> Value {
    let output = post.run(&[&DAY[..], &["--format", "json"], arguments].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)))
}

fn check<'a>(answer: &'a Value, id: &str) -> &'a Value {
    let checks = answer["checks"].as_array().unwrap();
    checks.iter().find(|check| check["id"] == id).unwrap_or_else(|| panic!("no {id}"))
}

/// The headline is this one, for the program's readers and for people, and no portal is ready.
fn is_told(post: &Post, id: &str, reason: &str, sentence: &str, remedy: &str) -> Value {
    let answer = json(post, &[]);
    let headline = &answer["headline"];
    assert_eq!((headline["check"].as_str(), headline["reason"].as_str()), (Some(id), Some(reason)), "{headline}");
    assert_eq!(answer["outcome"], "not-ready");
    assert!(answer["portals"].as_array().unwrap().iter().all(|portal| portal["outcome"] == "not-ready"));
    let output = post.run(&DAY);
    let told = said(&output);
    assert_eq!(output.status.code(), Some(2), "{told}");
    let mut lines = told.lines();
    assert_eq!(lines.next(), Some("✗ Ce poste n'est pas prêt."), "{told}");
    let cause = lines.find(|line| !line.is_empty()).unwrap();
    assert!(cause.contains(sentence), "{told}");
    let to_do = lines.next().unwrap();
    assert!(to_do.starts_with("  → ") && to_do.contains(remedy), "{told}");
    answer
}

#[test]
fn a_whole_workstation_is_ready_up_to_the_issuer_of_its_virtual_card() {
    let Some(service) = service() else { return };
    let Some(post) = Post::ready(PROGRAM) else { return };
    let post = post.with(&service);
    let _card = service.insert("cps-medecin");
    // a virtual card's certificates are nobody's: the one thing that cannot be right here
    let answer = is_told(&post, "auth-cert-chain", "unknown-issuer", "ne vient pas de l'IGC-Santé", "service client");
    assert_eq!(answer["others"], Value::Array(vec![]));
    assert_eq!(answer["folded"], Value::Array(vec![]));
    for portal in answer["portals"].as_array().unwrap() {
        let paths = portal["paths"].as_array().unwrap();
        let told: Vec<_> = paths.iter().map(|path| (path["browser"].as_str(), path["path"].as_str())).collect();
        assert_eq!(told, [(Some("firefox"), Some("firefox-module"))], "{portal}");
        assert_eq!(paths[0]["causes"], serde_json::json!(["auth-cert-chain"]), "{portal}");
        assert_eq!(portal["network_tested"], false);
    }
    let failing = answer["checks"].as_array().unwrap().iter().filter(|check| check["state"] == "fail");
    assert_eq!(failing.map(|check| check["id"].as_str().unwrap()).collect::<Vec<_>>(), ["auth-cert-chain"]);
    for id in [
        "container-confined",
        "pcscd-socket-present",
        "pcsc-protocol-match",
        "pcsc-access-authorised",
        "pcsc-context",
        "reader-present",
        "card-responds",
        "card-applet-answers",
        "os-supported",
        "cryptolib-installed",
        "cryptolib-version-min",
        "cryptolib-files-complete",
        "cryptolib-cache-writable",
        "pkcs11-module-loads",
        "pkcs11-token-recognised",
        "pin-state",
        "auth-cert-present",
        "auth-cert-validity",
        "firefox-native-manifest",
        "firefox-webextension",
        "firefox-module-registered",
        "firefox-module-path-valid",
        "browser-version-min",
    ] {
        assert_eq!(check(&answer, id)["state"], "pass", "{}", check(&answer, id));
    }
    assert_eq!(check(&answer, "chromium-linux-nssdb")["reason"], "browser-absent");
    let all = said(&post.run(&DAY));
    for secret in [USER, HOST, "DOC0036624", "899700366240", "0022000011"] {
        assert!(!all.contains(secret) && !answer.to_string().contains(secret), "{secret}");
    }
}

#[test]
fn what_keeps_a_workstation_from_being_ready_is_found_out() {
    let Some(post) = Post::ready(PROGRAM) else { return };
    let _ = is_told(&post, "pcscd-socket-present", "missing", "pcscd) n'est pas démarré", "systemctl enable");
    fs::remove_file(post.place(&format!("{PROFILE}/pkcs11.txt"))).unwrap();
    assert_eq!(check(&json(&post, &[]), "firefox-module-registered")["state"], "fail");
    fs::remove_file(post.place("/etc/opt/santesocial/CPS/Coffre")).unwrap();
    let answer = json(&post, &[]);
    assert_eq!(check(&answer, "cryptolib-files-complete")["state"], "warn", "the module works without it");
    assert_eq!(check(&answer, "firefox-module-registered")["state"], "fail");
    fs::remove_file(post.place(MODULE)).unwrap();
    assert_eq!(check(&json(&post, &[]), "cryptolib-installed")["state"], "warn");

    let Some(bare) = Post::bare(PROGRAM) else { return };
    assert_eq!(check(&json(&bare, &[]), "cryptolib-installed")["reason"], "absent");
}

#[test]
fn every_card_that_will_not_do_is_the_cause() {
    let Some(service) = service() else { return };
    let Some(post) = Post::ready(PROGRAM) else { return };
    let post = post.with(&service);
    is_told(&post, "card-present", "none", "Aucune carte n'est insérée", "Insérez la carte");
    for (name, id, reason, sentence, remedy) in [
        ("vitale", "card-not-vitale", "vitale-only", "une carte Vitale", "carte professionnelle"),
        ("carte-inconnue", "card-atr-known", "foreign", "d'un modèle inconnu", "Insérez une carte CPS"),
        ("cps2ter", "card-atr-known", "too-old", "n'est plus en service", "remplacée"),
        ("cps-bloquee", "pin-state", "blocked", "Le code porteur est bloqué", "code de déblocage"),
        ("cps-expiree", "auth-cert-validity", "expired", "a expiré le 01/03/2024", "nouvelle carte"),
    ] {
        let card = service.insert(name);
        is_told(&post, id, reason, sentence, remedy);
        service.take_out(card, 0);
    }
    let mute = service.put_in(0, "muette", Latency::none());
    until("the card is mute", || json(&post, &[])["headline"]["reason"] == "mute");
    is_told(&post, "card-responds", "mute", "La carte ne répond pas", "essuyez la puce");
    drop(mute);
    until("the reader is empty", || json(&post, &[])["headline"]["reason"] == "none");
}

#[test]
fn a_held_card_and_a_stopped_service_are_the_cause() {
    let Some(mut service) = service() else { return };
    let Some(post) = Post::ready(PROGRAM) else { return };
    let post = post.with(&service);
    let card = service.insert("cps-medecin");
    for (mode, reason, sentence) in
        [("exclusive", "in-use", "garde la carte pour lui seul"), ("transaction", "locked", "occupe la carte")]
    {
        let holder = Holder::of(&service, mode);
        is_told(&post, "card-not-held-exclusive", reason, sentence, "Fermez le logiciel");
        holder.release();
    }
    drop(card);

    service.stop();
    is_told(
        &post,
        "pcsc-context",
        "stopped",
        "service de carte à puce de l'ordinateur est arrêté",
        "systemctl restart",
    );
    fs::remove_file(service.file("run/pcscd.comm")).unwrap();
    is_told(&post, "pcscd-socket-present", "missing", "pcscd) n'est pas démarré", "systemctl enable");
}

#[test]
fn the_program_that_holds_the_card_is_named_and_not_in_a_case_file() {
    let Some(service) = service() else { return };
    let _card = service.insert("cps-medecin");
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("case.json");
    for mode in ["exclusive", "transaction"] {
        // the two see each other and no other process of this machine
        let mut command = in_namespaces(service.command("unshare"), &["--mount", "--pid"]);
        command.args(["--fork", "--kill-child", "--mount-proc", "sh", "-c", HELD_MEANWHILE]);
        command.arg(example("hold_card")).args([mode, "CPX 00 00", PROGRAM]).arg(&case).args(DAY);
        let output = command.current_dir(folder.path()).output().unwrap();
        let told = said(&output);
        let sentence = told.lines().find(|line| line.contains("Programmes reliés aux lecteurs en ce moment : "));
        assert!(sentence.unwrap_or_else(|| panic!("{told}")).contains("hold_card"), "{told}");
        assert!(!fs::read_to_string(&case).unwrap().contains("hold_card"));
        for file in ["case.json", "go", "held"] {
            fs::remove_file(folder.path().join(file)).unwrap();
        }
    }
}

/// A program holds the card of a reader while another observes the workstation and records what it sees.
const HELD_MEANWHILE: &str = r#"
mkfifo go held
"$0" "$1" "$2" <go >held &
exec 8>go && read -r _ <held
program=$3 case=$4
shift 4
"$program" --all --lang fr --record "$case" "$@"
echo >&8
wait
"#;

#[test]
fn no_reader_and_no_right_are_two_causes() {
    let Some(service) = Service::start_with(Drivers::None, &[]) else { return };
    let Some(post) = Post::ready(PROGRAM) else { return };
    let post = post.with(&service);
    is_told(&post, "reader-present", "none", "Aucun lecteur de carte", "Branchez le lecteur");
    fs::set_permissions(service.file("run/pcscd.comm"), fs::Permissions::from_mode(0o600)).unwrap();
    is_told(&post, "pcsc-access-authorised", "refused", "refuse l'accès aux lecteurs à ce compte", "polkit");
    let as_root = json(&post.run_by(0), &[]);
    assert_eq!(as_root["headline"]["check"], "reader-present", "root may");
}

#[test]
fn a_container_hides_the_readers_and_ssh_does_not() {
    let Some(post) = Post::ready(PROGRAM) else { return };
    let ssh = post.with_variable("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22");
    assert_eq!(json(&ssh, &[])["headline"]["check"], "pcscd-socket-present");
    ssh.file("/.dockerenv", "");
    is_told(&ssh, "container-confined", "container", "dans un conteneur", "système hôte");
}

#[test]
fn a_container_whose_host_refuses_it_is_sent_there() {
    let Some(service) = Service::start_with(Drivers::None, &[]) else { return };
    let Some(post) = Post::ready(PROGRAM) else { return };
    let post = post.with(&service);
    post.file("/.dockerenv", "");
    fs::remove_file(post.place("/usr/share/polkit-1/actions/org.debian.pcsc-lite.policy")).unwrap();
    fs::set_permissions(service.file("run/pcscd.comm"), fs::Permissions::from_mode(0o600)).unwrap();
    is_told(&post, "pcsc-access-authorised", "refused-container", "à ce conteneur", "sur l'hôte");
}

#[test]
fn a_reader_at_hand_over_ssh_is_as_good_as_at_the_screen() {
    let Some(service) = service() else { return };
    let Some(post) = Post::ready(PROGRAM) else { return };
    let post = post.with(&service);
    let _card = service.insert("cps-medecin");
    let before = json(&post, &[]);
    let ssh = post.with_variable("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22");
    let answer = json(&ssh, &[]);
    assert_eq!((&answer["headline"], &answer["outcome"]), (&before["headline"], &before["outcome"]));
    assert_eq!(check(&answer, "ssh-remote")["reason"], "remote");
    assert!(!text(&ssh, &[]).contains("à distance"), "{}", text(&ssh, &[]));
}

#[test]
fn what_another_user_keeps_closed_is_never_told_as_good() {
    let Some(post) = Post::ready(PROGRAM) else { return };
    let accounts = format!("{USER}:x:1000:1000::/home/{USER}:/bin/sh\npaul:x:1001:1001::/home/paul:/bin/sh\n");
    post.file("/etc/passwd", accounts);
    post.file("/home/paul/.mozilla/firefox/profiles.ini", "[Profile0]\nName=x\nIsRelative=1\nPath=x\nDefault=1\n");
    fs::set_permissions(post.place("/home/paul"), fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(check(&json(&post, &[]), "firefox-module-registered")["state"], "pass", "of one's own profile");
    let answer = json(&post, &["--user", "paul"]);
    for id in ["firefox-module-registered", "firefox-webextension", "firefox-module-path-valid", "proxy-config"] {
        let one = check(&answer, id);
        assert!(["skip", "blocked"].contains(&one["state"].as_str().unwrap()), "{one}");
    }
}

/// The example program that holds a card.
struct Holder(Child);

impl Holder {
    fn of(service: &Service, mode: &str) -> Self {
        let program = example("hold_card");
        let mut command = service.command(program.to_str().unwrap());
        command.args([mode, "CPX 00 00"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        assert!(line.starts_with("held"), "{line}");
        Self(child)
    }

    fn release(mut self) {
        self.0.stdin.take().unwrap().write_all(b"\n").unwrap();
        self.0.wait().unwrap();
    }
}

#[test]
fn a_search_path_full_of_traps_starts_nothing() {
    let Some(post) = Post::ready(PROGRAM) else { return };
    let tools = ["systemctl", "rpm", "pcscd", "dpkg-query", "sh", "firefox", "modutil", "pkcheck", "snap", "flatpak"];
    for tool in tools {
        post.tool(&format!("/home/{USER}/traps/{tool}"), &format!("/usr/bin/touch /tmp/{tool}.ran"));
    }
    let post = post.with_variable("PATH", &format!("/home/{USER}/traps:."));
    assert_eq!(check(&json(&post, &[]), "cryptolib-version-min")["state"], "pass", "rpm was asked at its own place");
    assert_eq!(fs::read_dir(post.place("/tmp/x").parent().unwrap()).unwrap().count(), 0);
    // the traps do what they are there for
    assert!(post.inside(&["../../home/marie.dupont/traps/rpm"]).status().unwrap().success());
    assert!(post.place("/tmp/rpm.ran").exists());
}

#[test]
fn a_tool_that_hangs_costs_its_own_answer_only() {
    let Some(service) = service() else { return };
    let Some(post) = Post::ready(PROGRAM) else { return };
    let post = post.with(&service);
    let _card = service.insert("cps-medecin");
    post.tool("/usr/bin/systemctl", "exec sleep 600");
    let answer = json(&post, &["--record", "/tmp/case.json"]);
    let headline = &answer["headline"];
    assert_eq!(headline["check"], "auth-cert-chain", "{headline}");
    assert_eq!(check(&answer, "pcsc-context")["state"], "pass");
    let case: Value = serde_json::from_slice(&fs::read(post.place("/tmp/case.json")).unwrap()).unwrap();
    let unit = &case["facts"]["workstation"]["pcscd"]["seen"]["unit"];
    assert_eq!(unit["unseen"]["why"], "timed-out", "{unit}");
    // two of one subject share its time and cost their own answers; the card is read all the same
    post.tool("/usr/bin/rpm", "exec sleep 600");
    let answer = json(&post, &["--record", "/tmp/case.json"]);
    assert_eq!(answer["headline"]["check"], "auth-cert-chain", "{}", answer["headline"]);
    let case: Value = serde_json::from_slice(&fs::read(post.place("/tmp/case.json")).unwrap()).unwrap();
    let service = &case["facts"]["workstation"]["pcscd"]["seen"];
    assert_eq!(service["unit"]["unseen"]["why"], "timed-out", "{service}");
    assert_eq!(service["socket"]["present"], true, "{service}");
    // what the installer noted tells the version all the same
    assert_eq!(check(&answer, "cryptolib-version-min")["state"], "pass");
}

#[test]
fn pipes_loops_and_heaps_keep_nothing_else_from_being_seen() {
    let Some(service) = service() else { return };
    let Some(post) = Post::ready(PROGRAM) else { return };
    let post = post.with(&service);
    let _card = service.insert("cps-medecin");
    let before = json(&post, &[]);
    let log = fs::File::create(post.place("/var/opt/santesocial/CPS/log/cps3p11_1.log")).unwrap();
    log.set_len(200 << 20).unwrap();
    post.link(&format!("/home/{USER}/loop"), ".").link(&format!("/home/{USER}/.pki"), ".pki");
    post.link(&format!("/home/{USER}/.config"), "loop/loop");
    let folder = format!("/home/{USER}/.mozilla/firefox");
    let mut list = fs::read_to_string(post.place(&format!("{folder}/profiles.ini"))).unwrap();
    for number in 1..=30 {
        list.push_str(&format!("\n[Profile{number}]\nName=other {number}\nIsRelative=1\nPath=other.{number}\n"));
        for file in ["pkcs11.txt", "prefs.js", "extensions.json"] {
            let from = post.place(&format!("{PROFILE}/{file}"));
            fs::copy(from, post.place(&format!("{folder}/other.{number}/{file}"))).unwrap();
        }
    }
    post.file(&format!("{folder}/profiles.ini"), list);
    let after = json(&post, &[]);
    assert_eq!(after["headline"], before["headline"]);
    assert_eq!(check(&after, "firefox-module-registered")["state"], "pass");
    assert_eq!(check(&after, "cryptolib-traces-off")["state"], "warn", "{}", check(&after, "cryptolib-traces-off"));

    post.pipe("/etc/os-release").pipe(&format!("{PROFILE}/pkcs11.txt"));
    post.pipe("/var/opt/santesocial/commun/adm/155.adm").pipe("/etc/opt/santesocial/CPS/cps3_pkcs11.conf");
    let after = json(&post, &[]);
    assert_eq!(after["headline"]["check"], "auth-cert-chain", "{}", after["headline"]);
    assert_eq!(check(&after, "firefox-module-registered")["state"], "skip");
    assert_eq!(check(&after, "pcsc-context")["state"], "pass");
}

#[test]
fn options_narrow_the_answer_or_are_refused() {
    let Some(post) = Post::ready(PROGRAM) else { return };
    let one = json(&post, &["--portal", "igc-sante,psc", "--browser", "chrome"]);
    let portals: Vec<_> = one["portals"].as_array().unwrap().iter().map(|portal| portal["portal"].clone()).collect();
    assert_eq!(portals, ["igc-sante", "psc"]);
    let paths = one["portals"][0]["paths"].as_array().unwrap();
    assert!(paths.iter().all(|path| path["browser"] == "chrome"), "{paths:?}");
    for (arguments, sentence) in [
        (&["--portal", "ameli"][..], "Aucun portail ne s'appelle « ameli »"),
        (&["--browser", "opera"], "Aucun navigateur ne s'appelle « opera »"),
        (&["--explain", "nothing\u{1b}[2J"], "Aucun contrôle ne s'appelle « nothing\u{FFFD}[2J »"),
        (&["--replay", "/nonexistent"], "/nonexistent"),
        (&["--compare", "/nonexistent"], "/nonexistent"),
        (&["--record", "/nonexistent/case.json"], "/nonexistent/case.json"),
        (&["--record", "a", "--replay", "b"], "--replay"),
        (&["--nonsense"], "--nonsense"),
    ] {
        let output = post.run(arguments);
        let told = crate::support::as_typed(&output.stderr);
        let code = if arguments == ["--record", "/nonexistent/case.json"] { 74 } else { 64 };
        assert_eq!((output.status.code(), output.stdout.len()), (Some(code), 0), "{arguments:?}: {told}");
        assert!(told.contains(sentence), "{arguments:?}: {told}");
    }
}

#[test]
fn checks_are_listed_and_explained_without_looking_at_anything() {
    let Some(post) = Post::bare(PROGRAM) else { return };
    let output = post.run(&["--list-checks", "--format", "json"]);
    let list: Value = serde_json::from_slice(&output.stdout).unwrap();
    let checks = list["checks"].as_array().unwrap();
    assert_eq!((output.status.code(), checks.len()), (Some(0), 100));
    let told = said(&post.run(&["--list-checks"]));
    for check in checks {
        let id = check["id"].as_str().unwrap();
        assert!(told.lines().any(|line| line.trim_start().starts_with(&format!("{id} "))), "{id}");
        let output = post.run(&["--explain", id]);
        let told = said(&output);
        assert_eq!(output.status.code(), Some(0), "{told}");
        for part in ["Domaine", "Gravité", "Ce qui est vérifié", "Pourquoi", "Que faire", "Comment vérifier"] {
            assert!(told.contains(part), "{id} has no {part}: {told}");
        }
    }
    let one: Value = serde_json::from_slice(&post.run(&["--explain", "pin-state", "--format", "json"]).stdout).unwrap();
    assert_eq!(one["checks"][0]["id"], "pin-state");
    let english = said(&post.run(&["--explain", "pin-state", "--lang", "en"]));
    assert!(english.contains("Why") && !english.contains("Pourquoi"), "{english}");
}

#[test]
fn colours_and_progress_are_for_terminals_only() {
    let Some(service) = service() else { return };
    let Some(post) = Post::ready(PROGRAM) else { return };
    let post = post.with(&service);
    let _card = service.insert_in(0, "cps-medecin", Latency::new(9600, 40));
    let output = post.run(&DAY);
    assert!(output.stderr.is_empty() && !said(&output).contains(['\u{1b}', '\r']), "{}", said(&output));
    if crate::support::find_program("script").is_none() {
        return skip("script is not installed");
    }
    let on_a_terminal = |post: &Post| {
        let line = format!("cpx-check {}", DAY.join(" "));
        let arguments = ["script", "--quiet", "--return", "--command", &line, "/dev/null"];
        let output = post.inside(&arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        said(&output)
    };
    let post = post.with_variable("TERM", "xterm");
    let told = on_a_terminal(&post);
    assert!(told.contains("\u{1b}["), "{told:?}");
    let place = |words: &str| told.find(words).unwrap_or_else(|| panic!("no {words}: {told:?}"));
    let (reading, asking, answer) =
        (place("Lecture de la carte…"), place("Interrogation du module"), place("Ce poste n'est pas prêt"));
    let cleared = told[asking..answer].rfind('\r').map(|at| &told[asking..asking + at]).unwrap();
    assert!(cleared.ends_with([' ', '\r']), "the line is taken away: {told:?}");
    // the card is told while the rest is looked at, masked, and once
    let card = place("Carte CPS · Monsieur **T *******624 · jusqu'au");
    assert!(reading < card && card < asking, "{told:?}");
    assert_eq!(told.matches("Carte CPS").count(), 1, "{told:?}");
    assert!(!told.contains("DOC0036624"), "{told:?}");
    let plain = on_a_terminal(&post.with_variable("NO_COLOR", "1"));
    assert!(!plain.contains('\u{1b}'), "{plain:?}");
}

#[test]
fn the_answer_is_in_the_language_of_the_system_or_of_the_option() {
    let Some(post) = Post::bare(PROGRAM) else { return };
    assert!(text(&post, &[]).starts_with("✗ Ce poste n'est pas prêt."));
    assert!(text(&post, &["--lang", "en"]).starts_with("✗ This workstation is not ready."));
    let post = post.with_variable("LC_ALL", "en_GB.UTF-8");
    assert!(text(&post, &[]).starts_with("✗ This workstation is not ready."));
    assert!(text(&post, &["--lang", "fr"]).starts_with("✗ Ce poste n'est pas prêt."));
}

/// Virtual cards have a module and an authority of their own: what lies on the machine is judged, and no module is asked.
#[test]
fn a_virtual_card_shows_what_ready_looks_like() {
    let Some(service) = Service::start(&["opensc-tool"]) else { return };
    let Some(post) = Post::ready(PROGRAM) else { return };
    let post = post.with(&service);
    let answer = json(&post, &["--simulate", "cps-medecin"]);
    assert_eq!(answer["outcome"], "ready", "{answer:#}");
    assert_eq!(answer["tokens"][0]["token"]["manufacturer"], "cpx-card (simulated)", "{}", answer["tokens"]);
    assert_eq!(answer["readers"][0]["certificates"][0]["trust"]["code"], "trusted", "{}", answer["readers"]);
    let told = said(&post.run(&["--simulate", "cps-medecin", "--at", "2026-12-01"]));
    assert!(told.contains("Carte simulée, vérifiée au 01/12/2026"), "{told}");
}
