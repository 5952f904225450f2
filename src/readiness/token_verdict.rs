//! What the PKCS#11 modules of a workstation and the cards that they show come to.

use crate::certificate::{Moment, Role, Validity};
use crate::facts::{CardFacts, CodeLevel};
use crate::token::{
    Agreement, Ending, LoadFailure, ModuleAnswer, ModuleFacts, ModuleFile, PcscSide, SlotFacts, SlotState, TokenFacts,
};
use crate::workstation::Observed;
use crate::workstation::facts::Architecture;

use super::Outcome;

/// What there is to say about the modules, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokensVerdict {
    /// Whether a card can be used through one of them.
    pub outcome: Outcome,
    /// Each module.
    pub modules: Vec<ModuleVerdict>,
}

/// What there is to say about one module.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ModuleVerdict {
    /// The finding.
    pub finding: ModuleFinding,
    /// Each of its slots.
    pub slots: Vec<SlotVerdict>,
}

/// What there is to say about one slot.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SlotVerdict {
    /// The finding.
    pub finding: SlotFinding,
    /// What keeps a card that is seen from being used, or will.
    pub reservations: Vec<TokenReservation>,
}

/// What a module is found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ModuleFinding {
    /// It answers.
    Answers,
    /// It answers, and has no slot: PC/SC has no reader either, or was not asked.
    NoSlot,
    /// It answers, and sees no reader where PC/SC has one.
    ReaderUnseen,
    /// Nothing stands at its path.
    Absent,
    /// A symbolic link leads to nothing, or round and round.
    DeadLink,
    /// What stands at its path is no file.
    NotAFile,
    /// This account may not read it.
    Unreadable,
    /// It is made for another processor.
    WrongArchitecture,
    /// It is the one for 32-bit programs, beside one that this program asks.
    For32Bits,
    /// A library that it needs is missing, or does not fit.
    MissingLibrary,
    /// It is no library at all, or one that is no PKCS#11 module.
    NotAModule,
    /// The system does not allow loading it.
    Forbidden,
    /// It cannot be loaded for another reason.
    NotLoaded,
    /// Its list of functions is missing, or has holes.
    Broken,
    /// It refuses to start, or to go on.
    Refuses,
    /// It crashes.
    Crashes,
    /// It ends the program that asks it.
    Exits,
    /// It does not come back.
    Hangs,
    /// It answers without end.
    Endless,
    /// It was not asked, and that is not its fault.
    NotAsked,
}

