//! Numbers as people type them: with spaces, dots, the letter O, one digit short. What is safe is understood and said;
//! the rest is refused with the reason.

use cpx_card::internal::identity::{CardNumber, CheckVerdict, HolderId, IdProblem, StructureId};
use cpx_card::internal::limits;

use super::coded::coded;

coded! {
    /// Which number is typed.
    NumberKind {
        /// The FINESS of the legal entity: 9 characters.
        FinessLegal = "finess-legal",
        /// The FINESS of the site: 9 characters.
        FinessSite = "finess-site",
        /// The SIRET: 14 digits.
        Siret = "siret",
        /// The RPPS number of the owner and the rank of the practice: 11 and 3 digits.
        RppsRank = "rpps-rank",
        /// The card number: 10 digits.
        CardNumber = "card-number",
        /// The identifier of a holder: 8 and the 11 digits of the RPPS, or another type digit and what follows.
        HolderId = "holder-id",
    }

    /// What was understood beyond what was typed.
    Understood {
        /// Spaces, dots, dashes between the digits were left out.
        Separators = "separators",
        /// A letter O stands for a zero.
        LetterO = "letter-o",
        /// The letter of a department was written small.
        LowerCase = "lower-case",
        /// The type digit before the number, as certificates write it, was left out.
        TypeDigit = "type-digit",
        /// The issuer before the card number, as certificates write it, was left out.
        Issuer = "issuer",
    }

    /// What is worth knowing of a number that was accepted.
    TypedNote {
        /// Its check digit is wrong: most likely it was mistyped.
        CheckDigit = "check-digit",
        /// It is a number of tests.
        TestNumber = "test-number",
        /// The letter in it is right: a department of Corsica.
        Corsica = "corsica",
    }

    /// What another number was typed instead.
    Misread {
        /// The serial of the chip: 8 digits.
        ChipSerial = "chip-serial",
        /// An RPPS number: 11 digits.
        Rpps = "rpps",
        /// The identifier of the holder: 8 and an RPPS number.
        HolderId = "holder-id",
        /// A FINESS or ADELI number: 9 characters.
        Finess = "finess",
        /// A SIREN: 9 digits.
        Siren = "siren",
        /// A SIRET or an RPPS rank: 14 digits.
        Fourteen = "fourteen",
        /// A card number: 10 digits.
        CardNumber = "card-number",
    }
}

impl NumberKind {
    /// Whether it identifies a person. The FINESS and the SIRET of a structure are in public directories.
    pub const fn is_personal(self) -> bool {
        matches!(self, Self::RppsRank | Self::CardNumber | Self::HolderId)
    }
}

/// Why a typed number is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TypedProblem {
    /// Nothing is typed.
    Empty,
    /// A character that the number cannot have.
    Characters,
    /// Eleven digits, an RPPS number: the 8 before it is missing.
    LeadingEightMissing,
    /// Too few or too many characters.
    Length {
        /// How many were typed.
        typed: usize,
        /// How many it has.
        expected: usize,
    },
    /// Another number, from another line.
    Other(Misread),
    /// The rest of the identifier does not have the shape that its type digit asks for.
    Shape,
}

impl TypedProblem {
    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Characters => "characters",
            Self::LeadingEightMissing => "leading-8-missing",
            Self::Length { .. } => "length",
            Self::Other(_) => "other-number",
            Self::Shape => "shape",
        }
    }
}

/// A number that was typed and understood. Prints masked where it identifies a person.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TypedNumber {
    /// Which number.
    pub kind: NumberKind,
    /// What was understood beyond what was typed.
    pub understood: Vec<Understood>,
    /// What is worth knowing.
    pub notes: Vec<TypedNote>,
    value: Value,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    Structure(StructureId),
    Card(CardNumber),
    Holder(HolderId),
}

impl TypedNumber {
    /// The number, unmasked.
    pub fn reveal(&self) -> &str {
        match &self.value {
            Value::Structure(id) => id.identifier(),
            Value::Card(number) => number.reveal(),
            Value::Holder(id) => id.reveal(),
        }
    }
}

impl std::fmt::Display for TypedNumber {
    /// The number, masked where it identifies a person.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.kind.is_personal() {
            f.write_str(&cpx_card::internal::identity::mask(self.reveal()))
        } else {
            f.write_str(self.reveal())
        }
    }
}

