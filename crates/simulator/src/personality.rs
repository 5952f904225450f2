//! Who a virtual card is: chip, holder, dates, codes, certificates; read from a text file.

use std::fmt;
use std::io::Read as _;
use std::path::Path;

use serde::Deserialize;

use super::embedded;
use super::personality_file::File;
use cpx_card::{Error, ErrorKind, Result};

/// Bytes of a personality file that are read at most.
const FILE_BYTES: usize = 64 * 1024;

/// The chip and the way it is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Chip {
    /// A CPS3 with contacts: T=0, the IAS application on channel 0.
    Cps3,
    /// A CPS3 on a contactless reader: the other IAS application, no code.
    Cps3Contactless,
    /// A CPS4 with contacts: T=1, the ChipDoc application on channel 1.
    Cps4,
    /// Any other card, known by its answer to reset alone.
    Foreign,
}

/// A virtual card before it is put in a reader.
///
/// ```
/// use cpx_simulator::{Chip, Personality};
/// let card = Personality::parse("vitale", r#"
///     summary = "Carte Vitale"
///     reference_date = "2026-11-20"
///     chip = "foreign"
///     atr = "3B751300004509EA9000"
/// "#)?;
/// assert_eq!((card.chip(), card.summary()), (Chip::Foreign, "Carte Vitale"));
/// # Ok::<(), cpx_card::Error>(())
/// ```
#[derive(Clone)]
pub struct Personality {
    pub(super) name: String,
    pub(super) summary: String,
    pub(super) reference_date: String,
    pub(super) chip: Chip,
    pub(super) atr: Option<Vec<u8>>,
    pub(super) serial: Option<Vec<u8>>,
    pub(super) card: Option<Card>,
    pub(super) holder: Option<Holder>,
    pub(super) activities: Vec<Activity>,
    pub(super) pin: Option<Code>,
    pub(super) puk: Option<Code>,
    pub(super) authentication: Option<Credential>,
    pub(super) signature: Option<Credential>,
    pub(super) technical: Option<Credential>,
}

impl Personality {
    /// The personality that `text` describes; its certificates are those built in.
    ///
    /// # Errors
    /// [`ErrorKind::Malformed`] with the byte offset: not TOML, an unknown key, a value that cannot be, a certificate
    /// that is not built in. [`ErrorKind::LimitReached`] for more than 64 KiB.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        Self::build(name, text, &|kind, file| match kind {
            Material::Certificate => embedded::certificate(file).map(<[u8]>::to_vec),
            Material::Key => embedded::key(file).map(|pem| pem.as_bytes().to_vec()),
        })
    }

    /// The built-in personality of this name.
    ///
    /// # Errors
    /// [`ErrorKind::File`] when there is none, the names that exist being listed.
    pub fn embedded(name: &str) -> Result<Self> {
        let text = embedded::card(name).ok_or_else(|| {
            let names = embedded_names().collect::<Vec<_>>().join(", ");
            Error::new(ErrorKind::File, format!("no built-in card of this name; there are {names}"))
        })?;
        Self::parse(name, text)
    }

    /// The personality in the file at `path`. Certificates are looked for in `../pki/certificates`, keys in
    /// `../pki/keys` beside it; a key that is not there is the built-in one.
    ///
    /// # Errors
    /// [`ErrorKind::File`] when a file cannot be read, and as [`Personality::parse`].
    pub fn load(path: &Path) -> Result<Self> {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let unreadable = |error: std::io::Error| {
            Error::new(ErrorKind::File, "cannot be read").within(path.display()).caused_by(error)
        };
        if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
            return Err(Error::new(ErrorKind::File, "this is not a file").within(path.display()));
        }
        let bytes = beginning(path).map_err(unreadable)?;
        if bytes.len() > FILE_BYTES {
            return Err(too_long().within(path.display()));
        }
        let not_text = |_| unreadable(std::io::ErrorKind::InvalidData.into());
        let text = String::from_utf8(bytes).map_err(not_text)?;
        // a device or a pipe could have no end
        let read = |path: std::path::PathBuf| path.is_file().then(|| beginning(&path).ok()).flatten();
        let pki = path.parent().unwrap_or(Path::new("")).join("../pki");
        Self::build(&name, &text, &|kind, file| match kind {
            Material::Certificate => read(pki.join("certificates").join(file)),
            Material::Key => {
                read(pki.join("keys").join(file)).or_else(|| embedded::key(file).map(|pem| pem.as_bytes().to_vec()))
            }
        })
        .map_err(|error| error.within(path.display()))
    }

    /// Its name: that of the file, without extension.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// One French line that says what card this is.
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// The day on which this card is what its summary says, `YYYY-MM-DD`: later it may have expired.
    pub fn reference_date(&self) -> &str {
        &self.reference_date
    }

    /// Its chip.
    pub fn chip(&self) -> Chip {
        self.chip
    }

    /// Its answer to reset, 2 to 33 bytes; nothing for a mute card.
    pub fn atr(&self) -> Option<&[u8]> {
        let own = match (&self.atr, self.chip) {
            (Some(own), _) => own,
            (None, Chip::Cps3) => &ATR_CPS3[..],
            (None, Chip::Cps3Contactless) => &ATR_CONTACTLESS[..],
            (None, Chip::Cps4) => &ATR_CPS4[..],
            (None, Chip::Foreign) => &[],
        };
        (!own.is_empty()).then_some(own)
    }

    /// Whether nothing is on the card: no data, no holder, no certificate.
    pub(super) fn is_blank(&self) -> bool {
        let credentials = [&self.authentication, &self.signature, &self.technical];
        self.card.is_none() && self.holder.is_none() && credentials.iter().all(|credential| credential.is_none())
    }

    fn build(name: &str, text: &str, find: &dyn Fn(Material, &str) -> Option<Vec<u8>>) -> Result<Self> {
        if text.len() > FILE_BYTES {
            return Err(too_long().within(name));
        }
        let file: File = toml::from_str(text).map_err(|error: toml::de::Error| {
            let offset = error.span().map_or(0, |span| span.start);
            Error::malformed(error.message().to_owned(), offset).within(name)
        })?;
        file.into_personality(name, find).map_err(|error| error.within(name))
    }
}

