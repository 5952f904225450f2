//! A directory file: the certificates or the data objects of the application (PKCS#15 sections 6.6 and 6.7).

use crate::error::{Error, Result};
use crate::iso7816::{FilePath, Tag, Tlv, objects};
use crate::limits;

use super::object_directory::first_path;

/// One object of a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Its label as it stands on the card, or empty: hostile text, decoded as UTF-8 with replacement.
    pub label: String,
    /// Whether a code is needed to read it.
    pub private: bool,
    /// Its identifier (the `CKA_ID` of PKCS#11), 0 to 255 bytes. Two schemes exist on real cards: never a rule.
    pub id: Vec<u8>,
    /// Where its value is.
    pub path: Option<FilePath>,
}

/// The entries that could be read, and what stopped the reading.
#[derive(Debug)]
#[non_exhaustive]
pub struct Directory {
    /// The entries before the first broken one, in the card's order.
    pub entries: Vec<Entry>,
    /// The first broken entry: also where a file that was read in part ends.
    pub broken: Option<Error>,
}

/// The entries of a directory file or of its first bytes, at most 256.
///
/// ```
/// let dodf = hex::decode("302530100C0B4350535F49445F43415244030100\
///                         30050C03435053A10A300804063F000001D101FF").unwrap();
/// let directory = cpx_card::internal::pkcs15::directory(&dodf);
/// assert_eq!(directory.entries[0].label, "CPS_ID_CARD");
/// assert_eq!(directory.entries[0].path.unwrap().to_string(), "3F00/0001/D101");
/// assert!(!directory.entries[0].private && directory.broken.is_none());
/// ```
pub fn directory(bytes: &[u8]) -> Directory {
    let mut entries = Vec::new();
    for object in objects(bytes).take(limits::DIRECTORY_ENTRIES) {
        match object.and_then(|object| entry(&object)) {
            Ok(entry) => entries.push(entry),
            Err(error) => return Directory { entries, broken: Some(error) },
        }
    }
    Directory { entries, broken: None }
}

/// Every PKCS#15 object is `common attributes, class attributes, [0] subclass attributes, [1] type attributes`.
fn entry(object: &Tlv<'_>) -> Result<Entry> {
    const SEQUENCE: Tag = Tag::new(0x30);
    const TYPE_ATTRIBUTES: Tag = Tag::new(0xA1);
    let mut entry = Entry { label: String::new(), private: false, id: Vec::new(), path: None };
    let mut sequences = 0_u8;
    for part in object.children() {
        let part = part?;
        if part.tag == TYPE_ATTRIBUTES {
            entry.path = first_path(&part)?;
        } else if part.tag == SEQUENCE {
            sequences = sequences.saturating_add(1);
            match sequences {
                1 => common_attributes(&part, &mut entry)?,
                2 => class_attributes(&part, &mut entry)?,
                _ => {}
            }
        }
    }
    Ok(entry)
}

fn common_attributes(part: &Tlv<'_>, entry: &mut Entry) -> Result<()> {
    const UTF8_STRING: Tag = Tag::new(0x0C);
    const BIT_STRING: Tag = Tag::new(0x03);
    if let Some(label) = part.child(UTF8_STRING)? {
        entry.label = String::from_utf8_lossy(label.value).into_owned();
    }
    if let Some(flags) = part.child(BIT_STRING)? {
        // the first byte counts unused bits; the highest bit of the second is `private`
        entry.private = flags.value.get(1).is_some_and(|bits| bits & 0x80 != 0);
    }
    Ok(())
}

fn class_attributes(part: &Tlv<'_>, entry: &mut Entry) -> Result<()> {
    const OCTET_STRING: Tag = Tag::new(0x04);
    if let Some(id) = part.child(OCTET_STRING)? {
        entry.id = id.value.get(..255).unwrap_or(id.value).to_vec();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_read_before_the_break_is_kept() {
        let one =
            hex::decode("302530100C0B4350535F49445F4341524403010030050C03435053A10A300804063F000001D101").unwrap();
        let cut = [&one[..], &one[..20]].concat();
        let directory = directory(&cut);
        assert_eq!(directory.entries.len(), 1);
        assert_eq!(directory.broken.unwrap().offset(), Some(one.len() + 1));
    }

    #[test]
    fn a_certificate_entry_has_its_path_one_level_deeper() {
        // label, private flag set, identifier, and the path inside two sequences
        let entry = hex::decode("302330080C02414203020780300404021020A111300F300D04063F000001A020020100800200FF");
        let mut entry = entry.unwrap();
        entry[1] = u8::try_from(entry.len() - 2).unwrap();
        let found = directory(&entry);
        assert!(found.broken.is_none(), "{:?}", found.broken);
        let entry = &found.entries[0];
        assert_eq!((entry.label.as_str(), entry.private, &entry.id[..]), ("AB", true, &[0x10, 0x20][..]));
        assert_eq!(entry.path.unwrap().to_string(), "3F00/0001/A020");
    }

    proptest! {
        #[test]
        fn any_bytes_have_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = directory(&bytes);
            let _ = crate::pkcs15::object_directory(&bytes);
            let _ = crate::pkcs15::applications(&bytes);
        }
    }
}
