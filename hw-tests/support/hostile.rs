//! The worst inputs of any length for every parser: what the tests of memory and the bench of time read.
#![allow(
    dead_code,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    missing_docs
)]

use std::hint::black_box;
use std::path::Path;
use std::sync::OnceLock;

use cpx_card::internal::card::{DataObjects, ReadOptions, anonymous, read};
use cpx_card::internal::certificate::{
    Certificate, Judge, Moment, Profile, Revocation, RevocationList, certificates_in, revocation_lists_in,
};
use cpx_card::internal::facts::Case;
use cpx_card::internal::identity::{HolderId, Name, Pseudonyms, StructureId};
use cpx_card::internal::iso7816::{Atr, Command, Status, Tag, announced_length, digits, objects, single, walk};
use cpx_card::internal::pkcs15::{applications, directory, object_directory};
use cpx_card::internal::transport::{Answer, Exchange, Protocol, Transcript};
use cpx_card::internal::workstation::browsers::{
    chrome_policies, extensions_json, firefox_policies, p11_kit, pkcs11_manifest, pkcs11_txt, prefs_js, profiles_ini,
};
use cpx_card::internal::workstation::facts::BrowserKind;
use cpx_card::internal::workstation::{binary, bounded_file, galss};
use cpx_report::sanitise;

/// One hostile input and who reads it.
pub struct Hostile {
    pub name: &'static str,
    /// The input of about so many bytes, never more.
    pub make: fn(usize) -> Vec<u8>,
    pub read: fn(&[u8]),
}

/// What is promised for an input of this many bytes.
pub const BYTES: usize = 64 * 1024;

