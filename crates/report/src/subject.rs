//! What a report is about: what was observed, the verdict on it, and how much of a person's data it may show.

use std::collections::BTreeMap;

use serde_json::Value;

use cpx_card::internal::certificate::Role;
use cpx_card::internal::facts::{CardReading, Facts, PrivateTexts, ReaderFacts};
use cpx_card::internal::readiness::{Cause, CheckResult, Diagnosis, End, State, ends};
use cpx_card::internal::workstation::Unseen;
use cpx_card::internal::workstation::facts::Family;

use super::{DiagnosisParts, Disclosure, SupportCode, sanitise};

/// The keys under which answers hold names, paths and words of the outside.
const FOREIGN: [&str; 10] = [
    "name",
    "path",
    "real_path",
    "other_paths",
    "copy_of",
    "detail",
    "description",
    "reader",
    "module",
    "manufacturer",
];

/// What a report is about: what was observed, the verdict on it, and how much of a person's data it may show.
pub struct Subject<'a> {
    pub(super) facts: &'a Facts,
    /// The verdict, with values as they may be shown.
    pub(super) diagnosis: Diagnosis,
    pub(super) disclosure: Disclosure,
    private: PrivateTexts,
}

// an application shows the JSON and the one cause, the program everything
impl<'a> Subject<'a> {
    /// This verdict on these facts.
    pub fn new(facts: &'a Facts, diagnosis: &Diagnosis, disclosure: Disclosure) -> Self {
        let mut subject = Self { facts, diagnosis: diagnosis.clone(), disclosure, private: PrivateTexts::of(facts) };
        subject.diagnosis = subject.shown(diagnosis);
        subject
    }

    /// The verdict, with values as they may be shown.
    pub fn diagnosis(&self) -> &Diagnosis {
        &self.diagnosis
    }

    /// The parts of an answer with their names, paths and details as they may be shown.
    pub fn parts(&self, mut parts: DiagnosisParts) -> DiagnosisParts {
        for part in [&mut parts.readers, &mut parts.modules, &mut parts.tokens] {
            self.show_in(part);
        }
        parts
    }

    /// The code that says the verdict over the telephone.
    pub fn support_code(&self) -> SupportCode {
        SupportCode::of(self.facts, &self.diagnosis)
    }

    /// Foreign text as it may be shown: harmless, and without what tells a person, a card or a machine apart.
    pub(super) fn show(&self, text: &str) -> String {
        match self.disclosure {
            Disclosure::Masked => sanitise(&self.private.hide(text)),
            Disclosure::Full => sanitise(text),
        }
    }

    /// The moment of the observation: RFC 3339 in UTC.
    pub(super) fn time(&self) -> String {
        jiff::Timestamp::from_second(self.facts.now).unwrap_or_default().to_string()
    }

    pub(super) fn family(&self) -> Family {
        self.facts.workstation.system.seen().map(|system| system.family).unwrap_or_default()
    }

    /// The CPx in the first reader that has one, and that reader.
    pub(super) fn card(&self) -> Option<(&'a ReaderFacts, &'a CardReading)> {
        let mut readers = self.facts.cards.readers.iter().flatten();
        readers.find_map(|reader| Some((reader, reader.content.cpx()?)))
    }

    /// The end of the validity of the certificate that logs on, seconds since 1970 in UTC.
    pub(super) fn certificate_end(&self) -> Option<i64> {
        let mut certificates = self.card()?.1.certificate_facts().map(|one| &one.content);
        certificates.find(|one| one.role == Role::Authentication).map(|one| one.not_after)
    }

    /// What ends, and when.
    pub(super) fn ends(&self) -> Vec<End> {
        ends(self.facts)
    }

    /// The version of the Cryptolib.
    pub(super) fn cryptolib(&self) -> Option<String> {
        let told = self.facts.workstation.cryptolib.seen()?.versions.first()?;
        Some(version(&told.version))
    }

    /// The version of the program that observed.
    pub(super) fn program(&self) -> String {
        version(&self.facts.program)
    }

    /// The checks that are made on this kind of system.
    pub(super) fn checks(&self) -> impl Iterator<Item = &CheckResult> {
        let elsewhere = cpx_card::internal::readiness::SkipReason::Unseen(Unseen::NotThisSystem);
        self.diagnosis.checks.iter().filter(move |one| one.found.skipped != Some(elsewhere))
    }

    /// How many of them ended in each state.
    pub(super) fn counts(&self) -> BTreeMap<&'static str, usize> {
        let of = |state| self.checks().filter(|one| one.state == state).count();
        State::ALL.into_iter().map(|state| (state.code(), of(state))).collect()
    }

    /// The causes that are told: the headline, then the others.
    pub(super) fn causes(&self) -> impl Iterator<Item = &Cause> {
        self.diagnosis.headline.iter().chain(&self.diagnosis.others)
    }

    fn shown(&self, diagnosis: &Diagnosis) -> Diagnosis {
        let mut shown = diagnosis.clone();
        let verdicts = shown.portals.iter_mut();
        let causes = verdicts.flat_map(|verdict| {
            let paths = verdict.paths.iter_mut().flat_map(|path| path.causes.iter_mut().chain(&mut path.reservations));
            verdict.causes.iter_mut().chain(paths)
        });
        let causes = causes.chain(&mut shown.headline).chain(&mut shown.others).chain(&mut shown.folded);
        let causes =
            causes.chain(&mut shown.repair).chain(shown.browsers.iter_mut().filter_map(|line| line.cause.as_mut()));
        let values = causes.map(|cause| &mut cause.values);
        for (_, value) in values.chain(shown.checks.iter_mut().map(|check| &mut check.found.values)).flatten() {
            *value = value.cleaned(|text| self.show(text));
        }
        shown
    }

    /// What comes from outside in one part of an answer; codes stay as they are.
    fn show_in(&self, part: &mut Value) {
        let mut waiting = vec![(false, part)];
        while let Some((is_foreign, value)) = waiting.pop() {
            match value {
                Value::String(text) if is_foreign => *text = self.show(text),
                Value::Array(items) => waiting.extend(items.iter_mut().map(|item| (is_foreign, item))),
                Value::Object(fields) => {
                    waiting.extend(fields.iter_mut().map(|(key, value)| (FOREIGN.contains(&key.as_str()), value)));
                }
                _ => {}
            }
        }
    }
}

/// What can stand in a version, at most 20 characters.
pub(super) fn version(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || ['.', '-', '+'].contains(c)).take(20).collect()
}
