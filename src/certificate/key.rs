//! Public keys and signature algorithms, and whether a signature is good.
//!
//! Signatures are verified by `ring`. It has no names, paths or dates, which is what is wanted here: the path of a card
//! is walked in [`trust`](super::Trust) over the names and keys of IGC-Santé. The path builder of rustls-webpki is not
//! used, because it refuses what a report must rather explain: extensions that are critical and unknown, a leaf whose
//! usage is not that of a web server, keys below 2048 bits, SHA-1, and it says nothing of an issuer that is known but
//! absent.

use ring::digest;
use ring::signature::{self, UnparsedPublicKey, VerificationAlgorithm};

use super::cursor::{self, Cursor, Element, explicit};
use super::oid::{self, Oid};
use crate::error::Result;

/// The public key of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    der: Vec<u8>,
    algorithm: KeyAlgorithm,
    bits: Option<usize>,
    /// The content of the BIT STRING.
    key: Vec<u8>,
}

/// What kind of key it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyAlgorithm {
    /// RSA: every CPx card so far.
    Rsa,
    /// An elliptic curve, by the identifier of the curve; `None` when the curve is written out.
    EllipticCurve(Option<Oid>),
    /// Ed25519.
    Ed25519,
    /// Another one.
    Other(Oid),
}

impl KeyAlgorithm {
    /// The stable code: `rsa`, `ec`, `ed25519` or `other`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Rsa => "rsa",
            Self::EllipticCurve(_) => "ec",
            Self::Ed25519 => "ed25519",
            Self::Other(_) => "other",
        }
    }
}

impl PublicKey {
    /// The key in a `SubjectPublicKeyInfo`; a key that cannot be understood is kept.
    pub(super) fn read(info: &Element<'_>) -> Result<Self> {
        let mut parts = info.content();
        let algorithm = parts.expect(cursor::SEQUENCE, "a public key begins with its algorithm")?;
        let key = parts.expect(cursor::BIT_STRING, "a public key is a BIT STRING")?.whole_bits()?;
        let mut algorithm = algorithm.content();
        let kind = algorithm.expect(cursor::OID, "an algorithm begins with its identifier")?;
        let parameter = if algorithm.is_empty() { None } else { Some(algorithm.read("a parameter")?) };
        let (algorithm, bits) = match kind.value {
            oid::RSA => (KeyAlgorithm::Rsa, modulus_bits(key)),
            oid::EC => {
                let curve = parameter.filter(|curve| curve.tag == cursor::OID).map(|curve| curve.value);
                let bits = match curve {
                    Some(oid::P256) => Some(256),
                    Some(oid::P384) => Some(384),
                    _ => None,
                };
                (KeyAlgorithm::EllipticCurve(curve.map(Oid::from_der)), bits)
            }
            oid::ED25519 => (KeyAlgorithm::Ed25519, Some(256)),
            other => (KeyAlgorithm::Other(Oid::from_der(other)), None),
        };
        Ok(Self { der: info.bytes.to_vec(), algorithm, bits, key: key.to_vec() })
    }

    /// What kind of key it is.
    pub fn algorithm(&self) -> &KeyAlgorithm {
        &self.algorithm
    }

    /// Its size in bits; `None` when it could not be read or the curve is not known here.
    pub fn bits(&self) -> Option<usize> {
        self.bits
    }

    /// The `SubjectPublicKeyInfo` as it stands in the certificate.
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// The algorithm as it stands in the `SubjectPublicKeyInfo`.
    pub(super) fn algorithm_der(&self) -> Vec<u8> {
        let info =
            Cursor::new(&self.der).read("").and_then(|info| info.content().read("").map(|one| one.bytes.to_vec()));
        info.unwrap_or_default()
    }

    /// The key itself, without its algorithm.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.key
    }

    /// SHA-256 of the `SubjectPublicKeyInfo`: what an authority is recognised by, 32 bytes.
    pub fn sha256(&self) -> [u8; 32] {
        sha256(&self.der)
    }

    /// SHA-256 of the key itself, without its algorithm, 32 bytes.
    pub(super) fn key_sha256(&self) -> [u8; 32] {
        sha256(&self.key)
    }

    /// SHA-1 of the key itself: what a key identifier usually is (RFC 5280 section 4.2.1.2, method 1), 20 bytes.
    pub(super) fn sha1(&self) -> Vec<u8> {
        sha1(&self.key)
    }
}

pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    hash
}

/// SHA-1 of these bytes, 20 bytes, for what has always used it: key identifiers and OCSP.
pub(super) fn sha1(bytes: &[u8]) -> Vec<u8> {
    digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, bytes).as_ref().to_vec()
}

/// How many bits the modulus of an `RSAPublicKey` has.
fn modulus_bits(key: &[u8]) -> Option<usize> {
    let mut parts = Cursor::new(key).expect(cursor::SEQUENCE, "").ok()?.content();
    let modulus = parts.expect(cursor::INTEGER, "").ok()?.value;
    let start = modulus.iter().position(|byte| *byte != 0)?;
    let leading = usize::try_from(modulus.get(start)?.leading_zeros()).ok()?;
    modulus.len().checked_sub(start)?.checked_mul(8)?.checked_sub(leading)
}

/// How a certificate, a list or an answer is signed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureAlgorithm {
    /// RSA, PKCS#1 v1.5, with this hash.
    Rsa(Hash),
    /// RSA-PSS with this hash, its mask made with the same hash and a salt of its length.
    RsaPss(Hash),
    /// An elliptic curve with this hash.
    Ecdsa(Hash),
    /// Ed25519.
    Ed25519,
    /// Another one, or RSA-PSS with other parameters.
    Other(Oid),
}

/// A hash function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Hash {
    /// MD5, broken: never verified.
    Md5,
    /// SHA-1, weak: verified, and noted.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl SignatureAlgorithm {
    /// The algorithm in an `AlgorithmIdentifier`.
    pub(super) fn read(element: &Element<'_>) -> Result<Self> {
        let mut parts = element.content();
        let kind = parts.expect(cursor::OID, "an algorithm begins with its identifier")?;
        Ok(match kind.value {
            oid::MD5_RSA => Self::Rsa(Hash::Md5),
            oid::SHA1_RSA => Self::Rsa(Hash::Sha1),
            oid::SHA256_RSA => Self::Rsa(Hash::Sha256),
            oid::SHA384_RSA => Self::Rsa(Hash::Sha384),
            oid::SHA512_RSA => Self::Rsa(Hash::Sha512),
            oid::ECDSA_SHA256 => Self::Ecdsa(Hash::Sha256),
            oid::ECDSA_SHA384 => Self::Ecdsa(Hash::Sha384),
            oid::ED25519 => Self::Ed25519,
            oid::RSA_PSS => pss_hash(&mut parts).map_or_else(|| Self::Other(Oid::from_der(kind.value)), Self::RsaPss),
            other => Self::Other(Oid::from_der(other)),
        })
    }

    /// The stable code: `rsa-sha256`, `rsa-pss-sha256`, `ecdsa-sha256`, `ed25519`, `other`, ….
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Rsa(Hash::Md5) => "rsa-md5",
            Self::Rsa(Hash::Sha1) => "rsa-sha1",
            Self::Rsa(Hash::Sha256) => "rsa-sha256",
            Self::Rsa(Hash::Sha384) => "rsa-sha384",
            Self::Rsa(Hash::Sha512) => "rsa-sha512",
            Self::RsaPss(Hash::Sha256) => "rsa-pss-sha256",
            Self::RsaPss(Hash::Sha384) => "rsa-pss-sha384",
            Self::RsaPss(Hash::Sha512) => "rsa-pss-sha512",
            Self::Ecdsa(Hash::Sha256) => "ecdsa-sha256",
            Self::Ecdsa(Hash::Sha384) => "ecdsa-sha384",
            Self::Ed25519 => "ed25519",
            _ => "other",
        }
    }

    /// Whether the algorithm is one that nobody should rely on any more: MD5 and SHA-1.
    pub const fn is_weak(&self) -> bool {
        matches!(self, Self::Rsa(Hash::Md5 | Hash::Sha1))
    }

    fn verifier(&self, key: &PublicKey) -> Option<&'static dyn VerificationAlgorithm> {
        let rsa = key.algorithm == KeyAlgorithm::Rsa;
        let curve = match &key.algorithm {
            KeyAlgorithm::EllipticCurve(Some(curve)) => Some(curve.as_der()),
            _ => None,
        };
        let verifier: &'static dyn VerificationAlgorithm = match (self, curve) {
            // The authorities before IGC-Santé have keys of 1024 bits.
            (Self::Rsa(Hash::Sha1), _) if rsa => &signature::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
            (Self::Rsa(Hash::Sha256), _) if rsa => &signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
            (Self::Rsa(Hash::Sha384), _) if rsa => &signature::RSA_PKCS1_2048_8192_SHA384,
            (Self::Rsa(Hash::Sha512), _) if rsa => &signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
            (Self::RsaPss(Hash::Sha256), _) if rsa => &signature::RSA_PSS_2048_8192_SHA256,
            (Self::RsaPss(Hash::Sha384), _) if rsa => &signature::RSA_PSS_2048_8192_SHA384,
            (Self::RsaPss(Hash::Sha512), _) if rsa => &signature::RSA_PSS_2048_8192_SHA512,
            (Self::Ecdsa(Hash::Sha256), Some(oid::P256)) => &signature::ECDSA_P256_SHA256_ASN1,
            (Self::Ecdsa(Hash::Sha256), Some(oid::P384)) => &signature::ECDSA_P384_SHA256_ASN1,
            (Self::Ecdsa(Hash::Sha384), Some(oid::P256)) => &signature::ECDSA_P256_SHA384_ASN1,
            (Self::Ecdsa(Hash::Sha384), Some(oid::P384)) => &signature::ECDSA_P384_SHA384_ASN1,
            (Self::Ed25519, _) if key.algorithm == KeyAlgorithm::Ed25519 => &signature::ED25519,
            _ => return None,
        };
        let size_fits = !rsa || key.bits.is_some_and(|bits| (1024..=8192).contains(&bits));
        size_fits.then_some(verifier)
    }
}

