//! Replaces what tells a person apart in a recorded certificate (RFC 5280 section 4.1), keeping its shape.
//!
//! Dates, issuer, profession, usages and codes stay; names and numbers become the pseudonyms that the rest of the
//! recording has, so that chip and certificate still agree where they did. The key, the serial number and the signature
//! are taken out: nobody finds the certificate again, and nothing can be verified any more.

use crate::error::Result;
use crate::identity::{HolderId, StructureId, mask};
use crate::iso7816::{Tlv, single, walk};

use super::redact::{Keep, put, redact_object};

/// Redacts the certificate in `bytes`; of what is not one, only headers are left.
pub(super) fn redact_certificate(bytes: &mut [u8]) {
    let original = bytes.to_vec();
    let Some(fields) = Fields::of(&original) else { return redact_object(bytes, |_, _| Keep::Nothing) };
    bytes.fill(0);
    for (offset, clean) in fields.redacted() {
        put(bytes, offset, &clean);
    }
}

/// The parts of a certificate, with their places in the file.
struct Fields<'a> {
    /// What stands before it.
    filler: &'a [u8],
    outer: Tlv<'a>,
    to_be_signed: Tlv<'a>,
    /// Version, serial, algorithm, issuer, validity, subject, key, extensions, as they stand.
    parts: Vec<Tlv<'a>>,
    /// Algorithm and signature.
    signature: Vec<Tlv<'a>>,
}

impl<'a> Fields<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let outer = single(bytes).ok().filter(|outer| outer.tag.number() == 0x30)?;
        let [to_be_signed, algorithm, value] = <[Tlv<'a>; 3]>::try_from(children(&outer)?).ok()?;
        let parts = children(&to_be_signed)?;
        let shape = has_shape(&parts) && is_algorithm(&algorithm) && value.tag.number() == 0x03;
        let filler = bytes.get(..outer.offset).unwrap_or_default();
        shape.then(|| Self { filler, outer, to_be_signed, parts, signature: vec![algorithm, value] })
    }

    /// What is written back, with its place.
    fn redacted(&self) -> Vec<(usize, Vec<u8>)> {
        let mut kept = vec![(0, self.filler.to_vec()), header(&self.outer), header(&self.to_be_signed)];
        let mut sequences = 0_u8;
        for part in &self.parts {
            match part.tag.number() {
                0x02 => kept.push(whole(part, &end_of_serial(part.value))),
                0x30 => {
                    sequences = sequences.saturating_add(1);
                    match sequences {
                        // signature algorithm, issuer, validity
                        1..=3 => kept.push(whole(part, part.value)),
                        4 => subject(part, &mut kept),
                        _ => key(part, &mut kept),
                    }
                }
                0xA3 => extensions(part, &mut kept),
                // the version
                0xA0 => kept.push(whole(part, part.value)),
                _ => kept.push(header(part)),
            }
        }
        for part in &self.signature {
            if part.tag.number() == 0x30 {
                kept.push(whole(part, part.value));
            } else {
                kept.push(header(part));
            }
        }
        kept
    }
}

/// The objects in another, when every one of them is sound.
fn children<'a>(object: &Tlv<'a>) -> Option<Vec<Tlv<'a>>> {
    object.children().collect::<Result<_>>().ok()
}

