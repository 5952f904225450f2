//! Who is at the other end of a connection. The loopback is open to every user of a machine; Linux says whose each end is.

use std::net::TcpStream;

/// Whether the program at the other end is known to belong to another user than this one.
#[cfg(target_os = "linux")]
pub(super) fn is_foreign(stream: &TcpStream) -> bool {
    let (Ok(here), Ok(there)) = (stream.local_addr(), stream.peer_addr()) else { return true };
    let own = rustix::process::getuid().as_raw();
    // whoever raised their rights for this program has not raised them for their browser
    let behind = std::env::var("SUDO_UID").ok().and_then(|user| user.parse().ok()).filter(|_| own == 0);
    let tables = ["/proc/net/tcp", "/proc/net/tcp6"];
    let owner = tables.into_iter().try_fold(None, |found, table| match found {
        Some(_) => Ok(found),
        None => owner(table, there.port(), here.port()),
    });
    match owner {
        Ok(owner) => owner != Some(own) && (behind.is_none() || owner != behind),
        // a system that does not say leaves the token and the cookie
        Err(_) => false,
    }
}

/// Other systems do not show the command lines of one user to another, or do not say whose a connection is.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_foreign(_: &TcpStream) -> bool {
    false
}

/// The user who connected from this port of the loopback to that one, in a table of the kernel (proc(5)).
#[cfg(target_os = "linux")]
fn owner(table: &str, from: u16, to: u16) -> std::io::Result<Option<u32>> {
    use std::io::{BufRead as _, BufReader, Read as _};

    let listed = BufReader::new(std::fs::File::open(table)?.take(cpx_card::internal::limits::CONNECTION_LIST_BYTES));
    for line in listed.lines() {
        let line = line?;
        let mut fields = line.split_ascii_whitespace().skip(1);
        let (Some(local), Some(remote)) = (fields.next(), fields.next()) else { continue };
        if is_loopback(local, from) && is_loopback(remote, to) {
            let (user, inode) = (fields.nth(4), fields.nth(1));
            // a connection that its program has closed already has no file, and reads as one of root's
            return Ok(user.filter(|_| inode.is_some_and(|inode| inode != "0")).and_then(|user| user.parse().ok()));
        }
    }
    Ok(None)
}

/// Whether this is 127.0.0.1, also as an address of IPv6, with this port: words of memory in hexadecimal.
#[cfg(target_os = "linux")]
fn is_loopback(told: &str, port: u16) -> bool {
    let word = |bytes: [u8; 4]| format!("{:08X}", u32::from_ne_bytes(bytes));
    let Some((address, told_port)) = told.split_once(':') else { return false };
    let short = word([127, 0, 0, 1]);
    let mapped = "0".repeat(16) + &word([0, 0, 0xFF, 0xFF]) + &short;
    told_port == format!("{port:04X}") && (address == short || address == mapped)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::net::{Ipv6Addr, SocketAddr, TcpListener};

    #[test]
    fn a_program_of_this_user_is_known() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        // as programs connect that know nothing but IPv6
        let mapped = SocketAddr::new(Ipv6Addr::from(0xFFFF_7F00_0001_u128).into(), address.port());
        for address in [address, mapped] {
            let client = TcpStream::connect(address).unwrap();
            let (accepted, _) = listener.accept().unwrap();
            assert!(!is_foreign(&accepted));
            drop(client);
        }
    }

    /// Whoever connects and closes at once reads as root: the address that is good once is not spent on them.
    #[test]
    fn a_connection_that_was_closed_is_nobodys() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (accepted, _) = listener.accept().unwrap();
        drop(client);
        assert!(is_foreign(&accepted));
    }

    #[test]
    fn a_connection_that_is_not_listed_has_no_owner() {
        assert_eq!(owner("/proc/net/tcp", 1, 1).unwrap(), None);
        assert!(owner("/proc/net/absent", 1, 1).is_err());
    }
}
