//! PC/SC itself: library, service, rights.

use super::Group;
use crate::error::ErrorKind;
use crate::readiness::finding::{Finding, Judged, SkipReason, seen};
use crate::readiness::value::Value;
use crate::readiness::view::View;
use crate::workstation::facts::{Container, Pcscd, Service, ServiceState, SessionKind, WindowsServices};
use crate::workstation::{Observed, Unseen};

pub(super) const CRITERIA: Group = &[
    ("pcsc-context", context),
    ("pcsc-service-startup", startup),
    ("pcsc-service-running", running),
    ("scdeviceenum-startup", device_enumeration),
    ("certpropsvc-startup", propagation),
    ("ccm-running", certificate_manager),
    ("libpcsclite-present", library),
    ("pcscd-socket-present", socket),
    ("pcsc-protocol-match", protocol),
    ("pcsc-access-authorised", access),
];

/// `SCARD_E_SERVICE_STOPPED`: on Linux, a daemon that speaks another protocol.
const SERVICE_STOPPED: u32 = 0x8010_001E;

/// `Start` of a service that is disabled.
const DISABLED: u32 = 4;

#[allow(clippy::unnecessary_wraps)] // as every criterion
fn context(view: &View<'_>) -> Judged {
    let Err(failure) = &view.facts.cards.readers else { return Ok(Finding::pass()) };
    if view.waits_for_reader(failure) {
        return Ok(Finding::warn("waits-for-reader"));
    }
    let reason = match failure.kind {
        ErrorKind::NoReader => return Ok(Finding::pass()),
        ErrorKind::PcscAbsent => "library-absent",
        ErrorKind::ServiceStopped => "stopped",
        ErrorKind::ServiceSilent => "silent",
        ErrorKind::ServiceFull => "full",
        ErrorKind::AccessRefused => "refused",
        _ => "other",
    };
    let code = failure.foreign.map_or_else(|| failure.kind.code().to_owned(), |foreign| foreign.to_string());
    Ok(Finding::fail(reason).with("code", Value::code(&code)))
}

fn service<'a>(view: &View<'a>, which: fn(&WindowsServices) -> &Observed<Service>) -> Result<&'a Service, SkipReason> {
    seen(which(seen(&view.facts.workstation.services)?))
}

fn startup(view: &View<'_>) -> Judged {
    let service = service(view, |services| &services.smart_card)?;
    Ok(match service.start {
        _ if !service.present => Finding::fail("missing"),
        Some(DISABLED) => Finding::fail("disabled"),
        Some(_) => Finding::pass(),
        None => return Err(SkipReason::Unseen(Unseen::Absent)),
    })
}

fn running(view: &View<'_>) -> Judged {
    let service = service(view, |services| &services.smart_card)?;
    let reason = match service.state {
        Some(ServiceState::Running) => return Ok(Finding::pass()),
        Some(ServiceState::Stopped) => "stopped",
        Some(ServiceState::Pending) => "pending",
        None => return Err(SkipReason::Unseen(Unseen::Absent)),
    };
    let devices = seen(&view.facts.workstation.reader_devices)?;
    Ok(if devices.is_empty() { Finding::warn("idle") } else { Finding::fail(reason) })
}

fn device_enumeration(view: &View<'_>) -> Judged {
    let service = service(view, |services| &services.device_enumeration)?;
    let works = service.present && service.start != Some(DISABLED);
    Ok(if works { Finding::pass() } else { Finding::warn("disabled") })
}

/// Why Windows does not copy the certificates of the card, if it does not.
fn propagation_off(view: &View<'_>) -> Result<Option<&'static str>, SkipReason> {
    let services = seen(&view.facts.workstation.services)?;
    let service = seen(&services.certificate_propagation)?;
    let disabled = !service.present || service.start == Some(DISABLED);
    let forbidden = services.propagation_policy == Some(false);
    Ok(if forbidden { Some("forbidden") } else { disabled.then_some("disabled") })
}

fn propagation(view: &View<'_>) -> Judged {
    view.system_store_needed()?;
    let Some(off) = propagation_off(view)? else { return Ok(Finding::pass()) };
    if seen(&view.facts.workstation.processes)?.ccm == Some(true) {
        return Ok(Finding::warn("ccm-instead"));
    }
    match view.stored() {
        Ok(Some(_)) => Ok(Finding::warn("already-copied")),
        Ok(None) | Err(SkipReason::NoCard | SkipReason::NoReader) => Ok(Finding::fail(off)),
        Err(reason) => Err(reason),
    }
}

fn certificate_manager(view: &View<'_>) -> Judged {
    view.installed()?;
    view.system_store_needed()?;
    if seen(&view.facts.workstation.processes)?.ccm == Some(true) {
        return Ok(Finding::pass());
    }
    let in_store = view.stored().is_ok_and(|stored| stored.is_some());
    Ok(match propagation_off(view)? {
        _ if in_store => Finding::warn("certificate-there"),
        None => Finding::warn("not-running"),
        Some(_) => Finding::fail("nothing-copies"),
    })
}

fn pcscd<'a>(view: &View<'a>) -> Result<&'a Pcscd, SkipReason> {
    seen(&view.facts.workstation.pcscd)
}

