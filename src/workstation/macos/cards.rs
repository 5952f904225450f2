//! What macOS knows of cards: `CryptoTokenKit`, the drivers of readers, Rosetta.

use std::path::PathBuf;

use crate::limits;
use crate::workstation::facts::{Architecture, MacToken, Macos};
use crate::workstation::{Machine, Observed, Reason, Unseen};

const APPLICATIONS: [&str; 2] = ["/Applications/CPSGestion.app", "/Applications/CPS Gestion.app"];
const DRIVERS: &str = "/usr/local/libexec/SmartCardServices/drivers";
const ROSETTA: [&str; 2] =
    ["/Library/Apple/usr/share/rosetta/rosetta", "/Library/Apple/usr/libexec/oah/libRosettaRuntime"];

const PLUGINKIT: [&str; 1] = ["/usr/bin/pluginkit"];
const SECURITY: [&str; 1] = ["/usr/bin/security"];
const DEFAULTS: [&str; 1] = ["/usr/bin/defaults"];
const SYSTEM_PROFILER: [&str; 1] = ["/usr/sbin/system_profiler"];

/// What this Mac knows of cards. Starts `pluginkit`, `security`, `defaults` and `system_profiler`, one after the other:
/// the last one takes a second or two.
pub fn collect(machine: &Machine) -> Observed<Macos> {
    let system = super::system(machine);
    let is_arm = system.seen().is_some_and(|system| system.architecture == Some(Architecture::Arm64));
    let setting = ["read", "/Library/Preferences/com.apple.security.smartcard", "useIFDCCID"];
    let former = machine.run(&DEFAULTS, &setting).ok().filter(|said| said.success);
    Observed::Seen(Macos {
        ctk_application: has_application(machine),
        ctk_extensions: said(machine, &PLUGINKIT, &["-m", "-p", "com.apple.ctk-tokens"])
            .map(|said| extensions(&said))
            .into(),
        tokens: said(machine, &SECURITY, &["list-smartcards"]).map(|said| tokens(&said)).into(),
        former_ccid_driver: former.and_then(|said| switch(&said.text())),
        driver_bundles: driver_bundles(machine),
        readers: said(machine, &SYSTEM_PROFILER, &["-json", "SPSmartCardsDataType"])
            .and_then(|said| readers(&said))
            .into(),
        rosetta: is_arm.then(|| ROSETTA.iter().any(|place| machine.has(place))),
    })
}

/// Whether the application CPS Gestion of the App Store is installed.
pub(super) fn has_application(machine: &Machine) -> bool {
    let of_user = machine.home().map(|home| home.join("Applications/CPSGestion.app"));
    APPLICATIONS.iter().map(PathBuf::from).chain(of_user).any(|place| machine.has(place))
}

fn said(machine: &Machine, tool: &[&str], arguments: &[&str]) -> Result<String, Reason> {
    machine.run(tool, arguments).map(|said| said.text())
}

/// The bundle identifiers that `pluginkit -m` lists: `+    fr.asip.esante.CPSGestion.CPSToken(1.0)`. The mark before an
/// identifier is `-` where the user switched the extension off: such a one is left out.
fn extensions(said: &str) -> Vec<String> {
    let identifier = |line: &str| {
        let line = line.trim();
        let name = line.trim_start_matches(['+', '!', '=', '?']).trim_start().split('(').next()?.trim();
        (!line.starts_with('-') && name.contains('.') && !name.contains(' ')).then(|| name.to_owned())
    };
    said.lines().filter_map(identifier).take(limits::LISTED_BY_MACOS).collect()
}

/// The tokens that `security list-smartcards` lists, a driver and an instance each: `fr.asip.esante.CPSToken:0123`.
fn tokens(said: &str) -> Vec<MacToken> {
    let driver = |line: &str| {
        let (driver, _) = line.trim().split_once(':')?;
        (driver.contains('.') && !driver.contains(' ')).then(|| MacToken::new(driver))
    };
    said.lines().filter_map(driver).take(limits::LISTED_BY_MACOS).collect()
}

