//! What a support code says for machines, schema `cpx-check.decode/1`.

use serde::Serialize;
use serde_json::Value;

use super::SupportCode;
use super::card_json::value;
use super::diagnosis_ndjson::system;

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "cpx-check decode"))]
pub(super) struct Report {
    #[cfg_attr(test, schemars(extend("const" = "cpx-check.decode/1")))]
    schema: &'static str,
    /// The code, as the program writes it.
    support_code: String,
    /// The verdict: `ready`, `ready-with-reservation`, `cannot-tell` or `not-ready`.
    outcome: &'static str,
    /// `windows`, `macos`, `linux` or `other`.
    system: &'static str,
    /// Why the card is not one for the portals, where that is the answer.
    card_unfit: Option<&'static str>,
    /// The ids of the checks that are told as causes, the gravest first.
    causes: Vec<&'static str>,
    /// The portals that were asked about.
    portals: Vec<Portal>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Portal {
    portal: &'static str,
    outcome: &'static str,
}

/// What this code says.
pub fn decode_json(code: &SupportCode) -> Value {
    let portal =
        |(portal, outcome): &(cpx_card::internal::readiness::Portal, cpx_card::internal::readiness::Readiness)| {
            Portal { portal: portal.code(), outcome: outcome.code() }
        };
    value(&Report {
        schema: "cpx-check.decode/1",
        support_code: code.to_string(),
        outcome: code.outcome.code(),
        system: system(code.system),
        card_unfit: code.unfit.map(cpx_card::internal::readiness::Unfit::code),
        causes: code.causes.clone(),
        portals: code.portals.iter().map(portal).collect(),
    })
}
