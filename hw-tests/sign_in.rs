//! `cpx-check token --prove --host`: signs in to servers of `OpenSSL` on loopback, with cards behind the modules of `OpenSC` and `SoftHSM`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::Value;

use crate::support::softhsm::{CODE, SoftHsm};
use crate::support::{InsertedCard, Service, root, said, skip};

#[path = "support/servers.rs"]
#[allow(dead_code)]
mod servers;

use servers::Pki;

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");
const OPENSC: &str = "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so";

/// A server's authority, its certificate, and the authorities of the cards.
struct Portal {
    pki: Pki,
}

impl Portal {
    fn new() -> Option<Self> {
        let pki = Pki::new()?;
        pki.authority("system", "/CN=An authority of this system");
        pki.authority("other", "/O=Elsewhere/CN=Another authority");
        pki.server("portal", "localhost", "system");
        let authorities = ["racine-fort", "fort-personnes"].map(|name| {
            let der = root().join(format!("fixtures/pki/authorities/{name}.der"));
            pem(&["x509", "-inform", "der", "-in", der.to_str().unwrap()])
        });
        std::fs::write(pki.path().join("cards.pem"), authorities.concat()).unwrap();
        let list = root().join("fixtures/pki/crl/fort-personnes-revoked.crl");
        std::fs::write(pki.path().join("revoked.pem"), pem(&["crl", "-inform", "der", "-in", list.to_str().unwrap()]))
            .unwrap();
        Some(Self { pki })
    }

    /// A server that wants a certificate of these authorities, and stops at what is wrong with it.
    fn asking(&self, more: &[&str]) -> servers::OpensslServer {
        let usual = ["-verify_return_error", "-CAfile", "cards.pem"];
        self.pki.openssl_server("portal", &[&usual[..], more].concat())
    }

    /// Signs in with this code.
    fn sign_in(&self, mut program: Command, module: &str, port: u16, code: &str) -> Output {
        let host = format!("localhost:{port}");
        program.args(["token", "--lang", "fr", "--format", "json", "--prove", "--yes", "--pin-fd", "0"]);
        program.args(["--module", module, "--host", &host]).env("SSL_CERT_FILE", self.pki.path().join("system.pem"));
        run(&mut program, code)
    }
}

fn pem(arguments: &[&str]) -> String {
    String::from_utf8(Command::new("openssl").args(arguments).output().unwrap().stdout).unwrap()
}

fn run(command: &mut Command, code: &str) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(code.as_bytes());
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    child.stdout.take().unwrap().read_to_end(&mut stdout).unwrap();
    child.stderr.take().unwrap().read_to_end(&mut stderr).unwrap();
    Output { status: child.wait().unwrap(), stdout, stderr }
}

/// The exit code, what became of the signature, and what became of signing in.
fn answer(output: &Output) -> (i32, String, Value) {
    let mut answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(output)));
    let proof = answer["proof"]["code"].as_str().unwrap_or_default().to_owned();
    (output.status.code().unwrap(), proof, answer["sign_in"].take())
}

/// A PC/SC service, where the module of OpenSC is there to look at its readers.
fn opensc() -> Option<Service> {
    if !Path::new(OPENSC).exists() {
        skip("opensc-pkcs11.so is not installed");
        return None;
    }
    Service::start(&["opensc-tool", "openssl"])
}

fn softhsm(hsm: &SoftHsm) -> Command {
    let mut command = Command::new(PROGRAM);
    command.env("SOFTHSM2_CONF", hsm.configuration()).env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm");
    command
}

#[test]
fn a_server_accepts_the_card_in_each_version_that_it_can_sign_for() {
    let (Some(portal), Some(hsm)) = (Portal::new(), SoftHsm::like_a_cpx()) else { return };
    for (more, tls, signature, confirmed) in [
        (&["-tls1_2"][..], "1.2", "rsa-pss-sha256", "finished"),
        (&["-tls1_2", "-client_sigalgs", "RSA+SHA256"], "1.2", "rsa-sha256", "finished"),
        (&["-tls1_2", "-client_sigalgs", "RSA+SHA512"], "1.2", "rsa-sha512", "finished"),
        (&["-tls1_3"], "1.3", "rsa-pss-sha256", "ticket"),
        (&["-tls1_3", "-num_tickets", "0"], "1.3", "rsa-pss-sha256", "quiet"),
        (&["-tls1_3", "-client_sigalgs", "RSA-PSS+SHA384"], "1.3", "rsa-pss-sha384", "ticket"),
    ] {
        let server = portal.asking(more);
        let (exit, proof, seen) = answer(&portal.sign_in(softhsm(&hsm), hsm.module, server.port, CODE));
        assert_eq!((exit, proof.as_str(), &seen["code"]), (0, "proven", &"accepted".into()), "{more:?}: {seen}");
        assert_eq!((&seen["tls"], &seen["signature"]), (&tls.into(), &signature.into()), "{more:?}");
        assert_eq!(seen["confirmed_by"], confirmed, "{more:?}");
    }
}

