//! What stands for names and numbers in what is made to be sent.
//!
//! Nothing of the original is in it: it is made of a keyed hash, with the shape that the original has in common with every
//! other of its kind. The key is in no file, so the same text has the same pseudonym inside one file and another one in
//! the next. What is judged of an identifier stays: its register, its problem, the verdict on its check digit.

use ring::hmac;
use ring::rand::SystemRandom;

use super::parts::{IdNote, Parts, Scheme};
use super::{CardNumber, ChipSerial, HolderId, Name, Register, StructureId};
use crate::error::{Error, ErrorKind, Result};

/// Makes the pseudonyms of one file.
///
/// ```
/// use cpx_card::internal::identity::{CheckVerdict, HolderId, Pseudonyms};
///
/// let pseudonyms = Pseudonyms::random()?;
/// let staff = pseudonyms.holder(&HolderId::parse("30B0057881/CPET0002"));
/// assert_eq!(staff.check(), CheckVerdict::Valid);
/// assert_ne!(staff.identifier(), "0B0057881");
/// # Ok::<(), cpx_card::Error>(())
/// ```
pub struct Pseudonyms {
    key: hmac::Key,
    /// What the numbers of cards and of chips are made with, where it is another one.
    link: Option<hmac::Key>,
}

impl std::fmt::Debug for Pseudonyms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pseudonyms(***)")
    }
}

impl Pseudonyms {
    /// Those of one file, with a key that is kept nowhere.
    ///
    /// # Errors
    /// [`ErrorKind::LimitReached`] where the system gives no random numbers.
    pub fn random() -> Result<Self> {
        let key = hmac::Key::generate(hmac::HMAC_SHA256, &SystemRandom::new());
        let key = key.map_err(|_| Error::new(ErrorKind::LimitReached, "the system gives no random numbers"))?;
        Ok(Self { key, link: None })
    }

    /// Those of one file, but that a card has the same number and the same serial in every file that is linked with this word.
    ///
    /// Only these two, which are in no public list: a number of ten digits becomes another of ten, so that the file does not
    /// tell whether a guessed word is the right one. Whoever knows the number of a card can try words: each costs
    /// [`LINK_ROUNDS`](crate::limits::LINK_ROUNDS) rounds of PBKDF2-HMAC-SHA-256.
    ///
    /// # Errors
    /// As [`Self::random`].
    pub fn linked(word: &str) -> Result<Self> {
        let mut key = [0; 32];
        let (rounds, salt) = (crate::limits::LINK_ROUNDS, b"cpx-check --link 1");
        ring::pbkdf2::derive(ring::pbkdf2::PBKDF2_HMAC_SHA256, rounds, salt, word.as_bytes(), &mut key);
        Ok(Self { link: Some(hmac::Key::new(hmac::HMAC_SHA256, &key)), ..Self::random()? })
    }

    /// Whether a card has them in other files too.
    pub(crate) fn is_linked(&self) -> bool {
        self.link.is_some()
    }

    /// Those of every file that is made with this key, which is to be in none of them.
    pub fn keyed(key: &[u8]) -> Self {
        Self { key: hmac::Key::new(hmac::HMAC_SHA256, key), link: None }
    }

    /// What stands for this identifier of a holder: judged like it, and [agreeing](HolderId::agrees_with) with what stands
    /// for its structure.
    pub fn holder(&self, id: &HolderId) -> HolderId {
        HolderId::parse(&self.typed(Scheme::Holder, id.reveal()))
    }

    /// What stands for this identifier of a structure.
    pub fn structure(&self, id: &StructureId) -> StructureId {
        StructureId::parse(&self.typed(Scheme::Structure, id.reveal()))
    }

    /// What stands for this name: the same for all that are written alike but for case and accents, all of one length.
    pub fn name(&self, name: &Name) -> Name {
        let letters = self.bytes("name", &name.folded()).map(|byte| char::from(b'A'.saturating_add(byte % 26)));
        Name::from_text(&format!("ANONYME {}", letters.iter().take(6).collect::<String>()))
    }

    /// What stands for the first of these given names, by which chip and certificate agree.
    pub fn given_name(&self, name: &Name) -> Name {
        self.name(&Name::from_text(name.folded().split(' ').next().unwrap_or_default()))
    }

    /// What stands for this number of a card.
    pub fn card_number(&self, number: &CardNumber) -> CardNumber {
        CardNumber::parse(&self.digits(CARD, number.reveal(), 10)).unwrap_or_else(|_| number.clone())
    }

    /// What stands for this serial of a chip.
    pub fn chip_serial(&self, serial: &ChipSerial) -> ChipSerial {
        ChipSerial::parse(&self.digits(CHIP, serial.reveal(), 8)).unwrap_or_else(|_| serial.clone())
    }

