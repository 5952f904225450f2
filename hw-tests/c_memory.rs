//! The library for C under valgrind.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::process::Command;

use crate::support::c_library::program;
use crate::support::{find_program, said, skip};

/// Opened, read and closed: not a byte is lost, and none is read that is not there.
#[test]
fn nothing_is_lost() {
    if find_program("valgrind").is_none() {
        return skip("valgrind is not installed");
    }
    let folder = tempfile::tempdir().unwrap();
    let Some(program) = program("gcc", &["-std=c11"], "hw-tests/c/abuse.c", true, folder.path()) else { return };
    for arguments in [&["cycles", "200"][..], &["strings_without_end"], &["freed_twice"]] {
        let output = Command::new("valgrind")
            .args(["--quiet", "--leak-check=full", "--show-leak-kinds=definite,indirect,possible"])
            .args(["--errors-for-leak-kinds=definite,indirect", "--error-exitcode=9"])
            .arg(&program)
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
    }
}
