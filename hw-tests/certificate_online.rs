//! Revocation over the network, against servers of this test on loopback, and answers made by OpenSSL's responder.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{BufRead as _, BufReader, Read as _, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use cpx_card::internal::certificate::{
    AuthorityEntry, AuthorityRole, AuthorityTable, Certificate, Environment, Moment, OCSP_NONCE_BYTES,
    OCSP_REQUEST_TYPE, Reason, Revocation, UnknownReason, certificates_in, ocsp_nonce, ocsp_request,
    revocation_lists_in,
};
use cpx_card::internal::collect::{EvidenceSources, collect_evidence};
use cpx_card::internal::readiness::{CertificateVerdict, When, judge_certificates};
use cpx_card::internal::workstation::revocation_http::{Bounds, FetchFailure};

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
    let nonce = [0xA5; OCSP_NONCE_BYTES];
    let ask = |name: &str| {
        let leaf = certificate(name);
        let bytes = BOUNDS.post(&address, OCSP_REQUEST_TYPE, &ocsp_request(&leaf, &issuer, Some(&nonce))).unwrap();
        assert_eq!(ocsp_nonce(&bytes).as_deref(), Some(&nonce[..]), "the responder of OpenSSL echoes it");
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

/// An authority and a leaf of its own making, whose addresses are those of a server of this test.
struct Issued {
    folder: tempfile::TempDir,
    authority: Certificate,
    leaf: Certificate,
}

impl Issued {
    fn openssl(folder: &Path, arguments: &[&str]) {
        let output = Command::new("openssl").current_dir(folder).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// A leaf that says to ask `responder` and to fetch the list at `list`.
    fn new(responder: &str, list: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        let extensions = format!(
            "authorityInfoAccess=OCSP;URI:{responder}\ncrlDistributionPoints=URI:{list}\nauthorityKeyIdentifier=keyid\n"
        );
        std::fs::write(at.join("leaf.cnf"), extensions).unwrap();
        std::fs::write(at.join("index.txt"), "").unwrap();
        std::fs::write(at.join("number"), "01").unwrap();
        let ca =
            "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\ndefault_crl_days=7\n";
        std::fs::write(at.join("ca.cnf"), ca).unwrap();
        let root = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-keyout", "ca.key"];
        Self::openssl(at, &[&root[..], &["-out", "ca.pem", "-subj", "/C=FR/O=ESSAI/CN=AC ESSAI"]].concat());
        let request = ["req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "leaf.key", "-out", "leaf.csr"];
        Self::openssl(at, &[&request[..], &["-subj", "/C=FR/CN=899700366240"]].concat());
        let sign = ["x509", "-req", "-in", "leaf.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"];
        Self::openssl(at, &[&sign[..], &["-days", "20", "-extfile", "leaf.cnf", "-out", "leaf.pem"]].concat());
        let read = |name| certificates_in(&std::fs::read(at.join(name)).unwrap()).unwrap().remove(0);
        let (authority, leaf) = (read("ca.pem"), read("leaf.pem"));
        Self { folder, authority, leaf }
    }

    /// The list of the authority, with the leaf on it.
    fn list(&self) -> Vec<u8> {
        let at = self.folder.path();
        let ca = ["ca", "-config", "ca.cnf", "-keyfile", "ca.key", "-cert", "ca.pem"];
        Self::openssl(at, &[&ca[..], &["-revoke", "leaf.pem", "-crl_reason", "keyCompromise"]].concat());
        Self::openssl(at, &[&ca[..], &["-gencrl", "-out", "list.pem"]].concat());
        std::fs::read(at.join("list.pem")).unwrap()
    }

    /// What the program finds out, when it knows the authority or not.
    fn ask(&self, known: bool) -> Revocation {
        self.judge(known, false).revocation
    }

    fn judge(&self, known: bool, every_source: bool) -> CertificateVerdict {
        let mut sources = EvidenceSources::new(vec![self.folder.path().join("ca.pem")], vec![], true);
        let subject = self.authority.subject();
        let (name, organisation) = (subject.common_name().unwrap(), subject.organisation().unwrap());
        let mut entry = AuthorityEntry::new(name, organisation, Environment::Production, AuthorityRole::Root);
        entry.key_sha256 = Some(self.authority.public_key().sha256());
        sources.known = Some(AuthorityTable::new(known.then_some(entry)));
        sources.every_source = every_source;
        let now = Moment::from_clock(SystemTime::now());
        let evidence = collect_evidence(&sources, std::slice::from_ref(&self.leaf), now);
        let when = When::clock(now.date(), now);
        judge_certificates([Ok((String::new(), self.leaf.clone()))], &evidence, when).certificates[0].clone()
    }
}

/// A responder with nothing to say makes room for the list; a stranger's addresses are not asked at all.
#[test]
fn the_issuer_is_asked_where_its_key_is_known_and_only_there() {
    if Command::new("openssl").arg("version").output().is_err() {
        let _ = writeln!(std::io::stderr(), "skipped: no openssl on this machine");
        return;
    }
    let asked = Arc::new(AtomicUsize::new(0));
    let list = Arc::new(Mutex::new(Vec::new()));
    let (counted, served) = (Arc::clone(&asked), Arc::clone(&list));
    let address = server(move |stream, request| {
        counted.fetch_add(1, Ordering::SeqCst);
        let body = if request.line.contains("/list") { served.lock().unwrap().clone() } else { b"<html>".to_vec() };
        answer(stream, "200 OK", "", &body);
    });
    let issued = Issued::new(&format!("{address}/portal"), &format!("{address}/list"));
    *list.lock().unwrap() = issued.list();
    assert_eq!(issued.ask(false), Revocation::Unknown(UnknownReason::IssuerNotTrusted));
    assert_eq!(asked.load(Ordering::SeqCst), 0, "no request for a stranger");
    assert!(matches!(issued.ask(true), Revocation::Revoked { reason: Reason::KeyCompromise, .. }));
    assert_eq!(asked.load(Ordering::SeqCst), 2, "the responder, then the list");
    *list.lock().unwrap() = b"rubbish".to_vec();
    assert!(matches!(issued.ask(true), Revocation::Unknown(_)));
    let silent = Issued::new("http://127.0.0.1:1/", "http://127.0.0.1:1/list");
    assert_eq!(silent.ask(true), Revocation::Unknown(UnknownReason::Network));
}

/// A responder that refuses a question with a nonce is asked without; for a file the list is fetched too, and both are told.
#[test]
fn responder_and_list_are_both_told_for_a_file() {
    let lengths = Arc::new(Mutex::new(Vec::new()));
    let list = Arc::new(Mutex::new(Vec::new()));
    let (seen, served) = (Arc::clone(&lengths), Arc::clone(&list));
    let address = server(move |stream, request| {
        let body = if request.line.contains("/list") {
            served.lock().unwrap().clone()
        } else {
            seen.lock().unwrap().push(request.body.len());
            // unauthorized (RFC 6960 section 4.2.1)
            vec![0x30, 3, 0x0A, 1, 6]
        };
        answer(stream, "200 OK", "", &body);
    });
    let issued = Issued::new(&format!("{address}/ocsp"), &format!("{address}/list"));
    *list.lock().unwrap() = issued.list();
    let verdict = issued.judge(true, true);
    let told: Vec<_> = verdict.answers.iter().map(|(source, answer)| (source.code(), answer.code())).collect();
    assert_eq!(told, [("ocsp", "unknown"), ("crl", "revoked")]);
    assert_eq!(verdict.revocation.code(), "revoked");
    let lengths = lengths.lock().unwrap();
    assert!(lengths.len() == 2 && lengths[0] > lengths[1], "with a nonce, then without: {lengths:?}");
}