#[test]
fn a_card_without_pss_signs_in_with_tls_1_2_alone() {
    let (Some(portal), Some(service)) = (Portal::new(), opensc()) else { return };
    let card = service.insert("cps-medecin");
    let sign_in = |port, code: &str| answer(&portal.sign_in(service.command(PROGRAM), OPENSC, port, code));
    let old = portal.asking(&["-tls1_2"]);
    let (exit, proof, seen) = sign_in(old.port, "1234");
    assert_eq!((exit, proof.as_str(), &seen["code"]), (0, "proven", &"accepted".into()), "{seen}");
    assert_eq!((&seen["tls"], &seen["without_tls13"]), (&"1.2".into(), &false.into()), "{seen}");
    assert_eq!(card.look().tries_left(), Some(3));

    // a server of both versions chooses TLS 1.3 first; one of TLS 1.3 alone is out of reach, and no code is presented for it
    let both = portal.asking(&[]);
    let (exit, _, seen) = sign_in(both.port, "1234");
    assert_eq!((exit, &seen["tls"], &seen["without_tls13"]), (0, &"1.2".into(), &true.into()), "{seen}");
    let new = portal.asking(&["-tls1_3"]);
    let (exit, proof, seen) = sign_in(new.port, "4321");
    assert_eq!((exit, proof.as_str(), &seen["code"]), (2, "not-asked", &"no-common-signature".into()), "{seen}");
    assert_eq!((&seen["tls"], card.look().tries_left()), (&"1.3".into(), Some(3)), "{seen}");

    // a wrong code is one try, however the server goes on
    let (exit, proof, seen) = sign_in(old.port, "4321");
    assert_eq!((exit, proof.as_str(), &seen["code"]), (2, "wrong-code", &"not-signed".into()), "{seen}");
    assert_eq!(card.look().tries_left(), Some(2));
}

#[test]
fn each_refusal_is_explained_and_nothing_is_presented_without_need() {
    let (Some(portal), Some(hsm)) = (Portal::new(), SoftHsm::like_a_cpx()) else { return };
    let at = |port| answer(&portal.sign_in(softhsm(&hsm), hsm.module, port, CODE));
    // the authority is unknown to the server, in either version
    for version in ["-tls1_2", "-tls1_3"] {
        let unknown = ["-verify_return_error", "-verifyCAfile", "other.pem", version];
        let unknown = portal.pki.openssl_server("portal", &unknown);
        let (exit, proof, seen) = at(unknown.port);
        assert_eq!((exit, proof.as_str(), &seen["code"]), (2, "proven", &"refused".into()), "{version}: {seen}");
        assert_eq!(seen["alert"], 48, "{version}: {seen}");
    }
    // the server says that it wants others
    let named = portal.pki.openssl_server("portal", &["-CAfile", "other.pem"]);
    let (exit, proof, seen) = at(named.port);
    assert_eq!((exit, proof.as_str(), &seen["code"]), (2, "not-asked", &"other-authorities".into()), "{seen}");
    // it asks for nothing
    let (exit, proof, seen) = at(portal.pki.openssl_server_for_all("portal", &[]).port);
    assert_eq!((exit, proof.as_str(), &seen["code"]), (3, "not-asked", &"not-asked".into()), "{seen}");
    // it wants signatures that no card of today makes
    let (exit, proof, seen) = at(portal.asking(&["-client_sigalgs", "ECDSA+SHA256"]).port);
    assert_eq!((exit, proof.as_str(), &seen["code"]), (2, "not-asked", &"no-common-signature".into()), "{seen}");
    // it is not the one that it says it is
    portal.pki.server("impostor", "localhost", "other");
    let (exit, proof, seen) = at(portal.pki.openssl_server("impostor", &[]).port);
    assert_eq!((exit, proof.as_str(), &seen["code"]), (2, "not-asked", &"server-not-trusted".into()), "{seen}");
    assert_eq!(seen["detail"], "unknown-issuer");
    // nobody is there, or somebody who speaks no TLS
    let (exit, _, seen) = at(servers::nobody());
    assert_eq!((exit, &seen["code"]), (2, &"not-reached".into()), "{seen}");
    let (exit, proof, seen) = at(servers::says(b"HTTP/1.1 400 Bad Request\r\n\r\n"));
    assert_eq!((exit, proof.as_str(), &seen["code"]), (2, "not-asked", &"handshake".into()), "{seen}");
    assert_eq!(seen["detail"], "not-tls");
}

