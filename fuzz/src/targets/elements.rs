//! The smallest things that a card says: TLV objects, the answer to reset, one answer. And what is said to it.

use cpx_card::ErrorKind;
use cpx_card::internal::iso7816::{
    Aid, Atr, Command, FilePath, Status, announced_length, digits, objects, single, walk,
};
use cpx_card::internal::transport::Answer;
use cpx_card::internal::{card, limits};

/// What was consumed and what is left are the input; nesting and number are bounded; every offset is the place of its
/// bytes.
pub fn tlv(data: &[u8]) {
    let mut consumed = 0;
    let mut broken = false;
    for object in objects(data) {
        assert!(!broken, "nothing comes behind an error");
        let Ok(object) = object else {
            broken = true;
            continue;
        };
        assert!(data[consumed..object.offset].iter().all(|byte| matches!(byte, 0x00 | 0xFF)), "only filler is skipped");
        consumed = object.offset + object.bytes.len();
        assert_eq!(object.bytes, &data[object.offset..consumed]);
        assert!(object.bytes.ends_with(object.value));
        let again = single(object.bytes).expect("an object alone is the same object");
        assert_eq!((again.tag, again.value, again.minimal), (object.tag, object.value, object.minimal));
        assert_eq!(announced_length(object.bytes).ok(), Some(object.bytes.len()));
    }
    assert!(broken || data[consumed..].iter().all(|byte| matches!(byte, 0x00 | 0xFF)), "the rest is filler");

    let mut found = 0;
    for object in walk(data) {
        found += 1;
        match object {
            Ok((depth, object)) => {
                assert!((1..=limits::TLV_DEPTH).contains(&depth));
                assert_eq!(object.bytes, &data[object.offset..object.offset + object.bytes.len()]);
            }
            Err(error) => {
                let at = error.offset().unwrap_or_default();
                assert!(at <= data.len() && matches!(error.kind(), ErrorKind::Malformed | ErrorKind::LimitReached));
            }
        }
    }
    assert!(found <= limits::TLV_OBJECTS + 1);
    if let Some(digits) = digits(data) {
        assert!(digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.len() <= 2 * data.len());
    }
}

/// An answer to reset stays as it came, and its historical bytes are a part of it.
pub fn atr(data: &[u8]) {
    let Ok(atr) = Atr::new(data) else {
        assert!(!(2..=limits::ATR_BYTES).contains(&data.len()));
        return;
    };
    assert_eq!(atr.bytes(), data);
    assert!(atr.historical().len() <= 15);
    assert!(
        data.windows(atr.historical().len().max(1)).any(|part| part == atr.historical()) || atr.historical().is_empty()
    );
    let _ = atr.is_well_formed();
    assert_eq!(format!("{atr}").len(), 2 * data.len());
    assert_eq!(card::recognise(&atr), card::recognise(&atr.clone()));
    let _ = card::is_listed(&atr);
}

/// An answer is its data and its status; a command that is recognised is written back as it was, and carries no code.
pub fn apdu(data: &[u8]) {
    match Answer::from_bytes(data) {
        Ok(answer) => {
            assert_eq!([&answer.data[..], &answer.status.bytes()].concat(), data);
            let [sw1, sw2] = answer.status.bytes();
            let status = Status::new(sw1, sw2);
            assert!(status.bytes_waiting().is_none() || status.right_length().is_none());
            let kinds = [
                status.is_ok(),
                status.is_not_found(),
                status.bytes_waiting().is_some(),
                status.right_length().is_some(),
            ];
            assert!(kinds.into_iter().filter(|is| *is).count() <= 1);
        }
        Err(error) => assert!(data.len() < 2 && error.kind() == ErrorKind::CardNonsense),
    }
    if let Some(command) = Command::recognise(data) {
        assert_eq!(command.encode(), data);
        assert!((4..=23).contains(&data.len()));
        assert!(matches!(data[1], 0xA4 | 0xB0 | 0xC0 | 0xCB | 0x20), "an instruction that writes");
        assert!(data[1] != 0x20 || data.len() == 4, "VERIFY with data");
        if let Some(longer) = command.with_length(0x7F) {
            assert_eq!(Command::recognise(&longer.encode()), Some(longer));
            assert_eq!(longer.channel(), command.channel());
        }
    }
    if let Ok(aid) = Aid::new(data) {
        assert_eq!(aid.bytes(), data);
    }
    if let Ok(path) = FilePath::new(data) {
        assert_eq!(
            FilePath::new(path.bytes()).ok().filter(|_| !path.bytes().starts_with(&[0x3F, 0])),
            Some(path).filter(|_| !path.bytes().starts_with(&[0x3F, 0]))
        );
        assert!(path.bytes().len() <= 12 && path.to_string().starts_with("3F00"));
    }
}
