//! The live page in a real browser, with cards that come and go.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cpx_simulator::Latency;
use serde_json::{Value, json};

use crate::support::card::CountedCard;
use crate::support::chromium::{Chromium, Tab};
use crate::support::served::{DAY, Served};
use crate::support::{Drivers, Service, skip};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");

/// What the verdict says, which card is in the first reader.
const VERDICT: &str = "document.querySelector('h1 span').textContent";
const FIRST_CARD: &str = "document.querySelector('.readers li span').textContent";
const IS_LIVE: &str = "document.getElementById('live').className === 'live on'";

fn shows(browser: &mut Chromium, tab: &Tab, what: &str) {
    browser.until(tab, &format!("{FIRST_CARD}.includes({})", json!(what)));
    browser.until(tab, IS_LIVE);
}

#[test]
fn the_page_follows_cards_and_the_service() {
    let Some(mut service) = Service::start(&[]) else { return };
    let Some(mut browser) = Chromium::start() else { return };
    let mut served = Served::start(service.command(PROGRAM), &["--lang", "fr"]);
    let tab = browser.open(&served.address);
    browser.until(&tab, IS_LIVE);
    let empty = browser.value(&tab, FIRST_CARD);
    assert_eq!(browser.value(&tab, "document.querySelector('.plastic')"), Value::Null);

    // what somebody has opened, and where they are, stays from card to card
    browser.value(
        &tab,
        "{ const one = document.querySelector('.details details'); one.open = true;
        one.querySelector('summary').focus(); scrollTo(0, 200); window.kept = one; true }",
    );
    let card = service.insert("cps-medecin");
    shows(&mut browser, &tab, "Monsieur **T");
    assert_eq!(browser.value(&tab, "document.querySelector('.plastic .type').textContent"), "CPS");
    assert_eq!(
        browser.value(
            &tab,
            "document.title === 'Diagnostic du poste\u{a0}: ' + document.querySelector('h1 span').textContent"
        ),
        true
    );
    assert_eq!(
        browser.value(
            &tab,
            "document.querySelector('#told').textContent.startsWith(document.querySelector('h1 span').textContent)"
        ),
        true,
        "the verdict is said aloud"
    );
    assert_eq!(
        browser.value(
            &tab,
            "kept.isConnected && kept.open && document.activeElement === kept.querySelector('summary') && scrollY > 0"
        ),
        true
    );
    let code = browser.value(&tab, "document.querySelector('.code strong').textContent");

    service.take_out(card, 0);
    shows(&mut browser, &tab, empty.as_str().unwrap());
    assert_ne!(browser.value(&tab, "document.querySelector('.code strong').textContent"), code);
    assert_eq!(browser.value(&tab, "kept.isConnected && kept.open"), true);
    assert_eq!(browser.value(&tab, "document.querySelector('.plastic')"), Value::Null);

    let other = service.insert("cps-medecin-cps4");
    shows(&mut browser, &tab, "Carte CPS");
    assert_eq!(browser.value(&tab, "document.querySelector('.plastic').textContent.includes('CPS4')"), true);
    let vitale = service.insert_in(1, "vitale", Latency::none());
    browser.until(&tab, "document.querySelectorAll('.readers li span')[1].textContent.includes('Vitale')");
    drop(vitale);
    drop(other);
    shows(&mut browser, &tab, empty.as_str().unwrap());

    service.stop();
    browser.until(&tab, "document.querySelector('.readers') === null");
    browser.until(&tab, IS_LIVE);
    assert_eq!(browser.value(&tab, "document.querySelector('.link.bad text').textContent"), "PC/SC");
    service.restart();
    shows(&mut browser, &tab, empty.as_str().unwrap());

    // loading it again is not leaving it
    browser.tell(&tab, "Page.reload", &json!({}));
    browser.until(&tab, "!window.kept");
    browser.until(&tab, IS_LIVE);
    std::thread::sleep(Duration::from_secs(4));
    assert!(served.is_running());
    let card = service.insert("cps-medecin");
    shows(&mut browser, &tab, "Monsieur **T");

    // somebody asks for another look: the card is read once more, and once only
    let ((), exchanges, _) = card.cost(|| {
        browser.value(&tab, "document.getElementById('again').click()");
        browser.until(&tab, IS_LIVE);
        std::thread::sleep(Duration::from_millis(1500));
        browser.until(&tab, IS_LIVE);
    });
    assert!((1..100).contains(&exchanges), "{exchanges}");
    let ((), exchanges, _) = card.cost(|| std::thread::sleep(Duration::from_secs(3)));
    assert_eq!(exchanges, 0, "a card that stays is left alone");

    browser.close(&tab);
    let expected = service.command(PROGRAM).args(DAY).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert_eq!(served.end().code(), expected.code(), "the exit code is that of the last verdict");
}

