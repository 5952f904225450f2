//! Object identifiers: kept as they stand, printed with dots.

use std::fmt;

/// An object identifier, as its bytes (X.690 section 8.19).
///
/// ```
/// use cpx_card::internal::certificate::Oid;
///
/// assert_eq!(Oid::from_der(&[0x2A, 0x81, 0x7A, 0x01, 0x47, 0x01, 0x02, 0x03]).to_string(), "1.2.250.1.71.1.2.3");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Oid(Vec<u8>);

impl Oid {
    /// The identifier with these bytes, without tag and length; any bytes are kept.
    pub fn from_der(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }

    /// The bytes, without tag and length.
    pub fn as_der(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Oid {
    /// The arcs joined by dots; bytes that are no identifier as `#` and hexadecimal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match arcs(&self.0) {
            Some(arcs) => f.write_str(&arcs.iter().map(ToString::to_string).collect::<Vec<_>>().join(".")),
            None => write!(f, "#{}", hex::encode_upper(&self.0)),
        }
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Oid({self})")
    }
}

/// The numbers of the identifier; `None` when the bytes end within one or one has more than 63 bits.
fn arcs(bytes: &[u8]) -> Option<Vec<u64>> {
    let mut arcs = Vec::new();
    let mut arc = 0_u64;
    for byte in bytes {
        arc = arc.checked_mul(0x80)?.checked_add(u64::from(byte & 0x7F))?;
        if byte & 0x80 == 0 {
            if arcs.is_empty() {
                let first = (arc / 40).min(2);
                arcs.push(first);
                arc = arc.checked_sub(first.checked_mul(40)?)?;
            }
            arcs.push(arc);
            arc = 0;
        }
    }
    let complete = bytes.last().is_some_and(|byte| byte & 0x80 == 0);
    complete.then_some(arcs)
}

