//! The installed browsers, found at their known places and never started: what they are, their version, what keeps them
//! away from the system.

use std::fs;
use std::path::{Path, PathBuf};

use super::module_files::real_path;
use super::places::{Places, joined};
use super::{flatpak, ini, macos};
use crate::limits;
use crate::workstation::binary;
use crate::workstation::bounded_file::{entries, read, read_text};
use crate::workstation::facts::{Browser, BrowserKind, Confinement, Family};

/// A browser where its program really is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundBrowser {
    pub kind: BrowserKind,
    pub program: PathBuf,
    pub confinement: Confinement,
}

/// Every browser at a known place, each program once.
pub(super) fn found(places: &Places) -> Vec<FoundBrowser> {
    let candidates = match places.family {
        Family::Windows => on_windows(places),
        Family::Macos => on_macos(places),
        _ => on_linux(places),
    };
    let mut found: Vec<FoundBrowser> = Vec::new();
    for (kind, program, confinement) in candidates {
        let Some(program) = real_path(&program).filter(|program| program.is_file()) else { continue };
        if !found.iter().any(|known| known.program == program) {
            found.push(FoundBrowser { kind, program, confinement });
        }
    }
    found
}

/// The same as facts.
pub(super) fn installed(places: &Places) -> Vec<Browser> {
    found(places)
        .into_iter()
        .map(|found| Browser {
            version: version(places, &found),
            architectures: binary::architectures(&found.program).seen().cloned().unwrap_or_default(),
            confinement: found.confinement,
            ..Browser::new(found.kind, places.shown(&found.program))
        })
        .collect()
}

type Candidate = (BrowserKind, PathBuf, Confinement);

fn on_linux(places: &Places) -> Vec<Candidate> {
    const PROGRAMS: [(BrowserKind, &str); 19] = [
        (BrowserKind::Firefox, "usr/lib/firefox/firefox"),
        (BrowserKind::Firefox, "usr/lib64/firefox/firefox"),
        (BrowserKind::Firefox, "usr/lib/firefox-esr/firefox-esr"),
        (BrowserKind::Firefox, "usr/lib64/firefox-esr/firefox-esr"),
        (BrowserKind::Firefox, "opt/firefox/firefox"),
        (BrowserKind::Firefox, "usr/local/firefox/firefox"),
        (BrowserKind::Firefox, "usr/local/lib/firefox/firefox"),
        (BrowserKind::Chrome, "opt/google/chrome/chrome"),
        (BrowserKind::Edge, "opt/microsoft/msedge/msedge"),
        (BrowserKind::Chromium, "usr/lib/chromium/chromium"),
        (BrowserKind::Chromium, "usr/lib/chromium/chrome"),
        (BrowserKind::Chromium, "usr/lib64/chromium-browser/chromium-browser"),
        (BrowserKind::Chromium, "usr/lib64/chromium/chromium"),
        (BrowserKind::Chromium, "usr/lib/chromium-browser/chromium-browser"),
        (BrowserKind::Other, "opt/brave.com/brave/brave"),
        (BrowserKind::Other, "opt/vivaldi/vivaldi-bin"),
        (BrowserKind::Other, "usr/lib/librewolf/librewolf"),
        (BrowserKind::Other, "usr/lib/x86_64-linux-gnu/opera/opera"),
        (BrowserKind::Other, "usr/share/librewolf/librewolf"),
    ];
    // links of an administrator to an archive that was unpacked anywhere
    const LINKS: [&str; 4] =
        ["usr/bin/firefox", "usr/local/bin/firefox", "usr/bin/firefox-esr", "usr/local/bin/firefox-esr"];
    const SNAPS: [(BrowserKind, &str); 2] = [
        (BrowserKind::Firefox, "firefox/current/usr/lib/firefox/firefox"),
        (BrowserKind::Chromium, "chromium/current/usr/lib/chromium-browser/chrome"),
    ];
    const FLATPAKS: [(BrowserKind, &str, &str); 4] = [
        (BrowserKind::Firefox, "org.mozilla.firefox", "lib/firefox/firefox"),
        (BrowserKind::Chrome, "com.google.Chrome", "extra/chrome"),
        (BrowserKind::Chromium, "org.chromium.Chromium", "chromium/chrome"),
        (BrowserKind::Edge, "com.microsoft.Edge", "extra/msedge"),
    ];
    let native = PROGRAMS.iter().map(|(kind, path)| (*kind, places.root.join(path), Confinement::Native));
    let links = LINKS.iter().filter_map(|link| {
        let program = fs::canonicalize(places.root.join(link)).ok()?;
        let is_firefox = program.parent()?.join("application.ini").is_file();
        let is_snap = program.components().any(|part| part.as_os_str() == "snap");
        (is_firefox && !is_snap).then_some((BrowserKind::Firefox, program, Confinement::Native))
    });
    let snaps = ["snap", "var/lib/snapd/snap"].into_iter().flat_map(|base| {
        SNAPS.iter().map(move |(kind, path)| (*kind, places.root.join(base).join(path), Confinement::Snap))
    });
    let flatpaks = FLATPAKS.iter().flat_map(|(kind, id, program)| {
        let confinement = flatpak::confinement(places, id);
        flatpak::installations(places).map(|base| {
            let active = base.join("app").join(id).join("current/active");
            let program = active.join("files").join(program);
            // the program is fetched or wrapped by some: the metadata is there always
            (*kind, if program.is_file() { program } else { active.join("metadata") }, confinement)
        })
    });
    native.chain(links).chain(snaps).chain(flatpaks).collect()
}

