//! Modules that are wrong in one way each, built here from one C source and asked through the program: every one of them
//! is a finding with a name, and none keeps the asking from its end.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::time::Duration;

use cpx_card::internal::card::CodeLevel;
use cpx_card::internal::certificate::Role;
use cpx_card::internal::token::{
    Asker, Ending, Function, LoadFailure, Mechanism, ModuleAnswer, Oddity, ReturnCode, SlotState,
};

use crate::support::modules::{folder, module};

/// Deadlines that a test can wait for.
const CALL: Duration = Duration::from_millis(700);
const WHOLE: Duration = Duration::from_secs(5);

fn asker() -> Asker {
    Asker::with_program(env!("CARGO_BIN_EXE_cpx-check")).with_deadlines(CALL, WHOLE)
}

fn ask(name: &str, switches: &[&str]) -> Option<ModuleAnswer> {
    module(name, switches).map(|module| asker().ask(&module))
}

#[test]
fn one_that_is_right_answers_everything() {
    let Some(answer) = ask("right", &["-DSLOTS=2"]) else { return };
    assert_eq!(answer.end, Ending::Complete, "{answer:?}");
    let library = answer.library.as_ref().unwrap();
    assert_eq!((library.cryptoki, library.list, library.version), ((2, 20), (2, 11), (1, 4)));
    assert_eq!((library.manufacturer.as_str(), library.description.as_str()), ("Atelier", "A module for tests"));
    let slots = answer.slots.seen().unwrap();
    assert_eq!(slots.iter().map(|slot| slot.description.as_str()).collect::<Vec<_>>(), ["Lecteur 0", "Lecteur 1"]);
    let token = slots[0].token().unwrap();
    assert_eq!((token.serial.reveal(), token.model.as_str()), ("22000011", "IAS ECC"));
    assert_eq!((token.code_level(), token.code_length), (CodeLevel::Full, (4, 8)));
    assert_eq!(token.offers(Mechanism::RSA_PKCS), Some(true));
    assert_eq!(token.offers(Mechanism::RSA_PKCS_PSS), Some(false));
    assert!(token.certificates.seen().unwrap().is_empty(), "an object without value is none");
    assert_eq!((answer.oddities.as_slice(), answer.noise_bytes), (&[][..], 0));
    let functions: Vec<_> = answer.steps.iter().map(|step| step.function).collect();
    assert_eq!(functions[..4], [Function::Load, Function::GetFunctionList, Function::Initialize, Function::GetInfo]);
    assert_eq!(functions.last(), Some(&Function::Finalize));
}

#[test]
fn what_fails_has_the_name_of_the_function_that_failed() {
    let segv = |function| Ending::Crashed { function: Some(function), signal: 11 };
    let general = ReturnCode(5);
    for (name, switches, end) in [
        ("null-list", &["-DNULL_LIST"][..], Ending::NullFunctionList),
        ("null-function", &["-DNULL_FUNCTION"], Ending::NullFunction { function: Function::GetSlotInfo }),
        ("crash-load", &["-DCRASH_LOAD"], segv(Function::Load)),
        ("crash-initialize", &["-DCRASH_INITIALIZE"], segv(Function::Initialize)),
        ("crash-slots", &["-DCRASH_SLOTS"], segv(Function::GetSlotList)),
        ("exits", &["-DEXITS"], Ending::Exited { function: Some(Function::GetInfo), status: 0 }),
        ("refuses", &["-DREFUSES"], Ending::Refused { function: Function::Initialize, code: general }),
        ("forks", &["-DFORKS"], Ending::Exited { function: Some(Function::Initialize), status: 7 }),
        ("no-module", &["-DNO_MODULE"], Ending::NotAModule),
    ] {
        let Some(answer) = ask(name, switches) else { return };
        assert_eq!(answer.end, end, "{name}: {answer:?}");
        assert!(answer.slots.seen().is_none_or(|slots| slots.iter().all(|slot| slot.token().is_none())), "{name}");
    }
}

#[test]
fn what_cannot_be_loaded_says_why() {
    let cause = |answer: &ModuleAnswer| match &answer.end {
        Ending::NotLoaded { cause, .. } => *cause,
        other => panic!("{other:?}"),
    };
    let Some(undefined) = ask("undefined-symbol", &["-DUNDEFINED_SYMBOL"]) else { return };
    assert_eq!(cause(&undefined), LoadFailure::MissingSymbol);

    let text = folder().join("text.so");
    std::fs::write(
        &text,
        "this is a text file named .so, long enough to be looked at as a program file by the loader\n",
    )
    .unwrap();
    assert_eq!(cause(&asker().ask(&text)), LoadFailure::NotALibrary);
    let empty = folder().join("empty.so");
    std::fs::write(&empty, "").unwrap();
    assert_eq!(cause(&asker().ask(&empty)), LoadFailure::NotALibrary);

    let gone = folder().join("libgone-for-ever.so");
    std::fs::copy(module("gone", &[]).unwrap(), &gone).unwrap();
    let library = format!("-L{}", folder().display());
    let needs = module("needs-gone", &["-Wl,--no-as-needed", &library, "-lgone-for-ever"]).unwrap();
    std::fs::remove_file(gone).unwrap();
    let answer = asker().ask(&needs);
    assert_eq!(cause(&answer), LoadFailure::MissingLibrary);
    let Ending::NotLoaded { detail, .. } = &answer.end else { panic!() };
    assert!(detail.contains("libgone-for-ever.so"), "{detail}");

    // another processor's file: the header of a right one with another class
    let mut bytes = std::fs::read(module("class", &[]).unwrap()).unwrap();
    bytes[4] = 1;
    let other = folder().join("other-class.so");
    std::fs::write(&other, bytes).unwrap();
    assert_eq!(cause(&asker().ask(&other)), LoadFailure::WrongArchitecture);
}

