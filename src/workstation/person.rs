//! Whose settings are looked at: those of whoever runs the program, or of another person of this machine, when a management
//! tool runs it under an account of its own.
//!
//! Chosen once in a process, before anything is looked at. What cannot be read of that person is told as such.

use std::path::PathBuf;
use std::sync::OnceLock;

use super::{Reason, Unseen};

/// A person with an account on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Person {
    /// The name of the account, without its domain.
    pub name: String,
    /// The home folder.
    pub home: PathBuf,
    /// On Windows the identifier of the account, `S-1-5-21-…`, under which the registry holds its settings.
    pub sid: Option<String>,
}

impl Person {
    /// This person.
    pub fn new(name: impl Into<String>, home: impl Into<PathBuf>, sid: Option<String>) -> Self {
        Self { name: name.into(), home: home.into(), sid }
    }
}

static CHOSEN: OnceLock<Person> = OnceLock::new();

/// Chooses the person of this name; `DOMAIN\name` and, on Windows, an identifier `S-1-…` are understood.
///
/// # Errors
/// [`Unseen::Absent`] when this machine knows no such person; on Windows also when that person is not signed in, because
/// settings that are not loaded are not loaded by this program either.
pub fn look_at(name: &str) -> Result<(), Reason> {
    let person = find(name)?;
    if CHOSEN.get_or_init(|| person.clone()) == &person { Ok(()) } else { Err(Unseen::Failed.with("chosen before")) }
}

/// Chooses whoever is signed in to Windows, when this process runs as the system or as a service and one person is. Nothing
/// happens elsewhere, or where somebody was chosen.
pub fn look_at_signed_in() {
    #[cfg(windows)]
    if let (None, Some(person)) = (CHOSEN.get(), super::windows::signed_in_for_service()) {
        let _ = CHOSEN.set(person);
    }
}

/// The person that was chosen.
pub(crate) fn chosen() -> Option<&'static Person> {
    CHOSEN.get()
}

/// The home folder of whose settings are looked at.
pub(crate) fn home() -> Option<PathBuf> {
    chosen().map(|person| person.home.clone()).or_else(std::env::home_dir)
}

#[cfg(windows)]
fn find(name: &str) -> Result<Person, Reason> {
    super::windows::person(name)
}

#[cfg(all(unix, not(target_os = "macos")))]
fn find(name: &str) -> Result<Person, Reason> {
    in_accounts(&super::Machine::this().text("/etc/passwd")?, name)
}

/// Accounts of macOS are in no file; their folders are in one place.
#[cfg(target_os = "macos")]
fn find(name: &str) -> Result<Person, Reason> {
    let home = PathBuf::from("/Users").join(name);
    let is_one = !name.contains('/') && !name.starts_with('.') && home.is_dir();
    if is_one { Ok(Person::new(name, home, None)) } else { Err(Unseen::Absent.into()) }
}

/// The account of this name in the lines of `/etc/passwd`.
#[cfg(unix)]
#[cfg_attr(target_os = "macos", allow(dead_code))]
fn in_accounts(accounts: &str, name: &str) -> Result<Person, Reason> {
    let name = name.rsplit('\\').next().unwrap_or_default();
    let home = accounts.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        let home = fields.get(5).filter(|home| home.starts_with('/'))?;
        (fields.first() == Some(&name)).then(|| PathBuf::from(home))
    });
    home.map(|home| Person::new(name, home, None)).ok_or_else(|| Unseen::Absent.into())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_found_by_their_name() {
        let accounts =
            "root:x:0:0:root:/root:/bin/bash\nmarie:x:1000:1000:Marie,,,:/home/marie:/bin/bash\nbroken\nx:y\n";
        let marie = Person::new("marie", "/home/marie", None);
        assert_eq!(in_accounts(accounts, "marie"), Ok(marie.clone()));
        assert_eq!(in_accounts(accounts, r"HOPITAL\marie"), Ok(marie));
        for none in ["Marie", "mari", "", "x", "broken"] {
            assert!(in_accounts(accounts, none).is_err(), "{none}");
        }
    }
}