pub const ALL: &[Hostile] = &[
    Hostile { name: "tlv: empty children", make: |n| der(0x70, &repeated(&[0x80, 0x00], n - 5)), read: tlv },
    Hostile { name: "tlv: constructed children", make: |n| der(0x70, &repeated(&[0x30, 0x00], n - 5)), read: tlv },
    Hostile { name: "tlv: one tag again and again", make: |n| repeated(&[0x81, 0x01, 0xFF], n), read: tlv },
    Hostile { name: "tlv: children of every tag", make: every_tag, read: tlv },
    Hostile { name: "tlv: depth", make: depth, read: tlv },
    Hostile { name: "tlv: depth without lengths", make: |n| repeated(&[0x30, 0x80], n), read: tlv },
    Hostile { name: "tlv: lengths that lie", make: |n| repeated(&[0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], n), read: tlv },
    Hostile { name: "tlv: filler", make: |n| vec![0xFF; n], read: tlv },
    Hostile { name: "atr and digits", make: |n| vec![0x99; n], read: atr_and_digits },
    Hostile { name: "directory: empty entries", make: |n| repeated(&[0x30, 0x00], n), read: pkcs15 },
    Hostile { name: "directory: entries", make: |n| repeated(&entry(), n), read: pkcs15 },
    Hostile { name: "directory: one long label", make: long_label, read: pkcs15 },
    Hostile { name: "object directory", make: |n| repeated(&hex("A80A300804063F0000017001"), n), read: pkcs15 },
    Hostile { name: "EF.DIR", make: |n| repeated(&hex("610D4F058025000001510400010002"), n), read: pkcs15 },
    Hostile { name: "card: specialities", make: |n| info_ps(0x85, &repeated(b"SM26", n - 10)), read: card_objects },
    Hostile { name: "card: unknown specialities", make: |n| info_ps(0x85, &vec![b'?'; n - 10]), read: card_objects },
    Hostile { name: "card: languages", make: languages, read: card_objects },
    Hostile { name: "card: a long name", make: |n| info_ps(0x84, &vec![0xE9; n - 10]), read: card_objects },
    Hostile { name: "card: a long identifier", make: |n| info_ps(0x81, &vec![b'8'; n - 10]), read: card_objects },
    Hostile { name: "card: fields of every tag", make: fields, read: card_objects },
    Hostile { name: "card: a directory without end", make: |n| repeated(&[0x30, 0x00], n), read: whole_card },
    Hostile { name: "card: a directory of entries", make: |n| repeated(&entry(), n), read: whole_card },
    Hostile { name: "card: bytes", make: |n| (0..n).map(|i| (i * 31 % 251) as u8).collect(), read: whole_card },
    Hostile { name: "certificate: names", make: |n| certificate(n, SUBJECT, &name_of_many), read: certificates },
    Hostile { name: "certificate: one set", make: |n| certificate(n, SUBJECT, &one_set), read: certificates },
    Hostile { name: "certificate: a long name", make: |n| certificate(n, SUBJECT, &long_name), read: certificates },
    Hostile { name: "certificate: extensions", make: |n| certificate(n, EXTENSIONS, &many), read: certificates },
    Hostile { name: "certificate: addresses", make: |n| certificate(n, EXTENSIONS, &addresses), read: certificates },
    Hostile { name: "certificate: usages", make: |n| certificate(n, EXTENSIONS, &usages), read: certificates },
    Hostile { name: "certificate: depth", make: |n| certificate(n, EXTENSIONS, &deep_names), read: certificates },
    Hostile { name: "certificate: key", make: |n| certificate(n, KEY, &long_key), read: certificates },
    Hostile { name: "certificates: side by side", make: side_by_side, read: certificates },
    Hostile { name: "certificates: empty sequences", make: |n| repeated(&[0x30, 0x00], n), read: certificates },
    Hostile { name: "pem: blocks", make: |n| repeated(PEM.as_bytes(), n), read: certificates },
    Hostile { name: "pem: other blocks", make: |n| repeated(OTHER_PEM.as_bytes(), n), read: certificates },
    Hostile { name: "pem: beginnings", make: |n| repeated(b"-----BEGIN ", n), read: certificates },
    Hostile { name: "pem: labels", make: |n| repeated(b"-----BEGIN -----", n), read: certificates },
    Hostile { name: "pem: base64", make: |n| repeated(b"MIII", n), read: certificates },
    Hostile { name: "revocation list: entries", make: revocation_list, read: revocation_lists },
    Hostile { name: "ocsp: answers", make: |n| repeated(&ocsp_answer(), n), read: ocsp },
    Hostile { name: "ocsp: many answers in one", make: ocsp_of_many, read: ocsp },
    Hostile { name: "transcript: exchanges", make: |n| transcript(n, "> 00C0000000\n< 9000\n"), read: transcripts },
    Hostile { name: "transcript: files", make: |n| transcript(n, SELECT_AND_READ), read: transcripts },
    Hostile { name: "transcript: directories", make: |n| transcript(n, SELECT_DIRECTORY), read: transcripts },
    Hostile { name: "transcript: one long answer", make: long_answer, read: transcripts },
    Hostile { name: "transcript: comments", make: |n| transcript(n, "#\n"), read: transcripts },
    Hostile { name: "transcript: readers", make: |n| transcript(n, "slot empty \"\"\n"), read: transcripts },
    Hostile { name: "case: depth", make: |n| vec![b'['; n], read: case },
    Hostile { name: "case: depth of objects", make: |n| repeated(b"{\"a\":", n), read: case },
    Hostile { name: "case: width", make: |n| wrapped("{\"schema\":\"x\",\"a\":[", "0,", "0]}", n), read: case },
    Hostile { name: "case: objects", make: |n| wrapped("{\"a\":[", "{\"\":{}},", "0]}", n), read: case },
    Hostile {
        name: "case: fields",
        make: |n| wrapped("{\"schema\":\"cpx-check.case/1\"", ",\"a\":0", "}", n),
        read: case,
    },
    Hostile {
        name: "case: facts",
        make: |n| wrapped(CASE, "{\"name\":\"\",\"content\":\"empty\"},", "0]}}}", n),
        read: case,
    },
    Hostile { name: "case: escapes", make: |n| wrapped("{\"schema\":\"", "\\u00e9", "\"}", n), read: case },
    Hostile { name: "pkcs11.txt: libraries", make: |n| repeated(b"library=a\nname=b\n\n", n), read: settings },
    Hostile { name: "pkcs11.txt: empty lines", make: |n| vec![b'\n'; n], read: settings },
    Hostile { name: "pkcs11.txt: one long line", make: |n| wrapped("library=", "x", "\n", n), read: settings },
    Hostile { name: "profiles.ini: profiles", make: |n| repeated(b"[Profile0]\nPath=a\n", n), read: settings },
    Hostile { name: "profiles.ini: sections", make: |n| repeated(b"[I]\nDefault=a\n", n), read: settings },
    Hostile { name: "prefs.js: preferences", make: |n| repeated(PREFERENCE.as_bytes(), n), read: settings },
    Hostile { name: "prefs.js: open lines", make: |n| repeated(b"user_pref(\"", n), read: settings },
    Hostile { name: "json: lists", make: |n| wrapped("{\"addons\":[", "{},", "{}]}", n), read: settings },
    Hostile { name: "json: depth", make: |n| repeated(b"{\"policies\":", n), read: settings },
    Hostile {
        name: "policies: modules",
        make: |n| wrapped(POLICIES, "\"\\u0061\":\"\",", "\"\":\"\"}}}}", n),
        read: settings,
    },
    Hostile { name: "policies: rules", make: |n| wrapped(RULES, "\"{}\",", "\"{}\"]}", n), read: settings },
    Hostile { name: "galss.ini: channels", make: |n| repeated(b"[CANAL1]\nINDEX=1\n", n), read: settings },
    Hostile { name: "elf: every number at its most", make: |n| headed(b"\x7FELF\x02\x01\x01", n), read: binaries },
    Hostile { name: "pe: every number at its most", make: |n| headed(b"MZ", n), read: binaries },
    Hostile { name: "universal: every number at its most", make: |n| headed(b"\xCA\xFE\xBA\xBE", n), read: binaries },
    Hostile { name: "universal: processors", make: universal, read: binaries },
    Hostile { name: "text: controls", make: |n| vec![0x1B; n], read: texts },
    Hostile { name: "text: marks of direction", make: |n| repeated("\u{202E}".as_bytes(), n), read: texts },
    Hostile { name: "text: no UTF-8", make: |n| vec![0xFF; n], read: texts },
    Hostile { name: "text: digits", make: |n| vec![b'1'; n], read: texts },
];

