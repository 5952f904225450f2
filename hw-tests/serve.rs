//! The live page: in a real browser with cards that come and go, and against everybody who may not see it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use cpx_card::limits;
use cpx_card::simulator::Latency;
use serde_json::{Value, json};

#[path = "support/chromium.rs"]
mod chromium;
mod support;

use chromium::{Chromium, Tab};
use support::card::CountedCard;
use support::{Drivers, PATIENCE, Service, find_program, skip, until};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");

/// The day on which virtual cards are valid.
const DAY: [&str; 2] = ["--at", "2026-11-20"];

/// The program with its page. Ends with its owner.
struct Served {
    child: Child,
    lines: Receiver<String>,
    address: String,
}

impl Served {
    fn start(mut command: Command, arguments: &[&str]) -> Self {
        command.args(["serve", "--no-open"]).args(DAY).args(arguments).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.stdin(Stdio::null()).spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || said.lines().map_while(Result::ok).all(|line| sender.send(line).is_ok()));
        let address = lines.recv_timeout(PATIENCE).expect("an address");
        Self { child, lines, address }
    }

    /// With virtual cards inside the program.
    fn simulated(arguments: &[&str]) -> Self {
        Self::start(Command::new(PROGRAM), &[&["--simulate", "cps-medecin"], arguments].concat())
    }

    /// Name and port of the server.
    fn host(&self) -> &str {
        self.address.strip_prefix("http://").unwrap().split('/').next().unwrap()
    }

    fn port(&self) -> u16 {
        self.host().rsplit_once(':').unwrap().1.parse().unwrap()
    }

    /// What is asked for by opening the address.
    fn entry(&self) -> String {
        format!("/open/{}", self.address.rsplit_once('/').unwrap().1)
    }

    fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    fn end(&mut self) -> ExitStatus {
        let mut status = None;
        until("the program ends by itself", || {
            status = self.child.try_wait().unwrap();
            status.is_some()
        });
        status.unwrap()
    }

    /// A connection that gives up on a server that hangs.
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.host()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// The answer to these bytes.
    fn send(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        let _ = stream.write_all(bytes);
        heard(&mut stream)
    }

    /// The answer to a request with these fields.
    fn ask(&self, line: &str, fields: &[&str]) -> String {
        let host = format!("Host: {}", self.host());
        let line = format!("{line} HTTP/1.1");
        let lines = [&[line.as_str(), &host], fields, &["", ""]].concat();
        self.send(lines.join("\r\n").as_bytes())
    }

    /// Opens the address: the path and the cookie.
    fn enter(&self) -> (String, String) {
        let answer = self.ask(&format!("GET {}", self.entry()), &["Sec-Fetch-Site: none", "Sec-Fetch-Dest: document"]);
        assert_eq!(status(&answer), 200, "{answer}");
        let cookie = answer.split("Set-Cookie: ").nth(1).unwrap().split("\r\n").next().unwrap();
        for attribute in ["HttpOnly", "SameSite=Strict"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        let path = cookie.split("Path=").nth(1).unwrap().split(';').next().unwrap().to_owned();
        (path, format!("Cookie: {}", cookie.split(';').next().unwrap()))
    }

    /// The first whole state that a page that follows is told.
    fn first_state(&self, path: &str, cookie: &str) -> Value {
        let mut stream = self.connect();
        let head = format!("GET {path}events HTTP/1.1\r\nHost: {}\r\n{cookie}\r\n\r\n", self.host());
        stream.write_all(head.as_bytes()).unwrap();
        let told = BufReader::new(stream).lines().map_while(Result::ok);
        let states = told.filter_map(|line| serde_json::from_str(line.strip_prefix("data: ")?).ok());
        states.into_iter().find(|state: &Value| state["busy"] == false).expect("a state")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// All that comes until the other end closes.
fn heard(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => panic!("the server hangs"),
        _ => String::from_utf8(bytes).unwrap(),
    }
}

/// The status of an answer; 0 for none.
fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

/// Milliseconds since 1970.
fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64() * 1000.0
}

