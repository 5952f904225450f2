//! What a module is asked, in this order: load, functions, initialise, info, slots, tokens, mechanisms, certificates,
//! data objects, finalise. Each call is told before it is made and after it came back, so that one that never comes back
//! has a name.

use std::ffi::OsStr;
use std::path::Path;
use std::time::Instant;

use super::super::facts::{Ending, LibraryInfo, Oddity};
use super::super::function::Function;
use super::super::return_code::ReturnCode;
use super::super::role::role;
use super::super::slot_facts::{
    Mechanism, SlotFacts, SlotState, TokenCertificate, TokenFacts, TokenFlags, TokenObject,
};
use super::child;
use super::field::field;
use super::message::Message;
use super::module::{Attribute, Class, Fault, Loaded, Module, Object, Session, ending};
use crate::card::DataObjects;
use crate::certificate::Role;
use crate::identity::Private;
use crate::limits;
use crate::workstation::{Observed, Reason, Unseen};

/// How much is asked of a card: what nobody asks for, a module need not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Every certificate and every data object that is understood.
    Everything,
    /// The certificate for authentication where a label tells, and what identifies the card.
    Authentication,
}

impl Wanted {
    /// The argument of the process that asks.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Everything => "ask",
            Self::Authentication => "ask-authentication",
        }
    }

    /// What this argument asks for.
    pub(super) fn of(code: &OsStr) -> Option<Self> {
        [Self::Everything, Self::Authentication].into_iter().find(|wanted| code == wanted.code())
    }
}

/// A module that was initialised, and somebody who is told what happens.
pub(super) struct Dialogue<'a> {
    module: Module,
    wanted: Wanted,
    /// Whether it was initialised here: otherwise somebody else in this process owns it and finalises it.
    initialised_here: bool,
    teller: Teller<'a>,
}

/// Tells what happens, and each oddity once.
pub(super) struct Teller<'a> {
    tell: &'a mut dyn FnMut(Message),
    odd: Vec<Oddity>,
}

impl<'a> Teller<'a> {
    pub(super) fn new(tell: &'a mut dyn FnMut(Message)) -> Self {
        Self { tell, odd: Vec::new() }
    }

    pub(super) fn tell(&mut self, message: Message) {
        (self.tell)(message);
    }

    fn odd(&mut self, oddity: Oddity) {
        if !self.odd.contains(&oddity) {
            self.odd.push(oddity);
            self.tell(Message::Odd(oddity));
        }
    }

    /// One call, told before and after.
    pub(super) fn call<T>(
        &mut self,
        function: Function,
        slot: Option<u64>,
        work: impl FnOnce() -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        if child::is_over() && !function.ends_something() {
            return Err(Fault::Code(ReturnCode::FUNCTION_CANCELED));
        }
        self.tell(Message::Begin { function, slot });
        let began = Instant::now();
        let outcome = work();
        let micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
        let code = match &outcome {
            Ok(_) => Some(ReturnCode::OK),
            Err(Fault::Code(code)) => Some(*code),
            Err(Fault::Null) => None,
        };
        self.tell(Message::Done { function, slot, micros, code });
        outcome
    }

    /// A text of the module, what is odd about it told.
    fn text(&mut self, bytes: &[u8]) -> String {
        let (text, oddities) = field(bytes);
        for oddity in oddities {
            self.odd(oddity);
        }
        text
    }
}

/// Loads the file of a module, which stays loaded until this process ends.
pub(super) fn load(path: &Path, teller: &mut Teller<'_>) -> Result<Loaded, Ending> {
    teller.tell(Message::Begin { function: Function::Load, slot: None });
    let began = Instant::now();
    let loaded = Loaded::open(path);
    let micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    teller.tell(Message::Done { function: Function::Load, slot: None, micros, code: None });
    loaded
}

/// The whole asking: everything that needs no code.
pub(super) fn ask(path: &Path, wanted: Wanted, tell: &mut dyn FnMut(Message)) {
    let mut teller = Teller::new(tell);
    let ending = match Dialogue::open(path, Teller::new(&mut |message| teller.tell(message))) {
        Err(ending) => ending,
        Ok(mut dialogue) => {
            dialogue.wanted = wanted;
            let asked = dialogue.slots();
            dialogue.close();
            asked.err().unwrap_or(Ending::Complete)
        }
    };
    teller.tell(Message::End(ending));
}

