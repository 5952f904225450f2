//! What to order, for people.

use std::collections::BTreeSet;

use cpx_f413::{
    CertificateLine, Citation, Form, FormLine, Need, NumberAdvice, NumberKind, Order, Request, StructureNumber,
    StructureRule, TypedNote, TypedNumber, TypedProblem,
};

use super::f413_text::documents;
use super::page::{CAREFUL, Page, STRONG};
use super::{Disclosure, Texts, sanitise};

/// The answer of `cpx-check f413 order`, with styles.
pub fn order_text(
    request: &Request,
    order: &Order,
    numbers: &[TypedNumber],
    disclosure: Disclosure,
    texts: &Texts,
) -> String {
    let mut page = Page::new(texts, disclosure);
    let words = |key: &str, code: &str| texts.text(&format!("f413-{key}-{code}"));
    let structure = words("structure", request.structure.code());
    let contract = words("contract", request.contract.code());
    page.order_heading(&texts.with("f413-order-title", &[("structure", &structure), ("contract", &contract)]));
    page.text.push('\n');

    page.order(order, numbers);
    page.cited_sources(order_citations(order).into_iter(), order.conflicts.iter().copied());
    page.text
}

/// The rules that an order rests on.
pub(super) fn order_citations(order: &Order) -> Vec<Citation<'static>> {
    let cited = order.numbers.iter().map(|advice| advice.rule.citation());
    let cited = cited.chain(order.certificates.iter().flat_map(|line| line.rules.iter().map(|rule| rule.citation())));
    let cited = cited.chain(order.forms.iter().map(|line| line.form.citation()));
    let cited = cited.chain(order.structure.map(StructureRule::citation));
    let cited = cited.chain(order.lines.iter().map(|line| line.citation()));
    cited.chain(order.notes.iter().map(|note| note.citation())).collect()
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
    let typed = sanitise(typed);
    let kind = texts.text(&format!("f413-kind-{}", kind.code()));
    texts.with("f413-refused", &[("kind", &kind), ("typed", &typed), ("why", &why)])
}

