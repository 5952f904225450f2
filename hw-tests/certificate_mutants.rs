//! A hundred thousand altered certificates: none of them makes anything panic, and none of them is trusted.
//!
//! The originals are the real certificates of the handbook, or those of the fixtures when it is not there. The seed is
//! fixed, so a mutant that fails is the same tomorrow: its number is in the message.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::Write as _;
use std::path::{Path, PathBuf};

use cpx_card::internal::card::disagreements_between;
use cpx_card::internal::certificate::{
    Certificate, Content, Explanation, Judge, Moment, Profile, Revocation, RevocationList, Trust, Validity,
    certificates_in, contents_in, issuer_of, ocsp_request,
};

const MUTANTS: usize = 100_000;

/// 2026-11-20T12:00:00Z.
const NOW: Moment = Moment::from_unix(1_795_176_000);

/// A small generator of numbers (xorshift64*), so that every machine makes the same mutants.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap()
    }

    fn byte(&mut self) -> u8 {
        const EDGES: [u8; 8] = [0x00, 0x01, 0x30, 0x7F, 0x80, 0x81, 0x84, 0xFF];
        if self.below(2) == 0 { EDGES[self.below(EDGES.len())] } else { self.next().to_be_bytes()[0] }
    }
}

/// One to four changes: a byte, a bit, bytes taken out, put in, doubled, or the end cut off.
fn mutant(original: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for _ in 0..=numbers.below(4) {
        let place = numbers.below(bytes.len());
        match numbers.below(8) {
            0..=2 if !bytes.is_empty() => bytes[place] = numbers.byte(),
            3..=4 if !bytes.is_empty() => bytes[place] ^= 1 << numbers.below(8),
            5 => {
                let end = (place + 1 + numbers.below(8)).min(bytes.len());
                bytes.drain(place..end);
            }
            6 => {
                let end = (place + 1 + numbers.below(64)).min(bytes.len());
                let copy = bytes[place..end].to_vec();
                bytes.splice(place..place, copy);
            }
            7 => bytes.truncate(place),
            _ => bytes.push(numbers.byte()),
        }
    }
    bytes
}

fn files(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// The originals, and the authorities to judge them by.
fn originals() -> (Vec<Vec<u8>>, Vec<Certificate>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let data = root.join("../shared/data");
    let folders = if data.is_dir() {
        [data.join("certificates"), data.join("ca"), data.join("ca-test")]
    } else {
        let _ = writeln!(std::io::stderr(), "no real certificates at {}: those of the fixtures", data.display());
        let pki = root.join("fixtures/pki");
        [pki.join("certificates"), pki.join("authorities"), pki.join("authorities")]
    };
    let corpora = ["request", "container"].map(|name| root.join("fuzz/corpus").join(name));
    let originals: Vec<Vec<u8>> = folders.iter().chain(&corpora).flat_map(|folder| files(folder)).collect();
    let authorities = folders[1..].iter().flat_map(|folder| files(folder));
    (originals, authorities.flat_map(|bytes| certificates_in(&bytes).unwrap()).collect())
}

#[test]
fn no_mutant_panics_and_none_is_trusted() {
    let (originals, pool) = originals();
    let workers: Vec<_> = (0..2_u64)
        .map(|worker| {
            let (originals, pool) = (originals.clone(), pool.clone());
            std::thread::spawn(move || work(0x5EED_0000 + worker, &originals, &pool))
        })
        .collect();
    let read: usize = workers.into_iter().map(|worker| worker.join().unwrap()).sum();
    // Mutants that nothing could be read of would test nothing.
    assert!(read > MUTANTS / 10, "{read}");
}

/// Half of the mutants; how many of them are certificates.
fn work(seed: u64, originals: &[Vec<u8>], pool: &[Certificate]) -> usize {
    let mut numbers = Numbers(seed);
    let judge = Judge::igc_sante();
    let list = RevocationList::parse(include_bytes!("../fixtures/pki/crl/fort-personnes-revoked.crl")).unwrap();
    let mut read = 0;
    for number in 0..MUTANTS / 2 {
        let original = &originals[numbers.below(originals.len())];
        let bytes = mutant(original, &mut numbers);
        let _ = (certificates_in(&bytes).is_ok(), RevocationList::parse(&bytes).is_ok());
        for part in contents_in(&bytes) {
            match part.content {
                Ok(Content::Request(request)) => {
                    let _ = (request.signature(), format!("{:?}", Explanation::of_request(&request)));
                }
                Ok(Content::Container(container)) => {
                    let quick = container.protection().is_none_or(|one| one.iterations <= 16 && one.memory == 0);
                    let _ = quick && container.open(Some("code")).is_ok();
                }
                _ => {}
            }
        }
        let certificate = match Certificate::parse(&bytes) {
            Ok(certificate) => certificate,
            Err(error) => {
                assert!(error.offset().is_none_or(|offset| offset <= bytes.len()), "mutant {seed:X}/{number}: {error}");
                continue;
            }
        };
        read += 1;
        assert_eq!(certificate.as_der().len() + certificate.trailing_bytes(), bytes.len());
        let profile = Profile::of(&certificate);
        let printed = format!("{certificate:?}{profile:?}{}", certificate.subject().reveal());
        assert!(!printed.is_empty());
        let values = certificate.extensions().iter().map(|extension| format!("{:?}", extension.private_value()));
        let _ = (values.count(), Validity::of(&certificate, NOW).code(), list.entry(&certificate).is_ok());
        let _ = disagreements_between(&certificate, &pool[0]).len();
        let _ = Revocation::by_responder(&certificate, &pool[0], &bytes, NOW).code();
        assert!(!ocsp_request(&certificate, &pool[0], None).is_empty());
        // Verifying signatures is what takes the time: a quarter of the mutants is judged.
        if number % 4 == 0 {
            let lists = std::slice::from_ref(&list);
            let _ = Revocation::by_lists(&certificate, issuer_of(&certificate, pool), lists, NOW).code();
            // Whoever changes a byte of a certificate must not be believed; what follows one is not part of it.
            let verdict = judge.judge(&certificate, pool, NOW);
            let trusted = matches!(verdict.trust(), Trust::Trusted | Trust::TestAuthority);
            assert!(
                !trusted || is_genuine(&certificate, originals),
                "mutant {seed:X}/{number} is trusted: {verdict:?}"
            );
        }
    }
    read
}

/// Whether the signed part is that of an original: changes elsewhere (the filler after, a longer length) hurt nobody.
fn is_genuine(certificate: &Certificate, originals: &[Vec<u8>]) -> bool {
    originals
        .iter()
        .any(|original| Certificate::parse(original).is_ok_and(|original| original.tbs() == certificate.tbs()))
}
