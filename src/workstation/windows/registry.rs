//! The registry, read only and through a seam: what stands in it is interpreted on any system.

use std::fmt;

use crate::workstation::facts::RegistryView;
use crate::workstation::{Reason, Unseen};

/// Whose part of the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hive {
    /// `HKEY_LOCAL_MACHINE`.
    Machine,
    /// `HKEY_CURRENT_USER`, or the part of the person that was chosen.
    User,
    /// `HKEY_USERS`.
    Users,
}

impl Hive {
    /// Both, that of the user first: it wins where both may say something.
    pub(super) const USER_FIRST: [Self; 2] = [Self::User, Self::Machine];

    const fn name(self) -> &'static str {
        match self {
            Self::Machine => "HKLM",
            Self::User => "HKCU",
            Self::Users => "HKU",
        }
    }
}

/// Both views of the registry, that of 64-bit programs first.
pub(super) const VIEWS: [RegistryView; 2] = [RegistryView::Bits64, RegistryView::Bits32];

/// A key, in one view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) hive: Hive,
    pub(super) path: String,
    pub(super) view: RegistryView,
}

impl Key {
    /// The key of the machine at this path, in the view of 64-bit programs.
    pub(super) fn machine(path: impl Into<String>) -> Self {
        Self::of(Hive::Machine, path)
    }

    /// The key of this hive at this path, in the view of 64-bit programs.
    pub(super) fn of(hive: Hive, path: impl Into<String>) -> Self {
        Self { hive, path: path.into(), view: RegistryView::Bits64 }
    }

    /// The same key in another view.
    pub(super) fn seen_by(self, view: RegistryView) -> Self {
        Self { view, ..self }
    }

    /// A key below this one.
    pub(super) fn below(&self, name: &str) -> Self {
        let path = if self.path.is_empty() { name.to_owned() } else { format!(r"{}\{name}", self.path) };
        Self { path, ..self.clone() }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let view = if self.view == RegistryView::Bits32 { " (32-bit view)" } else { "" };
        write!(f, r"{}\{}{view}", self.hive.name(), self.path)
    }
}

/// What a value holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// `REG_SZ` and `REG_EXPAND_SZ`, up to the first NUL.
    Text(String),
    /// `REG_MULTI_SZ`: every part, empty ones as well, without those at the end.
    Texts(Vec<String>),
    /// `REG_DWORD`.
    Number(u32),
    /// `REG_BINARY`.
    Bytes(Vec<u8>),
    /// Another type, or one whose bytes do not fit it.
    Unfit,
}

impl Value {
    /// What these bytes say under this type (`REG_SZ` is 1).
    pub(super) fn decode(kind: u32, bytes: &[u8]) -> Self {
        let decoded = match kind {
            1 | 2 => wide(bytes)
                .and_then(|units| String::from_utf16(units.split(|unit| *unit == 0).next().unwrap_or_default()).ok())
                .map(Self::Text),
            3 => Some(Self::Bytes(bytes.to_vec())),
            4 => bytes.try_into().ok().map(|bytes| Self::Number(u32::from_le_bytes(bytes))),
            7 => wide(bytes).and_then(|units| texts(&units)).map(Self::Texts),
            _ => None,
        };
        decoded.unwrap_or(Self::Unfit)
    }
}

fn wide(bytes: &[u8]) -> Option<Vec<u16>> {
    let pairs = bytes.chunks_exact(2);
    pairs
        .remainder()
        .is_empty()
        .then(|| pairs.map(|pair| u16::from_le_bytes(pair.try_into().unwrap_or_default())).collect())
}

fn texts(units: &[u16]) -> Option<Vec<String>> {
    let mut texts: Vec<String> =
        units.split(|unit| *unit == 0).map(String::from_utf16).collect::<Result<_, _>>().ok()?;
    while texts.last().is_some_and(String::is_empty) {
        texts.pop();
    }
    Some(texts)
}

/// A registry. What is not there is `None`; what may not be read or is too large is a [`Reason`].
pub(super) trait Registry {
    /// The value of this name (`""` is the default one).
    fn value(&self, key: &Key, name: &str) -> Result<Option<Value>, Reason>;

    /// The names of the values of a key, up to [`REGISTRY_ENTRIES`](crate::limits::REGISTRY_ENTRIES).
    fn names(&self, key: &Key) -> Result<Option<Vec<String>>, Reason>;

    /// The names of the keys below a key, up to [`REGISTRY_ENTRIES`](crate::limits::REGISTRY_ENTRIES).
    fn subkeys(&self, key: &Key) -> Result<Option<Vec<String>>, Reason>;

    /// Whether there is such a key.
    fn exists(&self, key: &Key) -> Result<bool, Reason> {
        Ok(self.names(key)?.is_some())
    }

    /// A value that is a text.
    fn text(&self, key: &Key, name: &str) -> Result<Option<String>, Reason> {
        match self.value(key, name)? {
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(_) => Err(misshapen(key, name)),
            None => Ok(None),
        }
    }

    /// A value that is a number.
    fn number(&self, key: &Key, name: &str) -> Result<Option<u32>, Reason> {
        match self.value(key, name)? {
            Some(Value::Number(number)) => Ok(Some(number)),
            Some(_) => Err(misshapen(key, name)),
            None => Ok(None),
        }
    }
}

/// What was read of one value of several: one of a wrong type is as good as not there, and hides nothing beside it.
pub(super) fn if_it_fits<T>(read: Result<Option<T>, Reason>) -> Result<Option<T>, Reason> {
    match read {
        Err(reason) if reason.why == Unseen::Malformed => Ok(None),
        read => read,
    }
}

/// A value is there and has another shape than it should.
pub(super) fn misshapen(key: &Key, name: &str) -> Reason {
    Unseen::Malformed.with(format!("{key}: {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn values_are_decoded_by_their_type() {
        assert_eq!(Value::decode(1, &utf16("Médecin\0")), Value::Text("Médecin".into()));
        assert_eq!(Value::decode(2, &utf16("%windir%")), Value::Text("%windir%".into()), "no NUL at the end");
        assert_eq!(Value::decode(1, &[]), Value::Text(String::new()));
        assert_eq!(Value::decode(3, &[1, 2]), Value::Bytes(vec![1, 2]));
        assert_eq!(Value::decode(4, &[4, 0, 0, 0]), Value::Number(4));
        let deleted = Value::Texts(vec![r"\??\C:\a".into(), String::new(), r"\??\C:\b".into()]);
        assert_eq!(Value::decode(7, &utf16("\\??\\C:\\a\0\0\\??\\C:\\b\0\0\0")), deleted, "an empty part is a part");
    }

    #[test]
    fn bytes_that_do_not_fit_their_type_are_unfit() {
        for (kind, bytes) in
            [(1, &[0x41][..]), (1, &[0x00, 0xD8]), (4, &[1, 2]), (7, &[0, 0xDC]), (11, &[0; 8]), (0, &[])]
        {
            assert_eq!(Value::decode(kind, bytes), Value::Unfit, "type {kind}");
        }
    }
}
