//! An independent reader, OpenSC with its ordinary configuration, accepts the virtual CPS3.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use crate::support::{Service, said, skip, until};

const SIGNATURE: &str = "e828bd080f8025000001ff001001";
const AUTHENTICATION: &str = "e828bd080f8025000001ff001002";

/// Where distributions put OpenSC's PKCS#11 module.
const MODULES: [&str; 4] = [
    "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
    "/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so",
    "/usr/lib64/opensc-pkcs11.so",
    "/usr/lib/opensc-pkcs11.so",
];

fn service() -> Option<Service> {
    Service::start(&["opensc-tool", "pkcs15-tool", "pkcs11-tool", "openssl"])
}

fn certificate(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pki/certificates");
    std::fs::read(folder.join(name)).unwrap()
}

#[test]
fn it_dumps_the_card() {
    let Some(service) = service() else { return };
    let card = service.insert("cps-medecin");
    let (output, exchanges, bytes) = card.cost(|| service.run("pkcs15-tool", ["--dump"]));
    let text = said(&output);
    assert!(output.status.success(), "{text}");
    for part in [
        "Code porteur",
        "Private RSA Key [CPS_PRIV_SIG]",
        "Key ref        : 129 (0x81)",
        "Usage          : [0x200], nonRepudiation",
        "Private RSA Key [CPS_PRIV_AUT]",
        "Key ref        : 130 (0x82)",
        "Usage          : [0x06], decrypt, sign",
        // As published from a real card (OpenSC issue 2267).
        "Path           : e828bd080f8025000001ff0010::",
        "X.509 Certificate [Certificat de Signature CPS]",
        "X.509 Certificate [Certificat d'Authentification CPS]",
        "Data object 'CPS_ID_CARD'",
        "Data object 'CPS_NAME_PS'",
        "Data object 'CPS_LANG_PS'",
        "ED27800200",
        "Data object 'CPS_ACTIVITY_01_PS'",
    ] {
        assert!(text.contains(part), "{part} is missing:\n{text}");
    }
    // 57 exchanges and 4,431 bytes on the virtual card of the field notes, which had one data object less.
    assert!((55..=65).contains(&exchanges), "{exchanges} exchanges, {bytes} bytes");
}

#[test]
fn it_lists_the_certificates() {
    let Some(service) = service() else { return };
    let card = service.insert("cps-medecin");
    let (output, exchanges, bytes) = card.cost(|| service.run("pkcs15-tool", ["--list-certificates"]));
    assert_eq!(said(&output).matches("X.509 Certificate [").count(), 2);
    // 39 exchanges and 3,555 bytes on the virtual card of the field notes.
    assert!((35..=43).contains(&exchanges), "{exchanges} exchanges, {bytes} bytes");
    for (id, file) in [(SIGNATURE, "cps-medecin.sign.der"), (AUTHENTICATION, "cps-medecin.auth.der")] {
        let pem = service.file("certificate.pem");
        std::fs::write(&pem, service.run("pkcs15-tool", ["--read-certificate", id]).stdout).unwrap();
        let der = service.command("openssl").args(["x509", "-outform", "DER", "-in"]).arg(&pem).output().unwrap();
        assert_eq!(der.stdout, certificate(file), "{file}");
    }
}

#[test]
fn it_signs_after_the_code() {
    let Some(service) = service() else { return };
    let Some(module) = MODULES.into_iter().find(|path| Path::new(path).exists()) else {
        return skip("opensc-pkcs11.so is not installed");
    };
    let _card = service.insert("cps-medecin");
    let (message, signature, public) = (service.file("message"), service.file("signature"), service.file("public.pem"));
    std::fs::write(&message, "bonjour").unwrap();
    let sign = |code: &str| {
        let mut command = service.command("pkcs11-tool");
        command.args(["--module", module, "--login", "--pin", code, "--sign", "--mechanism", "RSA-PKCS"]);
        command.args(["--id", AUTHENTICATION, "--input-file"]).arg(&message).arg("--output-file").arg(&signature);
        command.output().unwrap()
    };
    let refused = sign("4321");
    assert!(!refused.status.success() && said(&refused).contains("CKR_PIN_INCORRECT"), "{}", said(&refused));
    let signed = sign("1234");
    assert!(signed.status.success(), "{}", said(&signed));

    let der = service.file("certificate.der");
    std::fs::write(&der, certificate("cps-medecin.auth.der")).unwrap();
    let mut extract = service.command("openssl");
    extract.args(["x509", "-inform", "DER", "-noout", "-pubkey", "-in"]).arg(&der);
    std::fs::write(&public, extract.output().unwrap().stdout).unwrap();
    let mut verify = service.command("openssl");
    verify.args(["pkeyutl", "-verify", "-pubin", "-pkeyopt", "rsa_padding_mode:pkcs1", "-inkey"]).arg(&public);
    let verified = verify.arg("-in").arg(&message).arg("-sigfile").arg(&signature).output().unwrap();
    assert!(verified.status.success(), "{}", said(&verified));
}

#[test]
fn the_code_counts_down_blocks_and_is_unblocked() {
    let Some(service) = service() else { return };
    let card = service.insert("cps-medecin");
    let present = |code: &str| service.run("pkcs15-tool", ["--verify-pin", "--auth-id", "01", "--pin", code]);
    for left in [2, 1, 0] {
        assert!(!present("0000").status.success());
        assert_eq!(card.look().tries_left(), Some(left));
    }
    let blocked = said(&present("1234"));
    assert!(blocked.contains("blocked"), "{blocked}");
    let unblock = ["--unblock-pin", "--auth-id", "01", "--puk", "12345678", "--new-pin", "4321"];
    let unblocked = service.run("pkcs15-tool", unblock);
    assert!(unblocked.status.success(), "{}", said(&unblocked));
    assert_eq!(card.look().tries_left(), Some(3));
    assert!(!present("1234").status.success());
    let presented = present("4321");
    assert!(presented.status.success(), "{}", said(&presented));
    assert_eq!(card.look().tries_left(), Some(3));
}

#[test]
fn it_does_not_know_the_other_cards() {
    let Some(service) = service() else { return };
    for name in ["cps-medecin-cps4", "cps-medecin-contactless", "vitale"] {
        let _card = service.insert(name);
        let text = said(&service.run("opensc-tool", ["--reader", "0", "--name"]));
        assert!(text.contains("Unsupported card"), "{name}: {text}");
    }
}

#[test]
fn a_mute_card_is_there_and_does_not_answer() {
    let Some(service) = Service::start(&["opensc-tool", "pcsc_scan"]) else { return };
    let _card = service.insert("muette");
    let seen = service.file("seen");
    let mut scan =
        service.command("pcsc_scan").arg("-c").stdout(std::fs::File::create(&seen).unwrap()).spawn().unwrap();
    until("PC/SC shows a card that does not answer", || {
        std::fs::read_to_string(&seen).unwrap().contains("Card inserted, Unresponsive card")
    });
    scan.kill().unwrap();
    scan.wait().unwrap();
}
