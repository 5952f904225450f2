//! The checks as data: the table `checks.csv`, and the criterion that judges each.
//!
//! Their sentences are in `report/texts/*/checks.ftl` under `check-` and their id: the name, what is looked at
//! (`.observes`), why (`.why`), one attribute for each reason to warn or fail, the remedy and how to verify it.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::criteria::{self, Criterion};
use super::portal::{BrowserPath, Portal};
use super::set::Set;
use crate::workstation::facts::Family;

const TABLE: &str = include_str!("checks.csv");

/// What a check is about. The order is that of a chain: what comes first explains what comes later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Group {
    /// From where and as whom the program runs.
    Context,
    /// PC/SC.
    Service,
    /// The reader.
    Reader,
    /// The card.
    Card,
    /// What is installed for the card.
    Middleware,
    /// The PKCS#11 module.
    Pkcs11,
    /// The certificates of the card.
    Certificates,
    /// The browsers.
    Browser,
    /// The network.
    Network,
    /// The authorities that are trusted.
    Trust,
}

impl Group {
    /// Every group, in the order of the chain.
    pub const ALL: [Self; 10] = [
        Self::Context,
        Self::Service,
        Self::Reader,
        Self::Card,
        Self::Middleware,
        Self::Pkcs11,
        Self::Certificates,
        Self::Browser,
        Self::Network,
        Self::Trust,
    ];

    /// The stable code, one word in lower case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Context => "context",
            Self::Service => "service",
            Self::Reader => "reader",
            Self::Card => "card",
            Self::Middleware => "middleware",
            Self::Pkcs11 => "pkcs11",
            Self::Certificates => "certificates",
            Self::Browser => "browser",
            Self::Network => "network",
            Self::Trust => "trust",
        }
    }
}

/// What a failure of a check means; the gravest is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// Context only: never told as a cause.
    Info,
    /// Something is worse than it could be, or will break.
    Minor,
    /// One way does not work, or does not always.
    Major,
    /// Nobody logs on.
    Blocking,
}

impl Severity {
    /// Every severity.
    pub const ALL: [Self; 4] = [Self::Info, Self::Minor, Self::Major, Self::Blocking];

    /// The stable code: `info`, `minor`, `major`, `blocking`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Blocking => "blocking",
        }
    }
}

/// What a check is evidence of, which decides whether its failure can be a cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Something was done, and worked or not: it exonerates what would explain its failure.
    Probe,
    /// What the card says of itself.
    Attribute,
    /// What joins one browser to the card: it fails by itself, and no process of this program exonerates it.
    Link,
    /// What lies on the machine: it explains a failure, and is no cause without one.
    Inventory,
    /// Where the program runs: as inventory, it explains.
    Context,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Probe, Self::Attribute, Self::Link, Self::Inventory, Self::Context];

    /// The stable code, one word in lower case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Probe => "probe",
            Self::Attribute => "attribute",
            Self::Link => "link",
            Self::Inventory => "inventory",
            Self::Context => "context",
        }
    }

    /// Whether it only explains what fails below it.
    pub const fn explains(self) -> bool {
        matches!(self, Self::Inventory | Self::Context)
    }
}

/// What a finding that stops nobody today means for the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Weight {
    /// A fact about the workstation: told among all the checks only.
    Fact,
    /// Worth a word beside an answer that it does not change.
    Remark,
    /// The user is offered something wrong: a reservation.
    Misleads,
    /// It will fail, at the next restart or on a known day: a reservation.
    Until,
    /// It works and should not be trusted: a reservation.
    Unsafe,
    /// It leaves the question open: nothing that depends on it can be told.
    Open,
}

impl Weight {
    /// Every weight.
    pub const ALL: [Self; 6] = [Self::Fact, Self::Remark, Self::Misleads, Self::Until, Self::Unsafe, Self::Open];

    /// The stable code, one word in lower case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Remark => "remark",
            Self::Misleads => "misleads",
            Self::Until => "until",
            Self::Unsafe => "unsafe",
            Self::Open => "open",
        }
    }
}