#[test]
fn one_that_hangs_costs_its_deadline_and_keeps_nobody_waiting() {
    let place = |name: &str, file: &str| format!("-D{name}=\"{}\"", folder().join(file).display());
    let (one, other) = (place("MINE", "one"), place("MINE", "other"));
    let Some(sleeps) = module("sleeps", &["-DSLEEPS"]) else { return };
    // these two end only when they are asked at the same time
    let meets = module("meets", &[&one, &place("OTHER", "other")]).unwrap();
    let is_met = module("is-met", &[&other, &place("OTHER", "one")]).unwrap();
    let answers = asker().ask_all(&[&meets, &sleeps, &is_met]);
    assert_eq!((&answers[0].end, &answers[2].end), (&Ending::Complete, &Ending::Complete));
    let hung = &answers[1];
    let Ending::TimedOut { function: Some(Function::Initialize), ms } = hung.end else { panic!("{hung:?}") };
    assert!(ms >= 700, "{hung:?}");
    let last = hung.steps.last().unwrap();
    assert_eq!((last.function, last.code), (Function::Initialize, None));
}

#[test]
fn a_slot_that_fails_or_hangs_leaves_the_others_as_they_are() {
    let Some(answer) = ask("one-fails", &["-DSLOTS=3", "-DONE_FAILS"]) else { return };
    assert_eq!(answer.end, Ending::Complete);
    let slots = answer.slots.seen().unwrap();
    let codes: Vec<_> = slots.iter().map(|slot| slot.state.code()).collect();
    assert_eq!(codes, ["seen", "failed", "seen"]);
    let failed = SlotState::Failed { function: Function::GetTokenInfo, code: ReturnCode::DEVICE_ERROR };
    assert_eq!(slots[1].state, failed);

    let answer = ask("second-crashes", &["-DSLOTS=3", "-DCRASH_SECOND_TOKEN"]).unwrap();
    assert_eq!(answer.end, Ending::Crashed { function: Some(Function::GetTokenInfo), signal: 11 });
    let codes: Vec<_> = answer.slots.seen().unwrap().iter().map(|slot| slot.state.code()).collect();
    assert_eq!(codes, ["seen", "not-reached", "not-reached"]);

    let answer = ask("token-sleeps", &["-DSLOTS=2", "-DSLEEPS_IN_TOKEN"]).unwrap();
    assert!(matches!(answer.end, Ending::TimedOut { function: Some(Function::GetTokenInfo), .. }));
    assert_eq!(answer.steps.last().unwrap().slot, Some(10));
    let descriptions: Vec<_> = answer.slots.seen().unwrap().iter().map(|slot| slot.description.as_str()).collect();
    assert_eq!(descriptions, ["Lecteur 0", "Lecteur 1"]);

    for (name, switch, code) in [("empty-slot", "-DEMPTY", "empty"), ("unknown", "-DNOT_KNOWN", "not-recognised")] {
        assert_eq!(ask(name, &[switch]).unwrap().slots.seen().unwrap()[0].state.code(), code);
    }
    assert!(ask("no-slot", &["-DSLOTS=0"]).unwrap().slots.seen().unwrap().is_empty());
}

#[test]
fn what_it_prints_closes_or_forges_does_not_hide_its_answer() {
    let Some(prints) = ask("prints", &["-DPRINTS"]) else { return };
    assert_eq!((&prints.end, prints.slots.seen().unwrap().len()), (&Ending::Complete, 1));
    assert_eq!(prints.noise_bytes, "module: begin without end".len() as u64);

    let closes = ask("closes", &["-DCLOSES_OUTPUT"]).unwrap();
    assert_eq!((&closes.end, closes.slots.seen().unwrap().len()), (&Ending::Complete, 1));

    // what the asking process itself would not say at that moment is not believed
    let forges = ask("forges", &["-DFORGES", "-DONE_FAILS", "-DSLOTS=2"]).unwrap();
    assert_eq!((&forges.end, forges.slots.seen().unwrap().len()), (&Ending::Complete, 2), "{forges:?}");
    assert!(forges.library.is_some() && forges.noise_bytes > 0, "{forges:?}");

    let endless = ask("endless", &["-DPRINTS_FOR_EVER"]).unwrap();
    let is_ended =
        matches!(endless.end, Ending::Endless { function: Some(Function::Initialize) } | Ending::TimedOut { .. });
    assert!(is_ended, "{:?}", endless.end);
}

