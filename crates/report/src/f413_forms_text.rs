//! Which form for which occasion, for people.

use cpx_f413::{FormRow, FormsAnswer, OccasionRule, Place, ProfileRow};

use super::f413_text::documents;
use super::journey_view::ways;
use super::page::Page;
use super::{Disclosure, Language, Texts};

/// The answer of `cpx-check forms`, with styles.
pub fn forms_text(answer: &FormsAnswer, texts: &Texts) -> String {
    let mut page = Page::new(texts, Disclosure::Masked);
    if let Some(profile) = answer.profile {
        page.profile(profile);
    }
    if !answer.occasions.is_empty() {
        page.order_heading(&texts.text("f413-forms-title"));
        for rule in &answer.occasions {
            page.occasion(rule);
        }
        page.text.push('\n');
    }
    if !answer.forms.is_empty() {
        page.order_heading(&texts.text("f413-forms-list-title"));
        for row in &answer.forms {
            page.form_row(row);
        }
        page.text.push('\n');
    }
    let cited = answer.occasions.iter().map(|rule| rule.citation());
    let cited = cited.chain(answer.forms.iter().map(|row| row.citation()));
    let cited = cited.chain(answer.profile.map(ProfileRow::citation));
    let conflicts = answer.occasions.iter().map(|rule| rule.conflict);
    let conflicts = conflicts.chain(answer.forms.iter().map(|row| row.conflict));
    page.cited_sources(cited, conflicts.flatten());
    page.text
}

/// What people read of an occasion, in both languages: what a search looks through.
pub fn occasion_words(rule: &OccasionRule) -> String {
    let sentences = [Language::French, Language::English].map(|language| {
        let texts = Texts::new(language);
        let key = format!("f413-occasion-{}", rule.occasion);
        let answer = texts.attribute(&key, "answer", &[]).unwrap_or_default();
        format!("{} {answer}", texts.text(&key))
    });
    sentences.join(" ")
}

impl Page<'_> {
    fn profile(&mut self, row: &ProfileRow) {
        let profile = self.texts.text(&format!("f413-profile-{}", row.profile.code()));
        self.order_heading(&self.texts.with("f413-profile-title", &[("profile", &profile)]));
        let codes = |forms: &[cpx_f413::Form]| forms.iter().map(|form| form.code()).collect::<Vec<_>>().join(", ");
        self.bullet(&self.texts.with("f413-profile-forms", &[("forms", &codes(row.forms()))]));
        self.bullet(&self.texts.with("f413-profile-with-card", &[("forms", &codes(row.with_card()))]));
        for place in row.services() {
            self.bullet(&self.place(place));
        }
        self.cited_note(&row.citation());
        self.text.push('\n');
    }

    fn occasion(&mut self, rule: &OccasionRule) {
        let key = format!("f413-occasion-{}", rule.occasion);
        let occasion = self.texts.text(&key);
        self.line(&self.texts.folded("  ", "• ", &occasion));
        if let Some(answer) = self.texts.attribute(&key, "answer", &[]) {
            self.under("", &answer);
        }
        let none = || self.texts.text("f413-occasion-none");
        let forms = if rule.ways().is_empty() { none() } else { ways(rule.ways(), self.texts) };
        self.under("", &self.texts.with("f413-occasion-forms", &[("forms", &forms)]));
        if !rule.cards.is_empty() {
            self.under("", &self.texts.with("f413-form-cards", &[("cards", &self.cards(&rule.cards))]));
        }
        for place in rule.places() {
            let place = self.place(place);
            self.under("→ ", &place);
        }
        for step in rule.also() {
            self.under("→ ", &self.texts.text(&format!("f413-step-{}", step.code())));
        }
        self.cited_note(&rule.citation());
    }

    fn cards(&self, cards: &[String]) -> String {
        let words = cards.iter().map(|card| self.texts.text(&format!("f413-given-{card}")));
        words.collect::<Vec<_>>().join(&format!(" {} ", self.texts.text("f413-or")))
    }

    fn form_row(&mut self, row: &FormRow) {
        let form = row.form.code();
        let purpose = self.texts.text(&format!("f413-form-{form}"));
        let values = [("form", form), ("purpose", purpose.as_str())];
        self.line(&self.texts.folded("  ", "", &self.texts.with("f413-form-line", &values)));
        if !row.cards.is_empty() {
            self.under("", &self.texts.with("f413-form-cards", &[("cards", &self.cards(&row.cards))]));
        }
        self.sending(row);
        let source = documents(row.citation().source);
        self.note(&self.texts.folded("    ", "", &self.texts.with("f413-form-source", &[("source", &source)])));
    }

    /// Where a form is found and sent, online or not, with what, and how long it takes.
    pub(super) fn sending(&mut self, row: &FormRow) {
        if !row.web.is_empty() {
            self.under("", &self.texts.with("f413-form-found", &[("web", &row.web)]));
        }
        let sent: Vec<_> = row.sent_to().map(|place| self.place(place)).collect();
        if sent.is_empty() {
            let support = Place::of("support").map(|place| self.place(place)).unwrap_or_default();
            self.under("", &self.texts.with("f413-form-no-address", &[("support", &support)]));
        } else {
            self.under("", &self.texts.with("f413-form-sent", &[("places", &self.texts.list(&sent))]));
        }
        let year = row.online_year().map(|year| year.to_string()).unwrap_or_default();
        let online = self.texts.with(&format!("f413-online-{}", row.online.code()), &[("year", &year)]);
        let filled: Vec<_> = row.filled_at().map(|place| self.place(place)).collect();
        let online = if filled.is_empty() { online } else { format!("{online} ({})", filled.join(", ")) };
        self.under("", &online);
        for document in &row.documents {
            let document = self.texts.text(&format!("f413-document-{document}"));
            self.under("", &self.texts.with("f413-form-documents", &[("documents", &document)]));
        }
        if !row.delay.is_empty() {
            let delay = self.texts.text(&format!("f413-delay-{}", row.delay));
            self.under("", &self.texts.with("f413-form-delay", &[("delay", &delay)]));
        }
    }

    /// A place with its addresses in full.
    pub(super) fn place(&self, place: &Place) -> String {
        let name = self.texts.text(&format!("f413-place-{}", place.place));
        let addresses: Vec<_> = place.addresses().collect();
        if addresses.is_empty() {
            return name;
        }
        self.texts.with("f413-place-at", &[("place", &name), ("addresses", &addresses.join(", "))])
    }
}