#[test]
fn the_address_opens_once_and_for_nobody_else() {
    let served = Served::simulated(&[]);
    let wrong = "/open/0123456789abcdef0123456789abcdef";
    for target in ["/", "/open", "/open/", wrong, "/live/", "/favicon.ico", "*", "http://evil.example/"] {
        let answer = served.ask(&format!("GET {target}"), &[]);
        assert_eq!(status(&answer), 403, "{target}: {answer}");
        assert!(!answer.contains("Set-Cookie") && !answer.contains("CPX-"), "{answer}");
    }
    // neither what a browser loads ahead nor what a page embeds uses the token up
    let entry = format!("GET {}", served.entry());
    assert_eq!(status(&served.ask(&entry, &["Sec-Purpose: prefetch;prerender"])), 503);
    for destination in ["iframe", "image", "script", "empty"] {
        assert_eq!(status(&served.ask(&entry, &[&format!("Sec-Fetch-Dest: {destination}")])), 403);
    }
    let (path, cookie) = served.enter();
    assert_eq!(status(&served.ask(&entry, &[])), 403, "the token works once");
    assert_eq!(status(&served.ask(&format!("GET {path}"), &[&cookie])), 200);
    for answer in [
        served.ask(&format!("GET {path}"), &[]),
        served.ask(&format!("GET {path}"), &["Cookie: cpx-live=0123456789abcdef0123456789abcdef"]),
        served.ask(&format!("GET {path}events"), &[]),
        served.ask(&format!("POST {path}again"), &[&format!("Origin: http://{}", served.host())]),
    ] {
        assert_eq!(status(&answer), 403, "{answer}");
    }
    assert_eq!(status(&served.ask(&format!("GET {path}else"), &[&cookie])), 404);
    for method in ["HEAD", "OPTIONS", "PUT", "DELETE"] {
        assert_eq!(status(&served.ask(&format!("{method} {path}"), &[&cookie])), 405);
    }
}

#[test]
fn other_sites_get_nothing() {
    let served = Served::simulated(&[]);
    // a name that somebody gave to this address (DNS rebinding), before and after the token was used
    let hosts = |served: &Served| {
        let port = served.port();
        [
            format!("evil.example:{port}"),
            format!("localhost:{port}"),
            "127.0.0.1".into(),
            format!("127.0.0.1:{}", port ^ 1),
        ]
    };
    let named = |target: &str, host: &str, cookie: &str| {
        let answer = served.send(format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n{cookie}\r\n\r\n").as_bytes());
        assert_eq!(status(&answer), 403, "{host}: {answer}");
    };
    for host in hosts(&served) {
        named(&served.entry(), &host, "A: b");
    }
    let (path, cookie) = served.enter();
    for host in hosts(&served) {
        named(&path, &host, &cookie);
    }
    let own = format!("Origin: http://{}", served.host());
    let page = |fields: &[&str]| status(&served.ask(&format!("GET {path}"), &[&[cookie.as_str()], fields].concat()));
    let again =
        |fields: &[&str]| status(&served.ask(&format!("POST {path}again"), &[&[cookie.as_str()], fields].concat()));
    assert_eq!((page(&["Sec-Fetch-Site: same-origin"]), again(&[&own, "Sec-Fetch-Site: same-origin"])), (200, 204));
    for site in ["cross-site", "same-site"] {
        let site = format!("Sec-Fetch-Site: {site}");
        assert_eq!((page(&[&site]), again(&[&own, &site])), (403, 403), "{site}");
    }
    for origin in ["https://evil.example", "null", "http://127.0.0.1", "http://localhost:1"] {
        let origin = format!("Origin: {origin}");
        assert_eq!((page(&[&origin]), again(&[&origin])), (403, 403), "{origin}");
    }
    assert_eq!(again(&[]), 403, "a browser says where it comes from");
    assert_eq!(page(&["Sec-Fetch-Dest: iframe"]), 403);
    // nothing is allowed to another site, and nothing is kept
    for answer in [
        served.ask(&format!("GET {path}"), &[&cookie]),
        served.ask("GET /", &["Origin: https://evil.example"]),
        served.ask(&format!("OPTIONS {path}"), &[&cookie, "Access-Control-Request-Method: POST"]),
    ] {
        let head = answer.split("\r\n\r\n").next().unwrap();
        assert!(!head.to_lowercase().contains("access-control-"), "{head}");
        for field in [
            "Cache-Control: no-store",
            "X-Content-Type-Options: nosniff",
            "Referrer-Policy: no-referrer",
            "frame-ancestors 'none'",
            "default-src 'none'",
        ] {
            assert!(head.contains(field), "{head}");
        }
        assert!(!head.contains("unsafe-"), "{head}");
    }
}

#[test]
fn it_listens_on_the_loopback_only() {
    let served = Served::simulated(&[]);
    let Ok(table) = std::fs::read_to_string("/proc/net/tcp") else { return skip("no /proc/net/tcp") };
    let more = std::fs::read_to_string("/proc/net/tcp6").unwrap_or_default();
    let port = format!(":{:04X}", served.port());
    let listening = table.lines().chain(more.lines()).filter_map(|line| {
        let fields: Vec<_> = line.split_ascii_whitespace().collect();
        (fields[1].ends_with(&port) && fields[3] == "0A").then(|| fields[1].to_owned())
    });
    assert_eq!(listening.collect::<Vec<_>>(), [format!("0100007F{port}")]);
}

/// The command line of the program that opens the browser is there for every user of the machine to read.
#[test]
fn another_user_of_this_machine_gets_nothing() {
    use std::os::unix::process::CommandExt as _;
    let Some(bash) = find_program("bash") else { return skip("bash is not installed") };
    let served = Served::simulated(&[]);
    let script = format!(
        "exec 3<>/dev/tcp/127.0.0.1/{} && printf 'GET {} HTTP/1.1\\r\\nHost: {}\\r\\n\\r\\n' >&3; cat <&3",
        served.port(),
        served.entry(),
        served.host()
    );
    let mut asking = Command::new(bash);
    asking.args(["-c", &script]).current_dir("/").uid(65_534).gid(65_534);
    match asking.output() {
        Ok(output) => assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{output:?}"),
        Err(_) => return skip("only root can be another user"),
    }
    served.enter();
}

#[test]
fn odd_and_huge_requests_are_refused() {
    let served = Served::simulated(&[]);
    let host = served.host();
    let cases = [
        (format!("GET / HTTP/1.1\r\nHost: {host}\r\nA: {}\r\n\r\n", "a".repeat(100_000)), 431),
        (format!("GET /{} HTTP/1.1\r\nHost: {host}\r\n\r\n", "a".repeat(100_000)), 431),
        (format!("GET / HTTP/1.1\r\nHost: {host}\r\n{}\r\n", "A: b\r\n".repeat(500)), 431),
        (format!("POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 99999999999\r\n\r\n"), 413),
        (format!("POST / HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello"), 413),
        (format!("GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n"), 400),
        ("GET / HTTP/1.1\r\n\r\n".into(), 400),
        (format!("GET / HTTP/1.0\r\nHost: {host}\r\n\r\n"), 505),
        ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}".into(), 400),
        (format!("GET / HTTP/1.1\r\nHost: {host}\r\nA\0: b\r\n\r\n"), 400),
    ];
    for (request, expected) in cases {
        let answer = served.send(request.as_bytes());
        // a system may throw an answer away when much more was sent than is read
        let is_lost = answer.is_empty() && request.len() > 50_000;
        assert!(is_lost || status(&answer) == expected, "{expected}: {answer} to {request:.80}");
    }
    served.enter();
}