impl ModuleFinding {
    /// Every finding.
    pub const ALL: [Self; 20] = [
        Self::Answers,
        Self::NoSlot,
        Self::ReaderUnseen,
        Self::Absent,
        Self::DeadLink,
        Self::NotAFile,
        Self::Unreadable,
        Self::WrongArchitecture,
        Self::For32Bits,
        Self::MissingLibrary,
        Self::NotAModule,
        Self::Forbidden,
        Self::NotLoaded,
        Self::Broken,
        Self::Refuses,
        Self::Crashes,
        Self::Exits,
        Self::Hangs,
        Self::Endless,
        Self::NotAsked,
    ];

    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Answers => "module-answers",
            Self::NoSlot => "module-no-slot",
            Self::ReaderUnseen => "module-reader-unseen",
            Self::Absent => "module-absent",
            Self::DeadLink => "module-dead-link",
            Self::NotAFile => "module-not-a-file",
            Self::Unreadable => "module-unreadable",
            Self::WrongArchitecture => "module-wrong-architecture",
            Self::For32Bits => "module-for-32-bits",
            Self::MissingLibrary => "module-missing-library",
            Self::NotAModule => "module-not-a-module",
            Self::Forbidden => "module-forbidden",
            Self::NotLoaded => "module-not-loaded",
            Self::Broken => "module-broken",
            Self::Refuses => "module-refuses",
            Self::Crashes => "module-crashes",
            Self::Exits => "module-exits",
            Self::Hangs => "module-hangs",
            Self::Endless => "module-endless",
            Self::NotAsked => "module-not-asked",
        }
    }

    /// Whether it did what was asked of it.
    pub const fn is_in_order(self) -> bool {
        matches!(self, Self::Answers | Self::NoSlot | Self::For32Bits)
    }

    fn of(module: &ModuleFacts, beside: &[ModuleFacts], readers: usize) -> Self {
        match &module.file {
            ModuleFile::Absent => return Self::Absent,
            ModuleFile::DeadLink | ModuleFile::LinkLoop => return Self::DeadLink,
            ModuleFile::NotAFile => return Self::NotAFile,
            ModuleFile::Unreadable => return Self::Unreadable,
            _ if is_for_32_bits(module) && beside.iter().any(fits) => return Self::For32Bits,
            ModuleFile::File { fits_us: Some(false), .. } => return Self::WrongArchitecture,
            _ => {}
        }
        match &module.answer {
            Observed::Seen(answer) => Self::of_answer(answer, readers),
            Observed::Unseen(_) => Self::NotAsked,
        }
    }

    fn of_answer(answer: &ModuleAnswer, readers: usize) -> Self {
        match &answer.end {
            Ending::Complete => match answer.slots.seen() {
                Some(slots) if slots.is_empty() && readers > 0 => Self::ReaderUnseen,
                Some(slots) if slots.is_empty() => Self::NoSlot,
                _ => Self::Answers,
            },
            Ending::NotLoaded { cause, .. } => match cause {
                LoadFailure::WrongArchitecture => Self::WrongArchitecture,
                LoadFailure::MissingLibrary | LoadFailure::MissingSymbol => Self::MissingLibrary,
                LoadFailure::NotALibrary => Self::NotAModule,
                LoadFailure::Forbidden => Self::Forbidden,
                _ => Self::NotLoaded,
            },
            Ending::NotAModule => Self::NotAModule,
            Ending::NullFunctionList | Ending::NullFunction { .. } => Self::Broken,
            Ending::Refused { .. } => Self::Refuses,
            Ending::Crashed { .. } => Self::Crashes,
            Ending::Exited { .. } => Self::Exits,
            Ending::TimedOut { .. } => Self::Hangs,
            Ending::Endless { .. } => Self::Endless,
            _ => Self::NotAsked,
        }
    }
}

/// What a slot is found to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SlotFinding {
    /// No card, and PC/SC does not say otherwise.
    Empty,
    /// No card, where PC/SC has one.
    CardUnseen,
    /// A card that is no CPx, as PC/SC tells.
    Foreign,
    /// A CPx whose application is silent for PC/SC as well, or a mute card.
    Silent,
    /// A CPx that PC/SC read, and that the module does not recognise.
    NotRecognised,
    /// A card that the module does not recognise, and of which PC/SC says nothing.
    Unknown,
    /// The module fails on this slot.
    Failed,
    /// The module did not come so far.
    NotReached,
    /// A card that the module shows.
    Seen,
    /// A card that the module shows, where PC/SC has an empty reader.
    Ghost,
    /// The card of PC/SC, in a state that it is no longer in.
    Outdated,
    /// Another card than that of PC/SC.
    AnotherCard,
    /// Something that is in no reader and has nothing of a CPx: keys in a file, the system's authorities.
    NotACard,
    /// A CPx that a module of somebody else does not show, and another module does.
    SeenElsewhere,
}

