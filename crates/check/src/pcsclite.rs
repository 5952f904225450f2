//! Opens `libpcsclite.so.1` when it is first needed, so that the program starts and says what is missing where the
//! library is not installed.
//!
//! The functions below have the names that the PC/SC wrapper imports: the linker takes these, forwards nothing to the
//! library at start, and drops it from the list of needed ones. They belong to the program alone: a desktop application
//! that links the Rust library keeps its own PC/SC.
#![allow(unsafe_code, non_snake_case, non_upper_case_globals)]

use std::ffi::{c_char, c_void};
use std::sync::OnceLock;

use libloading::Library;
use pcsc::ffi::{DWORD, LONG, SCARD_E_NO_SERVICE, SCARD_IO_REQUEST, SCARD_READERSTATE, SCARDCONTEXT, SCARDHANDLE};

/// Why the PC/SC library cannot be used, if it cannot.
pub(crate) fn missing() -> Option<String> {
    library().as_ref().err().cloned()
}

fn library() -> &'static Result<Library, String> {
    static LIBRARY: OnceLock<Result<Library, String>> = OnceLock::new();
    // SAFETY: loading runs the initialisers of the system's own PC/SC library, which has no precondition.
    LIBRARY.get_or_init(|| unsafe { Library::new("libpcsclite.so.1") }.map_err(|error| error.to_string()))
}

/// Defines functions of the library's interface that look themselves up in it and forward.
macro_rules! forward {
    ($(fn $name:ident($($argument:ident: $type:ty),*);)+) => {
        $(
            // the wrapper declares the same types ("system" is "C" here), or this does not compile
            const _: unsafe extern "system" fn($($type),*) -> LONG = pcsc::ffi::$name;

            /// # Safety
            /// That of the library's function of this name.
            // SAFETY: nothing else in the program defines the name; the wrapper's declaration has these types.
            #[unsafe(no_mangle)]
            unsafe extern "C" fn $name($($argument: $type),*) -> LONG {
                type Function = unsafe extern "C" fn($($type),*) -> LONG;
                static FUNCTION: OnceLock<Option<Function>> = OnceLock::new();
                let function = FUNCTION.get_or_init(|| {
                    let library = library().as_ref().ok()?;
                    // SAFETY: the type is the one that winscard.h declares for this name; the library is never closed.
                    unsafe { library.get(stringify!($name)) }.ok().map(|symbol| *symbol)
                });
                match function {
                    // SAFETY: that of the caller, which calls this as it would call the library.
                    Some(function) => unsafe { function($($argument),*) },
                    None => SCARD_E_NO_SERVICE,
                }
            }
        )+
    };
}

// In a library for C they stay inside: a host's own calls of these names go to its own PC/SC.
#[cfg(cpx_opens_pcsc)]
macro_rules! keep_inside {
    ($($name:ident)+) => {
        $(std::arch::global_asm!(concat!(".globl ", stringify!($name), "\n.hidden ", stringify!($name)));)+
    };
}
#[cfg(cpx_opens_pcsc)]
keep_inside! {
    SCardEstablishContext SCardReleaseContext SCardIsValidContext SCardCancel SCardConnect SCardReconnect SCardDisconnect
    SCardGetStatusChange SCardListReaders SCardBeginTransaction SCardEndTransaction SCardStatus SCardGetAttrib
    SCardSetAttrib SCardTransmit SCardControl g_rgSCardT0Pci g_rgSCardT1Pci g_rgSCardRawPci
}

forward! {
    fn SCardEstablishContext(scope: DWORD, reserved1: *const c_void, reserved2: *const c_void, context: *mut SCARDCONTEXT);
    fn SCardReleaseContext(context: SCARDCONTEXT);
    fn SCardIsValidContext(context: SCARDCONTEXT);
    fn SCardCancel(context: SCARDCONTEXT);
    fn SCardConnect(context: SCARDCONTEXT, reader: *const c_char, share: DWORD, protocols: DWORD, card: *mut SCARDHANDLE, protocol: *mut DWORD);
    fn SCardReconnect(card: SCARDHANDLE, share: DWORD, protocols: DWORD, initialization: DWORD, protocol: *mut DWORD);
    fn SCardDisconnect(card: SCARDHANDLE, disposition: DWORD);
    fn SCardGetStatusChange(context: SCARDCONTEXT, timeout: DWORD, states: *mut SCARD_READERSTATE, count: DWORD);
    fn SCardListReaders(context: SCARDCONTEXT, groups: *const c_char, readers: *mut c_char, length: *mut DWORD);
    fn SCardBeginTransaction(card: SCARDHANDLE);
    fn SCardEndTransaction(card: SCARDHANDLE, disposition: DWORD);
    fn SCardStatus(card: SCARDHANDLE, names: *mut c_char, names_length: *mut DWORD, state: *mut DWORD, protocol: *mut DWORD, atr: *mut u8, atr_length: *mut DWORD);
    fn SCardGetAttrib(card: SCARDHANDLE, id: DWORD, attribute: *mut u8, length: *mut DWORD);
    fn SCardSetAttrib(card: SCARDHANDLE, id: DWORD, attribute: *const u8, length: DWORD);
    fn SCardTransmit(card: SCARDHANDLE, send_header: *const SCARD_IO_REQUEST, send: *const u8, send_length: DWORD, receive_header: *mut SCARD_IO_REQUEST, receive: *mut u8, receive_length: *mut DWORD);
    fn SCardControl(card: SCARDHANDLE, code: DWORD, send: *const u8, send_length: DWORD, receive: *mut u8, receive_length: DWORD, returned: *mut DWORD);
}

/// The protocol headers of the library: number of the protocol, length of the header (winscard.h).
macro_rules! header {
    ($name:ident, $protocol:expr) => {
        // SAFETY: nothing else in the program defines the name; winscard.h declares a constant of this type.
        #[unsafe(no_mangle)]
        static $name: SCARD_IO_REQUEST =
            SCARD_IO_REQUEST { dwProtocol: $protocol, cbPciLength: size_of::<SCARD_IO_REQUEST>() as DWORD };
    };
}

header!(g_rgSCardT0Pci, pcsc::ffi::SCARD_PROTOCOL_T0);
header!(g_rgSCardT1Pci, pcsc::ffi::SCARD_PROTOCOL_T1);
header!(g_rgSCardRawPci, pcsc::ffi::SCARD_PROTOCOL_RAW);