impl Page<'_> {
    /// Number, certificates, forms, what is written and what is to be known.
    pub(super) fn order(&mut self, order: &Order, numbers: &[TypedNumber]) {
        self.order_heading(&self.texts.text("f413-order-number-title"));
        for advice in &order.numbers {
            self.number_advice(advice, order.numbers.len() > 1, numbers);
        }
        self.text.push('\n');
        self.typed_numbers(order, numbers);
        self.certificates(order);
        self.forms_to_send(order);
        self.form_f413(order);
        if order.notes.is_empty() {
            return;
        }
        self.order_heading(&self.texts.text("f413-order-notes-title"));
        for note in &order.notes {
            self.bullet(&self.texts.text(&format!("f413-order-note-{}", note.note)));
            self.cited_note(&note.citation());
        }
        self.text.push('\n');
    }

    pub(super) fn order_heading(&mut self, heading: &str) {
        self.line(&format!("{STRONG}{heading}{STRONG:#}"));
    }

    /// A sentence of a list.
    pub(super) fn bullet(&mut self, sentence: &str) {
        self.line(&self.texts.folded("  ", "• ", sentence));
    }

    /// A rule and its documents, under what they say.
    pub(super) fn cited_note(&mut self, citation: &Citation<'_>) {
        self.note(&self.texts.folded("    ", "", &self.cited(citation)));
    }

    /// The words of some needs as a list.
    fn needs(&self, needs: &[Need]) -> String {
        let needs = needs.iter().map(|need| self.texts.text(&format!("f413-need-{}", need.code())));
        needs.collect::<Vec<_>>().join(", ")
    }

    fn number_advice(&mut self, advice: &NumberAdvice, is_one_of: bool, typed: &[TypedNumber]) {
        let needs = self.needs(&advice.needs);
        let number = self.texts.text(&format!("f413-number-{}", advice.rule.number.code()));
        let contract = self.texts.text(&format!("f413-contract-{}", advice.contract.code()));
        let key = if is_one_of { "f413-order-for-contract" } else { "f413-order-for" };
        let values = [("needs", needs.as_str()), ("number", &number), ("contract", &contract)];
        self.line(&self.texts.folded("  ", "", &self.texts.with(key, &values)));
        self.under("", &self.texts.text(&format!("f413-number-reason-{}", advice.rule.reason)));
        for one in typed.iter().filter(|one| serves(one.kind, advice.rule.number)) {
            let kind = self.texts.text(&format!("f413-kind-{}", one.kind.code()));
            // the user has just typed it
            let value = one.reveal().to_owned();
            self.under("= ", &self.texts.with("f413-order-typed", &[("number", &kind), ("value", &value)]));
        }
        let is_finess = matches!(
            advice.rule.number,
            StructureNumber::FinessLegal | StructureNumber::FinessSite | StructureNumber::SiteThenLegal
        );
        if is_finess && !is_one_of {
            self.under("? ", &self.texts.text("f413-same-shape"));
        }
        self.cited_note(&advice.rule.citation());
    }

    /// The numbers that were given: what was understood, and what is odd.
    fn typed_numbers(&mut self, order: &Order, typed: &[TypedNumber]) {
        if typed.is_empty() {
            return;
        }
        self.order_heading(&self.texts.text("f413-typed-title"));
        for one in typed {
            let kind = self.texts.text(&format!("f413-kind-{}", one.kind.code()));
            // the user has just typed it
            let value = one.reveal().to_owned();
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

    fn certificates(&mut self, order: &Order) {
        let counted = order.certificates.iter().filter_map(|line| line.count);
        let count = counted.fold(0, u32::saturating_add).to_string();
        let is_uncounted = !order.certificates.is_empty() && order.certificates.iter().any(|line| line.count.is_none());
        let title = self.texts.with("f413-order-certificates-title", &[("count", &count)]);
        let key = if is_uncounted { "f413-order-certificates-uncounted" } else { "f413-order-certificates-counted" };
        self.order_heading(&self.texts.with(key, &[("title", &title)]));
        for line in &order.certificates {
            self.certificate_line(line);
        }
        if !order.certificates.is_empty() {
            self.under("", &self.texts.text("f413-order-certificates-note"));
        }
        self.text.push('\n');
    }

    fn certificate_line(&mut self, line: &CertificateLine) {
        let rule = line.rule;
        let naming = format!("f413-naming-{}", rule.naming.code());
        let quoted = |name| self.texts.with("f413-quoted", &[("name", name)]);
        let or = format!(" {} ", self.texts.text("f413-or"));
        let name = rule.exact_name.split_whitespace().map(quoted).collect::<Vec<_>>().join(&or);
        let name = self.texts.with(&naming, &[("name", &name)]);
        let values = [
            ("count", line.count.unwrap_or(1).to_string()),
            ("offer", self.texts.text(&format!("f413-offer-{}", rule.offer.code()))),
            ("usage", rule.usage.clone()),
            ("name", name),
            ("need", self.needs(&line.needs)),
        ];
        let values: Vec<_> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
        let key = if line.count.is_some() { "f413-order-certificate" } else { "f413-order-certificate-uncounted" };
        self.line(&self.texts.folded("  ", "", &self.texts.with(key, &values)));
        if let Some(by_site) = line.count_by_site {
            self.under("", &self.texts.with("f413-order-by-site", &[("count", &by_site.to_string())]));
        }
        for rule in &line.rules {
            self.cited_note(&rule.citation());
        }
    }

    fn forms_to_send(&mut self, order: &Order) {
        self.order_heading(&self.texts.text("f413-order-forms-title"));
        for line in &order.forms {
            self.form_line(line);
        }
        if order.forms.iter().all(|line| line.form.form != Form::F413) {
            self.bullet(&self.texts.text("f413-order-no-f413"));
        }
        if let Some(rule) = order.structure {
            self.who_signs(rule);
        }
        self.under("", &self.texts.text("f413-order-cards"));
        self.text.push('\n');
    }

    fn form_line(&mut self, line: &FormLine) {
        let form = line.form.form.code();
        let purpose = self.texts.text(&format!("f413-form-{form}"));
        let values = [("form", form), ("copies", &line.copies.to_string()), ("purpose", &purpose)];
        self.line(&self.texts.folded("  ", "", &self.texts.with("f413-order-form", &values)));
        if line.only_with.is_some() {
            self.under("", &self.texts.text("f413-order-only-without-contract"));
        }
        if !line.offers.is_empty() {
            let offers: Vec<_> = line.offers.iter().map(|offer| offer.code()).collect();
            self.under("", &self.texts.with("f413-order-offers", &[("offers", &offers.join(", "))]));
        }
        self.sending(line.form);
        let source = documents(line.form.citation().source);
        self.note(&self.texts.folded("    ", "", &self.texts.with("f413-form-source", &[("source", &source)])));
    }

    fn who_signs(&mut self, rule: &StructureRule) {
        let signers: Vec<_> =
            rule.signers().iter().map(|signer| self.texts.text(&format!("f413-signer-{}", signer.code()))).collect();
        let or = format!(" {} ", self.texts.text("f413-or"));
        let line = self.texts.with("f413-order-signed", &[("signers", &signers.join(&or))]);
        self.line(&self.texts.folded("  ", "", &line));
        self.cited_note(&rule.citation());
    }

    /// Every line of form F413 that somebody writes.
    fn form_f413(&mut self, order: &Order) {
        if order.lines.is_empty() {
            return;
        }
        self.order_heading(&self.texts.text("f413-order-lines-title"));
        let boxes = order.structure.map(StructureRule::signers).unwrap_or_default();
        let boxes: Vec<_> =
            boxes.iter().map(|signer| self.texts.text(&format!("f413-box-{}", signer.code()))).collect();
        let boxes = boxes.join(&format!(" {} ", self.texts.text("f413-or")));
        let numbers: BTreeSet<_> = order.numbers.iter().map(|advice| advice.rule.number).collect();
        let numbers: Vec<_> =
            numbers.iter().map(|number| self.texts.text(&format!("f413-number-{}", number.code()))).collect();
        let numbers = numbers.join(&format!(" {} ", self.texts.text("f413-or")));
        for rule in &order.lines {
            let values = [("boxes", boxes.as_str()), ("number", &numbers)];
            let sentence = self.texts.with(&format!("f413-write-{}", rule.line), &values);
            let values = [("section", rule.section.as_str()), ("line", &sentence)];
            let key = if rule.section.starts_with(|c: char| c.is_ascii_digit()) {
                "f413-order-line"
            } else {
                "f413-order-line-online"
            };
            self.bullet(&self.texts.with(key, &values));
        }
        self.text.push('\n');
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
        StructureNumber::FinessOrSiret => matches!(kind, NumberKind::FinessSite | NumberKind::Siret),
        StructureNumber::Unknown | StructureNumber::Establishment => true,
    }
}
