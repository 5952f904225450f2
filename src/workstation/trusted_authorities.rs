//! Which authorities of IGC-Santé and of its predecessors the system's store holds.

use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

use super::system_store::{self, SystemStore};
use super::{Observed, Unseen};

/// The nine authorities of IGC-Santé (middleware.md section 6), by the SHA-1 of their certificates.
const IGC_SANTE: &str = include_str!("authorities.csv");

/// The organisation in the certificates of the authorities before IGC-Santé (`CPS2bis`, `CPS2ter`), of which no document at
/// hand gives the fingerprints.
const PREDECESSOR: &[u8] = b"GIP-CPS";

/// The SHA-1 fingerprints of these authorities in the system's store, sorted.
pub(super) fn collect() -> Observed<Vec<String>> {
    fingerprints(&system_store::collect())
}

fn fingerprints(store: &SystemStore) -> Observed<Vec<String>> {
    if let (true, Some(problem)) = (store.certificates.is_empty(), store.problems.first()) {
        return Observed::Unseen(Unseen::Failed.with(problem));
    }
    let mut found: Vec<String> = store
        .certificates
        .iter()
        .map(|der| (hex::encode(digest(&SHA1_FOR_LEGACY_USE_ONLY, der)), der))
        .filter(|(fingerprint, der)| is_of_igc_sante(fingerprint) || has(der, PREDECESSOR))
        .map(|(fingerprint, _)| fingerprint)
        .collect();
    found.sort();
    found.dedup();
    Observed::Seen(found)
}

fn is_of_igc_sante(fingerprint: &str) -> bool {
    IGC_SANTE.lines().skip(1).filter_map(|line| line.split(',').next()).any(|known| known == fingerprint)
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_nine_fingerprints() {
        let rows: Vec<&str> = IGC_SANTE.lines().skip(1).collect();
        assert_eq!(rows.len(), 9);
        for row in rows {
            let (fingerprint, name) = row.split_once(',').unwrap();
            assert_eq!((fingerprint.len(), fingerprint), (40, fingerprint.to_lowercase().as_str()), "{name}");
            assert!(fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit()) && is_of_igc_sante(fingerprint));
        }
    }

    #[test]
    fn predecessors_are_told_and_others_left_out() {
        let store = SystemStore {
            certificates: vec![b"0..O=GIP-CPS..".to_vec(), b"0..O=Another..".to_vec(), b"0..O=GIP-CPS..".to_vec()],
            problems: vec!["one is broken".into()],
        };
        // sha1sum says so of the first
        let Observed::Seen(found) = fingerprints(&store) else { panic!("not seen") };
        assert_eq!(found, ["28420821d62f3456e5521461d149c251d39cd27b"]);
    }

    #[test]
    fn a_store_that_cannot_be_read_is_not_an_empty_one() {
        let broken = SystemStore { certificates: Vec::new(), problems: vec!["no rights".into()] };
        assert_eq!(fingerprints(&broken).unseen().map(|reason| reason.why), Some(Unseen::Failed));
        assert_eq!(fingerprints(&SystemStore::default()), Observed::Seen(Vec::new()));
    }
}
