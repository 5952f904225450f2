//! A workstation made up of files, on which the program runs as on a machine of its own: below a folder that becomes the
//! root of a namespace, with its own processes, name and kernel's answers. Of the machine it has the libraries, some
//! tools and, when asked, a private PC/SC service.
#![allow(clippy::unwrap_used, clippy::format_push_string)]

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::{Service, find_program, skip};

/// Who sits at the workstation, and how it is called.
pub const USER: &str = "marie.dupont";
pub const HOST: &str = "PC-ACCUEIL-07";

/// Where the Cryptolib has its module.
pub const MODULE: &str = "/opt/santesocial/CPS/lib/libcps3_pkcs11_lux.so";

/// The one profile of Firefox of a ready workstation.
pub const PROFILE: &str = "/home/marie.dupont/.mozilla/firefox/x1y2z3.default-release";

/// What the tools of a workstation are.
const TOOLS: [&str; 9] = ["sh", "env", "sleep", "touch", "cat", "modutil", "certutil", "script", "stty"];

/// Where the libraries of these and the drivers of readers are; not all of `/usr/lib`, where browsers are too.
const LIBRARIES: [&str; 6] =
    ["/lib", "/lib64", "/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib/pcsc"];

/// Makes the namespace the machine: `$1` is its root, `$2` the folder of the PC/SC service, `$3` the account.
const SCRIPT: &str = r#"
set -e
root=$1 service=$2 account=$3 binds=$4
shift 4
while read -r from to; do
    # of folders, what is made up lies over what the machine has
    if [ -d "$from" ]; then mount -t overlay none -o "lowerdir=$root$to:$from" "$root$to"; else mount --bind "$from" "$root$to"; fi
done <"$binds"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
mount --bind "$root/kernel/cpuinfo" "$root/proc/cpuinfo"
mount --bind "$root/kernel/cgroup" "$root/proc/1/cgroup"
hostname PC-ACCUEIL-07
[ -z "$service" ] || mount --bind "$service" "$root/run/pcscd"
exec chroot --userspec="$account:$account" --groups= "$root" "$@"
"#;

/// A workstation made up of files.
pub struct Post {
    folder: tempfile::TempDir,
    service: Option<PathBuf>,
    variables: Vec<(String, String)>,
    account: u32,
}

impl Post {
    /// A RHEL 9 on which nothing else is installed than PC/SC; none, with the reason printed, where no namespace can be had.
    pub fn bare(program: &str) -> Option<Self> {
        let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
        let missing = ["unshare", "mount", "chroot", "hostname"].into_iter().find(|tool| find_program(tool).is_none());
        if !is_root || missing.is_some() {
            skip(&format!("a namespace of one's own needs root and {}", missing.unwrap_or("nothing else")));
            return None;
        }
        let variables =
            [("HOME", "/home/marie.dupont"), ("LC_ALL", "fr_FR.UTF-8"), ("DISPLAY", ":0"), ("PATH", "/bin")];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let post = Self { folder, service: None, variables, account: 1000 };
        for folder in ["/dev", "/proc", "/sys", "/run/pcscd", "/run/systemd/system", "/usr/bin", "/usr/sbin", "/etc"] {
            post.folder(folder);
        }
        post.file("/kernel/cpuinfo", "processor\t: 0\nflags\t\t: fpu vme\n").file("/kernel/cgroup", "0::/init.scope\n");
        post.bind_system(program);
        post.link("/bin", "usr/bin").link("/sbin", "usr/sbin");
        post.file("/etc/os-release", "NAME=\"Red Hat Enterprise Linux\"\nID=\"rhel\"\nVERSION_ID=\"9.4\"\nPRETTY_NAME=\"Red Hat Enterprise Linux 9.4 (Plow)\"\n");
        post.file("/etc/passwd", format!("root:x:0:0::/root:/bin/sh\n{USER}:x:1000:1000::/home/{USER}:/bin/sh\n"));
        post.file("/usr/share/polkit-1/actions/org.debian.pcsc-lite.policy", "<policyconfig/>");
        post.tool("/usr/bin/systemctl", "printf 'LoadState=loaded\\nActiveState=active\\nUnitFileState=enabled\\n'");
        post.folder("/tmp").folder(&format!("/home/{USER}"));
        for open in ["/tmp", &format!("/home/{USER}")] {
            fs::set_permissions(post.place(open), fs::Permissions::from_mode(0o777)).unwrap();
        }
        Some(post)
    }

