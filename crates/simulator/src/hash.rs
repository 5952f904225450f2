//! SHA-1 and SHA-256 (FIPS 180-4) that can go on from an intermediate state: a CPS3 finishes a hash that the
//! middleware began. The state and the padding are ours, the blocks are the crates'.

use sha1::digest::generic_array::GenericArray;

use super::command::sw;
use cpx_card::internal::iso7816::Status;

/// A hash function of the virtual card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Sha1,
    Sha256,
}

/// Bytes of one block of both functions.
pub(super) const BLOCK: usize = 64;

impl Hash {
    /// Bytes of the digest, and of the intermediate state.
    pub(super) const fn length(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
        }
    }

    /// The DER that stands before the digest in a PKCS#1 v1.5 signature (RFC 8017 section 9.2, note 1).
    pub(super) const fn prefix(self) -> &'static [u8] {
        match self {
            Self::Sha1 => &[0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2B, 0x0E, 0x03, 0x02, 0x1A, 0x05, 0x00, 0x04, 0x14],
            Self::Sha256 => &[
                0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
                0x04, 0x20,
            ],
        }
    }

    /// The digest of a whole message.
    pub(super) fn digest(self, message: &[u8]) -> Vec<u8> {
        use sha1::Digest;
        match self {
            Self::Sha1 => sha1::Sha1::digest(message).to_vec(),
            Self::Sha256 => sha2::Sha256::digest(message).to_vec(),
        }
    }

    /// The digest, given the state after some blocks, the bits hashed so far, and the rest of the message.
    pub(super) fn finish(self, state: &[u8], bits: u64, rest: &[u8]) -> Result<Vec<u8>, Status> {
        let (words, odd) = state.as_chunks::<4>();
        if state.len() != self.length() || !odd.is_empty() || !bits.is_multiple_of(512) {
            return Err(sw::WRONG_DATA);
        }
        let mut words = words.iter().map(|word| u32::from_be_bytes(*word));
        let mut next = || words.next().unwrap_or_default();
        let padded = padded(rest, bits);
        let blocks: Vec<_> = padded.as_chunks::<BLOCK>().0.iter().map(|block| GenericArray::from(*block)).collect();
        Ok(match self {
            Self::Sha1 => {
                let mut state: [u32; 5] = std::array::from_fn(|_| next());
                sha1::compress(&mut state, &blocks);
                state.iter().flat_map(|word| word.to_be_bytes()).collect()
            }
            Self::Sha256 => {
                let mut state: [u32; 8] = std::array::from_fn(|_| next());
                sha2::compress256(&mut state, &blocks);
                state.iter().flat_map(|word| word.to_be_bytes()).collect()
            }
        })
    }
}

/// The rest of a message after `bits` bits, with the padding of both functions.
fn padded(rest: &[u8], bits: u64) -> Vec<u8> {
    let total = bits.wrapping_add((rest.len() as u64).wrapping_mul(8));
    let mut padded = rest.to_vec();
    padded.push(0x80);
    while padded.len() % BLOCK != BLOCK - 8 {
        padded.push(0);
    }
    padded.extend_from_slice(&total.to_be_bytes());
    padded
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;

    #[test]
    fn published_digests() {
        for (hash, message, digest) in [
            (Hash::Sha1, "", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            (Hash::Sha1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (Hash::Sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                Hash::Sha256,
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            ),
            (
                Hash::Sha1,
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
            ),
        ] {
            assert_eq!(hex::encode(hash.digest(message.as_bytes())), digest);
        }
    }

    /// The state after the first two blocks, as the crates compute it from the published start.
    #[test]
    fn a_state_is_gone_on_from() {
        let message: Vec<u8> = (0..200).collect();
        let blocks: Vec<_> = message[..128].as_chunks::<BLOCK>().0.iter().map(|b| GenericArray::from(*b)).collect();
        let mut one = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0];
        sha1::compress(&mut one, &blocks);
        let mut two =
            [0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19];
        sha2::compress256(&mut two, &blocks);
        for (hash, state) in [(Hash::Sha1, &one[..]), (Hash::Sha256, &two[..])] {
            let state: Vec<u8> = state.iter().flat_map(|word| word.to_be_bytes()).collect();
            assert_eq!(hash.finish(&state, 1024, &message[128..]).unwrap(), hash.digest(&message));
            assert!(hash.finish(&state, 1000, &[]).is_err());
            assert!(hash.finish(&state[1..], 1024, &[]).is_err());
        }
    }
}
