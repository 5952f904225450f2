//! Every fuzz target in one program: `CPX_FUZZ_TARGET` chooses. `.ci/fuzz` builds and runs it.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

mod seeds;
mod targets;

/// The target that was chosen.
static CHOSEN: OnceLock<(&str, targets::Target)> = OnceLock::new();

fuzz_target!(
    init: {
        if let Some(folder) = std::env::var_os("CPX_FUZZ_SEEDS") {
            seeds::write(folder.as_ref());
            std::process::exit(0);
        }
        let name = std::env::var("CPX_FUZZ_TARGET").unwrap_or_default();
        let Some(chosen) = targets::ALL.into_iter().find(|(known, _)| *known == name) else {
            let known = targets::ALL.map(|(name, _)| name).join(" ");
            eprintln!("CPX_FUZZ_TARGET is one of: {known}");
            std::process::exit(64);
        };
        CHOSEN.get_or_init(|| chosen);
    },
    |data: &[u8]| {
        if let Some((_, target)) = CHOSEN.get() {
            target(data);
        }
    }
);

// An answer of a card that grows keeps its place among the others only when its length is written anew.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let is_detect = CHOSEN.get().is_some_and(|(name, _)| *name == "detect");
    let mutated = (is_detect && !seed.is_multiple_of(4)).then(|| one_chunk(data, size, max_size, seed)).flatten();
    mutated.unwrap_or_else(|| fuzzer_mutate(data, size, max_size))
});

/// Changes one chunk of an input of the target `detect`, drops it, or says it twice.
fn one_chunk(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> Option<usize> {
    const ROOM: usize = 64;
    let mut chunks: Vec<Vec<u8>> = targets::detect::chunks(data.get(..size)?).map(<[u8]>::to_vec).collect();
    let [place, what] = [(seed >> 8) as usize % chunks.len().max(1), (seed >> 4) as usize % 16];
    let chunk = chunks.get(place)?.clone();
    match what {
        0 => drop(chunks.remove(place)),
        1 => chunks.insert(place, chunk),
        _ => {
            let mut changed = chunk.clone();
            changed.resize(chunk.len() + ROOM, 0);
            let length = fuzzer_mutate(&mut changed, chunk.len(), chunk.len() + ROOM);
            changed.truncate(length);
            chunks[place] = changed;
        }
    }
    let framed = chunks.iter().map(|chunk| Some([&u16::try_from(chunk.len()).ok()?.to_be_bytes()[..], chunk].concat()));
    let framed = framed.collect::<Option<Vec<_>>>()?.concat();
    data.get_mut(..framed.len()).filter(|_| framed.len() <= max_size)?.copy_from_slice(&framed);
    Some(framed.len())
}
