//! The swap test between two files: for people, and for machines (`cpx-check.swap/1`).

use serde::Serialize;
use serde_json::Value;

use cpx_card::internal::readiness::{Catalogue, Readiness, Sameness, SwapConclusion, SwapSide};
use cpx_card::{Error, Result};

use super::card_json::value;
use super::diagnosis_json::known_schema;
use super::diagnosis_text::{readiness_mark, readiness_style};
use super::page::{Page, STRONG};
use super::{Disclosure, Texts, sanitise};

/// How it is known whether both files are of one card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownBy {
    /// The user said so.
    User,
    /// The files say so: linked pseudonyms, or cards of another type or generation.
    Files,
    /// Not at all.
    Nothing,
}

/// What two files say: their names, untrusted texts, and what each holds.
#[allow(clippy::exhaustive_structs)] // the program puts it together
pub struct SwapTest {
    /// The files.
    pub sides: [(String, SwapSide); 2],
    /// Whether they are of one card.
    pub card: Sameness,
    /// How that is known.
    pub known_by: KnownBy,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "cpx-check --compare A B"))]
pub(super) struct Report {
    #[cfg_attr(test, schemars(extend("const" = "cpx-check.swap/1")))]
    schema: &'static str,
    tool_version: &'static str,
    /// Whether both files are of one card: `same`, `other`, `unknown`.
    card: &'static str,
    /// How that is known: `user`, `files`, or null.
    known_by: Option<&'static str>,
    /// What follows from it, a stable code.
    conclusion: &'static str,
    /// What the fault follows: `card`, `workstation`, `both`, or null where that is not known.
    follows: Option<&'static str>,
    files: Vec<Side>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Side {
    file: String,
    outcome: &'static str,
    /// Whether a CPx was read; null where an earlier answer is compared.
    card_read: Option<bool>,
    /// The checks to be put right, in this order.
    causes: Vec<&'static str>,
}

impl SwapTest {
    /// What follows from it.
    pub fn conclusion(&self) -> SwapConclusion {
        let [(_, one), (_, other)] = &self.sides;
        SwapConclusion::of(one, other, self.card)
    }

    /// The answer for machines.
    pub fn json(&self) -> Value {
        let conclusion = self.conclusion();
        let file = |(name, side): &(String, SwapSide)| Side {
            file: sanitise(name),
            outcome: side.outcome.code(),
            card_read: side.without_card.map(|without| !without),
            causes: side.causes.clone(),
        };
        value(&Report {
            schema: "cpx-check.swap/1",
            tool_version: env!("CARGO_PKG_VERSION"),
            card: self.card.code(),
            known_by: match self.known_by {
                KnownBy::User => Some("user"),
                KnownBy::Files => Some("files"),
                KnownBy::Nothing => None,
            },
            conclusion: conclusion.code(),
            follows: conclusion.follows(),
            files: self.sides.iter().map(file).collect(),
        })
    }

    /// The answer for people, with styles.
    pub fn text(&self, texts: &Texts) -> String {
        let mut page = Page::new(texts, Disclosure::Masked);
        let conclusion = self.conclusion();
        let file = |side: &(String, SwapSide)| sanitise(&side.0);
        let [one, other] = &self.sides;
        let failing = if one.1.outcome > Readiness::Reserved { one } else { other };
        let check = |id: &&str| texts.text(&format!("check-{id}"));
        let causes = |side: &(String, SwapSide)| match side.1.causes.as_slice() {
            [] => texts.text(&format!("diagnosis-{}", side.1.outcome.code())),
            causes => causes.iter().map(check).collect::<Vec<_>>().join(", "),
        };
        // of two that fail alike, what they have in common
        let common = one.1.common(&other.1);
        let cause = common.or(failing.1.causes.first().copied()).as_ref().map(check);
        let cause = cause.unwrap_or_else(|| causes(failing));
        let unread = self.sides.iter().find(|side| side.1.without_card == Some(true));
        let key = match (conclusion, unread) {
            (SwapConclusion::UnknownCard, Some(_)) => "swap-no-card-read".to_owned(),
            _ => format!("swap-{}", conclusion.code()),
        };
        let values = [
            ("file", file(unread.filter(|_| conclusion == SwapConclusion::UnknownCard).unwrap_or(failing))),
            ("cause", cause),
            ("one", file(one)),
            ("other", file(other)),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let answer = texts.folded("", "", &texts.with(&key, &values));
        page.line(&format!("{STRONG}{answer}{STRONG:#}"));
        if conclusion.follows().is_some() && self.known_by == KnownBy::Files && self.card == Sameness::Other {
            page.line(&texts.folded("  ", "", &texts.text("swap-if-one-word")));
        }
        if let Some(next) = texts.attribute(&key, "remedy", &values) {
            page.line(&texts.folded("  ", "→ ", &next));
        }
        page.line("");
        for side in &self.sides {
            let outcome = side.1.outcome;
            page.marked(readiness_style(outcome), readiness_mark(outcome), &texts.of(&file(side), &causes(side)));
        }
        page.text
    }
}

/// What an earlier answer of `cpx-check --format json` says: hostile text.
///
/// # Errors
/// [`ErrorKind::Malformed`](cpx_card::ErrorKind::Malformed) for what is no such answer.
pub fn side_of_answer(answer: &Value) -> Result<SwapSide> {
    known_schema(answer)?;
    let outcome = answer.get("outcome").and_then(Value::as_str);
    let outcome = Readiness::ALL.into_iter().find(|one| Some(one.code()) == outcome);
    let outcome = outcome.ok_or_else(|| Error::malformed("this answer has no known outcome", 0))?;
    let check = |cause: &Value| Some(Catalogue::get().check(cause.get("check")?.as_str()?)?.id);
    let repair = answer.get("repair").and_then(Value::as_array).into_iter().flatten().chain(answer.get("headline"));
    let mut causes = Vec::new();
    for id in repair.filter_map(check) {
        if !causes.contains(&id) {
            causes.push(id);
        }
    }
    let unfit = answer.get("card_unfit").is_some_and(Value::is_string);
    Ok(SwapSide::of_answer(outcome, causes, unfit))
}
