//! Environments in which there is nothing, or nothing right.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::process::Command;

use super::support::said;
use super::{each, program, run, with_others};

/// What has an answer whatever the environment is.
const COMMANDS: [&[&str]; 4] = [
    &["card", "--simulate", "--at", "2026-11-20"],
    &["forms"],
    &["readers"],
    &["token", "--module", "/nonexistent.so"],
];

fn environments(folder: &std::path::Path) -> Vec<(&'static str, Vec<u8>)> {
    let at = |name: &str| folder.join(name).as_os_str().as_bytes().to_vec();
    std::fs::write(folder.join("file"), "").unwrap();
    assert!(Command::new("mkfifo").arg(folder.join("pipe")).status().unwrap().success());
    std::os::unix::fs::symlink(folder.join("loop"), folder.join("loop")).unwrap();
    vec![
        ("HOME", b"".to_vec()),
        ("HOME", at("nowhere")),
        ("HOME", at("file")),
        ("HOME", at("pipe")),
        ("HOME", at("loop")),
        ("HOME", b"/dev/null".to_vec()),
        ("HOME", b"relative".to_vec()),
        ("HOME", b"/caf\xE9/\x1b[2J".to_vec()),
        ("XDG_CONFIG_HOME", at("pipe")),
        ("LC_ALL", b"".to_vec()),
        ("LC_ALL", b"xx_YY.nonsense\x1b\xFF".to_vec()),
        ("LANG", b"C".to_vec()),
        ("PATH", b"".to_vec()),
        ("PATH", at("pipe")),
        ("TMPDIR", at("nowhere")),
        ("TERM", b"\x1b[2J".to_vec()),
        ("TZ", b"Nowhere/At_All".to_vec()),
        ("COLUMNS", b"0".to_vec()),
    ]
}

#[test]
fn no_home_no_locale_no_path_and_no_temporary_folder_change_no_verdict() {
    let _others = with_others();
    let folder = tempfile::tempdir().unwrap();
    let environments = environments(folder.path());
    each(COMMANDS, |arguments| {
        let usual = run(&mut program(arguments)).status.code();
        let unset = ["HOME", "LC_ALL", "LANG", "PATH", "TERM", "USER"];
        let mut bare = program(arguments);
        for name in unset {
            bare.env_remove(name);
        }
        assert_eq!(run(&mut bare).status.code(), usual, "{arguments:?} with nothing set");
        for (name, value) in &environments {
            let output = run(program(arguments).env(name, OsStr::from_bytes(value)));
            assert_eq!(output.status.code(), usual, "{arguments:?} {name}={value:?}: {}", said(&output));
        }
    });
}

#[test]
fn the_diagnosis_says_of_a_home_that_is_none_what_it_is() {
    let _others = with_others();
    let folder = tempfile::tempdir().unwrap();
    each(environments(folder.path()), |(name, value)| {
        let output = run(program(&["--format", "json"]).env(name, OsStr::from_bytes(&value)));
        assert!(matches!(output.status.code(), Some(2 | 3)), "{name}={value:?}: {}", said(&output));
        assert!(serde_json::from_slice::<serde_json::Value>(&output.stdout).is_ok(), "{name}={value:?}");
    });
}

#[test]
fn nothing_is_left_in_the_home_or_in_the_temporary_folder() {
    let _others = with_others();
    let (home, temporary) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // a PKCS#11 module that is asked keeps what it likes: OpenSC's makes its cache
    let ours: [&[&str]; 3] = [&["--format", "json"], &["--online", "--format", "json"], &["card", "--simulate"]];
    for arguments in ours {
        let mut asked = program(arguments);
        for name in ["XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"] {
            asked.env_remove(name);
        }
        let output = run(asked.env("HOME", home.path()).env("TMPDIR", temporary.path()));
        assert!(output.status.code().is_some(), "{arguments:?}: {}", said(&output));
        for folder in [&home, &temporary] {
            let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
            assert!(left.is_empty(), "{arguments:?} left {left:?}");
        }
    }
}

#[test]
fn a_working_folder_that_is_gone_is_no_obstacle() {
    let _others = with_others();
    let mut shell = Command::new("/bin/sh");
    let script = "d=$(mktemp -d) && cd \"$d\" && rmdir \"$d\" && exec \"$0\" card --simulate --at 2026-11-20";
    shell
        .args(["-c", script, super::PROGRAM])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    let output = run(&mut shell);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}
