//! Every check, one after another, and what their findings say of each other: what works exonerates what is only unusual,
//! what failed below a failure is only blocked.

use super::awaited;
use super::catalogue::{Catalogue, Check, Kind, Severity, Weight};
use super::finding::{Finding, Judged, SkipReason, State};
use super::portal_verdict::Readiness;
use super::repair::OF_THE_CARD;
use super::set::Set;
use super::view::View;
use crate::workstation::Unseen;

/// How one check ended.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CheckResult {
    /// Which.
    pub check: &'static Check,
    /// How it ended: [`Blocked`](State::Blocked) below a failure, [`Warn`](State::Warn) for a failure that stops nobody,
    /// else what was found.
    pub state: State,
    /// What its own criterion found, blocked or not.
    pub found: Finding,
    /// The nearest failure that explains this one, where it is blocked.
    pub blocked_by: Option<&'static str>,
    /// The check that passed although this one failed: its failure stops nobody.
    pub works_anyway: Option<&'static str>,
}

impl CheckResult {
    /// What its reason means where it stops nobody.
    pub fn weight(&self) -> Weight {
        self.check.weight(self.found.reason)
    }
}

/// The result of every check, in the order of the catalogue, within some portals and one path.
#[derive(Debug, Clone)]
pub(super) struct Evaluation {
    pub(super) results: Vec<CheckResult>,
    /// What these portals and this path are concerned with.
    concerned: Set,
    /// What fails and is evidence, or explains some.
    failing: Set,
    /// What is needed and could not be seen.
    open: Set,
    /// What stops nobody and lowers the answer.
    reserved: Set,
    /// The failures that explain each check.
    explained: Vec<Set>,
}

impl PartialEq for Evaluation {
    /// Whether the same is good and bad in both.
    fn eq(&self, other: &Self) -> bool {
        (self.failing, self.open, self.reserved, &self.explained)
            == (other.failing, other.open, other.reserved, &other.explained)
    }
}

impl Evaluation {
    /// Makes every check.
    pub(super) fn of(view: &View<'_>) -> Self {
        Self::from_findings(|check| made(view, check), |check| check.concerns(view.portals, view.path))
    }

    /// Makes those that no browser would change.
    pub(super) fn without_browser(view: &View<'_>) -> Self {
        let concerns = |check: &Check| check.paths.is_empty() && check.concerns(view.portals, None);
        Self::from_findings(|check| made(view, check), concerns)
    }

