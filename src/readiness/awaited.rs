//! Another card than today's: would this workstation take a card of this generation, whatever is in its reader.
//!
//! What was found of the workstation holds for that card too. What only today's card says does not count, nor does what
//! cannot be tried before the other is there; what its generation asks for is judged anew.

use super::catalogue::{Catalogue, Check, Group, Kind};
use super::diagnosis::Diagnosis;
use super::finding::{Finding, Judged, SkipReason, State};
use super::rules::Rules;
use super::version::Version;
use super::view::View;
use crate::facts::{Generation, listed};

/// What is known of the card that is to come.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Awaited {
    /// Its generation.
    pub generation: Generation,
    /// The generation of the card in the reader.
    pub in_reader: Option<Generation>,
    /// The version of the Cryptolib of this workstation.
    pub cryptolib: Option<String>,
    /// The lowest version of the Cryptolib that will do for the card.
    pub minimum: Option<&'static str>,
    /// Whether it signs with RSA-PSS by this Cryptolib; none where that does not know it, or its version is not known.
    pub rsa_pss: Option<bool>,
    /// Whether the table of Windows has an entry for it; none elsewhere, or where that was not seen.
    pub windows_knows: Option<bool>,
    /// On what this was tried: `virtual card` where nobody tried a real one.
    pub verified_on: &'static str,
}

impl Awaited {
    pub(super) fn of(view: &View<'_>, diagnosis: &Diagnosis) -> Option<Self> {
        let generation = view.awaited?;
        let version = view.cryptolib_version().ok();
        let knows = version.map(|version| knows(version, generation));
        let passed = |id: &str| match diagnosis.check(id)?.found.state {
            State::Pass | State::Warn => Some(true),
            State::Fail => Some(false),
            _ => None,
        };
        Some(Self {
            generation,
            in_reader: view.cpx().ok().map(|(_, generation)| generation),
            cryptolib: version.map(|version| version.to_string()),
            minimum: Rules::get().values(rule(generation), "").next(),
            rsa_pss: knows.filter(|knows| *knows).map(|_| generation == Generation::Cps4),
            windows_knows: passed("calais-atr-match"),
            verified_on: listed(generation).map_or("", |(_, verified_on)| verified_on),
        })
    }
}

/// What a check finds for a card of this generation, from what it found itself.
pub(super) fn found(view: &View<'_>, check: &Check, own: Judged) -> Judged {
    let Some(generation) = view.awaited else { return own };
    let is_there = view.cpx().is_ok_and(|(_, of)| of == generation);
    match (check.id, &own) {
        _ if is_of_today(check) => Err(SkipReason::OtherCard),
        // a module that knows today's card says nothing for one that it does not know
        ("pkcs11-token-recognised", _)
            if !is_there && !view.cryptolib_version().is_ok_and(|version| knows(version, generation)) =>
        {
            Err(SkipReason::AwaitedCard)
        }
        // which version of CPS Gestion knows a CPS4 is published nowhere
        ("macos-ctk-token", _) if !is_there && generation == Generation::Cps4 => Err(SkipReason::NotPublished),
        // what the cache holds of today's card
        ("pkcs11-token-recognised", Ok(Finding { reason: "outdated" | "another-card", .. }))
        | ("cryptolib-cache-writable", Ok(Finding { reason: "stale", .. })) => Err(SkipReason::OtherCard),
        // nothing will bring its certificate into the store
        ("auth-cert-in-store", Err(reason)) if depends_on_card(*reason) && !propagates(view) => {
            Err(SkipReason::AwaitedCard)
        }
        (_, Err(reason)) if depends_on_card(*reason) => Err(SkipReason::OtherCard),
        _ => own,
    }
}

fn rule(generation: Generation) -> &'static str {
    if generation == Generation::Cps4 { "cryptolib-cps4" } else { "cryptolib-cps3" }
}

fn knows(version: Version, generation: Generation) -> bool {
    Rules::get().version(rule(generation), "").is_none_or(|first| version >= first)
}

/// Whether Windows brings the certificate of a card into the store.
fn propagates(view: &View<'_>) -> bool {
    let check = Catalogue::get().check("certpropsvc-startup");
    !check.is_some_and(|check| (check.criterion)(view).is_ok_and(|found| found.state == State::Fail))
}

/// Whether a check looks at nothing but today's card.
fn is_of_today(check: &Check) -> bool {
    match check.id {
        "card-generation-supported" | "calais-atr-match" | "reader-contactless-only" => false,
        "pkcs11-mechanisms" | "auth-cert-present" | "browser-started-early" => true,
        _ => check.group == Group::Card || check.kind == Kind::Attribute,
    }
}

const fn depends_on_card(reason: SkipReason) -> bool {
    use SkipReason::{CardHeld, CardNotRead, NoCard, NoCertificate, NoToken};
    matches!(reason, NoCard | CardNotRead | CardHeld | NoToken | NoCertificate)
}
