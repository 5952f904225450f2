//! What the process that asks a module tells the one that started it.
//!
//! Records of JSON text (RFC 7464: `1E`, JSON, line feed) on the standard output, which the module may write on as well:
//! whatever is no such record is counted as its noise.

use serde::{Deserialize, Serialize};

use super::super::facts::{Ending, LibraryInfo, Oddity};
use super::super::function::Function;
use super::super::proof::ProofEnd;
use super::super::return_code::ReturnCode;
use super::super::slot_facts::SlotFacts;
use crate::limits;

/// One thing that is told, in the order in which it happens.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Message {
    /// The process is one that asks modules, and has begun.
    Hello,
    /// A function is about to be called.
    Begin { function: Function, slot: Option<u64> },
    /// It came back.
    Done { function: Function, slot: Option<u64>, micros: u64, code: Option<ReturnCode> },
    /// What the module says of itself.
    Library(LibraryInfo),
    /// Every slot has been told of, as far as its name.
    AllSlots,
    /// What is known of a slot by now; replaces what was told of it before.
    Slot(Box<SlotFacts>),
    /// Something odd.
    Odd(Oddity),
    /// What became of a proof.
    Proof(ProofEnd),
    /// Nothing follows.
    End(Ending),
}

/// The first byte of a record.
const RECORD: u8 = 0x1E;

impl Message {
    /// The record of this message.
    pub(super) fn record(&self) -> Vec<u8> {
        let mut record = vec![RECORD];
        // the types of a message have string keys only, which is all that could fail
        record.extend(serde_json::to_vec(self).unwrap_or_default());
        record.push(b'\n');
        record
    }
}

/// Takes a stream apart into messages and noise.
#[derive(Debug, Default)]
pub(super) struct Records {
    /// The record that is being read, without its first byte.
    record: Option<Vec<u8>>,
    /// Bytes that belong to no record.
    pub(super) noise: u64,
}

impl Records {
    /// The messages that end in these bytes.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Vec<Message> {
        let mut messages = Vec::new();
        for byte in bytes {
            match (&mut self.record, *byte) {
                (_, RECORD) => {
                    self.drop_record();
                    self.record = Some(Vec::new());
                }
                (Some(record), b'\n') => match serde_json::from_slice(record) {
                    Ok(message) => {
                        messages.push(message);
                        self.record = None;
                    }
                    Err(_) => self.drop_record(),
                },
                (Some(record), byte) if record.len() < limits::MODULE_RECORD_BYTES => record.push(byte),
                (Some(_), _) => self.drop_record(),
                (None, _) => self.noise = self.noise.saturating_add(1),
            }
        }
        messages
    }

    /// What was taken for a record is none.
    fn drop_record(&mut self) {
        if let Some(record) = self.record.take() {
            let length = u64::try_from(record.len()).unwrap_or(u64::MAX);
            self.noise = self.noise.saturating_add(length.saturating_add(1));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(stream: &[u8]) -> (usize, u64) {
        let mut records = Records::default();
        let messages = records.read(stream).len();
        (messages, records.noise)
    }

    #[test]
    fn noise_around_and_within_records_is_counted_and_hurts_nothing_else() {
        let hello = Message::Hello.record();
        assert_eq!(of(&hello), (1, 0));
        assert_eq!(of(&[b"printed".as_slice(), &hello, b"and\nmore\n"].concat()), (1, 16));
        let begin = Message::Begin { function: Function::GetInfo, slot: None }.record();
        let torn = [&begin[..9], b"oops\n", &hello].concat();
        assert_eq!(of(&torn), (1, 13), "the line feed after a torn record ends it");
        assert_eq!(of(b"\x1E{\"begin\":\n\x1E\x1E\n"), (0, 12));
        assert_eq!(of(&[RECORD; 10]), (0, 9), "the last one is still a record");
    }

    proptest! {
        #[test]
        fn any_stream_has_an_answer_and_no_byte_is_lost(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut records = Records::default();
            let messages = records.read(&bytes);
            records.drop_record();
            prop_assert!(messages.is_empty());
            let line_feeds = bytes.split(|byte| *byte == b'\n').count() as u64 - 1;
            prop_assert!(records.noise <= bytes.len() as u64);
            prop_assert!(records.noise + line_feeds >= bytes.len() as u64);
        }

        #[test]
        fn messages_come_whole_however_the_stream_is_cut(cut in 0..40_usize) {
            let stream = [Message::Hello.record(), Message::AllSlots.record(), Message::End(Ending::Complete).record()].concat();
            let (one, other) = stream.split_at(cut.min(stream.len()));
            let mut records = Records::default();
            prop_assert_eq!(records.read(one).len() + records.read(other).len(), 3);
            prop_assert_eq!(records.noise, 0);
        }
    }
}
