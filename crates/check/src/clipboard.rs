//! The clipboard of the desktop, where there is one that answers.

use std::sync::mpsc;
use std::thread;

use cpx_card::internal::limits;

/// Puts text into the clipboard. False where there is none, or none that answers in time.
///
/// On X11 the text goes with the process: [`keep`] waits.
pub(super) fn copy(text: String) -> bool {
    let (sender, done) = mpsc::channel();
    let copying = thread::Builder::new().name("cpx-clipboard".into()).spawn(move || {
        let clipboard =
            arboard::Clipboard::new().and_then(|mut clipboard| clipboard.set_text(text).map(|()| clipboard));
        let _ = sender.send(clipboard.is_ok());
        if clipboard.is_ok() && is_kept_by_us() {
            // whoever pastes asks this process
            thread::sleep(limits::CLIPBOARD_KEPT);
        }
    });
    copying.is_ok() && done.recv_timeout(limits::CLIPBOARD_PATIENCE).unwrap_or(false)
}

/// Whether the text goes when the process ends.
pub(super) const fn is_kept_by_us() -> bool {
    cfg!(all(unix, not(target_os = "macos")))
}

/// Waits as long as the text is to stay.
pub(super) fn keep() {
    if is_kept_by_us() {
        thread::sleep(limits::CLIPBOARD_KEPT);
    }
}
