//! Holds a card the way other software does, to see how yours behaves meanwhile.
//!
//! `hold_card MODE READER`: `exclusive` and `transaction` hold until a line arrives on the standard input; `shared` only
//! stays connected, and says then whether somebody reset the card. `contexts COUNT` holds connections to the service.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::ffi::CString;
use std::io::BufRead;

use pcsc::{Context, Disposition, Protocols, Scope, ShareMode};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (Some(mode), Some(reader)) = (arguments.first(), arguments.get(1)) else {
        eprintln!("hold_card exclusive|transaction|shared READER | contexts COUNT");
        std::process::exit(64);
    };
    if let Err(error) = hold(mode, reader) {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

fn hold(mode: &str, reader: &str) -> Result<(), pcsc::Error> {
    if mode == "contexts" {
        let count = reader.parse().unwrap_or(1);
        let contexts: Vec<_> = (0..count).map_while(|_| Context::establish(Scope::User).ok()).collect();
        held(&contexts.len().to_string());
        return Ok(());
    }
    let context = Context::establish(Scope::User)?;
    let reader = CString::new(reader).map_err(|_| pcsc::Error::UnknownReader)?;
    let share = if mode == "exclusive" { ShareMode::Exclusive } else { ShareMode::Shared };
    let mut card = context.connect(&reader, share, Protocols::ANY)?;
    if mode == "transaction" {
        let transaction = card.transaction()?;
        held("in a transaction");
        transaction.end(Disposition::LeaveCard).map_err(|(_, error)| error)?;
    } else {
        held(mode);
    }
    if mode == "shared" {
        match card.transaction() {
            Ok(_) => println!("the card is as it was"),
            Err(error) => println!("{error}"),
        }
    }
    card.disconnect(Disposition::LeaveCard).map_err(|(_, error)| error)
}

/// Says what is held and waits for a line.
fn held(what: &str) {
    println!("held: {what}");
    let _ = std::io::stdin().lock().lines().next();
}
