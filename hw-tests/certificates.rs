//! Certificates through the program: real ones, the synthetic ones of the virtual cards, and what is no certificate.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cpx_card::internal::certificate::{
    AuthorityEntry, AuthorityRole, AuthorityTable, Certificate, Environment, Reason, Revocation, Trust, UnknownReason,
};
use cpx_card::internal::collect::{EvidenceSources, collect_evidence};
use cpx_card::internal::iso7816::single;
use cpx_card::internal::readiness::{When, judge_certificates};
use serde_json::Value;

use crate::support::post::Post;
use crate::support::said;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/pki");

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cpx-check"));
    command.args(arguments).env("LC_ALL", "fr_FR.UTF-8").output().unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let output = run(&[arguments, &["--format", "json"]].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", crate::support::as_typed(&output.stderr)))
}

fn certificate(arguments: &[&str]) -> Value {
    json(&[&["certificate"], arguments].concat())["certificates"][0].clone()
}

fn card(arguments: &[&str]) -> Value {
    json(&[&["card", "--certificates"], arguments].concat())["readers"][0].clone()
}

/// What it is worth stands on top, in a screen of 24 lines; codes of the standards are words.
#[test]
fn a_certificate_is_explained_on_one_screen() {
    let Some(file) = real("certificates/2600301752-Auth.crt") else { return };
    let told = crate::support::as_typed(run(&["certificate", &file]).stdout);
    let lines: Vec<_> = told.lines().collect();
    assert_eq!(lines[1], "✗ Certificat expiré le 23/03/2020 (carte de test)", "{told}");
    assert!(lines.len() < 24 && lines[2].starts_with("  → "), "{told}");
    assert!(told.contains("du 23/03/2017 au 23/03/2020 (expiré depuis "), "{told}");
    assert!(!told.contains("clientAuth") && !told.contains("digitalSignature"), "{told}");
    let Some(authority) = real("ca/AC_FORT_PERSONNES_20130625.cer") else { return };
    let told = crate::support::as_typed(run(&["certificate", &authority, "--at", "2026-11-20"]).stdout);
    assert!(told.lines().nth(1).is_some_and(|line| line == "✓ Certificat valable jusqu'au 24/06/2033"), "{told}");
    for words in
        ["AC IGC-SANTE FORT PERSONNES, ASIP-SANTE", "1120679F809349701A181DE89148CB554116", "encore 6 ans et 7 mois"]
    {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains('*'), "an authority is public: {told}");
}

/// The published material, which is beside the project and not in it.
fn real(path: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    if !path.exists() {
        println!("skipped: {} is not here, as on a user's machine", path.display());
        return None;
    }
    Some(path.to_str().unwrap().to_owned())
}

#[test]
fn a_real_test_card_is_read_from_its_certificate() {
    let Some(path) = real("certificates/2600301752-Auth.crt") else { return };
    let found = certificate(&[&path, "--show-identity"]);
    for (pointer, value) in [
        ("/type", "CDE/CPE"),
        ("/type_code", "02"),
        ("/category", "test"),
        ("/role", "authentication"),
        ("/profile", "cde-cpe"),
        ("/card_number", "2600301752"),
        ("/holder/id", "30B0057881/CPET0002"),
        ("/holder/id_register", "FINESS"),
        ("/holder/id_check", "valid"),
        ("/structure/id", "10B0057881"),
        ("/structure/id_register", "FINESS"),
        ("/structure/name", "HOPITAL DES 3 DAMES"),
        ("/trust/code", "authority-absent"),
        ("/trust/authority", "TEST AC IGC-SANTE STANDARD PERSONNES"),
        ("/validity", "expired"),
        ("/revocation/code", "not-checked"),
    ] {
        assert_eq!(found.pointer(pointer), Some(&value.into()), "{pointer}");
    }
    assert!(found["holder"]["surname"].is_string() && found["holder"]["given_name"].is_string());
    let extensions = found["extensions"].as_array().unwrap();
    let category = extensions.iter().find(|one| one["oid"] == "1.2.250.1.71.1.2.5").unwrap();
    assert_eq!((&category["critical"], &category["value"]), (&false.into(), &"040180".into()));
    let masked = crate::support::as_typed(run(&["certificate", &path]).stdout);
    for secret in ["2600301752", "30B0057881", "HOPITAL", found["holder"]["surname"].as_str().unwrap()] {
        assert!(!masked.replace(&path, "").contains(secret), "{secret}");
    }
}