    /// What stands for any other text, in ten characters: `p-` and hexadecimal digits.
    pub fn text(&self, text: &str) -> String {
        format!("p-{}", hex::encode(self.some_bytes("text", text.as_bytes(), 4)))
    }

    /// So many bytes, at most 32, that stand for these.
    pub(crate) fn some_bytes(&self, kind: &str, original: &[u8], count: usize) -> Vec<u8> {
        let key = self.link.as_ref().filter(|_| [CARD, CHIP].contains(&kind)).unwrap_or(&self.key);
        let mut context = hmac::Context::with_key(key);
        context.update(kind.as_bytes());
        context.update(&[0]);
        context.update(original);
        context.sign().as_ref().iter().copied().take(count).collect()
    }

    fn bytes(&self, kind: &str, text: &str) -> [u8; 32] {
        self.some_bytes(kind, text.as_bytes(), 32).try_into().unwrap_or_default()
    }

    fn digits(&self, kind: &str, text: &str, count: usize) -> String {
        self.bytes(kind, text).iter().take(count).map(|byte| char::from(b'0'.saturating_add(byte % 10))).collect()
    }

    fn typed(&self, scheme: Scheme, text: &str) -> String {
        /// Digits of what has no length of its own.
        const USUAL: usize = 10;
        let original = Parts::read(scheme, text);
        let register = original.register;
        let length = match (original.identifier.chars().count(), register.lengths()) {
            (0, []) => 0,
            (_, []) => USUAL,
            (length, known) if known.contains(&length) => length,
            // one that is no length of the register: no register has two that follow each other
            (_, [first, ..]) => first.saturating_add(1),
        };
        let mut digits: Vec<char> = self.digits(register.code(), original.identifier, length).chars().collect();
        let mut put = |place: usize, character| {
            if let Some(digit) = digits.get_mut(place) {
                *digit = character;
            }
        };
        match register {
            Register::Rpps | Register::RppsPractice if original.identifier.starts_with("99") => {
                put(0, '9');
                put(1, '9');
            }
            Register::Rpps | Register::RppsPractice => put(0, '1'),
            _ => {}
        }
        if original.note() == Some(IdNote::TestDepartment) {
            put(1, 'B');
            put(0, '0');
        }
        if original.length_fits() && !original.characters_fit() {
            put(length.saturating_sub(1), 'X');
        }
        // the digit that makes the verdict what it was is the last one that the check digit covers
        let free = register.checked_length().unwrap_or(length).min(length).saturating_sub(1);
        let first = match original.type_digit {
            Some(digit) => digit.to_string(),
            None if register == Register::Rpps || text.is_empty() => String::new(),
            None => "X".to_owned(),
        };
        let last = match original.register_number {
            None => String::new(),
            Some("") => "/".to_owned(),
            Some(number) => format!("/{}", self.digits("number", number, 8)),
        };
        let with = |replaced: char| {
            let digits = digits.iter().enumerate();
            let digits = digits.map(|(place, digit)| if place == free && *digit != 'X' { replaced } else { *digit });
            format!("{first}{}{last}", digits.collect::<String>())
        };
        let judged =
            |parts: &Parts<'_>| (parts.type_digit, parts.register, parts.check(), parts.problem(), parts.note());
        let is_judged_alike = |text: &String| judged(&Parts::read(scheme, text)) == judged(&original);
        ('0'..='9').map(with).find(is_judged_alike).unwrap_or_else(|| with('0'))
    }
}

/// The kinds of what tells a card apart.
const CARD: &str = "card";
const CHIP: &str = "chip";

/// The professions of table G15 that are kept in what is sent: those that enough people have for one of them not to be
/// found by it, the month of an end and the kind of card. Which those are is an assumption: the six that the directory
/// of health professionals has had the most of.
const KEPT_PROFESSIONS: [u8; 6] = [10, 21, 40, 50, 60, 70];

/// What stands for every other profession in what is sent: a code that tables G15 and G16 do not have.
pub const OTHER_PROFESSION: u8 = 99;

/// The profession of table G15 as it is sent.
pub(crate) fn sent_profession(code: u8) -> u8 {
    if KEPT_PROFESSIONS.contains(&code) { code } else { OTHER_PROFESSION }
}

/// The serials of devices in a text, as the names of readers have them: one word of at least six letters and digits in
/// parentheses or brackets, three of them digits.
pub(crate) fn serials(text: &str) -> impl Iterator<Item = &str> {
    const LENGTH: usize = 6;
    const DIGITS: usize = 3;
    let parts = text.split(['(', '[']).skip(1).filter_map(|rest| rest.split([')', ']']).next());
    parts.filter(|part| {
        part.len() >= LENGTH
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && part.chars().filter(char::is_ascii_digit).count() >= DIGITS
    })
}
