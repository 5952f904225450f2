//! Whether a certificate is worth trusting: its path to an authority of IGC-Santé, every signature verified.
//!
//! The authority certificates come from folders that anybody may write to. So where a certificate stands proves
//! nothing: a path ends at a key whose SHA-256 is in the table of authorities, and only there.

use serde::{Deserialize, Serialize};

use super::authority::{Authority, AuthorityRole, AuthorityTable, Environment, IssuerClaim};
use super::key::{KeyAlgorithm, SignatureCheck};
use super::moment::Moment;
use super::usage::KeyUsage;
use super::view::Certificate;
use crate::limits;

/// What a certificate is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Trust {
    /// A production authority of IGC-Santé signed it, directly or through another.
    Trusted,
    /// A test authority of IGC-Santé signed it: genuine, and worth nothing outside tests.
    TestAuthority,
    /// It names an authority of IGC-Santé whose certificate is not among those given: nothing could be verified.
    AuthorityAbsent,
    /// It names an issuer that is not of IGC-Santé, or only looks so.
    UnknownIssuer,
    /// Its signature, or one above it, is not that of the key it should be: altered or forged.
    BadSignature,
    /// The path to an authority does not hold: see the [reason](TrustVerdict::reason).
    BrokenPath,
}

impl Trust {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::TestAuthority => "test-authority",
            Self::AuthorityAbsent => "authority-absent",
            Self::UnknownIssuer => "unknown-issuer",
            Self::BadSignature => "bad-signature",
            Self::BrokenPath => "broken-path",
        }
    }
}

/// Why a certificate is not trusted, where the [`Trust`] alone does not say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TrustReason {
    /// It carries the name of an authority of IGC-Santé, and the key is not theirs: an imitation, or a renewed authority.
    LooksLikeIgcSante,
    /// It names an authority like those of IGC-Santé that is not in the table: this version may be too old to know it.
    NewAuthority,
    /// It was issued before IGC-Santé, by authorities that ended in 2020 and January 2021.
    FormerAuthority,
    /// Nobody signed it but itself.
    SelfSigned,
    /// The certificate of its issuer, or of one above, is not among those given.
    IssuerAbsent,
    /// The path ends at a root that is not of IGC-Santé.
    UnknownRoot,
    /// A certificate above it is not that of an authority.
    NotAnAuthority,
    /// An authority above it was out of its validity.
    AuthorityOutOfValidity,
    /// An authority stands above more authorities than it may.
    PathLength,
    /// The path is longer than [`PATH_DEPTH`](limits::PATH_DEPTH), or it took too many signatures to search.
    TooLong,
    /// A signature, or a key, is of a kind that is not verified here.
    UnsupportedAlgorithm,
}

impl TrustReason {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::LooksLikeIgcSante => "looks-like-igc-sante",
            Self::NewAuthority => "new-authority",
            Self::FormerAuthority => "former-authority",
            Self::SelfSigned => "self-signed",
            Self::IssuerAbsent => "issuer-absent",
            Self::UnknownRoot => "unknown-root",
            Self::NotAnAuthority => "not-an-authority",
            Self::AuthorityOutOfValidity => "authority-out-of-validity",
            Self::PathLength => "path-length",
            Self::TooLong => "too-long",
            Self::UnsupportedAlgorithm => "unsupported-algorithm",
        }
    }
}

/// What was found about one certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustVerdict {
    trust: Trust,
    reason: Option<TrustReason>,
    authority: Option<Authority>,
    path: Vec<usize>,
    reaches_root: bool,
    weak: bool,
}

impl TrustVerdict {
    /// What the certificate is worth.
    pub fn trust(&self) -> Trust {
        self.trust
    }

