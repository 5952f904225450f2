//! PC/SC: its library, its daemon, its socket and who may use it.

use std::os::unix::fs::FileTypeExt as _;
use std::path::{Path, PathBuf};

use super::library_folders::{find, library_folders};
use super::packages;
use crate::limits;
use crate::workstation::facts::{LibraryCopy, Pcscd, SocketState, UnitState};
use crate::workstation::{Machine, Observed, Reason, Unseen, rights};

/// Where the socket is, in the daemon and in the library of every distribution.
const SOCKET: &str = "/run/pcscd/pcscd.comm";

const LIBRARY: &str = "libpcsclite.so.1";

const DAEMON: [&str; 4] = ["/usr/sbin/pcscd", "/usr/bin/pcscd", "/usr/local/sbin/pcscd", "/sbin/pcscd"];

const SYSTEMCTL: [&str; 2] = ["/usr/bin/systemctl", "/bin/systemctl"];

const POLICIES: [&str; 2] = [
    "/usr/share/polkit-1/actions/org.debian.pcsc-lite.policy",
    "/usr/local/share/polkit-1/actions/org.debian.pcsc-lite.policy",
];

/// The folders of the drivers of readers.
const DRIVERS: [&str; 5] = [
    "/usr/lib64/pcsc/drivers",
    "/usr/lib/pcsc/drivers",
    "/usr/lib/x86_64-linux-gnu/pcsc/drivers",
    "/usr/lib/aarch64-linux-gnu/pcsc/drivers",
    "/usr/local/lib/pcsc/drivers",
];

/// The folders whose subfolders are snaps and runtimes of flatpak, and where these have libraries.
const CONFINED: [(&str, &str); 2] = [("/snap", "current"), ("/var/lib/flatpak/runtime/org.freedesktop.Platform", "")];

/// PC/SC of this machine. Starts `systemctl` where systemd runs, `pcscd --version` where there is one, and `rpm` where
/// there is one.
pub fn collect(machine: &Machine) -> Observed<Pcscd> {
    Observed::Seen(Pcscd {
        libraries: libraries(machine),
        confined_libraries: confined_libraries(machine),
        socket: socket(machine),
        unit: unit(machine).into(),
        daemon_version: daemon_version(machine).into(),
        polkit_policy: POLICIES.iter().any(|policy| machine.has(policy)),
        ccid_driver: reader_list(machine).is_some(),
    })
}

/// The list of the CCID driver: which readers it knows.
pub(super) fn reader_list(machine: &Machine) -> Option<PathBuf> {
    let lists = DRIVERS.iter().map(|folder| machine.path(folder).join("ifd-ccid.bundle/Contents/Info.plist"));
    lists.into_iter().find(|list| list.exists())
}

fn libraries(machine: &Machine) -> Vec<LibraryCopy> {
    let found = find(machine, &library_folders(machine), LIBRARY);
    // the package's version is that of the copy in the system's own folders
    let package =
        if found.is_empty() { Ok(None) } else { packages::version(machine, "pcsc-lite-libs", &["libpcsclite1"]) };
    let described = found.iter().map(|place| {
        let path = machine.shown(place);
        let is_of_system =
            !path.starts_with("/usr/local/") && ["/usr/lib", "/lib"].iter().any(|own| path.starts_with(own));
        let packaged = package.as_ref().ok().cloned().flatten();
        let version = packaged.filter(|_| is_of_system).or_else(|| version_in_name(place));
        LibraryCopy { path, version }
    });
    described.collect()
}

/// `1.0.0` of `libpcsclite.so.1.0.0`.
fn version_in_name(place: &Path) -> Option<String> {
    let version = place.file_name()?.to_str()?.split_once(".so.")?.1;
    version.starts_with(|first: char| first.is_ascii_digit()).then(|| version.to_owned())
}

