//! The verdict as a page: one file without script and without anything from outside, for a screen, a telephone, paper.

mod card;
mod causes;
mod chain;
mod details;
mod mark;
mod portals;

use base64ct::{Base64, Encoding as _};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use ring::digest::{SHA256, digest};

use crate::readiness::{Readiness, Rules};

use super::diagnosis_words::Words;
use super::{Language, Subject, Texts};
use mark::{Tone, mark};

const STYLE: &str = include_str!("style.css");

/// The page, HTML in UTF-8.
pub fn page_html(subject: &Subject, texts: &Texts) -> String {
    Sheet { subject, texts }.page().into_string()
}

/// What every part of the page is made from.
#[derive(Clone, Copy)]
struct Sheet<'a> {
    subject: &'a Subject<'a>,
    texts: &'a Texts,
}

impl Sheet<'_> {
    fn page(self) -> Markup {
        let language = match self.texts.language() {
            Language::French => "fr",
            Language::English => "en",
        };
        html! {
            (DOCTYPE)
            html lang=(language) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy());
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="robots" content="noindex";
                    title { (self.text("page-title")) " : " (self.outcome()) }
                    style { (PreEscaped(STYLE)) }
                }
                body { (self.body()) }
            }
        }
    }

    fn body(self) -> Markup {
        let body = html! {
            header { (self.header()) }
            main {
                (self.causes())
                div.beside { (self.portals()) (self.card()) }
                (self.chain())
                (self.details())
            }
            footer { (self.footer()) }
        };
        // no line begins with the French marks that stand behind a space
        let marks = [" ;", " :", " ?", " !", " »", "« "];
        let bound = |body: String, mark: &str| body.replace(mark, &mark.replace(' ', "\u{a0}"));
        PreEscaped(marks.into_iter().fold(body.into_string(), bound))
    }

    fn header(self) -> Markup {
        let tone = Tone::of(self.subject.diagnosis.outcome);
        html! {
            p.of { (self.text("page-title")) " · " time datetime=(self.subject.time()) { (self.moment()) } }
            h1 class=(tone.class()) { (mark(tone)) span { (self.outcome()) } }
            @let code = self.subject.support_code().to_string();
            p.code { (self.text("page-code")) " " strong { (code) } " " span.hint { (self.text("page-code-hint")) } }
        }
    }

    fn footer(self) -> Markup {
        let program = self.subject.program();
        let rules = Rules::get().date().map(|date| self.texts.date(date)).unwrap_or_default();
        html! {
            p { (self.texts.with("page-made", &[("program", &program), ("rules", &rules)])) }
            @if self.subject.disclosure == super::Disclosure::Masked { p { (self.text("page-masked")) } }
        }
    }

    fn outcome(self) -> String {
        let outcome = self.subject.diagnosis.outcome;
        let about = if self.subject.card().is_some() || outcome != Readiness::Ready { "" } else { "-without-card" };
        self.text(&format!("page-{}{about}", outcome.code()))
    }

    /// When it was observed, as people write it.
    fn moment(self) -> String {
        let time = self.subject.time();
        let clock = time.get(11..16).unwrap_or_default();
        self.texts.with("page-moment", &[("date", &self.texts.date(self.subject.facts.today)), ("time", clock)])
    }

    fn words(&self) -> Words<'_> {
        Words::new(self.texts, self.subject.facts)
    }

    fn text(self, key: &str) -> String {
        self.texts.text(key)
    }
}

/// Nothing may be loaded or run; the one style is named by its hash.
fn policy() -> String {
    let hash = Base64::encode_string(digest(&SHA256, STYLE.as_bytes()).as_ref());
    format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
}
