//! The Cryptolib: installed, half installed, broken; its providers, cards and certificates.

use std::fs;

use cpx_card::internal::workstation::facts::{
    Architecture, FileUse, ProviderKind, RegistryView, SignatureState, StoreLocation, VersionSource,
};
use cpx_card::internal::workstation::windows;

use crate::registry::Value::{Bytes, Number, Text, Units};
use crate::stores::Stored;
use crate::wine::Wine;

const OWN: &str = r"HKEY_LOCAL_MACHINE\SOFTWARE\ASIP\Cryptolib CPS";
const OWN_32: &str = r"HKEY_LOCAL_MACHINE\SOFTWARE\WOW6432Node\ASIP\Cryptolib CPS";
const UNINSTALL: &str = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\{essai}";
const CALAIS: &str = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Cryptography\Calais";
const PROVIDERS: &str = r"Microsoft\Cryptography\Defaults\Provider\ASIP Sante Cryptographic Provider";

fn fixture(path: &str) -> Vec<u8> {
    fs::read(format!("{}/../../fixtures/pki/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn an_installed_cryptolib_is_told_from_every_source() {
    let Some(wine) = &mut Wine::prefix() else { return };
    // a library that somebody else made, with a version resource
    let library = fs::read(r"C:\windows\system32\kernel32.dll").unwrap();
    wine.file(r"C:\windows\system32\cps3_pkcs11_w64.dll", &library)
        .file(r"C:\windows\system32\cps3_csp_w64.dll", &library)
        .file(r"C:\windows\syswow64\cps3_pkcs11_w32.dll", b"MZ and nothing else")
        .file(r"C:\Program Files\Logiciel\cps3_pkcs11_w64.dll", &library)
        .file(r"C:\ProgramData\santesocial\cps\cache\vide", b"")
        .file(r"C:\ProgramData\santesocial\cps\log\cps3p11_1_1.log", &[b'x'; 1000])
        .key(OWN, &[("Version", Text("5.2.2")), ("InstallDir", Text(r"C:\CPS"))])
        .key(OWN_32, &[("Version", Text("5.1.8"))])
        .key(UNINSTALL, &[("DisplayName", Text("Composants Cryptographiques CPS v5.2.2 (x64)"))])
        .key(r"HKEY_CURRENT_USER\Software\ASIP Sante\PKCS11", &[("Traces", Number(1))]);
    let cryptolib = windows::cryptolib();
    let cryptolib = cryptolib.seen().unwrap();
    let told: Vec<_> = cryptolib.versions.iter().map(|told| (told.source, told.version.as_str())).collect();
    assert_eq!(
        told[..3],
        [
            (VersionSource::Registry64, "5.2.2"),
            (VersionSource::Registry32, "5.1.8"),
            (VersionSource::Uninstall, "5.2.2")
        ]
    );
    assert_eq!(told[3].0, VersionSource::ModuleFile);
    let modules: Vec<_> = cryptolib.files.iter().filter(|file| file.needed_for == FileUse::Module).collect();
    assert!(modules.iter().all(|module| module.present) && modules.len() == 2);
    let missing: Vec<_> = cryptolib.files.iter().filter(|file| !file.present).map(|file| file.path.as_str()).collect();
    assert!(missing.contains(&r"C:\CPS\CCM.exe"), "{missing:?}");
    assert_eq!(cryptolib.copies.iter().map(|copy| copy.official).collect::<Vec<_>>(), [true, true, false]);
    assert_eq!(cryptolib.copies[0].architectures, [Architecture::X86_64]);
    assert_eq!(cryptolib.copies[0].sha256, cryptolib.copies[2].sha256);
    assert!(cryptolib.copies[1].architectures.is_empty() && cryptolib.copies[1].version.is_none());
    let cache = cryptolib.cache.seen().unwrap();
    assert_eq!((cache.present, cache.writable, cache.empty_files), (true, Some(true), 1));
    let traces = cryptolib.traces.seen().unwrap();
    assert_eq!((traces.on, traces.log_bytes), (true, 1000));
    assert!(traces.free_bytes.is_some_and(|free| free > 0));
    let signatures = cryptolib.signatures.seen().unwrap();
    assert!(signatures.iter().all(|signature| signature.state == SignatureState::Absent), "{signatures:?}");
    assert_eq!(signatures.len(), 2);
}

#[test]
fn no_cryptolib_is_seen_as_none() {
    let Some(_wine) = Wine::prefix() else { return };
    let cryptolib = windows::cryptolib();
    let cryptolib = cryptolib.seen().unwrap();
    assert!(cryptolib.versions.is_empty() && cryptolib.copies.is_empty());
    assert!(cryptolib.files.iter().filter(|file| file.needed_for == FileUse::Module).all(|file| !file.present));
    assert_eq!((cryptolib.minidriver.seen(), cryptolib.leftovers.seen()), (Some(&false), Some(&Vec::new())));
}

#[test]
fn broken_values_are_told_as_they_are() {
    let Some(wine) = &mut Wine::prefix() else { return };
    // a number, as up to version 4; a text that is no UTF-16; one that is too long: each is told, and hides nothing else
    for value in [Number(522), Units(&[0xD800, 0]), Units(&[0x41; 200_000])] {
        wine.key(OWN, &[("Version", value), ("InstallDir", Text(r"C:\CPS"))]);
        let cryptolib = windows::cryptolib();
        let cryptolib = cryptolib.seen().unwrap();
        assert!(cryptolib.versions.is_empty(), "{:?}", cryptolib.versions);
        assert_eq!(cryptolib.unreadable, [r"HKLM\SOFTWARE\ASIP\Cryptolib CPS: Version"]);
        assert!(cryptolib.files.iter().any(|file| file.path == r"C:\CPS\CCM.exe"));
    }
}

#[test]
fn leftovers_and_the_minidriver_are_told() {
    let Some(wine) = &mut Wine::prefix() else { return };
    wine.file(r"C:\windows\syswow64\cps_csp_w32.dll", b"old")
        .key(r"HKEY_LOCAL_MACHINE\SOFTWARE\WOW6432Node\GIP-CPS", &[("x", Text("y"))])
        .key(
            &format!(r"{CALAIS}\SmartCards\Minidriver CPS"),
            &[("ATR", Bytes("3B9B188001001225006480040100009044")), ("80000001", Text("cpsmd.dll"))],
        );
    let cryptolib = windows::cryptolib();
    let cryptolib = cryptolib.seen().unwrap();
    assert_eq!(cryptolib.leftovers.seen().map(Vec::len), Some(2), "{:?}", cryptolib.leftovers);
    assert_eq!(cryptolib.minidriver.seen(), Some(&true));
}

#[test]
fn providers_and_cards_are_told_in_both_views() {
    let Some(wine) = &mut Wine::prefix() else { return };
    wine.file(r"C:\windows\system32\cps3_csp_w64.dll", b"MZ")
        .key(
            &format!(r"HKEY_LOCAL_MACHINE\SOFTWARE\{PROVIDERS}"),
            &[("Image Path", Text(r"C:\Windows\System32\cps3_csp_w64.dll")), ("Type", Number(1))],
        )
        .key(
            &format!(r"HKEY_LOCAL_MACHINE\SOFTWARE\WOW6432Node\{PROVIDERS}"),
            &[("Image Path", Text(r"C:\Windows\System32\cps3_csp_w32.dll")), ("Type", Number(1))],
        )
        .key(CALAIS, &[("DisableCapiOverrideForRSA", Number(0))])
        .key(
            &format!(r"{CALAIS}\SmartCards\Carte de Professionnel de Sante CPS3"),
            &[
                ("ATR", Bytes("3B00000000001225006480000000009000")),
                ("ATRMask", Bytes("FF00000000FFFFFFFFFFFF000000FFFFFF")),
                ("Crypto Provider", Text("ASIP Sante Cryptographic Provider")),
            ],
        )
        .key(&format!(r"{CALAIS}\SmartCards\Texte"), &[("ATR", Text("3B00"))]);
    let crypto = windows::windows_crypto();
    let crypto = crypto.seen().unwrap();
    assert_eq!(crypto.capi_override.seen(), Some(&Some(0)));
    let providers: Vec<_> =
        crypto.providers.seen().unwrap().iter().map(|provider| (provider.view, provider.image_present)).collect();
    assert_eq!(providers, [(RegistryView::Bits64, true), (RegistryView::Bits32, false)]);
    let cards = crypto.cards.seen().unwrap();
    let card = cards.iter().find(|card| card.name.ends_with("CPS3")).unwrap();
    assert_eq!(
        (card.atr.as_str(), card.mask.as_str()),
        ("3B00000000001225006480000000009000", "FF00000000FFFFFFFFFFFF000000FFFFFF")
    );
    assert_eq!(card.provider.as_deref(), Some("ASIP Sante Cryptographic Provider"));
    assert!(!cards.iter().any(|card| card.name == "Texte"));
}

#[test]
fn certificates_of_cards_are_told_with_their_providers() {
    let Some(_wine) = Wine::prefix() else { return };
    let of_card = fixture("certificates/cps-medecin.auth.der");
    let _card = Stored::put("My", &of_card, Some(("ASIP Sante Cryptographic Provider", 1)));
    let signing = fixture("certificates/cps-medecin.sign.der");
    let _ksp = Stored::put("My", &signing, Some(("Microsoft Smart Card Key Storage Provider", 0)));
    let certificates = windows::stored_certificates();
    let certificates = certificates.seen().unwrap();
    assert_eq!(certificates.len(), 2, "{certificates:?}");
    let find = |kind| certificates.iter().find(|one| one.provider_kind == Some(kind)).unwrap();
    let csp = find(ProviderKind::Csp);
    assert_eq!(csp.location, StoreLocation::CurrentUser);
    assert_eq!(csp.provider.as_deref(), Some("ASIP Sante Cryptographic Provider"));
    assert_eq!(csp.issuer, "AC FORT PERSONNES");
    assert!(csp.card_number.as_ref().is_some_and(|number| number.reveal().len() == 10));
    assert!(csp.not_after > 1_700_000_000 && csp.fingerprint.reveal().len() == 40);
    assert_eq!(find(ProviderKind::Ksp).provider.as_deref(), Some("Microsoft Smart Card Key Storage Provider"));
}

#[test]
fn trusted_authorities_are_told_by_their_fingerprints() {
    let Some(_wine) = Wine::prefix() else { return };
    let fort = Stored::put("CA", &fixture("authorities/fort-personnes.der"), None);
    let root = Stored::put("Root", &fixture("authorities/racine-fort.der"), None);
    // openssl x509 -fingerprint -sha1
    let expected =
        ["046f908c16b118b67e5b1c90339c16de8fbe9150".to_owned(), "ecbea2b364dac67eed635da462dd6e9e99a8a8fa".to_owned()];
    assert_eq!(windows::trusted_authorities().seen(), Some(&expected.to_vec()));
    drop((fort, root));
    assert_eq!(windows::trusted_authorities().seen(), Some(&Vec::new()));
}
