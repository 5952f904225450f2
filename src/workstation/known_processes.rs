//! The programs that are known to use cards, and the browsers, as a table: `processes.csv`.
//!
//! Its columns: the name of the program's file in lower case without `.exe`, the name to tell, `card` or `browser`, and
//! the systems where it is met (W, M, L). Sources: checks.md `competing-processes`, pcsc.md section 6.

use std::path::Path;
use std::sync::LazyLock;

use serde::Deserialize;

use super::facts::{KnownProcess, Processes};

static ROWS: LazyLock<Vec<Row>> =
    LazyLock::new(|| csv::Reader::from_reader(&include_bytes!("processes.csv")[..]).deserialize().flatten().collect());

#[derive(Debug, Deserialize)]
struct Row {
    program: String,
    name: String,
    kind: Kind,
    systems: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Card,
    Browser,
}

/// The known programs of a system.
#[derive(Debug, Clone, Copy)]
pub struct KnownPrograms {
    letter: char,
}

/// The known programs of this system.
pub const fn known_programs() -> KnownPrograms {
    KnownPrograms {
        letter: if cfg!(windows) {
            'W'
        } else if cfg!(target_os = "macos") {
            'M'
        } else {
            'L'
        },
    }
}

impl KnownPrograms {
    /// Those of Linux.
    pub const LINUX: Self = Self { letter: 'L' };
    /// Those of macOS.
    pub const MACOS: Self = Self { letter: 'M' };

    /// Whether a running program is one of them: its file with or without folder and `.exe`, in any case.
    pub fn has(self, program: &str) -> bool {
        self.row(program).is_some()
    }

    /// The name by which a program of any system is told, when it is known, by its file or by that very name.
    pub(super) fn name(program: &str) -> Option<&'static str> {
        let file = program.to_lowercase();
        ROWS.iter().find(|row| row.program == file || row.name == program).map(|row| row.name.as_str())
    }

    /// What is told of running programs, each a file and the time of its start (seconds since 1970 in UTC): each known
    /// one once, with its earliest start, in the order of the table. What runs beside them is left out.
    ///
    /// ```
    /// use cpx_card::internal::workstation::KnownPrograms;
    ///
    /// let running = [("/usr/lib/firefox/firefox", Some(200)), ("firefox", Some(100)), ("bash", Some(1))];
    /// let processes = KnownPrograms::LINUX.told(running.map(|(program, started)| (program.to_owned(), started)));
    /// assert_eq!(processes.browsers.len(), 1);
    /// assert_eq!(processes.browsers[0].started, Some(100));
    /// assert!(processes.card_users.is_empty());
    /// ```
    pub fn told(self, running: impl IntoIterator<Item = (String, Option<i64>)>) -> Processes {
        let mut starts: Vec<Option<Option<i64>>> = ROWS.iter().map(|_| None).collect();
        for (program, started) in running {
            let row = self.row(&program).map(|row| row.0);
            // rows with one name are one program
            if let Some(start) = row.and_then(|index| starts.get_mut(index)) {
                *start = Some(earliest(start.flatten(), started));
            }
        }
        let mut told = Processes::default();
        for (row, start) in ROWS.iter().zip(starts) {
            let Some(started) = start else { continue };
            let list = match row.kind {
                Kind::Card => &mut told.card_users,
                Kind::Browser => &mut told.browsers,
            };
            match list.iter_mut().find(|known| known.name == row.name) {
                Some(known) => known.started = earliest(known.started, started),
                None => list.push(KnownProcess::new(&row.name, started)),
            }
        }
        told
    }

    fn row(self, program: &str) -> Option<(usize, &'static Row)> {
        let file = program.rsplit(['/', '\\']).next()?.to_lowercase();
        let name = Path::new(&file).extension().filter(|extension| *extension == "exe");
        let name = name.and_then(|_| file.get(..file.len().saturating_sub(4))).unwrap_or(&file);
        ROWS.iter().enumerate().find(|(_, row)| row.program == name && row.systems.contains(self.letter))
    }
}

/// The earlier of two starts, or the one that is known.
fn earliest(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::facts::BrowserKind;

    #[test]
    fn every_row_of_the_table_is_read_and_makes_sense() {
        let lines = include_str!("processes.csv").lines().count();
        assert_eq!(ROWS.len(), lines - 1);
        let browsers = [
            BrowserKind::Firefox,
            BrowserKind::Chrome,
            BrowserKind::Edge,
            BrowserKind::Chromium,
            BrowserKind::Safari,
            BrowserKind::InternetExplorer,
        ];
        for row in ROWS.iter() {
            assert_eq!(row.program, row.program.to_lowercase());
            assert!(!row.systems.is_empty() && row.systems.chars().all(|letter| "WML".contains(letter)), "{row:?}");
            let is_browser = browsers.iter().any(|browser| browser.code() == row.name);
            assert_eq!(is_browser, row.kind == Kind::Browser, "{row:?}");
        }
    }

    #[test]
    fn files_are_recognised_on_their_own_system_only() {
        let windows = KnownPrograms { letter: 'W' };
        assert!(windows.has(r"C:\Program Files\Juxta\JuxtaLink.EXE"));
        assert!(KnownPrograms::MACOS.has("/Applications/Safari.app/Contents/MacOS/Safari"));
        assert!(KnownPrograms::LINUX.has("/usr/lib/gnupg/scdaemon"));
        for unknown in ["", "/", "iexplore.exe", "firefox-data", "é.exe", ".exe"] {
            assert!(!KnownPrograms::LINUX.has(unknown), "{unknown}");
        }
    }
}
