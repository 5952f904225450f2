//! The code porteur and the code de déblocage: tries, blocking, unblocking (ISO 7816-4 section 11.5).

use super::command::sw;
use super::personality::{Code, Personality};
use cpx_card::internal::iso7816::Status;

/// Reference of the code porteur.
pub(super) const PIN: u8 = 1;
/// Reference of the code de déblocage.
pub(super) const PUK: u8 = 2;

/// Bytes of a code that is padded with FF.
const PADDED: usize = 8;

/// Both codes of a card, as far as it has them.
#[derive(Clone)]
pub(super) struct Codes {
    pin: Option<State>,
    puk: Option<State>,
}

/// A code, and whether it was presented since the last reset.
#[derive(Clone)]
struct State {
    code: Code,
    verified: bool,
    /// How often it may still be used; nothing where uses are not counted.
    uses: Option<u16>,
}

impl Codes {
    pub(super) fn new(personality: &Personality) -> Self {
        let state = |code: &Option<Code>, uses| code.clone().map(|code| State { code, verified: false, uses });
        Self { pin: state(&personality.pin, None), puk: state(&personality.puk, Some(100)) }
    }

    /// Forgets what was presented: what a reset does. Tries stay as they are.
    pub(super) fn reset(&mut self) {
        for state in [&mut self.pin, &mut self.puk].into_iter().flatten() {
            state.verified = false;
        }
    }

    /// Whether the code porteur was presented.
    pub(super) fn is_open(&self) -> bool {
        self.pin.as_ref().is_some_and(|state| state.verified)
    }

    /// Tries at most, tries left, uses left.
    pub(super) fn counters(&self, reference: u8) -> Option<(u8, u8, Option<u16>)> {
        self.get(reference).map(|state| (state.code.maximum, state.code.left, state.uses))
    }

    /// VERIFY without data: nothing is consumed.
    pub(super) fn state(&self, reference: u8) -> Status {
        match self.get(reference) {
            None => sw::DATA_NOT_FOUND,
            Some(state) if state.verified => Status::OK,
            Some(state) if state.code.left == 0 => sw::BLOCKED,
            Some(state) => sw::tries_left(state.code.left),
        }
    }

    /// VERIFY with a code, padded with FF or not.
    pub(super) fn verify(&mut self, reference: u8, presented: &[u8]) -> Status {
        match self.get_mut(reference) {
            None => sw::DATA_NOT_FOUND,
            Some(state) => state.present(presented),
        }
    }

    /// CHANGE REFERENCE DATA: the old code and the new one (P1 = 0), or the new one alone after VERIFY (P1 = 1).
    pub(super) fn change(&mut self, p1: u8, reference: u8, data: &[u8]) -> Status {
        let Some(state) = self.get_mut(reference).filter(|_| reference == PIN) else { return sw::DATA_NOT_FOUND };
        match p1 {
            0 => match state.present_first(data) {
                Ok(new) => state.replace(&new),
                Err(status) => status,
            },
            1 if state.verified => state.replace(data),
            1 => sw::NOT_ALLOWED_BY_SECURITY,
            _ => sw::WRONG_PARAMETERS,
        }
    }

    /// RESET RETRY COUNTER: with the code de déblocage and a new code (P1 = 0), the former (1) or the latter (2)
    /// alone, or neither (3); where the code de déblocage is missing, it must have been presented with VERIFY.
    pub(super) fn unblock(&mut self, p1: u8, reference: u8, data: &[u8]) -> Status {
        let (Some(pin), Some(puk)) = (self.pin.as_mut().filter(|_| reference == PIN), self.puk.as_mut()) else {
            return sw::DATA_NOT_FOUND;
        };
        let new = match p1 {
            0 => match puk.present_first(data) {
                Ok(new) => Some(new),
                Err(status) => return status,
            },
            1 => match puk.present(data) {
                Status::OK => None,
                status => return status,
            },
            2 | 3 if !puk.verified => return sw::NOT_ALLOWED_BY_SECURITY,
            2 => Some(data.to_vec()),
            3 => None,
            _ => return sw::WRONG_PARAMETERS,
        };
        if let Some(new) = new {
            let status = pin.replace(&new);
            if !status.is_ok() {
                return status;
            }
        }
        pin.code.left = pin.code.maximum;
        Status::OK
    }

    fn get(&self, reference: u8) -> Option<&State> {
        match reference {
            PIN => self.pin.as_ref(),
            PUK => self.puk.as_ref(),
            _ => None,
        }
    }

    fn get_mut(&mut self, reference: u8) -> Option<&mut State> {
        match reference {
            PIN => self.pin.as_mut(),
            PUK => self.puk.as_mut(),
            _ => None,
        }
    }
}