#[test]
fn slow_and_many_clients_keep_nobody_else_out() {
    let mut served = Served::simulated(&[]);
    // by name: the observation of the workstation has threads as well, as many as it needs
    let connections = |served: &Served| {
        let threads = std::fs::read_dir(format!("/proc/{}/task", served.child.id())).unwrap();
        let names = threads.filter_map(|thread| std::fs::read_to_string(thread.ok()?.path().join("comm")).ok());
        names.filter(|name| name.trim_end() == "cpx-connection").count()
    };
    let mut slow: Vec<_> = (0..200).map(|_| served.connect()).collect();
    for stream in &mut slow {
        let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: ");
    }
    until("some are served", || {
        slow.push(served.connect());
        connections(&served) > 0
    });
    // the thread of one that has ended may still be there
    let served_at_once = connections(&served);
    assert!(served_at_once <= 2 * limits::SERVED_CONNECTIONS, "{served_at_once}");
    // one byte now and then is no life: all are sent away, while they still write
    let dripping = std::thread::spawn(move || {
        let end = Instant::now() + PATIENCE;
        while !slow.is_empty() && Instant::now() < end {
            slow.retain_mut(|stream| {
                stream.set_read_timeout(Some(Duration::from_millis(1))).unwrap();
                let is_waiting =
                    |error: &std::io::Error| matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut);
                stream.write_all(b"a").is_ok() && matches!(stream.read(&mut [0; 512]), Err(error) if is_waiting(&error))
            });
            std::thread::sleep(Duration::from_millis(100));
        }
        slow.len()
    });
    assert_eq!(dripping.join().unwrap(), 0);
    until("their connections have ended", || connections(&served) == 0);
    let (path, cookie) = served.enter();
    // pages that follow are bounded too
    let head = format!("GET {path}events HTTP/1.1\r\nHost: {}\r\n{cookie}\r\n\r\n", served.host());
    let streams: Vec<_> = (0..10)
        .map(|_| {
            let mut stream = served.connect();
            stream.write_all(head.as_bytes()).unwrap();
            let mut line = String::new();
            BufReader::new(&stream).read_line(&mut line).unwrap();
            (status(&line), stream)
        })
        .collect();
    assert_eq!(streams.iter().filter(|(status, _)| *status == 200).count(), 4);
    assert_eq!(status(&served.ask(&format!("GET {path}"), &[&cookie])), 200);
    assert!(served.is_running());
    drop(streams);
    assert_eq!(served.end().code(), Some(2), "nobody follows any more");
}

