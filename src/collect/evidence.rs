//! What certificates are judged with: the authorities found on this workstation, revocation lists, and, only when
//! asked, the answers of the issuer over the network.

use std::path::PathBuf;

use crate::certificate::{Certificate, certificates_in, revocation_lists_in};
use crate::error::{Error, ErrorKind, Failure};
use crate::facts::Evidence;
use crate::limits;
use crate::workstation::trust_store::{self, TrustStore};

/// Where to look for evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EvidenceSources {
    /// Further folders or files with authority certificates.
    pub authorities: Vec<PathBuf>,
    /// Folders or files with revocation lists.
    pub lists: Vec<PathBuf>,
    /// Whether the issuer may be asked over the network.
    pub online: bool,
}

impl EvidenceSources {
    /// Looks in these places as well as in the usual ones, and over the network when `online`.
    pub fn new(authorities: Vec<PathBuf>, lists: Vec<PathBuf>, online: bool) -> Self {
        Self { authorities, lists, online }
    }
}

/// Collects the evidence about these certificates. What cannot be read is a problem with its path, never the end.
pub fn collect_evidence(sources: &EvidenceSources, about: &[Certificate]) -> Evidence {
    let mut folders = sources.authorities.clone();
    folders.push(trust_store::cryptolib_folder());
    folders.extend(trust_store::system_folders());
    let mut evidence = Evidence::default();
    let named = &sources.authorities;
    evidence.authorities = read_all(&trust_store::collect(&folders), named, &mut evidence.problems, certificates_in);
    if !sources.lists.is_empty() {
        let found = trust_store::collect_up_to(limits::CRL_BYTES, &sources.lists);
        evidence.lists_given = true;
        evidence.lists = read_all(&found, &sources.lists, &mut evidence.problems, revocation_lists_in);
    }
    if sources.online {
        evidence.asked_online = true;
        online::ask(&mut evidence, about);
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

    use crate::certificate::{
        Certificate, OCSP_REQUEST_TYPE, RevocationList, issuer_of, ocsp_request, revocation_lists_in,
    };
    use crate::facts::{Evidence, OnlineAnswer};
    use crate::workstation::revocation_http::Bounds;

    /// Asks the responders, all at once, then fetches the lists for certificates that no responder answered for.
    pub(super) fn ask(evidence: &mut Evidence, about: &[Certificate]) {
        let authorities = &evidence.authorities;
        evidence.answers = thread::scope(|scope| {
            let running: Vec<_> = about
                .iter()
                .map(|certificate| scope.spawn(move || responder(certificate, issuer_of(certificate, authorities))))
                .collect();
            running.into_iter().filter_map(|thread| thread.join().ok()).collect()
        });
        let unanswered = evidence.answers.iter().zip(about).filter(|(answer, _)| answer.response.is_none());
        let addresses: BTreeSet<&String> = unanswered
            .flat_map(|(_, certificate)| certificate.crl_addresses())
            .filter(|address| address.starts_with("http://"))
            .collect();
        let fetched: Vec<Vec<RevocationList>> = thread::scope(|scope| {
            let running: Vec<_> = addresses.into_iter().map(|address| scope.spawn(move || list(address))).collect();
            running.into_iter().filter_map(|thread| thread.join().ok().flatten()).collect()
        });
        evidence.lists.extend(fetched.into_iter().flatten());
    }

    fn responder(certificate: &Certificate, issuer: Option<&Certificate>) -> OnlineAnswer {
        let mut answer = OnlineAnswer {
            certificate: certificate.sha256(),
            has_address: !certificate.ocsp_addresses().is_empty() || !certificate.crl_addresses().is_empty(),
            response: None,
            failure: None,
        };
        let Some(issuer) = issuer else { return answer };
        let request = ocsp_request(certificate, issuer);
        for address in certificate.ocsp_addresses() {
            match Bounds::RESPONDER.post(address, OCSP_REQUEST_TYPE, &request) {
                Ok(response) => {
                    answer.response = Some(response);
                    break;
                }
                Err(failure) => answer.failure = Some(failure.code()),
            }
        }
        answer
    }

    fn list(address: &str) -> Option<Vec<RevocationList>> {
        revocation_lists_in(&Bounds::LIST.get(address).ok()?).ok()
    }
}

#[cfg(not(feature = "online"))]
mod online {
    use crate::certificate::Certificate;
    use crate::facts::Evidence;

    /// Built without the network: whoever asks gets no answer, which is told as such.
    pub(super) fn ask(_evidence: &mut Evidence, _about: &[Certificate]) {}
}
