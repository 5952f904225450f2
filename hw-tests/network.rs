//! What is observed of the network, against servers of this test on loopback: TLS by rustls and OpenSSL, HTTP, proxies.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{Read as _, Write as _};
use std::net::IpAddr;

use cpx_card::internal::certificate::{AuthorityEntry, AuthorityRole, AuthorityTable, Certificate, Environment};
use cpx_card::internal::workstation::network::{
    ChainEnd, DialEnd, Handshake, HandshakeEnd, HostFacts, HostPlan, HttpEnd, IgcPath, NetworkFacts, NetworkPlan,
    Proxies, ProxyAnswer, Purpose, Resolution, TlsVersion, observe,
};

use rustls::SignatureScheme;

#[path = "support/servers.rs"]
mod servers;

use servers::{IGC_NAME, Pki, cutting, dated, drips, listen, nobody, plain, proxy, says, silent};

const FINE: &str = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

fn portal(port: u16) -> HostPlan {
    let mut host = HostPlan::new("localhost", port, Purpose::Portal);
    host.addresses = Some(vec!["127.0.0.1".parse().unwrap()]);
    host
}

fn at(purpose: Purpose, port: u16) -> HostPlan {
    let mut host = portal(port);
    host.purpose = purpose;
    host
}

fn plan(hosts: Vec<HostPlan>) -> NetworkPlan {
    let mut plan = NetworkPlan::new(hosts);
    plan.proxies = Proxies::none();
    plan.system_store = Some(Vec::new());
    plan
}

fn trusting(hosts: Vec<HostPlan>, store: &[&Certificate]) -> NetworkPlan {
    let mut plan = plan(hosts);
    plan.system_store = Some(store.iter().map(|certificate| certificate.as_der().to_vec()).collect());
    plan
}

/// The facts, which survive being written and read.
fn seen(plan: NetworkPlan) -> NetworkFacts {
    let facts = observe(plan);
    let written = serde_json::to_string(&facts).unwrap();
    assert_eq!(serde_json::from_str::<NetworkFacts>(&written).unwrap(), facts);
    assert!(!written.contains("127.0.0.1"), "no address is kept: {written}");
    facts
}

fn only(plan: NetworkPlan) -> HostFacts {
    let mut facts = seen(plan);
    assert_eq!(facts.hosts.len(), 1);
    facts.hosts.remove(0)
}

fn shaken(plan: NetworkPlan) -> Handshake {
    only(plan).tls.unwrap()
}

/// A table in which this certificate is an authority of production.
fn table(authority: &Certificate, key: [u8; 32]) -> AuthorityTable {
    let subject = authority.subject();
    let (name, organisation) = (subject.common_name().unwrap(), subject.organisation().unwrap());
    let mut entry = AuthorityEntry::new(name, organisation, Environment::Production, AuthorityRole::Root);
    entry.units = subject.units().map(str::to_owned).collect();
    entry.key_sha256 = Some(key);
    AuthorityTable::new([entry])
}

