//! Browsers and their modules: databases made by NSS's own tools, registrations as p11-kit sees them, the layouts of
//! the three systems in folders of the test, files that mean harm.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cpx_card::internal::workstation::browsers::{
    Places, RegisteredAt, collect_browsers, collect_firefox_manifests, collect_firefox_policies,
    collect_firefox_profiles, collect_nss_databases, collect_p11_kit, firefox_policies, registrations,
};
use cpx_card::internal::workstation::facts::{
    Architecture, AutoSelect, Browser, BrowserKind, Confinement, Family, FirefoxProfile, RegisteredModule,
};
use cpx_card::internal::workstation::{Observed, Unseen};

/// A module that somebody else made, for the processor of this machine.
const MODULES: [&str; 2] =
    ["/usr/lib/x86_64-linux-gnu/pkcs11/opensc-pkcs11.so", "/usr/lib/aarch64-linux-gnu/pkcs11/opensc-pkcs11.so"];

const EXTENSION: &str = "CPS2ter-2020_Firefox@asipsante.fr";

/// A machine in a folder.
struct Machine {
    folder: tempfile::TempDir,
    places: Places,
}

impl Machine {
    fn new(family: Family) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("root");
        let home = root.join("home/marie");
        fs::create_dir_all(&home).unwrap();
        Self { places: Places::new(family, root, home), folder }
    }

    fn root(&self, path: &str) -> PathBuf {
        self.places.root.join(path)
    }

    fn home(&self, path: &str) -> PathBuf {
        self.places.home.join(path)
    }

    /// A copy of a real module under this name.
    fn module(&self, name: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        write(&path, fs::read(real_module()).unwrap());
        path
    }

    fn profiles(&self) -> Vec<FirefoxProfile> {
        collect_firefox_profiles(&self.places).seen().unwrap().clone()
    }

    fn installed(&self) -> Vec<Browser> {
        collect_browsers(&self.places).seen().unwrap().installed.clone()
    }
}

fn real_module() -> &'static Path {
    MODULES.iter().map(Path::new).find(|path| path.exists()).unwrap_or_else(|| panic!("opensc-pkcs11 is not installed"))
}

