//! A virtual card behind the virtual PC/SC driver of vsmartcard, where any PC/SC program sees it.
//!
//! The card is a client of the driver. Messages both ways: two bytes of length, high byte first, then the bytes. One
//! byte from the driver is a control (0 power off, 1 power on, 2 reset, 4 answer to reset wanted), more is a command.

use std::io::{ErrorKind as Io, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::card::VirtualCard;
use super::latency::Latency;
use cpx_card::internal::limits;
use cpx_card::{Error, ErrorKind, Result};

/// The port on which the driver listens for the card of its first reader; the second reader has the next one.
pub const DEFAULT_PORT: u16 = 35963;

/// How often `stop` is looked at while nothing arrives.
const SLICE: Duration = Duration::from_millis(50);

/// How long the driver may take to receive an answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a mute card sends for its answer to reset: one byte more than there can be. The driver then fails to power the
/// card and PC/SC shows a mute one; no bytes at all would be a card taken out.
const MUTE: [u8; limits::ATR_BYTES + 1] = [0; limits::ATR_BYTES + 1];

/// Puts a card in the virtual reader behind `address` and serves it until the driver closes the connection or `stop` is
/// set (looked at every 50 ms); then the reader is empty. Others can look at the card meanwhile.
///
/// # Errors
/// [`ErrorKind::ServiceStopped`] when no driver listens there, [`ErrorKind::Communication`] when the line breaks.
pub fn serve(
    address: impl ToSocketAddrs,
    card: &Mutex<VirtualCard>,
    latency: Latency,
    stop: &AtomicBool,
) -> Result<()> {
    let absent =
        |error| Error::new(ErrorKind::ServiceStopped, "no virtual PC/SC driver listens there").caused_by(error);
    let mut line = TcpStream::connect(address).map_err(absent)?;
    line.set_nodelay(true).map_err(broken)?;
    line.set_read_timeout(Some(SLICE)).map_err(broken)?;
    line.set_write_timeout(Some(PATIENCE)).map_err(broken)?;
    let mut arrived = vec![];
    let mut piece = [0; 512];
    while !stop.load(Ordering::Acquire) {
        acknowledge_at_once(&line);
        match line.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(count) => arrived.extend_from_slice(piece.get(..count).unwrap_or_default()),
            Err(error) if matches!(error.kind(), Io::WouldBlock | Io::TimedOut | Io::Interrupted) => {}
            Err(error) if matches!(error.kind(), Io::ConnectionReset | Io::ConnectionAborted) => return Ok(()),
            Err(error) => return Err(broken(error)),
        }
        while let Some(message) = next_message(&mut arrived) {
            let answer = {
                let mut card = card.lock().unwrap_or_else(PoisonError::into_inner);
                answer(&mut card, &message)
            };
            if let Some(answer) = answer {
                if message.len() > 1 {
                    latency.wait(message.len().saturating_add(answer.len()));
                }
                send(&mut line, &answer)?;
            }
        }
    }
    Ok(())
}

/// Asks the system to acknowledge what arrives at once. The driver writes the length and the bytes apart, so its system
/// holds the bytes back until the length is acknowledged, which takes 40 ms for each exchange otherwise. The system
/// forgets the wish, hence before each read.
fn acknowledge_at_once(line: &TcpStream) {
    // Where it is refused, exchanges are slow and right.
    #[cfg(target_os = "linux")]
    let _ = std::os::linux::net::TcpStreamExt::set_quickack(line, true);
    #[cfg(not(target_os = "linux"))]
    let _ = line;
}

/// Takes the first whole message out of what arrived. A message has at most 65,537 bytes, so no more ever wait than
/// that and one piece.
fn next_message(arrived: &mut Vec<u8>) -> Option<Vec<u8>> {
    let length = usize::from(u16::from_be_bytes(*arrived.first_chunk::<2>()?));
    let end = length.saturating_add(2);
    let message = arrived.get(2..end)?.to_vec();
    arrived.drain(..end);
    Some(message)
}

