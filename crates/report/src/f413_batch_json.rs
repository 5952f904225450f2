//! One line of `cpx-check f413 --batch` for machines, schema `cpx-check.f413-batch/1`.

use serde::Serialize;
use serde_json::Value;

use cpx_card::internal::facts::{Failure, ReaderFacts};
use cpx_card::internal::readiness::ReaderVerdict;
use cpx_f413::CardAdvice;

use super::card_json::value;
use super::f413_json::{Reader, reader};
use super::{BatchLine, Disclosure};

/// What happened while a list was written.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Batched<'a> {
    /// A card was put in, read and judged, and this became of it.
    Card(&'a ReaderFacts, &'a ReaderVerdict, &'a CardAdvice, BatchLine),
    /// The service is lost.
    Lost(&'a Failure),
    /// The service is back.
    Back,
    /// It is over.
    Summary(BatchCount),
}

/// How many cards a list was asked to take, and what became of them.
#[derive(Debug, Default, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BatchCount {
    /// CPx cards that were read.
    pub read: u64,
    /// Lines that were written.
    pub recorded: u64,
    /// Cards that stood on the list already.
    pub duplicates: u64,
    /// Cards that are no CPx.
    pub others: u64,
    /// Cards that could not be read.
    pub failed: u64,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "cpx-check f413 --batch"))]
pub(super) struct Line {
    #[cfg_attr(test, schemars(extend("const" = "cpx-check.f413-batch/1")))]
    schema: &'static str,
    /// When, RFC 3339 in UTC.
    time: String,
    #[serde(flatten)]
    what: What,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "event", rename_all = "kebab-case")]
enum What {
    /// A card was put on the list.
    Recorded(Box<Card>),
    /// It stood there already.
    Duplicate(Box<Card>),
    /// It is no CPx, or could not be read.
    NotRecorded(Box<Card>),
    ServiceLost {
        /// The stable code of why.
        code: &'static str,
    },
    ServiceBack {
        code: (),
    },
    /// What became of the cards.
    Summary(BatchCount),
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Card {
    /// Where it stands in the list, the head being line 1, or null.
    line: Option<u64>,
    /// Where it stands with another answer, or null.
    before: Option<u64>,
    #[serde(flatten)]
    reader: Reader,
}

/// One line: `time` is RFC 3339 in UTC.
pub fn batch_json(time: String, happened: Batched, disclosure: Disclosure) -> Value {
    let what = match happened {
        Batched::Card(facts, verdict, advice, line) => {
            let reader = reader(facts, verdict, advice, disclosure);
            let card = Box::new(Card { line: line.line(), before: line.before(), reader });
            match line {
                BatchLine::Recorded { .. } => What::Recorded(card),
                BatchLine::Duplicate { .. } => What::Duplicate(card),
                BatchLine::NotRecorded { .. } => What::NotRecorded(card),
            }
        }
        Batched::Lost(failure) => What::ServiceLost { code: failure.kind.code() },
        Batched::Back => What::ServiceBack { code: () },
        Batched::Summary(count) => What::Summary(count),
    };
    value(&Line { schema: "cpx-check.f413-batch/1", time, what })
}
