//! What a typed identifier is made of: one reading and one set of rules for holders and structures.
//!
//! `30B0057881/CPET0002`: type digit, identifier, slash, register number (CI-SIS annex on business data of
//! professionals and structures, section 5.4; NOS tables G07 and G08). Reading never fails: what is odd stays in the
//! text and is reported.

use super::check_digit::{CheckVerdict, luhn, verdict};
use super::register::Register;

/// What is wrong with an identifier, the first of these that applies. To be told, never a reason to refuse a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IdProblem {
    /// There is no type digit, or one that no register has.
    UnknownType,
    /// The eleven digits of an RPPS number without the type digit 8 before them: the most frequent mistake.
    LeadingEightMissing,
    /// The number after the slash is missing where the type asks for one, or present where the type has none.
    RegisterNumber,
    /// Too few or too many characters for the register.
    Length,
    /// A character that the register does not use.
    Characters,
    /// The check digit does not fit.
    CheckDigit,
}

impl IdProblem {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownType => "unknown-type",
            Self::LeadingEightMissing => "leading-8-missing",
            Self::RegisterNumber => "register-number",
            Self::Length => "length",
            Self::Characters => "characters",
            Self::CheckDigit => "check-digit",
        }
    }
}

/// What is worth knowing about an identifier that has nothing wrong, the first of these that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IdNote {
    /// The department `0B`, which does not exist: the numbers of ANS test cards have it.
    TestDepartment,
    /// A type that is not given out any more: DRASS (2020) and students (2022), FINESS EJ and EG (2016).
    WithdrawnType,
}

impl IdNote {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TestDepartment => "test-department",
            Self::WithdrawnType => "withdrawn-type",
        }
    }
}

/// Which table the type digit belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    /// `PS_IdNat`, table G08. Its type "10" (two characters) and 30 are not on cards.
    Holder,
    /// `Struct_IdNat`, table G07. Its types 40 and 41 are not on cards.
    Structure,
}

impl Scheme {
    fn register(self, type_digit: char) -> Register {
        match (self, type_digit) {
            (Self::Holder, '0') => Register::Adeli,
            (Self::Holder, '1') | (Self::Structure, '0') => Register::AdeliPractice,
            (Self::Holder, '2') => Register::Drass,
            (Self::Holder, '3') | (Self::Structure, '1' | '5' | '6') => Register::Finess,
            (Self::Holder, '4') | (Self::Structure, '2') => Register::Siren,
            (Self::Holder, '5') | (Self::Structure, '3') => Register::Siret,
            (Self::Holder, '6') | (Self::Structure, '4') => Register::RppsPractice,
            (Self::Holder, '8') => Register::Rpps,
            (Self::Holder, '9') => Register::Student,
            _ => Register::Unknown,
        }
    }

    fn is_withdrawn(self, type_digit: char) -> bool {
        matches!((self, type_digit), (Self::Holder, '2' | '9') | (Self::Structure, '5' | '6'))
    }
}

/// A typed identifier, taken apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts<'a> {
    scheme: Scheme,
    /// The digit that names the register; `None` when the text begins otherwise, or with an RPPS number.
    pub(super) type_digit: Option<char>,
    pub(super) register: Register,
    /// From after the type digit to before the first slash.
    pub(super) identifier: &'a str,
    /// After the first slash, when there is one.
    pub(super) register_number: Option<&'a str>,
}

impl<'a> Parts<'a> {
    pub(super) fn read(scheme: Scheme, text: &'a str) -> Self {
        if scheme == Scheme::Holder && is_bare_rpps(text) {
            return Self {
                scheme,
                type_digit: None,
                register: Register::Rpps,
                identifier: text,
                register_number: None,
            };
        }
        let type_digit = text.chars().next().filter(char::is_ascii_digit);
        let rest = type_digit.and_then(|digit| text.strip_prefix(digit)).unwrap_or(text);
        let (identifier, register_number) = match rest.split_once('/') {
            Some((identifier, number)) => (identifier, Some(number)),
            None => (rest, None),
        };
        let register = type_digit.map_or(Register::Unknown, |digit| scheme.register(digit));
        Self { scheme, type_digit, register, identifier, register_number }
    }

    pub(super) fn check(&self) -> CheckVerdict {
        if self.length_fits() && self.characters_fit() {
            verdict(self.register, self.identifier)
        } else {
            CheckVerdict::None
        }
    }

    pub(super) fn problem(&self) -> Option<IdProblem> {
        if self.register == Register::Unknown {
            Some(IdProblem::UnknownType)
        } else if self.type_digit.is_none() {
            Some(IdProblem::LeadingEightMissing)
        } else if !self.register_number_fits() {
            Some(IdProblem::RegisterNumber)
        } else if !self.length_fits() {
            Some(IdProblem::Length)
        } else if !self.characters_fit() {
            Some(IdProblem::Characters)
        } else if self.check() == CheckVerdict::Invalid {
            Some(IdProblem::CheckDigit)
        } else {
            None
        }
    }

    pub(super) fn note(&self) -> Option<IdNote> {
        if self.register.has_department() && self.length_fits() && self.identifier.starts_with("0B") {
            Some(IdNote::TestDepartment)
        } else if self.type_digit.is_some_and(|digit| self.scheme.is_withdrawn(digit)) {
            Some(IdNote::WithdrawnType)
        } else {
            None
        }
    }

    /// A person of a structure has a number in it; a professional and a structure have none. It is free text.
    fn register_number_fits(&self) -> bool {
        match self.register {
            Register::Drass | Register::Student | Register::Unknown => true,
            register if self.scheme == Scheme::Holder && register.is_of_structures() => {
                self.register_number.is_some_and(|number| !number.is_empty())
            }
            _ => self.register_number.is_none(),
        }
    }

    pub(super) fn length_fits(&self) -> bool {
        let lengths = self.register.lengths();
        let length = self.identifier.chars().count();
        if lengths.is_empty() { length > 0 } else { lengths.contains(&length) }
    }

    pub(super) fn characters_fit(&self) -> bool {
        if self.register.lengths().is_empty() {
            return true;
        }
        self.identifier.chars().enumerate().all(|(place, character)| {
            let in_department = place == 1 && self.register.has_department();
            character.is_ascii_digit() || (in_department && matches!(character, 'A' | 'B'))
        })
    }
}

/// Whether a text is an RPPS number with nothing before it. Only the beginnings that the directory gives out count
/// (1, and 99 for tests): with another first digit, that digit is a type digit.
fn is_bare_rpps(text: &str) -> bool {
    text.len() == 11
        && (text.starts_with('1') || text.starts_with("99"))
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && luhn(text.chars()) == Some(0)
}
