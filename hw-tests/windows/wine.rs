//! The Wine prefix of the tests: its registry, its service manager, its certificate stores. What a test puts there it
//! takes away again, and one test at a time has it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{env, fs};

static PREFIX: Mutex<()> = Mutex::new(());

/// The prefix, for one test.
pub(crate) struct Wine {
    _alone: MutexGuard<'static, ()>,
    keys: Vec<String>,
    files: Vec<PathBuf>,
}

impl Wine {
    /// The prefix; `None`, with the reason printed, on a real Windows: nothing is changed there.
    pub(crate) fn prefix() -> Option<Self> {
        if env::var_os("WINEPREFIX").is_none() {
            println!("skipped: this is no prefix of Wine");
            return None;
        }
        let alone = PREFIX.lock().unwrap_or_else(PoisonError::into_inner);
        Some(Self { _alone: alone, keys: Vec::new(), files: Vec::new() })
    }

    /// Puts values into a key: `"Name"=dword:4`, one in each line, as in a file of regedit.
    pub(crate) fn key(&mut self, key: &str, values: &str) -> &mut Self {
        let text = format!("Windows Registry Editor Version 5.00\r\n\r\n[{key}]\r\n{values}\r\n\r\n");
        let bytes: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), bytes).unwrap();
        run("reg", &["import", file.path().to_str().unwrap()]);
        self.keys.push(key.to_owned());
        self
    }

    /// Puts a file somewhere.
    pub(crate) fn file(&mut self, path: impl AsRef<Path>, bytes: &[u8]) -> &mut Self {
        fs::create_dir_all(path.as_ref().parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        self.files.push(path.as_ref().to_owned());
        self
    }
}

impl Drop for Wine {
    fn drop(&mut self) {
        for key in self.keys.iter().rev() {
            let _ = Command::new("reg").args(["delete", key, "/f"]).output();
        }
        for file in &self.files {
            let _ = fs::remove_file(file);
        }
    }
}

fn run(program: &str, arguments: &[&str]) {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
}