/// The one hash of RSA-PSS parameters (RFC 8017 appendix A.2.3): `None` when there are several, or another salt.
fn pss_hash(parts: &mut Cursor<'_>) -> Option<Hash> {
    let mut fields = parts.expect(cursor::SEQUENCE, "").ok()?.content();
    let hash = hash(&fields.optional(explicit(0)).ok()??)?;
    let mut mask = fields.optional(explicit(1)).ok()??.content().read("").ok()?.content();
    let is_mgf1 = mask.expect(cursor::OID, "").ok()?.value == oid::MGF1;
    let mask_hash = mask.read("").ok()?.content().expect(cursor::OID, "").ok()?.value;
    let salt = fields.optional(explicit(2)).ok()??.content().expect(cursor::INTEGER, "").ok()?.value;
    let (id, length) = match hash {
        Hash::Sha256 => (oid::SHA256, 32),
        Hash::Sha384 => (oid::SHA384, 48),
        Hash::Sha512 => (oid::SHA512, 64),
        Hash::Md5 | Hash::Sha1 => return None,
    };
    (is_mgf1 && mask_hash == id && salt == [length]).then_some(hash)
}

/// The hash in an explicitly tagged `AlgorithmIdentifier`.
fn hash(tagged: &Element<'_>) -> Option<Hash> {
    match tagged.content().read("").ok()?.content().expect(cursor::OID, "").ok()?.value {
        oid::SHA256 => Some(Hash::Sha256),
        oid::SHA384 => Some(Hash::Sha384),
        oid::SHA512 => Some(Hash::Sha512),
        _ => None,
    }
}

/// What became of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureCheck {
    /// The key made it.
    Good,
    /// The key did not make it, or the bytes were altered.
    Bad,
    /// The algorithm, or a key of this size (RSA outside 1024 to 8192 bits), is not verified here.
    Unsupported,
}

/// Whether this key made this signature of these bytes.
pub(super) fn verify(
    key: &PublicKey,
    algorithm: &SignatureAlgorithm,
    bytes: &[u8],
    signature: &[u8],
) -> SignatureCheck {
    match algorithm.verifier(key) {
        None => SignatureCheck::Unsupported,
        Some(verifier) => match UnparsedPublicKey::new(verifier, &key.key).verify(bytes, signature) {
            Ok(()) => SignatureCheck::Good,
            Err(_) => SignatureCheck::Bad,
        },
    }
}
