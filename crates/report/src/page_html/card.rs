//! The card as a card.

use maud::{Markup, html};

use cpx_card::internal::facts::{CardReading, CodeLevel, ReaderFacts};
use cpx_card::internal::identity::CardType;

use super::Sheet;

impl Sheet<'_> {
    pub(super) fn card(self) -> Markup {
        html! {
            @if let Some((reader, card)) = self.subject.card() {
                section.holder aria-labelledby="card" {
                    h2 #card { (self.text("page-card")) }
                    div.plastic {
                        svg.chip viewBox="0 0 48 36" aria-hidden="true" focusable="false" {
                            rect x="1" y="1" width="46" height="34" rx="6" {}
                            path d="M1 12h14M1 24h14M33 12h14M33 24h14M15 1v34M33 1v34M15 18h18" {}
                        }
                        p.type { (card.finest_type().map_or("CPx", CardType::finest_label)) }
                        @if card.is_test() == Some(true) { p.test { (self.text("category-test")) } }
                        dl {
                            @for (label, value) in self.lines(reader, card) {
                                div { dt { (self.text(label)) } dd { (value) } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn lines(self, reader: &ReaderFacts, card: &CardReading) -> Vec<(&'static str, String)> {
        let number = card.card.number.as_ref();
        let number = number.map(|number| self.subject.disclosure.show(number, number.reveal()));
        let generation = self.text(&format!("generation-{}", card.generation.code()));
        let interface = self.text(&format!("interface-{}", card.interface.code()));
        let until = card.card.valid_until.map(|day| self.texts.date(day));
        let end = self.subject.certificate_end().and_then(|end| jiff::Timestamp::from_second(end).ok());
        let end = end.and_then(|end| end.to_string().get(..10)?.parse().ok()).map(|day| self.texts.date(day));
        [
            ("generation-label", Some(format!("{generation}, {interface}"))),
            ("page-valid-until", until),
            ("page-certificate-until", end),
            ("code-label", Some(self.code(card))),
            ("number-label", number),
            ("page-reader", Some(self.subject.show(&reader.name))),
        ]
        .into_iter()
        .filter_map(|(label, value)| Some((label, value?)))
        .collect()
    }

    fn code(self, card: &CardReading) -> String {
        let state = self.text(&format!("code-state-{}", card.code.level().code()));
        match card.code.tries_left {
            Some(left) if card.code.level() != CodeLevel::Blocked => {
                self.texts.with("code-tries", &[("state", &state), ("left", &left.to_string()), ("of", "")])
            }
            _ => state,
        }
    }
}
