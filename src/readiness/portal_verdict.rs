//! Whether a portal can be entered from this workstation: for each browser on it, and with this card.

use super::catalogue::{Catalogue, Severity};
use super::cause::Cause;
use super::eligibility::{Eligibility, Fit, Unfit, eligibility};
use super::evaluation::{CheckResult, Evaluation, rank};
use super::finding::SkipReason;
use super::portal::{BrowserPath, Portal};
use super::set::Set;
use super::view::View;
use crate::workstation::facts::{BrowserKind, Family};

/// The answer in one word; what is worse is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Readiness {
    /// Everything that is needed was seen, and is as it should be.
    Ready,
    /// It works, with a reservation.
    Reserved,
    /// Something that is needed could not be seen.
    CannotTell,
    /// It does not work.
    NotReady,
}

impl Readiness {
    /// Every answer.
    pub const ALL: [Self; 4] = [Self::Ready, Self::Reserved, Self::CannotTell, Self::NotReady];

    /// The stable code: `ready`, `ready-with-reservation`, `cannot-tell`, `not-ready`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Reserved => "ready-with-reservation",
            Self::CannotTell => "cannot-tell",
            Self::NotReady => "not-ready",
        }
    }

    /// The exit code of the program: 0 ready, 1 with a reservation, 2 not ready, 3 could not tell.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Ready => 0,
            Self::Reserved => 1,
            Self::NotReady => 2,
            Self::CannotTell => 3,
        }
    }
}

/// A needed check that could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct OpenCheck {
    /// Its id.
    pub id: &'static str,
    /// Why.
    pub reason: SkipReason,
}

/// What one way into a portal is worth.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PathVerdict {
    /// The browser.
    pub browser: BrowserKind,
    /// Whether it is the one that the system opens.
    pub is_default: bool,
    /// How it reaches the card.
    pub path: BrowserPath,
    /// The answer.
    pub readiness: Readiness,
    /// Whether everything that is needed of the network was seen; without it the answer is about the workstation alone.
    pub network_tested: bool,
    /// The failures that no other explains, the gravest first.
    pub causes: Vec<Cause>,
    /// What stops nobody and is worth a word, the gravest first.
    pub reservations: Vec<Cause>,
    /// What could not be seen, where that leaves the question open.
    pub open: Vec<OpenCheck>,
}

/// What a portal is worth from this workstation.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PortalVerdict {
    /// Which.
    pub portal: Portal,
    /// The answer for workstation and card together.
    pub readiness: Readiness,
    /// That of the workstation alone: of the default browser where it works, at most a reservation where another does.
    pub workstation: Readiness,
    /// Whether the card is one for this portal; `None` when none was read.
    pub eligibility: Option<Eligibility>,
    /// Each way: of the default browser first, else the best first. Empty when no installed browser has one.
    pub paths: Vec<PathVerdict>,
    /// The failures behind the answer: those of the first path, or without a path those that no browser would change.
    pub causes: Vec<Cause>,
}

impl PortalVerdict {
    /// Whether the kind of card is refused here, whatever the workstation: another portal, or nobody's, is its place.
    pub fn is_not_for_the_card(&self) -> bool {
        let kind = [Unfit::ServiceCard, Unfit::UseTom, Unfit::UseTops, Unfit::InTraining];
        let because =
            self.eligibility.filter(|eligibility| eligibility.fit == Fit::Refused).and_then(|one| one.because);
        because.is_some_and(|because| kind.contains(&because))
    }

    /// The best way, where it works: with or without a reservation.
    pub fn working(&self) -> Option<&PathVerdict> {
        self.paths.iter().filter(|path| path.readiness <= Readiness::Reserved).min_by_key(|path| path.readiness)
    }

    /// Whether everything that is needed of the network was seen.
    pub fn network_tested(&self) -> bool {
        self.working().or(self.paths.first()).is_some_and(|path| path.network_tested)
    }
}

/// A portal with the evaluation of each way into it.
pub(super) struct JudgedPortal {
    pub(super) verdict: PortalVerdict,
    /// Those of its paths, in their order; where there is none, what no browser would change.
    pub(super) evaluations: Vec<Evaluation>,
}

impl JudgedPortal {
    /// Judges one portal.
    pub(super) fn of(view: &View<'_>, portal: Portal) -> Self {
        let mut ways: Vec<_> =
            ways(view).into_iter().map(|(kind, path)| judge_path(view, portal, kind, path)).collect();
        // the sort is stable: of equals, the way that needs nothing of the system stays first
        ways.sort_by_key(|(path, evaluation)| {
            (!path.is_default, path.readiness, evaluation.reserved().places().count())
        });
        let (paths, mut evaluations): (Vec<_>, Vec<_>) = ways.into_iter().unzip();
        if paths.is_empty() {
            evaluations.push(Evaluation::without_browser(&View { portals: &[portal], ..*view }));
        }
        let first = evaluations.first();
        let causes = first.map(|evaluation| causes(evaluation, evaluation.roots())).unwrap_or_default();
        // whose the card that is to come will be is not known
        let card = view.card().ok().filter(|_| view.awaited.is_none());
        let eligibility = card.map(|card| eligibility(card, portal, view.card_validity(card)));
        let verdict = PortalVerdict {
            portal,
            readiness: Readiness::Ready,
            workstation: Readiness::Ready,
            eligibility,
            paths,
            causes,
        };
        let mut judged = Self { verdict, evaluations };
        judged.verdict.workstation = judged.readiness(Set::default()).0;
        let by_card = match eligibility.map(|answer| answer.fit) {
            Some(Fit::Refused) => Readiness::NotReady,
            Some(Fit::Perhaps) => Readiness::Reserved,
            Some(Fit::Suitable) | None => Readiness::Ready,
        };
        judged.verdict.readiness = judged.verdict.workstation.max(by_card);
        judged
    }

