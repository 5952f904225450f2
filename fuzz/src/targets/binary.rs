//! Headers of programs and libraries.

use cpx_card::internal::limits;
use cpx_card::internal::workstation::binary::architectures_of;

/// The answer needs no more than the beginning that is read, and names each processor once.
pub fn binary(data: &[u8]) {
    let Ok(found) = architectures_of(data) else { return };
    assert!(!found.is_empty() && found.len() <= limits::UNIVERSAL_ARCHITECTURES);
    assert!(found.iter().enumerate().all(|(place, one)| !found[..place].contains(one)));
}
