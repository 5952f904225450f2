//! Proxies: what the registry says, and what a script says when Windows itself is asked.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::thread;

use cpx_card::internal::workstation::network::{
    HostPlan, ProxyOrigin, ProxySettings, Purpose, ResolvedProxy, resolve_proxies,
};
use cpx_card::internal::workstation::{Observed, Unseen};

use crate::registry::Value::{Bytes, Number, Text};
use crate::wine::Wine;

const SETTINGS: &str = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Internet Settings";
/// `DefaultConnectionSettings` without the question to the network: flags 1.
const NOT_DETECTED: &str = "460000000100000001000000000000000000000000000000";

const SCRIPT: &str = r#"function FindProxyForURL(url, host) {
    if (host == "portal.example") { return "PROXY proxy.example:3128; DIRECT"; }
    return "DIRECT";
}"#;

/// What a server of scripts does with whoever asks.
#[derive(Clone, Copy)]
enum Serves {
    Script,
    Nothing,
    Hangs,
    TenMegabytes,
}

/// A server of scripts on the loopback: its address.
fn server(serves: Serves) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let mut kept = Vec::new();
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let body = match serves {
                Serves::Script => SCRIPT.to_owned(),
                Serves::TenMegabytes => format!("{SCRIPT}\n//{}", "x".repeat(10 * 1024 * 1024)),
                Serves::Nothing => {
                    let _ =
                        stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                    continue;
                }
                Serves::Hangs => {
                    kept.push(stream);
                    continue;
                }
            };
            let _ = stream.read(&mut [0; 4096]);
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ns-proxy-autoconfig\r\nConnection: close\r\n";
            let _ = stream.write_all(format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
        }
    });
    format!("http://{address}/proxy.pac")
}

fn resolved(wine: &mut Wine, script: &str) -> Observed<Vec<ResolvedProxy>> {
    wine.key(SETTINGS, &[("AutoConfigURL", Text(script))])
        .key(&format!(r"{SETTINGS}\Connections"), &[("DefaultConnectionSettings", Bytes(NOT_DETECTED))]);
    let settings = ProxySettings::collect();
    assert_eq!(settings.governing().map(|source| source.origin), Some(ProxyOrigin::WindowsUser));
    assert!(settings.is_unresolved());
    let hosts =
        [HostPlan::new("portal.example", 443, Purpose::Portal), HostPlan::new("127.0.0.1", 80, Purpose::Responder)];
    resolve_proxies(&settings, Some(Path::new(env!("CARGO_BIN_EXE_cpx-check"))), &hosts)
}

#[test]
fn the_settings_of_the_registry_are_read() {
    let Some(wine) = &mut Wine::prefix() else { return };
    wine.key(SETTINGS, &[("ProxyEnable", Number(1)), ("ProxyServer", Text("proxy.example:3128"))])
        .key(&format!(r"{SETTINGS}\Connections"), &[("DefaultConnectionSettings", Bytes(NOT_DETECTED))]);
    let settings = ProxySettings::collect();
    let source = settings.governing().unwrap();
    assert_eq!(source.https.as_ref().map(|proxy| (proxy.host.as_str(), proxy.port)), Some(("proxy.example", 3128)));
    assert!(!settings.is_unresolved());
    wine.key(SETTINGS, &[("ProxyEnable", Text("oui"))]);
    let settings = ProxySettings::collect();
    assert!(settings.system.seen().unwrap().iter().any(|source| source.unreadable == ["ProxyEnable"]));
}

#[test]
fn a_script_is_followed_by_windows_itself() {
    let Some(wine) = &mut Wine::prefix() else { return };
    let answer = resolved(wine, &server(Serves::Script));
    let answer = answer.seen().unwrap_or_else(|| panic!("{answer:?}"));
    let proxy = answer[0].proxy.as_ref().map(|proxy| (proxy.host.as_str(), proxy.port));
    assert_eq!((answer[0].host.as_str(), proxy), ("portal.example", Some(("proxy.example", 3128))));
    assert_eq!(answer[1].proxy, None);
}

#[test]
fn a_script_that_is_not_there_hangs_or_never_ends_leaves_the_question_open() {
    let Some(wine) = &mut Wine::prefix() else { return };
    assert!(resolved(wine, &server(Serves::Nothing)).seen().is_none());
    assert_eq!(resolved(wine, &server(Serves::Hangs)).unseen().map(|reason| reason.why), Some(Unseen::TimedOut));
    // one of ten megabytes is followed or refused: either way this process goes on
    let large = resolved(wine, &server(Serves::TenMegabytes));
    assert!(large.seen().is_none_or(|answer| answer.len() == 2));
}
