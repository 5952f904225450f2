//! The way from the reader to the portal as a picture, with the broken link shown: across the page, or down it on a
//! narrow screen.

use maud::{Markup, html};

use cpx_card::internal::readiness::{Cause, Check, CheckResult, Group, Severity, State};

use super::Sheet;
use super::mark::Tone;

/// The links, and what each is about.
const LINKS: [(&str, &[Group]); 8] = [
    ("reader", &[Group::Reader]),
    ("pcsc", &[Group::Context, Group::Service]),
    ("card", &[Group::Card]),
    ("cryptolib", &[Group::Middleware]),
    ("pkcs11", &[Group::Pkcs11]),
    ("certificates", &[Group::Certificates]),
    ("browser", &[Group::Browser]),
    ("portal", &[Group::Network, Group::Trust]),
];

/// The link of a check. The state of the code is asked of the module, and is the card's.
fn link_of(check: &Check) -> Option<&'static str> {
    if check.id == "pin-state" {
        return Some("card");
    }
    LINKS.iter().find(|(_, groups)| groups.contains(&check.group)).map(|(name, _)| *name)
}

/// Where the links stand.
#[derive(Clone, Copy)]
enum Layout {
    Across,
    Down,
}

/// Room of one link.
const STEP: usize = 112;
const ROW: usize = 58;

impl Sheet<'_> {
    pub(super) fn chain(self) -> Markup {
        let links = LINKS.map(|(name, _)| {
            let tone = self.tone(name);
            let state = self.text(&format!("chain-is-{}", tone.class()));
            Link { name: self.text(&format!("chain-{name}")), state, tone }
        });
        let words = links.iter().map(|link| self.texts.of(&link.name, &link.state));
        let words = self.texts.list(&words.collect::<Vec<_>>());
        html! {
            section.chain aria-labelledby="chain" {
                h2 #chain { (self.text("page-chain")) }
                (picture(&links, &words, Layout::Across))
                (picture(&links, &words, Layout::Down))
            }
        }
    }

    /// Broken where a cause lies, unknown where nothing could be looked at.
    fn tone(self, link: &str) -> Tone {
        let diagnosis = &self.subject.diagnosis;
        // the way that is told: what another browser lacks breaks nothing here
        let told = diagnosis.portals.iter().find(|verdict| verdict.readiness == diagnosis.outcome);
        let path = told.and_then(|verdict| verdict.paths.first()).map(|path| path.path);
        let portals: Vec<_> = told.iter().map(|verdict| verdict.portal).collect();
        let is_of_link = |one: &&CheckResult| link_of(one.check) == Some(link) && one.check.concerns(&portals, path);
        let results: Vec<_> = self.subject.checks().filter(is_of_link).collect();
        let is_here = |cause: &&Cause| results.iter().any(|one| one.check.id == cause.id);
        let causes = diagnosis.headline.iter().chain(&diagnosis.others).chain(&diagnosis.folded);
        let gravest = causes.filter(is_here).map(|cause| (cause.state == State::Fail, cause.severity)).max();
        let has = |state: State| results.iter().any(|one| one.state == state);
        match gravest {
            Some((true, severity)) if severity >= Severity::Major => Tone::Bad,
            _ if has(State::Blocked) => Tone::Unknown,
            Some(_) => Tone::Careful,
            // without the network, what was seen of proxies and authorities says nothing of the portal
            None if link == "portal" && results.iter().any(|one| one.found.reason == "offline") => Tone::Unknown,
            None if has(State::Pass) => Tone::Good,
            None => Tone::Unknown,
        }
    }
}

/// A link of the picture.
struct Link {
    name: String,
    state: String,
    tone: Tone,
}

/// The wire before a link is as good as the link; the one behind a broken first link is broken.
fn wire(links: &[Link], index: usize) -> Tone {
    let tone = |index: usize| links.get(index).map_or(Tone::Unknown, |link| link.tone);
    if index == 1 && tone(0) == Tone::Bad { Tone::Bad } else { tone(index) }
}

fn picture(links: &[Link], words: &str, layout: Layout) -> Markup {
    let count = links.len();
    let (class, width, height) = match layout {
        Layout::Across => ("across", STEP * count, 94),
        Layout::Down => ("down", 300, ROW * count),
    };
    let place = |index: usize| match layout {
        Layout::Across => (STEP * index + STEP / 2, 28),
        Layout::Down => (28, ROW * index + ROW / 2),
    };
    html! {
        svg class={ "links " (class) } viewBox={ "0 0 " (width) " " (height) } role="img" aria-label=(words) {
            @for index in 1..count {
                @let (from, to) = (place(index - 1), place(index));
                @let tone = wire(links, index);
                line class={ "wire " (tone.class()) } x1=(from.0) y1=(from.1) x2=(to.0) y2=(to.1) {}
                @if tone == Tone::Bad {
                    // the gap where the chain is broken
                    @let middle = (from.0.midpoint(to.0), from.1.midpoint(to.1));
                    circle.gap cx=(middle.0) cy=(middle.1) r="9" {}
                    path.crack transform={ "translate(" (middle.0) " " (middle.1) ")" } d="M-5 -7L0 -1L-3 1L4 7" {}
                }
            }
            @for (index, Link { name, state, tone }) in links.iter().enumerate() {
                @let (x, y) = place(index);
                g class={ "link " (tone.class()) } {
                    circle cx=(x) cy=(y) r="17" {}
                    path transform={ "translate(" (x - 18) " " (y - 18) ") scale(1.5)" } d=(tone.lines()) {}
                    @match layout {
                        Layout::Across => {
                            text x=(x) y=(y + 40) text-anchor="middle" { (name) }
                            text.state x=(x) y=(y + 58) text-anchor="middle" { (state) }
                        }
                        Layout::Down => {
                            text x=(x + 32) y=(y - 2) { (name) }
                            text.state x=(x + 32) y=(y + 17) { (state) }
                        }
                    }
                }
            }
        }
    }
}
