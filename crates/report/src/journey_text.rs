//! The way from the contract to the certificate, for people.

use cpx_f413::{Journey, Progress, TypedNumber};

use super::f413_order_text::order_citations;
use super::journey_view::{StepView, is_behind, steps};
use super::page::{BAD, CAREFUL, GOOD, Page, STRONG};
use super::{Disclosure, Subject, Texts};

/// The answer of `cpx-check parcours`, with styles.
pub fn journey_text(
    journey: &Journey,
    numbers: &[TypedNumber],
    subject: Option<&Subject>,
    disclosure: Disclosure,
    texts: &Texts,
) -> String {
    let mut page = Page::new(texts, disclosure);
    let steps = steps(journey, subject, texts);
    page.order_heading(&title(journey, texts));
    page.text.push('\n');
    page.order_heading(&next_step(journey, &steps, texts));
    page.text.push('\n');
    for step in &steps {
        page.step(step, journey.next == step.number.checked_sub(1));
    }
    let mut cited: Vec<_> = steps.iter().map(|step| step.citation.clone()).collect();
    if !journey.order.certificates.is_empty() {
        page.order(&journey.order, numbers);
        cited.extend(order_citations(&journey.order));
    }
    page.cited_sources(cited.into_iter(), journey.order.conflicts.iter().copied());
    page.text
}

/// For whom, and what for.
pub(super) fn title(journey: &Journey, texts: &Texts) -> String {
    let request = &journey.request;
    let word = |key: &str, code: &str| texts.text(&format!("f413-{key}-{code}"));
    let needs: Vec<_> = request.needs.iter().map(|need| word("need", need.code())).collect();
    let role = request.role.map(|role| word("role", role.code())).unwrap_or_default();
    let values = [
        ("structure", word("structure", request.structure.code())),
        ("contract", word("contract", request.contract.code())),
        ("role", role),
        ("needs", needs.join(", ")),
    ];
    let values: Vec<_> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
    texts.with("f413-journey-title", &values)
}

/// Which step comes next.
pub(super) fn next_step(journey: &Journey, steps: &[StepView], texts: &Texts) -> String {
    match journey.next.and_then(|next| steps.get(next)) {
        Some(step) => {
            let number = step.number.to_string();
            texts.with("f413-journey-next", &[("number", &number), ("title", &step.title), ("who", &step.who)])
        }
        None => texts.text("f413-journey-nothing-left"),
    }
}

impl Page<'_> {
    fn step(&mut self, step: &StepView, is_next: bool) {
        let style = match step.stage.progress {
            progress if is_behind(progress) => GOOD,
            Progress::CardWillNotDo => BAD,
            Progress::ToVerify => CAREFUL,
            _ => STRONG,
        };
        let optional = if step.stage.rule.optional { self.texts.text("f413-step-optional") } else { String::new() };
        let number = step.number.to_string();
        let mark = if is_next { "▶" } else { " " };
        let values = [
            ("number", number.as_str()),
            ("title", &step.title),
            ("optional", &optional),
            ("progress", &step.progress),
        ];
        let line = self.texts.folded("", &format!("{mark} "), &self.texts.with("f413-step-line", &values));
        self.line(&format!("{style}{line}{style:#}"));
        if let Some(reason) = &step.reason {
            self.under("", reason);
        }
        self.under("", &self.texts.with("f413-step-who", &[("who", &step.who)]));
        self.under("", &step.what);
        if let Some(forms) = &step.forms {
            self.under("", &self.texts.with("f413-occasion-forms", &[("forms", forms)]));
        }
        for place in &step.places {
            let place = self.place(place.place);
            self.under("→ ", &place);
        }
        for document in &step.documents {
            self.under("", &self.texts.with("f413-form-documents", &[("documents", document)]));
        }
        if let Some(delay) = &step.delay {
            self.under("", &self.texts.with("f413-form-delay", &[("delay", delay)]));
        }
        if let Some(proof) = &step.proof {
            self.under("✓ ", proof);
        }
        if let Some(workstation) = &step.workstation {
            self.under("", &workstation.said);
            for sentence in workstation.cause.iter().chain(&workstation.remedy) {
                self.under("  ", sentence);
            }
        }
        self.cited_note(&step.citation);
        self.text.push('\n');
    }
}