impl<'a> Dialogue<'a> {
    /// Loads and initialises a module, and asks what it is.
    fn open(path: &Path, mut teller: Teller<'a>) -> Result<Self, Ending> {
        let loaded = load(path, &mut teller)?;
        if loaded.has_interface()
            && let Err(Fault::Code(code)) = teller.call(Function::GetInterface, None, || loaded.interface())
        {
            teller.odd(Oddity::InterfaceFails { code });
        }
        let module = teller
            .call(Function::GetFunctionList, None, || loaded.functions())
            .map_err(|fault| ending(Function::GetFunctionList, &fault))?
            .ok_or(Ending::NullFunctionList)?;
        if module.list_version().0 >= 3 {
            teller.odd(Oddity::ListVersion);
        }
        let initialised_here = match teller.call(Function::Initialize, None, || module.initialize()) {
            Ok(()) => true,
            Err(Fault::Code(ReturnCode::ALREADY_INITIALIZED)) => {
                teller.odd(Oddity::AlreadyInitialized);
                false
            }
            Err(fault) => return Err(ending(Function::Initialize, &fault)),
        };
        let mut dialogue = Self { module, wanted: Wanted::Everything, initialised_here, teller };
        match dialogue.info() {
            Ok(()) => Ok(dialogue),
            Err(fault) => {
                dialogue.close();
                Err(ending(Function::GetInfo, &fault))
            }
        }
    }

    fn info(&mut self) -> Result<(), Fault> {
        let info = self.teller.call(Function::GetInfo, None, || self.module.info())?;
        let library = LibraryInfo {
            cryptoki: info.cryptoki,
            list: self.module.list_version(),
            manufacturer: self.teller.text(&info.manufacturer),
            description: self.teller.text(&info.description),
            version: info.version,
        };
        self.teller.tell(Message::Library(library));
        Ok(())
    }

    /// Finalises the module, unless somebody else in this process uses it.
    fn close(mut self) {
        if self.initialised_here
            && let Err(Fault::Code(code)) = self.teller.call(Function::Finalize, None, || self.module.finalize())
        {
            self.teller.odd(Oddity::FinalizeFails { code });
        }
    }

    fn slots(&mut self) -> Result<(), Ending> {
        let ids = self.slot_list().map_err(|fault| ending(Function::GetSlotList, &fault))?;
        let mut slots = Vec::new();
        for id in ids {
            let slot = match self.teller.call(Function::GetSlotInfo, Some(id), || self.module.slot_description(id)) {
                Ok(description) => SlotFacts::new(id, self.teller.text(&description), SlotState::NotReached),
                Err(fault) => SlotFacts::new(id, "", failed(Function::GetSlotInfo, &fault)?),
            };
            self.teller.tell(Message::Slot(Box::new(slot.clone())));
            slots.push(slot);
        }
        self.teller.tell(Message::AllSlots);
        for slot in slots.into_iter().filter(|slot| slot.state == SlotState::NotReached) {
            self.token(slot)?;
        }
        Ok(())
    }

