//! A recorded dialogue as it is sent: the card is read again, with the files of one that tells nobody apart.
//!
//! Nothing of an answer is passed on. The files of the dialogue are put together, understood and written anew; then the
//! reading is made once more with these, and what is said is the recording. It replays to the same verdict, not to the same
//! bytes. Where the card broke the rules or fell silent, it does so again.

use std::collections::HashSet;

use crate::certificate::{self, Anonymity, Moment};
use crate::error::{Error, ErrorKind, Failure, Result};
use crate::identity::{Date, Pseudonyms, serials};
use crate::iso7816::{Command, FilePath, encode, file_size, single};
use crate::pkcs15::{Entry, applications, directory, object_directory};
use crate::transport::{Answer, Exchanged, Opening, RecordedCard, Step, Transcript};

use super::anonymous::label;
use super::application::OBJECT_DIRECTORY;
use super::code_state::CodeState;
use super::objects::{DataObject, DataObjects};
use super::reading::{CardAnswer, Certificates, ReadOptions, read};
use super::serial::SerialFile;

/// The same transcript with what tells nobody apart, for somebody else to replay.
#[must_use]
pub fn anonymous(transcript: &Transcript, pseudonyms: &Pseudonyms) -> Transcript {
    const NOON: i64 = 12 * 3600;
    let day = transcript.date.parse().unwrap_or(Date::EARLIEST);
    let now = Moment::from_unix(Moment::start_of(day).unix().saturating_add(NOON));
    let sent = Anonymity::new(pseudonyms, now);
    let name = |name: &mut String| {
        for serial in serials(&name.clone()) {
            *name = name.replace(serial, &pseudonyms.text(serial));
        }
    };
    let mut transcript = transcript.clone();
    transcript.slots.iter_mut().flatten().for_each(|slot| name(&mut slot.reader));
    for opening in &mut transcript.openings {
        name(&mut opening.reader);
        opening.exchanges = read_again(opening, &sent);
    }
    transcript.redacted = true;
    transcript
}

impl ReadOptions {
    /// With which of them this card was read: those with which the recording of it replays.
    pub fn of_recording(opening: &Opening) -> Self {
        let plain = Self::default();
        let silent = Self { code_state: false, ..plain };
        let which = [Certificates::All, Certificates::Authentication, Certificates::Head, Certificates::None];
        let all = [plain, silent].map(|one| which.map(|which| one.with(which)));
        let fits = |options: &Self| replayed(opening, *options).is_none_or(|read| !is_mismatch(&read));
        all.into_iter().flatten().find(fits).unwrap_or(plain)
    }
}

fn replayed(opening: &Opening, options: ReadOptions) -> Option<Result<CardAnswer>> {
    let mut answer = None;
    let _ = opening.replay(&mut |link| answer = Some(read(link, options)));
    answer
}

fn is_mismatch(read: &Result<CardAnswer>) -> bool {
    read.as_ref().is_err_and(|error| error.kind() == ErrorKind::ReplayMismatch)
}

fn read_again(opening: &Opening, sent: &Anonymity<'_>) -> Vec<Exchanged> {
    let options = ReadOptions::of_recording(opening);
    let Ok(mut card) = RecordedCard::of(opening) else { return Vec::new() };
    let Some(before) = replayed(opening, options) else { return Vec::new() };
    let sent = match &before {
        Ok(CardAnswer::Cpx(card)) => sent.of_card(card.card.valid_from, card.card.valid_until),
        _ => *sent,
    };
    let directories = directories(&card.steps);
    for step in &mut card.steps {
        step.file = file(step, &directories, &sent);
        step.is_whole = true;
        if let Ok(answer) = &mut step.outcome {
            answer.data = aside(&step.command, answer, &step.file);
        }
    }
    let after = read(&mut card, options).map(drop).map_err(|error| error.kind());
    let before = before.map(drop).map_err(|error| error.kind());
    if let (Err(kind), Some(last), false) = (before, card.said.last_mut(), before == after) {
        // where the way to the failure is not found again, the failure is what is told
        last.outcome = Err(Failure::from(Error::new(kind, kind.code())));
    }
    card.said
}

