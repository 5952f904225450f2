//! Writing BER-TLV. What is built here is read back by [`cpx_card::internal::iso7816`], never the other way round.

use iso7816_tlv::ber::{Tag, Tlv, Value};

use cpx_card::{Error, Result};

/// A primitive object: tag (one to three bytes, read as one big-endian number) and value.
pub(super) fn leaf(tag: u32, value: &[u8]) -> Result<Tlv> {
    object(tag, Value::Primitive(value.to_vec()))
}

/// A constructed object.
pub(super) fn node<const N: usize>(tag: u32, children: [Tlv; N]) -> Result<Tlv> {
    list(tag, children.into())
}

/// A constructed object of any number of children.
pub(super) fn list(tag: u32, children: Vec<Tlv>) -> Result<Tlv> {
    object(tag, Value::Constructed(children))
}

/// The bytes of an object. Written here because `Tlv::to_vec` gives a value of 127 bytes a length of two bytes and
/// counts one, so that every object around it has a wrong length.
pub(super) fn encode(object: &Tlv) -> Vec<u8> {
    let value = match object.value() {
        Value::Primitive(bytes) => bytes.clone(),
        Value::Constructed(children) => concatenate(children),
    };
    let length = value.len().to_be_bytes();
    let significant = length.iter().copied().skip_while(|byte| *byte == 0).collect::<Vec<u8>>();
    let mut bytes = object.tag().to_bytes().to_vec();
    match significant.as_slice() {
        [] => bytes.push(0),
        [short @ 0..=0x7F] => bytes.push(*short),
        long => {
            bytes.push(0x80 | u8::try_from(long.len()).unwrap_or(0x7F));
            bytes.extend_from_slice(long);
        }
    }
    bytes.extend(value);
    bytes
}

/// The bytes of objects that stand side by side.
pub(super) fn concatenate(objects: &[Tlv]) -> Vec<u8> {
    objects.iter().flat_map(encode).collect()
}

fn object(tag: u32, value: Value) -> Result<Tlv> {
    let refused = |_| Error::malformed(format!("no object can be built under the tag {tag:02X}"), 0);
    Tlv::new(Tag::try_from(u64::from(tag)).map_err(refused)?, value).map_err(refused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cpx_card::internal::iso7816::{single, walk};

    #[test]
    fn every_length_is_written_in_its_shortest_form() {
        for length in [0, 1, 126, 127, 128, 255, 256, 300, 65_536] {
            let inner = leaf(0x81, &vec![0xAA; length]).unwrap();
            let bytes = encode(&node(0xBF_81_01, [inner.clone(), inner]).unwrap());
            let read = single(&bytes).unwrap();
            assert_eq!(
                (read.tag.number(), read.bytes.len(), read.minimal),
                (0xBF_81_01, bytes.len(), true),
                "{length}"
            );
            let children: Vec<_> = read.children().map(Result::unwrap).collect();
            assert_eq!(children.len(), 2);
            assert!(children.iter().all(|child| child.value.len() == length && child.minimal));
        }
        assert_eq!(walk(&encode(&list(0x30, vec![]).unwrap())).count(), 1);
    }

    #[test]
    fn a_tag_and_its_value_must_agree() {
        assert!(leaf(0xE3, &[1]).is_err());
        assert!(node(0x81, []).is_err());
        assert!(leaf(0, &[]).is_err());
    }
}
