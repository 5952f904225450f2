//! Revocation over the network, against servers of this test on loopback, and answers made by OpenSSL's responder.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{BufRead as _, BufReader, Read as _, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use cpx_card::certificate::{
    Certificate, Moment, OCSP_REQUEST_TYPE, Reason, Revocation, UnknownReason, ocsp_request, revocation_lists_in,
};
use cpx_card::workstation::revocation_http::{Bounds, FetchFailure};

const BOUNDS: Bounds = Bounds::new(64 * 1024, Duration::from_secs(20));

/// 2026-11-20T12:00:00Z.
const NOW: Moment = Moment::from_unix(1_795_176_000);

fn pki(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pki").join(path)
}

fn certificate(path: &str) -> Certificate {
    Certificate::parse(&std::fs::read(pki(path)).unwrap()).unwrap()
}

/// What a request said: its first line and its body.
struct Request {
    line: String,
    content_type: String,
    body: Vec<u8>,
}

fn read_request(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|length| *length > 0)?;
    let (mut length, mut content_type) = (0, String::new());
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim().split_once(':') else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().ok()?,
            "content-type" => value.trim().clone_into(&mut content_type),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Request { line, content_type, body })
}

/// A server on loopback that treats every connection with `serve`, until the test ends. Its address.
fn server(serve: impl Fn(&mut TcpStream, Request) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            if let Some(request) = read_request(&stream) {
                serve(&mut stream, request);
            }
        }
    });
    address
}

fn answer(stream: &mut impl Write, status: &str, headers: &str, body: &[u8]) {
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    // The client may have gone: then there is nobody to tell.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
}

#[test]
fn a_list_is_fetched_and_judged() {
    let list = std::fs::read(pki("crl/fort-personnes-revoked.crl")).unwrap();
    let address = server(move |stream, request| {
        assert!(request.line.starts_with("GET /fp.crl "), "{}", request.line);
        answer(stream, "200 OK", "", &list);
    });
    let bytes = BOUNDS.get(&format!("{address}/fp.crl")).unwrap();
    let lists = revocation_lists_in(&bytes).unwrap();
    let issuer = certificate("authorities/fort-personnes.der");
    let judge = |name| Revocation::by_lists(&certificate(name), Some(&issuer), &lists, NOW);
    assert!(matches!(
        judge("certificates/cps-expiree.auth.der"),
        Revocation::Revoked { reason: Reason::KeyCompromise, .. }
    ));
    assert_eq!(judge("certificates/cps-medecin.auth.der").code(), "not-revoked");
}

#[test]
fn answers_are_bounded_in_size() {
    let address = server(|stream, request| {
        let size = if request.line.contains("/fits") { 64 * 1024 } else { 64 * 1024 + 1 };
        answer(stream, "200 OK", "", &vec![0x30; size]);
    });
    assert_eq!(BOUNDS.get(&format!("{address}/fits")).unwrap().len(), 64 * 1024);
    assert_eq!(BOUNDS.get(&format!("{address}/large")), Err(FetchFailure::TooLong));
}

#[test]
fn an_answer_without_end_is_cut_off_too() {
    let address = server(|stream, _| {
        let mut going = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        while going.is_ok() {
            going = stream.write_all(&[0x30; 4096]);
        }
    });
    assert_eq!(BOUNDS.get(&address), Err(FetchFailure::TooLong));
}

#[test]
fn a_server_that_drips_or_says_nothing_runs_out_of_time() {
    let address = server(|stream, request| {
        let mut going = if request.line.contains("/drip") {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n")
        } else {
            Ok(())
        };
        while going.is_ok() {
            std::thread::sleep(Duration::from_millis(50));
            going = if request.line.contains("/drip") { stream.write_all(b"0") } else { stream.flush() };
        }
    });
    let short = Bounds::new(64 * 1024, Duration::from_millis(400));
    assert_eq!(short.get(&format!("{address}/drip")), Err(FetchFailure::Timeout));
    let silent = server(|stream, _| {
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
    });
    assert_eq!(short.get(&silent), Err(FetchFailure::Timeout));
}

#[test]
fn redirections_are_followed_twice_and_only_to_http() {
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let to_tls = format!("Location: https://{}/\r\n", other.local_addr().unwrap());
    let address = server(move |stream, request| {
        let path = request.line.split(' ').nth(1).unwrap_or_default();
        match path.trim_start_matches('/').parse::<u32>() {
            Ok(0) => answer(stream, "200 OK", "", b"here"),
            Ok(more) => answer(stream, "302 Found", &format!("Location: /{}\r\n", more - 1), b""),
            Err(_) => answer(stream, "302 Found", &to_tls, b""),
        }
    });
    assert_eq!(BOUNDS.get(&format!("{address}/2")).unwrap(), b"here");
    assert_eq!(BOUNDS.get(&format!("{address}/3")), Err(FetchFailure::Redirections));
    assert_eq!(BOUNDS.get(&format!("{address}/tls")), Err(FetchFailure::NotHttp));
}

