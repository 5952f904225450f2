//! The collectors of macOS on a Mac made up of files and tools: ANS's package laid out by names, and tools that say what
//! Apple's say. Well, and broken one thing at a time.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use cpx_card::internal::workstation::facts::{Architecture, Family, SignatureState};
use cpx_card::internal::workstation::network::{ProxyOrigin, ProxySource};
use cpx_card::internal::workstation::{Unseen, macos};

use crate::workstation_linux::MadeUp;

const MODULE: &str = "/usr/local/lib/libcps3_pkcs11_osx.dylib";
const READER: &str =
    r##"{"SPSmartCardsDataType": [{"_name": "READERS", "#01": "Ingenico TL TELIUM(1) (no card present)"}]}"##;

/// A Mac as ANS's package 5.2.1 leaves it, on Apple silicon, with CPS Gestion opened once.
fn healthy() -> MadeUp {
    let mac = MadeUp::new();
    let mut places = csv::Reader::from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/ans/places.csv")).unwrap();
    for row in places.records().map(Result::unwrap).filter(|row| &row[0] == "macos") {
        match &row[1] {
            // the module makes its cache itself
            "folder" if !row[2].contains("/Caches/") => drop(mac.folder(&row[2])),
            "file" if Path::new(&row[2]).extension().is_some_and(|ending| ending == "adm") => {
                mac.file(&row[2], "050201\nINSTALLEUR_CRYPTOLIB_CPS_64B");
            }
            "file" => drop(mac.file(&row[2], "x")),
            _ => {}
        }
    }
    mac.file(
        "/System/Library/CoreServices/SystemVersion.plist",
        "<plist><dict><key>ProductName</key><string>macOS</string><key>ProductVersion</key><string>26.1</string></dict></plist>",
    )
    .folder("/Applications/CPSGestion.app")
    .folder("/Library/Apple/usr/share/rosetta/rosetta")
    .tool("/usr/sbin/sysctl", r"printf 'hw.optional.arm64: 1\nhw.machine: arm64\nhw.model: MacBookAir10,1\n'")
    .tool("/usr/sbin/pkgutil", r"printf 'package-id: fr.asipsante.pkg.cryptolibCPS\nversion: 5.2.1\nvolume: /\n'")
    .tool(
        "/usr/bin/codesign",
        r"printf 'Authority=Developer ID Application: ANS (Y8WQ8FQ7KH)\nTeamIdentifier=Y8WQ8FQ7KH\n' >&2",
    )
    .tool("/usr/bin/pluginkit", "echo '+    fr.asip.esante.autrenom.Token(1.0)'")
    .tool("/usr/bin/security", "echo 'fr.asip.esante.autrenom.Token:0123456789'")
    .tool("/usr/bin/defaults", "exit 1")
    .tool("/usr/sbin/system_profiler", &format!("cat <<'END'\n{READER}\nEND"))
    .tool("/usr/sbin/scutil", r"printf '<dictionary> {\n  FTPPassive : 1\n}\n'");
    mac
}

fn proxy(mac: &MadeUp) -> ProxySource {
    let found = macos::proxies(&mac.machine());
    found.seen().unwrap_or_else(|| panic!("{found:?}"))[0].clone()
}

#[test]
fn a_healthy_mac_is_seen_as_it_is() {
    let mac = healthy();
    let machine = mac.machine();
    let system = macos::system(&machine);
    let system = system.seen().unwrap();
    assert_eq!((system.family, system.version.as_str()), (Family::Macos, "26.1"), "newer than any table, and told");
    assert_eq!((system.architecture, system.portable), (Some(Architecture::Arm64), Some(true)));
    let cryptolib = macos::cryptolib(&machine);
    let cryptolib = cryptolib.seen().unwrap();
    assert!(cryptolib.versions.iter().all(|told| told.version == "5.2.1") && cryptolib.versions.len() == 2);
    let missing: Vec<_> = cryptolib.files.iter().filter(|file| !file.present).map(|file| file.path.as_str()).collect();
    assert_eq!(missing, ["/Library/Caches/santesocial/CPS"], "the package does not make it");
    assert_eq!(cryptolib.leftovers.seen(), Some(&Vec::new()));
    let signature = &cryptolib.signatures.seen().unwrap()[0];
    assert_eq!((signature.state, signature.team.as_deref()), (SignatureState::Valid, Some("Y8WQ8FQ7KH")));
    let cards = macos::cards(&machine);
    let cards = cards.seen().unwrap();
    assert!(cards.ctk_application && cards.rosetta == Some(true));
    assert_eq!(cards.tokens.seen().unwrap()[0].driver, "fr.asip.esante.autrenom.Token");
    assert_eq!(cards.readers.seen().unwrap(), &["Ingenico TL TELIUM(1)"]);
    assert_eq!(cards.former_ccid_driver, None);
    assert_eq!(proxy(&mac), ProxySource::new(ProxyOrigin::Macos));
}