/// Whether the parts are those of a certificate, each in its place: of what a broken card mixes up nothing is kept whole.
fn has_shape(parts: &[Tlv<'_>]) -> bool {
    let parts = match parts {
        [version, rest @ ..] if version.tag.number() == 0xA0 => rest,
        parts => parts,
    };
    let [serial, algorithm, issuer, validity, subject, key, rest @ ..] = parts else { return false };
    serial.tag.number() == 0x02
        && is_algorithm(algorithm)
        && is_name(issuer)
        && is_validity(validity)
        && is_name(subject)
        && key.tag.number() == 0x30
        && rest.iter().all(|part| matches!(part.tag.number(), 0x81 | 0x82 | 0xA3))
}

/// An object identifier with parameters; the longest are those of RSASSA-PSS.
fn is_algorithm(part: &Tlv<'_>) -> bool {
    const LONGEST: usize = 96;
    let first = children(part).and_then(|parts| parts.first().map(|first| first.tag.number()));
    part.tag.number() == 0x30 && part.value.len() <= LONGEST && first == Some(0x06)
}

/// A sequence of sets of attributes, each an object identifier and a value.
fn is_name(part: &Tlv<'_>) -> bool {
    let is_attribute = |attribute: &Tlv<'_>| {
        let first = children(attribute).and_then(|parts| parts.first().map(|first| first.tag.number()));
        attribute.tag.number() == 0x30 && first == Some(0x06)
    };
    let is_set = |set: &Tlv<'_>| {
        set.tag.number() == 0x31 && children(set).is_some_and(|attributes| attributes.iter().all(is_attribute))
    };
    part.tag.number() == 0x30 && children(part).is_some_and(|sets| sets.iter().all(is_set))
}

fn is_validity(part: &Tlv<'_>) -> bool {
    let is_time = |time: &Tlv<'_>| matches!((time.tag.number(), time.value.len()), (0x17 | 0x18, 0..=20));
    part.tag.number() == 0x30 && children(part).is_some_and(|times| times.len() == 2 && times.iter().all(is_time))
}

fn header(part: &Tlv<'_>) -> (usize, Vec<u8>) {
    let length = part.bytes.len().saturating_sub(part.value.len());
    (part.offset, part.bytes.get(..length).unwrap_or_default().to_vec())
}

fn whole(part: &Tlv<'_>, value: &[u8]) -> (usize, Vec<u8>) {
    let (offset, mut bytes) = header(part);
    bytes.extend_from_slice(value);
    (offset, bytes)
}

/// A serial number keeps its last two bytes and begins with a 1, so that it stays a positive number of its length.
fn end_of_serial(value: &[u8]) -> Vec<u8> {
    let tail = value.len().saturating_sub(2);
    let mut clean: Vec<u8> = value.iter().enumerate().map(|(i, byte)| if i < tail { 0 } else { *byte }).collect();
    if let (Some(first), true) = (clean.first_mut(), tail > 0) {
        *first = 1;
    }
    clean
}

/// Country, place and title stay, identifiers become pseudonyms, every other text is masked.
fn subject(part: &Tlv<'_>, kept: &mut Vec<(usize, Vec<u8>)>) {
    let mut attribute: &[u8] = &[];
    for object in walk(part.bytes).map_while(Result::ok).map(|(_, object)| object) {
        let at = Tlv { offset: part.offset.saturating_add(object.offset), ..object };
        match object.tag.number() {
            _ if object.tag.is_constructed() => kept.push(header(&at)),
            0x06 => {
                attribute = object.value;
                kept.push(whole(&at, object.value));
            }
            tag => kept.push(whole(&at, &attribute_value(attribute, tag, object.value))),
        }
    }
}

/// Country, locality, state and title: what a masked answer shows as well.
const SHOWN: [[u8; 3]; 4] = [[0x55, 0x04, 0x06], [0x55, 0x04, 0x07], [0x55, 0x04, 0x08], [0x55, 0x04, 0x0C]];
const COMMON_NAME: [u8; 3] = [0x55, 0x04, 0x03];
const UNIT: [u8; 3] = [0x55, 0x04, 0x0B];

fn attribute_value(attribute: &[u8], tag: u32, value: &[u8]) -> Vec<u8> {
    if SHOWN.iter().any(|shown| attribute == shown) {
        return value.to_vec();
    }
    let text = std::str::from_utf8(value).ok().filter(|text| text.is_ascii());
    let clean = match text {
        Some(text) if attribute == COMMON_NAME => HolderId::parse(text).pseudonym().reveal().to_owned(),
        Some(text) if attribute == UNIT => StructureId::parse(text).pseudonym().reveal().to_owned(),
        _ => return masked_text(tag, value),
    };
    if clean.len() == value.len() { clean.into_bytes() } else { masked_text(tag, value) }
}