/// The readers that `system_profiler -json SPSmartCardsDataType` lists: in the part named `READERS`, keys `#01`… whose
/// values are a name and, in brackets, the card.
fn readers(said: &str) -> Result<Vec<String>, Reason> {
    let malformed = || Unseen::Malformed.with("system_profiler");
    let listed: serde_json::Value = serde_json::from_str(said).map_err(|_| malformed())?;
    let parts = listed.get("SPSmartCardsDataType").and_then(serde_json::Value::as_array).ok_or_else(malformed)?;
    let is_readers = |part: &&serde_json::Value| {
        part.get("_name").and_then(serde_json::Value::as_str).is_some_and(|name| name.eq_ignore_ascii_case("readers"))
    };
    let entries = parts.iter().filter(is_readers).filter_map(serde_json::Value::as_object).flatten();
    let name = |(key, value): (&String, &serde_json::Value)| {
        let text = value.as_str().filter(|_| key.starts_with('#'))?;
        Some(text.rsplit_once(" (").map_or(text, |(name, _)| name).to_owned())
    };
    Ok(entries.filter_map(name).take(limits::LISTED_BY_MACOS).collect())
}

/// A switch as `defaults` writes it.
fn switch(said: &str) -> Option<bool> {
    match said.trim().to_ascii_lowercase().as_str() {
        "1" | "true" | "yes" => Some(true),
        "0" | "false" | "no" => Some(false),
        _ => None,
    }
}

fn driver_bundles(machine: &Machine) -> Vec<String> {
    let entries = machine.entries(DRIVERS, limits::LIBRARY_FOLDERS).into_iter();
    let bundles = entries.filter(|entry| entry.extension().is_some_and(|extension| extension == "bundle"));
    bundles.filter_map(|bundle| Some(bundle.file_name()?.to_string_lossy().into_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_are_told_by_their_identifiers() {
        let said = "+    fr.asip.esante.cpsgestion.CPSToken(1.0)\n     com.apple.CryptoTokenKit.pivtoken(1.0)\n\
                    -    com.example.off(2)\n match: no extensions\n\n";
        assert_eq!(extensions(said), ["fr.asip.esante.cpsgestion.CPSToken", "com.apple.CryptoTokenKit.pivtoken"]);
        assert!(extensions("").is_empty());
    }

    #[test]
    fn tokens_are_told_without_their_instance() {
        assert_eq!(tokens("fr.asip.esante.CPSToken:0123456789\n"), [MacToken::new("fr.asip.esante.CPSToken")]);
        assert!(tokens("No smartcards found.\n").is_empty());
    }

    #[test]
    fn readers_lose_what_is_said_of_their_card() {
        let said = r##"{"SPSmartCardsDataType": [
            {"_name": "READERS", "#01": "Ingenico TL TELIUM(1) (no card present)",
             "#02": "F600 F600 Smart Card Reader 02 (ATR:{length = 17, bytes = 0x3bac00402a001225006480000310009000})"},
            {"_name": "READERS_DRIVERS", "#01": "com.apple.usbsmartcardreader:1.0 (/System)"}]}"##;
        assert_eq!(readers(said).unwrap(), ["Ingenico TL TELIUM(1)", "F600 F600 Smart Card Reader 02"]);
        assert!(readers(r#"{"SPSmartCardsDataType": []}"#).unwrap().is_empty());
        for broken in ["", "[]", "{}", r#"{"SPSmartCardsDataType": 1}"#] {
            assert_eq!(readers(broken).unwrap_err().why, Unseen::Malformed);
        }
    }

    #[test]
    fn switches_are_told_where_they_are_set() {
        assert_eq!(["1\n", "0", "YES", "2", ""].map(switch), [Some(true), Some(false), Some(true), None, None]);
    }
}
