//! Channels that are closed, full, or that nobody reads.

use std::process::{Command, Stdio};

use super::support::{find_program, said, skip};
use super::{PROGRAM, each, program, run, with_others};

/// Every command in every form.
const COMMANDS: [&[&str]; 26] = [
    &["--simulate"],
    &["--simulate", "--format", "json"],
    &["--simulate", "--format", "html"],
    &["--simulate", "--format", "line"],
    &["--simulate", "--format", "ndjson"],
    &["--simulate", "--format", "prometheus"],
    &["--simulate", "--format", "junit"],
    &["--list-checks"],
    &["--help"],
    &["--version"],
    &["card", "--simulate"],
    &["card", "--simulate", "--format", "json"],
    &["card", "--help"],
    &["certificate", concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/pki/certificates/cps-medecin.auth.der")],
    &["token", "--module", "/nonexistent.so"],
    &["token", "--module", "/nonexistent.so", "--format", "json"],
    &["readers", "--simulate"],
    &["readers", "--simulate", "--format", "json"],
    &["f413", "--simulate"],
    &["f413", "--simulate", "--format", "json"],
    &["forms"],
    &["forms", "--format", "json"],
    &["simulate", "--list"],
    &["simulate", "--list", "--format", "json"],
    &["decode", "CPX-0000-0000-0000"],
    &["watch", "--simulate"],
];

/// Those that end by themselves and answer on the standard output.
fn answering() -> impl Iterator<Item = &'static [&'static str]> {
    COMMANDS.into_iter().filter(|arguments| !["watch", "decode"].contains(&arguments[0]))
}

/// The program behind a shell that changes its channels.
fn redirected(how: &str, arguments: &[&str]) -> Command {
    let mut shell = program(&[]);
    let environment: Vec<_> =
        shell.get_envs().map(|(name, value)| (name.to_owned(), value.unwrap().to_owned())).collect();
    shell = Command::new("/bin/sh");
    shell.envs(environment).args(["-c", &format!("exec \"$0\" \"$@\" {how}"), PROGRAM]).args(arguments);
    shell.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    shell
}

#[test]
fn an_answer_that_cannot_be_written_is_told_and_never_counts_as_given() {
    let _others = with_others();
    each(answering(), |arguments| {
        let output = run(&mut redirected(">/dev/full", arguments));
        assert_eq!(output.status.code(), Some(74), "{arguments:?}: {}", said(&output));
        assert!(said(&output).contains("écrite en entier"), "{arguments:?}: {}", said(&output));
    });
}

#[test]
fn closed_channels_change_no_verdict() {
    let _others = with_others();
    each(answering(), |arguments| {
        let usual = run(&mut program(arguments)).status.code();
        for how in ["<&- >&- 2>&-", "2>/dev/full"] {
            let output = run(&mut redirected(how, arguments));
            assert_eq!(output.status.code(), usual, "{arguments:?} {how}: {}", said(&output));
        }
    });
}

#[test]
fn a_reader_that_goes_after_one_line_ends_the_program_without_a_word() {
    let _others = with_others();
    if find_program("bash").is_none() {
        return skip("bash is not installed");
    }
    // watch waits for the next event for ever, as it should
    each(COMMANDS.into_iter().filter(|arguments| arguments[0] != "watch"), |arguments| {
        let script = "\"$0\" \"$@\" | head -1 >/dev/null; exit ${PIPESTATUS[0]}";
        let mut shell = Command::new("bash");
        shell.args(["-c", script, PROGRAM]).args(arguments).env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm");
        shell.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let output = run(&mut shell);
        assert!(matches!(output.status.code(), Some(0..=3 | 64)), "{arguments:?}: {}", said(&output));
    });
}
