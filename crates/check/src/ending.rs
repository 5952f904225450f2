//! How the program ends when it is asked to (Ctrl-C, `kill`, a terminal or a console that is closed): the card that is open
//! answers first and is left as it was, then the process ends as the signal has it.

#[cfg(unix)]
#[path = "ending/signals.rs"]
mod asking;
#[cfg(windows)]
#[path = "ending/console.rs"]
mod asking;

use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use cpx_card::Result;
use cpx_card::internal::transport::{Exchange, Readers, Slot, Stop, Stoppable};
use cpx_report::Texts;

use asking::Listening;
pub(super) use asking::{Asked, INTERRUPT};

/// How long an end may take before it is told what is waited for.
const SOON: Duration = Duration::from_millis(500);

/// The cards that this process has open.
static CARDS: LazyLock<Stop> = LazyLock::new(Stop::new);

/// Whether the process ends, so that nothing is told any more.
static ENDING: AtomicBool = AtomicBool::new(false);

/// What a command does instead of ending at once, and what it undoes before.
static COMMAND: Mutex<Option<Command>> = Mutex::new(None);

/// What is told somebody who waits for the end.
static WORDS: OnceLock<String> = OnceLock::new();

enum Command {
    /// An end of its own. Whether it takes it: once.
    Own(Box<dyn FnMut() -> bool + Send>),
    /// What is put back first.
    #[cfg(unix)]
    Undo(Box<dyn Fn() + Send>),
}

/// Hears from now on what asks the program to end.
pub(super) fn hear(texts: &Texts) {
    let _ = WORDS.set(texts.text("ending"));
    asking::hear();
}

/// Readers whose cards are left as they were, whatever ends the program.
pub(super) fn leaving(readers: Arc<dyn Readers>) -> Arc<dyn Readers> {
    Arc::new(Stoppable::new(Arc::new(Listened(readers)), [CARDS.clone()]))
}

/// When the program is asked to end, this is done instead, as long as it says that it is.
pub(super) fn instead(own: impl FnMut() -> bool + Send + 'static) {
    keep(Command::Own(Box::new(own)));
}

/// When the program is asked to end, this is done first.
#[cfg(unix)]
pub(super) fn undo_first(undo: impl Fn() + Send + 'static) {
    keep(Command::Undo(Box::new(undo)));
}

fn keep(command: Command) {
    *COMMAND.lock().unwrap_or_else(PoisonError::into_inner) = Some(command);
    // to the end of the program
    std::mem::forget(Listening::new());
}

/// The program was asked to end: comes back only where a command has an end of its own.
fn asked(how: Asked) {
    let taken = match COMMAND.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
        Some(Command::Own(own)) => own(),
        #[cfg(unix)]
        Some(Command::Undo(undo)) => {
            undo();
            false
        }
        None => false,
    };
    if !taken {
        end(how);
    }
}

/// Ends the program: first every card is left.
pub(super) fn end(how: Asked) -> ! {
    ENDING.store(true, Ordering::Release);
    let _ = thread::Builder::new().name("cpx-ending".into()).spawn(|| {
        thread::sleep(SOON);
        if std::io::stderr().is_terminal() {
            eprint(WORDS.get().map(String::as_str).unwrap_or_default());
        }
    });
    CARDS.leave();
    asking::end(how)
}

/// The one thing that is told while the program ends.
fn eprint(words: &str) {
    use std::io::Write as _;
    let _ = writeln!(anstream::stderr().lock(), "\n{words}");
}

/// Stays here while the program ends: what a card that was left says is no answer.
pub(super) fn hold() {
    while ENDING.load(Ordering::Acquire) {
        thread::park();
    }
}

/// The program has come to its own end: a card that a deadline left waiting is left as well.
pub(super) fn finish() {
    hold();
    CARDS.leave();
    hold();
}

/// Readers during whose dialogue with a card it is listened to what asks the program to end.
struct Listened(Arc<dyn Readers>);

impl Readers for Listened {
    fn slots(&self) -> Result<Vec<Slot>> {
        self.0.slots()
    }

    fn wait(&self, seen: &[Slot], timeout: Duration) -> Result<Vec<Slot>> {
        self.0.wait(seen, timeout)
    }

    fn interrupt(&self) {
        self.0.interrupt();
    }

    fn with_card(&self, reader: &str, work: &mut dyn FnMut(&mut dyn Exchange)) -> Result<()> {
        let _listening = Listening::new();
        self.0.with_card(reader, work)
    }
}
