//! The directories of a PKCS#15 application.

use cpx_card::Error;
use cpx_card::internal::limits;
use cpx_card::internal::pkcs15::{applications, directory, object_directory};

/// Any bytes have an answer within the bounds; what was read before a break is what the bytes before it say.
pub fn pkcs15(data: &[u8]) {
    let within = |error: &Error| assert!(error.offset().is_some_and(|offset| offset <= data.len()), "{error}");
    match applications(data) {
        Ok(found) => {
            assert!(found.len() <= limits::DIRECTORY_ENTRIES);
            assert!(found.iter().all(|one| (5..=16).contains(&one.aid.bytes().len())));
        }
        Err(error) => within(&error),
    }
    match object_directory(data) {
        Ok(found) => assert!(found.paths().count() <= limits::DIRECTORY_ENTRIES),
        Err(error) => within(&error),
    }
    let found = directory(data);
    assert!(found.entries.len() <= limits::DIRECTORY_ENTRIES);
    for entry in &found.entries {
        assert!(entry.id.len() <= 255 && entry.label.len() <= 3 * data.len());
    }
    if let Some(broken) = &found.broken {
        within(broken);
    }
}
