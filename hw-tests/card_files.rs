//! The files of a card one by one: what a card withholds, what it has too much of, and how it is left.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;

use cpx_card::internal::card::{CertificateSource, Certificates, ReadOptions, read};
use cpx_card::internal::facts::{CardAnswer, CardReading, Family};
use cpx_card::internal::iso7816::{Atr, Command, FilePath, Status};
use cpx_card::internal::transport::{Answer, Exchange, Protocol};
use cpx_card::{Error, ErrorKind, Result};
use cpx_simulator::{Personality, VirtualCard};

const LANGUAGES: &str = "0001D103";
const CERTIFICATE_DIRECTORY: &str = "00017004";
const SIGNATURE: &str = "0001A010";
const AUTHENTICATION: &str = "0001A020";

/// What one exchange gives instead, if anything: told the path that is selected.
type Change<'a> = &'a mut dyn FnMut(&Command, &str) -> Option<Result<Answer>>;

/// The virtual card of a doctor, of which some files and some answers are others.
struct Altered<'a> {
    card: VirtualCard,
    atr: Atr,
    files: BTreeMap<&'static str, Vec<u8>>,
    change: Change<'a>,
    selected: String,
    sent: Vec<Command>,
}

impl Exchange for Altered<'_> {
    fn atr(&self) -> &Atr {
        &self.atr
    }

    fn protocol(&self) -> Protocol {
        Protocol::T0
    }

    fn transmit(&mut self, command: &Command) -> Result<Answer> {
        self.sent.push(*command);
        if let Command::SelectPath { path, .. } = command {
            self.selected = hex::encode_upper(path.bytes());
        }
        if let Some(answer) = (self.change)(command, &self.selected) {
            return answer;
        }
        match (command, self.files.get(self.selected.as_str())) {
            (Command::SelectPath { .. }, Some(_)) => Ok(Answer::new(vec![], Status::OK)),
            (Command::ReadBinary { offset, length, .. }, Some(bytes)) => {
                let rest = &bytes[usize::from(*offset)..];
                Ok(Answer::new(rest[..rest.len().min(usize::from(*length))].to_vec(), Status::OK))
            }
            _ => Answer::from_bytes(&self.card.answer(&command.encode())),
        }
    }
}

