//! What certificates are judged with: the authorities found on this workstation, revocation lists, and, only when
//! asked, the answers of the issuer over the network.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::certificate::{AuthorityTable, Certificate, Content, Moment, certificates_in, contents_in};
use crate::error::{Error, ErrorKind, Failure};
use crate::facts::Evidence;
use crate::limits;
use crate::workstation::system_store;
use crate::workstation::trust_store::{self, StoreProblem};

/// Where to look for evidence.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct EvidenceSources {
    /// Further folders or files with authority certificates.
    pub authorities: Vec<PathBuf>,
    /// Folders or files with revocation lists.
    pub lists: Vec<PathBuf>,
    /// Whether the issuer may be asked over the network.
    pub online: bool,
    /// Whether the list is fetched too where a responder answered.
    pub every_source: bool,
    /// The authorities whose keys are known: those of IGC-Santé when none are given, as in the program.
    pub known: Option<AuthorityTable>,
}

impl EvidenceSources {
    /// Looks in these places as well as in the usual ones, and over the network when `online`.
    pub fn new(authorities: Vec<PathBuf>, lists: Vec<PathBuf>, online: bool) -> Self {
        Self { authorities, lists, online, every_source: false, known: None }
    }
}

/// Collects the evidence about these certificates, as of this moment. What cannot be read is a problem with its path,
/// never the end. The certificates themselves count among those to build a path from; without any, the system's store is
/// not read.
pub fn collect_evidence(sources: &EvidenceSources, about: &[Certificate], now: Moment) -> Evidence {
    let mut evidence = Evidence::default();
    if let Some(known) = &sources.known {
        evidence.known = known.clone();
    }
    // one file may stand in several places, and folders of certificates hold others than authorities
    let mut known = BTreeSet::new();
    let mut take = |evidence: &mut Evidence, certificate: Certificate| {
        let issued = || about.iter().any(|one| one.issuer().same_as(certificate.subject()));
        if (certificate.is_authority() || certificate.is_self_issued() || issued())
            && known.insert(certificate.sha256())
        {
            evidence.authorities.push(certificate);
        }
    };
    let mut named = Named::new(&sources.authorities);
    named.read(limits::CERTIFICATE_BYTES, &mut |content| match content {
        Content::Certificate(certificate) => {
            take(&mut evidence, certificate);
            true
        }
        _ => false,
    });
    let mut folders = vec![trust_store::cryptolib_folder()];
    folders.extend(trust_store::system_folders());
    for file in trust_store::collect(&folders).files {
        certificates_in(&file.bytes).unwrap_or_default().into_iter().for_each(|one| take(&mut evidence, one));
    }
    // hundreds of files, for nothing where there is nothing to judge
    let in_store = if about.is_empty() { Vec::new() } else { system_store::collect().certificates };
    in_store.iter().filter_map(|der| Certificate::parse(der).ok()).for_each(|one| take(&mut evidence, one));
    about.iter().filter(|one| one.is_authority()).for_each(|one| take(&mut evidence, one.clone()));
    named.tell(&mut evidence);
    if !sources.lists.is_empty() {
        evidence.lists_given = true;
        let mut named = Named::new(&sources.lists);
        named.read(limits::CRL_BYTES, &mut |content| match content {
            Content::List(list) => {
                // lists are large: those of other issuers say nothing here
                if about.is_empty() || about.iter().any(|one| list.issuer().same_as(one.issuer())) {
                    evidence.lists.push(list);
                }
                true
            }
            _ => false,
        });
        named.tell(&mut evidence);
    }
    if sources.online {
        evidence.asked_online = true;
        online::ask(&mut evidence, about, now, sources.every_source);
    }
    evidence
}

/// Files and folders that the user named.
struct Named<'a> {
    paths: &'a [PathBuf],
    problems: Vec<Failure>,
    not_looked_at: usize,
}

impl<'a> Named<'a> {
    fn new(paths: &'a [PathBuf]) -> Self {
        Self { paths, problems: Vec::new(), not_looked_at: 0 }
    }

    /// Gives each part of each file to `take`, which says whether it was one to take. A file of a folder that holds other
    /// things is no problem; one that was named itself, and a broken one, is.
    fn read(&mut self, file_bytes: usize, take: &mut dyn FnMut(Content) -> bool) {
        let (paths, problems) = (self.paths, &mut self.problems);
        let mut problem = |path: &PathBuf, error: Error| problems.push(error.within(path.display()).into());
        let mut seen = BTreeSet::new();
        let store = trust_store::visit(file_bytes, paths, &mut |path, bytes| {
            let is_named = paths.contains(&path);
            let (mut taken, mut other) = (false, None);
            for part in contents_in(&bytes) {
                match part.content {
                    Ok(content) => {
                        let is_taken = take(content);
                        taken |= is_taken;
                        other = if is_taken { other } else { Some(part.kind) };
                    }
                    Err(error) => problem(&path, error),
                }
            }
            if let (false, true, Some(kind)) = (taken, is_named, other) {
                problem(&path, Error::malformed(format!("nothing to use in the file: {kind}"), 0));
            }
            seen.extend(paths.iter().filter(|named| path.starts_with(named)).cloned());
        });
        let told = |path: &PathBuf| store.problems.iter().any(|(other, _)| other == path);
        for path in paths {
            if !path.exists() {
                problem(path, Error::new(ErrorKind::File, "this path does not exist"));
            } else if !seen.contains(path) && !store.folders.contains(path) && !told(path) {
                problem(path, Error::malformed("neither DER nor PEM", 0));
            }
        }
        for (path, why) in store.problems.iter().filter(|(_, why)| *why != StoreProblem::TooMany) {
            problem(path, Error::new(ErrorKind::File, why.code()));
        }
        self.not_looked_at = store.not_looked_at;
    }

