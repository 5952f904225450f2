//! The one file that calls a PKCS#11 module: every call of a foreign function is here, and nothing else is.
//!
//! A module is code of somebody else, loaded into this process: no check can keep it from writing where it likes. What
//! is checked is what it hands over: null pointers, counts, lengths. The rest is why it is asked in a process of its own.
#![allow(unsafe_code)]

use std::ffi::OsStr;
use std::path::Path;
use std::ptr::{self, null_mut};

use cryptoki_sys as sys;

use super::super::facts::Ending;
use super::super::function::Function;
use super::super::return_code::ReturnCode;
use super::load_failure::load_failure;
use crate::limits;

/// A module that is loaded, and its list of functions.
pub(super) struct Module {
    list: sys::CK_FUNCTION_LIST,
}

/// A file that was loaded and has not yet been asked for its functions.
pub(super) struct Loaded {
    get_function_list: unsafe extern "C" fn(*mut *mut sys::CK_FUNCTION_LIST) -> sys::CK_RV,
    get_interface: Option<GetInterface>,
}

type GetInterface = unsafe extern "C" fn(
    *mut sys::CK_UTF8CHAR,
    *mut sys::CK_VERSION,
    *mut *mut sys::CK_INTERFACE,
    sys::CK_FLAGS,
) -> sys::CK_RV;

/// Why a call gave nothing.
pub(super) enum Fault {
    /// The list has no such function.
    Null,
    /// It returned this.
    Code(ReturnCode),
}

/// What `C_GetInfo` says: raw texts, as long as their fields.
pub(super) struct RawInfo {
    pub(super) cryptoki: (u8, u8),
    pub(super) manufacturer: [u8; 32],
    pub(super) description: [u8; 32],
    pub(super) version: (u8, u8),
}

/// What `C_GetTokenInfo` says: raw texts, as long as their fields.
pub(super) struct RawTokenInfo {
    pub(super) label: [u8; 32],
    pub(super) manufacturer: [u8; 32],
    pub(super) model: [u8; 16],
    pub(super) serial: [u8; 16],
    pub(super) flags: u64,
    pub(super) code_length: (u64, u64),
}

/// Objects of one kind.
#[derive(Clone, Copy)]
pub(super) enum Class {
    Certificates,
    Data,
}

/// What is read of an object.
#[derive(Clone, Copy)]
pub(super) enum Attribute {
    Label,
    Id,
    Value,
}

/// An open dialogue with one token.
#[derive(Clone, Copy)]
pub(super) struct Session(sys::CK_SESSION_HANDLE);

/// An object of a token.
#[derive(Clone, Copy)]
pub(super) struct Object(sys::CK_OBJECT_HANDLE);

impl Loaded {
    /// Loads the file at this path. It stays loaded until the process ends: threads of its own may still run in it.
    pub(super) fn open(path: &Path) -> Result<Self, Ending> {
        quiet_loader();
        let library = open_library(path.as_os_str()).map_err(|error| {
            let (cause, detail) = load_failure(&error, path);
            Ending::NotLoaded { cause, detail }
        })?;
        // SAFETY: the symbol is a plain function pointer; whether it has the type that PKCS#11 gives it is the module's
        // word, which nothing can check.
        let get_function_list = unsafe { library.get(b"C_GetFunctionList\0").map(|symbol| *symbol) };
        // SAFETY: as above.
        let get_interface = unsafe { library.get(b"C_GetInterface\0").map(|symbol| *symbol) };
        std::mem::forget(library);
        match get_function_list {
            Ok(get_function_list) => Ok(Self { get_function_list, get_interface: get_interface.ok() }),
            Err(_) => Err(Ending::NotAModule),
        }
    }

    /// Whether it exports `C_GetInterface`, as modules of version 3 do.
    pub(super) fn has_interface(&self) -> bool {
        self.get_interface.is_some()
    }

    /// Whether `C_GetInterface` gives a default interface, as callers of version 3 ask for it. It is only observed: the
    /// list of functions of version 2 is what is used.
    pub(super) fn interface(&self) -> Result<(), Fault> {
        let Some(get_interface) = self.get_interface else { return Err(Fault::Null) };
        let mut interface = null_mut();
        // SAFETY: null name and version ask for the default interface; `interface` outlives the call.
        checked(unsafe { get_interface(null_mut(), null_mut(), &raw mut interface, 0) })
    }

