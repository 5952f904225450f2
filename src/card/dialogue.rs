//! One dialogue with a card: sends commands of the closed set, follows T=0, counts, and stays inside the bounds.

use crate::error::{Error, ErrorKind, Result};
use crate::iso7816::Command;
use crate::limits;
use crate::transport::{Answer, Exchange, Protocol};

/// What a reading cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ExchangeCount {
    /// Commands sent, GET RESPONSE and repeated commands included.
    pub apdus: u32,
    /// Bytes of commands and answers, status words included.
    pub bytes: u32,
}

impl ExchangeCount {
    fn add(&mut self, bytes: usize) {
        self.apdus = self.apdus.saturating_add(1);
        self.bytes = self.bytes.saturating_add(u32::try_from(bytes).unwrap_or(u32::MAX));
    }
}

/// A dialogue in progress.
pub(super) struct Dialogue<'a> {
    link: &'a mut dyn Exchange,
    count: ExchangeCount,
    allowed: u32,
    rounds: u32,
}

impl<'a> Dialogue<'a> {
    /// A dialogue over `link` of at most `allowed` commands.
    pub(super) fn new(link: &'a mut dyn Exchange, allowed: u32) -> Self {
        Self { link, count: ExchangeCount::default(), allowed, rounds: 0 }
    }

    /// How the card is spoken to.
    pub(super) fn protocol(&self) -> Protocol {
        self.link.protocol()
    }

    /// What was exchanged so far.
    pub(super) fn count(&self) -> ExchangeCount {
        self.count
    }

    /// Allows one more command, also where the bound is met: the one that leaves the card as it was found.
    pub(super) fn allow_leaving(&mut self) {
        self.allowed = self.allowed.max(self.count.apdus.saturating_add(1));
    }

    /// Sends `command` and gives its whole answer: `6C xx` is answered by the same command with the right length, once;
    /// `61 xx` by GET RESPONSE until the end. Only bytes that arrived count.
    ///
    /// # Errors
    /// Those of the transport; [`ErrorKind::LimitReached`] when a bound is met; [`ErrorKind::CardNonsense`] for a chain
    /// that makes no progress.
    pub(super) fn send(&mut self, command: &Command) -> Result<Answer> {
        let mut answer = self.corrected(command)?;
        while let Some(length) = answer.status.bytes_waiting() {
            self.rounds = self.rounds.saturating_add(1);
            if self.rounds > limits::GET_RESPONSE_ROUNDS {
                return Err(Error::new(ErrorKind::LimitReached, "the card announces more bytes without end"));
            }
            let more = self.corrected(&Command::GetResponse { channel: command.channel(), length })?;
            if more.data.is_empty() && more.status.bytes_waiting().is_some() {
                return Err(Error::new(ErrorKind::CardNonsense, "GET RESPONSE brings nothing and announces more"));
            }
            if answer.data.len().saturating_add(more.data.len()) > limits::FILE_BYTES {
                return Err(Error::new(ErrorKind::LimitReached, "an answer of more than 64 KiB"));
            }
            answer.data.extend_from_slice(&more.data);
            answer.status = more.status;
        }
        Ok(answer)
    }

    /// One exchange, and a second one where the card asks for another length.
    fn corrected(&mut self, command: &Command) -> Result<Answer> {
        let answer = self.exchange(command)?;
        match answer.status.right_length().and_then(|length| command.with_length(length)) {
            Some(corrected) => self.exchange(&corrected),
            None => Ok(answer),
        }
    }

