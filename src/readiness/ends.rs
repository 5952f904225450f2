//! What ends, and when: the card, its certificate, and what the dated tables say of this workstation. Nothing is guessed:
//! what was not read, or has no published date, is not there.

use super::rules::Rules;
use crate::certificate::{AuthorityTable, Moment, Role, Trust};
use crate::facts::{CardReading, CertificateContent, CertificateFacts, Facts};
use crate::workstation::facts::{Family, System};

/// Something that ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct End {
    /// What: `card`, `certificate`, `authority` (which signed the certificate), `system` (its support), or `capi-override`
    /// (`DisableCapiOverrideForRSA`, where it is set).
    pub what: &'static str,
    /// Its last second, since 1970 in UTC; the first of the month where no more than that is published.
    pub at: i64,
}

/// What ends, of the CPx in the first reader that has one and of the workstation.
pub fn ends(facts: &Facts) -> Vec<End> {
    let card = facts.cards.readers.iter().flatten().find_map(|reader| reader.content.cpx());
    let certificate = card.and_then(authentication);
    let found = [
        ("card", card.and_then(|card| card.card.valid_until).map(|day| Moment::end_of(day).unix())),
        ("certificate", certificate.map(|one| one.content.not_after)),
        ("authority", certificate.and_then(authority)),
        ("system", facts.workstation.system.seen().and_then(system)),
        ("capi-override", capi_override(facts)),
    ];
    found.into_iter().filter_map(|(what, at)| Some(End { what, at: at? })).collect()
}

fn authentication(card: &CardReading) -> Option<&CertificateFacts> {
    card.certificate_facts().find(|one| one.content.role == Role::Authentication)
}

/// The end of the authority that signed this certificate, where its path was verified.
fn authority(certificate: &CertificateFacts) -> Option<i64> {
    let CertificateContent { issuer, .. } = &certificate.content;
    let known = AuthorityTable::igc_sante().authorities().iter().find(|one| one.name() == issuer);
    known.filter(|_| certificate.proof.trust == Trust::Trusted)?.not_after()
}

/// The end of the support of a system whose maker publishes one for its version and edition.
fn system(system: &System) -> Option<i64> {
    let row = match system.family {
        Family::Windows => of_windows(system)?,
        Family::Linux if system.distribution.first().is_some_and(|name| name == "rhel") => {
            format!("rhel-{}", system.version.split('.').next()?)
        }
        _ => return None,
    };
    Rules::get().day("system-ends", &row).map(|day| Moment::end_of(day).unix())
}

fn of_windows(system: &System) -> Option<String> {
    let build = system.build?;
    if system.server {
        return Some(format!("windows-server-{build}"));
    }
    let named = |words: &[&str]| words.iter().any(|word| system.name.contains(word));
    // how long somebody pays for updates after the end is not known
    if is_long_term(system) || has_extended_support(system) {
        return None;
    }
    let is_short = named(&["Home", "Famille", "Pro"]);
    let is_long = named(&["Enterprise", "Entreprise", "Education", "Éducation"]) && !named(&["Pro Education"]);
    match (is_long, is_short) {
        (true, _) => Some(format!("windows-{build}-enterprise")),
        (_, true) => Some(format!("windows-{build}")),
        _ => None,
    }
}

/// Whether a Windows 10 has updates of after its end: somebody pays for them (ESU).
pub(super) fn has_extended_support(system: &System) -> bool {
    let rules = Rules::get();
    let is_10 = !system.server && system.build < rules.number("windows-11-build", "");
    is_10 && rules.number("windows-10-last-revision", "").zip(system.revision).is_some_and(|(last, own)| own > last)
}

/// Whether this is an edition of the long-term channel, which ends on another day than the others of its build.
pub(super) fn is_long_term(system: &System) -> bool {
    ["LTSC", "LTSB"].iter().any(|word| system.name.contains(word))
}

/// The month in which Microsoft takes `DisableCapiOverrideForRSA` away, where it is set here.
fn capi_override(facts: &Facts) -> Option<i64> {
    let is_set = *facts.workstation.windows_crypto.seen()?.capi_override.seen()? == Some(0);
    let month = Rules::get().day("capi-override-ends", "").filter(|_| is_set)?;
    Some(Moment::start_of(month).unix())
}
