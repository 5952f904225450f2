//! Signing: the security environment, the hash that the card finishes, and the two private keys
//! (domain/card-protocol.md section 7).

use rsa::pkcs8::DecodePrivateKey;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use rsa::{BigUint, Pkcs1v15Sign, RsaPrivateKey};

use super::command::{Apdu, Reply, sw};
use super::files::{CPS3_AUTHENTICATION, CPS3_SIGNATURE, CPS4_AUTHENTICATION, CPS4_SIGNATURE};
use super::hash::Hash;
use super::personality::{Chip, Personality};
use cpx_card::internal::iso7816::{self, Status};

/// Bytes of the modulus of every key.
const MODULUS: usize = 256;

/// What MANAGE SECURITY ENVIRONMENT set, and the hash that waits for its signature.
#[derive(Debug, Clone, Default)]
pub(super) struct Environment {
    /// Key and algorithm of PSO: COMPUTE DIGITAL SIGNATURE.
    signature: Option<(u8, u8)>,
    /// Key of INTERNAL AUTHENTICATE.
    authentication: Option<u8>,
    /// Key of PSO: DECIPHER.
    decipherment: Option<u8>,
    hash_algorithm: Option<u8>,
    digest: Option<(Hash, Vec<u8>)>,
}

impl Environment {
    /// MANAGE SECURITY ENVIRONMENT: SET. P2 says what for: AA hash, B6 signature, A4 authentication, B8
    /// confidentiality.
    pub(super) fn set(&mut self, command: &Apdu, chip: Chip) -> Status {
        // A CPS4 packs algorithm and key in one object.
        if chip == Chip::Cps4 && command.parameters() == 0x81B6 {
            return match command.data.as_slice() {
                [0x91, 0x02, algorithm, key] => {
                    self.signature = Some((key & 0x7F, *algorithm));
                    Status::OK
                }
                _ => sw::WRONG_DATA,
            };
        }
        let (mut algorithm, mut key) = (None, None);
        for object in iso7816::objects(&command.data) {
            match object.map(|object| (object.tag.number(), object.value)) {
                Ok((0x80, [value])) => algorithm = Some(*value),
                Ok((0x83 | 0x84, [value])) => key = Some(*value),
                Ok(_) => {}
                Err(_) => return sw::WRONG_DATA,
            }
        }
        match (command.parameters(), algorithm, key) {
            (0x41AA, Some(algorithm), _) => self.hash_algorithm = Some(algorithm),
            (0x41B6, Some(algorithm), Some(key)) => self.signature = Some((key, algorithm)),
            (0x41A4, _, Some(key)) => self.authentication = Some(key),
            (0x41B8, _, Some(key)) => self.decipherment = Some(key),
            (0x41AA | 0x41B6 | 0x41A4 | 0x41B8, ..) => return sw::WRONG_DATA,
            _ => return sw::WRONG_PARAMETERS,
        }
        Status::OK
    }

    /// PSO: HASH `2A 90 A0`: `90 L intermediate state and bit count`, empty for a message of one block, then
    /// `80 L last block`.
    pub(super) fn hash(&mut self, data: &[u8]) -> Status {
        match self.finished(data) {
            Ok(digest) => {
                self.digest = Some(digest);
                Status::OK
            }
            Err(status) => status,
        }
    }

    fn finished(&self, data: &[u8]) -> Result<(Hash, Vec<u8>), Status> {
        let named = self.hash_algorithm.or(self.signature.map(|(_, algorithm)| algorithm));
        let hash = match named.map(|algorithm| algorithm & 0xF0) {
            Some(0x10) => Hash::Sha1,
            Some(0x40) => Hash::Sha256,
            _ => return Err(sw::CONDITIONS),
        };
        // One byte of length each: the state has at most 40 bytes, the block at most 64.
        let [0x90, length, rest @ ..] = data else { return Err(sw::WRONG_DATA) };
        let (state, rest) = rest.split_at_checked(usize::from(*length)).ok_or(sw::WRONG_DATA)?;
        let block = match rest {
            [] => &[],
            [0x80, length, block @ ..] if block.len() == usize::from(*length) => block,
            _ => return Err(sw::WRONG_DATA),
        };
        match state.split_last_chunk::<8>() {
            None if state.is_empty() => Ok((hash, hash.digest(block))),
            None => Err(sw::WRONG_DATA),
            Some((state, bits)) => Ok((hash, hash.finish(state, u64::from_be_bytes(*bits), block)?)),
        }
    }

    /// PSO: COMPUTE DIGITAL SIGNATURE `2A 9E 9A`: of the finished hash on a CPS3, of the hash given on a CPS4.
    pub(super) fn sign(&mut self, given: &[u8], personality: &Personality) -> Reply {
        let Some((key, algorithm)) = self.signature else { return sw::CONDITIONS.into() };
        let material = match (personality.chip(), key) {
            (Chip::Cps3, CPS3_SIGNATURE) | (Chip::Cps4, CPS4_SIGNATURE) => &personality.signature,
            // with PSS: what ANS's module has it sign for TLS 1.3
            (Chip::Cps4, CPS4_AUTHENTICATION) => &personality.authentication,
            _ => return sw::DATA_NOT_FOUND.into(),
        };
        let Some(material) = material else { return sw::DATA_NOT_FOUND.into() };
        let digest = if personality.chip() == Chip::Cps4 {
            let hash = if matches!(algorithm, 0x28 | 0x2C) { Hash::Sha256 } else { Hash::Sha1 };
            (given.len() == hash.length()).then(|| (hash, given.to_vec()))
        } else {
            self.digest.take().filter(|_| given.is_empty())
        };
        let Some((hash, digest)) = digest else { return sw::CONDITIONS.into() };
        private_key(&material.key).and_then(|key| match algorithm {
            0x12 | 0x42 | 0x0A | 0x28 => pkcs1(&key, &[hash.prefix(), &digest].concat()),
            0x15 | 0x2C => raw(&key, &pss(hash, &digest)),
            _ => sw::WRONG_DATA.into(),
        })
    }

