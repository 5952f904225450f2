//! Why a system's loader refused a file, from its number or its words.

use std::path::Path;

use super::super::facts::LoadFailure;
use crate::workstation::shown_path;

/// The cause and the loader's own words, without a home folder.
pub(super) fn load_failure(error: &libloading::Error, path: &Path) -> (LoadFailure, String) {
    let number = std::error::Error::source(error)
        .and_then(|source| source.downcast_ref::<std::io::Error>())
        .and_then(std::io::Error::raw_os_error);
    let said = match std::error::Error::source(error) {
        Some(source) => source.to_string(),
        None => error.to_string(),
    };
    let words = said.replace(&path.display().to_string(), &shown_path(path));
    let words = match std::env::home_dir().filter(|home| home.components().count() > 1) {
        Some(home) => words.replace(&home.display().to_string(), "~"),
        None => words,
    };
    (number.and_then(from_number).unwrap_or_else(|| from_words(&words)), words)
}

/// The numbers of `GetLastError` on Windows.
fn from_number(number: i32) -> Option<LoadFailure> {
    if !cfg!(windows) {
        return None;
    }
    Some(match number {
        // ERROR_BAD_EXE_FORMAT: our own kind of file, for another processor, or no program at all
        193 => LoadFailure::WrongArchitecture,
        // ERROR_MOD_NOT_FOUND: the file itself is there
        126 => LoadFailure::MissingLibrary,
        127 => LoadFailure::MissingSymbol,
        // access denied, blocked by a policy, blocked for a virus
        5 | 225 | 1260 | 4551 => LoadFailure::Forbidden,
        _ => LoadFailure::Other,
    })
}

/// The words of the loaders of Linux (glibc, musl) and macOS, which they say in English.
fn from_words(words: &str) -> LoadFailure {
    const KNOWN: [(&str, LoadFailure); 14] = [
        ("wrong ELF class", LoadFailure::WrongArchitecture),
        ("incompatible architecture", LoadFailure::WrongArchitecture),
        ("cannot open shared object file: Permission denied", LoadFailure::Forbidden),
        ("failed to map segment", LoadFailure::Forbidden),
        ("code signature", LoadFailure::Forbidden),
        ("undefined symbol", LoadFailure::MissingSymbol),
        ("Symbol not found", LoadFailure::MissingSymbol),
        ("version `", LoadFailure::MissingSymbol),
        ("cannot open shared object file", LoadFailure::MissingLibrary),
        ("Error loading shared library", LoadFailure::MissingLibrary),
        ("Library not loaded", LoadFailure::MissingLibrary),
        ("invalid ELF header", LoadFailure::NotALibrary),
        ("file too short", LoadFailure::NotALibrary),
        ("not a mach-o file", LoadFailure::NotALibrary),
    ];
    KNOWN.into_iter().find(|(part, _)| words.contains(part)).map_or(LoadFailure::Other, |(_, cause)| cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_loaders_are_understood() {
        for (words, cause) in [
            ("/x/m.so: wrong ELF class: ELFCLASS32", LoadFailure::WrongArchitecture),
            ("/x/m.so: invalid ELF header", LoadFailure::NotALibrary),
            ("/x/m.so: file too short", LoadFailure::NotALibrary),
            ("libgone.so.1: cannot open shared object file: No such file or directory", LoadFailure::MissingLibrary),
            ("/x/m.so: cannot open shared object file: Permission denied", LoadFailure::Forbidden),
            ("/x/m.so: undefined symbol: SCardEstablishContext", LoadFailure::MissingSymbol),
            (
                "dlopen(/x/m.dylib, 0x0005): tried: '/x/m.dylib' (mach-o file, but is an incompatible architecture \
                 (have 'x86_64', need 'arm64'))",
                LoadFailure::WrongArchitecture,
            ),
            ("dlopen(/x/m.dylib, 5): Library not loaded: @rpath/cptabosx", LoadFailure::MissingLibrary),
            ("something new", LoadFailure::Other),
        ] {
            assert_eq!(from_words(words), cause, "{words}");
        }
    }
}