    /// The list of functions, copied.
    pub(super) fn functions(&self) -> Result<Option<Module>, Fault> {
        let mut list = null_mut();
        // SAFETY: `list` outlives the call, which only writes a pointer to it.
        checked(unsafe { (self.get_function_list)(&raw mut list) })?;
        if list.is_null() {
            return Ok(None);
        }
        // SAFETY: not null; that a list of version 2 stands there is the module's word. A list of version 3 begins
        // with the same functions. The structure is packed on some systems: no alignment is assumed.
        Ok(Some(Module { list: unsafe { ptr::read_unaligned(list) } }))
    }
}

impl Module {
    /// The version in the list of functions.
    pub(super) fn list_version(&self) -> (u8, u8) {
        version(self.list.version)
    }

    /// `C_Initialize`, with the locks of the system, as browsers do; without arguments where the module wants none.
    pub(super) fn initialize(&self) -> Result<(), Fault> {
        let initialize = { self.list.C_Initialize }.ok_or(Fault::Null)?;
        let mut arguments = sys::CK_C_INITIALIZE_ARGS { flags: sys::CKF_OS_LOCKING_OK, ..Default::default() };
        // SAFETY: `arguments` outlives the call.
        match unsafe { initialize((&raw mut arguments).cast()) } {
            // SAFETY: PKCS#11 allows the null pointer here.
            sys::CKR_CANT_LOCK => checked(unsafe { initialize(null_mut()) }),
            code => checked(code),
        }
    }

    pub(super) fn finalize(&self) -> Result<(), Fault> {
        let finalize = { self.list.C_Finalize }.ok_or(Fault::Null)?;
        // SAFETY: the argument is reserved and null.
        checked(unsafe { finalize(null_mut()) })
    }

    pub(super) fn info(&self) -> Result<RawInfo, Fault> {
        let get = { self.list.C_GetInfo }.ok_or(Fault::Null)?;
        let mut info = sys::CK_INFO::default();
        // SAFETY: `info` outlives the call, which fills it.
        checked(unsafe { get(&raw mut info) })?;
        Ok(RawInfo {
            cryptoki: version(info.cryptokiVersion),
            manufacturer: info.manufacturerID,
            description: info.libraryDescription,
            version: version(info.libraryVersion),
        })
    }

