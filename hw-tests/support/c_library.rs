//! The library for C and other languages, as its packages have it, built fast and with virtual cards in it.
#![allow(clippy::unwrap_used)]

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::SystemTime;

use super::{find_program, said, skip};

/// The folder with `lib`, `include` and `lib/pkgconfig`, built once for all tests of a target.
pub fn prefix() -> &'static Path {
    static PREFIX: OnceLock<PathBuf> = OnceLock::new();
    PREFIX.get_or_init(|| built("ffi-tests", &["--no-static", "--features", "diagnosis,simulator"]))
}

/// The same of the static library, and of one that only reads cards.
pub fn static_prefix() -> &'static Path {
    static PREFIX: OnceLock<PathBuf> = OnceLock::new();
    PREFIX.get_or_init(|| built("ffi-tests-static", &["--no-shared", "--features", "simulator"]))
}

/// Builds a program in C with this compiler, the library linked where it says so. None where there is no such compiler.
pub fn program(compiler: &str, language: &[&str], source: &str, links: bool, folder: &Path) -> Option<PathBuf> {
    if find_program(compiler).is_none() {
        skip(&format!("{compiler} is not installed"));
        return None;
    }
    let program = folder.join("program");
    let mut building = Command::new(compiler);
    building.args(language).args(["-g", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-o"]).arg(&program);
    building.arg("-I").arg(prefix().join("include")).arg(crate::support::root().join(source)).args([
        "-x",
        "none",
        "-lpthread",
        "-ldl",
    ]);
    if links {
        let folder = prefix().join("lib");
        building.arg("-L").arg(&folder).arg("-lcpx_card").arg(format!("-Wl,-rpath,{}", folder.display()));
    }
    let built = building.output().unwrap();
    assert!(built.status.success(), "{}", said(&built));
    Some(program)
}

/// Built once for all tests, and again when something that it is made of is newer. Other processes run tests as well, and
/// cargo has one place for all kinds of the library: one is built at a time.
fn built(name: &str, options: &[&str]) -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let prefix = tests.ancestors().nth(3).unwrap().join(name);
    let lock = File::create(prefix.with_file_name("ffi-tests.lock")).unwrap();
    lock.lock().unwrap();
    let root = crate::support::root();
    let sources = ["src", "crates", ".ci/ffi", "Cargo.toml", "Cargo.lock"].map(|source| changed(&root.join(source)));
    let stamp = prefix.join("built");
    if stamp.metadata().is_ok_and(|built| sources.iter().all(|source| *source < built.modified().unwrap())) {
        return prefix;
    }
    let began = SystemTime::now();
    let mut building = Command::new(root.join(".ci/ffi"));
    building.arg("--dev").args(options).arg(&prefix);
    let built = building.output().unwrap();
    assert!(built.status.success(), "{}", said(&built));
    File::create(stamp).unwrap().set_modified(began).unwrap();
    prefix
}

/// When a file, or the newest in a folder, was changed.
fn changed(path: &Path) -> SystemTime {
    let own = path.metadata().unwrap().modified().unwrap();
    if !path.is_dir() {
        return own;
    }
    let within = std::fs::read_dir(path).unwrap().map(|entry| changed(&entry.unwrap().path()));
    within.fold(own, SystemTime::max)
}
