//! A registry in a map, for tests on any system.

use std::collections::BTreeMap;

use super::registry::{Key, Registry, Value};
use crate::workstation::{Reason, Unseen};

/// A registry that holds what a test puts into it. Names are compared without case, as Windows does.
#[derive(Default)]
pub(super) struct FakeRegistry {
    keys: BTreeMap<String, (String, Vec<(String, Value)>)>,
    forbidden: Vec<String>,
}

impl FakeRegistry {
    /// With this key, and those above it.
    pub(super) fn with_key(mut self, key: &Key) -> Self {
        self.keys.entry(path(key)).or_insert_with(|| (display(key), Vec::new()));
        self
    }

    /// With this value in this key.
    pub(super) fn with(mut self, key: &Key, name: &str, value: Value) -> Self {
        self.keys.entry(path(key)).or_insert_with(|| (display(key), Vec::new())).1.push((name.to_owned(), value));
        self
    }

    /// The same with a text.
    pub(super) fn with_text(self, key: &Key, name: &str, text: &str) -> Self {
        self.with(key, name, Value::Text(text.to_owned()))
    }

    /// The same with a number.
    pub(super) fn with_number(self, key: &Key, name: &str, number: u32) -> Self {
        self.with(key, name, Value::Number(number))
    }

    /// Nobody may read this key.
    pub(super) fn forbidding(mut self, key: &Key) -> Self {
        self.forbidden.push(path(key));
        self
    }

    fn allowed(&self, key: &Key) -> Result<(), Reason> {
        if self.forbidden.contains(&path(key)) { Err(Unseen::NoRights.with(key.to_string())) } else { Ok(()) }
    }
}

/// The view first: neither view shows the keys of the other.
fn display(key: &Key) -> String {
    // the hive itself has an empty path
    format!(r"{:?}\{:?}\{}", key.view, key.hive, key.path).trim_end_matches('\\').to_owned()
}

fn path(key: &Key) -> String {
    display(key).to_lowercase()
}

impl Registry for FakeRegistry {
    fn value(&self, key: &Key, name: &str) -> Result<Option<Value>, Reason> {
        self.allowed(key)?;
        let values = self.keys.get(&path(key)).map(|(_, values)| values);
        let found = values.and_then(|values| values.iter().find(|(is, _)| is.eq_ignore_ascii_case(name)));
        Ok(found.map(|(_, value)| value.clone()))
    }

    fn names(&self, key: &Key) -> Result<Option<Vec<String>>, Reason> {
        self.allowed(key)?;
        if let Some((_, values)) = self.keys.get(&path(key)) {
            return Ok(Some(values.iter().map(|(name, _)| name.clone()).collect()));
        }
        Ok(self.subkeys(key)?.map(|_| Vec::new()))
    }

    fn subkeys(&self, key: &Key) -> Result<Option<Vec<String>>, Reason> {
        self.allowed(key)?;
        let above = format!(r"{}\", path(key));
        let mut found: Vec<String> = Vec::new();
        for (path, (display, _)) in &self.keys {
            if path.starts_with(&above) {
                let name = display.get(above.len()..).and_then(|rest| rest.split('\\').next()).unwrap_or_default();
                if !found.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                    found.push(name.to_owned());
                }
            }
        }
        Ok((!found.is_empty() || self.keys.contains_key(&path(key))).then_some(found))
    }
}
