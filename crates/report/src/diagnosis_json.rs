//! The answer of plain `cpx-check` for machines, schema `cpx-check.diagnosis/2`.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use cpx_card::internal::facts::{Contradiction, Facts};
use cpx_card::internal::readiness::{
    BrowserLine, CardVerdict, Catalogue, Cause, Change, Check, CheckResult, Diagnosis, Eligibility, OpenCheck,
    PathVerdict, PortalVerdict, State, When, ends, judge_tokens,
};
use cpx_card::internal::token::Pkcs11Facts;
use cpx_card::internal::workstation::facts::Family;
use cpx_card::{Error, Result};

use super::card_json::{card_json, value};
use super::diagnosis_ndjson::ends_view;
use super::for_card::ForCardView;
use super::token_json::tokens_json;
use super::{Disclosure, SupportCode, sanitise};

/// The schema of the answer.
const SCHEMA: &str = "cpx-check.diagnosis/2";
/// That of 0.1: the states of its checks are compared as well.
const EARLIER_SCHEMA: &str = "cpx-check.diagnosis/1";

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "cpx-check"))]
pub(super) struct Report {
    #[cfg_attr(test, schemars(extend("const" = "cpx-check.diagnosis/2")))]
    schema: &'static str,
    tool_version: String,
    /// The day and the second (UTC, since 1970) of the observation.
    observed_on: String,
    observed_at: i64,
    online: bool,
    outcome: &'static str,
    /// What says this verdict over the telephone.
    support_code: String,
    /// The card that is to come, where that and not today's was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    for_card: Option<ForCardView>,
    headline: Option<CauseView>,
    others: Vec<CauseView>,
    folded: Vec<CauseView>,
    /// What is to be put right, in this order: the shortest list that opens the most.
    repair: Vec<CauseView>,
    /// Each browser, the default one first.
    browsers: Vec<BrowserView>,
    /// Why the card is not one for the portals, where that makes the answer.
    card_unfit: Option<&'static str>,
    portals: Vec<PortalView>,
    checks: Vec<CheckView>,
    /// What ends (`card`, `certificate`, `authority`, `system`, `capi-override`), and its last second: RFC 3339 in UTC. What was
    /// not read, or has no published date, is not there.
    ends: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<Vec<ChangeView>>,
    #[cfg_attr(test, schemars(with = "Vec<super::card_json::Reader>"))]
    readers: Value,
    #[cfg_attr(test, schemars(with = "Vec<super::token_json::Module>"))]
    modules: Value,
    #[cfg_attr(test, schemars(with = "Vec<super::token_json::SlotView>"))]
    tokens: Value,
    /// In what a case file of version 0.1 holds a card twice, with two values: its facts were judged.
    #[serde(skip_serializing_if = "Value::is_null")]
    #[cfg_attr(test, schemars(with = "Option<Vec<ContradictionView>>"))]
    contradictions: Value,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ContradictionView {
    reader: String,
    /// `card`, `atr`, `code`, `type`, `validity` or `category`.
    about: &'static str,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CauseView {
    check: &'static str,
    state: &'static str,
    reason: &'static str,
    severity: &'static str,
    values: BTreeMap<&'static str, String>,
    blocks: Vec<&'static str>,
    /// The check that passed although this one failed: its failure stops nobody.
    works_anyway: Option<&'static str>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct BrowserView {
    browser: &'static str,
    default: bool,
    outcome: &'static str,
    cause: Option<&'static str>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PortalView {
    portal: &'static str,
    outcome: &'static str,
    workstation: &'static str,
    network_tested: bool,
    card: Option<EligibilityView>,
    paths: Vec<PathView>,
    causes: Vec<&'static str>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct EligibilityView {
    fit: &'static str,
    because: Option<&'static str>,
    ask: Option<&'static str>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PathView {
    browser: &'static str,
    path: &'static str,
    outcome: &'static str,
    causes: Vec<&'static str>,
    reservations: Vec<&'static str>,
    open: Vec<OpenView>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OpenView {
    check: &'static str,
    reason: &'static str,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CheckView {
    id: &'static str,
    group: &'static str,
    severity: &'static str,
    state: &'static str,
    reason: Option<&'static str>,
    blocked_by: Option<&'static str>,
    /// The check that passed although this one failed: its failure stops nobody.
    works_anyway: Option<&'static str>,
    /// What the check found itself, where its state says something else: below a failure, or for what works anyway.
    own: Option<OwnView>,
    values: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OwnView {
    state: &'static str,
    reason: Option<&'static str>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ChangeView {
    check: &'static str,
    before: Option<&'static str>,
    after: &'static str,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "cpx-check --list-checks"))]
pub(super) struct CatalogueView {
    #[cfg_attr(test, schemars(extend("const" = "cpx-check.checks/1")))]
    schema: &'static str,
    tool_version: &'static str,
    checks: Vec<AboutView>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct AboutView {
    id: &'static str,
    group: &'static str,
    kind: &'static str,
    /// The checks whose passing shows that a failure of this one stops nobody.
    exonerated_by: Vec<&'static str>,
    severity: &'static str,
    systems: Vec<&'static str>,
    portals: Vec<&'static str>,
    paths: Vec<&'static str>,
    depends_on: Vec<&'static str>,
    warns: Vec<&'static str>,
    fails: Vec<&'static str>,
    confidence: &'static str,
}

/// The parts of the answer that other answers have as well: `readers` of `card_json`, `modules` and
/// `tokens` of [`tokens_json`](super::tokens_json).
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct DiagnosisParts {
    /// The readers and the cards in them.
    pub readers: Value,
    /// The PKCS#11 modules.
    pub modules: Value,
    /// The cards that they show.
    pub tokens: Value,
    /// In what an old case file holds a card twice, with two values; null where it does not.
    pub contradictions: Value,
}

/// In what an old case file holds a card twice, as part of the answer.
pub fn contradictions_json(found: &[Contradiction]) -> Value {
    let view = |one: &Contradiction| ContradictionView { reader: sanitise(&one.reader), about: one.about };
    if found.is_empty() { Value::Null } else { value(&found.iter().map(view).collect::<Vec<_>>()) }
}

/// The parts of this answer: the readers and cards as `cpx-check card` tells them, the modules and the cards that they
/// show as `cpx-check token` does.
pub fn diagnosis_parts(facts: &Facts, verdict: &CardVerdict, disclosure: Disclosure) -> DiagnosisParts {
    let cards = &facts.cards;
    let modules = Pkcs11Facts { modules: facts.modules.seen().cloned().unwrap_or_default(), ..Pkcs11Facts::default() };
    let judged = judge_tokens(&modules.modules, cards, When::of(facts).now);
    let mut tokens = tokens_json(&modules, cards, &judged, None, disclosure);
    let mut card = card_json(cards, verdict, disclosure);
    DiagnosisParts {
        readers: card["readers"].take(),
        modules: tokens["modules"].take(),
        tokens: tokens["tokens"].take(),
        contradictions: Value::Null,
    }
}

/// The whole diagnosis. The parts are disclosed as they were made; nothing else holds a person's data.
pub fn diagnosis_json(
    facts: &Facts,
    diagnosis: &Diagnosis,
    changes: Option<&[Change]>,
    parts: DiagnosisParts,
) -> Value {
    value(&Report {
        schema: SCHEMA,
        tool_version: sanitise(&facts.program),
        observed_on: facts.today.to_string(),
        observed_at: facts.now,
        online: facts.asked.online,
        outcome: diagnosis.outcome.code(),
        support_code: SupportCode::of(facts, diagnosis).to_string(),
        for_card: ForCardView::of(diagnosis),
        headline: diagnosis.headline.as_ref().map(cause),
        others: diagnosis.others.iter().map(cause).collect(),
        folded: diagnosis.folded.iter().map(cause).collect(),
        repair: diagnosis.repair.iter().map(cause).collect(),
        browsers: diagnosis.browsers.iter().map(browser).collect(),
        card_unfit: diagnosis.unfit.map(cpx_card::internal::readiness::Unfit::code),
        portals: diagnosis.portals.iter().map(portal).collect(),
        checks: diagnosis.checks.iter().map(check).collect(),
        ends: ends_view(&ends(facts)),
        changes: changes.map(|changes| changes.iter().map(change).collect()),
        readers: parts.readers,
        modules: parts.modules,
        tokens: parts.tokens,
        contradictions: parts.contradictions,
    })
}

/// How each check ended in an earlier answer of [`diagnosis_json`]: hostile text.
///
/// # Errors
/// [`ErrorKind::Malformed`](cpx_card::ErrorKind::Malformed) for what is no such answer.
pub fn states_of_answer(answer: &Value) -> Result<BTreeMap<String, State>> {
    known_schema(answer)?;
    let refused = |what: &'static str| Error::malformed(what, 0);
    let checks = answer.get("checks").and_then(Value::as_array).ok_or_else(|| refused("this answer has no checks"))?;
    let state = |check: &Value| {
        let code = check.get("state")?.as_str()?;
        let state = State::ALL.into_iter().find(|state| state.code() == code)?;
        Some((check.get("id")?.as_str()?.to_owned(), state))
    };
    checks
        .iter()
        .map(|check| state(check).ok_or_else(|| refused("a check of this answer has no known state")))
        .collect()
}

/// Refuses what is no answer of [`diagnosis_json`].
pub(super) fn known_schema(answer: &Value) -> Result<()> {
    let schema = answer.get("schema").and_then(Value::as_str);
    if schema.is_some_and(|schema| [SCHEMA, EARLIER_SCHEMA].contains(&schema)) {
        return Ok(());
    }
    Err(Error::malformed("this is neither an answer of `cpx-check --format json` nor a case file", 0))
}

/// Every check, as data: schema `cpx-check.checks/1`.
pub fn checks_json<'a>(checks: impl IntoIterator<Item = &'a Check>) -> Value {
    let checks = checks.into_iter().map(about).collect();
    value(&CatalogueView { schema: "cpx-check.checks/1", tool_version: env!("CARGO_PKG_VERSION"), checks })
}

/// All checks of the catalogue.
pub fn catalogue_json() -> Value {
    checks_json(Catalogue::get().checks())
}

fn values(found: &[(&'static str, cpx_card::internal::readiness::Value)]) -> BTreeMap<&'static str, String> {
    found.iter().map(|(name, value)| (*name, sanitise(&value.to_string()))).collect()
}

fn cause(cause: &Cause) -> CauseView {
    CauseView {
        check: cause.id,
        state: cause.state.code(),
        reason: cause.reason,
        severity: cause.severity.code(),
        values: values(&cause.values),
        blocks: cause.blocks.clone(),
        works_anyway: cause.works_anyway,
    }
}

fn browser(line: &BrowserLine) -> BrowserView {
    BrowserView {
        browser: line.browser.code(),
        default: line.is_default,
        outcome: line.readiness.code(),
        cause: line.cause.as_ref().map(|cause| cause.id),
    }
}

fn portal(verdict: &PortalVerdict) -> PortalView {
    PortalView {
        portal: verdict.portal.code(),
        outcome: verdict.readiness.code(),
        workstation: verdict.workstation.code(),
        network_tested: verdict.network_tested(),
        card: verdict.eligibility.map(eligibility),
        paths: verdict.paths.iter().map(path).collect(),
        causes: verdict.causes.iter().map(|cause| cause.id).collect(),
    }
}

fn eligibility(one: Eligibility) -> EligibilityView {
    EligibilityView {
        fit: one.fit.code(),
        because: one.because.map(cpx_card::internal::readiness::Unfit::code),
        ask: one.ask.map(cpx_card::internal::readiness::Question::code),
    }
}

fn path(verdict: &PathVerdict) -> PathView {
    PathView {
        browser: verdict.browser.code(),
        path: verdict.path.code(),
        outcome: verdict.readiness.code(),
        causes: verdict.causes.iter().map(|cause| cause.id).collect(),
        reservations: verdict.reservations.iter().map(|cause| cause.id).collect(),
        open: verdict.open.iter().map(open).collect(),
    }
}

fn open(one: &OpenCheck) -> OpenView {
    OpenView { check: one.id, reason: one.reason.code() }
}

fn check(result: &CheckResult) -> CheckView {
    let reason = Some(result.found.reason).filter(|reason| !reason.is_empty() && result.state != State::Blocked);
    CheckView {
        id: result.check.id,
        group: result.check.group.code(),
        severity: result.check.severity.code(),
        state: result.state.code(),
        reason,
        blocked_by: result.blocked_by,
        works_anyway: result.works_anyway,
        own: (result.state != result.found.state).then(|| OwnView {
            state: result.found.state.code(),
            reason: Some(result.found.reason).filter(|reason| !reason.is_empty()),
        }),
        values: values(&result.found.values),
    }
}

fn change(change: &Change) -> ChangeView {
    ChangeView { check: change.id, before: change.before.map(State::code), after: change.after.code() }
}

fn about(check: &Check) -> AboutView {
    let system = |family: &Family| match family {
        Family::Windows => "windows",
        Family::Macos => "macos",
        Family::Linux => "linux",
        _ => "other",
    };
    AboutView {
        id: check.id,
        group: check.group.code(),
        kind: check.kind.code(),
        exonerated_by: check.exonerated_by().map(|one| one.id).collect(),
        severity: check.severity.code(),
        systems: check.systems.iter().map(system).collect(),
        portals: check.portals.iter().map(|portal| portal.code()).collect(),
        paths: check.paths.iter().map(|path| path.code()).collect(),
        depends_on: check.depends_on.clone(),
        warns: check.warns.clone(),
        fails: check.fails.clone(),
        confidence: check.confidence,
    }
}
