//! No code without a sentence, no sentence without a use, and both languages say the same things.

use std::collections::{BTreeMap, BTreeSet};

use fluent::FluentResource;

use super::texts::{ENGLISH, FRENCH};
use super::{Language, Texts};
use cpx_card::ErrorKind;
use cpx_card::internal::certificate::{
    Cipher, ProfileKind, Purpose, Reason, Role, Trust, TrustReason, UnknownReason, Unopened,
};
use cpx_card::internal::facts::{CodeLevel, Family, Field, Generation, Interface};
use cpx_card::internal::identity::{Category, Distinction, IdProblem, Register};
use cpx_card::internal::readiness::{
    ADVICE, CONCLUSIONS, Catalogue, ListIssuer, Question, RequestFinding, Reservation, SkipReason, Unfit,
};
use cpx_card::internal::workstation::network::{Confirmation, SignInEnd};

/// The keys of some files with their attributes and the values that stand in them.
fn shape(sources: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let mut shape: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in sources
        .iter()
        .flat_map(|source| source.lines())
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
    {
        if let Some((name, _)) = line.split_once(" =").filter(|_| !line.starts_with([' ', '}'])) {
            assert!(shape.insert(name.to_owned(), BTreeSet::new()).is_none(), "{name} stands twice");
            name.clone_into(&mut key);
        }
        let parts = shape.entry(key.clone()).or_default();
        if let Some((attribute, _)) = line.trim_start().split_once(" =").filter(|(name, _)| name.starts_with('.')) {
            parts.insert(attribute.to_owned());
        }
        for value in line.split("{ $").skip(1) {
            parts.insert(value.split([' ', '}']).next().unwrap_or_default().to_owned());
        }
    }
    shape
}

#[test]
fn all_files_are_right_and_say_the_same() {
    for source in FRENCH.iter().chain(ENGLISH) {
        if let Err((_, errors)) = FluentResource::try_new((*source).to_owned()) {
            panic!("{:?}: {errors:?}", source.lines().next());
        }
    }
    for (french, english) in FRENCH.iter().zip(ENGLISH) {
        assert_eq!(shape(&[french]), shape(&[english]));
    }
}

/// Every code that a user can meet, and whether there is something to do about it.
pub(crate) fn codes() -> Vec<(String, bool)> {
    let families = [
        Family::Vitale,
        Family::Cnie,
        Family::PublicServant,
        Family::Bank,
        Family::Cnamts,
        Family::Insurer,
        Family::OtherId,
        Family::Unknown,
    ];
    let levels = [CodeLevel::Full, CodeLevel::Low, CodeLevel::LastTry, CodeLevel::Blocked, CodeLevel::Unknown];
    let generations = [Generation::Cps3, Generation::Cps4, Generation::Older, Generation::Unknown];
    let interfaces = [Interface::Contact, Interface::Contactless];
    let categories = [0x00, 0x02, 0x03, 0x80, 0x82, 0x83, 0x7F].map(Category::from_g01);
    let registers = [
        Register::Rpps,
        Register::Adeli,
        Register::AdeliPractice,
        Register::Drass,
        Register::Finess,
        Register::Siren,
        Register::Siret,
        Register::RppsPractice,
        Register::Student,
        Register::Unknown,
    ];
    let problems = [
        IdProblem::UnknownType,
        IdProblem::LeadingEightMissing,
        IdProblem::RegisterNumber,
        IdProblem::Length,
        IdProblem::Characters,
        IdProblem::CheckDigit,
    ];
    let to_do = ErrorKind::ALL.iter().map(|kind| kind.code());
    let to_do = to_do.chain(Reservation::ALL.iter().map(|reservation| reservation.code()));
    let to_do = to_do.chain(families.iter().map(|family| family.code())).map(|code| (code.to_owned(), true));
    to_do
        .chain(named("code-state", levels.map(CodeLevel::code).to_vec()))
        .chain(named("generation", generations.map(Generation::code).to_vec()))
        .chain(named("interface", interfaces.map(Interface::code).to_vec()))
        .chain(named("category", categories.map(Category::code).to_vec()))
        .chain(named("register", registers.map(Register::code).to_vec()))
        .chain(named("problem", problems.map(IdProblem::code).to_vec()))
        .chain(named("type", vec!["CPS", "CPF", "CDE-CPE", "CDA-CPA", "CPx"]))
        .chain(named("verdict", vec!["valid", "invalid"]))
        .chain(named("case-contradiction", cpx_card::internal::facts::Contradiction::ABOUT.to_vec()))
        .chain(cpx_card::internal::readiness::SwapConclusion::ALL.map(|one| (format!("swap-{}", one.code()), true)))
        .chain(certificate_codes())
        .chain(revocation_codes())
        .chain(report_codes())
        .chain(token_codes())
        .chain(f413_codes())
        .chain(readiness_codes())
        .chain(diagnosis_codes())
        .collect()
}

