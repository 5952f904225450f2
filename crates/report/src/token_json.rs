//! The answer of `cpx-check token` for machines, schema `cpx-check.token/1`.

use serde::Serialize;
use serde_json::Value;

use cpx_card::internal::certificate::SignatureAlgorithm;
use cpx_card::internal::facts::CardFacts;
use cpx_card::internal::identity::{Private, mask};
use cpx_card::internal::readiness::{ModuleVerdict, SlotVerdict, TokensVerdict};
use cpx_card::internal::token::{
    Agreement, LibraryInfo, Mechanism, ModuleAnswer, ModuleFacts, ModuleFile, Oddity, Pkcs11Facts, Registrant,
    SlotFacts, TokenCertificate, TokenFacts, known_label,
};
use cpx_card::internal::workstation::network::{ChainEnd, HandshakeEnd, SignIn, SignInEnd, TlsVersion};

use super::card_json::value;
use super::{Disclosure, sanitise};

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "cpx-check token"))]
pub(super) struct Report {
    #[cfg_attr(test, schemars(extend("const" = "cpx-check.token/1")))]
    schema: &'static str,
    tool_version: &'static str,
    /// Why there is nothing to tell, or null.
    code: Option<&'static str>,
    /// Why PC/SC could not be asked, or null.
    pcsc: Option<Coded>,
    #[cfg_attr(test, schemars(with = "Vec<Module>"))]
    modules: Value,
    modules_left_out: usize,
    #[cfg_attr(test, schemars(with = "Vec<SlotView>"))]
    tokens: Value,
    proof: Option<Coded>,
    /// What became of signing in to a server, or null.
    sign_in: Option<SignInView>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct SignInView {
    host: String,
    port: u16,
    code: &'static str,
    /// The version of TLS that the server chose, `1.2` or `1.3`, or null.
    tls: Option<&'static str>,
    /// Whether TLS 1.2 was offered alone, since the card cannot sign for the TLS 1.3 that the server had chosen.
    without_tls13: bool,
    /// How the card signed, or null.
    signature: Option<&'static str>,
    /// How one knows that the certificate was accepted: `finished`, `ticket`, `quiet`, or null.
    confirmed_by: Option<&'static str>,
    /// The alert with which the server refused it (RFC 8446 section 6), or null.
    alert: Option<u8>,
    detail: Option<String>,
}

fn sign_in_view(seen: &SignIn) -> SignInView {
    SignInView {
        host: sanitise(&seen.host),
        port: seen.port,
        code: seen.end.code(),
        tls: seen.version.and_then(tls_version),
        without_tls13: seen.without_tls13,
        signature: seen.signature.as_ref().map(SignatureAlgorithm::code),
        confirmed_by: match &seen.end {
            SignInEnd::Accepted(confirmation) => Some(confirmation.code()),
            _ => None,
        },
        alert: match &seen.end {
            SignInEnd::Refused(alert) => *alert,
            SignInEnd::Handshake(HandshakeEnd::Alert(alert)) => Some(*alert),
            _ => None,
        },
        detail: sign_in_detail(seen),
    }
}

/// `1.2` or `1.3`.
pub(super) fn tls_version(version: TlsVersion) -> Option<&'static str> {
    match version {
        TlsVersion::Tls12 => Some("1.2"),
        TlsVersion::Tls13 => Some("1.3"),
        _ => None,
    }
}