fn dialogue(
    options: ReadOptions,
    files: &[(&'static str, &[u8])],
    change: Change<'_>,
) -> (Result<CardAnswer>, Vec<Command>) {
    let card = VirtualCard::new(Personality::embedded("cps-medecin").unwrap()).unwrap();
    let atr = Atr::new(card.atr().unwrap()).unwrap();
    let files = files.iter().map(|(path, bytes)| (*path, bytes.to_vec())).collect();
    let mut card = Altered { card, atr, files, change, selected: String::new(), sent: Vec::new() };
    let outcome = read(&mut card, options);
    (outcome, card.sent)
}

fn cpx(answer: Result<CardAnswer>) -> CardReading {
    match answer {
        Ok(CardAnswer::Cpx(card)) => *card,
        other => panic!("not a CPx: {other:?}"),
    }
}

fn kind(answer: Result<CardAnswer>) -> ErrorKind {
    answer.map_or_else(|error| error.kind(), |answer| panic!("{answer:?}"))
}

fn everything() -> ReadOptions {
    ReadOptions::default().with_certificates(true)
}

fn nothing_else(_: &Command, _: &str) -> Option<Result<Answer>> {
    None
}

/// This status for the selection of a file, or for its reading from this offset on.
fn refuse(path: &str, from: Option<u16>, status: u16) -> impl FnMut(&Command, &str) -> Option<Result<Answer>> {
    let [sw1, sw2] = status.to_be_bytes();
    move |command, selected| {
        let refused = match (command, from) {
            (Command::SelectPath { .. }, None) => true,
            (Command::ReadBinary { offset, .. }, Some(from)) => *offset >= from,
            _ => false,
        };
        (refused && selected == path).then(|| Ok(Answer::new(vec![], Status::new(sw1, sw2))))
    }
}

/// The languages may be missing; what identifies card and holder may not.
#[test]
fn an_object_that_is_listed_and_not_given_is_an_error_but_for_the_languages() {
    for (from, status) in [(None, 0x6A82), (None, 0x6982), (None, 0x6985), (Some(0), 0x6982), (Some(0), 0x6986)] {
        let (outcome, _) = dialogue(ReadOptions::default(), &[], &mut refuse(LANGUAGES, from, status));
        assert!(cpx(outcome).holder.languages.is_empty(), "{from:?} {status:04X}");
        for path in ["0001D101", "0001D102", "0001D104"] {
            let (outcome, _) = dialogue(ReadOptions::default(), &[], &mut refuse(path, from, status));
            assert_eq!(kind(outcome), ErrorKind::CardNonsense, "{path} {from:?} {status:04X}");
        }
    }
    // what makes no sense is no refusal
    for (from, status) in [(None, 0x6F00), (None, 0x6981), (Some(0), 0x6F00), (Some(0), 0x6A82)] {
        let (outcome, _) = dialogue(ReadOptions::default(), &[], &mut refuse(LANGUAGES, from, status));
        assert_eq!(kind(outcome), ErrorKind::CardNonsense, "{from:?} {status:04X}");
    }
}

#[test]
fn a_certificate_that_is_withheld_is_left_out_and_never_cut() {
    for (from, status) in [(None, 0x6A82), (None, 0x6982), (Some(0), 0x6982), (Some(0), 0x6985)] {
        let (outcome, _) = dialogue(everything(), &[], &mut refuse(SIGNATURE, from, status));
        let certificates = cpx(outcome).certificates.unwrap();
        let labels: Vec<_> = certificates.iter().map(|one| one.label.as_str()).collect();
        assert_eq!(labels, ["Certificat d'Authentification CPS"], "{from:?} {status:04X}");
    }
    let (outcome, _) = dialogue(everything(), &[], &mut refuse(SIGNATURE, Some(1), 0x6982));
    assert_eq!(kind(outcome), ErrorKind::CardNonsense, "half a certificate");
}

/// Of one certificate, that for authentication, though it stands behind the other.
#[test]
fn one_certificate_is_that_for_authentication() {
    let one = ReadOptions::default().with(Certificates::Authentication);
    let (outcome, sent) = dialogue(one, &[], &mut nothing_else);
    let certificates = cpx(outcome).certificates.unwrap();
    let labels: Vec<_> = certificates.iter().map(|one| one.label.as_str()).collect();
    assert_eq!(labels, ["Certificat d'Authentification CPS"]);
    let read = |path: &str| {
        sent.iter().any(
            |command| matches!(command, Command::SelectPath { path: at, .. } if hex::encode_upper(at.bytes()) == path),
        )
    };
    assert!(read(AUTHENTICATION) && !read(SIGNATURE));
}

/// A certificate file, with how many readings it took.
fn head_of(file: Option<&[u8]>) -> (Result<CardAnswer>, usize) {
    let files: Vec<_> = file.map(|file| (AUTHENTICATION, file)).into_iter().collect();
    let mut readings = 0;
    let mut count = |command: &Command, selected: &str| {
        readings += usize::from(selected == AUTHENTICATION && matches!(command, Command::ReadBinary { .. }));
        assert_ne!(selected, SIGNATURE, "nobody asked for it");
        None
    };
    let (outcome, _) = dialogue(ReadOptions::default().with(Certificates::Head), &files, &mut count);
    (outcome, readings)
}

/// The head of a certificate is one reading, more where its issuer is longer, and bounded as a whole one.
#[test]
fn a_head_is_read_as_far_as_its_validity_and_no_further() {
    let (outcome, readings) = head_of(None);
    let found = cpx(outcome).certificates.unwrap();
    let [head] = found.as_slice() else { panic!("{found:?}") };
    let whole = std::fs::read("fixtures/pki/certificates/cps-medecin.auth.der").unwrap();
    assert_eq!((head.source, readings, head.der.as_slice()), (CertificateSource::Head, 1, &whole[..0xE7]));

    let issuer = |length: usize| {
        let parts = [der(0x02, &[1; 8]), der(0x30, &[]), der(0x30, &vec![0x31; length]), der(0x30, &[0x17; 30])];
        der(0x30, &der(0x30, &[parts.concat(), vec![0x30; 300]].concat()))
    };
    for (length, read) in [(100, 1), (300, 2), (5000, 22)] {
        let (outcome, readings) = head_of(Some(&issuer(length)));
        let found = cpx(outcome).certificates.unwrap();
        assert_eq!((found[0].source, readings), (CertificateSource::Head, read), "an issuer of {length} bytes");
    }
    // an issuer without end
    let begin = hex::decode("30847FFFFFFF3083FFFFFF02010530003083FFFFF0").unwrap();
    let endless = [&begin[..], &vec![0x31; 70_000]].concat();
    let (outcome, readings) = head_of(Some(&endless));
    assert_eq!((kind(outcome), readings <= 200), (ErrorKind::LimitReached, true), "{readings}");
    // a certificate that is shorter than a head is whole
    let (outcome, _) = head_of(Some(&[0x30, 0x03, 0x02, 0x01, 0x05, 0xFF]));
    assert_eq!(cpx(outcome).certificates.unwrap()[0].source, CertificateSource::Card);
    for nothing in [&[0xFF; 400][..], &[0x30], &[0x30, 0x80, 0x30, 0x80], &[]] {
        let (outcome, readings) = head_of(Some(nothing));
        assert_eq!((kind(outcome), readings <= 3), (ErrorKind::CardNonsense, true), "{nothing:02X?}");
    }
}

fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[tag, 0x82], &length[..], content].concat()
}

