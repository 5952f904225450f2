//! Inputs to begin with: the fixtures of the repository, in the form that each target reads, and the real certificates
//! that stand beside it, which are never copied into it.

use std::fs;
use std::path::{Path, PathBuf};

use cpx_card::internal::card::{ReadOptions, read};
use cpx_card::internal::iso7816::{Atr, Command};
use cpx_card::internal::transport::{Answer, Exchange, Protocol};
use cpx_card::{Error, ErrorKind, Result};
use cpx_simulator::{Personality, VirtualCard, embedded_names};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Writes a folder of inputs for each target below `folder`.
pub fn write(folder: &Path) {
    let mut seeds = Seeds { folder, count: 0 };
    cards(&mut seeds);
    certificates(&mut seeds);
    cases(&mut seeds);
    for (target, text) in TEXTS {
        seeds.add(target, text.as_bytes());
    }
    for (target, hex) in BYTES {
        seeds.add(target, &bytes(hex));
    }
    if let Ok(program) = std::env::current_exe().and_then(fs::read) {
        seeds.add("binary", &program[..program.len().min(256)]);
    }
}

struct Seeds<'a> {
    folder: &'a Path,
    count: usize,
}

impl Seeds<'_> {
    fn add(&mut self, target: &str, bytes: &[u8]) {
        let folder = self.folder.join(target);
        self.count += 1;
        let written =
            fs::create_dir_all(&folder).and_then(|()| fs::write(folder.join(format!("seed-{}", self.count)), bytes));
        written.expect("the folder for seeds can be written");
    }
}

/// What every card of the fixtures says while it is read, and its files.
fn cards(seeds: &mut Seeds) {
    for name in embedded_names() {
        let Ok(card) = Personality::embedded(name).and_then(VirtualCard::new) else { continue };
        let Some(atr) = card.atr().and_then(|atr| Atr::new(atr).ok()) else { continue };
        seeds.add("atr", atr.bytes());
        let mut recorded = Recorded { atr, card, said: Vec::new() };
        for certificates in [false, true] {
            recorded.said.clear();
            recorded.card.reset();
            let _ = read(&mut recorded, ReadOptions::default().with_certificates(certificates));
            seeds.add("detect", &recorded.chunks());
            seeds.add("transcript", recorded.transcript(name).as_bytes());
        }
        for (command, answer) in &recorded.said {
            seeds.add("apdu", &command.encode());
            seeds.add("apdu", answer);
            let data = &answer[..answer.len() - 2];
            if data.len() > 4 {
                ["tlv", "pkcs15", "data_objects"].iter().for_each(|target| seeds.add(target, data));
            }
        }
    }
}

/// A virtual card, and what it said.
struct Recorded {
    atr: Atr,
    card: VirtualCard,
    said: Vec<(Command, Vec<u8>)>,
}

impl Recorded {
    fn chunks(&self) -> Vec<u8> {
        let answers = self.said.iter().map(|(_, answer)| answer.as_slice());
        let chunks = [self.atr.bytes()].into_iter().chain(answers);
        chunks.flat_map(|chunk| [&(chunk.len() as u16).to_be_bytes()[..], chunk].concat()).collect()
    }

    fn transcript(&self, name: &str) -> String {
        let (atr, hex) = (&self.atr, |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>());
        let lines =
            self.said.iter().map(|(command, answer)| format!("> {}\n< {}\n", hex(&command.encode()), hex(answer)));
        let lines: String = lines.collect();
        format!(
            "cpx-check transcript 2\ndate 2026-11-21\nredacted no\nslot card {atr} \"{name}\"\nopen T=0 {atr} \"{name}\"\n{lines}"
        )
    }
}

impl Exchange for Recorded {
    fn atr(&self) -> &Atr {
        &self.atr
    }

    fn protocol(&self) -> Protocol {
        Protocol::T0
    }

    fn transmit(&mut self, command: &Command) -> Result<Answer> {
        let answer = self.card.answer(&command.encode());
        if answer.len() < 2 {
            return Err(Error::new(ErrorKind::CardMute, "no answer"));
        }
        self.said.push((*command, answer.clone()));
        Answer::from_bytes(&answer)
    }
}

fn certificates(seeds: &mut Seeds) {
    for path in ["fixtures/pki/certificates", "fixtures/pki/authorities"].into_iter().flat_map(files) {
        let bytes = fs::read(path).expect("a file");
        ["certificate", "ocsp", "tlv"].iter().for_each(|target| seeds.add(target, &bytes));
    }
    let real = ["../shared/data/ca", "../shared/data/ca-test", "../shared/data/certificates"];
    for path in real.into_iter().flat_map(files) {
        let bytes = fs::read(path).expect("a file");
        ["real/certificate", "real/ocsp", "real/tlv"].iter().for_each(|target| seeds.add(target, &bytes));
    }
    for path in files("fixtures/pki/crl") {
        seeds.add("crl", &fs::read(path).expect("a file"));
    }
}

/// The recorded workstations as case files: whole, and the network's.
fn cases(seeds: &mut Seeds) {
    for name in ["windows", "macos", "linux"] {
        let facts = fs::read_to_string(Path::new(ROOT).join(format!("fixtures/cases/{name}.json"))).expect("a fixture");
        seeds.add("case", format!("{{\"schema\":\"cpx-check.case/1\",\"facts\":{facts}}}").as_bytes());
    }
}

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(ROOT).join(folder)).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect()
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len() / 2).filter_map(|place| u8::from_str_radix(hex.get(2 * place..2 * place + 2)?, 16).ok()).collect()
}

