//! The cause and what to do about it, large; the others below.

use maud::{Markup, html};

use cpx_card::internal::readiness::Cause;

use super::Sheet;
use super::mark::{Tone, mark};

impl Sheet<'_> {
    pub(super) fn causes(self) -> Markup {
        let diagnosis = &self.subject.diagnosis;
        html! {
            @if let Some(cause) = &diagnosis.headline {
                section.cause.(Tone::of_state(cause.state).class()) aria-labelledby="cause" {
                    h2 #cause { (self.heading(Tone::of_state(cause.state))) }
                    (self.cause(cause))
                }
            } @else if let Some(unfit) = diagnosis.unfit {
                @let tone = Tone::of(diagnosis.outcome);
                section.cause.(tone.class()) aria-labelledby="cause" {
                    h2 #cause { (self.heading(tone)) }
                    p.what { (mark(tone)) span { (self.text(&format!("fit-{}", unfit.code()))) } }
                    @if let Some(remedy) = self.texts.remedy_on(self.subject.family(), &format!("fit-{}", unfit.code()), &[]) {
                        div.do { h3 { (self.text("page-remedy")) } p { (remedy) } }
                    }
                }
            }
            @if !diagnosis.others.is_empty() {
                section.others aria-labelledby="others" {
                    h2 #others { (self.text("page-others")) }
                    @for cause in &diagnosis.others { article { (self.cause(cause)) } }
                }
            }
        }
    }

    fn heading(self, tone: Tone) -> String {
        self.text(if tone == Tone::Bad { "page-cause" } else { "page-reservation" })
    }

    fn cause(self, cause: &Cause) -> Markup {
        let tone = Tone::of_state(cause.state);
        let words = self.words();
        let (what, remedy, verify) = (words.cause(cause), words.remedy(cause), words.verify(cause));
        html! {
            p.what { (mark(tone)) span { (what) } }
            @if let Some(remedy) = remedy {
                div.do { h3 { (self.text("page-remedy")) } p { (remedy) } }
            }
            @if let Some(verify) = verify {
                p.verify { strong { (self.text("page-verify")) } " " (verify) }
            }
        }
    }
}
