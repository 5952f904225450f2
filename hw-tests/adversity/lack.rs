//! A system that has no thread, memory or open file left for the program.

use std::process::{Command, Output, Stdio};

use super::support::{find_program, said, skip};
use super::{PROGRAM, finish, with_others};

const COMMANDS: [&[&str]; 4] = [&["--simulate"], &["card", "--simulate"], &["f413", "--simulate"], &["token"]];

/// The program under this limit of the shell: as a user without rights, since nothing bounds the threads of the
/// administrator.
fn limited(limit: &str, arguments: &[&str]) -> Option<Output> {
    let script = format!("ulimit -c 0; {limit} || exit 99; exec \"$0\" \"$@\"");
    let mut command = if rustix::process::getuid().is_root() && limit.contains("-u") {
        if find_program("setpriv").is_none() {
            skip("setpriv is not installed");
            return None;
        }
        let mut command = Command::new("setpriv");
        command.args(["--reuid=64999", "--clear-groups", "bash"]);
        command
    } else {
        Command::new("bash")
    };
    command.args(["-c", &script, PROGRAM]).args(arguments).current_dir("/");
    command.env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm").env("LC_ALL", "fr_FR.UTF-8");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let output = finish(command.spawn().unwrap());
    if output.status.code() == Some(126) {
        skip("the program cannot be run by another user");
        return None;
    }
    Some(output)
}

#[test]
fn a_lack_of_threads_memory_or_files_is_told_and_no_internal_error() {
    let _others = with_others();
    for limit in ["-u 1", "-u 2", "-u 4", "-v 60000", "-v 150000", "-v 400000", "-n 5", "-n 8", "-n 16"] {
        for arguments in COMMANDS {
            let Some(output) = limited(&format!("ulimit {limit}"), arguments) else { return };
            let words = said(&output);
            assert!(matches!(output.status.code(), Some(0..=3)), "{limit} {arguments:?}: {words}");
            assert!(
                !words.contains("interne") && !words.contains("memory allocation"),
                "{limit} {arguments:?}: {words}"
            );
        }
    }
    // without any thread no card can be read, and PC/SC is not what is blamed
    let Some(output) = limited("ulimit -u 1", &["card", "--simulate"]) else { return };
    let words = said(&output);
    assert_eq!(output.status.code(), Some(3), "{words}");
    assert!(words.contains("ne laisse plus cpx-check lancer de tâche"), "{words}");
}
