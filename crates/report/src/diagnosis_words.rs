//! The sentences of a diagnosis: of a cause, of a check, of a portal. Every text of the outside is sanitised here.

use cpx_card::internal::card::Generation;
use cpx_card::internal::facts::Facts;
use cpx_card::internal::readiness::{
    BrowserLine, Cause, CheckResult, Diagnosis, Eligibility, Portal, PortalVerdict, Readiness, State, Value, Weight,
};
use cpx_card::internal::workstation::facts::{BrowserKind, Family};

use super::{Texts, sanitise};

/// The sentences about what was observed on one kind of system, in one language.
pub(super) struct Words<'a> {
    texts: &'a Texts,
    system: &'static str,
    /// Whether it is about a card that is to come.
    awaited: bool,
}

// an application shows the one cause, the program everything
impl<'a> Words<'a> {
    /// A case is told in the words of the system that it was recorded on.
    pub(super) fn new(texts: &'a Texts, facts: &Facts) -> Self {
        let family = facts.workstation.system.seen().map(|system| system.family);
        let system = match family {
            Some(Family::Windows) => "windows",
            Some(Family::Macos) => "macos",
            Some(Family::Linux) => "linux",
            _ => std::env::consts::OS,
        };
        Self { texts, system, awaited: false }
    }

    /// The same about a card that is to come, where the diagnosis is.
    pub(super) fn of(self, diagnosis: &Diagnosis) -> Self {
        Self { awaited: diagnosis.awaited.is_some(), ..self }
    }

    /// Whether it is about a workstation of this kind.
    pub(super) fn is_on(&self, family: Family) -> bool {
        self.system == super::diagnosis_ndjson::system(family)
    }

    /// A generation of cards, as it is called.
    pub(super) fn generation(&self, generation: Generation) -> String {
        self.texts.text(&format!("generation-{}", generation.code()))
    }

    /// What is wrong.
    pub(super) fn cause(&self, cause: &Cause) -> String {
        if cause.state == State::Skip {
            let why = self.texts.text(&format!("skip-{}", cause.reason));
            return self.texts.with("open-check", &[("name", &self.check(cause.id)), ("why", &why)]);
        }
        self.reason(cause.id, cause.reason, &cause.values)
    }

    /// The same with what shows that it stops nobody.
    pub(super) fn told(&self, cause: &Cause) -> String {
        let what = self.cause(cause);
        match cause.works_anyway {
            Some(id) => self.texts.with("works-anyway", &[("what", &what), ("evidence", &self.check(id))]),
            None => what,
        }
    }

    /// What to do about it: nothing about what works and will.
    pub(super) fn remedy(&self, cause: &Cause) -> Option<String> {
        if cause.state == State::Skip || cause.works_anyway.is_some() && cause.weight() <= Weight::Remark {
            return None;
        }
        self.remedy_for(cause.id, cause.reason, &cause.values)
    }

    /// Whether the workstation is ready, and with which browsers.
    pub(super) fn title(&self, diagnosis: &Diagnosis) -> String {
        let code = diagnosis.outcome.code();
        let (subject, card) = match &diagnosis.awaited {
            Some(awaited) => ("awaited", self.generation(awaited.generation)),
            None => ("diagnosis", String::new()),
        };
        let card = ("card", card.as_str());
        // of one browser alone it need not be said that it is the one
        let default = diagnosis.browsers.iter().find(|line| line.is_default && diagnosis.browsers.len() > 1);
        let default = default.map(|line| line.browser);
        let working = diagnosis.portals.iter().find_map(|verdict| self.working_browsers(verdict, default));
        let Some(browsers) = working.filter(|_| diagnosis.outcome <= Readiness::Reserved) else {
            return self.texts.with(&format!("{subject}-{code}"), &[card]);
        };
        let default = diagnosis.browsers.iter().find(|line| line.is_default && line.readiness > Readiness::Reserved);
        let Some(default) = default else {
            return self.texts.with(&format!("{subject}-{code}-with"), &[("browsers", &browsers), card]);
        };
        let how = if default.readiness == Readiness::CannotTell { "open" } else { "broken" };
        let default = self.browser(default.browser);
        let values = [("browsers", browsers.as_str()), ("default", &default), card];
        self.texts.with(&format!("{subject}-with-default-{how}"), &values)
    }

    /// The cause and what to do about it; where there is none, whether the workstation is ready.
    pub(super) fn in_short(&self, diagnosis: &Diagnosis) -> String {
        let unfit = || diagnosis.unfit.map(|unfit| format!("fit-{}", unfit.code()));
        let (what, remedy) = match &diagnosis.headline {
            Some(cause) => (self.told(cause), self.remedy(cause)),
            None => match unfit() {
                Some(key) => (self.texts.text(&key), self.attribute_of(&key, "remedy", &[])),
                None => (self.title(diagnosis), None),
            },
        };
        let what = match diagnosis.awaited {
            Some(_) if diagnosis.headline.is_some() => format!("{} {what}", self.title(diagnosis)),
            _ => what,
        };
        remedy.map_or_else(|| what.clone(), |remedy| format!("{what} {remedy}"))
    }

    /// A browser, whether it works, and why not where the headline does not say it.
    pub(super) fn browser_line(&self, line: &BrowserLine, headline: Option<&Cause>) -> String {
        let key = if line.is_default { "browser-line-default" } else { "browser-line" };
        let answer = self.texts.text(&format!("readiness-{}", line.readiness.code()));
        let told = self.texts.with(key, &[("browser", &self.browser(line.browser)), ("answer", &answer)]);
        match line.cause.as_ref().filter(|cause| headline.is_none_or(|headline| headline.id != cause.id)) {
            Some(cause) => self.texts.with("browser-line-cause", &[("line", &told), ("cause", &self.cause(cause))]),
            None => told,
        }
    }