#[test]
fn a_host_that_asks_for_nothing_is_seen_to_its_answer() {
    let Some(pki) = Pki::new() else { return };
    let authority = pki.authority("ca", "/C=FR/O=ESSAI/CN=AC ESSAI");
    let server = pki.server("server", "localhost", "ca");
    let port = pki.tls("server", &["ca"], "HTTP/1.1 302 Found\r\nLocation: https://autre.example/x\r\n\r\n");
    let mut host = portal(port);
    host.portals = vec!["igc".to_owned()];
    let other = pki.authority("other", "/CN=AC AUTRE");
    let seen = only(trusting(vec![host], &[&other, &authority]));
    assert!(seen.is_connected());
    assert_eq!((seen.host.as_str(), seen.port, seen.portals.as_slice()), ("localhost", port, &["igc".to_owned()][..]));
    let Resolution::Found(addresses) = seen.resolution else { panic!("{:?}", seen.resolution) };
    assert_eq!((addresses.ipv4, addresses.ipv6, addresses.private), (1, 0, 1));
    assert_eq!(seen.ipv4.unwrap().end, DialEnd::Connected);
    assert_eq!((seen.ipv6, seen.proxy, seen.tls12_only), (None, None, None));
    let http = seen.http.unwrap();
    assert_eq!((http.end, http.redirected_to.as_deref()), (HttpEnd::Status(302), Some("autre.example")));
    let tls = seen.tls.unwrap();
    assert_eq!(
        (&tls.end, tls.version, &tls.certificate_request),
        (&HandshakeEnd::Completed, Some(TlsVersion::Tls13), &None)
    );
    assert_eq!(tls.system_store, Some(ChainEnd::Valid));
    let anchor = tls.anchor.unwrap();
    assert_eq!((anchor.name.as_str(), anchor.key_sha256), ("AC ESSAI", hex::encode(authority.public_key().sha256())));
    assert_eq!(tls.igc_sante, Some(IgcPath::Other));
    let [leaf, above] = tls.chain.as_slice() else { panic!("{:?}", tls.chain) };
    assert_eq!((leaf.subject.as_str(), leaf.issuer.as_str()), ("localhost", "AC ESSAI"));
    assert_eq!(leaf.issuer_organisation.as_deref(), Some("ESSAI"));
    assert_eq!(leaf.sha256, hex::encode(server.sha256()));
    assert_eq!((leaf.not_before, leaf.not_after), (server.not_before().unix(), server.not_after().unix()));
    assert!(above.self_issued && !leaf.self_issued && !leaf.publicly_logged);
}

#[test]
fn a_host_that_wants_a_card_says_whose() {
    let Some(pki) = Pki::new() else { return };
    pki.authority("ca", "/C=FR/O=ESSAI/CN=AC ESSAI");
    pki.authority("igc", IGC_NAME);
    pki.server("server", "localhost", "ca");
    let read = |name: &str| std::fs::read(pki.path().join(name)).unwrap();
    std::fs::write(pki.path().join("accepted.pem"), [read("igc.pem"), read("ca.pem")].concat()).unwrap();
    // Of three servers, one speaks both versions.
    let older = pki.openssl_server("server", &["-tls1_2", "-CAfile", "accepted.pem"]);
    let newer = pki.openssl_server("server", &["-tls1_3", "-CAfile", "accepted.pem"]);
    let both = pki.openssl_server("server", &["-CAfile", "accepted.pem"]);
    let facts = seen(plan([&older, &newer, &both].map(|server| portal(server.port)).into()));
    let [older, newer, both] = facts.hosts.as_slice() else { panic!("{facts:?}") };
    // 40 is handshake_failure, 116 certificate_required.
    let ends = [(older, 40, TlsVersion::Tls12), (newer, 116, TlsVersion::Tls13), (both, 116, TlsVersion::Tls13)];
    for (host, alert, version) in ends {
        let tls = host.tls.as_ref().unwrap();
        assert_eq!((&tls.end, tls.version), (&HandshakeEnd::CertificateMissing(Some(alert)), Some(version)));
        assert!(tls.end.is_established() && host.http.is_none());
        let request = tls.certificate_request.as_ref().unwrap();
        assert_eq!(request.authority_count, 2);
        assert!(request.authorities.contains(&"C=FR, O=ESSAI, CN=AC ESSAI".to_owned()), "{request:?}");
        assert_eq!(request.igc_sante, ["AC IGC-SANTE ELEMENTAIRE ORGANISATIONS"]);
        assert_eq!(request.accepts("AC IGC-SANTE ELEMENTAIRE ORGANISATIONS"), Some(true));
        assert_eq!(request.accepts("AC ESSAI"), Some(true));
        assert_eq!(request.accepts("AC IGC-SANTE FORT PERSONNES"), Some(false));
        assert!(request.takes_rsa_pss());
        assert_eq!(request.takes_rsa_pkcs1(), version == TlsVersion::Tls12);
        assert_eq!(tls.system_store, Some(ChainEnd::UnknownIssuer));
        assert_eq!(tls.chain.first().unwrap().subject, "localhost");
    }
    assert_eq!(older.tls12_only, None);
    assert_eq!(newer.tls12_only, Some(HandshakeEnd::NoCommonVersion));
    assert_eq!(both.tls12_only, Some(HandshakeEnd::CertificateMissing(Some(40))));
}

