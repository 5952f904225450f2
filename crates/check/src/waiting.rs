//! What is told to somebody who waits at a terminal: what is being looked at, once it lasts over half a second.

use std::io::IsTerminal as _;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use cpx_card::internal::collect::Progress;
use cpx_report::Texts;

use super::output;

/// How long nothing is told.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often it is looked what is going on.
const TICK: Duration = Duration::from_millis(100);

/// Does this work, and tells meanwhile what is being looked at. The line is taken away again.
pub(super) fn on<T: Send>(progress: &Progress, texts: &Texts, work: impl FnOnce() -> T + Send) -> T {
    if !std::io::stderr().is_terminal() {
        return work();
    }
    thread::scope(|scope| {
        let (done, ended) = mpsc::channel::<()>();
        let progress = progress.clone();
        let sentences: Vec<_> = cpx_card::internal::collect::Stage::ALL
            .iter()
            .map(|stage| (*stage, texts.text(&format!("looking-at-{}", stage.code()))))
            .collect();
        scope.spawn(move || {
            let mut pause = PATIENCE;
            let mut shown = String::new();
            while ended.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                pause = TICK;
                let running = progress.running();
                let now = running.first().and_then(|stage| sentences.iter().find(|(known, _)| known == stage));
                let sentence = now.map(|(_, sentence)| sentence.clone()).unwrap_or_default();
                if sentence != shown {
                    replace(&shown, &sentence);
                    shown = sentence;
                }
            }
            replace(&shown, "");
        });
        let outcome = work();
        drop(done);
        outcome
    })
}

/// Writes a line in place of another. Spaces, because not every terminal knows how to erase.
fn replace(shown: &str, sentence: &str) {
    if shown != sentence {
        output::error(&format!("\r{}\r{sentence}", " ".repeat(shown.chars().count())));
    }
}