#[test]
fn the_certificate_goes_to_a_proven_server_alone_and_in_clear_with_tls_1_2_alone() {
    let (Some(portal), Some(hsm)) = (Portal::new(), SoftHsm::like_a_cpx()) else { return };
    portal.pki.server("impostor", "localhost", "other");
    let holder = b"DOC0036624";
    for (server, version, code, is_seen) in [
        ("portal", "-tls1_2", "accepted", true),
        ("portal", "-tls1_3", "accepted", false),
        ("impostor", "-tls1_2", "server-not-trusted", false),
    ] {
        let server = portal.pki.openssl_server(server, &["-CAfile", "cards.pem", version]);
        let (port, heard) = listening_to(server.port);
        let (_, _, seen) = answer(&portal.sign_in(softhsm(&hsm), hsm.module, port, CODE));
        assert_eq!(seen["code"], code, "{seen}");
        let sent = heard.lock().unwrap();
        assert!(sent.len() > 100, "{}", sent.len());
        assert_eq!(sent.windows(holder.len()).any(|bytes| bytes == holder), is_seen, "{version}, {code}");
    }
}

/// A line to this port, and what is said on it by whoever calls.
fn listening_to(port: u16) -> (u16, Arc<Mutex<Vec<u8>>>) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&heard);
    let line = servers::listen(move |mut caller| {
        let mut server = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let (mut back, mut answering) = (caller.try_clone().unwrap(), server.try_clone().unwrap());
        std::thread::spawn(move || std::io::copy(&mut answering, &mut back));
        let mut bytes = [0; 4096];
        while let Ok(length @ 1..) = caller.read(&mut bytes) {
            kept.lock().unwrap().extend_from_slice(&bytes[..length]);
            if server.write_all(&bytes[..length]).is_err() {
                break;
            }
        }
    });
    (line, heard)
}

#[test]
fn an_expired_and_a_revoked_card_are_refused_with_their_reason() {
    let (Some(portal), Some(service)) = (Portal::new(), opensc()) else { return };
    let _card: InsertedCard = service.insert("cps-expiree");
    for (more, alert, words) in [
        (&["-tls1_2"][..], 45, "expiré"),
        (&["-tls1_2", "-no_check_time", "-crl_check", "-CRL", "revoked.pem"], 44, "révoqué"),
    ] {
        let server = portal.asking(more);
        let (exit, proof, seen) = answer(&portal.sign_in(service.command(PROGRAM), OPENSC, server.port, "1234"));
        assert_eq!((exit, proof.as_str(), &seen["alert"]), (2, "proven", &alert.into()), "{seen}");
        let mut program = service.command(PROGRAM);
        program.args(["token", "--lang", "fr", "--prove", "--yes", "--pin-fd", "0", "--module", OPENSC, "--host"]);
        program.arg(format!("localhost:{}", server.port)).env("SSL_CERT_FILE", portal.pki.path().join("system.pem"));
        let told = said(&run(&mut program, "1234"));
        assert!(told.contains(&format!("le certificat est {words} (alerte {alert})")), "{told}");
    }
}

#[test]
fn nothing_is_sent_without_a_yes_and_a_known_host() {
    let (Some(portal), Some(hsm)) = (Portal::new(), SoftHsm::like_a_cpx()) else { return };
    let server = portal.asking(&[]);
    let host = format!("localhost:{}", server.port);
    let mut asked = softhsm(&hsm);
    asked.args(["token", "--lang", "fr", "--format", "json", "--prove", "--pin-fd", "0", "--module", hsm.module]);
    asked.args(["--host", &host]);
    let output = run(&mut asked, CODE);
    let (exit, proof, seen) = answer(&output);
    assert_eq!((exit, proof.as_str(), seen), (64, "no-terminal", Value::Null), "{}", said(&output));
    assert!(said(&output).contains("Votre certificat (nom, identifiant) sera envoyé à localhost"), "{}", said(&output));

    let of = |arguments: &[&str]| {
        let mut program = softhsm(&hsm);
        program.args(["token", "--lang", "fr", "--prove"]).args(arguments);
        let output = program.stdin(Stdio::null()).output().unwrap();
        (output.status.code(), said(&output))
    };
    for portal in ["tom", "tops", "psc", "rpps-plus", "e-cps"] {
        let (exit, words) = of(&["--portal", portal]);
        assert!(exit == Some(64) && words.contains("n'est pas connue"), "{portal}: {words}");
    }
    for host in ["", "https://portail.fr", "a b", "x:0", "x:99999", &"a".repeat(300), "é.fr", "x\u{1b}[2J"] {
        let (exit, words) = of(&["--host", host]);
        assert!(exit == Some(64) && !words.contains('\u{1b}'), "{host}: {words}");
    }
    assert_eq!(of(&["--host", "x", "--portal", "igc-sante"]).0, Some(64));
}