/// Copies that snaps and flatpaks bring for themselves.
fn confined_libraries(machine: &Machine) -> Vec<LibraryCopy> {
    let mut folders = Vec::new();
    for (parent, version) in CONFINED {
        for package in machine.entries(parent, limits::LIBRARY_FOLDERS) {
            let package = if version.is_empty() { package } else { package.join(version) };
            let package = Path::new("/").join(package.strip_prefix(machine.path("/")).unwrap_or(&package));
            for below in ["usr/lib/x86_64-linux-gnu", "usr/lib/aarch64-linux-gnu", "usr/lib", "lib"] {
                folders.push(package.join(below));
            }
        }
    }
    let described = find(machine, &folders, LIBRARY).into_iter();
    described.map(|place| LibraryCopy { path: machine.shown(&place), version: version_in_name(&place) }).collect()
}

fn socket(machine: &Machine) -> SocketState {
    let is_socket = |place: &Path| std::fs::metadata(place).is_ok_and(|metadata| metadata.file_type().is_socket());
    let redirected = machine.variable("PCSCLITE_CSOCK_NAME").filter(|path| path != SOCKET);
    let used = machine.path(redirected.as_deref().unwrap_or(SOCKET));
    SocketState {
        present: is_socket(&machine.path(SOCKET)),
        writable: rights::writable(&used).filter(|_| is_socket(&used)),
        redirected: redirected.map(|_| machine.shown(&used)),
    }
}

/// Seen where systemd runs.
fn unit(machine: &Machine) -> Result<UnitState, Reason> {
    if !machine.has("/run/systemd/system") {
        return Err(Unseen::Absent.with("systemd"));
    }
    let properties = "--property=LoadState,UnitFileState,ActiveState";
    let said = machine.run(&SYSTEMCTL, &["show", properties, "pcscd.socket"])?;
    unit_state(&said.text()).ok_or_else(|| Unseen::Malformed.with("systemctl"))
}

/// A unit without a file is `not-found`.
fn unit_state(properties: &str) -> Option<UnitState> {
    let value =
        |key: &str| properties.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('=')).map(str::trim);
    let enabled = value("UnitFileState").filter(|state| !state.is_empty()).or_else(|| value("LoadState"))?;
    Some(UnitState { enabled: enabled.to_owned(), active: value("ActiveState")?.to_owned() })
}

fn daemon_version(machine: &Machine) -> Result<Option<String>, Reason> {
    if !DAEMON.iter().any(|daemon| machine.has(daemon)) {
        return Ok(None);
    }
    let said = machine.run(&DAEMON, &["--version"])?;
    version_in(&said.text()).map(Some).ok_or_else(|| Unseen::Malformed.with("pcscd"))
}

/// `pcsc-lite version 1.9.9.`
fn version_in(said: &str) -> Option<String> {
    let version = said.lines().next()?.split_once(" version ")?.1.trim().trim_end_matches('.');
    let is_version = version.starts_with(|first: char| first.is_ascii_digit());
    is_version.then(|| version.split_whitespace().next().map(str::to_owned)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_where_they_stand() {
        assert_eq!(version_in("pcsc-lite version 1.9.9.\nCopyright").as_deref(), Some("1.9.9"));
        assert_eq!(version_in("pcsc-lite version 2.4.1\n").as_deref(), Some("2.4.1"));
        assert_eq!(["", "version", "pcscd: version x"].map(version_in), [None, None, None]);
        assert_eq!(version_in_name(Path::new("/a.so.1/libpcsclite.so.1.0.0")).as_deref(), Some("1.0.0"));
        assert_eq!(version_in_name(Path::new("/usr/lib/libpcsclite.so")), None);
    }

    #[test]
    fn units_are_told_as_systemd_names_their_states() {
        let told = |text| unit_state(text).map(|unit| (unit.enabled, unit.active));
        let pair = |one: &str, other: &str| Some((one.to_owned(), other.to_owned()));
        assert_eq!(told("LoadState=loaded\nActiveState=active\nUnitFileState=enabled\n"), pair("enabled", "active"));
        assert_eq!(told("LoadState=masked\nActiveState=inactive\nUnitFileState=masked\n"), pair("masked", "inactive"));
        assert_eq!(told("LoadState=not-found\nActiveState=inactive\nUnitFileState=\n"), pair("not-found", "inactive"));
        assert_eq!(told("Failed to connect to bus"), None);
    }
}
