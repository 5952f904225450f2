//! The verdict as a page: one file without script and without anything from outside, for a screen, a telephone, paper.

mod card;
mod causes;
mod chain;
mod details;
mod mark;
mod portals;
mod station;

use base64ct::{Base64, Encoding as _};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use ring::digest::{SHA256, digest};

use cpx_card::internal::readiness::{Readiness, Rules};

use super::diagnosis_words::Words;
use super::texts::LocalTime;
use super::{Language, Subject, Texts};
use mark::{Tone, mark};

/// The style of the page.
pub const PAGE_STYLE: &str = include_str!("style.css");

/// The page, HTML in UTF-8.
pub fn page_html(subject: &Subject, texts: &Texts) -> String {
    Sheet { subject, texts, place: Place::File }.page().into_string()
}

/// What stands in the page, for one that changes while it is looked at.
pub struct PageParts {
    /// The title, text.
    pub title: String,
    /// The verdict and the support code, HTML.
    pub header: String,
    /// Causes, portals, the card, every check, HTML.
    pub main: String,
    /// What the page was made with, HTML.
    pub footer: String,
    /// The verdict and its cause, text, for those who do not see the page.
    pub said: String,
}

/// The parts of the page.
pub fn page_parts(subject: &Subject, texts: &Texts) -> PageParts {
    let sheet = Sheet { subject, texts, place: Place::Live };
    PageParts {
        title: sheet.title(),
        header: sheet.header().into_string(),
        main: sheet.main().into_string(),
        footer: sheet.footer().into_string(),
        said: sheet.aloud(),
    }
}

/// The source of a style or of a script in a policy: what it is, by its hash.
pub fn policy_source(text: &str) -> String {
    format!("'sha256-{}'", Base64::encode_string(digest(&SHA256, text.as_bytes()).as_ref()))
}

/// What every part of the page is made from.
#[derive(Clone, Copy)]
struct Sheet<'a> {
    subject: &'a Subject<'a>,
    texts: &'a Texts,
    place: Place,
}

/// Where the page is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a file, some time later.
    File,
    /// As it happens: the page around says when and how.
    Live,
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
                    title { (self.title()) }
                    style { (PreEscaped(PAGE_STYLE)) }
                }
                body { (self.body()) }
            }
        }
    }

    fn body(self) -> Markup {
        html! {
            header { (self.header()) }
            main { (self.main()) }
            footer { (self.footer()) }
        }
    }

    fn main(self) -> Markup {
        html! {
            (self.causes())
            div.beside { (self.portals()) (self.card()) }
            (self.chain())
            (self.station())
            (self.details())
        }
    }

    fn header(self) -> Markup {
        let tone = Tone::of(self.subject.diagnosis.outcome);
        html! {
            p.of {
                (self.text("page-title"))
                @if self.place == Place::File { " · " time datetime=(self.subject.time()) { (self.moment()) } }
            }
            h1 class=(tone.class()) { (mark(tone)) span { (self.outcome()) } }
            @let code = self.subject.support_code().to_string();
            p.code { (self.text("page-code")) " " strong { (code) } " " span.hint { (self.text("page-code-hint")) } }
            (self.to_fill_in())
        }
    }

    fn footer(self) -> Markup {
        let program = self.subject.program();
        let rules = Rules::get().date().map(|date| self.texts.date(date)).unwrap_or_default();
        html! {
            p {
                (self.texts.with("page-made", &[("program", &program), ("rules", &rules)]))
                @if self.place == Place::File { " " (self.text("page-alone")) }
            }
            @if self.place == Place::File && self.subject.disclosure == super::Disclosure::Masked {
                p { (self.text("page-masked")) }
            }
        }
    }

    fn title(self) -> String {
        self.texts.of(&self.text("page-title"), &self.outcome())
    }

    fn aloud(self) -> String {
        let diagnosis = &self.subject.diagnosis;
        let unfit = || diagnosis.unfit.map(|unfit| self.text(&format!("fit-{}", unfit.code())));
        let cause = diagnosis.headline.as_ref().map(|cause| self.words().cause(cause)).or_else(unfit);
        format!("{}. {}", self.outcome(), cause.unwrap_or_default()).trim_end().to_owned()
    }

    fn outcome(self) -> String {
        let outcome = self.subject.diagnosis.outcome;
        let about = if self.subject.card().is_some() || outcome != Readiness::Ready { "" } else { "-without-card" };
        self.text(&format!("page-{}{about}", outcome.code()))
    }

    /// When it was observed, as people write it.
    fn moment(self) -> String {
        let facts = self.subject.facts;
        if !facts.by_clock {
            return self.texts.date(facts.today);
        }
        let LocalTime { date, time, zone } = self.texts.local_time(facts.now);
        let time = time.get(..5).unwrap_or_default();
        self.texts.with("page-moment", &[("date", &date), ("time", time), ("zone", &zone)])
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
    format!("default-src 'none'; style-src {}; base-uri 'none'; form-action 'none'", policy_source(PAGE_STYLE))
}