    /// The same from whatever is found.
    pub(super) fn from_findings(find: impl Fn(&'static Check) -> Finding, concerns: impl Fn(&Check) -> bool) -> Self {
        let checks = Catalogue::get().checks();
        let found: Vec<Finding> = checks.iter().map(find).collect();
        let concerned: Set = set(checks, concerns);
        let fails = |place: &usize| found.get(*place).is_some_and(|found| found.state == State::Fail);
        let all: Set = (0..checks.len()).filter(fails).collect::<Set>().and(concerned);
        let evidence = all.and(set(checks, |check| !check.kind.explains()));
        let explained = explained(&found, evidence.without(set(checks, |check| check.kind == Kind::Link)));
        let convicted = |place: &usize| convicts(*place, &found, concerned, &explained);
        let failing = evidence.or(all.without(evidence).places().filter(convicted).collect());
        let explained = self::explained(&found, failing);
        let mut evaluation =
            Self { results: Vec::new(), concerned, failing, open: Set::default(), reserved: Set::default(), explained };
        for (place, (check, found)) in checks.iter().zip(found).enumerate() {
            let result = evaluation.result_of(place, check, found);
            evaluation.results.push(result);
        }
        evaluation.look_for_evidence(all.without(failing));
        evaluation.weigh();
        evaluation
    }

    /// The answer when the checks of this set are set to good: they pass, and so does what failed for no other reason.
    pub(super) fn readiness(&self, repaired: Set) -> Readiness {
        let good = self.good(repaired);
        let is_open = |place: &usize| self.results.get(*place).is_some_and(|one| one.weight() == Weight::Open);
        let open: Set = self.failing.places().filter(is_open).collect();
        let counts = |place: &usize| !open.has(*place) && self.explained_by(*place).and(open).is_empty();
        let failing = self.failing.without(good);
        let left = || failing.places().filter(counts).filter_map(|place| self.results.get(place));
        if left().any(|result| result.check.severity >= Severity::Major) {
            Readiness::NotReady
        } else if !open.without(good).is_empty() || !self.open.without(good).is_empty() {
            Readiness::CannotTell
        } else if left().any(|result| result.check.severity == Severity::Minor)
            || !self.reserved.without(good).is_empty()
        {
            Readiness::Reserved
        } else {
            Readiness::Ready
        }
    }

    /// The failures that no other explains.
    pub(super) fn roots(&self) -> Set {
        self.failing.places().filter(|place| self.explained_by(*place).is_empty()).collect()
    }

    /// How the check at this place ended, where it is of concern.
    pub(super) fn result(&self, place: usize) -> Option<&CheckResult> {
        self.results.get(place).filter(|_| self.concerned.has(place))
    }

    /// The needed checks that could not be made.
    pub(super) fn open(&self) -> Set {
        self.open
    }

    /// The reservations.
    pub(super) fn reserved(&self) -> Set {
        self.reserved
    }

    /// What stops nobody and is worth a word.
    pub(super) fn remarks(&self) -> Set {
        let worth = |result: &CheckResult| result.state == State::Warn && result.weight() >= Weight::Remark;
        self.places_of(worth)
    }

    /// The warnings that explain a failure: what lies directly above it.
    pub(super) fn explanations(&self, failure: usize) -> Set {
        let explains = |place: &usize| {
            self.result(*place).is_some_and(|one| one.check.kind.explains() && one.state == State::Warn)
        };
        Catalogue::get().above(failure).places().filter(explains).collect()
    }

    /// The checks that this failure explains.
    pub(super) fn explained_from(&self, failure: usize) -> impl Iterator<Item = &CheckResult> {
        let below = self.results.iter().zip(&self.explained).filter(move |(_, above)| above.has(failure));
        below.map(|(result, _)| result).filter(|result| result.state == State::Blocked)
    }

    fn good(&self, repaired: Set) -> Set {
        let mut good = repaired;
        for (place, above) in self.explained.iter().enumerate() {
            if !above.is_empty() && above.is_within(good) {
                good.insert(place);
            }
        }
        good
    }

    fn explained_by(&self, place: usize) -> Set {
        self.explained.get(place).copied().unwrap_or_default()
    }

    fn result_of(&self, place: usize, check: &'static Check, found: Finding) -> CheckResult {
        let above = self.explained_by(place);
        let is_blocked = self.concerned.has(place)
            && !above.is_empty()
            && matches!(found.state, State::Skip | State::Fail)
            && (found.state == State::Fail || !is_absent(&found));
        let state = match found.state {
            _ if is_blocked => State::Blocked,
            State::Fail if self.concerned.has(place) && !self.failing.has(place) => State::Warn,
            state => state,
        };
        let blocked_by = if is_blocked { self.nearest(place) } else { None };
        CheckResult { check, state, found, blocked_by, works_anyway: None }
    }

    /// Which probe or link shows that each of these failures stops nobody.
    fn look_for_evidence(&mut self, harmless: Set) {
        for place in harmless.places() {
            let evidence = Catalogue::get().evidence(place).and(self.concerned);
            let passed = |one: &&CheckResult| one.found.state == State::Pass;
            let by = evidence.places().filter_map(|one| self.results.get(one)).find(passed).map(|one| one.check.id);
            if let Some(result) = self.results.get_mut(place) {
                result.works_anyway = by;
            }
        }
    }

    fn weigh(&mut self) {
        let leaves_open =
            |result: &CheckResult| result.check.needed && result.found.skipped.is_some_and(SkipReason::leaves_open);
        self.open = self.places_of(leaves_open);
        let lowers = |result: &CheckResult| {
            let weight = result.weight();
            let alone = result.found.state == State::Fail && result.works_anyway.is_none();
            result.state == State::Warn
                && (weight >= Weight::Misleads
                    || alone && weight == Weight::Remark && result.check.severity > Severity::Info)
        };
        self.reserved = self.places_of(lowers);
    }

    fn places_of(&self, wanted: impl Fn(&CheckResult) -> bool) -> Set {
        let concerned = self.concerned.places().filter_map(|place| Some((place, self.results.get(place)?)));
        concerned.filter(|(_, result)| wanted(result)).map(|(place, _)| place).collect()
    }

    /// The failure above a check that takes the fewest steps; of several, the one that is told first.
    fn nearest(&self, place: usize) -> Option<&'static str> {
        let (roots, mut known) = (self.roots().and(self.explained_by(place)), Set::default());
        let mut level = Catalogue::get().above(place);
        while !level.is_empty() {
            let failing = level.and(roots).places().filter_map(|place| Catalogue::get().checks().get(place));
            if let Some(nearest) = failing.min_by_key(|check| rank(check, check.severity)) {
                return Some(nearest.id);
            }
            known = known.or(level);
            let above = level.places().fold(Set::default(), |all, place| all.or(Catalogue::get().above(place)));
            level = above.without(known);
        }
        None
    }
}