    /// INTERNAL AUTHENTICATE of a CPS3: pads what is given (PKCS#1 v1.5 type 1) and signs it.
    pub(super) fn authenticate(&self, given: &[u8], personality: &Personality) -> Reply {
        let material = match (personality.chip(), self.authentication) {
            (_, None) => return sw::CONDITIONS.into(),
            (Chip::Cps3, Some(CPS3_AUTHENTICATION)) => &personality.authentication,
            (Chip::Cps3Contactless, Some(CPS3_AUTHENTICATION)) => &personality.technical,
            _ => return sw::DATA_NOT_FOUND.into(),
        };
        let Some(material) = material else { return sw::DATA_NOT_FOUND.into() };
        // At most 40 % of the modulus, as IAS ECC has it.
        if given.is_empty() || given.len() > 102 {
            return sw::WRONG_LENGTH.into();
        }
        private_key(&material.key).and_then(|key| pkcs1(&key, given))
    }

    /// PSO: DECIPHER `2A 80 86`. On a CPS4 it is the plain RSA operation, which is how its authentication key signs;
    /// on a CPS3 the padding is taken away. A byte of padding indicator may stand first.
    pub(super) fn decipher(&self, given: &[u8], personality: &Personality) -> Reply {
        let material = match (personality.chip(), self.decipherment) {
            (_, None) => return sw::CONDITIONS.into(),
            (Chip::Cps3, Some(CPS3_AUTHENTICATION)) | (Chip::Cps4, Some(CPS4_AUTHENTICATION)) => {
                &personality.authentication
            }
            _ => return sw::DATA_NOT_FOUND.into(),
        };
        let Some(material) = material else { return sw::DATA_NOT_FOUND.into() };
        let block = match given {
            [_, block @ ..] | block if block.len() == MODULUS => block,
            _ => return sw::WRONG_LENGTH.into(),
        };
        let plain = private_key(&material.key).and_then(|key| raw(&key, block));
        if personality.chip() == Chip::Cps4 || !plain.status.is_ok() {
            return plain;
        }
        let [0x00, 0x02, padded @ ..] = plain.data.as_slice() else { return sw::WRONG_DATA.into() };
        let message = padded.iter().position(|byte| *byte == 0).and_then(|end| padded.get(end.saturating_add(1)..));
        message.map_or(sw::WRONG_DATA.into(), Reply::data)
    }
}

/// A key, or the status that says that there is none.
struct Found(Result<RsaPrivateKey, Status>);

impl Found {
    fn and_then(self, work: impl FnOnce(RsaPrivateKey) -> Reply) -> Reply {
        self.0.map_or_else(Reply::status, work)
    }
}

fn private_key(pem: &str) -> Found {
    let key = RsaPrivateKey::from_pkcs8_pem(pem).ok().filter(|key| key.size() == MODULUS);
    Found(key.ok_or(sw::NO_DIAGNOSIS))
}

fn pkcs1(key: &RsaPrivateKey, message: &[u8]) -> Reply {
    key.sign(Pkcs1v15Sign::new_unprefixed(), message).map_or(sw::WRONG_DATA.into(), Reply::data)
}

/// The plain RSA operation. Not in constant time: the keys are published.
fn raw(key: &RsaPrivateKey, block: &[u8]) -> Reply {
    let number = BigUint::from_bytes_be(block);
    if &number >= key.n() {
        return sw::WRONG_DATA.into();
    }
    let result = number.modpow(key.d(), key.n()).to_bytes_be();
    let mut padded = vec![0; MODULUS.saturating_sub(result.len())];
    padded.extend(result);
    Reply::data(padded)
}

/// EMSA-PSS (RFC 8017 section 9.1.1) with the hash function in both places and a salt as long as the digest. The salt
/// comes from the digest: a virtual card gives the same answer twice.
fn pss(hash: Hash, digest: &[u8]) -> Vec<u8> {
    let salt = hash.digest(digest);
    let inner = hash.digest(&[&[0; 8][..], digest, &salt].concat());
    let length = MODULUS.saturating_sub(inner.len()).saturating_sub(1);
    let mut block = vec![0; length.saturating_sub(salt.len()).saturating_sub(1)];
    block.push(0x01);
    block.extend(&salt);
    let mask = (0_u32..).flat_map(|counter| hash.digest(&[&inner[..], &counter.to_be_bytes()].concat()));
    for (byte, mask) in block.iter_mut().zip(mask) {
        *byte ^= mask;
    }
    if let Some(first) = block.first_mut() {
        *first &= 0x7F;
    }
    block.extend(inner);
    block.push(0xBC);
    block
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
#[path = "keys_tests.rs"]
mod tests;
