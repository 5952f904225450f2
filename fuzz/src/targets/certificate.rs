//! Certificates, in every form in which people have them.

use std::sync::LazyLock;

use cpx_card::internal::card::disagreements_between;
use cpx_card::internal::certificate::{
    Certificate, CertificateRequest, DistinguishedName, Explanation, Judge, Moment, Pkcs12, Profile, Validity,
    certificates_in, contents_in, issuer_of,
};
use cpx_card::internal::facts::Evidence;
use cpx_card::internal::identity::Date;
use cpx_card::internal::limits;
use cpx_card::internal::readiness::{ReadPart, When, judge_files};
use cpx_report::{Disclosure, Language, files_json, files_text};

use super::rendered::{clean_json, clean_text, in_language};

/// The authorities of the fixtures.
pub static AUTHORITIES: LazyLock<Vec<Certificate>> = LazyLock::new(|| {
    let files: [&[u8]; 3] = [
        include_bytes!("../../../fixtures/pki/authorities/racine-fort.der"),
        include_bytes!("../../../fixtures/pki/authorities/fort-personnes.der"),
        include_bytes!("../../../fixtures/pki/authorities/standard-personnes.der"),
    ];
    files.into_iter().map(|der| Certificate::parse(der).expect("a fixture")).collect()
});

/// 2026-11-21, at noon.
pub fn now() -> Moment {
    Moment::from_unix(1_795_262_400)
}

/// A certificate is the bytes that it was read from; it can be judged and shown, without a control character.
pub fn certificate(data: &[u8]) {
    if let Ok(name) = DistinguishedName::parse(data) {
        assert!(name.attributes().count() <= limits::NAME_ATTRIBUTES);
        assert!(name.same_as(&name) && data.starts_with(name.as_der()));
        let _ = (name.reveal(), name.common_name(), name.title(), name.units().count());
    }
    let mut found = certificates_in(data).unwrap_or_default();
    assert!(found.len() <= limits::CERTIFICATES_IN_FILE);
    if let Ok(one) = Certificate::parse(data) {
        assert_eq!([one.as_der(), &data[data.len() - one.trailing_bytes()..]].concat(), data);
        let again = Certificate::parse(one.as_der()).expect("a certificate alone is the same certificate");
        assert_eq!((again.sha256(), again.trailing_bytes()), (one.sha256(), 0));
        found.push(one);
    }
    found.truncate(3);
    for one in &found {
        assert!(one.extensions().len() <= limits::CERTIFICATE_EXTENSIONS);
        assert!(one.as_der().windows(one.tbs().len()).any(|part| part == one.tbs()));
        let profile = Profile::of(one);
        for name in [&profile.surname, &profile.given_name].into_iter().flatten() {
            assert_eq!(name.to_string().chars().count(), name.reveal().chars().count());
        }
        let _ = (
            Validity::of(one, now()),
            one.signed_by(one),
            issuer_of(one, &AUTHORITIES),
            one.user_principal(),
            one.email(),
        );
        one.private_extensions().for_each(|extension| drop(extension.private_value()));
        let _ = Judge::igc_sante().judge(one, &AUTHORITIES, now());
        assert!(format!("{one:?}").len() < 1_000_000);
    }
    if let [one, .., other] = found.as_slice() {
        let _ = disagreements_between(one, other);
    }
    let mut evidence = Evidence::default();
    evidence.authorities.clone_from(&AUTHORITIES);
    let mut parts = contents_in(data);
    assert!((1..=limits::CERTIFICATES_IN_FILE + 1).contains(&parts.len()));
    parts.truncate(3);
    for part in &parts {
        assert!(part.offset <= data.len().max(limits::CERTIFICATE_BYTES));
    }
    let read = parts.into_iter().map(|part| ReadPart::new("leaf\u{1b}".to_owned(), part.content.map_err(Into::into)));
    let when = When::on(Date::new(2026, 11, 21).expect("a day"));
    let verdict = judge_files(read, &evidence, when);
    for (disclosure, language) in [(Disclosure::Masked, Language::French), (Disclosure::Full, Language::English)] {
        clean_json(&files_json(&verdict, &evidence, 0, disclosure));
        clean_text(&in_language(language, |texts| files_text(&verdict, &evidence, 0, disclosure, texts)));
    }
}

/// A request is the bytes that it was read from, and is explained.
pub fn request(data: &[u8]) {
    let Ok(request) = CertificateRequest::parse(data) else { return };
    assert!(data.starts_with(request.as_der()));
    let _ = request.signature();
    let told = Explanation::of_request(&request);
    assert!(told.is_request && told.purposes.len() <= 1);
    assert!(format!("{request:?}{told:?}").len() < 1_000_000);
}

/// A container tells what stands in clear; one that is quick to open is opened, or stays closed for a reason.
pub fn container(data: &[u8]) {
    let Ok(container) = Pkcs12::parse(data) else { return };
    let most = limits::CERTIFICATES_IN_FILE * limits::CONTAINER_PARTS;
    assert!(container.certificates_in_clear().len() <= most && container.keys() <= most);
    let protection = container.protection();
    assert_eq!(container.is_locked(), protection.is_some());
    if protection.is_none_or(|protection| protection.iterations <= 16 && protection.memory == 0) {
        let opened = container.open(Some("code"));
        assert!(container.is_locked() || opened.is_ok());
    }
}