impl State {
    fn present(&mut self, presented: &[u8]) -> Status {
        if self.code.left == 0 || self.uses == Some(0) {
            return sw::BLOCKED;
        }
        if presented.len() > PADDED {
            return sw::WRONG_LENGTH;
        }
        self.verified = without_padding(presented) == self.code.value;
        if self.verified {
            self.code.left = self.code.maximum;
            self.uses = self.uses.map(|uses| uses.saturating_sub(1));
            Status::OK
        } else {
            self.code.left = self.code.left.saturating_sub(1);
            sw::tries_left(self.code.left)
        }
    }

    /// Presents the code that `data` starts with, gives the rest. Both are padded, or neither is.
    fn present_first(&mut self, data: &[u8]) -> Result<Vec<u8>, Status> {
        let end = if data.len() == PADDED.saturating_mul(2) { PADDED } else { self.code.value.len() };
        let (presented, rest) = data.split_at_checked(end).ok_or(sw::WRONG_LENGTH)?;
        match self.present(presented) {
            Status::OK => Ok(rest.to_vec()),
            status => Err(status),
        }
    }

    fn replace(&mut self, new: &[u8]) -> Status {
        let new = without_padding(new);
        if !(4..=PADDED).contains(&new.len()) || !new.iter().all(u8::is_ascii_digit) {
            return sw::WRONG_DATA;
        }
        self.code.value = new.to_vec();
        Status::OK
    }
}

fn without_padding(code: &[u8]) -> &[u8] {
    let end = code.iter().rposition(|byte| *byte != 0xFF).map_or(0, |last| last.saturating_add(1));
    code.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes() -> Codes {
        Codes::new(&Personality::embedded("cps-medecin").unwrap())
    }

    #[test]
    fn tries_count_down_block_and_come_back() {
        let mut codes = codes();
        assert_eq!(codes.state(PIN), sw::tries_left(3));
        assert_eq!(codes.verify(PIN, b"0000"), sw::tries_left(2));
        assert_eq!(codes.verify(PIN, b"1234\xFF\xFF\xFF\xFF"), Status::OK);
        assert_eq!((codes.state(PIN), codes.is_open()), (Status::OK, true));
        codes.reset();
        assert_eq!((codes.state(PIN), codes.is_open()), (sw::tries_left(3), false));
        for left in [2, 1, 0] {
            assert_eq!(codes.verify(PIN, b"4321"), sw::tries_left(left));
        }
        assert_eq!(codes.verify(PIN, b"1234"), sw::BLOCKED);
        assert_eq!(codes.state(PIN), sw::BLOCKED);
        codes.reset();
        assert_eq!(codes.state(PIN), sw::BLOCKED, "a reset does not unblock");
        assert_eq!(codes.unblock(3, PIN, &[]), sw::NOT_ALLOWED_BY_SECURITY);
        assert_eq!(codes.verify(PUK, b"12345678"), Status::OK);
        assert_eq!(codes.unblock(2, PIN, b"9999"), Status::OK);
        assert_eq!(codes.verify(PIN, b"9999"), Status::OK);
        assert_eq!(codes.counters(PUK), Some((10, 10, Some(99))));
    }

    #[test]
    fn a_wrong_code_closes_what_was_open() {
        let mut codes = codes();
        assert_eq!(codes.verify(PIN, b"1234"), Status::OK);
        assert_eq!(codes.verify(PIN, b"1235"), sw::tries_left(2));
        assert!(!codes.is_open());
    }

    #[test]
    fn codes_are_changed() {
        let mut codes = codes();
        assert_eq!(codes.change(1, PIN, b"5678"), sw::NOT_ALLOWED_BY_SECURITY);
        assert_eq!(codes.change(0, PIN, b"12345678"), Status::OK);
        assert_eq!(codes.change(1, PIN, b"87654321"), Status::OK);
        assert_eq!(codes.change(0, PIN, b"87654321\x31\x31\x31\x31\xFF\xFF\xFF\xFF"), Status::OK);
        assert_eq!(codes.verify(PIN, b"1111"), Status::OK);
        assert_eq!(codes.change(1, PIN, b"11"), sw::WRONG_DATA);
        assert_eq!(codes.change(0, PIN, b"00005678"), sw::tries_left(2));
        assert_eq!(codes.change(0, PUK, b"1234567812345678"), sw::DATA_NOT_FOUND);
        assert_eq!(codes.unblock(0, PIN, b"123456784444"), Status::OK);
        assert_eq!(codes.unblock(1, PIN, b"00000000"), sw::tries_left(9));
        assert_eq!(codes.verify(PIN, b"4444"), Status::OK);
        assert_eq!(codes.verify(3, b"4444"), sw::DATA_NOT_FOUND);
    }
}
