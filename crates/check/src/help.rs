//! The help and the refusals of the command line, in the language of the user.

use std::ffi::OsString;
use std::fmt::Write as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{ArgMatches, Command, CommandFactory};

use cpx_report::{Language, Texts, sanitise};

use super::args::Arguments;
use super::exit_code::Exit;
use super::output;

/// The language that `--lang` asks for, before the arguments are understood: help has a language too.
pub(super) fn language_of(arguments: &[OsString]) -> Option<Language> {
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    let value = loop {
        match arguments.next()? {
            "--lang" => break arguments.next()?,
            other => {
                if let Some(value) = other.strip_prefix("--lang=") {
                    break value;
                }
            }
        }
    };
    match value {
        "fr" => Some(Language::French),
        "en" => Some(Language::English),
        _ => None,
    }
}

/// The command line with its help in the language of `texts`.
pub(super) fn command(texts: &Texts) -> Command {
    localised(Arguments::command(), "help-about", texts)
}

fn localised(command: Command, about: &str, texts: &Texts) -> Command {
    let template = format!(
        "{{about-with-newline}}\n{}{}\n  {{usage}}\n\n{{all-args}}{{after-help}}",
        examples(about, texts),
        texts.text("help-heading-usage")
    );
    let commands: Vec<_> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let mut command = command
        .override_usage(texts.text(&format!("{about}-usage")))
        .about(texts.text(about))
        .help_template(template)
        .subcommand_help_heading(texts.text("help-heading-commands"))
        .mut_args(|argument| {
            let help = texts.text(&format!("help-{}", argument.get_id().as_str().replace('_', "-")));
            let heading = if argument.is_positional() {
                texts.text("help-heading-arguments")
            } else {
                heading(argument.get_id().as_str(), texts)
            };
            let argument = argument.help(help).help_heading(heading);
            if !argument.get_action().takes_values() {
                return argument;
            }
            // what clap would add is in English: the sentences say it
            let argument = argument.hide_possible_values(true).hide_default_value(true).ignore_case(true);
            let names: Vec<_> =
                argument.get_value_names().unwrap_or_default().iter().map(ToString::to_string).collect();
            match names.as_slice() {
                [name] => argument.value_name(texts.text(&format!("value-{}", name.to_lowercase().replace('|', "-")))),
                _ => argument,
            }
        });
    if commands.is_empty() {
        return command;
    }
    let own = format!("{about}-exit-codes");
    let exit_codes = Some(texts.text(&own)).filter(|text| *text != own);
    command = command.after_help(exit_codes.unwrap_or_else(|| texts.text("help-exit-codes")));
    for name in commands {
        let about = format!("help-about-{name}");
        command = command.mut_subcommand(name, |command| localised(command, &about, texts));
    }
    command
}

/// Three examples, where the texts have some.
fn examples(about: &str, texts: &Texts) -> String {
    let examples =
        (1..=3).filter_map(|place| texts.attribute(&format!("{about}-examples"), &format!("line-{place}"), &[]));
    let lines: Vec<_> = examples.map(|example| format!("  {example}")).collect();
    if lines.is_empty() {
        return String::new();
    }
    format!("{}\n{}\n\n", texts.text("help-heading-examples"), lines.join("\n"))
}

/// The group of an option: what is used every day, what the helpdesk asks for, what is for trials.
fn heading(option: &str, texts: &Texts) -> String {
    texts.text(match option {
        "explain" | "list_checks" | "compare" | "same_card" | "other_card" | "link" | "for_card" | "record"
        | "record_case" | "record_identity" | "replay" | "replay_case" | "module" | "further_module" | "trust_dir"
        | "crl" | "user" | "wait" | "encoding" | "pin_fd" | "last_try" | "host" | "sign_in_portal" | "yes" => {
            "help-heading-support"
        }
        "simulate" | "baud" | "apdu_ms" | "at" | "port" => "help-heading-trials",
        _ => "help-heading-options",
    })
}

/// The same for whoever reads its help: the commands in groups, which clap cannot list.
pub(super) fn in_groups(command: Command, texts: &Texts) -> Command {
    let width = command.get_subcommands().map(|one| one.get_name().len()).max().unwrap_or_default();
    let mut list = String::new();
    for (group, names) in GROUPS {
        let _ = writeln!(list, "{}", texts.text(group));
        for name in names {
            let about = command.find_subcommand(name).and_then(Command::get_about);
            let _ = writeln!(list, "  {name:width$}  {}", about.map(ToString::to_string).unwrap_or_default());
        }
        list.push('\n');
    }
    let template = format!(
        "{{about-with-newline}}\n{}{}\n  {{usage}}\n\n{list}{{all-args}}{{after-help}}",
        examples("help-about", texts),
        texts.text("help-heading-usage")
    );
    GROUPS
        .iter()
        .flat_map(|(_, names)| *names)
        .fold(command.help_template(template), |command, name| command.mut_subcommand(name, |one| one.hide(true)))
}

