//! The workstation: its system, the Cryptolib, the browsers; on paper also where to write which one it is.

use maud::{Markup, html};

use super::Sheet;
use crate::subject::version;

impl Sheet<'_> {
    pub(super) fn station(self) -> Markup {
        let lines = self.versions();
        html! {
            section.station aria-labelledby="station" {
                h2 #station { (self.text("page-station")) }
                dl.versions {
                    @for (label, value) in lines { div { dt { (self.text(label)) } dd { (value) } } }
                }
            }
        }
    }

    /// Where to write, on paper, which workstation this is and whose.
    pub(super) fn to_fill_in(self) -> Markup {
        html! {
            dl.paper aria-hidden="true" {
                @for label in ["page-station-name", "page-user", "page-ticket"] { div { dt { (self.text(label)) } dd {} } }
            }
        }
    }

    /// What was seen, with its version.
    fn versions(self) -> Vec<(&'static str, String)> {
        let facts = &self.subject.facts.workstation;
        let with_version = |name: String, number: Option<&str>| match number.map(version) {
            Some(number) if !number.is_empty() && !name.contains(&number) => format!("{name} {number}"),
            _ => name,
        };
        let system =
            facts.system.seen().map(|system| with_version(self.subject.show(&system.name), Some(&system.version)));
        let cryptolib = self.subject.cryptolib().filter(|version| !version.is_empty());
        let mut browsers: Vec<_> = facts.browsers.seen().into_iter().flat_map(|seen| &seen.installed).collect();
        browsers.dedup_by(|one, other| (one.kind, &one.version) == (other.kind, &other.version));
        let browsers = browsers.iter().map(|one| with_version(self.words().browser(one.kind), one.version.as_deref()));
        let browsers = browsers.collect::<Vec<_>>().join(", ");
        [
            ("decode-system", system.filter(|system| !system.is_empty())),
            ("chain-cryptolib", cryptolib),
            ("page-browsers", Some(browsers).filter(|browsers| !browsers.is_empty())),
        ]
        .into_iter()
        .filter_map(|(label, value)| Some((label, value?)))
        .collect()
    }
}