fn write(path: &Path, content: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// An NSS database with these modules, made by certutil and modutil.
fn database(folder: &Path, modules: &[(&str, &Path)]) {
    fs::create_dir_all(folder).unwrap();
    let place = format!("sql:{}", folder.display());
    run(Command::new("certutil").args(["-N", "--empty-password", "-d", &place]));
    for (name, path) in modules {
        run(Command::new("modutil").args(["-force", "-dbdir", &place, "-add", name, "-libfile"]).arg(path));
    }
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// `profiles.ini` as Firefox writes it, the second profile being that of the installation.
fn profiles_ini(folder: &Path, names: &[&str]) {
    let mut text = format!("[Install4F96D1932A9F858E]\nDefault=x.{}\nLocked=1\n\n", names.last().unwrap());
    for (number, name) in names.iter().enumerate() {
        let section = format!("[Profile{number}]\nName={name}\nIsRelative=1\nPath=x.{name}\n\n");
        text += &section;
        fs::create_dir_all(folder.join(format!("x.{name}"))).unwrap();
    }
    write(&folder.join("profiles.ini"), text + "[General]\nStartWithLastProfile=1\nVersion=2\n");
}

fn modules(observed: &Observed<Vec<RegisteredModule>>) -> &[RegisteredModule] {
    observed.seen().unwrap_or_else(|| panic!("{observed:?}"))
}

#[test]
fn the_modules_of_a_real_nss_database_are_found() {
    let machine = Machine::new(Family::Linux);
    let cps = machine.module("dossier à accents/libcps3_pkcs11_lux.so");
    database(
        &machine.home(".pki/nssdb"),
        &[("Module de sécurité CPS", &cps), ("l'autre \"module\" \\ fin", real_module())],
    );

    let found = collect_nss_databases(&machine.places);
    let [database] = found.seen().unwrap().as_slice() else { panic!("{found:?}") };
    assert_eq!(database.path, "~/.pki/nssdb");
    let [first, second] = modules(&database.modules) else { panic!("{database:?}") };
    assert_eq!(first.name, "Module de sécurité CPS");
    assert_eq!(first.path, cps.display().to_string());
    assert!(first.present && first.is_cps());
    assert_eq!(first.architectures, [Architecture::OURS]);
    let sum = run(Command::new("sha256sum").arg(&cps));
    assert_eq!(first.sha256.as_deref(), sum.split_whitespace().next());
    assert_eq!(second.name, "l'autre \"module\" \\ fin");
    assert_eq!(second.sha256, None, "only modules of the CPS are hashed");
}

#[test]
fn registrations_keep_paths_that_can_be_opened() {
    let machine = Machine::new(Family::Linux);
    let in_home = machine.home("lib/libcps3_pkcs11_lux.so");
    write(&in_home, fs::read(real_module()).unwrap());
    database(&machine.home(".mozilla/firefox/x.release"), &[("CPS", &in_home)]);
    profiles_ini(&machine.home(".mozilla/firefox"), &["release"]);
    write(&machine.root("etc/pkcs11/modules/cps.module"), format!("module: {}\n", in_home.display()));

    let found = registrations(&machine.places);
    assert!(found.iter().all(|(path, _)| *path == in_home), "{found:?}");
    assert!(matches!(found.as_slice(), [(_, RegisteredAt::Firefox(_)), (_, RegisteredAt::P11Kit(_))]), "{found:?}");
    let profile = &machine.profiles()[0];
    assert_eq!(modules(&profile.modules)[0].path, "~/lib/libcps3_pkcs11_lux.so", "the user's name is not shown");
}

#[test]
fn what_p11_kit_loads_is_what_is_found() {
    let machine = Machine::new(Family::Linux);
    let mut places = Places::new(Family::Linux, "/", machine.home(""));
    // p11-kit loads a file once, and reads nothing of a user that is root
    places.as_root = Places::of_this_user().unwrap().as_root;
    let cps = machine.module("cps.so");
    write(&machine.home(".config/pkcs11/modules/cps.module"), format!("module: {}\n", cps.display()));
    write(&machine.home(".config/pkcs11/modules/off.module"), "module: /nothing.so\nenable-in:\n");
    let listed = run(Command::new("p11-kit")
        .arg("list-modules")
        .env("HOME", &places.home)
        .env("XDG_CONFIG_HOME", machine.home(".config")));
    let mut expected: Vec<&str> =
        listed.lines().filter(|line| !line.starts_with(' ')).filter_map(|line| line.split(':').next()).collect();
    expected.sort_unstable();
    let found = collect_p11_kit(&places);
    let mut names: Vec<_> = found.seen().unwrap().iter().map(|found| found.module.name.as_str()).collect();
    names.sort_unstable();
    // softhsm2 does not start for a user who may not read its settings, and p11-kit leaves it out without a word
    names.retain(|name| expected.contains(name) || *name != "softhsm2");
    assert_eq!(names, expected);
    for found in found.seen().unwrap() {
        assert!(found.module.present, "{found:?}: a relative name is found in p11-kit's folder");
    }
    let trust = found.seen().unwrap().iter().find(|found| found.module.name == "p11-kit-trust");
    assert!(trust.is_none_or(|trust| trust.kept_from_proxy));
}

#[test]
fn later_folders_of_p11_kit_win_over_earlier_ones() {
    let machine = Machine::new(Family::Linux);
    write(&machine.root("usr/share/p11-kit/modules/a.module"), "module: /one.so\npriority: 1\n");
    write(&machine.root("etc/pkcs11/modules/a.module"), "disable-in: p11-kit-proxy\n");
    write(&machine.home(".config/pkcs11/modules/a.module"), "module: /two.so\n");
    let found = || collect_p11_kit(&machine.places).seen().unwrap().clone();
    assert_eq!((found()[0].module.path.as_str(), found()[0].kept_from_proxy), ("/two.so", true));
    write(&machine.root("etc/pkcs11/pkcs11.conf"), "user-config: none\n");
    assert_eq!(found()[0].module.path, "/one.so");
}

#[test]
fn every_place_of_firefox_on_linux_is_looked_at() {
    let machine = Machine::new(Family::Linux);
    for (folder, name) in [
        (".mozilla/firefox", "classic"),
        (".config/mozilla/firefox", "xdg"),
        ("snap/firefox/common/.mozilla/firefox", "snap"),
        (".var/app/org.mozilla.firefox/.mozilla/firefox", "flatpak"),
    ] {
        profiles_ini(&machine.home(folder), &[name]);
    }
    let metadata = "[Application]\nname=org.mozilla.firefox\n\n[Context]\nsockets=x11;wayland;pcsc;cups;\n";
    write(&machine.root("var/lib/flatpak/app/org.mozilla.firefox/current/active/metadata"), metadata);

    let found = |machine: &Machine| -> Vec<_> {
        machine.profiles().iter().map(|p| (p.name.reveal().to_owned(), p.confinement)).collect()
    };
    let expected = |flatpak| {
        [
            ("classic", Confinement::Native),
            ("xdg", Confinement::Native),
            ("snap", Confinement::Snap),
            ("flatpak", flatpak),
        ]
        .map(|(name, confinement)| (name.to_owned(), confinement))
    };
    assert_eq!(found(&machine), expected(Confinement::FlatpakWithPcsc));
    write(&machine.home(".local/share/flatpak/overrides/org.mozilla.firefox"), "[Context]\nsockets=!pcsc;\n");
    assert_eq!(found(&machine), expected(Confinement::Flatpak));
}

#[test]
fn a_profile_tells_its_extension_and_preferences() {
    let machine = Machine::new(Family::Linux);
    let base = machine.home(".mozilla/firefox");
    profiles_ini(&base, &["default", "default-release"]);
    let addons = format!(
        r#"{{"schemaVersion":37,"addons":[{{"id":"{EXTENSION}","version":"6.0.21","active":false,"userDisabled":true,
            "appDisabled":false}},{{"id":"PKCS11_Firefox@gip-cps.fr","version":"1.0"}}]}}"#
    );
    write(&base.join("x.default-release/extensions.json"), addons);
    write(&base.join("x.default-release/prefs.js"), "user_pref(\"security.tls.version.max\", 3);\r\n");

    let [first, second] = machine.profiles().try_into().unwrap();
    assert!(!first.is_default && second.is_default);
    assert_eq!(first.addon, Observed::Seen(None), "a profile that has no extension");
    assert_eq!(modules(&first.modules), [], "nor a module");
    let addon = second.addon.seen().unwrap().clone().unwrap();
    assert_eq!((addon.version.as_deref(), addon.active, addon.user_disabled), (Some("6.0.21"), false, true));
    assert_eq!(second.former_addons, ["PKCS11_Firefox@gip-cps.fr"]);
    assert_eq!(second.preferences.seen().unwrap().tls_version_max, Some(3));
}