    /// The stable code of [`trust`](Self::trust).
    pub fn code(&self) -> &'static str {
        self.trust.code()
    }

    /// Why not, where that says more.
    pub fn reason(&self) -> Option<TrustReason> {
        self.reason
    }

    /// The authority that issued it: proven when [`Trusted`](Trust::Trusted) or
    /// [`TestAuthority`](Trust::TestAuthority) (the first known one above it, or itself), else the one that it names.
    pub fn authority(&self) -> Option<&Authority> {
        self.authority.as_ref()
    }

    /// The certificates above it whose signatures were verified, its issuer first, as places in the pool.
    pub fn path(&self) -> &[usize] {
        &self.path
    }

    /// Whether the path was followed to a root of IGC-Santé; a path that ends at a known authority below it is
    /// trusted as well.
    pub fn reaches_root(&self) -> bool {
        self.reaches_root
    }

    /// Whether a signature of the path below its known authority is by SHA-1 or a key is below 2048 bits.
    pub fn is_weak(&self) -> bool {
        self.weak
    }

    fn new(trust: Trust, reason: impl Into<Option<TrustReason>>) -> Self {
        let reason = reason.into();
        Self { trust, reason, authority: None, path: Vec::new(), reaches_root: false, weak: false }
    }

    /// How good an answer it is: of several candidates for an issuer, the best path counts.
    fn rank(&self) -> u8 {
        match (self.trust, self.reaches_root) {
            (Trust::Trusted, true) => 8,
            (Trust::Trusted, false) => 7,
            (Trust::TestAuthority, true) => 6,
            (Trust::TestAuthority, false) => 5,
            // Not searched to the end says less than anything found.
            (Trust::BrokenPath, _) if self.reason == Some(TrustReason::TooLong) => 0,
            (Trust::BrokenPath, _) => 4,
            (Trust::UnknownIssuer, _) => 3,
            (Trust::BadSignature, _) => 2,
            (Trust::AuthorityAbsent, _) => 1,
        }
    }
}

/// What certificates are worth to this table of authorities.
///
/// ```
/// use cpx_card::internal::certificate::{Certificate, Judge, Moment, Trust, TrustReason};
///
/// let bytes = include_bytes!("../../fixtures/pki/certificates/lookalike.der");
/// let verdict = Judge::igc_sante().judge(&Certificate::parse(bytes)?, &[], Moment::from_unix(1_795_132_800));
/// assert_eq!(verdict.trust(), Trust::UnknownIssuer);
/// assert_eq!(verdict.reason(), Some(TrustReason::LooksLikeIgcSante));
/// # Ok::<(), cpx_card::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Judge<'a> {
    table: &'a AuthorityTable,
}

impl Judge<'static> {
    /// By the authorities of IGC-Santé.
    pub fn igc_sante() -> Self {
        Self { table: AuthorityTable::igc_sante() }
    }
}

impl<'a> Judge<'a> {
    /// By other authorities: for tests.
    pub const fn with(table: &'a AuthorityTable) -> Self {
        Self { table }
    }

    /// What this certificate was found to be worth earlier: for one whose signature was taken out since.
    pub fn recall(&self, leaf: &Certificate, trust: Trust, reason: Option<TrustReason>) -> TrustVerdict {
        TrustVerdict { authority: self.table.named_issuer(leaf), ..TrustVerdict::new(trust, reason) }
    }

    /// What this certificate is worth at this moment, with these certificates to build its path from.
    ///
    /// The validity of the certificate itself is not looked at: an expired one of IGC-Santé is expired, not
    /// doubtful. That of the authorities is.
    pub fn judge(&self, leaf: &Certificate, pool: &[Certificate], at: Moment) -> TrustVerdict {
        let search = Search { table: self.table, pool, at, signatures: limits::PATH_SIGNATURES };
        match self.table.known(leaf) {
            Some(root) if root.role() == AuthorityRole::Root => match leaf.signed_by(leaf) {
                SignatureCheck::Good => TrustVerdict { reaches_root: true, ..found(&root) },
                _ => TrustVerdict { authority: Some(root), ..TrustVerdict::new(Trust::BadSignature, None) },
            },
            _ if self.table.is_impostor(leaf) => {
                TrustVerdict::new(Trust::UnknownIssuer, TrustReason::LooksLikeIgcSante)
            }
            _ => match (search.judge(leaf), self.table.itself(leaf)) {
                // the very certificate of an authority is itself, whether or not its root is here
                (verdict, Some(authority)) if verdict.path.is_empty() => found(authority),
                (verdict, _) => verdict,
            },
        }
    }
}

/// The certificate in the pool that issued this one: its name, its key identifier and its signature fit. Whether it is
/// trusted is another question.
pub fn issuer_of<'a>(certificate: &Certificate, pool: &'a [Certificate]) -> Option<&'a Certificate> {
    let fitting = pool.iter().filter(|issuer| may_have_issued(issuer, certificate));
    fitting.take(limits::PATH_SIGNATURES).find(|issuer| certificate.signed_by(issuer) == SignatureCheck::Good)
}