    /// The slots with and without a card. Their number may change between two calls: asked again, a few times.
    fn slot_list(&mut self) -> Result<Vec<u64>, Fault> {
        const BUFFER_TOO_SMALL: ReturnCode = ReturnCode(0x150);
        let mut room = self.teller.call(Function::GetSlotList, None, || self.module.slot_count())?;
        for attempt in 0_u8.. {
            if room > limits::SLOTS {
                self.teller.odd(Oddity::TooMany);
            }
            let held = room.min(limits::SLOTS);
            match self.teller.call(Function::GetSlotList, None, || self.module.slots(held)) {
                Ok((slots, said)) => {
                    if said != room {
                        self.teller.odd(Oddity::SlotCountChanged);
                    }
                    return Ok(slots);
                }
                Err(Fault::Code(BUFFER_TOO_SMALL)) if attempt < 3 => {
                    self.teller.odd(Oddity::SlotCountChanged);
                    room = self.teller.call(Function::GetSlotList, None, || self.module.slot_count())?;
                    // a module that grows without end gets room for all that is looked at
                    room = if attempt == 2 { limits::SLOTS } else { room };
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(Vec::new())
    }

    /// Asks what is in a slot, and tells it: first what the token is, then with its objects.
    fn token(&mut self, mut slot: SlotFacts) -> Result<(), Ending> {
        let id = slot.id;
        let info = self.teller.call(Function::GetTokenInfo, Some(id), || self.module.token_info(id));
        let info = match info {
            Ok(info) => info,
            Err(fault) => {
                slot.state = match fault {
                    Fault::Code(ReturnCode::TOKEN_NOT_PRESENT) => SlotState::Empty,
                    Fault::Code(ReturnCode::TOKEN_NOT_RECOGNIZED) => SlotState::NotRecognised,
                    fault => failed(Function::GetTokenInfo, &fault)?,
                };
                self.teller.tell(Message::Slot(Box::new(slot)));
                return Ok(());
            }
        };
        let length = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let mut token = TokenFacts {
            label: Private::new(self.teller.text(&info.label)),
            manufacturer: self.teller.text(&info.manufacturer),
            model: self.teller.text(&info.model),
            serial: Private::new(self.teller.text(&info.serial)),
            flags: TokenFlags(length(info.flags)),
            code_length: (length(info.code_length.0), length(info.code_length.1)),
            ..TokenFacts::default()
        };
        let mut tell = |dialogue: &mut Self, token: &TokenFacts| {
            slot.state = SlotState::Seen(Box::new(token.clone()));
            dialogue.teller.tell(Message::Slot(Box::new(slot.clone())));
        };
        tell(self, &token);
        token.mechanisms = self.mechanisms(id).into();
        match self.teller.call(Function::OpenSession, Some(id), || self.module.open_session(id)) {
            Ok(session) => {
                token.certificates = self.certificates(id, session).into();
                token.objects = self.objects(id, session).into();
                let _ = self.teller.call(Function::CloseSession, Some(id), || self.module.close_session(session));
            }
            Err(fault) => {
                let reason = unseen(Function::OpenSession, &fault);
                token.certificates = Observed::Unseen(reason.clone());
                token.objects = Observed::Unseen(reason);
            }
        }
        tell(self, &token);
        Ok(())
    }

    fn mechanisms(&mut self, slot: u64) -> Result<Vec<Mechanism>, Reason> {
        let (mechanisms, said) = self
            .teller
            .call(Function::GetMechanismList, Some(slot), || self.module.mechanisms(slot))
            .map_err(|fault| unseen(Function::GetMechanismList, &fault))?;
        if said > mechanisms.len() {
            self.teller.odd(Oddity::TooMany);
        }
        // numbers have 32 bits; more is no mechanism
        Ok(mechanisms.into_iter().filter_map(|number| u32::try_from(number).ok().map(Mechanism)).collect())
    }

    fn certificates(&mut self, slot: u64, session: Session) -> Result<Vec<TokenCertificate>, Reason> {
        let mut found = Vec::new();
        for object in self.find(slot, session, Class::Certificates, limits::CERTIFICATES)? {
            let label = self.attribute(slot, session, object, Attribute::Label).unwrap_or_default();
            found.push((object, self.teller.text(&label)));
        }
        let authenticates = |(_, label): &(Object, String)| role(label, &[]) == Role::Authentication;
        if self.wanted == Wanted::Authentication && found.iter().any(authenticates) {
            found.retain(authenticates);
        }
        let mut certificates = Vec::new();
        for (object, label) in found {
            let Some(value) = self.attribute(slot, session, object, Attribute::Value) else { continue };
            let id = self.attribute(slot, session, object, Attribute::Id).unwrap_or_default();
            certificates.push(TokenCertificate {
                role: role(&label, &value),
                label: Private::new(label),
                id: Private::new(hex::encode_upper(id)),
                der: Private::new(hex::encode_upper(value)),
            });
        }
        Ok(certificates)
    }

    /// The data objects that are understood, and no other: one of them belongs to applications, and may be long.
    fn objects(&mut self, slot: u64, session: Session) -> Result<Vec<TokenObject>, Reason> {
        let mut objects = Vec::new();
        for object in self.find(slot, session, Class::Data, limits::TOKEN_OBJECTS)? {
            let Some(label) = self.attribute(slot, session, object, Attribute::Label) else { continue };
            let label = self.teller.text(&label);
            let is_wanted = match self.wanted {
                Wanted::Everything => DataObjects::knows(&label),
                Wanted::Authentication => DataObjects::identify(&label),
            };
            if !is_wanted {
                continue;
            }
            let Some(value) = self.attribute(slot, session, object, Attribute::Value) else { continue };
            objects.push(TokenObject { label, value: Private::new(hex::encode_upper(value)) });
        }
        Ok(objects)
    }

    /// The objects of one class, at most `most`.
    fn find(&mut self, slot: u64, session: Session, class: Class, most: usize) -> Result<Vec<Object>, Reason> {
        const AT_ONCE: usize = 16;
        self.teller
            .call(Function::FindObjectsInit, Some(slot), || self.module.find_begin(session, class))
            .map_err(|fault| unseen(Function::FindObjectsInit, &fault))?;
        let mut objects = Vec::new();
        let outcome = loop {
            match self.teller.call(Function::FindObjects, Some(slot), || self.module.find(session, AT_ONCE)) {
                Ok(found) if found.is_empty() => break Ok(()),
                Ok(found) => objects.extend(found),
                Err(fault) => break Err(unseen(Function::FindObjects, &fault)),
            }
            if objects.len() > most {
                self.teller.odd(Oddity::TooMany);
                objects.truncate(most);
                break Ok(());
            }
        };
        let _ = self.teller.call(Function::FindObjectsFinal, Some(slot), || self.module.find_end(session));
        outcome.map(|()| objects)
    }

    /// One attribute; none where the module does not give it.
    fn attribute(&mut self, slot: u64, session: Session, object: Object, attribute: Attribute) -> Option<Vec<u8>> {
        let read = || self.module.attribute(session, object, attribute);
        self.teller.call(Function::GetAttributeValue, Some(slot), read).ok().flatten()
    }
}

/// A slot on which a function failed. A function that does not exist fails on every slot: that ends the asking.
fn failed(function: Function, fault: &Fault) -> Result<SlotState, Ending> {
    match fault {
        Fault::Code(code) => Ok(SlotState::Failed { function, code: *code }),
        Fault::Null => Err(ending(function, fault)),
    }
}

fn unseen(function: Function, fault: &Fault) -> Reason {
    match fault {
        Fault::Code(code) => Unseen::Failed.with(format!("{function} {code}")),
        Fault::Null => Unseen::Failed.with(format!("{function} is missing")),
    }
}