/// The characters that a mask shows, `X` or `À` before them, in as many bytes: a UTF-8 text keeps the length of each
/// character, so that it has the same mask as the Latin-1 text on the chip.
fn masked_text(tag: u32, value: &[u8]) -> Vec<u8> {
    const BMP_STRING: u32 = 0x1E;
    let Some(text) = std::str::from_utf8(value).ok().filter(|_| tag != BMP_STRING) else {
        return vec![b'X'; value.len()];
    };
    let masked = mask(text);
    let mut clean = Vec::with_capacity(value.len());
    for (original, shown) in text.chars().zip(masked.chars()) {
        let replaced = super::redact::hidden(original, shown);
        let mut buffer = [0; 4];
        let encoded = replaced.encode_utf8(&mut buffer).as_bytes();
        if encoded.len() == original.len_utf8() {
            clean.extend_from_slice(encoded);
        } else {
            clean.resize(clean.len().saturating_add(original.len_utf8()), b'X');
        }
    }
    clean
}

/// The kind and the size of the key stay, its bits go.
fn key(part: &Tlv<'_>, kept: &mut Vec<(usize, Vec<u8>)>) {
    kept.push(header(part));
    for child in part.children().map_while(Result::ok) {
        if child.tag.number() != 0x03 {
            kept.push(whole(&child, child.value));
            continue;
        }
        kept.push(header(&child));
        // an RSA key is a sequence behind the count of unused bits: modulus and exponent
        let inside = child.value.get(1..).unwrap_or_default();
        let start = child.value_offset().saturating_add(1);
        for object in walk(inside).map_while(Result::ok).map(|(_, object)| object) {
            let at = Tlv { offset: start.saturating_add(object.offset), ..object };
            if object.tag.is_constructed() {
                kept.push(header(&at));
            } else if object.value.len() <= 4 {
                kept.push(whole(&at, object.value));
            } else {
                let mut clean = vec![0; object.value.len()];
                // the highest bit of the modulus, behind the byte that keeps it positive
                if let Some(first) = clean.get_mut(usize::from(object.value.first() == Some(&0))) {
                    *first = 0x80;
                }
                kept.push(whole(&at, &clean));
            }
        }
    }
}

/// What extensions say of kind, use and place stays (RFC 5280 section 4.2 and the codes of IGC-Santé); the card number is
/// masked; of the others only the shape stays.
fn extensions(part: &Tlv<'_>, kept: &mut Vec<(usize, Vec<u8>)>) {
    kept.push(header(part));
    let Some(list) = part.children().next().and_then(Result::ok) else { return };
    kept.push(header(&list));
    for extension in list.children().map_while(Result::ok) {
        kept.push(header(&extension));
        let mut identifier: &[u8] = &[];
        for object in extension.children().map_while(Result::ok) {
            match object.tag.number() {
                0x06 => {
                    identifier = object.value;
                    kept.push(whole(&object, object.value));
                }
                0x04 if KEPT_EXTENSIONS.contains(&identifier) => kept.push(whole(&object, object.value)),
                0x04 if identifier == CARD_NUMBER => kept.push(whole(&object, &card_number(object.value))),
                0x04 => shape(&object, kept),
                // critical or not
                0x01 => kept.push(whole(&object, object.value)),
                _ => kept.push(header(&object)),
            }
        }
    }
}

/// 2.5.29.15, .16, .19, .31, .32, .35, .37, 1.3.6.1.5.5.7.1.1, and of 1.2.250.1.71: 1.2.2, 1.2.5, 1.2.7, 1.2.8, 1.2.12,
/// 4.2.5, 4.2.6.
const KEPT_EXTENSIONS: [&[u8]; 15] = [
    &[0x55, 0x1D, 0x0F],
    &[0x55, 0x1D, 0x10],
    &[0x55, 0x1D, 0x13],
    &[0x55, 0x1D, 0x1F],
    &[0x55, 0x1D, 0x20],
    &[0x55, 0x1D, 0x23],
    &[0x55, 0x1D, 0x25],
    &[0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01, 0x01],
    &[0x2A, 0x81, 0x7A, 0x01, 0x47, 0x01, 0x02, 0x02],
    &[0x2A, 0x81, 0x7A, 0x01, 0x47, 0x01, 0x02, 0x05],
    &[0x2A, 0x81, 0x7A, 0x01, 0x47, 0x01, 0x02, 0x07],
    &[0x2A, 0x81, 0x7A, 0x01, 0x47, 0x01, 0x02, 0x08],
    &[0x2A, 0x81, 0x7A, 0x01, 0x47, 0x01, 0x02, 0x0C],
    &[0x2A, 0x81, 0x7A, 0x01, 0x47, 0x04, 0x02, 0x05],
    &[0x2A, 0x81, 0x7A, 0x01, 0x47, 0x04, 0x02, 0x06],
];

