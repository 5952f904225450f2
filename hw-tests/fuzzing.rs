//! The inputs that fuzzing found worth keeping, and those that once broke something, through the same functions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

#[path = "../fuzz/src/targets/mod.rs"]
#[allow(unreachable_pub, clippy::pedantic)] // a package of its own
mod targets;

#[test]
fn every_kept_input_still_holds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let mut broken = Vec::new();
    for (name, target) in targets::ALL {
        let folders = ["corpus", "regressions"].map(|folder| root.join(folder).join(name));
        let mut inputs = 0;
        for path in folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten() {
            let path = path.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            inputs += 1;
            if catch_unwind(|| target(&bytes)).is_err() {
                broken.push(path);
            }
        }
        assert!(inputs > 0, "{name} has no input");
    }
    assert!(broken.is_empty(), "{broken:#?}");
}