#[test]
fn the_production_authorities_are_known_and_their_paths_hold() {
    let Some(folder) = real("ca") else { return };
    let files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 9);
    let paths: Vec<_> = files.iter().map(|path| path.to_str().unwrap()).collect();
    let answer = json(&[&["certificate", "--at", "2026-11-20"], &paths[..]].concat());
    for found in answer["certificates"].as_array().unwrap() {
        assert_eq!((&found["trust"]["code"], &found["profile"]), (&"trusted".into(), &"authority".into()), "{found}");
        assert_eq!(found["trust"]["reaches_root"], true, "{found}");
    }
    assert_eq!(run(&[&["certificate", "--at", "2026-11-20"], &paths[..]].concat()).status.code(), Some(0));
}

/// A root in the system's store completes the path, and proves nothing by being there. On a workstation made up of files: this
/// machine may have the root in its own Cryptolib.
#[cfg(target_os = "linux")]
#[test]
fn the_store_of_the_system_is_looked_into() {
    let (Some(root), Some(below)) = (real("ca/ACR_FORT_20130625.cer"), real("ca/AC_FORT_PERSONNES_20130625.cer"))
    else {
        return;
    };
    let Some(post) = Post::bare(env!("CARGO_BIN_EXE_cpx-check")) else { return };
    let pem =
        |file: &str| Command::new("openssl").args(["x509", "-inform", "DER", "-in", file]).output().unwrap().stdout;
    post.file("/tmp/bundle.pem", pem(&root))
        .file("/tmp/other.pem", pem(&format!("{FIXTURES}/authorities/fort-personnes.der")));
    post.file("/tmp/below.der", std::fs::read(below).unwrap());
    post.file("/tmp/leaf.der", std::fs::read(format!("{FIXTURES}/certificates/cps-medecin.auth.der")).unwrap());
    let trust = |store: &str, file: &str| -> Value {
        let store = format!("SSL_CERT_FILE={store}");
        let asking = ["/usr/bin/cpx-check", "certificate", "--format", "json", "--at", "2026-11-20", file];
        let output = post.inside(&[&["env", &store], &asking[..]].concat()).output().unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));
        answer["certificates"][0]["trust"].clone()
    };
    assert_eq!(trust("/tmp/bundle.pem", "/tmp/below.der")["reaches_root"], true);
    assert_eq!(trust("/tmp/other.pem", "/tmp/below.der")["reaches_root"], false);
    assert_ne!(trust("/tmp/other.pem", "/tmp/leaf.der")["code"], "trusted");
}

#[test]
fn a_test_chain_is_verified_and_never_trusted_for_production() {
    let (Some(path), Some(chain)) = (real("certificates/org-sign-test-2021.cer"), real("ca-test")) else { return };
    let found = certificate(&[&path, "--trust-dir", &chain, "--at", "2022-06-01"]);
    assert_eq!((&found["trust"]["code"], &found["validity"]), (&"test-authority".into(), &"valid".into()));
    assert_eq!(found["trust"]["path"].as_array().unwrap().len(), 2, "{found}");
    assert_eq!(run(&["certificate", &path, "--trust-dir", &chain, "--at", "2022-06-01"]).status.code(), Some(1));
    assert_eq!(certificate(&[&path, "--at", "2022-06-01"])["trust"]["code"], "authority-absent");
}

#[test]
fn what_only_looks_like_igc_sante_is_said_to() {
    let path = format!("{FIXTURES}/certificates/lookalike.der");
    let found = certificate(&[&path, "--at", "2026-11-20"]);
    assert_eq!(found["trust"]["code"], "unknown-issuer");
    assert_eq!(found["trust"]["reason"], "looks-like-igc-sante");
    let told = crate::support::as_typed(run(&["certificate", &path]).stdout);
    assert!(
        told.contains("✗ Certificat imité, ou autorité renouvelée") && told.contains("ne vous y fiez pas"),
        "{told}"
    );
}

