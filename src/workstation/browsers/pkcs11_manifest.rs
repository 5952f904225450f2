//! The manifest that allows an extension of Firefox to load a module (`cps3.json`; "PKCS #11 manifests" of Mozilla's
//! documentation on native manifests).

use std::path::PathBuf;

use serde::Deserialize;

use super::extensions_json::EXTENSION;
use crate::workstation::{Reason, Unseen};

/// What a manifest says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadManifest {
    /// The name by which extensions ask for it.
    pub name: String,
    /// The path of the module; relative to the manifest on Windows.
    pub path: PathBuf,
    /// Whether it allows the CPS extension.
    pub allows_extension: bool,
}

/// A manifest from its text.
///
/// # Errors
/// [`Unseen::Malformed`] when it is no JSON, no manifest of a module, or names none.
pub fn manifest(text: &str) -> Result<ReadManifest, Reason> {
    let file: File = serde_json::from_str(text).map_err(|error| Unseen::Malformed.with(super::json_place(&error)))?;
    if file.kind != "pkcs11" {
        return Err(Unseen::Malformed.with("type is not pkcs11"));
    }
    let allows_extension = file.allowed_extensions.iter().any(|id| id == EXTENSION);
    Ok(ReadManifest { name: file.name, path: file.path.into(), allows_extension })
}

#[derive(Deserialize)]
struct File {
    name: String,
    path: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    allowed_extensions: Vec<String>,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_manifest_names_a_module_and_who_may_load_it() {
        let text = r#"{"name":"cps3","description":"Module CPS","type":"pkcs11","path":"/usr/lib64/libcps3_pkcs11_lux.so",
            "allowed_extensions":["CPS2ter-2020_Firefox@asipsante.fr"]}"#;
        let found = manifest(text).unwrap();
        assert_eq!((found.name.as_str(), found.allows_extension), ("cps3", true));
        assert_eq!(found.path, PathBuf::from("/usr/lib64/libcps3_pkcs11_lux.so"));
        assert!(!manifest(&text.replace("2020", "2019")).unwrap().allows_extension);
    }

    #[test]
    fn what_is_no_manifest_is_malformed() {
        let other = r#"{"name":"x","type":"stdio","path":"/x"}"#;
        for text in ["", "{}", other, r#"{"name":"x","type":"pkcs11","path":["/x"]}"#] {
            assert_eq!(manifest(text).unwrap_err().why, Unseen::Malformed);
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in "(\\{\"name\":|\"type\":\"pkcs11\"|\"path\":|\"|,|\\}|\\PC){0,40}") {
            let _ = manifest(&text);
        }
    }
}
