//! Files of sections, keys and values: `profiles.ini`, `application.ini`, desktop files, the metadata of flatpaks.
//!
//! Bytes, not text: values are paths, which need not be UTF-8.

/// A section and what is in it, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// Its name, without the brackets.
    pub name: String,
    entries: Vec<(String, Vec<u8>)>,
}

impl Section {
    /// The last value of a key; keys are compared as they are.
    pub(super) fn value(&self, key: &str) -> Option<&[u8]> {
        self.entries.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value.as_slice())
    }

    /// The same as text.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.value(key).map(|value| String::from_utf8_lossy(value).into_owned())
    }
}

/// The sections of a file, in order; what stands before the first has a section without a name. Lines that are neither
/// a section nor an entry are passed over.
pub(super) fn sections(bytes: &[u8]) -> Vec<Section> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut sections = vec![Section::default()];
    for line in bytes.split(|byte| matches!(byte, b'\n' | b'\r')).map(<[u8]>::trim_ascii) {
        if let [b'[', name @ .., b']'] = line {
            sections.push(Section { name: String::from_utf8_lossy(name).into_owned(), entries: Vec::new() });
        } else if !matches!(line, [b'#' | b';', ..])
            && let Some(equals) = line.iter().position(|byte| *byte == b'=')
            && let (Some((key, value)), Some(section)) = (line.split_at_checked(equals), sections.last_mut())
        {
            let value = value.strip_prefix(b"=").unwrap_or_default().trim_ascii();
            section.entries.push((String::from_utf8_lossy(key.trim_ascii()).into_owned(), value.to_vec()));
        }
    }
    sections
}

/// The value of a key of the first section of this name.
pub(super) fn value_in(bytes: &[u8], section: &str, key: &str) -> Option<String> {
    sections(bytes).iter().find(|found| found.name == section)?.text(key)
}
