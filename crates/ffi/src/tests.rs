//! What no host can bring about: a panic inside, and what the threads of a host may be given.

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use cpx_card::Result;
use cpx_card::internal::transport::{Exchange, Readers, Slot};
use cpx_card::{Cancel, Cards, Checkup, Reading, Watch};

use super::boundary::Sized_;
use super::status::guarded;
use super::{
    CpxCards, CpxCheckup, CpxContext, CpxEvent, CpxReadOptions, CpxStatus, CpxWatch, cpx_last_error, cpx_read,
    cpx_status_text, cpx_watch_free, cpx_watch_new, cpx_watch_next,
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

/// What is said of a status is the same with a context, which keeps its sentences, and without one.
#[test]
fn a_status_has_the_same_words_everywhere() {
    let words_of = |say: &dyn Fn(*mut c_char, usize) -> CpxStatus| {
        let mut words: [c_char; 500] = [0; 500];
        assert_eq!(say(words.as_mut_ptr(), words.len()), CpxStatus::Ok);
        words
    };
    let readers: Arc<dyn Readers> = Arc::new(Broken(AtomicU32::new(0)));
    let contexts = [(); 2].map(|()| super::context::of(Cards::of(Arc::clone(&readers))));
    let mut spoken = Vec::new();
    for (language, context) in [(0, &contexts[0]), (1, &contexts[0]), (0, &contexts[1]), (0, &contexts[0])] {
        let unknown = CpxReadOptions { struct_size: size_of::<CpxReadOptions>(), flags: 1 << 31, ..Sized_::NONE };
        let mut cards = MaybeUninit::uninit();
        let status = cpx_read(Some(context), &raw const unknown, Some(&mut cards));
        assert_eq!(status, CpxStatus::InvalidArgument);
        let alone = words_of(&|buffer, size| cpx_status_text(status as i32, language, buffer, size, None));
        assert_eq!(words_of(&|buffer, size| cpx_last_error(Some(context), language, buffer, size, None)), alone);
        spoken.push(alone);
    }
    assert_ne!(spoken[0], spoken[1]);
    assert_eq!([spoken[0], spoken[0]], [spoken[2], spoken[3]]);
    assert_eq!(cpx_last_error(Some(&contexts[0]), 2, ptr::null_mut(), 0, None), CpxStatus::InvalidArgument);
    for status in CpxStatus::ALL {
        for language in [0, 1] {
            let said = words_of(&|buffer, size| cpx_status_text(status as i32, language, buffer, size, None));
            assert!(!status_key(&said), "{status:?} in language {language}");
        }
    }
}

/// Whether nothing was said but the key of the sentence.
fn status_key(words: &[c_char]) -> bool {
    words.iter().zip(b"status-").all(|(one, other)| u8::try_from(*one) == Ok(*other))
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
