//! Keys and signatures of every algorithm that is verified, made on the spot.

use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _,
    RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256, RSA_PSS_SHA384, RSA_PSS_SHA512, RsaEncoding,
    RsaKeyPair,
};

use super::cursor::{self, Cursor, Element, encode, explicit};
use super::key::{sha256, verify};
use super::*;

const BYTES: &[u8] = b"what is signed";

fn element(bytes: &[u8]) -> Element<'_> {
    Cursor::new(bytes).read("").unwrap()
}

fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    encode(cursor::SEQUENCE, parts)
}

fn named(oid: &[u8]) -> Vec<u8> {
    encode(cursor::OID, &[oid])
}

/// A key of this kind, with the parameters of its algorithm.
fn key(kind: &[u8], parameters: &[u8], bytes: &[u8]) -> PublicKey {
    let info = sequence(&[&sequence(&[&named(kind), parameters]), &encode(cursor::BIT_STRING, &[&[0], bytes])]);
    PublicKey::read(&element(&info)).unwrap()
}

fn algorithm(kind: &[u8], parameters: &[u8]) -> SignatureAlgorithm {
    SignatureAlgorithm::read(&element(&sequence(&[&named(kind), parameters]))).unwrap()
}

/// RSA-PSS with this hash, this hash of the mask and this length of the salt.
fn pss(hash: &[u8], generator: &[u8], mask: &[u8], salt: u8) -> SignatureAlgorithm {
    let mask = sequence(&[&named(generator), &sequence(&[&named(mask)])]);
    let parameters = [
        encode(explicit(0), &[&sequence(&[&named(hash)])]),
        encode(explicit(1), &[&mask]),
        encode(explicit(2), &[&[cursor::INTEGER, 1, salt]]),
    ];
    algorithm(oid::RSA_PSS, &sequence(&[&parameters.concat()]))
}

fn rsa() -> RsaKeyPair {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/pki/keys/authentication.pem");
    let text = std::fs::read(path).unwrap();
    RsaKeyPair::from_pkcs8(&pem::blocks(&text).next().unwrap().unwrap().content.unwrap()).unwrap()
}

/// The key made the signature, no other bytes are signed by it, and no other algorithm takes it.
fn assert_verified(key: &PublicKey, algorithm: &SignatureAlgorithm, signature: &[u8], code: &str) {
    assert_eq!(algorithm.code(), code);
    assert!(!algorithm.is_weak(), "{code}");
    assert_eq!(verify(key, algorithm, BYTES, signature), SignatureCheck::Good, "{code}");
    assert_eq!(verify(key, algorithm, b"what is not", signature), SignatureCheck::Bad, "{code}");
    for other in [
        self::algorithm(oid::SHA256_RSA, &[5, 0]),
        self::algorithm(oid::ECDSA_SHA256, &[]),
        self::algorithm(oid::ED25519, &[]),
    ] {
        assert!(other == *algorithm || verify(key, &other, BYTES, signature) != SignatureCheck::Good, "{code}");
    }
}

#[test]
fn signatures_by_rsa_are_verified_with_every_hash() {
    let pair = rsa();
    let key = key(oid::RSA, &[5, 0], pair.public().as_ref());
    assert_eq!((key.algorithm().code(), key.bits()), ("rsa", Some(2048)));
    assert_eq!(key.key_sha256(), sha256(pair.public().as_ref()));
    let sign = |encoding: &'static dyn RsaEncoding| {
        let mut signature = vec![0; pair.public().modulus_len()];
        pair.sign(encoding, &SystemRandom::new(), BYTES, &mut signature).unwrap();
        signature
    };
    let null = [5, 0];
    let mgf = oid::MGF1;
    for (algorithm, signature, code) in [
        (algorithm(oid::SHA256_RSA, &null), sign(&RSA_PKCS1_SHA256), "rsa-sha256"),
        (algorithm(oid::SHA384_RSA, &null), sign(&RSA_PKCS1_SHA384), "rsa-sha384"),
        (algorithm(oid::SHA512_RSA, &null), sign(&RSA_PKCS1_SHA512), "rsa-sha512"),
        (pss(oid::SHA256, mgf, oid::SHA256, 32), sign(&RSA_PSS_SHA256), "rsa-pss-sha256"),
        (pss(oid::SHA384, mgf, oid::SHA384, 48), sign(&RSA_PSS_SHA384), "rsa-pss-sha384"),
        (pss(oid::SHA512, mgf, oid::SHA512, 64), sign(&RSA_PSS_SHA512), "rsa-pss-sha512"),
    ] {
        assert_verified(&key, &algorithm, &signature, code);
    }
}

