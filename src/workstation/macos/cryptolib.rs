//! The Cryptolib CPS and its parts (middleware.md sections 1 and 7).

use std::path::{Path, PathBuf};

use super::cards::has_application;
use crate::workstation::facts::{Cryptolib, FileUse, ModuleCopy, Signature, SignatureState, VersionTold};
use crate::workstation::trace_settings::traces;
use crate::workstation::{Machine, Observed, Reason, adm_files, counted_folder, cryptolib_package};

const MODULE: &str = "/usr/local/lib/libcps3_pkcs11_osx.dylib";
const SETTINGS: &str = "/Library/Preferences/santesocial/CPS/cps3_pkcs11.conf";
const CACHE: &str = "/Library/Caches/santesocial/CPS";
const INSTALLER: &str = "/Library/Application Support/santesocial/commun/adm";
const PACKAGE: &str = "fr.asipsante.pkg.cryptolibCPS";

/// Where the package puts what, and what for. The module was seen to work without all that is optional here.
const FILES: [(&str, FileUse); 9] = [
    (MODULE, FileUse::Module),
    ("/Library/Frameworks/cptabosx.framework", FileUse::Optional),
    (SETTINGS, FileUse::Optional),
    ("/Library/Preferences/DICO-FR.GIP", FileUse::Optional),
    ("/Library/Preferences/santesocial/CPS/coffre", FileUse::Optional),
    (CACHE, FileUse::Optional),
    ("/Library/Application Support/Mozilla/PKCS11Modules/cps3.json", FileUse::Optional),
    ("/Library/PreferencePanes/PrefsCPS.prefPane", FileUse::Optional),
    ("/Applications/cpgesosx.app", FileUse::Optional),
];

/// What former versions left.
const LEFTOVERS: [&str; 8] = [
    "/Library/Security/tokend/CPS3.tokend",
    "/usr/local/libexec/SmartCardServices/drivers/GALSSDriver.bundle",
    "/Library/LaunchDaemons/fr.asipsante.startpcscd.plist",
    "/Library/LaunchAgents/fr.asipsante.startpcscd.plist",
    FORMER_MODULE,
    "/Library/Frameworks/cpsosx.framework",
    "/Library/Frameworks/sscasosx.framework",
    "/private/etc/reader.conf",
];

const FORMER_MODULE: &str = "/usr/lib/libcps3_pkcs11_osx.dylib";

/// Folders where software brought a copy of the module.
const FOLDERS: [&str; 4] = ["/usr/local/lib", "/usr/lib", "/usr/local/galss", "/opt/homebrew/lib"];

const PKGUTIL: [&str; 1] = ["/usr/sbin/pkgutil"];
const CODESIGN: [&str; 1] = ["/usr/bin/codesign"];

/// The Cryptolib of this Mac. Starts `pkgutil`, and `codesign` twice where the module is there.
pub fn collect(machine: &Machine) -> Observed<Cryptolib> {
    let versions = versions(machine);
    let is_installed = !versions.is_empty() || machine.has(MODULE);
    let leftovers = LEFTOVERS.iter().filter(|path| machine.has(path)).map(|path| (*path).to_owned());
    Observed::Seen(Cryptolib {
        versions,
        files: cryptolib_package::files(machine, FILES),
        copies: copies(machine),
        cache: Observed::Seen(counted_folder::access(machine, CACHE)),
        traces: Observed::Seen(traces(machine, SETTINGS, &log_folders(machine))),
        signatures: signatures(machine).into(),
        leftovers: Observed::Seen(leftovers.collect()),
        unreadable: Vec::new(),
        minidriver: Observed::Seen(has_application(machine) && !is_installed),
    })
}

fn versions(machine: &Machine) -> Vec<VersionTold> {
    let receipt = machine.run(&PKGUTIL, &["--pkg-info", PACKAGE]).ok().filter(|said| said.success);
    let package = receipt.and_then(|said| receipt_version(&said.text()));
    let installer = adm_files::version(machine, INSTALLER);
    cryptolib_package::versions(package, installer)
}

