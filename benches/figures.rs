//! What a reading costs: exchanges and bytes counted inside the virtual card, then milliseconds and memory, beside
//! OpenSC's tools on the same card in the same run. Prints a table; asserts nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, dead_code)]

#[path = "../hw-tests/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use cpx_card::simulator::Latency;
use support::{InsertedCard, Service, find_program};

const PROGRAM: &str = env!("CARGO_BIN_EXE_cpx-check");
const MODULE: &str = "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so";
const RUNS: usize = 9;

/// A card reader and how it is called.
const TOOLS: [(&str, &[&str]); 8] = [
    (PROGRAM, &["card", "--reader", "00 00"]),
    (PROGRAM, &["card", "--reader", "00 00", "--certificates"]),
    (PROGRAM, &["f413", "--reader", "00 00"]),
    (PROGRAM, &["f413", "--reader", "00 00", "--certificates"]),
    ("opensc-tool", &["--name", "--serial"]),
    ("pkcs15-tool", &["--list-certificates"]),
    ("pkcs15-tool", &["--dump"]),
    ("pkcs11-tool", &["--module", MODULE, "--list-token-slots"]),
];

fn main() {
    let Some(service) = Service::start(&["opensc-tool", "pkcs15-tool", "pkcs11-tool", "time"]) else { return };
    println!(
        "Exchanges and bytes are counted inside the virtual card; milliseconds are medians of {RUNS} runs, start of"
    );
    println!("the process included; the slow line is 9600 bit/s and 10 ms for each exchange, one run.\n");
    for name in ["cps-medecin", "cps-medecin-cps4", "cps-medecin-contactless"] {
        println!("{name}");
        println!("{:46} {:>9} {:>7} {:>8} {:>9} {:>9}", "", "exchanges", "bytes", "ms", "slow, ms", "peak, kB");
        let mut rows = Vec::new();
        let card = service.insert(name);
        for (tool, arguments) in TOOLS {
            rows.push(quick(&service, &card, tool, arguments));
        }
        service.take_out(card, 0);
        let card = service.insert_in(0, name, Latency::new(9600, 10));
        for ((tool, arguments), row) in TOOLS.into_iter().zip(rows) {
            let slow = timed(&service, tool, arguments).as_millis();
            let program = std::path::Path::new(tool).file_name().unwrap().to_str().unwrap();
            let shown: Vec<_> = arguments
                .iter()
                .filter(|word| !["--reader", "00 00", "--module", MODULE].contains(word))
                .copied()
                .collect();
            let Row { exchanges, bytes, millis, peak } = row;
            println!(
                "{:46} {exchanges:>9} {bytes:>7} {millis:>8.1} {slow:>9} {peak:>9}",
                format!("{program} {}", shown.join(" "))
            );
        }
        service.take_out(card, 0);
        println!();
    }
}

struct Row {
    exchanges: u64,
    bytes: u64,
    millis: f64,
    peak: u64,
}

fn quick(service: &Service, card: &InsertedCard, tool: &str, arguments: &[&str]) -> Row {
    let ((), exchanges, bytes) = card.cost(|| {
        service.run(tool, arguments);
    });
    let mut times: Vec<_> = (0..RUNS).map(|_| timed(service, tool, arguments)).collect();
    times.sort();
    let measured = find_program("time").unwrap();
    let output = service.run(measured.to_str().unwrap(), [&["-f", "%M", tool], arguments].concat());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let peak = said.lines().last().and_then(|line| line.trim().parse().ok()).unwrap_or_default();
    Row { exchanges, bytes, millis: times[RUNS / 2].as_secs_f64() * 1000.0, peak }
}

fn timed(service: &Service, tool: &str, arguments: &[&str]) -> Duration {
    let started = Instant::now();
    service.run(tool, arguments);
    started.elapsed()
}