#[test]
fn a_page_whose_program_ended_says_so() {
    let Some(mut browser) = Chromium::start() else { return };
    let mut served = Served::simulated(PROGRAM, &["--lang", "fr"]);
    let tab = browser.open(&served.address);
    browser.until(&tab, IS_LIVE);
    let before = browser.value(&tab, VERDICT);
    let moment = browser.value(&tab, "document.getElementById('moment').textContent");
    assert!(moment.as_str().unwrap().starts_with("état à "), "{moment}");
    served.child.kill().unwrap();
    browser.until(&tab, "document.getElementById('live').className === 'live over'");
    assert_eq!(browser.value(&tab, VERDICT), before, "what was seen stays");
    assert_eq!(browser.value(&tab, "document.getElementById('moment').textContent"), moment, "with its time");
    let said = browser.value(&tab, "document.getElementById('told').textContent");
    assert!(said.as_str().unwrap().starts_with("Ce n'est plus en direct"), "{said}");
    assert_eq!(browser.value(&tab, "document.getElementById('again').disabled"), true);
    assert_eq!(browser.value(&tab, "document.getElementById('copy').disabled"), false);
}

#[test]
fn ctrl_c_ends_the_page_as_well() {
    let Some(mut browser) = Chromium::start() else { return };
    let mut served = Served::simulated(PROGRAM, &["--lang", "en"]);
    let tab = browser.open(&served.address);
    browser.until(&tab, IS_LIVE);
    let told = Command::new("sh").args(["-c", "kill -INT \"$0\"", &served.child.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert_eq!(served.end().code(), Some(2));
    browser.until(&tab, "document.getElementById('state').textContent.startsWith('No longer live')");
}

#[test]
fn the_text_for_the_ticket_is_copied() {
    let Some(mut browser) = Chromium::start() else { return };
    let served = Served::simulated(PROGRAM, &["--lang", "fr", "--show-identity"]);
    let tab = browser.open(&served.address);
    browser.until(&tab, IS_LIVE);
    let origin = format!("http://{}", served.host());
    let granted = json!({"origin": origin, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]});
    browser.ask(None, "Browser.grantPermissions", &granted);
    // the words stay for a moment only
    browser.value(
        &tab,
        "window.words = []; new MutationObserver(() => words.push(document.getElementById('copy').textContent))
            .observe(document.getElementById('copy'), {childList: true}); document.getElementById('copy').click()",
    );
    browser.until(&tab, "words.includes('Texte copié')");
    let copied = browser.value(&tab, "navigator.clipboard.readText()");
    let copied = copied.as_str().unwrap().replace(['\u{a0}', '\u{202f}'], " ");
    assert!(copied.starts_with("cpx-check ") && copied.contains("Code d'assistance : CPX-"), "{copied}");
    // a ticket is anonymous, whatever the page shows
    let person = ["Monsieur", "DOC0036624", "**T", "899700366240", "*240"];
    assert!(copied.contains("Carte CPS") && !person.iter().any(|one| copied.contains(one)), "{copied}");
    assert!(!copied.contains('\u{1b}'), "{copied}");
    browser.until(&tab, "document.getElementById('copy').textContent === 'Copier pour le ticket'");
    // a browser that refuses: the text is there, selected
    browser.value(&tab, "navigator.clipboard.writeText = () => Promise.reject(new Error('no')); document.getElementById('copy').click()");
    browser.until(&tab, "getSelection().toString().includes('CPX-') && document.querySelector('.ticket details').open");
}

/// WCAG by axe-core, nothing over the edge, and pictures for people to look at.
#[test]
fn nothing_keeps_people_out() {
    let axe = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/tools/node_modules/axe-core/axe.min.js");
    let Ok(axe) = std::fs::read_to_string(axe) else { return skip("axe-core is not installed: .ci/tools") };
    let Some(mut browser) = Chromium::start() else { return };
    let found = "axe.run(document, {resultTypes: ['violations']}).then(found => ({passed: found.passes.length,
        wrong: found.violations.map(one => [one.id, one.nodes.map(node => [node.html, node.failureSummary])])}))";
    for (language, state) in [("fr", "card"), ("en", "card"), ("fr", "none"), ("en", "none"), ("fr", "over")] {
        let mut served = if state == "none" {
            let mut command = Command::new(PROGRAM);
            command.env("PCSCLITE_CSOCK_NAME", "/nowhere/pcscd.comm");
            Served::start(command, &["--lang", language])
        } else {
            Served::simulated(PROGRAM, &["--lang", language])
        };
        let tab = browser.open(&served.address);
        browser.until(&tab, IS_LIVE);
        if state == "over" {
            served.child.kill().unwrap();
            browser.until(&tab, "document.getElementById('live').className === 'live over'");
        }
        browser.value(&tab, &format!("{axe};true"));
        for (width, height, colours) in
            [(1280, 1000, "light"), (1280, 1000, "dark"), (320, 800, "light"), (320, 800, "dark")]
        {
            let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
            browser.tell(&tab, "Emulation.setDeviceMetricsOverride", &size);
            let media = [("prefers-color-scheme", colours), ("prefers-reduced-motion", "reduce")];
            let media = media.map(|(name, value)| json!({"name": name, "value": value}));
            browser.tell(&tab, "Emulation.setEmulatedMedia", &json!({"features": media}));
            let name = format!("live-{language}-{state}-{width}-{colours}.png");
            let picture = browser.picture(&tab);
            std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join(&name), picture).unwrap();
            browser.value(&tab, "for (const one of document.querySelectorAll('details')) one.open = true");
            let result = browser.value(&tab, found);
            assert_eq!(result["wrong"], json!([]), "{name}");
            assert!(result["passed"].as_u64().unwrap() > 15, "{name}: {result}");
            let wide = browser.value(&tab, "document.documentElement.scrollWidth - innerWidth");
            assert!(wide.as_i64().unwrap() <= 0, "{name}: nothing goes over the edge");
            browser.value(&tab, "for (const one of document.querySelectorAll('details')) one.open = false");
        }
        browser.close(&tab);
    }
}

