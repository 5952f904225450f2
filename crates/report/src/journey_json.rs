//! The way from the contract to the certificate, for machines: `cpx-check.parcours/1`.

use serde::Serialize;
use serde_json::Value;

use cpx_f413::{Journey, TypedNumber, rules_as_of, rules_compared_on};

use super::card_json::value;
use super::f413_forms_json::{Where, place};
use super::f413_json::{Cited, Document, cited, documents};
use super::f413_order_json::{OrderReport, order_report};
use super::journey_view::{StepView, WorkstationView, steps};
use super::{Disclosure, Language, Subject, Texts};

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "cpx-check parcours"))]
pub(super) struct Report {
    #[cfg_attr(test, schemars(extend("const" = "cpx-check.parcours/1")))]
    schema: &'static str,
    /// Version of the program.
    tool_version: &'static str,
    /// The language of the sentences: `fr` or `en`.
    language: &'static str,
    /// The date of the newest dated document of the rules, YYYY-MM-DD.
    rules_as_of: String,
    /// The day on which the rules were last compared with the documents, YYYY-MM-DD.
    rules_compared_on: String,
    structure: &'static str,
    contract: &'static str,
    role: Option<&'static str>,
    needs: Vec<&'static str>,
    /// The code of the step that comes next, or null where nothing is left.
    next: Option<&'static str>,
    /// In their order.
    steps: Vec<StepPart>,
    /// What is ordered on the way: number, certificates, forms.
    order: OrderReport,
    /// The documents that the rules cite.
    sources: Vec<Document>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct StepPart {
    step: &'static str,
    /// `done`, `not-needed`, `proved-by-card`, `to-verify`, `card-will-not-do`, `ans-only` or `to-do`.
    progress: &'static str,
    /// Whether one may do without it.
    optional: bool,
    /// What it is called.
    title: String,
    /// What is to be done.
    what: String,
    /// How one knows that it is done, or null.
    proof: Option<String>,
    /// Code of who does it.
    who: &'static str,
    /// The forms, one of the ways to be taken; all the forms of a way are needed.
    ways: Vec<Vec<&'static str>>,
    places: Vec<Where>,
    /// Codes of what goes with it.
    documents: &'static [String],
    /// Code of how long it takes, or null.
    delay: Option<&'static str>,
    /// The rule about the card in the reader that says how far it is, or null.
    card_rule: Option<Cited>,
    /// What the workstation is worth for it, or null where it was not looked at or does not matter.
    workstation: Option<Workstation>,
    cited: Cited,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Workstation {
    portal: &'static str,
    /// As in the diagnosis.
    readiness: &'static str,
    /// What is wrong, in words, or null.
    cause: Option<String>,
    /// What to do about it, or null.
    remedy: Option<String>,
}

/// The answer of `cpx-check parcours`.
pub fn journey_json(
    journey: &Journey,
    numbers: &[TypedNumber],
    subject: Option<&Subject>,
    disclosure: Disclosure,
    texts: &Texts,
) -> Value {
    let request = &journey.request;
    let next = journey.next.and_then(|next| journey.stages.get(next));
    value(&Report {
        schema: "cpx-check.parcours/1",
        tool_version: env!("CARGO_PKG_VERSION"),
        language: match texts.language() {
            Language::French => "fr",
            Language::English => "en",
        },
        rules_as_of: rules_as_of().to_string(),
        rules_compared_on: rules_compared_on().to_string(),
        structure: request.structure.code(),
        contract: request.contract.code(),
        role: request.role.map(cpx_f413::Role::code),
        needs: request.needs.iter().map(|need| need.code()).collect(),
        next: next.map(|stage| stage.rule.step.as_str()),
        steps: steps(journey, subject, texts).into_iter().map(step).collect(),
        order: order_report(request, &journey.order, numbers, disclosure),
        sources: documents(),
    })
}

fn step(view: StepView) -> StepPart {
    let rule = view.stage.rule;
    StepPart {
        step: &rule.step,
        progress: view.stage.progress.code(),
        optional: rule.optional,
        title: view.title,
        what: view.what,
        proof: view.proof,
        who: &rule.who,
        ways: rule.ways().iter().map(|way| way.iter().map(|form| form.code()).collect()).collect(),
        places: rule.places().map(place).collect(),
        documents: &rule.documents,
        delay: Some(rule.delay.as_str()).filter(|delay| !delay.is_empty()),
        card_rule: view.stage.card.map(|rule| cited(&rule.citation())),
        workstation: view.workstation.map(workstation),
        cited: cited(&view.citation),
    }
}

fn workstation(view: WorkstationView) -> Workstation {
    Workstation { portal: view.portal, readiness: view.readiness, cause: view.cause, remedy: view.remedy }
}
