//! A page of text for a terminal: lines, rows and styles. The terminal decides what becomes of the styles.

use anstyle::{AnsiColor, Style};

use cpx_card::internal::facts::Failure;

use super::{Disclosure, Texts, sanitise};

pub(super) const GOOD: Style = AnsiColor::Green.on_default().bold();
pub(super) const CAREFUL: Style = AnsiColor::Yellow.on_default().bold();
pub(super) const BAD: Style = AnsiColor::Red.on_default().bold();
pub(super) const STRONG: Style = Style::new().bold();
pub(super) const QUIET: Style = Style::new().dimmed();

/// Characters of the column of labels.
const LABELS: usize = 18;

/// A page in one language, showing as much of a person's data as is disclosed.
pub(super) struct Page<'a> {
    pub(super) texts: &'a Texts,
    pub(super) disclosure: Disclosure,
    pub(super) text: String,
}

impl<'a> Page<'a> {
    pub(super) fn new(texts: &'a Texts, disclosure: Disclosure) -> Self {
        Self { texts, disclosure, text: String::new() }
    }

    /// Cause and remedy of a code.
    pub(super) fn finding(&mut self, style: Style, code: &str) {
        self.told(style, code, &self.texts.text(code));
    }

    /// Cause and remedy of a failure, and the detail for technicians.
    pub(super) fn failure(&mut self, style: Style, failure: &Failure) {
        self.told(style, failure.kind.code(), &self.texts.failure(failure));
        self.detail(&failure.detail);
    }

    fn told(&mut self, style: Style, code: &str, sentence: &str) {
        let cause = self.texts.folded("  ", "", sentence);
        self.line(&format!("{style}{cause}{style:#}"));
        self.remedy("  ", code);
    }

    /// Cause and remedy of a code with these values in both.
    pub(super) fn finding_with(&mut self, style: Style, code: &str, values: &[(&str, &str)]) {
        let cause = self.texts.folded("  ", "", &self.texts.with(code, values));
        self.line(&format!("{style}{cause}{style:#}"));
        if let Some(remedy) = self.texts.attribute(code, "remedy", values) {
            self.line(&self.texts.folded("  ", "→ ", &remedy));
        }
    }

    /// What to do about a code, where there is something to do.
    pub(super) fn remedy(&mut self, indent: &str, code: &str) {
        if let Some(remedy) = self.texts.remedy(code) {
            self.line(&self.texts.folded(indent, "→ ", &remedy));
        }
    }

    /// What technicians want to know of a failure.
    pub(super) fn detail(&mut self, detail: &str) {
        let detail = sanitise(detail);
        self.row("detail-label", &detail);
    }

    pub(super) fn row(&mut self, label: &str, value: &str) {
        let label = self.texts.text(label);
        let dots = " ".repeat(LABELS.saturating_sub(label.chars().count()));
        let row = self.texts.folded("    ", &format!("{label}{dots} "), value);
        self.line(&row.replacen(&label, &format!("{QUIET}{label}{QUIET:#}"), 1));
    }

    /// A further line under the value of the row above.
    pub(super) fn continued(&mut self, value: &str) {
        let inset = value.chars().take_while(|c| *c == ' ').count();
        let indent = " ".repeat(LABELS.saturating_add(5).saturating_add(inset));
        self.line(&self.texts.folded(&indent, "", value.trim_start()));
    }

    pub(super) fn note(&mut self, note: &str) {
        let note = self.texts.paragraph(note);
        self.line(&format!("{QUIET}{note}{QUIET:#}"));
    }

    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// The words of a one-byte code, with the code.
    pub(super) fn decimal(&self, label: Option<&str>, code: u8) -> String {
        self.coded(label, &format!("{code:02}"))
    }

    /// The words of a code, with the code.
    pub(super) fn coded(&self, label: Option<&str>, code: &str) -> String {
        let code = sanitise(code);
        match label {
            Some(label) => self.texts.with("coded", &[("label", label), ("code", &code)]),
            None => self.texts.with("code-without-label", &[("code", &code)]),
        }
    }
}
