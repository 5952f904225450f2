//! EF.DIR: the applications of the card (ISO 7816-4 section 8.2.1.1, PKCS#15 section 5.4).

use crate::error::Result;
use crate::iso7816::{Aid, FilePath, Tag, objects};
use crate::limits;

/// One application template of EF.DIR.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Application {
    /// Its identifier, 5 to 16 bytes.
    pub aid: Aid,
    /// Where its files are, when the card says so.
    pub path: Option<FilePath>,
}

/// The applications that EF.DIR names, in its order, at most 256. Templates without a good identifier are passed over.
///
/// # Errors
/// [`crate::ErrorKind::Malformed`] with the offset of the object that is broken.
///
/// ```
/// let ef_dir = hex::decode("61154F0DE828BD080F8025000001FF001051043F000001FFFF").unwrap();
/// let found = cpx_card::internal::pkcs15::applications(&ef_dir)?;
/// assert_eq!(found[0].path.unwrap().to_string(), "3F00/0001");
/// # Ok::<(), cpx_card::Error>(())
/// ```
pub fn applications(bytes: &[u8]) -> Result<Vec<Application>> {
    const TEMPLATE: Tag = Tag::new(0x61);
    const IDENTIFIER: Tag = Tag::new(0x4F);
    const PATH: Tag = Tag::new(0x51);
    let mut found = Vec::new();
    for template in objects(bytes).take(limits::DIRECTORY_ENTRIES) {
        let template = template?;
        if template.tag != TEMPLATE {
            continue;
        }
        let Some(Ok(aid)) = template.child(IDENTIFIER)?.map(|aid| Aid::new(aid.value)) else { continue };
        let path = template.child(PATH)?.and_then(|path| FilePath::new(path.value).ok());
        found.push(Application { aid, path });
    }
    Ok(found)
}
