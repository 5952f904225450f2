//! The proof that a card can authenticate: a fresh challenge, signed by the card through a module, verified with the
//! certificate. The only place of this library that presents a code, and only when it is asked to.

use serde::{Deserialize, Serialize};

use super::facts::Ending;
use super::function::Function;
use super::return_code::ReturnCode;
use super::slot_facts::{SlotFacts, TokenFacts};
use crate::card::CodeLevel;
use crate::certificate::{Certificate, Hash, KeyAlgorithm, Role, SignatureAlgorithm, SignatureCheck};
use crate::identity::Private;

/// What became of a proof.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProofOutcome {
    /// The card signed the challenge, and its certificate verifies the signature.
    Proven,
    /// The card signed, and the signature is not that of the certificate's key.
    NotVerified,
    /// The code is wrong: a try is gone.
    WrongCode {
        /// The state of the code now, as far as flags tell.
        level: CodeLevel,
    },
    /// The code is blocked: nothing was presented, or this was the last try.
    Blocked,
    /// The module says that the code is blocked, and the card, read directly, says that it is not: nothing was presented.
    BlockedByModule,
    /// One try is left, and nobody allowed it to be used: nothing was presented.
    LastTry,
    /// The card is no longer there, or another one is: nothing was presented.
    CardGone,
    /// The card shows no authentication certificate with an RSA key: nothing was presented.
    NoCertificate,
    /// The code is right, and the module shows no authentication key.
    NoKey,
    /// A function of the module failed; no try was consumed, as far as the module says.
    Failed {
        /// Which.
        function: Function,
        /// What it returned.
        code: ReturnCode,
    },
    /// The module, or the process that asked it, did not come to the end.
    Broken(Ending),
}

impl ProofOutcome {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::NotVerified => "not-verified",
            Self::WrongCode { .. } => "wrong-code",
            Self::Blocked => "blocked",
            Self::BlockedByModule => "blocked-by-module",
            Self::LastTry => "last-try",
            Self::CardGone => "card-gone",
            Self::NoCertificate => "no-certificate",
            Self::NoKey => "no-key",
            Self::Failed { .. } => "failed",
            Self::Broken(_) => "broken",
        }
    }

    /// Every code.
    pub const CODES: [&'static str; 11] = [
        "proven",
        "not-verified",
        "wrong-code",
        "blocked",
        "blocked-by-module",
        "last-try",
        "card-gone",
        "no-certificate",
        "no-key",
        "failed",
        "broken",
    ];
}

/// What a proof is about: one card in one slot. Made before anybody is asked for a code.
#[derive(Debug, Clone)]
pub struct Challenge {
    pub(super) request: ProofRequest,
    certificate: Certificate,
    algorithm: SignatureAlgorithm,
    /// What was to be signed, before it is hashed.
    message: Vec<u8>,
}

/// How the hash is padded before the key is applied (RFC 8017 sections 8 and 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Padding {
    /// PKCS#1 v1.5; the module is given a `DigestInfo`.
    Pkcs1,
    /// PSS; the module is given the hash. Mask and salt follow it.
    PssSha256,
    PssSha384,
    PssSha512,
}

/// What the process that asks the module is told, beside the code.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct ProofRequest {
    /// The slot, as the module calls it.
    pub(super) description: String,
    /// The serial of the token in it.
    pub(super) serial: Private,
    /// The identifier of the certificate, in hexadecimal digits: its key has the same, where labels do not tell.
    pub(super) id: Private,
    pub(super) padding: Padding,
    /// What is to be signed, in hexadecimal digits.
    pub(super) bytes: String,
    /// Whether the last try may be used.
    pub(super) last_try: bool,
    /// Whether the card, read directly, says that its code is not blocked.
    pub(super) usable: bool,
}

/// What the process that asked the module says of a proof.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ProofEnd {
    /// The signature, in hexadecimal digits.
    Signed(String),
    WrongCode(CodeLevel),
    Blocked,
    BlockedByModule,
    LastTry,
    CardGone,
    NoKey,
    Failed {
        function: Function,
        code: ReturnCode,
    },
}

/// What a challenge begins with, so that its signature is good for nothing else.
const PURPOSE: &[u8] = b"cpx-check: proof that this card can authenticate\0";

/// A `DigestInfo` of SHA-256, SHA-384 or SHA-512 (RFC 8017 section 9.2, note 1), before the hash.
const fn digest_info(last_arc: u8, length: u8) -> [u8; 19] {
    let whole = length.saturating_add(17);
    [
        0x30, whole, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, last_arc, 0x05, 0x00,
        0x04, length,
    ]
}

