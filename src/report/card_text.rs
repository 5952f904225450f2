//! The answer of `cpx-check card` for people: what a helpdesk reads at a glance.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use crate::facts::{CardAnswer, CardReading, Facts, Failure, Interface, ReaderContent, ReaderFacts};
use crate::identity::{CheckVerdict, HolderId, IdProblem, Name, Table, codes};
use crate::readiness::{CardVerdict, Reservation};

use super::{Disclosure, Texts, sanitise};

const GOOD: Style = AnsiColor::Green.on_default().bold();
const CAREFUL: Style = AnsiColor::Yellow.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const STRONG: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();

/// The whole answer, with styles: the terminal decides what becomes of them.
pub fn card_text(facts: &Facts, verdict: &CardVerdict, disclosure: Disclosure, texts: &Texts) -> String {
    let readers = match &facts.readers {
        Err(failure) => return failure_text(failure, texts),
        Ok(readers) if readers.is_empty() => return cause_and_remedy("no-reader", texts),
        Ok(readers) => readers,
    };
    let mut page = Page { texts, disclosure, text: String::new() };
    let none = Vec::new();
    let reservations = verdict.reservations.iter().chain(std::iter::repeat(&none));
    for (reader, reservations) in readers.iter().zip(reservations) {
        page.reader(reader, reservations);
    }
    let anybody = readers.iter().any(|reader| matches!(reader.content, ReaderContent::Card(CardAnswer::Cpx(_))));
    if anybody && disclosure == Disclosure::Masked {
        page.note(&texts.text("masked-note"));
    }
    page.text
}

/// A failure on its own: cause, remedy, and the detail for technicians.
pub fn failure_text(failure: &Failure, texts: &Texts) -> String {
    let mut text = cause_and_remedy(failure.kind.code(), texts);
    let detail = sanitise(&failure.detail);
    let _ = writeln!(text, "  {QUIET}{} : {detail}{QUIET:#}", texts.text("detail-label"));
    text
}

/// One line about one reader's card, for `cpx-check watch`.
pub fn card_line(reader: &ReaderFacts, reservations: &[Reservation], disclosure: Disclosure, texts: &Texts) -> String {
    match &reader.content {
        ReaderContent::Card(CardAnswer::Cpx(card)) => {
            let page = Page { texts, disclosure, text: String::new() };
            let title = page.title(card, reservations);
            let facts = [page.holder(card), page.holder_id(card), Some(page.validity(card))];
            let reservations = reservations.iter().map(|reservation| page.reservation(*reservation, card));
            let parts: Vec<_> = facts.into_iter().flatten().chain(reservations).collect();
            format!("{title} {}", parts.join(" · "))
        }
        ReaderContent::Card(CardAnswer::Foreign { family, .. }) => texts.text(family.code()),
        ReaderContent::Empty => texts.text("reader-empty"),
        ReaderContent::Mute => texts.text("card-mute"),
        ReaderContent::Failed { failure, .. } => texts.text(failure.kind.code()),
    }
}

fn cause_and_remedy(code: &str, texts: &Texts) -> String {
    let mut text = format!("{BAD}{}{BAD:#}\n", texts.text(code));
    if let Some(remedy) = texts.remedy(code) {
        let _ = writeln!(text, "  → {remedy}");
    }
    text
}

struct Page<'a> {
    texts: &'a Texts,
    disclosure: Disclosure,
    text: String,
}