/// The names of the built-in personalities, in alphabetical order.
pub fn embedded_names() -> impl Iterator<Item = &'static str> {
    embedded::CARDS.iter().map(|(name, _)| *name)
}

/// Holders of virtual cards are invented, and still not shown.
impl fmt::Debug for Personality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Personality({}, {:?})", self.name, self.chip)
    }
}

/// `CPS_ID_CARD`: values as they stand on the card.
#[derive(Clone)]
pub(super) struct Card {
    /// Ten digits, BCD.
    pub(super) number: Vec<u8>,
    pub(super) category: u8,
    pub(super) kind: u8,
    /// YYYYMMDD, BCD.
    pub(super) valid_from: Vec<u8>,
    pub(super) valid_until: Vec<u8>,
}

/// Texts are Latin-1, as on the card.
#[derive(Clone)]
pub(super) struct Holder {
    pub(super) id: Option<Vec<u8>>,
    pub(super) civility: Option<u8>,
    pub(super) surname: Option<Vec<u8>>,
    pub(super) given_name: Option<Vec<u8>>,
    pub(super) given_names: Vec<Vec<u8>>,
    pub(super) profession: Option<u8>,
    pub(super) future_profession: Option<u8>,
    pub(super) specialities: Vec<Vec<u8>>,
    pub(super) languages: Vec<Vec<u8>>,
}

#[derive(Clone)]
pub(super) struct Activity {
    pub(super) mode: u8,
    pub(super) name: Vec<u8>,
    pub(super) structure: Vec<u8>,
    pub(super) sector: Vec<u8>,
}

/// A code with its counter: four to eight ASCII digits, tries at most and left.
#[derive(Clone)]
pub(super) struct Code {
    pub(super) value: Vec<u8>,
    pub(super) maximum: u8,
    pub(super) left: u8,
}

/// A certificate (DER) and its private key (PKCS#8, PEM).
#[derive(Clone)]
pub(super) struct Credential {
    pub(super) certificate: Vec<u8>,
    pub(super) key: String,
}

const ATR_CPS3: [u8; 17] =
    [0x3B, 0xAC, 0x00, 0x40, 0x2A, 0x00, 0x12, 0x25, 0x00, 0x64, 0x80, 0x00, 0x03, 0x10, 0x00, 0x90, 0x00];
const ATR_CONTACTLESS: [u8; 20] = [
    0x3B, 0x8F, 0x80, 0x01, 0x00, 0x31, 0xB8, 0x64, 0x04, 0xB0, 0xEC, 0xC1, 0x73, 0x94, 0x01, 0x80, 0x82, 0x90, 0x00,
    0x0E,
];
const ATR_CPS4: [u8; 17] =
    [0x3B, 0x9B, 0x18, 0x80, 0x01, 0x00, 0x12, 0x25, 0x00, 0x64, 0x80, 0x04, 0x01, 0x00, 0x00, 0x90, 0x44];

