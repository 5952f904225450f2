//! The criterion of each check: a small pure function over the facts.

mod browser;
mod card;
mod certificates;
mod context;
mod cryptolib;
mod firefox;
mod middleware;
mod network;
mod pkcs11;
mod reader;
mod service;
mod trust;

use super::finding::Judged;
use super::view::View;

/// What judges one check.
pub(super) type Criterion = fn(&View<'_>) -> Judged;

/// The criterion of the check with this id.
pub(super) fn of(id: &str) -> Option<Criterion> {
    let groups = [
        service::CRITERIA,
        reader::CRITERIA,
        card::CRITERIA,
        cryptolib::CRITERIA,
        middleware::CRITERIA,
        pkcs11::CRITERIA,
        certificates::CRITERIA,
        browser::CRITERIA,
        firefox::CRITERIA,
        trust::CRITERIA,
        network::CRITERIA,
        context::CRITERIA,
    ];
    groups.into_iter().flatten().find(|(name, _)| *name == id).map(|(_, criterion)| *criterion)
}

/// The criteria of one group, by the id of their check.
type Group = &'static [(&'static str, Criterion)];
