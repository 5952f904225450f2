//! The directory files of a card: EF.DIR and PKCS#15 (ISO/IEC 7816-15), shaped as published from a real CPS3.
//!
//! Texts of `TokenInfo`, the content of the AODF and the file identifiers are our assumption.

use iso7816_tlv::ber::Tlv;

use super::tlv::{concatenate, encode, leaf, list, node};
use cpx_card::Result;

/// The IAS application reached with contacts.
pub(super) const AID_CONTACT: [u8; 13] = [0xE8, 0x28, 0xBD, 0x08, 0x0F, 0x80, 0x25, 0x00, 0x00, 0x01, 0xFF, 0x00, 0x10];
/// The IAS application reached without contacts.
pub(super) const AID_CONTACTLESS: [u8; 13] =
    [0xE8, 0x28, 0xBD, 0x08, 0x0F, 0x80, 0x25, 0x00, 0x00, 0x01, 0xFF, 0x00, 0x20];

/// A private key of the `PrKDF`.
pub(super) struct Key {
    pub(super) label: &'static str,
    pub(super) id: Vec<u8>,
    /// BIT STRING with its count of unused bits: `[0x05, 0x60]` is decrypt and sign.
    pub(super) usage: &'static [u8],
    pub(super) reference: u8,
    pub(super) needs_code: bool,
}

/// A certificate of the CDF.
pub(super) struct Certificate {
    pub(super) label: &'static str,
    pub(super) id: Vec<u8>,
    pub(super) path: Vec<u8>,
}

/// A data object of the DODF.
pub(super) struct Data {
    pub(super) label: String,
    pub(super) path: Vec<u8>,
    pub(super) private: bool,
}

/// EF.DIR: two records, both with the contact application as discretionary data.
pub(super) fn applications() -> Result<Vec<u8>> {
    let record = |aid: &[u8], label: &str, path: [u8; 4]| {
        let discretionary = node(0x73, [leaf(0x4F, &AID_CONTACT)?])?;
        node(0x61, [leaf(0x4F, aid)?, leaf(0x50, label.as_bytes())?, leaf(0x51, &path)?, discretionary])
    };
    Ok(concatenate(&[
        record(&AID_CONTACT, "CPX IAS", [0x3F, 0x00, 0x00, 0x01])?,
        record(&AID_CONTACTLESS, "CPX IAS CL", [0x3F, 0x00, 0x00, 0x02])?,
    ]))
}

/// ODF: context tag and path of each directory.
pub(super) fn odf(directories: &[(u32, Vec<u8>)]) -> Result<Vec<u8>> {
    let entries = directories.iter().map(|(tag, file)| node(*tag, [path(file)?])).collect::<Result<Vec<_>>>()?;
    Ok(concatenate(&entries))
}

/// `TokenInfo`, with the algorithms that keys of an IAS ECC card name by reference.
pub(super) fn token_info(serial: &[u8]) -> Result<Vec<u8>> {
    let algorithms = ALGORITHMS.iter().map(Algorithm::encode).collect::<Result<Vec<_>>>()?;
    Ok(encode(&node(
        0x30,
        [
            leaf(0x02, &[0])?,
            leaf(0x04, serial)?,
            leaf(0x0C, b"CPX-CARD SIMULATEUR")?,
            leaf(0x80, b"CARTE CPX VIRTUELLE")?,
            leaf(0x03, &[0x05, 0x60])?,
            list(0xA2, algorithms)?,
        ],
    )?))
}

/// AODF: the code porteur (1), unblocked by the code de déblocage (2). Four to eight digits, padded to eight with FF.
pub(super) fn aodf() -> Result<Vec<u8>> {
    let code = |label: &str, flags: &[u8], pin_flags: &[u8], reference: u8, unblocked_by: Option<u8>| {
        let mut common = vec![text(label)?, leaf(0x03, flags)?];
        if let Some(reference) = unblocked_by {
            common.push(leaf(0x04, &[reference])?);
        }
        let attributes = node(
            0x30,
            [
                leaf(0x03, pin_flags)?,
                leaf(0x0A, &[1])?,
                leaf(0x02, &[4])?,
                leaf(0x02, &[8])?,
                leaf(0x02, &[8])?,
                leaf(0x80, &[reference])?,
                leaf(0x04, &[0xFF])?,
            ],
        )?;
        node(0x30, [list(0x30, common)?, node(0x30, [leaf(0x04, &[reference])?])?, node(0xA1, [attributes])?])
    };
    // pinFlags: initialized and needs-padding; the second code is an unblocking one that nothing changes or unblocks.
    Ok(concatenate(&[
        code("Code porteur", &[0x06, 0xC0], &[0x02, 0x0C], 1, Some(2))?,
        code("Code de déblocage", &[0x07, 0x80], &[0x01, 0x3E], 2, None)?,
    ]))
}

/// `PrKDF`. The path is empty, as on a real card: the application stands for it.
pub(super) fn prkdf(keys: &[Key]) -> Result<Vec<u8>> {
    let entry = |key: &Key| {
        let mut common = vec![text(key.label)?, leaf(0x03, &[0x07, 0x80])?];
        if key.needs_code {
            common.push(leaf(0x04, &[1])?);
        }
        let reference = if key.reference < 0x80 { vec![key.reference] } else { vec![0, key.reference] };
        // Sensitive, always sensitive, never extractable, generated on the card.
        let class = node(
            0x30,
            [leaf(0x04, &key.id)?, leaf(0x03, key.usage)?, leaf(0x03, &[0x03, 0xB8])?, leaf(0x02, &reference)?],
        )?;
        let value = node(0xA1, [node(0x30, [path(&[])?, leaf(0x02, &[0x08, 0x00])?])?])?;
        node(0x30, [list(0x30, common)?, class, value])
    };
    Ok(concatenate(&keys.iter().map(entry).collect::<Result<Vec<_>>>()?))
}

