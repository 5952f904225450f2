//! Files of the repository that are made from the code: tests compare them with it, `make generate` writes them.
#![allow(clippy::unwrap_used)] // a test support

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Files by name.
pub(crate) type Files = BTreeMap<String, String>;

/// Holds that a folder of the repository has these files, and no other.
pub(crate) fn keep_folder(folder: &str, files: &Files) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    if std::env::var_os("CPX_GENERATE").is_some() {
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        for (name, content) in files {
            fs::write(path.join(name), content).unwrap();
        }
    }
    let kept: Files = fs::read_dir(&path)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap()))
        .collect();
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&kept), names(files), "{folder}: run `make generate`");
    for (name, content) in files {
        assert!(kept.get(name) == Some(content), "{folder}/{name} is not up to date: run `make generate`");
    }
}