#[test]
fn signatures_by_curves_are_verified_with_the_curve_of_the_key() {
    let random = SystemRandom::new();
    for (signing, curve, kind, bits, code) in [
        (&ECDSA_P256_SHA256_ASN1_SIGNING, oid::P256, oid::ECDSA_SHA256, 256, "ecdsa-sha256"),
        (&ECDSA_P384_SHA384_ASN1_SIGNING, oid::P384, oid::ECDSA_SHA384, 384, "ecdsa-sha384"),
    ] {
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(signing, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(signing, pkcs8.as_ref(), &random).unwrap();
        let key = key(oid::EC, &named(curve), pair.public_key().as_ref());
        assert_eq!((key.algorithm().code(), key.bits()), ("ec", Some(bits)));
        let signature = pair.sign(&random, BYTES).unwrap();
        assert_verified(&key, &algorithm(kind, &[]), signature.as_ref(), code);
        for of_rsa in [oid::SHA1_RSA, oid::SHA256_RSA, oid::SHA384_RSA, oid::SHA512_RSA] {
            let check = verify(&key, &algorithm(of_rsa, &[5, 0]), BYTES, signature.as_ref());
            assert_eq!(check, SignatureCheck::Unsupported, "a curve has no such signature");
        }
        for (hash, salt) in [(oid::SHA256, 32), (oid::SHA384, 48), (oid::SHA512, 64)] {
            let check = verify(&key, &pss(hash, oid::MGF1, hash, salt), BYTES, signature.as_ref());
            assert_eq!(check, SignatureCheck::Unsupported, "a curve has no such signature");
        }
        let check = verify(&key, &algorithm(oid::ED25519, &[]), BYTES, signature.as_ref());
        assert_eq!(check, SignatureCheck::Unsupported, "another curve");
        // a curve is named, and nothing else is one
        let unnamed = self::key(oid::EC, &sequence(&[&named(curve)]), pair.public_key().as_ref());
        assert_eq!(
            (unnamed.bits(), verify(&unnamed, &algorithm(kind, &[]), BYTES, signature.as_ref())),
            (None, SignatureCheck::Unsupported)
        );
    }
    let pair = Ed25519KeyPair::from_pkcs8(Ed25519KeyPair::generate_pkcs8(&random).unwrap().as_ref()).unwrap();
    let key = key(oid::ED25519, &[], pair.public_key().as_ref());
    assert_verified(&key, &algorithm(oid::ED25519, &[]), pair.sign(BYTES).as_ref(), "ed25519");
}

/// Other parameters of RSA-PSS than a card or an authority uses are another algorithm.
#[test]
fn rsa_pss_has_one_hash_throughout() {
    for (hash, generator, mask, salt) in [
        (oid::SHA256, oid::MGF1, oid::SHA384, 32),
        (oid::SHA256, oid::MGF1, oid::SHA256, 20),
        (oid::SHA256, oid::SHA256, oid::SHA256, 32),
        (oid::SHA1, oid::MGF1, oid::SHA1, 20),
    ] {
        assert_eq!(pss(hash, generator, mask, salt).code(), "other");
    }
}

#[test]
fn what_nobody_relies_on_any_more_is_weak() {
    for (kind, code) in [(oid::MD5_RSA, "rsa-md5"), (oid::SHA1_RSA, "rsa-sha1")] {
        let algorithm = algorithm(kind, &[5, 0]);
        assert_eq!((algorithm.code(), algorithm.is_weak()), (code, true));
    }
    let pair = rsa();
    let key = key(oid::RSA, &[5, 0], pair.public().as_ref());
    assert_eq!(verify(&key, &algorithm(oid::MD5_RSA, &[5, 0]), BYTES, &[0; 256]), SignatureCheck::Unsupported);
}
