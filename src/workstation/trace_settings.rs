//! The Cryptolib's traces on macOS and Linux: `cps3_pkcs11.conf`, and the environment.

use std::path::PathBuf;

use super::facts::Traces;
use super::{Machine, counted_folder, rights};

/// The variables that switch traces on, as the two specifications spell them.
const VARIABLES: [&str; 2] = ["CPS3_PKCS11_TRACES", "CPS3_PCS11_TRACES"];

/// The level of the card driver's own traces, 0 to 10.
const LEVEL: &str = "CPS3_DEBUG";

/// Whether traces are on, and how much of them there is in the folder of the settings, or else in the first of these
/// folders that is there.
pub(super) fn traces(machine: &Machine, settings: &str, folders: &[PathBuf]) -> Traces {
    let settings = machine.text(settings).unwrap_or_default();
    let told = value(&settings, "traces", "path").map(|folder| machine.path(folder));
    let folders = || told.iter().chain(folders);
    let folder = folders().find(|folder| folder.is_dir()).or_else(|| folders().next());
    let counted = folder.map(|folder| counted_folder::count(folder)).unwrap_or_default();
    // a folder that is not there would be made on the volume of the nearest one that is
    let volume = folder.and_then(|folder| folder.ancestors().find(|place| place.is_dir()));
    Traces {
        on: is_on(&settings) || is_asked(machine),
        log_bytes: counted.bytes,
        log_bytes_at_least: counted.at_least,
        free_bytes: volume.and_then(rights::free_bytes),
    }
}

fn is_on(settings: &str) -> bool {
    let is_active =
        value(settings, "traces", "active").is_some_and(|value| ["true", "yes", "on", "1"].contains(&value));
    is_active || value(settings, "traces", "debug").is_some_and(is_level)
}

fn is_asked(machine: &Machine) -> bool {
    let is_set = |name: &str| machine.variable(name).is_some_and(|value| value != "0" && value != "false");
    VARIABLES.iter().any(|name| is_set(name)) || machine.variable(LEVEL).is_some_and(|level| is_level(&level))
}

fn is_level(value: &str) -> bool {
    value.parse::<u32>().is_ok_and(|level| level > 0)
}

/// The value of a key in a block: `traces { active = true; debug = 10; }`, in any spacing; `#` begins a comment.
fn value<'a>(settings: &'a str, block: &str, key: &str) -> Option<&'a str> {
    let mut is_inside = false;
    for line in settings.lines().map(|line| line.split('#').next().unwrap_or_default()) {
        let mut rest = line;
        while !rest.is_empty() {
            let end = rest.find(['{', '}', ';']);
            let (part, mark, after) = match end.and_then(|at| Some((rest.get(..at)?, rest.get(at..)?))) {
                Some((part, from)) => (part, from.get(..1), from.get(1..).unwrap_or_default()),
                None => (rest, None, ""),
            };
            let part = part.trim();
            if let (true, Some((name, value))) = (is_inside, part.split_once('='))
                && name.trim().eq_ignore_ascii_case(key)
            {
                return Some(value.trim().trim_matches('"'));
            }
            match mark {
                Some("}") => is_inside = false,
                _ if part.eq_ignore_ascii_case(block) => is_inside = true,
                Some("{") if !part.is_empty() => is_inside = false,
                _ => {}
            }
            rest = after;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_publishers_own_settings_switch_traces_on() {
        assert!(is_on("traces \n{\n\tactive = true;\n\tdebug = 10;\n}"));
        assert!(is_on("Sign_Hash { active = false; } traces { active = yes }"));
        for off in [
            "",
            "Sign_Hash\n{\n\tactive = true;\n}\n",
            "traces\n{\n\tactive = false;\n\tdebug = 0;\n}\nSign_Hash\n{\n\tactive = true;\n}",
            "# traces { active = true; }",
            "traces = true",
            "}{;=traces{",
        ] {
            assert!(!is_on(off), "{off}");
        }
        assert_eq!(value("traces {\n path = \"/tmp/log\";\n}", "traces", "path"), Some("/tmp/log"));
    }

    #[test]
    fn both_spellings_of_the_variable_count() {
        let machine = Machine::below("/nonexistent");
        assert!(!is_asked(&machine));
        for name in VARIABLES {
            assert!(is_asked(&machine.clone().with_variable(name, "1")));
            assert!(!is_asked(&machine.clone().with_variable(name, "0")));
        }
        assert!(is_asked(&machine.clone().with_variable(LEVEL, "10")));
    }

    #[test]
    fn the_folder_of_the_settings_is_counted() {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in
            [("conf", "traces { path = /elsewhere; }"), ("elsewhere/a.log", "12345"), ("log/b.log", "1")]
        {
            let place = folder.path().join(path);
            std::fs::create_dir_all(place.parent().unwrap()).unwrap();
            std::fs::write(place, bytes).unwrap();
        }
        let machine = Machine::below(folder.path());
        let told = traces(&machine, "/conf", &[machine.path("/log")]);
        assert_eq!((told.on, told.log_bytes, told.log_bytes_at_least), (false, 5, false));
        assert!(told.free_bytes.is_some());
        assert_eq!(traces(&machine, "/absent", &[machine.path("/log")]).log_bytes, 1);
    }
}