/// Declares identifiers with what they print as, which a test holds.
macro_rules! oids {
    ($($(#[$doc:meta])* $name:ident = $dotted:literal: $bytes:expr;)+) => {
        $($(#[$doc])* pub(super) const $name: &[u8] = &$bytes;)+

        #[cfg(test)]
        const ALL: &[(&str, &[u8])] = &[$(($dotted, $name),)+];
    };
}

oids! {
    // Attributes of names (X.520).
    COMMON_NAME = "2.5.4.3": [0x55, 4, 3];
    SURNAME = "2.5.4.4": [0x55, 4, 4];
    COUNTRY = "2.5.4.6": [0x55, 4, 6];
    LOCALITY = "2.5.4.7": [0x55, 4, 7];
    STATE = "2.5.4.8": [0x55, 4, 8];
    ORGANISATION = "2.5.4.10": [0x55, 4, 10];
    UNIT = "2.5.4.11": [0x55, 4, 11];
    TITLE = "2.5.4.12": [0x55, 4, 12];
    GIVEN_NAME = "2.5.4.42": [0x55, 4, 42];
    PSEUDONYM = "2.5.4.65": [0x55, 4, 65];

    // Extensions (RFC 5280 section 4.2).
    SUBJECT_KEY = "2.5.29.14": [0x55, 29, 14];
    KEY_USAGE = "2.5.29.15": [0x55, 29, 15];
    ALTERNATIVE_NAME = "2.5.29.17": [0x55, 29, 17];
    BASIC_CONSTRAINTS = "2.5.29.19": [0x55, 29, 19];
    REASON = "2.5.29.21": [0x55, 29, 21];
    LIST_SCOPE = "2.5.29.28": [0x55, 29, 28];
    CRL_POINTS = "2.5.29.31": [0x55, 29, 31];
    AUTHORITY_KEY = "2.5.29.35": [0x55, 29, 35];
    EXTENDED_KEY_USAGE = "2.5.29.37": [0x55, 29, 37];
    AUTHORITY_ACCESS = "1.3.6.1.5.5.7.1.1": [0x2B, 6, 1, 5, 5, 7, 1, 1];
    ACCESS_OCSP = "1.3.6.1.5.5.7.48.1": [0x2B, 6, 1, 5, 5, 7, 48, 1];
    ACCESS_ISSUERS = "1.3.6.1.5.5.7.48.2": [0x2B, 6, 1, 5, 5, 7, 48, 2];
    USER_PRINCIPAL = "1.3.6.1.4.1.311.20.2.3": [0x2B, 6, 1, 4, 1, 0x82, 0x37, 20, 2, 3];

    // Extended key usages.
    SERVER_AUTH = "1.3.6.1.5.5.7.3.1": [0x2B, 6, 1, 5, 5, 7, 3, 1];
    CLIENT_AUTH = "1.3.6.1.5.5.7.3.2": [0x2B, 6, 1, 5, 5, 7, 3, 2];
    OCSP_SIGNING = "1.3.6.1.5.5.7.3.9": [0x2B, 6, 1, 5, 5, 7, 3, 9];

    // Private extensions of the CPx cards (certificates.md section 4): the arcs of GIP-CPS.
    CARD_TYPE = "1.2.250.1.71.1.2.2": [0x2A, 0x81, 0x7A, 1, 71, 1, 2, 2];
    TOKEN_ID = "1.2.250.1.71.1.2.3": [0x2A, 0x81, 0x7A, 1, 71, 1, 2, 3];
    CATEGORY = "1.2.250.1.71.1.2.5": [0x2A, 0x81, 0x7A, 1, 71, 1, 2, 5];
    PROFESSION = "1.2.250.1.71.1.2.7": [0x2A, 0x81, 0x7A, 1, 71, 1, 2, 7];
    FUTURE_PROFESSION = "1.2.250.1.71.1.2.8": [0x2A, 0x81, 0x7A, 1, 71, 1, 2, 8];
    RESPONSIBILITY = "1.2.250.1.71.1.2.12": [0x2A, 0x81, 0x7A, 1, 71, 1, 2, 12];
    SPECIALITIES = "1.2.250.1.71.4.2.5": [0x2A, 0x81, 0x7A, 1, 71, 4, 2, 5];
    PHARMACIST_TABLES = "1.2.250.1.71.4.2.6": [0x2A, 0x81, 0x7A, 1, 71, 4, 2, 6];

    // Keys and signatures (RFC 8017, RFC 5480, RFC 8410).
    RSA = "1.2.840.113549.1.1.1": [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1];
    MD5_RSA = "1.2.840.113549.1.1.4": [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 4];
    SHA1_RSA = "1.2.840.113549.1.1.5": [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 5];
    MGF1 = "1.2.840.113549.1.1.8": [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 8];
    RSA_PSS = "1.2.840.113549.1.1.10": [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 10];
    SHA256_RSA = "1.2.840.113549.1.1.11": [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 11];
    SHA384_RSA = "1.2.840.113549.1.1.12": [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 12];
    SHA512_RSA = "1.2.840.113549.1.1.13": [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 13];
    EC = "1.2.840.10045.2.1": [0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1];
    P256 = "1.2.840.10045.3.1.7": [0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7];
    P384 = "1.3.132.0.34": [0x2B, 0x81, 4, 0, 34];
    ECDSA_SHA256 = "1.2.840.10045.4.3.2": [0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2];
    ECDSA_SHA384 = "1.2.840.10045.4.3.3": [0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 3];
    ED25519 = "1.3.101.112": [0x2B, 101, 112];
    SHA1 = "1.3.14.3.2.26": [0x2B, 14, 3, 2, 26];
    SHA256 = "2.16.840.1.101.3.4.2.1": [0x60, 0x86, 0x48, 1, 101, 3, 4, 2, 1];
    SHA384 = "2.16.840.1.101.3.4.2.2": [0x60, 0x86, 0x48, 1, 101, 3, 4, 2, 2];
    SHA512 = "2.16.840.1.101.3.4.2.3": [0x60, 0x86, 0x48, 1, 101, 3, 4, 2, 3];

    // Containers: CMS (RFC 5652) and OCSP (RFC 6960).
    SIGNED_DATA = "1.2.840.113549.1.7.2": [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2];
    OCSP_NONCE = "1.3.6.1.5.5.7.48.1.2": [0x2B, 6, 1, 5, 5, 7, 48, 1, 2];
    OCSP_BASIC = "1.3.6.1.5.5.7.48.1.1": [0x2B, 6, 1, 5, 5, 7, 48, 1, 1];

    // Requests (RFC 2985) and containers of keys (RFC 7292, RFC 8018, RFC 7914).
    EXTENSION_REQUEST = "1.2.840.113549.1.9.14": [42, 0x86, 72, 0x86, 0xF7, 13, 1, 9, 14];
    X509_IN_BAG = "1.2.840.113549.1.9.22.1": [42, 0x86, 72, 0x86, 0xF7, 13, 1, 9, 22, 1];
    DATA = "1.2.840.113549.1.7.1": [42, 0x86, 72, 0x86, 0xF7, 13, 1, 7, 1];
    ENCRYPTED_DATA = "1.2.840.113549.1.7.6": [42, 0x86, 72, 0x86, 0xF7, 13, 1, 7, 6];
    KEY_BAG = "1.2.840.113549.1.12.10.1.1": [42, 0x86, 72, 0x86, 0xF7, 13, 1, 12, 10, 1, 1];
    SHROUDED_KEY_BAG = "1.2.840.113549.1.12.10.1.2": [42, 0x86, 72, 0x86, 0xF7, 13, 1, 12, 10, 1, 2];
    CERTIFICATE_BAG = "1.2.840.113549.1.12.10.1.3": [42, 0x86, 72, 0x86, 0xF7, 13, 1, 12, 10, 1, 3];
    PBE_RC4_128 = "1.2.840.113549.1.12.1.1": [42, 0x86, 72, 0x86, 0xF7, 13, 1, 12, 1, 1];
    PBE_RC4_40 = "1.2.840.113549.1.12.1.2": [42, 0x86, 72, 0x86, 0xF7, 13, 1, 12, 1, 2];
    PBE_3DES = "1.2.840.113549.1.12.1.3": [42, 0x86, 72, 0x86, 0xF7, 13, 1, 12, 1, 3];
    PBE_2DES = "1.2.840.113549.1.12.1.4": [42, 0x86, 72, 0x86, 0xF7, 13, 1, 12, 1, 4];
    PBE_RC2_128 = "1.2.840.113549.1.12.1.5": [42, 0x86, 72, 0x86, 0xF7, 13, 1, 12, 1, 5];
    PBE_RC2_40 = "1.2.840.113549.1.12.1.6": [42, 0x86, 72, 0x86, 0xF7, 13, 1, 12, 1, 6];
    PBES2 = "1.2.840.113549.1.5.13": [42, 0x86, 72, 0x86, 0xF7, 13, 1, 5, 13];
    PBKDF2 = "1.2.840.113549.1.5.12": [42, 0x86, 72, 0x86, 0xF7, 13, 1, 5, 12];
    SCRYPT = "1.3.6.1.4.1.11591.4.11": [43, 6, 1, 4, 1, 0xDA, 71, 4, 11];
    AES_128_CBC = "2.16.840.1.101.3.4.1.2": [96, 0x86, 72, 1, 101, 3, 4, 1, 2];
    AES_192_CBC = "2.16.840.1.101.3.4.1.22": [96, 0x86, 72, 1, 101, 3, 4, 1, 22];
    AES_256_CBC = "2.16.840.1.101.3.4.1.42": [96, 0x86, 72, 1, 101, 3, 4, 1, 42];
    DES_EDE3_CBC = "1.2.840.113549.3.7": [42, 0x86, 72, 0x86, 0xF7, 13, 3, 7];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_constants_are_what_they_say() {
        for (dotted, bytes) in ALL {
            assert_eq!(Oid::from_der(bytes).to_string(), *dotted);
        }
    }

    #[test]
    fn bytes_that_are_no_identifier_are_shown() {
        assert_eq!(Oid::from_der(&[]).to_string(), "#");
        assert_eq!(Oid::from_der(&[0x55, 0x81]).to_string(), "#5581");
        assert_eq!(Oid::from_der(&[0xFF; 12]).to_string(), "#FFFFFFFFFFFFFFFFFFFFFFFF");
        assert_eq!(Oid::from_der(&[0x88, 0x37, 3]).to_string(), "2.999.3");
    }
}
