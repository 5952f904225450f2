//! `policies.json` of Firefox: the modules that it adds or takes away, and whether it imports the system's authorities
//! (Mozilla's policy templates, `SecurityDevices` and `Certificates`).

use serde_json::Value;

use super::named_module::NamedModule;
use crate::limits;
use crate::workstation::{Reason, Unseen};

/// What a file of policies, or another place of them, says of modules and authorities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadPolicies {
    /// The modules that it adds.
    pub added: Vec<NamedModule>,
    /// The names of the modules that it takes away.
    pub deleted: Vec<String>,
    /// `Certificates.ImportEnterpriseRoots`.
    pub enterprise_roots: Option<bool>,
}

/// The policies of the text of a `policies.json`.
///
/// # Errors
/// [`Unseen::Malformed`] when it is not such a file. Single policies of another shape are passed over, as Firefox does.
pub fn policies(text: &str) -> Result<ReadPolicies, Reason> {
    let file: Value = serde_json::from_str(text).map_err(|error| Unseen::Malformed.with(super::json_place(&error)))?;
    match file.get("policies") {
        Some(policies @ Value::Object(_)) => Ok(of_tree(policies)),
        _ => Err(Unseen::Malformed.with("no object `policies`")),
    }
}

/// The same from the policies themselves, wherever they come from.
pub(super) fn of_tree(policies: &Value) -> ReadPolicies {
    let devices = policies.get("SecurityDevices");
    let lists = devices.is_some_and(|devices| devices.get("Add").is_some() || devices.get("Delete").is_some());
    let added = if lists { devices.and_then(|devices| devices.get("Add")) } else { devices };
    let deleted = devices.and_then(|devices| devices.get("Delete")).and_then(Value::as_array);
    let names = deleted.into_iter().flatten().filter_map(Value::as_str);
    ReadPolicies {
        added: added.map(modules).unwrap_or_default(),
        deleted: names.take(limits::REGISTERED_MODULES).map(str::to_owned).collect(),
        enterprise_roots: policies.pointer("/Certificates/ImportEnterpriseRoots").and_then(truth),
    }
}

/// Names and paths: `{"name": "path"}`.
fn modules(devices: &Value) -> Vec<NamedModule> {
    let named = devices.as_object().into_iter().flatten();
    named
        .filter_map(|(name, path)| Some(NamedModule::new(name, path.as_str()?)))
        .take(limits::REGISTERED_MODULES)
        .collect()
}

/// A truth value, or the number that the registry of Windows has for it.
fn truth(value: &Value) -> Option<bool> {
    value.as_bool().or_else(|| value.as_i64().map(|number| number != 0))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn both_forms_of_the_modules_are_understood() {
        let new = r#"{"policies":{"SecurityDevices":{"Add":{"CPS":"/opt/cps.so"},"Delete":["Ancien"]},
            "Certificates":{"ImportEnterpriseRoots":true}}}"#;
        let found = policies(new).unwrap();
        assert_eq!(found.added, [NamedModule::new("CPS", "/opt/cps.so")]);
        assert_eq!(found.deleted, ["Ancien"]);
        assert_eq!(found.enterprise_roots, Some(true));

        let old = r#"{"policies":{"SecurityDevices":{"CPS":"C:\\Windows\\System32\\cps3_pkcs11_w64.dll"}}}"#;
        let found = policies(old).unwrap();
        assert_eq!(found.added, [NamedModule::new("CPS", r"C:\Windows\System32\cps3_pkcs11_w64.dll")]);
        assert_eq!((found.deleted.len(), found.enterprise_roots), (0, None));

        let only_delete = policies(r#"{"policies":{"SecurityDevices":{"Delete":["CPS"]}}}"#).unwrap();
        assert_eq!((only_delete.added.len(), only_delete.deleted.len()), (0, 1));
    }

    #[test]
    fn another_shape_is_malformed_and_odd_policies_are_passed_over() {
        let bomb = "{\"policies\":".repeat(100_000);
        for text in ["", "[]", "{}", r#"{"policies":[]}"#, &bomb] {
            assert_eq!(policies(text).unwrap_err().why, Unseen::Malformed);
        }
        let odd = r#"{"policies":{"SecurityDevices":{"Add":["x"],"Delete":{}},"Certificates":[1]}}"#;
        assert_eq!(policies(odd).unwrap(), ReadPolicies::default());
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in "(\\{\"policies\":|\\{\"SecurityDevices\":|\\{\"Add\":|\"|:|,|\\}|\\PC){0,40}") {
            let _ = policies(&text);
        }
    }
}
