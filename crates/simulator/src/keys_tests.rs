//! Signatures of virtual cards, verified with the public key.

use super::*;
use crate::VirtualCard;
use rsa::RsaPublicKey;

struct Session {
    card: VirtualCard,
    class: u8,
}

impl Session {
    /// A card with its code presented.
    fn open(name: &str, class: u8) -> Self {
        let card = VirtualCard::new(Personality::embedded(name).unwrap()).unwrap();
        let mut session = Self { card, class };
        let root = [0x80, 0x25, 0x00, 0x00, 0x01, 0xFF, 0x01, 0x00];
        assert_eq!(session.send([0xA4, 0x04, 0x0C], &root, None), [0x90, 0x00]);
        assert_eq!(session.send([0x20, 0x00, 0x01], b"1234", None), [0x90, 0x00]);
        session
    }

    fn send(&mut self, header: [u8; 3], data: &[u8], expected: Option<u8>) -> Vec<u8> {
        let mut command = [&[self.class][..], &header].concat();
        if !data.is_empty() {
            command.push(u8::try_from(data.len()).unwrap());
            command.extend(data);
        }
        command.extend(expected);
        self.card.answer(&command)
    }
}

/// The signature in an answer.
fn signed(answer: &[u8]) -> Vec<u8> {
    assert_eq!(answer.len(), 258, "{answer:02X?}");
    assert_eq!(answer[256..], [0x90, 0x00]);
    answer[..256].to_vec()
}

fn public(pem: &str) -> RsaPublicKey {
    RsaPrivateKey::from_pkcs8_pem(pem).unwrap().to_public_key()
}

fn keys(session: &Session) -> (RsaPublicKey, RsaPublicKey) {
    let personality = session.card.personality();
    let key = |credential: &Option<super::super::personality::Credential>| public(&credential.as_ref().unwrap().key);
    (key(&personality.signature), key(&personality.authentication))
}

#[test]
fn a_cps3_signs_the_hash_that_it_finishes() {
    let mut session = Session::open("cps-medecin", 0x00);
    let message = b"abc";
    for (algorithm, hash) in [(0x12, Hash::Sha1), (0x42, Hash::Sha256)] {
        assert_eq!(session.send([0x22, 0x41, 0xB6], &[0x80, 1, algorithm, 0x84, 1, 0x81], None), [0x90, 0x00]);
        assert_eq!(session.send([0x2A, 0x9E, 0x9A], &[], Some(0)), [0x69, 0x85], "no hash yet");
        let block = [&[0x90, 0x00, 0x80, 0x03][..], message].concat();
        assert_eq!(session.send([0x2A, 0x90, 0xA0], &block, None), [0x90, 0x00]);
        let signature = signed(&session.send([0x2A, 0x9E, 0x9A], &[], Some(0)));
        let digest_info = [hash.prefix(), &hash.digest(message)].concat();
        keys(&session).0.verify(Pkcs1v15Sign::new_unprefixed(), &digest_info, &signature).unwrap();
    }
}

#[test]
fn a_cps3_authenticates_with_the_other_key() {
    let mut session = Session::open("cps-medecin", 0x00);
    assert_eq!(session.send([0x88, 0x00, 0x00], b"challenge", None), [0x69, 0x85]);
    assert_eq!(session.send([0x22, 0x41, 0xA4], &[0x80, 1, 0x02, 0x84, 1, 0x82], None), [0x90, 0x00]);
    assert_eq!(session.send([0x88, 0x00, 0x00], b"challenge", None), [0x61, 0x00]);
    let signature = signed(&session.send([0xC0, 0x00, 0x00], &[], Some(0)));
    keys(&session).1.verify(Pkcs1v15Sign::new_unprefixed(), b"challenge", &signature).unwrap();
    // The signature key does not authenticate, nor does the other sign.
    session.send([0x22, 0x41, 0xA4], &[0x80, 1, 0x02, 0x84, 1, 0x81], None);
    assert_eq!(session.send([0x88, 0x00, 0x00], b"challenge", None), [0x6A, 0x88]);
    session.send([0x22, 0x41, 0xB6], &[0x80, 1, 0x42, 0x84, 1, 0x82], None);
    assert_eq!(session.send([0x2A, 0x9E, 0x9A], &[], Some(0)), [0x6A, 0x88]);
}

#[test]
fn nothing_is_signed_without_the_code() {
    let mut session = Session::open("cps-medecin", 0x00);
    session.card.reset();
    session.send([0x22, 0x41, 0xA4], &[0x80, 1, 0x02, 0x84, 1, 0x82], None);
    assert_eq!(session.send([0x88, 0x00, 0x00], b"challenge", None), [0x69, 0x82]);
}

