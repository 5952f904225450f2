//! The state of the code porteur, asked for without presenting it (card-protocol.md section 6).

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::iso7816::{Channel, Command, Status, Tag, Tlv, encode, single};

use super::dialogue::Dialogue;

/// What the card says of its code porteur. Nothing here ever consumed a try.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct CodeState {
    /// Tries left, 0 to 15; nothing when the card did not say.
    pub tries_left: Option<u8>,
    /// Tries after a right code, 1 to 15; a CPS4 does not say.
    pub tries_max: Option<u8>,
    /// Whether some program has presented the right code since the card was put in (only a CPS4 says so).
    pub verified: bool,
}

/// What the state of a code means to its holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CodeLevel {
    /// Every try is left.
    Full,
    /// Wrong codes were typed; more than one try is left.
    Low,
    /// One try is left.
    LastTry,
    /// None is left: only the code de déblocage helps.
    Blocked,
    /// The card did not say.
    Unknown,
}

impl CodeLevel {
    /// The stable code: `ok`, `low`, `last-try`, `blocked`, `unknown`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Full => "ok",
            Self::Low => "low",
            Self::LastTry => "last-try",
            Self::Blocked => "blocked",
            Self::Unknown => "unknown",
        }
    }
}

impl CodeState {
    /// Tries that a CPx gives when the card does not say: three [real, OpenSC #2275].
    const USUAL_MAX: u8 = 3;

    /// What this state means to the holder.
    pub fn level(self) -> CodeLevel {
        match (self.tries_left, self.verified) {
            (None, false) => CodeLevel::Unknown,
            (Some(0), _) => CodeLevel::Blocked,
            (Some(1), _) => CodeLevel::LastTry,
            (Some(left), _) if left < self.tries_max.unwrap_or(Self::USUAL_MAX) => CodeLevel::Low,
            // a right code gives all tries back
            (Some(_), _) | (None, true) => CodeLevel::Full,
        }
    }

    /// Asks a CPS3: GET DATA of the security object of reference 1. The master file must be selected.
    pub(super) fn ask_cps3(dialogue: &mut Dialogue<'_>) -> Result<Self> {
        let answer = dialogue.send(&Command::CodeState { reference: CODE_PORTEUR })?;
        Ok(if answer.status.is_ok() { Self::from_security_object(&answer.data) } else { Self::default() })
    }

    /// Asks a CPS4: VERIFY without data on the channel of ChipDoc.
    pub(super) fn ask_cps4(dialogue: &mut Dialogue<'_>) -> Result<Self> {
        let answer = dialogue.send(&Command::TriesLeft { channel: Channel::One, reference: CODE_PORTEUR })?;
        Ok(Self::from_status(answer.status))
    }

    /// `70 { BF 81 01 { A0 { 9A = tries in all, 9B = tries left, 9D = uses left } } }`, where no use left makes the code as
    /// good as blocked. Only the object of the code porteur counts, and a count that cannot be is none.
    pub(super) fn from_security_object(bytes: &[u8]) -> Self {
        const OBJECTS: Tag = Tag::new(0x70);
        const OF_CODE_PORTEUR: Tag = Tag::new(0xBF_8101);
        const DATA: Tag = Tag::new(0xA0);
        let Some(outer) = single(bytes).ok().filter(|outer| outer.tag == OBJECTS) else { return Self::default() };
        let data = outer.child(OF_CODE_PORTEUR).ok().flatten().and_then(|object| object.child(DATA).ok().flatten());
        let Some(data) = data else { return Self::default() };
        let count = |tag| match data.child(Tag::new(tag)) {
            Ok(Some(Tlv { value: [count @ 0..=15], .. })) => Some(*count),
            _ => None,
        };
        let uses = data.child(Tag::new(0x9D)).ok().flatten();
        if uses.is_some_and(|uses| !uses.value.is_empty() && uses.value.iter().all(|byte| *byte == 0)) {
            return Self { tries_left: Some(0), tries_max: count(0x9A), verified: false };
        }
        match (count(0x9A), count(0x9B)) {
            (Some(max), Some(left)) if left > max => Self::default(),
            (tries_max, tries_left) => Self { tries_left, tries_max, verified: false },
        }
    }