/// What technicians want to know of the end.
pub(super) fn sign_in_detail(seen: &SignIn) -> Option<String> {
    Some(match &seen.end {
        SignInEnd::ServerNotTrusted(ChainEnd::Unfit(words)) | SignInEnd::Handshake(HandshakeEnd::Failed(words)) => {
            sanitise(words)
        }
        SignInEnd::ServerNotTrusted(end) => end.code().to_owned(),
        SignInEnd::Handshake(end) => end.code().to_owned(),
        _ => return None,
    })
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Coded {
    code: &'static str,
    detail: Option<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Module {
    path: String,
    real_path: Option<String>,
    other_paths: Vec<String>,
    copy_of: Option<String>,
    named_by: Vec<NamedBy>,
    code: &'static str,
    file: FileView,
    version: Option<String>,
    end: Option<&'static str>,
    function: Option<&'static str>,
    return_code: Option<u32>,
    detail: Option<String>,
    library: Option<Library>,
    slots: Option<usize>,
    oddities: Vec<&'static str>,
    noise_bytes: Option<u64>,
    steps: Vec<StepView>,
    total_ms: Option<u32>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct NamedBy {
    code: &'static str,
    name: Option<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct FileView {
    code: &'static str,
    bytes: Option<u64>,
    architectures: Option<Value>,
    fits: Option<bool>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Library {
    manufacturer: String,
    description: String,
    version: String,
    cryptoki: String,
    function_list: String,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct StepView {
    function: &'static str,
    slot: Option<u64>,
    ms: u32,
    return_code: Option<u32>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct SlotView {
    module: String,
    slot: u64,
    description: String,
    reader: Option<String>,
    state: &'static str,
    code: &'static str,
    pcsc: &'static str,
    detail: Option<String>,
    reservations: Vec<&'static str>,
    token: Option<TokenView>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct TokenView {
    label: String,
    manufacturer: String,
    model: String,
    serial: String,
    flags: u32,
    pin: &'static str,
    /// Who says so: `card`, which was read directly, or `module`.
    pin_by: &'static str,
    pin_length: (u32, u32),
    login_required: bool,
    mechanisms: Option<Vec<String>>,
    certificates: Option<Vec<CertificateView>>,
    card_number: Option<String>,
    card_type: Option<&'static str>,
    valid_from: Option<String>,
    valid_until: Option<String>,
    holder_id: Option<String>,
    surname: Option<String>,
    given_name: Option<String>,
    objects: Option<Vec<String>>,
    agreement: AgreementView,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CertificateView {
    role: &'static str,
    label: String,
    readable: bool,
    not_before: Option<String>,
    not_after: Option<String>,
    issuer: Option<String>,
    subject: Option<String>,
    der: Option<String>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct AgreementView {
    code: &'static str,
    compared: Vec<&'static str>,
    differs: Vec<&'static str>,
}

/// What became of a proof that was asked for.
#[allow(clippy::exhaustive_structs)] // made by the one who asked
#[derive(Debug)]
pub struct ProofAnswer<'a> {
    /// Its code.
    pub code: &'static str,
    /// For technicians, an untrusted text.
    pub detail: Option<String>,
    /// What became of signing in, where that was asked for too.
    pub sign_in: Option<&'a SignIn>,
}

/// The whole answer.
pub fn tokens_json(
    facts: &Pkcs11Facts,
    cards: &CardFacts,
    verdict: &TokensVerdict,
    proof: Option<ProofAnswer<'_>>,
    disclosure: Disclosure,
) -> Value {
    value(&Report {
        schema: "cpx-check.token/1",
        tool_version: env!("CARGO_PKG_VERSION"),
        code: facts.modules.is_empty().then_some("no-module"),
        pcsc: cards
            .readers
            .as_ref()
            .err()
            .map(|failure| Coded { code: failure.kind.code(), detail: Some(sanitise(&failure.detail)) }),
        modules: modules_part(&facts.modules, verdict, disclosure),
        modules_left_out: facts.left_out,
        tokens: tokens_part(&facts.modules, verdict, disclosure),
        sign_in: proof.as_ref().and_then(|proof| proof.sign_in).map(sign_in_view),
        proof: proof.map(|proof| Coded { code: proof.code, detail: proof.detail.map(|detail| sanitise(&detail)) }),
    })
}

/// The modules: `modules[]` of this answer and of a whole diagnosis.
pub fn modules_part(modules: &[ModuleFacts], verdict: &TokensVerdict, disclosure: Disclosure) -> Value {
    value(
        &modules
            .iter()
            .zip(&verdict.modules)
            .map(|(facts, found)| module(facts, found, disclosure))
            .collect::<Vec<_>>(),
    )
}

/// The slots of all modules: `tokens[]` of this answer and of a whole diagnosis.
pub fn tokens_part(modules: &[ModuleFacts], verdict: &TokensVerdict, disclosure: Disclosure) -> Value {
    let slots = modules.iter().zip(&verdict.modules).flat_map(|(module, found)| {
        module.slots().iter().zip(&found.slots).map(move |(slot, found)| token(module, slot, found, disclosure))
    });
    value(&slots.collect::<Vec<_>>())
}

/// What a technician wants to know of how a module ended: function, number, words of the loader.
pub(super) fn detail(answer: &ModuleAnswer) -> Option<String> {
    use cpx_card::internal::token::Ending;
    let named = |function: Option<cpx_card::internal::token::Function>| {
        function.map_or("-", cpx_card::internal::token::Function::name)
    };
    Some(match &answer.end {
        Ending::NotLoaded { detail, .. } | Ending::NotAsked { detail } => detail.clone(),
        Ending::NotAModule => "C_GetFunctionList is not exported".into(),
        Ending::NullFunctionList => "C_GetFunctionList gives a null pointer".into(),
        Ending::NullFunction { function } => format!("{function} is a null pointer"),
        Ending::Refused { function, code } => format!("{function} {code}"),
        Ending::Crashed { function, signal } if cfg!(unix) => format!("{}, signal {signal}", named(*function)),
        Ending::Crashed { function, signal } => format!("{}, exception 0x{signal:08X}", named(*function)),
        Ending::Exited { function, status } => format!("{}, exit {status}", named(*function)),
        Ending::TimedOut { function, ms } => format!("{}, {ms} ms", named(*function)),
        Ending::Endless { function } => named(*function).into(),
        _ => return None,
    })
}

/// Who names a module, by name where it has one.
pub(super) fn registrant_name(by: &Registrant, disclosure: Disclosure) -> Option<String> {
    match by {
        Registrant::P11Kit { file } | Registrant::Manifest { file } | Registrant::Policy { file } => {
            Some(sanitise(file))
        }
        Registrant::Nss { database } => Some(sanitise(database)),
        Registrant::Firefox { profile } => Some(private(profile, disclosure)),
        _ => None,
    }
}

/// A private text, masked or in full.
pub(super) fn private(text: &Private, disclosure: Disclosure) -> String {
    disclosure.show(&mask(text.reveal()), text.reveal())
}

/// The label of a certificate: those that every CPx has tell nothing of a person.
pub(super) fn certificate_label(certificate: &TokenCertificate, disclosure: Disclosure) -> String {
    known_label(certificate.label.reveal()).map_or_else(|| private(&certificate.label, disclosure), ToOwned::to_owned)
}

/// The published name of a mechanism, or its number.
pub(super) fn mechanism_name(mechanism: Mechanism) -> String {
    mechanism.name().map_or_else(|| format!("0x{:X}", mechanism.0), ToOwned::to_owned)
}

pub(super) fn dotted(version: (u8, u8)) -> String {
    format!("{}.{}", version.0, version.1)
}

fn module(facts: &ModuleFacts, verdict: &ModuleVerdict, disclosure: Disclosure) -> Module {
    let answer = facts.answer.seen();
    let texts = |texts: &[String]| texts.iter().map(|text| sanitise(text)).collect();
    Module {
        path: sanitise(&facts.path),
        real_path: facts.real_path.as_deref().map(sanitise),
        other_paths: texts(&facts.other_paths),
        copy_of: facts.copy_of.as_deref().map(sanitise),
        named_by: facts
            .named_by
            .iter()
            .map(|by| NamedBy { code: by.code(), name: registrant_name(by, disclosure) })
            .collect(),
        code: verdict.finding.code(),
        file: file(&facts.file),
        version: facts.version.seen().map(|version| sanitise(version)),
        end: answer.map(|answer| answer.end.code()),
        function: answer.and_then(|answer| answer.end.function()).map(cpx_card::internal::token::Function::name),
        return_code: answer.and_then(|answer| answer.end.return_code()).map(|code| code.0),
        detail: answer.and_then(detail).map(|detail| sanitise(&detail)),
        library: answer.and_then(|answer| answer.library.as_ref()).map(library),
        slots: answer.and_then(|answer| answer.slots.seen()).map(Vec::len),
        oddities: answer.map(|answer| answer.oddities.iter().map(Oddity::code).collect()).unwrap_or_default(),
        noise_bytes: answer.map(|answer| answer.noise_bytes),
        steps: answer.into_iter().flat_map(|answer| &answer.steps).map(step).collect(),
        total_ms: answer.map(|answer| answer.total_ms),
    }
}

fn step(step: &cpx_card::internal::token::Step) -> StepView {
    StepView { function: step.function.name(), slot: step.slot, ms: step.ms, return_code: step.code.map(|code| code.0) }
}

fn file(file: &ModuleFile) -> FileView {
    let empty = FileView { code: file.code(), bytes: None, architectures: None, fits: None };
    match file {
        ModuleFile::File { bytes, architectures, fits_us } => {
            FileView { bytes: Some(*bytes), architectures: architectures.seen().map(value), fits: *fits_us, ..empty }
        }
        _ => empty,
    }
}

fn library(library: &LibraryInfo) -> Library {
    Library {
        manufacturer: sanitise(&library.manufacturer),
        description: sanitise(&library.description),
        version: dotted(library.version),
        cryptoki: dotted(library.cryptoki),
        function_list: dotted(library.list),
    }
}

fn token(module: &ModuleFacts, slot: &SlotFacts, verdict: &SlotVerdict, disclosure: Disclosure) -> SlotView {
    SlotView {
        module: sanitise(&module.path),
        slot: slot.id,
        description: sanitise(&slot.description),
        reader: slot.reader.as_deref().map(sanitise),
        state: slot.state.code(),
        code: verdict.finding.code(),
        pcsc: slot.pcsc.code(),
        detail: slot_detail(slot),
        reservations: verdict.reservations.iter().map(|reservation| reservation.code()).collect(),
        token: slot.token().map(|token| token_view(token, disclosure)),
    }
}

/// The function that failed on a slot, and its number.
pub(super) fn slot_detail(slot: &SlotFacts) -> Option<String> {
    match &slot.state {
        cpx_card::internal::token::SlotState::Failed { function, code } => Some(format!("{function} {code}")),
        _ => None,
    }
}

fn token_view(token: &TokenFacts, disclosure: Disclosure) -> TokenView {
    let decoded = token.decoded();
    let (card, holder) = (&decoded.card, &decoded.holder);
    TokenView {
        label: private(&token.label, disclosure),
        manufacturer: sanitise(&token.manufacturer),
        model: sanitise(&token.model),
        serial: private(&token.serial, disclosure),
        flags: token.flags.0,
        pin: token.code_level().code(),
        pin_by: if token.code_by_card().is_some() { "card" } else { "module" },
        pin_length: token.code_length,
        login_required: token.flags.login_required(),
        mechanisms: token.mechanisms.seen().map(|all| all.iter().copied().map(mechanism_name).collect()),
        certificates: token.certificates.seen().map(|all| all.iter().map(|one| certificate(one, disclosure)).collect()),
        card_number: card.number.as_ref().map(|number| disclosure.show(number, number.reveal())),
        card_type: decoded.card_type.map(cpx_card::internal::identity::CardType::finest_label),
        valid_from: card.valid_from.map(|date| date.to_string()),
        valid_until: card.valid_until.map(|date| date.to_string()),
        holder_id: holder.id.as_ref().map(|id| disclosure.show(id, id.reveal())),
        surname: holder.surname.as_ref().map(|name| disclosure.show(name, name.reveal())),
        given_name: holder.given_name.as_ref().map(|name| disclosure.show(name, name.reveal())),
        objects: token.objects.seen().map(|all| all.iter().map(|object| sanitise(&object.label)).collect()),
        agreement: agreement(&token.agreement),
    }
}

fn certificate(shown: &TokenCertificate, disclosure: Disclosure) -> CertificateView {
    let parsed = shown.parse().ok();
    let certificate = parsed.as_ref();
    let name = |name: &cpx_card::internal::certificate::DistinguishedName| disclosure.show(name, &name.reveal());
    CertificateView {
        role: shown.role.code(),
        label: certificate_label(shown, disclosure),
        readable: parsed.is_some(),
        not_before: certificate.map(|one| one.not_before().to_string()),
        not_after: certificate.map(|one| one.not_after().to_string()),
        issuer: certificate.map(|one| name(one.issuer())),
        subject: certificate.map(|one| name(one.subject())),
        der: (disclosure == Disclosure::Full).then(|| shown.der.reveal().to_owned()),
    }
}

fn agreement(agreement: &Agreement) -> AgreementView {
    let codes = |all: &[cpx_card::internal::token::Compared]| all.iter().map(|one| one.code()).collect();
    let (compared, differs) = match agreement {
        Agreement::Same { compared } => (codes(compared), Vec::new()),
        Agreement::Outdated { differs } | Agreement::AnotherCard { differs } => (Vec::new(), codes(differs)),
        _ => (Vec::new(), Vec::new()),
    };
    AgreementView { code: agreement.code(), compared, differs }
}