/// The commands: every day, with the helpdesk, for trials.
const GROUPS: [(&str, &[&str]); 3] = [
    ("help-commands-daily", &["card", "serve", "certificate", "f413", "forms", "parcours"]),
    ("help-commands-support", &["token", "readers", "watch", "decode"]),
    ("help-commands-trials", &["simulate"]),
];

/// `help` and `help COMMAND` are what `--help` is.
pub(super) fn asked_for(given: &[OsString]) -> Vec<OsString> {
    let mut given = given.to_vec();
    if given.get(1).is_some_and(|word| ["help", "aide"].iter().any(|help| word == help)) {
        given.remove(1);
        given.push("--help".into());
    }
    given
}

/// An option of the diagnosis that stands before a command, which has its own: it would mean nothing there.
pub(super) fn misplaced(matches: &ArgMatches) -> Option<(String, String)> {
    let command = matches.subcommand_name()?;
    let known = Arguments::command();
    let is_typed = |id: &str| matches.value_source(id) == Some(ValueSource::CommandLine);
    let typed = known.get_arguments().find(|one| !one.is_global_set() && is_typed(one.get_id().as_str()));
    let long = typed?.get_long()?;
    Some((format!("--{long}"), command.to_owned()))
}

/// Tells why the arguments are refused, or what they asked to be told.
pub(super) fn refuse(error: &clap::Error, texts: &Texts) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            output::text(&error.render().ansi().to_string());
            Exit::Ready
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            output::error(&command(texts).render_help().ansi().to_string());
            Exit::Usage
        }
        kind => {
            let nearest = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
            let nearest = nearest.into_iter().find_map(|kind| match error.get(kind)? {
                ContextValue::String(one) => Some(sanitise(one)),
                ContextValue::Strings(several) => several.last().map(|one| sanitise(one)),
                _ => None,
            });
            let nearest = nearest.map(|one| format!("{}\n", texts.with("usage-nearest", &[("nearest", &one)])));
            let (told, nearest) = (sentence(kind, error, texts), nearest.unwrap_or_default());
            output::error(&format!("{told}\n{nearest}{}\n", texts.text("usage-more")));
            Exit::Usage
        }
    }
}

fn sentence(kind: ErrorKind, error: &clap::Error, texts: &Texts) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => sanitise(text),
        Some(ContextValue::Strings(texts)) => sanitise(&texts.join(", ")),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let known = context(ContextKind::ValidValue);
    let (key, values) = match kind {
        ErrorKind::UnknownArgument => ("usage-unknown-argument", vec![("argument", argument.as_str())]),
        ErrorKind::InvalidSubcommand => {
            let name = context(ContextKind::InvalidSubcommand);
            return texts.with("usage-unknown-command", &[("command", &name)]);
        }
        ErrorKind::InvalidValue if value.is_empty() => ("usage-no-value", vec![("argument", argument.as_str())]),
        ErrorKind::InvalidValue if !known.is_empty() => {
            let values = vec![("argument", argument.as_str()), ("value", value.as_str()), ("known", known.as_str())];
            ("usage-wrong-value-known", values)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            ("usage-wrong-value", vec![("argument", argument.as_str()), ("value", value.as_str())])
        }
        ErrorKind::MissingRequiredArgument => ("usage-missing", vec![("argument", argument.as_str())]),
        ErrorKind::ArgumentConflict => {
            let other = context(ContextKind::PriorArg);
            return texts.with("usage-conflict", &[("argument", &argument), ("other", &other)]);
        }
        _ => ("usage-wrong", Vec::new()),
    };
    texts.with(key, &values)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every argument and command has a sentence of its own, in both languages.
    #[test]
    fn the_help_is_complete() {
        for language in [Language::French, Language::English] {
            let texts = Texts::new(language);
            let command = command(&texts);
            command.clone().debug_assert();
            let mut commands = vec![&command];
            while let Some(command) = commands.pop() {
                commands.extend(command.get_subcommands());
                let about = command.get_about().map(ToString::to_string).unwrap_or_default();
                assert!(!about.is_empty() && !about.starts_with("help-"), "{about}");
                for argument in command.get_arguments() {
                    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
                    assert!(!help.is_empty() && !help.starts_with("help-"), "{help}");
                    let names = argument.get_value_names().unwrap_or_default();
                    assert!(!names.iter().any(|name| name.starts_with("value-")), "{names:?}");
                }
            }
        }
    }

    #[test]
    fn the_language_is_found_wherever_it_stands() {
        let language = |words: &[&str]| language_of(&words.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(language(&["cpx-check", "card", "--lang", "en"]), Some(Language::English));
        assert_eq!(language(&["cpx-check", "--lang=fr", "card"]), Some(Language::French));
        assert_eq!(language(&["cpx-check", "--lang"]), None);
        assert_eq!(language(&["cpx-check", "--lang", "de"]), None);
    }
}
