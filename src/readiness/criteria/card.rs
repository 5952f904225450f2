//! The card in the reader.

use std::collections::BTreeSet;

use super::Group;
use crate::error::ErrorKind;
use crate::facts::{Atr, CardAnswer, Family, Generation, Interface, ReaderContent, ReaderFacts, is_listed};
use crate::readiness::calais;
use crate::readiness::finding::{Finding, Judged, SkipReason, seen};
use crate::readiness::rules::Rules;
use crate::readiness::value::Value;
use crate::readiness::view::View;
use crate::workstation::facts::Family as SystemFamily;

pub(super) const CRITERIA: Group = &[
    ("card-present", present),
    ("card-responds", responds),
    ("card-not-vitale", not_vitale),
    ("card-atr-known", atr_known),
    ("card-generation-supported", generation_supported),
    ("card-applet-answers", applet_answers),
    ("card-single-cps", single),
    ("card-not-held-exclusive", not_held),
    ("calais-atr-match", calais_match),
    ("card-number-readable", number_readable),
];

/// `SCARD_W_UNPOWERED_CARD`.
const UNPOWERED: u32 = 0x8010_0067;
/// `SCARD_E_NOT_TRANSACTED`: on macOS, `CryptoTokenKit` has the card.
const NOT_TRANSACTED: u32 = 0x8010_0016;

fn present(view: &View<'_>) -> Judged {
    match view.inserts() {
        Err(SkipReason::NoCard) => Ok(Finding::fail("none")),
        Err(reason) => Err(reason),
        Ok(inserts) => Ok(if inserts.iter().all(|insert| failed_by(insert, ErrorKind::CardInUse)) {
            Finding::warn("held")
        } else {
            Finding::pass()
        }),
    }
}

fn failed_by(insert: &ReaderContent, kind: ErrorKind) -> bool {
    matches!(insert, ReaderContent::Failed { failure, .. } if failure.kind == kind)
}

fn responds(view: &View<'_>) -> Judged {
    let inserts = view.inserts()?;
    // a card whose certificates the module shows answers, to the module at least
    if inserts.iter().any(|insert| insert.cpx().is_some()) || !view.shown().is_empty() {
        return Ok(Finding::pass());
    }
    let of_insert = |insert: &&ReaderContent| match insert {
        ReaderContent::Empty => Err(SkipReason::NoCard),
        ReaderContent::Mute => Ok(Finding::fail("mute")),
        ReaderContent::Card(_) => Ok(Finding::pass()),
        ReaderContent::Failed { failure, .. } => {
            let code = failure.foreign.map_or_else(String::new, |foreign| foreign.to_string());
            match failure.kind {
                _ if failure.foreign.is_some_and(|foreign| foreign.code == UNPOWERED) => Ok(Finding::fail("unpowered")),
                ErrorKind::CardMute => Ok(Finding::fail("mute")),
                ErrorKind::Communication => Ok(Finding::fail("communication").with("code", Value::code(&code))),
                ErrorKind::CardSilent => Ok(Finding::fail("silent")),
                ErrorKind::CardSlow => Ok(Finding::warn("slow").with("seconds", failure.exchange_seconds())),
                ErrorKind::CardRemoved | ErrorKind::CardReset => {
                    Ok(Finding::warn("unstable").with("code", Value::code(&code)))
                }
                ErrorKind::CardNonsense | ErrorKind::CardTooOld => Ok(Finding::pass()),
                _ => Err(SkipReason::CardNotRead),
            }
        }
    };
    let judged: Vec<_> = inserts.iter().map(of_insert).collect();
    judged.into_iter().flatten().reduce(Finding::or_graver).ok_or_else(|| view.not_read())
}

fn not_vitale(view: &View<'_>) -> Judged {
    let inserts = view.inserts()?;
    let vitale =
        view.listed_readers()?.iter().any(|reader| is_vitale(&reader.content)) || inserts.into_iter().any(is_vitale);
    Ok(match (vitale, view.cpx().is_ok()) {
        (false, _) => Finding::pass(),
        (true, true) => Finding::warn("both"),
        (true, false) => Finding::fail("vitale-only"),
    })
}

fn is_vitale(content: &ReaderContent) -> bool {
    matches!(content, ReaderContent::Card(CardAnswer::Foreign { family: Family::Vitale, .. }))
}

fn atr_known(view: &View<'_>) -> Judged {
    if let Ok(card) = view.card() {
        // by radio the table has a mask alone, and the card confirmed what it is
        let known = is_listed(&card.atr) || card.interface == Interface::Contactless;
        return Ok(if known { Finding::pass() } else { Finding::warn("unlisted").with("atr", &card.atr) });
    }
    let foreign = |family: Family, atr: &Atr| {
        Finding::fail("foreign").with("family", Value::code(family.code())).with("atr", atr)
    };
    let of_insert = |insert: &&ReaderContent| match insert {
        ReaderContent::Card(CardAnswer::Cpx(_)) => Ok(Finding::pass()),
        ReaderContent::Card(CardAnswer::Foreign { family, atr, .. }) => Ok(foreign(*family, atr)),
        ReaderContent::Failed { failure, atr } => match (atr, insert.generation()) {
            _ if failure.kind == ErrorKind::CardTooOld => Ok(Finding::fail("too-old")),
            (_, Some(Generation::Older)) => Ok(Finding::fail("too-old")),
            (_, Some(_)) => Ok(Finding::pass()),
            (Some(atr), None) => Ok(foreign(Family::Unknown, atr)),
            (None, None) => Err(SkipReason::CardNotRead),
        },
        ReaderContent::Empty | ReaderContent::Mute => Err(SkipReason::CardNotRead),
    };
    let judged: Vec<_> = view.inserts()?.iter().map(of_insert).collect();
    // one CPx is enough, whatever stands in the other readers
    let passed = judged.iter().flatten().find(|finding| finding.reason.is_empty()).cloned();
    passed.or_else(|| judged.into_iter().flatten().next()).ok_or(SkipReason::CardNotRead)
}

