//! Opens an address in the user's browser, by what each system has for it, at its known place.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

/// Opens this address. False where nothing is there to open it with, or nothing to show it on.
pub(super) fn open(address: &str) -> bool {
    let Some(opener) = opener() else { return false };
    let mut command = Command::new(opener);
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    {
        // a Ctrl-C for this program is none for the browser
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
    }
    let Ok(mut child) = command.spawn() else { return false };
    // some openers stay as long as the browser does
    thread::Builder::new().name("cpx-opener".into()).spawn(move || child.wait()).is_ok()
}

#[cfg(windows)]
fn opener() -> Option<PathBuf> {
    let explorer = PathBuf::from(std::env::var_os("SystemRoot")?).join("explorer.exe");
    (explorer.is_absolute() && explorer.is_file()).then_some(explorer)
}

#[cfg(target_os = "macos")]
fn opener() -> Option<PathBuf> {
    Some(PathBuf::from("/usr/bin/open")).filter(|open| open.is_file())
}

#[cfg(not(any(windows, target_os = "macos")))]
fn opener() -> Option<PathBuf> {
    // without a desktop it would open a browser in the terminal
    let has = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let known = ["/usr/bin/xdg-open", "/usr/local/bin/xdg-open"];
    known
        .into_iter()
        .map(PathBuf::from)
        .find(|opener| opener.is_file())
        .filter(|_| has("DISPLAY") || has("WAYLAND_DISPLAY"))
}
