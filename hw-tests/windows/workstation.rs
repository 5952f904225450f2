//! A whole workstation of Windows as ANS's installer leaves it, laid out from its specification. What the program itself sees
//! there is judged with a virtual card.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Child, Command, Stdio};

use serde_json::Value as Json;

use crate::program::run;
use crate::registry::Value::{Bytes, Number, Text};
use crate::stores::Stored;
use crate::wine::Wine;

pub(crate) const CPS: &str = r"C:\Program Files\santesocial\CPS";
pub(crate) const MODULE: &str = r"C:\windows\system32\cps3_pkcs11_w64.dll";
pub(crate) const PROVIDER: &str = "ASIP Sante Cryptographic Provider";
pub(crate) const CALAIS: &str = r"Microsoft\Cryptography\Calais";
const CLIENTS: &str = r"HKEY_LOCAL_MACHINE\SOFTWARE\Clients\StartMenuInternet";
pub(crate) const FIREFOX: &str = r"C:\Program Files\Mozilla Firefox\firefox.exe";
const EDGE: &str = r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe";
const EXTENSION: &str = "CPS2ter-2020_Firefox@asipsante.fr";

/// A library or program that somebody else made, as one of this version.
pub(crate) fn program(version: [u16; 4]) -> Vec<u8> {
    let mut bytes = fs::read(r"C:\windows\system32\winver.exe").unwrap();
    let fixed = bytes.windows(4).position(|four| four == [0xBD, 0x04, 0xEF, 0xFE]).unwrap();
    let words = [version[1], version[0], version[3], version[2]];
    for (place, word) in (fixed + 8..).step_by(2).zip(words.into_iter().chain(words)) {
        bytes[place..place + 2].copy_from_slice(&word.to_le_bytes());
    }
    bytes
}

/// The same for 32-bit programs.
fn program_32(version: [u16; 4]) -> Vec<u8> {
    let mut bytes = program(version);
    let header = usize::try_from(u32::from_le_bytes(bytes[0x3C..0x40].try_into().unwrap())).unwrap();
    bytes[header + 4..header + 6].copy_from_slice(&0x014C_u16.to_le_bytes());
    bytes
}

