//! The virtual card: commands in, answers out.

use super::codes::Codes;
use super::command::{Apdu, Reply, sw};
use super::files::{Access, Content, Entry, FileSystem, ROOT_AID, control_information, control_parameters};
use super::keys::Environment;
use super::personality::{Chip, Personality};
use super::security;
use cpx_card::Result;
use cpx_card::internal::iso7816::Status;
use cpx_card::internal::transport::Protocol;

/// Bytes that a chain of commands may bring.
const CHAIN_BYTES: usize = 1024;

/// The class bit of a command that is not the last of its chain.
const CHAINING: u8 = 0x10;

/// The `CPS2ter` side of a CPS4.
const CPS2TER_AID: [u8; 8] = [0x80, 0x25, 0x00, 0x00, 0x01, 0xFF, 0x00, 0x02];
/// The card manager.
const MANAGER_AID: [u8; 7] = [0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00];

/// How a card differs from another of its generation where nothing published says which is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Manners {
    /// What READ BINARY answers when the file ends before the length asked for.
    pub short_read: ShortRead,
}

impl Manners {
    /// The manners with this answer to a READ BINARY that asks for too much.
    pub const fn with_short_read(short_read: ShortRead) -> Self {
        Self { short_read }
    }
}

/// The answer to a READ BINARY that asks for more than is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ShortRead {
    /// What there is, and `90 00`.
    #[default]
    Plain,
    /// What there is, and `62 82`.
    Warning6282,
    /// Nothing, and `6C xx` with the right length.
    WrongLength6C,
}

/// A card of which every answer is computed here.
///
/// ```
/// use cpx_simulator::{Personality, VirtualCard};
/// let mut card = VirtualCard::new(Personality::embedded("cps-medecin")?)?;
/// assert_eq!(card.answer(&[0x00, 0xB0, 0x9C, 0x00, 0x0C])[..2], [0x5A, 0x0A]); // EF.SN.ICC by its short identifier
/// # Ok::<(), cpx_card::Error>(())
/// ```
#[derive(Clone)]
pub struct VirtualCard {
    personality: Personality,
    files: FileSystem,
    manners: Manners,
    protocol: Protocol,
    channels: [Channel; 2],
    codes: Codes,
    environment: Environment,
    waiting: Vec<u8>,
    chain: Vec<u8>,
    exchanges: u64,
    bytes: u64,
    log: Option<Vec<Vec<u8>>>,
}

/// What is selected on a logical channel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Channel {
    application: Option<Application>,
    directory: Vec<u16>,
    file: Option<Vec<u16>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Application {
    /// The file system: IAS on a CPS3, ChipDoc on a CPS4.
    Files,
    Cps2ter,
    Manager,
}

impl VirtualCard {
    /// The card with this personality, powered on.
    ///
    /// # Errors
    /// [`cpx_card::ErrorKind::Malformed`] when the personality holds what no file can.
    pub fn new(personality: Personality) -> Result<Self> {
        let mut card = Self {
            files: FileSystem::new(&personality)?,
            manners: Manners::default(),
            protocol: protocol(&personality),
            channels: [Channel::default(), Channel::default()],
            codes: Codes::new(&personality),
            environment: Environment::default(),
            waiting: vec![],
            chain: vec![],
            exchanges: 0,
            bytes: 0,
            log: None,
            personality,
        };
        card.reset();
        Ok(card)
    }

    /// The same card with other manners.
    #[must_use]
    pub fn with_manners(mut self, manners: Manners) -> Self {
        self.manners = manners;
        self
    }

    /// The same card, remembering every command from here on.
    #[must_use]
    pub fn with_log(mut self) -> Self {
        self.log = Some(vec![]);
        self
    }

    /// Who it is.
    pub fn personality(&self) -> &Personality {
        &self.personality
    }

    /// Its answer to reset, 2 to 33 bytes; nothing when it is mute.
    pub fn atr(&self) -> Option<&[u8]> {
        self.personality.atr()
    }

    /// The protocol that a reader would choose.
    pub fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// Commands answered so far, GET RESPONSE included.
    pub fn exchanges(&self) -> u64 {
        self.exchanges
    }

    /// Bytes of these commands and of their answers, status words included.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The commands since [`VirtualCard::with_log`], oldest first.
    pub fn log(&self) -> &[Vec<u8>] {
        self.log.as_deref().unwrap_or_default()
    }

