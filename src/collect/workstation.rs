//! The workstation: every subject at the same time, each with its deadline.

use std::thread;

use crate::limits;
use crate::workstation::browsers::{
    Places, collect_firefox_manifests, collect_firefox_policies, collect_firefox_profiles, collect_nss_databases,
    collect_p11_kit,
};
use crate::workstation::facts::Processes;
use crate::workstation::{Looking, Observed, Unseen, WorkstationFacts, beside, subjects};

/// Looks at everything on this workstation but cards, PKCS#11 modules and the network. Nothing is changed, and no
/// administrator rights are needed. What does not answer within [`SUBJECT_PATIENCE`](limits::SUBJECT_PATIENCE) is told as
/// such.
pub fn collect_workstation() -> WorkstationFacts {
    thread::scope(|scope| {
        let near = beside(scope, collect_near_cards);
        let surroundings = collect_surroundings();
        let mut facts = near.finish().unwrap_or_default();
        surround(&mut facts, surroundings);
        facts
    })
}

/// The part that a card or a reader that comes or goes may change: the readers of the system, what it keeps of cards, who
/// uses them. The rest is not there.
pub(crate) fn collect_near_cards() -> WorkstationFacts {
    let services = look(subjects::services);
    let usb_readers = look(subjects::usb_readers);
    let reader_devices = look(subjects::reader_devices);
    let processes = look(subjects::processes);
    let windows_crypto = look(subjects::windows_crypto);
    let stored_certificates = look(subjects::stored_certificates);
    let macos = look(subjects::macos);
    WorkstationFacts {
        services: services.finish(),
        usb_readers: usb_readers.finish(),
        reader_devices: reader_devices.finish(),
        processes: processes.finish(),
        windows_crypto: windows_crypto.finish(),
        stored_certificates: stored_certificates.finish(),
        macos: macos.finish(),
        ..WorkstationFacts::default()
    }
}

/// The programs of which one may have a card, as [`Processes::suspects`](crate::workstation::facts::Processes::suspects) tells
/// them now.
pub fn card_users() -> Vec<String> {
    look(subjects::processes).finish().seen().map(Processes::suspects).unwrap_or_default()
}

/// The other part: what is installed, how it is set, as whom the program runs. What is near the cards is not there.
pub(crate) fn collect_surroundings() -> WorkstationFacts {
    let places = subjects::places();
    let system = look(subjects::system);
    let session = look(subjects::session);
    let pcscd = look(subjects::pcscd);
    let power_plan = look(subjects::power_plan);
    let cryptolib = look(subjects::cryptolib);
    let galss = look(subjects::galss);
    let updates = look(subjects::updates);
    let trusted_authorities = look(subjects::trusted_authorities);
    let browsers = look_in(places.as_ref(), subjects::browsers);
    let firefox_profiles = look_in(places.as_ref(), collect_firefox_profiles);
    let firefox_policies = look_in(places.as_ref(), collect_firefox_policies);
    let firefox_manifests = look_in(places.as_ref(), collect_firefox_manifests);
    let nss_databases = look_in(places.as_ref(), collect_nss_databases);
    let p11_kit = look_in(places.as_ref(), collect_p11_kit);
    WorkstationFacts {
        system: system.finish(),
        session: session.finish(),
        pcscd: pcscd.finish(),
        power_plan: power_plan.finish(),
        cryptolib: cryptolib.finish(),
        galss: galss.finish(),
        updates: updates.finish(),
        trusted_authorities: trusted_authorities.finish(),
        browsers: browsers.finish(),
        firefox_profiles: firefox_profiles.finish(),
        firefox_policies: firefox_policies.finish(),
        firefox_manifests: firefox_manifests.finish(),
        nss_databases: nss_databases.finish(),
        p11_kit: p11_kit.finish(),
        ..WorkstationFacts::default()
    }
}

/// Puts these surroundings around what is near the cards, in the place of those that were there.
pub(crate) fn surround(facts: &mut WorkstationFacts, surroundings: WorkstationFacts) {
    let near = std::mem::take(facts);
    *facts = WorkstationFacts {
        services: near.services,
        usb_readers: near.usb_readers,
        reader_devices: near.reader_devices,
        processes: near.processes,
        windows_crypto: near.windows_crypto,
        stored_certificates: near.stored_certificates,
        macos: near.macos,
        ..surroundings
    };
}

fn look<T: Send + 'static>(subject: fn() -> Observed<T>) -> Looking<T> {
    Looking::start(limits::SUBJECT_PATIENCE, subject)
}

fn look_in<T: Send + 'static>(places: Option<&Places>, subject: fn(&Places) -> Observed<T>) -> Looking<T> {
    let places = places.cloned();
    Looking::start(limits::SUBJECT_PATIENCE, move || match places {
        Some(places) => subject(&places),
        None => Observed::Unseen(Unseen::Absent.with("this account has no home folder")),
    })
}
