//! Plain `cpx-check`: is this workstation ready, for which portal, in which browser, and if not, what is the one cause.

use std::collections::BTreeMap;
use std::path::Path;

use cpx_card::Error;
use cpx_card::internal::cards::{Observation, Observing, observe};
use cpx_card::internal::collect::{Collecting, EvidenceSources};
use cpx_card::internal::facts::{CardFacts, Case, Contradiction, Evidence, Facts, ReaderFacts};
use cpx_card::internal::identity::Pseudonyms;
use cpx_card::internal::limits;
use cpx_card::internal::readiness::{
    CardVerdict, Catalogue, Change, Diagnosis, DiagnosisOptions, Portal, Readiness, State, When, changes, diagnose,
    judge_cards, judge_chips,
};
use cpx_card::internal::workstation::facts::BrowserKind;
use cpx_card::internal::workstation::{look_at, look_at_signed_in};
use cpx_f413::plain;
use cpx_report::{
    Detail, Disclosure, Subject, Texts, catalogue_json, changes_text, checks_json, checks_text, contradictions_json,
    diagnosis_json, diagnosis_junit, diagnosis_line, diagnosis_ndjson, diagnosis_parts, diagnosis_prometheus,
    diagnosis_text, explain_text, failure_text, first_lines, identity_line, page_html, sanitise, states_of_answer,
};

use super::answer::{For, Place};
use super::args::{DiagnosisArguments, Format, ReportFormat};
use super::card::disclosure;
use super::exit_code::Exit;
use super::file::{self, Whole};
use super::source::{self, Chosen};
use super::{Granted, Refusal, Run, output, swap, waiting};

/// The forms that tell which card an answer is about.
const FOR_CARD: [ReportFormat; 4] = [ReportFormat::Text, ReportFormat::Json, ReportFormat::Line, ReportFormat::Ndjson];

pub(super) fn run(arguments: &DiagnosisArguments, pcsc_missing: Option<String>, texts: &Texts) -> Run {
    let format = if arguments.format == ReportFormat::Json { Format::Json } else { Format::Text };
    if arguments.list_checks {
        match format {
            Format::Json => output::json(&catalogue_json()),
            Format::Text => output::text(&checks_text(texts)),
        };
        return Ok(Exit::Ready);
    }
    if let Some(id) = &arguments.explain {
        return explain(id, format, texts);
    }
    let awaited = arguments.for_card.map(Into::into);
    if awaited.is_some() && !FOR_CARD.contains(&arguments.format) {
        return Err(Refusal::Sentence(texts.text("for-card-formats")));
    }
    let options = options(&arguments.portal, &arguments.browser, texts)?.with_awaited(awaited);
    let before = match arguments.compare.as_slice() {
        [one, other] => return swap::run([one, other], arguments, &options, texts),
        _ if arguments.swap.same_card || arguments.swap.other_card => {
            return Err(Refusal::Sentence(texts.text("swap-two-files")));
        }
        earlier => earlier.first().map(|earlier| states(earlier, &options)).transpose()?,
    };
    // what other people and programs are given tells nobody apart
    let is_sent = !matches!(arguments.format, ReportFormat::Text | ReportFormat::Json) && !arguments.show_identity;
    let place = Place::of(arguments.output.as_deref(), if is_sent { For::Everybody } else { For::Owner })?;
    let seen = match &arguments.replay_case {
        Some(case) => Seen::in_case(case, texts)?,
        None => Seen::here(arguments, &options, pcsc_missing, texts)?,
    };
    let seen = if is_sent { seen.anonymous()? } else { seen };
    let diagnosis = diagnose(&seen.facts, &options);
    let changes = before.map(|before| changes(&before, &diagnosis.checks));
    let answer = seen.answer(arguments, &diagnosis, changes.as_deref(), texts);
    place.put(&answer, arguments.format == ReportFormat::Text)?;
    for problem in &seen.evidence.problems {
        output::error(&failure_text(problem, texts));
    }
    Ok(diagnosis.outcome.into())
}

impl From<Readiness> for Exit {
    fn from(readiness: Readiness) -> Self {
        match readiness {
            Readiness::Ready => Self::Ready,
            Readiness::Reserved => Self::Reserved,
            Readiness::NotReady => Self::NotReady,
            Readiness::CannotTell => Self::CouldNotTell,
        }
    }
}