fn token_codes() -> Vec<(String, bool)> {
    use cpx_card::internal::readiness::{ModuleFinding, SlotFinding, TokenReservation};
    use cpx_card::internal::token::{Agreement, Compared, Oddity, ProofOutcome, Registrant, ReturnCode};
    let code = ReturnCode::OK;
    let oddities = [
        Oddity::InterfaceFails { code },
        Oddity::ListVersion,
        Oddity::SlotCountChanged,
        Oddity::AlreadyInitialized,
        Oddity::UnpaddedText,
        Oddity::ControlCharacters,
        Oddity::NotUtf8,
        Oddity::TooMany,
        Oddity::FinalizeFails { code },
    ];
    let file = String::new;
    let registrants = [
        Registrant::KnownPlace,
        Registrant::CommandLine,
        Registrant::P11Kit { file: file() },
        Registrant::Firefox { profile: cpx_card::internal::identity::Private::default() },
        Registrant::Nss { database: file() },
        Registrant::Manifest { file: file() },
        Registrant::Policy { file: file() },
    ];
    let differs = Vec::new;
    let agreements = [
        Agreement::NotCompared,
        Agreement::CannotTell,
        Agreement::Same { compared: differs() },
        Agreement::Outdated { differs: differs() },
        Agreement::AnotherCard { differs: differs() },
    ];
    let compared = [
        Compared::Serial,
        Compared::CardNumber,
        Compared::ValidUntil,
        Compared::AuthenticationCertificate,
        Compared::SignatureCertificate,
        Compared::TechnicalCertificate,
    ];
    let refused = [
        "no-card",
        "several-cards",
        "another-card",
        "code-on-reader",
        "no-code",
        "code-length",
        "declined",
        "not-asked",
        "no-terminal",
    ];
    let named = |prefix: &'static str, codes: Vec<&'static str>| {
        codes.into_iter().map(move |code| (format!("{prefix}-{code}"), false))
    };
    let found = |code: &str, in_order: bool| (code.to_owned(), !in_order);
    let modules = ModuleFinding::ALL
        .map(|finding| found(finding.code(), matches!(finding, ModuleFinding::Answers | ModuleFinding::For32Bits)));
    let slots = SlotFinding::ALL.map(|finding| {
        found(finding.code(), matches!(finding, SlotFinding::Seen | SlotFinding::NotACard | SlotFinding::SeenElsewhere))
    });
    let reservations = TokenReservation::ALL.map(|reservation| found(reservation.code(), false));
    let proofs = ProofOutcome::CODES.into_iter().chain(refused);
    let proofs = proofs.map(|code| found(&format!("proof-{code}"), code == "proven"));
    let sign_in = SignInEnd::CODES.map(|code| found(&format!("sign-in-{code}"), false));
    let alerts = super::token_text::ALERTS.map(|alert| found(&format!("alert-{alert}"), true));
    let all = modules.into_iter().chain(slots).chain(reservations).chain(proofs).chain(sign_in).chain(alerts);
    let confirmations = [Confirmation::Finished, Confirmation::Ticket, Confirmation::Quiet];
    all.chain(named("confirmed", confirmations.map(Confirmation::code).to_vec()))
        .chain(named("oddity", oddities.iter().map(Oddity::code).collect()))
        .chain(named("named-by", registrants.iter().map(Registrant::code).collect()))
        .chain(named("agreement", agreements.iter().map(Agreement::code).collect()))
        .chain(named("compared", compared.map(Compared::code).to_vec()))
        .collect()
}

fn form_words(of: fn(&'static cpx_f413::FormRow) -> &'static [String]) -> Vec<&'static str> {
    cpx_f413::FormRow::all().iter().flat_map(of).map(String::as_str).collect()
}

