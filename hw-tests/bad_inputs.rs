//! Inputs that cannot be, group by group, for every parser: what is wrong is told with its place, and never taken for
//! something else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::process::{Command as Program, Stdio};

use cpx_card::internal::card::{DataObjects, ReadOptions, read};
use cpx_card::internal::certificate::{
    Certificate, KeyAlgorithm, Moment, RevocationList, SignatureCheck, Validity, certificates_in,
};
use cpx_card::internal::facts::{CardAnswer, Case};
use cpx_card::internal::iso7816::{Atr, Command, FilePath, Status, objects, single, walk};
use cpx_card::internal::limits;
use cpx_card::internal::pkcs15::{applications, directory, object_directory};
use cpx_card::internal::transport::{Answer, Exchange, Protocol, Transcript};
use cpx_card::{Error, ErrorKind, Result};

#[path = "support/hostile.rs"]
mod hostile;

use hostile::{attribute, authority, certificate_with, der, extension, extensions, fixture, hex, leaf};

const CPS3: &str = "3BAC00402A001225006480000310009000";

/// A data object of the card with every field that is understood.
const INFO_PS: &str = "ED2780020000810C38393937303033363632343082010A840A444F43303033363632348504534D3236";
const ID_CARD: &str = "E31E8006802500000100810500220000118201808304202401158404202701150000";
const ODF: &str = "A80A300804063F0000017001A70A300804063F0000017005";
const DODF: &str = "302530100C0B4350535F49445F4341524403010030050C03435053A10A300804063F000001D101";
const EF_DIR: &str = "61154F0DE828BD080F8025000001FF001051043F000001";

/// What a parser makes of bytes, as text, or where it stops.
type Parser = fn(&[u8]) -> Result<String>;

/// A sound input of every parser of structures.
fn parsers() -> Vec<(&'static str, Vec<u8>, Parser)> {
    fn object(label: &str, bytes: &[u8]) -> Result<String> {
        let mut found = DataObjects::default();
        found.read(label, bytes)?;
        let holder = &found.holder;
        let names =
            [&holder.surname, &holder.given_name].map(|name| name.as_ref().map(|name| name.reveal().to_owned()));
        let number = found.card.number.as_ref().map(|number| number.reveal().to_owned());
        let id = holder.id.as_ref().map(|id| id.reveal().to_owned());
        Ok(format!("{names:?} {number:?} {id:?} {:?} {:?}", found.card.valid_until, found.kept))
    }
    let in_directory = |bytes: &[u8]| {
        let read = directory(bytes);
        read.broken.map_or_else(|| Ok(format!("{:?}", read.entries)), Err)
    };
    vec![
        ("CPS_INFO_PS", hex(INFO_PS), |bytes| object("CPS_INFO_PS", bytes)),
        ("CPS_ID_CARD", hex(ID_CARD)[..32].to_vec(), |bytes| object("CPS_ID_CARD", bytes)),
        ("EF(ODF)", hex(ODF), |bytes| object_directory(bytes).map(|found| format!("{found:?}"))),
        ("EF(DODF)", hex(DODF), in_directory),
        ("EF.DIR", hex(EF_DIR), |bytes| applications(bytes).map(|found| format!("{found:?}"))),
        ("certificate", fixture("certificates/cps-medecin.auth.der"), |bytes| {
            Certificate::parse(bytes).map(|one| one.subject().reveal())
        }),
        ("revocation list", fixture("crl/fort-personnes-revoked.crl"), |bytes| {
            let list = RevocationList::parse(bytes)?;
            list.entry(leaf()).map(|entry| format!("{entry:?} {}", list.issuer().reveal()))
        }),
    ]
}

fn assert_inside(error: &Error, bytes: &[u8], told: &str) {
    assert!(error.offset().is_none_or(|offset| offset <= bytes.len()), "{told}: {error}");
}

