//! A way in words: what text, JSON and page of `cpx-check parcours` are made from.

use cpx_card::internal::readiness::Portal;
use cpx_f413::{Citation, Form, Journey, Naming, Place, Progress, Stage};

use super::diagnosis_words::Words;
use super::{Subject, Texts};

/// A step in words.
pub(super) struct StepView {
    /// Its place, counted from 1.
    pub(super) number: usize,
    pub(super) stage: Stage,
    pub(super) title: String,
    /// What is to be done.
    pub(super) what: String,
    /// How one knows that it is done.
    pub(super) proof: Option<String>,
    pub(super) who: String,
    pub(super) forms: Option<String>,
    pub(super) places: Vec<PlaceView>,
    pub(super) documents: Vec<String>,
    pub(super) delay: Option<String>,
    pub(super) progress: String,
    /// Why the card in the reader proves it or not.
    pub(super) reason: Option<String>,
    pub(super) workstation: Option<WorkstationView>,
    pub(super) citation: Citation<'static>,
}

/// A place in words.
pub(super) struct PlaceView {
    pub(super) place: &'static Place,
    pub(super) name: String,
}

/// What the workstation lacks for a step.
pub(super) struct WorkstationView {
    pub(super) portal: &'static str,
    pub(super) readiness: &'static str,
    /// The portal and the verdict.
    pub(super) said: String,
    pub(super) cause: Option<String>,
    pub(super) remedy: Option<String>,
}

/// The steps of a way in words. `subject` is the workstation, where it was looked at.
pub(super) fn steps(journey: &Journey, subject: Option<&Subject>, texts: &Texts) -> Vec<StepView> {
    let values = values(journey, texts);
    let values: Vec<_> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let steps = journey.stages.iter().enumerate().map(|(place, stage)| {
        let rule = stage.rule;
        let what = format!("f413-do-{}", rule.text);
        let documents = rule.documents.iter().map(|one| texts.text(&format!("f413-document-{one}")));
        StepView {
            number: place.saturating_add(1),
            stage: stage.clone(),
            title: texts.text(&format!("f413-stage-{}", rule.step)),
            what: texts.with(&what, &values),
            proof: texts.attribute(&what, "proof", &values),
            who: texts.text(&format!("f413-who-{}", rule.who)),
            forms: (!rule.ways().is_empty()).then(|| ways(rule.ways(), texts)),
            places: rule.places().map(|place| PlaceView { place, name: place_name(place, texts) }).collect(),
            documents: documents.collect(),
            delay: (!rule.delay.is_empty()).then(|| texts.text(&format!("f413-delay-{}", rule.delay))),
            progress: texts.text(&format!("f413-progress-{}", stage.progress.code())),
            reason: stage.card.map(|rule| texts.text(&format!("f413-reason-{}", rule.reason))),
            workstation: subject.and_then(|subject| workstation(stage, subject, texts)),
            citation: rule.citation(),
        }
    });
    steps.collect()
}

/// The forms of each way joined by "+", the ways by "or".
pub(super) fn ways(ways: &[Vec<Form>], texts: &Texts) -> String {
    let way = |way: &Vec<Form>| way.iter().map(|form| form.code()).collect::<Vec<_>>().join(" + ");
    let or = format!(" {} ", texts.text("f413-or"));
    ways.iter().map(way).collect::<Vec<_>>().join(&or)
}

pub(super) fn place_name(place: &Place, texts: &Texts) -> String {
    texts.text(&format!("f413-place-{}", place.place))
}

/// Whether a step is behind whoever asks.
pub(super) fn is_behind(progress: Progress) -> bool {
    matches!(progress, Progress::Done | Progress::NotNeeded | Progress::ProvedByCard)
}

/// What stands in the sentences of the steps: the names of the certificates, the tabs, the number.
fn values(journey: &Journey, texts: &Texts) -> Vec<(&'static str, String)> {
    let or = format!(" {} ", texts.text("f413-or"));
    let quoted = |name: &str| texts.with("f413-quoted", &[("name", name)]);
    let mut names: Vec<String> = Vec::new();
    let mut offers: Vec<String> = Vec::new();
    let add = |all: &mut Vec<String>, one: String| {
        if !all.contains(&one) {
            all.push(one);
        }
    };
    for line in &journey.order.certificates {
        let rule = line.rule;
        let needs = line.needs.iter().map(|need| texts.text(&format!("f413-need-{}", need.code())));
        let needs = needs.collect::<Vec<_>>().join(", ");
        let name = match rule.naming {
            Naming::Exact | Naming::ExactOfTwo => {
                rule.exact_name.split_whitespace().map(quoted).collect::<Vec<_>>().join(&or)
            }
            Naming::Free => texts.text("f413-name-free"),
            _ => texts.text(&format!("f413-naming-{}", rule.naming.code())),
        };
        add(&mut names, texts.with("f413-name-for", &[("needs", &needs), ("name", &name)]));
        add(&mut offers, texts.text(&format!("f413-tab-{}", rule.offer.code())));
    }
    let numbers = journey.order.numbers.iter().map(|advice| advice.rule.number.code());
    let mut numbers: Vec<_> = numbers.map(|code| texts.text(&format!("f413-number-{code}"))).collect();
    numbers.dedup();
    vec![("names", texts.list(&names)), ("offers", offers.join(", ")), ("number", numbers.join(&or))]
}

fn workstation(stage: &Stage, subject: &Subject, texts: &Texts) -> Option<WorkstationView> {
    let portal = Portal::of(&stage.rule.portal)?;
    let verdict = subject.diagnosis().portal(portal)?;
    let words = Words::new(texts, subject.facts);
    let readiness = verdict.readiness.code();
    let (name, is) = (texts.text(&format!("portal-{}", portal.code())), texts.text(&format!("readiness-{readiness}")));
    let cause = verdict.causes.first();
    Some(WorkstationView {
        portal: portal.code(),
        readiness,
        said: texts.with("f413-workstation", &[("portal", &name), ("readiness", &is)]),
        cause: cause.map(|cause| words.cause(cause)),
        remedy: cause.and_then(|cause| words.remedy(cause)),
    })
}