fn f413_codes() -> Vec<(String, bool)> {
    use cpx_f413::{Answer, Ask, CardKind, CardState, Conflict, Contract, Form, Misread, Naming, Need};
    use cpx_f413::{NumberKind, Offer, Online, Profile, Question, Role, Step, Structure, StructureNumber, TypedNote};
    fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
        all.iter().map(|one| code(*one)).collect()
    }
    let reasons = cpx_f413::CardRule::all().iter().map(|rule| rule.reason.as_str()).collect();
    let number_reasons = cpx_f413::NumberRule::all().iter().map(|rule| rule.reason.as_str()).collect();
    let problems = vec!["empty", "characters", "leading-8-missing", "length", "shape", "other-number"];
    let conflicts = codes(Conflict::ALL, Conflict::code);
    let words: Vec<(&str, Vec<&str>)> = vec![
        ("card", codes(CardKind::ALL, CardKind::code)),
        ("question", codes(Question::ALL, Question::code)),
        ("signer", codes(Question::ALL, Question::code)),
        ("answer", codes(Answer::ALL, Answer::code)),
        ("title", codes(Answer::ALL, Answer::code)),
        ("answer", vec!["unless-opposed"]),
        ("title", vec!["unless-opposed"]),
        ("state", codes(CardState::ALL, CardState::code)),
        ("ask", codes(Ask::ALL, Ask::code)),
        ("step", codes(Step::ALL, Step::code)),
        ("reason", reasons),
        ("number-reason", number_reasons),
        ("number", codes(StructureNumber::ALL, StructureNumber::code)),
        ("structure", codes(Structure::ALL, Structure::code)),
        ("contract", codes(Contract::ALL, Contract::code)),
        ("need", codes(Need::ALL, Need::code)),
        ("offer", codes(Offer::ALL, Offer::code)),
        ("naming", codes(Naming::ALL, Naming::code)),
        ("form", codes(Form::ALL, Form::code)),
        ("online", codes(Online::ALL, Online::code)),
        ("role", codes(Role::ALL, Role::code)),
        ("profile", codes(Profile::ALL, Profile::code)),
        ("occasion", cpx_f413::OccasionRule::all().iter().map(|rule| rule.occasion.as_str()).collect()),
        ("place", cpx_f413::Place::all().iter().map(|place| place.place.as_str()).collect()),
        ("order-note", cpx_f413::NoteRule::all().iter().map(|note| note.note.as_str()).collect()),
        ("stage", cpx_f413::StepRule::all().iter().map(|rule| rule.step.as_str()).collect()),
        ("do", cpx_f413::StepRule::all().iter().map(|rule| rule.text.as_str()).collect()),
        ("who", cpx_f413::StepRule::all().iter().map(|rule| rule.who.as_str()).collect()),
        ("document", cpx_f413::StepRule::all().iter().flat_map(|rule| &rule.documents).map(String::as_str).collect()),
        (
            "delay",
            cpx_f413::StepRule::all().iter().map(|one| one.delay.as_str()).filter(|delay| !delay.is_empty()).collect(),
        ),
        ("fit-problem", codes(cpx_f413::FitProblem::ALL, cpx_f413::FitProblem::code)),
        ("progress", codes(cpx_f413::Progress::ALL, cpx_f413::Progress::code)),
        ("tab", codes(Offer::ALL, Offer::code)),
        ("write", cpx_f413::LineRule::all().iter().map(|line| line.line.as_str()).collect()),
        ("given", form_words(|row| &row.cards)),
        ("given", cpx_f413::OccasionRule::all().iter().flat_map(|rule| &rule.cards).map(String::as_str).collect()),
        ("document", form_words(|row| &row.documents)),
        (
            "delay",
            cpx_f413::FormRow::all().iter().map(|row| row.delay.as_str()).filter(|delay| !delay.is_empty()).collect(),
        ),
        ("kind", codes(NumberKind::ALL, NumberKind::code)),
        ("understood", codes(cpx_f413::Understood::ALL, cpx_f413::Understood::code)),
        ("note", codes(TypedNote::ALL, TypedNote::code)),
        ("misread", codes(Misread::ALL, Misread::code)),
        ("problem", problems),
    ];
    let boxes = Question::ALL.iter().map(|one| (format!("f413-box-{}", one.code()), false));
    let simple = words.iter().flat_map(|(kind, codes)| codes.iter().map(move |code| format!("f413-{kind}-{code}")));
    let both = conflicts.iter().flat_map(|code| ["one", "other"].map(|side| format!("f413-conflict-{code}-{side}")));
    // what is wrong with a file at hand can be put right
    let has_remedy = |code: String| (code.starts_with("f413-fit-problem-"), code);
    let simple = simple.map(has_remedy).map(|(has_remedy, code)| (code, has_remedy));
    let all: BTreeSet<_> = simple.chain(both.map(|code| (code, false))).chain(boxes).collect();
    all.into_iter().collect()
}