    /// A security object that says the same; nothing of what it does not say.
    pub(super) fn to_security_object(self) -> Vec<u8> {
        let count = |tag, count: Option<u8>| count.map(|count| encode(tag, &[count])).unwrap_or_default();
        let counts = [count(0x9A, self.tries_max), count(0x9B, self.tries_left)].concat();
        if counts.is_empty() { counts } else { encode(0x70, &encode(0xBF_8101, &encode(0xA0, &counts))) }
    }

    fn from_status(status: Status) -> Self {
        let tries_left = if status.is_blocked() { Some(0) } else { status.tries_left() };
        Self { tries_left, tries_max: None, verified: status.is_ok() }
    }
}

const CODE_PORTEUR: u8 = 1;

#[cfg(test)]
mod tests {
    use super::*;

    fn of(hex: &str) -> (Option<u8>, Option<u8>, CodeLevel) {
        let state = CodeState::from_security_object(&hex::decode(hex.replace(' ', "")).unwrap());
        (state.tries_left, state.tries_max, state.level())
    }

    #[test]
    fn a_cps3_tells_its_tries_in_the_security_object() {
        let real = "70 16 BF8101 12 A0 10 9A0103 9B0103 A1088C06F3000013FF00";
        assert_eq!(of(real), (Some(3), Some(3), CodeLevel::Full));
        let with = |inner: &str| {
            let length = inner.replace(' ', "").len() / 2;
            of(&format!("70 {:02X} BF8101 {:02X} A0 {length:02X} {inner}", length + 6, length + 2))
        };
        assert_eq!(with("9A0103 9B0102").2, CodeLevel::Low);
        assert_eq!(with("9A0103 9B0101").2, CodeLevel::LastTry);
        assert_eq!(with("9A0103 9B0100").2, CodeLevel::Blocked);
        assert_eq!(with("9A0103 9B0103 9D020000").2, CodeLevel::Blocked, "no use left");
        assert_eq!(with("9A0103 9B0103 9D0201F4").2, CodeLevel::Full, "five hundred uses left");
        assert_eq!(with("9A0103 9B0103 9D00").2, CodeLevel::Full, "not told");
        assert_eq!(with("9A0103 9B010F").2, CodeLevel::Unknown, "more left than there are");
        assert_eq!(with("9A0103 9B0100 9B0103").2, CodeLevel::Blocked, "the first of two counts");
        let both = "7018 BF8101 08 A006 9A0103 9B0100 BF8102 08 A006 9A010A 9B010A";
        assert_eq!(of(both).2, CodeLevel::Blocked, "the code de déblocage is another code");
        assert_eq!(of("700C BF8102 08 A006 9A010A 9B010A").2, CodeLevel::Unknown);
        assert_eq!(of("70 0A BF8101 06 A0 06 9A0103 9B0102").2, CodeLevel::Unknown, "an inner length is a lie");
        assert_eq!(of(""), (None, None, CodeLevel::Unknown));
    }

    #[test]
    fn a_cps4_tells_its_tries_in_the_status() {
        for (sw1, sw2, level, left) in [
            (0x63, 0xC3, CodeLevel::Full, Some(3)),
            (0x63, 0xC2, CodeLevel::Low, Some(2)),
            (0x63, 0xC1, CodeLevel::LastTry, Some(1)),
            (0x63, 0xC0, CodeLevel::Blocked, Some(0)),
            (0x69, 0x83, CodeLevel::Blocked, Some(0)),
            (0x90, 0x00, CodeLevel::Full, None),
            (0x6A, 0x88, CodeLevel::Unknown, None),
        ] {
            let state = CodeState::from_status(Status::new(sw1, sw2));
            assert_eq!((state.level(), state.tries_left), (level, left), "{sw1:02X}{sw2:02X}");
        }
    }
}