    /// What to do about a check that is not in order.
    pub(super) fn check_remedy(&self, result: &CheckResult) -> Option<String> {
        self.remedy_for(result.check.id, result.found.reason, &result.found.values)
    }

    /// How to see that it works.
    pub(super) fn verify(&self, cause: &Cause) -> Option<String> {
        let awaited = || self.attribute(cause.id, "verify-awaited", &cause.values);
        self.awaited.then(awaited).flatten().or_else(|| self.attribute(cause.id, "verify", &cause.values))
    }

    /// The name of a check.
    pub(super) fn check(&self, id: &str) -> String {
        self.texts.text(&format!("check-{id}"))
    }

    /// How a check ended, and why; nothing for one that passed.
    pub(super) fn ending(&self, result: &CheckResult) -> Option<String> {
        match (result.state, result.blocked_by) {
            (State::Pass, _) => None,
            (State::Blocked, Some(by)) => Some(self.texts.with("check-blocked", &[("name", &self.check(by))])),
            (State::Skip, _) => Some(self.texts.text(&format!("skip-{}", result.found.reason))),
            _ => Some(self.reason(result.check.id, result.found.reason, &result.found.values)),
        }
    }

    /// A browser, as it is called.
    pub(super) fn browser(&self, kind: BrowserKind) -> String {
        self.texts.text(&format!("browser-{}", kind.code()))
    }

    /// A portal, as it is called where portals stand side by side.
    pub(super) fn portal_in_short(&self, portal: Portal) -> String {
        let key = format!("portal-{}", portal.code());
        self.texts.attribute(&key, "short", &[]).unwrap_or_else(|| self.texts.text(&key))
    }

    /// The browsers that enter a portal, each once, the default one named so; nothing where none does.
    pub(super) fn working_browsers(&self, verdict: &PortalVerdict, default: Option<BrowserKind>) -> Option<String> {
        let mut names: Vec<String> = Vec::new();
        for path in
            verdict.paths.iter().filter(|path| Some(path.readiness) == verdict.working().map(|best| best.readiness))
        {
            let mut name = self.browser(path.browser);
            if default == Some(path.browser) {
                name = self.texts.with("your-browser", &[("browser", &name)]);
            }
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let last = names.pop()?;
        Some(if names.is_empty() {
            last
        } else {
            self.texts.with("one-and-other", &[("first", &names.join(", ")), ("last", &last)])
        })
    }

    /// Why the card is not plainly one for a portal, and what to do.
    pub(super) fn unfit(&self, eligibility: Eligibility) -> Option<(String, Option<String>)> {
        let key = format!("fit-{}", eligibility.because?.code());
        Some((self.texts.text(&key), self.attribute_of(&key, "remedy", &[])))
    }

    /// The same in a few words, where there are some.
    pub(super) fn unfit_in_short(&self, eligibility: Eligibility) -> Option<String> {
        self.attribute_of(&format!("fit-{}", eligibility.because?.code()), "short", &[])
    }

    /// What the card cannot tell, and whom to ask.
    pub(super) fn question(&self, eligibility: Eligibility) -> Option<(String, Option<String>)> {
        let key = format!("ask-{}", eligibility.ask?.code());
        Some((self.texts.text(&key), self.attribute_of(&key, "remedy", &[])))
    }

    fn remedy_for(&self, id: &str, reason: &str, values: &[(&'static str, Value)]) -> Option<String> {
        let awaited = format!("remedy-{reason}-awaited");
        if let Some(remedy) = self.attribute(id, &awaited, values).filter(|_| self.awaited) {
            return Some(remedy);
        }
        let names = [format!("remedy-{reason}"), format!("remedy-{}", self.system), "remedy".to_owned()];
        names.iter().find_map(|name| self.attribute(id, name, values))
    }

    fn reason(&self, id: &str, reason: &str, values: &[(&'static str, Value)]) -> String {
        let awaited = || self.attribute(id, &format!("{reason}-awaited"), values);
        let told = self.awaited.then(awaited).flatten().or_else(|| self.attribute(id, reason, values));
        told.unwrap_or_else(|| self.check(id))
    }

    fn attribute(&self, id: &str, name: &str, values: &[(&'static str, Value)]) -> Option<String> {
        self.attribute_of(&format!("check-{id}"), name, values)
    }

    fn attribute_of(&self, key: &str, name: &str, values: &[(&'static str, Value)]) -> Option<String> {
        let clean: Vec<_> = values.iter().map(|(name, value)| (*name, self.shown(value))).collect();
        let values: Vec<_> = clean.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.texts.attribute(key, name, &values)
    }

    /// A duration in the largest unit that it fills twice: nobody counts 2,880 minutes.
    fn duration(&self, minutes: u64) -> String {
        let (key, count) = match minutes {
            0..120 => ("duration-minutes", minutes),
            120..2880 => ("duration-hours", minutes / 60),
            _ => ("duration-days", minutes / 1440),
        };
        self.texts.with(key, &[("count", &count.to_string())])
    }

    /// A value as it stands in a sentence: a date and a duration as people write them.
    fn shown(&self, value: &Value) -> String {
        match value {
            Value::Date(date) => self.texts.date(*date),
            Value::Minutes(minutes) => self.duration(*minutes),
            other => sanitise(&other.to_string()),
        }
    }
}
