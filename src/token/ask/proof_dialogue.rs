//! The proof, in the process that asks the module: one code, one signature, and out again.
//!
//! The module has answered in good health before, in another process: `cryptoki` calls it.

use std::ffi::c_ulong;
use std::path::Path;

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Function as Called, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::rsa::{PkcsMgfType, PkcsPssParams};
use cryptoki::mechanism::{Mechanism, MechanismType};
use cryptoki::object::{Attribute, AttributeType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::{Slot, TokenInfo};
use cryptoki::types::RawAuthPin;
use zeroize::Zeroizing;

use super::super::facts::Ending;
use super::super::function::Function;
use super::super::proof::{Padding, ProofEnd, ProofRequest};
use super::super::return_code::ReturnCode;
use super::dialogue::{Teller, load};
use super::message::Message;
use super::module::{Fault, ending};
use crate::card::CodeLevel;
use crate::limits;

/// The labels of the private keys of a CPx that prove who one is; that of signature is never used.
const AUTHENTICATION_KEYS: [&str; 2] = ["CPS_PRIV_AUT", "CPS_PRIV_TECH_AUT"];

/// Signs what the request says with the authentication key of the token that it names.
pub(super) fn prove(path: &Path, request: &ProofRequest, code: &Zeroizing<Vec<u8>>, tell: &mut dyn FnMut(Message)) {
    let mut proving = Proving { request, teller: Teller::new(tell) };
    let ending = match proving.whole(path, code) {
        Ok(end) => {
            proving.teller.tell(Message::Proof(end));
            Ending::Complete
        }
        Err(ending) => ending,
    };
    proving.teller.tell(Message::End(ending));
}

/// One proof, and somebody who is told what happens.
struct Proving<'a> {
    request: &'a ProofRequest,
    teller: Teller<'a>,
}

/// A function that failed: what the answer says of it.
type Failed = Result<ProofEnd, Ending>;

impl Proving<'_> {
    fn whole(&mut self, path: &Path, code: &Zeroizing<Vec<u8>>) -> Failed {
        // loaded as it was when it was asked; cryptoki is given the same again
        load(path, &mut self.teller)?;
        let module = self
            .call(Function::GetFunctionList, None, || Pkcs11::new(path))
            .map_err(|fault| ending(Function::GetFunctionList, &fault))?;
        let arguments = CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK);
        match self.call(Function::Initialize, None, || module.initialize(arguments)) {
            // somebody else in this process uses it, and finalises it
            Err(Fault::Code(ReturnCode::ALREADY_INITIALIZED)) => self.prove(&module, code),
            Err(fault) => Err(ending(Function::Initialize, &fault)),
            Ok(()) => {
                let end = self.prove(&module, code);
                let _ = self.call(Function::Finalize, None, || module.finalize());
                end
            }
        }
    }

    fn prove(&mut self, module: &Pkcs11, code: &Zeroizing<Vec<u8>>) -> Failed {
        let slots = match self.call(Function::GetSlotList, None, || module.get_slots_with_token()) {
            Ok(slots) => slots,
            Err(fault) => return Err(ending(Function::GetSlotList, &fault)),
        };
        // the same card in the same reader, whatever number the slot has now
        let found = slots.into_iter().take(limits::SLOTS).find_map(|slot| {
            let read = || module.get_slot_info(slot);
            let slot_info = self.call(Function::GetSlotInfo, Some(slot), read).ok()?;
            let token = self.token_now(module, slot)?;
            let is_it = same(slot_info.slot_description(), &self.request.description)
                && same(token.serial_number(), self.request.serial.reveal());
            is_it.then_some((slot, token))
        });
        let Some((slot, token)) = found else { return Ok(ProofEnd::CardGone) };
        match code_level(&token) {
            CodeLevel::Blocked if !self.request.usable => return Ok(ProofEnd::Blocked),
            CodeLevel::LastTry if !self.request.last_try => return Ok(ProofEnd::LastTry),
            _ => {}
        }
        let session = match self.call(Function::OpenSession, Some(slot), || module.open_ro_session(slot)) {
            Ok(session) => session,
            Err(fault) => return failed(Function::OpenSession, &fault),
        };
        let end = if token.login_required() {
            self.log_in_and_sign(module, slot, &session, code)
        } else {
            self.sign(slot, &session)
        };
        let _ = self.call(Function::CloseSession, Some(slot), || session.close());
        end
    }

    fn log_in_and_sign(&mut self, module: &Pkcs11, slot: Slot, session: &Session, code: &Zeroizing<Vec<u8>>) -> Failed {
        let code = RawAuthPin::new(Box::new(code.to_vec()));
        match self.call(Function::Login, Some(slot), || session.login_with_raw(UserType::User, &code)) {
            Ok(()) | Err(Fault::Code(ReturnCode::USER_ALREADY_LOGGED_IN)) => {}
            Err(Fault::Code(ReturnCode::PIN_INCORRECT | ReturnCode::PIN_INVALID | ReturnCode::PIN_LEN_RANGE)) => {
                return Ok(match self.token_now(module, slot).as_ref().map(code_level) {
                    Some(CodeLevel::Blocked) => ProofEnd::Blocked,
                    // flags that do not know of the wrong code tell nothing
                    None | Some(CodeLevel::Full) => ProofEnd::WrongCode(CodeLevel::Unknown),
                    Some(level) => ProofEnd::WrongCode(level),
                });
            }
            Err(Fault::Code(ReturnCode::PIN_LOCKED)) if self.request.usable => return Ok(ProofEnd::BlockedByModule),
            Err(Fault::Code(ReturnCode::PIN_LOCKED)) => return Ok(ProofEnd::Blocked),
            Err(fault) => return failed(Function::Login, &fault),
        }
        let end = self.sign(slot, session);
        let _ = self.call(Function::Logout, Some(slot), || session.logout());
        end
    }

    fn sign(&mut self, slot: Slot, session: &Session) -> Failed {
        let Some(key) = self.authentication_key(slot, session) else { return Ok(ProofEnd::NoKey) };
        let bytes = hex::decode(&self.request.bytes).unwrap_or_default();
        let mechanism = mechanism(self.request.padding);
        // one call of cryptoki makes both, and says which of them failed
        let mut begun = false;
        let signed = self.call(Function::Sign, Some(slot), || {
            let signed = session.sign(&mechanism, key, &bytes);
            begun = !matches!(signed, Err(Error::Pkcs11(_, Called::SignInit)));
            signed
        });
        match signed {
            Ok(signature) => Ok(ProofEnd::Signed(hex::encode(signature))),
            Err(fault) => failed(if begun { Function::Sign } else { Function::SignInit }, &fault),
        }
    }

    /// The key with the label of an authentication key; else the one with the identifier of the certificate. Never a key
    /// whose label says that it is for something else.
    fn authentication_key(&mut self, slot: Slot, session: &Session) -> Option<ObjectHandle> {
        let keys = self
            .call(Function::FindObjects, Some(slot), || {
                let found = session.iter_objects(&[Attribute::Class(ObjectClass::PRIVATE_KEY)])?;
                found.take(limits::TOKEN_OBJECTS).collect::<Result<Vec<_>, _>>()
            })
            .ok()?;
        let mut by_id = None;
        for key in keys {
            let wanted = [AttributeType::Label, AttributeType::Id];
            let read = || session.get_attributes(key, &wanted);
            let (mut label, mut id) = (String::new(), Vec::new());
            for attribute in self.call(Function::GetAttributeValue, Some(slot), read).unwrap_or_default() {
                match attribute {
                    Attribute::Label(bytes) => label = super::field::field(&bytes).0,
                    Attribute::Id(bytes) => id = bytes,
                    _ => {}
                }
            }
            if AUTHENTICATION_KEYS.contains(&label.as_str()) {
                return Some(key);
            }
            let fits = !id.is_empty() && hex::encode_upper(id) == self.request.id.reveal();
            if by_id.is_none() && fits && !label.starts_with("CPS_PRIV_") {
                by_id = Some(key);
            }
        }
        by_id
    }

    /// What the module says of the token in a slot now.
    fn token_now(&mut self, module: &Pkcs11, slot: Slot) -> Option<TokenInfo> {
        self.call(Function::GetTokenInfo, Some(slot), || module.get_token_info(slot)).ok()
    }

    /// One call, told before and after.
    fn call<T>(
        &mut self,
        function: Function,
        slot: Option<Slot>,
        work: impl FnOnce() -> Result<T, Error>,
    ) -> Result<T, Fault> {
        self.teller.call(function, slot.map(|slot| slot.id()), || work().map_err(|error| fault(&error)))
    }
}

