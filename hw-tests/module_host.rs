//! The program that asks PKCS#11 modules for an application that links the library.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::time::Duration;

use crate::support::modules::module;
use cpx_card::internal::token::{Asker, Ending};

/// How long a call, and the whole answer, may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// The small program that stands beside the library in an application does what `cpx-check` does for itself.
#[test]
fn the_program_of_the_library_asks_as_well() {
    let program = env!("CARGO_BIN_EXE_cpx-card-modules");
    let Some(module) = module("for-the-library", &[]) else { return };
    let answer = Asker::with_program(program).with_deadlines(PATIENCE, PATIENCE).ask(&module);
    assert_eq!((&answer.end, answer.slots.seen().unwrap().len()), (&Ending::Complete, 1));
    let alone = std::process::Command::new(program).output().unwrap();
    assert!(!alone.status.success() && alone.stdout.is_empty(), "it does nothing by itself");
}