fn on_macos(places: &Places) -> Vec<Candidate> {
    const APPLICATIONS: [(BrowserKind, &str, &str); 6] = [
        (BrowserKind::Safari, "Safari.app", "Safari"),
        (BrowserKind::Firefox, "Firefox.app", "firefox"),
        (BrowserKind::Chrome, "Google Chrome.app", "Google Chrome"),
        (BrowserKind::Edge, "Microsoft Edge.app", "Microsoft Edge"),
        (BrowserKind::Chromium, "Chromium.app", "Chromium"),
        (BrowserKind::Other, "Brave Browser.app", "Brave Browser"),
    ];
    let folders = [&places.root, &places.home];
    let of_folder = |folder: &Path| {
        let applications = folder.join("Applications");
        APPLICATIONS.map(|(kind, name, program)| {
            (kind, applications.join(name).join("Contents/MacOS").join(program), Confinement::Native)
        })
    };
    folders.into_iter().flat_map(|folder| of_folder(folder)).collect()
}

fn on_windows(places: &Places) -> Vec<Candidate> {
    const PROGRAMS: [(BrowserKind, &str); 6] = [
        (BrowserKind::Firefox, "Mozilla Firefox/firefox.exe"),
        (BrowserKind::Chrome, "Google/Chrome/Application/chrome.exe"),
        (BrowserKind::Edge, "Microsoft/Edge/Application/msedge.exe"),
        (BrowserKind::Chromium, "Chromium/Application/chrome.exe"),
        (BrowserKind::InternetExplorer, "Internet Explorer/iexplore.exe"),
        (BrowserKind::Other, "BraveSoftware/Brave-Browser/Application/brave.exe"),
    ];
    let folders = places.programs.iter().chain([&places.local_data]);
    folders.flat_map(|folder| PROGRAMS.map(|(kind, path)| (kind, joined(folder, path), Confinement::Native))).collect()
}

/// The version that stands in a file beside the program.
fn version(places: &Places, browser: &FoundBrowser) -> Option<String> {
    let folder = browser.program.parent()?;
    let version = match (places.family, browser.kind) {
        (Family::Macos, _) => macos::bundle_version(&folder.parent()?.join("Info.plist")),
        (_, BrowserKind::Firefox) => {
            let bytes = read(&folder.join("application.ini"), limits::CONFIG_BYTES).ok()?;
            ini::value_in(&bytes, "App", "Version")
        }
        (Family::Windows, _) => newest_folder(folder),
        _ => chromium_version(places, browser, folder),
    };
    version.filter(|version| is_version(version))
}

/// Chromium for Windows stands in a folder named as its version.
fn newest_folder(folder: &Path) -> Option<String> {
    let names = entries(folder, limits::FOLDER_ENTRIES).ok()?.into_iter().filter(|path| path.is_dir());
    names
        .filter_map(|path| path.file_name()?.to_str().map(str::to_owned))
        .filter(|name| is_version(name))
        .max_by_key(|name| name.split('.').map(|number| number.parse::<u64>().unwrap_or_default()).collect::<Vec<_>>())
}

/// Chromium for Linux: what a snap says of itself, a `VERSION` file beside it, or the version
/// that this user started last.
fn chromium_version(places: &Places, browser: &FoundBrowser, folder: &Path) -> Option<String> {
    let text = |path: PathBuf| read_text(&path, limits::CONFIG_BYTES).ok();
    if browser.confinement == Confinement::Snap {
        let snap = browser.program.ancestors().find(|path| path.join("meta/snap.yaml").is_file())?;
        let manifest = text(snap.join("meta/snap.yaml"))?;
        let version = manifest.lines().find_map(|line| line.strip_prefix("version:"))?;
        return Some(version.trim().trim_matches(['\'', '"']).to_owned());
    }
    let beside = text(folder.join("VERSION")).filter(|_| browser.confinement == Confinement::Native);
    let last_started = || {
        let (name, id) = match browser.kind {
            BrowserKind::Chrome => ("google-chrome", "com.google.Chrome"),
            BrowserKind::Edge => ("microsoft-edge", "com.microsoft.Edge"),
            BrowserKind::Chromium => ("chromium", "org.chromium.Chromium"),
            _ => return None,
        };
        let config = match browser.confinement {
            Confinement::Native => places.application_data.clone(),
            _ => places.home.join(".var/app").join(id).join("config"),
        };
        text(config.join(name).join("Last Version"))
    };
    beside.or_else(last_started).map(|version| version.trim().to_owned())
}

/// Numbers with dots between them.
fn is_version(text: &str) -> bool {
    let is_number =
        |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') && !part.is_empty();
    text.len() <= 40 && text.starts_with(|first: char| first.is_ascii_digit()) && text.split('.').all(is_number)
}
