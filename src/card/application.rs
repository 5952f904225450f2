//! The PKCS#15 application of a CPx: follows its directories to the data objects and the certificates.
//!
//! The usual place of the object directory is tried first, because what is found there proves it; a card that has it
//! elsewhere says so in EF.DIR.

use crate::error::{Error, ErrorKind, Result};
use crate::iso7816::{Aid, FilePath, single};
use crate::limits;
use crate::pkcs15::{self, Entry, ObjectDirectory, applications, directory, object_directory};

use super::certificate::PublicCertificate;
use super::files::{Extent, Files};
use super::objects::{DataObject, DataObjects};

/// The application, found and proven by its object directory.
pub(super) struct Application {
    directory: ObjectDirectory,
}

impl Application {
    /// The application with identifier `aid`: at `usual`, or where EF.DIR says. None when it is at neither place.
    ///
    /// # Errors
    /// Those of the dialogue; [`ErrorKind::CardNonsense`] when the object directory is there and broken.
    pub(super) fn find(files: &mut Files<'_, '_>, aid: &Aid, usual: Option<FilePath>) -> Result<Option<Self>> {
        if let Some(root) = usual
            && let Some(application) = Self::at(files, root)?
        {
            return Ok(Some(application));
        }
        let everything = |_: &[u8]| false;
        let Some(bytes) = files.read(&EF_DIR, &Extent::Until(&everything))? else { return Ok(None) };
        let named = applications(&bytes).map_err(|error| nonsense(error, &EF_DIR))?;
        let elsewhere = named.iter().filter(|named| named.aid == *aid).find_map(|named| named.path);
        match elsewhere {
            Some(root) if Some(root) != usual => Self::at(files, root),
            _ => Ok(None),
        }
    }

    fn at(files: &mut Files<'_, '_>, root: FilePath) -> Result<Option<Self>> {
        let path = root.join(OBJECT_DIRECTORY).map_err(|error| nonsense(error, &root))?;
        let everything = |_: &[u8]| false;
        let Some(bytes) = files.read(&path, &Extent::Until(&everything))? else { return Ok(None) };
        let directory = object_directory(&bytes).map_err(|error| nonsense(error, &path))?;
        // what stands here proves that it is the object directory: it leads to data objects
        Ok((!directory.data_objects.is_empty()).then_some(Self { directory }))
    }

    /// Reads the four public data objects that the directory names.
    ///
    /// # Errors
    /// Those of the dialogue; [`ErrorKind::CardNonsense`] when a structure is broken or when neither `CPS_ID_CARD` nor
    /// `CPS_INFO_PS` is there: what identifies a CPx.
    pub(super) fn identity(&self, files: &mut Files<'_, '_>) -> Result<DataObjects> {
        let mut entries: Vec<Entry> = Vec::new();
        let wanted = |entries: &[Entry], object: DataObject| {
            entries.iter().find(|entry| entry.label.trim() == object.label()).and_then(|entry| entry.path)
        };
        let all_named = |entries: &[Entry]| DataObject::ALL.iter().all(|object| wanted(entries, *object).is_some());
        for path in &self.directory.data_objects {
            let enough = |bytes: &[u8]| all_named(&directory(bytes).entries);
            let Some(bytes) = files.read(path, &Extent::Until(&enough))? else { continue };
            let read = directory(&bytes);
            entries.extend(read.entries);
            if all_named(&entries) {
                break;
            }
            if let Some(error) = read.broken {
                return Err(nonsense(error, path));
            }
        }
        let mut identity = DataObjects::default();
        let mut identified = false;
        for object in DataObject::ALL {
            let Some(path) = wanted(&entries, object) else { continue };
            match files.read(&path, &Extent::Object)? {
                Some(bytes) => {
                    object.decode(&bytes, &mut identity).map_err(|error| error.within(path))?;
                    identified |= matches!(object, DataObject::IdCard | DataObject::InfoPs);
                }
                None if object == DataObject::LangPs => {}
                None => {
                    let what = format!("{} is listed for everybody and not given", object.label());
                    return Err(Error::new(ErrorKind::CardNonsense, what).within(path));
                }
            }
        }
        if identified {
            Ok(identity)
        } else {
            Err(Error::new(ErrorKind::CardNonsense, "neither CPS_ID_CARD nor CPS_INFO_PS is on the card"))
        }
    }

    /// Reads every certificate that no code protects, at most eight; or `only_one`, that for authentication where its
    /// label tells.
    ///
    /// # Errors
    /// As [`Application::identity`].
    pub(super) fn certificates(&self, files: &mut Files<'_, '_>, only_one: bool) -> Result<Vec<PublicCertificate>> {
        let most = if only_one { 1 } else { limits::CERTIFICATES };
        let mut certificates = Vec::new();
        for path in &self.directory.certificates {
            let everything = |_: &[u8]| false;
            let Some(bytes) = files.read(path, &Extent::Until(&everything))? else { continue };
            let pkcs15::Directory { mut entries, broken, .. } = directory(&bytes);
            if let Some(error) = broken {
                return Err(nonsense(error, path));
            }
            if only_one {
                entries.sort_by_key(|entry| !entry.label.contains(AUTHENTICATION));
            }
            for entry in entries.into_iter().filter(|entry| !entry.private) {
                let Some(path) = entry.path else { continue };
                if certificates.len() == most {
                    return Ok(certificates);
                }
                let Some(bytes) = files.read(&path, &Extent::Object)? else { continue };
                let outer = single(&bytes).map_err(|error| nonsense(error, &path))?;
                let end = outer.offset.saturating_add(outer.bytes.len());
                let trailing = bytes.len().saturating_sub(end);
                certificates.push(PublicCertificate {
                    label: entry.label,
                    id: entry.id,
                    der: outer.bytes.to_vec(),
                    trailing,
                    facts: None,
                });
            }
        }
        Ok(certificates)
    }
}

/// What the label of the certificate for authentication holds in the published traces ("Certificat d'Authentification
/// CPS"). Only a preference: what the certificate is for is read from itself.
const AUTHENTICATION: &str = "Authentification";

/// EF.DIR: its place is fixed by ISO 7816-4 section 8.2.1.1.
const EF_DIR: FilePath = FilePath::known([0x2F, 0x00]);

/// EF(ODF): its name inside the application is fixed by PKCS#15 section 5.5.1.
pub(super) const OBJECT_DIRECTORY: u16 = 0x5031;

fn nonsense(error: Error, path: &FilePath) -> Error {
    error.within(path).of_kind(ErrorKind::CardNonsense)
}
