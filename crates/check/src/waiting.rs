//! What is told to somebody who waits at a terminal, once it lasts over half a second: the card, and what is being looked at.

use std::io::IsTerminal as _;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use cpx_card::internal::collect::Progress;
use cpx_card::internal::facts::ReaderFacts;
use cpx_card::internal::workstation::beside;
use cpx_report::Texts;

use super::output;

/// How long nothing is told.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often it is looked what is going on.
const TICK: Duration = Duration::from_millis(100);

/// Does this work, and tells meanwhile what is being looked at, in a line that is taken away again. Each card is given to `tell`
/// as soon as it was read, once.
pub(super) fn on<T: Send>(
    progress: &Progress,
    texts: &Texts,
    tell: &mut dyn FnMut(ReaderFacts),
    work: impl FnOnce() -> T + Send,
) -> T {
    if !std::io::stderr().is_terminal() {
        return work();
    }
    thread::scope(|scope| {
        let (done, ended) = mpsc::channel::<()>();
        let worker = beside(scope, move || {
            let _done = done;
            work()
        });
        let (mut pause, mut shown, mut told) = (PATIENCE, String::new(), Vec::new());
        while worker.has_thread() && ended.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
            pause = TICK;
            for card in progress.cards() {
                if !told.contains(&card.name) {
                    replace(&mut shown, "");
                    told.push(card.name.clone());
                    tell(card);
                }
            }
            let stage = progress.running().first().map(|stage| texts.text(&format!("looking-at-{}", stage.code())));
            replace(&mut shown, &stage.unwrap_or_default());
        }
        replace(&mut shown, "");
        worker.finish().unwrap_or_else(|| std::panic::resume_unwind(Box::new("the work")))
    })
}

/// Writes a line in place of the one that is shown. Spaces, because not every terminal knows how to erase.
fn replace(shown: &mut String, sentence: &str) {
    if shown != sentence {
        output::error(&format!("\r{}\r{sentence}", " ".repeat(shown.chars().count())));
        sentence.clone_into(shown);
    }
}