/// An entry of a certificate directory.
fn entry(label: &str, path: &str) -> Vec<u8> {
    let path = der(0x30, &der(0x04, &hex::decode(format!("3F00{path}")).unwrap()));
    der(0x30, &[der(0x30, &der(0x0C, label.as_bytes())), der(0x30, &der(0x04, &[1])), der(0xA1, &path)].concat())
}

/// At most eight certificates are read; what stands behind each is counted and not taken for a part of it.
#[test]
fn certificates_are_counted_and_filler_is_none_of_them() {
    let own = [0x30, 0x03, 0x02, 0x01, 0x05, 0xFF, 0xFF, 0xFF, 0xFF];
    let directory: Vec<u8> = (0..10).flat_map(|number| entry(&format!("n{number}"), "0001B001")).collect();
    let files = [(CERTIFICATE_DIRECTORY, &directory[..]), ("0001B001", &own)];
    let (outcome, _) = dialogue(everything(), &files, &mut nothing_else);
    let certificates = cpx(outcome).certificates.unwrap();
    assert_eq!(certificates.len(), 8);
    for (number, certificate) in certificates.iter().enumerate() {
        assert_eq!((certificate.label.as_str(), certificate.trailing), (format!("n{number}").as_str(), 4));
        assert_eq!(certificate.der, own[..5]);
    }
    let one = ReadOptions::default().with(Certificates::Authentication);
    let (outcome, _) = dialogue(one, &files, &mut nothing_else);
    assert_eq!(cpx(outcome).certificates.unwrap().len(), 8, "all, where no label tells");
}

/// A directory that ends where a reading ended: the next one begins behind it, which says no more than that.
#[test]
fn a_file_may_end_between_two_readings() {
    const STEP: usize = 0xE7;
    let label = "n".repeat(STEP - entry("", "0001B001").len());
    let directory = entry(&label, "0001B001");
    assert_eq!(directory.len(), STEP);
    let files = [(CERTIFICATE_DIRECTORY, &directory[..]), ("0001B001", &[0x30, 0x00])];
    let (outcome, _) = dialogue(everything(), &files, &mut refuse(CERTIFICATE_DIRECTORY, Some(1), 0x6B00));
    assert_eq!(cpx(outcome).certificates.unwrap().len(), 1);
    let (outcome, _) = dialogue(everything(), &files, &mut refuse(CERTIFICATE_DIRECTORY, Some(1), 0x6F00));
    assert_eq!(kind(outcome), ErrorKind::CardNonsense);
}