    /// Tries left of the code porteur, 0 to 15; nothing when the card has none.
    pub fn tries_left(&self) -> Option<u8> {
        self.codes.counters(super::codes::PIN).map(|(_, left, _)| left)
    }

    /// Warm or cold reset: nothing is selected any more but what is at power-on, and no code counts as presented.
    pub fn reset(&mut self) {
        let first = match self.personality.chip() {
            Chip::Cps4 => Application::Cps2ter,
            _ => Application::Files,
        };
        self.channels = [Channel { application: Some(first), ..Channel::default() }, Channel::default()];
        self.codes.reset();
        self.environment = Environment::default();
        self.waiting.clear();
        self.chain.clear();
    }

    /// The answer to a command: data and status word, 2 to 258 bytes. A mute card answers too: whoever asks it should
    /// not have.
    pub fn answer(&mut self, command: &[u8]) -> Vec<u8> {
        if let Some(log) = &mut self.log {
            log.push(command.to_vec());
        }
        let answer = match Apdu::parse(command) {
            Ok(command) => self.exchange(command),
            Err(status) => status.into(),
        };
        let answer = answer.into_bytes();
        self.exchanges = self.exchanges.saturating_add(1);
        self.bytes = self.bytes.saturating_add(command.len().saturating_add(answer.len()) as u64);
        answer
    }

    fn exchange(&mut self, mut command: Apdu) -> Reply {
        if command.instruction == 0xC0 {
            return self.get_response(&command);
        }
        self.waiting.clear();
        let is_foreign = self.personality.chip() == Chip::Foreign;
        let channels = if self.personality.chip() == Chip::Cps4 { 2 } else { 1 };
        let channel = usize::from(command.class & !CHAINING);
        if is_foreign || channel >= channels {
            return if is_foreign { foreign(&command) } else { sw::UNKNOWN_CLASS.into() };
        }
        if command.class & CHAINING != 0 {
            self.chain.append(&mut command.data);
            let too_long = self.chain.len() > CHAIN_BYTES;
            if too_long {
                self.chain.clear();
            }
            return if too_long { sw::WRONG_LENGTH } else { Status::OK }.into();
        }
        let sent_data = !command.data.is_empty();
        if !self.chain.is_empty() {
            self.chain.append(&mut command.data);
            command.data = std::mem::take(&mut self.chain);
        }
        let reply = self.dispatch(channel, &command);
        self.deliver(reply, sent_data, command.expected)
    }

    /// Hands over an answer the way the protocol allows (ISO 7816-3 section 12.2 for T=0).
    fn deliver(&mut self, reply: Reply, sent_data: bool, expected: Option<usize>) -> Reply {
        if reply.data.is_empty() {
            return reply;
        }
        match (self.protocol, expected) {
            (Protocol::T0, _) if sent_data => self.keep(reply.data),
            (Protocol::T0, Some(expected)) if reply.data.len() > expected => sw::right_length(reply.data.len()).into(),
            (Protocol::T1, None) => Reply::status(reply.status),
            (Protocol::T1, Some(expected)) if reply.data.len() > expected => {
                let (now, later) = reply.data.split_at_checked(expected).unwrap_or_default();
                self.waiting = later.to_vec();
                Reply { data: now.to_vec(), status: sw::bytes_waiting(later.len()) }
            }
            _ => reply,
        }
    }

    fn keep(&mut self, data: Vec<u8>) -> Reply {
        let status = sw::bytes_waiting(data.len());
        self.waiting = data;
        status.into()
    }

    fn get_response(&mut self, command: &Apdu) -> Reply {
        let expected = command.expected.unwrap_or(256);
        if self.waiting.is_empty() {
            return sw::CONDITIONS.into();
        }
        if expected > self.waiting.len() && command.expected != Some(256) {
            return sw::right_length(self.waiting.len()).into();
        }
        let later = self.waiting.split_off(expected.min(self.waiting.len()));
        let now = std::mem::replace(&mut self.waiting, later);
        let status = if self.waiting.is_empty() { Status::OK } else { sw::bytes_waiting(self.waiting.len()) };
        Reply { data: now, status }
    }

    fn dispatch(&mut self, channel: usize, command: &Apdu) -> Reply {
        let application = self.channels.get(channel).and_then(|channel| channel.application);
        match (command.instruction, application) {
            (0xA4, _) if command.p1 == 0x04 => self.select_application(channel, command),
            (_, Some(Application::Files)) => self.in_files(channel, command),
            (0xA4, Some(_)) => sw::FILE_NOT_FOUND.into(),
            (0xB0, Some(_)) => sw::NO_FILE_SELECTED.into(),
            (_, Some(_)) => sw::UNKNOWN_INSTRUCTION.into(),
            // What makes ANS's module select ChipDoc again.
            (_, None) => sw::UNKNOWN_CLASS.into(),
        }
    }

