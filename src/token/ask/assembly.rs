//! Puts together what a module answered from what is told of it, wherever the telling stops.

use super::super::facts::{Ending, ModuleAnswer, Step};
use super::super::function::Function;
use super::super::proof::ProofEnd;
use super::super::return_code::ReturnCode;
use super::super::slot_facts::SlotFacts;
use super::message::Message;
use crate::limits;
use crate::workstation::{Observed, Unseen};

/// What was told so far.
#[derive(Debug)]
pub(super) struct Assembly {
    answer: ModuleAnswer,
    slots: Vec<SlotFacts>,
    slots_complete: bool,
    /// The call that has not come back.
    pending: Option<(Function, Option<u64>)>,
    /// Microseconds of the step that is last in the list.
    micros: u64,
    said_hello: bool,
    proof: Option<ProofEnd>,
    end: Option<Ending>,
}

impl Assembly {
    pub(super) fn new() -> Self {
        Self {
            answer: ModuleAnswer::new(Ending::Complete),
            slots: Vec::new(),
            slots_complete: false,
            pending: None,
            micros: 0,
            said_hello: false,
            proof: None,
            end: None,
        }
    }

    /// Takes what was told, and says whether it was believed. While a call is pending nothing can be told but its end:
    /// anything else is forged by the module.
    pub(super) fn take(&mut self, message: Message) -> bool {
        let is_its_end =
            |pending| matches!(message, Message::Done { function, slot, .. } if (function, slot) == pending);
        if !self.pending.is_none_or(is_its_end) {
            return false;
        }
        match message {
            Message::Hello => self.said_hello = true,
            Message::Begin { function, slot } => self.pending = Some((function, slot)),
            Message::Done { function, slot, micros, code } => {
                if self.pending.take().is_some() {
                    self.step(function, slot, micros, code);
                }
            }
            Message::Library(library) => self.answer.library = Some(library),
            Message::AllSlots => self.slots_complete = true,
            Message::Slot(slot) => self.slot(*slot),
            Message::Odd(oddity) if self.answer.oddities.len() < limits::MODULE_ODDITIES => {
                self.answer.oddities.push(oddity);
            }
            Message::Odd(_) => {}
            Message::Proof(proof) => self.proof = Some(proof),
            Message::End(end) => self.end = Some(end),
        }
        true
    }

    /// Whether nothing more is to come.
    pub(super) fn is_ended(&self) -> bool {
        self.end.is_some()
    }

    /// Whether the other side is one that asks modules.
    pub(super) fn said_hello(&self) -> bool {
        self.said_hello
    }

    /// The function that the module is in.
    pub(super) fn pending(&self) -> Option<Function> {
        self.pending.map(|(function, _)| function)
    }

    /// The whole answer: ended as the other side says, else as `otherwise`, which happened `waited_ms` after the last
    /// thing that was told.
    pub(super) fn finish(mut self, otherwise: Ending, waited_ms: u32) -> (ModuleAnswer, Option<ProofEnd>) {
        if let (None, Some((function, slot))) = (&self.end, self.pending) {
            self.answer.steps.push(Step::new(function, slot, waited_ms, None));
        }
        self.answer.end = self.end.unwrap_or(otherwise);
        self.answer.slots = if self.slots_complete || !self.slots.is_empty() {
            Observed::Seen(self.slots)
        } else {
            Observed::Unseen(Unseen::Failed.into())
        };
        (self.answer, self.proof)
    }

    fn slot(&mut self, slot: SlotFacts) {
        if let Some(known) = self.slots.iter_mut().find(|known| known.id == slot.id) {
            *known = slot;
        } else if self.slots.len() < limits::SLOTS {
            self.slots.push(slot);
        }
    }

    /// Calls of one function in a row, for one slot, that went well count as one.
    fn step(&mut self, function: Function, slot: Option<u64>, micros: u64, code: Option<ReturnCode>) {
        let same = |step: &&mut Step| {
            step.function == function && step.slot == slot && step.code == code && code.is_some_and(ReturnCode::is_ok)
        };
        if let Some(last) = self.answer.steps.last_mut().filter(same) {
            self.micros = self.micros.saturating_add(micros);
            last.ms = milliseconds(self.micros);
        } else if self.answer.steps.len() < limits::MODULE_STEPS {
            self.micros = micros;
            self.answer.steps.push(Step::new(function, slot, milliseconds(micros), code));
        }
    }
}

fn milliseconds(micros: u64) -> u32 {
    u32::try_from(micros.saturating_add(500) / 1000).unwrap_or(u32::MAX)
}
