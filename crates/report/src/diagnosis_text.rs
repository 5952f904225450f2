//! The answer of plain `cpx-check` for people: ready or not, the one cause, what to do, and for which portal.

use std::collections::BTreeSet;

use anstyle::Style;

use cpx_card::internal::facts::Facts;
use cpx_card::internal::readiness::{
    Catalogue, Cause, Change, Check, CheckResult, Diagnosis, Group, PortalVerdict, Readiness, State,
};

use super::diagnosis_words::Words;
use super::page::{BAD, CAREFUL, GOOD, Page, STRONG};
use super::{Disclosure, Texts};

/// How much of a diagnosis is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Detail {
    /// The cause, at most two more, the portals.
    Short,
    /// Every check as well.
    Every,
}

/// The whole answer, with styles. `cards` are the lines that say whose cards are in the readers, sanitised.
pub fn diagnosis_text(facts: &Facts, diagnosis: &Diagnosis, cards: &[String], detail: Detail, texts: &Texts) -> String {
    let mut page = Page::new(texts, Disclosure::Masked);
    let words = Words::new(texts, facts);
    page.conclusion(diagnosis, &words);
    page.repair(diagnosis, &words);
    page.browsers(diagnosis, &words);
    for card in cards {
        page.line(&texts.folded("  ", "", card));
    }
    if !cards.is_empty() {
        page.line("");
    }
    let mut told = BTreeSet::new();
    for verdict in &diagnosis.portals {
        page.portal(verdict, &words, &mut told);
    }
    if !facts.asked.online && diagnosis.portals.iter().any(|portal| portal.working().is_some()) {
        page.note(&texts.folded("  ", "", &texts.text("network-not-tested")));
    }
    page.further(diagnosis, detail, &words);
    if detail == Detail::Every {
        page.every_check(diagnosis, &words);
    }
    page.text
}

/// What has changed since an earlier answer.
pub fn changes_text(facts: &Facts, changes: &[Change], texts: &Texts) -> String {
    let mut page = Page::new(texts, Disclosure::Masked);
    let words = Words::new(texts, facts);
    page.line("");
    let title = texts.with("changes-title", &[("count", &changes.len().to_string())]);
    page.line(&format!("{STRONG}{title}{STRONG:#}"));
    for change in changes {
        let state = |state: Option<State>| match state {
            Some(state) => texts.text(&format!("state-{}", state.code())),
            None => texts.text("state-unknown"),
        };
        let values =
            [("name", words.check(change.id)), ("before", state(change.before)), ("after", state(Some(change.after)))];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let style = if change.is_better() { GOOD } else { CAREFUL };
        page.marked(style, mark(change.after), &texts.with("change", &values));
    }
    page.text
}

/// What a check looks at, why it matters, what to do and how to see that it works.
pub fn explain_text(check: &Check, texts: &Texts) -> String {
    let mut page = Page::new(texts, Disclosure::Masked);
    let key = format!("check-{}", check.id);
    let about = |name: &str| texts.attribute(&key, name, &[]);
    page.line(&format!("{STRONG}{}{STRONG:#} ({})", texts.text(&key), check.id));
    page.line("");
    let list = |ids: Vec<String>| if ids.is_empty() { texts.text("none") } else { ids.join(", ") };
    let portals = check.portals.iter().map(|portal| texts.text(&format!("portal-{}", portal.code()))).collect();
    let systems = check.systems.iter().map(|system| system_name(*system).to_owned()).collect();
    let needs = check.depends_on.iter().map(|id| texts.text(&format!("check-{id}"))).collect();
    page.row("group-label", &texts.text(&format!("group-{}", check.group.code())));
    page.row("kind-label", &texts.text(&format!("kind-{}", check.kind.code())));
    page.row("severity-label", &texts.text(&format!("severity-{}", check.severity.code())));
    page.row("systems-label", &list(systems));
    page.row("portals-label", &list(portals));
    page.row("depends-label", &list(needs));
    if check.kind.explains() {
        let by = check.exonerated_by().map(|one| texts.text(&format!("check-{}", one.id))).collect();
        page.row("evidence-label", &list(by));
    }
    page.line("");
    let mut part = |label: &str, text: Option<String>| {
        if let Some(text) = text {
            page.line(&format!("{STRONG}{}{STRONG:#}", texts.text(label)));
            page.line(&texts.folded("  ", "", &text));
            page.line("");
        }
    };
    part("observes-label", about("observes"));
    part("why-label", about("why"));
    for (system, name) in
        [("", "remedy"), ("Windows", "remedy-windows"), ("macOS", "remedy-macos"), ("Linux", "remedy-linux")]
    {
        let remedy = about(name).map(|remedy| if system.is_empty() { remedy } else { format!("{system} : {remedy}") });
        part("remedy-label", remedy);
    }
    part("verify-label", about("verify"));
    page.text
}

