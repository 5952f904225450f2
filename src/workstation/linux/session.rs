//! From where, as whom and in what the program runs.

use crate::identity::Private;
use crate::workstation::facts::{Container, Session, SessionKind};
use crate::workstation::{Machine, Observed, bounded_file, person};

/// Bytes of `/proc/cpuinfo` that are read: the flags of the first processor stand in them.
const CPU_BYTES: usize = 8 * 1024;

/// The login of the kernel's audit that nobody did.
const NO_LOGIN: u32 = u32::MAX;

/// The first number of people's accounts (login.defs).
const FIRST_PERSON: u32 = 1000;

/// From where, as whom and in what the program runs.
pub fn collect(machine: &Machine) -> Observed<Session> {
    let uid = rustix::process::geteuid().as_raw();
    let logind = Logind::of(machine, uid);
    let kind = kind(machine, logind.as_ref());
    Observed::Seen(Session {
        kind,
        active: logind.as_ref().and_then(|session| session.active),
        elevated: uid == 0,
        other_account: is_other_account(machine, uid, kind),
        container: container(machine),
        looked_at: person::chosen().map(|person| Private::new(person.name.clone())),
        user: user(machine, uid).map(Private::new),
        host: machine.line("/proc/sys/kernel/hostname").map(Private::new),
        ..Session::default()
    })
}

/// What systemd's logind wrote of a session; anyone may read it.
struct Logind {
    active: Option<bool>,
    is_remote: bool,
}

impl Logind {
    /// The session of this program, or the one at the screen of its user: what starts from a desktop belongs to the
    /// user's services, not to the session.
    fn of(machine: &Machine, uid: u32) -> Option<Self> {
        let id = machine.variable("XDG_SESSION_ID").or_else(|| {
            let user = machine.text(format!("/run/systemd/users/{uid}")).ok()?;
            value(&user, "DISPLAY").map(str::to_owned)
        })?;
        if !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        let session = machine.text(format!("/run/systemd/sessions/{id}")).ok()?;
        Some(Self {
            active: value(&session, "ACTIVE").map(|active| active == "1"),
            is_remote: value(&session, "REMOTE") == Some("1"),
        })
    }
}

fn value<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('=')).filter(|value| !value.is_empty())
}

fn kind(machine: &Machine, logind: Option<&Logind>) -> SessionKind {
    // xrdp starts a desktop on this machine: its readers are here, whoever looks at the screen is not
    if machine.variable("XRDP_SESSION").is_some() {
        return SessionKind::RemoteDesktop;
    }
    let has = |names: &[&str]| names.iter().any(|name| machine.variable(name).is_some());
    // sudo and su leave logind's session, not always the variables
    if has(&["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"]) || logind.is_some_and(|session| session.is_remote) {
        SessionKind::Ssh
    } else if logind.is_some() || has(&["WAYLAND_DISPLAY"]) || is_own_display(machine) {
        SessionKind::Local
    } else if machine.text("/proc/self/cgroup").is_ok_and(|groups| is_service(&groups)) {
        SessionKind::Service
    } else {
        SessionKind::Unknown
    }
}

/// Whether the display of X11 is on this machine: SSH forwards it as `localhost:10.0`.
fn is_own_display(machine: &Machine) -> bool {
    machine.variable("DISPLAY").is_some_and(|display| display.starts_with(':'))
}

/// Whether the control group is that of a service of the system.
fn is_service(groups: &str) -> bool {
    groups
        .lines()
        .any(|line| line.split_once("/system.slice/").is_some_and(|(_, unit)| unit.trim_end().ends_with(".service")))
}

/// sudo and pkexec say so; after su, the kernel still knows who logged in.
fn is_other_account(machine: &Machine, uid: u32, kind: SessionKind) -> bool {
    let number = |text: Option<String>| text.and_then(|text| text.parse::<u32>().ok());
    let asked = ["SUDO_UID", "PKEXEC_UID"].iter().find_map(|name| number(machine.variable(name)));
    let login = number(machine.line("/proc/self/loginuid")).filter(|login| *login != NO_LOGIN);
    asked.or(login).is_some_and(|person| person != uid) || (kind == SessionKind::Service && uid < FIRST_PERSON)
}

