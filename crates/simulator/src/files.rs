//! The file system of a virtual card, built from its personality.

use super::contents;
use super::directory::{self, AID_CONTACT, AID_CONTACTLESS, Certificate, Data, Key};
use super::personality::{Chip, Credential, Personality};
use super::tlv::{encode, leaf, list, node};
use cpx_card::Result;

/// Who may read a file over the interface that the card is used on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Always,
    AfterCode,
    Never,
}

/// What stands at a path.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// A dedicated file, with its name where it is an application.
    Directory(Option<Vec<u8>>),
    /// A transparent elementary file.
    File { bytes: Vec<u8>, short_id: Option<u8>, read: Access },
}

/// A file with its path of identifiers below the master file, which has none.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) path: Vec<u16>,
    pub(super) content: Content,
}

/// Every file of a card. The master file is always there.
#[derive(Debug, Clone)]
pub(super) struct FileSystem {
    entries: Vec<Entry>,
}

/// EF.ATR of a real CPS3 (OpenSC issue 2223), category byte 80 first.
const EF_ATR: [u8; 57] = [
    0x80, 0x43, 0x01, 0xB8, 0x46, 0x04, 0x04, 0xB0, 0xEC, 0xC1, 0x47, 0x03, 0x94, 0x01, 0x80, 0x4F, 0x08, 0x80, 0x25,
    0x00, 0x00, 0x01, 0xFF, 0x01, 0x00, 0xE0, 0x10, 0x02, 0x02, 0x01, 0x04, 0x02, 0x02, 0x01, 0x04, 0x02, 0x02, 0x01,
    0x00, 0x02, 0x02, 0x01, 0x00, 0x78, 0x08, 0x06, 0x06, 0x2B, 0x81, 0x22, 0xF8, 0x78, 0x02, 0x82, 0x02, 0x90, 0x00,
];

/// The applications below the master file.
const CONTACT: u16 = 0x0001;
const CONTACTLESS: u16 = 0x0002;

impl FileSystem {
    /// The files of this personality.
    pub(super) fn new(personality: &Personality) -> Result<Self> {
        let root = Entry { path: vec![], content: Content::Directory(Some(ROOT_AID.to_vec())) };
        let mut files = Self { entries: vec![root] };
        if personality.chip() == Chip::Foreign || personality.is_blank() {
            return Ok(files);
        }
        // Of a CPS4 too: without it ANS's module 5.2.2 looks for 5031 in the root only, and finds no token (measured).
        files.add(&[0x2F00], directory::applications()?, Some(0x1E), Access::Always);
        if personality.chip() != Chip::Cps4 {
            files.add(&[0x2F01], EF_ATR.to_vec(), Some(0x1D), Access::Always);
        }
        if let Some(serial) = &personality.serial {
            files.add(&[0xD003], contents::serial_number(serial)?, Some(0x1C), Access::Always);
        }
        if personality.chip() == Chip::Cps3Contactless {
            // The contact application is there and shows nothing on this side.
            files.add_directory(CONTACT, &AID_CONTACT);
            files.add(&[CONTACT, 0x7001], directory::aodf()?, None, Access::Never);
            files.add_application(personality, CONTACTLESS, &AID_CONTACTLESS)?;
        } else {
            files.add_application(personality, CONTACT, &AID_CONTACT)?;
            if personality.chip() == Chip::Cps3 {
                files.add_other_side(personality)?;
            }
        }
        Ok(files)
    }