// Who reads

fn tlv(bytes: &[u8]) {
    black_box(walk(bytes).count());
    black_box(objects(bytes).count());
    black_box(announced_length(bytes).is_ok());
    if let Ok(outer) = single(bytes) {
        black_box((outer.children().count(), outer.child(Tag::new(0x9F7F)).is_ok()));
    }
}

fn atr_and_digits(bytes: &[u8]) {
    black_box((Atr::new(bytes).is_ok(), digits(bytes).is_some()));
}

fn pkcs15(bytes: &[u8]) {
    black_box((directory(bytes).entries.len(), object_directory(bytes).is_ok(), applications(bytes).is_ok()));
}

fn card_objects(bytes: &[u8]) {
    for label in ["CPS_ID_CARD", "CPS_INFO_PS", "CPS_NAME_PS", "CPS_LANG_PS"] {
        let mut found = DataObjects::default();
        black_box((found.read(label, bytes).is_ok(), &found));
        for name in [&found.holder.surname, &found.holder.given_name].into_iter().flatten() {
            black_box(name.to_string());
        }
    }
}

/// A card whose every file holds these bytes.
struct EveryFile<'a> {
    atr: Atr,
    bytes: &'a [u8],
}

impl Exchange for EveryFile<'_> {
    fn atr(&self) -> &Atr {
        &self.atr
    }

    fn protocol(&self) -> Protocol {
        Protocol::T1
    }

    fn transmit(&mut self, command: &Command) -> cpx_card::Result<Answer> {
        let data = match command {
            Command::ReadBinary { offset, length, .. } => {
                let rest = self.bytes.get(usize::from(*offset)..).unwrap_or_default();
                rest[..rest.len().min(usize::from(*length))].to_vec()
            }
            _ => Vec::new(),
        };
        Ok(Answer::new(data, Status::OK))
    }
}

fn whole_card(bytes: &[u8]) {
    for atr in ["3BAC00402A001225006480000310009000", "3B8F8001002B00122500648004010090000F"] {
        let atr = Atr::new(&hex(atr)).unwrap();
        black_box(read(&mut EveryFile { atr, bytes }, ReadOptions::default().with_certificates(true)).is_ok());
    }
}

const NOW: Moment = Moment::from_unix(1_795_176_000);

fn certificates(bytes: &[u8]) {
    let _ = black_box(RevocationList::parse(bytes).is_ok());
    for certificate in certificates_in(bytes).into_iter().flatten() {
        let issuer = authority();
        black_box(certificate.signed_by(issuer));
        black_box(certificate.subject().reveal());
        black_box(Profile::of(&certificate));
        black_box(Judge::igc_sante().judge(&certificate, std::slice::from_ref(issuer), NOW));
    }
}

