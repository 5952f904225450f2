//! One line of `cpx-check watch` for machines, schema `cpx-check.watch/1`.

use serde::Serialize;
use serde_json::Value;

use cpx_card::ErrorKind;
use cpx_card::internal::facts::{Failure, ReaderFacts};
use cpx_card::internal::readiness::ReaderVerdict;

use super::card_json::{Reader, reader, value};
use super::{Disclosure, sanitise};

/// What happened in a reader, or to the service.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Watched<'a> {
    /// Something about the reader of this name.
    Reader(&'a str),
    /// Cards came and went in this reader so many times, too briefly to be read.
    Bounced(&'a str, u16),
    /// A card was put into a reader, and read.
    Card(&'a ReaderFacts, &'a ReaderVerdict),
    /// Another program has the card in this reader and does not give it back.
    Kept(&'a str),
    /// The service is lost.
    Lost(&'a Failure),
    /// The service is back.
    Back,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "cpx-check watch"))]
pub(super) struct Line {
    #[cfg_attr(test, schemars(extend("const" = "cpx-check.watch/1")))]
    schema: &'static str,
    /// When, RFC 3339 in UTC.
    time: String,
    /// `reader-added`, `reader-removed`, `inserted`, `read` (a card that another program had when it was put in), `kept` (another
    /// program has it and does not give it back), `removed`, `bounced`, `service-lost` or `service-back`.
    event: &'static str,
    #[serde(flatten)]
    what: What,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
enum What {
    /// What is known of a card that was put in.
    Card(Box<Reader>),
    Lost {
        name: (),
        /// The stable code of why.
        code: &'static str,
        detail: String,
    },
    Kept {
        /// The reader's name.
        name: String,
        /// `card-kept`.
        code: &'static str,
    },
    Bounced {
        /// The reader's name.
        name: String,
        /// How many times a card came and went.
        times: u16,
    },
    Other {
        /// The reader's name, or null.
        name: Option<String>,
    },
}

/// One line: `time` is RFC 3339 in UTC, `event` one of the names of the schema.
pub fn watch_json(time: String, event: &'static str, what: Watched, disclosure: Disclosure) -> Value {
    let what = match what {
        Watched::Reader(name) => What::Other { name: Some(sanitise(name)) },
        Watched::Bounced(name, times) => What::Bounced { name: sanitise(name), times },
        Watched::Card(facts, verdict) => What::Card(Box::new(reader(facts, verdict, disclosure))),
        Watched::Kept(name) => What::Kept { name: sanitise(name), code: ErrorKind::CardKept.code() },
        Watched::Lost(failure) => What::Lost { name: (), code: failure.kind.code(), detail: sanitise(&failure.detail) },
        Watched::Back => What::Other { name: None },
    };
    value(&Line { schema: "cpx-check.watch/1", time, event, what })
}
