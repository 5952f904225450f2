//! The Wine prefix of the tests: its registry, its service manager, its certificate stores. What a test puts there it
//! takes away again, and one test at a time has it. No program is started for it: on a loaded machine Wine starts one
//! in vain now and then.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{env, fs};

use crate::registry::{Changed, Key, Value};
use crate::services::Service;

static PREFIX: Mutex<()> = Mutex::new(());

/// The prefix, for one test.
pub(crate) struct Wine {
    // what was put into it last goes first, and the prefix is the next one's only then
    values: Vec<Changed>,
    keys: Vec<Key>,
    services: Vec<Service>,
    files: Vec<PathBuf>,
    _alone: MutexGuard<'static, ()>,
}

impl Wine {
    /// The prefix; `None`, with the reason printed, on a real Windows: nothing is changed there.
    pub(crate) fn prefix() -> Option<Self> {
        if env::var_os("WINEPREFIX").is_none() {
            println!("skipped: this is no prefix of Wine");
            return None;
        }
        let alone = PREFIX.lock().unwrap_or_else(PoisonError::into_inner);
        let (values, keys, services, files) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Some(Self { values, keys, services, files, _alone: alone })
    }

    /// Puts values into a key, which is made when it is absent; the value without a name is the key's own.
    pub(crate) fn key(&mut self, key: &str, values: &[(&str, Value<'_>)]) -> &mut Self {
        self.keys.push(Key::put(key, values));
        self
    }

    /// Sets one value of a key that stays as it is otherwise.
    pub(crate) fn value(&mut self, key: &str, name: &str, value: Value<'_>) -> &mut Self {
        self.values.push(Changed::set(key, name, value));
        self
    }

    /// Takes a key away. One that a test put there; another would not come back.
    pub(crate) fn without(&mut self, key: &str) -> &mut Self {
        drop(Key::named(key));
        self
    }

    /// Tells the service manager of a service, which does not run.
    pub(crate) fn service(&mut self, name: &str, start: u32) -> &mut Self {
        self.services.push(Service::create(name, start));
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
        while self.values.pop().is_some() || self.keys.pop().is_some() || self.services.pop().is_some() {}
        for file in &self.files {
            let _ = fs::remove_file(file);
        }
    }
}