/// One check.
#[derive(Debug)]
#[non_exhaustive]
pub struct Check {
    /// Its stable id, such as `card-present`.
    pub id: &'static str,
    /// What it is about.
    pub group: Group,
    /// The systems on which it is made.
    pub systems: Vec<Family>,
    /// What it is evidence of.
    pub kind: Kind,
    /// What its failure means.
    pub severity: Severity,
    /// The checks whose failure would explain its own, by id.
    pub depends_on: Vec<&'static str>,
    /// The portals that it concerns.
    pub portals: Vec<Portal>,
    /// The paths that it concerns; empty for all.
    pub paths: Vec<BrowserPath>,
    /// Whether a portal cannot be called ready without it (checks.md section 3).
    pub needed: bool,
    /// The reasons for which it warns.
    pub warns: Vec<&'static str>,
    /// The reasons for which it fails.
    pub fails: Vec<&'static str>,
    weights: Vec<(&'static str, Weight)>,
    /// How sure its criterion is: `M` measured, `S` documented, `F` from the field, `I` inferred, joined by `+`.
    pub confidence: &'static str,
    pub(super) criterion: Criterion,
}

impl Check {
    /// What this reason means where it stops nobody: a remark unless the table says otherwise.
    pub fn weight(&self, reason: &str) -> Weight {
        self.weights.iter().find(|(name, _)| *name == reason).map_or(Weight::Remark, |(_, weight)| *weight)
    }

    /// Whether a failure of it leaves the question open.
    pub(super) fn leaves_open(&self) -> bool {
        self.weights.iter().any(|(_, weight)| *weight == Weight::Open)
    }

    /// The probes and links whose passing shows that a failure of this check stops nobody.
    pub fn exonerated_by(&self) -> impl Iterator<Item = &'static Self> {
        let catalogue = Catalogue::get();
        let places = catalogue.place(self.id).map(|place| catalogue.evidence(place)).unwrap_or_default();
        places.places().filter_map(|place| catalogue.checks.get(place)).filter(|_| self.kind.explains())
    }

    /// Whether the check says something about this portal, entered in this way; a path that is not chosen excludes nothing.
    pub fn concerns(&self, portals: &[Portal], path: Option<BrowserPath>) -> bool {
        let by_path = path.is_none_or(|path| self.paths.is_empty() || self.paths.contains(&path));
        by_path && (portals.is_empty() || self.portals.iter().any(|portal| portals.contains(portal)))
    }
}

/// Every check, each behind those that it builds on.
#[derive(Debug)]
pub struct Catalogue {
    checks: Vec<Check>,
    places: HashMap<&'static str, usize>,
    above: Vec<Set>,
    evidence: Vec<Set>,
}

impl Catalogue {
    /// The checks of this program.
    ///
    /// ```
    /// use cpx_card::internal::readiness::Catalogue;
    ///
    /// let check = Catalogue::get().check("card-present").unwrap();
    /// assert_eq!(check.depends_on, ["reader-present"]);
    /// assert_eq!(Catalogue::get().checks().len(), 100);
    /// ```
    pub fn get() -> &'static Self {
        static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
        CATALOGUE.get_or_init(|| {
            let checks = in_order(table().filter_map(check).collect());
            let places: HashMap<_, _> = checks.iter().enumerate().map(|(place, check)| (check.id, place)).collect();
            let set = |check: &Check| check.depends_on.iter().filter_map(|id| places.get(id).copied()).collect();
            let above = checks.iter().map(set).collect();
            let mut catalogue = Self { checks, places, above, evidence: Vec::new() };
            catalogue.evidence = (0..catalogue.checks.len()).map(|place| catalogue.nearest_evidence(place)).collect();
            catalogue
        })
    }

    /// All of them, each behind those that it builds on; else in the order of the table.
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// The check with this id.
    pub fn check(&self, id: &str) -> Option<&Check> {
        self.checks.get(self.place(id)?)
    }

    pub(super) fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The checks directly above the one at this place.
    pub(super) fn above(&self, place: usize) -> Set {
        self.above.get(place).copied().unwrap_or_default()
    }

    /// The nearest probes and links below the one at this place, through inventory and context alone.
    pub(super) fn evidence(&self, place: usize) -> Set {
        self.evidence.get(place).copied().unwrap_or_default()
    }

    fn nearest_evidence(&self, place: usize) -> Set {
        let (mut found, mut waiting, mut known) = (Set::default(), vec![place], Set::default());
        while let Some(place) = waiting.pop() {
            for (below, check) in self.checks.iter().enumerate().skip(place) {
                if self.above(below).has(place) && !known.has(below) {
                    known.insert(below);
                    match check.kind {
                        Kind::Probe | Kind::Link => found.insert(below),
                        Kind::Inventory | Kind::Context => waiting.push(below),
                        Kind::Attribute => {}
                    }
                }
            }
        }
        found
    }
}