/// CDF.
pub(super) fn cdf(certificates: &[Certificate]) -> Result<Vec<u8>> {
    let entry = |certificate: &Certificate| {
        node(
            0x30,
            [
                node(0x30, [text(certificate.label)?, leaf(0x03, &[0x00])?])?,
                node(0x30, [leaf(0x04, &certificate.id)?])?,
                node(0xA1, [node(0x30, [path(&certificate.path)?])?])?,
            ],
        )
    };
    Ok(concatenate(&certificates.iter().map(entry).collect::<Result<Vec<_>>>()?))
}

/// DODF.
pub(super) fn dodf(objects: &[Data]) -> Result<Vec<u8>> {
    let entry = |object: &Data| {
        let flags: &[u8] = if object.private { &[0x07, 0x80] } else { &[0x00] };
        let mut common = vec![text(&object.label)?, leaf(0x03, flags)?];
        if object.private {
            common.push(leaf(0x04, &[1])?);
        }
        node(0x30, [list(0x30, common)?, node(0x30, [text("CPS")?])?, node(0xA1, [path(&object.path)?])?])
    };
    Ok(concatenate(&objects.iter().map(entry).collect::<Result<Vec<_>>>()?))
}

fn text(text: &str) -> Result<Tlv> {
    leaf(0x0C, text.as_bytes())
}

fn path(file: &[u8]) -> Result<Tlv> {
    node(0x30, [leaf(0x04, file)?])
}

/// An entry of `supportedAlgorithms` in `TokenInfo`: the PKCS#11 mechanism, what it is for, and the card's own number.
struct Algorithm {
    number: u8,
    mechanism: &'static [u8],
    operations: &'static [u8],
    object_identifier: &'static [u8],
    card_reference: u8,
}

impl Algorithm {
    fn encode(&self) -> Result<Tlv> {
        node(
            0x30,
            [
                leaf(0x02, &[self.number])?,
                leaf(0x02, self.mechanism)?,
                leaf(0x05, &[])?,
                leaf(0x03, self.operations)?,
                leaf(0x06, self.object_identifier)?,
                leaf(0x02, &[self.card_reference])?,
            ],
        )
    }
}

const HASH: &[u8] = &[0x01, 0x02];
const SIGN: &[u8] = &[0x06, 0x40];
const DECIPHER: &[u8] = &[0x02, 0x04];

/// The algorithms of an IAS ECC 1.0.1 card: SHA-1, SHA-256, RSA with either, RSA alone, decipherment.
const ALGORITHMS: [Algorithm; 6] = [
    Algorithm {
        number: 1,
        mechanism: &[0x02, 0x20],
        operations: HASH,
        object_identifier: &[0x2B, 0x0E, 0x03, 0x02, 0x1A],
        card_reference: 0x10,
    },
    Algorithm {
        number: 2,
        mechanism: &[0x02, 0x50],
        operations: HASH,
        object_identifier: &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01],
        card_reference: 0x40,
    },
    Algorithm {
        number: 3,
        mechanism: &[0x06],
        operations: SIGN,
        object_identifier: &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x05],
        card_reference: 0x12,
    },
    Algorithm {
        number: 4,
        mechanism: &[0x40],
        operations: SIGN,
        object_identifier: &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B],
        card_reference: 0x42,
    },
    Algorithm {
        number: 5,
        mechanism: &[0x01],
        operations: SIGN,
        object_identifier: &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01],
        card_reference: 0x02,
    },
    Algorithm {
        number: 6,
        mechanism: &[0x01],
        operations: DECIPHER,
        object_identifier: &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01],
        card_reference: 0x1A,
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use cpx_card::internal::iso7816::{objects, walk};

    #[test]
    fn the_application_directory_is_as_long_as_a_real_one() {
        let bytes = applications().unwrap();
        assert_eq!(bytes.len(), 101);
        assert_eq!(walk(&bytes).flatten().count(), 12);
        let shown = hex::encode_upper(&bytes);
        assert!(shown.starts_with("612F4F0DE828BD080F8025000001FF00105007435058204941535104"), "{shown}");
        assert!(shown.ends_with("51043F000002730F4F0DE828BD080F8025000001FF0010"), "{shown}");
    }

    #[test]
    fn directory_entries_are_those_of_the_protocol() {
        let file = |id: [u8; 2]| [&[0x3F, 0x00, 0x00, 0x01], &id[..]].concat();
        let entry = odf(&[(0xA8, file([0x70, 0x01]))]).unwrap();
        assert_eq!(hex::encode_upper(entry), "A80A300804063F0000017001");
        let public = Data { label: "CPS_ID_CARD".into(), path: file([0xD1, 0x01]), private: false };
        let expected =
            format!("302530100C0B{}03010030050C03435053A10A300804063F000001D101", hex::encode("CPS_ID_CARD"));
        assert_eq!(hex::encode_upper(dodf(&[public]).unwrap()), expected.to_uppercase());
    }

    #[test]
    fn every_directory_is_well_formed() {
        let keys = [Key { label: "K", id: vec![1], usage: &[0x05, 0x60], reference: 0x82, needs_code: true }];
        let certificates = [Certificate { label: "C", id: vec![1], path: vec![0x3F, 0x00] }];
        for (bytes, entries) in [
            (aodf().unwrap(), 2),
            (prkdf(&keys).unwrap(), 1),
            (cdf(&certificates).unwrap(), 1),
            (token_info(&[0x80; 10]).unwrap(), 1),
        ] {
            assert_eq!(objects(&bytes).map(Result::unwrap).count(), entries);
            assert!(walk(&bytes).all(|object| object.is_ok()));
        }
    }
}
