//! Certificate files for people: what each part is, what it is worth, what to do.

use cpx_card::internal::certificate::Protection;
use cpx_card::internal::facts::Evidence;
use cpx_card::internal::readiness::{
    ContainerVerdict, FilePart, FileWeight, FilesVerdict, ListVerdict, RequestVerdict,
};

use super::certificate_text::key;
use super::page::{CAREFUL, Page, STRONG};
use super::{Disclosure, Texts, sanitise};

/// The answer of `cpx-check certificate`, with styles. `not_looked_at` counts files of folders that were given.
pub fn files_text(
    verdict: &FilesVerdict,
    evidence: &Evidence,
    not_looked_at: usize,
    disclosure: Disclosure,
    texts: &Texts,
) -> String {
    let mut page = Page::new(texts, disclosure);
    for part in &verdict.parts {
        page.part(part);
    }
    if verdict.clock.is_some() {
        page.finding(CAREFUL, "clock-doubt");
    }
    for (code, count) in [("files-not-looked-at", not_looked_at), ("evidence-not-looked-at", evidence.not_looked_at)] {
        if count > 0 {
            page.finding_with(CAREFUL, code, &[("count", &count.to_string())]);
        }
    }
    if !evidence.problems.is_empty() {
        page.finding(CAREFUL, "evidence-unreadable");
    }
    for problem in &evidence.problems {
        page.detail(&problem.detail);
    }
    if disclosure == Disclosure::Masked && verdict.parts.iter().any(FilePart::is_masked) {
        let note = texts.text("masked-note");
        page.note(&note);
    }
    page.text
}

impl Page<'_> {
    fn part(&mut self, part: &FilePart) {
        match part {
            FilePart::Certificate(one) => self.certificate(one),
            FilePart::Request(one) => self.request(one, part.weight()),
            FilePart::List(one) => self.revocation_list(one, part.weight()),
            FilePart::Container(one) => self.container(one, part.weight()),
            FilePart::PrivateKey { label, among_others } => {
                let code = if *among_others { "private-key-beside" } else { "private-key" };
                self.no_certificate(label, part.weight(), code, None);
            }
            FilePart::Named { label, kind } => {
                self.no_certificate(label, part.weight(), &format!("named-{kind}"), None);
            }
            FilePart::Unreadable(one) => {
                let told = ["file", "file-too-large"].into_iter().find(|code| *code == one.failure.kind.code());
                let code = told.unwrap_or("certificate-file-unreadable");
                self.no_certificate(&one.label, part.weight(), code, Some(&one.failure.detail));
            }
        }
    }

    fn no_certificate(&mut self, label: &str, weight: FileWeight, code: &str, detail: Option<&str>) {
        self.label(label);
        self.worth(weight, &self.texts.text(code));
        self.remedy("  ", code);
        if let Some(detail) = detail {
            self.detail(detail);
        }
        self.line("");
    }

    pub(super) fn label(&mut self, label: &str) {
        self.line(&format!("{STRONG}{}{STRONG:#}", sanitise(label)));
    }

    fn request(&mut self, one: &RequestVerdict, weight: FileWeight) {
        let told = &one.explanation;
        let disclosure = self.disclosure.of_names(told);
        self.label(&one.label);
        let title = if one.findings.is_empty() { "request-good" } else { "request-title" };
        self.worth(weight, &self.texts.text(title));
        self.line("");
        let subject = one.request.subject();
        let rows = [
            ("service-label", told.common_name.as_ref().map(|name| disclosure.show(name, name.reveal()))),
            ("structure-label", self.structure_line(told.organisation.as_ref(), told.structure.as_ref(), disclosure)),
            ("hosts-label", Some(sanitise(&told.dns_names.join(", "))).filter(|names| !names.is_empty())),
            ("purpose-label", Some(self.purposes(told)).filter(|purposes| !purposes.is_empty())),
            ("subject-label", (!subject.is_empty()).then(|| disclosure.show(subject, &subject.reveal()))),
            ("usage-label", Some(self.usages(told)).filter(|usages| !usages.is_empty())),
            ("key-label", Some(key(told))),
        ];
        for (label, value) in rows {
            if let Some(value) = value {
                self.row(label, &value);
            }
        }
        for finding in &one.findings {
            self.finding(CAREFUL, &format!("request-{}", finding.code()));
        }
        let note = self.texts.text("request-note");
        self.line(&self.texts.folded("  ", "→ ", &note));
        self.line("");
    }

    fn revocation_list(&mut self, one: &ListVerdict, weight: FileWeight) {
        self.label(&one.label);
        self.worth(weight, &self.texts.text("list-title"));
        self.line("");
        self.row("issuer-label", &sanitise(&one.list.issuer().reveal()));
        self.row("list-date-label", &self.texts.date(one.list.this_update().date()));
        if let Some(next) = one.list.next_update() {
            let date = self.texts.date(next.date());
            let date = if one.is_fresh { date } else { self.texts.with("list-past", &[("date", &date)]) };
            self.row("list-next-label", &date);
        }
        let entries = match one.entries {
            Some(count) => self.texts.with("list-entries", &[("count", &count.to_string())]),
            None => self.texts.text("list-broken"),
        };
        self.row("list-entries-label", &entries);
        let signature = self.texts.text(&format!("list-issuer-{}", one.issuer.code()));
        self.row("list-signature-label", &signature);
        let note = self.texts.text("list-use");
        self.line(&self.texts.folded("  ", "→ ", &note));
        self.line("");
    }

    fn container(&mut self, one: &ContainerVerdict, weight: FileWeight) {
        self.label(&one.label);
        self.worth(weight, &self.texts.text("container-title"));
        self.line("");
        // keys that stand outside what is locked are counted without the code
        let keys = *one.opened.as_ref().unwrap_or(&one.container.keys());
        if one.opened.is_ok() || keys > 0 {
            let keys = self.texts.with("container-opened", &[("keys", &keys.to_string())]);
            self.row("container-content-label", &keys);
        }
        let cipher = match one.container.protection() {
            Some(protection) => self.cipher(protection),
            None => self.texts.text("container-clear"),
        };
        self.row("container-cipher-label", &cipher);
        if let Err(why) = one.opened {
            self.finding(CAREFUL, &format!("container-{}", why.code()));
        }
        if one.is_codeless {
            self.finding(CAREFUL, "container-codeless");
        }
        let secret = self.texts.text("container-secret");
        self.line(&self.texts.folded("  ", "→ ", &secret));
        self.line("");
    }

    fn cipher(&self, protection: Protection) -> String {
        let cipher = self.texts.text(&format!("cipher-{}", protection.cipher.code()));
        match protection.iterations {
            0 => cipher,
            count => self.texts.with("container-cipher", &[("cipher", &cipher), ("count", &count.to_string())]),
        }
    }
}
