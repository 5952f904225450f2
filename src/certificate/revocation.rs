//! Whether a certificate was revoked: for a card, whether it is "en opposition".
//!
//! The opposition of a card is the revocation of the certificates that it carries (MOS,
//! `CarteProfessionnel.dateOpposition`). Without a list or an answer, nothing says that a card is active.

use serde::{Deserialize, Serialize};

use super::crl::RevocationList;
use super::key::SignatureCheck;
use super::moment::Moment;
use super::view::Certificate;

/// Whether a certificate was revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Revocation {
    /// Its issuer did not count it among the revoked.
    NotRevoked {
        /// As of when.
        as_of: Moment,
        /// Who said so.
        source: Source,
    },
    /// Its issuer revoked it.
    Revoked {
        /// Since when.
        since: Moment,
        /// Why, as far as the issuer says.
        reason: Reason,
        /// Who said so.
        source: Source,
    },
    /// It was asked, and nothing can be said.
    Unknown(UnknownReason),
    /// Nobody asked.
    NotChecked,
}

impl Revocation {
    /// The stable code: `not-revoked`, `revoked`, `unknown` or `not-checked`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotRevoked { .. } => "not-revoked",
            Self::Revoked { .. } => "revoked",
            Self::Unknown(_) => "unknown",
            Self::NotChecked => "not-checked",
        }
    }

    /// What these lists say of a certificate at this moment; `issuer` is the certificate of its issuer, whose
    /// signature on the lists is verified.
    ///
    /// A list that revokes it decides, also one past its day, unless it was only suspended; else the newest list of the
    /// issuer that can be used does. A list past its day never proves that there was no revocation.
    ///
    /// ```
    /// use cpx_card::internal::certificate::{Certificate, Moment, Revocation, UnknownReason};
    ///
    /// let bytes = include_bytes!("../../fixtures/pki/certificates/cps-medecin.auth.der");
    /// let answer = Revocation::by_lists(&Certificate::parse(bytes)?, None, &[], Moment::from_unix(1_795_176_000));
    /// assert_eq!(answer, Revocation::Unknown(UnknownReason::NoList));
    /// # Ok::<(), cpx_card::Error>(())
    /// ```
    pub fn by_lists(
        certificate: &Certificate,
        issuer: Option<&Certificate>,
        lists: &[RevocationList],
        now: Moment,
    ) -> Self {
        let mut lists: Vec<&RevocationList> =
            lists.iter().filter(|list| list.issuer().same_as(certificate.issuer())).collect();
        lists.sort_by_key(|list| std::cmp::Reverse(list.this_update()));
        let Some(issuer) = issuer.filter(|issuer| issuer.subject().same_as(certificate.issuer())) else {
            let reason = if lists.is_empty() { UnknownReason::NoList } else { UnknownReason::IssuerAbsent };
            return Self::Unknown(reason);
        };
        let answers: Vec<_> = lists.iter().map(|list| list.answer(certificate, issuer, now)).collect();
        // a revocation is for ever, whatever a later list forgot; only a suspension can end
        let for_ever = |answer: &&Self| matches!(answer, Self::Revoked { reason, .. } if *reason != Reason::Hold);
        if let Some(revoked) = answers.iter().find(for_ever) {
            return *revoked;
        }
        let mut first_reason = None;
        for answer in answers {
            match answer {
                Self::Unknown(reason) => {
                    first_reason.get_or_insert(reason);
                }
                answer => return answer,
            }
        }
        Self::Unknown(first_reason.unwrap_or(UnknownReason::NoList))
    }
}

/// Who answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Source {
    /// A revocation list (CRL).
    List,
    /// A responder (OCSP).
    Responder,
}

impl Source {
    /// The stable code: `crl` or `ocsp`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::List => "crl",
            Self::Responder => "ocsp",
        }
    }
}

/// Why a certificate was revoked (RFC 5280 section 5.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// Not said.
    Unspecified,
    /// The key may be in other hands: a card lost or stolen.
    KeyCompromise,
    /// The key of the issuer may be in other hands.
    AuthorityCompromise,
    /// Name or function changed.
    AffiliationChanged,
    /// Another certificate takes its place.
    Superseded,
    /// It is not needed any more.
    CessationOfOperation,
    /// Suspended for a time.
    Hold,
    /// Taken out of the list again (delta lists only).
    RemovedFromList,
    /// A right was withdrawn.
    PrivilegeWithdrawn,
    /// The key of the attribute authority may be in other hands.
    AttributeAuthorityCompromise,
    /// Another number.
    Other(u8),
}

