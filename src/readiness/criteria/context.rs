//! From where, as whom and in what the program runs.

use super::Group;
use crate::readiness::finding::{Finding, Judged, SkipReason, seen};
use crate::readiness::view::View;
use crate::workstation::facts::{Container, SessionKind};

pub(super) const CRITERIA: Group = &[
    ("remote-desktop", remote_desktop),
    ("rdp-smartcard-policy", redirection_policy),
    ("citrix-remote", citrix),
    ("ssh-remote", remote_shell),
    ("user-context", user),
    ("container-confined", container),
    ("pending-reboot", pending_reboot),
];

fn has_reader(view: &View<'_>) -> bool {
    view.readers().is_ok_and(|readers| !readers.is_empty())
}

fn remote(view: &View<'_>) -> Finding {
    if has_reader(view) { Finding::warn("redirected") } else { Finding::fail("no-reader") }
}

fn remote_desktop(view: &View<'_>) -> Judged {
    let session = seen(&view.facts.workstation.session)?;
    Ok(if session.kind == SessionKind::RemoteDesktop { remote(view) } else { Finding::pass() })
}

fn redirection_policy(view: &View<'_>) -> Judged {
    let session = seen(&view.facts.workstation.session)?;
    if session.kind != SessionKind::RemoteDesktop {
        return Err(SkipReason::NotNeeded);
    }
    Ok(if session.redirection_allowed == Some(false) { Finding::fail("forbidden") } else { Finding::pass() })
}

fn citrix(view: &View<'_>) -> Judged {
    let session = seen(&view.facts.workstation.session)?;
    Ok(if session.kind == SessionKind::Citrix { remote(view) } else { Finding::pass() })
}

fn remote_shell(view: &View<'_>) -> Judged {
    let session = seen(&view.facts.workstation.session)?;
    Ok(if session.kind == SessionKind::Ssh { Finding::warn("remote") } else { Finding::pass() })
}

fn user(view: &View<'_>) -> Judged {
    let session = seen(&view.facts.workstation.session)?;
    // another account runs the program, and the settings are those of the person it was asked about
    if session.looked_at.is_some() {
        return Ok(Finding::pass());
    }
    Ok(if session.other_account || session.kind == SessionKind::Service {
        Finding::fail("other-account")
    } else if session.elevated {
        Finding::warn("elevated")
    } else {
        Finding::pass()
    })
}

fn container(view: &View<'_>) -> Judged {
    let socket = || view.facts.workstation.pcscd.seen().is_some_and(|pcscd| pcscd.socket.present);
    Ok(match &seen(&view.facts.workstation.session)?.container {
        None => Finding::pass(),
        Some(Container::VirtualMachine(_)) if has_reader(view) => Finding::pass(),
        Some(Container::VirtualMachine(_)) => Finding::warn("virtual-machine"),
        Some(_) if socket() || has_reader(view) => Finding::pass(),
        Some(Container::Wsl) => Finding::fail("wsl"),
        Some(_) => Finding::fail("container"),
    })
}

fn pending_reboot(view: &View<'_>) -> Judged {
    let updates = seen(&view.facts.workstation.updates)?;
    Ok(match (updates.reboot_pending, updates.pending_files.first()) {
        (_, Some(file)) => Finding::fail("cps-files").with("name", file.as_str()),
        (true, None) => Finding::warn("pending"),
        (false, None) => Finding::pass(),
    })
}
