//! The verdict on each portal: a row of marks.

use maud::{Markup, html};

use crate::readiness::PortalVerdict;

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
            }
        }
    }

    /// Why by the card, and with which browsers.
    fn ways(self, verdict: &PortalVerdict) -> Vec<String> {
        let because = verdict.eligibility.and_then(|answer| answer.because);
        let because = because.map(|unfit| self.text(&format!("fit-{}", unfit.code())));
        let working = verdict.working().map(|path| {
            let browser = self.text(&format!("browser-{}", path.browser.code()));
            self.texts.with("page-with-browser", &[("browser", &browser)])
        });
        let untested = verdict.working().filter(|path| !path.network_tested);
        let untested = untested.map(|_| self.text("page-network-untested"));
        because.into_iter().chain(working).chain(untested).collect()
    }
}
