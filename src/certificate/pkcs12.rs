//! Containers of a key and its certificates (PKCS#12, RFC 7292): `.p12`, `.pfx`.
//!
//! What stands in clear is told without a code. Private keys are counted and never decrypted: of a container only the parts
//! that hold certificates are opened, by the crate p12-keystore. Each is given to it alone, in definite lengths (those of
//! Firefox and of Java have others) and without the MAC, which covers the original writing.

use super::ber::definite;
use super::cursor::{self, Cursor, Element, explicit, implicit};
use super::oid;
use super::view::Certificate;
use crate::error::{Error, ErrorKind, Result};
use crate::limits;

/// One container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pkcs12 {
    /// The certificates that stand in clear.
    certificates: Vec<Certificate>,
    keys: usize,
    key_protection: Option<Protection>,
    locked: Vec<Locked>,
}

/// A part of a container that takes a code.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Locked {
    /// The `ContentInfo`, in definite lengths.
    content: Vec<u8>,
    protection: Protection,
}

/// How something is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Protection {
    /// The cipher.
    pub cipher: Cipher,
    /// How often the code is hashed: 1 to 2 147 483 647; 0 where it is not known.
    pub iterations: u32,
    /// Bytes of memory that the hashing takes: of scrypt only, else 0.
    pub memory: u64,
}

/// A cipher of containers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cipher {
    /// RC2 with a key of 40 bits: broken.
    Rc2With40Bits,
    /// Triple DES with the old derivation of keys.
    TripleDes,
    /// PBES2 with AES.
    Pbes2Aes,
    /// PBES2 with triple DES.
    Pbes2TripleDes,
    /// Another one.
    Other,
}

impl Cipher {
    /// The stable code: `rc2-40`, `3des`, `pbes2-aes`, `pbes2-3des` or `other`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Rc2With40Bits => "rc2-40",
            Self::TripleDes => "3des",
            Self::Pbes2Aes => "pbes2-aes",
            Self::Pbes2TripleDes => "pbes2-3des",
            Self::Other => "other",
        }
    }

    /// Whether it is one of the ciphers that systems of before 2019 write.
    pub const fn is_old(self) -> bool {
        matches!(self, Self::Rc2With40Bits | Self::TripleDes | Self::Pbes2TripleDes)
    }
}

/// Why a container was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unopened {
    /// No code was given.
    NoCode,
    /// The code does not open it, or it is damaged.
    WrongCode,
    /// Its cipher is not supported.
    Unsupported,
    /// It asks for more work than any honest one: [`CONTAINER_ITERATIONS`](limits::CONTAINER_ITERATIONS),
    /// [`CONTAINER_MEMORY`](limits::CONTAINER_MEMORY), [`CONTAINER_PATIENCE`](limits::CONTAINER_PATIENCE).
    TooMuchWork,
    /// This program was built without the feature `pkcs12`.
    NotInThisBuild,
}

impl Unopened {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoCode => "no-code",
            Self::WrongCode => "wrong-code",
            Self::Unsupported => "unsupported",
            Self::TooMuchWork => "too-much-work",
            Self::NotInThisBuild => "not-in-this-build",
        }
    }
}