fn revocation_lists(bytes: &[u8]) {
    for list in revocation_lists_in(bytes).into_iter().flatten() {
        black_box((list.entry(leaf()).is_ok(), list.signed_by(authority())));
    }
}

fn ocsp(bytes: &[u8]) {
    black_box(Revocation::by_responder(leaf(), authority(), bytes, NOW));
}

fn transcripts(bytes: &[u8]) {
    if let Ok(transcript) = Transcript::parse(std::str::from_utf8(bytes).unwrap()) {
        black_box(anonymous(&transcript, &Pseudonyms::keyed(b"test")).to_string());
    }
}

fn case(bytes: &[u8]) {
    black_box(Case::parse(bytes).is_ok());
}

/// Every reader of settings reads every file of settings.
fn settings(bytes: &[u8]) {
    let text = bounded_file::text_of(bytes);
    black_box((pkcs11_txt::modules(bytes), p11_kit::settings(bytes).len(), galss::channels(bytes).is_ok()));
    black_box(profiles_ini::profiles(bytes, bytes, Path::new("/home")));
    black_box(prefs_js::preferences(&text, &text));
    black_box((extensions_json::cps_extensions(&text).is_ok(), firefox_policies::policies(&text).is_ok()));
    black_box(pkcs11_manifest::manifest(&text).is_ok());
    black_box(chrome_policies::rules_of_file(BrowserKind::Chrome, &text));
    black_box(chrome_policies::rule_of_text(BrowserKind::Chrome, &text));
}

fn binaries(bytes: &[u8]) {
    black_box(binary::architectures_of(bytes).is_ok());
}

fn texts(bytes: &[u8]) {
    let text = bounded_file::text_of(bytes);
    black_box((sanitise(&text), Name::from_latin1(bytes).to_string()));
    let (holder, structure) = (HolderId::parse(&text), StructureId::parse(&text));
    black_box((holder.problem(), Pseudonyms::keyed(b"k").holder(&holder), holder.to_string()));
    black_box((structure.problem(), Pseudonyms::keyed(b"k").structure(&structure), structure.to_string()));
}

// What they read

const PEM: &str = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
const OTHER_PEM: &str = "-----BEGIN X-----\n-----END X-----\n";
const SELECT_AND_READ: &str = "> 00A4090C063F0000010002\n< 9000\n> 00B0000002\n< E3009000\n";
const SELECT_DIRECTORY: &str = "> 00A4090C063F0000015031\n< 9000\n> 00B000000C\n< A80A300804063F00000170019000\n";
const CASE: &str = "{\"schema\":\"cpx-check.case/1\",\"facts\":{\"readers\":{\"Ok\":[";
const PREFERENCE: &str = "user_pref(\"security.default_personal_cert\", \"Ask\");\n";
const POLICIES: &str = "{\"policies\":{\"SecurityDevices\":{\"Add\":{";
const RULES: &str = "{\"AutoSelectCertificateForUrls\":[";

pub fn hex(text: &str) -> Vec<u8> {
    hex::decode(text).unwrap()
}

fn repeated(piece: &[u8], most: usize) -> Vec<u8> {
    piece.repeat(most / piece.len())
}

fn wrapped(before: &str, piece: &str, after: &str, most: usize) -> Vec<u8> {
    let room = most.saturating_sub(before.len() + after.len());
    [before.as_bytes(), &repeated(piece.as_bytes(), room), after.as_bytes()].concat()
}

fn headed(magic: &[u8], most: usize) -> Vec<u8> {
    [magic, &vec![0xFF; most - magic.len()]].concat()
}

/// One object with this tag of one or two bytes.
pub fn der(tag: u16, content: &[u8]) -> Vec<u8> {
    let tag = if tag > 0xFF { tag.to_be_bytes().to_vec() } else { vec![tag as u8] };
    let [high, middle, low] = [content.len() >> 16, content.len() >> 8, content.len()].map(|byte| byte as u8);
    let length = match content.len() {
        0..=0x7F => vec![low],
        0x80..=0xFF => vec![0x81, low],
        0x100..=0xFFFF => vec![0x82, middle, low],
        _ => vec![0x83, high, middle, low],
    };
    [&tag[..], &length, content].concat()
}