    /// The answer, and that of the browser that leads, when these checks are set to good.
    pub(super) fn readiness(&self, repaired: Set) -> (Readiness, Readiness) {
        let ways = || self.verdict.paths.iter().zip(self.evaluations.iter().map(|one| one.readiness(repaired)));
        let Some(best) = ways().map(|(_, readiness)| readiness).min() else {
            let Some(rest) = self.evaluations.first() else { return (Readiness::CannotTell, Readiness::CannotTell) };
            let place = Catalogue::get().place("browser-supported").filter(|place| rest.roots().has(*place));
            let whole = match place {
                Some(place) if repaired.has(place) => rest.readiness(repaired),
                Some(_) => Readiness::NotReady,
                None => rest.readiness(repaired).max(Readiness::CannotTell),
            };
            return (whole, whole);
        };
        let default = ways().filter(|(path, _)| path.is_default).map(|(_, readiness)| readiness).min();
        match default {
            Some(own) if own > Readiness::Reserved && best <= Readiness::Reserved => (Readiness::Reserved, own),
            Some(own) => (own, own),
            None => (best, best),
        }
    }
}

/// The checks at these places as they are told, the gravest first.
fn causes(evaluation: &Evaluation, places: Set) -> Vec<Cause> {
    let mut causes: Vec<_> = places.places().filter_map(|place| Cause::of(evaluation, place)).collect();
    causes.retain(|cause| cause.severity > Severity::Info);
    causes.sort_by_key(|cause| {
        let rank = Catalogue::get().check(cause.id).map(|check| rank(check, cause.severity));
        (rank.is_none(), rank)
    });
    causes
}

/// Every way that an installed browser has to the card.
fn ways(view: &View<'_>) -> Vec<(BrowserKind, BrowserPath)> {
    let Ok(browsers) = view.installed_browsers() else { return Vec::new() };
    let mut kinds: Vec<_> = browsers.iter().map(|browser| browser.kind).collect();
    kinds.sort();
    kinds.dedup();
    kinds.into_iter().flat_map(|kind| ways_of(view, kind)).collect()
}

fn ways_of(view: &View<'_>, kind: BrowserKind) -> Vec<(BrowserKind, BrowserPath)> {
    let reads_system = || {
        let profile = view.firefox_profile().ok()?;
        view.reads_system_certificates(profile).ok()
    };
    let paths = match (kind, view.family()) {
        (BrowserKind::Firefox, _) if reads_system() == Some(true) => {
            vec![BrowserPath::FirefoxModule, BrowserPath::SystemCertificates]
        }
        (BrowserKind::Firefox, _) => vec![BrowserPath::FirefoxModule],
        (BrowserKind::Chrome | BrowserKind::Edge | BrowserKind::Chromium, Some(Family::Windows)) => {
            vec![BrowserPath::WindowsStore]
        }
        (BrowserKind::Chrome | BrowserKind::Edge | BrowserKind::Chromium, Some(Family::Linux)) => {
            vec![BrowserPath::Nss]
        }
        (
            BrowserKind::Chrome | BrowserKind::Edge | BrowserKind::Chromium | BrowserKind::Safari,
            Some(Family::Macos),
        ) => vec![BrowserPath::CryptoTokenKit],
        _ => Vec::new(),
    };
    paths.into_iter().map(|path| (kind, path)).collect()
}

fn judge_path(view: &View<'_>, portal: Portal, browser: BrowserKind, path: BrowserPath) -> (PathVerdict, Evaluation) {
    let default = view.facts.workstation.browsers.seen().and_then(|browsers| browsers.default.seen());
    let portals = [portal];
    let evaluation =
        Evaluation::of(&View { facts: view.facts, portals: &portals, browsers: &[browser], path: Some(path), ..*view });
    let readiness = evaluation.readiness(Set::default());
    let leaves_open = |place: usize| {
        let result = evaluation.results.get(place)?;
        Some(OpenCheck { id: result.check.id, reason: result.found.skipped? })
    };
    let network = |one: &CheckResult| {
        one.check.needed
            && one.check.concerns(&portals, Some(path))
            && matches!(one.found.skipped, Some(SkipReason::Offline | SkipReason::NoHost))
    };
    let verdict = PathVerdict {
        browser,
        is_default: default == Some(&browser),
        path,
        readiness,
        network_tested: !evaluation.results.iter().any(network),
        causes: causes(&evaluation, evaluation.roots()),
        reservations: causes(&evaluation, evaluation.reserved().or(evaluation.remarks())),
        open: if readiness == Readiness::NotReady {
            Vec::new()
        } else {
            evaluation.open().places().filter_map(leaves_open).collect()
        },
    };
    (verdict, evaluation)
}
