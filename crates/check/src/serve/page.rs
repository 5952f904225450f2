//! The page around what is observed: a bar that says whether it is live, and the one script that keeps it so.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use cpx_report::{Language, PAGE_STYLE, Texts, policy_source};

use super::content::Content;

const STYLE: &str = include_str!("live.css");
const SCRIPT: &str = include_str!("live.js");

/// The words of the page, in one language: sentences cannot be asked for by several threads.
pub(super) struct Page {
    language: &'static str,
    bar: String,
    refused: String,
    entering: String,
}

impl Page {
    pub(super) fn new(texts: &Texts) -> Self {
        let language = match texts.language() {
            Language::French => "fr",
            Language::English => "en",
        };
        let refused = html! {
            main.alone {
                h1.unknown { (texts.text("live-refused")) }
                p { (texts.text("live-refused-why")) }
            }
        };
        Self {
            language,
            bar: bar(texts).into_string(),
            refused: refused.into_string(),
            entering: texts.text("live-entering"),
        }
    }

    /// The whole page, with what is observed now.
    pub(super) fn live(&self, content: &Content) -> String {
        let bar = self.bar.replace(MOMENT, &html! { (content.moment) }.into_string());
        let body = html! {
            (PreEscaped(bar))
            div #page aria-busy=(content.busy) { (PreEscaped(&content.page)) }
            script { (PreEscaped(SCRIPT)) }
        };
        self.whole(&content.title, &html! {}, &body)
    }

    /// What is answered to the token: a page that goes on by itself. A browser sends the cookie with what a page of this
    /// server asks for; it would not with a redirection of what another program asked for.
    pub(super) fn entering(&self, path: &str) -> String {
        let head = html! { meta http-equiv="refresh" content={ "0;url=" (path) }; };
        self.whole("cpx-check", &head, &html! { main.alone { p { a href=(path) { (self.entering) } } } })
    }

    /// What anybody else is told.
    pub(super) fn refused(&self) -> String {
        self.whole("cpx-check", &html! {}, &html! { (PreEscaped(&self.refused)) })
    }

    fn whole(&self, title: &str, head: &Markup, body: &Markup) -> String {
        let page = html! {
            (DOCTYPE)
            html lang=(self.language) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    (head)
                    title { (title) }
                    style { (PreEscaped(PAGE_STYLE)) }
                    style { (PreEscaped(STYLE)) }
                }
                body { (body) }
            }
        };
        page.into_string()
    }
}

/// What may be loaded and run: these styles and this script, and asking this server.
pub(super) fn policy() -> String {
    let (style, further, script) = (policy_source(PAGE_STYLE), policy_source(STYLE), policy_source(SCRIPT));
    format!(
        "default-src 'none'; style-src {style} {further}; script-src {script}; connect-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'"
    )
}

/// Where the moment stands in the bar.
const MOMENT: &str = "<!--moment-->";

/// The bar. Words that the script needs later stand in its attributes.
fn bar(texts: &Texts) -> Markup {
    let text = |key: &str| texts.text(key);
    html! {
        section #live.live.busy aria-label=(text("live-label")) data-on=(text("live-on")) data-busy=(text("live-busy"))
            data-ended=(text("live-ended")) data-lost=(text("live-lost")) data-copy=(text("live-copy")) data-copied=(text("live-copied"))
            data-failed=(text("live-copy-failed")) {
            div.row {
                p.state {
                    span.dot aria-hidden="true" {}
                    strong #state { (text("live-busy")) }
                    " " span #moment { (PreEscaped(MOMENT)) }
                }
                button #again.second type="button" { (text("live-again")) }
                button #copy type="button" { (text("live-copy")) }
            }
            p #told.unseen role="status" aria-live="polite" {}
            noscript { p.row { (text("live-no-script")) } }
        }
    }
}
