//! Certificate files for machines: `cpx-check.certificate/1`.

use serde::Serialize;
use serde_json::Value;

use cpx_card::internal::facts::Evidence;
use cpx_card::internal::readiness::{
    ContainerVerdict, FilePart, FilesVerdict, ListVerdict, RequestFinding, RequestVerdict,
};

use super::card_json::value;
use super::certificate_json::{Certificate, Key, Structure, readable, unreadable};
use super::{Disclosure, sanitise};

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "cpx-check certificate"))]
pub(super) struct Report {
    #[cfg_attr(test, schemars(extend("const" = "cpx-check.certificate/1")))]
    schema: &'static str,
    /// Version of the program.
    tool_version: &'static str,
    /// Why the clock of this machine is not to be trusted, or null.
    clock: Option<&'static str>,
    /// Files that were named and could not be read.
    problems: Vec<String>,
    /// How many files of folders were not looked at: of those to explain, and of `--trust-dir` and `--crl`.
    not_looked_at: usize,
    /// Those that can be read, then those that cannot.
    certificates: Vec<Certificate>,
    requests: Vec<Request>,
    revocation_lists: Vec<List>,
    containers: Vec<Container>,
    /// Files with private keys: nothing of these is shown.
    private_keys: Vec<String>,
    others: Vec<Other>,
}

/// A request for a certificate (CSR).
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Request {
    label: String,
    subject: String,
    common_name: Option<String>,
    structure: Option<Structure>,
    dns_names: Vec<String>,
    key: Key,
    signature_algorithm: &'static str,
    key_usage: Vec<&'static str>,
    extended_key_usage: Vec<String>,
    purposes: Vec<&'static str>,
    /// The name that INSi wants, where its own is nearly that.
    meant_name: Option<&'static str>,
    /// `bad-signature`, `weak`, `insi-name`, `structure-number`, `no-name` or `unverified`; empty when nothing speaks against it.
    findings: Vec<&'static str>,
}

/// A revocation list (CRL).
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct List {
    label: String,
    issuer: String,
    this_update: String,
    next_update: Option<String>,
    fresh: bool,
    /// How many certificates it revokes; null when it is damaged.
    entries: Option<usize>,
    /// `trusted`, `test`, `absent`, `unknown` or `bad-signature`.
    signature: &'static str,
}

/// A container of keys and certificates (PKCS#12). Its certificates stand among the others when it is open.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Container {
    label: String,
    open: bool,
    /// Why it is not open: `no-code`, `wrong-code`, `unsupported`, `too-much-work` or `not-in-this-build`.
    reason: Option<&'static str>,
    /// How many private keys are known to be in it.
    private_keys: usize,
    /// How its certificates are encrypted: `rc2-40`, `3des`, `pbes2-aes`, `pbes2-3des` or `other`; null where they are not.
    cipher: Option<&'static str>,
    iterations: Option<u32>,
}

/// What is named and not explained.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Other {
    label: String,
    /// `java-store`, `public-key` or `other`.
    kind: &'static str,
}

/// The answer of `cpx-check certificate`. `not_looked_at` counts files of folders that were given.
pub fn files_json(verdict: &FilesVerdict, evidence: &Evidence, not_looked_at: usize, disclosure: Disclosure) -> Value {
    let mut report = Report {
        schema: "cpx-check.certificate/1",
        tool_version: env!("CARGO_PKG_VERSION"),
        clock: verdict.clock.map(cpx_card::internal::certificate::ClockDoubt::code),
        problems: evidence.problems.iter().map(|problem| sanitise(&problem.detail)).collect(),
        not_looked_at: not_looked_at.saturating_add(evidence.not_looked_at),
        certificates: verdict.certificates().map(|one| readable(one, disclosure)).collect(),
        requests: Vec::new(),
        revocation_lists: Vec::new(),
        containers: Vec::new(),
        private_keys: Vec::new(),
        others: Vec::new(),
    };
    for part in &verdict.parts {
        match part {
            FilePart::Certificate(_) => {}
            FilePart::Request(one) => report.requests.push(request(one, disclosure)),
            FilePart::List(one) => report.revocation_lists.push(list(one)),
            FilePart::Container(one) => report.containers.push(container(one)),
            FilePart::PrivateKey { label, .. } => report.private_keys.push(sanitise(label)),
            FilePart::Named { label, kind } => report.others.push(Other { label: sanitise(label), kind }),
            FilePart::Unreadable(one) => {
                report.certificates.push(unreadable(&one.label, &one.failure, one.redacted));
            }
        }
    }
    value(&report)
}

fn request(one: &RequestVerdict, asked: Disclosure) -> Request {
    let told = &one.explanation;
    let disclosure = asked.of_names(told);
    let subject = one.request.subject();
    Request {
        label: sanitise(&one.label),
        subject: disclosure.show(subject, &subject.reveal()),
        common_name: told.common_name.as_ref().map(|name| disclosure.show(name, name.reveal())),
        structure: Structure::of(told.structure.as_ref(), told.organisation.as_ref(), None, disclosure),
        dns_names: told.dns_names.iter().map(|name| sanitise(name)).collect(),
        key: Key { algorithm: told.key.code(), bits: told.key_bits },
        signature_algorithm: told.signature_algorithm.code(),
        key_usage: told.key_usage.clone(),
        extended_key_usage: told.extended_key_usage.iter().map(ToString::to_string).collect(),
        purposes: told.purposes.iter().map(|purpose| purpose.code()).collect(),
        meant_name: told.meant_name,
        findings: one.findings.iter().copied().map(RequestFinding::code).collect(),
    }
}

fn list(one: &ListVerdict) -> List {
    List {
        label: sanitise(&one.label),
        issuer: sanitise(&one.list.issuer().reveal()),
        this_update: one.list.this_update().to_string(),
        next_update: one.list.next_update().map(|moment| moment.to_string()),
        fresh: one.is_fresh,
        entries: one.entries,
        signature: one.issuer.code(),
    }
}

fn container(one: &ContainerVerdict) -> Container {
    let protection = one.container.protection();
    Container {
        label: sanitise(&one.label),
        open: one.opened.is_ok(),
        reason: one.opened.err().map(cpx_card::internal::certificate::Unopened::code),
        private_keys: one.opened.unwrap_or(one.container.keys()),
        cipher: protection.map(|protection| protection.cipher.code()),
        iterations: protection.map(|protection| protection.iterations),
    }
}
