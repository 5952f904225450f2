//! From where and as whom the program runs.

use std::os::unix::fs::MetadataExt as _;

use super::{SYSCTL, sysctl_value};
use crate::identity::Private;
use crate::workstation::facts::{Container, Session, SessionKind};
use crate::workstation::{Machine, Observed, person};

/// From where and as whom the program runs. Starts `sysctl`.
pub fn collect(machine: &Machine) -> Observed<Session> {
    let uid = rustix::process::geteuid().as_raw();
    // whoever sits at the screen owns the console; at the login window root does
    let console = std::fs::metadata(machine.path("/dev/console")).ok().map(|console| console.uid());
    let asked = ["SUDO_UID"].iter().find_map(|name| machine.variable(name)?.parse::<u32>().ok());
    let is_ssh = ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"].iter().any(|name| machine.variable(name).is_some());
    let said = machine.run(&SYSCTL, &["kern.hv_vmm_present"]).map(|said| said.text()).unwrap_or_default();
    let is_virtual = sysctl_value(&said, "kern.hv_vmm_present") == Some("1");
    Observed::Seen(Session {
        kind: kind(is_ssh, console, asked.unwrap_or(uid)),
        elevated: uid == 0,
        other_account: console.filter(|person| *person != 0).or(asked).is_some_and(|person| person != uid),
        container: is_virtual.then(|| Container::VirtualMachine("other".into())),
        looked_at: person::chosen().map(|person| Private::new(person.name.clone())),
        user: machine.variable("USER").map(Private::new),
        host: Some(Private::new(rustix::system::uname().nodename().to_string_lossy())),
        ..Session::default()
    })
}

fn kind(is_ssh: bool, console: Option<u32>, person: u32) -> SessionKind {
    match console {
        _ if is_ssh => SessionKind::Ssh,
        Some(console) if console == person => SessionKind::Local,
        Some(_) => SessionKind::Service,
        None => SessionKind::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_console_tells_who_sits_at_the_screen() {
        assert_eq!(kind(true, Some(501), 501), SessionKind::Ssh);
        assert_eq!(kind(false, Some(501), 501), SessionKind::Local);
        assert_eq!(kind(false, Some(0), 501), SessionKind::Service);
        assert_eq!(kind(false, None, 501), SessionKind::Unknown);
    }
}