fn made(view: &View<'_>, check: &'static Check) -> Finding {
    let made_here = view.family().is_none_or(|family| check.systems.contains(&family));
    let judged = if made_here { (check.criterion)(view) } else { Err(SkipReason::Unseen(Unseen::NotThisSystem)) };
    let judged = if is_of_another_user(view, check, &judged) { Err(SkipReason::OtherUser) } else { judged };
    awaited::found(view, check, judged).unwrap_or_else(Finding::skip)
}

/// Whether a check found nothing wrong in the settings of this account, where those of another person are in question. What
/// was done and worked is of the machine.
fn is_of_another_user(view: &View<'_>, check: &Check, judged: &Judged) -> bool {
    const USER: &str = "user-context";
    let says_good = match judged {
        Ok(found) => found.state == State::Pass,
        Err(reason) => matches!(reason, SkipReason::NotNeeded),
    };
    let is_personal = check.kind != Kind::Probe && check.depends_on.contains(&USER);
    let fails = |check: &Check| (check.criterion)(view).is_ok_and(|found| found.state == State::Fail);
    says_good && is_personal && Catalogue::get().check(USER).is_some_and(fails)
}

fn set(checks: &[Check], wanted: impl Fn(&Check) -> bool) -> Set {
    checks.iter().enumerate().filter(|(_, check)| wanted(check)).map(|(place, _)| place).collect()
}

/// For each check the failures that explain why it did not pass: nothing is explained through a check that passed.
fn explained(found: &[Finding], failing: Set) -> Vec<Set> {
    let mut explained: Vec<Set> = Vec::with_capacity(found.len());
    for (place, (check, own)) in Catalogue::get().checks().iter().zip(found).enumerate() {
        // nothing explains away what the card itself says
        if own.state == State::Fail && OF_THE_CARD.contains(&check.id) {
            explained.push(Set::default());
            continue;
        }
        let above = Catalogue::get().above(place).places().fold(Set::default(), |all, above| {
            let Some((finding, further)) = found.get(above).zip(explained.get(above)) else { return all };
            match finding.state {
                State::Fail if failing.has(above) => all.or([above].into_iter().collect()).or(*further),
                State::Fail => all.or(*further),
                State::Skip if !is_absent(finding) => all.or(*further),
                _ => all,
            }
        });
        explained.push(above);
    }
    explained
}

/// What is not there, or is not used, is neither blocked nor explains anything.
fn is_absent(found: &Finding) -> bool {
    matches!(
        found.skipped,
        Some(
            SkipReason::Unseen(Unseen::NotThisSystem)
                | SkipReason::NotNeeded
                | SkipReason::BrowserAbsent
                | SkipReason::OtherCard
        )
    )
}

/// Whether an inventory or context check that fails may be a cause: a probe or link below it failed or could not be made,
/// for no reason of its own, and no other shows that all is well.
fn convicts(place: usize, found: &[Finding], concerned: Set, explained: &[Set]) -> bool {
    let Some(check) = Catalogue::get().checks().get(place) else { return false };
    if found.get(place).is_some_and(|found| check.weight(found.reason) == Weight::Open) {
        return true;
    }
    let evidence = Catalogue::get().evidence(place).and(concerned);
    let unexplained = |place: &usize| explained.get(*place).is_some_and(|above| above.is_empty());
    let passed = evidence.places().any(|place| found.get(place).is_some_and(|found| found.state == State::Pass));
    let failed = evidence.places().filter(unexplained).any(|below| {
        let fails = |found: &&Finding| found.state == State::Fail;
        found.get(below).filter(fails).is_some_and(|found| convicts_by(below, found, check))
    });
    let leaves_open =
        |found: &Finding| found.skipped.is_some_and(|why| why.leaves_open() || why == SkipReason::NotInstalled);
    let not_made = evidence.places().filter(unexplained).any(|below| found.get(below).is_some_and(leaves_open));
    failed || not_made && !passed
}

/// Whether a failed probe may convict this check: a module that shows what its cache kept of a card knows the card, and convicts
/// its cache alone.
fn convicts_by(probe: usize, found: &Finding, check: &Check) -> bool {
    const SHOWN_FROM_CACHE: [&str; 2] = ["outdated", "another-card"];
    let probe = Catalogue::get().checks().get(probe).map(|probe| probe.id);
    let from_cache = probe == Some("pkcs11-token-recognised") && SHOWN_FROM_CACHE.contains(&found.reason);
    !from_cache || check.id == "cryptolib-cache-writable"
}

/// What is told first: the gravest, then what explains the others, then the order of the catalogue.
pub(super) fn rank(check: &Check, severity: Severity) -> impl Ord + use<> {
    let place = Catalogue::get().place(check.id);
    (std::cmp::Reverse(severity), check.group, place)
}