#[test]
fn what_is_no_answer_has_its_reason() {
    let missing = server(|stream, _| answer(stream, "404 Not Found", "", b"<html>"));
    assert_eq!(BOUNDS.get(&missing), Err(FetchFailure::Status(404)));
    let noise = server(|stream, _| {
        let _ = stream.write_all(b"SSH-2.0-OpenSSH\r\n\r\n");
    });
    assert_eq!(BOUNDS.get(&noise).unwrap_err().code(), "unreachable");
    let hanging_up = server(|_, _| {});
    assert_eq!(BOUNDS.get(&hanging_up).unwrap_err().code(), "unreachable");
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(BOUNDS.get(&format!("http://{nobody}")).unwrap_err().code(), "unreachable");
    for address in ["ldap://127.0.0.1/x", "https://127.0.0.1/", "file:///etc/passwd", "", "http:/"] {
        assert_eq!(BOUNDS.get(address), Err(FetchFailure::NotHttp), "{address}");
    }
}

/// A responder of OpenSSL for the synthetic authority, its answers carried by a server of this test.
#[test]
fn the_responder_of_openssl_understands_the_request_and_is_understood() {
    if Command::new("openssl").arg("version").output().is_err() {
        let _ = writeln!(std::io::stderr(), "skipped: no openssl on this machine");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let authority = at("ca.pem");
    let converted = Command::new("openssl")
        .args(["x509", "-inform", "der", "-in"])
        .arg(pki("authorities/fort-personnes.der"))
        .arg("-out")
        .arg(&authority)
        .output()
        .unwrap();
    assert!(converted.status.success(), "{}", String::from_utf8_lossy(&converted.stderr));
    let serial = |name| certificate(name).serial().reveal();
    let (good, revoked) = ("certificates/cps-medecin.auth.der", "certificates/cps-expiree.auth.der");
    let index = format!(
        "V\t280901235959Z\t\t{}\tunknown\t/CN=a\nR\t280901235959Z\t230516093000Z,keyCompromise\t{}\tunknown\t/CN=b\n",
        serial(good),
        serial(revoked)
    );
    std::fs::write(at("index.txt"), index).unwrap();
    let (request_file, answer_file, index_file) = (at("request.der"), at("answer.der"), at("index.txt"));
    let address = server(move |stream, request| {
        assert_eq!(request.content_type, OCSP_REQUEST_TYPE);
        std::fs::write(&request_file, &request.body).unwrap();
        let made = Command::new("openssl")
            .args(["ocsp", "-ndays", "1", "-index"])
            .arg(&index_file)
            .arg("-CA")
            .arg(&authority)
            .arg("-rsigner")
            .arg(&authority)
            .arg("-rkey")
            .arg(pki("keys/ca-fort-personnes.pem"))
            .arg("-reqin")
            .arg(&request_file)
            .arg("-respout")
            .arg(&answer_file)
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        answer(stream, "200 OK", "Content-Type: application/ocsp-response\r\n", &std::fs::read(&answer_file).unwrap());
    });
    let issuer = certificate("authorities/fort-personnes.der");
    let now = Moment::from_clock(SystemTime::now());
    let ask = |name: &str| {
        let leaf = certificate(name);
        let bytes = BOUNDS.post(&address, OCSP_REQUEST_TYPE, &ocsp_request(&leaf, &issuer)).unwrap();
        (Revocation::by_responder(&leaf, &issuer, &bytes, now), bytes)
    };
    let (answer, bytes) = ask(good);
    assert_eq!(answer.code(), "not-revoked", "{answer:?}");
    let later = Moment::from_unix(now.unix() + 3 * 86_400);
    assert_eq!(
        Revocation::by_responder(&certificate(good), &issuer, &bytes, later),
        Revocation::Unknown(UnknownReason::Stale)
    );
    let (answer, _) = ask(revoked);
    let Revocation::Revoked { since, reason, .. } = answer else { panic!("{answer:?}") };
    assert_eq!((since.to_string().as_str(), reason), ("2023-05-16T09:30:00Z", Reason::KeyCompromise));
    let (answer, _) = ask("certificates/cps-test.auth.der");
    assert_eq!(answer, Revocation::Unknown(UnknownReason::ResponderUnknowing));
}
