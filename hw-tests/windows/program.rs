//! The program itself, as a program of Windows.

use std::io;
use std::process::Command;

use crate::wine::Wine;

/// `ERROR_INTERNAL_ERROR`: on a loaded machine Wine makes a process now and then that ends before it has begun.
const NOT_BEGUN: i32 = 1359;

pub(crate) fn run(arguments: &[&str]) -> (Option<i32>, String) {
    let start = || Command::new(env!("CARGO_BIN_EXE_cpx-check")).args(arguments).output();
    let begun = |output: &io::Result<_>| !matches!(output, Err(error) if error.raw_os_error() == Some(NOT_BEGUN));
    let output = (0..4).map(|_| start()).find(begun).unwrap_or_else(start).unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn a_simulated_card_is_read() {
    let (code, text) = run(&["card", "--simulate", "--lang", "fr"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("Médecin"), "{text}");
}

/// Wine's PC/SC library refuses every context: a service that does not answer.
#[test]
fn a_service_that_refuses_is_told_with_function_and_code() {
    let Some(_wine) = Wine::prefix() else { return };
    let (code, text) = run(&["readers"]);
    assert_eq!(code, Some(3), "{text}");
    assert!(text.contains("SCardEstablishContext 0x80100001"), "{text}");
}
