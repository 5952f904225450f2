//! What certificates are judged with: the authorities found on this workstation, revocation lists, and, only when
//! asked, the answers of the issuer over the network.

use std::path::PathBuf;

use crate::certificate::{AuthorityTable, Certificate, Moment, certificates_in, revocation_lists_in};
use crate::error::{Error, ErrorKind, Failure};
use crate::facts::Evidence;
use crate::limits;
use crate::workstation::system_store;
use crate::workstation::trust_store::{self, TrustStore};

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
    let mut folders = sources.authorities.clone();
    folders.push(trust_store::cryptolib_folder());
    folders.extend(trust_store::system_folders());
    let mut evidence = Evidence::default();
    if let Some(known) = &sources.known {
        evidence.known = known.clone();
    }
    let named = &sources.authorities;
    evidence.authorities = read_all(&trust_store::collect(&folders), named, &mut evidence.problems, certificates_in);
    // hundreds of files, for nothing where there is nothing to judge
    let in_store = if about.is_empty() { Vec::new() } else { system_store::collect().certificates };
    evidence.authorities.extend(in_store.iter().filter_map(|der| Certificate::parse(der).ok()));
    evidence.authorities.extend(about.iter().filter(|one| one.is_authority()).cloned());
    if !sources.lists.is_empty() {
        let found = trust_store::collect_up_to(limits::CRL_BYTES, &sources.lists);
        evidence.lists_given = true;
        evidence.lists = read_all(&found, &sources.lists, &mut evidence.problems, revocation_lists_in);
    }
    if sources.online {
        evidence.asked_online = true;
        online::ask(&mut evidence, about, now);
    }
    evidence
}

/// What the files hold. A file is a problem only where the user named it: a folder of the system holds other things too.
fn read_all<T>(
    store: &TrustStore,
    named: &[PathBuf],
    problems: &mut Vec<Failure>,
    parse: impl Fn(&[u8]) -> crate::Result<Vec<T>>,
) -> Vec<T> {
    let is_named = |path: &PathBuf| named.iter().any(|named| path.starts_with(named));
    let mut problem = |path: &PathBuf, error: Error| problems.push(error.within(path.display()).into());
    for (path, why) in store.problems.iter().filter(|(path, _)| is_named(path)) {
        problem(path, Error::new(ErrorKind::File, why.code()));
    }
    for path in named {
        let seen = store.files.iter().any(|file| file.path.starts_with(path)) || store.folders.contains(path);
        let told = store.problems.iter().any(|(problem, _)| problem == path);
        if !path.exists() {
            problem(path, Error::new(ErrorKind::File, "this path does not exist"));
        } else if !seen && !told {
            problem(path, Error::malformed("neither DER nor PEM", 0));
        }
    }
    let mut all = Vec::new();
    for file in &store.files {
        match parse(&file.bytes) {
            Ok(found) => all.extend(found),
            Err(error) if is_named(&file.path) => problem(&file.path, error),
            Err(_) => {}
        }
    }
    all
}

#[cfg(feature = "online")]
mod online {
    use std::collections::BTreeSet;
    use std::thread;
    use std::time::Instant;

    use crate::certificate::{
        Certificate, Judge, Moment, OCSP_REQUEST_TYPE, Revocation, Trust, issuer_of, ocsp_request, revocation_lists_in,
    };
    use crate::facts::{Evidence, OnlineAnswer};
    use crate::limits;
    use crate::workstation::revocation_http::Bounds;

    /// Asks about the certificates whose path ends at a known key: what another one says of addresses is a stranger's
    /// wish. Responders first; lists for whom no responder answered for. At most so many addresses each, and no new
    /// question after the deadline.
    pub(super) fn ask(evidence: &mut Evidence, about: &[Certificate], now: Moment) {
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
                .map(|(certificate, issuer)| scope.spawn(|| responders(certificate, issuer, now, &in_time)))
                .collect();
            running.into_iter().filter_map(|thread| thread.join().ok()).collect()
        });
        let unanswered = answers.iter().zip(&proven).filter(|((_, answered), _)| !answered);
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
        let request = ocsp_request(certificate, issuer);
        for address in certificate.ocsp_addresses().iter().filter(|address| is_http(address)).take(PER_KIND) {
            if !in_time() {
                break;
            }
            let Ok(response) = Bounds::RESPONDER.post(address, OCSP_REQUEST_TYPE, &request) else { continue };
            let known = !matches!(
                Revocation::by_responder(certificate, issuer, &response, now),
                Revocation::Unknown(_) | Revocation::NotChecked
            );
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
    pub(super) fn ask(_evidence: &mut Evidence, _about: &[Certificate], _now: Moment) {}
}