fn diagnosis_codes() -> Vec<(String, bool)> {
    use cpx_card::internal::readiness::{Group, Portal, Readiness, Severity, State};
    use cpx_card::internal::workstation::facts::BrowserKind as Kind;
    let browsers =
        [Kind::Firefox, Kind::Chrome, Kind::Edge, Kind::Chromium, Kind::Safari, Kind::InternetExplorer, Kind::Other];
    let named = |prefix: &'static str, codes: Vec<&'static str>| {
        codes.into_iter().map(move |code| (format!("{prefix}-{code}"), false))
    };
    named("browser", browsers.map(Kind::code).to_vec())
        .chain(named("portal", Portal::ALL.map(Portal::code).to_vec()))
        .chain(named("group", Group::ALL.map(Group::code).to_vec()))
        .chain(named(
            "kind",
            cpx_card::internal::readiness::Kind::ALL.map(cpx_card::internal::readiness::Kind::code).to_vec(),
        ))
        .chain(named("severity", Severity::ALL.map(Severity::code).to_vec()))
        .chain(named("readiness", Readiness::ALL.map(Readiness::code).to_vec()))
        .chain(named("diagnosis", Readiness::ALL.map(Readiness::code).to_vec()))
        .chain(named("awaited", Readiness::ALL.map(Readiness::code).to_vec()))
        .chain(named("state", State::ALL.map(State::code).to_vec()))
        .chain(named("looking-at", vec!["card", "network", "modules", "workstation"]))
        .chain(["diagnosis", "awaited"].into_iter().flat_map(|subject| {
            let how = ["ready-with", "ready-with-reservation-with", "with-default-open", "with-default-broken"];
            how.map(|how| (format!("{subject}-{how}"), false))
        }))
        .collect()
}

fn report_codes() -> Vec<(String, bool)> {
    use cpx_card::internal::readiness::{Readiness, State};
    let refusals = super::NotASupportCode::ALL.map(|reason| (reason.code().to_owned(), true));
    let systems = ["windows", "macos", "linux", "other"].map(|system| format!("system-{system}"));
    let exits = ["ready", "reserved", "not-ready", "could-not-tell", "usage", "internal"];
    let exits = exits.map(|exit| format!("exit-{exit}"));
    let outcomes = Readiness::ALL.map(|answer| format!("page-{}", answer.code()));
    let states = State::ALL.map(|state| format!("page-count-{}", state.code()));
    let links = ["reader", "pcsc", "card", "cryptolib", "pkcs11", "certificates", "browser", "portal"];
    let links = links.map(|link| format!("chain-{link}"));
    let tones = ["good", "careful", "unknown", "bad"].map(|tone| format!("chain-is-{tone}"));
    let named = systems.into_iter().chain(exits).chain(outcomes).chain(states).chain(links).chain(tones);
    let named = named.chain(["page-ready-without-card".into()]).map(|key| (key, false));
    refusals.into_iter().chain(named).collect()
}

fn readiness_codes() -> Vec<(String, bool)> {
    let checks = Catalogue::get().checks().iter().map(|check| (format!("check-{}", check.id), true));
    let acted_on =
        ["not-asked", "no-rights", "timed-out", "card-held", "card-not-read", "proxy-not-followed", "other-user"];
    let skips = SkipReason::ALL.map(|reason| (format!("skip-{}", reason.code()), acted_on.contains(&reason.code())));
    let fits = Unfit::ALL.map(|reason| (format!("fit-{}", reason.code()), true));
    let questions = Question::ALL.map(|question| (format!("ask-{}", question.code()), true));
    checks.chain(skips).chain(fits).chain(questions).collect()
}

#[test]
fn every_check_says_what_why_and_what_to_do() {
    for language in [Language::French, Language::English] {
        let texts = Texts::new(language);
        for check in Catalogue::get().checks() {
            let key = format!("check-{}", check.id);
            let parts = ["observes", "why", "remedy", "verify"].into_iter();
            for part in parts.chain(check.warns.iter().copied()).chain(check.fails.iter().copied()) {
                let sentence = texts.attribute(&key, part, &[]).unwrap_or_else(|| panic!("{language:?} {key}.{part}"));
                assert!(
                    sentence.ends_with(['.', '?']) && !sentence.contains('%'),
                    "{language:?} {key}.{part}: {sentence}"
                );
            }
        }
    }
}

