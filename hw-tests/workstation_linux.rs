//! The collectors of Linux: on this machine as it is, with a real pcscd in a namespace of its own, and on machines made
//! up of files, well or badly.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use cpx_card::internal::workstation::facts::{
    Architecture, Container, Cryptolib, Family, FileUse, Pcscd, Processes, Session, SessionKind, System, UsbReaders,
    VersionSource,
};
use cpx_card::internal::workstation::{Machine, Observed, Unseen, linux, subjects};

use crate::support::{Drivers, Service, find_program, skip};

/// A machine made up of files.
pub(crate) struct MadeUp {
    folder: tempfile::TempDir,
}

impl MadeUp {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn place(&self, path: &str) -> PathBuf {
        let place = self.folder.path().join(path.trim_start_matches('/'));
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        place
    }

    pub(crate) fn file(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Self {
        fs::write(self.place(path), bytes).unwrap();
        self
    }

    fn link(&self, path: &str, to: &str) -> &Self {
        symlink(to, self.place(path)).unwrap();
        self
    }

    pub(crate) fn folder(&self, path: &str) -> &Self {
        fs::create_dir_all(self.place(path)).unwrap();
        self
    }

    /// Another program copies the script to its place: a file that this one has open for writing cannot be started.
    pub(crate) fn tool(&self, path: &str, script: &str) -> &Self {
        self.file("/script", format!("#!/bin/sh\n{script}\n"));
        let copied = Command::new("cp").arg(self.place("/script")).arg(self.place(path)).status().unwrap();
        assert!(copied.success());
        fs::set_permissions(self.place(path), fs::Permissions::from_mode(0o755)).unwrap();
        self
    }

    fn pipe(&self, path: &str) -> &Self {
        assert!(Command::new("mkfifo").arg(self.place(path)).status().unwrap().success());
        self
    }

    pub(crate) fn machine(&self) -> Machine {
        Machine::below(self.folder.path())
    }

    fn system(&self) -> System {
        seen(linux::system::collect(&self.machine()))
    }

    fn session(&self) -> Session {
        seen(linux::session::collect(&self.machine()))
    }

    fn pcscd(&self) -> Pcscd {
        seen(linux::pcscd::collect(&self.machine()))
    }

    fn cryptolib(&self) -> Cryptolib {
        seen(linux::cryptolib::collect(&self.machine()))
    }
}

fn seen<T>(observed: Observed<T>) -> T {
    let Observed::Seen(what) = observed else { panic!("not seen: {:?}", observed.unseen()) };
    what
}

/// The beginning of a library for this machine: the first bytes of a real one.
fn elf() -> Vec<u8> {
    fs::read("/proc/self/exe").unwrap().into_iter().take(4096).collect()
}

#[test]
fn this_machine_is_a_linux_and_every_subject_answers() {
    let system = seen(subjects::system());
    assert_eq!((system.family, system.architecture), (Family::Linux, Some(Architecture::OURS)));
    let kernel = fs::read_to_string("/proc/stat").unwrap();
    assert!(kernel.contains(&format!("btime {}\n", system.started.unwrap())));
    let session = seen(subjects::session());
    let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    assert_eq!(session.host.unwrap().reveal(), host.trim());
    seen(subjects::pcscd());
    seen(subjects::cryptolib());
    seen::<Processes>(subjects::processes());
    seen(subjects::trusted_authorities());
    assert_eq!(subjects::services().unseen().map(|reason| reason.why), Some(Unseen::NotThisSystem));
    assert_eq!(subjects::macos().unseen().map(|reason| reason.why), Some(Unseen::NotThisSystem));
}

#[test]
fn the_real_daemon_tells_its_version_and_the_loader_its_library() {
    if find_program("pcscd").is_none() {
        return skip("pcscd is not installed");
    }
    let found = seen(subjects::pcscd());
    let version = seen(found.daemon_version).expect("the daemon is there");
    assert!(version.split('.').count() >= 2, "{version}");
    // Debian builds both from one source
    assert!(
        found.libraries.iter().any(|library| library.version.as_deref() == Some(&version)),
        "{:?}",
        found.libraries
    );
    assert!(found.ccid_driver, "pcscd of Debian brings libccid");
}

#[test]
fn a_socket_is_told_with_a_real_daemon_behind_it_and_after_it_stopped() {
    let Some(mut service) = Service::start_with(Drivers::None, &[]) else { return };
    let socket = service.file("run/pcscd.comm");
    let machine = Machine::this().with_variable("PCSCLITE_CSOCK_NAME", &socket);
    let found = seen(linux::pcscd::collect(&machine)).socket;
    assert_eq!(found.redirected.as_deref(), Some(socket.to_str().unwrap()));
    assert_eq!(found.writable, Some(true));
    service.stop();
    fs::remove_file(&socket).unwrap();
    let found = seen(linux::pcscd::collect(&machine)).socket;
    assert_eq!((found.redirected.is_some(), found.writable), (true, None));
}

#[test]
fn a_socket_is_present_absent_or_refused() {
    let made_up = MadeUp::new();
    assert_eq!((made_up.pcscd().socket.present, made_up.pcscd().socket.writable), (false, None));
    made_up.file("/run/pcscd/pcscd.comm", "not a socket");
    assert!(!made_up.pcscd().socket.present);

    let made_up = MadeUp::new();
    let socket = made_up.place("/run/pcscd/pcscd.comm");
    let _listening = UnixListener::bind(&socket).unwrap();
    assert_eq!((made_up.pcscd().socket.present, made_up.pcscd().socket.writable), (true, Some(true)));
    fs::set_permissions(&socket, fs::Permissions::from_mode(0o444)).unwrap();
    let refused = seen_by_another_account(made_up.folder.path());
    assert!(refused.is_none_or(|said| said.contains("writable: Some(false)")));
}

/// What this test program prints when another account looks at a made-up machine.
fn seen_by_another_account(root: &Path) -> Option<String> {
    let is_root = std::os::unix::fs::MetadataExt::uid(&fs::metadata("/proc/self").unwrap()) == 0;
    if !is_root || find_program("setpriv").is_none() {
        skip("another account needs root and setpriv");
        return None;
    }
    // where tests are built may be closed to others
    let tests = root.join("tests");
    assert!(Command::new("cp").arg(std::env::current_exe().unwrap()).arg(&tests).status().unwrap().success());
    for place in [root, &tests] {
        fs::set_permissions(place, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let output = Command::new("setpriv")
        .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
        .arg(&tests)
        .args(["--exact", "workstation_linux::what_another_account_sees", "--nocapture"])
        .env("CPX_MADE_UP", root)
        .output()
        .unwrap();
    let said = crate::support::said(&output);
    assert!(output.status.success() && said.contains("writable: "), "{said}");
    Some(said)
}

#[test]
fn what_another_account_sees() {
    // run by the test above in another account; alone it has nothing to look at
    if let Some(root) = std::env::var_os("CPX_MADE_UP") {
        let found = seen(linux::pcscd::collect(&Machine::below(root)));
        let _ = writeln!(std::io::stdout(), "writable: {:?}", found.socket.writable);
        assert!(found.socket.present);
    }
}

#[test]
fn libraries_are_found_where_the_loader_looks_and_each_once() {
    let made_up = MadeUp::new();
    assert!(made_up.pcscd().libraries.is_empty());
    made_up.file("/usr/lib64/libpcsclite.so.1.0.0", elf()).link("/usr/lib64/libpcsclite.so.1", "libpcsclite.so.1.0.0");
    made_up.file("/etc/ld.so.conf.d/vendor.conf", "# vendor\n/opt/vendor/lib\n");
    made_up.file("/opt/vendor/lib/libpcsclite.so.1", elf());
    made_up.file("/snap/firefox/current/usr/lib/x86_64-linux-gnu/libpcsclite.so.1", elf());
    let mut foreign = elf();
    foreign.splice(18..20, 3_u16.to_le_bytes());
    made_up.file("/usr/lib/libpcsclite.so.1", foreign);
    let found = made_up.pcscd();
    let paths: Vec<&str> = found.libraries.iter().map(|library| library.path.as_str()).collect();
    assert_eq!(paths, ["/opt/vendor/lib/libpcsclite.so.1", "/usr/lib64/libpcsclite.so.1.0.0"]);
    assert_eq!(found.libraries[1].version.as_deref(), Some("1.0.0"));
    assert_eq!(found.confined_libraries.len(), 1);

    let list =
        "Package: other\nVersion: 1\n\nPackage: libpcsclite1\nStatus: install ok installed\nVersion: 1:2.3.3-1+deb\n";
    made_up.file("/var/lib/dpkg/status", list);
    let machine = made_up.machine().with_variable("LD_LIBRARY_PATH", "/home/me/lib:relative");
    made_up.file("/home/me/lib/libpcsclite.so.1", elf());
    let found = seen(linux::pcscd::collect(&machine)).libraries;
    assert_eq!(found[0].path, "/home/me/lib/libpcsclite.so.1");
    assert_eq!(found[2].version.as_deref(), Some("2.3.3"));
}

#[test]
fn units_and_daemons_are_asked_and_may_hang_or_lie() {
    let made_up = MadeUp::new();
    assert_eq!(made_up.pcscd().unit.unseen(), Some(&Unseen::Absent.with("systemd")));
    assert_eq!(made_up.pcscd().daemon_version, Observed::Seen(None));

    made_up.folder("/run/systemd/system");
    made_up.tool("/usr/bin/systemctl", "printf 'LoadState=masked\\nActiveState=inactive\\nUnitFileState=masked\\n'");
    made_up.tool("/usr/sbin/pcscd", "echo 'pcsc-lite version 2.3.0.'");
    let found = made_up.pcscd();
    let unit = seen(found.unit);
    assert_eq!((unit.enabled.as_str(), unit.active.as_str()), ("masked", "inactive"));
    assert_eq!(found.daemon_version, Observed::Seen(Some("2.3.0".into())));

    made_up.tool("/usr/bin/systemctl", "exec sleep 60").tool("/usr/sbin/pcscd", "exec head -c 100000000 /dev/zero");
    let found = made_up.pcscd();
    assert_eq!(found.unit.unseen(), Some(&Unseen::TimedOut.with("systemctl")));
    assert_eq!(found.daemon_version.unseen().map(|reason| reason.why), Some(Unseen::TooLarge));
}

#[test]
fn readers_on_the_usb_are_told_as_the_kernel_shows_them() {
    let made_up = MadeUp::new();
    let devices = "/sys/bus/usb/devices";
    assert_eq!(linux::usb::collect(&made_up.machine()).unseen().map(|reason| reason.why), Some(Unseen::Absent));
    made_up.file(&format!("{devices}/usb1/bDeviceClass"), "09\n");
    let usb = || seen::<UsbReaders>(linux::usb::collect(&made_up.machine()));
    assert!(!usb().any_device);
    for (name, value) in [
        ("bDeviceClass", "00\n"),
        ("idVendor", "08e6\n"),
        ("idProduct", "3437\n"),
        ("manufacturer", "Gemalto\n"),
        ("product", "PC Twin \u{1b}[31mReader\n"),
        ("power/control", "auto\n"),
    ] {
        made_up.file(&format!("{devices}/1-2/{name}"), value);
    }
    for interface in ["1-2:1.0", "1-2:1.1"] {
        made_up.file(&format!("{devices}/{interface}/bInterfaceClass"), "0b\n");
    }
    made_up.link(&format!("{devices}/1-2:1.0/driver"), "../../drivers/usbfs");
    made_up.file("/proc/modules", "pn533_usb 20480 0 - Live 0x0\npn533x 1 0\n");
    let found = usb();
    assert!(found.any_device);
    assert_eq!(found.competing_drivers, ["pn533_usb"]);
    assert_eq!(found.readers.len(), 1, "two interfaces of one device");
    let reader = &found.readers[0];
    assert_eq!((reader.vendor, reader.product, reader.driver.as_deref()), (0x08E6, 0x3437, Some("usbfs")));
    assert_eq!((reader.listed, reader.may_suspend), (None, Some(true)));
    assert!(reader.name.starts_with("Gemalto PC Twin"));
    let Ok(list) = fs::read("/usr/lib/pcsc/drivers/ifd-ccid.bundle/Contents/Info.plist") else {
        return skip("libccid is not installed");
    };
    made_up.file("/usr/lib/pcsc/drivers/ifd-ccid.bundle/Contents/Info.plist", list);
    assert_eq!(usb().readers[0].listed, Some(true), "the real list has this reader");
    made_up.file(&format!("{devices}/1-2/idProduct"), "ffff\n");
    assert_eq!(usb().readers[0].listed, Some(false));
}

#[test]
fn sessions_are_told_by_logind_and_the_environment() {
    let made_up = MadeUp::new();
    made_up.file("/run/systemd/sessions/7", "UID=1000\nACTIVE=0\nREMOTE=0\nTYPE=wayland\n");
    made_up.file("/run/systemd/sessions/8", "ACTIVE=1\nREMOTE=1\n");
    let session = |name: &str, value: &str| {
        let session = seen(linux::session::collect(&made_up.machine().with_variable(name, value)));
        (session.kind, session.active)
    };
    assert_eq!(session("XDG_SESSION_ID", "7"), (SessionKind::Local, Some(false)));
    assert_eq!(session("XDG_SESSION_ID", "8"), (SessionKind::Ssh, Some(true)));
    assert_eq!(session("XDG_SESSION_ID", "../sessions/8"), (SessionKind::Unknown, None));
    assert_eq!(session("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22"), (SessionKind::Ssh, None));
    made_up.file("/proc/self/cgroup", "0::/system.slice/agent.service\n");
    assert_eq!(made_up.session().kind, SessionKind::Service);
}

#[test]
fn what_the_program_runs_in_is_told() {
    let container = |path: &str, text: &str| MadeUp::new().file(path, text).session().container;
    let named = |name: &str| Some(Container::Container(name.into()));
    assert_eq!(container("/.dockerenv", ""), named("docker"));
    assert_eq!(container("/run/.containerenv", ""), named("podman"));
    assert_eq!(container("/run/systemd/container", "lxc\n"), named("lxc"));
    assert_eq!(container("/proc/1/cgroup", "0::/kubepods/x\n"), named("kubernetes"));
    assert_eq!(container("/proc/sys/kernel/osrelease", "5.15.1-microsoft-standard-WSL2\n"), Some(Container::Wsl));
    assert_eq!(container("/proc/self/attr/current", "snap.cpx.cpx (enforce)\n"), Some(Container::Snap));
    assert_eq!(container("/.flatpak-info", ""), Some(Container::Flatpak));
    let virtual_machine = |name: &str| Some(Container::VirtualMachine(name.into()));
    assert_eq!(container("/sys/class/dmi/id/product_name", "VMware7,1\n"), virtual_machine("vmware"));
    assert_eq!(container("/proc/cpuinfo", "processor : 0\nflags : fpu hypervisor\n"), virtual_machine("other"));
    assert_eq!(container("/etc/hostname", ""), None);
}

#[test]
fn an_installed_cryptolib_is_told_in_all_its_parts() {
    let made_up = MadeUp::new();
    let none = made_up.cryptolib();
    assert!(none.versions.is_empty() && none.copies.is_empty() && none.files.iter().all(|file| !file.present));
    assert!(none.files.iter().any(|file| file.needed_for == FileUse::Module));

    made_up.file("/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so", elf());
    made_up.link("/usr/lib64/libcps3_pkcs11_lux.so", "../../opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so");
    made_up.file("/usr/local/galss/libcps3_pkcs11_lux.so", b"an older one");
    made_up.file("/etc/opt/santesocial/CPS/cps3_pkcs11.conf", "traces \n{\n\tactive = true;\n\tdebug = 10;\n}");
    made_up.file("/etc/opt/santesocial/CPS/cache/0123_D001", "");
    made_up.file("/var/opt/santesocial/commun/adm/155.adm", "155 05.02.02\n");
    made_up.file("/var/lib/rpm/rpmdb.sqlite", "").tool("/usr/bin/rpm", "[ \"$4\" = CryptolibCPS ] && echo 5.2.2");
    let log = fs::File::create({
        made_up.folder("/var/opt/santesocial/CPS/log");
        made_up.place("/var/opt/santesocial/CPS/log/cps3p11_1_1.log")
    });
    log.unwrap().set_len(200 << 20).unwrap();

    let found = made_up.cryptolib();
    let told: Vec<_> = found.versions.iter().map(|told| (told.source, told.version.as_str())).collect();
    assert_eq!(told, [(VersionSource::Package, "5.2.2"), (VersionSource::InstallerFile, "5.2.2")]);
    let copies: Vec<_> = found.copies.iter().map(|copy| (copy.path.as_str(), copy.official)).collect();
    let official = "/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so";
    assert_eq!(copies, [(official, true), ("/usr/local/galss/libcps3_pkcs11_lux.so", false)]);
    assert_eq!(found.copies[0].architectures, [Architecture::OURS]);
    // sha256sum says so
    let sum = Command::new("sha256sum").arg(made_up.place(official)).output().unwrap();
    assert!(crate::support::said(&sum).starts_with(found.copies[0].sha256.as_deref().unwrap()));
    let traces = seen(found.traces);
    assert_eq!((traces.on, traces.log_bytes, traces.log_bytes_at_least), (true, 200 << 20, false));
    let cache = seen(found.cache);
    assert_eq!((cache.present, cache.writable, cache.empty_files), (true, Some(true), 1));
}

#[test]
fn a_package_that_was_changed_is_told() {
    let made_up = MadeUp::new();
    assert_eq!(linux::verify_cryptolib(&made_up.machine()).unseen(), Some(&Unseen::Absent.with("rpm")));
    made_up.folder("/var/lib/rpm").tool("/usr/bin/rpm", "false");
    assert_eq!(linux::verify_cryptolib(&made_up.machine()).unseen(), Some(&Unseen::Absent.with("rpm")));
    made_up
        .file("/var/lib/rpm/rpmdb.sqlite", "")
        .tool("/usr/bin/rpm", "echo 'S.5....T.    /opt/santesocial/CPS/lib/x.so'; exit 1");
    let changed = seen(linux::verify_cryptolib(&made_up.machine()));
    assert_eq!(changed[0].path, "/opt/santesocial/CPS/lib/x.so");
}

#[test]
fn known_programs_that_run_are_told_with_their_start() {
    let made_up = MadeUp::new();
    assert_eq!(linux::processes::collect(&made_up.machine()).unseen().map(|reason| reason.why), Some(Unseen::Absent));
    made_up.file("/proc/stat", "btime 1000\n");
    made_up
        .file("/proc/10/cmdline", b"/usr/lib/firefox/firefox\0-P\0")
        .file("/proc/10/stat", stat("Gecko) (Main", 500));
    made_up.file("/proc/11/cmdline", b"/opt/google/chrome/chrome --type=renderer").file("/proc/11/stat", "broken");
    made_up.file("/proc/12/cmdline", b"java\0-jar\0/opt/jfse/jFSE.jar\0").file("/proc/12/stat", stat("java", 100));
    made_up.file("/proc/13/cmdline", b"").file("/proc/self/cmdline", b"scdaemon\0");
    made_up.pipe("/proc/14/cmdline").link("/proc/15/cmdline", "cmdline");
    let found = seen(linux::processes::collect(&made_up.machine()));
    let told = |list: &[cpx_card::internal::workstation::facts::KnownProcess]| {
        list.iter().map(|known| (known.name.clone(), known.started)).collect::<Vec<_>>()
    };
    assert_eq!(told(&found.browsers), [("firefox".to_owned(), Some(1005)), ("chrome".to_owned(), None)]);
    assert_eq!(told(&found.card_users), [("jFSE".to_owned(), Some(1001))]);
    assert_eq!(found.ccm, None);
}

/// A line of the kernel with the start in hundredths of a second after its own.
fn stat(name: &str, ticks: u32) -> String {
    format!("10 ({name}) S {} {ticks} 0 0", vec!["1"; 18].join(" "))
}

#[test]
fn a_real_program_is_found_with_the_time_it_was_started() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("scdaemon");
    assert!(Command::new("cp").arg(find_program("sleep").unwrap()).arg(&program).status().unwrap().success());
    let mut child = Command::new(&program).arg("60").spawn().unwrap();
    // a program has its name a moment after it is started
    let arguments = format!("/proc/{}/cmdline", child.id());
    crate::support::until("the program has a name", || !fs::read(&arguments).unwrap().is_empty());
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let found = seen(subjects::processes());
    child.kill().unwrap();
    child.wait().unwrap();
    let scdaemon = found.card_users.iter().find(|known| known.name == "scdaemon").expect("it runs");
    let started = scdaemon.started.unwrap();
    assert!(started <= i64::try_from(now).unwrap() + 1 && started > seen(subjects::system()).started.unwrap());
}

#[test]
fn hostile_files_are_met_and_nothing_hangs() {
    let many = "ID=x\n".repeat(200_000);
    for what in ["too large", "pipe", "loop", "folder"] {
        let made_up = MadeUp::new();
        match what {
            "too large" => made_up.file("/etc/os-release", &many),
            "pipe" => made_up.pipe("/etc/os-release"),
            "loop" => made_up.link("/etc/os-release", "os-release"),
            _ => made_up.folder("/etc/os-release"),
        };
        let system = made_up.system();
        assert_eq!((system.family, system.name.as_str(), system.version.as_str()), (Family::Linux, "", ""), "{what}");
    }
    let made_up = MadeUp::new();
    made_up.file("/etc/os-release", b"PRETTY_NAME=\"D\xE9bian\"\nVERSION_ID=12\n");
    assert_eq!((made_up.system().name.as_str(), made_up.system().version.as_str()), ("D\u{FFFD}bian", "12"));

    let made_up = MadeUp::new();
    made_up.pipe("/etc/opt/santesocial/CPS/cps3_pkcs11.conf").pipe("/var/opt/santesocial/commun/adm/155.adm");
    made_up.pipe("/usr/lib64/libcps3_pkcs11_lux.so").link("/usr/local/lib/libcps3_pkcs11.so", "libcps3_pkcs11.so");
    made_up.pipe("/usr/lib64/libpcsclite.so.1").pipe("/etc/ld.so.conf").pipe("/var/lib/dpkg/status");
    made_up.pipe("/proc/stat").pipe("/proc/cpuinfo").pipe("/etc/passwd").pipe("/proc/modules");
    made_up.pipe("/sys/bus/usb/devices/1-1:1.0/bInterfaceClass");
    fs::File::create(made_up.place("/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so"))
        .unwrap()
        .set_len(200 << 20)
        .unwrap();
    let cryptolib = made_up.cryptolib();
    assert_eq!((cryptolib.copies.len(), cryptolib.copies[0].sha256.as_deref()), (1, None));
    assert!(made_up.pcscd().libraries.is_empty());
    assert_eq!(made_up.system().started, None);
    made_up.session();
    assert!(seen(linux::usb::collect(&made_up.machine())).readers.is_empty());
}

#[test]
fn a_search_path_full_of_traps_is_not_taken() {
    let traps = MadeUp::new();
    traps
        .tool("/bin/systemctl", "touch \"$0.ran\"")
        .tool("/bin/pcscd", "touch \"$0.ran\"")
        .tool("/bin/rpm", "touch \"$0.ran\"");
    let machine = MadeUp::new();
    let path = traps.place("/bin").into_os_string();
    let machine = machine.machine().with_variable("PATH", path);
    assert_eq!(seen(linux::pcscd::collect(&machine)).daemon_version, Observed::Seen(None));
    assert_eq!(fs::read_dir(traps.place("/bin")).unwrap().count(), 3);
}