    fn exchange(&mut self, command: &Command) -> Result<Answer> {
        if self.count.apdus >= self.allowed {
            let what = format!("more than {} commands for one card", self.allowed);
            return Err(Error::new(ErrorKind::LimitReached, what));
        }
        let answer = self.link.transmit(command)?;
        self.count.add(command.encode().len().saturating_add(answer.data.len()).saturating_add(2));
        Ok(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iso7816::{Atr, Channel, Status};

    /// A card that says these answers, the last one for ever.
    struct Scripted {
        atr: Atr,
        answers: Vec<Answer>,
        sent: Vec<Command>,
    }

    impl Exchange for Scripted {
        fn atr(&self) -> &Atr {
            &self.atr
        }

        fn protocol(&self) -> Protocol {
            Protocol::T0
        }

        fn transmit(&mut self, command: &Command) -> Result<Answer> {
            self.sent.push(*command);
            let place = (self.sent.len() - 1).min(self.answers.len() - 1);
            Ok(self.answers[place].clone())
        }
    }

    fn ask(answers: &[(&[u8], u8, u8)]) -> (Result<Answer>, Vec<Command>, ExchangeCount) {
        let answers =
            answers.iter().map(|(data, sw1, sw2)| Answer::new(data.to_vec(), Status::new(*sw1, *sw2))).collect();
        let mut card = Scripted { atr: Atr::new(&[0x3B, 0]).unwrap(), answers, sent: Vec::new() };
        let mut dialogue = Dialogue::new(&mut card, 100);
        let answer = dialogue.send(&READ);
        let count = dialogue.count();
        (answer, card.sent, count)
    }

    const READ: Command = Command::ReadBinary { channel: Channel::One, offset: 0, length: 0xE7 };

    #[test]
    fn both_manners_of_t0_are_followed_on_the_same_channel() {
        let get = |length| Command::GetResponse { channel: Channel::One, length };
        let (answer, sent, count) = ask(&[(&[], 0x61, 0x02), (&[1, 2], 0x61, 0x01), (&[3], 0x90, 0x00)]);
        assert_eq!((answer.unwrap().data, sent), (vec![1, 2, 3], vec![READ, get(2), get(1)]));
        assert_eq!(count, ExchangeCount { apdus: 3, bytes: 5 * 3 + 2 * 3 + 3 });
        let (answer, sent, _) = ask(&[(&[], 0x6C, 0x01), (&[7], 0x90, 0x00)]);
        assert_eq!((answer.unwrap().data, sent), (vec![7], vec![READ, READ.with_length(1).unwrap()]));
        let (answer, sent, _) = ask(&[(&[], 0x61, 0xE7), (&[], 0x6C, 0x01), (&[7], 0x90, 0x00)]);
        assert_eq!((answer.unwrap().data, sent), (vec![7], vec![READ, get(0xE7), get(1)]));
    }

    #[test]
    fn an_answer_has_at_most_the_bytes_of_a_file() {
        let long = vec![0; limits::FILE_BYTES];
        let (whole, _, _) = ask(&[(&long[1..], 0x61, 0x01), (&[1], 0x90, 0x00)]);
        assert_eq!(whole.unwrap().data.len(), limits::FILE_BYTES);
        let (longer, _, _) = ask(&[(&long, 0x61, 0x01), (&[1], 0x90, 0x00)]);
        assert_eq!(longer.unwrap_err().kind(), ErrorKind::LimitReached);
    }

    #[test]
    fn a_card_without_end_is_stopped() {
        let kind = |answers: &[(&[u8], u8, u8)]| ask(answers).0.unwrap_err().kind();
        assert_eq!(kind(&[(&[0], 0x61, 0x00)]), ErrorKind::LimitReached);
        assert_eq!(kind(&[(&[], 0x61, 0x00)]), ErrorKind::CardNonsense);
        let (answer, sent, _) = ask(&[(&[], 0x6C, 0x10)]);
        assert_eq!((answer.unwrap().status, sent.len()), (Status::new(0x6C, 0x10), 2), "corrected once");
        let mut card = Scripted {
            atr: Atr::new(&[0x3B, 0]).unwrap(),
            answers: vec![Answer::new(vec![], Status::OK)],
            sent: vec![],
        };
        let mut dialogue = Dialogue::new(&mut card, 3);
        assert!((0..3).all(|_| dialogue.send(&READ).is_ok()));
        assert_eq!(dialogue.send(&READ).unwrap_err().kind(), ErrorKind::LimitReached);
        assert_eq!(card.sent.len(), 3);
    }
}
