//! What an answer never holds, whatever was observed.

use cpx_report::{Language, Texts};
use serde_json::Value;

/// No text of this answer moves a cursor or turns the direction of writing.
pub fn clean_json(value: &Value) {
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        match value {
            Value::String(text) => assert!(text.chars().all(is_harmless), "{text:?}"),
            Value::Array(items) => waiting.extend(items),
            Value::Object(fields) => {
                assert!(fields.keys().all(|key| key.chars().all(is_harmless)));
                waiting.extend(fields.values());
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

/// No line of this answer does, the program's own colours aside.
pub fn clean_text(text: &str) {
    let mut rest = text;
    while let Some(place) = rest.find('\u{1b}') {
        let (before, style) = rest.split_at(place);
        assert!(before.chars().all(|c| c == '\n' || is_harmless(c)), "{before:?}");
        let end = style.find('m').expect("a style ends");
        assert!(
            style[1..end].starts_with('[') && style[2..end].bytes().all(|b| b.is_ascii_digit() || b == b';'),
            "{style:?}"
        );
        rest = &style[end + 1..];
    }
    assert!(rest.chars().all(|c| c == '\n' || is_harmless(c)), "{rest:?}");
}

fn is_harmless(c: char) -> bool {
    let turns = matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}');
    !c.is_control() && !turns && c != '\u{FEFF}'
}

/// An answer in this language, whose sentences are read once.
pub fn in_language<T>(language: Language, write: impl Fn(&Texts) -> T) -> T {
    thread_local! {
        static TEXTS: [Texts; 2] = [Texts::new(Language::French), Texts::new(Language::English)];
    }
    TEXTS.with(|[french, english]| write(if language == Language::French { french } else { english }))
}
