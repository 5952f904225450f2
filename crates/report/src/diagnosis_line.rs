//! The verdict on one line of ASCII, at most 2,048 bytes: what Nagios and Centreon expect of a probe.

use std::fmt::Write as _;

use cpx_card::internal::readiness::{Cause, Readiness, Rules};

use super::diagnosis_words::Words;
use super::{Subject, Texts};

/// Bytes of a line, its end not counted: what collectors keep of a probe's output.
const LONGEST: usize = 2047;
/// Causes that are told by their codes.
const CAUSES: usize = 8;

/// The line, without its end: the state of the probe, the cause and the remedy in words, the support code; then stable codes and
/// numbers, the version of the Cryptolib among them; behind `|` what Nagios and Centreon draw. Words that would make
/// the line too long are cut.
pub fn diagnosis_line(subject: &Subject, texts: &Texts) -> String {
    let diagnosis = &subject.diagnosis;
    let state = match diagnosis.outcome {
        Readiness::Ready => "OK",
        Readiness::Reserved => "WARNING",
        Readiness::NotReady => "CRITICAL",
        Readiness::CannotTell => "UNKNOWN",
    };
    let mut codes = format!(" ({}) cpx-check.line/2 {}", subject.support_code(), diagnosis.outcome.code());
    let cause = |cause: &Cause| format!("{}:{}", cause.id, cause.reason);
    let causes: Vec<_> = subject.causes().take(CAUSES).map(cause).collect();
    for (name, value) in [
        ("for", diagnosis.awaited.as_ref().map(|awaited| awaited.generation.code().to_owned())),
        ("causes", Some(causes.join(","))),
        ("card", diagnosis.unfit.map(|unfit| unfit.code().to_owned())),
        ("cryptolib", subject.cryptolib()),
        ("program", Some(subject.program())),
        ("rules", Rules::get().date().map(|date| date.to_string())),
        ("time", Some(subject.time())),
    ] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let _ = write!(codes, " {name}={value}");
        }
    }
    for verdict in &diagnosis.portals {
        let _ = write!(codes, " {}={}", verdict.portal.code(), verdict.readiness.code());
    }
    codes.push_str(" |");
    for (state, count) in subject.counts() {
        let _ = write!(codes, " {state}={count}");
    }
    let mut line = format!("{state} - {}", ascii(&Words::new(texts, subject.facts).of(diagnosis).in_short(diagnosis)));
    line.truncate(LONGEST.saturating_sub(codes.len()));
    line + &codes
}

/// The same words without accents; nothing that a collector, a shell or JSON reads as more than text.
fn ascii(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.replace("«\u{a0}", "'").replace("\u{a0}»", "'").chars() {
        let same = match character {
            'à' | 'â' | 'ä' => "a",
            'ç' => "c",
            'é' | 'è' | 'ê' | 'ë' => "e",
            'î' | 'ï' => "i",
            'ô' | 'ö' => "o",
            'ù' | 'û' | 'ü' => "u",
            'œ' => "oe",
            'À' | 'Â' => "A",
            'Ç' => "C",
            'É' | 'È' | 'Ê' => "E",
            'Î' => "I",
            'Ô' => "O",
            'Œ' => "Oe",
            '…' => "...",
            '→' => "-",
            '\u{a0}' | '\u{202f}' => " ",
            '«' | '»' | '“' | '”' | '’' | '"' => "'",
            '|' | '\\' | '<' | '>' => "/",
            ' '..='~' => {
                plain.push(character);
                continue;
            }
            _ => "?",
        };
        plain.push_str(same);
    }
    plain
}
