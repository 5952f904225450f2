//! What people type, or read from a screen: support codes, numbers, dates.

use cpx_card::internal::identity::{CardNumber, ChipSerial, Date, HolderId, Name, StructureId, mask};
use cpx_f413::{NumberKind, read_number};
use cpx_report::{Language, SupportCode, decode_json, decode_text, sanitise};

use super::rendered::{clean_json, clean_text, in_language};

/// What is understood is written back in a form that is understood the same way; what is shown has no control character.
pub fn typed(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(code) = text.parse::<SupportCode>() {
        assert_eq!(code.to_string().parse::<SupportCode>().ok().as_ref(), Some(&code));
        clean_json(&decode_json(&code));
        clean_text(&in_language(Language::English, |texts| decode_text(&code, texts)));
    }
    for kind in NumberKind::ALL.iter().copied() {
        if let Ok(number) = read_number(kind, &text) {
            let again = read_number(kind, number.reveal()).expect("what was understood is understood again");
            assert_eq!(again.reveal(), number.reveal());
        }
    }
    if let Ok(date) = text.parse::<Date>() {
        assert_eq!(date.to_string().parse::<Date>().ok(), Some(date));
    }
    let _ = Date::from_digits(&text);
    if let Ok(number) = CardNumber::parse(&text) {
        assert_eq!(number.reveal(), text.trim());
    }
    let _ = (ChipSerial::parse(&text), CardNumber::from_token_id(&text));
    let holder = HolderId::parse(&text);
    let structure = StructureId::parse(&text);
    let _ = (holder.to_string(), structure.to_string());
    assert_eq!(Name::from_text(&text).to_string(), mask(&text));
    let clean = sanitise(&text);
    assert!(clean.chars().count() <= 501 && !clean.contains(char::is_control));
    assert_eq!(sanitise(&clean).chars().take(500).collect::<String>(), clean.chars().take(500).collect::<String>());
}