    /// The file at a path, the identifiers being counted from the master file.
    pub(super) fn find(&self, path: &[u16]) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.path == path)
    }

    /// The application of this name.
    pub(super) fn application(&self, aid: &[u8]) -> Option<&Entry> {
        self.entries.iter().find(|entry| matches!(&entry.content, Content::Directory(Some(name)) if name == aid))
    }

    /// The file of this short identifier in a directory.
    pub(super) fn short(&self, directory: &[u16], short_id: u8) -> Option<&Entry> {
        let has = |entry: &&Entry| match (&entry.content, entry.path.split_last()) {
            (Content::File { short_id: own, .. }, Some((_, parent))) => *own == Some(short_id) && parent == directory,
            _ => false,
        };
        self.entries.iter().find(has)
    }

    fn add(&mut self, path: &[u16], bytes: Vec<u8>, short_id: Option<u8>, read: Access) {
        self.entries.push(Entry { path: path.to_vec(), content: Content::File { bytes, short_id, read } });
    }

    fn add_directory(&mut self, identifier: u16, aid: &[u8]) {
        self.entries.push(Entry { path: vec![identifier], content: Content::Directory(Some(aid.to_vec())) });
    }

    fn add_application(&mut self, personality: &Personality, id: u16, aid: &[u8]) -> Result<()> {
        self.add_directory(id, aid);
        let has_codes = personality.pin.is_some();
        if has_codes {
            self.add(&[id, 0x7001], directory::aodf()?, None, Access::Always);
        }
        self.add(&[id, 0x5031], directory::odf(&directories(id, has_codes))?, None, Access::Always);
        self.add(&[id, 0x5032], directory::token_info(&token_serial(personality))?, None, Access::Always);

        let credentials = credentials(personality, aid);
        let keys: Vec<Key> = credentials.iter().map(|credential| credential.key(has_codes)).collect();
        self.add(&[id, 0x7002], directory::prkdf(&keys)?, None, Access::Always);
        let certificates: Vec<_> = credentials.iter().map(|credential| credential.certificate(id)).collect();
        self.add(&[id, 0x7004], directory::cdf(&certificates)?, None, Access::Always);
        for credential in &credentials {
            self.add(&[id, credential.file], credential.material.certificate.clone(), None, Access::Always);
        }
        let objects = self.add_objects(personality, id)?;
        self.add(&[id, 0x7005], directory::dodf(&objects)?, None, Access::Always);
        Ok(())
    }

    /// The contactless application as contacts show it: its directory leads to the files of the contact application.
    /// An assumption, which explains that OpenSC, which opens the second application of EF.DIR, found the contact keys
    /// on a real card.
    fn add_other_side(&mut self, personality: &Personality) -> Result<()> {
        self.add_directory(CONTACTLESS, &AID_CONTACTLESS);
        let directories = directories(CONTACT, personality.pin.is_some());
        self.add(&[CONTACTLESS, 0x5031], directory::odf(&directories)?, None, Access::Always);
        self.add(&[CONTACTLESS, 0x5032], directory::token_info(&token_serial(personality))?, None, Access::Always);
        Ok(())
    }

    /// The data objects, in the order of the DODF: those that a reader wants stand first.
    fn add_objects(&mut self, personality: &Personality, id: u16) -> Result<Vec<Data>> {
        let mut objects = vec![];
        let mut add = |files: &mut Self, label: String, file: u16, bytes: Vec<u8>, read: Access| {
            files.add(&[id, file], bytes, None, read);
            objects.push(Data { label, path: path(id, file), private: read == Access::AfterCode });
        };
        if let Some(card) = &personality.card {
            add(self, "CPS_ID_CARD".into(), 0xD101, contents::id_card(card)?, Access::Always);
        }
        if let Some(holder) = &personality.holder {
            let kind = personality.card.as_ref().map_or(0, |card| card.kind);
            add(self, "CPS_NAME_PS".into(), 0xD102, contents::name(holder)?, Access::Always);
            add(self, "CPS_LANG_PS".into(), 0xD103, contents::languages(holder)?, Access::Always);
            add(self, "CPS_INFO_PS".into(), 0xD104, contents::professional(kind, holder)?, Access::Always);
        }
        if personality.chip() == Chip::Cps3Contactless {
            return Ok(objects);
        }
        add(self, "CPS_DATA".into(), 0xD107, vec![0; 64], Access::Always);
        // A liberal practice and a replacement are billed, hence have a billing template.
        let mut templates = 0_u8;
        for (file, (number, activity)) in (0xD120..0xD130).zip((1_u8..).zip(&personality.activities)) {
            let billing = matches!(activity.mode, 0 | 4).then(|| {
                templates = templates.saturating_add(1);
                templates
            });
            let label = format!("CPS_ACTIVITY_{number:02}_PS");
            add(self, label, file, contents::activity(activity, billing)?, Access::AfterCode);
        }
        if templates > 0 {
            add(self, "CPS_SIT_FACT".into(), 0xD110, contents::billing(templates.min(8))?, Access::AfterCode);
        }
        Ok(objects)
    }
}

