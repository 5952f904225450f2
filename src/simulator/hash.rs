//! SHA-1 and SHA-256 (FIPS 180-4) that can go on from an intermediate state: a CPS3 finishes a hash that the
//! middleware began, and no published crate takes such a state.

use super::command::sw;
use crate::iso7816::Status;

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
        let start: &[u32] = match self {
            Self::Sha1 => &[0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0],
            Self::Sha256 => &[
                0x6A09_E667,
                0xBB67_AE85,
                0x3C6E_F372,
                0xA54F_F53A,
                0x510E_527F,
                0x9B05_688C,
                0x1F83_D9AB,
                0x5BE0_CD19,
            ],
        };
        self.run(start, 0, message)
    }

    /// The digest, given the state after some blocks, the bits hashed so far, and the rest of the message.
    pub(super) fn finish(self, state: &[u8], bits: u64, rest: &[u8]) -> Result<Vec<u8>, Status> {
        let (words, odd) = state.as_chunks::<4>();
        if state.len() != self.length() || !odd.is_empty() || !bits.is_multiple_of(512) {
            return Err(sw::WRONG_DATA);
        }
        let words: Vec<u32> = words.iter().map(|word| u32::from_be_bytes(*word)).collect();
        Ok(self.run(&words, bits, rest))
    }

    fn run(self, start: &[u32], bits: u64, rest: &[u8]) -> Vec<u8> {
        let total = bits.wrapping_add((rest.len() as u64).wrapping_mul(8));
        let mut padded = rest.to_vec();
        padded.push(0x80);
        while padded.len() % BLOCK != BLOCK - 8 {
            padded.push(0);
        }
        padded.extend_from_slice(&total.to_be_bytes());
        let mut state = start.to_vec();
        for block in padded.as_chunks::<BLOCK>().0 {
            match self {
                Self::Sha1 => sha1_block(&mut state, block),
                Self::Sha256 => sha256_block(&mut state, block),
            }
        }
        state.iter().flat_map(|word| word.to_be_bytes()).collect()
    }
}

/// The words of one block, continued to `count` of them by `next`.
fn schedule(block: &[u8; BLOCK], count: usize, next: impl Fn(&[u32; 16]) -> u32) -> Vec<u32> {
    let mut words: Vec<u32> = block.as_chunks::<4>().0.iter().map(|word| u32::from_be_bytes(*word)).collect();
    while words.len() < count {
        match words.last_chunk::<16>() {
            Some(last) => words.push(next(last)),
            None => break,
        }
    }
    words
}

fn add(state: &mut [u32], change: &[u32]) {
    for (word, change) in state.iter_mut().zip(change) {
        *word = word.wrapping_add(*change);
    }
}

#[allow(clippy::many_single_char_names)] // the letters of the standard
fn sha1_block(state: &mut [u32], block: &[u8; BLOCK]) {
    let words =
        schedule(block, 80, |[w0, _, w2, _, _, _, _, _, w8, _, _, _, _, w13, ..]| (w13 ^ w8 ^ w2 ^ w0).rotate_left(1));
    let [mut a, mut b, mut c, mut d, mut e] = *state else { return };
    for (round, word) in words.into_iter().enumerate() {
        let (mixed, constant) = match round {
            0..20 => ((b & c) | (!b & d), 0x5A82_7999),
            20..40 => (b ^ c ^ d, 0x6ED9_EBA1),
            40..60 => ((b & c) | (b & d) | (c & d), 0x8F1B_BCDC),
            _ => (b ^ c ^ d, 0xCA62_C1D6),
        };
        let next = a.rotate_left(5).wrapping_add(mixed).wrapping_add(e).wrapping_add(constant).wrapping_add(word);
        (a, b, c, d, e) = (next, a, b.rotate_left(30), c, d);
    }
    add(state, &[a, b, c, d, e]);
}