#[test]
fn odd_modules_answer_and_are_told_odd() {
    let growing = [Oddity::SlotCountChanged];
    let interface = [Oddity::InterfaceFails { code: ReturnCode(5) }];
    let finalize = [Oddity::FinalizeFails { code: ReturnCode(5) }];
    let version = [Oddity::ListVersion];
    for (name, switches, oddities, slots) in [
        ("grows", &["-DGROWS"][..], &growing[..], 2),
        ("interface", &["-DFAILING_INTERFACE"], &interface, 1),
        ("finalize-fails", &["-DFINALIZE_FAILS"], &finalize, 1),
        ("version-3", &["-DVERSION_3"], &version, 1),
        ("changes", &["-DCHANGES_PROCESS"], &[], 1),
        ("thread", &["-DLEAVES_THREAD"], &[], 1),
        ("crash-exit", &["-DCRASH_EXIT"], &[], 1),
        ("hang-exit", &["-DHANG_EXIT"], &[], 1),
        ("many", &["-DOBJECTS_WITHOUT_END"], &[Oddity::TooMany], 1),
        ("length-lies", &["-DLENGTH_LIES"], &[Oddity::UnpaddedText], 1),
    ] {
        let Some(answer) = ask(name, switches) else { return };
        assert_eq!(answer.end, Ending::Complete, "{name}: {answer:?}");
        assert_eq!(answer.oddities, oddities, "{name}");
        assert_eq!(answer.slots.seen().unwrap().len(), slots, "{name}");
    }
    let forever = ask("grows-for-ever", &["-DGROWS_FOR_EVER"]).unwrap();
    assert!(forever.end == Ending::Complete && forever.oddities.contains(&Oddity::SlotCountChanged), "{forever:?}");
    let endless = ask("slots-without-end", &["-DSLOTS_WITHOUT_END"]).unwrap();
    assert!(endless.oddities.contains(&Oddity::TooMany), "{endless:?}");
}

#[test]
fn odd_texts_arrive_as_they_are_for_the_one_who_prints() {
    let Some(answer) = ask("odd-texts", &["-DODD_TEXTS"]) else { return };
    for oddity in [Oddity::UnpaddedText, Oddity::ControlCharacters, Oddity::NotUtf8] {
        assert!(answer.oddities.contains(&oddity), "{oddity:?}: {:?}", answer.oddities);
    }
    let library = answer.library.as_ref().unwrap();
    assert_eq!(
        (library.manufacturer.as_str(), library.description.as_str()),
        ("Atelier", "\u{1b}]0;owned\u{7} \u{202e}txet")
    );
    let token = answer.slots.seen().unwrap()[0].token().unwrap();
    assert_eq!((token.label.reveal(), token.model.as_str()), ("A".repeat(32).as_str(), "IAS"));
    assert_eq!(token.manufacturer, "é".repeat(32));
    assert_eq!(token.certificate(Role::Authentication), None);
}

#[test]
fn flags_tell_the_state_of_the_code() {
    for (flags, level) in [
        ("0x0UL", CodeLevel::Full),
        ("0x10000UL", CodeLevel::Low),
        ("0x30000UL", CodeLevel::LastTry),
        ("0x40000UL", CodeLevel::Blocked),
        ("0x70000UL", CodeLevel::Blocked),
    ] {
        let Some(answer) = ask(&format!("flags-{flags}"), &[&format!("-DFLAGS={flags}")]) else { return };
        assert_eq!(answer.slots.seen().unwrap()[0].token().unwrap().code_level(), level, "{flags}");
    }
}

#[test]
fn asking_logs_in_nowhere_and_calls_nothing_that_writes_or_waits() {
    let trace = folder().join("login-trace");
    let Some(answer) = ask("trace", &[&format!("-DLOGIN_TRACE=\"{}\"", trace.display())]) else { return };
    assert_eq!(answer.end, Ending::Complete);
    assert!(!trace.exists(), "{:?}", std::fs::read_to_string(&trace));
}

#[test]
fn a_program_that_does_not_ask_is_told_so_and_not_blamed_on_the_module() {
    let Some(module) = module("whatever", &[]) else { return };
    for program in ["/bin/true", "/bin/echo", "/nonexistent"] {
        let answer = Asker::with_program(program).with_deadlines(CALL, WHOLE).ask(&module);
        assert!(matches!(answer.end, Ending::NotAsked { .. }), "{program}: {:?}", answer.end);
    }
}

#[test]
fn in_the_same_process_a_right_module_answers_as_well() {
    let Some(module) = module("in-process", &[]) else { return };
    let answer = Asker::in_this_process().with_deadlines(CALL, WHOLE).ask(&module);
    assert_eq!((&answer.end, answer.slots.seen().unwrap().len()), (&Ending::Complete, 1));
    let Some(sleeps) = self::module("in-process-sleeps", &["-DSLEEPS"]) else { return };
    let answer = Asker::in_this_process().with_deadlines(CALL, WHOLE).ask(&sleeps);
    assert!(matches!(answer.end, Ending::TimedOut { function: Some(Function::Initialize), .. }));
}
