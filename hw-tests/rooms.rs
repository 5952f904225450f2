//! What Cargo cannot refuse: which modules of the library import which, types of other crates in its public signatures, and
//! where unsafe code stands.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module and the modules that it may import. `error` and `limits` are open to all.
const TABLE: [(&str, &[&str]); 12] = [
    ("iso7816", &[]),
    ("pkcs15", &["iso7816"]),
    ("identity", &[]),
    ("certificate", &["identity"]),
    // what tells a person apart is private in facts too; which authorities a server sends, and accepts
    ("workstation", &["certificate", "identity"]),
    ("transport", &["iso7816"]),
    // the certificates of a card are kept as they are read, and its fields held against theirs
    ("card", &["iso7816", "pkcs15", "identity", "transport", "certificate"]),
    // what a module shows of a card is decoded as the card's own answers; what was looked at has the workstation's words
    ("token", &["card", "certificate", "identity", "workstation"]),
    // the seam's own words (Slot, Presence) are facts about a reader
    ("facts", &["card", "certificate", "token", "transport", "iso7816", "identity", "workstation"]),
    // certificates say where their issuer is to be asked
    ("collect", &["facts", "card", "certificate", "token", "workstation", "transport", "iso7816"]),
    // what a sentence names may be an ATR
    ("readiness", &["facts", "identity", "certificate", "token", "workstation", "iso7816"]),
    // what an application asks: one look from end to end, and the clock gives the moment of a judgement
    (
        "cards",
        &["certificate", "collect", "facts", "identity", "iso7816", "readiness", "token", "transport", "workstation"],
    ),
];

/// Implementations of the traits of `transport`, which the modules above it never name.
const IMPLEMENTATIONS: [&str; 3] = ["PcscReaders", "Replay", "Recorder"];

/// Where foreign functions are called: the only files of the package, and folders of them, with unsafe code. A new one
/// needs a line here.
const UNSAFE: [&str; 12] = [
    "crates/check/src/ending/",
    "crates/check/src/memory.rs",
    "crates/check/src/pcsclite.rs",
    "crates/ffi/src/",
    "src/token/ask/module.rs",
    "src/workstation/child.rs",
    "src/workstation/windows/api/",
    "benches/library.rs",
    "hw-tests/hostile.rs",
    "hw-tests/windows/registry.rs",
    "hw-tests/windows/services.rs",
    "hw-tests/windows/stores.rs",
];

/// How many lines above unsafe code its reason may begin.
const REASON_LINES: usize = 6;

#[test]
fn every_room_imports_what_the_table_allows() {
    let sources_folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut checked = BTreeSet::new();
    for file in sources(&sources_folder) {
        let relative = file.strip_prefix(&sources_folder).unwrap();
        let room = relative.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        if matches!(room, "bin" | "error" | "limits" | "lib") {
            continue;
        }
        let (_, allowed) =
            TABLE.iter().find(|(name, _)| *name == room).unwrap_or_else(|| panic!("{room} is not in the table"));
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for (number, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for imported in line.split("crate::").skip(1) {
                let imported: String = imported.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let is_open = imported == room || imported.chars().next().is_none_or(char::is_uppercase);
                let is_allowed = is_open || ["error", "limits"].contains(&imported.as_str());
                assert!(
                    is_allowed || allowed.contains(&imported.as_str()),
                    "{}:{}: {room} imports {imported}",
                    relative.display(),
                    number + 1
                );
            }
            if ["card", "collect", "facts", "readiness"].contains(&room) {
                let words: Vec<_> = line.split(|c: char| !c.is_alphanumeric()).collect();
                for name in IMPLEMENTATIONS {
                    assert!(!words.contains(&name), "{}:{}: {room} names {name}", relative.display(), number + 1);
                }
            }
        }
        checked.insert(room.to_owned());
    }
    assert_eq!(checked.len(), TABLE.len(), "modules of the table that do not exist: {checked:?}");
}