fn certificate_codes() -> Vec<(String, bool)> {
    let roles = [Role::Authentication, Role::Signature, Role::Technical, Role::Other];
    let kinds = [
        ProfileKind::CpsRpps,
        ProfileKind::CpsAdeli,
        ProfileKind::Cps,
        ProfileKind::Cpf,
        ProfileKind::CdeCpe,
        ProfileKind::ServiceCard,
        ProfileKind::CdaCpa,
        ProfileKind::ProSoftware,
        ProfileKind::OrgSoftware,
        ProfileKind::IgcCps2ter,
        ProfileKind::FormerOrgSoftware,
        ProfileKind::Authority,
        ProfileKind::Other,
    ];
    let distinctions =
        [Distinction::Cde, Distinction::Cpe, Distinction::ServiceCard, Distinction::Cda, Distinction::Cpa];
    let trusts = [
        Trust::Trusted,
        Trust::TestAuthority,
        Trust::AuthorityAbsent,
        Trust::UnknownIssuer,
        Trust::BadSignature,
        Trust::BrokenPath,
    ];
    let trust_reasons = [
        TrustReason::LooksLikeIgcSante,
        TrustReason::NewAuthority,
        TrustReason::FormerAuthority,
        TrustReason::SelfSigned,
        TrustReason::IssuerAbsent,
        TrustReason::UnknownRoot,
        TrustReason::NotAnAuthority,
        TrustReason::AuthorityOutOfValidity,
        TrustReason::PathLength,
        TrustReason::TooLong,
        TrustReason::UnsupportedAlgorithm,
    ];
    let fields = [
        Field::CardNumber,
        Field::CardType,
        Field::Category,
        Field::HolderId,
        Field::Surname,
        Field::GivenName,
        Field::Structure,
        Field::ValidFrom,
        Field::ValidUntil,
    ];
    let registers = [
        Register::AdeliPractice,
        Register::Finess,
        Register::Siren,
        Register::Siret,
        Register::RppsPractice,
        Register::Unknown,
    ];
    let ciphers = [Cipher::Rc2With40Bits, Cipher::TripleDes, Cipher::Pbes2Aes, Cipher::Pbes2TripleDes, Cipher::Other];
    let unopened =
        [Unopened::NoCode, Unopened::WrongCode, Unopened::Unsupported, Unopened::TooMuchWork, Unopened::NotInThisBuild];
    let mut all = named("role", roles.map(Role::code).to_vec());
    all.extend(named("profile", kinds.map(ProfileKind::code).to_vec()));
    all.extend(named("distinction", distinctions.map(Distinction::code).to_vec()));
    all.extend(named("trust", trusts.map(Trust::code).to_vec()));
    all.extend(named("trust-reason", trust_reasons.map(TrustReason::code).to_vec()));
    all.extend(named("field", fields.map(Field::code).to_vec()));
    all.extend(named("structure-register", registers.map(Register::code).to_vec()));
    all.extend(named("purpose", Purpose::ALL.map(Purpose::code).to_vec()));
    all.extend(named("advice", ADVICE.to_vec()));
    all.extend(named("certificate-is", CONCLUSIONS.to_vec()));
    all.extend(named("cipher", ciphers.map(Cipher::code).to_vec()));
    let with_remedy = |prefix: &str, code: &str| (format!("{prefix}-{code}"), true);
    all.extend(RequestFinding::ALL.map(|finding| with_remedy("request", finding.code())));
    all.extend(unopened.map(|why| with_remedy("container", why.code())));
    all.extend(["java-store", "public-key", "other"].map(|kind| with_remedy("named", kind)));
    all
}

fn revocation_codes() -> Vec<(String, bool)> {
    let reasons = [
        Reason::Unspecified,
        Reason::KeyCompromise,
        Reason::AuthorityCompromise,
        Reason::AffiliationChanged,
        Reason::Superseded,
        Reason::CessationOfOperation,
        Reason::Hold,
        Reason::RemovedFromList,
        Reason::PrivilegeWithdrawn,
        Reason::AttributeAuthorityCompromise,
        Reason::Other(99),
    ];
    let unknown = [
        UnknownReason::NoList,
        UnknownReason::NoAddress,
        UnknownReason::IssuerNotTrusted,
        UnknownReason::Expired,
        UnknownReason::IssuerAbsent,
        UnknownReason::Stale,
        UnknownReason::FromTheFuture,
        UnknownReason::BadSignature,
        UnknownReason::Unsupported,
        UnknownReason::Malformed,
        UnknownReason::ResponderUnknowing,
        UnknownReason::ResponderRefused,
        UnknownReason::OtherCertificate,
        UnknownReason::Network,
    ];
    let mut all = named("revoked", reasons.map(Reason::code).to_vec());
    all.extend(named("revocation-unknown", unknown.map(UnknownReason::code).to_vec()));
    all.extend(named("list-issuer", ListIssuer::ALL.map(ListIssuer::code).to_vec()));
    all.extend(named("revocation-source", vec!["crl", "ocsp"]));
    all
}

