//! The one line that `cpx-check f413 --batch` tells of a card.

use cpx_card::internal::facts::{CardAnswer, ReaderContent, ReaderFacts};
use cpx_f413::CardAdvice;

use super::page::Page;
use super::{Disclosure, Texts};

/// What became of a card that was put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BatchLine {
    /// It stands on this line of the list, the head being line 1; `before` is the line with its former answer.
    Recorded {
        /// Its line.
        line: u64,
        /// The line with another answer.
        before: Option<u64>,
    },
    /// It stood there already.
    Duplicate {
        /// Its line.
        line: u64,
    },
    /// It is no CPx, or could not be read.
    NotRecorded {
        /// Why.
        code: &'static str,
    },
}

impl BatchLine {
    /// Where the card stands in the list.
    pub const fn line(self) -> Option<u64> {
        match self {
            Self::Recorded { line, .. } | Self::Duplicate { line } => Some(line),
            Self::NotRecorded { .. } => None,
        }
    }

    /// Where it stands with another answer.
    pub const fn before(self) -> Option<u64> {
        match self {
            Self::Recorded { before, .. } => before,
            _ => None,
        }
    }
}

/// The line, in words.
pub fn batch_text(
    reader: &ReaderFacts,
    advice: &CardAdvice,
    line: &BatchLine,
    disclosure: Disclosure,
    texts: &Texts,
) -> String {
    if let BatchLine::NotRecorded { code } = line {
        let remedy = texts.remedy(code).unwrap_or_default();
        return texts.with("f413-batch-not-recorded", &[("cause", &texts.text(code)), ("remedy", &remedy)]);
    }
    let page = Page::new(texts, disclosure);
    let lines = advice.lines.as_ref();
    let number = lines.and_then(|lines| lines.card_number.as_ref());
    let number = number.map_or_else(|| texts.text("f413-batch-no-number"), |one| disclosure.show(one, one.reveal()));
    let names = lines.into_iter().flat_map(|lines| [&lines.given_name, &lines.surname]).flatten();
    let names: Vec<_> = names.map(|name| disclosure.show(name, name.reveal())).collect();
    let name = if names.is_empty() { texts.text("f413-batch-no-name") } else { names.join(" ") };
    let state = match &reader.content {
        ReaderContent::Card(CardAnswer::Cpx(card)) => page.f413_state(advice.holding.state, card),
        _ => String::new(),
    };
    let values = [
        ("card", texts.text(&format!("f413-card-{}", advice.holding.card.code()))),
        ("name", name),
        ("number", number),
        ("answer", texts.text(&format!("f413-answer-{}", advice.administrator().code()))),
        ("state", state),
        ("line", line.line().map(|line| line.to_string()).unwrap_or_default()),
        ("before", line.before().map(|line| line.to_string()).unwrap_or_default()),
    ];
    let values: Vec<_> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let key = match line {
        BatchLine::Recorded { before: None, .. } => "f413-batch-judged",
        BatchLine::Recorded { .. } => "f413-batch-changed",
        _ => "f413-batch-duplicate",
    };
    texts.with(key, &values)
}
