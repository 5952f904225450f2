//! The context, to which everything else belongs, and what needs none.

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cpx_card::{Cancel, Cards};

use super::boundary::{self, Last, Sized_, copy, give, given, take};
use super::status::{Answer, CpxStatus, Voice, guarded, status_sentence};

/// The version of this interface. It grows when something is added; a program made for a version works with every later one
/// under the same SONAME.
pub const CPX_ABI_VERSION: u32 = 1;

/// What a program uses this library with. Two contexts have nothing in common.
pub struct CpxContext {
    pub(super) cards: Cards,
    pub(super) last: Last,
    pub(super) voice: Voice,
    cancel: Arc<Mutex<Cancel>>,
    #[cfg(feature = "simulator")]
    virtual_readers: Option<Arc<cpx_simulator::SimulatedReaders>>,
}

/// How a context is made. Texts are UTF-8 with their lengths in bytes; null and 0 stand for "as usual".
#[repr(C)]
#[derive(Debug, Clone, Copy)]
#[allow(clippy::exhaustive_structs)] // C knows all of it; struct_size tells how much
pub struct CpxContextOptions {
    /// sizeof(CpxContextOptions).
    pub struct_size: usize,
    /// The path of the program cpx-card-modules, which asks PKCS#11 modules in a process of its own. Without it they are not
    /// asked.
    pub module_host: *const c_char,
    /// Its length in bytes.
    pub module_host_length: usize,
    /// Virtual cards for tests instead of the readers of this machine: the names of the cards (cpx-check simulate --list),
    /// joined by commas, each in a reader of its own; "-" stands for an empty reader. CPX_STATUS_NOT_BUILT where the library
    /// was built without the simulator.
    pub virtual_cards: *const c_char,
    /// Its length in bytes.
    pub virtual_cards_length: usize,
}

// SAFETY: a size first, then numbers and pointers.
unsafe impl Sized_ for CpxContextOptions {
    const NONE: Self = Self {
        struct_size: 0,
        module_host: std::ptr::null(),
        module_host_length: 0,
        virtual_cards: std::ptr::null(),
        virtual_cards_length: 0,
    };
}

impl CpxContext {
    /// The cards, for one call: not longer than so many milliseconds (0: the library's own bounds), until [`cpx_cancel`].
    pub(super) fn cards_within(&self, timeout_ms: u32) -> Cards {
        let cards = self.cards.clone().with_cancel(&self.cancel());
        match timeout_ms {
            0 => cards,
            timeout => cards.with_deadline(Duration::from_millis(timeout.into())),
        }
    }