#[test]
fn windows_and_macos_keep_their_profiles_elsewhere() {
    let windows = Machine::new(Family::Windows);
    profiles_ini(&windows.home("AppData/Roaming/Mozilla/Firefox"), &["poste"]);
    let dll = r"C:\Windows\System32\cps3_pkcs11_w64.dll";
    let list = format!("library={dll}\r\nname=Module de sécurité CPS\r\n\r\n");
    write(&windows.home("AppData/Roaming/Mozilla/Firefox/x.poste/pkcs11.txt"), list);
    let profiles = windows.profiles();
    let module = &modules(&profiles[0].modules)[0];
    assert_eq!((module.path.as_str(), module.is_cps(), module.present), (dll, true, false));

    let macos = Machine::new(Family::Macos);
    profiles_ini(&macos.home("Library/Application Support/Firefox"), &["mac"]);
    assert_eq!(macos.profiles()[0].name.reveal(), "mac");
    for machine in [windows, macos] {
        assert_eq!(collect_p11_kit(&machine.places).unseen().unwrap().why, Unseen::NotThisSystem);
        assert_eq!(collect_nss_databases(&machine.places).unseen().unwrap().why, Unseen::NotThisSystem);
    }
}

#[test]
fn manifests_name_a_module_behind_its_links() {
    let machine = Machine::new(Family::Linux);
    let real = machine.module("opt/libcps3_pkcs11_lux.so.3.1.0");
    let link = machine.folder.path().join("libcps3_pkcs11_lux.so");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&real, &link).unwrap();
    let manifest = |path: &Path, id: &str| {
        format!(
            r#"{{"name":"cps3","description":"CPS","type":"pkcs11","path":"{}","allowed_extensions":["{id}"]}}"#,
            path.display()
        )
    };
    write(&machine.root("usr/lib/mozilla/pkcs11-modules/cps3.json"), manifest(&link, EXTENSION));
    write(&machine.root("usr/lib64/mozilla/pkcs11-modules/cps3.json"), manifest(Path::new("/gone.so"), "autre@x"));
    write(&machine.home(".mozilla/pkcs11-modules/cps3.json"), "{\"name\":");

    let found = collect_firefox_manifests(&machine.places);
    let [good, dead, broken] = found.seen().unwrap().as_slice() else { panic!("{found:?}") };
    let module = good.module.seen().unwrap();
    assert!(good.allows_extension && module.present && module.sha256.is_some());
    assert_eq!(module.target.as_deref(), Some(&*fs::canonicalize(&real).unwrap().display().to_string()));
    assert!(!dead.allows_extension && !dead.module.seen().unwrap().present);
    assert_eq!(broken.module.unseen().unwrap().why, Unseen::Malformed);
    assert_eq!(broken.place, "~/.mozilla/pkcs11-modules/cps3.json");
}

