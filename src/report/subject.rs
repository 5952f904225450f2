//! What a report is about: what was observed, the verdict on it, and how much of a person's data it may show.

use std::collections::BTreeMap;

use crate::certificate::Role;
use crate::facts::{Facts, PrivateTexts, SeenCard, SeenContent, SeenReader};
use crate::readiness::{Cause, CheckResult, Diagnosis, State};
use crate::workstation::Unseen;
use crate::workstation::facts::Family;

use super::{Disclosure, SupportCode, sanitise};

/// What a report is about: what was observed, the verdict on it, and how much of a person's data it may show.
pub struct Subject<'a> {
    pub(super) facts: &'a Facts,
    pub(super) diagnosis: &'a Diagnosis,
    pub(super) disclosure: Disclosure,
    private: PrivateTexts,
}

impl<'a> Subject<'a> {
    /// This verdict on these facts.
    pub fn new(facts: &'a Facts, diagnosis: &'a Diagnosis, disclosure: Disclosure) -> Self {
        Self { facts, diagnosis, disclosure, private: PrivateTexts::of(facts) }
    }

    /// The code that says the verdict over the telephone.
    pub fn support_code(&self) -> SupportCode {
        SupportCode::of(self.facts, self.diagnosis)
    }

    /// Foreign text as it may be shown: harmless, and without what tells a person, a card or a machine apart.
    pub(super) fn show(&self, text: &str) -> String {
        match self.disclosure {
            Disclosure::Masked => sanitise(&self.private.hide(text)),
            Disclosure::Full => sanitise(text),
        }
    }

    /// The values of a finding as they may be shown.
    pub(super) fn values(&self, values: &[(&'static str, String)]) -> Vec<(&'static str, String)> {
        values.iter().map(|(name, value)| (*name, self.show(value))).collect()
    }

    /// The moment of the observation: RFC 3339 in UTC.
    pub(super) fn time(&self) -> String {
        jiff::Timestamp::from_second(self.facts.now).unwrap_or_default().to_string()
    }

    pub(super) fn family(&self) -> Family {
        self.facts.workstation.system.seen().map(|system| system.family).unwrap_or_default()
    }

    /// The CPx in the first reader that has one, and that reader.
    pub(super) fn card(&self) -> Option<(&'a SeenReader, &'a SeenCard)> {
        self.facts.readers.iter().flatten().find_map(|reader| match &reader.content {
            SeenContent::Cpx(card) => Some((reader, &**card)),
            _ => None,
        })
    }

    /// The end of the validity of the certificate that logs on, seconds since 1970 in UTC.
    pub(super) fn certificate_end(&self) -> Option<i64> {
        let certificates = self.card()?.1.certificates.seen()?;
        certificates.iter().find(|one| one.role == Role::Authentication).map(|one| one.not_after)
    }

    /// The version of the Cryptolib: letters, digits and dots.
    pub(super) fn cryptolib(&self) -> Option<String> {
        let told = self.facts.workstation.cryptolib.seen()?.versions.first()?;
        let version: String =
            told.version.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '.').take(20).collect();
        Some(self.show(&version))
    }

    /// The checks that are made on this kind of system.
    pub(super) fn checks(&self) -> impl Iterator<Item = &'a CheckResult> {
        let elsewhere = crate::readiness::SkipReason::Unseen(Unseen::NotThisSystem);
        self.diagnosis.checks.iter().filter(move |one| one.found.skipped != Some(elsewhere))
    }

    /// How many of them ended in each state.
    pub(super) fn counts(&self) -> BTreeMap<&'static str, usize> {
        let of = |state| self.checks().filter(|one| one.state == state).count();
        State::ALL.into_iter().map(|state| (state.code(), of(state))).collect()
    }

    /// The causes that are told: the headline, then the others.
    pub(super) fn causes(&self) -> impl Iterator<Item = &'a Cause> {
        self.diagnosis.headline.iter().chain(&self.diagnosis.others)
    }

    /// A cause with its values as they may be shown.
    pub(super) fn shown(&self, cause: &Cause) -> Cause {
        Cause { values: self.values(&cause.values), ..cause.clone() }
    }

    /// A result with its values as they may be shown.
    pub(super) fn shown_result(&self, result: &CheckResult) -> CheckResult {
        let mut shown = result.clone();
        shown.found.values = self.values(&result.found.values);
        shown
    }
}