/// What goes back to the driver, if anything does.
fn answer(card: &mut VirtualCard, message: &[u8]) -> Option<Vec<u8>> {
    match message {
        // Power off, power on, reset: what was selected is lost.
        [0..=2] => {
            card.reset();
            None
        }
        [4] => Some(card.atr().unwrap_or(&MUTE).to_vec()),
        [] | [_] => None,
        command => Some(card.answer(command)),
    }
}

fn send(line: &mut TcpStream, bytes: &[u8]) -> Result<()> {
    // Answers have at most 258 bytes.
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    line.write_all(&[&length.to_be_bytes()[..], bytes].concat()).map_err(broken)
}

fn broken(error: std::io::Error) -> Error {
    Error::new(ErrorKind::Communication, "the line to the virtual PC/SC driver broke").caused_by(error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Personality;
    use std::net::{SocketAddr, TcpListener};

    fn card(name: &str) -> Mutex<VirtualCard> {
        Mutex::new(VirtualCard::new(Personality::embedded(name).unwrap()).unwrap())
    }

    fn driver() -> (TcpListener, SocketAddr) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        (listener, address)
    }

    fn ask(line: &mut TcpStream, message: &[u8]) -> Vec<u8> {
        let length = u16::try_from(message.len()).unwrap().to_be_bytes();
        // In two pieces, as a line may deliver them.
        line.write_all(&length[..1]).unwrap();
        line.write_all(&[&length[1..], message].concat()).unwrap();
        let mut length = [0; 2];
        line.read_exact(&mut length).unwrap();
        let mut answer = vec![0; usize::from(u16::from_be_bytes(length))];
        line.read_exact(&mut answer).unwrap();
        answer
    }

    #[test]
    fn the_driver_gets_the_answer_to_reset_and_the_answers() {
        let (listener, address) = driver();
        let card = card("cps-medecin");
        std::thread::scope(|scope| {
            let served = scope.spawn(|| serve(address, &card, Latency::none(), &AtomicBool::new(false)));
            let (mut line, _) = listener.accept().unwrap();
            line.write_all(&[0, 1, 1]).unwrap();
            assert_eq!(hex::encode_upper(ask(&mut line, &[4])), "3BAC00402A001225006480000310009000");
            assert_eq!(ask(&mut line, &[0x00, 0xA4, 0x09, 0x0C, 0x04, 0x3F, 0x00, 0xD0, 0x03]), [0x90, 0x00]);
            assert_eq!(ask(&mut line, &[0x00, 0xB0, 0x00, 0x00, 0x0C]).len(), 14);
            line.write_all(&[0, 1, 2, 0, 1, 9, 0, 0]).unwrap();
            assert_eq!(ask(&mut line, &[0x00, 0xB0, 0x00, 0x00, 0x0C]), [0x69, 0x86], "the reset was seen");
            drop(line);
            served.join().unwrap().unwrap();
        });
        assert_eq!(card.lock().unwrap().exchanges(), 3);
    }

    #[test]
    fn a_mute_card_sends_what_is_no_answer_to_reset() {
        let (listener, address) = driver();
        let (card, stop) = (card("muette"), AtomicBool::new(false));
        std::thread::scope(|scope| {
            let served = scope.spawn(|| serve(address, &card, Latency::none(), &stop));
            let (mut line, _) = listener.accept().unwrap();
            assert!(cpx_card::internal::iso7816::Atr::new(&ask(&mut line, &[4])).is_err());
            stop.store(true, Ordering::Release);
            served.join().unwrap().unwrap();
        });
    }

    #[test]
    fn no_driver_is_an_error() {
        let (listener, address) = driver();
        drop(listener);
        let error = serve(address, &card("muette"), Latency::none(), &AtomicBool::new(false)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ServiceStopped);
    }
}
