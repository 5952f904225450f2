//! What to order and which form to take, for people.

use crate::f413::{
    CertificateLine, Contract, FormLine, FormRow, NumberAdvice, NumberKind, OccasionRule, Order, Structure,
    StructureNumber, StructureRule, TypedNote, TypedNumber, TypedProblem,
};

use crate::identity::mask;

use super::f413_text::documents;
use super::page::{CAREFUL, Page, STRONG};
use super::{Disclosure, Texts, sanitise};

/// The answer of `cpx-check f413 order`, with styles.
pub fn order_text(
    (structure, contract): (Structure, Contract),
    order: &Order,
    numbers: &[TypedNumber],
    disclosure: Disclosure,
    texts: &Texts,
) -> String {
    let mut page = Page::new(texts, disclosure);
    let words = |key: &str, code: &str| texts.text(&format!("f413-{key}-{code}"));
    let (structure, contract) = (words("structure", structure.code()), words("contract", contract.code()));
    page.order_heading(&texts.with("f413-order-title", &[("structure", &structure), ("contract", &contract)]));
    page.text.push('\n');

    page.order_heading(&texts.text("f413-order-number-title"));
    for advice in &order.numbers {
        page.number_advice(advice, numbers);
    }
    page.text.push('\n');
    page.typed_numbers(order, numbers);

    let count: u32 = order.certificates.iter().map(|line| line.count).sum();
    page.order_heading(&texts.with("f413-order-certificates-title", &[("count", &count.to_string())]));
    for line in &order.certificates {
        page.certificate_line(line);
    }
    page.under("", &texts.text("f413-order-certificates-note"));
    page.text.push('\n');

    page.order_heading(&texts.text("f413-order-forms-title"));
    for line in &order.forms {
        page.form_line(line);
    }
    if let Some(rule) = order.structure {
        page.who_signs(rule);
    }
    page.under("", &texts.text("f413-order-cards"));
    page.text.push('\n');

    let cited = order.numbers.iter().map(|advice| advice.rule.citation());
    let cited = cited.chain(order.certificates.iter().map(|line| line.rule.citation()));
    let cited = cited.chain(order.forms.iter().map(|line| line.form.citation()));
    let cited = cited.chain(order.structure.map(StructureRule::citation));
    page.cited_sources(cited, order.conflicts.iter().copied());
    page.text
}

/// The answer of `cpx-check forms`, with styles.
pub fn forms_text(texts: &Texts) -> String {
    let mut page = Page::new(texts, Disclosure::Masked);
    page.order_heading(&texts.text("f413-forms-title"));
    for rule in OccasionRule::all() {
        page.occasion(rule);
    }
    page.text.push('\n');
    page.order_heading(&texts.text("f413-forms-list-title"));
    for row in FormRow::all() {
        page.form_row(row);
    }
    page.text.push('\n');
    let cited = OccasionRule::all().iter().map(OccasionRule::citation);
    let cited = cited.chain(FormRow::all().iter().map(FormRow::citation));
    let conflicts = OccasionRule::all().iter().map(|rule| rule.conflict);
    let conflicts = conflicts.chain(FormRow::all().iter().map(|row| row.conflict));
    page.cited_sources(cited, conflicts.flatten());
    page.text
}

/// Why a typed number is refused.
pub fn typed_problem_text(kind: NumberKind, typed: &str, problem: TypedProblem, texts: &Texts) -> String {
    let key = format!("f413-problem-{}", problem.code());
    let why = match problem {
        TypedProblem::Length { typed, expected } => {
            texts.with(&key, &[("typed", &typed.to_string()), ("expected", &expected.to_string())])
        }
        TypedProblem::Other(other) => {
            texts.with(&key, &[("other", &texts.text(&format!("f413-misread-{}", other.code())))])
        }
        _ => texts.text(&key),
    };
    let typed = if kind.is_personal() { mask(typed) } else { typed.to_owned() };
    let typed = sanitise(&typed);
    let kind = texts.text(&format!("f413-kind-{}", kind.code()));
    texts.with("f413-refused", &[("kind", &kind), ("typed", &typed), ("why", &why)])
}

