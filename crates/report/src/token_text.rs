//! The answer of `cpx-check token` for people.

use anstyle::Style;

use cpx_card::internal::facts::{CardFacts, CodeLevel};
use cpx_card::internal::identity::CardType;
use cpx_card::internal::readiness::{ModuleFinding, ModuleVerdict, SlotFinding, SlotVerdict, TokensVerdict};
use cpx_card::internal::token::{
    Agreement, Mechanism, ModuleAnswer, ModuleFacts, ModuleFile, Pkcs11Facts, SlotFacts, TokenFacts,
};

use super::page::{BAD, CAREFUL, GOOD, Page, STRONG};
use super::token_json::{certificate_label, detail, dotted, private, registrant_name, slot_detail};
use super::{Disclosure, Texts, sanitise};

/// The whole answer, with styles: the terminal decides what becomes of them.
pub fn tokens_text(
    facts: &Pkcs11Facts,
    cards: &CardFacts,
    verdict: &TokensVerdict,
    disclosure: Disclosure,
    texts: &Texts,
) -> String {
    let mut page = Page::new(texts, disclosure);
    if facts.modules.is_empty() {
        page.finding(BAD, "no-module");
    }
    for (module, verdict) in facts.modules.iter().zip(&verdict.modules) {
        page.module(module, verdict);
    }
    // without PC/SC nothing says which of both views is right
    if let Err(failure) = &cards.readers {
        page.failure(CAREFUL, failure);
    }
    if facts.left_out > 0 {
        page.note(&texts.with("modules-left-out", &[("count", &facts.left_out.to_string())]));
    }
    let any_token = facts.modules.iter().flat_map(ModuleFacts::slots).any(|slot| slot.token().is_some());
    if any_token && disclosure == Disclosure::Masked {
        page.note(&texts.text("masked-note"));
    }
    page.text
}

/// What became of a proof, or why there was none, by its code: cause, remedy, the state of the code after a wrong one, detail.
pub fn proof_text(code: &str, level: Option<CodeLevel>, detail: Option<&str>, texts: &Texts) -> String {
    let mut page = Page::new(texts, Disclosure::Masked);
    page.finding(if code == "proven" { GOOD } else { BAD }, &format!("proof-{code}"));
    if let Some(level) = level {
        page.row("code-label", &texts.text(&format!("code-state-{}", level.code())));
    }
    if let Some(detail) = detail {
        page.detail(detail);
    }
    page.text
}