fn explain(id: &str, format: Format, texts: &Texts) -> Run {
    let names = Catalogue::get().checks().iter().map(|check| (check, named(check.id, "check", texts)));
    let names: Vec<_> = names.collect();
    let Some(check) = find(id, &names).copied() else {
        let near = nearest(id, &names).map(|check| texts.of(check.id, &texts.text(&format!("check-{}", check.id))));
        let near = near.map(|near| format!("\n{}", texts.with("usage-nearest", &[("nearest", &near)])));
        let unknown = texts.with("explain-unknown", &[("name", &sanitise(id))]);
        return Err(Refusal::Sentence(unknown + &near.unwrap_or_default()));
    };
    match format {
        Format::Json => output::json(&checks_json([check])),
        Format::Text => output::text(&explain_text(check, texts)),
    };
    Ok(Exit::Ready)
}

/// What is asked about: these portals, in these browsers.
pub(super) fn options(portals: &[String], browsers: &[String], texts: &Texts) -> Granted<DiagnosisOptions> {
    let unknown = |key: &str, name: &str, known: Vec<&str>| {
        Refusal::Sentence(texts.with(key, &[("name", &sanitise(name)), ("known", &known.join(", "))]))
    };
    let portal = |name: &String| {
        let known = || Portal::ALL.map(Portal::code).to_vec();
        let names = Portal::ALL.map(|portal| (portal, named(portal.code(), "portal", texts)));
        find(name, &names).copied().ok_or_else(|| unknown("portal-unknown", name, known()))
    };
    let browser = |name: &String| {
        let known = || BROWSERS.map(BrowserKind::code).to_vec();
        let names = BROWSERS.map(|browser| (browser, named(browser.code(), "browser", texts)));
        find(name, &names).copied().ok_or_else(|| unknown("browser-unknown", name, known()))
    };
    let portals = portals.iter().map(portal).collect::<Granted<Vec<_>>>()?;
    let browsers = browsers.iter().map(browser).collect::<Granted<Vec<_>>>()?;
    Ok(DiagnosisOptions::default().with_portals(portals).with_browsers(browsers))
}

/// By what something can be asked for: its code, and its name as the screens show it.
fn named(code: &str, kind: &str, texts: &Texts) -> [String; 2] {
    [code.to_owned(), texts.text(&format!("{kind}-{code}"))]
}

/// What is called so, whatever the case, the accents and the dashes; of « Pro Santé Connect par carte » the name will do.
fn find<'a, T>(typed: &str, names: &'a [(T, [String; 2])]) -> Option<&'a T> {
    let typed = plain(typed);
    let is_called = |name: &String| {
        let name = plain(name);
        name.strip_prefix(&typed).is_some_and(|rest| rest.is_empty() || ["-par-carte", "-by-card"].contains(&rest))
    };
    names.iter().find(|(_, names)| names.iter().any(is_called)).map(|(thing, _)| thing)
}

/// What may have been meant: a name that holds what was typed, else the most similar one.
fn nearest<'a, T>(typed: &str, names: &'a [(T, [String; 2])]) -> Option<&'a T> {
    const SIMILAR: f64 = 0.8;
    let typed = plain(typed);
    let likeness = |name: &String| match plain(name) {
        name if typed.len() > 2 && name.contains(&typed) => 1.0,
        name => strsim::jaro_winkler(&name, &typed),
    };
    let likest = |(thing, names): &'a (T, [String; 2])| {
        let most = names.iter().map(likeness).fold(0.0, f64::max);
        (most >= SIMILAR).then_some((thing, most))
    };
    names.iter().filter_map(likest).max_by(|(_, one), (_, other)| one.total_cmp(other)).map(|(thing, _)| thing)
}

/// The browsers that can be asked for.
const BROWSERS: [BrowserKind; 5] =
    [BrowserKind::Firefox, BrowserKind::Chrome, BrowserKind::Edge, BrowserKind::Chromium, BrowserKind::Safari];

/// What a file holds that was kept for later.
pub(super) enum Earlier {
    Case(Box<Case>),
    Answer(serde_json::Value),
}

impl Earlier {
    /// Reads an earlier answer, or a case file.
    pub(super) fn read(path: &Path) -> Granted<Self> {
        let told = |error: Error| error.within(path.display());
        let bytes = file::read(path, limits::CASE_BYTES).map_err(told)?;
        if let Ok(case) = Case::parse(&bytes) {
            return Ok(Self::Case(Box::new(case)));
        }
        let answer = serde_json::from_slice(&bytes).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            told(Error::malformed("this is no JSON", 0).caused_by(error).within(place))
        })?;
        Ok(Self::Answer(answer))
    }
}

