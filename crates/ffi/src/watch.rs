//! Telling what happens in the readers: by a callback, or to whoever asks.

use std::ffi::{c_char, c_void};
use std::mem::MaybeUninit;
use std::sync::{Arc, Mutex, TryLockError};
use std::time::{Duration, Instant};

use cpx_card::internal::limits;
use cpx_card::{Happening, Watch};
use cpx_report::sanitise;

use super::boundary::{Last, give, given, take};
use super::context::{Canceller, CpxContext};
use super::status::{Answer, CpxStatus, guarded};
use super::text::Text;

/// What happened. Others may be added: pass them over.
#[repr(i32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CpxEventKind {
    /// A reader was plugged in.
    ReaderAdded = 0,
    /// A reader was unplugged.
    ReaderRemoved = 1,
    /// A card was put into a reader.
    Inserted = 2,
    /// The card was taken out of a reader; always told before the next one is put in.
    Removed = 3,
    /// The PC/SC service does not answer any more: `reason` says why. The watch goes on.
    ServiceLost = 4,
    /// It answers again.
    ServiceBack = 5,
    /// Cards came and went too briefly to be told one by one: `times` says how often.
    Bounced = 6,
}

/// Something that happened in a reader, or to the service.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
#[allow(clippy::exhaustive_structs)] // C knows all of it; struct_size tells how much
pub struct CpxEvent {
    /// sizeof(CpxEvent), of the library in a callback, of the caller in cpx_watch_next.
    pub struct_size: usize,
    /// A CpxEventKind.
    pub kind: i32,
    /// For CPX_EVENT_KIND_BOUNCED, how many times a card was put in and taken out again; else 0.
    pub times: u32,
    /// The name of the reader, as it may be shown: UTF-8 with a NUL behind it; empty for the service.
    pub reader: *const c_char,
    /// Its length in bytes.
    pub reader_length: usize,
    /// The stable code of why the service is lost; else empty.
    pub reason: *const c_char,
    /// Its length in bytes.
    pub reason_length: usize,
}

/// Is told what happens, on the watch's own thread, one event after the other. The event and its texts live until it comes
/// back. It may call this library: reading and cancelling, but freeing its own watch gives CPX_STATUS_IN_CALLBACK. It must
/// not throw an exception.
pub type CpxCallback = Option<extern "C" fn(event: *const CpxEvent, user: *mut c_void)>;

/// A watch over the readers.
pub struct CpxWatch {
    last: Last,
    watch: Arc<Watch>,
    cancel: Canceller,
    by_callback: bool,
    shown: Mutex<Option<Shown>>,
}

/// The texts of an event, as long as they are shown.
struct Shown {
    kind: CpxEventKind,
    times: u16,
    reader: Text,
    reason: Text,
}

impl Shown {
    fn new(happening: &Happening) -> Self {
        let (kind, reader, reason) = match happening {
            Happening::ReaderAdded(reader) => (CpxEventKind::ReaderAdded, reader.as_str(), ""),
            Happening::ReaderRemoved(reader) => (CpxEventKind::ReaderRemoved, reader.as_str(), ""),
            Happening::Inserted(reader) => (CpxEventKind::Inserted, reader.as_str(), ""),
            Happening::Removed(reader) => (CpxEventKind::Removed, reader.as_str(), ""),
            Happening::ServiceLost(failure) => (CpxEventKind::ServiceLost, "", failure.kind.code()),
            Happening::ServiceBack => (CpxEventKind::ServiceBack, "", ""),
            Happening::Bounced { reader, .. } => (CpxEventKind::Bounced, reader.as_str(), ""),
        };
        let times = if let Happening::Bounced { times, .. } = happening { *times } else { 0 };
        Self { kind, times, reader: Text::new(&sanitise(reader)), reason: Text::new(reason) }
    }

    fn event(&self) -> CpxEvent {
        CpxEvent {
            struct_size: size_of::<CpxEvent>(),
            kind: self.kind as i32,
            times: self.times.into(),
            reader: self.reader.start(),
            reader_length: self.reader.length(),
            reason: self.reason.start(),
            reason_length: self.reason.length(),
        }
    }
}

/// What the caller wants to get back in its callback: only passed on, never looked at.
pub(super) struct User(pub(super) *mut c_void);

// SAFETY: the header says on which thread the callback runs; what the pointer means there is the caller's affair.
unsafe impl Send for User {}

// SAFETY: as above; nothing here reads or writes what it points to.
unsafe impl Sync for User {}