/// The directory files that the object directories of the dialogue name.
fn directories(steps: &[Step]) -> HashSet<FilePath> {
    let all = steps.iter().filter(|step| is_object_directory(path(step)));
    let named = all.filter_map(|step| object_directory(&step.file).ok());
    named.flat_map(|named| named.paths().copied().collect::<Vec<_>>()).collect()
}

fn path(step: &Step) -> Option<FilePath> {
    match step.command {
        Command::SelectPath { path, .. } => Some(path),
        _ => None,
    }
}

fn is_object_directory(path: Option<FilePath>) -> bool {
    path.is_some_and(|path| path.bytes().ends_with(&OBJECT_DIRECTORY.to_be_bytes()))
}

/// Tag and length of an object of which the rest is missing.
const BROKEN: [u8; 2] = [0x30, 0x7F];

/// The file of this step, written anew.
fn file(step: &Step, directories: &HashSet<FilePath>, sent: &Anonymity<'_>) -> Vec<u8> {
    let bytes = &step.file;
    let named = |path: &FilePath| encode(0x30, &encode(0x04, path.bytes()));
    if let (Command::ReadShortFile { .. }, Ok(answer)) = (step.command, &step.outcome) {
        return SerialFile::parse(&answer.data).map(|serial| serial.anonymous(sent)).unwrap_or_default();
    }
    match path(step) {
        _ if bytes.is_empty() => return Vec::new(),
        path if is_object_directory(path) => {
            return match object_directory(bytes) {
                Ok(all) => {
                    let kinds = [(0xA4, &all.certificates), (0xA7, &all.data_objects), (0xA8, &all.others)];
                    let of_kind = |(tag, paths): (u32, &Vec<FilePath>)| -> Vec<u8> {
                        paths.iter().flat_map(|path| encode(tag, &named(path))).collect()
                    };
                    kinds.into_iter().flat_map(of_kind).collect()
                }
                Err(_) => BROKEN.to_vec(),
            };
        }
        Some(path) if directories.contains(&path) => {
            let all = directory(bytes);
            let mut written: Vec<u8> = all.entries.iter().filter_map(entry).flatten().collect();
            if all.broken.is_some() {
                written.extend(BROKEN);
            }
            return written;
        }
        Some(_) => {
            if let Some(all) = applications(bytes).ok().filter(|all| !all.is_empty()) {
                let template = |aid: &[u8], path: Option<FilePath>| {
                    let path = path.map(|path| encode(0x51, path.bytes())).unwrap_or_default();
                    encode(0x61, &[encode(0x4F, aid), path].concat())
                };
                return all.iter().flat_map(|one| template(one.aid.bytes(), one.path)).collect();
            }
        }
        None => {}
    }
    if let Some(serial) = SerialFile::parse(bytes) {
        return serial.anonymous(sent);
    }
    let Ok(outer) = single(bytes) else { return BROKEN.to_vec() };
    match DataObject::of_tag(outer.tag.number()) {
        Some(object) => {
            let mut objects = DataObjects::default();
            let read = object.decode(bytes, &mut objects);
            let mut fields = objects.anonymous(sent).fields(outer.tag.number());
            if read.is_err() {
                fields.extend(BROKEN);
            }
            encode(outer.tag.number(), &fields)
        }
        None if outer.tag.number() == 0x30 => certificate::anonymous(outer.bytes, sent),
        None => encode(0x04, &[]),
    }
}

/// An entry of a directory, when what it names is read: a certificate, or one of the data objects.
fn entry(entry: &Entry) -> Option<Vec<u8>> {
    let label = match entry.label.trim() {
        known if DataObjects::knows(known) => known,
        other if other.starts_with("CPS_") => return None,
        other => label(other),
    };
    let flags = encode(0x03, if entry.private { &[0x07, 0x80] } else { &[0x00] });
    let common = encode(0x30, &[encode(0x0C, label.as_bytes()), flags].concat());
    let path = entry.path.map(|path| encode(0xA1, &encode(0x30, &encode(0x30, &encode(0x04, path.bytes())))));
    Some(encode(0x30, &[common, encode(0x30, &[]), path.unwrap_or_default()].concat()))
}