/// A path under construction: from the leaf up, as places in the pool.
struct Search<'a> {
    table: &'a AuthorityTable,
    pool: &'a [Certificate],
    at: Moment,
    /// How many signatures may still be verified.
    signatures: usize,
}

impl Search<'_> {
    /// Every path from the leaf, depth first without recursion, the best answer kept.
    fn judge(mut self, leaf: &Certificate) -> TrustVerdict {
        let mut best: Option<TrustVerdict> = None;
        let mut open: Vec<Vec<usize>> = vec![Vec::new()];
        while let Some(path) = open.pop() {
            let top = path.last().and_then(|place| self.pool.get(*place)).unwrap_or(leaf);
            let fits = |candidate: &Certificate| candidate.as_der() != leaf.as_der() && may_have_issued(candidate, top);
            let mut candidates: Vec<usize> = (0..self.pool.len()).filter(|place| !path.contains(place)).collect();
            candidates.retain(|place| self.pool.get(*place).is_some_and(fits));
            // Known keys first: a folder full of lookalikes must not use up the signatures.
            candidates
                .sort_by_key(|place| self.pool.get(*place).is_some_and(|above| self.table.known(above).is_none()));
            let mut answers = Vec::new();
            if candidates.is_empty() {
                answers.push(self.dead_end(leaf, &path, top));
            }
            for place in candidates {
                match self.step(leaf, &path, top, place) {
                    Step::Answer(verdict) => answers.push(verdict),
                    Step::Further(path) => open.push(path),
                }
            }
            for verdict in answers {
                if best.as_ref().is_none_or(|best| verdict.rank() > best.rank()) {
                    best = Some(verdict);
                }
            }
            if best.as_ref().is_some_and(|best| matches!(best.trust, Trust::Trusted | Trust::TestAuthority)) {
                break;
            }
        }
        best.unwrap_or_else(|| TrustVerdict::new(Trust::BrokenPath, TrustReason::TooLong))
    }

    fn step(&mut self, leaf: &Certificate, path: &[usize], top: &Certificate, place: usize) -> Step {
        let Some(above) = self.pool.get(place) else { return Step::Further(path.to_vec()) };
        let mut longer = path.to_vec();
        let broken =
            |reason| Step::Answer(TrustVerdict { path: path.to_vec(), ..TrustVerdict::new(Trust::BrokenPath, reason) });
        let Some(left) = self.signatures.checked_sub(1) else { return broken(TrustReason::TooLong) };
        self.signatures = left;
        match top.signed_by(above) {
            SignatureCheck::Good => longer.push(place),
            SignatureCheck::Unsupported => return broken(TrustReason::UnsupportedAlgorithm),
            SignatureCheck::Bad => return Step::Answer(self.bad_signature(path, top, above)),
        }
        let below = path.len().saturating_add(usize::from(leaf.is_authority()));
        if let Some(reason) = self.objection(above, below) {
            return broken(reason);
        }
        if let Some(authority) = self.table.known(above) {
            let between = path.iter().filter_map(|place| self.pool.get(*place));
            let weak = std::iter::once(leaf).chain(between).any(is_weak);
            let mut verdict = TrustVerdict { path: longer, weak, ..found(&authority) };
            self.follow(above, below, &mut verdict);
            return Step::Answer(verdict);
        }
        if self.table.is_impostor(above) {
            let verdict = TrustVerdict::new(Trust::UnknownIssuer, TrustReason::LooksLikeIgcSante);
            return Step::Answer(TrustVerdict { path: longer, ..verdict });
        }
        if above.is_self_issued() {
            let reason = self.name_reason(above).unwrap_or(TrustReason::UnknownRoot);
            return Step::Answer(TrustVerdict { path: longer, ..TrustVerdict::new(Trust::UnknownIssuer, reason) });
        }
        if longer.len() >= limits::PATH_DEPTH { broken(TrustReason::TooLong) } else { Step::Further(longer) }
    }

    /// From a known authority on: to its root, when that is there and the signatures hold.
    fn follow(&self, authority: &Certificate, below: usize, verdict: &mut TrustVerdict) {
        let mut top = authority;
        for higher in 1..=limits::PATH_DEPTH {
            let Some(known) = self.table.known(top) else { return };
            if known.role() == AuthorityRole::Root {
                verdict.reaches_root = top.signed_by(top) == SignatureCheck::Good;
                return;
            }
            let above = self.pool.iter().enumerate().find(|(_, above)| {
                may_have_issued(above, top)
                    && self.table.known(above).is_some()
                    && self.objection(above, below.saturating_add(higher)).is_none()
                    && top.signed_by(above) == SignatureCheck::Good
            });
            let Some((place, above)) = above else { return };
            verdict.path.push(place);
            top = above;
        }
    }

    /// What keeps a certificate from being an authority with so many others below it.
    fn objection(&self, above: &Certificate, below: usize) -> Option<TrustReason> {
        let constraints = above.basic_constraints();
        if !above.is_authority() || !above.key_usage().is_none_or(KeyUsage::key_cert_sign) {
            Some(TrustReason::NotAnAuthority)
        } else if constraints.and_then(|c| c.path_length).is_some_and(|length| below > usize::from(length)) {
            Some(TrustReason::PathLength)
        } else if self.at < above.not_before() || self.at > above.not_after() {
            Some(TrustReason::AuthorityOutOfValidity)
        } else {
            None
        }
    }

    /// The key of `above` did not sign `top`. When `above` is a known authority, `top` is a forgery or was altered;
    /// otherwise somebody merely has its name.
    fn bad_signature(&self, path: &[usize], top: &Certificate, above: &Certificate) -> TrustVerdict {
        let known = self.table.known(above);
        let claimed = known.clone().or_else(|| self.table.named_issuer(top));
        let verdict = match (known, claimed) {
            // A certificate that only has the name of an authority stands in a folder: as if it were not there.
            (None, Some(authority)) if path.is_empty() => {
                TrustVerdict { authority: Some(authority), ..TrustVerdict::new(Trust::AuthorityAbsent, None) }
            }
            (_, authority) => TrustVerdict { authority, ..TrustVerdict::new(Trust::BadSignature, None) },
        };
        TrustVerdict { path: path.to_vec(), ..verdict }
    }

    /// Nobody in the pool may have issued `top`.
    fn dead_end(&self, leaf: &Certificate, path: &[usize], top: &Certificate) -> TrustVerdict {
        let verdict = match (self.table.named_issuer(top), self.name_reason(top)) {
            (Some(authority), _) => {
                TrustVerdict { authority: Some(authority), ..TrustVerdict::new(Trust::AuthorityAbsent, None) }
            }
            (None, Some(reason)) => TrustVerdict::new(Trust::UnknownIssuer, reason),
            (None, None) if path.is_empty() && leaf.is_self_issued() => {
                TrustVerdict::new(Trust::UnknownIssuer, TrustReason::SelfSigned)
            }
            (None, None) if path.is_empty() => TrustVerdict::new(Trust::UnknownIssuer, TrustReason::IssuerAbsent),
            (None, None) => TrustVerdict::new(Trust::BrokenPath, TrustReason::IssuerAbsent),
        };
        TrustVerdict { path: path.to_vec(), ..verdict }
    }

    /// What the name of the issuer alone tells.
    fn name_reason(&self, certificate: &Certificate) -> Option<TrustReason> {
        match self.table.claim(certificate) {
            IssuerClaim::Former => Some(TrustReason::FormerAuthority),
            IssuerClaim::NewName => Some(TrustReason::NewAuthority),
            IssuerClaim::Known | IssuerClaim::OtherKey => Some(TrustReason::LooksLikeIgcSante),
            IssuerClaim::Unrelated => None,
        }
    }
}

/// One more certificate on a path.
enum Step {
    Answer(TrustVerdict),
    Further(Vec<usize>),
}

/// The verdict on what this authority signed.
fn found(authority: &Authority) -> TrustVerdict {
    let trust = match authority.environment() {
        Environment::Production => Trust::Trusted,
        Environment::Test => Trust::TestAuthority,
    };
    TrustVerdict { authority: Some(authority.clone()), ..TrustVerdict::new(trust, None) }
}

/// Whether the names fit, and the key identifiers where both give one.
fn may_have_issued(issuer: &Certificate, certificate: &Certificate) -> bool {
    let keys_fit = match (issuer.subject_key_id(), certificate.authority_key_id()) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    keys_fit && issuer.subject().same_as(certificate.issuer())
}

fn is_weak(certificate: &Certificate) -> bool {
    let key = certificate.public_key();
    let short = *key.algorithm() == KeyAlgorithm::Rsa && key.bits().is_some_and(|bits| bits < 2048);
    short || certificate.signature_algorithm().is_weak()
}
