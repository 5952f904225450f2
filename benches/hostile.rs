//! How long 64 KiB of hostile input take, for every parser, held against the promise. Prints, asserts nothing.
#![allow(clippy::print_stdout, reason = "a program that prints figures")]

use std::time::{Duration, Instant};

#[path = "../hw-tests/support/hostile.rs"]
mod hostile;

/// What is promised for one input, in milliseconds.
const PROMISE: f64 = 20.0;

/// Rounds of one input; as many more as find room in this time where a round takes long enough to be interrupted.
const ROUNDS: usize = 7;
const ROOM: Duration = Duration::from_millis(300);
const LONG: f64 = 1.0;

fn main() {
    let mut times: Vec<(f64, &str)> = hostile::ALL.iter().map(|input| (milliseconds(input), input.name)).collect();
    times.sort_by(|one, other| other.0.total_cmp(&one.0));
    let over = times.iter().filter(|(time, _)| *time > PROMISE).count();
    println!(
        "{} hostile inputs of 64 KiB, {over} of them over {PROMISE} ms; the slowest, best of their rounds:",
        times.len()
    );
    for (time, name) in times.iter().take(10) {
        println!("{name:<40} {time:>8.3} ms");
    }
}

/// The shortest of some rounds: the others waited for something else.
fn milliseconds(input: &hostile::Hostile) -> f64 {
    let bytes = (input.make)(hostile::BYTES);
    let (began, mut best, mut rounds) = (Instant::now(), f64::INFINITY, 0);
    while rounds < ROUNDS || best > LONG && began.elapsed() < ROOM {
        let start = Instant::now();
        (input.read)(&bytes);
        best = best.min(start.elapsed().as_secs_f64() * 1000.0);
        rounds += 1;
    }
    best
}
