//! `SoftHSM` with a token that is filled as a CPx is.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{find_program, said, skip};

/// Where distributions put the module of `SoftHSM`.
const MODULES: [&str; 4] = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
];

/// The code of the token.
pub const CODE: &str = "1234";

/// The data objects of the published examples (card number 0022000011, a doctor).
const OBJECTS: [(&str, &str); 4] = [
    ("CPS_ID_CARD", "E3168105002200001182010083042025090184042028090 1"),
    ("CPS_NAME_PS", "E41E80011F810A444F4330303336363234820083064B4954FFFFFF84034B4954"),
    ("CPS_INFO_PS", "ED2780020000810C38393937303033363632343082010A840A444F433030333636323485 04534D3236"),
    ("CPS_DATA", "00112233"),
];

/// A `SoftHSM` of one's own.
pub struct SoftHsm {
    folder: tempfile::TempDir,
    /// Its module.
    pub module: &'static str,
}

impl SoftHsm {
    /// Makes a token with the certificates, keys and data objects of a CPx; or says why that cannot be.
    pub fn like_a_cpx() -> Option<Self> {
        let hsm = Self::empty()?;
        hsm.run(
            "softhsm2-util",
            &["--init-token", "--free", "--label", "CPS3v3-0022000011", "--so-pin", "12345678", "--pin", CODE],
        );
        let pki = crate::support::root().join("fixtures/pki");
        for (certificate, key, label, key_label, id) in [
            ("cps-medecin.auth.der", "authentication.pem", "Certificat d'Authentification CPS", "CPS_PRIV_AUT", "02"),
            ("cps-medecin.sign.der", "signature.pem", "Certificat de Signature CPS", "CPS_PRIV_SIG", "01"),
        ] {
            hsm.write(&pki.join("certificates").join(certificate), &["--type", "cert", "--label", label, "--id", id]);
            hsm.write(&pki.join("keys").join(key), &["--type", "privkey", "--label", key_label, "--id", id]);
        }
        for (label, hex) in OBJECTS {
            let file = hsm.file(label);
            std::fs::write(&file, hex::decode(hex.replace(' ', "")).unwrap()).unwrap();
            hsm.write(&file, &["--type", "data", "--label", label, "--application-label", "CPS"]);
        }
        Some(hsm)
    }

    /// A `SoftHSM` without a token.
    pub fn empty() -> Option<Self> {
        let Some(module) = MODULES.into_iter().find(|path| Path::new(path).exists()) else {
            skip("SoftHSM is not installed");
            return None;
        };
        for program in ["softhsm2-util", "pkcs11-tool"] {
            if find_program(program).is_none() {
                skip(&format!("{program} is not installed"));
                return None;
            }
        }
        let hsm = Self { folder: tempfile::tempdir().unwrap(), module };
        std::fs::create_dir(hsm.file("tokens")).unwrap();
        let settings = format!("directories.tokendir = {}\nlog.level = ERROR\n", hsm.file("tokens").display());
        std::fs::write(hsm.configuration(), settings).unwrap();
        Some(hsm)
    }

    /// The file that `SOFTHSM2_CONF` names.
    pub fn configuration(&self) -> PathBuf {
        self.file("softhsm2.conf")
    }

    /// A file in its own folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, file: &Path, more: &[&str]) {
        let file = file.to_str().unwrap();
        let login = ["--module", self.module, "--login", "--pin", CODE, "--write-object", file];
        self.run("pkcs11-tool", &[&login, more].concat());
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let output = Command::new(program).args(arguments).env("SOFTHSM2_CONF", self.configuration()).output().unwrap();
        assert!(output.status.success(), "{program} {arguments:?}: {}", said(&output));
    }
}