/// The name of the root application: the master file of a CPS3 (EF.ATR says so), ChipDoc on a CPS4.
pub(super) const ROOT_AID: [u8; 8] = [0x80, 0x25, 0x00, 0x00, 0x01, 0xFF, 0x01, 0x00];

/// File control parameters, as a real CPS3 has them for EF.SN.ICC.
pub(super) fn control_parameters(entry: &Entry, contactless: bool) -> Result<Vec<u8>> {
    let id = entry.path.last().copied().unwrap_or(0x3F00).to_be_bytes();
    let state = leaf(0x8A, &[0x05])?;
    // Access mode byte, then: delete, terminate, activate, deactivate, update or create, read.
    let rules = |read: u8| [0x7B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, read];
    let template = match &entry.content {
        Content::Directory(name) => {
            let mut children = vec![leaf(0x82, &[0x38])?, leaf(0x83, &id)?];
            if let Some(name) = name {
                children.push(leaf(0x84, name)?);
            }
            children.push(node(0xA1, [leaf(0x8C, &rules(0xFF))?, leaf(0x9C, &rules(0xFF))?])?);
            children.push(state);
            list(0x62, children)?
        }
        Content::File { bytes, short_id, read } => {
            let size = u16::try_from(bytes.len()).unwrap_or(u16::MAX).to_be_bytes();
            let mut children = vec![leaf(0x80, &size)?, leaf(0x82, &[0x01])?, leaf(0x83, &id)?];
            if let Some(short_id) = short_id {
                children.push(leaf(0x88, &[short_id << 3])?);
            }
            let (with, without) = match read {
                Access::Always => (0x00, 0x00),
                // The code porteur, through security environment 1; never without contacts.
                Access::AfterCode => (0x11, 0xFF),
                Access::Never if contactless => (0x00, 0xFF),
                Access::Never => (0xFF, 0xFF),
            };
            children.push(node(0xA1, [leaf(0x8C, &rules(with))?, leaf(0x9C, &rules(without))?])?);
            children.push(state);
            list(0x62, children)?
        }
    };
    Ok(encode(&template))
}

/// File control information, as ANS's module 5.2.2 wants it of a CPS4 (measured: with a template of CPS3 it takes the reader
/// for empty). What a real CPS4 says of a directory is unknown; the module does not ask.
pub(super) fn control_information(entry: &Entry) -> Result<Vec<u8>> {
    let id = leaf(0x83, &entry.path.last().copied().unwrap_or(0x3F00).to_be_bytes())?;
    let mut children = match &entry.content {
        Content::Directory(name) => {
            let name = name.as_ref().map(|name| leaf(0x84, name)).transpose()?;
            [leaf(0x82, &[0x38])?, id].into_iter().chain(name).collect()
        }
        Content::File { bytes, .. } => {
            let size = u16::try_from(bytes.len()).unwrap_or(u16::MAX).to_be_bytes();
            vec![leaf(0x80, &size)?, leaf(0x82, &[0x01])?, id]
        }
    };
    children.push(leaf(0x8A, &[0x05])?);
    Ok(encode(&list(0x6F, children)?))
}

/// A certificate and its key, with what the directories say of them.
struct Described<'a> {
    material: &'a Credential,
    certificate_label: &'static str,
    key_label: &'static str,
    usage: &'static [u8],
    id: Vec<u8>,
    reference: u8,
    file: u16,
}

impl Described<'_> {
    fn key(&self, needs_code: bool) -> Key {
        Key { label: self.key_label, id: self.id.clone(), usage: self.usage, reference: self.reference, needs_code }
    }

    fn certificate(&self, application: u16) -> Certificate {
        Certificate { label: self.certificate_label, id: self.id.clone(), path: path(application, self.file) }
    }
}

/// Key references: 81 and 82 on a real CPS3, 10 and 20 on a CPS4.
pub(super) const CPS3_SIGNATURE: u8 = 0x81;
pub(super) const CPS3_AUTHENTICATION: u8 = 0x82;
pub(super) const CPS4_SIGNATURE: u8 = 0x10;
pub(super) const CPS4_AUTHENTICATION: u8 = 0x20;

