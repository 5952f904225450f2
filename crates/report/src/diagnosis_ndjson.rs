//! The verdict for log collectors, schema `cpx-check.ndjson/2`: one line that sums up, one for each check that failed or
//! warned. What is only blocked by a failure is counted, not listed.

use std::collections::BTreeMap;

use serde::Serialize;

use cpx_card::internal::identity::CardType;
use cpx_card::internal::readiness::{Cause, CheckResult, End, PortalVerdict, Rules, State};
use cpx_card::internal::workstation::facts::Family;

use super::Subject;
use super::card_json::value;
use super::for_card::ForCardView;

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "cpx-check --format ndjson"))]
pub(super) struct Line {
    #[cfg_attr(test, schemars(extend("const" = "cpx-check.ndjson/2")))]
    schema: &'static str,
    /// When it was observed, RFC 3339 in UTC.
    time: String,
    /// `windows`, `macos`, `linux` or `other`.
    system: &'static str,
    /// The verdict: `ready`, `ready-with-reservation`, `cannot-tell` or `not-ready`.
    outcome: &'static str,
    #[serde(flatten)]
    about: About,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "line", rename_all = "kebab-case")]
enum About {
    Summary(Box<Summary>),
    Check(Check),
}

/// The first line.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Summary {
    /// What says this verdict over the telephone.
    support_code: String,
    /// Version of the program.
    program: String,
    /// Day of the rules that judged.
    rules: Option<String>,
    system_name: Option<String>,
    system_version: Option<String>,
    /// Version of the Cryptolib.
    cryptolib: Option<String>,
    /// Whether there is a CPx, and what it is.
    card: Option<&'static str>,
    card_generation: Option<&'static str>,
    /// End of the validity of the card, YYYY-MM-DD: the first day of a month.
    card_valid_until: Option<String>,
    /// What ends (`card`, `certificate`, `authority`, `system`, `capi-override`), and its last second: RFC 3339 in UTC. What was
    /// not read, or has no published date, is not there.
    ends: BTreeMap<&'static str, String>,
    /// The card that is to come, where that and not today's was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    for_card: Option<ForCardView>,
    /// Why the card is not one for the portals, where that is the answer.
    card_unfit: Option<&'static str>,
    /// The causes that are told, the gravest first.
    causes: Vec<CauseLine>,
    portals: Vec<PortalLine>,
    /// How many checks ended in each state.
    counts: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CauseLine {
    /// The id of the check.
    id: &'static str,
    reason: &'static str,
    severity: &'static str,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PortalLine {
    portal: &'static str,
    outcome: &'static str,
    /// The browser of the best way, or null.
    browser: Option<&'static str>,
}

/// A check that failed or warned.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Check {
    id: &'static str,
    group: &'static str,
    /// `fail` or `warn`.
    state: &'static str,
    severity: &'static str,
    /// Why, as a stable code.
    reason: &'static str,
    /// What was seen, without what tells a person, a card or a machine apart.
    values: BTreeMap<&'static str, String>,
}

/// The lines, each with its end.
pub fn diagnosis_ndjson(subject: &Subject) -> String {
    let graver = |one: &&CheckResult| matches!(one.state, State::Fail | State::Warn);
    let checks = subject.checks().filter(graver).map(|one| About::Check(check(one)));
    let lines = std::iter::once(About::Summary(Box::new(summary(subject)))).chain(checks);
    let lines: Vec<_> = lines.map(|about| value(&line(subject, about)).to_string()).collect();
    lines.join("\n") + "\n"
}

fn line(subject: &Subject, about: About) -> Line {
    Line {
        schema: "cpx-check.ndjson/2",
        time: subject.time(),
        system: system(subject.family()),
        outcome: subject.diagnosis.outcome.code(),
        about,
    }
}

/// The stable code of a kind of system.
pub(super) const fn system(family: Family) -> &'static str {
    match family {
        Family::Windows => "windows",
        Family::Macos => "macos",
        Family::Linux => "linux",
        _ => "other",
    }
}

fn summary(subject: &Subject) -> Summary {
    let system = subject.facts.workstation.system.seen();
    let card = subject.card().map(|(_, card)| card);
    Summary {
        support_code: subject.support_code().to_string(),
        program: subject.program(),
        rules: Rules::get().date().map(|date| date.to_string()),
        system_name: system.map(|system| subject.show(&system.name)),
        system_version: system.map(|system| subject.show(&system.version)),
        cryptolib: subject.cryptolib(),
        card: card.and_then(|card| card.card_type).map(CardType::label),
        card_generation: card.map(|card| card.generation.code()),
        card_valid_until: card.and_then(|card| card.card.valid_until).map(|day| day.to_string()),
        ends: ends_view(&subject.ends()),
        for_card: ForCardView::of(&subject.diagnosis),
        card_unfit: subject.diagnosis.unfit.map(cpx_card::internal::readiness::Unfit::code),
        causes: subject.causes().map(cause).collect(),
        portals: subject.diagnosis.portals.iter().map(portal).collect(),
        counts: subject.counts(),
    }
}

/// What ends, and its last second: RFC 3339 in UTC.
pub(super) fn ends_view(ends: &[End]) -> BTreeMap<&'static str, String> {
    let moment = |end: &End| Some((end.what, jiff::Timestamp::from_second(end.at).ok()?.to_string()));
    ends.iter().filter_map(moment).collect()
}

fn cause(cause: &Cause) -> CauseLine {
    CauseLine { id: cause.id, reason: cause.reason, severity: cause.severity.code() }
}

fn portal(verdict: &PortalVerdict) -> PortalLine {
    PortalLine {
        portal: verdict.portal.code(),
        outcome: verdict.readiness.code(),
        browser: verdict.paths.first().map(|path| path.browser.code()),
    }
}

fn check(one: &CheckResult) -> Check {
    Check {
        id: one.check.id,
        group: one.check.group.code(),
        state: one.state.code(),
        severity: one.check.severity.code(),
        reason: one.found.reason,
        values: one.found.values.iter().map(|(name, value)| (*name, value.to_string())).collect(),
    }
}
