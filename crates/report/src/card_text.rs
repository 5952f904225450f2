//! The answer of `cpx-check card` for people: what a helpdesk reads at a glance.

use cpx_card::internal::facts::{CardAnswer, CardFacts, CardReading, Failure, Interface, ReaderContent, ReaderFacts};
use cpx_card::internal::identity::{CardType, Name, Table, codes};
use cpx_card::internal::readiness::{CardVerdict, ReaderVerdict, Reservation};

use super::page::{BAD, CAREFUL, GOOD, Page, STRONG};
use super::sentences::{card_title, reservation_sentence};
use super::{Disclosure, Texts, sanitise};

/// The whole answer, with styles: the terminal decides what becomes of them.
pub fn card_text(facts: &CardFacts, verdict: &CardVerdict, disclosure: Disclosure, texts: &Texts) -> String {
    let mut page = Page::new(texts, disclosure);
    let readers = match &facts.readers {
        Err(failure) => return failure_text(failure, texts),
        Ok(readers) => readers,
    };
    if readers.is_empty() {
        page.finding(BAD, "no-reader");
    }
    let has_card = readers.iter().any(|reader| reader.content.cpx().is_some());
    for (reader, verdict) in readers.iter().zip(&verdict.readers) {
        if has_card && reader.content.cpx().is_none() {
            page.beside_a_card(reader);
        } else {
            page.reader(reader, verdict);
        }
    }
    if has_card && disclosure == Disclosure::Masked {
        page.note(&texts.text("masked-note"));
    }
    page.text
}

/// A failure on its own: cause, remedy, and the detail for technicians.
pub fn failure_text(failure: &Failure, texts: &Texts) -> String {
    let mut page = Page::new(texts, Disclosure::Masked);
    page.failure(BAD, failure);
    page.text
}

/// One line about one reader's card, for `cpx-check watch`.
pub fn card_line(reader: &ReaderFacts, verdict: &ReaderVerdict, disclosure: Disclosure, texts: &Texts) -> String {
    match &reader.content {
        ReaderContent::Card(CardAnswer::Cpx(card)) => {
            let page = Page::new(texts, disclosure);
            let title = page.title(verdict);
            let id = card.holder.id.as_ref().map(|id| page.holder_id_line(id));
            let facts = [page.holder(card), id, Some(page.validity(card))];
            let reservations = verdict.reservations.iter().map(|one| reservation_sentence(*one, card, texts));
            let parts: Vec<_> = facts.into_iter().flatten().chain(reservations).collect();
            format!("{title} {}", parts.join(" · "))
        }
        ReaderContent::Card(CardAnswer::Foreign { family, .. }) => texts.text(family.code()),
        ReaderContent::Empty => texts.text("reader-empty"),
        ReaderContent::Mute => texts.text("card-mute"),
        ReaderContent::Failed { failure, .. } => texts.failure(failure),
    }
}

