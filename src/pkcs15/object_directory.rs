//! EF(ODF): where the directories of the application are (PKCS#15 section 6.2).

use crate::error::Result;
use crate::iso7816::{FilePath, Tag, Tlv, objects, walk};
use crate::limits;

/// The directories that a reader without a code follows. One kind may be spread over several files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ObjectDirectory {
    /// Certificate directories: `A4` to `A6` (own, trusted and useful certificates).
    pub certificates: Vec<FilePath>,
    /// Data object directories: `A7`.
    pub data_objects: Vec<FilePath>,
    /// Every other directory: keys, authentication objects.
    pub others: Vec<FilePath>,
}

impl ObjectDirectory {
    /// Every directory of the application.
    pub fn paths(&self) -> impl Iterator<Item = &FilePath> {
        self.certificates.iter().chain(&self.data_objects).chain(&self.others)
    }
}

/// What EF(ODF) says, at most 256 entries.
///
/// # Errors
/// [`crate::ErrorKind::Malformed`] with the offset of the object that is broken.
///
/// ```
/// let ef_odf = hex::decode("A80A300804063F0000017001A70A300804063F0000017005").unwrap();
/// let directory = cpx_card::internal::pkcs15::object_directory(&ef_odf)?;
/// assert_eq!(directory.data_objects[0].to_string(), "3F00/0001/7005");
/// # Ok::<(), cpx_card::Error>(())
/// ```
pub fn object_directory(bytes: &[u8]) -> Result<ObjectDirectory> {
    let mut directory = ObjectDirectory::default();
    for entry in objects(bytes).take(limits::DIRECTORY_ENTRIES) {
        let entry = entry?;
        let kind = match entry.tag.number() {
            0xA4..=0xA6 => &mut directory.certificates,
            0xA7 => &mut directory.data_objects,
            0xA0..=0xA3 | 0xA8 => &mut directory.others,
            _ => continue,
        };
        kind.extend(first_path(&entry)?);
    }
    Ok(directory)
}

/// The path inside an entry: its first OCTET STRING, at whatever depth, that can be one.
pub(super) fn first_path(entry: &Tlv<'_>) -> Result<Option<FilePath>> {
    const OCTET_STRING: Tag = Tag::new(0x04);
    for object in walk(entry.bytes) {
        let (_, object) = object.map_err(|error| error.moved(entry.offset))?;
        if object.tag == OCTET_STRING && !object.value.is_empty() {
            return Ok(FilePath::new(object.value).ok());
        }
    }
    Ok(None)
}