    /// How many slots there are, with and without a card.
    pub(super) fn slot_count(&self) -> Result<usize, Fault> {
        let get = { self.list.C_GetSlotList }.ok_or(Fault::Null)?;
        let mut count = 0;
        // SAFETY: the null list asks for the count; `count` outlives the call.
        checked(unsafe { get(sys::CK_FALSE, null_mut(), &raw mut count) })?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// The slots, at most `room`, and how many the module says there are.
    pub(super) fn slots(&self, room: usize) -> Result<(Vec<u64>, usize), Fault> {
        let get = { self.list.C_GetSlotList }.ok_or(Fault::Null)?;
        let mut slots: Vec<sys::CK_SLOT_ID> = vec![0; room];
        let mut count = sys::CK_ULONG::try_from(room).unwrap_or(sys::CK_ULONG::MAX);
        // SAFETY: `slots` has room for `count` numbers and outlives the call.
        checked(unsafe { get(sys::CK_FALSE, slots.as_mut_ptr(), &raw mut count) })?;
        let said = usize::try_from(count).unwrap_or(usize::MAX);
        slots.truncate(said);
        Ok((slots.into_iter().map(wide).collect(), said))
    }

    /// What the module calls a slot: the raw text, as long as its field.
    pub(super) fn slot_description(&self, slot: u64) -> Result<[u8; 64], Fault> {
        let get = { self.list.C_GetSlotInfo }.ok_or(Fault::Null)?;
        let mut info = sys::CK_SLOT_INFO::default();
        // SAFETY: `info` outlives the call, which fills it.
        checked(unsafe { get(narrow(slot), &raw mut info) })?;
        Ok(info.slotDescription)
    }

    pub(super) fn token_info(&self, slot: u64) -> Result<RawTokenInfo, Fault> {
        let get = { self.list.C_GetTokenInfo }.ok_or(Fault::Null)?;
        let mut info = sys::CK_TOKEN_INFO::default();
        // SAFETY: `info` outlives the call, which fills it.
        checked(unsafe { get(narrow(slot), &raw mut info) })?;
        Ok(RawTokenInfo {
            label: info.label,
            manufacturer: info.manufacturerID,
            model: info.model,
            serial: info.serialNumber,
            flags: wide(info.flags),
            code_length: (wide(info.ulMinPinLen), wide(info.ulMaxPinLen)),
        })
    }

    /// The mechanisms, at most [`MECHANISMS`](limits::MECHANISMS), and how many the module says there are.
    pub(super) fn mechanisms(&self, slot: u64) -> Result<(Vec<u64>, usize), Fault> {
        let get = { self.list.C_GetMechanismList }.ok_or(Fault::Null)?;
        let mut count = 0;
        // SAFETY: the null list asks for the count; `count` outlives the call.
        checked(unsafe { get(narrow(slot), null_mut(), &raw mut count) })?;
        let said = usize::try_from(count).unwrap_or(usize::MAX);
        // a module with more refuses the smaller list: then it gets room for a bounded number only
        let mut list: Vec<sys::CK_MECHANISM_TYPE> = vec![0; said.min(limits::MECHANISMS)];
        count = sys::CK_ULONG::try_from(list.len()).unwrap_or(0);
        // SAFETY: `list` has room for `count` numbers and outlives the call.
        checked(unsafe { get(narrow(slot), list.as_mut_ptr(), &raw mut count) })?;
        list.truncate(usize::try_from(count).unwrap_or(usize::MAX));
        Ok((list.into_iter().map(wide).collect(), said))
    }

    /// Opens a read-only session with the token in a slot.
    pub(super) fn open_session(&self, slot: u64) -> Result<Session, Fault> {
        let open = { self.list.C_OpenSession }.ok_or(Fault::Null)?;
        let mut session = 0;
        // SAFETY: no application pointer and no notification are given; `session` outlives the call.
        checked(unsafe { open(narrow(slot), sys::CKF_SERIAL_SESSION, null_mut(), None, &raw mut session) })?;
        Ok(Session(session))
    }

    pub(super) fn close_session(&self, session: Session) -> Result<(), Fault> {
        let close = { self.list.C_CloseSession }.ok_or(Fault::Null)?;
        // SAFETY: the handle came from this module.
        checked(unsafe { close(session.0) })
    }

    /// Begins the search for the objects of this class.
    pub(super) fn find_begin(&self, session: Session, class: Class) -> Result<(), Fault> {
        let begin = { self.list.C_FindObjectsInit }.ok_or(Fault::Null)?;
        let mut class: sys::CK_OBJECT_CLASS = match class {
            Class::Certificates => sys::CKO_CERTIFICATE,
            Class::Data => sys::CKO_DATA,
        };
        let mut template = sys::CK_ATTRIBUTE {
            type_: sys::CKA_CLASS,
            pValue: (&raw mut class).cast(),
            ulValueLen: length_of(size_of::<sys::CK_OBJECT_CLASS>()),
        };
        // SAFETY: one attribute is given, whose value is `class`; both outlive the call.
        checked(unsafe { begin(session.0, &raw mut template, 1) })
    }

    /// The next objects of the search, at most `room`.
    pub(super) fn find(&self, session: Session, room: usize) -> Result<Vec<Object>, Fault> {
        let find = { self.list.C_FindObjects }.ok_or(Fault::Null)?;
        let mut found: Vec<sys::CK_OBJECT_HANDLE> = vec![0; room];
        let mut count = 0;
        // SAFETY: `found` has room for as many handles as are said; both outlive the call.
        checked(unsafe { find(session.0, found.as_mut_ptr(), length_of(room), &raw mut count) })?;
        found.truncate(usize::try_from(count).unwrap_or(usize::MAX));
        Ok(found.into_iter().map(Object).collect())
    }

    pub(super) fn find_end(&self, session: Session) -> Result<(), Fault> {
        let end = { self.list.C_FindObjectsFinal }.ok_or(Fault::Null)?;
        // SAFETY: the handle came from this module.
        checked(unsafe { end(session.0) })
    }

    /// One attribute of an object; none when the module says that it has none, or one beyond
    /// [`TOKEN_VALUE_BYTES`](limits::TOKEN_VALUE_BYTES).
    pub(super) fn attribute(
        &self,
        session: Session,
        object: Object,
        attribute: Attribute,
    ) -> Result<Option<Vec<u8>>, Fault> {
        let get = { self.list.C_GetAttributeValue }.ok_or(Fault::Null)?;
        let type_ = match attribute {
            Attribute::Label => sys::CKA_LABEL,
            Attribute::Id => sys::CKA_ID,
            Attribute::Value => sys::CKA_VALUE,
        };
        let mut template = sys::CK_ATTRIBUTE { type_, pValue: null_mut(), ulValueLen: 0 };
        // SAFETY: the null value asks for the length; `template` outlives the call.
        checked(unsafe { get(session.0, object.0, &raw mut template, 1) })?;
        let length = usize::try_from(template.ulValueLen).unwrap_or(usize::MAX);
        // "unavailable" is the largest number of all
        if length > limits::TOKEN_VALUE_BYTES {
            return Ok(None);
        }
        let mut value = vec![0; length];
        template.pValue = value.as_mut_ptr().cast();
        // SAFETY: the value has room for as many bytes as are said; both outlive the call.
        checked(unsafe { get(session.0, object.0, &raw mut template, 1) })?;
        value.truncate(usize::try_from(template.ulValueLen).unwrap_or(0));
        Ok(Some(value))
    }
}

/// What a function that is not in the list, or that failed, ends the asking with.
pub(super) fn ending(function: Function, fault: &Fault) -> Ending {
    match fault {
        Fault::Null => Ending::NullFunction { function },
        Fault::Code(code) => Ending::Refused { function, code: *code },
    }
}

fn checked(code: sys::CK_RV) -> Result<(), Fault> {
    // codes have 32 bits; more can only be a lie, which stays a failure
    if code == sys::CKR_OK { Ok(()) } else { Err(Fault::Code(ReturnCode(u32::try_from(code).unwrap_or(u32::MAX)))) }
}

fn version(version: sys::CK_VERSION) -> (u8, u8) {
    (version.major, version.minor)
}

/// A `CK_ULONG` as wide as it can be: it has 32 bits on Windows.
#[allow(clippy::useless_conversion, clippy::unnecessary_fallible_conversions)]
fn wide(number: sys::CK_ULONG) -> u64 {
    u64::from(number)
}

#[allow(clippy::useless_conversion, clippy::unnecessary_fallible_conversions)]
fn narrow(number: u64) -> sys::CK_ULONG {
    sys::CK_ULONG::try_from(number).unwrap_or(sys::CK_ULONG::MAX)
}

fn length_of(length: usize) -> sys::CK_ULONG {
    sys::CK_ULONG::try_from(length).unwrap_or(0)
}

/// All symbols at once, visible to nobody else, as browsers load it: what is missing shows now.
#[cfg(unix)]
fn open_library(path: &OsStr) -> Result<libloading::Library, libloading::Error> {
    use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};
    // SAFETY: the initialisers of the file run here: that is what asking a module means.
    unsafe { Library::open(Some(path), RTLD_NOW | RTLD_LOCAL) }.map(Into::into)
}

/// With its own folder searched for the libraries that it needs, as browsers load it.
#[cfg(windows)]
fn open_library(path: &OsStr) -> Result<libloading::Library, libloading::Error> {
    use libloading::os::windows::{LOAD_WITH_ALTERED_SEARCH_PATH, Library};
    // SAFETY: the initialisers of the file run here: that is what asking a module means.
    unsafe { Library::load_with_flags(path, LOAD_WITH_ALTERED_SEARCH_PATH) }.map(Into::into)
}

/// No window of Windows says that a library is missing or that the program has stopped working.
#[cfg(windows)]
fn quiet_loader() {
    const FAIL_CRITICAL_ERRORS: u32 = 0x1;
    const NO_FAULT_BOX: u32 = 0x2;
    const NO_OPEN_FILE_BOX: u32 = 0x8000;
    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn SetErrorMode(mode: u32) -> u32;
    }
    // SAFETY: it takes any number and only sets a flag of this process.
    unsafe { SetErrorMode(FAIL_CRITICAL_ERRORS | NO_FAULT_BOX | NO_OPEN_FILE_BOX) };
}

#[cfg(not(windows))]
fn quiet_loader() {}