/// What a command brings that is no file: the state of a code, the size of a file, and nothing else.
fn aside(command: &Command, answer: &Answer, file: &[u8]) -> Vec<u8> {
    match command {
        Command::CodeState { .. } => CodeState::from_security_object(&answer.data).to_security_object(),
        Command::FileParameters { .. } => {
            let size = file_size(&answer.data).map(|size| u16::from(size > 0).to_be_bytes());
            size.map(|size| encode(0x62, &encode(0x80, &size))).unwrap_or_default()
        }
        Command::ReadShortFile { .. } => file.to_vec(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iso7816::{Channel, PathBase, Status};

    fn sent(path: &[u8], hex: &str) -> String {
        let pseudonyms = Pseudonyms::keyed(b"key");
        let now = Moment::start_of("2026-11-20".parse().unwrap());
        let path = FilePath::new(path).unwrap();
        let command = Command::SelectPath { channel: Channel::Basic, path, base: PathBase::WithMasterFile };
        let bytes = hex::decode(hex.replace(' ', "")).unwrap();
        let step = Step {
            command,
            outcome: Ok(Answer::new(Vec::new(), Status::OK)),
            file: bytes,
            is_whole: true,
            broken: None,
        };
        hex::encode_upper(file(&step, &HashSet::new(), &Anonymity::new(&pseudonyms, now)))
    }

    #[test]
    fn of_files_what_is_chosen_stays_and_nothing_else() {
        const NOBODY: &[u8] = &[0, 1, 0xA0, 0x10];
        let name = sent(NOBODY, "E41E 80011F 810A444F4330303336363234 8200 83064B4954FFFFFF 84034B4954");
        // the given name in its length, three fields that nobody understands, no civility
        assert!(
            name.starts_with("E41F840E414E4F4E594D4520")
                && name.ends_with("8103000000820300000083030000 00".replace(' ', "").as_str()),
            "{name}"
        );
        let info =
            sent(NOBODY, "ED27 80020000 810C383939373030333636323430 82010A 840A444F4330303336363234 8504534D3236");
        assert!(info.contains("82010A") && !info.contains("534D3236") && !info.contains("444F43"), "{info}");
        let rare = sent(NOBODY, "ED07 80020000 820154");
        assert_eq!(rare, "ED0780020000820163", "an oculariste is another");
        assert_eq!(sent(NOBODY, "E504 80026672"), "E500", "no languages");
        assert_eq!(sent(NOBODY, "0C06 4455504F4E54"), "0400");
        assert_eq!(sent(NOBODY, "4475706F6E74"), "307F");
        assert_eq!(sent(NOBODY, "3006 0C04 44555055"), "30020500");
        // broken where it was broken
        assert_eq!(sent(NOBODY, "E307 820100 84054142"), "E305820100307F");
        let serial = sent(NOBODY, "5A0A8025000001992138450F");
        let parsed = SerialFile::parse(&hex::decode(&serial).unwrap()).unwrap();
        assert!(parsed.check_digit_is_right && parsed.serial.reveal() != "99213845");
    }

    #[test]
    fn directories_name_what_is_read_and_no_more() {
        let object_directory = sent(&[0, 1, 0x50, 0x31], "A80A300804063F0000017001 A70A300804063F0000017005");
        assert_eq!(object_directory, "A7083006040400017005A8083006040400017001");
        assert_eq!(sent(&[0, 1, 0x50, 0x31], "A80A300804063F0000017001A540444F43"), "307F");
        let entries = directory(
            &hex::decode("302530100C0B4350535F49445F4341524403010030050C03435053A10A300804063F000001D101").unwrap(),
        )
        .entries;
        let again = directory(&entry(&entries[0]).unwrap());
        assert_eq!((again.entries[0].label.as_str(), again.entries[0].path), ("CPS_ID_CARD", entries[0].path));
        let mut other = entries[0].clone();
        other.label = "CPS_ACTIVITY_02_PS".into();
        assert_eq!(entry(&other), None, "how many situations there are");
        other.label = "Clé de Marie Dupont".into();
        assert!(!entry(&other).unwrap().windows(6).any(|part| part == b"Dupont"));
    }
}
