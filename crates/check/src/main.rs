//! The program `cpx-check`: arguments, commands, exit codes, terminal.

mod answer;
mod args;
mod card;
mod certificate;
mod clipboard;
mod decode;
mod diagnosis;
mod encoding;
mod ending;
mod exit_code;
mod f413;
mod f413_batch;
mod f413_list;
mod f413_order;
mod file;
mod fit_check;
#[cfg(test)]
#[path = "../../../hw-tests/support/generated.rs"]
mod generated;
mod help;
mod journey;
mod memory;
mod output;
#[cfg(target_os = "linux")]
mod pcsclite;
mod plan;
mod prove;
mod questions;
mod readers;
mod serve;
#[cfg(test)]
mod shell_tests;
mod sign_in;
mod simulate;
mod source;
mod swap;
mod token;
mod waiting;
mod watch;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::FromArgMatches;

use args::{Arguments, Command, Lang};
use cpx_report::{Language, Texts};
use exit_code::Exit;

fn main() -> ExitCode {
    if let Some(asked) = cpx_card::internal::token::serve_if_asked() {
        return asked;
    }
    if let Some(asked) = cpx_card::internal::workstation::network::serve_if_asked() {
        return asked;
    }
    #[cfg(target_os = "linux")]
    let pcsc_missing = pcsclite::missing();
    #[cfg(not(target_os = "linux"))]
    let pcsc_missing = None;
    // a panic is a bug of ours: told in the user's language, with the place and without the data
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        output::error(&format!("{}\n", Texts::new(system_language()).with("internal-error", &[("place", &place)])));
    }));
    let exit = std::panic::catch_unwind(|| run(pcsc_missing)).unwrap_or(Exit::Internal);
    ending::finish();
    exit.into()
}

fn run(pcsc_missing: Option<String>) -> Exit {
    let given: Vec<_> = std::env::args_os().collect();
    let guessed = Texts::new(help::language_of(&given).unwrap_or_else(system_language));
    let lost = guessed.text("output-lost");
    ending::hear(&guessed);
    let exit = answer(&given, pcsc_missing, guessed);
    if output::was_lost() {
        output::error(&format!("{lost}\n"));
        return Exit::Unwritten;
    }
    exit
}

/// What a double-click stands for: the page of the diagnosis.
const CLICKED: &str = "serve";

/// Whether somebody clicked on the program: it was given nothing, and its console was opened for it alone. Windows only.
fn is_clicked(given: &[OsString]) -> bool {
    #[cfg(windows)]
    let alone = cpx_card::internal::workstation::windows::console_is_ours_alone();
    #[cfg(not(windows))]
    let alone = false;
    alone && given.len() == 1
}

fn answer(given: &[OsString], pcsc_missing: Option<String>, guessed: Texts) -> Exit {
    if is_clicked(given) {
        let clicked = [given, &[CLICKED.into()]].concat();
        let exit = parsed(&clicked, pcsc_missing, guessed);
        if matches!(exit, Exit::Usage | Exit::Internal | Exit::Unwritten) {
            // the console closes with the program: what went wrong is read first
            let _ = std::io::stdin().read_line(&mut String::new());
        }
        return exit;
    }
    parsed(given, pcsc_missing, guessed)
}

fn parsed(given: &[OsString], pcsc_missing: Option<String>, guessed: Texts) -> Exit {
    let command = help::in_groups(help::command(&guessed), &guessed);
    let parsed = command.try_get_matches_from(help::asked_for(given)).and_then(|matches| {
        let arguments = Arguments::from_arg_matches(&matches)?;
        Ok((arguments, help::misplaced(&matches)))
    });
    let (arguments, misplaced) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => {
            encoding::choose(None);
            return help::refuse(&error, &guessed);
        }
    };
    let texts = match arguments.lang {
        Some(lang) => Texts::new(lang.into()),
        None => guessed,
    };
    encoding::choose(arguments.encoding);
    memory::prepare(&texts);
    let texts = texts.with_width(output::width()).with_zone(jiff::tz::TimeZone::system());
    if let Some((option, command)) = misplaced {
        let values = [("option", option.as_str()), ("command", command.as_str())];
        return refuse(Refusal::Sentence(texts.with("usage-misplaced", &values)), &texts);
    }
    let outcome = match arguments.command {
        None => diagnosis::run(&arguments.diagnosis, pcsc_missing, &texts),
        Some(Command::Card(card)) => card::run(&card, pcsc_missing, &texts),
        Some(Command::Certificate(certificate)) => Ok(certificate::run(&certificate, &texts)),
        Some(Command::Token(token)) => token::run(&token, pcsc_missing, &texts),
        Some(Command::Readers(readers)) => readers::run(&readers, pcsc_missing, &texts),
        Some(Command::Watch(watch)) => watch::run(&watch, pcsc_missing, &texts),
        Some(Command::F413(f413)) => f413::run(&f413, pcsc_missing, &texts),
        Some(Command::Forms(forms)) => f413_order::forms(&forms, &texts),
        Some(Command::Parcours(parcours)) => journey::run(&parcours, pcsc_missing, &texts),
        Some(Command::Serve(serve)) => serve::run(&serve, pcsc_missing, &texts),
        Some(Command::Decode(decode)) => decode::run(&decode, &texts),
        Some(Command::Simulate(simulate)) => simulate::run(&simulate, &texts),
    };
    outcome.unwrap_or_else(|refusal| refuse(refusal, &texts))
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Fr => Self::French,
            Lang::En => Self::English,
        }
    }
}

/// English where the system speaks English, French everywhere else.
fn system_language() -> Language {
    match sys_locale::get_locale() {
        Some(locale) if locale.to_ascii_lowercase().starts_with("en") => Language::English,
        _ => Language::French,
    }
}

/// What a command gives back: its exit code, or an error that is told the same way everywhere.
type Run = Granted<Exit>;

/// What an argument names, or why it cannot be had.
type Granted<T> = Result<T, Refusal>;

/// Why a command did not get to its work.
enum Refusal {
    /// Something that the library says.
    Error(cpx_card::Error),
    /// A sentence of the text files about what was typed.
    Sentence(String),
    /// A file that cannot be written.
    Unwritten(cpx_card::Error),
}

impl Refusal {
    /// The sentence of a code, with what to do about it.
    fn code(code: &str, texts: &Texts) -> Self {
        let remedy = texts.remedy(code).map(|remedy| format!("\n  → {remedy}")).unwrap_or_default();
        Self::Sentence(format!("{}{remedy}", texts.text(code)))
    }
}

impl From<file::Unwritten> for Refusal {
    fn from(error: file::Unwritten) -> Self {
        Self::Unwritten(error.0)
    }
}

impl From<cpx_card::Error> for Refusal {
    fn from(error: cpx_card::Error) -> Self {
        Self::Error(error)
    }
}

/// Tells a refusal on the error output.
fn refuse(refusal: Refusal, texts: &Texts) -> Exit {
    match refusal {
        Refusal::Error(error) => {
            output::error(&cpx_report::failure_text(&error.into(), texts));
            Exit::Usage
        }
        Refusal::Sentence(sentence) => {
            output::error(&format!("{sentence}\n"));
            Exit::Usage
        }
        Refusal::Unwritten(error) => {
            output::error(&cpx_report::failure_text(&error.into(), texts));
            Exit::Unwritten
        }
    }
}