/// Every check with its name, by group.
pub fn checks_text(texts: &Texts) -> String {
    let mut page = Page::new(texts, Disclosure::Masked);
    for group in Group::ALL {
        page.line(&format!("{STRONG}{}{STRONG:#}", texts.text(&format!("group-{}", group.code()))));
        for check in Catalogue::get().checks().iter().filter(|check| check.group == group) {
            let name = texts.text(&format!("check-{}", check.id));
            page.line(&texts.folded("  ", &format!("{:<30} ", check.id), &name));
        }
        page.line("");
    }
    page.note(&texts.text("explain-hint"));
    page.text
}

impl Page<'_> {
    /// The answer, its cause and what to do.
    fn conclusion(&mut self, diagnosis: &Diagnosis, words: &Words<'_>) {
        let style = readiness_style(diagnosis.outcome);
        let title = words.title(diagnosis);
        self.line(&format!("{style}{}{style:#}", self.texts.folded("", "", &title)));
        self.line("");
        if let Some(cause) = &diagnosis.headline {
            self.cause("  ", cause, words);
            if let Some(verify) = words.verify(cause) {
                let verify = self.texts.with("verify-line", &[("verify", &verify)]);
                self.line(&self.texts.folded("  ", "  ", &verify));
            }
            self.line("");
        } else if let Some(unfit) = diagnosis.unfit {
            self.finding(style, &format!("fit-{}", unfit.code()));
            self.line("");
        }
        if diagnosis.outcome == Readiness::CannotTell {
            self.open_questions(diagnosis, words);
        }
    }

    /// What would have to be seen for an answer.
    fn open_questions(&mut self, diagnosis: &Diagnosis, words: &Words<'_>) {
        let open = diagnosis.portals.iter().filter(|verdict| verdict.workstation == Readiness::CannotTell);
        let open = open.filter_map(|verdict| verdict.paths.first()).max_by_key(|path| path.open.len());
        for question in open.into_iter().flat_map(|path| &path.open) {
            let why = self.texts.text(&format!("skip-{}", question.reason.code()));
            let line = self.texts.with("open-check", &[("name", &words.check(question.id)), ("why", &why)]);
            self.marked(CAREFUL, "?", &line);
        }
        self.line("");
    }

    /// The steps in their order, where there is more than one.
    fn repair(&mut self, diagnosis: &Diagnosis, words: &Words<'_>) {
        if diagnosis.repair.len() < 2 {
            return;
        }
        self.line(&format!("  {STRONG}{}{STRONG:#}", self.texts.text("repair-title")));
        for (place, cause) in diagnosis.repair.iter().enumerate() {
            let what = words.remedy(cause).unwrap_or_else(|| words.cause(cause));
            let number = place.saturating_add(1).to_string();
            let step = self
                .texts
                .with("repair-step", &[("number", &number), ("name", &words.check(cause.id)), ("what", &what)]);
            self.line(&self.texts.folded("  ", "", &step));
        }
        self.line("");
    }

    /// A line for each browser, where they differ.
    fn browsers(&mut self, diagnosis: &Diagnosis, words: &Words<'_>) {
        let differ =
            diagnosis.browsers.windows(2).any(|two| matches!(two, [one, other] if one.readiness != other.readiness));
        for line in diagnosis.browsers.iter().filter(|_| differ) {
            let sentence = words.browser_line(line, diagnosis.headline.as_ref());
            self.marked(readiness_style(line.readiness), readiness_mark(line.readiness), &sentence);
        }
        if differ {
            self.line("");
        }
    }

    fn portal(&mut self, verdict: &PortalVerdict, words: &Words<'_>, told: &mut BTreeSet<String>) {
        let style = readiness_style(verdict.readiness);
        let mut answer = self.texts.text(&format!("readiness-{}", verdict.readiness.code()));
        if let Some(browsers) = words.working_browsers(verdict).filter(|_| verdict.readiness <= Readiness::Reserved) {
            answer = self.texts.with("ready-with-browsers", &[("answer", &answer), ("browsers", &browsers)]);
        }
        let name = self.texts.text(&format!("portal-{}", verdict.portal.code()));
        let sign = readiness_mark(verdict.readiness);
        self.line(&format!("  {style}{sign}{style:#} {name:<28} {style}{answer}{style:#}"));
        let Some(eligibility) = verdict.eligibility else { return };
        // what to ask is for whoever gets so far
        let gets_so_far = verdict.workstation != Readiness::NotReady;
        let note = words.unfit(eligibility).or_else(|| words.question(eligibility).filter(|_| gets_so_far));
        if let Some((sentence, remedy)) = note.filter(|(sentence, _)| told.insert(sentence.clone())) {
            self.line(&self.texts.folded("      ", "", &sentence));
            if let Some(remedy) = remedy {
                self.line(&self.texts.folded("      ", "→ ", &remedy));
            }
        }
    }

    /// The causes beside the headline.
    fn further(&mut self, diagnosis: &Diagnosis, detail: Detail, words: &Words<'_>) {
        let folded: &[Cause] = if detail == Detail::Every { &diagnosis.folded } else { &[] };
        if !diagnosis.others.is_empty() {
            self.line("");
            let key =
                if diagnosis.outcome == Readiness::NotReady { "further-title-not-ready" } else { "further-title" };
            let title = self.texts.text(key);
            self.line(&format!("{STRONG}{title}{STRONG:#}"));
        }
        for cause in diagnosis.others.iter().chain(folded) {
            self.cause("  ", cause, words);
        }
        if detail == Detail::Short && !diagnosis.folded.is_empty() {
            self.line("");
            let count = diagnosis.folded.len().to_string();
            self.note(&self.texts.with("folded-causes", &[("count", &count)]));
        }
    }

    fn cause(&mut self, indent: &str, cause: &Cause, words: &Words<'_>) {
        let style = if cause.state == State::Fail { BAD } else { CAREFUL };
        let sentence = self.texts.folded(indent, "", &words.told(cause));
        self.line(&format!("{style}{sentence}{style:#}"));
        if let Some(remedy) = words.remedy(cause) {
            self.line(&self.texts.folded(indent, "→ ", &remedy));
        }
    }

    fn every_check(&mut self, diagnosis: &Diagnosis, words: &Words<'_>) {
        for group in Group::ALL {
            let of_group: Vec<_> = diagnosis.checks.iter().filter(|one| one.check.group == group).collect();
            self.line("");
            let title = self.texts.text(&format!("group-{}", group.code()));
            self.line(&format!("{STRONG}{title}{STRONG:#}"));
            for result in of_group {
                self.check(result, words);
            }
        }
    }

    fn check(&mut self, result: &CheckResult, words: &Words<'_>) {
        let name = words.check(result.check.id);
        let line = match words.ending(result) {
            Some(ending) => self.texts.with("check-line", &[("name", &name), ("ending", &ending)]),
            None => name,
        };
        self.marked(state_style(result.state), mark(result.state), &line);
    }

    /// A line behind a coloured mark.
    fn marked(&mut self, style: Style, mark: &str, line: &str) {
        let line = self.texts.folded("  ", &format!("{mark} "), line);
        self.line(&line.replacen(mark, &format!("{style}{mark}{style:#}"), 1));
    }
}

fn readiness_style(readiness: Readiness) -> Style {
    match readiness {
        Readiness::Ready => GOOD,
        Readiness::NotReady => BAD,
        _ => CAREFUL,
    }
}

fn readiness_mark(readiness: Readiness) -> &'static str {
    match readiness {
        Readiness::Ready => "✓",
        Readiness::Reserved => "!",
        Readiness::NotReady => "✗",
        Readiness::CannotTell => "?",
    }
}

fn state_style(state: State) -> Style {
    match state {
        State::Pass => GOOD,
        State::Fail => BAD,
        State::Warn => CAREFUL,
        _ => Style::new().dimmed(),
    }
}

fn mark(state: State) -> &'static str {
    match state {
        State::Pass => "✓",
        State::Warn => "!",
        State::Fail => "✗",
        State::Skip => "–",
        State::Blocked => "·",
    }
}

fn system_name(family: cpx_card::internal::workstation::facts::Family) -> &'static str {
    use cpx_card::internal::workstation::facts::Family;
    match family {
        Family::Windows => "Windows",
        Family::Macos => "macOS",
        Family::Linux => "Linux",
        _ => "–",
    }
}