#[test]
fn no_identity_in_full_unless_asked_for() {
    let said = |arguments: &[&str]| {
        let output =
            Command::new(PROGRAM).args(["card", "--simulate", "cps-medecin"]).args(arguments).output().unwrap();
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let full = said(&["--format", "json", "--show-identity"]);
    let card = &full["readers"][0];
    let secrets: Vec<String> = [&card["holder"]["surname"], &card["holder"]["id"], &card["card"]["number"]]
        .map(|value| value.as_str().unwrap_or_else(|| panic!("{card:#}")).to_owned())
        .to_vec();
    for (arguments, is_shown) in [(&[][..], false), (&["--show-identity"][..], true)] {
        let served = Served::simulated(&[arguments, &["--lang", "fr"]].concat());
        let (path, cookie) = served.enter();
        let state = served.first_state(&path, &cookie);
        let page = served.ask(&format!("GET {path}"), &[&cookie]);
        for text in [state.to_string(), page] {
            let (before, rest) = text.split_once("<pre").unwrap();
            let (ticket, after) = rest.split_once("</pre>").unwrap();
            assert!(
                ticket.contains("Code d'assistance : CPX-") || ticket.contains("Code d&#39;assistance : CPX-"),
                "{ticket}"
            );
            for secret in &secrets {
                assert!(!ticket.contains(secret), "a ticket is masked: {ticket}");
            }
            let is_found = secrets.iter().all(|secret| before.contains(secret) || after.contains(secret));
            let is_hidden = !secrets.iter().any(|secret| before.contains(secret) || after.contains(secret));
            assert!(if is_shown { is_found } else { is_hidden }, "{before}{after}");
        }
    }
}

#[test]
fn a_page_that_is_kept_gets_a_new_address() {
    let mut served = Served::simulated(&["--keep"]);
    let (path, cookie) = served.enter();
    served.first_state(&path, &cookie);
    let again = served.lines.recv_timeout(PATIENCE).expect("another address");
    assert_ne!(again, served.address);
    assert_eq!(status(&served.ask(&format!("GET {path}"), &[&cookie])), 403, "the first session is over");
    served.address = again;
    served.enter();
    assert!(served.is_running());
}

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
        browser
            .value(&tab, "document.title === 'Diagnostic du poste : ' + document.querySelector('h1 span').textContent"),
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
    let mut served = Served::simulated(&["--lang", "fr"]);
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
    let mut served = Served::simulated(&["--lang", "en"]);
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
    let served = Served::simulated(&["--lang", "fr", "--show-identity"]);
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
    let copied = copied.as_str().unwrap();
    assert!(copied.starts_with("cpx-check ") && copied.contains("Code d'assistance : CPX-"), "{copied}");
    assert!(copied.contains("Monsieur **T") && !copied.contains('\u{1b}') && !copied.contains('\u{a0}'), "{copied}");
    browser.until(&tab, "document.getElementById('copy').textContent === 'Copier pour le ticket'");
    // a browser that refuses: the text is there, selected
    browser.value(&tab, "navigator.clipboard.writeText = () => Promise.reject(new Error('no')); document.getElementById('copy').click()");
    browser.until(&tab, "getSelection().toString().includes('CPX-') && document.querySelector('.ticket details').open");
}

/// WCAG by axe-core, nothing over the edge, and pictures for people to look at.
#[test]
fn nothing_keeps_people_out() {
    let axe = concat!(env!("CARGO_MANIFEST_DIR"), "/target/tools/node_modules/axe-core/axe.min.js");
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
            Served::simulated(&["--lang", language])
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
    let served = Served::simulated(&[]);
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
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
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

#[test]
fn without_a_desktop_the_address_is_for_the_user_to_open() {
    let mut command = Command::new(PROGRAM);
    command.args(["serve", "--simulate", "cps-medecin", "--lang", "fr"]).env_remove("DISPLAY");
    command.env_remove("WAYLAND_DISPLAY").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    let is_told = said.any(|line| line.contains("ouvrez cette adresse vous-même"));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(is_told);
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
