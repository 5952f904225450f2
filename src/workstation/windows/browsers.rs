//! Browsers that Windows knows of.

use super::registry::{Hive, Key, Registry, VIEWS};
use crate::workstation::facts::BrowserKind;
use crate::workstation::{Reason, Unseen};

/// The programs that the registry names as browsers, each once: which browser, and its path.
pub(super) fn installed(registry: &dyn Registry) -> Result<Vec<(BrowserKind, String)>, Reason> {
    let mut found: Vec<(BrowserKind, String)> = Vec::new();
    let mut add = |path: Option<String>| {
        let Some(path) = path.as_deref().map(program).filter(|path| !path.is_empty()) else { return };
        if !found.iter().any(|(_, known)| known.eq_ignore_ascii_case(path)) {
            found.extend(kind(path).map(|kind| (kind, path.to_owned())));
        }
    };
    for hive in [Hive::Machine, Hive::User] {
        for view in VIEWS {
            let clients = Key::of(hive, r"SOFTWARE\Clients\StartMenuInternet").seen_by(view);
            for client in registry.subkeys(&clients)?.unwrap_or_default() {
                add(registry.text(&clients.below(&client).below(r"shell\open\command"), "").unwrap_or_default());
            }
            let paths = Key::of(hive, r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths").seen_by(view);
            for name in ["firefox.exe", "chrome.exe", "msedge.exe", "chromium.exe"] {
                add(registry.text(&paths.below(name), "").unwrap_or_default());
            }
        }
    }
    Ok(found)
}

/// The program of a command: what is between quotes, or all up to `.exe`.
fn program(command: &str) -> &str {
    let command = command.trim();
    if let Some(quoted) = command.strip_prefix('"') {
        return quoted.split('"').next().unwrap_or_default();
    }
    let end = command.to_ascii_lowercase().find(".exe").map(|at| at.saturating_add(4));
    end.and_then(|end| command.get(..end)).unwrap_or(command)
}

fn kind(path: &str) -> Option<BrowserKind> {
    let lower = path.to_lowercase();
    match lower.rsplit('\\').next().unwrap_or_default() {
        "firefox.exe" => Some(BrowserKind::Firefox),
        "chromium.exe" => Some(BrowserKind::Chromium),
        "chrome.exe" if lower.contains(r"\chromium\") => Some(BrowserKind::Chromium),
        "chrome.exe" => Some(BrowserKind::Chrome),
        "msedge.exe" => Some(BrowserKind::Edge),
        "iexplore.exe" => Some(BrowserKind::InternetExplorer),
        "" => None,
        _ => Some(BrowserKind::Other),
    }
}

/// The browser that opens web pages, as this user chose.
pub(super) fn default(registry: &dyn Registry) -> Result<BrowserKind, Reason> {
    let key = Key::of(Hive::User, r"SOFTWARE\Microsoft\Windows\Shell\Associations\UrlAssociations\https\UserChoice");
    let Some(chosen) = registry.text(&key, "ProgId")? else {
        return Err(Unseen::Absent.with(key.to_string()));
    };
    let chosen = chosen.to_lowercase();
    let known = [
        ("firefox", BrowserKind::Firefox),
        ("chromehtml", BrowserKind::Chrome),
        ("msedge", BrowserKind::Edge),
        ("chromium", BrowserKind::Chromium),
        ("ie.", BrowserKind::InternetExplorer),
    ];
    Ok(known.into_iter().find(|(start, _)| chosen.starts_with(start)).map_or(BrowserKind::Other, |(_, kind)| kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::windows::registry::Value;
    use crate::workstation::windows::registry_fake::FakeRegistry;

    fn client(hive: Hive, name: &str) -> Key {
        Key::of(hive, r"SOFTWARE\Clients\StartMenuInternet").below(name).below(r"shell\open\command")
    }

    #[test]
    fn each_browser_is_told_once() {
        let firefox = r"C:\Program Files\Mozilla Firefox\firefox.exe";
        let registry = FakeRegistry::default()
            .with_text(&client(Hive::Machine, "Firefox-308046B0AF4A39CB"), "", &format!(r#""{firefox}""#))
            .with_text(
                &Key::machine(r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\firefox.exe"),
                "",
                &firefox.to_uppercase(),
            )
            .with_text(&client(Hive::User, "Google Chrome"), "", r"C:\Users\x\Chrome\chrome.exe --single")
            .with(&client(Hive::User, "odd"), "", Value::Number(1))
            .with_text(&client(Hive::User, "empty"), "", "\"");
        let told = installed(&registry).unwrap();
        assert_eq!(
            told,
            [
                (BrowserKind::Firefox, firefox.to_owned()),
                (BrowserKind::Chrome, r"C:\Users\x\Chrome\chrome.exe".to_owned())
            ]
        );
    }

    #[test]
    fn the_default_is_told_by_its_program_id() {
        let key =
            Key::of(Hive::User, r"SOFTWARE\Microsoft\Windows\Shell\Associations\UrlAssociations\https\UserChoice");
        let of = |id: &str| default(&FakeRegistry::default().with_text(&key, "ProgId", id)).unwrap();
        assert_eq!(of("FirefoxURL-308046B0AF4A39CB"), BrowserKind::Firefox);
        assert_eq!(
            [of("ChromeHTML"), of("MSEdgeHTM"), of("OperaStable")],
            [BrowserKind::Chrome, BrowserKind::Edge, BrowserKind::Other]
        );
        assert_eq!(default(&FakeRegistry::default()).unwrap_err().why, Unseen::Absent);
    }
}
