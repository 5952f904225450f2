//! Which entries of Windows' table of known cards a card has.

use crate::facts::Atr;
use crate::workstation::facts::CalaisEntry;

/// The entries whose answer to reset is this one, where their mask looks.
pub(super) fn matching<'a>(entries: &'a [CalaisEntry], atr: &Atr) -> Vec<&'a CalaisEntry> {
    entries.iter().filter(|entry| matches(entry, atr.bytes())).collect()
}

fn matches(entry: &CalaisEntry, atr: &[u8]) -> bool {
    let Ok(wanted) = hex::decode(&entry.atr) else { return false };
    let mask = if entry.mask.is_empty() { Ok(vec![0xFF; wanted.len()]) } else { hex::decode(&entry.mask) };
    let Ok(mask) = mask else { return false };
    let same = |((one, other), mask): ((&u8, &u8), &u8)| one & mask == other & mask;
    !atr.is_empty()
        && wanted.len() == atr.len()
        && mask.len() == atr.len()
        && wanted.iter().zip(atr).zip(&mask).all(same)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workstation::facts::RegistryView;

    fn of(atr: &str) -> Atr {
        Atr::new(&hex::decode(atr).unwrap()).unwrap()
    }

    #[test]
    fn the_mask_of_the_cps3_leaves_out_two_kinds_of_cps4() {
        let entry = |atr: &str, mask: &str| CalaisEntry::new("CPS3", atr, mask, RegistryView::Bits64);
        let cps3 = [entry("3B00000000001225006480000000009000", "FF00000000FFFFFFFFFFFF000000FFFFFF")];
        let is_known = |atr: &str| !matching(&cps3, &of(atr)).is_empty();
        assert!(is_known("3BAC00402A001225006480000310009000"));
        assert!(is_known("3BDC18FF00001225006480000401009000"));
        assert!(!is_known("3B9B188001001225006480040100009044"));
        assert!(!is_known("3BAC00"));
        assert!(!matching(&[entry("3B00", "")], &of("3B00")).is_empty(), "without a mask every byte counts");
        let lengths = [entry("3BAC", "FFFF"), entry("3BAC", "FFFFFF"), entry("3BAC00", "FFFF")];
        assert!(matching(&lengths, &of("3BAC00")).is_empty(), "as many bytes in all three");
        assert!(matching(&[entry("3B00", "F"), entry("", ""), entry("x", "")], &of("3B00")).is_empty());
    }
}
