//! Modules that misbehave, many of them at once.

use std::path::PathBuf;
use std::time::Duration;

use cpx_card::internal::limits;
use cpx_card::internal::token::{Asker, Ending};
use serde_json::Value;

use super::support::modules::{folder, module};
use super::support::{processes, until};
use super::{Kept, alone, finish, program};

/// Each with how it ends, one after the other in the order in which they are named: the first sixteen are asked.
const MODULES: [(&str, &[&str], &str); 20] = [
    ("m-right", &[], "complete"),
    ("m-hangs", &["-DSLEEPS"], "timed-out"),
    ("m-hangs-too", &["-DSLEEPS", "-DSLOTS=2"], "timed-out"),
    ("m-token-hangs", &["-DSLEEPS_IN_TOKEN"], "timed-out"),
    ("m-crashes", &["-DCRASH_INITIALIZE"], "crashed"),
    ("m-crashes-loading", &["-DCRASH_LOAD"], "crashed"),
    ("m-exits", &["-DEXITS"], "exited"),
    ("m-forks-and-exits", &["-DFORKS"], "exited"),
    ("m-leaves-child", &["-DLEAVES_CHILD"], "complete"),
    ("m-leaves-talker", &["-DLEAVES_TALKER"], "complete"),
    ("m-leaves-threads", &["-DLEAVES_THREADS"], "complete"),
    ("m-prints-for-ever", &["-DPRINTS_FOR_EVER"], "endless"),
    ("m-fills-errors", &["-DFILLS_ERRORS"], "complete"),
    ("m-closes", &["-DCLOSES_OUTPUT"], "complete"),
    ("m-hangs-at-exit", &["-DHANG_EXIT", "-DCHANGES_PROCESS"], "complete"),
    ("m-refuses", &["-DREFUSES"], "refused"),
    ("m-seventeenth", &["-DSLOTS=3"], ""),
    ("m-eighteenth", &["-DSLOTS=4"], ""),
    ("m-nineteenth", &["-DSLOTS=5"], ""),
    ("m-twentieth", &["-DSLOTS=6"], ""),
];

fn built() -> Option<Vec<PathBuf>> {
    MODULES.iter().map(|(name, switches, _)| module(name, switches)).collect()
}

/// Nobody that was started for a module of these tests is left.
fn nobody_is_left() {
    let folder = folder().to_str().unwrap();
    until("every process of a module has ended", || processes::running_with(folder).is_empty());
}

#[test]
fn twenty_modules_at_once_in_several_programs_have_each_their_finding() {
    let _alone = alone();
    let Some(modules) = built() else { return };
    let named: Vec<&str> = modules.iter().flat_map(|module| ["--module", module.to_str().unwrap()]).collect();
    let start = |first: &[&str]| program(&[first, &named].concat()).spawn().unwrap();
    let started =
        [&["token", "--format", "json"][..], &["token", "--format", "json"], &["--format", "json", "--all"]].map(start);
    let [one, other, diagnosis] = started.map(finish);
    for output in [one, other] {
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let told = answer["modules"].as_array().unwrap();
        assert_eq!((told.len(), answer["modules_left_out"].as_u64()), (limits::MODULES, Some(4)), "{answer:#}");
        for (module, (name, _, end)) in told.iter().zip(MODULES) {
            let path = module["path"].as_str().unwrap();
            assert!(path.contains(name), "{path} stands where {name} was named");
            // what prints for ever may be too slow for its bound on a machine with much to do
            let is_right = module["end"] == end || (end == "endless" && module["end"] == "timed-out");
            assert!(is_right, "{name}: {module:#}");
        }
    }
    assert_eq!(diagnosis.status.code(), Some(2), "{}", super::support::said(&diagnosis));
    let answer: Value = serde_json::from_slice(&diagnosis.stdout).unwrap();
    assert!(answer.to_string().contains("m-crashes.so"), "{answer:#}");
    nobody_is_left();
}

#[test]
fn asking_for_a_long_time_leaves_no_process_no_thread_and_no_file() {
    let _alone = alone();
    let Some(leaves) = module("l-leaves-child", &["-DLEAVES_CHILD"]) else { return };
    let others = [
        ("l-forks", "-DFORKS"),
        ("l-crashes", "-DCRASH_SLOTS"),
        ("l-sleeps", "-DSLEEPS"),
        ("l-talks", "-DLEAVES_TALKER"),
    ];
    let mut modules: Vec<_> = others.iter().map(|(name, switch)| module(name, &[*switch]).unwrap()).collect();
    modules.push(leaves);
    let asker = Asker::with_program(super::PROGRAM).with_deadlines(Duration::from_millis(300), Duration::from_secs(2));
    // the first round builds what is kept
    asker.ask_all(&modules);
    nobody_is_left();
    let mut before = Kept::now();
    until("what the first round left behind is gone", || std::mem::replace(&mut before, Kept::now()) == before);
    for _ in 0..5 {
        assert_eq!(asker.ask_all(&modules).len(), modules.len());
    }
    nobody_is_left();
    until(&format!("all is as before: {before:?}"), || Kept::now().is_no_more_than(before));
}

#[test]
fn one_that_takes_memory_without_end_fails_before_the_machine_does() {
    let _alone = alone();
    let Some(eats) = module("m-eats-memory", &["-DEATS_MEMORY"]) else { return };
    let asker = Asker::with_program(super::PROGRAM);
    let answer = asker.ask(&eats);
    assert!(matches!(answer.end, Ending::Crashed { signal: 11, .. }), "{:?}", answer.end);
    nobody_is_left();
}

#[test]
fn one_that_forges_for_ever_fills_no_memory() {
    let _alone = alone();
    let Some(forges) = module("m-forges-for-ever", &["-DFORGES_FOR_EVER", "-DSLEEPS_IN_TOKEN"]) else { return };
    let asker = Asker::with_program(super::PROGRAM).with_deadlines(Duration::from_secs(1), Duration::from_secs(20));
    let memory = || processes::status(std::process::id(), "VmRSS");
    let before = memory();
    let answer = asker.ask(&forges);
    // what is not believed does not keep it alive either
    let Ending::TimedOut { ms, .. } = answer.end else { panic!("{:?}", answer.end) };
    assert!(ms < 15_000 && answer.oddities.len() <= limits::MODULE_ODDITIES, "{ms} ms, {:?}", answer.oddities);
    assert!(memory() < before + super::MEMORY, "{before} kB, then {} kB", memory());
    nobody_is_left();
}

#[test]
fn what_it_leaves_behind_ends_with_the_program_however_that_ends() {
    let _alone = alone();
    let Some(hangs) = module("m-child-and-hangs", &["-DLEAVES_CHILD", "-DSLEEPS_IN_TOKEN"]) else { return };
    let mut child = program(&["token", "--module", hangs.to_str().unwrap()]).spawn().unwrap();
    // the one that asks and the one that the module started
    until("the module has its child", || processes::running_with(hangs.to_str().unwrap()).len() >= 3);
    child.kill().unwrap();
    child.wait().unwrap();
    nobody_is_left();
}
