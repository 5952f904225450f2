//! A recorded dialogue as a card: its commands, and the files that they read.

use crate::error::{Error, ErrorKind, Failure, Result};
use crate::iso7816::{Atr, Command, Status};

use super::{Answer, Exchange, Exchanged, Opening, Protocol};

/// A command with what came of it in the end, and what was read after it.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) command: Command,
    pub(crate) outcome: std::result::Result<Answer, Failure>,
    pub(crate) file: Vec<u8>,
    /// Whether the file was read to its end.
    pub(crate) is_whole: bool,
    /// How reading it ended, where that was not its end.
    pub(crate) broken: Option<std::result::Result<Answer, Failure>>,
}

/// The commands of a dialogue. GET RESPONSE belongs to the command before it, and so does the same command with the right
/// length; READ BINARY belongs to the file selected before it.
fn steps(exchanges: &[Exchanged]) -> Vec<Step> {
    let mut whole: Vec<Exchanged> = Vec::new();
    for one in exchanges {
        let last = whole.last_mut().filter(|last| {
            let corrected = |answer: &Answer| last.command.with_length(answer.status.right_length()?);
            let is_corrected = last.outcome.as_ref().is_ok_and(|answer| corrected(answer) == Some(one.command));
            matches!(one.command, Command::GetResponse { .. }) || is_corrected
        });
        match (last, &one.outcome) {
            (None, _) => whole.push(one.clone()),
            (Some(Exchanged { outcome: Ok(before), .. }), Ok(more)) => {
                before.data.extend_from_slice(&more.data);
                before.status = more.status;
            }
            (Some(last), outcome) => last.outcome.clone_from(outcome),
        }
    }
    let mut steps: Vec<Step> = Vec::new();
    for Exchanged { command, outcome } in whole {
        match (command, steps.last_mut()) {
            (Command::ReadBinary { offset, length, .. }, Some(step)) => step.reads(offset, length, outcome),
            _ => steps.push(Step { command, outcome, file: Vec::new(), is_whole: false, broken: None }),
        }
    }
    steps
}

impl Step {
    /// What READ BINARY brought. A card is read without gaps: what stands behind one belongs to no file.
    fn reads(&mut self, offset: u16, length: u8, outcome: std::result::Result<Answer, Failure>) {
        let is_next = usize::from(offset) == self.file.len();
        match outcome {
            Ok(answer) if is_next && answer.data.len() <= usize::from(length) && answer.status.is_ok() => {
                self.is_whole = answer.data.len() < usize::from(length);
                self.file.extend(answer.data);
            }
            Ok(answer) if is_next && answer.status.is_end_of_file() => {
                self.is_whole = true;
                self.file.extend(answer.data);
            }
            Ok(answer) if answer.status.is_wrong_offset() && offset > 0 => self.is_whole = true,
            // a file that cannot be read for its answers' sake has none that are passed on
            outcome => self.broken = Some(outcome.map(|answer| Answer::new(Vec::new(), answer.status))),
        }
    }
}

/// The card of a recorded dialogue, which is asked for its files in another order, or in other pieces, than it was.
#[derive(Debug)]
pub(crate) struct RecordedCard {
    protocol: Protocol,
    atr: Atr,
    pub(crate) steps: Vec<Step>,
    selected: Option<usize>,
    /// What it said now.
    pub(crate) said: Vec<Exchanged>,
}

impl RecordedCard {
    /// The card of this opening.
    ///
    /// # Errors
    /// Why it could not be opened.
    pub(crate) fn of(opening: &Opening) -> Result<Self> {
        let (protocol, atr) = opening.outcome.clone().map_err(Error::from)?;
        Ok(Self { protocol, atr, steps: steps(&opening.exchanges), selected: None, said: Vec::new() })
    }
}

impl Exchange for RecordedCard {
    fn atr(&self) -> &Atr {
        &self.atr
    }

    fn protocol(&self) -> Protocol {
        self.protocol
    }

    fn transmit(&mut self, command: &Command) -> Result<Answer> {
        let outcome = match command {
            Command::ReadBinary { offset, length, .. } => self.read(usize::from(*offset), usize::from(*length)),
            _ => self.step(command),
        };
        self.said.push(Exchanged { command: *command, outcome: outcome.clone() });
        outcome.map_err(Error::from)
    }
}

impl RecordedCard {
    fn read(&self, offset: usize, length: usize) -> std::result::Result<Answer, Failure> {
        let Some(step) = self.selected.and_then(|place| self.steps.get(place)) else { return Err(not_recorded()) };
        let rest = step.file.get(offset..).unwrap_or_default();
        match &step.broken {
            Some(broken) if rest.len() < length => broken.clone(),
            None if rest.len() < length && !step.is_whole => Err(not_recorded()),
            _ => Ok(Answer::new(rest.get(..length).unwrap_or(rest).to_vec(), Status::OK)),
        }
    }

    /// The next of these commands behind the last one, else the first of all.
    fn step(&mut self, command: &Command) -> std::result::Result<Answer, Failure> {
        let behind = self.selected.map_or(0, |place| place.saturating_add(1));
        let found = |from: usize| {
            (from..self.steps.len()).find(|place| self.steps.get(*place).is_some_and(|step| step.command == *command))
        };
        let place = found(behind).or_else(|| found(0)).ok_or_else(not_recorded)?;
        self.selected = Some(place);
        self.steps.get(place).map_or_else(|| Err(not_recorded()), |step| step.outcome.clone())
    }
}

fn not_recorded() -> Failure {
    Failure::from(Error::new(ErrorKind::ReplayMismatch, ErrorKind::ReplayMismatch.code()))
}
