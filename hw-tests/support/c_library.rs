//! The library for other languages, built as its packages are, with the virtual card.
#![allow(dead_code)] // each test target uses its part

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The folder with `lib`, `include` and `lib/pkgconfig`, built once for all tests of a target.
pub(crate) fn prefix() -> &'static Path {
    static PREFIX: OnceLock<PathBuf> = OnceLock::new();
    PREFIX.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let prefix = target.join("c-library");
        let built = Command::new(root.join(".ci/ffi"))
            .args(["--dev", "--no-static", "--features", "simulator"])
            .arg(&prefix)
            .current_dir(root)
            .status()
            .expect(".ci/ffi");
        assert!(built.success(), "the library for other languages is not built");
        prefix
    })
}

/// The folder of the shared library.
pub(crate) fn libraries() -> PathBuf {
    prefix().join("lib")
}
