//! PKCS#11 modules that are wrong in one way, built from one C source.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::{find_program, skip};

/// Modules are built into one folder, which stays beside what else is built of this test program.
pub fn folder() -> &'static Path {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    FOLDER.get_or_init(|| tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()).path()
}

/// A module that is wrong as the switches say; none where there is no C compiler.
pub fn module(name: &str, switches: &[&str]) -> Option<PathBuf> {
    if find_program("cc").is_none() {
        skip("no C compiler");
        return None;
    }
    let file = folder().join(format!("{name}.so"));
    let source = crate::support::root().join("hw-tests/support/module.c");
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-pthread", "-o"]).arg(&file).arg(&source).args(switches);
    let built = compiler.output().unwrap();
    assert!(built.status.success(), "{name}: {}", String::from_utf8_lossy(&built.stderr));
    Some(file)
}

/// A switch with a text in it: `-DNAME="text"`.
pub fn switch(name: &str, text: impl std::fmt::Display) -> String {
    format!("-D{name}=\"{text}\"")
}