    fn tell(self, evidence: &mut Evidence) {
        evidence.problems.extend(self.problems);
        evidence.not_looked_at = evidence.not_looked_at.saturating_add(self.not_looked_at);
    }
}

#[cfg(feature = "online")]
mod online {
    use std::collections::BTreeSet;
    use std::thread;
    use std::time::Instant;

    use ring::rand::{SecureRandom as _, SystemRandom};

    use crate::certificate::{
        Certificate, Judge, Moment, OCSP_NONCE_BYTES, OCSP_REQUEST_TYPE, Revocation, Trust, UnknownReason, issuer_of,
        ocsp_nonce, ocsp_request, revocation_lists_in,
    };
    use crate::facts::{Evidence, OnlineAnswer};
    use crate::limits;
    use crate::workstation::revocation_http::Bounds;
    use crate::workstation::{Beside, beside};

    /// Asks about the certificates whose path ends at a known key: what another one says of addresses is a stranger's
    /// wish. Responders first; lists for whom no responder answered for, or for all with `every_source`. At most so many addresses each, and no new
    /// question after the deadline.
    pub(super) fn ask(evidence: &mut Evidence, about: &[Certificate], now: Moment, every_source: bool) {
        let end = Instant::now().checked_add(limits::ONLINE_PATIENCE);
        let in_time = || end.is_none_or(|end| Instant::now() < end);
        let judge = Judge::with(&evidence.known);
        let authorities = &evidence.authorities;
        let proven: Vec<_> = about
            .iter()
            .filter(|one| matches!(judge.judge(one, authorities, now).trust(), Trust::Trusted | Trust::TestAuthority))
            .filter_map(|one| Some((one, issuer_of(one, authorities)?)))
            .take(limits::CERTIFICATES)
            .collect();
        let answers: Vec<_> = thread::scope(|scope| {
            let running: Vec<_> = proven
                .iter()
                .map(|(certificate, issuer)| beside(scope, || responders(certificate, issuer, now, &in_time)))
                .collect();
            running.into_iter().filter_map(Beside::finish).collect()
        });
        let unanswered = answers.iter().zip(&proven).filter(|((_, answered), _)| every_source || !answered);
        let addresses: BTreeSet<&String> = unanswered
            .flat_map(|(_, (certificate, _))| certificate.crl_addresses().iter().filter(|a| is_http(a)).take(PER_KIND))
            .collect();
        for address in addresses {
            // one after the other: lists are large
            let fetched = if in_time() { Bounds::LIST.get(address).ok() } else { None };
            evidence.lists.extend(fetched.and_then(|bytes| revocation_lists_in(&bytes).ok()).unwrap_or_default());
        }
        evidence.answers = answers.into_iter().map(|(answer, _)| answer).collect();
    }

    /// Addresses of one kind that are tried for one certificate.
    const PER_KIND: usize = 2;

    /// What the responders of a certificate answer, and whether one of them knew.
    fn responders(
        certificate: &Certificate,
        issuer: &Certificate,
        now: Moment,
        in_time: &(dyn Fn() -> bool + Sync),
    ) -> (OnlineAnswer, bool) {
        let has_address = certificate.ocsp_addresses().iter().chain(certificate.crl_addresses()).any(is_http);
        let mut answer = OnlineAnswer { certificate: certificate.sha256(), has_address, responses: Vec::new() };
        // what nobody could guess, so that no old answer is given again
        let mut nonce = [0; OCSP_NONCE_BYTES];
        let nonce = SystemRandom::new().fill(&mut nonce).is_ok().then_some(nonce);
        for address in certificate.ocsp_addresses().iter().filter(|address| is_http(address)).take(PER_KIND) {
            if !in_time() {
                break;
            }
            let post = |nonce: Option<&[u8]>| {
                let request = ocsp_request(certificate, issuer, nonce);
                let response = Bounds::RESPONDER.post(address, OCSP_REQUEST_TYPE, &request).ok()?;
                let answer = Revocation::by_responder(certificate, issuer, &response, now);
                // an answer with another nonce was made for another question
                (ocsp_nonce(&response).is_none_or(|echoed| Some(echoed.as_slice()) == nonce))
                    .then_some((response, answer))
            };
            // some responders refuse a question with a nonce
            let told = match post(nonce.as_ref().map(<[u8; OCSP_NONCE_BYTES]>::as_slice)) {
                Some((_, Revocation::Unknown(UnknownReason::ResponderRefused))) if in_time() => post(None),
                told => told,
            };
            let Some((response, told)) = told else { continue };
            let known = !matches!(told, Revocation::Unknown(_) | Revocation::NotChecked);
            answer.responses.push(response);
            if known {
                return (answer, true);
            }
        }
        (answer, false)
    }

    fn is_http(address: impl AsRef<str>) -> bool {
        address.as_ref().get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http://"))
    }
}

#[cfg(not(feature = "online"))]
mod online {
    use crate::certificate::{Certificate, Moment};
    use crate::facts::Evidence;

    /// Built without the network: whoever asks gets no answer, which is told as such.
    pub(super) fn ask(_evidence: &mut Evidence, _about: &[Certificate], _now: Moment, _every_source: bool) {}
}
