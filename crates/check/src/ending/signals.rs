//! Signals. While no card is open, they end the program as ever, without anything of ours: a watch that waits has no thread
//! for them.
#![allow(unsafe_code)]

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag::register_conditional_default;
use signal_hook::iterator::{Handle, Signals};
use signal_hook::low_level::emulate_default_handler;

/// A signal by its number.
pub(crate) type Asked = i32;

/// That of Ctrl-C.
pub(crate) const INTERRUPT: Asked = SIGINT;

/// The signals that ask a program to end, but for those that its parent has it ignore: `nohup` means what it says.
static HEARD: LazyLock<Vec<i32>> =
    LazyLock::new(|| [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| !is_ignored(*signal)).collect());

/// Whether nobody listens.
static IDLE: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| Arc::new(AtomicBool::new(true)));

static LISTENERS: Mutex<Listeners> = Mutex::new(Listeners { count: 0, line: None });

struct Listeners {
    count: usize,
    /// Ends the thread that listens.
    line: Option<Handle>,
}

/// Hears signals from now on.
pub(super) fn hear() {
    for signal in HEARD.iter() {
        // where that fails, the signal ends the program as ever
        let _ = register_conditional_default(*signal, Arc::clone(&IDLE));
    }
}

fn is_ignored(signal: i32) -> bool {
    let mut now = std::mem::MaybeUninit::<libc::sigaction>::uninit();
    // SAFETY: with a null pointer for the new action the call only tells the present one, which it writes in full.
    let told = unsafe { libc::sigaction(signal, std::ptr::null(), now.as_mut_ptr()) };
    // SAFETY: the call has written it when it says 0.
    told == 0 && unsafe { now.assume_init() }.sa_sigaction == libc::SIG_IGN
}

/// As long as it is there, a signal is answered by [`super::asked`].
pub(super) struct Listening;

impl Listening {
    pub(super) fn new() -> Self {
        let mut listeners = lock();
        listeners.count = listeners.count.saturating_add(1);
        if listeners.line.is_none() {
            listeners.line = listen();
            IDLE.store(listeners.line.is_none(), Ordering::SeqCst);
        }
        Self
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let mut listeners = lock();
        listeners.count = listeners.count.saturating_sub(1);
        if listeners.count == 0 {
            IDLE.store(true, Ordering::SeqCst);
            if let Some(line) = listeners.line.take() {
                line.close();
            }
        }
    }
}

fn lock() -> MutexGuard<'static, Listeners> {
    LISTENERS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn listen() -> Option<Handle> {
    let mut signals = Signals::new(HEARD.iter()).ok()?;
    let line = signals.handle();
    let listening = move || {
        for signal in signals.forever() {
            super::asked(signal);
        }
        // what came in at the last moment
        for signal in signals.pending() {
            super::asked(signal);
        }
    };
    thread::Builder::new().name("cpx-signals".into()).spawn(listening).ok().map(|_| line)
}

/// Ends the process by this signal.
pub(super) fn end(signal: Asked) -> ! {
    const SHELL: i32 = 128;
    let _ = emulate_default_handler(signal);
    std::process::exit(SHELL.saturating_add(signal))
}
