//! The browser that opens web pages.

use super::places::Places;
use super::{ini, macos};
use crate::limits;
use crate::workstation::bounded_file::read;
use crate::workstation::facts::{BrowserKind, Family};
use crate::workstation::{Observed, Unseen};

/// What the system opens web pages with. `Unseen(Absent)` where nobody chose anything and the system has no choice of
/// its own.
pub(super) fn default_browser(places: &Places) -> Observed<BrowserKind> {
    match places.family {
        Family::Windows => match &places.registry.default_program {
            Observed::Seen(Some(program)) => Observed::Seen(of_program_id(program)),
            Observed::Seen(None) => Observed::Unseen(Unseen::Absent.into()),
            Observed::Unseen(reason) => Observed::Unseen(reason.clone()),
        },
        Family::Macos => macos::default_browser(places),
        _ => on_linux(places).ok_or(Unseen::Absent).into(),
    }
}

/// The browser of a `ProgId` of Windows, such as `ChromeHTML` or `FirefoxURL-308046B0AF4A39CB`.
pub fn of_program_id(id: &str) -> BrowserKind {
    const KNOWN: [(&str, BrowserKind); 6] = [
        ("firefox", BrowserKind::Firefox),
        ("chromium", BrowserKind::Chromium),
        ("chrome", BrowserKind::Chrome),
        ("msedge", BrowserKind::Edge),
        ("appxq0fevzme2pys62n3e0fbqa7peapykr8v", BrowserKind::Edge),
        ("ie.http", BrowserKind::InternetExplorer),
    ];
    of_name(id, &KNOWN)
}

/// The first desktop file that a `mimeapps.list` gives to `https`: the user's, then the system's
/// (specification "Association between MIME types and applications").
fn on_linux(places: &Places) -> Option<BrowserKind> {
    const KNOWN: [(&str, BrowserKind); 7] = [
        ("firefox", BrowserKind::Firefox),
        ("org.mozilla.firefox", BrowserKind::Firefox),
        ("chromium", BrowserKind::Chromium),
        ("org.chromium.chromium", BrowserKind::Chromium),
        ("google-chrome", BrowserKind::Chrome),
        ("com.google.chrome", BrowserKind::Chrome),
        ("microsoft-edge", BrowserKind::Edge),
    ];
    let of_root = ["etc/xdg", "usr/local/share/applications", "usr/share/applications"];
    let folders = [places.application_data.clone(), places.home.join(".local/share/applications")]
        .into_iter()
        .chain(of_root.map(|folder| places.root.join(folder)));
    let files = folders.flat_map(|folder| ["mimeapps.list", "gnome-mimeapps.list"].map(|name| folder.join(name)));
    for file in files {
        let bytes = read(&file, limits::CONFIG_BYTES).unwrap_or_default();
        let chosen = ini::value_in(&bytes, "Default Applications", "x-scheme-handler/https");
        if let Some(first) = chosen.as_deref().and_then(|list| list.split(';').find(|name| !name.is_empty())) {
            // flatpaks of Edge are named com.microsoft.Edge, snaps firefox_firefox
            let name = if first.starts_with("com.microsoft.Edge") { "microsoft-edge" } else { first };
            return Some(of_name(name, &KNOWN));
        }
    }
    None
}

/// The browser whose names begin like this one, whatever the case.
pub(super) fn of_name(name: &str, known: &[(&str, BrowserKind)]) -> BrowserKind {
    let name = name.to_ascii_lowercase();
    known.iter().find(|(beginning, _)| name.starts_with(beginning)).map_or(BrowserKind::Other, |(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn program_ids_of_windows_are_known_by_their_beginning() {
        for (id, expected) in [
            ("FirefoxURL-308046B0AF4A39CB", BrowserKind::Firefox),
            ("ChromeHTML", BrowserKind::Chrome),
            ("MSEdgeHTM", BrowserKind::Edge),
            ("ChromiumHTM.ABC", BrowserKind::Chromium),
            ("IE.HTTPS", BrowserKind::InternetExplorer),
            ("BraveHTML", BrowserKind::Other),
            ("", BrowserKind::Other),
        ] {
            assert_eq!(of_program_id(id), expected, "{id}");
        }
    }
}
