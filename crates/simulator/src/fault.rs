//! Faults of cards, contacts, readers and their service, at a chosen exchange.

use std::time::Duration;

use super::card::VirtualCard;
use super::personality::Personality;
use cpx_card::internal::iso7816::Status;
use cpx_card::{Error, ErrorKind, Result};

/// A fault that strikes one exchange.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Fault {
    /// The exchange that it strikes: 0 for the first after the fault was set.
    pub at: u32,
    /// What happens.
    pub kind: FaultKind,
}

impl Fault {
    /// The fault of this kind at this exchange, counted from 0.
    pub fn new(at: u32, kind: FaultKind) -> Self {
        Self { at, kind }
    }
}

/// What goes wrong.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum FaultKind {
    /// The card is taken out: this exchange and all after it fail, and the reader is empty.
    Removed,
    /// Another program resets the card: this exchange fails, and nothing is selected any more.
    Reset,
    /// This status word instead of the answer.
    Status(Status),
    /// Only the first half of the data arrives, with its status word.
    Truncated,
    /// One byte too many arrives before the status word.
    OneByteMore,
    /// This bit of the answer is wrong, status word included: counted from its first, modulo their number.
    BitFlipped(usize),
    /// The answer to the exchange before comes again instead of this one's.
    Repeated,
    /// The answer comes this much later.
    Late(Duration),
    /// The reader is unplugged: this exchange and all after it fail, and the reader is listed no more.
    ReaderUnplugged,
    /// The PC/SC service stops: this exchange and everything after it fails.
    ServiceStopped,
    /// From here on another card answers. No exchange fails; only the reader's count of cards tells.
    AnotherCard(Box<Personality>),
    /// From here on every answer says that more is waiting.
    Endless61,
}

/// The faults that a card still has to suffer.
#[derive(Debug, Default)]
pub(super) struct Script {
    faults: Vec<Fault>,
    exchanges: u32,
    endless: bool,
    swapped: bool,
    /// The answer to the exchange before.
    before: Option<Vec<u8>>,
}

impl Script {
    pub(super) fn new(faults: Vec<Fault>) -> Self {
        Self { faults, ..Self::default() }
    }

    /// Whether another card came since this was asked last.
    pub(super) fn take_swapped(&mut self) -> bool {
        std::mem::take(&mut self.swapped)
    }

    /// One exchange, with what strikes it.
    pub(super) fn exchange(&mut self, card: &mut VirtualCard, command: &[u8]) -> Result<Vec<u8>> {
        let now = self.exchanges;
        self.exchanges = now.saturating_add(1);
        let struck = self.faults.iter().find(|fault| fault.at == now).map(|fault| fault.kind.clone());
        match &struck {
            Some(FaultKind::Removed) => return Err(Error::new(ErrorKind::CardRemoved, "the virtual card was removed")),
            Some(FaultKind::ReaderUnplugged) => {
                return Err(Error::new(ErrorKind::ReaderGone, "the virtual reader was unplugged"));
            }
            Some(FaultKind::ServiceStopped) => {
                return Err(Error::new(ErrorKind::ServiceStopped, "the virtual service was stopped"));
            }
            Some(FaultKind::Reset) => {
                card.reset();
                return Err(Error::new(ErrorKind::CardReset, "the virtual card was reset"));
            }
            Some(FaultKind::AnotherCard(personality)) => {
                *card = VirtualCard::new((**personality).clone())?;
                self.swapped = true;
            }
            Some(FaultKind::Endless61) => self.endless = true,
            _ => {}
        }
        let mut answer = card.answer(command);
        let before = self.before.replace(answer.clone());
        if self.endless {
            let is_get_response = command.get(1) == Some(&0xC0);
            return Ok(if is_get_response { vec![0x00, 0x61, 0x01] } else { vec![0x61, 0x01] });
        }
        let data = answer.len().saturating_sub(2);
        match struck {
            Some(FaultKind::Status(status)) => answer = status.bytes().to_vec(),
            Some(FaultKind::Truncated) => {
                answer.drain(data / 2..data);
            }
            Some(FaultKind::OneByteMore) => answer.insert(data, 0xA5),
            Some(FaultKind::BitFlipped(bit)) => {
                let byte = (bit / 8).checked_rem(answer.len()).and_then(|at| answer.get_mut(at));
                if let Some(byte) = byte {
                    *byte ^= 0x80 >> (bit % 8);
                }
            }
            Some(FaultKind::Repeated) => answer = before.unwrap_or(answer),
            Some(FaultKind::Late(by)) => std::thread::sleep(by),
            _ => {}
        }
        Ok(answer)
    }
}
