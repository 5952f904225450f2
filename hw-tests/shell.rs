//! The program in shells and terminals: completions, man pages, colours, narrow windows, other locales.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::{find_program, said, skip};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");
const PACKAGING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packaging");

/// Runs a program that may be absent, with the reason printed.
fn run(program: &str, arguments: &[&str]) -> Option<Output> {
    let Some(path) = find_program(program) else {
        skip(&format!("{program} is not installed"));
        return None;
    };
    Some(Command::new(path).args(arguments).stdin(Stdio::null()).output().unwrap())
}

/// What the program prints in a terminal of this many columns.
fn in_terminal(columns: u16, environment: &[(&str, &str)], arguments: &str) -> Option<String> {
    let Some(script) = find_program("script") else {
        skip("script is not installed");
        return None;
    };
    let command = format!("stty rows 25 cols {columns}; {PROGRAM} {arguments}");
    let mut terminal = Command::new(script);
    terminal.args(["--quiet", "--return", "--command", &command, "/dev/null"]).stdin(Stdio::null());
    terminal
        .env("LC_ALL", "fr_FR.UTF-8")
        .env("SHELL", "/bin/sh")
        .env("TERM", "xterm-256color")
        .env_remove("NO_COLOR")
        .env_remove("CI");
    let output = terminal.envs(environment.iter().copied()).output().unwrap();
    Some(crate::support::as_typed(output.stdout))
}

#[test]
fn bash_completes_commands_options_and_values() {
    let script = format!(
        "source {PACKAGING}/completions/cpx-check.bash
         complete_line() {{ COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
             \"$(complete -p cpx-check | sed 's/.*-F \\([^ ]*\\).*/\\1/')\" cpx-check \"${{@: -1}}\" \"${{@: -2:1}}\"
             echo \"${{COMPREPLY[@]}}\"; }}
         complete_line cpx-check cert
         complete_line cpx-check card --show
         complete_line cpx-check card --format j"
    );
    let Some(output) = run("bash", &["--norc", "-c", &script]) else { return };
    assert_eq!(said(&output), "certificate\n--show-identity\njson\n");
}

#[test]
fn fish_and_zsh_complete() {
    let fish = format!("source {PACKAGING}/completions/cpx-check.fish; complete --do-complete 'cpx-check card --show'");
    if let Some(output) = run("fish", &["--no-config", "-c", &fish]) {
        assert!(said(&output).starts_with("--show-identity\tMontre en entier"), "{}", said(&output));
    }
    // a shell with a terminal of its own, where the key is really typed
    let zsh = format!(
        "zmodload zsh/zpty; zpty typed TERM=dumb zsh -fi
         zpty -w typed 'PROMPT=; unsetopt zle_bracketed_paste; autoload -U compinit; compinit -u -D; fpath+=({PACKAGING}/completions); autoload -U _cpx-check; compdef _cpx-check cpx-check; echo re''ady'
         zpty -r typed said '*ready*'
         zpty -w -n typed $'cpx-check certif\\t'
         zpty -r -m typed said '*certificate *' && print -r -- \"$said\"; zpty -d typed"
    );
    if let Some(output) = run("timeout", &["20", "zsh", "-fc", &zsh]) {
        assert!(said(&output).contains("certificate"), "{}", said(&output));
    }
}

#[test]
fn powershell_is_told_how_the_file_is_written() {
    let script = std::fs::read_to_string(Path::new(PACKAGING).join("completions/cpx-check.ps1")).unwrap();
    assert!(script.starts_with('\u{FEFF}') && script.contains("Register-ArgumentCompleter"));
    // what PowerShell takes for a quotation mark would end a text
    assert!(!script.contains(['‘', '’', '‚', '“', '”', '„']));
}

#[test]
fn man_pages_are_faultless() {
    for folder in ["man/man1", "man/fr/man1"] {
        for entry in std::fs::read_dir(Path::new(PACKAGING).join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let page = path.to_str().unwrap();
            if let Some(output) = run("mandoc", &["-T", "lint", "-W", "error", page]) {
                assert!(output.status.success(), "{}", said(&output));
            }
            if let Some(output) = run("man", &["--warnings", "--encoding=UTF-8", "--local-file", page]) {
                assert!(output.status.success() && output.stderr.is_empty(), "{}", said(&output));
                let text = crate::support::as_typed(output.stdout);
                assert!(text.contains("--lang") && !text.contains("\\f"), "{text}");
            }
        }
    }
}

#[test]
fn colours_are_for_terminals_that_want_them() {
    let card = "card --simulate cps-medecin";
    let Some(coloured) = in_terminal(100, &[], card) else { return };
    assert!(coloured.contains("\u{1b}[1m\u{1b}[32m") || coloured.contains("\u{1b}[1;32m"), "{coloured:?}");
    for environment in [("NO_COLOR", "1"), ("TERM", "dumb"), ("CLICOLOR", "0")] {
        let plain = in_terminal(100, &[environment], card).unwrap();
        assert!(!plain.contains('\u{1b}') && plain.contains("Porteur"), "{environment:?} {plain:?}");
    }
}

#[test]
fn a_narrow_terminal_cuts_no_word_and_no_column() {
    for arguments in
        ["card --simulate muette --simulate vitale", "card --simulate cps-bloquee", "card --simulate cps-medecin"]
    {
        let Some(text) = in_terminal(40, &[("NO_COLOR", "1")], arguments) else { return };
        for line in text.lines() {
            // a single long word, behind its label, is left whole
            let is_one_word = line.split("  ").last().is_some_and(|value| !value.trim().contains(' '));
            assert!(is_one_word || line.trim_end().chars().count() <= 40, "{line:?} in {text}");
        }
    }
}

/// Text is always UTF-8: a terminal that is none is as good as extinct, and a file is read elsewhere than it was
/// written. On Windows the console is written to in its own encoding, whatever its code page.
#[test]
fn text_is_utf_8_in_every_locale() {
    for locale in ["C", "POSIX", "fr_FR.ISO-8859-1", "fr_FR@euro", "", "\u{fffd}"] {
        let mut program = Command::new(PROGRAM);
        program.args(["card", "--simulate", "cps-medecin", "--lang", "fr"]).env("LC_ALL", locale);
        let output = program.output().unwrap();
        assert!(crate::support::as_typed(output.stdout).contains("carte de professionnel de santé"), "{locale}");
        assert_eq!(output.status.code(), Some(0), "{locale}");
    }
}

#[test]
fn arguments_that_are_no_text_are_refused_with_a_sentence() {
    use std::os::unix::ffi::OsStrExt as _;
    let broken = std::ffi::OsStr::from_bytes(b"--simulate=\xFF\xFE");
    let output = Command::new(PROGRAM).arg("card").arg(broken).env("LC_ALL", "fr_FR.UTF-8").output().unwrap();
    assert_eq!(output.status.code(), Some(64), "{}", said(&output));
    assert!(!output.stderr.is_empty() && String::from_utf8(output.stderr).is_ok());
}
