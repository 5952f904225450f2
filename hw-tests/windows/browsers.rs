//! What the registry says of browsers and to them.

use cpx_card::internal::workstation::facts::{Architecture, BrowserKind};
use cpx_card::internal::workstation::windows;

use crate::registry::Value::{Number, Text};
use crate::wine::Wine;

#[test]
fn browsers_are_told_where_their_program_is() {
    let Some(wine) = &mut Wine::prefix() else { return };
    let program = std::fs::read(r"C:\windows\system32\winver.exe").unwrap();
    let clients = r"HKEY_LOCAL_MACHINE\SOFTWARE\Clients\StartMenuInternet";
    wine.file(r"C:\Program Files\Mozilla Firefox\firefox.exe", &program)
        .key(
            &format!(r"{clients}\Firefox-308046B0AF4A39CB\shell\open\command"),
            &[("", Text(r#""C:\Program Files\Mozilla Firefox\firefox.exe""#))],
        )
        .key(&format!(r"{clients}\Google Chrome\shell\open\command"), &[("", Text(r#""C:\gone\chrome.exe""#))])
        .key(
            r"HKEY_CURRENT_USER\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\msedge.exe",
            &[("", Text(r"\\serveur\partage\msedge.exe"))],
        )
        .key(
            r"HKEY_CURRENT_USER\SOFTWARE\Microsoft\Windows\Shell\Associations\UrlAssociations\https\UserChoice",
            &[("ProgId", Text("MSEdgeHTM"))],
        );
    let browsers = windows::browsers_installed();
    let browsers = browsers.seen().unwrap();
    assert!(!browsers.iter().any(|browser| browser.kind == BrowserKind::Chrome), "its program is gone");
    let firefox = browsers.iter().find(|browser| browser.kind == BrowserKind::Firefox).unwrap();
    assert_eq!(firefox.architectures, [Architecture::X86_64]);
    assert!(firefox.version.as_ref().is_some_and(|version| version.split('.').count() == 4), "{firefox:?}");
    let edge = browsers.iter().find(|browser| browser.kind == BrowserKind::Edge).unwrap();
    assert_eq!(
        (edge.path.as_str(), &edge.version),
        (r"\\serveur\partage\msedge.exe", &None),
        "the network is not asked"
    );
    assert_eq!(windows::default_browser().seen(), Some(&BrowserKind::Edge));
}

#[test]
fn policies_and_manifests_are_told() {
    let Some(wine) = &mut Wine::prefix() else { return };
    let policies = r"SOFTWARE\Policies";
    wine.key(
        &format!(r"HKEY_LOCAL_MACHINE\{policies}\Google\Chrome\AutoSelectCertificateForUrls"),
        &[("1", Text(r#"{"pattern":"https://*.esante.gouv.fr","filter":{}}"#))],
    )
    .key(
        &format!(r"HKEY_CURRENT_USER\{policies}\Microsoft\Edge\AutoSelectCertificateForUrls"),
        &[("1", Text("pas du JSON"))],
    )
    .key(
        &format!(r"HKEY_LOCAL_MACHINE\{policies}\Mozilla\Firefox\SecurityDevices\Add"),
        &[("CPS", Text(r"C:\Windows\System32\cps3_pkcs11_w64.dll"))],
    )
    .key(
        &format!(r"HKEY_LOCAL_MACHINE\{policies}\Mozilla\Firefox\Certificates"),
        &[("ImportEnterpriseRoots", Number(1))],
    )
    .key(r"HKEY_LOCAL_MACHINE\SOFTWARE\Mozilla\PKCS11Modules\cps3", &[("", Text(r"C:\CPS\cps3.json"))])
    .key(
        r"HKEY_LOCAL_MACHINE\SOFTWARE\WOW6432Node\Mozilla\PKCS11Modules\cps3_x86",
        &[("", Text(r"C:\CPS\cps3_x86.json"))],
    );
    let told = windows::registry_policies();
    let rules: Vec<_> =
        told.certificate_rules.seen().unwrap().iter().map(|rule| (rule.browser, rule.text.as_str())).collect();
    assert_eq!(
        rules,
        [
            (BrowserKind::Chrome, r#"{"pattern":"https://*.esante.gouv.fr","filter":{}}"#),
            (BrowserKind::Edge, "pas du JSON")
        ]
    );
    assert_eq!(told.firefox.modules.len(), 1);
    assert_eq!(told.firefox.enterprise_roots, Some(true));
    let manifests: Vec<_> =
        told.manifests.seen().unwrap().iter().map(|found| (found.name.as_str(), found.path.as_str())).collect();
    assert_eq!(manifests, [("cps3", r"C:\CPS\cps3.json"), ("cps3_x86", r"C:\CPS\cps3_x86.json")]);
}