/// How the module is told to sign.
fn mechanism(padding: Padding) -> Mechanism<'static> {
    let pss = |hash_alg, mgf, salt: c_ulong| Mechanism::RsaPkcsPss(PkcsPssParams { hash_alg, mgf, s_len: salt.into() });
    match padding {
        Padding::Pkcs1 => Mechanism::RsaPkcs,
        Padding::PssSha256 => pss(MechanismType::SHA256, PkcsMgfType::MGF1_SHA256, 32),
        Padding::PssSha384 => pss(MechanismType::SHA384, PkcsMgfType::MGF1_SHA384, 48),
        Padding::PssSha512 => pss(MechanismType::SHA512, PkcsMgfType::MGF1_SHA512, 64),
    }
}

/// Whether two readings of one text of a module say the same: what is no ASCII is read in different ways.
fn same(one: &str, other: &str) -> bool {
    let printed = |text: &str| text.bytes().filter(u8::is_ascii_graphic).collect::<Vec<_>>();
    printed(one.split('\0').next().unwrap_or_default()) == printed(other)
}

fn code_level(token: &TokenInfo) -> CodeLevel {
    if token.user_pin_locked() {
        CodeLevel::Blocked
    } else if token.user_pin_final_try() {
        CodeLevel::LastTry
    } else if token.user_pin_count_low() {
        CodeLevel::Low
    } else {
        CodeLevel::Full
    }
}

/// What cryptoki's error is here. It has names for the published codes: their numbers are found by them.
fn fault(error: &Error) -> Fault {
    match error {
        Error::Pkcs11(RvError::VendorDefined(code) | RvError::UnknownErrorCode(code), _) => {
            Fault::Code(ReturnCode(u32::try_from(*code).unwrap_or(u32::MAX)))
        }
        Error::Pkcs11(code, _) => Fault::Code(known(&format!("{code:?}")).unwrap_or(ReturnCode::GENERAL_ERROR)),
        Error::NullFunctionPointer => Fault::Null,
        // what came back is no answer of PKCS#11
        _ => Fault::Code(ReturnCode::GENERAL_ERROR),
    }
}

/// The code with this published name, written without its prefix and its underscores: `PinIncorrect`.
fn known(name: &str) -> Option<ReturnCode> {
    const LAST: u32 = 0x201;
    let same = |published: &str| {
        published.strip_prefix("CKR_").unwrap_or(published).replace('_', "").eq_ignore_ascii_case(name)
    };
    (0..=LAST).map(ReturnCode).find(|code| code.name().is_some_and(same))
}

fn failed(function: Function, fault: &Fault) -> Failed {
    match fault {
        Fault::Code(code) => Ok(ProofEnd::Failed { function, code: *code }),
        Fault::Null => Err(ending(function, fault)),
    }
}
