//! `cpx-check certificate`: explains files of certificates, requests, lists and keys, without any card.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use cpx_card::internal::certificate::{Certificate, Content, Opened, Pkcs12, Unopened, contents_in};
use cpx_card::internal::collect::{EvidenceSources, collect_evidence};
use cpx_card::internal::limits;
use cpx_card::internal::readiness::{FileWeight, ReadPart, judge_files};
use cpx_report::{Texts, files_json, files_text, sanitise};

use super::args::{CertificateArguments, Format};
use super::card::disclosure;
use super::exit_code::Exit;
use super::prove::{Code, code_from_descriptor, code_from_keyboard};
use super::source::when;
use super::{file, output};

pub(super) fn run(arguments: &CertificateArguments, texts: &Texts) -> Exit {
    let (files, not_looked_at) = files(&arguments.files);
    let mut codes = Codes { descriptor: arguments.password_fd, given: None, texts };
    let read: Vec<_> = files.iter().flat_map(|file| parts(file, &mut codes)).collect();
    let content = |part: &ReadPart| part.content.as_ref().ok().cloned();
    let (mut certificates, mut lists) = (Vec::<Certificate>::new(), Vec::new());
    for content in read.iter().filter_map(content) {
        match content {
            Content::Certificate(one) => certificates.push(one),
            Content::List(one) => lists.push(one),
            _ => {}
        }
    }
    let when = when(arguments.at, None);
    // a bundle brings its own authorities: a path is still only as good as its known key
    let mut sources = EvidenceSources::from(&arguments.evidence);
    sources.every_source = true;
    let mut evidence = collect_evidence(&sources, &certificates, when.now);
    // a list that stands beside a certificate speaks of it as one of --crl does
    evidence.lists_given |= !lists.is_empty() && !certificates.is_empty();
    evidence.lists.extend(lists);
    let verdict = judge_files(read, &evidence, when);
    let disclosure = disclosure(arguments.output.show_identity);
    match arguments.output.format {
        Format::Json => output::json(&files_json(&verdict, &evidence, not_looked_at, disclosure)),
        Format::Text => output::text(&files_text(&verdict, &evidence, not_looked_at, disclosure, texts)),
    };
    match verdict.weight() {
        None => Exit::Usage,
        Some(FileWeight::Good) if not_looked_at == 0 => Exit::Ready,
        Some(FileWeight::Good | FileWeight::Reservation) => Exit::Reserved,
        Some(FileWeight::CannotTell) => Exit::CouldNotTell,
        Some(FileWeight::Unusable) => Exit::NotReady,
    }
}

/// The files that are named, and those in the folders that are named, by their names; and how many were left out.
fn files(named: &[PathBuf]) -> (Vec<PathBuf>, usize) {
    let (mut files, mut left_out) = (Vec::new(), 0_usize);
    for path in named {
        let Ok(entries) = std::fs::read_dir(path) else {
            files.push(path.clone());
            continue;
        };
        let mut found: Vec<PathBuf> =
            entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
        found.sort();
        left_out = left_out.saturating_add(found.len().saturating_sub(limits::STORE_FILES));
        found.truncate(limits::STORE_FILES);
        // an empty folder is told as what it is
        if found.is_empty() {
            files.push(path.clone());
        }
        files.extend(found);
    }
    (files, left_out)
}

/// The parts of one file, for whom codes of containers are not asked.
pub(super) fn parts_of(file: &Path, texts: &Texts) -> Vec<ReadPart> {
    parts(file, &mut Codes { descriptor: None, given: None, texts })
}

/// The parts of one file, labelled with it; the certificates of a container that opens behind it.
fn parts(file: &Path, codes: &mut Codes<'_>) -> Vec<ReadPart> {
    let name = file.display().to_string();
    let bytes = match file::read(file, limits::CRL_BYTES) {
        Ok(bytes) => bytes,
        Err(error) => return vec![ReadPart::new(name, Err(error.into()))],
    };
    let mut parts: Vec<ReadPart> = Vec::new();
    for part in contents_in(&bytes) {
        let Ok(Content::Container(container)) = part.content else {
            parts.push(ReadPart::new(name.clone(), part.content.map_err(Into::into)));
            continue;
        };
        let (opened, is_codeless) = match container.open(None) {
            Err(Unopened::NoCode) => (codes.open(&container, &name), false),
            told => (told, true),
        };
        let count = opened.as_ref().map(|opened| opened.keys).map_err(|why| *why);
        let content = Ok(Content::Container(container));
        parts.push(ReadPart { opened: Some(count), is_codeless, ..ReadPart::new(name.clone(), content) });
        let certificates = opened.map(|opened| opened.certificates).unwrap_or_default();
        parts.extend(certificates.into_iter().map(|one| ReadPart::new(name.clone(), Ok(Content::Certificate(one)))));
    }
    let explained = |part: &ReadPart| matches!(part.content, Ok(Content::Certificate(_) | Content::Request(_)));
    let (several, among_others) = (parts.len() > 1, parts.iter().any(explained));
    for (place, part) in parts.iter_mut().enumerate().filter(|_| several) {
        part.among_others = among_others;
        part.label = format!("{name} ({})", place.saturating_add(1));
    }
    parts
}

/// Where codes of containers come from: a descriptor, read once, or the keyboard.
struct Codes<'a> {
    descriptor: Option<u32>,
    given: Option<Code>,
    texts: &'a Texts,
}

impl Codes<'_> {
    /// Opens a container with the code that is given for it.
    fn open(&mut self, container: &Pkcs12, file: &str) -> Result<Opened, Unopened> {
        let code = self.code(file).ok_or(Unopened::NoCode)?;
        let text = std::str::from_utf8(&code).map_err(|_| Unopened::WrongCode)?;
        container.open(Some(text))
    }

    fn code(&mut self, file: &str) -> Option<Code> {
        let code = match self.descriptor {
            Some(number) => {
                if self.given.is_none() {
                    self.given = code_from_descriptor(number, limits::CONTAINER_CODE_BYTES).ok();
                }
                self.given.clone()
            }
            None if std::io::stdin().is_terminal() => {
                let prompt = self.texts.with("container-prompt", &[("file", &sanitise(file))]);
                code_from_keyboard(&prompt).ok()
            }
            None => None,
        };
        code.filter(|code| !code.is_empty())
    }
}
