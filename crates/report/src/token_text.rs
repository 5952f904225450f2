//! The answer of `cpx-check token` for people.

use anstyle::Style;

use cpx_card::internal::facts::{CardFacts, CodeLevel};
use cpx_card::internal::identity::CardType;
use cpx_card::internal::readiness::{ModuleFinding, ModuleVerdict, Outcome, SlotFinding, SlotVerdict, TokensVerdict};
use cpx_card::internal::token::{Agreement, Mechanism, ModuleFacts, Pkcs11Facts, SlotFacts, TokenFacts};

use cpx_card::internal::workstation::network::{HandshakeEnd, SignIn, SignInEnd};

use super::page::{BAD, CAREFUL, GOOD, Page, QUIET, STRONG};
use super::token_json::{
    certificate_label, detail, dotted, private, registrant_name, sign_in_detail, slot_detail, tls_version,
};
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
        page.weighed(Told::Hinders, verdict.outcome, &texts.text("no-module"));
        page.remedy("  ", "no-module");
    } else {
        let (style, mark) = mark(verdict.outcome);
        let key = match verdict.outcome {
            Outcome::Read => "tokens-read",
            Outcome::Reserved => "tokens-reserved",
            Outcome::NoUsableCard => "tokens-no-usable-card",
            Outcome::CouldNotTell => "tokens-could-not-tell",
        };
        let line = texts.folded("", &format!("{mark} "), &texts.text(key));
        page.line(&format!("{style}{line}{style:#}"));
    }
    for (module, judged) in facts.modules.iter().zip(&verdict.modules) {
        page.module(module, judged, verdict.outcome);
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

/// The alerts that have words of their own (RFC 8446 section 6).
pub(super) const ALERTS: [u8; 12] = [40, 42, 43, 44, 45, 46, 48, 49, 51, 70, 80, 116];

/// What became of signing in: cause, remedy, what was negotiated.
pub fn sign_in_text(seen: &SignIn, texts: &Texts) -> String {
    let mut page = Page::new(texts, Disclosure::Masked);
    let style = match seen.end {
        SignInEnd::Accepted(_) => GOOD,
        SignInEnd::NotAsked | SignInEnd::NoStore => CAREFUL,
        _ => BAD,
    };
    let why = match &seen.end {
        SignInEnd::Refused(Some(alert)) | SignInEnd::Handshake(HandshakeEnd::Alert(alert)) => {
            let number = alert.to_string();
            let key = if ALERTS.contains(alert) { format!("alert-{alert}") } else { "alert-other".to_owned() };
            texts.with(&key, &[("number", &number)])
        }
        SignInEnd::Handshake(HandshakeEnd::TimedOut) => texts.text("handshake-timed-out"),
        SignInEnd::Handshake(HandshakeEnd::NotTls) => texts.text("handshake-not-tls"),
        SignInEnd::Handshake(HandshakeEnd::NoCommonVersion) => texts.text("alert-70"),
        SignInEnd::Handshake(HandshakeEnd::Failed(_)) => texts.text("handshake-failed"),
        _ => texts.text("alert-none"),
    };
    let host = sanitise(&seen.host);
    page.finding_with(style, &format!("sign-in-{}", seen.end.code()), &[("host", &host), ("why", &why)]);
    let tls = seen.version.and_then(tls_version).map(|version| format!("TLS\u{a0}{version}"));
    let signature = seen.signature.as_ref().map(|signature| signature.code().to_uppercase());
    let negotiated: Vec<_> = tls.into_iter().chain(signature).collect();
    if !negotiated.is_empty() {
        page.row("negotiated-label", &negotiated.join(", "));
    }
    if seen.without_tls13 {
        page.continued(&texts.text("sign-in-without-tls13"));
    }
    if let SignInEnd::Accepted(confirmation) = seen.end {
        page.row("confirmed-label", &texts.text(&format!("confirmed-{}", confirmation.code())));
    }
    if let Some(detail) = sign_in_detail(seen) {
        page.detail(&detail);
    }
    page.text
}

/// How what is told bears on whether a card can be used.
#[derive(Clone, Copy)]
enum Told {
    /// As it should be.
    Good,
    /// Nothing that anybody has to do something about.
    Beside,
    /// To be seen to: what keeps the card from being used, where it cannot be used at all.
    Hinders,
    /// To be watched.
    Watch,
}

impl Page<'_> {
    /// A line behind the mark that the exit code follows.
    fn weighed(&mut self, told: Told, outcome: Outcome, sentence: &str) {
        let (style, mark) = match told {
            Told::Good => (GOOD, "✓"),
            Told::Beside => (QUIET, "–"),
            Told::Hinders => mark(outcome),
            Told::Watch => (CAREFUL, "!"),
        };
        self.marked(style, mark, sentence);
    }

    fn module(&mut self, module: &ModuleFacts, verdict: &ModuleVerdict, outcome: Outcome) {
        let title = self.texts.with("module", &[("path", &sanitise(&module.path))]);
        self.line(&format!("{STRONG}{title}{STRONG:#}"));
        let is_usable = matches!(outcome, Outcome::Read | Outcome::Reserved);
        let told = match verdict.finding {
            ModuleFinding::Answers => Told::Good,
            ModuleFinding::NoSlot if is_usable => Told::Beside,
            ModuleFinding::For32Bits => Told::Beside,
            _ => Told::Hinders,
        };
        let is_good = matches!(told, Told::Good);
        self.weighed(told, outcome, &self.texts.text(verdict.finding.code()));
        if !is_good {
            self.remedy("    ", verdict.finding.code());
        }
        let answer = module.answer.seen();
        if let Some(detail) = answer.and_then(detail) {
            self.detail(&detail);
        }
        if let Some(library) = answer.and_then(|answer| answer.library.as_ref()) {
            let values = [
                ("description", sanitise(&library.description)),
                ("manufacturer", sanitise(&library.manufacturer)),
                ("version", dotted(library.version)),
            ];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            let line = self.texts.with("library-line", &values);
            self.row("library-label", &line);
        }
        if let Some(version) = module.version.seen() {
            self.row("file-version-label", &sanitise(version));
        }
        self.places(module);
        let mut shown: Vec<&str> = Vec::new();
        for (slot, verdict) in module.slots().iter().zip(&verdict.slots) {
            let reader = slot.reader.as_deref().unwrap_or(&slot.description);
            // some modules show a card once for each of its codes
            let is_repeated = verdict.finding == SlotFinding::Seen && verdict.reservations.is_empty();
            if !(is_repeated && shown.contains(&reader)) {
                self.slot(slot, verdict, outcome);
            }
            shown.push(reader);
        }
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

    fn slot(&mut self, slot: &SlotFacts, verdict: &SlotVerdict, outcome: Outcome) {
        let name = sanitise(slot.reader.as_deref().unwrap_or(&slot.description));
        let is_usable = matches!(outcome, Outcome::Read | Outcome::Reserved);
        let told = match verdict.finding {
            SlotFinding::Seen => Told::Good,
            SlotFinding::NotACard | SlotFinding::SeenElsewhere => Told::Beside,
            SlotFinding::Empty if is_usable => Told::Beside,
            _ => Told::Hinders,
        };
        let has_remedy = matches!(told, Told::Hinders);
        self.weighed(told, outcome, &self.texts.of(&name, &self.texts.text(verdict.finding.code())));
        if has_remedy {
            self.remedy("    ", verdict.finding.code());
        }
        if let Some(detail) = slot_detail(slot) {
            self.detail(&detail);
        }
        // another card's, or nobody's, is not told
        let is_shown = matches!(verdict.finding, SlotFinding::Seen | SlotFinding::Outdated);
        for reservation in verdict.reservations.iter().filter(|_| is_shown) {
            let told = if reservation.hinders() { Told::Hinders } else { Told::Watch };
            self.weighed(told, outcome, &self.texts.text(reservation.code()));
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
        let (Agreement::Outdated { differs } | Agreement::AnotherCard { differs }) = agreement else {
            return sentence;
        };
        let names: Vec<_> = differs.iter().map(|one| self.texts.text(&format!("compared-{}", one.code()))).collect();
        format!("{sentence} ({})", names.join(", "))
    }
}

/// The mark of an outcome: the exit code says the same.
fn mark(outcome: Outcome) -> (Style, &'static str) {
    match outcome {
        Outcome::Read => (GOOD, "✓"),
        Outcome::Reserved => (CAREFUL, "!"),
        Outcome::NoUsableCard => (BAD, "✗"),
        Outcome::CouldNotTell => (CAREFUL, "?"),
    }
}
