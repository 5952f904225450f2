//! What the parts of files are worth: certificates, requests, revocation lists, containers of keys.

use super::certificate_verdict::{CertificateVerdict, UnreadableCertificate, When, judge_certificate};
use crate::certificate::{
    Certificate, CertificateRequest, ClockDoubt, Content, Explanation, Judge, Pkcs12, ProfileKind, Revocation,
    RevocationList, SignatureCheck, Trust, TrustReason, Unopened, Validity,
};
use crate::facts::{Evidence, Failure};
use crate::identity::CheckVerdict;

/// One part of a file that was read.
#[derive(Debug)]
#[allow(clippy::exhaustive_structs)] // the program puts it together
pub struct ReadPart {
    /// Its file, and its number where there are several: hostile text.
    pub label: String,
    /// Whether other parts of its file are certificates or requests.
    pub among_others: bool,
    /// What it is, or why it cannot be read.
    pub content: Result<Content, Failure>,
    /// Of a container, how many private keys it holds, or why it stays closed.
    pub opened: Option<Result<usize, Unopened>>,
    /// Whether a container opened without a code.
    pub is_codeless: bool,
}

impl ReadPart {
    /// A part that stands alone.
    pub fn new(label: String, content: Result<Content, Failure>) -> Self {
        Self { label, among_others: false, content, opened: None, is_codeless: false }
    }
}

/// What one part is worth.
#[derive(Debug, Clone)]
#[allow(clippy::exhaustive_enums)] // whoever shows files shows each kind
pub enum FilePart {
    /// A certificate.
    Certificate(Box<CertificateVerdict>),
    /// A request.
    Request(Box<RequestVerdict>),
    /// A revocation list.
    List(Box<ListVerdict>),
    /// A container of keys, without its certificates: they are parts of their own when it is open.
    Container(Box<ContainerVerdict>),
    /// A private key, with the label, and whether it stands beside a certificate.
    PrivateKey {
        /// Its file: hostile text.
        label: String,
        /// Whether its file holds certificates or requests too.
        among_others: bool,
    },
    /// Something that is named and not explained: the code of [`Content`].
    Named {
        /// Its file: hostile text.
        label: String,
        /// `public-key`, `java-store` or `other`.
        kind: &'static str,
    },
    /// What cannot be read.
    Unreadable(UnreadableCertificate),
}

/// A request, judged as a certificate to come.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RequestVerdict {
    /// Its file: hostile text.
    pub label: String,
    /// What it says.
    pub request: CertificateRequest,
    /// What the certificate would be for.
    pub explanation: Explanation,
    /// What keeps it from becoming a good certificate: stable codes, the gravest first.
    pub findings: Vec<RequestFinding>,
}

/// What keeps a request from becoming a good certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestFinding {
    /// Its key did not sign it: it was altered.
    BadSignature,
    /// Its key is too short, or it is signed with MD5 or SHA-1.
    Weak,
    /// Its name is nearly one of INSi.
    InsiName,
    /// The number of its structure has a wrong check digit.
    StructureNumber,
    /// It has no common name.
    NoName,
    /// Its signature is of a kind that is not verified here.
    Unverified,
}

impl RequestFinding {
    /// Every finding.
    pub const ALL: [Self; 6] =
        [Self::BadSignature, Self::Weak, Self::InsiName, Self::StructureNumber, Self::NoName, Self::Unverified];

    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::BadSignature => "bad-signature",
            Self::Weak => "weak",
            Self::InsiName => "insi-name",
            Self::StructureNumber => "structure-number",
            Self::NoName => "no-name",
            Self::Unverified => "unverified",
        }
    }

    const fn weight(self) -> FileWeight {
        match self {
            Self::BadSignature | Self::Weak | Self::InsiName => FileWeight::Unusable,
            Self::StructureNumber | Self::NoName | Self::Unverified => FileWeight::Reservation,
        }
    }
}

/// A revocation list by itself.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ListVerdict {
    /// Its file: hostile text.
    pub label: String,
    /// What it says.
    pub list: RevocationList,
    /// How many certificates it revokes; `None` when its entries are broken.
    pub entries: Option<usize>,
    /// Whether it can still be used today.
    pub is_fresh: bool,
    /// Who signed it.
    pub issuer: ListIssuer,
}

/// What is known of the issuer of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ListIssuer {
    /// An authority of IGC-Santé, by a verified signature.
    Trusted,
    /// A test authority of IGC-Santé, by a verified signature.
    Test,
    /// The certificate of its issuer is not among those given.
    Absent,
    /// Its issuer is no authority that is known.
    Unknown,
    /// The signature is not that of its issuer.
    BadSignature,
}

impl ListIssuer {
    /// Every answer.
    pub const ALL: [Self; 5] = [Self::Trusted, Self::Test, Self::Absent, Self::Unknown, Self::BadSignature];

    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::Test => "test",
            Self::Absent => "absent",
            Self::Unknown => "unknown",
            Self::BadSignature => "bad-signature",
        }
    }
}