/// Objects of two bytes of tag, each another one.
fn every_tag(most: usize) -> Vec<u8> {
    let tag = |i: usize| [0x9F, (0x81 + i / 127 % 126) as u8, (i % 127) as u8, 0x00];
    let room = (most - 5) / 4;
    der(0x70, &(0..room).flat_map(tag).collect::<Vec<_>>())
}

fn depth(most: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut left = most;
    while left >= 4 {
        left -= 4;
        bytes.extend([0x30, 0x82, (left >> 8) as u8, left as u8]);
    }
    bytes
}

/// An entry of a directory, as the cards have them.
fn entry() -> Vec<u8> {
    hex("302530100C0B4350535F49445F4341524403010030050C03435053A10A300804063F000001D101")
}

fn long_label(most: usize) -> Vec<u8> {
    der(0x30, &der(0x30, &der(0x0C, &vec![b'A'; most - 16])))
}

fn info_ps(tag: u16, value: &[u8]) -> Vec<u8> {
    der(0xED, &der(tag, value))
}

fn languages(most: usize) -> Vec<u8> {
    der(0xE5, &der(0x80, &repeated(b"fr", most - 10)))
}

fn fields(most: usize) -> Vec<u8> {
    let mut bytes = every_tag(most);
    bytes[0] = 0xED;
    bytes
}

pub fn fixture(path: &str) -> Vec<u8> {
    // a test of the library, or of a crate below it
    let places = ["fixtures/pki", "../../fixtures/pki"].map(|place| Path::new(env!("CARGO_MANIFEST_DIR")).join(place));
    std::fs::read(places.iter().find(|place| place.is_dir()).unwrap().join(path)).unwrap()
}

pub fn leaf() -> &'static Certificate {
    static LEAF: OnceLock<Certificate> = OnceLock::new();
    LEAF.get_or_init(|| Certificate::parse(&fixture("certificates/cps-medecin.auth.der")).unwrap())
}

pub fn authority() -> &'static Certificate {
    static AUTHORITY: OnceLock<Certificate> = OnceLock::new();
    AUTHORITY.get_or_init(|| {
        let files = ["fort-personnes", "standard-personnes", "elementaire-personnes"];
        let mut all = files.map(|file| Certificate::parse(&fixture(&format!("authorities/{file}.der"))).unwrap());
        let place = all.iter().position(|one| one.subject().reveal() == leaf().issuer().reveal()).unwrap();
        all.swap(0, place);
        let [first, ..] = all;
        first
    })
}

/// Places of parts in a certificate: subject, key and extensions.
const SUBJECT: usize = 5;
const KEY: usize = 6;
const EXTENSIONS: usize = 7;

/// A certificate of at most this length, one part of which is made up.
fn certificate(most: usize, place: usize, make: &dyn Fn(usize) -> Vec<u8>) -> Vec<u8> {
    let bytes = fixture("certificates/cps-medecin.auth.der").len();
    certificate_with(place, make(most.saturating_sub(bytes + 64)))
}

/// A certificate with another part in this place.
pub fn certificate_with(place: usize, part: Vec<u8>) -> Vec<u8> {
    let bytes = fixture("certificates/cps-medecin.auth.der");
    let outer = single(&bytes).unwrap();
    let parts: Vec<_> = outer.children().map(Result::unwrap).collect();
    let mut fields: Vec<Vec<u8>> = parts[0].children().map(|field| field.unwrap().bytes.to_vec()).collect();
    fields[place] = part;
    let body = der(0x30, &fields.concat());
    der(0x30, &[&body[..], parts[1].bytes, parts[2].bytes].concat())
}

/// A common name, with this type of text.
pub fn attribute(tag: u16, value: &[u8]) -> Vec<u8> {
    der(0x30, &[&hex("0603550403")[..], &der(tag, value)].concat())
}

fn name_of_many(most: usize) -> Vec<u8> {
    der(0x30, &repeated(&der(0x31, &attribute(0x0C, b"")), most))
}

fn one_set(most: usize) -> Vec<u8> {
    der(0x30, &der(0x31, &repeated(&attribute(0x0C, b""), most)))
}

fn long_name(most: usize) -> Vec<u8> {
    der(0x30, &der(0x31, &attribute(0x0C, &vec![b'A'; most])))
}