    fn in_files(&mut self, channel: usize, command: &Apdu) -> Reply {
        let chip = self.personality.chip();
        let has_code_commands = chip != Chip::Cps3Contactless;
        match (command.instruction, command.parameters()) {
            (0xA4, _) => self.select_file(channel, command),
            (0xB0, _) => self.read_binary(channel, command),
            (0xCB, 0x3FFF) if chip == Chip::Cps3 => security::get_data(&command.data, &self.codes, &self.personality),
            (0x20 | 0x24 | 0x2C, _) if !has_code_commands => sw::DATA_NOT_FOUND.into(),
            (0x20, _) if command.p1 != 0 => sw::WRONG_PARAMETERS.into(),
            (0x20, _) if command.data.is_empty() => self.codes.state(command.p2).into(),
            (0x20, _) => self.codes.verify(command.p2, &command.data).into(),
            (0x24, _) => self.codes.change(command.p1, command.p2, &command.data).into(),
            (0x2C, _) => self.codes.unblock(command.p1, command.p2, &command.data).into(),
            (0x22, _) => self.environment.set(command, chip).into(),
            (0x2A, 0x90A0) if chip == Chip::Cps3 => self.environment.hash(&command.data).into(),
            (0x88, _) if chip == Chip::Cps4 => sw::UNKNOWN_INSTRUCTION.into(),
            (0x2A, 0x9E9A | 0x8086) | (0x88, 0x0000) if has_code_commands && !self.codes.is_open() => {
                sw::NOT_ALLOWED_BY_SECURITY.into()
            }
            (0x2A, 0x9E9A) => self.environment.sign(&command.data, &self.personality),
            (0x2A, 0x8086) => self.environment.decipher(&command.data, &self.personality),
            (0x88, 0x0000) => self.environment.authenticate(&command.data, &self.personality),
            (0xCB, _) if chip == Chip::Cps3 => sw::WRONG_PARAMETERS.into(),
            (0x2A | 0x88, _) => sw::WRONG_PARAMETERS.into(),
            _ => sw::UNKNOWN_INSTRUCTION.into(),
        }
    }

    fn select_application(&mut self, channel: usize, command: &Apdu) -> Reply {
        let is_cps4 = self.personality.chip() == Chip::Cps4;
        let application = match command.data.as_slice() {
            aid if is_cps4 && aid == CPS2TER_AID => Application::Cps2ter,
            aid if is_cps4 && aid == MANAGER_AID => Application::Manager,
            aid if is_cps4 && aid != ROOT_AID => return sw::FILE_NOT_FOUND.into(),
            _ => Application::Files,
        };
        if self.personality.is_blank() {
            return sw::FILE_NOT_FOUND.into();
        }
        // ChipDoc serves one channel at a time.
        let elsewhere = self
            .channels
            .iter()
            .enumerate()
            .any(|(other, state)| is_cps4 && other != channel && state.application == Some(Application::Files));
        if elsewhere && application == Application::Files {
            return sw::CONDITIONS.into();
        }
        let entry = match application {
            Application::Files => self.files.application(&command.data).cloned(),
            Application::Cps2ter | Application::Manager => {
                Some(Entry { path: vec![], content: Content::Directory(Some(command.data.clone())) })
            }
        };
        let Some(entry) = entry else { return sw::FILE_NOT_FOUND.into() };
        if let Some(state) = self.channels.get_mut(channel) {
            *state = Channel { application: Some(application), directory: entry.path.clone(), file: None };
        }
        self.selected(&entry, command)
    }

