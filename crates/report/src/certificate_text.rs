//! Certificates for people.

use cpx_card::internal::certificate::{Explanation, ProfileKind, Revocation, Role, Trust, TrustReason, Validity};
use cpx_card::internal::facts::Disagreement;
use cpx_card::internal::identity::{CardType, Category, CheckVerdict, HolderId, Name, StructureId, codes};
use cpx_card::internal::readiness::{CertificateVerdict, CertificatesVerdict, FileWeight, advice, conclusion};

use super::disclosure::issuer;
use super::page::{BAD, CAREFUL, GOOD, Page};
use super::{Disclosure, sanitise};

impl Page<'_> {
    /// One certificate: what it is worth and what to do, then what it says.
    pub(super) fn certificate(&mut self, one: &CertificateVerdict) {
        let profile = &one.profile;
        let told = Explanation::of_profile(&one.certificate, profile);
        self.label(&one.label);
        self.certificate_conclusion(one);
        for code in advice(one) {
            let advice = self.texts.text(&format!("advice-{code}"));
            self.line(&self.texts.folded("  ", "→ ", &advice));
        }
        self.line("");
        let is_authority = profile.kind == ProfileKind::Authority;
        // an organisation is no secret; the structure of one person is
        let disclosure = self.disclosure.of_names(&told);
        let show = |name: &Name| disclosure.show(name, name.reveal());
        let names = [profile.given_name.as_ref(), profile.surname.as_ref()].into_iter().flatten().map(show);
        let names = names.collect::<Vec<_>>().join(" ");
        let owner = [told.common_name.as_ref(), told.organisation.as_ref()].into_iter().flatten().map(show);
        let owner = owner.collect::<Vec<_>>().join(", ");
        let profession = profile.profession.map(|code| self.decimal(codes::profession_label(code), code));
        let is_repeated = |title: &&str| profession.as_ref().is_some_and(|profession| profession.starts_with(*title));
        let serial = one.certificate.serial();
        let subject = one.certificate.subject();
        let rows = [
            ("nature-label", Some(self.nature(one))),
            ("holder-label", Some(if is_authority { owner } else { names }).filter(|names| !names.is_empty())),
            ("pseudonym-label", profile.pseudonym.as_ref().map(show)),
            ("title-label", profile.title.as_deref().filter(|title| !is_repeated(title)).map(sanitise)),
            ("id-label", profile.holder_id.as_ref().map(|id| self.holder_id_line(id))),
            ("profession-label", profession.clone()),
            (
                "future-profession-label",
                profile.future_profession.map(|code| self.decimal(codes::future_profession_label(code), code)),
            ),
            ("structure-label", self.structure(one, disclosure)),
            ("service-label", profile.service.as_ref().map(show)),
            ("number-label", profile.card_number.as_ref().map(|number| self.disclosure.show(number, number.reveal()))),
            ("purpose-label", Some(self.purposes(&told)).filter(|purposes| !purposes.is_empty())),
            ("validity-label", Some(self.period(one))),
            ("delivered-label", Some(self.issued_by(one))),
            ("opposition-label", Some(self.revocations(one))),
            // stars in a row tell nobody anything
            ("subject-label", (disclosure == Disclosure::Full).then(|| sanitise(&subject.reveal()))),
            ("serial-label", Some(disclosure.show(serial, &serial.reveal()))),
            ("usage-label", Some(self.usages(&told)).filter(|usages| !usages.is_empty())),
            ("key-label", Some(key(&told))),
        ];
        for (label, value) in rows {
            if let Some(value) = value {
                self.row(label, &value);
            }
        }
        if one.certificate.trailing_bytes() > 0 {
            let count = one.certificate.trailing_bytes().to_string();
            self.row("trailing-label", &self.texts.with("trailing-bytes", &[("count", &count)]));
        }
        if let (Some(name), Some(wanted)) = (&told.common_name, told.meant_name) {
            let name = disclosure.show(name, name.reveal());
            self.finding_with(CAREFUL, "insi-name", &[("name", &name), ("wanted", wanted)]);
        }
        self.line("");
    }

    /// What it is worth, in a line.
    fn certificate_conclusion(&mut self, one: &CertificateVerdict) {
        let (weight, code) = conclusion(one);
        let since = if let Revocation::Revoked { since, .. } = &one.revocation {
            self.texts.date(since.date())
        } else {
            String::new()
        };
        let values = [
            ("start", self.texts.date(one.certificate.not_before().date())),
            ("end", self.texts.date(one.certificate.not_after().date())),
            ("since", since),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let mut sentence = self.texts.with(&format!("certificate-is-{code}"), &values);
        let is_test = one.profile.category.is_some_and(Category::is_test);
        if is_test || one.trust.trust() == Trust::TestAuthority {
            let test = if one.profile.kind.is_of_a_card() { "category-test" } else { "test-certificate" };
            sentence = format!("{sentence} ({})", self.texts.text(test));
        }
        self.worth(weight, &sentence);
    }

    /// What a part of a file is worth, in a line.
    pub(super) fn worth(&mut self, weight: FileWeight, sentence: &str) {
        let (style, mark) = match weight {
            FileWeight::Good => (GOOD, "✓"),
            FileWeight::Unusable => (BAD, "✗"),
            _ => (CAREFUL, "!"),
        };
        let line = self.texts.folded("", &format!("{mark} "), sentence);
        self.line(&format!("{style}{line}{style:#}"));
    }

    /// What it is, and what its key does.
    fn nature(&self, one: &CertificateVerdict) -> String {
        let profile = &one.profile;
        let distinct = profile.card_type.filter(|card_type| card_type.distinction().is_some());
        let kind = match distinct {
            Some(card_type) => self.type_line(card_type),
            None => self.texts.text(&format!("profile-{}", profile.kind.code())),
        };
        let parts = [
            Some(kind),
            (profile.role != Role::Other).then(|| self.texts.text(&format!("role-{}", profile.role.code()))),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// What it serves.
    pub(super) fn purposes(&self, told: &Explanation) -> String {
        let purposes = told.purposes.iter().map(|purpose| self.texts.text(&format!("purpose-{}", purpose.code())));
        self.texts.list(&purposes.collect::<Vec<_>>())
    }

    /// What each source said of its revocation, where several were asked.
    fn revocations(&self, one: &CertificateVerdict) -> String {
        if one.answers.len() < 2 {
            return self.revocation(&one.revocation);
        }
        let told = one.answers.iter().map(|(source, revocation)| {
            let source = self.texts.text(&format!("revocation-source-{}", source.code()));
            self.texts.with("revocation-by", &[("revocation", &self.revocation(revocation)), ("source", &source)])
        });
        self.texts.list(&told.collect::<Vec<_>>())
    }

    /// The certificates of a card: a line each, then what they say otherwise than the chip.
    pub(super) fn card_certificates(&mut self, verdict: &CertificatesVerdict) {
        let count = (verdict.certificates.len() + verdict.unreadable.len()).to_string();
        let count = self.texts.with("certificates-count", &[("count", &count)]);
        self.row("certificates-label", &count);
        for one in &verdict.certificates {
            let role = self.texts.text(&format!("role-{}", one.profile.role.code()));
            let revocation = self.revocation(&one.revocation);
            let opposition = self.texts.with("certificate-opposition", &[("revocation", &revocation)]);
            self.continued(&self.texts.with("certificate-period", &[("role", &role), ("period", &self.period(one))]));
            self.continued(&format!("  {}", self.trust(one)));
            self.continued(&format!("  {opposition}"));
        }
        for one in &verdict.unreadable {
            let key = if one.redacted { "certificate-redacted" } else { "certificate-unreadable" };
            let line = self.texts.of(&sanitise(&one.label), &self.texts.text(key));
            self.continued(&line);
        }
        for one in &verdict.certificates {
            let role = self.texts.text(&format!("role-{}", one.profile.role.code()));
            for disagreement in &one.disagreements {
                let line = self.difference("differs-from-chip", disagreement, &role);
                self.continued(&line);
            }
        }
        for disagreement in &verdict.between {
            let line = self.difference("differs-between", disagreement, "");
            self.continued(&line);
        }
        let own = verdict.certificates.iter().filter(|one| !one.is_of_another());
        if let Some(structure) = own.into_iter().find_map(|one| self.structure(one, self.disclosure)) {
            self.row("structure-label", &structure);
        }
    }

    fn difference(&self, key: &str, disagreement: &Disagreement, role: &str) -> String {
        let field = self.texts.text(&format!("field-{}", disagreement.field.code()));
        let (one, other) = (sanitise(&disagreement.one), sanitise(&disagreement.other));
        self.texts.with(key, &[("field", &field), ("one", &one), ("other", &other), ("role", role)])
    }

    fn period(&self, one: &CertificateVerdict) -> String {
        let end = self.texts.date(one.certificate.not_after().date());
        let start = self.texts.date(one.certificate.not_before().date());
        let key = match one.validity {
            Validity::Valid { .. } => "period-valid",
            Validity::ExpiresSoon { .. } => "period-expires-soon",
            Validity::Expired { .. } => "period-expired",
            Validity::NotYetValid { .. } => "period-not-yet-valid",
        };
        let days = one.validity.days().unsigned_abs();
        let (lasts, days) = (self.texts.days(days), days.to_string());
        self.texts.with(key, &[("start", &start), ("end", &end), ("days", &days), ("lasts", &lasts)])
    }

    /// The usages in words; by its number one that has none.
    pub(super) fn usages(&self, told: &Explanation) -> String {
        let words = |code: String| {
            let words = self.texts.text(&format!("usage-{}", code.replace('.', "-")));
            if words.starts_with("usage-") { code } else { words }
        };
        let usages = told.key_usage.iter().map(|usage| (*usage).to_owned());
        let extended = told.extended_key_usage.iter().map(ToString::to_string);
        usages.chain(extended).map(words).collect::<Vec<_>>().join(", ")
    }

    /// Its authority: by the name that it gives itself where that is not one of IGC-Santé.
    fn issued_by(&self, one: &CertificateVerdict) -> String {
        let is_told = one.trust.reason() == Some(TrustReason::LooksLikeIgcSante);
        let trust = if is_told { self.texts.text("trust-unknown-issuer") } else { self.trust(one) };
        if one.trust.authority().is_some() { trust } else { format!("{} ({trust})", issuer(one, self.disclosure)) }
    }

    fn trust(&self, one: &CertificateVerdict) -> String {
        let authority = one.trust.authority().map(|authority| authority.name().to_owned()).unwrap_or_default();
        let trust = self.texts.with(&format!("trust-{}", one.trust.code()), &[("authority", &authority)]);
        let reason = one.trust.reason().map(|reason| self.texts.text(&format!("trust-reason-{}", reason.code())));
        let weak = one.trust.is_weak().then(|| self.texts.text("weak-signature"));
        match reason.or(weak) {
            Some(reason) if one.trust.authority().is_none() => reason,
            Some(reason) => format!("{trust} ({reason})"),
            None => trust,
        }
    }

    fn revocation(&self, revocation: &Revocation) -> String {
        match revocation {
            Revocation::NotRevoked { as_of, .. } => {
                self.texts.with("revocation-not-revoked", &[("date", &self.texts.date(as_of.date()))])
            }
            Revocation::Revoked { since, reason, .. } => {
                let reason = self.texts.text(&format!("revoked-{}", reason.code()));
                self.texts.with("revocation-revoked", &[("date", &self.texts.date(since.date())), ("reason", &reason)])
            }
            Revocation::Unknown(reason) => {
                let reason = self.texts.text(&format!("revocation-unknown-{}", reason.code()));
                self.texts.with("revocation-not-known", &[("reason", &reason)])
            }
            Revocation::NotChecked => self.texts.text("revocation-not-checked"),
        }
    }

    fn structure(&self, one: &CertificateVerdict, disclosure: Disclosure) -> Option<String> {
        let profile = &one.profile;
        self.structure_line(profile.structure_name.as_ref(), profile.structure.as_ref(), disclosure)
    }

    /// The name and the number of a structure.
    pub(super) fn structure_line(
        &self,
        name: Option<&Name>,
        id: Option<&StructureId>,
        disclosure: Disclosure,
    ) -> Option<String> {
        let name = name.map(|name| disclosure.show(name, name.reveal()));
        let id = id.map(|id| {
            let shown = disclosure.show(id, id.reveal());
            self.checked(&shown, &format!("structure-register-{}", id.register().code()), id.check())
        });
        let parts: Vec<_> = [name, id].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// The type of a card, with what its certificate tells beyond table G02.
    pub(super) fn type_line(&self, card_type: CardType) -> String {
        if let Some((distinction, _)) = card_type.distinction() {
            return self.texts.text(&format!("distinction-{}", distinction.code()));
        }
        let code = format!("{:02X}", card_type.g02());
        self.texts.with(&format!("type-{}", card_type.label().replace('/', "-")), &[("code", &code)])
    }

    /// An identifier with its register and the verdict on its check digit.
    pub(super) fn holder_id_line(&self, id: &HolderId) -> String {
        let shown = self.disclosure.show(id, id.reveal());
        let line = self.checked(&shown, &format!("register-{}", id.register().code()), id.check());
        match id.problem().filter(|problem| *problem != cpx_card::internal::identity::IdProblem::CheckDigit) {
            Some(problem) => format!("{line}, {}", self.texts.text(&format!("problem-{}", problem.code()))),
            None => line,
        }
    }

    fn checked(&self, id: &str, register: &str, check: CheckVerdict) -> String {
        let register = self.texts.text(register);
        match check {
            CheckVerdict::Valid | CheckVerdict::Invalid => {
                let verdict = self.texts.text(&format!("verdict-{}", check.code()));
                self.texts.with("id-checked", &[("id", id), ("register", &register), ("verdict", &verdict)])
            }
            CheckVerdict::None => self.texts.with("id-unchecked", &[("id", id), ("register", &register)]),
        }
    }
}

/// The key and how it is signed: `RSA 2048 bits, RSA-SHA256`.
pub(super) fn key(told: &Explanation) -> String {
    let bits = told.key_bits.map(|bits| format!(" {bits}\u{a0}bits")).unwrap_or_default();
    let (key, signature) = (told.key.code(), told.signature_algorithm.code());
    format!("{}{bits}, {}", key.to_uppercase(), signature.to_uppercase())
}
