//! Replaces what tells a person apart in a recorded dialogue, so that it can be sent.
//!
//! What is kept is chosen, never what is dropped: structures, codes, dates and the characters that a masked answer shows
//! anyway. Everything else becomes zeros or `X` of the same length, so that the recording replays to the same commands
//! and, masked, to the same answer. Identifiers keep the verdict on their check digit.

use std::collections::HashSet;

use crate::error::Error;
use crate::identity::{ChipSerial, HolderId, Name, mask};
use crate::iso7816::{Command, FilePath, Tag, Tlv, digits, file_size, single};
use crate::pkcs15::{applications, directory, object_directory};
use crate::transport::{Exchanged, Transcript};

use super::application::OBJECT_DIRECTORY;
use super::reading::CardReading;
use super::redact_certificate::redact_certificate;
use super::serial::SerialFile;

/// The same transcript without what tells a person apart.
#[must_use]
pub fn redact(mut transcript: Transcript) -> Transcript {
    for opening in &mut transcript.openings {
        redact_dialogue(&mut opening.exchanges);
    }
    transcript.redacted = true;
    transcript
}

/// What stands for a text that tells a card or its holder apart.
pub(crate) struct Pseudonym {
    /// The text.
    pub(crate) original: String,
    /// What masks show of it, the rest replaced; the same as in a redacted dialogue.
    pub(crate) clean: String,
    /// Whether it is the name of a person, which may be an ordinary word.
    pub(crate) is_name: bool,
}

impl CardReading {
    /// What stands for what tells this card and its holder apart.
    pub(crate) fn pseudonyms(&self) -> Vec<Pseudonym> {
        let digits = |text: &str| (text.to_owned(), mask(text).replace('*', "0"), false);
        let name = |name: &Name| {
            let masked = mask(name.reveal());
            let clean = name.reveal().chars().zip(masked.chars()).map(|(original, shown)| hidden(original, shown));
            (name.reveal().to_owned(), clean.collect(), true)
        };
        let number = self.card.number.as_ref().map(|number| digits(number.reveal()));
        let serial = self.chip_serial.as_ref().map(|serial| digits(serial.reveal()));
        let holder =
            self.holder.id.as_ref().map(|id| (id.reveal().to_owned(), id.pseudonym().reveal().to_owned(), false));
        let names = [&self.holder.surname, &self.holder.given_name].map(|one| one.as_ref().map(name));
        let all = [number, serial, holder].into_iter().chain(names).flatten();
        all.map(|(original, clean, is_name)| Pseudonym { original, clean, is_name }).collect()
    }

    /// Takes what tells a person apart out of its certificates.
    pub(crate) fn redact_certificates(&mut self) {
        for certificate in self.certificates.iter_mut().flatten() {
            redact_certificate(&mut certificate.der);
        }
    }
}

/// One file as the dialogue read it.
struct ReadFile {
    path: Option<FilePath>,
    bytes: Vec<u8>,
    /// Which exchange brought how many bytes to which offset.
    pieces: Vec<Piece>,
}

impl ReadFile {
    fn new(path: Option<FilePath>) -> Self {
        Self { path, bytes: Vec::new(), pieces: Vec::new() }
    }
}

struct Piece {
    exchange: usize,
    offset: usize,
    length: usize,
}

fn redact_dialogue(exchanges: &mut [Exchanged]) {
    let (files, asides) = collect_files(exchanges);
    let directories = directories(&files);
    for ReadFile { path, mut bytes, pieces } in files {
        redact_file(path, &mut bytes, &directories);
        for Piece { exchange, offset, length } in pieces {
            let clean = bytes.get(offset..offset.saturating_add(length)).unwrap_or_default();
            if let Some(Exchanged { outcome: Ok(answer), .. }) = exchanges.get_mut(exchange) {
                answer.data = clean.to_vec();
            }
        }
    }
    for exchange in asides {
        if let Some(Exchanged { outcome: Ok(answer), .. }) = exchanges.get_mut(exchange) {
            redact_aside(&mut answer.data);
        }
    }
}

