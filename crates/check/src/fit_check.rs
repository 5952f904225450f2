//! `cpx-check parcours --check`: whether a request (CSR) or a certificate at hand fits the need.

use std::path::Path;

use cpx_card::internal::certificate::{Content, Explanation};
use cpx_card::internal::facts::Evidence;
use cpx_card::internal::readiness::{FilePart, FileWeight, judge_files};
use cpx_f413::{Fit, Need, fit};
use cpx_report::{FitFile, Texts, files_text, fit_json, fit_text};

use super::args::{JourneyArguments, JourneyFormat};
use super::card::disclosure;
use super::certificate::parts_of;
use super::exit_code::Exit;
use super::plan::{missing, numbers};
use super::questions::Questions;
use super::source::when;
use super::{Granted, Refusal, Run, output};

pub(super) fn run(arguments: &JourneyArguments, file: &Path, texts: &Texts) -> Run {
    let numbers = numbers(&arguments.plan, texts)?;
    let read = parts_of(file, texts);
    // nothing more is read of a file with a private key: it is the one thing that is never sent
    if read.iter().any(|part| matches!(part.content, Ok(Content::PrivateKey))) {
        let refusal = Refusal::code("f413-fit-private-key", texts);
        let Refusal::Sentence(sentence) = refusal else { return Err(refusal) };
        output::error(&format!("{sentence}\n"));
        return Ok(Exit::NotReady);
    }
    let needs = needs(arguments, texts)?;
    let evidence = Evidence::default();
    let verdict = judge_files(read, &evidence, when(None, None));
    let mut files = Vec::new();
    for part in &verdict.parts {
        let (label, told) = match part {
            FilePart::Request(one) => (&one.label, one.explanation.clone()),
            FilePart::Certificate(one) => (&one.label, Explanation::of(&one.certificate)),
            _ => continue,
        };
        let fit = fit(&told, &needs, &numbers);
        files.push(FitFile { label: label.clone(), is_request: told.is_request, fit });
    }
    let is_usable = !matches!(verdict.weight(), Some(FileWeight::Unusable) | None);
    let disclosure = disclosure(arguments.show_identity);
    match arguments.format {
        JourneyFormat::Json => {
            output::json(&fit_json(&needs, &files, is_usable));
        }
        JourneyFormat::Text | JourneyFormat::Html => {
            let explained = files_text(&verdict, &evidence, 0, disclosure, texts);
            output::text(&format!("{explained}\n{}", fit_text(&needs, &files, texts)));
        }
    }
    let fits = !files.is_empty() && files.iter().map(|file| &file.fit).all(Fit::is_good);
    Ok(match (fits, is_usable) {
        (true, true) => Exit::Ready,
        _ => Exit::NotReady,
    })
}

fn needs(arguments: &JourneyArguments, texts: &Texts) -> Granted<Vec<Need>> {
    if !arguments.plan.need.is_empty() {
        return Ok(arguments.plan.need.clone());
    }
    if !std::io::IsTerminal::is_terminal(&std::io::stdin()) {
        return Err(missing(&["--need"], texts));
    }
    Questions { texts }.several::<Need>("f413-ask-needs")
}