/// How each check ended in an earlier answer, or ends in a case file, which is judged again.
fn states(path: &Path, options: &DiagnosisOptions) -> Granted<BTreeMap<String, State>> {
    Ok(match Earlier::read(path)? {
        Earlier::Case(case) => {
            let checks = diagnose(&case.facts, options).checks;
            checks.iter().map(|one| (one.check.id.to_owned(), one.state)).collect()
        }
        Earlier::Answer(answer) => states_of_answer(&answer).map_err(|error| error.within(path.display()))?,
    })
}

/// What was observed, here or in a case.
pub(super) struct Seen {
    pub(super) facts: Facts,
    pub(super) verdict: CardVerdict,
    evidence: Evidence,
    /// In what an old case file holds a card twice.
    contradictions: Vec<Contradiction>,
    /// What to tell people about where this comes from.
    note: Option<String>,
    /// The lines about cards that were told while the rest was looked at, with the note.
    told: Vec<String>,
}

impl Seen {
    /// What was observed, with what to tell people about where it comes from.
    pub(super) fn new(observation: Observation, note: Option<String>) -> Self {
        let Observation { facts, verdict, evidence, .. } = observation;
        Self { facts, verdict, evidence, note, contradictions: Vec::new(), told: Vec::new() }
    }

    /// This workstation, with what is in its readers.
    pub(super) fn here(
        arguments: &DiagnosisArguments,
        options: &DiagnosisOptions,
        pcsc_missing: Option<String>,
        texts: &Texts,
    ) -> Granted<Self> {
        match &arguments.user {
            Some(name) => look_at(name)
                .map_err(|_| Refusal::Sentence(texts.with("user-unknown", &[("name", &sanitise(name))])))?,
            None => look_at_signed_in(),
        }
        let Chosen { readers, day, note, .. } =
            source::choose(&arguments.source, pcsc_missing, arguments.patience(), texts)?;
        let when = source::when(arguments.at, day);
        let how = Observing {
            reader: arguments.source.reader.clone(),
            cards: Collecting::default().with_patience(arguments.patience()),
            evidence: EvidenceSources::from(&arguments.evidence),
            portals: options.portals.clone(),
            modules: arguments.further_module.clone(),
            simulated: source::simulated_authorities(&arguments.source),
            asker: std::env::current_exe().ok(),
            ..Observing::default()
        };
        // the day that was really used
        let note =
            how.simulated.as_ref().map(|_| texts.with("simulated-note", &[("date", &texts.date(when.today))])).or(note);
        let progress = how.progress.clone();
        // an unwritable file is told before anything is looked at
        if arguments.link.as_ref().is_some_and(|word| word.trim().chars().count() < limits::LINK_CHARACTERS) {
            return Err(Refusal::Sentence(texts.text("link-too-short")));
        }
        let file = arguments.record_case.as_deref().map(Whole::create).transpose()?;
        let on_screen = arguments.format == ReportFormat::Text && arguments.output.is_none() && output::is_terminal();
        let mut told = Vec::new();
        let mut tell = |reader: ReaderFacts| {
            let cards = CardFacts::new(Ok(vec![reader]));
            let verdict = judge_chips(&cards, when);
            let disclosure = disclosure(arguments.show_identity);
            let line = card_lines(&cards, &verdict, disclosure, texts).pop().filter(|_| on_screen);
            if let Some(line) = line {
                let note =
                    note.as_ref().filter(|_| told.is_empty()).map(|note| format!("{note}\n\n")).unwrap_or_default();
                output::text(&format!("{note}{}", first_lines(&cards, &verdict, disclosure, texts)));
                told.push(line);
            }
        };
        let observation = waiting::on(&progress, texts, &mut tell, || observe(&readers, &how, when));
        if let (Some(file), Some(path)) = (file, &arguments.record_case) {
            let case = Case::new(observation.facts.clone());
            let text = match &arguments.link {
                Some(word) => case.to_text_with(&Pseudonyms::linked(word)?)?,
                None => case.to_text()?,
            };
            file.write(text.as_bytes())?;
            let path = sanitise(&path.display().to_string());
            output::error(&format!("{}\n", texts.with("case-written", &[("path", &path)])));
            if arguments.link.is_some() {
                let mut readers = observation.facts.cards.readers.iter().flatten();
                let is_read = readers.any(|reader| reader.content.cpx().is_some());
                let key = if is_read { "case-linked" } else { "case-not-linked" };
                output::error(&format!("{}\n", texts.with(key, &[("path", &path)])));
            }
        }
        Ok(Self { told, ..Self::new(observation, note) })
    }