/// READ BINARY reaches 32 KiB: what is longer is not begun again from the start.
#[test]
fn a_file_that_no_command_reaches_is_refused() {
    let long = der(0x30, &vec![0; 40_000]);
    let (outcome, _) = dialogue(everything(), &[(SIGNATURE, &long)], &mut nothing_else);
    let error = outcome.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LimitReached);
    assert!(error.to_string().contains("READ BINARY"), "{error}");
}

/// Whatever is wrong with its files, a CPS3 is left with the master file selected; one that is gone is sent nothing.
#[test]
fn a_card_that_cannot_be_read_is_left_as_its_middleware_leaves_it() {
    let is_left =
        |sent: &[Command]| matches!(sent.last(), Some(Command::SelectPath { path, .. }) if *path == FilePath::MASTER);
    let (outcome, sent) = dialogue(ReadOptions::default(), &[("0001D104", &[0xED, 0x7F])], &mut nothing_else);
    assert_eq!((kind(outcome), is_left(&sent)), (ErrorKind::CardNonsense, true));

    let mut endless = |command: &Command, _: &str| {
        let leaves = matches!(command, Command::SelectPath { path, .. } if *path == FilePath::MASTER);
        (!leaves).then(|| Ok(Answer::new(vec![0], Status::new(0x61, 0x01))))
    };
    let (outcome, sent) = dialogue(ReadOptions::default(), &[], &mut endless);
    assert_eq!((kind(outcome), is_left(&sent)), (ErrorKind::LimitReached, true), "{} commands", sent.len());

    for gone in [ErrorKind::CardRemoved, ErrorKind::CardReset] {
        let mut number = 0;
        let mut fails = |_: &Command, _: &str| {
            number += 1;
            (number == 5).then(|| Err(Error::new(gone, "gone")))
        };
        let (outcome, sent) = dialogue(ReadOptions::default(), &[], &mut fails);
        assert_eq!((kind(outcome), sent.len()), (gone, 5));
    }
}

/// A serial that comes with a warning is read anew, by its path.
#[test]
fn a_serial_that_may_be_damaged_is_not_believed() {
    let serial = hex::decode("5A0A8025000001992138450F").unwrap();
    let mut warned = |command: &Command, _: &str| {
        let is_short = matches!(command, Command::ReadShortFile { .. });
        is_short.then(|| Ok(Answer::new(serial.clone(), Status::new(0x62, 0x81))))
    };
    let (outcome, _) = dialogue(ReadOptions::default(), &[], &mut warned);
    assert_eq!(cpx(outcome).chip_serial.unwrap().reveal(), "22000011");
}

/// Other cards have the answer to reset of a contactless CPS: without its application it is one of them.
#[test]
fn a_contactless_card_without_the_application_is_another_card() {
    let text = "summary = \"x\"\nreference_date = \"2026-11-20\"\nchip = \"cps3-contactless\"\n";
    let mut card = VirtualCard::new(Personality::parse("x", text).unwrap()).unwrap();
    let atr = Atr::new(card.atr().unwrap()).unwrap();
    let change = &mut nothing_else;
    let (files, selected, sent) = (BTreeMap::new(), String::new(), Vec::new());
    card.reset();
    let mut card = Altered { card, atr, files, change, selected, sent };
    let answer = read(&mut card, ReadOptions::default()).unwrap();
    assert!(matches!(answer, CardAnswer::Foreign { family: Family::Unknown, .. }), "{answer:?}");
    assert!(matches!(card.sent[..], [Command::SelectApplication { .. }]), "{:?}", card.sent);
}