impl Pkcs12 {
    /// What a container tells without a code.
    ///
    /// # Errors
    ///
    /// [`LimitReached`](ErrorKind::LimitReached) above [`CERTIFICATE_BYTES`](limits::CERTIFICATE_BYTES) or with more parts
    /// than [`CONTAINER_PARTS`](limits::CONTAINER_PARTS); [`Malformed`](ErrorKind::Malformed), with the offset, when it is none.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > limits::CERTIFICATE_BYTES {
            return Err(Error::new(ErrorKind::LimitReached, "a container of more than CERTIFICATE_BYTES"));
        }
        let whole = definite(bytes)?;
        let mut fields = Cursor::new(&whole).expect(cursor::SEQUENCE, "a container is a SEQUENCE")?.content();
        if fields.expect(cursor::INTEGER, "a container begins with its version")?.value != [3] {
            return Err(Error::malformed("a container of another version", 0));
        }
        let safe = fields.expect(cursor::SEQUENCE, "the content of the container is missing")?;
        let parts = definite(octets(&safe, oid::DATA)?)?;
        let mut container = Self { certificates: Vec::new(), keys: 0, key_protection: None, locked: Vec::new() };
        let list = Cursor::new(&parts).expect(cursor::SEQUENCE, "the parts of the container are a SEQUENCE")?;
        for (count, part) in list.content().elements().enumerate() {
            if count >= limits::CONTAINER_PARTS {
                return Err(Error::new(ErrorKind::LimitReached, "more parts than CONTAINER_PARTS"));
            }
            container.take(&part?)?;
        }
        Ok(container)
    }

    /// The certificates that stand in clear: none, in most.
    pub fn certificates_in_clear(&self) -> &[Certificate] {
        &self.certificates
    }

    /// How many private keys stand outside what is locked; they are encrypted themselves, in most.
    pub fn keys(&self) -> usize {
        self.keys
    }

    /// How the first private key is encrypted; `None` where none stands outside what is locked, or it is in clear.
    pub fn key_protection(&self) -> Option<Protection> {
        self.key_protection
    }

    /// How the certificates are encrypted; `None` where they stand in clear.
    pub fn protection(&self) -> Option<Protection> {
        self.locked.first().map(|locked| locked.protection)
    }

    fn take(&mut self, part: &Element<'_>) -> Result<()> {
        let mut fields = part.content();
        let kind = fields.expect(cursor::OID, "a part begins with its kind")?;
        match kind.value {
            oid::DATA => self.take_bags(&definite(octets(part, oid::DATA)?)?),
            oid::ENCRYPTED_DATA => {
                self.locked.push(Locked::read(&fields)?);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The bags of a part in clear.
    fn take_bags(&mut self, bytes: &[u8]) -> Result<()> {
        let bags = Cursor::new(bytes).expect(cursor::SEQUENCE, "the bags are a SEQUENCE")?;
        for (count, bag) in bags.content().elements().enumerate() {
            if count >= limits::CERTIFICATES_IN_FILE {
                return Err(Error::new(ErrorKind::LimitReached, "more bags than CERTIFICATES_IN_FILE"));
            }
            let mut fields = bag?.tagged(cursor::SEQUENCE, "a bag is a SEQUENCE")?.content();
            let kind = fields.expect(cursor::OID, "a bag begins with its kind")?;
            let value = fields.expect(explicit(0), "a bag has a value")?;
            match kind.value {
                oid::KEY_BAG => self.keys = self.keys.saturating_add(1),
                oid::SHROUDED_KEY_BAG => {
                    self.keys = self.keys.saturating_add(1);
                    let mut key = value.content().expect(cursor::SEQUENCE, "a key is a SEQUENCE")?.content();
                    let algorithm = key.expect(cursor::SEQUENCE, "the cipher of a key is missing")?;
                    let protection = Protection::read(&algorithm);
                    self.key_protection = self.key_protection.or(Some(protection));
                }
                oid::CERTIFICATE_BAG => {
                    let certificate = value.content().expect(cursor::SEQUENCE, "a certificate bag is a SEQUENCE")?;
                    self.certificates.push(Certificate::parse(octets(&certificate, oid::X509_IN_BAG)?)?);
                }
                _ => {}
            }
        }
        Ok(())
    }
}

impl Locked {
    /// The rest of a `ContentInfo` of encrypted data (RFC 5652 section 8), with its ciphertext in one part.
    fn read(rest: &Cursor<'_>) -> Result<Self> {
        let tagged = rest.clone().expect(explicit(0), "the encrypted data are missing")?;
        let mut data = tagged.content().expect(cursor::SEQUENCE, "the encrypted data are a SEQUENCE")?.content();
        data.expect(cursor::INTEGER, "the version is missing")?;
        let mut info = data.expect(cursor::SEQUENCE, "the encrypted content is missing")?.content();
        let kind = info.expect(cursor::OID, "the encrypted content begins with its kind")?;
        let algorithm = info.expect(cursor::SEQUENCE, "the cipher is missing")?;
        let text = info.read("the ciphertext is missing")?;
        let mut joined = Vec::new();
        if text.tag == explicit(0) {
            for piece in text.content().elements() {
                joined.extend_from_slice(piece?.tagged(cursor::OCTET_STRING, "ciphertext is in OCTET STRINGs")?.value);
            }
        } else {
            joined.extend_from_slice(text.tagged(implicit(0), "the ciphertext is an OCTET STRING")?.value);
        }
        let text = cursor::encode(implicit(0), &[&joined]);
        let info = cursor::encode(cursor::SEQUENCE, &[kind.bytes, algorithm.bytes, &text]);
        let data = cursor::encode(cursor::SEQUENCE, &[&[cursor::INTEGER, 1, 0], &info]);
        let kind = cursor::encode(cursor::OID, &[oid::ENCRYPTED_DATA]);
        let content = cursor::encode(cursor::SEQUENCE, &[&kind, &cursor::encode(explicit(0), &[&data])]);
        Ok(Self { content, protection: Protection::read(&algorithm) })
    }

    /// A container of this part alone, without MAC.
    #[cfg(feature = "pkcs12")]
    fn alone(&self) -> Vec<u8> {
        let parts = cursor::encode(cursor::SEQUENCE, &[&self.content]);
        let octets = cursor::encode(cursor::OCTET_STRING, &[&parts]);
        let kind = cursor::encode(cursor::OID, &[oid::DATA]);
        let safe = cursor::encode(cursor::SEQUENCE, &[&kind, &cursor::encode(explicit(0), &[&octets])]);
        cursor::encode(cursor::SEQUENCE, &[&[cursor::INTEGER, 1, 3], &safe])
    }
}

impl Protection {
    /// What an `AlgorithmIdentifier` says; never fails: what is not understood is [`Other`](Cipher::Other).
    fn read(algorithm: &Element<'_>) -> Self {
        Self::try_read(algorithm).unwrap_or(Self { cipher: Cipher::Other, iterations: 0, memory: 0 })
    }

    fn try_read(algorithm: &Element<'_>) -> Result<Self> {
        let mut fields = algorithm.content();
        let kind = fields.expect(cursor::OID, "a cipher begins with its identifier")?;
        let mut parameters = fields.expect(cursor::SEQUENCE, "a cipher has parameters")?.content();
        let cipher = match kind.value {
            oid::PBES2 => return Self::read_pbes2(&mut parameters),
            oid::PBE_RC2_40 => Cipher::Rc2With40Bits,
            oid::PBE_3DES => Cipher::TripleDes,
            oid::PBE_RC4_128 | oid::PBE_RC4_40 | oid::PBE_2DES | oid::PBE_RC2_128 => Cipher::Other,
            _ => return Err(Error::malformed("an unknown cipher", kind.offset)),
        };
        parameters.expect(cursor::OCTET_STRING, "the salt is missing")?;
        Ok(Self { cipher, iterations: number(&parameters.read("the count is missing")?), memory: 0 })
    }

    fn read_pbes2(parameters: &mut Cursor<'_>) -> Result<Self> {
        let mut derivation = parameters.expect(cursor::SEQUENCE, "the derivation of the key is missing")?.content();
        let how = derivation.expect(cursor::OID, "a derivation begins with its identifier")?;
        let mut costs = derivation.expect(cursor::SEQUENCE, "a derivation has parameters")?.content();
        costs.expect(cursor::OCTET_STRING, "the salt is missing")?;
        let first = number(&costs.read("the count is missing")?);
        let (iterations, memory) = match how.value {
            oid::SCRYPT => {
                let (block, lanes) = (number(&costs.read("a cost")?), number(&costs.read("a cost")?));
                let each = 128_u64.saturating_mul(u64::from(first)).saturating_mul(u64::from(block));
                (first.saturating_mul(lanes), each)
            }
            oid::PBKDF2 => (first, 0),
            _ => return Err(Error::malformed("an unknown derivation", how.offset)),
        };
        let mut cipher = parameters.expect(cursor::SEQUENCE, "the cipher is missing")?.content();
        let cipher = match cipher.expect(cursor::OID, "a cipher begins with its identifier")?.value {
            oid::AES_128_CBC | oid::AES_192_CBC | oid::AES_256_CBC => Cipher::Pbes2Aes,
            oid::DES_EDE3_CBC => Cipher::Pbes2TripleDes,
            _ => Cipher::Other,
        };
        Ok(Self { cipher, iterations, memory })
    }

    /// Whether it asks for more than any honest one.
    #[cfg(feature = "pkcs12")]
    fn is_too_much(self) -> bool {
        self.iterations > limits::CONTAINER_ITERATIONS || self.memory > limits::CONTAINER_MEMORY
    }
}

/// The number of an INTEGER; the largest one for what has more bits.
fn number(element: &Element<'_>) -> u32 {
    let digits = super::view::significant(element.value);
    if digits.len() > 4 {
        return u32::MAX;
    }
    digits.iter().fold(0, |number, digit| number << 8 | u32::from(*digit))
}

/// The octets of a SEQUENCE of a type and, tagged, an OCTET STRING.
fn octets<'a>(element: &Element<'a>, kind: &[u8]) -> Result<&'a [u8]> {
    let mut fields = element.content();
    if fields.expect(cursor::OID, "a content begins with its kind")?.value != kind {
        return Err(Error::malformed("a content of another kind", element.offset));
    }
    let tagged = fields.expect(explicit(0), "the content is missing")?;
    Ok(tagged.content().expect(cursor::OCTET_STRING, "the content is an OCTET STRING")?.value)
}