/// A container of keys.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ContainerVerdict {
    /// Its file: hostile text.
    pub label: String,
    /// What it tells without a code.
    pub container: Pkcs12,
    /// How many private keys it holds, or why it stays closed.
    pub opened: Result<usize, Unopened>,
    /// Whether its certificates were locked by the empty code: by none.
    pub is_codeless: bool,
}

/// How much a part weighs in the answer of the command, the lightest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_enums)] // each is an exit code
pub enum FileWeight {
    /// In order.
    Good,
    /// To be read with care.
    Reservation,
    /// Nothing can be said: a container that stays closed.
    CannotTell,
    /// Not to be used, or not as it is.
    Unusable,
}

/// What several files are worth.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct FilesVerdict {
    /// Every part, in the order of the files.
    pub parts: Vec<FilePart>,
    /// Why the clock of the machine is the more likely culprit, if it is.
    pub clock: Option<ClockDoubt>,
}

impl FilesVerdict {
    /// The certificates, in their order.
    pub fn certificates(&self) -> impl Iterator<Item = &CertificateVerdict> {
        self.parts.iter().filter_map(|part| match part {
            FilePart::Certificate(one) => Some(&**one),
            _ => None,
        })
    }

    /// The weight of all together; `None` when nothing could be read or named.
    pub fn weight(&self) -> Option<FileWeight> {
        let nothing = |part: &FilePart| matches!(part, FilePart::Unreadable(_) | FilePart::Named { .. });
        if self.parts.iter().all(nothing) {
            return None;
        }
        let clock = if self.clock.is_some() { FileWeight::Reservation } else { FileWeight::Good };
        self.parts.iter().map(FilePart::weight).max().map(|weight| weight.max(clock))
    }
}

impl FilePart {
    /// Whether it names a person, so that something of it is masked.
    pub fn is_masked(&self) -> bool {
        match self {
            Self::Certificate(one) => Explanation::of_profile(&one.certificate, &one.profile).names_a_person,
            Self::Request(one) => one.explanation.names_a_person,
            _ => false,
        }
    }

    /// How much it weighs in the answer.
    pub fn weight(&self) -> FileWeight {
        match self {
            Self::Certificate(one) => conclusion(one).0,
            Self::Request(one) => one.findings.iter().map(|one| one.weight()).max().unwrap_or(FileWeight::Good),
            Self::List(one) => match (one.issuer, one.entries, one.is_fresh) {
                (ListIssuer::BadSignature, _, _) | (_, None, _) => FileWeight::Unusable,
                (ListIssuer::Trusted, _, true) => FileWeight::Good,
                _ => FileWeight::Reservation,
            },
            Self::Container(one) if one.opened.is_err() => FileWeight::CannotTell,
            Self::Container(one) if one.is_codeless => FileWeight::Reservation,
            Self::Container(_) => FileWeight::Good,
            Self::PrivateKey { among_others: true, .. } => FileWeight::Reservation,
            Self::PrivateKey { .. } | Self::Named { .. } | Self::Unreadable(_) => FileWeight::Unusable,
        }
    }
}

/// What a certificate is worth, and why: one of [`CONCLUSIONS`].
pub fn conclusion(one: &CertificateVerdict) -> (FileWeight, &'static str) {
    use FileWeight::{Good, Reservation, Unusable};
    match (one.trust.trust(), one.trust.reason()) {
        (Trust::BadSignature, _) => return (Unusable, "altered"),
        _ if matches!(one.revocation, Revocation::Revoked { .. }) => return (Unusable, "revoked"),
        (_, Some(TrustReason::LooksLikeIgcSante)) => return (Unusable, "imitated"),
        (_, Some(TrustReason::FormerAuthority)) => return (Unusable, "former"),
        _ => {}
    }
    match one.validity {
        Validity::Expired { .. } => return (Unusable, "expired"),
        Validity::NotYetValid { .. } => return (Unusable, "not-yet"),
        _ => {}
    }
    let is_misnamed = || Explanation::of_profile(&one.certificate, &one.profile).meant_name.is_some();
    match one.trust.trust() {
        // an authority that this version is too old to know is no fault
        Trust::UnknownIssuer if one.trust.reason() == Some(TrustReason::NewAuthority) => (Reservation, "update"),
        Trust::UnknownIssuer => (Unusable, "unknown-issuer"),
        Trust::BrokenPath => (Unusable, "broken-path"),
        Trust::AuthorityAbsent => (Reservation, "authority-absent"),
        _ if is_misnamed() => (Reservation, "insi-name"),
        _ if matches!(one.revocation, Revocation::Unknown(_)) => (Reservation, "revocation-unknown"),
        _ if matches!(one.validity, Validity::ExpiresSoon { .. }) => (Reservation, "expires-soon"),
        Trust::TestAuthority => (Reservation, "valid"),
        _ => (Good, "valid"),
    }
}

/// The codes that [`conclusion`] gives.
pub const CONCLUSIONS: [&str; 14] = [
    "altered",
    "revoked",
    "imitated",
    "former",
    "expired",
    "not-yet",
    "update",
    "unknown-issuer",
    "broken-path",
    "authority-absent",
    "insi-name",
    "revocation-unknown",
    "expires-soon",
    "valid",
];

