//! What the page shows at one moment, and who makes it: one look at the cards for each thing that happens in the readers.

use std::sync::Arc;
use std::thread::{self, JoinHandle};

use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

use cpx_card::internal::cards::Observing;
use cpx_card::internal::collect::{Follow, Happening, is_free};
use cpx_card::internal::facts::{ReaderFacts, ReaderState};
use cpx_card::internal::identity::Date;
use cpx_card::internal::limits;
use cpx_card::internal::readiness::{DiagnosisOptions, diagnose};
use cpx_card::internal::transport::Readers;
use cpx_report::{Detail, Disclosure, Language, LocalTime, PageParts, Subject, Texts, card_line, page_parts, sanitise};

use super::super::diagnosis::Seen;
use super::super::exit_code::Exit;
use super::super::source;
use super::behind::Behind;
use super::hub::Hub;

/// What the page shows at one moment.
#[derive(Clone)]
pub(super) struct Content {
    /// The title, text.
    pub(super) title: String,
    /// Everything under the bar, HTML.
    pub(super) page: String,
    /// For those who do not see it, text.
    said: String,
    /// When it was observed, text; empty before that.
    pub(super) moment: String,
    /// Whether something newer is on its way.
    pub(super) busy: bool,
    /// What the program ends with when this is the last that was seen.
    pub(super) exit: Exit,
}

impl Content {
    /// What is shown before the first look has ended.
    pub(super) fn none_yet(texts: &Texts) -> Self {
        let page = html! {
            header { p.of { (texts.text("page-title")) } h1.unknown { (texts.text("live-busy")) } }
            main {}
            footer { p { (texts.text("live-local")) } }
        };
        let page = page.into_string();
        let said = texts.text("live-busy");
        let title = texts.text("page-title");
        Self { title, page, said, moment: String::new(), busy: true, exit: Exit::CouldNotTell }
    }

    /// What is told to a page that follows. While something newer is on its way, what it shows stays.
    pub(super) fn told(&self) -> Value {
        if self.busy {
            return json!({"busy": true, "moment": self.moment});
        }
        json!({"busy": false, "moment": self.moment, "title": self.title, "page": self.page, "said": self.said})
    }
}

/// Looks at the readers and the workstation.
pub(super) struct Observer {
    pub(super) readers: Arc<dyn Readers>,
    pub(super) to_watch: Arc<dyn Readers>,
    pub(super) how: Observing,
    pub(super) options: DiagnosisOptions,
    /// The day to judge on: the one asked for, the one that comes with the readers.
    pub(super) days: (Option<Date>, Option<Date>),
    pub(super) note: Option<String>,
    pub(super) language: Language,
    pub(super) disclosure: Disclosure,
    pub(super) hub: Arc<Hub>,
}

impl Observer {
    /// Looks now, and whenever something happens, until everything ends.
    pub(super) fn start(self) -> std::io::Result<JoinHandle<()>> {
        thread::Builder::new().name("cpx-observer".into()).spawn(move || self.run())
    }

    fn run(self) {
        let texts = Texts::new(self.language).with_zone(jiff::tz::TimeZone::system());
        let mut follow = Follow::new(Arc::clone(&self.to_watch), limits::LIVE_SLICE);
        let mut behind = Behind::new(self.how.clone());
        // what is there at the beginning is no event
        follow.next();
        while !self.hub.is_ended() {
            self.hub.publish(Content { busy: true, ..Content::clone(&self.hub.content()) });
            let when = source::when(self.days.0, self.days.1);
            let mut seen = Seen::new(behind.observe(&self.readers, when), self.note.clone());
            self.hub.publish(self.content(&seen, &texts));
            while !self.hub.is_ended() {
                let happened = follow.next();
                if self.hub.take_again() || happened.iter().any(|one| !matches!(one, Happening::Events(_))) {
                    behind.forget();
                    break;
                }
                // a card that another program had is read once it is free
                if !happened.is_empty() || is_freed(&self.readers, &seen) {
                    break;
                }
                if let Some(surroundings) = behind.newer() {
                    surroundings.put_around(&mut seen.facts);
                    self.hub.publish(self.content(&seen, &texts));
                }
            }
        }
    }

    fn content(&self, seen: &Seen, texts: &Texts) -> Content {
        let diagnosis = diagnose(&seen.facts, &self.options);
        let subject = Subject::new(&seen.facts, &diagnosis, self.disclosure);
        let parts = page_parts(&subject, texts);
        let LocalTime { date, time, zone } = texts.now();
        let values = [("program", env!("CARGO_PKG_VERSION")), ("date", &date), ("time", &time), ("zone", &zone)];
        let made = texts.with("live-ticket-made", &values);
        // a ticket is read by more people than this page
        let answer = seen.anonymous().map(|sent| {
            let diagnosis = diagnose(&sent.facts, &self.options);
            let subject = Subject::new(&sent.facts, &diagnosis, Disclosure::Masked);
            sent.text(&subject, Disclosure::Masked, Detail::Short, None, texts)
        });
        let ticket = format!("{made}\n\n{}", anstream::adapter::strip_str(&answer.unwrap_or_default()));
        let page = self.page(&parts, &self.cards(seen, texts), &ticket, texts);
        let PageParts { title, said, .. } = parts;
        let moment = texts.with("live-moment", &[("time", &time), ("zone", &zone)]);
        Content { title, page: page.into_string(), said, moment, busy: false, exit: diagnosis.outcome.into() }
    }

    fn page(&self, parts: &PageParts, cards: &Markup, ticket: &str, texts: &Texts) -> Markup {
        let privacy = match self.disclosure {
            Disclosure::Masked => "live-masked",
            Disclosure::Full => "live-identity",
        };
        html! {
            header { (PreEscaped(&parts.header)) }
            main {
                (cards)
                (PreEscaped(&parts.main))
                section.ticket aria-labelledby="ticket-title" {
                    h2 #ticket-title { (texts.text("live-ticket")) }
                    details {
                        summary { span { (texts.text("live-ticket-shown")) } }
                        pre #ticket tabindex="0" { (ticket) }
                    }
                }
            }
            footer {
                (PreEscaped(&parts.footer))
                p { (texts.text("live-local")) " " (texts.text(privacy)) }
            }
        }
    }

    /// Which card is in which reader, and whose.
    fn cards(&self, seen: &Seen, texts: &Texts) -> Markup {
        let told: Vec<_> = seen.facts.cards.readers.iter().flatten().zip(&seen.verdict.readers).collect();
        html! {
            @if !told.is_empty() {
                section.readers aria-labelledby="readers" {
                    h2 #readers { (texts.text("live-readers")) }
                    @if let Some(note) = &self.note { p.hint { (note) } }
                    ul {
                        @for (reader, verdict) in told {
                            li {
                                strong { (sanitise(&reader.name)) }
                                span { (card_line(reader, verdict, self.disclosure, texts)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Whether a card that another program had is free.
fn is_freed(readers: &Arc<dyn Readers>, seen: &Seen) -> bool {
    let busy = |reader: &&ReaderFacts| reader.content.state() == ReaderState::Busy;
    seen.facts.cards.readers.iter().flatten().filter(busy).any(|reader| is_free(readers, &reader.name))
}
