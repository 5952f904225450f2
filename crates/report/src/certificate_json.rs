//! Certificates for machines: a part of `cpx-check.card/1` and of `cpx-check.certificate/1`.

use serde::Serialize;

use cpx_card::internal::certificate::{Explanation, Profile, Revocation};
use cpx_card::internal::facts::Disagreement;
use cpx_card::internal::facts::{CardReading, Failure};
use cpx_card::internal::identity::{CardType, Category, HolderId, Name, StructureId, TypeEvidence, codes, mask};
use cpx_card::internal::readiness::{CertificateVerdict, CertificatesVerdict, advice};

use super::card_json::Coded;
use super::disclosure::issuer;
use super::{Disclosure, sanitise};

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Certificate {
    /// Its label on the card, or its file.
    label: String,
    /// Its identifier on the card.
    id: Option<String>,
    /// Why it cannot be read: the stable code, or `redacted` in a redacted recording.
    unreadable: Option<&'static str>,
    detail: Option<String>,
    bytes: Option<usize>,
    trailing_bytes: Option<usize>,
    /// Where its bytes come from: `card`, which was read directly, or `module`, whose copy begins as the one on the card does.
    source: Option<&'static str>,
    #[serde(flatten)]
    content: Option<Content>,
    /// Hexadecimal, in full only: a certificate names its holder.
    der: Option<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Content {
    role: &'static str,
    profile: &'static str,
    subject: String,
    issuer: String,
    serial: String,
    not_before: String,
    not_after: String,
    validity: &'static str,
    days: i64,
    r#type: Option<&'static str>,
    type_code: Option<String>,
    type_basis: Option<&'static str>,
    type_distinction: Option<&'static str>,
    type_distinction_basis: Option<&'static str>,
    category: Option<&'static str>,
    card_number: Option<String>,
    holder: Holder,
    structure: Option<Structure>,
    /// The service or the host of an organisation's certificate.
    service: Option<String>,
    key: Key,
    signature_algorithm: String,
    key_usage: Vec<&'static str>,
    extended_key_usage: Vec<String>,
    extensions: Vec<ExtensionView>,
    trust: Trust,
    revocation: RevocationView,
    /// What each source said of its revocation, where it was asked.
    revocation_answers: Vec<RevocationView>,
    /// What it serves: stable codes.
    purposes: Vec<&'static str>,
    /// The name that INSi wants, where its own is nearly that.
    meant_name: Option<&'static str>,
    dns_names: Vec<String>,
    /// What to do: stable codes.
    advice: Vec<&'static str>,
    notes: Vec<&'static str>,
}

/// One extension, known here or not.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ExtensionView {
    oid: String,
    critical: bool,
    /// Hexadecimal DER, in full only: it may name the holder or the card.
    value: Option<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Holder {
    id: Option<String>,
    id_type: Option<char>,
    id_register: Option<&'static str>,
    id_check: Option<&'static str>,
    surname: Option<String>,
    given_name: Option<String>,
    pseudonym: Option<String>,
    title: Option<String>,
    profession: Option<Coded>,
    future_profession: Option<Coded>,
    specialities: Vec<String>,
}

/// The structure that the card belongs to.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Structure {
    id: Option<String>,
    id_type: Option<char>,
    id_register: Option<&'static str>,
    id_check: Option<&'static str>,
    name: Option<String>,
    department: Option<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Key {
    pub(super) algorithm: &'static str,
    pub(super) bits: Option<usize>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Trust {
    code: &'static str,
    reason: Option<&'static str>,
    authority: Option<String>,
    path: Vec<String>,
    reaches_root: bool,
    weak: bool,
}

#[derive(Serialize, Default)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct RevocationView {
    code: &'static str,
    as_of: Option<String>,
    since: Option<String>,
    reason: Option<&'static str>,
    source: Option<&'static str>,
}

/// Whether chip and certificates say the same.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Agreement {
    code: &'static str,
    chip: Vec<Difference>,
    between: Vec<Difference>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Difference {
    field: &'static str,
    meaning: &'static str,
    /// Which certificate of the card, for a difference with the chip.
    certificate: Option<String>,
    one: String,
    other: String,
}

/// The certificates of a card, each with its place on it.
pub(super) fn certificates(
    card: &CardReading,
    verdict: &CertificatesVerdict,
    disclosure: Disclosure,
) -> Vec<Certificate> {
    let on_card = |label: &str| card.certificates.iter().flatten().find(|one| one.label == label);
    let readable = verdict.certificates.iter().map(|one| (one.label.as_str(), readable(one, disclosure)));
    let unreadable =
        verdict.unreadable.iter().map(|one| (one.label.as_str(), unreadable(&one.label, &one.failure, one.redacted)));
    readable
        .chain(unreadable)
        .map(|(label, told)| match on_card(label) {
            Some(found) => Certificate {
                id: Some(hex::encode_upper(&found.id)),
                bytes: Some(found.der.len()),
                trailing_bytes: Some(found.trailing),
                source: Some(found.source.code()),
                der: (disclosure == Disclosure::Full).then(|| hex::encode_upper(&found.der)),
                ..told
            },
            None => told,
        })
        .collect()
}

/// The structure that the first certificate with one names.
pub(super) fn structure(verdict: &CertificatesVerdict, disclosure: Disclosure) -> Option<Structure> {
    let own = verdict.certificates.iter().filter(|one| !one.is_of_another());
    own.into_iter().find_map(|one| of_profile(&one.profile, disclosure))
}

/// Where chip and certificates, or the two certificates, say different things.
pub(super) fn agreement(verdict: &CertificatesVerdict) -> Agreement {
    let chip: Vec<_> = verdict
        .certificates
        .iter()
        .flat_map(|one| one.disagreements.iter().map(|d| difference(d, Some(&one.label))))
        .collect();
    let between: Vec<_> = verdict.between.iter().map(|d| difference(d, None)).collect();
    let code = match (verdict.certificates.is_empty(), chip.is_empty() && between.is_empty()) {
        (true, _) => "not-compared",
        (false, true) => "agrees",
        (false, false) => "disagrees",
    };
    Agreement { code, chip, between }
}

/// The values are masked by the one who compared them: they name a person.
fn difference(disagreement: &Disagreement, certificate: Option<&str>) -> Difference {
    Difference {
        field: disagreement.field.code(),
        meaning: disagreement.field.meaning(),
        certificate: certificate.map(sanitise),
        one: sanitise(&disagreement.one),
        other: sanitise(&disagreement.other),
    }
}

pub(super) fn unreadable(label: &str, failure: &Failure, redacted: bool) -> Certificate {
    Certificate {
        label: sanitise(label),
        id: None,
        unreadable: Some(if redacted { "redacted" } else { failure.kind.code() }),
        detail: (!redacted).then(|| sanitise(&failure.detail)),
        bytes: None,
        trailing_bytes: None,
        source: None,
        content: None,
        der: None,
    }
}

pub(super) fn readable(one: &CertificateVerdict, disclosure: Disclosure) -> Certificate {
    let CertificateVerdict { certificate, profile, validity, trust, path, revocation, answers, .. } = one;
    let distinction = profile.card_type.and_then(CardType::distinction);
    let notes = certificate.notes().iter().map(cpx_card::internal::certificate::Note::code);
    let told = Explanation::of_profile(certificate, profile);
    // an organisation is no secret; the structure of one person is
    let names = disclosure.of_names(&told);
    let content = Content {
        role: profile.role.code(),
        profile: profile.kind.code(),
        subject: names.show(certificate.subject(), &certificate.subject().reveal()),
        issuer: issuer(one, disclosure),
        serial: names.show(certificate.serial(), &certificate.serial().reveal()),
        not_before: certificate.not_before().to_string(),
        not_after: certificate.not_after().to_string(),
        validity: validity.code(),
        days: validity.days(),
        r#type: profile.card_type.map(CardType::finest_label),
        type_code: profile.card_type.map(|card_type| format!("{:02X}", card_type.g02())),
        type_basis: profile.card_type.map(|_| TypeEvidence::CertificateExtension.code()),
        type_distinction: distinction.map(|(what, _)| what.code()),
        type_distinction_basis: distinction.map(|(_, how)| how.code()),
        category: profile.category.map(Category::code),
        card_number: profile.card_number.as_ref().map(|number| disclosure.show(number, number.reveal())),
        holder: holder(profile, disclosure),
        structure: of_profile(profile, names),
        service: profile.service.as_ref().map(|name| names.show(name, name.reveal())),
        key: Key { algorithm: certificate.public_key().algorithm().code(), bits: certificate.public_key().bits() },
        signature_algorithm: certificate.signature_algorithm().code().to_owned(),
        key_usage: certificate
            .key_usage()
            .into_iter()
            .flat_map(cpx_card::internal::certificate::KeyUsage::names)
            .collect(),
        extended_key_usage: certificate.extended_key_usages().iter().map(ToString::to_string).collect(),
        extensions: certificate
            .extensions()
            .iter()
            .map(|extension| ExtensionView {
                oid: extension.oid().to_string(),
                critical: extension.is_critical(),
                value: (disclosure == Disclosure::Full).then(|| hex::encode_upper(extension.value())),
            })
            .collect(),
        trust: Trust {
            code: trust.code(),
            reason: trust.reason().map(cpx_card::internal::certificate::TrustReason::code),
            authority: trust.authority().map(|authority| authority.name().to_owned()),
            path: path.iter().map(|name| sanitise(name)).collect(),
            reaches_root: trust.reaches_root(),
            weak: trust.is_weak(),
        },
        revocation: of_revocation(revocation),
        revocation_answers: answers
            .iter()
            .map(|(source, answer)| RevocationView { source: Some(source.code()), ..of_revocation(answer) })
            .collect(),
        purposes: told.purposes.iter().map(|purpose| purpose.code()).collect(),
        meant_name: told.meant_name,
        dns_names: told.dns_names.iter().map(|name| names.show(&mask(name), name)).collect(),
        advice: advice(one),
        notes: notes.chain(profile.notes.iter().map(|note| note.code())).collect(),
    };
    Certificate {
        label: sanitise(&one.label),
        id: None,
        unreadable: None,
        detail: None,
        bytes: Some(certificate.as_der().len()),
        trailing_bytes: Some(certificate.trailing_bytes()),
        source: None,
        content: Some(content),
        der: None,
    }
}

fn holder(profile: &Profile, disclosure: Disclosure) -> Holder {
    let name = |name: &Name| disclosure.show(name, name.reveal());
    let id = profile.holder_id.as_ref();
    let decimal = |code: u8, label| Coded { code: format!("{code:02}"), label };
    Holder {
        id: id.map(|id| disclosure.show(id, id.reveal())),
        id_type: id.and_then(HolderId::type_digit),
        id_register: id.map(|id| id.register().code()),
        id_check: id.map(|id| id.check().code()),
        surname: profile.surname.as_ref().map(name),
        given_name: profile.given_name.as_ref().map(name),
        pseudonym: profile.pseudonym.as_ref().map(name),
        title: profile.title.as_deref().map(sanitise),
        profession: profile.profession.map(|code| decimal(code, codes::profession_label(code))),
        future_profession: profile.future_profession.map(|code| decimal(code, codes::future_profession_label(code))),
        specialities: profile.specialities.iter().map(|code| sanitise(code)).collect(),
    }
}

fn of_profile(profile: &Profile, disclosure: Disclosure) -> Option<Structure> {
    let department = profile.department.as_ref().map(|department| department.code.as_str());
    Structure::of(profile.structure.as_ref(), profile.structure_name.as_ref(), department, disclosure)
}

impl Structure {
    /// A structure by its number, its name or both.
    pub(super) fn of(
        id: Option<&StructureId>,
        name: Option<&Name>,
        department: Option<&str>,
        disclosure: Disclosure,
    ) -> Option<Self> {
        if id.is_none() && name.is_none() {
            return None;
        }
        Some(Self {
            id: id.map(|id| disclosure.show(id, id.reveal())),
            id_type: id.and_then(StructureId::type_digit),
            id_register: id.map(|id| id.register().code()),
            id_check: id.map(|id| id.check().code()),
            name: name.map(|name| disclosure.show(name, name.reveal())),
            department: department.map(sanitise),
        })
    }
}

fn of_revocation(revocation: &Revocation) -> RevocationView {
    let empty = RevocationView { code: revocation.code(), ..RevocationView::default() };
    match revocation {
        Revocation::NotRevoked { as_of, source } => {
            RevocationView { as_of: Some(as_of.to_string()), source: Some(source.code()), ..empty }
        }
        Revocation::Revoked { since, reason, source } => RevocationView {
            since: Some(since.to_string()),
            reason: Some(reason.code()),
            source: Some(source.code()),
            ..empty
        },
        Revocation::Unknown(reason) => RevocationView { reason: Some(reason.code()), ..empty },
        Revocation::NotChecked => empty,
    }
}
