//! `cpx-check --compare A B`: the same card elsewhere, or another card here.

use std::path::Path;

use cpx_card::internal::readiness::{DiagnosisOptions, Sameness, SwapConclusion, SwapSide};
use cpx_report::{KnownBy, SwapTest, Texts, side_of_answer};

use super::answer::{For, Place};
use super::args::{DiagnosisArguments, ReportFormat};
use super::diagnosis::Earlier;
use super::exit_code::Exit;
use super::{Granted, Refusal, Run};

/// What two files say: nothing is looked at here.
pub(super) fn run(files: [&Path; 2], arguments: &DiagnosisArguments, options: &DiagnosisOptions, texts: &Texts) -> Run {
    let [one, other] = files;
    let is_text = match arguments.format {
        ReportFormat::Text => true,
        ReportFormat::Json => false,
        _ => return Err(Refusal::Sentence(texts.text("swap-text-or-json"))),
    };
    if arguments.record_case.is_some() || arguments.replay_case.is_some() {
        return Err(Refusal::Sentence(texts.text("swap-looks-at-nothing")));
    }
    let real = |file: &Path| std::fs::canonicalize(file).ok();
    if real(one).is_some() && real(one) == real(other) {
        return Err(Refusal::Sentence(texts.text("swap-same-file")));
    }
    let held = [Earlier::read(one)?, Earlier::read(other)?];
    let told = match &held {
        [Earlier::Case(one), Earlier::Case(other)] => Sameness::of(one, other),
        _ => Sameness::Unknown,
    };
    let (card, known_by) = match told {
        // what the user knows outranks what pseudonyms say: the word may have been mistyped
        _ if arguments.swap.same_card => (Sameness::Same, KnownBy::User),
        _ if arguments.swap.other_card => (Sameness::Other, KnownBy::User),
        Sameness::Unknown => (Sameness::Unknown, KnownBy::Nothing),
        told => (told, KnownBy::Files),
    };
    let [one, other] = &held;
    let [one_file, other_file] = files.map(|file| file.display().to_string());
    let sides = [(one_file, side(one, files[0], options)?), (other_file, side(other, files[1], options)?)];
    let test = SwapTest { sides, card, known_by };
    let place = Place::of(arguments.output.as_deref(), For::Owner)?;
    let answer = if is_text { test.text(texts) } else { format!("{:#}\n", test.json()) };
    place.put(&answer, is_text)?;
    Ok(match test.conclusion() {
        SwapConclusion::NoFault => Exit::Ready,
        conclusion if conclusion.follows().is_some() => Exit::NotReady,
        SwapConclusion::TwoFaults | SwapConclusion::CardChanged | SwapConclusion::WorkstationChanged => Exit::NotReady,
        _ => Exit::CouldNotTell,
    })
}

fn side(held: &Earlier, file: &Path, options: &DiagnosisOptions) -> Granted<SwapSide> {
    Ok(match held {
        Earlier::Case(case) => SwapSide::of_case(case, options),
        Earlier::Answer(answer) => side_of_answer(answer).map_err(|error| error.within(file.display()))?,
    })
}