/// Texts that the fixtures do not have as files.
const TEXTS: [(&str, &str); 22] = [
    (
        "browsers",
        "library=\nname=NSS Internal PKCS #11 Module\nparameters=configdir='sql:/home/a'\nNSS=Flags=internal,critical\n\nlibrary=/opt/santesocial/cps/libcps3_pkcs11_lux.so\nname=CPS3\nNSS=trustOrder=100\n\n",
    ),
    (
        "browsers",
        "[Install4F96D1932A9F858E]\nDefault=abcd.default-release\nLocked=1\n\n[Profile0]\nName=default\nIsRelative=1\nPath=abcd.default-release\nDefault=1\n\n[General]\nStartWithLastProfile=1\n\n%\n[4F96D1932A9F858E]\nDefault=abcd.default-release\n",
    ),
    (
        "browsers",
        "# p11-kit\nmodule: /usr/lib/libcps3_pkcs11_lux.so\ndisable-in: p11-kit-proxy firefox\nenable-in: chromium\npriority: 3\n",
    ),
    (
        "browsers",
        "user_pref(\"security.osclientcerts.autoload\", true);\nuser_pref(\"security.tls.version.max\", 4);\nuser_pref(\"security.enterprise_roots.enabled\", false);\n%\nuser_pref('security.tls.enable_post_handshake_auth', true);\n",
    ),
    (
        "browsers",
        "{\"policies\":{\"SecurityDevices\":{\"Add\":{\"CPS\":\"/opt/libcps3.so\"},\"Delete\":[\"old\"]},\"Certificates\":{\"ImportEnterpriseRoots\":true},\"ExtensionSettings\":{\"*\":{\"installation_mode\":\"blocked\"}}}}",
    ),
    (
        "browsers",
        "{\"policies\":{\"SecurityDevices\":{\"CPS\":\"C:\\\\Windows\\\\System32\\\\cps3_pkcs11_w64.dll\"},\"Preferences\":{\"security.osclientcerts.autoload\":{\"Value\":true}}}}",
    ),
    (
        "browsers",
        "{\"name\":\"cps3\",\"description\":\"Module CPS\",\"type\":\"pkcs11\",\"path\":\"/usr/lib64/libcps3_pkcs11_lux.so\",\"allowed_extensions\":[\"CPS2ter-2020_Firefox@asipsante.fr\"]}",
    ),
    (
        "browsers",
        "{\"schemaVersion\":37,\"addons\":[{\"id\":\"CPS2ter-2020_Firefox@asipsante.fr\",\"version\":\"1.0.6\",\"active\":true,\"userDisabled\":false,\"appDisabled\":false},{\"id\":\"PKCS11_Firefox@gip-cps.fr\",\"version\":\"1\"}]}",
    ),
    (
        "browsers",
        "{\"AutoSelectCertificateForUrls\":[\"{\\\"pattern\\\":\\\"https://[*.]esante.gouv.fr\\\",\\\"filter\\\":{\\\"ISSUER\\\":{\\\"CN\\\":\\\"AC IGC-SANTE STANDARD PERSONNES\\\"}}}\"]}",
    ),
    ("browsers", "{\"pattern\":\"[*.]esante.gouv.fr\",\"filter\":{\"SUBJECT\":{\"O\":\"x\"}}}"),
    (
        "settings",
        "[PROTOCOLE0]\nNomLib=PSSINW32.DLL\n[CANAL1]\nTProtocole=0\nCaracteristiques=Gemalto PC Twin Reader 0\n[CANAL1.PAD1]\nNomLib=x\n[CANAL2]\nCaracteristiques=9600,1,8,0,0\n",
    ),
    ("settings", "http://user:word@proxy.example:3128/\nhttps://[fd00::1]:8080\n.local,127.0.0.0/8,*.example,[::1]\n"),
    ("settings", "http://wpad.example/proxy.pac\nsocks5://proxy:1080\n"),
    ("typed", "CPX-10AN-ZDE8-GQ56"),
    ("typed", "899700366240"),
    ("typed", "54 000 269 8"),
    ("typed", "80250000/0022000011"),
    ("typed", "2026-11-21"),
    ("typed", "20261121"),
    ("typed", "8 10002813839"),
    ("typed", "732 829 320 00074"),
    ("detect", "\0\u{11};\u{2c}"),
];

/// Bytes that the fixtures do not have as files: headers for the other systems, an answer of a responder that refuses.
const BYTES: [(&str, &str); 7] = [
    (
        "binary",
        "4D5A00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000400000005045000064860000",
    ),
    ("binary", "CAFEBABE000000020100000700000003000040000001000000000000E01000000C000000000000400000010000000000E"),
    ("binary", "CFFAEDFE0C000001000000000600000014000000"),
    ("binary", "7F454C460201010000000000000000000300B700010000"),
    ("ocsp", "30030A0106"),
    ("pkcs15", "61154F0DE828BD080F8025000001FF001051043F000001FFFF"),
    ("pkcs15", "A80A300804063F0000017001A70A300804063F0000017005"),
];