impl User {
    pub(super) fn pointer(&self) -> *mut c_void {
        self.0
    }
}

/// Begins to watch the readers. With a callback, `user` is passed to it; without, cpx_watch_next is to be asked. The readers
/// and cards that are there at the beginning are told first. Begin it before cpx_read where a removal matters: a
/// card that was taken out before the watch began was never there for it.
///
/// Any thread, also inside a callback.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_watch_new(
    context: Option<&CpxContext>,
    callback: CpxCallback,
    user: *mut c_void,
    watch: Option<&mut MaybeUninit<*mut CpxWatch>>,
) -> CpxStatus {
    guarded(context.map(|context| &context.last), || {
        let out = given(watch)?;
        out.write(std::ptr::null_mut());
        let context = given(context)?;
        let user = User(user);
        let started = match callback {
            None => context.cards.watch()?,
            Some(callback) => context.cards.watch_with(move |happening| {
                let shown = Shown::new(&happening);
                let event = shown.event();
                callback(&raw const event, user.pointer());
            })?,
        };
        let watch = CpxWatch {
            last: context.last.clone(),
            watch: Arc::new(started),
            cancel: context.canceller(),
            by_callback: callback.is_some(),
            shown: Mutex::new(None),
        };
        give(Some(out), watch)
    })
}

/// What happened next: waits for it at most so many milliseconds, then gives CPX_STATUS_NOTHING. `event->struct_size` must be
/// set. The texts live until the next call with this watch. CPX_STATUS_BUSY where another thread asks at the same time,
/// CPX_STATUS_INVALID_ARGUMENT for a watch with a callback.
///
/// Any thread, one at a time; waits.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_watch_next(watch: Option<&CpxWatch>, timeout_ms: u32, event: *mut CpxEvent) -> CpxStatus {
    guarded(watch.map(|watch| &watch.last), || next(given(watch)?, Duration::from_millis(timeout_ms.into()), event))
}

fn next(watch: &CpxWatch, timeout: Duration, event: *mut CpxEvent) -> Answer<()> {
    if event.is_null() {
        return Err(CpxStatus::Null.into());
    }
    // SAFETY: the header asks for a structure that begins with its size.
    let size = unsafe { event.cast::<usize>().read_unaligned() };
    if watch.by_callback || size < size_of::<CpxEvent>() {
        return Err(CpxStatus::InvalidArgument.into());
    }
    let mut shown = match watch.shown.try_lock() {
        Ok(shown) => shown,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        Err(TryLockError::WouldBlock) => return Err(CpxStatus::Busy.into()),
    };
    let (running, cancel) = (Arc::clone(&watch.watch), watch.cancel.now());
    let end = Instant::now().checked_add(timeout);
    let happening = loop {
        let left = end.map_or(timeout, |end| end.saturating_duration_since(Instant::now()));
        // a slice at a time: nothing else wakes it when the call is cancelled
        if let Some(happening) = running.next(left.min(limits::CANCEL_SLICE)) {
            break happening;
        }
        if cancel.is_cancelled() {
            return Err(CpxStatus::Cancelled.into());
        }
        if left.is_zero() {
            return Err(CpxStatus::Nothing.into());
        }
    };
    let told = Shown::new(&happening);
    let value = CpxEvent { struct_size: size, ..told.event() };
    *shown = Some(told);
    // SAFETY: the caller's structure has room for it, as its size says.
    unsafe { event.write_unaligned(value) };
    Ok(())
}

/// Ends a watch, waits until its callback does not run any more, frees it and sets the caller's handle to null. A callback
/// that does not come back within two seconds: CPX_STATUS_BUSY, nothing further is told, and the handle stays valid for the
/// next try. Inside its own callback: CPX_STATUS_IN_CALLBACK. No other thread may be in cpx_watch_next of this watch.
///
/// Any thread but the watch's own.
#[unsafe(no_mangle)]
pub extern "C" fn cpx_watch_free(watch: Option<&mut *mut CpxWatch>) -> CpxStatus {
    guarded(None, || {
        let handle = given(watch)?;
        // SAFETY: the caller's handle: null, or what `cpx_watch_new` gave.
        let watch = given(unsafe { handle.as_ref() })?;
        if watch.watch.is_own_thread() {
            return Err(CpxStatus::InCallback.into());
        }
        if !watch.watch.stop(limits::STOP_PATIENCE) {
            return Err(CpxStatus::Busy.into());
        }
        take(Some(handle)).map(drop)
    })
}