fn library(view: &View<'_>) -> Judged {
    let works = view.facts.cards.readers.is_ok() || !pcscd(view)?.libraries.is_empty();
    Ok(if works { Finding::pass() } else { Finding::fail("absent") })
}

fn in_container(view: &View<'_>) -> bool {
    let container = view.facts.workstation.session.seen().and_then(|session| session.container.as_ref());
    container.is_some_and(|container| !matches!(container, Container::VirtualMachine(_)))
}

fn socket(view: &View<'_>) -> Judged {
    let pcscd = pcscd(view)?;
    if in_container(view) {
        return Err(SkipReason::NotNeeded);
    }
    if let Some(elsewhere) = &pcscd.socket.redirected {
        return Ok(Finding::warn("redirected").with("path", Value::path(elsewhere)));
    }
    if pcscd.socket.present {
        return Ok(Finding::pass());
    }
    Ok(match pcscd.unit.seen().map(|unit| unit.enabled.as_str()) {
        Some("masked") => Finding::fail("masked"),
        Some("disabled") => Finding::fail("disabled"),
        _ => Finding::fail("missing"),
    })
}

fn protocol(view: &View<'_>) -> Judged {
    let pcscd = pcscd(view)?;
    let Err(failure) = &view.facts.cards.readers else {
        let several = pcscd.libraries.len() > 1;
        let places: Vec<_> = pcscd.libraries.iter().map(|library| library.path.as_str()).collect();
        let warning = Finding::warn("several-libraries").with("list", Value::path(places.join(", ")));
        return Ok(if several { warning } else { Finding::pass() });
    };
    let speaks_otherwise = failure.foreign.is_some_and(|foreign| foreign.code == SERVICE_STOPPED);
    if !speaks_otherwise || !pcscd.socket.present {
        return Err(SkipReason::NoContext);
    }
    let library = pcscd.libraries.first().and_then(|library| library.version.as_deref());
    let daemon = pcscd.daemon_version.seen().and_then(Option::as_deref);
    Ok(Finding::fail("mismatch")
        .with("library", Value::code(library.unwrap_or("?")))
        .with("daemon", Value::code(daemon.unwrap_or("?"))))
}

fn access(view: &View<'_>) -> Judged {
    let pcscd = pcscd(view)?;
    let session = view.facts.workstation.session.seen();
    // xrdp too: who looks at the screen is elsewhere
    let is_elsewhere = |kind: SessionKind| matches!(kind, SessionKind::Ssh | SessionKind::RemoteDesktop);
    let is_remote = session.is_some_and(|session| is_elsewhere(session.kind) || session.active == Some(false));
    match &view.facts.cards.readers {
        Ok(_) if is_remote && pcscd.polkit_policy => Ok(Finding::warn("remote")),
        Ok(_) if !pcscd.polkit_policy => Err(SkipReason::NotNeeded),
        Ok(_) => Ok(Finding::pass()),
        Err(failure) => {
            let by_socket = pcscd.socket.present && pcscd.socket.writable == Some(false);
            let by_polkit = failure.kind == ErrorKind::AccessRefused;
            match is_remote {
                _ if !by_socket && !by_polkit => Err(SkipReason::NoContext),
                // polkit asks who is in front of the host: no session in a container is
                _ if in_container(view) => Ok(Finding::fail("refused-container")),
                true if by_polkit => Ok(Finding::fail("refused-remote")),
                _ => Ok(Finding::fail("refused")),
            }
        }
    }
}