/// What the policy forbids stays undone: words of a card run nothing, whatever they are.
#[test]
fn the_policy_holds_in_a_browser() {
    let Some(mut browser) = Chromium::start() else { return };
    let served = Served::simulated(PROGRAM, &[]);
    let tab = browser.open(&served.address);
    browser.until(&tab, IS_LIVE);
    browser.value(
        &tab,
        "document.getElementById('page').insertAdjacentHTML('beforeend', '<img src=x onerror=\"document.title = 1\">');
         const script = document.createElement('script'); script.textContent = 'document.title = 1'; document.body.append(script)",
    );
    assert!(browser.evaluate(&tab, "fetch('http://127.0.0.1:1/')").is_err());
    assert_ne!(browser.value(&tab, "document.title"), "1");
    assert_eq!(browser.value(&tab, "document.cookie"), "", "no script sees the cookie");
}

/// Words of a card are words, also where names are shown in full.
#[test]
fn a_hostile_card_stays_a_card() {
    let Some(mut browser) = Chromium::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let card = std::fs::read_to_string(fixtures.join("cards/cps-medecin.toml")).unwrap();
    let evil = "<img src=x onerror=ran=1>";
    // a card finds its certificates beside it
    std::os::unix::fs::symlink(fixtures.join("pki"), folder.path().join("pki")).unwrap();
    let file = folder.path().join("cards/evil.toml");
    std::fs::create_dir(folder.path().join("cards")).unwrap();
    std::fs::write(&file, card.replace("\"DOC0036624\"", &format!("\"{evil}\""))).unwrap();
    let served = Served::start(Command::new(PROGRAM), &["--show-identity", "--simulate", file.to_str().unwrap()]);
    let tab = browser.open(&served.address);
    browser.until(&tab, IS_LIVE);
    let told = browser.value(&tab, FIRST_CARD);
    assert!(told.as_str().unwrap().contains(evil), "{told}");
    assert_eq!(browser.value(&tab, "document.querySelectorAll('img').length + (window.ran ?? 0)"), 0);
}

/// How long the page takes: printed, never judged. From the card that touches the contacts, or leaves them, to Chromium's DOM
/// with the new verdict, in a reader that tells so at once; and the part of it since the page knew that something happens.
#[test]
fn how_long_the_page_takes() {
    let Some(service) = Service::start_with(Drivers::Prompt, &[]) else { return };
    let Some(mut browser) = Chromium::start() else { return };
    let served = Served::start(service.command(PROGRAM), &["--lang", "fr"]);
    let tab = browser.open(&served.address);
    browser.until(&tab, IS_LIVE);
    // an observer is told once all of a change is in the DOM
    browser.value(
        &tab,
        "{ const live = document.getElementById('live'), page = document.getElementById('page'), all = {attributes: true,
             childList: true, characterData: true, subtree: true}; let had = false; window.times = {}; window.had = () => had;
           new MutationObserver(() => { if (live.className === 'live busy') times.busy ??= Date.now(); }).observe(live, all);
           new MutationObserver(() => { const has = document.querySelector('.plastic') !== null;
             if (has !== had) times.page = Date.now(); had = has; }).observe(page, all); true }",
    );
    let card = CountedCard::new("cps-medecin");
    let (mut inserted, mut removed) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let began = now();
        let put_in = card.put_in(service.port());
        inserted.push(taken(&mut browser, &tab, true, began));
        let began = now();
        drop(put_in);
        removed.push(taken(&mut browser, &tab, false, began));
    }
    let told = format!("page update, ms (since the page knew): card in {inserted:?}, card out {removed:?}\n");
    let _ = std::io::stderr().write_all(told.as_bytes());
}

/// Milliseconds until the page has the card, or has it no more: since this moment, and since the page knew. Then a pause, as
/// between two cards of people.
fn taken(browser: &mut Chromium, tab: &Tab, has: bool, began: f64) -> String {
    browser.until(tab, &format!("had() === {has}"));
    std::thread::sleep(Duration::from_secs(1));
    let shown = browser.value(tab, FIRST_CARD);
    assert_eq!(shown.as_str().unwrap().contains("Monsieur **T"), has, "{shown}");
    let times = browser.value(tab, "{ const last = times; times = {}; last }");
    let of = |name: &str| times[name].as_f64().unwrap();
    format!("{:.0} ({:.0})", of("page") - began, of("page") - of("busy"))
}

/// Milliseconds since 1970.
fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64() * 1000.0
}