/// Puts the answers together again: every READ BINARY belongs to the file selected before it, every GET RESPONSE to the
/// command before it. The other answers, which are of no file, stand beside.
fn collect_files(exchanges: &[Exchanged]) -> (Vec<ReadFile>, Vec<usize>) {
    let mut files: Vec<ReadFile> = Vec::new();
    let mut asides = Vec::new();
    let mut offset = None;
    for (exchange, Exchanged { command, outcome }) in exchanges.iter().enumerate() {
        match command {
            Command::SelectPath { path, .. } | Command::FileParameters { path, .. } => {
                files.push(ReadFile::new(Some(*path)));
                offset = None;
            }
            Command::SelectApplication { .. } => {
                files.push(ReadFile::new(None));
                offset = None;
            }
            Command::ReadShortFile { .. } => {
                files.push(ReadFile::new(None));
                offset = Some(0);
            }
            Command::ReadBinary { offset: from, .. } => offset = Some(usize::from(*from)),
            Command::CodeState { .. } | Command::TriesLeft { .. } => offset = None,
            Command::GetResponse { .. } => {}
        }
        let Ok(answer) = outcome else { continue };
        // a card is read without gaps: what stands behind one is a part on its own, and the gap is not filled
        if let (Some(from), Some(file)) = (offset, files.last())
            && from > file.bytes.len()
        {
            files.push(ReadFile::new(None));
            offset = Some(0);
        }
        let (Some(from), Some(file)) = (offset, files.last_mut()) else {
            asides.push(exchange);
            continue;
        };
        let length = answer.data.len();
        let end = from.saturating_add(length);
        if file.bytes.len() < end {
            file.bytes.resize(end, 0);
        }
        if let Some(place) = file.bytes.get_mut(from..end) {
            place.copy_from_slice(&answer.data);
        }
        file.pieces.push(Piece { exchange, offset: from, length });
        offset = Some(end);
    }
    (files, asides)
}

/// The state of a code and the size of a file stay; whatever else a card says unasked goes.
fn redact_aside(bytes: &mut [u8]) {
    const SECURITY_OBJECTS: Tag = Tag::new(0x70);
    const SIZE: u32 = 0x80;
    if file_size(bytes).is_some() {
        redact_object(bytes, |tag, _| if tag == SIZE { Keep::All } else { Keep::Nothing });
    } else if !single(bytes).is_ok_and(|object| object.tag == SECURITY_OBJECTS) {
        bytes.fill(0);
    }
}

/// The directory files that the object directories of the dialogue name.
fn directories(files: &[ReadFile]) -> HashSet<FilePath> {
    let object_directories = files.iter().filter(|file| is_object_directory(file.path));
    let named = object_directories.filter_map(|file| object_directory(&file.bytes).ok());
    named.flat_map(|named| named.paths().copied().collect::<Vec<_>>()).collect()
}

fn is_object_directory(path: Option<FilePath>) -> bool {
    path.is_some_and(|path| path.bytes().ends_with(&OBJECT_DIRECTORY.to_be_bytes()))
}

fn redact_file(path: Option<FilePath>, bytes: &mut [u8], directories: &HashSet<FilePath>) {
    let kept = match path {
        _ if is_object_directory(path) => match object_directory(bytes) {
            Ok(_) => Some(bytes.len()),
            Err(error) => before_break(bytes, &error),
        },
        Some(path) if directories.contains(&path) => match directory(bytes).broken {
            None => Some(bytes.len()),
            Some(error) => before_break(bytes, &error),
        },
        Some(_) => applications(bytes).is_ok_and(|named| !named.is_empty()).then_some(bytes.len()),
        None => None,
    };
    if let Some(kept) = kept {
        return bytes.get_mut(kept..).unwrap_or_default().fill(0);
    }
    if let Some(file) = SerialFile::parse(bytes) {
        return redact_serial(bytes, &file);
    }
    // filler may stand before the object
    match bytes.iter().find(|byte| !matches!(byte, 0x00 | 0xFF)) {
        Some(0xE3) => redact_object(bytes, card_identification),
        Some(0xED) => redact_object(bytes, professional_data),
        Some(0xE4) => redact_object(bytes, names),
        Some(0xE5) => redact_object(bytes, languages),
        Some(0x30) => redact_certificate(bytes),
        _ => redact_object(bytes, |_, _| Keep::Nothing),
    }
}

/// How much of a directory that breaks off stays: whole entries, and what lies behind them. A file without any is not
/// taken for a directory.
fn before_break(bytes: &[u8], error: &Error) -> Option<usize> {
    let whole = single(bytes).ok()?.bytes.len();
    error.offset().filter(|offset| *offset >= whole).map(|offset| offset.saturating_add(1))
}