    fn cancel(&self) -> Cancel {
        self.cancel.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What ends the calls of a moment, for those that outlive this.
    pub(super) fn canceller(&self) -> Canceller {
        Canceller(Arc::clone(&self.cancel))
    }
}

/// Knows what ends the calls of a context.
pub(super) struct Canceller(Arc<Mutex<Cancel>>);

impl Canceller {
    /// What ends a call that begins now.
    pub(super) fn now(&self) -> Cancel {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The version of this interface: CPX_ABI_VERSION of the library that is loaded.
///
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_abi_version() -> u32 {
    CPX_ABI_VERSION
}

/// The version of the library, as text: "0.1.0". It lives as long as the library.
///
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// Makes a context. `options` may be null. No card and no service is asked yet.
///
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_context_new(
    options: *const CpxContextOptions,
    context: Option<&mut MaybeUninit<*mut CpxContext>>,
) -> CpxStatus {
    guarded(None, || {
        let context = given(context)?;
        context.write(std::ptr::null_mut());
        super::stay::keep_library();
        let options = boundary::options(options)?;
        give(Some(context), new(&options)?)
    })
}

fn new(options: &CpxContextOptions) -> Answer<CpxContext> {
    let module_host = boundary::text(options.module_host, options.module_host_length)?;
    let virtual_cards = boundary::text(options.virtual_cards, options.virtual_cards_length)?;
    let mut context = if virtual_cards.is_empty() { of_this_machine() } else { of_virtual_cards(virtual_cards)? };
    if !module_host.is_empty() {
        context.cards = context.cards.with_module_host(module_host);
    }
    Ok(context)
}

pub(super) fn of(cards: Cards) -> CpxContext {
    CpxContext {
        cards,
        last: Last::default(),
        voice: Voice::new(),
        cancel: Arc::default(),
        #[cfg(feature = "simulator")]
        virtual_readers: None,
    }
}

fn of_this_machine() -> CpxContext {
    #[cfg(all(cpx_opens_pcsc, target_os = "linux"))]
    if let Some(why) = super::pcsclite::missing() {
        return of(Cards::of(Arc::new(cpx_card::internal::transport::NoPcsc::new(why))));
    }
    of(Cards::of_this_machine())
}

#[cfg(feature = "simulator")]
fn of_virtual_cards(names: &str) -> Answer<CpxContext> {
    use cpx_simulator::{Personality, SimulatedReaders};

    let mut readers = SimulatedReaders::new(Vec::new())?;
    let mut day = None;
    for (index, name) in names.split(',').map(str::trim).enumerate() {
        let reader = format!("Virtual reader {index:02}");
        readers = readers.with_empty_reader(reader.clone());
        if name != "-" {
            let card = Personality::embedded(name).map_err(|_| CpxStatus::InvalidText)?;
            day = day.or_else(|| card.reference_date().parse().ok());
            readers.insert(&reader, card)?;
        }
    }
    let readers = Arc::new(readers);
    let cards = Cards::of(Arc::clone(&readers) as Arc<dyn cpx_card::Readers>)
        .simulated_by(cpx_simulator::AUTHORITIES.map(<[u8]>::to_vec));
    let cards = match day {
        Some(day) => cards.judged_on(day),
        None => cards,
    };
    Ok(CpxContext { virtual_readers: Some(readers), ..of(cards) })
}

#[cfg(not(feature = "simulator"))]
fn of_virtual_cards(_: &str) -> Answer<CpxContext> {
    Err(CpxStatus::NotBuilt.into())
}

/// Frees a context and sets the caller's handle to null. What was made with it lives on and is freed by itself. The handle
/// must not be in use in another call. A card that a call with a deadline has left waiting is left as it was: that takes until
/// it answers, at most 15 seconds. A program frees its contexts before it ends, or else that card may be reset.
///
/// Any thread, also inside a callback; waits for the cards.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_context_free(context: Option<&mut *mut CpxContext>) -> CpxStatus {
    guarded(None, || take(context).map(drop))
}

/// Ends every call of this context that is waiting: each one gives CPX_STATUS_CANCELLED. Watches go on; calls that begin
/// later are not concerned. Comes back when the cards of those calls are left as they were: that takes until they answer, at
/// most 15 seconds.
///
/// Any thread, also inside a callback; waits for the cards.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_cancel(context: Option<&CpxContext>) -> CpxStatus {
    guarded(None, || {
        // others may begin a call meanwhile
        let now = std::mem::take(&mut *given(context)?.cancel.lock().unwrap_or_else(PoisonError::into_inner));
        now.cancel();
        Ok(())
    })
}

/// The last failure of this context and of what was made with it, in words, with what to do about it: copied into `buffer`
/// (`size` bytes) with a NUL behind it. `needed` is told how many bytes that takes, the NUL counted; with a null buffer that
/// is all that happens, and the status is CPX_STATUS_BUFFER_TOO_SMALL. CPX_STATUS_NOTHING where nothing has failed.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_last_error(
    context: Option<&CpxContext>,
    language: i32,
    buffer: *mut c_char,
    size: usize,
    needed: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    guarded(None, || {
        let context = given(context)?;
        let refusal = context.last.get().ok_or(CpxStatus::Nothing)?;
        copy(&refusal.words(context.voice.texts(language)?), buffer, size, needed)
    })
}

/// The stable code of the last failure ("pcsc-absent", "deadline-passed" ...), as cpx_last_error; empty where the status says
/// it all.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_last_reason(
    context: Option<&CpxContext>,
    buffer: *mut c_char,
    size: usize,
    needed: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    guarded(None, || {
        let refusal = given(context)?.last.get().ok_or(CpxStatus::Nothing)?;
        copy(refusal.reason(), buffer, size, needed)
    })
}

/// A status in words, copied as cpx_last_error does.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_status_text(
    status: i32,
    language: i32,
    buffer: *mut c_char,
    size: usize,
    needed: Option<&mut MaybeUninit<usize>>,
) -> CpxStatus {
    guarded(None, || copy(&status_sentence(status, language)?, buffer, size, needed))
}

/// Puts a virtual card into a virtual reader, instead of the one that may be there: for the tests of a program.
/// CPX_STATUS_NOT_BUILT where this context has no virtual readers.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_virtual_insert(
    context: Option<&CpxContext>,
    reader: usize,
    card: *const c_char,
    card_length: usize,
) -> CpxStatus {
    guarded(context.map(|context| &context.last), || {
        let context = given(context)?;
        virtual_exchange(context, reader, Some(boundary::text(card, card_length)?))
    })
}

/// Takes the card out of a virtual reader.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_virtual_remove(context: Option<&CpxContext>, reader: usize) -> CpxStatus {
    guarded(context.map(|context| &context.last), || virtual_exchange(given(context)?, reader, None))
}

#[cfg(feature = "simulator")]
fn virtual_exchange(context: &CpxContext, reader: usize, card: Option<&str>) -> Answer<()> {
    use cpx_card::internal::transport::Readers as _;
    use cpx_simulator::Personality;

    let readers = context.virtual_readers.as_ref().ok_or(CpxStatus::NotBuilt)?;
    let slot = readers.slots()?.into_iter().nth(reader).ok_or(CpxStatus::OutOfRange)?;
    match card {
        Some(name) => {
            let card = Personality::embedded(name).map_err(|_| CpxStatus::InvalidText)?;
            Ok(readers.insert(&slot.reader, card)?)
        }
        None => Ok(readers.remove(&slot.reader)?),
    }
}

#[cfg(not(feature = "simulator"))]
fn virtual_exchange(_: &CpxContext, _: usize, _: Option<&str>) -> Answer<()> {
    Err(CpxStatus::NotBuilt.into())
}