/// The cells of each row.
fn table() -> impl Iterator<Item = Vec<&'static str>> {
    // no cell of this table is quoted, so that cells borrow from the program itself; a test holds that
    TABLE.lines().skip(1).map(|line| line.split(',').collect())
}

fn check(cells: Vec<&'static str>) -> Option<Check> {
    let [id, group, systems, kind, severity, depends_on, portals, paths, needed, warns, fails, weights, confidence] =
        cells.try_into().ok()?;
    let words = |cell: &'static str| cell.split(';').filter(|word| !word.is_empty()).collect::<Vec<_>>();
    let system = |letter| match letter {
        'W' => Some(Family::Windows),
        'M' => Some(Family::Macos),
        'L' => Some(Family::Linux),
        _ => None,
    };
    Some(Check {
        id,
        group: Group::ALL.into_iter().find(|one| one.code() == group)?,
        systems: systems.chars().map(system).collect::<Option<_>>()?,
        kind: Kind::ALL.into_iter().find(|one| one.code() == kind)?,
        severity: Severity::ALL.into_iter().find(|one| one.code() == severity)?,
        depends_on: words(depends_on),
        portals: match portals {
            "all" => Portal::ALL.to_vec(),
            "none" => Vec::new(),
            some => words(some).into_iter().map(Portal::of).collect::<Option<_>>()?,
        },
        paths: words(paths).into_iter().map(BrowserPath::of).collect::<Option<_>>()?,
        needed: needed == "yes",
        warns: words(warns),
        fails: words(fails),
        weights: words(weights).into_iter().map(weight).collect::<Option<_>>()?,
        confidence,
        criterion: criteria::of(id)?,
    })
}

/// `reason:weight`.
fn weight(cell: &'static str) -> Option<(&'static str, Weight)> {
    let (reason, weight) = cell.split_once(':')?;
    Some((reason, Weight::ALL.into_iter().find(|one| one.code() == weight)?))
}

/// The same, each behind those that it builds on; what is in a cycle is left out, which a test notices.
fn in_order(mut waiting: Vec<Check>) -> Vec<Check> {
    let mut ordered: Vec<Check> = Vec::with_capacity(waiting.len());
    loop {
        let is_ready =
            |check: &Check| check.depends_on.iter().all(|wanted| ordered.iter().any(|earlier| earlier.id == *wanted));
        match waiting.iter().position(is_ready) {
            Some(place) => ordered.push(waiting.remove(place)),
            None => return ordered,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_row_is_a_check() {
        let mut reader = csv::Reader::from_reader(TABLE.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let ours: Vec<Vec<_>> = table().collect();
        assert_eq!(rows.iter().map(|row| row.iter().collect::<Vec<_>>()).collect::<Vec<_>>(), ours);
        let checks = Catalogue::get().checks();
        let missing: Vec<_> =
            rows.iter().filter(|row| Catalogue::get().check(&row[0]).is_none()).map(|row| &row[0]).collect();
        assert!(missing.is_empty(), "unreadable, without criterion, or in a cycle: {missing:?}");
        assert_eq!((checks.len(), checks.iter().map(|check| check.id).collect::<BTreeSet<_>>().len()), (100, 100));
    }

    #[test]
    fn every_check_stands_behind_those_that_it_builds_on() {
        for (place, check) in Catalogue::get().checks().iter().enumerate() {
            for wanted in &check.depends_on {
                assert!(
                    Catalogue::get().place(wanted).is_some_and(|earlier| earlier < place),
                    "{}: {wanted}",
                    check.id
                );
            }
            let reasons = || check.warns.iter().chain(&check.fails);
            assert!(reasons().next().is_some(), "{} can never say anything", check.id);
            assert!(!check.systems.is_empty(), "{}", check.id);
        }
    }
}
