//! The PKCS#11 module of the Cryptolib, and the card as it shows it.

use super::Group;
use super::middleware::minidriver_only;
use crate::facts::{CodeLevel, Generation};
use crate::readiness::finding::{Finding, Judged, SkipReason, seen};
use crate::readiness::value::Value;
use crate::readiness::view::{View, has_module};
use crate::token::{Agreement, Ending, LoadFailure, Mechanism, ModuleFile, PcscSide, SlotFacts, SlotState, TokenFacts};
use crate::workstation::Unseen;
use crate::workstation::facts::{Architecture, Family};

pub(super) const CRITERIA: Group = &[
    ("pkcs11-module-loads", loads),
    ("pkcs11-arch-match", architecture),
    ("pkcs11-slot-visible", slot_visible),
    ("pkcs11-token-recognised", token_recognised),
    ("pin-state", code_state),
    ("pkcs11-mechanisms", mechanisms),
];

/// Milliseconds after which loading is called slow.
const SLOW: u32 = 3000;

fn loads(view: &View<'_>) -> Judged {
    let module = match view.module() {
        Err(SkipReason::NotInstalled) if minidriver_only(view) => return Err(SkipReason::NotNeeded),
        Err(SkipReason::NotInstalled) if view.cryptolib().is_ok_and(|all| !has_module(all)) => {
            return Ok(Finding::fail("no-module"));
        }
        module => module?,
    };
    if matches!(module.file, ModuleFile::Absent | ModuleFile::DeadLink | ModuleFile::LinkLoop) {
        return Ok(Finding::fail("not-loaded").with("detail", Value::code(module.file.code())));
    }
    // made for another processor than this program: nobody asked it
    let answer = module.answer.seen().ok_or(SkipReason::Unseen(Unseen::NotAsked))?;
    let function = answer.end.function().map_or("", crate::token::Function::name);
    Ok(match &answer.end {
        Ending::Complete if !answer.is_usable() => Finding::fail("not-loaded").with("detail", Value::code("C_GetInfo")),
        Ending::Complete if answer.total_ms > SLOW => Finding::warn("slow").with("seconds", answer.total_ms / 1000),
        Ending::Complete => Finding::pass(),
        Ending::NotLoaded { cause, detail } => {
            let reason = match cause {
                LoadFailure::WrongArchitecture => "architecture",
                LoadFailure::MissingLibrary => "library-missing",
                LoadFailure::Forbidden => "forbidden",
                _ => "not-loaded",
            };
            Finding::fail(reason).with("detail", Value::path(detail))
        }
        Ending::Refused { code, .. } => {
            Finding::fail("refused").with("code", Value::code(format!("{function} 0x{:X}", code.0)))
        }
        Ending::Crashed { .. } | Ending::Exited { .. } => {
            Finding::fail("crash").with("function", Value::code(function))
        }
        // a module may wait for a card as long as another program holds it
        Ending::TimedOut { .. } if view.is_held() => return Err(SkipReason::CardHeld),
        Ending::TimedOut { .. } | Ending::Endless { .. } => {
            Finding::fail("timeout").with("function", Value::code(function))
        }
        Ending::NotAsked { .. } => return Err(SkipReason::Unseen(Unseen::Failed)),
        _ => Finding::fail("not-loaded").with("detail", Value::code(answer.end.code())),
    })
}

fn architecture(view: &View<'_>) -> Judged {
    let ours = seen(&view.facts.workstation.system)?.architecture.ok_or(SkipReason::VersionUnknown)?;
    let mut made_for = Vec::new();
    for module in view.modules()? {
        if let ModuleFile::File { architectures, .. } = &module.file {
            made_for.extend(seen(architectures)?);
        }
    }
    if made_for.is_empty() {
        return Err(SkipReason::NotInstalled);
    }
    let browsers = view.installed_browsers().unwrap_or_default();
    let mut runs_on: Vec<_> = browsers.iter().flat_map(|browser| browser.architectures.clone()).collect();
    // a browser that is made for this processor runs on it
    if view.path.is_none() || runs_on.is_empty() || runs_on.contains(&ours) {
        runs_on = vec![ours];
    }
    if runs_on.iter().any(|one| made_for.contains(one)) {
        return Ok(Finding::pass());
    }
    let translated = view.is_on(Family::Macos) && made_for.contains(&Architecture::X86_64);
    let rosetta = view.facts.workstation.macos.seen().and_then(|macos| macos.rosetta);
    Ok(if translated && rosetta == Some(true) { Finding::warn("rosetta") } else { Finding::fail("no-match") })
}

