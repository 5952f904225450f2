//! The virtual cards for machines, schema `cpx-check.simulate-list/1`.

use serde::Serialize;
use serde_json::Value;

use super::card_json::value;

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "cpx-check simulate --list"))]
pub(super) struct Report {
    #[cfg_attr(test, schemars(extend("const" = "cpx-check.simulate-list/1")))]
    schema: &'static str,
    cards: Vec<Card>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Card {
    /// What `--simulate` takes.
    name: String,
    /// What it is, in French.
    summary: String,
}

/// Virtual cards, each with its name and what it is.
pub fn simulations_json<'a>(cards: impl IntoIterator<Item = (&'a str, &'a str)>) -> Value {
    let cards = cards.into_iter().map(|(name, summary)| Card { name: name.into(), summary: summary.into() });
    value(&Report { schema: "cpx-check.simulate-list/1", cards: cards.collect() })
}
