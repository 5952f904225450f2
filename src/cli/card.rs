//! `cpx-check card`: what card this is, whose it is, until when, and whether its code porteur is usable.

use std::path::Path;
use std::sync::Arc;

use crate::card::{ReadOptions, redact};
use crate::collect::{Collecting, collect};
use crate::error::{Error, ErrorKind, Result};
use crate::identity::Date;
use crate::readiness::judge_cards;
use crate::report::{Disclosure, Texts, card_json, card_text};
use crate::transport::{Readers, Recorder, Transcript};

use super::args::{CardArguments, Format};
use super::exit_code::Exit;
use super::source::{self, Chosen};
use super::{Refusal, Run, output, refuse};

pub(super) fn run(arguments: &CardArguments, pcsc_missing: Option<String>, texts: &Texts) -> Exit {
    answer(arguments, pcsc_missing, texts).unwrap_or_else(|refusal| refuse(refusal, texts))
}

fn answer(arguments: &CardArguments, pcsc_missing: Option<String>, texts: &Texts) -> Run {
    let Chosen { readers, day, note } = match &arguments.replay {
        Some(file) => source::replay(file, texts)?,
        None => source::choose(&arguments.source, pcsc_missing, texts)?,
    };
    let today = arguments.at.or(day).unwrap_or_else(today);
    let how = Collecting::new(ReadOptions::default().with_certificates(arguments.certificates))
        .with_patience(arguments.patience());
    let named = arguments.source.reader.as_str();

    let facts = match &arguments.record {
        None => collect(&readers, named, how),
        Some(file) => {
            // an unwritable file is told before the card is asked anything
            let file = Recording::create(file)?;
            let recorder = Arc::new(Recorder::new(readers));
            let facts = collect(&(Arc::clone(&recorder) as Arc<dyn Readers>), named, how);
            file.write(recorder.transcript(today.to_string()), arguments.record_identity)?;
            facts
        }
    };
    if !named.is_empty() && facts.readers.as_ref().is_ok_and(Vec::is_empty) {
        return Err(Refusal::Sentence(texts.text("no-reader-named")));
    }

    let verdict = judge_cards(&facts, today);
    let disclosure = disclosure(arguments.output.show_identity);
    match arguments.output.format {
        Format::Json => output::json(&card_json(&facts, &verdict, disclosure)),
        Format::Text => {
            let note = note.map(|note| format!("{note}\n\n")).unwrap_or_default();
            output::text(&format!("{note}{}", card_text(&facts, &verdict, disclosure, texts)))
        }
    };
    if let Some(file) = &arguments.record {
        let path = crate::report::sanitise(&file.display().to_string());
        output::error(&format!("{}\n", texts.with("record-written", &[("path", &path)])));
    }
    Ok(verdict.outcome.into())
}

pub(super) fn disclosure(show_identity: bool) -> Disclosure {
    if show_identity { Disclosure::Full } else { Disclosure::Masked }
}

/// The day on this machine's calendar.
pub(super) fn today() -> Date {
    // a clock outside the years of this calendar is wrong anyway, and then every card is not yet valid
    jiff::Zoned::now().date().to_string().parse().unwrap_or(Date::EARLIEST)
}

/// A recording that is written whole or not at all.
struct Recording<'a> {
    path: &'a Path,
    file: tempfile::NamedTempFile,
}

impl<'a> Recording<'a> {
    fn create(path: &'a Path) -> Result<Self> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if path.is_dir() {
            return Err(Error::new(ErrorKind::File, "this is a folder").within(path.display()));
        }
        let file = tempfile::NamedTempFile::new_in(folder).map_err(|error| unwritable(path, error))?;
        Ok(Self { path, file })
    }

    fn write(self, transcript: Transcript, in_full: bool) -> Result<()> {
        let transcript = if in_full { transcript } else { redact(transcript) };
        let Self { path, mut file } = self;
        std::io::Write::write_all(&mut file, transcript.to_string().as_bytes())
            .map_err(|error| unwritable(path, error))?;
        file.persist(path).map_err(|error| unwritable(path, error.error))?;
        Ok(())
    }
}

fn unwritable(path: &Path, error: std::io::Error) -> Error {
    Error::new(ErrorKind::File, "the file cannot be written").caused_by(error).within(path.display())
}