pub(crate) fn fixture(path: &str) -> Vec<u8> {
    fs::read(format!("{}/../../{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The certificates of the authorities, where they lie beside the checkout.
pub(crate) fn authorities() -> Option<Vec<Vec<u8>>> {
    let folder = format!("{}/../../../shared/data/ca", env!("CARGO_MANIFEST_DIR"));
    let files = fs::read_dir(folder).ok()?;
    Some(files.map(|file| fs::read(file.unwrap().path()).unwrap()).collect())
}

/// The workstation, for one test.
pub(crate) struct Workstation {
    pub(crate) stored: Vec<Stored>,
    pub(crate) ccm: Option<Child>,
    // last: the prefix is the next one's only when all is taken away
    pub(crate) wine: Wine,
}

impl Drop for Workstation {
    fn drop(&mut self) {
        if let Some(mut ccm) = self.ccm.take() {
            let _ = ccm.kill();
            let _ = ccm.wait();
        }
    }
}

impl Workstation {
    pub(crate) fn healthy() -> Option<Self> {
        let mut wine = Wine::prefix()?;
        let profile = format!(r"{}\Mozilla\Firefox", std::env::var("APPDATA").unwrap());
        for (file, bytes) in [
            (MODULE, program([3, 4, 0, 0])),
            (r"C:\windows\system32\cps3_csp_w64.dll", program([3, 4, 0, 0])),
            (r"C:\windows\syswow64\cps3_pkcs11_w32.dll", program_32([3, 4, 0, 0])),
            (r"C:\windows\syswow64\cps3_csp_w32.dll", program_32([3, 4, 0, 0])),
            (r"C:\windows\cptabw64.dll", program([3, 4, 0, 0])),
            (r"C:\windows\cptabw32.dll", program_32([3, 4, 0, 0])),
            (r"C:\windows\DICO-FR.GIP", b"x".to_vec()),
            (r"C:\ProgramData\santesocial\cps\coffre\x", b"x".to_vec()),
            (r"C:\ProgramData\santesocial\cps\log\x", b"x".to_vec()),
            (r"C:\ProgramData\santesocial\cps\cache\x", b"x".to_vec()),
            (r"C:\ProgramData\santesocial\cps\cps3.json", manifest("cps3", MODULE)),
            (FIREFOX, program([140, 5, 0, 0])),
            (EDGE, program([142, 0, 3595, 65])),
        ] {
            wine.file(file, &bytes);
        }
        wine.file(format!(r"{CPS}\CCM.exe"), &fs::read(r"C:\windows\system32\cmd.exe").unwrap());
        wine.file(
            format!(r"{profile}\profiles.ini"),
            b"[Profile0]\nName=default-release\nIsRelative=1\nPath=Profiles/marie\nDefault=1\n",
        )
        .file(format!(r"{profile}\Profiles\marie\prefs.js"), b"")
        .file(
            format!(r"{profile}\Profiles\marie\pkcs11.txt"),
            format!("library={MODULE}\nname=Module de s\u{e9}curit\u{e9} CPS\n\n").as_bytes(),
        )
        .file(format!(r"{profile}\Profiles\marie\extensions.json"), extension(true).as_bytes());
        let system = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion";
        for (name, value) in [
            ("ProductName", Text("Windows 10 Pro")),
            ("CurrentBuild", Text("26100")),
            ("CurrentMajorVersionNumber", Number(10)),
            ("CurrentMinorVersionNumber", Number(0)),
            ("UBR", Number(7171)),
        ] {
            wine.value(system, name, value);
        }
        wine.service("SCardSvr", 2).service("ScDeviceEnum", 3);
        let own = [("Version", Text("5.2.2")), ("InstallDir", Text(CPS))];
        for (view, image) in [
            (r"SOFTWARE", r"C:\Windows\System32\cps3_csp_w64.dll"),
            (r"SOFTWARE\WOW6432Node", r"C:\Windows\SysWOW64\cps3_csp_w32.dll"),
        ] {
            wine.key(&format!(r"HKEY_LOCAL_MACHINE\{view}\ASIP\Cryptolib CPS"), &own).key(
                &format!(r"HKEY_LOCAL_MACHINE\{view}\Microsoft\Cryptography\Defaults\Provider\{PROVIDER}"),
                &[("Image Path", Text(image)), ("Type", Number(1))],
            );
            for (name, atr, mask) in [
                (
                    "Carte de Professionnel de Sante CPS3",
                    "3B00000000001225006480000000009000",
                    "FF00000000FFFFFFFFFFFF000000FFFFFF",
                ),
                (
                    "Carte de Professionnel de Sante CPS3 - CL",
                    "3B8F80010031B8640000ECC0739401808290000E",
                    "FFFFFFFFFFFFFFFF0000FFC0FFFFFFFFFFFFFFFF",
                ),
            ] {
                wine.key(
                    &format!(r"HKEY_LOCAL_MACHINE\{view}\{CALAIS}\SmartCards\{name}"),
                    &[("ATR", Bytes(atr)), ("ATRMask", Bytes(mask)), ("Crypto Provider", Text(PROVIDER))],
                );
            }
        }
        wine.key(
            r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\{CPS}",
            &[("DisplayName", Text("Composants Cryptographiques CPS v5.2.2 (x64)"))],
        )
        .key(
            r"HKEY_LOCAL_MACHINE\SOFTWARE\Mozilla\PKCS11Modules\cps3",
            &[("", Text(r"C:\ProgramData\santesocial\cps\cps3.json"))],
        )
        .key(&format!(r"{CLIENTS}\Firefox\shell\open\command"), &[("", Text(FIREFOX))])
        .key(&format!(r"{CLIENTS}\Microsoft Edge\shell\open\command"), &[("", Text(EDGE))])
        .key(
            r"HKEY_CURRENT_USER\SOFTWARE\Microsoft\Windows\Shell\Associations\UrlAssociations\https\UserChoice",
            &[("ProgId", Text("MSEdgeHTM"))],
        );
        let mut stored = Vec::new();
        for role in ["auth", "sign"] {
            let der = fixture(&format!("fixtures/pki/certificates/cps-medecin.{role}.der"));
            stored.push(Stored::put("My", &der, Some((PROVIDER, 1))));
        }
        for der in authorities().unwrap_or_default() {
            stored.push(Stored::put("CA", &der, None));
        }
        let ccm = Command::new(format!(r"{CPS}\CCM.exe")).arg("/k").stdin(Stdio::piped()).stdout(Stdio::null()).spawn();
        Some(Self { wine, stored, ccm: ccm.ok() })
    }

    /// What is said of it with a virtual card: seen by the program here, recorded, joined to what Wine cannot show, judged.
    pub(crate) fn judged(&self, has_module: bool) -> Judged {
        let case = r"C:\essai\poste.json";
        fs::create_dir_all(r"C:\essai").unwrap();
        let _ = fs::remove_file(case);
        let day = ["--at", "2026-11-20"];
        let (code, said) = run(&[&["--simulate", "cps-medecin", "--record", case], &day[..]].concat());
        let mut recorded: Json =
            serde_json::from_slice(&fs::read(case).unwrap_or_else(|_| panic!("{code:?}: {said}"))).unwrap();
        // Wine does not check signatures
        recorded["facts"]["workstation"]["cryptolib"]["seen"]["signatures"] = serde_json::json!({
            "seen": [{ "path": MODULE, "state": "valid", "signer": "AGENCE DU NUMERIQUE EN SANTE GIP" }]
        });
        // the virtual card brings a module in good health
        if !has_module {
            recorded["facts"]["modules"]["seen"] = Json::Array(Vec::new());
        }
        fs::write(case, recorded.to_string()).unwrap();
        let (_, said) = run(&["--replay", case, "--format", "json"]);
        Judged::new(&serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}")))
    }
}

/// The answer: what it says of the whole, and each check and browser that is not in order.
pub(crate) struct Judged {
    pub(crate) outcome: String,
    pub(crate) told: BTreeSet<String>,
}

impl Judged {
    fn new(answer: &Json) -> Self {
        let text = |value: &Json| value.as_str().unwrap().to_owned();
        let checks = answer["checks"].as_array().unwrap().iter();
        let bad = checks.filter(|one| ["warn", "fail"].contains(&one["state"].as_str().unwrap()));
        let bad = bad.map(|one| format!("{} {}", text(&one["id"]), text(&one["reason"])));
        let browsers = answer["browsers"].as_array().unwrap().iter();
        let unready =
            browsers.filter(|one| one["outcome"] == "not-ready").map(|one| format!("no {}", text(&one["browser"])));
        Self { outcome: text(&answer["outcome"]), told: bad.chain(unready).collect() }
    }
}

fn manifest(name: &str, path: &str) -> Vec<u8> {
    serde_json::json!({
        "name": name, "description": "CPS", "type": "pkcs11", "path": path, "allowed_extensions": [EXTENSION]
    })
    .to_string()
    .into_bytes()
}

pub(crate) fn extension(active: bool) -> String {
    let addon = serde_json::json!({
        "id": EXTENSION, "version": "6.0.21", "type": "extension", "active": active,
        "userDisabled": !active, "appDisabled": false
    });
    serde_json::json!({ "schemaVersion": 37, "addons": [addon] }).to_string()
}
