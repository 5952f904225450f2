//! The data objects of a card.

use cpx_card::internal::card::DataObjects;

const LABELS: [&str; 4] = ["CPS_ID_CARD", "CPS_INFO_PS", "CPS_NAME_PS", "CPS_LANG_PS"];

/// An object is understood the same way each time, and what is printed of it is masked.
pub fn data_objects(data: &[u8]) {
    let mut all = DataObjects::default();
    for label in LABELS {
        assert!(DataObjects::knows(label));
        let mut one = DataObjects::default();
        let read = one.read(label, data);
        let mut again = DataObjects::default();
        assert_eq!(read.is_ok(), again.read(label, data).is_ok());
        assert_eq!(one, again);
        let _ = all.read(label, data);
        if read.is_err() {
            continue;
        }
        for name in [&one.holder.surname, &one.holder.given_name].into_iter().flatten() {
            masked(&name.to_string(), name.reveal());
        }
        if let Some(id) = &one.holder.id {
            masked(&id.to_string(), id.reveal());
        }
        if let Some(number) = &one.card.number {
            masked(&number.to_string(), number.reveal());
        }
        let debug = format!("{one:?}");
        assert!(one.kept.iter().all(|kept| kept.bytes.len() <= data.len()));
        assert!(debug.len() < 4096 + 64 * data.len());
    }
}

/// At most three characters, and never more than half, of what is masked.
fn masked(shown: &str, text: &str) {
    let (shown, text): (Vec<char>, Vec<char>) = (shown.chars().collect(), text.chars().collect());
    assert_eq!(shown.len(), text.len());
    let seen = shown.iter().filter(|c| **c != '*').count();
    assert!(seen <= 3 && seen * 2 <= text.len(), "{seen} of {} characters", text.len());
}