#[test]
fn a_host_that_wants_any_card_or_one_signature_is_told_apart() {
    let Some(pki) = Pki::new() else { return };
    pki.authority("ca", "/C=FR/O=ESSAI/CN=AC ESSAI");
    pki.server("server", "localhost", "ca");
    let any = pki.openssl_server("server", &["-tls1_2"]);
    let one = pki.openssl_server("server", &["-tls1_2", "-client_sigalgs", "rsa_pkcs1_sha256"]);
    let facts = seen(plan(vec![portal(any.port), portal(one.port)]));
    let requests: Vec<_> =
        facts.hosts.iter().map(|host| host.tls.as_ref().unwrap().certificate_request.clone().unwrap()).collect();
    assert_eq!((requests[0].authority_count, requests[0].accepts("AC IGC-SANTE FORT PERSONNES")), (0, Some(true)));
    assert_eq!(requests[1].signature_schemes, [0x0401]);
    assert!(requests[1].takes_rsa_pkcs1() && !requests[1].takes_rsa_pss());
}

#[test]
fn a_host_that_hangs_up_without_a_card_is_told_from_one_that_hangs_up_anyway() {
    let Some(pki) = Pki::new() else { return };
    pki.authority("ca", "/CN=AC ESSAI");
    pki.server("server", "localhost", "ca");
    let wanting = pki.openssl_server("server", &["-tls1_2"]);
    let fine = pki.openssl_server_for_all("server", &["-tls1_2"]);
    // With TLS 1.3 the handshake is over for the client before it speaks for the second time.
    let newer_wanting = pki.openssl_server("server", &["-tls1_3"]);
    let newer_fine = pki.openssl_server_for_all("server", &["-tls1_3"]);
    let ports = [&wanting, &fine, &newer_wanting, &newer_fine].map(|server| portal(cutting(server.port)));
    let facts = seen(plan(ports.into()));
    let ends: Vec<_> = facts.hosts.iter().map(|host| host.tls.as_ref().unwrap().end.clone()).collect();
    let missing = HandshakeEnd::CertificateMissing(None);
    assert_eq!(ends, [missing.clone(), HandshakeEnd::Closed, missing, HandshakeEnd::Completed]);
    assert_eq!(facts.hosts[3].http.as_ref().unwrap().end, HttpEnd::Closed);
}

/// TLS 1.3 allows no signature of PKCS#1 v1.5, the only one that some keys of Windows make.
#[test]
fn a_host_that_wants_what_its_version_does_not_allow_is_told_apart() {
    let Some(pki) = Pki::new() else { return };
    pki.authority("ca", "/CN=AC ESSAI");
    pki.server("server", "localhost", "ca");
    let port = pki.tls_wanting("server", SignatureScheme::RSA_PKCS1_SHA256);
    let host = only(plan(vec![portal(port)]));
    let tls = host.tls.unwrap();
    assert_eq!((tls.end, tls.version), (HandshakeEnd::NoCommonSignature, Some(TlsVersion::Tls13)));
    assert_eq!((tls.certificate_request, host.http), (None, None));
    assert!(matches!(host.tls12_only, Some(HandshakeEnd::CertificateMissing(Some(_)))), "{:?}", host.tls12_only);
}