#[allow(clippy::many_single_char_names)] // the letters of the standard
fn sha256_block(state: &mut [u32], block: &[u8; BLOCK]) {
    let words = schedule(block, 64, |[w0, w1, _, _, _, _, _, _, _, w9, _, _, _, _, w14, _]| {
        let small0 = w1.rotate_right(7) ^ w1.rotate_right(18) ^ (w1 >> 3);
        let small1 = w14.rotate_right(17) ^ w14.rotate_right(19) ^ (w14 >> 10);
        w0.wrapping_add(small0).wrapping_add(*w9).wrapping_add(small1)
    });
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state else { return };
    for (constant, word) in SHA256_CONSTANTS.iter().zip(words) {
        let big1 = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let choice = (e & f) ^ (!e & g);
        let first = h.wrapping_add(big1).wrapping_add(choice).wrapping_add(*constant).wrapping_add(word);
        let big0 = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let majority = (a & b) ^ (a & c) ^ (b & c);
        let second = big0.wrapping_add(majority);
        (a, b, c, d, e, f, g, h) = (first.wrapping_add(second), a, b, c, d.wrapping_add(first), e, f, g);
    }
    add(state, &[a, b, c, d, e, f, g, h]);
}

const SHA256_CONSTANTS: [u32; 64] = [
    0x428A_2F98,
    0x7137_4491,
    0xB5C0_FBCF,
    0xE9B5_DBA5,
    0x3956_C25B,
    0x59F1_11F1,
    0x923F_82A4,
    0xAB1C_5ED5,
    0xD807_AA98,
    0x1283_5B01,
    0x2431_85BE,
    0x550C_7DC3,
    0x72BE_5D74,
    0x80DE_B1FE,
    0x9BDC_06A7,
    0xC19B_F174,
    0xE49B_69C1,
    0xEFBE_4786,
    0x0FC1_9DC6,
    0x240C_A1CC,
    0x2DE9_2C6F,
    0x4A74_84AA,
    0x5CB0_A9DC,
    0x76F9_88DA,
    0x983E_5152,
    0xA831_C66D,
    0xB003_27C8,
    0xBF59_7FC7,
    0xC6E0_0BF3,
    0xD5A7_9147,
    0x06CA_6351,
    0x1429_2967,
    0x27B7_0A85,
    0x2E1B_2138,
    0x4D2C_6DFC,
    0x5338_0D13,
    0x650A_7354,
    0x766A_0ABB,
    0x81C2_C92E,
    0x9272_2C85,
    0xA2BF_E8A1,
    0xA81A_664B,
    0xC24B_8B70,
    0xC76C_51A3,
    0xD192_E819,
    0xD699_0624,
    0xF40E_3585,
    0x106A_A070,
    0x19A4_C116,
    0x1E37_6C08,
    0x2748_774C,
    0x34B0_BCB5,
    0x391C_0CB3,
    0x4ED8_AA4A,
    0x5B9C_CA4F,
    0x682E_6FF3,
    0x748F_82EE,
    0x78A5_636F,
    0x84C8_7814,
    0x8CC7_0208,
    0x90BE_FFFA,
    0xA450_6CEB,
    0xBEF9_A3F7,
    0xC671_78F2,
];

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

    #[test]
    fn a_state_is_gone_on_from() {
        let message: Vec<u8> = (0..200).collect();
        for hash in [Hash::Sha1, Hash::Sha256] {
            // The state after two blocks is what the digest would be before its padding: taken from the same code,
            // checked against the digest of the whole.
            let mut state: Vec<u32> = match hash {
                Hash::Sha1 => vec![0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0],
                Hash::Sha256 => vec![
                    0x6A09_E667,
                    0xBB67_AE85,
                    0x3C6E_F372,
                    0xA54F_F53A,
                    0x510E_527F,
                    0x9B05_688C,
                    0x1F83_D9AB,
                    0x5BE0_CD19,
                ],
            };
            for block in message[..128].as_chunks::<BLOCK>().0 {
                match hash {
                    Hash::Sha1 => sha1_block(&mut state, block),
                    Hash::Sha256 => sha256_block(&mut state, block),
                }
            }
            let state: Vec<u8> = state.iter().flat_map(|word| word.to_be_bytes()).collect();
            assert_eq!(hash.finish(&state, 1024, &message[128..]).unwrap(), hash.digest(&message));
            assert!(hash.finish(&state, 1000, &[]).is_err());
            assert!(hash.finish(&state[1..], 1024, &[]).is_err());
        }
    }
}