/// One DER object with this tag around these bytes.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[tag, 0x82], &length[..], content].concat()
}

/// The certificate as its own subject would issue it.
fn issued_by_its_subject(certificate: &[u8]) -> Vec<u8> {
    let outer = single(certificate).unwrap();
    let mut parts: Vec<_> = outer.children().map(|part| part.unwrap().bytes.to_vec()).collect();
    let inner = single(&parts[0]).unwrap();
    let mut fields: Vec<_> = inner.children().map(|field| field.unwrap().bytes.to_vec()).collect();
    // version, serial, algorithm, issuer, validity, subject
    let subject = fields[5].clone();
    fields[3] = subject;
    parts[0] = der(0x30, &fields.concat());
    der(0x30, &parts.concat())
}

/// A name that issued a certificate is shown, but for a person's.
#[test]
fn the_name_of_the_issuer_is_masked_where_it_is_a_persons() {
    let issuer = |path: &str, more: &[&str]| {
        let told = run(&[&["certificate", path], more].concat()).stdout;
        let name = certificate(&[&[path], more].concat())["issuer"].as_str().unwrap().to_owned();
        let word = name.rsplit('=').next().unwrap().to_owned();
        assert!(crate::support::as_typed(told).contains(&word), "{word}: the text says the same");
        name
    };
    let (leaf, root) = ("certificates/cps-medecin.auth.der", "authorities/racine-fort.der");
    let [leaf, root] = [leaf, root].map(|file| format!("{FIXTURES}/{file}"));
    assert_eq!(issuer(&leaf, &[]), "C=FR, O=CPX-CARD SYNTHETIQUE, CN=AC FORT PERSONNES");
    assert_eq!(issuer(&root, &[]), "C=FR, O=CPX-CARD SYNTHETIQUE, CN=AC RACINE FORT", "an authority is no person");

    let own = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(own.path(), issued_by_its_subject(&std::fs::read(&leaf).unwrap())).unwrap();
    let path = own.path().to_str().unwrap();
    let (masked, full) = (issuer(path, &[]), issuer(path, &["--show-identity"]));
    let subject = |more: &[&str]| certificate(&[&[path], more].concat())["subject"].as_str().unwrap().to_owned();
    assert_eq!((&masked, &full), (&subject(&[]), &subject(&["--show-identity"])));
    assert!(full.contains("DOC0036624") && !masked.contains("DOC0036"), "{masked}");
}

/// The synthetic authorities, known for once: the program itself knows those of IGC-Santé alone.
fn synthetic() -> AuthorityTable {
    let entries = ["fort-personnes", "standard-personnes"].map(|name| {
        let der = std::fs::read(format!("{FIXTURES}/authorities/{name}.der")).unwrap();
        let certificate = Certificate::parse(&der).unwrap();
        let subject = certificate.subject();
        let (name, organisation) = (subject.common_name().unwrap(), subject.organisation().unwrap());
        let mut entry = AuthorityEntry::new(name, organisation, Environment::Production, AuthorityRole::Intermediate);
        entry.key_sha256 = Some(certificate.public_key().sha256());
        entry
    });
    AuthorityTable::new(entries)
}

/// What lists say of the card's first certificate, when its authority is known.
fn revocation(name: &str, lists: &[&str]) -> Revocation {
    let der = std::fs::read(format!("{FIXTURES}/certificates/{name}.auth.der")).unwrap();
    let certificate = Certificate::parse(&der).unwrap();
    let lists = lists.iter().map(|list| format!("{FIXTURES}/crl/{list}.crl").into()).collect();
    let mut sources = EvidenceSources::new(vec![format!("{FIXTURES}/authorities").into()], lists, false);
    sources.known = Some(synthetic());
    let when = When::on("2026-11-20".parse().unwrap());
    let evidence = collect_evidence(&sources, std::slice::from_ref(&certificate), when.now);
    let verdict = judge_certificates([Ok((name.to_owned(), certificate))], &evidence, when);
    assert_eq!(verdict.certificates[0].trust.trust(), Trust::Trusted);
    verdict.certificates[0].revocation
}

