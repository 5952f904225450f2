//! The proxies that GNOME, and the desktops that share its settings, have set for this user; Chrome and Firefox go by them.

use std::env;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;

use super::proxy_settings::{ProxyAddress, ProxyOrigin, ProxySource};
use super::text::bounded;
use crate::limits;
use crate::workstation::{Family, Observed, Reason, Unseen, person};

/// The program that reads the settings; never one that a `PATH` names.
const GSETTINGS: &str = "/usr/bin/gsettings";

/// The settings that apply to every proxy.
const PROXY: &str = "org.gnome.system.proxy";

/// The settings, asked of `gsettings`: [absent](Unseen::Absent) without it, or without these settings in it. It tells those of
/// whoever runs this program: of another person [no rights](Unseen::NoRights).
pub(super) fn collect() -> Observed<Vec<ProxySource>> {
    if person::chosen().is_some() {
        return Observed::Unseen(Unseen::NoRights.into());
    }
    ask(Path::new(GSETTINGS)).map(|text| vec![source(&text)]).into()
}

fn ask(program: &Path) -> Result<String, Reason> {
    let mut command = Command::new(program);
    command.args(["list-recursively", PROXY]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    // Without a folder of the session, dconf would make a file in the user's home.
    if env::var_os("XDG_RUNTIME_DIR").is_none_or(|folder| folder.is_empty()) {
        command.env("XDG_RUNTIME_DIR", "/dev/null");
    }
    let mut family = Family::start(&mut command).map_err(|error| Unseen::from(&error))?;
    // It has answered, or never will.
    let bytes = answer(family.channels())?;
    if bytes.len() > limits::DESKTOP_SETTINGS_BYTES {
        return Err(Unseen::TooLarge.into());
    }
    let text = String::from_utf8(bytes).map_err(|_| Unseen::Malformed)?;
    // It knows no such settings, and has said so elsewhere.
    if text.is_empty() { Err(Unseen::Absent.into()) } else { Ok(text) }
}

/// All that a child writes, or one byte more than is read.
fn answer(child: &mut Child) -> Result<Vec<u8>, Unseen> {
    let output = child.stdout.take().ok_or(Unseen::Failed)?;
    let limit = u64::try_from(limits::DESKTOP_SETTINGS_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let (sender, receiver) = mpsc::channel();
    let reading = thread::Builder::new().spawn(move || {
        let mut bytes = Vec::new();
        let read = output.take(limit).read_to_end(&mut bytes);
        sender.send(read.map(|_| bytes)).ok()
    });
    reading.map_err(|_| Unseen::Failed)?;
    let answer = receiver.recv_timeout(limits::DESKTOP_SETTINGS_PATIENCE).map_err(|_| Unseen::TimedOut)?;
    answer.map_err(|_| Unseen::Failed)
}

/// What the lines `schema key value` say. A user name and a password may be among them: they go nowhere.
fn source(text: &str) -> ProxySource {
    let value = |schema: &str, key: &str| {
        let mut words = text.lines().map(|line| line.splitn(3, ' '));
        let fitting = words.find_map(|mut words| {
            (words.next() == Some(schema) && words.next() == Some(key)).then(|| words.next().unwrap_or_default())
        });
        fitting.unwrap_or_default().trim()
    };
    let mut source = ProxySource::new(ProxyOrigin::Gnome);
    let entries = value(PROXY, "ignore-hosts").trim_start_matches("@as ").trim_matches(['[', ']']).split(',');
    let entries = entries.map(|entry| unquoted(entry.trim())).filter(|entry| !entry.is_empty());
    source.bypass = entries.take(limits::PROXY_BYPASSES).map(bounded).collect();
    match unquoted(value(PROXY, "mode")) {
        "manual" => {
            let mut proxy = |schema: &str| {
                let (host, port) = (unquoted(value(schema, "host")), value(schema, "port"));
                // Port 0 is how these settings write that there is none.
                if host.is_empty() || port == "0" {
                    return None;
                }
                let address = ProxyAddress::parse(&format!("{host}:{port}"));
                if address.is_none() {
                    source.unreadable.push(schema.to_owned());
                }
                address
            };
            source.http = proxy("org.gnome.system.proxy.http");
            source.https = proxy("org.gnome.system.proxy.https");
        }
        "auto" => {
            let script = unquoted(value(PROXY, "autoconfig-url"));
            source.script = Some(script).filter(|script| !script.is_empty()).map(bounded);
            source.auto_detect = source.script.is_none();
        }
        _ => {}
    }
    source
}

/// A text without the quotes that it is written in.
fn unquoted(text: &str) -> &str {
    let inside = |quote: char| text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote));
    inside('\'').or_else(|| inside('"')).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// What `gsettings` itself writes of these settings, in a store of its own.
    fn written(set: &[[&str; 3]]) -> Option<String> {
        let folder = tempfile::tempdir().unwrap();
        let run = |arguments: &[&str]| {
            let mut command = Command::new(GSETTINGS);
            command.env("GSETTINGS_BACKEND", "keyfile").env("XDG_CONFIG_HOME", folder.path()).args(arguments);
            command.output().ok().filter(|output| output.status.success())
        };
        let listed = || run(&["list-recursively", "org.gnome.system.proxy"]);
        if listed().is_none() {
            let _ = writeln!(std::io::stderr(), "skipped: no gsettings with the settings of proxies on this machine");
            return None;
        }
        for [schema, key, value] in set {
            assert!(run(&["set", &format!("org.gnome.system.proxy{schema}"), key, value]).is_some(), "{key}");
        }
        Some(String::from_utf8(listed().unwrap().stdout).unwrap())
    }

    #[test]
    fn what_gsettings_writes_is_read() {
        let Some(none) = written(&[]) else { return };
        let none = source(&none);
        assert_eq!((none.http, none.https, none.script, none.auto_detect), (None, None, None, false));
        assert_eq!(none.bypass, ["localhost", "127.0.0.0/8", "::1"]);
        let manual = written(&[
            ["", "mode", "manual"],
            ["", "ignore-hosts", "['localhost', '*.intra.example']"],
            [".https", "host", "proxy.example"],
            [".https", "port", "3128"],
            [".http", "host", "un proxy"],
            [".http", "authentication-user", "dupont"],
            [".http", "authentication-password", "secret"],
        ]);
        let manual = source(&manual.unwrap());
        let https = manual.https.clone().unwrap();
        assert_eq!((https.scheme.as_str(), https.host.as_str(), https.port), ("http", "proxy.example", 3128));
        assert_eq!((&manual.http, &manual.unreadable), (&None, &vec!["org.gnome.system.proxy.http".to_owned()]));
        assert_eq!(manual.bypass, ["localhost", "*.intra.example"]);
        let kept = serde_json::to_string(&manual).unwrap();
        assert!(!kept.contains("dupont") && !kept.contains("secret"), "{kept}");
        let script =
            [["", "mode", "auto"], ["", "autoconfig-url", "http://it's.example/p.pac"], ["", "ignore-hosts", "[]"]];
        let script = source(&written(&script).unwrap());
        assert_eq!(script.script.as_deref(), Some("http://it's.example/p.pac"));
        assert!(script.bypass.is_empty() && !script.auto_detect);
        assert!(source(&written(&[["", "mode", "auto"]]).unwrap()).auto_detect);
    }

    #[test]
    fn a_program_that_says_nothing_too_much_or_never_ends_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let program = |name: &str, script: &str| {
            let path = folder.path().join(name);
            fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
            // While another test starts a program, it holds what this one has just written.
            let busy = |answer: &Result<String, Unseen>| *answer == Err(Unseen::Failed);
            let mut tries = (0..100).map(|_| ask(&path).map_err(|reason| reason.why));
            tries.find(|answer| !busy(answer)).unwrap_or(Err(Unseen::Failed))
        };
        assert_eq!(program("nothing", "exit 1"), Err(Unseen::Absent));
        assert_eq!(program("much", "exec cat /dev/zero"), Err(Unseen::TooLarge));
        assert_eq!(program("never", "exec sleep 60"), Err(Unseen::TimedOut));
        assert_eq!(program("binary", r"printf '\377'"), Err(Unseen::Malformed));
        assert_eq!(ask(&folder.path().join("none")).map_err(|reason| reason.why), Err(Unseen::Absent));
    }
}
