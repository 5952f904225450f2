//! Real certificates of the handbook, and the synthetic ones of the fixtures.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::*;
use crate::error::ErrorKind;
use crate::identity::{Category, CheckVerdict, Distinction, IdNote, Register, TypeEvidence};

/// 2026-11-20T12:00:00Z.
const NOW: Moment = Moment::from_unix(1_795_176_000);

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of real certificates, or a word on why there is none.
fn data() -> Option<PathBuf> {
    let folder = root().join("../shared/data");
    if folder.is_dir() {
        return Some(folder);
    }
    writeln!(std::io::stderr(), "skipped: no real certificates at {}", folder.display()).unwrap();
    None
}

fn read(path: &Path) -> Certificate {
    Certificate::parse(&std::fs::read(path).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

/// The certificates of the files of a folder; a file of another kind has none.
fn folder(folder: &Path) -> Vec<Certificate> {
    files(folder).iter().flat_map(|path| certificates_in(&std::fs::read(path).unwrap()).unwrap_or_default()).collect()
}

fn leaf(name: &str) -> Certificate {
    read(&root().join("fixtures/pki/certificates").join(name).with_extension("der"))
}

fn authority(name: &str) -> Certificate {
    read(&root().join("fixtures/pki/authorities").join(name).with_extension("der"))
}

fn synthetic() -> Vec<Certificate> {
    folder(&root().join("fixtures/pki/authorities"))
}

/// The synthetic authorities as if they were those of production (roots) and below.
pub(super) fn synthetic_table() -> AuthorityTable {
    let stems = ["racine-fort", "racine-standard", "racine-elementaire", "fort-personnes", "standard-personnes"];
    AuthorityTable::new(stems.map(|stem| entry(&authority(stem), Environment::Production)))
}

pub(super) fn entry(certificate: &Certificate, environment: Environment) -> AuthorityEntry {
    let subject = certificate.subject();
    let role = if certificate.is_self_issued() { AuthorityRole::Root } else { AuthorityRole::Intermediate };
    let name = subject.common_name().unwrap();
    AuthorityEntry {
        key_sha256: Some(certificate.public_key().sha256()),
        key_id: certificate.subject_key_id().map(<[u8]>::to_vec),
        ..AuthorityEntry::new(name, subject.organisation().unwrap(), environment, role)
    }
}

#[test]
fn the_real_test_card_is_read_in_full() {
    let Some(data) = data() else { return };
    let certificate = read(&data.join("certificates/2600301752-Auth.crt"));
    let profile = Profile::of(&certificate);
    assert_eq!((profile.kind, profile.role), (ProfileKind::CdeCpe, Role::Authentication));
    let card = profile.card_type.unwrap();
    assert_eq!(card.label(), "CDE/CPE");
    assert_eq!(card.distinction(), Some((Distinction::Cpe, TypeEvidence::CertificateTitle)));
    assert_eq!(profile.category, Some(Category::Test));
    assert_eq!(profile.card_number.unwrap().reveal(), "2600301752");
    assert_eq!(profile.surname.unwrap().reveal(), "ADMINISTRATIF-CH057880002");
    assert_eq!(profile.given_name.unwrap().reveal(), "CHARLES");
    let holder = profile.holder_id.unwrap();
    assert_eq!(holder.reveal(), "30B0057881/CPET0002");
    assert_eq!((holder.register(), holder.check(), holder.problem()), (Register::Finess, CheckVerdict::Valid, None));
    let structure = profile.structure.unwrap();
    assert_eq!((structure.register(), structure.identifier()), (Register::Finess, "0B0057881"));
    assert_eq!((structure.note(), holder.agrees_with(&structure)), (Some(IdNote::TestDepartment), Some(true)));
    assert_eq!(profile.structure_name.unwrap().reveal(), "HOPITAL DES 3 DAMES");
    let department = profile.department.unwrap();
    assert_eq!((department.name.as_str(), department.code.as_str()), ("Paris", "75"));
    assert_eq!(profile.title.as_deref(), Some("Personnel santé ou social"));
    assert!(profile.notes.is_empty() && certificate.notes().is_empty());

    assert_eq!(certificate.serial().reveal(), "6BC2874B9334BED19414E8EB4FB317D4");
    assert_eq!(certificate.not_before().to_string(), "2017-03-23T15:16:43Z");
    assert_eq!(certificate.not_after().to_string(), "2020-03-23T15:16:43Z");
    assert_eq!(certificate.user_principal().unwrap().reveal(), "30B0057881/CPET0002@carte-cps.fr");
    assert_eq!(certificate.crl_addresses()[0], "http://igc-sante.esante.gouv.fr/CRL/ACI-ST-PP-TEST.crl");
    assert_eq!(certificate.crl_addresses().len(), 2);
    assert_eq!(certificate.ocsp_addresses(), ["http://ocsp.esante.gouv.fr"]);
    assert_eq!(certificate.issuer_addresses(), ["http://igc-sante.esante.gouv.fr/AC%20TEST/ACI-ST-PP-TEST.cer"]);
    assert_eq!(certificate.signature_algorithm().code(), "rsa-sha256");
    assert_eq!((certificate.public_key().algorithm().code(), certificate.public_key().bits()), ("rsa", Some(2048)));
    assert_eq!(certificate.private_extensions().count(), 3);

    let mut pool = folder(&data.join("ca"));
    pool.extend(folder(&data.join("ca-test")));
    for (pool, trust, reaches_root) in [(&pool[..], Trust::TestAuthority, true), (&[], Trust::AuthorityAbsent, false)] {
        let verdict = Judge::igc_sante().judge(&certificate, pool, NOW);
        assert_eq!((verdict.trust(), verdict.reason(), verdict.reaches_root()), (trust, None, reaches_root));
        let authority = verdict.authority().unwrap();
        assert_eq!(authority.name(), "TEST AC IGC-SANTE STANDARD PERSONNES");
        assert_eq!(authority.environment(), Environment::Test);
    }
}

#[test]
fn the_organisation_certificate_of_test_has_a_path_to_its_test_root() {
    let Some(data) = data() else { return };
    let certificate = read(&data.join("certificates/org-sign-test-2021.cer"));
    let profile = Profile::of(&certificate);
    assert_eq!((profile.kind, profile.role), (ProfileKind::OrgSoftware, Role::Signature));
    assert_eq!(profile.category, Some(Category::TestSoftware));
    assert_eq!(profile.structure.unwrap().register(), Register::Siret);
    assert_eq!(profile.service.unwrap().reveal(), "testsign.test.asipsante.fr");
    assert_eq!((profile.holder_id, profile.card_type), (None, None));
    let pool = folder(&data.join("ca-test"));
    let verdict = Judge::igc_sante().judge(&certificate, &pool, NOW);
    assert_eq!((verdict.trust(), verdict.reaches_root(), verdict.is_weak()), (Trust::TestAuthority, true, false));
    let path: Vec<_> = verdict.path().iter().map(|place| pool[*place].subject().common_name().unwrap()).collect();
    assert_eq!(path, ["TEST AC IGC-SANTE ELEMENTAIRE ORGANISATIONS", "TEST AC RACINE IGC-SANTE ELEMENTAIRE"]);
    assert_eq!(verdict.authority().unwrap().name(), path[0]);

    // Without the root, the authority is still known by its key; without the authority, by its name.
    let without_root: Vec<_> = pool.iter().filter(|authority| !authority.is_self_issued()).cloned().collect();
    let verdict = Judge::igc_sante().judge(&certificate, &without_root, NOW);
    assert_eq!((verdict.trust(), verdict.reaches_root()), (Trust::TestAuthority, false));
    let only_root: Vec<_> = pool.iter().filter(|authority| authority.is_self_issued()).cloned().collect();
    let verdict = Judge::igc_sante().judge(&certificate, &only_root, NOW);
    assert_eq!(verdict.trust(), Trust::AuthorityAbsent);
}

#[test]
fn the_authorities_are_those_of_the_table_and_their_paths_verify() {
    let Some(data) = data() else { return };
    let table = AuthorityTable::igc_sante();
    for (name, environment, count) in [("ca", Environment::Production, 9), ("ca-test", Environment::Test, 5)] {
        let pool = folder(&data.join(name));
        assert_eq!(pool.len(), count);
        for certificate in &pool {
            let known = table.known(certificate).unwrap();
            assert_eq!(Some(known.name()), certificate.subject().common_name());
            assert_eq!(known.environment(), environment);
            assert_eq!(
                (known.key_id(), Profile::of(certificate).kind),
                (certificate.subject_key_id(), ProfileKind::Authority)
            );
            let verdict = Judge::igc_sante().judge(certificate, &pool, NOW);
            assert_eq!(verdict.trust() == Trust::Trusted, environment == Environment::Production);
            assert_eq!(verdict.trust() == Trust::TestAuthority, environment == Environment::Test);
            assert!(verdict.reaches_root());
            // its key is known: it is itself, whether or not its root is there
            let alone = Judge::igc_sante().judge(certificate, &[], NOW);
            assert_eq!((alone.trust(), alone.authority()), (verdict.trust(), Some(&known)));
            assert_eq!(alone.reaches_root(), known.role() == AuthorityRole::Root);
            // a root that did not sign it speaks against it
            let mut altered = certificate.as_der().to_vec();
            *altered.last_mut().unwrap() ^= 1;
            let altered = Judge::igc_sante().judge(&Certificate::parse(&altered).unwrap(), &pool, NOW);
            assert_eq!(altered.trust(), Trust::BadSignature);
        }
    }
    // ours may know more than the handbook's table, never something else
    for (copy, file) in
        [(include_str!("ca-list.csv"), "ca-list.csv"), (include_str!("ca-list-test.csv"), "ca-list-test.csv")]
    {
        let theirs = std::fs::read_to_string(data.join("../domain").join(file)).unwrap();
        let rows = |text: &str| -> Vec<Vec<String>> {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            reader.records().map(|row| row.unwrap().iter().take(7).map(str::to_owned).collect()).collect()
        };
        let (ours, theirs) = (rows(copy), rows(&theirs));
        assert_eq!(ours.len(), theirs.len(), "{file}");
        for (one, other) in ours.concat().iter().zip(&theirs.concat()) {
            assert!(other.is_empty() || one == other, "{file}: {one} {other}");
        }
    }
}

#[test]
fn every_profile_of_the_fixtures_is_recognised() {
    let cases = [
        ("cps-medecin", ProfileKind::CpsRpps, "CPS"),
        ("cps-medecin-cps4", ProfileKind::CpsRpps, "CPS"),
        ("cps-infirmier-adeli", ProfileKind::CpsAdeli, "CPS"),
        ("cps-sage-femme-accents", ProfileKind::CpsRpps, "CPS"),
        ("cps-test", ProfileKind::CpsRpps, "CPS"),
        ("cps-identifiant-invalide", ProfileKind::CpsRpps, "CPS"),
        ("cpf-etudiant", ProfileKind::Cpf, "CPF"),
        ("cpf-interne", ProfileKind::Cpf, "CPF"),
        ("cde-directeur", ProfileKind::CdeCpe, "CDE/CPE"),
        ("cpe-employe", ProfileKind::CdeCpe, "CDE/CPE"),
        ("cps-corse", ProfileKind::CdeCpe, "CDE/CPE"),
        ("cpe-la-poste", ProfileKind::CdeCpe, "CDE/CPE"),
        ("cpe-service", ProfileKind::ServiceCard, "CDE/CPE"),
        ("cda-directeur", ProfileKind::CdaCpa, "CDA/CPA"),
        ("cpa-employe", ProfileKind::CdaCpa, "CDA/CPA"),
    ];
    for (name, kind, label) in cases {
        for (suffix, role) in [("auth", Role::Authentication), ("sign", Role::Signature)] {
            let certificate = leaf(&format!("{name}.{suffix}.der"));
            let profile = Profile::of(&certificate);
            assert_eq!((profile.kind, profile.role), (kind, role), "{name}.{suffix}");
            assert_eq!(profile.card_type.unwrap().label(), label, "{name}");
            assert!(profile.card_number.is_some() && profile.holder_id.is_some(), "{name}");
            assert_eq!(profile.category.unwrap().is_test(), name == "cps-test");
            assert_eq!(profile.pseudonym.is_some(), kind == ProfileKind::ServiceCard);
            assert_eq!(profile.surname.is_some(), kind != ProfileKind::ServiceCard);
            let in_structure = matches!(kind, ProfileKind::CdeCpe | ProfileKind::ServiceCard | ProfileKind::CdaCpa);
            assert_eq!(profile.structure.is_some(), in_structure, "{name}");
            assert_eq!(profile.department.is_some(), in_structure, "{name}");
            assert_eq!(profile.notes.contains(&ProfileNote::UnknownTitle), name == "cde-directeur");
        }
    }
    let technical = Profile::of(&leaf("cps-medecin-contactless.tech.der"));
    assert_eq!((technical.kind, technical.role), (ProfileKind::CpsRpps, Role::Authentication));
    let accents = Profile::of(&leaf("cps-sage-femme-accents.auth.der"));
    assert!(!accents.surname.unwrap().reveal().is_ascii());
    let trainee = Profile::of(&leaf("cpf-interne.auth.der"));
    assert!(trainee.future_profession.is_some() && trainee.profession.is_none());
    let distinction = |name: &str| Profile::of(&leaf(name)).card_type.unwrap().distinction().map(|(what, _)| what);
    assert_eq!(distinction("cpe-service.auth.der"), Some(Distinction::ServiceCard));
    assert_eq!(distinction("cpe-employe.auth.der"), Some(Distinction::Cpe));
    assert_eq!(distinction("cde-directeur.auth.der"), None);
    assert_eq!(distinction("cpa-employe.auth.der"), None);
}

#[test]
fn certificates_of_no_card_are_recognised() {
    let organisation = Profile::of(&leaf("org-software"));
    assert_eq!((organisation.kind, organisation.role), (ProfileKind::OrgSoftware, Role::Signature));
    assert_eq!(organisation.structure.unwrap().identifier(), "0B0030011");
    let person = leaf("pro-software");
    let profile = Profile::of(&person);
    assert_eq!((profile.kind, profile.profession), (ProfileKind::ProSoftware, Some(50)));
    assert_eq!(person.email().unwrap().reveal(), "sag36639@kit.invalid");
    let former = leaf("cps2ter");
    let profile = Profile::of(&former);
    assert_eq!((profile.kind, profile.card_type.unwrap().label()), (ProfileKind::IgcCps2ter, "CPS"));
    assert_eq!(profile.title.as_deref(), Some("Médecin"));
    assert_eq!(profile.given_name.unwrap().reveal(), "RENÉ");
    assert_eq!(profile.specialities, ["SM36"]);
    assert_eq!((profile.structure, former.notes()), (None, &[Note::GuessedText][..]));
}

#[test]
fn synthetic_paths_are_trusted_by_their_own_table_alone() {
    let (table, pool) = (synthetic_table(), synthetic());
    for path in files(&root().join("fixtures/pki/certificates")) {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let certificate = read(&path);
        let verdict = Judge::with(&table).judge(&certificate, &pool, NOW);
        match name.as_str() {
            // the name of an authority that this table does not have
            "lookalike" => assert_eq!(verdict.reason(), Some(TrustReason::NewAuthority)),
            "cps2ter" => assert_eq!(verdict.reason(), Some(TrustReason::AuthorityOutOfValidity)),
            _ => assert_eq!((verdict.trust(), verdict.reaches_root()), (Trust::Trusted, true), "{name}"),
        }
        let verdict = Judge::igc_sante().judge(&certificate, &pool, NOW);
        assert!(matches!(verdict.trust(), Trust::UnknownIssuer | Trust::BrokenPath), "{name} {verdict:?}");
        let looks_like = verdict.reason() == Some(TrustReason::LooksLikeIgcSante);
        assert_eq!(looks_like, name == "lookalike", "{name}");
        assert!(issuer_of(&certificate, &pool).is_some() != (name == "lookalike"), "{name}");
    }
}

#[test]
fn an_altered_certificate_has_a_bad_signature() {
    let (table, pool) = (synthetic_table(), synthetic());
    let mut bytes = leaf("cps-medecin.auth.der").as_der().to_vec();
    let place = bytes.windows(10).position(|window| window == b"DOC0036624").unwrap();
    bytes[place + 9] = b'5';
    let verdict = Judge::with(&table).judge(&Certificate::parse(&bytes).unwrap(), &pool, NOW);
    assert_eq!((verdict.trust(), verdict.authority().unwrap().name()), (Trust::BadSignature, "AC FORT PERSONNES"));
    assert_eq!(verdict.path(), [0; 0]);
}

#[test]
fn paths_that_do_not_hold_are_said_to_be_broken() {
    let (table, pool) = (synthetic_table(), synthetic());
    let leaf = leaf("cps-medecin.auth.der");
    let judge = |pool: &[Certificate], at| Judge::with(&table).judge(&leaf, pool, at);
    let early = judge(&pool, Moment::start_of("2019-06-01".parse().unwrap()));
    assert_eq!((early.trust(), early.reason()), (Trust::BrokenPath, Some(TrustReason::AuthorityOutOfValidity)));
    assert_eq!(judge(&[], NOW).trust(), Trust::AuthorityAbsent);
    let below = [authority("fort-personnes")];
    assert_eq!((judge(&below, NOW).trust(), judge(&below, NOW).reaches_root()), (Trust::Trusted, false));

    // A table without the authority itself needs its root.
    let roots = AuthorityTable::new([entry(&authority("racine-fort"), Environment::Production)]);
    assert_eq!(Judge::with(&roots).judge(&leaf, &pool, NOW).trust(), Trust::Trusted);
    let verdict = Judge::with(&roots).judge(&leaf, &below, NOW);
    assert_eq!((verdict.trust(), verdict.path()), (Trust::AuthorityAbsent, &[0][..]));
    let nobody = AuthorityTable::new([]);
    let verdict = Judge::with(&nobody).judge(&leaf, &below, NOW);
    assert_eq!((verdict.trust(), verdict.reason()), (Trust::BrokenPath, Some(TrustReason::IssuerAbsent)));
    let verdict = Judge::with(&nobody).judge(&leaf, &pool, NOW);
    assert_eq!((verdict.trust(), verdict.reason()), (Trust::UnknownIssuer, Some(TrustReason::UnknownRoot)));
}

#[test]
fn a_key_of_the_right_name_is_not_enough() {
    // A table that gives the name of a synthetic authority another key: what it signed only looks genuine.
    let mut wrong = entry(&authority("fort-personnes"), Environment::Production);
    wrong.key_sha256 = Some([0; 32]);
    let table = AuthorityTable::new([wrong]);
    let verdict = Judge::with(&table).judge(&leaf("cps-medecin.auth.der"), &synthetic(), NOW);
    assert_eq!((verdict.trust(), verdict.reason()), (Trust::UnknownIssuer, Some(TrustReason::LooksLikeIgcSante)));
}

#[test]
fn impostors_in_the_folder_change_nothing() {
    let (table, leaf, real) = (synthetic_table(), leaf("cps-medecin.auth.der"), authority("fort-personnes"));
    // Name and key identifier of the authority, and another key, many times over.
    let impostor = |number: u8| {
        let mut bytes = real.as_der().to_vec();
        let key = real.public_key().as_der();
        let place = bytes.windows(key.len()).position(|window| window == key).unwrap();
        bytes[place + 100] ^= number;
        Certificate::parse(&bytes).unwrap()
    };
    let impostors: Vec<Certificate> = (1..=60).map(impostor).collect();
    let judge = |pool: &[Certificate]| Judge::with(&table).judge(&leaf, pool, NOW);
    let alone = judge(&impostors);
    assert_eq!((alone.trust(), alone.reason(), alone.path()), (Trust::AuthorityAbsent, None, &[][..]));
    let mut pool = impostors;
    pool.extend([authority("racine-fort"), real]);
    let verdict = judge(&pool);
    assert_eq!((verdict.trust(), verdict.path()), (Trust::Trusted, &[61, 60][..]));
}

#[test]
fn a_test_authority_known_by_key_identifier_is_one_of_test_only() {
    for (environment, expected) in
        [(Environment::Test, Trust::TestAuthority), (Environment::Production, Trust::UnknownIssuer)]
    {
        let mut by_id = entry(&authority("fort-personnes"), environment);
        by_id.key_sha256 = None;
        let table = AuthorityTable::new([by_id]);
        let verdict = Judge::with(&table).judge(&leaf("cps-medecin.auth.der"), &synthetic(), NOW);
        assert_eq!(verdict.trust(), expected);
    }
}

/// Codes are a promise to programs.
#[test]
fn codes_stay_what_they_are() {
    let environments = [Environment::Production, Environment::Test].map(Environment::code);
    assert_eq!(environments, ["production", "test"]);
    assert_eq!([AuthorityRole::Root, AuthorityRole::Intermediate].map(AuthorityRole::code), ["root", "intermediate"]);
    let doubts = [ClockDoubt::BeforeProgram, ClockDoubt::AllNotYetValid].map(ClockDoubt::code);
    assert_eq!(doubts, ["before-program", "all-not-yet-valid"]);
    let oid = Oid::from_der(oid::KEY_USAGE);
    let notes = [
        Note::TrailingBytes(1),
        Note::BrokenExtension(oid.clone()),
        Note::DoubleExtension(oid),
        Note::AlgorithmsDiffer,
        Note::GuessedText,
    ];
    let codes = ["trailing-bytes", "broken-extension", "double-extension", "algorithms-differ", "guessed-text"];
    assert_eq!(notes.each_ref().map(Note::code), codes);
    let notes = [
        ProfileNote::KindFromName,
        ProfileNote::UnknownCardType,
        ProfileNote::UnknownCategory,
        ProfileNote::OddCardNumber,
        ProfileNote::OddExtension,
        ProfileNote::DoubleAttribute,
        ProfileNote::StructureDiffers,
        ProfileNote::UnknownTitle,
    ];
    let codes = [
        "kind-from-name",
        "unknown-card-type",
        "unknown-category",
        "odd-card-number",
        "odd-extension",
        "double-attribute",
        "structure-differs",
        "unknown-title",
    ];
    assert_eq!(notes.map(ProfileNote::code), codes);
    let codes = [
        "cps-rpps",
        "cps-adeli",
        "cps",
        "cpf",
        "cde-cpe",
        "service-card",
        "cda-cpa",
        "pro-software",
        "org-software",
        "igc-cps2ter",
        "igc-cps2ter-org-software",
        "authority",
        "other",
    ];
    assert_eq!(ProfileKind::ALL.map(ProfileKind::code), codes);
    let roles = [Role::Authentication, Role::Signature, Role::Technical, Role::Other].map(Role::code);
    assert_eq!(roles, ["authentication", "signature", "technical", "other"]);
    let kinds = [TextKind::Utf8, TextKind::Printable, TextKind::T61, TextKind::Bmp, TextKind::Ia5].map(TextKind::code);
    assert_eq!(kinds, ["UTF8String", "PrintableString", "T61String", "BMPString", "IA5String"]);
    assert_eq!([TextKind::Universal, TextKind::Ascii].map(TextKind::code), ["UniversalString", "VisibleString"]);
}

#[test]
fn a_certificate_shows_its_parts() {
    let certificate = leaf("cps-medecin.auth.der");
    assert_eq!((certificate.version(), certificate.sha256()), (3, key::sha256(certificate.as_der())));
    let (log_on, sign) = (certificate.key_usage().unwrap(), leaf("cps-medecin.sign.der").key_usage().unwrap());
    assert!(log_on.digital_signature() && !sign.digital_signature());
    assert!(!log_on.non_repudiation() && sign.non_repudiation());
    assert!(!log_on.key_encipherment() && !log_on.key_cert_sign() && !log_on.crl_sign());
    let authority = authority("fort-personnes").key_usage().unwrap();
    assert!(authority.key_cert_sign() && authority.crl_sign());
    let days = [Validity::Valid { days: 61 }, Validity::Expired { days: 2 }].map(Validity::days);
    assert_eq!(days, [61, 2]);
}

#[test]
fn names_of_attributes_are_the_short_ones() {
    let labels = |name: &str| leaf(name).subject().attributes().map(Attribute::label).collect::<Vec<_>>();
    assert_eq!(labels("cpe-service.auth.der"), ["C", "ST", "O", "OU", "title", "pseudonym", "CN"]);
    assert_eq!(labels("cps-medecin.auth.der"), ["C", "title", "GN", "SN", "CN"]);
    let kinds: Vec<_> = leaf("cps-medecin.auth.der").subject().attributes().map(Attribute::kind).collect();
    assert!(kinds.contains(&Some(TextKind::Utf8)) && kinds.contains(&Some(TextKind::Printable)), "{kinds:?}");
    let guessed: Vec<_> =
        leaf("cps2ter").subject().attributes().filter(|one| one.guessed()).map(Attribute::kind).collect();
    assert_eq!(guessed, [Some(TextKind::T61); 2]);
}

#[test]
fn filler_after_a_certificate_is_counted() {
    let mut bytes = leaf("cps-medecin.auth.der").as_der().to_vec();
    bytes.extend([0xFF; 7]);
    let certificate = Certificate::parse(&bytes).unwrap();
    assert_eq!((certificate.trailing_bytes(), certificate.notes()), (7, &[Note::TrailingBytes(7)][..]));
    assert_eq!(certificate.as_der(), &bytes[..bytes.len() - 7]);
}

#[test]
fn what_is_no_certificate_is_refused_by_name_and_offset() {
    let large = vec![0; crate::limits::CERTIFICATE_BYTES + 1];
    let error = Certificate::parse(&large).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LimitReached);
    assert!(error.to_string().contains("CERTIFICATE_BYTES"));
    for bytes in [&b""[..], b"\x00\x00", b"hello", b"\xFF\xFF\xFF\xFF", b"\x30\x00", b"\x30\x80\x00\x00"] {
        let error = Certificate::parse(bytes).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Malformed, "{bytes:02X?}");
        assert!(error.offset().is_some(), "{bytes:02X?}");
    }
}

