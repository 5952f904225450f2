//! Completions and man pages, made from the definitions that read the command line.

use std::fmt::Write as _;

use clap_complete::aot::{Shell, generate};
use clap_mangen::Man;

use super::exit_code::Exit;
use super::help::command;
use crate::generated::{Files, keep_folder};
use cpx_report::{Language, Texts};

#[test]
fn completions_are_up_to_date() {
    let shells = [
        (Shell::Bash, "cpx-check.bash", ""),
        (Shell::Zsh, "_cpx-check", ""),
        (Shell::Fish, "cpx-check.fish", ""),
        // without this mark Windows PowerShell 5.1 takes the file for one of the system's old code page
        (Shell::PowerShell, "cpx-check.ps1", "\u{FEFF}"),
    ];
    let mut files = Files::new();
    for (shell, name, mark) in shells {
        let mut script = Vec::new();
        generate(shell, &mut command(&Texts::new(Language::French)), "cpx-check", &mut script);
        // clap_complete 4.6 writes the hyphen of the program in two ways, and bash then finds no option of a command
        let script = String::from_utf8(script).unwrap().replace("cpx__subcmd__check", "cpx__check");
        files.insert(name.into(), format!("{mark}{script}"));
    }
    keep_folder("packaging/completions", &files);
}

#[test]
fn man_pages_are_up_to_date() {
    for (language, folder) in [(Language::French, "packaging/man/fr/man1"), (Language::English, "packaging/man/man1")] {
        let texts = Texts::new(language);
        let mut program = command(&texts);
        program.build();
        let mut files = Files::new();
        add_pages(&program, None, &texts, &mut files);
        keep_folder(folder, &files);
    }
}

/// The pages of a command and of its own commands, each of which names those beside it.
fn add_pages(command: &clap::Command, above: Option<&str>, texts: &Texts, files: &mut Files) {
    let name = command.get_display_name().unwrap_or("cpx-check");
    let inner: Vec<_> = command.get_subcommands().filter(|command| !command.is_hide_set()).collect();
    let names = inner.iter().filter_map(|command| command.get_display_name());
    let others: Vec<_> = above.into_iter().chain(names).map(str::to_owned).collect();
    files.insert(format!("{name}.1"), page(command.clone(), &others, texts));
    for command in inner {
        add_pages(command, Some(name), texts, files);
    }
}

/// The man page of one command. What `clap_mangen` names in English is said in the language of the page.
fn page(command: clap::Command, others: &[String], texts: &Texts) -> String {
    let name = command.get_display_name().unwrap_or("cpx-check").to_uppercase();
    let has_commands = command.has_subcommands();
    let man = Man::new(command);
    let mut roff = Vec::new();
    man.render_name_section(&mut roff).unwrap();
    man.render_synopsis_section(&mut roff).unwrap();
    man.render_description_section(&mut roff).unwrap();
    man.render_options_section(&mut roff).unwrap();
    if has_commands {
        man.render_subcommands_section(&mut roff).unwrap();
    }
    let roff = String::from_utf8(roff).unwrap();
    // every section begins with the same two lines: the first ones are enough
    let (preamble, roff) = roff.split_at(roff.match_indices('\n').nth(1).unwrap().0 + 1);
    let sections = roff.replace(preamble, "");
    let (version, manual) = (env!("CARGO_PKG_VERSION"), texts.text("man-manual"));
    let mut page = format!("{preamble}.TH {name} 1 \"\" \"cpx-check {version}\" \"{manual}\"\n");
    for line in sections.lines() {
        writeln!(page, "{}", heading(line, texts)).unwrap();
    }
    writeln!(page, ".SH \"{}\"", texts.text("man-exit")).unwrap();
    for exit in Exit::ALL {
        writeln!(page, ".TP\n\\fB{}\\fR\n{}", exit.number(), texts.text(exit.sentence())).unwrap();
    }
    let others: Vec<_> = others.iter().map(|name| format!("\\fB{}\\fR(1)", name.replace('-', "\\-"))).collect();
    writeln!(page, ".SH \"{}\"\n{}", texts.text("man-see-also"), others.join(", ")).unwrap();
    page
}

fn heading(line: &str, texts: &Texts) -> String {
    let Some(heading) = line.strip_prefix(".SH ") else { return line.into() };
    let heading = heading.trim_matches('"');
    let named = match heading {
        "NAME" => texts.text("man-name"),
        "SYNOPSIS" => texts.text("man-synopsis"),
        "DESCRIPTION" => texts.text("man-description"),
        other => other.trim().to_uppercase(),
    };
    format!(".SH \"{named}\"")
}