/// What an application sees of the library is made of the library's own types and of those of the standard library.
#[test]
fn no_type_of_another_crate_stands_in_a_public_signature() {
    let sources_folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let crates: BTreeSet<String> = manifest
        .lines()
        .filter_map(|line| Some(line.split_once(" = ")?.0.trim().replace('-', "_")))
        .filter(|name| name.chars().all(|c| c.is_alphanumeric() || c == '_'))
        // examples in the documentation name the library itself
        .filter(|name| !name.starts_with("cpx_"))
        // documentation names the library itself
        .filter(|name| !name.starts_with("cpx_"))
        .collect();
    let mut looked_at = 0;
    for file in sources(&sources_folder) {
        let relative = file.strip_prefix(&sources_folder).unwrap();
        if relative.starts_with("bin") {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let hidden = hidden_names(&file);
        let foreign: Vec<&str> = code
            .split("use ")
            .skip(1)
            .filter_map(|import| import.split(';').next()?.split_once("::"))
            .filter(|(name, _)| crates.contains(*name) && !code.contains(&format!("mod {name};")))
            .flat_map(|(_, names)| words(names))
            .filter(|name| name.starts_with(char::is_uppercase))
            .collect();
        let mut within_kept_out = false;
        for signature in code.lines().filter_map(|line| line.trim_start().strip_prefix("pub ")) {
            let rest = code.get(code.find(signature).unwrap()..).unwrap();
            let whole = rest.split(['{', ';']).next().unwrap();
            let mut said = words(whole);
            let Some(what) = said.find(|word| !["const", "unsafe", "extern", "C"].contains(word)) else { continue };
            let kept_out = said.next().is_some_and(|name| hidden.contains(name));
            let is_field = !["fn", "struct", "enum", "type", "trait", "static"].contains(&what);
            if !is_field {
                within_kept_out = kept_out;
            }
            if what == "use" || what == "mod" || within_kept_out {
                continue;
            }
            looked_at += 1;
            // a field ends with its line
            let whole = if is_field { signature } else { whole };
            let stranger = words(whole).find(|word| foreign.contains(word));
            let path = crates.iter().find(|name| whole.contains(&format!(" {name}::")));
            assert!(stranger.is_none() && path.is_none(), "{}: {stranger:?} {path:?} in {whole}", relative.display());
        }
    }
    assert!(looked_at > 1000, "{looked_at}");
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// What the room of this file keeps out of the documentation.
fn hidden_names(file: &Path) -> BTreeSet<String> {
    let room = fs::read_to_string(file.with_file_name("mod.rs")).unwrap_or_default();
    let hidden = room.split("#[doc(hidden)]").skip(1).filter_map(|rest| rest.split(';').next());
    hidden.flat_map(|import| words(import).map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn unsafe_code_stands_where_foreign_functions_are_called_and_says_why_it_is_sound() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut used = BTreeSet::new();
    for file in
        ["src", "crates", "hw-tests", "examples", "benches"].iter().flat_map(|folder| sources(&package.join(folder)))
    {
        let name = file.strip_prefix(package).unwrap().display().to_string();
        let text = fs::read_to_string(&file).unwrap();
        let lines: Vec<_> = text.lines().map(str::trim_start).collect();
        for (at, line) in lines.iter().enumerate() {
            // without what stands in texts and comments
            let code: String = line.split('"').step_by(2).collect();
            let code = code.split("//").next().unwrap();
            if !words(code).any(|word| word == "unsafe" || word == "unsafe_code") {
                continue;
            }
            let place = format!("{name}:{}", at + 1);
            let known = UNSAFE.iter().find(|known| name.starts_with(**known));
            used.insert(*known.unwrap_or_else(|| panic!("{place}: unsafe code outside of its rooms")));
            // names in C are sound where nobody else has them: those of the library begin with its own
            if code.contains("#[unsafe(no_mangle)]") && lines.get(at + 1).is_some_and(|next| next.contains(" fn cpx_"))
            {
                continue;
            }
            let above = &lines[at.saturating_sub(REASON_LINES)..at];
            let is_said = |what| above.iter().any(|line| line.starts_with("//") && line.contains(what));
            if code.contains("unsafe {") || code.contains("unsafe impl") || code.contains("#[unsafe(") {
                assert!(is_said("SAFETY: "), "{place}: why is this sound?");
            } else if code.contains("fn ") && (name.starts_with("src") || name.starts_with("crates")) {
                assert!(is_said("# Safety"), "{place}: what must its caller know?");
            }
        }
    }
    assert_eq!(used.len(), UNSAFE.len(), "without unsafe code: {:?}", UNSAFE.map(|one| (one, used.contains(one))));
}

#[test]
fn no_source_file_is_longer_than_a_reader_can_hold() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in ["src", "crates"].iter().flat_map(|folder| sources(&package.join(folder))) {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= 600, "{} has {lines} lines", file.display());
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}