/// One line about the CPx in a reader: its type, its holder, its end, its code porteur. Nothing for another card.
pub fn identity_line(
    reader: &ReaderFacts,
    verdict: &ReaderVerdict,
    disclosure: Disclosure,
    texts: &Texts,
) -> Option<String> {
    let card = reader.content.cpx()?;
    let page = Page::new(texts, disclosure);
    let kind = verdict.card_type.map_or("CPx", CardType::finest_label);
    let until = card.card.valid_until.map(|date| texts.with("validity-until", &[("until", &texts.date(date))]));
    let code = (card.interface == Interface::Contact)
        .then(|| texts.with("identity-code", &[("code", &page.code_in_short(card))]));
    let parts = [Some(texts.with("identity-card", &[("kind", kind)])), page.holder(card), until, code];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

/// What can be said first of the cards, before all else is known: whose they are, and what they say against themselves.
pub fn first_lines(facts: &CardFacts, verdict: &CardVerdict, disclosure: Disclosure, texts: &Texts) -> String {
    let mut page = Page::new(texts, disclosure);
    for (reader, verdict) in facts.readers.iter().flatten().zip(&verdict.readers) {
        let (Some(line), Some(card)) = (identity_line(reader, verdict, disclosure, texts), reader.content.cpx()) else {
            continue;
        };
        page.line(&texts.folded("  ", "", &line));
        for reservation in &verdict.reservations {
            page.marked(CAREFUL, "!", &reservation_sentence(*reservation, card, texts));
        }
    }
    page.text
}

impl Page<'_> {
    pub(super) fn reader_name(&mut self, reader: &ReaderFacts) {
        let name = self.texts.with("reader", &[("name", &sanitise(&reader.name))]);
        self.line(&format!("{STRONG}{name}{STRONG:#}"));
    }

    /// What is in a reader beside one with a CPx: a line.
    pub(super) fn beside_a_card(&mut self, reader: &ReaderFacts) {
        let what = match &reader.content {
            ReaderContent::Failed { failure, .. } => self.texts.failure(failure),
            content => self.texts.text(content.code()),
        };
        let values = [("reader", sanitise(&reader.name)), ("what", what)];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        self.note(&self.texts.with("reader-beside", &values));
    }

    fn reader(&mut self, reader: &ReaderFacts, verdict: &ReaderVerdict) {
        self.reader_name(reader);
        match &reader.content {
            ReaderContent::Empty => self.finding(CAREFUL, "reader-empty"),
            ReaderContent::Mute => self.finding(BAD, "card-mute"),
            ReaderContent::Failed { failure, atr } => {
                self.failure(BAD, failure);
                if let Some(atr) = atr {
                    self.row("atr-label", &atr.to_string());
                }
            }
            ReaderContent::Card(CardAnswer::Foreign { family, atr, .. }) => {
                self.finding(BAD, family.code());
                self.row("atr-label", &atr.to_string());
            }
            ReaderContent::Card(CardAnswer::Cpx(card)) => self.cpx(card, verdict),
        }
    }

    fn cpx(&mut self, card: &CardReading, verdict: &ReaderVerdict) {
        let (style, mark) = match (verdict.is_usable(), verdict.reservations.is_empty()) {
            (false, _) => (BAD, "✗"),
            (true, true) => (GOOD, "✓"),
            (true, false) => (CAREFUL, "!"),
        };
        self.line(&format!("{style}{mark} {}{style:#}", self.title(verdict)));
        for reservation in &verdict.reservations {
            self.reservation(*reservation, card);
        }

        let rows = [
            ("card-label", Some(self.kind(verdict.card_type))),
            ("holder-label", Some(self.holder(card).unwrap_or_else(|| self.texts.text("no-holder")))),
            ("id-label", card.holder.id.as_ref().map(|id| self.holder_id_line(id))),
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
            ("code-label", Some(self.code(card))),
            ("generation-label", Some(self.generation(card))),
        ];
        for (label, value) in rows {
            if let Some(value) = value {
                self.row(label, &value);
            }
        }
        match &verdict.certificates {
            Some(certificates) => self.card_certificates(certificates),
            // never "active": only a check of the certificates could tell
            None => self.row("opposition-label", &self.texts.text("revocation-not-checked")),
        }
    }

    fn title(&self, verdict: &ReaderVerdict) -> String {
        card_title(verdict, self.texts)
    }

    fn kind(&self, card_type: Option<CardType>) -> String {
        card_type.map_or_else(|| self.texts.with("type-CPx", &[("code", "–")]), |card_type| self.type_line(card_type))
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

    /// The tries that are left, where the code is of use; its state otherwise.
    fn code_in_short(&self, card: &CardReading) -> String {
        match card.code.tries_left {
            Some(left) if left > 0 => self.texts.with("code-tries-short", &[("left", &left.to_string())]),
            _ => self.texts.text(&format!("code-state-{}", card.code.level().code())),
        }
    }

    fn generation(&self, card: &CardReading) -> String {
        let generation = self.texts.text(&format!("generation-{}", card.generation.code()));
        let interface = self.texts.text(&format!("interface-{}", card.interface.code()));
        format!("{generation}, {interface}")
    }

    /// One thing to say against a card, and what to do about it.
    pub(super) fn reservation(&mut self, reservation: Reservation, card: &CardReading) {
        let style = if reservation.forbids_use() { BAD } else { CAREFUL };
        self.marked(style, "!", &reservation_sentence(reservation, card, self.texts));
        self.remedy("    ", reservation.code());
    }

    fn list(&self, codes: &[String], label: impl Fn(&str) -> Option<&'static str>) -> Option<String> {
        let shown: Vec<_> = codes.iter().map(|code| self.coded(label(code), code)).collect();
        (!shown.is_empty()).then(|| shown.join(", "))
    }
}