/// What to do about a certificate: stable codes, in the order in which one would tell it; empty where there is nothing to do.
pub fn advice(one: &CertificateVerdict) -> Vec<&'static str> {
    let (kind, organisation) = (one.profile.kind, one.profile.kind.is_of_an_organisation());
    let mut told = Vec::new();
    match conclusion(one).1 {
        code @ ("altered" | "imitated" | "former") => return vec![code],
        code @ ("update" | "unknown-issuer" | "broken-path" | "authority-absent") => told.push(code),
        _ => {}
    }
    if one.trust.trust() == Trust::TestAuthority && kind != ProfileKind::Authority {
        told.push("test-only");
    }
    if kind == ProfileKind::Authority || kind == ProfileKind::Other {
        return told;
    }
    if matches!(one.revocation, Revocation::Revoked { .. }) {
        told.push(if organisation { "revoked-software" } else { "revoked" });
        return told;
    }
    let software = organisation || kind == ProfileKind::ProSoftware;
    match (one.validity, software) {
        (Validity::Expired { .. }, true) => told.push("order-again"),
        (Validity::ExpiresSoon { .. }, true) => told.push("renew"),
        (Validity::Expired { .. }, false) => told.push("card-ended"),
        (Validity::ExpiresSoon { .. }, false) => told.push("card-ends"),
        (Validity::NotYetValid { .. }, _) => told.push("not-yet"),
        _ => {}
    }
    told
}

/// The codes that [`advice`] gives.
pub const ADVICE: [&str; 15] = [
    "altered",
    "imitated",
    "former",
    "update",
    "unknown-issuer",
    "broken-path",
    "authority-absent",
    "test-only",
    "revoked-software",
    "revoked",
    "order-again",
    "renew",
    "card-ended",
    "card-ends",
    "not-yet",
];

/// Judges the parts of files.
pub fn judge_files(read: impl IntoIterator<Item = ReadPart>, evidence: &Evidence, when: When) -> FilesVerdict {
    let parts: Vec<_> = read.into_iter().map(|part| judge(part, evidence, when)).collect();
    let mut verdict = FilesVerdict { parts, clock: None };
    verdict.clock = when.clock_doubt(verdict.certificates().map(|one| one.certificate.not_before()));
    verdict
}

fn judge(part: ReadPart, evidence: &Evidence, when: When) -> FilePart {
    let ReadPart { label, among_others, content, opened, is_codeless } = part;
    let content = match content {
        Ok(content) => content,
        Err(failure) => return FilePart::Unreadable(UnreadableCertificate::new(label, failure)),
    };
    match content {
        Content::Certificate(certificate) => {
            FilePart::Certificate(Box::new(judge_certificate(label, certificate, evidence, when.now)))
        }
        Content::Request(request) => FilePart::Request(Box::new(judge_request(label, request))),
        Content::List(list) => {
            let (entries, is_fresh) = (list.entries().ok(), list.is_fresh(when.now));
            let issuer = list_issuer(&list, evidence, when);
            FilePart::List(Box::new(ListVerdict { label, list, entries, is_fresh, issuer }))
        }
        Content::Container(container) => {
            let opened = opened.unwrap_or(Err(Unopened::NoCode));
            let is_codeless = is_codeless && container.is_locked();
            FilePart::Container(Box::new(ContainerVerdict { label, container, opened, is_codeless }))
        }
        Content::PrivateKey => FilePart::PrivateKey { label, among_others },
        other => FilePart::Named { label, kind: other.code() },
    }
}

fn judge_request(label: String, request: CertificateRequest) -> RequestVerdict {
    let explanation = Explanation::of_request(&request);
    let signature = request.signature();
    let wrong_number = explanation.structure.as_ref().is_some_and(|one| one.check() == CheckVerdict::Invalid);
    let found = [
        (signature == SignatureCheck::Bad, RequestFinding::BadSignature),
        (explanation.is_weak, RequestFinding::Weak),
        (explanation.meant_name.is_some(), RequestFinding::InsiName),
        (wrong_number, RequestFinding::StructureNumber),
        (explanation.common_name.is_none(), RequestFinding::NoName),
        (signature == SignatureCheck::Unsupported, RequestFinding::Unverified),
    ];
    let findings = found.into_iter().filter(|(is, _)| *is).map(|(_, finding)| finding).collect();
    RequestVerdict { label, request, explanation, findings }
}

fn list_issuer(list: &RevocationList, evidence: &Evidence, when: When) -> ListIssuer {
    let named: Vec<&Certificate> =
        evidence.authorities.iter().filter(|one| one.subject().same_as(list.issuer())).collect();
    if named.is_empty() {
        return ListIssuer::Absent;
    }
    let Some(issuer) = named.into_iter().find(|one| list.signed_by(one) == SignatureCheck::Good) else {
        return ListIssuer::BadSignature;
    };
    match Judge::with(&evidence.known).judge(issuer, &evidence.authorities, when.now).trust() {
        Trust::Trusted => ListIssuer::Trusted,
        Trust::TestAuthority => ListIssuer::Test,
        _ => ListIssuer::Unknown,
    }
}
