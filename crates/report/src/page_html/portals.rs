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
                        @let is_beside = self.is_beside(verdict);
                        @let tone = if is_beside { Tone::Beside } else { Tone::of(verdict.readiness) };
                        li class=(tone.class()) {
                            (mark(tone))
                            div {
                                h3 { (self.text(&format!("portal-{}", verdict.portal.code()))) }
                                p.answer {
                                    @if is_beside { (self.text("page-not-for-card")) }
                                    @else { (self.text(&format!("readiness-{}", verdict.readiness.code()))) }
                                }
                                @for line in self.ways(verdict) { p.way { (line) } }
                                @for line in self.remedies(verdict) { p.way { "→ " (line) } }
                            }
                        }
                    }
                }
                @if self.is_network_open() { p.hint { (self.text("page-network-untested")) } }
            }
        }
    }

    /// Whether a portal is not for this card, and was not asked for alone.
    fn is_beside(self, verdict: &PortalVerdict) -> bool {
        let portals = &self.subject.diagnosis.portals;
        verdict.is_not_for_the_card() && !portals.iter().all(PortalVerdict::is_not_for_the_card)
    }

    /// What to do about what closes this portal alone.
    fn remedies(self, verdict: &PortalVerdict) -> Vec<String> {
        let diagnosis = &self.subject.diagnosis;
        let is_told = |id: &str| self.subject.causes().any(|told| told.id == id);
        // what closes every portal is told once, above
        let because = |verdict: &PortalVerdict| verdict.eligibility.and_then(|answer| answer.because);
        let is_alike = diagnosis.portals.iter().all(|other| because(other) == because(verdict));
        let unfit = verdict.eligibility.filter(|answer| !is_alike && answer.because.is_some());
        let unfit = unfit.filter(|answer| diagnosis.unfit.is_none() || answer.because != diagnosis.unfit);
        let unfit = unfit.and_then(|answer| self.words().unfit(answer)).and_then(|(_, remedy)| remedy);
        let cause = verdict.causes.iter().find(|cause| !is_told(cause.id)).map(|cause| {
            let what = self.words().cause(cause);
            match self.words().remedy(cause) {
                Some(remedy) => format!("{what} {remedy}"),
                None => what,
            }
        });
        unfit.into_iter().chain(cause).collect()
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
