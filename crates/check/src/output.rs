//! The terminal: the one place that prints. Styles are kept on a terminal only, and never under `NO_COLOR`.

use std::io::{IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use super::{encoding, ending};

/// Whether somebody still reads the output: a closed pipe (`| head`) ends the program without a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    Listening,
    Gone,
}

/// Whether an answer could not be written although somebody waits for it: a full disk.
static LOST: AtomicBool = AtomicBool::new(false);

/// Whether an answer was lost, other than by nobody reading it.
pub(super) fn was_lost() -> bool {
    LOST.load(Ordering::Relaxed)
}

impl Reader {
    /// Gone when either is.
    pub(super) fn worst(self, other: Self) -> Self {
        if self == Self::Gone { self } else { other }
    }
}

/// Whether the answer goes to a terminal.
pub(super) fn is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// Columns of the terminal that the answer goes to; none where it goes elsewhere.
pub(super) fn width() -> Option<usize> {
    let stdout = std::io::stdout();
    let columns = if stdout.is_terminal() { terminal_size::terminal_size_of(stdout) } else { None };
    columns.map(|(terminal_size::Width(columns), _)| usize::from(columns))
}

/// Prints text for people on the standard output, in the code page that was chosen.
pub(super) fn text(text: &str) -> Reader {
    if encoding::is_utf8() {
        return exactly(text);
    }
    // styles are for terminals that take UTF-8
    let plain = anstream::adapter::strip_str(text).to_string();
    ending::hold();
    let mut stream = std::io::stdout().lock();
    told(stream.write_all(&encoding::encoded(&plain)).and_then(|()| stream.flush()))
}

/// Prints what programs read on the standard output, in UTF-8.
pub(super) fn exactly(text: &str) -> Reader {
    ending::hold();
    let mut stream = anstream::stdout().lock();
    told(stream.write_all(text.as_bytes()).and_then(|()| stream.flush()))
}

fn told(written: std::io::Result<()>) -> Reader {
    match written {
        Ok(()) => Reader::Listening,
        Err(error) => {
            LOST.fetch_or(error.kind() != std::io::ErrorKind::BrokenPipe, Ordering::Relaxed);
            Reader::Gone
        }
    }
}

/// Prints one JSON value, indented, on the standard output.
pub(super) fn json(value: &Value) -> Reader {
    exactly(&format!("{value:#}\n"))
}

/// Prints one JSON value on a line of its own.
pub(super) fn json_line(value: &Value) -> Reader {
    exactly(&format!("{value}\n"))
}

/// Prints text on the error output.
pub(super) fn error(text: &str) {
    ending::hold();
    if encoding::is_utf8() {
        let _ = anstream::stderr().lock().write_all(text.as_bytes());
    } else {
        let plain = anstream::adapter::strip_str(text).to_string();
        let _ = std::io::stderr().lock().write_all(&encoding::encoded(&plain));
    }
}

/// Rings the bell of the terminal, where there is one.
pub(super) fn bell() {
    let mut stream = std::io::stderr();
    if stream.is_terminal() {
        let _ = stream.write_all(b"\x07");
    }
}
