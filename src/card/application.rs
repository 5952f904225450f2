//! The PKCS#15 application of a CPx: follows its directories to the data objects and the certificates.
//!
//! The usual place of the object directory is tried first, because what is found there proves it; a card that has it
//! elsewhere says so in EF.DIR.

use crate::certificate::head_end;
use crate::error::{Error, ErrorKind, Result};
use crate::iso7816::{Aid, FilePath, single};
use crate::limits;
use crate::pkcs15::{Entry, ObjectDirectory, applications, directory, object_directory};

use super::certificate::{CertificateSource, PublicCertificate};
use super::files::{Extent, Files};
use super::objects::{DataObject, DataObjects};
use super::reading::Certificates;

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
        let Some(bytes) = files.read(&EF_DIR, &Extent::Whole)? else { return Ok(None) };
        let named = applications(&bytes).map_err(|error| nonsense(error, &EF_DIR))?;
        let elsewhere = named.iter().filter(|named| named.aid == *aid).find_map(|named| named.path);
        match elsewhere {
            Some(root) if Some(root) != usual => Self::at(files, root),
            _ => Ok(None),
        }
    }

    fn at(files: &mut Files<'_, '_>, root: FilePath) -> Result<Option<Self>> {
        let path = root.join(OBJECT_DIRECTORY).map_err(|error| nonsense(error, &root))?;
        let Some(bytes) = files.read(&path, &Extent::Whole)? else { return Ok(None) };
        let directory = object_directory(&bytes).map_err(|error| nonsense(error, &path))?;
        // what stands here proves that it is the object directory: it leads to data objects
        Ok((!directory.data_objects.is_empty()).then_some(Self { directory }))
    }

    /// Reads the public data objects that the directory names, with the languages or without.
    ///
    /// # Errors
    /// Those of the dialogue; [`ErrorKind::CardNonsense`] when a structure is broken or when neither `CPS_ID_CARD` nor
    /// `CPS_INFO_PS` is there: what identifies a CPx.
    pub(super) fn identity(&self, files: &mut Files<'_, '_>, languages: bool) -> Result<DataObjects> {
        let objects = || DataObject::ALL.into_iter().filter(|object| languages || *object != DataObject::LangPs);
        let mut entries: Vec<Entry> = Vec::new();
        let wanted = |entries: &[Entry], object: DataObject| {
            entries.iter().find(|entry| entry.label.trim() == object.label()).and_then(|entry| entry.path)
        };
        let all_named = |entries: &[Entry]| objects().all(|object| wanted(entries, object).is_some());
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
        for object in objects() {
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

    /// Reads the certificates that no code protects, at most eight: of all, or of that for authentication where a label tells.
    ///
    /// # Errors
    /// As [`Application::identity`].
    pub(super) fn certificates(
        &self,
        files: &mut Files<'_, '_>,
        which: Certificates,
    ) -> Result<Vec<PublicCertificate>> {
        let mut entries = Vec::new();
        for path in &self.directory.certificates {
            let Some(bytes) = files.read(path, &Extent::Whole)? else { continue };
            let read = directory(&bytes);
            if let Some(error) = read.broken {
                return Err(nonsense(error, path));
            }
            entries.extend(read.entries.into_iter().filter(|entry| !entry.private));
        }
        let authenticates = |entry: &Entry| entry.label.contains(AUTHENTICATION);
        if which != Certificates::All && entries.iter().any(authenticates) {
            entries.retain(authenticates);
        }
        let extent = if which == Certificates::Head { Extent::Head } else { Extent::Object };
        let mut certificates = Vec::new();
        for Entry { label, id, path, .. } in entries {
            let Some(path) = path else { continue };
            if certificates.len() == limits::CERTIFICATES {
                break;
            }
            let Some(bytes) = files.read(&path, &extent)? else { continue };
            let mut certificate = PublicCertificate { id, ..PublicCertificate::new(label, Vec::new()) };
            match single(&bytes) {
                Ok(outer) => {
                    let end = outer.offset.saturating_add(outer.bytes.len());
                    certificate.trailing = bytes.len().saturating_sub(end);
                    certificate.der = outer.bytes.to_vec();
                }
                Err(_) if which == Certificates::Head && head_end(&bytes).is_some() => {
                    certificate.source = CertificateSource::Head;
                    certificate.der = bytes;
                }
                Err(error) => return Err(nonsense(error, &path)),
            }
            certificates.push(certificate);
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