fn credentials<'a>(personality: &'a Personality, aid: &[u8]) -> Vec<Described<'a>> {
    let is_cps4 = personality.chip() == Chip::Cps4;
    let id = |cps3: u8, cps4: u8| if is_cps4 { vec![cps4] } else { [aid, &[cps3]].concat() };
    let reference = |cps3: u8, cps4: u8| if is_cps4 { cps4 } else { cps3 };
    let signature = personality.signature.as_ref().map(|material| Described {
        material,
        certificate_label: "Certificat de Signature CPS",
        key_label: "CPS_PRIV_SIG",
        usage: &[0x06, 0x00, 0x40], // nonRepudiation
        id: id(0x01, CPS4_SIGNATURE),
        reference: reference(CPS3_SIGNATURE, CPS4_SIGNATURE),
        file: 0xA010,
    });
    let authentication = personality.authentication.as_ref().map(|material| Described {
        material,
        certificate_label: "Certificat d'Authentification CPS",
        key_label: "CPS_PRIV_AUT",
        usage: &[0x05, 0x60], // decrypt, sign
        id: id(0x02, CPS4_AUTHENTICATION),
        reference: reference(CPS3_AUTHENTICATION, CPS4_AUTHENTICATION),
        file: 0xA020,
    });
    let technical = personality.technical.as_ref().map(|material| Described {
        material,
        certificate_label: "Certificat Technique CPS",
        key_label: "CPS_PRIV_TECH_AUT",
        usage: &[0x05, 0x20], // sign
        id: id(0x02, CPS4_AUTHENTICATION),
        reference: reference(CPS3_AUTHENTICATION, CPS4_AUTHENTICATION),
        file: 0xA030,
    });
    [signature, authentication, technical].into_iter().flatten().collect()
}

/// What the ODF lists: keys, certificates, data objects, codes.
fn directories(application: u16, has_codes: bool) -> Vec<(u32, Vec<u8>)> {
    let mut directories = vec![(0xA0, 0x7002), (0xA4, 0x7004), (0xA7, 0x7005)];
    if has_codes {
        directories.push((0xA8, 0x7001));
    }
    directories.into_iter().map(|(tag, file)| (tag, path(application, file))).collect()
}

/// The serial number in `TokenInfo`.
fn token_serial(personality: &Personality) -> Vec<u8> {
    [&contents::ISSUER[..], personality.serial.as_deref().unwrap_or_default()].concat()
}

/// An absolute path in bytes.
fn path(application: u16, file: u16) -> Vec<u8> {
    [0x3F00_u16, application, file].iter().flat_map(|id| id.to_be_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedded_names;

    #[test]
    fn control_parameters_are_those_of_a_real_card() {
        let files = FileSystem::new(&Personality::embedded("cps-medecin").unwrap()).unwrap();
        let parameters = |path: &[u16]| control_parameters(files.find(path).unwrap(), false).unwrap();
        assert_eq!(
            hex::encode_upper(parameters(&[0xD003])),
            "62258002000C8201018302D0038801E0A1128C077BFFFFFFFFFF009C077BFFFFFFFFFF008A0105"
        );
        let shown = hex::encode_upper(parameters(&[1]));
        assert!(shown.contains("820138830200018" /* 84 */) && shown.contains("E828BD080F8025000001FF0010"), "{shown}");
        assert!(hex::encode_upper(parameters(&[1, 0xD120])).contains("8C077BFFFFFFFFFF11"));
    }

    #[test]
    fn every_built_in_card_has_its_files() {
        for name in embedded_names() {
            let personality = Personality::embedded(name).unwrap();
            let files = FileSystem::new(&personality).unwrap();
            let application = match personality.chip() {
                Chip::Cps3 | Chip::Cps4 => 1,
                Chip::Cps3Contactless => 2,
                Chip::Foreign => 0,
            };
            let is_there = |path: &[u16]| files.find(path).is_some();
            let blank = application == 0 || personality.is_blank();
            for file in [0x5031, 0x5032, 0x7002, 0x7004, 0x7005, 0xD101, 0xD102, 0xD103, 0xD104] {
                assert_eq!(is_there(&[application, file]), !blank, "{name} {file:04X}");
            }
            assert_eq!(is_there(&[0xD003]), !blank, "{name}");
            assert_eq!(is_there(&[application, 0xD120]), !personality.activities.is_empty(), "{name}");
            assert!(!is_there(&[0xD010]), "{name}: no update has taken place");
        }
    }
}
