//! How long certificates take: decoding one, and both of a card with their paths. Prints, asserts nothing.
#![allow(clippy::print_stdout, reason = "a program that prints figures")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use cpx_card::internal::certificate::{AuthorityTable, Certificate, Judge, Moment, Profile, certificates_in};

/// 2026-11-20T12:00:00Z.
const NOW: Moment = Moment::from_unix(1_795_176_000);

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let data = root.join("../shared/data");
    let (leaf, folders) = if data.is_dir() {
        (data.join("certificates/org-sign-test-2021.cer"), vec![data.join("ca"), data.join("ca-test")])
    } else {
        (root.join("fixtures/pki/certificates/cps-medecin.auth.der"), vec![root.join("fixtures/pki/authorities")])
    };
    let leaf = std::fs::read(leaf).unwrap_or_default();
    let pool_bytes: Vec<Vec<u8>> = folders.iter().flat_map(|folder| files(folder)).collect();

    let decoded = per_second(20_000, || Certificate::parse(&leaf).is_ok());
    println!("decoding:                   {decoded:>9.0} certificates/s ({} bytes)", leaf.len());
    let profiled = per_second(20_000, || Certificate::parse(&leaf).map(|one| Profile::of(&one)).is_ok());
    println!("decoding with profile:      {profiled:>9.0} certificates/s");

    AuthorityTable::igc_sante();
    let judged = per_second(200, || {
        let pool: Vec<Certificate> =
            pool_bytes.iter().filter_map(|bytes| certificates_in(bytes).ok()).flatten().collect();
        let card = [Certificate::parse(&leaf), Certificate::parse(&leaf)];
        let mut verdicts = card.iter().flatten().map(|leaf| Judge::igc_sante().judge(leaf, &pool, NOW));
        verdicts.all(|verdict| black_box(verdict).path().len() == 2)
    });
    println!("both with path and {:2} CAs:  {:>9.3} ms", pool_bytes.len(), 1000.0 / judged);
}

fn files(folder: &Path) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| std::fs::read(path).ok()).collect()
}

/// How often in a second, after a first round that warms up.
fn per_second<T>(rounds: u32, mut work: impl FnMut() -> T) -> f64 {
    black_box(work());
    let start = Instant::now();
    for _ in 0..rounds {
        black_box(work());
    }
    f64::from(rounds) / start.elapsed().as_secs_f64()
}
