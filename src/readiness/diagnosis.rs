//! The verdict on a workstation: every check, every portal, and the one cause to be told.

use std::collections::BTreeSet;

use super::awaited::Awaited;
use super::catalogue::Catalogue;
use super::cause::Cause;
use super::eligibility::{Fit, Unfit};
use super::evaluation::{CheckResult, Evaluation, rank};
use super::finding::State;
use super::portal::Portal;
use super::portal_verdict::{JudgedPortal, PortalVerdict, Readiness};
use super::repair::{OF_THE_CARD, repair_plan, repairs};
use super::set::Set;
use super::view::View;
use crate::facts::{Facts, Generation};
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
    /// A card of this generation, whatever is in the reader.
    pub awaited: Option<Generation>,
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

    /// The same for a card of this generation, whatever is in the reader.
    #[must_use]
    pub fn with_awaited(self, awaited: Option<Generation>) -> Self {
        Self { awaited, ..self }
    }
}

/// What one browser is worth over the portals that count.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BrowserLine {
    /// Which.
    pub browser: BrowserKind,
    /// Whether it is the one that the system opens.
    pub is_default: bool,
    /// The answer: of its best way, the worst of the portals.
    pub readiness: Readiness,
    /// Why, where it is not plainly ready.
    pub cause: Option<Cause>,
}

/// The verdict on a workstation.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Diagnosis {
    /// The answer: the worst of the portals that count.
    pub outcome: Readiness,
    /// The first cause to be put right, or the first reservation; none where everything is ready.
    pub headline: Option<Cause>,
    /// The next things to be told, at most two.
    pub others: Vec<Cause>,
    /// Those beyond.
    pub folded: Vec<Cause>,
    /// The shortest list of causes that opens the most when they are put right, in this order.
    pub repair: Vec<Cause>,
    /// Why the card is not one for the portals that count, where that and no check makes the answer.
    pub unfit: Option<Unfit>,
    /// Each browser, the default one first.
    pub browsers: Vec<BrowserLine>,
    /// What each portal is worth.
    pub portals: Vec<PortalVerdict>,
    /// How each check ended, each behind those that it builds on.
    pub checks: Vec<CheckResult>,
    /// The card that is to come, where that was asked about.
    pub awaited: Option<Awaited>,
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
/// use cpx_card::internal::facts::Facts;
/// use cpx_card::internal::readiness::{DiagnosisOptions, Readiness, diagnose};
///
/// let nothing_seen = Facts::at("2026-11-21".parse()?, 1_795_000_000);
/// let diagnosis = diagnose(&nothing_seen, &DiagnosisOptions::default());
/// assert_eq!(diagnosis.outcome, Readiness::NotReady);
/// assert_eq!(diagnosis.headline.unwrap().id, "reader-present");
/// # Ok::<(), cpx_card::Error>(())
/// ```
pub fn diagnose(facts: &Facts, options: &DiagnosisOptions) -> Diagnosis {
    let (portals, browsers, awaited) = (&options.portals, &options.browsers, options.awaited);
    let view = View { facts, portals, browsers, path: None, awaited };
    let asked = if options.portals.is_empty() { &Portal::ALL[..] } else { &options.portals };
    let judged: Vec<_> = asked.iter().map(|portal| JudgedPortal::of(&view, *portal)).collect();
    let counting = counting(&judged, !options.portals.is_empty());
    let outcome = counting.iter().map(|one| one.verdict.readiness).max().unwrap_or(Readiness::CannotTell);
    let told = Told::of(&counting, outcome);
    let mut unfit = counting.iter().filter(|one| one.verdict.readiness == outcome && one.verdict.workstation < outcome);
    let unfit = unfit.find_map(|one| one.verdict.eligibility?.because).filter(|_| told.headline.is_none());
    let mut others = told.others;
    let folded = others.split_off(others.len().min(OTHERS));
    let browsers = browser_lines(&counting);
    let portals = judged.iter().map(|one| one.verdict.clone()).collect();
    let checks = Evaluation::of(&view).results;
    let mut diagnosis = Diagnosis {
        outcome,
        headline: told.headline,
        others,
        folded,
        repair: told.repair,
        unfit,
        browsers,
        portals,
        checks,
        awaited: None,
    };
    diagnosis.awaited = Awaited::of(&view, &diagnosis);
    diagnosis
}

/// The portals that make the answer: all that were asked for, else those that the card is for.
fn counting(portals: &[JudgedPortal], chosen: bool) -> Vec<&JudgedPortal> {
    let is_for = |one: &&JudgedPortal, worst: Fit| one.verdict.eligibility.is_none_or(|answer| answer.fit <= worst);
    let up_to = |worst: Fit| portals.iter().filter(|one| is_for(one, worst)).collect::<Vec<_>>();
    let all = || portals.iter().collect();
    if chosen {
        return all();
    }
    [Fit::Suitable, Fit::Perhaps].into_iter().map(up_to).find(|some| !some.is_empty()).unwrap_or_else(all)
}