/// The innermost thing that the program runs in.
fn container(machine: &Machine) -> Option<Container> {
    let kernel = machine.line("/proc/sys/kernel/osrelease").unwrap_or_default().to_lowercase();
    let told = machine.line("/run/systemd/container").unwrap_or_default();
    if machine.has("/.flatpak-info") {
        return Some(Container::Flatpak);
    }
    if machine.line("/proc/self/attr/current").is_some_and(|label| is_snap(&label)) {
        return Some(Container::Snap);
    }
    if machine.has("/.dockerenv") {
        return Some(Container::Container("docker".into()));
    }
    if machine.has("/run/.containerenv") {
        return Some(Container::Container("podman".into()));
    }
    if !told.is_empty() && told != "wsl" {
        return Some(Container::Container(told));
    }
    if let Some(name) = machine.text("/proc/1/cgroup").ok().and_then(|groups| container_of_groups(&groups)) {
        return Some(Container::Container(name.into()));
    }
    if kernel.contains("microsoft") || told == "wsl" {
        return Some(Container::Wsl);
    }
    virtual_machine(machine).map(|name| Container::VirtualMachine(name.into()))
}

/// The label that `AppArmor` gives to what runs in a confined snap: `snap.firefox.firefox (enforce)`.
fn is_snap(label: &str) -> bool {
    label.starts_with("snap.") && label.trim_end_matches('\0').ends_with("(enforce)")
}

/// Which container's group the first program is in.
fn container_of_groups(groups: &str) -> Option<&'static str> {
    let known = [("/docker", "docker"), ("/libpod", "podman"), ("/lxc", "lxc"), ("/kubepods", "kubernetes")];
    known.into_iter().find(|(part, _)| groups.contains(part)).map(|(_, name)| name)
}

/// Which virtual machine, as the firmware's tables say, or `other` where only the processor says that there is one.
fn virtual_machine(machine: &Machine) -> Option<&'static str> {
    let names = ["sys_vendor", "product_name", "bios_vendor"]
        .map(|name| machine.line(format!("/sys/class/dmi/id/{name}")).unwrap_or_default().to_lowercase());
    let known = [
        ("vmware", "vmware"),
        ("innotek", "virtualbox"),
        ("virtualbox", "virtualbox"),
        ("parallels", "parallels"),
        ("virtual machine", "hyper-v"),
        ("xen", "xen"),
        ("kvm", "kvm"),
        ("qemu", "kvm"),
        ("bochs", "kvm"),
        ("amazon ec2", "kvm"),
        ("google compute engine", "kvm"),
    ];
    let told = known.into_iter().find(|(part, _)| names.iter().any(|name| name.contains(part))).map(|(_, name)| name);
    told.or_else(|| has_hypervisor(machine).then_some("other"))
}

/// The flag `hypervisor` of the first processor.
fn has_hypervisor(machine: &Machine) -> bool {
    let processors = bounded_file::read_beginning(&machine.path("/proc/cpuinfo"), CPU_BYTES).unwrap_or_default();
    let processors = bounded_file::text_of(&processors);
    let flags = processors.lines().find(|line| line.starts_with("flags"));
    flags.is_some_and(|flags| flags.split_whitespace().any(|flag| flag == "hypervisor"))
}

/// The user's name: that of the account list, or what the environment says (a directory's users are in no list).
fn user(machine: &Machine, uid: u32) -> Option<String> {
    let accounts = machine.text("/etc/passwd").unwrap_or_default();
    let listed = accounts.lines().find_map(|line| {
        let mut fields = line.split(':');
        let (name, number) = (fields.next()?, fields.nth(1)?);
        (number.parse() == Ok(uid)).then(|| name.to_owned())
    });
    listed.or_else(|| machine.variable("USER")).or_else(|| machine.variable("LOGNAME"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snaps_and_services_are_told_by_their_labels() {
        assert!(is_snap("snap.firefox.firefox (enforce)"));
        assert!(!is_snap("snap.code.code (complain)") && !is_snap("unconfined"));
        assert!(is_service("0::/system.slice/zabbix-agent.service\n"));
        assert!(!is_service("0::/user.slice/user-1000.slice/session-3.scope\n"));
        assert_eq!(container_of_groups("12:cpu:/docker/0123\n"), Some("docker"));
        assert_eq!(container_of_groups("0::/init.scope\n"), None);
    }
}