    fn select_file(&mut self, channel: usize, command: &Apdu) -> Reply {
        let Some(state) = self.channels.get(channel) else { return sw::FILE_NOT_FOUND.into() };
        let ([], ids) = (command.data.as_rchunks::<2>().0, command.data.as_rchunks::<2>().1) else {
            return sw::WRONG_DATA.into();
        };
        let ids: Vec<u16> = ids.iter().map(|id| u16::from_be_bytes(*id)).collect();
        let below = |ids: &[u16]| [&state.directory[..], ids].concat();
        let path = match (command.p1, ids.as_slice()) {
            // By identifier; by name of the master file whatever the way.
            (0x00..=0x02, [] | [0x3F00]) | (0x08, []) | (0x09, [0x3F00]) => vec![],
            (0x00..=0x02, [id]) => below(&[*id]),
            (0x03, []) => state.directory.split_last().map(|(_, parent)| parent.to_vec()).unwrap_or_default(),
            // From the master file, which is not named; from here, unless the path starts with the master file.
            (0x08, ids) | (0x09, [0x3F00, ids @ ..]) => ids.to_vec(),
            (0x09, ids) => below(ids),
            _ => return sw::WRONG_PARAMETERS.into(),
        };
        let Some(entry) = self.files.find(&path).cloned() else { return sw::FILE_NOT_FOUND.into() };
        if let Some(state) = self.channels.get_mut(channel) {
            match &entry.content {
                Content::Directory(_) => {
                    state.directory = path;
                    state.file = None;
                }
                Content::File { .. } => {
                    state.directory = path.split_last().map(|(_, parent)| parent.to_vec()).unwrap_or_default();
                    state.file = Some(path);
                }
            }
        }
        self.selected(&entry, command)
    }

    /// The answer to SELECT as P2 asks (ISO 7816-4 table 40): control information, control parameters, or nothing. A CPS3
    /// answers parameters to the first as well.
    fn selected(&self, entry: &Entry, command: &Apdu) -> Reply {
        let chip = self.personality.chip();
        let answer = match command.p2 {
            0x0C => return Status::OK.into(),
            0x00 if chip == Chip::Cps4 => control_information(entry),
            0x00 | 0x04 => control_parameters(entry, chip == Chip::Cps3Contactless),
            _ => return sw::WRONG_PARAMETERS.into(),
        };
        answer.map_or_else(|_| sw::NO_DIAGNOSIS.into(), Reply::data)
    }

    fn read_binary(&mut self, channel: usize, command: &Apdu) -> Reply {
        let Some(state) = self.channels.get_mut(channel) else { return sw::NO_FILE_SELECTED.into() };
        let offset = if command.p1 & 0x80 == 0 {
            usize::from(command.parameters())
        } else if command.p1 & 0x60 == 0 {
            let Some(entry) = self.files.short(&state.directory, command.p1 & 0x1F) else {
                return sw::FILE_NOT_FOUND.into();
            };
            state.file = Some(entry.path.clone());
            usize::from(command.p2)
        } else {
            return sw::WRONG_PARAMETERS.into();
        };
        let file = state.file.as_ref().and_then(|path| self.files.find(path)).map(|entry| &entry.content);
        let Some(Content::File { bytes, read, .. }) = file else { return sw::NO_FILE_SELECTED.into() };
        match read {
            Access::Always => {}
            Access::AfterCode if self.codes.is_open() => {}
            Access::AfterCode | Access::Never => return sw::NOT_ALLOWED_BY_SECURITY.into(),
        }
        let Some(expected) = command.expected else { return sw::WRONG_LENGTH.into() };
        let Some(rest) = bytes.get(offset..).filter(|rest| !rest.is_empty()) else { return sw::WRONG_OFFSET.into() };
        match (rest.get(..expected), self.manners.short_read) {
            (Some(whole), _) => Reply::data(whole),
            (None, ShortRead::Plain) => Reply::data(rest),
            (None, ShortRead::Warning6282) => Reply { data: rest.to_vec(), status: sw::END_OF_FILE },
            (None, ShortRead::WrongLength6C) => sw::right_length(rest.len()).into(),
        }
    }
}

/// A card that is no CPx: it knows SELECT and finds nothing.
fn foreign(command: &Apdu) -> Reply {
    match (command.class, command.instruction) {
        (0x00, 0xA4) => sw::FILE_NOT_FOUND.into(),
        (0x00, _) => sw::UNKNOWN_INSTRUCTION.into(),
        _ => sw::UNKNOWN_CLASS.into(),
    }
}

/// What the answer to reset offers: T=1 where TD1 or TD2 names it, as pcscd chooses; contactless cards are shown so.
fn protocol(personality: &Personality) -> Protocol {
    let mut bytes = personality.atr().unwrap_or_default().iter().copied().skip(1);
    let mut interface = bytes.next().unwrap_or_default();
    while interface & 0x80 != 0 {
        let before = (interface & 0x70).count_ones() as usize;
        let Some(td) = bytes.nth(before) else { break };
        if td & 0x0F == 1 {
            return Protocol::T1;
        }
        interface = td;
    }
    Protocol::T0
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
#[path = "card_tests.rs"]
mod tests;
