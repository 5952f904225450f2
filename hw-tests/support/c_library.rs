//! The library for C and other languages, as its packages have it, built fast and with virtual cards in it.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::said;

/// The folder with `lib`, `include` and `lib/pkgconfig`, built once for all tests of a target.
pub fn prefix() -> &'static Path {
    static PREFIX: OnceLock<PathBuf> = OnceLock::new();
    PREFIX.get_or_init(|| built("ffi-tests", &["--no-static", "--features", "ffi-diagnosis,simulator"]))
}

/// The same of the static library, and of one that only reads cards.
pub fn static_prefix() -> &'static Path {
    static PREFIX: OnceLock<PathBuf> = OnceLock::new();
    PREFIX.get_or_init(|| built("ffi-tests-static", &["--no-shared", "--features", "simulator"]))
}

fn built(name: &str, options: &[&str]) -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let prefix = tests.ancestors().nth(3).unwrap().join(name);
    let mut building = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/ffi"));
    building.arg("--dev").args(options).arg(&prefix);
    let built = building.output().unwrap();
    assert!(built.status.success(), "{}", said(&built));
    prefix
}