/// Sentences of these codes, without a remedy.
fn named(prefix: &str, codes: Vec<&str>) -> Vec<(String, bool)> {
    codes.into_iter().map(|code| (format!("{prefix}-{code}"), false)).collect()
}

#[test]
fn every_code_has_its_sentence_in_both_languages() {
    for language in [Language::French, Language::English] {
        let texts = Texts::new(language);
        for (code, has_remedy) in codes() {
            assert_ne!(texts.text(&code), code, "{language:?}");
            assert_eq!(texts.remedy(&code).is_some(), has_remedy, "{language:?} {code}");
        }
    }
}

/// A library that only reads cards carries fewer sentences, and says the same of cards with them.
#[test]
fn with_fewer_sentences_the_same_is_said_of_cards() {
    let families = [Family::Vitale, Family::Unknown].map(Family::code);
    let keys = ErrorKind::ALL.iter().map(|kind| kind.code());
    let keys = keys.chain(Reservation::ALL.iter().map(|reservation| reservation.code())).chain(families);
    let keys: Vec<_> = keys.chain(["reader-empty", "cpx-in-order", "cpx-reserved", "status-not-built"]).collect();
    for language in [Language::French, Language::English] {
        let (all, fewer) = (Texts::new(language), Texts::of_cards(language));
        for key in &keys {
            assert_ne!(fewer.text(key), *key);
            assert_eq!((fewer.text(key), fewer.remedy(key)), (all.text(key), all.remedy(key)), "{key}");
        }
    }
}

#[test]
fn every_sentence_is_used() {
    let codes: BTreeSet<_> = codes().into_iter().map(|(code, _)| code).collect();
    let mut program = String::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && !path.ends_with("texts_tests.rs")
                && !path.ends_with("wording_tests.rs")
            {
                program.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    // these are put together from the names of arguments, events and usages, which other tests hold
    let built = ["help-", "value-", "event-", "f413-column-", "usage-"];
    for key in shape(FRENCH).keys() {
        let is_used = codes.contains(key)
            || program.contains(&format!("\"{key}\""))
            || FRENCH.iter().any(|source| source.contains(&format!("{{ {key} }}")))
            || built.iter().any(|prefix| key.starts_with(prefix));
        assert!(is_used, "{key} is used nowhere");
    }
}

#[test]
fn numbers_choose_the_plural() {
    let texts = Texts::new(Language::French);
    let tries = |left: &str| texts.with("code-tries", &[("state", "utilisable"), ("left", left), ("of", "")]);
    assert_eq!(
        (tries("1"), tries("3")),
        ("utilisable, 1 essai restant".into(), "utilisable, 3 essais restants".into())
    );
    assert_eq!(texts.with("certificates-count", &[("count", "0")]), "aucun certificat lisible");
}

#[test]
fn numbers_of_cards_keep_their_zeros() {
    let texts = Texts::new(Language::French);
    for number in ["0022000011", "+1", "2999001363", "99999999999999999999"] {
        assert!(texts.with("number-hint", &[("number", number)]).starts_with(number));
    }
}

#[test]
fn sentences_are_folded_to_the_page_behind_their_head() {
    let texts = Texts::new(Language::French).with_width(Some(40));
    let sentence = texts.text("card-mute") + " " + &texts.remedy("card-mute").unwrap();
    let folded = texts.folded("  ", "→ ", &sentence);
    let lines: Vec<_> = folded.lines().collect();
    assert!(lines.len() > 5 && lines.iter().all(|line| line.chars().count() <= 40), "{folded}");
    assert!(lines[0].starts_with("  → ") && lines[1..].iter().all(|line| line.starts_with("    ")), "{folded}");
    let words = |text: &str| {
        text.replace('→', "").split([' ', '\n']).filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(words(&folded), words(&sentence), "nothing is lost");
    assert_eq!(Texts::new(Language::French).folded("", "", &sentence), sentence, "no terminal, no folding");
}