#[test]
fn whatever_is_cut_short_is_told() {
    for (name, sound, parse) in parsers() {
        let whole = parse(&sound).unwrap();
        for end in 0..sound.len() {
            match parse(&sound[..end]) {
                Err(error) => assert_inside(&error, &sound[..end], name),
                Ok(found) => assert_ne!(found, whole, "{name} cut at {end}"),
            }
        }
    }
}

/// Every length of every object replaced by every lie: told, or the object is understood as what it then is.
#[test]
fn lengths_that_lie_never_run_past_the_end() {
    for (name, sound, parse) in parsers() {
        let places: Vec<usize> = walk(&sound)
            .map_while(std::result::Result::ok)
            .map(|(_, object)| object.offset + if object.tag.number() > 0xFF { 2 } else { 1 })
            .collect();
        assert!(places.len() >= 3, "{name}");
        for place in places {
            let honest = sound[place];
            let one_off = [honest.wrapping_sub(1), honest.wrapping_add(1)];
            for lie in [&[0x00][..], &one_off[..1], &one_off[1..], &[0x80], &[0x81, 0x00], &[0x82, 0x00, 0x03]] {
                let mut bytes = sound.clone();
                bytes.splice(place..=place, lie.iter().copied());
                if let Err(error) = parse(&bytes) {
                    assert_inside(&error, &bytes, name);
                }
            }
            for lie in [&[0x84, 0xFF, 0xFF, 0xFF, 0xFF][..], &[0x83, 0xFF, 0xFF, 0xFF], &[0xFF]] {
                let mut bytes = sound.clone();
                bytes.splice(place..=place, lie.iter().copied());
                match parse(&bytes) {
                    Err(error) => assert_inside(&error, &bytes, name),
                    // what hangs on an extension is only noted
                    Ok(_) => {
                        assert!(matches!(name, "certificate" | "revocation list"), "{name}: {lie:02X?} at {place}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_bounds_are_where_they_are_said_to_be() {
    let padded = |bytes: &[u8], length: usize, filler: u8| {
        let mut bytes = bytes.to_vec();
        bytes.resize(length, filler);
        bytes
    };
    let certificate = fixture("certificates/cps-medecin.auth.der");
    let most = limits::CERTIFICATE_BYTES;
    assert_eq!(
        certificates_in(&padded(&certificate, most, 0xFF)).unwrap()[0].trailing_bytes(),
        most - certificate.len()
    );
    let error = certificates_in(&padded(&certificate, most + 1, 0xFF)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LimitReached);

    let transcript = b"cpx-check transcript 1\ndate 2026-11-20\nredacted no\n";
    let text = |length| String::from_utf8(padded(transcript, length, b'\n')).unwrap();
    assert!(Transcript::parse(&text(limits::TRANSCRIPT_BYTES)).is_ok());
    let error = Transcript::parse(&text(limits::TRANSCRIPT_BYTES + 1)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::FileTooLarge);

    let case = br#"{"schema":"cpx-check.case/1"}"#;
    let kind = |length| Case::parse(&padded(case, length, b' ')).unwrap_err().kind();
    assert_eq!(kind(limits::CASE_BYTES), ErrorKind::Malformed, "it has no facts");
    assert_eq!(kind(limits::CASE_BYTES + 1), ErrorKind::FileTooLarge);
}

#[test]
fn odd_shapes_are_followed_or_refused() {
    // depth: each level has a length of four bytes
    for levels in [1, 2, 15, 16, 17, 1000, 100_000] {
        let mut headers = Vec::new();
        let mut length = 0_usize;
        for _ in 0..levels {
            let [_, high, middle, low] = u32::try_from(length).unwrap().to_be_bytes();
            headers.push([0x30, 0x83, high, middle, low]);
            length += 5;
        }
        headers.reverse();
        let bytes = headers.concat();
        let found = walk(&bytes).flatten().count();
        assert_eq!(found, levels.min(limits::TLV_DEPTH), "{levels} levels");
        let refused = walk(&bytes).find_map(std::result::Result::err).map(|error| error.kind());
        assert_eq!(refused, (levels > limits::TLV_DEPTH).then_some(ErrorKind::LimitReached), "{levels} levels");
    }
    let siblings = [0x81, 0x00].repeat(32_000);
    assert_eq!(objects(&siblings).flatten().count(), limits::TLV_OBJECTS);
    // tags of one to five bytes: ISO 7816-4 knows three
    for (tag, number) in [("5A", Some(0x5A)), ("9F38", Some(0x9F38)), ("BF8101", Some(0xBF_8101))] {
        assert_eq!(single(&hex(&format!("{tag}0101"))).ok().map(|found| found.tag.number()), number);
    }
    for tag in ["BF818101", "BF81818101", "BF8181818101"] {
        assert_eq!(single(&hex(&format!("{tag}0101"))).unwrap_err().kind(), ErrorKind::Malformed, "{tag}");
    }
    assert!(objects(&[0x00; 40]).next().is_none(), "tag 00 is filler");
    // an empty object, a field of another class, a field that is constructed, and the same one twice
    for (object, kept) in [("ED00", 0), ("ED040402DDDD", 1), ("ED04A402DDDD", 1), ("ED08840241428402DDDD", 1)] {
        let mut found = DataObjects::default();
        found.read("CPS_INFO_PS", &hex(object)).unwrap();
        assert_eq!(found.kept.len(), kept, "{object}");
        let surname = found.holder.surname.map(|name| name.reveal().to_owned());
        assert_eq!(surname.as_deref(), object.contains("84024142").then_some("AB"), "{object}");
    }
    for atr_bytes in 0..=40 {
        let atr = Atr::new(&vec![0x3F; atr_bytes]);
        assert_eq!(atr.is_ok(), (2..=limits::ATR_BYTES).contains(&atr_bytes), "{atr_bytes} bytes");
        assert!(atr.is_err() || atr.unwrap().historical().len() <= 15);
    }
}

/// Texts that try to leave their place, in the name of a certificate: read by the program, in each of its languages and
/// forms.
#[test]
fn texts_of_certificates_stay_in_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hostile.cer");
    let long = "A".repeat(10_000);
    let values: Vec<(u16, Vec<u8>)> = vec![
        (0x0C, vec![0xC3, 0x28, 0xFF]),
        (0x14, vec![0x45, 0xC9, 0x6C]),
        (0x1E, vec![0x00, 0x41, 0x00]),
        (0x0C, b"nul\0nul".to_vec()),
        (0x0C, b"two\nlines\r".to_vec()),
        (0x0C, b"\x1B]0;title\x07\x1B[2J".to_vec()),
        (0x0C, "right\u{202E}left\u{200F}".into()),
        (0x0C, long.into()),
        (0x0C, b"<script>alert(1)</script>".to_vec()),
        (0x0C, b"=cmd|' /C calc'!A0".to_vec()),
        (0x13, b"".to_vec()),
        (0x05, b"".to_vec()),
    ];
    for (tag, value) in values {
        let told = format!("{tag:02X} {:02X?}", &value[..value.len().min(20)]);
        let name = der(0x30, &der(0x31, &attribute(tag, &value)));
        std::fs::write(&file, certificate_with(5, name)).unwrap();
        for form in ["text", "json"] {
            for more in [&[][..], &["--show-identity"]] {
                let mut program = Program::new(env!("CARGO_BIN_EXE_cpx-check"));
                program.arg("certificate").arg(&file).args(["--format", form]).args(more).stdin(Stdio::null());
                let output = program.output().unwrap();
                let said = String::from_utf8([output.stdout, output.stderr].concat()).expect(&told);
                assert!(output.status.code().is_some_and(|code| code < 64), "{told}: {said}");
                assert!(!said.chars().any(|c| c.is_control() && c != '\n'), "{told}: {said:?}");
                assert!(!said.contains(['\u{202E}', '\u{200F}']), "{told}: {said:?}");
                assert!(said.len() < 20_000, "{told}: {} bytes", said.len());
                assert!(form == "text" || serde_json::from_str::<serde_json::Value>(&said).is_ok(), "{told}: {said}");
            }
        }
    }
}

#[test]
fn odd_certificates_are_read_as_what_they_are() {
    let parse = |place, part| Certificate::parse(&certificate_with(place, part));
    // version 1: no version, no extensions
    let first = parse(0, Vec::new()).unwrap();
    assert_eq!(first.version(), 1);
    // a name without common name, and an empty one
    for name in [der(0x30, &[]), der(0x30, &der(0x31, &der(0x30, &hex("060355040A0C0141"))))] {
        assert_eq!(parse(5, name).unwrap().subject().common_name().map(|_| ()), None);
    }
    // dates at the ends of what can be written, and an end before the beginning
    for (from, to) in [("500101000000Z", "491231235959Z"), ("491231235959Z", "500101000000Z")] {
        let dates = [der(0x17, from.as_bytes()), der(0x17, to.as_bytes())].concat();
        assert!(parse(4, der(0x30, &dates)).is_ok(), "{from} {to}");
    }
    let dates = [der(0x17, b"260101000000Z"), der(0x18, b"99991231235959Z")].concat();
    assert_eq!(parse(4, der(0x30, &dates)).unwrap().not_after().to_string(), "9999-12-31T23:59:59Z");
    // both ends of the validity count
    let seconds = leaf().not_after().unix();
    let code = |unix| Validity::of(leaf(), Moment::from_unix(unix)).code();
    assert_ne!(code(seconds), code(seconds + 1));
    assert_eq!(code(seconds + 1), Validity::Expired { days: 0 }.code());
    // an RSA key of 16 kB: nothing is verified with it, and nobody waits
    let key = hostile::long_key(16 * 1024);
    let large = parse(6, key).unwrap();
    assert_ne!(leaf().signed_by(&large), SignatureCheck::Good);
    // a curve that is written out
    let explicit = der(0x30, &[hex("06072A8648CE3D0201"), der(0x30, &hex("020101"))].concat());
    let curve = parse(6, der(0x30, &[explicit, hex("030204AA")].concat()));
    assert!(
        curve.is_err()
            || curve.is_ok_and(|one| matches!(one.public_key().algorithm(), KeyAlgorithm::EllipticCurve(None)))
    );
    // an unknown extension is kept, also a critical one; the same one twice counts for nothing
    let unknown = der(0x30, &[hex("06022A03"), hex("0101FF"), hex("04020500")].concat());
    let unknown = parse(7, extensions(&unknown)).unwrap();
    assert!(matches!(unknown.extensions(), [one] if one.is_critical()), "{:?}", unknown.extensions());
    let twice = [extension("551D0F", &hex("03020780")), extension("551D0F", &hex("03020640"))].concat();
    let twice = parse(7, extensions(&twice)).unwrap();
    assert_eq!((twice.key_usage(), twice.notes().len()), (None, 1), "{:?}", twice.notes());
    assert_eq!(leaf().signed_by(authority()), SignatureCheck::Good);
}

/// A card that answers READ BINARY of each file with its bytes, and everything else as it is told.
struct Scripted<'a> {
    atr: Atr,
    files: &'a BTreeMap<Vec<u8>, Vec<u8>>,
    selected: Vec<u8>,
    answer: &'a dyn Fn(usize, &Command) -> Option<Answer>,
    sent: usize,
}

impl Exchange for Scripted<'_> {
    fn atr(&self) -> &Atr {
        &self.atr
    }

    fn protocol(&self) -> Protocol {
        Protocol::T1
    }

    fn transmit(&mut self, command: &Command) -> Result<Answer> {
        self.sent += 1;
        if let Some(answer) = (self.answer)(self.sent, command) {
            return Ok(answer);
        }
        if let Command::SelectPath { path, .. } = command {
            self.selected = path.bytes().to_vec();
            let known = self.selected.is_empty() || self.files.contains_key(&self.selected);
            return Ok(Answer::new(Vec::new(), if known { Status::OK } else { Status::new(0x6A, 0x82) }));
        }
        let Command::ReadBinary { offset, length, .. } = command else {
            return Ok(Answer::new(Vec::new(), Status::new(0x6D, 0x00)));
        };
        let file = self.files.get(&self.selected).map(Vec::as_slice).unwrap_or_default();
        let rest = file.get(usize::from(*offset)..).unwrap_or_default();
        Ok(Answer::new(rest[..rest.len().min(usize::from(*length))].to_vec(), Status::OK))
    }
}

fn read_scripted(
    files: &BTreeMap<Vec<u8>, Vec<u8>>,
    answer: &dyn Fn(usize, &Command) -> Option<Answer>,
) -> (Result<CardAnswer>, usize) {
    let atr = Atr::new(&hex(CPS3)).unwrap();
    let mut card = Scripted { atr, files, selected: Vec::new(), answer, sent: 0 };
    let outcome = read(&mut card, ReadOptions::default().with_certificates(true));
    (outcome, card.sent)
}

/// A card that always answers the same, or turns between answers: the reading ends, soon, with the right word.
#[test]
fn answers_that_no_card_gives_end_the_reading() {
    for bytes in [&[][..], &[0x90]] {
        assert_eq!(Answer::from_bytes(bytes).unwrap_err().kind(), ErrorKind::CardNonsense);
    }
    assert!(Answer::from_bytes(&[0x90, 0x00]).unwrap().data.is_empty());
    let nothing = BTreeMap::new();
    let said = |data: &[u8], sw: u16| {
        let [sw1, sw2] = sw.to_be_bytes();
        Answer::new(data.to_vec(), Status::new(sw1, sw2))
    };
    let long = vec![0x30; 256];
    let (nonsense, limit) = (ErrorKind::CardNonsense, ErrorKind::LimitReached);
    for (told, answers, kind) in [
        ("9000 and no data", vec![said(&[], 0x9000)], nonsense),
        ("61 without end, a byte each", vec![said(&[0], 0x6101)], limit),
        ("61 without end, no byte", vec![said(&[], 0x6101)], nonsense),
        ("6C without end", vec![said(&[], 0x6C10)], nonsense),
        ("6C with the length asked for", vec![said(&[], 0x6CE7)], nonsense),
        ("61 then an internal error", vec![said(&[], 0x6110), said(&[], 0x6F00)], nonsense),
        ("longer than asked for", vec![said(&[], 0x9000), said(&long, 0x9000)], nonsense),
        ("a warning with data", vec![said(&[1], 0x6281)], nonsense),
        ("a counter with data", vec![said(&[1], 0x63C2)], nonsense),
        (
            "turning status words",
            vec![said(&[], 0x9000), said(&[], 0x6A82), said(&[], 0x6982), said(&[], 0x6F00)],
            nonsense,
        ),
        ("no status word of the standard", vec![said(&[], 0x0000)], nonsense),
    ] {
        let (outcome, sent) = read_scripted(&nothing, &|number, _| answers.get((number - 1) % answers.len()).cloned());
        assert_eq!(outcome.unwrap_err().kind(), kind, "{told}");
        assert!(sent <= usize::try_from(limits::GET_RESPONSE_ROUNDS).unwrap() * 2 + 10, "{told}: {sent} commands");
    }
}

/// Directories and files that lie about each other.
#[test]
fn files_that_lie_are_bounded_and_told() {
    let path = |text: &str| FilePath::new(&hex(text)).unwrap().bytes().to_vec();
    let odf = |entries: &str| BTreeMap::from([(path("00015031"), hex(entries))]);
    let entry = |label: &[u8], to: &str| {
        let common = der(0x30, &der(0x0C, label));
        der(0x30, &[common, der(0xA1, &der(0x30, &der(0x04, &hex(to))))].concat())
    };
    let with = |entries: Vec<u8>, more: &[(&str, Vec<u8>)]| {
        let mut files = odf("A70A300804063F0000017005");
        files.insert(path("00017005"), entries);
        files.extend(more.iter().map(|(name, bytes)| (path(name), bytes.clone())));
        files
    };
    let sound = hex(INFO_PS);
    let mut longer_than_told = sound.clone();
    longer_than_told[1] = 0x26;
    for (told, files, expected) in [
        ("a directory that is its own", odf("A70A300804063F0000015031"), Err(ErrorKind::CardNonsense)),
        ("a directory that is not there", odf("A70A300804063F0000017005"), Err(ErrorKind::CardNonsense)),
        ("a path of forty bytes", odf(&format!("A72C302A0428{}", "3F00".repeat(20))), Err(ErrorKind::CardNonsense)),
        ("an empty path", odf("A704300204 00".replace(' ', "").as_str()), Err(ErrorKind::CardNonsense)),
        (
            "an object of no bytes",
            with(entry(b"CPS_INFO_PS", "3F000001D104"), &[("0001D104", vec![])]),
            Err(ErrorKind::CardNonsense),
        ),
        (
            "more announced than there is",
            with(entry(b"CPS_INFO_PS", "3F000001D104"), &[("0001D104", hex("ED82FFFF80020000"))]),
            Err(ErrorKind::CardNonsense),
        ),
        (
            "less announced than there is",
            with(entry(b"CPS_INFO_PS", "3F000001D104"), &[("0001D104", longer_than_told)]),
            Err(ErrorKind::CardNonsense),
        ),
        (
            "an object that is its directory",
            with(entry(b"CPS_INFO_PS", "3F0000017005"), &[]),
            Err(ErrorKind::CardNonsense),
        ),
        ("a thousand entries", with(entry(b"OTHER", "3F000001D104").repeat(1000), &[]), Err(ErrorKind::CardNonsense)),
        (
            "a sound object among a hundred others",
            with(
                [entry(b"OTHER", "3F000001D1FF").repeat(100), entry(b"CPS_INFO_PS", "3F000001D104")].concat(),
                &[("0001D104", sound)],
            ),
            Ok("899700366240"),
        ),
    ] {
        let (outcome, sent) = read_scripted(&files, &|_, _| None);
        let found = outcome.map(|answer| match answer {
            CardAnswer::Cpx(card) => card.holder.id.unwrap().reveal().to_owned(),
            other @ CardAnswer::Foreign { .. } => panic!("{told}: {other:?}"),
        });
        let found = found.as_ref().map(String::as_str).map_err(Error::kind);
        assert_eq!(found, expected, "{told}");
        assert!(sent <= usize::try_from(limits::READING_EXCHANGES).unwrap() + 1, "{told}: {sent} commands");
    }
}

/// A file that says something else each time it is read: it is read once.
#[test]
fn every_file_is_read_once() {
    let counted = std::cell::RefCell::new(BTreeMap::<(Vec<u8>, u16), usize>::new());
    let selected = std::cell::RefCell::new(Vec::new());
    let personality = cpx_simulator::Personality::embedded("cps-medecin").unwrap();
    let card = std::cell::RefCell::new(cpx_simulator::VirtualCard::new(personality).unwrap());
    let (outcome, _) = read_scripted(&BTreeMap::new(), &|_, command| {
        match command {
            Command::SelectPath { path, .. } => *selected.borrow_mut() = path.bytes().to_vec(),
            Command::ReadBinary { offset, .. } => {
                *counted.borrow_mut().entry((selected.borrow().clone(), *offset)).or_default() += 1;
            }
            _ => {}
        }
        Answer::from_bytes(&card.borrow_mut().answer(&command.encode())).ok()
    });
    assert!(matches!(outcome, Ok(CardAnswer::Cpx(_))));
    let counted = counted.into_inner();
    assert!(counted.len() > 6 && counted.values().all(|times| *times == 1), "{counted:?}");
}
