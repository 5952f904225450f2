//! The verdict on each portal: a row of marks.

use maud::{Markup, html};

use cpx_card::internal::readiness::{PortalVerdict, Readiness};

use super::Sheet;
use super::mark::{Tone, mark};

impl Sheet<'_> {
    pub(super) fn portals(self) -> Markup {
        html! {
            section aria-labelledby="portals" {
                h2 #portals { (self.text("page-portals")) }
                ul.portals {
                    @for verdict in &self.subject.diagnosis.portals {
                        @let tone = Tone::of(verdict.readiness);
                        li class=(tone.class()) {
                            (mark(tone))
                            div {
                                h3 { (self.text(&format!("portal-{}", verdict.portal.code()))) }
                                p.answer { (self.text(&format!("readiness-{}", verdict.readiness.code()))) }
                                @for line in self.ways(verdict) { p.way { (line) } }
                            }
                        }
                    }
                }
                @if self.is_network_open() { p.hint { (self.text("page-network-untested")) } }
            }
        }
    }

    /// Whether a portal is said to work although nobody looked at the network.
    pub(super) fn is_network_open(self) -> bool {
        let works = |verdict: &&PortalVerdict| verdict.working().is_some();
        self.subject.diagnosis.portals.iter().filter(works).any(|verdict| !verdict.network_tested())
    }

    /// Why by the card, and with which browsers.
    fn ways(self, verdict: &PortalVerdict) -> Vec<String> {
        let because = verdict.eligibility.and_then(|answer| answer.because);
        let because = because.map(|unfit| self.text(&format!("fit-{}", unfit.code())));
        let browsers =
            self.words().working_browsers(verdict, None).filter(|_| verdict.readiness <= Readiness::Reserved);
        let browsers = browsers.map(|browsers| self.texts.with("page-with-browser", &[("browser", &browsers)]));
        because.into_iter().chain(browsers).collect()
    }
}
