//! Whether a portal can be entered from this workstation: for each browser on it, and with this card.

use super::catalogue::{Catalogue, Severity};
use super::cause::{Cause, causes, reservations};
use super::eligibility::{Eligibility, Fit, eligibility};
use super::evaluation::Evaluation;
use super::finding::{SkipReason, State};
use super::portal::{BrowserPath, Portal};
use super::view::View;
use crate::workstation::facts::{BrowserKind, Family};

/// The answer in one word; what is worse is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
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
    /// How it reaches the card.
    pub path: BrowserPath,
    /// The answer.
    pub readiness: Readiness,
    /// Whether everything that is needed of the network was seen; without it the answer is about the workstation alone.
    pub network_tested: bool,
    /// The failures that no other explains, the gravest first.
    pub causes: Vec<Cause>,
    /// The warnings, the gravest first.
    pub reservations: Vec<Cause>,
    /// What could not be seen, where that leaves the question open.
    pub open: Vec<OpenCheck>,
}

impl PathVerdict {
    /// How grave its reservations are, where they are all that is to be said.
    fn weights(&self) -> Vec<Severity> {
        let told = self.causes.iter().chain(&self.reservations).map(|cause| cause.severity);
        let mut weights: Vec<_> = told.filter(|_| self.readiness == Readiness::Reserved).collect();
        weights.sort_unstable_by(|one, other| other.cmp(one));
        weights
    }
}

/// What a portal is worth from this workstation.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PortalVerdict {
    /// Which.
    pub portal: Portal,
    /// The answer for workstation and card together.
    pub readiness: Readiness,
    /// That of the workstation alone: of the best path.
    pub workstation: Readiness,
    /// Whether the card is one for this portal; `None` when none was read.
    pub eligibility: Option<Eligibility>,
    /// Each way, the best first. Empty when no installed browser has one.
    pub paths: Vec<PathVerdict>,
    /// The failures behind the answer: those of the best path, or without a path those that no browser would change.
    pub causes: Vec<Cause>,
}

impl PortalVerdict {
    /// The best way, where it works: with or without a reservation.
    pub fn working(&self) -> Option<&PathVerdict> {
        self.paths.first().filter(|path| path.readiness <= Readiness::Reserved)
    }

    /// Whether everything that is needed of the network was seen.
    pub fn network_tested(&self) -> bool {
        self.paths.first().is_some_and(|path| path.network_tested)
    }
}

/// Judges one portal.
pub(super) fn judge_portal(view: &View<'_>, portal: Portal) -> PortalVerdict {
    let portals = [portal];
    let mut paths: Vec<_> = ways(view).into_iter().map(|(kind, path)| judge_path(view, portal, kind, path)).collect();
    let default = view.facts.workstation.browsers.seen().and_then(|browsers| browsers.default.seen());
    // the sort is stable: of equals, the way that needs nothing of the system stays first
    paths.sort_by_key(|path| (path.readiness, path.weights(), Some(&path.browser) != default));
    let (workstation, causes) = match paths.first() {
        Some(best) => (best.readiness, best.causes.clone()),
        None => without_browser(&View { portals: &portals, ..*view }),
    };
    let eligibility = view.card().ok().map(|card| eligibility(card, portal, view.facts.today));
    let by_card = match eligibility.map(|answer| answer.fit) {
        Some(Fit::Refused) => Readiness::NotReady,
        Some(Fit::Perhaps) => Readiness::Reserved,
        Some(Fit::Suitable) | None => Readiness::Ready,
    };
    PortalVerdict { portal, readiness: workstation.max(by_card), workstation, eligibility, paths, causes }
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

fn judge_path(view: &View<'_>, portal: Portal, browser: BrowserKind, path: BrowserPath) -> PathVerdict {
    let portals = [portal];
    let view = View { facts: view.facts, portals: &portals, browsers: &[browser], path: Some(path) };
    let evaluation = Evaluation::of(&view);
    let causes = causes(&evaluation, &portals, Some(path));
    let reservations = reservations(&evaluation, &portals, Some(path));
    let (open, network_tested) = open_checks(&evaluation, portal, path);
    let worst = causes.first().map(|cause| cause.severity);
    let readiness = if worst.is_some_and(|severity| severity >= Severity::Major) {
        Readiness::NotReady
    } else if !open.is_empty() {
        Readiness::CannotTell
    } else if worst.is_some() || !reservations.is_empty() {
        Readiness::Reserved
    } else {
        Readiness::Ready
    };
    PathVerdict { browser, path, readiness, network_tested, causes, reservations, open }
}

/// The needed checks that leave the question open, and whether none is missing of the network.
fn open_checks(evaluation: &Evaluation, portal: Portal, path: BrowserPath) -> (Vec<OpenCheck>, bool) {
    let needed = evaluation.results.iter().filter(|one| one.check.needed && one.check.concerns(&[portal], Some(path)));
    let skipped: Vec<_> = needed
        .filter(|one| matches!(one.state, State::Skip | State::Blocked))
        .filter_map(|one| one.found.skipped.map(|reason| OpenCheck { id: one.check.id, reason }))
        .collect();
    let network_tested = !skipped.iter().any(|one| matches!(one.reason, SkipReason::Offline | SkipReason::NoHost));
    (skipped.into_iter().filter(|one| one.reason.leaves_open()).collect(), network_tested)
}

/// What is to be said where no browser has a way to the card.
fn without_browser(view: &View<'_>) -> (Readiness, Vec<Cause>) {
    let evaluation = Evaluation::of(view);
    let mut common = causes(&evaluation, view.portals, None);
    common.retain(|cause| Catalogue::get().check(cause.id).is_some_and(|check| check.paths.is_empty()));
    let fails = common.first().is_some_and(|cause| cause.severity >= Severity::Major);
    let unknown = view.installed_browsers().is_err() && !fails;
    (if unknown { Readiness::CannotTell } else { Readiness::NotReady }, common)
}