fn slot_visible(view: &View<'_>) -> Judged {
    let readers = view.readers()?.len();
    if readers == 0 {
        return Err(SkipReason::NoReader);
    }
    let slots = view.slots()?.len();
    Ok(match slots {
        0 => Finding::fail("none"),
        _ if slots < readers => Finding::warn("fewer").with("slots", slots).with("readers", readers),
        _ => Finding::pass(),
    })
}

fn token_recognised(view: &View<'_>) -> Judged {
    view.cpx()?;
    let slots = view.slots()?;
    if slots.iter().any(|slot| slot.token().is_some()) {
        return Ok(match view.token()?.agreement {
            Agreement::AnotherCard { .. } => Finding::fail("another-card"),
            Agreement::Outdated { .. } => Finding::fail("outdated"),
            _ => Finding::pass(),
        });
    }
    let of_cpx = |slot: &&SlotFacts| matches!(slot.pcsc, PcscSide::Cpx | PcscSide::SilentCpx);
    let of_card: Vec<_> = slots.iter().filter(of_cpx).collect();
    let asked: Vec<_> = if of_card.is_empty() { slots.iter().collect() } else { of_card };
    for slot in &asked {
        match &slot.state {
            SlotState::NotRecognised => return Ok(Finding::fail("not-recognised")),
            SlotState::Failed { function, code } => {
                return Ok(Finding::fail("device").with("code", Value::code(format!("{function} 0x{:X}", code.0))));
            }
            _ => {}
        }
    }
    let all_empty = asked.iter().all(|slot| slot.state == SlotState::Empty);
    if all_empty { Ok(Finding::fail("not-seen")) } else { Err(SkipReason::Unseen(Unseen::Failed)) }
}

fn code_state(view: &View<'_>) -> Judged {
    let card = view.card();
    let on_card = card.map_or(CodeLevel::Unknown, |card| card.code.level());
    let by_module = view.token().map_or(CodeLevel::Unknown, TokenFacts::code_level);
    let level = match (on_card, by_module) {
        // the module calls a CPS4 blocked as soon as a code was given (measured with 5.2.2)
        (CodeLevel::Unknown, CodeLevel::Blocked) if view.cpx().is_ok_and(|(_, of)| of == Generation::Cps4) => {
            return Err(SkipReason::CardNotRead);
        }
        (CodeLevel::Unknown, level) | (level, _) => level,
    };
    let tries = card.ok().and_then(|card| card.code.tries_left).map_or_else(|| Value::code("?"), Value::from);
    match level {
        CodeLevel::Full => Ok(Finding::pass()),
        CodeLevel::Low => Ok(Finding::warn("low").with("tries", tries)),
        CodeLevel::LastTry => Ok(Finding::warn("last-try")),
        CodeLevel::Blocked => Ok(Finding::fail("blocked")),
        CodeLevel::Unknown => Err(card.err().unwrap_or(SkipReason::CardNotRead)),
    }
}

fn mechanisms(view: &View<'_>) -> Judged {
    let offered = seen(&view.token()?.mechanisms)?;
    let any = |wanted: &[Mechanism]| wanted.iter().any(|one| offered.contains(one));
    let pss = any(&[Mechanism::RSA_PKCS_PSS, Mechanism::SHA256_RSA_PKCS_PSS]);
    // a CPS3 has none: the module tells the truth
    let has_none = view.cpx().is_ok_and(|(_, generation)| generation == Generation::Cps3);
    Ok(match any(&[Mechanism::RSA_PKCS, Mechanism::SHA256_RSA_PKCS]) {
        _ if pss => Finding::pass(),
        true if has_none => Finding::pass(),
        true => Finding::warn("no-pss"),
        false => Finding::fail("none"),
    })
}