/// What is told of an answer.
struct Told {
    headline: Option<Cause>,
    others: Vec<Cause>,
    repair: Vec<Cause>,
}

impl Told {
    fn of(portals: &[&JudgedPortal], outcome: Readiness) -> Self {
        // the portals that the workstation itself keeps from being better
        let worst: Vec<_> = portals.iter().copied().filter(|one| one.verdict.workstation == outcome).collect();
        let plan = repair_plan(&worst);
        let evaluations = || worst.iter().flat_map(|one| &one.evaluations);
        let cause = |place: usize| {
            let all = || evaluations().filter_map(move |evaluation| Cause::of(evaluation, place));
            all().find(|cause| cause.state == State::Fail).or_else(|| all().find(|cause| cause.state == State::Warn))
        };
        let repair: Vec<_> = plan.iter().filter_map(|place| cause(*place)).collect();
        let mut places = plan.clone();
        for failure in &plan {
            places.extend(evaluations().flat_map(|evaluation| evaluation.explanations(*failure).places()));
        }
        let mut further = Set::default();
        // what another browser lacks has its line, and no more
        for evaluation in worst.iter().filter_map(|one| one.evaluations.first()) {
            further = match outcome {
                Readiness::NotReady => further.or(evaluation.roots()).or(evaluation.reserved()),
                Readiness::CannotTell => further.or(evaluation.roots()),
                _ => further.or(evaluation.reserved()).or(evaluation.remarks()),
            };
        }
        // two reinstallations for one broken installation are one cause
        let cured: Vec<_> = plan.iter().flat_map(|place| repairs(*place).places()).collect();
        places.retain(|place| plan.contains(place) || !cured.contains(place));
        let mut further: Vec<_> = further.places().filter(|place| !cured.contains(place)).collect();
        further.sort_by_key(|place| rank_of(*place));
        places.extend(further);
        let mut known = BTreeSet::new();
        places.retain(|place| known.insert(*place));
        let mut others: Vec<_> = places.into_iter().filter_map(cause).collect();
        // what stops nobody waits behind what does
        others.get_mut(plan.len()..).unwrap_or_default().sort_by_key(|cause| cause.state != State::Fail);
        // of what the card says, the first alone: the others are cured with it
        let of_card = |cause: &Cause| cause.state == State::Fail && OF_THE_CARD.contains(&cause.id);
        let first = others.iter().find(|cause| of_card(cause)).map(|cause| cause.id);
        others.retain(|cause| !of_card(cause) || Some(cause.id) == first);
        let open = worst.iter().find_map(|one| open_question(one));
        let has_headline = match outcome {
            Readiness::Ready => false,
            Readiness::CannotTell => others.first().is_some_and(|cause| cause.state == State::Fail),
            _ => others.first().is_some_and(|cause| Self::lowers(cause, &repair)),
        };
        let headline = match open {
            Some(open) if outcome == Readiness::Reserved => Some(open),
            _ if has_headline => Some(others.remove(0)),
            _ => None,
        };
        Self { headline, others, repair }
    }

    /// Whether this makes the answer, and is not only told beside it.
    fn lowers(cause: &Cause, repair: &[Cause]) -> bool {
        cause.state == State::Fail || repair.iter().any(|one| one.id == cause.id)
    }
}

fn rank_of(place: usize) -> impl Ord {
    Catalogue::get().checks().get(place).map(|check| rank(check, check.severity))
}

/// The first question that keeps the default browser from being judged, where another works.
fn open_question(portal: &JudgedPortal) -> Option<Cause> {
    let path = portal.verdict.paths.first().filter(|path| path.readiness == Readiness::CannotTell)?;
    portal.verdict.working()?;
    path.open.first().and_then(Cause::of_open)
}

/// What each browser is worth over these portals, in the order of their paths.
fn browser_lines(portals: &[&JudgedPortal]) -> Vec<BrowserLine> {
    let mut lines: Vec<BrowserLine> = Vec::new();
    for one in portals {
        let paths = &one.verdict.paths;
        for path in paths {
            let of_browser = paths.iter().filter(|other| other.browser == path.browser);
            let Some(best) = of_browser.min_by_key(|path| path.readiness) else { continue };
            let cause = match best.readiness {
                Readiness::Ready => None,
                Readiness::CannotTell => best.open.first().and_then(Cause::of_open),
                _ => best.causes.iter().chain(&best.reservations).next().cloned(),
            };
            let line =
                BrowserLine { browser: best.browser, is_default: best.is_default, readiness: best.readiness, cause };
            match lines.iter_mut().find(|known| known.browser == line.browser) {
                Some(known) if known.readiness < line.readiness => *known = line,
                Some(_) => {}
                None => lines.push(line),
            }
        }
    }
    lines
}