fn generation_supported(view: &View<'_>) -> Judged {
    let (_, generation) = view.cpx_in_question()?;
    let version = view.cryptolib_version()?;
    let below = |rule: &str, about: &str| Rules::get().version(rule, about).is_some_and(|floor| version < floor);
    let finding = match generation {
        Generation::Cps4 if below("cryptolib-cps4", "") => Finding::fail("too-old-for-cps4"),
        Generation::Cps4 if view.is_on(SystemFamily::Windows) && below("cryptolib-cps4-resume", "windows") => {
            Finding::warn("resume")
        }
        Generation::Cps3 if below("cryptolib-cps3", "") => Finding::fail("too-old-for-cps3"),
        _ => return Ok(Finding::pass()),
    };
    Ok(finding.with("version", version))
}

fn applet_answers(view: &View<'_>) -> Judged {
    if view.card().is_ok() || !view.shown().is_empty() {
        return Ok(Finding::pass());
    }
    let of_insert = |insert: &&ReaderContent| match insert {
        ReaderContent::Failed { failure, .. } if insert.generation().is_some() => Some(match failure.kind {
            _ if failure.foreign.is_some_and(|foreign| foreign.code == NOT_TRANSACTED) => Err(SkipReason::CardNotRead),
            ErrorKind::CardNonsense | ErrorKind::CardSilent => Ok(Finding::fail("silent")),
            _ => Err(SkipReason::CardNotRead),
        }),
        _ => None,
    };
    view.inserts()?.iter().find_map(of_insert).unwrap_or_else(|| Err(view.not_read()))
}

fn single(view: &View<'_>) -> Judged {
    view.cpx()?;
    // the same card in two readers, on its contacts and without, is one
    let inserts = view.inserts()?;
    let cpx = inserts.into_iter().filter(|insert| insert.generation().is_some());
    let numbers: Vec<_> = cpx.map(|insert| Some(insert.cpx()?.card.number.as_ref()?.reveal())).collect();
    let known: BTreeSet<_> = numbers.iter().flatten().collect();
    let count = known.len() + numbers.iter().filter(|number| number.is_none()).count();
    Ok(if count > 1 { Finding::fail("several").with("count", count) } else { Finding::pass() })
}

fn not_held(view: &View<'_>) -> Judged {
    let inserts = view.inserts()?;
    let any_failed_by = |kind| inserts.iter().any(|insert| failed_by(insert, kind));
    if any_failed_by(ErrorKind::CardInUse) {
        return Ok(with_suspects(Finding::fail("in-use"), view));
    }
    if any_failed_by(ErrorKind::CardKept) {
        return Ok(with_suspects(Finding::fail("kept"), view));
    }
    if any_failed_by(ErrorKind::CardLocked) {
        return Ok(with_suspects(Finding::fail("locked"), view));
    }
    let in_use = |reader: &&ReaderFacts| reader.in_use == Some(true) && reader.content.cpx().is_some();
    // the Cryptolib and browsers share the card all the time: only programs known to keep it are worth a word
    let known = view.facts.workstation.processes.seen().and_then(|processes| processes.card_users.first());
    let shared = known.filter(|_| view.readers().is_ok_and(|readers| readers.iter().any(in_use)));
    Ok(shared.map_or_else(Finding::pass, |program| Finding::warn("shared").with("name", program.name.as_str())))
}

/// The programs of which one holds the card: those that the system says are connected, or else those that are known to.
fn with_suspects(finding: Finding, view: &View<'_>) -> Finding {
    let Some(processes) = view.facts.workstation.processes.seen() else {
        return finding.with("count", 0_u8).with("programs", "");
    };
    let names = processes.suspects();
    finding.with("count", names.len()).with("programs", names.join(", ").as_str())
}

fn calais_match(view: &View<'_>) -> Judged {
    view.system_store_needed()?;
    let (atr, _) = view.cpx_in_question()?;
    let crypto = seen(&view.facts.workstation.windows_crypto)?;
    let entries = calais::matching(seen(&crypto.cards)?, atr);
    let by_provider = entries.iter().any(|entry| entry.provider.is_some() && entry.minidriver.is_none());
    let by_minidriver = entries.iter().any(|entry| entry.minidriver.is_some());
    Ok(match (by_provider, by_minidriver) {
        (false, false) => Finding::fail("none"),
        (true, true) => Finding::warn("two"),
        _ => Finding::pass(),
    })
}

fn number_readable(view: &View<'_>) -> Judged {
    let card = view.card()?;
    Ok(if card.card.number.is_some() { Finding::pass() } else { Finding::fail("unreadable") })
}
