//! What the library for applications adds to the reading of a card, and how long an event takes to its callback. The virtual
//! card answers at once, so that what is measured is the library. Prints a table; asserts nothing.
#![allow(clippy::unwrap_used, clippy::print_stdout)]
#![allow(unsafe_code)] // the handles of the library for C are pointers

use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::ptr;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::time::{Duration, Instant};

use cpx_card::Cards;
use cpx_card::internal::collect::{Collecting, collect};
use cpx_card::internal::transport::Readers;
use cpx_card_ffi::{
    CpxContext, CpxContextOptions, CpxEvent, CpxEventKind, CpxStatus, cpx_card_type, cpx_cards_free, cpx_cards_json,
    cpx_context_free, cpx_context_new, cpx_holder_id, cpx_read, cpx_reader_sentence, cpx_virtual_insert,
    cpx_virtual_remove, cpx_watch_free, cpx_watch_new,
};
use cpx_simulator::{Personality, SimulatedReaders};

const CARD: &str = "cps-medecin";
const RUNS: usize = 201;
const EVENTS: usize = 50;

fn main() {
    println!("{:54} {:>8} {:>8}", "milliseconds, median and worst", "median", "worst");
    let card = Personality::embedded(CARD).unwrap();
    let readers: Arc<dyn Readers> = Arc::new(SimulatedReaders::new(vec![("Lecteur".into(), card)]).unwrap());
    row("collect: reading the card, as the program does", RUNS, || {
        let started = Instant::now();
        collect(&readers, "", Collecting::default()).readers.unwrap();
        started.elapsed()
    });
    let cards = Cards::of(Arc::clone(&readers));
    row("Cards::read", RUNS, || {
        let started = Instant::now();
        cards.read().unwrap();
        started.elapsed()
    });
    let mut context = context();
    row("cpx_read, type, identifier, free", RUNS, || read(context, |_| {}));
    row("the same with the JSON", RUNS, || {
        read(context, |cards| {
            let mut text = MaybeUninit::uninit();
            // SAFETY: what `cpx_read` gave, not freed yet.
            assert_eq!(cpx_cards_json(unsafe { cards.as_ref() }, Some(&mut text), None), CpxStatus::Ok);
        })
    });
    row("the same with a French sentence", RUNS, || {
        read(context, |cards| {
            let mut text = MaybeUninit::uninit();
            // SAFETY: as above.
            let status = cpx_reader_sentence(unsafe { cards.as_ref() }, 0, 0, Some(&mut text), None);
            assert_eq!(status, CpxStatus::Ok);
        })
    });
    events(context);
    assert_eq!(cpx_context_free(Some(&mut context)), CpxStatus::Ok);
}

fn context() -> *mut CpxContext {
    let options = CpxContextOptions {
        struct_size: size_of::<CpxContextOptions>(),
        module_host: ptr::null(),
        module_host_length: 0,
        virtual_cards: CARD.as_ptr().cast(),
        virtual_cards_length: CARD.len(),
    };
    let mut context = MaybeUninit::uninit();
    assert_eq!(cpx_context_new(&raw const options, Some(&mut context)), CpxStatus::Ok);
    // SAFETY: written by a call that went well.
    unsafe { context.assume_init() }
}

fn read(context: *mut CpxContext, more: impl Fn(*mut cpx_card_ffi::CpxCards)) -> Duration {
    let started = Instant::now();
    let (mut cards, mut text) = (MaybeUninit::uninit(), MaybeUninit::uninit());
    // SAFETY: what `cpx_context_new` and `cpx_read` gave, not freed yet.
    let mut cards = unsafe {
        assert_eq!(cpx_read(context.as_ref(), ptr::null(), Some(&mut cards)), CpxStatus::Ok);
        let cards = cards.assume_init();
        assert_eq!(cpx_card_type(cards.as_ref(), 0, Some(&mut text), None), CpxStatus::Ok);
        assert_eq!(cpx_holder_id(cards.as_ref(), 0, Some(&mut text), None), CpxStatus::Ok);
        cards
    };
    more(cards);
    assert_eq!(cpx_cards_free(Some(&mut cards)), CpxStatus::Ok);
    started.elapsed()
}

extern "C" fn told(event: *const CpxEvent, user: *mut c_void) {
    // SAFETY: the event lives as long as this call; the sender is that of `events`, which outlives the watch.
    let (event, sender) = unsafe { (&*event, &*user.cast::<Sender<(i32, Instant)>>()) };
    let _ = sender.send((event.kind, Instant::now()));
}

/// From a card that is put in, or taken out, to the callback.
fn events(context: *mut CpxContext) {
    let (sender, receiver) = mpsc::channel::<(i32, Instant)>();
    let user = (&raw const sender).cast_mut().cast();
    let mut watch = MaybeUninit::uninit();
    // SAFETY: what `cpx_context_new` gave, not freed yet.
    let context = unsafe { context.as_ref() };
    assert_eq!(cpx_watch_new(context, Some(told), user, Some(&mut watch)), CpxStatus::Ok);
    // SAFETY: written by a call that went well.
    let mut watch = unsafe { watch.assume_init() };
    let until = |kind: CpxEventKind| loop {
        let (told, at) = receiver.recv_timeout(Duration::from_mins(1)).unwrap();
        if told == kind as i32 {
            return at;
        }
    };
    until(CpxEventKind::Inserted);
    row("a card taken out, to the callback", EVENTS, || {
        let started = Instant::now();
        assert_eq!(cpx_virtual_remove(context, 0), CpxStatus::Ok);
        let took = until(CpxEventKind::Removed) - started;
        assert_eq!(cpx_virtual_insert(context, 0, CARD.as_ptr().cast(), CARD.len()), CpxStatus::Ok);
        until(CpxEventKind::Inserted);
        took
    });
    assert_eq!(cpx_watch_free(Some(&mut watch)), CpxStatus::Ok);
}

fn row(name: &str, runs: usize, mut run: impl FnMut() -> Duration) {
    let mut taken: Vec<_> = (0..runs).map(|_| run().as_secs_f64() * 1000.0).collect();
    taken.sort_by(f64::total_cmp);
    println!("{name:54} {:>8.2} {:>8.2}", taken[runs / 2], taken[runs - 1]);
}