/// The serial keeps its last three digits; its check digit stays right or wrong as it was.
fn redact_serial(bytes: &mut [u8], file: &SerialFile) {
    const PREFIX: usize = 7;
    let kept = file.serial.reveal().get(5..).unwrap_or_default().to_owned();
    let check_digit = bytes.get(11).map_or(0, |byte| byte >> 4);
    let candidates = (0..10).map(|free| format!("{free}0000{kept}"));
    let wanted = file.check_digit_is_right;
    let clean = candidates
        .filter(|text| ChipSerial::parse(text).is_ok_and(|serial| (serial.luhn_digit() == check_digit) == wanted))
        .find_map(|text| hex::decode(text).ok());
    if let (Some(place), Some(clean)) = (bytes.get_mut(PREFIX..11), clean) {
        place.copy_from_slice(&clean);
    }
    if let Some(rest) = bytes.get_mut(12..) {
        rest.fill(0);
    }
}

/// What of a field stays.
pub(super) enum Keep {
    All,
    Nothing,
    /// These bytes instead, when they are as many.
    Instead(Vec<u8>),
}

/// Redacts the fields of one data object by `keep`. Headers stay, so that the object is read in the same steps and
/// breaks where it broke; what stands behind a break goes.
pub(super) fn redact_object(bytes: &mut [u8], keep: impl Fn(u32, &[u8]) -> Keep) {
    let original = bytes.to_vec();
    bytes.fill(0);
    let Ok(outer) = single(&original) else { return put(bytes, 0, broken_header(&original, 0)) };
    // how filler reads decides how far the file is read
    put(bytes, 0, original.get(..outer.offset).unwrap_or_default());
    put(bytes, outer.offset, header_of(&outer));
    if !outer.tag.is_constructed() {
        return;
    }
    let mut end = outer.value_offset();
    let inside = original.get(..end.saturating_add(outer.value.len())).unwrap_or(&original);
    for field in outer.children() {
        match field {
            Ok(field) => {
                end = field.offset.saturating_add(field.bytes.len());
                put(bytes, field.offset, header_of(&field));
                match keep(field.tag.number(), field.value) {
                    Keep::All => put(bytes, field.value_offset(), field.value),
                    Keep::Instead(clean) if clean.len() == field.value.len() => {
                        put(bytes, field.value_offset(), &clean);
                    }
                    Keep::Instead(_) | Keep::Nothing => {}
                }
            }
            // the tag and the length that lie, no more, and nothing behind the object
            Err(_) => put(bytes, end, broken_header(inside, end)),
        }
    }
}

/// Tag and length of an object that cannot be read, with the filler that stands before it at `from`. All their bytes:
/// the first of a long tag may read as filler without the others, and a length that lies as none.
fn broken_header(bytes: &[u8], from: usize) -> &[u8] {
    let rest = bytes.get(from..).unwrap_or_default();
    let filler = rest.iter().take_while(|byte| matches!(byte, 0x00 | 0xFF)).count();
    let object = rest.get(filler..).unwrap_or_default();
    let tag = match object {
        [first, next, ..] if first & 0x1F == 0x1F => 2_usize.saturating_add(usize::from(next >> 7)),
        _ => 1,
    };
    let length = match object.get(tag) {
        Some(first @ 0x81..=0x83) => usize::from(first & 0x7F).saturating_add(1),
        _ => 1,
    };
    rest.get(..filler.saturating_add(tag).saturating_add(length)).unwrap_or(rest)
}

fn header_of<'a>(object: &Tlv<'a>) -> &'a [u8] {
    object.bytes.get(..object.bytes.len().saturating_sub(object.value.len())).unwrap_or_default()
}

pub(super) fn put(bytes: &mut [u8], offset: usize, kept: &[u8]) {
    if let Some(place) = bytes.get_mut(offset..offset.saturating_add(kept.len())) {
        place.copy_from_slice(kept);
    }
}

/// `CPS_ID_CARD`: category and validity stay, the card number keeps its last three digits.
fn card_identification(tag: u32, value: &[u8]) -> Keep {
    match tag {
        0x81 => Keep::Instead(masked_digits(value)),
        0x82..=0x84 => Keep::All,
        _ => Keep::Nothing,
    }
}