#[test]
fn every_prefix_is_an_error_with_an_offset_inside() {
    let bytes = leaf("cpe-service.sign.der").as_der().to_vec();
    for length in 0..bytes.len() {
        let error = Certificate::parse(&bytes[..length]).unwrap_err();
        assert!(error.offset().is_some_and(|offset| offset <= length), "{length}");
    }
}

#[test]
fn nothing_personal_is_printed() {
    let Some(data) = data() else { return };
    let certificate = read(&data.join("certificates/2600301752-Auth.crt"));
    let printed = format!("{certificate:?} {:?} {}", Profile::of(&certificate), certificate.subject());
    for secret in ["2600301752", "CHARLES", "ADMINISTRATIF", "0B0057881", "CPET0002", "HOPITAL", "9414E8EB4FB317D4"] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}

/// What another reader says of the same bytes.
#[test]
fn x509_cert_reads_the_same() {
    use x509_cert::der::{Decode as _, Encode as _};

    let mut all = ["certificates", "authorities"].map(|name| folder(&root().join("fixtures/pki").join(name))).concat();
    if let Some(data) = data() {
        all.extend(["certificates", "ca", "ca-test"].into_iter().flat_map(|name| folder(&data.join(name))));
    }
    for ours in all {
        let theirs = x509_cert::Certificate::from_der(ours.as_der()).unwrap();
        let body = theirs.tbs_certificate();
        assert_eq!(ours.serial().as_der(), body.serial_number().as_bytes(), "{ours:?}");
        let seconds = |time: x509_cert::time::Time| i64::try_from(time.to_unix_duration().as_secs()).unwrap();
        assert_eq!(ours.not_before().unix(), seconds(body.validity().not_before));
        assert_eq!(ours.not_after().unix(), seconds(body.validity().not_after));
        assert_eq!(ours.public_key().as_der(), body.subject_public_key_info().to_der().unwrap());
        assert_eq!(ours.issuer().as_der(), body.issuer().to_der().unwrap());
        assert_eq!(
            ours.subject().rdns().map(<[_]>::len).collect::<Vec<_>>(),
            body.subject().iter_rdn().map(x509_cert::name::RelativeDistinguishedName::len).collect::<Vec<_>>()
        );
        let extensions = body.extensions().cloned().unwrap_or_default();
        assert_eq!(ours.extensions().len(), extensions.len());
        for (one, other) in ours.extensions().iter().zip(&extensions) {
            assert_eq!(one.oid().to_string(), other.extn_id.to_string());
            assert_eq!((one.is_critical(), one.value()), (other.critical, other.extn_value.as_bytes()));
        }
    }
}