impl SlotFinding {
    /// Every finding.
    pub const ALL: [Self; 14] = [
        Self::Empty,
        Self::CardUnseen,
        Self::Foreign,
        Self::Silent,
        Self::NotRecognised,
        Self::Unknown,
        Self::Failed,
        Self::NotReached,
        Self::Seen,
        Self::Ghost,
        Self::Outdated,
        Self::AnotherCard,
        Self::NotACard,
        Self::SeenElsewhere,
    ];

    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "token-empty",
            Self::CardUnseen => "token-card-unseen",
            Self::Foreign => "token-foreign",
            Self::Silent => "token-silent",
            Self::NotRecognised => "token-not-recognised",
            Self::Unknown => "token-unknown-card",
            Self::Failed => "token-failed",
            Self::NotReached => "token-not-reached",
            Self::Seen => "token-seen",
            Self::Ghost => "token-ghost",
            Self::Outdated => "token-outdated",
            Self::AnotherCard => "token-another-card",
            Self::NotACard => "token-not-a-card",
            Self::SeenElsewhere => "token-seen-elsewhere",
        }
    }

    fn of(slot: &SlotFacts) -> Self {
        match (&slot.state, slot.pcsc) {
            (SlotState::Empty, PcscSide::Unknown | PcscSide::Empty) => Self::Empty,
            (SlotState::Empty | SlotState::NotRecognised, PcscSide::Foreign) => Self::Foreign,
            (SlotState::Empty | SlotState::NotRecognised, PcscSide::Mute | PcscSide::SilentCpx) => Self::Silent,
            (SlotState::Empty, _) => Self::CardUnseen,
            (SlotState::NotRecognised, PcscSide::Cpx) => Self::NotRecognised,
            (SlotState::NotRecognised, _) => Self::Unknown,
            (SlotState::Failed { .. }, _) => Self::Failed,
            (SlotState::Seen(_), PcscSide::Empty) => Self::Ghost,
            (SlotState::Seen(token), PcscSide::Unknown) if !token.is_of_cpx() => Self::NotACard,
            (SlotState::Seen(token), _) => match token.agreement {
                Agreement::AnotherCard { .. } => Self::AnotherCard,
                Agreement::Outdated { .. } => Self::Outdated,
                _ => Self::Seen,
            },
            _ => Self::NotReached,
        }
    }
}

/// What keeps a card that a module shows from being used, or will.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenReservation {
    /// It shows no authentication certificate.
    NoAuthentication,
    /// Wrong codes were typed; more than one try is left.
    CodeLow,
    /// One try of the code is left.
    CodeLastTry,
    /// The code is blocked.
    CodeBlocked,
    /// Its authentication certificate has expired.
    Expired,
    /// Its authentication certificate ends within 60 days.
    ExpiresSoon,
}

impl TokenReservation {
    /// Every reservation.
    pub const ALL: [Self; 6] =
        [Self::NoAuthentication, Self::CodeLow, Self::CodeLastTry, Self::CodeBlocked, Self::Expired, Self::ExpiresSoon];

    /// The stable code, in lower case words joined by dashes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoAuthentication => "token-no-authentication",
            Self::CodeLow => "token-code-low",
            Self::CodeLastTry => "token-code-last-try",
            Self::CodeBlocked => "token-code-blocked",
            Self::Expired => "token-expired",
            Self::ExpiresSoon => "token-expires-soon",
        }
    }

    /// Whether the card cannot be used.
    pub const fn hinders(self) -> bool {
        matches!(self, Self::NoAuthentication | Self::CodeBlocked | Self::Expired)
    }

    fn of(token: &TokenFacts, now: Moment) -> Vec<Self> {
        let shown = token.certificate(Role::Authentication).or_else(|| token.certificate(Role::Technical));
        let validity = shown.and_then(|one| one.parse().ok()).map(|one| Validity::of(&one, now));
        let end = match validity {
            Some(Validity::Expired { .. }) => Some(Self::Expired),
            Some(Validity::ExpiresSoon { .. }) => Some(Self::ExpiresSoon),
            _ => None,
        };
        let code = match token.code_level() {
            CodeLevel::Low => Some(Self::CodeLow),
            CodeLevel::LastTry => Some(Self::CodeLastTry),
            CodeLevel::Blocked => Some(Self::CodeBlocked),
            _ => None,
        };
        [shown.is_none().then_some(Self::NoAuthentication), end, code].into_iter().flatten().collect()
    }
}

