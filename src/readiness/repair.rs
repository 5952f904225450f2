//! What has to be put right, and in which order: the shortest list of causes that opens the most.
//!
//! A cause is counterfactual: set to good, it opens a portal or the browser that leads, or lifts a reservation, alone or
//! with others.

use super::catalogue::{Catalogue, Check};
use super::evaluation::Evaluation;
use super::portal_verdict::{JudgedPortal, Readiness};
use super::set::Set;

/// What the card itself says and a new card cures, the first to be told first: the others then say nothing more. An expired
/// card is not to be unblocked.
pub(super) const OF_THE_CARD: [&str; 4] =
    ["auth-cert-revocation", "auth-cert-validity", "test-card-on-production", "pin-state"];

/// What the Cryptolib lays down, and a new installation lays down again: two of them are one repair.
const OF_THE_INSTALLATION: [&str; 8] = [
    "cryptolib-installed",
    "card-generation-supported",
    "cryptolib-bitness",
    "cryptolib-version-min",
    "cryptolib-files-complete",
    "cryptolib-signature",
    "csp-registered",
    "calais-atr-match",
];
/// How the module comes into Firefox.
const OF_FIREFOX: [&str; 2] = ["firefox-module-registered", "firefox-webextension"];

/// Causes that are tried together; longer lists grow by the best next one.
const TOGETHER: usize = 3;
/// Candidates that are tried together.
const TRIED: usize = 14;

/// The places of the checks to be put right, in the order in which one can do it.
pub(super) fn repair_plan(portals: &[&JudgedPortal]) -> Vec<usize> {
    let search = Search::new(portals);
    let goal = search.score(&search.candidates);
    let lists = (0..=TOGETHER).find_map(|length| search.list_of(length, &mut Vec::new(), 0, goal));
    let mut plan = lists.unwrap_or_else(|| search.longer(goal));
    plan.sort_by_key(|place| order(*place));
    plan
}

/// Where a check stands in the order of repair: the card first.
pub(super) fn order(place: usize) -> impl Ord {
    let check = Catalogue::get().checks().get(place);
    let of_card = check.and_then(|check| OF_THE_CARD.iter().position(|id| *id == check.id));
    // the machine first: where the check runs in another's place is put right last
    let is_open = check.is_some_and(Check::leaves_open);
    (of_card.unwrap_or(OF_THE_CARD.len()), is_open, check.map(|check| check.group), place)
}

struct Search<'a> {
    portals: Vec<&'a JudgedPortal>,
    /// The causes and reservations of every way, those of the one that leads first, else in the order of repair.
    candidates: Vec<usize>,
    /// Whether a reservation is worth lifting: nothing graver is in the way.
    lifts: bool,
}

impl<'a> Search<'a> {
    fn new(all: &[&'a JudgedPortal]) -> Self {
        let mut portals: Vec<&JudgedPortal> = Vec::new();
        for one in all {
            // most portals differ in nothing
            if !portals.iter().any(|other| other.evaluations.iter().eq(&one.evaluations)) {
                portals.push(one);
            }
        }
        let evaluations = || portals.iter().flat_map(|portal| &portal.evaluations);
        let lifts = portals.iter().all(|portal| portal.readiness(Set::default()).1 <= Readiness::Reserved);
        let roots = evaluations().fold(Set::default(), |all, one| all.or(one.roots()));
        let reserved = evaluations().fold(Set::default(), |all, one| all.or(one.reserved()));
        let mut candidates: Vec<_> = if lifts { roots.or(reserved) } else { roots }.places().collect();
        // of two that do as well, what the browser that leads needs by itself
        let leading = portals.iter().filter_map(|portal| portal.evaluations.first()).map(Evaluation::roots);
        let leading = leading.fold(Set::default(), Set::or);
        candidates.sort_by_key(|place| (!leading.has(*place), order(*place)));
        Self { portals, candidates, lifts }
    }

    /// How much is open when these are put right.
    fn score(&self, places: &[usize]) -> usize {
        let repaired = places.iter().fold(Set::default(), |all, place| all.or(repairs(*place)));
        let of_portal = |portal: &&JudgedPortal| {
            let (whole, leading) = portal.readiness(repaired);
            let open = |readiness: Readiness| match readiness {
                Readiness::NotReady => 0,
                Readiness::CannotTell => 1,
                _ => 3,
            };
            100 * open(whole) + 10 * open(leading) + usize::from(self.lifts && whole == Readiness::Ready)
        };
        self.portals.iter().map(of_portal).sum()
    }

    /// The first list of this length that reaches the goal.
    fn list_of(&self, length: usize, list: &mut Vec<usize>, from: usize, goal: usize) -> Option<Vec<usize>> {
        if list.len() == length {
            return (self.score(list) >= goal).then(|| list.clone());
        }
        for (place, candidate) in self.candidates.iter().enumerate().take(TRIED).skip(from) {
            list.push(*candidate);
            let found = self.list_of(length, list, place.saturating_add(1), goal);
            list.pop();
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The candidates without which the goal is reached as well are left out, the last first.
    fn longer(&self, goal: usize) -> Vec<usize> {
        let mut list = self.candidates.clone();
        for candidate in self.candidates.iter().rev() {
            let shorter: Vec<_> = list.iter().copied().filter(|place| place != candidate).collect();
            if self.score(&shorter) >= goal {
                list = shorter;
            }
        }
        list
    }
}

/// What putting a check right sets to good: another card answers for everything that this one said, another installation
/// of the Cryptolib for everything that this one laid down.
pub(super) fn repairs(place: usize) -> Set {
    let mut set: Set = [place].into_iter().collect();
    let check = Catalogue::get().checks().get(place);
    if check.is_some_and(|check| OF_THE_CARD.contains(&check.id) && check.id != "pin-state") {
        OF_THE_CARD
            .iter()
            .chain(&["auth-cert-chain"])
            .filter_map(|id| Catalogue::get().place(id))
            .for_each(|place| set.insert(place));
    }
    for together in [&OF_THE_INSTALLATION[..], &OF_FIREFOX] {
        if check.is_some_and(|check| together.contains(&check.id)) {
            together.iter().filter_map(|id| Catalogue::get().place(id)).for_each(|place| set.insert(place));
        }
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Case;
    use crate::readiness::Portal;
    use crate::readiness::view::View;

    /// With everything of the plan set to good, nothing is left that fails, on any recorded workstation.
    #[test]
    fn the_whole_plan_opens_what_it_is_for() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/workstations");
        let mut plans = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let Ok(case) = Case::parse(&std::fs::read(&path).unwrap()) else { continue };
            let view = View { facts: &case.facts, portals: &[], browsers: &[], path: None, awaited: None };
            let judged: Vec<_> = Portal::ALL.iter().map(|portal| JudgedPortal::of(&view, *portal)).collect();
            let plan = repair_plan(&judged.iter().collect::<Vec<_>>());
            let repaired = plan.iter().fold(Set::default(), |all, place| all.or(repairs(*place)));
            plans += usize::from(!plan.is_empty());
            for portal in &judged {
                let (before, after) = (portal.readiness(Set::default()).0, portal.readiness(repaired).0);
                assert!(after != Readiness::NotReady && after <= before, "{}: {before:?} {after:?}", path.display());
            }
        }
        assert!(plans > 40, "{plans}");
    }
}
