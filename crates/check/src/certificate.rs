//! `cpx-check certificate`: explains certificate files, without any card.

use std::path::Path;

use cpx_card::internal::certificate::{Certificate, certificates_in};
use cpx_card::internal::collect::{EvidenceSources, collect_evidence};
use cpx_card::internal::limits;
use cpx_card::internal::readiness::{CertificatesVerdict, UnreadableCertificate, judge_certificates};
use cpx_report::{Texts, certificates_json, certificates_text};

use super::args::{CertificateArguments, Format};
use super::card::disclosure;
use super::exit_code::Exit;
use super::source::when;
use super::{file, output};

pub(super) fn run(arguments: &CertificateArguments, texts: &Texts) -> Exit {
    let read: Vec<_> = arguments.files.iter().flat_map(|file| read(file)).collect();
    let parsed: Vec<_> = read.iter().flatten().map(|(_, certificate)| certificate.clone()).collect();
    let when = when(arguments.at, None);
    // a bundle brings its own authorities: a path is still only as good as its known key
    let evidence = collect_evidence(&EvidenceSources::from(&arguments.evidence), &parsed, when.now);
    let verdict = judge_certificates(read, &evidence, when);
    let disclosure = disclosure(arguments.output.show_identity);
    match arguments.output.format {
        Format::Json => output::json(&certificates_json(&verdict, &evidence.problems, disclosure)),
        Format::Text => output::text(&certificates_text(&verdict, &evidence.problems, disclosure, texts)),
    };
    exit(&verdict)
}

/// The certificates of one file, labelled with it.
fn read(file: &Path) -> Vec<Result<(String, Certificate), UnreadableCertificate>> {
    let name = file.display().to_string();
    match file::read(file, limits::CERTIFICATE_BYTES).and_then(|bytes| certificates_in(&bytes)) {
        Ok(certificates) => {
            let several = certificates.len() > 1;
            let label =
                |place: usize| if several { format!("{name} ({})", place.saturating_add(1)) } else { name.clone() };
            certificates.into_iter().enumerate().map(|(place, one)| Ok((label(place), one))).collect()
        }
        Err(error) => vec![Err(UnreadableCertificate::new(name, error.into()))],
    }
}

/// 0 when every certificate is trusted, valid and not known to be revoked; 1 with a reservation; 2 when one is not
/// usable; 64 when nothing could be read.
fn exit(verdict: &CertificatesVerdict) -> Exit {
    use cpx_card::internal::certificate::{Revocation, Trust, TrustReason};
    if verdict.certificates.is_empty() {
        return Exit::Usage;
    }
    let unusable = verdict.certificates.iter().any(|one| {
        // an authority that this version is too old to know is no fault
        let is_new = one.trust.reason() == Some(TrustReason::NewAuthority);
        !one.validity.is_valid()
            || matches!(one.revocation, Revocation::Revoked { .. })
            || matches!(one.trust.trust(), Trust::BadSignature | Trust::UnknownIssuer | Trust::BrokenPath) && !is_new
    });
    let in_order = verdict
        .certificates
        .iter()
        .all(|one| one.trust.trust() == Trust::Trusted && !matches!(one.revocation, Revocation::Unknown(_)));
    if unusable || !verdict.unreadable.is_empty() {
        Exit::NotReady
    } else if in_order && verdict.clock.is_none() {
        Exit::Ready
    } else {
        Exit::Reserved
    }
}