#[test]
fn opposition_is_told_from_lists_of_a_known_issuer() {
    assert!(matches!(
        revocation("cps-expiree", &["fort-personnes-revoked"]),
        Revocation::Revoked { reason: Reason::KeyCompromise, .. }
    ));
    assert!(matches!(revocation("cps-medecin", &["fort-personnes"]), Revocation::NotRevoked { .. }));
    // a revocation counts, whatever a later list forgot
    assert!(matches!(
        revocation("cps-expiree", &["fort-personnes", "fort-personnes-revoked"]),
        Revocation::Revoked { .. }
    ));
    for (name, list, reason) in [
        ("cps-medecin", "fort-personnes-stale", UnknownReason::Stale),
        ("cps-medecin", "standard-personnes", UnknownReason::NoList),
        ("cps-expiree", "fort-personnes", UnknownReason::Expired),
    ] {
        assert_eq!(revocation(name, &[list]), Revocation::Unknown(reason), "{name} {list}");
    }
    assert_eq!(revocation("cps-medecin", &[]), Revocation::NotChecked);
}

#[test]
fn nobody_else_is_believed_about_opposition() {
    let authorities = format!("{FIXTURES}/authorities");
    let list = format!("{FIXTURES}/crl/fort-personnes-revoked.crl");
    let found = card(&["--simulate", "cps-expiree", "--trust-dir", &authorities, "--crl", &list]);
    assert_eq!(found["certificates"][0]["revocation"]["code"], "unknown");
    assert_eq!(found["certificates"][0]["revocation"]["reason"], "issuer-not-trusted");
    assert!(found["reservations"].as_array().unwrap().contains(&"revocation-unknown".into()));
    assert!(!found["reservations"].as_array().unwrap().contains(&"card-revoked".into()));
    // nor is a stranger's certificate a reason to ask a stranger's server
    let online = card(&["--simulate", "cps-medecin", "--trust-dir", &authorities, "--online"]);
    assert_eq!(online["certificates"][0]["revocation"]["reason"], "issuer-not-trusted");
    for arguments in [&["card", "--simulate"][..], &["card", "--certificates", "--simulate"]] {
        let told = crate::support::as_typed(run(arguments).stdout);
        assert!(told.contains("non vérifiée") && !told.contains("active"), "{told}");
    }
}

/// A signature of zeros is a bad signature: only a redacted recording has none.
#[test]
fn a_signature_of_zeros_is_none_on_a_card() {
    let mut der = std::fs::read(format!("{FIXTURES}/certificates/cps-medecin.auth.der")).unwrap();
    let end = der.len() - 64;
    der[end..].fill(0);
    let certificate = Certificate::parse(&der).unwrap();
    let mut sources = EvidenceSources::new(vec![format!("{FIXTURES}/authorities").into()], vec![], false);
    sources.known = Some(synthetic());
    let when = When::on("2026-11-20".parse().unwrap());
    let mut evidence = collect_evidence(&sources, &[], when.now);
    let trust = |evidence: &_| {
        judge_certificates([Ok((String::new(), certificate.clone()))], evidence, when).certificates[0].trust.trust()
    };
    assert_eq!(trust(&evidence), Trust::BadSignature);
    evidence.redacted = true;
    assert_eq!(trust(&evidence), Trust::AuthorityAbsent);
}

/// The reference card with certificates of another card, or of none.
fn tampered(certificates: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let cards = folder.path().join("cards");
    std::fs::create_dir(&cards).unwrap();
    let links = folder.path().join("pki");
    std::fs::create_dir_all(links.join("certificates")).unwrap();
    std::fs::create_dir_all(links.join("keys")).unwrap();
    for kind in ["certificates", "keys"] {
        for entry in std::fs::read_dir(format!("{FIXTURES}/{kind}")).unwrap() {
            let path = entry.unwrap().path();
            std::fs::copy(&path, links.join(kind).join(path.file_name().unwrap())).unwrap();
        }
    }
    let card = std::fs::read_to_string(format!("{FIXTURES}/../cards/cps-medecin.toml")).unwrap();
    let head = card.split("[certificates]").next().unwrap();
    let file = cards.join("card.toml");
    std::fs::write(&file, format!("{head}[certificates]\n{certificates}")).unwrap();
    let path = file.to_str().unwrap().to_owned();
    (folder, path)
}