impl Challenge {
    /// A fresh challenge for the token in this slot. `last_try` allows the last try to be used.
    ///
    /// # Errors
    ///
    /// [`ProofOutcome::NoCertificate`], [`ProofOutcome::Blocked`] or [`ProofOutcome::LastTry`]: the reason why no code
    /// need be asked for.
    pub fn new(slot: &SlotFacts, token: &TokenFacts, last_try: bool) -> Result<Self, ProofOutcome> {
        match token.code_level() {
            CodeLevel::Blocked => return Err(ProofOutcome::Blocked),
            CodeLevel::LastTry if !last_try => return Err(ProofOutcome::LastTry),
            _ => {}
        }
        let usable = |role| {
            let shown = token.certificate(role)?;
            let certificate = shown.parse().ok()?;
            let is_rsa = *certificate.public_key().algorithm() == KeyAlgorithm::Rsa;
            is_rsa.then_some((shown.id.clone(), certificate))
        };
        // a contactless card has the technical one only
        let (id, certificate) =
            usable(Role::Authentication).or_else(|| usable(Role::Technical)).ok_or(ProofOutcome::NoCertificate)?;
        let message = fresh(PURPOSE).ok_or_else(|| {
            ProofOutcome::Broken(Ending::NotAsked { detail: "the system gives no random numbers".into() })
        })?;
        let algorithm = SignatureAlgorithm::Rsa(Hash::Sha256);
        let (padding, bytes) = padded(&algorithm, &message).ok_or(ProofOutcome::NoCertificate)?;
        let request = ProofRequest {
            description: slot.description.clone(),
            serial: token.serial.clone(),
            id,
            padding,
            bytes,
            last_try,
            usable: token.code_by_card().is_some_and(|level| level != CodeLevel::Blocked),
        };
        Ok(Self { request, certificate, algorithm, message })
    }

    /// The same card, for a message of somebody else that it is to sign in this way: `None` for a way that no card has.
    #[must_use]
    pub fn with_message(&self, algorithm: SignatureAlgorithm, message: Vec<u8>) -> Option<Self> {
        let (padding, bytes) = padded(&algorithm, &message)?;
        let request = ProofRequest { padding, bytes, ..self.request.clone() };
        Some(Self { request, certificate: self.certificate.clone(), algorithm, message })
    }

    /// The certificate whose key signs.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The signature, if the certificate verifies it; else what the answer of the process that asked the module comes to.
    pub(super) fn judge(&self, end: ProofEnd) -> Result<Vec<u8>, ProofOutcome> {
        Err(match end {
            ProofEnd::Signed(signature) => {
                let signature = hex::decode(signature).unwrap_or_default();
                match self.certificate.verifies(&self.algorithm, &self.message, &signature) {
                    SignatureCheck::Good => return Ok(signature),
                    _ => ProofOutcome::NotVerified,
                }
            }
            ProofEnd::WrongCode(level) => ProofOutcome::WrongCode { level },
            ProofEnd::Blocked => ProofOutcome::Blocked,
            ProofEnd::BlockedByModule => ProofOutcome::BlockedByModule,
            ProofEnd::LastTry => ProofOutcome::LastTry,
            ProofEnd::CardGone => ProofOutcome::CardGone,
            ProofEnd::NoKey => ProofOutcome::NoKey,
            ProofEnd::Failed { function, code } => ProofOutcome::Failed { function, code },
        })
    }
}

/// What a module is given of a message, and how it pads that.
fn padded(algorithm: &SignatureAlgorithm, message: &[u8]) -> Option<(Padding, String)> {
    use ring::digest::{SHA256, SHA384, SHA512, digest};
    let (SignatureAlgorithm::Rsa(hash) | SignatureAlgorithm::RsaPss(hash)) = algorithm else { return None };
    let (function, info, pss) = match hash {
        Hash::Sha256 => (&SHA256, digest_info(1, 32), Padding::PssSha256),
        Hash::Sha384 => (&SHA384, digest_info(2, 48), Padding::PssSha384),
        Hash::Sha512 => (&SHA512, digest_info(3, 64), Padding::PssSha512),
        Hash::Md5 | Hash::Sha1 => return None,
    };
    let hash = hex::encode(digest(function, message));
    Some(match algorithm {
        SignatureAlgorithm::RsaPss(_) => (pss, hash),
        _ => (Padding::Pkcs1, hex::encode(info) + &hash),
    })
}

/// The purpose and 32 bytes that nobody can foresee.
fn fresh(purpose: &[u8]) -> Option<Vec<u8>> {
    use ring::rand::SecureRandom as _;
    let mut random = [0; 32];
    ring::rand::SystemRandom::new().fill(&mut random).ok()?;
    Some([purpose, &random].concat())
}
