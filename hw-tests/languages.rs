//! The examples in Python, C#, Java and Node on the C interface: the card's type and holder, then its removal.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use crate::support::{Service, c_library, find_program, said, skip};

const CARD: &str = "cps-medecin";

/// One language: its program with what starts it.
struct Example {
    language: &'static str,
    program: PathBuf,
    arguments: Vec<String>,
    /// Where what was compiled, or brought together, is.
    _folder: tempfile::TempDir,
}

impl Example {
    fn command(&self) -> Command {
        self.on(Command::new(&self.program))
    }

    /// The same in the surroundings of a service.
    fn beside(&self, service: &Service) -> Command {
        self.on(service.command(&self.program.to_string_lossy()))
    }

    fn on(&self, mut command: Command) -> Command {
        command
            .args(&self.arguments)
            .env("LD_LIBRARY_PATH", c_library::prefix().join("lib"))
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null());
        command
    }
}

/// All four, without those whose tools are not here, which is said.
fn examples() -> Vec<Example> {
    [python(), csharp(), java(), node()]
        .into_iter()
        .filter_map(|one| one.map_err(|reason| skip(&reason)).ok())
        .collect()
}

fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

fn tool(name: &str) -> Result<PathBuf, String> {
    find_program(name).ok_or_else(|| format!("{name} is not installed"))
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn python() -> Result<Example, String> {
    let arguments = vec![text(&source("python/who_is_on_the_card.py"))];
    Ok(Example { language: "Python", program: tool("python3")?, arguments, _folder: folder() })
}

fn csharp() -> Result<Example, String> {
    let (mcs, folder) = (tool("mcs")?, folder());
    let program = folder.path().join("WhoIsOnTheCard.exe");
    let compiled = Command::new(mcs)
        .args(["-langversion:latest", "-warnaserror", &format!("-out:{}", text(&program))])
        .arg(source("csharp/WhoIsOnTheCard.cs"))
        .output()
        .unwrap();
    assert!(compiled.status.success(), "{}", said(&compiled));
    Ok(Example { language: "C#", program: tool("mono")?, arguments: vec![text(&program)], _folder: folder })
}

fn java() -> Result<Example, String> {
    const JNA: &str = "/usr/share/java/jna.jar";
    let (javac, folder) = (tool("javac")?, folder());
    if !Path::new(JNA).exists() {
        return Err("libjna-java is not installed".into());
    }
    let compiled = Command::new(javac)
        .args(["-Xlint:all", "-Werror", "-classpath", JNA, "-d", &text(folder.path())])
        .arg(source("java/WhoIsOnTheCard.java"))
        .output()
        .unwrap();
    assert!(compiled.status.success(), "{}", said(&compiled));
    let libraries = format!("-Djna.library.path={}", text(&c_library::prefix().join("lib")));
    let arguments = vec!["-cp".into(), format!("{JNA}:{}", text(folder.path())), libraries, "WhoIsOnTheCard".into()];
    Ok(Example { language: "Java", program: tool("java")?, arguments, _folder: folder })
}

fn node() -> Result<Example, String> {
    let (program, folder) = (tool("node")?, folder());
    let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools/node_modules");
    if !modules.join("koffi").exists() {
        return Err("koffi is not installed (.ci/tools, which needs npm)".into());
    }
    for name in ["package.json", "who_is_on_the_card.js"] {
        std::fs::copy(source("node").join(name), folder.path().join(name)).unwrap();
    }
    std::os::unix::fs::symlink(modules, folder.path().join("node_modules")).unwrap();
    let arguments = vec![text(&folder.path().join("who_is_on_the_card.js"))];
    Ok(Example { language: "Node", program, arguments, _folder: folder })
}

/// What the program says of the same card, in full.
fn expected(reader: &str, removed: bool) -> String {
    let answer = Command::new(env!("CARGO_BIN_EXE_cpx-check"))
        .args(["card", "--simulate", CARD, "--show-identity", "--format", "json"])
        .output()
        .unwrap();
    let answer: Value = serde_json::from_slice(&answer.stdout).unwrap();
    let card = &answer["readers"][0];
    let value =
        |pointer: &str| card.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{pointer}: {card}"));
    let mut lines = format!(
        "{reader} : Carte CPS lue, rien à signaler.\n  type : {}\n  porteur : {} {}\n  identifiant : {}\n  carte : {}\n",
        value("/card/type"),
        value("/holder/given_name"),
        value("/holder/surname"),
        value("/holder/id"),
        value("/card/number"),
    );
    if removed {
        lines += reader;
        lines += " : carte retirée\n";
    }
    lines
}

#[test]
fn a_virtual_card_is_told_in_full_and_its_removal_too() {
    for example in examples() {
        let output = example.command().args(["--simulate", CARD, "--in-full"]).output().unwrap();
        assert!(output.status.success(), "{}: {}", example.language, said(&output));
        assert_eq!(said(&output), expected("Virtual reader 00", true), "{}", example.language);
    }
}

#[test]
fn without_being_asked_nobody_is_named() {
    for example in examples() {
        let output = example.command().args(["--simulate", CARD]).output().unwrap();
        let (masked, full) = (said(&output), expected("Virtual reader 00", true));
        assert_eq!(masked.lines().count(), full.lines().count(), "{}: {masked}", example.language);
        for value in full.lines().filter_map(|line| line.split_once(" : ").map(|(_, value)| value)).skip(2).take(3) {
            assert!(!masked.contains(value), "{} tells {value}", example.language);
        }
    }
}

/// Those that take the module host tell the same verdict of this machine, whatever it is, between the card and its removal.
#[test]
fn with_the_module_host_the_workstation_is_judged_too() {
    let with_host = ["Python", "C#"];
    let mut verdicts = Vec::new();
    for example in examples().into_iter().filter(|one| with_host.contains(&one.language)) {
        let arguments = ["--simulate", CARD, "--in-full", "--check", "/nowhere/cpx-card-modules"];
        let output = example.command().args(arguments).output().unwrap();
        assert!(output.status.success(), "{}: {}", example.language, said(&output));
        let (text, card) = (said(&output), expected("Virtual reader 00", false));
        let verdict = text.strip_prefix(&card).unwrap_or_else(|| panic!("{}: {text}", example.language));
        let verdict = verdict.strip_suffix("Virtual reader 00 : carte retirée\n").unwrap_or_else(|| panic!("{text}"));
        assert!(verdict.lines().next().is_some_and(|line| line.contains("poste")), "{}: {text}", example.language);
        verdicts.push(verdict.to_owned());
    }
    assert!(verdicts.windows(2).all(|pair| pair[0] == pair[1]), "{verdicts:?}");
}

#[test]
fn a_card_of_another_kind_has_a_sentence_and_a_remedy() {
    for example in examples() {
        let output = example.command().args(["--simulate", "vitale"]).output().unwrap();
        assert!(output.status.success(), "{}: {}", example.language, said(&output));
        let text = said(&output);
        assert!(text.starts_with("Virtual reader 00 : C'est une carte Vitale"), "{}: {text}", example.language);
        assert!(text.contains("\n  Retirez-la"), "{}: {text}", example.language);
    }
}

#[test]
fn a_failure_has_words() {
    for example in examples() {
        let output = example.command().args(["--simulate", "no-such-card"]).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{}: {}", example.language, said(&output));
        assert_eq!(said(&output).lines().count(), 1, "{}: {}", example.language, said(&output));
    }
}

#[test]
fn a_card_in_a_reader_of_the_service_is_told_and_its_removal_noticed() {
    let Some(service) = Service::start(&[]) else { return };
    for example in examples() {
        let card = service.insert(CARD);
        let mut program = Program::start(&example, &service);
        let reader = program.until("  carte : ");
        service.take_out(card, 0);
        let (output, words) = program.end();
        assert!(output.status.success(), "{}: {words}{}", example.language, said(&output));
        assert!(words.starts_with(&expected(&reader, false)), "{}: {words}", example.language);
        assert!(words.ends_with(&format!("{reader} : carte retirée\n")), "{}: {words}", example.language);
    }
}

/// A program whose lines are read as they come.
struct Program {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
    words: String,
}

impl Program {
    fn start(example: &Example, service: &Service) -> Self {
        let mut command = example.beside(service);
        let mut child = command.arg("--in-full").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines, words: String::new() }
    }

    /// Reads up to the line that begins with this, and gives the name of the first reader.
    fn until(&mut self, beginning: &str) -> String {
        for line in self.lines.by_ref() {
            let line = line.unwrap();
            self.words += &line;
            self.words.push('\n');
            if line.starts_with(beginning) {
                break;
            }
        }
        self.words.split(" : ").next().unwrap_or_default().to_owned()
    }

    /// The rest of what it says.
    fn end(mut self) -> (Output, String) {
        for line in self.lines.by_ref() {
            self.words += &line.unwrap();
            self.words.push('\n');
        }
        (self.child.wait_with_output().unwrap(), self.words)
    }
}
