//! A short code that says the verdict over the telephone: `CPX-10AN-ZDE8-GQ56`.
//!
//! Twelve letters and digits of Crockford's alphabet (no I, L, O, U) write one number: a digit of version, the verdict,
//! and two characters that make the number a multiple of 1021, so that any one wrong character and any two exchanged
//! ones are noticed. It holds no data of a person, a card or a machine.

use std::fmt;
use std::str::FromStr;

use cpx_card::internal::facts::Facts;
use cpx_card::internal::readiness::{Diagnosis, Portal, Readiness, Unfit};
use cpx_card::internal::workstation::facts::Family;

/// The checks by their number in the code, from 1. The order is part of the code: rows are only ever added at the end.
const CAUSES: &str = include_str!("support_causes.txt");

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The digit of version.
const VERSION: u64 = 1;

/// Characters behind the digit of version that say something.
const PAYLOAD: u32 = 9;

/// Every code is a multiple of it: a prime below the 1,024 that two characters hold.
const MODULUS: u64 = 1021;

/// Causes in one code.
const TOLD: usize = 3;

/// Answers by their number for a portal, from 1; 0 is a portal that was not asked about.
const ANSWERS: [Readiness; 4] = [Readiness::Ready, Readiness::Reserved, Readiness::CannotTell, Readiness::NotReady];

/// Systems by their number.
const SYSTEMS: [Family; 4] = [Family::Other, Family::Windows, Family::Macos, Family::Linux];

/// Room for each part: portals have five answers, systems four, verdicts four.
const UNFIT_ROOM: u64 = 16;
const CAUSE_ROOM: u64 = 200;

/// What a support code says.
///
/// ```
/// use cpx_card::internal::facts::Facts;
/// use cpx_card::internal::readiness::{DiagnosisOptions, diagnose};
/// use cpx_report::SupportCode;
///
/// let facts = Facts::at("2026-11-21".parse()?, 1_795_000_000);
/// let code = SupportCode::of(&facts, &diagnose(&facts, &DiagnosisOptions::default()));
/// let typed = code.to_string().to_lowercase().replace('-', " ").replace('0', "o");
/// assert_eq!(typed.parse::<SupportCode>()?, code);
/// assert_eq!(code.causes, ["reader-present"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SupportCode {
    /// The verdict.
    pub outcome: Readiness,
    /// The kind of system of the workstation.
    pub system: Family,
    /// The portals that were asked about, and what each is worth.
    pub portals: Vec<(Portal, Readiness)>,
    /// Why the card is not one for the portals, where that is the answer.
    pub unfit: Option<Unfit>,
    /// The ids of the checks that are told as causes, the gravest first, three at most.
    pub causes: Vec<&'static str>,
}

/// Why a text is no support code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotASupportCode {
    /// It has not twelve letters and digits behind `CPX`.
    #[error("a support code has twelve letters and digits behind CPX")]
    Shape,
    /// A character is wrong, missing, or stands in another place.
    #[error("a character of this support code is wrong")]
    Checksum,
    /// A later version of the program made it.
    #[error("this support code was made by a later version of the program")]
    LaterVersion,
}

impl NotASupportCode {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::Shape, Self::Checksum, Self::LaterVersion];

    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Shape => "support-code-shape",
            Self::Checksum => "support-code-checksum",
            Self::LaterVersion => "support-code-later-version",
        }
    }
}

impl SupportCode {
    /// The code of this verdict.
    pub fn of(facts: &Facts, diagnosis: &Diagnosis) -> Self {
        let told = diagnosis.headline.iter().chain(&diagnosis.others);
        let asked = |portal: Portal| Some((portal, diagnosis.portal(portal)?.readiness));
        Self {
            outcome: diagnosis.outcome,
            system: facts.workstation.system.seen().map(|system| system.family).unwrap_or_default(),
            portals: Portal::ALL.into_iter().filter_map(asked).collect(),
            unfit: diagnosis.unfit,
            causes: told.map(|cause| cause.id).take(TOLD).collect(),
        }
    }

