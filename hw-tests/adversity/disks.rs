//! Disks that are full, read-only, or too slow for whoever waits.

use std::process::{Command, Output, Stdio};

use super::support::{find_program, in_namespaces, said, skip};
use super::{PROGRAM, finish, program, with_others};

/// What writes a file: the command and its last argument before the file.
const WRITERS: [&[&str]; 7] = [
    &["--simulate", "--format", "json", "--output"],
    &["--simulate", "--format", "html", "--output"],
    &["--simulate", "--record"],
    &["card", "--simulate", "--record"],
    &["card", "--simulate", "--output"],
    &["f413", "--simulate", "--format", "json", "--output"],
    &["f413", "--simulate", "--batch"],
];

/// Runs a script in a mount namespace of its own, in a folder on a small disk of its own: `$0` is the program, `$@` what
/// it is asked.
fn on_small_disk(script: &str, arguments: &[&str]) -> Option<Output> {
    for needed in ["unshare", "mount"] {
        if find_program(needed).is_none() {
            skip(&format!("{needed} is not installed"));
            return None;
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let mounted = format!("mount -t tmpfs -o size=16k,mode=700 none \"$DISK\" && cd \"$DISK\" || exit 99\n{script}");
    let mut command = in_namespaces(Command::new("unshare"), &["--mount"]);
    command.args(["sh", "-c", &mounted, PROGRAM]).args(arguments).env("DISK", folder.path());
    command.env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm").env("LC_ALL", "fr_FR.UTF-8");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let output = finish(command.spawn().unwrap());
    assert_ne!(output.status.code(), Some(99), "{}", said(&output));
    Some(output)
}

/// Runs a script in a folder of its own.
fn in_folder(script: &str, arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("sh");
    command.args(["-c", script, PROGRAM]).args(arguments).current_dir(folder.path());
    command.env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm").env("LC_ALL", "fr_FR.UTF-8");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    finish(command.spawn().unwrap())
}

/// What the script says at its end: what is in the folder, and what the file holds.
const LIST: &str = "code=$?; echo; echo \"== $(ls -A | tr '\\n' ' ')== $(head -c 20 answer)\"; exit $code";

fn listed(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().rfind(|line| line.starts_with("==")).unwrap_or_else(|| panic!("{}", said(output))).to_owned()
}

#[test]
fn on_a_full_disk_the_file_that_was_there_is_as_it_was_and_nothing_else_is() {
    let _others = with_others();
    for arguments in WRITERS {
        let is_list = arguments.contains(&"--batch");
        // a list is another kind of file: it is begun, or refused
        let before = if is_list { "" } else { "echo 'what was there' >answer; " };
        let fill = "cat /dev/zero >filler 2>/dev/null; ";
        let Some(output) = on_small_disk(&format!("{before}{fill}\"$0\" \"$@\" answer; {LIST}"), arguments) else {
            return;
        };
        assert_eq!(output.status.code(), Some(74), "{arguments:?}: {}", said(&output));
        assert!(!output.stderr.is_empty(), "{arguments:?}");
        let listed = listed(&output);
        if is_list {
            assert!(listed.ends_with("== "), "no line: {listed}");
        } else {
            assert_eq!(listed, "== answer filler == what was there", "{arguments:?}");
        }
    }
}

#[test]
fn a_disk_that_is_only_read_is_told_before_anything_is_done() {
    let _others = with_others();
    for arguments in WRITERS {
        let script = format!(
            "echo 'what was there' >answer; mount -o remount,bind,ro \"$DISK\" || exit 99; \"$0\" \"$@\" answer; {LIST}"
        );
        let Some(output) = on_small_disk(&script, arguments) else { return };
        // a file that is there and is no list is refused before it is written
        let code = if arguments.contains(&"--batch") { 64 } else { 74 };
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", said(&output));
        assert_eq!(listed(&output), "== answer == what was there", "{arguments:?}");
    }
}

#[test]
fn a_home_that_is_only_read_or_full_changes_no_verdict() {
    let _others = with_others();
    let script = "\"$0\" \"$@\" >/dev/null; one=$?; export HOME=\"$DISK\"; cat /dev/zero >filler 2>/dev/null
        \"$0\" \"$@\" >/dev/null; full=$?; mount -o remount,bind,ro \"$DISK\" || exit 99
        \"$0\" \"$@\" >/dev/null; echo \"$one $full $?\"";
    for arguments in [&["card", "--simulate"][..], &["--simulate"], &["token", "--module", "/nonexistent.so"]] {
        let Some(output) = on_small_disk(script, arguments) else { return };
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let codes: Vec<_> = text.split_whitespace().collect();
        assert!(codes.len() == 3 && codes.iter().all(|code| *code == codes[0]), "{arguments:?}: {}", said(&output));
    }
}

#[test]
fn a_file_that_may_not_grow_is_not_left_half() {
    let _others = with_others();
    for arguments in &WRITERS[..6] {
        let script =
            format!("echo 'what was there' >answer; (ulimit -f 1; exec \"$0\" \"$@\" answer >/dev/null 2>&1); {LIST}");
        let Some(output) = on_small_disk(&script, arguments) else { return };
        assert_eq!(listed(&output), "== answer == what was there", "{arguments:?}: {}", said(&output));
        assert_ne!(output.status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn what_is_written_stands_behind_links_with_the_rights_of_the_user_and_alone() {
    let _others = with_others();
    let script = format!(
        "umask 022; mkdir below; echo old >below/meant; ln -s below/meant answer; ln -s nowhere dead
         \"$0\" \"$@\" answer >/dev/null 2>&1; \"$0\" \"$@\" dead >/dev/null 2>&1; \"$0\" \"$@\" new >/dev/null 2>&1
         test -L answer && echo \"$(stat -c '%a' below/meant new | tr '\\n' ' ')$(ls -A below)\"; {LIST}"
    );
    let Some(output) = on_small_disk(&script, &["card", "--simulate", "--record"]) else { return };
    let words = said(&output);
    assert!(words.contains("600 600 meant\n"), "{words}");
    assert!(listed(&output).starts_with("== answer below dead new =="), "{words}");
    let Some(output) = on_small_disk(&script, &["--simulate", "--format", "line", "--output"]) else { return };
    assert!(said(&output).contains("644 644 meant\n"), "{}", said(&output));
}

#[test]
fn what_may_tell_who_somebody_is_is_for_its_owner_alone() {
    let _others = with_others();
    // whatever the mask, and where a file with other rights is there
    let script = "umask 000; : >answer; \"$0\" \"$@\" answer >/dev/null 2>&1; \"$0\" \"$@\" new >/dev/null 2>&1; stat -c '%a %n' *";
    let identity: [&[&str]; 4] = [
        &["--simulate", "--show-identity", "--format", "html", "--output"],
        &["card", "--simulate", "--record-identity", "--record"],
        &["card", "--simulate", "--show-identity", "--output"],
        &["f413", "--simulate", "--show-identity", "--format", "json", "--output"],
    ];
    for arguments in WRITERS[2..6].iter().chain(&identity).chain(&WRITERS[..1]) {
        let output = in_folder(script, arguments);
        assert_eq!(
            String::from_utf8_lossy(&output.stdout),
            "600 answer\n600 new\n",
            "{arguments:?}: {}",
            said(&output)
        );
    }
    // a list waits for further cards
    let script =
        "umask 000; : >answer; for file in answer new; do timeout -s INT 2 \"$0\" \"$@\" $file >/dev/null 2>&1; done
        stat -c '%a %n' *";
    let output = in_folder(script, &["f413", "--simulate", "--show-identity", "--batch"]);
    let stated = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(stated, "600 answer\n600 answer.key\n600 new\n600 new.key\n", "{}", said(&output));
}

#[test]
fn a_device_or_a_folder_in_the_place_of_a_file_is_not_written() {
    for arguments in WRITERS {
        for place in ["/dev/full", "/dev/null", "/", "/nonexistent/answer"] {
            let output = finish(program(&[arguments, &[place]].concat()).spawn().unwrap());
            assert_eq!(output.status.code(), Some(74), "{arguments:?} {place}: {}", said(&output));
        }
    }
}
