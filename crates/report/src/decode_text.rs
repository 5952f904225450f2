//! What a support code says for people.

use cpx_card::internal::readiness::Readiness;

use super::diagnosis_ndjson::system;
use super::page::{BAD, CAREFUL, GOOD, Page};
use super::{Disclosure, SupportCode, Texts};

/// What this code says: the verdict, the causes with their remedies, each portal.
pub fn decode_text(code: &SupportCode, texts: &Texts) -> String {
    let mut page = Page::new(texts, Disclosure::Masked);
    let style = match code.outcome {
        Readiness::Ready => GOOD,
        Readiness::NotReady => BAD,
        _ => CAREFUL,
    };
    let outcome = texts.text(&format!("readiness-{}", code.outcome.code()));
    page.line(&texts.of(&code.to_string(), &format!("{style}{outcome}{style:#}")));
    page.row("decode-system", &texts.text(&format!("system-{}", system(code.system))));
    for (portal, answer) in &code.portals {
        let name = texts.text(&format!("portal-{}", portal.code()));
        let answer = texts.text(&format!("readiness-{}", answer.code()));
        page.row("decode-portal", &texts.with("decode-answer", &[("portal", &name), ("answer", &answer)]));
    }
    if let Some(unfit) = code.unfit {
        page.line(&texts.folded("  ", "! ", &texts.text(&format!("fit-{}", unfit.code()))));
    }
    for id in &code.causes {
        let key = format!("check-{id}");
        page.line(&texts.folded("  ", "! ", &texts.text(&key)));
        if let Some(remedy) = texts.remedy_on(code.system, &key, &[]) {
            page.line(&texts.folded("    ", "→ ", &remedy));
        }
    }
    page.text
}