/// Whether a module is the one for 32-bit programs, which this program cannot load.
pub fn is_for_32_bits(module: &ModuleFacts) -> bool {
    let ModuleFile::File { architectures, fits_us: Some(false), .. } = &module.file else { return false };
    architectures.seen().is_some_and(|made_for| *made_for == [Architecture::X86])
}

fn fits(module: &ModuleFacts) -> bool {
    matches!(module.file, ModuleFile::File { fits_us: Some(true), .. })
}

/// Judges the modules beside what PC/SC knows of readers and cards, at this moment.
pub fn judge_tokens(modules: &[ModuleFacts], cards: &CardFacts, now: Moment) -> TokensVerdict {
    let readers = cards.readers.as_ref().map_or(0, Vec::len);
    let shows = |slot: &SlotFacts| matches!(SlotFinding::of(slot), SlotFinding::Seen | SlotFinding::Outdated);
    let elsewhere: Vec<_> = modules.iter().flat_map(ModuleFacts::slots).filter(|slot| shows(slot)).collect();
    let judged = |module: &ModuleFacts| ModuleVerdict {
        finding: ModuleFinding::of(module, modules, readers),
        slots: module.slots().iter().map(|slot| judge_slot(slot, module, &elsewhere, now)).collect(),
    };
    let modules: Vec<_> = modules.iter().map(judged).collect();
    TokensVerdict { outcome: outcome(&modules), modules }
}

fn judge_slot(slot: &SlotFacts, module: &ModuleFacts, shown: &[&SlotFacts], now: Moment) -> SlotVerdict {
    let is_elsewhere = || slot.reader.is_some() && shown.iter().any(|other| other.reader == slot.reader);
    let finding = match SlotFinding::of(slot) {
        SlotFinding::NotRecognised | SlotFinding::CardUnseen | SlotFinding::Unknown
            if !module.is_cryptolib() && is_elsewhere() =>
        {
            SlotFinding::SeenElsewhere
        }
        finding => finding,
    };
    let card = slot.token().filter(|_| finding != SlotFinding::NotACard);
    SlotVerdict { finding, reservations: card.map(|token| TokenReservation::of(token, now)).unwrap_or_default() }
}