#[test]
fn a_cps3_deciphers() {
    let mut session = Session::open("cps-medecin", 0x00);
    let cryptogram = {
        let key = keys(&session).1;
        // A padded block made by hand: the test needs no random numbers.
        let mut block = vec![0x00, 0x02];
        block.resize(MODULUS - 4, 0x55);
        block.extend([0x00, b'o', b'u', b'i']);
        let number = BigUint::from_bytes_be(&block).modpow(key.e(), key.n()).to_bytes_be();
        [vec![0x81], vec![0; MODULUS - number.len()], number].concat()
    };
    assert_eq!(session.send([0x22, 0x41, 0xB8], &[0x84, 1, 0x82, 0x80, 1, 0x1A], None), [0x90, 0x00]);
    session.class = 0x10;
    assert_eq!(session.send([0x2A, 0x80, 0x86], &cryptogram[..200], None), [0x90, 0x00]);
    session.class = 0x00;
    let answer = session.send([0x2A, 0x80, 0x86], &cryptogram[200..], None);
    assert_eq!(answer, [0x61, 0x03]);
    assert_eq!(session.send([0xC0, 0x00, 0x00], &[], Some(3)), b"oui\x90\x00");
}

#[test]
fn a_cps4_signs_a_hash_in_both_paddings() {
    let mut session = Session::open("cps-medecin-cps4", 0x01);
    // With PSS: SHA-256 of a signature of "abc" that OpenSSL verified with the certificate of this card.
    for (algorithm, hash, known) in [
        (0x0A, Hash::Sha1, None),
        (0x28, Hash::Sha256, None),
        (0x15, Hash::Sha1, Some("96bfbfd9660afa160156589c47b00a97739d83134c7bbd75f929aa7826a8269f")),
        (0x2C, Hash::Sha256, Some("26e2d06a708da665eeb10c56074b34df820eb39f473d66bc799dd81498d91d69")),
    ] {
        assert_eq!(session.send([0x22, 0x81, 0xB6], &[0x91, 0x02, algorithm, 0x90], None), [0x90, 0x00]);
        let digest = hash.digest(b"abc");
        let signature = signed(&session.send([0x2A, 0x9E, 0x9A], &digest, Some(0)));
        let key = keys(&session).0;
        if let Some(expected) = known {
            assert_eq!(hex::encode(Hash::Sha256.digest(&signature)), expected);
        } else {
            let digest_info = [hash.prefix(), &digest].concat();
            key.verify(Pkcs1v15Sign::new_unprefixed(), &digest_info, &signature).unwrap();
        }
    }
    assert_eq!(session.send([0x2A, 0x9E, 0x9A], b"short", Some(0)), [0x69, 0x85]);
    assert_eq!(session.send([0x22, 0x81, 0xB6], &[0x91, 0x02, 0x2C, 0xA0], None), [0x90, 0x00]);
    let digest = Hash::Sha256.digest(b"abc");
    let signature = signed(&session.send([0x2A, 0x9E, 0x9A], &digest, Some(0)));
    let salted = rsa::Pss::new_with_salt::<sha2::Sha256>(32);
    keys(&session).1.verify(salted, &digest, &signature).unwrap();
}

#[test]
fn a_cps4_authenticates_by_deciphering_the_padded_block() {
    let mut session = Session::open("cps-medecin-cps4", 0x01);
    assert_eq!(session.send([0x22, 0x41, 0xB8], &[0x83, 1, 0x20], None), [0x90, 0x00]);
    let mut block = vec![0x00, 0x01];
    block.resize(MODULUS - 10, 0xFF);
    block.extend(b"\0challenge");
    session.class = 0x11;
    assert_eq!(session.send([0x2A, 0x80, 0x86], &block[..128], None), [0x90, 0x00]);
    session.class = 0x01;
    let signature = signed(&session.send([0x2A, 0x80, 0x86], &block[128..], Some(0)));
    keys(&session).1.verify(Pkcs1v15Sign::new_unprefixed(), b"challenge", &signature).unwrap();
}

#[test]
fn certificates_hold_the_keys_that_sign() {
    for name in crate::embedded_names() {
        let personality = Personality::embedded(name).unwrap();
        let credentials = [&personality.authentication, &personality.signature, &personality.technical];
        for credential in credentials.into_iter().flatten() {
            let modulus = public(&credential.key).n().to_bytes_be();
            assert!(credential.certificate.windows(modulus.len()).any(|part| part == modulus), "{name}");
        }
    }
}
