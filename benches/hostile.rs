//! How long 64 KiB of hostile input take, for every parser: the promise is 20 ms. Prints, asserts nothing.
#![allow(clippy::print_stdout, reason = "a program that prints figures")]

use std::time::Instant;

#[path = "../hw-tests/support/hostile.rs"]
mod hostile;

const ROUNDS: usize = 7;

fn main() {
    let mut times: Vec<(f64, &str)> = hostile::ALL.iter().map(|input| (milliseconds(input), input.name)).collect();
    times.sort_by(|one, other| other.0.total_cmp(&one.0));
    println!("{} hostile inputs of 64 KiB; the slowest (best of {ROUNDS}):", times.len());
    for (time, name) in times.iter().take(10) {
        println!("{name:<40} {time:>8.3} ms");
    }
}

/// The shortest of some rounds: the others waited for something else.
fn milliseconds(input: &hostile::Hostile) -> f64 {
    let bytes = (input.make)(hostile::BYTES);
    let round = |_| {
        let start = Instant::now();
        (input.read)(&bytes);
        start.elapsed().as_secs_f64() * 1000.0
    };
    (0..ROUNDS).map(round).fold(f64::INFINITY, f64::min)
}
