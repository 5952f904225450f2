//! Case files and earlier answers, which strangers send.

use cpx_card::internal::facts::{Case, Evidence, Facts};
use cpx_card::internal::readiness::{DiagnosisOptions, Sameness, When, diagnose, judge_cards};
use cpx_report::{
    Detail, Disclosure, KnownBy, Language, Subject, SwapTest, diagnosis_json, diagnosis_junit, diagnosis_line,
    diagnosis_ndjson, diagnosis_parts, diagnosis_prometheus, diagnosis_text, page_html, side_of_answer,
    states_of_answer,
};
use serde_json::Value;

use super::rendered::{clean_json, clean_text, in_language};

/// A case that is saved again is a case; it is judged and shown in every form; what is private in it is nowhere.
pub fn case(data: &[u8]) {
    if let Ok(answer) = serde_json::from_slice::<Value>(data) {
        let _ = states_of_answer(&answer);
        let sides = [(); 2].map(|()| side_of_answer(&answer).map(|side| (String::from_utf8_lossy(data).into(), side)));
        if let [Ok(one), Ok(other)] = sides {
            let swap = SwapTest { sides: [one, other], card: Sameness::Same, known_by: KnownBy::User };
            clean_json(&swap.json());
            clean_text(&in_language(Language::French, |texts| swap.text(texts)));
        }
    }
    let Ok(case) = Case::parse(data) else { return };
    let saved = case.to_text().expect("what was read is saved");
    let again = Case::parse(saved.as_bytes()).expect("what was saved is read");
    let saved_again = again.to_text().expect("what was read is saved");
    Case::parse(saved_again.as_bytes()).expect("what was saved again is read");

    let mut secrets = Vec::new();
    let mut value = serde_json::to_value(&case.facts).expect("facts are JSON");
    plant(&mut value, &mut secrets);
    let facts: Facts = serde_json::from_value(value).expect("facts with other private texts are facts");
    let saved = Case::new(facts.clone()).to_text().expect("facts are saved");
    hidden(&secrets, &saved, "case");

    let diagnosis = diagnose(&facts, &DiagnosisOptions::default());
    let subject = Subject::new(&facts, &diagnosis, Disclosure::Masked);
    let verdict = judge_cards(&facts.cards, &Evidence::default(), When::of(&facts));
    let parts = subject.parts(diagnosis_parts(&facts, &verdict, Disclosure::Masked));
    let json = diagnosis_json(&facts, subject.diagnosis(), None, parts);
    clean_json(&json);
    hidden(&secrets, &json.to_string(), "JSON");
    let line = in_language(Language::French, |texts| diagnosis_line(&subject, texts));
    assert!(line.is_ascii() && line.len() <= 2048 && !line.contains(char::is_control), "{line}");
    hidden(&secrets, &line, "line");
    for line in diagnosis_ndjson(&subject).lines() {
        clean_json(&serde_json::from_str(line).expect("each line is JSON"));
        hidden(&secrets, line, "NDJSON");
    }
    let prometheus = diagnosis_prometheus(&subject);
    let text =
        in_language(Language::French, |texts| diagnosis_text(&facts, subject.diagnosis(), &[], Detail::Every, texts));
    let pages = in_language(Language::English, |texts| [page_html(&subject, texts), diagnosis_junit(&subject, texts)]);
    for text in [prometheus, text].into_iter().chain(pages) {
        clean_text(&text);
        hidden(&secrets, &text, "a report");
    }
}

/// Replaces every private text with a secret of its own.
fn plant(value: &mut Value, secrets: &mut Vec<String>) {
    match value {
        Value::Object(fields) if fields.len() == 1 && fields.contains_key("private") => {
            let secret = format!("Zk7q{:04}Plante", secrets.len());
            fields.insert("private".into(), secret.clone().into());
            secrets.push(secret);
        }
        Value::Object(fields) => fields.values_mut().for_each(|value| plant(value, secrets)),
        Value::Array(items) => items.iter_mut().for_each(|value| plant(value, secrets)),
        _ => {}
    }
}

fn hidden(secrets: &[String], text: &str, what: &str) {
    // every secret has this in it, and a hostile case hardly has
    if text.contains("Zk7q") {
        let told = secrets.iter().find(|secret| text.contains(secret.as_str()));
        assert_eq!(told, None, "in {what}");
    }
}
