//! The files people hold, through the program: requests, lists, containers, keys, mails. OpenSSL makes them here; published
//! ones are read beside the project where they are.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use cpx_card::internal::iso7816::single;
use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/pki");
const CODE: &str = "un code à retenir";

/// A folder of files, and OpenSSL in it.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), bytes).unwrap();
        self.path(name).to_str().unwrap().to_owned()
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    fn openssl(&self, arguments: &[&str]) {
        let output = Command::new("openssl").args(arguments).current_dir(self.0.path()).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", crate::support::as_typed(&output.stderr));
    }

    /// A request `name.csr` and its key `name.key`.
    fn request(&self, name: &str, subject: &str, more: &[&str]) -> String {
        let (key, csr) = (format!("{name}.key"), format!("{name}.csr"));
        let fixed = ["req", "-newkey", "rsa:2048", "-nodes", "-keyout", &key, "-out", &csr, "-utf8", "-subj", subject];
        self.openssl(&[&fixed[..], more].concat());
        self.path(&csr).to_str().unwrap().to_owned()
    }

    /// A key and a certificate in a container.
    fn container(&self, name: &str, more: &[&str]) -> String {
        if !self.path("c.crt").exists() {
            self.request("c", "/C=FR/O=CH ESSAI/OU=10B0057881/CN=logiciel.essai.example", &[]);
            self.openssl(&["x509", "-req", "-in", "c.csr", "-signkey", "c.key", "-days", "900", "-out", "c.crt"]);
        }
        let fixed = ["pkcs12", "-export", "-in", "c.crt", "-inkey", "c.key", "-out", name];
        self.openssl(&[&fixed[..], more].concat());
        self.path(name).to_str().unwrap().to_owned()
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.arg("certificate").args(arguments).env("LC_ALL", "fr_FR.UTF-8").stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> (i32, String) {
    told(&command(arguments).output().unwrap())
}

fn told(output: &Output) -> (i32, String) {
    let text = [&output.stdout[..], &output.stderr].concat();
    (output.status.code().unwrap(), crate::support::as_typed(text))
}

fn json(arguments: &[&str]) -> Value {
    let output = command(&[arguments, &["--format", "json"]].concat()).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", crate::support::as_typed(&output.stderr)))
}

/// The same with a code on the standard input.
fn with_code(arguments: &[&str], code: &str) -> (i32, String) {
    let mut command = command(&[arguments, &["--password-fd", "0"]].concat());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // whoever asks for no code does not read it
    let _ = writeln!(child.stdin.take().unwrap(), "{code}");
    told(&child.wait_with_output().unwrap())
}

fn real(path: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    if !path.exists() {
        println!("skipped: {} is not here, as on a user's machine", path.display());
        return None;
    }
    Some(path.to_str().unwrap().to_owned())
}

#[test]
fn a_request_is_checked_as_a_certificate_to_come() {
    let folder = Folder::new();
    let good = folder.request(
        "good",
        "/C=FR/ST=Paris (75)/O=CH ESSAI/OU=10B0057881/CN=INSI-AUTO",
        &["-addext", "subjectAltName=DNS:insi.essai.example", "-addext", "keyUsage=digitalSignature"],
    );
    let (code, text) = run(&[&good]);
    assert_eq!(code, 0, "{text}");
    for words in ["rien ne s'y oppose", "CH ESSAI", "10B0057881", "INSi, par lots", "insi.essai.example", "RSA 2048"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let found = &json(&[&good])["requests"][0];
    assert_eq!((&found["purposes"][0], &found["key"]["bits"]), (&"insi-auto".into(), &2048.into()), "{found}");
    assert_eq!(found["structure"]["id_check"], "valid", "{found}");

    let cases = [
        ("near", "/CN=insi-auto", &[][..], 2, "insi-name", "INSI-AUTO ou INSI-MANU"),
        ("weak", "/CN=essai", &["-newkey", "rsa:1024"], 2, "weak", "2048 bits"),
        ("sha1", "/CN=essai", &["-sha1"], 2, "weak", "SHA-256"),
        ("number", "/OU=10B0057882/CN=essai", &[], 1, "structure-number", "clé non valide"),
        ("nameless", "/C=FR", &[], 1, "no-name", "pas de nom"),
    ];
    for (name, subject, more, wanted, finding, words) in cases {
        let file = folder.request(name, subject, more);
        let (code, text) = run(&[&file]);
        assert_eq!(code, wanted, "{name}: {text}");
        assert!(text.contains(words) && text.contains('→'), "{name}: {text}");
        assert_eq!(json(&[&file])["requests"][0]["findings"], serde_json::json!([finding]), "{name}");
    }
    folder.openssl(&["req", "-in", "good.csr", "-outform", "DER", "-out", "good.der"]);
    let mut altered = folder.read("good.der");
    let place = altered.windows(8).position(|window| window == b"CH ESSAI").unwrap();
    altered[place] = b'X';
    let (code, text) = run(&[&folder.write("altered.der", altered)]);
    assert!(code == 2 && text.contains("modifiée après sa création"), "{text}");
}

/// An organisation is shown; one person's practice, a mailbox and a holder are masked.
#[test]
fn organisations_are_told_in_clear_and_persons_are_not() {
    let folder = Folder::new();
    for (name, subject, secret) in [
        ("rank", "/O=SELARL ESSAI/OU=4997007357410/CN=logiciel", "4997007357410"),
        ("practice", "/O=CABINET DU DR ESSAI/OU=3187512751/CN=logiciel", "DR ESSAI"),
        ("mail", "/O=CH ESSAI/CN=prenom.nom@essai.mssante.fr", "prenom.nom"),
        ("holder", "/O=CH ESSAI/SN=ESSAI/GN=ANNE/CN=899900000012", "899900000012"),
    ] {
        let subject = subject.replace("4997007357410", "499700735741008");
        let secret = secret.replace("4997007357410", "499700735741008");
        let file = folder.request(name, &subject, &[]);
        let (_, text) = run(&[&file]);
        assert!(!text.contains(&secret) && text.contains("--show-identity"), "{name}: {text}");
        assert!(!json(&[&file]).to_string().contains(&secret), "{name}");
        assert!(run(&[&file, "--show-identity"]).1.contains(&secret), "{name}");
    }
    let (_, text) = run(&[&folder.request("org", "/O=CH ESSAI/OU=10B0057881/CN=logiciel", &[])]);
    assert!(text.contains("CN=logiciel") && !text.contains("--show-identity"), "{text}");
}

#[test]
fn containers_old_and_new_are_opened_with_their_code() {
    let folder = Folder::new();
    let code = format!("pass:{CODE}");
    let cases = [
        ("new.p12", &["-passout", &code][..], "pbes2-aes"),
        ("old.pfx", &["-legacy", "-passout", &code], "rc2-40"),
        ("3des.p12", &["-legacy", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1", "-passout", &code], "3des"),
        ("sha1.p12", &["-certpbe", "AES-128-CBC", "-macalg", "sha1", "-passout", &code], "pbes2-aes"),
        ("pbes2-3des.p12", &["-certpbe", "DES-EDE3-CBC", "-passout", &code], "pbes2-3des"),
    ];
    for (name, more, cipher) in cases {
        let file = folder.container(name, more);
        let closed = json(&[&file]);
        let container = &closed["containers"][0];
        assert_eq!((&container["open"], &container["reason"]), (&false.into(), &"no-code".into()), "{name}");
        assert_eq!((&container["cipher"], &container["private_keys"]), (&cipher.into(), &1.into()), "{name}");
        assert_eq!(closed["certificates"], serde_json::json!([]), "{name}");
        let (status, text) = run(&[&file]);
        assert!(status == 3 && text.contains("fermé par un code") && text.contains("--password-fd"), "{name}: {text}");

        let (status, text) = with_code(&[&file], CODE);
        assert_eq!(status, 2, "{name}, whose certificate is by nobody known: {text}");
        assert!(text.contains("1 clé privée, comptée seulement"), "{name}: {text}");
        assert!(
            text.contains("Certificat d'une autre origine") && text.contains("signé par lui-même"),
            "{name}: {text}"
        );

        for wrong in ["un autre code", "", "\u{1F512}", &"x".repeat(2000)] {
            let (status, text) = with_code(&[&file], wrong);
            let words = if wrong.is_empty() { "fermé par un code" } else { "Ce code n'ouvre pas le conteneur" };
            assert!(status == 3 && text.contains(words), "{name} {wrong}: {text}");
        }
    }
    // certificates in clear, and the empty code, take no code
    let clear = folder.container("clear.p12", &["-certpbe", "NONE", "-passout", &code]);
    assert!(run(&[&clear]).1.contains("certificats en clair"));
    let (_, text) = run(&[&folder.container("codeless.p12", &["-passout", "pass:"])]);
    assert!(text.contains("s'ouvre sans code") && text.contains("signé par lui-même"), "{text}");
}

/// Nothing that may not be shown is an argument of a program: others see these.
#[test]
fn a_code_is_never_an_argument() {
    let folder = Folder::new();
    let file = folder.container("a.p12", &["-passout", "pass:x"]);
    for option in ["--password", "--password=x", "--code", "--pass"] {
        assert_eq!(run(&[&file, option]).0, 64, "{option}");
    }
    assert_eq!(run(&[&file, "--password-fd", "x"]).0, 64);
    assert_eq!(run(&[&file, "--password-fd", "77"]).0, 3, "a descriptor that is not open");
}

#[test]
fn a_container_that_asks_for_too_much_is_refused() {
    let folder = Folder::new();
    let code = format!("pass:{CODE}");
    let file = folder.container("long.p12", &["-iter", "1000001", "-nomaciter", "-passout", &code]);
    let (status, text) = with_code(&[&file], CODE);
    assert!(status == 3 && text.contains("calcul démesuré"), "{text}");
}

/// One DER element in indefinite length, its OCTET STRINGs in two parts, as Java and Firefox write containers.
fn indefinite(der: &[u8]) -> Vec<u8> {
    let element = single(der).unwrap();
    let first = der[0];
    let inside = |der: &[u8]| single(der).is_ok_and(|one| one.bytes.len() == der.len());
    let content = if first & 0x20 != 0 {
        element.children().map(|child| indefinite(child.unwrap().bytes)).collect::<Vec<_>>().concat()
    } else if first == 0x04 && inside(element.value) && element.value[0] == 0x30 {
        let inner = indefinite(element.value);
        let half = inner.len() / 2;
        [&inner[..half], &inner[half..]].map(|half| definite(0x04, half)).concat()
    } else {
        return der.to_vec();
    };
    let tag = if first == 0x04 { 0x24 } else { first };
    [&[tag, 0x80][..], &content, &[0, 0]].concat()
}

fn definite(tag: u8, content: &[u8]) -> Vec<u8> {
    [&[tag, 0x82], &u16::try_from(content.len()).unwrap().to_be_bytes()[..], content].concat()
}

#[test]
fn containers_with_indefinite_lengths_are_opened() {
    let folder = Folder::new();
    folder.container("der.p12", &["-passout", &format!("pass:{CODE}")]);
    // the parts of the content: of the certificate bags nothing is changed, they are encrypted
    let written = indefinite(&folder.read("der.p12"));
    assert!(written.starts_with(&[0x30, 0x80]));
    let file = folder.write("ber.p12", written);
    let (_, text) = with_code(&[&file], CODE);
    assert!(text.contains("signé par lui-même") && text.contains("1 clé privée"), "{text}");
}

#[test]
fn a_private_key_is_told_to_be_kept_and_nothing_of_it_is_shown() {
    let folder = Folder::new();
    folder.request("k", "/CN=essai", &[]);
    folder.openssl(&["pkey", "-in", "k.key", "-traditional", "-out", "rsa.pem"]);
    folder.openssl(&["pkey", "-in", "k.key", "-outform", "DER", "-out", "k.der"]);
    folder.openssl(&["pkcs8", "-topk8", "-in", "k.key", "-passout", "pass:x", "-out", "locked.pem"]);
    folder.openssl(&["pkcs8", "-topk8", "-in", "k.key", "-passout", "pass:x", "-outform", "DER", "-out", "locked.der"]);
    folder.openssl(&["ecparam", "-genkey", "-name", "prime256v1", "-noout", "-out", "ec.pem"]);
    for name in ["k.key", "rsa.pem", "k.der", "locked.pem", "locked.der", "ec.pem"] {
        let path = folder.path(name).to_str().unwrap().to_owned();
        let (status, text) = run(&[&path]);
        assert!(status == 2 && text.contains("gardez ce fichier secret"), "{name}: {text}");
        assert!(!text.contains("Détail technique") && text.lines().count() < 6, "{name}: {text}");
        assert_eq!(json(&[&path])["private_keys"], serde_json::json!([path]), "{name}");
    }
    folder.openssl(&["x509", "-req", "-in", "k.csr", "-signkey", "k.key", "-out", "k.crt"]);
    let both = folder.write("both.pem", [folder.read("k.key"), folder.read("k.crt")].concat());
    let (_, text) = run(&[&both]);
    assert!(text.contains("contient aussi une clé privée") && text.contains("signé par lui-même"), "{text}");
    let key = String::from_utf8(folder.read("k.key")).unwrap();
    assert!(key.lines().filter(|line| line.len() == 64).all(|line| !text.contains(line)));
}

#[test]
fn what_is_not_explained_is_named_with_what_to_do() {
    let folder = Folder::new();
    folder.request("k", "/CN=essai", &[]);
    folder.openssl(&["pkey", "-in", "k.key", "-pubout", "-out", "public.pem"]);
    folder.openssl(&["pkey", "-in", "k.key", "-pubout", "-outform", "DER", "-out", "public.der"]);
    let path = |name: &str| folder.path(name).to_str().unwrap().to_owned();
    for (file, kind, words) in [
        (folder.write("cles.jks", [0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 2]), "java-store", "keytool -importkeystore"),
        (folder.write("cles.jceks", [0xCE, 0xCE, 0xCE, 0xCE, 0, 0, 0, 2]), "java-store", "Java (JKS)"),
        (path("public.pem"), "public-key", "clé publique seule"),
        (path("public.der"), "public-key", "Demandez le certificat"),
        (folder.write("dh", "-----BEGIN DH PARAMETERS-----\nAAAA\n-----END DH PARAMETERS-----\n"), "other", "p12"),
    ] {
        let (status, text) = run(&[&file]);
        assert!(status == 64 && text.contains(words) && text.contains('→'), "{file}: {text}");
        assert_eq!(json(&[&file])["others"][0]["kind"], kind, "{file}");
    }
}

#[test]
fn the_blocks_of_a_mail_are_found_and_numbered() {
    let folder = Folder::new();
    folder.request("r", "/O=CH ESSAI/CN=logiciel", &[]);
    folder.openssl(&["x509", "-req", "-in", "r.csr", "-signkey", "r.key", "-out", "r.crt"]);
    let [request, certificate] = ["r.csr", "r.crt"].map(|name| String::from_utf8(folder.read(name)).unwrap());
    let quoted = certificate.lines().map(|line| ["> ", line, "\r\n"].concat()).collect::<String>();
    let encoded = certificate.replace("=\n", "=3D\n").replace("=\n", "=3D\n");
    let mail = format!(
        "Subject: certificat\r\n\r\nBonjour,\r\nvoici :\r\n{quoted}\r\net la demande\r\n{request}--\r\n{encoded}"
    );
    let utf16: Vec<u8> = [0xFEFF_u16].into_iter().chain(mail.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [("mail.eml", mail.into_bytes()), ("mail.txt", utf16)] {
        let file = folder.write(name, bytes);
        let found = json(&[&file]);
        let labels = |kind: &str| -> Vec<_> {
            found[kind].as_array().unwrap().iter().map(|one| one["label"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(labels("certificates"), [format!("{file} (1)"), format!("{file} (3)")], "{found}");
        assert_eq!(labels("requests"), [format!("{file} (2)")]);
        assert!(found["certificates"][0]["unreadable"].is_null(), "{found}");
    }
    // one broken block hides no other
    let broken = format!("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n{request}");
    let (status, text) = run(&[&folder.write("broken.pem", broken)]);
    assert!(status == 2 && text.contains("broken.pem (1)") && text.contains("(2)\n✓ Demande"), "{text}");
}

#[test]
fn a_revocation_list_is_explained() {
    let list = format!("{FIXTURES}/crl/fort-personnes-revoked.crl");
    let (status, text) = run(&[&list, "--at", "2026-11-20"]);
    assert_eq!(status, 1, "{text}");
    for words in ["Liste de révocation", "AC FORT PERSONNES", "20/11/2026", "2 certificats", "non vérifiée", "--crl"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("Détail technique"), "{text}");
    let issuer = format!("{FIXTURES}/authorities");
    let found = &json(&[&list, "--at", "2026-11-20", "--trust-dir", &issuer])["revocation_lists"][0];
    assert_eq!((&found["signature"], &found["entries"]), (&"unknown".into(), &2.into()), "{found}");
    let mut altered = std::fs::read(&list).unwrap();
    *altered.last_mut().unwrap() ^= 1;
    let folder = Folder::new();
    let (status, text) = run(&[&folder.write("altered.crl", altered), "--trust-dir", &issuer]);
    assert!(status == 2 && text.contains("liste modifiée ou contrefaite"), "{text}");
}

#[test]
fn a_revoked_organisation_is_told_by_its_own_list() {
    let (Some(file), Some(list), Some(chain)) =
        (real("certificates/org-revoque.pem"), real("certificates/org-revoque.crl.pem"), real("ca-test"))
    else {
        return;
    };
    for more in [&["--crl", &list][..], &[&list]] {
        let arguments = [&[file.as_str(), "--trust-dir", &chain, "--at", "2019-06-30"], more].concat();
        let found = &json(&arguments)["certificates"][0];
        assert_eq!(found["trust"]["code"], "test-authority", "{found}");
        assert_eq!(found["revocation"]["code"], "revoked", "{found}");
        assert!(found["revocation"]["since"].as_str().unwrap().starts_with("2019-06-14"), "{found}");
        let (status, text) = run(&arguments);
        assert_eq!(status, 2, "{text}");
        for words in
            ["révoqué le 14/06/2019", "commandez-en un nouveau", "tomwsrevoque.henix.asipsante.fr", "ASIP-SANTE"]
        {
            assert!(text.contains(words), "{words}: {text}");
        }
    }
    let found = json(&[&list, "--trust-dir", &chain, "--at", "2019-06-30"]);
    let lists = found["revocation_lists"].as_array().unwrap();
    assert!(lists.iter().all(|one| one["signature"] == "test" && one["fresh"] == true), "{found}");
}

#[test]
fn a_genuine_card_whose_signature_was_changed_is_not_believed() {
    let (Some(file), Some(chain)) = (real("certificates/2600301752-signature-fausse.crt"), real("ca-test")) else {
        return;
    };
    let (status, text) = run(&[&file, "--trust-dir", &chain, "--at", "2019-06-30"]);
    assert!(status == 2 && text.contains("signature non valide") && text.contains("redemandez-le"), "{text}");
}

#[test]
fn the_test_authorities_are_themselves() {
    let Some(file) = real("ca-test/TEST_STANDARD_racine_et_personnes.pem") else { return };
    let found = json(&[&file, "--at", "2019-06-30"]);
    for one in found["certificates"].as_array().unwrap() {
        assert_eq!(
            (&one["trust"]["code"], &one["purposes"][0]),
            (&"test-authority".into(), &"authority".into()),
            "{one}"
        );
    }
    let folder = Folder::new();
    let last = std::fs::read_to_string(&file).unwrap();
    let alone = folder.write("alone.pem", &last[last.rfind("-----BEGIN").unwrap()..]);
    let found = &json(&[&alone])["certificates"][0];
    assert_eq!(found["trust"]["code"], "test-authority", "without its root: {found}");
    let (_, text) = run(&[&alone]);
    assert!(!text.contains("imit") && !text.contains("inconnu"), "{text}");
}

#[test]
fn the_former_software_certificate_names_its_structure_and_service() {
    let Some(file) = real("certificates/classe4-ancienne-igc.pem") else { return };
    let (status, text) = run(&[&file]);
    assert_eq!(status, 2, "{text}");
    for words in
        ["ancienne IGC", "318751275100020 (SIRET, clé valide)", "cpxservices.tra.asipsante.fr", "(certificat de test)"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    for words in ["Titre", "carte", "Identifiant"] {
        assert!(!text.contains(words), "{words}: {text}");
    }
}

/// Thousands of files are read up to the bound; what was not looked at is told, and files of other kinds are no problem.
#[test]
fn a_folder_of_nine_thousand_files_is_told_what_was_left_out() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("many")).unwrap();
    let leaf = std::fs::read(format!("{FIXTURES}/certificates/cps-medecin.auth.der")).unwrap();
    let list = std::fs::read(format!("{FIXTURES}/crl/fort-personnes.crl")).unwrap();
    for number in 0..9000 {
        let bytes = if number % 2 == 0 { &leaf } else { &list };
        std::fs::write(folder.path(&format!("many/{number:04}.cer")), bytes).unwrap();
    }
    let many = folder.path("many").to_str().unwrap().to_owned();
    let file = format!("{FIXTURES}/certificates/cps-medecin.auth.der");
    for option in ["--crl", "--trust-dir"] {
        let found = json(&[&file, option, &many, "--at", "2026-11-20"]);
        assert_eq!((&found["not_looked_at"], &found["problems"]), (&4904.into(), &serde_json::json!([])), "{option}");
        let (_, text) = run(&[&file, option, &many, "--at", "2026-11-20"]);
        assert!(text.contains("4904 fichiers n'ont pas été lus") && !text.contains("Détail technique"), "{text}");
    }
    let found = json(&[&many, "--at", "2026-11-20"]);
    assert_eq!(found["certificates"].as_array().unwrap().len(), 2048);
    assert_eq!(found["revocation_lists"].as_array().unwrap().len(), 2048);
    assert_eq!(found["not_looked_at"], 4904);
    // a file of the other kind that is named itself is a mistake
    assert_eq!(json(&[&file, "--crl", &file])["problems"].as_array().unwrap().len(), 1);
}

/// What is in clear of people stays masked in a folder too, and a folder of nothing is told as such.
#[test]
fn folders_are_explained_file_by_file() {
    let (status, text) = run(&[&format!("{FIXTURES}/certificates"), "--at", "2026-11-20"]);
    assert!(status == 2 && text.matches("Certificat").count() > 30, "{text}");
    assert!(!text.contains("DOC0036624"), "{text}");
    let empty = Folder::new();
    let (status, text) = run(&[empty.0.path().to_str().unwrap()]);
    assert!(status == 64 && text.contains("→"), "{text}");
}