impl Page<'_> {
    fn module(&mut self, module: &ModuleFacts, verdict: &ModuleVerdict) {
        let title = self.texts.with("module", &[("path", &sanitise(&module.path))]);
        self.line(&format!("{STRONG}{title}{STRONG:#}"));
        self.finding(style(verdict.finding), verdict.finding.code());
        let answer = module.answer.seen();
        if let Some(detail) = answer.and_then(detail) {
            self.detail(&detail);
        }
        if let Some(library) = answer.and_then(|answer| answer.library.as_ref()) {
            let values = [
                ("description", sanitise(&library.description)),
                ("manufacturer", sanitise(&library.manufacturer)),
                ("version", dotted(library.version)),
                ("cryptoki", dotted(library.cryptoki)),
            ];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            let line = self.texts.with("library-line", &values);
            self.row("library-label", &line);
        }
        if let Some(version) = module.version.seen() {
            self.row("file-version-label", &sanitise(version));
        }
        if let ModuleFile::File { architectures, .. } = &module.file
            && let Some(architectures) = architectures.seen()
        {
            let names: Vec<_> = architectures.iter().filter_map(|one| serde_json::to_value(one).ok()).collect();
            let names: Vec<_> = names.iter().filter_map(serde_json::Value::as_str).collect();
            self.row("architecture-label", &names.join(", "));
        }
        self.places(module);
        if let Some(answer) = answer {
            self.manners(answer);
        }
        for (slot, verdict) in module.slots().iter().zip(&verdict.slots) {
            self.slot(slot, verdict);
        }
        self.text.push('\n');
    }

    /// Who names the module, and where else it is.
    fn places(&mut self, module: &ModuleFacts) {
        let names: Vec<_> = module
            .named_by
            .iter()
            .map(|by| {
                let name = registrant_name(by, self.disclosure).unwrap_or_default();
                self.texts.with(&format!("named-by-{}", by.code()), &[("name", &name)])
            })
            .collect();
        self.row("named-by-label", &names.join(", "));
        if let Some(real) = &module.real_path {
            self.row("real-path-label", &sanitise(real));
        }
        if let Some(copied) = &module.copy_of {
            self.row("copy-label", &sanitise(copied));
        }
    }

    /// How it behaves: its time, and what is odd.
    fn manners(&mut self, answer: &ModuleAnswer) {
        let time = self.texts.with("milliseconds", &[("ms", &answer.total_ms.to_string())]);
        self.row("time-label", &time);
        let mut odd: Vec<_> =
            answer.oddities.iter().map(|oddity| self.texts.text(&format!("oddity-{}", oddity.code()))).collect();
        if answer.noise_bytes > 0 {
            odd.push(self.texts.with("oddity-noise", &[("bytes", &answer.noise_bytes.to_string())]));
        }
        if !odd.is_empty() {
            self.row("oddities-label", &self.texts.list(&odd));
        }
    }

    fn slot(&mut self, slot: &SlotFacts, verdict: &SlotVerdict) {
        let name = slot.reader.as_deref().unwrap_or(&slot.description);
        let title = self.texts.with("reader", &[("name", &sanitise(name))]);
        self.line(&format!("  {STRONG}{title}{STRONG:#}"));
        self.finding(slot_style(verdict), verdict.finding.code());
        if let Some(detail) = slot_detail(slot) {
            self.detail(&detail);
        }
        for reservation in &verdict.reservations {
            let cause = self.texts.text(reservation.code());
            let cause = self.texts.folded("", "  ! ", &cause).replacen("  !", &format!("  {CAREFUL}!{CAREFUL:#}"), 1);
            self.line(&cause);
            self.remedy("    ", reservation.code());
        }
        if let Some(token) = slot.token().filter(|_| verdict.finding != SlotFinding::NotACard) {
            self.token(token);
        }
    }

    fn token(&mut self, token: &TokenFacts) {
        let decoded = token.decoded();
        let code = if token.flags.login_required() { self.code_of(token) } else { self.texts.text("code-state-none") };
        let date = |date| self.texts.date(date);
        let rows = [
            ("token-label-label", Some(private(&token.label, self.disclosure))),
            ("serial-label", Some(private(&token.serial, self.disclosure))),
            ("card-label", decoded.card_type.map(|card_type| CardType::finest_label(card_type).to_owned())),
            ("holder-label", decoded.holder.surname.as_ref().map(|name| self.disclosure.show(name, name.reveal()))),
            ("number-label", decoded.card.number.as_ref().map(|number| self.disclosure.show(number, number.reveal()))),
            (
                "validity-label",
                decoded.card.valid_until.map(|until| self.texts.with("validity-until", &[("until", &date(until))])),
            ),
            ("code-label", Some(code)),
            ("mechanisms-label", self.mechanisms(token)),
            ("agreement-label", Some(self.agreement(&token.agreement))),
        ];
        for (label, value) in rows {
            if let Some(value) = value {
                self.row(label, &value);
            }
        }
        for certificate in token.certificates.seen().into_iter().flatten() {
            let role = self.texts.text(&format!("role-{}", certificate.role.code()));
            let until = certificate.parse().ok().map_or_else(
                || self.texts.text("token-certificate-unreadable"),
                |parsed| self.texts.with("validity-until", &[("until", &self.texts.date(parsed.not_after().date()))]),
            );
            let label = certificate_label(certificate, self.disclosure);
            let line = self.texts.with("token-certificate", &[("role", &role), ("label", &label), ("until", &until)]);
            self.row("certificate-label", &line);
        }
    }

    /// The state of the code porteur, and who says so.
    fn code_of(&self, token: &TokenFacts) -> String {
        let state = |level: CodeLevel| self.texts.text(&format!("code-state-{}", level.code()));
        let by_module = token.flags.code_level();
        let key = match token.code_by_card() {
            None => "code-by-module",
            Some(level) if (level == CodeLevel::Blocked) == (by_module == CodeLevel::Blocked) => "code-by-card",
            Some(_) => "code-by-card-alone",
        };
        self.texts.with(key, &[("state", &state(token.code_level())), ("module", &state(by_module))])
    }

    /// Those that matter, and how many others.
    fn mechanisms(&self, token: &TokenFacts) -> Option<String> {
        let known: Vec<_> = token.mechanisms.seen()?.iter().copied().filter_map(Mechanism::name).collect();
        let others = token.mechanisms.seen()?.len().saturating_sub(known.len()).to_string();
        Some(self.texts.with("mechanisms", &[("names", &known.join(", ")), ("others", &others)]))
    }

    fn agreement(&self, agreement: &Agreement) -> String {
        let sentence = self.texts.text(&format!("agreement-{}", agreement.code()));
        let what = match agreement {
            Agreement::Same { compared } => compared,
            Agreement::Outdated { differs } | Agreement::AnotherCard { differs } => differs,
            _ => return sentence,
        };
        let names: Vec<_> = what.iter().map(|one| self.texts.text(&format!("compared-{}", one.code()))).collect();
        format!("{sentence} ({})", names.join(", "))
    }
}

fn style(finding: ModuleFinding) -> Style {
    match finding {
        ModuleFinding::Answers => GOOD,
        ModuleFinding::NoSlot => CAREFUL,
        _ => BAD,
    }
}

fn slot_style(verdict: &SlotVerdict) -> Style {
    match verdict.finding {
        SlotFinding::Seen if verdict.reservations.is_empty() => GOOD,
        SlotFinding::NotACard => STRONG,
        SlotFinding::Seen | SlotFinding::Empty | SlotFinding::Outdated | SlotFinding::NotReached => CAREFUL,
        _ => BAD,
    }
}
