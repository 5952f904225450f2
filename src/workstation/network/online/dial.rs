//! From a name to a connection: addresses, then IPv4 and IPv6 at once.

use std::collections::BTreeSet;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Instant;

use super::deadline::{Deadline, milliseconds_since};
use super::facts::{Addresses, Dial, DialEnd, Resolution};
use super::text::bounded;
use crate::limits;

/// A question for the addresses of a name. The system's resolver knows no deadline: its thread is left alone when it is
/// not back in time.
pub(super) struct Resolving(Receiver<io::Result<Vec<SocketAddr>>>);

impl Resolving {
    /// Asks. Addresses that are given are the answer.
    pub(super) fn start(host: &str, port: u16, given: Option<&[IpAddr]>) -> Self {
        let (sender, receiver) = mpsc::channel();
        let name = host.to_owned();
        let answer = match given {
            Some(addresses) => Some(addresses.iter().map(|address| SocketAddr::new(*address, port)).collect()),
            None => host.parse().ok().map(|address| vec![SocketAddr::new(address, port)]),
        };
        if let Some(addresses) = answer {
            let _ = sender.send(Ok(addresses));
        } else {
            // Where no thread can be had, the sender is gone, and the answer with it.
            let _ = thread::Builder::new()
                .spawn(move || sender.send((name.as_str(), port).to_socket_addrs().map(Iterator::collect)));
        }
        Self(receiver)
    }

    /// The answer, and the addresses to connect to.
    pub(super) fn answer(&self, deadline: Deadline) -> (Resolution, Vec<SocketAddr>) {
        let Some(answer) = deadline.receive(&self.0) else { return (Resolution::TimedOut, Vec::new()) };
        match answer {
            Ok(addresses) if addresses.is_empty() => (Resolution::Unknown, addresses),
            Ok(addresses) => {
                // Some resolvers say an address once for each line of their file; their order is a preference.
                let mut known = BTreeSet::new();
                let addresses: Vec<_> = addresses.into_iter().filter(|address| known.insert(*address)).collect();
                (Resolution::Found(count(&addresses)), addresses)
            }
            Err(error) => (no_address(&error), Vec::new()),
        }
    }
}

fn count(addresses: &[SocketAddr]) -> Addresses {
    let number = |fits: &dyn Fn(&IpAddr) -> bool| {
        u32::try_from(addresses.iter().filter(|address| fits(&address.ip())).count()).unwrap_or(u32::MAX)
    };
    Addresses { ipv4: number(&IpAddr::is_ipv4), ipv6: number(&IpAddr::is_ipv6), private: number(&is_private) }
}

/// Whether an address is not of the public network: RFC 1918, 6598, 3927, 4193, 4291.
fn is_private(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [first, second, ..] = address.octets();
            let shared = first == 100 && second & 0xC0 == 64;
            address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_unspecified()
                || shared
        }
        IpAddr::V6(address) => {
            address.is_loopback()
                || address.is_unspecified()
                || address.is_unique_local()
                || address.is_unicast_link_local()
                || address.to_ipv4_mapped().is_some_and(|address| is_private(&IpAddr::V4(address)))
        }
    }
}

/// What the system's words mean: the library of C tells only texts, Windows its own numbers.
fn no_address(error: &io::Error) -> Resolution {
    // WSATRY_AGAIN; WSAHOST_NOT_FOUND, WSANO_DATA
    match error.raw_os_error() {
        Some(11002) => return Resolution::NoAnswer,
        Some(11001 | 11004) => return Resolution::Unknown,
        _ => {}
    }
    let words = error.to_string();
    let says = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    if says(&["not known", "No address associated", "does not resolve"]) {
        Resolution::Unknown
    } else if says(&["emporary failure", "Try again"]) {
        Resolution::NoAnswer
    } else {
        Resolution::Failed(bounded(&words))
    }
}

/// Connections under way, one for each family that has an address.
pub(super) struct Dialling {
    receiver: Receiver<(SocketAddr, Dial, Option<TcpStream>)>,
    begun: Instant,
    ipv4: Option<Dial>,
    ipv6: Option<Dial>,
}

