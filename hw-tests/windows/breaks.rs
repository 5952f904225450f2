//! A healthy workstation, broken one thing at a time.

use std::fs;

use crate::registry::Value::{Bytes, Number, Text};
use crate::workstation::{CALAIS, FIREFOX, MODULE, PROVIDER, Workstation, authorities, extension, program};

const OWN: &str = r"HKEY_LOCAL_MACHINE\SOFTWARE\ASIP\Cryptolib CPS";
const OWN_32: &str = r"HKEY_LOCAL_MACHINE\SOFTWARE\WOW6432Node\ASIP\Cryptolib CPS";
const UNINSTALL: &str = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\{CPS}";
const INTERNET: &str = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Internet Settings";

fn gone(path: &str) {
    fs::remove_file(path).unwrap();
}

/// What is broken, how, what is said of the whole, and what is told that was not told before.
type Break = (&'static str, fn(&mut Workstation), &'static str, &'static [&'static str]);

const BREAKS: &[Break] = &[
    (
        "the module is gone",
        |_| gone(MODULE),
        "not-ready",
        &[
            "cryptolib-files-complete missing",
            "firefox-module-path-valid dangling",
            "firefox-native-manifest dead-path",
            "no edge",
            "no firefox",
        ],
    ),
    (
        "the provider's library is gone",
        |_| gone(r"C:\windows\system32\cps3_csp_w64.dll"),
        "ready-with-reservation",
        &["cryptolib-files-complete missing", "csp-registered file-missing", "no edge"],
    ),
    (
        "the table of texts is gone",
        |_| gone(r"C:\windows\DICO-FR.GIP"),
        "ready",
        &["cryptolib-files-complete optional"],
    ),
    (
        "an old Cryptolib",
        |it| {
            for key in [OWN, OWN_32] {
                it.wine.value(key, "Version", Text("5.0.44"));
            }
            it.wine.value(UNINSTALL, "DisplayName", Text("Composants Cryptographiques CPS v5.0.44 (x64)"));
        },
        "ready-with-reservation",
        &["cryptolib-version-min flaw"],
    ),
    (
        "no version anywhere",
        |it| {
            it.wine.without(OWN).without(OWN_32).without(UNINSTALL);
        },
        "ready",
        &["cryptolib-installed no-receipt", "cryptolib-version-readable none"],
    ),
    (
        "a version of a wrong type",
        |it| {
            it.wine.value(OWN, "Version", Bytes("FFFF"));
        },
        "ready",
        &[],
    ),
    (
        "the 32-bit package alone",
        |it| {
            for file in [MODULE, r"C:\windows\system32\cps3_csp_w64.dll", r"C:\windows\cptabw64.dll"] {
                gone(file);
            }
            it.wine
                .without(OWN)
                .without(&format!(r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Cryptography\Defaults\Provider\{PROVIDER}"));
            it.wine.value(UNINSTALL, "DisplayName", Text("Composants Cryptographiques CPS v5.2.2"));
        },
        "not-ready",
        &[
            "cryptolib-bitness browser-64",
            "csp-registered absent",
            "firefox-module-path-valid dangling",
            "firefox-native-manifest dead-path",
            "no edge",
            "no firefox",
        ],
    ),
    (
        "no provider registered",
        |it| {
            for view in [r"SOFTWARE", r"SOFTWARE\WOW6432Node"] {
                it.wine.without(&format!(
                    r"HKEY_LOCAL_MACHINE\{view}\Microsoft\Cryptography\Defaults\Provider\{PROVIDER}"
                ));
            }
        },
        "ready-with-reservation",
        &["csp-registered absent", "no edge"],
    ),
    (
        "the card is not in the table of Windows",
        |it| {
            for view in [r"SOFTWARE", r"SOFTWARE\WOW6432Node"] {
                it.wine.without(&format!(
                    r"HKEY_LOCAL_MACHINE\{view}\{CALAIS}\SmartCards\Carte de Professionnel de Sante CPS3"
                ));
            }
        },
        "ready-with-reservation",
        &["calais-atr-match none", "no edge"],
    ),
    (
        "a minidriver takes the card",
        |it| {
            let key = format!(r"HKEY_LOCAL_MACHINE\SOFTWARE\{CALAIS}\SmartCards\Minidriver CPS");
            it.wine.key(&key, &[("ATR", Bytes("3B9B188001001225006480040100009044")), ("80000001", Text("cpsmd.dll"))]);
        },
        "ready",
        &["minidriver-conflict both"],
    ),
    (
        "the override of 2025 is off",
        |it| {
            it.wine.value(&format!(r"HKEY_LOCAL_MACHINE\SOFTWARE\{CALAIS}"), "DisableCapiOverrideForRSA", Number(0));
        },
        "ready-with-reservation",
        &["windows-csp-override bypass"],
    ),
    (
        "the service of cards is disabled",
        |it| {
            it.wine.value(r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\SCardSvr", "Start", Number(4));
        },
        "ready-with-reservation",
        &["pcsc-service-startup disabled"],
    ),
    (
        "the service of devices is disabled",
        |it| {
            it.wine.value(r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\ScDeviceEnum", "Start", Number(4));
        },
        "ready",
        &["scdeviceenum-startup disabled"],
    ),
    ("no authority is known", |it| it.stored.truncate(2), "ready-with-reservation", &["igc-roots-present missing"]),
    (
        "Firefox has no module",
        |it| {
            let file = format!(r"{}\Profiles\marie\pkcs11.txt", profiles());
            it.wine.file(file, b"");
            it.wine.file(
                format!(r"{}\Profiles\marie\extensions.json", profiles()),
                b"{\"schemaVersion\":37,\"addons\":[]}",
            );
            it.wine.without(r"HKEY_LOCAL_MACHINE\SOFTWARE\Mozilla\PKCS11Modules\cps3");
        },
        "ready",
        &["firefox-module-registered system-instead", "firefox-webextension absent"],
    ),
    (
        "the extension is off",
        |it| {
            it.wine.file(format!(r"{}\Profiles\marie\pkcs11.txt", profiles()), b"");
            it.wine.file(format!(r"{}\Profiles\marie\extensions.json", profiles()), extension(false).as_bytes());
        },
        "ready",
        &["firefox-module-registered system-instead", "firefox-webextension disabled"],
    ),
    (
        "Firefox has a module that is gone",
        |it| {
            it.wine.file(
                format!(r"{}\Profiles\marie\extensions.json", profiles()),
                b"{\"schemaVersion\":37,\"addons\":[]}",
            );
            let file = format!(r"{}\Profiles\marie\pkcs11.txt", profiles());
            it.wine.file(file, b"library=C:\\old\\cps3_pkcs11_w64.dll\nname=CPS\n\n");
        },
        "ready",
        &["firefox-module-path-valid dangling"],
    ),
    (
        "Firefox is default and was never opened",
        |it| {
            let key =
                r"HKEY_CURRENT_USER\SOFTWARE\Microsoft\Windows\Shell\Associations\UrlAssociations\https\UserChoice";
            it.wine.value(key, "ProgId", Text("FirefoxURL-308046B0AF4A39CB"));
            gone(&format!(r"{}\profiles.ini", profiles()));
        },
        "ready-with-reservation",
        &["firefox-module-registered never-opened", "no firefox"],
    ),
    (
        "an old Firefox that is default",
        |it| {
            let key =
                r"HKEY_CURRENT_USER\SOFTWARE\Microsoft\Windows\Shell\Associations\UrlAssociations\https\UserChoice";
            it.wine.value(key, "ProgId", Text("FirefoxURL-308046B0AF4A39CB"));
            it.wine.file(FIREFOX, &program([52, 9, 0, 0]));
        },
        "ready-with-reservation",
        &["browser-version-min too-old"],
    ),
    (
        "the manifest is no JSON",
        |it| {
            it.wine.file(format!(r"{}\Profiles\marie\pkcs11.txt", profiles()), b"");
            it.wine.file(r"C:\ProgramData\santesocial\cps\cps3.json", b"{");
        },
        "ready",
        &["firefox-module-registered system-instead", "firefox-native-manifest malformed"],
    ),
    (
        "the management takes the module out of Firefox",
        |it| {
            it.wine.key(
                r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Mozilla\Firefox\SecurityDevices\Delete",
                &[("1", Text("Module de s\u{e9}curit\u{e9} CPS"))],
            );
            it.wine.file(
                format!(r"{}\Profiles\marie\extensions.json", profiles()),
                b"{\"schemaVersion\":37,\"addons\":[]}",
            );
        },
        "ready",
        &["firefox-module-registered system-instead", "firefox-webextension absent"],
    ),
    (
        "Windows 7",
        |it| {
            let system = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion";
            it.wine.value(system, "ProductName", Text("Windows 7 Professional")).value(
                system,
                "CurrentBuild",
                Text("7601"),
            );
            it.wine.value(system, "CurrentMajorVersionNumber", Number(6)).value(
                system,
                "CurrentMinorVersionNumber",
                Number(1),
            );
        },
        "ready",
        &["os-supported too-old"],
    ),
    (
        "Windows 10 after its end",
        |it| windows_10(it, "Windows 10 Pro", "19045", 6456),
        "ready",
        &["os-supported support-ended"],
    ),
    ("Windows 10 whose updates somebody pays for", |it| windows_10(it, "Windows 10 Pro", "19045", 7000), "ready", &[]),
    (
        "Windows 10 of the long-term channel",
        |it| windows_10(it, "Windows 10 Enterprise LTSC 2021", "19044", 6456),
        "ready",
        &[],
    ),
    (
        "smart app control that looks on",
        |it| {
            let key = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\CI\Policy";
            it.wine.key(key, &[("VerifiedAndReputablePolicyState", Number(2))]);
        },
        "ready",
        &["smart-app-control evaluation"],
    ),
    (
        "a proxy of a wrong type",
        |it| {
            it.wine.value(INTERNET, "ProxyEnable", Text("oui"));
        },
        "ready",
        &["proxy-config unreadable"],
    ),
    (
        "a restart is pending, with files of the Cryptolib",
        |it| {
            it.wine.key(
                r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending",
                &[],
            );
        },
        "ready",
        &["pending-reboot pending"],
    ),
    (
        "remains of 3.06",
        |it| {
            it.wine.file(r"C:\windows\syswow64\cps_csp_w32.dll", b"old");
            it.wine.key(r"HKEY_LOCAL_MACHINE\SOFTWARE\WOW6432Node\ASIP SANTE", &[]);
            it.wine.key(r"HKEY_LOCAL_MACHINE\SOFTWARE\WOW6432Node\ASIP SANTE\Cryptolib CPS\3.06.000", &[]);
        },
        "ready",
        &["cryptolib-leftovers found", "cryptolib-version-readable disagree"],
    ),
    (
        "another copy of the module",
        |it| {
            it.wine.file(r"C:\Program Files\Logiciel\cps3_pkcs11_w64.dll", &program([3, 1, 0, 0]));
        },
        "ready",
        &["cryptolib-duplicates other-version"],
    ),
    (
        "traces are on",
        |it| {
            it.wine.key(r"HKEY_CURRENT_USER\Software\ASIP Sante\PKCS11", &[("Traces", Number(1))]);
        },
        "ready",
        &["cryptolib-traces-off on"],
    ),
    (
        "a proxy that is a script",
        |it| {
            it.wine.value(INTERNET, "AutoConfigURL", Text("http://pac.example/p.pac"));
        },
        "ready",
        &[],
    ),
    (
        "the manager of certificates does not run",
        |it| it.ccm.take().unwrap().kill().unwrap(),
        "ready",
        &["ccm-running certificate-there", "certpropsvc-startup already-copied"],
    ),
    (
        "the manifest allows no extension",
        |it| {
            it.wine.file(format!(r"{}\Profiles\marie\pkcs11.txt", profiles()), b"");
            let manifest = serde_json::json!({
                "name": "cps3", "description": "CPS", "type": "pkcs11", "path": MODULE, "allowed_extensions": []
            });
            it.wine.file(r"C:\ProgramData\santesocial\cps\cps3.json", manifest.to_string().as_bytes());
        },
        "ready",
        &["firefox-module-registered system-instead", "firefox-native-manifest not-allowed"],
    ),
    (
        "a rule of Edge that is no JSON",
        |it| {
            let key = r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\Edge\AutoSelectCertificateForUrls";
            it.wine.key(key, &[("1", Text("pas du JSON"))]);
        },
        "ready",
        &["browser-autoselect-policy malformed"],
    ),
    (
        "an old extension",
        |it| {
            let text = extension(true).replace("6.0.21", "5.9.1");
            it.wine.file(format!(r"{}\Profiles\marie\extensions.json", profiles()), text.as_bytes());
        },
        "ready",
        &["firefox-webextension old"],
    ),
];

fn windows_10(it: &mut Workstation, name: &'static str, build: &'static str, revision: u32) {
    let system = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion";
    it.wine.value(system, "ProductName", Text(name)).value(system, "CurrentBuild", Text(build));
    it.wine.value(system, "UBR", Number(revision));
}

fn profiles() -> String {
    format!(r"{}\Mozilla\Firefox", std::env::var("APPDATA").unwrap())
}

/// Breaks that take the module away: the virtual card's own is no longer there either.
const WITHOUT_MODULE: [&str; 2] = ["the module is gone", "the 32-bit package alone"];

#[test]
fn a_healthy_workstation_is_ready_and_each_break_is_told() {
    if authorities().is_none() {
        return println!("skipped: the certificates of the authorities are not beside the checkout");
    }
    let Some(workstation) = Workstation::healthy() else { return };
    let healthy = workstation.judged(true);
    drop(workstation);
    assert_eq!(healthy.outcome, "ready", "{:?}", healthy.told);
    let told: Vec<_> = healthy.told.iter().map(String::as_str).collect();
    // what Wine is: its service of cards does not run, the tests are root's; and how ANS delivers it
    let usual = [
        "auth-cert-provider-kind no-tls-13",
        "certpropsvc-startup ccm-instead",
        "firefox-module-duplicate twice",
        "pcsc-service-running idle",
        "user-context elevated",
    ];
    assert_eq!(told, usual);
    let mut wrong = Vec::new();
    for (what, how, outcome, told) in BREAKS {
        let mut workstation = Workstation::healthy().unwrap();
        how(&mut workstation);
        let judged = workstation.judged(!WITHOUT_MODULE.contains(what));
        let new: Vec<_> = judged.told.difference(&healthy.told).map(String::as_str).collect();
        if (judged.outcome.as_str(), new.as_slice()) != (*outcome, *told) {
            wrong.push(format!("{what}: {} {new:?}", judged.outcome));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