#[test]
fn a_list_of_authorities_is_cut_and_igc_sante_found_in_all_of_it() {
    let Some(pki) = Pki::new() else { return };
    pki.authority("ca", "/C=FR/O=ESSAI/CN=AC ESSAI");
    pki.authority("igc", IGC_NAME);
    pki.server("server", "localhost", "ca");
    let read = |name: &str| std::fs::read(pki.path().join(format!("{name}.pem"))).unwrap();
    let mut accepted = Vec::new();
    for number in 0..70 {
        let name = format!("ca{number}");
        pki.authority(&name, &format!("/CN=AC {number}"));
        accepted.extend(read(&name));
    }
    accepted.extend(read("igc"));
    std::fs::write(pki.path().join("accepted.pem"), accepted).unwrap();
    let server = pki.openssl_server("server", &["-CAfile", "accepted.pem"]);
    let request = shaken(plan(vec![portal(server.port)])).certificate_request.unwrap();
    assert_eq!((request.authorities.len(), request.authority_count), (64, 71));
    assert_eq!(request.accepts("AC IGC-SANTE ELEMENTAIRE ORGANISATIONS"), Some(true));
    assert_eq!(request.accepts("AC IGC-SANTE FORT PERSONNES"), None, "the list was cut");
}

#[test]
fn something_in_between_signs_every_host() {
    let Some(pki) = Pki::new() else { return };
    let inspector = pki.authority("ca", "/O=Centre hospitalier/CN=Proxy inspection");
    for name in ["portal", "other"] {
        pki.server(name, "localhost", "ca");
    }
    let hosts = vec![portal(pki.tls("portal", &[], FINE)), at(Purpose::Comparison, pki.tls("other", &[], FINE))];
    let unknown = seen(plan(hosts.clone()));
    for host in &unknown.hosts {
        let tls = host.tls.as_ref().unwrap();
        assert_eq!((tls.system_store.clone(), tls.anchor.clone()), (Some(ChainEnd::UnknownIssuer), None));
        assert_eq!(tls.chain.first().unwrap().issuer, "Proxy inspection");
    }
    // Deployed on this workstation: nothing but the common root gives it away.
    let deployed = seen(trusting(hosts, &[&inspector]));
    let anchors: Vec<_> =
        deployed.hosts.iter().map(|host| host.tls.as_ref().unwrap().anchor.clone().unwrap()).collect();
    assert_eq!(anchors[0], anchors[1]);
    assert_eq!(anchors[0].name, "Proxy inspection");
    assert_eq!(deployed.portals().count(), 1);
    assert_eq!(deployed.with(Purpose::Comparison).count(), 1);
}

#[test]
fn a_chain_of_igc_sante_is_proved_by_its_key() {
    let Some(pki) = Pki::new() else { return };
    let authority = pki.authority("igc", IGC_NAME);
    pki.server("server", "localhost", "igc");
    let whole = pki.tls("server", &["igc"], FINE);
    let alone = pki.tls("server", &[], FINE);
    let ask = |port, table: &AuthorityTable, authorities: &[&Certificate]| {
        let mut plan = plan(vec![portal(port)]);
        plan.igc_sante = table.clone();
        plan.authorities = authorities.iter().map(|certificate| (*certificate).clone()).collect();
        let tls = shaken(plan);
        assert_eq!(tls.system_store, Some(ChainEnd::UnknownIssuer));
        (tls.igc_sante.unwrap(), tls.chain.last().unwrap().igc_sante.clone())
    };
    let known = table(&authority, authority.public_key().sha256());
    let name = Some("AC IGC-SANTE ELEMENTAIRE ORGANISATIONS".to_owned());
    assert_eq!(ask(whole, &known, &[]), (IgcPath::Signed, name));
    assert_eq!(ask(alone, &known, &[&authority]), (IgcPath::Signed, None));
    assert_eq!(ask(alone, &known, &[]), (IgcPath::Named, None));
    assert_eq!(ask(whole, &table(&authority, [7; 32]), &[]), (IgcPath::Forged, None));
}