/// `CPS_INFO_PS`: type, professions and specialities stay; the identifier becomes a pseudonym, the name is masked.
fn professional_data(tag: u32, value: &[u8]) -> Keep {
    match tag {
        0x80 | 0x82 | 0x83 | 0x85 => Keep::All,
        0x81 => {
            let text = Name::from_latin1(value);
            let mut clean = latin1(HolderId::parse(text.reveal()).pseudonym().reveal());
            clean.resize(value.len(), b' ');
            Keep::Instead(clean)
        }
        0x84 => Keep::Instead(masked_name(value)),
        _ => Keep::Nothing,
    }
}

/// `CPS_NAME_PS`: the civility stays, the given name is masked; the fields without published meaning go.
fn names(tag: u32, value: &[u8]) -> Keep {
    match tag {
        0x80 => Keep::All,
        0x84 => Keep::Instead(masked_name(value)),
        _ => Keep::Nothing,
    }
}

/// `CPS_LANG_PS`: what reads as codes of languages stays; the format is an assumption.
fn languages(_tag: u32, value: &[u8]) -> Keep {
    let is_codes = value.len() <= 8 && value.len().is_multiple_of(2) && value.iter().all(u8::is_ascii_lowercase);
    if is_codes { Keep::All } else { Keep::Nothing }
}

/// The digits that a mask shows, zeros before them; nothing of a value that is not made of digits.
fn masked_digits(value: &[u8]) -> Vec<u8> {
    let masked = digits(value).map(|text| mask(&text).replace('*', "0"));
    let mut clean = masked.and_then(|text| hex::decode(text).ok()).unwrap_or_default();
    clean.resize(value.len(), 0);
    clean
}

/// The characters that a mask shows, `X` before them, filler behind as before.
fn masked_name(value: &[u8]) -> Vec<u8> {
    let name = Name::from_latin1(value);
    let masked = mask(name.reveal());
    let mut clean: Vec<u8> = name
        .reveal()
        .chars()
        .zip(masked.chars())
        .map(|(original, shown)| u8::try_from(hidden(original, shown)).unwrap_or(b'X'))
        .collect();
    let filler = value.get(clean.len()..).unwrap_or_default();
    clean.extend_from_slice(filler);
    clean
}

/// What stands for a character of a name: itself where the mask shows it, else a letter of as many bytes in UTF-8, so
/// that the name on the chip and the one in the certificate stay the same name.
pub(super) fn hidden(original: char, shown: char) -> char {
    match (shown, original) {
        ('*', original) if original.is_ascii() => 'X',
        ('*', _) => 'À',
        (shown, _) => shown,
    }
}

fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iso7816::{Channel, PathBase, Status};
    use crate::transport::{Answer, Opening, Protocol};

    fn dialogue(path: &[u8], file: &[u8]) -> Transcript {
        let channel = Channel::Basic;
        let exchanged =
            |command, data: &[u8]| Exchanged { command, outcome: Ok(Answer::new(data.to_vec(), Status::OK)) };
        let path = FilePath::new(path).unwrap();
        let mut all = vec![exchanged(Command::SelectPath { channel, path, base: PathBase::WithMasterFile }, &[])];
        for (index, piece) in file.chunks(16).enumerate() {
            let offset = u16::try_from(index * 16).unwrap();
            all.push(exchanged(Command::ReadBinary { channel, offset, length: 16 }, piece));
        }
        let outcome = Ok((Protocol::T0, crate::iso7816::Atr::new(&[0x3B, 0]).unwrap()));
        let opening = Opening { reader: "A".into(), outcome, exchanges: all };
        Transcript { date: "2026-11-20".into(), redacted: false, slots: Ok(vec![]), openings: vec![opening] }
    }

    fn redacted(path: &str, hex: &str) -> String {
        let file = hex::decode(hex.replace(' ', "")).unwrap();
        answers(&redact(dialogue(&hex::decode(path).unwrap(), &file)))
    }

    fn answers(clean: &Transcript) -> String {
        assert!(clean.redacted);
        let answers = clean.openings[0].exchanges.iter().filter_map(|exchanged| exchanged.outcome.as_ref().ok());
        hex::encode_upper(answers.flat_map(|answer| answer.data.clone()).collect::<Vec<_>>())
    }

    #[test]
    fn objects_keep_their_shape_and_what_a_mask_shows() {
        let id = "E31E 80068025000001 0F 81050022000011 820180 840420270115 830420240115";
        assert_eq!(
            redacted("0001D101", id),
            "E31E 8006000000000000 81050000000011 820180 840420270115 830420240115".replace(' ', "")
        );
        let info = "ED27 80020000 810C383939373030333636323430 82010A 840A444F4330303336363234 8504534D3236";
        let clean = redacted("0001D104", info);
        assert!(clean.starts_with("ED2780020000810C38"), "{clean}");
        assert!(clean.ends_with("32343082010A840A585858585858583632348504534D3236"), "{clean}");
        let name = "E41E 80011F 810A444F4330303336363234 8200 83064B4954FFFFFF 84034B4954";
        assert_eq!(
            redacted("0001D102", name),
            "E41E 80011F 810A00000000000000000000 8200 8306000000000000 8403585854".replace(' ', "")
        );
        let serial = redacted("D003", "5A0A8025000001992138450F");
        assert!(serial.starts_with("5A0A8025000001") && serial.ends_with("8450F") && !serial.contains("992138"));
        assert!(SerialFile::parse(&hex::decode(serial).unwrap()).unwrap().check_digit_is_right);
    }

    #[test]
    fn of_what_belongs_to_no_file_states_and_sizes_stay() {
        let clean = |hex: &str| {
            let mut bytes = hex::decode(hex.replace(' ', "")).unwrap();
            redact_aside(&mut bytes);
            hex::encode_upper(bytes)
        };
        let state = "7016BF810112A0109A01039B0103A1088C06F3000013FF00";
        assert_eq!(clean(state), state);
        assert_eq!(clean("6209 80020102 8403444F43"), "6209800201028403000000");
        assert_eq!(clean("6F05 8403444F43"), "00000000000000");
    }

    #[test]
    fn structures_stay_and_unknown_files_go() {
        let odf = "A80A300804063F0000017001A70A300804063F0000017005";
        assert_eq!(redacted("00015031", odf), odf);
        assert_eq!(redacted("00015031", &format!("{odf}A5")), format!("{odf}A5"), "broken where it broke");
        assert_eq!(redacted("00015031", &format!("{odf}A540444F43")), format!("{odf}A540000000"), "and no more");
        let dir = "61154F0DE828BD080F8025000001FF001051043F000001FFFF";
        assert_eq!(redacted("2F00", dir), dir);
        assert_eq!(redacted("0001A010", "3006 0C04 44555055"), "30060C0400000000");
        assert_eq!(redacted("0001A010", "4475706F6E7420"), "44750000000000");
        assert_eq!(redacted("0001D104", "ED08 84024142 8405 4142"), "ED088402584284050000");
        assert_eq!(redacted("0001D104", "ED7F 8402"), "ED7F0000");
        // all of a long tag, all of a length that lies: it is broken as before
        assert_eq!(redacted("0001D104", "ED08 FFFF01FF 41424344"), "ED08FFFF01FF00000000");
        assert_eq!(redacted("0001D104", "ED08 BFFFFF41 41424344"), "ED08BFFFFF4100000000");
        assert_eq!(redacted("0001D104", "ED06 84824142 4344"), "ED06848241420000");
        assert_eq!(redacted("0001D104", "BF8101824142 4344"), "BF81018241420000");
        // filler before an object is no other object; a text has no fields
        assert_eq!(redacted("0001D101", "FF00 E304 82018000 FF"), "FF00E3048201800000");
        assert_eq!(redacted("0001A010", "0C06 4455504F4E54"), "0C06000000000000");
    }

    #[test]
    fn what_select_answers_unasked_is_no_part_of_the_file() {
        let odf = "A70A300804063F0000017005";
        let mut transcript = dialogue(&[0x00, 0x01, 0x50, 0x31], &hex::decode(odf).unwrap());
        let select = &mut transcript.openings[0].exchanges[0];
        select.outcome = Ok(Answer::new([&[0x0C, 0x20][..], b"DUPONT", &[0x41; 26]].concat(), Status::OK));
        let clean = redact(transcript);
        let answers: Vec<_> = clean.openings[0].exchanges.iter().map(|one| one.outcome.clone().unwrap().data).collect();
        assert_eq!(answers[1], hex::decode(odf).unwrap());
        assert!(answers[0].iter().all(|byte| *byte == 0));
    }

    #[test]
    fn what_stands_behind_a_gap_is_not_kept_and_fills_nothing() {
        let mut transcript = dialogue(&[0x00, 0x01, 0xD1, 0x04], b"DUPONT");
        let behind = Command::ReadBinary { channel: Channel::Basic, offset: 0x7FF0, length: 0xE7 };
        transcript.openings[0].exchanges[1].command = behind;
        let files = collect_files(&transcript.openings[0].exchanges);
        assert!(files.0.iter().all(|file| file.bytes.len() <= 6));
        let clean = redact(transcript).openings[0].exchanges[1].outcome.clone().unwrap();
        assert_eq!(clean.data, *b"DU\0\0\0\0");
    }

    #[test]
    fn directories_that_the_card_names_stay() {
        let object_directory = "A80A300804063F0000017001";
        let entry = "302530100C0B4350535F49445F4341524403010030050C03435053A10A300804063F000001D101";
        for (path, file, stays) in [("00017001", entry, true), ("00017002", entry, false)] {
            let mut both = dialogue(&[0x00, 0x01, 0x50, 0x31], &hex::decode(object_directory).unwrap());
            let second = dialogue(&hex::decode(path).unwrap(), &hex::decode(file).unwrap());
            both.openings[0].exchanges.extend(second.openings.into_iter().flat_map(|opening| opening.exchanges));
            let clean = answers(&redact(both));
            assert_eq!(clean == format!("{object_directory}{file}"), stays, "{path} {file}: {clean}");
        }
        // of an entry that is cut, the header that breaks the reading stays
        let mut both = dialogue(&[0x00, 0x01, 0x50, 0x31], &hex::decode(object_directory).unwrap());
        let second = dialogue(&[0x00, 0x01, 0x70, 0x01], &hex::decode([entry, &entry[..40]].concat()).unwrap());
        both.openings[0].exchanges.extend(second.openings.into_iter().flat_map(|opening| opening.exchanges));
        assert_eq!(answers(&redact(both)), format!("{object_directory}{entry}3025{}", "00".repeat(18)));
        // what is no directory at all is not kept for being named
        let mut both = dialogue(&[0x00, 0x01, 0x50, 0x31], &hex::decode(object_directory).unwrap());
        let second = dialogue(&[0x00, 0x01, 0x70, 0x01], b"Dupont");
        both.openings[0].exchanges.extend(second.openings.into_iter().flat_map(|opening| opening.exchanges));
        assert_eq!(answers(&redact(both)), format!("{object_directory}447500000000"));
    }

    #[test]
    fn codes_of_languages_stay_and_names_do_not_pass_for_them() {
        let languages = |value: &[u8]| {
            let header = format!("E5{:02X}80{:02X}", value.len() + 2, value.len());
            let clean = redacted("0001D105", &(header.clone() + &hex::encode(value)));
            hex::decode(clean.strip_prefix(&header).unwrap()).unwrap()
        };
        assert_eq!([languages(b"fr"), languages(b"fresende")], [b"fr".to_vec(), b"fresende".to_vec()]);
        for name in [&b"FR"[..], b"dupontmari", b"kit"] {
            assert_eq!(languages(name), vec![0; name.len()]);
        }
    }

    #[test]
    fn of_what_is_cut_headers_stay() {
        for (file, clean) in [
            ("ED0584024142", "ED0500000000"),
            ("ED818084024142", "ED818000000000"),
            ("ED82018084024142", "ED82018000000000"),
            ("ED8300018084024142", "ED8300018000000000"),
        ] {
            assert_eq!(redacted("0001D104", file), clean);
        }
        // letters have the length in UTF-8 that they had
        assert_eq!(redacted("0001D102", "E406 8404 CB4C4F49"), "E4068404C0584F49");
        let certificate = format!("{}/fixtures/pki/certificates/cps-medecin.auth.der", env!("CARGO_MANIFEST_DIR"));
        let clean = redacted("0001A010", &hex::encode(std::fs::read(certificate).unwrap()));
        assert!(clean.contains(&hex::encode_upper(b"FR")) && clean.contains(&hex::encode_upper("Médecin")), "{clean}");
    }
}