impl Reason {
    /// The reason with this number.
    pub(super) const fn from_number(number: u8) -> Self {
        match number {
            0 => Self::Unspecified,
            1 => Self::KeyCompromise,
            2 => Self::AuthorityCompromise,
            3 => Self::AffiliationChanged,
            4 => Self::Superseded,
            5 => Self::CessationOfOperation,
            6 => Self::Hold,
            8 => Self::RemovedFromList,
            9 => Self::PrivilegeWithdrawn,
            10 => Self::AttributeAuthorityCompromise,
            other => Self::Other(other),
        }
    }

    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unspecified => "unspecified",
            Self::KeyCompromise => "key-compromise",
            Self::AuthorityCompromise => "authority-compromise",
            Self::AffiliationChanged => "affiliation-changed",
            Self::Superseded => "superseded",
            Self::CessationOfOperation => "cessation-of-operation",
            Self::Hold => "hold",
            Self::RemovedFromList => "removed-from-list",
            Self::PrivilegeWithdrawn => "privilege-withdrawn",
            Self::AttributeAuthorityCompromise => "attribute-authority-compromise",
            Self::Other(_) => "other",
        }
    }
}

/// Why nothing can be said about a revocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum UnknownReason {
    /// There is no list of the issuer.
    NoList,
    /// The certificate gives no address to ask.
    NoAddress,
    /// Its issuer is not proven to be an authority of IGC-Santé: nobody's word on revocation counts.
    IssuerNotTrusted,
    /// It had expired before the answer was made, and issuers forget the expired.
    Expired,
    /// The certificate of the issuer is not there, so nothing it signed can be verified.
    IssuerAbsent,
    /// The list or the answer is past its day.
    Stale,
    /// The list or the answer is of the future: the clock of this machine is wrong.
    FromTheFuture,
    /// The signature is not that of the issuer, nor of one that it named.
    BadSignature,
    /// The list or the answer is of a kind that is not understood: a partial or an indirect list, an unknown critical
    /// extension, a signature algorithm.
    Unsupported,
    /// The list or the answer is broken.
    Malformed,
    /// The responder does not know the certificate.
    ResponderUnknowing,
    /// The responder refused to answer, or asked to come back.
    ResponderRefused,
    /// The answer is not about this certificate.
    OtherCertificate,
    /// Nothing came back over the network in time, or too much.
    Network,
}

impl UnknownReason {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoList => "no-list",
            Self::NoAddress => "no-address",
            Self::IssuerNotTrusted => "issuer-not-trusted",
            Self::Expired => "expired",
            Self::IssuerAbsent => "issuer-absent",
            Self::Stale => "stale",
            Self::FromTheFuture => "from-the-future",
            Self::BadSignature => "bad-signature",
            Self::Unsupported => "unsupported",
            Self::Malformed => "malformed",
            Self::ResponderUnknowing => "responder-unknowing",
            Self::ResponderRefused => "responder-refused",
            Self::OtherCertificate => "other-certificate",
            Self::Network => "network",
        }
    }
}

/// Seconds that two clocks may differ.
const CLOCKS: i64 = 300;

/// Seconds that a list or an answer without a next day counts: ten days. Lists of IGC-Santé are made daily.
const WITHOUT_NEXT: i64 = 10 * 86_400;

/// Whether what was issued at `this` and replaced at `next` can be used at `now`.
pub(super) fn freshness(this: Moment, next: Option<Moment>, now: Moment) -> Result<(), UnknownReason> {
    let later = |moment: Moment, seconds: i64| Moment::from_unix(moment.unix().saturating_add(seconds));
    if this > later(now, CLOCKS) {
        Err(UnknownReason::FromTheFuture)
    } else if now > later(next.unwrap_or_else(|| later(this, WITHOUT_NEXT)), CLOCKS) {
        Err(UnknownReason::Stale)
    } else {
        Ok(())
    }
}

/// What a signature that was verified, or not, means for an answer.
pub(super) fn signature(check: SignatureCheck) -> Result<(), UnknownReason> {
    match check {
        SignatureCheck::Good => Ok(()),
        SignatureCheck::Bad => Err(UnknownReason::BadSignature),
        SignatureCheck::Unsupported => Err(UnknownReason::Unsupported),
    }
}
