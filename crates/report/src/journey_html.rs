//! The way as a page to print and to tick: one file without script and without anything from outside.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use cpx_f413::{Journey, rules_as_of, rules_compared_on};

use super::journey_text::{next_step, title};
use super::journey_view::{StepView, is_behind, steps};
use super::page_html::policy_source;
use super::{Language, Subject, Texts};

const STYLE: &str = include_str!("journey.css");

/// The page, HTML in UTF-8. It names no person and no card.
pub fn journey_html(journey: &Journey, subject: Option<&Subject>, texts: &Texts) -> String {
    let language = match texts.language() {
        Language::French => "fr",
        Language::English => "en",
    };
    let steps = steps(journey, subject, texts);
    let title = title(journey, texts);
    let policy = format!("default-src 'none'; style-src {}", policy_source(STYLE));
    let body = html! {
        header {
            p.of { (texts.text("f413-journey-page")) }
            h1 { (title) }
            p.next { (next_step(journey, &steps, texts)) }
        }
        main {
            ol {
                @for step in &steps { (item(step, journey.next == step.number.checked_sub(1), texts)) }
            }
            (order(journey, texts))
        }
        footer {
            @let (date, compared) = (texts.date(rules_as_of()), texts.date(rules_compared_on()));
            p { (texts.with("f413-rules-as-of", &[("date", &date), ("compared", &compared)])) }
            p { "cpx-check " (env!("CARGO_PKG_VERSION")) }
        }
    };
    let page = html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { (body) }
        }
    };
    page.into_string()
}

fn item(step: &StepView, is_next: bool, texts: &Texts) -> Markup {
    let id = format!("step-{}", step.number);
    html! {
        li.next[is_next] {
            input type="checkbox" id=(id) checked[is_behind(step.stage.progress)];
            div {
                h2 { label for=(id) { (step.number) ". " (step.title) } }
                p.state {
                    (step.progress)
                    @if step.stage.rule.optional { " " (texts.text("f413-step-optional")) }
                }
                @if let Some(reason) = &step.reason { p.state { (reason) } }
                p { strong { (texts.with("f413-step-who", &[("who", &step.who)])) } }
                p { (step.what) }
                @if let Some(forms) = &step.forms { p.line { (texts.with("f413-occasion-forms", &[("forms", forms)])) } }
                @if !step.places.is_empty() || !step.documents.is_empty() {
                    ul {
                        @for place in &step.places {
                            li {
                                @let addresses: Vec<_> = place.place.addresses().collect();
                                (if addresses.is_empty() { place.name.clone() } else { texts.of(&place.name, "") })
                                @for (index, address) in addresses.iter().enumerate() {
                                    @if index > 0 { ", " }
                                    (link(address))
                                }
                            }
                        }
                        @for document in &step.documents { li { (document) } }
                    }
                }
                @if let Some(delay) = &step.delay {
                    p.line { (texts.with("f413-form-delay", &[("delay", delay)])) }
                }
                @if let Some(proof) = &step.proof { p.proof { (texts.with("verify-line", &[("verify", proof)])) } }
                @if let Some(station) = &step.workstation {
                    p.station { (station.said) }
                    @for sentence in station.cause.iter().chain(&station.remedy) { p.station { (sentence) } }
                }
                @let cited = step.citation.source.replace("; ", ", ");
                p.cited { (texts.with("f413-form-source", &[("source", &cited)])) }
            }
        }
    }
}

/// An address in full, which leads there on a screen.
fn link(address: &str) -> Markup {
    let target = match (address.starts_with("http"), address.contains('@')) {
        (true, _) => address.to_owned(),
        (_, true) => format!("mailto:{address}"),
        _ => format!("tel:{}", address.replace(' ', "")),
    };
    html! { a href=(target) { (address.replace(' ', "\u{a0}")) } }
}

/// What is ordered, and what is written into form F413.
fn order(journey: &Journey, texts: &Texts) -> Markup {
    let order = &journey.order;
    let word = |key: &str, code: &str| texts.text(&format!("f413-{key}-{code}"));
    html! {
        @if !order.certificates.is_empty() {
            section {
                h2 { (texts.text("f413-journey-order")) }
                ul {
                    @for advice in &order.numbers {
                        li {
                            (word("number", advice.rule.number.code())) ". "
                            (texts.text(&format!("f413-number-reason-{}", advice.rule.reason)))
                        }
                    }
                    @for line in &order.certificates {
                        li {
                            @if let Some(count) = line.count { (count) " × " }
                            (line.rule.offer.code()) " " (line.rule.usage)
                            @if !line.rule.exact_name.is_empty() { " " (line.rule.exact_name) }
                            " ("
                            @for (place, need) in line.needs.iter().enumerate() {
                                @if place > 0 { ", " }
                                (word("need", need.code()))
                            }
                            ")"
                        }
                    }
                    @for note in &order.notes { li { (texts.text(&format!("f413-order-note-{}", note.note))) } }
                }
            }
        }
    }
}