pub fn long_key(most: usize) -> Vec<u8> {
    let numbers = [der(0x02, &[&[0x00][..], &vec![0xFF; most]].concat()), hex("0203010001")].concat();
    let bits = der(0x03, &[&[0x00][..], &der(0x30, &numbers)].concat());
    der(0x30, &[&hex("300D06092A864886F70D0101010500")[..], &bits].concat())
}

pub fn extensions(all: &[u8]) -> Vec<u8> {
    der(0xA3, &der(0x30, all))
}

pub fn extension(oid: &str, value: &[u8]) -> Vec<u8> {
    der(0x30, &[der(0x06, &hex(oid)), der(0x04, value)].concat())
}

fn many(most: usize) -> Vec<u8> {
    extensions(&repeated(&extension("2A03", &[]), most))
}

/// Distribution points of revocation lists.
fn addresses(most: usize) -> Vec<u8> {
    let point = der(0x30, &der(0xA0, &der(0xA0, &der(0x86, b"http://a/"))));
    extensions(&extension("551D1F", &der(0x30, &repeated(&point, most))))
}

fn usages(most: usize) -> Vec<u8> {
    extensions(&extension("551D25", &der(0x30, &repeated(&hex("06012A"), most))))
}

/// Alternative names in one another.
fn deep_names(most: usize) -> Vec<u8> {
    extensions(&extension("551D11", &depth(most)))
}

fn side_by_side(most: usize) -> Vec<u8> {
    repeated(&fixture("certificates/cps-medecin.auth.der"), most)
}

fn revocation_list(most: usize) -> Vec<u8> {
    let bytes = fixture("crl/fort-personnes-revoked.crl");
    let outer = single(&bytes).unwrap();
    let parts: Vec<_> = outer.children().map(Result::unwrap).collect();
    let mut fields: Vec<Vec<u8>> = parts[0].children().map(|field| field.unwrap().bytes.to_vec()).collect();
    let entries = fields.iter().rposition(|field| field[0] == 0x30).unwrap();
    let entry = der(0x30, &[der(0x02, &[1]), der(0x17, b"260101000000Z")].concat());
    fields[entries] = der(0x30, &repeated(&entry, most.saturating_sub(bytes.len() + 64)));
    der(0x30, &[&der(0x30, &fields.concat())[..], parts[1].bytes, parts[2].bytes].concat())
}

/// An answer "try later".
fn ocsp_answer() -> Vec<u8> {
    der(0x30, &der(0x0A, &[3]))
}

/// A basic answer with as many single answers as find room, all of another certificate.
fn ocsp_of_many(most: usize) -> Vec<u8> {
    let hash = der(0x04, &[0; 20]);
    let algorithm = hex("300906052B0E03021A0500");
    let id = der(0x30, &[&algorithm[..], &hash, &hash, &der(0x02, &[1])].concat());
    let one = der(0x30, &[&id[..], &[0x80, 0x00], &der(0x18, b"20261120060000Z")].concat());
    let list = der(0x30, &repeated(&one, most.saturating_sub(200)));
    let body = der(0x30, &[der(0xA2, &hash), der(0x18, b"20261120060000Z"), list].concat());
    let basic = [&body[..], &hex("300D06092A864886F70D01010B0500"), &der(0x03, &[0; 33])].concat();
    let answer = [hex("06092B0601050507300101"), der(0x04, &der(0x30, &basic))].concat();
    der(0x30, &[der(0x0A, &[0]), der(0xA0, &der(0x30, &answer))].concat())
}

fn transcript(most: usize, piece: &str) -> Vec<u8> {
    let head = "cpx-check transcript 1\ndate 2026-11-20\nredacted no\nopen T=1 3B00 \"A\"\n";
    wrapped(head, piece, "", most)
}

fn long_answer(most: usize) -> Vec<u8> {
    let head = "cpx-check transcript 1\ndate 2026-11-20\nredacted no\nopen T=1 3B00 \"A\"\n> 00B0000000\n< ";
    wrapped(head, "3000", "9000\n", most)
}

fn universal(most: usize) -> Vec<u8> {
    let entry = [&[0x01, 0x00, 0x00, 0x07][..], &[0; 16]].concat();
    [&hex("CAFEBABE00000020")[..], &repeated(&entry, most - 8)].concat()
}