    fn number(&self) -> u64 {
        let mut packed = Packed(0);
        for place in 0..TOLD {
            let cause = self.causes.get(place).and_then(|id| CAUSES.lines().position(|known| known == *id));
            packed.push(cause.map_or(0, |place| place + 1), CAUSE_ROOM);
        }
        let unfit = self.unfit.and_then(|unfit| Unfit::ALL.iter().position(|one| *one == unfit));
        packed.push(unfit.map_or(0, |place| place + 1), UNFIT_ROOM);
        for portal in Portal::ALL {
            let answer = self.portals.iter().find(|(asked, _)| *asked == portal);
            packed.push(answer.map_or(0, |(_, answer)| place_of(answer, &ANSWERS) + 1), ANSWERS.len() as u64 + 1);
        }
        packed.push(place_of(&self.system, &SYSTEMS), SYSTEMS.len() as u64);
        packed.push(place_of(&self.outcome, &ANSWERS), ANSWERS.len() as u64);
        let behind = ((VERSION << (5 * PAYLOAD)) | packed.0) << 10;
        behind + (MODULUS - behind % MODULUS) % MODULUS
    }

    fn of_number(number: u64) -> Result<Self, NotASupportCode> {
        if !number.is_multiple_of(MODULUS) || number & 0x3FF >= MODULUS {
            return Err(NotASupportCode::Checksum);
        }
        let behind = number >> 10;
        if behind >> (5 * PAYLOAD) != VERSION {
            return Err(NotASupportCode::LaterVersion);
        }
        let mut packed = Packed(behind & ((1 << (5 * PAYLOAD)) - 1));
        let unknown = NotASupportCode::LaterVersion;
        let outcome = packed.pop_of(&ANSWERS).ok_or(unknown)?;
        let system = packed.pop_of(&SYSTEMS).ok_or(unknown)?;
        let mut portals = Vec::new();
        for portal in Portal::ALL.into_iter().rev() {
            let answer = packed.pop(ANSWERS.len() as u64 + 1);
            if let Some(answer) = answer.checked_sub(1) {
                portals.insert(0, (portal, *ANSWERS.get(answer).ok_or(unknown)?));
            }
        }
        let unfit = match packed.pop(UNFIT_ROOM).checked_sub(1) {
            Some(place) => Some(*Unfit::ALL.get(place).ok_or(unknown)?),
            None => None,
        };
        let mut causes = Vec::new();
        for _ in 0..TOLD {
            if let Some(place) = packed.pop(CAUSE_ROOM).checked_sub(1) {
                causes.insert(0, CAUSES.lines().nth(place).ok_or(unknown)?);
            }
        }
        Ok(Self { outcome, system, portals, unfit, causes })
    }
}

impl fmt::Display for SupportCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.number();
        f.write_str("CPX")?;
        for place in 0..12_u32 {
            let digit = number >> (5 * (11 - place)) & 31;
            let letter = usize::try_from(digit).ok().and_then(|digit| ALPHABET.get(digit)).copied();
            let dash = if place % 4 == 0 { "-" } else { "" };
            write!(f, "{dash}{}", char::from(letter.unwrap_or(b'0')))?;
        }
        Ok(())
    }
}

impl FromStr for SupportCode {
    type Err = NotASupportCode;

    /// Reads a code as people type it: in any case, with or without dashes and `CPX`, O for 0, I or L for 1.
    fn from_str(typed: &str) -> Result<Self, NotASupportCode> {
        let letters: String = typed.chars().filter(char::is_ascii_alphanumeric).take(16).collect();
        let letters = letters.to_ascii_uppercase().replace('O', "0").replace(['I', 'L'], "1");
        let letters = letters.strip_prefix("CPX").filter(|rest| rest.len() == 12).unwrap_or(&letters);
        if letters.len() != 12 {
            return Err(NotASupportCode::Shape);
        }
        let mut number = 0;
        for letter in letters.bytes() {
            let digit = ALPHABET.iter().position(|known| *known == letter).ok_or(NotASupportCode::Checksum)?;
            number = number << 5 | digit as u64;
        }
        Self::of_number(number)
    }
}

/// Small numbers in one, the last one first out.
struct Packed(u64);

impl Packed {
    fn push(&mut self, digit: usize, room: u64) {
        self.0 = self.0 * room + (digit as u64).min(room - 1);
    }

    fn pop(&mut self, room: u64) -> usize {
        let digit = self.0 % room;
        self.0 /= room;
        usize::try_from(digit).unwrap_or_default()
    }

