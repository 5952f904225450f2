//! The live page against everybody who may not see it; `serve_browser.rs` looks at it in a browser.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use cpx_card::internal::limits;
use serde_json::Value;

use crate::support::holder::holder;
use crate::support::served::{Served, status};
use crate::support::{PATIENCE, Service, find_program, skip, until};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");

#[test]
fn the_address_opens_once_and_for_nobody_else() {
    let served = Served::simulated(PROGRAM, &[]);
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
    let served = Served::simulated(PROGRAM, &[]);
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
    let served = Served::simulated(PROGRAM, &[]);
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
    let served = Served::simulated(PROGRAM, &[]);
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
    let served = Served::simulated(PROGRAM, &[]);
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
    let mut served = Served::simulated(PROGRAM, &[]);
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
        let served = Served::simulated(PROGRAM, &[arguments, &["--lang", "fr"]].concat());
        let (path, cookie) = served.enter();
        let state = served.first_state(&path, &cookie);
        let page = served.ask(&format!("GET {path}"), &[&cookie]);
        for text in [state.to_string(), page] {
            let (before, rest) = text.split_once("<pre").unwrap();
            let (ticket, after) = rest.split_once("</pre>").unwrap();
            assert!(
                ticket.contains("Code d'assistance\u{a0}: CPX-")
                    || ticket.contains("Code d&#39;assistance\u{a0}: CPX-"),
                "{ticket}"
            );
            for secret in &secrets {
                assert!(!ticket.contains(secret), "a ticket is anonymous: {ticket}");
            }
            let is_found = secrets.iter().all(|secret| before.contains(secret) || after.contains(secret));
            let is_hidden = !secrets.iter().any(|secret| before.contains(secret) || after.contains(secret));
            assert!(if is_shown { is_found } else { is_hidden }, "{before}{after}");
        }
    }
}

#[test]
fn a_page_that_is_kept_gets_a_new_address() {
    let mut served = Served::simulated(PROGRAM, &["--keep"]);
    let (path, cookie) = served.enter();
    served.first_state(&path, &cookie);
    let again = served.lines.recv_timeout(PATIENCE).expect("another address");
    assert_ne!(again, served.address);
    assert_eq!(status(&served.ask(&format!("GET {path}"), &[&cookie])), 403, "the first session is over");
    served.address = again;
    served.enter();
    assert!(served.is_running());
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

#[test]
fn a_card_that_another_program_had_is_shown_once_it_is_free() {
    let Some(service) = Service::start(&["opensc-tool"]) else { return };
    let _card = service.insert("cps-medecin");
    let other = holder(&service, "exclusive", "CPX 00 00");
    let served = Served::start(service.command(PROGRAM), &[]);
    let (path, cookie) = served.enter();
    let mut shown = served.states(&path, &cookie).map(|state| state["page"].as_str().unwrap().to_owned());
    let held = shown.next().unwrap();
    assert!(held.contains("occupe la carte") || held.contains("garde la carte"), "{held}");
    other.release();
    assert!(shown.any(|page| page.contains("3 essais")), "the card is shown");
}
