//! Tells when a card comes or goes, without any exchange with it. `--for SECONDS` ends by itself.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::time::{Duration, Instant};

use cpx_card::transport::{Event, PcscReaders, Readers, events};

fn main() {
    if let Err(error) = run() {
        eprintln!("{error}");
    }
}

fn run() -> cpx_card::Result<()> {
    let seconds = std::env::args().skip_while(|argument| argument != "--for").nth(1).and_then(|text| text.parse().ok());
    let end = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let readers = PcscReaders::new();
    let mut seen = readers.slots()?;
    while end.is_none_or(|end| Instant::now() < end) {
        let now = readers.wait(&seen, Duration::from_secs(1))?;
        for event in events(&seen, &now) {
            match event {
                Event::Inserted(slot) => println!("{} : carte insérée", slot.reader),
                Event::Removed(slot) => println!("{} : carte retirée", slot.reader),
                Event::Bounced { slot, times } => println!("{} : {times} passage(s) trop brefs", slot.reader),
                Event::ReaderAdded(slot) => println!("{} : lecteur branché", slot.reader),
                Event::ReaderRemoved(slot) => println!("{} : lecteur débranché", slot.reader),
                _ => {}
            }
        }
        seen = now;
    }
    Ok(())
}
