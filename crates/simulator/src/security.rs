//! The security data objects that GET DATA `CB 3F FF` shows on an IAS ECC card: codes, private keys, security
//! environments.

use super::codes::{Codes, PIN, PUK};
use super::command::{Reply, sw};
use super::files::{CPS3_AUTHENTICATION, CPS3_SIGNATURE};
use super::personality::Personality;
use super::tlv::{encode, leaf, list, node};
use cpx_card::Result;
use cpx_card::internal::iso7816::{self, Tag};

/// Answers GET DATA: `4D L 70 L BF cc rr L tag 80`, where `cc` is the class with bit 8 set and `rr` the reference.
pub(super) fn get_data(request: &[u8], codes: &Codes, personality: &Personality) -> Reply {
    let Some((object, wanted)) = requested(request) else { return sw::WRONG_DATA.into() };
    let built = match (object.to_be_bytes(), wanted.as_slice()) {
        ([0, 0xBF, 0x81, reference], [0xA0]) => code(object, reference, codes),
        ([0, 0xBF, 0x81, reference], [0x7F, 0x41]) if codes.counters(reference).is_some() => code_lengths(object),
        ([0, 0xBF, 0x90, reference], [0xA0]) => key(object, reference, personality),
        ([0, 0xBF, 0xFB, reference], [0x7B]) => environment(object, reference),
        // Values of keys and codes are not shown.
        ([0, 0xBF, 0x81 | 0x90, _], [0x7F, 0x41 | 0x48]) => return sw::WRONG_DATA.into(),
        _ => Ok(None),
    };
    match built {
        Ok(Some(bytes)) => Reply::data(bytes),
        Ok(None) => sw::DATA_NOT_FOUND.into(),
        Err(_) => sw::NO_DIAGNOSIS.into(),
    }
}

/// The object asked for, as a tag, and the tag inside it.
fn requested(request: &[u8]) -> Option<(u32, Vec<u8>)> {
    let list = iso7816::single(request).ok().filter(|list| list.tag == Tag::new(0x4D))?;
    let template = list.child(Tag::new(0x70)).ok().flatten()?;
    let object = template.children().next()?.ok()?;
    let wanted = object.value.strip_suffix(&[0x80])?;
    Some((object.tag.number(), wanted.to_vec()))
}

/// A code: tries at most, tries left, uses left, access rules (change, verify, reset, put data, get data).
fn code(object: u32, reference: u8, codes: &Codes) -> Result<Option<Vec<u8>>> {
    let Some((maximum, left, uses)) = codes.counters(reference) else { return Ok(None) };
    let rules = match reference {
        PIN => [0xF3, 0x00, 0x00, 0x13, 0xFF, 0x00],
        PUK => [0xF3, 0xFF, 0x00, 0xFF, 0xFF, 0x00],
        _ => return Ok(None),
    };
    let mut children = vec![leaf(0x9A, &[maximum])?, leaf(0x9B, &[left])?];
    if let Some(uses) = uses {
        children.push(leaf(0x9D, &uses.to_be_bytes())?);
    }
    children.push(node(0xA1, [leaf(0x8C, &rules)?])?);
    template(object, list(0xA0, children)?)
}

/// Digits of a code: at most eight, at least four.
fn code_lengths(object: u32) -> Result<Option<Vec<u8>>> {
    template(object, node(0x7F41, [leaf(0x80, &[8])?, leaf(0x81, &[4])?])?)
}

/// A private key of 2,048 bits: access rules (sign, authenticate, decipher, generate, put data, get data), then whether
/// it is for non-repudiation.
fn key(object: u32, reference: u8, personality: &Personality) -> Result<Option<Vec<u8>>> {
    let (credential, rules, for_signature) = match reference | 0x80 {
        CPS3_SIGNATURE => (&personality.signature, [0x7B, 0x11, 0xFF, 0xFF, 0xFF, 0xFF, 0x00], 1),
        CPS3_AUTHENTICATION => (&personality.authentication, [0x7B, 0xFF, 0x11, 0x11, 0xFF, 0xFF, 0x00], 0),
        _ => return Ok(None),
    };
    if credential.is_none() {
        return Ok(None);
    }
    let rules = node(0xA1, [leaf(0x8C, &rules)?])?;
    let children = [rules, leaf(0x9E, &[for_signature])?, leaf(0x80, &[0x01, 0x00])?];
    template(object, node(0xA0, children)?)
}

/// A security environment: which code authenticates the user in it.
fn environment(object: u32, reference: u8) -> Result<Option<Vec<u8>>> {
    let code = match reference {
        1 => PIN,
        3 => PUK,
        _ => return Ok(None),
    };
    template(object, node(0x7B, [node(0xA4, [leaf(0x95, &[0x08])?, leaf(0x83, &[code])?])?])?)
}

fn template(object: u32, content: iso7816_tlv::ber::Tlv) -> Result<Option<Vec<u8>>> {
    Ok(Some(encode(&node(0x70, [node(object, [content])?])?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(request: &str) -> String {
        let personality = Personality::embedded("cps-medecin").unwrap();
        let request = hex::decode(request).unwrap();
        hex::encode_upper(get_data(&request, &Codes::new(&personality), &personality).into_bytes())
    }

    #[test]
    fn codes_are_shown_as_on_a_real_card() {
        assert_eq!(ask("4D087006BF810102A080"), "7016BF810112A0109A01039B0103A1088C06F3000013FF009000");
        assert_eq!(ask("4D087006BF810202A080"), "701ABF810216A0149A010A9B010A9D020064A1088C06F3FF00FFFF009000");
        assert_eq!(ask("4D097007BF8101037F4180"), "700DBF8101097F41068001088101049000");
    }

    #[test]
    fn keys_and_environments_are_shown() {
        assert!(ask("4D087006BF900102A080").contains("8C077B11FFFFFFFF00"));
        assert!(ask("4D087006BF900202A080").contains("8C077BFF1111FFFF00"));
        assert_eq!(ask("4D097007BF9001037F4880"), "6A80");
        assert_eq!(ask("4D087006BFFB03027B80"), "700EBFFB030A7B08A4069501088301029000");
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        for request in ["4D087006BF810302A080", "4D087006BF900302A080", "4D087006BFFB02027B80", "4D087006BF820102A080"]
        {
            assert_eq!(ask(request), "6A88", "{request}");
        }
        for request in ["", "4D", "4D027000", "70087006BF810102A080", "4D087006BF810102A081"] {
            assert_eq!(ask(request), "6A80", "{request}");
        }
    }
}