#[test]
fn a_certificate_that_does_not_fit_says_why() {
    let Some(pki) = Pki::new() else { return };
    let authority = pki.authority("ca", "/C=FR/O=ESSAI/CN=AC ESSAI");
    pki.server_valid("expired", "localhost", "ca", "20200101000000Z", "20210101000000Z");
    pki.server_valid("early", "localhost", "ca", "20900101000000Z", "20910101000000Z");
    pki.server("other", "autre.example", "ca");
    let ports = ["expired", "early", "other", "ca"].map(|name| pki.tls(name, &[], FINE));
    let facts = seen(trusting(ports.map(portal).into(), &[&authority]));
    let ends: Vec<_> =
        facts.hosts.iter().map(|host| host.tls.as_ref().unwrap().system_store.clone().unwrap()).collect();
    assert_eq!(ends[..3], [ChainEnd::Expired, ChainEnd::NotYetValid, ChainEnd::OtherName]);
    assert_eq!(ends[3].code(), "unfit", "an authority is no server: {:?}", ends[3]);
    for host in &facts.hosts {
        assert_eq!(host.tls.as_ref().unwrap().end, HandshakeEnd::Completed);
        assert_eq!(host.http.as_ref().unwrap().end, HttpEnd::Status(200));
    }
}

#[test]
fn certificates_that_are_none_are_kept_by_their_hash() {
    let Some(pki) = Pki::new() else { return };
    let authority = pki.authority("ca", "/CN=AC ESSAI");
    let server = pki.server("server", "localhost", "ca");
    let noise: &[u8] = &[0x30, 0x03, 0x02, 0x01, 0x05];
    let only_noise = pki.tls_sending("server", &[noise], FINE);
    let many = pki.tls_sending("server", &[&[server.as_der()][..], &[noise; 11]].concat(), FINE);
    let facts = seen(trusting(vec![portal(only_noise), portal(many)], &[&authority]));
    let [only_noise, many] = [0, 1].map(|place| facts.hosts[place].tls.clone().unwrap());
    assert_eq!(only_noise.end, HandshakeEnd::Completed);
    assert_eq!(only_noise.system_store.unwrap().code(), "unfit");
    assert_eq!(only_noise.igc_sante, Some(IgcPath::Other));
    let [none] = only_noise.chain.as_slice() else { panic!("{:?}", only_noise.chain) };
    // sha256sum of the five bytes
    assert_eq!(none.sha256, "417c7763c4e320a6b747b3cb0c6d22f93741b29a32b48594b8eb4c144fe6d729");
    assert!(none.subject.is_empty() && none.key_sha256.is_empty());
    assert_eq!((many.chain.len(), many.system_store), (8, Some(ChainEnd::Valid)));
}

