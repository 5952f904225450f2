//! The answer of plain `cpx-check` for people: ready or not, the one cause, what to do, and for which portal.

use anstyle::Style;

use cpx_card::internal::facts::Facts;
use cpx_card::internal::readiness::{
    Catalogue, Cause, Change, Check, CheckResult, Diagnosis, Eligibility, Group, Readiness, State, is_for_32_bits,
};

use super::diagnosis_words::Words;
use super::page::{BAD, CAREFUL, GOOD, Page, STRONG};
use super::{Disclosure, Texts, sanitise};

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
    let words = Words::new(texts, facts).of(diagnosis);
    page.conclusion(diagnosis, &words);
    page.repair(diagnosis, &words);
    page.browsers(diagnosis, &words);
    match &diagnosis.awaited {
        Some(awaited) => page.awaited(awaited, &words),
        None => cards.iter().for_each(|card| page.line(&texts.folded("  ", "", card))),
    }
    page.remarks(diagnosis, detail, &words);
    if diagnosis.awaited.is_none() {
        page.portals(diagnosis, detail, &words);
    }
    page.left_open(facts, diagnosis, detail);
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
        let remedy = about(name).map(|remedy| if system.is_empty() { remedy } else { texts.of(system, &remedy) });
        part("remedy-label", remedy);
    }
    let verify = about("verify").map(|verify| {
        let mut letters = verify.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    });
    part("verify-label", verify);
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
        let title = self.texts.folded("", &format!("{} ", readiness_mark(diagnosis.outcome)), &words.title(diagnosis));
        self.line(&format!("{style}{title}{style:#}"));
        if let Some(cause) = &diagnosis.headline {
            self.cause("  ", cause, words);
            if let Some(verify) = words.verify(cause) {
                let verify = self.texts.with("verify-line", &[("verify", &verify)]);
                self.line(&self.texts.folded("  ", "  ", &verify));
            }
        } else if let Some(unfit) = diagnosis.unfit {
            self.finding(style, &format!("fit-{}", unfit.code()));
        }
        if diagnosis.outcome == Readiness::CannotTell {
            self.open_questions(diagnosis, words);
        }
    }

    /// What would have to be seen for an answer.
    fn open_questions(&mut self, diagnosis: &Diagnosis, words: &Words<'_>) {
        let open = diagnosis.portals.iter().filter(|verdict| verdict.workstation == Readiness::CannotTell);
        let open = open.filter_map(|verdict| verdict.paths.first()).max_by_key(|path| path.open.len());
        let mut by_reason: Vec<(&str, Vec<String>)> = Vec::new();
        for question in open.into_iter().flat_map(|path| &path.open) {
            let (name, reason) = (words.check(question.id), question.reason.code());
            match by_reason.iter_mut().find(|(known, _)| *known == reason) {
                Some((_, names)) => names.push(name),
                None => by_reason.push((reason, vec![name])),
            }
        }
        for (reason, names) in by_reason {
            let why = self.texts.text(&format!("skip-{reason}"));
            let Some((name, more)) = names.split_first() else { continue };
            let line = match more {
                [] | [_] => self.texts.with("open-check", &[("name", &names.join(", ")), ("why", &why)]),
                more => {
                    let more = more.len().to_string();
                    self.texts.with("open-checks", &[("name", name), ("more", &more), ("why", &why)])
                }
            };
            self.marked(CAREFUL, "?", &line);
            self.remedy("    ", &format!("skip-{reason}"));
        }
    }

    /// What to correct after the headline, in the order in which one can.
    fn repair(&mut self, diagnosis: &Diagnosis, words: &Words<'_>) {
        let steps: Vec<_> =
            (1_usize..).zip(&diagnosis.repair).filter(|(_, cause)| !is_headline(diagnosis, cause)).collect();
        if steps.is_empty() {
            return;
        }
        self.line(&format!("  {STRONG}{}{STRONG:#}", self.texts.text("repair-title")));
        for (place, cause) in steps {
            self.line(&self.texts.folded("  ", &format!("{place}. "), &words.told(cause)));
            if let Some(remedy) = words.remedy(cause) {
                self.line(&self.texts.folded("     ", "→ ", &remedy));
            }
        }
    }

    /// A line for each browser, where they differ.
    fn browsers(&mut self, diagnosis: &Diagnosis, words: &Words<'_>) {
        let differ =
            diagnosis.browsers.windows(2).any(|two| matches!(two, [one, other] if one.readiness != other.readiness));
        for line in diagnosis.browsers.iter().filter(|_| differ) {
            let sentence = words.browser_line(line, diagnosis.headline.as_ref());
            self.marked(readiness_style(line.readiness), readiness_mark(line.readiness), &sentence);
        }
    }

    /// The causes beside the headline and the steps after it.
    fn remarks(&mut self, diagnosis: &Diagnosis, detail: Detail, words: &Words<'_>) {
        let folded: &[Cause] = if detail == Detail::Every { &diagnosis.folded } else { &[] };
        let is_step = |cause: &Cause| diagnosis.repair.iter().any(|step| step.id == cause.id);
        for cause in diagnosis.others.iter().chain(folded).filter(|cause| !is_step(cause)) {
            let style = if cause.state == State::Fail { BAD } else { CAREFUL };
            self.marked(style, "!", &words.told(cause));
            if let Some(remedy) = words.remedy(cause) {
                self.line(&self.texts.folded("    ", "→ ", &remedy));
            }
        }
    }

    /// The portals, those of one answer and one reason together; where the reason is short, side by side.
    fn portals(&mut self, diagnosis: &Diagnosis, detail: Detail, words: &Words<'_>) {
        let mut short: Vec<PortalRow> = Vec::new();
        for row in PortalRow::of(diagnosis, detail, words) {
            if row.note.as_ref().is_some_and(|note| note.short) {
                short.push(row);
            } else {
                self.portal_line(std::slice::from_ref(&row));
                if let Some(remedy) = row.note.and_then(|note| note.remedy) {
                    self.line(&self.texts.folded("    ", "→ ", &remedy));
                }
            }
        }
        if !short.is_empty() {
            self.portal_line(&short);
        }
    }

    fn portal_line(&mut self, rows: &[PortalRow]) {
        // what stands together is not broken
        let bound = |text: String| text.replace(' ', "\u{a0}");
        let mut parts = Vec::new();
        for row in rows {
            match &row.note {
                None => parts.extend(row.names.iter().map(|name| bound(format!("{} {name}", row.mark)))),
                Some(note) if note.short => {
                    let names = row.names.join(", ");
                    let told = self.texts.with("portal-note", &[("portal", &names), ("note", &note.sentence)]);
                    parts.push(bound(format!("{} {told}", row.mark)));
                }
                Some(note) => {
                    let names = row.names.join(", ");
                    let told = if note.sentence.starts_with(&names) {
                        note.sentence.clone()
                    } else {
                        self.texts.with("portal-note", &[("portal", &names), ("note", &note.sentence)])
                    };
                    parts.push(format!("{}\u{a0}{told}", row.mark));
                }
            }
        }
        let mut line = self.texts.folded("  ", "", &parts.join("  "));
        for row in rows {
            let (style, mark) = (row.style, row.mark);
            line = line.replace(&format!("{mark}\u{a0}"), &format!("{style}{mark}{style:#} "));
        }
        self.line(&line.replace('\u{a0}', " "));
    }

    /// What this answer leaves open, and how to see it.
    fn left_open(&mut self, facts: &Facts, diagnosis: &Diagnosis, detail: Detail) {
        let somebody_enters = diagnosis.portals.iter().any(|portal| portal.working().is_some());
        let mut notes = Vec::new();
        let from_module = |one: &CheckResult| one.check.id == "auth-cert-present" && one.found.reason == "from-module";
        if diagnosis.checks.iter().any(from_module) {
            notes.push(self.texts.text("certificates-from-module"));
        }
        if let Some(cause) = diagnosis.headline.as_ref().filter(|_| detail == Detail::Short) {
            notes.push(self.texts.with("explain-cause", &[("id", cause.id)]));
        }
        if !facts.asked.online && somebody_enters {
            notes.push(self.texts.text("network-not-tested"));
        }
        if detail == Detail::Short && somebody_enters && diagnosis.portals.len() > 1 && diagnosis.awaited.is_none() {
            notes.push(self.texts.text("rights-hint"));
        }
        if detail == Detail::Short && !diagnosis.folded.is_empty() {
            let count = diagnosis.folded.len().to_string();
            notes.push(self.texts.with("folded-causes", &[("count", &count)]));
        }
        let modules = facts.modules.seen().into_iter().flatten();
        for module in modules.filter(|one| detail == Detail::Every && is_for_32_bits(one)) {
            notes.push(self.texts.with("module-32-not-asked", &[("path", &sanitise(&module.path))]));
        }
        if !notes.is_empty() {
            self.note(&self.texts.folded("  ", "", &notes.join(" ")));
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
    pub(super) fn marked(&mut self, style: Style, mark: &str, line: &str) {
        let line = self.texts.folded("  ", &format!("{mark} "), line);
        self.line(&line.replacen(mark, &format!("{style}{mark}{style:#}"), 1));
    }
}

fn is_headline(diagnosis: &Diagnosis, cause: &Cause) -> bool {
    diagnosis.headline.as_ref().is_some_and(|headline| headline.id == cause.id)
}

/// Portals with one answer and one reason.
struct PortalRow {
    style: Style,
    mark: &'static str,
    names: Vec<String>,
    note: Option<PortalNote>,
}

/// Why a portal is not plainly open, and what to do.
#[derive(PartialEq)]
struct PortalNote {
    sentence: String,
    remedy: Option<String>,
    /// A few words, which need no line of their own.
    short: bool,
}

impl PortalRow {
    /// The rows of a diagnosis, each portal in one of them, in the order of the portals.
    fn of(diagnosis: &Diagnosis, detail: Detail, words: &Words<'_>) -> Vec<Self> {
        let one_asked_for = diagnosis.portals.len() == 1;
        // what the card says to every portal is the headline, or follows from it
        let reasons: Vec<_> = diagnosis.portals.iter().map(|one| one.eligibility.and_then(|one| one.because)).collect();
        let all_alike = !one_asked_for && reasons.windows(2).all(|two| matches!(two, [one, other] if one == other));
        let mut rows: Vec<Self> = Vec::new();
        for verdict in &diagnosis.portals {
            let not_for_card = !all_alike && !one_asked_for && verdict.is_not_for_the_card();
            let (style, mark) = match verdict.readiness {
                _ if not_for_card => (Style::new().dimmed(), "–"),
                readiness => (readiness_style(readiness), readiness_mark(readiness)),
            };
            let gets_so_far = verdict.workstation != Readiness::NotReady;
            // where nobody gets so far, only what no repair would change
            let unfit = verdict.eligibility.filter(|_| !all_alike && (gets_so_far || one_asked_for || not_for_card));
            let in_full = one_asked_for || detail == Detail::Every;
            let short = unfit.filter(|_| !in_full).and_then(|eligibility| words.unfit_in_short(eligibility));
            let is_headline =
                |one: &Eligibility| one_asked_for && one.because.is_some() && one.because == diagnosis.unfit;
            let unfit = unfit.filter(|one| !is_headline(one));
            let long = || {
                let question = verdict.eligibility.filter(|one| gets_so_far && in_full && !is_headline(one));
                unfit.and_then(|one| words.unfit(one)).or(question.and_then(|one| words.question(one)))
            };
            let note = match short {
                Some(sentence) => Some(PortalNote { sentence, remedy: None, short: true }),
                None => long().map(|(sentence, remedy)| PortalNote { sentence, remedy, short: false }),
            };
            let name = words.portal_in_short(verdict.portal);
            match rows.iter_mut().find(|row| row.mark == mark && row.note == note) {
                Some(row) => row.names.push(name),
                None => rows.push(Self { style, mark, names: vec![name], note }),
            }
        }
        rows
    }
}

pub(super) fn readiness_style(readiness: Readiness) -> Style {
    match readiness {
        Readiness::Ready => GOOD,
        Readiness::NotReady => BAD,
        _ => CAREFUL,
    }
}

pub(super) fn readiness_mark(readiness: Readiness) -> &'static str {
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