/// What a container holds, once it is open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Opened {
    /// Its certificates, in its order; those that cannot be read are left out.
    pub certificates: Vec<Certificate>,
    /// How many private keys it holds.
    pub keys: usize,
}

impl Pkcs12 {
    /// Opens the container with this code; whoever gives none gets what stands in clear, and what a container without a
    /// code (the empty one) holds.
    ///
    /// # Errors
    ///
    /// Why it stays closed.
    pub fn open(&self, code: Option<&str>) -> std::result::Result<Opened, Unopened> {
        let mut opened = Opened { certificates: self.certificates.clone(), keys: self.keys };
        for locked in &self.locked {
            let inner = unlock(locked, code.unwrap_or_default()).map_err(|why| match (why, code) {
                (Unopened::WrongCode, None) => Unopened::NoCode,
                (why, _) => why,
            })?;
            opened.certificates.extend(inner.certificates);
            opened.keys = opened.keys.saturating_add(inner.keys);
        }
        Ok(opened)
    }

    /// Whether a code is needed to see the certificates: none is, where they stand in clear.
    pub fn is_locked(&self) -> bool {
        !self.locked.is_empty()
    }
}

/// One part, on a thread of its own: what is inside may ask for more work than what stands outside tells.
#[cfg(feature = "pkcs12")]
fn unlock(locked: &Locked, code: &str) -> std::result::Result<Opened, Unopened> {
    use p12_keystore::error::Error as Refused;
    use zeroize::Zeroizing;

    if locked.protection.is_too_much() {
        return Err(Unopened::TooMuchWork);
    }
    if locked.protection.cipher == Cipher::Other {
        return Err(Unopened::Unsupported);
    }
    let (sender, receiver) = std::sync::mpsc::channel();
    let (container, code) = (locked.alone(), Zeroizing::new(code.to_owned()));
    let work = move || {
        let archive = p12_keystore::Pkcs12Archive::from_pkcs12(&container, &code);
        let told = archive.map_err(|why| match why {
            Refused::InvalidParameters => Unopened::TooMuchWork,
            Refused::UnsupportedEncryptionScheme | Refused::UnsupportedCertificateType => Unopened::Unsupported,
            Refused::Pkcs5Error(why) if !why.contains("decryption failed") => Unopened::Unsupported,
            // there is no MAC here: what does not decrypt, or decrypts to nothing that can be read, has another code
            _ => Unopened::WrongCode,
        });
        // whoever waited may have gone
        let _ = sender.send(told.map(|archive| Opened {
            certificates: archive.certs.iter().filter_map(|bag| Certificate::parse(bag.cert.as_der()).ok()).collect(),
            keys: archive.keys.len(),
        }));
    };
    let started = std::thread::Builder::new().name("container".into()).spawn(work);
    if started.is_err() {
        return Err(Unopened::TooMuchWork);
    }
    match receiver.recv_timeout(limits::CONTAINER_PATIENCE) {
        Ok(told) => told,
        Err(std::sync::mpsc::RecvTimeoutError::Timeout) => Err(Unopened::TooMuchWork),
        Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => Err(Unopened::WrongCode),
    }
}

#[cfg(not(feature = "pkcs12"))]
fn unlock(_locked: &Locked, _code: &str) -> std::result::Result<Opened, Unopened> {
    Err(Unopened::NotInThisBuild)
}