#[test]
fn policies_of_every_place_count_together() {
    let mut machine = Machine::new(Family::Linux);
    let program = machine.root("usr/lib/firefox/firefox");
    write(&program, fs::read(real_module()).unwrap());
    let beside = r#"{"policies":{"SecurityDevices":{"CPS":"/opt/cps3_pkcs11.so"}}}"#;
    write(&machine.root("usr/lib/firefox/distribution/policies.json"), beside);
    write(
        &machine.root("etc/firefox/policies/policies.json"),
        "\u{FEFF}{\"policies\":{\"Certificates\":{\"ImportEnterpriseRoots\":true},\"SecurityDevices\":{\"Delete\":[\"Ancien\"]}}}",
    );
    let registry =
        firefox_policies::policies(r#"{"policies":{"SecurityDevices":{"Add":{"CPS":"C:\\x.dll"}}}}"#).unwrap();
    machine.places.registry.firefox_policies.push((r"HKLM\SOFTWARE\Policies\Mozilla\Firefox".into(), registry));

    let found = collect_firefox_policies(&machine.places).seen().unwrap().clone();
    assert_eq!(found.modules.iter().map(|m| m.path.as_str()).collect::<Vec<_>>(), ["/opt/cps3_pkcs11.so", r"C:\x.dll"]);
    assert_eq!((found.enterprise_roots, found.deleted, found.places.len()), (Some(true), vec!["Ancien".into()], 3));
    assert_eq!(found.problems, Vec::<String>::new());
}

#[test]
fn browsers_are_found_with_their_versions_and_never_started() {
    let machine = Machine::new(Family::Linux);
    let program = fs::read(real_module()).unwrap();
    for path in [
        "usr/lib/firefox-esr/firefox-esr",
        "snap/chromium/current/usr/lib/chromium-browser/chrome",
        "opt/google/chrome/chrome",
        "var/lib/flatpak/app/com.microsoft.Edge/current/active/files/extra/msedge",
    ] {
        write(&machine.root(path), &program);
    }
    let ini = "[App]\nVendor=Mozilla\nName=Firefox\nVersion=140.5.0\nBuildID=20261101\n[Gecko]\nMinVersion=140.5.0\n";
    write(&machine.root("usr/lib/firefox-esr/application.ini"), ini);
    write(&machine.root("snap/chromium/current/meta/snap.yaml"), "name: chromium\nversion: '142.0.7444.59'\n");
    write(&machine.home(".config/google-chrome/Last Version"), "142.0.7444.61");
    write(
        &machine.home(".config/mimeapps.list"),
        "[Added Associations]\nx-scheme-handler/https=b.desktop;\n\n[Default Applications]\nx-scheme-handler/https=google-chrome.desktop;firefox.desktop;\n",
    );

    let found: Vec<_> =
        machine.installed().into_iter().map(|browser| (browser.kind, browser.version, browser.confinement)).collect();
    assert_eq!(
        found,
        [
            (BrowserKind::Firefox, Some("140.5.0".into()), Confinement::Native),
            (BrowserKind::Chrome, Some("142.0.7444.61".into()), Confinement::Native),
            (BrowserKind::Chromium, Some("142.0.7444.59".into()), Confinement::Snap),
            (BrowserKind::Edge, None, Confinement::Flatpak),
        ]
    );
    assert_eq!(machine.installed()[0].architectures, [Architecture::OURS]);
    assert_eq!(collect_browsers(&machine.places).seen().unwrap().default, Observed::Seen(BrowserKind::Chrome));
}

#[test]
fn browsers_of_windows_are_found_by_their_folders() {
    let mut machine = Machine::new(Family::Windows);
    let application = machine.root("Program Files").join("Google/Chrome/Application");
    write(&application.join("chrome.exe"), b"MZ");
    for version in ["99.0.1.2", "142.0.7444.59"] {
        fs::create_dir_all(application.join(version)).unwrap();
    }
    write(&machine.home("AppData/Local/Mozilla Firefox/firefox.exe"), b"MZ");
    machine.places.registry.default_program = Observed::Seen(Some("MSEdgeHTM".into()));
    let rule = r#"{"pattern":"https://x.fr","filter":{"ISSUER":{"CN":"AC"}}}"#;
    machine.places.registry.certificate_rules = Observed::Seen(vec![(BrowserKind::Edge, rule.into())]);

    let found = collect_browsers(&machine.places).seen().unwrap().clone();
    let kinds: Vec<_> = found.installed.iter().map(|browser| (browser.kind, browser.version.as_deref())).collect();
    assert_eq!(kinds, [(BrowserKind::Chrome, Some("142.0.7444.59")), (BrowserKind::Firefox, None)]);
    assert_eq!(found.default, Observed::Seen(BrowserKind::Edge));
    assert_eq!(found.certificate_rules.seen().unwrap()[0].choice, AutoSelect::IssuerCn("AC".into()));
}

#[test]
fn rules_that_choose_certificates_are_read_from_every_file() {
    let machine = Machine::new(Family::Linux);
    let rule = r#"{"AutoSelectCertificateForUrls":["{\"pattern\":\"https://[*.]esante.gouv.fr\",\"filter\":{}}"]}"#;
    write(&machine.root("etc/opt/chrome/policies/managed/cps.json"), rule);
    write(&machine.root("etc/opt/chrome/policies/managed/autre.json"), "{\"HomepageLocation\":\"x\"}");
    write(&machine.root("etc/opt/edge/policies/managed/cps.json"), "{broken");
    let found = collect_browsers(&machine.places).seen().unwrap().certificate_rules.clone();
    let found: Vec<_> = found.seen().unwrap().iter().map(|rule| (rule.browser, rule.choice.clone())).collect();
    assert_eq!(found, [(BrowserKind::Chrome, AutoSelect::Any), (BrowserKind::Edge, AutoSelect::Malformed)]);
}

#[cfg(unix)]
#[test]
fn files_that_mean_harm_are_noted_and_the_others_read() {
    let machine = Machine::new(Family::Linux);
    let base = machine.home(".mozilla/firefox");
    profiles_ini(&base, &["pipe", "loop", "huge", "bomb", "bytes", "gone", "good"]);
    let file = |profile: &str, name: &str| base.join(format!("x.{profile}")).join(name);
    run(Command::new("mkfifo").arg(file("pipe", "pkcs11.txt")));
    std::os::unix::fs::symlink(file("loop", "pkcs11.txt"), file("loop", "pkcs11.txt")).unwrap();
    fs::File::create(file("huge", "pkcs11.txt")).unwrap().set_len(1 << 40).unwrap();
    fs::File::create(file("huge", "prefs.js")).unwrap().set_len(1 << 40).unwrap();
    write(&file("bomb", "extensions.json"), format!("{{\"addons\":{}", "[{\"x\":".repeat(200_000)));
    write(&file("bytes", "pkcs11.txt"), b"library=/opt/\xFF\xFE.so\nname=\x1B[2J\xE9\n\n");
    fs::remove_dir(base.join("x.gone")).unwrap();
    write(&file("good", "pkcs11.txt"), format!("library={}\nname=CPS\n", real_module().display()));
    std::os::unix::fs::symlink(&base, base.join("x.good/loop")).unwrap();

    let [pipe, looped, huge, bomb, bytes, gone, good] = machine.profiles().try_into().unwrap();
    let why = |profile: &FirefoxProfile| profile.modules.unseen().unwrap().clone();
    assert_eq!(why(&pipe).why, Unseen::Malformed);
    assert!(why(&pipe).detail.unwrap().starts_with("~/.mozilla/firefox/x.pipe/pkcs11.txt"));
    assert_eq!(why(&looped).why, Unseen::Failed);
    assert_eq!(why(&huge).why, Unseen::TooLarge);
    assert_eq!(huge.preferences.unseen().unwrap().why, Unseen::TooLarge);
    assert_eq!(bomb.addon.unseen().unwrap().why, Unseen::Malformed);
    assert_eq!(modules(&bomb.modules), []);
    assert_eq!(modules(&bytes.modules)[0].name, "\u{1B}[2J\u{FFFD}", "foreign text is cleaned where it is shown");
    assert_eq!(why(&gone).why, Unseen::Absent);
    assert!(modules(&good.modules)[0].present);

    let other = Machine::new(Family::Linux);
    fs::create_dir_all(other.home(".mozilla/firefox/profiles.ini")).unwrap();
    let [unreadable] = other.profiles().try_into().unwrap();
    assert_eq!(unreadable.modules.unseen().unwrap().why, Unseen::Malformed);
}
