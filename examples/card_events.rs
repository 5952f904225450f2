//! Tells when a card comes or goes, without any exchange with it. `--for SECONDS` ends by itself.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::time::{Duration, Instant};

use cpx_card::{Cards, Happening};

fn main() {
    if let Err(error) = run() {
        eprintln!("{error}");
    }
}

fn run() -> cpx_card::Result<()> {
    let seconds = std::env::args().skip_while(|argument| argument != "--for").nth(1).and_then(|text| text.parse().ok());
    let end = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let watch = Cards::of_this_machine().watch()?;
    while end.is_none_or(|end| Instant::now() < end) {
        match watch.next(Duration::from_secs(1)) {
            Some(Happening::Inserted(reader)) => println!("{reader} : carte insérée"),
            Some(Happening::Removed(reader)) => println!("{reader} : carte retirée"),
            Some(Happening::ReaderAdded(reader)) => println!("{reader} : lecteur branché"),
            Some(Happening::ReaderRemoved(reader)) => println!("{reader} : lecteur débranché"),
            Some(Happening::ServiceLost(failure)) => println!("service perdu : {failure}"),
            Some(Happening::ServiceBack) => println!("service revenu"),
            Some(Happening::Bounced { reader, times }) => println!("{reader} : {times} passage(s) trop brefs"),
            _ => {}
        }
    }
    Ok(())
}