impl Page<'_> {
    fn reader(&mut self, reader: &ReaderFacts, reservations: &[Reservation]) {
        let name = self.texts.with("reader", &[("name", &sanitise(&reader.name))]);
        self.line(&format!("{STRONG}{name}{STRONG:#}"));
        match &reader.content {
            ReaderContent::Empty => self.finding(CAREFUL, "reader-empty"),
            ReaderContent::Mute => self.finding(BAD, "card-mute"),
            ReaderContent::Failed { failure, atr } => {
                self.finding(BAD, failure.kind.code());
                self.detail(&failure.detail);
                if let Some(atr) = atr {
                    self.row("atr-label", &atr.to_string());
                }
            }
            ReaderContent::Card(CardAnswer::Foreign { family, label, atr, .. }) => {
                self.finding(BAD, family.code());
                let row = if label.is_empty() { atr.to_string() } else { format!("{atr} ({label})") };
                self.row("atr-label", &row);
            }
            ReaderContent::Card(CardAnswer::Cpx(card)) => self.cpx(card, reservations),
        }
        self.text.push('\n');
    }

    fn cpx(&mut self, card: &CardReading, reservations: &[Reservation]) {
        let style = if reservations.is_empty() { GOOD } else { CAREFUL };
        let title = self.title(card, reservations);
        self.line(&format!("  {style}{title}{style:#}"));
        for reservation in reservations {
            let cause = self.reservation(*reservation, card);
            self.line(&format!("  {CAREFUL}!{CAREFUL:#} {cause}"));
            if let Some(remedy) = self.texts.remedy(reservation.code()) {
                self.line(&format!("    → {remedy}"));
            }
        }
        self.text.push('\n');

        let rows = [
            ("card-label", Some(self.kind(card))),
            ("holder-label", Some(self.holder(card).unwrap_or_else(|| self.texts.text("no-holder")))),
            ("id-label", self.holder_id(card)),
            ("profession-label", card.holder.profession.map(|code| self.decimal(codes::profession_label(code), code))),
            (
                "future-profession-label",
                card.holder.future_profession.map(|code| self.decimal(codes::future_profession_label(code), code)),
            ),
            ("speciality-label", self.list(&card.holder.specialities, |code| codes::label(Table::R01, code))),
            ("language-label", self.list(&card.holder.languages, codes::language_label)),
            ("number-label", self.number(card)),
            ("chip-label", self.chip_serial(card)),
            ("validity-label", Some(self.validity(card))),
            (
                "category-label",
                card.card.category.map(|category| self.texts.text(&format!("category-{}", category.code()))),
            ),
            // never "active": only an online or offline check of the certificates could tell
            ("opposition-label", Some(self.texts.text("opposition-not-checked"))),
            ("code-label", Some(self.code(card))),
            ("certificates-label", self.certificates(card)),
            ("generation-label", Some(self.generation(card))),
        ];
        for (label, value) in rows {
            if let Some(value) = value {
                self.row(label, &value);
            }
        }
    }

    fn title(&self, card: &CardReading, reservations: &[Reservation]) -> String {
        let key = if reservations.is_empty() { "cpx-in-order" } else { "cpx-reserved" };
        self.texts.with(key, &[("type", card.card_type.map_or("CPx", crate::identity::CardType::label))])
    }

    fn kind(&self, card: &CardReading) -> String {
        let label = card.card_type.map_or("CPx", crate::identity::CardType::label);
        let code = card.card_type.map_or_else(|| "–".to_owned(), |card_type| format!("{:02X}", card_type.g02()));
        self.texts.with(&format!("type-{}", label.replace('/', "-")), &[("code", &code)])
    }

    fn holder(&self, card: &CardReading) -> Option<String> {
        let holder = &card.holder;
        let name = |name: &Option<Name>| name.as_ref().map(|name| self.disclosure.show(name, name.reveal()));
        let civility = holder.civility.and_then(codes::civility_label).map(str::to_owned);
        let named = [name(&holder.given_name), name(&holder.surname)];
        if named.iter().all(Option::is_none) {
            return None;
        }
        let parts: Vec<_> = std::iter::once(civility).chain(named).flatten().collect();
        Some(parts.join(" "))
    }

    fn holder_id(&self, card: &CardReading) -> Option<String> {
        let id = card.holder.id.as_ref()?;
        let shown = self.disclosure.show(id, id.reveal());
        let register = self.texts.text(&format!("register-{}", id.register().code()));
        let line = match id.check() {
            CheckVerdict::Valid | CheckVerdict::Invalid => {
                let verdict = self.texts.text(&format!("verdict-{}", id.check().code()));
                self.texts.with("id-checked", &[("id", &shown), ("register", &register), ("verdict", &verdict)])
            }
            _ => self.texts.with("id-unchecked", &[("id", &shown), ("register", &register)]),
        };
        let problem = HolderId::problem(id).filter(|problem| *problem != IdProblem::CheckDigit);
        Some(match problem {
            Some(problem) => format!("{line}, {}", self.texts.text(&format!("problem-{}", problem.code()))),
            None => line,
        })
    }

    fn number(&self, card: &CardReading) -> Option<String> {
        let number = card.card.number.as_ref()?;
        Some(self.texts.with("number-hint", &[("number", &self.disclosure.show(number, number.reveal()))]))
    }

    fn chip_serial(&self, card: &CardReading) -> Option<String> {
        let serial = card.chip_serial.as_ref()?;
        let shown = self.disclosure.show(serial, serial.reveal());
        let wrong = card.chip_serial_check == Some(false);
        Some(if wrong { self.texts.with("chip-check-wrong", &[("serial", &shown)]) } else { shown })
    }

    fn validity(&self, card: &CardReading) -> String {
        let date = |date| self.texts.date(date);
        match (card.card.valid_from, card.card.valid_until) {
            (Some(from), Some(until)) => {
                self.texts.with("validity-both", &[("from", &date(from)), ("until", &date(until))])
            }
            (None, Some(until)) => self.texts.with("validity-until", &[("until", &date(until))]),
            (_, None) => self.texts.text("validity-unknown"),
        }
    }

    fn code(&self, card: &CardReading) -> String {
        if card.interface == Interface::Contactless {
            return self.texts.text("code-state-none");
        }
        let state = self.texts.text(&format!("code-state-{}", card.code.level().code()));
        let Some(left) = card.code.tries_left else { return state };
        let of = card
            .code
            .tries_max
            .map_or_else(String::new, |max| self.texts.with("code-tries-max", &[("max", &max.to_string())]));
        self.texts.with("code-tries", &[("state", &state), ("left", &left.to_string()), ("of", &of)])
    }

    fn certificates(&self, card: &CardReading) -> Option<String> {
        let count = card.certificates.as_ref()?.len().to_string();
        Some(self.texts.with("certificates-count", &[("count", &count)]))
    }

    fn generation(&self, card: &CardReading) -> String {
        let generation = self.texts.text(&format!("generation-{}", card.generation.code()));
        let interface = self.texts.text(&format!("interface-{}", card.interface.code()));
        format!("{generation}, {interface}")
    }

    fn reservation(&self, reservation: Reservation, card: &CardReading) -> String {
        let date = match reservation {
            Reservation::NotYetValid => card.card.valid_from,
            _ => card.card.valid_until,
        };
        let date = date.map(|date| self.texts.date(date)).unwrap_or_default();
        let left = card.code.tries_left.unwrap_or_default().to_string();
        self.texts.with(reservation.code(), &[("date", &date), ("left", &left)])
    }

    fn decimal(&self, label: Option<&str>, code: u8) -> String {
        self.coded(label, &format!("{code:02}"))
    }

    fn coded(&self, label: Option<&str>, code: &str) -> String {
        let code = sanitise(code);
        match label {
            Some(label) => self.texts.with("coded", &[("label", label), ("code", &code)]),
            None => self.texts.with("code-without-label", &[("code", &code)]),
        }
    }

    fn list(&self, codes: &[String], label: impl Fn(&str) -> Option<&'static str>) -> Option<String> {
        let shown: Vec<_> = codes.iter().map(|code| self.coded(label(code), code)).collect();
        (!shown.is_empty()).then(|| shown.join(", "))
    }

    fn finding(&mut self, style: Style, code: &str) {
        let cause = self.texts.text(code);
        self.line(&format!("  {style}{cause}{style:#}"));
        if let Some(remedy) = self.texts.remedy(code) {
            self.line(&format!("  → {remedy}"));
        }
    }

    fn detail(&mut self, detail: &str) {
        let detail = sanitise(detail);
        self.row("detail-label", &detail);
    }

    fn row(&mut self, label: &str, value: &str) {
        let label = self.texts.text(label);
        let dots = " ".repeat(18_usize.saturating_sub(label.chars().count()));
        self.line(&format!("    {QUIET}{label}{QUIET:#}{dots} {value}"));
    }

    fn note(&mut self, note: &str) {
        self.line(&format!("{QUIET}{note}{QUIET:#}"));
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }
}