/// Another version of this certificate: its fields changed, signed by nobody.
fn renamed(certificate: &Certificate, old: &str, new: &str) -> Certificate {
    let der = certificate.as_der();
    let place = der.windows(old.len()).rposition(|window| window == old.as_bytes()).unwrap();
    assert_eq!(old.len(), new.len());
    Certificate::parse(&[&der[..place], new.as_bytes(), &der[place + old.len()..]].concat()).unwrap()
}

#[test]
fn a_new_name_is_unknown_and_a_known_name_with_another_key_is_an_imitation() {
    let judge = |certificate: &Certificate| Judge::igc_sante().judge(certificate, &[], NOW).reason();
    let imitation = leaf("lookalike");
    assert_eq!(judge(&imitation), Some(TrustReason::LooksLikeIgcSante));
    // the same name around, or another organisation beside the same common name
    assert_eq!(judge(&renamed(&imitation, "ASIP-SANTE", "ANS-SANTE.")), Some(TrustReason::LooksLikeIgcSante));
    for (old, new) in [("FORT PERSONNES", "FORT PERSONN 2"), ("FORT PERSONNES", "FAIBLE PERSONN")] {
        assert_eq!(judge(&renamed(&imitation, old, new)), Some(TrustReason::NewAuthority), "{new}");
    }
    let table = AuthorityTable::igc_sante();
    assert_eq!(table.claim(&imitation), IssuerClaim::OtherKey);
    assert_eq!(table.claim(&leaf("cps-medecin.auth.der")), IssuerClaim::Unrelated);
    let claims =
        [IssuerClaim::Known, IssuerClaim::OtherKey, IssuerClaim::NewName, IssuerClaim::Former, IssuerClaim::Unrelated];
    assert_eq!(claims.map(IssuerClaim::code), ["known", "other-key", "new-name", "former", "unrelated"]);
}

