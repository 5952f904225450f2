//! `cpx-check certificate`: explains certificate files, without any card.

use std::path::Path;

use crate::certificate::{Certificate, certificates_in};
use crate::collect::{EvidenceSources, collect_evidence};
use crate::error::{Error, ErrorKind, Result};
use crate::limits;
use crate::readiness::{CertificatesVerdict, UnreadableCertificate, judge_certificates};
use crate::report::{Texts, certificates_json, certificates_text};

use super::args::{CertificateArguments, Format};
use super::card::disclosure;
use super::exit_code::Exit;
use super::output;
use super::source::when;

pub(super) fn run(arguments: &CertificateArguments, texts: &Texts) -> Exit {
    let read: Vec<_> = arguments.files.iter().flat_map(|file| read(file)).collect();
    let parsed: Vec<_> = read.iter().flatten().map(|(_, certificate)| certificate.clone()).collect();
    let mut sources = EvidenceSources::from(&arguments.evidence);
    // a bundle brings its own authorities: a path is still only as good as its known key
    sources.authorities.extend(arguments.files.iter().cloned());
    let evidence = collect_evidence(&sources, &parsed);
    let verdict = judge_certificates(read, &evidence, when(arguments.at, None));
    // files that are unreadable as certificates are told once, as such
    let problems: Vec<_> = evidence
        .problems
        .into_iter()
        .filter(|problem| !verdict.unreadable.iter().any(|one| problem.detail.starts_with(&one.label)))
        .collect();
    let disclosure = disclosure(arguments.output.show_identity);
    match arguments.output.format {
        Format::Json => output::json(&certificates_json(&verdict, &problems, disclosure)),
        Format::Text => output::text(&certificates_text(&verdict, &problems, disclosure, texts)),
    };
    exit(&verdict)
}

/// The certificates of one file, labelled with it.
fn read(file: &Path) -> Vec<std::result::Result<(String, Certificate), UnreadableCertificate>> {
    let name = file.display().to_string();
    match bytes(file).and_then(|bytes| certificates_in(&bytes)) {
        Ok(certificates) => {
            let several = certificates.len() > 1;
            let label =
                |place: usize| if several { format!("{name} ({})", place.saturating_add(1)) } else { name.clone() };
            certificates.into_iter().enumerate().map(|(place, one)| Ok((label(place), one))).collect()
        }
        Err(error) => vec![Err(UnreadableCertificate::new(name, error.into()))],
    }
}

fn bytes(file: &Path) -> Result<Vec<u8>> {
    let unreadable = |error| Error::new(ErrorKind::File, "the file cannot be read").caused_by(error);
    let file = std::fs::File::open(file).map_err(unreadable)?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return Err(Error::new(ErrorKind::File, "this is a folder"));
    }
    let longest = limits::CERTIFICATE_BYTES;
    let mut bytes = Vec::new();
    let bound = u64::try_from(longest).unwrap_or(u64::MAX).saturating_add(1);
    std::io::Read::read_to_end(&mut std::io::Read::take(file, bound), &mut bytes).map_err(unreadable)?;
    if bytes.len() > longest {
        return Err(Error::new(ErrorKind::LimitReached, format!("a file of more than {longest} bytes")));
    }
    Ok(bytes)
}

/// 0 when every certificate is trusted, valid and not known to be revoked; 1 with a reservation; 2 when one is not
/// usable; 64 when nothing could be read.
fn exit(verdict: &CertificatesVerdict) -> Exit {
    use crate::certificate::{Revocation, Trust};
    if verdict.certificates.is_empty() {
        return Exit::Usage;
    }
    let unusable = verdict.certificates.iter().any(|one| {
        !one.validity.is_valid()
            || matches!(one.revocation, Revocation::Revoked { .. })
            || matches!(one.trust.trust(), Trust::BadSignature | Trust::UnknownIssuer | Trust::BrokenPath)
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