impl Page<'_> {
    fn order_heading(&mut self, heading: &str) {
        self.line(&format!("{STRONG}{heading}{STRONG:#}"));
    }

    fn number_advice(&mut self, advice: &NumberAdvice, typed: &[TypedNumber]) {
        let needs: Vec<_> =
            advice.needs.iter().map(|need| self.texts.text(&format!("f413-need-{}", need.code()))).collect();
        let number = self.texts.text(&format!("f413-number-{}", advice.rule.number.code()));
        let line = self.texts.with("f413-order-for", &[("needs", &needs.join(", ")), ("number", &number)]);
        self.line(&self.texts.folded("  ", "", &line));
        self.under("", &self.texts.text(&format!("f413-number-reason-{}", advice.rule.reason)));
        for one in typed.iter().filter(|one| serves(one.kind, advice.rule.number)) {
            let kind = self.texts.text(&format!("f413-kind-{}", one.kind.code()));
            let value = self.disclosure.show(one, one.reveal());
            self.under("= ", &self.texts.with("f413-order-typed", &[("number", &kind), ("value", &value)]));
        }
        let is_finess = matches!(
            advice.rule.number,
            StructureNumber::FinessLegal | StructureNumber::FinessSite | StructureNumber::SiteThenLegal
        );
        if is_finess {
            self.under("? ", &self.texts.text("f413-same-shape"));
        }
        self.note(&self.texts.folded("    ", "", &self.cited(&advice.rule.citation())));
    }

    /// The numbers that were given: what was understood, and what is odd.
    fn typed_numbers(&mut self, order: &Order, typed: &[TypedNumber]) {
        if typed.is_empty() {
            return;
        }
        self.order_heading(&self.texts.text("f413-typed-title"));
        for one in typed {
            let kind = self.texts.text(&format!("f413-kind-{}", one.kind.code()));
            let value = self.disclosure.show(one, one.reveal());
            self.line(&format!("  {}", self.texts.with("f413-order-typed", &[("number", &kind), ("value", &value)])));
            if !one.understood.is_empty() {
                let how: Vec<_> = one
                    .understood
                    .iter()
                    .map(|how| self.texts.text(&format!("f413-understood-{}", how.code())))
                    .collect();
                let values = [("value", value.as_str()), ("how", &how.join(", "))];
                self.under("", &self.texts.with("f413-understood", &values));
            }
            for note in &one.notes {
                let sentence = self.texts.text(&format!("f413-note-{}", note.code()));
                let head = if *note == TypedNote::Corsica { "" } else { "! " };
                let line = self.texts.folded("    ", head, &sentence);
                self.line(&line.replacen('!', &format!("{CAREFUL}!{CAREFUL:#}"), usize::from(!head.is_empty())));
            }
            let is_of_structure = !matches!(one.kind, NumberKind::CardNumber | NumberKind::HolderId);
            if is_of_structure && !order.numbers.iter().any(|advice| serves(one.kind, advice.rule.number)) {
                self.under("! ", &self.texts.with("f413-number-for-nothing", &[("kind", &kind)]));
            }
        }
        self.text.push('\n');
    }

    fn certificate_line(&mut self, line: &CertificateLine) {
        let rule = line.rule;
        let naming = format!("f413-naming-{}", rule.naming.code());
        let name = self.texts.with(&naming, &[("name", &rule.exact_name)]);
        let values = [
            ("count", line.count.to_string()),
            ("offer", self.texts.text(&format!("f413-offer-{}", rule.offer.code()))),
            ("usage", rule.usage.clone()),
            ("name", name),
            ("need", self.texts.text(&format!("f413-need-{}", rule.need.code()))),
        ];
        let values: Vec<_> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
        self.line(&self.texts.folded("  ", "", &self.texts.with("f413-order-certificate", &values)));
        self.note(&self.texts.folded("    ", "", &self.cited(&rule.citation())));
    }

    fn form_line(&mut self, line: &FormLine) {
        let form = line.form.form.code();
        let purpose = self.texts.text(&format!("f413-form-{form}"));
        let values = [("form", form), ("copies", &line.copies.to_string()), ("purpose", &purpose)];
        self.line(&self.texts.folded("  ", "", &self.texts.with("f413-order-form", &values)));
        if line.offers.is_empty() {
            self.under("", &self.texts.text("f413-order-contract-first"));
            self.under("", &self.texts.text(&format!("f413-online-{}", line.form.online.code())));
        } else {
            let offers: Vec<_> = line.offers.iter().map(|offer| offer.code()).collect();
            self.under("", &self.texts.with("f413-order-offers", &[("offers", &offers.join(", "))]));
            let values = [("address", line.form.address.as_str()), ("web", &line.form.web)];
            self.under("", &self.texts.with("f413-order-sent", &values));
        }
        let source = documents(line.form.citation().source);
        self.note(&self.texts.folded("    ", "", &self.texts.with("f413-form-source", &[("source", &source)])));
    }

    fn who_signs(&mut self, rule: &StructureRule) {
        let signers: Vec<_> =
            rule.signers().iter().map(|signer| self.texts.text(&format!("f413-signer-{}", signer.code()))).collect();
        let or = format!(" {} ", self.texts.text("f413-or"));
        let line = self.texts.with("f413-order-signed", &[("signers", &signers.join(&or))]);
        self.line(&self.texts.folded("  ", "", &line));
        self.note(&self.texts.folded("    ", "", &self.cited(&rule.citation())));
    }

    fn occasion(&mut self, rule: &OccasionRule) {
        let forms: Vec<_> = rule.forms().iter().map(|form| form.code()).collect();
        let forms = if forms.is_empty() { self.texts.text("f413-occasion-none") } else { forms.join(" + ") };
        let occasion = self.texts.text(&format!("f413-occasion-{}", rule.occasion.code()));
        let line = self.texts.with("f413-occasion-line", &[("occasion", &occasion), ("forms", &forms)]);
        self.line(&self.texts.folded("  ", "", &line));
        for step in rule.also() {
            self.under("→ ", &self.texts.text(&format!("f413-step-{}", step.code())));
        }
        self.note(&self.texts.folded("    ", "", &self.cited(&rule.citation())));
    }

    fn form_row(&mut self, row: &FormRow) {
        let form = row.form.code();
        let purpose = self.texts.text(&format!("f413-form-{form}"));
        let online = self.texts.text(&format!("f413-online-{}", row.online.code()));
        let values = [("form", form), ("purpose", &purpose), ("online", &online)];
        self.line(&self.texts.folded("  ", "", &self.texts.with("f413-form-line", &values)));
        if !row.cards.is_empty() {
            self.under("", &self.texts.with("f413-form-cards", &[("cards", &row.cards)]));
        }
    }
}

/// Whether a typed number is the one that a rule asks for.
fn serves(kind: NumberKind, number: StructureNumber) -> bool {
    match number {
        StructureNumber::FinessLegal => kind == NumberKind::FinessLegal,
        StructureNumber::FinessSite => kind == NumberKind::FinessSite,
        StructureNumber::SiteThenLegal => matches!(kind, NumberKind::FinessLegal | NumberKind::FinessSite),
        StructureNumber::Siret => kind == NumberKind::Siret,
        StructureNumber::RppsRank => kind == NumberKind::RppsRank,
        StructureNumber::Unknown => true,
    }
}