#[test]
fn what_is_no_handshake_is_told_apart() {
    let cases: [(&'static [u8], HandshakeEnd); 5] = [
        (b"\x15\x03\x03\x00\x02\x02\x28", HandshakeEnd::Alert(40)),
        (b"\x15\x03\x01\x00\x02\x02\x46", HandshakeEnd::NoCommonVersion),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", HandshakeEnd::NotTls),
        (b"SSH-2.0-OpenSSH_9.2\r\n", HandshakeEnd::NotTls),
        (b"", HandshakeEnd::Closed),
    ];
    let facts = seen(plan(cases.iter().map(|(bytes, _)| portal(says(bytes))).collect()));
    for (host, (bytes, end)) in facts.hosts.iter().zip(&cases) {
        let tls = host.tls.as_ref().unwrap();
        assert_eq!((&tls.end, tls.version), (end, None), "{bytes:?}");
        assert!(tls.chain.is_empty() && tls.system_store.is_none() && host.http.is_none());
        assert!(host.is_connected());
    }
}

#[test]
fn whoever_keeps_silent_or_drips_runs_out_of_time() {
    let mut hosts = vec![
        portal(silent()),
        // The beginning of a record of 16 kB that never ends.
        portal(drips(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xff")),
        at(Purpose::RevocationList, silent()),
        at(Purpose::RevocationList, drips(b"HTTP/1.1 200 OK\r\nX-Y: Z\r\n")),
        portal(nobody()),
    ];
    let invalid = HostPlan::new("nowhere.invalid", 443, Purpose::Portal);
    hosts.push(invalid);
    let facts = seen(plan(hosts));
    let [quiet, drip, quiet_http, drip_http, refused, unknown] = facts.hosts.as_slice() else { panic!("{facts:?}") };
    for host in [quiet, drip] {
        assert_eq!(host.tls.as_ref().unwrap().end, HandshakeEnd::TimedOut);
    }
    assert_eq!(quiet_http.http.as_ref().unwrap().end, HttpEnd::TimedOut);
    let dripped = &drip_http.http.as_ref().unwrap().end;
    assert!(matches!(dripped, HttpEnd::TimedOut | HttpEnd::NotHttp), "{dripped:?}");
    assert_eq!(refused.ipv4.as_ref().unwrap().end, DialEnd::Refused);
    assert!(!refused.is_connected() && refused.tls.is_none());
    assert!(!matches!(unknown.resolution, Resolution::Found(_)), "{:?}", unknown.resolution);
    assert_eq!((&unknown.ipv4, &unknown.ipv6, &unknown.tls), (&None, &None, &None));
}

#[test]
fn a_black_hole_of_ipv6_does_not_hide_ipv4() {
    let Some(pki) = Pki::new() else { return };
    pki.authority("ca", "/CN=AC ESSAI");
    pki.server("server", "localhost", "ca");
    let port = pki.tls("server", &[], FINE);
    let both = |port| {
        let mut host = portal(port);
        host.addresses = Some(["::1", "127.0.0.1"].map(|text| text.parse::<IpAddr>().unwrap()).into());
        host
    };
    let refused = only(plan(vec![both(port)]));
    assert_ne!(refused.ipv6.as_ref().unwrap().end, DialEnd::TimedOut, "{refused:?}");
    assert_eq!(refused.ipv4.as_ref().unwrap().end, DialEnd::Connected);
    let Some(_hole) = servers::BlackHole::at(port) else { return };
    let seen = only(plan(vec![both(port)]));
    let Resolution::Found(addresses) = seen.resolution else { panic!("{:?}", seen.resolution) };
    assert_eq!((addresses.ipv4, addresses.ipv6), (1, 1));
    assert_eq!(seen.ipv6.unwrap().end, DialEnd::TimedOut);
    assert_eq!(seen.ipv4.unwrap().end, DialEnd::Connected);
    assert_eq!(seen.http.unwrap().end, HttpEnd::Status(200));
}

/// The same hosts through a proxy of this test, with a name and a password.
fn through(port: u16, hosts: Vec<HostPlan>) -> NetworkPlan {
    let mut plan = plan(hosts);
    plan.proxies = Proxies::from_variables(|name| {
        (name == "all_proxy").then(|| format!("http://dupont:secret@localhost:{port}").into())
    });
    plan
}

#[test]
fn a_proxy_lets_through_and_gets_what_is_for_it() {
    let Some(pki) = Pki::new() else { return };
    let authority = pki.authority("ca", "/C=FR/O=ESSAI/CN=AC ESSAI");
    pki.server("server", "portail.invalid", "ca");
    let server = pki.tls("server", &[], FINE);
    let wants_card = pki.openssl_server("server", &["-CAfile", "ca.pem"]);
    let proxy = proxy("HTTP/1.1 200 Connection established\r\n\r\n");
    let names = [server, wants_card.port].map(|port| HostPlan::new("portail.invalid", port, Purpose::Portal));
    let mut plan = through(proxy.port, names.into());
    plan.system_store = Some(vec![authority.as_der().to_vec()]);
    let facts = seen(plan);
    for host in &facts.hosts {
        let passage = host.proxy.as_ref().unwrap();
        assert!(host.is_connected());
        assert_eq!(passage.answer, Some(ProxyAnswer::Status(200)));
        assert_eq!(passage.dial.as_ref().unwrap().end, DialEnd::Connected);
        assert!(!matches!(host.resolution, Resolution::Found(_)), "the proxy resolves");
        assert_eq!((&host.ipv4, &host.ipv6), (&None, &None));
        assert_eq!(host.tls.as_ref().unwrap().system_store, Some(ChainEnd::Valid));
    }
    assert_eq!(facts.hosts[0].http.as_ref().unwrap().end, HttpEnd::Status(200));
    assert_eq!(facts.hosts[1].tls12_only, Some(HandshakeEnd::CertificateMissing(Some(40))), "through the proxy again");
    let asked = proxy.asked.lock().unwrap();
    assert_eq!(asked.len(), 3);
    for request in &*asked {
        assert!(request.starts_with("CONNECT portail.invalid:"), "{request}");
        // base64 of dupont:secret
        assert!(request.contains("\r\nProxy-Authorization: Basic ZHVwb250OnNlY3JldA==\r\n"), "{request}");
    }
    let written = serde_json::to_string(&facts).unwrap();
    assert!(!written.contains("dupont") && !written.contains("secret") && !written.contains("ZHVwb"), "{written}");
}

#[test]
fn a_proxy_that_does_not_let_through_says_why() {
    let asking = "HTTP/1.1 407 Authentication\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\n\
                  Proxy-Authenticate: Basic realm=\"CH de X\"\r\nContent-Length: 0\r\n\r\n";
    let answered = |port| {
        let host = only(through(port, vec![portal(1)]));
        assert!(!host.is_connected() && host.tls.is_none() && host.http.is_none());
        host.proxy.unwrap()
    };
    let wants = answered(proxy(asking).port);
    assert_eq!(wants.answer, Some(ProxyAnswer::Status(407)));
    assert_eq!(wants.authentication, ["NEGOTIATE", "NTLM", "BASIC"]);
    let cases = [
        (proxy("HTTP/1.1 502 Bad Gateway\r\n\r\n").port, ProxyAnswer::Status(502)),
        (proxy("HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\n\r\n").port, ProxyAnswer::Status(403)),
        (says(b"SSH-2.0-OpenSSH_9.2\r\n"), ProxyAnswer::NotHttp),
        (says(b""), ProxyAnswer::Closed),
        (silent(), ProxyAnswer::TimedOut),
    ];
    for (port, expected) in cases {
        assert_eq!(answered(port).answer, Some(expected));
    }
    let dead = answered(nobody());
    assert_eq!((dead.dial.unwrap().end, dead.answer), (DialEnd::Refused, None));
}

#[test]
fn plain_http_goes_through_its_proxy_with_whole_addresses() {
    let server = proxy("HTTP/1.1 407 Authentication\r\nProxy-Authenticate: NTLM\r\n\r\n");
    let mut list = HostPlan::new("igc-sante.invalid", 80, Purpose::RevocationList);
    list.path = "/CRL/ACR-FO.crl".to_owned();
    let host = only(through(server.port, vec![list]));
    assert!(host.is_connected());
    let passage = host.proxy.unwrap();
    assert_eq!((passage.answer, passage.authentication), (None, vec!["NTLM".to_owned()]));
    assert_eq!(host.http.unwrap().end, HttpEnd::Status(407));
    let asked = server.asked.lock().unwrap().remove(0);
    assert!(asked.starts_with("HEAD http://igc-sante.invalid/CRL/ACR-FO.crl HTTP/1.1\r\nHost: igc-sante.invalid\r\n"));
}

#[test]
fn the_script_that_chooses_a_proxy_is_asked_for_without_one() {
    let answer = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ns-proxy-autoconfig\r\n\r\n";
    let script = HostPlan::script(&format!("http://localhost:{}/proxy.pac?v=1", plain(answer))).unwrap();
    let host = only(through(nobody(), vec![script]));
    assert_eq!((host.purpose, host.proxy), (Purpose::ProxyScript, None));
    let http = host.http.unwrap();
    assert_eq!(http.end, HttpEnd::Status(200));
    assert_eq!(http.content_type.as_deref(), Some("application/x-ns-proxy-autoconfig"));
}

/// One that never answers costs its own answer within the deadline, one that sends ten megabytes is read up to its head.
#[test]
fn a_script_that_hangs_or_never_ends_is_bounded() {
    let endless = listen(|mut stream| {
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ns-proxy-autoconfig\r\n\r\n");
        let line = [b'x'; 1024];
        (0..10 * 1024).all(|_| stream.write_all(&line).is_ok());
    });
    let headless = listen(|mut stream| {
        let line = [b'x'; 1024];
        (0..10 * 1024).all(|_| stream.write_all(&line).is_ok());
    });
    let script = |port| HostPlan::script(&format!("http://localhost:{port}/proxy.pac")).unwrap();
    let facts = seen(plan([silent(), endless, headless].map(script).into()));
    let ends: Vec<_> = facts.hosts.iter().map(|host| host.http.as_ref().map(|http| http.end)).collect();
    assert_eq!(ends[1], Some(HttpEnd::Status(200)));
    assert!(!matches!(ends[0], Some(HttpEnd::Status(_))), "{ends:?}");
    assert!(!matches!(ends[2], Some(HttpEnd::Status(_))), "{ends:?}");
}

#[test]
fn a_proxy_of_another_kind_is_only_connected_to() {
    let port = listen(|_| {});
    let mut plan = plan(vec![portal(1)]);
    plan.proxies =
        Proxies::from_variables(|name| (name == "https_proxy").then(|| format!("socks5://localhost:{port}").into()));
    let passage = only(plan).proxy.unwrap();
    assert_eq!((passage.dial.unwrap().end, passage.answer), (DialEnd::Connected, None));
}

#[test]
fn the_clock_is_compared_with_the_dates_of_several_hosts() {
    let Some(pki) = Pki::new() else { return };
    pki.authority("ca", "/CN=AC ESSAI");
    pki.server("server", "localhost", "ca");
    let behind = pki.tls("server", &[], &dated("200 OK", 3600, ""));
    let stored = plain(&dated("200 OK", 3700, "Age: 100\r\n"));
    let right = plain(&dated("404 Not Found", 0, ""));
    let undated = plain("HTTP/1.1 200 OK\r\n\r\n");
    let hosts = [
        at(Purpose::Portal, behind),
        at(Purpose::RevocationList, stored),
        at(Purpose::Responder, right),
        at(Purpose::Responder, undated),
    ];
    let one_hour = |seconds: i64| (3600..=3603).contains(&seconds);
    let all = seen(plan(hosts.to_vec()));
    assert!(one_hour(all.clock_skew().unwrap()), "the median: {all:?}");
    assert_eq!(all.hosts[2].http.as_ref().unwrap().end, HttpEnd::Status(404));
    assert_eq!(all.hosts[3].http.as_ref().unwrap().clock_ahead_seconds, None);
    let two = seen(plan(hosts[..2].to_vec()));
    assert!(one_hour(two.clock_skew().unwrap()), "{two:?}");
    let apart = seen(plan(vec![hosts[0].clone(), hosts[2].clone()]));
    assert!((1800..=1803).contains(&apart.clock_skew().unwrap()), "between the two: {apart:?}");
    assert_eq!(seen(plan(hosts[2..].to_vec())).clock_skew(), None, "one host is not enough");
    let ahead = plain(&dated("200 OK", -7200, ""));
    let early = seen(plan(vec![at(Purpose::Responder, ahead), at(Purpose::RevocationList, ahead)]));
    assert!((-7200..=-7197).contains(&early.clock_skew().unwrap()), "{early:?}");
}

#[test]
fn the_page_of_a_filter_in_place_of_a_list_is_seen() {
    let page = "HTTP/1.1 302 Found\r\nLocation: http://portail-captif.example/login\r\nContent-Type: text/html\r\n\r\n";
    let host = only(plan(vec![at(Purpose::RevocationList, plain(page))]));
    let http = host.http.unwrap();
    assert_eq!((http.end, http.content_type.as_deref()), (HttpEnd::Status(302), Some("text/html")));
    assert_eq!(http.redirected_to.as_deref(), Some("portail-captif.example"));
}