    /// What a case file holds.
    pub(super) fn in_case(path: &Path, texts: &Texts) -> Granted<Self> {
        let told = |error: Error| error.within(path.display());
        let bytes = file::read(path, limits::CASE_BYTES).map_err(told)?;
        let Case { facts, contradictions, .. } = Case::parse(&bytes).map_err(told)?;
        let note = texts.paragraph(&texts.with("case-note", &[("date", &texts.date(facts.today))]));
        let remarks = contradictions.iter().map(|one| {
            let about = texts.text(&format!("case-contradiction-{}", one.about));
            texts.with("case-contradiction", &[("reader", &sanitise(&one.reader)), ("about", &about)])
        });
        let note = std::iter::once(note).chain(remarks).collect::<Vec<_>>().join("\n");
        let evidence = Evidence::default();
        let verdict = judge_cards(&facts.cards, &evidence, When::of(&facts));
        Ok(Self { facts, verdict, evidence, note: Some(note), contradictions, told: Vec::new() })
    }

    /// The same as it is sent: judged alike, and telling nobody apart.
    pub(super) fn anonymous(&self) -> cpx_card::Result<Self> {
        let facts = self.facts.anonymous(&Pseudonyms::random()?)?;
        let verdict = judge_cards(&facts.cards, &Evidence::default(), When::of(&facts));
        let (evidence, contradictions) = (self.evidence.clone(), self.contradictions.clone());
        Ok(Self { facts, verdict, evidence, contradictions, note: self.note.clone(), told: Vec::new() })
    }

    /// The answer in the form that was asked for.
    fn answer(
        &self,
        arguments: &DiagnosisArguments,
        diagnosis: &Diagnosis,
        changes: Option<&[Change]>,
        texts: &Texts,
    ) -> String {
        let disclosure = disclosure(arguments.show_identity);
        let subject = Subject::new(&self.facts, diagnosis, disclosure);
        match arguments.format {
            ReportFormat::Json => {
                let mut parts = diagnosis_parts(&self.facts, &self.verdict, disclosure);
                parts.contradictions = contradictions_json(&self.contradictions);
                format!("{:#}\n", diagnosis_json(&self.facts, subject.diagnosis(), changes, subject.parts(parts)))
            }
            ReportFormat::Text => {
                let detail = if arguments.all { Detail::Every } else { Detail::Short };
                self.text(&subject, disclosure, detail, changes, texts)
            }
            ReportFormat::Html => page_html(&subject, texts),
            ReportFormat::Line => diagnosis_line(&subject, texts) + "\n",
            ReportFormat::Ndjson => diagnosis_ndjson(&subject),
            ReportFormat::Prometheus => diagnosis_prometheus(&subject),
            ReportFormat::Junit => diagnosis_junit(&subject, texts),
        }
    }

    /// The answer as text, with the support code.
    pub(super) fn text(
        &self,
        subject: &Subject,
        disclosure: Disclosure,
        detail: Detail,
        changes: Option<&[Change]>,
        texts: &Texts,
    ) -> String {
        let before = match &self.note {
            _ if !self.told.is_empty() => "\n".to_owned(),
            Some(note) => format!("{note}\n\n"),
            None => String::new(),
        };
        let mut cards = card_lines(&self.facts.cards, &self.verdict, disclosure, texts);
        cards.retain(|line| !self.told.contains(line));
        let answer = diagnosis_text(&self.facts, subject.diagnosis(), &cards, detail, texts);
        let changes = changes.map(|changes| changes_text(&self.facts, changes, texts)).unwrap_or_default();
        // the code does not say that another card is meant than today's
        if subject.diagnosis().awaited.is_some() {
            return format!("{before}{answer}");
        }
        let code = subject.support_code().to_string();
        let code = texts.paragraph(&texts.with("support-code-line", &[("code", &code)]));
        format!("{before}{answer}{changes}\n{code}\n")
    }
}

/// A line for each CPx: what it is and whose.
fn card_lines(cards: &CardFacts, verdict: &CardVerdict, disclosure: Disclosure, texts: &Texts) -> Vec<String> {
    let readers = cards.readers.iter().flatten().zip(&verdict.readers);
    readers.filter_map(|(reader, verdict)| identity_line(reader, verdict, disclosure, texts)).collect()
}