/// 1.2.250.1.71.1.2.3: `8025000001/` and the ten digits of the card number.
const CARD_NUMBER: &[u8] = &[0x2A, 0x81, 0x7A, 0x01, 0x47, 0x01, 0x02, 0x03];

fn card_number(value: &[u8]) -> Vec<u8> {
    let slash = value.iter().position(|byte| *byte == b'/').map_or(2, |place| place.saturating_add(1));
    let tail = value.len().saturating_sub(3);
    let hide = |(i, byte): (usize, &u8)| if i >= slash && i < tail { b'0' } else { *byte };
    value.iter().enumerate().map(hide).collect()
}

/// The structure of an extension without its content.
fn shape(object: &Tlv<'_>, kept: &mut Vec<(usize, Vec<u8>)>) {
    kept.push(header(object));
    for inner in walk(object.value).map_while(Result::ok).map(|(_, inner)| inner) {
        let at = Tlv { offset: object.value_offset().saturating_add(inner.offset), ..inner };
        match inner.tag.number() {
            0x06 => kept.push(whole(&at, inner.value)),
            0x0C | 0x13 | 0x16 | 0x81 | 0x82 | 0x86 => kept.push(whole(&at, &vec![b'X'; inner.value.len()])),
            _ => kept.push(header(&at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is not the same any more in a certificate of the fixtures, object by object; the shape is asserted to be.
    fn changes(name: &str) -> Vec<String> {
        let path = format!("{}/fixtures/pki/certificates/{name}.der", env!("CARGO_MANIFEST_DIR"));
        let before = std::fs::read(path).unwrap();
        let mut after = before.clone();
        redact_certificate(&mut after);
        let objects = |bytes| walk(bytes).map(|object| object.unwrap().1).collect::<Vec<_>>();
        let (before, after) = (objects(&before), objects(&after));
        assert_eq!(before.len(), after.len());
        let pairs = before.iter().zip(&after).inspect(|(one, other)| {
            assert_eq!((one.tag, one.offset, one.bytes.len()), (other.tag, other.offset, other.bytes.len()), "{name}");
        });
        let changed = pairs.filter(|(one, other)| !one.tag.is_constructed() && one.value != other.value);
        changed.map(|(one, other)| format!("{} → {}", shown(one.value), shown(other.value))).collect()
    }

    /// A text as it is, short bytes with their letters, of long ones the beginning and the end.
    fn shown(value: &[u8]) -> String {
        match (std::str::from_utf8(value), value) {
            (Ok(text), _) if !text.contains(char::is_control) => text.to_owned(),
            (_, [start @ .., a, b, c]) if value.len() > 48 => {
                format!("{}..{}", hex::encode_upper(&start[..12]), hex::encode_upper([a, b, c].map(|byte| *byte)))
            }
            _ => value.escape_ascii().to_string(),
        }
    }

    fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
        let content = parts.concat();
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        [&[tag, 0x82][..], &length, &content].concat()
    }

    /// What a broken card puts into the place of another part does not stay because of the place.
    #[test]
    fn parts_that_are_not_in_their_place_do_not_stay() {
        const SECRET: &[u8] = b"DUPONT MARIE 899700366240";
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/pki/certificates/cps-medecin.auth.der");
        let original = std::fs::read(path).unwrap();
        let outer = single(&original).unwrap();
        let parts =
            |object: &Tlv<'_>| children(object).unwrap().iter().map(|one| one.bytes.to_vec()).collect::<Vec<_>>();
        let (inside, around) = (parts(&children(&outer).unwrap()[0]), parts(&outer));
        let (text, oid) = (der(0x0C, &[SECRET]), [0x06, 0x03, 0x55, 0x04, 0x03]);
        let day = b"\x17\x0D250901000000Z";
        let name = |attribute: &[u8]| der(0x30, &[&der(0x31, &[attribute])]);
        // version, serial, algorithm, issuer, validity, subject, key
        for (place, part) in [
            (1, der(0x30, &[&oid, &text])),
            (2, der(0x30, &[&text])),
            (2, der(0x31, &[&oid, &text])),
            (2, der(0x30, &[&oid, &text, &[0; 96]])),
            (3, name(&der(0x30, &[&text]))),
            (3, name(&der(0x31, &[&oid, &text]))),
            (3, der(0x30, &[&der(0x30, &[&der(0x30, &[&oid, &text])])])),
            (3, der(0x31, &[&der(0x31, &[&der(0x30, &[&oid, &text])])])),
            (4, der(0x30, &[&der(0x17, &[SECRET]), day])),
            (4, der(0x30, &[day, &der(0x0C, &[&SECRET[..13]])])),
            (4, der(0x30, &[day, day, &der(0x17, &[&SECRET[..13]])])),
        ] {
            let mut fields = inside.clone();
            fields[place] = part;
            let body = der(0x30, &[&fields.concat()]);
            let mut bytes = der(0x30, &[&body, &around[1], &around[2]]);
            redact_certificate(&mut bytes);
            assert!(!bytes.windows(6).any(|window| window == &SECRET[..6]), "{place}: {}", hex::encode(&fields[place]));
        }
        for (place, part) in [(1, der(0x30, &[&text])), (1, der(0x31, &[&oid, &text])), (2, der(0x30, &[&oid, &text]))]
        {
            let mut around = around.clone();
            around[place] = part;
            let mut bytes = der(0x30, &[&around.concat()]);
            redact_certificate(&mut bytes);
            assert!(!bytes.windows(6).any(|window| window == &SECRET[..6]), "around, {place}");
        }
    }

    #[test]
    fn names_numbers_and_keys_go_and_all_else_stays() {
        let employee = r"
            |\xe9z_y\xf7\xa5% → \x01\x00\x00\x00\x00\x00\xa5%
            CLINIQUE KIT → XXXXXXXXXKIT
            LUC → XXC
            EMP0000051 → XXXXXXX051
            30B0030045/E051 → 30B0030045/X051
            003082010A0282010100BA52..010001 → 003082010A02820101008000..010001
            0.\xa0,\x06\n+\x06\x01\x04\x01\x827\x14\x02\x03\xa0\x1e\x0c\x1c30B0030045/E051@carte-cps.fr → 0.\xa0,\x06\n+\x06\x01\x04\x01\x827\x14\x02\x03\xa0\x1e\x0c\x1cXXXXXXXXXXXXXXXXXXXXXXXXXXXX
            \x13\x158025000001/2999001363 → \x13\x158025000001/0000000363
            009B572A4DD12DABE9CCF977..C6E9D5 → 000000000000000000000000..000000";
        let midwife = r"
            Z9\xbd\x1c\x15q\xb7\xba → \x01\x00\x00\x00\x00\x00\xb7\xba
            ZOÉ → XXÉ
            899700366281 → 800000000281
            NOËL-SPÉCIMEN → XXÀXXXXÀXXMEN
            003082010A02820101009C33..010001 → 003082010A02820101008000..010001
            \x13\x158025000001/2999001335 → \x13\x158025000001/0000000335
            00822826F65120C59F131E51..1731FD → 000000000000000000000000..000000";
        for (name, expected) in [("cpe-employe.auth", employee), ("cps-sage-femme-accents.sign", midwife)] {
            let expected: Vec<_> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            assert_eq!(changes(name), expected, "{name}");
        }
    }

    #[test]
    fn odd_values_keep_their_length_and_no_more() {
        assert_eq!([&[9][..], &[8, 9], &[7, 8, 9]].map(end_of_serial), [vec![9], vec![8, 9], vec![1, 8, 9]]);
        assert_eq!(card_number(b"\x13\x0a2999001363"), b"\x13\x0a0000000363");
        assert_eq!(masked_text(0x1E, b"\0K\0I\0T"), b"XXXXXX");
        // a character of three bytes has no letter that stands for it
        assert_eq!(masked_text(0x0C, "漢字ABC".as_bytes()), b"XXXXXXXBC");
        assert_eq!(attribute_value(&COMMON_NAME, 0x0C, "É9970036624".as_bytes()), "ÀXXXXXXX624".as_bytes());
        let oid = hex::decode("06032A0304").unwrap();
        let mut extension = [&[0x04, 0x0D][..], &oid, b"\x84\x02AB\x81\x02CD"].concat();
        let mut kept = Vec::new();
        shape(&single(&extension).unwrap(), &mut kept);
        extension.fill(0);
        for (offset, clean) in &kept {
            put(&mut extension, *offset, clean);
        }
        assert_eq!(extension, [&[0x04, 0x0D][..], &oid, b"\x84\x02\0\0\x81\x02XX"].concat());
    }

    /// Parts are told apart by their places, which another tag in one of them moves: then nothing is kept.
    #[test]
    fn a_part_with_another_tag_leaves_headers_only() {
        let path = format!("{}/fixtures/pki/certificates/cpe-employe.auth.der", env!("CARGO_MANIFEST_DIR"));
        let original = std::fs::read(path).unwrap();
        let outer = single(&original).unwrap();
        let to_be_signed = children(&outer).unwrap().remove(0);
        let mut parts = children(&to_be_signed).unwrap();
        parts.truncate(7);
        for part in parts {
            for tag in [0x0C, 0x31, 0x82, 0xE2] {
                let mut bytes = original.clone();
                bytes[part.offset] = tag;
                redact_certificate(&mut bytes);
                for name in ["LUC", "CLINIQUE KIT", "EMP0000051"] {
                    let is_there = bytes.windows(name.len()).any(|window| window == name.as_bytes());
                    assert!(!is_there, "{name} after {tag:02X} at {}", part.offset);
                }
                let mut again = bytes.clone();
                redact_certificate(&mut again);
                assert_eq!(again, bytes, "{tag:02X} at {}", part.offset);
            }
        }
    }

    /// Nothing but its octets and whether it is critical belongs into an extension: what else stands there may be a name.
    #[test]
    fn what_does_not_belong_into_an_extension_goes() {
        let whole = b"\xA3\x13\x30\x11\x30\x0F\x06\x03\x55\x1D\x0F\x01\x01\xFF\x0C\x05Marie";
        let mut clean = vec![0; whole.len()];
        let mut kept = Vec::new();
        extensions(&single(whole).unwrap(), &mut kept);
        for (offset, part) in &kept {
            put(&mut clean, *offset, part);
        }
        assert_eq!(clean, b"\xA3\x13\x30\x11\x30\x0F\x06\x03\x55\x1D\x0F\x01\x01\xFF\x0C\x05\0\0\0\0\0");
    }

    #[test]
    fn what_does_not_belong_into_a_certificate_goes() {
        // a sixth sequence behind the key: this is no certificate, and of such only the outer headers stay
        let whole = b"\x30\x1C\x30\x18\xA0\x03\x02\x01\x02\x30\0\x30\0\x30\0\x30\0\x30\0\x30\x07\x0C\x05Marie\x30\0";
        let mut clean = whole.to_vec();
        redact_certificate(&mut clean);
        assert_eq!(clean, [&b"\x30\x1C\x30\x18"[..], &[0; 24], b"\x30\0"].concat());
    }

    #[test]
    fn of_a_subject_that_breaks_only_headers_stay() {
        let mut whole = b"\x30\x08\x31\x06\x30\x04\x06\x05\x55\x04".to_vec();
        let mut kept = Vec::new();
        subject(&single(&whole).unwrap(), &mut kept);
        whole.fill(0);
        for (offset, part) in &kept {
            put(&mut whole, *offset, part);
        }
        assert_eq!(whole, b"\x30\x08\x31\x06\x30\x04\0\0\0\0");
    }
}
