//! Identifiers that tell nothing and are judged the same.
//!
//! A card dialogue that is recorded for others to replay must not hold the holder's identifier, and its replay must
//! give the report that the card gave: same register, same verdict of the check digit, same problem, same note, and
//! the same three characters at the end, which are all that a masked output shows. The pseudonym is made from these
//! and from where digits, letters and slashes stand, and from nothing else: two identifiers that have all this in
//! common have the same pseudonym.

use super::mask::shown;
use super::parts::{Parts, Scheme};

/// The place in the identifier whose digit makes the check digit fit, or fail, as it did. It lies after the
/// department and before the last three characters of every register, with a replaced digit on either side: even
/// where it happens to be the original digit, it prolongs nothing.
const FREE: usize = 4;

/// The pseudonym of a typed identifier: as many characters, slashes in the same places.
///
/// The type digit and what masks show are kept: the end, and before the register number of a person of a structure the
/// end of the structure's identifier, so that its pseudonym still agrees with that of the structure. The other digits become 0, except the one at [`FREE`]; letters
/// and anything else become `X`. The letter of a department is kept in 0B, which marks a test card, and becomes 0 in
/// another (2A, 2B): those are small enough to find a person by, with three characters of the number.
pub(super) fn pseudonym(scheme: Scheme, text: &str) -> String {
    let original = Parts::read(scheme, text);
    let head = head(&original);
    let identifier = usize::from(original.type_digit.is_some());
    let total = text.chars().count();
    let tail = total.saturating_sub(shown(total));
    let end = identifier + original.identifier.chars().count();
    let structure = end.saturating_sub(shown(end))..end;
    let names_structure = original.register.is_of_structures() && original.register_number.is_some();
    let is_kept = |place: usize| place < head || place >= tail || (names_structure && structure.contains(&place));
    let department = original.register.has_department().then_some(identifier + 1);
    let department_letter = if original.note() == Some(super::IdNote::TestDepartment) { 'B' } else { '0' };

    let with_free_digit = |free: char| -> String {
        let replace = |(place, character): (usize, char)| match character {
            _ if is_kept(place) => character,
            '/' => '/',
            '0'..='9' if place == identifier + FREE => free,
            '0'..='9' => '0',
            'A' | 'B' if department == Some(place) => department_letter,
            _ => 'X',
        };
        text.chars().enumerate().map(replace).collect()
    };
    ('0'..='9')
        .map(with_free_digit)
        .find(|candidate| is_judged_like(&Parts::read(scheme, candidate), &original))
        .unwrap_or_else(|| with_free_digit('0'))
}

/// How many characters at the front say what kind of identifier this is: the type digit, or the beginning that gives
/// an RPPS number away without it (1 for every real one, 99 for tests).
fn head(original: &Parts<'_>) -> usize {
    match original.type_digit {
        Some(_) => 1,
        None if original.identifier.starts_with("99") => 2,
        None if original.identifier.starts_with('1') => 1,
        None => 0,
    }
}

fn is_judged_like(one: &Parts<'_>, other: &Parts<'_>) -> bool {
    let judged = |parts: &Parts<'_>| (parts.type_digit, parts.register, parts.check(), parts.problem(), parts.note());
    judged(one) == judged(other)
}
