//! The proof, in the process that asks the module: one code, one signature, and out again.

use std::path::Path;

use zeroize::Zeroizing;

use super::super::facts::Ending;
use super::super::function::Function;
use super::super::proof::{ProofEnd, ProofRequest};
use super::super::return_code::ReturnCode;
use super::super::slot_facts::TokenFlags;
use super::dialogue::{Dialogue, Teller};
use super::field::field;
use super::message::Message;
use super::module::{Attribute, Class, Fault, Object, Session, ending};
use crate::card::CodeLevel;
use crate::limits;

/// Signs what the request says with the authentication key of the token that it names.
pub(super) fn prove(path: &Path, request: &ProofRequest, code: &Zeroizing<Vec<u8>>, tell: &mut dyn FnMut(Message)) {
    let mut teller = Teller::new(tell);
    let ending = match Dialogue::open(path, Teller::new(&mut |message| teller.tell(message))) {
        Err(ending) => ending,
        Ok(mut dialogue) => {
            let ended = dialogue.prove(request, code);
            let ended = ended.map(|end| dialogue.teller.tell(Message::Proof(end)));
            dialogue.close();
            ended.err().unwrap_or(Ending::Complete)
        }
    };
    teller.tell(Message::End(ending));
}

/// The labels of the private keys of a CPx that prove who one is; that of signature is never used.
const AUTHENTICATION_KEYS: [&str; 2] = ["CPS_PRIV_AUT", "CPS_PRIV_TECH_AUT"];

const PIN_INCORRECT: ReturnCode = ReturnCode(0xA0);
const PIN_INVALID: ReturnCode = ReturnCode(0xA1);
const PIN_LEN_RANGE: ReturnCode = ReturnCode(0xA2);
const PIN_LOCKED: ReturnCode = ReturnCode(0xA4);
const USER_ALREADY_LOGGED_IN: ReturnCode = ReturnCode(0x100);

impl Dialogue<'_> {
    fn prove(&mut self, request: &ProofRequest, code: &Zeroizing<Vec<u8>>) -> Result<ProofEnd, Ending> {
        let slots = self.slot_list().map_err(|fault| ending(Function::GetSlotList, &fault))?;
        // the same card in the same reader, whatever number the slot has now
        let found = slots.into_iter().find_map(|slot| {
            let description = self.module.slot_description(slot).ok()?;
            let (flags, serial) = self.token_now(slot)?;
            (field(&description).0 == request.description && serial == request.serial.reveal()).then_some((slot, flags))
        });
        let Some((slot, flags)) = found else { return Ok(ProofEnd::CardGone) };
        match flags.code_level() {
            CodeLevel::Blocked if !request.usable => return Ok(ProofEnd::Blocked),
            CodeLevel::LastTry if !request.last_try => return Ok(ProofEnd::LastTry),
            _ => {}
        }
        let session = match self.teller.call(Function::OpenSession, Some(slot), || self.module.open_session(slot)) {
            Ok(session) => session,
            Err(fault) => return failed(Function::OpenSession, &fault),
        };
        let end = self.log_in_and_sign(slot, session, flags, request, code);
        let _ = self.teller.call(Function::CloseSession, Some(slot), || self.module.close_session(session));
        end
    }

    fn log_in_and_sign(
        &mut self,
        slot: u64,
        session: Session,
        flags: TokenFlags,
        request: &ProofRequest,
        code: &Zeroizing<Vec<u8>>,
    ) -> Result<ProofEnd, Ending> {
        if flags.login_required() {
            match self.teller.call(Function::Login, Some(slot), || self.module.login(session, code)) {
                Ok(()) | Err(Fault::Code(USER_ALREADY_LOGGED_IN)) => {}
                Err(Fault::Code(PIN_INCORRECT | PIN_INVALID | PIN_LEN_RANGE)) => {
                    return Ok(match self.token_now(slot).map(|(flags, _)| flags.code_level()) {
                        Some(CodeLevel::Blocked) => ProofEnd::Blocked,
                        // flags that do not know of the wrong code tell nothing
                        None | Some(CodeLevel::Full) => ProofEnd::WrongCode(CodeLevel::Unknown),
                        Some(level) => ProofEnd::WrongCode(level),
                    });
                }
                Err(Fault::Code(PIN_LOCKED)) if request.usable => return Ok(ProofEnd::BlockedByModule),
                Err(Fault::Code(PIN_LOCKED)) => return Ok(ProofEnd::Blocked),
                Err(fault) => return failed(Function::Login, &fault),
            }
        }
        let end = self.sign(slot, session, request);
        if flags.login_required() {
            let _ = self.teller.call(Function::Logout, Some(slot), || self.module.logout(session));
        }
        end
    }

    fn sign(&mut self, slot: u64, session: Session, request: &ProofRequest) -> Result<ProofEnd, Ending> {
        let Some(key) = self.authentication_key(slot, session, request) else { return Ok(ProofEnd::NoKey) };
        let digest = hex::decode(&request.digest).unwrap_or_default();
        if let Err(fault) = self.teller.call(Function::SignInit, Some(slot), || self.module.sign_begin(session, key)) {
            return failed(Function::SignInit, &fault);
        }
        let room = request.signature_bytes.min(limits::TOKEN_VALUE_BYTES);
        match self.teller.call(Function::Sign, Some(slot), || self.module.sign(session, &digest, room)) {
            Ok(signature) => Ok(ProofEnd::Signed(hex::encode(signature))),
            Err(fault) => failed(Function::Sign, &fault),
        }
    }

    /// The key with the label of an authentication key; else the one with the identifier of the certificate. Never a key
    /// whose label says that it is for something else.
    fn authentication_key(&mut self, slot: u64, session: Session, request: &ProofRequest) -> Option<Object> {
        let keys = self.find(slot, session, Class::PrivateKeys, limits::TOKEN_OBJECTS).ok()?;
        let mut by_id = None;
        for key in keys {
            let label = self.attribute(slot, session, key, Attribute::Label).unwrap_or_default();
            let (label, _) = field(&label);
            if AUTHENTICATION_KEYS.contains(&label.as_str()) {
                return Some(key);
            }
            let id = self.attribute(slot, session, key, Attribute::Id).unwrap_or_default();
            let fits = !id.is_empty() && hex::encode_upper(id) == request.id.reveal();
            if by_id.is_none() && fits && !label.starts_with("CPS_PRIV_") {
                by_id = Some(key);
            }
        }
        by_id
    }

    /// The flags and the serial of the token in a slot.
    fn token_now(&mut self, slot: u64) -> Option<(TokenFlags, String)> {
        let info = self.teller.call(Function::GetTokenInfo, Some(slot), || self.module.token_info(slot)).ok()?;
        Some((TokenFlags(u32::try_from(info.flags).unwrap_or(u32::MAX)), field(&info.serial).0))
    }
}

fn failed(function: Function, fault: &Fault) -> Result<ProofEnd, Ending> {
    match fault {
        Fault::Code(code) => Ok(ProofEnd::Failed { function, code: *code }),
        Fault::Null => Err(ending(function, fault)),
    }
}
