//! What no host can bring about: a panic inside, and what the threads of a host may be given.

use std::mem::MaybeUninit;
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::cards::{Cancel, Cards, Checkup, Reading, Watch};
use crate::error::Result;
use crate::transport::{Exchange, Readers, Slot};

use super::status::guarded;
use super::{
    CpxCards, CpxCheckup, CpxContext, CpxEvent, CpxStatus, CpxWatch, cpx_last_error, cpx_read, cpx_watch_free,
    cpx_watch_new, cpx_watch_next,
};

/// Readers that panic, as a bug would.
struct Broken(AtomicU32);

impl Broken {
    fn panic<T>(&self) -> Result<T> {
        self.0.fetch_add(1, Ordering::Relaxed);
        panic!("made by the test")
    }
}

impl Readers for Broken {
    fn slots(&self) -> Result<Vec<Slot>> {
        self.panic()
    }

    fn wait(&self, _: &[Slot], _: Duration) -> Result<Vec<Slot>> {
        self.panic()
    }

    fn with_card(&self, _: &str, _: &mut dyn FnMut(&mut dyn Exchange)) -> Result<()> {
        self.panic()
    }
}

#[test]
fn a_panic_becomes_a_status() {
    assert_eq!(guarded(None, || panic!("made by the test")), CpxStatus::Internal);

    let broken = Arc::new(Broken(AtomicU32::new(0)));
    let context = super::context::of(Cards::of(Arc::clone(&broken) as Arc<dyn Readers>));
    let mut cards = MaybeUninit::uninit();
    let status = cpx_read(Some(&context), ptr::null(), Some(&mut cards));
    assert_ne!(status, CpxStatus::Ok);
    // SAFETY: written by the call, whatever came of it.
    assert!(unsafe { cards.assume_init() }.is_null());
    let mut words = [0; 500];
    let told = cpx_last_error(Some(&context), 0, words.as_mut_ptr(), words.len(), None);
    assert_eq!(told, CpxStatus::Ok);
    assert!(broken.0.load(Ordering::Relaxed) > 0);
}

#[test]
fn a_watch_over_what_panics_goes_on_and_ends() {
    let context = super::context::of(Cards::of(Arc::new(Broken(AtomicU32::new(0)))));
    let mut watch = MaybeUninit::uninit();
    assert_eq!(cpx_watch_new(Some(&context), None, ptr::null_mut(), Some(&mut watch)), CpxStatus::Ok);
    // SAFETY: written by a call that went well.
    let mut watch: *mut CpxWatch = unsafe { watch.assume_init() };
    let mut event = CpxEvent {
        struct_size: size_of::<CpxEvent>(),
        kind: -1,
        times: 0,
        reader: ptr::null(),
        reader_length: 0,
        reason: ptr::null(),
        reason_length: 0,
    };
    // SAFETY: as above.
    let status = cpx_watch_next(unsafe { watch.as_ref() }, 10_000, &raw mut event);
    assert_eq!((status, event.kind), (CpxStatus::Ok, super::CpxEventKind::ServiceLost as i32));
    assert_eq!(cpx_watch_free(Some(&mut watch)), CpxStatus::Ok);
    assert_eq!(cpx_watch_free(Some(&mut watch)), CpxStatus::Null);
}

#[test]
fn threads_meet_in_these() {
    fn crosses_threads<T: Send + Sync>() {}
    crosses_threads::<Cards>();
    crosses_threads::<Cancel>();
    crosses_threads::<Watch>();
    crosses_threads::<Reading>();
    crosses_threads::<Checkup>();
    crosses_threads::<CpxContext>();
    crosses_threads::<CpxCards>();
    crosses_threads::<CpxCheckup>();
    crosses_threads::<CpxWatch>();
}