#[test]
fn what_breaks_on_a_mac_is_told_one_thing_at_a_time() {
    // the module gone, signed by somebody else, changed
    let mac = healthy();
    std::fs::remove_file(mac.place(MODULE)).unwrap();
    assert!(macos::cryptolib(&mac.machine()).seen().unwrap().signatures.seen().unwrap().is_empty());
    let mac = healthy();
    mac.tool("/usr/bin/codesign", r"printf 'Authority=Somebody\nTeamIdentifier=ABCDE12345\n' >&2");
    let found = macos::cryptolib(&mac.machine());
    assert_eq!(found.seen().unwrap().signatures.seen().unwrap()[0].team.as_deref(), Some("ABCDE12345"));
    mac.tool("/usr/bin/codesign", "echo 'x: invalid signature (code or signature have been modified)' >&2; exit 1");
    let found = macos::cryptolib(&mac.machine());
    assert_eq!(found.seen().unwrap().signatures.seen().unwrap()[0].state, SignatureState::Bad);
    // nothing in the receipts: the installer's own note still tells the version
    mac.tool("/usr/sbin/pkgutil", "echo 'No receipt'; exit 1");
    let found = macos::cryptolib(&mac.machine());
    assert_eq!(found.seen().unwrap().versions.len(), 1);
    // no token, no extension, another driver
    mac.tool("/usr/bin/security", "echo 'No smartcards found.'").tool("/usr/bin/pluginkit", "true");
    mac.tool("/usr/bin/defaults", "echo 1").folder("/usr/local/libexec/SmartCardServices/drivers/autre.bundle");
    let cards = macos::cards(&mac.machine());
    let cards = cards.seen().unwrap();
    assert_eq!((cards.tokens.seen().map(Vec::len), cards.ctk_extensions.seen().map(Vec::len)), (Some(0), Some(0)));
    assert_eq!(
        (cards.former_ccid_driver, cards.driver_bundles.as_slice()),
        (Some(true), &["autre.bundle".to_owned()][..])
    );
    // tools that say nonsense, or are not there
    mac.tool("/usr/sbin/system_profiler", "echo nonsense");
    std::fs::remove_file(mac.place("/usr/bin/security")).unwrap();
    let cards = macos::cards(&mac.machine());
    let cards = cards.seen().unwrap();
    assert_eq!(cards.readers.unseen().map(|reason| reason.why), Some(Unseen::Malformed));
    assert_eq!(cards.tokens.unseen().map(|reason| reason.why), Some(Unseen::Absent));
    // what former versions left
    mac.folder("/Library/Security/tokend/CPS3.tokend");
    assert_eq!(macos::cryptolib(&mac.machine()).seen().unwrap().leftovers.seen().map(Vec::len), Some(1));
}

#[test]
fn proxies_of_a_mac_are_those_that_scutil_prints() {
    let mac = healthy();
    mac.tool(
        "/usr/sbin/scutil",
        r"printf '<dictionary> {\n  HTTPSEnable : 1\n  HTTPSPort : 3128\n  HTTPSProxy : proxy.example\n}\n'",
    );
    assert_eq!(proxy(&mac).https.map(|proxy| proxy.port), Some(3128));
    mac.tool(
        "/usr/sbin/scutil",
        r"printf '<dictionary> {\n  ProxyAutoConfigEnable : 1\n  ProxyAutoConfigURLString : http://pac.example/p.pac\n}\n'",
    );
    assert_eq!(proxy(&mac).script.as_deref(), Some("http://pac.example/p.pac"));
    mac.tool("/usr/sbin/scutil", "echo nonsense");
    assert_eq!(macos::proxies(&mac.machine()).unseen().map(|reason| reason.why), Some(Unseen::Malformed));
    std::fs::remove_file(mac.place("/usr/sbin/scutil")).unwrap();
    assert_eq!(macos::proxies(&mac.machine()).unseen().map(|reason| reason.why), Some(Unseen::Absent));
}
