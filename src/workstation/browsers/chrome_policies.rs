//! `AutoSelectCertificateForUrls` of Chrome, Edge and Chromium: rules that choose a certificate for the user. Each is a
//! JSON text in a list: `{"pattern":"https://…","filter":{"ISSUER":{"CN":"…"}}}` (Chrome Enterprise policy list).

use serde_json::Value;

use crate::limits;
use crate::workstation::facts::{AutoSelect, BrowserKind, ClientCertificateRule};

/// The rules in the text of a policy file; none when the file says nothing of certificates. A file that cannot be read as
/// JSON is one malformed rule without addresses.
pub fn rules_of_file(browser: BrowserKind, text: &str) -> Vec<ClientCertificateRule> {
    let Ok(file) = serde_json::from_str::<Value>(text) else {
        return vec![ClientCertificateRule::new(browser, "", AutoSelect::Malformed)];
    };
    match file.get("AutoSelectCertificateForUrls") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(rules)) => rules
            .iter()
            .take(limits::CERTIFICATE_RULES)
            .map(|rule| match rule {
                Value::String(text) => rule_of_text(browser, text),
                tree => rule_of_tree(browser, tree),
            })
            .collect(),
        Some(_) => vec![ClientCertificateRule::new(browser, "", AutoSelect::Malformed)],
    }
}

/// One rule, as the registry of Windows and the preferences of macOS hold it too.
///
/// ```
/// use cpx_card::internal::workstation::browsers::chrome_policies::rule_of_text;
/// use cpx_card::internal::workstation::facts::{AutoSelect, BrowserKind};
///
/// let rule = rule_of_text(BrowserKind::Chrome, r#"{"pattern":"[*.]esante.gouv.fr","filter":{}}"#);
/// assert_eq!(rule.choice, AutoSelect::Any);
/// ```
pub fn rule_of_text(browser: BrowserKind, text: &str) -> ClientCertificateRule {
    rule_of_tree(browser, &serde_json::from_str(text).unwrap_or_default())
}

fn rule_of_tree(browser: BrowserKind, rule: &Value) -> ClientCertificateRule {
    let pattern = rule.get("pattern").and_then(Value::as_str);
    let choice = match (pattern, rule.get("filter")) {
        (Some(_), Some(filter @ Value::Object(_))) => choice(filter),
        _ => AutoSelect::Malformed,
    };
    ClientCertificateRule::new(browser, pattern.unwrap_or_default(), choice)
}

fn choice(filter: &Value) -> AutoSelect {
    let names = |of: &str| filter.get(of).and_then(Value::as_object).filter(|names| !names.is_empty());
    match (names("ISSUER"), names("SUBJECT")) {
        (None, None) => AutoSelect::Any,
        (Some(issuer), None) => match issuer.get("CN").and_then(Value::as_str) {
            Some(name) => AutoSelect::IssuerCn(name.to_owned()),
            None => AutoSelect::OtherNames,
        },
        (_, Some(_)) => AutoSelect::OtherNames,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn choices(text: &str) -> Vec<(String, AutoSelect)> {
        rules_of_file(BrowserKind::Chrome, text).into_iter().map(|rule| (rule.pattern, rule.choice)).collect()
    }

    #[test]
    fn each_kind_of_rule_is_told_apart() {
        let text = r#"{"HomepageLocation":"x","AutoSelectCertificateForUrls":[
            "{\"pattern\":\"https://a.fr\",\"filter\":{\"ISSUER\":{\"CN\":\"AC INTERNE\"}}}",
            "{\"pattern\":\"https://b.fr\",\"filter\":{}}",
            "{\"pattern\":\"https://c.fr\",\"filter\":{\"SUBJECT\":{\"CN\":\"poste\"}}}",
            "{\"pattern\":\"https://d.fr\"}", "no JSON", 7,
            {"pattern":"https://e.fr","filter":{"ISSUER":{"O":"x"}}}]}"#;
        assert_eq!(
            choices(text),
            [
                ("https://a.fr".into(), AutoSelect::IssuerCn("AC INTERNE".into())),
                ("https://b.fr".into(), AutoSelect::Any),
                ("https://c.fr".into(), AutoSelect::OtherNames),
                ("https://d.fr".into(), AutoSelect::Malformed),
                (String::new(), AutoSelect::Malformed),
                (String::new(), AutoSelect::Malformed),
                ("https://e.fr".into(), AutoSelect::OtherNames),
            ]
        );
    }

    #[test]
    fn a_broken_file_is_a_malformed_rule() {
        assert_eq!(choices("{}"), []);
        for text in ["", "{", r#"{"AutoSelectCertificateForUrls":"x"}"#, &"[".repeat(100_000)] {
            assert_eq!(choices(text), [(String::new(), AutoSelect::Malformed)]);
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in "(\\{\"pattern\":|\"filter\":\\{|\"ISSUER\"|\"|:|,|\\}|\\PC){0,40}") {
            let _ = rules_of_file(BrowserKind::Edge, &text);
            let _ = rule_of_text(BrowserKind::Edge, &text);
        }
    }
}