impl Dialling {
    /// Connects to these addresses: both families at once, the addresses of a family one after the other, at most
    /// [`DIALLED_ADDRESSES`](limits::DIALLED_ADDRESSES).
    pub(super) fn start(addresses: &[SocketAddr], deadline: Deadline) -> Self {
        let (sender, receiver) = mpsc::channel();
        let mut dialling = Self { receiver, begun: Instant::now(), ipv4: None, ipv6: None };
        for is_family in [SocketAddr::is_ipv4, SocketAddr::is_ipv6] {
            let family: Vec<_> =
                addresses.iter().filter(|a| is_family(a)).take(limits::DIALLED_ADDRESSES).copied().collect();
            let Some(first) = family.first().copied() else { continue };
            *dialling.family(first) = Some(Dial::default());
            let sender = sender.clone();
            let begun = dialling.begun;
            let _ = thread::Builder::new().spawn(move || {
                let mut outcome = (first, DialEnd::TimedOut, None);
                for address in family {
                    match deadline.left().and_then(|left| TcpStream::connect_timeout(&address, left)) {
                        Ok(stream) => {
                            outcome = (address, DialEnd::Connected, Some(stream));
                            break;
                        }
                        Err(error) => outcome.1 = not_connected(&error),
                    }
                }
                let (address, end, stream) = outcome;
                sender.send((address, Dial::new(end, milliseconds_since(begun)), stream))
            });
        }
        dialling
    }

    /// The first connection; `None` when none came about. What is learnt of the other family until then is kept.
    pub(super) fn first(&mut self, deadline: Deadline) -> Option<(SocketAddr, TcpStream)> {
        loop {
            let (address, dial, stream) = deadline.receive(&self.receiver)?;
            *self.family(address) = Some(dial);
            if let Some(stream) = stream {
                return Some((address, stream));
            }
        }
    }

    /// What became of both families, of IPv4 first: one that is not back by the deadline timed out.
    pub(super) fn finish(mut self, deadline: Deadline) -> (Option<Dial>, Option<Dial>) {
        let begun = self.begun;
        while self.first(deadline).is_some() {}
        for dial in [&mut self.ipv4, &mut self.ipv6].into_iter().flatten() {
            if *dial == Dial::default() {
                dial.milliseconds = milliseconds_since(begun);
            }
        }
        (self.ipv4, self.ipv6)
    }

    fn family(&mut self, address: SocketAddr) -> &mut Option<Dial> {
        if address.is_ipv4() { &mut self.ipv4 } else { &mut self.ipv6 }
    }
}

fn not_connected(error: &io::Error) -> DialEnd {
    match error.kind() {
        io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionReset => DialEnd::Refused,
        io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown
        | io::ErrorKind::AddrNotAvailable => DialEnd::Unreachable,
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => DialEnd::TimedOut,
        _ => DialEnd::Failed(bounded(&error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_counted_by_family_and_by_whether_they_are_private() {
        let of = |texts: &[&str]| {
            count(&texts.iter().map(|text| SocketAddr::new(text.parse().unwrap(), 443)).collect::<Vec<_>>())
        };
        let public = of(&["9.9.9.9", "2620:fe::fe", "100.63.0.1", "172.32.0.1", "::ffff:9.9.9.9"]);
        assert_eq!((public.ipv4, public.ipv6, public.private), (3, 2, 0));
        let private =
            ["10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "100.127.255.255", "169.254.1.1", "127.0.0.1"];
        assert_eq!(of(&private).private, 7);
        assert_eq!(of(&["fd00::1", "fe80::1", "::1", "::ffff:10.0.0.1", "::", "0.0.0.0"]).private, 6);
    }

    #[test]
    fn the_words_of_each_system_are_understood() {
        let says =
            |words: &str| no_address(&io::Error::other(format!("failed to lookup address information: {words}")));
        assert_eq!(says("Name or service not known"), Resolution::Unknown);
        assert_eq!(says("No address associated with hostname"), Resolution::Unknown);
        assert_eq!(says("nodename nor servname provided, or not known"), Resolution::Unknown);
        assert_eq!(says("Name does not resolve"), Resolution::Unknown);
        assert_eq!(says("Temporary failure in name resolution"), Resolution::NoAnswer);
        assert_eq!(says("Try again"), Resolution::NoAnswer);
        assert_eq!(no_address(&io::Error::from_raw_os_error(11001)), Resolution::Unknown);
        assert_eq!(no_address(&io::Error::from_raw_os_error(11002)), Resolution::NoAnswer);
        assert_eq!(says("Memory allocation failure").code(), "failed");
    }
}