/// Understands a typed number, or says why not.
///
/// A wrong check digit is a note, never a refusal: the rules of some registers are inferred.
///
/// # Errors
/// The reason, for whoever typed it.
///
/// ```
/// use cpx_f413::{NumberKind, TypedProblem, Understood, read_number};
///
/// let site = read_number(NumberKind::FinessSite, "54 000 269 8")?;
/// assert_eq!((site.reveal(), site.understood.as_slice()), ("540002698", &[Understood::Separators][..]));
/// assert_eq!(read_number(NumberKind::HolderId, "10002813839"), Err(TypedProblem::LeadingEightMissing));
/// # Ok::<(), TypedProblem>(())
/// ```
pub fn read_number(kind: NumberKind, text: &str) -> Result<TypedNumber, TypedProblem> {
    if text.chars().count() > limits::TYPED_NUMBER {
        return Err(TypedProblem::Length { typed: text.chars().count(), expected: length(kind) });
    }
    let mut understood = Vec::new();
    let mut cleaned = clean(text, &mut understood);
    if cleaned.is_empty() {
        return Err(TypedProblem::Empty);
    }
    if kind == NumberKind::HolderId {
        return holder(&cleaned, understood);
    }
    if kind == NumberKind::CardNumber
        && let Some(number) =
            cleaned.strip_prefix(ISSUER).map(|rest| rest.trim_start_matches('/')).filter(|rest| rest.len() == 10)
    {
        understood.push(Understood::Issuer);
        cleaned = number.to_string();
    }
    cleaned = letters(kind, &cleaned, &mut understood)?;
    if let Some(shorter) = without_type_digit(kind, &cleaned) {
        understood.push(Understood::TypeDigit);
        cleaned = shorter;
    }
    let typed = cleaned.len();
    if typed != length(kind) {
        let other = misread(kind, &cleaned).map(TypedProblem::Other);
        return Err(other.unwrap_or(TypedProblem::Length { typed, expected: length(kind) }));
    }
    let Some(digit) = type_digit(kind) else {
        let number = CardNumber::parse(&cleaned).map_err(|_| TypedProblem::Characters)?;
        return Ok(TypedNumber { kind, understood, notes: Vec::new(), value: Value::Card(number) });
    };
    let id = StructureId::parse(&format!("{digit}{cleaned}"));
    let notes = notes(kind, id.check(), &cleaned);
    Ok(TypedNumber { kind, understood, notes, value: Value::Structure(id) })
}

/// What every number of a card begins with where certificates write it in full.
const ISSUER: &str = "8025000001";

/// How many characters the number has.
const fn length(kind: NumberKind) -> usize {
    match kind {
        NumberKind::FinessLegal | NumberKind::FinessSite => 9,
        NumberKind::Siret | NumberKind::RppsRank => 14,
        NumberKind::CardNumber => 10,
        NumberKind::HolderId => 12,
    }
}

/// The type digit of table G07 that the number has in a certificate.
const fn type_digit(kind: NumberKind) -> Option<char> {
    match kind {
        NumberKind::FinessLegal | NumberKind::FinessSite => Some('1'),
        NumberKind::Siret => Some('3'),
        NumberKind::RppsRank => Some('4'),
        NumberKind::CardNumber | NumberKind::HolderId => None,
    }
}

/// Without what people put between digits; small letters become capitals.
fn clean(text: &str, understood: &mut Vec<Understood>) -> String {
    let is_separator = |c: char| c.is_whitespace() || matches!(c, '.' | '-' | '_' | '\u{2010}'..='\u{2015}');
    let trimmed = text.trim();
    if trimmed.contains(is_separator) {
        understood.push(Understood::Separators);
    }
    trimmed.chars().filter(|c| !is_separator(*c)).collect()
}