    /// The same with the Cryptolib, whose module is a real one of another maker, and Firefox with the module.
    pub fn ready(program: &str) -> Option<Self> {
        let post = Self::bare(program)?;
        let Some(module) = other_module() else {
            skip("opensc-pkcs11.so is not installed");
            return None;
        };
        fs::copy(module, post.place(MODULE)).unwrap();
        for file in ["/etc/opt/santesocial/CPS/DICO-FR.GIP", "/etc/opt/santesocial/CPS/Coffre"] {
            post.file(file, "x");
        }
        post.file("/etc/opt/santesocial/CPS/cps3_pkcs11.conf", "traces\n{\n\tactive = false;\n}\n");
        post.link("/usr/lib64/libcps3_pkcs11_lux.so", MODULE);
        let manifest = format!(
            "{{\"name\":\"CPS3 PKCS11\",\"description\":\"CPS\",\"type\":\"pkcs11\",\"path\":\"{MODULE}\",\
            \"allowed_extensions\":[\"CPS2ter-2020_Firefox@asipsante.fr\"]}}"
        );
        post.file("/usr/lib/mozilla/pkcs11-modules/CPS3.json", manifest);
        post.file("/usr/local/galss/libcptablux.so", "x").file("/opt/santesocial/CPS/bin/cpgeslux", "x");
        post.folder("/etc/opt/santesocial/CPS/cache").folder("/var/opt/santesocial/CPS/log");
        fs::set_permissions(post.place("/etc/opt/santesocial/CPS/cache"), fs::Permissions::from_mode(0o777)).unwrap();
        post.file("/var/opt/santesocial/commun/adm/155.adm", "155 05.02.02\n");
        post.file("/var/lib/rpm/rpmdb.sqlite", "").tool("/usr/bin/rpm", "[ \"$4\" = CryptolibCPS ] && echo 5.2.2");
        post.file("/opt/firefox/firefox", fs::read("/proc/self/exe").unwrap().split_at(4096).0);
        post.file("/opt/firefox/application.ini", "[App]\nVendor=Mozilla\nName=Firefox\nVersion=140.5.0\n");
        post.profile(PROFILE, 0);
        let list = "[Install4F96D1932A9F858E]\nDefault=x1y2z3.default-release\nLocked=1\n\n[Profile0]\nName=default-release\n\
            IsRelative=1\nPath=x1y2z3.default-release\nDefault=1\n";
        post.file(&format!("/home/{USER}/.mozilla/firefox/profiles.ini"), list);
        Some(post)
    }

    /// A profile of Firefox with the module, made by the tools of NSS.
    pub fn profile(&self, folder: &str, port: u16) {
        self.folder(folder);
        fs::set_permissions(self.place(folder), fs::Permissions::from_mode(0o777)).unwrap();
        let database = format!("sql:{folder}");
        for arguments in [
            &["certutil", "-N", "-d", &database, "--empty-password"][..],
            &["modutil", "-force", "-dbdir", &database, "-add", "CPS3 PKCS11", "-libfile", MODULE],
        ] {
            let said = self.inside(arguments).output().unwrap();
            assert!(said.status.success(), "{}", super::said(&said));
        }
        let addon = "{\"schemaVersion\":36,\"addons\":[{\"id\":\"CPS2ter-2020_Firefox@asipsante.fr\",\"version\":\"6.0.21\",\
            \"active\":true,\"userDisabled\":false,\"appDisabled\":false}]}";
        self.file(&format!("{folder}/extensions.json"), addon);
        self.file(&format!("{folder}/prefs.js"), format!("user_pref(\"browser.port\", {port});\n"));
    }

