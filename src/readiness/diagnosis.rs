//! The verdict on a workstation: every check, every portal, and the one cause to be told.

use std::collections::BTreeSet;

use super::catalogue::{Catalogue, Severity};
use super::cause::Cause;
use super::eligibility::{Fit, Unfit};
use super::evaluation::{CheckResult, Evaluation, rank};
use super::finding::State;
use super::portal::Portal;
use super::portal_verdict::{PortalVerdict, Readiness, judge_portal};
use super::view::View;
use crate::facts::Facts;
use crate::workstation::facts::BrowserKind;

/// Causes that are told beside the headline; the others are folded.
const OTHERS: usize = 2;

/// What the user asks about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DiagnosisOptions {
    /// These portals; without any, all of them, of which those count that the card is for.
    pub portals: Vec<Portal>,
    /// These browsers; without any, all that are installed.
    pub browsers: Vec<BrowserKind>,
}

impl DiagnosisOptions {
    /// The same for these portals.
    #[must_use]
    pub fn with_portals(self, portals: impl Into<Vec<Portal>>) -> Self {
        Self { portals: portals.into(), ..self }
    }

    /// The same for these browsers.
    #[must_use]
    pub fn with_browsers(self, browsers: impl Into<Vec<BrowserKind>>) -> Self {
        Self { browsers: browsers.into(), ..self }
    }
}

/// The verdict on a workstation.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Diagnosis {
    /// The answer: the worst of the portals that count.
    pub outcome: Readiness,
    /// The gravest root cause; for a workstation that is ready with a reservation, the gravest reservation.
    pub headline: Option<Cause>,
    /// The next causes, at most two.
    pub others: Vec<Cause>,
    /// The causes beyond.
    pub folded: Vec<Cause>,
    /// Why the card is not one for the portals that count, where that and no check makes the answer.
    pub unfit: Option<Unfit>,
    /// What each portal is worth.
    pub portals: Vec<PortalVerdict>,
    /// How each check ended, each behind those that it builds on.
    pub checks: Vec<CheckResult>,
}

impl Diagnosis {
    /// How one check ended.
    pub fn check(&self, id: &str) -> Option<&CheckResult> {
        self.checks.get(Catalogue::get().place(id)?)
    }

    /// What one portal is worth, where it was asked about.
    pub fn portal(&self, portal: Portal) -> Option<&PortalVerdict> {
        self.portals.iter().find(|verdict| verdict.portal == portal)
    }
}

/// Judges what was observed. Pure: the same facts give the same verdict, on any system.
///
/// ```
/// use cpx_card::facts::Facts;
/// use cpx_card::readiness::{DiagnosisOptions, Readiness, diagnose};
///
/// let nothing_seen = Facts::at("2026-11-21".parse()?, 1_795_000_000);
/// let diagnosis = diagnose(&nothing_seen, &DiagnosisOptions::default());
/// assert_eq!(diagnosis.outcome, Readiness::NotReady);
/// assert_eq!(diagnosis.headline.unwrap().id, "reader-present");
/// # Ok::<(), cpx_card::Error>(())
/// ```
pub fn diagnose(facts: &Facts, options: &DiagnosisOptions) -> Diagnosis {
    let view = View { facts, portals: &options.portals, browsers: &options.browsers, path: None };
    let asked = if options.portals.is_empty() { &Portal::ALL[..] } else { &options.portals };
    let portals: Vec<_> = asked.iter().map(|portal| judge_portal(&view, *portal)).collect();
    let counting = counting(&portals, !options.portals.is_empty());
    let outcome = counting.iter().map(|verdict| verdict.readiness).max().unwrap_or(Readiness::CannotTell);
    let mut causes = causes_of(&counting, outcome).into_iter();
    let explains = |cause: &Cause| outcome != Readiness::NotReady || cause.severity >= Severity::Major;
    let by_card = || counting.iter().filter(|verdict| verdict.readiness == outcome);
    let unfit = by_card().find_map(|verdict| verdict.eligibility?.because);
    let (headline, unfit) = match causes.as_slice().first() {
        Some(first) if explains(first) => (causes.next(), None),
        _ => (None, unfit),
    };
    let others = causes.by_ref().take(OTHERS).collect();
    let folded = causes.collect();
    let checks = Evaluation::of(&view).results;
    Diagnosis { outcome, headline, others, folded, unfit, portals, checks }
}

/// The portals that make the answer: all that were asked for, else those that the card is for.
fn counting(portals: &[PortalVerdict], chosen: bool) -> Vec<&PortalVerdict> {
    let is_for = |verdict: &&PortalVerdict, worst: Fit| verdict.eligibility.is_none_or(|answer| answer.fit <= worst);
    let up_to = |worst: Fit| portals.iter().filter(|verdict| is_for(verdict, worst)).collect::<Vec<_>>();
    let all = || portals.iter().collect();
    if chosen {
        return all();
    }
    [Fit::Suitable, Fit::Perhaps].into_iter().map(up_to).find(|some| !some.is_empty()).unwrap_or_else(all)
}

/// The causes of this answer over these portals, each once, the gravest first.
fn causes_of(portals: &[&PortalVerdict], outcome: Readiness) -> Vec<Cause> {
    let mut causes: Vec<Cause> = Vec::new();
    for verdict in portals.iter().filter(|verdict| verdict.workstation == outcome) {
        // what could not be seen may be owed to a grave reservation, hardly to a small one
        let worth_telling = |cause: &&Cause| match outcome {
            Readiness::Reserved => true,
            Readiness::CannotTell => cause.severity >= Severity::Major,
            Readiness::Ready | Readiness::NotReady => false,
        };
        let warnings = verdict.paths.first().map_or(&[][..], |path| &path.reservations);
        let warnings = warnings.iter().filter(worth_telling);
        causes.extend(verdict.causes.iter().chain(warnings).cloned());
    }
    causes.sort_by_key(|cause| {
        let rank = Catalogue::get().check(cause.id).map(|check| rank(check, cause.severity));
        (rank.is_none(), rank, cause.state != State::Fail)
    });
    let mut told = BTreeSet::new();
    causes.retain(|cause| told.insert(cause.id));
    causes
}