/// What a personality names and finds elsewhere.
#[derive(Clone, Copy)]
pub(super) enum Material {
    /// A certificate (DER).
    Certificate,
    /// A private key (PKCS#8, PEM).
    Key,
}

/// As much of a file as is ever read, and one byte more.
fn beginning(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take((FILE_BYTES as u64).saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn too_long() -> Error {
    Error::new(ErrorKind::LimitReached, "a personality has at most 64 KiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "summary = \"x\"\nreference_date = \"2026-11-20\"\nchip = \"cps3\"\n";

    fn refused(text: &str) -> (ErrorKind, Option<usize>) {
        let error = Personality::parse("essai", text).expect_err(text);
        assert!(error.to_string().starts_with("essai: "), "{error}");
        (error.kind(), error.offset())
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        assert_eq!(refused("summary = 1"), (ErrorKind::Malformed, Some(10)));
        assert_eq!(refused("a = "), (ErrorKind::Malformed, Some(4)));
        for (tail, place) in [
            ("colour = \"red\"", "colour"),
            ("serial = \"1234567\"", "\"1234567\""),
            ("serial = \"1234567A\"", "\"1234567A\""),
            ("atr = \"3\"", "\"3\""),
            ("pin = { code = \"123\", max = 3, left = 3 }", "\"123\""),
            ("pin = { code = \"12a4\", max = 3, left = 3 }", "\"12a4\""),
            ("pin = { code = \"1234\", max = 16, left = 3 }", "16,"),
            ("pin = { code = \"1234\", max = 3, left = 4 }", "4 }"),
            ("holder = { surname = \"\u{20AC}\" }", "\"\u{20AC}"),
            ("certificates = { signature = \"../x\" }", "\"../x"),
            ("certificates = { signature = \"absent.der\" }", "\"absent"),
            (
                "card = { number = \"0022000011\", category = \"0\", type = \"00\", valid_from = \"2025-09-01\", \
                 valid_until = \"2028-09-01\" }",
                "\"0\"",
            ),
            (
                "card = { number = \"0022000011\", category = \"00\", type = \"00\", valid_from = \"2025-9-01\", \
                 valid_until = \"2028-09-01\" }",
                "\"2025-9",
            ),
        ] {
            let text = format!("{HEAD}{tail}");
            assert_eq!(refused(&text), (ErrorKind::Malformed, text.find(place)), "{tail}");
        }
        assert_eq!(refused(&"#".repeat(FILE_BYTES + 1)).0, ErrorKind::LimitReached);
    }

    #[test]
    fn an_answer_to_reset_comes_from_the_chip_or_from_the_file() {
        let cps3 = Personality::parse("x", HEAD).unwrap();
        assert_eq!(hex::encode_upper(cps3.atr().unwrap()), "3BAC00402A001225006480000310009000");
        assert!(cps3.is_blank());
        let own = Personality::parse("x", &format!("{HEAD}atr = \"3BAC00402A001225006480820212009000\"")).unwrap();
        assert!(own.atr().unwrap().ends_with(&[0x82, 0x02, 0x12, 0x00, 0x90, 0x00]));
        assert!(Personality::parse("x", &format!("{HEAD}atr = \"\"")).unwrap().atr().is_none());
        assert_eq!(format!("{own:?}"), "Personality(x, Cps3)");
    }

    #[test]
    fn a_file_is_read_with_what_lies_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let cards = folder.path().join("cards");
        let certificates = folder.path().join("pki/certificates");
        std::fs::create_dir_all(&cards).unwrap();
        std::fs::create_dir_all(&certificates).unwrap();
        std::fs::write(certificates.join("mine.der"), [0x30, 0x00]).unwrap();
        let path = cards.join("mine.toml");
        std::fs::write(&path, format!("{HEAD}certificates = {{ signature = \"mine.der\" }}")).unwrap();
        let personality = Personality::load(&path).unwrap();
        assert_eq!(personality.name(), "mine");
        let credential = personality.signature.unwrap();
        assert_eq!(credential.certificate, [0x30, 0x00]);
        assert!(credential.key.contains("PRIVATE KEY"));
        assert_eq!(Personality::load(&cards.join("absent.toml")).unwrap_err().kind(), ErrorKind::File);
        std::fs::write(&path, vec![b'#'; FILE_BYTES + 1]).unwrap();
        assert_eq!(Personality::load(&path).unwrap_err().kind(), ErrorKind::LimitReached);
    }
}
