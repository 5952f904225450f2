//! `extensions.json` of a profile of Firefox: whether the CPS extension is there, and what became of it.

use serde::Deserialize;

use crate::workstation::facts::Addon;
use crate::workstation::{Reason, Unseen};

/// The extension that loads the module (Cryptolib CPS 5).
pub const EXTENSION: &str = "CPS2ter-2020_Firefox@asipsante.fr";

/// Its predecessors (annex of the specification of the Windows installer).
pub const FORMER_EXTENSIONS: [&str; 4] = [
    "PKCS11_Firefox@gip-cps.fr",
    "P11_CPS2ter_Firefox@asipsante.fr",
    "P11_CPS3_Firefox@asipsante.fr",
    "AC_CPS_Firefox@asipsante.fr",
];

/// What a profile has of the extensions of the CPS.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CpsExtensions {
    /// The extension of today.
    pub addon: Option<Addon>,
    /// The ids of former ones, each once.
    pub former: Vec<String>,
}

/// The CPS extensions in the text of an `extensions.json`.
///
/// # Errors
/// [`Unseen::Malformed`] when it is not such a file.
pub fn cps_extensions(text: &str) -> Result<CpsExtensions, Reason> {
    let file: File = serde_json::from_str(text).map_err(|error| Unseen::Malformed.with(super::json_place(&error)))?;
    let mut found = CpsExtensions::default();
    for entry in file.addons {
        if entry.id == EXTENSION {
            let addon = Addon {
                version: entry.version,
                active: entry.active,
                user_disabled: entry.user_disabled,
                app_disabled: entry.app_disabled,
            };
            // the same extension may stand in two places: the active one counts
            if found.addon.as_ref().is_none_or(|earlier| !earlier.active) {
                found.addon = Some(addon);
            }
        } else if FORMER_EXTENSIONS.contains(&entry.id.as_str()) && !found.former.contains(&entry.id) {
            found.former.push(entry.id);
        }
    }
    Ok(found)
}

#[derive(Deserialize)]
struct File {
    addons: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    #[serde(default)]
    id: String,
    #[serde(default)]
    version: Option<String>,
    #[serde(default)]
    active: bool,
    #[serde(default)]
    user_disabled: bool,
    #[serde(default)]
    app_disabled: bool,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_extension_and_its_predecessors_are_found() {
        let text = r#"{"schemaVersion":37,"addons":[
            {"id":"formautofill@mozilla.org","version":"1.0.1","active":true,"location":"app-builtin"},
            {"id":"P11_CPS3_Firefox@asipsante.fr","version":"3.0","active":false,"appDisabled":true},
            {"id":"CPS2ter-2020_Firefox@asipsante.fr","syncGUID":"{a}","version":"6.0.21","type":"extension",
             "active":false,"userDisabled":true,"appDisabled":false,"signedState":2,"rootURI":"jar:file:///x"}]}"#;
        let found = cps_extensions(text).unwrap();
        let addon = found.addon.unwrap();
        assert_eq!(addon.version.as_deref(), Some("6.0.21"));
        assert!(!addon.active && addon.user_disabled && !addon.app_disabled);
        assert_eq!(found.former, ["P11_CPS3_Firefox@asipsante.fr"]);
    }

    #[test]
    fn another_shape_is_malformed() {
        let bomb = format!("{{\"addons\":{}", "[".repeat(100_000));
        for text in ["", "[]", "{}", r#"{"addons":[{"id":7}]}"#, r#"{"addons":[{"active":"yes"}]}"#, &bomb] {
            assert_eq!(cps_extensions(text).unwrap_err().why, Unseen::Malformed);
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in "(\\{\"addons\":\\[|\\{\"id\":|\"|,|\\}|\\]|\\PC){0,40}") {
            let _ = cps_extensions(&text);
        }
    }
}