#[test]
fn chip_and_certificate_of_two_cards_are_told_field_by_field() {
    assert_eq!(card(&["--simulate", "cps-medecin"])["agreement"]["code"], "agrees");
    let (_folder, path) =
        tampered("authentication = \"cps-infirmier-adeli.auth.der\"\nsignature = \"cps-medecin.sign.der\"\n");
    let found = card(&["--simulate", &path]);
    assert_eq!(found["agreement"]["code"], "disagrees");
    let fields: Vec<_> =
        found["agreement"]["chip"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap()).collect();
    assert!(
        fields.contains(&"card-number") && fields.contains(&"holder-id") && fields.contains(&"surname"),
        "{fields:?}"
    );
    assert!(!found["agreement"]["between"].as_array().unwrap().is_empty());
    assert!(found["reservations"].as_array().unwrap().contains(&"certificate-of-another-card".into()));
    let told = crate::support::as_typed(run(&["card", "--certificates", "--simulate", &path]).stdout);
    assert!(told.contains("est celui d'une autre carte") && told.contains("sur la puce"), "{told}");
    assert!(!told.contains("DOC0036624") && !told.contains("0022000011"), "{told}");
}

#[test]
fn roles_come_from_key_usage_and_service_cards_are_told_apart() {
    let found = card(&["--simulate", "cpe-service"]);
    let roles: Vec<_> =
        found["certificates"].as_array().unwrap().iter().map(|one| one["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["signature", "authentication"]);
    assert_eq!((&found["card"]["type"], &found["card"]["type_distinction"]), (&"CPE".into(), &"service-card".into()));
    assert_eq!(found["card"]["type_distinction_basis"], "certificate-title");
    let named = card(&["--simulate", "cpe-employe"]);
    assert_eq!(named["card"]["type"], "CDE/CPE", "a title makes a member of staff probable, no more");
    assert_eq!(named["card"]["type_distinction"], "cpe");
    assert_eq!(card(&["--simulate", "cps-medecin-contactless"])["certificates"][0]["role"], "technical");
}

#[test]
fn what_is_no_certificate_is_refused_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let der = std::fs::read(format!("{FIXTURES}/certificates/cps-medecin.auth.der")).unwrap();
    std::fs::write(at("text"), "bonjour").unwrap();
    std::fs::write(at("cut"), &der[..der.len() - 7]).unwrap();
    std::fs::write(at("large"), vec![0x30; 64 * 1024 + 1]).unwrap();
    std::fs::write(at("empty"), "").unwrap();
    std::fs::write(at("key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n").unwrap();
    assert!(Command::new("mkfifo").arg(at("fifo")).status().unwrap().success());
    for name in ["text", "cut", "large", "empty", "key", "absent", "fifo", "../../dev/zero"] {
        let output = run(&["certificate", &at(name)]);
        let told = crate::support::as_typed(output.stdout);
        let wanted = if name == "key" { 2 } else { 64 };
        assert_eq!(output.status.code(), Some(wanted), "{name}: {told}");
        assert!(told.contains(&at(name)) && told.contains('→'), "{name}: {told}");
    }
    assert!(crate::support::as_typed(run(&["certificate", &at("cut")]).stdout).contains("offset"));
    // one bad file does not hide a good one, and bytes behind a certificate are noted
    std::fs::write(at("padded"), [&der[..], &[0xFF; 7]].concat()).unwrap();
    let both = json(&["certificate", &at("text"), &at("padded")]);
    assert_eq!(both["certificates"][0]["trailing_bytes"], 7);
    assert_eq!(both["certificates"][1]["unreadable"], "malformed");
}