    /// The same with the readers of this service.
    #[must_use]
    pub fn with(mut self, service: &Service) -> Self {
        self.service = Some(service.file("run"));
        self
    }

    /// The same, where this account runs the program.
    #[must_use]
    pub fn run_by(mut self, account: u32) -> Self {
        self.account = account;
        self
    }

    /// The same with a variable in the environment.
    #[must_use]
    pub fn with_variable(mut self, name: &str, value: &str) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Where a path of the workstation is; the folders above it are made.
    pub fn place(&self, path: &str) -> PathBuf {
        let place = self.folder.path().join(path.trim_start_matches('/'));
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        place
    }

    /// A file of the workstation.
    pub fn file(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Self {
        fs::write(self.place(path), bytes).unwrap();
        self
    }

    /// A link.
    pub fn link(&self, path: &str, to: &str) -> &Self {
        symlink(to, self.place(path)).unwrap();
        self
    }

    /// A folder.
    pub fn folder(&self, path: &str) -> &Self {
        fs::create_dir_all(self.place(path)).unwrap();
        self
    }

    /// A program that is a script. Another program writes it: a file that this one has open cannot be started.
    pub fn tool(&self, path: &str, script: &str) -> &Self {
        self.file("/kernel/script", format!("#!/bin/sh\n{script}\n"));
        let copied = Command::new("cp").arg(self.place("/kernel/script")).arg(self.place(path)).status().unwrap();
        assert!(copied.success());
        fs::set_permissions(self.place(path), fs::Permissions::from_mode(0o755)).unwrap();
        self
    }

    /// A pipe that nobody writes to.
    pub fn pipe(&self, path: &str) -> &Self {
        let _ = fs::remove_file(self.place(path));
        assert!(Command::new("mkfifo").arg(self.place(path)).status().unwrap().success());
        self
    }

    /// Runs the program there.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.inside(&[&["cpx-check"], arguments].concat()).output().unwrap()
    }

    /// A program there, with its arguments.
    pub fn inside(&self, program: &[&str]) -> Command {
        let mut command = Command::new("unshare");
        command.args(["--mount", "--pid", "--uts", "--fork", "--kill-child", "sh", "-c", SCRIPT, "sh"]);
        command.arg(self.folder.path()).arg(self.service.as_deref().unwrap_or(Path::new("")));
        command.arg(self.account.to_string()).arg(self.place("/kernel/binds")).args(["/usr/bin/env", "-i"]);
        command.args(self.variables.iter().map(|(name, value)| format!("{name}={value}")));
        command.arg(format!("/usr/bin/{}", program[0])).args(&program[1..]).stdin(Stdio::null());
        command
    }

    /// The libraries and tools of the machine, and the program.
    fn bind_system(&self, program: &str) {
        let mut binds = String::new();
        for folder in LIBRARIES {
            match fs::symlink_metadata(folder) {
                Ok(link) if link.is_symlink() => {
                    self.link(folder, fs::read_link(folder).unwrap().to_str().unwrap());
                }
                Ok(_) => {
                    self.folder(folder);
                    binds += &format!("{folder} {folder}\n");
                }
                Err(_) => {}
            }
        }
        let tools = TOOLS.iter().filter_map(|tool| Some((find_program(tool)?, format!("/usr/bin/{tool}"))));
        let daemon = find_program("pcscd").map(|daemon| (daemon, "/usr/sbin/pcscd".to_owned()));
        for (from, to) in tools.chain(daemon).chain([(program.into(), "/usr/bin/cpx-check".to_owned())]) {
            let from = fs::canonicalize(from).unwrap();
            self.file(&to, "");
            binds.push_str(&format!("{} {to}\n", from.display()));
        }
        self.file("/kernel/binds", binds);
    }
}

/// A PKCS#11 module of another maker, which this machine has.
fn other_module() -> Option<&'static str> {
    const PLACES: [&str; 3] = [
        "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
        "/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so",
        "/usr/lib64/opensc-pkcs11.so",
    ];
    PLACES.into_iter().find(|place| Path::new(place).exists())
}