#[test]
fn a_genuine_certificate_whose_signature_was_changed_is_told() {
    let Some(data) = data() else { return };
    let pool = folder(&data.join("ca-test"));
    for (name, trust) in
        [("2600301752-Auth.crt", Trust::TestAuthority), ("2600301752-signature-fausse.crt", Trust::BadSignature)]
    {
        let bytes = std::fs::read(data.join("certificates").join(name)).unwrap();
        let certificates = certificates_in(&bytes).unwrap();
        let verdict = Judge::igc_sante().judge(&certificates[0], &pool, NOW);
        assert_eq!(verdict.trust(), trust, "{name}");
    }
}

#[test]
fn the_software_certificate_of_the_former_authority_is_one_of_an_organisation() {
    let Some(data) = data() else { return };
    let bytes = std::fs::read(data.join("certificates/classe4-ancienne-igc.pem")).unwrap();
    let certificates = certificates_in(&bytes).unwrap();
    let profile = Profile::of(&certificates[0]);
    assert_eq!((profile.kind, profile.title, profile.holder_id), (ProfileKind::FormerOrgSoftware, None, None));
    let structure = profile.structure.unwrap();
    assert_eq!((structure.register().code(), structure.check()), ("SIRET", CheckVerdict::Valid));
    assert_eq!(profile.service.unwrap().reveal(), "cpxservices.tra.asipsante.fr");
    assert_eq!(Judge::igc_sante().judge(&certificates[0], &[], NOW).reason(), Some(TrustReason::FormerAuthority));
}