/// `version: 5.2.1` among what `pkgutil --pkg-info` says.
fn receipt_version(said: &str) -> Option<String> {
    let version = said.lines().find_map(|line| line.strip_prefix("version:"))?.trim();
    (!version.is_empty()).then(|| version.to_owned())
}

fn copies(machine: &Machine) -> Vec<ModuleCopy> {
    let found = FOLDERS.iter().flat_map(|folder| cryptolib_package::named(machine, Path::new(folder)));
    cryptolib_package::copies(machine, found, &[MODULE])
}

/// Programs that macOS confines write their logs elsewhere.
fn log_folders(machine: &Machine) -> Vec<PathBuf> {
    let of_user = machine.home().map(|home| machine.path(home.join("Library/Logs/santesocial/CPS")));
    let confined = machine.variable("TMPDIR").map(|folder| machine.path(folder).join("Logs/PKCS11"));
    of_user.into_iter().chain(confined).collect()
}

/// The signature of the module; nothing where there is no module.
fn signatures(machine: &Machine) -> Result<Vec<Signature>, Reason> {
    let module = machine.path(MODULE);
    let (true, Some(path)) = (module.exists(), module.to_str()) else { return Ok(Vec::new()) };
    let verified = machine.run_for_errors(&CODESIGN, &["--verify", "--verbose=2", path])?;
    let described = machine.run_for_errors(&CODESIGN, &["--display", "--verbose=2", path]);
    let described = described.map(|said| said.text()).unwrap_or_default();
    Ok(vec![Signature {
        path: MODULE.to_owned(),
        state: signature_state(verified.success, &verified.text()),
        signer: signer(&described),
        team: team(&described),
    }])
}

fn signature_state(success: bool, said: &str) -> SignatureState {
    match said {
        _ if success => SignatureState::Valid,
        said if said.contains("not signed at all") => SignatureState::Absent,
        said if said.contains("CSSMERR_TP_CERT_EXPIRED") => SignatureState::SignerExpired,
        "" => SignatureState::Unknown,
        _ => SignatureState::Bad,
    }
}

/// The first `Authority=` is the signer, the others are those above it.
fn signer(said: &str) -> Option<String> {
    said.lines().find_map(|line| line.strip_prefix("Authority=")).map(str::to_owned)
}

/// The team that the signature names; what is not signed by one says `not set`.
fn team(said: &str) -> Option<String> {
    let team = said.lines().find_map(|line| line.strip_prefix("TeamIdentifier="))?.trim();
    (team.len() == 10 && team.bytes().all(|byte| byte.is_ascii_alphanumeric())).then(|| team.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn receipts_tell_the_version() {
        let said = "package-id: fr.asipsante.pkg.cryptolibCPS\nversion: 5.2.1\nvolume: /\nlocation: \ninstall-time: 1724400000\n";
        assert_eq!(receipt_version(said).as_deref(), Some("5.2.1"));
        assert_eq!(receipt_version("No receipt for 'fr.asipsante.pkg.cryptolibCPS' found at '/'.\n"), None);
    }

    #[test]
    fn signatures_are_told_as_codesign_tells_them() {
        let absent = "/usr/local/lib/x.dylib: code object is not signed at all\nIn architecture: arm64\n";
        let changed = "/usr/local/lib/x.dylib: invalid signature (code or signature have been modified)\n";
        assert_eq!(signature_state(true, "/x: valid on disk\n"), SignatureState::Valid);
        assert_eq!(signature_state(false, absent), SignatureState::Absent);
        assert_eq!(signature_state(false, changed), SignatureState::Bad);
        assert_eq!(signature_state(false, ""), SignatureState::Unknown);
        let described = "Identifier=libcps3_pkcs11_osx\nAuthority=Developer ID Application: AGENCE DU NUMERIQUE EN SANTE \
                         (ABCDE12345)\nAuthority=Developer ID Certification Authority\n";
        assert_eq!(team("TeamIdentifier=Y8WQ8FQ7KH\n").as_deref(), Some("Y8WQ8FQ7KH"));
        assert_eq!((team("TeamIdentifier=not set\n"), team(described)), (None, None));
        assert_eq!(signer(described).unwrap(), "Developer ID Application: AGENCE DU NUMERIQUE EN SANTE (ABCDE12345)");
    }
}