    fn pop_of<T: Copy, const N: usize>(&mut self, all: &[T; N]) -> Option<T> {
        all.get(self.pop(N as u64)).copied()
    }
}

fn place_of<T: PartialEq>(one: &T, all: &[T]) -> usize {
    all.iter().position(|other| other == one).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use cpx_card::internal::readiness::Catalogue;

    fn codes() -> impl Strategy<Value = SupportCode> {
        let ids: Vec<_> = CAUSES.lines().collect();
        let answer = prop::sample::select(ANSWERS.to_vec());
        let portals = prop::collection::vec(prop::option::of(answer.clone()), Portal::ALL.len());
        let unfit = prop::option::of(prop::sample::select(Unfit::ALL.to_vec()));
        let causes = prop::collection::vec(prop::sample::select(ids), 0..=TOLD);
        (answer, prop::sample::select(SYSTEMS.to_vec()), portals, unfit, causes).prop_map(
            |(outcome, system, portals, unfit, causes)| {
                let portals = Portal::ALL.into_iter().zip(portals);
                let portals = portals.filter_map(|(portal, answer)| Some((portal, answer?))).collect();
                SupportCode { outcome, system, portals, unfit, causes }
            },
        )
    }

    proptest! {
        #[test]
        fn a_code_says_what_was_put_in_it_however_it_is_typed(code in codes()) {
            let told = code.to_string();
            prop_assert!(told.len() == 18 && told.is_ascii(), "{}", told);
            prop_assert_eq!(told.parse::<SupportCode>().unwrap(), code.clone());
            let typed = told.to_lowercase().replace('-', " – ").replace('1', "l").replace('0', "O");
            prop_assert_eq!(typed.parse::<SupportCode>().unwrap(), code.clone());
            prop_assert_eq!(told.strip_prefix("CPX-").unwrap().parse::<SupportCode>().unwrap(), code);
        }

        #[test]
        fn one_wrong_letter_and_two_exchanged_ones_are_noticed(code in codes(), place in 0_usize..12, other in 0_usize..12, letter in 0_usize..32) {
            let letters: Vec<u8> = code.to_string().bytes().skip(4).filter(|byte| *byte != b'-').collect();
            let mut wrong = letters.clone();
            wrong[place] = ALPHABET[letter];
            let mut exchanged = letters.clone();
            exchanged.swap(place, other);
            for typed in [wrong, exchanged].into_iter().filter(|typed| *typed != letters) {
                let typed = String::from_utf8(typed).unwrap();
                prop_assert_eq!(typed.parse::<SupportCode>(), Err(NotASupportCode::Checksum), "{}", typed);
            }
        }

        #[test]
        fn no_text_is_too_odd(text in ".{0,40}") {
            let _ = text.parse::<SupportCode>();
        }
    }

    #[test]
    fn every_check_has_its_number_and_keeps_it() {
        let numbered: Vec<_> = CAUSES.lines().collect();
        for check in Catalogue::get().checks() {
            assert_eq!(numbered.iter().filter(|id| **id == check.id).count(), 1, "{}: add it at the end", check.id);
        }
        assert!(numbered.len() < usize::try_from(CAUSE_ROOM).unwrap() && Unfit::ALL.len() < 15);
        // codes were given over the telephone in this order
        let places = [(0, "pcsc-context"), (10, "reader-present"), (99, "pending-reboot")];
        for (place, id) in places {
            assert_eq!(numbered.get(place), Some(&id));
        }
        let room = UNFIT_ROOM * CAUSE_ROOM.pow(3) * 5_u64.pow(6) * 4 * 4;
        assert!(room < 1 << (5 * PAYLOAD), "everything has its place");
    }

    #[test]
    fn what_is_no_code_is_told_apart() {
        let told = |typed: &str| typed.parse::<SupportCode>().unwrap_err();
        assert_eq!(told("CPX-1234"), NotASupportCode::Shape);
        assert_eq!(told(&"A".repeat(1000)), NotASupportCode::Shape);
        assert_eq!(told("CPX-UUUU-UUUU-UUUU"), NotASupportCode::Checksum);
        let later = (2_u64 << 55).next_multiple_of(MODULUS);
        assert_eq!(SupportCode::of_number(later), Err(NotASupportCode::LaterVersion));
    }
}
