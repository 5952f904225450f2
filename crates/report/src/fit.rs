//! Whether a request or a certificate fits a need: for people, and for machines (`cpx-check.parcours-check/1`).

use serde::Serialize;
use serde_json::Value;

use cpx_f413::{Fit, FitProblem, Need};

use super::card_json::value;
use super::f413_json::{Cited, cited};
use super::page::{BAD, GOOD, Page};
use super::{Disclosure, Texts, sanitise};

/// A request or a certificate of a file, held against the needs.
#[allow(clippy::exhaustive_structs)] // the program puts it together
pub struct FitFile {
    /// Its file: untrusted text.
    pub label: String,
    /// Whether it is a request.
    pub is_request: bool,
    /// What it is worth.
    pub fit: Fit,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "cpx-check parcours --check"))]
pub(super) struct Report {
    #[cfg_attr(test, schemars(extend("const" = "cpx-check.parcours-check/1")))]
    schema: &'static str,
    /// Version of the program.
    tool_version: &'static str,
    /// What it was to be for.
    needs: Vec<&'static str>,
    /// Whether the file is good in itself: signature, key, dates, authority.
    usable: bool,
    files: Vec<File>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct File {
    label: String,
    /// `request` or `certificate`.
    kind: &'static str,
    /// Whether nothing speaks against it.
    fits: bool,
    /// Those of the needs that it serves.
    serves: Vec<&'static str>,
    /// `weak-key`, `name`, `usage`, `structure`.
    problems: Vec<&'static str>,
    /// Whether it names the structure whose number was given, or null where nothing could be compared.
    same_structure: Option<bool>,
    cited: Vec<Cited>,
}

/// The answer of `cpx-check parcours --check`.
pub fn fit_json(needs: &[Need], files: &[FitFile], usable: bool) -> Value {
    let file = |file: &FitFile| File {
        label: sanitise(&file.label),
        kind: if file.is_request { "request" } else { "certificate" },
        fits: file.fit.is_good(),
        serves: file.fit.serves.iter().map(|need| need.code()).collect(),
        problems: file.fit.problems.iter().map(|problem| problem.code()).collect(),
        same_structure: file.fit.same_structure,
        cited: file.fit.rules.iter().map(|rule| cited(&rule.citation())).collect(),
    };
    value(&Report {
        schema: "cpx-check.parcours-check/1",
        tool_version: env!("CARGO_PKG_VERSION"),
        needs: needs.iter().map(|need| need.code()).collect(),
        usable,
        files: files.iter().map(file).collect(),
    })
}

/// The same with styles, below what each file is.
pub fn fit_text(needs: &[Need], files: &[FitFile], texts: &Texts) -> String {
    let mut page = Page::new(texts, Disclosure::Masked);
    let words = |needs: &[Need]| {
        let words = needs.iter().map(|need| texts.text(&format!("f413-need-{}", need.code())));
        words.collect::<Vec<_>>().join(", ")
    };
    page.order_heading(&texts.with("f413-fit-title", &[("needs", &words(needs))]));
    if files.is_empty() {
        page.line(&texts.text("f413-fit-nothing"));
    }
    for file in files {
        let (style, key) = if file.fit.is_good() { (GOOD, "f413-fit-good") } else { (BAD, "f413-fit-bad") };
        let values = [("file", sanitise(&file.label)), ("needs", words(&file.fit.serves))];
        let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
        page.line(&format!("  {style}{}{style:#}", texts.with(key, &values)));
        for problem in &file.fit.problems {
            let key = format!("f413-fit-problem-{}", problem.code());
            page.under("", &texts.text(&key));
            if let Some(remedy) = texts.remedy(&key) {
                page.under("→ ", &remedy);
            }
        }
        if file.fit.same_structure.is_none() && !file.fit.problems.contains(&FitProblem::Structure) {
            page.under("? ", &texts.text("f413-fit-structure-open"));
        }
        for rule in &file.fit.rules {
            page.cited_note(&rule.citation());
        }
    }
    page.text
}