/// A card can be used when one module shows it with an authentication certificate and a code that is not blocked; with a
/// reservation when there is anything else to say.
fn outcome(modules: &[ModuleVerdict]) -> Outcome {
    let slots = || modules.iter().flat_map(|module| &module.slots);
    let is_usable = |slot: &SlotVerdict| {
        matches!(slot.finding, SlotFinding::Seen | SlotFinding::Outdated)
            && !slot.reservations.iter().any(|reservation| reservation.hinders())
    };
    let is_clean = |slot: &SlotVerdict| {
        matches!(slot.finding, SlotFinding::Empty | SlotFinding::NotACard | SlotFinding::SeenElsewhere)
            || (slot.finding == SlotFinding::Seen && slot.reservations.is_empty())
    };
    if modules.is_empty() || !slots().any(is_usable) {
        let nobody_asked =
            !modules.is_empty() && modules.iter().all(|module| module.finding == ModuleFinding::NotAsked);
        return if nobody_asked { Outcome::CouldNotTell } else { Outcome::NoUsableCard };
    }
    let all_answer = modules.iter().all(|module| module.finding.is_in_order());
    if all_answer && slots().all(is_clean) { Outcome::Read } else { Outcome::Reserved }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Private;
    use crate::token::{Function, ReturnCode, TokenFlags, TokenObject};
    use crate::workstation::Observed;
    use crate::workstation::facts::Architecture;

    const NOW: Moment = Moment::from_unix(1_795_000_000);

    fn module(end: Ending, slots: Vec<SlotFacts>) -> ModuleFacts {
        let mut module = ModuleFacts::new("/m.so");
        module.file = ModuleFile::File { bytes: 1, architectures: Observed::default(), fits_us: Some(true) };
        let mut answer = ModuleAnswer::new(end);
        answer.slots = Observed::Seen(slots);
        module.answer = Observed::Seen(answer);
        module
    }

    fn slot(state: SlotState, pcsc: PcscSide) -> SlotFacts {
        SlotFacts { pcsc, ..SlotFacts::new(1, "Lecteur", state) }
    }

    fn no_reader() -> CardFacts {
        CardFacts { readers: Ok(Vec::new()) }
    }

    #[test]
    fn pc_sc_tells_what_the_module_cannot() {
        let failed = || SlotState::Failed { function: Function::GetTokenInfo, code: ReturnCode::DEVICE_ERROR };
        let seen = |agreement| SlotState::Seen(Box::new(TokenFacts { agreement, ..TokenFacts::default() }));
        let of_cpx = || {
            let object = TokenObject { label: "CPS_ID_CARD".into(), value: Private::default() };
            SlotState::Seen(Box::new(TokenFacts { objects: Observed::Seen(vec![object]), ..TokenFacts::default() }))
        };
        for (state, pcsc, finding) in [
            (SlotState::Empty, PcscSide::Unknown, SlotFinding::Empty),
            (SlotState::Empty, PcscSide::Empty, SlotFinding::Empty),
            (SlotState::Empty, PcscSide::Cpx, SlotFinding::CardUnseen),
            (SlotState::Empty, PcscSide::Failed, SlotFinding::CardUnseen),
            (SlotState::Empty, PcscSide::Foreign, SlotFinding::Foreign),
            (SlotState::NotRecognised, PcscSide::Foreign, SlotFinding::Foreign),
            (SlotState::NotRecognised, PcscSide::SilentCpx, SlotFinding::Silent),
            (SlotState::NotRecognised, PcscSide::Mute, SlotFinding::Silent),
            (SlotState::NotRecognised, PcscSide::Cpx, SlotFinding::NotRecognised),
            (SlotState::NotRecognised, PcscSide::Unknown, SlotFinding::Unknown),
            (failed(), PcscSide::Cpx, SlotFinding::Failed),
            (SlotState::NotReached, PcscSide::Cpx, SlotFinding::NotReached),
            (seen(Agreement::NotCompared), PcscSide::Unknown, SlotFinding::NotACard),
            (of_cpx(), PcscSide::Unknown, SlotFinding::Seen),
            (seen(Agreement::NotCompared), PcscSide::Empty, SlotFinding::Ghost),
            (seen(Agreement::AnotherCard { differs: vec![] }), PcscSide::Cpx, SlotFinding::AnotherCard),
            (seen(Agreement::Outdated { differs: vec![] }), PcscSide::Cpx, SlotFinding::Outdated),
            (seen(Agreement::Same { compared: vec![] }), PcscSide::Cpx, SlotFinding::Seen),
        ] {
            assert_eq!(SlotFinding::of(&slot(state.clone(), pcsc)), finding, "{state:?} {pcsc:?}");
        }
    }

    #[test]
    fn a_module_of_somebody_else_need_not_know_a_card_that_the_cryptolib_shows() {
        let object = TokenObject { label: "CPS_ID_CARD".into(), value: Private::default() };
        let card = TokenFacts { objects: Observed::Seen(vec![object]), ..TokenFacts::default() };
        let in_reader = |state| SlotFacts { reader: Some("Lecteur".into()), ..slot(state, PcscSide::Cpx) };
        let own = ModuleFacts {
            path: "/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so".into(),
            ..module(Ending::Complete, vec![in_reader(SlotState::Seen(Box::new(card)))])
        };
        let others = || module(Ending::Complete, vec![in_reader(SlotState::NotRecognised)]);
        let of_other =
            |modules: &[ModuleFacts]| judge_tokens(modules, &no_reader(), NOW).modules.last().unwrap().slots[0].finding;
        assert_eq!(of_other(&[own.clone(), others()]), SlotFinding::SeenElsewhere);
        assert_eq!(of_other(&[others()]), SlotFinding::NotRecognised);
        let silent = ModuleFacts { path: own.path.clone(), ..others() };
        assert_eq!(of_other(&[own, silent]), SlotFinding::NotRecognised);
    }

    #[test]
    fn the_module_of_32_bit_programs_is_no_fault_beside_one_that_is_asked() {
        let made_for = |architecture, fits_us| {
            let file = ModuleFile::File {
                bytes: 1,
                architectures: Observed::Seen(vec![architecture]),
                fits_us: Some(fits_us),
            };
            ModuleFacts { file, ..module(Ending::Complete, vec![]) }
        };
        let (long, short) = (made_for(Architecture::X86_64, true), made_for(Architecture::X86, false));
        let found = |modules: &[ModuleFacts]| {
            let modules = judge_tokens(modules, &no_reader(), NOW).modules;
            modules.into_iter().map(|module| module.finding).collect::<Vec<_>>()
        };
        assert_eq!(found(&[long.clone(), short.clone()]), [ModuleFinding::NoSlot, ModuleFinding::For32Bits]);
        assert!(ModuleFinding::For32Bits.is_in_order());
        assert_eq!(found(&[short]), [ModuleFinding::WrongArchitecture]);
        assert_eq!(found(&[long, made_for(Architecture::Arm64, false)])[1], ModuleFinding::WrongArchitecture);
    }

    #[test]
    fn every_end_of_a_module_has_its_finding() {
        let found = |module: ModuleFacts| judge_tokens(&[module], &no_reader(), NOW).modules[0].finding;
        let file = |fits_us| ModuleFile::File { bytes: 1, architectures: Observed::default(), fits_us };
        for (file, finding) in [
            (ModuleFile::Absent, ModuleFinding::Absent),
            (ModuleFile::DeadLink, ModuleFinding::DeadLink),
            (ModuleFile::LinkLoop, ModuleFinding::DeadLink),
            (ModuleFile::NotAFile, ModuleFinding::NotAFile),
            (ModuleFile::Unreadable, ModuleFinding::Unreadable),
            (file(Some(false)), ModuleFinding::WrongArchitecture),
            // what its header does not say, loading it does
            (file(None), ModuleFinding::NoSlot),
        ] {
            assert_eq!(
                found(ModuleFacts { file: file.clone(), ..module(Ending::Complete, vec![]) }),
                finding,
                "{file:?}"
            );
        }
        let not_loaded = |cause| Ending::NotLoaded { cause, detail: String::new() };
        let (function, code) = (Function::Initialize, ReturnCode::DEVICE_ERROR);
        for (end, finding) in [
            (not_loaded(LoadFailure::WrongArchitecture), ModuleFinding::WrongArchitecture),
            (not_loaded(LoadFailure::MissingLibrary), ModuleFinding::MissingLibrary),
            (not_loaded(LoadFailure::MissingSymbol), ModuleFinding::MissingLibrary),
            (not_loaded(LoadFailure::NotALibrary), ModuleFinding::NotAModule),
            (not_loaded(LoadFailure::Forbidden), ModuleFinding::Forbidden),
            (not_loaded(LoadFailure::Other), ModuleFinding::NotLoaded),
            (Ending::NotAModule, ModuleFinding::NotAModule),
            (Ending::NullFunctionList, ModuleFinding::Broken),
            (Ending::NullFunction { function }, ModuleFinding::Broken),
            (Ending::Refused { function, code }, ModuleFinding::Refuses),
            (Ending::Crashed { function: None, signal: 11 }, ModuleFinding::Crashes),
            (Ending::Exited { function: None, status: 0 }, ModuleFinding::Exits),
            (Ending::TimedOut { function: None, ms: 1 }, ModuleFinding::Hangs),
            (Ending::Endless { function: None }, ModuleFinding::Endless),
            (Ending::NotAsked { detail: String::new() }, ModuleFinding::NotAsked),
        ] {
            assert_eq!(found(module(end.clone(), vec![])), finding, "{end:?}");
        }
        let empty = slot(SlotState::Empty, PcscSide::Empty);
        assert_eq!(found(module(Ending::Complete, vec![empty])), ModuleFinding::Answers);
    }

    /// What is said of a card that a module shows.
    #[test]
    fn a_card_that_is_shown_is_told_what_hinders_it() {
        let certificate = |role: &str| {
            let text =
                format!(r#"{{"role":"{role}","label":{{"private":""}},"id":{{"private":""}},"der":{{"private":""}}}}"#);
            serde_json::from_str(&text).unwrap()
        };
        let codes = |role: &str, flags| {
            let certificates = Observed::Seen(vec![certificate(role)]);
            let token = TokenFacts { flags: TokenFlags(flags), certificates, ..TokenFacts::default() };
            let shown = slot(SlotState::Seen(Box::new(token)), PcscSide::Cpx);
            let judged = judge_tokens(&[module(Ending::Complete, vec![shown])], &no_reader(), NOW);
            judged.modules[0].slots[0].reservations.iter().map(|one| one.code()).collect::<Vec<_>>()
        };
        assert_eq!(codes("authentication", 0x4), Vec::<&str>::new());
        assert_eq!(codes("technical", 0x4), Vec::<&str>::new(), "a contactless card logs on with it");
        assert_eq!(codes("signature", 0x4), ["token-no-authentication"]);
        assert_eq!(codes("authentication", 0x1_0004), ["token-code-low"]);
        assert_eq!(codes("authentication", 0x2_0004), ["token-code-last-try"]);
        assert_eq!(codes("authentication", 0x4_0004), ["token-code-blocked"]);
    }

    #[test]
    fn zero_slots_are_a_fault_only_beside_a_reader() {
        let silent = [module(Ending::Complete, vec![])];
        assert_eq!(judge_tokens(&silent, &no_reader(), NOW).modules[0].finding, ModuleFinding::NoSlot);
        let reader = crate::facts::ReaderFacts::new("L", crate::facts::ReaderContent::Empty);
        let with_reader = CardFacts { readers: Ok(vec![reader]) };
        assert_eq!(judge_tokens(&silent, &with_reader, NOW).modules[0].finding, ModuleFinding::ReaderUnseen);
    }

    #[test]
    fn the_outcome_is_that_of_the_best_module_with_what_is_wrong_beside_it() {
        let code = |modules: &[ModuleFacts]| judge_tokens(modules, &no_reader(), NOW).outcome;
        let authentication =
            r#"{"role":"authentication","label":{"private":""},"id":{"private":""},"der":{"private":""}}"#;
        let token = |flags| TokenFacts {
            flags: TokenFlags(flags),
            certificates: Observed::Seen(vec![serde_json::from_str(authentication).unwrap()]),
            ..TokenFacts::default()
        };
        let shows =
            |flags| module(Ending::Complete, vec![slot(SlotState::Seen(Box::new(token(flags))), PcscSide::Unknown)]);
        let crashes = || module(Ending::Crashed { function: Some(Function::Load), signal: 11 }, vec![]);
        assert_eq!(code(&[]), Outcome::NoUsableCard);
        assert_eq!(code(&[shows(0x4)]), Outcome::Read);
        assert_eq!(code(&[shows(0x4), crashes()]), Outcome::Reserved);
        assert_eq!(code(&[shows(0x2_0004)]), Outcome::Reserved);
        assert_eq!(code(&[shows(0x4_0004)]), Outcome::NoUsableCard);
        assert_eq!(code(&[crashes()]), Outcome::NoUsableCard);
        assert_eq!(code(&[module(Ending::NotAsked { detail: String::new() }, vec![])]), Outcome::CouldNotTell);
    }
}