/// The letters of a number: none but that of a department, and an O where a zero belongs.
fn letters(kind: NumberKind, text: &str, understood: &mut Vec<Understood>) -> Result<String, TypedProblem> {
    let is_finess = matches!(kind, NumberKind::FinessLegal | NumberKind::FinessSite);
    let mut digits = String::with_capacity(text.len());
    let mut note = |what| {
        if !understood.contains(&what) {
            understood.push(what);
        }
    };
    for (place, character) in text.chars().enumerate() {
        // behind a type digit the letter of the department stands one place further
        let in_department = is_finess && (place == 1 || (place == 2 && text.len() == 10));
        digits.push(match character {
            '0'..='9' => character,
            'O' | 'o' => {
                note(Understood::LetterO);
                '0'
            }
            'A' | 'B' if in_department => character,
            'a' | 'b' if in_department => {
                note(Understood::LowerCase);
                character.to_ascii_uppercase()
            }
            _ => return Err(TypedProblem::Characters),
        });
    }
    Ok(digits)
}

/// One character too many, the first being the type digit of certificates: safe where the check digit agrees.
fn without_type_digit(kind: NumberKind, text: &str) -> Option<String> {
    let digit = type_digit(kind)?;
    let rest = text.strip_prefix(digit).filter(|rest| rest.len() == length(kind))?;
    (StructureId::parse(text).check() == CheckVerdict::Valid).then(|| rest.to_owned())
}

fn misread(kind: NumberKind, text: &str) -> Option<Misread> {
    match (text.len(), kind) {
        (8, NumberKind::CardNumber) => Some(Misread::ChipSerial),
        (9, NumberKind::Siret) => Some(Misread::Siren),
        (9, _) => Some(Misread::Finess),
        (10, _) => Some(Misread::CardNumber),
        (11, _) => Some(Misread::Rpps),
        (12, _) if text.starts_with('8') => Some(Misread::HolderId),
        (14, _) => Some(Misread::Fourteen),
        _ => None,
    }
}

fn notes(kind: NumberKind, check: CheckVerdict, text: &str) -> Vec<TypedNote> {
    let is_finess = matches!(kind, NumberKind::FinessLegal | NumberKind::FinessSite);
    let wrong = (check != CheckVerdict::Valid).then_some(TypedNote::CheckDigit);
    let is_test = (is_finess && text.starts_with("0B")) || (kind == NumberKind::RppsRank && text.starts_with("99"));
    let corsica = is_finess && (text.starts_with("2A") || text.starts_with("2B"));
    [wrong, is_test.then_some(TypedNote::TestNumber), corsica.then_some(TypedNote::Corsica)]
        .into_iter()
        .flatten()
        .collect()
}

/// The identifier of a holder: the register behind its type digit decides. An O is a zero only in front of a slash.
fn holder(text: &str, mut understood: Vec<Understood>) -> Result<TypedNumber, TypedProblem> {
    let (number, register) = text.split_once('/').map_or((text, None), |(number, register)| (number, Some(register)));
    if number.contains(['O', 'o']) {
        understood.push(Understood::LetterO);
    }
    if number.contains(['a', 'b']) {
        understood.push(Understood::LowerCase);
    }
    let number = number.to_ascii_uppercase().replace('O', "0");
    let id = HolderId::parse(&register.map_or_else(|| number.clone(), |register| format!("{number}/{register}")));
    let typed = number.len();
    let is_ten_digits = typed == 10 && number.bytes().all(|byte| byte.is_ascii_digit());
    let accepted = match id.problem() {
        // a register without a known shape takes anything, also the number from the next line
        None if is_ten_digits && id.check() == CheckVerdict::None => {
            return Err(TypedProblem::Other(Misread::CardNumber));
        }
        None => None,
        Some(IdProblem::CheckDigit) => Some(TypedNote::CheckDigit),
        Some(IdProblem::LeadingEightMissing) => return Err(TypedProblem::LeadingEightMissing),
        Some(_) if is_ten_digits => {
            return Err(TypedProblem::Other(Misread::CardNumber));
        }
        Some(IdProblem::Characters) => return Err(TypedProblem::Characters),
        Some(IdProblem::Length) if register.is_none() => {
            return Err(TypedProblem::Length { typed, expected: length(NumberKind::HolderId) });
        }
        Some(_) => return Err(TypedProblem::Shape),
    };
    let is_test = number.starts_with("899") || id.note() == Some(cpx_card::internal::identity::IdNote::TestDepartment);
    let notes = accepted.into_iter().chain(is_test.then_some(TypedNote::TestNumber)).collect();
    Ok(TypedNumber { kind: NumberKind::HolderId, understood, notes, value: Value::Holder(id) })
}
